//! What the details that no rule forbids add up to: how many people could this be?
//!
//! Roughly: bits needed to pick one person out of the population and the years the post leaves open, less the bits the
//! details give. The answer is a band, never a number.

use super::{Band, Category, Finding, Risk, Scene};

/// Judges a text.
pub fn judge(scene: &Scene, findings: &[Finding]) -> Risk {
    let lower = scene.text.to_ascii_lowercase();
    let mut told: Vec<(f64, &'static str)> = Vec::new();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    let count = |category: Category| findings.iter().filter(|f| f.category == category).count();
    let case = has(&["year-old", " yo ", "yr old", "patient", " presented", "admitted", "referred"]) || age(&lower);
    // A country's people over ten years: about 28 bits.
    let mut left: f64 = if case { 28.0 } else { 40.0 };
    if count(Category::Location) + count(Category::Address) + count(Category::Postcode) > 0 {
        told.push((11.0, "the place"));
    }
    if count(Category::Facility) > 0 {
        told.push((8.0, "the institution"));
    }
    if count(Category::Date) > 0 {
        told.push((10.0, "the date"));
    } else if has(&["yesterday", "last night", "this morning", "today", "last tuesday", "last week"]) {
        told.push((7.0, "how recent it is"));
    }
    if count(Category::Age) > 0 {
        told.push((9.0, "the great age"));
    } else if age(&lower) {
        told.push((6.3, "the exact age"));
    }
    if count(Category::Quasi) > 0 {
        told.push((20.0, "the description of one person"));
    }
    if has(&[
        "shark",
        "lightning",
        "explosion",
        "zoo",
        "plane crash",
        "avalanche",
        "crocodile",
        "stabbing",
        "shooting",
        "helicopter crash",
        "terror",
    ]) {
        told.push((13.0, "the unusual event"));
    }
    if has(&[
        "in the news",
        "went viral",
        "front page",
        "on the telly",
        "on tv",
        "newspaper",
        "local paper",
        "followers",
        "journalist",
    ]) {
        told.push((12.0, "the publicity"));
    }
    if has(&[
        "mayor",
        "bishop",
        "footballer",
        "councillor",
        "celebrity",
        "member of parliament",
        "well-known",
        "famous",
    ]) {
        told.push((12.0, "the public role"));
    }
    if has(&["only case", "first case", "first in the", "fewer than", "ultra-rare", "case reports of", "world's"]) {
        told.push((10.0, "how rare it is"));
    }
    if has(&["triplet", "quadruplet", "identical twin", "conjoined"]) {
        told.push((6.0, "the multiple birth"));
    }
    if has(&[
        "works as",
        "works at",
        "works for",
        "retired ",
        "farmer",
        "teacher",
        "driver",
        "engineer",
        "abattoir",
        "miner",
        "pilot",
        "musician",
    ]) {
        told.push((5.0, "the occupation"));
    }
    if has(&["village", "island", "small town", "remote community", "town of "]) {
        told.push((8.0, "the small community"));
    }
    let quotes = scene.text.matches('"').count() / 2;
    if quotes > 0 {
        told.push((3.0, "the patient's own words"));
    }
    let direct = findings.iter().filter(|f| f.severity == super::Severity::Block).count();
    if count(Category::Name)
        + count(Category::NationalId)
        + count(Category::Mrn)
        + count(Category::Phone)
        + count(Category::Handle)
        + count(Category::Url)
        > 0
    {
        told.push((24.0, "the name or number"));
    }
    told.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (bits, _) in &told {
        left -= bits;
    }
    let band = if left < 4.5 {
        Band::Red
    } else if left < 10.0 || direct > 0 {
        Band::Amber
    } else {
        Band::Green
    };
    let details = if band == Band::Green {
        Vec::new()
    } else {
        told.iter().take(3).map(|(_, what)| (*what).to_string()).collect()
    };
    Risk { band, details }
}

/// Whether an exact age is told.
fn age(lower: &str) -> bool {
    let bytes = lower.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let fresh = start == 0 || !bytes[start - 1].is_ascii_alphanumeric() && bytes[start - 1] != b'.';
        if fresh && at - start <= 2 {
            let tail = &lower[at..(at + 9).min(lower.len())];
            let sex = (tail.starts_with('f') || tail.starts_with('m'))
                && !tail[1..].starts_with(|c: char| c.is_ascii_alphanumeric());
            if sex
                || tail.starts_with("-year-ol")
                || tail.starts_with(" year ol")
                || tail.starts_with("yo")
                || tail.starts_with(" yo")
                || tail.starts_with(" yr")
                || tail.starts_with("/m")
                || tail.starts_with("/f")
            {
                return true;
            }
        }
    }
    false
}
