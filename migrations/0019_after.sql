-- After a breach: the data-protection officer, everybody who was shown a text and by which way, what they answered, the
-- decision to notify, and the clocks. See src/breach/.
create table roles_anew (
    account_id text   not null references accounts (account_id),
    role       text   not null check (role in ('verifier', 'moderator', 'admin', 'privacy')),
    granted_at bigint not null,
    granted_by text,
    primary key (account_id, role)
);
insert into roles_anew (account_id, role, granted_at, granted_by) select account_id, role, granted_at, granted_by from roles;
drop table roles;
alter table roles_anew rename to roles;

-- A list shows a case's title and question; mail, images and exports hold no post today, and would be counted here.
create table deliveries_anew (
    account_id text   not null,
    post_id    text   not null,
    revision   bigint not null,
    way        text   not null check (way in ('page', 'live', 'list', 'search', 'api', 'mail', 'image', 'export')),
    thread_id  text   not null,
    at         bigint not null,               -- for the first time
    last_at    bigint not null,               -- again, to within ten minutes
    primary key (post_id, revision, account_id, way)
);
insert into deliveries_anew (account_id, post_id, revision, way, thread_id, at, last_at)
    select account_id, post_id, revision, way, thread_id, at, at from deliveries;
drop table deliveries;
alter table deliveries_anew rename to deliveries;
create index deliveries_by_reader on deliveries (account_id, thread_id);
create index deliveries_by_way on deliveries (account_id, way, thread_id);

-- Whose open page showed a post at the moment at which it was hidden or removed.
create table on_screen (
    post_id    text   not null,
    account_id text   not null,
    at         bigint not null,
    primary key (post_id, account_id, at)
);

-- One removal for confidentiality. Flagged and confirmed stand apart: the law's clock runs from the second, ours from the
-- first.
create table breaches (
    post_id      text   primary key references posts (post_id),
    thread_id    text   not null,
    flagged_at   bigint,                      -- nobody flagged it: none
    confirmed_at bigint not null,
    decision     text   check (decision in ('notify-authority', 'notify-both', 'no-notice')),
    reason       text   not null default '',
    decided_at   bigint,
    decided_by   text,
    check ((decision is null) = (decided_at is null))
);

-- What each clock has sounded already.
create table breach_alarms (
    post_id text   not null references breaches (post_id),
    clock   text   not null,
    hours   bigint not null,
    at      bigint not null,
    primary key (post_id, clock, hours)
);

-- The note without content to everybody who was shown it, and their answer.
create table notices (
    post_id     text   not null references breaches (post_id),
    account_id  text   not null references accounts (account_id),
    made_at     bigint not null,
    reminded_at bigint,
    answer      text   check (answer in ('kept-nothing', 'deleted', 'help')),
    answered_at bigint,
    primary key (post_id, account_id),
    check ((answer is null) = (answered_at is null))
);
create index notices_open on notices (account_id) where answer is null;
create index notices_silent on notices (made_at) where answer is null and reminded_at is null;

-- Which kinds of detail the check found in a text when it was removed: codes, never the words.
create table removal_categories (
    post_id  text not null references posts (post_id),
    category text not null,
    primary key (post_id, category)
);
