//! Accounts: who a person is here, and the proof types that say what they may do.
//!
//! *Permission is a parameter's type.* A verb that takes a [`Clinician`] cannot be called for anybody else, because
//! outside this room no such value can be made: [`Member::clinician`] and its sisters are the only doors, and they look
//! at the rows as they are now, not as they were at sign-in.

mod class;
mod proof;
mod role;
mod standing;
pub mod store;

pub use class::{Action, Choices, Class};
pub use proof::{Admin, Clinician, Member, Moderator, Privacy, Verifier, Writer};
pub use role::Role;
pub use standing::{Place, Stands};

use crate::base::clock::Time;
use crate::base::id::AccountId;
use crate::base::problem::{Fault, Problem, Result};
use crate::deid::aside::Aside;
use crate::log::{Event, Log, Tx};

/// Longest name shown, in code points.
const LONGEST_NAME: usize = 80;

/// An account as it stands.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Account {
    #[sqlx(rename = "account_id")]
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub created_at: Time,
    pub confirmed_at: Option<Time>,
    pub admitted_at: Option<Time>,
    pub suspended_at: Option<Time>,
    pub suspended_for: Option<String>,
    /// Until then they only read.
    pub restricted_until: Option<Time>,
    pub profession: String,
    pub specialty: String,
    pub theme: String,
    #[sqlx(flatten)]
    pub stands: Stands,
}

/// What colleagues see beside everything a member writes.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Byline {
    pub account_id: AccountId,
    pub name: String,
    pub profession: String,
    pub specialty: String,
    /// The register's name; empty for staff who are no clinicians.
    pub register: String,
    pub checked_at: Option<Time>,
    #[sqlx(flatten)]
    pub warrant: Warrant,
}

/// What else a badge says; see the membership room.
#[derive(Debug, Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Warrant {
    pub number: String,
    /// The register's status, as our code and in its own word.
    pub status: String,
    pub status_raw: String,
    /// The reason by which they were admitted: how it was shown that they are the registrant.
    pub path: String,
    pub place: String,
    pub class: String,
    pub since: Option<Time>,
    /// Kinds of doubt that a verifier has not settled yet, between commas.
    pub doubts: String,
}

/// Reads a display name.
///
/// # Errors
/// Empty, longer than 80 characters, or with control characters.
pub fn read_name(field: &str, text: &str) -> std::result::Result<String, Fault> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = name.chars().count();
    if long < 2 {
        return Err(Fault::new(field, "missing", "Write your name as colleagues know you."));
    }
    if long > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Fault::new(field, "too-long", "Use at most 80 characters for the name."));
    }
    Ok(name)
}

/// Reads an e-mail address: something, one `@`, a domain with a dot (or `localhost`), no spaces. Whether it is theirs
/// the mailed link will tell.
///
/// # Errors
/// A text that cannot be an address.
pub fn read_email(field: &str, text: &str) -> std::result::Result<String, Fault> {
    let email = text.trim();
    let sound = email.len() <= 254
        && email.parse::<lettre::Address>().is_ok()
        && email.rsplit_once('@').is_some_and(|(_, domain)| domain.contains('.') && !domain.ends_with('.'));
    sound.then(|| email.to_owned()).ok_or_else(|| {
        Fault::new(field, "not-an-address", "This is not a whole e-mail address, such as ada@example.org.")
    })
}

/// The form of an address under which two are the same.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Makes an account with its address not yet confirmed.
///
/// # Errors
/// [`Problem::Conflict`] `taken` when a living account has the address; the page must not tell a stranger so.
pub async fn create(tx: &mut Tx, email: &str, name: &Aside) -> Result<AccountId> {
    let id = AccountId::fresh(tx.now(), tx.chance());
    store::add(tx, &id, email, name).await?;
    tx.record(Event::AccountCreated { account: id.clone() });
    Ok(id)
}

