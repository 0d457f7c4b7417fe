-- What a member stands to gain, as they declared it.
create table interests (
    interest_id  text   primary key,
    account_id   text   not null references accounts (account_id),
    kind         text   not null,
    organisation text   not null,
    detail       text   not null,
    band         text   not null,
    year         bigint not null,
    declared_at  bigint not null,
    ended_at     bigint
);
create index interests_by_account on interests (account_id);
