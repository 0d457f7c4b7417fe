//! What a text tells of the person it is about: kinds of details, and how many bits each gives.
//!
//! Of details that say the same thing (the place and the institution, the date and how recent it is) only the one that
//! tells more counts. Bits are kept in tenths. The words are data: `lists/telling.txt`, read in one pass.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::lexicon::{Fnv, NUMBER, ODD, TELLING_BIT};
use super::{Category, Finding, Scene, Severity};

/// What a detail is about; only the most telling detail of each counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Factor {
    Name,
    Where,
    When,
    Age,
    Person,
    Event,
    Publicity,
    Rarity,
    Multiple,
    Occupation,
    Community,
    Belonging,
    Speech,
}

pub(super) const FACTORS: usize = 13;

/// A kind of detail.
pub(super) struct Kind {
    /// Its name in the list of words; empty for one that only findings tell.
    pub code: &'static str,
    pub factor: Factor,
    /// Tenths of a bit.
    pub bits: u16,
    /// What still tells once it is generalised.
    pub leaves: u16,
    /// What the change costs a reader, 1 the least.
    pub cost: u16,
    pub what: &'static str,
    /// What to do about it; empty when the words of this post cannot change it.
    pub change: &'static str,
}

const fn kind(
    code: &'static str,
    factor: Factor,
    (bits, leaves, cost): (u16, u16, u16),
    what: &'static str,
    change: &'static str,
) -> Kind {
    Kind { code, factor, bits, leaves, cost, what, change }
}

const NAME: usize = 0;
const PLACE: usize = 1;
const INSTITUTION: usize = 2;
pub(super) const EMPLOYER: usize = 3;
const DATE: usize = 4;
const GREAT_AGE: usize = 5;
pub(super) const AGE: usize = 6;
const PERSON: usize = 7;
const SPEECH: usize = 8;

#[rustfmt::skip]
pub(super) static KINDS: &[Kind] = &[
    kind("",           Factor::Name,       (240,  0, 1), "the name or number",             "take out the name or number"),
    kind("",           Factor::Where,      (110, 20, 1), "the place",                      "name the country or region, not the place"),
    kind("",           Factor::Where,      ( 80, 10, 1), "the institution",                "name the kind of institution, not the institution"),
    kind("",           Factor::Where,      ( 80, 80, 9), "where you work, from your declared interests", ""),
    kind("",           Factor::When,       (100,  0, 1), "the date",                       "count the days from day 0 instead of giving the date"),
    kind("",           Factor::Age,        ( 90, 30, 1), "the great age",                  "give the age as “over 80”"),
    kind("",           Factor::Age,        ( 63, 30, 1), "the exact age",                  "give the age as"),
    kind("",           Factor::Person,     (200,  0, 2), "the description of one person",  "leave out the description of one person"),
    kind("",           Factor::Speech,     ( 30,  0, 1), "the patient's own words",        "report the patient's words without quoting them"),
    kind("recent",     Factor::When,       ( 70,  0, 1), "how recent it is",               "leave out how recent it is"),
    kind("event",      Factor::Event,      (130, 40, 4), "the unusual event",              "name the kind of injury, not the event"),
    kind("publicity",  Factor::Publicity,  (120,  0, 1), "the publicity",                  "leave out that it was in public"),
    kind("role",       Factor::Person,     (120,  0, 2), "the public role",                "leave out the public role"),
    kind("rarity",     Factor::Rarity,     (100,  0, 2), "how rare it is",                 "leave out how rare it is"),
    kind("disease",    Factor::Rarity,     (110, 40, 5), "the rare disease",               "name the group of diseases, not the disease"),
    kind("multiple",   Factor::Multiple,   ( 60,  0, 4), "the multiple birth",             "leave out the multiple birth unless it matters clinically"),
    kind("occupation", Factor::Occupation, ( 50,  0, 3), "the occupation",                 "leave out the occupation, or name only the exposure"),
    kind("community",  Factor::Community,  ( 80, 10, 2), "the small community",            "say “a rural area” for the small community"),
    kind("belonging",  Factor::Belonging,  ( 40,  0, 3), "the origin or faith",            "leave out the origin or faith unless it matters clinically"),
];

/// Marks that say what kind of text it is, beside the details.
const CASE: usize = usize::MAX;
const ELSEWHERE: usize = usize::MAX - 1;

