//! The rows of breaches, their clocks and the notices to readers.

use super::report::BreachRow;
use super::told::{Answered, Notice};
use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::deid::aside::Aside;
use crate::log::Tx;

/// Opens the record of a removal; `false` when it is open already.
pub async fn add_breach(
    tx: &mut Tx,
    (post, thread): (&PostId, &ThreadId),
    flagged_at: Option<Time>,
    confirmed_at: Time,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into breaches (post_id, thread_id, flagged_at, confirmed_at) values ($1, $2, $3, $4)
         on conflict do nothing",
    )
    .bind(post)
    .bind(thread)
    .bind(flagged_at)
    .bind(confirmed_at)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// When a post was flagged for confidentiality for the first time.
pub async fn flagged_at(conn: &mut Conn, post: &PostId) -> Result<Option<Time>> {
    Ok(sqlx::query_scalar("select min(raised_at) from flags where post_id = $1 and reason = 'confidentiality'")
        .bind(post)
        .fetch_one(conn)
        .await?)
}

/// A notice to everybody who was shown it; how many there are now.
pub async fn add_notices(tx: &mut Tx, post: &PostId) -> Result<i64> {
    let now = tx.now();
    sqlx::query(
        "insert into notices (post_id, account_id, made_at)
         select distinct post_id, account_id, cast($2 as bigint) from deliveries where post_id = $1
         on conflict do nothing",
    )
    .bind(post)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(sqlx::query_scalar("select count(*) from notices where post_id = $1").bind(post).fetch_one(tx.conn()).await?)
}

/// The breaches, or one of them; the newest first.
pub async fn breaches(conn: &mut Conn, post: Option<&PostId>, most: i64) -> Result<Vec<BreachRow>> {
    Ok(sqlx::query_as(
        "select b.post_id, b.thread_id, r.name as room, p.position, p.account_id as author, a.name as author_name,
                a.profession as author_profession, p.written_at, b.flagged_at, b.confirmed_at, b.decision, b.reason,
                b.decided_at, coalesce(d.name, '') as decided_by,
                (select count(distinct x.account_id) from deliveries x where x.post_id = b.post_id) as readers
         from breaches b join posts p on p.post_id = b.post_id join accounts a on a.account_id = p.account_id
              join threads t on t.thread_id = b.thread_id join rooms r on r.room_id = t.room_id
              left join accounts d on d.account_id = b.decided_by
         where ($1 is null or b.post_id = $1) order by b.confirmed_at desc, b.post_id desc limit $2",
    )
    .bind(post)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

pub async fn count_undecided(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from breaches where decision is null").fetch_one(conn).await?)
}

/// A reader as the report says them: profession and register, not the number.
#[derive(sqlx::FromRow)]
pub struct ReaderRow {
    pub account_id: AccountId,
    pub profession: String,
    pub register: String,
    pub answer: Option<String>,
    pub answered_at: Option<Time>,
    pub told_at: Option<Time>,
}

pub async fn readers(conn: &mut Conn, post: &PostId) -> Result<Vec<ReaderRow>> {
    Ok(sqlx::query_as(
        "select a.account_id, a.profession, coalesce(r.register, '') as register, n.answer, n.answered_at,
                n.made_at as told_at
         from accounts a left join registrations r on r.account_id = a.account_id
              left join notices n on n.account_id = a.account_id and n.post_id = $1
         where a.account_id in (select d.account_id from deliveries d where d.post_id = $1)",
    )
    .bind(post)
    .fetch_all(conn)
    .await?)
}

/// Which kinds of detail the check found when it was removed.
pub async fn categories(conn: &mut Conn, post: &PostId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar("select category from removal_categories where post_id = $1 order by category")
        .bind(post)
        .fetch_all(conn)
        .await?)
}

pub async fn name(conn: &mut Conn, account: &AccountId) -> Result<String> {
    let name: Option<String> = sqlx::query_scalar("select name from accounts where account_id = $1")
        .bind(account)
        .fetch_optional(conn)
        .await?;
    Ok(name.unwrap_or_default())
}

/// Records the officer's decision; `false` when there is one.
pub async fn decide(tx: &mut Tx, post: &PostId, by: &AccountId, decision: &str, reason: &Aside) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update breaches set decision = $1, reason = $2, decided_at = $3, decided_by = $4
         where post_id = $5 and decision is null",
    )
    .bind(decision)
    .bind(reason.as_str())
    .bind(now)
    .bind(by)
    .bind(post)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Breaches on which nobody has decided: post, flagged, confirmed.
