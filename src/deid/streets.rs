//! Whether a number and the words after it are a house in a street.

use super::lodging::lived;

/// Ends of streets' names that also end other things: they need capitals.
const AMBIGUOUS: &[&str] = &[
    "st",
    "dr",
    "way",
    "place",
    "court",
    "ct",
    "pl",
    "cr",
    "hill",
    "park",
    "view",
    "rise",
    "green",
    "line",
    "row",
    "walk",
    "gr",
    "av",
    "path",
    "circle",
    "loop",
    "cir",
    "yard",
    "heights",
    "square",
    "drive",
    "close",
    "block",
    "sq",
    "colony",
    "extension",
    "trail",
    "quay",
    "grove",
    "vale",
    "terr",
    "crossing",
    "estate",
    "layout",
    "way.",
    "pike",
    "plaza",
    "strand",
    "road",
    "lane",
    "street",
    "alley",
    "bazaar",
];

/// Streets are seldom named so: the number must stand where an address may.
const WEAK_ENDS: &[&str] = &[
    "house",
    "farm",
    "lodge",
    "hall",
    "barn",
    "bungalow",
    "croft",
    "garth",
    "leas",
    "lea",
    "leys",
    "mead",
    "meadow",
    "meadows",
    "paddock",
    "paddocks",
    "orchard",
    "orchards",
    "fields",
    "field",
    "chase",
    "copse",
    "dell",
    "dene",
    "end",
    "fold",
    "gate",
    "glebe",
    "holt",
    "knoll",
    "mount",
    "nook",
    "ridge",
    "side",
    "toft",
    "buildings",
    "flats",
    "passage",
    "bank",
    "common",
    "cross",
    "bridge",
    "drove",
];

/// Words of doses, times and sentences: no street has them.
const CLINICAL: &[&str] = &[
    "mg", "ml", "days", "weeks", "years", "year", "months", "hours", "yr", "yrs", "of", "in", "to", "was", "is", "and",
    "with", "the", "a", "from", "by", "on", "for", "at", "mm", "cm", "x", "kg", "not", "no", "per", "then", "or",
    "patients", "units", "we", "i", "he", "she", "they", "it", "my", "our", "her", "his", "who", "when", "min",
    "minutes", "g", "mcg", "mmol", "times", "via",
];

/// Whether the piece is a street address.
pub(super) fn real(text: &str, rule: &str, piece: &str, start: usize, quantity: bool) -> bool {
    let lower = piece.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let last = words.last().copied().unwrap_or("");
    let ambiguous = AMBIGUOUS.contains(&last.trim_end_matches('.'));
    let middle = piece.split_whitespace().skip(1).filter(|w| w.len() > 1).collect::<Vec<_>>();
    let capitals = middle.iter().filter(|w| w.starts_with(|c: char| c.is_ascii_uppercase())).count();
    let run_on = piece.split_whitespace().rev().skip(1).any(|w| w.len() > 5 && w.ends_with('.'));
    let clinical = words.iter().skip(1).take(words.len().saturating_sub(2)).any(|w| CLINICAL.contains(w));
    let strict = rule == "street-number";
    // `Stores No. 2, Main Bazaar`: the number belongs to what stands before.
    let counted = text[..start].strip_suffix("No. ").is_some_and(|head| {
        head.trim_end().rsplit(' ').next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_uppercase()))
    });
    if clinical || counted || run_on || piece.contains(" old ") {
        return false;
    }
    if !strict {
        return capitals > 0
            && !quantity
            && !words.get(1).is_some_and(|w| matches!(*w, "degrees" | "percent" | "weeks" | "days"));
    }
    if WEAK_ENDS.contains(&last) {
        capitals == middle.len()
            && capitals >= 2
            && (lived(text, start) || text[..start].trim_end().ends_with([',', ';', ':', '-', '(']) || start == 0)
    } else if ambiguous {
        capitals >= 2
            || capitals == middle.len() && capitals > 0
            || matches!(
                last,
                "road" | "street" | "row" | "lane" | "close" | "rd" | "drive" | "terrace" | "court" | "way"
            ) && lived(text, start)
            // `unit 2/31 jarrah st`
            || matches!(last, "st" | "dr" | "ct" | "pl" | "cl" | "cres") && words.len() <= 5 && numbered(&words)
    } else {
        capitals > 0 || lived(text, start) || matches!(last, "avenue" | "ave" | "crescent" | "terrace" | "rd")
    }
}

/// Whether a dwelling, or a number over a number, begins the words.
fn numbered(words: &[&str]) -> bool {
    let over =
        |w: &str| w.split_once('/').is_some_and(|(a, b)| [a, b].iter().all(|n| n.bytes().all(|c| c.is_ascii_digit())));
    let dwelling = words.first().is_some_and(|w| matches!(*w, "unit" | "flat" | "apt" | "lot" | "house" | "villa"));
    dwelling
        && words.len() >= 4
        && words[words.len() - 2].len() > 3
        && (words.get(1).is_some_and(|w| over(w)) || words.len() >= 4 && words[1].bytes().all(|c| c.is_ascii_digit()))
        && !words.iter().skip(2).any(|w| w.bytes().any(|c| c.is_ascii_digit()) && !over(w) && w.len() < 2)
}
