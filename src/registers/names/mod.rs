//! Comparing a name as claimed with a name as registered.
//!
//! The answer is a *class* with the relation it rests on, never a score: no threshold of similarity separates "Bob
//! Jones, registered as Robert" from "Chen Wei, who is not Cheng Wei". A class routes an application; it admits nobody.
//!
//! | class | the names are |
//! |---|---|
//! | E | equal word for word, but for capitals and titles |
//! | N | equal but for accents, spacing, apostrophes, the order of given names |
//! | V | related in a way that is written down: a short form, an initial, a former name, another spelling of the same name |
//! | F | one letter apart |
//! | X | something else |

mod fold;
mod part;
mod relations;
#[cfg(test)]
mod tests;

pub use fold::{family_key, given_key};

use fold::{Script, Token};
use part::{Found, compare_family, compare_given};
use std::ops::Range;

/// How a claimed name stands to a registered one. The order is from near to far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    E,
    N,
    V,
    F,
    X,
}

impl Class {
    pub fn code(self) -> &'static str {
        match self {
            Class::E => "E",
            Class::N => "N",
            Class::V => "V",
            Class::F => "F",
            Class::X => "X",
        }
    }

    /// For the verifier's desk.
    pub fn words(self) -> &'static str {
        match self {
            Class::E => "Equal",
            Class::N => "Equal but for spelling",
            Class::V => "Known variant",
            Class::F => "One letter differs",
            Class::X => "Other",
        }
    }
}

/// A registered name.
#[derive(Debug, Clone, Default)]
pub struct Registered<'a> {
    pub family: &'a str,
    pub given: &'a str,
    /// Former and other full names.
    pub others: &'a [String],
    /// How many other registrants have this family name and this first initial.
    pub same_initial: i64,
}

/// What the comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub class: Class,
    /// For each of the two rows of a comparison.
    pub family: Class,
    pub given: Class,
    /// What the class rests on, in sentences; empty for E.
    pub relations: Vec<String>,
}

impl Match {
    fn other(why: &str) -> Match {
        Match { class: Class::X, family: Class::X, given: Class::X, relations: vec![why.to_owned()] }
    }

    /// The class and what it rests on, in one line.
    pub fn words(&self) -> String {
        if self.relations.is_empty() {
            return format!("{}.", self.class.words());
        }
        self.relations.join(" ")
    }
}

/// Compares a full name as claimed with a registered one.
pub fn compare(claimed: &str, registered: &Registered) -> Match {
    if same_letters(claimed, registered) {
        return Match { class: Class::E, family: Class::E, given: Class::E, relations: Vec::new() };
    }
    let claim = fold::tokens(claimed);
    if claim.script == Script::Mixed {
        return Match::other("The name mixes letters of several alphabets, as look-alike names do.");
    }
    let family = fold::tokens(registered.family);
    let given = fold::tokens(registered.given);
    if claim.script == Script::Other && family.script == Script::Latin {
        return Match::other("The name is written in another script than the register's.");
    }
    let mut best =
        best_split(&claim.tokens, &family.tokens, &given.tokens, claim.family_first, registered.same_initial);
    for other in registered.others {
        if best.class <= Class::N {
            break;
        }
        let former = fold::tokens(other);
        if fold::same_multiset(&claim.tokens, &former.tokens) {
            best = Match {
                class: Class::V,
                family: Class::V,
                given: Class::V,
                relations: vec![format!("The register lists “{other}” as a former or other name.")],
            };
        }
    }
    best
}

/// Equal but for capitals and the width of spaces, in reading order.
fn same_letters(claimed: &str, registered: &Registered) -> bool {
    let plain = |text: &str| fold::cased(text).split_whitespace().collect::<Vec<_>>().join(" ");
    plain(claimed) == plain(&format!("{} {}", registered.given, registered.family))
}

