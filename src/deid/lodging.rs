//! Whether what looks like a room or an address is one.

use super::contact::{after_word, before_word};

pub(super) fn real(text: &str, rule: &str, piece: &str, id: &str, start: usize, end: usize) -> bool {
    let lower = piece.to_ascii_lowercase();
    let next = after_word(text, end).to_ascii_lowercase();
    let sign = text[end..].bytes().next().unwrap_or(b' ');
    let decimal = sign == b'.' && text[end + 1..].starts_with(|c: char| c.is_ascii_digit());
    let quantity = decimal
        || sign == b'%'
        || sign == b'/'
        || sign == b'+'
        || text[end..].starts_with(" %")
        || text[end..].starts_with("-bed")
        || piece.ends_with(" 1")
            && text[end..].strip_prefix(" in ").is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()))
        || sign == b'-' && text[end + 1..].starts_with(|c: char| c.is_ascii_lowercase())
        || sign == b':' && text[end + 1..].starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            next.as_str(),
            "days"
                | "day"
                | "weeks"
                | "week"
                | "hours"
                | "h"
                | "hrs"
                | "hr"
                | "times"
                | "nights"
                | "months"
                | "minutes"
                | "min"
                | "mins"
                | "mg"
                | "ml"
                | "years"
                | "people"
                | "patients"
                | "pts"
                | "nurses"
                | "consultants"
                | "registrars"
                | "doctors"
                | "trainees"
                | "staff"
                | "admissions"
                | "stays"
                | "stay"
                | "y"
                | "yr"
                | "yrs"
                | "wk"
                | "wks"
                | "mths"
                | "bedded"
                | "am"
                | "pm"
                | "beds"
                | "cm"
                | "mm"
                | "m"
                | "metres"
                | "x"
                | "per"
                | "l"
                | "kg"
                | "ci"
                | "or"
                | "million"
                | "mcg"
                | "degrees"
        );
    match rule {
        "room" => {
            let word = lower.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
            let number = id.starts_with(|c: char| c.is_ascii_digit());
            let letter = id.len() == 1 && !number;
            // `bay c bed 22`
            let twice = letter && piece.len() > word.len() + 3 && piece.ends_with(|c: char| c.is_ascii_digit());
            if letter && !piece[word.len().min(piece.len())..].starts_with([' ', ':', '#', '-', '.']) {
                return false;
            }
            if twice {
                return true;
            }
            let upper = text[start..end].starts_with(&word.to_ascii_uppercase());
            if quantity
                || letter && !id.starts_with(|c: char| c.is_ascii_uppercase())
                || letter
                    && matches!(
                        word,
                        "or" | "ot" | "suite" | "station" | "chair" | "couch" | "cabin" | "theatre" | "theater"
                    )
                    && lower.len() <= word.len() + 2
                    && word != "theatre"
                || letter && id == "A" && next.len() > 1 && next != "bed" && sign == b' '
            {
                return false;
            }
            if letter && matches!(next.as_str(), "is" | "was" | "had") && id == "I" {
                return false;
            }
            match word {
                // Odds ratio, occupational therapy, resuscitation in words.
                "or" => {
                    upper
                        && number
                        && id.len() <= 2
                        && !text[..start].ends_with(['(', ',', ';'])
                        && matches!(before_word(text, start), "in" | "to" | "from" | "into" | "the")
                }
                "ot" => upper && number && id.len() <= 2,
                // `POD 3` is a day after an operation.
                "pod" if upper => {
                    number
                        && matches!(before_word(text, start), "in" | "to" | "the" | "from" | "at" | "ED" | "AMU")
                        && !text[..start].ends_with("at ")
                }
                "pod" | "stall" | "cell" | "bench" | "space" | "cube" | "booth" | "berth" | "crib" | "couch" => {
                    number
                        && matches!(
                            before_word(text, start),
                            "in" | "to" | "from" | "into" | "the" | "his" | "her" | "prison" | "at" | "near" | "is"
                        )
                }
                "surgery" => {
                    number && id.len() <= 2 && matches!(before_word(text, start), "in" | "into" | "to" | "from")
                }
                "suite" | "cabin" | "chair" | "bunk" => number && !matches!(before_word(text, start), "t" | "b" | "cd"),
                "bed" | "bay" | "room" | "rm" => {
                    // `Hawke Bay 4180` is a town with its postcode.
                    !(word == "bay"
                        && id.len() == 4
                        && piece.starts_with('B')
                        && before_word(text, start).starts_with(|c: char| c.is_ascii_uppercase()))
                        && !(matches!(before_word(text, start), "by" | "emergency" | "waiting") && letter)
                        && !(matches!(before_word(text, start), "a" | "day")
                            && number
                            && matches!(next.as_str(), "unit" | "ward" | "hospital" | "nursing"))
                }
                _ => true,
            }
        }
        "unit-bed" => {
            let digits = id.bytes().rev().take_while(|b| b.is_ascii_digit() || b.is_ascii_lowercase()).count();
            !quantity
                && digits > 0
                && sign != b':'
                && !matches!(next.as_str(), "day" | "d" | "for" | "then" | "th" | "bed" | "consultant")
                && !(id.starts_with(|c: char| c.is_ascii_lowercase())
                    && !matches!(text[..start].trim_end().rsplit(' ').next(), Some("in" | "to" | "from" | "at")))
        }
        "ward-number" if lower.contains("male") || lower.contains("paed") || lower.contains("child") => !quantity,
        "ward-number" => {
            let word = lower.split(' ').next().unwrap_or("");
            !quantity
                && match word {
                    "ward" => true,
                    "unit" | "wing" => {
                        id.len() <= 3
                            && id.ends_with(|c: char| c.is_ascii_alphabetic())
                            && piece.starts_with(|c: char| c.is_ascii_uppercase())
                    }
                    _ => false,
                }
        }
        // `6 h CT` is a scan.
        "street-number"
            if piece.ends_with(" CT")
                || lower
                    .split_whitespace()
                    .nth(1)
                    .is_some_and(|w| matches!(w, "h" | "hr" | "hrs" | "hour" | "min" | "weeks" | "days")) =>
        {
            false
        }
        "street-number" | "address-labelled" => super::streets::real(text, rule, piece, start, quantity),
        "street-name" => {
            let first = piece.split_whitespace().next().unwrap_or("");
            !matches!(
                first,
                "Silk"
                    | "Harley"
                    | "Wall"
                    | "Downing"
                    | "Sesame"
                    | "The"
                    | "Via"
                    | "Abbey"
                    | "High"
                    | "Main"
                    | "Our"
                    | "My"
                    | "Park"
            ) && !(first == "Via" || lower.starts_with("via ") && !lower.contains("road"))
        }
        "postcode-british" => {
            let unit = after_word(text, end).to_ascii_lowercase();
            let inward = lower.split(' ').nth(1).unwrap_or(&lower[lower.len().saturating_sub(3)..]);
            // `t4 5pg`, `L5 3rd`, `s1 2nd`: too short to be sure without capitals or an address beside it.
            let ordinal =
                inward.ends_with("nd") || inward.ends_with("rd") || inward.ends_with("st") || inward.ends_with("th");
            let upper = piece.bytes().all(|b| !b.is_ascii_lowercase());
            let outward = lower.split(' ').next().unwrap_or("");
            let organ = outward.len() <= 3
                && (matches!(&outward[..1], "c" | "t" | "l" | "s" | "d" | "v" | "g" | "p" | "b" | "h")
                    && outward[1..].bytes().all(|b| b.is_ascii_digit()));
            if upper {
                !(organ && outward.len() == 2 && matches!(&piece[piece.len() - 2..], "RD" | "ND" | "ST" | "TH"))
            } else {
                !ordinal
                    && (!organ || lived(text, start))
                    && unit != "daily"
                    && !matches!(
                        &inward[1..],
                        "pg" | "ng" | "dl" | "ft" | "bd" | "hr" | "gl" | "pt" | "pr" | "sq" | "ud"
                    )
            }
        }
        // `heart block 2, then`, `bed block 3/4`: a block, a unit, a lot in small letters is a dwelling only after an address's words.
        "dwelling" => {
            let first = piece.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
            piece.contains('#') && piece.contains('-')
                || !(matches!(first, "block" | "unit" | "lot" | "plot" | "house" | "shop" | "d" | "h")
                    && !lived(text, start))
                    && !matches!(
                        before_word(text, start),
                        "bed" | "nerve" | "heart" | "branch" | "AV" | "exit" | "bundle" | "a"
                    )
        }
        "eircode" => {
            let second = &piece[piece.len() - 4..];
            let letters = second.bytes().filter(u8::is_ascii_alphabetic).count();
            let digits = second.bytes().filter(u8::is_ascii_digit).count();
            let upper = piece.bytes().all(|b| !b.is_ascii_lowercase());
            (upper || lower.contains(' ') && letters >= 1 && digits >= 1 && lived(text, start))
                && letters + digits == 4
                && letters >= 1
                && digits >= 1
                && (piece.contains(' ') || letters >= 2)
        }
        "postcode-canadian" => piece.bytes().any(|b| b.is_ascii_uppercase()) || lived(text, start),
        "po-box" => true,
        _ => true,
    }
}

/// Whether the words before say that an address follows.
pub(super) fn lived(text: &str, start: usize) -> bool {
    let window = text[start.saturating_sub(60)..start].to_ascii_lowercase();
    [
        "liv", "address", "moved", "stay", "resid", "home", "house", " at ", "flat", "postcode", "eircode", "street",
        "road", " rd", " row", "lane", " ave", "place at", "its ",
    ]
    .iter()
    .any(|word| window.contains(word))
}
