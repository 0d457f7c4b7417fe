//! What to say about a hit, and what to put in its place: a generalisation that keeps the meaning and invents nothing.

use super::fold::Folded;
use super::lexicon::{self, DOCTOR, RELATIVE, STAFF, TITLE};
use super::{Category, Finding, Hit, Scene};

/// A finding for a hit.
pub fn finding(text: &str, folded: &Folded, scene: &Scene, hit: &Hit) -> Finding {
    debug_assert!(super::rules::known(hit.rule), "{} is not explained", hit.rule);
    let mut hit = *hit;
    let before = super::contact::before_word(scene.text, hit.start).to_ascii_lowercase();
    let suggestion = match hit.category {
        Category::Name => {
            if let Some(start) = title_before(scene.text, hit.start, TITLE) {
                hit.start = start;
                "the patient"
            } else if lexicon::word(&before) & RELATIVE != 0 && scene.text[..hit.start].ends_with(' ') {
                ""
            } else {
                "the patient"
            }
        }
        Category::Clinician => {
            if let Some(start) = title_before(scene.text, hit.start, DOCTOR) {
                hit.start = start;
                "a colleague"
            } else if lexicon::word(&before) & STAFF != 0 && scene.text[..hit.start].ends_with(' ') {
                ""
            } else {
                "a colleague"
            }
        }
        Category::Codename => "the patient",
        Category::Date => return date(text, folded, scene, hit),
        Category::Age => "90+",
        Category::Address => "a private address",
        Category::Location => {
            if matches!(
                before.as_str(),
                "in" | "from" | "at" | "near" | "to" | "of" | "outside" | "past" | "around" | "via" | "off"
            ) {
                "a town in the area"
            } else {
                "the local area"
            }
        }
        Category::Facility => facility(&scene.text[hit.start..hit.end]),
        Category::Room => room(&scene.text[hit.start..hit.end]),
        Category::Url => "[link removed]",
        Category::Quasi => "someone known locally",
        Category::Handle => "[account removed]",
        Category::Phone | Category::Email | Category::Ip => "[contact removed]",
        Category::Postcode
        | Category::Mrn
        | Category::NationalId
        | Category::Account
        | Category::Licence
        | Category::Vehicle
        | Category::Device => "[number removed]",
    };
    build(text, folded, &hit, suggestion.to_string())
}

fn build(text: &str, folded: &Folded, hit: &Hit, suggestion: String) -> Finding {
    let (mut start, mut end) = folded.original(hit.start, hit.end);
    end = end.min(text.len());
    start = start.min(end);
    // Emphasis opened inside the words and closed right after belongs to them.
    if text[start..end].matches("**").count() % 2 == 1 && text[end..].starts_with("**") {
        end += 2;
    }
    if suggestion.is_empty()
        && text[..start].ends_with(' ')
        && (end == text.len() || !text[end..].starts_with(|c: char| c.is_alphanumeric()))
    {
        start -= 1;
    }
    Finding {
        start,
        end,
        category: hit.category,
        severity: hit.severity,
        rule: hit.rule,
        reason: reason(hit),
        suggestion: Some(suggestion),
    }
}

fn reason(hit: &Hit) -> String {
    let words = match (hit.category, hit.rule) {
        (Category::Name, "relative" | "relative-lower") => "The name of somebody close to the patient.",
        (Category::Name, "other-script") => "Words in another script, which may be a name.",
        (Category::Name, "name-again") => "A name that stands elsewhere in this post.",
        (Category::Name, _) if hit.severity == super::Severity::Confirm => "This reads like a person's name.",
        (Category::Name, _) => "A patient's name.",
        (Category::Clinician, _) => "A colleague's name, which can lead to the patient.",
        (Category::Date, "holiday") => "A holiday gives the day away.",
        (Category::Date, "month" | "month-year") => "A month is finer than needed; the year is enough.",
        (Category::Date, _) => "A date tied to the case.",
        (Category::Age, _) => "Few people reach 90, so the exact age identifies.",
        (Category::Address, _) => "A street address.",
        (Category::Location, _) => "A place small enough to narrow down who this is.",
        (Category::Postcode, _) => "A postcode.",
        (Category::Facility, _) => "A named institution shows where the patient is known.",
        (Category::Room, _) => "A room or bed number points at one patient.",
        (Category::Phone, _) => "A telephone number.",
        (Category::Email, _) => "An e-mail address.",
        (Category::Url, _) => "A personal or institutional web page.",
        (Category::Handle, _) => "An account name leads to a person.",
        (Category::Mrn, "long-number") => "A long number that may be a record number.",
        (Category::Mrn, _) => "A hospital or laboratory number.",
        (Category::NationalId, _) => "A national or health service number.",
        (Category::Account, _) => "A claim, policy or account number.",
        (Category::Licence, _) => "A licence or registration number.",
        (Category::Vehicle, _) => "A vehicle's plate or number.",
        (Category::Device, _) => "A device's serial number.",
        (Category::Ip, _) => "A network address.",
        (Category::Codename, _) => "A name by which staff call a patient.",
        (Category::Quasi, _) => "This description fits one person.",
    };
    words.to_string()
}

