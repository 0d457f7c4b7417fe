//! The rows of keys and of what was erased. They stand in the schema `keys`, apart from the content; see `seal.rs`.

use crate::base::clock::Time;
use crate::base::id::{PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::{Conn, Erasure};
use crate::log::Tx;

pub async fn key(conn: &mut Conn, post: &PostId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("select key from keys.post_keys where post_id = $1").bind(post).fetch_optional(conn).await?)
}

pub async fn add_key(tx: &mut Tx, post: &PostId, key: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query("insert into keys.post_keys (post_id, key, made_at) values ($1, $2, $3)")
        .bind(post)
        .bind(key)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Destroys a post's key, and notes that and why it was erased: a restored backup is told by this list.
pub async fn destroy_key(tx: &mut Tx, post: &PostId, reason: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query("delete from keys.post_keys where post_id = $1").bind(post).execute(tx.conn()).await?;
    sqlx::query("insert into keys.erasures (post_id, at, reason) values ($1, $2, $3) on conflict do nothing")
        .bind(post)
        .bind(now)
        .bind(reason)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Adds an erasure that is known elsewhere; 1 when it was new.
pub async fn remember_erasure(tx: &mut Tx, (post, at, reason): &Erasure) -> Result<u64> {
    let done =
        sqlx::query("insert into keys.erasures (post_id, at, reason) values ($1, $2, $3) on conflict do nothing")
            .bind(post)
            .bind(*at)
            .bind(reason)
            .execute(tx.conn())
            .await?;
    Ok(done.rows_affected())
}

/// Removed posts that still have a key, with why they were removed.
pub async fn keys_of_removed(conn: &mut Conn) -> Result<Vec<(PostId, String)>> {
    Ok(sqlx::query_as(
        "select p.post_id, p.removed_for from posts p join keys.post_keys k on k.post_id = p.post_id
         where p.removed_at is not null order by p.post_id",
    )
    .fetch_all(conn)
    .await?)
}

/// Posts that were erased and are there again.
pub async fn erased_but_there(conn: &mut Conn) -> Result<Vec<(ThreadId, PostId, String)>> {
    Ok(sqlx::query_as(
        "select p.thread_id, p.post_id, e.reason from posts p join keys.erasures e on e.post_id = p.post_id
         where p.removed_at is null order by p.post_id",
    )
    .fetch_all(conn)
    .await?)
}

/// Posts that nobody can open, and that no list names.
pub async fn without_key(conn: &mut Conn) -> Result<Vec<(ThreadId, PostId)>> {
    Ok(sqlx::query_as(
        "select p.thread_id, p.post_id from posts p
         where p.removed_at is null and not exists (select 1 from keys.post_keys k where k.post_id = p.post_id)
         and not exists (select 1 from keys.erasures e where e.post_id = p.post_id) order by p.post_id",
    )
    .fetch_all(conn)
    .await?)
}

/// Forgets keys of posts that never came to be; how many. Younger ones may belong to what is being sent.
pub async fn drop_idle_keys(tx: &mut Tx, before: Time) -> Result<u64> {
    let done = sqlx::query(
        "delete from keys.post_keys where made_at < $1
         and not exists (select 1 from posts p where p.post_id = keys.post_keys.post_id)
         and not exists (select 1 from held h where h.post_id = keys.post_keys.post_id)",
    )
    .bind(before)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
