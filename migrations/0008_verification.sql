-- Applications for admission. One open application per account; what was said and decided stands in its turns, so that
-- the history can be told to the applicant and to a second verifier.
create table applications (
    application_id  text   primary key,
    account_id      text   not null references accounts (account_id),
    country         text   not null,
    register        text   not null,
    profession      text   not null,
    number          text   not null,
    registered_name text   not null,
    statement       text   not null,
    mailbox         text   not null,           -- what control of the confirmed address shows; see verification/mailbox.rs
    state           text   not null check (state in ('sent', 'more-asked', 'admitted', 'refused')),
    sent_at         bigint not null,
    waiting_since   bigint not null,
    approved_once   text,                      -- the first of two verifiers
    decided_at      bigint,
    decided_by      text,                      -- nobody: the policy decided
    reason          text   not null,
    appealed_at     bigint,
    gist            text   not null,           -- what a verifier's list says of it; see verification/gist.rs
    check ((state in ('admitted', 'refused')) = (decided_at is not null))
);
create unique index applications_open on applications (account_id) where state in ('sent', 'more-asked');
create index applications_by_state on applications (state, waiting_since);
create index applications_by_number on applications (register, number);
create index applications_by_account on applications (account_id, sent_at);

create table application_turns (
    application_id text   not null references applications (application_id),
    turn           bigint not null,
    at             bigint not null,
    act            text   not null check (act in ('sent', 'asked', 'answered', 'appealed', 'approved-once', 'approved',
                       'refused')),
    account_id     text,                       -- nobody: the policy
    reason         text   not null,
    words          text   not null,
    primary key (application_id, turn)
);
