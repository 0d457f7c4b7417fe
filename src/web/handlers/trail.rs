//! The moderators' trail: what was done, and what was looked at.

use crate::accounts::Moderator;
use crate::base::clock::Time;
use crate::base::problem::Result;
use crate::log::{Entry, Event};
use crate::moderation;
use crate::web::edge::page;
use crate::web::pages::audit_trail::{AuditRow, AuditTrailPage};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Query, State};
use axum::response::Response;
use std::collections::HashMap;

/// Rows of the trail on a page.
const A_PAGE: i64 = 100;

pub async fn trail(
    State(site): State<Site>,
    moderator: Moderator,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let now = site.log.clock().now();
    let before = asked.get("before").and_then(|text| text.parse().ok()).unwrap_or(i64::MAX);
    let mut conn = site.log.reader().await?;
    let entries = moderation::trail(&mut conn, &moderator, before, A_PAGE).await?;
    let mut rows = Vec::new();
    for entry in &entries {
        rows.push(row(&mut conn, entry, now).await?);
    }
    drop(conn);
    Ok(page(AuditTrailPage {
        shell: site.shell(Some(moderator.member()), "What was done", Place::Moderation).await?,
        older: entries.last().filter(|_| entries.len() as i64 == A_PAGE).map(|last| last.seq.to_string()),
        rows,
    }))
}

async fn row(conn: &mut crate::db::Conn, entry: &Entry, now: Time) -> Result<AuditRow> {
    let actor = match &entry.actor {
        Some(id) => {
            crate::accounts::store::by_id(conn, id).await?.map_or_else(|| id.to_string(), |account| account.name)
        }
        None => "The house".to_owned(),
    };
    let (act, code) = act(entry);
    Ok(AuditRow {
        seq: entry.seq,
        at: view::moment(entry.at, now),
        // A flagger is never named, and a flag is what hides a post.
        actor: if entry.actor.is_some() && matches!(entry.event, Event::PostFlagged { .. } | Event::PostVeiled { .. }) {
            "A member".to_owned()
        } else {
            actor
        },
        act,
        code,
        subject: entry.event.subject().to_owned(),
        href: match entry.event {
            Event::PostHeld { .. } | Event::PostReturned { .. } => {
                format!("/moderation/held/{}", entry.event.subject())
            }
            Event::PostWithdrawn { .. } | Event::RescanDone { .. } => String::new(),
            Event::DutyTaken { .. } | Event::DutyLeft { .. } | Event::DutyGap { .. } => "/moderation/rota".to_owned(),
            Event::DrillStep { .. } | Event::CasePassedOn { is_drill: true, .. } => {
                format!("/moderation/drills/{}", entry.event.subject())
            }
            _ => format!("/moderation/{}", entry.event.subject()),
        },
    })
}

/// What was done, in words, and its code.
pub fn act(entry: &Entry) -> (String, String) {
    let (words, code) = match &entry.event {
        Event::PostAdded { .. } => ("Published", ""),
        Event::PostRevised { .. } => ("Changed by its author", ""),
        Event::PostFlagged { reason, .. } => ("Flagged", reason.as_str()),
        Event::PostVeiled { reason, .. } => ("Hidden", reason.as_str()),
        Event::PostShown { reason, .. } => ("Shown again", reason.as_str()),
        Event::PostRemoved { reason, .. } => ("Removed", reason.as_str()),
        Event::ThreadStarted { .. } => ("Published, as the beginning of a thread", ""),
        Event::PostHeld { .. } => ("Held before publishing", ""),
        Event::PostReleased { .. } => ("Released", ""),
        Event::PostReturned { reason, .. } => ("Given back to its author", reason.as_str()),
        Event::PostWithdrawn { .. } => ("Taken back by its author", ""),
        Event::PostOpened { .. } => ("Opened by a moderator", ""),
        Event::RemovalProved { .. } => ("Looked for what is left of it", ""),
        Event::FlagsSettled { upheld: true, .. } => ("Flags upheld", ""),
        Event::FlagsSettled { upheld: false, .. } => ("Flags not upheld", ""),
        Event::MeasureProposed { measure, .. } => ("Proposed", measure.as_str()),
        Event::MeasureDeclined { measure, .. } => ("Declined", measure.as_str()),
        Event::MeasureTaken { measure, .. } => ("Decided", measure.as_str()),
        Event::MeasureUndone { measure, .. } => ("Undone", measure.as_str()),
        Event::AppealSent { .. } => ("Appealed against by its author", ""),
        Event::AppealHeard { outcome, .. } => ("Appeal decided", outcome.as_str()),
        Event::PostNoticed { stands: true, .. } => ("A notice put above it", ""),
        Event::PostNoticed { .. } => ("The notice taken away", ""),
        Event::RescanDone { ruleset, .. } => ("All posts looked at again under new rules", ruleset.as_str()),
        Event::BreachConfirmed { .. } => ("Readers told of the removal", ""),
        Event::ReaderAnswered { answer, .. } => ("A reader answered", answer.as_str()),
        Event::ReadersReminded { .. } => ("Silent readers reminded", ""),
        Event::BreachAlarm { clock, .. } => ("A clock sounded", clock.as_str()),
        Event::BreachDecided { decision, .. } => ("Decided whom to notify", decision.as_str()),
        Event::ExposureSeen { .. } => ("Looked at who was shown it", ""),
        Event::ExposureTaken { form, .. } => ("Took out who was shown it", form.as_str()),
        Event::DutyTaken { .. } => ("Put themselves on duty", ""),
        Event::DutyLeft { .. } => ("Took themselves off duty", ""),
        Event::DutyGap { .. } => ("Administrators told that nobody will be on duty", ""),
        Event::CasePassedOn { to, .. } => ("Passed on, as nobody had looked", to.as_str()),
        Event::DrillStep { step, .. } => ("Drill", step.as_str()),
        _ => ("Something else", ""),
    };
    (words.to_owned(), code.to_owned())
}
