//! Whether a word in one script can be written by a word in Latin letters, letter by letter, by the tables in `data/`.
//!
//! Every letter has several ways to be written, and all are tried; what does not stand in a table does not match.

use super::script::{Script, hiragana, plain};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A letter or several, and how they are written.
struct Way {
    letters: Vec<char>,
    written: Vec<Vec<char>>,
}

type Table = HashMap<char, Vec<Way>>;

static LETTERS: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::new();
    read(include_str!("data/letters.txt"), &mut table);
    table
});

/// Chinese characters and Japanese names, in the one form of `one_form`.
static CHARACTERS: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::new();
    read(include_str!("data/han.txt"), &mut table);
    for ways in table.values_mut() {
        for way in ways {
            let more: Vec<Vec<char>> = way.written.iter().filter_map(|word| wade_giles(word)).collect();
            way.written.extend(more);
        }
    }
    read(include_str!("data/kanji.txt"), &mut table);
    table
});

static ONE_FORM: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for line in include_str!("data/han-variants.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut characters = line.chars();
        let Some(first) = characters.next() else { continue };
        let first = *forms.get(&first).unwrap_or(&first);
        for other in characters {
            forms.entry(other).or_insert(first);
        }
    }
    forms
});

/// The form of a Chinese character that stands for all its forms.
pub(super) fn one_form(c: char) -> char {
    ONE_FORM.get(&c).copied().unwrap_or(c)
}

fn read(text: &str, table: &mut Table) {
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let Some(letters) = words.next() else { continue };
        // Korean syllables are read as their parts, marked Latin letters as one.
        let letters: Vec<char> = if letters.chars().any(|c| ('가'..='힣').contains(&c)) {
            letters.nfd().collect()
        } else {
            letters.nfc().map(one_form).collect()
        };
        let written = words.map(|word| if word == "-" { Vec::new() } else { word.chars().collect() }).collect();
        table.entry(letters[0]).or_default().push(Way { letters, written });
    }
}

/// Whether `latin`, a plain word in Latin letters, is a way to write `word`.
pub(super) fn can_be_written(word: &str, script: Script, latin: &str) -> bool {
    let latin: Vec<char> = latin.chars().filter(|c| c.is_alphanumeric()).collect();
    forms(word, script).iter().any(|letters| Search { letters, latin: &latin, script, seen: HashSet::new() }.from(0, 0))
}

/// The letters of a word as the tables have them; Thai vowels that are written before their consonant stand behind it.
fn forms(word: &str, script: Script) -> Vec<Vec<char>> {
    match script {
        Script::Hangul => vec![word.nfd().collect()],
        Script::Kana | Script::Han => vec![word.nfc().map(hiragana).map(one_form).collect()],
        Script::Thai => {
            let letters: Vec<char> = word.chars().collect();
            let spoken = without_silent(&letters);
            vec![behind(&letters, 1), behind(&spoken, 1), behind(&spoken, 2)]
        }
        _ => vec![word.nfc().collect()],
    }
}

fn behind(letters: &[char], consonants: usize) -> Vec<char> {
    let mut out = letters.to_vec();
    let mut at = 0;
    while at + consonants < out.len() {
        if matches!(out[at], 'เ' | 'แ' | 'โ' | 'ไ' | 'ใ') {
            out[at..=at + consonants].rotate_left(1);
            at += consonants;
        }
        at += 1;
    }
    out
}

fn without_silent(letters: &[char]) -> Vec<char> {
    let mut out = Vec::new();
    for &c in letters {
        if c == '\u{e4c}' {
            while out.pop().is_some_and(is_thai_mark) {}
        } else {
            out.push(c);
        }
    }
    out
}

fn is_thai_mark(c: char) -> bool {
    matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

struct Search<'a> {
    letters: &'a [char],
    latin: &'a [char],
    script: Script,
    seen: HashSet<(usize, usize)>,
}

