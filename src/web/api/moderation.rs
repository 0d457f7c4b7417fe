//! Flags and what moderators do.

use super::{At, id};
use crate::accounts::{Clinician, Moderator};
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use crate::moderation::{self, Asked, Filter};
use crate::web::body::{Json, json};
use crate::web::guard::Visitor;
use crate::web::handlers::removal::settle;
use crate::web::site::Site;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFlag {
    /// confidentiality, safety, accuracy, unprofessional, interest, impersonation, advertising, other
    kind: String,
    #[serde(default)]
    note: String,
}

#[derive(Serialize, ToSchema)]
pub struct Flagged {
    /// The post is hidden from everyone until a moderator has looked.
    hidden: bool,
}

/// Flags a post. A confidentiality flag hides it at once.
#[utoipa::path(post, path = "/api/v1/posts/{id}/flags", tag = "moderation", params(("id" = String, Path)),
    request_body = NewFlag, responses((status = 201, body = Flagged), (status = 404, description = "No such post"),
    (status = 409, description = "It was removed already")))]
pub async fn flag(
    State(site): State<Site>,
    by: Clinician,
    Path(post): Path<String>,
    Json(new): Json<NewFlag>,
) -> Result<Response> {
    let hidden = moderation::flag(&site.log, &by, &id(PostId::parse(&post))?, &new.kind, &new.note).await?;
    Ok(json(StatusCode::CREATED, Flagged { hidden }))
}

#[derive(Serialize, ToSchema)]
pub struct Waiting {
    /// post, held, proposal, appeal
    waits: &'static str,
    /// The decision of a proposal or an appeal; else the post.
    thing: String,
    post: String,
    thread: String,
    room: String,
    author: String,
    /// The gravest open flag; `held` for what is not published yet, `revised` for what its author has changed, `proposal`,
    /// `appeal`; `rescan`, `quote` and `language` for what the house itself flagged.
    kind: String,
    flags: i64,
    since: At,
    /// Until when it should be decided.
    due: At,
    hidden: bool,
    /// Who has it in hand.
    claimed_by: Option<String>,
}

/// What waits for a moderator, most urgent first.
#[utoipa::path(get, path = "/api/v1/moderation/queue", tag = "moderation", responses((status = 200, body = Vec<Waiting>)))]
pub async fn queue(State(site): State<Site>, by: Moderator) -> Result<Json<Vec<Waiting>>> {
    let now = site.log.clock().now();
    let rows = moderation::queue(&mut *site.log.reader().await?, &by, &Filter::default(), now).await?;
    Ok(Json(
        rows.into_iter()
            .map(|row| Waiting {
                waits: row.waits.code(),
                thing: row.thing,
                claimed_by: row.claimed.map(|claimed| claimed.name),
                due: row.due.into(),
                post: row.post.as_str().to_owned(),
                thread: row.thread.as_str().to_owned(),
                room: row.room_name,
                author: row.author,
                kind: row.reason,
                flags: row.flags,
                since: row.since.into(),
                hidden: row.veiled,
            })
            .collect(),
    ))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRemoval {
    /// confidentiality, safety, unprofessional, interest, accuracy, impersonation, advertising, other
    code: String,
}

#[derive(Serialize, ToSchema)]
pub struct Removed {
    post: String,
    at: At,
    /// Its place in the log.
    seq: i64,
    /// The search index was asked and no longer finds it.
    index_confirmed: bool,
}

/// Removes a post: every word of every revision, everywhere. Needs a fresh proof of presence.
#[utoipa::path(post, path = "/api/v1/posts/{id}/removal", tag = "moderation", params(("id" = String, Path)),
    request_body = NewRemoval, responses((status = 201, body = Removed),
    (status = 202, description = "Proposed: a second moderator carries it out"),
    (status = 403, description = "Show first that it is you"), (status = 409, description = "It was removed already")))]
pub async fn remove(
    State(site): State<Site>,
    visitor: Visitor,
    by: Moderator,
    Path(post): Path<String>,
    Json(new): Json<NewRemoval>,
) -> Result<Response> {
    let post = id(PostId::parse(&post))?;
    let present = visitor.session.present(site.log.clock().now(), site.strong_proof())?;
    let asked = Asked { reason: new.code, ..Asked::default() };
    let by = (&by, Some(&present));
    let rules = &site.config.moderation;
    let done =
        moderation::take(&site.log, &site.key, rules, by, &post, ("remove", &asked)).await.map_err(|problem| {
            // Here the field is called otherwise.
            match problem {
                Problem::Refused(_) => Problem::field("code", "unknown", "Choose under which rule it is removed."),
                other => other,
            }
        })?;
    if done.is_proposed {
        return Ok(StatusCode::ACCEPTED.into_response());
    }
    settle(&site, done.seq).await;
    let index_confirmed = site.index.confirm_gone(&post).await.unwrap_or(false);
    Ok(json(
        StatusCode::CREATED,
        Removed { post: post.as_str().to_owned(), at: done.at.into(), seq: done.seq, index_confirmed },
    ))
}

/// Settles the flags as not upheld and shows the post again.
#[utoipa::path(post, path = "/api/v1/posts/{id}/restoration", tag = "moderation", params(("id" = String, Path)),
    responses((status = 204, description = "Shown again"), (status = 409, description = "Decided already")))]
pub async fn restore(State(site): State<Site>, by: Moderator, Path(post): Path<String>) -> Result<StatusCode> {
    let (post, by) = (id(PostId::parse(&post))?, (&by, None));
    let rules = &site.config.moderation;
    moderation::take(&site.log, &site.key, rules, by, &post, ("dismiss", &Asked::default())).await?;
    Ok(StatusCode::NO_CONTENT)
}
