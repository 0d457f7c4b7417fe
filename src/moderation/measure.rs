//! What a moderator can do, as one table: what it is, what it does, whether it can be undone, what it takes.

use crate::base::problem::{Problem, Result};
use crate::discussion::{Post, PostState, REVISE, REVISED};
use serde::Deserialize;

/// For what a measure can be taken: code, the rule it rests on, the words shown.
pub const REASONS: &[(&str, i64, &str)] = &[
    ("confidentiality", 2, "it could identify a patient"),
    ("safety", 7, "it could have harmed a patient"),
    ("unprofessional", 5, "it was unprofessional"),
    ("interest", 3, "an interest was not disclosed"),
    ("accuracy", 4, "it was wrong in a way that could do harm"),
    ("impersonation", 1, "it was written in another's name"),
    ("advertising", 3, "it advertised"),
    ("other", 7, "it broke the rules of this house"),
];

/// The rule and the words of a reason.
pub fn reason_words(code: &str) -> (i64, &'static str) {
    REASONS
        .iter()
        .find(|(known, ..)| *known == code)
        .map_or((7, "it broke the rules of this house"), |one| (one.1, one.2))
}

/// How a post stands for the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    Veiled,
    /// Its author was asked to change it.
    Asked,
    /// They have, and nobody has looked yet.
    Revised,
    Removed,
}

impl State {
    pub fn of(post: &Post) -> State {
        match &post.state {
            PostState::Open => State::Open,
            PostState::Removed { .. } => State::Removed,
            PostState::Veiled { reason, .. } if reason == REVISE => State::Asked,
            PostState::Veiled { reason, .. } if reason == REVISED => State::Revised,
            PostState::Veiled { .. } => State::Veiled,
        }
    }
}

/// What it needs to be told besides a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Nothing,
    /// Words of the post, to be taken out.
    Span,
    /// A notice that everybody reads.
    Notice,
    Room,
    /// The last day of it.
    Until,
}

/// Whom it is about: what the page groups by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Post,
    Thread,
    Person,
}

/// One thing a moderator can do.
#[derive(Debug)]
pub struct Measure {
    pub code: &'static str,
    pub words: &'static str,
    /// What it will do, said before it is done.
    pub effect: &'static str,
    /// What was done, for the one it concerns.
    pub done: &'static str,
    /// The key that opens it.
    pub key: char,
    pub about: About,
    pub on: &'static [State],
    pub takes: Takes,
    /// It can be undone, by a moderator or by an appeal.
    pub can_undo: bool,
    /// It needs a fresh proof of presence.
    pub needs_proof: bool,
    /// The open flags are settled by it as upheld.
    pub settles: bool,
    /// The one it concerns may appeal.
    pub can_appeal: bool,
}

use State::{Asked, Open, Removed, Revised, Veiled};

const STANDING: &[State] = &[Open, Veiled, Asked, Revised];
const ANY: &[State] = &[Open, Veiled, Asked, Revised, Removed];

macro_rules! measure {
    ($code:literal $key:literal $about:ident $on:expr, $takes:ident, [$undo:literal $proof:literal $settles:literal $appeal:literal],
     $words:literal, $effect:literal, $done:literal) => {
        Measure {
            code: $code,
            words: $words,
            effect: $effect,
            done: $done,
            key: $key,
            about: About::$about,
            on: $on,
            takes: Takes::$takes,
            can_undo: $undo,
            needs_proof: $proof,
            settles: $settles,
            can_appeal: $appeal,
        }
    };
}

