//! Dates that are nobody's: of guidelines, papers, laws and licences, and of the profession's own year.
//!
//! What tells is what a date stands beside: `KDIGO (July 2012)`, `June 2019 revision`, `the audit is in spring`. The
//! way back from the date crosses only what may stand between a title and its date, so that a clinic named after a
//! guideline keeps its date.

use std::sync::LazyLock;

use super::Scene;
use super::contact::before_word;
use super::lexicon::{CITE, COMMON, PATIENT, RELATIVE, Words};
use super::token::{Case, Kind};

/// What is published: the date beside it is the publication's.
static PUBLISHED: LazyLock<Words<&str>> = LazyLock::new(|| words(include_str!("lists/published.txt"), "work"));
/// What is published, only after its date.
static AFTER: LazyLock<Words<&str>> = LazyLock::new(|| words(include_str!("lists/published.txt"), "after"));
/// What publishers and regulators do.
static DONE: LazyLock<Words<&str>> = LazyLock::new(|| words(include_str!("lists/published.txt"), "done"));
/// The profession's year: exams, audits, contracts.
static YEAR: LazyLock<Words<&str>> = LazyLock::new(|| words(include_str!("lists/published.txt"), "year"));
/// Bodies whose short names are also words: theirs only in capitals.
static BODIES: LazyLock<Words<&str>> = LazyLock::new(|| words(include_str!("lists/published.txt"), "body"));

fn words(list: &'static str, kind: &str) -> Words<&'static str> {
    list.lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| *name == kind)
        .flat_map(|(_, words)| words.split_whitespace())
        .collect()
}

/// The publication date of a guideline or a paper is nobody's.
pub fn citation(scene: &Scene, start: usize, end: usize) -> bool {
    let at = scene.tokens.partition_point(|t| t.end <= start);
    let after = scene.tokens.partition_point(|t| t.start < end);
    spoken(scene, start) || behind(scene, at) || ahead(scene, after)
}

/// Words of publishing a little way before, in the same sentence.
fn spoken(scene: &Scene, start: usize) -> bool {
    let mut from = start.saturating_sub(44);
    while !scene.lower.is_char_boundary(from) {
        from += 1;
    }
    let before = &scene.lower[from..start];
    let sentence = before.rsplit(['.', '\n', '!', '?']).next().unwrap_or(before);
    // What is written by a day is no publication yet.
    let due = ["by", "until", "till", "before"].contains(&before_word(scene.text, start));
    let nice = scene.text[start - sentence.len()..start].contains("NICE ");
    nice || !due && sentence.contains("statement")
        || [
            "publish",
            "updated",
            "guideline",
            "guidance",
            "version",
            "issued by",
            "last reviewed",
            "accessed",
            "licensed in",
            "approved in",
            "consensus",
            "since the mhra",
            "recall of",
            "edition",
            "cochrane",
            "retracted",
            "launched",
        ]
        .iter()
        .any(|word| sentence.contains(word))
}

/// Walks back from a date over signs, codes and words of titles to a publisher.
fn behind(scene: &Scene, at: usize) -> bool {
    for n in 1..=7 {
        let Some(i) = at.checked_sub(n) else { return false };
        let token = &scene.tokens[i];
        let word = scene.word(i);
        if word == "al" && at > n && scene.word(i - 1) == "et" {
            return true;
        }
        if token.word() && token.is(RELATIVE | PATIENT) || matches!(word, "she" | "he" | "her" | "his" | "him") {
            return false;
        }
        if publisher(scene, i) || PUBLISHED.contains(word) || DONE.contains(word) && n <= 3 && licensed(scene, i) {
            return true;
        }
        let passes = match token.kind {
            Kind::Sign => {
                let next = scene.tokens.get(i + 1);
                b",(:;-=&[/'\"".contains(&scene.text.as_bytes()[token.start])
                    || i > 0 && scene.word(i - 1) == "al"
                    || !token.spaced && next.is_some_and(|t| t.kind == Kind::Number && !t.spaced)
            }
            Kind::Number => token.len() <= 4,
            Kind::Mixed => true,
            Kind::Word => {
                token.case != Case::Lower
                    || matches!(
                        word,
                        "of" | "in"
                            | "the"
                            | "from"
                            | "on"
                            | "and"
                            | "v"
                            | "its"
                            | "for"
                            | "by"
                            | "since"
                            | "commenced"
                            | "amended"
                    )
                    || AFTER.contains(word)
                    || matches!(word, "revised" | "updated" | "came" | "into" | "force" | "effect" | "cap" | "order")
            }
            Kind::Foreign => false,
        };
        if !passes || token.line && n < 7 {
            return false;
        }
    }
    false
}

/// Whether what is done is done to a product or a law: `Zelnorm withdrawn`, not `consent withdrawn`.
fn licensed(scene: &Scene, at: usize) -> bool {
    matches!(
        scene.word(at),
        "published" | "reissued" | "reprinted" | "superseded" | "enacted" | "gazetted" | "accessed"
    ) || (1..=2).any(|n| at >= n && scene.tokens[at - n].word() && scene.tokens[at - n].case != Case::Lower)
}

