//! Evidence of the person: the applicant's own, and what verifiers and members add.

use super::{At, id};
use crate::accounts::{Clinician, Member, Verifier};
use crate::base::id::ApplicationId;
use crate::base::problem::{Problem, Result};
use crate::verification;
use crate::web::body::{Json, json};
use crate::web::site::Site;
use crate::web::upload::Whole;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct Evidence {
    /// What is missing to be let in by evidence alone, in sentences.
    missing: Vec<String>,
    given: Vec<Given>,
}

#[derive(Serialize, ToSchema)]
pub struct Given {
    id: String,
    /// `photo-id`, `work-document`, `name-document`, `mailed-link`, `provider`, `vouch`, `live-check`
    kind: String,
    state: String,
    counts: bool,
    given_at: At,
}

#[derive(Serialize, ToSchema)]
pub struct Added {
    evidence: String,
}

/// What one has given for one's own application, and what is missing.
#[utoipa::path(get, path = "/api/v1/application/evidence", tag = "admission", responses(
    (status = 200, body = Evidence), (status = 404, description = "There is no application yet")))]
pub async fn own(State(site): State<Site>, member: Member) -> Result<Json<Evidence>> {
    let now = site.log.clock().now();
    let own = verification::own(&mut *site.log.reader().await?, &site.config.admission, &member, now)
        .await?
        .ok_or(Problem::NotFound)?;
    let is_open = own.application.state.is_open();
    Ok(Json(Evidence {
        missing: if is_open { verification::missing(own.scores) } else { Vec::new() },
        given: own
            .given
            .into_iter()
            .map(|one| Given {
                id: one.id.to_string(),
                kind: one.kind.code().to_owned(),
                state: one.state.to_owned(),
                counts: one.counts,
                given_at: one.at.into(),
            })
            .collect(),
    }))
}

/// Sends a document: the file is the body. It is read in a process of its own; only its pixels are kept, encrypted.
#[utoipa::path(post, path = "/api/v1/application/evidence/documents", tag = "admission",
    params(("kind" = String, Query, description = "photo-id, work-document or name-document")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = Added), (status = 413, description = "Too large"), (status = 422, description = "Cannot be read")))]
pub async fn give(
    State(site): State<Site>,
    member: Member,
    Query(asked): Query<HashMap<String, String>>,
    Whole(file): Whole,
) -> Result<Response> {
    let kind = asked.get("kind").map_or("", String::as_str);
    let (log, policy) = (&site.log, &site.config.admission);
    let evidence = verification::give_document(log, policy, &site.strongroom, &member, kind, &file).await?;
    Ok(json(StatusCode::CREATED, Added { evidence: evidence.to_string() }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    address: String,
    /// `register` or `employer`
    by: String,
    /// Where the verifier found it.
    published: String,
}

/// Sends a one-time link to an address that the register or the employer publishes.
#[utoipa::path(post, path = "/api/v1/applications/{id}/links", tag = "admission", request_body = NewLink, responses(
    (status = 201, body = Added), (status = 422, description = "Fields to put right")))]
pub async fn send_link(
    State(site): State<Site>,
    verifier: Verifier,
    Path(application): Path<String>,
    Json(new): Json<NewLink>,
) -> Result<Response> {
    let application = id(ApplicationId::parse(&application))?;
    let evidence =
        verification::send_link(&site.log, &verifier, &application, &new.address, &new.by, &new.published).await?;
    Ok(json(StatusCode::CREATED, Added { evidence: evidence.to_string() }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LiveCheck {
    /// `video` or `in-person`
    how: String,
    #[schema(example = "2026-03-12")]
    on: String,
}

/// Notes that a verifier saw the applicant.
#[utoipa::path(post, path = "/api/v1/applications/{id}/live-checks", tag = "admission", request_body = LiveCheck,
    responses((status = 204), (status = 422, description = "Fields to put right")))]
pub async fn live_check(
    State(site): State<Site>,
    verifier: Verifier,
    Path(application): Path<String>,
    Json(new): Json<LiveCheck>,
) -> Result<StatusCode> {
    let application = id(ApplicationId::parse(&application))?;
    let (log, policy) = (&site.log, &site.config.admission);
    verification::note_live_check(log, policy, &verifier, &application, &new.how, &new.on).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVouch {
    /// That one knows them and answers for it.
    sure: bool,
}

/// Answers for an applicant.
#[utoipa::path(post, path = "/api/v1/applications/{id}/vouches", tag = "admission", request_body = NewVouch,
    responses((status = 204), (status = 409, description = "You may not vouch for them, and why")))]
pub async fn vouch(
    State(site): State<Site>,
    member: Clinician,
    Path(application): Path<String>,
    Json(new): Json<NewVouch>,
) -> Result<StatusCode> {
    let application = id(ApplicationId::parse(&application))?;
    verification::vouch(&site.log, &site.config.admission, &member, &application, new.sure).await?;
    Ok(StatusCode::NO_CONTENT)
}
