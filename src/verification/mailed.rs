//! A link to an address that the register or the employer publishes: whoever reads mail there and is signed in here as
//! the applicant is that registrant, as far as control of an address can show it.
//!
//! A verifier finds the address, never the applicant: what an applicant names, an impostor names too. The link is made
//! from the house's key at the moment of sending, serves once, for fourteen days, and only the applicant, signed in. Any
//! reader of that mailbox can say that they did not apply; two verifiers must then agree, whatever else was given.

use super::claim::words;
use super::given::{count, open_for, piece, set_aside, weigh};
use super::policy::Policy;
use super::store::{self, evidence, links};
use super::worth::Kind;
use crate::accounts::{Member, Verifier};
use crate::base::clock::DAY;
use crate::base::id::{AccountId, ApplicationId, EvidenceId};
use crate::base::problem::{Fault, Problem, Result};
use crate::base::secret::HouseKey;
use crate::db::Conn;
use crate::log::{Actor, Event, Log};

/// A link serves so long.
pub const LASTS: i64 = 14 * DAY;
/// Links that may wait at once.
const MOST_OPEN: i64 = 3;
/// Who publishes the address: code and words.
pub const PUBLISHERS: &[(&str, &str)] = &[("register", "The register"), ("employer", "The employer")];

/// Sends a link for an application to an address; `published` says where the verifier found it.
///
/// # Errors
/// [`Problem::Refused`] for `address`, `by` or `published`; [`Problem::Conflict`] with too many links on the way.
pub async fn send_link(
    log: &Log,
    verifier: &Verifier,
    id: &ApplicationId,
    address: &str,
    by: &str,
    published: &str,
) -> Result<EvidenceId> {
    let mut faults = Vec::new();
    let address = address.trim();
    if address.len() > 200 || address.parse::<lettre::Address>().is_err() {
        faults.push(Fault::new(
            "address",
            "no-address",
            "Write the address as it is published: name@hospital.example.",
        ));
    }
    if !PUBLISHERS.iter().any(|(code, _)| *code == by) {
        faults.push(Fault::new("by", "unknown", "Say who publishes the address: the register, or the employer."));
    }
    let published = words("published", published, &mut faults);
    if published.chars().count() < 4 {
        let told = "Write where you found it: the page's address, or the entry's name.";
        faults.push(Fault::new("published", "missing", told));
    }
    let mut tx = log.write(verifier.id()).await?;
    let application = open_for(&mut tx, verifier, id).await?;
    let own = crate::accounts::store::by_id(tx.conn(), &application.account).await?.ok_or(Problem::NotFound)?;
    if own.email.eq_ignore_ascii_case(address) {
        let told = "This is the address they signed up with: it shows nothing more. Find the published one.";
        faults.push(Fault::new("address", "own", told));
    }
    if !faults.is_empty() {
        return Err(Problem::Refused(faults));
    }
    let now = tx.now();
    if links::count_open(tx.conn(), &application.account, now).await? >= MOST_OPEN {
        return Err(Problem::conflict("links", "Three links are on their way already. Wait for one of them."));
    }
    let held = piece(&tx, &application, Kind::MailedLink, "asked", by);
    evidence::add(&mut tx, &held).await?;
    let link = links::Link {
        id: held.id.clone(),
        address: address.to_owned(),
        published,
        expires_at: now.plus(LASTS),
        used_at: None,
    };
    links::add(&mut tx, &link, verifier.id()).await?;
    tx.record(Event::EvidenceGiven {
        application: held.application.clone(),
        account: held.account.clone(),
        evidence: held.id.clone(),
        what: held.kind.code().to_owned(),
    });
    tx.commit().await?;
    Ok(held.id)
}

/// The token of a link: its id, and what only the house can make of it.
pub fn link_token(key: &HouseKey, id: &EvidenceId) -> String {
    format!("{id}.{}", key.token("evidence-link", id.as_str()).reveal())
}

fn read_token(key: &HouseKey, token: &str) -> Option<EvidenceId> {
    let id = EvidenceId::parse(token.split_once('.')?.0)?;
    // The token of a link that is none is as long as of one that is; nothing is learnt from how long this takes.
    (crate::base::secret::Secret::new(token).hash() == crate::base::secret::Secret::new(link_token(key, &id)).hash())
        .then_some(id)
}

/// Where a letter with a link goes, and for whom; `None` once it is used, has run out, or the application is decided.
pub async fn letter_of_link(
    conn: &mut Conn,
    id: &EvidenceId,
    now: crate::base::clock::Time,
) -> Result<Option<(String, AccountId)>> {
    let Some(link) = links::by_id(conn, id).await? else { return Ok(None) };
    let Some(held) = evidence::by_id(conn, id).await? else { return Ok(None) };
    let open = link.used_at.is_none() && link.expires_at > now && !link.address.is_empty();
    Ok((open && held.state == "asked").then_some((link.address, held.account)))
}

/// Whether a token opens anything now, and for whom; told to nobody but whoever holds it.
pub async fn link_account(log: &Log, key: &HouseKey, token: &str) -> Result<Option<AccountId>> {
    let Some(id) = read_token(key, token) else { return Ok(None) };
    let letter = letter_of_link(&mut *log.reader().await?, &id, log.clock().now()).await?;
    Ok(letter.map(|(_, account)| account))
}

/// The applicant followed the link, signed in: it counts.
///
/// # Errors
/// [`Problem::Conflict`] `used` for a link that was used, has run out or is none; `another` when somebody else is signed
/// in: it serves nobody but the applicant.
pub async fn follow_link(log: &Log, policy: &Policy, key: &HouseKey, member: &Member, token: &str) -> Result<()> {
    let id = read_token(key, token).ok_or_else(used)?;
    let mut tx = log.write(member.id()).await?;
    let held = evidence::by_id(tx.conn(), &id).await?.ok_or_else(used)?;
    if held.account != *member.id() {
        return Err(Problem::conflict(
            "another",
            "This link belongs to another account's application. If you did not apply, say so below.",
        ));
    }
    let application = store::by_id(tx.conn(), &held.application).await?.ok_or_else(used)?;
    if !application.state.is_open() || held.state != "asked" || !links::use_up(&mut tx, &id).await? {
        return Err(used());
    }
    count(&mut tx, policy, &held, None).await?;
    tx.commit().await?;
    weigh(log, policy, &application.id).await
}

/// Whoever reads that mailbox says that they did not apply. Nobody needs an account for it.
///
/// # Errors
/// [`Problem::Conflict`] `used` as for [`follow_link`].
pub async fn deny_link(log: &Log, policy: &Policy, key: &HouseKey, token: &str) -> Result<()> {
    let id = read_token(key, token).ok_or_else(used)?;
    let mut tx = log.write(Actor::House).await?;
    let held = evidence::by_id(tx.conn(), &id).await?.ok_or_else(used)?;
    if held.state != "asked" || !links::use_up(&mut tx, &id).await? {
        return Err(used());
    }
    set_aside(&mut tx, &held, "refused", None).await?;
    tx.commit().await?;
    weigh(log, policy, &held.application).await
}

fn used() -> Problem {
    Problem::conflict("used", "This link was used already, or has run out. A verifier can send another one.")
}
