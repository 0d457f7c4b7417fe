//! Named institutions: hospitals, wards, schools, employers.

use super::lexicon::{self, BRAND, COMMON, EPONYM, FIRST, GENERIC, LAST, MONTH, PLACE, REGION, SUFFIX, VOCAB};
use super::names::{Look, look};
use super::places::{capital, lower, suffix};
use super::token::{Case, Kind};
use super::{Category, Hit, Scene, Severity};

/// Suffixes sure enough to stand in small letters.
const LOWER_SUFFIXES: &[&str] = &[
    "ward",
    "unit",
    "hospital",
    "clinic",
    "surgery",
    "nursery",
    "school",
    "hospice",
    "infirmary",
    "creche",
    "practice",
    "pharmacy",
    "lodge",
    "centre",
    "center",
    "college",
];

/// Names that end in a word for an institution: `St. Osyth's Urgent Care`, `Rowan Ward`, `Al Bahri Scaffolding LLC`.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    for at in 1..tokens.len() {
        let token = &tokens[at];
        if !token.word() || token.line || !token.spaced {
            continue;
        }
        let word = lower(scene, at);
        let two = at + 1 < tokens.len()
            && !tokens[at + 1].line
            && matches!(
                (word, lower(scene, at + 1)),
                ("nursing", "home")
                    | ("care", "home")
                    | ("assisted", "living")
                    | ("urgent", "care")
                    | ("aged", "care")
                    | ("health", "post")
                    | ("health", "centre")
                    | ("rest", "home")
                    | ("retirement", "village")
                    | ("day", "nursery")
                    | ("health", "campus")
                    | ("medical", "city")
                    | ("aged-care", "home")
                    | ("residential", "care")
                    | ("district", "hospital")
                    | ("county", "jail")
                    | ("sheltered", "housing")
                    | ("petrol", "station")
                    | ("high", "school")
                    | ("primary", "school")
            );
        let suffixed = token.is(SUFFIX)
            && (token.case == Case::Capital
                || token.case == Case::Upper && token.len() > 2
                || token.case == Case::Lower && LOWER_SUFFIXES.contains(&word))
            || two;
        let possessive = word.ends_with("childrens")
            || (word == "children" || word == "women") && token.possessive && token.capital();
        if !suffixed && !possessive {
            continue;
        }
        // Back over capitals and the small words inside a name.
        let mut from = at;
        let mut back = at;
        while back > 0 && at - back < 9 {
            let previous = &tokens[back - 1];
            if tokens[back].line {
                break;
            }
            let small = matches!(lower(scene, back - 1), "of" | "the" | "and" | "for" | "de" | "la" | "e")
                && back >= 2
                && (capital(&tokens[back - 2])
                    || tokens[back - 2].case == Case::Initial
                    || matches!(lower(scene, back - 2), "of"))
                && !(lower(scene, back - 1) == "the" && lower(scene, back.wrapping_sub(2)) != "of")
                && !(lower(scene, back - 1) == "and" && token.case == Case::Lower);
            let joint = previous.kind == Kind::Sign
                && (b"&-".contains(&scene.text.as_bytes()[previous.start])
                    || scene.text.as_bytes()[previous.start] == b'.' && lower(scene, back.wrapping_sub(2)) == "st");
            let initial = previous.case == Case::Initial && !previous.opens;
            if capital(previous) && !matches!(lower(scene, back - 1), "dr" | "mr" | "mrs" | "prof") {
                back -= 1;
                from = back;
            } else if small || joint || initial {
                back -= 1;
            } else {
                break;
            }
        }
        if from == at
            || (from..at)
                .any(|i| matches!(lower(scene, i), "journal" | "annals" | "archives" | "bulletin" | "proceedings"))
        {
            continue;
        }
        let proper = (from..at).any(|i| {
            let t = &tokens[i];
            t.word()
                && t.case != Case::Upper
                && !t.is(GENERIC)
                && (t.case == Case::Capital)
                && !(t.opens && t.is(COMMON) && i == from && at - from == 1 && token.case == Case::Lower)
                && !(t.is(REGION) && !t.is(PLACE))
                && !(token.case == Case::Lower && t.is(COMMON | BRAND | MONTH | VOCAB) && t.opens)
                || t.case == Case::Upper && t.len() <= 4 && matches!(word, "hospital" | "ltd" | "llc")
        });
        let listed = (from..at).all(|i| tokens[i].is(GENERIC))
            && token.case == Case::Capital
            && at - from >= 2
            && tokens[from].spaced
            && !tokens[from].opens
            && matches!(word, "ward" | "hospital" | "unit");
        // `Broca part`, `Stroke Unit`, `Wood unit`: a clinical word before a weak suffix is no name.
        let weak = matches!(
            word,
            "unit"
                | "house"
                | "court"
                | "general"
                | "private"
                | "mercy"
                | "centre"
                | "center"
                | "primary"
                | "practice"
                | "imaging"
                | "medical"
                | "institute"
                | "trust"
                | "radiology"
                | "living"
                | "surgery"
                | "clinic"
                | "garage"
                | "gardens"
                | "school"
                | "farm"
                | "lab"
                | "mine"
                | "temple"
                | "church"
                | "villa"
                | "rehab"
                | "healthcare"
                | "limited"
                | "manor"
                | "rehabilitation"
        );
        let clinical = weak
            && tokens[from].opens
            && tokens[from..at].iter().all(|t| t.is(COMMON | VOCAB | EPONYM | BRAND))
            && at - from == 1;
        let eponym = token.case == Case::Lower
            && tokens[from..at].iter().any(|t| t.is(EPONYM | BRAND))
            && matches!(word, "unit" | "clinic" | "school" | "surgery" | "centre" | "center" | "practice");
        let loose = matches!(
            word,
            "care"
                | "services"
                | "partners"
                | "engineering"
                | "systems"
                | "security"
                | "high"
                | "plant"
                | "solutions"
                | "secondary"
                | "shelter"
                | "gym"
                | "inn"
                | "foods"
                | "electrical"
                | "transport"
                | "mills"
                | "estates"
                | "construction"
                | "elementary"
                | "technologies"
                | "associates"
                | "mill"
                | "factory"
                | "depot"
                | "warehouse"
                | "regional"
                | "royal"
                | "arena"
                | "stadium"
                | "pub"
                | "works"
                | "pathology"
                | "nursing"
                | "kitchen"
                | "mart"
                | "enterprises"
                | "holdings"
                | "company"
        ) && (at - from < 2 && !tokens[from].is(PLACE | LAST)
            || !tokens[from..at].iter().any(|t| t.capital() && (t.is(PLACE | LAST) || look(t) > Look::Double)));
        let town = token.case == Case::Lower
            && at - from == 1
            && tokens[from].is(PLACE)
            && matches!(word, "practice" | "unit" | "school" | "college" | "centre" | "center");
        if !proper && !listed || clinical || eponym || loose || town {
            continue;
        }
        let mut start = from;
        while start < at
            && (matches!(
                lower(scene, start),
                "the" | "my" | "our" | "a" | "an" | "this" | "that" | "your" | "their" | "his" | "her"
            ) || tokens[start].opens
                && tokens[start].is(COMMON)
                && !tokens[start].is(FIRST | LAST | PLACE)
                && at - start > 1
                && matches!(
                    lower(scene, start),
                    "our" | "my" | "at" | "in" | "the" | "from" | "seen" | "admitted" | "transferred" | "works"
                ))
        {
            start += 1;
        }
        let mut end = at + 1 + usize::from(two);
        while end < tokens.len()
            && !tokens[end].line
            && end < at + 5
            && tokens[end].spaced | (tokens[end].kind == Kind::Sign)
        {
            let w = lower(scene, end);
            if suffix(w) && tokens[end].capital()
                || tokens[end].case == Case::Initial && word == "ward"
                || w == "ltd"
                || w == "llc"
                || w == "clinic"
                || w == "centre" && tokens[end].capital()
            {
                end += 1;
            } else if (w == "&" || w == "and")
                && tokens.get(end + 1).is_some_and(capital)
                && tokens.get(end + 1).is_some_and(|t| t.possessive || suffix(lower(scene, end + 1)))
            {
                end += 2;
            } else {
                break;
            }
        }
        let tail =
            if tokens[end - 1].possessive && matches!(lower(scene, end - 1), "children" | "women") { 2 } else { 0 };
        hits.push(Hit {
            start: tokens[start].start,
            end: tokens[end - 1].end + tail,
            category: Category::Facility,
            severity: Severity::Confirm,
            rule: "institution",
        });
    }
}

/// Whether what stands before makes the words an employer or an institution; `None` if nothing does.
pub fn works(scene: &Scene, at: usize, previous: &str, earlier: &[&str]) -> Option<bool> {
    if scene.tokens[at].line {
        return None;
    }
    let verb = |list: &[&str]| earlier.iter().take(3).any(|w| list.contains(w));
    let work = || (2..5).any(|n| at.checked_sub(n).is_some_and(|i| scene.tokens[i].is(lexicon::WORK)));
    if matches!(previous, "employer" | "employers") || previous == ":" && verb(&["employer", "workplace"]) {
        return Some(true);
    }
    if matches!(previous, "at" | "for" | "with" | "by" | "in") && work() {
        return Some(true);
    }
    if matches!(previous, "of") && verb(&["owner", "director", "boss", "foreman", "manager"]) {
        return Some(true);
    }
    None
}
