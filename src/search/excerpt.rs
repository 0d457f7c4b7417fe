//! Which words of a text answer the question, and the stretch of it that shows them best.

use super::question::{Question, Unit};
use super::words::{Word, distance, is_stop_word, words};
use std::collections::HashMap;
use std::ops::Range;

/// Length of an excerpt, in bytes; it is cut between words.
const LONG: usize = 280;
/// What stands before the first marked word.
const LEAD: usize = 60;

/// The ranges of a text that answer the question; sorted, apart.
pub(super) fn marks(text: &str, question: &Question) -> Vec<Range<usize>> {
    ranges(&words(text), question)
}

fn ranges(words: &[Word], question: &Question) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> =
        question.units.iter().flat_map(|unit| of_unit(words, unit, question.exact)).collect();
    out.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(out.len());
    for range in out {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

fn of_unit(text: &[Word], unit: &Unit, exact: bool) -> Vec<Range<usize>> {
    if unit.quoted {
        return runs(text, &unit.words, |a, b| a.plain == b.plain);
    }
    if exact {
        return unit
            .words
            .iter()
            .flat_map(|word| runs(text, std::slice::from_ref(word), |a, b| a.plain == b.plain))
            .collect();
    }
    let same = |a: &Word, b: &Word| a.plain == b.plain || a.stem == b.stem;
    let mut out = runs(text, &unit.words, same);
    out.extend(unit.synonyms.iter().flat_map(|term| runs(text, &term.words, same)));
    if out.is_empty() {
        for word in unit.words.iter().filter(|word| !is_stop_word(&word.plain) || unit.words.len() == 1) {
            let mut found = runs(text, std::slice::from_ref(word), same);
            if found.is_empty() {
                found =
                    text.iter().filter(|other| nearly(word, other, unit.last)).map(|other| other.at.clone()).collect();
            }
            out.extend(found);
        }
    }
    out
}

fn nearly(typed: &Word, word: &Word, last: bool) -> bool {
    distance(&typed.plain, &word.plain).is_some()
        || last && typed.plain.chars().count() >= 2 && word.plain.starts_with(&typed.plain)
}

/// Where `wanted` stands in a row in `text`.
fn runs(text: &[Word], wanted: &[Word], same: impl Fn(&Word, &Word) -> bool) -> Vec<Range<usize>> {
    if wanted.is_empty() {
        return Vec::new();
    }
    text.windows(wanted.len())
        .filter(|window| window.iter().zip(wanted).all(|(a, b)| same(a, b)))
        .map(|window| window[0].at.start..window[wanted.len() - 1].at.end)
        .collect()
}

/// A stretch of a text and the marks within it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub text: String,
    pub marks: Vec<Range<usize>>,
}

/// The stretch of the text with most different marked words; its beginning when nothing is marked.
pub(super) fn excerpt(text: &str, question: &Question) -> Stretch {
    let words = words(text);
    let marks = ranges(&words, question);
    let best = marks
        .iter()
        .map(|mark| {
            let within =
                marks.iter().filter(|other| other.start >= mark.start && other.end <= mark.start + LONG - LEAD);
            let mut kinds: Vec<String> = within.map(|range| text[range.clone()].to_lowercase()).collect();
            kinds.sort();
            kinds.dedup();
            (kinds.len(), std::cmp::Reverse(mark.start))
        })
        .max()
        .map_or(0, |(_, std::cmp::Reverse(start))| start);
    let start = if best <= LEAD { 0 } else { word_start(&words, best - LEAD) };
    let end = words.iter().rev().find(|word| word.at.end <= start + LONG).map_or(0, |word| word.at.end);
    let cut = words.last().is_some_and(|word| word.at.end > end);
    let end = if cut || end == 0 { end.max(boundary(text, (start + 1).min(text.len()))) } else { text.len() };
    let mut out = String::new();
    if start > 0 {
        out.push_str("… ");
    }
    let shift = out.len();
    out.extend(text[start..end].chars().map(|c| if c == '\n' { ' ' } else { c }));
    let marks = marks
        .into_iter()
        .filter(|mark| mark.start >= start && mark.end <= end)
        .map(|mark| mark.start - start + shift..mark.end - start + shift)
        .collect();
    if cut {
        out.push_str(" …");
    }
    Stretch { text: out, marks }
}

fn word_start(words: &[Word], at: usize) -> usize {
    words.iter().find(|word| word.at.start >= at).map_or(0, |word| word.at.start)
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// What the question would be with its misspelt words as the texts that were found write them; `None` when every word
/// stands in some of them as typed.
pub(super) fn corrected(typed: &str, question: &Question, texts: &[String]) -> Option<String> {
    if question.exact || texts.is_empty() {
        return None;
    }
    let all: Vec<Vec<Word>> = texts.iter().map(|text| words(text)).collect();
    let mut out = typed.trim().to_owned();
    let mut changed = false;
    for unit in question.units.iter().filter(|unit| !unit.quoted && unit.words.len() == 1 && unit.synonyms.is_empty()) {
        let word = &unit.words[0];
        if all.iter().flatten().any(|other| other.stem == word.stem || other.plain.starts_with(&word.plain)) {
            continue;
        }
        let mut near: HashMap<&str, usize> = HashMap::new();
        for other in all.iter().flatten().filter(|other| distance(&word.plain, &other.plain).is_some()) {
            *near.entry(&other.plain).or_default() += 1;
        }
        let nearest = near
            .into_iter()
            .min_by_key(|&(other, count)| (distance(&word.plain, other), std::cmp::Reverse(count), other));
        if let Some((meant, _)) = nearest {
            out = out.replacen(&unit.text, meant, 1);
            changed = true;
        }
    }
    changed.then_some(out)
}
