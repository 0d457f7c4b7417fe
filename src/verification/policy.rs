//! The policy: what the evidence is worth, and who may decide.
//!
//! Four scores, never added up: **R** the registration exists in good standing, **I** a real person, **B** this person is
//! that registrant, **F** what speaks of fraud. Gates on all four decide who decides; points only tell a verifier where
//! to look.
//!
//! *Nobody is admitted by a match alone.* What a register says is public, so it never raises B; and no configuration can
//! open a gate on less than B 3 (control of an address that an employer or register publishes). What the house itself
//! can gather today ends at I 1 (a confirmed address): with the gates as they come, every application goes to a person.
//! A society that takes control of a personal mailbox at a listed institution for enough lowers `i` in its own gate.

use super::mailbox::Mailbox;
use crate::base::clock::{DAY, Time};
use crate::base::problem::{Problem, Result};
use crate::registers::names::{Class, Match};
use crate::registers::{Entry, Namesakes, Reading, Register, Status};
use serde::Deserialize;

/// What a society decides for itself; the section `admission` of the configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Domains whose mailboxes are given to staff alone: `hospital.example` means exactly that, `.hospital.example` also
    /// what lies under it. Not those of universities, whose students and alumni have them too.
    pub institutional_domains: Vec<String>,
    /// Domains of throw-away addresses.
    pub disposable_domains: Vec<String>,
    /// A register's file older than this admits nobody by itself.
    pub register_days: i64,
    /// The gates that admit without a verifier.
    pub auto: Vec<Gate>,
}

/// What must hold to be admitted without a verifier.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    pub name: String,
    pub r: u8,
    pub i: u8,
    pub b: u8,
    /// Name classes, from `E`, `N`, `V`.
    pub names: Vec<String>,
}

impl Default for Policy {
    fn default() -> Policy {
        let gate = |name: &str, r, i, b, names: &[&str]| Gate {
            name: name.to_owned(),
            r,
            i,
            b,
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        Policy {
            institutional_domains: Vec::new(),
            disposable_domains: Vec::new(),
            register_days: 45,
            auto: vec![
                gate("A1", 2, 3, 4, &["E", "N", "V"]),
                gate("A2", 2, 3, 3, &["E", "N"]),
                gate("A3", 3, 4, 2, &["E", "N"]),
            ],
        }
    }
}

impl Policy {
    /// Whether the configuration can be meant; asked once, at the start.
    ///
    /// # Errors
    /// Names the key and the gate that would admit on too little. Such a gate would never open anyway.
    pub fn check(&self) -> Result<()> {
        match self.auto.iter().find(|gate| !gate.is_sound()) {
            None => Ok(()),
            Some(gate) => Err(Problem::fault(format!(
                "admission.auto: the gate {:?} asks for too little. A gate needs i of 1 or more, names from E and N (V only with \
                 b = 4), and r = 2 with b = 3 or more, or r = 3 with i = 4 and b = 2.",
                gate.name
            ))),
        }
    }
}

impl Gate {
    /// Below this no configuration goes: register evidence is no evidence of the person.
    fn is_sound(&self) -> bool {
        let variant = self.names.iter().any(|name| name == "V");
        let strange = self.names.iter().any(|name| !["E", "N", "V"].contains(&name.as_str()));
        let strong = (self.r >= 2 && self.b >= 3) || (self.r >= 3 && self.i >= 4 && self.b >= 2);
        strong && self.i >= 1 && !strange && (!variant || self.b >= 4)
    }
}

/// What speaks of fraud. Each counts one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    BoundElsewhere,
    TriedElsewhere,
    ManyNumbers,
    LookAlikeDomain,
    Disposable,
    NearName,
    EndedNumber,
    JustPublished,
    OtherCountry,
    NameChanged,
}

