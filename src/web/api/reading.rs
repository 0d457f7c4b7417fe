//! Reading: rooms, threads, posts.

use super::{At, id};
use crate::accounts::Clinician;
use crate::base::id::ThreadId;
use crate::base::page::Cursor;
use crate::base::problem::{Problem, Result};
use crate::discussion::{self, Post, PostState, Way};
use crate::web::body::Json;
use crate::web::site::Site;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Threads in one answer.
const A_PAGE: i64 = 50;

#[derive(Serialize, ToSchema)]
pub struct ShownRoom {
    /// Its name in addresses.
    slug: String,
    name: String,
    description: String,
    threads: i64,
    /// Threads with something you have not been shown.
    fresh: i64,
}

/// All rooms.
#[utoipa::path(get, path = "/api/v1/rooms", tag = "discussion", responses((status = 200, body = Vec<ShownRoom>)))]
pub async fn rooms(State(site): State<Site>, viewer: Clinician) -> Result<Json<Vec<ShownRoom>>> {
    let rooms = discussion::rooms(&mut *site.log.reader().await?, &viewer, site.log.clock().now()).await?;
    Ok(Json(
        rooms
            .into_iter()
            .map(|room| ShownRoom {
                slug: room.slug,
                name: room.name,
                description: room.description,
                threads: room.threads,
                fresh: room.fresh,
            })
            .collect(),
    ))
}

#[derive(Serialize, ToSchema)]
pub struct ThreadLine {
    id: String,
    /// case, question
    kind: &'static str,
    /// anonymised, consent, invented; missing for a question
    basis: Option<&'static str>,
    /// Missing while the first post is hidden or removed.
    title: Option<String>,
    question: Option<String>,
    author: String,
    replies: i64,
    /// Posts you have not been shown.
    fresh: i64,
    started_at: At,
    active_at: At,
}

#[derive(Serialize, ToSchema)]
pub struct ThreadLines {
    threads: Vec<ThreadLine>,
    /// The value for `before` that goes on from here.
    older: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Before {
    /// Where the last answer said to go on.
    before: Option<String>,
}

/// The threads of a room, the latest activity first.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/threads", tag = "discussion",
    params(("room" = String, Path, description = "The room's slug"), Before),
    responses((status = 200, body = ThreadLines), (status = 404, description = "No such room")))]
pub async fn threads(
    State(site): State<Site>,
    viewer: Clinician,
    Path(room): Path<String>,
    Query(asked): Query<Before>,
) -> Result<Json<ThreadLines>> {
    let mut conn = site.log.reader().await?;
    let room = discussion::room(&mut conn, &viewer, &room).await?.ok_or(Problem::NotFound)?;
    let before = asked.before.as_deref().map_or_else(Cursor::newest, Cursor::parse);
    let mut rows = discussion::room_threads(&mut conn, &viewer, &room.id, &before, A_PAGE + 1).await?;
    let more = rows.len() as i64 > A_PAGE;
    rows.truncate(A_PAGE as usize);
    drop(conn);
    let titles: Vec<_> = rows.iter().map(|row| row.id.clone()).collect();
    site.deliveries.deliver_titles(&viewer, &titles).await?;
    Ok(Json(ThreadLines {
        older: rows.last().filter(|_| more).map(|last| last.cursor().to_string()),
        threads: rows
            .into_iter()
            .map(|row| ThreadLine {
                id: row.id.as_str().to_owned(),
                kind: row.kind.code(),
                basis: row.basis.map(|basis| basis.code()),
                title: row.title,
                question: row.question,
                author: row.author,
                replies: row.replies,
                fresh: row.fresh,
                started_at: row.started_at.into(),
                active_at: row.active_at.into(),
            })
            .collect(),
    }))
}

#[derive(Serialize, ToSchema)]
pub struct ShownThread {
    id: String,
    room: String,
    kind: &'static str,
    basis: Option<&'static str>,
    /// Nobody can reply.
    locked: bool,
    /// Missing while the first post is hidden or removed.
    title: Option<String>,
    started_at: At,
    active_at: At,
    /// The log's number up to which this answer is true; watch `/live` from here on.
    seq: i64,
    posts: Vec<ShownPost>,
}

#[derive(Serialize, ToSchema)]
pub struct ShownPost {
    id: String,
    /// 1 starts the thread.
    position: i64,
    /// open, veiled (hidden until a moderator has looked), removed
    state: &'static str,
    author: Author,
    revision: i64,
    /// case, question, opinion, experience, evidence
    ground: &'static str,
    source: String,
    /// What a moderator says about it.
    notice: Option<String>,
    written_at: At,
    revised_at: Option<At>,
    /// Empty unless open.
    parts: Vec<ShownPart>,
    /// What the author declared on that day; empty: nothing to declare.
    interests: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Author {
    name: String,
    profession: String,
    specialty: String,
    register: String,
    checked_at: Option<At>,
}

#[derive(Serialize, ToSchema)]
pub struct ShownPart {
    part: &'static str,
    markdown: String,
    /// Sanitised; the title has none.
    html: String,
}

impl ShownPost {
    pub fn of(post: Post) -> ShownPost {
        ShownPost {
            id: post.id.as_str().to_owned(),
            position: post.position,
            state: match post.state {
                PostState::Open => "open",
                PostState::Veiled { .. } => "veiled",
                PostState::Removed { .. } => "removed",
            },
            author: Author {
                name: post.author.name,
                profession: post.author.profession,
                specialty: post.author.specialty,
                register: post.author.register,
                checked_at: post.author.checked_at.map(At::from),
            },
            revision: post.revision,
            ground: post.ground.code(),
            source: post.source,
            notice: post.notice.map(|(words, _)| words),
            written_at: post.written_at.into(),
            revised_at: post.revised_at.map(At::from),
            parts: post
                .texts
                .into_iter()
                .map(|text| ShownPart { part: text.part, markdown: text.markdown, html: text.html.to_string() })
                .collect(),
            interests: post.interests,
        }
    }
}

/// A thread with its posts. What is shown is written down as shown to you.
#[utoipa::path(get, path = "/api/v1/threads/{id}", tag = "discussion", params(("id" = String, Path)),
    responses((status = 200, body = ShownThread), (status = 404, description = "No such thread")))]
pub async fn thread(
    State(site): State<Site>,
    viewer: Clinician,
    Path(thread): Path<String>,
) -> Result<Json<ShownThread>> {
    let thread = id(ThreadId::parse(&thread))?;
    let seq = site.log.head().await?;
    let mut conn = site.log.reader().await?;
    let head = discussion::thread(&mut conn, &viewer, &thread).await?.ok_or(Problem::NotFound)?;
    let posts = discussion::posts(&mut conn, &viewer, &thread, 0, head.posts).await?;
    drop(conn);
    let shown: Vec<_> = posts
        .iter()
        .filter(|post| post.is_open() && !post.is_by(viewer.id()))
        .map(|post| (thread.clone(), post.id.clone(), post.revision))
        .collect();
    site.deliveries.deliver(&viewer, Way::Api, &shown).await?;
    Ok(Json(ShownThread {
        id: head.id.as_str().to_owned(),
        room: head.room_slug,
        kind: head.kind.code(),
        basis: head.basis.map(|basis| basis.code()),
        locked: head.locked_at.is_some(),
        title: posts.first().and_then(|post| post.text("title")).map(|text| text.markdown.clone()),
        started_at: head.started_at.into(),
        active_at: head.active_at.into(),
        seq,
        posts: posts.into_iter().map(ShownPost::of).collect(),
    }))
}
