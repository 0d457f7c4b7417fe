//! What verifiers settle about members.

use super::see;
use crate::accounts::Verifier;
use crate::base::id::DoubtId;
use crate::base::problem::{Problem, Result};
use crate::membership::{self, Look};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::form::{Choice, Field};
use crate::web::pages::doubt::{DoubtPage, Row};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, State};
use axum::response::Response;

pub async fn show(State(site): State<Site>, verifier: Verifier, Path(id): Path<String>) -> Result<Response> {
    let id = DoubtId::parse(&id).ok_or(Problem::NotFound)?;
    let look = membership::look(&mut *site.log.reader().await?, &verifier, &id).await?.ok_or(Problem::NotFound)?;
    Ok(page(desk(&site, &verifier, look, None).await?))
}

async fn desk(site: &Site, verifier: &Verifier, look: Look, problem: Option<String>) -> Result<DoubtPage> {
    let now = site.log.clock().now();
    let (title, words) = membership::doubt_words(&look.doubt.what);
    let after = look.now.unwrap_or_default();
    let rows = ["Name", "Status", "Profession", "Specialty"].into_iter().zip(look.before.into_iter().zip(after));
    Ok(DoubtPage {
        shell: site.shell(Some(verifier.member()), &look.doubt.name, Place::Verify).await?,
        id: look.doubt.id.as_str().to_owned(),
        name: look.doubt.name,
        title,
        words,
        raised: view::moment(look.doubt.raised_at, now),
        due: view::moment(look.doubt.due_at, now),
        register: look.register_name,
        number: look.number,
        lookup: look.lookup.to_owned(),
        source: look.source,
        rows: rows
            .filter(|(_, (before, now))| !before.is_empty() || !now.is_empty())
            .map(|(name, (before, now))| Row { name, is_other: before != now, before, now })
            .collect(),
        said: (!look.words.is_empty()).then_some(look.words),
        history: look.history.into_iter().map(|(at, words)| (view::moment(at, now), words)).collect(),
        closed: look.closed,
        decision: Field::default(),
        decisions: membership::decisions(&look.doubt.what)
            .iter()
            .map(|(code, words)| Choice::new(*code, *words))
            .collect(),
        problem,
    })
}

pub async fn settle(
    State(site): State<Site>,
    verifier: Verifier,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let id = DoubtId::parse(&id).ok_or(Problem::NotFound)?;
    let done = membership::settle(&site.log, &verifier, &site.config.members, &id, fields.get("decision")).await;
    let Err(problem) = done else { return Ok(see("/verify?done=settled")) };
    let words = match &problem {
        Problem::Refused(faults) => faults.iter().map(|fault| fault.words.clone()).collect(),
        Problem::Conflict { words, .. } => words.clone(),
        _ => return Err(problem),
    };
    let status = crate::web::edge::status(&problem);
    let look = membership::look(&mut *site.log.reader().await?, &verifier, &id).await?.ok_or(Problem::NotFound)?;
    Ok(page_with(status, desk(&site, &verifier, look, Some(words)).await?))
}
