//! How a pattern can begin, read off the pattern itself: with which words, with a number, with a code.
//!
//! A pattern is tried only where its first word stands, which is seldom. Nobody keeps those words by hand: a word added
//! to a pattern is known here at once.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind};

/// More first words than these are a class of letters, not a list.
pub const MANY: usize = 5000;
/// The same where nobody asks which words they are.
pub const FEW: usize = 32;
/// A word longer than this is not spelled out.
const LONGEST: u32 = 32;

/// What can stand first.
#[derive(Debug, Default)]
pub struct Opening {
    /// Words, in small letters.
    pub words: BTreeSet<String>,
    /// A digit.
    pub number: bool,
    /// Letters with a digit right after them.
    pub code: bool,
    /// Signs.
    pub signs: BTreeSet<u8>,
    /// Any word: nothing can be said.
    pub any: bool,
    /// How many words are a list.
    most: usize,
}

/// Letters read so far.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Run {
    Letters(String),
    /// One or more of any letters.
    Some,
}

/// Reads a pattern; more words than `most` are any.
pub fn opening(pattern: &str, most: usize) -> Opening {
    let mut opening = Opening { most, ..Opening::default() };
    match regex_syntax::parse(pattern) {
        Ok(hir) => {
            let open = opening.follow(&hir, BTreeSet::from([Run::Letters(String::new())]));
            open.iter().for_each(|run| opening.close(run, None));
            // What ends within a word may begin any word.
            opening.any |= !open.is_empty();
        }
        Err(_) => opening.any = true,
    }
    opening
}

impl Opening {
    /// A run ends, before a byte or the end of the pattern.
    fn close(&mut self, run: &Run, before: Option<u8>) {
        let digit = before.is_some_and(|byte| byte.is_ascii_digit());
        match (run, before) {
            (Run::Letters(word), _) if word.is_empty() && digit => self.number = true,
            (Run::Letters(word), Some(sign)) if word.is_empty() => _ = self.signs.insert(sign),
            (_, _) if digit => self.code = true,
            (Run::Letters(word), _) if !word.is_empty() => _ = self.words.insert(word.clone()),
            _ => self.any = true,
        }
    }

    /// The runs that are still open after a piece of the pattern; those that it ends are noted.
    fn follow(&mut self, piece: &Hir, open: BTreeSet<Run>) -> BTreeSet<Run> {
        if open.is_empty() {
            return open;
        }
        let after = match piece.kind() {
            HirKind::Empty => open,
            HirKind::Look(_) => {
                // The boundary before the first letter says nothing, one after a letter ends the word.
                let (fresh, ended): (BTreeSet<Run>, BTreeSet<Run>) =
                    open.into_iter().partition(|run| *run == Run::Letters(String::new()));
                ended.iter().for_each(|run| self.close(run, None));
                fresh
            }
            HirKind::Literal(literal) => literal.0.iter().fold(open, |open, byte| self.read(&open, &[*byte])),
            HirKind::Class(class) => self.read(&open, &bytes(class)),
            HirKind::Capture(capture) => self.follow(&capture.sub, open),
            HirKind::Concat(pieces) => pieces.iter().fold(open, |open, piece| self.follow(piece, open)),
            HirKind::Alternation(ways) => ways.iter().flat_map(|way| self.follow(way, open.clone())).collect(),
            HirKind::Repetition(repetition) => {
                let mut all = if repetition.min == 0 { open.clone() } else { BTreeSet::new() };
                let mut last = open;
                for count in 1..=repetition.max.unwrap_or(u32::MAX) {
                    let next = self.follow(&repetition.sub, last.clone());
                    let settled = next.is_empty() || next == last;
                    last = next;
                    if count >= repetition.min || settled {
                        all.extend(last.iter().cloned());
                    }
                    if settled {
                        break;
                    }
                    if count > LONGEST {
                        all.insert(Run::Some);
                        break;
                    }
                }
                all
            }
        };
        if after.len() <= self.most {
            return after;
        }
        after.into_iter().map(|run| if run == Run::Letters(String::new()) { run } else { Run::Some }).collect()
    }

    /// Reads one of some bytes.
    fn read(&mut self, open: &BTreeSet<Run>, bytes: &[u8]) -> BTreeSet<Run> {
        let letters: BTreeSet<u8> =
            bytes.iter().filter(|b| b.is_ascii_alphabetic()).map(u8::to_ascii_lowercase).collect();
        let mut after = BTreeSet::new();
        for run in open {
            for letter in &letters {
                after.insert(match run {
                    Run::Letters(word) => Run::Letters(format!("{word}{}", char::from(*letter))),
                    Run::Some => Run::Some,
                });
            }
            for byte in bytes.iter().filter(|b| !b.is_ascii_alphabetic()) {
                self.close(run, Some(*byte));
            }
        }
        after
    }
}

/// The words of all that a pattern matches, in small letters; where it takes any letters there are none.
pub fn words(pattern: &str) -> BTreeSet<String> {
    let texts = regex_syntax::parse(pattern).map_or(BTreeSet::new(), |hir| spelled(&hir));
    let letters = |text: &String| text.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_owned).collect::<Vec<_>>();
    texts.iter().flat_map(letters).filter(|word| !word.is_empty()).collect()
}

