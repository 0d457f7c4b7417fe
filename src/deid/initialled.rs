//! Institutions by their initials or short names: `at KTPH`, `shifted her to RWMCH`, `UITH took him`, `from the Brom`.

use super::asked::LOOK_ALIKE;
use super::lexicon::*;
use super::names::{Look, look};
use super::things::{NICK, NICKED, nick};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let house = Initialled { scene };
    let mut at = 0;
    while at < scene.tokens.len() {
        let token = &scene.tokens[at];
        let may = token.word() && (token.case != Case::Lower || token.thing & (NICK | NICKED) != 0);
        let found = if may { house.read(at) } else { None };
        if let Some((from, to, rule)) = found {
            hits.push(Hit {
                start: scene.tokens[from].start,
                end: scene.tokens[to - 1].end,
                category: Category::Facility,
                severity: Severity::Confirm,
                rule,
            });
            at = to;
        } else {
            at += 1;
        }
    }
}

/// Initials that stand after "at" and are kinds of places, points in time, measures.
pub(super) const LOOK_ALIKES: &str = "phc chc bhu rhc rhu bhs dhq thq tba anc opd ipd eot eos eod cob rpe pcv sob map lvot ga gmt ist bst utc fio \
    peep moa eol dol pod emcs elcs emlscs nvd svd rosc eta los doa mdt opa tat asct fet ed ae cpd cme agm";

/// Initials as hospitals have them: the last of them for a hospital, an infirmary, a medical centre.
pub(super) fn shaped(token: &Token) -> bool {
    token.len() > 2
        && matches!(token.lower.as_bytes(), [.., b'h'] | [.., b'm', b'c'] | [.., b'r', b'i'] | [b'u', b'h', ..])
        || token.thing & NICK != 0
}

struct Initialled<'a> {
    scene: &'a Scene<'a>,
}

impl<'a> Initialled<'a> {
    fn token(&self, i: usize) -> Option<&'a Token<'a>> {
        self.scene.tokens.get(i)
    }

