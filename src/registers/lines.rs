//! A register's file, line by line: each line is a row or a fault of its own.
//!
//! A reader that follows quotation marks over line ends loses every row behind a mark that is never closed. The
//! registers write one row a line, so a broken line costs that line and nothing else. Values are UTF-8; a line that is
//! not is read as Windows-1252, which is what exports of office programs are.

use crate::base::problem::{Problem, Result};
use std::io::{BufRead, BufReader, Read};
use std::ops::Range;

/// Longer than any row of a register; a file with longer lines is something else.
const LONGEST_LINE: usize = 256 * 1024;

/// The lines of a file, with their numbers.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    number: u64,
}

impl<R: Read> Lines<R> {
    pub fn new(reader: R) -> Lines<R> {
        Lines { reader: BufReader::with_capacity(256 * 1024, reader), line: Vec::new(), number: 0 }
    }

    /// The number of the line read last; the header is line 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next line without its end; `None` behind the last one.
    ///
    /// # Errors
    /// A line that no register writes, or a reader that fails.
    pub fn next(&mut self) -> Result<Option<&[u8]>> {
        self.line.clear();
        let read = (&mut self.reader).take(LONGEST_LINE as u64).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if read == LONGEST_LINE && self.line.last() != Some(&b'\n') {
            return Err(Problem::field(
                "file",
                "not-lines",
                format!(
                    "Line {} does not end: this is not a file of rows. Nothing of it was read from there on.",
                    self.number
                ),
            ));
        }
        while matches!(self.line.last(), Some(b'\n' | b'\r')) {
            self.line.pop();
        }
        Ok(Some(&self.line))
    }
}

/// How the values of a line are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub separator: u8,
    /// Values may stand in quotation marks.
    pub quoted: bool,
}

/// The values of one line. Kept and filled again for each line.
#[derive(Default)]
pub(super) struct Fields {
    text: String,
    bounds: Vec<Range<u32>>,
    count: usize,
}

impl Fields {
    /// Splits a line. Of a line with very many values only the first `wanted` are looked at, if the rest can be counted
    /// to `columns` without.
    ///
    /// # Errors
    /// A quotation mark that is never closed.
    pub fn split(
        &mut self,
        line: &[u8],
        style: Style,
        wanted: usize,
        columns: usize,
    ) -> std::result::Result<(), &'static str> {
        self.text.clear();
        self.bounds.clear();
        match std::str::from_utf8(line) {
            Ok(line) => self.text.push_str(line),
            Err(_) => self.text.push_str(&windows_1252(line)),
        }
        let end = self.text.len();
        let mut at = 0;
        loop {
            if self.bounds.len() == wanted && wanted < columns {
                // Every value behind stands in two marks, or this line is taken apart to its end.
                let rest = &self.text.as_bytes()[at..end];
                let marks = memchr::memchr_iter(b'"', rest).count();
                if style.quoted
                    && marks == 2 * (columns - wanted)
                    && rest.first() == Some(&b'"')
                    && rest.last() == Some(&b'"')
                {
                    self.count = columns;
                    return Ok(());
                }
            }
            let after = if style.quoted && self.text.as_bytes()[at..end].first() == Some(&b'"') {
                self.take_quoted(at + 1, end, style.separator)?
            } else {
                let stop =
                    memchr::memchr(style.separator, &self.text.as_bytes()[at..end]).map_or(end, |found| at + found);
                self.bounds.push(range(at, stop));
                stop
            };
            if after >= end {
                self.count = self.bounds.len();
                return Ok(());
            }
            at = after + 1;
        }
    }

    /// Takes a value up to its closing mark; a doubled mark is one mark. Returns what follows the value. A mark inside
    /// that is not doubled is taken as written, up to the next separator.
    fn take_quoted(&mut self, start: usize, end: usize, separator: u8) -> std::result::Result<usize, &'static str> {
        let mut at = start;
        let mut inner = false;
        loop {
            let bytes = &self.text.as_bytes()[..end];
            let mark = at + memchr::memchr(b'"', &bytes[at..]).ok_or("a quotation mark is not closed")?;
            match bytes.get(mark + 1) {
                None => break self.put_quoted(start, mark, inner),
                Some(next) if *next == separator => break self.put_quoted(start, mark, inner),
                Some(next) => {
                    inner = true;
                    at = mark + 1 + usize::from(*next == b'"');
                }
            }
        }
    }

    fn put_quoted(&mut self, start: usize, mark: usize, inner: bool) -> std::result::Result<usize, &'static str> {
        if inner {
            let value = self.text[start..mark].replace("\"\"", "\"");
            let from = self.text.len();
            self.text.push_str(&value);
            self.bounds.push(range(from, self.text.len()));
        } else {
            self.bounds.push(range(start, mark));
        }
        Ok(mark + 1)
    }

    pub fn len(&self) -> usize {
        self.count
    }

    /// The value at this place without the spaces round it; empty where there is none.
    pub fn get(&self, at: usize) -> &str {
        let value = self.bounds.get(at).and_then(|range| self.text.get(range.start as usize..range.end as usize));
        value.unwrap_or("").trim()
    }
}

