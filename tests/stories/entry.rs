//! Coming in and leaving: the address, the password, the session, the fresh proof.

use crate::each_db;
use crate::support::{Answer, House, PASSWORD, Person, Plan, case};
use collegium::accounts::Role;
use collegium::base::clock::{HOUR, MINUTE};
use serde_json::json;
use std::time::Duration;

each_db!(
    an_address_is_confirmed_and_the_door_opens,
    nobody_is_told_who_has_an_account,
    after_ten_tries_the_password_pauses,
    an_ended_session_ends_everything_of_it,
    a_new_password_ends_the_other_sessions,
    a_cookie_that_was_planted_opens_nothing,
    quiet_sessions_run_out,
    busy_sessions_run_out,
    a_form_from_elsewhere_is_refused,
    a_line_from_elsewhere_is_refused_before_it_opens,
    the_cookie_is_kept_from_scripts,
    a_stale_proof_is_asked_for_again,
    the_first_administrator_is_made_once,
    a_refused_sign_up_comes_back_filled,
);
each_db!(Plan::https() => behind_tls_the_cookie_is_bound_to_the_host);
each_db!(Plan::strict() => a_real_house_asks_for_a_passkey);
each_db!(Plan::demo() => the_demo_shows_its_outbox_and_accounts);

/// The token in the mailed link.
async fn confirmation(house: &House, email: &str) -> String {
    let letters = house.letters_to(email).await;
    let (_, body) = letters.iter().find(|(subject, _)| subject == "Confirm your address").expect("a letter");
    let token = body.split("token=").nth(1).expect("a link").split_whitespace().next().expect("a token");
    token.to_owned()
}

async fn join(person: &Person) -> Answer {
    person.form("/join", &[("name", &person.name), ("email", &person.email), ("password", PASSWORD)]).await
}

async fn an_address_is_confirmed_and_the_door_opens(house: &House) {
    let ada = house.newcomer("ada");
    join(&ada).await.is(200).shows("ada@story.example");
    ada.sign_in().await.problem(422, "refused");
    let token = confirmation(house, &ada.email).await;
    let link = format!("/join/confirm?token={token}");
    // Mail scanners follow links.
    for _ in 0..3 {
        ada.get(&link).await.is(200).shows(&token);
    }
    ada.sign_in().await.problem(422, "refused");
    ada.form("/join/confirm", &[("token", &token)]).await.is(303);
    ada.form("/join/confirm", &[("token", &token)]).await.is(409);
    for wrong in ["", "x", "0000000000000000000000000.x", &format!("{token}x"), &token.replace('.', "x")] {
        ada.form("/join/confirm", &[("token", wrong)]).await.is(409);
    }
    let who = ada.sign_in().await.is(201).json();
    assert_eq!((&who["name"], &who["clinician"]), (&json!("Ada Marchetti-Wren"), &json!(false)));
    ada.get("/").await.is(303);
    ada.get("/application").await.is(200);
}

