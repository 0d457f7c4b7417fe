//! Vouching: two members who know the applicant answer for them. It is worth B 2 at most, and never lets anybody in by
//! itself.
//!
//! What keeps a ring out: a voucher has been a member for half a year, was not vouched for in turn (depth 1), vouches for
//! five people a year, and the two come from different institutions (by the domain of their address). The applicant hands
//! the link over, so that nobody can find out here who is a member. Both are told when the second has vouched and can
//! take it back for 72 hours. Who is found to have vouched falsely has all their other vouches set aside, and verifiers
//! look at those again.

use super::Application;
use super::given::{count, open_for, piece, set_aside, weigh};
use super::policy::Policy;
use super::store::vouches::{self as rows, Vouch};
use super::store::{self, evidence};
use super::worth::{Kind, VOUCHERS};
use crate::accounts::{Action, Choices, Clinician, Verifier};
use crate::base::clock::{DAY, HOUR, Time};
use crate::base::id::{AccountId, ApplicationId, EvidenceId};
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::Log;
use crate::registers;
use serde::Deserialize;

/// What a voucher signs.
pub const RESPONSIBILITY: &str = "I know this person, and I know from my own work with them that they are this registrant. \
     I have not vouched because I was asked to by somebody I do not know. If this turns out to be false, everybody I vouched \
     for is looked at again, and I may lose my own place here.";

/// The section `admission.vouch` of the configuration.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Vouching {
    pub enabled: bool,
    /// Days since a voucher's own admission: 30 at least.
    pub days: i64,
    /// People for whom one vouches in a year: 10 at most.
    pub per_year: usize,
    /// Hours in which it can be taken back: 24 at least.
    pub retract_hours: i64,
}

impl Default for Vouching {
    fn default() -> Vouching {
        Vouching { enabled: true, days: 180, per_year: 5, retract_hours: 72 }
    }
}

impl Vouching {
    pub(super) fn check(self) -> Result<()> {
        let refuse = |words: &str| Err(Problem::fault(format!("admission.vouch.{words}")));
        match self {
            Vouching { days: ..30, .. } => refuse("days: 30 at least"),
            Vouching { per_year: 11.., .. } => refuse("per_year: 10 at most"),
            Vouching { retract_hours: ..24, .. } => refuse("retract_hours: 24 at least"),
            _ => Ok(()),
        }
    }
}

/// What a member sees before they vouch.
#[derive(Debug, Clone)]
pub struct Plea {
    pub application: ApplicationId,
    pub name: String,
    pub profession: String,
    pub register: String,
    /// Why this member cannot vouch now.
    pub closed: Option<String>,
    /// They have already.
    pub has_vouched: bool,
}

/// One's own vouch for somebody.
#[derive(Debug, Clone)]
pub struct OwnVouch {
    pub id: EvidenceId,
    pub name: String,
    pub at: Time,
    pub stands: bool,
    /// Until when it can be taken back; `None` once that is over.
    pub until: Option<Time>,
}

/// What a member sees who was handed a link. `None` for an application that is not there, or is their own.
pub async fn plea(
    conn: &mut Conn,
    policy: &Policy,
    member: &Clinician,
    id: &ApplicationId,
    now: Time,
) -> Result<Option<Plea>> {
    let Some(application) = store::by_id(conn, id).await?.filter(|application| application.account != *member.id())
    else {
        return Ok(None);
    };
    let vouches = rows::of_application(conn, id).await?;
    let has_vouched = vouches.iter().any(|vouch| vouch.voucher == *member.id());
    let closed = closed(conn, policy, member, &application, &vouches, now).await?;
    let claim = &application.claim;
    Ok(Some(Plea {
        application: id.clone(),
        name: claim.registered_name.clone(),
        profession: claim.profession().words().to_owned(),
        register: registers::find(&claim.register).map_or("", |register| register.name).to_owned(),
        closed,
        has_vouched,
    }))
}

