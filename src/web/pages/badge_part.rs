//! A badge as pages show it: its sign, and each fact behind it with whose word it is.

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    /// Confirmed by the register, and fresh.
    Confirmed,
    /// Confirmed, and due to be looked up again.
    Due,
    /// Only said by the member.
    SelfSaid,
    UnderReview,
    /// Paused, or in memory.
    Ended,
}

/// One line behind a badge, and whose word it is.
#[derive(Clone)]
pub struct BadgeFact {
    pub title: &'static str,
    pub words: String,
    /// "Confirmed by the register", "Said by the member".
    pub whose: &'static str,
    pub glyph: &'static str,
    pub class: &'static str,
}

impl BadgeFact {
    pub fn samples() -> Vec<Self> {
        let fact =
            |title, words: &str, (whose, glyph, class)| Self { title, words: words.to_owned(), whose, glyph, class };
        let (register, member) = (("Confirmed by the register", "seal", "is-ok"), ("Said by the member", "self", ""));
        vec![
            fact("Register", "General Medical Council", register),
            fact("Number", "9810108", register),
            fact("Status", "In good standing", register),
            fact("Profession", "Physician", register),
            fact("Specialty", "Renal medicine", ("Under review", "veil", "is-veil")),
            fact("Last checked", "12 days ago", ("Confirmed, and due to be checked again", "sealold", "is-confirm")),
            fact(
                "How we know",
                "They showed it to a verifier in a call (good evidence)",
                ("Decided by this house", "ok", "is-ok"),
            ),
            fact("Name shown", "Dr Bronagh Silvestri-Lund", member),
        ]
    }
}

impl Seal {
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Confirmed => "seal",
            Self::Due => "sealold",
            Self::SelfSaid => "self",
            Self::UnderReview => "veil",
            Self::Ended => "block",
        }
    }

    /// For those who see no signs.
    pub fn words(self) -> &'static str {
        match self {
            Self::Confirmed => "Confirmed",
            Self::Due => "Confirmed, due to be checked again",
            Self::SelfSaid => "Not confirmed",
            Self::UnderReview => "Under review",
            Self::Ended => "Not in good standing here",
        }
    }

    pub fn class(self) -> &'static str {
        match self {
            Self::Confirmed => "",
            Self::Due | Self::SelfSaid => " stale",
            Self::UnderReview => " review",
            Self::Ended => " ended",
        }
    }
}
