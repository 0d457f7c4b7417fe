//! The word lists, read once into one table: each word is looked up once and carries what is known about it.
//!
//! The lists and their sources are named in `NOTICE`.

use super::stems;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// An everyday English word.
pub const COMMON: u32 = 1;
/// A rarer English or a clinical word.
pub const VOCAB: u32 = 2;
/// A given name.
pub const FIRST: u32 = 4;
/// A family name.
pub const LAST: u32 = 8;
/// A given name seldom met.
pub const RARE: u32 = 16;
/// A town, village or suburb.
pub const PLACE: u32 = 32;
/// A person or place that gave its name to a sign, a disease, a score.
pub const EPONYM: u32 = 64;
/// A brand, a language, a people, a journal.
pub const BRAND: u32 = 128;
/// A country, a state, a province: too large to identify anybody.
pub const REGION: u32 = 256;
/// The first word of a place name of several words.
pub const PLACE_HEAD: u32 = 512;
/// Taken for a word only because of its stem and ending.
pub const DERIVED: u32 = 2048;
/// A month.
pub const MONTH: u32 = 1024;
/// Begins the name of a festival.
pub const OCCASION: u32 = 1 << 12;
/// A journal, a trial, a guideline.
pub const CITE: u32 = 1 << 13;
/// Care and movement: what is done at an institution.
pub const CARE: u32 = 1 << 14;
/// A department.
pub const DEPT: u32 = 1 << 15;
/// Words that stand before, after or beside names and places.
pub const TITLE: u32 = 1 << 16;
pub const DOCTOR: u32 = 1 << 17;
pub const RELATIVE: u32 = 1 << 18;
pub const PATIENT: u32 = 1 << 19;
pub const STAFF: u32 = 1 << 20;
pub const DEED: u32 = 1 << 21;
pub const HUMAN: u32 = 1 << 22;
pub const HEAD: u32 = 1 << 23;
pub const SUFFIX: u32 = 1 << 24;
pub const ABODE: u32 = 1 << 25;
pub const WORK: u32 = 1 << 26;
pub const GENERIC: u32 = 1 << 27;
/// What a patient has: results, parts of the body, relatives, belongings.
pub const OWN: u32 = 1 << 28;
const ROLE_NAMES: [(&str, u32); 16] = [
    ("cite", CITE),
    ("care", CARE),
    ("dept", DEPT),
    ("title", TITLE),
    ("doctor", DOCTOR),
    ("relative", RELATIVE),
    ("patient", PATIENT),
    ("staff", STAFF),
    ("deed", DEED),
    ("human", HUMAN),
    ("head", HEAD),
    ("institution", SUFFIX),
    ("abode", ABODE),
    ("work", WORK),
    ("generic", GENERIC),
    ("own", OWN),
];
/// What a token may begin, beside the flags that say what it is. The lower bits are patterns: from here on the rooms,
pub const ROOM_BITS: u32 = 0;
/// and from here on telephones and accounts.
pub const CONTACT_BITS: u32 = 40;
/// Is in the name of a street.
pub const STREET_BIT: u64 = 1 << 50;
/// Stands in an address that a number begins, after it.
pub const ROAD_BIT: u64 = 1 << 49;
/// The longest of some words that tell how few people a text may be about.
pub const TELLING_BIT: u64 = 1 << 54;
/// Begins a label of a number.
pub const LABEL_BIT: u64 = 1 << 51;
/// Begins the name of a holiday.
pub const HOLIDAY: u64 = 1 << 52;
/// A month in any calendar, long or short.
pub const CALENDAR: u64 = 1 << 53;
/// Begins the name of a feast; ends the name of a day; a season.
pub const FEAST_BIT: u64 = 1 << 55;
pub const DAY_BIT: u64 = 1 << 56;
pub const SEASON_BIT: u64 = 1 << 57;
/// Announces a name.
pub const NAMING: u64 = 1 << 58;
/// Stands before a landmark or a hamlet.
pub const LANDMARK: u64 = 1 << 60;
/// Part of a family name.
pub const PARTICLE: u64 = 1 << 59;
/// Begins with a digit.
pub const NUMBER: u64 = 1 << 61;
/// Begins with letters and a digit right after them.
pub const CODE: u64 = 1 << 62;
/// Holds several runs of letters and digits; each may begin something.
pub const ODD: u64 = 1 << 63;

/// What is known of a word: its flags, and what may begin with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Known {
    pub flags: u32,
    pub begins: u64,
    /// See [`super::things`].
    pub thing: u32,
    /// See [`super::callings`].
    pub calling: u32,
    /// See [`super::asked`].
    pub asked: u32,
}

