//! What standing a registration can have: one closed list for every register.

/// The standing of a registration. A word that is not known maps to [`Status::Unknown`], which a person must look at;
/// the register's own word is always kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    Active,
    /// With conditions or undertakings.
    ActiveRestricted,
    NonPractising,
    Provisional,
    Lapsed,
    Suspended {
        interim: bool,
    },
    Removed(Removal),
    Deceased,
    Unknown,
}

/// Why a registration was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Removal {
    Disciplinary,
    Administrative,
    Voluntary,
}

const ALL: [(Status, &str, &str); 12] = [
    (Status::Active, "active", "In good standing"),
    (Status::ActiveRestricted, "active-restricted", "Registered, with conditions"),
    (Status::NonPractising, "non-practising", "Registered, not practising"),
    (Status::Provisional, "provisional", "Provisional or temporary registration"),
    (Status::Lapsed, "lapsed", "Lapsed"),
    (Status::Suspended { interim: false }, "suspended", "Suspended"),
    (Status::Suspended { interim: true }, "suspended-interim", "Suspended for the time being"),
    (Status::Removed(Removal::Disciplinary), "removed-disciplinary", "Struck off"),
    (Status::Removed(Removal::Administrative), "removed-administrative", "Removed for administrative reasons"),
    (Status::Removed(Removal::Voluntary), "removed-voluntary", "Given up"),
    (Status::Deceased, "deceased", "Deceased"),
    (Status::Unknown, "unknown", "Not known to us"),
];

impl Status {
    pub fn all() -> impl Iterator<Item = Status> {
        ALL.into_iter().map(|(status, _, _)| status)
    }

    pub fn code(self) -> &'static str {
        ALL.iter().find(|(status, _, _)| *status == self).map_or("unknown", |(_, code, _)| code)
    }

    pub fn words(self) -> &'static str {
        ALL.iter().find(|(status, _, _)| *status == self).map_or("Not known to us", |(_, _, words)| words)
    }

    /// An unknown code reads as [`Status::Unknown`].
    pub fn parse(code: &str) -> Status {
        ALL.iter().find(|(_, known, _)| *known == code).map_or(Status::Unknown, |(status, _, _)| *status)
    }

    /// Whether it ends a member's access as soon as it is seen.
    pub fn locks(self) -> bool {
        matches!(self, Status::Suspended { .. } | Status::Removed(_) | Status::Deceased)
    }

    /// Whether the person may practise under it, if with conditions.
    pub fn is_good(self) -> bool {
        matches!(self, Status::Active | Status::ActiveRestricted | Status::NonPractising | Status::Provisional)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        for status in Status::all() {
            assert_eq!(Status::parse(status.code()), status);
        }
        assert_eq!(Status::parse("struck by lightning"), Status::Unknown);
    }
}
