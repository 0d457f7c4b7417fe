//! Comparing one part of a name: the family name, or the given names.

use super::Class;
use super::fold::{Token, same_multiset};
use super::relations::{are_one_family_name, are_one_given_name, is_particle, written_otherwise};
use super::script::Script;

pub(super) struct Found {
    pub class: Class,
    pub relations: Vec<String>,
    /// The class rests on an initial.
    pub by_initial: bool,
}

impl Found {
    fn plainly(class: Class) -> Found {
        Found { class, relations: Vec::new(), by_initial: false }
    }

    fn variant(words: String) -> Found {
        Found { class: Class::V, relations: vec![words], by_initial: false }
    }
}

pub(super) fn compare_family(claimed: &[Token], registered: &[Token]) -> Found {
    if claimed.is_empty() || registered.is_empty() {
        return Found::plainly(Class::X);
    }
    if let Some(found) = equal(claimed, registered) {
        return found;
    }
    let core = |tokens: &[Token]| -> Vec<Token> {
        tokens.iter().filter(|token| !is_particle(&token.plain)).cloned().collect()
    };
    let (own, listed) = (core(claimed), core(registered));
    if !own.is_empty() && own.len() + listed.len() < claimed.len() + registered.len() {
        if joined_equal(&own, &listed) {
            return Found::variant("The family names differ in a particle only (such as de, van, al).".to_owned());
        }
        if let Some(relation) = all_related(&own, &listed, are_one_family_name) {
            return Found::variant(relation);
        }
    }
    if let Some(relation) = all_related(claimed, registered, are_one_family_name) {
        return Found::variant(relation);
    }
    // A double name that holds the other whole: what marriage and its end leave.
    if own.len() != listed.len() && (holds(&own, &listed) || holds(&listed, &own)) {
        return Found::variant(format!(
            "“{}” is part of the double name “{}”.",
            shorter(&own, &listed),
            longer(&own, &listed)
        ));
    }
    if claimed.len() == 1
        && claimed[0].is_initial()
        && registered.iter().find(|token| !is_particle(&token.plain)).and_then(Token::initial) == claimed[0].initial()
    {
        return Found::variant(format!("The family name is written as the initial {}.", claimed[0].typed));
    }
    one_edit(claimed, registered)
}

pub(super) fn compare_given(claimed: &[Token], registered: &[Token]) -> Found {
    if claimed.is_empty() || registered.is_empty() {
        return Found::plainly(Class::X);
    }
    if let Some(found) = equal(claimed, registered) {
        return found;
    }
    if same_multiset(claimed, registered) {
        return Found {
            class: Class::N,
            relations: vec!["The given names stand in another order.".to_owned()],
            by_initial: false,
        };
    }
    if let Some(relation) = all_related(claimed, registered, are_one_given_name) {
        return Found::variant(relation);
    }
    let (first, listed) = (&claimed[0], &registered[0]);
    if first.is(listed) && rest_agrees(&claimed[1..], &registered[1..]) {
        return Found::variant(if claimed.len() < registered.len() {
            "A middle name is left out.".to_owned()
        } else if claimed.len() > registered.len() {
            "A middle name is not in the register.".to_owned()
        } else {
            "A middle name is written as an initial.".to_owned()
        });
    }
    if let Some(relation) = are_one_given_name(first, listed)
        && rest_agrees(&claimed[1..], &registered[1..])
    {
        return Found::variant(related(first, listed, relation));
    }
    if initials_agree(claimed, registered) {
        let words = format!("“{}” can be the initial of “{}”.", first.typed, listed.typed);
        return Found { class: Class::V, relations: vec![words], by_initial: true };
    }
    // Known by a middle name, or with an initial before the name.
    if let Some(words) = inside(claimed, registered).or_else(|| inside(registered, claimed)) {
        return Found::variant(words);
    }
    one_edit(claimed, registered)
}

/// All words of the shorter are among those of the longer, in order, as the same names.
fn inside(short: &[Token], long: &[Token]) -> Option<String> {
    if short.len() >= long.len() || short.iter().any(Token::is_initial) {
        return None;
    }
    let mut rest = long.iter();
    let all = short.iter().all(|token| {
        rest.any(|other| other.is(token) || (short.len() == 1 && are_one_given_name(token, other).is_some()))
    });
    let words = || format!("“{}” is one of the given names “{}”.", typed_as_said(short), typed_as_said(long));
    all.then(words)
}

fn typed_as_said(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.typed.as_str()).collect::<Vec<_>>().join(" ")
}

