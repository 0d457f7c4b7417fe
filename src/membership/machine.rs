//! What happens to a member's standing, as pure functions: [`step`] says which moves a happening calls for, [`follow`]
//! makes one move. Rows and log both go through [`follow`], so the log alone gives the rows.

use super::words::decisions;
use crate::accounts::{Choices, Class, Place};
use crate::base::clock::{DAY, Time};
use crate::registers::{Removal, Status};
use std::collections::BTreeSet;

/// How long somebody may read before a lapse shuts the door.
pub const GRACE: i64 = 14 * DAY;
/// When a grace period is told of by mail, counted from its beginning.
pub const REMINDERS: [i64; 3] = [0, 7 * DAY, 13 * DAY];
/// How often members say again that they practise.
pub const ATTEST_EVERY: i64 = 365 * DAY;

/// What a member's events amount to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub place: Place,
    /// By register and admission, whatever the place.
    pub class: Class,
    /// The rule that brought them here; running out of grace keeps the rule of the grace.
    pub origin: String,
    pub source: String,
    pub since: Time,
    pub reminded: i64,
    pub reminded_at: Option<Time>,
    /// The first complete file that no longer held them.
    pub missing: Option<String>,
    /// Kinds of doubt that a verifier settled by keeping the member; not raised again until the register says otherwise.
    pub answered: BTreeSet<String>,
    pub attested_at: Time,
    pub attest_reminded: i64,
    pub attest_reminded_at: Option<Time>,
    pub overdue: bool,
    /// Kinds of doubt that are open.
    pub doubts: BTreeSet<String>,
    pub turn: i64,
}

/// A second look at somebody whom a file no longer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondLook {
    /// The register has no look-up that is open to us.
    None,
    /// It has one, and it did not answer, or is not asked.
    Silent,
    /// It does not know the number either.
    Confirms,
    /// It knows the number.
    Contradicts,
}

/// What happens to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// The register lists them.
    Listed {
        status: Status,
        class: Class,
        source: String,
    },
    /// What the register says of them has changed: `name`, `specialty`, `profession`, `conditions`.
    Differs {
        what: &'static str,
        source: String,
    },
    /// The register does not list them.
    Absent {
        source: String,
        is_complete: bool,
        second: SecondLook,
    },
    /// Time passes.
    Tick,
    /// A verifier settles a doubt.
    Decided {
        what: String,
        decision: String,
    },
    /// The member says that they practise and are registered.
    Attests,
    /// The member asks for a person.
    Appeals,
    /// Somebody with a stronger path claims their number; and how that ended.
    Disputed,
    DisputeLost,
    DisputeKept,
}

/// One change of a standing, as the log tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    To { place: Place, class: Class, rule: &'static str, source: String },
    Missing { source: String },
    Listed { source: String },
    Reminded { of: &'static str, nth: i64 },
    Attested,
    Overdue,
    Raised { what: String, source: String },
    Settled { what: String, decision: String },
}

/// Rules whose effect ends by itself when the register lists the member in good standing.
const REVERSIBLE: [&str; 4] = ["register-lapsed", "register-administrative", "register-given-up", "missing-twice"];

impl Standing {
    /// Somebody who was just admitted.
    pub fn admitted(class: Class, rule: &str, source: &str, at: Time) -> Standing {
        Standing {
            place: Place::Good,
            class,
            origin: rule.to_owned(),
            source: source.to_owned(),
            since: at,
            reminded: 0,
            reminded_at: None,
            missing: None,
            answered: BTreeSet::new(),
            attested_at: at,
            attest_reminded: 0,
            attest_reminded_at: None,
            overdue: false,
            doubts: BTreeSet::new(),
            turn: 1,
        }
    }

    /// When the days of grace are over; `None` outside of one, and while a dispute decides.
    pub fn grace_ends(&self) -> Option<Time> {
        (self.place == Place::Grace && self.origin != "dispute").then(|| self.since.plus(GRACE))
    }

    /// When the yearly attestation is due.
    pub fn attest_due(&self) -> Time {
        self.attested_at.plus(ATTEST_EVERY)
    }

    /// After this day without attestation one may only read.
    pub fn attest_ends(&self) -> Time {
        self.attest_due().plus(GRACE)
    }

    fn to(&self, place: Place, rule: &'static str, source: &str) -> Move {
        Move::To { place, class: self.class, rule, source: source.to_owned() }
    }

    fn raise(&self, what: &str, source: &str) -> Option<Move> {
        let is_new = !self.doubts.contains(what) && !self.answered.contains(what);
        is_new.then(|| Move::Raised { what: what.to_owned(), source: source.to_owned() })
    }

