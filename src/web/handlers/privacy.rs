//! The data-protection officer: whom a removal had reached, the clocks, the record, the decision, what is taken out.

use super::{field, for_form, see};
use crate::accounts::{self, Privacy};
use crate::base::clock::{DAY, HOUR, MINUTE, Time};
use crate::base::id::PostId;
use crate::base::problem::{Fault, Problem, Result};
use crate::breach::{self, Exposure, RECEIVERS, Running, Sender};
use crate::discussion;
use crate::log::{Event, follow};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::guard::Visitor;
use crate::web::moment::Moment;
use crate::web::pages::breach::{self as one, BreachPage, Clock, Decided, Section, Way};
use crate::web::pages::privacy::{PrivacyPage, Row};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;

pub async fn list(State(site): State<Site>, officer: Privacy) -> Result<Response> {
    let now = site.log.clock().now();
    let rows = breach::breaches(&mut *site.log.reader().await?, &officer).await?;
    Ok(page(PrivacyPage {
        shell: site.shell(Some(officer.member()), "Breaches", Place::Privacy).await?,
        rows: rows
            .into_iter()
            .map(|row| {
                // The clock that ends first is the one to look at.
                let first =
                    site.config.breach.clocks.iter().map(|clock| clock.running(row.flagged_at, row.confirmed_at));
                let first = first.min_by_key(|clock| clock.ends);
                Row {
                    at: view::moment(row.confirmed_at, now),
                    readers: usize::try_from(row.readers).unwrap_or(0),
                    decided: decision_words(row.decision.as_deref().unwrap_or("")).to_owned(),
                    left: first
                        .as_ref()
                        .map_or(String::new(), |clock| format!("{} ({})", left(clock, now), clock.name)),
                    is_soon: first.is_some_and(|clock| is_soon(&clock, now)),
                    place: row.place(),
                    post: row.post.to_string(),
                }
            })
            .collect(),
    }))
}

fn decision_words(code: &str) -> &'static str {
    breach::DECISIONS.iter().find(|(known, _)| *known == code).map_or("", |(_, words)| words)
}

/// "70 h 12 min left", "59 days left", "3 h over".
fn left(clock: &Running, now: Time) -> String {
    let millis = clock.ends.millis() - now.millis();
    let (span, end) = if millis >= 0 { (millis, "left") } else { (-millis, "over") };
    match span {
        DAY.. if span >= 4 * DAY => format!("{} days {end}", span / DAY),
        HOUR.. => format!("{} h {} min {end}", span / HOUR, span % HOUR / MINUTE),
        _ => format!("{} min {end}", span / MINUTE),
    }
}

fn is_soon(clock: &Running, now: Time) -> bool {
    (clock.ends.millis() - now.millis()) * 3 < clock.hours * HOUR
}

pub async fn show(
    State(site): State<Site>,
    officer: Privacy,
    Path(id): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let id = PostId::parse(&id).ok_or(Problem::NotFound)?;
    let report = breach::open(&site.log, &officer, &id).await?;
    let mut shown = breach_page(&site, &officer, &report, &Fields::default(), &[], None).await?;
    if asked.get("done").is_some_and(|done| done == "decided") {
        shown.notice = Some("Recorded. The alarms are off.".to_owned());
    }
    Ok(page(shown))
}

async fn breach_page(
    site: &Site,
    officer: &Privacy,
    report: &Exposure,
    typed: &Fields,
    faults: &[Fault],
    problem: Option<String>,
) -> Result<BreachPage> {
    let now = site.log.clock().now();
    let row = &report.breach;
    let at = |time: Time| view::moment(time, now);
    let time = |words, time: Option<Time>| one::Time { words, at: time.map(at) };
    let people = report.readers.len();
    let clocks = site.config.breach.clocks.iter().filter(|_| row.decision.is_none());
    Ok(BreachPage {
        shell: site.shell(Some(officer.member()), "Who was shown it", Place::Privacy).await?,
        post: row.post.to_string(),
        place: report.place(),
        notice: None,
        times: vec![
            time("Published", Some(row.written_at)),
            time("Flagged", row.flagged_at),
            time("Hidden", Some(report.hidden_at)),
            time("Confirmed", Some(row.confirmed_at)),
        ],
        clocks: clocks
            .map(|clock| {
                let running = clock.running(row.flagged_at, row.confirmed_at);
                let whole = if clock.hours % 24 == 0 && clock.hours > 96 {
                    format!("{} days", clock.hours / 24)
                } else {
                    format!("{} h", clock.hours)
                };
                let from = match clock.from {
                    breach::From::Flagged => "the flag",
                    breach::From::Confirmed => "the confirmation",
                };
                Clock {
                    left: left(&running, now).replace(" left", ""),
                    of: format!("of {whole}, from {from}"),
                    is_soon: is_soon(&running, now),
                    name: running.name,
                }
            })
            .collect(),
        people,
        on_screen: report.on_screen(),
        ways: report
            .by_way()
            .into_iter()
            .map(|(words, count)| Way { words, people: count, share: count * 100 / people.max(1) })
            .collect(),
        classes: report.by_class(),
        answers: breach::ANSWERS
            .iter()
            .map(|(code, words)| (*words, report.answered(Some(code))))
            .chain([("silent", report.answered(None))])
            .collect(),
        readers: report.readers.iter().map(|reader| shown(reader, now)).collect(),
        looks: report.looks.iter().map(|(name, time)| (name.clone(), at(*time))).collect(),
        sections: breach::draft(report, &site.config.host, &site.config.data_protection_contact)
            .into_iter()
            .map(|section| Section {
                title: section.title,
                law: section.law,
                words: section.words.lines().map(str::to_owned).collect(),
            })
            .collect(),
        decided: row.decision.as_deref().map(|code| Decided {
            words: decision_words(code),
            reason: row.reason.clone(),
            by: row.decided_by.clone(),
            at: at(row.decided_at.unwrap_or(row.confirmed_at)),
        }),
        decision: field(typed.take("decision"), "decision", faults),
        reason: field(typed.take("reason"), "reason", faults),
        problem,
        trail: trail(site, &row.post, now).await?,
        can_seal: !site.config.breach.recipient.trim().is_empty(),
    })
}

