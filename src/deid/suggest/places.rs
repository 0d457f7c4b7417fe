//! Places, institutions and rooms: the kind of place, without its name.

use super::super::lexicon::{self, ABODE};
use super::super::{Category, Hit, Scene};
use super::sentence::*;
use super::{Before, Offer};

/// A town, a county, a street, a postcode.
pub fn place(scene: &Scene, hit: &Hit, last: &Before) -> Offer {
    let (lower, start, mut end) = (scene.lower, hit.start, hit.end);
    // The rest of an address, or the county after its town.
    let gap = &lower[last.end.min(start)..start];
    if last.place && gap.len() <= 2 && matches!(gap, " " | ", " | "," | "\n" | " -" | "") {
        return Offer::leave_out(last.end, end);
    }
    let next = word_after(lower, end);
    if matches!(next, "side" | "way" | "direction") {
        end += next.len() + 1;
    }
    let word = word_before(lower, start);
    let set_off = lower[..start].ends_with(", ") && lower[end..].starts_with([',', '.', ';', ')', '\n', '!', '?']);
    match hit.category {
        Category::Postcode => return number(scene, hit, last),
        Category::Address if set_off && start - 2 > last.end => return Offer::leave_out(start - 2, end),
        Category::Address if is_determiner(word) && lower[end..].starts_with(' ') => {
            return Offer::say(start, end, "local");
        }
        Category::Address if is_determiner(word) => return Offer::say(start, end, "private address"),
        Category::Address if word == "on" => return Offer::say(start, end, "a nearby street"),
        Category::Address => return Offer::say(start, end, "a private address"),
        _ => {}
    }
    if (set_off || lower[..start].ends_with(", ") && lower[end..].is_empty()) && start - 2 > last.end {
        return Offer::leave_out(start - 2, end);
    }
    let named =
        matches!(word, "village" | "town" | "city" | "suburb" | "district" | "taluk" | "township" | "is" | "was");
    let short = lower[..start].ends_with("brgy. ") || lower[..start].ends_with("vill. ");
    if named || short || lower[..start].trim_end().ends_with(':') {
        return Offer::say(start, end, "[place removed]");
    }
    if lexicon::word(word) & ABODE != 0 || matches!(word, "lives" | "living" | "based" | "stays" | "staying" | "now") {
        return Offer::say(start, end, "locally");
    }
    if matches!(next, "road" | "hospital" | "ambulance" | "police" | "coroner" | "council" | "clinic" | "airport") {
        return Offer::say(start, end, if is_determiner(word) { "local" } else { "the local" });
    }
    if is_determiner(word) {
        let noun = !next.is_empty() && !is_preposition(next) && !matches!(next, "is" | "was" | "has" | "who" | "where");
        return Offer::say(start, end, if noun { "local" } else { "local area" });
    }
    if matches!(word, "in" | "at") && start > last.end {
        return Offer::say(start, end, "a town in the area");
    }
    if is_preposition(word) {
        Offer::say(start, end, "a town in the area")
    } else {
        Offer::say(start, end, "the local area")
    }
}

/// Kinds of institution, by a part of the name; the first that fits.
const KINDS: &[(&[&str], &str)] = &[
    (&["ward", "unit"], "the ward"),
    (&["surgery", "practice"], "a clinic"),
    (&["nursing home", "care home", "grange", "assisted living", "manor", "rest home", "lodge"], "a care home"),
    (&["hospice"], "a hospice"),
    (&["nursery", "creche", "preschool", "daycare"], "a nursery"),
    (&["school", "primary", "college", "academy", "elementary", "consolidated high"], "a school"),
    (&["university", "polytechnic"], "a university"),
    (&["pharmacy", "chemist"], "a pharmacy"),
    (&["optic", "optom"], "an optician"),
    (&["birth cent", "birthing"], "a birth centre"),
    (&["imaging", "radiology", "scans"], "an imaging centre"),
    (&["diagnostic", "laborator", " labs"], "a laboratory"),
    (&["dental"], "a dental hospital"),
    (&["urgent care", "walk-in", "minor injur"], "an urgent care centre"),
    (&["hospital", "infirmary", "medical cent", "general", "memorial", "provincial", "mercy", "royal"], "a hospital"),
    (&["trauma cent", "cancer", "medical college"], "a hospital"),
    (&["surgery", "practice", "clinic", "family medicine", "phc", "health cent", "chc"], "a clinic"),
    (
        &[
            " ltd",
            " llc",
            " inc",
            " plc",
            " pty",
            " corp",
            "limited",
            "company",
            "dairies",
            "stores",
            "pallets",
            "consultants",
            "diamonds",
            "scaffolding",
            "salon",
            " spa",
            "logistics",
            "foods",
            "motors",
            "tyre",
        ],
        "a company",
    ),
    (&["church", "temple", "mosque", "tabernacle", "gurdwara"], "a place of worship"),
    (&["medical", "centre", "center", "health"], "a hospital"),
];

