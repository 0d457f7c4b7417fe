//! The moderators' desk: queue, exhibit, removal, restoration, trail.

use super::trail::act;
use super::{field, for_form, see};
use crate::accounts::Moderator;
use crate::auth::Present;
use crate::base::clock::MINUTE;
use crate::base::id::PostId;
use crate::base::problem::{Fault, Problem, Result};
use crate::base::text::{Html, marked};
use crate::discussion::{self, Basis, PostState};
use crate::moderation::{self, Exhibit, Removal};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::guard::Visitor;
use crate::web::pages::moderation::{
    Answer, Effect, Exhibit as ShownExhibit, ExhibitPart, FlagLine, Harm, HistoryLine, ModerationPage, QueueRow,
};
use crate::web::pages::removal_done::{Line, LineState, RemovalDonePage, Seen};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::HashMap;

/// How soon a hidden post is to be looked at.
const SOON: i64 = 15 * MINUTE;

pub async fn queue(
    State(site): State<Site>,
    moderator: Moderator,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let mut shown = desk(&site, &moderator, None).await?;
    shown.notice = match asked.get("done").map_or("", String::as_str) {
        "released" => Some("It is published, and its author is told.".to_owned()),
        "returned" => Some("It is given back, and its author is told.".to_owned()),
        "restored" => Some("The flags are settled, and the post is shown.".to_owned()),
        _ => None,
    };
    Ok(page(shown))
}

pub async fn exhibit(
    State(site): State<Site>,
    visitor: Visitor,
    moderator: Moderator,
    Path(id): Path<String>,
) -> Result<Response> {
    let id = PostId::parse(&id).ok_or(Problem::NotFound)?;
    let exhibit = moderation::open(&site.log, &moderator, &id).await?.ok_or(Problem::NotFound)?;
    if matches!(exhibit.post.state, PostState::Removed { .. }) {
        return Ok(see(&format!("/moderation/{id}/removal")));
    }
    let mut shown = desk(&site, &moderator, Some(&id)).await?;
    let asks = visitor.session.present(site.log.clock().now(), site.strong_proof()).is_err();
    shown.exhibit = Some(show(&site, &moderator, exhibit, asks, &[]).await?);
    Ok(page(shown))
}

async fn desk(site: &Site, moderator: &Moderator, here: Option<&PostId>) -> Result<ModerationPage> {
    let now = site.log.clock().now();
    let queue = moderation::queue(&mut *site.log.reader().await?, moderator).await?;
    Ok(ModerationPage {
        shell: site.shell(Some(moderator.member()), "Moderation", Place::Moderation).await?,
        queue: queue
            .into_iter()
            .map(|row| {
                let left = row.since.plus(SOON).millis() - now.millis();
                QueueRow {
                    harm: match row.reason.as_str() {
                        "confidentiality" | "held" | "rescan" | "quote" => Harm::Privacy,
                        "accuracy" | "safety" => Harm::Safety,
                        _ => Harm::Other,
                    },
                    words: moderation::flag_words(&row.reason).to_owned(),
                    place: format!("{}, by {}", row.room_name, row.author),
                    so_far: match (row.veiled, row.flags) {
                        _ if row.held => "Not published yet".to_owned(),
                        (true, 1) => "Hidden since the flag".to_owned(),
                        (true, many) => format!("Hidden, {many} flags"),
                        (false, 1) => "1 flag".to_owned(),
                        (false, many) => format!("{many} flags"),
                    },
                    left: match (row.veiled, left) {
                        (false, _) => view::moment(row.since, now).words,
                        (true, ..=0) => "late".to_owned(),
                        (true, left) => format!("{} min", left / MINUTE + 1),
                    },
                    is_soon: row.veiled && left < 5 * MINUTE,
                    is_here: here == Some(&row.post),
                    href: if row.held {
                        format!("/moderation/held/{}", row.post)
                    } else {
                        format!("/moderation/{}", row.post)
                    },
                }
            })
            .collect(),
        exhibit: None,
        notice: None,
    })
}

