-- What a moderator sees before it is published: posts, and changes of posts, whose details together could identify, and
-- for which consent is documented. They stand here and not among the posts, so that nothing that reads posts can show
-- them. Every revision says on what basis it may be shared; '' is one from before that was asked.
alter table post_revisions add column basis text not null default ''
    check (basis in ('', 'anonymised', 'consent', 'invented') and (basis <> 'anonymised' or risk <> 'red'));

create table held (
    post_id       text   primary key,         -- the id it has, or will have, as a post
    thread_id     text   not null,
    act           text   not null check (act in ('start', 'reply', 'change')),
    account_id    text   not null references accounts (account_id),
    room_id       text   not null references rooms (room_id),
    kind          text   not null check (kind in ('case', 'question')),
    revision      bigint not null,            -- the number it will have
    ground        text   not null,
    send_key      text   not null,
    fingerprint   text   not null check (length(fingerprint) = 64),
    ruleset       text   not null check (ruleset <> ''),
    risk          text   not null check (risk = 'red'),
    basis         text   not null check (basis = 'consent'),
    statement     text   not null check (statement in ('none', 'some')),
    held_at       bigint not null,
    returned_at   bigint,                     -- given back to its author
    returned_for  text,
    returned_note text   not null default '',
    check ((returned_at is null) = (returned_for is null))
);
create unique index held_by_send_key on held (account_id, send_key);
create index held_by_thread on held (thread_id, account_id);

create table held_texts (
    post_id  text not null,
    part     text not null,                   -- as in post_texts; also source, and consent: how and when it was recorded
    markdown text not null,
    primary key (post_id, part)
);

create table held_answers (
    post_id    text   not null,
    part       text   not null,
    span_start bigint not null,
    span_end   bigint not null,
    category   text   not null,
    rule       text   not null,
    reason     text   not null,
    primary key (post_id, part, span_start)
);

create table held_interests (
    post_id     text not null,
    interest_id text not null,
    words       text not null,
    primary key (post_id, interest_id)
);
