//! Patterns behind a table of their states.
//!
//! A try mostly ends after a few bytes, and what costs is to begin it. So a pattern that is small enough is made into a
//! table, which is begun at once; the groups are asked for only where it matches.

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::meta::Regex;
use regex_automata::nfa::thompson;
use regex_automata::util::captures::Captures;
use regex_automata::util::start;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::sieve::{Sieve, word_starts};

/// How many bytes the table of a pattern of many may take.
pub const SMALL: usize = 1 << 19;
/// And of one by itself.
pub const LARGE: usize = 1 << 20;

type Table = dense::DFA<Vec<u32>>;

/// The table of a pattern for plain text, if it takes no more bytes than `most`.
fn table(pattern: &str, most: usize) -> Option<Table> {
    dense::Builder::new()
        .configure(dense::Config::new().start_kind(StartKind::Anchored).dfa_size_limit(Some(most)))
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .thompson(thompson::Config::new().utf8(false))
        .build(pattern)
        .ok()
}

/// Where the match ends that begins at a place. A try ends after a few bytes, so that it is walked without ado.
fn walk(table: &Table, text: &[u8], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|i| text[i]);
    let start = start::Config::new().look_behind(before).anchored(Anchored::Yes);
    let mut state = table.start_state(&start).ok()?;
    let mut end = None;
    for (here, byte) in text.iter().enumerate().skip(at) {
        state = table.next_state(state, *byte);
        if table.is_special_state(state) {
            // A match is told one byte late.
            if table.is_match_state(state) {
                end = Some(here);
            } else if table.is_dead_state(state) || table.is_quit_state(state) {
                return end;
            }
        }
    }
    if table.is_match_state(table.next_eoi_state(state)) { Some(text.len()) } else { end }
}

/// A pattern that is tried at a given place, never searched for.
pub struct Fixed {
    table: Option<Table>,
    whole: Regex,
}

impl Fixed {
    /// Reads a pattern; `most` is how many bytes its table may take.
    pub fn new(pattern: &str, most: usize) -> Fixed {
        Fixed { table: table(pattern, most), whole: Regex::new(pattern).expect("pattern") }
    }

    /// Where the match ends that begins at a place of a plain text.
    pub fn end(&self, text: &str, at: usize) -> Option<usize> {
        match &self.table {
            Some(table) => walk(table, text.as_bytes(), at),
            None => {
                let input = Input::new(text).range(at..).anchored(Anchored::Yes);
                self.whole.search_half(&input).map(|found| found.offset())
            }
        }
    }

    /// Whether the match has parts of its own.
    pub fn parted(&self) -> bool {
        self.whole.captures_len() > 1
    }

    /// The parts of that match.
    pub fn groups(&self, text: &str, at: usize) -> Captures {
        let mut groups = self.whole.create_captures();
        self.whole.search_captures(&Input::new(text).range(at..).anchored(Anchored::Yes), &mut groups);
        groups
    }
}

/// Patterns that are searched for in short stretches of a plain text. Each begins with a word.
pub struct Sought {
    sieve: Sieve,
    each: Vec<One>,
}

struct One {
    table: Option<Table>,
    whole: regex::Regex,
    /// The ways in which it begins, as bits of the sieve.
    ways: u64,
}

impl Sought {
    /// Reads patterns, each with the ways in which it can begin: the more are told apart, the finer is the sieve.
    pub fn new(patterns: &[(String, Vec<String>)]) -> Sought {
        let mut first = 0;
        let read = |(pattern, ways): &(String, Vec<String>)| {
            let bits = ((1 << ways.len()) - 1) << first;
            first += ways.len();
            One { table: table(pattern, SMALL), whole: regex::Regex::new(pattern).expect("pattern"), ways: bits }
        };
        let each = patterns.iter().map(read).collect();
        let ways: Vec<&String> = patterns.iter().flat_map(|(_, ways)| ways).collect();
        Sought { sieve: Sieve::new(&ways), each }
    }

    /// Those of some of them, by their numbers, that may match somewhere from a place on; mostly none.
    pub fn may(&self, text: &str, from: usize, some: &[usize]) -> impl Fn(usize) -> bool {
        let bytes = text.as_bytes();
        let all = some.iter().fold(0, |all, index| all | self.each[*index].ways);
        let passed = word_starts(bytes, from).fold(0, |passed, at| passed | self.sieve.pass(bytes, at, all & !passed));
        move |index| passed & self.each[index].ways != 0
    }

    /// The first match of one of them from a place on.
    pub fn captures_at<'t>(&self, index: usize, text: &'t str, from: usize) -> Option<regex::Captures<'t>> {
        let (one, bytes) = (&self.each[index], text.as_bytes());
        word_starts(bytes, from)
            .filter(|at| self.sieve.pass(bytes, *at, one.ways) != 0)
            .filter(|at| one.table.as_ref().is_none_or(|table| walk(table, bytes, *at).is_some()))
            .find_map(|at| one.whole.captures_at(text, at))
    }
}

/// The ways of an alternation, cut where nothing encloses them.
pub fn ways(pattern: &str) -> Vec<&str> {
    let (mut all, mut from, mut depth) = (Vec::new(), 0, 0);
    for (at, byte) in pattern.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'|' if depth == 0 => {
                all.push(&pattern[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    all.push(&pattern[from..]);
    all
}
