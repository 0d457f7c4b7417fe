//! Institutions whose kind stands before the name, or that have a number or an ampersand in it.

use super::lexicon::*;
use super::names::{Look, look};
use super::things::{HEADED, NATURE, SURE, TRADE, thing};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let houses = Houses { scene };
    let mut at = 0;
    while at < scene.tokens.len() {
        let token = &scene.tokens[at];
        let found = match token.kind {
            Kind::Word if !token.plain => houses
                .headed(at)
                .or_else(|| houses.nature(at))
                .or_else(|| houses.joined(at))
                .or_else(|| houses.branch(at))
                .or_else(|| houses.tagged(at)),
            Kind::Number => houses.numbered(at),
            _ => None,
        };
        if let Some((from, to)) = found {
            hits.push(Hit {
                start: scene.tokens[from].start,
                end: scene.tokens[to - 1].end,
                category: Category::Facility,
                severity: Severity::Confirm,
                rule: "institution",
            });
            at = to.max(at + 1);
        } else {
            at += 1;
        }
    }
}

struct Houses<'a> {
    scene: &'a Scene<'a>,
}

impl<'a> Houses<'a> {
    fn word(&self, i: usize) -> &'a str {
        self.scene.word(i)
    }

    fn token(&self, i: usize) -> Option<&'a Token<'a>> {
        self.scene.tokens.get(i)
    }

    fn back(&self, i: usize, n: usize) -> &'a str {
        i.checked_sub(n).map_or("", |j| self.scene.word(j))
    }

    fn sign(&self, i: usize, c: u8) -> bool {
        self.token(i).is_some_and(|t| t.kind == Kind::Sign && self.scene.text.as_bytes()[t.start] == c)
    }

    /// A capital that follows on the same line.
    fn named(&self, i: usize) -> Option<&'a Token<'a>> {
        self.token(i).filter(|t| {
            t.word() && t.spaced && !t.line && (t.capital() || t.case == Case::Upper && t.len() > 2) && !t.is(MONTH)
        })
    }

    /// Where a name that begins at a capital ends.
    fn end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while end < at + 6 {
            let small = matches!(
                self.word(end),
                "of" | "the" | "and" | "al" | "bin" | "de" | "du" | "la" | "ni" | "na" | "ul" | "on" | "y" | "ng"
            ) && self.named(end + 1).is_some();
            if small && self.token(end).is_some_and(|t| !t.line)
                || (self.sign(end, b'-') || self.sign(end, b'&'))
                    && self.token(end + 1).is_some_and(|t| t.word() && t.capital())
            {
                end += 2;
            } else if self.named(end).is_some()
                && !self.token(end - 1).is_some_and(|t| t.possessive && !thing_of(self.word(end)))
            {
                end += 1;
            } else {
                break;
            }
        }
        end
    }

    /// `HMP Aldermoor`, `Ward Conwy`, `Monastery of the Holy Spirit`.
    fn headed(&self, at: usize) -> Option<(usize, usize)> {
        let token = self.token(at)?;
        let kind = token.thing;
        if kind & (HEADED | SURE) == 0 || !(token.capital() || token.case == Case::Upper || self.word(at) == "ward") {
            return None;
        }
        // `CHU Sainte-Anne`, but Lim Chu Kang.
        if token.len() <= 4
            && self.word(at) != "ward"
            && !matches!(self.word(at), "fort" | "camp" | "cafe" | "chez")
            && token.case != Case::Upper
        {
            return None;
        }
        let sure = kind & SURE != 0;
        let mut first = at + 1;
        // `of the`, `de la`, `ng mga`
        let of = matches!(self.word(first), "of" | "de" | "del" | "ni" | "ng" | "an" | "al");
        while first < at + 3
            && matches!(self.word(first), "of" | "the" | "de" | "del" | "la" | "ni" | "ng" | "an" | "al")
        {
            first += 1;
        }
        let name = self.named(first)?;
        if token.opens && !sure && !of && !name.is(PLACE) && look(name) < Look::Unknown {
            return None;
        }
        let plain = name.is(COMMON | VOCAB | GENERIC | HEAD | STAFF | TITLE | EPONYM | BRAND | REGION | DEPT)
            && !(name.is(PLACE) && !name.is(COMMON | VOCAB | EPONYM))
            && self.scene.thing(first) & NATURE == 0;
        let ward = matches!(self.word(at), "ward" | "wards");
        if of && !sure || plain && !sure || ward && (name.case == Case::Upper || name.is(STAFF | DEPT)) {
            return None;
        }
        // `Fort Worth`, `Hotel Rwanda`, `St. Mary's Hospital Nairobi` belong to other rules or to nobody.
        Some((at, self.end(first)))
    }

    /// `on bluebell ward` without a capital.
    fn nature(&self, at: usize) -> Option<(usize, usize)> {
        let token = self.token(at)?;
        // `in the Juniper room`
        let room = token.case == Case::Capital && !token.opens && matches!(self.word(at + 1), "room" | "suite");
        ((room || token.case == Case::Lower && matches!(self.word(at + 1), "ward" | "wing" | "suite" | "lodge"))
            && token.thing & NATURE != 0
            && !self.token(at + 1)?.line
            && matches!(self.back(at, 1), "on" | "in" | "to" | "from" | "at" | "of" | "the" | "via"))
        .then_some((at, at + 2))
    }

    /// `Curl & Dye`, `Local 12 steamfitters' hall` where somebody works or is.
    fn joined(&self, at: usize) -> Option<(usize, usize)> {
        let token = self.token(at)?;
        if token.case != Case::Capital || !token.spaced {
            return None;
        }
        if self.word(at) == "local"
            && self.token(at + 1).is_some_and(|t| t.kind == Kind::Number && t.len() <= 4 && t.spaced)
        {
            let end = (at + 2..at + 6).find(|i| matches!(self.word(*i), "hall" | "union" | "lodge" | "chapter"));
            return match end {
                Some(end) => Some((at, end + 1)),
                None => (!token.opens && !matches!(self.word(at + 2), "mg" | "ml" | "mm" | "%" | "patients"))
                    .then_some((at, at + 2)),
            };
        }
        let second = self.token(at + 2)?;
        let usual = |t: &Token| {
            t.case == Case::Capital && t.len() > 2 && !t.is(EPONYM | BRAND | REGION | MONTH | GENERIC | DEPT | TITLE)
        };
        if !self.sign(at + 1, b'&') || token.opens || !usual(token) || !usual(second) || second.line {
            return None;
        }
        // `Pain & Palliative`, `Smith & Jones 2019` are no shop; a shop is where somebody works or what stands after its kind.
        let shop = (1..10).take_while(|n| at >= *n && !self.sign(at - n, b'.')).any(|n| {
            let word = self.back(at, n);
            self.token(at - n).is_some_and(|t| t.is(WORK) && !t.is(STAFF))
                || matches!(
                    word,
                    "bar"
                        | "salon"
                        | "shop"
                        | "store"
                        | "cafe"
                        | "pub"
                        | "technician"
                        | "barber"
                        | "bakery"
                        | "restaurant"
                        | "waitress"
                        | "beautician"
                        | "hairdresser"
                        | "stylist"
                        | "owner"
                        | "boutique"
                        | "takeaway"
                        | "florist"
                        | "tattooist"
                        | "barista"
                        | "firm"
                )
        });
        let inn = self.back(at, 1) == "the" && matches!(self.back(at, 2), "at" | "in" | "to" | "outside" | "behind");
        let cited = self.token(at + 3).is_some_and(|t| {
            t.kind == Kind::Number || t.is(HEAD | CITE | DEPT | GENERIC) && !t.is(COMMON) || t.capital() && t.spaced
        });
        ((shop || inn)
            && !cited
            && matches!(self.back(at, 1), "," | "at" | "for" | "from" | "called" | "-" | "(" | "with" | "the"))
        .then_some((at, at + 3))
    }

    /// `Aldeburgh on the Green`, `Optician at Glance on the Square`: a shop by where it stands.
    fn branch(&self, at: usize) -> Option<(usize, usize)> {
        let token = self.token(at)?;
        (token.case == Case::Capital
            && !token.opens
            && matches!(self.back(at, 1), "at" | "from" | "by" | "to")
            && self.word(at + 1) == "on"
            && self.word(at + 2) == "the"
            && self.named(at + 3).is_some_and(|_| {
                matches!(
                    self.word(at + 3),
                    "green"
                        | "square"
                        | "corner"
                        | "hill"
                        | "quay"
                        | "park"
                        | "lake"
                        | "river"
                        | "bridge"
                        | "common"
                        | "heath"
                        | "harbour"
                        | "wharf"
                        | "beach"
                        | "plaza"
                        | "parade"
                )
            }))
        .then_some((at, at + 4))
    }

    /// `Uzima CCC`, `Ngaio Flowers EPZ`, `Kloof No. 2 Shaft`: a name with an institution's short kind or number.
    fn tagged(&self, at: usize) -> Option<(usize, usize)> {
        let token = self.token(at)?;
        if token.case != Case::Capital || token.opens || !token.spaced || !LEADS.contains(&self.back(at, 1)) {
            return None;
        }
        let mut end = at + 1;
        while end < at + 4
            && self.named(end).is_some_and(|t| t.case == Case::Capital)
            && !self.token(end - 1)?.possessive
        {
            end += 1;
        }
        // `No` of `No. 2` is taken for a part of the name.
        let last = if self.word(end - 1) == "no" { end - 1 } else { end };
        let words = self.scene.tokens.get(at..last)?;
        let strange = !words.is_empty()
            && words.iter().any(|t| look(t) >= Look::Unknown || t.is(PLACE | LAST) && !t.is(COMMON))
            && !words.iter().any(|t| t.is(EPONYM | REGION | MONTH | HEAD | TITLE | DOCTOR));
        if !strange {
            return None;
        }
        if self.word(last) == "no" {
            let number = last + 1 + usize::from(self.sign(last + 1, b'.'));
            let fits = self.token(number).is_some_and(|t| t.kind == Kind::Number && t.len() <= 2 && !t.line);
            let more = matches!(
                self.word(number + 1),
                "shaft" | "mine" | "colliery" | "pit" | "mill" | "line" | "plant" | "depot"
            );
            return fits.then_some((at, number + 1 + usize::from(more)));
        }
        let tag = self.token(end)?;
        let fits = tag.case == Case::Upper && tag.spaced && !tag.line && TAGS.contains(&self.word(end));
        let more = matches!(self.word(end + 1), "annexe" | "annex" | "campus" | "hospital" | "clinic");
        fits.then_some((at, end + 1 + usize::from(more)))
    }

    /// `pulled to 5 Juniper`, `on 6 West`: a ward by its floor and its name.
    fn numbered(&self, at: usize) -> Option<(usize, usize)> {
        let number = self.token(at)?;
        let name = self.named(at + 1)?;
        let side = matches!(
            self.word(at + 1),
            "west"
                | "east"
                | "north"
                | "south"
                | "northeast"
                | "northwest"
                | "southeast"
                | "southwest"
                | "tower"
                | "main"
        );
        let fits = number.len() <= 2
            && number.spaced
            && !number.line
            && name.case == Case::Capital
            && (side || self.scene.thing(at + 1) & NATURE != 0)
            && matches!(self.back(at, 1), "on" | "to" | "from" | "in" | "at" | "of")
            && !self.sign(at + 2, b'-')
            && !self.token(at + 2).is_some_and(|t| {
                t.is(HEAD | SUFFIX)
                    || t.capital()
                    || matches!(self.word(at + 2), "street" | "road" | "st" | "rd" | "ave")
            });
        fits.then_some((at, at + 2))
    }
}

