//! Names of things: time-ordered ids, one type for each kind of thing.
//!
//! An id is a UUIDv7 (RFC 9562) printed as 25 characters of base 36: it sorts by time, copies with a double click,
//! and stands in an address without escaping. A bare string never crosses a room's door.

use super::chance::Chance;
use super::clock::Time;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// 36^25 > 2^128.
const LENGTH: usize = 25;

/// A new id's text at this time.
pub fn fresh(now: Time, chance: &Chance) -> String {
    let random = chance.bytes::<10>();
    let millis = u64::try_from(now.millis()).unwrap_or(0);
    let number = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().as_u128();
    base36(number)
}

fn base36(mut number: u128) -> String {
    let mut out = [b'0'; LENGTH];
    for place in out.iter_mut().rev() {
        *place = DIGITS[(number % 36) as usize];
        number /= 36;
    }
    out.iter().map(|&b| char::from(b)).collect()
}

/// Whether a text has an id's shape. Anything else can name nothing, so it is answered like an unknown id.
pub fn well_formed(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase())
}

/// The 128-bit number behind an id, for protocols that want a UUID.
pub fn to_uuid(text: &str) -> Option<uuid::Uuid> {
    if !well_formed(text) {
        return None;
    }
    text.bytes()
        .try_fold(0u128, |number, b| {
            let digit = DIGITS.iter().position(|&d| d == b)? as u128;
            number.checked_mul(36)?.checked_add(digit)
        })
        .map(uuid::Uuid::from_u128)
}

/// The id that a UUID stands for.
pub fn from_uuid(uuid: uuid::Uuid) -> String {
    base36(uuid.as_u128())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn fresh(now: Time, chance: &Chance) -> Self {
                Self(fresh(now, chance))
            }

            /// `None` for a text that no id can have.
            pub fn parse(text: &str) -> Option<Self> {
                well_formed(text).then(|| Self(text.to_owned()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// A person's account.
    AccountId,
    /// A signed-in device's session.
    SessionId,
    /// A passkey ceremony that waits for its answer.
    CeremonyId,
    /// A passkey.
    PasskeyId,
    /// An application for admission.
    ApplicationId,
    /// Something about a member that a verifier must settle.
    DoubtId,
    /// A piece of evidence of the person.
    EvidenceId,
    /// A declared interest.
    InterestId,
    /// A room of discussion.
    RoomId,
    /// A thread.
    ThreadId,
    /// A post in a thread.
    PostId,
    /// A member's flag on a post.
    FlagId,
    /// What a moderator decided, or proposed.
    DecisionId,
    /// A drill.
    DrillId,
    /// A notice to be mailed.
    MailId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_have_one_shape() {
        let chance = Chance::seeded(1);
        let early = PostId::fresh(Time(1_700_000_000_000), &chance);
        let late = PostId::fresh(Time(1_700_000_000_001), &chance);
        assert!(early < late);
        assert!(well_formed(early.as_str()));
        assert_eq!(PostId::parse("../../etc/passwd"), None);
        assert_eq!(to_uuid(early.as_str()).map(from_uuid), Some(early.as_str().to_owned()));
    }
}
