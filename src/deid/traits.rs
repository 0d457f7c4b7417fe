//! What the hunch looks at: the features of a word, of its neighbours, of its sentence and of the whole text.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::Scene;
use super::features::{Piece, piece};
use super::hunch::begins;
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
    /// Where a name may begin.
    starts: Vec<bool>,
    /// How often each longer word with which a name may begin stands with a capital inside a sentence, and without.
    written: HashMap<&'a str, (u16, u16), BuildHasherDefault<Fnv>>,
}

impl<'a> Told<'a> {
    pub fn of(scene: &Scene<'a>, sure: usize, asked: usize) -> Told<'a> {
        let starts: Vec<bool> = (0..scene.tokens.len()).map(|at| begins(scene, at)).collect();
        // Only words with which a name may begin are asked for; most others differ from all of them in a bit.
        let mut written: HashMap<&str, (u16, u16), BuildHasherDefault<Fnv>> = HashMap::default();
        let mut begun = 0_u64;
        let bit = |t: &Token| {
            let letters = t.lower.as_bytes();
            1_u64 << ((usize::from(letters[0] ^ (letters[2] << 2)) + t.len()) & 63)
        };
        for (token, _) in scene.tokens.iter().zip(&starts).filter(|(t, starts)| **starts && t.len() > 2) {
            written.insert(token.lower, (0, 0));
            begun |= bit(token);
        }
        let inside = |t: &Token| t.case == Case::Capital && !t.opens;
        let (mut words, mut eponyms) = (0, 0);
        for token in scene.tokens.iter().filter(|t| t.word() && t.len() > 1) {
            words += 1;
            eponyms += usize::from(token.is(EPONYM) && token.capital());
            if token.len() > 2
                && begun & bit(token) != 0
                && (!token.is(COMMON) || inside(token))
                && let Some((capital, small)) = written.get_mut(token.lower)
            {
                *capital = capital.saturating_add(u16::from(inside(token)));
                *small = small.saturating_add(u16::from(token.case == Case::Lower));
            }
        }
        let dense = eponyms * 25 > words.max(1);
        Told { person: scene.of_one, dense, small: scene.lowercase, sure, asked, starts, written }
    }

    /// Whether a name may begin at a token.
    pub fn starts(&self, at: usize) -> bool {
        self.starts[at]
    }
}

type Known = Piece<'static>;
const NOTHING: Known = piece!("");
const COUNTS: [Known; 5] = [piece!("0"), piece!("1"), piece!("2"), piece!("3"), piece!("4")];
const FLAGS: [(u32, Known); 12] = [
    (COMMON, piece!("common")),
    (VOCAB, piece!("vocabulary")),
    (FIRST, piece!("given")),
    (LAST, piece!("family")),
    (RARE, piece!("rare")),
    (PLACE, piece!("place")),
    (EPONYM, piece!("eponym")),
    (BRAND, piece!("brand")),
    (REGION, piece!("region")),
    (PLACE_HEAD, piece!("place-head")),
    (DERIVED, piece!("derived")),
    (CITE, piece!("cite")),
];
const ROLES: [(u32, Known); 15] = [
    (CARE, piece!("care")),
    (DEPT, piece!("department")),
    (TITLE, piece!("title")),
    (DOCTOR, piece!("doctor")),
    (RELATIVE, piece!("relative")),
    (PATIENT, piece!("patient")),
    (STAFF, piece!("staff")),
    (DEED, piece!("deed")),
    (HUMAN, piece!("human")),
    (HEAD, piece!("head")),
    (SUFFIX, piece!("institution")),
    (ABODE, piece!("abode")),
    (WORK, piece!("work")),
    (GENERIC, piece!("generic")),
    (OWN, piece!("own")),
];

/// What a look is called, and the same after a colon.
fn called(look: Look) -> Known {
    match look {
        Look::No => piece!("no"),
        Look::Double => piece!("double"),
        Look::Unknown => piece!("unknown"),
        Look::Family => piece!("family"),
        Look::Given => piece!("given"),
    }
}

fn tail(look: Look) -> Known {
    match look {
        Look::No => piece!(":no"),
        Look::Double => piece!(":double"),
        Look::Unknown => piece!(":unknown"),
        Look::Family => piece!(":family"),
        Look::Given => piece!(":given"),
    }
}

/// Tells the features of the words `from..to`, one by one.
pub fn describe(scene: &Scene, told: &Told, from: usize, to: usize, tell: &mut impl FnMut(&[Piece])) {
    let tokens = scene.tokens;
    let (first, last) = (&tokens[from], &tokens[to - 1]);
    let looks = look(first);
    tell(&[piece!("bias")]);
    let sure = COUNTS[told.sure.div_ceil(2).min(3)];
    tell(&[piece!("sure:"), sure]);
    tell(&[piece!("sure:"), sure, tail(looks)]);
    let asked = COUNTS[told.asked.div_ceil(2).min(3)];
    tell(&[piece!("asked:"), asked]);
    tell(&[piece!("asked:"), asked, piece!(":"), sure]);
    let words = tokens[from..to].iter().filter(|t| t.word()).count();
    tell(&[piece!("words:"), COUNTS[words.min(3)]]);
    tell(&[piece!("look:"), called(looks), piece!(":"), called(look(last))]);
    for (flag, name) in FLAGS {
        if first.is(flag) {
            tell(&[piece!("first:"), name]);
        }
        if to > from + 1 && last.is(flag) {
            tell(&[piece!("last:"), name]);
        }
    }
    for (flag, name) in ROLES {
        if last.is(flag) {
            tell(&[piece!("last:"), name]);
        }
    }
    let end = last.lower;
    for n in [2, 3, 4] {
        if end.len() > n && end.is_char_boundary(end.len() - n) {
            tell(&[piece!("ends:"), Piece::of(&end[end.len() - n..])]);
        }
    }
    let start = scene.word(from);
    if start.len() > 3 && start.is_char_boundary(3) {
        tell(&[piece!("begins:"), Piece::of(&start[..3])]);
    }
    let opens = first.opens;
    let (capital, small) = told.written.get(start).copied().unwrap_or_default();
    let again = capital > 1 || opens && capital > 0;
    let mixed = small > 0 && first.case == Case::Capital;
    for (on, name) in [
        (compound(scene, from), piece!("compound")),
        (again, piece!("again")),
        (mixed, piece!("mixed")),
        (opens, piece!("opens")),
        (last.possessive, piece!("owner")),
        (first.case == Case::Lower, piece!("lower")),
        (told.person, piece!("of-one")),
        (told.dense, piece!("dense")),
        (told.small, piece!("small")),
        (tokens[from..to].iter().any(|t| t.kind == Kind::Sign), piece!("hyphen")),
    ] {
        if on {
            tell(&[name]);
            tell(&[name, piece!(":"), called(looks)]);
        }
    }
    for (side, step) in [(piece!("before"), 1), (piece!("before2"), 2), (piece!("before3"), 3)] {
        let Some(i) = from.checked_sub(step) else {
            tell(&[side, piece!(":none")]);
            break;
        };
        neighbour(scene, i, side, looks, tell);
        if step == 1 && tokens[from].line {
            tell(&[side, piece!(":line")]);
        }
    }
    for (side, step) in [(piece!("after"), 0), (piece!("after2"), 1), (piece!("after3"), 2)] {
        let i = to + step;
        if i >= tokens.len() {
            tell(&[side, piece!(":none")]);
            break;
        }
        neighbour(scene, i, side, looks, tell);
    }
    // What stands on both sides together.
    let (left, right) = (
        from.checked_sub(1).map_or(piece!("none"), |i| class(scene, i)),
        if to < tokens.len() { class(scene, to) } else { piece!("none") },
    );
    tell(&[piece!("between:"), left, piece!(":"), right]);
    tell(&[piece!("between:"), left, piece!(":"), right, tail(looks)]);
    if from > 1 {
        tell(&[piece!("two before:"), class(scene, from - 2), piece!(":"), near(scene, from - 1)]);
    }
    if to + 1 < tokens.len() {
        tell(&[piece!("two after:"), near(scene, to), piece!(":"), class(scene, to + 1)]);
    }
    if last.possessive {
        tell(&[piece!("owns:"), right]);
    }
    if opens {
        tell(&[piece!("opens:"), right]);
        tell(&[piece!("opens:"), right, tail(looks)]);
    }
    if first.case == Case::Lower {
        tell(&[piece!("small:"), left]);
        tell(&[piece!("small>"), right]);
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
        tell(&[piece!("sentence:person")]);
        tell(&[piece!("sentence:person:"), called(looks)]);
    }
    if year {
        tell(&[piece!("sentence:year")]);
    }
    tell(&[piece!("sentence:eponyms:"), COUNTS[eponyms.min(2)]]);
    tell(&[piece!("sentence:capitals:"), COUNTS[capitals.min(4)]]);
}

/// A common word as it is, another by its kind.
fn near<'a>(scene: &Scene<'a>, i: usize) -> Piece<'a> {
    let token = &scene.tokens[i];
    if token.word() && token.is(COMMON) && !token.capital() { Piece::of(scene.word(i)) } else { class(scene, i) }
}

