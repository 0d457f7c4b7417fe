//! The clinical shield for stretches of text: lists of terms, and talk about the literature.
//!
//! A word alone cannot tell whether Rolando is a patient or a fracture. The company it keeps can: among five other
//! eponyms it is a fracture, and a Seymour who "said so in 2019" is an author.

use std::cell::OnceCell;
use std::sync::LazyLock;

use super::Hit;
use super::Scene;
use super::asked;
use super::lexicon::{COMMON, EPONYM, FIRST, HEAD, PATIENT, RELATIVE, Words};
use super::names::term;
use super::token::{Case, Kind};

/// Rules that go by the look of a word and nothing else; only these give way.
const BY_LOOK: &[&str] = &[
    "given-name",
    "full-name",
    "name-likely",
    "name-by-deed",
    "double-name",
    "initial-surname",
    "place-listed",
    "place-beside",
    "place-unknown",
    "place",
    "institution-at",
    "institution-acts",
    "name-set-off",
    "name-quoted",
    "name-owner",
    "colleague-title",
    "name-initial",
    "place-bare",
    "employer",
    "place-set-off",
    "name-beside-verb",
    "given-name-lower",
    "double-name-lower",
    "place-lower",
    "hunch-name",
    "hunch-place",
    "hunch-institution",
    "hunch-day",
];

/// Whether a rule goes by the look of a word alone.
pub fn by_look(rule: &str) -> bool {
    static RULES: LazyLock<Words<&str>> = LazyLock::new(|| BY_LOOK.iter().copied().collect());
    RULES.contains(rule)
}

/// What the stretches of a text explain, read once.
///
/// Only when a hit asks: few texts have any that goes by the look of a word.
pub struct Shield<'a> {
    scene: &'a Scene<'a>,
    listed: OnceCell<Vec<bool>>,
    literary: OnceCell<bool>,
}

impl<'a> Shield<'a> {
    pub fn new(scene: &'a Scene<'a>) -> Shield<'a> {
        Shield { scene, listed: OnceCell::new(), literary: OnceCell::new() }
    }

    fn listed(&self, at: usize) -> bool {
        self.listed.get_or_init(|| lists(self.scene)).get(at).copied().unwrap_or(false)
    }

    fn literary(&self) -> bool {
        *self.literary.get_or_init(|| literary(self.scene))
    }
}

/// Drops the hits that the stretch around them explains.
pub fn sift(scene: &Scene, shield: &Shield, hits: &mut Vec<Hit>) {
    hits.retain(|hit| {
        if !by_look(hit.rule) {
            return true;
        }
        let at = scene.tokens.partition_point(|t| t.end <= hit.start);
        if shield.listed(at) {
            return false;
        }
        // `in lloyd davies all day`, `a St. Jude valve`
        let single = scene.tokens.get(at).is_some_and(|t| t.end >= hit.end);
        let before =
            at.checked_sub(if at > 1 && scene.word(at - 1) == "." { 2 } else { 1 }).map_or("", |i| scene.word(i));
        if single && (term(before, scene.word(at)) || term(scene.word(at), scene.word(at + 1))) {
            return false;
        }
        if told_by_author(scene, at, hit.end) {
            return false;
        }
        let argued = matches!(
            scene.word(at + 1),
            "was"
                | "said"
                | "says"
                | "argued"
                | "argues"
                | "wrote"
                | "writes"
                | "showed"
                | "shows"
                | "found"
                | "finds"
                | "thinks"
                | "suggested"
                | "suggests"
                | "proposed"
                | "proposes"
                | "reported"
                | "reports"
                | "did"
                | "used"
                | "teaches"
                | "described"
                | "describes"
                | "has"
                | "had"
                | "on"
                | "calls"
                | "called"
                | "believes"
                | "trained"
        );
        let person = scene.tokens.get(at + 1).is_some_and(|t| t.is(super::lexicon::HUMAN)) && !argued;
        if single
            && !person
            && matches!(
                hit.rule,
                "given-name"
                    | "name-owner"
                    | "place-listed"
                    | "place"
                    | "place-unknown"
                    | "name-set-off"
                    | "place-set-off"
                    | "employer"
            )
            && shield.literary()
        {
            return false;
        }
        !(single && hit.rule == "name-by-deed" && argued && shield.literary())
            && !(hit.rule == "given-name" && initials_after(scene, at))
    });
}

/// `Venkatesh B,` is how an author is cited.
fn initials_after(scene: &Scene, at: usize) -> bool {
    let Some(next) = scene.tokens.get(at + 1) else { return false };
    let after = scene.tokens.get(at + 2);
    let sign = after.is_none_or(|t| t.kind == Kind::Sign && b",;".contains(&scene.text.as_bytes()[t.start]));
    let upper = scene
        .tokens
        .get(at + 3)
        .is_some_and(|t| t.case == Case::Upper && t.len() > 2 || t.kind == Kind::Number && t.len() == 4);
    matches!(next.case, Case::Initial | Case::Upper) && next.len() <= 2 && sign && upper
}

/// What is written and published.
const WRITINGS: &[&str] = &[
    "paper",
    "papers",
    "series",
    "study",
    "studies",
    "trial",
    "trials",
    "meta-analysis",
    "cohort",
    "cohorts",
    "consensus",
    "statement",
    "guideline",
    "guidelines",
    "publication",
    "publications",
    "criteria",
    "classification",
    "formula",
    "nomogram",
    "textbook",
    "chapter",
    "editorial",
    "algorithm",
    "equation",
    "rct",
    "rcts",
    "staging",
    "grading",
];
/// What an author owns.
const WORKS: &[&str] = &[
    "paper",
    "papers",
    "series",
    "study",
    "studies",
    "trial",
    "trials",
    "review",
    "reviews",
    "formula",
    "equation",
    "criteria",
    "classification",
    "work",
    "textbook",
    "book",
    "algorithm",
    "nomogram",
    "staging",
    "cohort",
    "data",
    "technique",
    "protocol",
    "editorial",
    "chapter",
    "hypothesis",
    "theory",
    "rule",
    "rules",
];

