//! Applications for admission.

use super::At;
use crate::accounts::{Member, Verifier};
use crate::base::problem::Result;
use crate::verification::{self, Claim};
use crate::web::body::{Json, json};
use crate::web::site::Site;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApplication {
    /// ISO 3166-1 alpha-2.
    #[schema(example = "GB")]
    country: String,
    /// A register's code: gmc, nppes, nmc …
    #[schema(example = "gmc")]
    register: String,
    #[schema(example = "physician")]
    profession: String,
    number: String,
    registered_name: String,
    #[serde(default)]
    statement: String,
    /// The number is written so, although the register's numbers are known to be written otherwise.
    #[serde(default)]
    number_stands: bool,
}

#[derive(Serialize, ToSchema)]
pub struct Sent {
    application: String,
}

/// Applies for admission. The number's form is judged at once; a match alone admits nobody.
#[utoipa::path(post, path = "/api/v1/applications", tag = "admission", request_body = NewApplication, responses(
    (status = 201, body = Sent), (status = 409, description = "There is an open application, or you are admitted"),
    (status = 422, description = "Fields to put right")))]
pub async fn apply(State(site): State<Site>, member: Member, Json(new): Json<NewApplication>) -> Result<Response> {
    let claim = Claim {
        country: new.country,
        register: new.register,
        profession: new.profession,
        number: new.number,
        registered_name: new.registered_name,
        statement: new.statement,
        number_stands: new.number_stands,
    };
    site.look_up(&claim).await?;
    let id = verification::apply(&site.log, &site.config.admission, &member, claim).await?;
    Ok(json(StatusCode::CREATED, Sent { application: id.as_str().to_owned() }))
}

#[derive(Serialize, ToSchema)]
pub struct Waiting {
    id: String,
    name: String,
    profession: String,
    register: String,
    country: String,
    /// What to look at.
    gist: String,
    sent_at: At,
    due_at: At,
}

/// The applications that wait for a verifier, the one due first on top.
#[utoipa::path(get, path = "/api/v1/applications", tag = "admission", responses((status = 200, body = Vec<Waiting>)))]
pub async fn list(State(site): State<Site>, verifier: Verifier) -> Result<Json<Vec<Waiting>>> {
    let waiting = verification::queue(&mut *site.log.reader().await?, &verifier).await?;
    Ok(Json(
        waiting
            .into_iter()
            .map(|one| Waiting {
                id: one.id.as_str().to_owned(),
                name: one.name,
                profession: one.profession,
                register: one.register,
                country: one.country,
                gist: one.gist,
                sent_at: one.sent_at.into(),
                due_at: one.due_at.into(),
            })
            .collect(),
    ))
}
