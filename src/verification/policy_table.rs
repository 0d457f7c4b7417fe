//! The policy as one table: what was given, what it comes to, who decides. Every gate, every worth and every number of
//! the policy is then changed by one, and each change must move at least one row.

use super::policy::{Facts, Gate, Ground, Outcome, Policy, judge};
use super::policy_tests::{flawless, named};
use super::worth::{Kind, Piece, Worth};
use crate::base::clock::{DAY, HOUR};
use crate::registers::Status;

use Kind::{LiveCheck, MailedLink, NameDocument, PhotoId, Provider, Vouch, WorkDocument};

/// What, the evidence that counts, what else is different, I and B, who decides.
type Row = (&'static str, &'static [Kind], fn(&mut Facts), u8, u8, &'static str);

fn as_is(_: &mut Facts) {}

const TABLE: &[Row] = &[
    ("a match alone", &[], as_is, 1, 1, "one"),
    ("a document with a photo", &[PhotoId], as_is, 2, 1, "one"),
    ("a professional document", &[WorkDocument], as_is, 1, 2, "one"),
    ("a document on a name", &[NameDocument], as_is, 1, 1, "one"),
    ("a mailed link", &[MailedLink], as_is, 1, 3, "one"),
    ("seen live", &[LiveCheck], as_is, 3, 1, "one"),
    ("one voucher", &[Vouch], as_is, 1, 1, "one"),
    ("two vouchers", &[Vouch, Vouch], as_is, 1, 2, "one"),
    ("seen live, two vouchers", &[LiveCheck, Vouch, Vouch], as_is, 3, 2, "one"),
    ("seen live, all papers", &[LiveCheck, PhotoId, WorkDocument, NameDocument], as_is, 3, 2, "one"),
    ("papers and a link", &[PhotoId, MailedLink], as_is, 2, 3, "one"),
    ("seen live and a link", &[LiveCheck, MailedLink], as_is, 3, 3, "A2"),
    ("… the name with an accent", &[LiveCheck, MailedLink], |facts| name(facts, "Ada Lóvelock"), 3, 3, "A2"),
    ("… a short form", &[LiveCheck, MailedLink], |facts| name(facts, "A. Lovelock"), 3, 3, "one"),
    ("… one letter differs", &[LiveCheck, MailedLink], |facts| name(facts, "Ada Lovelocke"), 3, 3, "one"),
    ("… another name", &[LiveCheck, MailedLink], |facts| name(facts, "Mallory Moss"), 3, 3, "one"),
    ("the provider", &[Provider], as_is, 4, 4, "A1"),
    ("… known to it less well", &[], |facts| provider(facts, 3), 3, 4, "A1"),
    ("… hardly known to it", &[], |facts| provider(facts, 2), 2, 4, "one"),
    ("… the name with an accent", &[Provider], |facts| name(facts, "Ada Lóvelock"), 4, 4, "A1"),
    ("… a short form", &[Provider], |facts| name(facts, "A. Lovelock"), 4, 4, "A1"),
    ("… one letter differs", &[Provider], |facts| name(facts, "Ada Lovelocke"), 4, 4, "one"),
    ("… another name", &[Provider], |facts| name(facts, "Mallory Moss"), 4, 4, "one"),
    ("… another profession", &[Provider], |facts| facts.profession_fits = false, 4, 4, "one"),
    ("… not found", &[Provider], |facts| (facts.entry, facts.found) = (None, None), 4, 4, "one"),
    ("… provisional", &[Provider], |facts| status(facts, Status::Provisional), 4, 4, "one"),
    ("… with conditions", &[Provider], |facts| status(facts, Status::ActiveRestricted), 4, 4, "one"),
    ("… suspended", &[Provider], |facts| status(facts, Status::Suspended { interim: false }), 4, 4, "refuse"),
    ("… deceased", &[Provider], |facts| status(facts, Status::Deceased), 4, 4, "refuse"),
    ("… a file just fresh enough", &[Provider], |facts| facts.now = facts.now.plus(45 * DAY), 4, 4, "A1"),
    ("… a file too old", &[Provider], |facts| facts.now = facts.now.plus(45 * DAY + HOUR), 4, 4, "one"),
    ("… one sign of fraud", &[Provider], |facts| facts.tried_elsewhere = true, 4, 4, "one"),
    ("… two signs of fraud", &[Provider], |facts| two_signs(facts), 4, 4, "two"),
    ("… bound elsewhere", &[Provider], |facts| facts.bound_elsewhere = true, 4, 4, "two"),
    ("… refused before", &[Provider], |facts| facts.refused_before = true, 4, 4, "one"),
];

/// Under a policy that wants two verifiers on every ground there is.
const CAUTIOUS: &[Row] = &[
    ("all well", &[PhotoId], as_is, 2, 1, "one"),
    ("the provider", &[Provider], as_is, 4, 4, "A1"),
    ("not found", &[], |facts| (facts.entry, facts.found) = (None, None), 1, 0, "two"),
    ("provisional", &[], |facts| status(facts, Status::Provisional), 1, 1, "two"),
    ("another name", &[], |facts| (name(facts, "Mallory Moss"), ()).1, 1, 0, "two"),
    ("only vouched", &[Vouch, Vouch], as_is, 1, 2, "two"),
    ("vouched and a document", &[Vouch, Vouch, WorkDocument], as_is, 1, 2, "one"),
];

fn name(facts: &mut Facts, name: &str) {
    facts.found = Some(named(name));
}

fn status(facts: &mut Facts, status: Status) {
    facts.entry.as_mut().expect("an entry").status = status;
}

fn provider(facts: &mut Facts, i: u8) {
    facts.pieces = vec![Piece { kind: Provider, worth: Worth { i, b: 4 } }];
}

fn two_signs(facts: &mut Facts) {
    (facts.tried_elsewhere, facts.name_changed) = (true, true);
}

fn cautious() -> Policy {
    let two_for = vec![Ground::ByHand, Ground::NotActive, Ground::AnotherName, Ground::OnlyVouched];
    Policy { two_for, ..Policy::default() }
}

/// The rows that a policy answers otherwise than the table.
fn moved(policy: &Policy, rows: &[Row]) -> Vec<String> {
    let mut moved = Vec::new();
    for (what, kinds, differ, i, b, outcome) in rows {
        let mut facts = flawless();
        facts.mailbox = super::mailbox::Mailbox::Private;
        facts.pieces = kinds.iter().map(|kind| Piece { kind: *kind, worth: policy.worth(*kind) }).collect();
        differ(&mut facts);
        let judged = judge(policy, &facts);
        let came = match &judged.outcome {
            Outcome::Admit(gate) => gate.as_str(),
            Outcome::OneVerifier => "one",
            Outcome::TwoVerifiers => "two",
            Outcome::Refuse => "refuse",
        };
        if (judged.i, judged.b, came) != (*i, *b, *outcome) {
            moved.push(format!("{what}: I {} B {} {came}", judged.i, judged.b));
        }
    }
    moved
}

#[test]
fn the_table_holds() {
    assert_eq!(moved(&Policy::default(), TABLE), Vec::<String>::new());
    assert_eq!(moved(&cautious(), CAUTIOUS), Vec::<String>::new());
}

#[test]
fn every_change_of_a_gate_moves_a_row() {
    let mut changes: Vec<(String, Policy)> = Vec::new();
    let mut change = |what: String, act: &dyn Fn(&mut Policy)| {
        let mut policy = Policy::default();
        act(&mut policy);
        changes.push((what, policy));
    };
    for at in 0..Policy::default().auto.len() {
        change(format!("gate {at} gone"), &|policy| drop(policy.auto.remove(at)));
        type Of = fn(&mut Gate) -> &mut u8;
        let numbers: [(&str, Of); 3] =
            [("r", |gate| &mut gate.r), ("i", |gate| &mut gate.i), ("b", |gate| &mut gate.b)];
        for (field, of) in numbers {
            change(format!("gate {at}: {field} + 1"), &|policy| *of(&mut policy.auto[at]) += 1);
            change(format!("gate {at}: {field} - 1"), &|policy| *of(&mut policy.auto[at]) -= 1);
        }
        for name in ["E", "N", "V", "F", "X"] {
            change(format!("gate {at}: {name} turned"), &|policy| {
                let names = &mut policy.auto[at].names;
                match names.iter().position(|known| known == name) {
                    Some(place) => drop(names.remove(place)),
                    None => names.push(name.to_owned()),
                }
            });
        }
    }
    change("one sign for two".to_owned(), &|policy| policy.flags_for_two = 1);
    change("older files".to_owned(), &|policy| policy.register_days += 1);
    change("newer files".to_owned(), &|policy| policy.register_days -= 1);
    for ground in cautious().two_for {
        change(format!("two for {ground:?}"), &|policy| policy.two_for.push(ground));
    }
    for kind in Kind::all() {
        let worth = Policy::default().worth(kind);
        for less in [Worth { i: worth.i.saturating_sub(1), ..worth }, Worth { b: worth.b.saturating_sub(1), ..worth }] {
            if less != worth {
                change(format!("{kind:?} for {less:?}"), &|policy| {
                    policy.worth.insert(kind.code().to_owned(), less);
                });
            }
        }
    }
    let unseen: Vec<String> = changes
        .into_iter()
        .filter(|(_, policy)| moved(policy, TABLE).is_empty() && moved(policy, CAUTIOUS).len() == unmoved_cautious())
        .map(|(what, _)| what)
        .collect();
    assert!(unseen.is_empty(), "nothing tells of these changes: {unseen:?}");
}

/// How many of the cautious rows the policy as it comes answers otherwise.
fn unmoved_cautious() -> usize {
    moved(&Policy::default(), CAUTIOUS).len()
}

#[test]
fn every_ground_for_two_is_seen() {
    for at in 0..cautious().two_for.len() {
        let mut policy = cautious();
        let ground = policy.two_for.remove(at);
        assert!(!moved(&policy, CAUTIOUS).is_empty(), "{ground:?}");
    }
}

#[test]
fn no_configuration_counts_for_more() {
    let read = |text: &str| toml::from_str::<Policy>(text).expect(text);
    for kind in Kind::all() {
        let (code, cap) = (kind.code(), kind.cap());
        let wide = read(&format!("[worth.{code}]\ni = {}\nb = {}\n", cap.i + 1, cap.b + 1));
        assert!(wide.check().expect_err(code).source_words().contains(code));
        assert_eq!(wide.worth(kind), cap, "and if nobody had asked, it would not count for more");
        let less = read(&format!("[worth.{code}]\ni = 0\nb = 0\n"));
        assert!(less.check().is_ok());
        assert_eq!(less.worth(kind), Worth { i: 0, b: 0 });
    }
    assert!(read("[worth.linkedin]\ni = 1\nb = 1\n").check().is_err());
    for flags in [0, 3] {
        assert!(read(&format!("flags_for_two = {flags}")).check().is_err());
    }
    // A row that claims more than its kind can show counts for what the kind can.
    let mut facts = flawless();
    facts.mailbox = super::mailbox::Mailbox::Private;
    facts.pieces = vec![Piece { kind: PhotoId, worth: Worth { i: 4, b: 4 } }];
    let judged = judge(&Policy::default(), &facts);
    assert_eq!((judged.i, judged.b), (2, 1));
}

impl crate::base::problem::Problem {
    fn source_words(&self) -> String {
        std::error::Error::source(self).map(ToString::to_string).unwrap_or_default()
    }
}
