//! Notes to oneself on removed posts, and one's answer.

use super::see;
use crate::accounts::Member;
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use crate::breach;
use crate::web::body::Fields;
use crate::web::edge::page;
use crate::web::pages::notices::{NoticesPage, Row};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use std::collections::HashMap;

pub async fn own(
    State(site): State<Site>,
    member: Member,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let now = site.log.clock().now();
    let rows = breach::notices(&mut *site.log.reader().await?, &member).await?;
    Ok(page(NoticesPage {
        shell: site.shell(Some(&member), "Notes to you", Place::Elsewhere).await?,
        notice: asked.get("done").map(|_| "Thank you. Your answer is kept.".to_owned()),
        rows: rows
            .into_iter()
            .map(|row| Row {
                post: row.post.to_string(),
                room: row.room,
                removed: view::moment(row.confirmed_at, now),
                shown: row.shown_at.map(|at| view::moment(at, now)),
                needs_help: row.answer.as_deref() == Some("help"),
                answer: breach::ANSWERS
                    .iter()
                    .find(|(code, _)| row.answer.as_deref() == Some(code))
                    .map_or("", |(_, words)| words),
            })
            .collect(),
        contact: site.config.data_protection_contact.clone(),
    }))
}

pub async fn answer(
    State(site): State<Site>,
    member: Member,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let post = PostId::parse(&id).ok_or(Problem::NotFound)?;
    breach::answer(&site.log, &member, &post, fields.get("answer")).await?;
    Ok(see("/notices?done=answered"))
}
