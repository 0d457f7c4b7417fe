//! Institutions and wards in texts without capitals: `zintle day clinic`, `mukonde general`, `nights on foxglove`.

use super::lexicon::*;
use super::things::{ENDING, NATURE, SHORT, SMALL, SURE, SURELY};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let low = Lowly { scene };
    let mut at = 0;
    while at < scene.tokens.len() {
        let token = &scene.tokens[at];
        let found = if token.word() && token.case == Case::Lower && token.spaced && !token.plain {
            low.named_for(at).or_else(|| low.ward(at)).or_else(|| low.posted(at))
        } else {
            None
        };
        if let Some((from, to)) = found {
            hits.push(Hit {
                start: scene.tokens[from].start,
                end: scene.tokens[to - 1].end,
                category: Category::Facility,
                severity: Severity::Confirm,
                rule: "institution-lower",
            });
            at = to.max(at + 1);
        } else {
            at += 1;
        }
    }
}

/// Words of a shift, a bed or a move, before a ward.
const PLACED: &[&str] = &[
    "nights",
    "night",
    "shift",
    "shifts",
    "nurse",
    "nurses",
    "bed",
    "bay",
    "moved",
    "transferred",
    "admitted",
    "over",
    "ward",
    "sister",
    "hca",
    "bank",
    "outlying",
    "outlier",
    "back",
    "down",
    "up",
    "stepped",
    "inpatient",
    "rang",
    "bleeped",
];
/// Words with which a sentence goes on after a ward.
const GOES_ON: &[&str] = &[
    "since",
    "last",
    "with",
    "and",
    "for",
    "who",
    "at",
    "by",
    "this",
    "until",
    "till",
    "overnight",
    "tonight",
    "yesterday",
    "today",
    "rang",
    "said",
    "says",
    "we",
    "i",
    "he",
    "she",
    "they",
    "as",
    "after",
    "but",
];
/// Words that stand in no name.
const FUNCTION: &[&str] = &[
    "the", "a", "an", "my", "our", "his", "her", "their", "your", "this", "that", "at", "in", "to", "from", "by", "on",
    "for", "with", "via", "or", "but", "we", "i", "he", "she", "they", "it", "who", "which", "after", "before", "then",
    "when", "so", "no", "not", "is", "was", "are", "next", "last", "every", "each", "any", "some", "if", "as", "per",
    "vs", "n", "w", "into", "outside", "near", "of", "same", "other", "another", "first", "be", "all", "only", "post",
];

struct Lowly<'a> {
    scene: &'a Scene<'a>,
}

impl<'a> Lowly<'a> {
    fn token(&self, i: usize) -> Option<&'a Token<'a>> {
        self.scene.tokens.get(i)
    }

