//! Codes with no label of their own, told by the words near them: a plate by the car, a serial number by the pump,
//! a reference by "letter no".

use std::sync::LazyLock;

use super::contact::{after_word, ascii, before_word};
use super::forms::{ALL, Forms};
use super::lexicon::{self, BRAND, COMMON, EPONYM, LABEL_BIT, VOCAB};
use super::references::near_reference;
use super::things::{DEVICE, VEHICLE, thing};
use super::token::{Case, Kind};
use super::{Category, Hit, Scene, Severity};

/// A code: capitals and digits, with single signs between.
const CODE: &str = r"(?-i:(?:[A-Z]{1,5}[ /.-])?(?:[A-Z]{0,4}[0-9][A-Z0-9]*)(?:[ /.-]?(?:[A-Z]{0,3}[0-9]+[A-Z]?|[A-Z]))*|(?:[A-Z]{2,5}[/-]){1,4}[0-9][A-Z0-9]*(?:[/-][A-Z0-9]+)*)";

const RULES: [(&str, Category, &str); 9] = [
    // `letter no. ABC/12/3456-D`, `incident number LOG 0331-11804`
    (
        r"(?i)\b([a-z]{3,14})(?:'s)? (?:nos?|num|number|nr|#)\b\.?(?: on (?:the|my|his|her|their) [a-z]+)?(?:[ ]?[:#=]| is| was| reads| says| got typed as)? ?(CODE)",
        Category::Account,
        "reference",
    ),
    // `Roe v. Acme 23-0118`
    (
        r"\b([A-Z][A-Za-z.]{1,15} vs?\.? [A-Z][A-Za-z.]{1,15},? (?:[Nn]o\.? )?[0-9]{2,4}[-/](?:[A-Z]{2,3}[-/])?[0-9]{3,6}|[0-9]:[0-9]{2}-[a-z]{2}-[0-9]{4,6})\b",
        Category::Account,
        "reference",
    ),
    // `ABC/CT/24/0917`
    (r"\b([A-Z]{2,6}(?:[-/][A-Z0-9]{1,8}){2,5})\b", Category::Mrn, "long-number"),
    // `23T220417K`, and a laboratory's `K,22.0417733.L`
    (r"\b([0-9]{2}[A-Z]{1,3}[0-9]{5,8}[A-Z]?)\b", Category::Mrn, "long-number"),
    (r"\b([A-Z]{1,2},[0-9]{2}\.[0-9]{5,8}\.[A-Z])\b", Category::Mrn, "record-number"),
    // beside a device
    (
        r"\b([A-Z]{1,4}[- ]?[0-9]{5,}[A-Z0-9-]*|[A-Z]{1,3} [0-9]{3,6}(?: [0-9]{2,6}){1,3}|[A-Z]{2,3}-[A-Z]{2}-[0-9]{5,}(?:-[A-Z])?|[A-Z]{2,4}[0-9]{4,}[A-Z]{1,2})\b",
        Category::Device,
        "device-number",
    ),
    // `serial of her old pump XK 229104`
    (
        r"(?i)\bserial(?: no\.?| number)?(?: (?:of|for|on|is|was|the|her|his|their|old|new|first|second|left|right|[a-z]{3,12})){1,5}[ :]+((?-i:[A-Z]{1,4}[- ]?[0-9]{4,}[A-Z0-9-]*|[0-9]{6,}))",
        Category::Device,
        "device-number",
    ),
    // beside a vehicle
    (
        r"\b([A-Z]{3}[ -][0-9]{3,4}[A-Z]?|[A-Z]{3}[ -]?[0-9]{2,3} ?[A-Z]{1,3}|[A-Z]{1,3}[ -][0-9]{2,3}[ -][A-Z]{2,3}|[0-9]{2,3}-[A-Z]{1,2}-[0-9]{2,6}|[0-9][A-Z]{3}[0-9]{3}|[0-9]{3} ?[A-Z]{3}|[A-Z][0-9]{1,3} ?[A-Z]{3}|[0-9][A-Z]{2} ?[0-9][A-Z]{2}|(?:Dubai|Abu Dhabi|Sharjah|Ajman|Fujairah|RAK|UAQ|AUH) (?:[A-Z]{1,2} |[0-9]{1,2} )?[0-9]{3,5}|(?:ZK|VH|ZS|5Y|5N|VT|AP|RP|9V|A6|EI|G|N|C)-[A-Z]{3,4})\b",
        Category::Vehicle,
        "vehicle",
    ),
    // `ZKR 4410` where the label stands some words before
    (r"\b([A-HJ-NP-Z]{3} [0-9]{4})\b", Category::NationalId, "nhi"),
];

