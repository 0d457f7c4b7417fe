//! The words by which a description of one person is known: callings and offices, publicity, deeds done in public, and
//! against them the words of everyday and of the clinic.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::lexicon::Fnv;
use super::token::Token;

pub const OFFICE: u32 = 1;
pub const CALLING: u32 = 1 << 1;
pub const PEOPLE: u32 = 1 << 2;
pub const PLAIN: u32 = 1 << 3;
pub const KIN: u32 = 1 << 4;
pub const UNIQUE: u32 = 1 << 5;
pub const MEDIA: u32 = 1 << 6;
pub const PICTURE: u32 = 1 << 7;
pub const EVENT: u32 = 1 << 8;
pub const PLACE: u32 = 1 << 9;
pub const DEED: u32 = 1 << 10;
pub const PAST: u32 = 1 << 11;
pub const WEAK: u32 = 1 << 12;
pub const CLINIC: u32 = 1 << 13;
pub const SHOWN: u32 = 1 << 14;
pub const LINK: u32 = 1 << 15;
pub const THING: u32 = 1 << 16;
pub const SITTING: u32 = 1 << 17;
pub const WIDE: u32 = 1 << 18;
pub const SMALL: u32 = 1 << 19;
pub const ILL: u32 = 1 << 20;
pub const HOLLOW: u32 = 1 << 21;

/// Of a word with an s at its end: how far what is known of it without the s is shifted.
const PLURAL: u32 = 16;
/// What a word with an s may be too.
const COUNTED: u32 = EVENT | MEDIA | PICTURE;

const KINDS: [(&str, u32); 22] = [
    ("office", OFFICE),
    ("calling", CALLING),
    ("people", PEOPLE),
    ("plain", PLAIN),
    ("kin", KIN),
    ("unique", UNIQUE),
    ("media", MEDIA),
    ("picture", PICTURE),
    ("event", EVENT),
    ("place", PLACE),
    ("deed", DEED),
    ("past", PAST),
    ("weak", WEAK),
    ("clinic", CLINIC),
    ("shown", SHOWN),
    ("link", LINK),
    ("thing", THING),
    ("sitting", SITTING),
    ("wide", WIDE),
    ("small", SMALL),
    ("ill", ILL),
    ("hollow", HOLLOW),
];

static WORDS: LazyLock<HashMap<&str, u32, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    let mut words: HashMap<&str, u32, BuildHasherDefault<Fnv>> = HashMap::default();
    for line in include_str!("lists/callings.txt").lines().chain(include_str!("lists/fame.txt").lines()) {
        let Some((kind, list)) = line.split_once(": ") else { continue };
        let flag = KINDS.iter().find(|(name, _)| *name == kind).map_or(0, |(_, flag)| *flag);
        for word in list.split_whitespace() {
            *words.entry(word).or_default() |= flag;
        }
    }
    words
});

/// All words, each with what is known about it, and those with an s at their end.
pub(super) fn listed() -> impl Iterator<Item = (String, u32)> {
    let plural = |(word, kind): (&&str, &u32)| (format!("{word}s"), (kind & COUNTED) << PLURAL);
    WORDS
        .iter()
        .map(|(word, kind)| ((*word).to_owned(), *kind))
        .chain(WORDS.iter().map(plural).filter(|(_, kind)| *kind != 0))
}

/// What is known about a token and, where it ends in an s, about what it is one of.
pub fn counted(token: &Token) -> u32 {
    token.calling | token.calling >> PLURAL & COUNTED
}

/// What is known about a word, in lower case.
pub fn kind(word: &str) -> u32 {
    WORDS.get(word).copied().unwrap_or(0)
}

/// The same, where a word is not listed by its ending: who does something for a living or a game.
pub fn head(word: &str) -> u32 {
    let listed = kind(word) & (OFFICE | CALLING | PEOPLE | PLAIN | KIN);
    if listed != 0 {
        return listed;
    }
    let plural = word.strip_suffix('s').map_or(0, |one| kind(one) & (OFFICE | CALLING | PEOPLE | PLAIN | KIN));
    if plural != 0 {
        return plural;
    }
    let made = word.len() > 6
        && [
            "man", "woman", "keeper", "player", "maker", "holder", "bearer", "ette", "master", "mistress", "wright",
            "smith",
        ]
        .iter()
        .any(|ending| word.ends_with(ending));
    if made { CALLING } else { 0 }
}

/// Whether a word ends as those who do something: `founder`, `chronicler`, `suffragist`.
pub fn agent(word: &str) -> bool {
    word.len() > 4
        && kind(word) & (THING | CLINIC | PLACE | EVENT | MEDIA) == 0
        && ["er", "or", "ist", "ian", "eer", "ess", "ant", "ard"].iter().any(|ending| word.ends_with(ending))
}
