-- People: who they are, what they may do, what stands in their profile. A registration is bound to at most one living
-- account.
create table accounts (
    account_id     text   primary key,
    email          text   not null,
    email_key      text   not null,            -- the address folded for comparing
    name           text   not null,            -- as shown to colleagues
    created_at     bigint not null,
    confirmed_at   bigint,                     -- the address was shown to be theirs
    admitted_at    bigint,                     -- a registered clinician, shown to be this person
    suspended_at   bigint,
    suspended_for  text,
    ended_at       bigint,
    profession     text   not null default '',
    specialty      text   not null default '',
    theme          text   not null default 'auto',
    check ((suspended_at is null) = (suspended_for is null))
);
create unique index accounts_by_email on accounts (email_key) where ended_at is null;

-- What the register says of an admitted member; refreshed whenever the register is read.
create table registrations (
    account_id  text   primary key references accounts (account_id),
    register    text   not null,
    number      text   not null,
    profession  text   not null,
    specialty   text   not null,
    bound_at    bigint not null,
    checked_at  bigint not null
);
create unique index registrations_by_number on registrations (register, number);

create table roles (
    account_id text   not null references accounts (account_id),
    role       text   not null check (role in ('verifier', 'moderator', 'admin')),
    granted_at bigint not null,
    granted_by text,
    primary key (account_id, role)
);
