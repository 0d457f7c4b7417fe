//! What a person may do beyond being a member.

/// A duty in the house. Kept apart: a verifier does not moderate, a moderator sees no evidence, and
/// the data-protection officer sees removals and whom they had reached, not what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Verifier,
    Moderator,
    Admin,
    /// The data-protection officer.
    Privacy,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Verifier, Role::Moderator, Role::Admin, Role::Privacy];

    pub fn code(self) -> &'static str {
        match self {
            Role::Verifier => "verifier",
            Role::Moderator => "moderator",
            Role::Admin => "admin",
            Role::Privacy => "privacy",
        }
    }

    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}
