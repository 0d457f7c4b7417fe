//! `/moderation/{post}`: one post before a moderator, beside the queue, with everything needed to decide.
//!
//! `POST /moderation/{post}/measures/{measure}` sends `reason`, `note`, and what the measure takes: `words`, `room`,
//! `until` (a day). `POST /moderation/{post}/claim` gives it out of one's hand.

use crate::base::text::Html;
use crate::moderation::{About, MEASURES, Measure, REASONS, State, Takes};
use crate::web::form::{Choice, Field};
use crate::web::moment::Moment;
use crate::web::pages::decisions::DecisionLine;

#[derive(Clone)]
pub struct Exhibit {
    pub post: String,
    pub thread: String,
    /// "Could identify a patient".
    pub words: String,
    /// "Reply 3 in “Sodium stuck at 124”, Acute medicine".
    pub place: String,
    pub author: String,
    pub hidden: Option<Moment>,
    /// Nobody can reply in its thread.
    pub is_locked: bool,
    /// Why this moderator may not decide on it.
    pub bar: Option<String>,
    /// The text with the check's findings in `<mark>`; one for each part of a post.
    pub parts: Vec<ExhibitPart>,
    /// What stands around it in the thread.
    pub beside: Vec<Beside>,
    /// What may be unprofessional in it, explained.
    pub language: Vec<String>,
    /// "Could be recognised by people close to them".
    pub band: String,
    /// "Fully anonymised" and such; for a case with consent, where it is documented.
    pub basis: String,
    /// How and when consent was recorded; empty without one.
    pub consent: String,
    /// What the author answered to the check.
    pub answers: Vec<Answer>,
    pub flags: Vec<FlagLine>,
    /// How many people were shown it.
    pub seen: i64,
    pub history: Vec<HistoryLine>,
    /// What was decided on this post, and on others by the same author.
    pub decided: Vec<DecisionLine>,
    pub about_author: Vec<DecisionLine>,
    pub effect: Effect,
    pub measures: Vec<MeasureForm>,
    /// The rooms a thread can be moved to.
    pub rooms: Vec<Choice>,
    /// What is wrong with the whole.
    pub problem: Option<String>,
}

/// A measure that can be taken now, with its form.
#[derive(Clone)]
pub struct MeasureForm {
    pub measure: &'static Measure,
    /// Before the ids of its fields: "remove-".
    pub at: String,
    pub is_open: bool,
    /// Another moderator carries it out.
    pub wants_two: bool,
    /// It asks for the moderator's passkey or password first.
    pub asks_step_up: bool,
    pub reason: Field,
    pub note: Field,
    pub words: Field,
    pub room: Field,
    pub until: Field,
}

/// A post beside the one that is judged.
#[derive(Clone)]
pub struct Beside {
    pub place: String,
    pub author: String,
    /// Its first words, or why there are none.
    pub words: String,
    pub is_before: bool,
}

#[derive(Clone)]
pub struct ExhibitPart {
    /// "Presentation"; empty where there is but one.
    pub label: String,
    pub html: Html,
}

#[derive(Clone)]
pub struct Answer {
    /// "Occupation kept".
    pub detail: String,
    /// "It matters clinically".
    pub reason: String,
}

#[derive(Clone)]
pub struct FlagLine {
    /// "Could identify a patient".
    pub kind: String,
    pub note: String,
    /// "a verified member"; never the name of the flagger.
    pub by: String,
    pub at: Moment,
}

#[derive(Clone)]
pub struct HistoryLine {
    pub words: String,
    pub at: Moment,
}

/// What removing would do.
#[derive(Clone, Copy)]
pub struct Effect {
    pub revisions: i64,
    pub quotes: i64,
    pub open_pages: i64,
    pub mails: i64,
}

impl Exhibit {
    /// Under which rule a measure is taken.
    pub fn reasons(&self) -> Vec<Choice> {
        REASONS.iter().map(|(code, rule, words)| Choice::new(*code, format!("Rule {rule}: {words}"))).collect()
    }

    /// What removing would do, counted.
    pub fn effect_of(&self, measure: &Measure) -> String {
        match measure.code {
            "remove" => {
                let shown = match self.seen {
                    0 => String::new(),
                    1 => " The one person who was shown it is named to you.".to_owned(),
                    many => format!(" The {many} people who were shown it are listed for you."),
                };
                format!("{} {}{shown}", self.effect.sentence(), measure.effect)
            }
            _ => measure.effect.to_owned(),
        }
    }

    /// The measures about one thing: "post", "thread", "person".
    pub fn about(&self, what: &str) -> Vec<&MeasureForm> {
        let about = match what {
            "thread" => About::Thread,
            "person" => About::Person,
            _ => About::Post,
        };
        self.measures.iter().filter(|form| form.measure.about == about).collect()
    }

