//! The names of the hunch's features, and their digests.
//!
//! A feature's name is put together of a few pieces, nearly all of them known beforehand: `before:` and `=` and a word.
//! The digest of the whole follows from those of the pieces, so that no name is ever written out while a text is read.

/// A piece of a feature's name.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    pub text: &'a str,
    digest: u64,
    /// By what the digest of all that stands before it is multiplied.
    shift: u64,
}

/// A piece that is known beforehand.
macro_rules! piece {
    ($text:expr) => {
        const { $crate::deid::features::Piece::of($text) }
    };
}
pub(super) use piece;

/// An odd number without a pattern in its bits.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

impl<'a> Piece<'a> {
    pub const fn of(text: &'a str) -> Piece<'a> {
        let bytes = text.as_bytes();
        let (mut digest, mut shift, mut at) = (0_u64, 1_u64, 0);
        while at < bytes.len() {
            digest = digest.wrapping_mul(BASE).wrapping_add(bytes[at] as u64 + 1);
            shift = shift.wrapping_mul(BASE);
            at += 1;
        }
        Piece { text, digest, shift }
    }
}

/// The digest of the name that some pieces make together.
pub fn digest(pieces: &[Piece]) -> u64 {
    pieces.iter().fold(0, |all, piece| all.wrapping_mul(piece.shift).wrapping_add(piece.digest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn pieces_are_digested_as_the_whole() {
        assert_eq!(digest(&[piece!("before:"), piece!(""), Piece::of("theatre")]), digest(&[piece!("before:theatre")]));
    }

    #[test]
    fn no_two_features_are_confused() {
        let mut seen: HashMap<u64, &str> = HashMap::new();
        for name in include_str!("lists/hunch.txt").lines().filter_map(|line| line.split('\t').next()) {
            let other = seen.insert(digest(&[Piece::of(name)]), name);
            assert!(other.is_none(), "{name} {other:?}");
        }
    }
}
