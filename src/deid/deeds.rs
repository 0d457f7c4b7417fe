//! What somebody is said to have done, and whether only one did it.

use super::Scene;
use super::callings::{DEED, ILL, PAST, WEAK, kind};

/// Whether a relative clause tells of a deed that only one did.
pub fn eventful(scene: &Scene, at: usize, end: usize) -> bool {
    let mut passive = false;
    let mut from = at + 1;
    if scene.word(at) == "whose" {
        // `whose bell cracked`: the deed is one or two words on.
        from = (at + 2..end.min(at + 5)).find(|i| deed(scene.word(*i))).unwrap_or(end);
    }
    for i in from..end.min(from + 5) {
        let word = scene.word(i);
        match word {
            "once" | "also" | "famously" | "then" | "always" | "never" | "first" | "actually" | "has" | "had"
            | "have" | "single" | "-" | "handedly" | "just" | "recently" | "personally" | "nearly" | "almost"
            | "twice" => {}
            "was" | "were" | "got" | "is" | "been" | "being" => passive = true,
            "arrested" if passive => return true,
            _ => return deed(word) && !(passive && end - i < 4),
        }
    }
    false
}

/// Whether it tells of any deed that is no part of being ill or cared for: enough where the calling tells the rest.
pub fn acted(scene: &Scene, at: usize, end: usize) -> bool {
    let verb = (at + 1..end.min(at + 5)).find(|i| {
        !matches!(
            scene.word(*i),
            "once" | "also" | "famously" | "then" | "first" | "actually" | "had" | "has" | "recently" | "single" | "-"
        )
    });
    verb.is_some_and(|i| {
        let known = scene.calling(i);
        known & ILL == 0 && (known & (PAST | DEED | WEAK) != 0 || scene.word(i).ends_with("ed"))
    })
}

/// A past form of a verb that is not one of everyday or of illness.
fn deed(word: &str) -> bool {
    (kind(word) & (PAST | DEED) != 0 || word.len() > 3 && word.ends_with("ed")) && kind(word) & WEAK == 0
}

/// Pictures as a teacher shows them: `the man in the video demonstrates`.
pub fn teaching(scene: &Scene, from: usize, to: usize) -> bool {
    const WORDS: [&str; 10] =
        ["attached", "teaching", "training", "slide", "slides", "figure", "lecture", "below", "demonstrates", "module"];
    (from..to).any(|i| WORDS.contains(&scene.word(i)))
}
