//! Rooms and beds, street addresses, postcodes.

use std::sync::LazyLock;

use super::contact::ascii;
use super::forms::{Forms, Found};
use super::lexicon::{ODD, ROOM_BITS, STREET_BIT};
use super::lodging::real;
use super::openings::opening;
use super::token::Case;
use super::{Category, Hit, Scene, Severity};

const STREETS: &str = "street|st|road|rd|avenue|ave|av|lane|ln|close|drive|dr|way|court|ct|place|pl|crescent|cres|cr|terrace|tce|terr|gardens|gdns|row|hill|boulevard|blvd|highway|hwy|parade|pde|grove|gr|walk|square|sq|mews|circuit|circle|cir|esplanade|quay|park|view|rise|green|heights|vale|parkway|pkwy|trail|trl|loop|marg|nagar|colony|gali|galli|mohalla|chowk|layout|extension|extn|path|bazaar|bazar|enclave|vihar|salai|street\\.|straat|laan|weg|jalan|lorong|heol|stryd|ffordd|bothar|sraid|line|crossing|estate|villas|wharf|yard|loke|wynd|brae|strand|promenade|turnpike|pike|alley|plaza";

/// Words that end a street's name in capitals, and those that begin one.
const NAMED: &str = "Street|Road|Avenue|Ave|Lane|Rd|Close|Crescent|Terrace|Tce|Boulevard|Blvd|Marg|Nagar|Colony|Mohalla|Chowk|Galli?|Vihar|Enclave|Layout|Straat|Laan|Highway|Hwy|Parade|Mews|Pde|Wynd|Brae";
const LED: &str =
    "Chowk|Heol|Stryd|Ffordd|Bothar|Sraid|Mohalla|Gali|Jalan|Lorong|Rue|Calle|Via|Rua|Mtaa|Kucha|Basti Road";

