//! Numbers that follow a label: "MRN 00417-8829", "claim ref PSC/2023/008714".
//!
//! A label alone decides nothing (VIN 3 is a lesion, SSN a nodule): the words after it must read as a number of the kind.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::coded::{clinical, province, recalled, variant};
use super::contact::ascii;
use super::fixed::{Fixed, LARGE};
use super::lexicon::{self, CODE, COMMON, EPONYM, LABEL_BIT, ODD, REGION, VOCAB};
use super::openings::{MANY, opening};
use super::references::near_reference;
use super::{Category, Hit, Scene, Severity, fillers};

/// Label, category, fewest digits, rule. The first that fits at a place wins.
pub(super) const LABELS: [(&str, Category, usize, &str); 10] = [
    (
        r"nhs|hsn|samagra(?: id)?|ahc|mhsc|chi|h ?& ?c|hcn|health ?care number|health ?card|health number|ssn|social security|mbi|medicare|ihi|nhi|aadhaa?r|adhar|abha|uidai|cnic|nicop|nadra|ohip|phn|sin|ppsn?|pps|rsa id|sa id|id ?no|id ?number|identity (?:no|number|card|document)|nin|bvn|nric|fin|ic no|ic|emirates id|eid|pan|voter id|hkid|dva(?: file)?|kra pin|philsys|ghana card|epic no|ramq|tfn|national id(?:entity|entification)?|nino|ni no|ni number|national insurance|philhealth|philsys|umid|sss|huduma|ghana card|passport|crn|medicaid no|msp|care ?card|mykad|pesel|curp|bsn|dni",
        Category::NationalId,
        5,
        "national-number",
    ),
    (
        r"medical aid|claim|claims|police(?: log| number| ref)?|crime|policy|polic[yi]es|subscriber|member(?:ship)?|appeal|scheme|account|acct|a/c|bank loan|loan|iban|sort code|medicaid|group no|group number|insurance|insurer|plan id|plan no|authori[sz]ation|pre-?auth|referral|solicitors?'?|solicitor|lawyers|case ref|complaint|invoice|receipt|nhif|sha|nhis|hmo|zakat|wcb|worksafe|acc45|acc claim|datix|compensation|ombudsman|tribunal|card ending|card|upi",
        Category::Account,
        4,
        "account-number",
    ),
    (
        r"cdl|learner'?s permit|provisional licen[cs]e|driver licen[cs]e|driving licen[cs]e|driver'?s licen[cs]e|licen[cs]e|dl|gmc|nmc|goc|gdc|hcpc|gphc|npi|dea|ahpra|hpcsa|mdcn|pmdc|pmc reg|mci|nmc pin|medical council|council|registration|imc|cpso|smc|prc|kmpdc|mcnz|prescriber|rcvs|practice no|pr no|bhf|nursing pin|pin number|pin",
        Category::Licence,
        4,
        "licence-number",
    ),
    (
        r"number ?plates?|plates?|rego|vehicle|van|truck|car|reg plate|licen[cs]e plate|vin|chassis|motorcycle|motorbike|bike|scooter|taxi|lorry|ute|bakkie|tag|registration of the [a-z]+|vehicle reg(?:istration)?|car reg|its reg|reg",
        Category::Vehicle,
        2,
        "vehicle",
    ),
    (
        r"serial|serials|ser\.? no|s/n|sn|udi|imei|lot|lot/batch|batch|device id|device|model/serial|asset|ref/sn",
        Category::Device,
        4,
        "device-number",
    ),
    (
        r"mrn?|urn|ur|uhid|upi|hospital|hosp|hosp\.|unit|case ?note|case|folder|file|record|records|chart|accession|acc(?:n|ession)?|lab|laboratory|specimen|sample|slide|block|biopsy|histology|path|pathology|ip|op|opd|ipd|inpatient|outpatient|pas|patient|pt|visit|encounter|episode|admission|adm|cr|reg|registration|regn|registry|register|study|imaging|pacs|x-?ray|radiology|order|request|barcode|wristband|k|csn|fin|har|dmp|emr|ehr|epr|emis|systmone|nhs e-referral|ubrn|e-referral|ers|card",
        Category::Mrn,
        4,
        "record-number",
    ),
    (
        r"posting number|service number|staff number|army number|force number|ref|reference|their ref|our ref|your ref|case reference|ticket|docket|fir|mlc",
        Category::Account,
        4,
        "reference",
    ),
    (r"id", Category::Mrn, 4, "id-number"),
    (r"imei", Category::Device, 10, "imei"),
    (
        r"postcode|post code|zip|zip code|zipcode|pincode|pin code|eircode|postal code",
        Category::Postcode,
        3,
        "postcode-labelled",
    ),
];

