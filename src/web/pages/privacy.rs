//! `/privacy`: the removals for confidentiality, for the data-protection officer.

use askama::Template;

use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/privacy.html")]
pub struct PrivacyPage {
    pub shell: Shell,
    /// Newest first.
    pub rows: Vec<Row>,
}

#[derive(Clone)]
pub struct Row {
    pub post: String,
    /// "Reply 3 in Renal".
    pub place: String,
    pub at: Moment,
    pub readers: usize,
    /// "Decided: no notification"; empty while nobody has.
    pub decided: String,
    /// "70 h left (GDPR)".
    pub left: String,
    /// Less than a third of the time is left.
    pub is_soon: bool,
}

impl PrivacyPage {
    pub fn undecided(&self) -> usize {
        self.rows.iter().filter(|row| row.decided.is_empty()).count()
    }

    pub fn sample() -> Self {
        let row = |post: &str, place: &str, words: &str, readers, decided: &str, left: &str, is_soon| Row {
            post: post.to_owned(),
            place: place.to_owned(),
            at: Moment { iso: "2026-03-13T15:02:00Z".to_owned(), words: words.to_owned() },
            readers,
            decided: decided.to_owned(),
            left: left.to_owned(),
            is_soon,
        };
        Self {
            shell: Shell { to_decide: 2, ..Shell::sample_officer("Breaches", Place::Privacy) },
            rows: vec![
                row("p1", "Reply 3 in Acute medicine", "12 minutes ago", 14, "", "71 h left (GDPR)", false),
                row("p2", "What started a thread in Renal", "2 days ago", 117, "", "11 h left (GDPR)", true),
                row(
                    "p3",
                    "Reply 1 in Dermatology",
                    "4 March 2026",
                    1,
                    "No notification; the reason is recorded",
                    "",
                    false,
                ),
            ],
        }
    }

    pub fn sample_empty() -> Self {
        Self { shell: Shell::sample_officer("Breaches", Place::Privacy), rows: vec![] }
    }
}
