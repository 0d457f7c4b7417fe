//! Signing up: name, address, password, and the mailed link that shows the address is theirs.

use super::{Passwords, password, store};
use crate::accounts::{self, Role};
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::base::secret::{HouseKey, Secret};
use crate::deid::aside::{self, Aside, Setting};
use crate::log::{Actor, Event, Log};

/// What the mailed link is signed for.
const CONFIRM: &str = "confirm-email";
const FIRST_ADMIN: &str = "first-administrator";

/// Makes an account whose address waits to be confirmed. For an address that has an account nothing is made and its
/// owner is told by mail; the page says the same for both.
///
/// # Errors
/// [`Problem::Refused`] with every field that must be put right.
pub async fn join(log: &Log, passwords: &Passwords, name: &str, email: &str, chosen: &Secret) -> Result<()> {
    let (name, address) = read(name, email, chosen)?;
    let phc = passwords.hash(chosen).await?;
    if let Some(known) = accounts::store::by_email(&mut *log.reader().await?, &address).await? {
        let mut tx = log.write(Actor::House).await?;
        tx.record(Event::SignUpRepeated { account: known.id });
        tx.commit().await?;
        return Ok(());
    }
    let mut tx = log.write(Actor::House).await?;
    let id = accounts::create(&mut tx, &address, &name).await?;
    store::set_phc(&mut tx, &id, &phc).await?;
    tx.commit().await?;
    Ok(())
}

/// The token of the link mailed to a new account.
pub fn confirmation(key: &HouseKey, account: &AccountId) -> String {
    format!("{account}.{}", key.token(CONFIRM, account.as_str()).reveal())
}

/// Follows the mailed link.
///
/// # Errors
/// [`Problem::NotFound`] for a token that this house did not make; [`Problem::Conflict`] when it was used.
pub async fn confirm(log: &Log, key: &HouseKey, token: &str) -> Result<AccountId> {
    let (account, mac) = token.split_once('.').ok_or(Problem::NotFound)?;
    let account = AccountId::parse(account).ok_or(Problem::NotFound)?;
    if key.token(CONFIRM, account.as_str()) != Secret::new(mac) {
        return Err(Problem::NotFound);
    }
    let mut tx = log.write(&account).await?;
    accounts::confirm_email(&mut tx, &account).await?;
    tx.commit().await?;
    Ok(account)
}

/// The token of the one-time link for the first administrator.
pub fn first_admin_token(key: &HouseKey) -> Secret {
    key.token(FIRST_ADMIN, "0")
}

/// Whether the one-time link still opens: there is no administrator yet, and the token is this house's.
pub async fn may_be_first_admin(log: &Log, key: &HouseKey, token: &str) -> Result<bool> {
    let right = first_admin_token(key) == Secret::new(token);
    Ok(right && accounts::store::count_admins(&mut *log.reader().await?).await? == 0)
}

/// Makes the first administrator; only while there is none.
///
/// # Errors
/// [`Problem::NotFound`] with a wrong token or once an administrator exists.
pub async fn first_admin(
    log: &Log,
    passwords: &Passwords,
    key: &HouseKey,
    token: &str,
    name: &str,
    email: &str,
    chosen: &Secret,
) -> Result<AccountId> {
    if !may_be_first_admin(log, key, token).await? {
        return Err(Problem::NotFound);
    }
    create(log, passwords, name, email, chosen, &[Role::Admin]).await
}

/// Makes an account with a confirmed address and roles: the operator's command line and the first administrator's
/// link, both of whom answer for the address.
pub async fn create(
    log: &Log,
    passwords: &Passwords,
    name: &str,
    email: &str,
    chosen: &Secret,
    roles: &[Role],
) -> Result<AccountId> {
    let (name, address) = read(name, email, chosen)?;
    let phc = passwords.hash(chosen).await?;
    let mut tx = log.write(Actor::House).await?;
    let id = accounts::create(&mut tx, &address, &name).await?;
    store::set_phc(&mut tx, &id, &phc).await?;
    accounts::confirm_email(&mut tx, &id).await?;
    for role in roles {
        accounts::grant(&mut tx, None, &id, *role).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// Reads what a new account is made of, and says at once everything that must be put right.
fn read(name: &str, email: &str, chosen: &Secret) -> Result<(Aside, String)> {
    let mut faults = Vec::new();
    let name = accounts::read_name("name", name).and_then(|name| aside::pass(Setting::Profile, "name", &name));
    let name = name.map_err(|fault| faults.push(fault)).ok();
    let address = accounts::read_email("email", email).map_err(|fault| faults.push(fault)).ok();
    if let Err(fault) = password::judge("password", chosen, &[email, name.as_ref().map_or("", Aside::as_str)]) {
        faults.push(fault);
    }
    let (Some(name), Some(address), true) = (name, address, faults.is_empty()) else {
        return Err(Problem::Refused(faults));
    };
    Ok((name, address))
}
