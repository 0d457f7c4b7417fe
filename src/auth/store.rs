//! The rows of passwords, passkeys, ceremonies, sessions and tries.

use super::passkey::Kept;
use super::session::Session;
use crate::base::clock::Time;
use crate::base::id::{AccountId, CeremonyId, PasskeyId, SessionId};
use crate::base::problem::{Problem, Result};
use crate::db::{Conn, is_taken};
use crate::log::Tx;

pub async fn phc(conn: &mut Conn, account: &AccountId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("select phc from passwords where account_id = $1").bind(account).fetch_optional(conn).await?)
}

pub async fn set_phc(tx: &mut Tx, account: &AccountId, phc: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into passwords (account_id, phc, set_at) values ($1, $2, $3)
         on conflict (account_id) do update set phc = excluded.phc, set_at = excluded.set_at",
    )
    .bind(account)
    .bind(phc)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub struct NewPasskey<'a> {
    pub id: &'a PasskeyId,
    pub account: &'a AccountId,
    pub credential_id: String,
    pub credential: String,
    pub name: &'a str,
    pub backed_up: bool,
}

pub async fn add_passkey(tx: &mut Tx, new: NewPasskey<'_>) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into passkeys (passkey_id, account_id, credential_id, credential, name, backed_up, added_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new.id)
    .bind(new.account)
    .bind(new.credential_id)
    .bind(new.credential)
    .bind(new.name)
    .bind(i64::from(new.backed_up))
    .bind(now)
    .execute(tx.conn())
    .await
    .map_err(|cause| {
        if is_taken(&cause) { Problem::conflict("known", "This passkey is known already.") } else { cause.into() }
    })?;
    Ok(())
}

pub async fn credentials(conn: &mut Conn, account: &AccountId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar("select credential from passkeys where account_id = $1")
        .bind(account)
        .fetch_all(conn)
        .await?)
}

pub async fn passkeys(conn: &mut Conn, account: &AccountId) -> Result<Vec<Kept>> {
    Ok(sqlx::query_as(
        "select passkey_id, name, backed_up, added_at, used_at from passkeys where account_id = $1 order by added_at",
    )
    .bind(account)
    .fetch_all(conn)
    .await?)
}

#[derive(sqlx::FromRow)]
pub struct Credential {
    pub passkey_id: PasskeyId,
    pub account_id: AccountId,
    pub credential: String,
}

pub async fn passkey_by_credential(conn: &mut Conn, credential_id: &str) -> Result<Option<Credential>> {
    Ok(sqlx::query_as("select passkey_id, account_id, credential from passkeys where credential_id = $1")
        .bind(credential_id)
        .fetch_optional(conn)
        .await?)
}

