//! `/verify/{id}`: the claim beside the register, the evidence, the decision.

use askama::Template;

use crate::web::form::{Choice, Field, Summary, choices};
use crate::web::moment::Moment;
use crate::web::pages::application::{Answer, Question};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/verify_one.html")]
pub struct VerifyOnePage {
    pub shell: Shell,
    pub id: String,
    pub name: String,
    /// "Nurse", "United Kingdom".
    pub facts: Vec<String>,
    pub sent: Moment,
    pub due: Moment,
    pub questions: Vec<Question>,
    pub rows: Vec<Row>,
    /// Said under the rows: why a name counts as the same, how many share it.
    pub remark: Option<String>,
    /// "Snapshot of this morning, 06:00".
    pub source: String,
    /// The applicant's own words.
    pub statement: Option<String>,
    pub points: u8,
    pub points_needed: u8,
    pub evidence: Vec<Evidence>,
    /// What the applicant, colleagues and verifiers gave, oldest first.
    pub given: Vec<GivenLine>,
    /// Forms to add some; none once it is decided.
    pub add: Option<AddForms>,
    /// What is to be mended in them.
    pub add_faults: Vec<String>,
    pub decision: Decision,
    /// Somebody else holds the number: until then they may answer.
    pub disputed: Option<Moment>,
    /// Oldest first.
    pub history: Vec<Entry>,
}

/// One line of claim and register.
pub struct Row {
    pub name: String,
    pub claimed: String,
    pub register: String,
    pub class: MatchClass,
    /// In words: "Equal", "Short form", "One letter differs", "Other", "In good standing".
    pub words: String,
    /// A number, to be compared letter by letter.
    pub is_code: bool,
}

/// A text cut at what differs from its neighbour.
pub struct Cut<'a> {
    pub start: &'a str,
    pub differs: &'a str,
    pub end: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MatchClass {
    Same,
    Look,
    Other,
    /// Nothing to compare.
    None,
}

pub struct Evidence {
    pub title: String,
    pub words: String,
    pub points: u8,
    pub answer: Answer,
}

/// One piece that was given.
#[derive(Default)]
pub struct GivenLine {
    pub id: String,
    pub title: String,
    pub state: String,
    pub counts: bool,
    pub detail: String,
    pub when: Moment,
    /// A document that can be opened; the first that waits opens by a key.
    pub is_document: bool,
    pub is_next: bool,
    pub is_vouch: bool,
    pub is_frozen: bool,
}

/// How a verifier adds evidence.
pub struct AddForms {
    /// `2026-03-12`
    pub today: String,
    pub live: Vec<Choice>,
    pub publishers: Vec<Choice>,
}

pub enum Decision {
    /// Open, or refused by us with problems.
    Open(DecisionForm),
    /// A word on why it cannot be decided here: decided already, one's own, waiting for an answer.
    Closed(String),
}

#[derive(Default)]
pub struct DecisionForm {
    /// `approve`, `more` or `refuse`.
    pub decision: Field,
    pub reason: Field,
    pub note: Field,
    pub problem: Option<String>,
    pub reasons: Vec<Reason>,
}

/// A reason, and the decision it belongs to.
pub struct Reason {
    pub of: &'static str,
    pub value: &'static str,
    pub words: &'static str,
}

pub struct Entry {
    pub who: String,
    pub what: String,
    pub when: Moment,
    /// The words that went with it.
    pub note: Option<String>,
}

impl MatchClass {
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Same => "ok",
            Self::Look => "confirm",
            Self::Other => "block",
            Self::None => "todo",
        }
    }

    pub fn class(self) -> &'static str {
        match self {
            Self::Same => "is-ok",
            Self::Look => "is-confirm",
            Self::Other => "is-block",
            Self::None => "",
        }
    }

    pub fn is_to_look_at(self) -> bool {
        matches!(self, Self::Look | Self::Other)
    }
}

