//! Coming in and staying in: passwords, passkeys, sessions, fresh proofs of presence, and patience with guessers.
//!
//! A passkey is the front door; a password is there for enrolment and as the way back. Tokens are kept as hashes only,
//! a ceremony's challenge lives on the server and is used once, and a session is looked up row by row at every request,
//! so that ending it takes effect at once, on open sockets too (`live/` closes them when it reads the event).

pub mod join;
pub mod passkey;
pub mod password;
pub mod recovery;
pub mod session;
mod store;
pub mod throttle;

pub use passkey::{Begun, Passkeys};
pub use password::Passwords;
pub use session::{Present, Session, SignIn};

/// By what somebody showed that it is them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    Password,
    Passkey,
}

impl Proof {
    pub fn code(self) -> &'static str {
        match self {
            Proof::Password => "password",
            Proof::Passkey => "passkey",
        }
    }

    fn parse(code: &str) -> Proof {
        if code == "passkey" { Proof::Passkey } else { Proof::Password }
    }
}
