//! From what a person typed to what an engine is asked: phrases, words, and the synonyms of both.

use super::synonyms::{self, Term};
use super::words::{Word, is_stop_word, words};
use crate::base::clock::Time;
use crate::base::id::RoomId;
use crate::base::problem::{Fault, Problem, Result};

/// Longest question, in code points.
pub const LONGEST: usize = 200;
/// Words of a question that are looked at; whoever pastes a paragraph is served by its beginning.
const MOST_WORDS: usize = 16;
/// How deep a list of hits can be paged.
pub const DEEPEST: usize = 1_000;
/// Most hits on one page.
pub const MOST_HITS: usize = 50;

/// What a person asks.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// What was typed; `"quoted words"` must stand so.
    pub words: String,
    /// A room's slug or id.
    pub room: Option<String>,
    /// Written at or after this time.
    pub from: Option<Time>,
    /// Written before this time.
    pub to: Option<Time>,
    /// Only the words as typed: no synonyms, no typing errors forgiven.
    pub exact: bool,
    /// How many hits to pass over: what [`super::Found::next`] said.
    pub offset: usize,
    /// Hits on a page, 1 to 50; 0 means 20.
    pub most: usize,
}

/// What an engine is asked: a query that was read and found sound.
#[derive(Debug, Clone)]
pub struct Question {
    pub units: Vec<Unit>,
    pub room: Option<RoomId>,
    pub from: Option<Time>,
    pub to: Option<Time>,
    pub exact: bool,
    pub offset: usize,
    pub most: usize,
}

/// One thing that is asked for: a word, a term of several words, or a quoted phrase.
#[derive(Debug, Clone)]
pub struct Unit {
    /// As typed.
    pub text: String,
    pub words: Vec<Word>,
    pub quoted: bool,
    /// What else is said for it; empty for phrases and when only the exact words are wanted.
    pub synonyms: Vec<Term>,
    /// The last word, which may be still unfinished.
    pub last: bool,
}

impl Question {
    /// Reads a query; `room` is what its room was found to be.
    ///
    /// # Errors
    /// [`Problem::Refused`] naming `q`, `to` or `offset`.
    pub fn read(query: &Query, room: Option<RoomId>) -> Result<Question> {
        let mut faults = Vec::new();
        let typed = query.words.trim();
        let units = units(typed, query.exact);
        if typed.is_empty() {
            faults.push(Fault::new("q", "missing", "Write what you look for."));
        } else if typed.chars().count() > LONGEST {
            faults.push(Fault::new("q", "too-long", format!("Use at most {LONGEST} characters.")));
        } else if units.is_empty() {
            faults.push(Fault::new("q", "no-words", "There is no word or number in this; write what you look for."));
        }
        if let (Some(from), Some(to)) = (query.from, query.to)
            && from >= to
        {
            faults.push(Fault::new("to", "order", "The last day lies before the first one."));
        }
        if query.offset > DEEPEST {
            let words = format!("The list ends after {DEEPEST} hits. Add a word, or choose a room or a time.");
            faults.push(Fault::new("offset", "too-deep", words));
        }
        if !faults.is_empty() {
            return Err(Problem::Refused(faults));
        }
        let most = if query.most == 0 { 20 } else { query.most.min(MOST_HITS) };
        let Query { from, to, exact, offset, .. } = *query;
        Ok(Question { units, room, from, to, exact, offset, most })
    }

    /// Which synonyms were taken, for telling the reader.
    pub fn synonyms_used(&self) -> Vec<(String, Vec<String>)> {
        self.units
            .iter()
            .filter(|unit| !unit.synonyms.is_empty())
            .map(|unit| (unit.text.clone(), unit.synonyms.iter().map(|term| term.text.clone()).collect()))
            .collect()
    }
}

fn units(typed: &str, exact: bool) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let unquoted = typed.replace(['“', '”', '„'], "\"");
    // A quote that is never closed is no phrase.
    let parts: Vec<&str> = unquoted.split('"').collect();
    let pairs = (parts.len() - 1) / 2;
    for (at, part) in parts.iter().enumerate() {
        if at % 2 == 1 && at < pairs * 2 {
            let words = words(part);
            if !words.is_empty() {
                out.push(Unit { text: part.trim().to_owned(), words, quoted: true, synonyms: Vec::new(), last: false });
            }
        } else {
            loose(part, exact, &mut out);
        }
    }
    let mut taken = 0;
    out.retain(|unit| {
        taken += unit.words.len();
        taken <= MOST_WORDS || taken == unit.words.len()
    });
    // Stop words count only when there is nothing else.
    let empty =
        |unit: &Unit| !unit.quoted && unit.synonyms.is_empty() && unit.words.iter().all(|w| is_stop_word(&w.plain));
    if !out.iter().all(empty) {
        out.retain(|unit| !empty(unit));
    }
    if let Some(last) = out.last_mut()
        && !last.quoted
        && unquoted.ends_with(&last.text)
    {
        last.last = true;
    }
    out
}

fn loose(part: &str, exact: bool, out: &mut Vec<Unit>) {
    let words = words(part);
    let mut at = 0;
    while at < words.len() {
        let found = if exact { None } else { synonyms::house().at(part, &words[at..]) };
        let (count, synonyms) = found.map_or((1, Vec::new()), |found| (found.words, found.others));
        let taken = words[at..at + count].to_vec();
        let text = part[taken[0].at.start..taken[count - 1].at.end].to_owned();
        out.push(Unit { text, words: taken, quoted: false, synonyms, last: false });
        at += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Question {
        Question::read(&Query { words: words.into(), ..Query::default() }, None).expect("sound")
    }

    #[test]
    fn phrases_terms_and_words_are_told_apart() {
        let question = read("the “loss of vision” after heart attacks in apixaban users");
        let texts: Vec<&str> = question.units.iter().map(|unit| unit.text.as_str()).collect();
        assert_eq!(texts, ["loss of vision", "heart attacks", "apixaban", "users"]);
        assert!(question.units[0].quoted && !question.units[1].quoted);
        assert!(question.units[1].synonyms.iter().any(|term| term.text == "MI"));
        assert!(question.units[3].last);
    }

    #[test]
    fn bad_questions_are_told_what_is_wrong() {
        for (query, code) in [
            (Query::default(), "missing"),
            (Query { words: "?!".into(), ..Query::default() }, "no-words"),
            (Query { words: "x".repeat(201), ..Query::default() }, "too-long"),
            (Query { words: "x".into(), from: Some(Time(2)), to: Some(Time(1)), ..Query::default() }, "order"),
            (Query { words: "x".into(), offset: 5000, ..Query::default() }, "too-deep"),
        ] {
            let Err(Problem::Refused(faults)) = Question::read(&query, None) else { panic!("{code}") };
            assert_eq!(faults[0].code, code);
        }
        assert_eq!(read("\"open quote").units.len(), 2);
        assert_eq!(read("what is this").units.len(), 3, "only stop words: they count");
    }
}
