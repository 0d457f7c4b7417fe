//! One decision before moderators, and one's own: what was done, under which rule, and the appeal.

use super::case::proof;
use super::{field, for_form, see};
use crate::accounts::{Member, Moderator};
use crate::base::clock::Time;
use crate::base::id::DecisionId;
use crate::base::problem::{Problem, Result};
use crate::moderation::{self, Decision, Measure};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::form::Field;
use crate::web::guard::Visitor;
use crate::web::handlers::moderation::done;
use crate::web::pages::decisions::{DecisionLine, DecisionPage, OwnDecision, OwnDecisionsPage};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::HashMap;

/// A decision as a line of a list.
pub fn line(one: &Decision, now: Time) -> DecisionLine {
    DecisionLine {
        id: one.id.as_str().to_owned(),
        words: moderation::measure_words(&one.measure).to_owned(),
        rule: if one.reason.is_empty() { String::new() } else { view::rule(&one.reason) },
        place: format!("{}, by {}", one.room_name, one.author),
        state: state(one),
        at: view::moment(one.at, now),
    }
}

/// How a decision stands, in words.
fn state(one: &Decision) -> &'static str {
    match (one.state.as_str(), one.outcome.as_deref(), one.appealed_at) {
        (_, Some("reversed"), _) => "reversed on appeal",
        (_, Some(_), _) => "upheld on appeal",
        ("proposed", ..) => "waits for a second moderator",
        ("declined", ..) => "declined by a second moderator",
        ("undone", ..) => "undone",
        (_, None, Some(_)) => "an appeal waits",
        _ => "in force",
    }
}

pub async fn show(State(site): State<Site>, moderator: Moderator, Path(id): Path<String>) -> Result<Response> {
    let shown = decision_page(&site, &moderator, &id, None).await?;
    Ok(page(shown))
}

async fn decision_page(site: &Site, moderator: &Moderator, id: &str, problem: Option<String>) -> Result<DecisionPage> {
    let id = DecisionId::parse(id).ok_or(Problem::NotFound)?;
    let now = site.log.clock().now();
    let one = moderation::decision(&mut *site.log.reader().await?, moderator, &id).await?.ok_or(Problem::NotFound)?;
    let measure = Measure::find(&one.measure)?;
    let is_own = one.is_by(moderator.id());
    let is_about_me = one.account == *moderator.id();
    let waits = one.state == "proposed";
    let appeal_waits = one.appealed_at.is_some() && one.heard_at.is_none();
    Ok(DecisionPage {
        shell: site.shell(Some(moderator.member()), "A decision", Place::Moderation).await?,
        line: line(&one, now),
        post: one.post.as_str().to_owned(),
        // Who hears an appeal is not told who decided first.
        by: if appeal_waits && !is_own { String::new() } else { one.by_name.clone() },
        note: one.note.clone(),
        effect: measure.effect,
        appeal: one.appealed_at.map(|at| (one.appeal.clone(), view::moment(at, now))),
        can_second: waits && !is_own && !is_about_me,
        can_hear: appeal_waits && !is_own && !is_about_me,
        can_undo: one.state == "taken" && measure.can_undo && !is_about_me && !appeal_waits,
        undoes: measure.can_undo,
        bar: match (waits || appeal_waits, is_own, is_about_me) {
            (true, true, _) => Some("You had a hand in this yourself. Another moderator decides.".to_owned()),
            (true, _, true) => Some("This concerns yourself. Another moderator decides.".to_owned()),
            _ => None,
        },
        problem,
    })
}

pub async fn answer(
    State(site): State<Site>,
    visitor: Visitor,
    moderator: Moderator,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    match answer_it(&site, &visitor, &moderator, &id, fields.get("answer")).await {
        Ok(()) => Ok(see(&done(fields.get("answer")))),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let words = whole.or_else(|| faults.first().map(|fault| fault.words.clone()));
            let status = if faults.is_empty() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(page_with(status, decision_page(&site, &moderator, &id, words).await?))
        }
    }
}

/// What a moderator answers to a decision: carry-out, decline, uphold, reverse, undo.
pub async fn answer_it(site: &Site, visitor: &Visitor, by: &Moderator, id: &str, answer: &str) -> Result<()> {
    let id = DecisionId::parse(id).ok_or(Problem::NotFound)?;
    let one = moderation::decision(&mut *site.log.reader().await?, by, &id).await?.ok_or(Problem::NotFound)?;
    let measure = Measure::find(&one.measure)?;
    let present = match answer {
        "carry-out" | "reverse" | "undo" => proof(site, visitor, measure)?,
        _ => None,
    };
    let by = (by, present.as_ref());
    match answer {
        "carry-out" => moderation::second(&site.log, &site.key, by, &id, true).await.map(|_| ()),
        "decline" => moderation::second(&site.log, &site.key, by, &id, false).await.map(|_| ()),
        "uphold" => moderation::hear(&site.log, by, &id, false).await,
        "reverse" => moderation::hear(&site.log, by, &id, true).await,
        "undo" => moderation::undo(&site.log, by, &id).await,
        _ => Err(Problem::field("answer", "unknown", "Choose what is to be done.")),
    }
}

pub async fn own(
    State(site): State<Site>,
    member: Member,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let mut shown = own_page(&site, &member).await?;
    if asked.get("done").is_some_and(|done| done == "appealed") {
        shown.notice = Some("Another moderator hears it. You have an answer within one working day.".to_owned());
    }
    Ok(page(shown))
}

async fn own_page(site: &Site, member: &Member) -> Result<OwnDecisionsPage> {
    let now = site.log.clock().now();
    let all = moderation::own_decisions(&mut *site.log.reader().await?, member).await?;
    Ok(OwnDecisionsPage {
        shell: site.shell(Some(member), "What moderators did", Place::Settings).await?,
        notice: None,
        decisions: all.iter().map(|one| own_line(one, now)).collect(),
    })
}

fn own_line(one: &Decision, now: Time) -> OwnDecision {
    let measure = Measure::find(&one.measure);
    let (rule, words) = moderation::reason_words(&one.reason);
    let until = if one.measure == "restrict" { one.detail.parse().ok().map(Time) } else { None };
    OwnDecision {
        id: one.id.as_str().to_owned(),
        done: measure.as_ref().map_or("A moderator decided about a post of yours.", |one| one.done),
        why: if one.reason.is_empty() { String::new() } else { format!("Rule {rule}: {words}.") },
        rule,
        at: view::moment(one.taken_at(), now),
        until: until.map(|until| view::moment(until, now)),
        thread: one.thread.as_str().to_owned(),
        post: one.post.as_str().to_owned(),
        room: one.room_name.clone(),
        state: state(one),
        appealed: one.appealed_at.map(|at| (one.appeal.clone(), view::moment(at, now))),
        can_appeal: moderation::can_appeal(one),
        undoes: measure.is_ok_and(|measure| measure.can_undo),
        words: Field::default(),
        problem: None,
    }
}

pub async fn appeal(
    State(site): State<Site>,
    member: Member,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let parsed = DecisionId::parse(&id).ok_or(Problem::NotFound)?;
    match moderation::appeal(&site.log, &site.key, &member, &parsed, fields.get("words")).await {
        Ok(()) => Ok(see("/membership/decisions?done=appealed")),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let status = if whole.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let mut shown = own_page(&site, &member).await?;
            if let Some(one) = shown.decisions.iter_mut().find(|one| one.id == id) {
                one.words = field(fields.take("words"), "words", &faults);
                one.problem = whole;
            }
            Ok(page_with(status, shown))
        }
    }
}
