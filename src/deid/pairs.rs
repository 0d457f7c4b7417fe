//! Two numbers that may be a day and a month: `19/08`, `colonoscopy 8/22`, `done on 6-10`, `moves on 16.3`.
//!
//! Most pairs of numbers in clinical talk are no dates: durations (`3/7`, `6/12`), scores out of something (`14/15`),
//! pressures, eyesight, ranges, decimals. So a pair needs company: a date's label, an event, a preposition of time.
//! A leading zero helps much, since no fraction has one.

use std::sync::LazyLock;

use super::company::{Company, company};
use super::dates::push;
use super::lexicon::{COMMON, DEED, HUMAN, MONTH, VOCAB, Words};
use super::token::{Case, Kind};
use super::{Hit, Scene, Severity};

pub static EVENTS: LazyLock<Words<&str>> = LazyLock::new(|| words("event"));
static UNITS: LazyLock<Words<&str>> = LazyLock::new(|| words("unit"));

/// A part of the list of events.
pub fn words(kind: &str) -> Words<&'static str> {
    include_str!("lists/events.txt")
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| *name == kind)
        .flat_map(|(_, words)| words.split_whitespace())
        .collect()
}

/// Looks at a number with which such a pair may begin.
pub fn find(scene: &Scene, at: usize, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    let (Some(a), Some(sign), Some(b)) = (tokens.get(at), tokens.get(at + 1), tokens.get(at + 2)) else { return };
    if b.kind != Kind::Number || a.len() > 2 || b.len() > 2 || sign.spaced || b.spaced {
        return;
    }
    let mark = scene.text.as_bytes()[sign.start];
    if !b"/-.".contains(&mark) || !apart(scene, at) {
        return;
    }
    let (x, y): (u32, u32) = (scene.word(at).parse().unwrap_or(0), scene.word(at + 2).parse().unwrap_or(0));
    let day_month = (1..=31).contains(&x) && (1..=12).contains(&y);
    let month_day = (1..=12).contains(&x) && (13..=31).contains(&y);
    if !day_month && !month_day || measured(scene, at + 3) {
        return;
    }
    let zero = scene.word(at).starts_with('0') || scene.word(at + 2).starts_with('0');
    let company = company(scene, at);
    let joined = at >= 2
        && (matches!(scene.word(at - 1), "and" | "," | "&" | "then" | "again" | "repeat" | "to")
            || matches!(scene.word(at - 2), "and" | "," | "&" | "then") && EVENTS.contains(scene.word(at - 1)))
        && hits.iter().rev().take(6).any(|h| h.rule == "day-slash-month" && h.end + 14 >= a.start && h.end <= a.start);
    let date = match mark {
        b'/' => slash(x, y, zero, company) || joined,
        b'-' => (dash(scene, at, zero, company) || joined) && !(x < y && y - x == 1 && !zero),
        _ => dot(scene, at, (x, y), company) || joined && zero,
    };
    if date {
        let start = if company.weekday { tokens[at - 1].start } else { a.start };
        push(hits, start, b.end, Severity::Confirm, "day-slash-month");
    }
}

/// Whether the pair stands by itself, no part of a longer code.
fn apart(scene: &Scene, at: usize) -> bool {
    let tokens = scene.tokens;
    let bytes = scene.text.as_bytes();
    let after = match tokens.get(at + 3) {
        Some(t) if !t.spaced && !t.line => {
            t.kind == Kind::Sign
                && (b",;:)?!\"'".contains(&bytes[t.start])
                    || bytes[t.start] == b'.'
                        && tokens.get(at + 4).is_none_or(|n| n.spaced || n.line || b",;:)".contains(&bytes[n.start])))
        }
        _ => true,
    };
    let a = &tokens[at];
    after && (at == 0 || a.spaced || a.line || matches!(bytes[tokens[at - 1].start], b'(' | b':' | b'"' | b'\''))
}

