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
        "select account_id, email, name, created_at, confirmed_at, admitted_at, suspended_at, suspended_for,
                profession, specialty, theme
         from accounts where account_id = $1 and ended_at is null",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?)
}

pub async fn by_email(conn: &mut Conn, email: &str) -> Result<Option<Account>> {
    Ok(sqlx::query_as(
        "select account_id, email, name, created_at, confirmed_at, admitted_at, suspended_at, suspended_for,
                profession, specialty, theme
         from accounts where email_key = $1 and ended_at is null",
    )
    .bind(email_key(email))
    .fetch_optional(conn)
    .await?)
}

/// A page of accounts by name, for the administrator.
pub async fn list(conn: &mut Conn, most: i64) -> Result<Vec<Account>> {
    Ok(sqlx::query_as(
        "select account_id, email, name, created_at, confirmed_at, admitted_at, suspended_at, suspended_for,
                profession, specialty, theme
         from accounts where ended_at is null order by name, account_id limit $1",
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
        "select a.account_id, a.name, a.profession, a.specialty, coalesce(r.register, '') as register, r.checked_at
         from accounts a left join registrations r on r.account_id = a.account_id where a.account_id = $1",
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

/// The account that a registration is bound to.
pub async fn bound_to(conn: &mut Conn, register: &str, number: &str) -> Result<Option<AccountId>> {
    Ok(sqlx::query_scalar("select account_id from registrations where register = $1 and number = $2")
        .bind(register)
        .bind(number)
        .fetch_optional(conn)
        .await?)
}

/// Notes that the register was read and still says so.
pub async fn note_checked(tx: &mut Tx, register: &str, at: Time) -> Result<()> {
    sqlx::query("update registrations set checked_at = $1 where register = $2")
        .bind(at)
        .bind(register)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes what the register says of one member now, where it says something: name and number never change here.
pub async fn refresh_registration(
    tx: &mut Tx,
    id: &AccountId,
    profession: &str,
    specialty: &str,
    at: Time,
) -> Result<()> {
    sqlx::query("update registrations set profession = $1, specialty = $2, checked_at = $3 where account_id = $4")
        .bind(profession)
        .bind(specialty)
        .bind(at)
        .bind(id)
        .execute(tx.conn())
        .await?;
    sqlx::query("update accounts set profession = $1, specialty = $2 where account_id = $3 and (profession <> $1 or specialty <> $2)")
        .bind(profession)
        .bind(specialty)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn suspend(tx: &mut Tx, id: &AccountId, why: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update accounts set suspended_at = $1, suspended_for = $2
         where account_id = $3 and suspended_at is null and ended_at is null",
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
