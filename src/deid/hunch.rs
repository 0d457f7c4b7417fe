//! The hunch: a small linear model for capitals that no rule took, and where they stand.
//!
//! A rule knows what it has been told. Of a word nobody knows, the company it keeps still tells much: what stands
//! before and after, how it ends, whether the sentence speaks of a person. Each of these has a weight, learnt by
//! `collegium deid train` from invented text; the weights are a list that a person can read (`lists/hunch.txt`:
//! feature, then a weight for each of the [`KINDS`]). The hunch never blocks: it asks, and says what made it ask.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::hash::Hasher;
use std::sync::LazyLock;

use super::context::Reader;
use super::lexicon::*;
use super::names::{Look, PARTICLES, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// What a capital can be; the first stands for nothing that identifies.
pub const KINDS: [Option<Category>; 5] = [
    None,
    Some(Category::Name),
    Some(Category::Clinician),
    Some(Category::Location),
    Some(Category::Facility),
];

/// By how much a kind must outweigh "nothing" before the author is asked; weights are in hundredths.
pub const MARGIN: i32 = 100;

/// A weight for each of the [`KINDS`], in hundredths.
pub type Weights = [i16; KINDS.len()];
type Table = HashMap<u64, Weights, BuildHasherDefault<Fnv>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in include_str!("lists/hunch.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let Some(feature) = columns.next() else { continue };
        let mut weights = Weights::default();
        for (slot, column) in weights.iter_mut().zip(columns) {
            *slot = column.parse().unwrap_or(0);
        }
        table.insert(digest(feature), weights);
    }
    table
});

fn digest(feature: &str) -> u64 {
    let mut hasher = Fnv::default();
    hasher.write(feature.as_bytes());
    hasher.write(&[feature.len() as u8]);
    hasher.finish()
}

/// Adds a question for each capital that the weights take for a name or a place.
pub fn find(scene: &Scene, taken: &[bool], hits: &mut Vec<Hit>) {
    let mut at = 0;
    let told = Told::of(scene);
    let mut features = Vec::new();
    while at < scene.tokens.len() {
        if taken[at] || !begins(scene, at) {
            at += 1;
            continue;
        }
        let end = run(scene, taken, at);
        features.clear();
        describe(scene, &told, at, end, &mut |feature| features.push(digest(feature)));
        if let Some(category) = judge(&features) {
            let tokens = scene.tokens;
            hits.push(Hit {
                start: tokens[at].start,
                end: tokens[end - 1].end,
                category,
                severity: Severity::Confirm,
                rule: match category {
                    Category::Location => "hunch-place",
                    Category::Facility => "hunch-institution",
                    _ => "hunch-name",
                },
            });
        }
        at = end;
    }
}

fn judge(features: &[u64]) -> Option<Category> {
    let mut sums = [0_i32; KINDS.len()];
    for weights in features.iter().filter_map(|feature| TABLE.get(feature)) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += i32::from(*weight);
        }
    }
    let (best, sum) = sums.iter().enumerate().skip(1).max_by_key(|(_, sum)| **sum)?;
    (sum - sums[0] > MARGIN).then_some(KINDS[best]).flatten()
}

/// Whether a word may begin a name: a capital, or in a text without capitals a word that is nothing else.
fn begins(scene: &Scene, i: usize) -> bool {
    let token = &scene.tokens[i];
    if !token.word() || token.len() < 3 || !token.spaced && i > 0 && tight(scene, i) {
        return false;
    }
    match token.case {
        Case::Capital => look(token) > Look::No || token.is(PLACE | PLACE_HEAD) && !token.is(COMMON),
        Case::Upper => token.shouted && look(token) > Look::Double,
        Case::Lower => {
            scene.lowercase
                && token.len() > 3
                && !token.is(COMMON | BRAND | REGION | MONTH | EPONYM)
                && (token.is(FIRST | LAST | PLACE) && !token.is(VOCAB) || look(token) == Look::Unknown)
        }
        _ => false,
    }
}

/// The sign before a word ties it to something: `anti-Xa`, `A/Brisbane`.
fn tight(scene: &Scene, i: usize) -> bool {
    let before = &scene.tokens[i - 1];
    before.kind != Kind::Sign || !b"(\"'[*".contains(&scene.text.as_bytes()[before.start])
}

