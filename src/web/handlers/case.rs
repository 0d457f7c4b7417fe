//! One post before a moderator: the exhibit, and the measures on it.

use super::moderation::{desk, done};
use super::removal::settle;
use super::{decisions, field, for_form, search, see};
use crate::accounts::Moderator;
use crate::auth::Present;
use crate::base::clock::Time;
use crate::base::id::PostId;
use crate::base::problem::{Fault, Problem, Result};
use crate::base::text::{Html, marked, plain};
use crate::discussion::{self, Basis, PostState};
use crate::moderation::{self, Asked, Bar, Exhibit, MEASURES, Measure, State as Stands, Takes};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::form::Choice;
use crate::web::guard::Visitor;
use crate::web::handlers::trail::act;
use crate::web::pages::exhibit::{
    Answer, Beside, Effect, Exhibit as ShownExhibit, ExhibitPart, FlagLine, HistoryLine, MeasureForm,
};
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::HashMap;

/// Characters of a neighbour that are shown.
const GIST: usize = 240;

pub async fn show(
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
    let author = exhibit.post.author.account_id.clone();
    let bar = moderation::claim(&site.log, &moderator, &id, &author).await?;
    site.hub.stir_queue();
    let mut shown = desk(&site, &moderator, Some(&id), &HashMap::new()).await?;
    let form = Form { bar, ..Form::fresh(&site, &visitor) };
    shown.exhibit = Some(exhibit_of(&site, &moderator, exhibit, form).await?);
    Ok(page(shown))
}

/// What stands in the forms.
#[derive(Default)]
struct Form {
    asks_step_up: bool,
    bar: Option<Bar>,
    /// The measure whose form came back, with what was typed and what is wrong.
    of: String,
    typed: Fields,
    faults: Vec<Fault>,
    problem: Option<String>,
}

impl Form {
    fn fresh(site: &Site, visitor: &Visitor) -> Form {
        let asks = visitor.session.present(site.log.clock().now(), site.strong_proof()).is_err();
        Form { asks_step_up: asks, ..Form::default() }
    }
}

