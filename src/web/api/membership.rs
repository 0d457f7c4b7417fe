//! Registrations as FHIR R4.

use crate::accounts::{Admin, Member};
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::membership;
use crate::web::handlers::membership::fhir;
use crate::web::site::Site;
use axum::extract::{Path, State};
use axum::response::Response;

/// What is known of one's own registration: a FHIR R4 Bundle of Practitioner, PractitionerRole and VerificationResult.
#[utoipa::path(get, path = "/api/v1/fhir/me", tag = "membership", responses(
    (status = 200, description = "A Bundle", content_type = "application/fhir+json"),
    (status = 404, description = "No registration of yours is bound here")))]
pub async fn own(State(site): State<Site>, member: Member) -> Result<Response> {
    let now = site.log.clock().now();
    let bundle = membership::export_own(&mut *site.log.reader().await?, &member, &site.config.members, now).await?;
    Ok(fhir(&bundle))
}

/// The same for any member, one at a time.
#[utoipa::path(get, path = "/api/v1/fhir/{id}", tag = "membership", params(("id" = String, Path)), responses(
    (status = 200, description = "A Bundle", content_type = "application/fhir+json"),
    (status = 404, description = "Nobody with a registration has this id")))]
pub async fn one(State(site): State<Site>, admin: Admin, Path(id): Path<String>) -> Result<Response> {
    let id = AccountId::parse(&id).ok_or(Problem::NotFound)?;
    let now = site.log.clock().now();
    Ok(fhir(&membership::export(&mut *site.log.reader().await?, &admin, &id, now).await?))
}
