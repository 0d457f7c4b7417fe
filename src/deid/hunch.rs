//! The hunch: a small linear model for capitals that no rule took, and where they stand.
//!
//! A rule knows what it has been told. Of a word nobody knows, the company it keeps still tells much: what stands
//! before and after, how it ends, whether the sentence speaks of a person. Each of these has a weight, learnt by
//! `collegium deid train` from invented text; the weights are a list that a person can read (`lists/hunch.txt`:
//! feature, then a weight for each of the [`KINDS`]). The hunch never blocks: it asks, and says what made it ask.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::features::{Piece, digest};
use super::lexicon::*;
use super::names::{Look, compound, look};
use super::token::{Case, Kind, Token};
pub use super::traits::{Told, describe};
use super::{Category, Hit, Scene, Severity};

/// What a capital can be; the first stands for nothing that identifies.
pub const KINDS: [Option<Category>; 6] = [
    None,
    Some(Category::Name),
    Some(Category::Clinician),
    Some(Category::Location),
    Some(Category::Facility),
    Some(Category::Date),
];

/// By how much a kind must outweigh "nothing" before the author is asked; weights are in hundredths.
pub const MARGIN: i32 = -40;

/// The same for a word in small letters, where others have capitals.
pub const MARGIN_SMALL: i32 = 110;

/// By how much "nothing" must outweigh every kind before a question that rests on the look of a word is withdrawn.
pub const DOUBT: i32 = 400;

/// The same in a text in which nothing must be changed.
pub const DOUBT_ALONE: i32 = 300;

/// By how much it must outweigh them before what a rule would forbid is only asked about.
pub const MILDER: i32 = 150;

/// A weight for each of the [`KINDS`], in hundredths.
pub type Weights = [i16; KINDS.len()];
type Table = HashMap<u64, Weights, BuildHasherDefault<Fnv>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in include_str!("lists/hunch.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let Some(feature) = columns.next() else { continue };
        let mut weights = Weights::default();
        for (slot, column) in weights.iter_mut().zip(columns) {
            *slot = column.parse().unwrap_or(0);
        }
        table.insert(digest(&[Piece::of(feature)]), weights);
    }
    table
});

/// Adds a question for each capital that the weights take for a name or a place.
pub fn find(scene: &Scene, told: &Told, taken: &[bool], hits: &mut Vec<Hit>) {
    let mut at = 0;
    let mut features = Vec::with_capacity(96);
    while at < scene.tokens.len() {
        if taken[at] || !told.starts(at) {
            at += 1;
            continue;
        }
        let end = run(scene, taken, at);
        if region(scene, at, end) {
            at = end;
            continue;
        }
        features.clear();
        describe(scene, told, at, end, &mut |pieces| features.push(digest(pieces)));
        let small = scene.tokens[at].case == Case::Lower && !scene.lowercase;
        if let Some(category) = judge(&features, if small { MARGIN_SMALL } else { MARGIN }) {
            let tokens = scene.tokens;
            hits.push(Hit {
                start: tokens[at].start,
                end: tokens[end - 1].end,
                category,
                severity: Severity::Confirm,
                rule: match category {
                    Category::Location => "hunch-place",
                    Category::Facility => "hunch-institution",
                    Category::Date => "hunch-day",
                    _ => "hunch-name",
                },
            });
        }
        at = end;
    }
}

/// Withdraws questions that rest on the look of a word alone where the weights speak clearly against it.
pub fn doubt(scene: &Scene, told: &Told, hits: &mut Vec<Hit>) {
    let free = vec![false; scene.tokens.len()];
    let mut features = Vec::with_capacity(96);
    hits.retain_mut(|hit| {
        // Who owns a relative, a wound or a bed is a person, however the word looks.
        let by_deed = matches!(hit.rule, "name-owner" | "name-beside-verb" | "double-name" | "colleague-title");
        if by_deed || !super::shield::by_look(hit.rule) {
            return true;
        }
        let at = scene.tokens.partition_point(|t| t.end <= hit.start);
        if at >= scene.tokens.len() || !told.starts(at) {
            return true;
        }
        features.clear();
        let end = run(scene, &free, at);
        describe(scene, told, at, end, &mut |pieces| features.push(digest(pieces)));
        let over = weigh(&features).1;
        if hit.severity == Severity::Block {
            if over < -MILDER {
                hit.severity = Severity::Confirm;
            }
            return true;
        }
        // A given name and nothing else is asked about at the least.
        let given = look(&scene.tokens[at]) == Look::Given && scene.tokens[at].capital();
        given || over >= -if told.sure == 0 { DOUBT_ALONE } else { DOUBT }
    });
}

