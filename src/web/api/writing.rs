//! Writing: starting a thread, replying, changing one's own post.

use super::check::decline;
use super::{Answer, Disclosure, id};
use crate::accounts::Writer;
use crate::base::id::{PostId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::base::secret::Secret;
use crate::deid::gate;
use crate::discussion::{self, Attached, Draft, Placed, Start};
use crate::web::body::{Json, json};
use crate::web::site::Site;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
    /// How and when consent was recorded, for moderators alone. Needed where the details together could identify: the
    /// text is then held until a moderator has looked.
    #[serde(default)]
    consent_note: String,
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
    /// How and when consent was recorded, for moderators alone. Needed where the details together could identify: the
    /// text is then held until a moderator has looked.
    #[serde(default)]
    consent_note: String,
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
    /// How and when consent was recorded, for moderators alone. Needed where the details together could identify: the
    /// text is then held until a moderator has looked.
    #[serde(default)]
    consent_note: String,
    disclosure: Disclosure,
    #[serde(default)]
    answers: Vec<Answer>,
}

#[derive(Serialize, ToSchema)]
pub struct Published {
    thread: String,
    post: String,
    /// 0 while it is held.
    position: i64,
    /// Its place in the log.
    seq: i64,
    /// `published`, or `held` until a moderator has looked.
    #[schema(value_type = String, example = "published")]
    state: &'static str,
}

#[derive(Serialize, ToSchema)]
pub struct Changed {
    post: String,
    revision: i64,
    /// `published`, or `held` until a moderator has looked; meanwhile the text before stays.
    #[schema(value_type = String, example = "published")]
    state: &'static str,
}

/// What became of it, as a status and a word.
fn state(held: bool) -> (StatusCode, &'static str) {
    if held { (StatusCode::ACCEPTED, "held") } else { (StatusCode::CREATED, "published") }
}

fn attached(disclosure: Disclosure, answers: Vec<Answer>) -> Attached {
    Attached {
        answers: answers
            .into_iter()
            .map(|answer| gate::Answer { finding: answer.finding, reason: answer.reason })
            .collect(),
        interest_statement: disclosure.statement,
        interests: disclosure.interests,
        instead_of: None,
    }
}

fn key(site: &Site, given: Option<String>) -> String {
    given.unwrap_or_else(|| Secret::fresh(site.log.chance()).hash()[..32].to_owned())
}

fn texts(pairs: [(&str, String); 6]) -> Vec<(String, String)> {
    pairs.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

fn published(placed: discussion::Placed) -> Response {
    let (status, state) = state(placed.held);
    json(
        status,
        Published {
            thread: placed.thread.as_str().to_owned(),
            post: placed.post.as_str().to_owned(),
            position: placed.position,
            seq: placed.seq,
            state,
        },
    )
}

/// Starts a thread.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/threads", tag = "discussion", params(("room" = String, Path)),
    request_body = NewThread, responses(
    (status = 201, body = Published), (status = 202, body = Published, description = "Held until a moderator has looked"),
    (status = 422, description = "Fields to put right, or something that could identify a patient")))]
pub async fn start(
    State(site): State<Site>,
    author: Writer,
    Path(room): Path<String>,
    Json(new): Json<NewThread>,
) -> Result<Response> {
    if discussion::room(&mut *site.log.reader().await?, author.clinician(), &room).await?.is_none() {
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
        consent_note: new.consent_note,
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
    (status = 201, body = Published), (status = 202, body = Published, description = "Held until a moderator has looked"),
    (status = 422, description = "Fields to put right, or something that could identify a patient")))]
pub async fn reply(
    State(site): State<Site>,
    author: Writer,
    Path(thread): Path<String>,
    Json(new): Json<NewPost>,
) -> Result<Response> {
    let thread = id(ThreadId::parse(&thread))?;
    let draft = Draft {
        ground: new.ground,
        source: new.source,
        key: key(&site, new.key),
        consent_note: new.consent_note,
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
    (status = 200, body = Changed), (status = 202, body = Changed, description = "Held until a moderator has looked"),
    (status = 404, description = "No such post of yours"),
    (status = 409, description = "It was changed meanwhile, or is under review"),
    (status = 422, description = "Fields to put right, or something that could identify a patient")))]
pub async fn change(
    State(site): State<Site>,
    author: Writer,
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
    let draft = Draft {
        ground: new.ground,
        source: new.source,
        key: key(&site, None),
        consent_note: new.consent_note,
        texts: all,
    };
    let with = attached(new.disclosure, new.answers);
    match discussion::submit_revision(&site.log, &author, &post, new.revision, &draft, &with).await {
        Ok(Placed { revision, held, .. }) => {
            let (status, state) = state(held);
            let status = if held { status } else { StatusCode::OK };
            Ok(json(status, Changed { post: post.as_str().to_owned(), revision, state }))
        }
        Err(declined) => decline(declined),
    }
}
