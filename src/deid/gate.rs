//! The gate: the one way to publish.
//!
//! A [`Checked`] is proof that exactly these parts were checked, that nothing in them must be changed, and that the
//! author has answered for everything that may be kept. Only [`pass`] and [`pass_again`] make one; there is no other
//! way, and these do not compile:
//!
//! ```compile_fail
//! use collegium::deid::gate::Checked;
//! let forged = Checked { parts: Vec::new(), ..todo!() };
//! ```
//!
//! ```compile_fail
//! use collegium::deid::gate::Checked;
//! let forged = Checked::default();
//! ```
//!
//! ```compile_fail
//! use collegium::deid::gate::{Checked, Part};
//! let forged: Checked = Vec::<Part>::new().into();
//! ```
//!
//! ```compile_fail
//! use collegium::deid::gate::Checked;
//! let forged: Checked = serde_json::from_str("{}").unwrap();
//! ```
//!
//! Nor can a passed text be changed afterwards:
//!
//! ```compile_fail
//! use collegium::deid::gate::Checked;
//! fn change(checked: &mut Checked) {
//!     checked.parts()[0].text.push_str("Mrs Kowalczyk");
//! }
//! ```
//!
//! The one that compiles, so that the others fail for the right reason:
//!
//! ```
//! use collegium::deid::Around;
//! use collegium::deid::gate::{Checked, Part, pass};
//! let part = |text: &str| vec![Part { name: "body".to_owned(), text: text.to_owned() }];
//! let checked: Checked = pass(part("Would you taper faster?"), &[], &Around::default()).unwrap();
//! assert_eq!(checked.parts()[0].text, "Would you taper faster?");
//! assert!(pass(part("Mrs Kowalczyk would taper faster."), &[], &Around::default()).is_err());
//! ```
//!
//! A text beside the posts (a name, an interest, a note) passes by [`aside`](super::aside).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::risk;
use super::{Around, Band, Category, Finding, RULESET, Risk, Severity, Told, check_with, names_in};

/// A piece of a post: its title, its body, a poll option, a caption, a file name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub name: String,
    pub text: String,
}

/// The author's answer to a finding that may be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The finding's key.
    pub finding: String,
    /// One of the codes of [`KEEP_REASONS`].
    pub reason: String,
}

/// Why words may be kept: code and wording.
pub const KEEP_REASONS: &[(&str, &str)] = &[
    ("public", "It is public knowledge, not about this patient"),
    ("clinical", "It is a clinical term, not a name or place"),
    ("consent", "The person agreed to be named here"),
];

/// A finding in a part, with a key bound to this exact text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartFinding {
    pub key: String,
    pub part: String,
    pub finding: Finding,
    /// The words found.
    pub words: String,
}

/// A kept finding and why; its words are not repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub category: String,
    pub rule: String,
    pub part: String,
    pub start: usize,
    pub end: usize,
    pub reason: String,
}

/// Proof that exactly these parts passed.
#[derive(Clone, Debug)]
pub struct Checked {
    parts: Vec<Part>,
    fingerprint: String,
    answers: Vec<Answered>,
    risk: Risk,
}

impl Checked {
    /// The parts, unchanged.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
    /// SHA-256 over all parts, each preceded by its length.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
    /// The rules that checked it.
    pub fn ruleset(&self) -> &'static str {
        RULESET
    }
    /// What was kept, and why.
    pub fn answers(&self) -> &[Answered] {
        &self.answers
    }
    /// How recognisable the rest is.
    pub fn band(&self) -> Band {
        self.risk.band
    }
    /// The same, with the details that carry it.
    pub fn risk(&self) -> &Risk {
        &self.risk
    }
}

/// What still stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// What must be changed, and what nobody has answered for.
    pub findings: Vec<PartFinding>,
    pub risk: Risk,
}

/// Examines all parts; a name found in one is found in the others too.
pub fn examine(parts: &[Part]) -> (Vec<PartFinding>, Risk) {
    examine_in(parts, &Around::default())
}

/// As [`examine`], with what is known beside these parts. The risk is that of all parts together.
pub fn examine_in(parts: &[Part], around: &Around) -> (Vec<PartFinding>, Risk) {
    let (found, told) = look(parts);
    let risk = risk::judge(&told, around);
    (found, risk)
}

