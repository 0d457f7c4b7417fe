//! What is being written is checked over the page's line, and kept nowhere.

use crate::each_db;
use crate::support::{Heard, House, Socket, case};
use collegium::accounts::Role;
use collegium::log::Event;
use serde_json::{Value, json};
use std::time::Duration;

each_db!(
    a_draft_is_checked_piece_by_piece,
    places_are_counted_as_the_page_counts,
    a_slip_is_answered_by_asking_for_the_whole,
    a_draft_beyond_all_bounds_is_left_to_a_request,
    who_loses_the_registration_writes_no_more,
    days_are_counted_from_the_day_that_was_day_zero,
    nothing_of_a_draft_is_kept,
);

fn splice(part: &str, at: usize, gone: usize, put: &[&str], long: usize) -> Value {
    json!({ "part": part, "at": at, "gone": gone, "put": put, "long": long })
}

fn draft(was: u64, revision: u64, splices: &[Value]) -> Value {
    json!({ "type": "draft", "revision": revision, "was": was, "splices": splices, "zero": null })
}

async fn answer(line: &mut Socket) -> Value {
    loop {
        let heard = line.hear().await;
        if heard["type"].as_str().is_some_and(|kind| kind.starts_with("draft")) {
            return heard;
        }
    }
}

fn found(answer: &Value) -> Vec<(String, u64, u64)> {
    let findings = answer["answer"]["findings"].as_array().expect("findings");
    let place = |one: &Value| {
        (one["part"].as_str().unwrap().to_owned(), one["from"].as_u64().unwrap(), one["to"].as_u64().unwrap())
    };
    findings.iter().map(place).collect()
}

async fn a_draft_is_checked_piece_by_piece(house: &House) {
    let ada = house.clinician("ada").await;
    let mut line = ada.line().await.unwrap();
    line.say(draft(0, 1, &[splice("body", 0, 0, &["He fell. ", "Kowalczyk is well."], 27)])).await;
    let clean = answer(&mut line).await;
    assert_eq!((&clean["type"], &clean["revision"]), (&json!("draft"), &json!(1)));
    // A title tells who that is: the part that was not sent again is marked too.
    line.say(draft(1, 2, &[splice("title", 0, 0, &["Mrs Kowalczyk has a fever"], 25)])).await;
    let heard = answer(&mut line).await;
    assert_eq!(heard["revision"], 2);
    let places = found(&heard);
    assert!(places.contains(&("title".into(), 4, 13)) || places.contains(&("title".into(), 0, 13)), "{heard}");
    assert!(places.contains(&("body".into(), 9, 18)), "{heard}");
    assert!(heard["answer"]["findings"][0].get("words").is_none(), "no words come back");
    line.say(draft(2, 3, &[splice("title", 0, 1, &["A fever"], 7), splice("body", 1, 1, &["She is well."], 21)])).await;
    assert!(found(&answer(&mut line).await).is_empty());
    // On a thread's line too, beside what else it brings.
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let mut line = ada.watch(&thread, 0).await;
    line.say(draft(0, 1, &[splice("body", 0, 0, &["Ring 07700 900461."], 18)])).await;
    assert_eq!(found(&answer(&mut line).await), [("body".to_owned(), 5, 17)]);
}

async fn places_are_counted_as_the_page_counts(house: &House) {
    let ada = house.clinician("ada").await;
    let mut line = ada.line().await.unwrap();
    let text = "😀 ring 07700 900461";
    line.say(draft(0, 1, &[splice("body", 0, 0, &[text], text.encode_utf16().count())])).await;
    assert_eq!(found(&answer(&mut line).await), [("body".to_owned(), 8, 20)]);
}

