//! The rows of what posts say: texts, declared interests, answers to the check.

use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::base::text::Html;
use crate::db::Conn;
use crate::discussion::held::CONSENT;
use crate::discussion::publish::Ready;
use crate::discussion::read::Answer;
use crate::discussion::seal::{Seal, place};
use crate::log::Tx;

/// A part of a revision, opened.
#[derive(Clone)]
pub struct TextRow {
    pub post_id: PostId,
    pub revision: i64,
    pub part: String,
    pub markdown: String,
    pub html: Html,
}

/// A part as it lies there, with its post's key.
#[derive(sqlx::FromRow)]
struct SealedRow {
    post_id: PostId,
    revision: i64,
    part: String,
    markdown: String,
    html: String,
    key: String,
}

impl SealedRow {
    fn open(self) -> Result<TextRow> {
        let seal = Seal::read(&self.post_id, &self.key)?;
        let at = |form| place(self.revision, &self.part, form);
        let markdown = seal.open(&at("markdown"), &self.markdown)?;
        let html = Html::from_seal(seal.open(&at("html"), &self.html)?);
        Ok(TextRow { post_id: self.post_id, revision: self.revision, part: self.part, markdown, html })
    }
}

/// The current texts of a stretch of a thread's open posts.
pub async fn thread_texts(conn: &mut Conn, thread: &ThreadId, after: i64, most: i64) -> Result<Vec<TextRow>> {
    let rows: Vec<SealedRow> = sqlx::query_as(
        "select x.post_id, x.revision, x.part, x.markdown, x.html, k.key
         from posts p join post_texts x on x.post_id = p.post_id and x.revision = p.revision
         join keys.post_keys k on k.post_id = p.post_id
         where p.thread_id = $1 and p.position > $2 and p.position <= $2 + $3
         and p.removed_at is null and p.veiled_at is null",
    )
    .bind(thread)
    .bind(after)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(SealedRow::open).collect()
}

/// The texts of a thread's posts but one that are not removed, every revision.
pub async fn texts_beside(conn: &mut Conn, thread: &ThreadId, except: &PostId) -> Result<Vec<(PostId, String)>> {
    let rows: Vec<SealedRow> = sqlx::query_as(
        "select x.post_id, x.revision, x.part, x.markdown, x.html, k.key
         from posts p join post_texts x on x.post_id = p.post_id join keys.post_keys k on k.post_id = p.post_id
         where p.thread_id = $1 and p.post_id <> $2 and p.removed_at is null order by p.position, x.revision, x.part",
    )
    .bind(thread)
    .bind(except)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| row.open().map(|text| (text.post_id, text.markdown))).collect()
}

/// How many keys and rows of text there are of a post.
pub async fn left_of(conn: &mut Conn, post: &PostId) -> Result<(u64, u64)> {
    let (keys, rows): (i64, i64) = sqlx::query_as(
        "select (select count(*) from keys.post_keys where post_id = $1),
                (select count(*) from post_texts where post_id = $1)
                + (select count(*) from held_texts where post_id = $1)
                + (select count(*) from post_answers where post_id = $1)",
    )
    .bind(post)
    .fetch_one(conn)
    .await?;
    Ok((keys.cast_unsigned(), rows.cast_unsigned()))
}

/// Every part of a revision; none once its key was destroyed.
pub async fn texts(conn: &mut Conn, post: &PostId, revision: i64) -> Result<Vec<TextRow>> {
    let rows: Vec<SealedRow> = sqlx::query_as(
        "select x.post_id, x.revision, x.part, x.markdown, x.html, k.key
         from post_texts x join keys.post_keys k on k.post_id = x.post_id where x.post_id = $1 and x.revision = $2",
    )
    .bind(post)
    .bind(revision)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(SealedRow::open).collect()
}

/// Writes the parts of a revision, and the note on consent, under their post's seal.
pub async fn add_texts(tx: &mut Tx, seal: &Seal, id: &PostId, revision: i64, ready: &Ready<'_>) -> Result<()> {
    let (none, chance) = (Html::default(), tx.chance().clone());
    let texts = ready.texts.iter().map(|(part, markdown, html)| (*part, *markdown, html));
    for (part, markdown, html) in texts.chain(ready.consent.map(|note| (CONSENT, note.as_str(), &none))) {
        let sealed = |form: &str, text: &str| seal.close(&chance, &place(revision, part, form), text);
        sqlx::query("insert into post_texts (post_id, revision, part, markdown, html) values ($1, $2, $3, $4, $5)")
            .bind(id)
            .bind(revision)
            .bind(part)
            .bind(sealed("markdown", markdown))
            .bind(sealed("html", html.as_str()))
            .execute(tx.conn())
            .await?;
    }
    Ok(())
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
    let rows: Vec<SealedRow> = sqlx::query_as(
        "select x.post_id, x.revision, x.part, x.markdown, x.html, k.key
         from posts p join threads t on t.thread_id = p.thread_id
         join post_texts x on x.post_id = p.post_id and x.revision = p.revision
         join keys.post_keys k on k.post_id = p.post_id
         where p.thread_id = $1 and p.account_id in ($2, t.started_by) and ($3 is null or p.post_id <> $3)
         and p.removed_at is null and p.veiled_at is null and x.part <> 'consent'
         and (t.basis is null or t.basis <> 'invented') order by p.position, x.part limit 400",
    )
    .bind(thread)
    .bind(author)
    .bind(except)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| row.open().map(|text| text.markdown)).collect()
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
