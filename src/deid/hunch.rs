//! The hunch: a small linear model for capitals that no rule took, and where they stand.
//!
//! A rule knows what it has been told. Of a word nobody knows, the company it keeps still tells much: what stands
//! before and after, how it ends, whether the sentence speaks of a person. Each of these has a weight, learnt by
//! `collegium deid train` from invented text; the weights are a list that a person can read (`lists/hunch.txt`:
//! feature, then a weight for each of the [`KINDS`]). The hunch never blocks: it asks, and says what made it ask.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::lexicon::*;
use super::names::{Look, compound, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// What a capital can be; the first stands for nothing that identifies.
pub const KINDS: [Option<Category>; 5] =
    [None, Some(Category::Name), Some(Category::Clinician), Some(Category::Location), Some(Category::Facility)];

/// By how much a kind must outweigh "nothing" before the author is asked; weights are in hundredths.
pub const MARGIN: i32 = 90;

/// By how much "nothing" must outweigh every kind before a question that rests on the look of a word is withdrawn.
pub const DOUBT: i32 = 550;

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
        table.insert(digest(&[feature]), weights);
    }
    table
});

/// FNV-1a over the parts as if they were one, after Fowler, Noll and Vo.
fn digest(parts: &[&str]) -> u64 {
    parts
        .iter()
        .flat_map(|part| part.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Adds a question for each capital that the weights take for a name or a place.
pub fn find(scene: &Scene, told: &Told, taken: &[bool], hits: &mut Vec<Hit>) {
    let mut at = 0;
    let mut features = Vec::with_capacity(96);
    while at < scene.tokens.len() {
        if taken[at] || !begins(scene, at) {
            at += 1;
            continue;
        }
        let end = run(scene, taken, at);
        if region(scene, at, end) {
            at = end;
            continue;
        }
        features.clear();
        describe(scene, told, at, end, &mut |parts| features.push(digest(parts)));
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

/// Withdraws questions that rest on the look of a word alone where the weights speak clearly against it.
pub fn doubt(scene: &Scene, told: &Told, hits: &mut Vec<Hit>) {
    let free = vec![false; scene.tokens.len()];
    let mut features = Vec::with_capacity(96);
    hits.retain(|hit| {
        // Who owns a relative, a wound or a bed is a person, however the word looks.
        let by_deed = matches!(hit.rule, "name-owner" | "name-beside-verb");
        if hit.severity == Severity::Block || by_deed || !super::shield::by_look(hit.rule) {
            return true;
        }
        let at = scene.tokens.partition_point(|t| t.end <= hit.start);
        if at >= scene.tokens.len() || !begins(scene, at) {
            return true;
        }
        features.clear();
        let end = run(scene, &free, at);
        describe(scene, told, at, end, &mut |parts| features.push(digest(parts)));
        weigh(&features).1 >= -DOUBT
    });
}

fn judge(features: &[u64]) -> Option<Category> {
    let (best, over) = weigh(features);
    (over > MARGIN).then_some(KINDS[best]).flatten()
}

/// The likeliest kind, and by how much it outweighs "nothing".
fn weigh(features: &[u64]) -> (usize, i32) {
    let mut sums = [0_i32; KINDS.len()];
    for weights in features.iter().filter_map(|feature| TABLE.get(feature)) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += i32::from(*weight);
        }
    }
    let best = (1..KINDS.len()).max_by_key(|kind| sums[*kind]).unwrap_or(1);
    (best, sums[best] - sums[0])
}

/// Whether a word may begin a name: a capital, or in a text without capitals a word that is nothing else.
pub(super) fn begins(scene: &Scene, i: usize) -> bool {
    let token = &scene.tokens[i];
    let small = token.case == Case::Lower && !scene.lowercase;
    if !token.word() || small || token.len() < 2 || !token.spaced && i > 0 && tight(scene, i) {
        return false;
    }
    let compound = compound(scene, i);
    if token.len() < 3 && !compound {
        return false;
    }
    match token.case {
        Case::Capital if token.is(TITLE | DOCTOR) => false,
        Case::Capital => {
            look(token) > Look::No
                || token.is(PLACE | PLACE_HEAD) && !token.is(COMMON)
                || compound
                || !token.opens && !token.is(MONTH | REGION | BRAND)
        }
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

/// `New South Wales`: too large to tell anything.
pub(super) fn region(scene: &Scene, from: usize, to: usize) -> bool {
    to > from + 1 && phrase(&scene.lower[scene.tokens[from].start..scene.tokens[to - 1].end]) & REGION != 0
}

/// The sign before a word ties it to something: `anti-Xa`, `A/Brisbane`.
fn tight(scene: &Scene, i: usize) -> bool {
    let before = &scene.tokens[i - 1];
    before.kind != Kind::Sign || !b"(\"'[*".contains(&scene.text.as_bytes()[before.start])
}

pub(super) fn run(scene: &Scene, taken: &[bool], at: usize) -> usize {
    let tokens = scene.tokens;
    let mut end = at + 1;
    while end < tokens.len() && end < at + 6 && !taken[end] && !tokens[end].line && !tokens[end - 1].possessive {
        let token = &tokens[end];
        let hyphen = token.kind == Kind::Sign
            && !token.spaced
            && scene.text.as_bytes()[token.start] == b'-'
            && tokens.get(end + 1).is_some_and(|t| t.word() && !t.spaced);
        let particle = token.may_begin(PARTICLE) && tokens.get(end + 1).is_some_and(Token::capital);
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
pub struct Told<'a> {
    person: bool,
    dense: bool,
    small: bool,
    /// How often each longer word stands with a capital inside a sentence, and without.
    written: HashMap<&'a str, (u16, u16), BuildHasherDefault<Fnv>>,
}

impl<'a> Told<'a> {
    pub fn of(scene: &Scene<'a>) -> Told<'a> {
        let (mut words, mut eponyms) = (0, 0);
        // Only words with which a name may begin are asked for; most others differ from all of them in a bit.
        let mut written: HashMap<&str, (u16, u16), BuildHasherDefault<Fnv>> = HashMap::default();
        let mut begun = 0_u64;
        let bit = |t: &Token| 1 << (usize::from(t.lower.as_bytes()[0] ^ t.lower.as_bytes()[2] << 2) + t.len() & 63);
        let longer = |t: &Token| t.word() && t.len() > 2 && !t.is(COMMON);
        for token in scene.tokens {
            words += usize::from(token.word() && token.len() > 1);
            eponyms += usize::from(token.is(EPONYM) && token.capital());
            if (token.case != Case::Lower || scene.lowercase) && longer(token) {
                let (capital, _) = written.entry(token.lower).or_default();
                *capital = capital.saturating_add(u16::from(token.case == Case::Capital && !token.opens));
                begun |= bit(token);
            }
        }
        for token in scene.tokens.iter().filter(|t| t.case == Case::Lower && longer(t) && begun & bit(t) != 0) {
            if let Some((_, small)) = written.get_mut(token.lower) {
                *small = small.saturating_add(1);
            }
        }
        Told { person: scene.of_one, dense: eponyms * 25 > words.max(1), small: scene.lowercase, written }
    }
}

const COUNTS: [&str; 5] = ["0", "1", "2", "3", "4"];
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
const ROLES: [(u32, &str); 15] = [
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
    (OWN, "own"),
];

/// Tells the features of the words `from..to`, one by one.
pub fn describe(scene: &Scene, told: &Told, from: usize, to: usize, tell: &mut impl FnMut(&[&str])) {
    let tokens = scene.tokens;
    let (first, last) = (&tokens[from], &tokens[to - 1]);
    let looks = look(first);
    tell(&["bias"]);
    let words = tokens[from..to].iter().filter(|t| t.word()).count();
    tell(&["words:", COUNTS[words.min(3)]]);
    tell(&["look:", looks.name(), ":", look(last).name()]);
    for (flag, name) in FLAGS {
        if first.is(flag) {
            tell(&["first:", name]);
        }
        if to > from + 1 && last.is(flag) {
            tell(&["last:", name]);
        }
    }
    for (flag, name) in ROLES {
        if last.is(flag) {
            tell(&["last:", name]);
        }
    }
    let end = last.lower;
    for n in [2, 3, 4] {
        if end.len() > n && end.is_char_boundary(end.len() - n) {
            tell(&["ends:", &end[end.len() - n..]]);
        }
    }
    let start = scene.word(from);
    if start.len() > 3 && start.is_char_boundary(3) {
        tell(&["begins:", &start[..3]]);
    }
    let opens = first.opens;
    let (capital, small) = told.written.get(start).copied().unwrap_or_default();
    let again = capital > 1 || opens && capital > 0;
    let mixed = small > 0 && first.case == Case::Capital;
    for (on, name) in [
        (compound(scene, from), "compound"),
        (again, "again"),
        (mixed, "mixed"),
        (opens, "opens"),
        (last.possessive, "owner"),
        (first.case == Case::Lower, "lower"),
        (told.person, "of-one"),
        (told.dense, "dense"),
        (told.small, "small"),
        (tokens[from..to].iter().any(|t| t.kind == Kind::Sign), "hyphen"),
    ] {
        if on {
            tell(&[name]);
            tell(&[name, ":", looks.name()]);
        }
    }
    for (side, step) in [("before", 1), ("before2", 2), ("before3", 3)] {
        let Some(i) = from.checked_sub(step) else {
            tell(&[side, ":none"]);
            break;
        };
        neighbour(scene, i, side, looks, tell);
        if step == 1 && tokens[from].line {
            tell(&[side, ":line"]);
        }
    }
    for (side, step) in [("after", 0), ("after2", 1), ("after3", 2)] {
        let i = to + step;
        if i >= tokens.len() {
            tell(&[side, ":none"]);
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
        tell(&["sentence:person"]);
        tell(&["sentence:person:", looks.name()]);
    }
    if year {
        tell(&["sentence:year"]);
    }
    tell(&["sentence:eponyms:", COUNTS[eponyms.min(2)]]);
    tell(&["sentence:capitals:", COUNTS[capitals.min(4)]]);
}

fn neighbour(scene: &Scene, i: usize, side: &str, looks: Look, tell: &mut impl FnMut(&[&str])) {
    let token = &scene.tokens[i];
    let mut say = |what: &str, more: &str| tell(&[side, ":", what, more]);
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
            if token.is(COMMON) || token.flags & 0x1fff_f000 != 0 {
                say("=", word);
                if side.len() <= 6 {
                    say(word, looks.tail());
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
