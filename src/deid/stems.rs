//! Words that no list holds, by their stems and endings.

use std::sync::LazyLock;

use super::lexicon::{DERIVED, VOCAB};

/// A word not listed may be a form of one that is, which `listed` tells, or end as only clinical words do.
pub fn derived(lower: &str, listed: &dyn Fn(&str) -> bool) -> u32 {
    let (Some(first), Some(last)) = (lower.bytes().next(), lower.bytes().next_back()) else { return 0 };
    if lower.len() >= 6 && AFFIXES.clinical[usize::from(last & 31)].iter().any(|ending| lower.ends_with(ending)) {
        return VOCAB;
    }
    let known = |stem: &str| stem.len() >= 4 && listed(stem);
    let endings = &AFFIXES.endings[usize::from(last & 31)];
    if endings.iter().any(|ending| lower.strip_suffix(ending).is_some_and(known)) {
        return VOCAB | DERIVED;
    }
    let prefixes = &AFFIXES.prefixes[usize::from(first & 31)];
    if prefixes.iter().any(|prefix| lower.strip_prefix(prefix).is_some_and(known)) {
        return VOCAB;
    }
    0
}

/// What words begin and end with, by the outermost letter.
struct Affixes {
    clinical: [Vec<&'static str>; 32],
    endings: [Vec<&'static str>; 32],
    prefixes: [Vec<&'static str>; 32],
}

static AFFIXES: LazyLock<Affixes> = LazyLock::new(|| {
    let by = |list: &[&'static str], letter: fn(&str) -> Option<u8>| {
        let mut all: [Vec<&'static str>; 32] = Default::default();
        list.iter().for_each(|affix| all[usize::from(letter(affix).unwrap_or(0) & 31)].push(affix));
        all
    };
    Affixes {
        clinical: by(CLINICAL_ENDINGS, |affix| affix.bytes().next_back()),
        endings: by(ENDINGS, |affix| affix.bytes().next_back()),
        prefixes: by(PREFIXES, |affix| affix.bytes().next()),
    }
});

const ENDINGS: &[&str] =
    &["s", "es", "ed", "d", "ing", "ly", "er", "ness", "ish", "y", "al", "ally", "ised", "ized", "ise"];
const PREFIXES: &[&str] = &[
    "un", "re", "non", "post", "pre", "anti", "sub", "hyper", "hypo", "micro", "intra", "peri", "over", "multi",
    "neuro", "immuno", "bio", "tele", "poly", "pseudo", "para", "inter", "trans", "supra", "infra", "cardio", "hemi",
    "extra", "mis", "out", "mega", "meta", "auto", "retro", "trachy",
];

const CLINICAL_ENDINGS: &[&str] = &[
    "itis",
    "osis",
    "aemia",
    "emia",
    "uria",
    "algia",
    "opathy",
    "ectomy",
    "otomy",
    "ostomy",
    "oscopy",
    "ography",
    "ogram",
    "plasty",
    "plegia",
    "paresis",
    "oma",
    "omas",
    "mab",
    "tinib",
    "ciclib",
    "rafenib",
    "zomib",
    "parib",
    "pril",
    "sartan",
    "statin",
    "olol",
    "azole",
    "cillin",
    "mycin",
    "micin",
    "floxacin",
    "vir",
    "glutide",
    "gliptin",
    "gliflozin",
    "glitazone",
    "prazole",
    "dipine",
    "caine",
    "parin",
    "xaban",
    "gatran",
    "trexate",
    "platin",
    "taxel",
    "rubicin",
    "cycline",
    "penem",
    "oxetine",
    "triptan",
    "setron",
    "azepam",
    "zolam",
    "barbital",
    "curonium",
    "thiazide",
    "semide",
    "lukast",
    "terol",
    "sone",
    "solone",
    "onide",
    "ostat",
    "stim",
    "poetin",
    "cept",
    "leukin",
    "feron",
    "virus",
    "viridae",
    "coccus",
    "bacter",
    "bacillus",
    "myces",
    "ella",
    "penia",
    "cytosis",
    "philia",
    "phobia",
    "trophy",
    "genesis",
    "genic",
    "lytic",
    "iasis",
    "rrhoea",
    "rrhea",
    "rrhage",
    "rrhagic",
    "oid",
    "ologist",
    "ology",
    "iatric",
];
