//! `/privacy/{post}`: whom a removed post had reached, the clocks, the record, the decision; for the data-protection
//! officer.

use askama::Template;

use crate::web::form::{Choice, Field, Summary, choices};
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/breach.html")]
pub struct BreachPage {
    pub shell: Shell,
    pub post: String,
    /// "Reply 3 in Renal".
    pub place: String,
    pub notice: Option<String>,
    pub times: Vec<Time>,
    pub clocks: Vec<Clock>,
    pub people: usize,
    pub on_screen: usize,
    pub ways: Vec<Way>,
    pub classes: Vec<(String, String, usize)>,
    pub answers: Vec<(&'static str, usize)>,
    pub readers: Vec<Reader>,
    /// Moderators who opened it.
    pub looks: Vec<(String, Moment)>,
    /// The draft of the record.
    pub sections: Vec<Section>,
    /// What was decided; nothing while nobody has.
    pub decided: Option<Decided>,
    pub decision: Field,
    pub reason: Field,
    pub problem: Option<String>,
    /// Looks at this report and what was taken out of it.
    pub trail: Vec<(String, String, Moment)>,
    /// The operator has named a recipient for packages.
    pub can_seal: bool,
}

/// "Published", and when.
pub struct Time {
    pub words: &'static str,
    pub at: Option<Moment>,
}

pub struct Clock {
    pub name: String,
    /// "70 h 12 min".
    pub left: String,
    /// "of 72 h, from the confirmation".
    pub of: String,
    pub is_soon: bool,
}

pub struct Way {
    pub words: &'static str,
    pub people: usize,
    /// Of a hundred.
    pub share: usize,
}

pub struct Reader {
    pub name: String,
    pub class: String,
    /// "page, search excerpt".
    pub ways: String,
    pub first: Moment,
    pub last: Moment,
    pub on_screen: bool,
    pub answer: &'static str,
    /// Asks for help, or is silent after a reminder.
    pub needs_a_look: bool,
}

pub struct Section {
    pub title: &'static str,
    pub law: &'static str,
    pub words: Vec<String>,
}

pub struct Decided {
    pub words: &'static str,
    pub reason: String,
    pub by: String,
    pub at: Moment,
}

impl BreachPage {
    pub fn decisions(&self) -> Vec<Choice> {
        choices(&crate::breach::DECISIONS)
    }

    pub fn receivers(&self) -> Vec<Choice> {
        choices(&crate::breach::RECEIVERS)
    }

    pub fn summary(&self) -> Summary {
        Summary::new(&self.problem, &[("decision", "Decision", &self.decision), ("reason", "Why", &self.reason)])
    }

    pub fn sample() -> Self {
        let moment = |words: &str| Moment { iso: "2026-03-13T14:40:00Z".to_owned(), words: words.to_owned() };
        let time = |words, at: Option<&str>| Time { words, at: at.map(moment) };
        let way = |words, people| Way { words, people, share: people * 100 / 14 };
        let reader = |name: &str, ways: &str, on_screen, answer, needs_a_look| Reader {
            name: name.to_owned(),
            class: "Physician, United Kingdom".to_owned(),
            ways: ways.to_owned(),
            first: moment("40 minutes ago"),
            last: moment("22 minutes ago"),
            on_screen,
            answer,
            needs_a_look,
        };
        let section = |title, law, words: &str| Section { title, law, words: vec![words.to_owned()] };
        Self {
            shell: Shell { to_decide: 1, ..Shell::sample_officer("Who was shown it", Place::Privacy) },
            post: "p1".to_owned(),
            place: "Reply 3 in Acute medicine".to_owned(),
            notice: None,
            times: vec![
                time("Published", Some("today, 14:12")),
                time("Flagged", Some("today, 15:00")),
                time("Hidden", Some("today, 15:00")),
                time("Confirmed", Some("today, 15:02")),
            ],
            clocks: vec![
                Clock {
                    name: "GDPR".to_owned(),
                    left: "70 h 12 min".to_owned(),
                    of: "of 72 h, from the confirmation".to_owned(),
                    is_soon: false,
                },
                Clock {
                    name: "HIPAA".to_owned(),
                    left: "59 days".to_owned(),
                    of: "of 60 days, from the confirmation".to_owned(),
                    is_soon: false,
                },
            ],
            people: 14,
            on_screen: 3,
            ways: vec![
                way("page", 9),
                way("live", 3),
                way("title in a list", 0),
                way("search excerpt", 4),
                way("API", 1),
                way("mail", 0),
                way("image", 0),
                way("export", 0),
            ],
            classes: vec![
                ("United Kingdom".to_owned(), "Physician".to_owned(), 11),
                ("France".to_owned(), "Pharmacist".to_owned(), 3),
            ],
            answers: vec![("I kept nothing", 10), ("I deleted my copy", 1), ("I need help", 1), ("silent", 2)],
            readers: vec![
                reader("Dr Bronagh Silvestri-Lund", "page, search excerpt", true, "I need help", true),
                reader("Dr Yusuf Dalgleish-Mbeki", "live", true, "I kept nothing", false),
                reader("Maren Castellow-Ito", "search excerpt", false, "silent", false),
            ],
            looks: vec![("I. Calder-Moss".to_owned(), moment("today, 15:01"))],
            sections: vec![
                section(
                    "Nature of the breach",
                    "GDPR Art. 33(3)(a)",
                    "A post in a private discussion of registered clinicians could identify a patient. Kinds of detail found by the check: name, date.",
                ),
                section("Contact point", "GDPR Art. 33(3)(b)", "dpo@demo.example. Reference p1."),
            ],
            decided: None,
            decision: Field::default(),
            reason: Field::default(),
            problem: None,
            trail: vec![("P. Lindgaard-Asante".to_owned(), "Took the table (CSV)".to_owned(), moment("just now"))],
            can_seal: true,
        }
    }

    pub fn sample_decided() -> Self {
        Self {
            decided: Some(Decided {
                words: "Notify the authority",
                reason: "The patient can be recognised in a small town, and fourteen people read it.".to_owned(),
                by: "P. Lindgaard-Asante".to_owned(),
                at: Moment { iso: "2026-03-13T16:40:00Z".to_owned(), words: "today, 16:40".to_owned() },
            }),
            clocks: vec![],
            notice: Some("Recorded. The alarms are off.".to_owned()),
            can_seal: false,
            ..Self::sample()
        }
    }

    pub fn sample_refused() -> Self {
        Self {
            decision: Field::wrong("", "Choose what is decided."),
            reason: Field::wrong("", "Write why; the law asks for it, whatever is decided."),
            ..Self::sample()
        }
    }

    pub fn sample_nobody() -> Self {
        Self {
            people: 0,
            on_screen: 0,
            readers: vec![],
            classes: vec![],
            looks: vec![],
            trail: vec![],
            ..Self::sample()
        }
    }
}
