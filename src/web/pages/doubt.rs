//! `/verify/members/{id}`: something about a member that a verifier must settle.

use askama::Template;

use crate::web::form::{Choice, Field};
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/doubt.html")]
pub struct DoubtPage {
    pub shell: Shell,
    pub id: String,
    pub name: String,
    pub title: &'static str,
    pub words: &'static str,
    pub raised: Moment,
    pub due: Moment,
    pub register: String,
    pub number: String,
    pub lookup: String,
    pub source: String,
    pub rows: Vec<Row>,
    /// The member's own words.
    pub said: Option<String>,
    pub history: Vec<(Moment, String)>,
    /// Why it cannot be decided here.
    pub closed: Option<String>,
    pub decision: Field,
    pub decisions: Vec<Choice>,
    pub problem: Option<String>,
}

/// What the register said before, and says now.
pub struct Row {
    pub name: &'static str,
    pub before: String,
    pub now: String,
    pub is_other: bool,
}

impl DoubtPage {
    /// The key that presses a decision: 1, 2, 3.
    pub fn key(&self, at: &usize) -> usize {
        at + 1
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample_staff("Tamsin Oyelaran-Reid", Place::Verify),
            id: "d1".to_owned(),
            name: "Tamsin Oyelaran-Reid".to_owned(),
            title: "No longer listed",
            words: "The register's file does not hold this number any more. Nothing has changed for the member.",
            raised: moment("today, 06:12"),
            due: moment("tomorrow, 06:12"),
            register: "General Medical Council".to_owned(),
            number: "9810119".to_owned(),
            lookup: "the register's own page".to_owned(),
            source: "LRMP-20261120.csv".to_owned(),
            rows: vec![
                Row { name: "Name", before: "Tamsin Oyelaran-Reid".to_owned(), now: String::new(), is_other: true },
                Row {
                    name: "Status",
                    before: "Registered with a licence".to_owned(),
                    now: String::new(),
                    is_other: true,
                },
            ],
            said: None,
            history: vec![(moment("12 March 2026"), "They were admitted.".to_owned())],
            closed: None,
            decision: Field::default(),
            decisions: ["Keep: still registered, found by hand", "Lapse: 14 days, reading only", "End: it has ended"]
                .iter()
                .zip(["keep", "lapse", "end"])
                .map(|(words, code)| Choice::new(code, *words))
                .collect(),
            problem: None,
        }
    }

    pub fn sample_appeal() -> Self {
        Self {
            title: "Asks for a person",
            words: "The member asks for a person to look at why their account is paused.",
            said: Some("The register has put it right since Tuesday.".to_owned()),
            problem: Some("The register still says “Suspended”. It must be corrected there first.".to_owned()),
            ..Self::sample()
        }
    }

    pub fn sample_closed() -> Self {
        Self { closed: Some("This is settled.".to_owned()), ..Self::sample() }
    }
}

fn moment(words: &str) -> Moment {
    Moment { iso: "2026-03-12T16:00:00Z".to_owned(), words: words.to_owned() }
}
