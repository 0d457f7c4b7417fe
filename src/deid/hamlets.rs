//! Small places by the words that go with them: `Sitio Malinis`, `Chak 9 Janubi`, `Karega junction`, `Otter Creek, 40012`.

use super::lexicon::*;
use super::names::{Look, look};
use super::places::{Finder, known};
use super::things::{SITED, SPOT};
use super::token::{Case, Kind, Token};
use super::{Hit, Scene};

/// What stands before a landmark, and words that stand before a hamlet's name in small letters.
pub(super) const BESIDE: &str = "opposite behind beside facing next near by past call sitio barangay goth chak kampung";

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let finder = Finder { scene };
    let mut at = 0;
    while at < scene.tokens.len() {
        let token = &scene.tokens[at];
        let found = (token.word() && !token.plain).then(|| finder.hamlet(at)).flatten();
        match found {
            Some((hit, next)) => {
                hits.push(hit);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
}

impl Finder<'_> {
    fn hamlet(&self, at: usize) -> Option<(Hit, usize)> {
        let token = self.scene.tokens.get(at)?;
        if let Some(found) = self.landmark(at).or_else(|| self.small_phrase(at)) {
            return Some(found);
        }
        if !token.capital() && !matches!(self.lower(at), "call" | "sitio" | "barangay" | "goth" | "chak" | "kampung") {
            return if token.is(PLACE) { self.small_town(at) } else { None };
        }
        if token.thing & SITED != 0 {
            return self.sited(at);
        }
        if self.lower(at) == "call" {
            return self.they_call(at);
        }
        let before = at.checked_sub(1).map_or("", |i| self.lower(i));
        let led = matches!(
            before,
            "in" | "at"
                | "near"
                | "by"
                | "past"
                | "from"
                | "to"
                | "on"
                | "off"
                | "outside"
                | "beyond"
                | "around"
                | "opposite"
                | "of"
        );
        if !led || token.line || token.opens {
            return None;
        }
        // `Stoke and Hurst`: a listed place with a small word that no run takes.
        if token.is(PLACE_HEAD)
            && let Some(end) = (3..5).map(|n| at + n).find(|end| {
                self.scene.tokens.get(end - 1).is_some_and(|t| t.capital() && !t.line)
                    && self.scene.tokens[at..*end].iter().any(|t| t.case == Case::Lower)
                    && known(self.scene, at, *end)
            })
        {
            return Some(self.hit(at, end, "place"));
        }
        let end = self.run(at);
        if end == at {
            return None;
        }
        let words = || self.scene.tokens[at..end].iter().filter(|t| t.word());
        let strange = words().any(|t| look(t) >= Look::Unknown || t.is(PLACE) && !t.is(EPONYM))
            && !words().any(|t| t.is(MONTH | REGION | BRAND));
        // `at Karega junction`
        if strange
            && self.scene.thing(end) & SPOT != 0
            && self.scene.tokens.get(end).is_some_and(|t| t.case == Case::Lower && t.spaced && !t.line)
            && !words().any(|t| t.is(EPONYM))
        {
            return Some(self.hit(at, end + 1, "village"));
        }
        // `past Otter Creek, 40012`
        let number = end + usize::from(self.sign(end, b','));
        let code = self
            .scene
            .tokens
            .get(number)
            .is_some_and(|t| t.kind == Kind::Number && t.len() == 5 && t.spaced && !t.line);
        let unit = matches!(
            self.lower(number + 1),
            "ml" | "mg" | "cells" | "copies" | "patients" | "units" | "people" | "/" | "iu" | "%" | "children"
        );
        if code
            && !unit
            && !words().any(|t| t.is(EPONYM | MONTH | BRAND))
            && matches!(before, "in" | "at" | "near" | "past" | "from" | "to" | "outside")
        {
            return Some(self.hit(at, end, "place-unknown"));
        }
        None
    }

    /// `Sitio Malinis`, `Goth Allah Rakhio`, `Chak No. 9 Janubi`, `Brgy. Santa Lucia`
    fn sited(&self, at: usize) -> Option<(Hit, usize)> {
        let mut first = at + 1;
        if self.sign(first, b'.') || self.lower(first) == "no" {
            first += 1 + usize::from(self.lower(first) == "no" && self.sign(first + 1, b'.'));
        }
        let number = self.scene.tokens.get(first).is_some_and(|t| t.kind == Kind::Number && t.len() <= 4 && !t.line);
        let chak = self.lower(at) == "chak";
        if number && chak || number && matches!(self.lower(at), "barangay" | "brgy" | "purok") {
            first += 1;
            while self.sign(first, b'/') || self.sign(first, b'-') {
                first += 2;
            }
            let tail = self.scene.tokens.get(first).is_some_and(|t| {
                t.capital() && !t.line && !t.opens || t.case == Case::Upper && t.len() <= 3 && !t.line
            });
            return Some(self.hit(at, first + usize::from(tail && chak), "village"));
        }
        while matches!(self.lower(first), "an" | "na" | "nam" | "ng" | "kwa" | "of" | "al" | "ya" | "wa")
            && first < at + 3
        {
            first += 1;
        }
        let name = self.scene.tokens.get(first)?;
        let capital =
            |t: &Token| t.word() && t.spaced && !t.line && (t.capital() || t.case == Case::Upper && t.len() > 3);
        let village = matches!(
            self.lower(at),
            "vill" | "village" | "bir" | "tel" | "ain" | "tanda" | "dun" | "isle" | "zona" | "colonia"
        );
        if !capital(name)
            || name.is(MONTH | HEAD | GENERIC)
            || name.is(EPONYM | REGION) && !name.is(PLACE)
            || village && look(name) < Look::Unknown && !name.is(PLACE)
            || self.scene.tokens[at].opens && look(name) < Look::Unknown && !name.is(PLACE)
        {
            return None;
        }
        let mut end = first + 1;
        while end < first + 4
            && self.scene.tokens.get(end).is_some_and(|t| capital(t) && !t.is(MONTH))
            && !self.scene.tokens[end - 1].possessive
        {
            end += 1;
        }
        Some(self.hit(at, end, "village"))
    }

    /// `the bridge they call Lost Ewe`
    fn they_call(&self, at: usize) -> Option<(Hit, usize)> {
        let who = at.checked_sub(1).map_or("", |i| self.lower(i));
        let what = at.checked_sub(2).map_or("", |i| self.lower(i));
        let place = matches!(
            what,
            "bridge"
                | "hill"
                | "bend"
                | "corner"
                | "place"
                | "beach"
                | "track"
                | "crossing"
                | "field"
                | "cove"
                | "point"
                | "lane"
                | "spot"
                | "road"
                | "village"
                | "town"
                | "junction"
                | "rock"
                | "pool"
                | "ford"
                | "gully"
                | "gorge"
                | "creek"
        );
        let mut end = at + 1;
        while end < at + 4 && self.scene.tokens.get(end).is_some_and(|t| t.capital() && t.spaced && !t.line) {
            end += 1;
        }
        (place && matches!(who, "they" | "we" | "locals" | "people" | "everyone") && end > at + 1)
            .then(|| self.hit(at + 1, end, "village"))
    }

    /// `from dera ghazi khan`, `locum gp, abbey wood.`: a listed place of several words in a text without capitals.
    fn small_phrase(&self, at: usize) -> Option<(Hit, usize)> {
        let token = self.scene.tokens.get(at)?;
        if !self.scene.lowercase
            || token.case != Case::Lower
            || !token.is(PLACE_HEAD)
            || !token.spaced
            || self.lower(at) == "st"
        {
            return None;
        }
        let small = |i: usize| self.scene.tokens.get(i).is_some_and(|t| t.case == Case::Lower && t.spaced && !t.line);
        let end = (2..5).rev().map(|n| at + n).find(|end| (at + 1..*end).all(small) && known(self.scene, at, *end))?;
        let words = &self.scene.tokens[at..end];
        let ordinary = words.iter().all(|t| t.is(COMMON | VOCAB));
        let before = at.checked_sub(1).map_or("", |i| self.lower(i));
        let led = !token.line && matches!(before, "in" | "from" | "near" | "to" | "at" | "outside" | "past" | "around");
        let closed = self.scene.tokens.get(end).is_none_or(|t| t.line || t.kind == Kind::Sign);
        let set_off = before == "," && closed;
        let fits =
            if ordinary { (matches!(before, "in" | "from" | "near") || set_off) && closed } else { led || set_off };
        fits.then(|| self.hit(at, end, if ordinary { "place-lower" } else { "village" }))
    }

    /// `opposite the old water tower` where somebody lives, sells or stays: a place by what stands beside it.
    fn landmark(&self, at: usize) -> Option<(Hit, usize)> {
        if !self.scene.tokens[at].may_begin(LANDMARK) {
            return None;
        }
        let beside = match self.lower(at) {
            "opposite" | "behind" | "beside" | "facing" => 1,
            "next" if self.lower(at + 1) == "to" => 2,
            "near" | "by" | "past" => 1,
            _ => return None,
        };
        let first = at + beside;
        if !matches!(self.lower(first), "the" | "our" | "that") || self.scene.tokens.get(first)?.line {
            return None;
        }
        let word = |i: usize| self.scene.tokens.get(i).is_some_and(|t| t.word() && t.spaced && !t.line);
        let mark = (first + 2..first + 5)
            .take_while(|i| word(*i - 1))
            .find(|i| word(*i) && LANDMARKS.contains(&self.lower(*i)))?;
        let lived = (1..10)
            .take_while(|n| {
                at >= *n
                    && !(self.scene.tokens[at - n].kind == Kind::Sign
                        && b".?!;".contains(&self.scene.text.as_bytes()[self.scene.tokens[at - n].start]))
            })
            .any(|n| LIVED.contains(&self.lower(at - n)));
        lived.then(|| self.hit(first, mark + 1, "village"))
    }

    /// `the council in otterburn`, written small among capitals: a word that is a town and nothing else.
    fn small_town(&self, at: usize) -> Option<(Hit, usize)> {
        let token = self.scene.tokens.get(at)?;
        let before = at.checked_sub(1).map_or("", |i| self.lower(i));
        (token.case == Case::Lower
            && token.len() > 5
            && token.spaced
            && token.is(PLACE)
            && !token.is(COMMON | VOCAB | FIRST | LAST | RARE | EPONYM | BRAND | REGION | DERIVED)
            && matches!(before, "in" | "from" | "near")
            && !self.scene.tokens.get(at + 1).is_some_and(|t| t.is(HEAD)))
        .then(|| self.hit(at, at + 1, "place-lower"))
    }
}

/// What people find their way by.
const LANDMARKS: &[&str] = &[
    "cinema",
    "mosque",
    "church",
    "temple",
    "market",
    "school",
    "bridge",
    "garage",
    "tank",
    "tower",
    "stadium",
    "cemetery",
    "mill",
    "station",
    "junction",
    "roundabout",
    "hotel",
    "bakery",
    "well",
    "dam",
    "shop",
    "kiosk",
    "mast",
    "quarry",
    "palace",
    "statue",
    "tree",
    "gate",
    "crossing",
    "pump",
    "depot",
    "factory",
    "bar",
    "pub",
    "shrine",
    "court",
    "graveyard",
    "silo",
    "silos",
    "lighthouse",
    "servo",
    "dump",
    "lodge",
    "club",
    "barracks",
    "bank",
    "pharmacy",
    "chemist",
    "wall",
];

/// Words of living and trading, before a landmark.
const LIVED: &[&str] = &[
    "lives",
    "live",
    "lived",
    "living",
    "stays",
    "stay",
    "staying",
    "house",
    "home",
    "compound",
    "stall",
    "kiosk",
    "shop",
    "sells",
    "selling",
    "hawks",
    "address",
    "plot",
    "rents",
    "renting",
    "shack",
    "flat",
    "hut",
    "tent",
    "park",
    "caravan",
    "sleeps",
    "sleeping",
    "resides",
    "directions",
];

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn hamlets_by_the_words_beside_them() {
        for text in [
            "carried down from Sitio Malinis by boat",
            "shot at Chak 9 Janubi on the road",
            "brought from Goth Allah Rakhio on a cart",
            "hit by a lorry at Karega junction today",
            "the bridge they call Lost Ewe is out",
            "house is past Otter Creek, 40012 and up",
            "she sells tea opposite the broken lighthouse",
            "he lives behind the old water tower, alone",
            "hi all. one for you. she is from dera ghazi khan and shy. thanks",
            "hi all. one for you. locum gp, abbey wood. ta",
        ] {
            assert!(check(text).findings.iter().any(|f| f.category == Category::Location), "{text}");
        }
        for text in [
            "pain at the Oddi junction again",
            "seen at the gastro-oesophageal junction",
            "the stage they call Terminal",
            "grown from culture, 40000 copies",
            "the mass lies behind the left lobe by the portal gate",
            "hi all. one for you. he is in good spirits. thanks",
        ] {
            assert!(check(text).findings.iter().all(|f| f.category != Category::Location), "{text}");
        }
    }
}
