//! Numbers written with spaces where nobody else puts them: `07700 900 1 23`, `800101 5009 08 7`.
//!
//! Only all groups together tell what such a number is: how many digits, what they begin with, who rang on it.

use super::references::near_reference;
use super::token::{Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    let mut at = 0;
    while at < tokens.len() {
        let end = groups(scene, at);
        if end < at + 2 {
            at += 1;
            continue;
        }
        let numbers: Vec<&str> =
            tokens[at..end].iter().filter(|t| t.kind == Kind::Number).map(|t| &scene.text[t.start..t.end]).collect();
        if let Some((category, rule)) = kind(scene, at, end, &numbers) {
            hits.push(Hit {
                start: tokens[at].start,
                end: tokens[end - 1].end,
                category,
                severity: Severity::Block,
                rule,
            });
        }
        at = end;
    }
}

/// The end of a run of groups of digits with single spaces or hyphens between.
fn groups(scene: &Scene, at: usize) -> usize {
    let number = |i: usize| scene.tokens.get(i).is_some_and(|t: &Token| t.kind == Kind::Number && t.len() <= 11);
    let single =
        |i: usize| scene.tokens.get(i).is_some_and(|t| scene.tokens[i - 1].end + usize::from(t.spaced) == t.start);
    if !number(at) {
        return at;
    }
    let mut end = at + 1;
    while end < at + 14 {
        let hyphen = scene.tokens.get(end).is_some_and(|t| scene.text.as_bytes()[t.start] == b'-' && !t.spaced);
        let next = end + usize::from(hyphen);
        let fits =
            number(next) && single(next) && scene.tokens.get(next).is_some_and(|t| !t.line && (t.spaced != hyphen));
        if !fits {
            break;
        }
        end = next + 1;
    }
    end
}

fn kind(scene: &Scene, at: usize, end: usize, numbers: &[&str]) -> Option<(Category, &'static str)> {
    let text = scene.text;
    let (from, to) = (scene.tokens[at].start, scene.tokens[end - 1].end);
    let digits: String = numbers.concat();
    let after = super::contact::after_word(text, to);
    let cut = text[to..].starts_with(['%', '/', ':'])
        || text[to..].strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || text[..from].ends_with(['.', '/', ':', '+', '#', '$', '<', '>', '-', '(']) && !text[..from].ends_with(": ")
        || matches!(after, "mg" | "ml" | "mL" | "mmol" | "units" | "mmHg" | "weeks" | "days" | "cells" | "copies");
    if cut || near_reference(text, from) {
        return None;
    }
    let part = |a: usize, b: usize| digits.get(a..b).and_then(|d| d.parse::<u32>().ok()).unwrap_or(0);
    // A date, then a citizen or a resident, then 8 or 9.
    if digits.len() == 13
        && numbers[0].len() >= 6
        && (1..=12).contains(&part(2, 4))
        && (1..=31).contains(&part(4, 6))
        && matches!(&digits[10..12], "08" | "18" | "09" | "19")
    {
        return Some((Category::NationalId, "south-african-id"));
    }
    if numbers.len() < 2 || numbers.len() > 7 {
        return None;
    }
    if digits.starts_with('0') && (3..=6).contains(&numbers[0].len()) && (9..=12).contains(&digits.len()) {
        return Some((Category::Phone, "phone-national"));
    }
    if (8..=12).contains(&digits.len()) && numbers.iter().any(|n| n.len() > 2) && rung(scene, from) {
        return Some((Category::Phone, "phone-labelled"));
    }
    None
}

/// Whether somebody is rung, or a number is given, in the words before.
fn rung(scene: &Scene, from: usize) -> bool {
    let mut start = from.saturating_sub(36);
    while !scene.lower.is_char_boundary(start) {
        start += 1;
    }
    let words = &scene.lower[start..from];
    let words = words.rfind(['.', '\n', ';']).map_or(words, |i| &words[i + 1..]);
    words.split(|c: char| !c.is_ascii_alphabetic()).any(|word| {
        matches!(
            word,
            "fax"
                | "faxed"
                | "phone"
                | "phoned"
                | "ring"
                | "rang"
                | "rings"
                | "call"
                | "called"
                | "calls"
                | "text"
                | "texted"
                | "texts"
                | "whatsapp"
                | "whatsapped"
                | "mobile"
                | "cell"
                | "tel"
                | "telephone"
                | "landline"
                | "hotline"
                | "desk"
                | "contact"
                | "reach"
                | "dial"
                | "dialled"
                | "sms"
                | "viber"
                | "number"
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    fn has(text: &str, category: Category) -> bool {
        check(text).findings.iter().any(|f| f.category == category)
    }

    #[test]
    fn numbers_by_all_their_groups() {
        for (text, category) in [
            ("she rings me on 07700 900 1 23 at night", Category::Phone),
            ("only the uncle 0713 55 0 1 92 picks up", Category::Phone),
            ("the fax went to 604 555 0 1 33 instead", Category::Phone),
            ("call the desk 6555 01 92 first", Category::Phone),
            ("his book says 800101 5009 08 7 but", Category::NationalId),
        ] {
            assert!(has(text, category), "{text}");
        }
        for text in [
            "the line gave 120 118 116 110 in turn",
            "doses of 50 100 150 200 over four weeks",
            "counts of 1200 1400 1600 cells",
            "called at 10 20 30 min after",
            "platelets 45 60 88 102",
            "contact tracing found 12 34 56 78 cases",
        ] {
            assert!(check(text).findings.is_empty(), "{text} {:?}", check(text).findings);
        }
    }
}
