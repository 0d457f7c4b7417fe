//! `/search?q=&room=&from=&to=&exact=`: find what was discussed.

use askama::Template;

use crate::base::text::Html;
use crate::web::form::Field;
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/search.html")]
pub struct SearchPage {
    pub shell: Shell,
    pub q: String,
    /// The slug of the room chosen, or empty.
    pub room: String,
    /// `YYYY-MM-DD` or empty.
    pub from: Field,
    pub to: Field,
    /// Only the words as typed.
    pub is_exact: bool,
    pub outcome: Outcome,
}

pub enum Outcome {
    /// Nothing was asked yet.
    Blank,
    Found(Box<Found>),
    Nothing {
        /// The nearest term that finds something.
        nearest: Option<Nearest>,
        /// The way without room and dates, when they are set.
        wider: Option<String>,
        loose: Option<String>,
    },
}

pub struct Found {
    pub total: i64,
    pub searched: Searched,
    pub hits: Vec<Hit>,
    /// Counts over what this reader may see; a room they may not see does not exist.
    pub rooms: Vec<Facet>,
    /// What narrows the search, each with the way without it.
    pub chips: Vec<Chip>,
    /// The next page.
    pub next: Option<String>,
}

/// What was searched for, in words.
pub struct Searched {
    /// The words after mending of spelling: "rash after allopurinol".
    pub words: String,
    pub was_mended: bool,
    /// Synonyms and abbreviations that were searched for too.
    pub also: Vec<String>,
    /// The way to the other reading: only the exact words, or back with synonyms.
    pub other: String,
}

pub struct Hit {
    pub thread: String,
    pub post: String,
    pub room: String,
    pub kind: &'static str,
    pub replies: i64,
    pub written: Moment,
    /// With `<mark>` round what was found.
    pub title: Html,
    pub excerpt: Html,
    /// The excerpt is from a reply, not from what starts the thread.
    pub is_reply: bool,
    pub author: String,
    /// "Registered · GMC", "dermatology", "checked 2 days ago".
    pub facts: Vec<String>,
    pub interests: Vec<String>,
}

pub struct Facet {
    pub words: String,
    pub count: i64,
    pub href: String,
    pub is_chosen: bool,
}

pub struct Chip {
    pub words: String,
    /// The search without it.
    pub without: String,
}

pub struct Nearest {
    pub words: String,
    pub count: i64,
    pub href: String,
}

impl SearchPage {
    pub fn sample() -> Self {
        let hit = |title, excerpt, room: &str, author: &str, place: &str, interests: &[&str]| Hit {
            thread: "019a5c2e-0000-7000-8000-0000000000aa".to_owned(),
            post: "019a5c2e-0000-7000-8000-000000000001".to_owned(),
            room: room.to_owned(),
            kind: "Case",
            replies: 18,
            written: Moment { iso: "2025-07-12T10:00:00Z".to_owned(), words: "12 July 2025".to_owned() },
            title,
            excerpt,
            is_reply: interests.len() == 1,
            author: author.to_owned(),
            facts: vec!["Registered · GMC".to_owned(), place.to_owned(), "checked 2 days ago".to_owned()],
            interests: interests.iter().map(|&words| words.to_owned()).collect(),
        };
        Self {
            shell: Shell::sample("Search", Place::Search),
            q: "rash after alopurinol".to_owned(),
            room: "dermatology".to_owned(),
            from: Field::typed("2024-01-01"),
            to: Field::default(),
            is_exact: false,
            outcome: Outcome::Found(Box::new(Found {
                total: 14,
                searched: Searched {
                    words: "rash after allopurinol".to_owned(),
                    was_mended: true,
                    also: ["drug eruption", "DRESS", "allopurinol hypersensitivity", "AHS"].map(str::to_owned).to_vec(),
                    other: "/search?q=rash+after+alopurinol&exact=yes".to_owned(),
                },
                hits: vec![
                    hit(
                        marked(
                            "Fever, rash and creatinine climbing three weeks into allopurinol",
                            &["rash", "allopurinol"],
                        ),
                        marked(
                            "…facial oedema and eosinophils of 2.9, liver enzymes doubling every two days. We stopped allopurinol at once; the question is whether steroids help the kidney in DRESS or only the skin…",
                            &["allopurinol", "DRESS"],
                        ),
                        "Dermatology",
                        "Dr Nerys Achterberg-Roy",
                        "dermatology",
                        &[],
                    ),
                    hit(
                        marked("Restarting urate lowering after a mild drug eruption", &["drug eruption"]),
                        marked(
                            "…a maculopapular rash on day 12, no fever, bloods quiet. Is desensitisation still done, or does everyone go straight to febuxostat?…",
                            &["rash"],
                        ),
                        "Rheumatology",
                        "Dr Piet Lindqvist-Amoah",
                        "rheumatology",
                        &["Advisory board, Korrin Labs (makes febuxostat), 2024"],
                    ),
                ],
                rooms: [("Dermatology", 12, true), ("Renal", 9, false), ("Acute medicine", 7, false)]
                    .map(|(words, count, is_chosen)| Facet {
                        words: words.to_owned(),
                        count,
                        href: "/search?q=rash&room=renal".to_owned(),
                        is_chosen,
                    })
                    .into(),
                chips: vec![
                    Chip { words: "Dermatology".to_owned(), without: "/search?q=rash&from=2024-01-01".to_owned() },
                    Chip {
                        words: "From 1 January 2024".to_owned(),
                        without: "/search?q=rash&room=dermatology".to_owned(),
                    },
                ],
                next: Some("/search?q=rash&page=2".to_owned()),
            })),
        }
    }

    pub fn sample_blank() -> Self {
        Self {
            q: String::new(),
            room: String::new(),
            from: Field::default(),
            outcome: Outcome::Blank,
            ..Self::sample()
        }
    }

    pub fn sample_nothing() -> Self {
        Self {
            q: "calciphylaxis zinc".to_owned(),
            outcome: Outcome::Nothing {
                nearest: Some(Nearest {
                    words: "calciphylaxis".to_owned(),
                    count: 4,
                    href: "/search?q=calciphylaxis".to_owned(),
                }),
                wider: Some("/search?q=calciphylaxis+zinc".to_owned()),
                loose: None,
            },
            ..Self::sample()
        }
    }
}

/// For samples.
fn marked(text: &str, words: &[&str]) -> Html {
    let ranges: Vec<_> = words.iter().filter_map(|word| text.find(word).map(|at| at..at + word.len())).collect();
    crate::base::text::marked(text, &ranges)
}
