//! Patterns behind a table of their states.
//!
//! A try mostly ends after a few bytes, and what costs is to begin it. So a pattern that is small enough is made into a
//! table, which is begun at once; the groups are asked for only where it matches.

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::meta::Regex;
use regex_automata::nfa::thompson;
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::sieve::Sieve;

/// How many bytes the table of a pattern of many may take.
pub const SMALL: usize = 1 << 17;
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
        let input = Input::new(text).range(at..).anchored(Anchored::Yes);
        match self.table.as_ref().map(|table| table.try_search_fwd(&input)) {
            Some(Ok(found)) => found,
            _ => self.whole.search_half(&input),
        }
        .map(|found| found.offset())
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
    each: Vec<regex::Regex>,
}

impl Sought {
    pub fn new<P: AsRef<str>>(patterns: &[P]) -> Sought {
        let each = patterns.iter().map(|pattern| regex::Regex::new(pattern.as_ref()).expect("pattern")).collect();
        Sought { sieve: Sieve::new(patterns), each }
    }

    /// Those of some of them, as bits, that may match somewhere from a place on; mostly none.
    pub fn may(&self, text: &str, from: usize, some: u64) -> u64 {
        self.sieve.pass_within(text.as_bytes(), from, some)
    }

    /// The first match of one of them from a place on.
    pub fn captures_at<'t>(&self, index: usize, text: &'t str, at: usize) -> Option<regex::Captures<'t>> {
        self.each[index].captures_at(text, at)
    }
}
