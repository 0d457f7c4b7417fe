//! Who was shown what: written before it counts as delivered, at most one write for a person, a thread and its new
//! content.

use super::store;
use crate::accounts::Clinician;
use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::{Actor, Log};
use std::collections::HashSet;

/// By which way a text reached a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Page,
    Live,
    Search,
    Api,
}

impl Way {
    pub fn code(self) -> &'static str {
        match self {
            Way::Page => "page",
            Way::Live => "live",
            Way::Search => "search",
            Way::Api => "api",
        }
    }
}

/// Writes down that `viewer` is about to be shown these revisions. What was written before is not written again.
pub async fn deliver(log: &Log, viewer: &Clinician, way: Way, shown: &[(ThreadId, PostId, i64)]) -> Result<()> {
    if shown.is_empty() {
        return Ok(());
    }
    let mut conn = log.reader().await?;
    let mut threads: Vec<&ThreadId> = shown.iter().map(|(thread, ..)| thread).collect();
    threads.sort();
    threads.dedup();
    let mut known = HashSet::new();
    for thread in threads {
        known.extend(store::delivered(&mut conn, viewer.id(), thread, way.code()).await?);
    }
    drop(conn);
    let fresh: Vec<_> =
        shown.iter().filter(|(_, post, revision)| !known.contains(&(post.clone(), *revision))).collect();
    if fresh.is_empty() {
        return Ok(());
    }
    let mut tx = log.write(Actor::House).await?;
    for (thread, post, revision) in fresh {
        store::add_delivery(&mut tx, viewer.id(), thread, post, *revision, way.code()).await?;
    }
    tx.commit_quietly("who was shown what").await
}

/// The posts of a thread that this reader was shown before, in whatever revision.
pub async fn seen_before(conn: &mut Conn, viewer: &Clinician, thread: &ThreadId) -> Result<HashSet<PostId>> {
    store::seen_before(conn, viewer.id(), thread).await
}

/// Writes down that one new revision is about to reach all these readers' open pages.
pub async fn deliver_live(
    log: &Log,
    readers: &[AccountId],
    thread: &ThreadId,
    post: &PostId,
    revision: i64,
) -> Result<()> {
    if readers.is_empty() {
        return Ok(());
    }
    let mut tx = log.write(Actor::House).await?;
    for reader in readers {
        store::add_delivery(&mut tx, reader, thread, post, revision, Way::Live.code()).await?;
    }
    tx.commit_quietly("who was shown what, live").await
}

/// One person whom a post reached.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Reached {
    pub account_id: AccountId,
    pub name: String,
    pub way: String,
    pub revision: i64,
    pub at: Time,
}

/// Everybody who was shown a post, first sight first. Outlives the text.
pub async fn reached(conn: &mut Conn, post: &PostId) -> Result<Vec<Reached>> {
    store::reached(conn, post).await
}
