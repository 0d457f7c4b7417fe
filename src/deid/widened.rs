//! A settled hit grows over the rest of its name: the clinic after a town, the hospital's initials before it, the other
//! half of a double name, the word between a title and a name written small.

use super::lexicon::*;
use super::names::{Look, PARTICLES, look, syllables};
use super::things::{ENDING, SMALL, SURELY, thing};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene};

/// Widens each of the hits.
pub fn widen(scene: &Scene, hits: &mut [Hit]) {
    for i in 0..hits.len() {
        let before = i.checked_sub(1).map_or(0, |j| hits[j].end);
        let hit = &mut hits[i];
        let grown = Grown { scene };
        grown.over_particles(hit, before);
        match hit.category {
            Category::Facility | Category::Location => {
                grown.over_kind(hit);
                grown.over_initials(hit, before);
            }
            Category::Name | Category::Clinician | Category::Codename => {
                grown.over_halves(hit);
                grown.over_first(hit, before);
            }
            _ => {}
        }
    }
}

/// What stands small after a name and says what it is; the second kind needs a word between.
const KINDS: &[&str] =
    &["clinic", "hospital", "unit", "annex", "annexe", "hall", "van", "sub-unit", "campus", "hostel"];
/// Kinds after a word between: `freezing works`, `eye people`.
const AFTER: &[&str] = &["works", "people", "home", "van", "team", "shop", "plant", "station", "camp", "mill"];
/// Words before a name that belong to it.
const HEADS: &[&str] = &[
    "mac",
    "mc",
    "o",
    "ni",
    "nic",
    "van",
    "von",
    "de",
    "du",
    "la",
    "le",
    "al",
    "el",
    "abu",
    "umm",
    "bin",
    "ben",
    "ah",
    "sher",
    "klein",
    "groot",
    "ou",
    "oom",
    "big",
    "wee",
    "old",
    "young",
    "little",
    "sri",
    "swami",
    "mohd",
    "syed",
    "sk",
    "md",
    "shah",
    "mir",
    "te",
    "nga",
    "san",
    "st",
    "ap",
    "ab",
    "coach",
    "boss",
    "chef",
    "captain",
    "constable",
    "sgt",
];

struct Grown<'a> {
    scene: &'a Scene<'a>,
}

impl<'a> Grown<'a> {
    fn token(&self, i: usize) -> Option<&'a Token<'a>> {
        self.scene.tokens.get(i)
    }

    /// The token that follows the hit on the same line, a space away.
    fn after(&self, hit: &Hit) -> Option<usize> {
        let at = self.scene.tokens.partition_point(|t| t.start < hit.end);
        self.token(at).is_some_and(|t| t.spaced && !t.line && t.start == hit.end + 1).then_some(at)
    }

    /// `Ohura dental van`, `Red Kite freezing works`, `St Enda's day clinic`
    fn over_kind(&self, hit: &mut Hit) {
        let Some(at) = self.after(hit) else { return };
        let small = |i: usize| self.token(i).is_some_and(|t| t.word() && t.case == Case::Lower && t.spaced && !t.line);
        let facility = hit.category == Category::Facility;
        let kind = |i: usize| {
            let word = self.scene.word(i);
            small(i) && (KINDS.contains(&word) || facility && thing(word) & (SURELY | SMALL) != 0)
        };
        let between = small(at)
            && self.token(at).is_some_and(|t| {
                t.len() > 2
                    && !t.is(DEED | HUMAN | RELATIVE | PATIENT | STAFF | CARE)
                    && (t.is(GENERIC | DEPT) || facility && t.is(COMMON | VOCAB) && t.len() > 3)
            })
            && !matches!(
                self.scene.word(at),
                "then"
                    | "from"
                    | "with"
                    | "when"
                    | "after"
                    | "before"
                    | "into"
                    | "near"
                    | "where"
                    | "which"
                    | "their"
                    | "your"
                    | "this"
                    | "that"
                    | "last"
                    | "next"
                    | "same"
                    | "about"
                    | "under"
                    | "over"
                    | "until"
                    | "since"
                    | "the"
                    | "and"
                    | "for"
                    | "our"
                    | "her"
                    | "his"
                    | "but"
                    | "via"
                    | "who"
                    | "they"
                    | "because"
                    | "while"
                    | "every"
                    | "each"
                    | "some"
                    | "another"
                    | "other"
                    | "without"
                    | "both"
                    | "whose"
                    | "than"
            );
        let word = self.scene.word(at + 1);
        let second = small(at + 1) && (kind(at + 1) || AFTER.contains(&word) || facility && thing(word) & ENDING != 0);
        let end = if kind(at) && !self.token(at).is_some_and(|t| t.is(DEED)) {
            at
        } else if between && second {
            at + 1
        } else {
            return;
        };
        hit.end = self.scene.tokens[end].end;
    }

