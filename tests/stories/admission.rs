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
    a_dispute_has_a_notice_and_two_verifiers,
    a_dispute_is_kept_by_its_holder,
    a_mistyped_number_is_put_right,
    an_application_is_in_one_verifiers_hand,
    nobody_is_left_without_a_way,
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
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let (mut hers, mut his) = (ada.watch(&thread, 0).await, bram.watch(&thread, 0).await);
    for status in [Status::Suspended { interim: true }, Status::Removed(Removal::Disciplinary)] {
        house.read_register(|part| if part.key == "bram" { status } else { Status::Active }).await;
        assert_eq!(his.closes_within(Duration::from_secs(1)).await, Some(4401), "his line ends within a second");
        bram.get("/api/v1/rooms").await.problem(401, "sign-in");
        bram.get(&format!("/threads/{thread}")).await.is(303);
        bram.publish(case("Mine")).await.problem(401, "sign-in");
        assert_eq!(bram.line().await.err(), Some(401));
        // Signed in anew they are told why, and see nothing else.
        bram.sign_in().await.is(201);
        bram.get("/api/v1/rooms").await.problem(403, "not-allowed");
        bram.get(&format!("/threads/{thread}")).await.is(303);
        assert_eq!(bram.line().await.err(), Some(403));
        bram.get("/membership").await.is(200).shows("Reading and posting are paused").shows("Ask a person");
        ada.get("/api/v1/rooms").await.is(200);
        assert_eq!(hers.closes_within(Duration::from_millis(200)).await, None);
        let letters = house.letters_to("bram@story.example").await;
        assert!(letters.iter().any(|(subject, _)| subject == "Reading and posting are paused"), "{letters:?}");
        // In good standing again: what discipline took, a person gives back.
        house.read_register(|_| Status::Active).await;
        bram.get("/api/v1/rooms").await.problem(403, "not-allowed");
        let doubt = mo.get("/verify").await.is(200).shows("In good standing again").link("/verify/members/");
        mo.form(&doubt, &[("decision", "lift")]).await.is(303);
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
    // Ada was admitted by a stronger path than a call: this claim does not even open a dispute.
    decide(&mo, &application, "approve", "shown-by-call", "").await.is(409);
    let petra = house.staff("petra", &[Role::Verifier]).await;
    decide(&petra, &application, "approve", "known-to-verifier", "").await.is(409);
    assert_eq!(house.count("select count(*) from disputes").await, 0);
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

/// A clinician who was admitted on a verifier's word, and somebody who claims the same number.
async fn two_claims(house: &House) -> (Person, Person, String, [Person; 2]) {
    let (mo, petra) = (house.staff("mo", &[Role::Verifier]).await, house.staff("petra", &[Role::Verifier]).await);
    let holder = house.member("bram").await;
    let first = holder.send("POST", "/api/v1/applications", &claim("9810101", "Ada Marchetti-Wren")).await.is(201);
    decide(&mo, &first.of("application"), "approve", "known-to-verifier", "").await.is(303);
    let claimant = house.member("oyin").await;
    let second = claimant.send("POST", "/api/v1/applications", &claim("9810101", "Ada Marchetti-Wren")).await.is(201);
    (holder, claimant, second.of("application"), [mo, petra])
}

async fn a_dispute_has_a_notice_and_two_verifiers(house: &House) {
    let (holder, claimant, application, [mo, petra]) = two_claims(house).await;
    holder.publish(case("Mine")).await.is(201);
    decide(&mo, &application, "approve", "shown-by-work-contact", "").await.is(303);
    assert_eq!(house.count("select count(*) from events where kind = 'application-approved-once'").await, 1);
    // The other claim is stronger: who holds the number reads only, and has 72 hours.
    holder.publish(case("Mine")).await.problem(403, "not-allowed");
    holder.get("/membership").await.is(200).shows("while two verifiers decide").hides("Oyin").hides("oyin@");
    let letters = house.letters_to("bram@story.example").await;
    let (_, words) = letters.iter().find(|(subject, _)| subject == "Somebody else claims your registration").unwrap();
    assert!(!words.to_lowercase().contains("oyin"), "{words}");
    claimant.get("/application").await.is(200).hides("Bram").hides("dispute").hides("another account");
    petra.get(&format!("/verify/{application}")).await.is(200).shows("A dispute.");
    let early = decide(&petra, &application, "approve", "shown-by-work-contact", "").await.is(409);
    assert!(early.has("may answer until"), "{early}");
    decide(&mo, &application, "approve", "shown-by-work-contact", "").await.is(409);
    house.advance(72 * 3_600_000 + 1);
    for verifier in [&mo, &petra] {
        verifier.sign_in().await.is(201);
    }
    decide(&mo, &application, "approve", "shown-by-work-contact", "").await.is(409);
    decide(&petra, &application, "approve", "shown-by-work-contact", "").await.is(303);
    claimant.sign_in().await.is(201);
    claimant.publish(case("Mine now")).await.is(201);
    holder.get("/api/v1/rooms").await.problem(401, "sign-in");
    // They can apply under their own number, and be admitted again.
    holder.sign_in().await.is(201);
    let own = holder.send("POST", "/api/v1/applications", &claim("9810102", "Bram Achterberg-Sato")).await.is(201);
    decide(&mo, &own.of("application"), "approve", "shown-by-work-contact", "").await.is(303);
    holder.publish(case("Mine, as myself")).await.is(201);
}

async fn a_dispute_is_kept_by_its_holder(house: &House) {
    let (holder, claimant, application, [mo, petra]) = two_claims(house).await;
    decide(&mo, &application, "approve", "shown-by-call", "").await.is(303);
    holder.publish(case("Mine")).await.problem(403, "not-allowed");
    decide(&petra, &application, "refuse", "misleading", "").await.is(303);
    holder.publish(case("Still mine")).await.is(201);
    claimant.get("/api/v1/rooms").await.problem(401, "sign-in");
}

async fn a_mistyped_number_is_put_right(house: &House) {
    let oyin = house.member("oyin").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let application = apply(&oyin, "9810116").await.is(201).of("application");
    let due = mo.get("/api/v1/applications").await.is(200).json()[0]["due_at"].clone();
    let put = |number: &'static str| {
        [
            ("country", "GB"),
            ("register", "gmc"),
            ("profession", "physician"),
            ("number", number),
            ("registered_name", "Oyin Farrow-Adair"),
        ]
    };
    oyin.get("/application").await.is(200).shows("Something mistyped? Put it right").shows("What is still missing");
    oyin.form("/application/correction", &put("12")).await.is(422).shows("This has 2.");
    oyin.form("/application/correction", &put("9810116")).await.is(422).shows("says already");
    oyin.form("/application/correction", &put("9810115")).await.is(303);
    let queue = mo.get("/api/v1/applications").await.is(200).json();
    assert_eq!((&queue[0]["id"], &queue[0]["due_at"]), (&json!(application), &due), "the same one, in its place");
    assert_eq!(queue[0]["gist"], "All equal");
    mo.get(&format!("/verify/{application}")).await.is(200).shows("corrected the application").shows("9810116");
    oyin.form("/application/correction", &put("9810114")).await.is(303);
    oyin.form("/application/correction", &put("9810115")).await.is(422).shows("You have corrected this twice");
    // Numbers that were tried count as tried: with the fourth a second verifier is needed.
    decide(&mo, &application, "refuse", "not-in-register", "").await.is(303);
    oyin.form("/application/correction", &put("9810115")).await.is(422);
    house.member("petra").await.form("/application/correction", &put("9810115")).await.is(404);
}

