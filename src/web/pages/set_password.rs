//! `/set-password?token=`: a new password, by the one-time link that an operator hands over.

use askama::Template;

use crate::web::form::Field;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/set_password.html")]
pub struct SetPasswordPage {
    pub shell: Shell,
    pub token: String,
    pub password: Field,
    /// The link is used up, too old or not ours.
    pub is_spent: bool,
}

impl SetPasswordPage {
    pub fn sample() -> Self {
        Self {
            shell: Shell { demo: false, ..Shell::sample_outside("A new password", Place::Elsewhere) },
            token: "c2FtcGxl".to_owned(),
            password: Field::default(),
            is_spent: false,
        }
    }

    pub fn sample_refused() -> Self {
        Self { password: Field::wrong("", "Use at least 15 characters; four random words do well."), ..Self::sample() }
    }

    pub fn sample_spent() -> Self {
        Self { is_spent: true, ..Self::sample() }
    }
}
