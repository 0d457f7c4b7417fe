//! What becomes of a member: by the register, by time, by their own word, by a verifier; and what each class may do.

use crate::each_db;
use crate::support::{Answer, House, Person, Plan, case, question, reply};
use collegium::accounts::{Action, Choices, Class, Role};
use collegium::base::clock::DAY;
use collegium::membership;
use collegium::registers::Status;
use serde_json::Value;
use std::time::{Duration, Instant};

each_db!(
    a_suspension_ends_lines_and_sessions_within_a_minute,
    a_lapse_lets_one_read_for_two_weeks,
    a_verifier_settles_what_the_register_leaves_open,
    once_a_year_a_member_confirms_their_practice,
    a_paused_member_asks_for_a_person,
    every_class_does_what_the_table_says,
    a_badge_says_what_how_sure_and_how_fresh,
    a_registration_goes_out_as_fhir,
    the_operator_sees_an_old_register,
);

each_db!(Plan { more: "[members]\nstudents_post_cases = true\nnumbers_shown = []", ..Plan::default() } => the_operators_choices_hold);

fn who_is(key: &'static str, status: Status) -> impl Fn(&crate::support::cast::Role) -> Status {
    move |part| if part.key == key { status } else { Status::Active }
}

const SUSPENDED: Status = Status::Suspended { interim: false };

async fn time_passes(house: &House) {
    membership::tick(house.log(), &house.site().config.members).await.expect("ticked");
}

async fn subjects(house: &House, person: &Person) -> Vec<String> {
    house.letters_to(&person.email).await.into_iter().map(|(subject, _)| subject).collect()
}

async fn a_suspension_ends_lines_and_sessions_within_a_minute(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let tablet = bram.at_another_device();
    tablet.sign_in().await.is(201);
    let (mut line, mut other) = (bram.watch(&thread, 0).await, tablet.watch(&thread, 0).await);
    let began = Instant::now();
    house.read_register(who_is("bram", SUSPENDED)).await;
    assert_eq!(line.closes_within(Duration::from_secs(60)).await, Some(4401));
    assert_eq!(other.closes_within(Duration::from_secs(60)).await, Some(4401));
    for device in [&bram, &tablet] {
        device.get("/api/v1/rooms").await.problem(401, "sign-in");
        device.get("/settings").await.is(303);
    }
    let took = began.elapsed();
    println!("from the file's first byte to dead lines and sessions, {}: {took:?}", house.log().db().engine().name());
    assert!(took < Duration::from_secs(60));
    // His words stand; his badge says no more than that he is paused.
    ada.get(&format!("/threads/{thread}")).await.is(200).hides("uspend");
    let letters = house.letters_to("bram@story.example").await;
    assert!(letters.iter().all(|(_, body)| !body.to_lowercase().contains("suspen")), "mail is read over shoulders");
}

async fn a_lapse_lets_one_read_for_two_weeks(house: &House) {
    let bram = house.clinician("bram").await;
    let thread = bram.publish(case("A thread")).await.ok().of("thread");
    house.read_register(who_is("bram", Status::Lapsed)).await;
    time_passes(house).await;
    bram.get("/api/v1/rooms").await.is(200);
    bram.get(&format!("/threads/{thread}")).await.is(200).shows("You can read, but not write");
    let refused = bram.reply(&thread, reply("Start low.")).await.problem(403, "not-allowed");
    assert!(refused.has("membership page says how"), "{refused}");
    bram.get("/new").await.is(403).shows("Your membership page says how");
    bram.get("/membership").await.is(200).shows("Reading only, until").shows("lapsed");
    assert!(subjects(house, &bram).await.contains(&"You can read for 14 days".to_owned()));
    for (days, subject) in [(7, "Seven days left"), (6, "One day left"), (1, "Reading and posting are paused")] {
        house.advance(days * DAY);
        time_passes(house).await;
        let told = subjects(house, &bram).await;
        assert_eq!(told.last().map(String::as_str), Some(subject), "{told:?}");
    }
    bram.get("/api/v1/rooms").await.problem(401, "sign-in");
    bram.sign_in().await.is(201);
    bram.get("/api/v1/rooms").await.problem(403, "not-allowed");
    // The register has put it right: all opens by itself.
    house.read_register(|_| Status::Active).await;
    bram.reply(&thread, reply("Start low.")).await.is(201);
    assert!(subjects(house, &bram).await.contains(&"Your membership is open again".to_owned()));
}

async fn a_verifier_settles_what_the_register_leaves_open(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    house.read_register(who_is("bram", Status::Deceased)).await;
    // Nobody is locked by it until a person has looked.
    bram.get("/api/v1/rooms").await.is(200);
    let doubt = mo.get("/verify").await.is(200).shows("Listed as deceased").link("/verify/members/");
    mo.get(&doubt).await.is(200).shows("Bram Achterberg-Sato").shows("In memory");
    for wrong in ["", "lift", "end"] {
        mo.form(&doubt, &[("decision", wrong)]).await.is(422);
    }
    ada.get(&doubt).await.is(404);
    bram.form(&doubt, &[("decision", "keep")]).await.is(404);
    assert!(subjects(house, &mo).await.contains(&"A member to look at".to_owned()));
    mo.form(&doubt, &[("decision", "memorial")]).await.is(303);
    mo.form(&doubt, &[("decision", "keep")]).await.is(409);
    bram.get("/api/v1/rooms").await.problem(401, "sign-in");
    bram.sign_in().await.is(422);
    ada.get(&format!("/members/{}", bram.id())).await.is(200).shows("In memory");
}

