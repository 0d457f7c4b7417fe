//! Codes that no label names and no format knows: `Rav/8/0427`, `our file c-7/31/GK`, `stickers 55 31 207 d`.
//!
//! Clinical talk is full of letters and digits, but it puts them together in few ways: a value with its unit, a grade,
//! a gene, a trial's name. A register's number is put together otherwise: zeros before it, several signs in it, letters
//! at its end. What looks so is asked about by itself; what looks less so only where the words beside it speak of a
//! record.

use super::lexicon::{BRAND, CITE, COMMON, EPONYM, VOCAB};
use super::references::near_reference;
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// No code has more tokens, and so far before one a word may say what it is.
const LONGEST: usize = 14;
const REACH: usize = 7;

/// Adds a question for each code that nothing has explained.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    grow(scene, hits);
    let mut taken = None;
    let mut at = 0;
    while at < scene.tokens.len() {
        if !begins(scene, at) {
            at += 1;
            continue;
        }
        let taken = taken.get_or_insert_with(|| super::context::taken(scene, hits));
        let code = Code::read(scene, taken, at);
        if let Some((category, rule)) = code.judge(scene) {
            let (start, end) = (scene.tokens[code.from].start, scene.tokens[code.to - 1].end);
            hits.push(Hit { start, end, category, severity: Severity::Confirm, rule });
        }
        at = code.to.max(at + 1);
    }
}

fn sign(scene: &Scene, i: usize) -> u8 {
    scene.tokens.get(i).filter(|t| t.kind == Kind::Sign).map_or(0, |t| scene.text.as_bytes()[t.start])
}

fn letters_or_digits(token: &Token) -> bool {
    matches!(token.kind, Kind::Word | Kind::Number | Kind::Mixed)
}

/// Whether a code may begin at a token; nearly no word does.
fn begins(scene: &Scene, i: usize) -> bool {
    let token = &scene.tokens[i];
    let next = scene.tokens.get(i + 1);
    let begins = match token.kind {
        Kind::Number | Kind::Mixed => true,
        Kind::Word => next.is_some_and(|t| match t.kind {
            Kind::Sign => !t.spaced && token.len() <= 6 && b"/-.*~&".contains(&scene.text.as_bytes()[t.start]),
            Kind::Number | Kind::Mixed => t.spaced && !t.line && token.case != Case::Lower && token.len() <= 6,
            Kind::Word | Kind::Foreign => false,
        }),
        // `-845K`
        Kind::Sign => next.is_some_and(|t| t.kind == Kind::Mixed && !t.spaced && t.len() > 3) && sign(scene, i) == b'-',
        Kind::Foreign => false,
    };
    begins && (token.spaced || i > 0 && matches!(sign(scene, i - 1), b'(' | b'"' | b'\'' | b'#' | b'[' | b'='))
}

/// Letters and digits that belong together.
#[derive(Default)]
struct Code {
    from: usize,
    to: usize,
    digits: usize,
    letters: usize,
    /// Signs between its parts, and spaces.
    signs: usize,
    spaces: usize,
    numbers: usize,
    /// The longest number that begins with a zero.
    zeros: usize,
    /// Small letters in a part of several.
    small: usize,
    /// Parts of letters and digits.
    mixed: usize,
    /// The longest number, and whether a decimal point stands in one.
    longest: usize,
    decimal: bool,
    /// The last part is a year.
    year: bool,
}