/// Tries every way to part the claimed words into given and family names, in both orders, and takes the nearest.
fn best_split(claim: &[Token], family: &[Token], given: &[Token], comma: bool, same_initial: i64) -> Match {
    if claim.is_empty() {
        return Match::other("No name was written.");
    }
    if family.is_empty() || given.is_empty() {
        let whole: Vec<Token> = given.iter().chain(family).cloned().collect();
        let found = compare_family(claim, &whole);
        return Match { class: found.class, family: found.class, given: found.class, relations: found.relations };
    }
    let mut best: Option<Match> = None;
    for at in 0..=claim.len() {
        let (front, back) = claim.split_at(at);
        let usual = (!comma).then(|| combined(front, back, family, given, same_initial, false));
        let turned = combined(back, front, family, given, same_initial, !comma);
        for candidate in usual.into_iter().chain([turned]) {
            let nearer = best.as_ref().is_none_or(|best| key(&candidate) < key(best));
            if nearer {
                best = Some(candidate);
            }
        }
    }
    best.unwrap_or_else(|| Match::other("No name was written."))
}

fn key(candidate: &Match) -> (Class, usize, Class) {
    (candidate.class, candidate.relations.len(), candidate.family.min(candidate.given))
}

fn combined(
    claimed_given: &[Token],
    claimed_family: &[Token],
    family: &[Token],
    given: &[Token],
    same_initial: i64,
    turned: bool,
) -> Match {
    let family_found = compare_family(claimed_family, family);
    let given_found = compare_given(claimed_given, given);
    let mut class = family_found.class.max(given_found.class);
    let mut relations = Vec::new();
    if class != Class::X {
        class = class_of_both(&family_found, &given_found, same_initial, &mut relations);
    }
    relations.extend(family_found.relations);
    relations.extend(given_found.relations);
    if turned && class <= Class::V {
        class = Class::V;
        relations.push("Family name and given name stand in the other order.".to_owned());
    }
    if class == Class::X {
        relations = vec![different(family_found.class, given_found.class).to_owned()];
    }
    Match { class, family: family_found.class, given: given_found.class, relations }
}

/// One edit in the whole name is F only if everything else is equal; an initial stands for a given name only if the
/// family name is equal and nobody else could be meant.
fn class_of_both(family: &Found, given: &Found, same_initial: i64, relations: &mut Vec<String>) -> Class {
    let edits = [family, given].iter().filter(|found| found.class == Class::F).count();
    if edits == 2 || (edits == 1 && family.class.min(given.class) > Class::N) {
        return Class::X;
    }
    if given.by_initial {
        if family.class > Class::N {
            return Class::X;
        }
        if same_initial > 0 {
            relations.push(format!(
                "The initial does not decide: {same_initial} other {} this family name and initial.",
                if same_initial == 1 { "registrant has" } else { "registrants have" }
            ));
            return Class::X;
        }
    }
    family.class.max(given.class)
}

fn different(family: Class, given: Class) -> &'static str {
    match (family, given) {
        (Class::X, Class::X) => "Neither the family name nor the given name is the registered one.",
        (Class::X, _) => "The family name is another one. Ask for a document of the change of name.",
        (_, Class::X) => "The given name is another one.",
        _ => "The names differ in more than one way.",
    }
}

/// The bytes in which a registered text differs from a claimed one, for underlining: what stands between the common
/// beginning and the common end.
pub fn differing(claimed: &str, registered: &str) -> Option<Range<usize>> {
    let same = |a: char, b: char| a.to_lowercase().eq(b.to_lowercase());
    if claimed.chars().count() == registered.chars().count()
        && claimed.chars().zip(registered.chars()).all(|(a, b)| same(a, b))
    {
        return None;
    }
    let start: usize =
        claimed.chars().zip(registered.chars()).take_while(|(a, b)| same(*a, *b)).map(|(_, b)| b.len_utf8()).sum();
    let (rest, claimed_rest): (&str, String) =
        (&registered[start..], claimed.chars().skip(registered[..start].chars().count()).collect());
    let tail: usize = claimed_rest
        .chars()
        .rev()
        .zip(rest.chars().rev())
        .take_while(|(a, b)| same(*a, *b))
        .map(|(_, b)| b.len_utf8())
        .sum();
    Some(start..registered.len() - tail)
}
