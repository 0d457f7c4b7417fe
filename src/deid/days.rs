//! Whether what looks like a date is one: whole dates first, then the looser forms.

use super::cited::{citation, professional};
use super::contact::{after_word, before_word};
use super::dates::{number, push};
use super::moments::{everybodys, led, told, told_after, told_alone};
use super::{Hit, Scene, Severity};

/// A date of two or three parts.
pub fn full(scene: &Scene, index: usize, found: &regex::Captures, hits: &mut Vec<Hit>) {
    let Some(whole) = found.get(0) else { return };
    let text = scene.text;
    let (start, mut end) = (whole.start(), whole.end());
    while text.as_bytes()[end - 1].is_ascii_whitespace() || b".,".contains(&text.as_bytes()[end - 1]) {
        end -= 1;
    }
    match index {
        0 => {
            let same = |a: usize, b: usize| found.get(a).map(|m| m.as_str()) == found.get(b).map(|m| m.as_str());
            let (a, b, year, text_year) = if found.get(1).is_some() {
                (number(found, 1), number(found, 3), number(found, 5), found.get(5).map_or("", |m| m.as_str()))
            } else {
                (number(found, 10), number(found, 8), number(found, 6), found.get(6).map_or("", |m| m.as_str()))
            };
            let day_month =
                (1..=31).contains(&a) && (1..=12).contains(&b) || (1..=12).contains(&a) && (1..=31).contains(&b);
            let long = text_year.len() == 4;
            let dotted = found.get(2).is_some_and(|m| m.as_str() == ".");
            let before = before_word(text, start);
            let clean = !text[..start].ends_with(['/', '.', '-', ',', '+']) && !text[end..].starts_with(['/', '%']);
            if same(2, 4)
                && same(7, 9)
                && !(found.get(1).is_some() && !long && super::pairs::triple(scene, start, end, year))
                && day_month
                && clean
                && (if long { (1900..2100).contains(&year) } else { true })
                && !(dotted && !long && (matches!(before, "v" | "version" | "section" | "release" | "IP") || a == 0))
                && !citation(scene, start, end)
            {
                push(hits, start, end, Severity::Block, "date");
            }
        }
        1 => {
            let day = number(found, 1);
            let month = found.get(2).map_or("", |m| m.as_str());
            let gap = &text[found.get(1).map_or(start, |m| m.end())..found.get(2).map_or(end, |m| m.start())];
            let led = matches!(
                before_word(text, start),
                "due"
                    | "on"
                    | "since"
                    | "dob"
                    | "born"
                    | "edd"
                    | "lmp"
                    | "until"
                    | "till"
                    | "from"
                    | "before"
                    | "after"
                    | "by"
            ) && !matches!(
                after_word(text, end),
                "be" | "have" | "not" | "need" | "help" | "also" | "well" | "cause"
            );
            let word = matches!(month, "may" | "mar" | "dec" | "march") && gap == " " && !led;
            let word = word && !told(scene, start, end, month);
            // `2/3 Jan`
            let nights = text[..start].ends_with('/')
                && text[..start - 1].ends_with(|c: char| c.is_ascii_digit())
                && matches!(
                    text[..start - 1].trim_end_matches(|c: char| c.is_ascii_digit()).bytes().next_back(),
                    Some(b' ')
                );
            if (1..=31).contains(&day)
                && !word
                && !(month == "MAR" || month == "DEC") | gap.contains('-')
                && (nights || !text[..start].ends_with(['.', '/', '-', '+']))
                && !citation(scene, start, end)
                && !professional(scene, start, end)
                && !everybodys(scene, end)
            {
                push(hits, start, end, Severity::Block, "day-month");
            }
        }
        2 => {
            let month = found.get(1).map_or("", |m| m.as_str());
            let day = number(found, 2);
            let ordinal = found.get(3).is_some();
            let next = text[end..].bytes().next().unwrap_or(b' ');
            let unit = after_word(text, end).to_ascii_lowercase();
            let quantity = next == b'%'
                || next == b'/'
                || next == b'.' && text[end + 1..].starts_with(|c: char| c.is_ascii_digit())
                || matches!(
                    unit.as_str(),
                    "mg" | "ml" | "kg" | "mcg" | "patients" | "cases" | "g" | "weeks" | "days" | "hours" | "mm" | "cm"
                );
            let capital = month.starts_with(|c: char| c.is_ascii_uppercase());
            if (1..=31).contains(&day)
                && !quantity
                && (capital
                    || ordinal
                    || !matches!(month, "may" | "mar" | "march" | "dec" | "oct" | "sep" | "jan")
                    || told_after(scene, start, end, month))
                && !(month == "MAR" || month == "OCT" || month == "DEC")
                && !citation(scene, start, end)
            {
                push(hits, start, end, Severity::Block, "month-day");
            }
        }
        _ => {
            let month = found.get(1).map_or("", |m| m.as_str());
            if !matches!(month, "may" | "mar" | "MAR" | "OCT" | "DEC") && !citation(scene, start, end) {
                // A month of a year that nothing ties to the case is as often a publication's: the author is asked.
                let tied = matches!(
                    before_word(text, start).to_ascii_lowercase().as_str(),
                    "in" | "since"
                        | "from"
                        | "until"
                        | "till"
                        | "by"
                        | "during"
                        | "of"
                        | "early"
                        | "mid"
                        | "late"
                        | "last"
                        | "before"
                        | "after"
                        | "on"
                        | "to"
                        | "around"
                        | "born"
                        | "dob"
                        | "diagnosed"
                        | "admitted"
                        | "discharged"
                        | "died"
                        | "delivered"
                        | "seen"
                        | "due"
                        | "transplanted"
                        | "started"
                        | "stopped"
                );
                let severity = if tied { Severity::Block } else { Severity::Confirm };
                push(hits, start, end, severity, "month-year");
            }
        }
    }
}

