//! Names that a word before them announces: a title, a relative, "called", "known to staff as".

use super::lexicon::*;
use super::names::{Look, look};
use super::people::{Finder, tokens_initial};
use super::things::SITED;
use super::token::{Case, Kind};
use super::{Category, Hit, Severity};

impl<'a> Finder<'a> {
    /// Names that a word before them announces.
    pub(super) fn triggered(&self) -> Option<(Hit, usize)> {
        let at = self.at;
        let token = self.token(at)?;
        if !token.word() || !token.may_begin(NAMING | ODD) && !token.is(TITLE | DOCTOR | RELATIVE | PATIENT | STAFF) {
            return None;
        }
        let word = self.lower(at);
        let capital = matches!(token.case, Case::Capital | Case::Initial);
        let mut next = at + 1;
        while self.sign(next, b'.') && !self.token(next)?.spaced {
            next += 1;
        }
        let after = self.token(next)?;
        if after.line && !matches!(word, "name" | "patient") {
            return None;
        }
        // `Goth Haji Allah Bux` is a hamlet.
        let sited = token.is(TITLE) && at.checked_sub(1).map_or(0, |i| self.scene.thing(i)) & SITED != 0;
        if (token.is(TITLE)
            && !sited
            && (word != "ms" || capital)
            && (word != "mr" || capital || self.scene.lowercase)
            && (word != "fr" || capital && !(at > 0 && self.token(at - 1).is_some_and(|t| t.kind == Kind::Number)))
            && !(matches!(
                word,
                "chief"
                    | "engr"
                    | "oom"
                    | "tannie"
                    | "mzee"
                    | "cik"
                    | "maulana"
                    | "moulvi"
                    | "lolo"
                    | "lola"
                    | "kuya"
                    | "tito"
                    | "tita"
                    | "nanay"
                    | "tatay"
                    | "md"
                    | "mst"
                    | "mama"
                    | "baba"
                    | "tata"
                    | "seth"
                    | "lord"
                    | "dame"
                    | "bibi"
                    | "rev"
                    | "imam"
                    | "rabbi"
                    | "pastor"
            ) && !capital)
            || self.shouted && matches!(word, "mr" | "mrs"))
            && let Some(found) = self.named(next, Category::Name, "title")
        {
            return Some(found);
        }
        if (token.is(DOCTOR) && token.case != Case::Upper)
            || word == "sister" && capital && !token.opens
            || matches!(word, "sister" | "nurse")
                && capital
                && self.token(next).is_some_and(|t| look(t) > Look::Double && t.capital())
        {
            // "Dr B. Rao and Dr. Hetal"; not "Dr said".
            if word == "sr" && !capital {
                return None;
            }
            if let Some(found) = self.named(next, Category::Clinician, "colleague-title") {
                return Some(found);
            }
        }
        let phrase = self.naming(at, word);
        if phrase > 0 {
            let mut i = at + phrase;
            while i < at + phrase + 3
                && (self.sign(i, b':')
                    || self.sign(i, b'"')
                    || self.sign(i, b'\'')
                    || self.sign(i, b'(')
                    || self.sign(i, b',')
                    || self.sign(i, b'-')
                    || self.sign(i, b'*'))
            {
                i += 1;
            }
            let i = if matches!(self.lower(i), "mr" | "mrs" | "ms" | "miss" | "dr") {
                i + 1 + usize::from(self.sign(i + 1, b'.'))
            } else {
                i
            };
            let first = self.token(i)?;
            let fits = word == "goes" && self.shaped(i) && !first.opens
                || self.shaped(i) && look(first) > Look::Double
                || self.shaped(i) && first.is(FIRST)
                || self.shaped(i) && word.starts_with("nam") && look(first) != Look::No;
            if fits && !self.cited(i, self.run(i, true)) {
                let end = self.run(i, true);
                return Some(self.hit(i, end, Category::Name, Severity::Block, "named"));
            }
            if self.token(i).is_some_and(|t| t.case == Case::Lower)
                && (self.scene.lowercase || word == "named" || word == "name")
            {
                let end = self.lower_run(i);
                if end > i && self.token(i).is_some_and(|t| t.is(FIRST | RARE)) {
                    return Some(self.hit(i, end, Category::Name, Severity::Block, "named"));
                }
            }
        }
        if word == "name" || word == "called" || word == "named" {
            // `given as 'dot'`
            for n in 1..9 {
                if self.token(at + n).is_some_and(|t| t.line) {
                    break;
                }
                let quoted = (self.sign(at + n, b'\'') && self.sign(at + n + 2, b'\'')
                    || self.sign(at + n, b'"') && self.sign(at + n + 2, b'"'))
                    && self.token(at + n + 1).is_some_and(|t| t.is(FIRST | LAST | RARE));
                if quoted {
                    return Some(self.hit(at + n + 1, at + n + 2, Category::Name, Severity::Block, "named"));
                }
            }
        }
        if let Some(found) = self.codename(at, word) {
            return Some(found);
        }
        let relative = token.is(RELATIVE);
        let patient = token.is(PATIENT);
        let staff = token.is(STAFF);
        if relative || patient || staff {
            let mut i = next;
            if relative && matches!(self.lower(i), "in") && self.sign(i.wrapping_sub(1), b'-') {
                return None;
            }
            let mut gap = false;
            while (self.sign(i, b'(')
                || self.sign(i, b',')
                || self.sign(i, b'-')
                || self.sign(i, b'\'')
                || self.sign(i, b'"')
                || self.sign(i, b':'))
                && i < next + 2
            {
                gap |= !self.sign(i, b'\'') && !self.sign(i, b'"');
                i += 1;
            }
            let first = self.token(i)?;
            if first.line && i > next {
                return None;
            }
            let looks = look(first);
            // `mum (Xiomara)`, `brother Farhad`, `GP Bill Thackray`, `Husband, Kumaran,`.
            let title = self.role(i, TITLE) || self.role(i, DOCTOR);
            let enough = !title
                && match (gap, relative) {
                    (false, true) => looks > Look::Double || first.is(FIRST),
                    (false, false) => {
                        looks > Look::Unknown && !first.is(PLACE)
                            || first.is(FIRST)
                                && self.shaped(i + 1)
                                && self.token(i + 1).is_some_and(|t| look(t) >= Look::Double)
                            || looks == Look::Unknown && (staff || patient)
                            || looks == Look::Given
                    }
                    (true, true) => {
                        looks == Look::Given
                            || looks > Look::Double && (self.sign(i + 1, b',') || self.sign(i + 1, b')'))
                            || first.is(FIRST) && (self.sign(i + 1, b')') || self.sign(i + 1, b','))
                            || {
                                let end = self.run(i, true);
                                end > i + 1
                                    && (self.sign(end, b',') || self.sign(end, b')'))
                                    && self.scene.tokens[i..end].iter().any(|t| look(t) > Look::Double)
                            }
                    }
                    (true, false) => {
                        looks == Look::Given
                            || first.is(FIRST)
                                && self.shaped(i + 1)
                                && self.token(i + 1).is_some_and(|t| t.is(LAST) || look(t) > Look::Double)
                    }
                };
            if (patient || relative)
                && first.case == Case::Initial
                && self.sign(i + 1, b'.')
                && tokens_initial(self.token(i + 2))
            {
                return Some(self.hit(
                    i,
                    i + 3 + usize::from(self.sign(i + 3, b'.')),
                    Category::Name,
                    Severity::Block,
                    "initials",
                ));
            }
            if self.shaped(i) && enough && !first.opens {
                let end = self.run(i, true);
                if !self.cited(i, end) && !self.institution(end) {
                    let category = if staff && !relative { Category::Clinician } else { Category::Name };
                    let severity = if staff { Severity::Confirm } else { Severity::Block };
                    return Some(self.hit(i, end, category, severity, if staff { "colleague" } else { "relative" }));
                }
            }
            // `neighbour big kev`
            if relative
                && !gap
                && matches!(self.lower(i), "big" | "wee" | "old" | "young" | "little" | "auld" | "poor")
                && self.token(i + 1).is_some_and(|t| t.is(FIRST) && !t.is(COMMON) && t.spaced && !t.line)
            {
                return Some(self.hit(i, i + 2, Category::Name, Severity::Block, "relative-lower"));
            }
            if !gap && first.case == Case::Lower && first.spaced && !token.possessive {
                let strong = relative
                    && look(first) == Look::Unknown
                    && first.len() > 3
                    && (self.scene.lowercase || self.role(i + 1, HUMAN))
                    && (self.role(i + 1, DEED) || self.token(i + 1).is_none_or(|t| t.kind == Kind::Sign))
                    || first.is(FIRST) && !first.is(COMMON) && (!first.is(VOCAB) || first.len() > 4)
                    || !first.is(ORDINARY) && first.is(RARE | LAST)
                    || relative && first.is(FIRST) && self.scene.lowercase && self.role(i + 1, HUMAN)
                    || self.scene.lowercase && self.told_small(at, i);
                if strong && !first.is(PLACE) | first.is(FIRST) && (relative || self.scene.lowercase) {
                    let end = self.lower_run(i).max(i + 1);
                    let category = if staff && !relative { Category::Clinician } else { Category::Name };
                    return Some(self.hit(
                        i,
                        end,
                        category,
                        if staff { Severity::Confirm } else { Severity::Block },
                        "relative-lower",
                    ));
                }
            }
        }
        None
    }