impl DecisionForm {
    pub fn summary(&self) -> Summary {
        Summary::new(
            &self.problem,
            &[
                ("reason", "Reason", &self.reason),
                ("note", "Note to the applicant", &self.note),
                ("decision-approve", "Decision", &self.decision),
            ],
        )
    }
}

impl VerifyOnePage {
    pub fn is_enough(&self) -> bool {
        self.points >= self.points_needed
    }

    /// One pip for each point needed or given: is it given?
    pub fn pips(&self) -> Vec<bool> {
        (0..self.points.max(self.points_needed)).map(|pip| pip < self.points).collect()
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample_staff("Oyin Farrow-Adair", Place::Verify),
            id: "v1".to_owned(),
            name: "Oyin Farrow-Adair".to_owned(),
            facts: vec!["Nurse".to_owned(), "United Kingdom".to_owned()],
            sent: moment("2 hours ago"),
            due: moment("today, 17:00"),
            questions: vec![
                question("Does the registration exist, in good standing?", Answer::Yes, "Yes. Snapshot of this morning."),
                question("Is this one real person?", Answer::Yes, "Yes. Address confirmed, passkey made."),
                question("Is this person that registrant?", Answer::Look, "1 of 2 points, and the first name differs."),
            ],
            rows: vec![
                Row::sample("Number", "99Z4471E", "99Z4471E", MatchClass::Same, "Equal"),
                Row::sample("First name", "Oyin", "Oyinade", MatchClass::Look, "Short form"),
                Row::sample("Family name", "Farrow-Adair", "Farrow-Adair", MatchClass::Same, "Equal"),
                Row::sample("Profession", "Nurse", "Registered nurse, adult", MatchClass::Same, "Equal"),
                Row::sample("Status", "", "Registered", MatchClass::Same, "In good standing"),
                Row::sample("Conditions", "", "None recorded", MatchClass::None, "None"),
            ],
            remark: Some("“Oyin” is a known short form of “Oyinade”. Nobody else in the register has this family name with that initial.".to_owned()),
            source: "Nursing and Midwifery Council, snapshot of today, 06:00".to_owned(),
            statement: Some("Everyone at work calls me Oyin. The page of my clinic has both names.".to_owned()),
            points: 1,
            points_needed: 2,
            evidence: vec![
                Evidence {
                    title: "An address at work".to_owned(),
                    words: "Link opened 96 minutes ago. The domain is that of an employer the register names.".to_owned(),
                    points: 1,
                    answer: Answer::Yes,
                },
                Evidence {
                    title: "A member vouches".to_owned(),
                    words: "Nobody was asked.".to_owned(),
                    points: 0,
                    answer: Answer::NotYet,
                },
            ],
            given: vec![
                GivenLine {
                    id: "e1".to_owned(),
                    title: "A document with a photo".to_owned(),
                    state: "With the verifiers".to_owned(),
                    when: moment("1 hour ago"),
                    is_document: true,
                    is_next: true,
                    ..GivenLine::default()
                },
                GivenLine {
                    id: "e2".to_owned(),
                    title: "A member vouches".to_owned(),
                    state: "Set aside until somebody has looked".to_owned(),
                    detail: "Petra Lindgaard-Asante".to_owned(),
                    when: moment("2 hours ago"),
                    is_vouch: true,
                    is_frozen: true,
                    ..GivenLine::default()
                },
            ],
            add: Some(AddForms {
                today: "2026-03-12".to_owned(),
                live: choices(&[("video", "By video"), ("in-person", "In the same room")]),
                publishers: choices(&[("register", "The register"), ("employer", "The employer")]),
            }),
            add_faults: Vec::new(),
            decision: Decision::Open(DecisionForm { reasons: reasons(), ..DecisionForm::default() }),
            disputed: Some(moment("in 3 days")),
            history: vec![
                Entry { who: "The applicant".to_owned(), what: "sent the application".to_owned(), when: moment("2 hours ago"), note: None },
                Entry { who: "The house".to_owned(), what: "found the number in the register".to_owned(), when: moment("2 hours ago"), note: None },
                Entry { who: "You".to_owned(), what: "opened this page".to_owned(), when: moment("just now"), note: None },
            ],
        }
    }

    pub fn sample_refused() -> Self {
        Self {
            add_faults: vec!["Write where you found it: the page's address, or the entry's name.".to_owned()],
            decision: Decision::Open(DecisionForm {
                decision: Field::typed("more"),
                reason: Field::wrong("", "Choose a reason: the applicant is told it."),
                note: Field::wrong("", "Write what you need from them: they see nothing else."),
                problem: None,
                reasons: reasons(),
            }),
            ..Self::sample()
        }
    }

    pub fn sample_closed() -> Self {
        let mut page = Self {
            add: None,
            decision: Decision::Closed("Approved by M. Adeyemi-Voss, 5 minutes ago.".to_owned()),
            ..Self::sample()
        };
        page.history.push(Entry {
            who: "M. Adeyemi-Voss".to_owned(),
            what: "approved: name is a known short form".to_owned(),
            when: moment("5 minutes ago"),
            note: Some("Welcome. Add your full first name to your profile if you like.".to_owned()),
        });
        page
    }
}

