//! `/membership`: where one stands, by when something is to be done, and how to ask for a person.

use askama::Template;

use crate::web::form::{Field, Summary};
use crate::web::moment::Moment;
use crate::web::pages::post_part::{BadgeFact, Seal};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/membership.html")]
pub struct MembershipPage {
    pub shell: Shell,
    pub notice: Option<String>,
    pub head: Head,
    /// What one may do, in words; and what not.
    pub may: Vec<(&'static str, bool)>,
    pub class: &'static str,
    pub seal: Seal,
    pub line: Vec<String>,
    pub facts: Vec<BadgeFact>,
    pub attested: Moment,
    pub attest_due: Moment,
    /// It is due: the form is shown.
    pub is_due: bool,
    /// After this day one may only read, or that day has passed.
    pub attest_ends: Moment,
    pub is_overdue: bool,
    pub register: String,
    pub number: String,
}

/// What stands on top.
pub enum Head {
    Good,
    /// Reading only, until when.
    Grace {
        why: &'static str,
        ends: Option<Moment>,
    },
    /// Paused: why, since when, and the form to ask for a person.
    Paused {
        why: &'static str,
        since: Moment,
        appeal: Appeal,
    },
    /// Paused by an administrator for conduct.
    Conduct,
}

#[derive(Default)]
pub struct Appeal {
    pub words: Field,
    pub problem: Option<String>,
    /// A person has it already.
    pub is_sent: bool,
}

impl Appeal {
    pub fn summary(&self) -> Summary {
        Summary::new(&self.problem, &[("words", "What we should know", &self.words)])
    }
}

impl MembershipPage {
    pub fn sample() -> Self {
        let line = ["Registered · GMC", "Renal medicine", "checked today"].map(str::to_owned).to_vec();
        Self {
            shell: Shell::sample("Your membership", Place::Settings),
            notice: None,
            head: Head::Good,
            may: vec![("Read and search", true), ("Ask and reply", true), ("Post cases", true), ("Flag a post", true)],
            class: "Doctor",
            seal: Seal::Confirmed,
            line,
            facts: BadgeFact::samples(),
            attested: moment("12 March 2026"),
            attest_due: moment("12 March 2027"),
            is_due: false,
            attest_ends: moment("26 March 2027"),
            is_overdue: false,
            register: "General Medical Council".to_owned(),
            number: "9810108".to_owned(),
        }
    }

    pub fn sample_due() -> Self {
        Self { notice: Some("Thank you. That is kept.".to_owned()), is_due: true, ..Self::sample() }
    }

    pub fn sample_grace() -> Self {
        Self {
            head: Head::Grace {
                why: "Your register shows that your registration has lapsed.",
                ends: Some(moment("in 9 days")),
            },
            class: "Reading only",
            may: vec![
                ("Read and search", true),
                ("Ask and reply", false),
                ("Post cases", false),
                ("Flag a post", true),
            ],
            ..Self::sample()
        }
    }

    pub fn sample_paused() -> Self {
        Self {
            head: Head::Paused {
                why: "Your register shows a suspension.",
                since: moment("today, 06:12"),
                appeal: Appeal {
                    words: Field::wrong("", "Write what we should know, if only: please look again."),
                    ..Appeal::default()
                },
            },
            class: "Paused",
            seal: Seal::Ended,
            may: vec![("Read and search", false), ("Take out your data", true)],
            ..Self::sample()
        }
    }

    pub fn sample_appealed() -> Self {
        let appeal = Appeal { is_sent: true, ..Appeal::default() };
        let head = Head::Paused { why: "The days to put it right have passed.", since: moment("yesterday"), appeal };
        Self { head, ..Self::sample_paused() }
    }
}

fn moment(words: &str) -> Moment {
    Moment { iso: "2026-03-12T16:00:00Z".to_owned(), words: words.to_owned() }
}
