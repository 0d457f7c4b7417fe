//! Names by the frame they stand in, whatever the word: `the owner, Innis, rang`, `surgeons (hawk, reg)`, `tell Rocket
//! the dogs are in`, `my gransher Harold`, `Captain's sats`.
//!
//! Any word can be a name, and no list tells when it is one. A few places in a sentence are seldom anybody else's: a
//! trade or a relation beside it in brackets or between commas, the one who is told something, who owns a heart rate.
//! Whoever is found so is asked about, never forbidden.

use super::lexicon::*;
use super::names::{Look, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity, asked};

/// `Katigbak, Macapinlac, Ylagan and old Joe`: what stands in a row with names is one.
fn in_row(scene: &Scene, taken: &[bool], hits: &mut Vec<Hit>) {
    let named = |hit: &&Hit| matches!(hit.category, Category::Name | Category::Clinician) && hit.end > hit.start + 2;
    let mut more = Vec::new();
    for hit in hits.iter().filter(named) {
        let mut end = scene.tokens.partition_point(|t| t.start < hit.end);
        for _ in 0..4 {
            let joined = sign(scene, end) == b',' || sign(scene, end) == b'&' || scene.word(end) == "and";
            let next = end + 1;
            let after = next + 1;
            let closed = b",.&;:)".contains(&sign(scene, after)) && sign(scene, after) != 0
                || matches!(scene.word(after), "and" | "also");
            let fits = |t: &Token| {
                t.case == Case::Capital
                    && !t.line
                    && !t.opens
                    && t.len() > 2
                    && matches!(look(t), Look::Unknown | Look::Family | Look::Given)
                    && !t.is(PLACE)
            };
            if !joined
                || !closed
                || taken.get(next).copied().unwrap_or(true)
                || !scene.tokens.get(next).is_some_and(fits)
            {
                break;
            }
            let token = &scene.tokens[next];
            more.push(Hit {
                start: token.start,
                end: token.end,
                severity: Severity::Confirm,
                rule: "name-set-off",
                ..*hit
            });
            end = after;
        }
    }
    hits.extend(more);
}

/// Adds a question for each word in such a place.
pub fn find(scene: &Scene, taken: &[bool], hits: &mut Vec<Hit>) {
    in_row(scene, taken, hits);
    for (at, token) in scene.tokens.iter().enumerate() {
        if !framed(scene, at) || taken[at] || token.plain && !token.possessive && !bracketed(scene, at) {
            continue;
        }
        if !may_be_name(scene, at) {
            continue;
        }
        let frame = Frame { scene, at, token };
        if let Some((category, rule, end)) = frame.read() {
            let end = scene.tokens[end - 1].end;
            hits.push(Hit { start: token.start, end, category, severity: Severity::Confirm, rule });
        }
    }
}

/// Whether a frame may stand around a word: around one in small letters there are few.
fn framed(scene: &Scene, at: usize) -> bool {
    let token = &scene.tokens[at];
    let behind = || at.checked_sub(1).is_some_and(|i| scene.tokens[i].kind == Kind::Sign || scene.word(i) == "by");
    token.word() && (token.case == Case::Capital || token.possessive || token.case == Case::Lower && behind())
}

fn sign(scene: &Scene, i: usize) -> u8 {
    scene.tokens.get(i).filter(|t| t.kind == Kind::Sign).map_or(0, |t| scene.text.as_bytes()[t.start])
}

fn bracketed(scene: &Scene, at: usize) -> bool {
    at > 0 && sign(scene, at - 1) == b'('
}

/// Words that name nobody, though they may be written as names are.
pub(super) const NOBODY: &str = "today yesterday tomorrow tonight nobody someone somebody everyone everybody anyone people god world monday \
    tuesday wednesday thursday friday saturday sunday week month year night morning last next there here what \
    that let who how where when not yes because";

/// Whether a word may name somebody at all.
fn may_be_name(scene: &Scene, at: usize) -> bool {
    let token = &scene.tokens[at];
    let none =
        TITLE | DOCTOR | RELATIVE | PATIENT | STAFF | GENERIC | DEPT | MONTH | REGION | BRAND | EPONYM | HEAD | CITE;
    token.word()
        && token.spaced | bracketed(scene, at) | quoted(scene, at)
        && matches!(token.case, Case::Capital | Case::Lower)
        && token.len() > 2
        && !token.is(none)
        && !token.asked(asked::NOBODY)
}

