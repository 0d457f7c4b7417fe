//! One verifier at a time has an application in hand, so that no two do the same work.

use super::store::in_hand;
use crate::accounts::Verifier;
use crate::base::clock::{MINUTE, Time};
use crate::base::id::ApplicationId;
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::{Log, Tx};

/// How long an application stays in hand after it was opened.
pub const IN_HAND: i64 = 15 * MINUTE;

/// An application in a colleague's hand.
#[derive(Debug, Clone)]
pub struct InHand {
    pub thing: String,
    pub name: String,
    pub until: Time,
}

/// Takes an application in hand; whose it is, if a colleague was faster.
pub async fn take_in_hand(log: &Log, verifier: &Verifier, id: &ApplicationId) -> Result<Option<InHand>> {
    let mut tx = log.write(verifier.id()).await?;
    let until = tx.now().plus(IN_HAND);
    if in_hand::take(&mut tx, id.as_str(), verifier.id(), until).await? {
        tx.commit_quietly("an application in a verifier's hand").await?;
        return Ok(None);
    }
    drop(tx);
    let others = others_have(&mut *log.reader().await?, verifier, log.clock().now()).await?;
    Ok(others.into_iter().find(|other| other.thing == id.as_str()))
}

/// What colleagues have in hand now.
pub async fn others_have(conn: &mut Conn, verifier: &Verifier, now: Time) -> Result<Vec<InHand>> {
    let all = in_hand::all(conn, now).await?;
    let others = all.into_iter().filter(|(_, account, ..)| account != verifier.id());
    Ok(others.map(|(thing, _, name, until)| InHand { thing, name, until }).collect())
}

/// Nobody decides what a colleague has in hand; what is decided is in nobody's.
pub(super) async fn settle(tx: &mut Tx, verifier: &Verifier, id: &ApplicationId) -> Result<()> {
    let now = tx.now();
    let others = others_have(tx.conn(), verifier, now).await?;
    if let Some(other) = others.iter().find(|other| other.thing == id.as_str()) {
        return Err(Problem::conflict("in-hand", format!("{} has this in hand now.", other.name)));
    }
    in_hand::give_back(tx, id.as_str()).await
}
