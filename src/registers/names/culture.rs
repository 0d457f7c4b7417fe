//! Two ways to bring one name of another script into Latin letters, where neither is written down as a pair.
//!
//! Which letters vary depends on where a name comes from (a Russian y is an i, an English one is not), so this is tried
//! only where a name shows its origin: by an ending, or by a word of the lists in `data/`.

use super::fold::Token;
use super::letters::read_one_character;
use super::script::Script;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Culture {
    Arabic,
    SouthAsian,
    Slavic,
    Greek,
    Hebrew,
    Caucasian,
    Ethiopian,
    Chinese,
    Korean,
    Japanese,
}

use Culture::*;

/// Where the words of a name come from, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cultures(u16);

impl Cultures {
    fn of(culture: Culture) -> Cultures {
        Cultures(1 << culture as u16)
    }

    fn has(self, culture: Culture) -> bool {
        self.0 & Cultures::of(culture).0 != 0
    }

    fn and(self, other: Cultures) -> Cultures {
        Cultures(self.0 | other.0)
    }
}

/// The headings of the lists, and what they tell.
const HEADINGS: &[(&str, Culture)] = &[
    ("# Arabic", Arabic),
    ("# South Asia", SouthAsian),
    ("# Russian", Slavic),
    ("# Greek", Greek),
    ("# Hebrew", Hebrew),
    ("# Armenian", Caucasian),
    ("# Ethiopia", Ethiopian),
    ("# Chinese", Chinese),
    ("# Korean", Korean),
    ("# Japanese", Japanese),
];

/// Names that many cultures have, so that they tell nothing.
const EVERYWHERE: &str = include_str!("data/everywhere.txt");

static KNOWN: LazyLock<HashMap<&'static str, Cultures>> = LazyLock::new(|| {
    let everywhere: HashSet<&str> = EVERYWHERE.lines().skip(1).flat_map(str::split_whitespace).collect();
    let mut known: HashMap<&str, Cultures> = HashMap::new();
    let texts = [
        include_str!("data/given-spellings.txt"),
        include_str!("data/family-spellings.txt"),
        include_str!("data/family-first.txt"),
    ];
    for text in texts {
        let mut culture = None;
        for line in text.lines() {
            if line.starts_with('#') {
                culture = HEADINGS.iter().find(|(heading, _)| line.starts_with(heading)).map(|(_, culture)| *culture);
            } else if let Some(culture) = culture {
                for word in line.split_whitespace().filter(|word| !everywhere.contains(word)) {
                    let entry = known.entry(word).or_default();
                    *entry = entry.and(Cultures::of(culture));
                }
            }
        }
    }
    known
});

const SLAVIC_ENDS: &[&str] = &[
    "ov", "ova", "ev", "eva", "yov", "yova", "off", "eff", "sky", "skiy", "skii", "skyi", "skaya", "skaia", "enko",
    "chuk", "chyk", "tchouk", "vich", "vych", "vitch", "ovna", "evna", "ivna", "yuk", "iuk",
];
const GREEK_ENDS: &[&str] = &[
    "opoulos", "opoulou", "akis", "aki", "idis", "idou", "iadis", "iadou", "oglou", "atos", "akos", "giannis",
    "georgiou",
];
const CAUCASIAN_ENDS: &[&str] =
    &["shvili", "chvili", "adze", "idze", "yan", "ssian", "ouni", "uni", "zade", "oglu", "qizi"];

/// What the words of a name tell of where it comes from.
pub(super) fn of<'a>(tokens: impl IntoIterator<Item = &'a Token>) -> Cultures {
    let mut found = Cultures::default();
    for token in tokens.into_iter().filter(|token| token.script == Script::Latin) {
        let word = token.plain.as_str();
        found = found.and(KNOWN.get(word).copied().unwrap_or_default());
        let ends = |ends: &[&str]| word.len() > 5 && ends.iter().any(|end| word.ends_with(end));
        for (is, culture) in [
            (ends(SLAVIC_ENDS), Slavic),
            (ends(GREEK_ENDS), Greek),
            (ends(CAUCASIAN_ENDS), Caucasian),
            (matches!(word, "al" | "el" | "bin" | "ibn" | "bint" | "abu" | "abd" | "ben" | "ould"), Arabic),
            (word.len() > 6 && (word.starts_with("abd") || word.ends_with("ullah") || word.ends_with("uddin")), Arabic),
        ] {
            if is {
                found = found.and(Cultures::of(culture));
            }
        }
    }
    found
}

/// Whether two words can be one name, romanised in two ways.
pub(super) fn are_one(a: &str, b: &str, cultures: Cultures) -> bool {
    if a.len().min(b.len()) < 3 || a.chars().next().is_none_or(|c| !c.is_ascii()) {
        return false;
    }
    VARIES.iter().any(|(culture, rules)| cultures.has(*culture) && key(a, rules) == key(b, rules))
        || (cultures.has(Chinese) && same_characters(a.as_bytes(), b.as_bytes()))
}

type Rules = Vec<(&'static str, &'static str)>;

static VARIES: LazyLock<Vec<(Culture, Rules)>> = LazyLock::new(|| {
    let mut all: Vec<(Culture, Rules)> = Vec::new();
    for line in include_str!("data/romanisation.txt").lines() {
        if let Some((_, culture)) = HEADINGS.iter().find(|(heading, _)| line.starts_with(heading)) {
            all.push((*culture, Vec::new()));
        } else if let (Some((from, to)), Some((_, rules))) = (line.split_once(' '), all.last_mut()) {
            rules.push((from, if to == "-" { "" } else { to }));
        }
    }
    all
});

/// A word with everything that varies made one. `^` and `$` stand for its two ends.
fn key(word: &str, rules: &[(&str, &str)]) -> String {
    let mut key = format!("^{word}$");
    for (from, to) in rules {
        key = key.replace(from, to);
    }
    let mut out = String::with_capacity(key.len());
    for c in key.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Whether two words can be read syllable by syllable from the same Chinese characters.
fn same_characters(a: &[u8], b: &[u8]) -> bool {
    if a.is_empty() || b.is_empty() {
        return a.is_empty() && b.is_empty();
    }
    let syllable = |bytes: &[u8], len: usize| bytes.get(..len).map(|some| String::from_utf8_lossy(some).into_owned());
    (2..=6).any(|in_a| {
        let Some(first) = syllable(a, in_a) else { return false };
        (2..=6).any(|in_b| {
            let Some(second) = syllable(b, in_b) else { return false };
            read_one_character(&first, &second) && same_characters(&a[in_a..], &b[in_b..])
        })
    })
}