async fn show(
    site: &Site,
    moderator: &Moderator,
    exhibit: Exhibit,
    asks_step_up: bool,
    faults: &[Fault],
) -> Result<ShownExhibit> {
    let now = site.log.clock().now();
    let post = &exhibit.post;
    let mut conn = site.log.reader().await?;
    let thread = discussion::thread_for_moderator(&mut conn, moderator, &post.thread).await?;
    drop(conn);
    let several = post.texts.len() > 1;
    Ok(ShownExhibit {
        post: post.id.as_str().to_owned(),
        thread: post.thread.as_str().to_owned(),
        words: exhibit
            .flags
            .iter()
            .find(|flag| flag.settled_at.is_none())
            .map_or("No open flag", |flag| moderation::flag_words(&flag.reason))
            .to_owned(),
        place: match (&thread, post.position) {
            (Some(thread), 1) => format!("What starts a thread in {}", thread.room_name),
            (Some(thread), at) => format!("Reply {} in {}", at - 1, thread.room_name),
            (None, _) => String::new(),
        },
        author: post.author.name.clone(),
        hidden: match post.state {
            PostState::Veiled { at } => Some(view::moment(at, now)),
            _ => None,
        },
        parts: post
            .texts
            .iter()
            .map(|text| ExhibitPart {
                label: if several { text.label.to_owned() } else { String::new() },
                html: with_marks(&exhibit, text.part, &text.markdown),
            })
            .collect(),
        band: exhibit.band.map_or_else(String::new, |band| view::band_words(band).to_owned()),
        consent: exhibit.consent.clone().unwrap_or_default(),
        basis: thread.and_then(|thread| thread.basis).map_or(String::new(), |basis: Basis| basis.words().to_owned()),
        answers: exhibit
            .answers
            .iter()
            .map(|answer| Answer {
                detail: format!("{} kept", answer.category.to_lowercase().replace('_', " ")),
                reason: crate::deid::gate::KEEP_REASONS
                    .iter()
                    .find(|(code, _)| *code == answer.reason)
                    .map_or(answer.reason.clone(), |(_, words)| (*words).to_owned()),
            })
            .collect(),
        flags: exhibit
            .flags
            .iter()
            .map(|flag| FlagLine {
                kind: moderation::flag_words(&flag.reason).to_owned(),
                note: flag.note.clone(),
                by: if flag.account_id.is_some() { "a verified member" } else { "the house" }.to_owned(),
                at: view::moment(flag.raised_at, now),
            })
            .collect(),
        seen: exhibit.readers,
        history: exhibit
            .history
            .iter()
            .map(|entry| HistoryLine { words: act(entry).0, at: view::moment(entry.at, now) })
            .collect(),
        effect: Effect {
            revisions: post.revision,
            quotes: 0,
            open_pages: i64::try_from(site.hub.watching(&post.thread)).unwrap_or(0),
            mails: 0,
        },
        code: field("confidentiality".to_owned(), "code", faults),
        reason: field(String::new(), "reason", faults),
        asks_step_up,
    })
}

/// The text with what the check finds in it today.
fn with_marks(exhibit: &Exhibit, part: &str, text: &str) -> Html {
    let ranges: Vec<_> =
        exhibit.findings.iter().filter(|found| found.part == part).map(|found| found.start..found.end).collect();
    marked(text, &ranges)
}