async fn once_a_year_a_member_confirms_their_practice(house: &House) {
    let bram = house.clinician("bram").await;
    house.advance(365 * DAY + 1);
    time_passes(house).await;
    assert!(subjects(house, &bram).await.contains(&"Once a year: do you still practise?".to_owned()));
    for days in [7, 6, 2] {
        house.advance(days * DAY);
        time_passes(house).await;
    }
    bram.sign_in().await.is(201);
    bram.publish(case("Mine")).await.problem(403, "not-allowed");
    bram.get("/membership").await.is(200).shows("Yes, I confirm this");
    // It takes a fresh proof of presence.
    house.advance(DAY / 100);
    let again = bram.form("/membership/attestation", &[]).await.is(303);
    assert!(again.location().starts_with("/step-up"), "{again}");
    bram.sign_in().await.is(201);
    bram.form("/membership/attestation", &[]).await.is(303);
    bram.publish(case("Mine")).await.is(201);
    bram.get("/membership").await.is(200).hides("Yes, I confirm this");
}

async fn a_paused_member_asks_for_a_person(house: &House) {
    let bram = house.clinician("bram").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let petra = house.staff("petra", &[Role::Verifier]).await;
    house.read_register(who_is("bram", SUSPENDED)).await;
    bram.sign_in().await.is(201);
    bram.form("/membership/appeal", &[("words", "")]).await.is(422).shows("Write what we should know");
    bram.form("/membership/appeal", &[("words", "It is put right.")]).await.is(303);
    bram.get("/membership").await.is(200).shows("A verifier has your words");
    let doubt = mo.get("/verify").await.is(200).shows("Asks for a person").link("/verify/members/");
    mo.get(&doubt).await.is(200).shows("It is put right.");
    // The register still says so.
    mo.form(&doubt, &[("decision", "lift")]).await.is(409).shows("It must be corrected there first");
    mo.form(&doubt, &[("decision", "keep")]).await.is(303);
    assert!(subjects(house, &bram).await.contains(&"What was decided on your question".to_owned()));
    bram.form("/membership/appeal", &[("words", "Please look again.")]).await.is(303);
    let doubt = mo.get("/verify").await.is(200).link("/verify/members/");
    mo.form(&doubt, &[("decision", "keep")]).await.is(403);
    house.read_register(|_| Status::Active).await;
    petra.form(&doubt, &[("decision", "lift")]).await.is(303);
    bram.get("/api/v1/rooms").await.is(200);
}

/// Whether an answer let somebody do it; a refusal says why in words.
fn done(answer: &Answer) -> bool {
    match answer.status {
        200..=299 => true,
        403 => {
            let body = answer.text();
            assert!(body.len() > 40 && body.contains(' '), "a refusal says why: {answer}");
            false
        }
        401 => false,
        other => panic!("{other}: {answer}"),
    }
}

/// Tries an action as the API has it. Every action of the table has its place here.
async fn tries(house: &House, person: &Person, action: Action, thread: &str, post: &str) -> bool {
    match action {
        Action::Read => done(&person.get(&format!("/api/v1/threads/{thread}")).await),
        Action::Search => done(&person.search(&[("q", "ramipril")]).await),
        Action::Watch => person.line().await.is_ok(),
        Action::Post => {
            let asked = done(&person.publish(question("A question", "What would you do?")).await);
            assert_eq!(asked, done(&person.reply(thread, reply("Start low.")).await));
            asked
        }
        Action::PostCase => done(&person.publish(case("A case")).await),
        Action::Flag => {
            let note = format!("seen at {}", house.count("select count(*) from flags").await);
            done(&person.flag(post, "other", &note).await)
        }
        // Vouching has no address yet: the room that builds it asks the same table.
        Action::Vouch => {
            let member = person.member(house.log()).await;
            member.may(Action::Vouch, &house.site().config.members)
        }
        Action::Export => done(&person.get("/api/v1/fhir/me").await),
    }
}

