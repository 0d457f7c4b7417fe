//! What stands beside a hit and belongs to it: the town after an address, the age after a name, the rest of a name.

use super::lexicon::*;
use super::names::{Look, look};
use super::token::{Case, Kind};
use super::{Category, Hit, Scene, Severity};

/// A hit grows over what belongs to it: the possessive of `St Luke's`, the evening of a holiday.
pub(super) fn stretch(scene: &Scene, hit: &mut Hit) {
    let rest = &scene.text[hit.end..];
    if hit.category == Category::Facility
        && rest.starts_with("'s")
        && !rest[2..].starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        hit.end += 2;
        // `St Luke's Anua`
        let at = scene.tokens.partition_point(|t| t.start < hit.end);
        if let Some(next) =
            scene.tokens.get(at).filter(|t| t.word() && t.spaced && !t.line && !t.opens && t.case == Case::Capital)
            && next.start == hit.end + 1
            && look(next) >= Look::Unknown
        {
            hit.end = next.end;
        }
    }
    // `Blk 201 Yishun St 21`
    if hit.category == Category::Address && scene.lower[hit.start..hit.end].starts_with("bl") {
        let at = scene.tokens.partition_point(|t| t.start < hit.end);
        if let Some(next) =
            scene.tokens.get(at).filter(|t| t.kind == Kind::Number && t.len() <= 3 && t.spaced && !t.line)
        {
            hit.end = next.end;
        }
    }
    if matches!(hit.rule, "holiday" | "occasion") {
        let at = scene.tokens.partition_point(|t| t.start < hit.end);
        if scene.tokens.get(at).is_some_and(|t| !t.line && t.spaced)
            && matches!(
                scene.word(at),
                "day"
                    | "eve"
                    | "night"
                    | "week"
                    | "weekend"
                    | "morning"
                    | "afternoon"
                    | "evening"
                    | "monday"
                    | "tuesday"
                    | "wednesday"
                    | "thursday"
                    | "friday"
                    | "saturday"
                    | "sunday"
            )
        {
            hit.end = scene.tokens[at].end;
        }
        let from = scene.tokens.partition_point(|t| t.start < hit.start);
        if from > 0
            && !scene.tokens[from].line
            && (scene.tokens[from - 1].kind == Kind::Mixed && scene.word(from - 1).ends_with(['t', 'd', 'h'])
                || matches!(
                    scene.word(from - 1),
                    "little" | "women" | "orthodox" | "coptic" | "choti" | "bari" | "old"
                ))
        {
            hit.start = scene.tokens[from - 1].start;
        }
    }
    // `Dwayne Two Bulls`: ordinary words in capitals go on with a given name.
    if matches!(hit.rule, "full-name" | "given-name" | "relative" | "named" | "title") {
        let from = scene.tokens.partition_point(|t| t.start < hit.end);
        let mut at = from;
        let last = at.checked_sub(1).map(|i| scene.tokens[i]);
        let given = last.is_some_and(|t| t.is(super::lexicon::FIRST) && !t.possessive && t.end == hit.end);
        while given
            && at < from + 4
            && scene.tokens.get(at).is_some_and(|t| {
                t.word()
                    && t.case == Case::Capital
                    && t.spaced
                    && !t.line
                    && !t.opens
                    && t.is(COMMON | VOCAB)
                    && !t.is(HEAD | SUFFIX | MONTH | BRAND | EPONYM | REGION)
            })
            && scene.tokens[at].start == hit.end + 1
        {
            hit.end = scene.tokens[at].end;
            at += 1;
        }
    }
}

