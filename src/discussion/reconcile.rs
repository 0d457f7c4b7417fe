//! Bringing content and keys to one state, before the house opens.
//!
//! A removal takes the words and destroys the key in one transaction; on SQLite that is two files, the words' first, and
//! the machine can stop between them. And a backup may come back that holds what was erased since. So at each start: what was removed
//! loses its key, what the list of erasures names loses its words, and what has no key and stands on no list was never
//! acknowledged to anybody. What was written before there were seals is sealed.

use super::store;
use crate::base::clock::HOUR;
use crate::base::id::{PostId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::db::Erasure;
use crate::log::{Actor, Event, Log};

/// Under this code stands what the machine's stop left without a key: its sender was never told that it is there.
const UNFINISHED: &str = "unfinished";
/// One writer at a time leaves at most one behind. More means that the file of keys is not this house's.
const MOST_UNFINISHED: usize = 1;
const BATCH: i64 = 200;

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Posts and other texts from before there were seals.
    pub sealed: usize,
    /// Keys of removed posts, destroyed now.
    pub keys: usize,
    /// Posts that the list of erasures names, erased now.
    pub erased: usize,
    /// Posts that were never acknowledged.
    pub unfinished: usize,
}

/// Brings content and keys to one state.
///
/// # Errors
/// When posts have no key and no list says why: the file of keys is missing, or another house's.
pub async fn reconcile(log: &Log) -> Result<Reconciled> {
    let mut done = Reconciled { sealed: seal_old(log).await?, ..Reconciled::default() };
    let mut conn = log.reader().await?;
    let (forgotten, named) = (store::keys_of_removed(&mut conn).await?, store::erased_but_there(&mut conn).await?);
    let keyless = store::without_key(&mut conn).await?;
    drop(conn);
    if keyless.len() > MOST_UNFINISHED {
        return Err(Problem::fault(format!(
            "{} posts have no key. The file (or schema) of keys is missing or belongs to another house: put back the \
             newest backup of the keys, then start again.",
            keyless.len()
        )));
    }
    let mut tx = log.write(Actor::House).await?;
    for (post, reason) in &forgotten {
        store::destroy_key(&mut tx, post, reason).await?;
    }
    done.keys = forgotten.len();
    let before = tx.now().plus(-HOUR);
    store::drop_idle_keys(&mut tx, before).await?;
    tx.commit_quietly("keys of what was removed, or never came to be").await?;
    for (thread, post, reason) in &named {
        erase(log, thread, post, reason).await?;
        done.erased += 1;
    }
    for (thread, post) in &keyless {
        erase(log, thread, post, UNFINISHED).await?;
        done.unfinished += 1;
    }
    if done != Reconciled::default() {
        log.db().forget_freed_pages().await?;
        tracing::warn!(?done, "content and keys were brought to one state");
    }
    Ok(done)
}

/// Adds erasures that are known elsewhere to the list; how many were new. [`reconcile`] then carries them out.
pub async fn remember_erasures(log: &Log, known: &[Erasure]) -> Result<u64> {
    let mut tx = log.write(Actor::House).await?;
    let mut new = 0;
    for erasure in known {
        new += store::remember_erasure(&mut tx, erasure).await?;
    }
    tx.commit_quietly("erasures that a backup did not know").await?;
    Ok(new)
}

async fn erase(log: &Log, thread: &ThreadId, post: &PostId, reason: &str) -> Result<()> {
    let mut tx = log.write(Actor::House).await?;
    if store::erase(&mut tx, None, post, reason).await? {
        tx.record(Event::PostRemoved { thread: thread.clone(), post: post.clone(), reason: reason.to_owned() });
        tx.commit().await?;
    }
    Ok(())
}

/// Seals what lies open, some at a time.
async fn seal_old(log: &Log) -> Result<usize> {
    let mut sealed = 0;
    loop {
        let mut tx = log.write(Actor::House).await?;
        let (posts, held) =
            (store::unsealed_posts(tx.conn(), BATCH).await?, store::unsealed_held(tx.conn(), BATCH).await?);
        if posts.is_empty() && held.is_empty() {
            return Ok(sealed);
        }
        sealed += posts.len() + held.len();
        for post in &posts {
            store::seal_post(&mut tx, post).await?;
        }
        for post in &held {
            store::seal_held(&mut tx, post).await?;
        }
        tx.commit_quietly("texts from before there were seals").await?;
    }
}
