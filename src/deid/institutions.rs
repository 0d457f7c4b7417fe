//! Named institutions: hospitals, wards, schools, employers.

use super::lexicon::{self, BRAND, COMMON, EPONYM, FIRST, GENERIC, HEAD, LAST, MONTH, PLACE, REGION, SUFFIX, VOCAB};
use super::names::{Look, look};
use super::places::{capital, lower, suffix};
use super::things::{self, LOOSE, SMALL, TRADE, WEAK};
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
        if !token.is(SUFFIX) && token.thing == 0 && !token.possessive && !word.ends_with("ns") {
            continue;
        }
        let two =
            at + 1 < tokens.len() && !tokens[at + 1].line && things::pair(token.thing, word, lower(scene, at + 1));
        let suffixed = token.is(SUFFIX)
            && (token.case == Case::Capital
                || token.case == Case::Upper && token.len() > 2
                || token.case == Case::Lower && LOWER_SUFFIXES.contains(&word))
            || two;
        let small = token.case == Case::Lower && token.thing & SMALL != 0 && small_name(scene, at);
        let trade = token.case == Case::Capital && token.thing & TRADE != 0;
        let possessive = word.ends_with("childrens")
            || (word == "children" || word == "women") && token.possessive && token.capital();
        if !suffixed && !possessive && !small && !trade || lower(scene, at - 1) == "of" {
            continue;
        }
        // Back over capitals and the small words inside a name.
        let root = if small && tokens[at - 1].case == Case::Lower { at - 1 } else { at };
        let mut from = root;
        let mut back = root;
        while back > 0 && at - back < 9 {
            let previous = &tokens[back - 1];
            if tokens[back].line {
                break;
            }
            let small = SMALL_WORDS.contains(&lower(scene, back - 1))
                && back >= 2
                && (capital(&tokens[back - 2])
                    || tokens[back - 2].case == Case::Initial
                    || matches!(lower(scene, back - 2), "of"))
                && !(lower(scene, back - 1) == "the" && lower(scene, back.wrapping_sub(2)) != "of")
                && !(lower(scene, back - 1) == "and" && token.case == Case::Lower);
            let joint = previous.kind == Kind::Sign
                && (b"&-".contains(&scene.text.as_bytes()[previous.start])
                    || scene.text.as_bytes()[previous.start] == b'.'
                        && matches!(lower(scene, back.wrapping_sub(2)), "st" | "govt" | "no"));
            // `Re-form Studio`: the second half of a word with a hyphen.
            let tied = token.case == Case::Capital
                && previous.case == Case::Lower
                && !previous.spaced
                && back > 2
                && tokens[back - 2].kind == Kind::Sign
                && capital(&tokens[back - 3]);
            let initial = previous.case == Case::Initial && !previous.opens;
            if capital(previous) && !matches!(lower(scene, back - 1), "dr" | "mr" | "mrs" | "prof") {
                back -= 1;
                from = back;
            } else if small || joint || initial || tied {
                back -= 1;
            } else {
                break;
            }
        }
        // `Employer Granite Peak Logging`
        if from + 1 < root
            && (matches!(
                lower(scene, from),
                "employer" | "boss" | "owner" | "school" | "workplace" | "gp" | "pharmacy" | "church"
            ) && tokens[from].opens)
        {
            from += 1;
        }
        if from == root
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
            && (at - from >= 2
                || word == "hospital"
                    && from > 0
                    && matches!(lower(scene, from - 1), "at" | "from" | "to" | "in")
                    && matches!(
                        lower(scene, from),
                        "children"
                            | "childrens"
                            | "general"
                            | "national"
                            | "district"
                            | "women"
                            | "womens"
                            | "civil"
                            | "royal"
                    ))
            && tokens[from].spaced
            && !tokens[from].opens
            && matches!(word, "ward" | "hospital" | "unit");
        // `Broca part`, `Stroke Unit`, `Wood unit`: a clinical word before a weak suffix is no name.
        let kind = token.thing;
        let weak = kind & WEAK != 0;
        let clinical = weak
            && tokens[from].opens
            && tokens[from..at].iter().all(|t| t.is(COMMON | VOCAB | EPONYM | BRAND))
            && at - from == 1;
        let eponym = token.case == Case::Lower
            && tokens[from..at].iter().any(|t| t.is(EPONYM | BRAND))
            && matches!(word, "unit" | "clinic" | "school" | "surgery" | "centre" | "center" | "practice");
        let loose = kind & LOOSE != 0
            && (at - from < 2 && !tokens[from].is(PLACE | LAST)
                || !tokens[from..at].iter().any(|t| t.capital() && (t.is(PLACE | LAST) || look(t) > Look::Double)));
        let body =
            matches!(word, "council" | "academy" | "college" | "society" | "association" | "foundation" | "union")
                && tokens[from..at].iter().all(|t| t.is(GENERIC | BRAND | REGION | lexicon::DEPT) && !t.is(PLACE))
                || word == "council" && matches!(lower(scene, at - 1), "research" | "nursing" | "midwifery" | "dental")
                || word == "council"
                    && at - from == 1
                    && tokens[from].is(COMMON | VOCAB)
                    && !tokens[from].is(PLACE | LAST);
        let trading = trade && !suffixed && !traded(scene, from, at);
        let criteria = matches!((lower(scene, from), word), ("king", "college"))
            && (!(from > 0 && matches!(lower(scene, from - 1), "at" | "to" | "from" | "in"))
                || tokens.get(at + 1).is_some_and(|t| t.is(HEAD)));
        let town = token.case == Case::Lower
            && at - from == 1
            && tokens[from].is(PLACE)
            && matches!(word, "practice" | "unit" | "school" | "college" | "centre" | "center");
        if !proper && !listed || clinical || eponym || loose || town || body || trading || criteria {
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
            // `Stores No. 2`, `Kloof No. 4 Shaft`
            let number = end + 1 + usize::from(tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Sign));
            if w == "no"
                && tokens[end].case == Case::Capital
                && tokens.get(number).is_some_and(|t| t.kind == Kind::Number && !t.line)
            {
                end = number + 1;
            } else if tokens[end].word() && matches!(w, "annexe" | "annex" | "campus" | "site") && tokens[end].spaced
                || (suffix(w) || things::thing(w) & TRADE != 0) && tokens[end].capital()
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

