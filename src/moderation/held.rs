//! What waits before it is published: looking at it, releasing it, giving it back.

use super::exhibit::{Finding, shown};
use crate::accounts::Moderator;
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use crate::deid::Risk;
use crate::deid::aside::{self, Setting};
use crate::discussion::{self, Held, Placed};
use crate::log::{Entry, Event, Log, follow};

/// Why a held text is given back: code and the words its author reads.
pub const RETURNS: &[(&str, &str)] = &[
    ("recognisable", "Somebody could be recognised, and the question would be as clear without these details"),
    ("consent", "It is not clear how and when consent was recorded"),
    ("other", "See what the moderator wrote"),
];
const LONGEST_NOTE: usize = 500;

/// A held text with everything needed to decide.
pub struct HeldExhibit {
    pub held: Held,
    pub findings: Vec<Finding>,
    pub risk: Risk,
    pub history: Vec<Entry>,
}

/// Opens a held text for review, and records that it was opened.
pub async fn open_held(log: &Log, by: &Moderator, post: &PostId) -> Result<Option<HeldExhibit>> {
    let mut conn = log.reader().await?;
    let Some(held) = discussion::held_text(&mut conn, by, post).await? else { return Ok(None) };
    let (found, risk) = held.judged(&mut conn).await?;
    let history = follow::of_subject(&mut conn, post.as_str()).await?;
    drop(conn);
    let mut tx = log.write(by.id()).await?;
    tx.record(Event::PostOpened { thread: held.row.thread.clone(), post: post.clone() });
    tx.commit().await?;
    Ok(Some(HeldExhibit { findings: found.into_iter().map(shown).collect(), held, risk, history }))
}

/// Publishes a held text.
///
/// # Errors
/// As [`discussion::release`].
pub async fn release(log: &Log, by: &Moderator, post: &PostId) -> Result<Placed> {
    discussion::release(log, by, post).await
}

/// Gives a held text back to its author.
///
/// # Errors
/// [`Problem::Refused`] for an unknown reason, a long note or one that names a patient; else as
/// [`discussion::give_back`].
pub async fn give_back(log: &Log, by: &Moderator, post: &PostId, reason: &str, note: &str) -> Result<()> {
    if !RETURNS.iter().any(|(code, _)| *code == reason) {
        return Err(Problem::field("reason", "unknown", "Choose why it is given back."));
    }
    let note = note.trim();
    if note.chars().count() > LONGEST_NOTE {
        return Err(Problem::field("note", "too-long", format!("Use at most {LONGEST_NOTE} characters.")));
    }
    if note.is_empty() && reason == "other" {
        return Err(Problem::field("note", "missing", "Say what its author should change."));
    }
    let note = aside::pass(Setting::Note, "note", note).map_err(|fault| Problem::Refused(vec![fault]))?;
    discussion::give_back(log, by, post, reason, &note).await
}
