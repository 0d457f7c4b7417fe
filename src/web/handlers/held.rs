//! What waits for a moderator before it is published: as its author sees it, and as a moderator does.

use super::trail::act;
use super::{field, for_form, see};
use crate::accounts::{Clinician, Moderator};
use crate::base::clock::Time;
use crate::base::id::PostId;
use crate::base::problem::{Fault, Problem, Result};
use crate::base::text::{marked, render};
use crate::discussion::{self, HeldRow};
use crate::moderation::{self, HeldExhibit};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::pages::exhibit::HistoryLine;
use crate::web::pages::held::{HeldLine, HeldListPage, HeldPage, HeldPart, ReturnedWords};
use crate::web::pages::moderation_held::ModerationHeldPage;
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

pub async fn own(State(site): State<Site>, author: Clinician) -> Result<Response> {
    let now = site.log.clock().now();
    let rows = discussion::own_held(&mut *site.log.reader().await?, &author).await?;
    Ok(page(HeldListPage {
        shell: site.shell(Some(author.member()), "Not published yet", Place::Elsewhere).await?,
        rows: rows.iter().map(|row| line(row, now)).collect(),
    }))
}

fn line(row: &HeldRow, now: Time) -> HeldLine {
    HeldLine {
        post: row.post.as_str().to_owned(),
        what: what(row).to_owned(),
        room: row.room_name.clone(),
        is_returned: row.returned.is_some(),
        at: view::moment(row.returned.as_ref().map_or(row.held_at, |given| given.at), now),
    }
}

fn what(row: &HeldRow) -> &'static str {
    match row.act.as_str() {
        "start" => view::kind_words(row.kind),
        "reply" => "Reply",
        _ => "Change of a post",
    }
}

pub async fn own_one(State(site): State<Site>, author: Clinician, Path(id): Path<String>) -> Result<Response> {
    let id = PostId::parse(&id).ok_or(Problem::NotFound)?;
    let now = site.log.clock().now();
    let held = discussion::own_held_text(&mut *site.log.reader().await?, &author, &id).await?;
    let held = held.ok_or(Problem::NotFound)?;
    Ok(page(HeldPage {
        shell: site.shell(Some(author.member()), "Not published yet", Place::Elsewhere).await?,
        line: line(&held.row, now),
        change: match held.row.act.as_str() {
            "start" => format!("/new?held={id}"),
            "reply" => format!("/threads/{}?held={id}#reply", held.row.thread),
            _ => format!("/posts/{id}/edit?held={id}"),
        },
        parts: held
            .labelled()
            .into_iter()
            .map(|(label, text)| HeldPart { label: label.to_owned(), html: render(text) })
            .collect(),
        consent: held.consent.clone(),
        returned: held
            .row
            .returned
            .as_ref()
            .map(|given| ReturnedWords { why: why(&given.reason).to_owned(), note: given.note.clone() }),
    }))
}

fn why(reason: &str) -> &'static str {
    moderation::RETURNS.iter().find(|(code, _)| *code == reason).map_or("", |(_, words)| words)
}

pub async fn withdraw(State(site): State<Site>, author: Clinician, Path(id): Path<String>) -> Result<Response> {
    let id = PostId::parse(&id).ok_or(Problem::NotFound)?;
    discussion::withdraw(&site.log, &author, &id).await?;
    Ok(see("/held"))
}

/// One's own held text as a form holds it, to be changed and sent again; nothing when it is not there.
pub async fn as_typed(site: &Site, author: &Clinician, id: &str) -> Result<Vec<(String, String)>> {
    let Some(id) = PostId::parse(id) else { return Ok(Vec::new()) };
    let held = discussion::own_held_text(&mut *site.log.reader().await?, author, &id).await?;
    let Some(held) = held else { return Ok(Vec::new()) };
    let mut typed: Vec<(String, String)> =
        held.parts.iter().map(|part| (part.name.clone(), part.text.clone())).collect();
    let statement = if held.interests.is_empty() { "none" } else { "some" };
    for (name, value) in [
        ("consent_note", held.consent.as_str()),
        ("basis", "consent"),
        ("kind", held.row.kind.code()),
        ("room", held.row.room_slug.as_str()),
        ("ground", held.row.ground.code()),
        ("interest_statement", statement),
        ("instead_of", id.as_str()),
    ] {
        typed.push((name.to_owned(), value.to_owned()));
    }
    typed.extend(held.interests.iter().map(|(interest, _)| ("interests".to_owned(), interest.clone())));
    Ok(typed)
}

