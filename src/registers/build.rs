//! The second half of an import: what was read is laid beside the release before, and a new layer comes of it.

use super::import::{BadRow, Imported};
use super::layer::{Block, Blocks, Old, OldEntry, name_key, put_name};
use super::names::{family_key, given_key};
use super::parse::Parsed;
use super::record::{self, Packed, Seen};
use super::sort::{Sorted, Sorter};
use super::store::Kind;
use crate::base::clock::Time;
use crate::base::problem::{Problem, Result};
use std::collections::HashSet;
use tokio::sync::mpsc;

/// Blocks that are written in one transaction, which holds SQLite's one writer for some hundredths of a second.
const TOGETHER: usize = 128;

/// How the new layer stands to the old ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The whole register: what it does not hold is absent.
    Complete,
    /// Changes, as a layer over the others.
    Over,
    /// Changes, made one layer with all the others, of which there were many.
    Together,
}

/// What the brakes look at.
#[derive(Debug, Clone, Default)]
pub(super) struct Moved {
    /// Entries before that were not absent.
    pub before: i64,
    /// Entries now that are not absent.
    pub now: i64,
    pub gone: i64,
    /// From good standing to none.
    pub fell: i64,
    /// With another family name.
    pub renamed: i64,
}

pub(super) struct Build {
    pub old: Option<Old>,
    pub how: How,
    /// Entries before, where they are not counted by going through them.
    pub before: i64,
    pub now: Time,
    /// One number stands in several rows as a rule.
    pub repeats: bool,
    pub send: mpsc::Sender<Vec<Block>>,
}

struct Making {
    how: How,
    now: Time,
    send: mpsc::Sender<Vec<Block>>,
    numbers: Blocks,
    names: Sorter,
    ready: Vec<Block>,
    moved: Moved,
    packed: Vec<u8>,
}

/// Builds the layer and sends its blocks. Runs on a thread that may wait.
pub(super) fn build(task: Build, parsed: Parsed, tally: &mut Imported) -> Result<Moved> {
    let mut making = Making {
        how: task.how,
        now: task.now,
        send: task.send,
        numbers: Blocks::new(Kind::Number),
        names: Sorter::default(),
        ready: Vec::new(),
        moved: Moved { before: task.before, ..Moved::default() },
        packed: Vec::new(),
    };
    let touched: HashSet<String> = parsed.touched.into_iter().collect();
    let mut rows = Rows { sorted: parsed.rows.sorted()?, ahead: None, repeats: task.repeats };
    let mut old = task.old;
    if task.how == How::Over {
        making.moved.now = task.before;
        while let Some(row) = rows.next(tally)? {
            let (new, _) = record::next(&row).ok_or_else(torn)?;
            let known = match &mut old {
                Some(old) => old.get(new.number)?,
                None => None,
            };
            making.put(new, known.as_ref(), tally)?;
        }
    } else {
        making.moved.before = 0;
        let mut row = rows.next(tally)?;
        loop {
            let new = row.as_deref().and_then(|row| record::next(row)).map(|(packed, _)| packed);
            let next_old = match &mut old {
                Some(old) => old.peek()?,
                None => None,
            };
            match (new, next_old) {
                (None, None) => break,
                (Some(new), listed) if listed.as_deref().is_none_or(|listed| new.number <= listed) => {
                    let same = listed.as_deref() == Some(new.number);
                    let known = old.as_mut().filter(|_| same).and_then(|old| old.take(new.number));
                    making.put(new, known.as_ref(), tally)?;
                    row = rows.next(tally)?;
                }
                (_, Some(listed)) => {
                    if let Some(known) = old.as_mut().and_then(|old| old.take(&listed)) {
                        making.carry(&known, touched.contains(&listed), tally)?;
                    }
                }
                (Some(_), None) => return Err(torn()),
            }
        }
    }
    making.finish()
}

fn torn() -> Problem {
    Problem::fault("a run of an import cannot be read back")
}

/// The rows of the file by number, each number once.
struct Rows {
    sorted: Sorted,
    ahead: Option<(Vec<u8>, Vec<u8>)>,
    repeats: bool,
}

impl Rows {
    fn next(&mut self, tally: &mut Imported) -> Result<Option<Vec<u8>>> {
        let first = match self.ahead.take() {
            Some(first) => Some(first),
            None => self.sorted.next()?,
        };
        let Some((key, row)) = first else { return Ok(None) };
        let number = key.len().saturating_sub(9);
        while let Some((other, again)) = self.sorted.next()? {
            if other.get(..other.len().saturating_sub(9)) != key.get(..number) {
                self.ahead = Some((other, again));
                break;
            }
            if !self.repeats {
                let line = other.last_chunk::<8>().map_or(0, |line| u64::from_be_bytes(*line));
                let why = format!("the number {} stands in this file already", String::from_utf8_lossy(&key[..number]));
                tally.refuse(BadRow { line, why });
            }
        }
        Ok(Some(row))
    }
}

