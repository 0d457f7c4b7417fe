//! The rows that a moderator's care changes: locks, places, notices, texts that were asked to be changed.

use crate::base::id::{AccountId, InterestId, PostId, RoomId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::discussion::seal::{NOTICE, Seal};
use crate::discussion::tend::{REVISE, REVISED};
use crate::log::Tx;

/// Closes or opens a thread to replies; `false` when it is so already.
pub async fn set_locked(tx: &mut Tx, thread: &ThreadId, locked: bool) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update threads set locked_at = $1 where thread_id = $2 and (locked_at is null) = ($1 is not null)",
    )
    .bind(locked.then_some(now))
    .bind(thread)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts a thread into another room; what of it is held goes along. `false` when it is there already, or there is none.
pub async fn move_thread(tx: &mut Tx, thread: &ThreadId, to: &RoomId) -> Result<bool> {
    let done = sqlx::query(
        "update threads set room_id = $1 where thread_id = $2 and room_id <> $1
         and exists (select 1 from rooms where room_id = $1)",
    )
    .bind(to)
    .bind(thread)
    .execute(tx.conn())
    .await?;
    sqlx::query("update held set room_id = $1 where thread_id = $2").bind(to).bind(thread).execute(tx.conn()).await?;
    Ok(done.rows_affected() == 1)
}

/// Every room: id, address, name.
pub async fn room_names(conn: &mut Conn) -> Result<Vec<(RoomId, String, String)>> {
    Ok(sqlx::query_as("select room_id, slug, name from rooms order by name").fetch_all(conn).await?)
}

/// Puts a notice above a post, or takes it away when it is empty.
pub async fn set_notice(tx: &mut Tx, post: &PostId, words: &str) -> Result<bool> {
    let (now, chance) = (tx.now(), tx.chance().clone());
    let Some(seal) = Seal::of(tx.conn(), post).await? else { return Ok(false) };
    let sealed = if words.is_empty() { String::new() } else { seal.close(&chance, NOTICE, words) };
    let done = sqlx::query(
        "update posts set notice = $1, noticed_at = $2 where post_id = $3 and removed_at is null
         and (noticed_at is not null or $2 is not null)",
    )
    .bind(sealed)
    .bind((!words.is_empty()).then_some(now))
    .bind(post)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Hides a post until its author has changed it; `None` for a removed one, else whether it was shown before.
pub async fn veil_to_revise(tx: &mut Tx, post: &PostId) -> Result<Option<bool>> {
    let now = tx.now();
    let hidden = super::veil(tx, post, REVISE).await?;
    let done = sqlx::query(
        "update posts set veiled_for = $1, veiled_at = coalesce(veiled_at, $2) where post_id = $3 and removed_at is null",
    )
    .bind(REVISE)
    .bind(now)
    .bind(post)
    .execute(tx.conn())
    .await?;
    Ok((done.rows_affected() == 1).then_some(hidden))
}

/// The author has changed it; now it waits for a moderator.
pub async fn note_revised(tx: &mut Tx, post: &PostId) -> Result<()> {
    let now = tx.now();
    sqlx::query("update posts set veiled_for = $1, veiled_at = $2 where post_id = $3 and veiled_for = $4")
        .bind(REVISED)
        .bind(now)
        .bind(post)
        .bind(REVISE)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes the words of every revision below one out of the tables.
pub async fn forget_revisions(tx: &mut Tx, post: &PostId, below: i64) -> Result<()> {
    for sql in [
        "delete from post_texts where post_id = $1 and revision < $2",
        "delete from post_answers where post_id = $1 and revision < $2",
        "delete from post_interests where post_id = $1 and revision < $2",
    ] {
        sqlx::query(sql).bind(post).bind(below).execute(tx.conn()).await?;
    }
    Ok(())
}

/// Under what the current revision was published.
#[derive(sqlx::FromRow)]
pub struct Standing {
    pub account_id: AccountId,
    pub revision: i64,
    pub ground: String,
    pub basis: String,
    pub statement: String,
}

/// A post that is not removed, held until the commit.
pub async fn hold_post(tx: &mut Tx, post: &PostId) -> Result<Option<Standing>> {
    sqlx::query("update posts set revision = revision where post_id = $1").bind(post).execute(tx.conn()).await?;
    Ok(sqlx::query_as(
        "select p.account_id, p.revision, p.ground, r.basis, r.statement
         from posts p join post_revisions r on r.post_id = p.post_id and r.revision = p.revision
         where p.post_id = $1 and p.removed_at is null",
    )
    .bind(post)
    .fetch_optional(tx.conn())
    .await?)
}

pub async fn interest_ids(conn: &mut Conn, post: &PostId, revision: i64) -> Result<Vec<(InterestId, String)>> {
    Ok(sqlx::query_as(
        "select interest_id, words from post_interests where post_id = $1 and revision = $2 order by interest_id",
    )
    .bind(post)
    .bind(revision)
    .fetch_all(conn)
    .await?)
}

/// The posts of a thread that are not removed, in order.
pub async fn standing_posts(conn: &mut Conn, thread: &ThreadId) -> Result<Vec<(PostId, AccountId)>> {
    Ok(sqlx::query_as(
        "select post_id, account_id from posts where thread_id = $1 and removed_at is null order by position",
    )
    .bind(thread)
    .fetch_all(conn)
    .await?)
}
