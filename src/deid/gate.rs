//! The gate: the one way to publish.
//!
//! A [`Checked`] is proof that exactly these parts were checked, that nothing in them must be changed, and that the
//! author has answered for everything that may be kept. Only [`pass`] makes one.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Band, Category, Finding, RULESET, Risk, Severity, check_with, names_in};

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
    band: Band,
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
        self.band
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
    let mut worst = Risk { band: Band::Green, details: Vec::new() };
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
        if level(report.risk.band) > level(worst.band) {
            worst = report.risk;
        }
    }
    super::suggest::across(parts, &mut found, None);
    (found, worst)
}

/// Passes the parts, or says what stands in the way.
pub fn pass(parts: Vec<Part>, answers: &[Answer]) -> Result<Checked, Refusal> {
    let (found, risk) = examine(&parts);
    let mut open = Vec::new();
    let mut kept = Vec::new();
    for item in found {
        let answer =
            answers.iter().find(|a| a.finding == item.key && KEEP_REASONS.iter().any(|(code, _)| *code == a.reason));
        match answer {
            Some(answer) if item.finding.severity == Severity::Confirm => kept.push(Answered {
                category: Category::code(item.finding.category).to_string(),
                rule: item.finding.rule.to_string(),
                part: item.part,
                start: item.finding.start,
                end: item.finding.end,
                reason: answer.reason.clone(),
            }),
            _ => open.push(item),
        }
    }
    if !open.is_empty() {
        return Err(Refusal { findings: open, risk });
    }
    let fingerprint = fingerprint(&parts);
    Ok(Checked { parts, fingerprint, answers: kept, band: risk.band })
}

fn level(band: Band) -> u8 {
    match band {
        Band::Green => 0,
        Band::Amber => 1,
        Band::Red => 2,
    }
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
        let passed =
            pass(vec![part("title", "Steroids in GCA"), part("body", "Would you taper faster?")], &[]).expect("clean");
        assert_eq!(passed.fingerprint().len(), 64);
        assert_eq!(passed.parts().len(), 2);
        let shifted =
            pass(vec![part("title", "Steroids in GCA W"), part("body", "ould you taper faster?")], &[]).expect("clean");
        assert_ne!(passed.fingerprint(), shifted.fingerprint());
    }

    #[test]
    fn a_block_is_never_answered_away() {
        let parts = vec![part("body", "Mrs Kowalczyk, 72, fell.")];
        let refusal = pass(parts.clone(), &[]).expect_err("a name");
        let answers: Vec<Answer> =
            refusal.findings.iter().map(|f| Answer { finding: f.key.clone(), reason: "consent".into() }).collect();
        assert!(pass(parts, &answers).is_err());
    }

    #[test]
    fn a_confirm_is_answered_for_this_text_only() {
        let body = "Discussed with Dr Hetal yesterday about steroids.";
        let refusal = pass(vec![part("body", body)], &[]).expect_err("a colleague");
        assert!(refusal.findings.iter().all(|f| f.finding.severity == Severity::Confirm));
        let answers: Vec<Answer> =
            refusal.findings.iter().map(|f| Answer { finding: f.key.clone(), reason: "consent".into() }).collect();
        let passed = pass(vec![part("body", body)], &answers).expect("answered");
        assert_eq!(passed.answers().len(), 1);
        assert!(pass(vec![part("body", &format!("{body} "))], &answers).is_err());
        let unknown: Vec<Answer> = answers.iter().map(|a| Answer { reason: "because".into(), ..a.clone() }).collect();
        assert!(pass(vec![part("body", body)], &unknown).is_err());
    }

    #[test]
    fn a_name_in_one_part_is_found_in_the_others() {
        let (found, _) =
            examine(&[part("title", "Is Gulalai safe to fly?"), part("body", "Her name is Gulalai and she is well.")]);
        assert!(found.iter().any(|f| f.part == "title"), "{found:?}");
    }
}
