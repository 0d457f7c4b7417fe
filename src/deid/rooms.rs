//! Rooms and beds, street addresses, postcodes.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::contact::ascii;
use super::forms::{ALL, Forms, Found};
use super::lexicon::{self, CODE, ODD, REGION, ROAD_BIT, ROOM_BITS, STREET_BIT};
use super::lodging::real;
use super::openings::{self, MANY, opening};
use super::token::{Case, Kind};
use super::{Category, Hit, Scene, Severity, asked};

const STREETS: &str = "street|st|road|rd|avenue|ave|av|lane|ln|close|drive|dr|way|court|ct|place|pl|crescent|cres|cr|terrace|tce|terr|gardens|gdns|row|hill|boulevard|blvd|highway|hwy|parade|pde|grove|gr|walk|square|sq|mews|circuit|circle|cir|esplanade|quay|park|view|rise|green|heights|vale|parkway|pkwy|trail|trl|loop|marg|nagar|colony|gali|galli|mohalla|chowk|layout|extension|extn|path|bazaar|bazar|enclave|vihar|salai|street\\.|straat|laan|weg|jalan|lorong|heol|stryd|ffordd|bothar|sraid|line|crossing|estate|villas|wharf|yard|loke|wynd|brae|strand|promenade|turnpike|pike|alley|plaza|cottages?|mansions|apartments|maisonettes|almshouses|causeway|embankment|drove|ginnel|vennel|pend|spinney|coppice|house|farm|lodge|hall|barn|bungalow|croft|garth|leas?|leys|mead|meadows?|paddocks?|orchards?|fields?|chase|copse|dell|dene|end|fold|gate|glebe|holt|knoll|mount|nook|ridge|side|toft|buildings|flats|passage|bank|common|cross|bridge";

/// Words with which a street's name begins where it is not English.
const ROADS: &str =
    r"rue|calle|Via|rua|boul\.?|boulevard|chemin|ch\.|avenida|av\.|route|rang|jalan|jln|lorong|heol|stryd";

/// One piece of a South Asian address: `St 9`, `Sector B-1`, `Mohalla Noorpur`, `7th Cross`.
const SEGMENT: &str = r"(?:street|st|str|gali|galli|gally|lane|road|rd|main|cross|sector|sec|phase|ph|block|blk|mohall?ah?|muhalla|mohallah|colony|stage|scheme|ward|near|opp|behind|floor|plot|extension|ext|pocket|precinct|khayaban|dha)\b\.?\s?(?:no\.?\s?)?#?\s?(?:(?-i:[A-Z])(?:-?[0-9]{1,4}(?:/[0-9]{1,3})?)?\b|[0-9]{1,4}(?:st|nd|rd|th)?(?:[-/][A-Z0-9]{1,4})?\b|(?-i:(?:[A-Z]\.)?[A-Z][a-z'-]+(?:\s[A-Z][a-z'-]+){0,2}))|[0-9]{1,3}(?:st|nd|rd|th)\s(?:main|cross|block|stage|phase|street|lane|road|avenue|floor)\b";
/// What a room is for.
const QUALIFIERS: &str = "endoscopy|clinic|resus|trauma|isolation|delivery|labou?r|birthing|treatment|consulting|exam(?:ination)?|hospital|hotel|patient|private|single|interview|scan|procedure|operating|recovery|hdu|icu|itu|micu|sicu|nicu|picu|ccu|cvicu|cticu|ticu|bicu|hicu|ed|er|amu|mau|infusion|chemo|dialysis|seclusion|negative[ -]pressure|vip|deluxe|assessment|triage|hallway|corridor|surge|overflow|plaster|holding|day ?case|step ?down|semi-private|high ?care|nursery|parent|family|relatives'?|quiet|hyperbaric|cath|gowning|sluice|transit|discharge";
/// What has a number.
const SPACES: &str = "room|rm|bay|bed(?:space|room)?|cubicle|cubical|cube|theatre|theater|suite|pod|cot|chair|space|berth|trolley|gurney|incubator|warmer|cabin|stall|bunk|cell|recliner|couch|bassinet|crib|booth|bench|dialysis station|nurses'? station|hemodialysis station|surgery";

