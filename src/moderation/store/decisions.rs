//! The rows of decisions and of appeals against them.

use crate::base::clock::Time;
use crate::base::id::{AccountId, DecisionId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::discussion::Seal;
use crate::log::Tx;

/// A decision as it stands.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Decision {
    #[sqlx(rename = "decision_id")]
    pub id: DecisionId,
    pub measure: String,
    #[sqlx(rename = "post_id")]
    pub post: PostId,
    #[sqlx(rename = "thread_id")]
    pub thread: ThreadId,
    /// Whom it concerns.
    #[sqlx(rename = "account_id")]
    pub account: AccountId,
    pub reason: String,
    /// For moderators alone.
    pub note: String,
    /// A room, a time: codes.
    pub detail: String,
    /// proposed, declined, taken, undone
    pub state: String,
    #[sqlx(rename = "by_id")]
    pub by: AccountId,
    pub at: Time,
    pub second_by: Option<AccountId>,
    pub second_at: Option<Time>,
    pub undone_at: Option<Time>,
    pub appeal: String,
    pub appealed_at: Option<Time>,
    pub heard_at: Option<Time>,
    /// upheld, reversed
    pub outcome: Option<String>,
    pub author: String,
    pub by_name: String,
    pub room: String,
    pub room_name: String,
}

impl Decision {
    /// Since when it is in force.
    pub fn taken_at(&self) -> Time {
        self.second_at.unwrap_or(self.at)
    }

    /// Whether this moderator had a hand in it.
    pub fn is_by(&self, moderator: &AccountId) -> bool {
        self.by == *moderator || self.second_by.as_ref() == Some(moderator)
    }
}

/// What is written of a new decision.
pub struct New<'a> {
    pub id: &'a DecisionId,
    pub measure: &'a str,
    pub post: &'a PostId,
    pub thread: &'a ThreadId,
    pub account: &'a AccountId,
    pub reason: &'a str,
    pub note: &'a str,
    pub detail: &'a str,
    /// Kept, sealed, for a proposal alone.
    pub words: &'a str,
    pub is_proposal: bool,
    pub by: &'a AccountId,
}

/// Where a proposal's words stand under the post's seal.
fn place(id: &DecisionId) -> String {
    format!("decision/{id}")
}

