//! The ground floor: time, identity, chance, secrets, text, and the one list of things a person may be told.
//!
//! Nothing here knows anything of ours; every other room may lean on it. Time and chance are values that are handed
//! in ([`clock::Clock`], [`chance::Chance`]), so that a story can be told without sleeping and told twice the same way;
//! clippy forbids the real ones everywhere else.

pub mod chance;
pub mod cipher;
pub mod clock;
pub mod id;
pub mod page;
pub mod problem;
pub mod secret;
pub mod text;
