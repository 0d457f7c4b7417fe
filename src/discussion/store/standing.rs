//! The rows of what the rules have looked at.

use crate::base::id::{PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::discussion::seal::{SOURCE, Seal};
use crate::log::Tx;

#[derive(sqlx::FromRow)]
pub struct StaleRow {
    key: String,
    pub post_id: PostId,
    pub thread_id: ThreadId,
    pub revision: i64,
    pub ruleset: String,
    pub source: String,
    pub is_current: i64,
}

/// Revisions behind a place that other rules looked at last, in the order of the table's key.
pub async fn stale_revisions(
    conn: &mut Conn,
    ruleset: &str,
    after: Option<&(PostId, i64)>,
    most: i64,
) -> Result<Vec<StaleRow>> {
    let (post, revision) = after.map_or(("", 0), |(post, revision)| (post.as_str(), *revision));
    let rows: Vec<StaleRow> = sqlx::query_as(
        "select r.post_id, p.thread_id, r.revision, r.ruleset, p.source, k.key,
                cast(case when r.revision = p.revision then 1 else 0 end as bigint) as is_current
         from post_revisions r join posts p on p.post_id = r.post_id join keys.post_keys k on k.post_id = r.post_id
         where r.ruleset <> $1 and p.removed_at is null and (r.post_id > $2 or (r.post_id = $2 and r.revision > $3))
         order by r.post_id, r.revision limit $4",
    )
    .bind(ruleset)
    .bind(post)
    .bind(revision)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|mut row| {
            row.source = Seal::read(&row.post_id, &row.key)?.open(SOURCE, &row.source)?;
            Ok(row)
        })
        .collect()
}

/// Whoever changes the version first has looked at it.
pub async fn note_ruleset(tx: &mut Tx, post: &PostId, revision: i64, from: &str, to: &str) -> Result<bool> {
    let done = sqlx::query(
        "update post_revisions set ruleset = $1 where post_id = $2 and revision = $3 and ruleset = $4
         and exists (select 1 from posts p where p.post_id = $2 and p.removed_at is null)",
    )
    .bind(to)
    .bind(post)
    .bind(revision)
    .bind(from)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}
