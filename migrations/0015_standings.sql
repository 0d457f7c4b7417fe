-- Where each admitted member stands: the log's events about them, folded (membership/machine.rs); rebuilt from the log
-- alone it gives the same rows.
create table standings (
    account_id         text   primary key references accounts (account_id),
    place              text   not null check (place in ('good', 'grace', 'paused', 'barred', 'memorial')),
    class              text   not null,        -- what they may do; see accounts/class.rs
    origin             text   not null,        -- the rule that brought them to this place
    source             text   not null,        -- the register's file behind it, or empty
    since              bigint not null,
    reminded           bigint not null,        -- letters of this grace
    reminded_at        bigint,
    missing            text,                   -- the first complete file that no longer held them
    answered           text   not null,        -- doubts a verifier settled by keeping the member, between commas
    doubts             text   not null,        -- kinds of doubt that are open, between commas
    attested_at        bigint not null,
    attest_reminded    bigint not null,
    attest_reminded_at bigint,
    overdue            bigint not null,        -- 1: not attested in time, may only read
    turn               bigint not null         -- counts every change: who is second starts anew
);
create index standings_by_place on standings (place, since);
create index standings_by_attestation on standings (attested_at);

-- What a verifier must settle about a member.
create table doubts (
    doubt_id   text   primary key,
    account_id text   not null references accounts (account_id),
    what       text   not null,
    source     text   not null,
    raised_at  bigint not null,
    words      text   not null,                -- the member's own, for an appeal
    settled_at bigint,
    settled_by text,                           -- nobody: the register settled it
    decision   text   not null
);
create unique index doubts_open on doubts (account_id, what) where settled_at is null;
create index doubts_by_age on doubts (settled_at, raised_at);

-- What the register said of a member when it was last compared, and how it was shown that they are the registrant.
alter table registrations add column status text not null default '';
alter table registrations add column status_raw text not null default '';
alter table registrations add column listed_name text not null default '';
alter table registrations add column valid_from text not null default '';
alter table registrations add column source text not null default '';
alter table registrations add column path text not null default '';

-- When each register's members were last compared with it.
create table sweeps (
    register text   primary key,
    swept_at bigint not null,
    looked   bigint not null
);

-- One verifier at a time has a case in hand.
create table in_hand (
    thing      text   primary key,             -- an application or a doubt
    account_id text   not null,
    until      bigint not null
);

insert into standings (account_id, place, class, origin, source, since, reminded, answered, doubts,
                       attested_at, attest_reminded, overdue, turn)
    select a.account_id, case when a.suspended_for = 'register' then 'barred' else 'good' end,
           case r.profession when 'Physician' then 'doctor' when 'Nurse' then 'nurse' when 'Midwife' then 'nurse'
               when 'Advanced practice provider' then 'nurse' when 'Trainee' then 'trainee' else 'allied' end,
           'taken-over', '', a.admitted_at, 0, '', '', a.admitted_at, 0, 0, 0
    from accounts a join registrations r on r.account_id = a.account_id
    where a.admitted_at is not null and a.ended_at is null;
update accounts set suspended_at = null, suspended_for = null where suspended_for = 'register';

-- Two people claim one registration. Neither is told who the other is; the holder has a notice before it is decided.
create table disputes (
    application_id text   primary key references applications (application_id),
    account_id     text   not null references accounts (account_id),   -- who holds the number now
    opened_at      bigint not null,
    notice_until   bigint not null,
    ended_at       bigint,
    outcome        text   not null
);
create index disputes_open on disputes (account_id, ended_at);

-- What stood in an application before its applicant corrected it. The numbers count as tried.
create table corrections (
    application_id  text   not null references applications (application_id),
    correction      bigint not null,
    at              bigint not null,
    account_id      text   not null,
    register        text   not null,
    number          text   not null,
    registered_name text   not null,
    primary key (application_id, correction)
);
create index corrections_by_number on corrections (register, number);
