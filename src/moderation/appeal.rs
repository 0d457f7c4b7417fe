//! What the one it concerns sees of a decision, and the one appeal they have: another moderator decides on it, who is not
//! told who decided first.

use super::decide::reverse;
use super::fingerprint::Finder;
use super::measure::Measure;
use super::quotes;
use super::store::{self, Decision};
use crate::accounts::{Member, Moderator};
use crate::auth::Present;
use crate::base::clock::Time;
use crate::base::id::{AccountId, DecisionId, PostId};
use crate::base::problem::{Problem, Result};
use crate::base::secret::HouseKey;
use crate::db::Conn;
use crate::deid::aside::{self, Setting};
use crate::log::{Event, Log, Tx};

/// Longest appeal, in code points.
const LONGEST: usize = 2_000;

/// What moderators did about a member, the newest first: what was proposed only is not theirs to see.
pub async fn own_decisions(conn: &mut Conn, member: &Member) -> Result<Vec<Decision>> {
    let mut all = store::about(conn, member.id()).await?;
    all.retain(|decision| matches!(decision.state.as_str(), "taken" | "undone"));
    Ok(all)
}

/// Whether the one it concerns may appeal against it now.
pub fn can_appeal(decision: &Decision) -> bool {
    let measure = Measure::find(&decision.measure);
    decision.state == "taken" && decision.appealed_at.is_none() && measure.is_ok_and(|measure| measure.can_appeal)
}

/// Appeals, once.
///
/// # Errors
/// [`Problem::NotFound`] for another's decision; [`Problem::Refused`] for words that are missing, too long, about a patient,
/// or those that were removed; [`Problem::Conflict`] `appealed` for a second one, or where there is nothing to appeal.
pub async fn appeal(log: &Log, key: &HouseKey, member: &Member, id: &DecisionId, words: &str) -> Result<()> {
    let words = words.trim().replace("\r\n", "\n");
    if words.is_empty() {
        return Err(Problem::field("words", "missing", "Say why it should be decided otherwise."));
    }
    if words.chars().count() > LONGEST {
        return Err(Problem::field("words", "too-long", "Use at most 2,000 characters."));
    }
    let words = aside::pass(Setting::Profile, "words", &words).map_err(|fault| Problem::Refused(vec![fault]))?;
    let mut tx = log.write(member.id()).await?;
    let decision = store::hold_decision(&mut tx, id).await?.filter(|one| one.account == *member.id());
    let decision =
        decision.filter(|one| one.state != "proposed" && one.state != "declined").ok_or(Problem::NotFound)?;
    if !can_appeal(&decision) {
        return Err(Problem::conflict("appealed", "You have appealed against this already, or it cannot be appealed."));
    }
    // What was taken away does not come back this way.
    let marks = store::marks(tx.conn(), &decision.post).await?;
    let finder = Finder::new(key, decision.post.as_str());
    if finder.shared(&marks, words.as_str()) + finder.shared(&marks, &quotes::words(words.as_str())) > 0 {
        let told = "This repeats what was removed. Say it without quoting; the moderator knows what it was about.";
        return Err(Problem::field("words", "repeats", told));
    }
    if !store::appeal(&mut tx, id, member.id(), words.as_str()).await? {
        return Err(Problem::conflict("appealed", "You have appealed against this already."));
    }
    tx.record(Event::AppealSent {
        decision: id.clone(),
        thread: decision.thread,
        post: decision.post,
        account: decision.account,
    });
    tx.commit().await?;
    Ok(())
}

/// One decision, for a moderator.
pub async fn decision(conn: &mut Conn, _by: &Moderator, id: &DecisionId) -> Result<Option<Decision>> {
    store::decision(conn, id).await
}

/// Every decision on one post, the newest first, for a moderator.
pub async fn decisions_on(conn: &mut Conn, _by: &Moderator, post: &PostId) -> Result<Vec<Decision>> {
    store::of_post(conn, post).await
}