impl Code {
    fn read(scene: &Scene, taken: &[bool], from: usize) -> Code {
        let mut code = Code { from, to: from, ..Code::default() };
        let tokens = scene.tokens;
        let mut i = from;
        while i < tokens.len() && i < from + LONGEST && !taken[i] {
            let token = &tokens[i];
            if i > from && token.line {
                break;
            }
            if letters_or_digits(token) {
                if i > from && token.spaced && !sign_joins(scene, i) && !code.grows(scene, i) {
                    break;
                }
                code.spaces += usize::from(i > from && token.spaced);
                code.add(scene, token);
                i += 1;
                code.to = i;
                continue;
            }
            // A sign, or two, and what is tied to them.
            let run = (i..i + 2).take_while(|n| *n > i && !tokens.get(*n).is_some_and(|t| t.spaced) || *n == i);
            let signs = run.take_while(|n| b"-/.*~#&".contains(&sign(scene, *n)) && sign(scene, *n) != 0).count();
            let next = tokens.get(i + signs);
            let tied =
                signs > 0 && next.is_some_and(|t| letters_or_digits(t) && !t.spaced) && (!token.spaced || i == from);
            let apart = signs == 1
                && token.spaced
                && sign(scene, i) == b'/'
                && code.digits > 3
                && next.is_some_and(|t| letters_or_digits(t) && t.spaced && (t.kind == Kind::Number || t.len() == 1));
            if !(tied || apart) || taken.get(i + signs).copied().unwrap_or(true) {
                break;
            }
            code.signs += usize::from(i > from);
            let decimal = sign(scene, i) == b'.'
                && i > from
                && matches!(tokens[i - 1].kind, Kind::Number | Kind::Mixed)
                && next.is_some_and(|t| t.kind == Kind::Number && t.len() < 4);
            code.decimal |= decimal;
            i += signs;
        }
        code
    }

    fn add(&mut self, scene: &Scene, token: &Token) {
        let word = &scene.text[token.start..token.end];
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        self.digits += digits;
        self.letters += word.len() - digits;
        self.year = word.len() == 4 && digits == 4 && (word.starts_with("19") || word.starts_with("20"));
        match token.kind {
            Kind::Number => {
                self.numbers += 1;
                if !word.ends_with("00") {
                    self.longest = self.longest.max(word.len());
                }
                if word.starts_with('0') {
                    self.zeros = self.zeros.max(word.len());
                }
            }
            Kind::Mixed => {
                self.mixed += 1;
                self.longest = self.longest.max(digits);
                let tail = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
                if tail.starts_with('0') {
                    self.zeros = self.zeros.max(tail.bytes().take_while(u8::is_ascii_digit).count());
                }
            }
            _ => self.small += usize::from(token.case == Case::Lower && word.len() > 2),
        }
    }

    /// Whether a part after a space goes on with the code: number after number, a letter at the end.
    fn grows(&self, scene: &Scene, i: usize) -> bool {
        let token = &scene.tokens[i];
        let before = &scene.tokens[i - 1];
        let unit = || super::contact::after_word(scene.text, token.end);
        let quantity = || {
            matches!(unit(), "mg" | "ml" | "mL" | "g" | "kg" | "mcg" | "days" | "h" | "yr" | "yrs" | "yo" | "F" | "M")
                || matches!(sign(scene, i + 1), b'%')
        };
        match token.kind {
            Kind::Number => {
                (matches!(before.kind, Kind::Number | Kind::Mixed) || before.case != Case::Lower || self.signs > 0)
                    && !quantity()
            }
            Kind::Mixed => {
                self.digits > 0
                    && token.case != Case::Lower
                    && !scene.text.as_bytes()[token.start].is_ascii_lowercase()
                    && !quantity()
            }
            Kind::Word => {
                let last = token.len() == 1 && self.digits >= 4 && !matches!(scene.word(i), "i" | "a" | "x");
                let more = token.case == Case::Upper
                    && token.len() <= 3
                    && self.digits >= 4
                    && !token.is(COMMON | VOCAB)
                    && scene.tokens.get(i + 1).is_none_or(|t| t.line || t.kind != Kind::Word);
                last || more
            }
            _ => false,
        }
    }

