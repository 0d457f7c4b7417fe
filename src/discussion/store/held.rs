//! The rows of what waits for a moderator.

use crate::base::clock::Time;
use crate::base::id::{AccountId, InterestId, PostId, RoomId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::deid::aside::Aside;
use crate::deid::gate::{Answered, Part};
use crate::discussion::draft::{Ground, Kind};
use crate::discussion::held::{CONSENT, HeldRow, Returned};
use crate::discussion::publish::{Placed, Ready};
use crate::discussion::seal::Seal;
use crate::log::Tx;

pub async fn add_held(
    tx: &mut Tx,
    post: &PostId,
    thread: &ThreadId,
    (act, revision): (&str, i64),
    (room, kind): (&RoomId, Kind),
    ready: &Ready<'_>,
) -> Result<()> {
    let (now, chance) = (tx.now(), tx.chance().clone());
    let seal = Seal::of_post(tx, post).await?;
    sqlx::query(
        "insert into held (post_id, thread_id, act, account_id, room_id, kind, revision, ground, send_key, fingerprint,
                           ruleset, risk, basis, statement, held_at, sealed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)",
    )
    .bind(post)
    .bind(thread)
    .bind(act)
    .bind(ready.author)
    .bind(room)
    .bind(kind.code())
    .bind(revision)
    .bind(ready.ground.code())
    .bind(&ready.key)
    .bind(ready.checked.fingerprint())
    .bind(ready.checked.ruleset())
    .bind(ready.checked.band().code())
    .bind(ready.basis.code())
    .bind(ready.statement)
    .bind(now)
    .execute(tx.conn())
    .await?;
    let parts = ready.checked.parts().iter().map(|part| (part.name.as_str(), part.text.as_str()));
    for (part, text) in parts.chain(ready.consent.map(|note| (CONSENT, note.as_str()))) {
        sqlx::query("insert into held_texts (post_id, part, markdown) values ($1, $2, $3)")
            .bind(post)
            .bind(part)
            .bind(seal.close(&chance, &held_place(part), text))
            .execute(tx.conn())
            .await?;
    }
    for answer in ready.checked.answers() {
        sqlx::query(
            "insert into held_answers (post_id, part, span_start, span_end, category, rule, reason)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(post)
        .bind(&answer.part)
        .bind(answer.start as i64)
        .bind(answer.end as i64)
        .bind(&answer.category)
        .bind(&answer.rule)
        .bind(&answer.reason)
        .execute(tx.conn())
        .await?;
    }
    for (interest, words) in &ready.interests {
        sqlx::query("insert into held_interests (post_id, interest_id, words) values ($1, $2, $3)")
            .bind(post)
            .bind(interest)
            .bind(words)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

pub(super) fn held_place(part: &str) -> String {
    format!("held/{part}")
}

/// What the same sender sent before under the same key and is held.
pub async fn held_before(tx: &mut Tx, author: &AccountId, key: &str) -> Result<Option<Placed>> {
    let row: Option<(ThreadId, PostId, i64, i64)> = sqlx::query_as(
        "select h.thread_id, h.post_id, h.revision,
                coalesce((select max(e.seq) from events e where e.subject = h.post_id and e.kind = 'post-held'), 0)
         from held h where h.account_id = $1 and h.send_key = $2",
    )
    .bind(author)
    .bind(key)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|(thread, post, revision, seq)| Placed { thread, post, position: 0, revision, seq, held: true }))
}

/// Takes every word of a held text out of the tables; its thread, when there was one (of this author's).
pub async fn drop_held(tx: &mut Tx, author: Option<&AccountId>, post: &PostId) -> Result<Option<ThreadId>> {
    let thread: Option<ThreadId> = sqlx::query_scalar(
        "delete from held where post_id = $1 and ($2 is null or account_id = $2) returning thread_id",
    )
    .bind(post)
    .bind(author)
    .fetch_optional(tx.conn())
    .await?;
    if thread.is_some() {
        sqlx::query("delete from held_texts where post_id = $1").bind(post).execute(tx.conn()).await?;
        sqlx::query("delete from held_answers where post_id = $1").bind(post).execute(tx.conn()).await?;
        sqlx::query("delete from held_interests where post_id = $1").bind(post).execute(tx.conn()).await?;
    }
    Ok(thread)
}

/// What a held text keeps for its publication.
#[derive(sqlx::FromRow)]
pub struct Kept {
    pub send_key: String,
    pub statement: String,
}

/// A held text that waits, kept from others until the commit.
pub async fn lock_held(tx: &mut Tx, post: &PostId) -> Result<Option<Kept>> {
    Ok(sqlx::query_as(
        "update held set held_at = held_at where post_id = $1 and returned_at is null returning send_key, statement",
    )
    .bind(post)
    .fetch_optional(tx.conn())
    .await?)
}

pub async fn return_held(tx: &mut Tx, post: &PostId, reason: &str, note: &Aside) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update held set returned_at = $1, returned_for = $2, returned_note = $3
         where post_id = $4 and returned_at is null",
    )
    .bind(now)
    .bind(reason)
    .bind(note.as_str())
    .bind(post)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

