//! `/admin`: members and their roles, rooms, the state of the machine.

use askama::Template;

use crate::web::form::{Field, Summary};
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/admin.html")]
pub struct AdminPage {
    pub shell: Shell,
    /// What was just done.
    pub notice: Option<String>,
    /// What could not be done, and why.
    pub problem: Option<String>,
    pub members: Vec<Member>,
    /// How many there are in all, of which `members` are the first.
    pub members_in_all: usize,
    pub rooms: Vec<Room>,
    pub room: RoomForm,
    pub facts: Vec<SystemFact>,
}

pub struct Member {
    pub id: String,
    pub name: String,
    pub email: String,
    pub standing: MemberStanding,
    pub is_verifier: bool,
    pub is_moderator: bool,
    pub is_admin: bool,
    pub is_privacy: bool,
    /// Nobody takes the keys from themselves.
    pub is_self: bool,
    pub joined: Moment,
    /// What was typed into the suspension form, if it was refused.
    pub reason: Field,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MemberStanding {
    /// An account, not yet verified.
    Applicant,
    /// Works here and is no clinician.
    Staff,
    Verified,
    /// In a grace period, or not attested.
    Reading,
    /// By the register, or in memory. Administrators neither pause nor lift this: verifiers do.
    Paused,
    /// By an administrator.
    Suspended,
}

pub struct Room {
    pub slug: String,
    pub name: String,
    pub description: String,
    pub threads: usize,
}

#[derive(Default)]
pub struct RoomForm {
    pub slug: Field,
    pub name: Field,
    pub description: Field,
    pub problem: Option<String>,
}

pub struct SystemFact {
    pub name: String,
    pub value: String,
    /// Something a person should look at.
    pub needs_a_look: bool,
}

/// A role as the form names it.
pub struct Role {
    pub code: &'static str,
    pub words: &'static str,
    pub is_held: bool,
}

impl MemberStanding {
    pub fn words(self) -> &'static str {
        match self {
            Self::Applicant => "Applicant",
            Self::Staff => "Staff",
            Self::Verified => "Verified",
            Self::Reading => "Reading only",
            Self::Paused => "Paused by the register",
            Self::Suspended => "Suspended",
        }
    }

    pub fn class(self) -> &'static str {
        match self {
            Self::Applicant | Self::Staff => "",
            Self::Verified => "is-ok",
            Self::Reading => "is-confirm",
            Self::Paused | Self::Suspended => "is-veil",
        }
    }

    pub fn glyph(self) -> &'static str {
        match self {
            Self::Applicant => "todo",
            Self::Staff => "free",
            Self::Verified => "seal",
            Self::Reading => "sealold",
            Self::Paused | Self::Suspended => "veil",
        }
    }
}

impl Member {
    pub fn roles(&self) -> [Role; 4] {
        [
            Role { code: "verifier", words: "verifier", is_held: self.is_verifier },
            Role { code: "moderator", words: "moderator", is_held: self.is_moderator },
            Role { code: "admin", words: "administrator", is_held: self.is_admin },
            Role { code: "privacy", words: "data-protection officer", is_held: self.is_privacy },
        ]
    }

    /// "verifier, moderator".
    pub fn roles_in_words(&self) -> String {
        let held: Vec<&str> = self.roles().iter().filter(|role| role.is_held).map(|role| role.words).collect();
        if held.is_empty() { "no role".to_owned() } else { held.join(", ") }
    }

    pub fn is_suspended(&self) -> bool {
        self.standing == MemberStanding::Suspended
    }
}

impl RoomForm {
    pub fn is_open(&self) -> bool {
        self.problem.is_some() || !self.summary().fields.is_empty()
    }

    pub fn summary(&self) -> Summary {
        Summary::new(
            &self.problem,
            &[
                ("room-name", "Name", &self.name),
                ("room-slug", "Address", &self.slug),
                ("room-description", "What it is for", &self.description),
            ],
        )
    }
}

impl AdminPage {
    pub fn sample() -> Self {
        Self {
            shell: Shell::sample_keeper("The house", Place::Admin),
            notice: Some("Ines Calder-Moss is now a moderator. She finds it in her masthead.".to_owned()),
            problem: None,
            members: vec![
                Member {
                    is_admin: true,
                    is_self: true,
                    ..Member::sample("a9", "Rhea Lindqvist-Obi", MemberStanding::Verified)
                },
                Member {
                    is_moderator: true,
                    is_verifier: true,
                    ..Member::sample("a2", "Ines Calder-Moss", MemberStanding::Verified)
                },
                Member::sample("a3", "Oyin Farrow-Adair", MemberStanding::Applicant),
                Member::sample("a4", "Bram Castellow-Ito", MemberStanding::Suspended),
                Member::sample("a5", "Noor Vance-Mukherjee", MemberStanding::Paused),
            ],
            members_in_all: 2140,
            rooms: vec![
                Room {
                    slug: "acute-medicine".to_owned(),
                    name: "Acute medicine".to_owned(),
                    description: "Cases, questions and teaching points.".to_owned(),
                    threads: 41,
                },
                Room { slug: "renal".to_owned(), name: "Renal".to_owned(), description: String::new(), threads: 0 },
            ],
            room: RoomForm::default(),
            facts: vec![
                SystemFact::sample("Version", "0.1.0", false),
                SystemFact::sample("Database", "SQLite 3.51.3", false),
                SystemFact::sample("Search", "embedded, 212 events behind", true),
                SystemFact::sample("Notices", "up to date", false),
                SystemFact::sample("Log", "48,211 events, chain whole", false),
            ],
        }
    }

    /// A new house: nobody but the administrator, no rooms.
    pub fn sample_empty() -> Self {
        let mut page = Self { rooms: vec![], notice: None, members_in_all: 1, ..Self::sample() };
        page.members.truncate(1);
        page
    }

    pub fn sample_refused() -> Self {
        let mut page = Self {
            notice: None,
            room: RoomForm {
                slug: Field::wrong(
                    "Quality & safety",
                    "Small letters, figures and hyphens only, as in quality-and-safety.",
                ),
                name: Field::wrong("", "A room needs a name."),
                description: Field::typed("Incidents, audits, what we changed."),
                problem: None,
            },
            ..Self::sample()
        };
        page.members[1].reason = Field::wrong("", "Say why: it is kept in the record, and the member is told.");
        page
    }
}

impl Member {
    fn sample(id: &str, name: &str, standing: MemberStanding) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            email: format!("{}@demo.example", name.split(' ').next().unwrap_or_default().to_lowercase()),
            standing,
            is_verifier: false,
            is_moderator: false,
            is_admin: false,
            is_privacy: false,
            is_self: false,
            joined: Moment { iso: "2026-03-12T16:00:00Z".to_owned(), words: "12 March 2026".to_owned() },
            reason: Field::default(),
        }
    }
}

impl SystemFact {
    fn sample(name: &str, value: &str, needs_a_look: bool) -> Self {
        Self { name: name.to_owned(), value: value.to_owned(), needs_a_look }
    }
}
