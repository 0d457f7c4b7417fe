//! The way back for somebody who lost both password and passkey: a one-time link that the operator hands over after
//! making sure, by other means, who asks. An address alone never opens the door.
//!
//! The link is signed over the account, its end and the password it replaces; so it serves once, and nothing usable is
//! stored.

use super::{Passwords, password, session, store};
use crate::accounts;
use crate::base::clock::{MINUTE, Time};
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::base::secret::{HouseKey, Secret, sha256_hex};
use crate::log::{Event, Log};

/// How long a link serves.
pub const LASTS: i64 = 30 * MINUTE;

/// The token of a link that sets a new password.
///
/// # Errors
/// [`Problem::NotFound`] when no living account has the address.
pub async fn token(log: &Log, key: &HouseKey, email: &str) -> Result<String> {
    let mut conn = log.reader().await?;
    let account = accounts::store::by_email(&mut conn, email).await?.ok_or(Problem::NotFound)?;
    let phc = store::phc(&mut conn, &account.id).await?.unwrap_or_default();
    let until = log.clock().now().plus(LASTS);
    Ok(format!("{}.{}.{}", account.id, until.millis(), sign(key, &account.id, until, &phc).reveal()))
}

fn sign(key: &HouseKey, account: &AccountId, until: Time, phc: &str) -> Secret {
    key.token("set-password", &format!("{account}:{}:{}", until.millis(), sha256_hex(phc.as_bytes())))
}

/// Whose link it is; `None` for one that is used, too old or not ours.
pub async fn owner(log: &Log, key: &HouseKey, token: &str) -> Result<Option<AccountId>> {
    let mut parts = token.splitn(3, '.');
    let (Some(account), Some(until), Some(mac)) = (parts.next(), parts.next(), parts.next()) else { return Ok(None) };
    let (Some(account), Ok(until)) = (AccountId::parse(account), until.parse().map(Time)) else { return Ok(None) };
    let phc = store::phc(&mut *log.reader().await?, &account).await?.unwrap_or_default();
    let ours = sign(key, &account, until, &phc) == Secret::new(mac) && log.clock().now() < until;
    Ok(ours.then_some(account))
}

/// Sets the new password and ends every session of the account.
///
/// # Errors
/// [`Problem::NotFound`] for a link that opens nothing; [`Problem::Refused`] for a password that may not be chosen.
pub async fn set_password(
    log: &Log,
    passwords: &Passwords,
    key: &HouseKey,
    token: &str,
    chosen: &Secret,
) -> Result<()> {
    let account = owner(log, key, token).await?.ok_or(Problem::NotFound)?;
    let known = accounts::store::by_id(&mut *log.reader().await?, &account).await?.ok_or(Problem::NotFound)?;
    password::judge("password", chosen, &[&known.email, &known.name]).map_err(|fault| Problem::Refused(vec![fault]))?;
    let phc = passwords.hash(chosen).await?;
    let mut tx = log.write(&account).await?;
    store::set_phc(&mut tx, &account, &phc).await?;
    tx.record(Event::PasswordChanged { account: account.clone() });
    session::end_all(&mut tx, &account, "password-changed").await?;
    tx.commit().await?;
    Ok(())
}