/// A line is no longer than `LONGEST_LINE`.
fn range(start: usize, end: usize) -> Range<u32> {
    u32::try_from(start).unwrap_or(u32::MAX)..u32::try_from(end).unwrap_or(u32::MAX)
}

/// Where each wanted column stands, found by its name.
pub(super) struct Header(Vec<String>);

impl Header {
    pub fn read(fields: &Fields) -> Header {
        Header((0..fields.len()).map(|at| heading(fields.get(at))).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The place of a column, if it is there.
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = heading(name);
        self.0.iter().position(|known| *known == name)
    }

    /// The places of columns without which the file cannot be read.
    ///
    /// # Errors
    /// Names every column that is missing.
    pub fn need<const N: usize>(&self, register: &str, names: [&str; N]) -> Result<[usize; N]> {
        let missing: Vec<&str> = names.into_iter().filter(|name| self.find(name).is_none()).collect();
        if !missing.is_empty() {
            let some = missing.len() < N;
            let columns = missing.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
            return Err(Problem::field(
                "file",
                "layout",
                if some {
                    format!(
                        "This is not the {register} layout as we know it: the column {columns} is missing. \
                         Nothing was read. If the register has changed its layout, the importer must learn it first."
                    )
                } else {
                    format!(
                        "This is not the {register} file: its first line has none of the columns {columns}. Nothing was read."
                    )
                },
            ));
        }
        Ok(names.map(|name| self.find(name).unwrap_or(usize::MAX)))
    }
}

/// A column's name without case, spacing and marks, which the publishers change now and then.
fn heading(name: &str) -> String {
    name.trim_start_matches('\u{feff}').chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn windows_1252(line: &[u8]) -> String {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    line.iter().map(|&b| if (0x80..0xa0).contains(&b) { HIGH[usize::from(b) - 0x80] } else { char::from(b) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMAS: Style = Style { separator: b',', quoted: true };

    fn split(line: &[u8]) -> std::result::Result<Vec<String>, &'static str> {
        let mut fields = Fields::default();
        fields.split(line, COMMAS, usize::MAX, usize::MAX)?;
        Ok((0..fields.len()).map(|at| fields.get(at).to_owned()).collect())
    }

    #[test]
    fn values_are_split_as_the_registers_write_them() {
        assert_eq!(split(br#""1","a, b","","c""#).unwrap(), ["1", "a, b", "", "c"]);
        assert_eq!(split(br#"1,"say ""ah""", x ,"#).unwrap(), ["1", "say \"ah\"", "x", ""]);
        assert_eq!(split(br#""a "b" c","d""#).unwrap(), ["a \"b\" c", "d"]);
        assert_eq!(split(br#""a","b"#), Err("a quotation mark is not closed"));
        assert_eq!(split(b"M\xfcller,x").unwrap(), ["Müller", "x"]);
    }

    #[test]
    fn what_is_not_wanted_is_only_counted() {
        let mut fields = Fields::default();
        for (line, count) in [
            (&br#""1","b","","c""#[..], 4),
            (br#""1","b","say ""ah""","c""#, 4),
            (br#""1","b","c""#, 3),
            (br#""1","b",,"c","d""#, 5),
        ] {
            fields.split(line, COMMAS, 2, 4).unwrap();
            assert_eq!((fields.get(0), fields.get(1), fields.len()), ("1", "b", count), "{line:?}");
        }
    }

    #[test]
    fn an_open_mark_costs_its_own_line_only() {
        let mut lines = Lines::new(&b"a,b\r\n\"c,d\ne,f"[..]);
        let mut fields = Fields::default();
        let mut seen = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            seen.push(fields.split(line, COMMAS, usize::MAX, usize::MAX).is_ok());
        }
        assert_eq!((seen, lines.number()), (vec![true, false, true], 3));
    }
}
