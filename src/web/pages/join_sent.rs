//! The answer to a sent `/join`: the same words for a known and an unknown address.

use askama::Template;

use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/join_sent.html")]
pub struct JoinSentPage {
    pub shell: Shell,
    pub email: String,
}

impl JoinSentPage {
    pub fn sample() -> Self {
        Self {
            shell: Shell::sample_outside("Look at your mail", Place::Elsewhere),
            email: "oyin.farrow-adair@clinic.example".to_owned(),
        }
    }
}
