//! Rooms and beds, street addresses, postcodes.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::contact::{after_word, ascii, before_word};
use super::{Category, Hit, Scene, Severity};

const STREETS: &str = "street|st|road|rd|avenue|ave|av|lane|ln|close|drive|dr|way|court|ct|place|pl|crescent|cres|cr|terrace|tce|terr|gardens|gdns|row|hill|boulevard|blvd|highway|hwy|parade|pde|grove|gr|walk|square|sq|mews|circuit|circle|cir|esplanade|quay|park|view|rise|green|heights|vale|parkway|pkwy|trail|trl|loop|marg|nagar|colony|gali|galli|mohalla|chowk|layout|extension|extn|path|bazaar|bazar|enclave|vihar|salai|street\\.|straat|laan|weg|jalan|lorong|heol|stryd|ffordd|bothar|sraid|line|crossing|estate|villas|wharf|yard|loke|wynd|brae|strand|promenade|turnpike|pike|alley|plaza";

static PATTERNS: LazyLock<Vec<(Regex, Category, Severity, &'static str)>> = LazyLock::new(|| {
    let list: Vec<(String, Category, Severity, &str)> = vec![
        (r"(?i)\b(?:side[ -]?room|(?:endoscopy|clinic|resus|trauma|isolation|delivery|labou?r|birthing|treatment|consulting|exam(?:ination)?|hospital|hotel|patient|private|single|interview|scan|procedure|operating|recovery|hdu|icu|itu|micu|sicu|nicu|picu|ccu|ed|er|amu|mau)[ -](?:room|bay|bed|cubicle|theatre|suite|pod|cot|chair|space)|bed(?:space)?|bay|room|rm|cubicle|cubical|theatre|theater|cot|trolley|berth|pod|incubator|warmer|dialysis chair|chair|station|resus|suite|cabin|stall|ot|or|cath lab|bunk|cell|bedside|recliner|couch|bassinet|crib)\s?(?:no\.?|number|#|num|:)?[ #-]?\s?(\d{1,4}[a-z]?(?:-\d{1,3}[a-z]?)?|[a-z]\d{1,4}(?:-\d{1,3})?|[a-h])\b(?:\s?(?:bed|bay|room|side ?room)\s?#?\s?(?:\d{1,3}[a-z]?|[a-h])\b)?".into(), Category::Room, Severity::Block, "room"),
        (r"(?i)\b(?:ward|unit|wing|level|floor)\s?(?:no\.?|number|#)?\s?(\d{1,3}[a-z]?|[a-z]\d{1,3})\b".into(), Category::Room, Severity::Block, "ward-number"),
        (r"(?i)\b(?:in|now|now in|to|moved to|room|clinic|ward|location:?)\s([A-Z]\d{1,2}-\d{2,3})\b".into(), Category::Room, Severity::Block, "room-code"),
        (r"(?i)\b(?:ward|unit)\s(\d{1,2}[a-z]?\s?(?:bed|bay)\s?\d{1,2})\b".into(), Category::Room, Severity::Block, "ward-bed"),
        (format!(r"(?i)\b(?:(?:flat|apt|apartment|unit|suite|lot|plot|house|shop|villa|h\.? ?no\.?|door no\.?|d\.? ?no\.?|no\.?|blk|block)\s?[#.:]?\s?[0-9]{{1,4}}[a-z]?(?:/[0-9]+)?[, -]{{0,2}})?#?[0-9]{{1,5}}[a-z]?(?:[-/][0-9]{{1,4}}[a-z]?)?,?\s(?:(?:n|s|e|w|north|south|east|west|upper|lower|old|new|great|little|st\.?)\.?\s)?(?:[a-z][a-z.'-]*\s){{1,4}}(?:{STREETS})\b(?:\s(?:n|s|e|w|north|south|east|west|ne|nw|se|sw)\b)?\.?(?:,?\s(?:flat|apt|apartment|unit|suite|#)\s?#?[0-9]{{1,4}}[a-z]?\b)?"), Category::Address, Severity::Block, "street-number"),
        (format!(r"(?i)\b(?:flat|apt|apartment|unit|lot|plot|house|shop|villa|h\.? ?no\.?|door no\.?|d\.? ?no\.?|blk|block)\s?#?\s?[0-9]{{1,4}}[a-z]?(?:[-/][0-9]+[a-z]?){{0,3}}(?:,\s?(?:[0-9]{{1,5}}[a-z]?\s)?(?:[A-Z][a-z.'-]*\s){{1,4}}(?:{STREETS})\b|,?\s(?:street|st|sector|phase|block|road)\s?(?:no\.?\s?)?[0-9]{{1,3}}|,\s(?:[A-Z][a-z.'-]+\s?){{1,3}})"), Category::Address, Severity::Block, "dwelling"),
        (r"\b(?:[A-Z][a-z'-]+\s){1,3}(?:Street|Road|Avenue|Ave|Lane|Rd|Close|Crescent|Terrace|Tce|Boulevard|Blvd|Marg|Nagar|Colony|Mohalla|Chowk|Galli?|Vihar|Enclave|Layout|Straat|Laan|Highway|Hwy|Parade|Mews|Pde|Wynd|Brae)\b|\b(?:Chowk|Heol|Stryd|Ffordd|Bothar|Sraid|Mohalla|Gali|Jalan|Lorong|Rue|Calle|Via|Rua|Mtaa|Kucha|Basti Road)\s(?:(?:y|yr|na|an|de|la|du|des)\s)?[A-Z][a-z'-]+(?:\s[A-Z][a-z'-]+)?".to_string(), Category::Address, Severity::Confirm, "street-name"),
        (r"(?i)\b(?:[0-9](?:st|nd|rd|th)|ground|first|second|third) floor,? (?:opp(?:osite)?\.?|near|behind|above|next to|beside)\s?[^\n;?!]{3,60}?(?:\b(?:road|rd|street|marg|nagar|chowk|market|bazaar|bazar)\b|[;?!\n])".into(), Category::Address, Severity::Block, "floor"),
        (
            r"\b[0-9]{1,5}[a-z]?,? (?:rue|calle|via|rua|boul\.?|boulevard|chemin|ch\.|avenida|av\.|route|rang|jalan|jln|lorong|heol|stryd) (?:(?:de|du|des|la|le|y|yr|del|da|do|l')\s?){0,2}[A-Z][a-z'-]+(?:[ -][A-Z][a-z'-]*){0,3}".into(),
            Category::Address,
            Severity::Block,
            "street-number-foreign",
        ),
        (r"(?i)\b(?:p\.?\s?o\.? box|private bag|locked bag)\s?[a-z]?[0-9]{1,6}\b".into(), Category::Address, Severity::Block, "po-box"),
        (r"(?i)\b(?:lives? at|living at|resides at|residing at|stays at|staying at|home is|address(?: on file)?(?: is)?:?|moved to|r/o)\s([0-9]{1,5}[a-z]?(?:/[0-9]+)?,?\s[^\n,.;()]{3,40})".into(), Category::Address, Severity::Block, "address-labelled"),
        (r"(?i)\b(?:gir 0aa|[a-pr-uwyz](?:[0-9]{1,2}|[a-hk-y][0-9]{1,2}|[0-9][a-hjkpstuw]|[a-hk-y][0-9][abehmnprv-y])\s[0-9][abd-hjlnp-uw-z]{2})\b|\b[A-PR-UWYZ](?:[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRV-Y])[0-9][ABD-HJLNP-UW-Z]{2}\b".into(), Category::Postcode, Severity::Block, "postcode-british"),
        (r"(?i)\b(?:[ac-fhknprtv-y][0-9]{2}|d6w)\s[0-9ac-fhknprtv-y]{4}\b|\b(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W)[0-9AC-FHKNPRTV-Y]{4}\b".into(), Category::Postcode, Severity::Block, "eircode"),
        (r"(?i)\b[abceghj-nprstvxy][0-9][abceghj-nprstv-z][ -][0-9][abceghj-nprstv-z][0-9]\b".into(), Category::Postcode, Severity::Block, "postcode-canadian"),
        (r"\b(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])[ ,.]+[0-9]{5}(?:-[0-9]{4})?\b".into(), Category::Postcode, Severity::Block, "zip"),
        (r"\b(?:NSW|VIC|QLD|SA|WA|TAS|NT|ACT|Vic|Qld|Tas)[ ,]+[0-9]{4}\b".into(), Category::Postcode, Severity::Block, "postcode-australian"),
        (r"(?i)\b(?:pin(?: ?code)?|postal code|post ?code|zip(?: ?code)?)\s?(?:is|was|no\.?)?[ :.-]{1,3}([0-9]{3}\s?[0-9]{3}|[0-9]{4,5}(?:-[0-9]{4})?)\b".into(), Category::Postcode, Severity::Block, "postcode-labelled"),
    ];
    list.into_iter().map(|(p, c, s, r)| (Regex::new(&ascii(&p)).expect(r), c, s, r)).collect()
});
static QUICK: LazyLock<RegexSet> =
    LazyLock::new(|| RegexSet::new(PATTERNS.iter().map(|p| p.0.as_str())).expect("rooms"));

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let text = scene.text;
    for index in QUICK.matches(text) {
        let (pattern, category, severity, rule) = &PATTERNS[index];
        for found in pattern.captures_iter(text) {
            let Some(whole) = found.get(0) else { continue };
            let (mut start, mut end) = (whole.start(), whole.end());
            if matches!(*rule, "room-code" | "address-labelled" | "postcode-labelled")
                && let Some(inner) = found.get(1)
            {
                start = inner.start();
            }
            if matches!(*rule, "zip" | "postcode-australian") {
                start += text[start..end].find(|c: char| c.is_ascii_digit()).unwrap_or(0);
            }
            while end > start && b" ,.\n?;!".contains(&text.as_bytes()[end - 1]) {
                end -= 1;
            }
            let id = found.get(1).map_or("", |m| m.as_str());
            if real(text, rule, &text[start..end], id, start, end) {
                hits.push(Hit { start, end, category: *category, severity: *severity, rule });
            }
        }
    }
}