/// A phrase, the place of its longest word, and its kind.
type Phrase = (&'static str, usize, usize);

/// Words that tell, each with its kind.
struct Words {
    /// Found whole, by their longest words, with the letters before those.
    whole: HashMap<&'static str, Vec<Phrase>, BuildHasherDefault<Fnv>>,
    /// Found where they begin a word.
    begun: Vec<(&'static str, usize)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { whole: HashMap::default(), begun: Vec::new() };
    for line in include_str!("lists/telling.txt").lines().filter(|line| !line.starts_with('#')) {
        let (code, list) = line.split_once(": ").expect("a kind and its words");
        let at = match code {
            "case" => CASE,
            "elsewhere" => ELSEWHERE,
            _ => KINDS.iter().position(|kind| kind.code == code).expect("a kind"),
        };
        for word in list.split(", ") {
            match word.strip_suffix('*') {
                Some(word) => words.begun.push((word, at)),
                None => {
                    let (from, longest) = longest(word);
                    words.whole.entry(longest).or_default().push((word, from, at));
                }
            }
        }
    }
    words
});

/// The longest word of each that is found whole, with s behind it too.
pub(super) fn key_words() -> impl Iterator<Item = String> {
    WORDS.whole.keys().flat_map(|word| [(*word).to_owned(), format!("{word}s")])
}

/// The longest run of letters, which is seldom an everyday word, and where it begins.
fn longest(phrase: &str) -> (usize, &str) {
    let mut best = (0, "");
    let mut from = 0;
    for word in phrase.split(|c: char| !c.is_ascii_alphabetic()) {
        if word.len() > best.1.len() {
            best = (from, word);
        }
        from += word.len() + 1;
    }
    best
}

/// What a text tells of the person it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// By factor, the kind of detail that tells most.
    pub(super) by_factor: [Option<usize>; FACTORS],
    /// The exact age, where one is told.
    pub(super) age: Option<u16>,
    /// It is about a patient.
    pub(super) is_case: bool,
    /// It says that this happened where the author does not work.
    pub(super) is_elsewhere: bool,
    /// Something in it must be changed.
    pub(super) is_blocked: bool,
}

/// Reads what a text tells: one pass over its words, one over the findings.
pub(super) fn read(scene: &Scene, findings: &[Finding]) -> Told {
    let mut told = Told::default();
    for token in scene.tokens.iter().filter(|t| t.may_begin(TELLING_BIT | ODD)) {
        for (at, _) in scene.openings(token).filter(|(_, begins)| begins & TELLING_BIT != 0) {
            let letters = scene.lower[at..].bytes().take_while(u8::is_ascii_alphabetic).count();
            let word = &scene.lower[at..at + letters];
            for phrases in [Some(word), word.strip_suffix('s')].into_iter().flatten().filter_map(|w| WORDS.whole.get(w))
            {
                let told_by = |(phrase, from, _): &&Phrase| at >= *from && stands(scene.lower, at - from, phrase);
                phrases.iter().filter(told_by).for_each(|(.., kind)| told.tell(*kind));
            }
        }
    }
    for (word, kind) in &WORDS.begun {
        let mut places = scene.lower.match_indices(word);
        if places.any(|(at, _)| at == 0 || !scene.lower.as_bytes()[at - 1].is_ascii_alphanumeric()) {
            told.tell(*kind);
        }
    }
    if let Some(years) = age(scene) {
        told.is_case = true;
        told.age = Some(years);
        told.add(AGE);
    }
    if scene.text.matches('"').nth(1).is_some() {
        told.add(SPEECH);
    }
    for finding in findings {
        told.is_blocked |= finding.severity == Severity::Block;
        match finding.category {
            Category::Name
            | Category::NationalId
            | Category::Mrn
            | Category::Phone
            | Category::Handle
            | Category::Url => told.add(NAME),
            Category::Location | Category::Address | Category::Postcode => told.add(PLACE),
            Category::Facility => told.add(INSTITUTION),
            Category::Date => told.add(DATE),
            Category::Age => told.add(GREAT_AGE),
            Category::Quasi => told.add(PERSON),
            _ => {}
        }
    }
    told
}

/// Whether a phrase stands at a place, found whole or with s behind it.
fn stands(text: &str, at: usize, phrase: &str) -> bool {
    let joins = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let fresh = at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric();
    let rest = text[at..].strip_prefix(phrase).filter(|_| fresh);
    rest.is_some_and(|rest| !joins(rest) || rest.strip_prefix('s').is_some_and(|rest| !joins(rest)))
}

