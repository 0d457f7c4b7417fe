//! Sending an application, and answering what was asked.

use super::claim::{Claim, words};
use super::mailbox::Mailbox;
use super::policy::{Facts, Outcome, Policy, judge};
use super::reasons::{Decision, NOT_IN_GOOD_STANDING, shown_by};
use super::{Application, State, decide, facts, gist, store};
use crate::accounts::{Member, store as accounts};
use crate::base::clock::DAY;
use crate::base::id::ApplicationId;
use crate::base::problem::{Fault, Problem, Result};
use crate::db::Conn;
use crate::log::{Actor, Event, Log};

/// Applications, and so numbers, in a day.
const MOST_A_DAY: usize = 3;
/// Corrections of one application.
const MOST_CORRECTIONS: usize = 2;

/// Applies for admission. The number's form is judged first; then the entry is looked up and the policy decides who
/// decides. That a number belongs to another account is never told.
///
/// # Errors
/// [`Problem::Refused`] by fields; [`Problem::Conflict`] `admitted` or `open`; [`Problem::TooMany`] after three in a day.
pub async fn apply(log: &Log, policy: &Policy, member: &Member, claim: Claim) -> Result<ApplicationId> {
    if member.account().admitted_at.is_some() {
        return Err(Problem::conflict("admitted", "You are admitted already."));
    }
    if member.account().suspended_at.is_some() {
        return Err(Problem::NotAllowed("Applying is paused for this account."));
    }
    let claim = claim.judge()?;
    not_ended(&mut *log.reader().await?, &claim).await?;
    let mailbox = Mailbox::judge(policy, &member.account().email, &claim.registered_name);
    let mut tx = log.write(member.id()).await?;
    let since = tx.now().plus(-DAY);
    let sent = store::sent_since(tx.conn(), member.id(), since).await?;
    if let Some(first) = sent.first().filter(|_| sent.len() >= MOST_A_DAY) {
        return Err(Problem::TooMany { seconds: (first.millis() - since.millis()) / 1_000 + 1 });
    }
    let application = Application {
        id: ApplicationId::fresh(tx.now(), tx.chance()),
        account: member.id().clone(),
        claim,
        state: State::Sent,
        sent_at: tx.now(),
        waiting_since: tx.now(),
        decided_at: None,
        decided_by: None,
        reason: String::new(),
        appealed_at: None,
        mailbox,
        approved_once: None,
    };
    store::add(&mut tx, &application).await?;
    store::add_turn(&mut tx, &application.id, "sent", Some(member.id()), "", "").await?;
    tx.record(Event::ApplicationSent { application: application.id.clone(), account: member.id().clone() });
    let now = tx.now();
    let facts = facts::gather(tx.conn(), &application, now).await?;
    let judgement = judge(policy, &facts);
    store::keep_gist(&mut tx, &application.id, gist::judge(&facts, &judgement)).await?;
    tx.commit().await?;
    // A crash before this leaves the application with the verifiers.
    settle(log, &application, &facts, &judgement.outcome).await?;
    Ok(application.id)
}

/// Nobody comes back under a registration whose membership was ended. Who it was and why is not told.
async fn not_ended(conn: &mut Conn, claim: &Claim) -> Result<()> {
    if accounts::is_ended(conn, &claim.register, &claim.number).await? {
        return Err(Problem::conflict(
            "ended",
            "No application can be made under this registration. If it is yours, sign in with the account you had and \
             appeal under “What moderators did”; if somebody else used it, write to the address under Help.",
        ));
    }
    Ok(())
}

