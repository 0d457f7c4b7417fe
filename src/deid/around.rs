//! What stands around a name: an age, a profession, a citation.

use super::lexicon::*;
use super::names::{Look, look};
use super::people::Finder;
use super::token::{Case, Kind, Token};

impl<'a> Finder<'a> {
    /// An age in apposition: `, 45`, `(62M)`, `29 yr`, `41F`.
    pub(super) fn aged(&self, i: usize) -> bool {
        let mut at = i;
        let mut sign = false;
        while at < i + 1 && (self.sign(at, b',') || self.sign(at, b'(') || self.sign(at, b'-')) {
            sign = true;
            at += 1;
        }
        let Some(token) = self.token(at) else { return false };
        if token.line {
            return false;
        }
        if self.lower(at) == "aged" && self.token(at + 1).is_some_and(|t| t.kind == Kind::Number && t.len() <= 3) {
            return true;
        }
        let text = self.lower(at);
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let value: u32 = digits.parse().unwrap_or(0);
        if digits.len() > 3 || !(1..=117).contains(&value) {
            return false;
        }
        match &text[digits.len()..] {
            "f" | "m" | "yo" | "y" | "yr" | "yrs" | "mo" | "mth" | "mths" | "wk" | "wks" | "yof" | "yom" => true,
            "" if sign && self.sign(at + 1, b'.') && self.token(at + 2).is_none_or(|t| t.spaced) => true,
            "" => {
                let next = self.lower(at + 1);
                let unit = matches!(
                    next,
                    "mg" | "ml"
                        | "mcg"
                        | "%"
                        | "/"
                        | "days"
                        | "weeks"
                        | "hours"
                        | "."
                        | "x"
                        | "patients"
                        | "mm"
                        | "cm"
                        | "units"
                        | "-"
                        | "to"
                        | "of"
                        | "and"
                        | "for"
                );
                let years = matches!(next, "yr" | "yrs" | "y" | "yo" | "year" | "years" | "f" | "m");
                years
                    || sign
                        && !unit
                        && (self.sign(at + 1, b',')
                            || self.sign(at + 1, b')')
                            || self.sign(at + 1, b';')
                            || self.token(at + 1).is_some_and(|t| t.word() && t.case == Case::Lower && !t.is(BRAND)))
            }
            _ => false,
        }
    }

