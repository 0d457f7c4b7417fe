//! `/join/confirm`: one button, so that a mail scanner that opens the link confirms nothing.

use askama::Template;

use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/confirm.html")]
pub struct ConfirmPage {
    pub shell: Shell,
    pub token: String,
    /// The link is used up, too old or not ours.
    pub is_spent: bool,
}

impl ConfirmPage {
    pub fn sample() -> Self {
        Self {
            shell: Shell::sample_outside("Confirm your address", Place::Elsewhere),
            token: "c2FtcGxlLXRva2Vu".to_owned(),
            is_spent: false,
        }
    }

    pub fn sample_spent() -> Self {
        Self { is_spent: true, ..Self::sample() }
    }
}
