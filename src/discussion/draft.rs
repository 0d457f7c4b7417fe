//! What is typed, before it is checked: read into the parts that the check and the tables know.

use crate::base::problem::{Fault, Problem, Result};
use crate::base::text::LONGEST;
use crate::deid::gate::Part;

/// Every part a post's text can have, with its name on the page, in the order shown.
pub const PARTS: &[(&str, &str)] = &[
    ("title", "Title"),
    ("presentation", "Presentation"),
    ("history", "History"),
    ("findings", "Findings"),
    ("investigations", "Investigations"),
    ("question", "The question"),
    ("body", "Reply"),
    ("source", "Source"),
];

const LONGEST_TITLE: usize = 160;
const LONGEST_SOURCE: usize = 500;
const LONGEST_NOTE: usize = 500;

/// What a thread begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Case,
    Question,
}

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Kind::Case => "case",
            Kind::Question => "question",
        }
    }

    pub fn parse(code: &str) -> Option<Kind> {
        [Kind::Case, Kind::Question].into_iter().find(|kind| kind.code() == code)
    }
}

/// On what basis a case may be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    Anonymised,
    Consent,
    Invented,
}

impl Basis {
    pub const ALL: [Basis; 3] = [Basis::Anonymised, Basis::Consent, Basis::Invented];

    pub fn code(self) -> &'static str {
        match self {
            Basis::Anonymised => "anonymised",
            Basis::Consent => "consent",
            Basis::Invented => "invented",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Basis::Anonymised => "Fully anonymised",
            Basis::Consent => "Consent documented",
            Basis::Invented => "Invented for teaching",
        }
    }

    pub fn parse(code: &str) -> Option<Basis> {
        Basis::ALL.into_iter().find(|basis| basis.code() == code)
    }
}

/// What a post rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    Case,
    Question,
    Opinion,
    Experience,
    Evidence,
}

impl Ground {
    pub fn code(self) -> &'static str {
        match self {
            Ground::Case => "case",
            Ground::Question => "question",
            Ground::Opinion => "opinion",
            Ground::Experience => "experience",
            Ground::Evidence => "evidence",
        }
    }

    pub fn parse(code: &str) -> Option<Ground> {
        [Ground::Case, Ground::Question, Ground::Opinion, Ground::Experience, Ground::Evidence]
            .into_iter()
            .find(|ground| ground.code() == code)
    }
}

/// The text of a post as typed.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// What it rests on: opinion, experience, evidence; empty for the post that starts a thread.
    pub ground: String,
    pub source: String,
    /// The sender's own key; sending the same twice adds one post.
    pub key: String,
    /// How and when consent was recorded; empty without one.
    pub consent_note: String,
    /// Part name and text.
    pub texts: Vec<(String, String)>,
}

/// What a new thread says of itself beside the text.
#[derive(Debug, Clone, Default)]
pub struct Start {
    pub room: String,
    pub kind: String,
    pub basis: String,
}

/// A draft that reads: ready for the check.
pub struct Reading {
    pub ground: Ground,
    pub key: String,
    pub parts: Vec<Part>,
}

impl Draft {
    pub fn text(&self, part: &str) -> &str {
        self.texts.iter().find(|(name, _)| name == part).map_or("", |(_, text)| text)
    }