/// Whether a unit or a counted thing follows.
fn measured(scene: &Scene, at: usize) -> bool {
    let Some(token) = scene.tokens.get(at).filter(|t| !t.line) else { return false };
    if token.kind == Kind::Sign && b"%+*=<>/".contains(&scene.text.as_bytes()[token.start]) {
        return true;
    }
    // `4/17 glomeruli`, `2/14 nodes`: so many out of so many things.
    let word = scene.word(at);
    let plural = word.len() > 5
        && (word.ends_with('s') && !word.ends_with("ss") || word.ends_with("uli") || word.ends_with("oci"))
        && token.case == Case::Lower
        && !token.is(DEED | HUMAN | MONTH)
        && token.is(COMMON | VOCAB)
        && !matches!(
            word,
            "always" | "besides" | "unless" | "across" | "perhaps" | "onwards" | "afterwards" | "regards"
        );
    plural || UNITS.contains(word)
}

fn slash(x: u32, y: u32, zero: bool, company: Company) -> bool {
    if company.score {
        return false;
    }
    if company.label || zero && !company.score {
        return true;
    }
    if y > 12 {
        // Month first. Fifteen, thirty and their like are what scores are out of.
        let out_of = matches!(y, 15 | 20 | 24 | 28 | 30);
        return company.beside || company.event && !out_of || company.preposition && (company.on || !out_of);
    }
    let duration = match y {
        7 => matches!(x, 1..=12 | 14 | 21 | 28 | 30),
        12 => matches!(x, 1..=12 | 15 | 18 | 24 | 30),
        _ => false,
    };
    if x > 12 {
        return company.event && (!duration || company.beside && !x.is_multiple_of(7) && !x.is_multiple_of(6))
            || company.on
            || company.preposition && !duration
            || company.set_off && matches!(y, 8..=11) && x > 15;
    }
    // Snellen's fractions: `the left eye 6/9`.
    if x == 6 && matches!(y, 4 | 5 | 7 | 9 | 12) && !company.on && !(y < x && company.beside && company.closes) {
        return false;
    }
    // `sent on 2/12.`
    if company.on && company.event && (company.closes && duration || x == y) {
        return true;
    }
    if company.done && company.closes && !duration && x != y && !matches!(y, 3..=6 | 10) {
        return true;
    }
    // Both may be either: only after "on" or a deed on a day.
    !duration
        && x != y
        && (company.on && (company.event || !matches!(y, 5 | 6 | 10))
            || company.beside && x > y
            || company.preposition && !matches!(y, 3 | 4 | 5 | 6 | 10))
}

/// With a dash only where neither a range nor a score can stand.
fn dash(scene: &Scene, at: usize, zero: bool, company: Company) -> bool {
    !company.score && (company.label || closes(scene, at + 3) && (zero && company.event || company.event && company.on))
}

/// With a full stop only where no dose can stand.
fn dot(scene: &Scene, at: usize, (x, y): (u32, u32), company: Company) -> bool {
    if company.label {
        return true;
    }
    let month = scene.word(at + 2);
    let full = month.len() == 2 && month.starts_with('0') && x > 0;
    let drugged = (1..=3).any(|n| {
        at >= n
            && matches!(
                scene.word(at - n),
                "he" | "she"
                    | "pt"
                    | "patient"
                    | "him"
                    | "her"
                    | "is"
                    | "was"
                    | "now"
                    | "still"
                    | "currently"
                    | "remains"
                    | "stable"
                    | "maintained"
                    | "kept"
                    | "mg"
                    | "inr"
                    | "ph"
                    | "hba1c"
                    | "lactate"
                    | "ratio"
                    | "dose"
            )
    });
    // `back by 10.31., not later`: a decimal has no stop of its own.
    let stopped = scene.word(at + 3) == "." && matches!(scene.word(at + 4), "," | ";" | ")" | ":");
    if stopped && (company.preposition || company.event)
        || company.done && x <= 31 && month.len() == 2 && x < 13 && closes(scene, at + 3)
    {
        return !company.score && !drugged;
    }
    let sent = full && x >= 13 && (company.event || company.preposition)
        || full && company.event && company.preposition
        || company.on && x >= 13 && y >= 1 && !month.starts_with('0') && month.len() == 1;
    !company.score && (!drugged || company.event) && sent && closes(scene, at + 3)
}

