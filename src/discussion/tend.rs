//! What a moderator does to a thread or beside a post, short of erasing. Halves of a decision, like `erase.rs`.

use super::store;
use crate::accounts::Moderator;
use crate::base::id::{AccountId, PostId, RoomId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::deid::aside::Aside;
use crate::log::{Event, Tx};

/// Why a post is hidden that its author is asked to change.
pub const REVISE: &str = "revise";
/// Why it is hidden once they have: until a moderator has looked at the new text.
pub const REVISED: &str = "revised";

/// Hides a post until its author has changed it.
///
/// # Errors
/// [`Problem::Conflict`] for a removed one.
pub async fn ask_to_revise(tx: &mut Tx, _by: &Moderator, thread: &ThreadId, post: &PostId) -> Result<()> {
    let Some(hidden) = store::veil_to_revise(tx, post).await? else {
        return Err(Problem::conflict("removed", "This post was removed already."));
    };
    if hidden {
        tx.record(Event::PostVeiled { thread: thread.clone(), post: post.clone(), reason: REVISE.to_owned() });
    }
    Ok(())
}

/// Closes a thread to replies.
///
/// # Errors
/// [`Problem::Conflict`] when it is closed already.
pub async fn lock(tx: &mut Tx, _by: &Moderator, thread: &ThreadId) -> Result<()> {
    if !store::set_locked(tx, thread, true).await? {
        return Err(Problem::conflict("locked", "This thread is locked already."));
    }
    tx.record(Event::ThreadLocked { thread: thread.clone() });
    Ok(())
}

/// Opens a thread to replies again.
///
/// # Errors
/// [`Problem::Conflict`] when it is open.
pub async fn unlock(tx: &mut Tx, _by: &Moderator, thread: &ThreadId) -> Result<()> {
    if !store::set_locked(tx, thread, false).await? {
        return Err(Problem::conflict("unlocked", "This thread is not locked."));
    }
    tx.record(Event::ThreadUnlocked { thread: thread.clone() });
    Ok(())
}

/// Puts a thread into another room.
///
/// # Errors
/// [`Problem::Conflict`] when it is there already, or there is no such room.
pub async fn move_thread(tx: &mut Tx, _by: &Moderator, thread: &ThreadId, to: &RoomId) -> Result<()> {
    let from = store::thread(tx.conn(), thread).await?.ok_or(Problem::NotFound)?.room;
    if !store::move_thread(tx, thread, to).await? {
        return Err(Problem::conflict("there", "This thread is in that room already."));
    }
    tx.record(Event::ThreadMoved { thread: thread.clone(), from, to: to.clone() });
    Ok(())
}

/// Puts a notice above a post, in place of one that stands there; `None` takes it away.
///
/// # Errors
/// [`Problem::Conflict`] for a removed post, or when there is none to take away.
pub async fn notice(
    tx: &mut Tx,
    _by: &Moderator,
    thread: &ThreadId,
    post: &PostId,
    words: Option<&Aside>,
) -> Result<()> {
    if !store::set_notice(tx, post, words.map_or("", Aside::as_str)).await? {
        return Err(Problem::conflict("no-notice", "There is no notice, or no post to put it above."));
    }
    tx.record(Event::PostNoticed { thread: thread.clone(), post: post.clone(), stands: words.is_some() });
    Ok(())
}

/// Every room, for a moderator who moves a thread: id, address, name.
pub async fn room_names(conn: &mut Conn, _by: &Moderator) -> Result<Vec<(RoomId, String, String)>> {
    store::room_names(conn).await
}

/// The posts of a thread that are not removed, in order, with their authors.
pub async fn standing_posts(conn: &mut Conn, _by: &Moderator, thread: &ThreadId) -> Result<Vec<(PostId, AccountId)>> {
    store::standing_posts(conn, thread).await
}
