//! Whether a description is said of somebody: `she is the …`, `Tilda, the …`, `wife of the …`.

use super::Scene;
use super::callings::{CALLING, OFFICE, PEOPLE, WEAK};
use super::lexicon::{COMMON, PATIENT, RELATIVE, TITLE};
use super::token::{Case, Kind};

/// How sure it is that somebody is said to be what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    No,
    Hinted,
    Sure,
}

/// Whether what begins at a token is said of somebody: `she is the …`, `Tilda, the …`, `wife of the …`.
pub fn said(scene: &Scene, at: usize) -> Said {
    let tokens = scene.tokens;
    let Some(mut i) = at.checked_sub(1) else { return Said::No };
    while i > 0
        && (matches!(
            scene.word(i),
            "also"
                | "actually"
                | "apparently"
                | "one"
                | "now"
                | "still"
                | "indeed"
                | "basically"
                | "famously"
                | "once"
                | "in"
                | "fact"
                | "of"
                | "course"
                | "none"
                | "other"
                | "than"
                | "to"
                | "be"
                | "happens"
                | "happened"
                | "turns"
                | "turned"
                | "out"
                | "probably"
                | "literally"
                | "both"
                | "quite"
                | "only"
                | "just"
                | "not"
                | "\""
                | "'"
                | "*"
        ) && at - i < 5)
        && !(scene.word(i) == "of" && tokens[i - 1].is(RELATIVE))
        && !(scene.word(i) == "to" && scene.word(i - 1) == "thanks")
    {
        i -= 1;
    }
    if tokens[(i + 1).min(at)].line && i + 1 < at {
        return Said::No;
    }
    let word = scene.word(i);
    let token = &tokens[i];
    if matches!(scene.word(i + 1), "happens" | "happened" | "turns" | "turned") && i + 1 < at {
        let somebody = matches!(word, "who" | "he" | "she") || human(scene, i);
        return if somebody { Said::Sure } else { Said::No };
    }
    if token.possessive || matches!(word, "hes" | "shes" | "whos" | "they're") {
        let subject = word.trim_end_matches('s');
        return if matches!(subject, "he" | "she" | "who" | "they're") || human(scene, i) {
            Said::Sure
        } else if matches!(word, "it" | "that") {
            Said::Hinted
        } else {
            Said::No
        };
    }
    // `he'll be the …`, `she'd been the …`
    let mut s = i;
    while s > 0 && matches!(scene.word(s), "been" | "have" | "has" | "had") {
        s -= 1;
    }
    if matches!(scene.word(s), "he'll" | "she'll" | "he'd" | "she'd" | "who'd" | "they'd" | "who'll")
        && (s < i || word.ends_with("'ll"))
        || s < i && scene.word(s + 1) != "been" && matches!(scene.word(s), "he" | "she" | "who")
    {
        return Said::Sure;
    }
    if matches!(word, "is" | "was" | "are" | "were" | "being" | "became" | "become" | "wis" | "be") {
        let Some(mut s) = i.checked_sub(1) else { return Said::No };
        while s > 0
            && matches!(scene.word(s), "also" | "here" | "who" | "," | ")" | "actually" | "himself" | "herself")
            && i - s < 4
        {
            s -= 1;
        }
        // `Anna Berg, 81, was the …`
        if tokens[s].kind == Kind::Number && tokens[s].len() <= 3 && s > 0 {
            return Said::Sure;
        }
        return match scene.word(s) {
            "he" | "she" | "they" | "who" => Said::Sure,
            "it" | "this" | "that" | "there" => Said::Hinted,
            _ if human(scene, s) => Said::Sure,
            _ => Said::No,
        };
    }
    if token.kind == Kind::Sign && b",(:-".contains(&scene.text.as_bytes()[token.start]) && i > 0 {
        let before = &tokens[i - 1];
        let aged = before.kind == Kind::Number && (1..=3).contains(&before.len()) && token.end > token.start
            || before.kind == Kind::Mixed && before.len() <= 4;
        let sign = scene.text.as_bytes()[token.start];
        return if (human(scene, i - 1) || aged && sign != b':') && (sign != b'-' || token.spaced) {
            Said::Sure
        } else {
            Said::No
        };
    }
    if word == "of" && i > 0 && tokens[i - 1].word() && tokens[i - 1].is(RELATIVE) {
        return Said::Sure;
    }
    let hinted = matches!(
        word,
        "mean"
            | "after"
            | "treat"
            | "treated"
            | "treating"
            | "met"
            | "sees"
            | "saw"
            | "see"
            | "knew"
            | "know"
            | "under"
            | "thanks"
            | "to"
            | "for"
            | "with"
            | "by"
    );
    if hinted { Said::Hinted } else { Said::No }
}

/// Whether a word is somebody: a patient, a relative, a name.
pub fn human(scene: &Scene, at: usize) -> bool {
    let token = &scene.tokens[at];
    if !token.word() {
        return false;
    }
    let word = scene.word(at);
    token.is(RELATIVE | PATIENT | TITLE)
        || token.case == Case::Initial && at > 0 && scene.tokens[at - 1].is(TITLE)
        || token.calling & (PEOPLE | CALLING | OFFICE) != 0 && token.calling & WEAK == 0
        || matches!(word, "pt" | "patient" | "partner" | "hubby" | "missus")
        || token.case == Case::Capital && !token.is(COMMON) && !token.is(super::lexicon::EPONYM | super::lexicon::BRAND)
}