pub async fn undecided(conn: &mut Conn) -> Result<Vec<(PostId, Option<Time>, Time)>> {
    Ok(sqlx::query_as("select post_id, flagged_at, confirmed_at from breaches where decision is null")
        .fetch_all(conn)
        .await?)
}

/// Notes that a clock sounded; `false` when it had.
pub async fn add_alarm(tx: &mut Tx, post: &PostId, clock: &str, hours: i64) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "insert into breach_alarms (post_id, clock, hours, at) values ($1, $2, $3, $4) on conflict do nothing",
    )
    .bind(post)
    .bind(clock)
    .bind(hours)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The notices to one member: the open ones first, then what they answered lately.
pub async fn notices_to(conn: &mut Conn, account: &AccountId, most: i64) -> Result<Vec<Notice>> {
    Ok(sqlx::query_as(
        "select n.post_id, b.thread_id, r.name as room, b.confirmed_at, n.made_at, n.answer,
                (select min(d.at) from deliveries d where d.post_id = n.post_id and d.account_id = n.account_id) as shown_at
         from notices n join breaches b on b.post_id = n.post_id join threads t on t.thread_id = b.thread_id
              join rooms r on r.room_id = t.room_id
         where n.account_id = $1 order by case when n.answer is null then 0 else 1 end, n.made_at desc limit $2",
    )
    .bind(account)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

pub async fn count_open(conn: &mut Conn, account: &AccountId) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from notices where account_id = $1 and answer is null")
        .bind(account)
        .fetch_one(conn)
        .await?)
}

/// Keeps an answer; it may be changed. `false` for who was told nothing.
pub async fn keep_answer(tx: &mut Tx, post: &PostId, account: &AccountId, answer: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update notices set answer = $1, answered_at = $2
         where post_id = $3 and account_id = $4 and (answer is null or answer <> $1)",
    )
    .bind(answer)
    .bind(now)
    .bind(post)
    .bind(account)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who was told of this removal and has not answered.
pub async fn silent(conn: &mut Conn, post: &PostId) -> Result<Vec<AccountId>> {
    Ok(sqlx::query_scalar("select account_id from notices where post_id = $1 and answer is null order by account_id")
        .bind(post)
        .fetch_all(conn)
        .await?)
}

pub async fn told(conn: &mut Conn, post: &PostId) -> Result<Vec<Answered>> {
    Ok(sqlx::query_as(
        "select n.account_id, a.name, n.made_at, n.reminded_at, n.answer, n.answered_at
         from notices n join accounts a on a.account_id = n.account_id where n.post_id = $1
         order by case when n.answer = 'help' then 0 when n.answer is null then 1 else 2 end, a.name",
    )
    .bind(post)
    .fetch_all(conn)
    .await?)
}

/// Removals whose silent readers were told before a time and not reminded.
pub async fn to_remind(conn: &mut Conn, before: Time) -> Result<Vec<PostId>> {
    Ok(sqlx::query_scalar(
        "select distinct post_id from notices where answer is null and reminded_at is null and made_at <= $1",
    )
    .bind(before)
    .fetch_all(conn)
    .await?)
}

/// Marks the silent readers of a removal as reminded; how many.
pub async fn remind(tx: &mut Tx, post: &PostId, before: Time) -> Result<i64> {
    let now = tx.now();
    let done = sqlx::query(
        "update notices set reminded_at = $1
         where post_id = $2 and answer is null and reminded_at is null and made_at <= $3",
    )
    .bind(now)
    .bind(post)
    .bind(before)
    .execute(tx.conn())
    .await?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(0))
}
