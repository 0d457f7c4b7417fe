//! `/record?head=`: what was done here by kind and month, how long it took, and the head of the chain; for members.

use askama::Template;

use crate::web::form::Field;
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/record.html")]
pub struct RecordPage {
    pub shell: Shell,
    pub plots: Vec<Plot>,
    /// Newest first.
    pub months: Vec<Month>,
    /// Drills that have ended, newest first: when, and how long until what; empty for what did not happen.
    pub drills: Vec<(Moment, Vec<(&'static str, String)>)>,
    pub events: i64,
    pub head: String,
    /// A head that was asked for, and where it stands.
    pub asked: Field,
    pub found: Option<Found>,
}

/// Bars by month, oldest first.
pub struct Plot {
    pub id: &'static str,
    pub title: &'static str,
    /// What a bar stands for.
    pub note: &'static str,
    pub bars: Vec<Bar>,
}

pub struct Bar {
    /// "November 2026".
    pub month: String,
    /// "3 min 20 s"; empty when nothing happened.
    pub words: String,
    /// Its height of a hundred.
    pub high: i64,
}

pub struct Month {
    pub words: String,
    /// "Removed: confidentiality", how often.
    pub rows: Vec<(String, u64)>,
}

pub enum Found {
    At(i64, Moment),
    Nowhere,
}

impl Plot {
    pub fn is_empty(&self) -> bool {
        self.bars.iter().all(|bar| bar.words.is_empty())
    }

    /// The room of one bar, and how many there are, in the drawing's own units.
    pub fn wide(&self) -> usize {
        self.bars.len().max(6) * 20
    }

    pub fn x(&self, at: &usize) -> usize {
        at * 20 + 4
    }

    pub fn y(&self, bar: &Bar) -> i64 {
        100 - bar.high
    }
}

impl RecordPage {
    pub fn sample() -> Self {
        let bar = |month: &str, words: &str, high| Bar { month: month.to_owned(), words: words.to_owned(), high };
        let plot = |id, title, note, bars| Plot { id, title, note, bars };
        Self {
            shell: Shell::sample("What was done here", Place::Elsewhere),
            plots: vec![
                plot(
                    "hide",
                    "From a flag to hidden",
                    "The median, for confidentiality",
                    vec![bar("October 2026", "0.2 s", 20), bar("November 2026", "0.9 s", 90)],
                ),
                plot(
                    "decide",
                    "From a flag to the decision",
                    "The median",
                    vec![bar("October 2026", "14 min", 100), bar("November 2026", "6 min", 43)],
                ),
                plot(
                    "reverse",
                    "Reversed on appeal",
                    "Of the appeals that were decided",
                    vec![bar("October 2026", "", 0), bar("November 2026", "1 of 4", 25)],
                ),
            ],
            months: vec![Month {
                words: "November 2026".to_owned(),
                rows: vec![("Flagged: confidentiality".to_owned(), 4), ("Removed: confidentiality".to_owned(), 2)],
            }],
            drills: vec![(
                Moment { iso: "2026-03-13T15:02:00Z".to_owned(), words: "13 March 2026".to_owned() },
                vec![("a moderator opened it", "110 s".to_owned()), ("it was removed", String::new())],
            )],
            events: 48_211,
            head: "9b74c9897bac770ffc029102a200c5de6a6e1d7f7ce5e9b2a1d4f0b1c2d3e4f5".to_owned(),
            asked: Field::default(),
            found: None,
        }
    }

    pub fn sample_found() -> Self {
        let at = Moment { iso: "2026-03-13T15:02:00Z".to_owned(), words: "13 March 2026".to_owned() };
        Self { asked: Field::typed("9b74"), found: Some(Found::At(4_219, at)), ..Self::sample() }
    }

    pub fn sample_nowhere() -> Self {
        Self {
            asked: Field::typed("9b74"),
            found: Some(Found::Nowhere),
            plots: vec![],
            months: vec![],
            ..Self::sample()
        }
    }
}
