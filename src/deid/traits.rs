//! What the hunch looks at: the features of a word, of its neighbours, of its sentence and of the whole text.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::Scene;
use super::lexicon::*;
use super::names::{Look, compound, look};
use super::token::{Case, Kind, Token};

/// What is known of the whole text.
pub struct Told<'a> {
    person: bool,
    dense: bool,
    small: bool,
    /// How much in it must be changed, and how much is asked about, whatever the hunch says: who tells one thing often
    /// tells another.
    pub sure: usize,
    asked: usize,
    /// How often each longer word stands with a capital inside a sentence, and without.
    written: HashMap<&'a str, (u16, u16), BuildHasherDefault<Fnv>>,
}

impl<'a> Told<'a> {
    pub fn of(scene: &Scene<'a>, sure: usize, asked: usize) -> Told<'a> {
        let (mut words, mut eponyms) = (0, 0);
        // Only words with which a name may begin are asked for; most others differ from all of them in a bit.
        let mut written: HashMap<&str, (u16, u16), BuildHasherDefault<Fnv>> = HashMap::default();
        let mut begun = 0_u64;
        let bit = |t: &Token| {
            let letters = t.lower.as_bytes();
            1_u64 << ((usize::from(letters[0] ^ (letters[2] << 2)) + t.len()) & 63)
        };
        let inside = |t: &Token| t.case == Case::Capital && !t.opens;
        let longer = |t: &Token| t.word() && t.len() > 2 && (!t.is(COMMON) || inside(t));
        for token in scene.tokens {
            words += usize::from(token.word() && token.len() > 1);
            eponyms += usize::from(token.is(EPONYM) && token.capital());
            if (token.case != Case::Lower || scene.lowercase) && longer(token) {
                let (capital, _) = written.entry(token.lower).or_default();
                *capital = capital.saturating_add(u16::from(inside(token)));
                begun |= bit(token);
            }
        }
        for token in scene.tokens.iter().filter(|t| t.case == Case::Lower && longer(t) && begun & bit(t) != 0) {
            if let Some((_, small)) = written.get_mut(token.lower) {
                *small = small.saturating_add(1);
            }
        }
        Told { person: scene.of_one, dense: eponyms * 25 > words.max(1), small: scene.lowercase, sure, asked, written }
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
    let sure = COUNTS[told.sure.div_ceil(2).min(3)];
    tell(&["sure:", sure]);
    tell(&["sure:", sure, looks.tail()]);
    let asked = COUNTS[told.asked.div_ceil(2).min(3)];
    tell(&["asked:", asked]);
    tell(&["asked:", asked, ":", sure]);
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
    // What stands on both sides together.
    let (left, right) = (
        from.checked_sub(1).map_or("none", |i| class(scene, i)),
        if to < tokens.len() { class(scene, to) } else { "none" },
    );
    tell(&["between:", left, ":", right]);
    tell(&["between:", left, ":", right, looks.tail()]);
    if from > 1 {
        tell(&["two before:", class(scene, from - 2), ":", near(scene, from - 1)]);
    }
    if to + 1 < tokens.len() {
        tell(&["two after:", near(scene, to), ":", class(scene, to + 1)]);
    }
    if last.possessive {
        tell(&["owns:", right]);
    }
    if opens {
        tell(&["opens:", right]);
        tell(&["opens:", right, looks.tail()]);
    }
    if first.case == Case::Lower {
        tell(&["small:", left]);
        tell(&["small>", right]);
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

/// A common word as it is, another by its kind.
fn near<'a>(scene: &Scene<'a>, i: usize) -> &'a str {
    let token = &scene.tokens[i];
    if token.word() && token.is(COMMON) && !token.capital() { scene.word(i) } else { class(scene, i) }
}

/// The kind of a word beside another, as one word.
fn class(scene: &Scene, i: usize) -> &'static str {
    let token = &scene.tokens[i];
    const CLASSES: [(u32, &str); 14] = [
        (TITLE | DOCTOR, "title"),
        (RELATIVE, "relative"),
        (PATIENT, "patient"),
        (STAFF, "staff"),
        (HUMAN, "human"),
        (DEED, "deed"),
        (OWN, "own"),
        (HEAD, "head"),
        (SUFFIX, "institution"),
        (DEPT, "department"),
        (CARE, "care"),
        (ABODE, "abode"),
        (WORK, "work"),
        (EPONYM, "eponym"),
    ];
    match token.kind {
        Kind::Sign => match scene.text.as_bytes()[token.start] {
            b'(' => "(",
            b')' => ")",
            b',' => ",",
            b'.' | b'!' | b'?' => ".",
            b':' => ":",
            b';' => ";",
            b'"' | b'\'' => "quote",
            b'/' => "/",
            b'-' => "-",
            _ => "sign",
        },
        Kind::Number => {
            if token.len() == 4 {
                "year"
            } else {
                "number"
            }
        }
        Kind::Mixed => "mixed",
        Kind::Foreign => "foreign",
        Kind::Word => {
            let word = scene.word(i);
            match word {
                "at" | "to" | "from" | "in" | "of" | "for" | "with" | "by" | "on" | "via" => "prep",
                "the" => "the",
                "and" | "or" => "and",
                "my" | "our" | "his" | "her" | "their" | "your" => "his",
                "i" | "he" | "she" | "they" | "we" | "you" | "it" => "he",
                _ if token.capital() => "Capital",
                _ => CLASSES.iter().find(|(flag, _)| token.is(*flag)).map_or("word", |(_, name)| name),
            }
        }
    }
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
