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
    each: Vec<(Option<Table>, regex::Regex)>,
}

impl Sought {
    pub fn new<P: AsRef<str>>(patterns: &[P]) -> Sought {
        let read = |pattern: &P| {
            let pattern = pattern.as_ref();
            (table(pattern, SMALL), regex::Regex::new(pattern).expect("pattern"))
        };
        Sought { sieve: Sieve::new(patterns), each: patterns.iter().map(read).collect() }
    }

    /// Those of some of them, as bits, that may match somewhere from a place on; mostly none.
    pub fn may(&self, text: &str, from: usize, some: u64) -> u64 {
        word_starts(text.as_bytes(), from).fold(0, |may, at| may | self.sieve.pass(text.as_bytes(), at, some & !may))
    }

    /// The first match of one of them from a place on.
    pub fn captures_at<'t>(&self, index: usize, text: &'t str, from: usize) -> Option<regex::Captures<'t>> {
        let (table, whole) = &self.each[index];
        let bytes = text.as_bytes();
        word_starts(bytes, from)
            .filter(|at| self.sieve.pass(bytes, *at, 1 << index) != 0)
            .filter(|at| table.as_ref().is_none_or(|table| walk(table, bytes, *at).is_some()))
            .find_map(|at| whole.captures_at(text, at))
    }
}
