//! One's own things: passkeys, sessions, interests, appearance, password.

use super::{field, for_form, see};
use crate::accounts::{self, Member};
use crate::auth::{passkey, session};
use crate::base::id::{InterestId, PasskeyId, SessionId};
use crate::base::problem::{Fault, Problem, Result};
use crate::base::secret::Secret;
use crate::disclosure::{self, NewInterest};
use crate::membership::{self, Whose};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::form::Field;
use crate::web::guard::Visitor;
use crate::web::pages::settings::{Fact, Interest, InterestForm, Passkey, PasswordForm, Session, SettingsPage, Source};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::HashMap;

/// What was just done, by the code in the address.
const DONE: &[(&str, &str)] = &[
    ("renamed", "The passkey has its new name."),
    ("removed", "The passkey is gone. It opens nothing here any more."),
    ("added", "The passkey is added. From now on it opens the door."),
    ("ended", "That session has ended, and its open pages are blank."),
    ("declared", "The interest is on your list."),
    ("interest-ended", "The interest has ended. Posts that declared it keep it."),
    ("password", "The password is changed, and every other session has ended."),
    ("theme", "Kept."),
];

pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let mut shown = settings(&site, &visitor).await?;
    let done = asked.get("done").map_or("", String::as_str);
    shown.notice = DONE.iter().find(|(code, _)| *code == done).map(|(_, words)| (*words).to_owned());
    Ok(page(shown))
}

async fn settings(site: &Site, visitor: &Visitor) -> Result<SettingsPage> {
    let now = site.log.clock().now();
    let member = &visitor.member;
    let passkeys = passkey::of_member(&site.log, member).await?;
    let sessions = session::of_member(&site.log, member).await?;
    let interests = disclosure::of_member(&mut *site.log.reader().await?, member.id()).await?;
    Ok(SettingsPage {
        shell: site.shell(Some(member), "Settings", Place::Settings).await?,
        email: member.account().email.clone(),
        notice: None,
        passkeys: passkeys
            .into_iter()
            .map(|key| Passkey {
                id: key.id.as_str().to_owned(),
                called: key.name.clone(),
                name: Field::typed(key.name),
                added: view::moment(key.added_at, now),
                used: key.used_at.map(|at| view::moment(at, now)),
                may_remove: true,
            })
            .collect(),
        sessions: sessions
            .into_iter()
            .map(|one| Session {
                is_this: one.id == visitor.session.id,
                is_phone: ["iPhone", "Android"].iter().any(|phone| one.device.contains(phone)),
                is_shared: one.is_shared(),
                used: view::moment(one.seen_at, now),
                id: one.id.as_str().to_owned(),
                device: one.device,
            })
            .collect(),
        registration: registration(site, member).await?,
        interests: interests
            .into_iter()
            .map(|interest| Interest {
                id: interest.id.as_str().to_owned(),
                kind: words(disclosure::KINDS, &interest.kind),
                band: words(disclosure::BANDS, &interest.band),
                organisation: interest.organisation,
                detail: interest.detail,
                year: interest.year.to_string(),
                ended: None,
            })
            .collect(),
        interest: interest_form(&NewInterest::default(), &[], None),
        password: PasswordForm { current: Field::default(), new: Field::default(), problem: None },
    })
}

fn words(list: &[(&str, &str)], code: &str) -> String {
    list.iter().find(|(known, _)| *known == code).map_or(code.to_owned(), |(_, words)| (*words).to_owned())
}

async fn registration(site: &Site, member: &Member) -> Result<Vec<Fact>> {
    let Some(byline) = accounts::store::byline(&mut *site.log.reader().await?, member.id()).await? else {
        return Ok(Vec::new());
    };
    if byline.checked_at.is_none() {
        return Ok(Vec::new());
    }
    let badge = membership::badge(&byline, &site.config.members, true, site.log.clock().now());
    let fact = |fact: membership::Fact| Fact {
        title: fact.title.to_owned(),
        words: fact.words,
        source: match fact.whose {
            Whose::Register | Whose::House => Source::Register,
            Whose::Stale => Source::Due,
            Whose::UnderReview => Source::Review,
            Whose::Member => Source::Member,
        },
    };
    Ok(badge.facts.into_iter().map(fact).collect())
}

