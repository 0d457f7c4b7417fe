//! Named institutions and places smaller than a state.

use super::lexicon::{self, BRAND, COMMON, EPONYM, FIRST, HEAD, LAST, MONTH, PLACE, RARE, REGION, SUFFIX, VOCAB};
use super::names::{Look, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// Words before a place.
const AT: &[&str] = &[
    "in", "at", "from", "near", "to", "past", "outside", "around", "of", "via", "off", "into", "towards", "beyond",
    "between",
];

/// Whether a word ends institutions' names.
pub fn suffix(lower: &str) -> bool {
    lexicon::word(lower) & SUFFIX != 0
}

/// Whether the tokens are a listed place of several words.
pub fn known(scene: &Scene, from: usize, to: usize) -> bool {
    let mut joined = String::with_capacity(40);
    for token in scene.tokens[from..to].iter().filter(|t| t.word()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.extend(scene.text[token.start..token.end].chars().map(|c| c.to_ascii_lowercase()));
    }
    lexicon::phrase(&joined) & PLACE != 0
}

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    super::institutions::find(scene, hits);
    let finder = Finder { scene };
    let mut at = 0;
    while at < scene.tokens.len() {
        match finder.place(at) {
            Some((hit, next)) => {
                hits.push(hit);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
}

pub(super) fn lower<'a>(scene: &Scene<'a>, i: usize) -> &'a str {
    scene.word(i)
}

/// First words of institutions' names, before a capital.
const PREFIXES: &[&str] =
    &["chc", "phc", "bhu", "rhc", "thq", "dhq", "cmc", "gmc", "fmc", "gh", "kgh", "civil", "shri", "sadar"];

pub(super) fn capital(token: &Token) -> bool {
    token.word() && matches!(token.case, Case::Capital) || token.word() && token.case == Case::Upper && token.len() > 1
}

struct Finder<'a> {
    scene: &'a Scene<'a>,
}

