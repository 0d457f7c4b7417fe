//! From a name as typed to words that can be compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a name: its plain form and, where an umlaut or the like can be written in two ways, the other one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub plain: String,
    pub expanded: String,
    /// As typed, for sentences.
    pub typed: String,
}

impl Token {
    pub fn is(&self, other: &Token) -> bool {
        self.plain == other.plain
            || self.expanded == other.expanded
            || self.plain == other.expanded
            || self.expanded == other.plain
    }

    pub fn initial(&self) -> Option<char> {
        self.plain.chars().next()
    }

    pub fn is_initial(&self) -> bool {
        self.plain.chars().count() == 1
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    /// One script, not the Latin one.
    Other,
    /// A word with letters of several scripts.
    Mixed,
}

pub(super) struct Folded {
    pub tokens: Vec<Token>,
    pub script: Script,
    /// Written "Family, Given".
    pub family_first: bool,
}

const TITLES: [&str; 14] =
    ["dr", "prof", "professor", "doctor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "sister", "dott", "drs"];
const BEHIND: [&str; 49] = [
    "jr", "sr", "ii", "iii", "iv", "md", "do", "mbbs", "mbchb", "mbbch", "mb", "bs", "bch", "bao", "phd", "dphil",
    "msc", "bsc", "ma", "ba", "mph", "mrcp", "frcp", "mrcs", "frcs", "mrcgp", "frcgp", "frca", "frcr", "mrcpsych",
    "facp", "facs", "rn", "rgn", "rm", "np", "pa", "dds", "dmd", "pharmd", "dnp", "msn", "bsn", "obe", "mbe", "cbe",
    "uk", "edin", "hons",
];

/// The words of a name without titles and letters behind it.
pub(super) fn tokens(name: &str) -> Folded {
    let clean: String = name.nfc().filter(|c| !is_hidden(*c)).collect();
    let mut tokens = Vec::new();
    let mut script = Script::Latin;
    let mut family_first = false;
    for (at, piece) in clean.split(',').enumerate() {
        let words: Vec<&str> = piece.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty()).collect();
        let behind = |word: &&str| BEHIND.contains(&word.to_lowercase().replace('.', "").as_str());
        if at > 0 && words.iter().all(behind) {
            continue;
        }
        family_first |= at == 1;
        for word in words {
            script = worse(script, script_of(word));
            tokens.push(token(word));
        }
    }
    while tokens.len() > 1 && TITLES.contains(&tokens[0].plain.as_str()) {
        tokens.remove(0);
    }
    // Without a comma before them, two letters behind a name may be a short surname (Ma, Do): only what cannot be goes.
    let is_degree = |last: &Token| {
        BEHIND.contains(&last.plain.as_str())
            && (last.plain.len() > 2 || matches!(last.plain.as_str(), "md" | "rn" | "jr" | "sr" | "ii" | "iv"))
    };
    while tokens.len() > 2 && tokens.last().is_some_and(is_degree) {
        tokens.pop();
    }
    Folded { tokens, script, family_first }
}

fn token(word: &str) -> Token {
    let cased = cased(word);
    Token { plain: plain(&cased), expanded: expanded(&cased), typed: word.to_owned() }
}

/// Letters and marks; apostrophes vanish inside a word, everything else parts words.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_apostrophe(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ')
}

/// Zero-width and direction marks: they show nothing and make two equal names differ.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Lower case in composed form.
pub(super) fn cased(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfc().filter(|c| !is_hidden(*c)).flat_map(char::to_lowercase).nfc().collect()
}

/// Without accents: "müller" is "muller", "łukasz" is "lukasz". Letters without a decomposition have a table. Marks of
/// scripts that write vowels with them stay.
fn plain(cased: &str) -> String {
    if cased.is_ascii() {
        return cased.chars().filter(|c| !is_apostrophe(*c)).collect();
    }
    let mut out = String::new();
    for c in cased.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c) && !is_apostrophe(*c)) {
        match letter(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
    out
}

/// With ä, ö, ü, å, ø written out: "müller" is "mueller".
fn expanded(cased: &str) -> String {
    if cased.is_ascii() {
        return plain(cased);
    }
    let mut out = String::new();
    for c in cased.chars() {
        match c {
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'ø' | 'œ' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'å' => out.push_str("aa"),
            other => out.push_str(&plain(other.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

fn letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "n",
        'ə' => "e",
        _ => return None,
    })
}

fn script_of(word: &str) -> Script {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let latin = letters().filter(|c| is_latin(*c)).count();
    match letters().count() {
        all if latin == all => Script::Latin,
        _ if latin == 0 => Script::Other,
        _ => Script::Mixed,
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{aa}'..='\u{24f}' | '\u{250}'..='\u{2bf}' | '\u{1e00}'..='\u{1eff}')
}

fn worse(a: Script, b: Script) -> Script {
    match (a, b) {
        (Script::Mixed, _) | (_, Script::Mixed) => Script::Mixed,
        (Script::Other, _) | (_, Script::Other) => Script::Other,
        _ => Script::Latin,
    }
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
    tokens(family).tokens.iter().map(|token| token.plain.as_str()).collect()
}

/// The same for the first given name.
pub fn given_key(given: &str) -> String {
    tokens(given).tokens.first().map(|token| token.plain.clone()).unwrap_or_default()
}
