//! Days named otherwise than by number and month: festivals, "Tues 8th", "the fifteenth", "12th inst", "Seen 10/03".

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::asked::SECOND;
use super::cited::citation;
use super::dates::push;
use super::lexicon::{COMMON, DAY_BIT, FEAST_BIT, FIRST, Fnv, LAST, MONTH, OCCASION, SEASON_BIT, VOCAB, Words};
use super::token::{Case, Kind};
use super::{Hit, Scene, Severity};

/// What a phrase needs to be a day: nothing, capitals, or capitals and a preposition of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Nothing,
    Capital,
    Lead,
}

/// Festivals and days of note beyond the common holidays, and what they begin with.
static OCCASIONS: LazyLock<HashMap<&str, Option<Need>, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    let mut all: HashMap<&str, Option<Need>, BuildHasherDefault<Fnv>> = HashMap::default();
    for line in include_str!("lists/occasions.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (name, need) = match line.as_bytes()[0] {
            b'=' => (&line[1..], Need::Capital),
            b'+' => (&line[1..], Need::Lead),
            _ => (line, Need::Nothing),
        };
        all.insert(name, Some(need));
        name.match_indices(' ').for_each(|(at, _)| _ = all.entry(&name[..at]).or_default());
    }
    all
});
/// Months in other languages of the members; a date only with a number before them.
static FOREIGN_MONTHS: LazyLock<Words<&str>> = LazyLock::new(|| {
    [
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
        "janvier",
        "fevrier",
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
        "januarie",
        "februarie",
        "maart",
        "mei",
        "junie",
        "julie",
        "augustus",
        "oktober",
        "desember",
        "eanair",
        "feabhra",
        "marta",
        "aibrean",
        "meitheamh",
        "iuil",
        "enero",
        "pebrero",
        "hunyo",
        "hulyo",
        "setyembre",
        "oktubre",
        "nobyembre",
        "disyembre",
    ]
    .into_iter()
    .collect()
});
const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "thirtieth",
];
/// Words after which a time is named.
pub const LEADS: &[&str] = &[
    "on", "since", "before", "after", "during", "at", "by", "until", "till", "til", "over", "around", "post", "pre",
    "for", "last", "this", "next", "past", "come", "of", "coming", "fell", "died",
];

pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    for at in 0..scene.tokens.len() {
        let token = &scene.tokens[at];
        match token.kind {
            Kind::Word => {
                let before = at.checked_sub(1).map(|i| &scene.tokens[i]);
                if token.is(OCCASION) || before.is_some_and(|t| t.kind == Kind::Number) {
                    occasion(scene, at, hits);
                }
                if token.may_begin(FEAST_BIT | DAY_BIT | SEASON_BIT) {
                    super::feasts::find(scene, at, hits);
                }
                if before.is_some_and(|t| t.lower == "the") {
                    ordinal(scene, at, hits);
                }
                let next = scene.tokens.get(at + 1).filter(|t| t.kind == Kind::Number || t.is(MONTH));
                if next.is_some_and(|t| !t.line) || token.may_begin(DAY_BIT) {
                    super::moments::word(scene, at, hits);
                }
            }
            Kind::Mixed => {
                ordinal(scene, at, hits);
                super::moments::ordinal(scene, at, hits);
            }
            Kind::Number => {
                super::pairs::find(scene, at, hits);
                super::moments::roman(scene, at, hits);
            }
            _ => {}
        }
    }
}

fn occasion(scene: &Scene, at: usize, hits: &mut Vec<Hit>) {
    let token = &scene.tokens[at];
    let word = scene.word(at);
    let numbered = at > 0 && scene.tokens[at - 1].kind == Kind::Number && scene.tokens[at - 1].len() <= 2;
    if numbered && FOREIGN_MONTHS.contains(word) && !citation(scene, token.start, token.end) {
        push(hits, scene.tokens[at - 1].start, token.end, Severity::Block, "day-month");
        return;
    }
    if !token.is(OCCASION) || token.len() < 2 {
        return;
    }
    let Some((end, words, need)) = longest(scene, at) else { return };
    let upper =
        token.capital() || token.case == Case::Upper && (words > 1 || token.len() > 3 || matches!(word, "nye" | "nyd"));
    let before = at.checked_sub(1).map_or("", |i| scene.word(i));
    // `on a bank holiday weekend`: any.
    if matches!(before, "a" | "any" | "every" | "each")
        || citation(scene, token.start, end)
        || super::feasts::general(scene, end)
    {
        return;
    }
    if numbered && upper && words == 1 {
        push(hits, scene.tokens[at - 1].start, end, Severity::Block, "day-month");
        return;
    }
    // A word that is also a name or means something else needs to be said as a day is.
    let double = words == 1 && token.is(COMMON | VOCAB | FIRST | LAST);
    let before = if before == "the" { at.checked_sub(2).map_or("", |i| scene.word(i)) } else { before };
    let led = LEADS.contains(&before) || need == Need::Lead && before == "in" && !token.is(COMMON | FIRST | LAST);
    let lower = need == Need::Nothing
        && token.case != Case::Upper
        && (words > 1 || !double || scene.lowercase && !token.is(COMMON | FIRST | LAST));
    if (upper || lower) && (led || need != Need::Lead && !(double && !(lower && scene.lowercase))) {
        push(hits, token.start, end, Severity::Confirm, "occasion");
    }
}

