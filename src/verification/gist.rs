//! What to look at first in an application, as one code: kept with its row, so that a verifier's list is one query.

use super::policy::{Facts, Judgement};
use crate::registers::Status;
use crate::registers::names::Class;

/// What a verifier's list says of an application: a code that is kept with it, so that the list is one query.
pub(super) fn judge(facts: &Facts, judgement: &Judgement) -> &'static str {
    let class = facts.found.as_ref().map(|found| found.class);
    let status = facts.entry.as_ref().map(|entry| entry.status);
    match (class, status) {
        _ if facts.bound_elsewhere || facts.tried_elsewhere => "elsewhere",
        _ if judgement.flags.len() >= 2 => "flags",
        _ if !facts.register.is_published() => "by-hand",
        _ if facts.is_absent => "absent",
        (None, _) | (_, None) => "not-found",
        (_, Some(status)) if status.locks() => "ended",
        (Some(Class::X), _) => "name-other",
        (Some(Class::F), _) => "name-near",
        _ if !facts.profession_fits => "profession",
        (_, Some(status)) if status != Status::Active => "status",
        (Some(Class::V), _) => "name-variant",
        _ if judgement.flags.is_empty() => "equal",
        _ => "flags",
    }
}

/// A gist in words.
pub(super) fn words(code: &str) -> &'static str {
    match code {
        "elsewhere" => "Number claimed by another account too",
        "flags" => "Something speaks against it",
        "by-hand" => "To be looked up by hand",
        "absent" => "No longer in the register",
        "not-found" => "Number not found",
        "ended" => "Registration not in force",
        "name-other" => "Name: another one",
        "name-near" => "Name: one letter differs",
        "profession" => "Profession: another one",
        "status" => "Status needs a look",
        "name-variant" => "Name: known variant",
        "equal" => "All equal",
        _ => "",
    }
}
