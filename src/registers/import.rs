//! Reading a register's published file into a release.
//!
//! The file is read on a thread of its own into sorted runs, laid beside the release before, and written as a layer that
//! nobody reads until one row says so: readers never see half a file, memory stays the same whatever the size, and an
//! import that ends half-way, however it ends, has changed nothing; it is begun again.
//!
//! A file that is not the register's layout is refused whole. A broken row is left out and listed with its line; its
//! entry stays as it was. What the file says of many people at once is not believed without a word from the operator:
//! more than 0.5 % gone, more than 0.5 % fallen from good standing, more than 5 % renamed, more than 5 % broken look like
//! a torn or shifted file, not like the truth. Then nothing is changed, and the report says why.

use super::build::{Build, How, Moved, build};
use super::layer::Old;
use super::parse::{Parsed, parse, parse_file};
use super::store::{self, Release};
use super::{Register, list::Layout};
use crate::base::problem::{Problem, Result};
use crate::log::{Actor, Event, Log};
use std::io::Read;
use std::path::PathBuf;
use tokio::sync::mpsc;

/// Broken rows that are listed; all are counted.
const LISTED: usize = 1_000;
/// The brakes, in entries of a thousand; below `FEW` of them nothing is held but what is gone.
const MOST_GONE: i64 = 5;
const MOST_FALLEN: i64 = 5;
const MOST_RENAMED: i64 = 50;
const MOST_BROKEN: i64 = 50;
const FEW: i64 = 20;
/// Layers over which a file of changes is still laid; then all are made one.
const MOST_LAYERS: usize = 8;

/// Which file it is.
#[derive(Debug, Clone)]
pub struct Version {
    /// The publisher's name for it, such as `20260914`: letters, digits, `.`, `_` and `-`.
    pub name: String,
    /// The whole register, not only what changed.
    pub complete: bool,
    /// The operator has looked: believe it, however much it changes.
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
    /// Rows of organisations and of other professions, which are nobody's registration here.
    pub passed_over: i64,
    /// Broken rows.
    pub refused: i64,
    /// Entries newly marked absent.
    pub absent: i64,
    /// Entries that are not in this complete file, but too many to be believed without `allow`.
    pub held: i64,
    /// Why nothing was changed; empty for an import that was done.
    pub stopped: Vec<String>,
    /// The first thousand broken rows.
    pub rows: Vec<BadRow>,
}

impl Imported {
    pub(super) fn refuse(&mut self, row: BadRow) {
        self.refused += 1;
        if self.rows.len() < LISTED {
            self.rows.push(row);
        }
    }
}

pub(super) type Tally = Imported;

/// Imports a register's file from a reader of its text. `progress` is told the rows read so far.
///
/// # Errors
/// [`Problem::Refused`] for a register that publishes no file, a file of another layout, or a version's name with
/// other characters; a conflict if another import of the register ended in the meantime. Nothing is changed then.
pub async fn import<R: Read + Send + 'static>(
    log: &Log,
    register: &'static Register,
    reader: R,
    version: Version,
    progress: impl FnMut(u64),
) -> Result<Imported> {
    let layout = layout_of(register, &version)?;
    import_by(log, register, version, progress, move |rows| parse(register, layout, reader, rows)).await
}

/// Imports a register's file as it was published: text, or an archive with one data file in it.
///
/// # Errors
/// As [`import`]; also for an archive that holds no data file, or several.
pub async fn import_file(
    log: &Log,
    register: &'static Register,
    path: PathBuf,
    version: Version,
    progress: impl FnMut(u64),
) -> Result<Imported> {
    let layout = layout_of(register, &version)?;
    import_by(log, register, version, progress, move |rows| parse_file(register, layout, &path, rows)).await
}

/// What tells the rows read so far.
pub(super) type Rows = mpsc::UnboundedSender<u64>;

