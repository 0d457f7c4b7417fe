//! Names that stand without any announcement: known by the lists, by what their bearer does, by an age beside them.

use super::contact::before_word;
use super::lexicon::*;
use super::names::{Look, TERMS, compound, look};
use super::people::Finder;
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Severity};

impl<'a> Finder<'a> {
    /// Names that stand without any announcement.
    pub(super) fn bare(&self) -> Option<(Hit, usize)> {
        let at = self.at;
        let tokens = self.scene.tokens;
        let token = self.token(at)?;
        if token.kind == Kind::Foreign {
            let mut end = at + 1;
            while self.token(end).is_some_and(|t| t.kind == Kind::Foreign && !t.line) && end < at + 6 {
                end += 1;
            }
            let length = tokens[end - 1].end - token.start;
            return (length >= 2).then(|| self.hit(at, end, Category::Name, Severity::Confirm, "other-script"));
        }
        // In small letters only a possessive, with its sign or without, tells of a name, unless all is written so.
        let owner = || token.possessive || token.lower.ends_with('s');
        if !token.word() || token.case == Case::Lower && !self.scene.lowercase && !owner() {
            return None;
        }
        let looks = look(token);
        if token.case == Case::Upper && !self.shouted {
            // SMITH, John; MARGARET OYELARAN.
            let next = self.token(at + 1)?;
            let pair = looks >= Look::Family
                && token.len() > 3
                && next.case == Case::Upper
                && next.len() > 2
                && look(next) >= Look::Family
                && !token.line | token.is(FIRST);
            if pair && (token.is(FIRST) || next.is(FIRST)) {
                return Some(self.hit(at, at + 2, Category::Name, Severity::Block, "name-capitals"));
            }
            // ABERCROMBIE T,
            if looks >= Look::Unknown
                && token.len() > 4
                && (token.is(LAST | FIRST) || token.line || at > 0 && self.sign(at - 1, b','))
                && next.case == Case::Initial
                && next.spaced
                && (self.sign(at + 2, b',') || self.token(at + 2).is_none_or(|t| t.line))
            {
                return Some(self.hit(at, at + 2, Category::Name, Severity::Confirm, "name-capitals"));
            }
            if looks >= Look::Unknown
                && token.len() > 3
                && self.sign(at + 1, b',')
                && self.token(at + 2).is_some_and(|t| t.capital() && look(t) >= Look::Family && t.is(FIRST))
            {
                return Some(self.hit(at, at + 3, Category::Name, Severity::Block, "name-capitals"));
            }
            return None;
        }
        // P. Labuschagne, H. Castellanos
        if token.case == Case::Initial
            && self.sign(at + 1, b'.')
            && !tokens[at + 1].spaced
            && self.shaped(at + 2)
            && look(&tokens[at + 2]) >= Look::Unknown
            && !token.opens
        {
            let end = self.run(at, false);
            if end > at + 2 && !self.cited(at, end) && !tokens[at + 2].is(EPONYM) && tokens[at + 2].is(LAST | FIRST) {
                return Some(self.hit(at, end, Category::Name, Severity::Confirm, "initial-surname"));
            }
        }
        if token.case == Case::Lower {
            return self.bare_lower(token, looks);
        }
        // `Ji-won`, `Kwok-Wai Leung`
        if compound(self.scene, at) && token.spaced {
            let end = self.run(at, false);
            let category = if self.professional(at, end) { Category::Clinician } else { Category::Name };
            return (end >= at + 3).then(|| self.hit(at, end, category, Severity::Confirm, "full-name"));
        }
        if !self.shaped(at) || looks == Look::No || token.is(RELATIVE) {
            return None;
        }
        // A hyphen before it makes it the tail of a compound, a slash one of a list of terms.
        if !token.spaced
            && at > 0
            && (self.sign(at - 1, b'-') || self.sign(at - 1, b'/') || self.sign(at - 1, b'.'))
            && !self.sign(at.wrapping_sub(2), b'.')
        {
            return None;
        }
        let end = self.run(at, false);
        if end == at {
            return None;
        }
        if self.cited(at, end) || self.institution(end) {
            return None;
        }
        let words: Vec<&Token> = tokens[at..end].iter().filter(|t| t.word() && t.len() > 1).collect();
        let given = words.iter().filter(|t| look(t) == Look::Given).count();
        let strong = words.iter().filter(|t| look(t) >= Look::Family).count();
        let unknown = words.iter().filter(|t| look(t) == Look::Unknown).count();
        let firsts = words.iter().filter(|t| t.is(FIRST)).count();
        let place = words.len() > 1 && super::places::known(self.scene, at, end);
        let deed = self.role(end, DEED) && !tokens[end - 1].possessive;
        let human = self.role(end, HUMAN) && !tokens[end - 1].possessive;
        let age = self.aged(end);
        let locative = matches!(self.before(at, 1), "in" | "near" | "from" | "at") && words.iter().any(|t| t.is(PLACE));
        if words.len() >= 2 {
            let eponyms = words.iter().filter(|t| t.is(EPONYM) && !t.is(FIRST)).count();
            let hyphens = tokens[at..end].iter().any(|t| t.kind == Kind::Sign);
            if place && !age && !deed || locative && given == 0 {
                return None;
            }
            let pair = (self.lower(at), self.lower(end - 1));
            let joined = self.lower(at).to_owned() + " " + self.lower(end - 1);
            if super::lexicon::phrase(&joined) & EPONYM != 0 {
                return None;
            }
            if TERMS.contains(&pair)
                || hyphens && words.last().is_some_and(|t| t.len() <= 2)
                || words[0].is(EPONYM) && !age && !deed && given == 0
            {
                return None;
            }
            if eponyms > 0 && given == 0 {
                return None;
            }
            if hyphens && words.len() == 2 && given == 0 && strong < 2 && !age && !human {
                // Cormack-Lehane, Weil-Felix: two scientists.
                return None;
            }
            if given > 0 && (strong >= 2 || unknown > 0 || firsts >= 2)
                || given > 0 && words.iter().all(|t| t.is(FIRST | LAST))
                || firsts > 0 && strong + unknown > 0
                || words[0].is(FIRST)
                    && !words[0].is(COMMON | EPONYM)
                    && words[words.len() - 1].is(LAST)
                    && !words[words.len() - 1].is(COMMON | EPONYM)
            {
                let severity = if given > 0 { Severity::Block } else { Severity::Confirm };
                let clinician = self.professional(at, end);
                return Some(self.hit(
                    at,
                    end,
                    if clinician { Category::Clinician } else { Category::Name },
                    if clinician { Severity::Confirm } else { severity },
                    "full-name",
                ));
            }
            if strong >= 2
                || strong + unknown >= 2 && (age || deed || unknown >= 1 && strong >= 1)
                || unknown >= 2 && !token.opens
            {
                let clinician = self.professional(at, end);
                return Some(self.hit(
                    at,
                    end,
                    if clinician { Category::Clinician } else { Category::Name },
                    Severity::Confirm,
                    "name-likely",
                ));
            }
            return None;
        }
        if locative && !age && !human {
            return None;
        }
        if self.institution(end) {
            return None;
        }
        let clinician = self.professional(at, end);
        let category = if clinician { Category::Clinician } else { Category::Name };
        match looks {
            Look::Given => {
                // `Meta-analysis`
                if self.sign(end, b'-')
                    && self.token(end + 1).is_some_and(|t| !t.spaced && t.case == Case::Lower && t.is(COMMON | VOCAB))
                {
                    return None;
                }
                if token.len() <= 3 && !deed && !age && !self.aged_before(at) {
                    return None;
                }
                if self.part_of_place(at) {
                    return None;
                }
                // `Reg says wait`: first in a sentence a post has its capital anyway.
                if token.is(TITLE) || token.is(STAFF) && token.opens {
                    return None;
                }
                let capital_after = self.token(end).is_some_and(|t| t.capital() && t.spaced && !t.opens);
                if token.is(PLACE) && !deed && !age && !token.possessive && !self.quoted(at, end) {
                    return None;
                }
                let second = self.token(end).copied().unwrap_or(*token);
                if capital_after
                    && token.len() > 3
                    && second.case == Case::Capital
                    && !second.is(HEAD | SUFFIX | BRAND | REGION | EPONYM | MONTH | GENERIC)
                    && !token.possessive
                    && (second.is(DERIVED)
                        || self.aged(end + 1)
                        || self.role(end + 1, HUMAN)
                        || !second.is(COMMON) && !token.opens)
                {
                    return Some(self.hit(at, end + 1, category, Severity::Confirm, "full-name"));
                }
                if capital_after && !deed && !age && look(self.token(end)?) == Look::No && !self.token(end)?.is(COMMON)
                {
                    return None;
                }
                let severity = if clinician || !(deed || age) { Severity::Confirm } else { Severity::Block };
                Some(self.hit(at, end, category, severity, "given-name"))
            }
            Look::Double
                if token.is(FIRST) && (!token.is(MONTH) || self.patient_words(end) || self.aged_before(at)) =>
            {
                // May, Grant, Hope: with an age or as the doer of something only a person does, not first in a sentence.
                let named = age
                    || self.patient_words(end)
                    || self.aged_before(at)
                    || self.beside_name(at)
                    || human && !token.opens && !token.is(EPONYM)
                    || deed && token.is(EPONYM) && !token.opens && !token.is(PLACE) && human
                    || self.patient_words(end) && !token.opens;
                (named && !token.is(REGION)).then(|| self.hit(at, end, category, Severity::Confirm, "double-name"))
            }
            Look::Unknown | Look::Family => {
                let subject = human
                    || self.aged_before(at) && !token.is(PLACE)
                    || age && !token.is(PLACE)
                    || deed && (looks == Look::Family && !token.opens || token.is(RARE)) && !token.is(PLACE)
                    || clinician && !token.opens
                    || self.morphology(at);
                (subject && token.len() > 2 && !(token.is(PLACE) && !human)).then(|| {
                    self.hit(
                        at,
                        end,
                        category,
                        if clinician {
                            Severity::Confirm
                        } else if age {
                            Severity::Block
                        } else {
                            Severity::Confirm
                        },
                        "name-by-deed",
                    )
                })
            }
            _ => None,
        }
    }