pub async fn remove(
    State(site): State<Site>,
    visitor: Visitor,
    moderator: Moderator,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let post = PostId::parse(&id).ok_or(Problem::NotFound)?;
    let present: Present = visitor.session.present(site.log.clock().now(), site.strong_proof())?;
    match moderation::remove(&site.log, &site.key, &moderator, &present, &post, fields.get("code")).await {
        Ok(removal) => {
            settle(&site, &removal).await;
            Ok(see(&format!("/moderation/{id}/removal")))
        }
        Err(Problem::Refused(faults)) => {
            let exhibit = moderation::open(&site.log, &moderator, &post).await?.ok_or(Problem::NotFound)?;
            let mut shown = desk(&site, &moderator, Some(&post)).await?;
            shown.exhibit = Some(show(&site, &moderator, exhibit, false, &faults).await?);
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
        Err(other) => Err(other),
    }
}

/// Gives open pages and the index a moment to confirm, so that the page that follows can say so.
pub async fn settle(site: &Site, removal: &Removal) {
    for _ in 0..20 {
        if site.hub.served() >= removal.seq && site.index.cursor().await.is_ok_and(|seq| seq >= removal.seq) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

pub async fn removal(State(site): State<Site>, moderator: Moderator, Path(id): Path<String>) -> Result<Response> {
    let id = PostId::parse(&id).ok_or(Problem::NotFound)?;
    let now = site.log.clock().now();
    let mut conn = site.log.reader().await?;
    let removal = moderation::removal(&mut conn, &moderator, &id).await?.ok_or(Problem::NotFound)?;
    let post = discussion::unveiled_post(&mut conn, &moderator, &id).await?.ok_or(Problem::NotFound)?;
    let thread = discussion::thread_for_moderator(&mut conn, &moderator, &post.thread).await?;
    let reached = discussion::reached(&mut conn, &id).await?;
    let by = moderation::remover(&mut conn, &id).await?.unwrap_or_default();
    drop(conn);
    let rule = moderation::REMOVALS.iter().find(|(code, ..)| *code == removal.reason);
    let hidden_at = moderation::first_hidden(&mut *site.log.reader().await?, &id).await?.unwrap_or(removal.at);
    Ok(page(RemovalDonePage {
        shell: site.shell(Some(moderator.member()), "Removed", Place::Moderation).await?,
        thread: post.thread.as_str().to_owned(),
        place: match (&thread, post.position) {
            (Some(thread), 1) => format!("What started a thread in {}", thread.room_name),
            (Some(thread), at) => format!("Reply {} in {}", at - 1, thread.room_name),
            (None, _) => String::new(),
        },
        rule: rule.map_or(String::new(), |(code, rule, _)| format!("rule {rule} ({code})")),
        by,
        at: view::moment(removal.at, now),
        lines: lines(&site, &removal, &post).await?,
        seen: reached
            .into_iter()
            .rev()
            .map(|one| Seen {
                name: one.name,
                at: view::moment(one.at, now),
                way: match one.way.as_str() {
                    "live" => "live".to_owned(),
                    "search" => "search excerpt".to_owned(),
                    "api" => "API".to_owned(),
                    _ => "page".to_owned(),
                },
            })
            .collect(),
        shown_for: span(hidden_at.millis() - post.written_at.millis()),
    }))
}

/// What is done and what is outstanding; nothing says done that was not looked up.
async fn lines(site: &Site, removal: &Removal, post: &discussion::Post) -> Result<Vec<Line>> {
    let done = |words: String, note: &str| Line { words, state: LineState::Done, note: note.to_owned() };
    let at = removal.at.iso()[11..19].to_owned();
    let mut lines = vec![
        done(
            format!(
                "The text and {}",
                if post.revision == 1 {
                    "its 1 revision".to_owned()
                } else {
                    format!("its {} revisions", post.revision)
                }
            ),
            &at,
        ),
        done("Answers to the check, declared words, notes on the flags".to_owned(), &at),
    ];
    let told = site.index.confirm_gone(&removal.post).await;
    let caught_up = site.index.cursor().await.is_ok_and(|seq| seq >= removal.seq);
    lines.push(match told {
        Ok(true) if caught_up => done("The search index, asked itself".to_owned(), ""),
        Ok(_) => Line {
            words: "The search index".to_owned(),
            state: LineState::InHand,
            note: "it is being asked again".to_owned(),
        },
        Err(_) => Line {
            words: "The search index".to_owned(),
            state: LineState::NotDone,
            note: "it does not answer; it is asked again until it does".to_owned(),
        },
    });
    lines.push(if site.hub.served() >= removal.seq {
        done("Open pages: each was sent the removal, or was closed".to_owned(), "")
    } else {
        Line { words: "Open pages".to_owned(), state: LineState::InHand, note: "being told now".to_owned() }
    });
    lines.push(done("Its own key, without which no copy in a backup can be read".to_owned(), &at));
    lines.push(done("Mail: no letter ever held the text".to_owned(), ""));
    if let Some(proof) = moderation::proofs(&mut *site.log.reader().await?, &removal.post).await?.first() {
        let words =
            format!("Looked for it in every table and file, {}", view::moment(proof.at, site.log.clock().now()).words);
        lines.push(match proof.found {
            0 => done(words, "nothing found"),
            found => Line { words, state: LineState::NotDone, note: format!("{found} pieces found") },
        });
    }
    Ok(lines)
}

fn span(millis: i64) -> String {
    let minutes = millis / MINUTE;
    match minutes {
        ..1 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        2..120 => format!("{minutes} minutes"),
        120..2880 => format!("{} hours", minutes / 60),
        _ => format!("{} days", minutes / 1440),
    }
}

pub async fn restore(State(site): State<Site>, moderator: Moderator, Path(id): Path<String>) -> Result<Response> {
    let post = PostId::parse(&id).ok_or(Problem::NotFound)?;
    match moderation::restore(&site.log, &moderator, &post).await {
        Ok(_) => Ok(see("/moderation?done=restored")),
        Err(problem) => {
            let (_, whole) = for_form(problem)?;
            let mut shown = desk(&site, &moderator, None).await?;
            shown.notice = whole;
            Ok(page_with(StatusCode::CONFLICT, shown))
        }
    }
}