/// Why this member cannot vouch for this application.
async fn closed(
    conn: &mut Conn,
    policy: &Policy,
    member: &Clinician,
    application: &Application,
    vouches: &[Vouch],
    now: Time,
) -> Result<Option<String>> {
    let rules = policy.vouch;
    let told = |words: &str| Ok(Some(words.to_owned()));
    if !rules.enabled {
        return told("This society does not take vouching as evidence.");
    }
    if !application.state.is_open() {
        return told("This application is decided already.");
    }
    if vouches.iter().any(|vouch| vouch.voucher == *member.id()) {
        return told("You have vouched for them already.");
    }
    // Which classes may is one table, `accounts/class.rs`; nothing that a society chooses changes it for vouching.
    if !member.member().may(Action::Vouch, &Choices::default()) {
        return told("Vouching is for fully registered clinicians. A colleague who is can do it.");
    }
    let since = member.member().account().admitted_at.unwrap_or(now);
    if since > now.plus(-rules.days * DAY) {
        return Ok(Some(format!("Only who has been a member for {} days can vouch.", rules.days)));
    }
    if rows::was_vouched_for(conn, member.id()).await? {
        return told("You were let in because colleagues vouched for you. Who was cannot vouch in turn.");
    }
    let own = rows::of_voucher(conn, member.id()).await?;
    if own.iter().any(|vouch| matches!(vouch.state.as_str(), "refused" | "frozen")) {
        return told("A vouch of yours is being looked at. Until that is settled you cannot vouch.");
    }
    if own.iter().filter(|vouch| vouch.vouched_at > now.plus(-365 * DAY)).count() >= rules.per_year {
        return Ok(Some(format!(
            "You have vouched for {} people within a year; that is as many as one can.",
            rules.per_year
        )));
    }
    let standing: Vec<&Vouch> = vouches.iter().filter(|vouch| vouch.state == "counted").collect();
    if standing.len() >= VOUCHERS {
        return told("Two colleagues have vouched already. That is enough.");
    }
    if standing.iter().any(|vouch| vouch.domain == domain(member)) {
        return told("Somebody of your own institution has vouched already. The second must come from another one.");
    }
    Ok(None)
}

/// An institution, as far as an address shows it.
fn domain(member: &Clinician) -> String {
    member.member().account().email.rsplit_once('@').map(|(_, domain)| domain.to_lowercase()).unwrap_or_default()
}

