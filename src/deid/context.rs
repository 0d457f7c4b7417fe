//! Names, institutions and places that no list knows, by the sentence around them.
//!
//! Runs after the other rules and looks only at capitals that none of them took and that no list explains.

use super::lexicon::*;
use super::names::{Look, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity, asked};

/// Which tokens a hit covers already.
pub fn taken(scene: &Scene, hits: &[Hit]) -> Vec<bool> {
    let mut taken = vec![false; scene.tokens.len()];
    for hit in hits {
        let from = scene.tokens.partition_point(|t| t.end <= hit.start);
        for (token, slot) in scene.tokens[from..].iter().zip(&mut taken[from..]).take_while(|(t, _)| t.start < hit.end)
        {
            *slot = token.start < hit.end;
        }
    }
    taken
}

pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let taken = taken(scene, hits);
    let reader = Reader { scene, taken: &taken };
    let mut at = 0;
    while at < scene.tokens.len() {
        if taken[at] || scene.tokens[at].case == Case::Lower && !scene.lowercase {
            at += 1;
            continue;
        }
        match reader.look_at(at) {
            Some((hit, next)) => {
                hits.push(hit);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
}

pub(super) struct Reader<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) taken: &'a [bool],
}

impl<'a> Reader<'a> {
    pub(super) fn token(&self, i: usize) -> Option<&'a Token<'a>> {
        self.scene.tokens.get(i)
    }

