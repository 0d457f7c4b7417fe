//! What control of a confirmed address shows.
//!
//! A mailbox shows that somebody is a registrant's colleague or the registrant only if its domain is on the house's own
//! list of institutions, the mailbox is a person's and carries the registered name. Students, alumni and shared
//! mailboxes have the same domain; look-alike domains have nearly the same one.

use super::policy::Policy;
use crate::registers::names::family_key;

/// The kind of mailbox that was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailbox {
    /// A person's, at a listed institution, carrying the registered name.
    Institutional,
    /// At a listed institution; whose it is does not show.
    Unnamed,
    /// Shared: a role, not a person.
    Shared,
    /// Anywhere else.
    Private,
    /// A domain that looks like a listed one and is not.
    LookAlike,
    /// An address made to be thrown away.
    Disposable,
}

const CODES: [(Mailbox, &str); 6] = [
    (Mailbox::Institutional, "institutional"),
    (Mailbox::Unnamed, "unnamed"),
    (Mailbox::Shared, "shared"),
    (Mailbox::Private, "private"),
    (Mailbox::LookAlike, "look-alike"),
    (Mailbox::Disposable, "disposable"),
];

const SHARED: [&str; 34] = [
    "admin",
    "admissions",
    "appointments",
    "bookings",
    "clinic",
    "contact",
    "dept",
    "department",
    "desk",
    "enquiries",
    "front",
    "frontdesk",
    "help",
    "helpdesk",
    "hello",
    "hr",
    "info",
    "inbox",
    "mail",
    "noreply",
    "office",
    "pharmacy",
    "postmaster",
    "practice",
    "reception",
    "referrals",
    "research",
    "secretary",
    "service",
    "support",
    "team",
    "ward",
    "webmaster",
    "postgrad",
];

impl Mailbox {
    pub fn code(self) -> &'static str {
        CODES.iter().find(|(kind, _)| *kind == self).map_or("private", |(_, code)| code)
    }

    /// Judges a confirmed address for somebody who claims this registered name.
    pub fn judge(policy: &Policy, email: &str, registered_name: &str) -> Mailbox {
        let Some((local, domain)) = email.rsplit_once('@') else { return Mailbox::Private };
        let (local, domain) = (local.to_lowercase(), domain.to_lowercase());
        if policy.institutional_domains.iter().any(|listed| is_of(&domain, listed)) {
            return of_institution(&local, registered_name);
        }
        if policy.disposable_domains.iter().any(|listed| is_of(&domain, listed)) {
            return Mailbox::Disposable;
        }
        if policy.institutional_domains.iter().any(|listed| looks_like(&domain, listed)) {
            return Mailbox::LookAlike;
        }
        Mailbox::Private
    }
}

/// As its row says it.
impl From<String> for Mailbox {
    fn from(code: String) -> Mailbox {
        CODES.iter().find(|(_, known)| *known == code).map_or(Mailbox::Private, |(kind, _)| *kind)
    }
}

/// A listed `example.org` means exactly that domain; a listed `.example.org` also everything under it.
fn is_of(domain: &str, listed: &str) -> bool {
    let listed = listed.to_lowercase();
    match listed.strip_prefix('.') {
        Some(under) => domain == under || domain.ends_with(&listed),
        None => domain == listed,
    }
}

fn of_institution(local: &str, registered_name: &str) -> Mailbox {
    let local = local.split('+').next().unwrap_or("");
    let words: Vec<&str> = local.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.iter().any(|word| SHARED.contains(word)) {
        return Mailbox::Shared;
    }
    let letters: String = words.concat();
    let names = registered_name.split(|c: char| !c.is_alphabetic()).filter(|name| !name.is_empty());
    let carries = names.skip(1).map(family_key).any(|name| name.len() >= 3 && letters.contains(&name));
    if carries { Mailbox::Institutional } else { Mailbox::Unnamed }
}

/// Whether a domain is meant to be taken for a listed one: the same once letters that look alike are made one, one
/// letter apart from it, or the listed one as a beginning of another.
fn looks_like(domain: &str, listed: &str) -> bool {
    let listed = listed.trim_start_matches('.').to_lowercase();
    let (shown, wanted) = (skeleton(domain), skeleton(&listed));
    shown == wanted
        || (wanted.len() >= 6 && strsim::osa_distance(&shown, &wanted) == 1)
        || domain.starts_with(&format!("{listed}."))
        || domain.starts_with(&format!("{}-", listed.replace('.', "-")))
        || domain == listed.replace('.', "-")
}

fn skeleton(domain: &str) -> String {
    let one: String = domain
        .chars()
        .map(|c| match c {
            '0' | 'о' | 'ο' => 'o',
            '1' | 'i' | 'і' | 'ı' | '|' => 'l',
            'а' | 'α' => 'a',
            'е' | 'ё' => 'e',
            'с' => 'c',
            'р' => 'p',
            'х' => 'x',
            'у' => 'y',
            'һ' => 'h',
            'ѕ' | '5' => 's',
            'т' => 't',
            'п' => 'n',
            other => other,
        })
        .collect();
    one.replace("rn", "m").replace("vv", "w")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_are_judged() {
        let policy = Policy {
            institutional_domains: vec!["nhs.example".to_owned(), ".hospital.example".to_owned()],
            disposable_domains: vec!["mailinator.example".to_owned()],
            ..Policy::default()
        };
        for (email, kind) in [
            ("oyinade.farrow-adair@nhs.example", Mailbox::Institutional),
            ("o.farrow@nhs.example", Mailbox::Institutional),
            ("OFarrow2@Renal.Hospital.example", Mailbox::Institutional),
            ("of123@nhs.example", Mailbox::Unnamed),
            ("renal.ward@nhs.example", Mailbox::Shared),
            ("info@hospital.example", Mailbox::Shared),
            ("0123@nhs.example", Mailbox::Shared),
            ("o.farrow@alumni.nhs.example", Mailbox::Private),
            ("o.farrow@nhs.еxample", Mailbox::LookAlike),
            ("o.farrow@hospita1.example", Mailbox::LookAlike),
            ("o.farrow@hospitai.example", Mailbox::LookAlike),
            ("o.farrow@nhs.example.evil.example", Mailbox::LookAlike),
            ("o.farrow@nhs-example", Mailbox::LookAlike),
            ("o.farrow@mailinator.example", Mailbox::Disposable),
            ("o.farrow@mail.example", Mailbox::Private),
        ] {
            assert_eq!(Mailbox::judge(&policy, email, "Oyinade Farrow-Adair"), kind, "{email}");
            assert_eq!(Mailbox::from(kind.code().to_owned()), kind);
        }
    }
}
