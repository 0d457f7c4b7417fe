//! Which different words are known to be one name. Every relation is written down in `data/`: short forms, spellings
//! that come out of other scripts, ways to write letters, endings. A pair that is not there is not related.

use super::culture;
use super::fold::Token;
use super::letters::{can_be_written, romaji};
use super::script::{Script, cased, plain};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Lines of words that are one name.
struct Lines {
    lines: Vec<Vec<String>>,
    of_word: HashMap<String, Vec<usize>>,
}

impl Lines {
    fn read(text: &str) -> Lines {
        let mut lines = Vec::new();
        let mut of_word: HashMap<String, Vec<usize>> = HashMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let words: Vec<String> = line.split_whitespace().map(|word| plain(&cased(word))).collect();
            for word in &words {
                of_word.entry(word.clone()).or_default().push(lines.len());
            }
            lines.push(words);
        }
        Lines { lines, of_word }
    }

    fn join(&self, a: &str, b: &str) -> bool {
        let (Some(of_a), Some(of_b)) = (self.of_word.get(a), self.of_word.get(b)) else { return false };
        of_a.iter().any(|line| of_b.contains(line))
    }

    /// The other words of a word's lines.
    fn beside(&self, word: &str) -> impl Iterator<Item = &str> {
        self.of_word
            .get(word)
            .into_iter()
            .flatten()
            .filter_map(|line| self.lines.get(*line))
            .flatten()
            .map(String::as_str)
    }
}

static SHORT_FORMS: LazyLock<Lines> = LazyLock::new(|| Lines::read(include_str!("data/nicknames.txt")));
static GIVEN_SPELLINGS: LazyLock<Lines> = LazyLock::new(|| Lines::read(include_str!("data/given-spellings.txt")));
static FAMILY_SPELLINGS: LazyLock<Lines> = LazyLock::new(|| Lines::read(include_str!("data/family-spellings.txt")));

/// How two given names are one, as words between them: "a short form of", "another spelling of".
pub(super) fn are_one_given_name(a: &Token, b: &Token) -> Option<&'static str> {
    if SHORT_FORMS.join(&a.plain, &b.plain) {
        return Some("a known short form, or the long form, of");
    }
    if GIVEN_SPELLINGS.join(&a.plain, &b.plain) {
        return Some("another spelling of");
    }
    let own = written_otherwise(a, b);
    if own.is_some() || a.script == b.script {
        return own;
    }
    let (native, latin) = native_and_latin(a, b)?;
    let spelled = |word: &str| can_be_written(&native.plain, native.script, word);
    if GIVEN_SPELLINGS.beside(&latin.plain).any(spelled) {
        return Some("the same name in other letters as");
    }
    SHORT_FORMS.beside(&latin.plain).any(spelled).then_some("a known short form, or the long form, of")
}

/// The same for family names.
pub(super) fn are_one_family_name(a: &Token, b: &Token) -> Option<&'static str> {
    if FAMILY_SPELLINGS.join(&a.plain, &b.plain) || GIVEN_SPELLINGS.join(&a.plain, &b.plain) {
        return Some("another spelling of");
    }
    if is_feminine(a, b) || is_feminine(b, a) {
        return Some("the masculine, feminine or married form of");
    }
    written_otherwise(a, b)
}

/// The same word in other letters: ü as ue, without vowel points, in the other form of a Chinese character, in another
/// script.
pub(super) fn written_otherwise(a: &Token, b: &Token) -> Option<&'static str> {
    if a.script == b.script {
        if a.plain != b.plain && a.bare == b.bare {
            return Some("another way to write");
        }
        let marked = |a: &Token, b: &Token| {
            a.script == Script::Latin && !a.cased.is_ascii() && can_be_written(&a.cased, Script::Latin, &b.plain)
        };
        if marked(a, b) || marked(b, a) {
            return Some("written with other letters for");
        }
        let latin = a.script == Script::Latin && culture::are_one(&a.plain, &b.plain, a.from);
        return latin.then_some("another romanisation of");
    }
    if let (Script::Han, Script::Kana, han, kana) | (Script::Kana, Script::Han, kana, han) = (a.script, b.script, a, b)
    {
        let read = romaji(&kana.plain);
        return (!read.is_empty() && can_be_written(&han.plain, Script::Han, &read)).then_some("a reading of");
    }
    let (native, latin) = native_and_latin(a, b)?;
    can_be_written(&native.bare, native.script, &latin.plain).then_some("the same name in other letters as")
}

fn native_and_latin<'a>(a: &'a Token, b: &'a Token) -> Option<(&'a Token, &'a Token)> {
    match (a.script, b.script) {
        (Script::Latin, Script::Latin) => None,
        (_, Script::Latin) => Some((a, b)),
        (Script::Latin, _) => Some((b, a)),
        _ => None,
    }
}

