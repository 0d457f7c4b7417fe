//! Who is on duty, and drills.

use super::record::span;
use super::{field, for_form, see};
use crate::accounts::{Member, Moderator, Role};
use crate::base::clock::{HOUR, Time};
use crate::base::id::DrillId;
use crate::base::problem::{Fault, Problem, Result};
use crate::duty::{self, DAYS, Drill, Rota, WEEK};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::guard::Visitor;
use crate::web::pages::drill::DrillPage;
use crate::web::pages::moderation::{Harm, QueueRow};
use crate::web::pages::rota::{Day, Form, Own, RotaPage, Stretch};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::HashMap;

/// Who may see who is on duty.
const SEE: [Role; 3] = [Role::Moderator, Role::Privacy, Role::Admin];

pub async fn rota(
    State(site): State<Site>,
    member: Member,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    if !SEE.into_iter().any(|role| member.has(role)) {
        return Err(Problem::NotFound);
    }
    let mut shown = rota_page(&site, &member, Form::default()).await?;
    shown.notice = match asked.get("done").map_or("", String::as_str) {
        "down" => Some("You are down for these hours.".to_owned()),
        "out" => Some("You are out of these hours.".to_owned()),
        _ => None,
    };
    Ok(page(shown))
}

async fn rota_page(site: &Site, member: &Member, form: Form) -> Result<RotaPage> {
    let now = site.log.clock().now();
    let rota = duty::rota(&mut *site.log.reader().await?).await?;
    let is_moderator = member.has(Role::Moderator);
    let place = if is_moderator {
        Place::Moderation
    } else if member.has(Role::Privacy) {
        Place::Privacy
    } else {
        Place::Admin
    };
    let day = |(at, stretches): (usize, Vec<duty::Stretch>)| Day {
        name: DAYS[at].1,
        stretches: stretches
            .into_iter()
            .map(|one| Stretch {
                hours: format!("{:02}:00 to {:02}:00", one.from % 24, one.from % 24 + one.hours),
                names: one.names.join(", "),
            })
            .collect(),
    };
    Ok(RotaPage {
        shell: site.shell(Some(member), "Who is on duty", place).await?,
        notice: None,
        now: told_now(&rota, now),
        unstaffed: rota.unstaffed(),
        is_empty: rota.is_empty(),
        days: if rota.is_empty() { Vec::new() } else { rota.days().into_iter().enumerate().map(day).collect() },
        own: is_moderator.then(|| {
            let own = rota.own(member.id()).into_iter();
            own.map(|(hour, hours)| Own { words: stretch_words(hour, hours), hour, hours }).collect()
        }),
        form,
    })
}

/// "Monday 08:00 to 17:00", "Sunday 22:00 to Monday 02:00".
fn stretch_words(hour: i64, hours: i64) -> String {
    if hours == WEEK {
        return "All week".to_owned();
    }
    let (from, to) = (hour_words(hour), (hour + hours) % WEEK);
    match (to / 24 == hour / 24, to % 24) {
        (true, _) => format!("{from} to {:02}:00", to % 24),
        (false, 0) if hours <= 24 => format!("{from} to 24:00"),
        _ => format!("{from} to {}", hour_words(to)),
    }
}

/// "Monday 08:00".
fn hour_words(hour: i64) -> String {
    let day = usize::try_from(hour / 24).ok().and_then(|at| DAYS.get(at)).map_or("", |(_, name)| name);
    format!("{day} {:02}:00", hour % 24)
}

fn told_now(rota: &Rota, now: Time) -> String {
    rota.gap_now(now).map_or(String::new(), |until| {
        format!("Nobody is on duty now, until {} UTC.", hour_words(duty::hour_of(until)))
    })
}

/// For the queue: that nobody is on duty, or will not be within a day. Empty for a rota without anybody.
pub async fn told_beside_queue(site: &Site, now: Time) -> Result<String> {
    let rota = duty::rota(&mut *site.log.reader().await?).await?;
    let next = rota.gaps(now, now.plus(24 * HOUR));
    Ok(match (told_now(&rota, now), next.first()) {
        (told, _) if !told.is_empty() => told,
        (_, Some((begins, hours))) => {
            let begins = duty::hour_of(*begins);
            let until = hour_words((begins + hours) % WEEK);
            format!("Nobody is on duty from {} to {until} UTC.", hour_words(begins))
        }
        _ => String::new(),
    })
}

