//! Tokens: words, numbers, codes and signs of the folded text, each with what the lexicon knows about it.

use super::fold::FOREIGN;
use super::lexicon;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters only.
    Word,
    /// Digits only.
    Number,
    /// Letters and digits.
    Mixed,
    /// Letters of another script.
    Foreign,
    /// One sign.
    Sign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    None,
    Lower,
    /// One capital letter alone.
    Initial,
    /// A capital and small letters, also `McBride`.
    Capital,
    Upper,
}

#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub start: usize,
    pub end: usize,
    /// Itself in small letters.
    pub lower: &'a str,
    pub kind: Kind,
    pub case: Case,
    pub flags: u32,
    /// What may begin here, see [`lexicon`].
    pub begins: u64,
    /// What it tells of a name beside it, see [`super::things`].
    pub thing: u32,
    /// What it tells of who somebody is, see [`super::callings`].
    pub calling: u32,
    /// Which lists hold it, see [`super::asked`].
    pub asked: u32,
    /// How many bytes from its start the next digit is; 255 if it is farther.
    pub digit: u8,
    /// Follows a space or a line break.
    pub spaced: bool,
    /// First word of a sentence, a line or a list item.
    pub opens: bool,
    /// First token of a line.
    pub line: bool,
    /// Followed by `'s`.
    pub possessive: bool,
    /// On a line written in capitals, where they tell nothing.
    pub shouted: bool,
    /// A word in small letters that is nothing but a word, and that no rule asks for.
    pub plain: bool,
}

impl Token<'_> {
    pub fn is(&self, flags: u32) -> bool {
        self.flags & flags != 0
    }
    pub fn may_begin(&self, what: u64) -> bool {
        self.begins & what != 0
    }
    pub fn asked(&self, lists: u32) -> bool {
        self.asked & lists != 0
    }
    pub fn word(&self) -> bool {
        self.kind == Kind::Word
    }
    pub fn capital(&self) -> bool {
        self.case == Case::Capital || self.shouted && self.case == Case::Upper && self.len() > 2
    }
    pub fn len(&self) -> usize {
        self.end - self.start
    }
}

/// What a byte is; what is none of these is a sign of its own.
const SMALL: u8 = 1;
const GREAT: u8 = 2;
const DIGIT: u8 = 4;
const STRANGE: u8 = 8;
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => GREAT,
            b'0'..=b'9' => DIGIT,
            FOREIGN => STRANGE,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// Of a run of signs only so many are kept at either end: no rule looks further, and a text may be nothing else.
const EDGE: usize = 32;
/// A word longer than this is no name.
const LONGEST: usize = 32;

/// Cuts the folded text into tokens; `lower` is the same in small letters.
pub fn cut<'a>(text: &str, lower: &'a str) -> Vec<Token<'a>> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 3);
    let (mut at, mut spaced, mut opens, mut line) = (0, true, true, true);
    let mut signs = 0;
    let (mut asked, mut places) = (Vec::with_capacity(text.len() / 5), Vec::with_capacity(text.len() / 5));
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b' ' || byte == b'\n' {
            spaced = true;
            if byte == b'\n' {
                (opens, line) = (true, true);
            }
            at += 1;
            continue;
        }
        let start = at;
        let mut classes = 0;
        while let Some(b) = bytes.get(at)
            && CLASSES[usize::from(*b)] != 0
        {
            classes |= CLASSES[usize::from(*b)];
            at += 1;
        }
        let mut next = at;
        let letters = classes & (SMALL | GREAT) != 0;
        let digits = classes & DIGIT != 0;
        let foreign = classes & STRANGE != 0;
        let mut possessive = false;
        let (mut contraction, mut joined) = (false, false);
        if letters && !digits && at < bytes.len() && bytes[at] == b'\'' {
            let rest = bytes[at + 1..].iter().take(16).take_while(|b| b.is_ascii_alphabetic()).count();
            let tail = bytes[at + 1..at + 1 + rest].iter().fold(0, |all, b| all | CLASSES[usize::from(*b)]);
            match &lower[at + 1..at + 1 + rest] {
                "" if bytes[at - 1] == b's' => {
                    // `Graves'`: the sign stays a sign, but the word is a possessive.
                    possessive = at + 1 == bytes.len() || !bytes[at + 1].is_ascii_alphanumeric();
                }
                "" => {}
                "s" => {
                    possessive = true;
                    next = at + 2;
                }
                "t" | "ll" | "re" | "ve" | "m" | "d" | "day" | "er" => {
                    (contraction, joined) = (true, true);
                    classes |= tail;
                    at += 1 + rest;
                    next = at;
                }
                _ if at - start <= 2 || rest >= 1 => {
                    joined = true;
                    classes |= tail;
                    at += 1 + rest;
                    next = at;
                    if bytes.get(at) == Some(&b'\'') && bytes.get(at + 1).is_some_and(|b| b.eq_ignore_ascii_case(&b's'))
                    {
                        possessive = true;
                        next = at + 2;
                    }
                }
                _ => {}
            }
        }
        let end = if letters || digits || foreign { at } else { start + 1 };
        let kind = match (letters, digits, foreign) {
            (_, _, true) => Kind::Foreign,
            (true, true, _) => Kind::Mixed,
            (true, false, _) => Kind::Word,
            (false, true, _) => Kind::Number,
            _ => Kind::Sign,
        };
        let case = match classes & (SMALL | GREAT) {
            0 => Case::None,
            SMALL => Case::Lower,
            _ => case_of(&text[start..end]),
        };
        let flags = match kind {
            Kind::Word if contraction => lexicon::COMMON,
            Kind::Word if end - start > LONGEST => lexicon::VOCAB,
            _ => 0,
        };
        let begins = match kind {
            Kind::Number => lexicon::NUMBER,
            Kind::Mixed if byte.is_ascii_digit() => lexicon::NUMBER,
            Kind::Mixed => lexicon::CODE,
            Kind::Word if joined => lexicon::ODD,
            Kind::Foreign if classes != STRANGE => lexicon::ODD,
            _ => 0,
        };
        if kind == Kind::Sign {
            let first = tokens.len() - signs;
            if signs == 3 * EDGE {
                tokens.drain(first + EDGE..first + 2 * EDGE);
                signs -= EDGE;
            }
            signs += 1;
        } else {
            signs = 0;
        }
        if kind == Kind::Word && flags == 0 {
            asked.push(tokens.len());
            places.push((start, end));
        }
        tokens.push(Token {
            start,
            end,
            lower: &lower[start..end],
            kind,
            case,
            flags,
            begins,
            thing: 0,
            calling: 0,
            asked: 0,
            digit: u8::MAX,
            spaced,
            opens,
            line,
            possessive,
            shouted: false,
            plain: false,
        });
        spaced = false;
        line = false;
        opens = match kind {
            Kind::Sign => match byte {
                b'.' | b'!' | b'?' | b':' => {
                    // An abbreviation's or a number's full stop does not end a sentence.
                    let before = tokens.len().checked_sub(2).map(|i| tokens[i]);
                    byte != b'.' || before.is_none_or(|t| t.len() > 1 || t.kind == Kind::Sign)
                }
                b'"' | b'(' | b'[' | b'\'' | b'*' | b'_' => opens,
                b'-' => opens,
                b')' if tokens.len() <= 3 || tokens[tokens.len() - 2].line || tokens[tokens.len() - 2].opens => true,
                _ => false,
            },
            Kind::Number => opens && tokens.last().is_some_and(|t| t.line),
            _ => false,
        };
        at = next.max(end);
    }
    for (i, known) in asked.into_iter().zip(lexicon::words(lower, &places)) {
        let token = &mut tokens[i];
        token.flags = known.flags;
        token.begins |= known.begins;
        token.thing = known.thing;
        token.calling = known.calling;
        token.asked = known.asked;
        token.plain = token.case == Case::Lower
            && token.flags != 0
            && token.flags & !(lexicon::COMMON | lexicon::VOCAB) == 0
            && (token.begins & !lexicon::ROAD_BIT, token.thing) == (0, 0);
    }
    shout(&mut tokens);
    measure(&mut tokens);
    tokens
}