/// Corrects what was mistyped while nobody has decided: the same application, its place in the queue kept. Twice in all;
/// what stood before stays on record, and its number counts as tried.
///
/// # Errors
/// [`Problem::Refused`] by fields; [`Problem::NotFound`] without an application; [`Problem::Conflict`] `closed` when it is
/// decided, `often` after two corrections, `same` when nothing was changed.
pub async fn correct(log: &Log, policy: &Policy, member: &Member, claim: Claim) -> Result<()> {
    let claim = claim.judge()?;
    not_ended(&mut *log.reader().await?, &claim).await?;
    let mut tx = log.write(member.id()).await?;
    let before = store::newest_of(tx.conn(), member.id()).await?.ok_or(Problem::NotFound)?;
    if !before.state.is_open() {
        return Err(Problem::conflict("closed", "This application is decided. You can apply again."));
    }
    let claim = Claim { statement: before.claim.statement.clone(), ..claim };
    // That a strange number stands is said for the reading alone, and kept nowhere.
    let said = Claim { number_stands: before.claim.number_stands, ..claim.clone() };
    if said == before.claim {
        return Err(Problem::conflict("same", "This is what your application says already."));
    }
    if store::in_hand::corrections(tx.conn(), &before.id).await?.len() >= MOST_CORRECTIONS {
        return Err(Problem::conflict(
            "often",
            "You have corrected this twice. Tell the verifier the rest in your answer, or wait for the decision.",
        ));
    }
    let mut application = Application { claim, ..before.clone() };
    application.mailbox = Mailbox::judge(policy, &member.account().email, &application.claim.registered_name);
    if !store::in_hand::correct(&mut tx, &before, &application).await? {
        return Err(Problem::conflict("moved-on", "The application has moved on. Look at it again."));
    }
    application.state = State::Sent;
    tx.record(Event::ApplicationCorrected { application: before.id.clone(), account: member.id().clone() });
    let now = tx.now();
    let facts = facts::gather(tx.conn(), &application, now).await?;
    let judgement = judge(policy, &facts);
    store::keep_gist(&mut tx, &application.id, gist::judge(&facts, &judgement)).await?;
    tx.commit().await?;
    settle(log, &application, &facts, &judgement.outcome).await
}

/// Answers what a verifier asked; or, for a refused application, asks for a second person to decide, once.
///
/// # Errors
/// [`Problem::NotFound`] for an application that is not theirs; [`Problem::Conflict`] when nothing was asked.
pub async fn answer(log: &Log, member: &Member, id: &ApplicationId, text: &str) -> Result<()> {
    let mut faults = Vec::new();
    let text = words("answer", text, &mut faults);
    if text.is_empty() {
        faults.push(Fault::new("answer", "missing", "Write an answer, or say that you have nothing of the kind."));
    }
    if !faults.is_empty() {
        return Err(Problem::Refused(faults));
    }
    let mut tx = log.write(member.id()).await?;
    let application = store::by_id(tx.conn(), id)
        .await?
        .filter(|application| application.account == *member.id())
        .ok_or(Problem::NotFound)?;
    let act = match application.state {
        State::MoreAsked => "answered",
        State::Refused if application.appealed_at.is_none() => "appealed",
        State::Refused => {
            return Err(Problem::conflict("appealed", "A second person has decided already. You can apply again."));
        }
        State::Sent | State::Admitted => return Err(Problem::conflict("not-asked", "Nothing is asked of you now.")),
    };
    if !store::reopen(&mut tx, &application, act == "appealed").await? {
        return Err(Problem::conflict("moved-on", "The application has moved on. Look at it again."));
    }
    store::add_turn(&mut tx, id, act, Some(member.id()), "", &text).await?;
    tx.record(Event::ApplicationAnswered { application: id.clone(), account: member.id().clone() });
    tx.commit().await?;
    Ok(())
}

/// What the policy decides by itself.
pub(super) async fn settle(log: &Log, application: &Application, facts: &Facts, outcome: &Outcome) -> Result<()> {
    let (decision, reason) = match outcome {
        Outcome::Admit(_) => (Decision::Approve, shown_by(&facts.pieces)),
        Outcome::Refuse => (Decision::Refuse, NOT_IN_GOOD_STANDING),
        Outcome::OneVerifier | Outcome::TwoVerifiers => return Ok(()),
    };
    let mut tx = log.write(Actor::House).await?;
    match decide::settle(&mut tx, application, facts, None, decision, reason, "").await {
        Ok(()) => {
            tx.commit().await?;
            Ok(())
        }
        // Somebody was faster, or the number was bound meanwhile: a person looks.
        Err(Problem::Conflict { .. }) => Ok(()),
        Err(problem) => Err(problem),
    }
}