fn real(text: &str, rule: &str, piece: &str, id: &str, start: usize, end: usize) -> bool {
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

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check};

    fn has(text: &str, category: Category) -> bool {
        check(text).findings.iter().any(|f| f.category == category)
    }

    #[test]
    fn rooms_and_addresses() {
        for text in [
            "in bed 11 on",
            "Rm 614B, with",
            "theatre 3 for packing",
            "in room 27,",
            "MICU cubicle 4 six hours",
            "moved to Bay C",
            "Ward 7B",
            "OT 2",
            "side room 4",
        ] {
            assert!(has(text, Category::Room), "{text}");
        }
        for text in ["in bed 2 days", "OR 2.3 (1.1-4)", "a 4 bed unit", "chair 3 times a day", "bed 24/7 care"] {
            assert!(!has(text, Category::Room), "{text}");
        }
        for text in [
            "at 1840 E Custer Ave. ems",
            "lives at 27 Heol y Wennol, x",
            "flat 6, 112 moorcroft row",
            "Lot 9, Wirrabilla Rd",
            "12B Baker Street",
        ] {
            assert!(has(text, Category::Address), "{text}");
        }
        for text in ["LS6 1AB", "SA15 3QX", "Eircode F26 T9W4", "ON N6L 1K2", "Austin, TX 78701", "PIN 796025"] {
            assert!(has(text, Category::Postcode), "{text}");
        }
        for text in ["T2N1M0", "S1 Q3 T3", "C5 6th", "T4 14, T3 4.8", "B12 110"] {
            assert!(!has(text, Category::Postcode), "{text}");
        }
    }
}
