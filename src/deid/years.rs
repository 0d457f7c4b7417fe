//! Ages told by the words around a bare number, and numbers that are measurements instead.

use std::sync::LazyLock;

use super::lexicon::{BRAND, COMMON, DEED, EPONYM, FIRST, HEAD, HUMAN, LAST, PATIENT, RELATIVE, TITLE, VOCAB, Words};
use super::token::Kind;
use super::{Category, Hit, Scene, Severity};

static AMOUNTS: LazyLock<Words<&str>> = LazyLock::new(|| super::pairs::words("amount"));
static LEVELS: LazyLock<Words<&str>> = LazyLock::new(|| super::pairs::words("level"));

/// What is done to somebody at an age.
const OPERATED: [&str; 28] = [
    "fix",
    "operate",
    "operating",
    "anaesthetise",
    "anesthetize",
    "stent",
    "transplant",
    "dialyse",
    "dialyze",
    "intubate",
    "ventilate",
    "resuscitate",
    "scope",
    "nail",
    "replace",
    "amputate",
    "cabg",
    "tavi",
    "tavr",
    "chemo",
    "surgery",
    "thrombolyse",
    "dialysis",
    "biopsy",
    "pacemaker",
    "hemi",
    "valve",
    "cpr",
];

/// An age once given is the same number again: `Harald, 92, … hip at 92`.
pub fn again(scene: &Scene, hits: &mut Vec<Hit>) {
    let told = scene.tokens.windows(4).filter(|w| {
        w[2].kind == Kind::Number
            && w[0].capital()
            && (w[0].is(FIRST | LAST) || !w[0].is(COMMON | VOCAB | BRAND | EPONYM))
            && scene.text[w[1].start..w[1].end].starts_with([',', '('])
            && scene.text[w[3].start..w[3].end].starts_with([',', ')', '.'])
            && scene.text[w[2].start..w[2].end].parse().is_ok_and(|n: u32| (90..=117).contains(&n))
    });
    let told = told.filter_map(|w| scene.text.get(w[2].start..w[2].end));
    let ages: Words<&str> = hits
        .iter()
        .filter(|h| h.category == Category::Age)
        .filter_map(|h| scene.text.get(h.start..h.end))
        .filter(|age| age.bytes().all(|b| b.is_ascii_digit()))
        .chain(told)
        .collect();
    if ages.is_empty() {
        return;
    }
    let found: std::collections::HashSet<usize> = hits.iter().map(|h| h.start).collect();
    let mut more = Vec::new();
    for (at, token) in scene.tokens.iter().enumerate().skip(1) {
        let word = scene.word(at);
        if token.kind == Kind::Number
            && token.spaced
            && ages.contains(&word)
            && matches!(
                scene.word(at - 1),
                "at" | "aged" | "age" | "being" | "turning" | "turned" | "nearly" | "only" | "is"
            )
            && !measured(scene, at)
            && !found.contains(&token.start)
        {
            more.push(Hit {
                start: token.start,
                end: token.end,
                category: Category::Age,
                severity: Severity::Block,
                rule: "age-over-89",
            });
        }
    }
    hits.extend(more);
}

/// Whether what follows or precedes makes a number a measurement.
pub fn measured(scene: &Scene, at: usize) -> bool {
    let after = scene.tokens.get(at + 1);
    let glued = after.is_some_and(|t| {
        !t.spaced
            && !t.line
            && (t.kind != Kind::Sign
                || b"%/+-:*<>=".contains(&scene.text.as_bytes()[t.start])
                || b".,".contains(&scene.text.as_bytes()[t.start])
                    && scene.tokens.get(at + 2).is_some_and(|n| !n.spaced && !n.line && n.kind == Kind::Number))
    });
    let unit = after.is_some_and(|t| !t.line) && AMOUNTS.contains(scene.word(at + 1));
    let level = (1..=3).take_while(|n| at >= *n).any(|n| LEVELS.contains(scene.word(at - n)));
    glued || unit || level
}

