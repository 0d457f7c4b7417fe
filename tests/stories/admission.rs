//! From an application to a clinician, and back to a stranger when the register says so.

use crate::each_db;
use crate::support::{House, Person, case};
use collegium::accounts::Role;
use collegium::registers::{Removal, Status};
use serde_json::{Value, json};
use std::time::Duration;

each_db!(
    a_wrong_number_is_told_at_once,
    an_application_is_approved,
    an_application_is_refused_and_appealed,
    a_verifier_asks_and_is_answered,
    until_admitted_everything_answers_as_to_a_stranger,
    what_the_register_says_acts_at_once,
    nobody_decides_for_themselves_and_only_once,
    a_number_belongs_to_one_account,
    a_suspension_by_the_administrator_acts_at_once,
);

fn claim(number: &str, name: &str) -> Value {
    json!({ "country": "GB", "register": "gmc", "profession": "physician", "number": number, "registered_name": name })
}

async fn apply(person: &Person, number: &str) -> crate::support::Answer {
    person.send("POST", "/api/v1/applications", &claim(number, &person.name)).await
}

async fn decide(
    verifier: &Person,
    application: &str,
    decision: &str,
    reason: &str,
    note: &str,
) -> crate::support::Answer {
    let fields = [("decision", decision), ("reason", reason), ("note", note)];
    verifier.form(&format!("/verify/{application}"), &fields).await
}

async fn a_wrong_number_is_told_at_once(house: &House) {
    let oyin = house.member("oyin").await;
    for number in ["", "12", "98101155", "ABCDEFG", "9810-15", &"9".repeat(200)] {
        apply(&oyin, number).await.problem(422, "refused").refuses("number");
    }
    let fields = [
        ("country", "GB"),
        ("register", "gmc"),
        ("profession", "physician"),
        ("number", "12"),
        ("registered_name", "Oyin Farrow-Adair"),
        ("statement", "What I typed."),
    ];
    oyin.form("/application", &fields).await.is(422).shows("Oyin Farrow-Adair").shows("What I typed.");
    let mut told = claim("9810115", "Oyin Farrow-Adair");
    for (field, wrong) in
        [("register", "nowhere"), ("profession", "wizard"), ("country", "England"), ("registered_name", "")]
    {
        let right = told[field].clone();
        told[field] = json!(wrong);
        oyin.send("POST", "/api/v1/applications", &told).await.is(422);
        told[field] = right;
    }
    let npi = json!({ "country": "US", "register": "nppes", "profession": "physician", "number": "1234567890",
        "registered_name": "Oyin Farrow-Adair" });
    oyin.send("POST", "/api/v1/applications", &npi).await.problem(422, "refused").refuses("number");
    assert_eq!(house.count("select count(*) from applications").await, 0);
}

