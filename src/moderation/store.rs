//! The rows of flags.

mod claims;
mod decisions;

pub use claims::*;
pub use decisions::*;

use super::fingerprint::Marks;
use super::flag::Flag;
use super::prove::Proof;
use crate::base::clock::Time;
use crate::base::id::{AccountId, FlagId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::discussion::Seal;
use crate::log::Tx;

/// Adds a flag; `false` when this member has raised the same before.
pub async fn add_flag(
    tx: &mut Tx,
    id: &FlagId,
    post: &PostId,
    thread: &ThreadId,
    by: &AccountId,
    reason: &str,
    note: &str,
) -> Result<bool> {
    let now = tx.now();
    let note = seal_note(tx, post, note).await?;
    let done = sqlx::query(
        "insert into flags (flag_id, post_id, thread_id, account_id, reason, note, raised_at, sealed)
         values ($1, $2, $3, $4, $5, $6, $7, 1)
         on conflict (post_id, account_id, reason) do update set
             note = excluded.note, sealed = excluded.sealed, raised_at = excluded.raised_at, settled_at = null, upheld = null
         where flags.settled_at is not null",
    )
    .bind(id)
    .bind(post)
    .bind(thread)
    .bind(by)
    .bind(reason)
    .bind(note)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A note may quote what it is about: it lies under the post's own key and goes with it.
const NOTE: &str = "flag";

async fn seal_note(tx: &mut Tx, post: &PostId, note: &str) -> Result<String> {
    if note.is_empty() {
        return Ok(String::new());
    }
    let chance = tx.chance().clone();
    match Seal::of(tx.conn(), post).await? {
        Some(seal) => Ok(seal.close(&chance, NOTE, note)),
        None => Ok(String::new()),
    }
}

/// Notes from before there were seals: flag, post, words.
pub async fn open_notes(conn: &mut Conn) -> Result<Vec<(FlagId, PostId, String)>> {
    Ok(sqlx::query_as(
        "select flag_id, post_id, note from flags where sealed = 0 and account_id is not null and note <> '' limit 200",
    )
    .fetch_all(conn)
    .await?)
}

pub async fn seal_old_note(tx: &mut Tx, flag: &FlagId, post: &PostId, note: &str) -> Result<()> {
    let note = seal_note(tx, post, note).await?;
    sqlx::query("update flags set note = $1, sealed = 1 where flag_id = $2")
        .bind(note)
        .bind(flag)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Adds a flag of the house's own; `false` when it stands already.
pub async fn add_own_flag(
    tx: &mut Tx,
    id: &FlagId,
    post: &PostId,
    thread: &ThreadId,
    reason: &str,
    note: &str,
) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "insert into flags (flag_id, post_id, thread_id, account_id, reason, note, raised_at)
         values ($1, $2, $3, null, $4, $5, $6) on conflict do nothing",
    )
    .bind(id)
    .bind(post)
    .bind(thread)
    .bind(reason)
    .bind(note)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

#[derive(sqlx::FromRow)]
pub struct OpenFlag {
    pub post_id: PostId,
    pub thread_id: ThreadId,
    pub reason: String,
    pub raised_at: Time,
    pub veiled_at: Option<Time>,
    pub account_id: AccountId,
    pub author: String,
    pub room: String,
    pub room_name: String,
}

pub async fn open_flags(conn: &mut Conn) -> Result<Vec<OpenFlag>> {
    Ok(sqlx::query_as(
        "select f.post_id, f.thread_id, f.reason, f.raised_at, p.veiled_at, p.account_id, a.name as author,
                r.slug as room, r.name as room_name
         from flags f join posts p on p.post_id = f.post_id join accounts a on a.account_id = p.account_id
         join threads t on t.thread_id = f.thread_id join rooms r on r.room_id = t.room_id
         where f.settled_at is null and p.removed_at is null order by f.raised_at, f.flag_id limit 2000",
    )
    .fetch_all(conn)
    .await?)
}

/// Posts whose authors changed them on a moderator's word, and nobody has looked.
pub async fn revised_posts(conn: &mut Conn) -> Result<Vec<OpenFlag>> {
    Ok(sqlx::query_as(
        "select p.post_id, p.thread_id, p.veiled_for as reason, p.veiled_at as raised_at, p.veiled_at, p.account_id,
                a.name as author, r.slug as room, r.name as room_name
         from posts p join accounts a on a.account_id = p.account_id join threads t on t.thread_id = p.thread_id
         join rooms r on r.room_id = t.room_id
         where p.veiled_for = 'revised' order by p.veiled_at limit 500",
    )
    .fetch_all(conn)
    .await?)
}

pub async fn count_waiting(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "select (select count(distinct post_id) from flags where settled_at is null)
                + (select count(*) from posts where veiled_for = 'revised')",
    )
    .fetch_one(conn)
    .await?)
}