impl<'a> Finder<'a> {
    fn lower(&self, i: usize) -> &'a str {
        self.scene.word(i)
    }

    fn sign(&self, i: usize, c: u8) -> bool {
        self.scene.tokens.get(i).is_some_and(|t| t.kind == Kind::Sign && self.scene.text.as_bytes()[t.start] == c)
    }

    /// The end of a run of capitals that may name a place.
    fn run(&self, at: usize) -> usize {
        let tokens = self.scene.tokens;
        let mut end = at;
        let mut i = at;
        while i < tokens.len() && i < at + 7 {
            let token = &tokens[i];
            if token.line && i > at {
                break;
            }
            let word = self.lower(i);
            if token.word()
                && token.capital()
                && (i == at || token.spaced || self.sign(i - 1, b'-') || self.sign(i - 1, b'.'))
            {
                i += 1;
                end = i;
                if token.possessive
                    && !matches!(word, "st" | "king" | "queen" | "bishop")
                    && !tokens.get(i).is_some_and(Token::capital)
                {
                    break;
                }
            } else if i > at
                && (self.sign(i, b'-') && !token.spaced
                    || self.sign(i, b'.') && self.lower(i - 1) == "st"
                    || self.sign(i, b'&')
                    || matches!(
                        word,
                        "on" | "upon" | "le" | "la" | "de" | "of" | "the" | "el" | "al" | "y" | "na" | "under"
                    ) && tokens.get(i + 1).is_some_and(|t| t.capital() && !t.is(MONTH))
                        && !matches!(word, "of" | "the" | "de") | tokens.get(i + 1).is_some_and(|t| t.is(PLACE))
                        && tokens.get(i + 1).is_some_and(Token::capital))
            {
                i += 1;
            } else {
                break;
            }
        }
        end
    }

    /// A place, by what stands before it or by its form.
    fn place(&self, at: usize) -> Option<(Hit, usize)> {
        let tokens = self.scene.tokens;
        let token = &tokens[at];
        if !token.word() {
            return None;
        }
        let word = self.lower(at);
        let named = tokens.get(at + 1).is_some_and(|t| t.capital() && t.spaced && !t.line);
        // `st edmund's hospital` in a text without capitals.
        if self.scene.lowercase
            && word == "st"
            && token.case == Case::Lower
            && let Some(n) = (2..5).find(|n| suffix(self.lower(at + n)) && tokens.get(at + n).is_some_and(|t| !t.line))
        {
            return Some((
                Hit {
                    start: token.start,
                    end: tokens[at + n].end,
                    category: Category::Facility,
                    severity: Severity::Confirm,
                    rule: "institution-lower",
                },
                at + n + 1,
            ));
        }
        if self.scene.lowercase
            && word == "st"
            && token.case == Case::Lower
            && at > 0
            && matches!(self.lower(at - 1), "at" | "to" | "in" | "from")
            && tokens.get(at + 1).is_some_and(|t| t.word() && !t.line && t.len() > 3 && !t.is(COMMON))
        {
            return Some((
                Hit {
                    start: token.start,
                    end: tokens[at + 1].end,
                    category: Category::Facility,
                    severity: Severity::Confirm,
                    rule: "institution-lower",
                },
                at + 2,
            ));
        }
        if named
            && (PREFIXES.contains(&word) && token.case == Case::Upper && look(&tokens[at + 1]) != Look::No
                || token.capital()
                    && matches!(
                        (word, self.lower(at + 1)),
                        ("sacred", "heart")
                            | ("holy", "cross" | "family" | "spirit" | "trinity" | "redeemer" | "name")
                            | ("good", "samaritan" | "shepherd")
                            | ("our", "lady")
                            | ("mount", "sinai" | "carmel" | "vernon")
                    ))
        {
            let mut end = at + 2;
            while end < at + 8
                && tokens.get(end).is_some_and(|t| !t.line && (t.capital() || matches!(self.lower(end), "of" | "the")))
            {
                end += 1;
            }
            while matches!(self.lower(end - 1), "of" | "the") {
                end -= 1;
            }
            return Some((
                Hit {
                    start: token.start,
                    end: tokens[end - 1].end,
                    category: Category::Facility,
                    severity: Severity::Confirm,
                    rule: "institution",
                },
                end,
            ));
        }
        // Co. Mayo, County Kerry
        if matches!(word, "co" | "county") && token.capital() {
            let next = at + 1 + usize::from(self.sign(at + 1, b'.'));
            if tokens
                .get(next)
                .is_some_and(|t| t.capital() && t.spaced && (t.is(PLACE | LAST) || look(t) >= Look::Double))
                && !suffix(self.lower(next + 1))
            {
                return Some(self.hit(at, next + 1, "county"));
            }
        }
        let previous = at.checked_sub(1).map_or("", |i| self.lower(i));
        let preposition = AT.contains(&previous) && !token.line;
        if !(token.capital() || self.scene.lowercase && token.is(PLACE)) {
            return None;
        }
        let earlier: Vec<&str> = (2..=5).filter_map(|n| at.checked_sub(n)).map(|i| self.lower(i)).collect();
        let abode = preposition && (2..=5).any(|n| at.checked_sub(n).is_some_and(|i| tokens[i].is(lexicon::ABODE)))
            || matches!(
                previous,
                "village" | "town" | "suburb" | "hometown" | "camping" | "lives" | "stays" | "visiting"
            )
            || matches!(previous, "is" | "at" | ":")
                && earlier.iter().take(2).any(|w| matches!(*w, "village" | "hometown" | "town" | "suburb" | "address"));
        if token.capital() {
            let end = self.run(at);
            if end == at {
                return None;
            }
            return self.capital_place(at, end, preposition, abode, previous, &earlier);
        }
        // `lives mangere`, `, killarney.`
        if self.scene.lowercase
            && token.case == Case::Lower
            && token.is(PLACE)
            && !token.is(COMMON | VOCAB | REGION | EPONYM)
            && token.len() > 3
            && (abode
                || preposition && !token.is(FIRST | LAST)
                || preposition && matches!(previous, "in" | "from" | "near") && !token.is(FIRST)
                || previous == "," && !token.is(FIRST | LAST | BRAND))
        {
            return Some(self.hit(at, at + 1, "place-lower"));
        }
        None
    }

    fn capital_place(
        &self,
        at: usize,
        end: usize,
        preposition: bool,
        abode: bool,
        previous: &str,
        earlier: &[&str],
    ) -> Option<(Hit, usize)> {
        let tokens = self.scene.tokens;
        let words: Vec<&Token> = tokens[at..end].iter().filter(|t| t.word()).collect();
        let next = self.lower(end);
        let listed = if words.len() == 1 { words[0].is(PLACE) } else { known(self.scene, at, end) };
        if words.iter().all(|t| t.is(REGION)) && !(listed && words.len() > 1)
            || words.len() > 1
                && lexicon::phrase(
                    &words
                        .iter()
                        .map(|t| self.scene.text[t.start..t.end].to_ascii_lowercase())
                        .collect::<Vec<_>>()
                        .join(" "),
                ) & REGION
                    != 0
        {
            return None;
        }
        // A guideline, a group, a score of that place.
        let study = tokens.get(end).is_some_and(|t| t.is(HEAD) && t.spaced && !t.line)
            && !matches!(next, "system" | "line" | "area" | "group" | "view" | "approach")
            || matches!(next, "group" | "style" | "approach")
            || tokens.get(end).is_some_and(|t| t.kind == Kind::Number && t.len() == 4)
            || matches!(next, "et");
        if study {
            return None;
        }
        let first = words[0];
        let plain =
            words.iter().all(|t| t.is(COMMON | BRAND | MONTH) || t.is(VOCAB) && !t.is(PLACE)) && !(listed && abode);
        // Town, STATE
        let state = self.sign(end, b',')
            && tokens.get(end + 1).is_some_and(|t| {
                t.case == Case::Upper && t.len() == 2 && STATES.contains(&self.scene.text[t.start..t.end].as_ref())
                    || t.is(REGION) && t.capital()
            });
        let resident = previous == "o" && earlier.first() == Some(&"/") && earlier.get(1) == Some(&"r")
            || previous == "." && earlier.first() == Some(&"vill")
            || matches!(previous, "vill" | "p.o" | "sarpanch")
            || previous == "of" && earlier.first() == Some(&"sarpanch");
        if resident && !first.is(REGION) {
            return Some(self.hit(at, end, "abode"));
        }
        let title = matches!(previous, "dr" | "mr" | "mrs" | "ms" | "prof");
        if title {
            return None;
        }
        if state && !plain && (preposition || listed) {
            return Some(self.hit(at, end, "town-and-state"));
        }
        if let Some(length) = super::institutions::works(self.scene, at, previous, earlier)
            && length
            && !plain
            && !first.is(REGION | MONTH | lexicon::DOCTOR | lexicon::TITLE)
            && !(first.is(EPONYM) && words.len() == 1)
            && !listed
            && !(words.len() == 1 && look(first) == Look::Given && !matches!(previous, "for" | "at"))
        {
            return Some((
                Hit {
                    start: tokens[at].start,
                    end: tokens[end - 1].end,
                    category: Category::Facility,
                    severity: Severity::Confirm,
                    rule: "employer",
                },
                end,
            ));
        }
        if matches!(
            self.lower(end),
            "pada"
                | "village"
                | "township"
                | "suburb"
                | "side"
                | "district"
                | "island"
                | "estate"
                | "camp"
                | "reserve"
                | "marae"
                | "taluk"
                | "tehsil"
                | "mandal"
                | "parish"
                | "lga"
                | "tp"
        ) && tokens.get(end).is_some_and(|t| t.spaced && !t.line)
            && !plain
            && (preposition || listed)
        {
            return Some(self.hit(
                at,
                end + usize::from(matches!(self.lower(end), "pada" | "village" | "township")),
                "village",
            ));
        }
        // A capitalised word that no list knows, after "in" or "from".
        if matches!(previous, "in" | "from" | "near" | "at")
            && (words.iter().all(|t| look(t) == Look::Unknown && !t.is(RARE) && t.len() > 4)
                || words.len() == 2
                    && (matches!(
                        self.lower(at),
                        "fort"
                            | "port"
                            | "mount"
                            | "lake"
                            | "glen"
                            | "upper"
                            | "lower"
                            | "north"
                            | "south"
                            | "east"
                            | "west"
                            | "new"
                            | "old"
                            | "great"
                            | "little"
                            | "st"
                    ) && look(words[1]) != Look::No
                        || matches!(
                            self.lower(end - 1),
                            "city"
                                | "town"
                                | "falls"
                                | "springs"
                                | "creek"
                                | "bay"
                                | "beach"
                                | "harbour"
                                | "heights"
                                | "island"
                                | "valley"
                                | "hills"
                                | "flats"
                                | "junction"
                                | "crossing"
                                | "ridge"
                                | "rock"
                                | "river"
                                | "point"
                                | "mills"
                        ) && !first.is(EPONYM)))
            && !first.opens
            && !first.possessive
            && tokens[end - 1].case == Case::Capital
            && !suffix(next)
            && !self.sign(end, b'-')
            && !self.sign(end, b'/')
        {
            return Some(self.hit(at, end, "place-unknown"));
        }
        if preposition && listed && !plain && !matches!(previous, "of") {
            // `in Karachi data`: the place of a study.
            if words.len() == 1 && first.is(EPONYM) && !abode {
                return None;
            }
            return Some(self.hit(at, end, "place"));
        }
        if previous == "of" && listed && abode && !plain {
            return Some(self.hit(at, end, "place"));
        }
        if abode
            && !plain
            && !words.iter().any(|t| t.is(REGION | MONTH | BRAND))
            && !suffix(next)
            && !(words.len() == 1 && first.is(EPONYM) && !listed)
            && words.iter().any(|t| look(t) != Look::No || t.is(PLACE))
            && !matches!(previous, "of")
        {
            let person = look(first) == Look::Given && !listed && matches!(previous, "to" | "from");
            return (!person).then(|| self.hit(at, end, "abode"));
        }
        // `, Moga`, `| Hayatabad`: listed places beside an address or an institution are joined later; alone only a clear one.
        let alone = listed
            && !plain
            && !(words.len() == 1 && first.is(COMMON | EPONYM | FIRST | LAST))
            && (previous == "," || previous == "(")
            && !first.opens
            && (words.len() > 1 || first.len() > 3)
            && (self.sign(end, b',')
                || self.sign(end, b'.')
                || self.sign(end, b')')
                || self.sign(end, b';')
                || tokens.get(end).is_none_or(|t| t.line));
        if alone {
            return Some(self.hit(at, end, "place-listed"));
        }
        None
    }

    fn hit(&self, from: usize, to: usize, rule: &'static str) -> (Hit, usize) {
        let tokens = self.scene.tokens;
        (
            Hit {
                start: tokens[from].start,
                end: tokens[to - 1].end,
                category: Category::Location,
                severity: Severity::Confirm,
                rule,
            },
            to,
        )
    }
}

const STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME",
    "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA",
    "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "ON", "QC", "BC", "AB", "SK", "MB",
    "NS", "NB", "NL", "PE", "YT", "NT", "NU", "SA", "QLD", "NSW", "VIC", "TAS", "KZN", "EC", "WC", "NZ", "UK",
];
