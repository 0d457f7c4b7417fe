//! `/posts/{id}/revisions`: how a post came to its words, change by change.

use askama::Template;

use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/revisions.html")]
pub struct RevisionsPage {
    pub shell: Shell,
    pub post: String,
    pub thread: String,
    pub thread_title: String,
    /// "the case", "reply 3".
    pub place: String,
    pub author: String,
    /// Newest first; the last is the post as first published.
    pub revisions: Vec<RevisionRow>,
}

#[derive(Clone)]
pub struct RevisionRow {
    pub number: i64,
    pub written: Moment,
    pub is_first: bool,
    /// Only the parts that changed.
    pub parts: Vec<RevisedPart>,
}

#[derive(Clone)]
pub struct RevisedPart {
    /// "Presentation"; empty where a post has but one part.
    pub label: &'static str,
    pub diff: Vec<Diff>,
}

/// A run of words.
#[derive(Clone)]
pub struct Diff {
    pub kind: DiffKind,
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffKind {
    Same,
    Added,
    Gone,
}

impl RevisionsPage {
    pub fn sample() -> Self {
        let moment = |iso: &str, words: &str| Moment { iso: iso.to_owned(), words: words.to_owned() };
        let run = |kind, words: &str| Diff { kind, words: words.to_owned() };
        Self {
            shell: Shell::sample("How reply 2 was changed", Place::Rooms),
            post: "019a5c2e-0000-7000-8000-000000000003".to_owned(),
            thread: "019a5c2e-0000-7000-8000-0000000000aa".to_owned(),
            thread_title: "Sodium stuck at 124 ten days after stopping a thiazide".to_owned(),
            place: "reply 2".to_owned(),
            author: "Dr Yusuf Dalgleish-Mbeki".to_owned(),
            revisions: vec![
                RevisionRow {
                    number: 2,
                    written: moment("2026-03-03T08:00:00Z", "10 days ago"),
                    is_first: false,
                    parts: vec![RevisedPart {
                        label: "",
                        diff: vec![
                            run(DiffKind::Same, "I cross-taper to mirtazapine over "),
                            run(DiffKind::Gone, "five days"),
                            run(DiffKind::Added, "seven to ten days"),
                            run(DiffKind::Same, " and check sodium "),
                            run(DiffKind::Added, "twice "),
                            run(DiffKind::Same, "in the first week."),
                        ],
                    }],
                },
                RevisionRow {
                    number: 1,
                    written: moment("2026-03-02T19:05:00Z", "11 days ago"),
                    is_first: true,
                    parts: vec![RevisedPart {
                        label: "",
                        diff: vec![run(
                            DiffKind::Same,
                            "I cross-taper to mirtazapine over five days and check sodium in the first week.",
                        )],
                    }],
                },
            ],
        }
    }
}
