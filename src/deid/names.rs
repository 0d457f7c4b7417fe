//! What makes a word look like a name, and the words around names.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::Scene;
use super::lexicon::*;
use super::token::{Case, Kind, Token};

/// Two names that are a term.
pub const TERMS: &[(&str, &str)] = &[
    ("rose", "bengal"),
    ("aga", "khan"),
    ("will", "rogers"),
    ("carey", "coombs"),
    ("rosai", "dorfman"),
    ("ann", "arbor"),
    ("austin", "flint"),
    ("graham", "steell"),
    ("marie", "tooth"),
    ("grey", "turner"),
    ("florence", "nightingale"),
    ("johns", "hopkins"),
    ("henry", "schein"),
    ("jack", "daniels"),
    ("mary", "rose"),
    ("barnes", "wallis"),
    ("dunning", "kruger"),
    ("kaplan", "meier"),
    ("bland", "altman"),
    ("michael", "jackson"),
    ("parkes", "weber"),
    ("wolff", "white"),
    ("sturge", "weber"),
    ("osler", "weber"),
    ("queen", "anne"),
    ("ramsay", "hunt"),
    ("st", "john"),
    ("st", "jude"),
    ("kainga", "ora"),
    ("allah", "hafiz"),
    ("khuda", "hafiz"),
    ("nkosi", "sikelel"),
    ("siew", "dai"),
    ("magandang", "gabi"),
    ("asha", "didis"),
    ("asha", "workers"),
    ("asha", "worker"),
    ("oranga", "tamariki"),
    ("te", "whatu"),
    ("mary", "poppins"),
    ("sherlock", "holmes"),
    ("harry", "potter"),
    ("peter", "pan"),
    ("bob", "dylan"),
    ("taylor", "swift"),
    ("bob", "marley"),
    ("david", "attenborough"),
    ("nelson", "mandela"),
    ("prader", "willi"),
    ("addison", "wesley"),
    ("hailey", "hailey"),
    ("frank", "netter"),
    ("frank", "starling"),
    ("dupuytren", "s"),
];
/// The same by their first words.
static SECOND: LazyLock<HashMap<&str, Vec<&str>, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    let mut all: HashMap<&str, Vec<&str>, BuildHasherDefault<Fnv>> = HashMap::default();
    TERMS.iter().for_each(|(first, second)| all.entry(first).or_default().push(second));
    all
});

/// Whether two words, one after the other, are a term or something named after two people.
pub fn term(first: &str, second: &str) -> bool {
    SECOND.get(first).is_some_and(|seconds| seconds.contains(&second))
        || word(first) & PLACE_HEAD != 0 && phrase(&format!("{first} {second}")) & EPONYM != 0
}

/// Parts of a family name.
pub const PARTICLES: &[&str] = &[
    "de", "da", "di", "del", "della", "dos", "das", "du", "la", "le", "van", "von", "der", "den", "ter", "bin",
    "binti", "binte", "ibn", "al", "el", "ul", "ur", "abu", "ni", "nic", "mac", "mc", "te", "st", "ap", "y", "dela",
    "bint",
];

/// How much a word looks like part of a name, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// It is a word, an eponym, a brand.
    No,
    /// A name that is also an everyday word or an eponym.
    Double,
    /// Nobody knows the word.
    Unknown,
    /// A family name.
    Family,
    /// A given name and nothing else.
    Given,
}

/// How a token looks.
pub fn look(token: &Token) -> Look {
    if token.kind == Kind::Foreign {
        return Look::Unknown;
    }
    if !token.word() || token.len() < 2 || token.case == Case::Initial {
        return Look::No;
    }
    let names = FIRST | LAST;
    if token.is(COMMON) {
        return if token.is(names) { Look::Double } else { Look::No };
    }
    if token.is(REGION | MONTH) {
        return if token.is(FIRST) { Look::Double } else { Look::No };
    }
    if token.is(EPONYM | BRAND) {
        return if token.is(names) { Look::Double } else { Look::No };
    }
    if token.is(FIRST) {
        let double = token.is(VOCAB) && (token.is(PLACE) || !token.is(LAST) && token.len() < 4);
        return if double { Look::Double } else { Look::Given };
    }
    if token.is(VOCAB) && !(token.is(DERIVED) && token.case == Case::Capital && !token.opens && token.len() > 4) {
        return if token.is(names) { Look::Double } else { Look::No };
    }
    if token.is(LAST) {
        return Look::Family;
    }
    if token.len() < 3 && token.case != Case::Capital {
        return Look::No;
    }
    Look::Unknown
}

