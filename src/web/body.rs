//! Reading what was sent: forms and JSON, each with its own type, size and clear words.

use super::site::Site;
use crate::base::problem::{Problem, Result};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A form as it was sent: names may repeat.
#[derive(Debug, Default, Clone)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Fields that were not sent but are known: to fill a form.
    pub fn of(pairs: Vec<(String, String)>) -> Fields {
        Fields(pairs)
    }

    /// The first value under a name, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The first value, owned.
    pub fn take(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// All values under a name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone()).collect()
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }
}

impl FromRequest<Site> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Fields> {
        if !is_type(request.headers(), "application/x-www-form-urlencoded") {
            return Err(Problem::WrongType("a form (application/x-www-form-urlencoded)"));
        }
        let bytes = read(request, site).await?;
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(&bytes).into_owned().collect();
        if pairs.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
            return Err(nul());
        }
        Ok(Fields(pairs))
    }
}

/// U+0000 is no text that anybody types; PostgreSQL keeps none, and SQLite ends there for some readers.
fn nul() -> Problem {
    Problem::Malformed("There is a character in it that is no text (U+0000); take it out.".to_owned())
}

/// Whether JSON writes a U+0000 anywhere. (Unescaped, it is no JSON.)
fn writes_nul(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if bytes[at + 1..].starts_with(b"u0000") => return true,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    false
}

/// A JSON body, read strictly, or a JSON answer.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Site> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Json<T>> {
        if !is_type(request.headers(), "application/json") {
            return Err(Problem::WrongType("JSON (application/json)"));
        }
        let bytes = read(request, site).await?;
        if writes_nul(&bytes) {
            return Err(nul());
        }
        serde_json::from_slice(&bytes).map(Json).map_err(|cause| Problem::Malformed(tell(&cause)))
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => ([(header::CONTENT_TYPE, "application/json")], bytes).into_response(),
            Err(cause) => Problem::from(cause).into_response(),
        }
    }
}

/// JSON with a status of its own.
pub fn json<T: Serialize>(status: StatusCode, value: T) -> Response {
    (status, Json(value)).into_response()
}

/// What serde found, without the text it found it in: that may be clinical.
fn tell(cause: &serde_json::Error) -> String {
    let words = cause.to_string();
    let kind = if words.starts_with("unknown field")
        || words.starts_with("missing field")
        || words.starts_with("duplicate field")
    {
        words.split(" at line").next().unwrap_or_default().split(", expected").next().unwrap_or_default().to_owned()
    } else if cause.is_data() {
        "a value has the wrong type".to_owned()
    } else {
        "this is not JSON".to_owned()
    };
    format!("{kind} (line {}, column {}).", cause.line(), cause.column())
}

fn is_type(headers: &HeaderMap, wanted: &str) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|value| value.trim().eq_ignore_ascii_case(wanted))
}

async fn read(request: Request, site: &Site) -> Result<Bytes> {
    read_up_to(request, site.config.limits.body_bytes).await
}

/// Reads on and keeps nothing: a connection that is closed on bytes not yet read is reset, and its sender might never
/// hear that it was too much.
async fn pour_away(mut body: axum::body::Body, most: usize) {
    let mut poured = 0;
    while poured < most
        && let Some(Ok(frame)) = body.frame().await
    {
        poured += frame.data_ref().map_or(0, Bytes::len);
    }
}

/// A whole body, of at most so many bytes.
pub async fn read_up_to(request: Request, limit: usize) -> Result<Bytes> {
    let told = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.parse::<usize>().ok());
    if told.is_some_and(|length| length > limit) {
        pour_away(request.into_body(), limit * 4).await;
        return Err(Problem::TooLarge { limit });
    }
    match http_body_util::Limited::new(request.into_body(), limit).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(cause) if cause.downcast_ref::<http_body_util::LengthLimitError>().is_some() => {
            Err(Problem::TooLarge { limit })
        }
        Err(_) => Err(Problem::Malformed("the body broke off.".to_owned())),
    }
}