/// Vouches for an application; `sure` is the signature under [`RESPONSIBILITY`].
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Refused`] without the signature; [`Problem::Conflict`] `may-not-vouch` with the reason.
pub async fn vouch(log: &Log, policy: &Policy, member: &Clinician, id: &ApplicationId, sure: bool) -> Result<()> {
    if !sure {
        return Err(Problem::field("sure", "missing", "Tick that you know them and answer for it; or do not vouch."));
    }
    let mut tx = log.write(member.id()).await?;
    let now = tx.now();
    let application = store::by_id(tx.conn(), id)
        .await?
        .filter(|application| application.account != *member.id())
        .ok_or(Problem::NotFound)?;
    let vouches = rows::of_application(tx.conn(), id).await?;
    if let Some(why) = closed(tx.conn(), policy, member, &application, &vouches, now).await? {
        return Err(Problem::conflict("may-not-vouch", why));
    }
    let held = piece(&tx, &application, Kind::Vouch, "given", "");
    evidence::add(&mut tx, &held).await?;
    rows::add(&mut tx, &held.id, member.id(), &domain(member)).await?;
    count(&mut tx, policy, &held, None).await?;
    tx.commit().await?;
    weigh(log, policy, id).await
}

/// One's own vouches, newest first.
pub async fn own_vouches(conn: &mut Conn, policy: &Policy, member: &Clinician, now: Time) -> Result<Vec<OwnVouch>> {
    let mut own = Vec::new();
    for vouch in rows::of_voucher(conn, member.id()).await? {
        let until = until(conn, policy, &vouch).await?;
        let stands = vouch.state == "counted";
        own.push(OwnVouch {
            stands,
            until: Some(until).filter(|until| stands && *until > now),
            id: vouch.id,
            name: vouch.registered_name,
            at: vouch.vouched_at,
        });
    }
    Ok(own)
}

/// How many vouches of a member's count, with a second one, and can still be taken back.
pub async fn count_retractable(conn: &mut Conn, policy: &Policy, member: &Clinician, now: Time) -> Result<usize> {
    let mut count = 0;
    for vouch in rows::of_voucher(conn, member.id()).await?.iter().filter(|vouch| vouch.state == "counted") {
        let is_open = until(conn, policy, vouch).await? > now;
        count += usize::from(is_open && !both(conn, &vouch.application).await?.is_empty());
    }
    Ok(count)
}

/// Counted from when both were told: the newest vouch for that application.
async fn until(conn: &mut Conn, policy: &Policy, vouch: &Vouch) -> Result<Time> {
    let all = rows::of_application(conn, &vouch.application).await?;
    let last = all.iter().filter(|vouch| vouch.state == "counted").map(|vouch| vouch.vouched_at).max();
    Ok(last.unwrap_or(vouch.vouched_at).plus(policy.vouch.retract_hours * HOUR))
}

/// Takes one's own vouch back.
///
/// # Errors
/// [`Problem::NotFound`] for what is not theirs; [`Problem::Conflict`] `too-late` after 72 hours: a verifier can be told.
pub async fn retract(log: &Log, policy: &Policy, member: &Clinician, id: &EvidenceId) -> Result<()> {
    let mut tx = log.write(member.id()).await?;
    let now = tx.now();
    let own = rows::of_voucher(tx.conn(), member.id()).await?;
    let vouch = own.into_iter().find(|vouch| vouch.id == *id).ok_or(Problem::NotFound)?;
    if until(tx.conn(), policy, &vouch).await? <= now {
        return Err(Problem::conflict(
            "too-late",
            "The time to take it back is over. Write to a verifier: they can look.",
        ));
    }
    let held = evidence::by_id(tx.conn(), id).await?.ok_or(Problem::NotFound)?;
    if held.state != "counted" {
        return Err(Problem::conflict("moved-on", "This does not count any more."));
    }
    set_aside(&mut tx, &held, "withdrawn", None).await?;
    rows::retracted(&mut tx, id).await?;
    tx.commit().await?;
    weigh(log, policy, &vouch.application).await
}

/// A verifier has found that somebody vouched falsely: that vouch counts no more, and every other one of the same voucher
/// is set aside until somebody has looked. How many those are.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when it is found false already.
pub async fn find_false(log: &Log, policy: &Policy, verifier: &Verifier, id: &EvidenceId) -> Result<usize> {
    let mut tx = log.write(verifier.id()).await?;
    let held =
        evidence::by_id(tx.conn(), id).await?.filter(|held| held.kind == Kind::Vouch).ok_or(Problem::NotFound)?;
    if held.account == *verifier.id() {
        return Err(Problem::NotFound);
    }
    let all = rows::of_application(tx.conn(), &held.application).await?;
    let voucher = all.into_iter().find(|vouch| vouch.id == *id).map(|vouch| vouch.voucher).ok_or(Problem::NotFound)?;
    if voucher == *verifier.id() {
        return Err(Problem::NotAllowed("This is your own vouch. A colleague looks at it."));
    }
    if !matches!(held.state.as_str(), "counted" | "frozen" | "withdrawn") {
        return Err(Problem::conflict("moved-on", "This is found false already."));
    }
    set_aside(&mut tx, &held, "refused", Some(verifier.id())).await?;
    let mut touched = vec![held.application.clone()];
    let mut frozen = 0;
    for other in rows::of_voucher(tx.conn(), &voucher).await?.iter().filter(|other| other.state == "counted") {
        if let Some(held) = evidence::by_id(tx.conn(), &other.id).await? {
            set_aside(&mut tx, &held, "frozen", Some(verifier.id())).await?;
            touched.push(held.application);
            frozen += 1;
        }
    }
    tx.commit().await?;
    for application in touched {
        weigh(log, policy, &application).await?;
    }
    Ok(frozen)
}

/// A verifier has looked at a vouch that was set aside: it counts again.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when it is not set aside.
pub async fn thaw(log: &Log, policy: &Policy, verifier: &Verifier, id: &EvidenceId) -> Result<()> {
    let mut tx = log.write(verifier.id()).await?;
    let held =
        evidence::by_id(tx.conn(), id).await?.filter(|held| held.kind == Kind::Vouch).ok_or(Problem::NotFound)?;
    if held.state != "frozen" {
        return Err(Problem::conflict("moved-on", "This is not set aside."));
    }
    open_for(&mut tx, verifier, &held.application).await.map(drop).or_else(|problem| match problem {
        // Also for who is admitted: that is what they are looked at again for.
        Problem::Conflict { .. } => Ok(()),
        other => Err(other),
    })?;
    count(&mut tx, policy, &held, Some(verifier.id())).await?;
    tx.commit().await?;
    weigh(log, policy, &held.application).await
}

/// Who vouched for an application, by name.
pub(super) async fn vouchers(conn: &mut Conn, id: &ApplicationId) -> Result<Vec<(EvidenceId, String)>> {
    Ok(rows::of_application(conn, id).await?.into_iter().map(|vouch| (vouch.id, vouch.name)).collect())
}

/// The two who vouched, once there are two: they are told.
pub async fn both(conn: &mut Conn, id: &ApplicationId) -> Result<Vec<AccountId>> {
    let standing: Vec<AccountId> = rows::of_application(conn, id)
        .await?
        .into_iter()
        .filter(|vouch| vouch.state == "counted")
        .map(|vouch| vouch.voucher)
        .collect();
    Ok(if standing.len() >= VOUCHERS { standing } else { Vec::new() })
}

/// Admitted members whose vouch counts no more, for verifiers to look at again: application, name, since when.
pub async fn to_look_at_again(conn: &mut Conn, _: &Verifier) -> Result<Vec<(ApplicationId, String, Time)>> {
    rows::to_look_at_again(conn).await
}