/// All of them, in the order of their keys. In brackets: can be undone, needs a proof, settles the flags, can be appealed.
#[rustfmt::skip]
pub const MEASURES: &[Measure] = &[
    measure!("dismiss" '1' Post STANDING, Nothing, [false false false false],
        "Nothing wrong: show it",
        "The flags are settled as not upheld, and those who flagged it are told. If it is hidden, it is shown again. It can be flagged anew.",
        "Your post was looked at and left as it is."),
    measure!("revise" '2' Post &[Open, Veiled], Nothing, [true false true true],
        "Ask the author to revise",
        "It is hidden until its author has changed it. The new text passes the check and comes back to this queue; the one before is gone then. Until that, this can be undone.",
        "You were asked to revise your post. Nobody sees it until you have and a moderator has looked."),
    measure!("edit" '3' Post &[Open, Veiled], Span, [false true true true],
        "Take words out",
        "The words go from the post and from every earlier version of it, a mark stands in their place, and it is shown. This cannot be undone.",
        "Words were taken out of your post; a mark stands in their place."),
    measure!("remove" '4' Post STANDING, Nothing, [false true true true],
        "Remove everywhere",
        "Its place in the thread stays, marked as removed. This cannot be undone.",
        "Your post was removed."),
    measure!("correct" '5' Post &[Open], Notice, [true false true true],
        "Put a notice above it",
        "Everybody reads your notice above the post, under the name of the house. The post stays as it is. This can be undone.",
        "A notice was put above your post."),
    measure!("lock" '6' Thread ANY, Nothing, [true false false false],
        "Lock the thread",
        "Everybody can read it, and nobody can reply. This can be undone.",
        "The thread your post is in was locked."),
    measure!("unlock" '6' Thread ANY, Nothing, [true false false false],
        "Unlock the thread",
        "Everybody who may write can reply again.",
        "The thread your post is in was unlocked."),
    measure!("move" '7' Thread ANY, Room, [true false false false],
        "Move the thread to another room",
        "The whole thread stands in the other room from then on; its address stays. This can be undone.",
        "The thread your post is in was moved to another room."),
    measure!("remove-thread" '8' Thread ANY, Nothing, [false true true true],
        "Remove the whole thread",
        "Every post in it is removed everywhere, whoever wrote it, and nobody can reply. This cannot be undone.",
        "The thread your post began was removed."),
    measure!("warn" '9' Person ANY, Nothing, [true false true true],
        "Warn the author",
        "They are told under which rule, by mail and in the house. Nothing else changes. This can be undone.",
        "You were warned."),
    measure!("restrict" 'r' Person ANY, Until, [true true false true],
        "Let the author only read, for a time",
        "They cannot write until the day is over. This can be undone.",
        "You can read, but not write, for a time."),
    measure!("suspend" 's' Person ANY, Nothing, [true true false true],
        "Suspend the author",
        "Reading and posting end at once: every session and open page is closed, and no more mail goes out. This can be undone.",
        "Reading and posting were paused for your account."),
    measure!("end" 'e' Person ANY, Nothing, [true true false true],
        "End the membership",
        "As a suspension, and for good: nobody can come back under this registration. Their posts stay. An appeal can undo it.",
        "Your membership was ended."),
];

impl Measure {
    /// # Errors
    /// [`Problem::NotFound`] for no such measure.
    pub fn find(code: &str) -> Result<&'static Measure> {
        MEASURES.iter().find(|measure| measure.code == code).ok_or(Problem::NotFound)
    }

    /// Whether it can be taken while a post stands so.
    pub fn fits(&self, state: State, is_locked: bool) -> bool {
        let fits_lock = match self.code {
            "lock" => !is_locked,
            "unlock" => is_locked,
            _ => true,
        };
        self.on.contains(&state) && fits_lock
    }
}

/// What a measure is called, by its code.
pub fn measure_words(code: &str) -> &'static str {
    MEASURES.iter().find(|measure| measure.code == code).map_or("Something else", |measure| measure.words)
}

/// What the operator asks of moderators; the section `moderation` of the configuration.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// Measures that one moderator proposes and another carries out, by their codes.
    pub two_persons: Vec<String>,
}

impl Rules {
    /// # Errors
    /// [`Problem::Malformed`] for a code that is none.
    pub fn check(&self) -> Result<()> {
        match self.two_persons.iter().find(|code| Measure::find(code).is_err()) {
            Some(code) => Err(Problem::Malformed(format!("moderation.two_persons: there is no measure “{code}”"))),
            None => Ok(()),
        }
    }

    pub fn wants_two(&self, measure: &Measure) -> bool {
        self.two_persons.iter().any(|code| code == measure.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_undone_says_so_first() {
        for measure in MEASURES {
            let says = measure.effect.contains("cannot be undone");
            assert_eq!(says, !measure.can_undo && measure.code != "dismiss", "{}", measure.code);
            let grave = matches!(measure.about, About::Person) && measure.code != "warn";
            assert!(measure.needs_proof || !grave, "a sanction needs a proof: {}", measure.code);
            assert!(measure.needs_proof || measure.can_undo || measure.code == "dismiss", "{}", measure.code);
        }
    }

    #[test]
    fn every_key_opens_one_measure_in_every_state() {
        for state in ANY {
            for is_locked in [false, true] {
                let mut keys: Vec<char> =
                    MEASURES.iter().filter(|one| one.fits(*state, is_locked)).map(|one| one.key).collect();
                let many = keys.len();
                keys.sort_unstable();
                keys.dedup();
                assert_eq!(keys.len(), many);
            }
        }
    }

    #[test]
    fn an_unknown_measure_stops_the_start() {
        assert!(Rules { two_persons: vec!["end".to_owned()] }.check().is_ok());
        assert!(Rules { two_persons: vec!["hang".to_owned()] }.check().is_err());
    }
}
