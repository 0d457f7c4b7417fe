//! FHIR R4: `Practitioner` by identifier, as the French directory (RPPS) and New Zealand's HPI serve it.
//!
//! France says in `active` whether somebody is listed and codes the profession; New Zealand puts the registration's
//! status into an extension of each qualification, and the practising certificate is the qualification's period.

use super::http::Client;
use super::{Answer, Asking, Source, Trouble, VERSION};
use crate::base::clock::{Clock, Time};
use crate::registers::{Entry, Number, Profession, Removal, Status, rpps};
use serde_json::Value;

/// The end of the system of New Zealand's status codes.
const STATUS_CODES: &str = "practitioner-registration-status-code";

pub(super) struct Directory {
    client: Client,
    system: String,
    clock: Clock,
}

impl Directory {
    pub fn new(client: Client, system: String, clock: Clock) -> Directory {
        Directory { client, system, clock }
    }
}

impl Source for Directory {
    fn ask<'a>(&'a self, number: &'a Number) -> Asking<'a> {
        Box::pin(async move {
            let mut url = self.client.url.clone();
            if let Ok(mut path) = url.path_segments_mut() {
                path.pop_if_empty().push("Practitioner");
            }
            let identifier = format!("{}|{}", self.system, number.as_str());
            url.query_pairs_mut().append_pair("identifier", &identifier).append_pair("_count", "2");
            read(&self.client.get(url).await?, number, self.clock.now())
        })
    }
}

fn read(answer: &Value, number: &Number, now: Time) -> Result<Answer, Trouble> {
    let strange = |words: &str| Err(Trouble::Strange(words.to_owned()));
    match text(answer, "resourceType") {
        "Bundle" => {}
        "OperationOutcome" => return strange("the directory refused the question"),
        _ if answer.is_null() => return Ok(Answer::NotListed),
        _ => return strange("the answer is no bundle"),
    }
    let found: Vec<&Value> = list(answer, "entry")
        .filter_map(|entry| entry.get("resource"))
        .filter(|resource| text(resource, "resourceType") == "Practitioner" && carries(resource, number))
        .collect();
    match found.as_slice() {
        [] => Ok(Answer::NotListed),
        [one] => practitioner(one, number, now),
        _ => strange("several practitioners carry this number"),
    }
}

/// France's national identifier is an 8 before the number.
fn carries(resource: &Value, number: &Number) -> bool {
    let is_it = |value: &str| value == number.as_str() || value.strip_prefix('8') == Some(number.as_str());
    text(resource, "id") == number.as_str() || list(resource, "identifier").any(|one| is_it(text(one, "value")))
}

fn practitioner(resource: &Value, number: &Number, now: Time) -> Result<Answer, Trouble> {
    let mut names: Vec<&Value> = list(resource, "name").collect();
    let rank = |name: &&Value| match text(name, "use") {
        "official" => 0,
        "usual" => 1,
        "" => 2,
        _ => 3,
    };
    names.sort_by_key(rank);
    let Some((first, others)) = names.split_first() else {
        return Err(Trouble::Strange("the answer has no name".to_owned()));
    };
    let given = |name: &Value| list(name, "given").filter_map(Value::as_str).collect::<Vec<_>>().join(" ");
    let full = |name: &&Value| format!("{} {}", given(name), text(name, "family")).trim().to_owned();
    let qualifications: Vec<&Value> = list(resource, "qualification").collect();
    let (status, raw, since) = standing(resource, &qualifications, now);
    let (profession, specialty) = profession(&qualifications);
    Ok(Answer::Listed(Box::new(Entry {
        register: number.register().code.to_owned(),
        number: number.as_str().to_owned(),
        family: text(first, "family").to_owned(),
        given: given(first),
        other_names: others.iter().map(full).filter(|name| !name.is_empty()).collect(),
        profession,
        specialty,
        status,
        status_raw: raw,
        valid_from: since,
        source_version: VERSION.to_owned(),
        seen_at: Time(0),
        absent_since: None,
    })))
}

