//! A layer: blocks of sorted entries, packed, under their numbers and once more under their names.

use super::record::{self, Packed};
use super::store::{self, Kind, Layer};
use crate::base::problem::{Problem, Result};
use crate::db::Reader;
use tokio::runtime::Handle;

/// Bytes of a block before it is packed: small enough that finding one entry in it takes no time, large enough that a
/// million entries are a few thousand rows.
const BLOCK: usize = 24 * 1024;

/// A block to be written.
pub(super) struct Block {
    pub kind: Kind,
    pub first_key: Vec<u8>,
    pub body: Vec<u8>,
}

/// Collects sorted items to blocks.
pub(super) struct Blocks {
    kind: Kind,
    first_key: Vec<u8>,
    raw: Vec<u8>,
}

impl Blocks {
    pub fn new(kind: Kind) -> Blocks {
        Blocks { kind, first_key: Vec::new(), raw: Vec::with_capacity(BLOCK * 2) }
    }

    /// Adds an item behind the others; a block that is full is given back.
    pub fn push(&mut self, key: &[u8], item: &[u8]) -> Option<Block> {
        if self.raw.is_empty() {
            self.first_key = key.to_vec();
        }
        self.raw.extend(item);
        (self.raw.len() >= BLOCK).then(|| self.close()).flatten()
    }

    /// What is left.
    pub fn close(&mut self) -> Option<Block> {
        if self.raw.is_empty() {
            return None;
        }
        let body = lz4_flex::compress_prepend_size(&self.raw);
        self.raw.clear();
        Some(Block { kind: self.kind, first_key: std::mem::take(&mut self.first_key), body })
    }
}

pub(super) fn unpack(body: &[u8]) -> Result<Vec<u8>> {
    lz4_flex::decompress_size_prepended(body).map_err(|cause| Problem::Fault(Box::new(cause)))
}

/// The entry of a number in an unpacked block.
pub(super) fn find<'a>(block: &'a [u8], number: &str) -> Option<Packed<'a>> {
    let mut rest = block;
    while let Some((packed, after)) = record::next(rest) {
        if packed.number >= number {
            return (packed.number == number).then_some(packed);
        }
        rest = after;
    }
    None
}

/// The name under which an entry is found: family, given, number.
pub(super) fn name_key(family: &str, given: &str, number: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(family.len() + given.len() + number.len() + 2);
    for part in [family, "\0", given, "\0", number] {
        key.extend(part.as_bytes());
    }
    key
}

/// An item of a block of names: the key, and whether the entry is still there under it.
pub(super) fn put_name(key: &[u8], is_there: bool, to: &mut Vec<u8>) {
    to.clear();
    to.extend(u16::try_from(key.len()).unwrap_or(u16::MAX).to_le_bytes());
    to.extend(key);
    to.push(u8::from(is_there));
}

/// The next name, whether it is there, and the bytes behind.
pub(super) fn next_name(bytes: &[u8]) -> Option<(&[u8], bool, &[u8])> {
    let (len, rest) = bytes.split_at_checked(2)?;
    let (key, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(len.try_into().ok()?)))?;
    let (there, rest) = rest.split_first()?;
    Some((key, *there > 0, rest))
}

/// Goes through a layer's entries by number, on a thread that may wait.
struct Cursor {
    layer: Layer,
    block: Vec<u8>,
    first_key: Vec<u8>,
    at: usize,
    is_begun: bool,
    is_done: bool,
}

impl Cursor {
    fn head(&self) -> Option<Packed<'_>> {
        record::next(&self.block[self.at..]).map(|(packed, _)| packed)
    }

    fn step(&mut self) {
        if let Some((_, rest)) = record::next(&self.block[self.at..]) {
            self.at = self.block.len() - rest.len();
        }
    }
}

/// The entries of a release by number, the newest layer before the older ones.
pub(super) struct Old {
    handle: Handle,
    conn: Reader,
    register: &'static str,
    /// The newest first.
    cursors: Vec<Cursor>,
}

/// An entry of the release before.
pub(super) struct OldEntry {
    pub bytes: Vec<u8>,
    pub version: String,
    pub begun_at: crate::base::clock::Time,
}

impl OldEntry {
    pub fn packed(&self) -> Option<Packed<'_>> {
        record::next(&self.bytes).map(|(packed, _)| packed)
    }
}

impl Old {
    pub fn new(handle: Handle, conn: Reader, register: &'static str, layers: &[Layer]) -> Old {
        let cursors = layers
            .iter()
            .rev()
            .map(|layer| Cursor {
                layer: layer.clone(),
                block: Vec::new(),
                first_key: Vec::new(),
                at: 0,
                is_begun: false,
                is_done: false,
            })
            .collect();
        Old { handle, conn, register, cursors }
    }

    /// Loads what stands behind a block that is used up: the next one, or the one in which `number` would be.
    fn load(&mut self, which: usize, number: Option<&str>) -> Result<()> {
        let cursor = &mut self.cursors[which];
        while !cursor.is_done && cursor.at >= cursor.block.len() {
            let (register, layer) = (self.register, cursor.layer.layer);
            let conn = &mut self.conn;
            let after = cursor.is_begun.then_some(cursor.first_key.as_slice());
            let found = self.handle.block_on(async {
                if let Some(number) = number
                    && let Some(found) = store::block_at(conn, register, layer, Kind::Number, number.as_bytes()).await?
                    && after.is_none_or(|after| found.0.as_slice() > after)
                {
                    return Ok(Some(found));
                }
                store::block_after(conn, register, layer, Kind::Number, after).await
            });
            match found? {
                Some((first_key, body)) => {
                    cursor.block = unpack(&body)?;
                    cursor.first_key = first_key;
                    cursor.at = 0;
                    cursor.is_begun = true;
                }
                None => cursor.is_done = true,
            }
        }
        Ok(())
    }

    /// The smallest number that was not passed yet.
    pub fn peek(&mut self) -> Result<Option<String>> {
        for which in 0..self.cursors.len() {
            self.load(which, None)?;
        }
        Ok(self.cursors.iter().filter_map(|cursor| cursor.head().map(|head| head.number)).min().map(str::to_owned))
    }

    /// Takes the entry of the number that was peeked.
    pub fn take(&mut self, number: &str) -> Option<OldEntry> {
        let mut found = None;
        for cursor in &mut self.cursors {
            let Some(head) = cursor.head().filter(|head| head.number == number) else { continue };
            if found.is_none() {
                let bytes = head.whole.to_vec();
                found =
                    Some(OldEntry { bytes, version: cursor.layer.version.clone(), begun_at: cursor.layer.begun_at });
            }
            cursor.step();
        }
        found
    }

    /// The entry of a number that is greater than those asked for before.
    pub fn get(&mut self, number: &str) -> Result<Option<OldEntry>> {
        for which in 0..self.cursors.len() {
            loop {
                self.load(which, Some(number))?;
                let cursor = &mut self.cursors[which];
                match cursor.head() {
                    Some(head) if head.number < number => cursor.step(),
                    _ => break,
                }
            }
        }
        Ok(self.take(number))
    }
}