/// All that a piece of a pattern matches; what is repeated, once.
fn spelled(piece: &Hir) -> BTreeSet<String> {
    let one = |text: &str| BTreeSet::from([text.to_owned()]);
    match piece.kind() {
        HirKind::Empty | HirKind::Look(_) => one(""),
        HirKind::Literal(literal) => one(&String::from_utf8_lossy(&literal.0).to_ascii_lowercase()),
        HirKind::Class(class) => match bytes(class).as_slice() {
            few if few.len() <= 4 => few.iter().map(|b| char::from(b.to_ascii_lowercase()).to_string()).collect(),
            _ => one(" "),
        },
        HirKind::Capture(capture) => spelled(&capture.sub),
        HirKind::Concat(pieces) => pieces
            .iter()
            .map(spelled)
            .fold(one(""), |all, more| all.iter().flat_map(|a| more.iter().map(move |b| format!("{a}{b}"))).collect()),
        HirKind::Alternation(ways) => ways.iter().flat_map(spelled).collect(),
        HirKind::Repetition(repetition) => {
            let none = (repetition.min == 0).then(String::new);
            spelled(&repetition.sub).into_iter().chain(none).collect()
        }
    }
}

/// Within how many bytes of its start each match of a pattern has a digit.
pub fn reach(pattern: &str) -> usize {
    regex_syntax::parse(pattern).map_or(usize::MAX, |hir| match to_digit(&hir) {
        (None, Some(digit)) => digit,
        _ => usize::MAX,
    })
}

/// The most bytes that a piece of a pattern can take without a digit, and before its first; `None` if it cannot.
fn to_digit(piece: &Hir) -> (Option<usize>, Option<usize>) {
    match piece.kind() {
        HirKind::Empty | HirKind::Look(_) => (Some(0), None),
        HirKind::Literal(literal) => match literal.0.iter().position(u8::is_ascii_digit) {
            Some(at) => (None, Some(at)),
            None => (Some(literal.0.len()), None),
        },
        HirKind::Class(class) => {
            let bytes = bytes(class);
            let digit = bytes.iter().any(u8::is_ascii_digit);
            // Folded text is plain bytes.
            (bytes.iter().any(|byte| !byte.is_ascii_digit()).then_some(1), digit.then_some(0))
        }
        HirKind::Capture(capture) => to_digit(&capture.sub),
        HirKind::Concat(pieces) => pieces.iter().fold((Some(0), None), |all, piece| then(all, to_digit(piece))),
        HirKind::Alternation(ways) => ways.iter().map(to_digit).fold((None, None), |a, b| (a.0.max(b.0), a.1.max(b.1))),
        HirKind::Repetition(repetition) => {
            let (without, digit) = to_digit(&repetition.sub);
            let most = repetition.max.map_or(usize::MAX, |max| max as usize);
            let longest = without.map(|length| length.saturating_mul(most));
            let none = if repetition.min == 0 { longest.or(Some(0)) } else { longest };
            let before = without.map_or(0, |length| length.saturating_mul(most.saturating_sub(1)));
            (none, digit.map(|digit| digit.saturating_add(before)))
        }
    }
}

/// One piece after another.
fn then(a: (Option<usize>, Option<usize>), b: (Option<usize>, Option<usize>)) -> (Option<usize>, Option<usize>) {
    let plus = |x: Option<usize>, y: Option<usize>| Some(x?.saturating_add(y?));
    (plus(a.0, b.0), a.1.max(plus(a.0, b.1)))
}

/// The plain bytes of a class.
fn bytes(class: &Class) -> Vec<u8> {
    let within = |from: u32, to: u32, byte: u8| (from..=to).contains(&u32::from(byte));
    (0..128)
        .filter(|byte| match class {
            Class::Unicode(class) => class.ranges().iter().any(|r| within(r.start().into(), r.end().into(), *byte)),
            Class::Bytes(class) => class.ranges().iter().any(|r| within(r.start().into(), r.end().into(), *byte)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_words_are_read_off_the_pattern() {
        let words = |pattern: &str| opening(pattern, MANY).words.into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(
            words(r"(?i)\b(?:tel(?:ephone)?|ring me|x-?ray|polic[yi]es)\s?\d"),
            "policies policyes ring tel telephone x xray"
        );
        assert_eq!(words(r"(?:ward|bed(?:space)?)(?:[^A-Za-z]|$)"), "bed bedspace ward");
        let code = opening(r"(?i)\b[a-z]{1,2}\d\d?\b", MANY);
        assert!(code.code && !code.number && !code.any);
        let number = opening(r"\b#?\d{3}\b", MANY);
        assert!(number.number);
        assert!(opening(r"[a-z]+\.com", FEW).any);
    }

    #[test]
    fn words_are_spelled_out() {
        let words =
            words(r"licen[cs]e|x-?ray|h ?& ?c|polic(?:y|ies) of [a-z]+").into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(words, "c h licence license of policies policy ray x xray");
    }

    #[test]
    fn how_far_a_digit_is() {
        assert_eq!(reach(r"(?i)\b(?:in|room)\s?([A-Z]{1,2}\d|\d\d)"), 7);
        assert_eq!(reach(r"bed [0-9a-h]"), usize::MAX);
        assert_eq!(reach(r"[a-z]+ [0-9]"), usize::MAX);
        assert_eq!(reach(r"(?:no )?(?:[a-z][0-9]|x)?[0-9]"), 4);
    }
}