/// Small words inside a name.
const SMALL_WORDS: &[&str] =
    &["of", "the", "and", "for", "de", "la", "e", "na", "ni", "ng", "nam", "del", "au", "du", "des", "y", "ki", "kwa"];

/// Words that lead to where somebody works, goes or is.
const LEADS: &[&str] = &[
    "at", "for", "with", "in", "from", "by", "to", "of", "the", "employer", "named", "called", "owner", "near", "via",
    "via",
];

/// `the Ballyhale rink`, `at the Ballyhale planing mill`: a name before a place of work written small.
fn small_name(scene: &Scene, at: usize) -> bool {
    let tokens = scene.tokens;
    let between = tokens[at - 1].case == Case::Lower;
    let Some(last) = (if between { at.checked_sub(2) } else { Some(at - 1) }) else { return false };
    let plain = between
        && (tokens[at - 1].len() < 3
            || tokens[at - 1].line
            || !tokens[at - 1].is(COMMON | VOCAB)
            || tokens[at - 1].is(GENERIC
                | lexicon::DEED
                | lexicon::RELATIVE
                | lexicon::PATIENT
                | lexicon::STAFF
                | lexicon::WORK)
            || matches!(
                lower(scene, at - 1),
                "after" | "before" | "outside" | "inside" | "near" | "then" | "when" | "where" | "until" | "since"
            ));
    let mut first = last;
    while first > 0 && tokens[first - 1].case == Case::Capital && !tokens[first].line && last - first < 3 {
        first -= 1;
    }
    let name = &tokens[last];
    let lead = first.checked_sub(1).map_or("", |i| lower(scene, i));
    !plain
        && name.case == Case::Capital
        && !name.opens
        && !name.possessive
        && (look(name) >= Look::Unknown || name.is(PLACE | LAST) && !name.is(COMMON | VOCAB))
        && !name.is(EPONYM | BRAND | REGION | MONTH)
        && if between { lead == "the" } else { LEADS.contains(&lead) || lead == "a" }
}

/// Whether the words before a business's last word, and what leads to them, read as its name.
fn traded(scene: &Scene, from: usize, at: usize) -> bool {
    let tokens = scene.tokens;
    let words = || tokens[from..at].iter().filter(|t| t.word() && t.capital());
    if tokens[from].line
        || words().any(|t| t.is(EPONYM | REGION | MONTH | HEAD))
        || words().all(|t| t.is(GENERIC | BRAND))
    {
        return false;
    }
    if tokens.get(at + 1).is_some_and(|t| t.is(HEAD | lexicon::CITE) && t.spaced) {
        return false;
    }
    let count = words().count();
    let strange = words().any(|t| !t.is(BRAND) && (look(t) >= Look::Unknown || t.is(PLACE | LAST)));
    let lead = from.checked_sub(1).map_or("", |i| lower(scene, i));
    let near = (1..9)
        .take_while(|n| from.checked_sub(*n).is_some_and(|i| !tokens[i].line))
        .any(|n| tokens[from - n].is(lexicon::WORK) || BUSINESS.contains(&lower(scene, from - n)));
    let led = LEADS.contains(&lead);
    let set_off = matches!(lead, "," | "(" | ":" | "-" | "\"") && near;
    (led || set_off) && !tokens[from].opens && (strange && (near || count > 1) || near && count > 1)
}

/// Words that speak of a trade or a place of work.
const BUSINESS: &[&str] = &[
    "employer",
    "job",
    "site",
    "shop",
    "bar",
    "boss",
    "colleagues",
    "church",
    "union",
    "cashier",
    "firm",
    "company",
    "salon",
    "outfit",
    "worker",
    "workers",
    "apprentice",
    "labourer",
    "staff",
    "shift",
    "shifts",
    "contract",
    "club",
];

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
    if previous == "by" && !verb(&["employed", "run", "owned", "hired", "paid", "contracted"]) {
        return None;
    }
    if matches!(previous, "at" | "for" | "with" | "by" | "in") && work() {
        return Some(true);
    }
    if matches!(previous, "of") && verb(&["owner", "director", "boss", "foreman", "manager"]) {
        return Some(true);
    }
    None
}
