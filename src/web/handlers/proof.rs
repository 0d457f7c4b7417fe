//! The verifier's part of evidence: documents, live checks, links to published addresses, vouches.

use super::{for_form, see};
use crate::accounts::Verifier;
use crate::base::clock::Time;
use crate::base::id::{ApplicationId, EvidenceId};
use crate::base::problem::{Problem, Result};
use crate::verification::worth::Kind;
use crate::verification::{self, Dossier, LIVE, PUBLISHERS, vouch};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::form::choices;
use crate::web::pages::document::DocumentPage;
use crate::web::pages::verify_one::{AddForms, GivenLine};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// What was given, for the desk.
pub fn given(dossier: &Dossier, now: Time) -> Vec<GivenLine> {
    let mut to_open = true;
    dossier
        .given
        .iter()
        .map(|one| GivenLine {
            id: one.id.to_string(),
            title: one.title.to_owned(),
            state: one.state.to_owned(),
            counts: one.counts,
            detail: one.detail.clone(),
            when: view::moment(one.at, now),
            is_document: one.kind.is_document() && one.is_kept,
            // The first that nobody has judged opens by a key.
            is_next: one.is_open && std::mem::take(&mut to_open),
            is_vouch: one.kind == Kind::Vouch && (one.counts || one.is_frozen),
            is_frozen: one.is_frozen,
        })
        .collect()
}

/// The forms by which a verifier adds evidence.
pub fn forms(dossier: &Dossier, now: Time) -> Option<AddForms> {
    dossier.application.state.is_open().then(|| AddForms {
        today: now.iso().get(..10).unwrap_or_default().to_owned(),
        live: choices(LIVE),
        publishers: choices(PUBLISHERS),
    })
}

fn ids(application: &str, evidence: &str) -> Result<(ApplicationId, EvidenceId)> {
    Option::zip(ApplicationId::parse(application), EvidenceId::parse(evidence)).ok_or(Problem::NotFound)
}

pub async fn document(
    State(site): State<Site>,
    verifier: Verifier,
    Path((application, evidence)): Path<(String, String)>,
) -> Result<Response> {
    Ok(page(document_page(&site, &verifier, &application, &evidence, None).await?))
}

async fn document_page(
    site: &Site,
    verifier: &Verifier,
    application: &str,
    evidence: &str,
    problem: Option<String>,
) -> Result<DocumentPage> {
    let (application, id) = ids(application, evidence)?;
    let opened = verification::open_document(&site.log, verifier, &application, &id).await?;
    let now = site.log.clock().now();
    Ok(DocumentPage {
        shell: site.shell(Some(verifier.member()), opened.given.title, Place::Verify).await?,
        title: opened.given.title.to_owned(),
        state: opened.given.state.to_owned(),
        pages: (1..=opened.pages).map(|at| format!("/verify/{application}/documents/{id}/pages/{at}")).collect(),
        seen_elsewhere: opened.seen_elsewhere,
        kept_until: view::moment(opened.kept_until, now),
        held_until: opened.held_until.map(|until| view::moment(until, now)),
        is_open: opened.given.is_open,
        problem,
        application: application.to_string(),
        id: id.to_string(),
    })
}

pub async fn document_sheet(
    State(site): State<Site>,
    verifier: Verifier,
    Path((_, evidence, sheet)): Path<(String, String, usize)>,
) -> Result<Response> {
    let id = EvidenceId::parse(&evidence).ok_or(Problem::NotFound)?;
    let sheet = sheet.checked_sub(1).ok_or(Problem::NotFound)?;
    let jpeg = verification::document_page(&site.log, &site.strongroom, &verifier, &id, sheet).await?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg"), (header::CONTENT_DISPOSITION, "inline")], jpeg).into_response())
}

pub async fn judge(
    State(site): State<Site>,
    verifier: Verifier,
    Path((application, evidence)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response> {
    let (_, id) = ids(&application, &evidence)?;
    let (log, policy) = (&site.log, &site.config.admission);
    let done = match fields.get("act") {
        act @ ("counts" | "refused") => {
            verification::judge_document(log, policy, &verifier, &id, act == "counts").await.map(drop)
        }
        "hold" => {
            let days = fields.get("days").trim().parse().unwrap_or(0);
            verification::hold_document(log, &verifier, &id, days).await
        }
        _ => Err(Problem::field("act", "unknown", "Say whether it is what it says, or for how long to hold it.")),
    };
    match done {
        Ok(()) => Ok(see(&format!("/verify/{application}"))),
        Err(problem) => {
            let status = crate::web::edge::status(&problem);
            let (faults, whole) = for_form(problem)?;
            let words = whole.or_else(|| faults.into_iter().next().map(|fault| fault.words));
            Ok(page_with(status, document_page(&site, &verifier, &application, &evidence, words).await?))
        }
    }
}

pub async fn live_check(
    State(site): State<Site>,
    verifier: Verifier,
    Path(application): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let id = ApplicationId::parse(&application).ok_or(Problem::NotFound)?;
    let (log, policy) = (&site.log, &site.config.admission);
    let done =
        verification::note_live_check(log, policy, &verifier, &id, fields.get("how"), fields.get("on").trim()).await;
    back(&site, &verifier, &id, &fields, done).await
}

pub async fn send_link(
    State(site): State<Site>,
    verifier: Verifier,
    Path(application): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let id = ApplicationId::parse(&application).ok_or(Problem::NotFound)?;
    let (address, by, published) = (fields.get("address"), fields.get("by"), fields.get("published"));
    let done = verification::send_link(&site.log, &verifier, &id, address, by, published).await.map(drop);
    back(&site, &verifier, &id, &fields, done).await
}

/// To the desk again; a refused form says there what is to be mended.
async fn back(
    site: &Site,
    verifier: &Verifier,
    id: &ApplicationId,
    fields: &Fields,
    done: Result<()>,
) -> Result<Response> {
    match done {
        Ok(()) => Ok(see(&format!("/verify/{id}"))),
        Err(problem) => super::verify::desk_again(site, verifier, id, fields, problem).await,
    }
}

pub async fn judge_vouch(
    State(site): State<Site>,
    verifier: Verifier,
    Path((application, evidence)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response> {
    let (_, id) = ids(&application, &evidence)?;
    let (log, policy) = (&site.log, &site.config.admission);
    match fields.get("act") {
        "false" => drop(vouch::find_false(log, policy, &verifier, &id).await?),
        "stands" => vouch::thaw(log, policy, &verifier, &id).await?,
        _ => return Err(Problem::field("act", "unknown", "Say whether the vouch stands, or is false.")),
    }
    Ok(see(&format!("/verify/{application}")))
}
