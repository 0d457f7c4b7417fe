//! Settling: overlaps resolved, confirmed names found everywhere, neighbours of an address joined in.

use std::collections::HashMap;

use super::lexicon::*;
use super::names::{Look, look, short_forms};
use super::token::{Case, Kind};
use super::{Category, Hit, Scene, Severity};

/// Which hit wins where two overlap.
fn rank(hit: &Hit) -> u8 {
    match (hit.category, hit.rule) {
        (Category::Quasi, _) => 30,
        (Category::Email, _) => 29,
        (Category::NationalId, "abha-address") => 29,
        (Category::Url, _) => 28,
        (Category::Handle, _) => 27,
        (Category::Ip, _) => 26,
        (
            Category::NationalId,
            "nhs-number" | "mbi" | "udi" | "emirates-id" | "cnic" | "ihi" | "south-african-id" | "nric" | "nhi"
            | "medicare-au" | "national-number",
        ) => 25,
        (Category::Device | Category::Licence | Category::Vehicle | Category::Account, rule)
            if rule != "reference" && rule != "card-number" =>
        {
            24
        }
        (Category::Mrn, "record-number" | "id-number") | (Category::Account, _) => 23,
        (Category::NationalId, "aadhaar" | "health-card" | "ssn-spaced" | "ramq") => 20,
        (Category::NationalId, _) => 22,
        (Category::Phone, "phone-asian") => 18,
        (Category::Phone, _) => 21,
        (Category::Mrn, _) => 5,
        (Category::Date, _) => 19,
        (Category::Codename, _) => 18,
        (Category::Facility, "institution") => 17,
        (Category::Name | Category::Clinician, "title" | "colleague-title" | "named" | "relative") => 16,
        (Category::Address, "street-name") => 14,
        (Category::Address, _) => 18,
        (Category::Room, _) => 15,
        (Category::Postcode, _) => 14,
        (Category::Location, "county" | "town-and-state") => 13,
        (Category::Facility, _) => 12,
        (Category::Name | Category::Clinician, "full-name" | "given-name") => 11,
        (Category::Location, "abode" | "place" | "village") => 12,
        (Category::Location, _) => 9,
        (Category::Name | Category::Clinician, _) => 10,
        (Category::Age, _) => 8,
        (Category::Device | Category::Licence | Category::Vehicle, _) => 24,
    }
}

/// The settled hits: sorted, never overlapping.
pub fn settle(scene: &Scene, mut hits: Vec<Hit>, known: &[String]) -> Vec<Hit> {
    hits.retain(|hit| hit.start < hit.end);
    beside(scene, &mut hits);
    ages_beside(scene, &mut hits);
    let mut settled = resolve(hits);
    for hit in &mut settled {
        stretch(scene, hit);
    }
    let mut settled = resolve(settled);
    let mut words = name_words(scene, &settled);
    words.extend(known.iter().cloned());
    let more = everywhere(scene, &settled, &words);
    if !more.is_empty() {
        settled.extend(more);
        settled = resolve(settled);
    }
    settled
}

/// A hit grows over what belongs to it: the possessive of `St Luke's`, the evening of a holiday.
fn stretch(scene: &Scene, hit: &mut Hit) {
    let rest = &scene.text[hit.end..];
    if hit.category == Category::Facility
        && rest.starts_with("'s")
        && !rest[2..].starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        hit.end += 2;
    }
    if matches!(hit.rule, "holiday" | "occasion") {
        let at = scene.tokens.partition_point(|t| t.start < hit.end);
        if scene.tokens.get(at).is_some_and(|t| !t.line && t.spaced)
            && matches!(
                scene.word(at),
                "day" | "eve" | "night" | "week" | "weekend" | "morning" | "afternoon" | "evening"
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
        let mut at = scene.tokens.partition_point(|t| t.start < hit.end);
        let last = at.checked_sub(1).map(|i| scene.tokens[i]);
        let given = last.is_some_and(|t| t.is(super::lexicon::FIRST) && !t.possessive && t.end == hit.end);
        while given
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

fn resolve(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(rank(hit)), std::cmp::Reverse(hit.end)));
    let mut out: Vec<Hit> = Vec::with_capacity(hits.len());
    for mut hit in hits {
        let mut keep = true;
        while let Some(last) = out.last().copied() {
            if last.end <= hit.start {
                break;
            }
            let stronger = (rank(&hit), hit.end - hit.start) > (rank(&last), last.end - last.start);
            if stronger && hit.start <= last.start {
                out.pop();
            } else if stronger {
                // Keep the head of the weaker one if something of it stays.
                let dropped = out.pop();
                if let Some(mut head) = dropped
                    && last.category == hit.category
                {
                    head.end = head.end.max(hit.end);
                    head.category = hit.category;
                    hit = head;
                }
            } else {
                if hit.end > last.end
                    && hit.category == last.category
                    && let Some(previous) = out.last_mut()
                {
                    previous.end = hit.end;
                    if hit.severity == Severity::Block {
                        previous.severity = Severity::Block;
                    }
                }
                keep = false;
                break;
            }
        }
        if keep {
            out.push(hit);
        }
    }
    out
}

