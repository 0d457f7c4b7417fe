//! Following the log: read what is new, act on it so that doing it twice does no harm, remember how far.

use super::event::{Entry, Row};
use super::tx::Log;
use super::wake::Bell;
use crate::base::problem::Result;
use crate::db::Conn;

/// How many events are read at once.
const BATCH: i64 = 200;

/// The log from one place on, in batches.
pub struct Entries {
    log: Log,
    bell: Bell,
    after: i64,
}

impl Entries {
    pub(super) fn new(log: Log, after: i64) -> Entries {
        let bell = log.wake().bell();
        Entries { log, bell, after }
    }

    /// The number of the last event handed out.
    pub fn after(&self) -> i64 {
        self.after
    }

    /// The next events, as many as are there, at most a batch; empty when all is read.
    pub async fn ready(&mut self) -> Result<Vec<Entry>> {
        let mut conn = self.log.reader().await?;
        let batch = after(&mut conn, self.after, BATCH).await?;
        if let Some(last) = batch.last() {
            self.after = last.seq;
        }
        Ok(batch)
    }

    /// The next events; waits until there are some.
    pub async fn next(&mut self) -> Result<Vec<Entry>> {
        loop {
            let batch = self.ready().await?;
            if !batch.is_empty() {
                return Ok(batch);
            }
            self.bell.wait().await;
        }
    }
}

/// Up to `most` events behind `seq`.
pub async fn after(conn: &mut Conn, seq: i64, most: i64) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select seq, at, kind, actor, subject, thread, detail, hash from events where seq > $1 order by seq limit $2",
    )
    .bind(seq)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(Row::entry).collect()
}

/// Up to `most` events of one thread behind `seq`.
pub async fn of_thread(conn: &mut Conn, thread: &str, seq: i64, most: i64) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select seq, at, kind, actor, subject, thread, detail, hash from events
         where thread = $1 and seq > $2 order by seq limit $3",
    )
    .bind(thread)
    .bind(seq)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(Row::entry).collect()
}

/// The newest events of these kinds, newest first; for trails shown to people.
pub async fn newest(conn: &mut Conn, kinds: &[&str], before: i64, most: i64) -> Result<Vec<Entry>> {
    // `Any` binds no arrays: the kinds travel as one text and are found in it between their separators.
    let wanted = format!(",{},", kinds.join(","));
    let rows: Vec<Row> = sqlx::query_as(
        "select seq, at, kind, actor, subject, thread, detail, hash from events
         where seq < $1 and $2 like '%,' || kind || ',%' order by seq desc limit $3",
    )
    .bind(before)
    .bind(wanted)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(Row::entry).collect()
}

/// Everything that happened to one thing, oldest first.
pub async fn of_subject(conn: &mut Conn, subject: &str) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select seq, at, kind, actor, subject, thread, detail, hash from events where subject = $1 order by seq",
    )
    .bind(subject)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(Row::entry).collect()
}

/// How far a follower has read; 0 for one that never did.
pub async fn cursor(conn: &mut Conn, follower: &str) -> Result<i64> {
    let seq: Option<i64> =
        sqlx::query_scalar("select seq from cursors where follower = $1").bind(follower).fetch_optional(conn).await?;
    Ok(seq.unwrap_or(0))
}

/// Remembers how far a follower has read.
pub async fn keep_cursor(conn: &mut Conn, follower: &str, seq: i64) -> Result<()> {
    sqlx::query(
        "insert into cursors (follower, seq) values ($1, $2)
         on conflict (follower) do update set seq = excluded.seq",
    )
    .bind(follower)
    .bind(seq)
    .execute(conn)
    .await?;
    Ok(())
}
