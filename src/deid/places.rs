//! Named institutions and places smaller than a state.

use super::lexicon::{self, *};
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
    super::houses::find(scene, hits);
    super::initialled::find(scene, hits);
    super::lowly::find(scene, hits);
    super::saints::find(scene, hits);
    super::hamlets::find(scene, hits);
    let finder = Finder { scene };
    let mut at = 0;
    while at < scene.tokens.len() {
        let token = &scene.tokens[at];
        if !token.word() || token.case == Case::Lower && !scene.lowercase {
            at += 1;
            continue;
        }
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

pub(super) struct Finder<'a> {
    pub(super) scene: &'a Scene<'a>,
}

impl<'a> Finder<'a> {
    pub(super) fn lower(&self, i: usize) -> &'a str {
        self.scene.word(i)
    }

    pub(super) fn sign(&self, i: usize, c: u8) -> bool {
        self.scene.tokens.get(i).is_some_and(|t| t.kind == Kind::Sign && self.scene.text.as_bytes()[t.start] == c)
    }

    /// The end of a run of capitals that may name a place.
    pub(super) fn run(&self, at: usize) -> usize {
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
                        "on" | "upon"
                            | "le"
                            | "la"
                            | "de"
                            | "of"
                            | "the"
                            | "el"
                            | "al"
                            | "y"
                            | "na"
                            | "under"
                            | "kwa"
                            | "ya"
                            | "wa"
                            | "ng"
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
    pub(super) fn place(&self, at: usize) -> Option<(Hit, usize)> {
        let tokens = self.scene.tokens;
        let token = &tokens[at];
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
        if !(token.capital() || self.scene.lowercase && token.is(PLACE)) {
            return None;
        }
        let preposition = AT.contains(&previous) && !token.line;
        let earlier: [&str; 4] = std::array::from_fn(|n| at.checked_sub(n + 2).map_or("", |i| self.lower(i)));
        let earlier = &earlier[..at.saturating_sub(1).min(4)];
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
            return self.capital_place(at, end, preposition, abode, previous, earlier);
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

    pub(super) fn hit(&self, from: usize, to: usize, rule: &'static str) -> (Hit, usize) {
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
