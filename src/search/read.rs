//! The search as a person sees it: the engine names posts, the tables say what of them may be shown.

use super::engine::Index;
use super::excerpt;
use super::question::{DEEPEST, Query, Question};
use super::store;
use crate::accounts::{self, Byline, Clinician};
use crate::base::clock::Time;
use crate::base::id::{PostId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::base::text::{Html, marked};
use crate::db::Conn;
use crate::log::Log;

/// A page of hits.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub hits: Vec<Hit>,
    /// How many there are on all pages; an estimate when the engine is Meilisearch.
    pub total: u64,
    /// How many there are in each room, whichever room was asked for; most first.
    pub rooms: Vec<RoomCount>,
    /// What was typed, and what else was therefore looked for.
    pub synonyms_used: Vec<(String, Vec<String>)>,
    /// The question with misspelt words as the hits write them; say "Also showing …".
    pub corrected: Option<String>,
    /// The `offset` of the next page.
    pub next: Option<usize>,
}

/// A post that answers.
#[derive(Debug, Clone)]
pub struct Hit {
    pub post: PostId,
    pub thread: ThreadId,
    pub room_slug: String,
    pub room_name: String,
    /// Marked; `None` for a reply.
    pub title: Option<Html>,
    /// Marked.
    pub excerpt: Html,
    /// `None` when the post that began the thread is removed or hidden.
    pub thread_title: Option<String>,
    pub author: Byline,
    pub position: i64,
    pub replies: i64,
    pub written_at: Time,
    /// The revision that was shown; record the delivery of this one.
    pub revision: i64,
}

/// Hits of one room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomCount {
    pub slug: String,
    pub name: String,
    pub hits: u64,
}

/// Searches the discussions for a clinician. Every hit is read again from the tables, so what was removed or hidden a
/// moment ago is not among them. The caller records the delivery of each hit (way `search`) before it shows them.
///
/// # Errors
/// [`Problem::Refused`] naming `q`, `room`, `to` or `offset`; a fault when the engine does not answer.
pub async fn search(log: &Log, index: &Index, _reader: &Clinician, query: &Query) -> Result<Found> {
    let room = match query.room.as_deref().map(str::trim).filter(|room| !room.is_empty()) {
        None => None,
        Some(named) => {
            let known = store::room(&mut *log.reader().await?, named).await?;
            Some(known.ok_or_else(|| Problem::field("room", "unknown", "There is no such room."))?)
        }
    };
    let mut question = Question::read(query, room)?;
    let most = question.most;
    let synonyms_used = question.synonyms_used();
    let mut found = Found { synonyms_used, ..Found::default() };
    let mut texts = Vec::new();
    let mut gone = 0;
    loop {
        let hits = index.find(&question).await?;
        let mut conn = log.reader().await?;
        if found.rooms.is_empty() {
            found.rooms = room_counts(&mut conn, hits.rooms).await?;
        }
        let asked = hits.posts.len();
        let mut taken = 0;
        for post in hits.posts {
            if found.hits.len() == most {
                break;
            }
            taken += 1;
            match hit(&mut conn, &post, &question, &mut texts).await? {
                Some(hit) => found.hits.push(hit),
                None => gone += 1,
            }
        }
        question.offset += taken;
        found.total = hits.total.saturating_sub(gone);
        let ended = asked < most || question.offset as u64 >= hits.total || question.offset > DEEPEST;
        if found.hits.len() == most || ended {
            found.next = (!ended).then_some(question.offset);
            break;
        }
    }
    found.corrected = excerpt::corrected(&query.words, &question, &texts);
    Ok(found)
}

/// One post as it may be shown now; its text is added to `texts`.
async fn hit(conn: &mut Conn, post: &PostId, question: &Question, texts: &mut Vec<String>) -> Result<Option<Hit>> {
    let Some(shown) = store::shown(conn, post).await? else { return Ok(None) };
    let Some(author) = accounts::store::byline(conn, &shown.author).await? else { return Ok(None) };
    let (title, text) = store::texts(conn, post, shown.revision).await?;
    let thread_title =
        if title.is_empty() { store::thread_title(conn, &shown.thread).await? } else { Some(title.clone()) };
    let stretch = excerpt::excerpt(&text, question);
    let hit = Hit {
        post: shown.post,
        thread: shown.thread,
        room_slug: shown.room_slug,
        room_name: shown.room_name,
        title: (!title.is_empty()).then(|| marked(&title, &excerpt::marks(&title, question))),
        excerpt: marked(&stretch.text, &stretch.marks),
        thread_title,
        author,
        position: shown.position,
        replies: (shown.posts - 1).max(0),
        written_at: shown.written_at,
        revision: shown.revision,
    };
    texts.push(format!("{title}\n{text}"));
    Ok(Some(hit))
}

async fn room_counts(conn: &mut Conn, counts: Vec<(crate::base::id::RoomId, u64)>) -> Result<Vec<RoomCount>> {
    let mut out = Vec::with_capacity(counts.len());
    for (room, hits) in counts {
        if let Some((slug, name)) = store::room_name(conn, &room).await? {
            out.push(RoomCount { slug, name, hits });
        }
    }
    Ok(out)
}
