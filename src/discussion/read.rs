//! Reading, through the viewer's eyes.

use super::draft::{Basis, Ground, Kind, PARTS};
use super::store;
use crate::accounts::{Byline, Clinician, Moderator};
use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, RoomId, ThreadId};
use crate::base::page::Cursor;
use crate::base::problem::Result;
use crate::base::text::Html;
use crate::db::Conn;
use crate::deid::gate::Part;

/// A line in a list of threads.
#[derive(Debug, Clone)]
pub struct ThreadRow {
    pub id: ThreadId,
    pub kind: Kind,
    pub basis: Option<Basis>,
    pub room_slug: String,
    pub room_name: String,
    /// `None` when the first post is veiled or removed.
    pub title: Option<String>,
    pub question: Option<String>,
    pub is_removed: bool,
    pub author: String,
    pub author_specialty: String,
    pub replies: i64,
    /// Posts the viewer has not been shown.
    pub fresh: i64,
    pub started_at: Time,
    pub active_at: Time,
}

impl ThreadRow {
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.active_at, id: self.id.as_str().to_owned() }
    }
}

/// A thread's head.
#[derive(Debug, Clone)]
pub struct Thread {
    pub id: ThreadId,
    pub kind: Kind,
    pub basis: Option<Basis>,
    pub room: RoomId,
    pub room_slug: String,
    pub room_name: String,
    pub posts: i64,
    pub started_at: Time,
    pub active_at: Time,
    /// Since when nobody can reply.
    pub locked_at: Option<Time>,
}

/// Whether a post can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostState {
    Open,
    /// Hidden until a moderator has looked; for [`REVISE`](super::REVISE), until its author has changed it.
    Veiled {
        at: Time,
        reason: String,
    },
    Removed {
        at: Time,
        reason: String,
    },
}

/// One part of a post's text.
#[derive(Debug, Clone)]
pub struct Text {
    pub part: &'static str,
    pub label: &'static str,
    pub markdown: String,
    pub html: Html,
}

/// A post as this viewer may see it: a veiled or removed one has its place and no text.
#[derive(Debug, Clone)]
pub struct Post {
    pub id: PostId,
    pub thread: ThreadId,
    pub position: i64,
    pub author: Byline,
    pub revision: i64,
    pub ground: Ground,
    pub source: String,
    /// What a moderator says about it, above it, and since when.
    pub notice: Option<(String, Time)>,
    pub written_at: Time,
    pub revised_at: Option<Time>,
    pub state: PostState,
    pub texts: Vec<Text>,
    /// The interests as they stood on that day; empty for "nothing to declare".
    pub interests: Vec<String>,
}

impl Post {
    pub fn text(&self, part: &str) -> Option<&Text> {
        self.texts.iter().find(|text| text.part == part)
    }

    pub fn is_open(&self) -> bool {
        self.state == PostState::Open
    }

    pub fn is_by(&self, account: &AccountId) -> bool {
        self.author.account_id == *account
    }
}

/// The latest threads of all rooms.
pub async fn newest(conn: &mut Conn, viewer: &Clinician, before: &Cursor, most: i64) -> Result<Vec<ThreadRow>> {
    store::thread_rows(conn, viewer.id(), None, before, most).await
}

/// The viewer's own threads with replies they have not been shown, newest first.
pub async fn own_threads_with_news(conn: &mut Conn, viewer: &Clinician, most: usize) -> Result<Vec<ThreadRow>> {
    let own = store::own_threads(conn, viewer.id()).await?;
    let mut rows = store::thread_rows(conn, viewer.id(), None, &Cursor::newest(), 200).await?;
    rows.retain(|row| row.fresh > 0 && own.contains(&row.id));
    rows.truncate(most);
    Ok(rows)
}

/// The latest threads of one room.
pub async fn room_threads(
    conn: &mut Conn,
    viewer: &Clinician,
    room: &RoomId,
    before: &Cursor,
    most: i64,
) -> Result<Vec<ThreadRow>> {
    store::thread_rows(conn, viewer.id(), Some(room), before, most).await
}

/// A thread's head.
pub async fn thread(conn: &mut Conn, _viewer: &Clinician, id: &ThreadId) -> Result<Option<Thread>> {
    store::thread(conn, id).await
}

/// A thread's head, for a moderator.
pub async fn thread_for_moderator(conn: &mut Conn, _by: &Moderator, id: &ThreadId) -> Result<Option<Thread>> {
    store::thread(conn, id).await
}

