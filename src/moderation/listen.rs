//! A follower that looks at the language of what is published ([`language`]). It hides nothing: what it
//! finds stands in the queue as a flag of the house's own, once for a post and what was found.

use super::language::{self, Tone};
use super::store;
use crate::base::id::{FlagId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::discussion;
use crate::log::{Actor, Entry, Event, Log, follow};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::sync::watch;

const NAME: &str = "language";
/// How long until it is tried again after a fault.
const AGAIN: Duration = Duration::from_secs(5);

/// Reads the log until `stopped`.
pub async fn keep_listening(log: Log, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        () = listen_forever(&log) => {}
        _ = stopped.wait_for(|stop| *stop) => {}
    }
}

async fn listen_forever(log: &Log) {
    loop {
        if let Err(problem) = listen(log).await {
            tracing::warn!(%problem, "the language of posts cannot be looked at now; tried again");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn listen(log: &Log) -> Result<()> {
    let cursor = follow::cursor(&mut *log.reader().await?, NAME).await?;
    let mut entries = log.entries(cursor);
    loop {
        let batch = entries.next().await?;
        hear(log, &batch).await?;
    }
}

/// Looks at what a batch has published, as it stands now.
async fn hear(log: &Log, batch: &[Entry]) -> Result<()> {
    let posts: BTreeMap<&PostId, &ThreadId> = batch.iter().filter_map(|entry| published(&entry.event)).collect();
    let Some(last) = batch.last().filter(|_| !posts.is_empty()) else { return Ok(()) };
    let mut found = Vec::new();
    let mut conn = log.reader().await?;
    for (post, thread) in posts {
        let Some(shown) = discussion::post_for_live(&mut conn, post).await? else { continue };
        let tones: BTreeSet<Tone> =
            shown.texts.iter().flat_map(|text| language::look(&text.markdown)).map(|hit| hit.tone).collect();
        if !tones.is_empty() {
            let codes: Vec<&str> = tones.into_iter().map(Tone::code).collect();
            found.push((post, thread, codes.join(", ")));
        }
    }
    drop(conn);
    let mut tx = log.write(Actor::House).await?;
    let mut is_flagged = false;
    for (post, thread, note) in found {
        let id = FlagId::fresh(tx.now(), tx.chance());
        if store::add_own_flag(&mut tx, &id, post, thread, "language", &note).await? {
            let (thread, post) = (thread.clone(), post.clone());
            tx.record(Event::PostFlagged { thread, post, flag: id, reason: "language".to_owned() });
            is_flagged = true;
        }
    }
    follow::keep_cursor(tx.conn(), NAME, last.seq).await?;
    if is_flagged {
        tx.commit().await.map(|_| ())
    } else {
        tx.commit_quietly("how far the language of posts was looked at").await
    }
}

fn published(event: &Event) -> Option<(&PostId, &ThreadId)> {
    match event {
        Event::ThreadStarted { thread, post, .. }
        | Event::PostAdded { thread, post, .. }
        | Event::PostRevised { thread, post, .. } => Some((post, thread)),
        _ => None,
    }
}
