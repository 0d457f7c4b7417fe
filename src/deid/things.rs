//! What the words beside a name tell of its bearer: a ward, a business, a vehicle, a device, a hamlet.
//!
//! The words stand in `lists/things.txt`, by kind.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::lexicon::Fnv;

/// Ends an institution's name, but after one ordinary word it is a service.
pub const WEAK: u32 = 1;
/// Ends an institution's name after a town's or a family's name.
pub const LOOSE: u32 = 1 << 1;
/// Ends a business's name where somebody works or goes.
pub const TRADE: u32 = 1 << 2;
/// A place of work, written small after a name.
pub const SMALL: u32 = 1 << 3;
/// Begins an institution's name.
pub const HEADED: u32 = 1 << 4;
/// The same, and nothing else.
pub const SURE: u32 = 1 << 5;
/// A flower, a tree, a bird, after which wards are named.
pub const NATURE: u32 = 1 << 6;
/// A vehicle or its maker.
pub const VEHICLE: u32 = 1 << 7;
/// A device that has a serial number.
pub const DEVICE: u32 = 1 << 8;
/// Begins the name of a small place.
pub const SITED: u32 = 1 << 9;
/// Ends the name of a small place.
pub const SPOT: u32 = 1 << 10;
/// The first of two words that end a name.
const PAIRED: u32 = 1 << 11;
/// A hospital's short name.
pub const NICK: u32 = 1 << 12;
/// Ends an institution's name in a text without capitals.
pub const SURELY: u32 = 1 << 14;
/// The same after a name.
pub const ENDING: u32 = 1 << 15;
/// The same after a name that something leads to.
pub const SHORT: u32 = 1 << 16;
/// The first of two words that are a hospital's short name.
pub const NICKED: u32 = 1 << 13;

const KINDS: [(&str, u32); 15] = [
    ("weak", WEAK),
    ("loose", LOOSE),
    ("trade", TRADE),
    ("small", SMALL),
    ("headed", HEADED),
    ("sure", SURE),
    ("nature", NATURE),
    ("vehicle", VEHICLE),
    ("device", DEVICE),
    ("sited", SITED),
    ("spot", SPOT),
    ("nick", NICK),
    ("surely", SURELY),
    ("ending", ENDING),
    ("short", SHORT),
];

type Table = HashMap<&'static str, u32, BuildHasherDefault<Fnv>>;

struct Things {
    table: Table,
    pairs: Vec<&'static str>,
    nicks: Vec<&'static str>,
}

/// All words, each with what is known about it.
pub(super) fn listed() -> impl Iterator<Item = (&'static str, u32)> {
    THINGS.table.iter().map(|(word, thing)| (*word, *thing))
}

static THINGS: LazyLock<Things> = LazyLock::new(|| {
    let (mut table, mut pairs, mut nicks) = (Table::default(), Vec::new(), Vec::new());
    for line in include_str!("lists/things.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, words)) = line.split_once(": ") else { continue };
        let flag = KINDS.iter().find(|(name, _)| *name == kind).map_or(0, |(_, flag)| *flag);
        for word in words.split_whitespace() {
            if let Some((first, _)) = word.split_once('_') {
                let nick = flag == NICK;
                *table.entry(first).or_default() |= if nick { NICKED } else { PAIRED };
                if nick { nicks.push(word) } else { pairs.push(word) }
            } else {
                *table.entry(word).or_default() |= flag;
            }
        }
    }
    pairs.sort_unstable_by_key(|pair| pair.split_once('_').unwrap_or((pair, "")));
    nicks.sort_unstable_by_key(|pair| pair.split_once('_').unwrap_or((pair, "")));
    Things { table, pairs, nicks }
});

/// What is known about a word, in lower case.
pub fn thing(lower: &str) -> u32 {
    THINGS.table.get(lower).copied().unwrap_or(0)
}

/// Whether two words together end a name; what is known about the first is `kind`.
pub fn pair(kind: u32, first: &str, second: &str) -> bool {
    let first = if first == "childrens" { "children" } else { first };
    (kind & PAIRED != 0 || first == "children") && among(&THINGS.pairs, first, second)
}

/// Whether two words together are a hospital's short name.
pub fn nick(first: &str, second: &str) -> bool {
    thing(first) & NICKED != 0 && among(&THINGS.nicks, first, second)
}

fn among(pairs: &[&str], first: &str, second: &str) -> bool {
    pairs
        .binary_search_by(|pair| {
            let (a, b) = pair.split_once('_').unwrap_or((pair, ""));
            (a, b).cmp(&(first, second))
        })
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_pairs_are_known_by_their_kind() {
        assert!(thing("waterproofing") & TRADE != 0 && thing("hmp") & SURE != 0 && thing("rowan") & NATURE != 0);
        let pair = |first: &str, second: &str| pair(thing(first), first, second);
        assert!(pair("care", "home") && pair("truck", "stop") && !pair("care", "stop") && !pair("gold", "standard"));
        assert_eq!(thing("aorta"), 0);
    }
}
