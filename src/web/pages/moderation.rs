//! `/moderation`: what was flagged, most urgent first. `/moderation/{post}`: one exhibit beside the queue.
//!
//! `POST /moderation/{post}/removal` sends `code` (confidentiality, unprofessional, advertising, other);
//! `POST /moderation/{post}/restoration` shows it again and settles the flags as not upheld.

use askama::Template;

use crate::base::text::Html;
use crate::web::form::{Choice, Field, choices};
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/moderation.html")]
pub struct ModerationPage {
    pub shell: Shell,
    /// Most urgent first.
    pub queue: Vec<QueueRow>,
    pub exhibit: Option<Exhibit>,
    /// What was just done.
    pub notice: Option<String>,
}

#[derive(Clone)]
pub struct QueueRow {
    /// Where it is looked at.
    pub href: String,
    pub harm: Harm,
    /// "Could identify a patient".
    pub words: String,
    /// "Reply in Acute medicine".
    pub place: String,
    /// "Hidden since the flag", "2 flags".
    pub so_far: String,
    /// "4 min", "7 h", "late" when the time is over; or, where no clock runs, when it was flagged.
    pub left: String,
    /// Under 5 minutes.
    pub is_soon: bool,
    /// The exhibit shown beside the queue.
    pub is_here: bool,
}

/// How grave it may be: its glyph.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// Could identify a patient.
    Privacy,
    /// Could hurt one.
    Safety,
    Other,
}

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
    /// The text with the check's findings in `<mark>`; one for each part of a post.
    pub parts: Vec<ExhibitPart>,
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
    pub effect: Effect,
    pub code: Field,
    /// What is to be mended about the restoration; the form has no field of its own.
    pub reason: Field,
    /// Removing asks for the moderator's passkey or password again.
    pub asks_step_up: bool,
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

impl ModerationPage {
    pub fn soon(&self) -> usize {
        self.queue.iter().filter(|row| row.is_soon).count()
    }

    pub fn sample() -> Self {
        let mut page = Self::sample_queue();
        page.queue[0].is_here = true;
        page.exhibit = Some(Exhibit::sample());
        page
    }

    pub fn sample_queue() -> Self {
        let row = |n: u8, harm, words: &str, place: &str, so_far: &str, left: &str| QueueRow {
            href: format!("/moderation/019a5c2e-0000-7000-8000-00000000000{n}"),
            harm,
            words: words.to_owned(),
            place: place.to_owned(),
            so_far: so_far.to_owned(),
            left: left.to_owned(),
            is_soon: n == 4,
            is_here: false,
        };
        Self {
            shell: Shell::sample_staff("Moderation", Place::Moderation),
            queue: vec![
                row(
                    4,
                    Harm::Privacy,
                    "Could identify a patient",
                    "Reply in Acute medicine",
                    "Hidden since the flag",
                    "4 min",
                ),
                row(5, Harm::Safety, "Could harm if followed", "Reply in Paediatrics", "2 flags", "12 minutes ago"),
                row(
                    7,
                    Harm::Privacy,
                    "Waits before it is published",
                    "Case in Renal",
                    "Not published yet",
                    "1 hour ago",
                ),
                row(6, Harm::Other, "An interest not declared", "Case in Cardiology", "1 flag", "2 hours ago"),
            ],
            exhibit: None,
            notice: None,
        }
    }

    pub fn sample_empty() -> Self {
        Self {
            queue: vec![],
            notice: Some("Shown again. The author and the member who flagged it are told.".to_owned()),
            ..Self::sample_queue()
        }
    }
}

impl QueueRow {
    /// What stands under [`Self::left`].
    pub fn left_for(&self) -> &'static str {
        let is_clock = self.left.ends_with(" min") || self.left.ends_with(" h") || self.left == "late";
        if is_clock { "to answer" } else { "flagged" }
    }
}

impl Exhibit {
    /// Why a post may be removed.
    pub fn codes(&self) -> Vec<Choice> {
        choices(&[
            ("confidentiality", "Confidentiality: a person can be recognised"),
            ("unprofessional", "Unprofessional"),
            ("advertising", "Advertising"),
            ("other", "Other"),
        ])
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
            parts: vec![ExhibitPart {
                label: String::new(),
                html: marked(
                    "We had the same last month in the lady who ran the ferry kiosk, and it settled after the second week off sertraline.",
                    &[30..44, 45..62],
                ),
            }],
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
            code: Field::typed("confidentiality"),
            reason: Field::default(),
            asks_step_up: true,
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
