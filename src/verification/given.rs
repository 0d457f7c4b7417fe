//! Evidence of the person as it comes in: who gave it, who looked, what it counts for. Each piece is settled once; after
//! each, the policy judges the application anew.

use super::policy::{Outcome, Policy, judge};
use super::store::evidence::{self as rows, Held};
use super::worth::{Kind, Worth};
use super::{Application, apply, facts, gist, store};
use crate::accounts::{Member, Verifier};
use crate::base::clock::{DAY, Time};
use crate::base::id::{AccountId, ApplicationId, EvidenceId};
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::{Actor, Event, Log, Tx};

/// How a verifier can have seen somebody: code and words.
pub const LIVE: &[(&str, &str)] = &[("video", "By video"), ("in-person", "In the same room")];
/// A live check older than this is noted no more.
const LIVE_WITHIN: i64 = 30 * DAY;

/// A piece of evidence in words, for the applicant and the verifier alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub id: EvidenceId,
    pub kind: Kind,
    pub title: &'static str,
    /// "With the verifiers", "Counts", "Not accepted" …
    pub state: &'static str,
    pub counts: bool,
    /// A verifier has yet to say what it is.
    pub is_open: bool,
    /// Asked for and not answered yet.
    pub is_asked: bool,
    /// A vouch that was set aside.
    pub is_frozen: bool,
    /// A document that is not destroyed.
    pub is_kept: bool,
    pub at: Time,
    /// "By video, on 2026-11-20".
    pub detail: String,
}

/// What was given for an application, oldest first.
pub(super) async fn of(conn: &mut Conn, id: &ApplicationId) -> Result<Vec<Given>> {
    let mut all = Vec::new();
    for held in rows::of_application(conn, id).await? {
        let is_kept = held.kind.is_document()
            && store::documents::by_id(conn, &held.id).await?.is_some_and(|document| document.sealed_key.is_some());
        all.push(Given { is_kept, ..words_of(held) });
    }
    Ok(all)
}

/// A piece in words.
pub(super) fn words_of(held: Held) -> Given {
    Given {
        title: held.kind.words(),
        state: state_words(&held.state),
        counts: held.state == "counted",
        is_open: held.state == "given" && held.kind.is_document(),
        is_asked: held.state == "asked",
        is_frozen: held.state == "frozen",
        is_kept: false,
        at: held.given_at,
        detail: detail_words(held.kind, &held.detail),
        kind: held.kind,
        id: held.id,
    }
}

fn state_words(state: &str) -> &'static str {
    match state {
        "asked" => "Waits for an answer",
        "given" => "With the verifiers",
        "counted" => "Counts",
        "refused" => "Not accepted",
        "withdrawn" => "Taken back",
        "expired" => "Ran out",
        "frozen" => "Set aside until somebody has looked",
        _ => "",
    }
}

fn detail_words(kind: Kind, detail: &str) -> String {
    match (kind, detail.split_once(':')) {
        (Kind::LiveCheck, Some((how, on))) => {
            let words = LIVE.iter().find(|(code, _)| *code == how).map_or("", |(_, words)| words);
            format!("{words}, on {on}")
        }
        (Kind::MailedLink, _) => match detail {
            "register" => "The register publishes the address".to_owned(),
            _ => "The employer publishes the address".to_owned(),
        },
        _ => String::new(),
    }
}

/// A verifier saw the applicant, by video or in the same room, and notes how and when (`YYYY-MM-DD`).
///
/// # Errors
/// [`Problem::Refused`] for `how` or `on`; [`Problem::NotAllowed`] for one's own; [`Problem::Conflict`] once decided.
pub async fn note_live_check(
    log: &Log,
    policy: &Policy,
    verifier: &Verifier,
    id: &ApplicationId,
    how: &str,
    on: &str,
) -> Result<()> {
    if !LIVE.iter().any(|(code, _)| *code == how) {
        return Err(Problem::field("how", "unknown", "Say how you saw them: by video, or in the same room."));
    }
    let now = log.clock().now();
    let (today, first) = (now.iso(), now.plus(-LIVE_WITHIN).iso());
    let date = |iso: &str| iso.get(..10).unwrap_or_default().to_owned();
    let is_date = on.len() == 10 && on.parse::<jiff::civil::Date>().is_ok();
    if !is_date || on > date(&today).as_str() || on < date(&first).as_str() {
        let words = format!("Write the day as {}; at most 30 days back.", date(&today));
        return Err(Problem::field("on", "no-date", words));
    }
    let mut tx = log.write(verifier.id()).await?;
    let application = open_for(&mut tx, verifier, id).await?;
    let held = piece(&tx, &application, Kind::LiveCheck, "given", &format!("{how}:{on}"));
    // What the applicant asked for is done by it.
    for asked in rows::of_application(tx.conn(), id).await? {
        if asked.kind == Kind::LiveCheck && asked.state == "asked" {
            set_aside(&mut tx, &asked, "expired", Some(verifier.id())).await?;
        }
    }
    rows::add(&mut tx, &held).await?;
    count(&mut tx, policy, &held, Some(verifier.id())).await?;
    tx.commit().await?;
    weigh(log, policy, id).await
}

