-- What moderators decide, step by step, and what the people concerned say to it. A decision names codes; the words that a
-- proposal needs lie under the key of the post they are about.
create table decisions (
    decision_id text   primary key,
    measure     text   not null,              -- see src/moderation/measure.rs
    post_id     text   not null references posts (post_id),
    thread_id   text   not null,
    account_id  text   not null references accounts (account_id),   -- whom it concerns: the post's author
    reason      text   not null,
    note        text   not null,              -- for moderators; passed the check
    detail      text   not null,              -- codes: a room, a time
    words       text   not null,              -- sealed; of a proposal that waits
    state       text   not null check (state in ('proposed', 'declined', 'taken', 'undone')),
    by_id       text   not null,
    at          bigint not null,
    second_by   text,                         -- who carried a proposal out, or declined it
    second_at   bigint,
    undone_by   text,
    undone_at   bigint,
    appeal      text   not null default '',   -- the author's words; passed the check
    appealed_at bigint,
    heard_by    text,
    heard_at    bigint,
    outcome     text   check (outcome in ('upheld', 'reversed')),
    check ((heard_at is null) = (outcome is null))
);
create index decisions_by_post on decisions (post_id, at);
create index decisions_by_account on decisions (account_id, at);
create index decisions_by_age on decisions (at, decision_id);
create index decisions_proposed on decisions (at) where state = 'proposed';
create index decisions_appealed on decisions (appealed_at) where appealed_at is not null and heard_at is null;

-- One moderator at a time has a post in hand.
create table claims (
    post_id    text   primary key,
    account_id text   not null,
    until      bigint not null
);

-- A thread without replies; a moderator's notice above a post, under its key; who may not post for a time.
alter table threads add column locked_at bigint;
alter table posts add column notice text not null default '';
alter table posts add column noticed_at bigint;
create index posts_revised on posts (veiled_at) where veiled_for = 'revised';
alter table accounts add column restricted_until bigint;

-- The house flags language too.
create table flags_anew (
    flag_id    text   primary key,
    post_id    text   not null references posts (post_id),
    thread_id  text   not null,
    account_id text   references accounts (account_id),   -- nobody: the house
    reason     text   not null check (reason in ('confidentiality', 'safety', 'accuracy', 'unprofessional', 'interest',
                   'advertising', 'impersonation', 'other', 'rescan', 'quote', 'language')),
    note       text   not null,
    raised_at  bigint not null,
    settled_at bigint,
    upheld     bigint,
    sealed     bigint not null default 0,
    check ((account_id is null) = (reason in ('rescan', 'quote', 'language')))
);
insert into flags_anew (flag_id, post_id, thread_id, account_id, reason, note, raised_at, settled_at, upheld, sealed)
    select flag_id, post_id, thread_id, account_id, reason, note, raised_at, settled_at, upheld, sealed from flags;
drop table flags;
alter table flags_anew rename to flags;
create index flags_by_post on flags (post_id);
create index flags_open on flags (settled_at, raised_at);
create index flags_by_member on flags (account_id, reason, settled_at);
create unique index flags_once on flags (post_id, account_id, reason);
create unique index flags_of_the_house on flags (post_id, reason, note) where account_id is null;