    /// `a bloke rangi 63`, `a pt ifor wanted`, `my intern patience had`: written small, by an age or by what is done.
    fn told_small(&self, at: usize, i: usize) -> bool {
        let Some(first) = self.token(i) else { return false };
        let one =
            matches!(self.before(at, 1), "a" | "my" | "our" | "the" | "his" | "her" | "this" | "one" | "new" | "old");
        let age = self.token(i + 1).is_some_and(|t| t.kind == Kind::Number && t.len() == 2 && t.spaced && !t.line)
            && !matches!(self.lower(i + 2), "mg" | "ml" | "%" | "/" | "." | "weeks" | "days" | "min" | "hrs" | "times");
        let deed = self.role(i + 1, DEED) && !matches!(self.lower(i + 1), "is" | "was" | "reports" | "needs");
        let unknown = look(first) == Look::Unknown && first.len() > 3 && !first.is(PLACE);
        one && !first.is(DEED | HUMAN | HEAD | DEPT | STAFF | PATIENT | RELATIVE)
            && (first.is(FIRST) && (age || deed) || unknown && (age || deed))
    }

    /// A name after a title.
    pub(super) fn named(&self, i: usize, category: Category, rule: &'static str) -> Option<(Hit, usize)> {
        let token = self.token(i)?;
        let severity = if category == Category::Clinician { Severity::Confirm } else { Severity::Block };
        if self.shaped(i) || token.case == Case::Upper && token.len() > 2 || token.case == Case::Initial {
            let particle = super::names::PARTICLES.contains(&self.lower(i))
                && (self.shaped(i + 1)
                    || self
                        .token(i + 1)
                        .is_some_and(|t| super::names::PARTICLES.contains(&self.lower(i + 1)) && !t.line));
            if token.is(COMMON) && !token.is(FIRST | LAST) && token.opens && !particle {
                return None;
            }
            let mut end = self.run(i, true);
            if end == i {
                end = i + 1;
                while self.token(end).is_some_and(|t| t.case == Case::Upper && t.len() > 1 && t.word() && !t.line)
                    && end < i + 3
                    || self.sign(end, b'.')
                        && self.token(end + 1).is_some_and(|t| t.case == Case::Initial || t.case == Case::Capital)
                        && !self.token(end + 1).is_some_and(|t| t.spaced && look(t) == Look::No)
                {
                    end += 1;
                }
                if token.case == Case::Initial && end == i + 1 && !self.sign(end, b'.') && self.lower(i) == "i" {
                    return None;
                }
                if token.case == Case::Initial && self.sign(end, b'.') {
                    end += 1;
                }
                // `K S Somashekar`
                while token.case == Case::Initial
                    && end < i + 4
                    && self.token(end).is_some_and(|t| {
                        !t.line
                            && t.spaced
                            && (t.case == Case::Initial || t.case == Case::Capital && look(t) > Look::No)
                    })
                {
                    end += 1;
                }
            }
            return Some(self.hit(i, end, category, severity, rule));
        }
        let end = self.lower_run(i);
        if end > i {
            return Some(self.hit(i, end, category, severity, rule));
        }
        // `ask dr sharp?`, `dr house said`
        let closed =
            self.token(i + 1).is_none_or(|t| t.line || self.sign(i + 1, b'?') || self.sign(i + 1, b',') || t.is(HUMAN));
        if category == Category::Clinician
            && token.case == Case::Lower
            && token.is(LAST)
            && closed
            && !token.is(DEED | HUMAN | STAFF | GENERIC | DEPT)
            && matches!(self.before(i, 1), "dr" | "prof")
        {
            return Some(self.hit(i, i + 1, category, severity, rule));
        }
        let mister = i > 0
            && (matches!(self.lower(i - 1), "mr" | "mrs" | "ms")
                || self.sign(i - 1, b'.') && matches!(self.before(i, 2), "mr" | "mrs" | "ms"));
        (token.case == Case::Lower && mister && token.len() > 2 && !token.is(COMMON)
            || token.case == Case::Lower && token.is(FIRST | LAST) && !self.role(i, DEED) && self.scene.lowercase)
            .then(|| self.hit(i, i + 1, category, severity, rule))
    }

