//! The only way to write.

use super::chain;
use super::event::{Actor, Event};
use super::follow::Entries;
use super::wake::Wake;
use crate::base::chance::Chance;
use crate::base::clock::{Clock, Time};
use crate::base::problem::{Problem, Result};
use crate::db::{Backend, Conn, Db, Reader};
use sqlx::Transaction;

/// The open log: where writes begin and followers wait.
#[derive(Clone)]
pub struct Log {
    db: Db,
    clock: Clock,
    chance: Chance,
    wake: Wake,
}

impl Log {
    /// # Errors
    /// When the head cannot be read, or on PostgreSQL when the listener cannot connect.
    pub async fn open(db: Db, clock: Clock, chance: Chance) -> Result<Log> {
        let wake = Wake::open(&db).await?;
        Ok(Log { db, clock, chance, wake })
    }

    pub fn db(&self) -> &Db {
        &self.db
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub fn chance(&self) -> &Chance {
        &self.chance
    }

    /// A connection to read with.
    pub async fn reader(&self) -> Result<Reader> {
        self.db.reader().await
    }

    /// Begins a change made by `by`.
    pub async fn write(&self, by: impl Into<Actor>) -> Result<Tx> {
        Ok(Tx {
            inner: self.db.begin().await?,
            now: self.clock.now(),
            chance: self.chance.clone(),
            actor: by.into(),
            events: Vec::new(),
            wake: self.wake.clone(),
        })
    }

    /// The number of the newest event.
    pub async fn head(&self) -> Result<i64> {
        let mut conn = self.reader().await?;
        Ok(sqlx::query_scalar("select seq from log_head").fetch_one(&mut *conn).await?)
    }

    /// Reads the log from a place on; waits for more.
    pub fn entries(&self, after: i64) -> Entries {
        Entries::new(self.clone(), after)
    }

    pub(super) fn wake(&self) -> &Wake {
        &self.wake
    }
}

/// A change in the making: rows are written through [`Tx::conn`], what happened is told with [`Tx::record`], and
/// [`Tx::commit`] refuses the one without the other. Dropped without commit, nothing happened.
///
/// Keep everything slow outside: hash, check and render before; mail, index and push after.
pub struct Tx {
    inner: Transaction<'static, Backend>,
    now: Time,
    chance: Chance,
    actor: Actor,
    events: Vec<Event>,
    wake: Wake,
}

impl Tx {
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.inner
    }

    /// The time of this change; the same for all its rows.
    pub fn now(&self) -> Time {
        self.now
    }

    pub fn chance(&self) -> &Chance {
        &self.chance
    }

    /// Tells what happened.
    pub fn record(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Writes the events behind the rows, and commits both.
    ///
    /// # Errors
    /// A write without an event is our own fault and is refused.
    pub async fn commit(mut self) -> Result<i64> {
        if self.events.is_empty() {
            return Err(Problem::fault("a change was to be committed without an event"));
        }
        let last = chain::append(&mut self.inner, self.now, &self.actor, &self.events).await?;
        self.wake.ring_with(&mut self.inner).await?;
        self.inner.commit().await?;
        self.wake.ring();
        Ok(last)
    }

    /// Commits rows that are no event: a session's last sight, a counter, an outgoing mail. `why` is there to be read
    /// and counted.
    pub async fn commit_quietly(self, why: &'static str) -> Result<()> {
        if !self.events.is_empty() {
            return Err(Problem::fault(format!("events were recorded in a quiet change: {why}")));
        }
        Ok(self.inner.commit().await?)
    }
}