/// A holiday by itself.
pub fn free(scene: &Scene, start: usize, end: usize, hits: &mut Vec<Hit>) {
    let text = scene.text;
    let whole = &text[start..end];
    let lower = whole.to_ascii_lowercase();
    let before = before_word(text, start).to_ascii_lowercase();
    let bare = whole == "EID"
        || matches!(
            lower.as_str(),
            "rakhi"
                | "holi"
                | "national day"
                | "epiphany"
                | "cny"
                | "pentecost"
                | "purim"
                | "passover"
                | "navami"
                | "undas"
                | "onam"
                | "vishu"
        );
    let capital = whole.starts_with(|c: char| c.is_ascii_uppercase());
    // Anybody's bank holiday: `who is on at a bank holiday`.
    let general = lower.starts_with("bank hol")
        && (lower == "bank hol" && !matches!(before.as_str(), "the" | "last" | "over" | "since" | "this")
            || lower.len() == 12 && !matches!(before.as_str(), "on" | "the" | "last" | "over" | "since" | "this")
            || matches!(before.as_str(), "a" | "any" | "every" | "each"))
        || super::feasts::general(scene, end);
    if !general
        && whole != "EID"
        && !(bare && !capital && !led(scene, start))
        && !everybodys(scene, end)
        && !professional(scene, start, end)
        && !matches!(before.as_str(), "every" | "each" | "any" | "father")
        && !citation(scene, start, end)
    {
        let severity = if lower.contains("day") || lower.contains("eve") || lower.len() > 9 {
            Severity::Block
        } else {
            Severity::Confirm
        };
        push(hits, start, end, severity, "holiday");
    }
}

