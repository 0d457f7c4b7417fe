//! The de-identification engine: text in, findings out.
//!
//! Pure by design: no file, no clock, no database, so that the same code can one day run in a browser. The way through
//! a text is: [`fold`] it to plain ASCII with a map back to the original bytes (so that look-alike letters, zero-width
//! characters, entities and emphasis marks inside a word cannot hide anything); cut it into [`token`]s, each looked up
//! once in the [`lexicon`]; let every rule file add hits; settle overlaps and find confirmed names everywhere
//! ([`settle`]); offer a generalisation for each ([`suggest`]); judge what the rest still gives away ([`risk`]).
//!
//! A rule never sees more of the text than a window around a token, and no pattern backtracks: time is linear.

#![expect(clippy::nonminimal_bool, reason = "a rule reads best in the order in which it was thought")]

mod ages;
mod aliases;
mod announced;
mod around;
pub mod aside;
mod asked;
mod bare;
mod barelow;
mod beside;
mod callings;
mod category;
mod checks;
mod cited;
mod clauses;
mod coded;
mod company;
mod contact;
mod context;
mod dates;
mod days;
mod deeds;
mod described;
mod feasts;
mod features;
mod fillers;
mod fixed;
mod fold;
mod forms;
mod frames;
#[cfg(test)]
mod fuzz;
pub mod gate;
mod hamlets;
mod houses;
mod hunch;
mod initialled;
mod institutions;
mod kinds;
mod labels;
mod lexicon;
mod lodging;
mod lowly;
mod moments;
mod names;
#[cfg(test)]
mod numbered;
mod occasions;
mod openings;
mod pairs;
mod people;
mod persons;
mod places;
mod quasi;
mod references;
mod risk;
mod rooms;
pub mod rules;
mod said;
mod saints;
pub mod score;
mod serials;
mod settle;
mod shapes;
mod shield;
mod sieve;
mod sites;
mod spaced;
mod spells;
mod stems;
mod streets;
pub mod suggest;
#[cfg(test)]
mod tests;
mod things;
mod token;
mod told;
mod towns;
pub mod train;
mod traits;
mod widened;
mod years;

use serde::Serialize;

pub use category::Category;

pub use risk::Around;
pub use told::Told;

/// The version of the rules; kept with every published post so that old posts can be looked at again.
pub const RULESET: &str = "2026.11-4";

/// Whether the author must change the words or may answer for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Must be changed: nothing and nobody publishes it.
    Block,
    /// Must be changed or answered.
    Confirm,
}

/// Something in the text that may identify a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Byte offset of the first byte.
    pub start: usize,
    /// Byte offset after the last byte.
    pub end: usize,
    pub category: Category,
    pub severity: Severity,
    /// The rule that found it.
    pub rule: &'static str,
    /// One plain sentence for the author.
    pub reason: String,
    /// What to put in place of exactly `start..end`; empty means delete.
    pub suggestion: Option<String>,
}

/// How few people the remaining details may fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Band {
    Green,
    Amber,
    Red,
}

impl Band {
    /// The word used in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Band::Green => "green",
            Band::Amber => "amber",
            Band::Red => "red",
        }
    }
}

/// What the harmless-looking details add up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Risk {
    pub band: Band,
    /// The two or three details that tell most, in plain words.
    pub details: Vec<String>,
    /// The cheapest change that lowers the band, as a sentence.
    pub change: Option<String>,
}

/// Everything [`check`] has to say about a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Sorted by place, never overlapping.
    pub findings: Vec<Finding>,
    pub risk: Risk,
    /// What the text tells of the person it is about, to be added up with other texts.
    #[serde(skip)]
    pub told: Told,
}

impl Report {
    /// Whether anything must be changed before publishing.
    pub fn blocked(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Block)
    }
}

/// One rule's find, in offsets of the folded text.
#[derive(Clone, Copy, Debug)]
struct Hit {
    start: usize,
    end: usize,
    category: Category,
    severity: Severity,
    rule: &'static str,
}

/// What a rule works on.
struct Scene<'a> {
    text: &'a str,
    /// The same in small letters.
    lower: &'a str,
    tokens: &'a [token::Token<'a>],
    /// Much of the text is written without capitals, so a lower-case word may be a name.
    lowercase: bool,
    /// It speaks of one person.
    of_one: bool,
    /// What any of its tokens may begin, and what any tells of a name beside it.
    begins: u64,
    things: u32,
}

/// Checks a text. Total: any input, never panics, linear time.
pub fn check(text: &str) -> Report {
    check_with(text, &[])
}

