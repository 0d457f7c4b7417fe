//! One moderator at a time has a post in hand, and nobody judges what is their own.

use super::measure::Measure;
use super::store;
use crate::accounts::Moderator;
use crate::base::clock::{MINUTE, Time};
use crate::base::id::{AccountId, PostId};
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::Log;

/// How long a post stays in hand after it was opened.
pub const IN_HAND: i64 = 30 * MINUTE;

/// Why somebody may not decide on a post, or who decides now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bar {
    /// They wrote it.
    Author,
    /// They flagged it.
    Flagger,
    /// A colleague has it in hand.
    InHand { name: String, until: Time },
}

impl Bar {
    pub fn words(&self) -> String {
        match self {
            Bar::Author => "This is your own post. Another moderator decides.".to_owned(),
            Bar::Flagger => {
                "You flagged this post yourself. You can remove it; anything else another moderator decides.".to_owned()
            }
            Bar::InHand { name, .. } => format!("{name} has this in hand now."),
        }
    }

    /// Whether a measure is left to them all the same: a breach at night does not wait for a second moderator.
    pub fn leaves(&self, measure: &Measure) -> bool {
        *self == Bar::Flagger && measure.code == "remove"
    }

    fn problem(&self) -> Problem {
        let code = match self {
            Bar::Author => "own",
            Bar::Flagger => "own-flag",
            Bar::InHand { .. } => "in-hand",
        };
        Problem::conflict(code, self.words())
    }
}

/// Takes a post in hand, if one may decide on it; what stands in the way else.
pub async fn claim(log: &Log, by: &Moderator, post: &PostId, author: &AccountId) -> Result<Option<Bar>> {
    let bar = bar(&mut *log.reader().await?, by, post, author, log.clock().now()).await?;
    if bar.is_some() {
        return Ok(bar);
    }
    let mut tx = log.write(by.id()).await?;
    let until = tx.now().plus(IN_HAND);
    if store::take_claim(&mut tx, post, by.id(), until).await? {
        tx.commit_quietly("a post in a moderator's hand").await?;
        return Ok(None);
    }
    drop(tx);
    self::bar(&mut *log.reader().await?, by, post, author, log.clock().now()).await
}

/// Gives a post back before the time is over, for another moderator to take.
///
/// # Errors
/// [`Problem::Conflict`] when it is not in their hand.
pub async fn give_back_claim(log: &Log, by: &Moderator, post: &PostId) -> Result<()> {
    let mut tx = log.write(by.id()).await?;
    if !store::drop_claim(&mut tx, post, Some(by.id())).await? {
        return Err(Problem::conflict("not-in-hand", "You do not have this in hand."));
    }
    tx.commit_quietly("a post out of a moderator's hand").await
}

async fn bar(conn: &mut Conn, by: &Moderator, post: &PostId, author: &AccountId, now: Time) -> Result<Option<Bar>> {
    if author == by.id() {
        return Ok(Some(Bar::Author));
    }
    if store::has_flagged(conn, post, by.id()).await? {
        return Ok(Some(Bar::Flagger));
    }
    let held = store::claim(conn, post, now).await?.filter(|(account, ..)| account != by.id());
    Ok(held.map(|(_, name, until)| Bar::InHand { name, until }))
}

/// # Errors
/// [`Problem::Conflict`] `own`, `own-flag` or `in-hand`.
pub(super) async fn may_decide(
    conn: &mut Conn,
    by: &Moderator,
    (post, author): (&PostId, &AccountId),
    measure: &Measure,
    now: Time,
) -> Result<()> {
    match bar(conn, by, post, author, now).await? {
        Some(bar) if !bar.leaves(measure) => Err(bar.problem()),
        _ => Ok(()),
    }
}
