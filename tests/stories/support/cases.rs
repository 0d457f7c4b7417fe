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
