-- The spine: an append-only log in commit order, hash-chained; the one-row head that hands out its numbers inside the
-- transaction; and how far each follower has read.
create table log_head (
    one     bigint primary key check (one = 1),
    seq     bigint not null,
    hash    text   not null
);
insert into log_head (one, seq, hash) values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

create table events (
    seq     bigint primary key,
    at      bigint not null,
    kind    text   not null,
    actor   text,
    subject text   not null,
    thread  text,
    detail  text   not null,
    hash    text   not null
);
create index events_by_thread on events (thread, seq);
create index events_by_subject on events (subject, seq);
create index events_by_kind on events (kind, seq);

create table cursors (
    follower text primary key,
    seq      bigint not null
);
