//! What runs by itself: the record of a breach and the notes to its readers behind every removal that the log tells of,
//! and the clocks.

use super::clock::Settings;
use super::store;
use crate::base::clock::HOUR;
use crate::base::problem::Result;
use crate::log::{Actor, Entry, Event, Log, follow};
use std::time::Duration;
use tokio::sync::watch;

/// How far this follower has read.
const NAME: &str = "breach";
/// How often the clocks are looked at.
const LOOK: Duration = Duration::from_secs(60);
/// Who has not answered by then is reminded, once.
const REMIND: i64 = 24 * HOUR;

/// Follows the log and the clock until `stop`.
pub async fn keep(log: Log, settings: Settings, mut stop: watch::Receiver<bool>) {
    loop {
        let done = tokio::select! {
            done = keeping(&log, &settings) => done,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        if let Err(problem) = done {
            tracing::warn!(%problem, "what follows a breach cannot be done now; tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

async fn keeping(log: &Log, settings: &Settings) -> Result<()> {
    let cursor = follow::cursor(&mut *log.reader().await?, NAME).await?;
    let mut entries = log.entries(cursor);
    let mut clock = tokio::time::interval(LOOK);
    loop {
        let batch = tokio::select! {
            batch = entries.next() => batch?,
            _ = clock.tick() => {
                tick(log, settings).await?;
                continue;
            }
        };
        for entry in &batch {
            confirm(log, entry).await?;
        }
        let mut tx = log.write(Actor::House).await?;
        follow::keep_cursor(tx.conn(), NAME, entries.after()).await?;
        tx.commit_quietly("how far what follows a breach has read").await?;
    }
}

/// Opens the record of a removal and writes to everybody who was shown it. Doing it twice changes nothing.
async fn confirm(log: &Log, entry: &Entry) -> Result<()> {
    let Event::PostRemoved { thread, post, reason } = &entry.event else { return Ok(()) };
    if reason != "confidentiality" {
        return Ok(());
    }
    let mut tx = log.write(Actor::House).await?;
    let flagged = store::flagged_at(tx.conn(), post).await?;
    if !store::add_breach(&mut tx, (post, thread), flagged, entry.at).await? {
        return Ok(());
    }
    let readers = store::add_notices(&mut tx, post).await?;
    tx.record(Event::BreachConfirmed { post: post.clone(), flagged, readers });
    tx.commit().await.map(|_| ())
}

/// Lets time act: sounds the alarms that are due while nothing is decided, and reminds the silent after a day.
pub async fn tick(log: &Log, settings: &Settings) -> Result<()> {
    let now = log.clock().now();
    for (post, flagged, confirmed) in store::undecided(&mut *log.reader().await?).await? {
        let due: Vec<_> = settings.clocks.iter().flat_map(|clock| clock.due(flagged, confirmed, now)).collect();
        if due.is_empty() {
            continue;
        }
        let mut tx = log.write(Actor::House).await?;
        let mut sounded = false;
        for alarm in due {
            if store::add_alarm(&mut tx, &post, &alarm.clock, alarm.hours).await? {
                tx.record(Event::BreachAlarm { post: post.clone(), clock: alarm.clock, hours: alarm.hours });
                sounded = true;
            }
        }
        if sounded {
            tx.commit().await?;
        }
    }
    let before = now.plus(-REMIND);
    for post in store::to_remind(&mut *log.reader().await?, before).await? {
        let mut tx = log.write(Actor::House).await?;
        let readers = store::remind(&mut tx, &post, before).await?;
        if readers > 0 {
            tx.record(Event::ReadersReminded { post, readers });
            tx.commit().await?;
        }
    }
    Ok(())
}
