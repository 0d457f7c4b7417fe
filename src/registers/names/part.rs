//! Comparing one part of a name: the family name, or the given names.

use super::Class;
use super::fold::{Token, same_multiset};
use super::relations::{are_one_family_name, are_one_given_name, is_particle};

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
    if !own.is_empty() && joined_equal(&own, &listed) {
        return Found::variant("The family names differ in a particle only (such as de, van, al).".to_owned());
    }
    if claimed.len() == registered.len()
        && let Some(relation) = all_related(claimed, registered, are_one_family_name)
    {
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
    if claimed.len() == registered.len()
        && let Some(relation) = all_related(claimed, registered, are_one_given_name)
    {
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
    if let Some(relation) = are_one_given_name(&first.plain, &listed.plain)
        && rest_agrees(&claimed[1..], &registered[1..])
    {
        return Found::variant(related(first, listed, relation));
    }
    if initials_agree(claimed, registered) {
        let words = format!("“{}” can be the initial of “{}”.", first.typed, listed.typed);
        return Found { class: Class::V, relations: vec![words], by_initial: true };
    }
    // Known by a middle name.
    if claimed.len() == 1 && registered[1..].iter().any(|middle| middle.is(first)) {
        return Found::variant(format!("“{}” is a middle name in the register.", first.typed));
    }
    one_edit(claimed, registered)
}

/// E and N: the same letters, hyphens, spaces and accents aside.
fn equal(claimed: &[Token], registered: &[Token]) -> Option<Found> {
    let same_words = claimed.len() == registered.len()
        && claimed.iter().zip(registered).all(|(a, b)| super::fold::cased(&a.typed) == super::fold::cased(&b.typed));
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
    let expanded = |tokens: &[Token]| tokens.iter().map(|token| token.expanded.as_str()).collect::<String>();
    let (plain_a, plain_b, wide_a, wide_b) = (plain(a), plain(b), expanded(a), expanded(b));
    plain_a == plain_b || wide_a == wide_b || plain_a == wide_b || wide_a == plain_b
}

/// Every word equal or related; at least one related. The sentence of the first relation.
fn all_related(
    claimed: &[Token],
    registered: &[Token],
    relation: fn(&str, &str) -> Option<&'static str>,
) -> Option<String> {
    let mut first = None;
    for (a, b) in claimed.iter().zip(registered) {
        if a.is(b) {
            continue;
        }
        let kind = relation(&a.plain, &b.plain)?;
        first.get_or_insert_with(|| related(a, b, kind));
    }
    first
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

/// The same number of words, all near, exactly one of them one letter apart.
fn one_edit(claimed: &[Token], registered: &[Token]) -> Found {
    let differing: Vec<(&Token, &Token)> = claimed.iter().zip(registered).filter(|(a, b)| !a.is(b)).collect();
    if claimed.len() == registered.len()
        && let [(a, b)] = differing.as_slice()
        && strsim::osa_distance(&a.plain, &b.plain) == 1
        && strsim::jaro_winkler(&a.plain, &b.plain) >= 0.92
    {
        let words = format!("“{}” and “{}” differ by one letter.", a.typed, b.typed);
        return Found { class: Class::F, relations: vec![words], by_initial: false };
    }
    Found::plainly(Class::X)
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
