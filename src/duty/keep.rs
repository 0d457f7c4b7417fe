//! What runs by itself: letters before hours without anybody, cases passed on, and the house's own part in a drill.

use super::drill;
use super::rota::{self, BEFORE};
use super::store;
use crate::base::clock::{MINUTE, Time};
use crate::base::problem::Result;
use crate::log::{Actor, Event, Log, follow};
use std::time::Duration;
use tokio::sync::watch;

/// How far this follower has read.
const NAME: &str = "duty";
/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(5);
/// Drills are rare: how many other events go by before it is noted how far was read.
const FAR: i64 = 500;

/// To the moderators who were not called at once.
pub const OTHERS: &str = "moderators";
/// How long nobody has opened a case, and to whom it goes then: everybody with that role, but [`OTHERS`].
pub const STEPS: [(i64, &str); 3] = [(5 * MINUTE, OTHERS), (10 * MINUTE, "privacy"), (15 * MINUTE, "admin")];

/// Follows the log and the clock until `stop`.
pub async fn keep(log: Log, mut stop: watch::Receiver<bool>) {
    loop {
        let done = tokio::select! {
            done = keeping(&log) => done,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        if let Err(problem) = done {
            tracing::warn!(%problem, "the rota cannot be looked at now; tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

async fn keeping(log: &Log) -> Result<()> {
    let cursor = follow::cursor(&mut *log.reader().await?, NAME).await?;
    let mut entries = log.entries(cursor);
    let mut clock = tokio::time::interval(LOOK);
    let mut kept = cursor;
    loop {
        let batch = tokio::select! {
            batch = entries.next() => batch?,
            _ = clock.tick() => {
                tick(log).await?;
                continue;
            }
        };
        let mut is_drilled = false;
        for entry in &batch {
            if let Event::DrillStep { drill, step } = &entry.event {
                drill::follow(log, drill, step).await?;
                is_drilled = true;
            }
        }
        if !is_drilled && entries.after() - kept < FAR {
            continue;
        }
        let mut tx = log.write(Actor::House).await?;
        follow::keep_cursor(tx.conn(), NAME, entries.after()).await?;
        tx.commit_quietly("how far drills were followed").await?;
        kept = entries.after();
    }
}

/// Lets time act.
pub async fn tick(log: &Log) -> Result<()> {
    let now = log.clock().now();
    warn_of_gaps(log, now).await?;
    pass_on(log, now).await?;
    drill::end_old(log, now).await
}

async fn warn_of_gaps(log: &Log, now: Time) -> Result<()> {
    let mut conn = log.reader().await?;
    let gaps = rota::rota(&mut conn).await?.gaps(now, now.plus(BEFORE));
    let told = store::gaps_told(&mut conn, now.plus(-BEFORE)).await?;
    drop(conn);
    for (begins, hours) in gaps.into_iter().filter(|(begins, _)| !told.contains(begins)) {
        let mut tx = log.write(Actor::House).await?;
        if store::add_gap(&mut tx, begins).await? {
            tx.record(Event::DutyGap { begins, hours });
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Passes on every case that nobody has opened, each step once.
async fn pass_on(log: &Log, now: Time) -> Result<()> {
    let mut conn = log.reader().await?;
    let before = now.plus(-STEPS[0].0);
    let mut cases: Vec<(String, Time, bool)> = Vec::new();
    for (post, since) in store::open_cases(&mut conn, before).await? {
        if !store::is_looked_at(&mut conn, &post, since).await? {
            cases.push((post, since, false));
        }
    }
    cases.extend(
        store::unopened_drills(&mut conn, before).await?.into_iter().map(|(drill, since)| (drill, since, true)),
    );
    let mut due = Vec::new();
    for (case, since, is_drill) in cases {
        let done = store::steps(&mut conn, &case, since).await?;
        for (_, to) in STEPS.iter().filter(|(after, to)| now >= since.plus(*after) && !done.iter().any(|one| one == to))
        {
            due.push((case.clone(), since, is_drill, *to));
        }
    }
    drop(conn);
    for (case, since, is_drill, to) in due {
        let mut tx = log.write(Actor::House).await?;
        if store::add_step(&mut tx, &case, since, to).await? {
            tx.record(Event::CasePassedOn { case, is_drill, since, to: to.to_owned() });
            tx.commit().await?;
        }
    }
    Ok(())
}
