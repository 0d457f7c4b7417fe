//! Evidence of the person: who sees what, what counts, what is left.

mod documents;
mod links;
mod vouching;

pub use links::link;

use crate::support::{Answer, House, Person};
use collegium::verification;
use serde_json::{Value, json};

pub async fn apply(person: &Person) -> String {
    let part = crate::support::part(&person.key);
    let claim = json!({ "country": "GB", "register": "gmc", "profession": "physician", "number": part.number(),
        "registered_name": part.name() });
    person.send("POST", "/api/v1/applications", &claim).await.is(201).of("application")
}

pub async fn given(person: &Person) -> Value {
    person.get("/api/v1/application/evidence").await.is(200).json()["given"].clone()
}

pub async fn judge(verifier: &Person, application: &str, evidence: &str, act: &str) -> Answer {
    verifier.form(&format!("/verify/{application}/documents/{evidence}"), &[("act", act)]).await
}

pub async fn sweep(house: &House) -> verification::Swept {
    verification::sweep(house.log(), &house.site().strongroom.vault).await.expect("swept")
}

pub async fn audit(house: &House) -> verification::Audited {
    verification::audit(house.log(), &house.site().strongroom.vault).await.expect("audited")
}