/// Every decision about one person, the newest first, for a moderator.
pub async fn decisions_about(conn: &mut Conn, _by: &Moderator, account: &AccountId) -> Result<Vec<Decision>> {
    store::about(conn, account).await
}

/// Past decisions behind a place, the newest first.
pub async fn past(conn: &mut Conn, _by: &Moderator, before: (Time, &str), most: i64) -> Result<Vec<Decision>> {
    store::past(conn, before.0, before.1, most).await
}

/// Decides on an appeal. Reversed, what can be undone is undone.
///
/// # Errors
/// [`Problem::NotFound`] without an appeal; [`Problem::Conflict`] `own` for who decided first, `own-post` for whom it
/// concerns, `heard` when somebody was faster; [`Problem::StepUp`] to reverse what needed a proof.
pub async fn hear(
    log: &Log,
    (by, present): (&Moderator, Option<&Present>),
    id: &DecisionId,
    reversed: bool,
) -> Result<()> {
    let mut tx = log.write(by.id()).await?;
    let decision = store::hold_decision(&mut tx, id).await?.filter(|one| one.appealed_at.is_some());
    let decision = decision.ok_or(Problem::NotFound)?;
    if decision.is_by(by.id()) {
        return Err(Problem::conflict("own", "You decided this yourself. Another moderator hears the appeal."));
    }
    if decision.account == *by.id() {
        return Err(Problem::conflict("own-post", "This is your own appeal. Another moderator hears it."));
    }
    let measure = Measure::find(&decision.measure)?;
    if reversed && measure.needs_proof && present.is_none() {
        return Err(Problem::StepUp);
    }
    let outcome = if reversed { "reversed" } else { "upheld" };
    if !store::hear(&mut tx, id, by.id(), outcome).await? {
        return Err(Problem::conflict("heard", "Somebody has decided this already."));
    }
    if reversed && measure.can_undo && decision.state == "taken" {
        // What somebody has undone or overtaken since is not undone twice; the appeal is reversed all the same.
        match reverse(&mut tx, by, &decision).await {
            Ok(()) => undone(&mut tx, by, &decision).await?,
            Err(Problem::Conflict { .. }) => {}
            Err(other) => return Err(other),
        }
    }
    tx.record(Event::AppealHeard {
        decision: id.clone(),
        thread: decision.thread,
        post: decision.post,
        account: decision.account,
        outcome: outcome.to_owned(),
    });
    tx.commit().await?;
    Ok(())
}

/// Undoes a decision without an appeal.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] `cannot` for what cannot be undone, `undone` for what was, `own-post` for
/// whom it concerns, or what has happened since; [`Problem::StepUp`].
pub async fn undo(log: &Log, (by, present): (&Moderator, Option<&Present>), id: &DecisionId) -> Result<()> {
    let mut tx = log.write(by.id()).await?;
    let decision = store::hold_decision(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let measure = Measure::find(&decision.measure)?;
    if decision.account == *by.id() {
        return Err(Problem::conflict("own-post", "This concerns yourself. Another moderator decides."));
    }
    if !measure.can_undo {
        return Err(Problem::conflict("cannot", "This cannot be undone."));
    }
    if decision.state != "taken" {
        return Err(Problem::conflict("undone", "This was undone already, or never done."));
    }
    if measure.needs_proof && present.is_none() {
        return Err(Problem::StepUp);
    }
    reverse(&mut tx, by, &decision).await?;
    undone(&mut tx, by, &decision).await?;
    tx.commit().await?;
    Ok(())
}

async fn undone(tx: &mut Tx, by: &Moderator, decision: &Decision) -> Result<()> {
    store::undo(tx, &decision.id, by.id()).await?;
    tx.record(Event::MeasureUndone {
        decision: decision.id.clone(),
        thread: decision.thread.clone(),
        post: decision.post.clone(),
        account: decision.account.clone(),
        measure: decision.measure.clone(),
    });
    Ok(())
}
