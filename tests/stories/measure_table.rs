//! Every measure for every role in every state of a post, in one table, through HTTP. Complete by construction: a measure,
//! a role or a state without a cell fails.

use crate::each_db;
use crate::measures::measure;
use crate::support::{House, Person, case, recognisable, reply};
use collegium::accounts::Role;
use collegium::moderation::MEASURES;
use collegium::registers::Status;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const STATES: [&str; 6] = ["open", "veiled", "held", "removed", "locked", "asked"];

/// What a moderator who neither wrote nor flagged it is answered.
#[rustfmt::skip]
const MODERATOR: &[(&str, [u16; 6])] = &[
    //                open veiled held removed locked asked
    ("dismiss",       [409, 201, 404, 409, 409, 201]),
    ("revise",        [201, 201, 404, 409, 201, 409]),
    ("edit",          [201, 201, 404, 409, 201, 409]),
    ("remove",        [201, 201, 404, 409, 201, 201]),
    ("correct",       [201, 409, 404, 409, 201, 409]),
    ("lock",          [201, 201, 404, 201, 409, 201]),
    ("unlock",        [409, 409, 404, 409, 201, 409]),
    ("move",          [201, 201, 404, 201, 201, 201]),
    ("remove-thread", [201, 201, 404, 201, 201, 201]),
    ("warn",          [201, 201, 404, 201, 201, 201]),
    ("restrict",      [201, 201, 404, 201, 201, 201]),
    ("suspend",       [201, 201, 404, 201, 201, 201]),
    ("end",           [201, 201, 404, 201, 201, 201]),
];

/// What everybody else is answered, whatever the measure.
#[rustfmt::skip]
const OTHERS: &[(&str, [u16; 6])] = &[
    //                      open veiled held removed locked asked
    ("stranger",            [401, 401, 401, 401, 401, 401]),
    ("applicant",           [404, 404, 404, 404, 404, 404]),
    ("clinician",           [404, 404, 404, 404, 404, 404]),
    ("author",              [404, 404, 404, 404, 404, 404]),
    ("verifier",            [404, 404, 404, 404, 404, 404]),
    ("admin",               [404, 404, 404, 404, 404, 404]),
    ("suspended",           [404, 404, 404, 404, 404, 404]),
    ("moderator, author",   [409, 409, 404, 409, 409, 409]),
    ("moderator, flagger",  [409, 409, 404, 409, 409, 409]),
];

each_db!(every_measure_is_answered_for_every_role_and_state);

#[test]
fn every_measure_has_a_row() {
    let told: BTreeSet<&str> = MODERATOR.iter().map(|(code, _)| *code).collect();
    let there: BTreeSet<&str> = MEASURES.iter().map(|measure| measure.code).collect();
    assert_eq!((told.len(), &told), (MODERATOR.len(), &there), "measures and rows");
    assert_eq!(OTHERS.iter().map(|(role, _)| *role).collect::<BTreeSet<_>>().len(), OTHERS.len(), "a row stands twice");
}

/// A post in this state that a moderator has flagged; none where nobody flags any more.
async fn flagged_in(state: &str, flagger: &Person, [author, flags, moderator]: [&Person; 3]) -> Option<String> {
    if matches!(state, "held" | "removed") {
        return None;
    }
    let post = reply_in(state, author, flags, moderator).await;
    flagger.flag(&post, "other", "").await.is(201);
    Some(post)
}

/// What a right request for a measure sends.
fn right(code: &str, renal: &str) -> Value {
    match code {
        "edit" => json!({ "words": "ramipril" }),
        "correct" => json!({ "words": "See the formulary." }),
        "move" => json!({ "room": renal }),
        "restrict" => json!({ "until": "2026-12-01" }),
        _ => json!({}),
    }
}

