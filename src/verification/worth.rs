//! What a piece of evidence of the person can be worth: for I (a real person) and for B (that registrant), kept apart.
//!
//! A society may count a kind for less than comes here, never for more: the caps below are what its weakest use shows.
//! Scores are never added up; the strongest piece counts. Nothing that is public knowledge is a kind.

use super::policy::Policy;
use crate::base::problem::{Problem, Result};
use serde::Deserialize;

/// A kind of evidence of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A document with a photo (passport, identity card, driving licence), seen by a verifier.
    PhotoId,
    /// A professional document: certificate, card, letter of the employer. Easily made, so never alone enough.
    WorkDocument,
    /// A document that shows a change of name. It explains a difference and is worth nothing by itself.
    NameDocument,
    /// A one-time link was followed that went to an address which the register or the employer publishes.
    MailedLink,
    /// An identity provider of the profession asserted this very registration number.
    Provider,
    /// Two members who know the applicant answer for them; one alone is worth nothing.
    Vouch,
    /// A verifier saw the person, by video or in the same room.
    LiveCheck,
}

/// Points for the two questions about the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worth {
    /// A real person: 0 to 4.
    pub i: u8,
    /// That registrant: 0 to 4.
    pub b: u8,
}

/// Code, the most it can be worth, and its name for people.
const KINDS: [(Kind, &str, Worth, &str); 7] = [
    (Kind::PhotoId, "photo-id", Worth { i: 2, b: 0 }, "A document with a photo"),
    (Kind::WorkDocument, "work-document", Worth { i: 0, b: 2 }, "A professional document"),
    (Kind::NameDocument, "name-document", Worth { i: 0, b: 0 }, "A document on a change of name"),
    (Kind::MailedLink, "mailed-link", Worth { i: 0, b: 3 }, "A link to a published address"),
    (Kind::Provider, "provider", Worth { i: 4, b: 4 }, "A professional sign-in"),
    (Kind::Vouch, "vouch", Worth { i: 0, b: 2 }, "A member vouches"),
    (Kind::LiveCheck, "live-check", Worth { i: 3, b: 0 }, "A live check"),
];

/// So many members must vouch before it is worth anything.
pub const VOUCHERS: usize = 2;

impl Kind {
    pub fn all() -> impl Iterator<Item = Kind> {
        KINDS.into_iter().map(|(kind, ..)| kind)
    }

    pub fn code(self) -> &'static str {
        self.row().1
    }

    pub fn parse(code: &str) -> Option<Kind> {
        Kind::all().find(|kind| kind.code() == code)
    }

    /// Above this no configuration goes.
    pub fn cap(self) -> Worth {
        self.row().2
    }

    pub fn words(self) -> &'static str {
        self.row().3
    }

    /// Whether it is a document that is sent here as a file.
    pub fn is_document(self) -> bool {
        matches!(self, Kind::PhotoId | Kind::WorkDocument | Kind::NameDocument)
    }

    fn row(self) -> (Kind, &'static str, Worth, &'static str) {
        KINDS.into_iter().find(|(kind, ..)| *kind == self).unwrap_or(KINDS[0])
    }
}

/// As its row says it; the table holds no other code.
impl From<String> for Kind {
    fn from(code: String) -> Kind {
        Kind::parse(&code).unwrap_or(Kind::NameDocument)
    }
}

/// A piece that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub kind: Kind,
    pub worth: Worth,
}

impl Policy {
    /// What a piece of this kind is worth here.
    pub fn worth(&self, kind: Kind) -> Worth {
        let cap = kind.cap();
        self.worth.get(kind.code()).map_or(cap, |set| Worth { i: set.i.min(cap.i), b: set.b.min(cap.b) })
    }

    /// # Errors
    /// Names a kind that is none, or one that is to be worth more than it can show.
    pub(super) fn check_worth(&self) -> Result<()> {
        for (code, set) in &self.worth {
            let Some(kind) = Kind::parse(code) else {
                let known: Vec<&str> = Kind::all().map(Kind::code).collect();
                return Err(Problem::fault(format!(
                    "admission.worth: there is no kind of evidence {code:?}; there are {}",
                    known.join(", ")
                )));
            };
            let cap = kind.cap();
            if set.i > cap.i || set.b > cap.b {
                return Err(Problem::fault(format!(
                    "admission.worth.{code}: at most i = {} and b = {}; a society may count it for less, not for more",
                    cap.i, cap.b
                )));
            }
        }
        Ok(())
    }
}

/// I and B of the pieces that count: the strongest of each. Vouching counts from the second voucher on.
pub(super) fn scores(pieces: &[Piece]) -> Worth {
    let vouchers = pieces.iter().filter(|piece| piece.kind == Kind::Vouch).count();
    let counting = pieces.iter().filter(|piece| piece.kind != Kind::Vouch || vouchers >= VOUCHERS);
    counting.fold(Worth { i: 0, b: 0 }, |most, piece| {
        let cap = piece.kind.cap();
        Worth { i: most.i.max(piece.worth.i.min(cap.i)), b: most.b.max(piece.worth.b.min(cap.b)) }
    })
}
