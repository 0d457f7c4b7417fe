//! What runs by itself: a sweep behind every import that the log tells of, all registers once a day, and the clock of
//! grace and attestation.

use super::machine::{ATTEST_EVERY, Happening};
use super::sweep::{ask, sweep};
use super::{happen, rebuild, store};
use crate::accounts::Choices;
use crate::base::clock::{DAY, HOUR, Time};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::{Actor, Event, Log, follow};
use crate::registers::live::Live;
use crate::registers::{self, Register};
use std::time::Duration;
use tokio::sync::watch;

/// How far this follower has read.
const NAME: &str = "membership";
/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(60);
const BATCH: i64 = 500;
/// A register that was not read for this long is put before the operator.
const OLD: i64 = 7 * DAY;

/// Follows the log and the clock until `stop`.
pub async fn keep_watching(log: Log, choices: Choices, live: Live, mut stop: watch::Receiver<bool>) {
    loop {
        let done = tokio::select! {
            done = watching(&log, &choices, &live) => done,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        if let Err(problem) = done {
            tracing::warn!(%problem, "members cannot be compared with their registers now; tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Asks registers that publish no file for members of theirs, a few every minute, until `stop`. Apart from the watch: a
/// slow register must not hold up what another's file says.
pub async fn keep_asking(log: Log, choices: Choices, live: Live, mut stop: watch::Receiver<bool>) {
    let mut clock = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            _ = clock.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        for register in live.registers() {
            if let Err(problem) = ask(&log, &choices, &live, register).await {
                tracing::warn!(%problem, register = register.code, "members cannot be looked up now; tried again");
            }
        }
    }
}

async fn watching(log: &Log, choices: &Choices, live: &Live) -> Result<()> {
    let cursor = follow::cursor(&mut *log.reader().await?, NAME).await?;
    let mut entries = log.entries(cursor);
    let mut clock = tokio::time::interval(LOOK);
    loop {
        let batch = tokio::select! {
            batch = entries.next() => batch?,
            _ = clock.tick() => {
                tick(log, choices).await?;
                daily(log, choices, live).await?;
                continue;
            }
        };
        let mut swept: Vec<&str> = Vec::new();
        for entry in &batch {
            if let Event::RegisterImported { register, .. } = &entry.event
                && !swept.contains(&register.as_str())
                && let Some(register) = registers::find(register)
            {
                sweep(log, choices, live, register).await?;
                swept.push(register.code);
            }
        }
        let mut tx = log.write(Actor::House).await?;
        follow::keep_cursor(tx.conn(), NAME, entries.after()).await?;
        tx.commit_quietly("how far the watch has read").await?;
    }
}

/// Sweeps every register whose last sweep is a day old.
async fn daily(log: &Log, choices: &Choices, live: &Live) -> Result<()> {
    let now = log.clock().now();
    let in_use = store::registers_in_use(&mut *log.reader().await?).await?;
    for (code, _) in in_use {
        let Some(register) = registers::find(&code) else { continue };
        let swept = store::swept_at(&mut *log.reader().await?, register.code).await?;
        if swept.is_none_or(|at| now >= at.plus(DAY - HOUR)) {
            sweep(log, choices, live, register).await?;
        }
    }
    Ok(())
}

/// Lets time act on every member for whom it has something to do. How many standings moved.
pub async fn tick(log: &Log, choices: &Choices) -> Result<i64> {
    take_over(log).await?;
    let due = log.clock().now().plus(-ATTEST_EVERY);
    let (mut after, mut moved) = (String::new(), 0);
    loop {
        let mut tx = log.write(Actor::House).await?;
        let page = store::waiting_for_time(tx.conn(), due, &after, BATCH).await?;
        let Some(last) = page.last() else { return Ok(moved) };
        after = last.as_str().to_owned();
        let before = moved;
        for account in &page {
            let Some(standing) = store::standing(tx.conn(), account).await? else { continue };
            let after = happen(&mut tx, account, &standing, &Happening::Tick, choices, "").await?;
            moved += i64::from(after.is_some());
        }
        if moved > before {
            tx.commit().await?;
        } else {
            tx.commit_quietly("time has nothing to do").await?;
        }
    }
}

/// Tells the log of members who are older than their standing.
async fn take_over(log: &Log) -> Result<()> {
    loop {
        let untold = store::untold(&mut *log.reader().await?).await?;
        if untold.is_empty() {
            return Ok(());
        }
        let mut tx = log.write(Actor::House).await?;
        let now = tx.now();
        for account in untold {
            let Some(standing) = store::standing(tx.conn(), &account).await? else { continue };
            let told = rebuild::taken_over(standing, now);
            if store::keep(&mut tx, &account, 0, &told).await? {
                tx.record(Event::StandingChanged {
                    account,
                    from: String::new(),
                    to: told.place.code().to_owned(),
                    class: told.class.code().to_owned(),
                    rule: told.origin.clone(),
                    source: told.source.clone(),
                });
            }
        }
        tx.commit().await?;
    }
}

/// How fresh a register is that members stand in.
#[derive(Debug, Clone)]
pub struct Freshly {
    pub register: &'static Register,
    pub members: i64,
    /// When its newest file was read; `None` for one that was never read, or publishes none.
    pub read_at: Option<Time>,
    pub swept_at: Option<Time>,
    /// Too old, or never read though it publishes a file. Nobody's access changes by it.
    pub is_old: bool,
}

/// Every register in which members stand, for the operator.
pub async fn registers_read(conn: &mut Conn, now: Time) -> Result<Vec<Freshly>> {
    let mut all = Vec::new();
    for (code, members) in store::registers_in_use(conn).await? {
        let Some(register) = registers::find(&code) else { continue };
        let read_at = registers::last_reading(conn, &code).await?.and_then(|reading| reading.finished_at);
        all.push(Freshly {
            register,
            members,
            read_at,
            swept_at: store::swept_at(conn, &code).await?,
            is_old: register.is_published() && read_at.is_none_or(|at| now > at.plus(OLD)),
        });
    }
    Ok(all)
}
