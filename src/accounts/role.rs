//! What a person may do beyond being a member.

/// A duty in the house. Kept apart: a verifier does not moderate, a moderator sees no evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Verifier,
    Moderator,
    Admin,
}

impl Role {
    pub const ALL: [Role; 3] = [Role::Verifier, Role::Moderator, Role::Admin];

    pub fn code(self) -> &'static str {
        match self {
            Role::Verifier => "verifier",
            Role::Moderator => "moderator",
            Role::Admin => "admin",
        }
    }

    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}
