//! From a name as typed to words that can be compared.

use super::culture::Cultures;
use super::script::{self, Script, bare, cased, is_apostrophe, is_hidden, plain};
use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As typed, for sentences.
    pub typed: String,
    /// In lower case with its accents.
    pub cased: String,
    /// Without them.
    pub plain: String,
    /// The deeper form of `script.rs`.
    pub bare: String,
    pub script: Script,
    /// Where the whole name may come from.
    pub from: Cultures,
}

impl Token {
    pub fn is(&self, other: &Token) -> bool {
        self.plain == other.plain
    }

    /// Several words as one.
    pub fn joined(tokens: &[Token]) -> Option<Token> {
        let (first, rest) = tokens.split_first()?;
        let mut one = first.clone();
        for token in rest {
            one.typed = format!("{} {}", one.typed, token.typed);
            one.cased.push_str(&token.cased);
            one.plain.push_str(&token.plain);
            one.bare.push_str(&token.bare);
            if one.script != token.script {
                one.script = Script::Mixed;
            }
        }
        Some(one)
    }

    pub fn initial(&self) -> Option<char> {
        self.plain.chars().next()
    }

    pub fn is_initial(&self) -> bool {
        !self.script.runs_on() && self.plain.chars().filter(|c| !is_combining_mark(*c)).count() == 1
    }
}

pub(super) struct Folded {
    pub tokens: Vec<Token>,
    /// A word mixes letters of several scripts.
    pub mixed: bool,
    /// Written "Family, Given".
    pub family_first: bool,
}

/// Titles before a name, degrees behind it, and what is written behind a name in East Asia.
static AROUND: LazyLock<[HashSet<&'static str>; 3]> = LazyLock::new(|| {
    let mut sections = [HashSet::new(), HashSet::new(), HashSet::new()];
    let mut at = 0;
    for (line, text) in include_str!("data/titles.txt").lines().enumerate() {
        if text.starts_with('#') {
            at += usize::from(line > 0);
        } else if let Some(section) = sections.get_mut(at) {
            section.extend(text.split_whitespace());
        }
    }
    sections
});

fn is_title(word: &str) -> bool {
    AROUND[0].contains(word)
}

fn is_behind(word: &str) -> bool {
    AROUND[1].contains(word)
}

/// The words of a name without titles and letters behind it.
pub(super) fn tokens(name: &str) -> Folded {
    let clean: String = name.nfc().filter(|c| !is_hidden(*c)).collect();
    let mut tokens = Vec::new();
    let mut family_first = false;
    for (at, piece) in clean.split(',').enumerate() {
        let words: Vec<&str> = piece.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty()).collect();
        let behind = |word: &&str| is_behind(&word.to_lowercase());
        if at > 0 && words.iter().all(behind) {
            continue;
        }
        family_first |= at == 1;
        let from = if at == 0 { behind_titles(&words) } else { 0 };
        for word in &words[from..] {
            part_word(word, &mut tokens);
        }
    }
    drop_suffix(&mut tokens);
    // Without a comma before them, two letters behind a name may be a short surname (Ma, Do): only what cannot be goes.
    let is_degree = |last: &Token| {
        is_behind(&last.plain)
            && (last.plain.len() > 2 || matches!(last.plain.as_str(), "md" | "rn" | "jr" | "sr" | "ii" | "iv"))
    };
    while tokens.len() > 1 && tokens.last().is_some_and(is_degree) {
        tokens.pop();
    }
    Folded { mixed: tokens.iter().any(|token| token.script == Script::Mixed), tokens, family_first }
}

/// How many words in front are titles; one word at least is a name.
fn behind_titles(words: &[&str]) -> usize {
    let folded: Vec<String> = words.iter().map(|word| plain(&cased(word))).collect();
    let mut at = 0;
    while at + 1 < words.len() {
        let pair = (folded[at].as_str(), folded[at + 1].as_str());
        // "Д-р" and "A/Prof" are two words here, and so are "أ.د." and "ዶ/ር".
        if at + 2 < words.len() && matches!(pair, ("д", "р") | ("a", "prof") | ("ا", "د") | ("ዶ", "ር")) {
            at += 2;
        } else if is_title(pair.0) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

fn drop_suffix(tokens: &mut Vec<Token>) {
    let Some(last) = tokens.last().filter(|last| last.script.runs_on()) else { return };
    let Some(suffix) = AROUND[2].iter().find(|suffix| last.plain.ends_with(**suffix)) else { return };
    let rest = last.plain.trim_end_matches(*suffix).to_owned();
    if !rest.is_empty() {
        let at = tokens.len() - 1;
        tokens[at] = token(&rest);
    } else if tokens.len() > 1 {
        tokens.pop();
    }
}

/// One written word is one token, but for an article or an "O'" that is written together with its name.
fn part_word(word: &str, tokens: &mut Vec<Token>) {
    if let Some((front, back)) = word.split_once(is_apostrophe)
        && matches!(front.to_lowercase().as_str(), "o" | "ó" | "d" | "l" | "dell" | "dall")
        && back.chars().count() > 2
    {
        tokens.push(token(front));
        tokens.push(token(back));
        return;
    }
    let word = word.trim_matches(is_apostrophe);
    if word.is_empty() {
        return;
    }
    let token = token(word);
    match token.bare.strip_prefix("ال") {
        Some(rest) if token.script == Script::Arabic && rest.chars().count() > 2 => {
            tokens.push(self::token("ال"));
            let typed: String = token.typed.chars().skip_while(|c| !is_lam(*c)).skip(1).collect();
            tokens.push(self::token(&typed));
        }
        _ => tokens.push(token),
    }
}

fn is_lam(c: char) -> bool {
    matches!(c, 'ل' | '\u{fedd}'..='\u{fee0}')
}

fn token(word: &str) -> Token {
    let cased = cased(word);
    let plain = plain(&cased);
    let script = script::of(&plain);
    Token { bare: bare(&plain, script), plain, cased, typed: word.to_owned(), script, from: Cultures::default() }
}

/// Letters and marks; apostrophes vanish inside a word, everything else parts words.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_apostrophe(c)
}

/// The same words in any order.
pub(super) fn same_multiset(a: &[Token], b: &[Token]) -> bool {
    let mut left: Vec<&Token> = b.iter().collect();
    a.len() == b.len()
        && a.iter().all(|token| {
            let at = left.iter().position(|other| other.is(token));
            at.map(|at| left.swap_remove(at)).is_some()
        })
}

/// The form under which two family names are the same; for finding namesakes.
pub fn family_key(family: &str) -> String {
    // Most names of most registers are one plain word.
    if family.bytes().all(|b| b.is_ascii_alphabetic()) {
        return family.to_ascii_lowercase();
    }
    tokens(family).tokens.iter().map(|token| token.plain.as_str()).collect()
}

/// The same for the first given name.
pub fn given_key(given: &str) -> String {
    let mut words = given.split(' ');
    if let Some(first) = words.next()
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && given.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ')
    {
        let first = first.to_ascii_lowercase();
        if words.next().is_none() || !is_title(&first) {
            return first;
        }
    }
    tokens(given).tokens.first().map(|token| token.plain.clone()).unwrap_or_default()
}
