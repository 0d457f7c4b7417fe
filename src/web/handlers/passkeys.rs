//! Passkey ceremonies: JSON between our own script and the library.

use super::safe_next;
use crate::auth::{Begun, SignIn};
use crate::base::id::{CeremonyId, PasskeyId};
use crate::base::problem::{Problem, Result};
use crate::web::body::Json;
use crate::web::guard::{self, Visitor};
use crate::web::handlers::entry::{device, with_cookie};
use crate::web::site::Site;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    id: String,
    credential: Value,
    #[serde(default)]
    shared: bool,
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinishAdd {
    id: String,
    credential: Value,
}

#[derive(Serialize)]
pub struct Next {
    next: String,
}

#[derive(Serialize)]
pub struct Added {
    passkey: PasskeyId,
    next: String,
}

fn ceremony(id: &str) -> Result<CeremonyId> {
    CeremonyId::parse(id).ok_or_else(|| Problem::conflict("expired", "This took too long. Start again."))
}

pub async fn start_sign_in(State(site): State<Site>, Json(Nothing {}): Json<Nothing>) -> Result<Json<Begun>> {
    Ok(Json(site.passkeys.start_sign_in(&site.log).await?))
}

pub async fn finish_sign_in(
    State(site): State<Site>,
    headers: HeaderMap,
    Json(done): Json<Finish>,
) -> Result<Response> {
    let by = SignIn { device: device(&headers), shared: done.shared };
    let (_, token) = site.passkeys.finish_sign_in(&site.log, &ceremony(&done.id)?, done.credential, by).await?;
    let next = Next { next: safe_next(if done.next.is_empty() { "/" } else { &done.next }) };
    Ok(with_cookie(Json(next).into_response(), &guard::cookie(&site, &token)))
}

pub async fn start_step_up(
    State(site): State<Site>,
    visitor: Visitor,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Json<Begun>> {
    Ok(Json(site.passkeys.start_step_up(&site.log, &visitor.session).await?))
}

pub async fn finish_step_up(
    State(site): State<Site>,
    visitor: Visitor,
    Json(done): Json<Finish>,
) -> Result<Json<Next>> {
    site.passkeys.finish_step_up(&site.log, &visitor.session, &ceremony(&done.id)?, done.credential).await?;
    Ok(Json(Next { next: safe_next(&done.next) }))
}

/// A new way in is a grave thing: it needs a fresh proof.
pub async fn start_add(State(site): State<Site>, visitor: Visitor, Json(wanted): Json<Begin>) -> Result<Json<Begun>> {
    visitor.session.present(site.log.clock().now(), false)?;
    Ok(Json(site.passkeys.start_add(&site.log, &visitor.member, &visitor.session, &wanted.name).await?))
}

pub async fn finish_add(
    State(site): State<Site>,
    visitor: Visitor,
    Json(done): Json<FinishAdd>,
) -> Result<Json<Added>> {
    let id = ceremony(&done.id)?;
    let passkey = site.passkeys.finish_add(&site.log, &visitor.member, &visitor.session, &id, done.credential).await?;
    Ok(Json(Added { passkey, next: "/settings".to_owned() }))
}