fn shown(reader: &breach::Reader, now: Time) -> one::Reader {
    let mut ways: Vec<&str> = reader.sights.iter().map(|sight| discussion::Way::words(&sight.way)).collect();
    ways.dedup();
    let mut distinct: Vec<&str> = Vec::new();
    ways.retain(|way| {
        !distinct.contains(way) && {
            distinct.push(way);
            true
        }
    });
    one::Reader {
        name: reader.name.clone(),
        class: format!("{}, {}", reader.profession, reader.country),
        ways: ways.join(", "),
        first: view::moment(reader.first(), now),
        last: view::moment(reader.last(), now),
        on_screen: reader.on_screen,
        answer: reader.answer_words(),
        needs_a_look: reader.answer.as_deref() == Some("help"),
    }
}

/// Who looked at the report, and what was taken out of it.
async fn trail(site: &Site, post: &PostId, now: Time) -> Result<Vec<(String, String, Moment)>> {
    let mut conn = site.log.reader().await?;
    let mut rows = Vec::new();
    for entry in follow::of_subject(&mut conn, post.as_str()).await?.into_iter().rev() {
        let act = match &entry.event {
            Event::ExposureSeen { .. } => "looked",
            Event::ExposureTaken { form, .. } => match form.as_str() {
                "csv" => "took the table (CSV)",
                "pdf" => "took the report (PDF)",
                "record" => "took the record (PDF)",
                _ => "made a sealed package",
            },
            _ => continue,
        };
        let name = match &entry.actor {
            Some(id) => accounts::store::by_id(&mut conn, id).await?.map_or_else(|| id.to_string(), |one| one.name),
            None => "The house".to_owned(),
        };
        rows.push((name, act.to_owned(), view::moment(entry.at, now)));
        if rows.len() == 20 {
            break;
        }
    }
    Ok(rows)
}

pub async fn decide(
    State(site): State<Site>,
    visitor: Visitor,
    officer: Privacy,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let id = PostId::parse(&id).ok_or(Problem::NotFound)?;
    let present = visitor.session.present(site.log.clock().now(), site.strong_proof())?;
    let done = breach::decide(&site.log, &officer, &present, &id, fields.get("decision"), fields.get("reason")).await;
    match done {
        Ok(()) => Ok(see(&format!("/privacy/{id}?done=decided"))),
        Err(problem) => {
            let status = match &problem {
                Problem::Conflict { .. } => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let (faults, whole) = for_form(problem)?;
            let report = breach::open(&site.log, &officer, &id).await?;
            Ok(page_with(status, breach_page(&site, &officer, &report, &fields, &faults, whole).await?))
        }
    }
}

pub async fn download(
    State(site): State<Site>,
    visitor: Visitor,
    officer: Privacy,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let id = PostId::parse(&id).ok_or(Problem::NotFound)?;
    let form = fields.get("form");
    let (kind, name) = match form {
        "csv" => ("text/csv; charset=utf-8", format!("exposure-{id}.csv")),
        "pdf" => ("application/pdf", format!("exposure-{id}.pdf")),
        "record" => ("application/pdf", format!("record-{id}.pdf")),
        _ => return Err(Problem::field("form", "unknown", "Choose what is taken out.")),
    };
    visitor.session.present(site.log.clock().now(), site.strong_proof())?;
    let report = breach::take(&site.log, &officer, &id, form).await?;
    let host = &site.config.host;
    let bytes = match form {
        "csv" => breach::csv(&report)?,
        "pdf" => breach::exposure_pdf(&report, host),
        _ => breach::record_pdf(&report, &breach::draft(&report, host, &site.config.data_protection_contact), host),
    };
    Ok(file(kind, &name, bytes))
}

pub async fn package(
    State(site): State<Site>,
    visitor: Visitor,
    officer: Privacy,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let id = PostId::parse(&id).ok_or(Problem::NotFound)?;
    let receiver = fields.get("for");
    if !RECEIVERS.iter().any(|(code, _)| *code == receiver) {
        return Err(Problem::field("for", "unknown", "Choose for whom it is."));
    }
    let present = visitor.session.present(site.log.clock().now(), site.strong_proof())?;
    let sender = Sender {
        host: &site.config.host,
        contact: &site.config.data_protection_contact,
        recipient: &site.config.breach.recipient,
    };
    let sealed = breach::package(&site.log, &officer, &present, &id, receiver, &sender).await?;
    Ok(file("application/octet-stream", &format!("package-{receiver}-{id}.zip.age"), sealed))
}

fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}