/// Short forms under which a name comes back.
pub fn short_forms(name: &str) -> &'static [&'static str] {
    match name {
        "margaret" => &["maggie", "peggy", "meg", "peg", "marge", "margie", "mags"],
        "elizabeth" => &["liz", "beth", "betty", "lizzie", "eliza", "libby", "bess", "betsy"],
        "william" => &["will", "bill", "billy", "willie", "liam"],
        "robert" => &["rob", "bob", "bobby", "robbie", "bert"],
        "richard" => &["rick", "dick", "richie", "rich", "ricky"],
        "michael" => &["mike", "mick", "mickey", "mikey"],
        "katherine" | "catherine" | "kathleen" | "kathryn" => {
            &["kate", "kathy", "katie", "cathy", "kath", "cath", "kitty"]
        }
        "patricia" => &["pat", "patty", "trish", "tricia", "patsy"],
        "patrick" | "padraig" => &["pat", "paddy"],
        "james" => &["jim", "jimmy", "jamie"],
        "john" => &["jack", "johnny", "johnnie"],
        "joseph" => &["joe", "joey"],
        "thomas" => &["tom", "tommy"],
        "christopher" => &["chris", "kit"],
        "anthony" => &["tony"],
        "edward" => &["ed", "eddie", "ted", "teddy", "ned"],
        "dorothy" => &["dot", "dottie", "dolly"],
        "susan" => &["sue", "susie"],
        "deborah" => &["debbie", "deb"],
        "jennifer" => &["jen", "jenny"],
        "alexander" | "alexandra" => &["alex", "sandy", "sasha", "lex"],
        "wilhelmina" => &["billie", "mina", "minnie"],
        "samuel" | "samantha" => &["sam", "sammy"],
        "daniel" | "danielle" => &["dan", "danny", "dani"],
        "matthew" => &["matt"],
        "andrew" => &["andy", "drew"],
        "david" => &["dave", "davy", "dai"],
        "stephen" | "steven" => &["steve", "stevie"],
        "nicholas" | "nicola" => &["nick", "nicky"],
        "victoria" => &["vicky", "tori"],
        "rebecca" => &["becky", "becca"],
        "mohammed" | "muhammad" | "mohamed" => &["mo"],
        "francis" | "frances" => &["frank", "fran", "frankie"],
        "frederick" => &["fred", "freddie"],
        "albert" => &["al", "bert", "bertie"],
        "gerald" | "gerard" => &["gerry"],
        "ronald" => &["ron", "ronnie"],
        "theresa" | "teresa" => &["terry", "tess"],
        "charles" => &["charlie", "chuck"],
        "henry" => &["harry", "hal"],
        "lawrence" => &["larry"],
        "peter" => &["pete"],
        "timothy" => &["tim"],
        "gregory" => &["greg"],
        "jeffrey" | "geoffrey" => &["jeff", "geoff"],
        "abigail" => &["abby"],
        "barbara" => &["barb", "babs"],
        "pamela" => &["pam"],
        "philip" | "phillip" => &["phil"],
        "zachary" => &["zac", "zak", "zach"],
        _ => &[],
    }
}

static SYLLABLES: LazyLock<Words<&str>> = LazyLock::new(|| {
    let lines = include_str!("lists/syllables.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// `kah wai`: two syllables of a given name, written small and apart.
pub fn syllables(first: &str, second: &str) -> bool {
    SYLLABLES.contains(first) && SYLLABLES.contains(second)
}

/// `Ji-won`, `Chi-Keung`: two syllables of a given name with a hyphen, three tokens from `i`.
pub fn compound(scene: &Scene, i: usize) -> bool {
    let Some([first, sign, second]) = scene.tokens.get(i..i + 3) else { return false };
    first.case == Case::Capital
        && !sign.spaced
        && scene.text.as_bytes()[sign.start] == b'-'
        && !second.spaced
        && second.case != Case::Upper
        && !scene.tokens.get(i + 3).is_some_and(|t| !t.spaced && scene.text.as_bytes()[t.start] == b'-')
        && SYLLABLES.contains(scene.word(i))
        && SYLLABLES.contains(scene.word(i + 2))
}
