//! The policy, one spoiled fact at a time.

use super::flags::Flag;
use super::mailbox::Mailbox;
use super::policy::{Facts, Gate, Outcome, Policy, judge};
use crate::base::clock::{DAY, Time};
use crate::registers::fiction::npi;
use crate::registers::names::{Match, Registered, compare};
use crate::registers::{self, Namesakes, Profession, Reading, Status};

type Spoil = fn(&mut Facts);

/// Facts of a flawless application; each test spoils one.
pub(super) fn flawless() -> Facts {
    let entry = registers::Entry {
        register: "nppes".to_owned(),
        number: npi(1),
        family: "LOVELOCK".to_owned(),
        given: "ADA".to_owned(),
        other_names: Vec::new(),
        profession: Profession::Physician,
        specialty: String::new(),
        status: Status::Active,
        status_raw: "Active".to_owned(),
        valid_from: "2014-08-06".to_owned(),
        source_version: "1".to_owned(),
        seen_at: Time(1_780_000_000_000),
        absent_since: None,
    };
    Facts {
        register: registers::find("nppes").unwrap(),
        reading: Some(Reading {
            register: "nppes".to_owned(),
            version: "1".to_owned(),
            begun_at: Time(1_780_000_000_000),
            finished_at: Some(Time(1_780_000_000_000)),
            rows_read: 1,
            added: 1,
            changed: 0,
            refused: 0,
            absent: 0,
        }),
        found: Some(named("Ada Lovelock")),
        entry: Some(entry),
        is_absent: false,
        namesakes: Namesakes::default(),
        profession_fits: true,
        mailbox: Mailbox::Institutional,
        country: "US".to_owned(),
        bound_elsewhere: false,
        tried_elsewhere: false,
        numbers_tried: 1,
        name_changed: false,
        pieces: Vec::new(),
        document_seen: false,
        link_denied: false,
        vouch_doubted: false,
        refused_before: false,
        now: Time(1_780_000_000_000),
    }
}

pub(super) fn named(name: &str) -> Match {
    compare(name, &Registered { family: "LOVELOCK", given: "ADA", ..Registered::default() })
}

#[test]
fn spoiling_any_one_gate_keeps_the_door_shut() {
    let names = vec!["E".to_owned(), "N".to_owned()];
    let policy = Policy { auto: vec![Gate { name: "A".to_owned(), r: 2, i: 1, b: 3, names }], ..Policy::default() };
    assert_eq!(judge(&policy, &flawless()).outcome, Outcome::Admit("A".to_owned()));
    let spoilers: [(&str, Spoil); 23] = [
        ("an old file", |facts| facts.now = facts.now.plus(46 * DAY)),
        ("no file", |facts| facts.reading = None),
        ("not found", |facts| (facts.entry, facts.found) = (None, None)),
        ("absent", |facts| (facts.entry, facts.found, facts.is_absent) = (None, None, true)),
        ("another profession", |facts| facts.profession_fits = false),
        ("a short form", |facts| facts.found = Some(named("A. Lovelock"))),
        ("one letter", |facts| facts.found = Some(named("Ada Lovelocke"))),
        ("another name", |facts| facts.found = Some(named("Mallory Moss"))),
        ("an unnamed mailbox", |facts| facts.mailbox = Mailbox::Unnamed),
        ("a private mailbox", |facts| facts.mailbox = Mailbox::Private),
        ("a look-alike domain", |facts| facts.mailbox = Mailbox::LookAlike),
        ("a shared mailbox", |facts| facts.mailbox = Mailbox::Shared),
        ("bound", |facts| facts.bound_elsewhere = true),
        ("tried", |facts| facts.tried_elsewhere = true),
        ("many numbers", |facts| facts.numbers_tried = 4),
        ("another country", |facts| facts.country = "GB".to_owned()),
        ("a changed name", |facts| facts.name_changed = true),
        ("a document seen elsewhere", |facts| facts.document_seen = true),
        ("a link denied", |facts| facts.link_denied = true),
        ("a doubted voucher", |facts| facts.vouch_doubted = true),
        ("a refusal", |facts| facts.refused_before = true),
        ("a new number", |facts| facts.entry.as_mut().unwrap().valid_from = "2026-05-20".to_owned()),
        ("provisional", |facts| facts.entry.as_mut().unwrap().status = Status::Provisional),
    ];
    for (what, spoil) in spoilers {
        let mut facts = flawless();
        spoil(&mut facts);
        let outcome = judge(&policy, &facts).outcome;
        assert!(matches!(outcome, Outcome::OneVerifier | Outcome::TwoVerifiers), "{what}: {outcome:?}");
    }
}

#[test]
fn no_register_evidence_raises_the_third_question() {
    for status in Status::all() {
        let mut facts = flawless();
        facts.mailbox = Mailbox::Private;
        facts.entry.as_mut().unwrap().status = status;
        let judgement = judge(&Policy::default(), &facts);
        assert!(judgement.b <= 1);
        assert_eq!(judgement.outcome == Outcome::Refuse, status.locks(), "{status:?}");
    }
}

#[test]
fn a_careless_configuration_is_told_at_the_start() {
    let read = |text: &str| toml::from_str::<Policy>(text).map_err(|cause| cause.to_string());
    assert!(Policy::default().check().is_ok());
    let gate = "[[auto]]\nname = \"ours\"\nr = 2\ni = 1\nb = 3\nnames = [\"E\", \"N\"]\n";
    assert!(read(gate).unwrap().check().is_ok());
    for (right, wrong) in
        [("b = 3", "b = 1"), ("r = 2", "r = 1"), ("i = 1", "i = 0"), ("\"N\"", "\"V\""), ("\"N\"", "\"X\"")]
    {
        assert!(read(&gate.replace(right, wrong)).unwrap().check().is_err(), "{wrong}");
    }
    assert!(read("institutional_domain = []").unwrap_err().contains("institutional_domain"));
}

#[test]
fn two_flags_want_two_verifiers() {
    let mut facts = flawless();
    facts.country = "GB".to_owned();
    assert_eq!(judge(&Policy::default(), &facts).outcome, Outcome::OneVerifier);
    facts.name_changed = true;
    let judgement = judge(&Policy::default(), &facts);
    assert_eq!(
        (judgement.outcome, judgement.flags),
        (Outcome::TwoVerifiers, vec![Flag::OtherCountry, Flag::NameChanged])
    );
}
