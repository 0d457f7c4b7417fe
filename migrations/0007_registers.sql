-- What the professional registers publish, as it was last read. Only what verification needs is kept: no addresses, no
-- birth years, no sex. An entry that a complete file no longer holds is marked absent, never deleted.
create table register_entries (
    register       text   not null,
    number         text   not null,
    family         text   not null,
    given          text   not null,
    other_names    text   not null,            -- former and other full names, separated by semicolons
    family_key     text   not null,            -- folded, for finding namesakes
    given_key      text   not null,
    profession     text   not null,
    specialty      text   not null,
    status         text   not null check (status in ('active', 'active-restricted', 'non-practising', 'provisional',
                       'lapsed', 'suspended', 'suspended-interim', 'removed-disciplinary', 'removed-administrative',
                       'removed-voluntary', 'deceased', 'unknown')),
    status_raw     text   not null,            -- the register's own word
    valid_from     text   not null,            -- YYYY-MM-DD, or empty
    digest         bigint not null,            -- of the fields above: tells whether a row changed
    source_version text   not null,
    reading        bigint not null,            -- the reading that saw it last
    seen_at        bigint not null,
    absent_since   bigint,
    primary key (register, number)
);
create index register_entries_by_name on register_entries (register, family_key, given_key);

-- Each time a register's file was read.
create table register_readings (
    register    text   not null,
    reading     bigint not null,
    version     text   not null,
    complete    bigint not null,              -- 1: the whole register; 0: changes only
    begun_at    bigint not null,
    finished_at bigint,
    rows_read   bigint not null,
    added       bigint not null,
    changed     bigint not null,
    refused     bigint not null,
    absent      bigint not null,
    primary key (register, reading)
);
