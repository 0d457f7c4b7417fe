//! The words for rules and doubts: what a member reads, what a verifier is asked and may answer.

/// Every rule by which a standing changes, with the member's words for it.
pub const RULES: [(&str, &str); 20] = [
    ("taken-over", "You were a member before standings were kept."),
    ("admitted", "You were admitted."),
    ("register-class", "Your register shows another kind of registration."),
    ("register-suspended", "Your register shows a suspension."),
    ("register-removed", "Your register shows that your name was removed."),
    ("register-lapsed", "Your register shows that your registration has lapsed."),
    ("register-administrative", "Your register shows that your name was removed for an administrative reason."),
    ("register-given-up", "Your register shows that you gave your registration up."),
    ("register-retired", "Your register shows that you no longer practise."),
    ("register-restored", "Your register shows you in good standing again."),
    ("missing-twice", "Two files of your register in a row do not list you."),
    ("grace-over", "The days to put it right have passed."),
    ("verifier-lapse", "A verifier looked, and your registration could not be confirmed."),
    ("verifier-end", "A verifier looked, and your registration has ended."),
    ("verifier-lift", "A verifier looked, and opened your membership again."),
    ("verifier-memorial", "In memory."),
    ("dispute", "Another application for your registration is being looked at."),
    ("dispute-lost", "Your registration was shown to be somebody else's."),
    ("dispute-kept", "Your registration stays yours."),
    ("appeal", "You asked for a person to look."),
];

/// A rule's words; empty for a code that is none.
pub fn rule_words(code: &str) -> &'static str {
    RULES.iter().find(|(known, _)| *known == code).map_or("", |(_, words)| words)
}

/// What a verifier may decide on each kind of doubt; the first one keeps the member as they are.
pub fn decisions(what: &str) -> &'static [(&'static str, &'static str)] {
    match what {
        "missing" | "unknown" => &[
            ("keep", "Keep: still registered, found by hand"),
            ("lapse", "Lapse: 14 days to put it right, reading only"),
            ("end", "End: the registration has ended"),
        ],
        "deceased" => &[("keep", "Keep: the register is wrong, or means another person"), ("memorial", "In memory")],
        "restored" | "appeal" => &[("keep", "Stay paused"), ("lift", "Lift: open the membership again")],
        "name" | "specialty" | "profession" | "conditions" => {
            &[("keep", "Seen: the same person, nothing to do"), ("lapse", "Lapse: they must show who they are again")]
        }
        _ => &[],
    }
}

/// What is put to a verifier: its title, and what to look at.
pub fn doubt_words(what: &str) -> (&'static str, &'static str) {
    match what {
        "missing" => (
            "No longer listed",
            "The register's file does not hold this number any more. Nothing has changed for the member.",
        ),
        "deceased" => {
            ("Listed as deceased", "The register says that this member has died. Nothing has changed until you decide.")
        }
        "unknown" => ("A status we do not know", "The register uses a word for this member that is not in our list."),
        "restored" => (
            "In good standing again",
            "The register lists them as good again. What a discipline took, only a person gives back.",
        ),
        "appeal" => ("Asks for a person", "The member asks for a person to look at why their account is paused."),
        "name" => ("Another name", "The register prints another name for this number than before."),
        "specialty" => ("Another specialty", "The register prints another specialty than before."),
        "profession" => ("Another profession", "The register prints another profession than before."),
        "conditions" => ("Conditions", "Conditions or undertakings came or went. They are nobody else's to know."),
        _ => ("To look at", ""),
    }
}
