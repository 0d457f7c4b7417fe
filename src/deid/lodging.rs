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
                | "beds"
                | "cm"
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
                "station" | "suite" | "cabin" | "couch" | "chair" | "pod" | "stall" | "bunk" => {
                    number && !matches!(before_word(text, start), "t" | "b" | "cd")
                }
                "bed" | "bay" | "room" | "rm" => {
                    !(matches!(before_word(text, start), "by" | "emergency" | "waiting") && letter)
                        && !(matches!(before_word(text, start), "a" | "day")
                            && number
                            && matches!(next.as_str(), "unit" | "ward" | "hospital" | "nursing"))
                }
                _ => true,
            }
        }
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
        "street-number" | "address-labelled" => {
            let words: Vec<&str> = lower.split_whitespace().collect();
            let last = words.last().copied().unwrap_or("");
            let ambiguous = matches!(
                last.trim_end_matches('.'),
                "st" | "dr"
                    | "way"
                    | "place"
                    | "court"
                    | "ct"
                    | "pl"
                    | "cr"
                    | "hill"
                    | "park"
                    | "view"
                    | "rise"
                    | "green"
                    | "line"
                    | "row"
                    | "walk"
                    | "gr"
                    | "av"
                    | "path"
                    | "circle"
                    | "loop"
                    | "cir"
                    | "yard"
                    | "heights"
                    | "square"
                    | "drive"
                    | "close"
                    | "block"
                    | "sq"
                    | "colony"
                    | "extension"
                    | "trail"
                    | "quay"
                    | "grove"
                    | "vale"
                    | "terr"
                    | "crossing"
                    | "estate"
                    | "layout"
                    | "way."
                    | "pike"
                    | "plaza"
                    | "strand"
                    | "road"
                    | "lane"
                    | "street"
                    | "alley"
                    | "bazaar"
            );
            let middle = text[start..end].split_whitespace().skip(1).filter(|w| w.len() > 1).collect::<Vec<_>>();
            let capitals = middle.iter().filter(|w| w.starts_with(|c: char| c.is_ascii_uppercase())).count();
            let clinical = words.iter().skip(1).take(words.len().saturating_sub(2)).any(|w| {
                matches!(
                    *w,
                    "mg" | "ml"
                        | "days"
                        | "weeks"
                        | "years"
                        | "year"
                        | "months"
                        | "hours"
                        | "yr"
                        | "yrs"
                        | "of"
                        | "in"
                        | "to"
                        | "was"
                        | "is"
                        | "and"
                        | "with"
                        | "the"
                        | "a"
                        | "from"
                        | "by"
                        | "on"
                        | "for"
                        | "at"
                        | "old"
                        | "mm"
                        | "cm"
                        | "x"
                        | "kg"
                        | "not"
                        | "no"
                        | "per"
                        | "then"
                        | "or"
                        | "patients"
                        | "units"
                        | "we"
                        | "i"
                        | "he"
                        | "she"
                        | "they"
                        | "it"
                        | "my"
                        | "our"
                        | "her"
                        | "his"
                        | "who"
                        | "when"
                        | "min"
                        | "minutes"
                        | "g"
                        | "mcg"
                        | "mmol"
                        | "times"
                )
            });
            let strict = rule == "street-number";
            if clinical {
                return false;
            }
            if !strict {
                return capitals > 0
                    && !quantity
                    && !words.get(1).is_some_and(|w| matches!(*w, "degrees" | "percent" | "weeks" | "days"));
            }
            if ambiguous {
                capitals >= 2
                    || capitals == middle.len() && capitals > 0
                    || matches!(
                        last,
                        "road" | "street" | "row" | "lane" | "close" | "rd" | "drive" | "terrace" | "court" | "way"
                    ) && lived(text, start)
            } else {
                capitals > 0 || lived(text, start) || matches!(last, "avenue" | "ave" | "crescent" | "terrace" | "rd")
            }
        }
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
fn lived(text: &str, start: usize) -> bool {
    let window = text[start.saturating_sub(60)..start].to_ascii_lowercase();
    [
        "liv", "address", "moved", "stay", "resid", "home", "house", " at ", "flat", "postcode", "eircode", "street",
        "road", " rd", " row", "lane", " ave", "place at", "its ",
    ]
    .iter()
    .any(|word| window.contains(word))
}
