//! The rows of what posts say: texts, declared interests, answers to the check.

use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::base::text::Html;
use crate::db::Conn;
use crate::discussion::read::Answer;

#[derive(Clone, sqlx::FromRow)]
pub struct TextRow {
    pub post_id: PostId,
    pub revision: i64,
    pub part: String,
    pub markdown: String,
    pub html: Html,
}

/// The current texts of a stretch of a thread's open posts.
pub async fn thread_texts(conn: &mut Conn, thread: &ThreadId, after: i64, most: i64) -> Result<Vec<TextRow>> {
    Ok(sqlx::query_as(
        "select x.post_id, x.revision, x.part, x.markdown, x.html
         from posts p join post_texts x on x.post_id = p.post_id and x.revision = p.revision
         where p.thread_id = $1 and p.position > $2 and p.position <= $2 + $3
         and p.removed_at is null and p.veiled_at is null",
    )
    .bind(thread)
    .bind(after)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

pub async fn texts(conn: &mut Conn, post: &PostId, revision: i64) -> Result<Vec<TextRow>> {
    Ok(sqlx::query_as(
        "select post_id, revision, part, markdown, html from post_texts where post_id = $1 and revision = $2",
    )
    .bind(post)
    .bind(revision)
    .fetch_all(conn)
    .await?)
}

pub async fn revisions(conn: &mut Conn, post: &PostId) -> Result<Vec<(i64, Time)>> {
    Ok(sqlx::query_as("select revision, written_at from post_revisions where post_id = $1 order by revision")
        .bind(post)
        .fetch_all(conn)
        .await?)
}

#[derive(sqlx::FromRow)]
pub struct InterestRow {
    pub post_id: PostId,
    pub revision: i64,
    pub words: String,
}

pub async fn thread_interests(conn: &mut Conn, thread: &ThreadId, after: i64, most: i64) -> Result<Vec<InterestRow>> {
    Ok(sqlx::query_as(
        "select i.post_id, i.revision, i.words
         from posts p join post_interests i on i.post_id = p.post_id and i.revision = p.revision
         where p.thread_id = $1 and p.position > $2 and p.position <= $2 + $3
         and p.removed_at is null and p.veiled_at is null order by i.interest_id",
    )
    .bind(thread)
    .bind(after)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

pub async fn interests(conn: &mut Conn, post: &PostId, revision: i64) -> Result<Vec<InterestRow>> {
    Ok(sqlx::query_as(
        "select post_id, revision, words from post_interests where post_id = $1 and revision = $2 order by interest_id",
    )
    .bind(post)
    .bind(revision)
    .fetch_all(conn)
    .await?)
}

pub async fn answers(conn: &mut Conn, post: &PostId, revision: i64) -> Result<Vec<Answer>> {
    Ok(sqlx::query_as(
        "select part, span_start, span_end, category, rule, reason from post_answers
         where post_id = $1 and revision = $2 order by part, span_start",
    )
    .bind(post)
    .bind(revision)
    .fetch_all(conn)
    .await?)
}

/// The open texts of a thread that tell of its case: those of whoever started it and this author's own, but one post's.
/// None of an invented case.
pub async fn case_texts(
    conn: &mut Conn,
    thread: &ThreadId,
    author: &AccountId,
    except: Option<&PostId>,
) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(
        "select x.markdown from posts p join threads t on t.thread_id = p.thread_id
         join post_texts x on x.post_id = p.post_id and x.revision = p.revision
         where p.thread_id = $1 and p.account_id in ($2, t.started_by) and ($3 is null or p.post_id <> $3)
         and p.removed_at is null and p.veiled_at is null and x.part <> 'consent'
         and (t.basis is null or t.basis <> 'invented') order by p.position, x.part limit 400",
    )
    .bind(thread)
    .bind(author)
    .bind(except)
    .fetch_all(conn)
    .await?)
}

/// Whether colleagues can see who employs this author: beside one of their posts, as an interest that has not ended.
pub async fn shows_employer(conn: &mut Conn, author: &AccountId) -> Result<bool> {
    let shown: i64 = sqlx::query_scalar(
        "select count(*) from interests i where i.account_id = $1 and i.kind = 'employment' and i.ended_at is null
         and exists (select 1 from post_interests s where s.interest_id = i.interest_id)",
    )
    .bind(author)
    .fetch_one(conn)
    .await?;
    Ok(shown > 0)
}
