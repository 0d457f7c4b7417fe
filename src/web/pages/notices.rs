//! `/notices`: notes on removed posts that one was shown, to be answered with one press.

use askama::Template;

use crate::web::form::{Choice, choices};
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/notices.html")]
pub struct NoticesPage {
    pub shell: Shell,
    /// What was just answered.
    pub notice: Option<String>,
    /// The open ones first.
    pub rows: Vec<Row>,
    /// Whom to ask.
    pub contact: String,
}

#[derive(Clone)]
pub struct Row {
    pub post: String,
    pub room: String,
    pub removed: Moment,
    pub shown: Option<Moment>,
    /// "I kept nothing"; empty while open.
    pub answer: &'static str,
    pub needs_help: bool,
}

impl NoticesPage {
    pub fn answers(&self) -> Vec<Choice> {
        choices(&crate::breach::ANSWERS)
    }

    pub fn sample() -> Self {
        let moment = |words: &str| Moment { iso: "2026-03-13T15:02:00Z".to_owned(), words: words.to_owned() };
        let row = |post: &str, room: &str, answer, needs_help| Row {
            post: post.to_owned(),
            room: room.to_owned(),
            removed: moment("20 minutes ago"),
            shown: Some(moment("today, 14:40")),
            answer,
            needs_help,
        };
        Self {
            shell: Shell { to_answer: 1, ..Shell::sample("Notes to you", Place::Elsewhere) },
            notice: None,
            rows: vec![
                row("p1", "Acute medicine", "", false),
                row("p2", "Renal", "I kept nothing", false),
                row("p3", "Renal", "I need help", true),
            ],
            contact: "dpo@demo.example".to_owned(),
        }
    }

    pub fn sample_empty() -> Self {
        Self {
            shell: Shell::sample("Notes to you", Place::Elsewhere),
            notice: Some("Thank you. Your answer is kept.".to_owned()),
            rows: vec![],
            ..Self::sample()
        }
    }
}