/// The rule for `Roe v. Acme`, as a bit.
const VERSUS: u64 = 1 << 1;

static FORMS: LazyLock<Forms> =
    LazyLock::new(|| Forms::new(&RULES.map(|rule| ascii(&rule.0.replace("CODE", CODE))), None));

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let text = scene.text;
    for found in FORMS.find_part(scene, worth(scene), |word| hints(scene, word), |at, may| tied(scene, at, may)) {
        let index = found.form;
        let (_, category, rule) = RULES[index];
        let Some(code) = found.last_part() else { continue };
        let (start, end) = (code.start, code.end);
        let piece = &text[start..end];
        if near_reference(text, start)
            || text[end..].starts_with(['%', '_'])
            || text[..start].ends_with(['.', '/', '_'])
        {
            continue;
        }
        let noun = found.part(1).map_or("", |part| &scene.lower[part]);
        let digits = piece.bytes().filter(u8::is_ascii_digit).count();
        let (category, severity) = match index {
            0 => match numbered(noun, piece, digits, after_word(text, end)) {
                Some(found) => found,
                None => continue,
            },
            2 if digits < 5 || !piece.contains('/') || public(piece) => continue,
            5 if digits < 5 || !near(scene, start, DEVICE, 48) => continue,
            6 => (category, Severity::Block),
            7 if !near(scene, start, VEHICLE, 64)
                || clinical(piece)
                    && (text[..start].ends_with(", ") || thing(before_word(scene.lower, start)) & VEHICLE == 0)
                || !air(text, start, piece, digits) =>
            {
                continue;
            }
            4 => (category, Severity::Block),
            8 if !sentence(line(scene, start, 64)).split(' ').any(|word| word == "nhi") => continue,
            8 => (category, Severity::Block),
            _ => (category, Severity::Confirm),
        };
        hits.push(Hit { start, end, category, severity, rule });
    }
}

/// The rules worth trying, as bits: what must stand near a device's number is in no text without a device.
fn worth(scene: &Scene) -> u64 {
    let nhi = scene.begins & LABEL_BIT != 0 && scene.tokens.iter().any(|token| token.lower == "nhi");
    let near = |thing: u32| u64::from(scene.things & thing != 0);
    !(1 << 5 | 1 << 7 | 1 << 8) | near(DEVICE) << 5 | near(VEHICLE) << 7 | u64::from(nhi) << 8
}

/// The rules, as bits, that a word may begin: with a code, or followed by what says that one comes.
fn hints(scene: &Scene, word: usize) -> u64 {
    let word = &scene.tokens[word];
    let after = &scene.lower.as_bytes()[word.end..];
    // In small letters it is nearly always followed by the next word, and only some say that a code comes.
    let plain =
        word.case == Case::Lower && !matches!(after, [b'\'', ..] | [_, b'n' | b'#', ..]) && word.lower != "serial";
    if !word.word() || plain {
        return 0;
    }
    let after = after.strip_prefix(b"'s").unwrap_or(after);
    let (may, versus) = match after {
        [b' ', b'n', b'o' | b'u' | b'r', ..] | [b' ', b'#', ..] => (true, false),
        [b' ', b'v', ..] => (word.case != Case::Lower, true),
        [b' ' | b'-' | b'/' | b',', b'0'..=b'9', ..] => (word.case != Case::Lower, false),
        [b' ' | b'-' | b'/', b'a'..=b'z', ..] => (
            word.case != Case::Lower && scene.text.as_bytes()[word.end + 1].is_ascii_uppercase()
                || word.lower == "serial",
            false,
        ),
        _ => (false, false),
    };
    match (may, versus) {
        (false, _) => 0,
        (true, true) => ALL,
        (true, false) => !VERSUS,
    }
}

/// All of some rules, unless nothing is tied to a number.
fn tied(scene: &Scene, at: usize, may: u64) -> u64 {
    let token = &scene.tokens[at];
    let after = scene.text.as_bytes().get(token.end);
    if token.kind == Kind::Number && !matches!(after, Some(b':' | b'-' | b' ' | b'.')) { 0 } else { may }
}

