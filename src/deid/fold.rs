//! Folding: any text to plain ASCII, with a map from each folded byte back to the bytes it came from.
//!
//! What a reader sees as a name must be seen by the rules too: look-alike letters of other alphabets, full-width
//! digits, combining marks, zero-width characters, HTML entities and emphasis marks inside a word all disappear here.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Stands for a letter of another script.
pub const FOREIGN: u8 = 0x1a;
/// Stands for a symbol or an emoji.
pub const SYMBOL: u8 = 0x01;

/// A folded text and the way back.
pub struct Folded {
    /// ASCII only.
    pub text: String,
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Folded {
    /// The bytes of the original text that a folded range came from.
    pub fn original(&self, start: usize, end: usize) -> (usize, usize) {
        if start >= end || end > self.ends.len() {
            return (0, 0);
        }
        (self.starts[start] as usize, self.ends[end - 1] as usize)
    }
}

/// Folds a text.
pub fn fold(raw: &str) -> Folded {
    let mut out = Folder {
        bytes: Vec::with_capacity(raw.len() + 16),
        starts: Vec::with_capacity(raw.len()),
        ends: Vec::with_capacity(raw.len()),
    };
    let all = raw.as_bytes();
    let mut at = 0;
    while at < all.len() {
        let plain = all[at..].iter().take_while(|b| PLAIN[usize::from(**b)]).count();
        if plain > 0 {
            out.push_plain(&all[at..at + plain], at);
            at += plain;
            continue;
        }
        let byte = all[at];
        if byte < 0x80 {
            let skip = match byte {
                b'*' | b'`' | b'~' | b'<' => mark_before_letter(all, at),
                b'_' if !out.bytes.last().is_some_and(u8::is_ascii_alphanumeric) => mark_before_letter(all, at),
                b'&' => match entity(all, at) {
                    Some((c, length)) => {
                        out.push_char(c, at, at + length);
                        at += length;
                        continue;
                    }
                    None => 0,
                },
                _ => 0,
            };
            if skip > 0 {
                out.extend_last(at + skip);
                at += skip;
                continue;
            }
            out.push(byte, at, at + 1);
            at += 1;
        } else {
            let c = raw[at..].chars().next().unwrap_or(' ');
            out.push_char(c, at, at + c.len_utf8());
            at += c.len_utf8();
        }
    }
    let text = String::from_utf8(out.bytes).unwrap_or_default();
    Folded { text, starts: out.starts, ends: out.ends }
}

/// Bytes that stand for themselves wherever they stand.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let own = byte as u8;
        plain[byte] = (own.is_ascii_graphic() || own == b' ' || own == b'\n')
            && !matches!(own, b'*' | b'`' | b'~' | b'<' | b'_' | b'&');
        byte += 1;
    }
    plain
};

struct Folder {
    bytes: Vec<u8>,
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Folder {
    fn push(&mut self, byte: u8, start: usize, end: usize) {
        let byte = if byte.is_ascii_graphic() || byte == b' ' || byte == b'\n' { byte } else { b' ' };
        self.bytes.push(byte);
        self.starts.push(start as u32);
        self.ends.push(end as u32);
    }

    fn push_plain(&mut self, run: &[u8], start: usize) {
        let (start, end) = (start as u32, (start + run.len()) as u32);
        self.bytes.extend_from_slice(run);
        self.starts.extend(start..end);
        self.ends.extend(start + 1..=end);
    }

    fn extend_last(&mut self, end: usize) {
        if let Some(last) = self.ends.last_mut() {
            *last = end as u32;
        }
    }

    fn push_char(&mut self, c: char, start: usize, end: usize) {
        if c.is_ascii() {
            return self.push(c as u8, start, end);
        }
        if let Some(replacement) = special(c) {
            if replacement.is_empty() {
                return self.extend_last(end);
            }
            for byte in replacement.bytes() {
                self.push(byte, start, end);
            }
            return;
        }
        if is_combining_mark(c) {
            return self.extend_last(end);
        }
        // Signs and units come apart into six at most; a ligature of more letters is of another script either way.
        let mut parts: [char; 8] = ['\0'; 8];
        let mut count = 0;
        decompose_compatible(c, |part| {
            if count < parts.len() {
                parts[count] = part;
                count += 1;
            }
        });
        for &part in &parts[..count] {
            if part.is_ascii() {
                self.push(part as u8, start, end);
            } else if is_combining_mark(part) {
                self.extend_last(end);
            } else if let Some(replacement) = special(part) {
                replacement.bytes().for_each(|byte| self.push(byte, start, end));
            } else if let Some(digit) = digit(part) {
                self.push(b'0' + digit, start, end);
            } else {
                let byte = if part.is_alphabetic() { FOREIGN } else { SYMBOL };
                self.bytes.push(byte);
                self.starts.push(start as u32);
                self.ends.push(end as u32);
            }
        }
    }
}

/// The length of an emphasis mark or tag standing right before a letter (`Jo**hn`, `<b>Ann`), else 0.
fn mark_before_letter(all: &[u8], at: usize) -> usize {
    let mut end = at;
    if all[at] == b'<' {
        let limit = (at + 12).min(all.len());
        end += 1;
        while end < limit && (all[end].is_ascii_alphabetic() || all[end] == b'/') {
            end += 1;
        }
        if end >= limit || all[end] != b'>' {
            return 0;
        }
        end += 1;
    } else {
        while end < all.len() && all[end] == all[at] && end - at < 4 {
            end += 1;
        }
    }
    let letter_after = all.get(end).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80);
    if letter_after { end - at } else { 0 }
}