/// `so 93,`, `a nun, 91,`, `Grandfather (93,`, `, ninety-four,`: ages by the words around them.
pub fn bare(scene: &Scene, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    let sign = |i: usize, c: u8| tokens.get(i).is_some_and(|t| scene.text.as_bytes()[t.start] == c);
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Number && token.len() != "ninety".len() {
            continue;
        }
        let word = scene.word(at);
        let mut end = at;
        let spelled = word == "ninety";
        if spelled {
            if sign(at + 1, b'-')
                && matches!(
                    scene.word(at + 2),
                    "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine"
                )
            {
                end = at + 2;
            } else if matches!(
                scene.word(at + 1),
                "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine"
            ) {
                end = at + 1;
            } else if sign(at + 1, b'-') && matches!(scene.word(at + 2), "odd" | "something" | "ish") {
                end = at + 2;
            }
        } else if !(token.kind == Kind::Number && word.parse().is_ok_and(|n: u32| (90..=117).contains(&n))) {
            continue;
        }
        let after = end + 1;
        let closes = tokens.get(after).is_none_or(|t| {
            t.line
                || !t.spaced
                    && b",.;)".contains(&scene.text.as_bytes()[t.start])
                    && tokens.get(after + 1).is_none_or(|n| n.spaced || n.line)
        });
        let before = at.checked_sub(1).map_or("", |i| scene.word(i));
        let earlier = at.checked_sub(2).map_or(0, |i| if tokens[i].word() { tokens[i].flags } else { 0 });
        let human = earlier & (RELATIVE | PATIENT) != 0
            || at >= 2
                && matches!(
                    scene.word(at - 2),
                    "f" | "m"
                        | "female"
                        | "male"
                        | "nun"
                        | "priest"
                        | "widow"
                        | "widower"
                        | "farmer"
                        | "teacher"
                        | "veteran"
                        | "spinster"
                        | "bachelor"
                        | "frail"
                        | "retired"
                );
        let set_off = matches!(before, "," | "(") && human;
        let told = before == "so" && at >= 2 && sign(at - 2, b',')
            || spelled
                && (before == ","
                    || before == "("
                    || matches!(before, "is" | "was" | "aged" | "so" | "at" | "turned" | "now"));
        // `mabel 97 ?cellulitis`, `Arthur 93 from the lodge`
        let name = at.checked_sub(1).map(|i| &tokens[i]).is_some_and(|t| {
            t.word()
                && (t.is(FIRST)
                    || t.capital()
                        && !t.opens
                        && tokens
                            .get(at + 1)
                            .is_some_and(|n| n.spaced && (n.is(DEED | HUMAN) || scene.word(at + 1).ends_with("ed"))))
                && !t.is(COMMON | VOCAB | EPONYM | BRAND | HEAD)
                && t.len() > 3
                && (t.capital() || scene.lowercase)
        });
        let grown = before == "be"
            && matches!(scene.word(after), "in" | "on" | "next" | "this" | "soon" | "tomorrow" | "by")
            || matches!(before, "rising" | "pushing" | "approaching") && closes;
        let grown = grown && !measured(scene, at);
        let named = name && token.spaced && !spelled && !measured(scene, at);
        // `her gran (the elder one) is 95??`
        let asked =
            matches!(before, "is" | "was" | "she's" | "he's" | "turns" | "turned" | "rising" | "pushing" | "nearly")
                && !measured(scene, at)
                && tokens.get(after).is_some_and(|t| !t.spaced && b"?!,.;)".contains(&scene.text.as_bytes()[t.start]))
                && (2..=8).take_while(|n| at >= *n && !tokens[at - n + 1].line).any(|n| {
                    let token = &tokens[at - n];
                    matches!(scene.word(at - n), "she" | "he" | "who" | "patient" | "pt")
                        || token.word() && token.is(RELATIVE | PATIENT)
                });
        let next = spelled
            && matches!(scene.word(after), "next" | "and" | "who" | "this" | "last" | "in" | "odd")
            && matches!(before, "is" | "was" | "turned" | "turns" | "aged");
        // `Miss Eulalie, is 101 and sharp`, `she's ninety-four and has`
        let goes_on = (matches!(before, "is" | "was")
            || tokens.get(at.wrapping_sub(1)).is_some_and(|t| t.possessive && matches!(before, "she" | "he")))
            && matches!(scene.word(after), "and" | "but" | "with" | "who" | "yet")
            && !measured(scene, end)
            && (1..=4).take_while(|n| at >= *n && !tokens[at - n + 1].line).any(|n| {
                let token = &tokens[at - n];
                token.word()
                    && (token.is(RELATIVE | PATIENT)
                        || matches!(scene.word(at - n), "she" | "he" | "she's" | "he's" | "who" | "pt")
                        || n > 1
                            && token.capital()
                            && (token.is(FIRST | LAST) || tokens[at - n - usize::from(at > n)].is(TITLE))
                            && !token.is(COMMON | VOCAB | HEAD))
            });
        // `Would you fix at 94 …?`
        let treated = before == "at"
            && !measured(scene, at)
            && scene.tokens.get(after).is_none_or(|t| {
                t.line
                    || t.kind == Kind::Sign && !t.spaced
                    || matches!(scene.word(after), "in" | "with" | "or" | "if" | "and")
            })
            && (2..=4)
                .take_while(|n| at >= *n && !tokens[at - n + 1].line)
                .any(|n| OPERATED.contains(&scene.word(at - n)));
        if goes_on || treated || next || named || asked || grown || closes && (set_off || told) {
            hits.push(Hit {
                start: token.start,
                end: tokens[end].end,
                category: Category::Age,
                severity: Severity::Block,
                rule: "age-over-89",
            });
        }
    }
}
