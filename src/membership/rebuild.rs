//! Standings from the log alone: the same moves folded again. What the rows say must be what comes out.

use super::machine::{Move, Standing, follow};
use super::{store, words};
use crate::accounts::{Class, Place};
use crate::base::clock::Time;
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::{Entry, Event, follow as reading};
use std::collections::BTreeMap;

/// How many events are read at once.
const BATCH: i64 = 2_000;

/// Reads the whole log and says where every member stands.
///
/// # Errors
/// An event whose codes are none: the log was not written by this house.
pub async fn rebuild(conn: &mut Conn) -> Result<BTreeMap<AccountId, Standing>> {
    let mut standings = BTreeMap::new();
    let mut seq = 0;
    loop {
        let entries = reading::after(conn, seq, BATCH).await?;
        let Some(last) = entries.last() else { return Ok(standings) };
        seq = last.seq;
        for entry in &entries {
            fold(&mut standings, entry)?;
        }
    }
}

fn fold(standings: &mut BTreeMap<AccountId, Standing>, entry: &Entry) -> Result<()> {
    let Some((account, made)) = as_move(&entry.event)? else { return Ok(()) };
    match (standings.remove(account), &made) {
        (Some(at), _) => {
            standings.insert(account.clone(), follow(at, &made, entry.at));
        }
        (None, Move::To { class, rule, source, place }) => {
            let mut begun = Standing::admitted(*class, rule, source, entry.at);
            begun.place = *place;
            standings.insert(account.clone(), begun);
        }
        (None, _) => return Err(Problem::fault(format!("event {}: nobody was admitted before it", entry.seq))),
    }
    Ok(())
}

fn as_move(event: &Event) -> Result<Option<(&AccountId, Move)>> {
    Ok(Some(match event {
        Event::StandingChanged { account, to, class, rule, source, .. } => {
            let unknown =
                || Problem::fault(format!("a standing in the log has a code that is none: {to} {class} {rule}"));
            let rule = words::RULES.iter().map(|(code, _)| *code).find(|code| code == rule).ok_or_else(unknown)?;
            let place = Place::parse(to).ok_or_else(unknown)?;
            let class = Class::parse(class).ok_or_else(unknown)?;
            (account, Move::To { place, class, rule, source: source.clone() })
        }
        Event::MemberMissing { account, source } => (account, Move::Missing { source: source.clone() }),
        Event::MemberListed { account, source } => (account, Move::Listed { source: source.clone() }),
        Event::MemberReminded { account, of, nth } => {
            let of = if of == "grace" { "grace" } else { "attestation" };
            (account, Move::Reminded { of, nth: *nth })
        }
        Event::MemberAttested { account } => (account, Move::Attested),
        Event::AttestationOverdue { account } => (account, Move::Overdue),
        Event::DoubtRaised { account, what, source, .. } => {
            (account, Move::Raised { what: what.clone(), source: source.clone() })
        }
        Event::DoubtSettled { account, what, decision, .. } => {
            (account, Move::Settled { what: what.clone(), decision: decision.clone() })
        }
        _ => return Ok(None),
    }))
}

/// A member for whom rows and log do not say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub account: AccountId,
    pub by_rows: Option<Standing>,
    pub by_log: Option<Standing>,
}

/// Compares every row with what the log alone gives; empty when all is well. Rows that are older than this room and not
/// told yet are left out.
pub async fn differences(conn: &mut Conn) -> Result<Vec<Difference>> {
    let mut by_log = rebuild(conn).await?;
    let mut found = Vec::new();
    for account in store::all(conn).await? {
        let by_rows = store::standing(conn, &account).await?.filter(|standing| standing.turn > 0);
        let told = by_log.remove(&account);
        if by_rows != told {
            found.push(Difference { account, by_rows, by_log: told });
        }
    }
    found.extend(by_log.into_iter().map(|(account, told)| Difference { account, by_rows: None, by_log: Some(told) }));
    Ok(found)
}

/// A standing that is older than the log's telling of it begins here.
pub(super) fn taken_over(mut standing: Standing, at: Time) -> Standing {
    standing.since = at;
    standing.attested_at = at;
    standing.turn = 1;
    standing
}
