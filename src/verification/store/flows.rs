//! The rows of sign-ins at identity providers that have begun.

use crate::base::clock::Time;
use crate::base::id::{AccountId, ApplicationId};
use crate::base::problem::Result;
use crate::log::Tx;

/// A sign-in that has begun.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::verification) struct Flow {
    pub flow_id: String,
    pub account_id: AccountId,
    pub application_id: ApplicationId,
    pub provider: String,
    pub expires_at: Time,
}

pub(in crate::verification) async fn add(tx: &mut Tx, flow: &Flow) -> Result<()> {
    let now = tx.now();
    sqlx::query("delete from evidence_flows where expires_at < $1").bind(now).execute(tx.conn()).await?;
    sqlx::query(
        "insert into evidence_flows (flow_id, account_id, application_id, provider, expires_at)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(&flow.flow_id)
    .bind(&flow.account_id)
    .bind(&flow.application_id)
    .bind(&flow.provider)
    .bind(flow.expires_at)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes a sign-in that this account has begun, once; `None` when it is not there, another's, used or out of time.
pub(in crate::verification) async fn take(tx: &mut Tx, flow: &str, account: &AccountId) -> Result<Option<Flow>> {
    let now = tx.now();
    let done = sqlx::query(
        "update evidence_flows set used_at = $1
         where flow_id = $2 and account_id = $3 and used_at is null and expires_at > $1",
    )
    .bind(now)
    .bind(flow)
    .bind(account)
    .execute(tx.conn())
    .await?;
    if done.rows_affected() != 1 {
        return Ok(None);
    }
    Ok(sqlx::query_as(
        "select flow_id, account_id, application_id, provider, expires_at from evidence_flows where flow_id = $1",
    )
    .bind(flow)
    .fetch_optional(tx.conn())
    .await?)
}
