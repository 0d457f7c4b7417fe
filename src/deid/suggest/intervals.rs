//! Dates become days of the case: the interval is kept and the calendar is not.
//!
//! The first date of a post, or that of the admission, is day 0. What follows within four weeks is counted from it;
//! what is further off is told from the date before it ("six weeks later"). A date that stands alone tells no interval:
//! its year is kept, or it is left vague.

use super::super::{Category, Finding, fold};
use super::calendar::{Order, Reading, days, order, read};
use super::sentence::{capital, opens};
use super::wording::{From, Wording, alone, is_still_to_come};

/// A date of the post.
pub struct Mention {
    part: usize,
    finding: usize,
    /// The words of the date, small and plain, without the preposition that was drawn in.
    pub piece: String,
    /// "on", "in" or "since", if that was drawn in: it changes with the date.
    pub lead: &'static str,
    /// Another preposition that the find holds: it stays.
    pub keeps: &'static str,
    pub reading: Reading,
    /// The day, once settled, and how many days it may be off.
    day: Option<(i64, i64)>,
}

/// The prepositions that are changed with their date.
const LEADS: [&str; 3] = ["on", "in", "since"];

/// Those that stay before whatever the date becomes.
const KEPT: [&str; 7] = ["until", "till", "from", "by", "before", "after", "for"];

/// Draws the preposition before each date into its finding.
pub fn draw_in(text: &str, findings: &mut [Finding]) {
    let mut floor = 0;
    for finding in findings {
        if finding.category == Category::Date {
            let word = word_before_date(text, finding.start);
            let from = finding.start.saturating_sub(word.len() + 1);
            if LEADS.iter().any(|lead| word.eq_ignore_ascii_case(lead)) && from >= floor {
                finding.start = from;
            }
        }
        floor = finding.end;
    }
}

pub fn word_before_date(text: &str, start: usize) -> &str {
    let Some(head) = text[..start].strip_suffix(' ') else { return "" };
    &head[head
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |i| i + head[i..].chars().next().map_or(1, char::len_utf8))..]
}

/// Settles what takes the place of every date of a post, in all its parts; `zero` is the day that a change before this
/// one called day 0. Returns the day that is day 0 now.
pub fn settle(parts: &mut [(&str, Vec<&mut Finding>)], zero: Option<i64>) -> Option<i64> {
    let mut mentions = Vec::new();
    for (part, (text, findings)) in parts.iter().enumerate() {
        for (finding, found) in findings.iter().enumerate().filter(|(_, found)| found.category == Category::Date) {
            mentions.push(mention(part, finding, &text[found.start..found.end]));
        }
    }
    if mentions.is_empty() {
        return zero;
    }
    let texts: Vec<&str> = parts.iter().map(|(text, _)| *text).collect();
    let birth: Vec<bool> = mentions.iter().map(|one| is_birth(texts[one.part], &parts[one.part].1, one)).collect();
    let seen: Vec<(Reading, &str)> = mentions.iter().map(|one| (one.reading, one.piece.as_str())).collect();
    let doubt = seen.iter().any(|(reading, _)| matches!(reading, Reading::Either { .. }));
    let told = if doubt { order(&texts, &seen) } else { Some(Order::DayFirst) };
    let plans: Vec<Vec<Option<(i64, i64)>>> = match told {
        Some(order) => vec![place(&mentions, &birth, order)],
        None => vec![place(&mentions, &birth, Order::DayFirst), place(&mentions, &birth, Order::MonthFirst)],
    };
    // Where both orders are open, a day stands only if both tell the same interval.
    let mut anchors = Vec::new();
    let mut wordings: Vec<Vec<Option<Wording>>> = Vec::new();
    for plan in &plans {
        for (mention, day) in mentions.iter_mut().zip(plan) {
            mention.day = *day;
        }
        let (anchor, wording) = word(&texts, parts, &mentions, zero);
        anchors.push(anchor);
        wordings.push(wording);
    }
    let agreed = |n: usize| wordings.iter().all(|all| all[n] == wordings[0][n]);
    let all_agree = (0..mentions.len()).all(agreed) && (plans.len() == 1 || anchors[0] == anchors[1] || zero.is_none());
    for (n, one) in mentions.iter().enumerate() {
        let (text, findings) = &mut parts[one.part];
        let found = &mut findings[one.finding];
        let words = match &wordings[0][n] {
            Some(wording) if all_agree => wording.say(text, found, one),
            _ => alone(text, found, one, birth[n]),
        };
        let words = if one.keeps.is_empty() { words } else { format!("{} {words}", one.keeps) };
        let opens = opens(text, found.start);
        let first = text[found.start..].chars().next().unwrap_or(' ');
        let big = opens && (first.is_uppercase() || first.is_ascii_digit() && !is_small(text));
        found.suggestion = Some(if big { capital(&words) } else { words });
    }
    // Without a settled order the day itself is not known, only how far apart the dates are.
    if all_agree && (plans.len() == 1 || anchors[0] == anchors[1]) { anchors[0] } else { zero }
}

/// Whether a text is written without capitals.
fn is_small(text: &str) -> bool {
    !text.chars().take(200).any(|c| c.is_ascii_uppercase())
}

fn mention(part: usize, finding: usize, words: &str) -> Mention {
    let folded = fold::fold(words).text.to_ascii_lowercase();
    let opens = |word: &&&str| folded.strip_prefix(**word).is_some_and(|rest| rest.starts_with(' '));
    let lead = LEADS.iter().find(opens).copied().unwrap_or("");
    let keeps = KEPT.iter().find(opens).copied().unwrap_or("");
    let piece = folded[lead.len() + keeps.len()..].trim_start().to_string();
    Mention { part, finding, lead, keeps, reading: read(&piece), piece, day: None }
}

