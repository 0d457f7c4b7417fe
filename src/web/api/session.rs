//! Signing in and out.

use crate::auth::{SignIn, session, throttle};
use crate::base::problem::{Problem, Result};
use crate::base::secret::Secret;
use crate::web::body::{Json, json};
use crate::web::guard::{self, Visitor};
use crate::web::handlers::entry::{client, device, with_cookie};
use crate::web::server::From;
use crate::web::site::Site;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    #[schema(example = "ada@demo.example")]
    email: String,
    #[schema(value_type = String, format = Password)]
    password: Secret,
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
pub struct Who {
    account: String,
    name: String,
    /// Verified and not suspended: may read and write discussions.
    clinician: bool,
    /// verifier, moderator, admin
    roles: Vec<&'static str>,
}

/// Signs in with address and password; the session comes as a cookie.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = Credentials, responses(
    (status = 201, description = "Signed in; the cookie is set", body = Who),
    (status = 422, description = "The address and the password do not belong together"),
    (status = 429, description = "Too many tries")))]
pub async fn begin(
    State(site): State<Site>,
    Extension(from): Extension<From>,
    headers: HeaderMap,
    Json(credentials): Json<Credentials>,
) -> Result<Response> {
    let address = client(&site, from, &headers);
    throttle::ask_address(&site.log, &address).await?;
    let by = SignIn { device: device(&headers), shared: false };
    match site.passwords.sign_in(&site.log, &credentials.email, &credentials.password, by).await {
        Ok((session, token)) => {
            let member = crate::accounts::Member::load(&mut *site.log.reader().await?, &session.account_id)
                .await?
                .ok_or(Problem::SignIn)?;
            let who = Who {
                account: member.id().as_str().to_owned(),
                name: member.account().name.clone(),
                clinician: member.is_clinician(),
                roles: member.roles().map(|role| role.code()).collect(),
            };
            Ok(with_cookie(json(StatusCode::CREATED, who), &guard::cookie(&site, &token)))
        }
        Err(problem) => {
            if matches!(problem, Problem::Refused(_)) {
                throttle::count_address(&site.log, &address).await?;
            }
            Err(problem)
        }
    }
}

/// Ends the session.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", responses((status = 204, description = "Signed out")))]
pub async fn end(State(site): State<Site>, visitor: Visitor) -> Result<Response> {
    session::end(&site.log, &visitor.member, &visitor.session.id).await?;
    Ok(with_cookie(StatusCode::NO_CONTENT.into_response(), &guard::no_cookie(&site)))
}
