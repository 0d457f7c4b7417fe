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

mod culture;
mod fold;
mod letters;
mod part;
mod relations;
mod script;
#[cfg(test)]
mod tests;

pub use fold::{family_key, given_key};

use fold::Token;
use part::{Found, compare_family, compare_given};
use relations::puts_family_first;
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

    /// As `collegium register match` prints it.
    pub fn word(self) -> &'static str {
        match self {
            Class::E => "equal",
            Class::N => "normalised",
            Class::V => "relation",
            Class::F => "edit",
            Class::X => "other",
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
    fn equal() -> Match {
        Match { class: Class::E, family: Class::E, given: Class::E, relations: Vec::new() }
    }

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
        return Match::equal();
    }
    let mut claim = fold::tokens(claimed);
    if claim.mixed {
        return Match::other("The name mixes letters of several alphabets, as look-alike names do.");
    }
    let mut names = Names::of(registered);
    names.place(&mut claim.tokens, &mut []);
    let best = best_split(&claim.tokens, &names, claim.family_first, registered.same_initial);
    or_former(best, &claim.tokens, registered)
}

/// Compares a name as claimed in its two parts with a registered one.
pub fn compare_parts(family: &str, given: &str, registered: &Registered) -> Match {
    if spelt_alike(family, registered.family) && spelt_alike(given, registered.given) {
        return Match::equal();
    }
    let (claimed_family, claimed_given) = (fold::tokens(family), fold::tokens(given));
    if claimed_family.mixed || claimed_given.mixed {
        return Match::other("The name mixes letters of several alphabets, as look-alike names do.");
    }
    let mut names = Names::of(registered);
    let (mut family, mut given) = (claimed_family.tokens, claimed_given.tokens);
    names.place(&mut family, &mut given);
    let whole: Vec<Token> = given.iter().chain(&family).cloned().collect();
    if family.is_empty() || given.is_empty() {
        return or_former(best_split(&whole, &names, false, registered.same_initial), &whole, registered);
    }
    let mut best = combined(&given, &family, &names, registered.same_initial, false);
    let turned = combined(&family, &given, &names, registered.same_initial, true);
    if key(&turned) < key(&best) {
        best = turned;
    }
    if best.class == Class::X {
        // A name that the two forms part at another place.
        let elsewhere = best_split(&whole, &names, false, registered.same_initial);
        if elsewhere.class <= Class::N {
            best = elsewhere;
        }
    }
    or_former(best, &whole, registered)
}

/// The registered name in words.
struct Names {
    family: Vec<Token>,
    given: Vec<Token>,
}

impl Names {
    fn of(registered: &Registered) -> Names {
        Names { family: fold::tokens(registered.family).tokens, given: fold::tokens(registered.given).tokens }
    }

    /// Notes in every word where the two names may come from.
    fn place(&mut self, claim: &mut [Token], more: &mut [Token]) {
        let all = self.family.iter().chain(&self.given).chain(claim.iter()).chain(more.iter());
        let from = culture::of(all);
        let each = self.family.iter_mut().chain(&mut self.given).chain(claim).chain(more);
        each.for_each(|token| token.from = from);
    }
}

/// What was found, or the former or other name of the register that is the claimed one.
fn or_former(best: Match, claim: &[Token], registered: &Registered) -> Match {
    if best.class <= Class::V {
        return best;
    }
    for other in registered.others {
        let former = fold::tokens(other).tokens;
        let as_full_name = fold::same_multiset(claim, &former) || same_words_related(claim, &former);
        // Some registers list a former family name alone.
        let with_given = Names { family: former.clone(), given: fold::tokens(registered.given).tokens };
        let as_family = || !former.is_empty() && best_split(claim, &with_given, false, 0).class <= Class::N;
        if as_full_name || as_family() {
            return Match {
                class: Class::V,
                family: Class::V,
                given: Class::V,
                relations: vec![format!("The register lists “{other}” as a former or other name.")],
            };
        }
    }
    best
}

/// A former name, claimed with a short form or in another order.
fn same_words_related(claim: &[Token], former: &[Token]) -> bool {
    (1..former.len()).any(|at| {
        let (front, back) = former.split_at(at);
        let usual = Names { given: front.to_vec(), family: back.to_vec() };
        best_split(claim, &usual, false, 0).class <= Class::V
    })
}

fn spelt_alike(a: &str, b: &str) -> bool {
    let plain = |text: &str| script::cased(text).split_whitespace().collect::<Vec<_>>().join(" ");
    plain(a) == plain(b)
}

/// Equal but for capitals and the width of spaces, in reading order or as "Family, Given".
fn same_letters(claimed: &str, registered: &Registered) -> bool {
    spelt_alike(claimed, &format!("{} {}", registered.given, registered.family))
        || spelt_alike(claimed, &format!("{}, {}", registered.family, registered.given))
}

/// Tries every way to part the claimed words into given and family names, in both orders, and takes the nearest.
fn best_split(claim: &[Token], names: &Names, comma: bool, same_initial: i64) -> Match {
    if claim.is_empty() {
        return Match::other("No name was written.");
    }
    if names.family.is_empty() || names.given.is_empty() {
        let whole: Vec<Token> = names.given.iter().chain(&names.family).cloned().collect();
        let found = compare_family(claim, &whole);
        let class = if found.class == Class::E { Class::N } else { found.class };
        return Match { class, family: class, given: class, relations: found.relations };
    }
    let mut best: Option<Match> = None;
    for at in 0..=claim.len() {
        let (front, back) = claim.split_at(at);
        let orders = [(!comma).then_some((front, back, false)), Some((back, front, !comma))];
        for (given, family, turned) in orders.into_iter().flatten() {
            if hides_a_word(given, family, names) {
                continue;
            }
            let candidate = combined(given, family, names, same_initial, turned);
            let nearer = best.as_ref().is_none_or(|best| key(&candidate) < key(best));
            if nearer {
                best = Some(candidate);
            }
        }
    }
    best.unwrap_or_else(|| Match::other("No name was written."))
}

/// A split that takes a given name for half of a double family name, so that another given name is not missed.
fn hides_a_word(given: &[Token], family: &[Token], names: &Names) -> bool {
    let (more, fewer) = (family.len() > names.family.len(), family.len() < names.family.len());
    (more && given.len() < names.given.len()) || (fewer && given.len() > names.given.len())
}

fn key(candidate: &Match) -> (Class, usize, Class) {
    (candidate.class, candidate.relations.len(), candidate.family.min(candidate.given))
}

fn combined(
    claimed_given: &[Token],
    claimed_family: &[Token],
    names: &Names,
    same_initial: i64,
    turned: bool,
) -> Match {
    let family_found = compare_family(claimed_family, &names.family);
    let given_found = compare_given(claimed_given, &names.given);
    let mut class = family_found.class.max(given_found.class);
    let mut relations = Vec::new();
    if class != Class::X {
        class = class_of_both(&family_found, &given_found, same_initial, &mut relations);
    }
    relations.extend(family_found.relations);
    relations.extend(given_found.relations);
    if class == Class::E {
        // The letters of the whole differ, or it would not have come here.
        class = Class::N;
        if !turned {
            relations.push("Titles, hyphens or spaces differ.".to_owned());
        }
    }
    if turned && class <= Class::F {
        if class > Class::N || !puts_family_first(&names.family) {
            class = class.max(Class::V);
        }
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