    pub fn sample() -> Self {
        use crate::base::text::marked;
        let moment = |words: &str| Moment { iso: "2026-03-13T15:00:00Z".to_owned(), words: words.to_owned() };
        Self {
            post: "019a5c2e-0000-7000-8000-000000000004".to_owned(),
            thread: "019a5c2e-0000-7000-8000-0000000000aa".to_owned(),
            words: "Could identify a patient".to_owned(),
            place: "Reply 3 in “Sodium stuck at 124”, Acute medicine".to_owned(),
            author: "Dr Piet Lindqvist-Amoah".to_owned(),
            hidden: Some(moment("1 minute ago")),
            is_locked: false,
            bar: None,
            beside: vec![
                Beside {
                    place: "Reply 2".to_owned(),
                    author: "Dr Yusuf Dalgleish-Mbeki".to_owned(),
                    words:
                        "If her mood needs treatment, please do not just stop it. I cross-taper over seven to ten days."
                            .to_owned(),
                    is_before: true,
                },
                Beside {
                    place: "Reply 4".to_owned(),
                    author: "Dr Ada Marchetti-Wren".to_owned(),
                    words: "Agree with the order. Do look for a proton pump inhibitor on the list.".to_owned(),
                    is_before: false,
                },
            ],
            parts: vec![ExhibitPart {
                label: String::new(),
                html: marked(
                    "We had the same last month in the lady who ran the ferry kiosk, and it settled after the second week off sertraline.",
                    &[30..44, 45..62],
                ),
            }],
            language: vec!["contempt for a group of people (“foreigners”)".to_owned()],
            band: "Could be recognised by people close to them".to_owned(),
            basis: String::new(),
            consent: String::new(),
            answers: vec![Answer { detail: "Occupation kept".to_owned(), reason: "It matters clinically".to_owned() }],
            flags: vec![FlagLine {
                kind: "Could identify a patient".to_owned(),
                note: "I recognise this person.".to_owned(),
                by: "a verified member".to_owned(),
                at: moment("1 minute ago"),
            }],
            seen: 9,
            history: vec![
                HistoryLine { words: "Published".to_owned(), at: moment("48 minutes ago") },
                HistoryLine { words: "Flagged, and hidden from everyone".to_owned(), at: moment("1 minute ago") },
                HistoryLine { words: "Opened by you".to_owned(), at: moment("just now") },
            ],
            effect: Effect { revisions: 2, quotes: 1, open_pages: 6, mails: 3 },
            decided: vec![],
            about_author: vec![DecisionLine::sample()],
            measures: MEASURES.iter().filter(|one| one.fits(State::Veiled, false)).map(MeasureForm::sample).collect(),
            rooms: vec![Choice::new("r1", "Cardiology"), Choice::new("r2", "Renal")],
            problem: None,
        }
    }
}

impl MeasureForm {
    pub fn takes_span(&self) -> bool {
        self.measure.takes == Takes::Span
    }

    pub fn takes_notice(&self) -> bool {
        self.measure.takes == Takes::Notice
    }

    pub fn takes_room(&self) -> bool {
        self.measure.takes == Takes::Room
    }

    pub fn takes_until(&self) -> bool {
        self.measure.takes == Takes::Until
    }

    pub fn is_grave(&self) -> bool {
        !self.measure.can_undo && self.measure.code != "dismiss"
    }

    pub fn asks_reason(&self) -> bool {
        self.measure.code != "dismiss"
    }

    fn sample(measure: &'static Measure) -> Self {
        Self {
            measure,
            at: format!("{}-", measure.code),
            is_open: measure.code == "remove",
            wants_two: measure.code == "end",
            asks_step_up: measure.needs_proof,
            reason: Field::typed("confidentiality"),
            note: Field::default(),
            words: Field::default(),
            room: Field::default(),
            until: Field::default(),
        }
    }
}

impl Effect {
    /// "Gone from the post and its 2 revisions, 1 quote, the search index, 6 open pages and 3 unsent mails."
    pub fn sentence(self) -> String {
        let count = |many: i64, one: &str| format!("{many} {one}{}", if many == 1 { "" } else { "s" });
        let mut gone = vec!["the post".to_owned()];
        for (many, one) in [(self.revisions, "revision"), (self.quotes, "quote")] {
            if many > 0 {
                gone.push(format!("its {}", count(many, one)));
            }
        }
        gone.push("the search index".to_owned());
        for (many, one) in [(self.open_pages, "open page"), (self.mails, "unsent mail")] {
            if many > 0 {
                gone.push(count(many, one));
            }
        }
        let last = gone.pop().unwrap_or_default();
        format!("Gone from {} and {last}.", gone.join(", "))
    }
}
