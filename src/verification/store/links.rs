//! The rows of links to published addresses.

use crate::base::clock::Time;
use crate::base::id::{AccountId, EvidenceId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::Tx;

/// A link as its row stands.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::verification) struct Link {
    #[sqlx(rename = "evidence_id")]
    pub id: EvidenceId,
    pub address: String,
    pub published: String,
    pub expires_at: Time,
    pub used_at: Option<Time>,
}

pub(in crate::verification) async fn add(tx: &mut Tx, link: &Link, by: &AccountId) -> Result<()> {
    sqlx::query(
        "insert into evidence_links (evidence_id, address, published, asked_by, expires_at) values ($1, $2, $3, $4, $5)",
    )
    .bind(&link.id)
    .bind(&link.address)
    .bind(&link.published)
    .bind(by)
    .bind(link.expires_at)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::verification) async fn by_id(conn: &mut Conn, id: &EvidenceId) -> Result<Option<Link>> {
    Ok(sqlx::query_as(
        "select evidence_id, address, published, expires_at, used_at from evidence_links where evidence_id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?)
}

/// Uses a link up and forgets its address. False when it was used, or has run out: the guard that it serves once.
pub(in crate::verification) async fn use_up(tx: &mut Tx, id: &EvidenceId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update evidence_links set used_at = $1, address = ''
         where evidence_id = $2 and used_at is null and expires_at > $1",
    )
    .bind(now)
    .bind(id)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Links of an application that still wait.
pub(in crate::verification) async fn count_open(conn: &mut Conn, account: &AccountId, now: Time) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "select count(*) from evidence_links l join evidence e on e.evidence_id = l.evidence_id
         where e.account_id = $1 and l.used_at is null and l.expires_at > $2",
    )
    .bind(account)
    .bind(now)
    .fetch_one(conn)
    .await?)
}

/// Links that have run out and still wait.
pub(in crate::verification) async fn run_out(conn: &mut Conn, now: Time) -> Result<Vec<EvidenceId>> {
    Ok(sqlx::query_scalar(
        "select e.evidence_id from evidence e join evidence_links l on l.evidence_id = e.evidence_id
         where e.state = 'asked' and l.expires_at <= $1",
    )
    .bind(now)
    .fetch_all(conn)
    .await?)
}

/// Forgets the addresses of links that have run out or whose application is decided.
pub(in crate::verification) async fn forget(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "update evidence_links set address = '' where address <> '' and (expires_at <= $1 or evidence_id in
             (select e.evidence_id from evidence e join applications a on a.application_id = e.application_id
              where a.decided_at is not null))",
    )
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}