pub async fn flags_of(conn: &mut Conn, post: &PostId) -> Result<Vec<Flag>> {
    let mut flags: Vec<Flag> = sqlx::query_as(
        "select f.flag_id, f.account_id, coalesce(a.name, '') as name, f.reason, f.note, f.raised_at, f.settled_at
         from flags f left join accounts a on a.account_id = f.account_id where f.post_id = $1 order by f.raised_at",
    )
    .bind(post)
    .fetch_all(&mut *conn)
    .await?;
    let seal = Seal::of(conn, post).await?;
    for flag in flags.iter_mut().filter(|flag| flag.account_id.is_some() && !flag.note.is_empty()) {
        flag.note = seal.as_ref().map(|seal| seal.open(NOTE, &flag.note)).transpose()?.unwrap_or_default();
    }
    Ok(flags)
}

pub async fn count_readers(conn: &mut Conn, post: &PostId) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(distinct account_id) from deliveries where post_id = $1")
        .bind(post)
        .fetch_one(conn)
        .await?)
}

/// Settles a post's open flags; how many there were. An upheld flag's note may quote the breach, so its words go too.
pub async fn settle(tx: &mut Tx, post: &PostId, upheld: bool) -> Result<u64> {
    let now = tx.now();
    let done = sqlx::query("update flags set settled_at = $1, upheld = $2 where post_id = $3 and settled_at is null")
        .bind(now)
        .bind(i64::from(upheld))
        .bind(post)
        .execute(tx.conn())
        .await?;
    if upheld {
        sqlx::query("update flags set note = '' where post_id = $1").bind(post).execute(tx.conn()).await?;
    }
    Ok(done.rows_affected())
}

pub async fn removed_seq(conn: &mut Conn, post: &PostId) -> Result<i64> {
    let seq: Option<i64> = sqlx::query_scalar("select seq from events where subject = $1 and kind = 'post-removed'")
        .bind(post)
        .fetch_optional(conn)
        .await?;
    Ok(seq.unwrap_or(0))
}

/// The thread of a removed post.
pub async fn removed_in(conn: &mut Conn, post: &PostId) -> Result<Option<ThreadId>> {
    Ok(sqlx::query_scalar("select thread_id from posts where post_id = $1 and removed_at is not null")
        .bind(post)
        .fetch_optional(conn)
        .await?)
}

pub async fn remover(conn: &mut Conn, post: &PostId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(
        "select a.name from posts p join accounts a on a.account_id = p.removed_by where p.post_id = $1",
    )
    .bind(post)
    .fetch_optional(conn)
    .await?)
}

pub async fn first_hidden(conn: &mut Conn, post: &PostId) -> Result<Option<Time>> {
    Ok(sqlx::query_scalar("select min(at) from events where subject = $1 and kind in ('post-veiled', 'post-removed')")
        .bind(post)
        .fetch_one(conn)
        .await?)
}

/// Keeps the fingerprint of a text that is being removed.
pub async fn keep_marks(tx: &mut Tx, post: &PostId, marks: &Marks) -> Result<()> {
    for mark in marks.rows() {
        sqlx::query("insert into removal_marks (post_id, mark) values ($1, $2) on conflict do nothing")
            .bind(post)
            .bind(mark)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

pub async fn marks(conn: &mut Conn, post: &PostId) -> Result<Marks> {
    let rows: Vec<i64> =
        sqlx::query_scalar("select mark from removal_marks where post_id = $1").bind(post).fetch_all(conn).await?;
    Ok(Marks::of_rows(rows))
}

/// Files what a search for the rest of a removed text found.
pub async fn add_proof(tx: &mut Tx, post: &PostId, looked: &str, found: i64) -> Result<()> {
    let now = tx.now();
    sqlx::query("insert into proofs (post_id, at, looked, found) values ($1, $2, $3, $4) on conflict do nothing")
        .bind(post)
        .bind(now)
        .bind(looked)
        .bind(found)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The proofs of a removal, the newest first: when, what was looked at, what was found.
pub async fn proofs(conn: &mut Conn, post: &PostId) -> Result<Vec<Proof>> {
    Ok(sqlx::query_as("select at, looked, found from proofs where post_id = $1 order by at desc")
        .bind(post)
        .fetch_all(conn)
        .await?)
}

/// Keeps which kinds of detail the check found in a text that is being removed.
pub async fn keep_categories(tx: &mut Tx, post: &PostId, categories: &[&str]) -> Result<()> {
    for category in categories {
        sqlx::query("insert into removal_categories (post_id, category) values ($1, $2) on conflict do nothing")
            .bind(post)
            .bind(*category)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}
