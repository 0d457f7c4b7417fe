//! Decisions and their reasons: a closed table. The words are what the applicant reads, on the page and by mail.

use super::worth::{Kind, Piece};

/// What a verifier can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    Approve,
    Refuse,
    /// Ask for more.
    More,
}

impl Decision {
    pub fn code(self) -> &'static str {
        match self {
            Decision::Approve => "approve",
            Decision::Refuse => "refuse",
            Decision::More => "more",
        }
    }

    pub fn parse(code: &str) -> Option<Decision> {
        [Decision::Approve, Decision::Refuse, Decision::More].into_iter().find(|decision| decision.code() == code)
    }
}

/// What the policy gives when it admits, and when it refuses.
const BY_PROVIDER: &str = "shown-by-provider";
const BY_LINK: &str = "shown-by-link";
const BY_INSTITUTION: &str = "shown-by-institution";
pub(super) const NOT_IN_GOOD_STANDING: &str = "not-in-good-standing";

/// Every reason: its code, its words for the applicant, and the decision it belongs to.
pub const REASONS: &[(&str, &str, Decision)] = &[
    (
        "shown-by-work-contact",
        "Somebody at your place of work, found independently, confirmed that it is you.",
        Decision::Approve,
    ),
    ("shown-by-call", "You showed in a call that the registration is yours.", Decision::Approve),
    ("shown-by-document", "A document you sent shows that the registration is yours.", Decision::Approve),
    (BY_PROVIDER, "Your profession's identity provider asserts that the registration is yours.", Decision::Approve),
    (BY_LINK, "You answered at an address that the register or your employer publishes.", Decision::Approve),
    (
        BY_INSTITUTION,
        "Your own address at a listed institution, which you confirmed, shows that the registration is yours.",
        Decision::Approve,
    ),
    ("shown-by-vouching", "Two members who know you vouched, and a verifier looked.", Decision::Approve),
    ("known-to-verifier", "A verifier knows you and your registration.", Decision::Approve),
    (
        "show-it-is-you",
        "A registration number is public, so we need one sign that it is yours: for example an address at your work that \
         we can write to, or a page of your employer with your name.",
        Decision::More,
    ),
    (
        "name-differs",
        "The name you gave is not the one in the register. Tell us under which name you are registered, and whether it \
         has changed.",
        Decision::More,
    ),
    (
        "number-not-found",
        "We did not find this number in the register. Compare it with your certificate, or tell us since when you are \
         registered.",
        Decision::More,
    ),
    ("say-more", "We have a question about your application.", Decision::More),
    ("not-shown", "We could not show that the registration is yours.", Decision::Refuse),
    (
        NOT_IN_GOOD_STANDING,
        "The register shows this registration as suspended, ended or given up. If that is wrong, the register must \
         correct it first; then apply again.",
        Decision::Refuse,
    ),
    ("not-in-register", "We did not find the registration.", Decision::Refuse),
    ("not-clinical", "This registration is not of a profession that this house is for.", Decision::Refuse),
    ("no-answer", "We asked for more and heard nothing. You can apply again at any time.", Decision::Refuse),
    ("misleading", "What was sent does not fit what we found.", Decision::Refuse),
];

/// By what the policy admits: the strongest of what was given, or else the confirmed address.
pub(super) fn shown_by(pieces: &[Piece]) -> &'static str {
    let has = |kind| pieces.iter().any(|piece| piece.kind == kind);
    if has(Kind::Provider) {
        BY_PROVIDER
    } else if has(Kind::MailedLink) {
        BY_LINK
    } else {
        BY_INSTITUTION
    }
}

/// A reason's words; empty for a code that is none.
pub fn reason_words(code: &str) -> &'static str {
    REASONS.iter().find(|(known, ..)| *known == code).map_or("", |(_, words, _)| words)
}

/// The reasons a decision can have, as codes and words.
pub fn reasons_for(decision: Decision) -> impl Iterator<Item = (&'static str, &'static str)> {
    REASONS.iter().filter(move |(.., of)| *of == decision).map(|(code, words, _)| (*code, *words))
}