impl Flag {
    pub fn words(self) -> &'static str {
        match self {
            Flag::BoundElsewhere => {
                "Another account is admitted with this number. Do not tell either who the other is."
            }
            Flag::TriedElsewhere => "Another account has applied with this number.",
            Flag::ManyNumbers => "This account has tried more than three numbers.",
            Flag::LookAlikeDomain => "The address has a domain that looks like a listed institution's and is not.",
            Flag::Disposable => "The address is of the kind that is thrown away.",
            Flag::NearName => "The name is one letter away from the registered one.",
            Flag::EndedNumber => "The number belonged to somebody whose registration has ended.",
            Flag::JustPublished => "The register lists the number for less than 30 days.",
            Flag::OtherCountry => "The applicant practises in another country than the register's.",
            Flag::NameChanged => "The applicant has claimed this number under another name before.",
        }
    }
}

/// Everything the policy looks at; see `facts.rs` for where it comes from.
#[derive(Debug, Clone)]
pub struct Facts {
    pub register: &'static Register,
    pub reading: Option<Reading>,
    /// The entry, unless the register no longer holds it.
    pub entry: Option<Entry>,
    /// The entry was there and is not any more.
    pub is_absent: bool,
    pub found: Option<Match>,
    pub namesakes: Namesakes,
    pub profession_fits: bool,
    pub mailbox: Mailbox,
    pub country: String,
    /// Other accounts with this number: admitted, and applied.
    pub bound_elsewhere: bool,
    pub tried_elsewhere: bool,
    pub numbers_tried: i64,
    pub name_changed: bool,
    /// A verifier has refused this account: no gate opens by itself after that.
    pub refused_before: bool,
    pub now: Time,
}

/// Whether one of the three questions is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Yes,
    Look,
    NotYet,
    No,
}

/// One of the three questions with its answer in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub answer: Answer,
    pub words: String,
}

/// Who decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The policy admits, by the gate of this name.
    Admit(String),
    OneVerifier,
    TwoVerifiers,
    /// The policy refuses; the applicant can appeal to a person.
    Refuse,
}

/// What the policy makes of the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub r: u8,
    pub i: u8,
    pub b: u8,
    pub flags: Vec<Flag>,
    /// Exists in good standing; a real person; that registrant.
    pub questions: [Question; 3],
    pub outcome: Outcome,
}

/// Judges an application. Pure: the same facts always give the same answer.
pub fn judge(policy: &Policy, facts: &Facts) -> Judgement {
    let (r, exists) = registration(facts);
    let (b, is_registrant) = registrant(facts);
    let i = 1;
    let person = Question { answer: Answer::Yes, words: "The address is confirmed.".to_owned() };
    let flags = flags(facts);
    let outcome = outcome(policy, facts, r, i, b, &flags);
    Judgement { r, i, b, flags, questions: [exists, person, is_registrant], outcome }
}

/// R: 1 well-formed; 2 found, of that profession, in good standing, the name not another.
fn registration(facts: &Facts) -> (u8, Question) {
    let say = |r, answer, words: String| (r, Question { answer, words });
    let name = facts.register.name;
    let Some(entry) = &facts.entry else {
        return match (&facts.reading, facts.is_absent) {
            _ if !facts.register.is_published() => {
                say(1, Answer::Look, format!("The {name} publishes no file; a verifier looks the number up by hand."))
            }
            (None, _) => say(
                1,
                Answer::Look,
                format!("No file of the {name} was read here yet; a verifier looks the number up."),
            ),
            (Some(_), true) => say(1, Answer::Look, format!("The {name} no longer lists this number.")),
            (Some(_), false) => say(1, Answer::No, format!("The number is not in the {name}'s file.")),
        };
    };
    let status = entry.status;
    if status.locks() {
        return say(1, Answer::No, format!("{}, says the {name}: “{}”.", status.words(), entry.status_raw));
    }
    if !facts.profession_fits {
        return say(
            1,
            Answer::Look,
            format!("The {name} lists another profession: {}.", entry.profession.words().to_lowercase()),
        );
    }
    let r = if facts.found.as_ref().is_some_and(|found| found.class < Class::X) { 2 } else { 1 };
    let answer = if status == Status::Active { Answer::Yes } else { Answer::Look };
    say(r, answer, format!("{name}: {}.", status.words().to_lowercase()))
}