    /// The parts as the check sees them, empty ones left out.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = PARTS
            .iter()
            .filter(|(name, _)| *name != "source")
            .filter_map(|(name, _)| {
                let text = clean(self.text(name));
                (!text.is_empty()).then(|| Part { name: (*name).to_owned(), text })
            })
            .collect();
        let source = clean(&self.source);
        if !source.is_empty() {
            parts.push(Part { name: "source".to_owned(), text: source });
        }
        parts
    }

    /// Reads the first post of a thread.
    ///
    /// # Errors
    /// Every field that must be put right.
    pub fn read_start(&self, start: &Start) -> Result<(Kind, Option<Basis>, Reading)> {
        let mut faults = Vec::new();
        let kind = Kind::parse(&start.kind);
        if kind.is_none() {
            faults.push(Fault::new("kind", "unknown", "Choose a case or a question."));
        }
        let basis = Basis::parse(&start.basis);
        if kind == Some(Kind::Case) && basis.is_none() {
            faults.push(Fault::new("basis", "missing", "Say on what basis this case may be shared."));
        }
        let title = self.text("title").trim();
        if title.is_empty() {
            faults.push(Fault::new("title", "missing", "Give it a title: what would a colleague search for?"));
        } else if title.chars().count() > LONGEST_TITLE {
            faults.push(Fault::new(
                "title",
                "too-long",
                format!("Use at most {LONGEST_TITLE} characters for the title."),
            ));
        }
        if self.text("question").trim().is_empty() {
            faults.push(Fault::new("question", "missing", "Say what you would like to know."));
        }
        if kind == Some(Kind::Case) && self.text("presentation").trim().is_empty() {
            faults.push(Fault::new("presentation", "missing", "Say in a sentence or two how it presented."));
        }
        self.judge_lengths(&mut faults);
        let (Some(kind), true) = (kind, faults.is_empty()) else { return Err(Problem::Refused(faults)) };
        let ground = if kind == Kind::Case { Ground::Case } else { Ground::Question };
        let basis = if kind == Kind::Case { basis } else { None };
        Ok((kind, basis, Reading { ground, key: self.read_key()?, parts: self.parts() }))
    }

    /// Reads a reply.
    ///
    /// # Errors
    /// Every field that must be put right.
    pub fn read_reply(&self) -> Result<Reading> {
        let mut faults = Vec::new();
        if self.text("body").trim().is_empty() {
            faults.push(Fault::new("body", "missing", "There is nothing to publish yet."));
        }
        let ground = Ground::parse(&self.ground).filter(|ground| !matches!(ground, Ground::Case | Ground::Question));
        if ground.is_none() {
            faults.push(Fault::new("ground", "missing", "Say what this rests on: opinion, experience or evidence."));
        }
        if ground == Some(Ground::Evidence) && self.source.trim().is_empty() {
            faults.push(Fault::new("source", "missing", "Add the source, or choose experience."));
        }
        if self.source.chars().count() > LONGEST_SOURCE {
            faults.push(Fault::new("source", "too-long", format!("Use at most {LONGEST_SOURCE} characters.")));
        }
        self.judge_lengths(&mut faults);
        let (Some(ground), true) = (ground, faults.is_empty()) else { return Err(Problem::Refused(faults)) };
        Ok(Reading { ground, key: self.read_key()?, parts: self.parts() })
    }

    fn judge_lengths(&self, faults: &mut Vec<Fault>) {
        if self.consent_note.chars().count() > LONGEST_NOTE {
            faults.push(Fault::new("consent_note", "too-long", format!("Use at most {LONGEST_NOTE} characters.")));
        }
        for (name, text) in &self.texts {
            if text.chars().count() > LONGEST {
                faults.push(Fault::new(name, "too-long", format!("Use at most {LONGEST} characters here.")));
            }
            if text.contains('\0') {
                faults.push(Fault::new(
                    name,
                    "control",
                    "There is a character in it that cannot be shown; take it out.",
                ));
            }
        }
    }

    fn read_key(&self) -> Result<String> {
        let sound =
            (8..=64).contains(&self.key.len()) && self.key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        sound.then(|| self.key.clone()).ok_or_else(|| {
            Problem::field("key", "missing", "Send a key of 8 to 64 letters and figures, new for each post.")
        })
    }
}

/// Line ends as one kind (a browser's form sends CRLF for the LF that its script sees), nothing else: what was checked
/// while typing and what is checked now must be the same text. Blank is empty.
pub fn clean(text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { text.replace("\r\n", "\n").replace('\r', "\n") }
}
