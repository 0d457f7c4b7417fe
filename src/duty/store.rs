//! The rows of the rota, of what was passed on, and of drills.

use super::drill::{Drill, Sight};
use crate::base::clock::Time;
use crate::base::id::{AccountId, DrillId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::Tx;

/// Who is down for which hour: those who moderate and are not suspended.
pub async fn hours(conn: &mut Conn) -> Result<Vec<(AccountId, String, i64)>> {
    Ok(sqlx::query_as(
        "select d.account_id, a.name, d.hour from duty_hours d join accounts a on a.account_id = d.account_id
              join roles r on r.account_id = d.account_id and r.role = 'moderator'
         where a.ended_at is null and a.suspended_at is null order by d.hour, a.name, d.account_id",
    )
    .fetch_all(conn)
    .await?)
}

/// Puts somebody down for hours of the week; for how many of them anew.
pub async fn add_hours(tx: &mut Tx, account: &AccountId, hours: &[i64]) -> Result<u64> {
    let mut added = 0;
    for hour in hours {
        let done = sqlx::query("insert into duty_hours (account_id, hour) values ($1, $2) on conflict do nothing")
            .bind(account)
            .bind(hour)
            .execute(tx.conn())
            .await?;
        added += done.rows_affected();
    }
    Ok(added)
}

pub async fn drop_hours(tx: &mut Tx, account: &AccountId, hours: &[i64]) -> Result<u64> {
    let mut dropped = 0;
    for hour in hours {
        let done = sqlx::query("delete from duty_hours where account_id = $1 and hour = $2")
            .bind(account)
            .bind(hour)
            .execute(tx.conn())
            .await?;
        dropped += done.rows_affected();
    }
    Ok(dropped)
}

/// Stretches without anybody that were told of, from a time on.
pub async fn gaps_told(conn: &mut Conn, from: Time) -> Result<Vec<Time>> {
    Ok(sqlx::query_scalar("select begins from duty_gaps where begins >= $1").bind(from).fetch_all(conn).await?)
}

/// Notes that a stretch was told of; `false` when it had been.
pub async fn add_gap(tx: &mut Tx, begins: Time) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query("insert into duty_gaps (begins, told_at) values ($1, $2) on conflict do nothing")
        .bind(begins)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Posts with an open confidentiality flag of a member's that is at least so old: since when.
pub async fn open_cases(conn: &mut Conn, before: Time) -> Result<Vec<(String, Time)>> {
    Ok(sqlx::query_as(
        "select post_id, min(raised_at) from flags where reason = 'confidentiality' and settled_at is null
         group by post_id having min(raised_at) <= $1 order by post_id",
    )
    .bind(before)
    .fetch_all(conn)
    .await?)
}

/// Whether a moderator other than its author has opened a post since, or proposed something about it.
pub async fn is_looked_at(conn: &mut Conn, post: &str, since: Time) -> Result<bool> {
    let looks: i64 = sqlx::query_scalar(
        "select count(*) from events e join posts p on p.post_id = e.subject
         where e.subject = $1 and e.at >= $2 and e.kind in ('post-opened', 'measure-proposed')
               and e.actor <> p.account_id",
    )
    .bind(post)
    .bind(since)
    .fetch_one(conn)
    .await?;
    Ok(looks > 0)
}

/// To whom a case went already.
pub async fn steps(conn: &mut Conn, case: &str, since: Time) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar("select step from escalations where case_id = $1 and since = $2")
        .bind(case)
        .bind(since)
        .fetch_all(conn)
        .await?)
}

/// Notes to whom a case goes; `false` when it went already.
pub async fn add_step(tx: &mut Tx, case: &str, since: Time, step: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "insert into escalations (case_id, since, step, at) values ($1, $2, $3, $4) on conflict do nothing",
    )
    .bind(case)
    .bind(since)
    .bind(step)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Drills that run and that nobody has opened, at least so old.