    /// An age right before: `22M, Gift,`.
    pub(super) fn aged_before(&self, at: usize) -> bool {
        if at < 2 || self.token(at).is_none_or(|t| t.line) {
            return false;
        }
        let comma = self.sign(at - 1, b',') || self.sign(at - 1, b'(');
        let text = self.lower(if comma { at - 2 } else { at - 1 });
        if !comma && self.token(at).is_some_and(|t| look(t) == Look::Double) {
            return false;
        }
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&digits)
            && matches!(&text[digits..], "f" | "m" | "yo" | "y" | "yr")
            && !self.institution(at + 1)
            && (self.sign(at + 1, b',')
                || self.sign(at + 1, b')')
                || self.sign(at + 1, b'.')
                || self.role(at + 1, DEED))
    }

    /// `Mykola or Mike`.
    pub(super) fn beside_name(&self, at: usize) -> bool {
        at >= 2
            && matches!(self.lower(at - 1), "or" | "and" | "aka")
            && self.shaped(at - 2)
            && look(&self.scene.tokens[at - 2]) == Look::Given
            && !self.scene.tokens[at].is(EPONYM)
    }

    /// `San Francisco`, `Ann Arbor`: part of a listed place of several words.
    pub(super) fn part_of_place(&self, at: usize) -> bool {
        let tokens = self.scene.tokens;
        at > 0
            && tokens[at - 1].capital()
            && (tokens[at - 1].is(PLACE_HEAD) && super::places::known(self.scene, at - 1, at + 1)
                || matches!(
                    self.before(at, 1),
                    "san" | "santa" | "st" | "los" | "las" | "port" | "fort" | "mount" | "lake"
                ))
            || tokens[at].is(PLACE_HEAD)
                && tokens.get(at + 1).is_some_and(Token::capital)
                && super::places::known(self.scene, at, at + 2)
    }

    pub(super) fn quoted(&self, at: usize, end: usize) -> bool {
        at > 0 && (self.sign(at - 1, b'\'') && self.sign(end, b'\'') || self.sign(at - 1, b'"') && self.sign(end, b'"'))
    }

    /// `Hope is 9`, `May to her friends`.
    pub(super) fn patient_words(&self, i: usize) -> bool {
        let first = self.lower(i);
        let second = self.lower(i + 1);
        matches!(first, "is" | "was")
            && self.token(i + 1).is_some_and(|t| t.kind == Kind::Number && t.len() <= 2)
            && !matches!(self.lower(i + 2), "%" | "mg" | "/" | ".")
            || first == "to"
                && matches!(second, "her" | "his")
                && matches!(self.lower(i + 2), "friends" | "family" | "mates")
            || first == "on" && second == "the" && self.lower(i + 2) == "notes"
    }

    /// Whether the words around make it a colleague.
    pub(super) fn professional(&self, at: usize, end: usize) -> bool {
        let tokens = self.scene.tokens;
        for back in 1..=3 {
            let Some(j) = at.checked_sub(back) else { break };
            if tokens[j].kind == Kind::Sign && !self.sign(j, b'(') && !self.sign(j, b',') {
                break;
            }
            if self.role(j, STAFF | DOCTOR) {
                return true;
            }
            if tokens[j + 1].line {
                break;
            }
        }
        let mut i = end;
        if self.sign(i, b',') || self.sign(i, b'(') {
            i += 1;
        }
        let after = self.lower(i);
        if matches!(after, "rn" | "md" | "np" | "frcp" | "mrcp" | "do" | "pharmd" | "facp" | "rm" | "mbbs" | "frcs")
            && self.token(i).is_some_and(|t| t.case == Case::Upper)
        {
            return true;
        }
        if matches!(after, "our" | "my" | "the")
            && self.sign(i.wrapping_sub(1), b',')
            && (i + 1..i + 4).any(|j| self.role(j, STAFF))
        {
            return true;
        }
        matches!(after, "in" | "from" | "at")
            && matches!(
                self.lower(i + 1),
                "pharmacy"
                    | "radiology"
                    | "micro"
                    | "theatre"
                    | "theatres"
                    | "anaesthetics"
                    | "physio"
                    | "ed"
                    | "icu"
                    | "haematology"
                    | "cardiology"
                    | "pathology"
            )
            || matches!(self.before(at, 1), "for" | "to" | "with" | "by" | "thanks")
                && (self.lower(end) == "and" && matches!(self.lower(end + 1), "others" | "all" | "everyone")
                    || self.sign(end, b',') && self.lower(end + 1) == "who")
    }

    /// Whether what follows makes the words an author or an eponym.
    pub(super) fn cited(&self, from: usize, end: usize) -> bool {
        let tokens = self.scene.tokens;
        let single = end - from == 1;
        for (i, token) in tokens.iter().enumerate().skip(end).take(4) {
            let word = self.lower(i);
            if token.kind == Kind::Number && token.len() == 4 && (word.starts_with("19") || word.starts_with("20")) {
                return true;
            }
            if i <= end + 1
                && token.is(CITE)
                && (token.case != Case::Lower
                    || matches!(
                        word,
                        "et" | "trial"
                            | "study"
                            | "series"
                            | "paper"
                            | "criteria"
                            | "score"
                            | "group"
                            | "review"
                            | "cohort"
                            | "data"
                            | "consensus"
                            | "guideline"
                            | "guidelines"
                    ))
            {
                return true;
            }
            if single && i == end && token.spaced && token.is(HEAD) {
                return true;
            }
            if token.kind == Kind::Sign
                && !self.sign(i, b',')
                && !self.sign(i, b'(')
                && !self.sign(i, b'\'')
                && !self.sign(i, b'-')
                || token.line
            {
                break;
            }
            if token.word() && token.case == Case::Lower && i > end {
                break;
            }
        }
        false
    }

    /// Whether a hospital, a road or the like follows: then it is not a person.
    pub(super) fn institution(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.is(SUFFIX) && t.capital() && t.spaced)
    }
}
