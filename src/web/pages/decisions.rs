//! `/moderation/past`: what was decided. `/moderation/decisions/{id}`: one decision, and what can be answered to it
//! (`answer`: carry-out, decline, uphold, reverse, undo). `/membership/decisions`: what was done about oneself;
//! `POST /membership/decisions/{id}/appeal` sends `words`.

use askama::Template;

use crate::web::form::{Field, Summary};
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

/// A decision as a line of a list.
#[derive(Clone)]
pub struct DecisionLine {
    pub id: String,
    /// "Remove everywhere".
    pub words: String,
    /// "rule 2 (confidentiality)"; may be empty.
    pub rule: String,
    /// "Cardiology, by Dr Piet Lindqvist-Amoah".
    pub place: String,
    /// "in force", "undone", "waits for a second moderator".
    pub state: &'static str,
    pub at: Moment,
}

impl DecisionLine {
    pub fn sample() -> Self {
        Self {
            id: "019a5c2e-0000-7000-8000-0000000000d1".to_owned(),
            words: "Warn the author".to_owned(),
            rule: "rule 5 (unprofessional)".to_owned(),
            place: "Acute medicine, by Dr Piet Lindqvist-Amoah".to_owned(),
            state: "in force",
            at: Moment { iso: "2026-02-13T15:00:00Z".to_owned(), words: "4 weeks ago".to_owned() },
        }
    }
}

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/past.html")]
pub struct PastPage {
    pub shell: Shell,
    /// Newest first.
    pub rows: Vec<DecisionLine>,
    /// The value for `?before=`.
    pub older: Option<String>,
}

impl PastPage {
    pub fn sample() -> Self {
        let undone = DecisionLine { state: "undone", words: "Lock the thread".to_owned(), ..DecisionLine::sample() };
        Self {
            shell: Shell::sample_staff("Past decisions", Place::Moderation),
            rows: vec![DecisionLine::sample(), undone],
            older: Some("1773414000000.d1".to_owned()),
        }
    }

    pub fn sample_empty() -> Self {
        Self { rows: vec![], older: None, ..Self::sample() }
    }
}

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/decision.html")]
pub struct DecisionPage {
    pub shell: Shell,
    pub line: DecisionLine,
    pub post: String,
    /// Who decided; empty for who hears the appeal.
    pub by: String,
    /// The private note; may be empty.
    pub note: String,
    /// What the measure does.
    pub effect: &'static str,
    /// The author's words, and when they sent them.
    pub appeal: Option<(String, Moment)>,
    pub can_second: bool,
    pub can_hear: bool,
    pub can_undo: bool,
    /// A reversal puts everything back.
    pub undoes: bool,
    /// Why this moderator may not answer.
    pub bar: Option<String>,
    pub problem: Option<String>,
}

impl DecisionPage {
    pub fn summary(&self) -> Summary {
        Summary::new(&self.problem, &[])
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample_staff("A decision", Place::Moderation),
            line: DecisionLine::sample(),
            post: "019a5c2e-0000-7000-8000-000000000004".to_owned(),
            by: "Dr Ines Calder-Moss".to_owned(),
            note: "The second time in this thread.".to_owned(),
            effect: "They are told under which rule, by mail and in the house. Nothing else changes. This can be undone.",
            appeal: None,
            can_second: false,
            can_hear: false,
            can_undo: true,
            undoes: true,
            bar: None,
            problem: None,
        }
    }

    pub fn sample_proposed() -> Self {
        let line = DecisionLine {
            words: "End the membership".to_owned(),
            state: "waits for a second moderator",
            ..DecisionLine::sample()
        };
        let effect = "As a suspension, and for good: nobody can come back under this registration. Their posts stay. An \
                      appeal can undo it.";
        Self { line, effect, can_second: true, can_undo: false, ..Self::sample() }
    }

    pub fn sample_appeal() -> Self {
        let at = Moment { iso: "2026-03-13T15:00:00Z".to_owned(), words: "2 hours ago".to_owned() };
        Self {
            line: DecisionLine { state: "an appeal waits", ..DecisionLine::sample() },
            by: String::new(),
            appeal: Some(("It was meant as irony, and I said so two replies later.".to_owned(), at)),
            can_hear: true,
            can_undo: false,
            ..Self::sample()
        }
    }

    pub fn sample_barred() -> Self {
        let bar = Some("You had a hand in this yourself. Another moderator decides.".to_owned());
        Self { can_hear: false, bar, ..Self::sample_appeal() }
    }
}

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/own_decisions.html")]
pub struct OwnDecisionsPage {
    pub shell: Shell,
    pub notice: Option<String>,
    /// Newest first.
    pub decisions: Vec<OwnDecision>,
}

/// What was done about oneself.
#[derive(Clone)]
pub struct OwnDecision {
    pub id: String,
    /// "Your post was removed."
    pub done: &'static str,
    /// "Rule 2: it could identify a patient."
    pub why: String,
    pub rule: i64,
    pub at: Moment,
    /// The last day of a restriction.
    pub until: Option<Moment>,
    pub thread: String,
    pub post: String,
    pub room: String,
    pub state: &'static str,
    /// What one wrote, and when.
    pub appealed: Option<(String, Moment)>,
    pub can_appeal: bool,
    /// A reversal puts everything back.
    pub undoes: bool,
    pub words: Field,
    pub problem: Option<String>,
}

impl OwnDecision {
    pub fn summary(&self) -> Summary {
        Summary::new(&self.problem, &[])
    }

    /// Before the ids of its form's fields.
    pub fn at_id(&self) -> String {
        format!("d-{}-", self.id)
    }
}

impl OwnDecisionsPage {
    pub fn sample() -> Self {
        let at = |words: &str| Moment { iso: "2026-03-13T15:00:00Z".to_owned(), words: words.to_owned() };
        let one = OwnDecision {
            id: "d1".to_owned(),
            done: "Your post was removed.",
            why: "Rule 2: it could identify a patient.".to_owned(),
            rule: 2,
            at: at("2 hours ago"),
            until: None,
            thread: "019a5c2e-0000-7000-8000-0000000000aa".to_owned(),
            post: "019a5c2e-0000-7000-8000-000000000004".to_owned(),
            room: "Acute medicine".to_owned(),
            state: "in force",
            appealed: None,
            can_appeal: true,
            undoes: false,
            words: Field::default(),
            problem: None,
        };
        let other = OwnDecision {
            id: "d2".to_owned(),
            done: "You can read, but not write, for a time.",
            why: "Rule 5: it was unprofessional.".to_owned(),
            rule: 5,
            until: Some(at("in 5 days")),
            state: "an appeal waits",
            appealed: Some(("It was meant as irony.".to_owned(), at("yesterday"))),
            can_appeal: false,
            undoes: true,
            ..one.clone()
        };
        Self { shell: Shell::sample("What moderators did", Place::Settings), notice: None, decisions: vec![one, other] }
    }

    pub fn sample_refused() -> Self {
        let mut page = Self::sample();
        page.decisions[0].words = Field::wrong("", "Say why it should be decided otherwise.");
        page
    }

    pub fn sample_empty() -> Self {
        Self { decisions: vec![], ..Self::sample() }
    }
}