/// The fewest digits that any of them asks for.
const FEWEST: usize = 2;

/// All labels.
static LABEL: LazyLock<Fixed> = LazyLock::new(|| {
    // Longest first within a place is not needed: what follows decides.
    begun(&LABELS.map(|label| label.0).join("|"))
});
/// Each by itself.
static EACH: LazyLock<Vec<Fixed>> = LazyLock::new(|| LABELS.iter().map(|label| begun(label.0)).collect());

fn begun(labels: &str) -> Fixed {
    Fixed::new(&ascii(&format!(r"(?i:{labels})(?:[^A-Za-z]|$)")), LARGE)
}

/// The words with which labels begin.
pub(super) fn first_words() -> BTreeSet<String> {
    LABELS.iter().flat_map(|label| opening(&format!(r"(?:{})\b", label.0), MANY).words).collect()
}

/// Finds numbers with a label.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let mut from = 0;
    for (i, token) in scene.tokens.iter().enumerate() {
        if !token.may_begin(LABEL_BIT | CODE | ODD) || !fillers::number_follows(scene, i) {
            continue;
        }
        for (at, begins) in scene.openings(token) {
            if at >= from
                && labelling(scene, at, begins)
                && let Some(end) = LABEL.end(scene.text, at)
            {
                let end = at + label(&scene.text[at..end]).len();
                let hit = labelled(scene.text, at, end);
                from = hit.map_or(end, |hit| hit.end) + 1;
                hits.extend(hit);
            }
        }
    }
}

/// Whether a label may begin at a place: with a word that begins one, or with the letters of a code that do.
fn labelling(scene: &Scene, at: usize, begins: u64) -> bool {
    let letters = || scene.lower[at..].bytes().take_while(u8::is_ascii_alphabetic).count();
    begins & LABEL_BIT != 0 || begins & CODE != 0 && lexicon::begins(&scene.lower[at..at + letters()]) & LABEL_BIT != 0
}

/// The number that follows the label at `at`.
fn labelled(text: &str, at: usize, end: usize) -> Option<Hit> {
    let from = fillers::passed(text, end);
    // Which label it is costs more to say than whether a number follows, which is seldom.
    value(text, from, FEWEST)?;
    let (index, label) =
        EACH.iter().enumerate().find_map(|(i, each)| Some((i, label(&text[at..each.end(text, at)?]))))?;
    let (_, mut category, fewest, rule) = LABELS[index];
    let (start, end) = value(text, from, fewest)?;
    let piece = &text[start..end];
    let word = label.to_ascii_lowercase();
    let filler = &text[at + label.len()..start];
    let (mut rule, mut good) = (rule, plausible(&word, filler, piece, rule));
    if !good && word == "reg" {
        (rule, category) = ("record-number", Category::Mrn);
        good = plausible(&word, filler, piece, rule);
    }
    if !good || near_reference(text, start) || recalled(text, &word, start, end) {
        return None;
    }
    category = settle_category(text, at, &word, piece, category);
    if category == Category::Phone {
        return None;
    }
    // `UHID-4471/KM`: a label tied to the number is a part of it.
    let tied = matches!(filler, "-" | "/") && word.len() > 1 && label.bytes().all(|b| b.is_ascii_uppercase());
    let start = if tied { at } else { start };
    let end = end + province(&text[end..], category);
    Some(Hit { start, end, category, severity: Severity::Block, rule })
}

/// A label without the sign after it, which may stand before the next.
fn label(found: &str) -> &str {
    found.strip_suffix(|c: char| !c.is_ascii_alphabetic()).unwrap_or(found)
}