async fn exhibit_of(site: &Site, moderator: &Moderator, exhibit: Exhibit, form: Form) -> Result<ShownExhibit> {
    let now = site.log.clock().now();
    let post = &exhibit.post;
    let mut conn = site.log.reader().await?;
    let thread = discussion::thread_for_moderator(&mut conn, moderator, &post.thread).await?;
    let beside = discussion::beside(&mut conn, moderator, &post.thread, post.position).await?;
    let rooms = discussion::room_names(&mut conn, moderator).await?;
    let on_post = moderation::decisions_on(&mut conn, moderator, &post.id).await?;
    let about = moderation::decisions_about(&mut conn, moderator, &post.author.account_id).await?;
    drop(conn);
    site.deliveries.deliver_to_moderator(moderator, &beside).await?;
    let is_locked = thread.as_ref().is_some_and(|thread| thread.locked_at.is_some());
    let reason = exhibit.flags.iter().find(|flag| flag.settled_at.is_none()).map_or("", |flag| flag.reason.as_str());
    let several = post.texts.len() > 1;
    Ok(ShownExhibit {
        post: post.id.as_str().to_owned(),
        thread: post.thread.as_str().to_owned(),
        words: match (reason, &post.state) {
            ("", PostState::Veiled { reason, .. }) => moderation::flag_words(reason).to_owned(),
            ("", _) => "No open flag".to_owned(),
            (reason, _) => moderation::flag_words(reason).to_owned(),
        },
        place: match (&thread, post.position) {
            (Some(thread), 1) => format!("What starts a thread in {}", thread.room_name),
            (Some(thread), at) => format!("Reply {} in {}", at - 1, thread.room_name),
            (None, _) => String::new(),
        },
        author: post.author.name.clone(),
        hidden: match post.state {
            PostState::Veiled { at, .. } => Some(view::moment(at, now)),
            _ => None,
        },
        is_locked,
        bar: form.bar.as_ref().map(Bar::words),
        parts: post
            .texts
            .iter()
            .map(|text| ExhibitPart {
                label: if several { text.label.to_owned() } else { String::new() },
                html: with_marks(&exhibit, text.part, &text.markdown),
            })
            .collect(),
        beside: beside
            .iter()
            .map(|one| Beside {
                place: if one.position == 1 {
                    "What starts it".to_owned()
                } else {
                    format!("Reply {}", one.position - 1)
                },
                author: one.author.name.clone(),
                words: match &one.state {
                    PostState::Open => gist(one),
                    PostState::Veiled { .. } => "Hidden now".to_owned(),
                    PostState::Removed { .. } => "Removed".to_owned(),
                },
                is_before: one.position < post.position,
            })
            .collect(),
        language: exhibit.language.clone(),
        band: exhibit.band.map_or_else(String::new, |band| view::band_words(band).to_owned()),
        consent: exhibit.consent.clone().unwrap_or_default(),
        basis: thread.and_then(|thread| thread.basis).map_or(String::new(), |basis: Basis| basis.words().to_owned()),
        answers: exhibit.answers.iter().map(answer).collect(),
        flags: exhibit
            .flags
            .iter()
            .map(|flag| FlagLine {
                kind: moderation::flag_words(&flag.reason).to_owned(),
                // The house's note is codes; what they mean stands below.
                note: if flag.reason == "language" { String::new() } else { flag.note.clone() },
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
        decided: on_post.iter().map(|one| decisions::line(one, now)).collect(),
        about_author: about.iter().filter(|one| one.post != post.id).map(|one| decisions::line(one, now)).collect(),
        effect: Effect {
            revisions: post.revision,
            quotes: 0,
            open_pages: i64::try_from(site.hub.watching(&post.thread)).unwrap_or(0),
            mails: 0,
        },
        measures: MEASURES
            .iter()
            .filter(|measure| measure.fits(Stands::of(post), is_locked))
            .filter(|measure| form.bar.as_ref().is_none_or(|bar| bar.leaves(measure)))
            .map(|measure| measure_form(site, measure, reason, &form))
            .collect(),
        rooms: rooms.into_iter().map(|(id, _, name)| Choice::new(id.as_str(), name)).collect(),
        problem: form.problem,
    })
}

fn measure_form(site: &Site, measure: &'static Measure, reason: &str, form: &Form) -> MeasureForm {
    let here = form.of == measure.code;
    let with = |name: &str, else_: &str| {
        if here { field(form.typed.take(name), name, &form.faults) } else { field(else_.to_owned(), name, &[]) }
    };
    let known = moderation::REASONS.iter().any(|(code, ..)| *code == reason);
    let proposed = match reason {
        "quote" | "rescan" | "held" | "revised" => "confidentiality",
        "language" => "unprofessional",
        reason if known => reason,
        _ => "",
    };
    MeasureForm {
        measure,
        at: format!("{}-", measure.code),
        is_open: here,
        wants_two: site.config.moderation.wants_two(measure),
        asks_step_up: measure.needs_proof && form.asks_step_up,
        reason: with("reason", proposed),
        note: with("note", ""),
        words: with("words", ""),
        room: with("room", ""),
        until: with("until", ""),
    }
}

fn answer(answer: &discussion::Answer) -> Answer {
    Answer {
        detail: format!("{} kept", answer.category.to_lowercase().replace('_', " ")),
        reason: crate::deid::gate::KEEP_REASONS
            .iter()
            .find(|(code, _)| *code == answer.reason)
            .map_or(answer.reason.clone(), |(_, words)| (*words).to_owned()),
    }
}

/// The first words of a neighbour.
fn gist(post: &discussion::Post) -> String {
    let text: Vec<String> = post.texts.iter().map(|text| plain(&text.markdown)).collect();
    let text = text.join(" ");
    match text.char_indices().nth(GIST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// The text with what the check finds in it today.
fn with_marks(exhibit: &Exhibit, part: &str, text: &str) -> Html {
    let ranges: Vec<_> =
        exhibit.findings.iter().filter(|found| found.part == part).map(|found| found.start..found.end).collect();
    marked(text, &ranges)
}

pub async fn take(
    State(site): State<Site>,
    visitor: Visitor,
    moderator: Moderator,
    Path((id, code)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response> {
    let post = PostId::parse(&id).ok_or(Problem::NotFound)?;
    let measure = Measure::find(&code)?;
    let present = proof(&site, &visitor, measure)?;
    let (until, faults) = match search::day("until", fields.get("until"), true) {
        Ok(until) if measure.takes == Takes::Until => (until, Vec::new()),
        Err(Problem::Refused(faults)) if measure.takes == Takes::Until => (None, faults),
        _ => (None, Vec::new()),
    };
    let told = asked(&fields, until);
    let done_so = if faults.is_empty() {
        moderation::take(
            &site.log,
            &site.key,
            &site.config.moderation,
            (&moderator, present.as_ref()),
            &post,
            (&code, &told),
        )
        .await
    } else {
        Err(Problem::Refused(faults))
    };
    match done_so {
        Ok(made) if made.is_proposed => Ok(see(&done("proposed"))),
        Ok(made) => {
            settle(&site, made.seq).await;
            Ok(see(&match code.as_str() {
                "remove" => format!("/moderation/{id}/removal"),
                "dismiss" | "revise" | "edit" | "correct" | "remove-thread" => done(&code),
                _ => format!("/moderation/{id}"),
            }))
        }
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let status = if whole.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let exhibit = moderation::open(&site.log, &moderator, &post).await?.ok_or(Problem::NotFound)?;
            let mut shown = desk(&site, &moderator, Some(&post), &HashMap::new()).await?;
            let form = Form { of: code, typed: fields, faults, problem: whole, ..Form::fresh(&site, &visitor) };
            shown.exhibit = Some(exhibit_of(&site, &moderator, exhibit, form).await?);
            Ok(page_with(status, shown))
        }
    }
}

/// The fresh proof that a measure needs.
pub fn proof(site: &Site, visitor: &Visitor, measure: &Measure) -> Result<Option<Present>> {
    let now = site.log.clock().now();
    measure.needs_proof.then(|| visitor.session.present(now, site.strong_proof())).transpose()
}

fn asked(fields: &Fields, until: Option<Time>) -> Asked {
    Asked {
        reason: fields.take("reason"),
        note: fields.take("note"),
        words: fields.take("words"),
        room: fields.take("room"),
        until,
    }
}

/// Gives a post out of one's hand.
pub async fn give_back(State(site): State<Site>, moderator: Moderator, Path(id): Path<String>) -> Result<Response> {
    let post = PostId::parse(&id).ok_or(Problem::NotFound)?;
    moderation::give_back_claim(&site.log, &moderator, &post).await?;
    site.hub.stir_queue();
    Ok(see(&done("given-back")))
}