    /// Doubts that the register's own word has settled.
    fn settle(&self, kinds: &[&str]) -> impl Iterator<Item = Move> {
        let open: Vec<String> =
            kinds.iter().filter(|kind| self.doubts.contains(**kind)).map(|kind| (*kind).to_owned()).collect();
        open.into_iter().map(|what| Move::Settled { what, decision: "register".to_owned() })
    }
}

/// The moves that a happening calls for; none when all is as it should be.
pub fn step(at: &Standing, happening: &Happening, choices: &Choices, now: Time) -> Vec<Move> {
    if at.place == Place::Memorial {
        return Vec::new();
    }
    match happening {
        Happening::Listed { status, class, source } => listed(at, *status, *class, source, choices),
        Happening::Differs { what, source } => at.raise(what, source).into_iter().collect(),
        Happening::Absent { source, is_complete, second } => absent(at, source, *is_complete, *second),
        Happening::Tick => tick(at, now),
        Happening::Decided { what, decision } => decided(at, what, decision),
        Happening::Attests if at.place.is_shut() => Vec::new(),
        Happening::Attests => vec![Move::Attested],
        Happening::Appeals if at.place.is_shut() && !at.doubts.contains("appeal") => {
            vec![Move::Raised { what: "appeal".to_owned(), source: String::new() }]
        }
        Happening::Appeals => Vec::new(),
        Happening::Disputed if at.place == Place::Good => vec![at.to(Place::Grace, "dispute", "")],
        Happening::DisputeKept if at.place == Place::Grace && at.origin == "dispute" => {
            vec![at.to(Place::Good, "dispute-kept", "")]
        }
        Happening::DisputeLost => vec![at.to(Place::Paused, "dispute-lost", "")],
        Happening::Disputed | Happening::DisputeKept => Vec::new(),
    }
}

fn listed(at: &Standing, status: Status, class: Class, source: &str, choices: &Choices) -> Vec<Move> {
    let mut moves = Vec::new();
    if at.missing.is_some() {
        moves.push(Move::Listed { source: source.to_owned() });
    }
    moves.extend(at.settle(&["missing"]));
    match status {
        Status::Suspended { .. } | Status::Removed(Removal::Disciplinary) => {
            moves.extend(at.settle(&["restored", "deceased", "unknown"]));
            let rule =
                if matches!(status, Status::Suspended { .. }) { "register-suspended" } else { "register-removed" };
            if at.place != Place::Barred {
                moves.push(at.to(Place::Barred, rule, source));
            }
        }
        Status::Lapsed | Status::Removed(Removal::Administrative) => {
            moves.extend(at.settle(&["restored", "deceased", "unknown"]));
            let rule = if status == Status::Lapsed { "register-lapsed" } else { "register-administrative" };
            if at.place == Place::Good {
                moves.push(at.to(Place::Grace, rule, source));
            }
        }
        Status::Removed(Removal::Voluntary) => {
            moves.extend(at.settle(&["restored", "deceased", "unknown"]));
            if at.place == Place::Good && !choices.retired_stay {
                moves.push(at.to(Place::Grace, "register-given-up", source));
            } else if at.place == Place::Good && at.class != Class::Retired {
                moves.push(Move::To {
                    place: Place::Good,
                    class: Class::Retired,
                    rule: "register-retired",
                    source: source.to_owned(),
                });
            }
        }
        Status::Deceased => moves.extend(at.raise("deceased", source)),
        Status::Unknown => moves.extend(at.raise("unknown", source)),
        Status::Active | Status::ActiveRestricted | Status::NonPractising | Status::Provisional => {
            moves.extend(at.settle(&["deceased", "unknown"]));
            moves.extend(good(at, class, source));
        }
    }
    moves
}

/// The register lists them in good standing.
fn good(at: &Standing, class: Class, source: &str) -> Option<Move> {
    let to = |rule| Move::To { place: Place::Good, class, rule, source: source.to_owned() };
    match at.place {
        Place::Good if at.class != class => Some(to("register-class")),
        Place::Grace | Place::Paused if REVERSIBLE.contains(&at.origin.as_str()) => Some(to("register-restored")),
        Place::Paused | Place::Barred => at.raise("restored", source),
        _ => None,
    }
}

fn absent(at: &Standing, source: &str, is_complete: bool, second: SecondLook) -> Vec<Move> {
    if at.place.is_shut() || !is_complete {
        return Vec::new();
    }
    match &at.missing {
        None => {
            let noted = Move::Missing { source: source.to_owned() };
            std::iter::once(noted).chain(at.raise("missing", source)).collect()
        }
        // The second source: a later complete file, and the live look-up where there is one.
        Some(first)
            if first != source
                && at.place == Place::Good
                && !at.answered.contains("missing")
                && matches!(second, SecondLook::None | SecondLook::Confirms) =>
        {
            vec![at.to(Place::Grace, "missing-twice", source)]
        }
        Some(_) => Vec::new(),
    }
}

