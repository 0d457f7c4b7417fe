//! Settling: overlaps resolved, confirmed names found everywhere, neighbours of an address joined in.

use std::collections::BTreeMap;

use super::beside::{ages_beside, beside, stretch};
use super::lexicon::*;
use super::names::short_forms;
use super::token::{Case, Kind};
use super::widened::widen;
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
    widen(scene, &mut settled);
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

/// So many names are looked for everywhere in a text; each is still found where it is announced.
const MOST_NAMES: usize = 200;

/// The words of the names found for certain.
pub fn name_words(scene: &Scene, hits: &[Hit]) -> Vec<String> {
    let mut words: Vec<&str> = Vec::new();
    let mut known: Words<&str> = Words::default();
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
                    | "hunch-name"
                    | "name-set-off"
                    | "name-owner"
            );
        if !sure || hit.rule == "other-script" {
            continue;
        }
        let from = scene.tokens.partition_point(|t| t.start < hit.start);
        for token in scene.tokens[from..].iter().take_while(|t| t.start < hit.end) {
            if words.len() >= MOST_NAMES {
                return words.into_iter().map(str::to_string).collect();
            }
            if token.word() && token.len() > 2 && token.case != Case::Initial {
                let word = &scene.lower[token.start..token.end.min(hit.end)];
                let plain = word == "allah"
                    || hit.category == Category::Codename
                        && matches!(
                            word,
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
                if !plain && known.insert(word) && !super::names::PARTICLES.contains(&word) {
                    words.push(word);
                }
            }
        }
    }
    words.into_iter().map(str::to_string).collect()
}

/// The same names elsewhere: alone, in short, as a possessive.
fn everywhere(scene: &Scene, hits: &[Hit], words: &[String]) -> Vec<Hit> {
    if words.is_empty() {
        return Vec::new();
    }
    // In order, so that those with the same beginning lie together.
    let mut wanted: BTreeMap<&str, Category> = words.iter().map(|word| (word.as_str(), Category::Name)).collect();
    for hit in hits.iter().filter(|h| matches!(h.category, Category::Clinician | Category::Codename)) {
        let from = scene.tokens.partition_point(|t| t.start < hit.start);
        for token in scene.tokens[from..].iter().take_while(|t| t.start < hit.end) {
            if let Some(category) = wanted.get_mut(token.lower) {
                *category = hit.category;
            }
        }
    }
    for word in words {
        for short in short_forms(word) {
            wanted.entry(short).or_insert(Category::Name);
        }
    }
    // Most words begin like no name: one bit for each pair of first letters.
    let pair = |word: &str| match word.as_bytes() {
        [a, b, ..] => usize::from(a & 31) << 5 | usize::from(b & 31),
        _ => 0,
    };
    let mut begins = [false; 1024];
    wanted.keys().for_each(|name| begins[pair(name)] = true);
    let mut found = Vec::new();
    let mut next_hit = 0;
    for (i, token) in scene.tokens.iter().enumerate() {
        if !token.word() || token.len() < 2 || !begins[pair(scene.word(i))] {
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
        let pet = || {
            let stem = key.trim_end_matches(['y', 's']).trim_end_matches("ie");
            let mut like = wanted.range(stem..).take_while(|(name, _)| stem.len() > 2 && name.starts_with(stem));
            like.find(|(name, _)| name.len() > 3 && **name != key && key.len() <= name.len() + 2)
        };
        let short = || {
            let strange =
                token.case == Case::Capital && !token.is(COMMON | VOCAB | EPONYM | BRAND | REGION | MONTH | PLACE);
            strange.then(pet).flatten().map(|(_, category)| category)
        };
        let Some(category) = wanted.get(key).or_else(short) else { continue };
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
                    || alone(scene, i)
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

/// A name that is also a word, written small where only somebody fits: `"joy is just tired,"`, `pearl's notes`.
fn alone(scene: &Scene, i: usize) -> bool {
    let token = &scene.tokens[i];
    let next = scene.tokens.get(i + 1);
    let quoted = i > 0 && scene.text.as_bytes()[scene.tokens[i - 1].start] == b'"' && !token.spaced;
    let deed = next.is_some_and(|t| t.word() && t.is(DEED | HUMAN) || matches!(scene.word(i + 1), "will" | "slept"));
    let owned =
        next.is_some_and(|t| t.word() && t.is(OWN | RELATIVE) || matches!(scene.word(i + 1), "notes" | "dress"));
    token.possessive && owned || (quoted || token.opens) && deed
}