/// Reads a number of one or more chunks: letters in capitals, digits, single separators.
fn value(text: &str, from: usize, fewest: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut end = from;
    let mut digits = 0;
    let mut previous = 0;
    let mut lower_start = false;
    while at < bytes.len() && at - from < 48 {
        let start = at;
        if bytes[at] == b'(' && digits > 0 || bytes[at] == b'(' && bytes.get(at + 3) == Some(&b')') {
            at += 1;
            continue;
        }
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        let chunk = &text[start..at];
        if chunk.is_empty() {
            break;
        }
        let chunk_digits = chunk.bytes().filter(u8::is_ascii_digit).count();
        let has_lower = chunk.bytes().any(|b| b.is_ascii_lowercase());
        if start == from {
            lower_start = has_lower;
        }
        let spaced = start > from && bytes[start - 1] == b' ';
        let next_sign = bytes.get(at).copied().unwrap_or(b' ');
        let accept = if start == from {
            chunk_digits > 0 && (!has_lower || chunk_digits >= 2)
                || chunk_digits == 0 && !has_lower && chunk.len() <= 5 && b" -/.".contains(&next_sign)
        } else if chunk_digits == 0 {
            (!has_lower || lower_start)
                && chunk.len() <= 4
                && (!spaced
                    || digits >= 3
                        && (!next_sign.is_ascii_alphanumeric() && next_sign != b' '
                            || bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
                            || at == bytes.len()
                            || tail(chunk, digits)))
                || chunk.len() == 1 && start > from && bytes[start - 1] == b'/' && digits >= 3
        } else if spaced {
            let unit = super::contact::after_word(text, at);
            let quantity = next_sign == b'%'
                || next_sign == b'/' && (digits > 0 || chunk_digits < 4)
                || (next_sign == b' ' || next_sign == b'-')
                    && matches!(
                        unit,
                        "yr" | "yrs"
                            | "y"
                            | "yo"
                            | "year"
                            | "years"
                            | "F"
                            | "M"
                            | "mg"
                            | "ml"
                            | "mL"
                            | "kg"
                            | "cm"
                            | "mm"
                            | "weeks"
                            | "days"
                            | "months"
                            | "h"
                            | "hours"
                            | "g"
                            | "mcg"
                            | "min"
                    );
            let age = chunk.len() <= 3 && chunk.ends_with(['F', 'M', 'f', 'm', 'y']) && digits >= 4;
            !quantity
                && !age
                && (!has_lower || lower_start)
                && (chunk.len() >= 2
                    || digits == 9
                    || digits >= 5 && (previous <= 2 || bytes.get(at + 1).is_some_and(u8::is_ascii_digit)))
                && (previous <= 6 || digits < fewest)
        } else {
            !has_lower || lower_start || chunk_digits >= 2
        };
        if !accept {
            break;
        }
        digits += chunk_digits;
        previous = chunk.len();
        end = at;
        // One separator, or a slash between spaces.
        match bytes.get(at) {
            Some(b'-' | b'/' | b'.' | b' ' | b')')
                if bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'(') =>
            {
                at += 1
            }
            Some(b')' | b'(') => at += 1,
            // `OPD/ 61 774`
            Some(b'/') if bytes.get(at + 1) == Some(&b' ') && bytes.get(at + 2).is_some_and(u8::is_ascii_digit) => {
                at += 2
            }
            Some(b' ')
                if digits < 4
                    && bytes.get(at + 1) == Some(&b'-')
                    && bytes.get(at + 2) == Some(&b' ')
                    && bytes.get(at + 3).is_some_and(u8::is_ascii_digit) =>
            {
                at += 3
            }
            Some(b' ') if bytes.get(at + 1) == Some(&b'/') && bytes.get(at + 2) == Some(&b' ') => at += 3,
            _ => break,
        }
    }
    if end < bytes.len() && bytes[end] == b')' && text[from..end].contains('(') && !text[from..end].contains(')') {
        end += 1;
    }
    (digits >= fewest.min(4) && digits >= if fewest < 4 { fewest } else { 4 }).then_some((from, end))
}

/// Whether capitals after a space end a number: `482913 H`, and the letters of a plate, `217 BDQ`.
fn tail(chunk: &str, digits: usize) -> bool {
    let word = || lexicon::word(&chunk.to_ascii_lowercase());
    match chunk.len() {
        1 => digits >= 5 && !matches!(chunk, "A" | "I" | "M" | "F"),
        2 | 3 => digits <= 4 && word() & (COMMON | VOCAB | EPONYM | REGION) == 0,
        _ => false,
    }
}

