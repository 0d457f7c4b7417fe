//! Words that may be unprofessional: a list with contexts, each hit explained by its rule. It decides nothing: what it
//! finds is put before a moderator by a follower.
//!
//! A word alone is nearly never enough: an insult counts beside a person it can be meant for, a group beside contempt,
//! drink beside a duty of one's own. What is quoted does not count, nor what one says of oneself, nor clinical senses.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Every list by its name.
static LISTS: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut lists: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let lines = include_str!("language.tsv").lines().filter(|line| !line.starts_with('#'));
    for (list, words) in lines.filter_map(|line| line.split_once('\t')) {
        lists.entry(list).or_default().insert(words);
    }
    lists
});

/// Whether a list has a word.
fn is(list: &str, word: &str) -> bool {
    LISTS.get(list).is_some_and(|words| words.contains(word))
}

/// The list's own copy of a word.
fn entry(list: &str, word: &str) -> Option<&'static str> {
    LISTS.get(list)?.get(word).copied()
}

/// What a hit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    Derogatory,
    Discriminatory,
    Harassing,
    /// Intoxicated on duty.
    Intoxicated,
    Sexual,
}

impl Tone {
    pub fn code(self) -> &'static str {
        match self {
            Tone::Derogatory => "derogatory",
            Tone::Discriminatory => "discriminatory",
            Tone::Harassing => "harassing",
            Tone::Intoxicated => "intoxicated",
            Tone::Sexual => "sexual",
        }
    }

    /// Why it was found.
    pub fn words(self) -> &'static str {
        match self {
            Tone::Derogatory => "a word of contempt beside a patient or a colleague",
            Tone::Discriminatory => "contempt for a group of people",
            Tone::Harassing => "an attack on the reader or a threat",
            Tone::Intoxicated => "drink or drugs beside a duty",
            Tone::Sexual => "a patient or colleague seen sexually",
        }
    }
}

/// Something that was found: what, by which entry of the list, and where its sentence stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub tone: Tone,
    pub rule: &'static str,
    pub sentence: Range<usize>,
}

/// What a text holds, in the order of its sentences; the same entry once a sentence.
pub fn look(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for sentence in sentences(text) {
        let tokens = tokens(&text[sentence.clone()]);
        let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let line = format!(" {} ", words.join(" "));
        for (tone, rule) in of_sentence(&words, &line) {
            hits.push(Hit { tone, rule, sentence: sentence.clone() });
        }
    }
    hits
}

fn of_sentence(words: &[&str], line: &str) -> Vec<(Tone, &'static str)> {
    let has = |phrase: &str| line.contains(&format!(" {phrase} "));
    let any = |list: &str| LISTS.get(list)?.iter().copied().find(|phrase| has(phrase));
    let is_reported = words.iter().any(|word| is("reported", word));
    let mut hits = Vec::new();
    let mut add = |tone, rule: Option<&'static str>| {
        if let Some(rule) = rule {
            hits.push((tone, rule));
        }
    };
    if !is_reported {
        add(Tone::Harassing, any("harassment").or_else(|| attack(words)));
        add(Tone::Discriminatory, any("discrimination").or_else(|| scorned(words)));
        add(Tone::Derogatory, any("contempt").filter(|_| !is_about_oneself(words)).or_else(|| insult(words)));
    }
    add(Tone::Sexual, any("sexual").filter(|_| !is_reported));
    let on_duty = any("duty").is_some() && words.iter().any(|word| is("staff", word));
    let is_patients =
        words.iter().any(|word| matches!(*word, "patient" | "patients" | "brought" | "presented" | "driver"));
    add(
        Tone::Intoxicated,
        any("intoxication").filter(|_| on_duty && (!is_patients || has("saw patients") || has("seeing patients"))),
    );
    hits
}

/// "you are an idiot"
fn attack(words: &[&str]) -> Option<&'static str> {
    words.iter().enumerate().find_map(|(at, word)| {
        let rule = insult_at(words, at)?;
        let before = &words[at.saturating_sub(4)..at];
        let meant =
            before.contains(&"you") || before.contains(&"your") && words.get(at.wrapping_sub(1)) == Some(&"your");
        // These are said of things too: only "you are …" makes them an attack.
        let is_vague = ["cow", "thick", "lazy", "pathetic"].contains(word);
        let is_said = before.iter().any(|one| matches!(*one, "are" | "re"));
        (meant && (is_said || !is_vague)).then_some(rule)
    })
}

