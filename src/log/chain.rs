//! The hash chain: each event's hash covers the one before it, so that no row can be changed, dropped or moved without
//! every later hash telling.

use super::event::{Actor, Event, Row};
use crate::base::clock::Time;
use crate::base::problem::Result;
use crate::base::secret::hex;
use crate::db::Conn;
use sha2::{Digest, Sha256};

/// What the chain starts from.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Appends events at the head. The head's row is locked from here to the commit, which is what makes commit order the
/// order of the log.
pub(super) async fn append(conn: &mut Conn, at: Time, actor: &Actor, events: &[Event]) -> Result<i64> {
    let (mut seq, mut hash): (i64, String) =
        sqlx::query_as("update log_head set seq = seq where one = 1 returning seq, hash").fetch_one(&mut *conn).await?;
    let actor = match actor {
        Actor::Account(id) => Some(id.clone()),
        Actor::House => None,
    };
    for event in events {
        seq += 1;
        let detail = serde_json::to_string(event)?;
        let kind = kind_of(&detail);
        let row = Row {
            seq,
            at,
            kind,
            actor: actor.clone(),
            subject: event.subject().to_owned(),
            thread: event.thread().map(|id| id.as_str().to_owned()),
            detail,
            hash: String::new(),
        };
        hash = link(&hash, &row);
        sqlx::query(
            "insert into events (seq, at, kind, actor, subject, thread, detail, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(row.seq)
        .bind(row.at)
        .bind(row.kind)
        .bind(row.actor)
        .bind(row.subject)
        .bind(row.thread)
        .bind(row.detail)
        .bind(hash.clone())
        .execute(&mut *conn)
        .await?;
    }
    sqlx::query("update log_head set seq = $1, hash = $2 where one = 1").bind(seq).bind(hash).execute(conn).await?;
    Ok(seq)
}

/// The event's name, as serde wrote it into the detail.
fn kind_of(detail: &str) -> String {
    serde_json::from_str::<serde_json::Value>(detail)
        .ok()
        .and_then(|value| value["kind"].as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The hash of a row behind `before`: SHA-256 over every field with its length in front, so that no two rows read the
/// same.
fn link(before: &str, row: &Row) -> String {
    let mut hash = Sha256::new();
    let actor = row.actor.as_ref().map_or("", |id| id.as_str());
    let seq = row.seq.to_string();
    let at = row.at.millis().to_string();
    let thread = row.thread.as_deref().unwrap_or("");
    for field in [before, &seq, &at, &row.kind, actor, &row.subject, thread, &row.detail] {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field.as_bytes());
    }
    hex(&hash.finalize())
}

/// The newest event's number and hash.
pub async fn head(conn: &mut Conn) -> Result<(i64, String)> {
    Ok(sqlx::query_as("select seq, hash from log_head").fetch_one(conn).await?)
}

/// What a check of the whole chain found.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every event is in its place; how many there are and the head's hash.
    Whole { events: i64, head: String },
    /// The first place at which the chain does not hold.
    Broken { seq: i64, why: &'static str },
}

/// The next rows behind `seq`, up to `until`.
pub(super) async fn rows(conn: &mut Conn, seq: i64, until: i64) -> Result<Vec<Row>> {
    Ok(sqlx::query_as(
        "select seq, at, kind, actor, subject, thread, detail, hash from events
         where seq > $1 and seq <= $2 order by seq limit 1000",
    )
    .bind(seq)
    .bind(until)
    .fetch_all(conn)
    .await?)
}

/// Why a row cannot stand behind the event `seq`, whose hash is `before`.
pub(super) fn wrong(before: &str, seq: i64, row: &Row) -> Option<&'static str> {
    if row.seq != seq + 1 {
        return Some("an event is missing");
    }
    if link(before, row) != row.hash {
        return Some("this event is not what was written");
    }
    (kind_of(&row.detail) != row.kind).then_some("the kind does not fit the detail")
}

/// A link of the chain, for who tells from it.
pub struct Link {
    pub seq: i64,
    pub at: Time,
    pub kind: String,
    pub subject: String,
    /// JSON.
    pub detail: String,
    pub hash: String,
}

/// The next links behind `seq`, whose hash is `before`; or the first place at which the chain does not hold.
pub async fn links(
    conn: &mut Conn,
    mut seq: i64,
    before: &str,
) -> Result<std::result::Result<Vec<Link>, (i64, &'static str)>> {
    let (mut links, mut before) = (Vec::new(), before.to_owned());
    for row in rows(conn, seq, i64::MAX).await? {
        if let Some(why) = wrong(&before, seq, &row) {
            return Ok(Err((seq + 1, why)));
        }
        (seq, before) = (row.seq, row.hash.clone());
        let Row { seq, at, kind, subject, detail, hash, .. } = row;
        links.push(Link { seq, at, kind, subject, detail, hash });
    }
    Ok(Ok(links))
}

/// Where a hash stands in the chain.
pub async fn find(conn: &mut Conn, hash: &str) -> Result<Option<(i64, Time)>> {
    Ok(sqlx::query_as("select seq, at from events where hash = $1").bind(hash).fetch_optional(conn).await?)
}

/// Reads the whole log and checks every link, the gap-free numbers and the head.
pub async fn verify(conn: &mut Conn) -> Result<Verdict> {
    let mut before = GENESIS.to_owned();
    let mut seq = 0;
    loop {
        let rows = rows(conn, seq, i64::MAX).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if let Some(why) = wrong(&before, seq, &row) {
                return Ok(Verdict::Broken { seq: seq + 1, why });
            }
            seq = row.seq;
            before = row.hash;
        }
    }
    let (head_seq, head_hash) = head(conn).await?;
    if head_seq != seq || head_hash != before {
        return Ok(Verdict::Broken { seq: seq + 1, why: "events are missing at the end" });
    }
    Ok(Verdict::Whole { events: seq, head: before })
}