fn interest_form(typed: &NewInterest, faults: &[Fault], problem: Option<String>) -> InterestForm {
    InterestForm {
        kind: field(typed.kind.clone(), "kind", faults),
        organisation: field(typed.organisation.clone(), "organisation", faults),
        detail: field(typed.detail.clone(), "detail", faults),
        band: field(typed.band.clone(), "band", faults),
        year: field(typed.year.clone(), "year", faults),
        problem,
    }
}

fn passkey_id(id: &str) -> Result<PasskeyId> {
    PasskeyId::parse(id).ok_or(Problem::NotFound)
}

pub async fn rename_passkey(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    match passkey::rename(&site.log, &visitor.member, &passkey_id(&id)?, fields.get("name")).await {
        Ok(()) => Ok(see("/settings?done=renamed")),
        Err(problem) => {
            let (faults, _) = for_form(problem)?;
            let mut shown = settings(&site, &visitor).await?;
            if let Some(key) = shown.passkeys.iter_mut().find(|key| key.id == id) {
                key.name = field(fields.take("name"), "name", &faults);
            }
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
    }
}

pub async fn remove_passkey(State(site): State<Site>, visitor: Visitor, Path(id): Path<String>) -> Result<Response> {
    visitor.session.present(site.log.clock().now(), false)?;
    passkey::remove(&site.log, &visitor.member, &passkey_id(&id)?).await?;
    Ok(see("/settings?done=removed"))
}

pub async fn end_session(State(site): State<Site>, visitor: Visitor, Path(id): Path<String>) -> Result<Response> {
    let id = SessionId::parse(&id).ok_or(Problem::NotFound)?;
    session::end(&site.log, &visitor.member, &id).await?;
    Ok(see("/settings?done=ended"))
}

pub async fn end_other_sessions(State(site): State<Site>, visitor: Visitor) -> Result<Response> {
    session::end_all_others(&site.log, &visitor.member, &visitor.session.id).await?;
    Ok(see("/settings?done=ended"))
}

pub async fn declare(State(site): State<Site>, visitor: Visitor, fields: Fields) -> Result<Response> {
    let typed = NewInterest {
        kind: fields.take("kind"),
        organisation: fields.take("organisation"),
        detail: fields.take("detail"),
        band: fields.take("band"),
        year: fields.take("year"),
    };
    match disclosure::declare(&site.log, &visitor.member, &typed).await {
        Ok(_) => Ok(see("/settings?done=declared")),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let mut shown = settings(&site, &visitor).await?;
            shown.interest = interest_form(&typed, &faults, whole);
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
    }
}

pub async fn end_interest(State(site): State<Site>, visitor: Visitor, Path(id): Path<String>) -> Result<Response> {
    let id = InterestId::parse(&id).ok_or(Problem::NotFound)?;
    disclosure::end(&site.log, &visitor.member, &id).await?;
    Ok(see("/settings?done=interest-ended"))
}

pub async fn theme(State(site): State<Site>, visitor: Visitor, fields: Fields) -> Result<Response> {
    accounts::choose_theme(&site.log, &visitor.member, fields.get("theme")).await?;
    Ok(see("/settings?done=theme"))
}

pub async fn password(State(site): State<Site>, visitor: Visitor, fields: Fields) -> Result<Response> {
    let (current, new) = (Secret::new(fields.take("current")), Secret::new(fields.take("new")));
    match site.passwords.change(&site.log, &visitor.member, &visitor.session, &current, &new).await {
        Ok(()) => Ok(see("/settings?done=password")),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let mut shown = settings(&site, &visitor).await?;
            shown.password = PasswordForm {
                current: field(String::new(), "current", &faults),
                new: field(String::new(), "new", &faults),
                problem: whole,
            };
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
    }
}