/// What some texts tell of the person they are about, for judging what is added to them.
pub fn told(parts: &[Part]) -> Told {
    look(parts).1
}

fn look(parts: &[Part]) -> (Vec<PartFinding>, Told) {
    let mut names: Vec<String> = Vec::new();
    if parts.len() > 1 {
        for part in parts {
            for name in names_in(&part.text) {
                if !names.contains(&name) && names.len() < 400 {
                    names.push(name);
                }
            }
        }
    }
    let mut found = Vec::new();
    let mut told = Told::default();
    for part in parts {
        let report = check_with(&part.text, &names);
        let whole = hex(&Sha256::digest(part.text.as_bytes()));
        let mut ordinals: HashMap<(&'static str, String), usize> = HashMap::new();
        for finding in report.findings {
            let words = part.text[finding.start..finding.end].to_string();
            let ordinal = ordinals.entry((finding.rule, words.clone())).or_default();
            let key = key(&part.name, finding.rule, &words, *ordinal, &whole);
            *ordinal += 1;
            found.push(PartFinding { key, part: part.name.clone(), finding, words });
        }
        told.absorb(&report.told);
    }
    super::suggest::across(parts, &mut found, None);
    (found, told)
}

/// Passes the parts, or says what stands in the way.
pub fn pass(parts: Vec<Part>, answers: &[Answer], around: &Around) -> Result<Checked, Refusal> {
    sift(parts, around, |item| {
        let answer = answers.iter().find(|answer| answer.finding == item.key)?;
        KEEP_REASONS.iter().find(|(code, _)| *code == answer.reason).map(|(code, _)| (*code).to_owned())
    })
}

/// Passes parts that passed before, under the rules of today. An answer that was kept still counts for the same words
/// and the same rule.
pub fn pass_again(parts: Vec<Part>, kept: &[Answered], around: &Around) -> Result<Checked, Refusal> {
    sift(parts, around, |item| kept.iter().find(|answer| answers(answer, item)).map(|answer| answer.reason.clone()))
}

/// What nobody has answered for, under the rules of today: an answer that was kept still counts for the same words and the
/// same rule, also where that rule has grown stricter since.
pub fn unanswered(parts: &[Part], kept: &[Answered]) -> Vec<PartFinding> {
    look(parts).0.into_iter().filter(|item| !kept.iter().any(|answer| answers(answer, item))).collect()
}

/// Whether a kept answer is about these words and this rule.
fn answers(answer: &Answered, item: &PartFinding) -> bool {
    answer.part == item.part
        && answer.rule == item.finding.rule
        && (answer.start, answer.end) == (item.finding.start, item.finding.end)
}

/// Parts the findings into those that were answered and those that still stand in the way.
fn sift(
    parts: Vec<Part>,
    around: &Around,
    reason: impl Fn(&PartFinding) -> Option<String>,
) -> Result<Checked, Refusal> {
    let (found, told) = look(&parts);
    let risk = risk::judge(&told, around);
    let mut open = Vec::new();
    let mut kept = Vec::new();
    for item in found {
        match reason(&item) {
            Some(reason) if item.finding.severity == Severity::Confirm => kept.push(Answered {
                category: Category::code(item.finding.category).to_string(),
                rule: item.finding.rule.to_string(),
                part: item.part,
                start: item.finding.start,
                end: item.finding.end,
                reason,
            }),
            _ => open.push(item),
        }
    }
    if !open.is_empty() {
        return Err(Refusal { findings: open, risk });
    }
    let fingerprint = fingerprint(&parts);
    Ok(Checked { parts, fingerprint, answers: kept, risk })
}

fn fingerprint(parts: &[Part]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        for piece in [&part.name, &part.text] {
            digest.update((piece.len() as u64).to_be_bytes());
            digest.update(piece.as_bytes());
        }
    }
    hex(&digest.finalize())
}

