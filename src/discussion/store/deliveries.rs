//! The rows of who was shown what.

use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::discussion::deliver::Reached;
use crate::log::Tx;
use std::collections::HashSet;

pub async fn delivered(
    conn: &mut Conn,
    viewer: &AccountId,
    thread: &ThreadId,
    way: &str,
) -> Result<Vec<(PostId, i64)>> {
    Ok(sqlx::query_as("select post_id, revision from deliveries where account_id = $1 and thread_id = $2 and way = $3")
        .bind(viewer)
        .bind(thread)
        .bind(way)
        .fetch_all(conn)
        .await?)
}

pub async fn seen_before(conn: &mut Conn, viewer: &AccountId, thread: &ThreadId) -> Result<HashSet<PostId>> {
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