type Pattern = (String, Category, Severity, &'static str);

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let list: Vec<Pattern> = vec![
        (r"(?i)\b(?:side[ -]?room|(?:endoscopy|clinic|resus|trauma|isolation|delivery|labou?r|birthing|treatment|consulting|exam(?:ination)?|hospital|hotel|patient|private|single|interview|scan|procedure|operating|recovery|hdu|icu|itu|micu|sicu|nicu|picu|ccu|ed|er|amu|mau)[ -](?:room|bay|bed|cubicle|theatre|suite|pod|cot|chair|space)|bed(?:space)?|bay|room|rm|cubicle|cubical|theatre|theater|cot|trolley|berth|pod|incubator|warmer|dialysis chair|chair|station|resus|suite|cabin|stall|ot|or|cath lab|bunk|cell|bedside|recliner|couch|bassinet|crib)\s?(?:no\.?|number|#|num|:)?[ #-]?\s?(\d{1,4}[a-z]?(?:-\d{1,3}[a-z]?)?|[a-z]\d{1,4}(?:-\d{1,3})?|[a-h])\b(?:\s?(?:bed|bay|room|side ?room)\s?#?\s?(?:\d{1,3}[a-z]?|[a-h])\b)?".into(), Category::Room, Severity::Block, "room"),
        (r"(?i)\b(?:ward|unit|wing|level|floor)\s?(?:no\.?|number|#)?\s?(\d{1,3}[a-z]?|[a-z]\d{1,3})\b".into(), Category::Room, Severity::Block, "ward-number"),
        (r"(?i)\b(?:in|now|now in|to|moved to|room|clinic|ward|location:?)\s([A-Z]\d{1,2}-\d{2,3})\b".into(), Category::Room, Severity::Block, "room-code"),
        (r"(?i)\b(?:ward|unit)\s(\d{1,2}[a-z]?\s?(?:bed|bay)\s?\d{1,2})\b".into(), Category::Room, Severity::Block, "ward-bed"),
        (format!(r"(?i)\b(?:(?:flat|apt|apartment|unit|suite|lot|plot|house|shop|villa|h\.? ?no\.?|door no\.?|d\.? ?no\.?|no\.?|blk|block)\s?[#.:]?\s?[0-9]{{1,4}}[a-z]?(?:/[0-9]+)?[, -]{{0,2}})?#?[0-9]{{1,5}}[a-z]?(?:[-/][0-9]{{1,4}}[a-z]?)?,?\s(?:(?:n|s|e|w|north|south|east|west|upper|lower|old|new|great|little|st\.?)\.?\s)?(?:[a-z][a-z.'-]*\s){{1,4}}(?:{STREETS})\b(?:\s(?:n|s|e|w|north|south|east|west|ne|nw|se|sw)\b)?\.?(?:,?\s(?:flat|apt|apartment|unit|suite|#)\s?#?[0-9]{{1,4}}[a-z]?\b)?"), Category::Address, Severity::Block, "street-number"),
        (format!(r"(?i)\b(?:flat|apt|apartment|unit|lot|plot|house|shop|villa|h\.? ?no\.?|door no\.?|d\.? ?no\.?|blk|block)\s?#?\s?[0-9]{{1,4}}[a-z]?(?:[-/][0-9]+[a-z]?){{0,3}}(?:,\s?(?:[0-9]{{1,5}}[a-z]?\s)?(?:[A-Z][a-z.'-]*\s){{1,4}}(?:{STREETS})\b|,?\s(?:street|st|sector|phase|block|road)\s?(?:no\.?\s?)?[0-9]{{1,3}}|,\s(?:[A-Z][a-z.'-]+\s?){{1,3}})"), Category::Address, Severity::Block, "dwelling"),
        (format!(r"\b(?:[A-Z][a-z'-]+\s){{1,3}}(?:{NAMED})\b|\b(?:{LED})\s(?:(?:y|yr|na|an|de|la|du|des)\s)?[A-Z][a-z'-]+(?:\s[A-Z][a-z'-]+)?"), Category::Address, Severity::Confirm, "street-name"),
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
    list.into_iter().map(|(p, c, s, r)| (ascii(&p), c, s, r)).collect()
});
static FORMS: LazyLock<Forms> =
    LazyLock::new(|| Forms::new(&PATTERNS.iter().map(|p| &p.0).collect::<Vec<_>>(), Some(ROOM_BITS)));

/// The words with which the patterns begin, and those that are in a street's name.
pub(super) fn first_words() -> Vec<(String, u64)> {
    let streets = opening(&format!(r"(?i)(?:{NAMED}|{LED})\b")).words;
    FORMS.first_words().iter().cloned().chain(streets.into_iter().map(|word| (word, STREET_BIT))).collect()
}

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    for found in FORMS.find(scene, |_| false) {
        push(scene, &found, hits);
    }
    // What any word may begin is named as a street.
    if scene.tokens.iter().any(|t| t.may_begin(STREET_BIT | ODD) && t.case != Case::Lower) {
        FORMS.everywhere(scene).for_each(|found| push(scene, &found, hits));
    }
}

fn push(scene: &Scene, found: &Found, hits: &mut Vec<Hit>) {
    let (text, groups) = (scene.text, &found.groups);
    let (_, category, severity, rule) = PATTERNS[found.form];
    let Some(whole) = groups.get_match() else { return };
    let (mut start, mut end) = (whole.start(), whole.end());
    if matches!(rule, "room-code" | "address-labelled" | "postcode-labelled")
        && let Some(inner) = groups.get_group(1)
    {
        start = inner.start;
    }
    if matches!(rule, "zip" | "postcode-australian") {
        start += text[start..end].find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    }
    while end > start && b" ,.\n?;!".contains(&text.as_bytes()[end - 1]) {
        end -= 1;
    }
    let id = groups.get_group(1).map_or("", |group| &text[group.range()]);
    if real(text, rule, &text[start..end], id, start, end) {
        hits.push(Hit { start, end, category, severity, rule });
    }
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
