//! Rooms, threads, posts.

use super::check::decline;
use super::{Answer, At, Disclosure, id};
use crate::accounts::Clinician;
use crate::base::id::{PostId, ThreadId};
use crate::base::page::Cursor;
use crate::base::problem::{Problem, Result};
use crate::base::secret::Secret;
use crate::deid::gate;
use crate::discussion::{self, Attached, Draft, Post, PostState, Start, Way};
use crate::web::body::{Json, json};
use crate::web::site::Site;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
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
    let rooms = discussion::rooms(&mut *site.log.reader().await?, &viewer).await?;
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
pub async fn thread(State(site): State<Site>, viewer: Clinician, Path(thread): Path<String>) -> Result<Json<ShownThread>> {
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
    discussion::deliver(&site.log, &viewer, Way::Api, &shown).await?;
    Ok(Json(ShownThread {
        id: head.id.as_str().to_owned(),
        room: head.room_slug,
        kind: head.kind.code(),
        basis: head.basis.map(|basis| basis.code()),
        title: posts.first().and_then(|post| post.text("title")).map(|text| text.markdown.clone()),
        started_at: head.started_at.into(),
        active_at: head.active_at.into(),
        seq,
        posts: posts.into_iter().map(ShownPost::of).collect(),
    }))
}

/// A case or a question to be published.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewThread {
    /// case, question
    #[schema(example = "case")]
    kind: String,
    /// For a case, on what basis it may be shared: anonymised, consent, invented.
    #[serde(default)]
    basis: String,
    title: String,
    #[serde(default)]
    presentation: String,
    #[serde(default)]
    history: String,
    #[serde(default)]
    findings: String,
    #[serde(default)]
    investigations: String,
    question: String,
    disclosure: Disclosure,
    #[serde(default)]
    answers: Vec<Answer>,
    /// Your own key of 8 to 64 letters and figures: sending the same twice adds one thread.
    #[serde(default)]
    key: Option<String>,
}

/// A reply to be published, or a new text of one's own post.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPost {
    /// Markdown.
    body: String,
    /// opinion, experience, evidence
    #[schema(example = "experience")]
    ground: String,
    /// What evidence rests on.
    #[serde(default)]
    source: String,
    disclosure: Disclosure,
    #[serde(default)]
    answers: Vec<Answer>,
    #[serde(default)]
    key: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The revision you read; another since then is a conflict.
    revision: i64,
    /// For a reply.
    #[serde(default)]
    body: String,
    #[serde(default)]
    ground: String,
    #[serde(default)]
    source: String,
    /// For the post that starts a thread.
    #[serde(default)]
    title: String,
    #[serde(default)]
    presentation: String,
    #[serde(default)]
    history: String,
    #[serde(default)]
    findings: String,
    #[serde(default)]
    investigations: String,
    #[serde(default)]
    question: String,
    disclosure: Disclosure,
    #[serde(default)]
    answers: Vec<Answer>,
}

#[derive(Serialize, ToSchema)]
pub struct Published {
    thread: String,
    post: String,
    position: i64,
    /// Its place in the log.
    seq: i64,
}

#[derive(Serialize, ToSchema)]
pub struct Changed {
    post: String,
    revision: i64,
}

fn attached(disclosure: Disclosure, answers: Vec<Answer>) -> Attached {
    Attached {
        answers: answers
            .into_iter()
            .map(|answer| gate::Answer { finding: answer.finding, reason: answer.reason })
            .collect(),
        interest_statement: disclosure.statement,
        interests: disclosure.interests,
    }
}

fn key(site: &Site, given: Option<String>) -> String {
    given.unwrap_or_else(|| Secret::fresh(site.log.chance()).hash()[..32].to_owned())
}

fn texts(pairs: [(&str, String); 6]) -> Vec<(String, String)> {
    pairs.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

fn published(placed: discussion::Placed) -> Response {
    json(
        StatusCode::CREATED,
        Published {
            thread: placed.thread.as_str().to_owned(),
            post: placed.post.as_str().to_owned(),
            position: placed.position,
            seq: placed.seq,
        },
    )
}

/// Starts a thread.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/threads", tag = "discussion", params(("room" = String, Path)),
    request_body = NewThread, responses(
    (status = 201, body = Published),
    (status = 422, description = "Fields to put right, or something that could identify a patient")))]
pub async fn start(
    State(site): State<Site>,
    author: Clinician,
    Path(room): Path<String>,
    Json(new): Json<NewThread>,
) -> Result<Response> {
    if discussion::room(&mut *site.log.reader().await?, &author, &room).await?.is_none() {
        return Err(Problem::NotFound);
    }
    let start = Start { room, kind: new.kind, basis: new.basis };
    let draft = Draft {
        key: key(&site, new.key),
        texts: texts([
            ("title", new.title),
            ("presentation", new.presentation),
            ("history", new.history),
            ("findings", new.findings),
            ("investigations", new.investigations),
            ("question", new.question),
        ]),
        ..Draft::default()
    };
    match discussion::submit_start(&site.log, &author, &start, &draft, &attached(new.disclosure, new.answers)).await {
        Ok(placed) => Ok(published(placed)),
        Err(declined) => decline(declined),
    }
}

/// Replies in a thread.
#[utoipa::path(post, path = "/api/v1/threads/{id}/posts", tag = "discussion", params(("id" = String, Path)),
    request_body = NewPost, responses(
    (status = 201, body = Published),
    (status = 422, description = "Fields to put right, or something that could identify a patient")))]
pub async fn reply(
    State(site): State<Site>,
    author: Clinician,
    Path(thread): Path<String>,
    Json(new): Json<NewPost>,
) -> Result<Response> {
    let thread = id(ThreadId::parse(&thread))?;
    let draft = Draft {
        ground: new.ground,
        source: new.source,
        key: key(&site, new.key),
        texts: vec![("body".to_owned(), new.body)],
    };
    match discussion::submit_reply(&site.log, &author, &thread, &draft, &attached(new.disclosure, new.answers)).await {
        Ok(placed) => Ok(published(placed)),
        Err(declined) => decline(declined),
    }
}

/// Changes one's own post. The text before stays as a revision.
#[utoipa::path(patch, path = "/api/v1/posts/{id}", tag = "discussion", params(("id" = String, Path)),
    request_body = Change, responses(
    (status = 200, body = Changed), (status = 404, description = "No such post of yours"),
    (status = 409, description = "It was changed meanwhile, or is under review"),
    (status = 422, description = "Fields to put right, or something that could identify a patient")))]
pub async fn change(
    State(site): State<Site>,
    author: Clinician,
    Path(post): Path<String>,
    Json(new): Json<Change>,
) -> Result<Response> {
    let post = id(PostId::parse(&post))?;
    let mut all = texts([
        ("title", new.title),
        ("presentation", new.presentation),
        ("history", new.history),
        ("findings", new.findings),
        ("investigations", new.investigations),
        ("question", new.question),
    ]);
    all.push(("body".to_owned(), new.body));
    let draft = Draft { ground: new.ground, source: new.source, key: key(&site, None), texts: all };
    let with = attached(new.disclosure, new.answers);
    match discussion::submit_revision(&site.log, &author, &post, new.revision, &draft, &with).await {
        Ok(revision) => Ok(json(StatusCode::OK, Changed { post: post.as_str().to_owned(), revision })),
        Err(declined) => decline(declined),
    }
}