fn layout_of(register: &Register, version: &Version) -> Result<Layout> {
    let Some(layout) = register.layout else {
        return Err(Problem::field(
            "register",
            "no-file",
            format!("The {} publishes no file that is read here.", register.name),
        ));
    };
    judge_version(&version.name)?;
    Ok(layout)
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

async fn import_by(
    log: &Log,
    register: &'static Register,
    mut version: Version,
    mut progress: impl FnMut(u64),
    read: impl FnOnce(Rows) -> Result<Parsed> + Send + 'static,
) -> Result<Imported> {
    let (told, mut rows) = mpsc::unbounded_channel();
    let reading = tokio::task::spawn_blocking(move || read(told));
    while let Some(read) = rows.recv().await {
        progress(read);
    }
    let mut parsed = reading.await.map_err(|cause| Problem::Fault(Box::new(cause)))??;
    let mut tally = std::mem::take(&mut parsed.tally);
    if parsed.is_report {
        version.complete = false;
    }
    if tally.refused > FEW && tally.refused * 1_000 > tally.read * MOST_BROKEN && !version.allow {
        tally.stopped.push(format!("{} of {} rows are broken.", tally.refused, tally.read));
        return Ok(tally);
    }
    let before = store::current(&mut *log.reader().await?, register.code).await?;
    let mut tx = log.write(Actor::House).await?;
    let layer = store::begin_reading(&mut tx, register.code, &version.name, version.complete).await?;
    let now = tx.now();
    tx.commit_quietly("a register's reading begins").await?;

    let how = match &before {
        _ if version.complete => How::Complete,
        Some(release) if release.layers.len() >= MOST_LAYERS => How::Together,
        _ => How::Over,
    };
    let old = match &before {
        Some(release) => {
            let conn = log.reader().await?;
            Some(Old::new(tokio::runtime::Handle::current(), conn, register.code, &release.layers))
        }
        None => None,
    };
    let (send, mut blocks) = mpsc::channel(2);
    let task = Build {
        old,
        how,
        before: before.as_ref().map_or(0, |release| release.entries),
        now,
        repeats: layout_of(register, &version)? == Layout::Rpps,
        send,
    };
    let building = tokio::task::spawn_blocking(move || {
        let moved = build(task, parsed, &mut tally);
        moved.map(|moved| (moved, tally))
    });
    while let Some(some) = blocks.recv().await {
        let mut tx = log.write(Actor::House).await?;
        store::write(&mut tx, register.code, layer, some).await?;
        tx.commit_quietly("blocks of a layer that nobody reads yet").await?;
    }
    let (moved, mut tally) = building.await.map_err(|cause| Problem::Fault(Box::new(cause)))??;
    tally.rows.sort_by_key(|row| row.line);
    if !version.allow {
        brake(&moved, &mut tally);
    }
    if !tally.stopped.is_empty() {
        delete(log, register.code, layer).await?;
        return Ok(tally);
    }
    finish(log, register, before.as_ref(), how, layer, &version, &tally, moved.now).await?;
    sweep(log, register.code).await?;
    Ok(tally)
}

/// Says what cannot be believed.
fn brake(moved: &Moved, tally: &mut Imported) {
    let all = moved.before.max(1);
    if moved.gone * 1_000 > all * MOST_GONE {
        tally.held = moved.gone;
        tally.absent = 0;
        tally.stopped.push(format!("{} of {} entries are missing from this file.", moved.gone, moved.before));
    }
    if moved.fell > FEW && moved.fell * 1_000 > all * MOST_FALLEN {
        tally.stopped.push(format!("{} of {} entries fell from good standing at once.", moved.fell, moved.before));
    }
    if moved.renamed > FEW && moved.renamed * 1_000 > all * MOST_RENAMED {
        tally.stopped.push(format!("{} of {} entries have another family name.", moved.renamed, moved.before));
    }
}

/// The one step that readers see.
#[expect(clippy::too_many_arguments, reason = "everything an import has found out")]
async fn finish(
    log: &Log,
    register: &Register,
    before: Option<&Release>,
    how: How,
    layer: i64,
    version: &Version,
    tally: &Tally,
    entries: i64,
) -> Result<()> {
    let mut layers = match (how, before) {
        (How::Over, Some(before)) => before.layers.iter().map(|layer| layer.layer).collect(),
        _ => Vec::new(),
    };
    layers.push(layer);
    let mut tx = log.write(Actor::House).await?;
    let done = store::publish(&mut tx, register.code, before, &layers, layer, tally, entries).await;
    if let Err(problem) = done {
        drop(tx);
        delete(log, register.code, layer).await?;
        return Err(problem);
    }
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

/// Makes the release before the current one the one that is read, at once, and tells its version. The log says so as it
/// says an import: the register now is as of that version.
///
/// # Errors
/// [`Problem::NotFound`] where there is no release to go back to.
pub async fn rollback(log: &Log, register: &Register) -> Result<String> {
    let mut tx = log.write(Actor::House).await?;
    let version = store::go_back(&mut tx, register.code).await?.ok_or(Problem::NotFound)?;
    tx.record(Event::RegisterImported {
        register: register.code.to_owned(),
        version: version.clone(),
        added: 0,
        changed: 0,
        refused: 0,
    });
    tx.commit().await?;
    Ok(version)
}

/// Deletes what no release needs any more, a little at a time.
async fn sweep(log: &Log, register: &str) -> Result<()> {
    let mut tx = log.write(Actor::House).await?;
    let layers = store::unneeded(&mut tx, register).await?;
    tx.commit_quietly("releases that are not kept").await?;
    for layer in layers {
        delete(log, register, layer).await?;
    }
    Ok(())
}

async fn delete(log: &Log, register: &str, layer: i64) -> Result<()> {
    loop {
        let mut tx = log.write(Actor::House).await?;
        let more = store::delete_some(&mut tx, register, layer).await?;
        tx.commit_quietly("blocks that nobody reads").await?;
        if !more {
            return Ok(());
        }
    }
}
