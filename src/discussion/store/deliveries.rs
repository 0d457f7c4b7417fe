//! The rows of who was shown what.

use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::discussion::deliver::{Delivery, Reached};
use crate::log::Tx;
use sqlx::AssertSqlSafe;
use std::collections::HashSet;

/// What a reader was shown of these threads by one way, and when last. The threads come sorted.
pub async fn delivered(
    conn: &mut Conn,
    viewer: &AccountId,
    threads: &[&ThreadId],
    way: &str,
) -> Result<Vec<(PostId, i64, Time)>> {
    let (Some(first), Some(last)) = (threads.first(), threads.last()) else { return Ok(Vec::new()) };
    Ok(sqlx::query_as(
        "select post_id, revision, last_at from deliveries
         where account_id = $1 and way = $2 and thread_id >= $3 and thread_id <= $4
         and $5 like '%,' || thread_id || ',%'",
    )
    .bind(viewer)
    .bind(way)
    .bind(*first)
    .bind(*last)
    .bind(listed(threads.iter().map(|thread| thread.as_str())))
    .fetch_all(conn)
    .await?)
}

/// `Any` binds no arrays: ids travel as one text and are found in it between their separators.
fn listed<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.fold(",".to_owned(), |all, id| all + id + ",")
}

/// What starts each of these threads, where it can be read and is somebody else's.
pub async fn open_beginnings(
    conn: &mut Conn,
    viewer: &AccountId,
    threads: &[ThreadId],
) -> Result<Vec<(ThreadId, PostId, i64)>> {
    let (Some(first), Some(last)) = (threads.iter().min(), threads.iter().max()) else { return Ok(Vec::new()) };
    Ok(sqlx::query_as(
        "select thread_id, post_id, revision from posts
         where position = 1 and thread_id >= $1 and thread_id <= $2 and $3 like '%,' || thread_id || ',%'
         and removed_at is null and veiled_at is null and account_id <> $4",
    )
    .bind(first)
    .bind(last)
    .bind(listed(threads.iter().map(ThreadId::as_str)))
    .bind(viewer)
    .fetch_all(conn)
    .await?)
}

/// What was hidden before, and not shown again since, stood on no screen any more.
pub async fn add_on_screen(tx: &mut Tx, post: &PostId, watching: &[AccountId], (seq, at): (i64, Time)) -> Result<()> {
    sqlx::query(
        "insert into on_screen (post_id, account_id, at)
         select distinct d.post_id, d.account_id, cast($2 as bigint) from deliveries d
         where d.post_id = $1 and d.way in ('page', 'live', 'api') and $3 like '%,' || d.account_id || ',%'
         and not exists (select 1 from events v where v.subject = $1 and v.kind = 'post-veiled' and v.seq < $4
                         and not exists (select 1 from events s where s.subject = $1 and s.kind = 'post-shown'
                                         and s.seq > v.seq and s.seq < $4))
         on conflict do nothing",
    )
    .bind(post)
    .bind(at)
    .bind(listed(watching.iter().map(AccountId::as_str)))
    .bind(seq)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn on_screen(conn: &mut Conn, post: &PostId) -> Result<Vec<(AccountId, Time)>> {
    Ok(sqlx::query_as("select account_id, max(at) from on_screen where post_id = $1 group by account_id")
        .bind(post)
        .fetch_all(conn)
        .await?)
}

pub async fn seen_before(conn: &mut Conn, viewer: &AccountId, thread: &ThreadId) -> Result<HashSet<PostId>> {
    let posts: Vec<PostId> = sqlx::query_scalar(
        "select distinct post_id from deliveries where account_id = $1 and thread_id = $2 and way not in ('search', 'list')",
    )
    .bind(viewer)
    .bind(thread)
    .fetch_all(conn)
    .await?;
    Ok(posts.into_iter().collect())
}

/// Rows of one statement.
const ROWS: usize = 64;

/// Writes down what is shown; what was written before is only renewed.
pub(in crate::discussion) async fn add_deliveries(tx: &mut Tx, lines: &[Delivery]) -> Result<()> {
    let now = tx.now();
    for some in lines.chunks(ROWS) {
        let row = |at: usize| {
            let of = |nth: usize| at * 5 + nth + 2;
            format!("(${}, ${}, ${}, ${}, ${}, $1, $1)", of(0), of(1), of(2), of(3), of(4))
        };
        let rows: Vec<String> = (0..some.len()).map(row).collect();
        let insert = format!(
            "insert into deliveries (account_id, post_id, revision, way, thread_id, at, last_at) values {}
             on conflict (post_id, revision, account_id, way) do update set last_at = excluded.last_at",
            rows.join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(insert)).bind(now);
        for line in some {
            query =
                query.bind(&line.reader).bind(&line.post).bind(line.revision).bind(line.way.code()).bind(&line.thread);
        }
        query.execute(tx.conn()).await?;
    }
    Ok(())
}

pub async fn reached(conn: &mut Conn, post: &PostId) -> Result<Vec<Reached>> {
    Ok(sqlx::query_as(
        "select d.account_id, a.name, d.way, d.revision, d.at, d.last_at
         from deliveries d join accounts a on a.account_id = d.account_id
         where d.post_id = $1 order by d.at, d.account_id, d.way",
    )
    .bind(post)
    .fetch_all(conn)
    .await?)
}
