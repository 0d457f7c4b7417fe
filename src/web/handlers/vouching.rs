//! Members who answer for an applicant.

use super::{field, for_form, see};
use crate::accounts::Clinician;
use crate::base::id::{ApplicationId, EvidenceId};
use crate::base::problem::{Fault, Problem, Result};
use crate::verification::{self, RESPONSIBILITY, vouch};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::pages::vouch::{VouchLine, VouchPage, VouchesPage};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::HashMap;

pub async fn plea(State(site): State<Site>, member: Clinician, Path(id): Path<String>) -> Result<Response> {
    Ok(page(plea_page(&site, &member, &id, &[], None).await?))
}

async fn plea_page(
    site: &Site,
    member: &Clinician,
    id: &str,
    faults: &[Fault],
    whole: Option<String>,
) -> Result<VouchPage> {
    let id = ApplicationId::parse(id).ok_or(Problem::NotFound)?;
    let now = site.log.clock().now();
    let plea = vouch::plea(&mut *site.log.reader().await?, &site.config.admission, member, &id, now)
        .await?
        .ok_or(Problem::NotFound)?;
    Ok(VouchPage {
        shell: site.shell(Some(member.member()), "Vouch for a colleague", Place::Elsewhere).await?,
        application: id.to_string(),
        name: plea.name,
        profession: plea.profession,
        register: plea.register,
        responsibility: RESPONSIBILITY,
        sure: field(String::new(), "sure", faults),
        closed: plea.closed.or(whole),
    })
}

pub async fn vouch_for(
    State(site): State<Site>,
    member: Clinician,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let application = ApplicationId::parse(&id).ok_or(Problem::NotFound)?;
    let sure = fields.get("sure") == "yes";
    match verification::vouch(&site.log, &site.config.admission, &member, &application, sure).await {
        Ok(()) => Ok(see("/vouches?done=vouched")),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let shown = plea_page(&site, &member, &id, &faults, whole).await?;
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
    }
}

pub async fn own(
    State(site): State<Site>,
    member: Clinician,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let now = site.log.clock().now();
    let own = vouch::own_vouches(&mut *site.log.reader().await?, &site.config.admission, &member, now).await?;
    let done = asked.get("done").map_or("", String::as_str);
    Ok(page(VouchesPage {
        shell: site.shell(Some(member.member()), "For whom you vouch", Place::Elsewhere).await?,
        rows: own
            .into_iter()
            .map(|one| VouchLine {
                id: one.id.to_string(),
                name: one.name,
                when: view::moment(one.at, now),
                stands: one.stands,
                until: one.until.map(|until| view::moment(until, now)),
            })
            .collect(),
        notice: match done {
            "vouched" => Some("You have vouched. You can take it back here.".to_owned()),
            "retracted" => Some("Taken back. It counts no more, and verifiers see that.".to_owned()),
            _ => None,
        },
    }))
}

pub async fn retract(State(site): State<Site>, member: Clinician, Path(id): Path<String>) -> Result<Response> {
    let id = EvidenceId::parse(&id).ok_or(Problem::NotFound)?;
    vouch::retract(&site.log, &site.config.admission, &member, &id).await?;
    Ok(see("/vouches?done=retracted"))
}
