//! What is done about a person: sessions, open pages and mail end with it, because each looks at the row.

use crate::accounts;
use crate::auth::session;
use crate::base::clock::Time;
use crate::base::id::AccountId;
use crate::base::problem::Result;
use crate::log::Tx;

/// Under this code a suspension is for good; the registration stays bound, so that nobody comes back with it.
pub(super) use crate::accounts::ENDED;

pub(super) async fn suspend(tx: &mut Tx, account: &AccountId, why: &str) -> Result<()> {
    accounts::suspend(tx, account, why).await?;
    session::end_all(tx, account, "suspended").await
}

pub(super) async fn restore(tx: &mut Tx, account: &AccountId) -> Result<()> {
    accounts::reinstate(tx, account).await
}

/// Until a day the member only reads.
pub(super) async fn restrict(tx: &mut Tx, account: &AccountId, until: Time) -> Result<()> {
    accounts::restrict(tx, account, Some(until)).await
}

pub(super) async fn lift(tx: &mut Tx, account: &AccountId) -> Result<()> {
    accounts::restrict(tx, account, None).await
}