/// After an address comes its town, after a town its postcode.
pub(super) fn beside(scene: &Scene, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    let anchors: Vec<Hit> = hits
        .iter()
        .copied()
        .filter(|h| matches!(h.category, Category::Address | Category::Location | Category::Facility))
        .collect();
    for anchor in anchors {
        let last = tokens.partition_point(|t| t.end < anchor.end);
        if tokens.get(last).is_none_or(|t| t.end != anchor.end) {
            continue;
        }
        let mut at = last + 1;
        for _ in 0..2 {
            while tokens
                .get(at)
                .is_some_and(|t| t.kind == Kind::Sign && b",-.".contains(&scene.text.as_bytes()[t.start]))
                && at < last + 5
            {
                at += 1;
            }
            let comma = at > last + 1
                || anchor.category == Category::Address
                    && anchor.severity == Severity::Block
                    && tokens
                        .get(at)
                        .is_some_and(|t| look(t) == Look::Unknown || t.is(PLACE) && !t.is(COMMON | VOCAB | FIRST));
            let town_beside = anchor.category == Category::Facility
                && tokens
                    .get(at)
                    .is_some_and(|t| t.capital() && !t.opens && t.is(PLACE) && !t.is(COMMON | VOCAB | FIRST | EPONYM));
            let comma = comma || town_beside;
            let Some(token) = tokens.get(at) else { break };
            if token.line {
                break;
            }
            let text = &scene.text[token.start..token.end];
            let unit = super::contact::after_word(scene.text, token.end);
            let year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
            if token.kind == Kind::Number
                && matches!(text.len(), 4..=6)
                && (anchor.category != Category::Facility || comma)
                && !(year && anchor.category != Category::Address)
                && !matches!(unit, "ml" | "mg" | "km" | "people" | "years" | "m" | "cases" | "patients")
                && !scene.text[token.end..].starts_with(['%', '/'])
            {
                hits.push(Hit {
                    start: token.start,
                    end: token.end,
                    category: Category::Postcode,
                    severity: Severity::Block,
                    rule: "postcode-beside",
                });
                break;
            }
            if scene.lowercase
                && token.case == Case::Lower
                && token.is(PLACE)
                && !token.is(COMMON | VOCAB | FIRST | EPONYM)
                && anchor.category == Category::Address
            {
                hits.push(Hit {
                    start: token.start,
                    end: token.end,
                    category: Category::Location,
                    severity: Severity::Confirm,
                    rule: "place-beside",
                });
                at += 1;
                continue;
            }
            if token.word()
                && token.capital()
                && !token.opens
                && comma
                && (anchor.category != Category::Location || token.is(PLACE) && !token.is(COMMON | VOCAB | FIRST))
                && look(token) != Look::No
                && !token.is(REGION)
            {
                let mut end = at + 1;
                while tokens
                    .get(end)
                    .is_some_and(|t| t.word() && t.capital() && t.spaced && !t.line && look(t) != Look::No)
                    && end < at + 3
                {
                    end += 1;
                }
                if anchor.category == Category::Address || token.is(PLACE) {
                    hits.push(Hit {
                        start: token.start,
                        end: tokens[end - 1].end,
                        category: Category::Location,
                        severity: Severity::Confirm,
                        rule: "place-beside",
                    });
                }
                at = end;
                continue;
            }
            if token.word() && token.is(REGION) || token.case == Case::Upper && token.len() <= 3 {
                at += 1;
                continue;
            }
            break;
        }
    }
}

/// An age of 90 or over right after a name or a date of birth: `Faith, 91,`, `9/11/1932 (91)`.
pub(super) fn ages_beside(scene: &Scene, hits: &mut Vec<Hit>) {
    let anchors: Vec<usize> =
        hits.iter().filter(|h| matches!(h.category, Category::Name | Category::Date)).map(|h| h.end).collect();
    for end in anchors {
        let at = scene.tokens.partition_point(|t| t.start < end);
        // `Mzee Loitakori 95 carried`, `Old Snow, ninety-four,`
        if let Some([number, after]) = scene.tokens.get(at..at + 2)
            && number.kind == Kind::Number
            && scene.text[number.start..number.end].parse().is_ok_and(|n: u32| (90..=117).contains(&n))
            && after.is(super::lexicon::HUMAN)
            && !number.line
        {
            hits.push(Hit {
                start: number.start,
                end: number.end,
                category: Category::Age,
                severity: Severity::Block,
                rule: "age-over-89",
            });
            continue;
        }
        // `mrs d'souza 97,`
        if let Some([number, after]) = scene.tokens.get(at..at + 2)
            && number.kind == Kind::Number
            && scene.text[number.start..number.end].parse().is_ok_and(|n: u32| (90..=117).contains(&n))
            && !after.spaced
            && scene.text[after.start..after.end].starts_with([',', ')', ';', '.'])
            && scene.tokens.get(at + 2).is_none_or(|t| t.spaced)
            && number.spaced
            && !number.line
        {
            hits.push(Hit {
                start: number.start,
                end: number.end,
                category: Category::Age,
                severity: Severity::Block,
                rule: "age-over-89",
            });
            continue;
        }
        let Some([sign, number, after]) = scene.tokens.get(at..at + 3) else { continue };
        let signs = scene.text[sign.start..sign.end].starts_with([',', '('])
            && scene.text[after.start..after.end].starts_with([',', ')', '.', ';']);
        let value: u32 = scene.text[number.start..number.end].parse().unwrap_or(0);
        if signs && number.kind == Kind::Number && (90..=117).contains(&value) {
            hits.push(Hit {
                start: number.start,
                end: number.end,
                category: Category::Age,
                severity: Severity::Block,
                rule: "age-over-89",
            });
        }
    }
}