impl Known {
    fn flags(flags: u32) -> Known {
        Known { flags, ..Known::default() }
    }
}

/// Looked up, but says nothing about what the word is.
const ROLES: u32 = PLACE_HEAD | !0xfff;
/// Cannot be a name: nothing but a word, an eponym, a brand, a region.
pub const ORDINARY: u32 = COMMON | VOCAB | EPONYM | BRAND | REGION | MONTH;

const LISTS: [(&str, u32); 10] = [
    (include_str!("lists/vocabulary.txt"), VOCAB),
    (include_str!("lists/common.txt"), COMMON),
    // Greetings and everyday words of other languages that clinicians mix into their English.
    (include_str!("lists/local.txt"), COMMON),
    (include_str!("lists/first.txt"), FIRST),
    (include_str!("lists/last.txt"), LAST),
    (include_str!("lists/rare.txt"), RARE),
    (include_str!("lists/eponyms.txt"), EPONYM),
    (include_str!("lists/brands.txt"), BRAND),
    (include_str!("lists/regions.txt"), REGION),
    (include_str!("lists/months.txt"), MONTH),
];

#[derive(Default)]
pub struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let word =
                u64::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7]]);
            self.0 = mix(self.0, word);
        }
        let mut rest = 0;
        for (at, byte) in chunks.remainder().iter().enumerate() {
            rest |= u64::from(*byte) << (8 * at);
        }
        if !chunks.remainder().is_empty() {
            self.0 = mix(self.0, rest);
        }
    }
}

