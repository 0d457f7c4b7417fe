//! Patterns that are tried only where a token may begin one of them, and never on the rest of the text.

use std::ops::Range;

use regex_automata::util::captures::Captures;

use super::Scene;
use super::fixed::{Fixed, SMALL};
use super::lexicon::{CODE, NUMBER, ODD};
use super::openings::{FEW, MANY, opening, reach};
use super::sieve::Sieve;
use super::token::Kind;

/// All patterns.
pub const ALL: u64 = u64::MAX;
/// How many bytes ahead it matters how far the next digit is.
const FAR: usize = 64;

/// Patterns, each with a bit in what a token may begin.
pub struct Forms {
    each: Vec<Fixed>,
    /// Those that may match where the next digit is so many bytes away.
    within: [u64; FAR + 1],
    /// How far the bits are shifted in what a token may begin.
    base: Option<u32>,
    words: Vec<(String, u64)>,
    /// Those that begin with a digit, with letters and a digit after them, with each sign.
    number: u64,
    code: u64,
    signs: [u64; 128],
    /// Those of which the first word can be any.
    any: u64,
    sieve: Sieve,
}

/// A match of one of the patterns.
pub struct Found {
    pub form: usize,
    pub start: usize,
    pub end: usize,
    groups: Option<Captures>,
}

impl Found {
    /// A part of it that the pattern names by a number; 0 is the whole.
    pub fn part(&self, number: usize) -> Option<Range<usize>> {
        match &self.groups {
            Some(groups) => groups.get_group(number).map(|part| part.range()),
            None => (number == 0).then_some(self.start..self.end),
        }
    }

    /// The last part that the pattern names.
    pub fn last_part(&self) -> Option<Range<usize>> {
        self.part(self.groups.as_ref().map_or(0, |groups| groups.group_len() - 1))
    }
}

impl Forms {
    /// The patterns. With bits from `base` on, those that any word may begin are left to [`Forms::find_any`]; without,
    /// they and those that some words begin are tried where the caller says.
    pub fn new<P: AsRef<str>>(patterns: &[P], base: Option<u32>) -> Forms {
        let patterns: Vec<&str> = patterns.iter().map(AsRef::as_ref).collect();
        let mut forms = Forms {
            each: patterns.iter().map(|pattern| Fixed::new(pattern, SMALL)).collect(),
            within: [0; FAR + 1],
            base,
            words: Vec::new(),
            number: 0,
            code: 0,
            signs: [0; 128],
            any: 0,
            sieve: Sieve::new(&patterns),
        };
        for (form, pattern) in patterns.iter().enumerate() {
            let bit = 1 << form;
            let reach = reach(pattern).min(FAR);
            forms.within[..=reach].iter_mut().for_each(|forms| *forms |= bit);
            let opening = opening(pattern, if base.is_some() { MANY } else { FEW });
            if opening.any || base.is_none() && !opening.words.is_empty() {
                forms.any |= bit;
                if base.is_some() {
                    continue;
                }
            }
            forms.number |= if opening.number { bit } else { 0 };
            forms.code |= if opening.code { bit } else { 0 };
            opening.signs.iter().for_each(|sign| forms.signs[usize::from(*sign)] |= bit);
            forms.words.extend(opening.words.into_iter().map(|word| (word, bit << base.unwrap_or(0))));
        }
        forms
    }

    /// The words with which they begin, each with its bit.
    pub fn first_words(&self) -> &[(String, u64)] {
        &self.words
    }

    /// The matches in the order of the patterns, without those of patterns that may begin with any word; `told` says
    /// which of some patterns, as bits, are worth to be tried at a token that begins as they do.
    pub fn find(&self, scene: &Scene, told: impl Fn(usize, u64) -> u64) -> Vec<Found> {
        self.find_part(scene, !self.any, |_| 0, told)
    }

    /// As [`Forms::find`], with a part of the patterns; `any` says which of those that may begin with any word are worth
    /// to be tried at a token.
    pub fn find_part(
        &self,
        scene: &Scene,
        part: u64,
        any: impl Fn(usize) -> u64,
        told: impl Fn(usize, u64) -> u64,
    ) -> Vec<Found> {
        let every = self.base.map_or(0, |base| ((1 << self.each.len()) - 1) << base);
        let mut tries = Tries { scene, done: [0; 64], found: Vec::new() };
        for (i, token) in scene.tokens.iter().enumerate() {
            if token.kind == Kind::Sign {
                let may = self.signs[usize::from(scene.text.as_bytes()[token.start])] & part & self.near(token.digit);
                let may = if may == 0 { 0 } else { told(i, may) };
                if may != 0 {
                    self.attempt(&mut tries, token.start, may);
                }
                continue;
            }
            // A later piece of a word may be nearer.
            let part = if token.may_begin(ODD) { part } else { part & self.near(token.digit) };
            if part == 0 {
                continue;
            }
            let any = if self.any & part != 0 { self.any & part & any(i) } else { 0 };
            let begins = token.may_begin(every | NUMBER | CODE | ODD);
            if any == 0 && !begins {
                continue;
            }
            for (at, begins) in scene.openings(token) {
                let number = if begins & NUMBER != 0 { self.number } else { 0 };
                let code = if begins & CODE != 0 { self.code } else { 0 };
                let may = ((begins & every) >> self.base.unwrap_or(0) | number | code) & part;
                let may = if may == 0 { 0 } else { told(i, may) };
                if may | any != 0 {
                    self.attempt(&mut tries, at, may | any);
                }
            }
        }
        tries.found.sort_by_key(|found| found.form);
        tries.found
    }

    /// The matches of those that may begin with any word.
    pub fn find_any(&self, scene: &Scene, any: impl Fn(usize) -> u64) -> Vec<Found> {
        self.find_part(scene, self.any, any, |_, may| may)
    }

    /// Those that the next digit is near enough for.
    fn near(&self, digit: u8) -> u64 {
        self.within[usize::from(digit).min(FAR)]
    }

    fn attempt(&self, tries: &mut Tries, at: usize, may: u64) {
        for form in bits(self.sieve.pass(tries.scene.text.as_bytes(), at, may)) {
            if at < tries.done[form] {
                continue;
            }
            let text = tries.scene.text;
            if let Some(end) = self.each[form].end(text, at) {
                tries.done[form] = end;
                let groups = self.each[form].parted().then(|| self.each[form].groups(text, at));
                tries.found.push(Found { form, start: at, end, groups });
            }
        }
    }
}

/// How far one search has come.
struct Tries<'a> {
    scene: &'a Scene<'a>,
    /// Where the last match of each pattern ends.
    done: [usize; 64],
    found: Vec<Found>,
}

/// All of some patterns, unless a number stands by itself and is short: then none.
pub fn unless_alone(scene: &Scene, at: usize, may: u64) -> u64 {
    let token = &scene.tokens[at];
    let after = &scene.text.as_bytes()[token.end..];
    let alone = token.kind == Kind::Number && token.len() <= 6 && !after.iter().take(4).any(u8::is_ascii_digit);
    if alone { 0 } else { may }
}

/// The places of the bits that are set.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = set.trailing_zeros() as usize;
        (set != 0).then(|| {
            set &= set - 1;
            at
        })
    })
}