/// Where the title before a name begins, if there is one.
fn title_before(text: &str, start: usize, titles: u32) -> Option<usize> {
    let head = text[..start].trim_end_matches([' ', '.']);
    if start - head.len() > 3 || head.len() == start {
        return None;
    }
    let from = head.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |i| i + 1);
    (lexicon::word(&head[from..].to_ascii_lowercase()) & titles != 0).then_some(from)
}

fn date(text: &str, folded: &Folded, scene: &Scene, mut hit: Hit) -> Finding {
    let piece = &scene.text[hit.start..hit.end];
    let year = piece
        .split(|c: char| !c.is_ascii_digit())
        .find(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")))
        .map(str::to_string);
    let before = &scene.text[..hit.start];
    let word = super::contact::before_word(scene.text, hit.start).to_ascii_lowercase();
    if matches!(word.as_str(), "on" | "in") && before.ends_with(' ') {
        hit.start -= word.len() + 1;
    }
    let lead = word == "on" || word == "in";
    let suggestion = match year {
        Some(year) if lead => format!("in {year}"),
        Some(year) => year,
        None if matches!(
            word.as_str(),
            "since" | "by" | "until" | "till" | "from" | "before" | "after" | "post" | "for"
        ) =>
        {
            "that time".into()
        }
        None => "recently".into(),
    };
    build(text, folded, &hit, suggestion)
}

fn facility(piece: &str) -> &'static str {
    let lower = piece.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    if has(&["ward", "unit"]) {
        "the ward"
    } else if has(&["school", "primary", "college", "academy", "university", "nursery", "creche"]) {
        "a school"
    } else if has(&["pharmacy", "chemist"]) {
        "a pharmacy"
    } else if has(&["optic", "optom"]) {
        "an optician"
    } else if has(&["surgery", "practice", "clinic"]) {
        "a clinic"
    } else if has(&["nursing home", "care home", "grange", "lodge", "assisted living", "manor", "rest home", "hospice"])
    {
        "a care home"
    } else if has(&[
        "hospital",
        "infirmary",
        "medical",
        "centre",
        "center",
        "general",
        "memorial",
        "provincial",
        "mercy",
        "health",
    ]) {
        "a hospital"
    } else if has(&["imaging", "radiology", "lab", "diagnostic"]) {
        "a laboratory"
    } else {
        "an institution"
    }
}

fn room(piece: &str) -> &'static str {
    let lower = piece.to_ascii_lowercase();
    let has = |w: &str| lower.contains(w);
    if has("theatre") || has("theater") || lower.starts_with("ot") || lower.starts_with("or ") {
        "theatre"
    } else if has("cubicle") {
        "a cubicle"
    } else if has("side") {
        "a side room"
    } else if has("ward") {
        "the ward"
    } else if has("bay") {
        "a bay"
    } else if has("bed") {
        "a bed"
    } else {
        "a room"
    }
}

/// Findings that touch after their titles were drawn in are cut back.
pub fn tidy(text: &str, mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain(|f| f.start < f.end && text.is_char_boundary(f.start) && text.is_char_boundary(f.end));
    let mut end = 0;
    for finding in &mut findings {
        if finding.start < end {
            finding.start = end.min(finding.end);
        }
        end = finding.end.max(end);
    }
    findings.retain(|f| f.start < f.end);
    findings
}
