//! Reading a register's published file into the table.
//!
//! The file is parsed on a thread of its own while the rows before are written, about a thousand in one transaction, so
//! that memory stays the same whatever the size. A file that is not the register's layout is refused whole before
//! anything is written; a broken row is skipped and listed. Reading the same file twice changes nothing.
//!
//! An entry that a *complete* file no longer holds is marked absent, with a brake: more than 0.5 % at once looks like a
//! torn file, not like five doctors in a thousand who left, and needs a word from the operator.

use super::gmc::Lrmp;
use super::lines::{Fields, Header, Lines};
use super::list::Layout;
use super::nppes::{Nppes, Row};
use super::{Entry, Register, store};
use crate::base::problem::{Problem, Result};
use crate::log::{Actor, Event, Log};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io::Read;
use tokio::sync::mpsc;

/// Rows in one transaction.
const BATCH: usize = 1_000;
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
        return Err(Problem::field("register", "no-file", format!("The {} publishes no file that is read here.", register.name)));
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
    let sound = !name.is_empty() && name.len() <= 80 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    sound.then_some(()).ok_or_else(|| {
        Problem::field("version", "not-a-name", "Name the file's version with at most 80 letters, digits, dots, hyphens.")
    })
}

/// What the parser's thread sends.
enum Message {
    Opened,
    Rows(Batch),
}

#[derive(Default)]
struct Batch {
    read: i64,
    passed_over: i64,
    rows: Vec<(u64, Row)>,
    bad: Vec<BadRow>,
    /// Numbers of broken rows that can be read: their entries are not absent.
    touched: Vec<String>,
}

type Sender = mpsc::Sender<Result<Message>>;

async fn opened(batches: &mut mpsc::Receiver<Result<Message>>) -> Result<Option<()>> {
    Ok(match batches.recv().await.transpose()? {
        Some(Message::Opened) => Some(()),
        Some(Message::Rows(_)) | None => None,
    })
}

/// The parser's thread. A receiver that is gone ends it.
fn parse(layout: Layout, reader: impl Read, send: &Sender) {
    if let Err(problem) = parse_all(layout, reader, send) {
        let _ = send.blocking_send(Err(problem));
    }
}

fn parse_all(layout: Layout, reader: impl Read, send: &Sender) -> Result<()> {
    let mut lines = Lines::new(reader);
    let mut fields = Fields::default();
    let layout = open(layout, &mut lines, &mut fields)?;
    if send.blocking_send(Ok(Message::Opened)).is_err() {
        return Ok(());
    }
    let mut batch = Batch::default();
    while let Some(line) = lines.next()? {
        if line.is_empty() {
            continue;
        }
        batch.read += 1;
        let read = fields.split(line).map_err(str::to_owned).and_then(|()| layout.read(&fields));
        let line = lines.number();
        match read {
            Ok(Row::PassedOver) => batch.passed_over += 1,
            Ok(row) => batch.rows.push((line, row)),
            Err(why) => {
                batch.touched.push(layout.number(&fields).to_owned());
                batch.bad.push(BadRow { line, why });
            }
        }
        if batch.rows.len() + batch.bad.len() >= BATCH || batch.read >= 20 * BATCH as i64 {
            if send.blocking_send(Ok(Message::Rows(std::mem::take(&mut batch)))).is_err() {
                return Ok(());
            }
        }
    }
    let _ = send.blocking_send(Ok(Message::Rows(batch)));
    Ok(())
}

/// A layout with its columns found.
enum Open {
    Nppes(Nppes),
    Lrmp(Lrmp),
}

impl Open {
    fn read(&self, fields: &Fields) -> std::result::Result<Row, String> {
        match self {
            Open::Nppes(layout) => layout.read(fields),
            Open::Lrmp(layout) => layout.read(fields),
        }
    }

    fn number<'a>(&self, fields: &'a Fields) -> &'a str {
        match self {
            Open::Nppes(layout) => layout.number(fields),
            Open::Lrmp(layout) => layout.number(fields),
        }
    }
}

fn open(layout: Layout, lines: &mut Lines<impl Read>, fields: &mut Fields) -> Result<Open> {
    let refused = |words: &str| Err(Problem::field("file", "layout", words));
    let Some(first) = lines.next()? else { return refused("The file is empty. Nothing was read.") };
    if first.starts_with(b"PK\x03\x04") || first.starts_with(&[0x1f, 0x8b]) {
        return refused("This is a compressed archive. Unpack it and give the data file inside (for NPPES: npidata_pfile_….csv).");
    }
    if fields.split(first).is_err() || fields.len() < 2 {
        return refused("The first line is no row of column names. Nothing was read.");
    }
    let header = Header::read(fields);
    Ok(match layout {
        Layout::Nppes => Open::Nppes(Nppes::open(&header)?),
        Layout::Lrmp => Open::Lrmp(Lrmp::open(&header)?),
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