/// What a number is the number of decides whether it is somebody's.
fn numbered(noun: &str, piece: &str, digits: usize, after: &str) -> Option<(Category, Severity)> {
    let signs = piece.bytes().any(|b| b"/-".contains(&b)) || piece.bytes().any(|b| b.is_ascii_uppercase());
    let year = digits == 4 && (piece.starts_with("19") || piece.starts_with("20"));
    if digits < 4
        || year
        || !signs && digits < 6
        || piece.len() < 6
        || matches!(after, "mg" | "ml" | "patients" | "cells" | "copies")
    {
        return None;
    }
    let kind = match noun {
        "tissue" | "donor" | "bag" | "device" | "implant" | "graft" | "cassette" | "generator" | "pump" | "lens"
        | "unit" => (Category::Device, Severity::Block),
        "sticker" | "barcode" | "film" | "scan" | "tube" | "label" | "sample" | "docket" | "bed" | "book" => {
            (Category::Mrn, Severity::Block)
        }
        "payer" | "letter" | "incident" | "ticket" | "tracking" | "payment" | "benefit" | "fir" | "grievance"
        | "contract" | "booking" | "reservation" | "employee" | "staff" | "badge" | "payroll" | "service" | "force"
        | "prisoner" | "inmate" | "nomis" | "customer" | "client" | "loyalty" | "roll" | "student" | "candidate"
        | "file" | "case" | "log" | "job" | "transaction" | "cheque" | "check" | "order" | "warrant" | "memo"
        | "dispatch" | "despatch" | "diary" | "provider" => (Category::Account, Severity::Block),
        "page" | "table" | "figure" | "question" | "version" | "chapter" | "room" | "ward" | "phone" | "telephone"
        | "mobile" | "cell" | "contact" | "fax" | "day" | "week" | "trial" | "grant" | "protocol" | "guideline"
        | "total" | "exon" | "the" | "any" | "large" | "small" | "this" | "that" | "catalog" | "catalogue"
        | "atomic" | "copy" | "isolate" | "strain" | "study" | "statute" | "directive" | "regulation" | "circular"
        | "part" | "item" | "model" | "batch" | "lot" | "and" | "with" | "has" | "had" | "same" | "whatsapp"
        | "product" | "publication" | "report" | "standard" | "alert" | "act" => {
            return None;
        }
        _ => (Category::Account, Severity::Confirm),
    };
    Some(kind)
}

/// Whether a word of a kind stands shortly before, in the same sentence.
fn near(scene: &Scene, start: usize, kind: u32, reach: usize) -> bool {
    let all = line(scene, start, reach);
    let told = sentence(all);
    // `left in a Vitz. Plate is KBX 204R`
    let apart = told.len() <= 16 && ["number", "plate", "reg"].iter().any(|word| told.contains(word));
    let words = if apart { all } else { told };
    words.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).any(|word| thing(word) & kind != 0)
}

/// What stands before a place, on the same line, in small letters.
fn line<'a>(scene: &Scene<'a>, start: usize, reach: usize) -> &'a str {
    let from = start.saturating_sub(reach);
    let window = &scene.lower.as_bytes()[from..start];
    let window = window.iter().rposition(|b| *b == b'\n').map_or(window, |i| &window[i + 1..]);
    std::str::from_utf8(window).unwrap_or("")
}

/// The same from the last full stop on.
fn sentence(line: &str) -> &str {
    line.rfind(". ").map_or(line, |i| &line[i + 2..])
}

