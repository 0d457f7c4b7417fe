//! Sorting more than memory should hold: runs of some megabytes are sorted, laid aside in files without a name, and
//! merged. A file without a name is gone when its program ends, however it ends.

use crate::base::problem::Result;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of one run.
const RUN: usize = 24 * 1024 * 1024;

/// Takes pairs of a key and a value in any order.
#[derive(Default)]
pub(super) struct Sorter {
    bytes: Vec<u8>,
    /// Where each pair begins, how long its key and its value are.
    pairs: Vec<(u32, u16, u32)>,
    runs: Vec<File>,
}

impl Sorter {
    /// Adds a pair; `write` appends the value.
    pub fn push(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        if self.bytes.len() + key.len() + value.len() > RUN {
            self.lay_aside()?;
        }
        let start = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        let key = &key[..key.len().min(usize::from(u16::MAX))];
        self.bytes.extend(key);
        self.bytes.extend(value);
        self.pairs.push((
            start,
            u16::try_from(key.len()).unwrap_or(u16::MAX),
            u32::try_from(value.len()).unwrap_or(u32::MAX),
        ));
        Ok(())
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        let key = |pair: &(u32, u16, u32)| &bytes[pair.0 as usize..pair.0 as usize + usize::from(pair.1)];
        self.pairs.sort_unstable_by(|a, b| key(a).cmp(key(b)));
    }

    fn lay_aside(&mut self) -> Result<()> {
        self.sort();
        let mut to = BufWriter::with_capacity(1 << 18, unnamed()?);
        for (start, key, value) in self.pairs.drain(..) {
            to.write_all(&key.to_le_bytes())?;
            to.write_all(&value.to_le_bytes())?;
            let start = start as usize;
            to.write_all(&self.bytes[start..start + usize::from(key) + value as usize])?;
        }
        let mut file = to.into_inner().map_err(|cause| cause.into_error())?;
        file.rewind()?;
        self.runs.push(file);
        self.bytes.clear();
        Ok(())
    }

    /// The pairs in the order of their keys.
    pub fn sorted(mut self) -> Result<Sorted> {
        let mut sources = Vec::new();
        if self.runs.is_empty() {
            self.sort();
            sources.push(Source::Memory { bytes: self.bytes, pairs: self.pairs.into_iter() });
        } else {
            self.lay_aside()?;
            drop(self.bytes);
            let all = self.runs.len();
            // The buffers of all runs together stay small.
            let buffer = (8 * 1024 * 1024 / all).clamp(16 * 1024, 512 * 1024);
            sources.extend(self.runs.into_iter().map(|run| Source::Run(BufReader::with_capacity(buffer, run))));
        }
        let mut sorted = Sorted { sources, heads: BinaryHeap::new() };
        for at in 0..sorted.sources.len() {
            sorted.pull(at)?;
        }
        Ok(sorted)
    }
}

/// A file that nobody else can open.
fn unnamed() -> Result<File> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("collegium-run-{}-{next}", std::process::id()));
    let file = File::options().read(true).write(true).create_new(true).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

enum Source {
    Memory { bytes: Vec<u8>, pairs: std::vec::IntoIter<(u32, u16, u32)> },
    Run(BufReader<File>),
}

impl Source {
    fn next(&mut self) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
        match self {
            Source::Memory { bytes, pairs } => Ok(pairs.next().map(|(start, key, value)| {
                let (start, key) = (start as usize, usize::from(key));
                (bytes[start..start + key].to_vec(), bytes[start + key..start + key + value as usize].to_vec())
            })),
            Source::Run(reader) => {
                let mut head = [0; 6];
                match reader.read_exact(&mut head) {
                    Ok(()) => {}
                    Err(cause) if cause.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
                    Err(cause) => return Err(cause.into()),
                }
                let mut key = vec![0; usize::from(u16::from_le_bytes([head[0], head[1]]))];
                let mut value = vec![0; u32::from_le_bytes([head[2], head[3], head[4], head[5]]) as usize];
                reader.read_exact(&mut key)?;
                reader.read_exact(&mut value)?;
                Ok(Some((key, value)))
            }
        }
    }
}

type Head = Reverse<(Vec<u8>, usize, Vec<u8>)>;

/// Pairs in the order of their keys.
pub(super) struct Sorted {
    sources: Vec<Source>,
    heads: BinaryHeap<Head>,
}

impl Sorted {
    fn pull(&mut self, at: usize) -> Result<()> {
        if let Some((key, value)) = self.sources[at].next()? {
            self.heads.push(Reverse((key, at, value)));
        }
        Ok(())
    }

    /// The next pair; `None` behind the last.
    pub fn next(&mut self) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
        let Some(Reverse((key, at, value))) = self.heads.pop() else { return Ok(None) };
        self.pull(at)?;
        Ok(Some((key, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_come_out_in_order_whether_they_fit_or_not() {
        for many in [10_u32, 400_000] {
            let mut sorter = Sorter::default();
            for at in 0..many {
                let key = at.wrapping_mul(2_654_435_761).to_be_bytes();
                sorter.push(&key, &[7; 90]).unwrap();
            }
            let mut sorted = sorter.sorted().unwrap();
            let (mut last, mut count) = (Vec::new(), 0);
            while let Some((key, value)) = sorted.next().unwrap() {
                assert!(key >= last && value.len() == 90);
                last = key;
                count += 1;
            }
            assert_eq!(count, many);
        }
    }
}
