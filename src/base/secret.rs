//! Secrets that do not print themselves, and tokens that are kept only as hashes.

use super::chance::Chance;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// A secret text: a password, a token, a key. Its `Debug` says nothing.
#[derive(Clone, serde::Deserialize, PartialEq, Eq)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// 256 random bits as 43 characters.
    pub fn fresh(chance: &Chance) -> Secret {
        Secret(URL_SAFE_NO_PAD.encode(chance.bytes::<32>()))
    }

    /// The only way to read it: the word stands out where it is used.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of a token: SHA-256 in hex. A copy of the database replays nothing.
    pub fn hash(&self) -> String {
        sha256_hex(self.0.as_bytes())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The house's own key, kept outside the database. Mailed links are made from it at the moment of sending, so that no
/// usable token is ever stored.
#[derive(Clone)]
pub struct HouseKey(Secret);

impl HouseKey {
    pub fn new(secret: Secret) -> HouseKey {
        HouseKey(secret)
    }

    /// A token for one purpose and one thing; the same question always has the same answer.
    pub fn token(&self, purpose: &str, subject: &str) -> Secret {
        let mut mac =
            <Hmac<Sha256> as KeyInit>::new_from_slice(self.0.reveal().as_bytes()).expect("any length will do");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(subject.as_bytes());
        Secret(URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }
}

/// SHA-256 in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
