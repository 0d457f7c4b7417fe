//! Names by the frame they stand in, whatever the word: `the owner, Innes, rang`, `surgeons (rook, reg)`, `tell Jock
//! the dogs are in`, `my gransher Bill`, `Colonel's sats`.
//!
//! Any word can be a name, and no list tells when it is one. A few places in a sentence are seldom anybody else's: a
//! trade or a relation beside it in brackets or between commas, the one who is told something, who owns a heart rate.
//! Whoever is found so is asked about, never forbidden.

use super::lexicon::*;
use super::names::{Look, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// Adds a question for each word in such a place.
pub fn find(scene: &Scene, taken: &[bool], hits: &mut Vec<Hit>) {
    for (at, token) in scene.tokens.iter().enumerate() {
        if taken[at] || token.plain && !token.possessive && !bracketed(scene, at) || !may_be_name(scene, at) {
            continue;
        }
        let frame = Frame { scene, at, token };
        if let Some((category, rule, end)) = frame.read() {
            let end = scene.tokens[end - 1].end;
            hits.push(Hit { start: token.start, end, category, severity: Severity::Confirm, rule });
        }
    }
}

fn sign(scene: &Scene, i: usize) -> u8 {
    scene.tokens.get(i).filter(|t| t.kind == Kind::Sign).map_or(0, |t| scene.text.as_bytes()[t.start])
}

fn bracketed(scene: &Scene, at: usize) -> bool {
    at > 0 && sign(scene, at - 1) == b'('
}

/// Words that name nobody, wherever they stand.
fn may_be_name(scene: &Scene, at: usize) -> bool {
    let token = &scene.tokens[at];
    let none =
        TITLE | DOCTOR | RELATIVE | PATIENT | STAFF | GENERIC | DEPT | MONTH | REGION | BRAND | EPONYM | HEAD | CITE;
    token.word()
        && token.spaced | bracketed(scene, at) | quoted(scene, at)
        && matches!(token.case, Case::Capital | Case::Lower)
        && token.len() > 2
        && !token.is(none)
        && !matches!(
            scene.word(at),
            "today"
                | "yesterday"
                | "tomorrow"
                | "tonight"
                | "nobody"
                | "someone"
                | "somebody"
                | "everyone"
                | "everybody"
                | "anyone"
                | "people"
                | "god"
                | "world"
                | "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
                | "week"
                | "month"
                | "year"
                | "night"
                | "morning"
                | "last"
                | "next"
                | "there"
                | "here"
                | "what"
                | "that"
                | "let"
                | "who"
                | "how"
                | "where"
                | "when"
                | "not"
                | "yes"
                | "because"
        )
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
        // `surgeons (rook, reg)`, `NUM (jacqui) rang`, `Wife (Merry, I'm told`
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
        // `Ginger, the CNC there, knows`, `told by long the reg`
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
        // `the owner, Innes, rang`, `Hubby, Storm, is`, `Neighbour, Short (`
        if lead == b',' && matches!(after, b',' | b'(') {
            let before = self.back(2)?;
            let person = self.role(before, RELATIVE | PATIENT | STAFF) || self.word(2) == "owner";
            let told = after == b',' && self.role(end + 1, HUMAN | DEED);
            if person && (told || after == b'(' || self.token.is(FIRST | LAST | RARE)) {
                return name("name-set-off");
            }
        }
        // `tell Jock the dogs`, `Tell Bear he owes`, `let wee Shuggie talk`
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
        // `my gransher Bill`, `Pt Bishop, M, 81`
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
        // `Surname Savage`, `her name is just Rain`, `by name of Snow`
        let called = self.word(1) == "surname"
            || self.word(2) == "name" && matches!(self.word(1), "of" | "is" | "was")
            || self.word(3) == "name" && self.word(2) == "is" && matches!(self.word(1), "just" | "really")
            || (self.word(3) == "surname" || self.word(2) == "surname") && lead == 0 && self.word(1) == "also";
        if called && !self.role(end, HEAD) {
            return name("named");
        }
        // `"Rooster doesn't do hospitals`, `"Stew's a liar`
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

    /// `Colonel's HR 118`, `Marmite's sats`, `shabeer's uncle`: who has a pulse or an uncle is somebody.
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
