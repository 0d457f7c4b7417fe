-- More kinds of flags, and a house's own on what quotes a removed text. Of a removed text a keyed fingerprint stays, by
-- which copies of it can be looked for; see src/moderation/fingerprint.rs.
create table flags_anew (
    flag_id    text   primary key,
    post_id    text   not null references posts (post_id),
    thread_id  text   not null,
    account_id text   references accounts (account_id),   -- nobody: the house
    reason     text   not null check (reason in ('confidentiality', 'safety', 'accuracy', 'unprofessional', 'interest',
                   'advertising', 'impersonation', 'other', 'rescan', 'quote')),
    note       text   not null,
    raised_at  bigint not null,
    settled_at bigint,
    upheld     bigint,
    sealed     bigint not null default 0,
    check ((account_id is null) = (reason in ('rescan', 'quote')))
);
insert into flags_anew (flag_id, post_id, thread_id, account_id, reason, note, raised_at, settled_at, upheld, sealed)
    select flag_id, post_id, thread_id, account_id, reason, note, raised_at, settled_at, upheld, sealed from flags;
drop table flags;
alter table flags_anew rename to flags;
create index flags_by_post on flags (post_id);
create index flags_open on flags (settled_at, raised_at);
create unique index flags_once on flags (post_id, account_id, reason);
create unique index flags_of_the_house on flags (post_id, reason, note) where account_id is null;

create table removal_marks (
    post_id text   not null references posts (post_id),
    mark    bigint not null,
    primary key (post_id, mark)
);

-- Each time it was looked for what is left of a removed text.
create table proofs (
    post_id   text   not null references posts (post_id),
    at        bigint not null,
    looked    text   not null,                -- what was looked at: places and how much of each
    found     bigint not null,                -- stretches found
    primary key (post_id, at)
);
