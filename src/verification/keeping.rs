//! How long documents are kept, and the proof that they are gone.
//!
//! Gone within 24 hours of the decision; after 30 days without one; under a hold when that ends, 90 days at the latest.
//! [`sweep`] destroys: first the key in its row, then the file; so a crash between leaves noise without a key. [`audit`]
//! looks from outside, at rows and folder, and says what should not be there.

use super::documents::Strongroom;
use super::given::set_aside;
use super::store::{documents as rows, evidence, links};
use crate::base::clock::{DAY, HOUR, MINUTE, Time};
use crate::base::problem::Result;
use crate::evidence::Vault;
use crate::log::{Actor, Event, Log};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::watch;

/// After a decision. An hour is left for the sweep itself, so that 24 hours are kept also after a short stop.
const AFTER_DECISION: i64 = 23 * HOUR;
const UNDECIDED: i64 = 30 * DAY;
/// What is later than its end by this much is overdue.
const GRACE: i64 = HOUR;
/// How often the sweep runs, and the audit.
const EVERY: Duration = Duration::from_secs(15 * 60);
const NIGHT: i64 = DAY;

/// When a document is destroyed, as things stand.
pub(super) fn ends(document: &rows::Document) -> Time {
    if let Some(until) = document.hold_until {
        return until;
    }
    match document.decided_at {
        Some(at) => at.plus(AFTER_DECISION),
        None => document.given_at.plus(UNDECIDED),
    }
}

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub destroyed: usize,
    pub strays: usize,
}

/// Destroys what has come to its end, and takes stray files away.
pub async fn sweep(log: &Log, vault: &Vault) -> Result<Swept> {
    let mut swept = Swept::default();
    let now = log.clock().now();
    let kept = rows::kept(&mut *log.reader().await?).await?;
    for document in kept.iter().filter(|document| ends(document) <= now) {
        let why = match (document.hold_until, document.decided_at) {
            (Some(_), _) => "hold-ended",
            (None, Some(_)) => "decided",
            (None, None) => "undecided",
        };
        let mut tx = log.write(Actor::House).await?;
        if !rows::destroy(&mut tx, &document.id, why).await? {
            continue;
        }
        if let Some(held) = evidence::by_id(tx.conn(), &document.id).await?
            && held.state == "given"
        {
            set_aside(&mut tx, &held, "expired", None).await?;
        }
        tx.record(Event::EvidenceDeleted {
            application: document.application.clone(),
            evidence: document.id.clone(),
            why: why.to_owned(),
        });
        tx.commit().await?;
        vault.drop(&document.id)?;
        swept.destroyed += 1;
    }
    for id in links::run_out(&mut *log.reader().await?, now).await? {
        let mut tx = log.write(Actor::House).await?;
        if let Some(held) = evidence::by_id(tx.conn(), &id).await?.filter(|held| held.state == "asked") {
            set_aside(&mut tx, &held, "expired", None).await?;
            tx.commit().await?;
        }
    }
    let mut tx = log.write(Actor::House).await?;
    links::forget(&mut tx).await?;
    tx.commit_quietly("addresses that are needed no more are forgotten").await?;
    // Read again: what is being given while this runs has its file before its row.
    let strays = vault.strays(&living(log).await?)?;
    for stray in strays.iter().filter(|path| is_old(path)) {
        std::fs::remove_file(stray)?;
        swept.strays += 1;
    }
    Ok(swept)
}

async fn living(log: &Log) -> Result<BTreeSet<String>> {
    let kept = rows::kept(&mut *log.reader().await?).await?;
    Ok(kept.into_iter().map(|document| document.id.to_string()).collect())
}

/// Whether a file is older than any upload takes; by the file system's own clock.
fn is_old(path: &std::path::Path) -> bool {
    std::fs::metadata(path)
        .and_then(|about| about.modified())
        .is_ok_and(|at| at.elapsed().is_ok_and(|since| since > Duration::from_secs(10 * 60)))
}

/// What an audit found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audited {
    /// Documents that are there and may be.
    pub kept: usize,
    /// When the oldest of them was given.
    pub oldest: Option<Time>,
    /// Documents that should be gone.
    pub overdue: Vec<String>,
    /// Files that belong to no document.
    pub strays: Vec<String>,
    /// Documents without their file.
    pub missing: Vec<String>,
}

impl Audited {
    pub fn is_clean(&self) -> bool {
        self.overdue.is_empty() && self.strays.is_empty() && self.missing.is_empty()
    }
}

/// Looks at every row and every file. Changes nothing.
pub async fn audit(log: &Log, vault: &Vault) -> Result<Audited> {
    let now = log.clock().now();
    let kept = rows::kept(&mut *log.reader().await?).await?;
    let ids: BTreeSet<String> = kept.iter().map(|document| document.id.to_string()).collect();
    let of = |found: Vec<&rows::Document>| found.iter().map(|document| document.id.to_string()).collect::<Vec<_>>();
    let overdue = of(kept.iter().filter(|document| ends(document).plus(GRACE) <= now).collect());
    let missing = of(kept.iter().filter(|document| !vault.holds(&document.id)).collect());
    let strays = vault.strays(&ids)?.iter().map(|path| path.display().to_string()).collect();
    let oldest = kept.first().map(|document| document.given_at);
    Ok(Audited { kept: kept.len() - overdue.len(), oldest, overdue, strays, missing })
}

/// Audits, and writes into the log what was found.
pub async fn audit_and_tell(log: &Log, vault: &Vault) -> Result<Audited> {
    let audited = audit(log, vault).await?;
    let number = |found: usize| i64::try_from(found).unwrap_or(i64::MAX);
    let mut tx = log.write(Actor::House).await?;
    tx.record(Event::EvidenceAudited {
        kept: number(audited.kept),
        overdue: number(audited.overdue.len()),
        strays: number(audited.strays.len() + audited.missing.len()),
    });
    tx.commit().await?;
    if !audited.is_clean() {
        tracing::error!(
            overdue = audited.overdue.len(),
            strays = audited.strays.len(),
            missing = audited.missing.len(),
            "the audit of documents found what should not be"
        );
    }
    Ok(audited)
}

/// Sweeps and audits until the house ends.
pub async fn keep(log: Log, room: Strongroom, mut stopped: watch::Receiver<bool>) {
    let mut audited: Option<Time> = None;
    let mut wait = Duration::from_millis(u64::try_from(MINUTE).unwrap_or(60_000));
    loop {
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
        wait = EVERY;
        if let Err(problem) = sweep(&log, &room.vault).await {
            tracing::error!(%problem, "documents could not be swept; tried again");
        }
        let now = log.clock().now();
        if audited.is_none_or(|at| at.plus(NIGHT) <= now) {
            match audit_and_tell(&log, &room.vault).await {
                Ok(_) => audited = Some(now),
                Err(problem) => tracing::error!(%problem, "documents could not be audited; tried again"),
            }
        }
    }
}
