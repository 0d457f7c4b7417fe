//! New rules look again at what stands.

use crate::each_db;
use crate::support::{House, case, reply};
use collegium::deid::RULESET;
use collegium::log::Actor;
use collegium::moderation;
use serde_json::json;
use std::time::Duration;

each_db!(
    new_rules_look_again_at_what_stands,
    an_answer_still_counts,
    an_earlier_revision_is_looked_at_too,
    a_rescan_goes_on_where_it_ended,
    two_nodes_flag_once,
    a_house_rescans_when_it_starts,
);

/// As if other rules had passed everything, and had passed these words of a post too.
async fn under_old_rules(house: &House, post: &str, part: &str, words: &str) {
    let mut tx = house.log().write(Actor::House).await.unwrap();
    sqlx::query("update post_revisions set ruleset = '2020.1-1'").execute(tx.conn()).await.unwrap();
    tx.commit_quietly("a story's own past").await.unwrap();
    house.rewrite(post, 1, part, words).await;
}

async fn rescan(house: &House) -> moderation::Rescanned {
    moderation::rescan(house.log(), Duration::ZERO, |_| {}).await.unwrap()
}

const STALE: &str = "select count(*) from post_revisions where ruleset = '2020.1-1'";

async fn new_rules_look_again_at_what_stands(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Something.")).await.ok().of("post");
    let removed = ada.reply(&thread, reply("Removed before.")).await.ok().of("post");
    assert_eq!(rescan(house).await, moderation::Rescanned::default(), "nothing to do");
    ines.remove(&removed, "other").await.is(201);
    under_old_rules(house, &post, "body", "Mrs Kowalczyk, NHS number 999 317 2048, fell.").await;
    house.caught_up().await;
    let letters = house.letters_to("ines@story.example").await.len();
    let done = rescan(house).await;
    assert_eq!((done.looked, done.flagged), (2, 1), "the case and the reply; nothing is left of the removed one");
    assert_eq!(house.count(STALE).await, 1, "only of the removed one");
    // It waits for a moderator, and is shown meanwhile.
    let queue = ines.get("/api/v1/moderation/queue").await.is(200).json();
    assert_eq!(queue.as_array().map(Vec::len), Some(1), "{queue}");
    assert_eq!(
        (&queue[0]["post"], &queue[0]["kind"], &queue[0]["hidden"]),
        (&json!(post), &json!("rescan"), &json!(false))
    );
    bram.read(&thread).await.ok().shows("999 317 2048");
    let page = ines.get(&format!("/moderation/{post}")).await.is(200).shows("the house");
    assert!(page.has(&format!("rescan: rules {RULESET}")) && page.has("<mark"), "{page}");
    ines.get("/moderation").await.is(200).shows("The rules have changed");
    ines.get("/moderation/audit").await.is(200).shows("The house");
    let told = house.letters_to("ines@story.example").await;
    assert_eq!(told.len(), letters + 1, "one letter for all: {told:?}");
    assert!(told.iter().any(|(_, body)| body.contains("1 now wait")), "{told:?}");
    assert!(!format!("{told:?}").contains("Kowalczyk"));
    // Doing it again changes nothing, not even after the flag was settled.
    assert_eq!(rescan(house).await, moderation::Rescanned::default());
    ines.restore(&post).await.is(204);
    under_old_rules(house, &post, "body", "Mrs Kowalczyk, NHS number 999 317 2048, fell.").await;
    assert_eq!(rescan(house).await.flagged, 0, "settled under these rules already");
    assert_eq!(ines.get("/api/v1/moderation/queue").await.ok().json(), json!([]));
}

async fn an_answer_still_counts(house: &House) {
    let ada = house.clinician("ada").await;
    let body = "Discussed with Dr Hetal yesterday about steroids.";
    let found = ada.check(&[("body", body)]).await.is(200).json();
    let answers: Vec<_> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| json!({ "finding": one["key"], "reason": "consent" }))
        .collect();
    assert!(!answers.is_empty());
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let mut told = reply(body);
    told["answers"] = json!(answers);
    let post = ada.reply(&thread, told).await.is(201).of("post");
    under_old_rules(house, &post, "body", body).await;
    // The rule has become stricter since: what was asked then must be changed now.
    assert_eq!(rescan(house).await.flagged, 0);
    // The same answer does not count for other words.
    under_old_rules(house, &post, "body", "Discussed with Mrs Kowalczyk, born 12/03/1961.").await;
    assert_eq!(rescan(house).await.flagged, 1);
}

async fn an_earlier_revision_is_looked_at_too(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("First.")).await.ok().of("post");
    let mut change = reply("Second.");
    change["revision"] = json!(1);
    ada.revise(&post, change).await.is(200);
    under_old_rules(house, &post, "body", "NHS number 999 317 2048").await;
    let done = rescan(house).await;
    assert_eq!((done.looked, done.flagged), (3, 1), "readers can still open the text before");
}

async fn a_rescan_goes_on_where_it_ended(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let mut last = String::new();
    for _ in 0..45 {
        last = ada.reply(&thread, reply("Something.")).await.ok().of("post");
    }
    under_old_rules(house, &last, "body", "NHS number 999 317 2048").await;
    assert_eq!(house.count(STALE).await, 46);
    // Cut off after the first batch, as by a kill.
    let cut = moderation::rescan(house.log(), Duration::from_secs(3_600), |_| {});
    assert!(tokio::time::timeout(Duration::from_secs(3), cut).await.is_err());
    let left = house.count(STALE).await;
    assert!((1..46).contains(&left), "{left}");
    let mut steps = 0;
    let done = moderation::rescan(house.log(), Duration::ZERO, |_| steps += 1).await.unwrap();
    assert_eq!((done.looked, steps), (left, (left + 19) / 20), "what was done before the kill is not done again");
    assert_eq!((house.count(STALE).await, house.count("select count(*) from flags").await), (0, 1));
}

async fn two_nodes_flag_once(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Something.")).await.ok().of("post");
    under_old_rules(house, &post, "body", "NHS number 999 317 2048").await;
    let (one, other) = tokio::join!(rescan(house), rescan(house));
    assert_eq!((one.looked + other.looked, one.flagged + other.flagged), (2, 1));
    assert_eq!(house.count("select count(*) from flags").await, 1);
}

async fn a_house_rescans_when_it_starts(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Something.")).await.ok().of("post");
    under_old_rules(house, &post, "body", "NHS number 999 317 2048").await;
    // The task that a starting house begins.
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let task = tokio::spawn(moderation::keep_rescanning(house.log().clone(), stopped));
    for _ in 0..200 {
        if house.count("select count(*) from flags").await == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(house.count("select count(*) from flags where reason = 'rescan'").await, 1);
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(5), task).await.expect("it ends when told").unwrap();
}
