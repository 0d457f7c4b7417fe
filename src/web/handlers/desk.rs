//! The verifiers' list: applications in the order in which an answer is due, and members to look at.

use crate::accounts::Verifier;
use crate::base::clock::{DAY, Time};
use crate::base::problem::Result;
use crate::membership;
use crate::verification;
use crate::web::edge::page;
use crate::web::pages::verify::{Again, Doubtful, VerifyPage, Waiting};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Query, State};
use axum::response::Response;
use std::collections::HashMap;

/// What was just done, by the code in the address.
const DONE: &[(&str, &str)] = &[
    ("approve", "They are in, and have been told."),
    ("more", "They have been asked."),
    ("refuse", "They have been told, with the reason and how to appeal."),
    ("second", "Noted. A second verifier must agree before they are in."),
    ("settled", "Settled. The member is told if anything changes for them."),
];

pub async fn queue(
    State(site): State<Site>,
    verifier: Verifier,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let now = site.log.clock().now();
    let mut conn = site.log.reader().await?;
    let waiting = verification::queue(&mut conn, &verifier).await?;
    let with_applicants = verification::asked(&mut conn, &verifier).await?;
    let others = verification::others_have(&mut conn, &verifier, now).await?;
    let doubts = membership::doubts(&mut conn, &verifier).await?;
    let again = verification::vouch::to_look_at_again(&mut conn, &verifier).await?;
    let today = verification::count_decided(&mut conn, &verifier, Time(now.millis() - now.millis() % DAY)).await?;
    drop(conn);
    let row = |one: verification::Waiting| Waiting {
        in_hand: others.iter().find(|other| other.thing == one.id.as_str()).map(|other| other.name.clone()),
        id: one.id.as_str().to_owned(),
        name: one.name,
        claim: format!("{}, {}", one.profession, one.country),
        gist: one.gist,
        needs_a_look: one.needs_a_look,
        sent: view::moment(one.sent_at, now),
        is_late: one.due_at < now,
        due: view::moment(one.due_at, now),
    };
    let done = asked.get("done").map_or("", String::as_str);
    Ok(page(VerifyPage {
        shell: site.shell(Some(verifier.member()), "Verify", Place::Verify).await?,
        waiting: waiting.into_iter().map(row).collect(),
        asked: with_applicants.into_iter().map(row).collect(),
        again: again
            .into_iter()
            .map(|(id, name, since)| Again { id: id.to_string(), name, since: view::moment(since, now) })
            .collect(),
        doubts: doubts
            .into_iter()
            .map(|one| Doubtful {
                id: one.id.as_str().to_owned(),
                name: one.name,
                title: membership::doubt_words(&one.what).0,
                register: one.register,
                raised: view::moment(one.raised_at, now),
                is_late: one.due_at < now,
                due: view::moment(one.due_at, now),
            })
            .collect(),
        decided_today: usize::try_from(today).unwrap_or(0),
        notice: DONE.iter().find(|(code, _)| *code == done).map(|(_, words)| (*words).to_owned()),
    }))
}