async fn nobody_is_told_who_has_an_account(house: &House) {
    let ada = house.member("ada").await;
    let nobody = house.newcomer("bram");
    let waiting = house.newcomer("chioma");
    join(&waiting).await.is(200);
    let wrong = ada.at_another_device().sign_in_with("not the password of ada").await.problem(422, "refused");
    let unknown = nobody.sign_in_with("not the password of ada").await.problem(422, "refused");
    let unconfirmed = waiting.sign_in().await.problem(422, "refused");
    assert_eq!((wrong.text(), wrong.text()), (unknown.text(), unconfirmed.text()));
    // Signing up with an address that has an account says the same, and its owner is told.
    let known = house
        .stranger()
        .form("/join", &[("name", "Mallory Vane"), ("email", "ADA@story.example"), ("password", PASSWORD)])
        .await
        .is(200);
    let new = join(&nobody).await.is(200);
    assert_eq!(known.text().replace("ADA@story.example", "…"), new.text().replace("bram@story.example", "…"));
    let letters = house.letters_to("ada@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "You have an account already"), "{letters:?}");
    assert_eq!(house.count("select count(*) from accounts where email_key = 'ada@story.example'").await, 1);
    assert_eq!(house.count("select count(*) from accounts where name = 'Mallory Vane'").await, 0);
}

async fn after_ten_tries_the_password_pauses(house: &House) {
    let ada = house.member("ada").await;
    let bram = house.member("bram").await;
    let guesser = ada.at_another_device();
    for tried in 0..10 {
        let told = guesser.sign_in_with("a wrong password again").await.problem(422, "refused").text();
        assert!(told.contains("left before") || tried == 9, "{told}");
    }
    let paused = guesser.sign_in().await.problem(429, "too-many");
    assert!(paused.header("retry-after").parse::<i64>().is_ok_and(|seconds| (1..=901).contains(&seconds)), "{paused}");
    let form = [("email", "ada@story.example"), ("password", PASSWORD), ("next", "/settings")];
    guesser.form("/sign-in", &form).await.is(429).shows("ada@story.example");
    // The open session goes on, a passkey would open the door, and nobody else is held up.
    ada.get("/settings").await.is(200);
    guesser.send("POST", "/sign-in/passkey/start", &json!({})).await.is(200).shows("challenge");
    bram.at_another_device().sign_in().await.is(201);
    house.advance(15 * MINUTE);
    guesser.sign_in().await.is(201);
}

/// The ids of the sessions that the settings offer to end.
async fn sessions(person: &Person) -> Vec<String> {
    let page = person.get("/settings").await.is(200).text();
    let mut ids: Vec<String> = page
        .split("/settings/sessions/")
        .skip(1)
        .filter_map(|part| part.split('/').next())
        .filter(|id| id.len() == 25)
        .map(str::to_owned)
        .collect();
    ids.dedup();
    ids
}

async fn an_ended_session_ends_everything_of_it(house: &House) {
    let ada = house.clinician("ada").await;
    let bram = house.clinician("bram").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let phone = ada.at_another_device();
    phone.sign_in().await.is(201);
    let mut line = phone.watch(&thread, 0).await;
    let mut own = ada.watch(&thread, 0).await;
    let others = sessions(&ada).await;
    assert_eq!(others.len(), 1, "the other session is listed: {others:?}");
    // Somebody else's session is nobody's.
    bram.form(&format!("/settings/sessions/{}/end", others[0]), &[]).await.is(404);
    phone.get("/").await.is(200);
    ada.form(&format!("/settings/sessions/{}/end", others[0]), &[]).await.is(303);
    assert_eq!(line.closes_within(Duration::from_secs(1)).await, Some(4401), "the line ends within a second");
    phone.get("/api/v1/rooms").await.problem(401, "sign-in");
    phone.get("/").await.is(303);
    assert_eq!(phone.line().await.err(), Some(401));
    assert_eq!(own.closes_within(Duration::from_millis(300)).await, None, "one's own line goes on");
    ada.get("/").await.is(200);
    // Signing out does the same.
    ada.form("/sign-out", &[]).await.is(303);
    assert_eq!(own.closes_within(Duration::from_secs(1)).await, Some(4401));
}

async fn a_new_password_ends_the_other_sessions(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let phone = ada.at_another_device();
    phone.sign_in().await.is(201);
    let mut line = phone.watch(&thread, 0).await;
    let change = |current: &'static str, new: &'static str| [("current", current), ("new", new)];
    ada.form("/settings/password", &change("not the current one", "violet anchor mild reed")).await.is(422);
    ada.form("/settings/password", &change(PASSWORD, "short")).await.is(422);
    ada.form("/settings/password", &change(PASSWORD, "ada@story.example")).await.is(422);
    phone.get("/").await.is(200);
    ada.form("/settings/password", &change(PASSWORD, "violet anchor mild reed")).await.is(303);
    assert_eq!(line.closes_within(Duration::from_secs(1)).await, Some(4401));
    phone.get("/api/v1/rooms").await.problem(401, "sign-in");
    ada.get("/").await.is(200);
    phone.sign_in().await.problem(422, "refused");
    phone.sign_in_with("violet anchor mild reed").await.is(201);
}

async fn a_cookie_that_was_planted_opens_nothing(house: &House) {
    let ada = house.member("ada").await;
    let planted = "sid=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let victim = ada.at_another_device();
    victim.set_cookie(Some(planted.to_owned()));
    victim.sign_in().await.is(201);
    assert_ne!(victim.cookie().as_deref(), Some(planted), "the session has a name of its own");
    let attacker = ada.at_another_device();
    attacker.set_cookie(Some(planted.to_owned()));
    attacker.get("/settings").await.is(303);
    let before = ada.cookie();
    ada.sign_in().await.is(201);
    assert_ne!(ada.cookie(), before);
    // What lies in the tables opens nothing either.
    let hash: String = sqlx::query_scalar("select token_hash from sessions order by created_at limit 1")
        .fetch_one(&mut *house.log().reader().await.unwrap())
        .await
        .unwrap();
    for thief in [hash.clone(), hash[..43].to_owned(), String::new(), "'; --".to_owned()] {
        attacker.set_cookie(Some(format!("sid={thief}")));
        attacker.get("/settings").await.is(303);
    }
}

async fn quiet_sessions_run_out(house: &House) {
    let ada = house.member("ada").await;
    let shared = ada.at_another_device();
    shared.form("/sign-in", &[("email", &ada.email), ("password", PASSWORD), ("shared", "yes")]).await.is(303);
    house.advance(5 * MINUTE);
    shared.get("/settings").await.is(200);
    house.advance(7 * MINUTE);
    shared.get("/settings").await.is(303);
    ada.get("/settings").await.is(200);
    house.advance(59 * MINUTE);
    ada.get("/settings").await.is(200);
    house.advance(61 * MINUTE);
    let sent = ada.get("/settings").await.is(303);
    assert_eq!(sent.location(), "/sign-in?next=%2Fsettings");
}

async fn busy_sessions_run_out(house: &House) {
    let ada = house.member("ada").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    for half_hours in 1..=48 {
        house.advance(HOUR / 2);
        let (wanted_ada, wanted_mo) =
            (if half_hours < 48 { 200 } else { 303 }, if half_hours < 24 { 200 } else { 303 });
        ada.get("/settings").await.is(wanted_ada);
        mo.get("/settings").await.is(wanted_mo);
    }
}

async fn a_form_from_elsewhere_is_refused(house: &House) {
    let ada = house.member("ada").await;
    let own = ada.origin().to_owned();
    let evil: &[&[(&str, &str)]] = &[
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "")],
        &[],
        &[("sec-fetch-site", "cross-site"), ("origin", &own)],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "http://localhost:1")],
        &[("origin", "http://localhost.evil.example")],
    ];
    for headers in evil {
        let mut headers = headers.to_vec();
        headers.push(("content-type", "application/x-www-form-urlencoded"));
        let refused = ada.ask("POST", "/settings/theme", &headers, "theme=dark").await.is(403);
        assert!(refused.header("set-cookie").is_empty());
        ada.ask("POST", "/sign-out", &headers, "").await.is(403);
    }
    assert_eq!(house.count("select count(*) from accounts where theme = 'dark'").await, 0);
    // What a browser can send across sites without asking is no JSON.
    let headers = [("content-type", "text/plain"), ("origin", "https://evil.example")];
    ada.ask("POST", "/api/v1/applications", &headers, "{}").await.problem(403, "not-allowed");
    for headers in [vec![("origin", own.as_str())], vec![("sec-fetch-site", "same-origin"), ("origin", &own)]] {
        let mut headers = headers.clone();
        headers.push(("content-type", "application/x-www-form-urlencoded"));
        ada.ask("POST", "/settings/theme", &headers, "theme=dark").await.is(303);
    }
    assert_eq!(house.count("select count(*) from accounts where theme = 'dark'").await, 1);
}

