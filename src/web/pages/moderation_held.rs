//! `/moderation/held/{post}`: a text that waits before it is published. `POST …/release` publishes it; `POST …/return`
//! sends `reason` (recognisable, consent, other) and `note` and gives it back to its author.

use askama::Template;

use crate::moderation::RETURNS;
use crate::web::form::{Choice, Field, Summary, choices};
use crate::web::pages::exhibit::HistoryLine;
use crate::web::pages::held::{HeldLine, HeldPart};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/moderation_held.html")]
pub struct ModerationHeldPage {
    pub shell: Shell,
    pub line: HeldLine,
    pub author: String,
    /// The text with the check's findings in `<mark>`.
    pub parts: Vec<HeldPart>,
    /// "the publicity, the small community, the exact age".
    pub details: String,
    /// The cheapest change that would lower the band; may be empty.
    pub change: String,
    pub consent: String,
    /// "occupation kept; the author answered “…”".
    pub answers: Vec<String>,
    pub history: Vec<HistoryLine>,
    /// The moderator's own text: another one decides.
    pub is_own: bool,
    pub reason: Field,
    pub note: Field,
    pub problem: Option<String>,
}

impl ModerationHeldPage {
    pub fn reasons(&self) -> Vec<Choice> {
        choices(RETURNS)
    }

    pub fn summary(&self) -> Summary {
        Summary::new(&self.problem, &[("reason", "Reason", &self.reason), ("note", "To its author", &self.note)])
    }

    pub fn sample() -> Self {
        let line = HeldLine::sample();
        Self {
            shell: Shell::sample_staff("Waits before it is published", Place::Moderation),
            history: vec![HistoryLine { words: "Held before publishing".to_owned(), at: line.at.clone() }],
            line,
            author: "Dr Piet Lindqvist-Amoah".to_owned(),
            parts: HeldPart::samples(),
            details: "the publicity, the small community, the exact age".to_owned(),
            change: "Leave out that it was in public.".to_owned(),
            consent: "Written consent for this network, signed in March 2026, in the notes.".to_owned(),
            answers: vec!["facility kept; the author answered “It is a clinical term, not a name or place”".to_owned()],
            is_own: false,
            reason: Field::default(),
            note: Field::default(),
            problem: None,
        }
    }

    pub fn sample_refused() -> Self {
        Self {
            reason: Field::wrong("", "Choose why it is given back."),
            note: Field::typed("Was it for this network?"),
            ..Self::sample()
        }
    }

    pub fn sample_own() -> Self {
        Self { is_own: true, ..Self::sample() }
    }
}