/// E and N: the same letters, hyphens, spaces and accents aside.
fn equal(claimed: &[Token], registered: &[Token]) -> Option<Found> {
    let same_words =
        claimed.len() == registered.len() && claimed.iter().zip(registered).all(|(a, b)| a.cased == b.cased);
    if same_words {
        return Some(Found::plainly(Class::E));
    }
    joined_equal(claimed, registered).then(|| Found {
        class: Class::N,
        relations: vec!["Accents, hyphens or spaces differ.".to_owned()],
        by_initial: false,
    })
}

fn joined_equal(a: &[Token], b: &[Token]) -> bool {
    let plain = |tokens: &[Token]| tokens.iter().map(|token| token.plain.as_str()).collect::<String>();
    plain(a) == plain(b)
}

/// Every word equal or related; at least one related. The sentence of the first relation. Words that one side writes
/// together and the other apart are compared as one.
fn all_related(
    claimed: &[Token],
    registered: &[Token],
    relation: fn(&Token, &Token) -> Option<&'static str>,
) -> Option<String> {
    if claimed.len() == registered.len() {
        let mut first = None;
        let each = claimed.iter().zip(registered).all(|(a, b)| {
            if a.is(b) {
                return true;
            }
            let kind = relation(a, b);
            if let Some(kind) = kind {
                first.get_or_insert_with(|| related(a, b, kind));
            }
            kind.is_some()
        });
        if each && first.is_some() {
            return first;
        }
    }
    let (a, b) = (Token::joined(claimed)?, Token::joined(registered)?);
    if claimed.len() + registered.len() > 2
        && let Some(kind) = relation(&a, &b).or_else(|| written_otherwise(&a, &b))
    {
        return Some(related(&a, &b, kind));
    }
    None
}

fn related(claimed: &Token, registered: &Token, kind: &str) -> String {
    format!("“{}” is {kind} “{}”.", claimed.typed, registered.typed)
}

/// Further given names agree if each of the shorter list is in the longer one, whole or as its initial, in order.
fn rest_agrees(a: &[Token], b: &[Token]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    short.iter().all(|token| rest.any(|other| other.is(token) || either_is_initial(token, other)))
}

fn either_is_initial(a: &Token, b: &Token) -> bool {
    (a.is_initial() || b.is_initial()) && a.initial() == b.initial()
}

/// At least the first given name is an initial on one side, and all the others agree.
fn initials_agree(claimed: &[Token], registered: &[Token]) -> bool {
    let glued: Vec<char> = claimed[0].typed.chars().collect();
    let capitals = claimed.len() == 1
        && (2..=4).contains(&glued.len())
        && glued.iter().all(|c| c.is_uppercase())
        && glued.len() <= registered.len()
        && glued.iter().zip(registered).all(|(c, token)| token.initial() == c.to_lowercase().next());
    capitals || (either_is_initial(&claimed[0], &registered[0]) && rest_agrees(&claimed[1..], &registered[1..]))
}

/// Exactly one word differs, by one letter: added, dropped, another one, or two that are swapped.
fn one_edit(claimed: &[Token], registered: &[Token]) -> Found {
    let near = |a: &Token, b: &Token| {
        a.script == b.script
            && a.script != Script::Mixed
            && a.plain.chars().count().min(b.plain.chars().count()) >= 2
            && strsim::osa_distance(&a.plain, &b.plain) == 1
    };
    let differing: Vec<(&Token, &Token)> = claimed.iter().zip(registered).filter(|(a, b)| !a.is(b)).collect();
    let pair = match (claimed.len() == registered.len(), differing.as_slice()) {
        (true, [(a, b)]) => Some(((*a).clone(), (*b).clone())),
        (true, _) => None,
        (false, _) => Token::joined(claimed).zip(Token::joined(registered)),
    };
    match pair.filter(|(a, b)| near(a, b)) {
        Some((a, b)) => {
            let words = format!("“{}” and “{}” differ by one letter.", a.typed, b.typed);
            Found { class: Class::F, relations: vec![words], by_initial: false }
        }
        None => Found::plainly(Class::X),
    }
}

fn holds(long: &[Token], short: &[Token]) -> bool {
    !short.is_empty()
        && short.len() < long.len()
        && short.iter().all(|token| token.plain.len() > 1 && long.iter().any(|other| other.is(token)))
}

fn shorter(a: &[Token], b: &[Token]) -> String {
    typed(if a.len() <= b.len() { a } else { b })
}

fn longer(a: &[Token], b: &[Token]) -> String {
    typed(if a.len() > b.len() { a } else { b })
}

fn typed(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.typed.as_str()).collect::<Vec<_>>().join("-")
}
