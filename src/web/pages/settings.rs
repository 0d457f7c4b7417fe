//! `/settings`: passkeys, sessions, registration, interests, appearance, password.

use askama::Template;

use crate::disclosure;
use crate::web::form::{Choice, Field, Summary, choices};
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell, Theme};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/settings.html")]
pub struct SettingsPage {
    pub shell: Shell,
    /// The viewer's address, for the password manager.
    pub email: String,
    /// What was just done: "The passkey is gone. It opens nothing here any more."
    pub notice: Option<String>,
    pub passkeys: Vec<Passkey>,
    pub sessions: Vec<Session>,
    /// Empty for those who are not admitted.
    pub registration: Vec<Fact>,
    pub interests: Vec<Interest>,
    pub interest: InterestForm,
    pub password: PasswordForm,
}

pub struct Passkey {
    pub id: String,
    /// What it is called now.
    pub called: String,
    /// The field in which it is renamed.
    pub name: Field,
    pub added: Moment,
    pub used: Option<Moment>,
    /// The last way in cannot be removed.
    pub may_remove: bool,
}

pub struct Session {
    pub id: String,
    /// "Ward computer, Chrome".
    pub device: String,
    pub is_phone: bool,
    pub is_this: bool,
    pub is_shared: bool,
    pub used: Moment,
}

/// One fact of the registration, and whose word it is.
pub struct Fact {
    pub title: String,
    pub words: String,
    pub source: Source,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Register,
    /// The register said so, but the last look is too old.
    Due,
    /// A verifier is looking.
    Review,
    Member,
}

pub struct Interest {
    pub id: String,
    /// "Speaker fee".
    pub kind: String,
    pub organisation: String,
    pub detail: String,
    /// "under £1,000".
    pub band: String,
    pub year: String,
    /// Ended ones stay to be read.
    pub ended: Option<Moment>,
}

#[derive(Default)]
pub struct InterestForm {
    pub kind: Field,
    pub organisation: Field,
    pub detail: Field,
    pub band: Field,
    pub year: Field,
    pub problem: Option<String>,
}

#[derive(Default)]
pub struct PasswordForm {
    pub current: Field,
    pub new: Field,
    pub problem: Option<String>,
}

impl InterestForm {
    pub fn kinds(&self) -> Vec<Choice> {
        choices(disclosure::KINDS)
    }

    pub fn bands(&self) -> Vec<Choice> {
        choices(disclosure::BANDS)
    }

    pub fn is_open(&self) -> bool {
        self.problem.is_some() || !self.summary().fields.is_empty()
    }

    pub fn summary(&self) -> Summary {
        Summary::new(
            &self.problem,
            &[
                ("kind", "Kind", &self.kind),
                ("organisation", "Organisation", &self.organisation),
                ("detail", "What for", &self.detail),
                ("band", "How much", &self.band),
                ("year", "Year", &self.year),
            ],
        )
    }
}

impl PasswordForm {
    pub fn summary(&self) -> Summary {
        Summary::new(
            &self.problem,
            &[("current", "Current password", &self.current), ("new", "New password", &self.new)],
        )
    }
}

impl Source {
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Register => "seal",
            Self::Due => "sealold",
            Self::Review => "veil",
            Self::Member => "self",
        }
    }

    pub fn class(self) -> &'static str {
        match self {
            Self::Register => "is-ok",
            Self::Due => "is-confirm",
            Self::Review => "is-veil",
            Self::Member => "quiet",
        }
    }
}

impl SettingsPage {
    pub fn has_other_sessions(&self) -> bool {
        self.sessions.iter().any(|session| !session.is_this)
    }

    pub fn is_theme(&self, name: &str) -> bool {
        self.shell.theme == Theme::named(name)
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell { is_shared: true, ..Shell::sample("Settings", Place::Settings) },
            email: "t.oyelaran-reid@clinic.example".to_owned(),
            notice: None,
            passkeys: vec![
                Passkey {
                    id: "p1".to_owned(),
                    called: "My phone".to_owned(),
                    name: Field::typed("My phone"),
                    added: moment("12 July 2026"),
                    used: Some(moment("today, 07:40")),
                    may_remove: true,
                },
                Passkey {
                    id: "p2".to_owned(),
                    called: "Grey security key".to_owned(),
                    name: Field::typed("Grey security key"),
                    added: moment("3 November 2025"),
                    used: None,
                    may_remove: true,
                },
            ],
            sessions: vec![
                Session {
                    id: "s1".to_owned(),
                    device: "Ward computer, Chrome".to_owned(),
                    is_phone: false,
                    is_this: true,
                    is_shared: true,
                    used: moment("just now"),
                },
                Session {
                    id: "s2".to_owned(),
                    device: "Phone, Safari".to_owned(),
                    is_phone: true,
                    is_this: false,
                    is_shared: false,
                    used: moment("today, 07:40"),
                },
            ],
            registration: vec![
                Fact::sample(
                    "Confirmed by the register",
                    "GMC, full registration with licence. Checked today.",
                    Source::Register,
                ),
                Fact::sample("Specialty", "Acute internal medicine. Checked 12 days ago, due.", Source::Due),
                Fact::sample("Said by you", "Employer, years in practice.", Source::Member),
            ],
            interests: vec![
                Interest {
                    id: "i1".to_owned(),
                    kind: "Speaker fee".to_owned(),
                    organisation: "Norvane".to_owned(),
                    detail: "Two evening talks on hyponatraemia".to_owned(),
                    band: "under 1,000".to_owned(),
                    year: "2025".to_owned(),
                    ended: None,
                },
                Interest {
                    id: "i2".to_owned(),
                    kind: "Shares".to_owned(),
                    organisation: "Tarnbeck Devices".to_owned(),
                    detail: "Inherited".to_owned(),
                    band: "1,000 to 10,000".to_owned(),
                    year: "2023".to_owned(),
                    ended: Some(moment("2 February 2026")),
                },
            ],
            interest: InterestForm::default(),
            password: PasswordForm::default(),
        }
    }

    /// A new member: nothing yet.
    pub fn sample_empty() -> Self {
        let mut page = Self { passkeys: vec![], interests: vec![], ..Self::sample() };
        page.sessions.truncate(1);
        page
    }

    pub fn sample_refused() -> Self {
        Self {
            notice: Some("The passkey is gone. It opens nothing here any more.".to_owned()),
            interest: InterestForm {
                kind: Field::typed("consultancy"),
                organisation: Field::wrong("", "Name who pays: readers look for it."),
                detail: Field::typed("Advisory board"),
                band: Field::wrong("", "Choose a band."),
                year: Field::typed("2026"),
                problem: None,
            },
            password: PasswordForm {
                current: Field::default(),
                new: Field::wrong("", "This one has 9 characters. Use 15 or more."),
                problem: None,
            },
            ..Self::sample()
        }
    }
}

impl Fact {
    fn sample(title: &str, words: &str, source: Source) -> Self {
        Self { title: title.to_owned(), words: words.to_owned(), source }
    }
}

fn moment(words: &str) -> Moment {
    Moment { iso: "2026-03-12T16:00:00Z".to_owned(), words: words.to_owned() }
}
