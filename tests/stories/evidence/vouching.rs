//! Members who answer for an applicant.

use super::apply;
use crate::each_db;
use crate::support::{Answer, House, Person, Plan};
use collegium::accounts::Role;
use collegium::base::clock::{DAY, HOUR};
use serde_json::json;

each_db!(Plan { more: VOUCHING, ..Plan::default() } => two_members_vouch, a_false_vouch_sets_the_others_aside);

const VOUCHING: &str = "[admission.vouch]\ndays = 30\nper_year = 2\n";

/// Gives a member the address of another institution.
async fn at_institution(house: &House, person: &Person, domain: &str) {
    let mut tx = house.log().write(collegium::log::Actor::House).await.unwrap();
    sqlx::query("update accounts set email = $1 where account_id = $2")
        .bind(format!("{}@{domain}", person.key))
        .bind(person.id())
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit_quietly("a story moves somebody").await.unwrap();
}

async fn vouch(person: &Person, application: &str) -> Answer {
    person.send("POST", &format!("/api/v1/applications/{application}/vouches"), &json!({ "sure": true })).await
}

async fn two_members_vouch(house: &House) {
    let [ada, bram, farah] = house.clinicians(["ada", "bram", "farah"]).await;
    let oyin = house.member("oyin").await;
    let mo = house.clinician_who("mo", &[Role::Verifier]).await;
    let application = apply(&oyin).await;
    oyin.get("/application/evidence").await.is(200).shows(&format!("/vouch/{application}"));
    // Too young.
    vouch(&ada, &application).await.problem(409, "may-not-vouch");
    ada.get(&format!("/vouch/{application}")).await.is(200).shows("a member for 30 days");
    house.advance(31 * DAY);
    for person in [&ada, &bram, &farah, &oyin, &mo] {
        person.sign_in().await.is(201);
    }
    let page = format!("/vouch/{application}");
    ada.get(&page).await.is(200).shows("Do you know Oyin Farrow-Adair?").shows("I know this person");
    ada.form(&page, &[]).await.is(422).shows("Tick that you know them");
    ada.form(&page, &[("sure", "yes")]).await.is(303);
    ada.form(&page, &[("sure", "yes")]).await.is(422).shows("vouched for them already");
    // One alone is nothing; the second comes from another institution.
    vouch(&bram, &application).await.problem(409, "may-not-vouch");
    at_institution(house, &bram, "other.example").await;
    ada.get("/").await.is(200).hides("You can still take it back");
    vouch(&bram, &application).await.is(204);
    vouch(&farah, &application).await.problem(409, "may-not-vouch");
    // Both are told, here and by mail.
    for person in [&ada, &bram] {
        person.get("/").await.is(200).shows("You can still take it back");
        person.get("/vouches").await.is(200).shows("Oyin Farrow-Adair").shows("Take it back");
    }
    let letters = house.letters_to("ada@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "You and a colleague have vouched"), "{letters:?}");
    // Nobody is in by it; a verifier sees both names; one who vouched does not decide.
    oyin.get("/api/v1/rooms").await.problem(401, "sign-in");
    mo.get(&format!("/verify/{application}")).await.is(200).shows("Ada Marchetti-Wren").shows("Colleagues vouch");
    // Taken back within 72 hours; then it is too late for the other.
    let id = house.text("select evidence_id from evidence_vouches where domain = 'story.example'").await;
    bram.form(&format!("/vouches/{id}/retraction"), &[]).await.is(404);
    house.advance(71 * HOUR);
    for person in [&ada, &bram, &mo, &oyin] {
        person.sign_in().await.is(201);
    }
    ada.form(&format!("/vouches/{id}/retraction"), &[]).await.is(303);
    ada.form(&format!("/vouches/{id}/retraction"), &[]).await.is(409);
    mo.get(&format!("/verify/{application}")).await.is(200).shows("Taken back");
    house.advance(2 * HOUR);
    bram.sign_in().await.is(201);
    let his = house.text("select evidence_id from evidence_vouches where domain = 'other.example'").await;
    bram.form(&format!("/vouches/{his}/retraction"), &[]).await.is(409);
    // Two in a year are enough here.
    let nils = house.member("nils").await;
    let second = apply(&nils).await;
    vouch(&bram, &second).await.is(204);
    let petra = house.member("petra").await;
    let third = apply(&petra).await;
    vouch(&bram, &third).await.problem(409, "may-not-vouch");
    vouch(&oyin, &third).await.problem(401, "sign-in");
}

async fn a_false_vouch_sets_the_others_aside(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    at_institution(house, &bram, "other.example").await;
    let [oyin, nils] = [house.member("oyin").await, house.member("nils").await];
    house.advance(31 * DAY);
    for person in [&ada, &bram, &oyin, &nils, &mo] {
        let at = if person.key == "bram" { "bram@other.example" } else { &person.email };
        person.send("POST", "/api/v1/session", &json!({ "email": at, "password": crate::support::PASSWORD })).await;
        if person.key != "bram" {
            person.sign_in().await.is(201);
        }
    }
    house.read_register(|_| collegium::registers::Status::Active).await;
    let (first, second) = (apply(&oyin).await, apply(&nils).await);
    for application in [&first, &second] {
        vouch(&ada, application).await.is(204);
    }
    bram.sign_in().await;
    vouch(&bram, &first).await.is(204);
    let approve = [("decision", "approve"), ("reason", "known-to-verifier")];
    mo.form(&format!("/verify/{first}"), &approve).await.is(303);
    // Who was vouched for does not vouch.
    house.advance(31 * DAY);
    oyin.sign_in().await.is(201);
    vouch(&oyin, &second).await.problem(409, "may-not-vouch");
    mo.sign_in().await.is(201);
    let lie = house
        .text(
            "select v.evidence_id from evidence_vouches v join evidence e on e.evidence_id = v.evidence_id \
               join applications a on a.application_id = e.application_id \
               where a.state = 'sent' and v.domain = 'story.example'",
        )
        .await;
    mo.form(&format!("/verify/{second}/vouches/{lie}"), &[("act", "false")]).await.is(303);
    // Their other one is set aside, though that applicant is in: somebody looks again, and nobody is locked out unseen.
    mo.get(&format!("/verify/{first}")).await.is(200).shows("Set aside until somebody has looked");
    mo.get("/verify").await.is(200).shows("To look at again").shows("Oyin Farrow-Adair");
    oyin.get("/api/v1/rooms").await.is(200);
    ada.sign_in().await.is(201);
    vouch(&ada, &second).await.problem(409, "may-not-vouch");
    let frozen = house.text("select evidence_id from evidence where state = 'frozen'").await;
    mo.form(&format!("/verify/{first}/vouches/{frozen}"), &[("act", "stands")]).await.is(303);
    mo.get("/verify").await.is(200).hides("To look at again");
}
