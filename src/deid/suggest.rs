//! What to say about a hit, and what to put in its place: a generalisation that keeps the meaning and invents nothing.
//!
//! The words are fitted to their sentence: a name becomes the role of its bearer ([`people`]), a place its kind
//! ([`places`]), a date the days since another ([`intervals`]); what a sentence does not need is left out, with the
//! label and the comma that belonged to it.

mod ages;
mod calendar;
mod cast;
mod intervals;
mod people;
mod places;
mod sentence;
#[cfg(test)]
mod tests;
mod wording;

use super::fold::Folded;
use super::gate::{Part, PartFinding};
use super::{Category, Finding, Hit, Scene};

/// What takes the place of a find, in offsets of the folded text.
struct Offer {
    start: usize,
    end: usize,
    words: String,
}

impl Offer {
    fn say(start: usize, end: usize, words: impl Into<String>) -> Offer {
        Offer { start, end, words: words.into() }
    }

    fn leave_out(start: usize, end: usize) -> Offer {
        Offer { start, end, words: String::new() }
    }
}

/// The find before, where it reaches now.
#[derive(Clone, Copy, Default)]
struct Before {
    end: usize,
    left_out: bool,
    /// A name straight after the role of its bearer.
    after_role: bool,
    person: bool,
    place: bool,
    /// Says "a patient aged 90+".
    presented: bool,
}

/// The findings for settled hits, each with what may take its place.
pub(super) fn findings(text: &str, folded: &Folded, scene: &Scene, hits: &[Hit]) -> Vec<Finding> {
    if hits.is_empty() {
        return Vec::new();
    }
    let mut cast = cast::Cast::of(scene, hits);
    let mut said = Vec::new();
    let mut last = Before::default();
    let mut all = Vec::with_capacity(hits.len());
    for (n, hit) in hits.iter().enumerate() {
        debug_assert!(super::rules::known(hit.rule), "{} is not explained", hit.rule);
        let mut hit = *hit;
        while hit.start + 1 < hit.end && scene.text.as_bytes()[hit.start] == b' ' {
            hit.start += 1;
        }
        let hit = &hit;
        let mut offer = match hit.category {
            Category::Name | Category::Clinician | Category::Codename => people::offer(scene, &mut cast, hit, &last),
            Category::Date => Offer::say(hit.start, hit.end, "recently"),
            Category::Age => ages::offer(scene, hit),
            Category::Address | Category::Location | Category::Postcode => places::place(scene, hit, &last),
            Category::Facility => places::institution(scene, hit, &last, &mut said),
            Category::Room => places::room(scene, hit, &last),
            Category::Quasi => Offer::say(hit.start, hit.end, "someone known locally"),
            _ => places::number(scene, hit, &last),
        };
        // No find reaches into its neighbours, and none shrinks.
        let next = hits.get(n + 1).map_or(scene.text.len(), |next| next.start);
        offer.start = offer.start.max(last.end).min(hit.start);
        offer.end = offer.end.min(next).max(hit.end);
        if offer.end < hit.end || offer.start > offer.end {
            (offer.start, offer.end) = (hit.start, hit.end);
        }
        if sentence::opens(scene.text, offer.start)
            && scene.text[hit.start..].starts_with(|c: char| c.is_ascii_uppercase())
        {
            offer.words = sentence::capital(&offer.words);
        }
        last = Before {
            presented: hit.category == Category::Age && offer.words.contains("aged"),
            end: offer.end,
            left_out: offer.words.is_empty(),
            after_role: offer.words.is_empty() && scene.text[offer.start..].starts_with(' '),
            person: matches!(hit.category, Category::Name | Category::Clinician),
            place: matches!(
                hit.category,
                Category::Address | Category::Location | Category::Facility | Category::Postcode
            ),
        };
        all.push(build(text, folded, hit, offer));
    }
    let mut all = tidy(text, all);
    intervals::draw_in(text, &mut all);
    intervals::settle(&mut [(text, all.iter_mut().collect())], None);
    all
}