/// Notes for each token how far the next digit is.
fn measure(tokens: &mut [Token]) {
    let mut next = usize::MAX;
    for token in tokens.iter_mut().rev() {
        if !matches!(token.kind, Kind::Word | Kind::Sign)
            && let Some(at) = token.lower.bytes().position(|b| b.is_ascii_digit())
        {
            next = token.start + at;
        }
        token.digit = u8::try_from(next - token.start).unwrap_or(u8::MAX);
    }
}

/// Marks the lines written in capitals.
fn shout(tokens: &mut [Token]) {
    let mut from = 0;
    while from < tokens.len() {
        let to = tokens[from + 1..].iter().position(|t| t.line).map_or(tokens.len(), |i| from + 1 + i);
        let words = tokens[from..to].iter().filter(|t| t.word() && t.len() > 2);
        let (upper, all) = words.fold((0, 0), |(u, a), t| (u + usize::from(t.case == Case::Upper), a + 1));
        if all >= 4 && upper * 10 >= all * 7 {
            tokens[from..to].iter_mut().for_each(|t| t.shouted = true);
        }
        from = to;
    }
}

fn case_of(piece: &str) -> Case {
    let mut upper = 0;
    let mut lower = 0;
    for b in piece.bytes() {
        upper += usize::from(b.is_ascii_uppercase());
        lower += usize::from(b.is_ascii_lowercase());
    }
    let first = piece.as_bytes()[0].is_ascii_uppercase();
    match (first, upper, lower) {
        (_, 0, _) => Case::Lower,
        (true, 1, 0) => Case::Initial,
        (_, _, 0) => Case::Upper,
        (true, 1, _) => Case::Capital,
        (true, 2 | 3, l)
            if l >= 3
                && piece.ends_with(|c: char| c.is_ascii_lowercase())
                && [
                    "Mc", "Mac", "Fitz", "De", "La", "Le", "O", "D'", "Van", "Di", "Du", "Al", "El", "Ne", "Nd", "Te",
                    "St", "Lu", "Da", "Ma", "Ja", "Jo", "Kwa", "Umh",
                ]
                .iter()
                .any(|p| {
                    piece.starts_with(p) && piece[p.len()..].starts_with(|c: char| c.is_ascii_uppercase() || c == '\'')
                }) =>
        {
            Case::Capital
        }
        (true, ..) => Case::Upper,
        _ => Case::Lower,
    }
}

/// Whether the writer does without capitals: most sentences open in lower case.
pub fn lowercase_style(tokens: &[Token]) -> bool {
    let (mut lower, mut capital) = (0, 0);
    for token in tokens.iter().filter(|t| t.opens && t.kind == Kind::Word) {
        match token.case {
            Case::Lower => lower += 1,
            Case::Capital | Case::Initial => capital += 1,
            _ => {}
        }
    }
    lower > capital
}
