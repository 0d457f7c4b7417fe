//! The rows of evidence of the person.

use crate::base::clock::Time;
use crate::base::id::{AccountId, ApplicationId, EvidenceId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::Tx;
use crate::verification::worth::{Kind, Piece, Worth};

/// A piece of evidence as its row stands.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::verification) struct Held {
    #[sqlx(rename = "evidence_id")]
    pub id: EvidenceId,
    #[sqlx(rename = "application_id")]
    pub application: ApplicationId,
    #[sqlx(rename = "account_id")]
    pub account: AccountId,
    #[sqlx(try_from = "String")]
    pub kind: Kind,
    pub state: String,
    pub given_at: Time,
    pub checked_at: Option<Time>,
    pub checked_by: Option<AccountId>,
    pub detail: String,
}

pub(in crate::verification) async fn add(tx: &mut Tx, held: &Held) -> Result<()> {
    sqlx::query(
        "insert into evidence
             (evidence_id, application_id, account_id, kind, state, given_at, checked_at, checked_by, identity, binding,
              detail)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9)",
    )
    .bind(&held.id)
    .bind(&held.application)
    .bind(&held.account)
    .bind(held.kind.code())
    .bind(&held.state)
    .bind(held.given_at)
    .bind(held.checked_at)
    .bind(&held.checked_by)
    .bind(&held.detail)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Moves a piece from one of the states named (`|asked|given|`) to another. False when it has moved on.
pub(in crate::verification) async fn settle(
    tx: &mut Tx,
    id: &EvidenceId,
    from: &str,
    to: &str,
    by: Option<&AccountId>,
    worth: Worth,
) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update evidence set state = $1, checked_at = $2, checked_by = $3, identity = $4, binding = $5
         where evidence_id = $6 and $7 like '%|' || state || '|%'",
    )
    .bind(to)
    .bind(now)
    .bind(by)
    .bind(i64::from(worth.i))
    .bind(i64::from(worth.b))
    .bind(id)
    .bind(from)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::verification) async fn by_id(conn: &mut Conn, id: &EvidenceId) -> Result<Option<Held>> {
    Ok(sqlx::query_as(
        "select evidence_id, application_id, account_id, kind, state, given_at, checked_at, checked_by, detail
         from evidence where evidence_id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?)
}

/// Everything that was given for an application, oldest first.
pub(in crate::verification) async fn of_application(conn: &mut Conn, id: &ApplicationId) -> Result<Vec<Held>> {
    Ok(sqlx::query_as(
        "select evidence_id, application_id, account_id, kind, state, given_at, checked_at, checked_by, detail
         from evidence where application_id = $1 order by given_at, evidence_id",
    )
    .bind(id)
    .fetch_all(conn)
    .await?)
}

#[derive(sqlx::FromRow)]
struct PieceRow {
    #[sqlx(try_from = "String")]
    kind: Kind,
    identity: i64,
    binding: i64,
}

/// The pieces that count.
pub(in crate::verification) async fn pieces(conn: &mut Conn, id: &ApplicationId) -> Result<Vec<Piece>> {
    let rows: Vec<PieceRow> = sqlx::query_as(
        "select kind, identity, binding from evidence where application_id = $1 and state = 'counted' order by evidence_id",
    )
    .bind(id)
    .fetch_all(conn)
    .await?;
    let small = |number: i64| u8::try_from(number).unwrap_or(0);
    Ok(rows
        .into_iter()
        .map(|row| Piece { kind: row.kind, worth: Worth { i: small(row.identity), b: small(row.binding) } })
        .collect())
}

/// What speaks of fraud in what was given.
#[derive(sqlx::FromRow)]
pub(in crate::verification) struct Signs {
    pub seen_elsewhere: i64,
    pub denied: i64,
    pub doubted: i64,
}

/// Looks at the documents of every application of the account: a new application does not wash one clean.
pub(in crate::verification) async fn signs(
    conn: &mut Conn,
    application: &ApplicationId,
    account: &AccountId,
) -> Result<Signs> {
    Ok(sqlx::query_as(
        "select
            (select count(*) from evidence e join evidence_documents d on d.evidence_id = e.evidence_id
             where e.account_id = $2 and d.seen_elsewhere = 1) as seen_elsewhere,
            (select count(*) from evidence where account_id = $2 and kind = 'mailed-link' and state = 'refused')
                as denied,
            (select count(*) from evidence where application_id = $1 and kind = 'vouch' and state = 'frozen') as doubted",
    )
    .bind(application)
    .bind(account)
    .fetch_one(conn)
    .await?)
}