/// Counts the dates of a whole post from one day; `zero` is the day that is day 0 already. Returns the day that is it
/// now, as days since 1970.
pub fn across(parts: &[Part], found: &mut [PartFinding], zero: Option<i64>) -> Option<i64> {
    let mut dated: Vec<(&str, Vec<&mut Finding>)> = parts.iter().map(|part| (part.text.as_str(), Vec::new())).collect();
    for one in found {
        if let Some(at) = parts.iter().position(|part| part.name == one.part) {
            dated[at].1.push(&mut one.finding);
        }
    }
    intervals::settle(&mut dated, zero)
}

fn build(text: &str, folded: &Folded, hit: &Hit, offer: Offer) -> Finding {
    let (mut start, mut end) = folded.original(offer.start, offer.end);
    end = end.min(text.len());
    start = start.min(end);
    // Emphasis opened inside the words and closed right after belongs to them.
    if text[start..end].matches("**").count() % 2 == 1 && text[end..].starts_with("**") {
        end += 2;
    }
    Finding {
        start,
        end,
        category: hit.category,
        severity: hit.severity,
        rule: hit.rule,
        reason: reason(hit),
        suggestion: Some(offer.words),
    }
}

fn reason(hit: &Hit) -> String {
    let words = match (hit.category, hit.rule) {
        (Category::Name, "relative" | "relative-lower") => "The name of somebody close to the patient.",
        (Category::Name, "other-script") => "Words in another script, which may be a name.",
        (Category::Name, "name-again") => "A name that stands elsewhere in this post.",
        (Category::Name, _) if hit.severity == super::Severity::Confirm => "This reads like a person's name.",
        (Category::Name, _) => "A patient's name.",
        (Category::Clinician, _) => "A colleague's name, which can lead to the patient.",
        (Category::Date, "holiday") => "A holiday gives the day away.",
        (Category::Date, "month" | "month-year") => "A month is finer than needed; the year is enough.",
        (Category::Date, _) => "A date tied to the case.",
        (Category::Age, _) => "Few people reach 90, so the exact age identifies.",
        (Category::Address, _) => "A street address.",
        (Category::Location, _) => "A place small enough to narrow down who this is.",
        (Category::Postcode, _) => "A postcode.",
        (Category::Facility, _) => "A named institution shows where the patient is known.",
        (Category::Room, _) => "A room or bed number points at one patient.",
        (Category::Phone, _) => "A telephone number.",
        (Category::Email, _) => "An e-mail address.",
        (Category::Url, _) => "A personal or institutional web page.",
        (Category::Handle, _) => "An account name leads to a person.",
        (Category::Mrn, "long-number") => "A long number that may be a record number.",
        (Category::Mrn, _) => "A hospital or laboratory number.",
        (Category::NationalId, _) => "A national or health service number.",
        (Category::Account, _) => "A claim, policy or account number.",
        (Category::Licence, _) => "A licence or registration number.",
        (Category::Vehicle, _) => "A vehicle's plate or number.",
        (Category::Device, _) => "A device's serial number.",
        (Category::Ip, _) => "A network address.",
        (Category::Codename, _) => "A name by which staff call a patient.",
        (Category::Quasi, _) => "This description fits one person.",
    };
    words.to_string()
}

/// Where the title before a name begins, if there is one.
fn title_before(text: &str, start: usize, titles: u32) -> Option<usize> {
    let head = text[..start].trim_end_matches([' ', '.']);
    if start - head.len() > 3 || head.len() == start {
        return None;
    }
    let from = head.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |i| i + 1);
    (super::lexicon::word(&head[from..].to_ascii_lowercase()) & titles != 0).then_some(from)
}

/// Findings that touch after their titles were drawn in are cut back.
fn tidy(text: &str, mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain(|f| f.start < f.end && text.is_char_boundary(f.start) && text.is_char_boundary(f.end));
    let mut end = 0;
    for finding in &mut findings {
        if finding.start < end {
            finding.start = end.min(finding.end);
        }
        end = finding.end.max(end);
    }
    findings.retain(|f| f.start < f.end);
    findings
}