/// `GCS 150`, `ALT 1200`: a plate's letters that are a test's.
pub(super) fn clinical(piece: &str) -> bool {
    let letters: String = piece.chars().take_while(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    let tail = piece.ends_with(|c: char| c.is_ascii_uppercase());
    let short = piece.bytes().filter(u8::is_ascii_digit).count() < 4;
    !letters.is_empty() && !tail && short && lexicon::word(&letters) & (COMMON | VOCAB | EPONYM | BRAND) != 0
        || matches!(
            letters.as_str(),
            "gcs" | "crp" | "iss" | "rts" | "map" | "hba" | "spo" | "bmi" | "gtn" | "tsh" | "ldh" | "alt" | "ast"
        )
}

/// A plate without digits is an aircraft's, and is called so.
fn air(text: &str, start: usize, piece: &str, digits: usize) -> bool {
    digits >= 2
        || piece.contains('-') && {
            let window = text[start.saturating_sub(24)..start].to_ascii_lowercase();
            ["rego", "registration", "tail", "reg ", "helicopter", "chopper", "plane", "callsign"]
                .iter()
                .any(|w| window.contains(w))
        }
}

/// Registers, agencies and types whose documents are public.
pub(super) fn public(piece: &str) -> bool {
    let first = piece.split(['/', '-']).next().unwrap_or("");
    matches!(
        first,
        "EMA"
            | "EMEA"
            | "CHMP"
            | "WHO"
            | "FDA"
            | "HLA"
            | "ISO"
            | "BS"
            | "EN"
            | "MHRA"
            | "SI"
            | "CAS"
            | "NICE"
            | "NHS"
            | "ICH"
            | "CPMP"
            | "EU"
            | "EC"
            | "NCT"
            | "CTRI"
            | "ISRCTN"
            | "PACTR"
            | "IEC"
            | "ASTM"
            | "SARS"
            | "HIV"
            | "HPV"
            | "HCV"
            | "COVID"
    )
}

/// The province that ends a South African plate: `DKT 418 GP`.
pub(super) fn province(rest: &str, category: Category) -> usize {
    let tail = rest.strip_prefix(' ').unwrap_or("");
    let word = tail.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let fits = category == Category::Vehicle
        && matches!(word, "EC" | "GP" | "WC" | "WP" | "KZN" | "ZN" | "MP" | "NW" | "FS" | "NC" | "LP" | "L");
    if fits { word.len() + 1 } else { 0 }
}

/// The batch of a medicine is printed on every box; it is nobody's number.
pub(super) fn recalled(text: &str, word: &str, start: usize, end: usize) -> bool {
    if !matches!(word, "batch" | "lot" | "lot/batch") {
        return false;
    }
    let (mut from, mut to) = (start.saturating_sub(70), (end + 50).min(text.len()));
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let around = text[from..to].to_ascii_lowercase();
    [
        "recall",
        "tablet",
        "capsule",
        "vial",
        "ampoule",
        "vaccine",
        "expir",
        "exp ",
        "mhra",
        "class 2",
        "class 1",
        "syrup",
        "suspension",
        " mg",
        "mycin",
        "cillin",
        "supplier",
        "pharmac",
        "bottle",
        "sachet",
        "inhaler",
        "shortage",
        "doses",
    ]
    .iter()
    .any(|w| around.contains(w))
}

/// `G20210A`, `C677T`: a change in a gene.
pub(super) fn variant(piece: &str) -> bool {
    let b = piece.as_bytes();
    (4..=7).contains(&b.len())
        && b[0].is_ascii_uppercase()
        && b[b.len() - 1].is_ascii_uppercase()
        && b[1..b.len() - 1].iter().all(u8::is_ascii_digit)
        && b"ACGTRVLEFKPSHDNQWYMI".contains(&b[0])
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    fn has(text: &str, category: Category) -> bool {
        check(text).findings.iter().any(|f| f.category == category)
    }

    #[test]
    fn codes_by_what_stands_near_them() {
        for (text, category) in [
            ("left in a silver Astra, RUI 2291, at speed", Category::Vehicle),
            ("came by matatu, KCE 302M, and", Category::Vehicle),
            ("her pump, TV 4410 22817 03, is recalled", Category::Device),
            ("serial of the old pacer QTX 884120 if asked", Category::Device),
            ("letter no ACC/KD/4417-B is unanswered", Category::Account),
            ("payer no. QRX 1180-2245-09 refused", Category::Account),
            ("accession K,22.0417733.L was lost", Category::Mrn),
            ("in their book GKD/MR/23/1180 twice", Category::Mrn),
        ] {
            assert!(has(text, category), "{text}");
        }
        for text in [
            "hit by a car, GCS 140 written for 14",
            "the pump ran 1200 1400 1600 in turn",
            "page no 123456 of the report",
            "EMA/CHMP/12345/2020 says",
            "drove here, ALT 1200, AST 900",
        ] {
            assert!(check(text).findings.is_empty(), "{text}");
        }
    }
}
