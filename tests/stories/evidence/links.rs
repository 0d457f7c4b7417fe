//! Links to published addresses, and live checks.

use super::{apply, given, sweep};
use crate::each_db;
use crate::support::traces::everything;
use crate::support::{House, Person};
use collegium::accounts::Role;
use collegium::base::clock::{DAY, MINUTE};
use serde_json::json;

each_db!(
    a_link_to_a_published_address_counts_once,
    a_link_can_be_denied_and_runs_out,
    seen_live_and_a_link_let_one_in,
    a_call_is_asked_for_and_noted,
);

/// Sends a link for an application; the token in the letter.
pub async fn link(house: &House, verifier: &Person, application: &str, address: &str) -> String {
    let new = json!({ "address": address, "by": "employer", "published": "hospital.example/renal/staff" });
    verifier.send("POST", &format!("/api/v1/applications/{application}/links"), &new).await.is(201);
    let letters = house.letters_to(address).await;
    let (_, body) = letters.iter().rfind(|(subject, _)| subject == "Did you apply to join us?").expect("a letter");
    let token = body.split("/link?token=").nth(1).expect("a link").split_whitespace().next().expect("a token");
    token.to_owned()
}

async fn a_link_to_a_published_address_counts_once(house: &House) {
    let [oyin, nils] = [house.member("oyin").await, house.member("nils").await];
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let application = apply(&oyin).await;
    let at = format!("/api/v1/applications/{application}/links");
    for (field, wrong) in [("address", "nowhere"), ("address", "OYIN@story.example"), ("by", "me"), ("published", "")] {
        let mut new =
            json!({ "address": "oyin.farrow@hospital.example", "by": "register", "published": "its own page" });
        new[field] = json!(wrong);
        mo.send("POST", &at, &new).await.problem(422, "refused").refuses(field);
    }
    let form = [("address", "nowhere"), ("by", "register"), ("published", "its own page")];
    mo.form(&format!("/verify/{application}/links"), &form).await.is(422).shows("as it is published");
    let token = link(house, &mo, &application, "oyin.farrow@hospital.example").await;
    // No token lies in the tables.
    assert!(!everything(house).await.contains(token.split('.').nth(1).unwrap()));
    let page = format!("/link?token={token}");
    house.stranger().get(&page).await.is(200).shows("Did you apply here?").shows("I did not apply");
    oyin.get(&page).await.is(200).shows("This address is yours");
    // Following it by a scanner's look counts nothing; another account cannot use it, nor a changed token.
    assert_eq!(given(&oyin).await[0]["counts"], json!(false));
    nils.form("/link", &[("token", &token)]).await.is(409).shows("another account");
    house.stranger().form("/link", &[("token", &token)]).await.is(422);
    oyin.form("/link", &[("token", &format!("{token}x"))]).await.is(409);
    oyin.form("/link", &[("token", &token.replace(&token[..25], &"0".repeat(25)))]).await.is(409);
    oyin.form("/link", &[("token", &token)]).await.is(303);
    assert_eq!(given(&oyin).await[0]["counts"], json!(true));
    oyin.get("/application").await.is(200).shows("that the register or the employer publishes was followed");
    // Once.
    oyin.form("/link", &[("token", &token)]).await.is(409);
    house.stranger().form("/link/denial", &[("token", &token)]).await.is(409);
    oyin.get(&page).await.is(200).shows("This link is used up");
    assert_eq!(house.count("select count(*) from evidence_links where address <> ''").await, 0);
    // It is no sign of a person: nobody is in by it.
    oyin.get("/api/v1/rooms").await.problem(401, "sign-in");
    let own = mo
        .send(
            "POST",
            "/api/v1/applications",
            &json!({ "country": "GB", "register": "gmc", "profession": "physician",
        "number": "9810113", "registered_name": "Mo Adeyemi-Voss" }),
        )
        .await
        .is(201)
        .of("application");
    let new = json!({ "address": "a@hospital.example", "by": "employer", "published": "hospital.example" });
    mo.send("POST", &format!("/api/v1/applications/{own}/links"), &new).await.problem(403, "not-allowed");
}

async fn a_link_can_be_denied_and_runs_out(house: &House) {
    let [oyin, nils] = [house.member("oyin").await, house.member("nils").await];
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let petra = house.staff("petra", &[Role::Verifier]).await;
    let application = apply(&oyin).await;
    let token = link(house, &mo, &application, "o.farrow@hospital.example").await;
    house.stranger().form("/link/denial", &[("token", &token)]).await.is(200).shows("Thank you for telling us");
    oyin.form("/link", &[("token", &token)]).await.is(409);
    let desk = mo.get(&format!("/verify/{application}")).await.is(200);
    desk.shows("said that they did not apply");
    // A sign of fraud: with one more, two verifiers.
    let other = apply(&nils).await;
    let late = link(house, &petra, &other, "n.okafor@hospital.example").await;
    house.advance(14 * DAY + MINUTE);
    nils.sign_in().await.is(201);
    nils.form("/link", &[("token", &late)]).await.is(409);
    sweep(house).await;
    assert_eq!(given(&nils).await[0]["state"], json!("Ran out"));
    assert_eq!(house.count("select count(*) from evidence_links where address <> ''").await, 0);
}

async fn seen_live_and_a_link_let_one_in(house: &House) {
    let oyin = house.member("oyin").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let application = apply(&oyin).await;
    let at = format!("/api/v1/applications/{application}/live-checks");
    for (field, wrong) in
        [("how", "phone"), ("on", "yesterday"), ("on", "2026-11-22"), ("on", "2026-10-01"), ("on", "2026-02-30")]
    {
        let mut told = json!({ "how": "video", "on": "2026-11-21" });
        told[field] = json!(wrong);
        mo.send("POST", &at, &told).await.problem(422, "refused").refuses(field);
    }
    mo.send("POST", &at, &json!({ "how": "video", "on": "2026-11-21" })).await.is(204);
    oyin.get("/application/evidence").await.is(200).shows("By video, on 2026-11-21").hides("a real person:");
    oyin.get("/api/v1/rooms").await.problem(401, "sign-in");
    let token = link(house, &mo, &application, "oyin.farrow@hospital.example").await;
    oyin.form("/link", &[("token", &token)]).await.is(303);
    // By gate A2, without another word.
    oyin.get("/api/v1/rooms").await.is(200);
    let letters = house.letters_to("oyin@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "You are admitted"), "{letters:?}");
    mo.send("POST", &at, &json!({ "how": "video", "on": "2026-11-21" })).await.problem(409, "decided");
}

async fn a_call_is_asked_for_and_noted(house: &House) {
    let oyin = house.member("oyin").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    oyin.form("/application/evidence/call", &[]).await.is(409);
    let application = apply(&oyin).await;
    oyin.form("/application/evidence/call", &[]).await.is(303);
    oyin.form("/application/evidence/call", &[]).await.is(303);
    oyin.get("/application/evidence").await.is(200).shows("You have asked for one");
    mo.get(&format!("/verify/{application}")).await.is(200).shows("Waits for an answer");
    let note = [("how", "in-person"), ("on", "2026-11-20")];
    mo.form(&format!("/verify/{application}/live-checks"), &note).await.is(303);
    let all = given(&oyin).await;
    assert_eq!(all.as_array().unwrap().iter().filter(|one| one["counts"] == json!(true)).count(), 1, "{all}");
    oyin.get("/application/evidence").await.is(200).shows("Ask for a call").shows("In the same room, on 2026-11-20");
}