async fn a_line_from_elsewhere_is_refused_before_it_opens(house: &House) {
    let ada = house.clinician("ada").await;
    for origin in [Some("https://evil.example"), Some("null"), Some(""), None] {
        assert_eq!(ada.line_from(origin).await.err(), Some(403), "{origin:?}");
    }
    assert_eq!(house.stranger().line().await.err(), Some(401));
    assert!(ada.line().await.is_ok());
}

async fn the_cookie_is_kept_from_scripts(house: &House) {
    let ada = house.member("ada").await;
    let set = ada.sign_in().await.header("set-cookie").to_owned();
    assert!(set.starts_with("sid="), "{set}");
    for flag in ["; Path=/", "; HttpOnly", "; SameSite=Lax"] {
        assert!(set.contains(flag), "{set}");
    }
    assert!(!set.contains("Secure") && !set.contains("Domain"), "{set}");
    let gone = ada.form("/sign-out", &[]).await.is(303);
    assert!(gone.header("set-cookie").contains("Max-Age=0"), "{gone}");
    assert!(gone.header("clear-site-data").contains("cache"), "{gone}");
}

async fn behind_tls_the_cookie_is_bound_to_the_host(house: &House) {
    let ada = house.clinician("ada").await;
    let answer = ada.sign_in().await;
    let set = answer.header("set-cookie").to_owned();
    assert!(set.starts_with("__Host-sid="), "{set}");
    for flag in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(set.contains(flag), "{set}");
    }
    assert!(answer.header("strict-transport-security").contains("max-age=63072000"), "{answer}");
    // A cookie without the prefix could have been planted by a neighbour.
    let planted = ada.at_another_device();
    planted.set_cookie(ada.cookie().map(|pair| pair.replace("__Host-sid", "sid")));
    planted.get("/settings").await.is(303);
    assert!(ada.line().await.is_ok());
}

