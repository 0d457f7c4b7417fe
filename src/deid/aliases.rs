//! Names by which staff call or list a patient.

use super::lexicon::*;
use super::names::{Look, look};
use super::people::Finder;
use super::token::{Case, Kind};
use super::{Category, Hit, Severity};

impl<'a> Finder<'a> {
    /// Names by which staff call or list a patient.
    pub(super) fn codename(&self, at: usize, word: &str) -> Option<(Hit, usize)> {
        let next = self.lower(at + 1);
        let length = match word {
            "call" | "calls" | "called" | "calling" | "nickname" | "nicknamed" | "dub" | "dubbed" | "name"
            | "named"
                if matches!(next, "him" | "her" | "them" | "it" | "she" | "he") =>
            {
                2
            }
            "alias" | "codename" | "codenamed" | "nickname" | "nicknamed" | "dubbed" | "pseudonym" => 1,
            "code" if next == "name" => 2,
            "listed" | "registered" | "logged" | "entered" | "booked" | "recorded" | "filed" => match (1..6).find(|n| {
                matches!(self.lower(at + n), "as" | "under") && (*n == 1 || matches!(next, "on" | "in" | "by" | "up"))
            }) {
                Some(n) => n + 1 + usize::from(self.lower(at + n + 1) == "alias"),
                None => 0,
            },
            "in" if next == "as"
                && matches!(self.before(at, 1), "brought" | "came" | "booked" | "checked" | "logged") =>
            {
                2
            }
            "her" | "him" | "them"
                if next == "as"
                    && matches!(
                        self.before(at, 1),
                        "knows" | "know" | "knew" | "refer" | "to" | "list" | "lists" | "listed"
                    ) =>
            {
                2
            }
            "known" if matches!(next, "as" | "to" | "only" | "locally" | "on") => {
                (2..8).find(|n| self.lower(at + n) == "as").map_or(2, |n| n + 1)
            }
            "unit" | "ward" | "board" | "team" | "handover" | "list" | "shift" | "nurses" if self.he_is(at + 1) => {
                1 + self.he_is_length(at + 1)
            }
            "we'd" | "we've" | "we're" | "have" | "had" if self.shaped(at + 1) && self.board_follows(at + 1) => 1,
            "was" | "is" if matches!(next, "trauma" | "unknown" | "unidentified") && self.shaped(at + 1) => 1,
            _ => 0,
        };
        if length == 0 {
            return None;
        }
        let mut i = at + length;
        let quoted = self.sign(i, b'"') || self.sign(i, b'\'');
        if quoted || self.sign(i, b':') || self.sign(i, b',') && word.starts_with("nick") {
            i += 1;
        }
        if self.lower(i) == "the" || self.lower(i) == "our" {
            let start = i;
            if self.token(i + 1).is_some_and(|t| t.capital()) {
                let mut end = i + 2;
                while self.token(end).is_some_and(|t| t.capital() && !t.line) && end < i + 5 {
                    end += 1;
                }
                return Some(self.hit(start, end, Category::Codename, Severity::Block, "codename"));
            }
        }
        let first = self.token(i)?;
        if !first.capital() && !(quoted && first.word()) || first.opens && !quoted {
            return None;
        }
        let mut end = i + 1;
        while end < i + 5
            && self.token(end).is_some_and(|t| {
                !t.line
                    && (t.capital()
                        || t.case == Case::Upper && t.len() == 1
                        || t.kind == Kind::Number && t.len() < 4
                        || quoted && t.word())
            })
            || self.sign(end, b'-') && self.token(end + 1).is_some_and(|t| !t.spaced)
            || end > i && self.sign(end - 1, b'-') && self.token(end).is_some_and(|t| !t.spaced && t.kind != Kind::Sign)
        {
            end += 1;
        }
        let person = look(first) > Look::Unknown && !first.is(COMMON);
        let among = word == "known"
            && (at + 1..at + length).any(|n| {
                matches!(
                    self.lower(n),
                    "only" | "us" | "all" | "staff" | "everyone" | "everybody" | "nurses" | "ward" | "porters"
                )
            });
        let plain = word == "known" && !among
            || matches!(word, "called" | "named" | "name") && !matches!(next, "him" | "her" | "them");
        if plain && (person || !quoted) || first.is(EPONYM | BRAND | REGION) && !quoted {
            return None;
        }
        if plain && first.case == Case::Lower {
            return None;
        }
        Some(self.hit(i, end, if person { Category::Name } else { Category::Codename }, Severity::Block, "codename"))
    }

    pub(super) fn he_is(&self, i: usize) -> bool {
        matches!(self.lower(i), "he" | "she" | "they") && self.token(i).is_some_and(|t| t.possessive)
            || matches!(self.lower(i), "he" | "she") && self.lower(i + 1) == "is"
            || matches!(self.lower(i), "we" | "they") && matches!(self.lower(i + 1), "call" | "called")
    }

    pub(super) fn he_is_length(&self, i: usize) -> usize {
        if self.token(i).is_some_and(|t| t.possessive) { 1 } else { 2 }
    }

    pub(super) fn board_follows(&self, i: usize) -> bool {
        (i + 1..i + 6).any(|j| self.lower(j) == "board" && self.before(j, 2) == "on")
    }
}