impl<'a> Scene<'a> {
    /// A folded text, the same in small letters, and its tokens.
    fn new(text: &'a str, lower: &'a str, tokens: &'a [token::Token<'a>]) -> Scene<'a> {
        Scene {
            text,
            lower,
            tokens,
            lowercase: token::lowercase_style(tokens),
            of_one: context::told_of_one(tokens),
            begins: tokens.iter().fold(0, |all, token| all | token.begins),
            things: tokens.iter().fold(0, |all, token| all | token.thing),
        }
    }

    /// A token's word in small letters; empty beyond the ends.
    fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.lower)
    }

    /// What a token tells of a name beside it, and of who somebody is; nothing beyond the ends.
    fn thing(&self, i: usize) -> u32 {
        self.tokens.get(i).map_or(0, |t| t.thing)
    }

    fn calling(&self, i: usize) -> u32 {
        self.tokens.get(i).map_or(0, |t| t.calling)
    }

    /// Where in a token a pattern may begin, and which: nearly always at its start.
    fn openings(&self, token: &token::Token) -> impl Iterator<Item = (usize, u64)> {
        let bytes = self.lower.as_bytes();
        let odd = token.may_begin(lexicon::ODD);
        let begins = token.begins;
        let end = if odd { token.end } else { token.start + 1 };
        (token.start..end)
            .filter(|at| bytes[*at].is_ascii_alphanumeric() && (*at == 0 || !bytes[at - 1].is_ascii_alphanumeric()))
            .map(move |at| if odd { (at, self.begins_at(at)) } else { (at, begins) })
    }

    fn begins_at(&self, at: usize) -> u64 {
        let bytes = &self.lower.as_bytes()[at..];
        let letters = bytes.iter().take(64).take_while(|b| b.is_ascii_alphabetic()).count();
        let code = bytes.get(letters).is_some_and(u8::is_ascii_digit);
        match (letters, code) {
            (0, _) => lexicon::NUMBER,
            (_, true) => lexicon::CODE,
            (_, false) => lexicon::begins(&self.lower[at..at + letters]),
        }
    }
}

/// As [`check`], with names already confirmed in other parts of the same post.
pub(crate) fn check_with(text: &str, known: &[String]) -> Report {
    examine(text, known, true)
}

/// As [`check`], by rules alone: what the hunch is measured against.
fn check_by_rules(text: &str) -> Report {
    examine(text, &[], false)
}

fn examine(text: &str, known: &[String], hunch: bool) -> Report {
    let folded = fold::fold(text);
    let lower = folded.text.to_ascii_lowercase();
    let tokens = token::cut(&folded.text, &lower);
    let scene = Scene::new(&folded.text, &lower, &tokens);
    let mut hits = Vec::with_capacity(64);
    contact::find(&scene, &mut hits);
    labels::find(&scene, &mut hits);
    shapes::find(&scene, &mut hits);
    coded::find(&scene, &mut hits);
    spaced::find(&scene, &mut hits);
    dates::find(&scene, &mut hits);
    occasions::find(&scene, &mut hits);
    spells::widen(&scene, &mut hits);
    ages::find(&scene, &mut hits);
    rooms::find(&scene, &mut hits);
    places::find(&scene, &mut hits);
    people::find(&scene, &mut hits);
    quasi::find(&scene, &mut hits);
    let shield = shield::Shield::new(&scene);
    shield::sift(&scene, &shield, &mut hits);
    context::find(&scene, &mut hits);
    let taken = context::taken(&scene, &hits);
    kinds::find(&scene, &taken, &mut hits);
    frames::find(&scene, &taken, &mut hits);
    shield::sift(&scene, &shield, &mut hits);
    serials::find(&scene, &mut hits);
    if hunch {
        let sure = hits.iter().filter(|hit| hit.severity == Severity::Block).count();
        let told = hunch::Told::of(&scene, sure, hits.len() - sure);
        hunch::find(&scene, &told, &context::taken(&scene, &hits), &mut hits);
        shield::sift(&scene, &shield, &mut hits);
        hunch::doubt(&scene, &told, &mut hits);
        lone_months(&mut hits);
    }
    aliases::again(&scene, &mut hits);
    let hits = settle::settle(&scene, hits, known);
    let findings = suggest::findings(text, &folded, &scene, &hits);
    let told = told::read(&scene, &findings);
    Report { risk: risk::judge(&told, &Around::default()), findings, told }
}

/// A month in a text that tells nothing else of anybody is the profession's: an exam, a guideline, a rota.
fn lone_months(hits: &mut Vec<Hit>) {
    if hits.iter().all(|hit| matches!(hit.rule, "month" | "month-year")) {
        hits.clear();
    }
}

/// The words of confirmed names in a text, for finding them in the other parts of a post.
pub(crate) fn names_in(text: &str) -> Vec<String> {
    let folded = fold::fold(text);
    let lower = folded.text.to_ascii_lowercase();
    let tokens = token::cut(&folded.text, &lower);
    let scene = Scene::new(&folded.text, &lower, &tokens);
    let mut hits = Vec::new();
    people::find(&scene, &mut hits);
    settle::name_words(&scene, &hits)
}

/// The findings' places as offsets in Unicode code points, in one pass.
pub fn to_code_points(text: &str, findings: &[Finding]) -> Vec<(usize, usize)> {
    let mut wanted: Vec<usize> = findings.iter().flat_map(|f| [f.start, f.end]).collect();
    wanted.sort_unstable();
    let mut found = std::collections::HashMap::with_capacity(wanted.len());
    let (mut next, mut count) = (0, 0);
    for (at, _) in text.char_indices() {
        while next < wanted.len() && wanted[next] <= at {
            found.insert(wanted[next], count);
            next += 1;
        }
        count += 1;
    }
    findings.iter().map(|f| (*found.get(&f.start).unwrap_or(&count), *found.get(&f.end).unwrap_or(&count))).collect()
}