/// The applicant asks to be seen. Asking twice is asking once.
///
/// # Errors
/// [`Problem::Conflict`] without an open application.
pub async fn ask_call(log: &Log, member: &Member) -> Result<()> {
    let mut tx = log.write(member.id()).await?;
    let application = own_open(&mut tx, member.id()).await?;
    let all = rows::of_application(tx.conn(), &application.id).await?;
    if all.iter().any(|held| held.kind == Kind::LiveCheck && held.state == "asked") {
        return Ok(());
    }
    let held = piece(&tx, &application, Kind::LiveCheck, "asked", "");
    rows::add(&mut tx, &held).await?;
    tell(&mut tx, &application, &held).await?;
    tx.commit().await?;
    Ok(())
}

/// What is still missing to be let in by evidence alone, in sentences; from the scores for a real person and for that
/// registrant.
pub fn missing((i, b): (u8, u8)) -> Vec<String> {
    let mut missing = Vec::new();
    if i < 3 {
        missing.push(
            "One sign that you are a real person: a call with a verifier, or a document with a photo.".to_owned(),
        );
    }
    if b < 3 {
        missing.push("One sign that the registration is yours: an address that others publish, colleagues, a professional document.".to_owned());
    }
    missing
}

/// An application that this verifier may add to: open, and not their own.
pub(super) async fn open_for(tx: &mut Tx, verifier: &Verifier, id: &ApplicationId) -> Result<Application> {
    let application = store::by_id(tx.conn(), id).await?.ok_or(Problem::NotFound)?;
    if application.account == *verifier.id() {
        return Err(Problem::NotAllowed("Nobody verifies themselves. A colleague does."));
    }
    if !application.state.is_open() {
        return Err(Problem::conflict("decided", "This application is decided already."));
    }
    Ok(application)
}

/// The applicant's own open application.
pub(super) async fn own_open(tx: &mut Tx, account: &AccountId) -> Result<Application> {
    store::newest_of(tx.conn(), account)
        .await?
        .filter(|application| application.state.is_open())
        .ok_or_else(|| Problem::conflict("no-application", "Send your application first; then show that it is you."))
}

/// A new piece; not yet in the table.
pub(super) fn piece(tx: &Tx, application: &Application, kind: Kind, state: &str, detail: &str) -> Held {
    Held {
        id: EvidenceId::fresh(tx.now(), tx.chance()),
        application: application.id.clone(),
        account: application.account.clone(),
        kind,
        state: state.to_owned(),
        given_at: tx.now(),
        checked_at: None,
        checked_by: None,
        detail: detail.to_owned(),
    }
}

/// From now on the piece counts, for what the policy says its kind is worth.
pub(super) async fn count(tx: &mut Tx, policy: &Policy, held: &Held, by: Option<&AccountId>) -> Result<()> {
    settle(tx, held, "counted", by, policy.worth(held.kind)).await
}

/// The piece counts for nothing, from now on.
pub(super) async fn set_aside(tx: &mut Tx, held: &Held, to: &str, by: Option<&AccountId>) -> Result<()> {
    settle(tx, held, to, by, Worth { i: 0, b: 0 }).await
}

async fn settle(tx: &mut Tx, held: &Held, to: &str, by: Option<&AccountId>, worth: Worth) -> Result<()> {
    let from = format!("|{}|", held.state);
    if !rows::settle(tx, &held.id, &from, to, by, worth).await? {
        return Err(Problem::conflict("moved-on", "Somebody was faster. Look at it again."));
    }
    tx.record(Event::EvidenceSettled {
        application: held.application.clone(),
        account: held.account.clone(),
        evidence: held.id.clone(),
        what: held.kind.code().to_owned(),
        to: to.to_owned(),
    });
    Ok(())
}

/// Tells that the applicant gave something. Whoever was asked has answered by it.
pub(super) async fn tell(tx: &mut Tx, application: &Application, held: &Held) -> Result<()> {
    tx.record(Event::EvidenceGiven {
        application: held.application.clone(),
        account: held.account.clone(),
        evidence: held.id.clone(),
        what: held.kind.code().to_owned(),
    });
    if application.state == super::State::MoreAsked && store::reopen(tx, application, false).await? {
        tx.record(Event::ApplicationAnswered {
            application: application.id.clone(),
            account: application.account.clone(),
        });
    }
    Ok(())
}

/// Judges an application anew, after a piece was settled: what a verifier's list says of it, and whether the policy
/// decides now.
pub(super) async fn weigh(log: &Log, policy: &Policy, id: &ApplicationId) -> Result<()> {
    let mut tx = log.write(Actor::House).await?;
    let Some(application) = store::by_id(tx.conn(), id).await?.filter(|application| application.state.is_open()) else {
        return Ok(());
    };
    let now = tx.now();
    let facts = facts::gather(tx.conn(), &application, now).await?;
    let judgement = judge(policy, &facts);
    store::keep_gist(&mut tx, id, gist::judge(&facts, &judgement)).await?;
    tx.commit_quietly("the gist of an application").await?;
    match judgement.outcome {
        Outcome::Admit(_) => apply::settle(log, &application, &facts, &judgement.outcome).await,
        // Refusing is for the moment at which one applies, and for people.
        _ => Ok(()),
    }
}