/// Whether a label and what follows belong together.
fn plausible(label: &str, filler: &str, piece: &str, rule: &str) -> bool {
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    let letters = piece.bytes().filter(u8::is_ascii_alphabetic).count();
    let length = digits + letters;
    let year = piece.len() >= 4
        && piece.is_char_boundary(piece.len() - 4)
        && (piece[piece.len() - 4..].starts_with("19") || piece[piece.len() - 4..].starts_with("20"))
        && digits == 4
        && letters != 1;
    let plain = piece.bytes().all(|b| b.is_ascii_digit());
    let numbered = {
        let lower = filler.to_ascii_lowercase();
        lower.contains("no")
            || lower.contains("num")
            || lower.contains("id")
            || lower.contains('#')
            || lower.contains("ref")
            || lower.contains(':')
            || label.contains("no")
            || label.contains("number")
            || label.contains("id")
    };
    if year
        || rule == "record-number" && variant(piece) && !numbered
        || piece.contains(". ")
        || piece.matches('.').count() == 1 && letters == 0 && !piece.contains([' ', '-', '/'])
    {
        return false;
    }
    match rule {
        "national-number" => match label {
            "nhs" | "chi" | "sin" | "fin" | "pan" | "ic" | "medicare" | "crn" | "pps" | "msp" | "epic no" | "eid"
            | "id no" | "idno" => length >= 7,
            "h&c" | "h & c" => digits >= 8,
            _ => length >= 7,
        },
        "account-number" => {
            (numbered || letters > 0 || length >= 7 || piece.contains('-'))
                && length >= 5
                && !(matches!(label, "group" | "plan" | "card" | "court" | "incident") && !numbered && letters == 0)
        }
        "licence-number" => match label {
            "council" | "registration" | "medical council" | "practice no" => numbered && length >= 5,
            "pin" => length >= 6,
            "dl" => length >= 8,
            "mci" | "prc" | "imc" | "smc" | "goc" => length >= 5,
            _ => length >= 5,
        },
        "vehicle" => {
            let strong = label.contains("plate")
                || label.contains("reg")
                || label == "rego"
                || label == "vin"
                || label == "chassis"
                || label == "tag";
            (5..=17).contains(&length)
                && letters > 0
                && digits >= 2
                && (strong
                    || plate(piece) && !clinical(piece)
                    || filler.contains("reg")
                    || filler.contains("plate")
                    || filler.contains("vin"))
                && (label != "vin" && filler.find("vin").is_none() || length >= 11)
        }
        "device-number" => {
            length >= 6
                && (label != "sn" && label != "lot" && label != "batch" && label != "device" || letters > 0 || numbered)
        }
        "record-number" => match label {
            "mrn" | "mr" | "urn" | "uhid" | "hosp" | "accession" | "specimen" | "ipd" | "opd" | "pid" => length >= 5,
            "k" | "cr" | "card" | "unit" | "block" | "case" | "order" | "study" | "record" | "op" | "ip" | "ur"
            | "path" | "request" | "adm" | "upi" | "har" | "patient" | "pt" | "biopsy" | "admission" | "visit"
            | "sample" | "slide" | "lab" | "hospital" | "episode" | "registry" | "fin" | "emr" | "radiology" => {
                numbered && length >= 5 || letters > 0 && digits >= 5
            }
            _ => length >= 5 && (letters > 0 || numbered || length >= 6),
        },
        "reference" => length >= 5 && !piece.contains(','),
        "id-number" => length >= 6 && (letters > 0 || digits >= 6),
        "imei" => digits >= 14,
        "postcode-labelled" => (4..=9).contains(&length),
        _ => !plain,
    }
}

/// A plate of one of the common shapes.
fn plate(piece: &str) -> bool {
    let groups = piece.split([' ', '-']).count();
    let letters = piece.bytes().filter(u8::is_ascii_uppercase).count();
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    (2..=6).contains(&letters) && (2..=6).contains(&digits) && groups <= 3 && piece.len() <= 12
}

/// Some labels serve several kinds of number.
fn settle_category(text: &str, label: usize, word: &str, piece: &str, category: Category) -> Category {
    let before = text[label.saturating_sub(48)..label].to_ascii_lowercase();
    let near = |words: &[&str]| words.iter().any(|w| before.contains(w));
    let letters = piece.bytes().filter(u8::is_ascii_alphabetic).count();
    if matches!(word, "id" | "card" | "ref" | "reference" | "medicare")
        && near(&["subscriber", "member", "plan", "insur", "policy", "medicaid", "claim", "scheme"])
        && category != Category::NationalId
    {
        return Category::Account;
    }
    if matches!(word, "ref" | "reference") && near(&["lab", "sample", "specimen", "histol", "path"]) {
        return Category::Mrn;
    }
    if word == "reg"
        && !(plate(piece) && piece.contains(' ')
            || near(&["car", "van", "truck", "vehicle", "bike", "drove", "drives", "lorry", "polo", "taxi"]))
    {
        return if near(&["dr ", "council", "gmc", "doctor", "nurse"]) { Category::Licence } else { Category::Mrn };
    }
    if word == "pin" && letters == 0 && piece.len() <= 7 {
        return Category::Postcode;
    }
    category
}
