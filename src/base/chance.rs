//! Randomness as a value that is handed in.

use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex};

/// Where random bytes come from: the operating system, or a seed that makes a story repeatable.
#[derive(Clone, Default)]
pub struct Chance(Option<Arc<Mutex<Seeded>>>);

struct Seeded {
    seed: u64,
    drawn: u64,
}

impl Chance {
    /// The operating system's generator.
    pub fn real() -> Chance {
        Chance(None)
    }

    /// A repeatable stream for stories and fictional content. Never for secrets of a running house.
    pub fn seeded(seed: u64) -> Chance {
        Chance(Some(Arc::new(Mutex::new(Seeded { seed, drawn: 0 }))))
    }

    /// Fills `N` bytes.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing safe can be done without.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for chance")]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0u8; N];
        match &self.0 {
            None => getrandom::fill(&mut out).expect("the operating system gives randomness"),
            Some(seeded) => {
                let mut seeded = seeded.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                for chunk in out.chunks_mut(32) {
                    let mut hash = Sha256::new();
                    hash.update(seeded.seed.to_be_bytes());
                    hash.update(seeded.drawn.to_be_bytes());
                    seeded.drawn += 1;
                    chunk.copy_from_slice(&hash.finalize()[..chunk.len()]);
                }
            }
        }
        out
    }
}