    fn judge(&self, scene: &Scene) -> Option<(Category, &'static str)> {
        // Every shape of a code has as much.
        if self.digits < 3 || self.letters == 0 && self.zeros == 0 {
            return None;
        }
        let tokens = scene.tokens;
        let (start, end) = (tokens[self.from].start, tokens[self.to - 1].end);
        let piece = &scene.text[start..end];
        let after = sign(scene, self.to);
        let tight = scene.tokens.get(self.to).is_some_and(|t| !t.spaced);
        if piece.len() < 4 || tight && matches!(after, b'%' | b'=' | b'<' | b'>' | b'_') {
            return None;
        }
        let first = &tokens[self.from];
        let known = first.word()
            && (first.is(COMMON | VOCAB | EPONYM | BRAND | CITE)
                && (first.len() > 2 || !matches!(first.case, Case::Upper | Case::Initial))
                || first.len() > 2 && first.case == Case::Lower);
        // `Ekholm 2021`, `A1c 13.9`, `c.68_69del`, `41 000`
        let cited = self.year && self.numbers == 1 && self.mixed == 0;
        let thousands = self.signs == 0 && self.mixed == 0 && piece.ends_with("000");
        if cited
            || self.decimal
            || thousands
            || said_of_writing(scene, self.from)
            || time_or_value(piece)
            || near_reference(scene.text, start)
            || super::coded::public(piece)
        {
            return None;
        }
        let weighty = self.zeros >= 2 || self.longest >= 4;
        // `MRI 2/52`, `HR 118`, `CD4 34`
        let value = self.spaces == 1 && self.signs < 2 && self.numbers > 0 && !weighty;
        if let Some(category) = told(scene, self.from)
            && !value
            && !(known && self.signs == 0)
            && (self.digits >= 3 && self.signs + self.spaces > 0 || self.digits >= 5)
            && (self.letters > 0 || self.zeros > 0)
            && (weighty || self.signs + self.spaces > 1)
        {
            return Some((category, "code-told"));
        }
        // By its shape alone.
        let parts = self.numbers + self.mixed;
        let zero = self.zeros >= 3 && self.letters > 0 && (self.signs > 0 || self.spaces > 0 && first.len() < 4);
        let tied = self.signs >= 2 && self.letters > 0 && self.digits >= 4 && self.small == 0 && parts >= 2 && weighty;
        let grouped = self.spaces >= 2
            && self.letters > 0
            && self.letters <= 6
            && self.numbers >= 2
            && self.digits >= 5
            && self.signs == 0;
        let mixed = self.mixed >= 2 && self.digits >= 7;
        (!known && (zero || tied || grouped || mixed)).then_some((Category::Mrn, "code-shaped"))
    }
}
fn sign_joins(scene: &Scene, i: usize) -> bool {
    i > 0 && scene.tokens[i - 1].kind == Kind::Sign && scene.tokens[i].spaced && sign(scene, i - 1) == b'/'
}

/// What is tied to a number's end or start belongs to it: `0631-k`, `0071(d)`, `KHT-0062214`.
fn grow(scene: &Scene, hits: &mut [Hit]) {
    for hit in hits.iter_mut().filter(|h| {
        matches!(h.category, Category::Mrn | Category::Account | Category::Device | Category::Licence)
            && h.rule != "udi"
    }) {
        let tokens = scene.tokens;
        let mut end = tokens.partition_point(|t| t.end <= hit.end);
        for _ in 0..4 {
            let tied = |n: usize| tokens.get(end + n).is_some_and(|t| !t.spaced && letters_or_digits(t) && t.len() < 7);
            let joins = tokens.get(end).is_some_and(|t| !t.spaced) && b"-/*~".contains(&sign(scene, end));
            if joins && tied(1) {
                end += 2;
            } else if sign(scene, end) == b'(' && !tokens[end].spaced && tied(1) && sign(scene, end + 2) == b')' {
                end += 3;
            } else {
                break;
            }
            hit.end = tokens[end - 1].end;
        }
        let mut start = tokens.partition_point(|t| t.start < hit.start);
        for _ in 0..3 {
            let tied = start >= 2
                && start < tokens.len()
                && !tokens[start].spaced
                && !tokens[start - 1].spaced
                && b"-/*~".contains(&sign(scene, start - 1))
                && letters_or_digits(&tokens[start - 2])
                && tokens[start - 2].len() < 7;
            if !tied {
                break;
            }
            start -= 2;
            hit.start = tokens[start].start;
        }
    }
}

