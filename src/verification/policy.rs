//! The policy: what the evidence is worth, and who may decide.
//!
//! Four scores, never added up: **R** the registration exists in good standing, **I** a real person, **B** this person is
//! that registrant, **F** what speaks of fraud. Gates on all four decide who decides; points only tell a verifier where
//! to look.
//!
//! *Nobody is admitted by a match alone.* What a register says is public, so it never raises B; and no configuration can
//! open a gate on less than B 3 (control of an address that an employer or register publishes). I and B come from pieces
//! of evidence ([`super::worth`]) and from the confirmed address alone. The gates stand in this order: a registration
//! that is not in force refuses; signs of fraud, and the grounds that a society names, want two verifiers; the gates
//! under `auto` admit; everything else goes to one verifier. A society that takes control of a personal mailbox at a
//! listed institution for enough lowers `i` in its own gate.

use super::flags::{Flag, flags};
use super::mailbox::Mailbox;
use super::provider::Provider;
use super::vouch::Vouching;
use super::worth::{Kind, Piece, Worth, scores};
use crate::base::clock::{DAY, Time};
use crate::base::problem::{Problem, Result};
use crate::registers::names::{Class, Match};
use crate::registers::{Entry, Namesakes, Reading, Register, Status};
use serde::Deserialize;
use std::collections::BTreeMap;

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
    /// What kinds of evidence are worth, where it is less than comes here; by the kind's code.
    pub worth: BTreeMap<String, Worth>,
    /// So many signs of fraud want two verifiers: 1 or 2.
    pub flags_for_two: usize,
    /// What wants two verifiers besides.
    pub two_for: Vec<Ground>,
    pub vouch: Vouching,
    /// Identity providers that assert a registration number.
    pub providers: Vec<Provider>,
}

/// A ground on which a society wants two verifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// No entry was found here; a verifier looks it up.
    ByHand,
    /// Found, and neither active nor ended: conditions, provisional, lapsed, retired.
    NotActive,
    /// The name is neither the same nor a known form of it.
    AnotherName,
    /// Nothing but vouching shows that it is them.
    OnlyVouched,
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
            auto: vec![gate("A1", 2, 3, 4, &["E", "N", "V"]), gate("A2", 2, 3, 3, &["E", "N"])],
            worth: BTreeMap::new(),
            flags_for_two: 2,
            two_for: Vec::new(),
            vouch: Vouching::default(),
            providers: Vec::new(),
        }
    }
}

impl Policy {
    /// Whether the configuration can be meant; asked once, at the start.
    ///
    /// # Errors
    /// Names the key and the gate that would admit on too little. Such a gate would never open anyway.
    pub fn check(&self) -> Result<()> {
        self.check_worth()?;
        self.vouch.check()?;
        self.providers.iter().try_for_each(Provider::check)?;
        if !(1..=2).contains(&self.flags_for_two) {
            return Err(Problem::fault("admission.flags_for_two: 1 or 2; more would let fraud pass one pair of eyes"));
        }
        match self.auto.iter().find(|gate| !gate.is_sound()) {
            None => Ok(()),
            Some(gate) => Err(Problem::fault(format!(
                "admission.auto: the gate {:?} asks for too little. A gate needs r = 2, i of 1 or more, b = 3 or more, \
                 and names from E and N (V only with b = 4).",
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
        self.r >= 2 && self.b >= 3 && self.i >= 1 && !strange && (!variant || self.b >= 4)
    }
}

impl Ground {
    fn holds(self, facts: &Facts, b: u8) -> bool {
        match self {
            Ground::ByHand => facts.entry.is_none(),
            Ground::NotActive => facts.entry.as_ref().is_some_and(|entry| entry.status != Status::Active),
            Ground::AnotherName => facts.found.as_ref().is_some_and(|found| found.class > Class::V),
            Ground::OnlyVouched => {
                let without: Vec<Piece> =
                    facts.pieces.iter().copied().filter(|piece| piece.kind != Kind::Vouch).collect();
                b == 2 && scores(&without).b < 2 && facts.mailbox != Mailbox::Unnamed
            }
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
    /// What was given as evidence of the person and counts.
    pub pieces: Vec<Piece>,
    /// A document looks like one of another account; somebody at a published address said it was not them; a voucher
    /// was found false.
    pub document_seen: bool,
    pub link_denied: bool,
    pub vouch_doubted: bool,
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
    let given = scores(&facts.pieces);
    let (r, exists) = registration(facts);
    let (b, is_registrant) = registrant(facts, given.b);
    let (i, person) = person(given.i);
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

/// I: 1 a confirmed address; 2 a document with a photo; 3 seen by a verifier; 4 the profession's own provider.
fn person(given: u8) -> (u8, Question) {
    let i = given.max(1);
    let words = match i {
        1 => "The address is confirmed.",
        2 => "A verifier has seen a document with a photo.",
        3 => "A verifier has seen the person.",
        _ => "The profession's identity provider knows the person.",
    };
    (i, Question { answer: Answer::Yes, words: words.to_owned() })
}

/// B: 1 the same name; 2 a mailbox at a listed institution; 3 one that is a person's and carries the name; or what was
/// given as evidence. The register alone never gets beyond 1.
fn registrant(facts: &Facts, given: u8) -> (u8, Question) {
    let class = facts.found.as_ref().map(|found| found.class);
    let of_name = u8::from(matches!(class, Some(Class::E | Class::N)));
    let of_mailbox = match facts.mailbox {
        Mailbox::Institutional => 3,
        Mailbox::Unnamed => 2,
        _ => of_name,
    };
    let b = of_mailbox.max(given);
    let (answer, words) = match (class, b) {
        (Some(Class::X), _) => (Answer::No, "The name is not the registered one."),
        (Some(Class::F), _) => (Answer::Look, "The name is one letter away from the registered one."),
        (None, 4) => {
            (Answer::Look, "An identity provider asserts the number; there is no entry to compare the name with.")
        }
        (_, 4) => (Answer::Yes, "The profession's identity provider asserts this very number."),
        (None, 3) if given >= 3 => {
            (Answer::Look, "A link to a published address was followed; there is no entry to compare the name with.")
        }
        (_, 3) if given >= 3 => {
            (Answer::Yes, "A link to an address that the register or the employer publishes was followed.")
        }
        (None, 3) => (Answer::Look, "A work address is confirmed; there is no entry to compare the name with."),
        (_, 3) => {
            (Answer::Yes, "A personal mailbox at a listed institution, carrying the registered name, is confirmed.")
        }
        (_, 2) if given >= 2 => (
            Answer::Look,
            "Colleagues vouch, or a professional document was seen. That points to it and does not show it.",
        ),
        (_, 2) => (Answer::Look, "A mailbox at a listed institution is confirmed; whose it is does not show."),
        (Some(Class::V), _) => {
            (Answer::Look, "The name differs from the register's in a known way. Nothing else shows it yet.")
        }
        _ => (Answer::NotYet, "A number and a name are public. One sign that they are the applicant's is missing."),
    };
    (b, Question { answer, words: words.to_owned() })
}

fn outcome(policy: &Policy, facts: &Facts, r: u8, i: u8, b: u8, flags: &[Flag]) -> Outcome {
    let status = facts.entry.as_ref().map(|entry| entry.status);
    if status.is_some_and(Status::locks) {
        return Outcome::Refuse;
    }
    if flags.len() >= policy.flags_for_two.min(2) || facts.bound_elsewhere {
        return Outcome::TwoVerifiers;
    }
    if policy.two_for.iter().any(|ground| ground.holds(facts, b)) {
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
