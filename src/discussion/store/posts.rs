//! The rows of posts and their revisions; hiding and erasing.

use crate::accounts::Warrant;
use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::discussion::publish::{Placed, Ready};
use crate::discussion::seal::{NOTICE, SOURCE, Seal};
use crate::log::Tx;

/// The post that the same sender sent before under the same key. The sender's row is held until the commit: of two that
/// are sent at the same moment the second waits and finds the first.
pub async fn sent_before(tx: &mut Tx, author: &AccountId, key: &str) -> Result<Option<Placed>> {
    sqlx::query("update accounts set name = name where account_id = $1").bind(author).execute(tx.conn()).await?;
    let row: Option<(ThreadId, PostId, i64, i64, i64)> = sqlx::query_as(
        "select p.thread_id, p.post_id, p.position, p.revision, coalesce((select max(e.seq) from events e
                 where e.subject in (p.post_id, p.thread_id) and e.kind in ('post-added', 'thread-started')), 0)
         from posts p where p.account_id = $1 and p.send_key = $2",
    )
    .bind(author)
    .bind(key)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|(thread, post, position, revision, seq)| Placed { thread, post, position, revision, seq, held: false }))
}

pub async fn add_post(tx: &mut Tx, thread: &ThreadId, id: &PostId, position: i64, ready: &Ready<'_>) -> Result<()> {
    let (now, chance) = (tx.now(), tx.chance().clone());
    let seal = Seal::of_post(tx, id).await?;
    let source = seal.close(&chance, SOURCE, &ready.source);
    sqlx::query(
        "insert into posts (post_id, thread_id, position, account_id, revision, ground, source, written_at, send_key,
                            sealed)
         values ($1, $2, $3, $4, 1, $5, $6, $7, $8, 1)",
    )
    .bind(id)
    .bind(thread)
    .bind(position)
    .bind(ready.author)
    .bind(ready.ground.code())
    .bind(source)
    .bind(now)
    .bind(&ready.key)
    .execute(tx.conn())
    .await?;
    add_revision(tx, &seal, id, 1, ready).await
}

/// A post's place: its thread, its position, and the thread's kind and basis.
pub async fn place(conn: &mut Conn, post: &PostId) -> Result<Option<(ThreadId, i64, String, Option<String>)>> {
    Ok(sqlx::query_as(
        "select t.thread_id, p.position, t.kind, t.basis from posts p join threads t on t.thread_id = p.thread_id
         where p.post_id = $1",
    )
    .bind(post)
    .fetch_optional(conn)
    .await?)
}

/// A post of this author that is not removed, held until the commit.
pub async fn own_post(tx: &mut Tx, author: &AccountId, id: &PostId) -> Result<Option<OwnPost>> {
    Ok(sqlx::query_as(
        "update posts set revision = revision where post_id = $1 and account_id = $2 and removed_at is null
         returning thread_id, position, revision, veiled_at, veiled_for",
    )
    .bind(id)
    .bind(author)
    .fetch_optional(tx.conn())
    .await?)
}

#[derive(sqlx::FromRow)]
pub struct OwnPost {
    pub thread_id: ThreadId,
    pub position: i64,
    pub revision: i64,
    pub veiled_at: Option<Time>,
    pub veiled_for: Option<String>,
}

pub async fn revise_post(tx: &mut Tx, id: &PostId, revision: i64, ready: &Ready<'_>) -> Result<()> {
    let (now, chance) = (tx.now(), tx.chance().clone());
    let seal = Seal::of_post(tx, id).await?;
    let source = seal.close(&chance, SOURCE, &ready.source);
    sqlx::query("update posts set revision = $1, revised_at = $2, ground = $3, source = $4 where post_id = $5")
        .bind(revision)
        .bind(now)
        .bind(ready.ground.code())
        .bind(source)
        .bind(id)
        .execute(tx.conn())
        .await?;
    add_revision(tx, &seal, id, revision, ready).await
}