async fn a_stale_proof_is_asked_for_again(house: &House) {
    let rhea = house.staff("rhea", &[Role::Admin]).await;
    let ada = house.member("ada").await;
    let roles = format!("/admin/accounts/{}/roles", ada.id());
    let grant = [("role", "verifier"), ("action", "grant")];
    house.advance(10 * MINUTE);
    let sent = rhea.form(&roles, &grant).await.is(303);
    assert!(sent.location().starts_with("/step-up?next="), "{sent}");
    assert_eq!(house.count("select count(*) from roles where role = 'verifier'").await, 0);
    rhea.form("/step-up", &[("password", "not the password"), ("next", "/admin")]).await.is(422);
    let on = rhea.form("/step-up", &[("password", PASSWORD), ("next", "https://evil.example")]).await.is(303);
    assert_eq!(on.location(), "/", "it leads to no other house");
    rhea.form(&roles, &grant).await.is(303);
    assert_eq!(house.count("select count(*) from roles where role = 'verifier'").await, 1);
    // Nobody gives a role to themselves, and the last administrator stays.
    rhea.form(&format!("/admin/accounts/{}/roles", rhea.id()), &[("role", "moderator"), ("action", "grant")])
        .await
        .is(409);
    rhea.form(&format!("/admin/accounts/{}/roles", rhea.id()), &[("role", "admin"), ("action", "revoke")])
        .await
        .is(409);
    rhea.form(&format!("/admin/accounts/{}/suspension", rhea.id()), &[("action", "suspend")]).await.is(409);
}

async fn a_real_house_asks_for_a_passkey(house: &House) {
    let ada = house.clinician("ada").await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok();
    ines.remove(&thread.of("post"), "confidentiality").await.problem(403, "step-up");
    ines.form("/step-up", &[("password", PASSWORD), ("next", "/")]).await.is(303);
    ines.remove(&thread.of("post"), "confidentiality").await.problem(403, "step-up");
    ada.read(&thread.of("thread")).await.ok().shows("breathlessness");
    house.stranger().get("/demo/outbox").await.is(404);
}

async fn the_first_administrator_is_made_once(house: &House) {
    let link = house.running().first_admin_link().await.unwrap().expect("there is none yet");
    let path = link.strip_prefix(house.stranger().origin()).expect("our own address").to_owned();
    let token = path.split("token=").nth(1).expect("a token").to_owned();
    let rhea = house.newcomer("rhea");
    rhea.get(&path).await.is(200);
    rhea.get("/first-administrator?token=wrong").await.is(404);
    let fields = |token: &str, password: &str| {
        [("token", token), ("name", "Rhea Lindqvist-Obi"), ("email", "rhea@story.example"), ("password", password)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let send = async |fields: [(String, String); 4]| {
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        rhea.form("/first-administrator", &pairs).await
    };
    send(fields("wrong", PASSWORD)).await.is(404);
    send(fields(&token, "short")).await.is(422).shows("rhea@story.example");
    send(fields(&token, PASSWORD)).await.is(303);
    send(fields(&token, PASSWORD)).await.is(404);
    rhea.get(&path).await.is(404);
    assert_eq!(house.running().first_admin_link().await.unwrap(), None);
    rhea.sign_in().await.is(201);
    rhea.get("/admin").await.is(200);
}

async fn a_refused_sign_up_comes_back_filled(house: &House) {
    let stranger = house.stranger();
    let back = stranger
        .form("/join", &[("name", "Ada & Co"), ("email", "not an address"), ("password", "short")])
        .await
        .is(422);
    assert!(back.has("not an address") && back.has("Ada &#38; Co"), "{back}");
    assert!(!back.has("value=\"short\""), "a password never comes back");
    assert_eq!(house.count("select count(*) from accounts where name like 'Ada%'").await, 0);
}

async fn the_demo_shows_its_outbox_and_accounts(house: &House) {
    let ada = house.newcomer("ada");
    join(&ada).await.is(200);
    house.caught_up().await;
    house.stranger().get("/demo/outbox").await.is(200).shows("Confirm your address").shows("/join/confirm?token=");
    house.stranger().get("/sign-in").await.is(200).shows(PASSWORD);
}
