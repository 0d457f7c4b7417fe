//! Reading a register's published file into the table.
//!
//! The file is parsed on a thread of its own while the rows before are written, a few thousand in one transaction, so
//! that memory stays the same whatever the size. A file that is not the register's layout is refused whole before
//! anything is written; a broken row is skipped and listed. Reading the same file twice changes nothing.
//!
//! An entry that a *complete* file no longer holds is marked absent, with a brake: more than 0.5 % at once looks like a
//! torn file, not like five doctors in a thousand who left, and needs a word from the operator.

use super::nppes::Row;
use super::parse::{Batch, Message, parse};
use super::{Entry, Register, store};
use crate::base::problem::{Problem, Result};
use crate::log::{Actor, Event, Log};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io::Read;
use tokio::sync::mpsc;

/// Broken rows that are listed; all are counted.
const LISTED: usize = 1_000;
/// The brake: absent entries in a thousand.
const MOST_ABSENT: i64 = 5;

/// Which file it is.
#[derive(Debug, Clone)]
pub struct Version {
    /// The publisher's name for it, such as `20260914`: letters, digits, `.`, `_` and `-`.
    pub name: String,
    /// The whole register, not only what changed.
    pub complete: bool,
    /// The operator has looked: mark absent however many there are.
    pub allow: bool,
}

impl Version {
    /// A file of changes; nothing becomes absent.
    pub fn changes(name: &str) -> Version {
        Version { name: name.to_owned(), complete: false, allow: false }
    }

    /// A file with the whole register.
    pub fn complete(name: &str) -> Version {
        Version { name: name.to_owned(), complete: true, allow: false }
    }
}

/// A row that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Its line in the file; the header is line 1.
    pub line: u64,
    pub why: String,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows in the file.
    pub read: i64,
    pub added: i64,
    pub changed: i64,
    /// Rows of organisations, which are nobody's registration.
    pub passed_over: i64,
    /// Broken rows.
    pub refused: i64,
    /// Entries newly marked absent.
    pub absent: i64,
    /// Entries that are not in this complete file, but too many to be marked without `allow`.
    pub held: i64,
    /// The first thousand broken rows.
    pub rows: Vec<BadRow>,
}

pub(super) type Tally = Imported;

/// Imports a register's file. `progress` is told the rows read so far.
///
/// # Errors
/// [`Problem::Refused`] for a register that publishes no file, a file of another layout, or a version's name with
/// other characters; what was read before the reader itself failed stays, and reading again completes it.
pub async fn import<R: Read + Send + 'static>(
    log: &Log,
    register: &Register,
    reader: R,
    version: Version,
    mut progress: impl FnMut(u64),
) -> Result<Imported> {
    let Some(layout) = register.layout else {
        return Err(Problem::field(
            "register",
            "no-file",
            format!("The {} publishes no file that is read here.", register.name),
        ));
    };
    judge_version(&version.name)?;
    let (send, mut batches) = mpsc::channel(4);
    let parsing = tokio::task::spawn_blocking(move || parse(layout, reader, &send));
    let mut tally = Imported::default();
    // The first message tells whether the header fits: nothing is written before.
    let Some(()) = opened(&mut batches).await? else { return Err(Problem::fault("the parser ended without a word")) };

    let mut tx = log.write(Actor::House).await?;
    let reading = store::begin_reading(&mut tx, register.code, &version.name, version.complete).await?;
    tx.commit_quietly("a register's reading begins").await?;
    while let Some(message) = batches.recv().await {
        let Message::Rows(batch) = message? else { continue };
        write(log, register, reading, &version, batch, &mut tally).await?;
        progress(u64::try_from(tally.read).unwrap_or(0));
    }
    parsing.await.map_err(|cause| Problem::Fault(Box::new(cause)))?;
    finish(log, register, reading, &version, &mut tally).await?;
    Ok(tally)
}

/// The event carries the version's name, so it must be a name and no prose.
fn judge_version(name: &str) -> Result<()> {
    let sound =
        !name.is_empty() && name.len() <= 80 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    sound.then_some(()).ok_or_else(|| {
        Problem::field(
            "version",
            "not-a-name",
            "Name the file's version with at most 80 letters, digits, dots, hyphens.",
        )
    })
}

