//! What stands beside two numbers that may be a day and a month: a date's label, an event, a preposition, a score.

use std::sync::LazyLock;

use super::Scene;
use super::lexicon::{DEED, DOCTOR, HUMAN, STAFF, TITLE, Words};
use super::pairs::{EVENTS, closes, words};
use super::token::{Case, Kind};

static LABELS: LazyLock<Words<&str>> = LazyLock::new(|| words("label"));
static SCORES: LazyLock<Words<&str>> = LazyLock::new(|| words("score"));
static STATIC: LazyLock<Words<&str>> = LazyLock::new(|| words("static"));

/// What stands before a pair of numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Company {
    pub label: bool,
    /// An event, and whether it is the word straight before.
    pub event: bool,
    pub beside: bool,
    /// `on`, `since` and their like straight before.
    pub preposition: bool,
    /// `on` straight before.
    pub on: bool,
    /// A score, a pressure, a dose.
    pub score: bool,
    /// A capital word or a comma straight before.
    pub set_off: bool,
    /// Something done or due straight before and nothing that counts after: `done 4/8,`.
    pub done: bool,
    /// A weekday straight before.
    pub weekday: bool,
    /// The clause ends after the pair, or goes on with a function word.
    pub closes: bool,
}

/// What is done or due on a day rather than counted.
static DONE: LazyLock<Words<&str>> = LazyLock::new(|| {
    "done seen sent booked due scheduled listed posted collected dated admitted discharged died received \
    reviewed expires expired swabbed drawn"
        .split_whitespace()
        .collect()
});
/// Beside these Snellen's fractions stand.
static EYES: LazyLock<Words<&str>> =
    LazyLock::new(|| "eye eyes vision od os unaided pinhole fundus".split_whitespace().collect());
static WEEKDAYS: LazyLock<Words<&str>> = LazyLock::new(|| {
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun"
        .split_whitespace()
        .collect()
});

/// What the words before a pair tell, up to where its sentence began.
pub fn company(scene: &Scene, at: usize) -> Company {
    let tokens = scene.tokens;
    let mut company = Company { closes: closes(scene, at + 3), ..Company::default() };
    let mut fillers = 0;
    if at > 0 && !tokens[at].line && tokens[at].spaced {
        company.weekday = WEEKDAYS.contains(scene.word(at - 1)) && tokens[at - 1].word();
        company.done = DONE.contains(scene.word(at - 1));
    }
    company.label |= company.weekday;
    // `termed as of 3/31`
    let dated = at > 1 && scene.word(at - 1) == "of" && scene.word(at - 2) == "as";
    // `the bloods of 12/06`: no fraction has a leading nought.
    let zero = scene.word(at).starts_with('0') || scene.word(at + 2).starts_with('0');
    let of = zero && at > 0 && scene.word(at - 1) == "of";
    for n in 1..=7 {
        let Some(i) = at.checked_sub(n) else { break };
        let (token, word) = (&tokens[i], scene.word(i));
        if token.kind == Kind::Sign {
            let sign = scene.text.as_bytes()[token.start];
            company.set_off |= n == 1 && b",(:".contains(&sign);
            // `f/u`, `x-ray`: the sign inside a word is no end.
            let title = sign == b'.' && i > 0 && tokens[i - 1].is(DOCTOR | TITLE);
            if !title && !b",(:/-\"'&".contains(&sign) {
                break;
            }
            continue;
        }
        if token.kind != Kind::Word {
            break;
        }
        let acronym = token.case == Case::Upper && !token.shouted;
        if dated && n <= 2 || of && n == 1 {
            (company.on, company.preposition) = (true, true);
            company.event |= dated;
        } else if word == "up" && i > 0 && scene.word(i - 1) == "follow" {
            (company.event, company.beside) = (true, n == 1 || fillers + 1 == n);
            break;
        } else if n > 1 && matches!(word, "of" | "or" | "to" | "no" | "house" | "shop" | "out") {
            fillers += 1;
        } else if LABELS.contains(word) {
            company.label = true;
            break;
        } else if matches!(scene.word(at), "6" | "20") && EYES.contains(word)
            || SCORES.contains(word)
            || acronym && n == 1 && !EVENTS.contains(word) && !token.is(STAFF)
        {
            company.score = true;
            break;
        } else if EVENTS.contains(word)
            || ended(word)
            || n <= 2 && token.is(DEED | HUMAN) && token.case == Case::Lower && !matches!(word, "was" | "is")
        {
            company.event = true;
            company.beside |= n == 1 || fillers + 1 == n;
            break;
        }
        if n == 1 {
            company.set_off |= token.case == Case::Capital && !token.opens;
            company.on = word == "on";
            company.preposition = matches!(
                word,
                "on" | "since"
                    | "by"
                    | "until"
                    | "till"
                    | "til"
                    | "from"
                    | "before"
                    | "after"
                    | "due"
                    | "for"
                    | "around"
            );
        }
        fillers +=
            usize::from(matches!(word, "on" | "is" | "was" | "for" | "the" | "till" | "until" | "since" | "from"));
        // The sentence began here.
        let titled = i > 1 && scene.word(i - 1) == "." && tokens[i - 2].is(DOCTOR | TITLE);
        if token.opens && !titled {
            company.event |= n == 1 && company.on;
            break;
        }
    }
    company
}

/// `reviewed`, `scanned`: something was done; but not `scored`, `reduced`.
fn ended(word: &str) -> bool {
    const DONE: [&str; 10] =
        ["ectomy", "otomy", "ostomy", "plasty", "scopy", "graphy", "desis", "pexy", "centesis", "gram"];
    word.len() > 7 && DONE.iter().any(|ending| word.ends_with(ending))
        || word.len() > 4 && word.ends_with("ed") && !STATIC.contains(word)
}
