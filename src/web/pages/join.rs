//! `/join`: a name, an address, a password; then a mail.

use askama::Template;

use crate::web::form::{Field, Summary};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/join.html")]
pub struct JoinPage {
    pub shell: Shell,
    /// The name as colleagues will see it.
    pub name: Field,
    pub email: Field,
    pub password: Field,
    pub problem: Option<String>,
}

impl JoinPage {
    pub fn summary(&self) -> Summary {
        Summary::new(
            &self.problem,
            &[
                ("name", "Your name", &self.name),
                ("email", "E-mail", &self.email),
                ("password", "Password", &self.password),
            ],
        )
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample_outside("Apply to join", Place::Elsewhere),
            name: Field::default(),
            email: Field::default(),
            password: Field::default(),
            problem: None,
        }
    }

    pub fn sample_refused() -> Self {
        Self {
            name: Field::typed("Oyin Farrow-Adair"),
            email: Field::wrong("oyin.farrow-adair", "An address has an @ in it, as in name@clinic.example."),
            password: Field::wrong("", "This one has 9 characters. Use 15 or more."),
            ..Self::sample()
        }
    }
}