#[derive(sqlx::FromRow)]
struct Row {
    post_id: PostId,
    thread_id: ThreadId,
    act: String,
    account_id: AccountId,
    name: String,
    room_id: RoomId,
    slug: String,
    room_name: String,
    kind: String,
    revision: i64,
    ground: String,
    held_at: Time,
    returned_at: Option<Time>,
    returned_for: Option<String>,
    returned_note: String,
}

/// Held texts, the newest first: all, or those of one author, or one.
pub async fn held_rows(conn: &mut Conn, author: Option<&AccountId>, post: Option<&PostId>) -> Result<Vec<HeldRow>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select h.post_id, h.thread_id, h.act, h.account_id, a.name, h.room_id, r.slug, r.name as room_name, h.kind,
                h.revision, h.ground, h.held_at, h.returned_at, h.returned_for, h.returned_note
         from held h join accounts a on a.account_id = h.account_id join rooms r on r.room_id = h.room_id
         where ($1 is null or h.account_id = $1) and ($2 is null or h.post_id = $2)
         order by h.held_at desc, h.post_id desc limit 2000",
    )
    .bind(author)
    .bind(post)
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HeldRow {
            post: row.post_id,
            thread: row.thread_id,
            act: row.act,
            author: row.account_id,
            author_name: row.name,
            room: row.room_id,
            room_slug: row.slug,
            room_name: row.room_name,
            kind: Kind::parse(&row.kind).unwrap_or(Kind::Case),
            revision: row.revision,
            ground: Ground::parse(&row.ground).unwrap_or(Ground::Opinion),
            held_at: row.held_at,
            returned: row.returned_at.map(|at| Returned {
                at,
                reason: row.returned_for.unwrap_or_default(),
                note: row.returned_note,
            }),
        })
        .collect())
}

/// Every part of a held text, the note on consent among them.
pub async fn held_parts(conn: &mut Conn, post: &PostId) -> Result<Vec<Part>> {
    let Some(seal) = Seal::of(conn, post).await? else { return Ok(Vec::new()) };
    let rows: Vec<(String, String)> =
        sqlx::query_as("select part, markdown from held_texts where post_id = $1").bind(post).fetch_all(conn).await?;
    rows.into_iter().map(|(name, sealed)| Ok(Part { text: seal.open(&held_place(&name), &sealed)?, name })).collect()
}

pub async fn held_answers(conn: &mut Conn, post: &PostId) -> Result<Vec<Answered>> {
    let rows: Vec<(String, i64, i64, String, String, String)> = sqlx::query_as(
        "select part, span_start, span_end, category, rule, reason from held_answers
         where post_id = $1 order by part, span_start",
    )
    .bind(post)
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(part, start, end, category, rule, reason)| Answered {
            category,
            rule,
            part,
            start: usize::try_from(start).unwrap_or(0),
            end: usize::try_from(end).unwrap_or(0),
            reason,
        })
        .collect())
}

pub async fn held_interests(conn: &mut Conn, post: &PostId) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as("select interest_id, words from held_interests where post_id = $1 order by interest_id")
        .bind(post)
        .fetch_all(conn)
        .await?)
}

pub async fn held_interest_ids(conn: &mut Conn, post: &PostId) -> Result<Vec<(InterestId, String)>> {
    Ok(sqlx::query_as("select interest_id, words from held_interests where post_id = $1 order by interest_id")
        .bind(post)
        .fetch_all(conn)
        .await?)
}

/// How many texts wait for a moderator.
pub async fn count_held(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from held where returned_at is null").fetch_one(conn).await?)
}
