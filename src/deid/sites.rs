//! Institutions and towns that no list explains, by the sentence around them.

use std::borrow::Cow;

use super::context::Reader;
use super::lexicon::*;
use super::names::{Look, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, asked};

const MOVE: &[&str] = &[
    "sent",
    "referred",
    "transferred",
    "admitted",
    "shifted",
    "brought",
    "came",
    "flown",
    "discharged",
    "taken",
    "him",
    "her",
    "them",
];
/// Departments and things that writers give a capital though they name nobody.
pub(super) const ROOMS: &str = "resus theatre theatres casualty recovery endoscopy dialysis paeds physio pharmacy outpatients clinic majors \
    minors triage hospital home school court police social haem gynae onc rheum neuro derm ortho gastro resp \
    cards god table figure day week gas google whatsapp twitter facebook youtube teams zoom";

/// Short for a country.
const COUNTRIES: &[&str] =
    &["aus", "oz", "nz", "ire", "pak", "ind", "uk", "usa", "sa", "uae", "sl", "eng", "scot", "nig", "phil"];
/// Places whose name is that of a set of criteria, a score, a classification.
const CRITERIA: &[&str] = &[
    "lake louise",
    "king's college",
    "milan",
    "rome",
    "leeds",
    "ottawa",
    "atlanta",
    "tokyo",
    "rotterdam",
    "amsterdam",
    "barcelona",
    "vienna",
    "paris",
    "sydney",
    "melbourne",
    "boston",
    "chicago",
    "bethesda",
    "canberra",
    "vancouver",
    "hannover",
    "kyoto",
    "montreal",
    "los angeles",
    "san francisco",
    "lisbon",
    "berlin",
    "prague",
    "seattle",
    "bristol",
    "edinburgh",
    "glasgow",
    "wisconsin",
    "oxford",
    "cambridge",
    "duke",
    "liverpool",
    "birmingham",
    "swansea",
    "hong kong",
    "sapporo",
    "siewert",
    "london",
    "geneva",
    "helsinki",
    "stockholm",
    "copenhagen",
    "utstein",
    "framingham",
    "minnesota",
    "toronto",
    "marburg",
    "heidelberg",
];

