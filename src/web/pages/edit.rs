//! `/posts/{id}/edit`: change one's own post. What stood before stays to be read under "edited".
//!
//! The form sends the parts by their own names (`body`, or `title`, `presentation` … `question`), for a reply `ground`
//! and `source`, for all `interest_statement`, `interests`, `answer`, `revision` (the one that was read: another since
//! then is a conflict) and `key`.

use askama::Template;

use crate::web::form::{Field, Summary};
use crate::web::pages::check_part::Check;
use crate::web::pages::statement_part::Statement;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/edit.html")]
pub struct EditPage {
    pub shell: Shell,
    pub post: String,
    pub thread: String,
    pub thread_title: String,
    /// "the case", "the question", "reply 3".
    pub place: String,
    pub parts: Vec<EditPart>,
    /// Nothing for the post that starts a thread.
    pub ground: Option<EditGround>,
    /// How and when consent was recorded.
    pub consent_note: Field,
    /// One's own held text that this one stands in place of; may be empty.
    pub instead_of: String,
    pub statement: Statement,
    pub check: Check,
    /// The revision this form was filled from.
    pub revision: i64,
    pub key: String,
    pub problem: Option<String>,
}

#[derive(Clone)]
pub struct EditPart {
    pub name: &'static str,
    pub label: &'static str,
    pub field: Field,
    pub rows: u8,
    pub is_optional: bool,
}

#[derive(Clone)]
pub struct EditGround {
    pub ground: Field,
    pub source: Field,
}

impl EditPage {
    pub fn summary(&self) -> Summary {
        let mut fields: Vec<(&'static str, &'static str, &Field)> =
            self.parts.iter().map(|part| (part.name, part.label, &part.field)).collect();
        if let Some(ground) = &self.ground {
            fields.push(("ground", "What it rests on", &ground.ground));
            fields.push(("source", "Source", &ground.source));
        }
        fields.push(("consent_note", "Documented consent", &self.consent_note));
        fields.push(("interest_statement", "What you stand to gain", &self.statement.statement));
        self.check.tell(Summary::new(&self.problem, &fields))
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample("Edit your reply", Place::Rooms),
            post: "019a5c2e-0000-7000-8000-000000000003".to_owned(),
            thread: "019a5c2e-0000-7000-8000-0000000000aa".to_owned(),
            thread_title: "Sodium stuck at 124 ten days after stopping a thiazide".to_owned(),
            place: "reply 2".to_owned(),
            parts: vec![EditPart {
                name: "body",
                label: "Your reply",
                field: Field::typed(
                    "I cross-taper to mirtazapine over seven to ten days and check sodium twice in the first week.",
                ),
                rows: 6,
                is_optional: false,
            }],
            ground: Some(EditGround { ground: Field::typed("experience"), source: Field::default() }),
            consent_note: Field::default(),
            instead_of: String::new(),
            statement: Statement { statement: Field::typed("none"), ..Statement::sample() },
            check: Check::sample(),
            revision: 2,
            key: "019a5c2e-0000-7000-8000-0000000000ce".to_owned(),
            problem: None,
        }
    }

    /// The case, changed by its author in two windows.
    pub fn sample_conflict() -> Self {
        let part = |name, label, text: &str, rows| EditPart {
            name,
            label,
            field: Field::typed(text),
            rows,
            is_optional: rows > 2,
        };
        Self {
            place: "the case".to_owned(),
            parts: vec![
                part("title", "Title", "Sodium stuck at 124 ten days after stopping a thiazide: what am I missing?", 2),
                part("presentation", "Presentation", "Woman in her 70s with two weeks of fatigue.", 5),
                part("question", "Your question", "Is this the SSRI?", 2),
            ],
            ground: None,
            problem: Some("This post was changed in another window since you opened it. Your text is below; compare before you publish.".to_owned()),
            ..Self::sample()
        }
    }
}
