//! `/verify/{id}/documents/{evidence}`: one document, for a verifier who has it in hand.

use askama::Template;

use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/document.html")]
pub struct DocumentPage {
    pub shell: Shell,
    pub application: String,
    pub id: String,
    pub title: String,
    pub state: String,
    /// The addresses of its pages.
    pub pages: Vec<String>,
    pub seen_elsewhere: bool,
    pub kept_until: Moment,
    pub held_until: Option<Moment>,
    /// Nobody has said yet what it is.
    pub is_open: bool,
    pub problem: Option<String>,
}

impl DocumentPage {
    pub fn sample() -> Self {
        let moment = |words: &str| Moment { iso: "2026-03-12T16:00:00Z".to_owned(), words: words.to_owned() };
        Self {
            shell: Shell::sample_staff("A document with a photo", Place::Verify),
            application: "v1".to_owned(),
            id: "e1".to_owned(),
            title: "A document with a photo".to_owned(),
            state: "With the verifiers".to_owned(),
            pages: vec!["/verify/v1/documents/e1/pages/1".to_owned(), "/verify/v1/documents/e1/pages/2".to_owned()],
            seen_elsewhere: true,
            kept_until: moment("11 April 2026, 09:00"),
            held_until: None,
            is_open: true,
            problem: Some("Write for how many days: at most until 90 days after the document was given.".to_owned()),
        }
    }

    pub fn sample_judged() -> Self {
        let until = Moment { iso: "2026-04-12T16:00:00Z".to_owned(), words: "12 April 2026, 16:00".to_owned() };
        Self {
            state: "Counts".to_owned(),
            seen_elsewhere: false,
            is_open: false,
            held_until: Some(until),
            problem: None,
            ..Self::sample()
        }
    }
}
