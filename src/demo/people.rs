//! The fictional people: put-together names, numbers in ranges that are not given out.

use crate::accounts::Role;
use crate::web::site::DemoAccount;

/// The password of everybody here.
pub const PASSWORD: &str = "quiet ward at night";

/// Somebody invented.
pub struct Person {
    pub key: &'static str,
    pub name: &'static str,
    pub family: &'static str,
    pub given: &'static str,
    pub register: &'static str,
    /// The serial from which the number is made.
    pub serial: u32,
    pub specialty: &'static str,
    pub roles: &'static [Role],
    pub standing: Standing,
}

/// How far they have come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Admitted,
    /// Has applied; a verifier has to look.
    Applied,
    /// Staff who is no clinician.
    Staff,
}

const fn clinician(
    key: &'static str,
    name: &'static str,
    (given, family): (&'static str, &'static str),
    register: &'static str,
    serial: u32,
    specialty: &'static str,
) -> Person {
    Person { key, name, family, given, register, serial, specialty, roles: &[], standing: Standing::Admitted }
}

pub const PEOPLE: &[Person] = &[
    Person {
        roles: &[Role::Verifier],
        standing: Standing::Staff,
        ..clinician("mo", "Mo Adeyemi-Voss", ("Mo", "Adeyemi-Voss"), "", 0, "")
    },
    Person {
        roles: &[Role::Admin],
        standing: Standing::Staff,
        ..clinician("rhea", "Rhea Lindqvist-Obi", ("Rhea", "Lindqvist-Obi"), "", 0, "")
    },
    Person {
        roles: &[Role::Privacy],
        standing: Standing::Staff,
        ..clinician("petra", "Petra Lindgaard-Asante", ("Petra", "Lindgaard-Asante"), "", 0, "")
    },
    clinician("ada", "Dr Ada Marchetti-Wren", ("Ada", "Marchetti-Wren"), "gmc", 710_101, "Acute internal medicine"),
    clinician("bram", "Dr Bram Achterberg-Sato", ("Bram", "Achterberg-Sato"), "gmc", 710_102, "Renal medicine"),
    clinician("chioma", "Dr Chioma Ferrant-Eze", ("Chioma", "Ferrant-Eze"), "gmc", 710_103, "Infectious diseases"),
    clinician("dmitri", "Dmitri Valcourt-Hahn, MD", ("Dmitri", "Valcourt-Hahn"), "nppes", 4_100_104, "Cardiology"),
    clinician("eilis", "Dr Eilis Quillane-Mora", ("Eilis", "Quillane-Mora"), "gmc", 710_105, "General practice"),
    clinician("farah", "Dr Farah Destin-Okello", ("Farah", "Destin-Okello"), "gmc", 710_106, "Dermatology"),
    clinician("gabriel", "Gabriel Tamsin-Roe, MD", ("Gabriel", "Tamsin-Roe"), "nppes", 4_100_107, "Paediatrics"),
    clinician("hana", "Dr Hana Silvestri-Lund", ("Hana", "Silvestri-Lund"), "gmc", 710_108, "General psychiatry"),
    Person {
        roles: &[Role::Moderator],
        ..clinician("ines", "Miss Ines Calder-Moss", ("Ines", "Calder-Moss"), "gmc", 710_109, "General surgery")
    },
    clinician("jonas", "Jonas Ekwall-Brandt, MD", ("Jonas", "Ekwall-Brandt"), "nppes", 4_100_110, "Emergency medicine"),
    Person {
        standing: Standing::Applied,
        ..clinician("oyin", "Oyin Farrow-Adair", ("Oyinkansola", "Farrow-Adair"), "gmc", 710_111, "Anaesthetics")
    },
];

impl Person {
    pub fn email(&self) -> String {
        format!("{}@demo.example", self.key)
    }

    fn role(&self) -> &'static str {
        match (self.standing, self.roles.first()) {
            (_, Some(role)) => match role {
                Role::Verifier => "verifier",
                Role::Moderator => "moderator",
                Role::Admin => "admin",
                Role::Privacy => "privacy",
            },
            (Standing::Applied, None) => "applicant",
            _ => "clinician",
        }
    }
}

/// The accounts as they are told: one of each duty first.
pub fn accounts() -> Vec<DemoAccount> {
    let first = ["ada", "bram", "ines", "mo", "rhea", "petra", "oyin"];
    let rank = |person: &&Person| first.iter().position(|key| *key == person.key).unwrap_or(first.len());
    let mut people: Vec<&Person> = PEOPLE.iter().collect();
    people.sort_by_key(rank);
    people
        .into_iter()
        .map(|person| DemoAccount {
            email: person.email(),
            password: PASSWORD.to_owned(),
            role: person.role().to_owned(),
            name: person.name.to_owned(),
        })
        .collect()
}
