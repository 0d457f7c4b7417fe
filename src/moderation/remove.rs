//! Deciding: remove, or show again.

use super::fingerprint::Finder;
use super::{exhibit, quotes, store};
use crate::accounts::Moderator;
use crate::auth::Present;
use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::base::secret::HouseKey;
use crate::db::Conn;
use crate::discussion::{self, PostState};
use crate::log::{Event, Log};

/// For what a post can be removed: code, the rule it breaks, the words shown in its place.
pub const REMOVALS: &[(&str, i64, &str)] = &[
    ("confidentiality", 2, "it could identify a patient"),
    ("unprofessional", 4, "it was unprofessional"),
    ("advertising", 5, "it advertised"),
    ("other", 7, "it broke the rules of this house"),
];

/// What a removal did.
#[derive(Debug, Clone)]
pub struct Removal {
    pub thread: ThreadId,
    pub post: PostId,
    pub author: AccountId,
    pub at: Time,
    pub reason: String,
    /// Its place in the log: a follower that has read so far has done its part.
    pub seq: i64,
}

/// Removes a post: one transaction takes every word out of the tables, and for confidentiality hides what quotes it; the log tells the followers. Before this returns
/// the freed pages are overwritten and the write-ahead log is emptied.
///
/// # Errors
/// [`Problem::Refused`] for an unknown reason; [`Problem::NotFound`]; [`Problem::Conflict`] when it was removed already.
pub async fn remove(
    log: &Log,
    key: &HouseKey,
    by: &Moderator,
    _present: &Present,
    id: &PostId,
    reason: &str,
) -> Result<Removal> {
    if !REMOVALS.iter().any(|(code, ..)| *code == reason) {
        return Err(Problem::field("code", "unknown", "Choose under which rule it is removed."));
    }
    let post = discussion::unveiled_post(&mut *log.reader().await?, by, id).await?.ok_or(Problem::NotFound)?;
    let categories = exhibit::categories(&post);
    let mut tx = log.write(by.id()).await?;
    let at = tx.now();
    let finder = Finder::new(key, id.as_str());
    let texts = discussion::every_text_of(tx.conn(), by, id).await?;
    let plain: Vec<String> = texts.iter().map(|text| quotes::words(text)).collect();
    let marks = finder.take(texts.iter().chain(&plain).map(String::as_str));
    discussion::erase(&mut tx, by, &post.thread, id, reason).await?;
    store::keep_marks(&mut tx, id, &marks).await?;
    store::keep_categories(&mut tx, id, &categories).await?;
    if reason == "confidentiality" {
        quotes::hide(&mut tx, by, (&post.thread, id), &finder, &marks).await?;
    }
    if store::settle(&mut tx, id, true).await? > 0 {
        tx.record(Event::FlagsSettled { thread: post.thread.clone(), post: id.clone(), upheld: true });
    }
    let seq = tx.commit().await?;
    if let Err(problem) = log.db().forget_freed_pages().await {
        tracing::warn!(post = %id, %problem, "freed pages are not overwritten yet; the next removal tries again");
    }
    Ok(Removal {
        thread: post.thread,
        post: id.clone(),
        author: post.author.account_id,
        at,
        reason: reason.to_owned(),
        seq,
    })
}

/// What a removal did, read afterwards; `None` for a post that was not removed.
pub async fn removal(conn: &mut Conn, by: &Moderator, id: &PostId) -> Result<Option<Removal>> {
    let Some(post) = discussion::unveiled_post(conn, by, id).await? else { return Ok(None) };
    let PostState::Removed { at, reason } = post.state else { return Ok(None) };
    let seq = store::removed_seq(conn, id).await?;
    Ok(Some(Removal { thread: post.thread, post: post.id, author: post.author.account_id, at, reason, seq }))
}

/// The name of the moderator who removed a post.
pub async fn remover(conn: &mut Conn, id: &PostId) -> Result<Option<String>> {
    store::remover(conn, id).await
}

/// When a post was hidden for the first time: from then on nobody was shown it.
pub async fn first_hidden(conn: &mut Conn, id: &PostId) -> Result<Option<Time>> {
    store::first_hidden(conn, id).await
}

/// Settles the flags as not upheld, and shows the post again if it was hidden.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when nothing waits for a decision.
pub async fn restore(log: &Log, by: &Moderator, id: &PostId) -> Result<ThreadId> {
    let post = discussion::unveiled_post(&mut *log.reader().await?, by, id).await?.ok_or(Problem::NotFound)?;
    if matches!(post.state, PostState::Removed { .. }) {
        return Err(Problem::conflict("removed", "This post was removed; nothing is left to show."));
    }
    let mut tx = log.write(by.id()).await?;
    let settled = store::settle(&mut tx, id, false).await?;
    let shown = discussion::show(&mut tx, &post.thread, id, "not-upheld").await?;
    if settled == 0 && !shown {
        return Err(Problem::conflict("settled", "Somebody has decided this already."));
    }
    tx.record(Event::FlagsSettled { thread: post.thread.clone(), post: id.clone(), upheld: false });
    tx.commit().await?;
    Ok(post.thread)
}
