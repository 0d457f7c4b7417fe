//! The rows of letters.

use super::post::Captured;
use crate::base::clock::Time;
use crate::base::id::{AccountId, MailId, PostId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::Tx;

/// A letter that waits.
#[derive(Debug, sqlx::FromRow)]
pub struct Waiting {
    pub mail_id: MailId,
    pub kind: String,
    pub account_id: Option<AccountId>,
    pub about: String,
    pub code: String,
    pub made_at: Time,
    pub tries: i64,
}

pub async fn add(tx: &mut Tx, id: &MailId, kind: &str, to: Option<&AccountId>, about: &str, code: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into mails (mail_id, kind, account_id, about, code, made_at, due_at, tries)
         values ($1, $2, $3, $4, $5, $6, $6, 0)",
    )
    .bind(id)
    .bind(kind)
    .bind(to)
    .bind(about)
    .bind(code)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn due(conn: &mut Conn, now: Time, most: i64) -> Result<Vec<Waiting>> {
    Ok(sqlx::query_as(
        "select mail_id, kind, account_id, about, code, made_at, tries from mails
         where sent_at is null and given_up_at is null and due_at <= $1 order by due_at, mail_id limit $2",
    )
    .bind(now)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

pub async fn sent(tx: &mut Tx, id: &MailId) -> Result<()> {
    let now = tx.now();
    sqlx::query("update mails set sent_at = $1 where mail_id = $2").bind(now).bind(id).execute(tx.conn()).await?;
    Ok(())
}

pub async fn later(tx: &mut Tx, id: &MailId, due: Time) -> Result<()> {
    sqlx::query("update mails set tries = tries + 1, due_at = $1 where mail_id = $2")
        .bind(due)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub async fn give_up(tx: &mut Tx, id: &MailId) -> Result<()> {
    let now = tx.now();
    sqlx::query("update mails set given_up_at = $1 where mail_id = $2").bind(now).bind(id).execute(tx.conn()).await?;
    Ok(())
}

pub async fn capture(tx: &mut Tx, id: &MailId, to: &str, subject: &str, body: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into captured_mails (mail_id, to_address, subject, body, sent_at) values ($1, $2, $3, $4, $5)
         on conflict (mail_id) do nothing",
    )
    .bind(id)
    .bind(to)
    .bind(subject)
    .bind(body)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn captured(conn: &mut Conn, most: i64) -> Result<Vec<Captured>> {
    Ok(sqlx::query_as(
        "select to_address, subject, body, sent_at from captured_mails order by sent_at desc, mail_id desc limit $1",
    )
    .bind(most)
    .fetch_all(conn)
    .await?)
}

/// The author of a post, by its id as the event tells it.
pub async fn author(conn: &mut Conn, post: &str) -> Result<Option<AccountId>> {
    Ok(sqlx::query_scalar("select account_id from posts where post_id = $1").bind(post).fetch_optional(conn).await?)
}

/// The author of a held text.
pub async fn held_author(conn: &mut Conn, post: &PostId) -> Result<Option<AccountId>> {
    Ok(sqlx::query_scalar("select account_id from held where post_id = $1").bind(post).fetch_optional(conn).await?)
}

pub async fn flaggers(conn: &mut Conn, post: &PostId) -> Result<Vec<AccountId>> {
    Ok(sqlx::query_scalar("select distinct account_id from flags where post_id = $1 and account_id is not null")
        .bind(post)
        .fetch_all(conn)
        .await?)
}

pub async fn readers(conn: &mut Conn, post: &str) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(distinct account_id) from deliveries where post_id = $1")
        .bind(post)
        .fetch_one(conn)
        .await?)
}