fn quoted(scene: &Scene, at: usize) -> bool {
    at > 0 && matches!(sign(scene, at - 1), b'"' | b'\'') && scene.tokens[at - 1].spaced
}

struct Frame<'a> {
    scene: &'a Scene<'a>,
    at: usize,
    token: &'a Token<'a>,
}

impl Frame<'_> {
    fn role(&self, i: usize, flags: u32) -> bool {
        self.scene.tokens.get(i).is_some_and(|t| t.word() && t.is(flags))
    }

    fn back(&self, n: usize) -> Option<usize> {
        self.at.checked_sub(n)
    }

    fn word(&self, n: usize) -> &str {
        self.back(n).map_or("", |i| self.scene.word(i))
    }

    fn capital(&self) -> bool {
        self.token.case == Case::Capital && !self.token.opens
    }

    /// The end of the capitals that begin here.
    fn run(&self) -> usize {
        let more = |i: usize| {
            self.scene
                .tokens
                .get(i)
                .is_some_and(|t| t.case == Case::Capital && t.spaced && !t.line && look(t) > Look::No)
        };
        let single = self.token.possessive || self.token.case != Case::Capital;
        (self.at + 1..self.at + 4).take_while(|i| !single && more(*i)).count() + self.at + 1
    }

    fn read(&self) -> Option<(Category, &'static str, usize)> {
        let end = self.run();
        let after = sign(self.scene, end);
        let name = |rule| Some((Category::Name, rule, end));
        // `surgeons (hawk, reg)`, `NUM (josie) rang`, `Wife (Jolly, I'm told`
        if bracketed(self.scene, self.at) {
            let trade = after == b','
                && (self.role(end + 1, STAFF) || self.scene.word(end + 1) == "the" && self.role(end + 2, STAFF));
            if trade {
                return Some((Category::Clinician, "name-set-off", end));
            }
            let before = self.back(2)?;
            let closed = after == b')'
                && (self.role(end + 1, HUMAN) || self.token.is(FIRST | RARE) || self.role(before, RELATIVE));
            let related =
                self.role(before, RELATIVE | STAFF) || self.scene.tokens[before].case == Case::Upper && closed;
            let looks = self.token.case == Case::Capital || self.token.is(FIRST | RARE) && !self.token.is(COMMON);
            if related && looks && (closed || after == b',') {
                return name("name-set-off");
            }
            return None;
        }
        // `Basil, the CNC there, knows`, `told by long the reg`
        let the = end + usize::from(after == b',');
        if matches!(self.scene.word(the), "the" | "our" | "my")
            && self.role(the + 1, STAFF)
            && !self.scene.tokens[the + 1].line
            && (self.token.case == Case::Capital
                && after == b','
                && (self.token.opens || self.role(the + 2, HUMAN) || look(self.token) > Look::No)
                || after != b',' && self.word(1) == "by")
        {
            return Some((Category::Clinician, "name-set-off", end));
        }
        if self.owner() {
            return name("name-owner");
        }
        if !self.capital() && !quoted(self.scene, self.at) {
            return None;
        }
        let lead = sign(self.scene, self.at.wrapping_sub(1));
        // `the owner, Innis, rang`, `Hubby, Cloud, is`, `Neighbour, Small (`
        if lead == b',' && matches!(after, b',' | b'(') {
            let before = self.back(2)?;
            let person = self.role(before, RELATIVE | PATIENT | STAFF) || self.word(2) == "owner";
            let told = after == b',' && self.role(end + 1, HUMAN | DEED);
            if person && (told || after == b'(' || self.token.is(FIRST | LAST | RARE)) {
                return name("name-set-off");
            }
        }
        // `tell Rocket the dogs`, `Tell Wolf he owes`, `let wee Rocket talk`
        let whom = if matches!(self.word(1), "wee" | "old" | "big" | "poor" | "auld" | "young") { 2 } else { 1 };
        if matches!(self.word(whom), "tell" | "ask" | "let")
            && (self.role(end, HUMAN)
                || matches!(self.scene.word(end), "the" | "he" | "she" | "to" | "that" | "talk" | "i" | "know" | "we"))
            && (look(self.token) >= Look::Double
                || self.token.is(FIRST | LAST)
                || quoted(self.scene, self.at.wrapping_sub(whom)))
        {
            return name("name-beside-verb");
        }
        // `my gransher Harold`, `Pt Deacon, M, 81`
        let given = self.token.is(FIRST) && !self.token.is(PLACE | PLACE_HEAD);
        let mine = matches!(self.word(2), "my" | "his" | "her" | "our" | "their")
            && self.back(1).is_some_and(|i| self.scene.tokens[i].case == Case::Lower && self.scene.tokens[i].word())
            && !self.role(self.at - 1, DEED | HUMAN | HEAD | COMMON)
            && !self.role(end, HEAD | SUFFIX);
        if mine && given {
            return name("relative");
        }
        let aged = after == b','
            && (matches!(self.scene.word(end + 1), "m" | "f")
                || self.scene.tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Number && t.len() == 2));
        if matches!(self.word(1), "pt" | "patient" | "client" | "resident") && aged {
            return name("relative");
        }
        // `Surname Wild`, `her name is just Mist`, `by name of Frost`
        let called = self.word(1) == "surname"
            || self.word(2) == "name" && matches!(self.word(1), "of" | "is" | "was")
            || self.word(3) == "name" && self.word(2) == "is" && matches!(self.word(1), "just" | "really")
            || (self.word(3) == "surname" || self.word(2) == "surname") && lead == 0 && self.word(1) == "also";
        if called && !self.role(end, HEAD) {
            return name("named");
        }
        // `"Falcon doesn't do tablets`, `"Basil's a liar`
        let speaks = self.role(end, HUMAN)
            || matches!(
                self.scene.word(end),
                "doesn" | "doesn't" | "will" | "won" | "won't" | "sees" | "came" | "can't" | "wants"
            );
        let owned = self.token.possessive
            && matches!(self.scene.word(end), "a" | "fine" | "here" | "gone" | "dead" | "not" | "an");
        let strange = look(self.token) > Look::No || !self.token.is(VOCAB) || self.token.is(FIRST | LAST | RARE);
        if quoted(self.scene, self.at) && self.token.case == Case::Capital && (speaks || owned) && strange {
            return name("name-quoted");
        }
        None
    }

    /// `Captain's HR 118`, `Custard's sats`, `jabeer's uncle`: who has a pulse or an uncle is somebody.
    fn owner(&self) -> bool {
        if !self.token.possessive {
            return false;
        }
        let own = self.at + 1;
        let measured = self.role(own, OWN) && !self.role(own, HEAD)
            || matches!(self.scene.word(own), "hr" | "k" | "cell" | "notes" | "obs" | "bp");
        let related = self.role(own, RELATIVE);
        let common = self.token.is(COMMON | VOCAB);
        match self.token.case {
            Case::Capital => measured && (!common || self.scene.of_one) || related && (!common || !self.token.opens),
            _ => (measured || related) && !common && self.token.len() > 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::deid::{Severity, check_by_rules as check};

    #[test]
    fn any_word_is_a_name_where_only_somebody_fits() {
        for (text, name) in [
            ("Surgeons (hawk, reg) want a film. She waits.", "hawk"),
            ("The dairy's owner, Innis, rang me about her.", "Innis"),
            ("She waits. Basil, the CNC there, knows him.", "Basil"),
            ("He was told by long the reg to wait.", "long"),
            ("His wife on the phone: \"tell Rocket the dogs are in.\"", "Rocket"),
            ("He sits like my gransher Harold, she says.", "Harold"),
            ("Pt Deacon, M, 81, fell off a ladder.", "Deacon"),
            ("Surname Wild, first name he points at.", "Wild"),
            ("She is tired. In the bay Captain's sats were 71.", "Captain"),
        ] {
            let found = check(text).findings;
            let hit = found.iter().find(|f| text[f.start..f.end].contains(name));
            assert!(hit.is_some_and(|f| f.severity == Severity::Confirm), "{text}: {found:?}");
        }
        for text in [
            "Surgeons (general, vascular) want a film.",
            "The owner, however, rang about it.",
            "Ask the reg to tell radiology the film is done.",
            "Yesterday's bloods were fine. Today's sats too.",
            "He has his Bell's palsy and her Mirena coil.",
        ] {
            assert!(check(text).findings.is_empty(), "{text}: {:?}", check(text).findings);
        }
    }
}
