//! Two numbers that may be a day and a month: `19/08`, `colonoscopy 8/22`, `done on 6-10`, `moves on 16.3`.
//!
//! Most pairs of numbers in clinical talk are no dates: durations (`3/7`, `6/12`), scores out of something (`14/15`),
//! pressures, eyesight, ranges, decimals. So a pair needs company: a date's label, an event, a preposition of time.
//! A leading zero helps much, since no fraction has one.

use std::sync::LazyLock;

use super::dates::push;
use super::lexicon::{DEED, DOCTOR, HUMAN, STAFF, TITLE, Words};
use super::token::{Case, Kind};
use super::{Hit, Scene, Severity};

static LABELS: LazyLock<Words<&str>> = LazyLock::new(|| words("label"));
static EVENTS: LazyLock<Words<&str>> = LazyLock::new(|| words("event"));
static SCORES: LazyLock<Words<&str>> = LazyLock::new(|| words("score"));
static UNITS: LazyLock<Words<&str>> = LazyLock::new(|| words("unit"));
static STATIC: LazyLock<Words<&str>> = LazyLock::new(|| words("static"));

/// A part of the list of events.
pub fn words(kind: &str) -> Words<&'static str> {
    include_str!("lists/events.txt")
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| *name == kind)
        .flat_map(|(_, words)| words.split_whitespace())
        .collect()
}

/// What stands before a pair of numbers.
#[derive(Clone, Copy, Debug, Default)]
struct Company {
    label: bool,
    /// An event, and whether it is the word straight before.
    event: bool,
    beside: bool,
    /// `on`, `since` and their like straight before.
    preposition: bool,
    /// `on` straight before.
    on: bool,
    /// A score, a pressure, a dose.
    score: bool,
    /// A capital word or a comma straight before.
    set_off: bool,
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
        push(hits, a.start, b.end, Severity::Confirm, "day-slash-month");
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
                    || bytes[t.start] == b'.' && tokens.get(at + 4).is_none_or(|n| n.spaced || n.line))
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
    UNITS.contains(scene.word(at))
}

fn company(scene: &Scene, at: usize) -> Company {
    let tokens = scene.tokens;
    let mut company = Company::default();
    let mut fillers = 0;
    for n in 1..=7 {
        let Some(i) = at.checked_sub(n) else { break };
        let (token, word) = (&tokens[i], scene.word(i));
        if token.kind == Kind::Sign {
            let sign = scene.text.as_bytes()[token.start];
            company.set_off |= n == 1 && b",(:".contains(&sign);
            // `f/u`, `x-ray`: the sign inside a word is no end.
            let title = sign == b'.' && i > 0 && tokens[i - 1].is(DOCTOR | TITLE);
            if !title && !b",(:/-\"'&".contains(&sign) {
                break;
            }
            continue;
        }
        if token.kind != Kind::Word {
            break;
        }
        let acronym = token.case == Case::Upper && !token.shouted;
        if n > 1 && matches!(word, "of" | "or" | "to" | "no" | "house" | "shop" | "out") {
            fillers += 1;
        } else if LABELS.contains(word) {
            company.label = true;
            break;
        } else if SCORES.contains(word) || acronym && n == 1 && !EVENTS.contains(word) && !token.is(STAFF) {
            company.score = true;
            break;
        } else if EVENTS.contains(word) || ended(word) || n <= 2 && token.is(DEED | HUMAN) && token.case == Case::Lower
        {
            company.event = true;
            company.beside |= n == 1 || fillers + 1 == n;
            break;
        }
        if n == 1 {
            company.set_off |= token.case == Case::Capital && !token.opens;
            company.on = word == "on";
            company.preposition = matches!(
                word,
                "on" | "since"
                    | "by"
                    | "until"
                    | "till"
                    | "til"
                    | "from"
                    | "before"
                    | "after"
                    | "due"
                    | "for"
                    | "around"
            );
        }
        fillers +=
            usize::from(matches!(word, "on" | "is" | "was" | "for" | "the" | "till" | "until" | "since" | "from"));
        // The sentence began here.
        let titled = i > 1 && scene.word(i - 1) == "." && tokens[i - 2].is(DOCTOR | TITLE);
        if token.opens && !titled {
            company.event |= n == 1 && company.on;
            break;
        }
    }
    company
}

/// `reviewed`, `scanned`: something was done; but not `scored`, `reduced`.
fn ended(word: &str) -> bool {
    const DONE: [&str; 10] =
        ["ectomy", "otomy", "ostomy", "plasty", "scopy", "graphy", "desis", "pexy", "centesis", "gram"];
    word.len() > 7 && DONE.iter().any(|ending| word.ends_with(ending))
        || word.len() > 4 && word.ends_with("ed") && !STATIC.contains(word)
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
    let sent = full && x >= 13 && (company.event || company.preposition)
        || full && company.event && company.preposition
        || company.on && x >= 13 && y >= 1 && !month.starts_with('0') && month.len() == 1;
    !company.score && (!drugged || company.event) && sent && closes(scene, at + 3)
}

/// Whether the clause goes on with a function word or ends.
fn closes(scene: &Scene, at: usize) -> bool {
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
    use crate::deid::{Category, check};

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
            "Beighton 5/9 and hyperextensible skin",
            "needs 4-6 weeks",
            "INR was 2.11 on Friday",
        ] {
            assert!(!found(text), "{text}");
        }
    }
}