/// What is a room by itself, or ends like one.
const SINGLE: &str = "side (?:room|ward)|ot|or|bedside|bedroom|resus|cath lab";
/// Units that have beds, also in small letters.
pub(super) const UNITS: &str =
    "resus majors minors hallway corridor casualty triage trauma endo icu itu hdu picu nicu ldr";

/// Words that end a street's name in capitals, and those that begin one.
const NAMED: &str = "Street|Road|Avenue|Ave|Lane|Rd|Close|Crescent|Terrace|Tce|Boulevard|Blvd|Marg|Nagar|Colony|Mohalla|Chowk|Galli?|Vihar|Enclave|Layout|Straat|Laan|Highway|Hwy|Parade|Mews|Pde|Wynd|Brae";
const LED: &str =
    "Chowk|Heol|Stryd|Ffordd|Bothar|Sraid|Mohalla|Gali|Jalan|Lorong|Rue|Calle|Via|Rua|Mtaa|Kucha|Basti Road";

type Pattern = (String, Category, Severity, &'static str);

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let list: Vec<Pattern> = vec![
        (format!(r"(?i)\b(?:side[ -]?(?:room|ward)|(?:(?:burns?|cardiac|neuro|surgical|medical|general|trauma|main|male|female|paeds?)[ -])?(?:{QUALIFIERS})[ -](?:{SPACES})|{SPACES}|ot|or|bedside|bedroom|resus|cath lab)\s?(?:no\.?|number|#|num|:)?[ #-]?\s?(\d{{1,4}}[a-z]?(?:-\d{{1,3}}[a-z]?)?|\d{{1,4}}-[a-d]|[a-z]\d{{1,4}}(?:-\d{{1,3}})?|[a-h])\b(?:,?\s(?:bed|bay|room|side ?room)\s?#?\s?(?:\d{{1,3}}[a-z]?|[a-h])\b)?"), Category::Room, Severity::Block, "room"),
        (r"\b(?:(?:in|In|to|from|at|now|of|[Pp]t|is|behind)\s|[,(=-]\s?)((?:(?:[A-Z]{0,4}ICU|[A-Z]?ITU|[A-Z]?HDU|[A-Z]?CCU|PCU|SDU|LDRP?|L&D|[A-Z]?PACU|SCBU|NNU|AMU|MAU|SAU|CDU|EAU|ASU|MSU|IMCU|Resus|resus|Majors|majors|Minors|minors|Hallway|hallway|Corridor|corridor|Casualty|casualty|Triage|Trauma|Endo)|(?i:icu|itu|hdu|picu|nicu|ldr))(?:\s#?\d{1,3}[A-Da-d]?|[- ]?\d,?\s(?:bed|Bed|bay|cubicle)\s\d{1,2}))\b".into(), Category::Room, Severity::Block, "unit-bed"),
        (r"\b(?:Male|Female|Paeds?|Children'?s|male|female) (?:Medical|Surgical|Ortho(?:paedic)?|General|Acute|Trauma|Psych(?:iatric)?|medical|surgical)(?: [Ww]ard)? (?:[A-D]|[0-9]{1,2})\b".into(), Category::Facility, Severity::Confirm, "institution"),
        (r"(?i)\b(?:in|to|from|room|bed|location:?)\s(\d{3,4}-[A-D])\b".into(), Category::Room, Severity::Block, "room-code"),
        (r"(?i)\b(?:ward|unit|wing|level|floor)\s?(?:no\.?|number|#)?\s?(\d{1,3}[a-z]?|[a-z]\d{1,3})\b".into(), Category::Room, Severity::Block, "ward-number"),
        (r"(?i)\b(?:in|now|now in|to|moved to|room|clinic|ward|location:?)\s([A-Z]\d{1,2}-\d{2,3}|(?-i:\d{1,2}[A-Z]{1,2}-\d{1,3}))\b".into(), Category::Room, Severity::Block, "room-code"),
        (r"(?i)\b(?:ward|unit)\s(\d{1,2}[a-z]?\s?(?:bed|bay)\s?\d{1,2})\b".into(), Category::Room, Severity::Block, "ward-bed"),
        (format!(r"(?i)\b(?:(?:flat|apt|apartment|unit|suite|lot|plot|house|shop|villa|h\.? ?no\.?|door no\.?|d\.? ?no\.?|no\.?|blk|block)\s?[#.:]?\s?[0-9]{{1,4}}[a-z]?(?:/[0-9]+)?[, -]{{0,2}})?(?:km\.?\s)?#?[0-9]{{1,5}}[a-z]?(?:[-/][0-9]{{1,4}}[a-z]?)?,?\s(?:(?:n|s|e|w|north|south|east|west|upper|lower|old|new|great|little|st\.?)\.?\s)?(?:[a-z][a-z.'-]*\s){{1,4}}(?:{STREETS})\b(?:\s(?:n|s|e|w|north|south|east|west|ne|nw|se|sw)\b)?\.?(?:,?\s(?:flat|apt|apartment|unit|suite|#)\s?#?[0-9]{{1,4}}[a-z]?\b)?"), Category::Address, Severity::Block, "street-number"),
        (format!(r"(?i)\b(?:flat|apt|apartment|unit|lot|plot|house|shop|villa|h\.? ?no\.?|door no\.?|d\.? ?no\.?|blk|block)\s?#?\s?[0-9]{{1,4}}[a-z]?(?:[-/][0-9]+[a-z]?){{0,3}}(?:,\s?(?:[0-9]{{1,5}}[a-z]?\s)?(?:[A-Z][a-z.'-]*\s){{1,4}}(?:{STREETS})\b|,?\s(?:street|st|sector|phase|block|road)\s?(?:no\.?\s?)?[0-9]{{1,3}}|,\s(?:[A-Z][a-z.'-]+\s?){{1,3}})"), Category::Address, Severity::Block, "dwelling"),
        (format!(r"\b(?:[A-Z][a-z'-]+\s){{1,3}}(?:{NAMED})\b|\b(?:{LED})\s(?:(?:y|yr|na|an|de|la|du|des)\s)?[A-Z][a-z'-]+(?:\s[A-Z][a-z'-]+)?"), Category::Address, Severity::Confirm, "street-name"),
        (r"(?i)\b(?:[0-9](?:st|nd|rd|th)|ground|first|second|third) floor,? (?:opp(?:osite)?\.?|near|behind|above|next to|beside)\s?[^\n;?!]{3,60}?(?:\b(?:road|rd|street|marg|nagar|chowk|market|bazaar|bazar)\b|[;?!\n])".into(), Category::Address, Severity::Block, "floor"),
        (
            format!(r"\b[0-9]{{1,5}}[a-z]?,? (?:{ROADS}) (?:(?:de|du|des|la|le|y|yr|del|da|do|l')\s?){{0,2}}[A-Z][a-z'-]+(?:[ -][A-Z][a-z'-]*){{0,3}}"),
            Category::Address,
            Severity::Block,
            "street-number-foreign",
        ),
        (format!(r"\b(?:Blk|BLK|blk|Block)\s?[0-9]{{1,4}}[A-Za-z]?,?\s(?:[A-Z][a-z']+\s){{1,4}}(?:(?:Lor|Link|Central|Ring|(?i:{STREETS}))\b\.?\s?)?(?:[0-9]{{1,3}}\b)?(?:,?\s?#[0-9]{{1,2}}-[0-9]{{1,4}}[A-Za-z]?)?"), Category::Address, Severity::Block, "dwelling"),
        (r"(?i)(?:\b(?:blk|block|apt blk)\s?[0-9]{1,4}[a-z]?,?\s|\B)#[0-9]{2}-[0-9]{2,4}[a-z]?\b".into(), Category::Address, Severity::Block, "dwelling"),
        (r"\b(?:[A-Z][a-z']+\s){1,3}(?:Lor|Lorong|Ave|Avenue|Street|Link)\s[0-9]{1,3}\b".into(), Category::Address, Severity::Confirm, "street-name"),
        (format!(r"(?i)\b(?:house|flat|plot|qtr|quarters?|shop|door|bungalow|villa|site|kothi|makan|unit|h(?:\.? ?no\.?| ?#)|d(?:\.? ?no\.?| ?#))\s?(?:no\.?|number)?\s?[.:#]{{0,2}}\s?(?:[A-Z]-)?[0-9]{{1,4}}(?:[-/][0-9]{{1,4}}){{0,2}}(?:[-/ ]?[A-Z])?(?:,?\s(?:{SEGMENT})){{1,6}}"), Category::Address, Severity::Block, "address-labelled"),
        (format!(r"(?i)(?:\b(?:street|gali|galli|sector|mohall?ah?|house)\.?\s?|\B#)(?:no\.?\s?)?#?\s?(?:[A-Z]-?)?[0-9]{{1,4}}(?:[-/][A-Z0-9]{{1,3}})?(?:,\s(?:{SEGMENT})){{1,5}}"), Category::Address, Severity::Block, "address-labelled"),
        (r"\b(?:heol|stryd|ffordd|Heol|Stryd|Ffordd|jalan|jln|lorong)\s(?:(?:y|yr|ty|pen|glan)\s)?[a-z'-]{3,}\b".into(), Category::Address, Severity::Confirm, "street-name"),
        (r"\b(?:[0-9]{1,2}(?:st|nd|rd|th)\s(?:cross|main)(?:\sroad)?,?\s(?:[a-z'-]+\s){1,2}(?:layout|nagar|colony|extension|block|stage))\b|\b(?:on|off|near|along|at)\s((?:Route|Rte|Highway|Hwy|County Road|State Route|US)[ -][0-9]{1,4}[A-Z]?)\b".into(), Category::Address, Severity::Confirm, "street-name"),
        (r"(?i)\b(?:p\.?\s?o\.? box|private bag|locked bag)\s?[a-z]?[0-9]{1,6}\b".into(), Category::Address, Severity::Block, "po-box"),
        (r"(?i)\b(?:lives? at|living at|resides at|residing at|stays at|staying at|home is|address(?: on file)?(?: is)?:?|moved to|r/o)\s([0-9]{1,5}[a-z]?(?:/[0-9]+)?,?\s[^\n,.;()]{3,40})".into(), Category::Address, Severity::Block, "address-labelled"),
        (r"(?i)\b(?:gir 0aa|[a-pr-uwyz](?:[0-9]{1,2}|[a-hk-y][0-9]{1,2}|[0-9][a-hjkpstuw]|[a-hk-y][0-9][abehmnprv-y])\s[0-9][abd-hjlnp-uw-z]{2})\b|\b[A-PR-UWYZ](?:[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRV-Y])[0-9][ABD-HJLNP-UW-Z]{2}\b".into(), Category::Postcode, Severity::Block, "postcode-british"),
        (r"(?i)\b(?:[ac-fhknprtv-y][0-9]{2}|d6w)\s[0-9ac-fhknprtv-y]{4}\b|\b(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W)[0-9AC-FHKNPRTV-Y]{4}\b".into(), Category::Postcode, Severity::Block, "eircode"),
        (r"(?i)\b[abceghj-nprstvxy][0-9][abceghj-nprstv-z][ -][0-9][abceghj-nprstv-z][0-9]\b".into(), Category::Postcode, Severity::Block, "postcode-canadian"),
        (r"\b(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])[ ,.]+[0-9]{5}(?:-[0-9]{4})?\b".into(), Category::Postcode, Severity::Block, "zip"),
        (r"\b(?:NSW|VIC|QLD|SA|WA|TAS|NT|ACT|Vic|Qld|Tas)[ ,]+[0-9]{4}\b".into(), Category::Postcode, Severity::Block, "postcode-australian"),
        (r"\b(?:Singapore|S'pore|Spore|singapore|SG)\s?\(?([0-9]{6})\b|\bS\(([0-9]{6})\)".into(), Category::Postcode, Severity::Block, "postcode-labelled"),
        (r"(?i)\b(?:pin(?: ?code)?|postal code|post ?code|zip(?: ?code)?)\s?(?:is|was|no\.?)?[ :.-]{1,3}([0-9]{3}\s?[0-9]{3}|[0-9]{4,5}(?:-[0-9]{4})?)\b".into(), Category::Postcode, Severity::Block, "postcode-labelled"),
    ];
    list.into_iter().map(|(p, c, s, r)| (ascii(&p), c, s, r)).collect()
});
/// Those of some rules, as bits.
struct Bits {
    room: u64,
    unit: u64,
    address: u64,
}

