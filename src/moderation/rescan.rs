//! When the rules of the check change, what stands is looked at again: every revision that can be read and that other
//! rules passed. The answers its author gave still count for the same words and rule. What must be changed now is flagged
//! by the house itself and waits in the queue; nothing is hidden by this alone.
//!
//! Each revision keeps the version of the rules that looked at it last, so the work goes on where it ended, doing it twice
//! changes nothing, and several nodes may do it at once: a revision belongs to whoever writes its new version first.

use super::store;
use crate::base::id::FlagId;
use crate::base::problem::Result;
use crate::deid::gate;
use crate::deid::{RULESET, Severity};
use crate::discussion::{self, Standing};
use crate::log::{Actor, Event, Log};
use std::time::Duration;
use tokio::sync::watch;

/// Revisions in one change.
const BATCH: i64 = 20;
/// How long others may write between two of them.
const PAUSE: Duration = Duration::from_millis(100);
/// How long until it is looked whether another node, with other rules, has published meanwhile.
const REST: Duration = Duration::from_secs(3_600);
/// How long until it is tried again after a fault.
const AGAIN: Duration = Duration::from_secs(30);

/// What a rescan did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rescanned {
    /// Revisions looked at.
    pub looked: i64,
    /// Posts that newly fail, now in the queue.
    pub flagged: i64,
}

/// Rescans at the start and from time to time, until `stopped`.
pub async fn keep_rescanning(log: Log, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        () = rescan_forever(&log) => {}
        _ = stopped.wait_for(|stop| *stop) => {}
    }
}

async fn rescan_forever(log: &Log) {
    loop {
        let rest = match rescan(log, PAUSE, |_| {}).await {
            Ok(done) => {
                if done.looked > 0 {
                    tracing::info!(ruleset = RULESET, looked = done.looked, flagged = done.flagged, "posts rescanned");
                }
                REST
            }
            Err(problem) => {
                tracing::warn!(%problem, "posts cannot be rescanned now; tried again");
                AGAIN
            }
        };
        tokio::time::sleep(rest).await;
    }
}

/// Looks at everything that other rules passed; `told` hears how far it is.
pub async fn rescan(log: &Log, pause: Duration, mut told: impl FnMut(&Rescanned)) -> Result<Rescanned> {
    let mut done = Rescanned::default();
    let mut last = None;
    loop {
        let batch = discussion::standing(&mut *log.reader().await?, RULESET, last.as_ref(), BATCH).await?;
        let Some(end) = batch.last() else { break };
        last = Some((end.post.clone(), end.revision));
        look_again(log, &batch, &mut done).await?;
        told(&done);
        tokio::time::sleep(pause).await;
    }
    if done.looked > 0 {
        let mut tx = log.write(Actor::House).await?;
        tx.record(Event::RescanDone { ruleset: RULESET.to_owned(), looked: done.looked, flagged: done.flagged });
        tx.commit().await?;
    }
    Ok(done)
}

/// The check runs before the change begins; then the verdicts are written in one.
async fn look_again(log: &Log, batch: &[Standing], done: &mut Rescanned) -> Result<()> {
    let verdicts: Vec<bool> = batch
        .iter()
        .map(|one| {
            let open = gate::unanswered(&one.parts, &one.answers);
            open.iter().any(|found| found.finding.severity == Severity::Block)
        })
        .collect();
    let mut tx = log.write(Actor::House).await?;
    let before = *done;
    for (one, fails) in batch.iter().zip(verdicts) {
        if !discussion::note_rules(&mut tx, one, RULESET).await? {
            continue;
        }
        done.looked += 1;
        let id = FlagId::fresh(tx.now(), tx.chance());
        if fails && store::add_own_flag(&mut tx, &id, &one.post, &one.thread, "rescan", &note()).await? {
            done.flagged += 1;
            let (thread, post) = (one.thread.clone(), one.post.clone());
            tx.record(Event::PostFlagged { thread, post, flag: id, reason: "rescan".to_owned() });
        }
    }
    if done.flagged > before.flagged {
        tx.commit().await.map(|_| ())
    } else {
        tx.commit_quietly("the version of the rules that looked at a revision last").await
    }
}

/// What stands on the house's flag.
fn note() -> String {
    format!("rescan: rules {RULESET}")
}