impl Told {
    fn tell(&mut self, kind: usize) {
        match kind {
            CASE => self.is_case = true,
            ELSEWHERE => self.is_elsewhere = true,
            kind => self.add(kind),
        }
    }

    fn add(&mut self, kind: usize) {
        let place = &mut self.by_factor[KINDS[kind].factor as usize];
        if place.is_none_or(|there| KINDS[there].bits < KINDS[kind].bits) {
            *place = Some(kind);
        }
    }

    pub(super) fn bits(&self, factor: usize) -> u16 {
        self.by_factor[factor].map_or(0, |kind| KINDS[kind].bits)
    }

    /// Takes in what another part of the same post tells, or another post of the same case.
    pub fn absorb(&mut self, other: &Told) {
        for kind in other.by_factor.iter().flatten() {
            self.add(*kind);
        }
        self.age = self.age.or(other.age);
        self.is_case |= other.is_case;
        self.is_elsewhere |= other.is_elsewhere;
        self.is_blocked |= other.is_blocked;
    }

    /// Whether the text is about a patient.
    pub fn is_case(&self) -> bool {
        self.is_case
    }

    /// Whether it tells anything that `earlier` does not.
    pub(super) fn adds_to(&self, earlier: &Told) -> bool {
        (0..FACTORS).any(|factor| self.bits(factor) > earlier.bits(factor))
    }
}

/// The first exact age that is told, if it is a number.
fn age(scene: &Scene) -> Option<u16> {
    let lower = scene.lower;
    let figures = scene.tokens.iter().filter(|t| t.may_begin(NUMBER | ODD));
    let starts = figures.flat_map(|token| scene.openings(token)).filter(|(_, begins)| begins & NUMBER != 0);
    for (start, _) in starts.filter(|(start, _)| !lower[..*start].ends_with('.')) {
        let digits = lower[start..].bytes().take(3).take_while(u8::is_ascii_digit).count();
        let at = start + digits;
        if digits <= 2 {
            let tail = &lower[at..(at + 9).min(lower.len())];
            let sex = (tail.starts_with('f') || tail.starts_with('m'))
                && !tail[1..].starts_with(|c: char| c.is_ascii_alphanumeric());
            let marks = ["-year-ol", " year ol", "yo", " yo", " yr", "/m", "/f"];
            let counts = !tail.starts_with(" you") && !tail.starts_with(" yr ago") && !tail.starts_with(" yrs ago");
            if sex || counts && marks.iter().any(|mark| tail.starts_with(mark)) {
                return lower[start..at].parse().ok();
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::check;

    fn told(text: &str) -> Told {
        check(text).told
    }

    #[test]
    fn every_kind_of_the_list_is_known() {
        let kinds: Vec<(&str, usize)> = WORDS
            .whole
            .values()
            .flatten()
            .map(|(word, _, at)| (*word, *at))
            .chain(WORDS.begun.iter().copied())
            .collect();
        assert!(kinds.len() > 150);
        let named = KINDS.iter().filter(|kind| !kind.code.is_empty());
        for kind in named {
            assert!(kinds.iter().any(|(_, at)| *at < KINDS.len() && KINDS[*at].code == kind.code), "{}", kind.code);
        }
        assert!(KINDS[NAME].bits == 240 && KINDS[SPEECH].factor == Factor::Speech && KINDS[EMPLOYER].change.is_empty());
        assert!(KINDS.iter().all(|kind| kind.leaves <= kind.bits && (kind.factor as usize) < FACTORS));
    }

    #[test]
    fn a_word_counts_whole() {
        for text in [
            "A pilot study of mineral oil in patients with a zoonosis.",
            "The patient's vitamins were famously insular; villagers' mayoral matters do not count.",
        ] {
            assert_eq!(told(text).by_factor, [None; FACTORS], "{text}");
        }
        assert!(told("Two farmers and a mayor.").by_factor[Factor::Occupation as usize].is_some());
    }

    #[test]
    fn of_details_that_say_the_same_only_the_larger_counts() {
        let both = told("The mayor, the only harpist on the island, a patient of ours.");
        assert_eq!(both.bits(Factor::Person as usize), 200);
    }
}
