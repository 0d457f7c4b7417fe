-- Flags on posts, and what was decided.
create table flags (
    flag_id    text   primary key,
    post_id    text   not null references posts (post_id),
    thread_id  text   not null,
    account_id text   not null,
    reason     text   not null check (reason in ('confidentiality', 'accuracy', 'unprofessional', 'interest', 'other')),
    note       text   not null,
    raised_at  bigint not null,
    settled_at bigint,
    upheld     bigint
);
create index flags_by_post on flags (post_id);
create index flags_open on flags (settled_at, raised_at);
create unique index flags_once on flags (post_id, account_id, reason);
