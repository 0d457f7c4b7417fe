//! Hiding and erasing. These are halves of a decision: moderation owns the other half, so they take its open [`Tx`].

use super::store;
use crate::accounts::Moderator;
use crate::base::id::{PostId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::log::{Event, Tx};

/// Hides a post until a moderator has looked. Hiding twice changes nothing.
pub async fn veil(tx: &mut Tx, thread: &ThreadId, post: &PostId, reason: &str) -> Result<bool> {
    let hidden = store::veil(tx, post, reason).await?;
    if hidden {
        tx.record(Event::PostVeiled { thread: thread.clone(), post: post.clone(), reason: reason.to_owned() });
    }
    Ok(hidden)
}

/// Shows a veiled post again.
pub async fn show(tx: &mut Tx, thread: &ThreadId, post: &PostId, reason: &str) -> Result<bool> {
    let shown = store::unveil(tx, post).await?;
    if shown {
        tx.record(Event::PostShown { thread: thread.clone(), post: post.clone(), reason: reason.to_owned() });
    }
    Ok(shown)
}

/// Erases a post's text and destroys its key: every part of every revision, the source, the declared words, the answers; and takes the words out of the
/// notes on its flags. What stays is its place, who removed it, when, and under which code.
///
/// # Errors
/// [`Problem::Conflict`] when it was removed already.
pub async fn erase(tx: &mut Tx, by: &Moderator, thread: &ThreadId, post: &PostId, reason: &str) -> Result<()> {
    if !store::erase(tx, Some(by.id()), post, reason).await? {
        return Err(Problem::conflict("removed", "This post was removed already."));
    }
    tx.record(Event::PostRemoved { thread: thread.clone(), post: post.clone(), reason: reason.to_owned() });
    Ok(())
}