/// Whether a name holds a piece; for so short a text a search is not worth its beginning.
fn holds(name: &str, piece: &str) -> bool {
    let (name, piece) = (name.as_bytes(), piece.as_bytes());
    name.windows(piece.len()).any(|window| window[0] == piece[0] && window == piece)
}

/// An institution.
pub fn institution(scene: &Scene, hit: &Hit, last: &Before, said: &mut Vec<(String, &'static str)>) -> Offer {
    let (lower, mut start, mut end) = (scene.lower, hit.start, hit.end);
    // `for Gulf Coast`: the preposition stays.
    let first = lower[start..end].split(' ').next().unwrap_or("");
    if matches!(first, "for" | "at" | "in" | "with" | "from") && start + first.len() < end {
        start += first.len() + 1;
    } else if first == "employer" {
        return Offer::say(start, end, "the employer");
    }
    if last.place && last.left_out {
        start = start.max(last.end);
    }
    if lower[end..].starts_with(" home") && lower[start..end].contains("maternity") {
        end += 5;
    }
    let name = &lower[start..end];
    if word_before(lower, start) == "by" && !name.contains(' ') {
        return Offer::say(start, end, "a colleague");
    }
    let by_work =
        clause_before(lower, start).rsplit(' ').take(4).any(|word| word.starts_with("work") || word == "drives");
    let kind = KINDS
        .iter()
        .find(|(marks, _)| marks.iter().any(|mark| holds(name, mark)))
        .map_or(if by_work || hit.rule == "employer" { "a company" } else { "an institution" }, |(_, kind)| *kind);
    let phrase = match said.iter().find(|(_, other)| *other == kind) {
        Some((before, _)) if before == name || kind.starts_with("the") => format!("the {}", bare(kind)),
        Some(_) => format!("another {}", bare(kind)),
        None => kind.to_string(),
    };
    if said.len() < 60 {
        said.push((name.to_string(), kind));
    }
    fitted(scene, start, end, &phrase, last)
}

/// A room, a bed, a theatre.
pub fn room(scene: &Scene, hit: &Hit, last: &Before) -> Offer {
    let (lower, start, end) = (scene.lower, hit.start, hit.end);
    let name = &lower[start..end];
    let has = |word: &str| name.contains(word);
    let phrase = if has("theatre") || has("theater") || name.starts_with("ot") || name.starts_with("or ") {
        "theatre"
    } else if has("resus") {
        "resus"
    } else if has("cubicle") {
        "a cubicle"
    } else if has("side") {
        "a side room"
    } else if has("ward") {
        "the ward"
    } else if has("chair") {
        "a chair"
    } else if has("bay") {
        "a bay"
    } else if has("bed") {
        "a bed"
    } else {
        "a room"
    };
    // Set off by commas it is left out; after an institution too.
    let set_off = lower[..start].ends_with(", ") && lower[end..].starts_with([',', '.', ';', ')', '\n']);
    if (set_off || last.place && lower[..start].ends_with(", ")) && start - 2 >= last.end {
        return Offer::leave_out(start - 2, end);
    }
    fitted(scene, start, end, phrase, last)
}

/// A noun phrase behind whatever article stands there.
fn fitted(scene: &Scene, start: usize, end: usize, phrase: &str, last: &Before) -> Offer {
    let word = word_before(scene.lower, start);
    let noun = bare(phrase);
    if matches!(word, "a" | "an") && start - word.len() > last.end && noun != phrase {
        return Offer::say(start - word.len() - 1, end, with_article(noun));
    }
    if is_determiner(word) {
        return Offer::say(start, end, noun);
    }
    Offer::say(start, end, phrase)
}

/// What stands before a number and names it.
const LABELS: &[&str] = &[
    "nhi",
    "mrn",
    "nhs",
    "no",
    "no.",
    "number",
    "ssn",
    "uhid",
    "ref",
    "ref.",
    "claim",
    "serial",
    "reg",
    "reg.",
    "rego",
    "plate",
    "truck",
    "van",
    "ppsn",
    "eircode",
    "cnic",
    "abha",
    "gmc",
    "npi",
    "policy",
    "acc",
    "aadhaar",
    "ihi",
    "chi",
    "h&c",
    "phn",
    "ohip",
    "medicare",
    "medicaid",
    "nric",
    "nin",
    "sin",
    "vin",
    "udi",
    "gen",
    "pump",
    "machine",
    "health",
    "card",
    "hospital",
    "folder",
    "id",
    "eid",
    "emirates",
    "insurance",
    "subscriber",
    "council",
    "medical",
    "pin",
    "ph",
    "phone",
    "tel",
    "mobile",
    "cell",
    "bleep",
    "pager",
    "ahpra",
    "hpcsa",
    "case",
    "file",
    "record",
    "patient",
    "batch",
    "lot",
    "lab",
    "accession",
    "vehicle",
    "driver",
    "dl",
    "licence",
    "license",
    "cdl",
    "prc",
    "national",
    "our",
    "his",
    "her",
    "their",
    "email",
    "e-mail",
    "goc",
    "gdc",
    "nmc",
    "hcpc",
    "appeal",
    "subscriber",
    "handicap",
];

/// A number, an address of the net: left out with its label where that leaves a whole sentence.
pub fn number(scene: &Scene, hit: &Hit, last: &Before) -> Offer {
    let (lower, start, end) = (scene.lower, hit.start, hit.end);
    let mut from = start;
    let mut labels = 0;
    while labels < 4 {
        let head = lower[..from].trim_end_matches([' ', ':', '#', '=']);
        let word = word_start_of_label(head);
        if head.len() == from && from == start
            || word >= head.len()
            || word < last.end
            || !LABELS.contains(&&head[word..])
        {
            break;
        }
        (from, labels) = (word, labels + 1);
    }
    let (head, tail) = (&lower[..from], &lower[end..]);
    let closes = tail.is_empty() || tail.starts_with([',', ';', '.', '\n', ')']) && !tail.starts_with(".c");
    if head.ends_with(" (") && tail.starts_with(')') && from - 2 >= last.end {
        return Offer::leave_out(from - 2, end + 1);
    }
    if head.ends_with('(') && tail.starts_with(", ") {
        return Offer::leave_out(from, end + 2);
    }
    // A line of its own.
    if labels > 0 && (head.is_empty() || head.ends_with('\n')) && tail.starts_with('\n') {
        return Offer::leave_out(from, end + 1);
    }
    let verb = [", was ", ", is ", ", were ", ", has ", ", had "].iter().any(|verb| tail.starts_with(verb));
    // Behind a role whose bearer was left out: nothing is left between the commas.
    let bare_role =
        last.person && last.after_role && head.ends_with(", ") && from - 2 == last.end && tail.starts_with(", ");
    if head.ends_with(", ") && from - 2 >= last.end && (verb || bare_role) {
        return Offer::leave_out(from - 2, end + 1);
    }
    if head.ends_with(", ") && from - 2 >= last.end && closes && !tail.starts_with(") ") {
        return Offer::leave_out(from - 2, end);
    }
    let gap = &lower[last.end.min(start)..start];
    if last.left_out && matches!(gap, ", " | " " | " and ") && closes {
        return Offer::leave_out(last.end, end);
    }
    let words = match hit.category {
        Category::Url => "[link removed]",
        Category::Handle => "[account removed]",
        Category::Phone | Category::Email | Category::Ip => "[contact removed]",
        _ => "[number removed]",
    };
    Offer::say(start, end, words)
}

/// Where the last word of a label begins; `h&c` and `no.` are such words.
fn word_start_of_label(head: &str) -> usize {
    head.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '&' && c != '.' && c != '-').map_or(0, |i| i + 1)
}