    pub(super) fn word(&self, i: usize) -> &'a str {
        self.scene.word(i)
    }

    pub(super) fn back(&self, i: usize, n: usize) -> &'a str {
        i.checked_sub(n).map_or("", |j| self.scene.word(j))
    }

    pub(super) fn sign(&self, i: usize, c: u8) -> bool {
        self.token(i).is_some_and(|t| t.kind == Kind::Sign && self.scene.text.as_bytes()[t.start] == c)
    }

    pub(super) fn role(&self, i: usize, role: u32) -> bool {
        self.token(i).is_some_and(|t| t.word() && t.is(role))
    }

    fn capital(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| {
            t.word()
                && !self.taken.get(i).copied().unwrap_or(true)
                && (t.capital() || t.case == Case::Upper && t.len() > 2 && !t.is(COMMON | VOCAB | BRAND | EPONYM))
        })
    }

    /// The end of the run of capitals that begins here.
    fn run(&self, at: usize) -> usize {
        let mut end = at;
        let mut i = at;
        while i < at + 7 {
            let Some(token) = self.token(i) else { break };
            if i > at && token.line {
                break;
            }
            let joined =
                self.sign(i, b'-') && !token.spaced && self.token(i + 1).is_some_and(|t| !t.spaced && t.word());
            if joined && i > at {
                i += 2;
                end = i;
                continue;
            }
            let particle = i > at
                && (token.may_begin(PARTICLE) || matches!(self.word(i), "of" | "the" | "an" | "na" | "&"))
                && self.capital(i + 1)
                && self.token(i + 1).is_some_and(|t| t.spaced);
            if !(self.capital(i) && (i == at || token.spaced && !token.is(MONTH)) || particle) {
                break;
            }
            i += 1;
            if !particle {
                end = i;
            }
            if token.possessive {
                break;
            }
        }
        end
    }

    pub(super) fn hit(&self, from: usize, to: usize, category: Category, rule: &'static str) -> Option<(Hit, usize)> {
        let tokens = self.scene.tokens;
        Some((
            Hit { start: tokens[from].start, end: tokens[to - 1].end, category, severity: Severity::Confirm, rule },
            to,
        ))
    }

    fn look_at(&self, at: usize) -> Option<(Hit, usize)> {
        let token = self.token(at)?;
        if token.case == Case::Lower && token.word() && self.scene.lowercase {
            return self.small(at);
        }
        // `Mother Rosily`, `Sister Immaculate`, `Mzee Loitakori`
        if token.case == Case::Capital
            && matches!(
                self.word(at),
                "sister"
                    | "mother"
                    | "brother"
                    | "father"
                    | "aling"
                    | "mang"
                    | "ate"
                    | "ka"
                    | "guka"
                    | "mzee"
                    | "matron"
                    | "nana"
                    | "uncle"
                    | "aunty"
                    | "auntie"
                    | "cucu"
                    | "shosho"
                    | "makcik"
                    | "pakcik"
                    | "boeta"
                    | "tant"
                    | "brgy"
                    | "barangay"
            )
        {
            let next = at + 1 + usize::from(self.sign(at + 1, b'.'));
            let end = self.run(next);
            let place = matches!(self.word(at), "brgy" | "barangay");
            let deed = self.role(end, DEED) || self.token(end).is_some_and(|t| t.kind != Kind::Word) || !token.opens;
            if end > next
                && self.token(next)?.case == Case::Capital
                && deed
                && !self.role(end, HEAD | SUFFIX)
                && !self.role(next, EPONYM | BRAND | REGION | HEAD)
            {
                return self.hit(
                    next,
                    end,
                    if place { Category::Location } else { Category::Name },
                    if place { "abode" } else { "title" },
                );
            }
        }
        if !token.word() || !self.capital(at) || token.len() < 2 {
            return self.initials(at);
        }
        if !token.spaced && at > 0 && !self.sign(at - 1, b'(') && !self.sign(at - 1, b'"') && !self.sign(at - 1, b'\'')
        {
            return None;
        }
        let end = self.run(at);
        if end == at {
            return None;
        }
        let words: Vec<&Token> = self.scene.tokens[at..end].iter().filter(|t| t.word()).collect();
        // A name, by what is said of its bearer.
        if let Some(found) = self.person(at, end, &words) {
            return Some(found);
        }
        self.institution(at, end, &words)
    }

    /// In a text without capitals: `kyle 16,`, `dougie wants`, `his station is accrington`.
    fn small(&self, at: usize) -> Option<(Hit, usize)> {
        let token = self.token(at)?;
        if matches!(self.word(at), "te" | "abu" | "umm" | "al" | "nga") && token.spaced {
            return self.small_pair(at);
        }
        if token.len() < 4 || !token.spaced || token.is(COMMON | BRAND | REGION | MONTH | EPONYM | HEAD) {
            return None;
        }
        let aged = self.token(at + 1).is_some_and(|t| t.kind == Kind::Number && t.len() <= 2 && t.spaced)
            && (self.sign(at + 2, b',') || matches!(self.word(at + 2), "yr" | "yo" | "y" | "m" | "f"));
        if aged && token.is(FIRST) {
            return self.hit(at, at + 1, Category::Name, "given-name-lower");
        }
        let verb = self.word(at + 1);
        let human = matches!(
            verb,
            "says"
                | "said"
                | "told"
                | "wants"
                | "wanted"
                | "asked"
                | "asks"
                | "rang"
                | "lives"
                | "thinks"
                | "drinks"
                | "smokes"
                | "refuses"
                | "refused"
        );
        let mates = verb == "to"
            && matches!(self.word(at + 2), "his" | "her" | "their")
            && matches!(self.word(at + 3), "mates" | "friends" | "family");
        if (human && look(token) >= Look::Unknown && spoken(self.word(at)) || mates)
            && !token.is(VOCAB) | mates
            && !token.is(RELATIVE | PATIENT | STAFF)
        {
            return self.hit(at, at + 1, Category::Name, "given-name-lower");
        }
        if token.is(PLACE) && !token.is(VOCAB | FIRST) && token.len() > 5 && !self.role(at + 1, HEAD) {
            return self.hit(at, at + 1, Category::Location, "place-lower");
        }
        None
    }

    /// `te rangimarie is upset`, `seen at te kowhai`: a particle and a word nobody knows.
    fn small_pair(&self, at: usize) -> Option<(Hit, usize)> {
        let next = self.token(at + 1)?;
        let name = next.case == Case::Lower
            && next.spaced
            && !next.line
            && next.len() > 3
            && !next.is(COMMON | BRAND | REGION | MONTH | EPONYM | HEAD)
            && (look(next) >= Look::Unknown || next.is(FIRST | LAST | PLACE))
            && !self.taken.get(at + 1).copied().unwrap_or(true);
        if !name {
            return None;
        }
        let place = matches!(self.back(at, 1), "in" | "at" | "from" | "to" | "near");
        if place {
            return self.hit(at, at + 2, Category::Location, "place-lower");
        }
        let told = self.token(at + 2).is_none_or(|t| t.line || t.kind != Kind::Word || t.is(DEED | HUMAN | RELATIVE));
        (told && self.word(at) != "al").then(|| self.hit(at, at + 2, Category::Name, "given-name-lower")).flatten()
    }

    /// `R.T., 54M`, `A.J.'s husband`, `JB's mother`
    fn initials(&self, at: usize) -> Option<(Hit, usize)> {
        let token = self.token(at)?;
        if token.case == Case::Upper && token.len() <= 3 && token.possessive && self.role(at + 1, RELATIVE) {
            return self.hit(at, at + 1, Category::Name, "initials");
        }
        let initial = |i: usize| self.token(i).is_some_and(|t| t.case == Case::Initial);
        if !initial(at) || !self.sign(at + 1, b'.') || !initial(at + 2) || self.token(at + 2)?.spaced {
            return None;
        }
        let mut end = at + 3;
        while end < at + 16
            && (self.sign(end, b'.') && !self.token(end)?.spaced || initial(end) && !self.token(end)?.spaced)
        {
            end += 1;
        }
        let next = if self.sign(end, b',') || self.sign(end, b'(') { end + 1 } else { end };
        let owner = self.sign(end, b'\'') && self.word(end + 1) == "s" && self.role(end + 2, RELATIVE | OWN)
            || self.token(end - 1)?.possessive && self.role(end, RELATIVE | OWN);
        (self.age(next) || owner).then(|| self.hit(at, end, Category::Name, "initials")).flatten()
    }

    /// `54M`, `9,`, `61 yo`.
    pub(super) fn age(&self, i: usize) -> bool {
        let word = self.word(i);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 3 || word[..digits].parse::<u32>().is_ok_and(|n| n > 117 || n == 0) {
            return false;
        }
        match &word[digits..] {
            "m" | "f" | "yo" | "y" | "yr" | "yrs" => true,
            "" => {
                matches!(self.word(i + 1), "yr" | "yrs" | "yo" | "y" | "year" | "years" | "m" | "f" | "wks" | "months")
                    || (self.sign(i + 1, b',') || self.sign(i + 1, b')') || self.sign(i + 1, b';')) && digits < 3
            }
            _ => false,
        }
    }

    /// Whether the text speaks of one person.
    pub(super) fn told_of_one(&self) -> bool {
        self.scene.of_one
    }
}

/// Whether a word can be spoken: `icgp` and `ndtp` are initials.
fn spoken(word: &str) -> bool {
    let vowel = |b: u8| b"aeiouyw".contains(&b);
    let mut run = 0;
    word.bytes().all(|b| {
        run = if vowel(b) { 0 } else { run + 1 };
        run < 5
    }) && word.bytes().take(4).filter(|b| vowel(*b)).count() > 0
        && !word.ends_with("gp")
        && !word.ends_with("tp")
}

/// Words of one person.
pub(super) const ONE: &str = "he she his her him yo y yrs mum mother";

/// Whether a text speaks of one person.
pub(super) fn told_of_one(tokens: &[Token]) -> bool {
    tokens.iter().take(400).any(|token| token.asked(asked::ONE))
}
