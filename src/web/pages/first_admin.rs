//! `/first-administrator`: the first person in a new house, let in by the token its operator was given.

use askama::Template;

use crate::web::form::{Field, Summary};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/first_admin.html")]
pub struct FirstAdminPage {
    pub shell: Shell,
    pub token: Field,
    pub name: Field,
    pub email: Field,
    pub password: Field,
    pub problem: Option<String>,
}

impl FirstAdminPage {
    pub fn summary(&self) -> Summary {
        Summary::new(
            &self.problem,
            &[
                ("token", "Token", &self.token),
                ("name", "Your name", &self.name),
                ("email", "E-mail", &self.email),
                ("password", "Password", &self.password),
            ],
        )
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell { demo: false, ..Shell::sample_outside("First administrator", Place::Elsewhere) },
            token: Field::typed("7F2K-9QWD-31XV"),
            name: Field::default(),
            email: Field::default(),
            password: Field::default(),
            problem: None,
        }
    }

    pub fn sample_refused() -> Self {
        Self {
            token: Field::wrong(
                "7F2K",
                "This token opens nothing. It is printed once when the house first starts, and works for an hour.",
            ),
            name: Field::typed("Rhea Lindqvist-Obi"),
            email: Field::typed("rhea@society.example"),
            password: Field::wrong("", "This one has 9 characters. Use 15 or more."),
            ..Self::sample()
        }
    }
}
