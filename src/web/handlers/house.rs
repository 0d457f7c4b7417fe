//! Help, health, and the files that pages are dressed in.

use crate::base::problem::{Problem, Result};
use crate::web::assets;
use crate::web::edge::page;
use crate::web::guard::Perhaps;
use crate::web::pages::help::HelpPage;
use crate::web::shell::Place;
use crate::web::site::Site;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

pub async fn help(State(site): State<Site>, visitor: Perhaps) -> Result<Response> {
    Ok(page(HelpPage {
        shell: site.shell(visitor.member(), "Help", Place::Help).await?,
        contact: site.config.data_protection_contact.clone(),
    }))
}

/// The process runs.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers and the log can be read.
pub async fn readyz(State(site): State<Site>) -> Result<&'static str> {
    site.log.head().await.map_err(|_| Problem::Busy)?;
    Ok("ready\n")
}

/// An asset under its hashed name: it never changes, so it may be kept.
pub async fn asset(Path(path): Path<String>) -> Result<Response> {
    let (bytes, kind) = assets::find(&format!("/assets/{path}")).ok_or(Problem::NotFound)?;
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, bytes).into_response())
}
