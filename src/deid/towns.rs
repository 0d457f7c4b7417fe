//! A run of capitals as a place: by what stands around it, by the list, or because no list knows it.

use super::lexicon::{self, *};
use super::names::{Look, look};
use super::places::{Finder, known, suffix};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Severity};

impl Finder<'_> {
    pub(super) fn capital_place(
        &self,
        at: usize,
        end: usize,
        preposition: bool,
        abode: bool,
        previous: &str,
        earlier: &[&str],
    ) -> Option<(Hit, usize)> {
        let tokens = self.scene.tokens;
        let words: Vec<&Token> = tokens[at..end].iter().filter(|t| t.word()).collect();
        let next = self.lower(end);
        let listed = if words.len() == 1 { words[0].is(PLACE) } else { known(self.scene, at, end) };
        if words.iter().all(|t| t.is(REGION)) && !(listed && words.len() > 1)
            || words.len() > 1
                && lexicon::phrase(
                    &words
                        .iter()
                        .map(|t| self.scene.text[t.start..t.end].to_ascii_lowercase())
                        .collect::<Vec<_>>()
                        .join(" "),
                ) & REGION
                    != 0
        {
            return None;
        }
        // A guideline, a group, a score of that place.
        let study = tokens.get(end).is_some_and(|t| t.is(HEAD) && t.spaced && !t.line)
            && !matches!(next, "system" | "line" | "area" | "group" | "view" | "approach")
            || matches!(next, "group" | "style" | "approach")
            || tokens.get(end).is_some_and(|t| t.kind == Kind::Number && t.len() == 4)
            || matches!(next, "et");
        if study {
            return None;
        }
        let first = words[0];
        let plain =
            words.iter().all(|t| t.is(COMMON | BRAND | MONTH) || t.is(VOCAB) && !t.is(PLACE)) && !(listed && abode);
        // Town, STATE
        let state = self.sign(end, b',')
            && tokens.get(end + 1).is_some_and(|t| {
                t.case == Case::Upper
                    && t.len() == 2
                    && !self.sign(end + 2, b'-')
                    && STATES.contains(&self.scene.text[t.start..t.end].as_ref())
                    || t.is(REGION) && t.capital()
            });
        let resident = previous == "o" && earlier.first() == Some(&"/") && earlier.get(1) == Some(&"r")
            || previous == "." && earlier.first() == Some(&"vill")
            || matches!(previous, "vill" | "p.o" | "sarpanch")
            || previous == "of" && earlier.first() == Some(&"sarpanch");
        if resident && !first.is(REGION) {
            return Some(self.hit(at, end, "abode"));
        }
        let title = matches!(previous, "dr" | "mr" | "mrs" | "ms" | "prof");
        if title {
            return None;
        }
        if state && !plain && (preposition || listed) {
            return Some(self.hit(at, end, "town-and-state"));
        }
        if let Some(length) = super::institutions::works(self.scene, at, previous, earlier)
            && length
            && !plain
            && !first.is(REGION | MONTH | lexicon::DOCTOR | lexicon::TITLE)
            && !(first.is(EPONYM) && words.len() == 1)
            && !listed
            && !(words.len() == 1 && look(first) == Look::Given && !matches!(previous, "for" | "at"))
        {
            return Some((
                Hit {
                    start: tokens[at].start,
                    end: tokens[end - 1].end,
                    category: Category::Facility,
                    severity: Severity::Confirm,
                    rule: "employer",
                },
                end,
            ));
        }
        if matches!(
            self.lower(end),
            "pada"
                | "village"
                | "township"
                | "suburb"
                | "side"
                | "district"
                | "island"
                | "estate"
                | "camp"
                | "reserve"
                | "marae"
                | "taluk"
                | "tehsil"
                | "mandal"
                | "parish"
                | "lga"
                | "tp"
        ) && tokens.get(end).is_some_and(|t| t.spaced && !t.line)
            && !plain
            && (preposition || listed)
        {
            return Some(self.hit(
                at,
                end + usize::from(matches!(self.lower(end), "pada" | "village" | "township")),
                "village",
            ));
        }
        // A capitalised word that no list knows, after "in" or "from".
        if matches!(previous, "in" | "from" | "near" | "at")
            && (words.iter().all(|t| look(t) == Look::Unknown && !t.is(RARE) && t.len() > 4)
                || words.len() == 2
                    && (matches!(
                        self.lower(at),
                        "fort"
                            | "port"
                            | "mount"
                            | "lake"
                            | "glen"
                            | "upper"
                            | "lower"
                            | "north"
                            | "south"
                            | "east"
                            | "west"
                            | "new"
                            | "old"
                            | "great"
                            | "little"
                            | "st"
                    ) && look(words[1]) != Look::No
                        || matches!(
                            self.lower(end - 1),
                            "city"
                                | "town"
                                | "falls"
                                | "springs"
                                | "creek"
                                | "bay"
                                | "beach"
                                | "harbour"
                                | "heights"
                                | "island"
                                | "valley"
                                | "hills"
                                | "flats"
                                | "junction"
                                | "crossing"
                                | "ridge"
                                | "rock"
                                | "river"
                                | "point"
                                | "mills"
                        ) && !first.is(EPONYM)))
            && !first.opens
            && !first.possessive
            && tokens[end - 1].case == Case::Capital
            && !suffix(next)
            && !self.sign(end, b'-')
            && !self.sign(end, b'/')
        {
            return Some(self.hit(at, end, "place-unknown"));
        }
        if preposition && listed && !plain && !matches!(previous, "of") {
            // `in Karachi data`: the place of a study.
            if words.len() == 1 && first.is(EPONYM) && !abode {
                return None;
            }
            return Some(self.hit(at, end, "place"));
        }
        if previous == "of" && listed && abode && !plain {
            return Some(self.hit(at, end, "place"));
        }
        if abode
            && !plain
            && !words.iter().any(|t| t.is(REGION | MONTH | BRAND))
            && !suffix(next)
            && !(words.len() == 1 && first.is(EPONYM) && !listed)
            && words.iter().any(|t| look(t) != Look::No || t.is(PLACE))
            && !matches!(previous, "of")
        {
            let person = look(first) == Look::Given && !listed && matches!(previous, "to" | "from");
            return (!person).then(|| self.hit(at, end, "abode"));
        }
        // `, Moga`, `| Hayatabad`: listed places beside an address or an institution are joined later; alone only a clear one.
        let alone = listed
            && !plain
            && !(words.len() == 1 && first.is(COMMON | EPONYM | FIRST | LAST))
            && (previous == "," || previous == "(")
            && !first.opens
            && (words.len() > 1 || first.len() > 3)
            && (self.sign(end, b',')
                || self.sign(end, b'.')
                || self.sign(end, b')')
                || self.sign(end, b';')
                || tokens.get(end).is_none_or(|t| t.line));
        // `Miller, Alton, Magill`: among names that are no towns it is one of a list of things.
        let item = |i: usize| {
            tokens.get(i).is_some_and(|t| {
                t.word()
                    && (t.capital() || t.case == Case::Upper)
                    && !t.line
                    && !t.is(REGION)
                    && (!t.is(PLACE) || t.is(LAST | EPONYM))
            })
        };
        let list = alone
            && previous == ","
            && at >= 2
            && item(at - 2)
            && item(end + 1)
            && tokens.get(end + 2).is_none_or(|t| t.kind == Kind::Sign || t.line);
        if alone && !list {
            return Some(self.hit(at, end, "place-listed"));
        }
        None
    }
}

pub(super) const STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME",
    "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA",
    "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "ON", "QC", "BC", "AB", "SK", "MB",
    "NS", "NB", "NL", "PE", "YT", "NT", "NU", "SA", "QLD", "NSW", "VIC", "TAS", "KZN", "EC", "WC", "NZ", "UK",
];
