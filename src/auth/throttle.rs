//! Patience with guessers: ten tries in a quarter of an hour, remembered in the database so that a restart forgives
//! nothing.

use super::store;
use crate::base::clock::MINUTE;
use crate::base::problem::{Problem, Result};
use crate::base::secret::sha256_hex;
use crate::log::{Actor, Log};

pub const MOST: i64 = 10;
/// From one network address, behind which a whole hospital may sit.
const MOST_ADDRESS: i64 = 100;
const WINDOW: i64 = 15 * MINUTE;

/// Under what a kind of try by or against somebody is counted. The address is hashed: the table names nobody.
pub fn key(kind: &str, whom: &str) -> String {
    format!("{kind}:{}", &sha256_hex(whom.as_bytes())[..32])
}

/// # Errors
/// [`Problem::TooMany`] when the tries of this window are used up.
pub async fn ask(log: &Log, key: &str) -> Result<()> {
    ask_for(log, key, MOST).await
}

/// The same for sign-ups and failed sign-ins from one network address.
pub async fn ask_address(log: &Log, address: &str) -> Result<()> {
    ask_for(log, &key("address", address), MOST_ADDRESS).await
}

pub async fn count_address(log: &Log, address: &str) -> Result<()> {
    count(log, &key("address", address)).await.map(|_| ())
}

async fn ask_for(log: &Log, key: &str, most: i64) -> Result<()> {
    let now = log.clock().now();
    if let Some((count, since)) = store::tries(&mut *log.reader().await?, key).await? {
        let ends = since.plus(WINDOW);
        if count >= most && now < ends {
            return Err(Problem::TooMany { seconds: (ends.millis() - now.millis()) / 1000 + 1 });
        }
    }
    Ok(())
}

/// Counts a failed try; how many are left.
pub async fn count(log: &Log, key: &str) -> Result<i64> {
    let mut tx = log.write(Actor::House).await?;
    let now = tx.now();
    let count = store::count_try(&mut tx, key, now.plus(-WINDOW)).await?;
    tx.commit_quietly("a counted try").await?;
    Ok((MOST - count).max(0))
}

/// Forgets the tries after a success.
pub async fn forget(log: &Log, key: &str) -> Result<()> {
    if store::tries(&mut *log.reader().await?, key).await?.is_none() {
        return Ok(());
    }
    let mut tx = log.write(Actor::House).await?;
    store::forget_tries(&mut tx, key).await?;
    tx.commit_quietly("tries forgotten after a success").await
}