    fn word(&self, i: usize) -> &'a str {
        self.scene.word(i)
    }

    fn back(&self, i: usize, n: usize) -> &'a str {
        i.checked_sub(n).map_or("", |j| self.scene.word(j))
    }

    fn sign(&self, i: usize, signs: &[u8]) -> bool {
        self.token(i).is_some_and(|t| t.kind == Kind::Sign && signs.contains(&self.scene.text.as_bytes()[t.start]))
    }

    fn read(&self, at: usize) -> Option<(usize, usize, &'static str)> {
        let token = self.token(at)?;
        if !token.spaced || token.shouted || token.len() < 2 {
            return None;
        }
        let the = self.back(at, 1) == "the";
        let lead = self.back(at, if the { 2 } else { 1 });
        let led = !token.line
            && matches!(
                lead,
                "at" | "to"
                    | "from"
                    | "in"
                    | "via"
                    | "of"
                    | "outside"
                    | "near"
                    | "by"
                    | "reach"
                    | "reached"
                    | "under"
                    | "into"
            );
        let from = at - usize::from(the && led);
        // `renal at steve biko`
        if led
            && token.case != Case::Initial
            && self.token(at + 1).is_some_and(|t| t.spaced && !t.line && t.case == token.case)
            && nick(self.word(at), self.word(at + 1))
        {
            return Some((at, at + 2, "institution-at"));
        }
        match token.case {
            Case::Upper => self.initials(at, lead, led, the),
            Case::Lower if led => {
                let known = self.scene.thing(at) & NICK != 0;
                let plain = token.is(COMMON | VOCAB);
                (known && self.ends(at + 1) && (!plain || lead != "of" && self.cared(at))).then_some((
                    at,
                    at + 1,
                    "institution-at",
                ))
            }
            Case::Capital if led && !token.opens => {
                let known = self.scene.thing(at) & NICK != 0 && !token.is(COMMON);
                // `up to the Infirmary`, `from the Royal`
                let kind = matches!(
                    self.word(at),
                    "regional"
                        | "general"
                        | "royal"
                        | "infirmary"
                        | "mater"
                        | "rotunda"
                        | "coombe"
                        | "western"
                        | "northern"
                        | "southern"
                        | "children's"
                        | "childrens"
                        | "civil"
                        | "university"
                        | "county"
                        | "memorial"
                        | "provincial"
                        | "base"
                );
                // `at the Brom`
                let short =
                    the && matches!(lead, "at" | "to" | "from") && look(token) == Look::Unknown && self.cared(at);
                let last = at + 1;
                ((known && lead != "of"
                    || the
                        && kind
                        && !self.token(at + 1).is_some_and(|t| t.capital() && t.spaced)
                        && lead != "in"
                        && lead != "of"
                    || short)
                    && self.ends(last))
                .then_some((if kind { from } else { at }, last, "institution-at"))
            }
            _ => None,
        }
    }

    /// Initials in capitals.
    fn initials(&self, at: usize, lead: &str, led: bool, the: bool) -> Option<(usize, usize, &'static str)> {
        let token = self.token(at)?;
        let known = token.thing & NICK != 0;
        let next = self.token(at + 1);
        let number = next.is_some_and(|t| t.kind != Kind::Word && t.kind != Kind::Sign);
        let plain = token.is(COMMON | VOCAB | BRAND | EPONYM | REGION | CITE | HEAD | GENERIC | DEPT | MONTH);
        if token.len() > 7 || token.len() < 3 && !known || number || self.sign(at + 1, b"-/:=%+") {
            return None;
        }
        // `from STOPAH (NEJM 2015)`
        let cited = self.sign(at + 1, b"(") && self.token(at + 2).is_some_and(|t| t.is(CITE) || t.kind == Kind::Number);
        let headed = cited || next.is_some_and(|t| t.spaced && t.word() && t.is(HEAD | CITE) && !t.line);
        let shaped = shaped(token);
        if led && !headed {
            let fits = match lead {
                "at" => known || !plain || self.posted(at, the),
                "to" | "from" | "in" | "into" | "via" | "reach" | "reached" => {
                    known && (!plain || self.cared(at)) || !plain && shaped && self.cared(at)
                }
                "of" | "outside" | "near" | "by" | "under" => known && !plain,
                _ => false,
            };
            if fits && self.ends(at + 1) && !token.asked(LOOK_ALIKE) {
                // `at BGH Stanley`
                let town = next.is_some_and(|t| {
                    t.case == Case::Capital
                        && t.spaced
                        && !t.line
                        && !t.opens
                        && (t.is(PLACE) && !t.is(COMMON) || look(t) == Look::Unknown)
                        && !t.is(MONTH | DOCTOR | TITLE)
                });
                return Some((at, at + 1 + usize::from(town), "institution-at"));
            }
        }
        // `UITH has no theatre`, `RQEH accepted her`
        let acts = match self.word(at + 1) {
            "has" => {
                matches!(self.word(at + 2), "one" | "no" | "two" | "beds" | "only" | "an" | "a" | "the")
                    && (known || shaped)
            }
            "will" | "won't" | "wont" | "can't" | "cannot" | "can" | "could" | "would" => {
                matches!(self.word(at + 2), "take" | "accept" | "admit" | "have" | "not" | "send" | "see" | "scan")
            }
            "took" | "accepted" | "refused" | "declined" | "sent" | "admitted" | "discharged" => true,
            "says" | "said" | "wants" | "is" | "had" => known,
            _ => false,
        };
        (acts && !plain && (known || token.len() > 2 && self.human(at + 2)) && !token.asked(LOOK_ALIKE)).then_some((
            at,
            at + 1,
            "institution-acts",
        ))
    }

    /// Whether the sentence goes on as it does after a name: with a sign, a small word, what somebody does.
    fn ends(&self, i: usize) -> bool {
        let Some(token) = self.token(i) else { return true };
        token.line
            || matches!(token.kind, Kind::Sign) && !(self.sign(i, b"-/") && !token.spaced)
            || token.case == Case::Lower
                && (token.is(DEED | HUMAN | RELATIVE | DEPT | STAFF)
                    || token.is(COMMON) && token.len() <= 5 && !token.is(HEAD | GENERIC)
                    || matches!(
                        self.word(i),
                        "and"
                            | "or"
                            | "but"
                            | "for"
                            | "on"
                            | "in"
                            | "at"
                            | "with"
                            | "the"
                            | "my"
                            | "her"
                            | "his"
                            | "by"
                            | "from"
                            | "of"
                            | "we"
                            | "they"
                            | "she"
                            | "he"
                            | "a"
                            | "an"
                            | "then"
                            | "because"
                            | "where"
                            | "yesterday"
                            | "today"
                            | "tonight"
                            | "since"
                            | "after"
                            | "before"
                            | "until"
                            | "without"
                    ))
            || token.case == Case::Capital
            || token.kind == Kind::Mixed
    }

    /// Whether somebody of the staff stands right before: `Dr Ebersole at POC`.
    fn posted(&self, at: usize, the: bool) -> bool {
        !the && (2..5)
            .take_while(|n| at >= *n && !self.sign(at - n, b".?!;:"))
            .any(|n| self.token(at - n).is_some_and(|t| t.word() && t.is(STAFF | DOCTOR)))
    }

    /// Whether care or a way is spoken of shortly before.
    fn cared(&self, at: usize) -> bool {
        (2..9).take_while(|n| at >= *n && !self.sign(at - n, b".?;")).any(|n| {
            self.token(at - n)
                .is_some_and(|t| t.word() && t.is(CARE | STAFF | DEPT | DOCTOR | PATIENT | WORK | RELATIVE))
                || matches!(
                    self.back(at, n),
                    "sent"
                        | "him"
                        | "her"
                        | "series"
                        | "swab"
                        | "moved"
                        | "shifted"
                        | "over"
                        | "ambulance"
                        | "nights"
                        | "took"
                        | "taken"
                        | "brought"
                        | "carried"
                        | "rushed"
                        | "flown"
                        | "driven"
                        | "drove"
                        | "went"
                        | "rang"
                        | "back"
                        | "go"
                        | "me"
                        | "us"
                )
        })
    }

    /// Whether a person, a bed or a place of care is spoken of next.
    fn human(&self, i: usize) -> bool {
        (i..i + 3).any(|j| {
            matches!(
                self.word(j),
                "him"
                    | "her"
                    | "them"
                    | "us"
                    | "me"
                    | "patient"
                    | "pt"
                    | "bed"
                    | "beds"
                    | "one"
                    | "theatre"
                    | "cathlab"
                    | "scanner"
                    | "slot"
                    | "take"
                    | "accept"
                    | "admit"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn hospitals_by_their_initials() {
        for text in [
            "her stent was done at KPRH by the night team",
            "we shifted him to JXMCH, bed was found",
            "Sent her to TPGH, no CT there",
            "TQRH refused him twice",
            "the surgeon Dr Okello at POC gave a date",
            "QZRH will accept her once they pay",
            "my intern is at ZMKI, ask there",
            "taken to the QMC in a cab that night",
        ] {
            assert!(check(text).findings.iter().any(|f| f.category == Category::Facility), "{text}");
        }
        for text in [
            "she stays at RPE 13 and HR 120",
            "switched back to EFV after a rash",
            "the gradient at LVOT was 60",
            "MRI will have to wait, CT has no role",
            "seen at EOT and at FU",
            "a rise in LDH and in PTH",
            "ESC says no, FIGO says yes",
            "moved to the ICU from the ED",
        ] {
            assert!(
                check(text).findings.iter().all(|f| f.category != Category::Facility),
                "{text} {:?}",
                check(text).findings
            );
        }
    }
}
