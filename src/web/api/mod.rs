//! The JSON API under `/api/v1`, over the same verbs as the pages. What it says of itself is made from the handlers
//! ([`openapi`]); problems are RFC 9457.

pub mod applications;
pub mod check;
pub mod decisions;
pub mod evidence;
pub mod held;
pub mod membership;
pub mod moderation;
pub mod openapi;
pub mod reading;
pub mod search;
pub mod session;
pub mod writing;

use crate::base::clock::Time;
use crate::base::problem::{Problem, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the author stands to gain.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// `none` (nothing to declare) or `some`.
    #[schema(example = "none")]
    pub statement: String,
    /// With `some`: ids of the author's own declared interests.
    #[serde(default)]
    pub interests: Vec<String>,
}

/// The author's answer to a `confirm` finding of exactly this text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The finding's `key`.
    pub finding: String,
    /// One of the `keep_reasons`.
    pub reason: String,
}

/// An id in a path; a text that no id can have names nothing.
fn id<T>(parsed: Option<T>) -> Result<T> {
    parsed.ok_or(Problem::NotFound)
}

/// RFC 3339 in UTC.
#[derive(Debug, Serialize, ToSchema)]
#[schema(value_type = String, format = DateTime)]
pub struct At(String);

impl From<Time> for At {
    fn from(time: Time) -> At {
        At(time.iso())
    }
}
