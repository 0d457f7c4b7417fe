//! The rows of rooms, threads, posts, texts and deliveries.

use super::deliver::Reached;
use super::draft::{Basis, Kind, Reading};
use super::publish::{Placed, Ready};
use super::read::{Answer, Thread, ThreadRow};
use super::rooms::Room;
use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, RoomId, ThreadId};
use crate::base::page::Cursor;
use crate::base::problem::{Problem, Result};
use crate::base::text::Html;
use crate::db::{Conn, is_taken};
use crate::deid::Band;
use crate::disclosure::Statement;
use crate::log::Tx;

pub async fn add_room(tx: &mut Tx, id: &RoomId, slug: &str, name: &str, description: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query("insert into rooms (room_id, slug, name, description, opened_at) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(slug)
        .bind(name)
        .bind(description)
        .bind(now)
        .execute(tx.conn())
        .await
        .map_err(|cause| {
            if is_taken(&cause) { Problem::field("slug", "taken", "There is a room at this address.") } else { cause.into() }
        })?;
    Ok(())
}

pub async fn rooms(conn: &mut Conn, viewer: &AccountId) -> Result<Vec<Room>> {
    Ok(sqlx::query_as(
        "select r.room_id, r.slug, r.name, r.description,
                (select count(*) from threads t where t.room_id = r.room_id) as threads,
                (select count(*) from threads t where t.room_id = r.room_id and exists (
                     select 1 from posts p where p.thread_id = t.thread_id and p.removed_at is null
                     and p.veiled_at is null and p.account_id <> $1
                     and not exists (select 1 from deliveries d where d.post_id = p.post_id and d.account_id = $1
                                     and d.way <> 'search'))) as fresh
         from rooms r order by r.name",
    )
    .bind(viewer)
    .fetch_all(conn)
    .await?)
}

pub async fn add_thread(
    tx: &mut Tx,
    id: &ThreadId,
    room: &RoomId,
    kind: Kind,
    basis: Option<Basis>,
    by: &AccountId,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into threads (thread_id, room_id, kind, basis, started_by, started_at, active_at, posts)
         values ($1, $2, $3, $4, $5, $6, $6, 1)",
    )
    .bind(id)
    .bind(room)
    .bind(kind.code())
    .bind(basis.map(Basis::code))
    .bind(by)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The post that the same sender sent before under the same key.
pub async fn sent_before(tx: &mut Tx, author: &AccountId, key: &str) -> Result<Option<Placed>> {
    let row: Option<(ThreadId, PostId, i64, i64)> = sqlx::query_as(
        "select p.thread_id, p.post_id, p.position, coalesce((select max(e.seq) from events e
                 where e.subject in (p.post_id, p.thread_id) and e.kind in ('post-added', 'thread-started')), 0)
         from posts p where p.account_id = $1 and p.send_key = $2",
    )
    .bind(author)
    .bind(key)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|(thread, post, position, seq)| Placed { thread, post, position, seq }))
}

/// Hands out the next place in a thread; `None` for an unknown one.
pub async fn next_position(tx: &mut Tx, thread: &ThreadId) -> Result<Option<i64>> {
    let now = tx.now();
    Ok(sqlx::query_scalar("update threads set posts = posts + 1, active_at = $1 where thread_id = $2 returning posts")
        .bind(now)
        .bind(thread)
        .fetch_optional(tx.conn())
        .await?)
}

