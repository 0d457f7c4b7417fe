//! Names in texts without capitals that nothing announces: only those that are nothing else, or that the grammar gives
//! away.

use super::lexicon::*;
use super::names::{Look, look, term};
use super::people::Finder;
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Severity};

impl<'a> Finder<'a> {
    /// Lower-case names: only those that are nothing else, or that the grammar gives away.
    pub(super) fn bare_lower(&self, token: &Token, looks: Look) -> Option<(Hit, usize)> {
        let at = self.at;
        let text = self.lower(at);
        // `wills wife rose`: a possessive without its sign before a relative.
        let relative_next = || {
            self.role(at + 1, RELATIVE)
                || matches!(self.lower(at + 1), "number" | "house" | "meds" | "bloods" | "scan" | "notes")
        };
        if let Some(stem) = text.strip_suffix('s')
            && relative_next()
            && stem.len() > 2
            && word(stem) & FIRST != 0
            && (word(text) & (COMMON | VOCAB) == 0 || self.role(at + 1, RELATIVE) && self.scene.lowercase)
            && word(stem) & RELATIVE == 0
        {
            return Some((
                Hit {
                    start: token.start,
                    end: token.end - 1,
                    category: Category::Name,
                    severity: Severity::Block,
                    rule: "possessive-lower",
                },
                at + 1,
            ));
        }
        if token.possessive
            && token.is(FIRST)
            && !token.is(EPONYM | BRAND | MONTH)
            && self.role(at + 1, RELATIVE)
            && !token.is(RELATIVE)
        {
            return Some(self.hit(at, at + 1, Category::Name, Severity::Block, "possessive-lower"));
        }
        if self.scene.lowercase
            && token.is(FIRST)
            && let Some(found) = self.beside_staff(token)
        {
            return Some(found);
        }
        if !self.scene.lowercase
            || !token.spaced && at > 0 && (self.sign(at - 1, b'-') || self.sign(at - 1, b'/'))
            || token.len() < 4 && looks == Look::Given && !self.aged(at + 1) && !self.role(at + 1, DEED)
        {
            return None;
        }
        // `lloyd davies position`, `magandang gabi`
        let next = self.lower(at + 1);
        if token.is(FIRST | LAST) && (term(self.before(at, 1), text) || term(text, next)) {
            return None;
        }
        // `my lola said no`, `45 min was the record`
        let kin = token.is(TITLE | RELATIVE)
            && matches!(self.before(at, 1), "my" | "his" | "her" | "your" | "our" | "their" | "the" | "a");
        let unit = matches!(text, "min" | "sec" | "mo" | "wk" | "kg")
            && at > 0
            && self.token(at - 1).is_some_and(|t| t.kind == Kind::Number);
        if kin || unit {
            return None;
        }
        let verb = self.lower(at + 1);
        let deed = self.role(at + 1, DEED)
            && !matches!(verb, "called" | "found" | "used" | "reports" | "started" | "stopped" | "noted");
        let age = self.aged(at + 1);
        match looks {
            Look::Given if token.len() > 2 => {
                let next = self.token(at + 1);
                let pair = next.is_some_and(|t| {
                    t.case == Case::Lower && !t.line && t.is(FIRST | LAST) && look(t) > Look::No && t.spaced
                });
                if token.is(VOCAB | PLACE) && !deed && !age && !pair {
                    return None;
                }
                let mut end = at + 1;
                if pair {
                    end += 1;
                }
                let surname =
                    next.is_some_and(|t| t.case == Case::Lower && !t.line && look(t) == Look::Unknown && t.spaced);
                if surname {
                    end += 1;
                }
                Some(self.hit(
                    at,
                    end,
                    Category::Name,
                    if deed || age || pair { Severity::Block } else { Severity::Confirm },
                    "given-name-lower",
                ))
            }
            Look::Double if token.is(FIRST) && token.len() > 2 && !token.is(EPONYM) => {
                let opens = token.opens
                    || matches!(self.before(at, 1), "so" | "and" | "but" | "when" | "because" | "anyway" | "that");
                let pair = self
                    .token(at + 1)
                    .is_some_and(|t| t.case == Case::Lower && !t.line && look(t) >= Look::Family && t.is(FIRST | LAST));
                let modal = matches!(text, "will" | "may" | "can" | "mark");
                let says = matches!(
                    verb,
                    "is" | "was" | "has" | "says" | "said" | "had" | "came" | "told" | "wants" | "went" | "rang"
                ) && (modal || human_only(verb));
                let both = verb == "and" && matches!(self.lower(at + 2), "i" | "his" | "her") && opens;
                if pair {
                    return Some(self.hit(at, at + 2, Category::Name, Severity::Block, "given-name-lower"));
                }
                // `bill is 900`, `hope is no plan`, `dawn is too early`
                let thing = matches!(verb, "is" | "has") && !self.of_a_person(at + 2);
                (opens && says && !thing && !matches!(verb, "had" | "was") || both || age && opens && !modal)
                    .then(|| self.hit(at, at + 1, Category::Name, Severity::Confirm, "double-name-lower"))
            }
            _ => (age && looks >= Look::Family && !token.is(PLACE))
                .then(|| self.hit(at, at + 1, Category::Name, Severity::Confirm, "given-name-lower")),
        }
    }

