//! `/new`: the composer of a case or a question. `POST /new` publishes it.
//!
//! The form sends `room`, `kind` (case, question), `title`, `presentation`, `history`, `findings`, `investigations`,
//! `question`, `basis` (anonymised, consent, invented), `consent_note`, `instead_of`, `interest_statement` (none, some), `interests`
//! (repeated), `answer` (repeated, `key=reason`; empty ones mean nothing) and `key`. A question has no basis: with
//! `kind=question` the field is sent and means nothing.

use askama::Template;

use crate::web::form::{Choice, Field, Summary, choices};
use crate::web::pages::check_part::Check;
use crate::web::pages::statement_part::Statement;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/new.html")]
pub struct NewPage {
    pub shell: Shell,
    /// Value: the slug.
    pub rooms: Vec<Choice>,
    pub room: Field,
    /// `case` or `question`.
    pub kind: Field,
    pub title: Field,
    pub presentation: Field,
    pub history: Field,
    pub findings: Field,
    pub investigations: Field,
    pub question: Field,
    pub basis: Field,
    /// How and when consent was recorded.
    pub consent_note: Field,
    /// One's own held text that this one stands in place of; may be empty.
    pub instead_of: String,
    /// Not asked for yet: nothing keeps it.
    pub statement: Statement,
    pub check: Check,
    pub key: String,
    /// What is wrong with the whole.
    pub problem: Option<String>,
}

impl NewPage {
    pub fn summary(&self) -> Summary {
        self.check.tell(Summary::new(
            &self.problem,
            &[
                ("room", "Room", &self.room),
                ("title", "Title", &self.title),
                ("presentation", "Presentation", &self.presentation),
                ("history", "History", &self.history),
                ("findings", "Findings", &self.findings),
                ("investigations", "Investigations", &self.investigations),
                ("question", "Your question", &self.question),
                ("basis", "Basis for sharing", &self.basis),
                ("consent_note", "Documented consent", &self.consent_note),
                ("interest_statement", "What you stand to gain", &self.statement.statement),
            ],
        ))
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample("New case", Place::New),
            rooms: choices(&[
                ("acute-medicine", "Acute medicine"),
                ("cardiology", "Cardiology"),
                ("gastroenterology", "Gastroenterology"),
            ]),
            room: Field::typed("gastroenterology"),
            kind: Field::typed("case"),
            title: Field::default(),
            presentation: Field::default(),
            history: Field::default(),
            findings: Field::default(),
            investigations: Field::default(),
            question: Field::default(),
            basis: Field::default(),
            consent_note: Field::default(),
            instead_of: String::new(),
            statement: Statement::sample(),
            check: Check::sample(),
            key: "019a5c2e-0000-7000-8000-0000000000cd".to_owned(),
            problem: None,
        }
    }

    /// Refused by the check: all is as typed, the findings stand beside it.
    pub fn sample_found() -> Self {
        Self {
            title: Field::typed("Painless jaundice in the 90s: biopsy first, or straight to a stent?"),
            presentation: Field::wrong(
                "Mrs Halloway, a woman in her 90s and retired lock-keeper, came in on 14 March with three days of painless jaundice. Weight down 6 kg since the winter.",
                "Two things to change here; they are listed under “Could this identify someone?”",
            ),
            investigations: Field::typed(
                "Bilirubin 212, ALP 640, ALT 88. CT: double duct sign, 2.3 cm mass in the head of the pancreas, no metastases seen.",
            ),
            question: Field::typed("Would you insist on tissue before a metal stent if surgery is not on the table?"),
            basis: Field::typed("anonymised"),
            statement: Statement::sample_suggested(),
            check: Check::sample_found(),
            problem: Some("Not published yet: 2 to fix, 1 to answer.".to_owned()),
            ..Self::sample()
        }
    }

    pub fn sample_refused() -> Self {
        Self {
            title: Field::wrong("", "Give it a title that says what you ask."),
            presentation: Field::wrong("", "Say how the patient came to you."),
            question: Field::wrong("", "Say what you want to know."),
            basis: Field::typed("consent"),
            consent_note: Field::wrong("", "Say how and when consent was recorded."),
            statement: Statement::sample_refused(),
            ..Self::sample()
        }
    }

    pub fn sample_question() -> Self {
        Self { kind: Field::typed("question"), ..Self::sample() }
    }
}