async fn an_application_is_approved(house: &House) {
    let oyin = house.member("oyin").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let application = apply(&oyin, "9810115").await.is(201).of("application");
    // A match alone admits nobody.
    oyin.get("/api/v1/rooms").await.problem(401, "sign-in");
    apply(&oyin, "9810115").await.problem(409, "open");
    let queue = mo.get("/api/v1/applications").await.is(200).json();
    assert_eq!(queue[0]["id"], json!(application), "{queue}");
    mo.get("/verify").await.is(200).shows("Oyin Farrow-Adair");
    mo.get(&format!("/verify/{application}")).await.is(200).shows("9810115").shows("Farrow-Adair");
    decide(&mo, &application, "approve", "not-shown", "").await.is(422);
    decide(&mo, &application, "approve", "shown-by-call", "").await.is(303);
    oyin.get("/api/v1/rooms").await.is(200);
    oyin.get("/").await.is(200);
    oyin.publish(case("My first case")).await.is(201);
    let letters = house.letters_to("oyin@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "You are admitted"), "{letters:?}");
    let letters = house.letters_to("mo@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "An application waits"), "{letters:?}");
    apply(&oyin, "9810115").await.problem(409, "admitted");
}

async fn an_application_is_refused_and_appealed(house: &House) {
    let oyin = house.member("oyin").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let petra = house.staff("petra", &[Role::Verifier]).await;
    let application = apply(&oyin, "9810115").await.is(201).of("application");
    decide(&mo, &application, "refuse", "not-shown", "Nobody there knew of you.").await.is(303);
    oyin.get("/api/v1/rooms").await.problem(401, "sign-in");
    oyin.get("/application").await.is(200).shows("We could not show that the registration is yours.");
    let letters = house.letters_to("oyin@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "About your application"), "{letters:?}");
    oyin.form("/application/reply", &[("answer", "Please look again.")]).await.is(303);
    // A second person decides.
    let own = decide(&mo, &application, "approve", "shown-by-call", "").await;
    assert!(matches!(own.status, 403 | 409 | 422), "{own}");
    decide(&petra, &application, "approve", "shown-by-call", "").await.is(303);
    oyin.get("/api/v1/rooms").await.is(200);
}

async fn a_verifier_asks_and_is_answered(house: &House) {
    let oyin = house.member("oyin").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let application = apply(&oyin, "9810115").await.is(201).of("application");
    oyin.form("/application/reply", &[("answer", "Nobody asked.")]).await.is(422);
    decide(&mo, &application, "more", "say-more", "").await.is(422);
    decide(&mo, &application, "more", "say-more", "Which hospital do you work at?").await.is(303);
    oyin.get("/application").await.is(200).shows("Which hospital do you work at?");
    let letters = house.letters_to("oyin@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "One more thing for your application"), "{letters:?}");
    assert!(
        mo.get("/api/v1/applications").await.ok().json().as_array().unwrap().is_empty(),
        "it waits for the applicant"
    );
    oyin.form("/application/reply", &[("answer", "")]).await.is(422);
    oyin.form("/application/reply", &[("answer", "The county hospital.")]).await.is(303);
    mo.get(&format!("/verify/{application}")).await.is(200).shows("The county hospital.");
    decide(&mo, &application, "approve", "shown-by-work-contact", "").await.is(303);
    oyin.get("/api/v1/rooms").await.is(200);
}

async fn until_admitted_everything_answers_as_to_a_stranger(house: &House) {
    let ada = house.clinician("ada").await;
    let placed = ada.publish(case("A case of theirs")).await.ok();
    let (thread, post) = (placed.of("thread"), placed.of("post"));
    let oyin = house.member("oyin").await;
    apply(&oyin, "9810115").await.is(201);
    let stranger = house.stranger();
    let pages = [
        "/".to_owned(),
        "/rooms/cardiology".to_owned(),
        "/new".to_owned(),
        format!("/threads/{thread}"),
        format!("/posts/{post}/revisions"),
        "/search?q=case".to_owned(),
    ];
    for page in &pages {
        let (hers, theirs) = (oyin.get(page).await.is(303), stranger.get(page).await.is(303));
        assert!(hers.body.is_empty() && theirs.body.is_empty(), "{hers} {theirs}");
        assert_eq!((hers.location(), theirs.location().starts_with("/sign-in")), ("/application", true));
    }
    let api = [
        "/api/v1/rooms".to_owned(),
        "/api/v1/rooms/cardiology/threads".to_owned(),
        format!("/api/v1/threads/{thread}"),
        "/api/v1/search?q=case".to_owned(),
        "/api/v1/threads/0000000000000000000000000".to_owned(),
    ];
    for path in &api {
        let (hers, theirs) =
            (oyin.get(path).await.problem(401, "sign-in"), stranger.get(path).await.problem(401, "sign-in"));
        assert_eq!(hers.body, theirs.body);
    }
    for person in [&oyin, &stranger] {
        person.publish(case("Mine")).await.problem(401, "sign-in");
        person.check(&[("body", "Start low.")]).await.problem(401, "sign-in");
        person.flag(&post, "other", "").await.problem(401, "sign-in");
        assert_eq!(person.line().await.err(), Some(401));
    }
}

async fn what_the_register_says_acts_at_once(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let (mut hers, mut his) = (ada.watch(&thread, 0).await, bram.watch(&thread, 0).await);
    for status in [Status::Suspended { interim: true }, Status::Removed(Removal::Disciplinary)] {
        house.read_register(|part| if part.key == "bram" { status } else { Status::Active }).await;
        assert_eq!(his.closes_within(Duration::from_secs(1)).await, Some(4401), "his line ends within a second");
        bram.get("/api/v1/rooms").await.problem(401, "sign-in");
        bram.get(&format!("/threads/{thread}")).await.is(303);
        bram.publish(case("Mine")).await.problem(401, "sign-in");
        assert_eq!(bram.line().await.err(), Some(401));
        bram.at_another_device().sign_in().await;
        ada.get("/api/v1/rooms").await.is(200);
        assert_eq!(hers.closes_within(Duration::from_millis(200)).await, None);
        let letters = house.letters_to("bram@story.example").await;
        assert!(letters.iter().any(|(subject, _)| subject == "Reading and posting are paused"), "{letters:?}");
        // In good standing again.
        house.read_register(|_| Status::Active).await;
        bram.sign_in().await.is(201);
        bram.get("/api/v1/rooms").await.is(200);
        his = bram.watch(&thread, 0).await;
    }
    drop(his);
    // A register that merely no longer lists somebody locks nobody.
    house.read_register(|_| Status::Active).await;
    bram.get("/api/v1/rooms").await.is(200);
}

async fn nobody_decides_for_themselves_and_only_once(house: &House) {
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let petra = house.staff("petra", &[Role::Verifier]).await;
    let own = apply(&mo, "9810113").await.is(201).of("application");
    assert!(mo.get("/api/v1/applications").await.ok().json().as_array().unwrap().is_empty(), "one's own is not listed");
    let refused = decide(&mo, &own, "approve", "shown-by-call", "").await;
    assert!(matches!(refused.status, 403 | 404 | 409 | 422), "{refused}");
    assert_eq!(house.count("select count(*) from applications where state = 'admitted'").await, 0);
    decide(&petra, &own, "approve", "shown-by-call", "").await.is(303);
    let oyin = house.member("oyin").await;
    let application = apply(&oyin, "9810115").await.is(201).of("application");
    let (one, other) = tokio::join!(
        decide(&mo, &application, "approve", "shown-by-call", ""),
        decide(&petra, &application, "refuse", "not-shown", "")
    );
    let done = [&one, &other].iter().filter(|answer| answer.status == 303).count();
    assert_eq!(done, 1, "one of two decides: {one} {other}");
    assert_eq!(house.count("select count(*) from events where kind = 'application-decided'").await, 2);
}

async fn a_number_belongs_to_one_account(house: &House) {
    house.clinician("ada").await;
    let thief = house.member("oyin").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    // That the number is taken is not told to the applicant.
    let claim = claim("9810101", "Ada Marchetti-Wren");
    let application = thief.send("POST", "/api/v1/applications", &claim).await.is(201).of("application");
    thief.get("/application").await.is(200).hides("another account");
    // Two verifiers would have to agree, and then it is bound already.
    let petra = house.staff("petra", &[Role::Verifier]).await;
    decide(&mo, &application, "approve", "shown-by-call", "").await.is(303);
    let refused = decide(&petra, &application, "approve", "shown-by-call", "").await;
    assert_ne!(refused.status, 303, "{refused}");
    thief.get("/api/v1/rooms").await.problem(401, "sign-in");
    assert_eq!(house.count("select count(*) from registrations").await, 1);
}

async fn a_suspension_by_the_administrator_acts_at_once(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let rhea = house.staff("rhea", &[Role::Admin]).await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let mut line = bram.watch(&thread, 0).await;
    rhea.form(&format!("/admin/accounts/{}/suspension", bram.id()), &[("action", "suspend")]).await.is(303);
    assert_eq!(line.closes_within(Duration::from_secs(1)).await, Some(4401));
    bram.get("/api/v1/rooms").await.problem(401, "sign-in");
    bram.get("/settings").await.is(303);
    rhea.form(&format!("/admin/accounts/{}/suspension", bram.id()), &[("action", "restore")]).await.is(303);
    bram.sign_in().await.is(201);
    bram.get("/api/v1/rooms").await.is(200);
}