fn key(part: &str, rule: &str, words: &str, ordinal: usize, whole: &str) -> String {
    let mut digest = Sha256::new();
    for piece in [RULESET, part, rule, words, &ordinal.to_string(), whole] {
        digest.update((piece.len() as u64).to_be_bytes());
        digest.update(piece.as_bytes());
    }
    let mut key = hex(&digest.finalize());
    key.truncate(16);
    key
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, text: &str) -> Part {
        Part { name: name.into(), text: text.into() }
    }

    #[test]
    fn a_clean_post_passes_and_is_bound_to_its_text() {
        let passed = pass(
            vec![part("title", "Steroids in GCA"), part("body", "Would you taper faster?")],
            &[],
            &Around::default(),
        )
        .expect("clean");
        assert_eq!(passed.fingerprint().len(), 64);
        assert_eq!(passed.parts().len(), 2);
        let shifted = pass(
            vec![part("title", "Steroids in GCA W"), part("body", "ould you taper faster?")],
            &[],
            &Around::default(),
        )
        .expect("clean");
        assert_ne!(passed.fingerprint(), shifted.fingerprint());
    }

    #[test]
    fn a_block_is_never_answered_away() {
        let parts = vec![part("body", "Mrs Kowalczyk, 72, fell.")];
        let refusal = pass(parts.clone(), &[], &Around::default()).expect_err("a name");
        let answers: Vec<Answer> =
            refusal.findings.iter().map(|f| Answer { finding: f.key.clone(), reason: "consent".into() }).collect();
        assert!(pass(parts, &answers, &Around::default()).is_err());
    }

    #[test]
    fn a_confirm_is_answered_for_this_text_only() {
        let body = "Discussed with Dr Hetal yesterday about steroids.";
        let refusal = pass(vec![part("body", body)], &[], &Around::default()).expect_err("a colleague");
        assert!(refusal.findings.iter().all(|f| f.finding.severity == Severity::Confirm));
        let answers: Vec<Answer> =
            refusal.findings.iter().map(|f| Answer { finding: f.key.clone(), reason: "consent".into() }).collect();
        let passed = pass(vec![part("body", body)], &answers, &Around::default()).expect("answered");
        assert_eq!(passed.answers().len(), 1);
        assert!(pass(vec![part("body", &format!("{body} "))], &answers, &Around::default()).is_err());
        let unknown: Vec<Answer> = answers.iter().map(|a| Answer { reason: "because".into(), ..a.clone() }).collect();
        assert!(pass(vec![part("body", body)], &unknown, &Around::default()).is_err());
    }

    #[test]
    fn a_name_in_one_part_is_found_in_the_others() {
        let (found, _) =
            examine(&[part("title", "Is Gulalai safe to fly?"), part("body", "Her name is Gulalai and she is well.")]);
        assert!(found.iter().any(|f| f.part == "title"), "{found:?}");
    }

    #[test]
    fn details_in_several_parts_add_up() {
        let title = part("title", "A 45-year-old farmer with fever");
        let body = part("body", "Admitted yesterday. She lives in a small island and was in the news.");
        let band = |parts: &[Part]| examine(parts).1.band;
        assert_eq!(band(std::slice::from_ref(&title)), Band::Green);
        assert_eq!(band(std::slice::from_ref(&body)), Band::Red);
        let body = part("body", "She lives in a village.");
        assert_eq!(band(std::slice::from_ref(&body)), Band::Green);
        let (_, risk) = examine(&[title, body]);
        assert_eq!((risk.band, risk.change.as_deref()), (Band::Amber, Some("Give the age as “in their 40s”.")));
    }

    #[test]
    fn a_kept_answer_counts_again_for_the_same_words_only() {
        let body = "Discussed with Dr Hetal yesterday about steroids.";
        let around = Around::default();
        let refusal = pass(vec![part("body", body)], &[], &around).expect_err("a colleague");
        let answers: Vec<Answer> =
            refusal.findings.iter().map(|f| Answer { finding: f.key.clone(), reason: "consent".into() }).collect();
        let kept = pass(vec![part("body", body)], &answers, &around).expect("answered").answers().to_vec();
        let again = pass_again(vec![part("body", body)], &kept, &around).expect("kept");
        assert_eq!(again.answers(), kept);
        assert!(pass_again(vec![part("body", &format!("Indeed {body}"))], &kept, &around).is_err());
        let other: Vec<Answered> = kept.iter().map(|a| Answered { rule: "another".into(), ..a.clone() }).collect();
        assert!(pass_again(vec![part("body", body)], &other, &around).is_err());
    }
}
