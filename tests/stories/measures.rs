//! What moderators can do, what it does to whom, how it is undone and appealed; and who may not decide.

use crate::each_db;
use crate::support::traces::everything;
use crate::support::{Answer, House, Person, Plan, case, recognisable, reply};
use collegium::base::clock::{DAY, MINUTE};
use collegium::moderation::MEASURES;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

each_db!(
    a_post_is_hidden_until_it_is_revised,
    words_are_taken_out_and_gone,
    a_notice_stands_above_a_post,
    a_locked_thread_takes_no_reply,
    a_moved_thread_is_found_in_its_room,
    a_whole_thread_is_removed,
    a_restriction_ends_by_itself,
    a_sanction_follows_the_person,
    an_ended_membership_does_not_come_back,
    a_decision_is_appealed_once,
    what_was_removed_does_not_come_back_in_an_appeal,
    nobody_decides_on_their_own,
    one_moderator_has_it_in_hand,
    a_wrong_flagger_loses_the_veil,
    the_queue_is_one_list,
    the_queue_is_live,
    unprofessional_language_is_put_before_moderators,
);

pub async fn measure(by: &Person, post: &str, code: &str, mut told: Value) -> Answer {
    if told["reason"].is_null() {
        told["reason"] = json!("unprofessional");
    }
    by.send("POST", &format!("/api/v1/posts/{post}/measures/{code}"), &told).await
}

async fn answer(by: &Person, decision: &str, answer: &str) -> Answer {
    by.send("POST", &format!("/api/v1/moderation/decisions/{decision}"), &json!({ "answer": answer })).await
}

async fn appeal(by: &Person, decision: &str, words: &str) -> Answer {
    by.send("POST", &format!("/api/v1/decisions/{decision}/appeal"), &json!({ "words": words })).await
}

/// A thread with a reply of bram's: ada, bram, ines, thread, post.
async fn stage(house: &House, words: &str) -> (Person, Person, Person, String, String) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = bram.reply(&thread, reply(words)).await.ok().of("post");
    (ada, bram, ines, thread, post)
}

fn state(thread: &Answer, at: usize) -> String {
    thread.json()["posts"][at]["state"].as_str().unwrap().to_owned()
}