/// The second words of the listed phrases, as they are and as possessives without their sign.
pub(super) fn second_words() -> impl Iterator<Item = &'static str> {
    let phrases = OCCASIONS.keys().filter_map(|name| name.split_once(' '));
    let second = phrases.map(|(_, rest)| rest.split(' ').next().unwrap_or(rest));
    second.flat_map(|word| [Some(word), word.strip_suffix('s')]).flatten()
}

/// The longest listed phrase that begins at a word: where it ends, how many words, what it needs.
fn longest(scene: &Scene, at: usize) -> Option<(usize, usize, Need)> {
    let mut key = Cow::Borrowed("");
    let (mut found, mut words, mut i) = (None, 0, at);
    while words < 5 {
        let token = scene.tokens.get(i)?;
        if i > at && token.line {
            break;
        }
        if token.kind == Kind::Sign {
            // `Shab-e-Barat`, `St. David's`, `Presidents' Day`
            if i == at || token.spaced || !b"-.'".contains(&scene.text.as_bytes()[token.start]) {
                break;
            }
        } else if token.kind == Kind::Word {
            if words == 1 && !token.asked(SECOND) {
                break;
            }
            if key.is_empty() {
                key = Cow::Borrowed(token.lower);
            } else {
                key.to_mut().push(' ');
                key.to_mut().push_str(token.lower);
            }
            if token.possessive && !key.ends_with('s') {
                key.to_mut().push('s');
            }
            words += 1;
            // No name goes on from here.
            let Some(need) = OCCASIONS.get(&*key) else { break };
            if let Some(need) = need {
                found = Some((token.end, words, *need));
            }
        } else {
            break;
        }
        i += 1;
        if i >= scene.tokens.len() {
            break;
        }
    }
    found
}

/// `Tues 8th`, `the fifteenth`, `12th inst`.
fn ordinal(scene: &Scene, at: usize, hits: &mut Vec<Hit>) {
    let token = &scene.tokens[at];
    let word = scene.word(at);
    let before = at.checked_sub(1).map_or("", |i| scene.word(i));
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = token.kind == Kind::Mixed
        && matches!(digits, 1 | 2)
        && matches!(&word[digits..], "st" | "nd" | "rd" | "th")
        && word[..digits].parse::<u32>().is_ok_and(|n| (1..=31).contains(&n));
    if numbered {
        let weekday = matches!(
            before,
            "mon" | "tue" | "tues" | "wed" | "weds" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun"
        );
        let inst = scene.tokens.get(at + 1).is_some_and(|t| !t.line)
            && matches!(scene.word(at + 1), "inst" | "ult" | "instant");
        let month = scene.word(at + 1) == "of"
            && matches!(scene.word(at + 2), "this" | "next" | "last" | "the" | "same" | "each")
            && scene.word(at + 2) != "each"
            && scene.word(at + 3) == "month";
        if month {
            push(hits, token.start, scene.tokens[at + 3].end, Severity::Block, "day-of-month");
        } else if weekday {
            push(hits, scene.tokens[at - 1].start, token.end, Severity::Block, "day-of-month");
        } else if inst {
            push(hits, token.start, scene.tokens[at + 1].end, Severity::Block, "day-of-month");
        }
        return;
    }
    let compound = matches!(before, "-" | "twenty" | "thirty");
    if before == "the" && !compound && (ORDINALS.contains(&word) || matches!(word, "twenty" | "thirty")) {
        let mut end = at;
        if matches!(word, "twenty" | "thirty") {
            end += 1;
            if scene.word(end) == "-" {
                end += 1;
            }
            if !ORDINALS.contains(&scene.word(end)) {
                return;
            }
        }
        let lead = at.checked_sub(2).map_or("", |i| scene.word(i));
        let led = matches!(
            lead,
            "on" | "due" | "by" | "until" | "till" | "since" | "for" | "before" | "booked" | "admitted" | "discharged"
        ) || lead.ends_with("day");
        let next = scene.tokens.get(end + 1);
        let closes = next
            .is_none_or(|t| t.kind == Kind::Sign && !b"-/".contains(&scene.text.as_bytes()[t.start]) || t.line)
            || matches!(
                scene.word(end + 1),
                "and" | "at" | "with" | "after" | "when" | "because" | "but" | "so" | "for" | "then"
            )
            || scene.word(end + 1) == "of" && super::lexicon::word(scene.word(end + 2)) & super::lexicon::MONTH != 0;
        let dated = scene.word(end + 1) == "of"
            && (super::lexicon::word(scene.word(end + 2)) & super::lexicon::MONTH != 0
                && scene.word(end + 2).len() > 2
                || matches!(scene.word(end + 2), "this" | "next" | "last") && scene.word(end + 3) == "month");
        if dated {
            let last = if scene.word(end + 3) == "month" { end + 3 } else { end + 2 };
            push(hits, scene.tokens[at - 1].start, scene.tokens[last].end, Severity::Block, "day-of-month");
            return;
        }
        if led && closes && !(matches!(word, "first" | "second" | "third") && !lead.ends_with("day") && lead != "on") {
            push(hits, scene.tokens[at - 1].start, scene.tokens[end].end, Severity::Confirm, "day-of-month");
        }
    }
}