async fn a_slip_is_answered_by_asking_for_the_whole(house: &House) {
    let ada = house.clinician("ada").await;
    let mut line = ada.line().await.unwrap();
    line.say(draft(0, 1, &[splice("body", 0, 0, &["Well."], 5)])).await;
    answer(&mut line).await;
    for wrong in [
        draft(7, 8, &[splice("body", 0, 0, &["x"], 6)]),
        draft(0, 9, &[splice("body", 3, 1, &["x"], 1)]),
        draft(0, 10, &[splice("body", 0, 0, &["x"], 2)]),
    ] {
        let revision = wrong["revision"].clone();
        line.say(wrong).await;
        assert_eq!(answer(&mut line).await, json!({ "type": "draft-whole", "revision": revision }));
    }
    line.say(draft(0, 11, &[splice("body", 0, 0, &["Ring 07700 900461."], 18)])).await;
    assert_eq!(found(&answer(&mut line).await).len(), 1);
    // Left: what comes after begins anew.
    line.say(json!({ "type": "draft-end" })).await;
    line.say(draft(11, 12, &[splice("body", 0, 1, &["Well."], 5)])).await;
    assert_eq!(answer(&mut line).await["type"], "draft-whole");
}

async fn a_draft_beyond_all_bounds_is_left_to_a_request(house: &House) {
    let ada = house.clinician("ada").await;
    let mut line = ada.line().await.unwrap();
    let piece = "well ".repeat(2_400);
    for n in 0..40_u64 {
        let mut one = draft(n, n + 1, &[splice("body", n as usize, 0, &[&piece], piece.len() * (n as usize + 1))]);
        one["more"] = json!(true);
        line.say(one).await;
        if let Some(Heard::Message(heard)) = line.next(Duration::from_millis(60)).await
            && heard["type"] != "presence"
        {
            assert_eq!(heard["type"], "draft-too-large");
            assert!(n > 15, "{n}");
            return;
        }
    }
    panic!("it took everything");
}

async fn who_loses_the_registration_writes_no_more(house: &House) {
    let ada = house.clinician("ada").await;
    let rhea = house.staff("rhea", &[Role::Admin]).await;
    let mut line = ada.line().await.unwrap();
    let mut silent = ada.line().await.unwrap();
    line.say(draft(0, 1, &[splice("body", 0, 0, &["Ring 07700 900461."], 18)])).await;
    answer(&mut line).await;
    rhea.form(&format!("/admin/accounts/{}/suspension", ada.id()), &[("action", "suspend")]).await.is(303);
    assert_eq!(line.closes_within(Duration::from_secs(5)).await, Some(4401));
    assert_eq!(silent.closes_within(Duration::from_secs(5)).await, Some(4401), "the page that has not written yet too");
}

async fn days_are_counted_from_the_day_that_was_day_zero(house: &House) {
    let ada = house.clinician("ada").await;
    let mut line = ada.line().await.unwrap();
    let text = "Admitted on 12/03/2024. Home on 20/03/2024.";
    line.say(draft(0, 1, &[splice("body", 0, 0, &[text], text.len())])).await;
    let heard = answer(&mut line).await;
    let zero = heard["answer"]["zero"].as_i64().expect("a day 0");
    assert_eq!(heard["answer"]["findings"][1]["suggestion"], "on day 8");
    // The first was changed: the second still counts from it, in another part too.
    let mut next = draft(
        1,
        2,
        &[splice("body", 0, 1, &["Admitted on day 0."], 18), splice("history", 0, 0, &["Home on 20/03/2024."], 19)],
    );
    next["zero"] = json!(zero);
    line.say(next).await;
    assert_eq!(answer(&mut line).await["answer"]["findings"][0]["suggestion"], "on day 8");
    let asked = json!({ "parts": [{ "name": "body", "text": "Home on 20/03/2024." }], "zero": zero });
    let answer = ada.send("POST", "/api/v1/deid/check", &asked).await.ok().json();
    assert_eq!(answer["findings"][0]["suggestion"], "on day 8");
}

async fn nothing_of_a_draft_is_kept(house: &House) {
    let ada = house.clinician("ada").await;
    let before = house.log().head().await.unwrap();
    let mut line = ada.line().await.unwrap();
    line.say(draft(0, 1, &[splice("body", 0, 0, &["Marzipan Kowalczyk, 07700 900461."], 33)])).await;
    answer(&mut line).await;
    drop(line);
    // Her welcome may be on its way still.
    let after = house.log().entries(before).ready().await.unwrap();
    assert!(after.iter().all(|entry| matches!(entry.event, Event::MailSent { .. })), "no event: {after:?}");
}