/// An HTML entity at `at`, and its length.
fn entity(all: &[u8], at: usize) -> Option<(char, usize)> {
    let limit = (at + 12).min(all.len());
    let length = all[at..limit].iter().position(|b| *b == b';')?;
    let name = std::str::from_utf8(&all[at + 1..at + length]).ok()?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "commat" => '@',
        "period" => '.',
        "colon" => ':',
        "sol" => '/',
        "num" => '#',
        "lowbar" => '_',
        "hyphen" | "dash" | "ndash" | "mdash" => '-',
        "shy" | "zwj" | "zwnj" | "ZeroWidthSpace" => '\u{200b}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, length + 1))
}

/// Letters and signs that stand for a plain one; an empty text means that it is not to be seen at all.
fn special(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{34f}' => "",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}' => "",
        '‘' | '’' | '‛' | 'ʻ' | 'ʼ' | 'ʽ' | '′' | '`' | '´' | 'ˈ' | '＇' => "'",
        '“' | '”' | '„' | '«' | '»' | '″' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '－' => "-",
        '×' => "x",
        '÷' | '⁄' | '∕' => "/",
        '→' | '⇒' | '≥' | '⩾' => ">",
        '≤' | '⩽' => "<",
        '…' => "...",
        '•' | '·' | '●' | '▪' => "-",
        'ß' => "ss",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' | 'ɗ' => "d",
        'Đ' | 'Ð' | 'Ɗ' => "D",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'Œ' => "Oe",
        'þ' => "th",
        'Þ' => "Th",
        'ı' => "i",
        'ŋ' => "ng",
        'Ŋ' => "Ng",
        'ɓ' => "b",
        'Ɓ' => "B",
        'ƙ' => "k",
        'Ƙ' => "K",
        'ƴ' => "y",
        'ə' => "a",
        'Ə' => "A",
        'ħ' => "h",
        'Ħ' => "H",
        // Cyrillic look-alikes.
        'а' => "a",
        'е' | 'ё' => "e",
        'о' => "o",
        'р' => "p",
        'с' => "c",
        'у' => "y",
        'х' => "x",
        'і' => "i",
        'ј' => "j",
        'ѕ' => "s",
        'һ' => "h",
        'ԁ' => "d",
        'ո' => "n",
        'А' => "A",
        'В' => "B",
        'Е' => "E",
        'К' => "K",
        'М' => "M",
        'Н' => "H",
        'О' => "O",
        'Р' => "P",
        'С' => "C",
        'Т' => "T",
        'У' => "Y",
        'Х' => "X",
        'І' => "I",
        'Ј' => "J",
        'Ѕ' => "S",
        // Greek: look-alikes where there are, else the nearest sound.
        'α' => "a",
        'β' => "b",
        'γ' => "g",
        'δ' => "d",
        'ε' | 'η' => "e",
        'ζ' => "z",
        'θ' => "th",
        'ι' => "i",
        'κ' => "k",
        'λ' => "l",
        'μ' | 'µ' => "u",
        'ν' => "v",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "p",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' => "u",
        'φ' => "ph",
        'χ' => "x",
        'ψ' => "ps",
        'Α' => "A",
        'Β' => "B",
        'Γ' => "G",
        'Δ' => "D",
        'Ε' => "E",
        'Ζ' => "Z",
        'Η' => "H",
        'Θ' => "Th",
        'Ι' => "I",
        'Κ' => "K",
        'Λ' => "L",
        'Μ' => "M",
        'Ν' => "N",
        'Ξ' => "X",
        'Ο' | 'Ω' => "O",
        'Π' => "P",
        'Ρ' => "P",
        'Σ' => "S",
        'Τ' => "T",
        'Υ' => "Y",
        'Φ' => "Ph",
        'Χ' => "X",
        'Ψ' => "Ps",
        _ => return None,
    })
}

/// The value of a decimal digit of another script.
fn digit(c: char) -> Option<u8> {
    const ZEROS: [u32; 12] = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xe50, 0x1040];
    let code = c as u32;
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| (code - zero) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_look_alikes_and_keeps_the_way_back() {
        let raw = "J\u{200b}о**hn** Ó Máo\u{301}l 😀 &#74;oan";
        let folded = fold(raw);
        assert!(folded.text.starts_with("John** O Maol"), "{}", folded.text);
        assert!(folded.text.ends_with("Joan"));
        let at = folded.text.find("Joan").unwrap();
        let (start, end) = folded.original(at, at + 4);
        assert_eq!(&raw[start..end], "&#74;oan");
        let (start, end) = folded.original(0, 4);
        assert_eq!(&raw[start..end], "J\u{200b}о**hn");
    }

    #[test]
    fn digits_of_other_scripts_are_digits() {
        assert_eq!(fold("٠٧٧ ９９ १२").text, "077 99 12");
    }
}