fn run(scene: &Scene, taken: &[bool], at: usize) -> usize {
    let tokens = scene.tokens;
    let mut end = at + 1;
    while end < tokens.len() && end < at + 6 && !taken[end] && !tokens[end].line && !tokens[end - 1].possessive {
        let token = &tokens[end];
        let hyphen = token.kind == Kind::Sign
            && !token.spaced
            && scene.text.as_bytes()[token.start] == b'-'
            && tokens.get(end + 1).is_some_and(|t| t.word() && !t.spaced);
        let particle = PARTICLES.contains(&scene.word(end)) && tokens.get(end + 1).is_some_and(Token::capital);
        let more = token.word() && token.capital() && token.spaced && !token.is(MONTH) && token.len() > 1
            || token.word() && !token.spaced && tokens[end - 1].kind == Kind::Sign;
        if !(hyphen || particle || more) {
            break;
        }
        end += 1;
    }
    end
}

/// What is known of the whole text.
pub struct Told {
    person: bool,
    dense: bool,
    small: bool,
}

impl Told {
    pub fn of(scene: &Scene) -> Told {
        let taken = [];
        let reader = Reader { scene, taken: &taken };
        let words = scene.tokens.iter().filter(|t| t.word() && t.len() > 1).count().max(1);
        let eponyms = scene.tokens.iter().filter(|t| t.capital() && t.is(EPONYM)).count();
        Told { person: reader.told_of_one(), dense: eponyms * 25 > words, small: scene.lowercase }
    }
}

const FLAGS: [(u32, &str); 12] = [
    (COMMON, "common"),
    (VOCAB, "vocabulary"),
    (FIRST, "given"),
    (LAST, "family"),
    (RARE, "rare"),
    (PLACE, "place"),
    (EPONYM, "eponym"),
    (BRAND, "brand"),
    (REGION, "region"),
    (PLACE_HEAD, "place-head"),
    (DERIVED, "derived"),
    (CITE, "cite"),
];
const ROLES: [(u32, &str); 14] = [
    (CARE, "care"),
    (DEPT, "department"),
    (TITLE, "title"),
    (DOCTOR, "doctor"),
    (RELATIVE, "relative"),
    (PATIENT, "patient"),
    (STAFF, "staff"),
    (DEED, "deed"),
    (HUMAN, "human"),
    (HEAD, "head"),
    (SUFFIX, "institution"),
    (ABODE, "abode"),
    (WORK, "work"),
    (GENERIC, "generic"),
];

/// Tells the features of the words `from..to`, one by one.
pub fn describe(scene: &Scene, told: &Told, from: usize, to: usize, tell: &mut dyn FnMut(&str)) {
    use std::fmt::Write;
    let tokens = scene.tokens;
    let mut text = String::with_capacity(40);
    macro_rules! tell {
        ($($part:tt)*) => {{ text.clear(); let _ = write!(text, $($part)*); tell(&text); }};
    }
    let (first, last) = (&tokens[from], &tokens[to - 1]);
    let looks = look(first);
    tell!("bias");
    let words = tokens[from..to].iter().filter(|t| t.word()).count();
    tell!("words:{}", words.min(3));
    tell!("look:{looks:?}:{:?}", look(last));
    for (flag, name) in FLAGS {
        if first.is(flag) {
            tell!("first:{name}");
        }
        if to > from + 1 && last.is(flag) {
            tell!("last:{name}");
        }
    }
    for (flag, name) in ROLES {
        if last.is(flag) {
            tell!("last:{name}");
        }
    }
    let end = &scene.lower[last.start..last.end];
    for n in [2, 3, 4] {
        if end.len() > n && end.is_char_boundary(end.len() - n) {
            tell!("ends:{}", &end[end.len() - n..]);
        }
    }
    let start = scene.word(from);
    if start.len() > 3 && start.is_char_boundary(3) {
        tell!("begins:{}", &start[..3]);
    }
    let opens = first.opens;
    for (on, name) in [
        (opens, "opens"),
        (last.possessive, "owner"),
        (first.case == Case::Lower, "lower"),
        (told.person, "of-one"),
        (told.dense, "dense"),
        (told.small, "small"),
        (tokens[from..to].iter().any(|t| t.kind == Kind::Sign), "hyphen"),
    ] {
        if on {
            tell!("{name}");
            tell!("{name}:{looks:?}");
        }
    }
    for (side, step) in [("before", 1), ("before2", 2), ("before3", 3)] {
        let Some(i) = from.checked_sub(step) else {
            tell!("{side}:none");
            break;
        };
        neighbour(scene, i, side, looks, tell);
        if step == 1 && tokens[from].line {
            tell!("{side}:line");
        }
    }
    for (side, step) in [("after", 0), ("after2", 1), ("after3", 2)] {
        let i = to + step;
        if i >= tokens.len() {
            tell!("{side}:none");
            break;
        }
        neighbour(scene, i, side, looks, tell);
    }
    // The sentence.
    let (mut eponyms, mut person, mut year, mut capitals) = (0, false, false, 0);
    let mut i = from;
    while i > 0 && i + 40 > from && !tokens[i].opens {
        i -= 1;
    }
    while i < tokens.len() && i < from + 40 && (i <= to || !tokens[i].opens) {
        let t = &tokens[i];
        if !(from..to).contains(&i) {
            eponyms += usize::from(t.capital() && t.is(EPONYM));
            capitals += usize::from(t.capital() && !t.opens);
            person |= matches!(scene.word(i), "he" | "she" | "his" | "her" | "him" | "they" | "mum" | "wife")
                || t.word() && t.is(RELATIVE | PATIENT);
            year |= t.kind == Kind::Number && t.len() == 4;
        }
        i += 1;
    }
    if person {
        tell!("sentence:person");
        tell!("sentence:person:{looks:?}");
    }
    if year {
        tell!("sentence:year");
    }
    tell!("sentence:eponyms:{}", eponyms.min(2));
    tell!("sentence:capitals:{}", capitals.min(4));
}

