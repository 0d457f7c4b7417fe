//! Days named otherwise than by number and month: festivals, "Tues 8th", "the fifteenth", "12th inst", "Seen 10/03".

use std::sync::LazyLock;

use super::cited::citation;
use super::dates::push;
use super::lexicon::{OCCASION, Words};
use super::token::Kind;
use super::{Hit, Scene, Severity};

/// Festivals and days of note beyond the common holidays; one or two words each.
static OCCASIONS: LazyLock<Words<&str>> =
    LazyLock::new(|| include_str!("lists/occasions.txt").lines().filter(|l| !l.starts_with('#')).collect());
/// Months in other languages of the members; a date only with a number before them.
const FOREIGN_MONTHS: &[&str] = &[
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
];
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
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    for at in 0..scene.tokens.len() {
        let token = &scene.tokens[at];
        match token.kind {
            Kind::Word => {
                occasion(scene, at, hits);
                ordinal(scene, at, hits);
            }
            Kind::Mixed => ordinal(scene, at, hits),
            Kind::Number => super::pairs::find(scene, at, hits),
            _ => {}
        }
    }
}

fn occasion(scene: &Scene, at: usize, hits: &mut Vec<Hit>) {
    let token = &scene.tokens[at];
    let foreign =
        at > 0 && scene.tokens[at - 1].kind == Kind::Number && scene.tokens[at - 1].len() <= 2 && token.word();
    if !token.word() || token.len() < 3 || !token.is(OCCASION) && !foreign {
        return;
    }
    let one = scene.word(at);
    let next = scene.tokens.get(at + 1);
    if let Some(next) = next.filter(|t| t.word() && t.spaced && !t.line) {
        let two = &scene.lower[token.start..next.end];
        let two = if two.contains("  ") { "" } else { two };
        let plural = two.replace("'s", "s").replace("s'", "s");
        if (OCCASIONS.contains(two) || OCCASIONS.contains(plural.as_str())) && !citation(scene, token.start, token.end) {
            push(hits, token.start, next.end, Severity::Confirm, "occasion");
            return;
        }
    }
    let foreign = foreign && FOREIGN_MONTHS.contains(&one);
    if (foreign || (token.capital() | scene.lowercase) && OCCASIONS.contains(one)) && !citation(scene, token.start, token.end)
    {
        let given = token.is(super::lexicon::FIRST | super::lexicon::LAST);
        let led = at.checked_sub(1).is_some_and(|i| {
            matches!(
                scene.word(i),
                "on" | "since"
                    | "before"
                    | "after"
                    | "during"
                    | "at"
                    | "by"
                    | "until"
                    | "till"
                    | "over"
                    | "around"
                    | "post"
                    | "pre"
                    | "for"
            )
        });
        let numbered = at > 0 && scene.tokens[at - 1].kind == Kind::Number && scene.tokens[at - 1].len() <= 2;
        if numbered {
            push(hits, scene.tokens[at - 1].start, token.end, Severity::Block, "day-month");
        } else if FOREIGN_MONTHS.contains(&one) {
            // A month's name alone is also an ordinary word.
        } else if !given || led {
            push(hits, token.start, token.end, Severity::Confirm, "occasion");
        }
    }
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
        if weekday {
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
        if led && closes && !(matches!(word, "first" | "second" | "third") && !lead.ends_with("day") && lead != "on") {
            push(hits, scene.tokens[at - 1].start, scene.tokens[end].end, Severity::Confirm, "day-of-month");
        }
    }
}