async fn an_application_is_in_one_verifiers_hand(house: &House) {
    let oyin = house.member("oyin").await;
    let (mo, petra) = (house.staff("mo", &[Role::Verifier]).await, house.staff("petra", &[Role::Verifier]).await);
    let application = apply(&oyin, "9810115").await.is(201).of("application");
    let page = format!("/verify/{application}");
    mo.get(&page).await.is(200).shows("Approve");
    petra.get("/verify").await.is(200).shows("Mo Adeyemi-Voss has it in hand");
    petra.get(&page).await.is(200).shows("Mo Adeyemi-Voss has this in hand").hides("Approve <kbd>");
    decide(&petra, &application, "approve", "shown-by-call", "").await.is(409);
    // After a quarter of an hour it is anybody's.
    house.advance(15 * 60_000 + 1);
    petra.get(&page).await.is(200).shows("Approve <kbd>");
    decide(&mo, &application, "approve", "shown-by-call", "").await.is(409);
    decide(&petra, &application, "approve", "shown-by-call", "").await.is(303);
    assert_eq!(house.count("select count(*) from in_hand").await, 0);
}

async fn nobody_is_left_without_a_way(house: &House) {
    let oyin = house.member("oyin").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    for way in [
        "My name has changed",
        "My papers are in another language",
        "I am a nurse",
        "I am in training",
        "I qualified a short time ago",
        "I have just moved",
        "My register is not in the list",
    ] {
        oyin.get("/application").await.is(200).shows(way);
    }
    let application = apply(&oyin, "9810115").await.is(201).of("application");
    oyin.get("/application").await.is(200).shows("A verifier answers by").shows("My name has changed");
    decide(&mo, &application, "refuse", "not-shown", "").await.is(303);
    oyin.get("/application").await.is(200).shows("Ask a second person to decide").shows("Apply again");
    oyin.form("/application/reply", &[("answer", "")]).await.is(422).shows("Write an answer");
    oyin.form("/application/reply", &[("answer", "Please look again.")]).await.is(303);
}
