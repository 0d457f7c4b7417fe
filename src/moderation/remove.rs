//! Removing a post, and what is known of a removal afterwards.

use super::fingerprint::Finder;
use super::{exhibit, quotes, store};
use crate::accounts::Moderator;
use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::base::secret::HouseKey;
use crate::db::Conn;
use crate::discussion::{self, PostState};
use crate::log::Tx;

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

/// Removes a post: every word out of the tables, and for confidentiality what quotes it hidden; the log tells the
/// followers. Half of a decision: it takes its open [`Tx`].
///
/// # Errors
/// [`Problem::Conflict`] when it was removed already.
pub(super) async fn take_out(
    tx: &mut Tx,
    key: &HouseKey,
    by: &Moderator,
    (thread, id): (&ThreadId, &PostId),
    reason: &str,
) -> Result<()> {
    let categories = match discussion::unveiled_post(tx.conn(), by, id).await? {
        Some(post) => exhibit::categories(&post),
        None => Vec::new(),
    };
    let finder = Finder::new(key, id.as_str());
    let texts = discussion::every_text_of(tx.conn(), by, id).await?;
    let plain: Vec<String> = texts.iter().map(|text| quotes::words(text)).collect();
    let marks = finder.take(texts.iter().chain(&plain).map(String::as_str));
    discussion::erase(tx, by, thread, id, reason).await?;
    store::drop_words(tx, id).await?;
    store::keep_marks(tx, id, &marks).await?;
    store::keep_categories(tx, id, &categories).await?;
    if reason == "confidentiality" {
        quotes::hide(tx, by, (thread, id), &finder, &marks).await?;
    }
    Ok(())
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