/// A group and scorn within a few words of one another.
fn scorned(words: &[&str]) -> Option<&'static str> {
    words.iter().enumerate().find_map(|(at, word)| {
        let group = entry("group", word)?;
        let from = words.get(at.wrapping_sub(1)).copied().unwrap_or("");
        let general = matches!(from, "these" | "those" | "all" | "bloody" | "you" | "typical" | "most" | "");
        let near = &words[at + 1..(at + 6).min(words.len())];
        let scorn = near.iter().enumerate().any(|(next, one)| {
            is("scorn", one) && !is_clinical(words, at + 1 + next) && !near[..next].contains(&"not")
        });
        (general && scorn).then_some(group)
    })
}

/// An insult beside somebody it can be meant for.
fn insult(words: &[&str]) -> Option<&'static str> {
    if is_about_oneself(words) {
        return None;
    }
    words.iter().enumerate().find_map(|(at, _)| {
        let rule = insult_at(words, at)?;
        let near = &words[at.saturating_sub(5)..(at + 5).min(words.len())];
        let meant = if is("direct", rule) {
            is_direct(words, at)
        } else {
            is("sure", rule) || near.iter().any(|word| is("person", word))
        };
        meant.then_some(rule)
    })
}

/// "That consultant is a clown", "an incompetent surgeon".
fn is_direct(words: &[&str], at: usize) -> bool {
    if words.get(at + 1).is_some_and(|word| is("person", word)) {
        return true;
    }
    let mut before = words[..at].iter().rev().skip_while(|word| is("between", word));
    let is_said = before.next().is_some_and(|word| matches!(*word, "is" | "are" | "was" | "were" | "re" | "s"));
    is_said && before.next().is_some_and(|word| is("person", word))
}

fn insult_at(words: &[&str], at: usize) -> Option<&'static str> {
    let rule = entry("insult", words[at])?;
    let denied =
        words[at.saturating_sub(3)..at].iter().any(|word| matches!(*word, "not" | "never" | "no" | "isn" | "nobody"));
    (!denied && !is_clinical(words, at)).then_some(rule)
}

fn is_clinical(words: &[&str], at: usize) -> bool {
    let pair = |at: usize| is("clinical", &words[at..(at + 2).min(words.len())].join(" "));
    pair(at) || at.checked_sub(1).is_some_and(pair)
}

/// Who speaks of themselves may.
fn is_about_oneself(words: &[&str]) -> bool {
    let people = words.iter().filter(|word| is("person", word)).count();
    words.iter().any(|word| is("own", word)) && people == 0
}

/// The sentences that are not quoted.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let end = from + line.len();
        if !line.trim_start().starts_with('>') {
            let mut start = from;
            for (at, mark) in line.char_indices() {
                if matches!(mark, '.' | '!' | '?' | ';') {
                    found.push(start..from + at);
                    start = from + at + 1;
                }
            }
            found.push(start..end);
        }
        from = end;
    }
    found.retain(|range| !text[range.clone()].trim().is_empty());
    found
}

/// The words in small letters, without what stands in quotation marks.
fn tokens(sentence: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut is_quoted = false;
    for c in sentence.chars() {
        match c {
            '“' | '«' | '„' => is_quoted = true,
            '”' | '»' => is_quoted = false,
            '"' => is_quoted = !is_quoted,
            _ if c.is_alphanumeric() && !is_quoted => {
                word.extend(c.to_lowercase());
                continue;
            }
            _ => {}
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented sentences: what must be found, by its tone, and what must not (`clean`).
    const CORPUS: &str = include_str!("language_corpus.tsv");

    fn corpus() -> impl Iterator<Item = (&'static str, &'static str)> {
        CORPUS.lines().filter_map(|line| line.split_once('\t'))
    }

    #[test]
    fn what_must_be_found_is_and_clinical_talk_is_not() {
        let (mut clean, mut found, mut wrong) = (0, 0, Vec::new());
        for (wanted, text) in corpus() {
            let hits = look(text);
            if wanted == "clean" {
                clean += 1;
                if let Some(hit) = hits.first() {
                    wrong.push(format!("clean, but {} by “{}”: {text}", hit.tone.code(), hit.rule));
                }
            } else {
                found += 1;
                if !hits.iter().any(|hit| hit.tone.code() == wanted) {
                    wrong.push(format!("{wanted} was not found: {text} ({hits:?})"));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), clean + found, wrong.join("\n"));
        assert!(clean >= 60 && found >= 60, "{clean} {found}");
    }

    #[test]
    fn what_is_quoted_does_not_count() {
        assert!(look("> You are an idiot.\n\nPlease do not write so to a colleague.").is_empty());
        assert!(look("The relatives called the nurse a stupid cow.").is_empty());
        assert!(look("He told the nurse “you are an idiot” and left.").is_empty());
        let text = "Fine so far. You are an idiot.";
        let hit = &look(text)[0];
        assert_eq!(text[hit.sentence.clone()].trim(), "You are an idiot");
        assert!(hit.tone.words().contains("reader"));
    }
}
