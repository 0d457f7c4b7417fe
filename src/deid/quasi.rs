//! Descriptions that single a person out without a name: "the mayor's mother", "the only harpist on the island".
//!
//! A description is a person's calling or kind with something only that one did, was or is known for. Three things tell
//! it from talk about patients in general: somebody is said to *be* it ("she's the nun who …"), it has something public
//! (a newspaper, a final, an office), and it is not about care. Who was on television needs little else; a man "who
//! lost 10 kg" needs much.

use super::callings::{CALLING, DEED, KIN, OFFICE, PLAIN, SHOWN, UNIQUE, kind};
use super::clauses::{clause, marks};
use super::deeds::eventful;
use super::described::article;
use super::said::{Said, said};
use super::token::{Case, Kind};
use super::{Category, Hit, Scene, Severity, asked};

/// The words that [`find`] looks at.
pub(super) const TELLING: &str =
    "the that our this a an former ex retired drummer singer captain she he they who patient pt";

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let mut done = 0;
    for (at, token) in scene.tokens.iter().enumerate() {
        if !token.asked(asked::TELLING) && !token.possessive || token.start < done {
            continue;
        }
        let found = match token.lower {
            "the" | "that" | "our" | "this" => article(scene, at).map(|end| (at, end)),
            "a" | "an" => vague(scene, at + 1).map(|end| (at, end)),
            "former" | "ex" | "retired" | "drummer" | "singer" | "captain" => {
                if matches!(at.checked_sub(1).map_or("", |i| scene.word(i)), "a" | "an" | "the") {
                    None
                } else {
                    vague(scene, at).map(|end| (at, end))
                }
            }
            "she" | "he" | "they" | "who" | "patient" | "pt" => told(scene, at).map(|end| (at, end)),
            // `Iceland's first woman harbour pilot`
            _ if token.possessive && token.case == Case::Capital && unique(scene.word(at + 1)) => {
                article(scene, at).map(|end| (at, end))
            }
            _ => None,
        };
        if let Some((first, end)) = found {
            let start = scene.tokens[first].start;
            let end = trailing(scene, end);
            hits.push(Hit { start, end, category: Category::Quasi, severity: Severity::Confirm, rule: "singles-out" });
            done = end;
        }
    }
}

fn unique(word: &str) -> bool {
    kind(word) & UNIQUE != 0
}

/// `a piper in the band that led the parade in '72`, `former rower, cox in the boat race of 1990`.
fn vague(scene: &Scene, from: usize) -> Option<usize> {
    let tokens = scene.tokens;
    let mut core = from;
    while core < from + 4 && scene.calling(core) & (CALLING | OFFICE) == 0 {
        if tokens.get(core)?.kind != Kind::Word && scene.word(core) != "-" {
            return None;
        }
        core += 1;
    }
    if scene.calling(core) & (CALLING | OFFICE) == 0 || scene.calling(core) & PLAIN != 0 {
        return None;
    }
    // `a former ambassador's interpreter`
    if scene.calling(core) & OFFICE != 0 && tokens[core].possessive && scene.calling(core + 1) & KIN != 0 {
        return tokens.get(core + 1).map(|t| t.end);
    }
    let mut i = core + 1;
    // `former rower, cox in the …`
    if scene.word(i) == "," && scene.calling(i + 1) & (CALLING | OFFICE) != 0 {
        i += 2;
    }
    let comma = usize::from(scene.word(i) == ",");
    let done = scene.calling(i + comma) & SHOWN != 0;
    if done {
        i += comma;
    }
    if !done && !matches!(scene.word(i), "in" | "of" | "for" | "with" | "on" | "who" | "whose") || i > from + 6 {
        return None;
    }
    let end = clause(scene, i);
    let all = marks(scene, i, end);
    let who = matches!(scene.word(i), "who" | "whose");
    let definite = matches!(scene.word(i + 1), "the" | "that");
    let fit = !all.clinic
        && if done {
            all.public() || all.event && all.words > 3
        } else if who {
            // `a retired signalman who still lights the last lamp`
            let last = said(scene, from - 1) == Said::Sure
                && scene.word(i + 1) == "still"
                && (i + 3..end).any(|n| unique(scene.word(n)) && scene.word(n - 1) == "the");
            last || all.public() && all.words > 3 || all.event && eventful(scene, i, end) && (all.capital || all.year)
        } else {
            definite && (all.event && (all.capital || all.year) && all.words > 4 || all.media && all.capital)
                || all.media && all.words > 4 && scene.calling(core) & CALLING != 0
        };
    fit.then(|| tokens[end - 1].end)
}

