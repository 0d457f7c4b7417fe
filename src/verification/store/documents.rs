//! The rows of documents: what is kept of them, who looked, when they end.

use crate::base::clock::Time;
use crate::base::id::{AccountId, ApplicationId, EvidenceId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::evidence::prints::Print;
use crate::log::Tx;

/// A document as its row stands.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::verification) struct Document {
    #[sqlx(rename = "evidence_id")]
    pub id: EvidenceId,
    #[sqlx(rename = "application_id")]
    pub application: ApplicationId,
    #[sqlx(rename = "account_id")]
    pub account: AccountId,
    pub pages: i64,
    pub seen_elsewhere: i64,
    /// `None` once it is destroyed.
    pub sealed_key: Option<String>,
    pub given_at: Time,
    pub decided_at: Option<Time>,
    pub hold_until: Option<Time>,
}

pub(in crate::verification) async fn add(
    tx: &mut Tx,
    id: &EvidenceId,
    pages: usize,
    bytes: usize,
    sealed_key: &str,
    seen_elsewhere: bool,
) -> Result<()> {
    let number = |size: usize| i64::try_from(size).unwrap_or(i64::MAX);
    sqlx::query(
        "insert into evidence_documents (evidence_id, pages, bytes, sealed_key, seen_elsewhere) values ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(number(pages))
    .bind(number(bytes))
    .bind(sealed_key)
    .bind(i64::from(seen_elsewhere))
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::verification) async fn add_prints(
    tx: &mut Tx,
    id: &EvidenceId,
    account: &AccountId,
    page: usize,
    prints: &[Print],
) -> Result<()> {
    for print in prints {
        sqlx::query(
            "insert into evidence_prints (evidence_id, account_id, page, band, print) values ($1, $2, $3, $4, $5)",
        )
        .bind(id)
        .bind(account)
        .bind(i64::try_from(page).unwrap_or(0))
        .bind(print.band)
        .bind(&print.print)
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

/// Pages of other accounts that have this print: document, page.
pub(in crate::verification) async fn with_print(
    conn: &mut Conn,
    account: &AccountId,
    print: &Print,
) -> Result<Vec<(String, i64)>> {
    Ok(sqlx::query_as(
        "select evidence_id, page from evidence_prints where print = $1 and band = $2 and account_id <> $3",
    )
    .bind(&print.print)
    .bind(print.band)
    .bind(account)
    .fetch_all(conn)
    .await?)
}

pub(in crate::verification) async fn by_id(conn: &mut Conn, id: &EvidenceId) -> Result<Option<Document>> {
    Ok(sqlx::query_as(
        "select e.evidence_id, e.application_id, e.account_id, d.pages, d.seen_elsewhere, d.sealed_key,
                e.given_at, a.decided_at, d.hold_until
         from evidence_documents d
              join evidence e on e.evidence_id = d.evidence_id
              join applications a on a.application_id = e.application_id
         where d.evidence_id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?)
}

/// Every document that is not destroyed, oldest first.
pub(in crate::verification) async fn kept(conn: &mut Conn) -> Result<Vec<Document>> {
    Ok(sqlx::query_as(
        "select e.evidence_id, e.application_id, e.account_id, d.pages, d.seen_elsewhere, d.sealed_key,
                e.given_at, a.decided_at, d.hold_until
         from evidence_documents d
              join evidence e on e.evidence_id = d.evidence_id
              join applications a on a.application_id = e.application_id
         where d.gone_at is null order by e.given_at, e.evidence_id",
    )
    .fetch_all(conn)
    .await?)
}

/// How many documents an account has given since a time.
pub(in crate::verification) async fn count_since(conn: &mut Conn, account: &AccountId, since: Time) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "select count(*) from evidence_documents d join evidence e on e.evidence_id = d.evidence_id
         where e.account_id = $1 and e.given_at > $2",
    )
    .bind(account)
    .bind(since)
    .fetch_one(conn)
    .await?)
}

/// Destroys the key and says why. False when it is gone already.
pub(in crate::verification) async fn destroy(tx: &mut Tx, id: &EvidenceId, why: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update evidence_documents set sealed_key = null, gone_at = $1, gone_for = $2
         where evidence_id = $3 and gone_at is null",
    )
    .bind(now)
    .bind(why)
    .bind(id)
    .execute(tx.conn())
    .await?;
    sqlx::query("delete from evidence_hands where evidence_id = $1").bind(id).execute(tx.conn()).await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::verification) async fn hold(tx: &mut Tx, id: &EvidenceId, by: &AccountId, until: Time) -> Result<bool> {
    let done = sqlx::query(
        "update evidence_documents set hold_by = $1, hold_until = $2 where evidence_id = $3 and gone_at is null",
    )
    .bind(by)
    .bind(until)
    .bind(id)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a document in hand, in place of any other, and notes the look; how many looks in the hour before.
pub(in crate::verification) async fn take(
    tx: &mut Tx,
    verifier: &AccountId,
    id: &EvidenceId,
    since: Time,
) -> Result<i64> {
    let now = tx.now();
    sqlx::query(
        "insert into evidence_hands (account_id, evidence_id, taken_at) values ($1, $2, $3)
         on conflict (account_id) do update set evidence_id = excluded.evidence_id, taken_at = excluded.taken_at",
    )
    .bind(verifier)
    .bind(id)
    .bind(now)
    .execute(tx.conn())
    .await?;
    sqlx::query(
        "insert into evidence_looks (evidence_id, account_id, at) values ($1, $2, $3)
         on conflict (evidence_id, account_id, at) do nothing",
    )
    .bind(id)
    .bind(verifier)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(sqlx::query_scalar("select count(*) from evidence_looks where account_id = $1 and at > $2")
        .bind(verifier)
        .bind(since)
        .fetch_one(tx.conn())
        .await?)
}

/// What a verifier has in hand, and since when.
pub(in crate::verification) async fn in_hand(
    conn: &mut Conn,
    verifier: &AccountId,
) -> Result<Option<(EvidenceId, Time)>> {
    Ok(sqlx::query_as("select evidence_id, taken_at from evidence_hands where account_id = $1")
        .bind(verifier)
        .fetch_optional(conn)
        .await?)
}

pub(in crate::verification) async fn has_looked(
    conn: &mut Conn,
    verifier: &AccountId,
    id: &EvidenceId,
) -> Result<bool> {
    let looks: i64 =
        sqlx::query_scalar("select count(*) from evidence_looks where account_id = $1 and evidence_id = $2")
            .bind(verifier)
            .bind(id)
            .fetch_one(conn)
            .await?;
    Ok(looks > 0)
}