impl Making {
    /// A row of the file, beside what was known of its number.
    fn put(&mut self, new: Packed, known: Option<&OldEntry>, tally: &mut Imported) -> Result<()> {
        let before = known.and_then(OldEntry::packed);
        let ended = before.filter(|_| new.is_ended).and_then(|before| record::ended(&before, &new));
        let content = ended.as_deref().unwrap_or(new.content);
        let mut is_same = false;
        match before {
            None => tally.added += 1,
            Some(before) if before.content == content && before.absent_since.is_none() => is_same = true,
            Some(_) => tally.changed += 1,
        }
        self.packed.clear();
        record::repack(new.number, content, Seen::default(), &mut self.packed);
        let packed = std::mem::take(&mut self.packed);
        if let Some((after, _)) = record::next(&packed) {
            self.count(before.as_ref(), &after, is_same);
            self.index(before.as_ref(), &after)?;
            self.write(after.number, &packed)?;
        }
        self.packed = packed;
        Ok(())
    }

    fn count(&mut self, before: Option<&Packed>, after: &Packed, is_same: bool) {
        let was_listed = before.is_some_and(|before| before.absent_since.is_none());
        if self.how != How::Over {
            self.moved.before += i64::from(was_listed);
            self.moved.now += 1;
        } else if !was_listed {
            self.moved.now += 1;
        }
        let Some(before) = before.filter(|_| !is_same) else { return };
        if before.status().is_good() && !after.status().is_good() {
            self.moved.fell += 1;
        }
        let (old, new) = (before.names().0, after.names().0);
        if old != new && !old.is_empty() && family_key(old) != family_key(new) {
            self.moved.renamed += 1;
        }
    }

    /// An entry that this file does not hold.
    fn carry(&mut self, known: &OldEntry, is_touched: bool, tally: &mut Imported) -> Result<()> {
        let Some(before) = known.packed() else { return Ok(()) };
        let mut absent_since = before.absent_since;
        self.moved.before += i64::from(absent_since.is_none());
        if absent_since.is_none() && self.how == How::Complete && !is_touched {
            absent_since = Some(self.now);
            self.moved.gone += 1;
            tally.absent += 1;
        }
        self.moved.now += i64::from(absent_since.is_none());
        let mut packed = std::mem::take(&mut self.packed);
        packed.clear();
        let own = Some(before.seen(&known.version, known.begun_at));
        record::repack(before.number, before.content, Seen { own, absent_since }, &mut packed);
        if let Some((after, _)) = record::next(&packed) {
            self.index(Some(&before), &after)?;
            self.write(after.number, &packed)?;
        }
        self.packed = packed;
        Ok(())
    }

    /// Puts the name where it is found; over other layers, takes the old one away.
    fn index(&mut self, before: Option<&Packed>, after: &Packed) -> Result<()> {
        let (family, given) = after.names();
        let key = name_key(&family_key(family), &given_key(given), after.number);
        let is_there = after.absent_since.is_none() && !family.is_empty();
        if let Some(before) = before.filter(|_| self.how == How::Over) {
            let (family, given) = before.names();
            let old = name_key(&family_key(family), &given_key(given), before.number);
            if old != key {
                self.names.push(&old, &[0])?;
            }
        }
        if is_there || self.how == How::Over {
            self.names.push(&key, &[u8::from(is_there)])?;
        }
        Ok(())
    }

    fn write(&mut self, number: &str, packed: &[u8]) -> Result<()> {
        let block = self.numbers.push(number.as_bytes(), packed);
        self.give(block)
    }

    fn give(&mut self, block: Option<Block>) -> Result<()> {
        self.ready.extend(block);
        if self.ready.len() >= TOGETHER {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        let some = std::mem::take(&mut self.ready);
        self.send.blocking_send(some).map_err(|_| Problem::fault("the blocks of an import are not written any more"))
    }

    fn finish(mut self) -> Result<Moved> {
        let last = self.numbers.close();
        self.give(last)?;
        let mut names = Blocks::new(Kind::Name);
        let mut sorted = std::mem::take(&mut self.names).sorted()?;
        let mut item = Vec::new();
        while let Some((key, there)) = sorted.next()? {
            put_name(&key, there == [1], &mut item);
            let block = names.push(&key, &item);
            self.give(block)?;
        }
        self.give(names.close())?;
        self.flush()?;
        Ok(self.moved)
    }
}