pub async fn take(State(site): State<Site>, moderator: Moderator, fields: Fields) -> Result<Response> {
    let done = duty::take(&site.log, &moderator, fields.get("day"), fields.get("from"), fields.get("to")).await;
    changed(&site, &moderator, done, "down", &fields).await
}

pub async fn leave(State(site): State<Site>, moderator: Moderator, fields: Fields) -> Result<Response> {
    let done = duty::leave(&site.log, &moderator, fields.get("hour"), fields.get("hours")).await;
    changed(&site, &moderator, done, "out", &fields).await
}

async fn changed(
    site: &Site,
    moderator: &Moderator,
    done: Result<()>,
    code: &str,
    fields: &Fields,
) -> Result<Response> {
    let Err(problem) = done else { return Ok(see(&format!("/moderation/rota?done={code}"))) };
    let (faults, whole) = for_form(problem)?;
    let status = if whole.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let typed = |name: &str| field(fields.take(name), name, &faults);
    // What is wrong with a form that has no field to be typed in stands above all.
    let stray = faults.iter().find(|fault| matches!(fault.field.as_str(), "hour" | "hours"));
    let problem = whole.or(stray.map(|fault: &Fault| fault.words.clone()));
    let form = Form { day: typed("day"), from: typed("from"), to: typed("to"), problem };
    Ok(page_with(status, rota_page(site, moderator.member(), form).await?))
}

/// The drills that run, as rows of the queue.
pub async fn rows(site: &Site, moderator: &Moderator) -> Result<Vec<QueueRow>> {
    let drills = duty::open_drills(&mut *site.log.reader().await?, moderator).await?;
    let row = |drill: Drill| QueueRow {
        href: format!("/moderation/drills/{}", drill.id),
        harm: Harm::Privacy,
        words: "Drill: a synthetic breach".to_owned(),
        place: "No member sees it".to_owned(),
        so_far: if drill.removed_at.is_some() { "Removed; answers are wanted" } else { "Do as at a real one" }
            .to_owned(),
        left: "drill".to_owned(),
        is_soon: drill.removed_at.is_none(),
        claimed: None,
        is_here: false,
    };
    Ok(drills.into_iter().map(row).collect())
}

pub async fn drill(
    State(site): State<Site>,
    visitor: Visitor,
    moderator: Moderator,
    Path(id): Path<String>,
) -> Result<Response> {
    Ok(page(drill_page(&site, &visitor, &moderator, &id, None).await?))
}

async fn drill_page(
    site: &Site,
    visitor: &Visitor,
    moderator: &Moderator,
    id: &str,
    problem: Option<String>,
) -> Result<DrillPage> {
    let now = site.log.clock().now();
    let id = DrillId::parse(id).ok_or(Problem::NotFound)?;
    let (drill, seen) = duty::open(&site.log, moderator, &id).await?;
    let is_open = |one: &duty::Sight| one.account_id == *moderator.id() && one.answered_at.is_none();
    Ok(DrillPage {
        shell: site.shell(Some(moderator.member()), "Drill", Place::Moderation).await?,
        id: drill.id.as_str().to_owned(),
        begun: view::moment(drill.begun_at, now),
        is_removed: drill.removed_at.is_some(),
        is_ended: drill.ended_at.is_some(),
        asks_step_up: visitor.session.present(now, site.strong_proof()).is_err(),
        must_answer: drill.removed_at.is_some() && seen.iter().any(is_open),
        times: times(&drill),
        words: drill.words,
        problem,
    })
}

/// What a drill measured, in words; empty for what has not happened.
pub fn times(drill: &Drill) -> Vec<(&'static str, String)> {
    drill.times().into_iter().map(|(what, time)| (what, time.map_or(String::new(), span))).collect()
}

pub async fn answer_drill(
    State(site): State<Site>,
    visitor: Visitor,
    moderator: Moderator,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let drill = DrillId::parse(&id).ok_or(Problem::NotFound)?;
    let done = match fields.get("answer") {
        "remove" => {
            let present = visitor.session.present(site.log.clock().now(), site.strong_proof())?;
            duty::remove(&site.log, &moderator, &present, &drill).await
        }
        "kept-nothing" => duty::answer(&site.log, &moderator, &drill).await,
        _ => Err(Problem::field("answer", "unknown", "Choose what is to be done.")),
    };
    let Err(problem) = done else { return Ok(see(&format!("/moderation/drills/{id}"))) };
    let (faults, whole) = for_form(problem)?;
    let status = if whole.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let words = whole.or_else(|| faults.first().map(|fault| fault.words.clone()));
    Ok(page_with(status, drill_page(&site, &visitor, &moderator, &id, words).await?))
}
