//! `/help`: how the house works, its rules, what it keeps.

use askama::Template;

use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/help.html")]
pub struct HelpPage {
    pub shell: Shell,
    /// Where to write to a person.
    pub contact: String,
}

impl HelpPage {
    pub fn sample() -> Self {
        Self { shell: Shell::sample("Help", Place::Help), contact: "house@society.example".to_owned() }
    }

    pub fn sample_outside() -> Self {
        Self { shell: Shell::sample_outside("Help", Place::Help), ..Self::sample() }
    }
}