async fn a_post_is_hidden_until_it_is_revised(house: &House) {
    let (ada, bram, ines, thread, post) = stage(house, "A careless word about marzipan.").await;
    ada.flag(&post, "unprofessional", "").await.is(201);
    measure(&ines, &post, "revise", json!({})).await.is(201);
    assert_eq!(state(&ada.read(&thread).await.ok(), 1), "veiled");
    ada.get(&format!("/threads/{thread}")).await.is(200).hides("marzipan").shows("Being revised");
    ada.get(&format!("/posts/{post}/edit")).await.is(404);
    bram.get(&format!("/threads/{thread}")).await.is(200).shows("Revise it");
    bram.get(&format!("/posts/{post}/edit")).await.is(200).shows("marzipan");
    assert_eq!(ines.get("/api/v1/moderation/queue").await.ok().json(), json!([]), "it is the author's turn");
    // The new text passes the gate like any other.
    let mut change = reply("Mrs Kowalczyk was admitted on 3 March.");
    change["revision"] = json!(1);
    bram.revise(&post, change.clone()).await.is(422);
    change["body"] = json!("A careful word about nougat.");
    bram.revise(&post, change).await.is(200);
    assert_eq!(state(&ada.read(&thread).await.ok(), 1), "veiled", "a moderator looks first");
    let queue = ines.get("/api/v1/moderation/queue").await.ok().json();
    assert_eq!((&queue[0]["post"], &queue[0]["kind"]), (&json!(post), &json!("revised")), "{queue}");
    let sealed = house.sealed_words().await.join("\n");
    assert!(sealed.contains("nougat") && !sealed.contains("marzipan"), "the text before is gone");
    ines.get(&format!("/moderation/{post}")).await.is(200).shows("nougat").hides("marzipan");
    measure(&ines, &post, "dismiss", json!({})).await.is(201);
    ada.read(&thread).await.ok().shows("nougat");
    ada.get(&format!("/posts/{post}/revisions")).await.is(200).hides("marzipan");
    let letters = house.letters_to("ada@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "What was decided on your flag"), "{letters:?}");
    let letters = house.letters_to("bram@story.example").await;
    assert!(letters.iter().any(|(_, body)| body.contains("You were asked to revise")), "{letters:?}");
    assert!(!letters.iter().any(|(_, body)| body.contains("could identify a patient.")), "{letters:?}");
    // Asked again, and taken back before the author came.
    let asked = measure(&ines, &post, "revise", json!({})).await.is(201).of("decision");
    answer(&ines, &asked, "undo").await.is(204);
    ada.read(&thread).await.ok().shows("nougat");
    answer(&ines, &asked, "undo").await.problem(409, "undone");
}

async fn words_are_taken_out_and_gone(house: &House) {
    const WORDS: &str = "the one who keeps the quillwort nursery";
    let text = format!("I saw {WORDS}, and the dose was too high.");
    let (ada, bram, ines, thread, post) = stage(house, &text).await;
    let mut change = reply(&format!("I saw {WORDS}, and the dose was far too high."));
    change["revision"] = json!(1);
    bram.revise(&post, change).await.is(200);
    ada.flag(&post, "confidentiality", "").await.is(201);
    let mut open = ada.watch(&thread, house.log().head().await.unwrap()).await;
    measure(&ines, &post, "edit", json!({ "words": "no such words" })).await.problem(422, "refused").refuses("words");
    measure(&ines, &post, "edit", json!({ "words": WORDS })).await.is(201);
    loop {
        let heard = open.hear_post().await;
        assert!(!heard.to_string().contains("quillwort"), "{heard}");
        if heard["act"] == "shown" {
            break;
        }
    }
    let read = ada.read(&thread).await.ok();
    assert!(read.has("[taken out by a moderator]") && read.has("far too high") && !read.has("quillwort"), "{read}");
    assert!(!house.sealed_words().await.join("\n").contains("quillwort"), "no revision holds it");
    house.caught_up().await;
    assert!(ada.finds("quillwort").await.is_empty());
    assert_eq!(ada.finds("far too high").await, std::slice::from_ref(&post));
    ada.get(&format!("/posts/{post}/revisions")).await.is(200).hides("quillwort");
    assert!(house.count("select count(*) from removal_marks").await > 0, "a fingerprint of the words is kept");
    let decision = ada.get("/api/v1/decisions").await.ok().json();
    assert_eq!(decision, json!([]), "they are bram's");
    let own = bram.get("/api/v1/decisions").await.ok().json();
    assert_eq!((&own[0]["measure"], &own[0]["can_appeal"]), (&json!("edit"), &json!(true)), "{own}");
    answer(&ines, own[0]["id"].as_str().unwrap(), "undo").await.problem(409, "cannot");
}

async fn a_notice_stands_above_a_post(house: &House) {
    let (ada, bram, ines, thread, post) = stage(house, "Ten times the usual dose works.").await;
    let mut open = ada.watch(&thread, house.log().head().await.unwrap()).await;
    let told = json!({ "reason": "accuracy", "words": "My patient Mrs Kowalczyk was admitted on 3 March" });
    measure(&ines, &post, "correct", told).await.problem(422, "refused").refuses("words");
    let told = json!({ "reason": "accuracy", "words": "The formulary has a tenth of this." });
    let decision = measure(&ines, &post, "correct", told).await.is(201).of("decision");
    let heard = open.hear_post().await;
    assert!(heard["html"].as_str().unwrap().contains("a tenth of this"), "{heard}");
    for reader in [&ada, &bram] {
        reader.get(&format!("/threads/{thread}")).await.is(200).shows("a tenth of this").shows("Ten times");
        reader.read(&thread).await.ok().shows("a tenth of this");
    }
    answer(&ines, &decision, "undo").await.is(204);
    ada.read(&thread).await.ok().hides("a tenth of this");
    assert_eq!(house.text("select notice from posts where notice <> ''").await, "");
}

async fn a_locked_thread_takes_no_reply(house: &House) {
    let (ada, bram, ines, thread, post) = stage(house, "Something.").await;
    measure(&ines, &post, "lock", json!({})).await.is(201);
    measure(&ines, &post, "lock", json!({})).await.problem(409, "locked");
    for one in [&ada, &bram, &ines] {
        one.reply(&thread, reply("One more.")).await.problem(409, "locked");
    }
    ada.get(&format!("/threads/{thread}")).await.is(200).shows("locked this thread").hides("Publish reply");
    assert_eq!(ada.read(&thread).await.ok().json()["locked"], true);
    measure(&ines, &post, "unlock", json!({})).await.is(201);
    bram.reply(&thread, reply("One more.")).await.is(201);
    let locked = measure(&ines, &post, "lock", json!({})).await.is(201).of("decision");
    answer(&ines, &locked, "undo").await.is(204);
    bram.reply(&thread, reply("And another.")).await.is(201);
}

async fn a_moved_thread_is_found_in_its_room(house: &House) {
    let (ada, _, ines, thread, post) = stage(house, "Marzipan works.").await;
    let rooms = ada.get("/api/v1/rooms").await.ok().json();
    let renal = house.text("select room_id from rooms where slug = 'renal'").await;
    assert!(rooms.to_string().contains("renal"));
    measure(&ines, &post, "move", json!({ "room": "nowhere" })).await.problem(422, "refused").refuses("room");
    let decision = measure(&ines, &post, "move", json!({ "room": renal })).await.is(201).of("decision");
    ada.get("/api/v1/rooms/renal/threads").await.ok().shows(&thread);
    ada.get("/api/v1/rooms/cardiology/threads").await.ok().hides(&thread);
    house.caught_up().await;
    ada.search(&[("q", "marzipan"), ("room", "renal")]).await.ok().shows(&post);
    ada.search(&[("q", "marzipan"), ("room", "cardiology")]).await.ok().hides(&post);
    measure(&ines, &post, "move", json!({ "room": renal })).await.problem(409, "there");
    answer(&ines, &decision, "undo").await.is(204);
    ada.get("/api/v1/rooms/cardiology/threads").await.ok().shows(&thread);
}

async fn a_whole_thread_is_removed(house: &House) {
    let (ada, bram, ines, thread, post) = stage(house, "A quokkalike reply.").await;
    measure(&ines, &post, "remove-thread", json!({})).await.is(201);
    let read = ada.read(&thread).await.ok();
    assert_eq!((state(&read, 0).as_str(), state(&read, 1).as_str()), ("removed", "removed"));
    assert!(!house.sealed_words().await.join("\n").contains("quokkalike"));
    ada.reply(&thread, reply("On.")).await.problem(409, "locked");
    for one in [&ada, &bram] {
        let own = one.get("/api/v1/decisions").await.ok().json();
        assert_eq!(own.as_array().unwrap().len(), 1, "each author sees what was done: {own}");
        assert_eq!(own[0]["can_appeal"], true);
    }
    measure(&ines, &post, "remove-thread", json!({})).await.problem(409, "removed");
}

async fn a_restriction_ends_by_itself(house: &House) {
    let (_, bram, ines, thread, post) = stage(house, "Something.").await;
    for until in ["", "2020-01-01", "2031-01-01", "soon"] {
        measure(&ines, &post, "restrict", json!({ "until": until })).await.problem(422, "refused").refuses("until");
    }
    let decision = measure(&ines, &post, "restrict", json!({ "until": "2026-11-24" })).await.is(201).of("decision");
    bram.read(&thread).await.ok();
    let refused = bram.reply(&thread, reply("On.")).await.is(403);
    assert!(refused.has("only read for a time"), "{refused}");
    bram.get("/membership/decisions").await.is(200).shows("for a time").shows("Rule 5").shows("unprofessional");
    house.advance(4 * DAY);
    bram.sign_in().await.is(201);
    bram.reply(&thread, reply("On.")).await.is(201);
    // And by hand.
    ines.sign_in().await.is(201);
    let second = measure(&ines, &post, "restrict", json!({ "until": "2026-11-28" })).await.is(201).of("decision");
    bram.reply(&thread, reply("On.")).await.is(403);
    answer(&ines, &second, "undo").await.is(204);
    bram.reply(&thread, reply("On.")).await.is(201);
    assert_ne!(decision, second);
}

async fn a_sanction_follows_the_person(house: &House) {
    let (ada, bram, ines, thread, post) = stage(house, "Something.").await;
    let device = bram.at_another_device();
    device.sign_in().await.is(201);
    let mut open = bram.watch(&thread, 0).await;
    house.caught_up().await;
    // A letter that waits for him, not yet sent.
    let decision = measure(&ines, &post, "suspend", json!({})).await.is(201).of("decision");
    assert_eq!(open.closes_within(Duration::from_secs(5)).await, Some(4401));
    for one in [&bram, &device] {
        one.read(&thread).await.is(401);
    }
    bram.sign_in().await.is(201);
    bram.read(&thread).await.problem(403, "not-allowed");
    assert!(bram.line().await.is_err());
    bram.get("/membership/decisions").await.is(200).shows("paused").shows("Appeal");
    // No more mail goes out but what tells of it.
    ada.flag(&post, "confidentiality", "").await.is(201);
    measure(&ines, &post, "dismiss", json!({})).await.is(201);
    let letters = house.letters_to("bram@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "Reading and posting are paused"), "{letters:?}");
    assert!(!letters.iter().any(|(subject, _)| subject == "Your post is shown again"), "{letters:?}");
    measure(&ines, &post, "suspend", json!({})).await.problem(409, "already");
    answer(&ines, &decision, "undo").await.is(204);
    bram.sign_in().await.is(201);
    bram.read(&thread).await.ok();
}

async fn an_ended_membership_does_not_come_back(house: &House) {
    let (_, bram, ines, _, post) = stage(house, "Something.").await;
    let rhea = house.staff("rhea", &[collegium::accounts::Role::Admin]).await;
    let decision = measure(&ines, &post, "end", json!({})).await.is(201).of("decision");
    let again = house.member("una").await;
    let claim = json!({ "country": "GB", "register": "gmc", "profession": "physician", "number": "9810102",
        "registered_name": "Bram Achterberg-Sato" });
    let refused = again.send("POST", "/api/v1/applications", &claim).await.problem(409, "ended");
    assert!(refused.has("appeal") && !refused.has("Something") && !refused.has("bram@"), "{refused}");
    let fields: Vec<(&str, &str)> =
        claim.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
    let refused = again.form("/application", &fields).await;
    assert!((400..500).contains(&refused.status) && refused.has("No application can be made"), "{refused}");
    // Another number, corrected to this one, is refused as well.
    let other = json!({ "country": "GB", "register": "gmc", "profession": "physician", "number": "9810121",
        "registered_name": "Una Castellan-Mbeki" });
    again.send("POST", "/api/v1/applications", &other).await.is(201);
    let refused = again.form("/application/correction", &fields).await;
    assert!((400..500).contains(&refused.status), "{refused}");
    assert_eq!(house.count("select count(*) from applications where number = '9810102'").await, 1, "his own, of old");
    // An administrator does not lift it; an appeal can.
    let lifted = rhea.form(&format!("/admin/accounts/{}/suspension", bram.id()), &[("action", "restore")]).await;
    assert_eq!(lifted.status, 409, "{lifted}");
    bram.sign_in().await.is(201);
    appeal(&bram, &decision, "It was somebody at my keyboard.").await.is(204);
    let jonas = house.moderator("jonas").await;
    answer(&jonas, &decision, "reverse").await.is(204);
    bram.get("/").await.is(200);
}

async fn a_decision_is_appealed_once(house: &House) {
    let (ada, bram, ines, _, post) = stage(house, "Something.").await;
    let jonas = house.moderator("jonas").await;
    let decision = measure(&ines, &post, "warn", json!({ "note": "The second time." })).await.is(201).of("decision");
    let page = bram.get("/membership/decisions").await.is(200);
    assert!(page.has("You were warned.") && page.has("Rule 5") && !page.has("The second time."), "{page}");
    assert!(!page.has(&ines.name), "who decided is not named");
    appeal(&ada, &decision, "Not mine.").await.problem(404, "not-found");
    appeal(&bram, &decision, "").await.problem(422, "refused").refuses("words");
    bram.form(&format!("/membership/decisions/{decision}/appeal"), &[("words", "It was irony.")]).await.is(303);
    appeal(&bram, &decision, "Again.").await.problem(409, "appealed");
    let queue = jonas.get("/api/v1/moderation/queue").await.ok().json();
    assert_eq!((&queue[0]["waits"], &queue[0]["thing"]), (&json!("appeal"), &json!(decision)), "{queue}");
    answer(&ines, &decision, "reverse").await.problem(409, "own");
    let path = format!("/moderation/decisions/{decision}");
    jonas.get(&path).await.is(200).shows("It was irony.").hides(&ines.name).shows("Reverse it");
    ines.get(&path).await.is(200).hides("Reverse it").shows("Another moderator decides");
    jonas.form(&path, &[("answer", "reverse")]).await.is(303);
    answer(&jonas, &decision, "uphold").await.problem(409, "heard");
    bram.get("/membership/decisions").await.is(200).shows("reversed on appeal");
    let letters = house.letters_to("bram@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "What was decided on your appeal"), "{letters:?}");
    assert_eq!(house.text("select state from decisions").await, "undone", "what can be undone is");
}

async fn what_was_removed_does_not_come_back_in_an_appeal(house: &House) {
    let words = "She was brought in by the lifeboat crew after the regatta at dusk, hypothermic, asking for marzipan.";
    let (_, bram, ines, _, post) = stage(house, words).await;
    ines.remove(&post, "confidentiality").await.is(201);
    let own = bram.get("/api/v1/decisions").await.ok().json();
    let decision = own[0]["id"].as_str().unwrap().to_owned();
    appeal(&bram, &decision, &format!("I only wrote: {words}")).await.problem(422, "refused").refuses("words");
    appeal(&bram, &decision, "It was an invented case.").await.is(204);
    assert!(!everything(house).await.contains("lifeboat"));
    let jonas = house.moderator("jonas").await;
    answer(&jonas, &decision, "reverse").await.is(204);
    assert_eq!(house.text("select outcome from decisions").await, "reversed");
    assert_eq!(house.text("select state from decisions").await, "taken", "what was erased stays so");
}

async fn nobody_decides_on_their_own(house: &House) {
    let (ada, _, ines, thread, post) = stage(house, "Something.").await;
    let jonas = house.moderator("jonas").await;
    let own = ines.reply(&thread, reply("My own.")).await.ok().of("post");
    ada.flag(&own, "confidentiality", "").await.is(201);
    jonas.flag(&post, "accuracy", "").await.is(201);
    for one in MEASURES {
        measure(&ines, &own, one.code, json!({})).await.problem(409, "own");
        if one.code != "remove" {
            measure(&jonas, &post, one.code, json!({})).await.problem(409, "own-flag");
        }
    }
    ines.get(&format!("/moderation/{own}")).await.is(200).shows("This is your own post").hides("Remove everywhere");
    jonas
        .get(&format!("/moderation/{post}"))
        .await
        .is(200)
        .shows("You flagged this post yourself")
        .shows("Remove everywhere")
        .hides("Nothing wrong: show it");
    // Each decides for the other.
    measure(&jonas, &own, "dismiss", json!({})).await.is(201);
    measure(&ines, &post, "dismiss", json!({})).await.is(201);
    // A breach at night: who sees it hides it, and does not wait for a second moderator to remove it.
    let post = ada.reply(&thread, reply("Another.")).await.ok().of("post");
    jonas.flag(&post, "confidentiality", "").await.is(201);
    jonas.remove(&post, "confidentiality").await.is(201);
}

async fn one_moderator_has_it_in_hand(house: &House) {
    let (ada, _, ines, _, post) = stage(house, "Something.").await;
    let jonas = house.moderator("jonas").await;
    ada.flag(&post, "accuracy", "").await.is(201);
    ines.get(&format!("/moderation/{post}")).await.is(200).shows("Remove everywhere");
    jonas.get(&format!("/moderation/{post}")).await.is(200).shows("has this in hand now").hides("Remove everywhere");
    jonas.get("/moderation").await.is(200).shows("hand");
    jonas.get("/moderation?whose=nobody").await.is(200).shows("Nothing of this kind waits");
    ines.get("/moderation?whose=mine").await.is(200).shows("In your hand");
    measure(&jonas, &post, "dismiss", json!({})).await.problem(409, "in-hand");
    // Given back by hand, and by time.
    ines.form(&format!("/moderation/{post}/claim"), &[]).await.is(303);
    jonas.get(&format!("/moderation/{post}")).await.is(200).shows("Remove everywhere");
    measure(&ines, &post, "dismiss", json!({})).await.problem(409, "in-hand");
    house.advance(31 * MINUTE);
    ines.sign_in().await.is(201);
    measure(&ines, &post, "dismiss", json!({})).await.is(201);
}

async fn a_wrong_flagger_loses_the_veil(house: &House) {
    let (ada, bram, ines, thread, _) = stage(house, "Something.").await;
    let mut hidden = Vec::new();
    for at in 0..5 {
        let post = bram.reply(&thread, reply("Innocent words.")).await.ok().of("post");
        hidden.push(ada.flag(&post, "confidentiality", "").await.is(201).json()["hidden"] == true);
        if at == 0 {
            ines.remove(&post, "confidentiality").await.is(201);
        } else {
            measure(&ines, &post, "dismiss", json!({})).await.is(201);
        }
    }
    assert_eq!(hidden, [true, true, true, true, false], "three of four were wrong: the flag stands, the veil does not");
    let post = bram.reply(&thread, reply("Innocent words.")).await.ok().of("post");
    let other = house.clinician("chioma").await;
    assert_eq!(other.flag(&post, "confidentiality", "").await.is(201).json()["hidden"], true);
    house.advance(91 * DAY);
    for one in [&ada, &bram] {
        one.sign_in().await.is(201);
    }
    let post = bram.reply(&thread, reply("Innocent words.")).await.ok().of("post");
    assert_eq!(ada.flag(&post, "confidentiality", "").await.is(201).json()["hidden"], true, "after 90 days it is back");
}

async fn the_queue_is_one_list(house: &House) {
    let (ada, bram, ines, thread, post) = stage(house, "Something.").await;
    let jonas = house.moderator("jonas").await;
    let warned = measure(&jonas, &post, "warn", json!({})).await.is(201).of("decision");
    appeal(&bram, &warned, "No.").await.is(204);
    let held = ada.publish(recognisable()).await.is(202).of("post");
    ada.flag(&post, "advertising", "").await.is(201);
    let other = bram.reply(&thread, reply("Another.")).await.ok().of("post");
    ada.flag(&other, "confidentiality", "").await.is(201);
    let queue = ines.get("/api/v1/moderation/queue").await.ok().json();
    let order: Vec<&str> = queue.as_array().unwrap().iter().map(|row| row["thing"].as_str().unwrap()).collect();
    assert_eq!(order, [other.as_str(), held.as_str(), warned.as_str(), post.as_str()], "{queue}");
    let page = ines.get("/moderation").await.is(200);
    assert!(page.has("An appeal against a decision") && page.has("It advertises") && page.has("15 min"), "{page}");
    let page = ines.get("/moderation?kind=advertising").await.is(200);
    assert!(page.has(&format!("/moderation/{post}\"")) && !page.has(&format!("/moderation/{other}\"")), "{page}");
    ines.get("/moderation?room=renal").await.is(200).shows("Nothing of this kind waits");
    ines.get("/moderation/past").await.is(200).shows("Warn the author").shows("an appeal waits");
}

async fn the_queue_is_live(house: &House) {
    let (ada, _, ines, _, post) = stage(house, "Something.").await;
    let mut line = ines.line().await.unwrap();
    line.say(json!({ "type": "watch-queue" })).await;
    assert_eq!(line.hear().await["type"], "ready");
    ada.flag(&post, "accuracy", "").await.is(201);
    let heard = line.hear().await;
    assert_eq!(heard["type"], "queue", "{heard}");
    let mut nobody = ada.line().await.unwrap();
    nobody.say(json!({ "type": "watch-queue" })).await;
    assert_eq!(nobody.closes_within(Duration::from_secs(5)).await, Some(4400), "only moderators hear of it");
}

each_db!(Plan { more: "[moderation]\ntwo_persons = [\"end\", \"correct\"]\n", ..Plan::default() }
    => two_moderators_end_a_membership);

async fn two_moderators_end_a_membership(house: &House) {
    let (ada, bram, ines, thread, post) = stage(house, "Something.").await;
    let jonas = house.moderator("jonas").await;
    let proposed = measure(&ines, &post, "end", json!({})).await.is(201);
    assert_eq!(proposed.json()["proposed"], true, "{proposed}");
    let decision = proposed.of("decision");
    bram.read(&thread).await.ok();
    assert_eq!(bram.get("/api/v1/decisions").await.ok().json(), json!([]), "what is only proposed is not told");
    answer(&ines, &decision, "carry-out").await.problem(409, "own");
    jonas.get(&format!("/moderation/decisions/{decision}")).await.is(200).shows("Carry it out");
    let letters = house.letters_to("jonas@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "A second moderator is asked"), "{letters:?}");
    answer(&jonas, &decision, "carry-out").await.is(204);
    bram.read(&thread).await.is(401);
    answer(&jonas, &decision, "decline").await.problem(409, "answered");
    // The words of a proposal lie sealed, and go once it is answered.
    let told = json!({ "reason": "accuracy", "words": "A tenth of this, says quillwort." });
    let decision = measure(&ines, &post, "correct", told).await.is(201).of("decision");
    assert!(!everything(house).await.contains("quillwort"));
    answer(&jonas, &decision, "carry-out").await.is(204);
    ada.read(&thread).await.ok().shows("quillwort");
    assert_eq!(house.text("select words from decisions where words <> ''").await, "");
}

async fn unprofessional_language_is_put_before_moderators(house: &House) {
    let (ada, _, ines, thread, quiet) = stage(house, "The lazy eye was patched; thick secretions cleared.").await;
    let post = ada.reply(&thread, reply("The registrar is an idiot. Start low.")).await.ok().of("post");
    let ends = Instant::now() + Duration::from_secs(10);
    let queue = loop {
        let queue = ines.get("/api/v1/moderation/queue").await.ok().json();
        if queue != json!([]) {
            break queue;
        }
        assert!(Instant::now() < ends, "nothing was put into the queue");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(queue.as_array().unwrap().len(), 1, "{quiet} is clean: {queue}");
    assert_eq!((&queue[0]["post"], &queue[0]["kind"]), (&json!(post), &json!("language")), "{queue}");
    assert_eq!(queue[0]["hidden"], false, "it decides nothing");
    ines.get(&format!("/moderation/{post}")).await.is(200).shows("a word of contempt beside a patient or a colleague");
    measure(&ines, &post, "dismiss", json!({})).await.is(201);
}
