//! The NPI Registry API, version 2.1.
//!
//! What is wrong with a question comes as status 200 with a list `Errors`; a number that was ended answers as one that
//! was never given; mailing addresses may be homes and are not looked at.

use super::http::Client;
use super::{Answer, Asking, Source, Trouble, VERSION};
use crate::base::clock::Time;
use crate::registers::{Entry, Number, Profession, Status, taxonomy};
use serde_json::Value;

pub(super) struct Registry {
    client: Client,
}

impl Registry {
    pub fn new(client: Client) -> Registry {
        Registry { client }
    }
}

impl Source for Registry {
    fn ask<'a>(&'a self, number: &'a Number) -> Asking<'a> {
        Box::pin(async move {
            let mut url = self.client.url.clone();
            url.query_pairs_mut().append_pair("version", "2.1").append_pair("number", number.as_str());
            read(&self.client.get(url).await?, number)
        })
    }
}

fn read(answer: &Value, number: &Number) -> Result<Answer, Trouble> {
    if let Some(errors) = answer.get("Errors").and_then(Value::as_array) {
        // The code only: the words repeat what was asked.
        let code = errors.first().and_then(|error| error.get("number")).map(Value::to_string).unwrap_or_default();
        return Err(Trouble::Strange(format!("the registry refused the question (error {code})")));
    }
    let results = answer.get("results").and_then(Value::as_array);
    let results = results.ok_or_else(|| Trouble::Strange("the answer has no results".to_owned()))?;
    let is_it = |result: &&Value| text(result.get("number")) == number.as_str();
    let Some(result) = results.iter().find(is_it) else { return Ok(Answer::NotListed) };
    if text(result.get("enumeration_type")) != "NPI-1" {
        // An organisation's number.
        return Ok(Answer::NotListed);
    }
    let basic = result.get("basic").cloned().unwrap_or(Value::Null);
    let all = |name: &str| result.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let taxonomies = all("taxonomies");
    let is_primary = |one: &&Value| one.get("primary").and_then(Value::as_bool) == Some(true);
    let chosen = taxonomies.iter().find(is_primary).or_else(|| taxonomies.first());
    let (profession, specialty) =
        chosen.map_or((Profession::Other, String::new()), |one| taxonomy::judge(&text(one.get("code"))));
    let name = |of: &Value, parts: [&str; 3]| -> String {
        let parts: Vec<String> = parts.iter().map(|part| text(of.get(*part))).filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    };
    let family = text(basic.get("last_name"));
    if family.is_empty() {
        return Err(Trouble::Strange("the answer has no name".to_owned()));
    }
    let status = text(basic.get("status"));
    Ok(Answer::Listed(Box::new(Entry {
        register: number.register().code.to_owned(),
        number: number.as_str().to_owned(),
        family,
        given: name(&basic, ["first_name", "middle_name", ""]),
        other_names: all("other_names")
            .iter()
            .map(|other| name(other, ["first_name", "middle_name", "last_name"]))
            .filter(|other| !other.is_empty())
            .collect(),
        profession,
        specialty,
        status: if status == "A" { Status::Active } else { Status::Unknown },
        status_raw: if status == "A" { "Active".to_owned() } else { status },
        valid_from: text(basic.get("enumeration_date")),
        source_version: VERSION.to_owned(),
        seen_at: Time(0),
        absent_since: None,
    })))
}

/// A text, or a number as text; masks of dashes are nothing.
fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) if text.trim() != "--" => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