/// What time calls for: one letter or one step at once, and no door shuts before the last letter is a day old.
fn tick(at: &Standing, now: Time) -> Vec<Move> {
    let due = |from: Time, sent: i64, of| {
        let nth = (sent..).zip(REMINDERS.iter().skip(usize::try_from(sent).unwrap_or(0)));
        let last = nth.take_while(|(_, after)| now >= from.plus(**after)).last();
        last.map(|(nth, _)| Move::Reminded { of, nth })
    };
    let told = |sent: i64, when: Option<Time>| sent >= 3 && when.is_some_and(|when| now >= when.plus(DAY));
    let mut moves = Vec::new();
    if let Some(ends) = at.grace_ends() {
        match due(at.since, at.reminded, "grace") {
            Some(letter) => moves.push(letter),
            None if now >= ends && told(at.reminded, at.reminded_at) => {
                moves.push(at.to(Place::Paused, "grace-over", &at.source));
            }
            None => {}
        }
    }
    if !at.place.is_shut() && !at.overdue && now >= at.attest_due() {
        match due(at.attest_due(), at.attest_reminded, "attestation") {
            Some(letter) => moves.push(letter),
            None if now >= at.attest_ends() && told(at.attest_reminded, at.attest_reminded_at) => {
                moves.push(Move::Overdue);
            }
            None => {}
        }
    }
    moves
}

fn decided(at: &Standing, what: &str, decision: &str) -> Vec<Move> {
    if !at.doubts.contains(what) || !decisions(what).iter().any(|(code, _)| *code == decision) {
        return Vec::new();
    }
    let settled = Move::Settled { what: what.to_owned(), decision: decision.to_owned() };
    let to = match decision {
        "lapse" if at.place == Place::Good => Some(at.to(Place::Grace, "verifier-lapse", &at.source)),
        "end" if !at.place.is_shut() => Some(at.to(Place::Paused, "verifier-end", &at.source)),
        "memorial" => Some(at.to(Place::Memorial, "verifier-memorial", &at.source)),
        "lift" if at.place.is_shut() => Some(at.to(Place::Good, "verifier-lift", &at.source)),
        _ => None,
    };
    // Nothing is left to settle about somebody who has died.
    let others = at.doubts.iter().filter(|other| decision == "memorial" && other.as_str() != what);
    let moot = others.map(|other| Move::Settled { what: other.clone(), decision: "register".to_owned() });
    std::iter::once(settled).chain(moot).chain(to).collect()
}

/// Somebody whose standing ended with a lost dispute is admitted again.
pub fn admitted_again(at: &Standing, class: Class, source: &str, now: Time) -> (Standing, Move) {
    let made = Move::To { place: Place::Good, class, rule: "admitted", source: source.to_owned() };
    (follow(at.clone(), &made, now), made)
}

/// Makes one move.
pub fn follow(mut at: Standing, made: &Move, now: Time) -> Standing {
    at.turn += 1;
    match made {
        // Admitted anew, after a registration was shown to be somebody else's.
        Move::To { class, rule: rule @ "admitted", source, .. } => {
            return Standing { turn: at.turn, ..Standing::admitted(*class, rule, source, now) };
        }
        Move::To { place, class, rule, source } => {
            at.class = *class;
            at.source.clone_from(source);
            if *rule != "grace-over" {
                at.origin = (*rule).to_owned();
            }
            if *place != at.place {
                at.place = *place;
                at.since = now;
                at.reminded = 0;
                at.reminded_at = None;
            }
            if *place == Place::Good {
                for kind in ["unknown", "deceased", "restored", "appeal"] {
                    at.answered.remove(kind);
                }
            }
        }
        Move::Missing { source } => at.missing = Some(source.clone()),
        Move::Listed { .. } => {
            at.missing = None;
            at.answered.remove("missing");
        }
        Move::Reminded { of: "grace", nth } => {
            at.reminded = nth + 1;
            at.reminded_at = Some(now);
        }
        Move::Reminded { nth, .. } => {
            at.attest_reminded = nth + 1;
            at.attest_reminded_at = Some(now);
        }
        Move::Attested => {
            at.attested_at = now;
            at.attest_reminded = 0;
            at.attest_reminded_at = None;
            at.overdue = false;
        }
        Move::Overdue => at.overdue = true,
        Move::Raised { what, .. } => {
            at.doubts.insert(what.clone());
        }
        Move::Settled { what, decision } => {
            at.doubts.remove(what);
            // A change of name or specialty may come again; what was looked at once is not asked daily.
            if decision == "keep" && ["missing", "deceased", "unknown", "restored"].contains(&what.as_str()) {
                at.answered.insert(what.clone());
            }
        }
    }
    at
}
