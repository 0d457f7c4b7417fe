//! What the de-identification check found in a text, beside the form that holds it.
//!
//! Rendered by the server after a refusal, so that it works without script; kept up to date by `web/js/composer.js`.

use crate::web::form::{Choice, Listed, Summary, choices};

#[derive(Clone)]
pub struct Check {
    pub findings: Vec<Found>,
    pub band: Band,
    /// The two or three details that tell most: "the date", "the occupation".
    pub details: Vec<String>,
    /// The cheapest change that would make the patient less recognisable, as a sentence.
    pub change: Option<String>,
    /// Why a detail may stay: codes and their words.
    pub keep_reasons: Vec<Choice>,
}

#[derive(Clone)]
pub struct Found {
    /// By which the author's answer is bound to exactly these words.
    pub key: String,
    /// The field it stands in: `title`, `body`, `presentation` …
    pub part: &'static str,
    /// The label of that field.
    pub part_words: &'static str,
    /// It must be changed; otherwise the author may answer why it can stay.
    pub must_change: bool,
    /// The words, as they stand in the text.
    pub words: String,
    /// Why, in one line.
    pub why: String,
    /// What may stand there instead; may be empty.
    pub suggestion: String,
    /// The reason given for keeping it; empty while not answered.
    pub answer: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// Nothing was checked yet.
    Unknown,
    Green,
    Amber,
    Red,
}

impl Check {
    /// A form nobody has typed into yet.
    pub fn nothing_yet(keep_reasons: Vec<Choice>) -> Self {
        Self { findings: vec![], band: Band::Unknown, details: vec![], change: None, keep_reasons }
    }

    pub fn to_fix(&self) -> usize {
        self.findings.iter().filter(|found| found.must_change).count()
    }

    pub fn to_answer(&self) -> usize {
        self.findings.iter().filter(|found| !found.must_change && found.answer.is_empty()).count()
    }

    /// "2 to fix, 1 to answer", "1 to answer", "0 to fix".
    pub fn count(&self) -> String {
        match (self.to_fix(), self.to_answer()) {
            (0, 0) if self.band == Band::Unknown => "Not checked yet".to_owned(),
            (0, 0) => "0 to fix".to_owned(),
            (fix, 0) => format!("{fix} to fix"),
            (0, answer) => format!("{answer} to answer"),
            (fix, answer) => format!("{fix} to fix, {answer} to answer"),
        }
    }

    pub fn class(&self) -> &'static str {
        match (self.to_fix(), self.to_answer()) {
            (0, 0) if self.band == Band::Unknown => "",
            (0, 0) => "is-ok",
            (0, _) => "is-confirm",
            _ => "is-block",
        }
    }

    /// The box above a refused form says so too: without script nothing else catches the eye.
    pub fn tell(&self, mut summary: Summary) -> Summary {
        if self.to_fix() + self.to_answer() > 0 {
            summary.whole.get_or_insert_with(|| "This is not published yet".to_owned());
            summary.fields.push(Listed { id: "check-h", label: "Could this identify someone", problem: self.count() });
        }
        summary
    }

    pub fn why(&self) -> String {
        let most =
            if self.details.is_empty() { String::new() } else { format!("Most telling: {}.", self.details.join(", ")) };
        format!("{most} {}", self.change.as_deref().unwrap_or_default()).trim().to_owned()
    }

    pub fn sample() -> Self {
        Self::nothing_yet(choices(&[
            ("not-true", "It is not true of this patient"),
            ("matters", "It matters clinically"),
            ("agreed", "The patient agreed to this detail"),
        ]))
    }

    pub fn sample_found() -> Self {
        let found = |key: &str, must_change, words: &str, why: &str, suggestion: &str| Found {
            key: key.to_owned(),
            part: "presentation",
            part_words: "Presentation",
            must_change,
            words: words.to_owned(),
            why: why.to_owned(),
            suggestion: suggestion.to_owned(),
            answer: String::new(),
        };
        Self {
            findings: vec![
                found("9f31c0", true, "Mrs Halloway", "A patient’s name.", "the patient"),
                found(
                    "77b2aa",
                    true,
                    "on 14 March",
                    "An exact date tied to the case. Later dates keep their distance from day 0.",
                    "on day 0",
                ),
                found(
                    "51dd09",
                    false,
                    "retired lock-keeper",
                    "Few people hold this job, and it does not change the medicine.",
                    "retired manual worker",
                ),
            ],
            band: Band::Amber,
            details: vec!["the exact date".to_owned(), "the occupation".to_owned()],
            change: Some("Leave out the occupation, or name only the exposure.".to_owned()),
            ..Self::sample()
        }
    }

    pub fn sample_found_in_reply() -> Self {
        let mut check = Self::sample_found();
        check.findings.truncate(1);
        for found in &mut check.findings {
            (found.part, found.part_words) = ("body", "Your reply");
        }
        check
    }
}

impl Band {
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::Unknown => "Nothing is written yet.",
            Self::Green => "Many people fit this description",
            Self::Amber => "Could be recognised by people close to them",
            Self::Red => "Could be recognised by strangers",
        }
    }

    pub fn class(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::Green => "is-ok",
            Self::Amber => "is-confirm",
            Self::Red => "is-block",
        }
    }
}
