//! Numbers that give themselves away without a label, by grouping, structure or check digit.

use std::sync::LazyLock;

use super::contact::{after_word, ascii, before_word};
use super::forms::{ALL, Forms, unless_alone};
use super::references::near_reference;
use super::token::Token;
use super::{Category, Hit, Scene, Severity, checks};

type Rule = (&'static str, Category, Severity, &'static str, fn(&str) -> bool);

const ANY: fn(&str) -> bool = |_| true;
const RULES: [Rule; 35] = [
    (r"\b\d{3}[ -]\d{3}[ -]\d{4}\b", Category::NationalId, Severity::Block, "nhs-number", checks::nhs),
    (r"\b\d{3}-\d{2}-\d{4}\b", Category::NationalId, Severity::Block, "ssn", ANY),
    (r"\b\d{3} \d{2} \d{4}\b", Category::NationalId, Severity::Block, "ssn-spaced", checks::ssn),
    (r"\b[2-9]\d{3}[ -]\d{4}[ -]\d{4}\b", Category::NationalId, Severity::Block, "aadhaar", ANY),
    (r"\b[2-9]\d{11}\b", Category::NationalId, Severity::Block, "aadhaar-plain", checks::verhoeff),
    (r"\b9\d{3} ?\d{3} ?\d{3}\b", Category::NationalId, Severity::Block, "phn", checks::phn_bc),
    (r"\b[1-7]\d{4}-\d{7}-\d\b", Category::NationalId, Severity::Block, "cnic", ANY),
    (r"\b\d{2}-\d{4}-\d{4}-\d{4}\b", Category::NationalId, Severity::Block, "abha", ANY),
    (r"\b[0-3]\d-\d{9}-\d\b", Category::NationalId, Severity::Block, "philhealth", ANY),
    (r"\b\d{6}-\d{2}-\d{4}\b", Category::NationalId, Severity::Block, "mykad", checks::mykad),
    (r"\b[A-Z]{1,2}\d{6}\([0-9A]\)", Category::NationalId, Severity::Block, "hkid", checks::hkid),
    (r"\b(?:GHA|NGA)-\d{9}-\d\b", Category::NationalId, Severity::Block, "ghana-card", ANY),
    (r"\b\d{3}-\d{3}-\d{3}-\d{3}\b", Category::NationalId, Severity::Block, "philippine-tin", ANY),
    (r"\b784-?\d{4}-?\d{7}-?\d\b", Category::NationalId, Severity::Block, "emirates-id", ANY),
    (
        r"\b[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y]{2}\d\d\b",
        Category::NationalId,
        Severity::Block,
        "mbi",
        ANY,
    ),
    (r"\b8003[ -]?6[0-2]\d{2}[ -]?\d{4}[ -]?\d{4}\b", Category::NationalId, Severity::Block, "ihi", ANY),
    (r"(?i)\b[a-hj-np-z]{3}\d{2}(?:\d{2}|[a-hj-np-z]{2})\b", Category::NationalId, Severity::Block, "nhi", checks::nhi),
    (r"(?i)\b\d{7}[a-w][a-iw]?\b", Category::NationalId, Severity::Block, "ppsn", checks::ppsn),
    (r"\b\d{6} ?\d{4} ?\d{3}\b", Category::NationalId, Severity::Block, "south-african-id", checks::id_za),
    (r"(?i)\b[stfgm]\d{7}[a-z]\b", Category::NationalId, Severity::Block, "nric", checks::nric),
    (
        r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b",
        Category::NationalId,
        Severity::Block,
        "nino",
        ANY,
    ),
    (r"\b[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]\b", Category::NationalId, Severity::Block, "pan", ANY),
    (
        r"\b[2-6]\d{3}[ -]\d{5}[ -]\d(?:[ /-]\d)?\b",
        Category::NationalId,
        Severity::Block,
        "medicare-au",
        checks::medicare_au,
    ),
    (r"\b[A-Z]{4} ?\d{4} ?\d{4}\b", Category::NationalId, Severity::Block, "ramq", ANY),
    (r"\b\d{4}[ -]\d{3}[ -]\d{3}(?: ?-? ?[A-Z]{2}\b)?", Category::NationalId, Severity::Block, "health-card", ANY),
    (
        r"\b[A-Z]{2}\d{2} ?[A-Z0-9]{4} ?\d{4}(?: ?[A-Z0-9]{2,4}){1,5}\b",
        Category::Account,
        Severity::Block,
        "iban",
        checks::iban,
    ),
    (r"\b\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{3,4}\b", Category::Account, Severity::Block, "card-number", ANY),
    (r"\b[A-HJ-NPR-Z0-9]{17}\b", Category::Vehicle, Severity::Block, "vin", letters_and_digits),
    (r"\(01\) ?\d{14}(?: ?\(\d{2}\) ?[A-Za-z0-9/-]+)*", Category::Device, Severity::Block, "udi", ANY),
    (r"\b[A-Z]{2}\d{2} [A-Z]{3}\b", Category::Vehicle, Severity::Block, "plate-british", ANY),
    (r"\b[A-Z]{2}[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{4}\b", Category::Vehicle, Severity::Block, "plate-indian", ANY),
    (r"\b[A-Z9]{5}\d{6}[A-Z9]{2}\d[A-Z]{2}\b", Category::Licence, Severity::Block, "driving-licence", ANY),
    (
        r"\b(?:MED|NMW|PHA|PHY|PSY|DEN|OPT)\d{10}\b|\bMP ?\d{6,7}\b",
        Category::Licence,
        Severity::Block,
        "professional-number",
        ANY,
    ),
    (r"\b[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}\b", Category::Licence, Severity::Block, "dea", checks::dea),
    (
        r"\b(?:[A-Za-z]{1,4}[-/]?)?\d{7,16}[A-Za-z]?\b|\b[A-Z]{1,5}[-/]\d{2,6}[-/]\d{2,8}\b|\b[A-Z]{2,5}[-/]\d{5,9}\b|\b\d{2,6}[-/]\d{5,12}\b",
        Category::Mrn,
        Severity::Confirm,
        "long-number",
        five_digits,
    ),
];

static FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::new(&RULES.map(|r| ascii(r.0)), None));

fn letters_and_digits(s: &str) -> bool {
    let digits = s.bytes().filter(u8::is_ascii_digit).count();
    (5..=15).contains(&digits)
}

fn five_digits(s: &str) -> bool {
    s.bytes().filter(u8::is_ascii_digit).count() >= 5
}

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let text = scene.text;
    let any = |at| if digit_follows(scene, &scene.tokens[at]) { ALL } else { 0 };
    for found in FORMS.find_part(scene, ALL, any, |at, may| unless_alone(scene, at, may)) {
        let (_, category, severity, rule, check) = RULES[found.form];
        let (start, end) = (found.start, found.end);
        let piece = &text[start..end];
        if check(piece) && !near_reference(text, start) && !shielded(text, rule, piece, start, end) {
            hits.push(Hit { start, end, category, severity, rule });
        }
    }
}

/// `HP/24/06713`, `TREM 2461 0914`: a short word with one sign between it and a digit.
fn digit_follows(scene: &Scene, token: &Token) -> bool {
    let after = &scene.text.as_bytes()[token.end..];
    token.word() && token.len() <= 5 && matches!(after, [b' ' | b'-' | b'/', b'0'..=b'9', ..])
}

/// Codes of medicine and of publishing that look like somebody's number.
fn shielded(text: &str, rule: &str, piece: &str, start: usize, end: usize) -> bool {
    let before = text.as_bytes()[..start].last().copied().unwrap_or(b' ');
    let after = text.as_bytes().get(end).copied().unwrap_or(b' ');
    if matches!(before, b'.' | b'/' | b'_' | b'=' | b'$' | b'%') || after == b'%' || after == b'_' {
        return true;
    }
    let unit = after_word(text, end);
    let quantity = matches!(
        unit,
        "copies"
            | "IU"
            | "iu"
            | "units"
            | "U"
            | "cells"
            | "mg"
            | "ml"
            | "mL"
            | "people"
            | "patients"
            | "participants"
            | "cases"
            | "rupees"
            | "naira"
            | "rand"
            | "dollars"
            | "pounds"
            | "CFU"
            | "million"
            | "women"
            | "men"
            | "children"
    );
    let lower = piece.to_ascii_lowercase();
    match rule {
        "plate-british" => {
            // `HR98 RBB`, `BP92 MAP`: vital signs run together with the next heading.
            [
                "hr", "bp", "rr", "hb", "na", "cr", "gc", "ef", "ph", "o2", "sp", "dm", "t2", "wc", "cd", "ca", "mg",
                "lv", "ga", "ct", "ng",
            ]
            .iter()
            .any(|p| lower.starts_with(p))
        }
        "ramq" => {
            !matches!(lower.as_bytes().get(4), Some(b' ' | b'0'..=b'9'))
                || matches!(&lower[..4], "pmid" | "mesh" | "omim")
        }
        "aadhaar" | "card-number" => quantity,
        "long-number" => {
            quantity
                || [
                    "rs", "nct", "nm", "np", "nc", "ensg", "enst", "pmc", "pmid", "isrctn", "actrn", "ta", "ng", "cg",
                    "doi", "lmn", "chebi", "hp", "go", "umls", "mondo", "orpha", "cas", "euctr", "irct", "chictr",
                    "pactr", "jrct", "ctri", "sct", "c", "p", "del", "chr",
                ]
                .iter()
                .any(|p| {
                    lower.strip_prefix(p).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()) && p.len() > 1)
                })
                || matches!(before_word(text, start), "c" | "p" | "chr" | "ATC" | "CPT" | "HCPCS" | "grant" | "exon")
                || date_like(piece)
        }
        _ => false,
    }
}

fn date_like(piece: &str) -> bool {
    let parts: Vec<&str> = piece.split(['/', '-']).collect();
    parts.len() == 2 && parts[0].len() == 4 && parts[1].len() == 4
}