pub async fn unopened_drills(conn: &mut Conn, before: Time) -> Result<Vec<(String, Time)>> {
    Ok(sqlx::query_as(
        "select d.drill_id, d.begun_at from drills d
         where d.ended_at is null and d.removed_at is null and d.begun_at <= $1
               and not exists (select 1 from drill_sights s where s.drill_id = d.drill_id)",
    )
    .bind(before)
    .fetch_all(conn)
    .await?)
}

pub async fn add_drill(tx: &mut Tx, id: &DrillId, words: &str, ends: Time) -> Result<()> {
    let now = tx.now();
    sqlx::query("insert into drills (drill_id, words, begun_at, ends_at) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(words)
        .bind(now)
        .bind(ends)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Drills, the newest first: those that run, or all.
pub async fn drills(conn: &mut Conn, only_running: bool, most: i64) -> Result<Vec<Drill>> {
    list(conn, "", i64::from(only_running), most).await
}

pub async fn drill(conn: &mut Conn, id: &DrillId) -> Result<Option<Drill>> {
    Ok(list(conn, id.as_str(), 0, 1).await?.pop())
}

async fn list(conn: &mut Conn, id: &str, running: i64, most: i64) -> Result<Vec<Drill>> {
    Ok(sqlx::query_as(
        "select d.drill_id, d.words, d.begun_at, d.ends_at, d.heard_at, d.removed_at, d.confirmed_at, d.ended_at,
                (select min(m.sent_at) from mails m where m.about = d.drill_id) as called_at,
                (select min(s.opened_at) from drill_sights s where s.drill_id = d.drill_id) as opened_at,
                (select case when count(*) = count(s.answered_at) then max(s.answered_at) end
                 from drill_sights s where s.drill_id = d.drill_id) as answered_at,
                (select count(*) from drill_sights s where s.drill_id = d.drill_id) as seen
         from drills d where ($1 = '' or d.drill_id = $1) and (cast($2 as bigint) = 0 or d.ended_at is null)
         order by d.begun_at desc, d.drill_id desc limit $3",
    )
    .bind(id)
    .bind(running)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

pub async fn sights(conn: &mut Conn, id: &DrillId) -> Result<Vec<Sight>> {
    Ok(sqlx::query_as(
        "select s.account_id, a.name, s.opened_at, s.answered_at from drill_sights s
              join accounts a on a.account_id = s.account_id
         where s.drill_id = $1 order by s.opened_at, a.name",
    )
    .bind(id)
    .fetch_all(conn)
    .await?)
}

pub async fn add_sight(tx: &mut Tx, id: &DrillId, account: &AccountId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "insert into drill_sights (drill_id, account_id, opened_at) values ($1, $2, $3) on conflict do nothing",
    )
    .bind(id)
    .bind(account)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Decides a drill and erases its words; `false` when that was done, or it has ended.
pub async fn remove_drill(tx: &mut Tx, id: &DrillId, by: &AccountId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update drills set words = '', removed_at = $1, removed_by = $2
         where drill_id = $3 and removed_at is null and ended_at is null",
    )
    .bind(now)
    .bind(by)
    .bind(id)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn answer_drill(tx: &mut Tx, id: &DrillId, by: &AccountId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update drill_sights set answered_at = $1 where drill_id = $2 and account_id = $3 and answered_at is null
               and exists (select 1 from drills d where d.drill_id = $2 and d.removed_at is not null)",
    )
    .bind(now)
    .bind(id)
    .bind(by)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn hear_drill(tx: &mut Tx, id: &DrillId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query("update drills set heard_at = $1 where drill_id = $2 and heard_at is null")
        .bind(now)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Confirms that nothing of its words is left.
pub async fn confirm_drill(tx: &mut Tx, id: &DrillId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update drills set confirmed_at = $1
         where drill_id = $2 and confirmed_at is null and removed_at is not null and words = ''",
    )
    .bind(now)
    .bind(id)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends a drill; words that nobody removed go with it.
pub async fn end_drill(tx: &mut Tx, id: &DrillId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query("update drills set ended_at = $1, words = '' where drill_id = $2 and ended_at is null")
        .bind(now)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}