async fn opened(batches: &mut mpsc::Receiver<Result<Message>>) -> Result<Option<()>> {
    Ok(match batches.recv().await.transpose()? {
        Some(Message::Opened) => Some(()),
        Some(Message::Rows(_)) | None => None,
    })
}

async fn write(
    log: &Log,
    register: &Register,
    reading: i64,
    version: &Version,
    mut batch: Batch,
    tally: &mut Tally,
) -> Result<()> {
    tally.read += batch.read;
    tally.passed_over += batch.passed_over;
    let mut tx = log.write(Actor::House).await?;
    let numbers: Vec<&str> = batch
        .rows
        .iter()
        .filter_map(|(_, row)| match row {
            Row::Person(entry) | Row::Ended(entry) => Some(entry.number.as_str()),
            Row::PassedOver => None,
        })
        .chain(batch.touched.iter().map(String::as_str))
        .collect();
    let known = store::known(tx.conn(), register.code, &numbers).await?;
    let mut new = Vec::new();
    let mut same: Vec<&str> = Vec::new();
    let mut in_batch = HashSet::new();
    for (line, row) in &batch.rows {
        let (entry, ended) = match row {
            Row::Person(entry) => (entry, false),
            Row::Ended(entry) => (entry, true),
            Row::PassedOver => continue,
        };
        let before = known.get(&entry.number);
        if !in_batch.insert(entry.number.as_str()) || before.is_some_and(|known| known.reading == reading) {
            let why = format!("the number {} stands in this file already", entry.number);
            batch.bad.push(BadRow { line: *line, why });
            continue;
        }
        let digest = digest(entry, ended);
        match before {
            Some(known) if known.digest == digest && !known.absent => same.push(&entry.number),
            Some(_) if ended => {
                store::end(&mut tx, reading, &version.name, entry, digest).await?;
                tally.changed += 1;
            }
            Some(_) => {
                new.push((entry, digest));
                tally.changed += 1;
            }
            None => {
                new.push((entry, digest));
                tally.added += 1;
            }
        }
    }
    same.extend(batch.touched.iter().map(String::as_str).filter(|number| known.contains_key(*number)));
    store::write(&mut tx, reading, &version.name, &new).await?;
    store::seen(&mut tx, reading, &version.name, register.code, &same).await?;
    tx.commit_quietly("a register's rows").await?;
    tally.refused += i64::try_from(batch.bad.len()).unwrap_or(0);
    batch.bad.sort_by_key(|row| row.line);
    batch.bad.truncate(LISTED - tally.rows.len());
    tally.rows.append(&mut batch.bad);
    Ok(())
}

/// A short print of everything an entry says.
fn digest(entry: &Entry, ended: bool) -> i64 {
    let mut hash = Sha256::new();
    let others = entry.other_names.join("; ");
    for field in [
        if ended { "ended" } else { "" },
        &entry.family,
        &entry.given,
        &others,
        entry.profession.code(),
        &entry.specialty,
        entry.status.code(),
        &entry.status_raw,
        &entry.valid_from,
    ] {
        hash.update(field.as_bytes());
        hash.update([0]);
    }
    let hash = hash.finalize();
    i64::from_be_bytes([hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]])
}

/// Marks what is absent, unless it is too much, and tells the log.
async fn finish(log: &Log, register: &Register, reading: i64, version: &Version, tally: &mut Tally) -> Result<()> {
    let mut tx = log.write(Actor::House).await?;
    if version.complete {
        let (all, unseen) = store::count_unseen(&mut tx, register.code, reading).await?;
        if unseen * 1_000 > all * MOST_ABSENT && !version.allow {
            tally.held = unseen;
        } else if unseen > 0 {
            tally.absent = store::mark_absent(&mut tx, register.code, reading).await?;
        }
    }
    store::finish_reading(&mut tx, register.code, reading, tally).await?;
    tx.record(Event::RegisterImported {
        register: register.code.to_owned(),
        version: version.name.clone(),
        added: tally.added,
        changed: tally.changed,
        refused: tally.refused,
    });
    tx.commit().await?;
    Ok(())
}