/// A thread's posts behind a position, in order.
pub async fn posts(
    conn: &mut Conn,
    _viewer: &Clinician,
    thread: &ThreadId,
    after: i64,
    most: i64,
) -> Result<Vec<Post>> {
    let rows = store::posts(conn, thread, after, most).await?;
    let texts = store::thread_texts(conn, thread, after, most).await?;
    let interests = store::thread_interests(conn, thread, after, most).await?;
    Ok(rows.into_iter().map(|row| compose(row, &texts, &interests)).collect())
}

/// One post.
pub async fn post(conn: &mut Conn, _viewer: &Clinician, id: &PostId) -> Result<Option<Post>> {
    post_for_live(conn, id).await
}

/// One post for the hub, which sends it only to clinicians' open pages and learns of every change of theirs in the
/// log's order.
pub async fn post_for_live(conn: &mut Conn, id: &PostId) -> Result<Option<Post>> {
    let Some(row) = store::post(conn, id).await? else { return Ok(None) };
    let (texts, interests) =
        (store::texts(conn, id, row.revision).await?, store::interests(conn, id, row.revision).await?);
    Ok(Some(compose(row, &texts, &interests)))
}

/// What a revision says, for the search engine, which shows it to clinicians alone and through their own eyes.
pub async fn parts_for_search(conn: &mut Conn, id: &PostId, revision: i64) -> Result<Vec<Part>> {
    let texts = store::texts(conn, id, revision).await?;
    Ok(texts.into_iter().map(|text| Part { name: text.part, text: text.markdown }).collect())
}

/// The title of a thread for the search engine; `None` when its first post is removed or hidden.
pub async fn title_for_search(conn: &mut Conn, thread: &ThreadId) -> Result<Option<String>> {
    Ok(store::thread_texts(conn, thread, 0, 1)
        .await?
        .into_iter()
        .find(|text| text.part == "title")
        .map(|text| text.markdown))
}

/// A post with its text even while it is veiled: for a moderator, who has to judge it.
pub async fn unveiled_post(conn: &mut Conn, _by: &Moderator, id: &PostId) -> Result<Option<Post>> {
    let Some(mut row) = store::post(conn, id).await? else { return Ok(None) };
    let (texts, interests) =
        (store::texts(conn, id, row.revision).await?, store::interests(conn, id, row.revision).await?);
    let (veiled_at, reason) = (row.veiled_at.take(), row.veiled_for.take().unwrap_or_default());
    let mut post = compose(row, &texts, &interests);
    if let Some(at) = veiled_at
        && post.is_open()
    {
        post.state = PostState::Veiled { at, reason };
    }
    Ok(Some(post))
}

/// The author's own post that a moderator asked them to change, with its text.
pub async fn own_to_revise(conn: &mut Conn, author: &Clinician, id: &PostId) -> Result<Option<Post>> {
    let Some(mut row) = store::post(conn, id).await? else { return Ok(None) };
    if row.account_id != *author.id() || row.veiled_for.as_deref() != Some(super::REVISE) {
        return Ok(None);
    }
    let (texts, interests) =
        (store::texts(conn, id, row.revision).await?, store::interests(conn, id, row.revision).await?);
    row.veiled_at = None;
    Ok(Some(compose(row, &texts, &interests)).filter(Post::is_open))
}

/// The posts around a place of a thread as any clinician may read them, for a moderator who judges what stands between.
pub async fn beside(conn: &mut Conn, _by: &Moderator, thread: &ThreadId, position: i64) -> Result<Vec<Post>> {
    let (after, most) = ((position - 3).max(0), 5);
    let rows = store::posts(conn, thread, after, most).await?;
    let texts = store::thread_texts(conn, thread, after, most).await?;
    let beside = rows.into_iter().filter(|row| row.position != position);
    Ok(beside.map(|row| compose(row, &texts, &[])).collect())
}

/// An earlier text of a post.
#[derive(Debug, Clone)]
pub struct Revision {
    pub number: i64,
    pub written_at: Time,
    pub texts: Vec<Text>,
}