fn mix(state: u64, word: u64) -> u64 {
    (state.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}

type Table<V> = HashMap<&'static str, V, BuildHasherDefault<Fnv>>;
/// A small set of words with the quick hash.
pub type Words<T> = HashSet<T, BuildHasherDefault<Fnv>>;

struct Lexicon {
    words: Slots,
    phrases: Table<u32>,
}

/// The words as 48 bits of their hash beside the number of their set of flags: one look into four megabytes.
///
/// Two words are confused once in about 10^8 look-ups of unknown words, which the rules bear.
struct Slots {
    slots: Vec<u64>,
    known: Vec<Known>,
}

const SLOTS: usize = 1 << 19;

fn digest(word: &str) -> u64 {
    let mut hasher = Fnv::default();
    hasher.write(word.as_bytes());
    finish(mix(hasher.0, word.len() as u64))
}

fn finish(state: u64) -> u64 {
    let mixed = (state ^ state >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ mixed >> 32
}

impl Slots {
    /// Where the search for a word begins.
    fn home(hash: u64) -> usize {
        (hash >> 20) as usize & (SLOTS - 1)
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let tag = hash & !0xffff;
        let mut at = Slots::home(hash);
        while self.slots[at] != 0 && self.slots[at] & !0xffff != tag {
            at = (at + 1) & (SLOTS - 1);
        }
        (at, tag)
    }

    fn get(&self, word: &str) -> Option<Known> {
        self.told(self.slots[self.place(digest(word)).0])
    }

    fn told(&self, slot: u64) -> Option<Known> {
        (slot != 0).then(|| self.known[(slot & 0xffff) as usize])
    }

    fn add(&mut self, word: &str, new: Known, sets: &mut HashMap<Known, u64>) {
        let (at, tag) = self.place(digest(word));
        let old = self.told(self.slots[at]).unwrap_or_default();
        let all = Known {
            flags: old.flags | new.flags,
            begins: old.begins | new.begins,
            thing: old.thing | new.thing,
            calling: old.calling | new.calling,
            asked: old.asked | new.asked,
        };
        let set = *sets.entry(all).or_insert_with(|| {
            self.known.push(all);
            (self.known.len() - 1) as u64
        });
        self.slots[at] = tag | set;
    }
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    // The first set is never used, so that no slot in use is zero.
    let mut words = Slots { slots: vec![0; SLOTS], known: vec![Known::default()] };
    let mut sets: HashMap<Known, u64> = HashMap::new();
    let mut phrases: Table<u32> = Table::default();
    for (list, flag) in LISTS.into_iter().chain([(include_str!("lists/places.txt"), PLACE)]) {
        for line in list.lines().filter(|line| !line.is_empty()) {
            if let Some((head, _)) = line.split_once(' ') {
                *phrases.entry(line).or_default() |= flag;
                words.add(head, Known::flags(PLACE_HEAD), &mut sets);
            } else {
                words.add(line, Known::flags(flag), &mut sets);
            }
        }
    }
    for line in include_str!("lists/roles.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((role, list)) = line.split_once(':') else { continue };
        let flag = ROLE_NAMES.iter().find(|(name, _)| *name == role).map_or(0, |(_, flag)| *flag);
        for entry in list.split_whitespace() {
            words.add(entry, Known::flags(flag), &mut sets);
        }
    }
    for line in include_str!("lists/occasions.txt").lines().filter(|line| !line.starts_with('#')) {
        let line = line.trim_start_matches(['=', '+']);
        words.add(line.split([' ', '-']).next().unwrap_or(line), Known::flags(OCCASION), &mut sets);
    }
    for (word, thing) in super::things::listed() {
        words.add(word, Known { thing, ..Known::default() }, &mut sets);
    }
    for (word, calling) in super::callings::listed() {
        words.add(&word, Known { calling, ..Known::default() }, &mut sets);
    }
    for (word, asked) in super::asked::listed() {
        words.add(&word, Known { asked, ..Known::default() }, &mut sets);
    }
    let mut begin = |word: &str, begins| words.add(word, Known { begins, ..Known::default() }, &mut sets);
    include_str!("lists/calendar.txt").lines().for_each(|word| begin(word, CALENDAR));
    super::dates::holiday_heads().iter().for_each(|word| begin(word, HOLIDAY));
    super::told::key_words().for_each(|word| begin(&word, TELLING_BIT));
    super::feasts::first_words().for_each(|(word, bit)| begin(word, bit));
    super::people::NAMERS.split_whitespace().for_each(|word| begin(word, NAMING));
    super::names::PARTICLES.iter().for_each(|word| begin(word, PARTICLE));
    super::hamlets::BESIDE.split_whitespace().for_each(|word| begin(word, LANDMARK));
    super::labels::first_words().iter().for_each(|word| begin(word, LABEL_BIT));
    super::contact::first_words().iter().for_each(|(word, begins)| begin(word, *begins));
    super::rooms::first_words().iter().for_each(|(word, begins)| begin(word, *begins));
    Lexicon { words, phrases }
});

/// What is known about a word, in lower case.
pub fn word(lower: &str) -> u32 {
    complete(lower, LEXICON.words.get(lower)).flags
}

/// What may begin with a word, in lower case.
pub fn begins(lower: &str) -> u64 {
    LEXICON.words.get(lower).map_or(0, |known| known.begins)
}

/// What is known about many words of a text. The table is large and seldom near the processor: its slots are fetched one
/// right after another, so that the waits for them overlap.
pub fn words(lower: &str, places: &[(usize, usize)]) -> impl Iterator<Item = Known> {
    let words = &LEXICON.words;
    let look = |(start, end): &(usize, usize)| {
        let hash = digest_at(lower, *start, *end);
        (hash, words.slots[Slots::home(hash)])
    };
    let looked: Vec<(u64, u64)> = places.iter().map(look).collect();
    looked.into_iter().zip(places).map(|((hash, slot), (start, end))| {
        let first = slot == 0 || slot & !0xffff == hash & !0xffff;
        let slot = if first { slot } else { words.slots[words.place(hash).0] };
        complete(&lower[*start..*end], words.told(slot))
    })
}

/// The digest of a word where it stands: a short one is read at once with what follows it.
fn digest_at(lower: &str, start: usize, end: usize) -> u64 {
    let length = end - start;
    match lower.as_bytes().get(start..start + 8) {
        Some(&[a, b, c, d, e, f, g, h]) if (1..=8).contains(&length) => {
            let word = u64::from_le_bytes([a, b, c, d, e, f, g, h]) & u64::MAX >> (64 - 8 * length);
            finish(mix(mix(0, word), length as u64))
        }
        _ => digest(&lower[start..end]),
    }
}

fn complete(lower: &str, listed: Option<Known>) -> Known {
    let mut known = listed.unwrap_or_default();
    if known.flags & !ROLES == 0 {
        known.flags |=
            stems::derived(lower, &|stem| LEXICON.words.get(stem).is_some_and(|k| k.flags & (COMMON | VOCAB) != 0));
    }
    known
}

/// What is known about a phrase of several words, in lower case with single spaces.
pub fn phrase(lower: &str) -> u32 {
    LEXICON.phrases.get(lower).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_carry_what_is_known() {
        assert!(word("wiremu") & FIRST != 0);
        assert!(word("kowalczyk") & LAST != 0);
        assert!(word("will") & (FIRST | COMMON) == FIRST | COMMON);
        assert!(word("gleason") & EPONYM != 0);
        assert!(word("secukinumab") & VOCAB != 0);
        assert!(phrase("halls creek") & PLACE != 0);
    }
}
