-- What the professional registers publish, as it was last read. Only what verification needs is kept: no addresses, no
-- birth years, no sex.
--
-- A register stands in layers: a full file is one, each file of changes another that lies over it. A layer is blocks of
-- sorted, packed entries, under their numbers and once more under their names (src/registers/layer.rs), and is never
-- changed. A release names its layers; the one row in register_current says which release is read. So readers never see
-- half a file, going back is one row, and a full file of a million entries is a few thousand rows here.
create table register_layers (
    register text   not null,
    layer    bigint not null,
    version  text   not null,                  -- the file it is from
    begun_at bigint not null,
    primary key (register, layer)
);

create table register_blocks (
    register  text   not null,
    layer     bigint not null,
    kind      text   not null check (kind in ('number', 'name')),
    first_key blob   not null,                 -- of the first entry; bytes, because text is sorted differently everywhere
    body      blob   not null,
    primary key (register, layer, kind, first_key)
);

create table register_releases (
    register text   not null,
    release  bigint not null,
    layers   text   not null,                  -- the oldest first: "3,4,7"
    reading  bigint not null,                  -- whose result it is
    entries  bigint not null,                  -- that are not absent
    made_at  bigint not null,
    primary key (register, release)
);

create table register_current (
    register text   primary key,
    release  bigint not null
);

-- What a register answered when it was asked for one number that its file does not hold; see src/registers/live.
create table register_answers (
    register text   not null,
    number   text   not null,
    asked_at bigint not null,
    entry    blob,                             -- packed as in a block; nothing: it lists no such number
    primary key (register, number)
);

-- It was written row by row.
drop table register_entries;
