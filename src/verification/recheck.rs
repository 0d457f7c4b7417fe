//! Watching the register: after each import its members are looked at again.
//!
//! What the register *says* acts at once: suspended, removed or deceased pauses the account (and with it every session
//! and socket), and the return to good standing ends that pause. What it merely no longer lists locks nobody: feeds tear,
//! and a person looks first.

use super::store::{self, Watched};
use crate::accounts;
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::log::{Actor, Log, Tx};
use crate::registers::{Profession, Register, Status};

/// Members looked at in one transaction.
const BATCH: i64 = 500;
/// The code under which the register's word pauses an account.
const WHY: &str = "register";

/// What a recheck did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rechecked {
    pub looked: i64,
    pub suspended: Vec<AccountId>,
    pub restored: Vec<AccountId>,
    /// Members whose entry the register no longer lists: for a person to look at.
    pub absent: Vec<AccountId>,
}

/// Looks at every member of a register again.
pub async fn recheck(log: &Log, register: &Register) -> Result<Rechecked> {
    let mut done = Rechecked::default();
    let mut after = String::new();
    loop {
        let mut tx = log.write(Actor::House).await?;
        let page = store::watched(tx.conn(), register.code, &after, BATCH).await?;
        let Some(last) = page.last() else { return Ok(done) };
        after = last.account_id.as_str().to_owned();
        let before = done.suspended.len() + done.restored.len();
        for member in &page {
            look(&mut tx, member, &mut done).await?;
        }
        if done.suspended.len() + done.restored.len() > before {
            tx.commit().await?;
        } else {
            tx.commit_quietly("the register was read and still says so").await?;
        }
    }
}

async fn look(tx: &mut Tx, member: &Watched, done: &mut Rechecked) -> Result<()> {
    done.looked += 1;
    let Some(status) = member.status.as_deref().map(Status::parse).filter(|_| member.absent_since.is_none()) else {
        // A register without a file lists nobody; only an entry that went is news.
        if member.absent_since.is_some() {
            done.absent.push(member.account_id.clone());
        }
        return Ok(());
    };
    let profession = member.profession.as_deref().and_then(Profession::parse).unwrap_or(Profession::Other);
    if let Some(at) = member.seen_at {
        let specialty = member.specialty.as_deref().unwrap_or("");
        accounts::store::refresh_registration(tx, &member.account_id, profession.words(), specialty, at).await?;
    }
    match &member.suspended_for {
        None if status.locks() => pause(tx, &member.account_id, &mut done.suspended).await,
        Some(why) if why == WHY && status.is_good() => restore(tx, &member.account_id, &mut done.restored).await,
        _ => Ok(()),
    }
}

async fn pause(tx: &mut Tx, id: &AccountId, paused: &mut Vec<AccountId>) -> Result<()> {
    if moved(accounts::suspend(tx, id, WHY).await)? {
        paused.push(id.clone());
    }
    Ok(())
}

async fn restore(tx: &mut Tx, id: &AccountId, restored: &mut Vec<AccountId>) -> Result<()> {
    if moved(accounts::restore(tx, id).await)? {
        restored.push(id.clone());
    }
    Ok(())
}

/// Whether it was this run that paused or restored: another one may have been faster.
fn moved(done: Result<()>) -> Result<bool> {
    match done {
        Ok(()) => Ok(true),
        Err(Problem::Conflict { .. }) => Ok(false),
        Err(problem) => Err(problem),
    }
}
