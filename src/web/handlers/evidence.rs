//! The applicant's evidence: the page, documents, calls, links, professional sign-in.

use super::{field, for_form, see};
use crate::accounts::Member;
use crate::base::id::EvidenceId;
use crate::base::problem::{Fault, Problem, Result};
use crate::verification::worth::Kind;
use crate::verification::{self, OwnApplication};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::form::Choice;
use crate::web::guard::Perhaps;
use crate::web::pages::evidence::{EvidencePage, GivenLine, Ways};
use crate::web::pages::link::{LinkPage, Opens, ProviderPage};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::upload::Upload;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::HashMap;

/// What was just done, by the code in the address.
const DONE: &[(&str, &str)] = &[
    ("document", "Thank you. A verifier looks at it."),
    ("call", "You have asked for a call. A verifier writes to you."),
    ("withdrawn", "Taken back. It is destroyed."),
    ("link", "The address is yours: it counts."),
    ("provider", "Your registration number is confirmed: it counts."),
];

/// Kinds of document, as one chooses among them.
const KINDS: &[(Kind, &str)] = &[
    (Kind::PhotoId, "A document with a photo: passport, identity card, driving licence"),
    (Kind::WorkDocument, "A professional document: certificate, staff card, letter of the employer"),
    (Kind::NameDocument, "A document on a change of name"),
];

pub async fn show(
    State(site): State<Site>,
    member: Member,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let done = asked.get("done").map_or("", String::as_str);
    let mut shown = evidence_page(&site, &member, "", &[], None).await?;
    shown.notice = DONE.iter().find(|(code, _)| *code == done).map(|(_, words)| (*words).to_owned());
    Ok(page(shown))
}

async fn evidence_page(
    site: &Site,
    member: &Member,
    kind: &str,
    faults: &[Fault],
    whole: Option<String>,
) -> Result<EvidencePage> {
    let now = site.log.clock().now();
    let own = verification::own(&mut *site.log.reader().await?, &site.config.admission, member, now)
        .await?
        .ok_or_else(|| Problem::conflict("no-application", "Send your application first; then show that it is you."))?;
    let is_open = own.application.state.is_open();
    Ok(EvidencePage {
        shell: site.shell(Some(member), "Show that it is you", Place::Application).await?,
        missing: if is_open { verification::missing(own.scores) } else { Vec::new() },
        given: own
            .given
            .iter()
            .map(|one| GivenLine {
                id: one.id.to_string(),
                title: one.title.to_owned(),
                state: one.state.to_owned(),
                counts: one.counts,
                detail: one.detail.clone(),
                when: view::moment(one.at, now),
                may_withdraw: one.is_open,
            })
            .collect(),
        ways: is_open.then(|| ways(site, &own, kind, faults, whole)),
        notice: None,
    })
}

fn ways(site: &Site, own: &OwnApplication, kind: &str, faults: &[Fault], whole: Option<String>) -> Ways {
    let policy = &site.config.admission;
    let providers = policy.providers_of(&own.application.claim.register);
    Ways {
        providers: providers.iter().map(|one| Choice::new(&*one.code, &*one.name)).collect(),
        kind: field(kind.to_owned(), "kind", faults),
        file: field(String::new(), "file", faults),
        problem: whole,
        kinds: KINDS.iter().map(|(kind, words)| Choice::new(kind.code(), *words)).collect(),
        most: format!("{} MB", site.config.evidence.most_bytes / (1024 * 1024)),
        vouch_link: format!("{}/vouch/{}", site.config.home(), own.application.id),
        may_vouch: policy.vouch.enabled,
        call_asked: own.given.iter().any(|one| one.kind == Kind::LiveCheck && one.is_asked),
    }
}

pub async fn give(State(site): State<Site>, member: Member, upload: Upload) -> Result<Response> {
    let kind = upload.get("kind").to_owned();
    let (log, policy) = (&site.log, &site.config.admission);
    match verification::give_document(log, policy, &site.strongroom, &member, &kind, &upload.file).await {
        Ok(_) => Ok(see("/application/evidence?done=document")),
        Err(Problem::TooMany { .. }) => {
            again(&site, &member, &kind, &[], "That is enough for today. Send the rest tomorrow.").await
        }
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            again(&site, &member, &kind, &faults, whole.as_deref().unwrap_or_default()).await
        }
    }
}