async fn every_class_does_what_the_table_says(house: &House) {
    let [ada, hana] = house.clinicians(["ada", "hana"]).await;
    let thread = ada.publish(case("A case of ramipril")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Start ramipril low.")).await.ok().of("post");
    let choices = Choices::default();
    for (key, class) in [
        ("bram", Class::Doctor),
        ("chioma", Class::Nurse),
        ("dmitri", Class::Allied),
        ("eilis", Class::Trainee),
        ("farah", Class::Student),
        ("gabriel", Class::Retired),
        ("jonas", Class::ReadOnly),
        ("kofi", Class::Paused),
    ] {
        let person = house.clinician(key).await;
        by_rows(house, &person, class).await;
        assert_eq!(person.member(house.log()).await.class(), Some(class));
        for action in Action::ALL {
            let (may, did) = (class.may(action, &choices), tries(house, &person, action, &thread, &post).await);
            assert_eq!(did, may, "{class:?} {action:?}");
        }
        by_rows(house, &person, Class::Doctor).await;
    }
    // Who has died has no session to try with.
    by_rows(house, &hana, Class::Memorial).await;
    hana.get("/api/v1/rooms").await.problem(401, "sign-in");
    by_rows(house, &hana, Class::Doctor).await;
}

/// Puts somebody into a class by their row; the story puts them back.
async fn by_rows(house: &House, person: &Person, class: Class) {
    let (place, by_register) = match class {
        Class::ReadOnly => ("grace", Class::Doctor),
        Class::Paused => ("paused", Class::Doctor),
        Class::Memorial => ("memorial", Class::Doctor),
        other => ("good", other),
    };
    let mut tx = house.log().write(collegium::log::Actor::House).await.unwrap();
    sqlx::query("update standings set place = $1, class = $2 where account_id = $3")
        .bind(place)
        .bind(by_register.code())
        .bind(person.id())
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit_quietly("a story").await.unwrap();
}

async fn the_operators_choices_hold(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    house.read_register(who_is("bram", Status::Provisional)).await;
    assert_eq!(bram.member(house.log()).await.class(), Some(Class::Student));
    bram.publish(case("A case")).await.is(201);
    // No register's numbers are shown here, but one's own is to oneself.
    ada.get(&format!("/members/{}", bram.id())).await.is(200).shows("student").hides("9810102");
    bram.get(&format!("/members/{}", bram.id())).await.is(200).shows("9810102");
}

async fn a_badge_says_what_how_sure_and_how_fresh(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let thread = bram.publish(case("A case")).await.ok().of("thread");
    let page = ada.get(&format!("/threads/{thread}")).await.is(200);
    let page = page.shows("<details class=\"badge\">").shows("Confirmed by the register").shows("Said by the member");
    let page = page.shows("How we know").shows("Somebody at their work, found independently").shows("9810102");
    assert_eq!(page.link("/members/"), format!("/members/{}", bram.id()));
    let named = ada.get(&page.link("/members/")).await.is(200).shows("strong evidence").shows("checked today");
    named.shows("General Medical Council");
    house.advance(11 * DAY);
    ada.sign_in().await.is(201);
    ada.get(&format!("/members/{}", bram.id())).await.is(200).shows("checked 11 days ago, due");
    ada.get("/members/0000000000000000000000000").await.is(404);
    // Conditions are the register's to tell.
    house.read_register(who_is("bram", Status::ActiveRestricted)).await;
    ada.get(&format!("/members/{}", bram.id()))
        .await
        .is(200)
        .shows("In good standing")
        .hides("ondition")
        .hides("review");
    // Paused: greyed, and no word on why.
    house.read_register(who_is("bram", SUSPENDED)).await;
    let page = ada.get(&format!("/threads/{thread}")).await.is(200).shows("Membership paused").hides("uspended");
    page.shows("seal ended");
}

async fn a_registration_goes_out_as_fhir(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let rhea = house.staff("rhea", &[Role::Admin]).await;
    let own = bram.get("/api/v1/fhir/me").await.is(200);
    assert_eq!(own.header("content-type"), "application/fhir+json");
    let bundle: Value = own.json();
    let kinds: Vec<&str> = bundle["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["resource"]["resourceType"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["Practitioner", "PractitionerRole", "VerificationResult"]);
    assert_eq!(bundle["entry"][0]["resource"]["identifier"][0]["value"], "9810102");
    assert_eq!(bundle["entry"][0]["resource"]["active"], true);
    assert_eq!(bundle["entry"][2]["resource"]["status"], "validated");
    assert_eq!(bram.get("/membership/fhir").await.is(200).json()["entry"], bundle["entry"]);
    let his = format!("/api/v1/fhir/{}", bram.id());
    assert_eq!(rhea.get(&his).await.is(200).json()["entry"], bundle["entry"]);
    ada.get(&his).await.problem(404, "not-found");
    rhea.get(&format!("/api/v1/fhir/{}", rhea.id())).await.problem(404, "not-found");
    house.read_register(who_is("bram", SUSPENDED)).await;
    let paused = rhea.get(&his).await.is(200).json();
    assert_eq!(paused["entry"][2]["resource"]["status"], "val-fail");
    assert_eq!(paused["entry"][1]["resource"]["active"], false);
}

async fn the_operator_sees_an_old_register(house: &House) {
    let bram = house.clinician("bram").await;
    let rhea = house.staff("rhea", &[Role::Admin]).await;
    rhea.get("/admin").await.is(200).shows("General Medical Council").shows("1 members");
    house.advance(30 * DAY);
    rhea.sign_in().await.is(201);
    bram.sign_in().await.is(201);
    rhea.get("/admin").await.is(200).shows("Needs a look: ");
    // Nobody's access changes by it.
    bram.publish(case("Mine")).await.is(201);
}
