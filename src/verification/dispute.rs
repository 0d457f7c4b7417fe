//! Two people claim one registration.
//!
//! Neither is told who the other is. The first verifier's approval opens the dispute: the holder has 72 hours to answer,
//! and reads only meanwhile when the other claim is the stronger one. A weaker claim opens nothing. After the notice a
//! second verifier decides.

use super::{Application, store};
use crate::accounts::store as rows;
use crate::base::clock::{HOUR, Time};
use crate::base::id::ApplicationId;
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::{Event, Tx};
use crate::membership::{self, Dispute};

/// How long the holder has to answer before anything is decided.
pub const NOTICE: i64 = 72 * HOUR;

/// Opens a dispute with the first of two approvals, by the reason it was given for. Nothing where nobody else holds the
/// number.
///
/// # Errors
/// [`Problem::Conflict`] `weaker` when the holder was admitted by a stronger path than this one.
pub(super) async fn open(tx: &mut Tx, application: &Application, reason: &str) -> Result<()> {
    let claim = &application.claim;
    let holder = rows::bound_to(tx.conn(), &claim.register, &claim.number).await?;
    let Some(holder) = holder.filter(|holder| *holder != application.account) else { return Ok(()) };
    let held_by = membership::path(&rows::path_of(tx.conn(), &holder).await?).0;
    let claimed_by = membership::path(reason).0;
    if claimed_by < held_by {
        return Err(Problem::conflict(
            "weaker",
            format!(
                "Another member holds this number, admitted by {}. This claim rests on {}: ask for something stronger.",
                held_by.words(),
                claimed_by.words()
            ),
        ));
    }
    let until = tx.now().plus(NOTICE);
    store::disputes::open(tx, &application.id, &holder, until).await?;
    if claimed_by > held_by {
        membership::dispute(tx, &holder, Dispute::Opens).await?;
    }
    tx.record(Event::DisputeNotice { application: application.id.clone(), account: holder, until });
    Ok(())
}

/// Until when an application's dispute waits for the holder's answer; `None` without a dispute.
pub async fn notice_until(conn: &mut Conn, id: &ApplicationId) -> Result<Option<Time>> {
    Ok(store::disputes::standing(conn, id).await?.map(|(_, until)| until))
}

/// Ends a dispute with its application: the number goes to the applicant, or stays.
///
/// # Errors
/// [`Problem::Conflict`] `notice` while the holder may still answer.
pub(super) async fn end(tx: &mut Tx, application: &Application, is_approved: bool) -> Result<()> {
    let Some((holder, until)) = store::disputes::standing(tx.conn(), &application.id).await? else { return Ok(()) };
    if is_approved && tx.now() < until {
        let when = until.iso().replace('T', " at ").replace('Z', " UTC");
        return Err(Problem::conflict("notice", format!("The member who holds this number may answer until {when}.")));
    }
    membership::dispute(tx, &holder, if is_approved { Dispute::Lost } else { Dispute::Kept }).await?;
    store::disputes::end(tx, &application.id, if is_approved { "moved" } else { "kept" }).await
}