static BITS: LazyLock<Bits> = LazyLock::new(|| {
    let bit = |rule: &str| PATTERNS.iter().position(|pattern| pattern.3 == rule).map_or(0, |form| 1 << form);
    Bits { room: bit("room"), unit: bit("unit-bed"), address: bit("street-number") }
});
static FORMS: LazyLock<Forms> =
    LazyLock::new(|| Forms::new(&PATTERNS.iter().map(|p| &p.0).collect::<Vec<_>>(), Some(ROOM_BITS)));

/// The words before a room's number.
pub(super) fn head_words() -> BTreeSet<String> {
    openings::words(&format!("{SPACES}|{SINGLE}"))
}

/// The words with which the patterns begin, and those that are in a street's name.
pub(super) fn first_words() -> Vec<(String, u64)> {
    let words =
        |list: String, bit| opening(&format!(r"(?i)(?:{list})\b"), MANY).words.into_iter().map(move |word| (word, bit));
    let named = words(format!("{NAMED}|{LED}|Lor|Link"), STREET_BIT);
    FORMS.first_words().iter().cloned().chain(named).chain(words(format!("{STREETS}|{ROADS}"), ROAD_BIT)).collect()
}

/// The most pieces of text from the number of an address to its road, and from the word before the number:
/// `5 St. Old Mill Lane End Road`, `h. no. 12 - km 5 …`.
const PIECES: usize = 6;
const MORE_PIECES: usize = 12;
/// The same from the first word of a street's name to its last.
const NAME: usize = 3;
/// No road lies so many tokens on, or it is not worth to look.
const FAR: usize = 48;

