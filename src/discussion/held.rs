//! What waits for a moderator before it is published. It stands in tables of its own: nothing that reads posts can show
//! it. Its author and the moderators read it here; a moderator releases it, and then it is published as if it were sent
//! now, or gives it back, and then its author may change it and send it again.

use super::draft::{Basis, Ground, Kind, PARTS};
use super::publish::{self, Act, Leave, Placed, Ready};
use super::{around, store};
use crate::accounts::{Clinician, Member, Moderator};
use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, RoomId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::deid::Risk;
use crate::deid::aside::{self, Aside, Setting};
use crate::deid::gate::{self, Answered, Part, PartFinding};
use crate::log::{Event, Log, Tx};

/// A held text in a list.
#[derive(Debug, Clone)]
pub struct HeldRow {
    pub post: PostId,
    pub thread: ThreadId,
    /// `start`, `reply` or `change`.
    pub act: String,
    pub author: AccountId,
    pub author_name: String,
    pub room: RoomId,
    pub room_slug: String,
    pub room_name: String,
    pub kind: Kind,
    pub revision: i64,
    pub ground: Ground,
    pub held_at: Time,
    pub returned: Option<Returned>,
}

/// Given back: when, the code of why, and what the moderator wrote to the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    pub at: Time,
    pub reason: String,
    pub note: String,
}

/// A held text with everything that came with it.
#[derive(Debug, Clone)]
pub struct Held {
    pub row: HeldRow,
    pub parts: Vec<Part>,
    /// How and when consent was recorded.
    pub consent: String,
    pub answers: Vec<Answered>,
    /// The interests declared, with their ids.
    pub interests: Vec<(String, String)>,
}

impl Held {
    pub fn text(&self, part: &str) -> &str {
        self.parts.iter().find(|one| one.name == part).map_or("", |one| &one.text)
    }

    /// The parts with their names on the page, in the order shown.
    pub fn labelled(&self) -> Vec<(&'static str, &str)> {
        let text = |name: &str| self.parts.iter().find(|one| one.name == name).map(|one| one.text.as_str());
        PARTS.iter().filter_map(|(name, label)| Some((*label, text(name)?))).collect()
    }

    /// What the check says of it under the rules of today, with what its thread tells already.
    pub async fn judged(&self, conn: &mut Conn) -> Result<(Vec<PartFinding>, Risk)> {
        let around = around::around(conn, &self.row.author, Some(&self.row.thread), Some(&self.row.post)).await?;
        Ok(gate::examine_in(&self.parts, &around))
    }
}

/// Puts a text aside until a moderator has looked. Another held text of the same post gives way.
pub(super) async fn hold(tx: &mut Tx, act: &Act, ids: (ThreadId, PostId), ready: &Ready<'_>) -> Result<Placed> {
    let (thread, post, revision) = match act {
        Act::Start { .. } => (ids.0, ids.1, 1),
        Act::Reply { thread } => (thread.clone(), ids.1, 1),
        Act::Change { post, seen } => {
            let row = publish::own_post(tx, ready.author, post, *seen).await?;
            drop_own(tx, ready.author, post).await?;
            (row.thread_id, post.clone(), row.revision + 1)
        }
    };
    let (room, kind) = match act {
        Act::Start { room, kind } => (room.clone(), *kind),
        _ => {
            let head = store::thread(tx.conn(), &thread).await?.ok_or(Problem::NotFound)?;
            (head.room, head.kind)
        }
    };
    store::add_held(tx, &post, &thread, (act.code(), revision), (&room, kind), ready).await?;
    tx.record(Event::PostHeld { thread: thread.clone(), post: post.clone(), revision });
    Ok(Placed { thread, post, position: 0, revision, seq: 0, held: true })
}

/// Drops a held text of this author's, if there is one.
pub(super) async fn drop_own(tx: &mut Tx, author: &AccountId, post: &PostId) -> Result<bool> {
    let Some(thread) = store::drop_held(tx, Some(author), post).await? else { return Ok(false) };
    if !store::is_posted(tx.conn(), post).await? {
        store::destroy_key(tx, post, "withdrawn").await?;
    }
    tx.record(Event::PostWithdrawn { thread, post: post.clone() });
    Ok(true)
}

/// The author's own held texts, the newest first.
pub async fn own_held(conn: &mut Conn, author: &Clinician) -> Result<Vec<HeldRow>> {
    store::held_rows(conn, Some(author.id()), None).await
}

/// One of the author's own held texts.
pub async fn own_held_text(conn: &mut Conn, author: &Clinician, post: &PostId) -> Result<Option<Held>> {
    read(conn, Some(author.id()), post).await
}

/// Every held text that waits for a moderator, the longest wait first.
pub async fn held(conn: &mut Conn, _by: &Moderator) -> Result<Vec<HeldRow>> {
    let mut rows = store::held_rows(conn, None, None).await?;
    rows.retain(|row| row.returned.is_none());
    rows.reverse();
    Ok(rows)
}

/// One held text, for a moderator.
pub async fn held_text(conn: &mut Conn, _by: &Moderator, post: &PostId) -> Result<Option<Held>> {
    read(conn, None, post).await
}

