//! A member's flag on a post.

use super::store;
use crate::accounts::Clinician;
use crate::base::clock::{DAY, Time};
use crate::base::id::{AccountId, FlagId, PostId};
use crate::base::problem::{Problem, Result};
use crate::discussion;
use crate::log::{Actor, Event, Log, Tx};

/// What can be wrong with a post, the gravest first, with the words shown.
pub const FLAGS: &[(&str, &str)] = &[
    ("confidentiality", "It could identify a patient"),
    ("safety", "A patient may be in danger"),
    ("unprofessional", "It is unprofessional or unkind"),
    ("interest", "An interest is not disclosed"),
    ("accuracy", "It is wrong in a way that could do harm"),
    ("impersonation", "Somebody writes in another's name"),
    ("advertising", "It advertises"),
    ("other", "Something else"),
];

/// What the house itself puts before moderators, with the words shown.
const OWN: &[(&str, &str)] = &[
    ("held", "Waits before it is published"),
    ("rescan", "The rules have changed, and the check finds more"),
    ("language", "The house found words that may be unprofessional"),
    ("revised", "Its author has changed it, as a moderator asked"),
    ("proposal", "A measure wants a second moderator"),
    ("appeal", "An appeal against a decision"),
    ("quote", "It repeats a text that was removed for confidentiality"),
];

/// The words of a reason, a member's or the house's.
pub fn flag_words(reason: &str) -> &'static str {
    FLAGS.iter().chain(OWN).find(|(code, _)| *code == reason).map_or("Something else", |(_, words)| words)
}

/// Of so many last confidentiality flags within so long, so many that were not upheld take the veil away, not the flag.
const LAST: i64 = 5;
const WEIGHED: i64 = 90 * DAY;
const MOST_WRONG: usize = 3;

const LONGEST_NOTE: usize = 1_000;

/// One member's flag.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Flag {
    #[sqlx(rename = "flag_id")]
    pub id: FlagId,
    /// `None`: the house itself.
    pub account_id: Option<AccountId>,
    pub name: String,
    pub reason: String,
    pub note: String,
    pub raised_at: Time,
    pub settled_at: Option<Time>,
}

/// Raises a flag; for confidentiality the post is hidden in the same transaction. Whether it is hidden now.
///
/// # Errors
/// [`Problem::Refused`] for an unknown reason or a long note; [`Problem::NotFound`] for no such post;
/// [`Problem::Conflict`] for one that was removed. The same member's same flag again changes nothing.
pub async fn flag(log: &Log, by: &Clinician, post: &PostId, reason: &str, note: &str) -> Result<bool> {
    if !FLAGS.iter().any(|(code, _)| *code == reason) {
        return Err(Problem::field("kind", "unknown", "Choose what is wrong with it."));
    }
    let note = note.trim();
    if note.chars().count() > LONGEST_NOTE {
        return Err(Problem::field("note", "too-long", format!("Use at most {LONGEST_NOTE} characters.")));
    }
    let Some(shown) = discussion::post(&mut *log.reader().await?, by, post).await? else {
        return Err(Problem::NotFound);
    };
    if matches!(shown.state, discussion::PostState::Removed { .. }) {
        return Err(Problem::conflict("removed", "This post was removed already."));
    }
    let mut tx = log.write(by.id()).await?;
    let id = FlagId::fresh(tx.now(), tx.chance());
    if !store::add_flag(&mut tx, &id, post, &shown.thread, by.id(), reason, note).await? {
        return Ok(!shown.is_open());
    }
    tx.record(Event::PostFlagged {
        thread: shown.thread.clone(),
        post: post.clone(),
        flag: id,
        reason: reason.to_owned(),
    });
    let grave = reason == "confidentiality" && may_veil(&mut tx, by.id()).await?;
    if grave {
        discussion::veil(&mut tx, &shown.thread, post, reason).await?;
    }
    tx.commit().await?;
    Ok(grave || !shown.is_open())
}

/// Whether a member's confidentiality flag hides at once. Who was wrong with most of the last ones flags as before, and a
/// moderator looks first.
async fn may_veil(tx: &mut Tx, by: &AccountId) -> Result<bool> {
    let since = tx.now().plus(-WEIGHED);
    let last = store::outcomes(tx.conn(), by, "confidentiality", since, LAST).await?;
    Ok(last.iter().filter(|upheld| **upheld == 0).count() < MOST_WRONG)
}

/// Seals the notes from before there were seals; at each start, before the house opens.
pub async fn seal_notes(log: &Log) -> Result<()> {
    loop {
        let mut tx = log.write(Actor::House).await?;
        let old = store::open_notes(tx.conn()).await?;
        if old.is_empty() {
            return Ok(());
        }
        for (flag, post, note) in &old {
            store::seal_old_note(&mut tx, flag, post, note).await?;
        }
        tx.commit_quietly("notes from before there were seals").await?;
    }
}
