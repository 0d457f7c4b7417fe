//! The rows of disputes.

use crate::base::clock::Time;
use crate::base::id::{AccountId, ApplicationId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::Tx;

pub(in crate::verification) async fn open(
    tx: &mut Tx,
    application: &ApplicationId,
    holder: &AccountId,
    until: Time,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into disputes (application_id, account_id, opened_at, notice_until, outcome) values ($1, $2, $3, $4, '')
         on conflict (application_id) do update set account_id = excluded.account_id, opened_at = excluded.opened_at,
             notice_until = excluded.notice_until, ended_at = null, outcome = ''",
    )
    .bind(application)
    .bind(holder)
    .bind(now)
    .bind(until)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The holder and the end of the notice of a dispute that stands.
pub(in crate::verification) async fn standing(
    conn: &mut Conn,
    application: &ApplicationId,
) -> Result<Option<(AccountId, Time)>> {
    Ok(sqlx::query_as("select account_id, notice_until from disputes where application_id = $1 and ended_at is null")
        .bind(application)
        .fetch_optional(conn)
        .await?)
}

pub(in crate::verification) async fn end(tx: &mut Tx, application: &ApplicationId, outcome: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query("update disputes set ended_at = $1, outcome = $2 where application_id = $3")
        .bind(now)
        .bind(outcome)
        .bind(application)
        .execute(tx.conn())
        .await?;
    Ok(())
}
