//! Measures, what is answered to them, and one's own.

use super::{At, id};
use crate::accounts::{Member, Moderator};
use crate::base::id::{DecisionId, PostId};
use crate::base::problem::{Problem, Result};
use crate::moderation::{self, Asked, Measure, Takes};
use crate::web::body::{Json, json};
use crate::web::guard::Visitor;
use crate::web::handlers::case::proof;
use crate::web::handlers::removal::settle;
use crate::web::handlers::{decisions, search};
use crate::web::site::Site;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMeasure {
    /// confidentiality, safety, unprofessional, interest, accuracy, impersonation, advertising, other; empty for `dismiss`
    reason: String,
    /// For moderators alone; passes the check.
    #[serde(default)]
    note: String,
    /// For `edit` the words to take out, for `correct` the notice.
    #[serde(default)]
    words: String,
    /// For `move` the room's id.
    #[serde(default)]
    room: String,
    /// For `restrict` the last day, as 2026-03-12.
    #[serde(default)]
    until: String,
}

#[derive(Serialize, ToSchema)]
pub struct Taken {
    decision: String,
    /// It waits for a second moderator.
    proposed: bool,
    at: At,
    /// Its place in the log.
    seq: i64,
}

/// Takes a measure: dismiss, revise, edit, remove, correct, lock, unlock, move, remove-thread, warn, restrict, suspend, end.
#[utoipa::path(post, path = "/api/v1/posts/{id}/measures/{measure}", tag = "moderation",
    params(("id" = String, Path), ("measure" = String, Path)), request_body = NewMeasure,
    responses((status = 201, body = Taken), (status = 403, description = "Show first that it is you"),
    (status = 409, description = "It does not fit how the post stands, or another moderator decides"),
    (status = 422, description = "Something is missing")))]
pub async fn take(
    State(site): State<Site>,
    visitor: Visitor,
    by: Moderator,
    Path((post, code)): Path<(String, String)>,
    Json(new): Json<NewMeasure>,
) -> Result<Response> {
    let post = id(PostId::parse(&post))?;
    let measure = Measure::find(&code)?;
    let present = proof(&site, &visitor, measure)?;
    let until = if measure.takes == Takes::Until { search::day("until", &new.until, true)? } else { None };
    let asked = Asked { reason: new.reason, note: new.note, words: new.words, room: new.room, until };
    let done = moderation::take(
        &site.log,
        &site.key,
        &site.config.moderation,
        (&by, present.as_ref()),
        &post,
        (&code, &asked),
    )
    .await?;
    settle(&site, done.seq).await;
    let taken = Taken {
        decision: done.decision.as_str().to_owned(),
        proposed: done.is_proposed,
        at: done.at.into(),
        seq: done.seq,
    };
    Ok(json(StatusCode::CREATED, taken))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// carry-out, decline (a proposal); uphold, reverse (an appeal); undo
    answer: String,
}

/// Answers a proposal or an appeal, or undoes a decision.
#[utoipa::path(post, path = "/api/v1/moderation/decisions/{id}", tag = "moderation", params(("id" = String, Path)),
    request_body = NewAnswer, responses((status = 204, description = "Done"), (status = 403, description = "Show first that it is you"),
    (status = 409, description = "Answered already, or another moderator decides")))]
pub async fn answer(
    State(site): State<Site>,
    visitor: Visitor,
    by: Moderator,
    Path(decision): Path<String>,
    Json(new): Json<NewAnswer>,
) -> Result<StatusCode> {
    decisions::answer_it(&site, &visitor, &by, &decision, &new.answer).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Serialize, ToSchema)]
pub struct OwnDecision {
    id: String,
    measure: String,
    /// Under which rule, and the reason's code.
    rule: i64,
    reason: String,
    post: String,
    thread: String,
    at: At,
    /// taken, undone
    state: String,
    can_appeal: bool,
    appealed_at: Option<At>,
    /// upheld, reversed
    outcome: Option<String>,
}

/// What moderators decided about you, the newest first.
#[utoipa::path(get, path = "/api/v1/decisions", tag = "moderation", responses((status = 200, body = Vec<OwnDecision>)))]
pub async fn own(State(site): State<Site>, member: Member) -> Result<Json<Vec<OwnDecision>>> {
    let all = moderation::own_decisions(&mut *site.log.reader().await?, &member).await?;
    Ok(Json(
        all.into_iter()
            .map(|one| OwnDecision {
                can_appeal: moderation::can_appeal(&one),
                rule: moderation::reason_words(&one.reason).0,
                at: one.taken_at().into(),
                id: one.id.as_str().to_owned(),
                measure: one.measure,
                reason: one.reason,
                post: one.post.as_str().to_owned(),
                thread: one.thread.as_str().to_owned(),
                state: one.state,
                appealed_at: one.appealed_at.map(At::from),
                outcome: one.outcome,
            })
            .collect(),
    ))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAppeal {
    words: String,
}

/// Appeals, once. Another moderator decides.
#[utoipa::path(post, path = "/api/v1/decisions/{id}/appeal", tag = "moderation", params(("id" = String, Path)),
    request_body = NewAppeal, responses((status = 204, description = "Sent"), (status = 404, description = "No such decision"),
    (status = 409, description = "Appealed already")))]
pub async fn appeal(
    State(site): State<Site>,
    member: Member,
    Path(decision): Path<String>,
    Json(new): Json<NewAppeal>,
) -> Result<StatusCode> {
    let decision = DecisionId::parse(&decision).ok_or(Problem::NotFound)?;
    moderation::appeal(&site.log, &site.key, &member, &decision, &new.words).await?;
    Ok(StatusCode::NO_CONTENT)
}