    /// `BGH Oldcastle`, `PCEA Kikoka`
    fn over_initials(&self, hit: &mut Hit, before: usize) {
        let at = self.scene.tokens.partition_point(|t| t.start < hit.start);
        let Some(first) = at.checked_sub(1).and_then(|i| self.token(i)) else { return };
        let led = at > 1
            && matches!(
                self.scene.word(at - 2),
                "at" | "from" | "to" | "in" | "via" | "the" | "outside" | "near" | "of"
            );
        let initials = first.case == Case::Upper
            && (2..=4).contains(&first.len())
            && first.end + 1 == hit.start
            && first.start >= before
            && !first.shouted
            && !self.token(at).is_some_and(|t| t.line)
            && !first.is(COMMON | BRAND | EPONYM | REGION | DEPT | MONTH);
        if initials && led && self.token(at).is_some_and(|t| t.case == Case::Capital) {
            hit.start = first.start;
        }
    }

    /// `Atieno'-Morse`, `pryce-hughes`, `Falcon-2`, `Harbour 4`
    fn over_halves(&self, hit: &mut Hit) {
        let bytes = self.scene.text.as_bytes();
        for _ in 0..3 {
            let mut next = hit.end;
            next += usize::from(bytes.get(next) == Some(&b'\'') && bytes.get(next + 1) == Some(&b'-'));
            if bytes.get(next) != Some(&b'-') {
                break;
            }
            let at = self.scene.tokens.partition_point(|t| t.start <= next);
            let Some(half) = self.token(at).filter(|t| t.start == next + 1) else { break };
            let joined = self.token(at + 1).is_some_and(|t| !t.spaced && bytes[t.start] == b'-')
                && self.token(at + 2).is_some_and(|t| t.capital() && !t.spaced);
            let low = half.case == Case::Lower
                && (self.scene.lowercase && half.len() > 2 && !half.is(COMMON | VOCAB) || half.len() <= 3 && joined);
            // `"Falcon-2"`
            let quoted = matches!(bytes.get(half.end), Some(b'"' | b'\''));
            let count = half.kind == Kind::Number
                && half.len() <= 2
                && (hit.category == Category::Codename || hit.rule == "named" && quoted);
            let capital = half.case == Case::Capital && !half.is(HEAD);
            if !(half.word() && (capital || low) || count) {
                break;
            }
            hit.end = half.end;
        }
        // `Harbour 4` on the board
        if hit.category == Category::Codename
            && let Some(at) = self.after(hit)
            && self.token(at).is_some_and(|t| t.kind == Kind::Number && t.len() <= 2)
            && self.token(at + 1).is_none_or(|t| t.kind == Kind::Sign || t.line)
        {
            hit.end = self.scene.tokens[at].end;
        }
    }

