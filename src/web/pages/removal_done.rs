//! `/moderation/{post}/removal`: what a removal has done, what is outstanding, and who had seen the post.

use askama::Template;

use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/removal_done.html")]
pub struct RemovalDonePage {
    pub shell: Shell,
    pub thread: String,
    /// "Reply 3 in “Sodium stuck at 124”, Acute medicine"; a removed case has no title.
    pub place: String,
    /// "rule 2 (confidentiality)".
    pub rule: String,
    pub by: String,
    pub at: Moment,
    pub lines: Vec<Line>,
    /// Everyone who was shown it, by the last time first.
    pub seen: Vec<Seen>,
    /// From publishing to hiding, in words: "48 minutes".
    pub shown_for: String,
}

/// One place from which the text is to go.
#[derive(Clone)]
pub struct Line {
    /// "The text and its 2 revisions".
    pub words: String,
    pub state: LineState,
    /// "02:11:04", "5 of 6", "waiting".
    pub note: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    Waiting,
    InHand,
    Done,
    NotDone,
}

#[derive(Clone)]
pub struct Seen {
    pub name: String,
    pub at: Moment,
    /// "page", "live", "search excerpt", "mail", "API".
    pub way: String,
}

impl RemovalDonePage {
    pub fn is_finished(&self) -> bool {
        self.lines.iter().all(|line| line.state == LineState::Done)
    }

    pub fn outstanding(&self) -> usize {
        self.lines.iter().filter(|line| line.state != LineState::Done).count()
    }

    pub fn people(&self) -> usize {
        let mut names: Vec<&str> = self.seen.iter().map(|one| one.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    }

    pub fn sample() -> Self {
        let moment = |iso: &str, words: &str| Moment { iso: iso.to_owned(), words: words.to_owned() };
        let line = |words: &str, state, note: &str| Line { words: words.to_owned(), state, note: note.to_owned() };
        let seen = |name: &str, words: &str, way: &str| Seen {
            name: name.to_owned(),
            at: moment("2026-03-13T14:40:00Z", words),
            way: way.to_owned(),
        };
        Self {
            shell: Shell::sample_staff("Removed", Place::Moderation),
            thread: "019a5c2e-0000-7000-8000-0000000000aa".to_owned(),
            place: "Reply 3 in Acute medicine".to_owned(),
            rule: "rule 2 (confidentiality)".to_owned(),
            by: "I. Calder-Moss".to_owned(),
            at: moment("2026-03-13T15:02:00Z", "just now"),
            lines: vec![
                line("The text in the tables", LineState::Done, "15:02:01"),
                line("Its 2 revisions", LineState::Done, "15:02:01"),
                line("The write-ahead log", LineState::Done, "15:02:01"),
                line("The search index, asked again: none", LineState::Done, "15:02:02"),
                line("Unsent mail, 3", LineState::Done, "15:02:02"),
                line("Open pages", LineState::InHand, "5 of 6"),
            ],
            seen: vec![
                seen("Dr Bronagh Silvestri-Lund", "22 minutes ago", "page"),
                seen("Dr Yusuf Dalgleish-Mbeki", "31 minutes ago", "live"),
                seen("Maren Castellow-Ito", "40 minutes ago", "search excerpt"),
            ],
            shown_for: "48 minutes".to_owned(),
        }
    }

    pub fn sample_finished() -> Self {
        let mut page = Self { seen: vec![], ..Self::sample() };
        for line in &mut page.lines {
            line.state = LineState::Done;
        }
        page
    }
}

impl LineState {
    pub fn class(self) -> &'static str {
        match self {
            Self::Waiting => "wait",
            Self::InHand => "busy",
            Self::Done => "done",
            Self::NotDone => "bad",
        }
    }

    pub fn glyph(self) -> &'static str {
        match self {
            Self::Waiting => "wait",
            Self::InHand => "busy",
            Self::Done => "ok",
            Self::NotDone => "block",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::InHand => "In hand",
            Self::Done => "Done",
            Self::NotDone => "Not done",
        }
    }
}
