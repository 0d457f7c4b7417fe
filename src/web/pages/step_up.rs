//! `/step-up`: a fresh proof of presence before a grave act.

use askama::Template;

use crate::web::form::{Field, Summary};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/step_up.html")]
pub struct StepUpPage {
    pub shell: Shell,
    /// The viewer's address, for the password manager.
    pub email: String,
    /// Where to go afterwards; a path of ours.
    pub next: String,
    /// What is about to be done, as the end of a sentence: "remove a post for good".
    pub deed: Option<String>,
    /// How long the proof lasts: "5 minutes".
    pub lasts: String,
    pub has_passkey: bool,
    pub may_use_password: bool,
    pub password: Field,
    pub problem: Option<String>,
}

impl StepUpPage {
    pub fn summary(&self) -> Summary {
        Summary::new(&self.problem, &[("password", "Password", &self.password)])
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample_staff("Show that it is you", Place::Elsewhere),
            email: "ines@demo.example".to_owned(),
            next: "/moderation".to_owned(),
            deed: Some("remove a post for good".to_owned()),
            lasts: "5 minutes".to_owned(),
            has_passkey: true,
            may_use_password: true,
            password: Field::default(),
            problem: None,
        }
    }

    pub fn sample_refused() -> Self {
        Self {
            password: Field::wrong("", "This is not your password. 4 tries left before a 15-minute pause."),
            ..Self::sample()
        }
    }

    /// Neither way is open: a member of staff without a passkey.
    pub fn sample_no_way() -> Self {
        Self { has_passkey: false, may_use_password: false, ..Self::sample() }
    }
}