/// All revisions of a post that is open, oldest first.
pub async fn revisions(conn: &mut Conn, viewer: &Clinician, id: &PostId) -> Result<Option<(Post, Vec<Revision>)>> {
    let Some(post) = post(conn, viewer, id).await? else { return Ok(None) };
    if !post.is_open() {
        return Ok(None);
    }
    let mut all = Vec::new();
    for (number, written_at) in store::revisions(conn, id).await? {
        let texts = store::texts(conn, id, number).await?;
        all.push(Revision { number, written_at, texts: texts.into_iter().filter_map(as_text).collect() });
    }
    // What a moderator took out is not among them.
    all.retain(|one| !one.texts.is_empty());
    Ok(Some((post, all)))
}

/// Everything a post says and said: every part of every revision, and its source.
pub async fn every_text_of(conn: &mut Conn, by: &Moderator, id: &PostId) -> Result<Vec<String>> {
    let Some(post) = unveiled_post(conn, by, id).await? else { return Ok(Vec::new()) };
    let mut all = vec![post.source];
    for (number, _) in store::revisions(conn, id).await? {
        all.extend(store::texts(conn, id, number).await?.into_iter().map(|text| text.markdown));
    }
    all.retain(|text| !text.is_empty());
    Ok(all)
}

/// The texts of a thread's other posts that are not removed, every revision.
pub async fn texts_beside(
    conn: &mut Conn,
    _by: &Moderator,
    thread: &ThreadId,
    except: &PostId,
) -> Result<Vec<(PostId, String)>> {
    store::texts_beside(conn, thread, except).await
}

/// What is left of a removed post: keys, and rows of its text.
pub async fn left_of(conn: &mut Conn, id: &PostId) -> Result<(u64, u64)> {
    store::left_of(conn, id).await
}

/// The texts of earlier revisions, for a moderator's exhibit.
pub async fn previous_texts(conn: &mut Conn, _by: &Moderator, id: &PostId) -> Result<Vec<Revision>> {
    let mut all = Vec::new();
    for (number, written_at) in store::revisions(conn, id).await? {
        let texts = store::texts(conn, id, number).await?;
        all.push(Revision { number, written_at, texts: texts.into_iter().filter_map(as_text).collect() });
    }
    all.pop();
    Ok(all)
}

/// What an author answered to a `confirm` finding: code and place.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Answer {
    pub part: String,
    pub span_start: i64,
    pub span_end: i64,
    pub category: String,
    pub rule: String,
    pub reason: String,
}

impl Answer {
    /// The answers kept with a post's current revision.
    pub async fn of_post(conn: &mut Conn, _by: &Moderator, id: &PostId, revision: i64) -> Result<Vec<Answer>> {
        store::answers(conn, id, revision).await
    }
}

/// Puts a row together with its text; what may not be read has none.
fn compose(row: store::PostRow, texts: &[store::TextRow], interests: &[store::InterestRow]) -> Post {
    let state = match (row.removed_at, row.veiled_at) {
        (Some(at), _) => PostState::Removed { at, reason: row.removed_for.unwrap_or_default() },
        (None, Some(at)) => PostState::Veiled { at, reason: row.veiled_for.unwrap_or_default() },
        (None, None) => PostState::Open,
    };
    let open = state == PostState::Open;
    let of_this = |post: &PostId, revision: i64| open && *post == row.post_id && revision == row.revision;
    let mut shown: Vec<Text> =
        texts.iter().filter(|text| of_this(&text.post_id, text.revision)).cloned().filter_map(as_text).collect();
    shown.sort_by_key(|text| PARTS.iter().position(|(name, _)| *name == text.part));
    Post {
        interests: interests
            .iter()
            .filter(|interest| of_this(&interest.post_id, interest.revision))
            .map(|interest| interest.words.clone())
            .collect(),
        author: Byline {
            account_id: row.account_id,
            name: row.name,
            profession: row.profession,
            specialty: row.specialty,
            register: row.register,
            checked_at: row.checked_at,
            warrant: row.warrant,
        },
        id: row.post_id,
        thread: row.thread_id,
        position: row.position,
        revision: row.revision,
        ground: Ground::parse(&row.ground).unwrap_or(Ground::Opinion),
        source: if open { row.source } else { String::new() },
        notice: row.noticed_at.filter(|_| open && !row.notice.is_empty()).map(|at| (row.notice, at)),
        written_at: row.written_at,
        revised_at: row.revised_at,
        state,
        texts: shown,
    }
}

fn as_text(row: store::TextRow) -> Option<Text> {
    let (part, label) = PARTS.iter().find(|(name, _)| *name == row.part)?;
    Some(Text { part, label, markdown: row.markdown, html: row.html })
}