pub async fn exhibit(State(site): State<Site>, moderator: Moderator, Path(id): Path<String>) -> Result<Response> {
    let id = PostId::parse(&id).ok_or(Problem::NotFound)?;
    let exhibit = moderation::open_held(&site.log, &moderator, &id).await?.ok_or(Problem::NotFound)?;
    Ok(page(show(&site, &moderator, &exhibit, &Fields::of(Vec::new()), &[], None).await?))
}

async fn show(
    site: &Site,
    moderator: &Moderator,
    exhibit: &HeldExhibit,
    typed: &Fields,
    faults: &[Fault],
    problem: Option<String>,
) -> Result<ModerationHeldPage> {
    let now = site.log.clock().now();
    let row = &exhibit.held.row;
    let marks = |part: &str| -> Vec<_> {
        exhibit.findings.iter().filter(|found| found.part == part).map(|found| found.start..found.end).collect()
    };
    Ok(ModerationHeldPage {
        shell: site.shell(Some(moderator.member()), "Waits before it is published", Place::Moderation).await?,
        line: line(row, now),
        author: row.author_name.clone(),
        parts: exhibit
            .held
            .parts
            .iter()
            .map(|part| HeldPart { label: label(&part.name), html: marked(&part.text, &marks(&part.name)) })
            .collect(),
        details: exhibit.risk.details.join(", "),
        change: exhibit.risk.change.clone().unwrap_or_default(),
        consent: exhibit.held.consent.clone(),
        answers: exhibit
            .held
            .answers
            .iter()
            .map(|answer| {
                let kept = answer.category.to_lowercase().replace('_', " ");
                let reasons = crate::deid::gate::KEEP_REASONS;
                let reason = reasons.iter().find(|(code, _)| *code == answer.reason).map_or("", |(_, words)| words);
                format!("{kept} kept; the author answered “{reason}”")
            })
            .collect(),
        history: exhibit
            .history
            .iter()
            .map(|entry| HistoryLine { words: act(entry).0, at: view::moment(entry.at, now) })
            .collect(),
        is_own: row.author == *moderator.id(),
        reason: field(typed.take("reason"), "reason", faults),
        note: field(typed.take("note"), "note", faults),
        problem,
    })
}

fn label(part: &str) -> String {
    discussion::PARTS.iter().find(|(name, _)| *name == part).map_or("", |(_, label)| label).to_owned()
}

pub async fn release(State(site): State<Site>, moderator: Moderator, Path(id): Path<String>) -> Result<Response> {
    let post = PostId::parse(&id).ok_or(Problem::NotFound)?;
    match moderation::release(&site.log, &moderator, &post).await {
        Ok(_) => Ok(see("/moderation?done=released")),
        Err(problem) => again(&site, &moderator, &post, &Fields::of(Vec::new()), problem).await,
    }
}

pub async fn give_back(
    State(site): State<Site>,
    moderator: Moderator,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let post = PostId::parse(&id).ok_or(Problem::NotFound)?;
    match moderation::give_back(&site.log, &moderator, &post, fields.get("reason"), fields.get("note")).await {
        Ok(()) => Ok(see("/moderation?done=returned")),
        Err(problem) => again(&site, &moderator, &post, &fields, problem).await,
    }
}

/// The form comes back, as typed.
async fn again(
    site: &Site,
    moderator: &Moderator,
    post: &PostId,
    typed: &Fields,
    problem: Problem,
) -> Result<Response> {
    let status = if matches!(problem, Problem::Conflict { .. }) {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let (faults, whole) = for_form(problem)?;
    let exhibit = moderation::open_held(&site.log, moderator, post).await?.ok_or(Problem::NotFound)?;
    Ok(page_with(status, show(site, moderator, &exhibit, typed, &faults, whole).await?))
}