impl Reader<'_> {
    pub(super) fn institution(&self, at: usize, end: usize, words: &[&Token]) -> Option<(Hit, usize)> {
        let first = words[0];
        let before = self.back(at, 1);
        let upper = first.case == Case::Upper;
        let joined = || match words {
            [word] => Cow::Borrowed(word.lower),
            _ => Cow::Owned(words.iter().map(|t| t.lower).collect::<Vec<_>>().join(" ")),
        };
        if words.iter().all(|t| t.is(REGION | MONTH))
            || words.len() > 1 && super::lexicon::phrase(&joined()) & REGION != 0
            // `at Hb 62`, `to Aus`
            || first.len() < 4 && !upper && (self.token(end).is_some_and(|t| t.kind == Kind::Number) || COUNTRIES.contains(&self.word(at)))
            // `Blue-collar reg`
            || words.len() > 1 && words[words.len() - 1].case == Case::Lower
            || self.role(end, HEAD) && !upper
            || first.is(COMMON | VOCAB) && first.asked(asked::ROOM)
        {
            return None;
        }
        if words.iter().all(|t| t.is(EPONYM) && !t.is(PLACE) || t.is(BRAND | MONTH)) || first.is(DOCTOR | TITLE) {
            return None;
        }
        let single_eponym = words.len() == 1 && first.is(EPONYM);
        let clinical = words.iter().all(|t| t.is(COMMON | VOCAB | GENERIC) && !t.is(FIRST | LAST | PLACE | RARE));
        let generic = words.iter().all(|t| t.is(GENERIC | MONTH | REGION));
        if generic || self.word(at).ends_with("ology") || self.word(at).ends_with("ics") {
            return None;
        }
        let year = self.word(end);
        let citation = year.len() == 4
            && (year.starts_with("19") || year.starts_with("20"))
            && self.token(end)?.kind == Kind::Number
            || matches!(
                self.word(end),
                "et" | "trial" | "study" | "score" | "criteria" | "guideline" | "guidelines" | "data"
            )
            || matches!(self.word(at), "journal" | "annals" | "archives" | "lancet");
        if citation {
            return None;
        }
        let care = (2..9)
            .take_while(|n| {
                at >= *n && !(self.sign(at - n, b'.') || self.sign(at - n, b'?') || self.sign(at - n, b';'))
            })
            .any(|n| at.checked_sub(n).is_some_and(|i| self.role(i, CARE | ABODE | WORK)));
        let led =
            matches!(before, "at" | "to" | "from" | "in" | "by" | "via" | "for" | "into" | "with" | "under" | "of")
                && !first.line;
        let home = matches!(before, "at" | "in" | "near" | "outside" | "of" | "from")
            && (2..5).any(|n| {
                matches!(
                    self.back(at, n),
                    "lives"
                        | "live"
                        | "living"
                        | "resident"
                        | "outstation"
                        | "hails"
                        | "stays"
                        | "farm"
                        | "house"
                        | "home"
                        | "village"
                        | "native"
                        | "place"
                )
            });
        if home && !clinical && !first.opens {
            return self.hit(at, end, Category::Location, "abode");
        }
        let strange = words.iter().any(|t| look(t) >= Look::Unknown || t.is(PLACE | RARE | LAST));
        let sentence = words.len() == 1 && first.opens;
        if led && !sentence && !first.opens {
            let fits = match before {
                "via" => care && strange,
                "at" | "@" if upper && first.asked(asked::LOOK_ALIKE) => false,
                "at" | "@" => strange && (!upper || care) || care && (!upper || !clinical),
                "to" | "from" | "into" => {
                    care && if upper {
                        // `back to EFV`
                        strange
                            && super::initialled::shaped(first)
                            && !self.token(end).is_some_and(|t| t.kind == Kind::Number)
                    } else {
                        strange || (2..5).any(|n| MOVE.contains(&self.back(at, n)))
                    }
                }
                "in" => care && strange,
                "by" | "for" => {
                    care && strange
                        && !(words.len() == 1 && (upper || first.is(LAST) && !first.is(PLACE)))
                        && (words.len() > 1 || look(first) >= Look::Unknown)
                }
                _ => false,
            };
            if fits && !single_eponym {
                return self.hit(at, end, Category::Facility, "institution-at");
            }
        }
        // `School New Era English Medium`, `Attended Wythenshawe`, `Hosp NSPH`
        if !first.line
            && matches!(
                before,
                "school"
                    | "hosp"
                    | "hospital"
                    | "attended"
                    | "attends"
                    | "attending"
                    | "college"
                    | "picu"
                    | "nicu"
                    | "everybody"
                    | "employer"
            )
            && !clinical
            && !first.opens
        {
            return self.hit(at, end, Category::Facility, "institution-at");
        }
        // `Caritas cardiology`, `Beacon Hill surgery`
        if self.role(end, DEPT)
            && self.token(end).is_some_and(|t| t.case == Case::Lower && t.spaced && !t.line)
            && !clinical
            && !single_eponym
            && !words.iter().any(|t| t.is(HEAD | BRAND | REGION))
            && (strange || words.len() > 1)
            // "the AKI clinic" is named for what it treats, "QEH cardiology" for where it is.
            && !(upper && words.len() == 1 && matches!(self.word(end), "clinic" | "clinics" | "unit" | "team" | "service" | "nurse" | "ward" | "list" | "reg" | "registrar" | "obs" | "consultant" | "practice"))
            && !(first.opens && words.len() == 1 && (first.is(COMMON | VOCAB) || matches!(self.word(end), "haem" | "obs" | "reg" | "list" | "labs" | "icu" | "ed" | "ward" | "wards")))
            && !(self.word(end) == "list" && first.opens && clinical)
        {
            return self.hit(at, end, Category::Facility, "institution-acts");
        }
        // `crush at Olympic Dam`
        if before == "at"
            && words.len() > 1
            && !first.opens
            && !upper
            && !words.iter().any(|t| t.is(EPONYM | BRAND | REGION | HEAD))
        {
            return self.hit(at, end, Category::Facility, "institution-at");
        }
        // A word that is a town and nothing else, in a text about one person.
        let town = words.len() == 1
            && first.is(PLACE)
            && !first.is(COMMON | VOCAB | FIRST | EPONYM | BRAND | REGION)
            && first.len() > 4
            && first.case == Case::Capital;
        let town = town
            || words.len() > 1
                && words.len() < 4
                && super::places::known(self.scene, at, end)
                && !words.iter().any(|t| t.is(EPONYM | REGION));
        // `loaded per Whitfield`, `Ashby DN`, `Barlow 4`: a family's name that is a town's is an author's or a score's.
        let author = words.len() == 1
            && first.is(LAST)
            && !matches!(before, "in" | "at" | "from" | "near" | "to" | "via" | "of" | "outside");
        // `Cole SL, Ashby DN`; `Miller, Alton, Wisbech`
        let item = |i: usize| {
            self.token(i).is_some_and(|t| {
                (t.capital() || t.case == Case::Upper)
                    && !t.line
                    && !t.is(REGION)
                    && (!t.is(PLACE) || t.is(LAST | EPONYM))
            })
        };
        let author = author
            || self.token(end).is_some_and(|t| t.case == Case::Upper && t.len() <= 2 && t.spaced)
                && self.token(end + 1).is_none_or(|t| t.kind == Kind::Sign)
                && !super::towns::STATES.contains(&self.token(end).map_or("", |t| &self.scene.text[t.start..t.end]))
            || before == "," && at >= 2 && item(at - 2) && self.sign(end, b',') && item(end + 1);
        let scored = self.token(end).is_some_and(|t| t.kind == Kind::Number && t.len() <= 2)
            || matches!(self.word(end), "positive" | "negative" | "class" | "grade" | "stage" | "regime" | "style")
            || CRITERIA.contains(&&*joined());
        if town
            && !author
            && !scored
            && !first.possessive
            && self.told_of_one()
            && (!first.opens || matches!(self.word(end), "has" | "had" | "is" | "full" | "won't" | "can't"))
        {
            return self.hit(at, end, Category::Location, "place-bare");
        }
        // `JOOTRH has no beds`, `Jindal Fortis refused`
        let acts = match self.word(end) {
            "refused" | "refuses" | "declined" | "declines" | "bounced" => true,
            "has" | "have" => {
                matches!(self.word(end + 1), "no" | "none" | "beds") && upper | (words.len() > 1)
                    || matches!(self.word(end + 2), "bed" | "beds" | "list")
            }
            "won't" | "wont" => matches!(self.word(end + 1), "take" | "accept" | "admit" | "have"),
            "can't" | "cannot" => matches!(self.word(end + 1), "take" | "accept" | "admit"),
            "full" => upper,
            "is" => self.word(end + 1) == "full",
            _ => false,
        };
        if acts
            && strange
            && !first.is(BRAND)
            && (upper && first.len() > 2 || words.len() > 1 || look(first) >= Look::Unknown)
        {
            return self.hit(at, end, Category::Facility, "institution-acts");
        }
        None
    }
}
