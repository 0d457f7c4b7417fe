//! The rows of doubts.

use crate::base::clock::Time;
use crate::base::id::{AccountId, DoubtId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::Tx;

pub(in crate::membership) async fn raise(
    tx: &mut Tx,
    doubt: &DoubtId,
    account: &AccountId,
    what: &str,
    source: &str,
    words: &str,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into doubts (doubt_id, account_id, what, source, raised_at, words, decision)
         values ($1, $2, $3, $4, $5, $6, '')",
    )
    .bind(doubt)
    .bind(account)
    .bind(what)
    .bind(source)
    .bind(now)
    .bind(words)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Settles the open doubt of a kind, and says which it was. Who did it is the transaction's.
pub(in crate::membership) async fn settled(
    tx: &mut Tx,
    account: &AccountId,
    what: &str,
    decision: &str,
) -> Result<DoubtId> {
    let now = tx.now();
    Ok(sqlx::query_scalar(
        "update doubts set settled_at = $1, decision = $2 where account_id = $3 and what = $4 and settled_at is null
         returning doubt_id",
    )
    .bind(now)
    .bind(decision)
    .bind(account)
    .bind(what)
    .fetch_one(tx.conn())
    .await?)
}

pub(in crate::membership) async fn settled_by(tx: &mut Tx, doubt: &DoubtId, by: &AccountId) -> Result<()> {
    sqlx::query("update doubts set settled_by = $1 where doubt_id = $2")
        .bind(by)
        .bind(doubt)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// A doubt with the member it is about.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::membership) struct DoubtRow {
    pub doubt_id: DoubtId,
    pub account_id: AccountId,
    pub what: String,
    pub source: String,
    pub raised_at: Time,
    pub words: String,
    pub settled_at: Option<Time>,
    pub name: String,
    pub register: String,
    pub number: String,
    pub listed_name: String,
    pub status_raw: String,
    pub profession: String,
    pub specialty: String,
}

/// The open doubts, the oldest first, without those about oneself.
pub(in crate::membership) async fn open_doubts(conn: &mut Conn, but: &AccountId, most: i64) -> Result<Vec<DoubtRow>> {
    Ok(sqlx::query_as(
        "select d.doubt_id, d.account_id, d.what, d.source, d.raised_at, d.words, d.settled_at, a.name,
                coalesce(r.register, '') as register, coalesce(r.number, '') as number,
                coalesce(r.listed_name, '') as listed_name, coalesce(r.status_raw, '') as status_raw, a.profession,
                a.specialty
         from doubts d join accounts a on a.account_id = d.account_id
              left join registrations r on r.account_id = d.account_id
         where d.settled_at is null and d.account_id <> $1 order by d.raised_at, d.doubt_id limit $2",
    )
    .bind(but)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

pub(in crate::membership) async fn doubt(conn: &mut Conn, id: &DoubtId) -> Result<Option<DoubtRow>> {
    Ok(sqlx::query_as(
        "select d.doubt_id, d.account_id, d.what, d.source, d.raised_at, d.words, d.settled_at, a.name,
                coalesce(r.register, '') as register, coalesce(r.number, '') as number,
                coalesce(r.listed_name, '') as listed_name, coalesce(r.status_raw, '') as status_raw, a.profession,
                a.specialty
         from doubts d join accounts a on a.account_id = d.account_id
              left join registrations r on r.account_id = d.account_id
         where d.doubt_id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?)
}

/// Who settled a member's last doubt of these kinds: for an appeal goes to somebody else.
pub(in crate::membership) async fn last_settler(conn: &mut Conn, account: &AccountId) -> Result<Option<AccountId>> {
    let by: Option<Option<AccountId>> = sqlx::query_scalar(
        "select settled_by from doubts where account_id = $1 and settled_by is not null and decision <> 'lift'
         order by settled_at desc limit 1",
    )
    .bind(account)
    .fetch_optional(conn)
    .await?;
    Ok(by.flatten())
}
