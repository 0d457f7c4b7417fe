//! The rows of accounts, registrations and roles.

use super::{Account, Byline, Role, email_key};
use crate::base::clock::Time;
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::db::{Conn, is_taken};
use crate::deid::aside::Aside;
use crate::log::Tx;
use std::collections::BTreeSet;

pub(super) async fn add(tx: &mut Tx, id: &AccountId, email: &str, name: &Aside) -> Result<()> {
    let now = tx.now();
    sqlx::query("insert into accounts (account_id, email, email_key, name, created_at) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(email)
        .bind(email_key(email))
        .bind(name.as_str())
        .bind(now)
        .execute(tx.conn())
        .await
        .map_err(|cause| {
            if is_taken(&cause) {
                Problem::conflict("taken", "There is an account with this address.")
            } else {
                cause.into()
            }
        })?;
    Ok(())
}

pub async fn by_id(conn: &mut Conn, id: &AccountId) -> Result<Option<Account>> {
    Ok(sqlx::query_as(
        "select a.account_id, a.email, a.name, a.created_at, a.confirmed_at, a.admitted_at, a.suspended_at,
                a.suspended_for, a.restricted_until, a.profession, a.specialty, a.theme, s.place, s.class, s.origin, s.since, s.overdue
         from accounts a left join standings s on s.account_id = a.account_id
         where a.account_id = $1 and a.ended_at is null",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?)
}

pub async fn by_email(conn: &mut Conn, email: &str) -> Result<Option<Account>> {
    Ok(sqlx::query_as(
        "select a.account_id, a.email, a.name, a.created_at, a.confirmed_at, a.admitted_at, a.suspended_at,
                a.suspended_for, a.restricted_until, a.profession, a.specialty, a.theme, s.place, s.class, s.origin, s.since, s.overdue
         from accounts a left join standings s on s.account_id = a.account_id
         where a.email_key = $1 and a.ended_at is null",
    )
    .bind(email_key(email))
    .fetch_optional(conn)
    .await?)
}

/// A page of accounts by name, for the administrator.
pub async fn list(conn: &mut Conn, most: i64) -> Result<Vec<Account>> {
    Ok(sqlx::query_as(
        "select a.account_id, a.email, a.name, a.created_at, a.confirmed_at, a.admitted_at, a.suspended_at,
                a.suspended_for, a.restricted_until, a.profession, a.specialty, a.theme, s.place, s.class, s.origin, s.since, s.overdue
         from accounts a left join standings s on s.account_id = a.account_id
         where a.ended_at is null order by a.name, a.account_id limit $1",
    )
    .bind(most)
    .fetch_all(conn)
    .await?)
}

pub async fn count(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from accounts where ended_at is null").fetch_one(conn).await?)
}

pub async fn byline(conn: &mut Conn, id: &AccountId) -> Result<Option<Byline>> {
    Ok(sqlx::query_as(
        "select a.account_id, a.name, a.profession, a.specialty, coalesce(r.register, '') as register, r.checked_at,
                coalesce(r.number, '') as number, coalesce(r.status, '') as status,
                coalesce(r.status_raw, '') as status_raw, coalesce(r.path, '') as path,
                coalesce(s.place, '') as place, coalesce(s.class, '') as class, s.since,
                coalesce(s.doubts, '') as doubts
         from accounts a left join registrations r on r.account_id = a.account_id
              left join standings s on s.account_id = a.account_id
         where a.account_id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?)
}

pub(super) async fn confirm(tx: &mut Tx, id: &AccountId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query("update accounts set confirmed_at = $1 where account_id = $2 and confirmed_at is null")
        .bind(now)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Admits an account as the registrant of this entry. Only the verification room's decision calls this.
///
/// # Errors
/// [`Problem::Conflict`] `bound` when the registration belongs to another living account.
pub async fn admit(
    tx: &mut Tx,
    id: &AccountId,
    register: &str,
    number: &str,
    profession: &str,
    specialty: &str,
) -> Result<()> {
    let now = tx.now();
    sqlx::query("update accounts set admitted_at = $1, profession = $2, specialty = $3 where account_id = $4")
        .bind(now)
        .bind(profession)
        .bind(specialty)
        .bind(id)
        .execute(tx.conn())
        .await?;
    sqlx::query(
        "insert into registrations (account_id, register, number, profession, specialty, bound_at, checked_at)
         values ($1, $2, $3, $4, $5, $6, $6)",
    )
    .bind(id)
    .bind(register)
    .bind(number)
    .bind(profession)
    .bind(specialty)
    .bind(now)
    .execute(tx.conn())
    .await
    .map_err(|cause| {
        if is_taken(&cause) {
            Problem::conflict("bound", "This registration belongs to another account already.")
        } else {
            cause.into()
        }
    })?;
    Ok(())
}

/// Takes a registration from an account: it was shown to be somebody else's. They may apply under their own.
pub async fn unbind(tx: &mut Tx, id: &AccountId) -> Result<()> {
    sqlx::query("delete from registrations where account_id = $1").bind(id).execute(tx.conn()).await?;
    sqlx::query("update accounts set admitted_at = null, profession = '', specialty = '' where account_id = $1")
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// By which reason the holder of a registration was admitted.
pub async fn path_of(conn: &mut Conn, id: &AccountId) -> Result<String> {
    let path: Option<String> = sqlx::query_scalar("select path from registrations where account_id = $1")
        .bind(id)
        .fetch_optional(conn)
        .await?;
    Ok(path.unwrap_or_default())
}

/// The account that a registration is bound to.
pub async fn bound_to(conn: &mut Conn, register: &str, number: &str) -> Result<Option<AccountId>> {
    Ok(sqlx::query_scalar("select account_id from registrations where register = $1 and number = $2")
        .bind(register)
        .bind(number)
        .fetch_optional(conn)
        .await?)
}

/// What the register says of one member now.
pub struct Listed<'a> {
    pub profession: &'a str,
    pub specialty: &'a str,
    pub status: &'a str,
    pub status_raw: &'a str,
    pub name: &'a str,
    pub valid_from: &'a str,
    pub source: &'a str,
    pub seen_at: Time,
}

/// Notes what the register says of one member now, where it says something: the number never changes here.
pub async fn refresh_registration(tx: &mut Tx, id: &AccountId, listed: &Listed<'_>) -> Result<()> {
    sqlx::query(
        "update registrations set profession = $1, specialty = $2, checked_at = $3, status = $4, status_raw = $5,
             listed_name = $6, valid_from = $7, source = $8
         where account_id = $9",
    )
    .bind(listed.profession)
    .bind(listed.specialty)
    .bind(listed.seen_at)
    .bind(listed.status)
    .bind(listed.status_raw)
    .bind(listed.name)
    .bind(listed.valid_from)
    .bind(listed.source)
    .bind(id)
    .execute(tx.conn())
    .await?;
    sqlx::query("update accounts set profession = $1, specialty = $2 where account_id = $3 and (profession <> $1 or specialty <> $2)")
        .bind(listed.profession)
        .bind(listed.specialty)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes that the register was read and still says the same of these members, who lie between the first and the last.
pub async fn note_checked(tx: &mut Tx, ids: &[&AccountId], source: &str, seen_at: Time) -> Result<()> {
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(()) };
    // `Any` binds no arrays: the ids travel as one text and are found in it between their separators.
    let all = format!(",{},", ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(","));
    sqlx::query(
        "update registrations set checked_at = $1, source = $2
         where account_id between $3 and $4 and $5 like '%,' || account_id || ',%'",
    )
    .bind(seen_at)
    .bind(source)
    .bind(*first)
    .bind(*last)
    .bind(all)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes by which reason it was shown that a member is the registrant.
pub async fn note_path(tx: &mut Tx, id: &AccountId, path: &str) -> Result<()> {
    sqlx::query("update registrations set path = $1 where account_id = $2")
        .bind(path)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn suspend(tx: &mut Tx, id: &AccountId, why: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update accounts set suspended_at = $1, suspended_for = $2
         where account_id = $3 and ended_at is null
         and (suspended_at is null or ($2 = 'ended' and suspended_for <> 'ended'))",
    )
    .bind(now)
    .bind(why)
    .bind(id)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn restore(tx: &mut Tx, id: &AccountId) -> Result<bool> {
    let done = sqlx::query(
        "update accounts set suspended_at = null, suspended_for = null
         where account_id = $1 and suspended_at is not null",
    )
    .bind(id)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn restrict(tx: &mut Tx, id: &AccountId, until: Option<Time>) -> Result<bool> {
    let done = sqlx::query(
        "update accounts set restricted_until = $1
         where account_id = $2 and ended_at is null and ($1 is not null or restricted_until is not null)",
    )
    .bind(until)
    .bind(id)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether the membership under a registration was ended.
pub async fn is_ended(conn: &mut Conn, register: &str, number: &str) -> Result<bool> {
    let ended: i64 = sqlx::query_scalar(
        "select count(*) from registrations r join accounts a on a.account_id = r.account_id
         where r.register = $1 and r.number = $2 and a.suspended_for = 'ended'",
    )
    .bind(register)
    .bind(number)
    .fetch_one(conn)
    .await?;
    Ok(ended > 0)
}

pub(super) async fn set_theme(tx: &mut Tx, id: &AccountId, theme: &str) -> Result<()> {
    sqlx::query("update accounts set theme = $1 where account_id = $2").bind(theme).bind(id).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn grant(tx: &mut Tx, to: &AccountId, role: Role, by: Option<&AccountId>) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "insert into roles (account_id, role, granted_at, granted_by) values ($1, $2, $3, $4)
         on conflict (account_id, role) do nothing",
    )
    .bind(to)
    .bind(role.code())
    .bind(now)
    .bind(by)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn revoke(tx: &mut Tx, from: &AccountId, role: Role) -> Result<bool> {
    let done = sqlx::query("delete from roles where account_id = $1 and role = $2")
        .bind(from)
        .bind(role.code())
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn roles(conn: &mut Conn, id: &AccountId) -> Result<BTreeSet<Role>> {
    let codes: Vec<String> =
        sqlx::query_scalar("select role from roles where account_id = $1").bind(id).fetch_all(conn).await?;
    Ok(codes.iter().filter_map(|code| Role::parse(code)).collect())
}

pub async fn count_admins(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from roles where role = 'admin'").fetch_one(conn).await?)
}

/// Everybody who has a role; for telling staff that something waits.
pub async fn with_role(conn: &mut Conn, role: Role) -> Result<Vec<AccountId>> {
    Ok(sqlx::query_scalar(
        "select r.account_id from roles r join accounts a on a.account_id = r.account_id
         where r.role = $1 and a.ended_at is null and a.suspended_at is null",
    )
    .bind(role.code())
    .fetch_all(conn)
    .await?)
}
