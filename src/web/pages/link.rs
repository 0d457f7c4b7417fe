//! `/link`: what a one-time link opens that went to a published address. `/application/provider/{code}`: on the way to a
//! provider.

use askama::Template;

use crate::web::pages::application::ApplicationPage;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/link.html")]
pub struct LinkPage {
    pub shell: Shell,
    pub token: String,
    pub opens: Opens,
    pub problem: Option<String>,
}

/// For whom the link was opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// Used, run out, or none.
    Nothing,
    /// The applicant, signed in.
    Own,
    /// Nobody is signed in, or somebody else.
    Other,
    /// Denied just now.
    Denied,
}

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/provider.html")]
pub struct ProviderPage {
    pub shell: Shell,
    pub name: String,
    pub url: String,
}

impl LinkPage {
    pub fn sample() -> Self {
        Self {
            shell: Shell { title: "A link".to_owned(), ..ApplicationPage::sample().shell },
            token: "t".to_owned(),
            opens: Opens::Own,
            problem: None,
        }
    }

    pub fn sample_other() -> Self {
        Self {
            opens: Opens::Other,
            problem: Some("This link belongs to another account.".to_owned()),
            ..Self::sample()
        }
    }

    pub fn sample_nothing() -> Self {
        Self { opens: Opens::Nothing, ..Self::sample() }
    }

    pub fn sample_denied() -> Self {
        Self { opens: Opens::Denied, ..Self::sample() }
    }
}

impl ProviderPage {
    pub fn sample() -> Self {
        Self {
            shell: Shell { title: "On to the Society's Card".to_owned(), ..ApplicationPage::sample().shell },
            name: "The Society's Card".to_owned(),
            url: "https://sign-in.example.org/authorize?state=s".to_owned(),
        }
    }
}