impl Search<'_> {
    fn from(&mut self, at: usize, written: usize) -> bool {
        if at == self.letters.len() && written == self.latin.len() {
            return true;
        }
        if !self.seen.insert((at, written)) {
            return false;
        }
        let (letters, latin) = (self.letters, self.latin);
        // A consonant written twice on one side only.
        if written > 0 && written < latin.len() && latin[written] == latin[written - 1] && self.from(at, written + 1) {
            return true;
        }
        if at > 0 && at < letters.len() && letters[at] == letters[at - 1] && self.from(at + 1, written) {
            return true;
        }
        if self.script.omits_vowels() && self.unwritten(at, written) {
            return true;
        }
        if at == letters.len() {
            return false;
        }
        if self.script == Script::Ethiopic {
            return self.syllable(at, written);
        }
        self.by_table(at, written)
    }

    /// A short vowel that this script does not write.
    fn unwritten(&mut self, at: usize, written: usize) -> bool {
        let latin = self.latin;
        let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
        let after_consonant = written == 0 || !vowel(&latin[written - 1]);
        if at == 0 || !after_consonant || !latin.get(written).is_some_and(vowel) {
            return false;
        }
        let long = at == 1 && latin.get(written..written + 2) == Some(&['o', 'u'][..]);
        self.from(at, written + 1) || (long && self.from(at, written + 2))
    }

    fn by_table(&mut self, at: usize, written: usize) -> bool {
        let letters = self.letters;
        let c = letters[at];
        let table: &Table = if self.script == Script::Han { &CHARACTERS } else { &LETTERS };
        for table in [table, &LETTERS] {
            for way in table.get(&c).into_iter().flatten() {
                if letters[at..].starts_with(&way.letters) && self.take(way, at + way.letters.len(), written) {
                    return true;
                }
            }
        }
        if self.script == Script::Indic && as_devanagari(c) != c {
            let devanagari: Vec<char> = letters[at..].iter().take(3).map(|c| as_devanagari(*c)).collect();
            for way in LETTERS.get(&devanagari[0]).into_iter().flatten() {
                if devanagari.starts_with(&way.letters) && self.take(way, at + way.letters.len(), written) {
                    return true;
                }
            }
        }
        // A Latin letter may always stand for itself, and any mark for nothing.
        let mut itself = String::new();
        if self.script == Script::Latin {
            itself = plain(&c.to_string());
        }
        let itself: Vec<char> = itself.chars().collect();
        (!itself.is_empty() && self.latin[written..].starts_with(&itself) && self.from(at + 1, written + itself.len()))
            || (is_combining_mark(c) && self.script != Script::Indic && self.from(at + 1, written))
    }

    fn take(&mut self, way: &Way, at: usize, written: usize) -> bool {
        let closes = way.letters.last().is_some_and(|c| is_indic_consonant(*c))
            && !self.letters.get(at).is_some_and(|c| is_indic_sign(*c));
        for word in &way.written {
            if !self.latin[written..].starts_with(word) {
                continue;
            }
            let after = written + word.len();
            if self.from(at, after) {
                return true;
            }
            // The vowel that an Indian consonant has where none is written.
            if closes
                && self.latin.get(after).is_some_and(|c| matches!(c, 'a' | 'o' | 'u' | 'e'))
                && self.from(at, after + 1)
            {
                return true;
            }
        }
        false
    }

    fn syllable(&mut self, at: usize, written: usize) -> bool {
        let code = u32::from(self.letters[at]);
        let order = code % 8;
        let Some(row) = char::from_u32(code - order) else { return false };
        let guttural = matches!(row, 'ሀ' | 'ሐ' | 'ኀ' | 'አ' | 'ዐ');
        let vowels: &[&str] = match order {
            0 if guttural => &["a", "e", "ha"],
            0 => &["e", "a", "ae"],
            1 => &["u", "ou"],
            2 => &["i", "ee", "y"],
            3 => &["a", "ya"],
            4 => &["e", "ie", "ee", "ye", "ié"],
            5 => &["", "e", "i", "y"],
            6 => &["o"],
            _ => &["wa", "ua"],
        };
        for way in LETTERS.get(&row).into_iter().flatten() {
            for word in way.written.iter().filter(|word| self.latin[written..].starts_with(word)) {
                for vowel in vowels {
                    let vowel: Vec<char> = vowel.chars().collect();
                    let mut after = written + word.len();
                    // Doubled consonants are not written in Ethiopic.
                    if after > 0
                        && after < self.latin.len()
                        && self.latin[after] == self.latin[after - 1]
                        && !word.is_empty()
                    {
                        after += 1;
                    }
                    for start in [written + word.len(), after] {
                        if self.latin[start..].starts_with(&vowel) && self.from(at + 1, start + vowel.len()) {
                            return true;
                        }
                    }
                }
            }
        }
        false
    }
}