/// Words that lead to an institution.
const LEADS: &[&str] = &["at", "to", "from", "in", "of", "by", "for", "with", "via", ",", "near", "under", "("];

/// What kind of institution, in capitals after its name.
const TAGS: &[&str] = &[
    "epz", "sez", "ccc", "ec", "chc", "phc", "dhq", "thq", "cmh", "rhc", "bhu", "gh", "fmc", "uth", "mch", "hsc",
    "amc", "rmc", "vamc", "va", "mc", "trc", "cdh", "nhs", "uhb", "cic", "sdh", "ndh", "mtrh", "kgh", "lgh", "tbh",
    "gsh", "rlh", "aiims", "gp", "nhc", "poly", "cc", "fc", "rfc", "afc", "gaa", "rsl", "tafe", "tvet", "iti", "pgi",
    "esi", "esic", "lhc", "hq",
];

/// Whether a word ends a business's or an institution's name.
fn thing_of(word: &str) -> bool {
    thing(word) & TRADE != 0 || super::places::suffix(word)
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn houses_by_their_first_word_number_and_sign() {
        for text in [
            "moved to HMP Fellgate on Monday",
            "They prayed at Masjid Noor before he fell",
            "transferred to Ward Cader last night",
            "bloods sent on bluebell ward today",
            "discharged from 3 East with oxygen",
            "she is a waitress at Salt & Ember",
            "a member of Local 417 ironworkers' union",
            "on the line at Ngaio Flowers EPZ for years",
            "he fell at the Kilcolman quarry at noon",
            "an apprentice with Tarrant Hydraulics",
        ] {
            assert!(check(text).findings.iter().any(|f| f.category == Category::Facility), "{text}");
        }
        for text in [
            "Ward Manager cross, Ward Clerk too",
            "the Pain & Palliative team and Signs & Symptoms",
            "on 4 May and to 2 Gray",
            "local 5 mm margin",
            "the ice rink, the steel plant and the local church",
            "Started on Home Dialysis, then Cardiac Rehab",
            "the Scope of Practice and the Nursing Council",
            "by King's College criteria",
        ] {
            assert!(check(text).findings.iter().all(|f| f.category != Category::Facility), "{text}");
        }
    }
}
