//! Whether a member is still who was admitted: watching the registers, grace, doubts, attestation, the badge.
//!
//! *Explicit news acts, absence asks.* A register that says suspended or struck off shuts the door at once ([`sweep`]);
//! one that merely no longer lists somebody locks nobody: it raises a [`Doubt`] for a verifier, and only a second source
//! (a later complete file, and the live look-up where there is one) begins a period of grace. A death is looked at by a
//! person first. What lapsed comes back by itself when the register says so; what discipline took, a person gives back.
//!
//! *The log is the truth.* Every change is one of the moves of [`machine`], told as an event; the rows are those events
//! folded, and [`rebuild`] folds them again from the log alone.

mod badge;
mod doubts;
mod fhir;
mod machine;
mod own;
mod rebuild;
mod store;
mod sweep;
#[cfg(test)]
mod tests;
mod watch;
mod words;

pub use badge::{Badge, Fact, Freshness, Sure, Whose, badge, path};
pub use doubts::{Doubt, Look, doubts, look, settle};
pub use fhir::{export, export_own};
pub use machine::{ATTEST_EVERY, GRACE, REMINDERS, SecondLook, Standing};
pub use own::{Own, appeal, attest, own};
pub use rebuild::{Difference, differences, rebuild};
pub use sweep::{Swept, sweep};
pub use watch::{Freshly, keep_asking, keep_watching, registers_read, tick};
pub use words::{decisions, doubt_words, rule_words};

use crate::accounts::{Choices, Class, store as rows};
use crate::auth::session;
use crate::base::id::{AccountId, DoubtId};
use crate::base::problem::{Problem, Result};
use crate::log::{Event, Tx};
use crate::registers::Entry;
use machine::{Happening, Move, follow, step};

/// Begins the standing of somebody who was just admitted, in the decision's own transaction.
pub async fn begin(
    tx: &mut Tx,
    account: &AccountId,
    entry: Option<&Entry>,
    profession: &str,
    path: &str,
) -> Result<()> {
    let status = entry.map_or("", |entry| entry.status.code());
    let class = Class::of(entry.map_or(profession, |entry| entry.profession.code()), status);
    let source = entry.map_or("", |entry| entry.source_version.as_str());
    let at = tx.now();
    let mut from = String::new();
    let standing = match store::standing(tx.conn(), account).await? {
        None => {
            let standing = Standing::admitted(class, "admitted", source, at);
            store::add(tx, account, &standing).await?;
            standing
        }
        Some(before) => {
            before.place.code().clone_into(&mut from);
            let (standing, _) = machine::admitted_again(&before, class, source, at);
            if !store::keep(tx, account, before.turn, &standing).await? {
                return Err(Problem::conflict("moved-on", "Their standing has moved on. Look at it again."));
            }
            standing
        }
    };
    if let Some(entry) = entry {
        rows::refresh_registration(tx, account, &sweep::listed(entry).rows()).await?;
    }
    rows::note_path(tx, account, path).await?;
    tx.record(Event::StandingChanged {
        account: account.clone(),
        from,
        to: standing.place.code().to_owned(),
        class: class.code().to_owned(),
        rule: "admitted".to_owned(),
        source: source.to_owned(),
    });
    Ok(())
}

/// What a dispute does to who holds the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dispute {
    /// The other claim is stronger: reading only, until it is decided.
    Opens,
    Kept,
    /// The number is somebody else's: paused, and free to apply under their own.
    Lost,
}

/// Lets a dispute act on the holder.
pub async fn dispute(tx: &mut Tx, holder: &AccountId, turn: Dispute) -> Result<()> {
    let Some(standing) = store::standing(tx.conn(), holder).await? else { return Ok(()) };
    let happening = match turn {
        Dispute::Opens => Happening::Disputed,
        Dispute::Kept => Happening::DisputeKept,
        Dispute::Lost => Happening::DisputeLost,
    };
    happen(tx, holder, &standing, &happening, &Choices::default(), "").await?;
    if turn == Dispute::Lost {
        rows::unbind(tx, holder).await?;
    }
    Ok(())
}

/// What a happening did to one member; `words` go with a doubt that it raises.
async fn happen(
    tx: &mut Tx,
    account: &AccountId,
    before: &Standing,
    happening: &Happening,
    choices: &Choices,
    words: &str,
) -> Result<Option<Standing>> {
    let now = tx.now();
    let moves = step(before, happening, choices, now);
    if moves.is_empty() {
        return Ok(None);
    }
    let after = moves.iter().fold(before.clone(), |at, made| follow(at, made, now));
    // Somebody was faster: the next look finds what there is to do.
    if !store::keep(tx, account, before.turn, &after).await? {
        return Ok(None);
    }
    let mut from = before.place;
    for made in &moves {
        let event = told(tx, account, &mut from, made, words).await?;
        tx.record(event);
    }
    if after.place.is_shut() && !before.place.is_shut() {
        session::end_all(tx, account, "membership").await?;
    }
    Ok(Some(after))
}

/// Writes what a move needs beside the standing, and puts it into the log's words.
async fn told(
    tx: &mut Tx,
    account: &AccountId,
    from: &mut crate::accounts::Place,
    made: &Move,
    words: &str,
) -> Result<Event> {
    let account = account.clone();
    Ok(match made {
        Move::To { place, class, rule, source } => {
            let before = std::mem::replace(from, *place);
            Event::StandingChanged {
                account,
                from: before.code().to_owned(),
                to: place.code().to_owned(),
                class: class.code().to_owned(),
                rule: (*rule).to_owned(),
                source: source.clone(),
            }
        }
        Move::Missing { source } => Event::MemberMissing { account, source: source.clone() },
        Move::Listed { source } => Event::MemberListed { account, source: source.clone() },
        Move::Reminded { of, nth } => Event::MemberReminded { account, of: (*of).to_owned(), nth: *nth },
        Move::Attested => Event::MemberAttested { account },
        Move::Overdue => Event::AttestationOverdue { account },
        Move::Raised { what, source } => {
            let doubt = DoubtId::fresh(tx.now(), tx.chance());
            store::raise(tx, &doubt, &account, what, source, words).await?;
            Event::DoubtRaised { account, doubt, what: what.clone(), source: source.clone() }
        }
        Move::Settled { what, decision } => {
            let doubt = store::settled(tx, &account, what, decision).await?;
            Event::DoubtSettled { account, doubt, what: what.clone(), decision: decision.clone() }
        }
    })
}