/// B: 1 the same name; 2 a mailbox at a listed institution; 3 one that is a person's and carries the name. The register
/// alone never gets beyond 1.
fn registrant(facts: &Facts) -> (u8, Question) {
    let class = facts.found.as_ref().map(|found| found.class);
    let of_name = u8::from(matches!(class, Some(Class::E | Class::N)));
    let b = match facts.mailbox {
        Mailbox::Institutional => 3,
        Mailbox::Unnamed => 2,
        _ => of_name,
    };
    let (answer, words) = match (class, b) {
        (Some(Class::X), _) => (Answer::No, "The name is not the registered one."),
        (Some(Class::F), _) => (Answer::Look, "The name is one letter away from the registered one."),
        (None, 3) => (Answer::Look, "A work address is confirmed; there is no entry to compare the name with."),
        (_, 3) => {
            (Answer::Yes, "A personal mailbox at a listed institution, carrying the registered name, is confirmed.")
        }
        (_, 2) => (Answer::Look, "A mailbox at a listed institution is confirmed; whose it is does not show."),
        (Some(Class::V), _) => {
            (Answer::Look, "The name differs from the register's in a known way. Nothing else shows it yet.")
        }
        _ => (Answer::NotYet, "A number and a name are public. One sign that they are the applicant's is missing."),
    };
    (b, Question { answer, words: words.to_owned() })
}

fn flags(facts: &Facts) -> Vec<Flag> {
    let ended = facts.is_absent
        || facts.entry.as_ref().is_some_and(|entry| !entry.status.is_good() && entry.status != Status::Unknown);
    let near = facts.found.as_ref().is_some_and(|found| found.class == Class::F);
    let new = facts.entry.as_ref().is_some_and(|entry| is_newer_than(&entry.valid_from, facts.now.plus(-30 * DAY)));
    [
        (facts.bound_elsewhere, Flag::BoundElsewhere),
        (facts.tried_elsewhere, Flag::TriedElsewhere),
        (facts.numbers_tried > 3, Flag::ManyNumbers),
        (facts.mailbox == Mailbox::LookAlike, Flag::LookAlikeDomain),
        (facts.mailbox == Mailbox::Disposable, Flag::Disposable),
        (near, Flag::NearName),
        (ended, Flag::EndedNumber),
        (new, Flag::JustPublished),
        (facts.country != facts.register.country, Flag::OtherCountry),
        (facts.name_changed, Flag::NameChanged),
    ]
    .into_iter()
    .filter_map(|(holds, flag)| holds.then_some(flag))
    .collect()
}

/// Dates of the form `YYYY-MM-DD` sort as texts do.
fn is_newer_than(date: &str, time: Time) -> bool {
    !date.is_empty() && date > time.iso().get(..10).unwrap_or("")
}

fn outcome(policy: &Policy, facts: &Facts, r: u8, i: u8, b: u8, flags: &[Flag]) -> Outcome {
    let status = facts.entry.as_ref().map(|entry| entry.status);
    if status.is_some_and(Status::locks) {
        return Outcome::Refuse;
    }
    if flags.len() >= 2 || facts.bound_elsewhere {
        return Outcome::TwoVerifiers;
    }
    let class = facts.found.as_ref().map(|found| found.class.code());
    let fresh = facts
        .reading
        .as_ref()
        .and_then(|reading| reading.finished_at)
        .is_some_and(|at| at >= facts.now.plus(-policy.register_days * DAY));
    let clear =
        flags.is_empty() && !facts.refused_before && status == Some(Status::Active) && fresh && facts.profession_fits;
    let gate = policy.auto.iter().filter(|gate| gate.is_sound()).find(|gate| {
        r >= gate.r
            && i >= gate.i
            && b >= gate.b
            && class.is_some_and(|class| gate.names.iter().any(|name| name == class))
    });
    match gate {
        Some(gate) if clear => Outcome::Admit(gate.name.clone()),
        _ => Outcome::OneVerifier,
    }
}
