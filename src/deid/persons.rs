//! Persons whose names no list knows, by what is said of them.

use super::context::Reader;
use super::lexicon::*;
use super::names::{Look, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit};

impl Reader<'_> {
    pub(super) fn person(&self, at: usize, end: usize, words: &[&Token]) -> Option<(Hit, usize)> {
        let first = words[0];
        let looks = look(first);
        let known = first.is(FIRST) && !first.is(EPONYM);
        let strange = !words.iter().any(|t| t.is(BRAND | REGION | HEAD | MONTH))
            && (looks >= Look::Unknown || known || end > at + 1 && look(words[words.len() - 1]) >= Look::Family)
            && first.case == Case::Capital
            && first.len() > 2;
        if !strange {
            return None;
        }
        let eponym = words.iter().any(|t| t.is(EPONYM));
        let before = self.back(at, 1);
        let owner = self.token(end - 1).is_some_and(|t| t.possessive);
        let next = self.word(end);
        // `neurointerventionist (Bouchard-Lacroix)`, `by ST5 Marchetti`.
        let post = if self.sign(at.wrapping_sub(1), b'(') || self.sign(at.wrapping_sub(1), b',') {
            self.back(at, 2)
        } else {
            before
        };
        let graded = ["st", "ct", "fy", "f", "pgy", "r", "sho", "smo", "pg"]
            .iter()
            .any(|g| post.strip_prefix(g).is_some_and(|d| matches!(d, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8")));
        let staff = graded
            || ["ologist", "interventionist", "therapist", "ician", "aesthetist", "nurse", "surgeon", "practitioner"]
                .iter()
                .any(|e| post.ends_with(e))
            || matches!(
                post,
                "smo"
                    | "lmc"
                    | "phn"
                    | "hmo"
                    | "jho"
                    | "hcp"
                    | "don"
                    | "ripn"
                    | "riprn"
                    | "dsn"
                    | "cpn"
                    | "lpn"
                    | "cna"
                    | "psw"
                    | "scp"
                    | "acp"
                    | "anp"
                    | "ena"
                    | "co"
                    | "mowers"
            );
        if staff && !first.opens && (looks >= Look::Unknown || end > at + 1) && !self.role(end, HEAD) {
            return self.hit(at, end, Category::Clinician, "colleague");
        }
        // `Grandfather (93, Bapusaheb)`
        if at >= 4
            && (self.sign(at - 1, b',') && self.sign(at - 3, b'(') && self.role(at - 4, RELATIVE | PATIENT))
            && self.token(at - 2).is_some_and(|t| matches!(t.kind, Kind::Number | Kind::Mixed))
        {
            return self.hit(at, end, Category::Name, "relative");
        }
        if eponym && looks < Look::Given {
            return None;
        }
        // `Shannon (mum, 19)`, `Rhodri (our upper GI nurse)`, `Mossie, her husband`.
        let opened = self.sign(end, b'(') || self.sign(end, b',');
        if opened && !owner {
            let mut i = end + 1;
            let possessed = matches!(self.word(i), "the" | "our" | "my" | "his" | "her" | "their" | "a" | "an");
            let parenthesis = self.sign(end, b'(');
            if possessed {
                i += 1;
            }
            if possessed || parenthesis {
                for j in i..i + 4 {
                    let Some(t) = self.token(j) else { break };
                    if t.kind == Kind::Sign || t.line {
                        break;
                    }
                    if self.role(j, RELATIVE) {
                        return self.hit(at, end, Category::Name, "name-set-off");
                    }
                    if self.role(j, STAFF | DOCTOR) {
                        return self.hit(at, end, Category::Clinician, "colleague");
                    }
                }
                if parenthesis && (i..i + 4).any(|j| matches!(self.word(j), "name" | "yes")) {
                    return self.hit(at, end, Category::Name, "name-set-off");
                }
            }
            // `Abu Hamdan, Emirati gentleman 77`
            if (i..i + 3).any(|j| {
                matches!(
                    self.word(j),
                    "gentleman"
                        | "lady"
                        | "woman"
                        | "man"
                        | "boy"
                        | "girl"
                        | "male"
                        | "female"
                        | "primip"
                        | "labourer"
                        | "housewife"
                        | "retired"
                )
            }) && !(i..i + 2).any(|j| self.sign(j, b'.'))
            {
                return self.hit(at, end, Category::Name, "name-set-off");
            }
            // `Zebulon (yes really), 9,`
            if parenthesis
                && let Some(close) = (i..i + 6).find(|j| self.sign(*j, b')'))
                && self.sign(close + 1, b',')
                && self.age(close + 2)
            {
                return self.hit(at, end, Category::Name, "name-set-off");
            }
        }
        // `Ipeelee is 61M`, `Hope was a dancer`
        if matches!(next, "is" | "was") && !owner {
            let quantity = matches!(self.word(end + 2), "mg" | "ml" | "%" | "mcg" | "units");
            if self.age(end + 1) && !quantity {
                return self.hit(at, end, Category::Name, "name-set-off");
            }
            let job = matches!(self.word(end + 1), "a" | "an")
                && (end + 2..end + 5)
                    .any(|j| self.role(j, PATIENT | STAFF) && !self.sign(j + 1, b'-') || person_noun(self.word(j)));
            if job && (looks >= Look::Unknown || first.opens) {
                return self.hit(at, end, Category::Name, "name-set-off");
            }
        }
        // `Jaxxon's mom`, `Zeb's fever`
        if owner {
            let relative = self.role(end, RELATIVE) && !self.role(end, HEAD);
            let mine = self.role(end, OWN) && (known || !self.role(end, HEAD));
            if relative
                || (mine
                    || known
                        && end == at + 1
                        && self.token(end).is_some_and(|t| !t.is(HEAD) && t.word())
                        && looks == Look::Given
                        && self.told_of_one())
            {
                return self.hit(at, end, Category::Name, "name-owner");
            }
        }
        // `asks for "Mossie"`
        let quoted = at > 0
            && (self.sign(at - 1, b'"') && self.sign(end, b'"') || self.sign(at - 1, b'\'') && self.sign(end, b'\''))
            && end <= at + 2;
        if quoted && !first.is(COMMON | BRAND) | known && !words.iter().any(|t| t.is(COMMON | VOCAB) && !t.is(FIRST)) {
            return self.hit(at, end, Category::Name, "name-quoted");
        }
        // `45 yr F Lakshmidevi from`, `Baby of Shumaila`
        let sexed = matches!(before, "f" | "m" | "female" | "male")
            && at >= 2
            && (2..4).any(|n| at >= n && self.token(at - n).is_some_and(|t| t.kind == Kind::Number));
        let born = before == "of"
            && matches!(
                self.back(at, 2),
                "baby" | "son" | "wife" | "daughter" | "child" | "mother" | "father" | "husband"
            )
            || before == "o" && matches!(self.back(at, 3), "b" | "s" | "w" | "d" | "c" | "m");
        if (sexed || born) && !first.opens && !self.role(end, HEAD | SUFFIX) && !words.iter().any(|t| t.is(EPONYM)) {
            return self.hit(at, end, Category::Name, "name-set-off");
        }
        // `kids Indi and Koa`: beside a name, joined by "and".
        let joined = matches!(before, "and" | "&" | "or")
            && at >= 2
            && self.taken[at - 2]
            && self.token(at - 2).is_some_and(|t| t.is(FIRST) && !t.is(COMMON | EPONYM | PLACE));
        let kids = matches!(
            before,
            "kids"
                | "children"
                | "boys"
                | "girls"
                | "twins"
                | "siblings"
                | "parents"
                | "brothers"
                | "sisters"
                | "expat"
                | "nanny"
                | "rep"
                | "buddy"
                | "mate"
        );
        if (joined || kids) && !first.opens && !self.role(end, HEAD | SUFFIX) {
            return self.hit(at, end, Category::Name, "relative");
        }
        // `Logging accident, Manaia 27,`; `Superior Mother Rosily`; `Sister Immaculate`
        if matches!(looks, Look::Given | Look::Unknown)
            && self.token(end).is_some_and(|t| t.kind == Kind::Number && t.len() == 2 && t.spaced)
            && (self.sign(end + 1, b',') || self.sign(end + 1, b'.') && self.token(end + 2).is_none_or(|t| t.spaced))
            && !first.is(PLACE)
            && end == at + 1
            && self.told_of_one()
        {
            return self.hit(at, end, Category::Name, "name-set-off");
        }
        // `Jordan P.`
        let initial = self.token(end).is_some_and(|t| t.case == Case::Initial && t.spaced && !t.line)
            && !matches!(self.word(end), "a" | "i")
            && self.token(end + 1).is_none_or(|t| t.kind == Kind::Sign || t.line);
        if known && initial && end == at + 1 && first.len() > 3 && !first.is(COMMON) {
            return self.hit(at, end + 1, Category::Name, "name-initial");
        }
        // `Rabail, DSD,`: a sentence that opens with a word nobody knows, in a text about one person.
        if first.opens
            && opened
            && end == at + 1
            && matches!(looks, Look::Unknown | Look::Given | Look::Family)
            && self.told_of_one()
            && !first.is(PLACE)
        {
            return self.hit(at, end, Category::Name, "name-set-off");
        }
        // `49, Bonteheuwel, CD4 34`
        if at >= 2
            && self.sign(at - 1, b',')
            && (self.sign(end, b',') || self.sign(end, b'.') || self.sign(end, b';'))
            && looks == Look::Unknown
            && first.len() > 4
            && !first.opens
            && (self.age(at - 2) || self.word(at - 2).ends_with('f') && self.age(at - 2))
        {
            return self.hit(at, end, Category::Location, "place-set-off");
        }
        // Beside another person: `Wythenshawe with Shannon`, `told Anahera`.
        let told = matches!(
            before,
            "told" | "asked" | "met" | "examined" | "reassured" | "consented" | "thank" | "tell" | "ask" | "convince"
        ) || before == "with"
            && [
                "discussed",
                "spoke",
                "lives",
                "living",
                "live",
                "attended",
                "came",
                "chatted",
                "talked",
                "agreed",
                "stays",
                "done",
            ]
            .iter()
            .any(|w| (2..5).any(|n| self.back(at, n) == *w))
            || before == "about"
                && [
                    "worried",
                    "worry",
                    "concerned",
                    "anxious",
                    "asked",
                    "asking",
                    "rang",
                    "called",
                    "thinking",
                    "hear",
                ]
                .contains(&self.back(at, 2))
            || before == "to"
                && ["spoke", "talked", "handed", "wrote", "listened", "according", "explained"]
                    .iter()
                    .any(|w| (2..4).any(|n| self.back(at, n) == *w));
        if told
            && !first.opens
            && (looks >= Look::Family || looks == Look::Unknown || known)
            && !self.role(end, HEAD | SUFFIX)
        {
            return self.hit(at, end, Category::Name, "name-beside-verb");
        }
        None
    }
}

/// Nouns for people, by their endings.
fn person_noun(word: &str) -> bool {
    word.len() > 4
        && (word.ends_with("er")
            || word.ends_with("or")
            || word.ends_with("ist")
            || word.ends_with("ress")
            || word.ends_with("man")
            || word.ends_with("woman"))
        && !matches!(
            word,
            "cancer"
                | "tumour"
                | "tumor"
                | "blocker"
                | "factor"
                | "fever"
                | "ulcer"
                | "inhibitor"
                | "receptor"
                | "disorder"
                | "other"
                | "never"
                | "after"
                | "better"
                | "killer"
                | "marker"
                | "number"
                | "filter"
                | "catheter"
                | "trigger"
                | "starter"
                | "winner"
                | "newer"
                | "older"
                | "rather"
                | "either"
                | "under"
                | "over"
                | "whether"
                | "further"
                | "later"
                | "sister"
                | "brother"
                | "mother"
                | "father"
                | "human"
                | "cheaper"
                | "safer"
                | "stronger"
                | "monitor"
                | "ventilator"
                | "paper"
                | "order"
                | "matter"
                | "answer"
                | "stopper"
                | "counter"
                | "linker"
                | "primer"
                | "remainder"
                | "reminder"
                | "stressor"
                | "tracer"
        )
}