/// A day of birth is nobody's day 0.
fn is_birth(text: &str, findings: &[&mut Finding], one: &Mention) -> bool {
    let start = findings[one.finding].start;
    let from = text[..start].char_indices().rev().nth(18).map_or(0, |(i, _)| i);
    let head = text[from..start].to_ascii_lowercase();
    ["dob", "d.o.b", "born", "birth", "b."].iter().any(|mark| head.trim_end_matches([' ', ':', '(']).ends_with(mark))
}

/// The days of all mentions, in one order of day and month. A date without a year is that nearest the one before.
fn place(mentions: &[Mention], birth: &[bool], order: Order) -> Vec<Option<(i64, i64)>> {
    let with_year = |one: &Mention, birth: bool| if birth { None } else { one.reading.year() };
    let first_year = mentions.iter().zip(birth).find_map(|(one, birth)| with_year(one, *birth)).unwrap_or(2000);
    let mut last: Option<i64> = None;
    mentions
        .iter()
        .zip(birth)
        .map(|(one, is_birth)| {
            if *is_birth {
                return None;
            }
            let (year, month, day, off) = match one.reading {
                Reading::Day { year, month, day } => (year, month, day, 0),
                Reading::Either { year, first, second } => match order {
                    Order::DayFirst => (year, second, first, 0),
                    Order::MonthFirst => (year, first, second, 0),
                },
                Reading::Month { year, month } => (year, month, 15, 15),
                Reading::OfMonth(day) => {
                    let last = last?;
                    let near = (-31..=31).map(|by| last + by).filter(|at| day_of_month(*at) == day);
                    let at = near.min_by_key(|at| if *at >= last { at - last } else { 20 + last - at })?;
                    return Some((at, 0));
                }
                Reading::Vague { .. } => return None,
            };
            let at = match (year, last) {
                (Some(year), _) => days(year, month, day),
                (None, None) => days(first_year, month, day),
                // From four months before to eight months after.
                (None, Some(last)) => (-1..=1)
                    .map(|by| days(first_year_of(last) + by, month, day))
                    .find(|at| (-120..=245).contains(&(at - last)))?,
            };
            last = Some(at);
            Some((at, off))
        })
        .collect()
}

fn first_year_of(day: i64) -> i64 {
    1970 + day.div_euclid(365) - i64::from(day.rem_euclid(365) < day.div_euclid(365) / 4)
}

fn day_of_month(day: i64) -> i64 {
    let year = first_year_of(day);
    (year - 1..=year + 1)
        .flat_map(|year| (1..=12).map(move |month| (year, month)))
        .map(|(year, month)| day - days(year, month, 1) + 1)
        .filter(|of| *of >= 1)
        .min()
        .unwrap_or(1)
}

/// The day that is day 0, and how each date is told from it.
fn word(
    texts: &[&str],
    parts: &[(&str, Vec<&mut Finding>)],
    mentions: &[Mention],
    zero: Option<i64>,
) -> (Option<i64>, Vec<Option<Wording>>) {
    let placed = mentions.iter().filter(|one| one.day.is_some()).count();
    if placed < 2 && zero.is_none() || zero.is_none() && texts.iter().any(|text| counts_already(text)) {
        return (None, vec![None; mentions.len()]);
    }
    // A day that is still to come is no day 0.
    let exact = |one: &&Mention| {
        let found = &parts[one.part].1[one.finding];
        one.day.is_some_and(|(_, off)| off == 0) && !is_still_to_come(texts[one.part], found.start)
    };
    let admission =
        mentions.iter().filter(exact).find(|one| is_admission(texts[one.part], parts[one.part].1[one.finding].start));
    let anchor =
        zero.or_else(|| admission.or_else(|| mentions.iter().find(exact)).and_then(|one| one.day).map(|(at, _)| at));
    if anchor.is_none() {
        return (None, vec![None; mentions.len()]);
    }
    let mut last: Option<(i64, i64)> = zero.map(|zero| (zero, 0));
    let mut wordings = Vec::new();
    let mut part = mentions.first().map_or(0, |one| one.part);
    for one in mentions {
        // Under another heading "later" would hang in the air: counted from day 0 again.
        if one.part != part {
            part = one.part;
            last = anchor.map(|anchor| (anchor, 0));
        }
        let Some((at, off)) = one.day else {
            wordings.push(None);
            continue;
        };
        let from_zero = anchor.map(|anchor| at - anchor);
        let wording = match (from_zero, last) {
            (Some(day @ 0..=28), _) if off == 0 => Some(Wording::Day(day)),
            (_, Some((before, blur))) => {
                let is_zero = (zero.is_some() || one.part > 0) && last == anchor.map(|anchor| (anchor, 0));
                let from = if is_zero { From::Zero } else { From::Last };
                Some(Wording::Apart { by: at - before, off: off + blur, from })
            }
            (Some(by), None) => {
                let from = if admission.is_some() { From::Admission } else { From::Zero };
                Some(Wording::Apart { by, off, from })
            }
            (None, None) => None,
        };
        last = Some((at, off));
        wordings.push(wording);
    }
    (anchor, wordings)
}

/// Whether the author counts days already, from a day that nobody else knows.
fn counts_already(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["day 0", "day zero", "d0 ", "day 1 "].iter().any(|words| lower.contains(words))
}

fn is_admission(text: &str, start: usize) -> bool {
    let from = text[..start].char_indices().rev().nth(34).map_or(0, |(i, _)| i);
    let head = text[from..start].to_ascii_lowercase();
    let clause = head.rsplit(['.', '\n', ';', ',']).next().unwrap_or(&head);
    ["admit", "admission", "presented", "arrived", "brought in", "came in", "landed"]
        .iter()
        .any(|word| clause.contains(word))
}