/// A reply in a state: its id.
async fn reply_in(state: &str, author: &Person, eilis: &Person, ines: &Person) -> String {
    let thread = author.publish(case("A thread")).await.ok().of("thread");
    if state == "held" {
        return author.publish(recognisable()).await.is(202).of("post");
    }
    let post = author.reply(&thread, reply("Start ramipril low.")).await.ok().of("post");
    match state {
        "veiled" => drop(eilis.flag(&post, "confidentiality", "").await.is(201)),
        "removed" => drop(ines.remove(&post, "other").await.is(201)),
        "locked" => drop(measure(ines, &post, "lock", json!({})).await.is(201)),
        "asked" => drop(measure(ines, &post, "revise", json!({})).await.is(201)),
        _ => {}
    }
    post
}

async fn every_measure_is_answered_for_every_role_and_state(house: &House) {
    let [ada, bram, eilis] = house.clinicians(["ada", "bram", "eilis"]).await;
    let (ines, jonas) = (house.moderator("ines").await, house.moderator("jonas").await);
    let kofi = house.moderator("kofi").await;
    let yusuf = house.clinician("yusuf").await;
    let out = Status::Suspended { interim: false };
    house.read_register(|part| if part.key == "yusuf" { out } else { Status::Active }).await;
    yusuf.sign_in().await.is(201);
    let renal = house.text("select room_id from rooms where slug = 'renal'").await;
    let (stranger, oyin) = (house.stranger(), house.member("oyin").await);
    let (mo, rhea) = (house.staff("mo", &[Role::Verifier]).await, house.staff("rhea", &[Role::Admin]).await);
    let mut wrong = Vec::new();
    let mut asked = 0;
    let mut tell = |role: &str, code: &str, state: &str, wanted: u16, got: u16| {
        asked += 1;
        if wanted != got {
            wrong.push(format!("{role}: {code} on {state}: {wanted} was expected, {got} came"));
        }
    };
    for (at, state) in STATES.into_iter().enumerate() {
        // Whoever is refused changes nothing: one post for all of them.
        let post = reply_in(state, &ada, &eilis, &ines).await;
        let (own, flagged) = (reply_in(state, &jonas, &eilis, &ines).await, reply_in(state, &ada, &eilis, &ines).await);
        if !matches!(state, "held" | "removed") {
            kofi.flag(&flagged, "other", "").await.is(201);
        }
        for one in MEASURES {
            for (role, expected) in OTHERS {
                let (person, post) = match *role {
                    "stranger" => (&stranger, &post),
                    "applicant" => (&oyin, &post),
                    "clinician" => (&bram, &post),
                    "author" => (&ada, &post),
                    "verifier" => (&mo, &post),
                    "admin" => (&rhea, &post),
                    "suspended" => (&yusuf, &post),
                    "moderator, author" => (&jonas, &own),
                    // What was removed before nobody flags any more: here one's own flag went before it.
                    "moderator, flagger" if state == "removed" => (&jonas, &own),
                    "moderator, flagger" => (&kofi, &flagged),
                    other => panic!("{other} is nobody"),
                };
                // Who flagged it may do one thing, to a post of its own here.
                let removes = *role == "moderator, flagger" && one.code == "remove";
                let lone = if removes { flagged_in(state, &kofi, [&ada, &eilis, &ines]).await } else { None };
                let wanted = if lone.is_some() { 201 } else { expected[at] };
                let got = measure(person, lone.as_ref().unwrap_or(post), one.code, right(one.code, &renal)).await;
                tell(role, one.code, state, wanted, got.status);
            }
        }
        for (code, expected) in MODERATOR {
            let post = reply_in(state, &bram, &eilis, &ines).await;
            let done = measure(&ines, &post, code, right(code, &renal)).await;
            tell("moderator", code, state, expected[at], done.status);
            if done.status == 201 && matches!(*code, "restrict" | "suspend" | "end") {
                let path = format!("/api/v1/moderation/decisions/{}", done.of("decision"));
                ines.send("POST", &path, &json!({ "answer": "undo" })).await.is(204);
                bram.sign_in().await.is(201);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(asked, MEASURES.len() * (OTHERS.len() + 1) * STATES.len(), "every combination was asked");
}
