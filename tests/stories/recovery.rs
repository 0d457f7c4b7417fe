//! The way back for somebody who lost password and passkey.

use crate::each_db;
use crate::support::House;
use collegium::auth::recovery;
use collegium::base::clock::MINUTE;

each_db!(a_handed_over_link_sets_a_password_once, a_link_grows_old);

const NEW: &str = "violet anchor mild reed";

async fn link(house: &House, email: &str) -> String {
    recovery::token(house.log(), &house.site().key, email).await.expect("a link")
}

async fn a_handed_over_link_sets_a_password_once(house: &House) {
    let ada = house.clinician("ada").await;
    let token = link(house, &ada.email).await;
    let other = link(house, &ada.email).await;
    let elsewhere = house.newcomer("eilis");
    elsewhere.get(&format!("/set-password?token={token}")).await.is(200).shows(&token);
    let set = |token: &str, password: &str| vec![("token", token.to_owned()), ("password", password.to_owned())];
    let send = async |fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        elsewhere.form("/set-password", &fields).await
    };
    send(set(&token, "short")).await.is(422).shows(&token);
    for wrong in ["", "x", &format!("{token}x"), &token.replacen('.', ".9", 1)] {
        send(set(wrong, NEW)).await.is(409);
    }
    ada.get("/").await.is(200);
    send(set(&token, NEW)).await.is(303);
    // Every session has ended, and no link that replaced the old password serves any more.
    ada.get("/").await.is(303);
    send(set(&token, NEW)).await.is(409);
    send(set(&other, NEW)).await.is(409);
    ada.sign_in().await.problem(422, "refused");
    ada.sign_in_with(NEW).await.is(201);
}

async fn a_link_grows_old(house: &House) {
    let ada = house.clinician("ada").await;
    let token = link(house, &ada.email).await;
    house.advance(31 * MINUTE);
    ada.form("/set-password", &[("token", &token), ("password", NEW)]).await.is(409);
    assert!(recovery::token(house.log(), &house.site().key, "nobody@story.example").await.is_err());
}