pub async fn add_post(
    tx: &mut Tx,
    thread: &ThreadId,
    id: &PostId,
    position: i64,
    reading: &Reading,
    ready: &Ready<'_>,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into posts (post_id, thread_id, position, account_id, revision, ground, source, written_at, send_key)
         values ($1, $2, $3, $4, 1, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(thread)
    .bind(position)
    .bind(ready.author.id())
    .bind(reading.ground.code())
    .bind(&ready.source)
    .bind(now)
    .bind(&reading.key)
    .execute(tx.conn())
    .await?;
    add_revision(tx, id, 1, ready).await
}

/// For a thread's first post, the thread's kind and basis.
pub async fn is_first(conn: &mut Conn, post: &PostId) -> Result<Option<(String, Option<String>)>> {
    Ok(sqlx::query_as(
        "select t.kind, t.basis from posts p join threads t on t.thread_id = p.thread_id
         where p.post_id = $1 and p.position = 1",
    )
    .bind(post)
    .fetch_optional(conn)
    .await?)
}

/// A post of this author that is not removed, held until the commit.
pub async fn own_post(tx: &mut Tx, author: &AccountId, id: &PostId) -> Result<Option<OwnPost>> {
    Ok(sqlx::query_as(
        "update posts set revision = revision where post_id = $1 and account_id = $2 and removed_at is null
         returning thread_id, revision, veiled_at",
    )
    .bind(id)
    .bind(author)
    .fetch_optional(tx.conn())
    .await?)
}

#[derive(sqlx::FromRow)]
pub struct OwnPost {
    pub thread_id: ThreadId,
    pub revision: i64,
    pub veiled_at: Option<Time>,
}

pub async fn revise_post(tx: &mut Tx, id: &PostId, revision: i64, reading: &Reading, ready: &Ready<'_>) -> Result<()> {
    let now = tx.now();
    sqlx::query("update posts set revision = $1, revised_at = $2, ground = $3, source = $4 where post_id = $5")
        .bind(revision)
        .bind(now)
        .bind(reading.ground.code())
        .bind(&ready.source)
        .bind(id)
        .execute(tx.conn())
        .await?;
    add_revision(tx, id, revision, ready).await
}

async fn add_revision(tx: &mut Tx, id: &PostId, revision: i64, ready: &Ready<'_>) -> Result<()> {
    let now = tx.now();
    let risk = match ready.checked.band() {
        Band::Green => "green",
        Band::Amber => "amber",
        Band::Red => "red",
    };
    sqlx::query(
        "insert into post_revisions (post_id, revision, written_at, fingerprint, ruleset, risk, statement)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(revision)
    .bind(now)
    .bind(ready.checked.fingerprint())
    .bind(ready.checked.ruleset())
    .bind(risk)
    .bind(ready.statement.code())
    .execute(tx.conn())
    .await?;
    for (part, markdown, html) in &ready.texts {
        sqlx::query("insert into post_texts (post_id, revision, part, markdown, html) values ($1, $2, $3, $4, $5)")
            .bind(id)
            .bind(revision)
            .bind(*part)
            .bind(*markdown)
            .bind(html)
            .execute(tx.conn())
            .await?;
    }
    for answer in ready.checked.answers() {
        sqlx::query(
            "insert into post_answers (post_id, revision, part, span_start, span_end, category, rule, reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(id)
        .bind(revision)
        .bind(&answer.part)
        .bind(answer.start as i64)
        .bind(answer.end as i64)
        .bind(&answer.category)
        .bind(&answer.rule)
        .bind(&answer.reason)
        .execute(tx.conn())
        .await?;
    }
    if let Statement::Some(interests) = ready.statement {
        for interest in interests {
            sqlx::query("insert into post_interests (post_id, revision, interest_id, words) values ($1, $2, $3, $4)")
                .bind(id)
                .bind(revision)
                .bind(&interest.id)
                .bind(interest.words())
                .execute(tx.conn())
                .await?;
        }
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ThreadRowRow {
    thread_id: ThreadId,
    kind: String,
    basis: Option<String>,
    slug: String,
    room_name: String,
    title: Option<String>,
    question: Option<String>,
    removed_at: Option<Time>,
    author: String,
    specialty: String,
    posts: i64,
    fresh: i64,
    started_at: Time,
    active_at: Time,
}

pub async fn thread_rows(
    conn: &mut Conn,
    viewer: &AccountId,
    room: Option<&RoomId>,
    before: &Cursor,
    most: i64,
) -> Result<Vec<ThreadRow>> {
    let rows: Vec<ThreadRowRow> = sqlx::query_as(
        "select t.thread_id, t.kind, t.basis, r.slug, r.name as room_name, t.posts, t.started_at, t.active_at,
                p.removed_at, a.name as author, a.specialty,
                (select x.markdown from post_texts x where x.post_id = p.post_id and x.revision = p.revision
                 and x.part = 'title' and p.veiled_at is null) as title,
                (select x.markdown from post_texts x where x.post_id = p.post_id and x.revision = p.revision
                 and x.part = 'question' and p.veiled_at is null) as question,
                (select count(*) from posts n where n.thread_id = t.thread_id and n.removed_at is null
                 and n.veiled_at is null and n.account_id <> $1
                 and not exists (select 1 from deliveries d where d.post_id = n.post_id and d.account_id = $1
                                 and d.way <> 'search')) as fresh
         from threads t
         join rooms r on r.room_id = t.room_id
         join posts p on p.thread_id = t.thread_id and p.position = 1
         join accounts a on a.account_id = t.started_by
         where ($2 is null or t.room_id = $2)
         and (t.active_at < $3 or (t.active_at = $3 and t.thread_id < $4))
         order by t.active_at desc, t.thread_id desc limit $5",
    )
    .bind(viewer)
    .bind(room)
    .bind(before.at)
    .bind(&before.id)
    .bind(most)
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ThreadRow {
            id: row.thread_id,
            kind: Kind::parse(&row.kind).unwrap_or(Kind::Question),
            basis: row.basis.as_deref().and_then(Basis::parse),
            room_slug: row.slug,
            room_name: row.room_name,
            title: row.title,
            question: row.question,
            is_removed: row.removed_at.is_some(),
            author: row.author,
            author_specialty: row.specialty,
            replies: row.posts - 1,
            fresh: row.fresh,
            started_at: row.started_at,
            active_at: row.active_at,
        })
        .collect())
}

/// The threads somebody started in the last year or so.
pub async fn own_threads(conn: &mut Conn, by: &AccountId) -> Result<Vec<ThreadId>> {
    Ok(sqlx::query_scalar("select thread_id from threads where started_by = $1 order by active_at desc limit 200")
        .bind(by)
        .fetch_all(conn)
        .await?)
}

#[derive(sqlx::FromRow)]
struct HeadRow {
    thread_id: ThreadId,
    kind: String,
    basis: Option<String>,
    room_id: RoomId,
    slug: String,
    name: String,
    posts: i64,
    started_at: Time,
    active_at: Time,
}

pub async fn thread(conn: &mut Conn, id: &ThreadId) -> Result<Option<Thread>> {
    let row: Option<HeadRow> = sqlx::query_as(
        "select t.thread_id, t.kind, t.basis, t.room_id, r.slug, r.name, t.posts, t.started_at, t.active_at
         from threads t join rooms r on r.room_id = t.room_id where t.thread_id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Thread {
        id: row.thread_id,
        kind: Kind::parse(&row.kind).unwrap_or(Kind::Question),
        basis: row.basis.as_deref().and_then(Basis::parse),
        room: row.room_id,
        room_slug: row.slug,
        room_name: row.name,
        posts: row.posts,
        started_at: row.started_at,
        active_at: row.active_at,
    }))
}

/// A post with its author's byline, as it stands.
#[derive(sqlx::FromRow)]
pub struct PostRow {
    pub post_id: PostId,
    pub thread_id: ThreadId,
    pub position: i64,
    pub account_id: AccountId,
    pub revision: i64,
    pub ground: String,
    pub source: String,
    pub written_at: Time,
    pub revised_at: Option<Time>,
    pub veiled_at: Option<Time>,
    pub removed_at: Option<Time>,
    pub removed_for: Option<String>,
    pub name: String,
    pub profession: String,
    pub specialty: String,
    pub register: String,
    pub checked_at: Option<Time>,
}

pub async fn posts(conn: &mut Conn, thread: &ThreadId, after: i64, most: i64) -> Result<Vec<PostRow>> {
    Ok(sqlx::query_as(
        "select p.post_id, p.thread_id, p.position, p.account_id, p.revision, p.ground, p.source, p.written_at,
                p.revised_at, p.veiled_at, p.removed_at, p.removed_for, a.name, a.profession, a.specialty,
                coalesce(g.register, '') as register, g.checked_at
         from posts p join accounts a on a.account_id = p.account_id
         left join registrations g on g.account_id = p.account_id
         where p.thread_id = $1 and p.position > $2 order by p.position limit $3",
    )
    .bind(thread)
    .bind(after)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

pub async fn post(conn: &mut Conn, id: &PostId) -> Result<Option<PostRow>> {
    Ok(sqlx::query_as(
        "select p.post_id, p.thread_id, p.position, p.account_id, p.revision, p.ground, p.source, p.written_at,
                p.revised_at, p.veiled_at, p.removed_at, p.removed_for, a.name, a.profession, a.specialty,
                coalesce(g.register, '') as register, g.checked_at
         from posts p join accounts a on a.account_id = p.account_id
         left join registrations g on g.account_id = p.account_id where p.post_id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?)
}

#[derive(Clone, sqlx::FromRow)]
pub struct TextRow {
    pub post_id: PostId,
    pub revision: i64,
    pub part: String,
    pub markdown: String,
    pub html: Html,
}

/// The current texts of a stretch of a thread's open posts.
pub async fn thread_texts(conn: &mut Conn, thread: &ThreadId, after: i64, most: i64) -> Result<Vec<TextRow>> {
    Ok(sqlx::query_as(
        "select x.post_id, x.revision, x.part, x.markdown, x.html
         from posts p join post_texts x on x.post_id = p.post_id and x.revision = p.revision
         where p.thread_id = $1 and p.position > $2 and p.position <= $2 + $3
         and p.removed_at is null and p.veiled_at is null",
    )
    .bind(thread)
    .bind(after)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

pub async fn texts(conn: &mut Conn, post: &PostId, revision: i64) -> Result<Vec<TextRow>> {
    Ok(sqlx::query_as(
        "select post_id, revision, part, markdown, html from post_texts where post_id = $1 and revision = $2",
    )
    .bind(post)
    .bind(revision)
    .fetch_all(conn)
    .await?)
}

pub async fn revisions(conn: &mut Conn, post: &PostId) -> Result<Vec<(i64, Time)>> {
    Ok(sqlx::query_as("select revision, written_at from post_revisions where post_id = $1 order by revision")
        .bind(post)
        .fetch_all(conn)
        .await?)
}

#[derive(sqlx::FromRow)]
pub struct InterestRow {
    pub post_id: PostId,
    pub revision: i64,
    pub words: String,
}

pub async fn thread_interests(conn: &mut Conn, thread: &ThreadId, after: i64, most: i64) -> Result<Vec<InterestRow>> {
    Ok(sqlx::query_as(
        "select i.post_id, i.revision, i.words
         from posts p join post_interests i on i.post_id = p.post_id and i.revision = p.revision
         where p.thread_id = $1 and p.position > $2 and p.position <= $2 + $3
         and p.removed_at is null and p.veiled_at is null order by i.interest_id",
    )
    .bind(thread)
    .bind(after)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

pub async fn interests(conn: &mut Conn, post: &PostId, revision: i64) -> Result<Vec<InterestRow>> {
    Ok(sqlx::query_as(
        "select post_id, revision, words from post_interests where post_id = $1 and revision = $2 order by interest_id",
    )
    .bind(post)
    .bind(revision)
    .fetch_all(conn)
    .await?)
}

pub async fn answers(conn: &mut Conn, post: &PostId, revision: i64) -> Result<Vec<Answer>> {
    Ok(sqlx::query_as(
        "select part, span_start, span_end, category, rule, reason from post_answers
         where post_id = $1 and revision = $2 order by part, span_start",
    )
    .bind(post)
    .bind(revision)
    .fetch_all(conn)
    .await?)
}

pub async fn veil(tx: &mut Tx, post: &PostId, reason: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update posts set veiled_at = $1, veiled_for = $2
         where post_id = $3 and veiled_at is null and removed_at is null",
    )
    .bind(now)
    .bind(reason)
    .bind(post)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn unveil(tx: &mut Tx, post: &PostId) -> Result<bool> {
    let done = sqlx::query(
        "update posts set veiled_at = null, veiled_for = null
         where post_id = $1 and veiled_at is not null and removed_at is null",
    )
    .bind(post)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn erase(tx: &mut Tx, by: &AccountId, post: &PostId, reason: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update posts set removed_at = $1, removed_for = $2, removed_by = $3, source = '', veiled_at = null,
                          veiled_for = null
         where post_id = $4 and removed_at is null",
    )
    .bind(now)
    .bind(reason)
    .bind(by)
    .bind(post)
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("delete from post_texts where post_id = $1").bind(post).execute(tx.conn()).await?;
    sqlx::query("delete from post_answers where post_id = $1").bind(post).execute(tx.conn()).await?;
    sqlx::query("delete from post_interests where post_id = $1").bind(post).execute(tx.conn()).await?;
    Ok(true)
}

pub async fn delivered(
    conn: &mut Conn,
    viewer: &AccountId,
    thread: &ThreadId,
    way: &str,
) -> Result<Vec<(PostId, i64)>> {
    Ok(sqlx::query_as(
        "select post_id, revision from deliveries where account_id = $1 and thread_id = $2 and way = $3",
    )
    .bind(viewer)
    .bind(thread)
    .bind(way)
    .fetch_all(conn)
    .await?)
}

pub async fn seen_before(
    conn: &mut Conn,
    viewer: &AccountId,
    thread: &ThreadId,
) -> Result<std::collections::HashSet<PostId>> {
    let posts: Vec<PostId> = sqlx::query_scalar(
        "select distinct post_id from deliveries where account_id = $1 and thread_id = $2 and way <> 'search'",
    )
    .bind(viewer)
    .bind(thread)
    .fetch_all(conn)
    .await?;
    Ok(posts.into_iter().collect())
}

pub async fn add_delivery(
    tx: &mut Tx,
    viewer: &AccountId,
    thread: &ThreadId,
    post: &PostId,
    revision: i64,
    way: &str,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into deliveries (account_id, post_id, revision, way, thread_id, at) values ($1, $2, $3, $4, $5, $6)
         on conflict (post_id, revision, account_id, way) do nothing",
    )
    .bind(viewer)
    .bind(post)
    .bind(revision)
    .bind(way)
    .bind(thread)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn reached(conn: &mut Conn, post: &PostId) -> Result<Vec<Reached>> {
    Ok(sqlx::query_as(
        "select d.account_id, a.name, d.way, d.revision, d.at
         from deliveries d join accounts a on a.account_id = d.account_id
         where d.post_id = $1 order by d.at, d.account_id, d.way",
    )
    .bind(post)
    .fetch_all(conn)
    .await?)
}
