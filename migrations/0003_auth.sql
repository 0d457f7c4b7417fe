-- Coming in and staying in. Tokens are kept only as hashes; a ceremony's challenge is used once.
create table passwords (
    account_id text   primary key references accounts (account_id),
    phc        text   not null,
    set_at     bigint not null
);

create table passkeys (
    passkey_id    text   primary key,
    account_id    text   not null references accounts (account_id),
    credential_id text   not null,
    credential    text   not null,
    name          text   not null,
    backed_up     bigint not null,
    added_at      bigint not null,
    used_at       bigint
);
create unique index passkeys_by_credential on passkeys (credential_id);
create index passkeys_by_account on passkeys (account_id);

create table ceremonies (
    ceremony_id text   primary key,
    purpose     text   not null,
    account_id  text,
    session_id  text,
    state       text   not null,
    expires_at  bigint not null
);

create table sessions (
    session_id text   primary key,
    token_hash text   not null,
    account_id text   not null references accounts (account_id),
    device     text   not null,
    shared     bigint not null,               -- 1: a shared computer, ends after a few quiet minutes
    created_at bigint not null,
    seen_at    bigint not null,
    proved_at  bigint not null,               -- the last fresh proof of presence
    proved_by  text   not null,
    ended_at   bigint
);
create unique index sessions_by_token on sessions (token_hash);
create index sessions_by_account on sessions (account_id);

create table tries (
    try_key    text   primary key,
    count      bigint not null,
    since      bigint not null
);
