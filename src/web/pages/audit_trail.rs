//! `/moderation/audit?before=`: what moderators and the house did, in the order in which it was done.

use askama::Template;

use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/audit_trail.html")]
pub struct AuditTrailPage {
    pub shell: Shell,
    /// Newest first.
    pub rows: Vec<AuditRow>,
    /// The value for `?before=`.
    pub older: Option<String>,
}

#[derive(Clone)]
pub struct AuditRow {
    pub seq: i64,
    pub at: Moment,
    /// "I. Calder-Moss", "The house".
    pub actor: String,
    /// "Removed a post".
    pub act: String,
    /// "confidentiality"; may be empty.
    pub code: String,
    pub subject: String,
    /// Where the subject can be seen; may be empty.
    pub href: String,
}

impl AuditTrailPage {
    pub fn sample() -> Self {
        let row = |seq, words: &str, actor: &str, act: &str, code: &str| AuditRow {
            seq,
            at: Moment { iso: "2026-03-13T15:02:00Z".to_owned(), words: words.to_owned() },
            actor: actor.to_owned(),
            act: act.to_owned(),
            code: code.to_owned(),
            subject: "019a5c2e-0000-7000-8000-000000000004".to_owned(),
            href: "/moderation/019a5c2e-0000-7000-8000-000000000004".to_owned(),
        };
        Self {
            shell: Shell::sample_staff("What moderators did", Place::Moderation),
            rows: vec![
                row(4219, "just now", "I. Calder-Moss", "Removed a post", "confidentiality"),
                row(4214, "2 minutes ago", "I. Calder-Moss", "Opened a hidden post", ""),
                row(4213, "3 minutes ago", "The house", "Hid a post", "confidentiality"),
                row(4212, "3 minutes ago", "A member", "Flagged a post", "confidentiality"),
            ],
            older: Some("4212".to_owned()),
        }
    }

    pub fn sample_empty() -> Self {
        Self { rows: vec![], older: None, ..Self::sample() }
    }
}