    /// The length in tokens of a phrase that announces a name, 0 if none.
    pub(super) fn naming(&self, at: usize, word: &str) -> usize {
        let next = self.lower(at + 1);
        match word {
            "named" if matches!(self.before(at, 1), "you" | "we" | "i" | "they") => 0,
            "named" | "nee" | "aka" => 1,
            "called" if !matches!(self.before(at, 1), "we" | "i" | "they" | "team" | "nurse" | "ward" | "was") => 1,
            "name"
                if next == "is"
                    || next == "was"
                    || next == ":"
                    || next == "in"
                    || next == "given"
                    || next == "reads"
                    || next == "on"
                    || next == "-" =>
            {
                (2..9)
                    .find(|n| {
                        self.shaped(at + n)
                            && look(&self.scene.tokens[at + n]) > Look::No
                            && (*n == 2 || !self.scene.tokens[at + n].opens)
                            || self.sign(at + n, b'.')
                    })
                    .unwrap_or(2)
            }
            "name" => 1,
            "goes" if next == "by" => 2,
            "known" if next == "as" => 2,
            "signed" | "identified" | "id'd" if next == "as" => 2,
            "id" | "pt" | "patient" | "re" | "dear" | "hi" | "client" | "baby" | "attn"
                if next == ":" || matches!(word, "dear") =>
            {
                1
            }
            "s" if next == "/" && self.lower(at + 2) == "o" => 3,
            "d" | "w" if next == "/" && self.lower(at + 2) == "o" => 3,
            _ => 0,
        }
    }
}
