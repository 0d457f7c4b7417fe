//! What members see of their own standing, and what they can do about it.

use super::machine::{Happening, Standing};
use super::{happen, rule_words, store};
use crate::accounts::{Choices, Class, Member, Place};
use crate::auth::Present;
use crate::base::clock::Time;
use crate::base::problem::{Fault, Problem, Result};
use crate::db::Conn;
use crate::deid::aside::{self, Setting};
use crate::log::Log;

/// Longest appeal, in code points.
const LONGEST: usize = 2_000;

/// One's own standing.
#[derive(Debug, Clone)]
pub struct Own {
    pub place: Place,
    /// What the register makes of them, and what they are for now.
    pub by_register: Class,
    pub class: Class,
    /// The rule that brought them here, in words.
    pub why: &'static str,
    pub since: Time,
    pub grace_ends: Option<Time>,
    pub attested_at: Time,
    pub attest_due: Time,
    pub attest_ends: Time,
    pub is_overdue: bool,
    pub has_appealed: bool,
}

impl Own {
    fn of(at: &Standing) -> Own {
        Own {
            place: at.place,
            by_register: at.class,
            class: at.class.at(at.place, at.overdue),
            why: rule_words(&at.origin),
            since: at.since,
            grace_ends: at.grace_ends(),
            attested_at: at.attested_at,
            attest_due: at.attest_due(),
            attest_ends: at.attest_ends(),
            is_overdue: at.overdue,
            has_appealed: at.doubts.contains("appeal"),
        }
    }
}

/// The member's own standing; `None` for who was never admitted.
pub async fn own(conn: &mut Conn, member: &Member) -> Result<Option<Own>> {
    Ok(store::standing(conn, member.id()).await?.map(|standing| Own::of(&standing)))
}

/// The yearly word: “I practise under this registration.” It takes a fresh proof of presence.
///
/// # Errors
/// [`Problem::NotFound`] for who was never admitted; [`Problem::Conflict`] `paused` when it would change nothing.
pub async fn attest(log: &Log, member: &Member, choices: &Choices, _: &Present) -> Result<()> {
    let mut tx = log.write(member.id()).await?;
    let standing = store::standing(tx.conn(), member.id()).await?.ok_or(Problem::NotFound)?;
    let done = happen(&mut tx, member.id(), &standing, &Happening::Attests, choices, "").await?;
    done.ok_or_else(|| Problem::conflict("paused", "Your account is paused: ask a person to look first."))?;
    tx.commit().await?;
    Ok(())
}

/// Asks for a person to look at a pause. One appeal is open at a time.
///
/// # Errors
/// [`Problem::Refused`] for words that are missing, too long or about a patient; [`Problem::Conflict`] `open` when one
/// waits already, or nothing is paused.
pub async fn appeal(log: &Log, member: &Member, choices: &Choices, words: &str) -> Result<()> {
    let words = words.trim().replace("\r\n", "\n");
    let mut faults = Vec::new();
    if words.is_empty() {
        faults.push(Fault::new("words", "missing", "Write what we should know, if only: please look again."));
    }
    if words.chars().count() > LONGEST {
        faults.push(Fault::new("words", "too-long", "Use at most 2,000 characters."));
    }
    faults.extend(aside::pass(Setting::Profile, "words", &words).err());
    if !faults.is_empty() {
        return Err(Problem::Refused(faults));
    }
    let mut tx = log.write(member.id()).await?;
    let standing = store::standing(tx.conn(), member.id()).await?.ok_or(Problem::NotFound)?;
    let done = happen(&mut tx, member.id(), &standing, &Happening::Appeals, choices, &words).await?;
    done.ok_or_else(|| Problem::conflict("open", "A verifier has your words already, or nothing is paused."))?;
    tx.commit().await?;
    Ok(())
}
