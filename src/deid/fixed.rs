//! A pattern that is tried at a given place, never searched for.
//!
//! Such a try mostly ends after a few bytes, and what costs is to begin it. So a pattern that is small enough is made
//! into a table of its states, which is begun at once; the groups are asked for only where it matches.

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::meta::Regex;
use regex_automata::nfa::thompson;
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

/// How many bytes the table of a pattern of many may take.
pub const SMALL: usize = 1 << 17;
/// And of one by itself.
pub const LARGE: usize = 1 << 20;

pub struct Fixed {
    table: Option<dense::DFA<Vec<u32>>>,
    whole: Regex,
}

impl Fixed {
    /// Reads a pattern; `most` is how many bytes its table may take.
    pub fn new(pattern: &str, most: usize) -> Fixed {
        let table = dense::Builder::new()
            .configure(dense::Config::new().start_kind(StartKind::Anchored).dfa_size_limit(Some(most)))
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .thompson(thompson::Config::new().utf8(false))
            .build(pattern);
        Fixed { table: table.ok(), whole: Regex::new(pattern).expect("pattern") }
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

    /// The groups of that match.
    pub fn groups(&self, text: &str, at: usize) -> Captures {
        let mut groups = self.whole.create_captures();
        self.whole.search_captures(&Input::new(text).range(at..).anchored(Anchored::Yes), &mut groups);
        groups
    }
}