async fn again(site: &Site, member: &Member, kind: &str, faults: &[Fault], whole: &str) -> Result<Response> {
    let whole = (!whole.is_empty()).then(|| whole.to_owned());
    Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, evidence_page(site, member, kind, faults, whole).await?))
}

pub async fn withdraw(State(site): State<Site>, member: Member, Path(id): Path<String>) -> Result<Response> {
    let id = EvidenceId::parse(&id).ok_or(Problem::NotFound)?;
    verification::withdraw_document(&site.log, &site.strongroom, &member, &id).await?;
    Ok(see("/application/evidence?done=withdrawn"))
}

pub async fn ask_call(State(site): State<Site>, member: Member) -> Result<Response> {
    verification::ask_call(&site.log, &member).await?;
    Ok(see("/application/evidence?done=call"))
}

pub async fn link_page(
    State(site): State<Site>,
    visitor: Perhaps,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let token = asked.get("token").cloned().unwrap_or_default();
    Ok(page(opened(&site, &visitor, token, None).await?))
}

async fn opened(site: &Site, visitor: &Perhaps, token: String, problem: Option<String>) -> Result<LinkPage> {
    let whose = verification::link_account(&site.log, &site.key, &token).await?;
    let opens = match (whose, visitor.member()) {
        (None, _) => Opens::Nothing,
        (Some(account), Some(member)) if *member.id() == account => Opens::Own,
        _ => Opens::Other,
    };
    let shell = site.shell(visitor.member(), "A link to your address", Place::Elsewhere).await?;
    Ok(LinkPage { shell, token, opens, problem })
}

pub async fn follow_link(State(site): State<Site>, visitor: Perhaps, fields: Fields) -> Result<Response> {
    let token = fields.take("token");
    let Some(member) = visitor.member() else {
        return Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, opened(&site, &visitor, token, None).await?));
    };
    match verification::follow_link(&site.log, &site.config.admission, &site.key, member, &token).await {
        Ok(()) => Ok(see("/application/evidence?done=link")),
        Err(problem) => {
            let status = crate::web::edge::status(&problem);
            let (_, whole) = for_form(problem)?;
            Ok(page_with(status, opened(&site, &visitor, token, whole).await?))
        }
    }
}

pub async fn deny_link(State(site): State<Site>, visitor: Perhaps, fields: Fields) -> Result<Response> {
    let token = fields.take("token");
    match verification::deny_link(&site.log, &site.config.admission, &site.key, &token).await {
        Ok(()) => {
            let mut shown = opened(&site, &visitor, String::new(), None).await?;
            shown.opens = Opens::Denied;
            Ok(page(shown))
        }
        Err(problem) => {
            let status = crate::web::edge::status(&problem);
            let (_, whole) = for_form(problem)?;
            Ok(page_with(status, opened(&site, &visitor, token, whole).await?))
        }
    }
}

pub async fn begin_provider(State(site): State<Site>, member: Member, Path(code): Path<String>) -> Result<Response> {
    let begun =
        verification::begin(&site.log, &site.config.admission, &site.key, &site.config.home(), &member, &code).await?;
    let shell = site.shell(Some(&member), &format!("On to {}", begun.name), Place::Application).await?;
    Ok(page(ProviderPage { shell, name: begun.name, url: begun.url }))
}

pub async fn end_provider(
    State(site): State<Site>,
    member: Member,
    Query(told): Query<HashMap<String, String>>,
) -> Result<Response> {
    let get = |name: &str| told.get(name).map_or("", String::as_str);
    let done = match get("code") {
        // Turned back there, or nothing said at all.
        "" => Err(Problem::conflict(
            "turned-back",
            "You came back without having signed in. Begin again, or show it in another way.",
        )),
        code => {
            let (policy, home) = (&site.config.admission, site.config.home());
            verification::finish(&site.log, policy, &site.key, &home, &member, get("state"), code).await
        }
    };
    match done {
        Ok(()) => Ok(see("/application/evidence?done=provider")),
        Err(problem) => {
            let status = crate::web::edge::status(&problem);
            let (_, whole) = for_form(problem)?;
            Ok(page_with(status, evidence_page(&site, &member, "", &[], whole).await?))
        }
    }
}