/// A masculine ending and the feminine or married one. Where the first is empty, what stands before must end as given.
const ENDINGS: &[(&str, &str, &[&str])] = &[
    ("", "ova", &[]),
    ("a", "ova", &[]),
    ("o", "ova", &[]),
    ("y", "ova", &[]),
    ("ek", "kova", &[]),
    ("ec", "cova", &[]),
    ("el", "lova", &[]),
    ("", "a", &["ov", "ev", "in", "yn", "ow", "ew"]),
    ("off", "ova", &[]),
    ("sky", "skaya", &[]),
    ("skiy", "skaya", &[]),
    ("skii", "skaia", &[]),
    ("ski", "skaya", &[]),
    ("skyi", "ska", &[]),
    ("ski", "ska", &[]),
    ("sky", "ska", &[]),
    ("cki", "cka", &[]),
    ("cky", "cka", &[]),
    ("tsky", "tska", &[]),
    ("tskyi", "tska", &[]),
    ("dzki", "dzka", &[]),
    ("zki", "zka", &[]),
    ("oy", "aya", &[]),
    ("y", "aya", &[]),
    ("iy", "aya", &[]),
    ("as", "iene", &[]),
    ("is", "iene", &[]),
    ("ys", "iene", &[]),
    ("us", "iene", &[]),
    ("ius", "iene", &[]),
    ("as", "aite", &[]),
    ("is", "yte", &[]),
    ("ys", "yte", &[]),
    ("us", "ute", &[]),
    ("ius", "iute", &[]),
    ("ius", "yte", &[]),
    ("s", "a", &["n", "l", "k", "t", "d", "b", "p", "m", "v", "g", "r"]),
    ("is", "e", &[]),
    ("opoulos", "opoulou", &[]),
    ("idis", "idou", &[]),
    ("iadis", "iadou", &[]),
    ("akis", "aki", &[]),
    ("atos", "atou", &[]),
    ("os", "ou", &[]),
    ("as", "a", &["k", "t", "p", "r", "l", "m", "n"]),
    ("is", "i", &[]),
    ("", "а", &["ов", "ев", "ин", "ын", "їн"]),
    ("ий", "ая", &[]),
    ("ый", "ая", &[]),
    ("ой", "ая", &[]),
    ("ський", "ська", &[]),
    ("цький", "цька", &[]),
    ("ий", "а", &[]),
    ("ски", "ска", &[]),
    ("οσ", "ου", &[]),
    ("ησ", "ου", &[]),
    ("ησ", "η", &[]),
    ("ασ", "α", &[]),
];

fn is_feminine(man: &Token, woman: &Token) -> bool {
    if man.script != woman.script || man.plain == woman.plain {
        return false;
    }
    let adjective = man.cased.strip_suffix('ý').zip(woman.cased.strip_suffix('á'));
    if adjective.is_some_and(|(man, woman)| man == woman && man.chars().count() > 2) {
        return true;
    }
    ENDINGS.iter().any(|(masculine, feminine, before)| {
        let (Some(man), Some(woman)) = (man.plain.strip_suffix(masculine), woman.plain.strip_suffix(feminine)) else {
            return false;
        };
        let fits = before.is_empty() || before.iter().any(|end| man.ends_with(end));
        man == woman && man.chars().count() > 2 && fits && (*masculine, *feminine) != ("os", "ou")
            || (man == woman && man.chars().count() > 4 && (*masculine, *feminine) == ("os", "ou"))
    })
}

/// A word that comes and goes before a family name.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

const PARTICLES: &[&str] = &[
    "de", "da", "di", "do", "du", "del", "della", "dello", "dela", "dei", "das", "dos", "des", "d", "la", "le", "lo",
    "l", "los", "las", "van", "von", "vom", "zu", "zum", "zur", "den", "der", "dem", "ter", "ten", "te", "t", "af",
    "av", "bin", "ben", "ibn", "bint", "binti", "bte", "abu", "abou", "al", "el", "ul", "ur", "as", "ash", "ad", "ar",
    "an", "az", "at", "y", "e", "i", "o", "ó", "ui", "ni", "nic", "mac", "mc", "dell", "dall", "san", "santa", "ap",
    "ab", "ال", "بن", "ابن", "بنت", "بو", "אבו", "בר", "بنتِ", "де", "фон", "ван",
];

/// Whether a family that names so writes the family name first, so that the order of a name says nothing.
pub(super) fn puts_family_first(family: &[Token]) -> bool {
    family.iter().all(|token| token.script.runs_on())
        || family.iter().any(|token| token.script == Script::Latin && FAMILY_FIRST.contains(token.plain.as_str()))
}

static FAMILY_FIRST: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let mut names: HashSet<&str> = include_str!("data/family-first.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect();
    let asian = include_str!("data/family-spellings.txt").split("# South Asia").next().unwrap_or("");
    names.extend(asian.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace));
    names
});
