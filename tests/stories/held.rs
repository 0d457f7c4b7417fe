//! What could identify: refused as anonymised, held on documented consent, released or given back by a moderator.

use crate::each_db;
use crate::support::{House, Person, case, question, recognisable, reply};
use collegium::accounts::Role;
use serde_json::{Value, json};

each_db!(
    what_could_identify_is_not_anonymised,
    details_add_up_over_the_thread,
    an_employer_that_shows_tells_where,
    the_note_on_consent_is_checked,
    a_held_case_is_seen_by_its_author_and_moderators_alone,
    a_released_case_is_published,
    a_case_given_back_is_changed_and_sent_again,
    a_held_reply_waits,
    a_held_change_leaves_what_stood,
    what_is_held_is_taken_back,
    a_removal_takes_a_held_change_along,
    nobody_releases_their_own,
    sending_a_held_text_twice_holds_one,
    a_form_is_held_and_changed,
);

/// What only the held text says.
const WORDS: &[&str] = &["diver from a small island", "Fever after a bite", "signed in March 2026"];

async fn what_could_identify_is_not_anonymised(house: &House) {
    let ada = house.clinician("ada").await;
    let mut told = recognisable();
    told["basis"] = json!("anonymised");
    let refused = ada.publish(told.clone()).await.refuses("basis");
    let words = refused.json()["problems"]["basis"].as_str().unwrap().to_owned();
    for said in ["the publicity", "Leave out", "documented consent"] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert_eq!(refused.json()["risk"]["band"], "red");
    assert!(refused.json()["risk"]["change"].as_str().is_some_and(|change| change.ends_with('.')), "{refused}");
    // Consent that nobody recorded is none.
    told["basis"] = json!("consent");
    told["consent_note"] = json!(" ");
    ada.publish(told.clone()).await.refuses("consent_note");
    let form: Vec<(String, String)> = told
        .as_object()
        .unwrap()
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .chain([("room", "cardiology"), ("interest_statement", "none"), ("key", "0123456789ab")].map(owned))
        .collect();
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    ada.form("/new", &fields).await.is(422).shows("Say how and when consent was recorded").shows(WORDS[0]);
    // A question has no basis of its own; the note is where consent is said.
    let red = told["presentation"].as_str().unwrap();
    ada.publish(question("Fever", red)).await.refuses("consent_note");
    // Nobody is in an invented case.
    told["basis"] = json!("invented");
    ada.publish(told).await.is(201);
    assert_eq!(house.count("select count(*) from posts").await, 1);
    assert_eq!(house.count("select count(*) from held").await, 0);
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn anonymised(presentation: &str) -> Value {
    let mut told = case("A rash");
    told["basis"] = json!("anonymised");
    told["presentation"] = json!(presentation);
    told
}

async fn details_add_up_over_the_thread(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let thread = ada.publish(anonymised("A 45-year-old patient, a farmer, with a rash.")).await.is(201).of("thread");
    let more = "I forgot: it began yesterday, in a small village.";
    for author in [&ada, &bram] {
        let refused = author.reply(&thread, reply(more)).await.refuses("consent_note");
        let told = refused.json()["risk"]["details"].to_string();
        assert!(told.contains("the exact age (told earlier)"), "{told}");
    }
    let parts = json!([{ "name": "body", "text": more }]);
    let band = async |thread: Option<&str>| {
        let asked = json!({ "parts": parts, "thread": thread });
        ada.send("POST", "/api/v1/deid/check", &asked).await.is(200).json()["risk"]["band"].clone()
    };
    assert_eq!((band(None).await, band(Some(&thread)).await), (json!("green"), json!("red")));
    // What adds nothing is judged by itself, and another case is another's.
    bram.reply(&thread, reply("Would you add doxycycline?")).await.is(201);
    let other = ada.publish(case("Another")).await.is(201).of("thread");
    ada.reply(&other, reply(more)).await.is(201);
    // A change adds up with the rest too.
    let post = ada.reply(&thread, reply("Nothing more.")).await.is(201).of("post");
    let mut change = reply(more);
    change["revision"] = json!(1);
    ada.revise(&post, change).await.refuses("consent_note");
}

async fn an_employer_that_shows_tells_where(house: &House) {
    let ada = house.clinician("ada").await;
    let fields = [
        ("kind", "employment"),
        ("organisation", "Northmoor General"),
        ("detail", ""),
        ("band", "over-10000"),
        ("year", "2026"),
    ];
    ada.form("/settings/interests", &fields).await.is(303);
    let interest: String = sqlx::query_scalar("select interest_id from interests")
        .fetch_one(&mut *house.log().reader().await.unwrap())
        .await
        .unwrap();
    let told = anonymised("A 45-year-old patient, a farmer, admitted yesterday with a rash.");
    ada.publish(told.clone()).await.is(201);
    let mut tied = told.clone();
    tied["disclosure"] = json!({ "statement": "some", "interests": [interest] });
    let refused = ada.publish(tied).await.refuses("basis");
    assert!(refused.json()["risk"]["details"].to_string().contains("where you work"), "{refused}");
    // Once it stands beside one post, colleagues know it of every post.
    let mut shown = case("An invented case");
    shown["disclosure"] = json!({ "statement": "some", "interests": [interest] });
    ada.publish(shown).await.is(201);
    ada.publish(told.clone()).await.refuses("basis");
    let mut elsewhere = told;
    elsewhere["history"] = json!("Not my patient; told by a colleague elsewhere.");
    ada.publish(elsewhere).await.is(201);
}

async fn the_note_on_consent_is_checked(house: &House) {
    let ada = house.clinician("ada").await;
    for (note, passes) in [
        ("Signed by Mrs Kowalczyk.", false),
        ("In the notes of NHS number 999 317 2048.", false),
        ("Signed on 12 March 2026, filed at St Mary's Hospital.", true),
    ] {
        let mut told = recognisable();
        told["consent_note"] = json!(note);
        let answer = ada.publish(told.clone()).await;
        if passes {
            answer.is(202);
        } else {
            let words = answer.refuses("consent_note").json()["problems"]["consent_note"].to_string();
            assert!(words.contains('“'), "{words}");
        }
        // Also where it is not needed.
        told["presentation"] = json!("An adult with fever.");
        assert_eq!(ada.publish(told).await.status, if passes { 201 } else { 422 }, "{note}");
    }
    assert_eq!(house.count("select count(*) from post_texts where part = 'consent'").await, 1);
    let note = "Signed on 12 March 2026";
    let thread: String = sqlx::query_scalar("select thread_id from posts")
        .fetch_one(&mut *house.log().reader().await.unwrap())
        .await
        .unwrap();
    let post = ada.read(&thread).await.ok().hides(note).json()["posts"][0]["id"].as_str().unwrap().to_owned();
    ada.get(&format!("/threads/{thread}")).await.is(200).hides(note);
    ada.get(&format!("/posts/{post}/revisions")).await.is(200).hides(note);
    ada.get(&format!("/posts/{post}/edit")).await.is(200).shows(note);
    house.moderator("ines").await.get(&format!("/moderation/{post}")).await.is(200).shows(note);
}

/// Nothing of the held text is anywhere for these people.
async fn hidden_from(readers: &[&Person], thread: &str, post: &str) {
    for reader in readers {
        for page in ["/", "/rooms/cardiology", "/search?q=bite+fever+island", "/settings", "/held"] {
            let shown = reader.get(page).await;
            for words in WORDS {
                assert!(!shown.has(words), "{words}: {shown}");
            }
        }
        for page in [
            format!("/held/{post}"),
            format!("/api/v1/threads/{thread}"),
            format!("/threads/{thread}"),
            format!("/posts/{post}/edit"),
            format!("/posts/{post}/revisions"),
            format!("/posts/{post}/flag"),
            format!("/moderation/held/{post}"),
            format!("/api/v1/moderation/held/{post}"),
        ] {
            reader.get(&page).await.is(404);
        }
        assert_eq!(reader.get("/api/v1/held").await.ok().json(), json!([]));
        assert!(reader.finds("fever bite").await.is_empty());
        reader.flag(post, "other", "").await.is(404);
        reader.give_back(post, "consent", "").await.is(404);
        reader.release(post).await.is(404);
        reader.ask("DELETE", &format!("/api/v1/held/{post}"), &[], "").await.is(404);
    }
}

async fn a_held_case_is_seen_by_its_author_and_moderators_alone(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let sent = ada.publish(recognisable()).await.is(202).json();
    assert_eq!((&sent["state"], &sent["position"]), (&json!("held"), &json!(0)));
    let (thread, post) = (sent["thread"].as_str().unwrap(), sent["post"].as_str().unwrap());
    house.caught_up().await;
    hidden_from(&[&bram], thread, post).await;
    assert_eq!(house.count("select count(*) from posts").await, 0);
    assert_eq!(house.count("select threads from (select count(*) as threads from threads) t").await, 0);
    // Its author.
    ada.get("/").await.is(200).shows("1 text of yours").hides(WORDS[1]);
    ada.get("/held").await.is(200).shows("Waiting for a moderator");
    let own = ada.get(&format!("/held/{post}")).await.is(200).shows("Waiting for a moderator");
    assert!(WORDS.iter().all(|words| own.has(words)), "{own}");
    // The moderators.
    let queue = ines.get("/api/v1/moderation/queue").await.is(200).json();
    assert_eq!((&queue[0]["kind"], &queue[0]["post"]), (&json!("held"), &json!(post)));
    ines.get("/moderation").await.is(200).shows(&format!("/moderation/held/{post}"));
    let opened = "select count(*) from events where kind = 'post-opened'";
    assert_eq!(house.count(opened).await, 0);
    let page = ines.get(&format!("/moderation/held/{post}")).await.is(200).shows("the publicity").shows("Leave out");
    assert!(WORDS.iter().all(|words| page.has(words)), "{page}");
    assert_eq!(house.count(opened).await, 1, "a look is recorded");
    let told = ines.get(&format!("/api/v1/moderation/held/{post}")).await.is(200).json();
    assert!(told["consent_note"].as_str().is_some_and(|note| note.contains("signed in March")), "{told}");
    ines.get("/moderation/audit").await.is(200).shows("Held before publishing").hides(WORDS[0]);
    let letters = house.letters_to("ines@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "A text waits for a moderator"), "{letters:?}");
    assert!(WORDS.iter().all(|words| !format!("{letters:?}").contains(words)), "{letters:?}");
    assert!(house.letters_to("bram@story.example").await.iter().all(|(subject, _)| !subject.contains("waits")));
}

async fn a_released_case_is_published(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let post = ada.publish(recognisable()).await.is(202).of("post");
    let released = ines.release(&post).await.is(201).json();
    assert_eq!((&released["post"], &released["position"]), (&json!(post), &json!(1)));
    let thread = released["thread"].as_str().unwrap();
    house.caught_up().await;
    let read = bram.read(thread).await.ok().hides("signed in March").json();
    assert_eq!((&read["basis"], &read["posts"][0]["state"]), (&json!("consent"), &json!("open")));
    assert!(read["posts"][0]["parts"].to_string().contains(WORDS[0]), "{read}");
    assert_eq!(bram.finds("fever bite").await, std::slice::from_ref(&post));
    bram.get("/rooms/cardiology").await.is(200).shows(WORDS[1]);
    let letters = house.letters_to("ada@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "Your text is published"), "{letters:?}");
    assert_eq!(
        house.count("select count(*) from held").await + house.count("select count(*) from held_texts").await,
        0
    );
    assert_eq!(ines.get("/api/v1/moderation/queue").await.ok().json(), json!([]));
    ines.release(&post).await.problem(404, "not-found");
    // The note stays with the post, for moderators.
    ines.get(&format!("/moderation/{post}")).await.is(200).shows("signed in March 2026").shows("Released");
}

async fn a_case_given_back_is_changed_and_sent_again(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let post = ada.publish(recognisable()).await.is(202).of("post");
    ines.give_back(&post, "because", "").await.refuses("reason");
    ines.give_back(&post, "other", "").await.refuses("note");
    ines.give_back(&post, "consent", "Was Mrs Kowalczyk asked?").await.refuses("note");
    ines.give_back(&post, "consent", "Was it for this network?").await.is(204);
    ines.give_back(&post, "consent", "").await.problem(409, "decided");
    ines.release(&post).await.problem(409, "decided");
    assert_eq!(ines.get("/api/v1/moderation/queue").await.ok().json(), json!([]));
    house.caught_up().await;
    bram.get(&format!("/held/{post}")).await.is(404);
    let letters = house.letters_to("ada@story.example").await;
    let told = letters.iter().find(|(subject, _)| subject == "Your text is given back to you").expect("a letter");
    assert!(told.1.contains("how and when consent") && told.1.contains(&format!("/held/{post}")), "{told:?}");
    ada.get(&format!("/held/{post}")).await.is(200).shows("Was it for this network?").shows("Given back to you");
    let form = ada.get(&format!("/new?held={post}")).await.is(200).shows(WORDS[0]).shows("signed in March 2026");
    assert!(form.has(&format!("name=\"instead_of\" value=\"{post}\"")), "{form}");
    // Another's is nobody's.
    bram.get(&format!("/new?held={post}")).await.is(200).hides(WORDS[0]);
    let told = recognisable();
    let mut fields: Vec<(&str, &str)> =
        told.as_object().unwrap().iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect();
    fields.retain(|(name, _)| *name != "presentation");
    fields.extend([
        ("presentation", "An adult with fever."),
        ("room", "cardiology"),
        ("interest_statement", "none"),
        ("key", "0123456789ab"),
        ("instead_of", &post),
    ]);
    let sent = ada.form("/new", &fields).await.is(303);
    assert!(sent.location().starts_with("/threads/"), "{sent}");
    assert_eq!(house.count("select count(*) from held_texts").await, 0, "what it stood in place of is gone");
    assert_eq!(house.count("select count(*) from events where kind = 'post-withdrawn'").await, 1);
}

/// A reply that makes its case recognisable.
fn telling() -> Value {
    let mut told = reply("It was on the telly: the bite, last week, on a small island near the diver's school.");
    told["consent_note"] = json!("Written consent for this network, signed in March 2026.");
    told
}

async fn a_held_reply_waits(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(anonymised("A 24-year-old patient with fever.")).await.is(201).of("thread");
    let mut open = bram.watch(&thread, 0).await;
    let sent = ada.reply(&thread, telling()).await.is(202).json();
    let post = sent["post"].as_str().unwrap().to_owned();
    house.caught_up().await;
    for reader in [&bram, &ines] {
        reader.read(&thread).await.ok().hides("telly");
        reader.get(&format!("/threads/{thread}")).await.is(200).hides("telly").hides("waits for a moderator");
        let missed = reader.line().await.unwrap().watch(&thread, 0).await;
        assert!(!json!(missed).to_string().contains("telly"), "{missed:?}");
        assert!(reader.finds("telly bite").await.is_empty());
    }
    ada.get(&format!("/threads/{thread}")).await.is(200).shows("Your reply waits for a moderator").hides("telly");
    ada.get(&format!("/threads/{thread}?held={post}")).await.is(200).shows("telly");
    // Colleagues go on meanwhile; it takes the next place when it is released.
    bram.reply(&thread, reply("Any travel?")).await.is(201);
    assert_eq!(open.hear_post().await["position"], 2, "nothing of the held reply came before");
    assert_eq!(ines.release(&post).await.is(201).json()["position"], 3);
    let heard = open.hear_post().await;
    assert_eq!((&heard["post"], &heard["position"], &heard["act"]), (&json!(post), &json!(3), &json!("added")));
    assert!(heard["html"].as_str().unwrap().contains("telly") && !heard.to_string().contains("signed in March"));
    bram.read(&thread).await.ok().shows("telly");
}

async fn a_held_change_leaves_what_stood(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(anonymised("A 24-year-old patient with fever.")).await.is(201).of("thread");
    let post = ada.reply(&thread, reply("Nothing more is known.")).await.is(201).of("post");
    let mut change = telling();
    change["revision"] = json!(1);
    let sent = ada.revise(&post, change.clone()).await.is(202).json();
    assert_eq!((&sent["state"], &sent["revision"]), (&json!("held"), &json!(2)));
    house.caught_up().await;
    for reader in [&bram, &ada] {
        reader.read(&thread).await.ok().shows("Nothing more is known.").hides("telly");
    }
    bram.get(&format!("/posts/{post}/revisions")).await.is(200).hides("telly");
    ada.get(&format!("/threads/{thread}")).await.is(200).shows("what stood before is shown");
    ada.get(&format!("/posts/{post}/edit?held={post}")).await.is(200).shows("telly");
    // Changed again while it waits: the second takes its place.
    ada.revise(&post, change).await.is(202);
    assert_eq!(house.count("select count(*) from held").await, 1);
    ines.release(&post).await.is(201);
    let read = bram.read(&thread).await.ok().shows("telly").json();
    assert_eq!((&read["posts"][1]["revision"], &read["posts"][1]["position"]), (&json!(2), &json!(2)));
    house.caught_up().await;
    assert_eq!(bram.finds("telly").await, std::slice::from_ref(&post));
    // The first post, changed: the case is shared on consent from then on.
    let first = read["posts"][0]["id"].as_str().unwrap();
    let mut change = recognisable();
    for name in ["kind", "basis"] {
        change.as_object_mut().unwrap().remove(name);
    }
    change["revision"] = json!(1);
    ada.revise(first, change).await.is(202);
    assert_eq!(bram.read(&thread).await.ok().json()["basis"], "anonymised");
    ines.release(first).await.is(201);
    assert_eq!(bram.read(&thread).await.ok().json()["basis"], "consent");
}

async fn what_is_held_is_taken_back(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let post = ada.publish(recognisable()).await.is(202).of("post");
    bram.form(&format!("/held/{post}/withdrawal"), &[]).await.is(404);
    ada.form(&format!("/held/{post}/withdrawal"), &[]).await.is(303);
    ada.get(&format!("/held/{post}")).await.is(404);
    ines.release(&post).await.is(404);
    for table in ["select count(*) from held", "select count(*) from held_texts", "select count(*) from posts"] {
        assert_eq!(house.count(table).await, 0, "{table}");
    }
    let post = ada.publish(recognisable()).await.is(202).of("post");
    ada.ask("DELETE", &format!("/api/v1/held/{post}"), &[], "").await.is(204);
    assert_eq!(ada.get("/api/v1/held").await.ok().json(), json!([]));
}

async fn a_removal_takes_a_held_change_along(house: &House) {
    let ada = house.clinician("ada").await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(anonymised("A 24-year-old patient with fever.")).await.is(201).of("thread");
    let post = ada.reply(&thread, reply("Nothing more is known.")).await.is(201).of("post");
    let mut change = telling();
    change["revision"] = json!(1);
    ada.revise(&post, change).await.is(202);
    ines.remove(&post, "confidentiality").await.is(201);
    assert_eq!(house.count("select count(*) from held_texts").await, 0);
    ines.release(&post).await.is(404);
}

async fn nobody_releases_their_own(house: &House) {
    let ines = house.moderator("ines").await;
    let other = house.staff("hana", &[Role::Moderator]).await;
    let post = ines.publish(recognisable()).await.is(202).of("post");
    ines.get(&format!("/moderation/held/{post}")).await.is(200).shows("Another moderator looks at it");
    ines.release(&post).await.problem(409, "own");
    ines.give_back(&post, "consent", "").await.problem(409, "own");
    other.release(&post).await.is(201);
}

async fn sending_a_held_text_twice_holds_one(house: &House) {
    let ada = house.clinician("ada").await;
    let ines = house.moderator("ines").await;
    let mut told = recognisable();
    told["key"] = json!("0123456789abcdef");
    let (one, other) = tokio::join!(ada.publish(told.clone()), ada.publish(told.clone()));
    assert_eq!(one.is(202).json(), other.is(202).json());
    let post = ada.publish(told.clone()).await.is(202).of("post");
    assert_eq!(house.count("select count(*) from held").await, 1);
    let (one, other) = tokio::join!(ines.release(&post), ines.release(&post));
    let mut both = [one.status, other.status];
    both.sort_unstable();
    assert!(both[0] == 201 && both[1] >= 404, "{both:?}");
    // The same again is the same post.
    assert_eq!(ada.publish(told).await.is(201).of("post"), post);
    assert_eq!(house.count("select count(*) from posts").await, 1);
}

async fn a_form_is_held_and_changed(house: &House) {
    let ada = house.clinician("ada").await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(anonymised("A 24-year-old patient with fever.")).await.is(201).of("thread");
    let told = telling();
    let text = |name: &str| told[name].as_str().unwrap_or("none").to_owned();
    let (body, note) = (text("body"), text("consent_note"));
    let mut fields = vec![
        ("body", body.as_str()),
        ("ground", "experience"),
        ("interest_statement", "none"),
        ("key", "0123456789ab"),
    ];
    let refused = ada.form(&format!("/threads/{thread}/posts"), &fields).await.is(422).shows("documented consent");
    assert!(refused.has("telly"), "what was typed stays: {refused}");
    fields.push(("consent_note", &note));
    let held = ada.form(&format!("/threads/{thread}/posts"), &fields).await.is(303);
    let post = held.location().strip_prefix("/held/").expect("its own page").to_owned();
    ines.form(&format!("/moderation/held/{post}/return"), &[]).await.is(422).shows("Choose why it is given back");
    let done = ines.form(&format!("/moderation/held/{post}/return"), &[("reason", "recognisable")]).await.is(303);
    assert_eq!(done.location(), "/moderation?done=returned");
    let again = ines.form(&format!("/moderation/held/{post}/release"), &[]).await.is(409);
    assert!(again.has("decided this already"), "{again}");
    // By script.
    fields[3] = ("key", "0123456789ac");
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", ada.origin()),
        ("accept", "application/json"),
    ];
    let sent = ada.ask("POST", &format!("/threads/{thread}/posts"), &headers, body).await.is(202).of("held");
    ada.get(&sent).await.is(200).shows("Waiting for a moderator");
}