/// The scripts of India stand in blocks of the same order.
fn as_devanagari(c: char) -> char {
    match u32::from(c) {
        code @ 0x980..=0xd7f => char::from_u32(0x900 + code % 0x80).unwrap_or(c),
        _ => c,
    }
}

fn is_indic_consonant(c: char) -> bool {
    match u32::from(c) {
        code @ 0x900..=0xd7f => matches!(code % 0x80, 0x15..=0x39 | 0x58..=0x5f),
        code => (0xd9a..=0xdc6).contains(&code),
    }
}

fn is_indic_sign(c: char) -> bool {
    match u32::from(c) {
        code @ 0x900..=0xd7f => matches!(code % 0x80, 0x3e..=0x4d | 0x57 | 0x55 | 0x56),
        code => (0xdca..=0xddf).contains(&code),
    }
}

/// Japanese syllables in Latin letters, long vowels short.
pub(super) fn romaji(kana: &str) -> String {
    let letters: Vec<char> = kana.chars().map(hiragana).collect();
    let mut out = String::new();
    let mut at = 0;
    while at < letters.len() {
        let ways = LETTERS.get(&letters[at]).into_iter().flatten();
        let best = ways.filter(|way| letters[at..].starts_with(&way.letters)).max_by_key(|way| way.letters.len());
        match best {
            Some(_) if letters[at] == 'ー' => at += 1,
            Some(_) if letters[at] == 'っ' => at += 1,
            Some(way) => {
                out.extend(way.written.first().into_iter().flatten());
                at += way.letters.len();
            }
            None => return String::new(),
        }
    }
    out
}

/// A syllable of pinyin as Wade and Giles wrote it, where that is another one.
fn wade_giles(pinyin: &[char]) -> Option<Vec<char>> {
    const STARTS: [(&str, &str); 12] = [
        ("zh", "ch"),
        ("x", "hs"),
        ("q", "ch"),
        ("j", "ch"),
        ("z", "ts"),
        ("c", "ts"),
        ("b", "p"),
        ("d", "t"),
        ("g", "k"),
        ("r", "j"),
        ("sh", "sh"),
        ("ch", "ch"),
    ];
    let word: String = pinyin.iter().collect();
    let (start, rest) = STARTS
        .iter()
        .filter(|(pinyin, _)| *pinyin != "c" || !word.starts_with("ch"))
        .find_map(|(pinyin, wade)| word.strip_prefix(pinyin).map(|rest| (*wade, rest)))
        .unwrap_or(("", &word));
    let rest = match rest {
        "ian" => "ien",
        "ie" => "ieh",
        "ong" => "ung",
        "ue" => "ueh",
        "iong" => "iung",
        "i" if matches!(start, "ts") => "u",
        "i" if start == "ch" && word.starts_with("zh") => "ih",
        "i" if matches!(start, "sh") => "ih",
        other => other,
    };
    let wade = format!("{start}{rest}");
    (wade != word).then(|| wade.chars().collect())
}

/// Whether two Latin syllables are readings of one Chinese character.
pub(super) fn read_one_character(a: &str, b: &str) -> bool {
    static READINGS: LazyLock<HashSet<(String, String)>> = LazyLock::new(|| {
        let mut pairs = HashSet::new();
        let mut table = Table::new();
        read(include_str!("data/han.txt"), &mut table);
        for way in table.values().flatten() {
            let mut words: Vec<String> = way.written.iter().map(|word| word.iter().collect()).collect();
            words.extend(way.written.iter().filter_map(|word| wade_giles(word)).map(|word| word.iter().collect()));
            for a in &words {
                for b in &words {
                    pairs.insert((a.clone(), b.clone()));
                }
            }
        }
        pairs
    });
    READINGS.contains(&(a.to_owned(), b.to_owned()))
}