/// The kind of a word beside another, as one word.
fn class(scene: &Scene, i: usize) -> Known {
    let token = &scene.tokens[i];
    const CLASSES: [(u32, Known); 14] = [
        (TITLE | DOCTOR, piece!("title")),
        (RELATIVE, piece!("relative")),
        (PATIENT, piece!("patient")),
        (STAFF, piece!("staff")),
        (HUMAN, piece!("human")),
        (DEED, piece!("deed")),
        (OWN, piece!("own")),
        (HEAD, piece!("head")),
        (SUFFIX, piece!("institution")),
        (DEPT, piece!("department")),
        (CARE, piece!("care")),
        (ABODE, piece!("abode")),
        (WORK, piece!("work")),
        (EPONYM, piece!("eponym")),
    ];
    match token.kind {
        Kind::Sign => match scene.text.as_bytes()[token.start] {
            b'(' => piece!("("),
            b')' => piece!(")"),
            b',' => piece!(","),
            b'.' | b'!' | b'?' => piece!("."),
            b':' => piece!(":"),
            b';' => piece!(";"),
            b'"' | b'\'' => piece!("quote"),
            b'/' => piece!("/"),
            b'-' => piece!("-"),
            _ => piece!("sign"),
        },
        Kind::Number => {
            if token.len() == 4 {
                piece!("year")
            } else {
                piece!("number")
            }
        }
        Kind::Mixed => piece!("mixed"),
        Kind::Foreign => piece!("foreign"),
        Kind::Word => {
            let word = scene.word(i);
            match word {
                "at" | "to" | "from" | "in" | "of" | "for" | "with" | "by" | "on" | "via" => piece!("prep"),
                "the" => piece!("the"),
                "and" | "or" => piece!("and"),
                "my" | "our" | "his" | "her" | "their" | "your" => piece!("his"),
                "i" | "he" | "she" | "they" | "we" | "you" | "it" => piece!("he"),
                _ if token.capital() => piece!("Capital"),
                _ => CLASSES.iter().find(|(flag, _)| token.is(*flag)).map_or(piece!("word"), |(_, name)| *name),
            }
        }
    }
}

