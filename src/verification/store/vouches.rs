//! The rows of vouches.

use crate::base::clock::Time;
use crate::base::id::{AccountId, ApplicationId, EvidenceId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::Tx;

/// A vouch as its rows stand.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::verification) struct Vouch {
    #[sqlx(rename = "evidence_id")]
    pub id: EvidenceId,
    #[sqlx(rename = "application_id")]
    pub application: ApplicationId,
    #[sqlx(rename = "voucher_id")]
    pub voucher: AccountId,
    /// The voucher's name.
    pub name: String,
    pub domain: String,
    pub state: String,
    pub vouched_at: Time,
    /// The applicant's name as registered.
    pub registered_name: String,
}

pub(in crate::verification) async fn add(
    tx: &mut Tx,
    id: &EvidenceId,
    voucher: &AccountId,
    domain: &str,
) -> Result<()> {
    let now = tx.now();
    sqlx::query("insert into evidence_vouches (evidence_id, voucher_id, domain, vouched_at) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(voucher)
        .bind(domain)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(in crate::verification) async fn retracted(tx: &mut Tx, id: &EvidenceId) -> Result<()> {
    let now = tx.now();
    sqlx::query("update evidence_vouches set retracted_at = $1 where evidence_id = $2")
        .bind(now)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Everybody who vouched for an application, oldest first.
pub(in crate::verification) async fn of_application(conn: &mut Conn, id: &ApplicationId) -> Result<Vec<Vouch>> {
    Ok(sqlx::query_as(
        "select v.evidence_id, e.application_id, v.voucher_id, coalesce(c.name, '') as name, v.domain, e.state,
                v.vouched_at, a.registered_name
         from evidence_vouches v join evidence e on e.evidence_id = v.evidence_id
              join applications a on a.application_id = e.application_id
              left join accounts c on c.account_id = v.voucher_id
         where e.application_id = $1 order by v.vouched_at, v.evidence_id",
    )
    .bind(id)
    .fetch_all(conn)
    .await?)
}

/// Everybody for whom an account has vouched, newest first.
pub(in crate::verification) async fn of_voucher(conn: &mut Conn, voucher: &AccountId) -> Result<Vec<Vouch>> {
    Ok(sqlx::query_as(
        "select v.evidence_id, e.application_id, v.voucher_id, coalesce(c.name, '') as name, v.domain, e.state,
                v.vouched_at, a.registered_name
         from evidence_vouches v join evidence e on e.evidence_id = v.evidence_id
              join applications a on a.application_id = e.application_id
              left join accounts c on c.account_id = v.voucher_id
         where v.voucher_id = $1 order by v.vouched_at desc, v.evidence_id desc",
    )
    .bind(voucher)
    .fetch_all(conn)
    .await?)
}

/// Whether an account was let in because others vouched for it.
pub(in crate::verification) async fn was_vouched_for(conn: &mut Conn, account: &AccountId) -> Result<bool> {
    let vouches: i64 = sqlx::query_scalar(
        "select count(*) from evidence e join applications a on a.application_id = e.application_id
         where a.account_id = $1 and a.state = 'admitted' and e.kind = 'vouch' and e.state in ('counted', 'frozen')",
    )
    .bind(account)
    .fetch_one(conn)
    .await?;
    Ok(vouches > 0)
}

/// Admitted members for whom a vouch was taken back, found false or set aside since: application, name, when.
pub(in crate::verification) async fn to_look_at_again(conn: &mut Conn) -> Result<Vec<(ApplicationId, String, Time)>> {
    Ok(sqlx::query_as(
        "select a.application_id, a.registered_name, max(e.checked_at) as at
         from evidence e join applications a on a.application_id = e.application_id
         where e.kind = 'vouch' and a.state = 'admitted' and e.checked_at > a.decided_at
               and e.state in ('withdrawn', 'refused', 'frozen')
         group by a.application_id, a.registered_name order by at limit 200",
    )
    .fetch_all(conn)
    .await?)
}