    fn word(&self, i: usize) -> &'a str {
        self.scene.word(i)
    }

    fn back(&self, i: usize, n: usize) -> &'a str {
        i.checked_sub(n).map_or("", |j| self.scene.word(j))
    }

    fn small(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.word() && t.case == Case::Lower)
    }

    /// A word that is a name and nothing else, or that nobody knows.
    fn strange(&self, i: usize) -> bool {
        let Some(token) = self.token(i) else { return false };
        self.small(i)
            && token.len() > 2
            && !token.is(COMMON | VOCAB | BRAND | EPONYM | REGION | MONTH | GENERIC | HEAD | TITLE)
            && !matches!(self.word(i), "pls" | "plz" | "thx" | "tmrw" | "tmr" | "wkend" | "hosp")
    }

    /// Whether a word may stand inside an institution's name.
    fn inner(&self, i: usize) -> bool {
        self.small(i)
            && self.token(i).is_some_and(|t| !t.is(DEED | HUMAN | RELATIVE | PATIENT | STAFF))
            && !FUNCTION.contains(&self.word(i))
    }

    fn led(&self, from: usize) -> bool {
        let the = usize::from(self.back(from, 1) == "the");
        matches!(
            self.back(from, 1 + the),
            "at" | "to"
                | "from"
                | "in"
                | "via"
                | "outside"
                | "near"
                | "reach"
                | "reached"
                | "by"
                | "into"
                | "of"
                | "behind"
        ) || the == 0 && matches!(self.back(from, 1), "is" | "then" | "called" | "tried" | "for")
    }

    /// `silver birches manor`, `zintle day clinic`, `mukonde general`
    fn named_for(&self, at: usize) -> Option<(usize, usize)> {
        if !self.scene.lowercase {
            return None;
        }
        let kind = self.token(at)?.thing;
        let sure = kind & SURELY != 0;
        let short = kind & SHORT != 0;
        let end = sure || kind & (ENDING | SMALL | SURE) != 0;
        if !(end || short) || at == 0 || self.token(at)?.line {
            return None;
        }
        // The nearest strange word before, over ordinary ones.
        let named = (1..=4)
            .take_while(|n| at >= *n && self.inner(at - n) && !self.token(at - n + 1).is_some_and(|t| t.line))
            .find(|n| self.strange(at - n) || self.owner(at - n) || *n == 1 && self.scene.thing(at - n) & NATURE != 0);
        let Some(n) = named else { return self.plain(at, sure) };
        // Only what an institution is for may stand between.
        let between = (at - n + 1..at).all(|i| self.token(i).is_some_and(|t| t.is(GENERIC | COMMON | VOCAB | SUFFIX)));
        if !between || short && n > 2 {
            return None;
        }
        let mut from = at - n;
        while from > 0
            && at - from < 5
            && !self.token(from)?.line
            && (self.strange(from - 1)
                || matches!(self.back(from, 1), "st" | "sta" | "sto" | "al" | "el" | "te" | "mt" | "san" | "our"))
        {
            from -= 1;
        }
        let known = self.token(at - n).is_some_and(|t| t.is(FIRST | LAST | PLACE | RARE)) || self.owner(at - n);
        let opens = self.token(from)?.opens || self.token(from - usize::from(from > 0))?.kind == Kind::Sign;
        let led = self.led(from);
        let nature = self.scene.thing(at - n) & NATURE != 0;
        let fits = if short {
            led
        } else if nature {
            sure && (led || opens)
        } else {
            led || opens && (sure || known || n > 1) || sure && !matches!(self.word(at), "college" | "school" | "villa")
        };
        let mut to = at + 1;
        while to < at + 3 && self.scene.thing(to) & (ENDING | SURELY) != 0 && !self.token(to)?.line {
            to += 1;
        }
        // `federal medical abeokuta`
        if short && self.strange(to) && self.led(from) {
            to += 1;
        }
        (fits && self.token(at)?.spaced).then_some((from, to))
    }

    /// `bridgets unit`: a given name with its possessive.
    fn owner(&self, i: usize) -> bool {
        self.small(i)
            && self.word(i).len() > 4
            && self.word(i).strip_suffix('s').is_some_and(|stem| {
                let known = word(stem);
                known & FIRST != 0 && known & (COMMON | EPONYM) == 0
            })
            && self.token(i).is_some_and(|t| !t.is(COMMON))
    }

    /// `silver birches manor`, `federal medical abeokuta`: ordinary words.
    fn plain(&self, at: usize, sure: bool) -> Option<(usize, usize)> {
        // `federal medical abeokuta`
        if matches!(self.word(at), "medical" | "general" | "teaching")
            && matches!(self.back(at, 1), "federal" | "state" | "district")
            && self.strange(at + 1)
            && !self.token(at + 1)?.line
        {
            return Some((at - 1, at + 2));
        }
        // `the western general`
        if matches!(self.word(at), "gen" | "general" | "inf" | "infirmary" | "base")
            && matches!(self.back(at, 1), "northern" | "southern" | "western" | "eastern" | "royal" | "city" | "queens")
            && self.led(at - 1)
            && !self.token(at)?.line
        {
            return Some((at - 1, at + 1));
        }
        let home = matches!(self.word(at), "manor" | "lodge" | "grange" | "villa")
            || matches!(self.word(at), "centre" | "center")
                && matches!(self.back(at, 1), "birth" | "birthing" | "wellness" | "care" | "dental" | "medical");
        let mut from = at;
        while from > 0 && at - from < 3 && self.inner(from - 1) && !self.token(from)?.line {
            from -= 1;
        }
        let named = at - from > usize::from(!sure) && self.token(from).is_some_and(|t| !t.is(GENERIC) && t.len() > 3);
        (home && named && self.led(from) && self.token(from)?.spaced).then_some((from, at + 1))
    }

    /// `nights on foxglove`, `moved over to aspen`
    fn ward(&self, at: usize) -> Option<(usize, usize)> {
        let token = self.token(at)?;
        if token.thing & NATURE == 0 || token.line || !matches!(self.back(at, 1), "on" | "to" | "from") {
            return None;
        }
        let placed = (2..6)
            .take_while(|n| at >= *n && !self.scene.tokens[at - n + 1].line)
            .any(|n| PLACED.contains(&self.back(at, n)));
        let next = self.token(at + 1);
        let ends = next.is_none_or(|t| {
            t.line
                || t.kind == Kind::Sign && self.scene.text.as_bytes()[t.start] != b'-'
                || GOES_ON.contains(&self.word(at + 1))
        });
        (placed && ends).then_some((at, at + 1))
    }

    /// `reg from ystradlyn said`, `ring dr okonkwo of lacey`: whom the staff belong to.
    fn posted(&self, at: usize) -> Option<(usize, usize)> {
        let token = self.token(at)?;
        let lead = self.back(at, 1);
        if token.line || !matches!(lead, "from" | "at" | "of") || at < 3 {
            return None;
        }
        let staff = |i: usize| self.token(i).is_some_and(|t| t.word() && t.is(STAFF) && !t.is(RELATIVE | PATIENT));
        let doctor = self.token(at - 3).is_some_and(|t| t.is(DOCTOR) && t.word());
        let named = self.token(at - 2).is_some_and(|t| t.is(FIRST | LAST | RARE) || !t.is(COMMON | VOCAB));
        let name = token.len() > 3
            && (self.strange(at) || token.is(PLACE | LAST) && !token.is(COMMON) && (doctor || token.is(PLACE)));
        let person = lead != "of" && staff(at - 2) || doctor && named;
        let deed = self.token(at + 1).is_none_or(|t| {
            t.line
                || t.kind == Kind::Sign
                || t.is(DEED | HUMAN)
                || matches!(self.word(at + 1), "he" | "she" | "who" | "and")
        });
        (person && name && deed && !token.is(FIRST | REGION | EPONYM | BRAND)
            || person && deed && doctor && token.is(LAST) && !token.is(COMMON | REGION))
        .then_some((at, at + 1))
    }
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn houses_in_small_letters() {
        for text in [
            "hi all. quick one. he was sent to mukonde general but no bed. family upset",
            "hi all. quick one. born at zintle day clinic last night. mum ok",
            "hi all. quick one. came from silver birches manor with a list. no family",
            "hi all. quick one. i do nights on foxglove since june. short staffed",
            "hi all. quick one. the reg from ystradlyn said wait. so we wait",
            "hi all. quick one. seen at our lady of fatima hospital first. then us",
            "hi all. quick one. nursing home, juniper lodge, rang us. no notes",
            "hi all. quick one. shifted to una phc without drip. no doctor there",
        ] {
            assert!(check(text).findings.iter().any(|f| f.category == Category::Facility), "{text}");
        }
        for text in [
            "hi all. quick one. sent to the pain clinic and the memory clinic. no reply",
            "hi all. quick one. acting on sage advice from the ward. still unsure",
            "hi all. quick one. off to teaching hospital and back. all well",
            "hi all. quick one. at the day unit we see stroke patients. busy",
            "hi all. quick one. in a nursing home or care home, which is best",
            "hi all. quick one. the men's shed and the hunting lodge are fun",
            "hi all. quick one. the general surgery house officers are kind. bless",
            "hi all. quick one. it went from amber to green on the board. odd",
        ] {
            assert!(
                check(text).findings.iter().all(|f| f.category != Category::Facility),
                "{text} {:?}",
                check(text).findings
            );
        }
    }
}
