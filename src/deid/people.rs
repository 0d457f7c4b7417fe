//! Names: of patients and their families, of colleagues, and the names by which staff call a patient.

use super::lexicon::*;
use super::names::{Look, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// Words beside titles and roles that announce a name, or a name by which staff call a patient.
pub(super) const NAMERS: &str = "aka alias anonymised anonymized attn baby board booked call called calling calls \
    charted client code codename codenamed d dear down dub dubbed entered filed goes had handover have her hi hidden him \
    id identified in is kept known labeled labelled list listed locked logged mr mrs name named nee nickname nicknamed \
    nurse nurses patient pseudonym pt re read reads recorded registered s saved say says shift shows signed sister stored \
    tagged team them unit use using w ward was write writes admitted";

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        if !(token.word() || token.kind == Kind::Foreign) || token.plain && !scene.lowercase {
            at += 1;
            continue;
        }
        let finder = Finder { scene, at, shouted: token.shouted };
        match finder.triggered().or_else(|| finder.bare()) {
            Some((hit, next)) => {
                hits.push(hit);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
}

pub(super) struct Finder<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) at: usize,
    pub(super) shouted: bool,
}

impl<'a> Finder<'a> {
    pub(super) fn token(&self, i: usize) -> Option<&'a Token<'a>> {
        self.scene.tokens.get(i)
    }

