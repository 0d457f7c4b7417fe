//! `/application/evidence`: what shows that it is you, what is missing, and what each way needs.

use askama::Template;

use crate::web::form::{Choice, Field, Summary, choices};
use crate::web::moment::Moment;
use crate::web::pages::application::ApplicationPage;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/evidence.html")]
pub struct EvidencePage {
    pub shell: Shell,
    /// What is missing, in sentences; empty once nothing is.
    pub missing: Vec<String>,
    pub given: Vec<GivenLine>,
    /// Ways to add something; none once it is decided.
    pub ways: Option<Ways>,
    /// What was just done.
    pub notice: Option<String>,
}

/// One piece that was given.
pub struct GivenLine {
    pub id: String,
    pub title: String,
    /// "With the verifiers", "Counts", "Not accepted".
    pub state: String,
    pub counts: bool,
    pub detail: String,
    pub when: Moment,
    /// It is one's own document, and nobody has said yet what it is.
    pub may_withdraw: bool,
}

/// How one can show it.
pub struct Ways {
    /// Providers that assert this register's numbers: code and name.
    pub providers: Vec<Choice>,
    pub kind: Field,
    pub file: Field,
    pub problem: Option<String>,
    pub kinds: Vec<Choice>,
    /// "10 MB".
    pub most: String,
    /// The address that colleagues are given.
    pub vouch_link: String,
    pub may_vouch: bool,
    /// A call was asked for and is not noted yet.
    pub call_asked: bool,
}

impl Ways {
    pub fn summary(&self) -> Summary {
        Summary::new(&self.problem, &[("kind", "What it is", &self.kind), ("file", "The file", &self.file)])
    }

    fn sample() -> Self {
        Self {
            providers: choices(&[("pro-card", "The Society's Card")]),
            kind: Field::default(),
            file: Field::default(),
            problem: None,
            kinds: choices(&[
                ("photo-id", "A document with a photo: passport, identity card, driving licence"),
                ("work-document", "A professional document: certificate, staff card, letter of the employer"),
                ("name-document", "A document on a change of name"),
            ]),
            most: "10 MB".to_owned(),
            vouch_link: "https://forum.example.org/vouch/0000000000000000000000000".to_owned(),
            may_vouch: true,
            call_asked: false,
        }
    }
}

impl EvidencePage {
    pub fn sample() -> Self {
        Self {
            shell: Shell { title: "Show that it is you".to_owned(), ..ApplicationPage::sample().shell },
            missing: vec![
                "One sign that you are a real person: a document with a photo, or a call with a verifier.".to_owned(),
                "One sign that the registration is yours.".to_owned(),
            ],
            given: Vec::new(),
            ways: Some(Ways::sample()),
            notice: None,
        }
    }

    pub fn sample_given() -> Self {
        let line = |title: &str, state: &str, counts: bool, detail: &str| GivenLine {
            id: "e1".to_owned(),
            title: title.to_owned(),
            state: state.to_owned(),
            counts,
            detail: detail.to_owned(),
            when: Moment { iso: "2026-03-12T15:00:00Z".to_owned(), words: "1 hour ago".to_owned() },
            may_withdraw: state == "With the verifiers",
        };
        Self {
            missing: vec!["One sign that the registration is yours.".to_owned()],
            given: vec![
                line("A live check", "Counts", true, "By video, on 2026-03-12"),
                line("A document with a photo", "With the verifiers", false, ""),
                line("A professional document", "Not accepted", false, ""),
            ],
            notice: Some("Thank you. A verifier looks at it.".to_owned()),
            ..Self::sample()
        }
    }

    pub fn sample_refused() -> Self {
        let mut page = Self::sample();
        if let Some(ways) = &mut page.ways {
            ways.kind = Field::typed("photo-id");
            ways.file = Field::wrong(
                "",
                "This PDF is locked with a password. Print it to a new PDF, or send a photo of the page.",
            );
        }
        page
    }

    pub fn sample_closed() -> Self {
        Self { missing: Vec::new(), ways: None, ..Self::sample_given() }
    }
}
