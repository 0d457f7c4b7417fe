//! A sieve before patterns: which of them can match at a place, by the first few bytes there.
//!
//! To try a pattern costs as much as to read fifty bytes, and it nearly always fails within the first few. The sieve
//! knows which bytes each pattern takes first, second, third …, and asks that of all patterns at once, a bit for each.

use std::collections::BTreeSet;

use regex_automata::nfa::thompson::{NFA, State};
use regex_automata::util::primitives::StateID;

/// How many bytes it looks at.
const DEPTH: usize = 10;
/// Stands for what follows the end of the text.
const END: usize = 128;

/// For each of the first bytes, the patterns that take it there.
pub struct Sieve {
    takes: Box<[[u64; END + 1]; DEPTH]>,
}

impl Sieve {
    /// Reads the patterns, at most 64, all to be tried from a fixed place.
    pub fn new<P: AsRef<str>>(patterns: &[P]) -> Sieve {
        let mut sieve = Sieve { takes: Box::new([[0; END + 1]; DEPTH]) };
        for (form, pattern) in patterns.iter().enumerate() {
            sieve.add(&NFA::new(pattern.as_ref()).expect("pattern"), 1 << form);
        }
        sieve
    }

    fn add(&mut self, pattern: &NFA, bit: u64) {
        let mut open = BTreeSet::from([pattern.start_anchored()]);
        for depth in 0..DEPTH {
            let mut next = BTreeSet::new();
            let mut ends = false;
            for state in reached(pattern, open) {
                match pattern.state(state) {
                    State::ByteRange { trans } => self.take(depth, bit, &mut next, trans.start, trans.end, trans.next),
                    State::Sparse(sparse) => {
                        sparse.transitions.iter().for_each(|t| self.take(depth, bit, &mut next, t.start, t.end, t.next))
                    }
                    State::Match { .. } => ends = true,
                    _ => {}
                }
            }
            if ends {
                // Whatever follows a match may follow.
                self.takes[depth..].iter_mut().flatten().for_each(|forms| *forms |= bit);
                return;
            }
            open = next;
        }
    }

    fn take(&mut self, depth: usize, bit: u64, next: &mut BTreeSet<StateID>, from: u8, to: u8, after: StateID) {
        let to = usize::from(to).min(END - 1);
        if let Some(forms) = self.takes[depth].get_mut(usize::from(from)..=to) {
            forms.iter_mut().for_each(|forms| *forms |= bit);
            next.insert(after);
        }
    }

    /// Those of some patterns, as bits, that can match at a place in plain text.
    pub fn pass(&self, text: &[u8], at: usize, forms: u64) -> u64 {
        let mut left = forms;
        for (depth, takes) in self.takes.iter().enumerate() {
            if left == 0 {
                break;
            }
            left &= takes[text.get(at + depth).map_or(END, |byte| usize::from(*byte).min(END))];
        }
        left
    }
}

/// The states reached from some without reading a byte. Assertions are taken to hold.
fn reached(pattern: &NFA, from: BTreeSet<StateID>) -> BTreeSet<StateID> {
    let mut all = BTreeSet::new();
    let mut open: Vec<StateID> = from.into_iter().collect();
    while let Some(state) = open.pop() {
        if all.insert(state) {
            match pattern.state(state) {
                State::Look { next, .. } | State::Capture { next, .. } => open.push(*next),
                State::Union { alternates } => open.extend(alternates.iter()),
                State::BinaryUnion { alt1, alt2 } => open.extend([*alt1, *alt2]),
                _ => {}
            }
        }
    }
    all
}