async fn read(conn: &mut Conn, author: Option<&AccountId>, post: &PostId) -> Result<Option<Held>> {
    let Some(row) = store::held_rows(conn, author, Some(post)).await?.pop() else { return Ok(None) };
    let mut parts = store::held_parts(conn, post).await?;
    let consent = parts.iter().position(|part| part.name == CONSENT).map(|at| parts.remove(at).text);
    parts.sort_by_key(|part| PARTS.iter().position(|(name, _)| *name == part.name));
    Ok(Some(Held {
        row,
        parts,
        consent: consent.unwrap_or_default(),
        answers: store::held_answers(conn, post).await?,
        interests: store::held_interests(conn, post).await?,
    }))
}

/// The part under which the note on consent is kept; not one of those that are shown.
pub(super) const CONSENT: &str = "consent";

/// How and when consent was recorded, as kept with a revision; for moderators.
pub async fn consent_note(conn: &mut Conn, _by: &Moderator, post: &PostId, revision: i64) -> Result<Option<String>> {
    note_of(conn, post, revision).await
}

/// The same for the author, who wrote it and may change the post; empty when there is none, or the post is another's.
pub async fn own_consent_note(conn: &mut Conn, author: &Clinician, post: &super::Post) -> Result<String> {
    if !post.is_by(author.id()) {
        return Ok(String::new());
    }
    Ok(note_of(conn, &post.id, post.revision).await?.unwrap_or_default())
}

async fn note_of(conn: &mut Conn, post: &PostId, revision: i64) -> Result<Option<String>> {
    Ok(store::texts(conn, post, revision)
        .await?
        .into_iter()
        .find(|text| text.part == CONSENT)
        .map(|text| text.markdown))
}

/// Publishes a held text: it is checked again under the rules of today, then stands as if it were sent now.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when it was decided already, is the moderator's own, may not be published
/// by its author any more, or no longer passes.
pub async fn release(log: &Log, by: &Moderator, post: &PostId) -> Result<Placed> {
    let mut conn = log.reader().await?;
    let held = read(&mut conn, None, post).await?.ok_or(Problem::NotFound)?;
    let row = &held.row;
    judge_decision(by, row)?;
    let author = Member::load(&mut conn, &row.author).await?.and_then(|author| author.clinician().ok());
    let author = author.ok_or_else(|| {
        Problem::conflict("author-paused", "Its author may not publish now. Give it back, or leave it here.")
    })?;
    let except = (row.act == "change").then_some(post);
    let around = around::around(&mut conn, author.id(), Some(&row.thread), except).await?;
    drop(conn);
    let no_longer = || {
        Problem::conflict(
            "no-longer-passes",
            "The rules have changed, and it no longer passes. Give it back to its author.",
        )
    };
    let checked = gate::pass_again(held.parts.clone(), &held.answers, &around).map_err(|_| no_longer())?;
    let consent = note(&held.consent).map_err(|_| no_longer())?;
    let act = match row.act.as_str() {
        "start" => Act::Start { room: row.room.clone(), kind: row.kind },
        "reply" => Act::Reply { thread: row.thread.clone() },
        _ => Act::Change { post: post.clone(), seen: row.revision - 1 },
    };
    let mut tx = log.write(by.id()).await?;
    let Some(kept) = store::lock_held(&mut tx, post).await? else { return Err(decided()) };
    let mut ready = Ready::new(author.id(), &checked, (Basis::Consent, consent.as_ref()), (row.ground, kept.send_key));
    if kept.statement != "none" {
        ready.statement = "some";
        ready.interests = store::held_interest_ids(tx.conn(), post).await?;
    }
    store::drop_held(&mut tx, None, post).await?;
    tx.record(Event::PostReleased { thread: row.thread.clone(), post: post.clone(), revision: row.revision });
    let ids = (row.thread.clone(), post.clone());
    let mut placed = publish::publish(&mut tx, &act, ids, &ready, Leave::Moderator(by)).await?;
    placed.seq = tx.commit().await?;
    Ok(placed)
}

/// Gives a held text back to its author, with a reason and a word of what to change.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when it was decided already.
pub async fn give_back(log: &Log, by: &Moderator, post: &PostId, reason: &str, note: &Aside) -> Result<()> {
    let held = read(&mut *log.reader().await?, None, post).await?.ok_or(Problem::NotFound)?;
    judge_decision(by, &held.row)?;
    let mut tx = log.write(by.id()).await?;
    if !store::return_held(&mut tx, post, reason, note).await? {
        return Err(decided());
    }
    tx.record(Event::PostReturned { thread: held.row.thread, post: post.clone(), reason: reason.to_owned() });
    tx.commit().await?;
    Ok(())
}

/// Takes one's own held text back: every word of it is gone.
///
/// # Errors
/// [`Problem::NotFound`] when there is none of this author's.
pub async fn withdraw(log: &Log, author: &Clinician, post: &PostId) -> Result<()> {
    let mut tx = log.write(author.id()).await?;
    if !drop_own(&mut tx, author.id(), post).await? {
        return Err(Problem::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// Reads a note on consent; `None` for an empty one.
pub(super) fn note(text: &str) -> std::result::Result<Option<Aside>, crate::base::problem::Fault> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { aside::pass(Setting::Note, "consent_note", text).map(Some) }
}

fn judge_decision(by: &Moderator, row: &HeldRow) -> Result<()> {
    if row.author == *by.id() {
        return Err(Problem::conflict("own", "This is your own text. Another moderator looks at it."));
    }
    if row.returned.is_some() { Err(decided()) } else { Ok(()) }
}

fn decided() -> Problem {
    Problem::conflict("decided", "Somebody has decided this already.")
}