async fn add_revision(tx: &mut Tx, seal: &Seal, id: &PostId, revision: i64, ready: &Ready<'_>) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into post_revisions (post_id, revision, written_at, fingerprint, ruleset, risk, statement, basis)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(revision)
    .bind(now)
    .bind(ready.checked.fingerprint())
    .bind(ready.checked.ruleset())
    .bind(ready.checked.band().code())
    .bind(ready.statement)
    .bind(ready.basis.code())
    .execute(tx.conn())
    .await?;
    super::add_texts(tx, seal, id, revision, ready).await?;
    for answer in ready.checked.answers() {
        sqlx::query(
            "insert into post_answers (post_id, revision, part, span_start, span_end, category, rule, reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(id)
        .bind(revision)
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
        sqlx::query("insert into post_interests (post_id, revision, interest_id, words) values ($1, $2, $3, $4)")
            .bind(id)
            .bind(revision)
            .bind(interest)
            .bind(words)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// A post with its author's byline, as it stands.
#[derive(sqlx::FromRow)]
pub struct PostRow {
    pub post_id: PostId,
    pub thread_id: ThreadId,
    pub position: i64,
    pub account_id: AccountId,
    pub revision: i64,
    pub ground: String,
    pub source: String,
    pub written_at: Time,
    pub revised_at: Option<Time>,
    pub veiled_at: Option<Time>,
    pub veiled_for: Option<String>,
    /// A moderator's words above it; empty without.
    pub notice: String,
    pub noticed_at: Option<Time>,
    pub removed_at: Option<Time>,
    pub removed_for: Option<String>,
    pub name: String,
    pub profession: String,
    pub specialty: String,
    pub register: String,
    pub checked_at: Option<Time>,
    #[sqlx(flatten)]
    pub warrant: Warrant,
    key: Option<String>,
}

impl PostRow {
    /// Opens what of it is sealed; a removed post has nothing.
    fn open(mut self) -> Result<PostRow> {
        let Some(key) = self.key.as_deref().filter(|_| self.removed_at.is_none()) else {
            (self.source, self.notice) = (String::new(), String::new());
            return Ok(self);
        };
        let seal = Seal::read(&self.post_id, key)?;
        self.source = seal.open(SOURCE, &self.source)?;
        if !self.notice.is_empty() {
            self.notice = seal.open(NOTICE, &self.notice)?;
        }
        Ok(self)
    }
}

pub async fn posts(conn: &mut Conn, thread: &ThreadId, after: i64, most: i64) -> Result<Vec<PostRow>> {
    let rows: Vec<PostRow> = sqlx::query_as(
        "select p.post_id, p.thread_id, p.position, p.account_id, p.revision, p.ground, p.source, p.written_at,
                p.revised_at, p.veiled_at, p.veiled_for, p.notice, p.noticed_at, p.removed_at, p.removed_for, a.name, a.profession, a.specialty,
                coalesce(g.register, '') as register, g.checked_at, coalesce(g.number, '') as number,
                coalesce(g.status, '') as status, coalesce(g.status_raw, '') as status_raw,
                coalesce(g.path, '') as path, coalesce(s.place, '') as place, coalesce(s.class, '') as class, s.since,
                coalesce(s.doubts, '') as doubts, k.key
         from posts p join accounts a on a.account_id = p.account_id
         left join registrations g on g.account_id = p.account_id
         left join standings s on s.account_id = p.account_id
         left join keys.post_keys k on k.post_id = p.post_id
         where p.thread_id = $1 and p.position > $2 order by p.position limit $3",
    )
    .bind(thread)
    .bind(after)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(PostRow::open).collect()
}

pub async fn post(conn: &mut Conn, id: &PostId) -> Result<Option<PostRow>> {
    let row: Option<PostRow> = sqlx::query_as(
        "select p.post_id, p.thread_id, p.position, p.account_id, p.revision, p.ground, p.source, p.written_at,
                p.revised_at, p.veiled_at, p.veiled_for, p.notice, p.noticed_at, p.removed_at, p.removed_for, a.name, a.profession, a.specialty,
                coalesce(g.register, '') as register, g.checked_at, coalesce(g.number, '') as number,
                coalesce(g.status, '') as status, coalesce(g.status_raw, '') as status_raw,
                coalesce(g.path, '') as path, coalesce(s.place, '') as place, coalesce(s.class, '') as class, s.since,
                coalesce(s.doubts, '') as doubts, k.key
         from posts p join accounts a on a.account_id = p.account_id
         left join registrations g on g.account_id = p.account_id
         left join standings s on s.account_id = p.account_id
         left join keys.post_keys k on k.post_id = p.post_id
         where p.post_id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?;
    row.map(PostRow::open).transpose()
}

/// Whether a post of this id stands, or stood, in a thread.
pub async fn is_posted(conn: &mut Conn, post: &PostId) -> Result<bool> {
    let posts: i64 =
        sqlx::query_scalar("select count(*) from posts where post_id = $1").bind(post).fetch_one(conn).await?;
    Ok(posts > 0)
}

pub async fn veil(tx: &mut Tx, post: &PostId, reason: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update posts set veiled_at = $1, veiled_for = $2
         where post_id = $3 and veiled_at is null and removed_at is null",
    )
    .bind(now)
    .bind(reason)
    .bind(post)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn unveil(tx: &mut Tx, post: &PostId) -> Result<bool> {
    let done = sqlx::query(
        "update posts set veiled_at = null, veiled_for = null
         where post_id = $1 and veiled_at is not null and removed_at is null",
    )
    .bind(post)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes every word of a post out of the tables; `by` is nobody for the house itself.
pub async fn erase(tx: &mut Tx, by: Option<&AccountId>, post: &PostId, reason: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update posts set removed_at = $1, removed_for = $2, removed_by = $3, source = '', veiled_at = null,
                          veiled_for = null, notice = '', noticed_at = null
         where post_id = $4 and removed_at is null",
    )
    .bind(now)
    .bind(reason)
    .bind(by)
    .bind(post)
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    super::destroy_key(tx, post, reason).await?;
    // A change of it that is held goes with it.
    super::drop_held(tx, None, post).await?;
    sqlx::query("delete from post_texts where post_id = $1").bind(post).execute(tx.conn()).await?;
    sqlx::query("delete from post_answers where post_id = $1").bind(post).execute(tx.conn()).await?;
    sqlx::query("delete from post_interests where post_id = $1").bind(post).execute(tx.conn()).await?;
    Ok(true)
}