/// Whether a word that begins something follows a token within some pieces of text.
fn follows(scene: &Scene, at: usize, what: u64, most: usize) -> bool {
    let mut pieces = 0;
    for token in scene.tokens[at + 1..].iter().take(FAR) {
        pieces += usize::from(token.spaced);
        if pieces > most {
            return false;
        }
        if token.spaced && token.may_begin(what | ODD) {
            return true;
        }
    }
    scene.tokens.len() > at + FAR
}

/// Which of some patterns are worth to be tried at a token.
fn worth(scene: &Scene, at: usize, may: u64) -> u64 {
    if scene.tokens[at].kind == Kind::Number {
        return if follows(scene, at, ROAD_BIT, PIECES) { may } else { 0 };
    }
    let spoilt = |bit: u64, fits: &dyn Fn() -> bool| if may & bit != 0 && !fits() { bit } else { 0 };
    let room = spoilt(BITS.room, &|| space_follows(scene, at));
    let unit = spoilt(BITS.unit, &|| unit_follows(scene, at));
    let address = spoilt(BITS.address, &|| follows(scene, at, ROAD_BIT, MORE_PIECES));
    may & !(room | unit | address)
}

/// Whether what has a number, and what may be one, come with a token or soon after: `negative pressure room no. 4`.
fn space_follows(scene: &Scene, at: usize) -> bool {
    let number = |i: usize| {
        scene.tokens.get(i).is_some_and(|t| match t.kind {
            Kind::Word => t.len() == 1 || matches!(t.lower, "no" | "number" | "num"),
            Kind::Sign => b"#:-".contains(&scene.text.as_bytes()[t.start]),
            Kind::Number | Kind::Mixed | Kind::Foreign => true,
        })
    };
    (at..scene.tokens.len().min(at + 10)).any(|i| {
        let token = &scene.tokens[i];
        token.may_begin(CODE | ODD) || token.asked(asked::SPACE) && number(i + 1)
    })
}