/// A guideline body, a journal, a trial group, a guideline's number.
fn publisher(scene: &Scene, at: usize) -> bool {
    let token = &scene.tokens[at];
    let word = scene.word(at);
    if token.kind == Kind::Mixed {
        // `NG100`, `TA200`, `GTG37a`
        let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
        return matches!(
            &word[..letters],
            "ng" | "ta" | "cg" | "qs" | "dg" | "mtg" | "ipg" | "htg" | "htm" | "hst" | "ph" | "gtg" | "hbn"
        ) && word[letters..].starts_with(|c: char| c.is_ascii_digit());
    }
    // Capitals inside a word, as in `RCOphth`, are a college's.
    let piece = &scene.text[token.start..token.end];
    let college = token.word()
        && piece.len() >= 4
        && piece.starts_with(['R', 'A', 'F', 'B'])
        && piece.bytes().take_while(u8::is_ascii_uppercase).count() >= 3
        && piece.ends_with(|c: char| c.is_ascii_lowercase());
    token.word()
        && token.case != Case::Lower
        && word != "al"
        && (token.is(CITE) && (token.case == Case::Upper || !token.is(COMMON))
            || college
            || token.case == Case::Upper && !token.shouted && BODIES.contains(word))
}

/// `June 2019 revision`, `(March 2015) alert`, `May 2018 from the FDA`.
fn ahead(scene: &Scene, after: usize) -> bool {
    for at in after..after + 4 {
        let Some(token) = scene.tokens.get(at) else { return false };
        if token.line {
            return false;
        }
        if token.kind == Kind::Sign {
            if !b"),:".contains(&scene.text.as_bytes()[token.start]) {
                return false;
            }
        } else if matches!(scene.word(at), "and" | "with" | "but" | "then" | "or") {
            // `DOB 22 Aug 1979 and licence …`: something else begins.
            return false;
        } else if PUBLISHED.contains(scene.word(at))
            || AFTER.contains(scene.word(at))
            || at < after + 2 && publisher(scene, at)
        {
            return true;
        } else if at > after || token.kind == Kind::Number {
            return false;
        }
    }
    false
}

/// `MRCP in October`, `tax year to 5 April`: the profession's year, not a patient's.
pub fn professional(scene: &Scene, start: usize, end: usize) -> bool {
    let at = scene.tokens.partition_point(|t| t.end <= start);
    let after = scene.tokens.partition_point(|t| t.start < end);
    let tells = |i: usize| {
        let token = &scene.tokens[i];
        token.word()
            && YEAR.contains(scene.word(i))
            && (token.len() > 3 || token.case == Case::Upper)
            && !(scene.word(i) == "conference" && i > 0 && matches!(scene.word(i - 1), "family" | "case" | "discharge"))
            && !(matches!(scene.word(i), "exam" | "examination" | "exams") && i < at && bodily(scene, i))
    };
    // `a course in Thailand last November`: a year of one's own.
    let reach = if at > 0 && scene.word(at - 1) == "last" { 3 } else { 6 };
    let mut found = (after..after + 3).take_while(|i| scene.tokens.get(*i).is_some_and(|t| !t.opens)).any(tells);
    for n in 1..=10 {
        let Some(i) = at.checked_sub(n) else { break };
        let token = &scene.tokens[i];
        if token.is(RELATIVE | PATIENT) && token.word() || matches!(scene.word(i), "she" | "he" | "her" | "his") {
            return false;
        }
        found |= n <= reach && tells(i);
        if token.line || token.opens || matches!(scene.word(i), "." | "!" | "?" | ";") {
            break;
        }
    }
    found
}

/// `cord exam`, `eye exam`: a patient's, where `board exam`, `my exam` is the profession's.
fn bodily(scene: &Scene, at: usize) -> bool {
    at > 0
        && scene.tokens[at - 1].word()
        && scene.tokens[at - 1].case == Case::Lower
        && !YEAR.contains(scene.word(at - 1))
        && ![
            "the",
            "my",
            "our",
            "your",
            "final",
            "exit",
            "entrance",
            "licensing",
            "written",
            "mock",
            "an",
            "next",
            "for",
            "oral",
            "part",
            "resit",
            "college",
            "this",
            "his",
            "their",
            "and",
            "clinical",
            "practical",
        ]
        .contains(&scene.word(at - 1))
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn publications_and_the_profession_keep_their_dates() {
        let found = |t: &str| check(t).findings.iter().any(|f| f.category == Category::Date);
        for text in [
            "KDIGO (July 2012) still says so.",
            "See the BTS/SIGN document, July 2019.",
            "NG136, Nov 2023, is clear.",
            "The MHRA alert (January 2025) is worth a read.",
            "the June 2019 revision dropped it",
            "Zelnorm was withdrawn (March 2007).",
            "Okafor et al., Feb 2021, found nothing.",
            "The audit is in June and MRCP in October.",
            "pension statement for the tax year to 5 April",
        ] {
            assert!(!found(text), "{text}");
        }
        for text in [
            "MRI (January 2025) showed a new lesion.",
            "Her first fit was in June.",
            "ERCP March 2024, then well.",
            "his school exam is in May",
            "Admitted in July 2019 under renal.",
            "On the waiting list since Nov 2023.",
        ] {
            assert!(found(text), "{text}");
        }
    }
}
