//! `/held`: one's own texts that are not published yet. `/held/{post}`: one of them. `POST /held/{post}/withdrawal` takes
//! it back.

use askama::Template;

use crate::base::text::{Html, render};
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/held_list.html")]
pub struct HeldListPage {
    pub shell: Shell,
    /// Newest first.
    pub rows: Vec<HeldLine>,
}

#[derive(Clone)]
pub struct HeldLine {
    pub post: String,
    /// "Case", "Reply", "Change of a post".
    pub what: String,
    pub room: String,
    pub is_returned: bool,
    /// Since when it waits, or when it was given back.
    pub at: Moment,
}

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/held.html")]
pub struct HeldPage {
    pub shell: Shell,
    pub line: HeldLine,
    /// Where it is changed and sent again.
    pub change: String,
    pub parts: Vec<HeldPart>,
    /// How and when consent was recorded.
    pub consent: String,
    pub returned: Option<ReturnedWords>,
}

#[derive(Clone)]
pub struct HeldPart {
    pub label: String,
    pub html: Html,
}

#[derive(Clone)]
pub struct ReturnedWords {
    pub why: String,
    pub note: String,
}

impl HeldLine {
    pub fn sample() -> Self {
        Self {
            post: "019a5c2e-0000-7000-8000-000000000009".to_owned(),
            what: "Case".to_owned(),
            room: "Infectious diseases".to_owned(),
            is_returned: false,
            at: Moment { iso: "2026-03-13T14:20:00Z".to_owned(), words: "40 minutes ago".to_owned() },
        }
    }
}

impl HeldListPage {
    pub fn sample() -> Self {
        let returned = HeldLine { is_returned: true, what: "Reply".to_owned(), ..HeldLine::sample() };
        Self { shell: Shell::sample("Not published yet", Place::Elsewhere), rows: vec![HeldLine::sample(), returned] }
    }

    pub fn sample_empty() -> Self {
        Self { rows: vec![], ..Self::sample() }
    }
}

impl HeldPart {
    pub fn samples() -> Vec<Self> {
        [
            ("Title", "Fever after a bite on an island"),
            ("Presentation", "A diver of 24 with fever, admitted this morning. The bite was in the news."),
            ("The question", "Would you cover for *Vibrio*?"),
        ]
        .map(|(label, text)| Self { label: label.to_owned(), html: render(text) })
        .to_vec()
    }
}

impl HeldPage {
    pub fn sample() -> Self {
        Self {
            shell: Shell::sample("Not published yet", Place::Elsewhere),
            line: HeldLine::sample(),
            change: "/new?held=019a5c2e-0000-7000-8000-000000000009".to_owned(),
            parts: HeldPart::samples(),
            consent: "Written consent for this network, signed in March 2026, in the notes.".to_owned(),
            returned: None,
        }
    }

    pub fn sample_returned() -> Self {
        Self {
            line: HeldLine { is_returned: true, ..HeldLine::sample() },
            returned: Some(ReturnedWords {
                why: "It is not clear how and when consent was recorded".to_owned(),
                note: "Was it for teaching in your hospital, or for this network?".to_owned(),
            }),
            ..Self::sample()
        }
    }
}