/// `she has hosted the Sunday radio quiz since 1999`.
fn told(scene: &Scene, at: usize) -> Option<usize> {
    let mut i = at + 1;
    while i < at + 4
        && matches!(scene.word(i), "has" | "had" | "once" | "also" | "famously" | "even" | "who" | "actually")
    {
        i += 1;
    }
    let verb = scene.word(i);
    if scene.calling(i) & DEED == 0 || scene.tokens[i].line {
        return None;
    }
    let end = clause(scene, i);
    let all = marks(scene, i + 1, end);
    let now = verb.ends_with('s');
    let famed =
        (all.notable() && !now || all.media) && (all.capital || all.year || all.viral || all.media) && all.words >= 4;
    let tv = matches!(verb, "presented" | "appeared" | "played" | "acted" | "modelled" | "wrote" | "scored")
        && !all.media
        && !all.event;
    (famed && !tv && (!all.clinic || all.media)).then(|| scene.tokens[end - 1].end)
}

/// Draws in what still belongs: `, from the news`, `, the one who …`, `, as in every newspaper`.
pub fn trailing(scene: &Scene, end: usize) -> usize {
    let at = scene.tokens.partition_point(|t| t.start < end);
    let comma =
        scene.tokens.get(at).is_some_and(|t| t.kind == Kind::Sign && scene.text.as_bytes()[t.start] == b',' && !t.line);
    if !comma {
        return end;
    }
    let to = clause(scene, at + 1);
    let all = marks(scene, at + 1, to);
    let starts = matches!(
        scene.word(at + 1),
        "from" | "you" | "as" | "the" | "it" | "captain" | "then" | "now" | "back" | "in" | "on" | "that"
    );
    if starts && (all.public() || scene.word(at + 1) == "the" && scene.word(at + 2) == "one") && all.words <= 14 {
        return scene.tokens[to - 1].end.max(end);
    }
    end
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn singled_out_or_not() {
        let has = |t: &str| check(t).findings.iter().any(|f| f.category == Category::Quasi);
        for text in [
            "she is the only professional harpist on the island.",
            "He is the man whose rooftop protest was on the front page of the local paper, so",
            "she's the girl who sang the anthem at the Cup final, fans",
            "He is the town mayor's brother, so",
            "He's the verger who rang the bells through the air raid, 83.",
            "Pt is the trawlerman who towed the royal yacht home.",
            "Husband of the magistrate who jailed the fish minister.",
            "She was the last living survivor of the pier fire, says her son.",
            "he is the tall fiddler from that whisky advert and worries about",
            "Her dad is the sitting governor of a small island.",
            "We look after the speaker's nephew.",
            "He is a retired signalman who still lights the last oil lamp on the line.",
            "She'd been the only rower to cross the bay in the regatta.",
            "He'll be the sculptor whose bronze stands in the square.",
            "Goat of the marabout who was on the cover of the tourist brochure.",
            "She is the lift engineer trapped nine hours under the tower.",
            "She is the bagpiper filmed for the breakfast news.",
        ] {
            assert!(has(text), "{text}");
        }
        for text in [
            "the only drug that works",
            "the man who lost 10 kg",
            "the first visit",
            "the patient who fell",
            "the only option in children",
            "the first trial which showed benefit",
            "the registrar who called me was kind",
            "She is the patient who needs a second scan",
            "he's the chap who came in with a potassium of 8",
            "the only member of staff on the ward",
            "She is a retired teacher and lives alone.",
            "He is the youngest in the trial.",
            "she's the carer for her husband",
            "the nurse on the radio said bed 4",
            "It is the surgeon who decides.",
            "the first author of the paper",
        ] {
            assert!(!has(text), "{text}");
        }
    }
}