pub async fn use_passkey(tx: &mut Tx, id: &PasskeyId, credential: &str, backed_up: bool) -> Result<()> {
    let now = tx.now();
    sqlx::query("update passkeys set credential = $1, backed_up = $2, used_at = $3 where passkey_id = $4")
        .bind(credential)
        .bind(i64::from(backed_up))
        .bind(now)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub async fn rename_passkey(tx: &mut Tx, account: &AccountId, id: &PasskeyId, name: &str) -> Result<bool> {
    let done = sqlx::query("update passkeys set name = $1 where passkey_id = $2 and account_id = $3")
        .bind(name)
        .bind(id)
        .bind(account)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn remove_passkey(tx: &mut Tx, account: &AccountId, id: &PasskeyId) -> Result<bool> {
    let done = sqlx::query("delete from passkeys where passkey_id = $1 and account_id = $2")
        .bind(id)
        .bind(account)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn add_ceremony(
    tx: &mut Tx,
    id: &CeremonyId,
    purpose: &str,
    session: Option<&SessionId>,
    state: &str,
    expires: Time,
) -> Result<()> {
    let now = tx.now();
    sqlx::query("delete from ceremonies where expires_at < $1").bind(now).execute(tx.conn()).await?;
    sqlx::query(
        "insert into ceremonies (ceremony_id, purpose, session_id, state, expires_at) values ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(purpose)
    .bind(session)
    .bind(state)
    .bind(expires)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Deletes the ceremony and returns its state: whoever comes second gets nothing.
pub async fn take_ceremony(
    tx: &mut Tx,
    id: &CeremonyId,
    purpose: &str,
    session: Option<&SessionId>,
) -> Result<Option<String>> {
    let now = tx.now();
    Ok(sqlx::query_scalar(
        "delete from ceremonies where ceremony_id = $1 and purpose = $2 and coalesce(session_id, '') = $3
         and expires_at >= $4 returning state",
    )
    .bind(id)
    .bind(purpose)
    .bind(session.map_or("", SessionId::as_str))
    .bind(now)
    .fetch_optional(tx.conn())
    .await?)
}

pub async fn add_session(tx: &mut Tx, session: &Session, token_hash: &str) -> Result<()> {
    sqlx::query(
        "insert into sessions (session_id, token_hash, account_id, device, shared, created_at, seen_at, proved_at,
                               proved_by)
         values ($1, $2, $3, $4, $5, $6, $6, $6, $7)",
    )
    .bind(&session.id)
    .bind(token_hash)
    .bind(&session.account_id)
    .bind(&session.device)
    .bind(session.shared)
    .bind(session.created_at)
    .bind(&session.proved_by)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn session_by_token(conn: &mut Conn, token_hash: &str) -> Result<Option<Session>> {
    Ok(sqlx::query_as(
        "select session_id, account_id, device, shared, created_at, seen_at, proved_at, proved_by
         from sessions where token_hash = $1 and ended_at is null",
    )
    .bind(token_hash)
    .fetch_optional(conn)
    .await?)
}

pub async fn session(conn: &mut Conn, id: &SessionId) -> Result<Option<Session>> {
    Ok(sqlx::query_as(
        "select session_id, account_id, device, shared, created_at, seen_at, proved_at, proved_by
         from sessions where session_id = $1 and ended_at is null",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?)
}

pub async fn sessions(conn: &mut Conn, account: &AccountId) -> Result<Vec<Session>> {
    Ok(sqlx::query_as(
        "select session_id, account_id, device, shared, created_at, seen_at, proved_at, proved_by
         from sessions where account_id = $1 and ended_at is null order by seen_at desc, session_id desc",
    )
    .bind(account)
    .fetch_all(conn)
    .await?)
}

/// The sessions beyond the newest `most`.
pub async fn surplus_sessions(tx: &mut Tx, account: &AccountId, most: i64) -> Result<Vec<SessionId>> {
    Ok(sqlx::query_scalar(
        "select session_id from sessions where account_id = $1 and ended_at is null
         order by created_at desc, session_id desc limit 1000 offset $2",
    )
    .bind(account)
    .bind(most)
    .fetch_all(tx.conn())
    .await?)
}

pub async fn touch_session(tx: &mut Tx, id: &SessionId) -> Result<()> {
    let now = tx.now();
    sqlx::query("update sessions set seen_at = $1 where session_id = $2").bind(now).bind(id).execute(tx.conn()).await?;
    Ok(())
}

pub async fn prove_session(tx: &mut Tx, id: &SessionId, by: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query("update sessions set proved_at = $1, proved_by = $2, seen_at = $1 where session_id = $3")
        .bind(now)
        .bind(by)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub async fn end_session(tx: &mut Tx, account: &AccountId, id: &SessionId) -> Result<bool> {
    let now = tx.now();
    let done =
        sqlx::query("update sessions set ended_at = $1 where session_id = $2 and account_id = $3 and ended_at is null")
            .bind(now)
            .bind(id)
            .bind(account)
            .execute(tx.conn())
            .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn tries(conn: &mut Conn, key: &str) -> Result<Option<(i64, Time)>> {
    Ok(sqlx::query_as("select count, since from tries where try_key = $1").bind(key).fetch_optional(conn).await?)
}

/// Counts one more; tries that began before `floor` are forgotten first.
pub async fn count_try(tx: &mut Tx, key: &str, floor: Time) -> Result<i64> {
    let now = tx.now();
    Ok(sqlx::query_scalar(
        "insert into tries (try_key, count, since) values ($1, 1, $2)
         on conflict (try_key) do update set
             count = case when tries.since < $3 then 1 else tries.count + 1 end,
             since = case when tries.since < $3 then excluded.since else tries.since end
         returning count",
    )
    .bind(key)
    .bind(now)
    .bind(floor)
    .fetch_one(tx.conn())
    .await?)
}

pub async fn forget_tries(tx: &mut Tx, key: &str) -> Result<()> {
    sqlx::query("delete from tries where try_key = $1").bind(key).execute(tx.conn()).await?;
    Ok(())
}
