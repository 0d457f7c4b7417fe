//! `/verify`: the applications that wait, the one due first on top.

use askama::Template;

use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/verify.html")]
pub struct VerifyPage {
    pub shell: Shell,
    pub waiting: Vec<Waiting>,
    /// Sent back with a question; nothing to do until they answer.
    pub asked: Vec<Waiting>,
    /// Members about whom something must be settled.
    pub doubts: Vec<Doubtful>,
    /// Admitted members whose vouch counts no more since: to be looked at again.
    pub again: Vec<Again>,
    pub decided_today: usize,
    /// What was just done: "Oyin Farrow-Adair is in. She has been told."
    pub notice: Option<String>,
}

/// A member to look at.
pub struct Doubtful {
    pub id: String,
    pub name: String,
    pub title: &'static str,
    pub register: String,
    pub raised: Moment,
    pub due: Moment,
    pub is_late: bool,
}

pub struct Waiting {
    pub id: String,
    pub name: String,
    /// "Registered nurse, United Kingdom".
    pub claim: String,
    /// What to look at, or that all is equal: "First name: short form".
    pub gist: String,
    pub needs_a_look: bool,
    pub sent: Moment,
    pub due: Moment,
    pub is_late: bool,
    /// A colleague who has it open.
    pub in_hand: Option<String>,
}

pub struct Again {
    pub id: String,
    pub name: String,
    pub since: Moment,
}

impl VerifyPage {
    pub fn sample() -> Self {
        Self {
            shell: Shell::sample_staff("Verify", Place::Verify),
            waiting: vec![
                Waiting::sample(
                    "Oyin Farrow-Adair",
                    "Nurse, United Kingdom",
                    "First name: short form",
                    true,
                    "in 12 minutes",
                ),
                Waiting {
                    is_late: true,
                    ..Waiting::sample(
                        "Bram Castellow-Ito",
                        "Pharmacist, United Kingdom",
                        "Number not found",
                        true,
                        "1 hour ago",
                    )
                },
                Waiting::sample("Lena Strand-Obi", "Doctor, New Zealand", "All equal", false, "today, 20:00"),
            ],
            asked: vec![Waiting::sample(
                "Noor Vance-Mukherjee",
                "Doctor, United States",
                "Asked yesterday",
                false,
                "tomorrow, 09:00",
            )],
            doubts: vec![Doubtful {
                id: "d1".to_owned(),
                name: "Tamsin Oyelaran-Reid".to_owned(),
                title: "No longer listed",
                register: "GMC".to_owned(),
                raised: Moment { iso: "2026-03-12T06:12:00Z".to_owned(), words: "today, 06:12".to_owned() },
                due: Moment { iso: "2026-03-13T06:12:00Z".to_owned(), words: "tomorrow, 06:12".to_owned() },
                is_late: false,
            }],
            again: vec![Again {
                id: "v9".to_owned(),
                name: "Nils Okafor-Reyes".to_owned(),
                since: Moment { iso: "2026-03-12T09:00:00Z".to_owned(), words: "today, 09:00".to_owned() },
            }],
            decided_today: 11,
            notice: Some("Ada Marchetti is in. She has been told.".to_owned()),
        }
    }

    pub fn sample_empty() -> Self {
        let mut page = Self { waiting: vec![], asked: vec![], doubts: vec![], notice: None, ..Self::sample() };
        page.shell.to_verify = 0;
        page
    }
}

impl Waiting {
    fn sample(name: &str, claim: &str, gist: &str, needs_a_look: bool, due: &str) -> Self {
        let moment = |words: &str| Moment { iso: "2026-03-12T16:00:00Z".to_owned(), words: words.to_owned() };
        Self {
            id: "v1".to_owned(),
            name: name.to_owned(),
            claim: claim.to_owned(),
            gist: gist.to_owned(),
            needs_a_look,
            sent: moment("2 hours ago"),
            due: moment(due),
            is_late: false,
            in_hand: (name == "Lena Strand-Obi").then(|| "P. Lindgaard-Asante".to_owned()),
        }
    }
}
