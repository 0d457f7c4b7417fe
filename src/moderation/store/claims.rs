//! The rows of who has which post in hand, and of how flags turned out.

use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::Tx;

/// Takes a post in hand unless somebody else has it; true when it is now this moderator's.
pub async fn take_claim(tx: &mut Tx, post: &PostId, by: &AccountId, until: Time) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "insert into claims (post_id, account_id, until) values ($1, $2, $3)
         on conflict (post_id) do update set account_id = excluded.account_id, until = excluded.until
         where claims.account_id = excluded.account_id or claims.until <= $4",
    )
    .bind(post)
    .bind(by)
    .bind(until)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whoever has a post in hand now: who, their name, until when.
pub async fn claim(conn: &mut Conn, post: &PostId, now: Time) -> Result<Option<(AccountId, String, Time)>> {
    Ok(sqlx::query_as(
        "select c.account_id, a.name, c.until from claims c join accounts a on a.account_id = c.account_id
         where c.post_id = $1 and c.until > $2",
    )
    .bind(post)
    .bind(now)
    .fetch_optional(conn)
    .await?)
}

/// Everything in hand now.
pub async fn claims(conn: &mut Conn, now: Time) -> Result<Vec<(PostId, AccountId, String)>> {
    Ok(sqlx::query_as(
        "select c.post_id, c.account_id, a.name from claims c join accounts a on a.account_id = c.account_id
         where c.until > $1",
    )
    .bind(now)
    .fetch_all(conn)
    .await?)
}

/// Gives a post back; of everybody, or of one moderator alone. Whether it was in hand.
pub async fn drop_claim(tx: &mut Tx, post: &PostId, of: Option<&AccountId>) -> Result<bool> {
    let done = sqlx::query("delete from claims where post_id = $1 and ($2 is null or account_id = $2)")
        .bind(post)
        .bind(of)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether a member has flagged a post, ever.
pub async fn has_flagged(conn: &mut Conn, post: &PostId, member: &AccountId) -> Result<bool> {
    let flags: i64 = sqlx::query_scalar("select count(*) from flags where post_id = $1 and account_id = $2")
        .bind(post)
        .bind(member)
        .fetch_one(conn)
        .await?;
    Ok(flags > 0)
}

/// How the last flags of a kind that a member raised were settled since a time, the newest first: 1 for upheld.
pub async fn outcomes(conn: &mut Conn, member: &AccountId, kind: &str, since: Time, most: i64) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar(
        "select coalesce(upheld, 0) from flags where account_id = $1 and reason = $2 and settled_at >= $3
         order by settled_at desc limit $4",
    )
    .bind(member)
    .bind(kind)
    .bind(since)
    .bind(most)
    .fetch_all(conn)
    .await?)
}