/// The mailed link was followed: the address is theirs.
pub async fn confirm_email(tx: &mut Tx, id: &AccountId) -> Result<()> {
    if store::confirm(tx, id).await? {
        tx.record(Event::EmailConfirmed { account: id.clone() });
        Ok(())
    } else {
        Err(Problem::conflict("used", "This address is confirmed already. You can sign in."))
    }
}

/// Gives a role. The operator's command line and administrators may; nobody grants themselves one.
pub async fn grant(tx: &mut Tx, by: Option<&Admin>, to: &AccountId, role: Role) -> Result<()> {
    if by.is_some_and(|admin| admin.id() == to) {
        return Err(Problem::NotAllowed("Nobody gives a role to themselves. Ask another administrator."));
    }
    if store::grant(tx, to, role, by.map(|admin| admin.id())).await? {
        tx.record(Event::RoleGranted { account: to.clone(), role: role.code().to_owned() });
        Ok(())
    } else {
        Err(Problem::conflict("already", "They have this role already."))
    }
}

/// Takes a role away. The last administrator keeps theirs.
pub async fn revoke(tx: &mut Tx, _by: &Admin, from: &AccountId, role: Role) -> Result<()> {
    if role == Role::Admin && store::count_admins(tx.conn()).await? <= 1 {
        return Err(Problem::conflict("last-admin", "This is the last administrator; appoint another one first."));
    }
    if store::revoke(tx, from, role).await? {
        tx.record(Event::RoleRevoked { account: from.clone(), role: role.code().to_owned() });
        Ok(())
    } else {
        Err(Problem::conflict("already", "They do not have this role."))
    }
}

/// Pauses reading and posting. Sessions and sockets end with it, because every request looks at the row. `why` is a
/// code: `conduct`, `request`, or [`ENDED`], which also follows on the others.
pub async fn suspend(tx: &mut Tx, id: &AccountId, why: &str) -> Result<()> {
    if store::suspend(tx, id, why).await? {
        tx.record(Event::AccountSuspended { account: id.clone(), why: why.to_owned() });
        Ok(())
    } else {
        Err(Problem::conflict("already", "This account is suspended already."))
    }
}

/// A suspension for good: the membership was ended. Its registration stays bound to the account.
pub const ENDED: &str = "ended";

/// Lets a member only read until a time; `None` lifts it.
///
/// # Errors
/// [`Problem::Conflict`] when there is nothing to lift.
pub async fn restrict(tx: &mut Tx, id: &AccountId, until: Option<Time>) -> Result<()> {
    if !store::restrict(tx, id, until).await? {
        return Err(Problem::conflict("already", "Nothing restricts this account."));
    }
    tx.record(match until {
        Some(until) => Event::MemberRestricted { account: id.clone(), until },
        None => Event::RestrictionLifted { account: id.clone() },
    });
    Ok(())
}

/// Ends a suspension that is not for good.
pub async fn restore(tx: &mut Tx, id: &AccountId) -> Result<()> {
    if store::by_id(tx.conn(), id).await?.is_some_and(|account| account.suspended_for.as_deref() == Some(ENDED)) {
        return Err(Problem::conflict("ended", "Moderators ended this membership. An appeal, or they, can undo that."));
    }
    reinstate(tx, id).await
}

/// Ends a suspension of whatever kind.
pub async fn reinstate(tx: &mut Tx, id: &AccountId) -> Result<()> {
    if store::restore(tx, id).await? {
        tx.record(Event::AccountRestored { account: id.clone() });
        Ok(())
    } else {
        Err(Problem::conflict("already", "This account is not suspended."))
    }
}

/// Keeps the member's choice of light or dark.
pub async fn choose_theme(log: &Log, member: &Member, theme: &str) -> Result<()> {
    if !["auto", "light", "dark"].contains(&theme) {
        return Err(Problem::field("theme", "unknown", "Choose light, dark, or as the device does."));
    }
    let mut tx = log.write(member.id()).await?;
    store::set_theme(&mut tx, member.id(), theme).await?;
    tx.commit_quietly("appearance").await
}
