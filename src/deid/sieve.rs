//! A sieve before patterns: which of them can match at a place, by a few bytes there.
//!
//! To try a pattern costs as much as to read fifty bytes, and it nearly always fails within the first few. The sieve
//! knows which bytes each pattern takes first, second, third …, and asks that of all patterns at once, a bit for each.
//! It asks it twice: from where the pattern begins, and from where the first word or number ends, however long it is.

use std::collections::BTreeSet;

use regex_automata::nfa::thompson::{NFA, State, Transition};
use regex_automata::util::primitives::StateID;

/// How many bytes it looks at from either place.
const DEPTH: usize = 8;
/// Stands for what follows the end of the text.
const END: usize = 128;

/// For each of some bytes in a row, the patterns that take it there.
type Takes = Box<[[u64; END + 1]; DEPTH]>;
type States = BTreeSet<StateID>;

pub struct Sieve {
    /// From where the pattern begins.
    first: Takes,
    /// From the end of the letters and digits with which it begins.
    then: Takes,
}

impl Sieve {
    /// Reads the patterns, at most 64, all to be tried from a fixed place.
    pub fn new<P: AsRef<str>>(patterns: &[P]) -> Sieve {
        let nothing = || Box::new([[0; END + 1]; DEPTH]);
        let mut sieve = Sieve { first: nothing(), then: nothing() };
        for (form, pattern) in patterns.iter().enumerate() {
            let bit = 1 << form;
            let pattern = NFA::new(pattern.as_ref()).expect("pattern");
            let start = reached(&pattern, [pattern.start_anchored()]);
            take(&mut sieve.first, bit, &pattern, start.clone(), |_| true);
            let mut within = start;
            loop {
                let (more, _) = step(&pattern, &within, |byte| byte.is_ascii_alphanumeric());
                if more.is_subset(&within) {
                    break;
                }
                within.extend(more);
            }
            take(&mut sieve.then, bit, &pattern, within, |byte| !byte.is_ascii_alphanumeric());
        }
        sieve
    }

    /// Those of some patterns, as bits, that can match at a place in plain text.
    pub fn pass(&self, text: &[u8], at: usize, forms: u64) -> u64 {
        let left = sift(&self.first, text, at, forms);
        if left == 0 {
            return 0;
        }
        let run = text[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        sift(&self.then, text, at + run, left)
    }
}

/// Where the words of a stretch begin, as a pattern's boundary sees it.
pub fn word_starts(text: &[u8], from: usize) -> impl Iterator<Item = usize> {
    let in_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut inside = from > 0 && in_word(text[from - 1]);
    (from..text.len()).filter(move |at| {
        let word = in_word(text[*at]);
        let starts = word && !inside;
        inside = word;
        starts
    })
}

fn sift(takes: &Takes, text: &[u8], at: usize, forms: u64) -> u64 {
    let mut left = forms;
    for (depth, takes) in takes.iter().enumerate() {
        if left == 0 {
            break;
        }
        left &= takes[text.get(at + depth).map_or(END, |byte| usize::from(*byte).min(END))];
    }
    left
}

/// Notes which bytes a pattern takes from some states on, the first of them of a kind.
fn take(takes: &mut Takes, bit: u64, pattern: &NFA, from: States, first: impl Fn(u8) -> bool) {
    let mut open = from;
    for depth in 0..DEPTH {
        // Whatever follows a match may follow.
        if open.iter().any(|state| matches!(pattern.state(*state), State::Match { .. })) {
            takes[depth..].iter_mut().flatten().for_each(|forms| *forms |= bit);
            return;
        }
        let (next, taken) = step(pattern, &open, |byte| depth > 0 || first(byte));
        taken.into_iter().for_each(|byte| takes[depth][usize::from(byte)] |= bit);
        open = next;
    }
}

/// The states after one more byte of a kind, and those bytes.
fn step(pattern: &NFA, from: &States, kind: impl Fn(u8) -> bool) -> (States, BTreeSet<u8>) {
    let (mut next, mut taken) = (States::new(), BTreeSet::new());
    let mut read = |way: &Transition| {
        let bytes: Vec<u8> = (way.start..=way.end.min(127)).filter(|byte| kind(*byte)).collect();
        if !bytes.is_empty() {
            next.insert(way.next);
            taken.extend(bytes);
        }
    };
    for state in from {
        match pattern.state(*state) {
            State::ByteRange { trans } => read(trans),
            State::Sparse(sparse) => sparse.transitions.iter().for_each(&mut read),
            _ => {}
        }
    }
    (reached(pattern, next), taken)
}

/// The states reached from some without reading a byte. What is asserted is taken to hold.
fn reached(pattern: &NFA, from: impl IntoIterator<Item = StateID>) -> States {
    let mut all = States::new();
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
