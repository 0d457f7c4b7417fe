-- Who is on duty when, whom a case was passed on to while nobody looked, and drills. See src/duty/.
create table duty_hours (
    account_id text   not null references accounts (account_id),
    hour       bigint not null check (hour between 0 and 167),   -- of the week in UTC; 0 begins on Monday at 00:00
    primary key (account_id, hour)
);

-- Stretches without anybody of which the administrators were told.
create table duty_gaps (
    begins  bigint primary key,
    told_at bigint not null
);

-- A case that nobody opened, and to whom it went then.
create table escalations (
    case_id text   not null,                  -- a post or a drill
    since   bigint not null,                  -- its first open flag
    step    text   not null check (step in ('moderators', 'privacy', 'admin')),
    at      bigint not null,
    primary key (case_id, since, step)
);

-- Drills. No member sees one; the words are invented, and are erased by the decision.
create table drills (
    drill_id     text   primary key,
    words        text   not null,
    begun_at     bigint not null,
    ends_at      bigint not null,             -- not longer than until then
    heard_at     bigint,                      -- the running house has read of it
    removed_at   bigint,
    removed_by   text,
    confirmed_at bigint,                      -- the running house found nothing left of the words
    ended_at     bigint
);
create index drills_open on drills (begun_at) where ended_at is null;

-- Who opened a drill, and what they answered after.
create table drill_sights (
    drill_id    text   not null references drills (drill_id),
    account_id  text   not null references accounts (account_id),
    opened_at   bigint not null,
    answered_at bigint,
    primary key (drill_id, account_id)
);
