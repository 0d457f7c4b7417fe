//! The words by which a description of one person is known: callings and offices, publicity, deeds done in public, and
//! against them the words of everyday and of the clinic.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::lexicon::Fnv;

pub const OFFICE: u16 = 1;
pub const CALLING: u16 = 1 << 1;
pub const PEOPLE: u16 = 1 << 2;
pub const PLAIN: u16 = 1 << 3;
pub const KIN: u16 = 1 << 4;
pub const UNIQUE: u16 = 1 << 5;
pub const MEDIA: u16 = 1 << 6;
pub const PICTURE: u16 = 1 << 7;
pub const EVENT: u16 = 1 << 8;
pub const PLACE: u16 = 1 << 9;
pub const DEED: u16 = 1 << 10;
pub const PAST: u16 = 1 << 11;
pub const WEAK: u16 = 1 << 12;
pub const CLINIC: u16 = 1 << 13;

const KINDS: [(&str, u16); 14] = [
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
];

static WORDS: LazyLock<HashMap<&str, u16, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    let mut words: HashMap<&str, u16, BuildHasherDefault<Fnv>> = HashMap::default();
    for line in include_str!("lists/callings.txt").lines().chain(include_str!("lists/fame.txt").lines()) {
        let Some((kind, list)) = line.split_once(": ") else { continue };
        let flag = KINDS.iter().find(|(name, _)| *name == kind).map_or(0, |(_, flag)| *flag);
        for word in list.split_whitespace() {
            *words.entry(word).or_default() |= flag;
        }
    }
    words
});

/// What is known about a word, in lower case.
pub fn kind(word: &str) -> u16 {
    WORDS.get(word).copied().unwrap_or(0)
}

/// The same, where a word is not listed by its ending: who does something for a living or a game.
pub fn head(word: &str) -> u16 {
    let listed = kind(word) & (OFFICE | CALLING | PEOPLE | PLAIN | KIN);
    if listed != 0 {
        return listed;
    }
    let plural = word.strip_suffix('s').map_or(0, |one| kind(one) & (OFFICE | CALLING | PEOPLE | PLAIN | KIN));
    if plural != 0 {
        return plural;
    }
    let made = word.len() > 6
        && ["man", "woman", "keeper", "player", "maker", "holder", "bearer", "ette", "master", "mistress", "wright", "smith"]
            .iter()
            .any(|ending| word.ends_with(ending));
    if made { CALLING } else { 0 }
}