impl Row {
    /// The claim, cut at what the register has otherwise.
    pub fn claimed_cut(&self) -> Cut<'_> {
        self.cut(&self.claimed, &self.register)
    }

    pub fn register_cut(&self) -> Cut<'_> {
        self.cut(&self.register, &self.claimed)
    }

    fn cut<'a>(&self, text: &'a str, other: &str) -> Cut<'a> {
        if !self.class.is_to_look_at() || other.is_empty() {
            return Cut { start: text, differs: "", end: "" };
        }
        let same = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
            pairs.take_while(|(one, two)| one == two).map(|(one, _)| one.len_utf8()).sum()
        };
        let start = same(&mut text.chars().zip(other.chars()));
        let end = same(&mut text[start..].chars().rev().zip(other[start..].chars().rev()));
        Cut { start: &text[..start], differs: &text[start..text.len() - end], end: &text[text.len() - end..] }
    }

    fn sample(name: &str, claimed: &str, register: &str, class: MatchClass, words: &str) -> Self {
        Self {
            name: name.to_owned(),
            claimed: claimed.to_owned(),
            register: register.to_owned(),
            class,
            words: words.to_owned(),
            is_code: name == "Number",
        }
    }
}

fn reasons() -> Vec<Reason> {
    let reason = |of, value, words| Reason { of, value, words };
    vec![
        reason("approve", "name-short-form", "Name: known short form, everything else equal"),
        reason("approve", "name-change-seen", "Name: document of change seen"),
        reason("more", "evidence-insufficient", "Evidence insufficient"),
        reason("refuse", "not-in-good-standing", "Registration not in good standing"),
        reason("refuse", "number-not-found", "Number not in the register"),
    ]
}

fn question(title: &str, answer: Answer, words: &str) -> Question {
    Question { title: title.to_owned(), answer, words: words.to_owned() }
}

fn moment(words: &str) -> Moment {
    Moment { iso: "2026-03-12T16:00:00Z".to_owned(), words: words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cuts(claimed: &str, register: &str, expected: [&str; 6]) {
        let row = Row::sample("Name", claimed, register, MatchClass::Look, "");
        let (one, two) = (row.claimed_cut(), row.register_cut());
        assert_eq!([one.start, one.differs, one.end, two.start, two.differs, two.end], expected);
    }

    #[test]
    fn what_differs_is_cut_out() {
        cuts("Oyin", "Oyinade", ["Oyin", "", "", "Oyin", "ade", ""]);
        cuts("Farow", "Farrow", ["Far", "", "ow", "Far", "r", "ow"]);
        cuts("Zoë", "Zoé", ["Zo", "ë", "", "Zo", "é", ""]);
        cuts("Brown", "", ["Brown", "", "", "", "", ""]);
    }
}