    pub(super) fn lower(&self, i: usize) -> &'a str {
        self.scene.word(i)
    }

    pub(super) fn role(&self, i: usize, role: u32) -> bool {
        self.token(i).is_some_and(|t| t.word() && t.is(role))
    }

    pub(super) fn sign(&self, i: usize, c: u8) -> bool {
        self.token(i).is_some_and(|t| t.kind == Kind::Sign && self.scene.text.as_bytes()[t.start] == c)
    }

    /// Whether a token could be written as a name here.
    pub(super) fn shaped(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.word() && t.capital() || t.kind == Kind::Foreign)
    }

    pub(super) fn hit(
        &self,
        from: usize,
        to: usize,
        category: Category,
        severity: Severity,
        rule: &'static str,
    ) -> (Hit, usize) {
        let tokens = self.scene.tokens;
        (Hit { start: tokens[from].start, end: tokens[to - 1].end, category, severity, rule }, to)
    }

    /// The end of a run of name words that begins at `i`: capitals, initials, particles, hyphens, a nickname in quotes.
    pub(super) fn run(&self, i: usize, sure: bool) -> usize {
        let mut end = i;
        let mut at = i;
        let mut words = 0;
        while words < 5 {
            let Some(token) = self.token(at) else { break };
            if at > i && token.line {
                break;
            }
            let joined = at > i && !token.spaced;
            if token.kind == Kind::Sign {
                let byte = self.scene.text.as_bytes()[token.start];
                // A hyphen inside, a full stop after an initial, a nickname in quotes.
                if byte == b'-'
                    && !token.spaced
                    && self.token(at + 1).is_some_and(|n| !n.spaced && n.word())
                    && end == at
                {
                    at += 1;
                    continue;
                }
                if byte == b'.'
                    && end == at
                    && at > i
                    && (tokens_initial(self.token(at - 1))
                        || matches!(self.lower(at - 1), "st" | "md" | "mst" | "mohd" | "sk"))
                    && !token.spaced
                {
                    at += 1;
                    end = at;
                    if !(self.shaped(at) || tokens_initial(self.token(at))) {
                        break;
                    }
                    continue;
                }
                if byte == b'"' && end == at && self.shaped(at + 1) && self.sign(at + 2, b'"') && self.shaped(at + 3) {
                    at += 3;
                    continue;
                }
                break;
            }
            if !token.word() && token.kind != Kind::Foreign {
                break;
            }
            let hyphened = joined && self.sign(at.wrapping_sub(1), b'-');
            let particle = words > 0
                && self.shaped(at)
                && token.len() <= 4
                && token.may_begin(PARTICLE)
                && self.shaped(at + 1)
                && self.token(at + 1).is_some_and(|t| look(t) != Look::No);
            let name = if particle || at >= 2 && hyphened && super::names::compound(self.scene, at - 2) {
                true
            } else if self.shaped(at) {
                let looks = look(token);
                // `Bo-ram Oh`
                let surname = at >= i + 3
                    && super::names::compound(self.scene, at - 3)
                    && (token.is(LAST) || looks > Look::No)
                    && !token.is(HEAD | SUFFIX | MONTH);
                surname
                    || words == 0 && (sure || super::names::compound(self.scene, at))
                    || hyphened
                    || looks > Look::Double
                    || looks == Look::Double
                        && (words > 0
                            || token.is(FIRST)
                            || token.is(LAST)
                                && !token.is(EPONYM | REGION)
                                && self
                                    .token(at + 1)
                                    .is_some_and(|t| t.capital() && t.is(FIRST | LAST) && !t.is(EPONYM))
                                && self.token(at + 2).is_some_and(|t| t.capital() && t.is(FIRST | LAST)))
                    || sure && words > 0 && !token.is(COMMON | MONTH | BRAND) && !token.is(HEAD)
            } else if token.case == Case::Initial {
                // "Harleen K.", "P. Labuschagne"; not "Vitamin K" and not "A" or "I" as words.
                let text = self.lower(at);
                (self.sign(at + 1, b'.') || words > 0 && text != "i" && text != "a")
                    && !(words == 0 && !self.sign(at + 1, b'.'))
            } else if token.case == Case::Lower
                && words > 0
                && token.may_begin(PARTICLE)
                && (self.shaped(at + 1) || self.sign(at + 1, b'-'))
            {
                true
            } else {
                hyphened
                    && token.case == Case::Lower
                    && token.len() > 2
                    && (!token.is(COMMON | VOCAB) || sure && self.shaped(at + 1))
            };
            if !name {
                break;
            }
            if at > i && self.token(at - 1).is_some_and(|p| p.possessive) {
                break;
            }
            words += 1;
            at += 1;
            end = at;
        }
        end
    }

    /// A run of lower-case names, after a strong trigger.
    pub(super) fn lower_run(&self, i: usize) -> usize {
        let mut end = i;
        while end < i + 3 {
            let Some(token) = self.token(end) else { break };
            let name = token.word()
                && token.case == Case::Lower
                && token.len() > 2
                && (!token.is(COMMON | VOCAB | BRAND | MONTH)
                    && (token.is(FIRST | LAST | RARE) || end == i && !token.is(EPONYM | REGION | PLACE))
                    || end > i && token.is(LAST) && !token.is(COMMON | BRAND | MONTH | DEED)
                    || token.is(FIRST) && !token.is(COMMON));
            if !name || token.line && end > i || end > i && !token.is(FIRST | LAST | RARE) && token.is(COMMON | VOCAB) {
                break;
            }
            end += 1;
            if token.possessive {
                break;
            }
        }
        end
    }

    pub(super) fn before(&self, i: usize, back: usize) -> &'a str {
        i.checked_sub(back).map_or("", |j| self.lower(j))
    }
}

/// Whether a token is one capital letter.
pub(super) fn tokens_initial(token: Option<&Token>) -> bool {
    token.is_some_and(|t| t.case == Case::Initial)
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules};

    #[test]
    fn what_announces_a_name_is_looked_at() {
        for text in [
            "A girl named Oluwadamilare came in.",
            "He goes by Tadeusz these days.",
            "Name: Xiomara Ibarra",
            "Known as Mossie to staff; mum calls her Mossie.",
            "Re: Wiremu Parata, thanks.",
            "We call him The Duke on the ward.",
            "On the board she is listed as \"Blue Kestrel\".",
            "His code name is Red Falcon.",
            "Baby of Shumaila has jaundice and her mum is well.",
            "The chart is filed under \"Green Badger\".",
            "Signed as Jagdeep Sohal on the form.",
        ] {
            let found = check_by_rules(text).findings;
            let named = |c: Category| matches!(c, Category::Name | Category::Clinician | Category::Codename);
            assert!(found.iter().any(|f| named(f.category)), "{text}");
        }
    }
}
