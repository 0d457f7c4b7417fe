//! Sealing bytes: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03). A nonce of 24 bytes is drawn for each seal and stands
//! before the sealed bytes; `about` says what is sealed and where it belongs, so that nothing opens in another's place.

use super::chance::Chance;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

/// Seals bytes.
///
/// # Panics
/// Never with what fits into memory: the cipher's limit is 256 GiB.
pub fn close(chance: &Chance, key: &[u8; 32], about: &[u8], plain: &[u8]) -> Vec<u8> {
    let nonce: [u8; 24] = chance.bytes();
    let sealed = XChaCha20Poly1305::new(&(*key).into())
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: about })
        .expect("less than 256 GiB");
    [&nonce[..], &sealed].concat()
}

/// Opens what was sealed; `None` under another key, about something else, or changed since.
pub fn open(key: &[u8; 32], about: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
    XChaCha20Poly1305::new(&(*key).into()).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: about }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_under_its_key_and_about_its_thing_alone() {
        let chance = Chance::seeded(5);
        let sealed = close(&chance, &[1; 32], b"one", b"She came on the ferry.");
        assert_eq!(open(&[1; 32], b"one", &sealed).unwrap(), b"She came on the ferry.");
        assert!(open(&[2; 32], b"one", &sealed).is_none() && open(&[1; 32], b"two", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&[1; 32], b"one", &changed).is_none(), "byte {at}");
            assert!(open(&[1; 32], b"one", &sealed[..at]).is_none(), "cut at {at}");
        }
        assert_ne!(sealed, close(&chance, &[1; 32], b"one", b"She came on the ferry."), "a nonce of its own");
    }
}
