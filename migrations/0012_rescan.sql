-- The house itself may flag a post: when the rules of the check have changed and find more in it.
create table flags_anew (
    flag_id    text   primary key,
    post_id    text   not null references posts (post_id),
    thread_id  text   not null,
    account_id text   references accounts (account_id),   -- nobody: the house
    reason     text   not null
        check (reason in ('confidentiality', 'accuracy', 'unprofessional', 'interest', 'other', 'rescan')),
    note       text   not null,
    raised_at  bigint not null,
    settled_at bigint,
    upheld     bigint,
    check ((account_id is null) = (reason = 'rescan'))
);
insert into flags_anew (flag_id, post_id, thread_id, account_id, reason, note, raised_at, settled_at, upheld)
    select flag_id, post_id, thread_id, account_id, reason, note, raised_at, settled_at, upheld from flags;
drop table flags;
alter table flags_anew rename to flags;
create index flags_by_post on flags (post_id);
create index flags_open on flags (settled_at, raised_at);
create unique index flags_once on flags (post_id, account_id, reason);
create unique index flags_of_the_house on flags (post_id, note) where account_id is null;
