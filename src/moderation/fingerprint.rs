//! A fingerprint of removed text, for finding what is left of it without keeping it.
//!
//! Every stretch of [`WINDOW`] bytes of the text has a number (a polynomial over the field of 2^61 − 1, its base drawn
//! from the house's key: without that key the numbers say nothing). Of each [`STRETCH`] such numbers in a row the least
//! is kept (winnowing: Schleimer, Wilkerson and Aiken, 2003), so that whatever has 39 bytes in a row of the text shares a
//! number with it. A file is searched by the same numbers, in one pass and little memory.

use crate::base::secret::HouseKey;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, VecDeque};
use std::io::Read;

/// Bytes that one number stands for.
pub const WINDOW: usize = 32;
/// Numbers in a row of which one is kept.
const STRETCH: usize = 8;

const FIELD: u64 = (1 << 61) - 1;

/// The numbers kept of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks(BTreeSet<u64>);

impl Marks {
    pub fn of_rows(rows: impl IntoIterator<Item = i64>) -> Marks {
        Marks(rows.into_iter().map(i64::cast_unsigned).collect())
    }

    pub fn rows(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().map(|mark| mark.cast_signed())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Makes and finds the numbers of one removal.
#[derive(Clone, Copy)]
pub struct Finder {
    base: u64,
    /// The base to the power of [`WINDOW`].
    leaving: u64,
}

impl Finder {
    /// The finder of one thing: another key, or another thing, has other numbers.
    pub fn new(key: &HouseKey, subject: &str) -> Finder {
        let digest = Sha256::digest(key.token("fingerprint", subject).reveal());
        let base = u64::from_be_bytes(digest[..8].try_into().unwrap_or([7; 8])) % (FIELD - 256) + 256;
        let leaving = (0..WINDOW).fold(1, |power, _| times(power, base));
        Finder { base, leaving }
    }

    /// The numbers to keep of these texts. A text shorter than [`WINDOW`] has none.
    pub fn take<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Marks {
        let mut kept = BTreeSet::new();
        for text in texts {
            let mut row: VecDeque<u64> = VecDeque::with_capacity(STRETCH);
            let mut any = None;
            let mut roll = Roll::default();
            for byte in text.bytes() {
                let Some(number) = roll.take(self, byte) else { continue };
                if row.len() == STRETCH {
                    row.pop_front();
                }
                row.push_back(number);
                any = any.min(Some(number)).or(Some(number));
                if row.len() == STRETCH {
                    kept.extend(row.iter().min());
                    any = None;
                }
            }
            // A text of fewer than STRETCH stretches keeps its least.
            kept.extend(any.filter(|_| row.len() < STRETCH));
        }
        Marks(kept)
    }

    /// How many of the marks are in a text.
    pub fn shared(&self, marks: &Marks, text: &str) -> usize {
        let mut roll = Roll::default();
        let found = text.bytes().filter_map(|byte| roll.take(self, byte)).filter(|number| marks.0.contains(number));
        found.collect::<BTreeSet<u64>>().len()
    }

    /// How many stretches of a file are those of the text. Reads it once, 64 KiB at a time.
    ///
    /// # Errors
    /// Of the reader.
    pub fn count_in(&self, marks: &Marks, mut reader: impl Read) -> std::io::Result<u64> {
        let (mut roll, mut found, mut buffer) = (Roll::default(), 0, vec![0u8; 1 << 16]);
        loop {
            let read = match reader.read(&mut buffer) {
                Ok(0) => return Ok(found),
                Ok(read) => read,
                Err(cause) if cause.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(cause) => return Err(cause),
            };
            for &byte in &buffer[..read] {
                found += u64::from(roll.take(self, byte).is_some_and(|number| marks.0.contains(&number)));
            }
        }
    }
}

/// The number of the last [`WINDOW`] bytes.
#[derive(Default)]
struct Roll {
    last: VecDeque<u8>,
    number: u64,
}

impl Roll {
    fn take(&mut self, finder: &Finder, byte: u8) -> Option<u64> {
        self.last.push_back(byte);
        self.number = plus(times(self.number, finder.base), u64::from(byte) + 1);
        if self.last.len() <= WINDOW {
            return (self.last.len() == WINDOW).then_some(self.number);
        }
        let gone = u64::from(self.last.pop_front().unwrap_or_default()) + 1;
        self.number = plus(self.number, FIELD - times(gone, finder.leaving));
        Some(self.number)
    }
}

fn plus(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= FIELD { sum - FIELD } else { sum }
}

/// Multiplies in the field: both are below it, so the product has 122 bits, of which the upper are folded once.
fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    let (low, high) = ((product & u128::from(FIELD)) as u64, (product >> 61) as u64);
    plus(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::secret::Secret;

    const FOUND_FROM: usize = WINDOW + STRETCH - 1;
    const TEXT: &str =
        "She was brought in by the lifeboat crew after the regatta, hypothermic and talking of marzipan.";

    fn finder(key: &str) -> Finder {
        Finder::new(&HouseKey::new(Secret::new(key.repeat(32))), "p1")
    }

    #[test]
    fn whatever_shares_enough_is_found() {
        let finder = finder("k");
        let marks = finder.take([TEXT]);
        assert!(marks.0.len() > 5 && marks.0.len() < TEXT.len() / 2, "{}", marks.0.len());
        for from in 0..TEXT.len() - FOUND_FROM {
            let quote = format!("He wrote: «{}» I read.", &TEXT[from..from + FOUND_FROM]);
            assert!(finder.shared(&marks, &quote) > 0, "{quote}");
            if from % 20 == 0 {
                // Across the border of two readings.
                let file = [vec![0u8; 65_520], quote.into_bytes(), vec![255u8; 9_000]].concat();
                assert!(finder.count_in(&marks, file.as_slice()).unwrap() > 0);
            }
        }
        assert_eq!(finder.shared(&marks, &TEXT[..WINDOW - 1]), 0);
        assert_eq!(
            finder.shared(&marks, "He was brought home by the bus after the concert, cold and thinking of nothing."),
            0
        );
        assert_eq!(Marks::of_rows(marks.rows()), marks);
    }

    #[test]
    fn the_numbers_say_nothing_without_the_key() {
        let (one, other) = (finder("k"), finder("j"));
        let marks = one.take([TEXT]);
        assert_eq!(other.shared(&marks, TEXT), 0);
        assert_eq!(other.take([TEXT]).0.intersection(&marks.0).count(), 0);
        assert!(one.take(["short"]).is_empty());
        let little = &TEXT[..WINDOW + 2];
        assert_eq!(one.shared(&one.take([little]), little), 1, "a text of a few stretches keeps one");
    }
}