    /// `rang maureen in stores`, `keith the nurse on call`
    fn beside_staff(&self, token: &Token) -> Option<(Hit, usize)> {
        let at = self.at;
        let spoken = matches!(
            self.before(at, 1),
            "rang" | "phoned" | "bleeped" | "asked" | "told" | "messaged" | "texted" | "emailed" | "called" | "paged"
        );
        let where_from = matches!(self.lower(at + 1), "in" | "from" | "at" | "the" | "our" | "who" | "she" | "he");
        let post = matches!(self.lower(at + 1), "the" | "our" | "my")
            && (at + 2..at + 4).any(|i| {
                self.token(i).is_some_and(|t| t.word() && t.is(STAFF | RELATIVE) && !t.line) || self.lower(i) == "nic"
            });
        let name = token.len() > 2 && !token.is(COMMON | REGION | MONTH | STAFF | RELATIVE);
        if !name || token.line && !post {
            return None;
        }
        if spoken && where_from || post && !token.is(VOCAB) {
            return Some(self.hit(at, at + 1, Category::Clinician, Severity::Confirm, "given-name-lower"));
        }
        None
    }

    /// What is said of somebody after "is" or "has": an age, what they do now, how they feel, what is theirs.
    fn of_a_person(&self, i: usize) -> bool {
        let word = self.lower(i);
        let age = self.token(i).is_some_and(|t| t.kind == Kind::Number && t.len() <= 2) && !self.sign(i + 1, b',');
        age || word.len() > 5 && word.ends_with("ing") && !word.ends_with("thing")
            || matches!(
                word,
                "fine"
                    | "ok"
                    | "okay"
                    | "great"
                    | "upset"
                    | "worried"
                    | "scared"
                    | "well"
                    | "better"
                    | "keen"
                    | "happy"
                    | "sad"
                    | "my"
                    | "his"
                    | "her"
                    | "home"
                    | "still"
                    | "now"
                    | "on"
                    | "off"
                    | "back"
                    | "so"
                    | "very"
                    | "quite"
                    | "really"
                    | "always"
                    | "never"
                    | "been"
                    | "had"
                    | "got"
                    | "lost"
                    | "gone"
                    | "asked"
                    | "told"
                    | "refused"
                    | "due"
                    | "pregnant"
                    | "deaf"
                    | "blind"
                    | "adamant"
                    | "furious"
                    | "anxious"
                    | "brilliant"
                    | "lovely"
            )
    }
}

/// Of the ambiguous verbs, those that speak for a person.
fn human_only(verb: &str) -> bool {
    matches!(verb, "says" | "said" | "told" | "wants" | "rang" | "came" | "is" | "has" | "went")
}