    /// Endings and beginnings seen in names of languages whose names no list covers.
    pub(super) fn morphology(&self, at: usize) -> bool {
        let word = self.lower(at);
        if self.scene.tokens[at].opens && word.len() < 6
            || word.len() < 5
            || !matches!(
                before_word(self.scene.text, self.scene.tokens[at].start).to_ascii_lowercase().as_str(),
                "" | "and"
                    | "with"
                    | "to"
                    | "for"
                    | "but"
                    | "so"
                    | "by"
                    | "that"
                    | "about"
                    | "met"
                    | "saw"
                    | "is"
                    | "as"
                    | "because"
                    | "when"
                    | "says"
                    | "of"
                    | "if"
                    | "or"
                    | "who"
                    | "then"
                    | "thank"
                    | "thanks"
            ) && !self.scene.tokens[at].opens
        {
            return false;
        }
        const ENDS: &[&str] = &[
            "eshwar", "eswari", "lakshmi", "laxmi", "preet", "jeet", "inder", "deep", "bhai", "behn", "kumari",
            "ullah", "uddin", "begum", "puii", "puia", "mawia", "liana", "thanga", "wale", "tunde", "chukwu", "chi",
            "oluwa", "sizwe", "thando", "nkosi", "mbali", "ovich", "enko", "escu", "dottir", "shvili", "nathan",
        ];
        const STARTS: &[&str] = &[
            "oluwa", "chukwu", "nkosi", "thando", "ntombi", "nomv", "nompu", "lalr", "zodin", "abdul", "adebay",
            "adewo", "ifeany", "siyab", "sibong", "mkhi",
        ];
        ENDS.iter().any(|e| word.ends_with(e) && word.len() > e.len() + 1) && word.len() > 6
            || STARTS.iter().any(|s| word.starts_with(s))
    }
}
