//! What waits for a moderator before it is published.

use super::{At, id};
use crate::accounts::{Clinician, Moderator};
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use crate::discussion;
use crate::moderation;
use crate::web::body::{Json, json};
use crate::web::site::Site;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct HeldText {
    post: String,
    thread: String,
    room: String,
    /// start, reply, change
    act: String,
    held_at: At,
    /// When it was given back to its author.
    returned_at: Option<At>,
    /// recognisable, consent, other
    returned_for: Option<String>,
    returned_note: Option<String>,
}

impl HeldText {
    fn of(row: &discussion::HeldRow) -> HeldText {
        let given = row.returned.as_ref();
        HeldText {
            post: row.post.as_str().to_owned(),
            thread: row.thread.as_str().to_owned(),
            room: row.room_slug.clone(),
            act: row.act.clone(),
            held_at: row.held_at.into(),
            returned_at: given.map(|given| given.at.into()),
            returned_for: given.map(|given| given.reason.clone()),
            returned_note: given.map(|given| given.note.clone()),
        }
    }
}

/// Your own texts that are not published yet, the newest first.
#[utoipa::path(get, path = "/api/v1/held", tag = "discussion", responses((status = 200, body = Vec<HeldText>)))]
pub async fn own(State(site): State<Site>, author: Clinician) -> Result<Json<Vec<HeldText>>> {
    let rows = discussion::own_held(&mut *site.log.reader().await?, &author).await?;
    Ok(Json(rows.iter().map(HeldText::of).collect()))
}

/// Takes your own held text back; every word of it is gone.
#[utoipa::path(delete, path = "/api/v1/held/{id}", tag = "discussion", params(("id" = String, Path)),
    responses((status = 204, description = "Gone"), (status = 404, description = "No such text of yours")))]
pub async fn withdraw(State(site): State<Site>, author: Clinician, Path(post): Path<String>) -> Result<StatusCode> {
    discussion::withdraw(&site.log, &author, &id(PostId::parse(&post))?).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Serialize, ToSchema)]
pub struct HeldPart {
    part: String,
    markdown: String,
}

#[derive(Serialize, ToSchema)]
pub struct HeldExhibit {
    text: HeldText,
    author: String,
    parts: Vec<HeldPart>,
    /// How and when consent was recorded.
    consent_note: String,
    /// What tells most.
    details: Vec<String>,
    /// The cheapest change that lowers the band.
    change: Option<String>,
}

/// A held text, for a moderator. That you opened it is recorded.
#[utoipa::path(get, path = "/api/v1/moderation/held/{id}", tag = "moderation", params(("id" = String, Path)),
    responses((status = 200, body = HeldExhibit), (status = 404, description = "No such text")))]
pub async fn show(State(site): State<Site>, by: Moderator, Path(post): Path<String>) -> Result<Json<HeldExhibit>> {
    let exhibit = moderation::open_held(&site.log, &by, &id(PostId::parse(&post))?).await?.ok_or(Problem::NotFound)?;
    let held = exhibit.held;
    Ok(Json(HeldExhibit {
        text: HeldText::of(&held.row),
        author: held.row.author_name,
        parts: held.parts.into_iter().map(|part| HeldPart { part: part.name, markdown: part.text }).collect(),
        consent_note: held.consent,
        details: exhibit.risk.details,
        change: exhibit.risk.change,
    }))
}

#[derive(Serialize, ToSchema)]
pub struct Released {
    thread: String,
    post: String,
    position: i64,
    /// Its place in the log.
    seq: i64,
}

/// Publishes a held text.
#[utoipa::path(post, path = "/api/v1/posts/{id}/release", tag = "moderation", params(("id" = String, Path)),
    responses((status = 201, body = Released), (status = 404, description = "No such held text"),
    (status = 409, description = "Decided already, your own, or it no longer passes")))]
pub async fn release(State(site): State<Site>, by: Moderator, Path(post): Path<String>) -> Result<Response> {
    let placed = moderation::release(&site.log, &by, &id(PostId::parse(&post))?).await?;
    Ok(json(
        StatusCode::CREATED,
        Released {
            thread: placed.thread.as_str().to_owned(),
            post: placed.post.as_str().to_owned(),
            position: placed.position,
            seq: placed.seq,
        },
    ))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReturn {
    /// recognisable, consent, other
    #[schema(example = "recognisable")]
    reason: String,
    /// What to change.
    #[serde(default)]
    note: String,
}

/// Gives a held text back to its author, who may change it and send it again.
#[utoipa::path(post, path = "/api/v1/posts/{id}/return", tag = "moderation", params(("id" = String, Path)),
    request_body = NewReturn, responses((status = 204, description = "Given back"),
    (status = 404, description = "No such held text"), (status = 409, description = "Decided already, or your own")))]
pub async fn give_back(
    State(site): State<Site>,
    by: Moderator,
    Path(post): Path<String>,
    Json(new): Json<NewReturn>,
) -> Result<StatusCode> {
    moderation::give_back(&site.log, &by, &id(PostId::parse(&post))?, &new.reason, &new.note).await?;
    Ok(StatusCode::NO_CONTENT)
}