    /// `te kowhai`, `ras al hadd`: particles before a name written small.
    fn over_particles(&self, hit: &mut Hit, before: usize) {
        let named =
            matches!(hit.category, Category::Name | Category::Location | Category::Facility | Category::Clinician);
        let mut at = self.scene.tokens.partition_point(|t| t.start < hit.start);
        if !named || !self.token(at).is_some_and(|t| t.word() && t.case == Case::Lower && t.start == hit.start) {
            return;
        }
        while let Some(first) = at.checked_sub(1).and_then(|i| self.token(i)) {
            let particle =
                matches!(self.scene.word(at - 1), "te" | "abu" | "umm" | "al" | "el" | "bin" | "ras" | "nga" | "jebel")
                    && !(at > 1 && self.scene.word(at - 2) == "et");
            if !particle || first.end + 1 != hit.start || first.start < before || first.case != Case::Lower {
                break;
            }
            hit.start = first.start;
            at -= 1;
        }
    }

    /// `Mac Giolla Eoin`, `Ah Keong`, `uncle kah wai`, `father abu tariq`
    fn over_first(&self, hit: &mut Hit, before: usize) {
        let at = self.scene.tokens.partition_point(|t| t.start < hit.start);
        let Some(i) = at.checked_sub(1) else { return };
        let first = self.scene.tokens[i];
        let word = self.scene.word(i);
        let Some(name) = self.token(at) else { return };
        let adjoining = first.word() && first.end + 1 == hit.start && first.start >= before && !name.line;
        if !adjoining || first.possessive {
            return;
        }
        let capital = matches!(first.case, Case::Capital | Case::Initial)
            && name.capital()
            && (HEADS.contains(&word) && !(first.opens && first.is(COMMON) && !first.is(FIRST | LAST))
                || look(&first) >= Look::Unknown
                    && !first.opens
                    && !first.is(PLACE | TITLE | HEAD | RELATIVE | STAFF | DOCTOR));
        let announced = i
            .checked_sub(1)
            .and_then(|j| self.token(j))
            .is_some_and(|t| t.word() && t.is(RELATIVE | PATIENT | TITLE) && !t.possessive && !first.line);
        let small = first.case == Case::Lower
            && name.case == Case::Lower
            && first.spaced
            && announced
            && !first.is(DEED | HUMAN | RELATIVE | PATIENT | TITLE | STAFF | DOCTOR | DEPT | CARE)
            && (PARTICLES.contains(&word)
                || syllables(word, self.scene.word(at))
                || first.is(FIRST | LAST | RARE)
                || !first.is(COMMON | VOCAB))
            && first.len() > 1
            && !matches!(
                word,
                "and" | "is" | "was" | "the" | "my" | "our" | "in" | "an" | "to" | "so" | "no" | "do" | "on"
            );
        if capital || small {
            hit.start = first.start;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::deid::check;

    fn found(text: &str, whole: &str) -> bool {
        let at = text.find(whole).unwrap_or(0);
        check(text).findings.iter().any(|f| f.start <= at && f.end >= at + whole.len())
    }

    #[test]
    fn the_whole_of_a_name() {
        for (text, whole) in [
            ("He was seen at Wythenshawe dental van last week", "Wythenshawe dental van"),
            ("File name is \"Falcon-2\", which is odd", "Falcon-2"),
            ("She delivered at BGH Stanley last night", "BGH Stanley"),
            ("Mrs Atieno'-Morse, 31, came back today", "Atieno'-Morse"),
            ("ok so hi all. uncle nadir shah 71 fell again. sad", "nadir shah"),
            ("then his father abu tariq rang us. ok so we wait. yes", "abu tariq"),
        ] {
            assert!(found(text, whole), "{text} {:?}", check(text).findings);
        }
        for (text, part) in [
            ("Mr Smith-led audits bore me", "Smith-led"),
            ("the PCR Kowalczyk asked for is back, Mrs Kowalczyk said", "PCR Kowalczyk"),
            ("Dr Okafor works nights", "Okafor works"),
        ] {
            assert!(!found(text, part), "{text} {:?}", check(text).findings);
        }
    }
}