fn neighbour(scene: &Scene, i: usize, side: Known, looks: Look, tell: &mut impl FnMut(&[Piece])) {
    let token = &scene.tokens[i];
    let mut say = |what: Piece, more: Piece| tell(&[side, piece!(":"), what, more]);
    match token.kind {
        Kind::Sign => say(piece!("sign"), Piece::of(&scene.text[token.start..token.end])),
        Kind::Number => say(piece!("number"), if token.len() <= 2 { piece!("2") } else { piece!("more") }),
        Kind::Mixed => {
            say(piece!("mixed"), NOTHING);
            if token.len() < 5 && scene.text.as_bytes()[token.start].is_ascii_digit() {
                say(piece!("age"), NOTHING);
            }
        }
        Kind::Foreign => say(piece!("foreign"), NOTHING),
        Kind::Word => {
            if token.is(COMMON) || token.flags & 0x1fff_f000 != 0 {
                let word = Piece::of(scene.word(i));
                say(piece!("="), word);
                if side.text.len() <= 6 {
                    say(word, tail(looks));
                }
            }
            for (_, name) in ROLES.iter().filter(|(flag, _)| token.is(*flag)) {
                say(piece!("is-"), *name);
            }
            for (_, name) in FLAGS.iter().filter(|(flag, _)| !token.is(COMMON) && token.is(*flag)) {
                say(piece!("has-"), *name);
            }
            let written = match token.case {
                Case::Capital => piece!("Capital"),
                Case::Upper => piece!("UPPER"),
                Case::Initial => piece!("Initial"),
                _ => piece!("small"),
            };
            say(written, NOTHING);
        }
    }
}