fn neighbour(scene: &Scene, i: usize, side: &str, looks: Look, tell: &mut dyn FnMut(&str)) {
    use std::fmt::Write;
    let token = &scene.tokens[i];
    let mut text = String::with_capacity(40);
    let mut say = |what: &str, more: &str| {
        text.clear();
        let _ = write!(text, "{side}:{what}{more}");
        tell(&text);
    };
    match token.kind {
        Kind::Sign => say("sign", &scene.text[token.start..token.end]),
        Kind::Number => say("number", if token.len() <= 2 { "2" } else { "more" }),
        Kind::Mixed => {
            say("mixed", "");
            if token.len() < 5 && scene.text.as_bytes()[token.start].is_ascii_digit() {
                say("age", "");
            }
        }
        Kind::Foreign => say("foreign", ""),
        Kind::Word => {
            let word = scene.word(i);
            if token.is(COMMON) || token.flags & 0x0fff_f000 != 0 {
                say("=", word);
                if side.len() <= 6 {
                    let look = match looks {
                        Look::No => ":no",
                        Look::Double => ":double",
                        Look::Unknown => ":unknown",
                        Look::Family => ":family",
                        Look::Given => ":given",
                    };
                    say(word, look);
                }
            }
            for (flag, name) in ROLES {
                if token.is(flag) {
                    say("is-", name);
                }
            }
            for (flag, name) in FLAGS {
                if !token.is(COMMON) && token.is(flag) {
                    say("has-", name);
                }
            }
            say(
                match token.case {
                    Case::Capital => "Capital",
                    Case::Upper => "UPPER",
                    Case::Initial => "Initial",
                    _ => "small",
                },
                "",
            );
        }
    }
}

/// A capital of a training text: what it is, by its place in [`KINDS`], and its features.
pub struct Example {
    pub kind: usize,
    pub features: Vec<String>,
    /// Whether a rule found it already; such examples teach, but say nothing about what the hunch adds.
    pub found: bool,
    pub words: String,
}

/// The capitals of a text as examples; `kind` says what stands at a byte range of the text.
pub fn examples(text: &str, kind: &dyn Fn(usize, usize) -> usize) -> Vec<Example> {
    let folded = super::fold::fold(text);
    let tokens = super::token::cut(&folded.text);
    let lower = folded.text.to_ascii_lowercase();
    let scene = Scene {
        text: &folded.text,
        lower: &lower,
        tokens: &tokens,
        lowercase: super::token::lowercase_style(&tokens),
    };
    let findings = super::check(text).findings;
    let told = Told::of(&scene);
    let free = vec![false; tokens.len()];
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !begins(&scene, at) {
            at += 1;
            continue;
        }
        let end = run(&scene, &free, at);
        let (start, stop) = folded.original(tokens[at].start, tokens[end - 1].end);
        let mut features = Vec::new();
        describe(&scene, &told, at, end, &mut |feature| features.push(feature.to_owned()));
        features.sort_unstable();
        features.dedup();
        out.push(Example {
            kind: kind(start, stop),
            features,
            found: findings.iter().any(|f| f.start < stop && f.end > start),
            words: text[start..stop].to_owned(),
        });
        at = end;
    }
    out
}
