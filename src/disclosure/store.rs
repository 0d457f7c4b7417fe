//! The rows of declared interests.

use crate::base::clock::Time;
use crate::base::id::{AccountId, InterestId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::deid::aside::Aside;
use crate::log::Tx;

/// One declared interest.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Interest {
    #[sqlx(rename = "interest_id")]
    pub id: InterestId,
    pub kind: String,
    pub organisation: String,
    pub detail: String,
    pub band: String,
    pub year: i64,
    pub declared_at: Time,
}

pub(super) async fn add(
    tx: &mut Tx,
    account: &AccountId,
    id: &InterestId,
    (kind, band, year): (&str, &str, i64),
    (organisation, detail): (&Aside, &Aside),
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into interests (interest_id, account_id, kind, organisation, detail, band, year, declared_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(account)
    .bind(kind)
    .bind(organisation.as_str())
    .bind(detail.as_str())
    .bind(band)
    .bind(year)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn end(tx: &mut Tx, account: &AccountId, id: &InterestId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update interests set ended_at = $1 where interest_id = $2 and account_id = $3 and ended_at is null",
    )
    .bind(now)
    .bind(id)
    .bind(account)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The member's interests that have not ended.
pub async fn of_member(conn: &mut Conn, account: &AccountId) -> Result<Vec<Interest>> {
    Ok(sqlx::query_as(
        "select interest_id, kind, organisation, detail, band, year, declared_at from interests
         where account_id = $1 and ended_at is null order by year desc, interest_id",
    )
    .bind(account)
    .fetch_all(conn)
    .await?)
}