/// A day, a month by itself.
pub fn loose(scene: &Scene, index: usize, found: &regex::Captures, hits: &mut Vec<Hit>) {
    let Some(whole) = found.get(0) else { return };
    let text = scene.text;
    match index {
        0 | 1 => {
            let start = whole.start();
            let lead = whole.as_str().to_ascii_lowercase();
            let day = number(found, 1);
            let weekday = lead.contains("day");
            let preposition = ["on ", "since ", "by ", "until ", "till ", "from ", "before ", "after "]
                .iter()
                .any(|p| lead.starts_with(p))
                || matches!(
                    before_word(text, start),
                    "on" | "since"
                        | "by"
                        | "until"
                        | "till"
                        | "from"
                        | "before"
                        | "admitted"
                        | "discharged"
                        | "seen"
                        | "for"
                        | "dated"
                        | "due"
                        | "of"
                )
                || before_word(text, start) == "to" && super::moments::moved(scene, start);
            let next = after_word(text, whole.end()).to_ascii_lowercase();
            let sign = text[whole.end()..].trim_start_matches(' ').bytes().next().unwrap_or(b'.');
            let noun = next.len() > 2
                && !b".,;:)!?\n-/".contains(&sign)
                && !matches!(
                    next.as_str(),
                    "and"
                        | "with"
                        | "when"
                        | "for"
                        | "but"
                        | "after"
                        | "before"
                        | "the"
                        | "she"
                        | "they"
                        | "his"
                        | "her"
                        | "was"
                        | "because"
                        | "then"
                        | "where"
                        | "who"
                        | "via"
                        | "from"
                        | "following"
                        | "during"
                        | "only"
                        | "still"
                        | "unless"
                        | "please"
                        | "onwards"
                        | "instead"
                );
            if (1..=31).contains(&day)
                && (weekday || preposition && !noun)
                && !matches!(
                    next.as_str(),
                    "week"
                        | "day"
                        | "dose"
                        | "rib"
                        | "nerve"
                        | "centile"
                        | "percentile"
                        | "cycle"
                        | "time"
                        | "floor"
                        | "century"
                        | "edition"
                        | "line"
                )
            {
                let trimmed = whole.as_str().len() - whole.as_str().trim_start_matches("on ").len();
                push(hits, start + trimmed, whole.end(), Severity::Block, "day-of-month");
            }
        }
        2 => {
            let Some(month) = found.get(1) else { return };
            let word = month.as_str();
            let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
            let next = after_word(text, month.end());
            let upper = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
            let possessive = text[month.end()..].starts_with("'s");
            let continued = text[month.end()..].starts_with('-')
                || next.starts_with(|c: char| c.is_ascii_uppercase()) && text[month.end()..].starts_with(' ');
            if !upper
                && !possessive
                && !continued
                && (capital
                    || !matches!(
                        word,
                        "may" | "march" | "mar" | "dec" | "jan" | "oct" | "sep" | "safar" | "rajab" | "kartik" | "apr"
                    )
                    || told_alone(scene, whole.start(), month.start(), month.end()))
                && !text[..whole.start()].ends_with('-')
                && !everybodys(scene, month.end())
                && !matches!(next, "guideline" | "guidance" | "update" | "issue" | "edition" | "intake")
                && !citation(scene, month.start(), month.end())
                && !professional(scene, month.start(), month.end())
                && !whole.as_str().starts_with("to ") | capital
                && !(next.is_empty()
                    && matches!(word, "May" | "April" | "June" | "August")
                    && whole.as_str().starts_with("to"))
            {
                let lead = text[whole.start()..month.start()].to_ascii_lowercase();
                let ending = lead.trim_end() == "end";
                let start = ["early", "mid", "late"]
                    .iter()
                    .find_map(|w| lead.find(w))
                    .map_or(if ending { whole.start() } else { month.start() }, |i| whole.start() + i);
                push(hits, start, month.end(), Severity::Confirm, "month");
            }
        }
        _ => {
            if !citation(scene, whole.start(), whole.end()) {
                push(hits, whole.start(), whole.end(), Severity::Block, "date-compact");
            }
        }
    }
}
