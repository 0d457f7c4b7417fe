//! What each address does: extracts, calls one verb, answers. What a page looks like stands in `pages/`.

pub mod admin;
pub mod case;
pub mod correction;
pub mod decisions;
pub mod demo;
pub mod desk;
pub mod doubts;
pub mod duty;
pub mod entry;
pub mod evidence;
pub mod held;
pub mod house;
pub mod live;
pub mod membership;
pub mod moderation;
pub mod notices;
pub mod passkeys;
pub mod posts;
pub mod privacy;
pub mod proof;
pub mod record;
pub mod removal;
pub mod rooms;
pub mod search;
pub mod settings;
pub mod threads;
pub mod trail;
pub mod verification;
pub mod verify;
pub mod vouching;

use crate::base::problem::{Fault, Problem};
use crate::web::form::Field;
use axum::response::{IntoResponse, Redirect, Response};

/// After a form that was taken: on to a page.
pub fn see(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A path of ours to go on to; anything else is the front page.
pub fn safe_next(next: &str) -> String {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(|c| c.is_control() || c.is_whitespace());
    if ours { next.to_owned() } else { "/".to_owned() }
}

/// What was typed, with what is wrong with it.
pub fn field(value: String, name: &str, faults: &[Fault]) -> Field {
    Field { problem: faults.iter().find(|fault| fault.field == name).map(|fault| fault.words.clone()), value }
}

/// Takes a problem apart for a form that comes back: its fields, or a word on the whole. What no form can show goes on
/// to the edge.
pub fn for_form(problem: Problem) -> Result<(Vec<Fault>, Option<String>), Problem> {
    match problem {
        Problem::Refused(faults) => Ok((faults, None)),
        Problem::Conflict { words, .. } => Ok((Vec::new(), Some(words))),
        Problem::TooMany { seconds } => {
            Ok((Vec::new(), Some(format!("Too many tries. Password sign-in goes on in {} minutes.", seconds / 60 + 1))))
        }
        other => Err(other),
    }
}