/// Whether the clause goes on with a function word or ends.
pub fn closes(scene: &Scene, at: usize) -> bool {
    scene.tokens.get(at).is_none_or(|t| {
        t.line
            || t.kind == Kind::Sign
            || t.opens
            || matches!(
                scene.word(at),
                "and"
                    | "at"
                    | "by"
                    | "with"
                    | "where"
                    | "when"
                    | "but"
                    | "after"
                    | "again"
                    | "because"
                    | "so"
                    | "then"
                    | "for"
                    | "via"
                    | "in"
                    | "he"
                    | "she"
                    | "they"
                    | "repeat"
                    | "repeated"
                    | "under"
                    | "as"
                    | "w"
            )
    })
}

/// `Apgar 5/7/9`, `doses of 4/8/16`, `at 2/6/12 h`: three numbers one after another that are no date.
pub fn triple(scene: &Scene, start: usize, end: usize, year: u32) -> bool {
    const COUNTED: &str = "apgar apgars score scores scored vas nrs dose doses adenosine power ogtt ratio";
    const TOLD: &str = "on since dob born dated date seen from until till by before after in admitted discharged birth d b \
                        lmp edd op due was done last";
    let piece = &scene.text[start..end];
    if piece.contains('-') || piece.split(['/', '.']).any(|part| part.starts_with('0')) {
        return false;
    }
    let at = scene.tokens.partition_point(|t| t.end <= start);
    let after = scene.tokens.partition_point(|t| t.start < end);
    let said = |list: &str| {
        (1..=3).take_while(|n| at >= *n).any(|n| list.split_whitespace().any(|word| word == scene.word(at - n)))
    };
    // A year long gone is a birth's or a history's, which the words before it tell.
    measured(scene, after) || said(COUNTED) || matches!(year, 0..=17) && !said(TOLD)
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn pairs_that_are_dates_and_pairs_that_are_not() {
        let found = |t: &str| check(t).findings.iter().any(|f| f.category == Category::Date);
        for text in [
            "Discharged 04/09 with a drain.",
            "She died 27/11 at home.",
            "Colonoscopy 8/22 was clear.",
            "Her next scan is 23/5.",
            "Seen in the clinic 3/17, and again 4/21.",
            "Reduction done on 6-10 and repeat 9-10.",
            "We offered 18-08, booked.",
            "He moves to the coast on 16.3 where there is no dialysis.",
            "Swabs sent by the practice 21.09.",
            "Date of injury 7/4",
            "He came in on friday 11/10 in pain",
            "cover ended as of 4/30",
            "Posted it to the lab on 3/12.",
            "Urine culture of 11/07 was clear",
            "The pump goes back by 11.30., to the desk",
            "Follow up 8/3 with bloods",
            "presented with poor vision on 2/9",
        ] {
            assert!(found(text), "{text}");
        }
        for text in [
            "the calcium score 7/16, mild MR",
            "EPDS 16/9 and a low mood",
            "Seen after 18/12 of tablets",
            "BiPAP 18/6 overnight",
            "PA 28/10 on the right heart study",
            "stays on 12.5 at night",
            "she was put on 17.5 weekly",
            "reviewed on 3-4 occasions",
            "cough for 14/7",
            "Apgar 5/8",
            "biopsy 3/16 glomeruli",
            "the right eye is 6/18.",
            "it was 6/5 each",
            "vision was 6/9 in the left",
            "Beighton 5/9 and hyperextensible skin",
            "needs 4-6 weeks",
            "INR was 2.11 on Friday",
        ] {
            assert!(!found(text), "{text}");
        }
    }
}