/// Whether a unit follows a token: `in CTICU`, `to resus`.
fn unit_follows(scene: &Scene, at: usize) -> bool {
    scene
        .tokens
        .get(at + 1)
        .is_some_and(|t| matches!(t.case, Case::Upper | Case::Initial) || t.kind != Kind::Word || t.asked(asked::UNIT))
}

/// Which of the patterns that any word may begin: they name a street, in capitals.
fn named(scene: &Scene, at: usize) -> u64 {
    let token = &scene.tokens[at];
    let street = token.may_begin(STREET_BIT | ODD) || follows(scene, at, STREET_BIT, NAME);
    if token.may_begin(ODD) || token.case != Case::Lower && street { ALL } else { 0 }
}

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    for found in FORMS.find(scene, |at, may| worth(scene, at, may)) {
        push(scene, &found, hits);
    }
    // What any word may begin is named as a street.
    if scene.begins & (STREET_BIT | ODD) != 0
        && scene.tokens.iter().any(|t| t.may_begin(STREET_BIT | ODD) && t.case != Case::Lower)
    {
        FORMS.find_any(scene, |at| named(scene, at)).iter().for_each(|found| push(scene, found, hits));
    }
}

fn push(scene: &Scene, found: &Found, hits: &mut Vec<Hit>) {
    let text = scene.text;
    let (_, category, severity, rule) = PATTERNS[found.form];
    let (mut start, mut end) = (found.start, found.end);
    if matches!(rule, "room-code" | "unit-bed" | "address-labelled" | "postcode-labelled" | "street-name")
        && let Some(inner) = found.part(1)
    {
        start = inner.start;
    }
    if matches!(rule, "zip" | "postcode-australian") {
        start += text[start..end].find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    }
    while end > start && b" ,.\n?;!".contains(&text.as_bytes()[end - 1]) {
        end -= 1;
    }
    let id = found.part(1).map_or("", |part| &text[part]);
    if real(text, rule, &text[start..end], id, start, end) {
        hits.push(Hit { start, end, category, severity, rule });
        if category == Category::Address && severity == Severity::Block {
            posted(text, end, hits);
        }
    }
}

static POSTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&ascii(r"^[,.]?\s(?:-\s)?(?:([A-Z][a-z'-]+(?:[ -][A-Z][a-z'-]+){0,2}),?(?:\s[A-Z]{2,3})?\s(?:-\s)?)?([0-9]{3}\s[0-9]{3}|[0-9]{4,6})\b"))
        .expect("posted")
});

/// After a street comes the town and its code: `5 Mission Lane, Clearwater 79001`, `Temple Street, 625 001`.
fn posted(text: &str, end: usize, hits: &mut Vec<Hit>) {
    let Some(found) = POSTED.captures(&text[end..text.len().min(end + 60)]) else { return };
    let unit = super::contact::after_word(text, end + found.get(0).map_or(0, |m| m.end()));
    if matches!(unit, "ml" | "mg" | "mcg" | "units" | "cells" | "copies" | "patients") {
        return;
    }
    let pairs = [
        (found.get(1), Category::Location, Severity::Confirm, "place-beside"),
        (found.get(2), Category::Postcode, Severity::Block, "postcode-beside"),
    ];
    for (part, category, severity, rule) in pairs {
        if let Some(part) = part
            && lexicon::word(&part.as_str().to_ascii_lowercase()) & REGION == 0
        {
            hits.push(Hit { start: end + part.start(), end: end + part.end(), category, severity, rule });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

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
            "now in CVICU 12 on a vent",
            "the pt in 614-A coded",
            "moved to bedroom 9",
            "infusion chair 6",
            "bay c bed 22",
        ] {
            assert!(has(text, Category::Room), "{text}");
        }
        for text in [
            "in bed 2 days",
            "OR 2.3 (1.1-4)",
            "a 4 bed unit",
            "chair 3 times a day",
            "bed 24/7 care",
            "POD 9: HR 128",
            "EBUS of station 4R",
            "a bed 3-a-night habit",
            "in ICU 5 days",
            "ban on OTC drugs",
        ] {
            assert!(!has(text, Category::Room), "{text}");
        }
        for text in [
            "at 1840 E Custer Ave. ems",
            "lives at 27 Heol y Wennol, x",
            "flat 6, 112 moorcroft row",
            "Lot 9, Wirrabilla Rd",
            "12B Baker Street",
            "at home, 2 Saddlers Cottages, and",
            "Blk 204 Sungei Emas Ave 3 #09-114",
            "home at H# 22, St 4, Sector B-1, Phase 3",
            "lives in Street 7, Mohalla Noorpur",
            "up 212 Old Mill Road twice",
        ] {
            assert!(has(text, Category::Address), "{text}");
        }
        for text in [
            "LS6 1AB",
            "SA15 3QX",
            "Eircode F26 T9W4",
            "ON N6L 1K2",
            "Austin, TX 78701",
            "PIN 796025",
            "Singapore 238801",
            "7/2 Temple Street, 625 001",
        ] {
            assert!(has(text, Category::Postcode), "{text}");
        }
        for text in ["T2N1M0", "S1 Q3 T3", "C5 6th", "T4 14, T3 4.8", "B12 110"] {
            assert!(!has(text, Category::Postcode), "{text}");
        }
    }
}
