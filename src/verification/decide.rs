//! Deciding an application: once, by somebody else than the applicant, with a reason.

use super::claim::words;
use super::policy::{Facts, Outcome, Policy, judge};
use super::reasons::{Decision, REASONS};
use super::{Application, State, dispute, facts, hand, store};
use crate::accounts::{self, Verifier};
use crate::base::id::{AccountId, ApplicationId};
use crate::base::problem::{Fault, Problem, Result};
use crate::log::{Event, Log, Tx};
use crate::membership;

/// What became of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    Done,
    /// Approved by one; a second verifier must agree.
    NeedsSecond,
}

/// Decides an application. `note` is for the applicant.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::NotAllowed`] for one's own, or for an appeal against one's own refusal;
/// [`Problem::Refused`] for a reason that is none of this decision's; [`Problem::Conflict`] `decided` when somebody was
/// faster, `bound` when the number belongs to another account, `standing` when the register says it is not in force.
pub async fn decide(
    log: &Log,
    policy: &Policy,
    verifier: &Verifier,
    id: &ApplicationId,
    decision: Decision,
    reason: &str,
    note: &str,
) -> Result<Decided> {
    let mut faults = Vec::new();
    let note = words("note", note, &mut faults);
    if !REASONS.iter().any(|(code, _, of)| *code == reason && *of == decision) {
        faults.push(Fault::new("reason", "unknown", "Choose a reason: the applicant is told it."));
    }
    if decision == Decision::More && reason == "say-more" && note.is_empty() {
        faults.push(Fault::new("note", "missing", "Write what you need from them: they see nothing else."));
    }
    if !faults.is_empty() {
        return Err(Problem::Refused(faults));
    }
    let mut tx = log.write(verifier.id()).await?;
    let application = store::by_id(tx.conn(), id).await?.ok_or(Problem::NotFound)?;
    may_decide(&mut tx, verifier, &application).await?;
    hand::settle(&mut tx, verifier, id).await?;
    let now = tx.now();
    let facts = facts::gather(tx.conn(), &application, now).await?;
    if decision == Decision::Approve && needs_second(policy, &facts, &application, verifier.id())? {
        if !store::approve_once(&mut tx, &application, verifier.id()).await? {
            return Err(decided());
        }
        store::add_turn(&mut tx, id, "approved-once", Some(verifier.id()), reason, &note).await?;
        dispute::open(&mut tx, &application, reason).await?;
        tx.record(Event::ApplicationApprovedOnce { application: id.clone(), reason: reason.to_owned() });
        tx.commit().await?;
        return Ok(Decided::NeedsSecond);
    }
    settle(&mut tx, &application, &facts, Some(verifier.id()), decision, reason, &note).await?;
    tx.commit().await?;
    Ok(Decided::Done)
}

/// Nobody decides for themselves, and an appeal is decided by somebody else than who refused.
async fn may_decide(tx: &mut Tx, verifier: &Verifier, application: &Application) -> Result<()> {
    if application.account == *verifier.id() {
        return Err(Problem::NotAllowed("Nobody decides their own application. A colleague does."));
    }
    if store::vouches::of_application(tx.conn(), &application.id).await?.iter().any(|one| one.voucher == *verifier.id())
    {
        return Err(Problem::NotAllowed("You have vouched for them: a colleague decides."));
    }
    if application.appealed_at.is_some()
        && store::last_refusal(tx.conn(), &application.id).await?.as_ref() == Some(verifier.id())
    {
        return Err(Problem::NotAllowed("They asked for a second person: a colleague decides this one."));
    }
    Ok(())
}

/// Whether an approval is only the first of two.
fn needs_second(policy: &Policy, facts: &Facts, application: &Application, verifier: &AccountId) -> Result<bool> {
    if judge(policy, facts).outcome != Outcome::TwoVerifiers {
        return Ok(false);
    }
    match &application.approved_once {
        None => Ok(true),
        Some(first) if first == verifier => {
            Err(Problem::conflict("needs-second", "You have approved this. A second verifier must agree."))
        }
        Some(_) => Ok(false),
    }
}

/// Writes a decision, whoever took it: the row is the guard that it is taken once.
pub(super) async fn settle(
    tx: &mut Tx,
    application: &Application,
    facts: &Facts,
    by: Option<&AccountId>,
    decision: Decision,
    reason: &str,
    note: &str,
) -> Result<()> {
    let (state, act) = match decision {
        Decision::Approve => (State::Admitted, "approved"),
        Decision::Refuse => (State::Refused, "refused"),
        Decision::More => (State::MoreAsked, "asked"),
    };
    if decision == Decision::Approve
        && let Some(entry) = facts.entry.as_ref().filter(|entry| entry.status.locks())
    {
        return Err(Problem::conflict(
            "standing",
            format!(
                "The register says “{}”. It must be corrected there before anybody is admitted by it.",
                entry.status_raw
            ),
        ));
    }
    if !store::decide(tx, application, state, by, reason).await? {
        return Err(decided());
    }
    store::add_turn(tx, &application.id, act, by, reason, note).await?;
    if decision != Decision::More {
        dispute::end(tx, application, decision == Decision::Approve).await?;
    }
    if decision == Decision::Approve {
        let claim = &application.claim;
        let entry = facts.entry.as_ref();
        let profession = entry.map_or(claim.profession(), |entry| entry.profession);
        let specialty = entry.map_or("", |entry| entry.specialty.as_str());
        accounts::store::admit(tx, &application.account, &claim.register, &claim.number, profession.words(), specialty)
            .await?;
        membership::begin(tx, &application.account, entry, claim.profession().code(), reason).await?;
    }
    tx.record(Event::ApplicationDecided {
        application: application.id.clone(),
        account: application.account.clone(),
        decision: decision.code().to_owned(),
        reason: reason.to_owned(),
    });
    Ok(())
}

fn decided() -> Problem {
    Problem::conflict("decided", "Somebody was faster: this application is decided, or waits for the applicant.")
}
