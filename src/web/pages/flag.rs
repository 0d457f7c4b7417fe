//! `/posts/{id}/flag`: tell a moderator. `POST` sends `kind` (confidentiality, accuracy, unprofessional, interest,
//! other) and `note`.

use askama::Template;

use crate::web::form::{Field, Summary};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/flag.html")]
pub struct FlagPage {
    pub shell: Shell,
    pub post: String,
    pub thread: String,
    pub thread_title: String,
    /// "reply 3 by Dr Dalgleish-Mbeki".
    pub place: String,
    pub kind: Field,
    pub note: Field,
    pub problem: Option<String>,
}

impl FlagPage {
    /// The kinds, what they mean, and what follows.
    pub const KINDS: [(&'static str, &'static str, &'static str); 5] = [
        (
            "confidentiality",
            "Could identify a patient",
            "Hidden from everyone at once. A moderator looks first at these.",
        ),
        ("accuracy", "Could harm if followed", "A dose, a drug, a step that is wrong. Say which."),
        ("unprofessional", "Unprofessional", "About a patient, a colleague, or anyone."),
        ("interest", "An interest not declared", "Something the author stands to gain and did not say."),
        ("other", "Something else", "Say what in a line."),
    ];

    pub fn summary(&self) -> Summary {
        Summary::new(
            &self.problem,
            &[("kind-confidentiality", "What is it", &self.kind), ("note", "In a line", &self.note)],
        )
    }

    pub fn kinds(&self) -> [(&'static str, &'static str, &'static str); 5] {
        Self::KINDS
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample("Tell a moderator", Place::Rooms),
            post: "019a5c2e-0000-7000-8000-000000000003".to_owned(),
            thread: "019a5c2e-0000-7000-8000-0000000000aa".to_owned(),
            thread_title: "Sodium stuck at 124 ten days after stopping a thiazide".to_owned(),
            place: "reply 2 by Dr Yusuf Dalgleish-Mbeki".to_owned(),
            kind: Field::default(),
            note: Field::default(),
            problem: None,
        }
    }

    pub fn sample_refused() -> Self {
        Self {
            kind: Field::wrong("", "Choose what it is."),
            note: Field::wrong("", "Say what in a line, so that the moderator can look for it."),
            ..Self::sample()
        }
    }
}