/// `the series from Ekholm and from Wei`, `the statement of 2019 by Ekholm`, `Ekholm's formula`
fn told_by_author(scene: &Scene, at: usize, end: usize) -> bool {
    let last = scene.tokens.partition_point(|t| t.end <= end).saturating_sub(1);
    let owner = scene.tokens.get(last).is_some_and(|t| t.possessive);
    if owner
        && WORKS.contains(&scene.word(last + 1))
        && scene.tokens.get(last + 1).is_some_and(|t| t.case == Case::Lower)
    {
        // His own work or book is somebody's with a diary; an author's says, shows, uses.
        return !matches!(scene.word(last + 1), "work" | "book" | "data" | "rule" | "rules" | "theory")
            || scene.tokens.get(last + 2).is_some_and(|t| {
                matches!(
                    scene.word(last + 2),
                    "says" | "on" | "shows" | "showed" | "in" | "suggests" | "is" | "gives" | "with"
                ) && !t.line
            });
    }
    // `Ekholm (2010)`, `first seen by Ekholm, 1952,`
    let sign =
        |i: usize| scene.tokens.get(i).filter(|t| t.kind == Kind::Sign).map_or(0, |t| scene.text.as_bytes()[t.start]);
    let year = matches!(scene.word(last + 2).as_bytes(), [b'1', b'9', _, _] | [b'2', b'0', _, _]);
    let printed = match sign(last + 1) {
        b'(' => sign(last + 3) == b')',
        b',' => {
            at > 0
                && matches!(scene.word(at - 1), "by" | "per" | "of")
                && matches!(sign(last + 3), b',' | b'.' | b';' | b')')
        }
        _ => false,
    };
    if year && printed && scene.tokens[at].capital() {
        return true;
    }
    let by = |i: usize| matches!(scene.word(i), "by" | "from" | "of" | "per");
    let Some(lead) = at.checked_sub(1) else { return false };
    if !by(lead) || scene.tokens[at].case == Case::Lower {
        return false;
    }
    (1..7)
        .take_while(|n| {
            lead >= *n
                && !(scene.tokens[lead - n].kind == Kind::Sign
                    && b".?!;:".contains(&scene.text.as_bytes()[scene.tokens[lead - n].start]))
        })
        .any(|n| WRITINGS.contains(&scene.word(lead - n)))
}

/// Years, journals and trials rather than a patient.
fn literary(scene: &Scene) -> bool {
    let (mut marks, mut people) = (0, 0);
    for (i, token) in scene.tokens.iter().enumerate() {
        let word = scene.word(i);
        let year = token.kind == Kind::Number && token.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let journal = token.case != Case::Lower && token.is(super::lexicon::CITE);
        let acronym = token.case == Case::Upper && token.len() > 5 && !token.shouted;
        marks += usize::from(year || journal || acronym || word == "trial" || word == "rct");
        people += usize::from(
            token.word() && token.is(RELATIVE | PATIENT)
                || matches!(word, "she" | "he" | "her" | "his" | "him" | "yo" | "pt"),
        );
    }
    marks >= 4 && marks > 2 * people
}

/// Words between the items of a list.
pub(super) const JOINTS: &str = "vs versus and or v";

/// For each token, whether it stands in a list of terms: short items one after another, many of them eponyms.
fn lists(scene: &Scene) -> Vec<bool> {
    let tokens = scene.tokens;
    let mut inside = vec![false; tokens.len()];
    // Items: (first token, end token, reads as a term, holds an eponym, holds a given name and nothing else known).
    let mut items: Vec<(usize, usize, bool, bool, bool)> = Vec::with_capacity(tokens.len() / 4);
    let mut from = 0;
    for at in 0..=tokens.len() {
        let cut = at == tokens.len()
            || tokens[at].kind == Kind::Sign && b",;.?!()/|:=+&".contains(&scene.text.as_bytes()[tokens[at].start])
            || tokens[at].line
            || tokens[at].asked(asked::JOINT);
        if !cut {
            continue;
        }
        if at > from {
            let (mut count, mut small) = (0, 0);
            let (mut eponym, mut head, mut given) = (false, false, false);
            for token in tokens[from..at].iter().filter(|t| t.word()) {
                let (lower, capital) = (token.case == Case::Lower, token.capital());
                count += 1;
                small += usize::from(lower && token.is(COMMON) && !token.is(HEAD));
                eponym |= capital && token.is(EPONYM);
                head |= lower && token.is(HEAD);
                given |= capital && token.is(FIRST) && !token.is(EPONYM | COMMON);
            }
            let begins = tokens[from].case != Case::Lower;
            let eponym = eponym || head && tokens[from].capital();
            items.push((from, at, begins && count <= 4 && small <= 1, eponym, given && !eponym));
        }
        from = at
            + usize::from(at < tokens.len() && !tokens[at].line || at < tokens.len() && tokens[at].kind == Kind::Sign);
    }
    const REACH: usize = 6;
    if items.len() < REACH {
        return inside;
    }
    for start in 0..=items.len() - REACH {
        let window = &items[start..start + REACH];
        let terms = window.iter().filter(|i| i.2).count();
        let eponyms = window.iter().filter(|i| i.3).count();
        let given = window.iter().filter(|i| i.4).count();
        if terms >= 4 && eponyms >= 3 && given <= 2 {
            for item in window {
                inside[item.0..item.1].fill(true);
            }
        }
    }
    inside
}