/// After an address comes its town, after a town its postcode.
fn beside(scene: &Scene, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    let index: HashMap<usize, usize> = tokens.iter().enumerate().map(|(i, t)| (t.end, i)).collect();
    let anchors: Vec<Hit> = hits
        .iter()
        .copied()
        .filter(|h| matches!(h.category, Category::Address | Category::Location | Category::Facility))
        .collect();
    for anchor in anchors {
        let Some(mut at) = index.get(&anchor.end).copied() else { continue };
        at += 1;
        for _ in 0..2 {
            while tokens
                .get(at)
                .is_some_and(|t| t.kind == Kind::Sign && b",-.".contains(&scene.text.as_bytes()[t.start]))
                && at < index[&anchor.end] + 5
            {
                at += 1;
            }
            let comma = at > index[&anchor.end] + 1
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
fn ages_beside(scene: &Scene, hits: &mut Vec<Hit>) {
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

/// The words of the names found for certain.
pub fn name_words(scene: &Scene, hits: &[Hit]) -> Vec<String> {
    let mut words = Vec::new();
    for hit in hits.iter().filter(|h| matches!(h.category, Category::Name | Category::Clinician | Category::Codename)) {
        let sure = hit.severity == Severity::Block
            || matches!(
                hit.rule,
                "colleague-title"
                    | "colleague"
                    | "given-name"
                    | "full-name"
                    | "double-name"
                    | "name-by-deed"
                    | "name-likely"
                    | "double-name-lower"
            );
        if !sure || hit.rule == "other-script" {
            continue;
        }
        let from = scene.tokens.partition_point(|t| t.start < hit.start);
        for token in scene.tokens[from..].iter().take_while(|t| t.start < hit.end) {
            if token.word() && token.len() > 2 && token.case != Case::Initial {
                let end = token.end.min(hit.end);
                let word = scene.text[token.start..end].to_ascii_lowercase();
                let plain = word == "allah"
                    || hit.category == Category::Codename
                        && matches!(
                            word.as_str(),
                            "allah"
                                | "the"
                                | "male"
                                | "female"
                                | "unknown"
                                | "trauma"
                                | "patient"
                                | "lady"
                                | "man"
                                | "our"
                                | "two"
                                | "one"
                                | "three"
                                | "mister"
                        );
                if !plain
                    && !words.contains(&word)
                    && words.len() < 200
                    && !super::names::PARTICLES.contains(&word.as_str())
                {
                    words.push(word);
                }
            }
        }
    }
    words
}

/// The same names elsewhere: alone, in short, as a possessive.
fn everywhere(scene: &Scene, hits: &[Hit], words: &[String]) -> Vec<Hit> {
    if words.is_empty() {
        return Vec::new();
    }
    let mut wanted: HashMap<&str, Category> = HashMap::new();
    for hit in hits.iter().filter(|h| matches!(h.category, Category::Clinician | Category::Codename)) {
        let from = scene.tokens.partition_point(|t| t.start < hit.start);
        for token in scene.tokens[from..].iter().take_while(|t| t.start < hit.end) {
            let text = scene.text[token.start..token.end].to_ascii_lowercase();
            if let Some(word) = words.iter().find(|w| **w == text) {
                wanted.insert(word.as_str(), hit.category);
            }
        }
    }
    for word in words {
        wanted.entry(word.as_str()).or_insert(Category::Name);
        for short in short_forms(word) {
            wanted.entry(short).or_insert(Category::Name);
        }
    }
    let mut found = Vec::new();
    let mut next_hit = 0;
    for (i, token) in scene.tokens.iter().enumerate() {
        if !token.word() || token.len() < 2 {
            continue;
        }
        while next_hit < hits.len() && hits[next_hit].end <= token.start {
            next_hit += 1;
        }
        if hits.get(next_hit).is_some_and(|h| h.start < token.end) {
            continue;
        }
        let (mut key, mut end) = (scene.word(i), token.end);
        if !wanted.contains_key(key)
            && let Some(stem) = key.strip_suffix('s')
            && wanted.contains_key(stem)
            && (word(key) & (COMMON | VOCAB) == 0
                || word(stem) & COMMON == 0 && token.case == Case::Lower && scene.lowercase)
        {
            key = stem;
            end -= 1;
        }
        let pet = |name: &str| {
            let stem = key.trim_end_matches(['y', 's']).trim_end_matches("ie");
            key.len() > 2
                && stem.len() > 2
                && name.len() > 3
                && name != key
                && (name.starts_with(stem) && key.len() <= name.len() + 2)
        };
        let short = (token.case == Case::Capital
            && !token.is(COMMON | VOCAB | EPONYM | BRAND | REGION | MONTH | PLACE))
        .then(|| wanted.iter().find(|(name, _)| pet(name)).map(|(_, c)| c))
        .flatten();
        let Some(category) = wanted.get(key).or(short) else { continue };
        let next = scene.tokens.get(i + 1);
        let after = scene.word(i + 1);
        let head = next.is_some_and(|t| t.spaced && t.is(HEAD));
        let deed = next.is_some_and(|t| t.word() && t.is(DEED));
        let relative = next.is_some_and(|t| t.word() && t.is(RELATIVE));
        let double = token.is(COMMON | EPONYM | BRAND | MONTH | VOCAB | REGION | PLACE);
        let here = match token.case {
            Case::Capital => {
                !(head
                    || double
                        && (token.opens && !deed && !token.possessive
                            || token.is(EPONYM) && token.possessive && !relative
                            || token.is(EPONYM) && !deed && !next.is_none_or(|t| t.kind == Kind::Sign)))
            }
            Case::Lower => {
                !double
                    || token.is(FIRST) && !token.is(COMMON | EPONYM | BRAND | MONTH | VOCAB)
                    || scene.lowercase
                        && token.is(FIRST)
                        && (deed && !matches!(after, "was" | "had" | "is" | "has")
                            || (token.opens || i > 0 && scene.tokens[i - 1].kind == Kind::Sign)
                                && (deed || after == "from" || after == "and")
                            || token.possessive)
            }
            Case::Upper => !double && token.len() > 3,
            _ => false,
        };
        if here {
            found.push(Hit {
                start: token.start,
                end,
                category: *category,
                severity: if double || *category == Category::Clinician { Severity::Confirm } else { Severity::Block },
                rule: "name-again",
            });
        }
    }
    found
}
