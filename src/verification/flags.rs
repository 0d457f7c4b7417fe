//! What speaks of fraud: F, the fourth score. Each sign counts one; enough of them want two verifiers.

use super::mailbox::Mailbox;
use super::policy::Facts;
use crate::base::clock::{DAY, Time};
use crate::registers::Status;
use crate::registers::names::Class;

/// What speaks of fraud. Each counts one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    BoundElsewhere,
    TriedElsewhere,
    ManyNumbers,
    LookAlikeDomain,
    Disposable,
    NearName,
    EndedNumber,
    JustPublished,
    OtherCountry,
    NameChanged,
    DocumentSeen,
    LinkDenied,
    VouchDoubted,
}

impl Flag {
    pub fn words(self) -> &'static str {
        match self {
            Flag::BoundElsewhere => {
                "Another account is admitted with this number. Do not tell either who the other is."
            }
            Flag::TriedElsewhere => "Another account has applied with this number.",
            Flag::ManyNumbers => "This account has tried more than three numbers.",
            Flag::LookAlikeDomain => "The address has a domain that looks like a listed institution's and is not.",
            Flag::Disposable => "The address is of the kind that is thrown away.",
            Flag::NearName => "The name is one letter away from the registered one.",
            Flag::EndedNumber => "The number belonged to somebody whose registration has ended.",
            Flag::JustPublished => "The register lists the number for less than 30 days.",
            Flag::OtherCountry => "The applicant practises in another country than the register's.",
            Flag::NameChanged => "The applicant has claimed this number under another name before.",
            Flag::DocumentSeen => "A document looks like one that another account has given.",
            Flag::LinkDenied => "Somebody at the published address said that they did not apply.",
            Flag::VouchDoubted => "A member who vouched has vouched falsely for somebody else.",
        }
    }
}

pub(super) fn flags(facts: &Facts) -> Vec<Flag> {
    let ended = facts.is_absent
        || facts.entry.as_ref().is_some_and(|entry| !entry.status.is_good() && entry.status != Status::Unknown);
    let near = facts.found.as_ref().is_some_and(|found| found.class == Class::F);
    let new = facts.entry.as_ref().is_some_and(|entry| is_newer_than(&entry.valid_from, facts.now.plus(-30 * DAY)));
    [
        (facts.bound_elsewhere, Flag::BoundElsewhere),
        (facts.tried_elsewhere, Flag::TriedElsewhere),
        (facts.numbers_tried > 3, Flag::ManyNumbers),
        (facts.mailbox == Mailbox::LookAlike, Flag::LookAlikeDomain),
        (facts.mailbox == Mailbox::Disposable, Flag::Disposable),
        (near, Flag::NearName),
        (ended, Flag::EndedNumber),
        (new, Flag::JustPublished),
        (facts.country != facts.register.country, Flag::OtherCountry),
        (facts.name_changed, Flag::NameChanged),
        (facts.document_seen, Flag::DocumentSeen),
        (facts.link_denied, Flag::LinkDenied),
        (facts.vouch_doubted, Flag::VouchDoubted),
    ]
    .into_iter()
    .filter_map(|(holds, flag)| holds.then_some(flag))
    .collect()
}

/// Dates of the form `YYYY-MM-DD` sort as texts do.
fn is_newer_than(date: &str, time: Time) -> bool {
    !date.is_empty() && date > time.iso().get(..10).unwrap_or("")
}
