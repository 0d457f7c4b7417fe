//! The rows of rooms and threads.

use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, RoomId, ThreadId};
use crate::base::page::Cursor;
use crate::base::problem::{Problem, Result};
use crate::db::{Conn, is_taken};
use crate::deid::aside::Aside;
use crate::discussion::draft::{Basis, Kind};
use crate::discussion::read::{Thread, ThreadRow};
use crate::discussion::rooms::Room;
use crate::discussion::seal::{Seal, place};
use crate::log::Tx;

pub async fn add_room(tx: &mut Tx, id: &RoomId, slug: &str, name: &Aside, description: &Aside) -> Result<()> {
    let now = tx.now();
    sqlx::query("insert into rooms (room_id, slug, name, description, opened_at) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(slug)
        .bind(name.as_str())
        .bind(description.as_str())
        .bind(now)
        .execute(tx.conn())
        .await
        .map_err(|cause| {
            if is_taken(&cause) {
                Problem::field("slug", "taken", "There is a room at this address.")
            } else {
                cause.into()
            }
        })?;
    Ok(())
}

/// All rooms; unread threads are counted among those active since a time.
pub async fn rooms(conn: &mut Conn, viewer: &AccountId, since: Time) -> Result<Vec<Room>> {
    Ok(sqlx::query_as(
        "select r.room_id, r.slug, r.name, r.description,
                (select count(*) from threads t where t.room_id = r.room_id) as threads,
                (select count(*) from threads t where t.room_id = r.room_id and t.active_at > $2 and exists (
                     select 1 from posts p where p.thread_id = t.thread_id and p.removed_at is null
                     and p.veiled_at is null and p.account_id <> $1
                     and not exists (select 1 from deliveries d where d.post_id = p.post_id and d.account_id = $1
                                     and d.way not in ('search', 'list')))) as fresh
         from rooms r order by r.name",
    )
    .bind(viewer)
    .bind(since)
    .fetch_all(conn)
    .await?)
}

/// One room by its address, without counting what is unread.
pub async fn room(conn: &mut Conn, slug: &str) -> Result<Option<Room>> {
    Ok(sqlx::query_as(
        "select r.room_id, r.slug, r.name, r.description,
                (select count(*) from threads t where t.room_id = r.room_id) as threads, cast(0 as bigint) as fresh
         from rooms r where r.slug = $1",
    )
    .bind(slug)
    .fetch_optional(conn)
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

/// Hands out the next place in a thread; `None` for an unknown or a locked one.
pub async fn next_position(tx: &mut Tx, thread: &ThreadId) -> Result<Option<i64>> {
    let now = tx.now();
    Ok(sqlx::query_scalar("update threads set posts = posts + 1, active_at = $1 where thread_id = $2 and locked_at is null returning posts")
        .bind(now)
        .bind(thread)
        .fetch_optional(tx.conn())
        .await?)
}

/// Whether this author started the thread with an invented case.
pub async fn invented(conn: &mut Conn, thread: &ThreadId, author: &AccountId) -> Result<bool> {
    let found: i64 = sqlx::query_scalar(
        "select count(*) from threads where thread_id = $1 and started_by = $2 and basis = 'invented'",
    )
    .bind(thread)
    .bind(author)
    .fetch_one(conn)
    .await?;
    Ok(found > 0)
}

/// From now on the case is shared on consent.
pub async fn share_on_consent(tx: &mut Tx, thread: &ThreadId) -> Result<()> {
    sqlx::query("update threads set basis = 'consent' where thread_id = $1 and basis is not null")
        .bind(thread)
        .execute(tx.conn())
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ThreadRowRow {
    thread_id: ThreadId,
    kind: String,
    basis: Option<String>,
    slug: String,
    room_name: String,
    post_id: PostId,
    revision: i64,
    key: Option<String>,
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
                p.post_id, p.revision, k.key,
                (select x.markdown from post_texts x where x.post_id = p.post_id and x.revision = p.revision
                 and x.part = 'title' and p.veiled_at is null) as title,
                (select x.markdown from post_texts x where x.post_id = p.post_id and x.revision = p.revision
                 and x.part = 'question' and p.veiled_at is null) as question,
                (select count(*) from posts n where n.thread_id = t.thread_id and n.removed_at is null
                 and n.veiled_at is null and n.account_id <> $1
                 and not exists (select 1 from deliveries d where d.post_id = n.post_id and d.account_id = $1
                                 and d.way not in ('search', 'list'))) as fresh
         from threads t
         join rooms r on r.room_id = t.room_id
         join posts p on p.thread_id = t.thread_id and p.position = 1
         join accounts a on a.account_id = t.started_by
         left join keys.post_keys k on k.post_id = p.post_id
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
    rows.into_iter().map(ThreadRowRow::open).collect()
}

impl ThreadRowRow {
    fn open(self) -> Result<ThreadRow> {
        let seal = self.key.as_deref().map(|key| Seal::read(&self.post_id, key)).transpose()?;
        let opened = |part: &str, sealed: &Option<String>| match (&seal, sealed) {
            (Some(seal), Some(sealed)) => seal.open(&place(self.revision, part, "markdown"), sealed).map(Some),
            _ => Ok(None),
        };
        Ok(ThreadRow {
            title: opened("title", &self.title)?,
            question: opened("question", &self.question)?,
            id: self.thread_id,
            kind: Kind::parse(&self.kind).unwrap_or(Kind::Question),
            basis: self.basis.as_deref().and_then(Basis::parse),
            room_slug: self.slug,
            room_name: self.room_name,
            is_removed: self.removed_at.is_some(),
            author: self.author,
            author_specialty: self.specialty,
            replies: self.posts - 1,
            fresh: self.fresh,
            started_at: self.started_at,
            active_at: self.active_at,
        })
    }
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
    locked_at: Option<Time>,
}

pub async fn thread(conn: &mut Conn, id: &ThreadId) -> Result<Option<Thread>> {
    let row: Option<HeadRow> = sqlx::query_as(
        "select t.thread_id, t.kind, t.basis, t.room_id, r.slug, r.name, t.posts, t.started_at, t.active_at,
                t.locked_at
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
        locked_at: row.locked_at,
    }))
}
