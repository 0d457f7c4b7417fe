//! The words for a date: a day of the case, a span of time, a year, or no more than that it was.

use super::super::Finding;
use super::intervals::{Mention, word_before_date};
use super::sentence::*;

/// How a date is told among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// Counted from day 0.
    Day(i64),
    /// A distance from the date before, or from day 0 where none is before: days, exact or not, and from what.
    Apart { by: i64, off: i64, from: From },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    Last,
    Zero,
    Admission,
}

impl Mention {
    /// The word that stands, or stays, before the date.
    fn before(&self, text: &str, found: &Finding) -> String {
        if self.keeps.is_empty() {
            word_before_date(text, found.start).to_ascii_lowercase()
        } else {
            self.keeps.to_string()
        }
    }
}

impl Wording {
    pub fn say(&self, text: &str, found: &Finding, one: &Mention) -> String {
        let word = one.before(text, found);
        match *self {
            Wording::Day(day) => {
                let lead = match one.lead {
                    "since" => "since ",
                    "on" | "in" => "on ",
                    _ if is_event(&word) => "on ",
                    _ => "",
                };
                format!("{lead}day {day}")
            }
            Wording::Apart { by, off, from } => apart(by, off, from, one.lead, &word),
        }
    }
}

fn apart(by: i64, off: i64, from: From, lead: &str, word: &str) -> String {
    let until = lead == "since"
        || matches!(word, "from" | "until" | "till" | "by" | "before" | "after" | "to" | "and" | "for" | "due");
    if by == 0 || off > 0 && by.abs() < 15 {
        let same = if off > 0 { "around that time" } else { "that same day" };
        return match (until, lead) {
            (true, "since") => "since then".into(),
            (true, _) => "then".into(),
            _ => same.into(),
        };
    }
    let long = span(by.abs(), off);
    let later = by > 0;
    let side = match (from, later) {
        (From::Last, true) => "later".to_string(),
        (From::Last, false) => "earlier".to_string(),
        (From::Zero, true) => "after day 0".into(),
        (From::Zero, false) => "before day 0".into(),
        (From::Admission, true) => "after admission".into(),
        (From::Admission, false) => "before admission".into(),
    };
    if lead == "since" && !later && from != From::Last {
        return format!("since {long} {side}");
    }
    if lead == "since" {
        return format!("since {long} {side}");
    }
    if by == 1 && from == From::Last && !until {
        return "the next day".into();
    }
    if by == -1 && from == From::Last && !until {
        return "the day before".into();
    }
    format!("{long} {side}")
}

/// A span of days in words, as fine as it is needed.
fn span(days: i64, off: i64) -> String {
    let count = |n: i64, unit: &str| match n {
        1 => format!("{} {unit}", if unit == "hour" { "an" } else { "a" }),
        n => format!("{} {unit}s", number(n)),
    };
    let round = |unit: f64| (days as f64 / unit).round() as i64;
    if off == 0 && days % 7 == 0 && days <= 84 {
        return count(days / 7, "week");
    }
    if off == 0 && days <= 28 {
        return count(days, "day");
    }
    if off == 0 && days <= 84 {
        return format!("about {}", count(round(7.0), "week"));
    }
    if days <= 700 {
        return format!("about {}", count(round(30.44).max(1), "month"));
    }
    format!("about {}", count(round(365.25), "year"))
}

/// A word after which a date tells when: "admitted 12 March".
fn is_event(word: &str) -> bool {
    word.len() > 3 && (word.ends_with("ed") || word.ends_with("en"))
        || matches!(
            word,
            "seen"
                | "died"
                | "born"
                | "here"
                | "began"
                | "done"
                | "fell"
                | "came"
                | "went"
                | "again"
                | "started"
                | "home"
        )
}

/// The clause before a place, in small letters.
fn clause_before_date(text: &str, start: usize) -> String {
    let from = text[..start].char_indices().rev().nth(40).map_or(0, |(i, _)| i);
    let head = text[from..start].to_ascii_lowercase();
    head.rsplit(['.', '\n', ';', '?', '!']).next().unwrap_or(&head).to_string()
}

pub fn is_still_to_come(text: &str, start: usize) -> bool {
    is_to_come(&word_before_date(text, start).to_ascii_lowercase(), &clause_before_date(text, start))
}

/// Whether what a date tells is still to come.
fn is_to_come(word: &str, clause: &str) -> bool {
    matches!(word, "by" | "until" | "till" | "for" | "due" | "next" | "before")
        || [
            "due",
            "next",
            "booked",
            "set for",
            "planned",
            "review",
            "appt",
            "appointment",
            "coming",
            "reopens",
            "panel",
            "will ",
            "'ll ",
            "wants",
            "opening",
            "turns",
        ]
        .iter()
        .any(|mark| clause.contains(mark))
}

/// A date with no other to count from: its year, or no more than that it was.
pub fn alone(text: &str, found: &Finding, one: &Mention, birth: bool) -> String {
    let word = one.before(text, found);
    if let Some(year) = one.reading.year() {
        return match one.lead {
            _ if birth && year < 1940 => "before 1940".into(),
            "on" | "in" => format!("in {year}"),
            "since" => format!("since {year}"),
            _ if is_event(&word) => format!("in {year}"),
            _ => year.to_string(),
        };
    }
    if birth {
        return "[date removed]".into();
    }
    let clause = clause_before_date(text, found.start);
    let to_come = is_to_come(&word, &clause);
    if found.rule == "holiday" || found.rule == "occasion" {
        return holiday(one, &word);
    }
    if one.lead == "since" {
        return "for a while".into();
    }
    match (word.as_str(), to_come) {
        ("from", _) => "then on".into(),
        ("after" | "post" | "before" | "around" | "of" | "to" | "during", _) => "that time".into(),
        ("the" | "a" | "that" | "this" | "coming" | "last" | "next", _) => "date".into(),
        ("by" | "until" | "till" | "for" | "dated", _) => "a set date".into(),
        (_, true) => "soon".into(),
        _ => "recently".into(),
    }
}

/// A holiday is told as one, without its name.
fn holiday(one: &Mention, word: &str) -> String {
    let weekend = one.piece.ends_with("weekend");
    let what = if weekend {
        "holiday weekend"
    } else if one.piece.ends_with("week") {
        "holiday week"
    } else {
        "holiday"
    };
    match one.lead {
        "since" => format!("since a {what}"),
        "on" | "in" => format!("around a {what}"),
        _ if is_determiner(word) || matches!(word, "last" | "next" | "second") => what.into(),
        _ if word == "at" => format!("{what} time"),
        _ if is_preposition(word)
            || matches!(word, "post" | "pre" | "after" | "before" | "until" | "till" | "this") =>
        {
            format!("a {what}")
        }
        _ if matches!(word, "was" | "is" | "s" | "were") => format!("a {what}"),
        _ => format!("around a {what}"),
    }
}
