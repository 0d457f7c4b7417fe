//! The de-identification check, and how it is told that a text was not published.

use crate::accounts::Clinician;
use crate::base::id::ThreadId;
use crate::base::problem::{Fault, Problem, Result};
use crate::base::text::LONGEST;
use crate::deid::gate::{self, KEEP_REASONS, Part, PartFinding};
use crate::deid::{self, Risk};
use crate::discussion::{self, Declined, clean};
use crate::live::{Asked, Examine};
use crate::log::Log;
use crate::web::body::{Json, json};
use crate::web::site::Site;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json as value};
use std::sync::Arc;
use utoipa::ToSchema;

/// Findings shown at once; who mends these is shown the rest.
const MOST_SHOWN: usize = 300;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// The parts of one post; a name found in one is found in all, and the risk is that of all together.
    parts: Vec<CheckPart>,
    /// The thread it is a reply in: what its case has told already counts too.
    #[serde(default)]
    thread: Option<String>,
    /// The day, counted from 1970-01-01, that an earlier fix called “day 0” in them.
    #[serde(default)]
    zero: Option<i64>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckPart {
    /// title, body, presentation, history, findings, investigations, question, source
    #[schema(example = "body")]
    name: String,
    text: String,
}

/// What the check found.
#[derive(Serialize, ToSchema)]
pub struct CheckAnswer {
    findings: Vec<ShownFinding>,
    risk: ShownRisk,
    /// Why a `confirm` finding may stay.
    keep_reasons: Vec<KeepReason>,
    /// The version of the rules.
    ruleset: &'static str,
    /// The day, counted from 1970-01-01, from which the suggestions count the days.
    zero: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct ShownFinding {
    /// Binds an answer to exactly this text.
    key: String,
    part: String,
    /// Offsets in Unicode code points of the part's text.
    start: usize,
    end: usize,
    category: &'static str,
    /// `block` must be changed; `confirm` must be changed or answered.
    #[schema(value_type = String, example = "block")]
    severity: deid::Severity,
    rule: &'static str,
    reason: String,
    /// What may stand there instead; empty: leave it out; missing: nothing to offer.
    suggestion: Option<String>,
    words: String,
}

#[derive(Serialize, ToSchema)]
pub struct ShownRisk {
    /// green, amber, red
    #[schema(value_type = String, example = "green")]
    band: deid::Band,
    /// What tells most.
    details: Vec<String>,
    /// The cheapest change that lowers the band.
    change: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct KeepReason {
    code: &'static str,
    words: &'static str,
}

/// Checks a text for what could identify a patient. Nothing is stored and nothing is logged.
#[utoipa::path(post, path = "/api/v1/deid/check", tag = "check", request_body = CheckRequest, responses(
    (status = 200, description = "What was found; an empty list means the text would pass", body = CheckAnswer)))]
pub async fn check(
    State(site): State<Site>,
    author: Clinician,
    Json(asked): Json<CheckRequest>,
) -> Result<Json<CheckAnswer>> {
    if asked.parts.len() > 20 {
        return Err(Problem::field("parts", "too-many", "Send at most 20 parts."));
    }
    if let Some(long) = asked.parts.iter().find(|part| part.text.chars().count() > LONGEST) {
        let name: String = long.name.chars().take(40).collect();
        return Err(Problem::field(&name, "too-long", format!("Use at most {LONGEST} characters here.")));
    }
    let parts: Vec<Part> =
        asked.parts.into_iter().map(|part| Part { name: part.name, text: clean(&part.text) }).collect();
    let thread = asked.thread.as_deref().map(|thread| ThreadId::parse(thread).ok_or(Problem::NotFound)).transpose()?;
    let around = discussion::around(&mut *site.log.reader().await?, author.id(), thread.as_ref(), None).await?;
    let (mut findings, risk) = gate::examine_in(&parts, &around);
    let zero = deid::suggest::across(&parts, &mut findings, asked.zero);
    Ok(Json(CheckAnswer {
        zero,
        findings: shown(&parts, findings),
        risk: ShownRisk { band: risk.band, details: risk.details, change: risk.change },
        keep_reasons: keep_reasons(),
        ruleset: deid::RULESET,
    }))
}

/// Findings with offsets in code points of their part.
fn shown(parts: &[Part], findings: Vec<PartFinding>) -> Vec<ShownFinding> {
    let mut out = Vec::with_capacity(findings.len());
    for part in parts {
        let mine: Vec<&PartFinding> = findings.iter().filter(|found| found.part == part.name).collect();
        let spans: Vec<deid::Finding> = mine.iter().map(|found| found.finding.clone()).collect();
        for (found, (start, end)) in mine.iter().zip(deid::to_code_points(&part.text, &spans)) {
            out.push(show(found, start, end));
        }
    }
    out
}