/// What the words before a code say it is.
fn told(scene: &Scene, from: usize) -> Option<Category> {
    let mut found = None;
    for i in (from.saturating_sub(REACH)..from).rev() {
        let token = &scene.tokens[i];
        if token.kind == Kind::Sign
            && b".;?!".contains(&scene.text.as_bytes()[token.start])
            && scene.word(i.saturating_sub(1)) != "no"
        {
            break;
        }
        found = found.or(match scene.word(i) {
            "file" | "files" | "filed" | "record" | "records" | "notes" | "chart" | "charted" | "folder"
            | "folders" | "sticker" | "stickers" | "label" | "labels" | "labelled" | "labeled" | "tracker"
            | "register" | "dossier" | "requisition" | "profile" | "log" | "accession" | "uhid" | "mrn" | "ur"
            | "urs" | "urn" | "hrn" | "phin" | "prf" | "pacs" | "number" | "numbers" | "numbering" | "nos" | "no"
            | "code" | "accessioned" | "indoor" | "sheet" | "id" | "case" | "referral" | "request" | "wristband"
            | "barcode" | "bracelet" | "under" | "opd" | "mlc" | "sample" | "specimen" | "jar" | "culture" | "emr"
            | "hosp" | "nhi" => Some(Category::Mrn),
            "licence" | "license" | "cert" | "certificate" | "rego" | "registration" | "indemnity" | "mci"
            | "council" | "prdp" => Some(Category::Licence),
            "claim" | "card" | "member" | "policy" | "grant" | "appeal" | "insurer" | "token" | "complaint"
            | "scheme" | "authorisation" | "badge" | "payroll" | "ticket" => Some(Category::Account),
            "serial" | "lot" | "lead" | "generator" | "battery" | "device" | "pump" | "stim" | "pacemaker" | "icd"
            | "implant" | "batch" => Some(Category::Device),
            "plate" | "reg" | "car" | "van" | "ute" | "bakkie" | "trailer" | "horsebox" | "bike" => {
                Some(Category::Vehicle)
            }
            _ => None,
        });
    }
    found
}

/// Whether the words before a code speak of a paper, a law, a product.
fn said_of_writing(scene: &Scene, from: usize) -> bool {
    (from.saturating_sub(4)..from).any(|i| {
        let word = scene.word(i);
        matches!(
            word,
            "ndc"
                | "nct"
                | "pmid"
                | "doi"
                | "isbn"
                | "guideline"
                | "guidance"
                | "trial"
                | "study"
                | "icd"
                | "cpt"
                | "snomed"
                | "version"
                | "protocol"
                | "article"
                | "section"
                | "page"
                | "exon"
                | "variant"
                | "mutation"
                | "hla"
                | "strain"
                | "isrctn"
                | "gene"
                | "catalogue"
                | "model"
                | "act"
                | "regulation"
                | "form"
        ) || scene.tokens[i].is(CITE) && scene.tokens[i].case == Case::Upper
    })
}

/// `0300`, `10:40`, `1,200`, `2.5`, `3-5`, `120/80`, `2019-2021`: digits as everybody writes them.
fn time_or_value(piece: &str) -> bool {
    let letters = piece.bytes().any(|b| b.is_ascii_alphabetic());
    let parts: Vec<&str> = piece.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty()).collect();
    let clock = |p: &&str| p.len() == 4 && p.as_bytes()[2] < b'6' && p.parse::<u32>().is_ok_and(|n| n < 2400);
    let year = |p: &&str| p.len() == 4 && (p.starts_with("19") || p.starts_with("20"));
    !letters && (parts.len() < 2 && !piece.starts_with("00") || parts.iter().all(|p| clock(p) || year(p)))
        || !letters && parts.len() == 2 && !parts.iter().any(|p| p.len() > 2 && p.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use crate::deid::check_by_rules as check;

    #[test]
    fn codes_by_their_shape_and_by_what_is_said_beside_them() {
        for (text, code) in [
            ("our clinic numbers look like Rav/8/0427 here", "Rav/8/0427"),
            ("his record is on the system as B0TT-226-4, sadly", "B0TT-226-4"),
            ("the old number was KB 55 31 207 and nothing merges", "KB 55 31 207"),
            ("chart on the requisition M 663 0 051.", "M 663 0 051"),
        ] {
            let found = check(text).findings;
            assert!(found.iter().any(|f| text[f.start..f.end].contains(code)), "{text}: {found:?}");
        }
        for text in [
            "BP 118/70, CK 41 000 and falling",
            "HLA A*02:01, B*44:03, DRB1*15:01",
            "the CheckMate 067 arm at 6/24/48 h",
        ] {
            assert!(check(text).findings.iter().all(|f| !f.rule.starts_with("code-")), "{text}");
        }
    }
}
