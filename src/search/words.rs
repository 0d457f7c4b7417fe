//! Words as both the index and the reader see them: where they stand in a text, folded, and stemmed.
//!
//! One analysis serves the index, the question and the marks in the excerpt, so that what was found is what is marked.

use super::stem::stem;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer runs are no words (a pasted key, a long address) and are not indexed.
const LONGEST: usize = 64;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes of the text.
    pub at: Range<usize>,
    /// Lower case, without accents.
    pub plain: String,
    /// Without its inflection, in American spelling.
    pub stem: String,
}

/// The words of a text in order. A point between digits belongs to the number; the possessive `'s` does not belong to
/// the name.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut plain = String::new();
        fold(first, &mut plain);
        let mut end = start + first.len_utf8();
        let mut before = first;
        while let Some(&(at, c)) = chars.peek() {
            let after = text[at + c.len_utf8()..].chars().next();
            let joins = match c {
                '.' => before.is_ascii_digit() && after.is_some_and(|c| c.is_ascii_digit()),
                '\'' | '’' => after.is_some_and(char::is_alphabetic) && !possessive(&text[at + c.len_utf8()..]),
                c => c.is_alphanumeric() || is_combining_mark(c),
            };
            if !joins {
                if matches!(c, '\'' | '’') && possessive(&text[at + c.len_utf8()..]) {
                    chars.next();
                    chars.next();
                }
                break;
            }
            if c != '\'' && c != '’' {
                fold(c, &mut plain);
            }
            end = at + c.len_utf8();
            before = c;
            chars.next();
        }
        if !plain.is_empty() && plain.len() <= LONGEST {
            let stem = stem(&plain);
            out.push(Word { at: start..end, plain, stem });
        }
    }
    out
}

/// Whether this is the `s` of a possessive.
fn possessive(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

fn fold(c: char, out: &mut String) {
    for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
        match part {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'α' => out.push_str("alpha"),
            'β' => out.push_str("beta"),
            'γ' => out.push_str("gamma"),
            'δ' => out.push_str("delta"),
            other if is_combining_mark(other) => {}
            other => out.push(other),
        }
    }
}

/// How many typing errors are forgiven in a word: none in short words and in anything with a digit (a dose, a code).
pub fn forgiven(plain: &str) -> u8 {
    if plain.bytes().any(|b| b.is_ascii_digit()) {
        return 0;
    }
    match plain.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Pairs of beginnings that turn a word into its opposite or another thing: never a typing error.
const OPPOSED: [(&str, &str); 5] =
    [("hyper", "hypo"), ("inter", "intra"), ("macro", "micro"), ("ante", "anti"), ("pre", "pro")];

/// The number of typing errors (a letter missing, added, wrong, or two swapped) between what was typed and a word of
/// the text, if so many are forgiven.
pub fn distance(typed: &str, word: &str) -> Option<u8> {
    let most = usize::from(forgiven(typed));
    if most == 0 || typed.len().abs_diff(word.len()) > 2 * most || word.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let opposed = OPPOSED
        .iter()
        .any(|(a, b)| typed.starts_with(a) && word.starts_with(b) || typed.starts_with(b) && word.starts_with(a));
    let errors = strsim::osa_distance(typed, word);
    (errors <= most && !opposed).then_some(errors as u8)
}

const STOP_WORDS: &str = include_str!("../../search/stop_words.txt");

/// The words that carry no meaning of their own, from `search/stop_words.txt`.
pub fn stop_words() -> impl Iterator<Item = &'static str> {
    STOP_WORDS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether a word carries no meaning of its own.
pub fn is_stop_word(plain: &str) -> bool {
    stop_words().any(|word| word == plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.plain).collect()
    }

    #[test]
    fn numbers_names_and_accents_are_read_as_clinicians_write_them() {
        assert_eq!(plain("K+ 6.2, Crohn’s; Ménière's β-blocker."), ["k", "6.2", "crohn", "meniere", "beta", "blocker"]);
        assert_eq!(plain("HbA1c 58. T2DM"), ["hba1c", "58", "t2dm"]);
        let text = "é Sjögren";
        assert_eq!(&text[words(text)[1].at.clone()], "Sjögren");
    }

    #[test]
    fn opposites_are_no_typing_errors() {
        assert_eq!(distance("hypertension", "hypotension"), None);
        assert_eq!(distance("pnuemonia", "pneumonia"), Some(1));
        assert_eq!(distance("cat", "cut"), None);
        assert_eq!(distance("warfrin", "warfarin"), Some(1));
    }
}