fn show(found: &PartFinding, start: usize, end: usize) -> ShownFinding {
    ShownFinding {
        key: found.key.clone(),
        part: found.part.clone(),
        start,
        end,
        category: found.finding.category.code(),
        severity: found.finding.severity,
        rule: found.finding.rule,
        reason: found.finding.reason.clone(),
        suggestion: found.finding.suggestion.clone(),
        words: found.words.clone(),
    }
}

/// The same check for a page's open line, off the threads that serve the others.
pub fn of_drafts(log: Log) -> Examine {
    Arc::new(move |asked: Asked| {
        let log = log.clone();
        Box::pin(async move {
            let around =
                discussion::around(&mut *log.reader().await?, &asked.author, asked.thread.as_ref(), None).await?;
            tokio::task::spawn_blocking(move || examine_draft(&asked, &around))
                .await
                .map_err(|cause| Problem::fault(format!("a draft was not checked: {cause}")))
        })
    })
}

/// Places are counted in UTF-16 units, as the page counts, and no words are repeated.
fn examine_draft(Asked { parts, zero, .. }: &Asked, around: &deid::Around) -> Value {
    if parts.iter().any(|(_, text)| text.chars().count() > LONGEST) {
        return value!({ "too_long": true });
    }
    let parts: Vec<Part> = parts.iter().map(|(name, text)| Part { name: name.clone(), text: clean(text) }).collect();
    let (mut findings, risk) = gate::examine_in(&parts, around);
    let zero = deid::suggest::across(&parts, &mut findings, *zero);
    let mut shown = Vec::new();
    for part in &parts {
        // One walk along the text: places only grow.
        let (mut at, mut units) = (0, 0);
        for found in findings.iter().filter(|found| found.part == part.name).take(MOST_SHOWN - shown.len()) {
            let found_at = &found.finding;
            units += part.text[at..found_at.start].encode_utf16().count();
            let from = units;
            units += part.text[found_at.start..found_at.end].encode_utf16().count();
            at = found_at.end;
            shown.push(value!({
                "key": found.key, "part": found.part, "from": from, "to": units, "severity": found_at.severity,
                "rule": found_at.rule, "reason": found_at.reason, "suggestion": found_at.suggestion,
                "dated": found_at.category == deid::Category::Date,
            }));
        }
    }
    value!({ "findings": shown, "risk": risk, "keep_reasons": keep_reasons(), "zero": zero })
}

fn keep_reasons() -> Vec<KeepReason> {
    KEEP_REASONS.iter().map(|(code, words)| KeepReason { code, words }).collect()
}

/// Why nothing was published, for a program: a problem document with the faults by field and the findings.
pub fn declined(faults: &[Fault], findings: &[PartFinding], risk: Option<&Risk>, whole: Option<String>) -> Value {
    let problems: serde_json::Map<String, Value> =
        faults.iter().map(|fault| (fault.field.clone(), Value::from(fault.words.clone()))).collect();
    let code = if findings.is_empty() { "refused" } else { "identifies" };
    let detail = whole.unwrap_or_else(|| match (findings.len(), faults.len()) {
        (0, _) => "Some fields must be put right; nothing was published.".to_owned(),
        _ => "Something in this text could identify a patient, or needs your answer; nothing was published.".to_owned(),
    });
    // Offsets of another text would mislead: a page asks the check again for the text it holds.
    let findings: Vec<Value> = findings
        .iter()
        .map(|found| {
            value!({
                "key": found.key, "part": found.part, "category": found.finding.category.code(),
                "severity": found.finding.severity, "rule": found.finding.rule, "reason": found.finding.reason,
                "suggestion": found.finding.suggestion, "words": found.words,
            })
        })
        .collect();
    value!({
        "type": format!("urn:collegium:problem:{code}"),
        "title": "Unprocessable Content",
        "status": 422,
        "code": code,
        "detail": detail,
        "faults": faults,
        "problems": problems,
        "findings": findings,
        "risk": risk,
        "keep_reasons": KEEP_REASONS.iter().map(|(code, words)| value!({ "code": code, "words": words })).collect::<Vec<_>>(),
    })
}

/// The answer to a program whose text was not published.
pub fn decline(reason: Declined) -> Result<Response> {
    match reason {
        Declined::Problem(problem) => Err(problem),
        Declined::Form { faults, findings, risk } => {
            let mut answer = json(StatusCode::UNPROCESSABLE_ENTITY, declined(&faults, &findings, risk.as_ref(), None));
            answer.headers_mut().insert(
                axum::http::header::CONTENT_TYPE,
                axum::http::HeaderValue::from_static("application/problem+json"),
            );
            Ok(answer)
        }
    }
}
