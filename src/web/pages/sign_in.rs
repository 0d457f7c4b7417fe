//! `/sign-in`: by passkey, or by address and password.

use askama::Template;

use crate::web::form::{Field, Summary};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/sign_in.html")]
pub struct SignInPage {
    pub shell: Shell,
    pub email: Field,
    pub password: Field,
    /// "This is a shared computer."
    pub shared: bool,
    /// Where to go afterwards; a path of ours.
    pub next: String,
    /// What is wrong with the whole: unknown address and wrong password get the same words.
    pub problem: Option<String>,
    /// What happened before: signed out, session ended.
    pub notice: Option<String>,
    /// Only in the demo.
    pub demo_accounts: Vec<DemoAccount>,
}

pub struct DemoAccount {
    pub name: String,
    pub role: String,
    pub email: String,
    pub password: String,
}

impl SignInPage {
    pub const SIGNED_OUT: &str = "You are signed out. Nothing is kept on this device.";

    /// Said at `/sign-in?quiet`, where a shared computer ends.
    pub const QUIET: &str = "You were signed out after 5 quiet minutes.";

    pub fn summary(&self) -> Summary {
        Summary::new(&self.problem, &[("email", "E-mail", &self.email), ("password", "Password", &self.password)])
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample_outside("Sign in", Place::Elsewhere),
            email: Field::default(),
            password: Field::default(),
            shared: false,
            next: "/".to_owned(),
            problem: None,
            notice: None,
            demo_accounts: vec![
                DemoAccount::sample("Ada Marchetti", "clinician", "ada"),
                DemoAccount::sample("Ines Calder-Moss", "moderator", "ines"),
                DemoAccount::sample("Mo Adeyemi-Voss", "verifier", "mo"),
                DemoAccount::sample("Rhea Lindqvist-Obi", "administrator", "rhea"),
                DemoAccount::sample("Oyin Farrow-Adair", "applicant", "oyin"),
            ],
        }
    }

    pub fn sample_refused() -> Self {
        Self {
            email: Field::typed("t.oyelaran-reid@clinic.example"),
            shared: true,
            problem: Some(
                "That address and password do not belong together. 4 tries left before a 15-minute pause.".to_owned(),
            ),
            demo_accounts: vec![],
            ..Self::sample()
        }
    }

    pub fn sample_signed_out() -> Self {
        Self { notice: Some(Self::SIGNED_OUT.to_owned()), ..Self::sample() }
    }
}

impl DemoAccount {
    fn sample(name: &str, role: &str, mailbox: &str) -> Self {
        Self {
            name: name.to_owned(),
            role: role.to_owned(),
            email: format!("{mailbox}@demo.example"),
            password: "quiet ward at night".to_owned(),
        }
    }
}