pub async fn add_decision(tx: &mut Tx, new: &New<'_>) -> Result<()> {
    let (now, chance) = (tx.now(), tx.chance().clone());
    let sealed = match Seal::of(tx.conn(), new.post).await? {
        Some(seal) if new.is_proposal && !new.words.is_empty() => seal.close(&chance, &place(new.id), new.words),
        _ => String::new(),
    };
    sqlx::query(
        "insert into decisions (decision_id, measure, post_id, thread_id, account_id, reason, note, detail, words, state,
                                by_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(new.id)
    .bind(new.measure)
    .bind(new.post)
    .bind(new.thread)
    .bind(new.account)
    .bind(new.reason)
    .bind(new.note)
    .bind(new.detail)
    .bind(sealed)
    .bind(if new.is_proposal { "proposed" } else { "taken" })
    .bind(new.by)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

macro_rules! decisions {
    ($rest:literal) => {
        concat!(
            "select d.decision_id, d.measure, d.post_id, d.thread_id, d.account_id, d.reason, d.note, d.detail, d.state,
                    d.by_id, d.at, d.second_by, d.second_at, d.undone_at, d.appeal, d.appealed_at, d.heard_at, d.outcome,
                    a.name as author, b.name as by_name, r.slug as room, r.name as room_name
             from decisions d join accounts a on a.account_id = d.account_id join accounts b on b.account_id = d.by_id
             join threads t on t.thread_id = d.thread_id join rooms r on r.room_id = t.room_id ",
            $rest
        )
    };
}

pub async fn decision(conn: &mut Conn, id: &DecisionId) -> Result<Option<Decision>> {
    Ok(sqlx::query_as(decisions!("where d.decision_id = $1")).bind(id).fetch_optional(conn).await?)
}

/// A decision in one of two states, held until the commit: who is second finds it changed.
pub async fn hold_decision(tx: &mut Tx, id: &DecisionId) -> Result<Option<Decision>> {
    sqlx::query("update decisions set state = state where decision_id = $1").bind(id).execute(tx.conn()).await?;
    decision(tx.conn(), id).await
}

/// The words of a proposal, opened.
pub async fn words_of(conn: &mut Conn, decision: &Decision) -> Result<String> {
    let sealed: Option<String> = sqlx::query_scalar("select words from decisions where decision_id = $1")
        .bind(&decision.id)
        .fetch_optional(&mut *conn)
        .await?;
    let sealed = sealed.unwrap_or_default();
    match Seal::of(conn, &decision.post).await? {
        Some(seal) if !sealed.is_empty() => seal.open(&place(&decision.id), &sealed),
        _ => Ok(String::new()),
    }
}

/// Everything decided on one post, the newest first.
pub async fn of_post(conn: &mut Conn, post: &PostId) -> Result<Vec<Decision>> {
    Ok(sqlx::query_as(decisions!("where d.post_id = $1 order by d.at desc, d.decision_id desc limit 100"))
        .bind(post)
        .fetch_all(conn)
        .await?)
}

/// Everything decided about one person, the newest first.
pub async fn about(conn: &mut Conn, account: &AccountId) -> Result<Vec<Decision>> {
    Ok(sqlx::query_as(decisions!("where d.account_id = $1 order by d.at desc, d.decision_id desc limit 100"))
        .bind(account)
        .fetch_all(conn)
        .await?)
}

/// Past decisions behind a place, the newest first.
pub async fn past(conn: &mut Conn, before: Time, before_id: &str, most: i64) -> Result<Vec<Decision>> {
    Ok(sqlx::query_as(decisions!(
        "where (d.at < $1 or (d.at = $1 and d.decision_id < $2)) and d.state <> 'proposed'
         order by d.at desc, d.decision_id desc limit $3"
    ))
    .bind(before)
    .bind(before_id)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

/// Proposals that wait for a second moderator, the longest wait first.
pub async fn proposals(conn: &mut Conn) -> Result<Vec<Decision>> {
    Ok(sqlx::query_as(decisions!("where d.state = 'proposed' order by d.at limit 500")).fetch_all(conn).await?)
}

/// Appeals that wait for a moderator, the longest wait first.
pub async fn appeals(conn: &mut Conn) -> Result<Vec<Decision>> {
    Ok(sqlx::query_as(decisions!(
        "where d.appealed_at is not null and d.heard_at is null order by d.appealed_at limit 500"
    ))
    .fetch_all(conn)
    .await?)
}

/// How many proposals and appeals wait.
pub async fn count_decisions(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "select (select count(*) from decisions where state = 'proposed')
                + (select count(*) from decisions where appealed_at is not null and heard_at is null)",
    )
    .fetch_one(conn)
    .await?)
}

/// A second moderator has answered a proposal. Its words go: they are carried out, or not wanted.
pub async fn answer_proposal(tx: &mut Tx, id: &DecisionId, by: &AccountId, carried_out: bool) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "update decisions set state = $1, second_by = $2, second_at = $3, words = '' where decision_id = $4 and state = 'proposed'",
    )
    .bind(if carried_out { "taken" } else { "declined" })
    .bind(by)
    .bind(now)
    .bind(id)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Proposals on a post that is gone go with it: nothing of its words stays.
pub async fn drop_words(tx: &mut Tx, post: &PostId) -> Result<()> {
    sqlx::query("update decisions set words = '' where post_id = $1").bind(post).execute(tx.conn()).await?;
    Ok(())
}

pub async fn keep_detail(tx: &mut Tx, id: &DecisionId, detail: &str) -> Result<()> {
    sqlx::query("update decisions set detail = $1 where decision_id = $2")
        .bind(detail)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub async fn undo(tx: &mut Tx, id: &DecisionId, by: &AccountId) -> Result<()> {
    let now = tx.now();
    sqlx::query("update decisions set state = 'undone', undone_by = $1, undone_at = $2 where decision_id = $3")
        .bind(by)
        .bind(now)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes an appeal; `false` when there is one already, or nothing to appeal against.
pub async fn appeal(tx: &mut Tx, id: &DecisionId, of: &AccountId, words: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update decisions set appeal = $1, appealed_at = $2
         where decision_id = $3 and account_id = $4 and appealed_at is null and state = 'taken'",
    )
    .bind(words)
    .bind(now)
    .bind(id)
    .bind(of)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes what was decided on an appeal; `false` when somebody was faster.
pub async fn hear(tx: &mut Tx, id: &DecisionId, by: &AccountId, outcome: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update decisions set heard_by = $1, heard_at = $2, outcome = $3
         where decision_id = $4 and appealed_at is not null and heard_at is null",
    )
    .bind(by)
    .bind(now)
    .bind(outcome)
    .bind(id)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}
