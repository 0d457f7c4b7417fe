//! Texts that pass the check, as the API takes them.

use serde_json::{Value, json};

/// A case about nobody.
pub fn case(title: &str) -> Value {
    json!({
        "kind": "case",
        "basis": "invented",
        "title": title,
        "presentation": "An adult with breathlessness on exertion and swollen ankles.",
        "history": "Hypertension, treated for years.",
        "findings": "Raised venous pressure, a third heart sound.",
        "investigations": "Natriuretic peptide raised. Potassium normal.",
        "question": "Would you start spironolactone at once or titrate the ramipril first?",
        "disclosure": { "statement": "none" },
    })
}

/// A question without a patient.
pub fn question(title: &str, words: &str) -> Value {
    json!({ "kind": "question", "title": title, "question": words, "disclosure": { "statement": "none" } })
}

/// A reply from experience.
pub fn reply(body: &str) -> Value {
    json!({ "body": body, "ground": "experience", "disclosure": { "statement": "none" } })
}

/// A case whose details together could identify, with consent documented: it is held.
pub fn recognisable() -> Value {
    let mut told = case("Fever after a bite");
    told["basis"] = json!("consent");
    told["consent_note"] = json!("Written consent for this network, signed in March 2026, in the hospital's notes.");
    told["presentation"] = json!(
        "A 24-year-old patient, a diver from a small island, admitted this morning with fever. The bite was in the news."
    );
    told
}