fn judge(features: &[u64], margin: i32) -> Option<Category> {
    let (best, over) = weigh(features);
    (over > margin).then_some(KINDS[best]).flatten()
}

/// The likeliest kind, and by how much it outweighs "nothing".
fn weigh(features: &[u64]) -> (usize, i32) {
    let mut sums = [0_i32; KINDS.len()];
    for weights in features.iter().filter_map(|feature| TABLE.get(feature)) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += i32::from(*weight);
        }
    }
    let best = (1..KINDS.len()).max_by_key(|kind| sums[*kind]).unwrap_or(1);
    (best, sums[best] - sums[0])
}

/// Whether a word may begin a name: a capital, or in a text without capitals a word that is nothing else.
pub(super) fn begins(scene: &Scene, i: usize) -> bool {
    let token = &scene.tokens[i];
    let shaped = token.word()
        && match token.case {
            Case::Capital => token.len() > 1 && !token.is(TITLE | DOCTOR),
            Case::Upper => token.len() > 2 && token.shouted && look(token) > Look::Double,
            Case::Lower => {
                token.len() > 3
                    && !token.plain
                    && !token.is(COMMON | BRAND | REGION | MONTH | EPONYM)
                    && (token.is(FIRST | LAST | PLACE) && !token.is(VOCAB) || look(token) == Look::Unknown)
            }
            _ => false,
        };
    if !shaped || !token.spaced && i > 0 && tight(scene, i) {
        return false;
    }
    token.case != Case::Capital
        || compound(scene, i)
        || token.len() > 2
            && (look(token) > Look::No
                || token.is(PLACE | PLACE_HEAD) && !token.is(COMMON)
                || !token.opens && !token.is(MONTH | REGION | BRAND)
                || token.opens && noun(scene, i))
}

/// Whether a word that opens a sentence may be more than a word: `Custard's back`, `Clementine is still here`.
fn noun(scene: &Scene, i: usize) -> bool {
    let token = &scene.tokens[i];
    let told = |t: &Token| t.word() && !t.line && t.is(DEED | HUMAN);
    token.len() > 3
        && !token.is(CARE | DEPT | MONTH | REGION | BRAND | GENERIC | RELATIVE | PATIENT | STAFF | TITLE | DOCTOR)
        && (token.possessive || scene.tokens.get(i + 1).is_some_and(told))
}

/// `New South Wales`: too large to tell anything.
pub(super) fn region(scene: &Scene, from: usize, to: usize) -> bool {
    to > from + 1 && phrase(&scene.lower[scene.tokens[from].start..scene.tokens[to - 1].end]) & REGION != 0
}

/// The sign before a word ties it to something: `anti-Xa`, `A/Brisbane`.
fn tight(scene: &Scene, i: usize) -> bool {
    let before = &scene.tokens[i - 1];
    before.kind != Kind::Sign || !b"(\"'[*".contains(&scene.text.as_bytes()[before.start])
}

pub(super) fn run(scene: &Scene, taken: &[bool], at: usize) -> usize {
    let tokens = scene.tokens;
    let mut end = at + 1;
    while end < tokens.len() && end < at + 6 && !taken[end] && !tokens[end].line && !tokens[end - 1].possessive {
        let token = &tokens[end];
        let hyphen = token.kind == Kind::Sign
            && !token.spaced
            && scene.text.as_bytes()[token.start] == b'-'
            && tokens.get(end + 1).is_some_and(|t| t.word() && !t.spaced);
        let particle = token.may_begin(PARTICLE) && tokens.get(end + 1).is_some_and(Token::capital);
        let more = token.word() && token.capital() && token.spaced && !token.is(MONTH) && token.len() > 1
            || token.word() && !token.spaced && tokens[end - 1].kind == Kind::Sign;
        if !(hyphen || particle || more) {
            break;
        }
        end += 1;
    }
    end
}
