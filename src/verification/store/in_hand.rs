//! Who has what in hand, and what stood in an application before it was corrected.

use crate::base::clock::Time;
use crate::base::id::{AccountId, ApplicationId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::Tx;
use crate::verification::Application;

/// Takes a thing in hand unless somebody else has it; true when it is now this verifier's.
pub(in crate::verification) async fn take(tx: &mut Tx, thing: &str, by: &AccountId, until: Time) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "insert into in_hand (thing, account_id, until) values ($1, $2, $3)
         on conflict (thing) do update set account_id = excluded.account_id, until = excluded.until
         where in_hand.account_id = excluded.account_id or in_hand.until <= $4",
    )
    .bind(thing)
    .bind(by)
    .bind(until)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Everything in hand now: the thing, whose, their name, until when.
pub(in crate::verification) async fn all(conn: &mut Conn, now: Time) -> Result<Vec<(String, AccountId, String, Time)>> {
    Ok(sqlx::query_as(
        "select h.thing, h.account_id, a.name, h.until from in_hand h join accounts a on a.account_id = h.account_id
         where h.until > $1",
    )
    .bind(now)
    .fetch_all(conn)
    .await?)
}

pub(in crate::verification) async fn give_back(tx: &mut Tx, thing: &str) -> Result<()> {
    sqlx::query("delete from in_hand where thing = $1").bind(thing).execute(tx.conn()).await?;
    Ok(())
}

/// Keeps what an application said before, and writes what it says now. False when it has moved on.
pub(in crate::verification) async fn correct(tx: &mut Tx, before: &Application, now: &Application) -> Result<bool> {
    let at = tx.now();
    sqlx::query(
        "insert into corrections (application_id, correction, at, account_id, register, number, registered_name)
         select $1, cast(coalesce(max(correction), 0) + 1 as bigint), $2, $3, $4, $5, $6
         from corrections where application_id = $1",
    )
    .bind(&before.id)
    .bind(at)
    .bind(&before.account)
    .bind(&before.claim.register)
    .bind(&before.claim.number)
    .bind(&before.claim.registered_name)
    .execute(tx.conn())
    .await?;
    let done = sqlx::query(
        "update applications set register = $1, number = $2, registered_name = $3, country = $4, profession = $5,
             state = 'sent', waiting_since = case when state = 'sent' then waiting_since else $6 end,
             approved_once = null, mailbox = $7
         where application_id = $8 and state = $9",
    )
    .bind(&now.claim.register)
    .bind(&now.claim.number)
    .bind(&now.claim.registered_name)
    .bind(&now.claim.country)
    .bind(&now.claim.profession)
    .bind(at)
    .bind(now.mailbox.code())
    .bind(&before.id)
    .bind(before.state.code())
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What an application said before: when it was corrected, the number, the name.
pub(in crate::verification) async fn corrections(
    conn: &mut Conn,
    id: &ApplicationId,
) -> Result<Vec<(Time, String, String)>> {
    Ok(sqlx::query_as(
        "select at, number, registered_name from corrections where application_id = $1 order by correction",
    )
    .bind(id)
    .fetch_all(conn)
    .await?)
}