/// The best standing among the qualifications; a suspension among them counts before all.
fn standing(resource: &Value, qualifications: &[&Value], now: Time) -> (Status, String, String) {
    let today = jiff::Timestamp::from_millisecond(now.millis()).unwrap_or_default().to_string();
    let today = &today[..10];
    let mut found: Vec<(Status, String, String)> = Vec::new();
    for qualification in qualifications {
        let Some(code) = status_code(qualification) else { continue };
        let period = qualification.get("period").unwrap_or(&Value::Null);
        let (start, end) = (text(period, "start"), text(period, "end"));
        let is_over = !end.is_empty() && end.get(..10).unwrap_or(end) < today;
        let status = match code.as_str() {
            "current" if is_over => Status::Lapsed,
            "current" => Status::Active,
            "suspended" => Status::Suspended { interim: false },
            "removed" => Status::Removed(Removal::Administrative),
            "inactive" => Status::NonPractising,
            _ => Status::Unknown,
        };
        found.push((status, code, start.get(..10).unwrap_or("").to_owned()));
    }
    let rank = |status: &Status| match status {
        Status::Suspended { .. } => 0,
        Status::Active => 1,
        Status::NonPractising => 2,
        Status::Lapsed => 3,
        Status::Removed(_) => 4,
        _ => 5,
    };
    found.sort_by_key(|(status, _, _)| rank(status));
    if let Some(best) = found.into_iter().next() {
        return best;
    }
    match resource.get("active").and_then(Value::as_bool) {
        Some(true) => (Status::Active, "active".to_owned(), String::new()),
        // It does not say why.
        Some(false) => (Status::Unknown, "not active".to_owned(), String::new()),
        None => (Status::Unknown, String::new(), String::new()),
    }
}

/// New Zealand's code of the registration's status, in whichever extension it stands.
fn status_code(qualification: &Value) -> Option<String> {
    list(qualification, "extension").find_map(|extension| {
        let concept = extension.get("valueCodeableConcept").unwrap_or(&Value::Null);
        let here = list(concept, "coding").find(|coding| text(coding, "system").ends_with(STATUS_CODES));
        here.map(|coding| text(coding, "code").to_owned()).or_else(|| status_code(extension))
    })
}

/// From codes of France's table of professions, or from words.
fn profession(qualifications: &[&Value]) -> (Profession, String) {
    let mut best = (Profession::Other, String::new());
    for qualification in qualifications {
        let code = qualification.get("code").unwrap_or(&Value::Null);
        for coding in list(code, "coding") {
            if text(coding, "system").contains("G15-ProfessionSante") {
                let (profession, specialty) = rpps::profession(text(coding, "code"));
                return (profession, specialty.to_owned());
            }
            let by_words = of_words(text(coding, "display"));
            if best.0 == Profession::Other {
                best = (by_words, String::new());
            }
        }
        if best.0 == Profession::Other {
            best = (of_words(text(code, "text")), String::new());
        }
    }
    best
}

fn of_words(words: &str) -> Profession {
    const WORDS: [(&str, Profession); 14] = [
        ("nurse practitioner", Profession::AdvancedPractice),
        ("nurs", Profession::Nurse),
        ("midwi", Profession::Midwife),
        ("medical", Profession::Physician),
        ("doctor", Profession::Physician),
        ("dent", Profession::Dentist),
        ("pharmac", Profession::Pharmacist),
        ("physiotherap", Profession::Therapist),
        ("occupational", Profession::Therapist),
        ("psycholog", Profession::Psychologist),
        ("podiatr", Profession::Podiatrist),
        ("optomet", Profession::Optometrist),
        ("dietit", Profession::Dietitian),
        ("paramedic", Profession::Paramedic),
    ];
    let words = words.to_lowercase();
    WORDS.iter().find(|(word, _)| words.contains(word)).map_or(Profession::Other, |(_, profession)| *profession)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}
