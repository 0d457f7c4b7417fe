//! The follower: reads the log and keeps the index like the tables.
//!
//! An event says only that a post was touched. What the index shall hold is read from the tables as they are now, so
//! doing a batch twice does no harm and a late batch puts nothing back that was removed since. The cursor is the
//! engine's own and moves with the changes.

use super::engine::{Change, Index};
use super::store;
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use crate::log::{Entry, Event, Log};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

const SHORTEST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Follows the log until `stop` turns true or its sender is gone. When the engine is down it waits, longer each time, and
/// goes on where it was.
pub async fn follow(log: Log, index: Arc<Index>, mut stop: watch::Receiver<bool>) {
    tokio::select! {
        () = follow_forever(&log, &index) => {}
        _ = stop.wait_for(|stop| *stop) => {}
    }
}

async fn follow_forever(log: &Log, index: &Index) {
    let mut wait = SHORTEST_WAIT;
    loop {
        let Err(cause) = read_on(log, index, &mut wait).await;
        tracing::warn!(engine = index.name(), seconds = wait.as_secs_f32(), cause = %why(&cause), "the search index waits");
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

async fn read_on(log: &Log, index: &Index, wait: &mut Duration) -> Result<std::convert::Infallible> {
    let mut entries = log.entries(start(log, index).await?);
    loop {
        let batch = entries.next().await?;
        absorb(log, index, &batch).await?;
        *wait = SHORTEST_WAIT;
    }
}

/// Where to go on. An index that is ahead of the log belongs to another past (a backup was restored): it starts anew.
async fn start(log: &Log, index: &Index) -> Result<i64> {
    let cursor = index.cursor().await?;
    let head = log.head().await?;
    if cursor <= head {
        return Ok(cursor);
    }
    tracing::warn!(cursor, head, "the search index is ahead of the log; it is filled anew");
    index.clear().await?;
    Ok(0)
}

/// Brings the index up to date with one batch of the log.
async fn absorb(log: &Log, index: &Index, batch: &[Entry]) -> Result<()> {
    let Some(last) = batch.last() else { return Ok(()) };
    let mut touched: BTreeSet<PostId> = batch.iter().filter_map(|entry| touched(&entry.event)).cloned().collect();
    let mut conn = log.reader().await?;
    for entry in batch {
        if let Event::ThreadMoved { thread, .. } = &entry.event {
            touched.extend(store::posts_of(&mut conn, thread).await?);
        }
    }
    let mut changes = Vec::with_capacity(touched.len());
    if !touched.is_empty() {
        for post in &touched {
            changes.push(match store::document(&mut conn, post).await? {
                Some(document) => Change::Put(document),
                None => Change::Delete(post.clone()),
            });
        }
    }
    drop(conn);
    index.apply(changes, last.seq).await
}

fn touched(event: &Event) -> Option<&PostId> {
    match event {
        Event::ThreadStarted { post, .. }
        | Event::PostAdded { post, .. }
        | Event::PostRevised { post, .. }
        | Event::PostVeiled { post, .. }
        | Event::PostShown { post, .. }
        | Event::PostRemoved { post, .. } => Some(post),
        _ => None,
    }
}

/// Reads all that is new now and returns how far; for the command line and for tests.
pub async fn catch_up(log: &Log, index: &Index) -> Result<i64> {
    let mut entries = log.entries(start(log, index).await?);
    loop {
        let batch = entries.ready().await?;
        if batch.is_empty() {
            return index.cursor().await;
        }
        absorb(log, index, &batch).await?;
        tracing::info!(seq = entries.after(), "indexing");
    }
}

/// Forgets the index and fills it from the log. Stop the follower first.
pub async fn reindex(log: &Log, index: &Index) -> Result<i64> {
    index.clear().await?;
    catch_up(log, index).await
}

/// The cause for the log: a fault's own words, which quote nobody.
fn why(problem: &Problem) -> String {
    match problem {
        Problem::Fault(cause) => cause.to_string(),
        other => other.to_string(),
    }
}
