-- Rooms, threads, posts and their revisions. The text of a post lies in post_texts and nowhere else, so that erasing it
-- is one statement. A post cannot exist without a passed check of exactly its text and a disclosure statement; a case
-- not without the basis on which it may be shared.
create table rooms (
    room_id     text   primary key,
    slug        text   not null,
    name        text   not null,
    description text   not null,
    opened_at   bigint not null
);
create unique index rooms_by_slug on rooms (slug);

create table threads (
    thread_id  text   primary key,
    room_id    text   not null references rooms (room_id),
    kind       text   not null check (kind in ('case', 'question')),
    basis      text   check (basis in ('anonymised', 'consent', 'invented')),
    started_by text   not null references accounts (account_id),
    started_at bigint not null,
    active_at  bigint not null,
    posts      bigint not null,
    check (kind <> 'case' or basis is not null)
);
create index threads_by_room on threads (room_id, active_at, thread_id);
create index threads_by_activity on threads (active_at, thread_id);

create table posts (
    post_id      text   primary key,
    thread_id    text   not null references threads (thread_id),
    position     bigint not null,             -- 1 is the post that starts the thread
    account_id   text   not null references accounts (account_id),
    revision     bigint not null,
    ground       text   not null check (ground in ('case', 'question', 'opinion', 'experience', 'evidence')),
    source       text   not null,
    written_at   bigint not null,
    revised_at   bigint,
    veiled_at    bigint,                      -- hidden until a moderator has looked
    veiled_for   text,
    removed_at   bigint,
    removed_for  text,
    removed_by   text,
    send_key     text   not null,             -- the sender's own key: sending twice adds one post
    check ((removed_at is null) = (removed_for is null)),
    check ((veiled_at is null) = (veiled_for is null)),
    check (ground <> 'evidence' or removed_at is not null or source <> '')
);
create unique index posts_by_place on posts (thread_id, position);
create unique index posts_by_send_key on posts (account_id, send_key);

create table post_revisions (
    post_id     text   not null references posts (post_id),
    revision    bigint not null,
    written_at  bigint not null,
    fingerprint text   not null check (length(fingerprint) = 64),   -- of the text that passed the check
    ruleset     text   not null check (ruleset <> ''),
    risk        text   not null check (risk in ('green', 'amber', 'red')),
    statement   text   not null check (statement in ('none', 'some')),
    primary key (post_id, revision)
);

create table post_texts (
    post_id  text   not null,
    revision bigint not null,
    part     text   not null,                 -- title, body, presentation, history, findings, investigations, question
    markdown text   not null,
    html     text   not null,
    primary key (post_id, revision, part)
);

-- The author's answers to what the check asked: codes and places, never the words.
create table post_answers (
    post_id    text   not null,
    revision   bigint not null,
    part       text   not null,
    span_start bigint not null,
    span_end   bigint not null,
    category   text   not null,
    rule       text   not null,
    reason     text   not null,
    primary key (post_id, revision, part, span_start)
);

-- The interests as they stood on that day.
create table post_interests (
    post_id      text   not null,
    revision     bigint not null,
    interest_id  text   not null,
    words        text   not null,
    primary key (post_id, revision, interest_id)
);

-- Who was shown what, when, and by which way; written before it counts as delivered.
create table deliveries (
    account_id text   not null,
    post_id    text   not null,
    revision   bigint not null,
    way        text   not null check (way in ('page', 'live', 'search', 'api')),
    thread_id  text   not null,
    at         bigint not null,
    primary key (post_id, revision, account_id, way)
);
create index deliveries_by_reader on deliveries (account_id, thread_id);
