//! One's own standing, and a member's page.

use super::{field, for_form, see};
use crate::accounts::{self, Action, Class, Clinician, Member, Place as Stand};
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::disclosure;
use crate::membership;
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::guard::Visitor;
use crate::web::pages::member::MemberPage;
use crate::web::pages::membership::{Appeal, Head, MembershipPage};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;

const DONE: &[(&str, &str)] = &[
    ("attested", "Thank you. That is kept, and next asked in a year."),
    ("appealed", "A verifier has your words. You hear within one working day."),
];

/// What is told of what one may do.
const DEEDS: [(Action, &str); 6] = [
    (Action::Read, "Read and search"),
    (Action::Post, "Ask and reply"),
    (Action::PostCase, "Post cases"),
    (Action::Flag, "Flag a post"),
    (Action::Vouch, "Vouch for a colleague"),
    (Action::Export, "Take out what is known of your registration"),
];

pub async fn own(
    State(site): State<Site>,
    member: Member,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let Some(mut shown) = own_page(&site, &member).await? else { return Ok(see("/application")) };
    let done = asked.get("done").map_or("", String::as_str);
    shown.notice = DONE.iter().find(|(code, _)| *code == done).map(|(_, words)| (*words).to_owned());
    Ok(page(shown))
}

async fn own_page(site: &Site, member: &Member) -> Result<Option<MembershipPage>> {
    let now = site.log.clock().now();
    let choices = &site.config.members;
    let mut conn = site.log.reader().await?;
    let Some(own) = membership::own(&mut conn, member).await? else { return Ok(None) };
    let byline = accounts::store::byline(&mut conn, member.id()).await?.ok_or(Problem::NotFound)?;
    drop(conn);
    let (seal, line, facts) = view::badge(&byline, choices, true, now);
    let class = member.class().unwrap_or(Class::Paused);
    let head = match own.place {
        _ if member.account().suspended_at.is_some() => Head::Conduct,
        Stand::Good => Head::Good,
        Stand::Grace => Head::Grace { why: own.why, ends: own.grace_ends.map(|at| view::moment(at, now)) },
        Stand::Paused | Stand::Barred | Stand::Memorial => Head::Paused {
            why: own.why,
            since: view::moment(own.since, now),
            appeal: Appeal { is_sent: own.has_appealed, ..Appeal::default() },
        },
    };
    Ok(Some(MembershipPage {
        shell: site.shell(Some(member), "Your membership", Place::Settings).await?,
        notice: None,
        head,
        may: DEEDS.iter().map(|(action, words)| (*words, class.may(*action, choices))).collect(),
        class: class.words(),
        seal,
        line,
        facts,
        attested: view::moment(own.attested_at, now),
        attest_due: view::moment(own.attest_due, now),
        is_due: now >= own.attest_due && !own.place.is_shut(),
        attest_ends: view::moment(own.attest_ends, now),
        is_overdue: own.is_overdue,
        register: facts_register(&byline.register),
        number: byline.warrant.number,
    }))
}

fn facts_register(code: &str) -> String {
    crate::registers::find(code).map_or_else(|| code.to_owned(), |register| register.name.to_owned())
}

pub async fn attest(State(site): State<Site>, visitor: Visitor) -> Result<Response> {
    let present = visitor.session.present(site.log.clock().now(), false)?;
    membership::attest(&site.log, &visitor.member, &site.config.members, &present).await?;
    Ok(see("/membership?done=attested"))
}

pub async fn appeal(State(site): State<Site>, member: Member, fields: Fields) -> Result<Response> {
    match membership::appeal(&site.log, &member, &site.config.members, fields.get("words")).await {
        Ok(()) => Ok(see("/membership?done=appealed")),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let mut shown = own_page(&site, &member).await?.ok_or(Problem::NotFound)?;
            if let Head::Paused { appeal, .. } = &mut shown.head {
                appeal.words = field(fields.take("words"), "words", &faults);
                appeal.problem = whole;
            } else {
                shown.notice = whole;
            }
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
    }
}

pub async fn export(State(site): State<Site>, member: Member) -> Result<Response> {
    let now = site.log.clock().now();
    let bundle = membership::export_own(&mut *site.log.reader().await?, &member, &site.config.members, now).await?;
    Ok(fhir(&bundle))
}

/// A FHIR resource as its own media type.
pub fn fhir(bundle: &serde_json::Value) -> Response {
    let kind = HeaderValue::from_static("application/fhir+json");
    let name = HeaderValue::from_static("attachment; filename=\"registration.fhir.json\"");
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bundle.to_string()).into_response()
}

pub async fn one(State(site): State<Site>, viewer: Clinician, Path(id): Path<String>) -> Result<Response> {
    let id = AccountId::parse(&id).ok_or(Problem::NotFound)?;
    let now = site.log.clock().now();
    let mut conn = site.log.reader().await?;
    let byline = accounts::store::byline(&mut conn, &id).await?.filter(|byline| byline.checked_at.is_some());
    let byline = byline.ok_or(Problem::NotFound)?;
    let interests = disclosure::of_member(&mut conn, &id).await?;
    drop(conn);
    let is_own = *viewer.id() == id;
    let (seal, line, facts) = view::badge(&byline, &site.config.members, is_own, now);
    Ok(page(MemberPage {
        shell: site.shell(Some(viewer.member()), &byline.name, Place::Rooms).await?,
        name: byline.name,
        seal,
        line,
        facts,
        interests: interests.iter().map(disclosure::Interest::words).collect(),
        is_own,
    }))
}
