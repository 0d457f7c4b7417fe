//! Places, days and ages by a plain word beside them that says what they are: `the Meadow factory`, `in Otter Bay`,
//! `the Thursday before Kupala`, `the second Monday of November`, `Agnes, 103,`.
//!
//! The word beside is written small and known; what stands before or after it may be anything.

use std::sync::LazyLock;

use super::asked::DAY;
use super::lexicon::*;
use super::names::{Look, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// Where many people go and each only to one: a place of work, of learning, of prayer.
static SITES: LazyLock<Words<&str>> = LazyLock::new(|| {
    [
        "factory",
        "mill",
        "barracks",
        "museum",
        "mall",
        "camp",
        "depot",
        "plant",
        "coop",
        "parish",
        "home",
        "pub",
        "hall",
        "church",
        "chapel",
        "temple",
        "ground",
        "grounds",
        "plaza",
        "market",
        "dentist",
        "chemist",
        "school",
        "college",
        "works",
        "yard",
        "farm",
        "ranch",
        "quarry",
        "mine",
        "mosque",
        "masjid",
        "gurdwara",
        "convent",
        "prison",
        "hostel",
        "hotel",
        "garage",
        "shop",
        "salon",
        "gym",
        "club",
        "stadium",
        "library",
        "nursery",
        "creche",
        "kindergarten",
        "warehouse",
        "sawmill",
        "shipyard",
        "dockyard",
        "brewery",
        "bakery",
        "abattoir",
        "meatworks",
        "packhouse",
        "orchard",
        "station",
        "marae",
        "lodge",
        "jetty",
        "harbour",
        "marina",
        "refinery",
        "smelter",
        "colliery",
        "terminal",
        "cinema",
        "theatre",
        "orphanage",
        "shelter",
        "refuge",
        "seminary",
        "cathedral",
        "synagogue",
        "abbey",
        "bank",
        "canteen",
        "cannery",
        "ashram",
        "dharamshala",
        "madrasa",
        "ferry",
        "site",
        "tannery",
        "foundry",
    ]
    .into_iter()
    .collect()
});
/// What names of the land end with.
static LAND: LazyLock<Words<&str>> = LazyLock::new(|| {
    [
        "bay",
        "river",
        "creek",
        "hill",
        "hills",
        "valley",
        "island",
        "islands",
        "point",
        "beach",
        "gate",
        "town",
        "village",
        "lake",
        "falls",
        "ridge",
        "mountain",
        "harbour",
        "cove",
        "heights",
        "springs",
        "forest",
        "moor",
        "marsh",
        "glen",
        "head",
        "junction",
        "crossing",
        "bridge",
        "ford",
        "green",
        "common",
        "downs",
        "flats",
        "landing",
        "peninsula",
        "estate",
        "colony",
        "nagar",
    ]
    .into_iter()
    .collect()
});
/// What they begin with.
const LANDS: &[&str] =
    &["cape", "mount", "mt", "lake", "fort", "port", "point", "isle", "glen", "loch", "lough", "camp", "kampung"];

/// The days and the times of a day.
pub(super) const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday day night week weekend eve morning evening nights \
    days";

/// Adds a question for each.
pub fn find(scene: &Scene, taken: &[bool], hits: &mut Vec<Hit>) {
    let mut at = 0;
    while at < scene.tokens.len() {
        let found = if taken[at] { None } else { read(scene, taken, at) };
        at += 1;
        if let Some((from, to, category, rule)) = found {
            let (start, end) = (scene.tokens[from].start, scene.tokens[to - 1].end);
            hits.push(Hit { start, end, category, severity: Severity::Confirm, rule });
            at = at.max(to);
        }
    }
}

fn read(scene: &Scene, taken: &[bool], at: usize) -> Option<(usize, usize, Category, &'static str)> {
    let token = &scene.tokens[at];
    if token.kind == Kind::Number && token.len() < 4
        || token.word() && token.len() > 5 && matches!(token.lower, "ninety" | "hundred")
    {
        return aged(scene, at).map(|(from, to)| (from, to, Category::Age, "age-over-89"));
    }
    if !token.word() {
        return None;
    }
    if token.case != Case::Lower {
        return named(scene, taken, at);
    }
    if !token.asked(DAY) {
        return None;
    }
    let article = |i: usize| usize::from(scene.word(i) == "the");
    let from = if at > 0 && matches!(scene.word(at - 1), "the") { at - 1 } else { at };
    let next = scene.word(at + 1);
    // `the Thursday before Kupala`, `the week of the Threshing`
    if matches!(next, "before" | "after" | "of" | "following") {
        let first = at + 2 + article(at + 2);
        let free = |i: usize| {
            scene.tokens.get(i).is_some_and(|t: &Token| {
                t.capital()
                    && !taken[i]
                    && !t.opens
                    && !t.is(MONTH | EPONYM | BRAND | TITLE | DOCTOR | RELATIVE | STAFF | DEPT | CARE)
            })
        };
        let strong = from < at || next != "of";
        let to = first + (first..first + 4).take_while(|i| free(*i)).count();
        let procedure = scene.tokens.get(to).is_some_and(|t| t.is(HEAD) && !t.line);
        if strong
            && to > first
            && !procedure
            && !scene.tokens[to - 1].possessive
            && look(&scene.tokens[first]) < Look::Given
        {
            return Some((from, to, Category::Date, "occasion"));
        }
    }
    None
}

/// What begins with a capital.
fn named(scene: &Scene, taken: &[bool], at: usize) -> Option<(usize, usize, Category, &'static str)> {
    let tokens = scene.tokens;
    let token = &tokens[at];
    let word = scene.word(at);
    let before = at.checked_sub(1).map_or("", |i| scene.word(i));
    // `the second Monday of November`
    if token.asked(DAY) && matches!(scene.word(at + 1), "of" | "in" | "before" | "after") && !token.opens {
        let rank = matches!(
            before,
            "first" | "second" | "third" | "fourth" | "fifth" | "last" | "1st" | "2nd" | "3rd" | "4th"
        );
        let next = at + 2 + usize::from(scene.word(at + 2) == "the");
        let day = tokens.get(next)?;
        let month = day.is(MONTH) && day.capital();
        let feast = day.capital()
            && !day.opens
            && !day.is(EPONYM | BRAND | TITLE | DOCTOR | REGION)
            && before == "the"
            && !taken[next];
        if rank && month || feast && look(day) < Look::Given {
            let more =
                (next + 1..next + 4).take_while(|i| tokens.get(*i).is_some_and(|t| t.capital() && !t.line)).count();
            return Some((at - 1, next + 1 + more, Category::Date, "occasion"));
        }
        return None;
    }
    let capital = |i: usize| tokens.get(i).is_some_and(|t| t.case == Case::Capital && !t.line && t.spaced && !taken[i]);
    let loud = token.case == Case::Upper && token.len() > 2 && !token.shouted;
    if !(token.case == Case::Capital || loud)
        || token.is(TITLE | DOCTOR | MONTH | REGION | BRAND | EPONYM | STAFF | RELATIVE | PATIENT | CARE)
        || token.possessive
    {
        return None;
    }
    let mut to = at + 1;
    while to < at + 4 && capital(to) && !tokens[to].is(MONTH) {
        to += 1;
    }
    // `in Otter Bay`, `on Cape Turnagain`
    let lead = matches!(before, "in" | "on" | "at" | "from" | "near" | "to" | "past" | "around" | "of" | "off" | ",");
    let land = to > at + 1
        && (LAND.contains(scene.word(to - 1)) || LANDS.contains(&word))
        && !tokens.get(to).is_some_and(|t| !t.line && t.is(HEAD))
        && !tokens[at..to].iter().any(|t| t.is(EPONYM | BRAND));
    if lead && land && !loud && !token.opens {
        return Some((at, to, Category::Location, "place-unknown"));
    }
    // `Thulamela ENT?`, `Marwood want him`, `Hillmarton on call told me`
    let strange = |t: &Token| {
        matches!(look(t), Look::Unknown | Look::Family)
            || t.is(PLACE | PLACE_HEAD) && !t.is(COMMON)
            || loud && !t.is(COMMON | VOCAB)
    };
    let house = matches!(scene.word(to), "er" | "ent" | "icu" | "lab" | "labs" | "folder" | "switchboard" | "on")
        && (scene.word(to) != "on" || scene.word(to + 1) == "call");
    let takes = matches!(scene.word(to), "want" | "accept" | "accepts" | "won't")
        && (matches!(scene.word(to + 1), "him" | "her" | "them" | "if")
            || scene.word(to) == "won't" && scene.word(to + 1) == "take");
    if (house || takes) && !tokens.get(to)?.line && strange(token) {
        return Some((at, to, Category::Facility, "institution-acts"));
    }
    if token.opens && before != ":" {
        return None;
    }
    // `the Meadow factory`, `Elmhill feed mill`, `the Sukhdham township site`
    let generic =
        token.is(GENERIC | DEPT | HEAD) || matches!(word, "catholic" | "christian" | "muslim" | "hindu" | "jewish");
    let between = |i: usize| {
        tokens.get(i).is_some_and(|t| {
            t.case == Case::Lower && t.word() && t.spaced && !t.line && !t.is(DEED | HUMAN) && t.len() > 3
        }) && !matches!(scene.word(i), "from" | "with" | "after" | "before" | "when" | "that" | "into" | "near")
    };
    let site = |i: usize| {
        tokens.get(i).is_some_and(|t| t.case == Case::Lower && t.spaced && !t.line) && SITES.contains(scene.word(i))
    };
    let article = matches!(
        before,
        "the" | "at" | "to" | "from" | "near" | "outside" | "behind" | "a" | "an" | "old" | ":" | "in"
    );
    let end = if site(to) { Some(to + 1) } else { (between(to) && site(to + 1)).then_some(to + 2) };
    match end {
        Some(end)
            if article && !generic && !matches!(scene.word(end), "fever" | "disease" | "study" | "trial" | "sign") =>
        {
            Some((at, end, Category::Facility, "institution"))
        }
        _ => None,
    }
}

/// `Agnes, 103,`, `Cuthbert: ninety-four, hip`, `died this morning, 97, at home`: a number that stands for itself
/// after a person.
fn aged(scene: &Scene, at: usize) -> Option<(usize, usize)> {
    let tokens = scene.tokens;
    let sign = |i: usize| tokens.get(i).filter(|t| t.kind == Kind::Sign).map_or(0, |t| scene.text.as_bytes()[t.start]);
    let (mut from, mut to) = (at, at + 1);
    match scene.word(at) {
        "ninety" => {
            if sign(at + 1) == b'-' {
                to = at + 3;
            }
        }
        "hundred" => {
            if at > 0 && matches!(scene.word(at - 1), "a" | "one") {
                from = at - 1;
            }
            if scene.word(at + 1) == "and" {
                to = at + 3;
            }
        }
        word if word.len() < 4 && word.parse::<u32>().is_ok_and(|n| (90..=115).contains(&n)) => {}
        _ => return None,
    }
    let before = from.checked_sub(2)?;
    let apart = matches!(sign(from - 1), b',' | b'-' | b':') && tokens[from - 1].spaced | (sign(from - 1) == b',');
    let closed = matches!(sign(to), b',' | b';') && !tokens[to].spaced;
    let bearer = &tokens[before];
    let person = bearer.word()
        && !bearer.is(OWN | HEAD)
        && (bearer.is(RELATIVE | PATIENT)
            || bearer.case == Case::Capital && look(bearer) > Look::Double
            || bearer.case == Case::Lower
                && matches!(scene.word(before), "am" | "pm" | "morning" | "night" | "today" | "died")
                && scene.of_one);
    (apart && closed && person).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn a_plain_word_says_what_the_strange_one_is() {
        for (text, category) in [
            ("A 39-year-old from the Meadow factory was seen.", Category::Facility),
            ("He sleeps at the old Lancers barracks.", Category::Facility),
            ("Exposure sites: Elmhill feed mill, a wedding.", Category::Facility),
            ("She is well. Zithumele want him by air.", Category::Facility),
            ("They live on Cape Turnagain, says mum.", Category::Location),
            ("Appeal ends the Thursday before Kupala.", Category::Date),
            ("Election was due the second Monday of November.", Category::Date),
            ("A knee done the week of the Threshing.", Category::Date),
            ("She is Agnes, 103, hip is fine.", Category::Age),
            ("My patient died this am, 97, at home. She slept.", Category::Age),
        ] {
            let found = check(text).findings;
            assert!(found.iter().any(|f| f.category == category), "{text}: {found:?}");
        }
        for text in [
            "Back to the general ward and the local school.",
            "The day after Whipple surgery we feed.",
            "HR 120, 97, 99 over the hour.",
            "A Catholic school and a nursing home.",
        ] {
            assert!(check(text).findings.is_empty(), "{text}: {:?}", check(text).findings);
        }
    }
}
