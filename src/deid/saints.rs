//! Institutions named after a saint: `at St. Finbarr's`, `to Sto. Domingo`, `St Luke's Ikot took us on`.

use super::lexicon::*;
use super::names::{Look, look, term};
use super::token::{Case, Token};
use super::{Category, Hit, Scene, Severity};

/// What a saint gives a name to that is no house.
const DATED: &[&str] = &["day", "eve", "week", "weekend", "night", "feast", "medal", "wort", "march"];

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    for at in 0..tokens.len() {
        let token = &tokens[at];
        if token.case != Case::Capital || !matches!(scene.word(at), "st" | "sto" | "sta" | "ste" | "saint" | "sts") {
            continue;
        }
        let dot = tokens.get(at + 1).is_some_and(|t| scene.text.as_bytes()[t.start] == b'.' && !t.spaced);
        let first = at + 1 + usize::from(dot);
        let capital = |t: &Token| t.word() && t.case == Case::Capital && t.spaced && !t.line;
        let Some(saint) = tokens.get(first).filter(|t| capital(t)) else { continue };
        let mut end = first + 1;
        // `St Luke's Ikot`, `St Mary Magdalene`
        while end < first + 3
            && tokens
                .get(end)
                .is_some_and(|t| capital(t) && (look(t) >= Look::Unknown || t.is(PLACE | SUFFIX)) && !t.is(MONTH))
        {
            end += 1;
        }
        let owner = tokens[first..end].iter().any(|t| t.possessive);
        let the = at > 0 && scene.word(at - 1) == "the";
        let lead = at.checked_sub(1 + usize::from(the)).map_or("", |i| scene.word(i));
        let led = !token.line
            && matches!(lead, "at" | "to" | "from" | "in" | "via" | "by" | "near" | "outside" | "into" | "of");
        let dated = (first + 1..=end).any(|i| DATED.contains(&scene.word(i)));
        let known = term(scene.word(at), scene.word(first))
            || (end..end + 2).any(|i| tokens.get(i).is_some_and(|t| t.is(HEAD | CITE) && t.spaced && !t.line))
            || saint.is(BRAND)
            || !owner && super::places::known(scene, at, first + 1);
        let ward = tokens.get(end).is_some_and(|t| t.is(SUFFIX));
        if dated || known || !(led && (owner || !saint.is(REGION)) || owner && !ward) {
            continue;
        }
        // The sign of `St James'` stays outside; that of `St Luke's` is in.
        let mut stop = tokens[end - 1].end;
        if tokens[end - 1].possessive && scene.text[stop..].starts_with("'s") {
            stop += 2;
        }
        hits.push(Hit {
            start: token.start,
            end: stop,
            category: Category::Facility,
            severity: Severity::Confirm,
            rule: "institution",
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn houses_of_saints() {
        for text in [
            "We took her to St. Walburga and they had no bed",
            "turned up at St. Finbarr's a week on",
            "carried to the Sto. Domingo at night",
            "St Luke's Ikot took us all on",
        ] {
            assert!(check(text).findings.iter().any(|f| f.category == Category::Facility), "{text}");
        }
        for text in [
            "a St. Jude valve versus ours",
            "the St George's questionnaire",
            "St. George's respiratory questionnaire 40",
            "on St John's wort daily",
        ] {
            assert!(check(text).findings.iter().all(|f| f.category != Category::Facility), "{text}");
        }
    }
}
