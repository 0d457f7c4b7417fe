//! Searching past discussions.

use super::At;
use crate::accounts::Clinician;
use crate::base::problem::Result;
use crate::search::Query as Asked;
use crate::web::body::Json;
use crate::web::handlers::search::{ask, day};
use crate::web::site::Site;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// What to look for; "in quotes" for a phrase as it stands.
    q: String,
    /// A room's slug.
    room: Option<String>,
    /// The first and the last day, as 2026-03-12.
    from: Option<String>,
    to: Option<String>,
    /// Neither synonyms nor forgiven spelling.
    #[serde(default)]
    exact: bool,
    #[serde(default)]
    offset: usize,
}

#[derive(Serialize, ToSchema)]
pub struct Results {
    total: u64,
    hits: Vec<ShownHit>,
    /// What was typed, and what else was therefore looked for.
    synonyms: Vec<Synonym>,
    /// The `offset` of the next page.
    next: Option<usize>,
}

#[derive(Serialize, ToSchema)]
pub struct Synonym {
    typed: String,
    also: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub struct ShownHit {
    post: String,
    thread: String,
    room: String,
    title: Option<String>,
    /// HTML with `<mark>` round what was found.
    excerpt: String,
    author: String,
    position: i64,
    replies: i64,
    written_at: At,
}

/// Searches; every hit is read again with your permission before it is shown.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(Search), responses((status = 200, body = Results),
    (status = 422, description = "A question that cannot be asked")))]
pub async fn search(State(site): State<Site>, viewer: Clinician, Query(asked): Query<Search>) -> Result<Json<Results>> {
    let query = Asked {
        words: asked.q,
        room: asked.room,
        from: day("from", asked.from.as_deref().unwrap_or(""), false)?,
        to: day("to", asked.to.as_deref().unwrap_or(""), true)?,
        exact: asked.exact,
        offset: asked.offset,
        most: 20,
    };
    let found = ask(&site, &viewer, &query).await?;
    Ok(Json(Results {
        total: found.total,
        synonyms: found.synonyms_used.into_iter().map(|(typed, also)| Synonym { typed, also }).collect(),
        next: found.next,
        hits: found
            .hits
            .into_iter()
            .map(|hit| ShownHit {
                post: hit.post.as_str().to_owned(),
                thread: hit.thread.as_str().to_owned(),
                room: hit.room_slug,
                title: hit.thread_title,
                excerpt: hit.excerpt.to_string(),
                author: hit.author.name,
                position: hit.position,
                replies: hit.replies,
                written_at: hit.written_at.into(),
            })
            .collect(),
    }))
}
