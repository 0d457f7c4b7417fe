//! Which script a word is written in, and the forms of it that count as one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Greek,
    Armenian,
    Georgian,
    Hebrew,
    Arabic,
    /// Devanagari and the scripts of India and Ceylon.
    Indic,
    Thai,
    Hangul,
    Kana,
    /// Chinese characters, alone or with kana.
    Han,
    Ethiopic,
    Other,
    /// A word with letters of several scripts, as look-alike names have.
    Mixed,
}

impl Script {
    /// Whether short vowels are left out in writing.
    pub fn omits_vowels(self) -> bool {
        matches!(self, Script::Arabic | Script::Hebrew | Script::Thai)
    }

    /// Whether a word has no spaces in it that other scripts would write.
    pub fn runs_on(self) -> bool {
        matches!(self, Script::Han | Script::Kana | Script::Hangul)
    }
}

pub(super) fn of(word: &str) -> Script {
    let mut found = None;
    for c in word.chars().filter(|c| c.is_alphabetic() && !is_combining_mark(*c)) {
        let script = of_letter(c);
        found = Some(match (found, script) {
            (None, script) => script,
            (Some(known), script) if known == script => known,
            (Some(Script::Han), Script::Kana) | (Some(Script::Kana), Script::Han) => Script::Han,
            _ => return Script::Mixed,
        });
    }
    found.unwrap_or(Script::Latin)
}

fn of_letter(c: char) -> Script {
    match u32::from(c) {
        0..=0x2ff | 0x1d00..=0x1dbf | 0x1e00..=0x1eff | 0xff21..=0xff5a => Script::Latin,
        0x370..=0x3ff | 0x1f00..=0x1fff => Script::Greek,
        0x400..=0x52f | 0x1c80..=0x1c8f => Script::Cyrillic,
        0x531..=0x58f | 0xfb13..=0xfb17 => Script::Armenian,
        0x591..=0x5f4 | 0xfb1d..=0xfb4f => Script::Hebrew,
        0x600..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfefc => Script::Arabic,
        0x900..=0xdff => Script::Indic,
        0xe00..=0xe7f => Script::Thai,
        0x10a0..=0x10ff | 0x1c90..=0x1cbf | 0x2d00..=0x2d2f => Script::Georgian,
        0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7af => Script::Hangul,
        0x1200..=0x139f | 0x2d80..=0x2ddf => Script::Ethiopic,
        0x3040..=0x30ff | 0xff66..=0xff9f => Script::Kana,
        0x3005 | 0x3007 | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3134f => Script::Han,
        _ => Script::Other,
    }
}

/// Zero-width and direction marks: they show nothing and make two equal names differ.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '′' | '"' | '״' | '׳' | '“' | '”')
}

/// Lower case in composed form.
pub(super) fn cased(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfc()
        .filter(|c| !is_hidden(*c))
        .flat_map(char::to_lowercase)
        .flat_map(|c| match c {
            'ς' => ['σ', '\0'],
            // The ligature has no capital of its own.
            'և' => ['ե', 'ւ'],
            other => [other, '\0'],
        })
        .filter(|c| *c != '\0')
        .nfc()
        .collect()
}

/// Without accents: "müller" is "muller", "łukasz" is "lukasz". Letters without a decomposition have a table. Marks of
/// scripts that write vowels with them stay.
pub(super) fn plain(cased: &str) -> String {
    if cased.is_ascii() {
        return cased.chars().filter(|c| !is_apostrophe(*c)).collect();
    }
    let mut out = String::new();
    for c in cased.nfkc().filter(|c| !is_apostrophe(*c)) {
        plain_letter(c, &mut out);
    }
    out
}

fn plain_letter(c: char, out: &mut String) {
    match c {
        'ё' => out.push('е'),
        // Letters of their own, not accented ones.
        'й' | 'ї' | 'ў' | 'ѓ' | 'ќ' => out.push(c),
        '\u{622}' | '\u{623}' | '\u{625}' | '\u{671}' => out.push('\u{627}'),
        '\u{624}' => out.push('\u{648}'),
        '\u{626}' => out.push('\u{64a}'),
        '\u{640}' | '\u{93c}' | '\u{9bc}' | '\u{a3c}' => {}
        _ => match of_letter(c) {
            Script::Latin | Script::Greek | Script::Cyrillic | Script::Indic | Script::Other => {
                for c in c.nfd().filter(|c| !is_stripped(*c)) {
                    match letter(c) {
                        Some(letters) => out.push_str(letters),
                        None => out.push(c),
                    }
                }
            }
            _ => out.push(c),
        },
    }
}

fn is_stripped(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{9bc}' | '\u{a3c}')
}

fn letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' | 'ɖ' => "d",
        'þ' => "th",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "n",
        'ə' | 'ɛ' => "e",
        'ɔ' => "o",
        'ɓ' => "b",
        'ɗ' => "d",
        'ƙ' => "k",
        'ŧ' => "t",
        _ => return None,
    })
}

/// A deeper form: without vowel points, with one letter for its Arabic and Persian, simplified and traditional,
/// hiragana and katakana forms. Two words that are one here only are related, not equal.
pub(super) fn bare(plain: &str, script: Script) -> String {
    match script {
        Script::Hebrew => plain.nfd().filter(|c| !matches!(c, '\u{591}'..='\u{5c7}')).collect(),
        Script::Arabic => plain.nfd().filter_map(bare_arabic).collect(),
        Script::Kana | Script::Han => plain.chars().map(|c| super::letters::one_form(hiragana(c))).collect(),
        _ => plain.to_owned(),
    }
}

fn bare_arabic(c: char) -> Option<char> {
    Some(match c {
        '\u{64b}'..='\u{655}' | '\u{670}' => return None,
        'ى' | 'ی' | 'ۍ' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ة' | 'ہ' | 'ھ' | 'ۀ' | 'ۃ' | 'ە' => 'ه',
        'ؤ' => 'و',
        other => other,
    })
}

pub(super) fn hiragana(c: char) -> char {
    match u32::from(c) {
        code @ 0x30a1..=0x30f6 => char::from_u32(code - 0x60).unwrap_or(c),
        _ => c,
    }
}
