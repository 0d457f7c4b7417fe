//! The reading half of an import, on a thread that may wait: from a file to sorted rows.

use super::archive::{self, BOMB, Opened};
use super::gmc::Lrmp;
use super::import::{BadRow, Imported, Rows};
use super::lines::{Fields, Header, Lines, Style};
use super::list::Layout;
use super::nppes::{self, Nppes, Row};
use super::rpps::Rpps;
use super::soda::Soda;
use super::sort::Sorter;
use super::{Register, record, sheet};
use crate::base::problem::{Problem, Result};
use std::borrow::Cow;
use std::io::Read;
use std::path::Path;

/// Rows after which progress is told.
const TOLD: i64 = 4_000;
/// Broken rows whose numbers are remembered; a file with more is not believed anyway.
const TOUCHED: usize = 200_000;

/// What came out of a file.
pub(super) struct Parsed {
    pub rows: Sorter,
    /// Numbers of broken rows that can be read: their entries are not absent.
    pub touched: Vec<String>,
    pub tally: Imported,
    /// A report of changes, whatever it was called.
    pub is_report: bool,
}

impl Parsed {
    fn new() -> Parsed {
        Parsed { rows: Sorter::default(), touched: Vec::new(), tally: Imported::default(), is_report: false }
    }

    fn put(&mut self, line: u64, row: &Row, bytes: &mut Vec<u8>) -> Result<()> {
        let (entry, is_ended) = match row {
            Row::Person(entry) => (entry, false),
            Row::Ended(entry) => (entry, true),
            Row::PassedOver => {
                self.tally.passed_over += 1;
                return Ok(());
            }
        };
        bytes.clear();
        record::pack(entry, is_ended, bytes);
        let key = [entry.number.as_bytes(), b"\0", &line.to_be_bytes()].concat();
        self.rows.push(&key, bytes)
    }

    fn refuse(&mut self, line: u64, why: String, number: &str) {
        self.tally.refuse(BadRow { line, why });
        if self.touched.len() < TOUCHED && !number.is_empty() {
            self.touched.push(number.to_owned());
        }
    }
}

/// Reads a file as it was published.
pub(super) fn parse_file(register: &'static Register, layout: Layout, path: &Path, told: Rows) -> Result<Parsed> {
    let prefer = match layout {
        Layout::Nppes => "npidata",
        Layout::Rpps => "ps-libreacces-personne-activite",
        Layout::Lrmp | Layout::SodaWashington | Layout::SodaColorado => "",
    };
    match archive::open(path, if prefer.is_empty() { "\0" } else { prefer })? {
        Opened::Text(reader) => parse(register, layout, reader, told),
        Opened::Sheet(bytes) if layout == Layout::Nppes => parse_report(register, &bytes, &told),
        Opened::Sheet(_) => refused("This register publishes no spreadsheet that is read here. Nothing was read."),
    }
}

/// Reads a file's text.
pub(super) fn parse(register: &'static Register, layout: Layout, reader: impl Read, told: Rows) -> Result<Parsed> {
    read_lines(register, layout, reader, &told).map_err(|problem| match &problem {
        Problem::Fault(cause) if cause.to_string().contains(BOMB) => {
            Problem::field("file", "archive", format!("This is no register's file: {BOMB}. Nothing was changed."))
        }
        _ => problem,
    })
}

fn read_lines(register: &'static Register, layout: Layout, reader: impl Read, told: &Rows) -> Result<Parsed> {
    let mut lines = Lines::new(reader);
    let mut fields = Fields::default();
    let style = match layout {
        Layout::Rpps => Style { separator: b'|', quoted: false },
        _ => Style { separator: b',', quoted: true },
    };
    let layout = open(register, layout, style, &mut lines, &mut fields)?;
    let (wanted, columns) = (layout.wanted(), fields.len());
    let mut parsed = Parsed::new();
    let mut bytes = Vec::new();
    while let Some(line) = lines.next()? {
        if line.is_empty() {
            continue;
        }
        parsed.tally.read += 1;
        let read =
            fields.split(line, style, wanted, columns).map_err(str::to_owned).and_then(|()| layout.read(&fields));
        match read {
            Ok(row) => parsed.put(lines.number(), &row, &mut bytes)?,
            Err(why) => parsed.refuse(lines.number(), why, &layout.number(&fields)),
        }
        if parsed.tally.read % TOLD == 0 {
            let _ = told.send(u64::try_from(parsed.tally.read).unwrap_or(0));
        }
    }
    let _ = told.send(u64::try_from(parsed.tally.read).unwrap_or(0));
    Ok(parsed)
}

/// The monthly report of ended NPIs: a spreadsheet whose second row names the two columns.
fn parse_report(register: &'static Register, bytes: &[u8], told: &Rows) -> Result<Parsed> {
    let mut parsed = Parsed::new();
    parsed.is_report = true;
    let mut packed = Vec::new();
    let mut columns: Option<(usize, usize)> = None;
    sheet::rows(bytes, |line, cells| {
        let Some((npi, date)) = columns else {
            let place = |name: &str| cells.iter().position(|cell| cell.to_lowercase().contains(name));
            columns = cells.iter().position(|cell| cell.trim() == "NPI").zip(place("deactivation date"));
            return Ok(());
        };
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        parsed.tally.read += 1;
        match nppes::reported(register, cell(npi), &day(cell(date))) {
            Ok(row) => parsed.put(line, &row, &mut packed)?,
            Err(why) => parsed.refuse(line, why, cell(npi)),
        }
        Ok(())
    })?;
    if columns.is_none() {
        return refused("The spreadsheet has no columns “NPI” and “NPPES Deactivation Date”. Nothing was read.");
    }
    let _ = told.send(u64::try_from(parsed.tally.read).unwrap_or(0));
    Ok(parsed)
}

/// A date as the files write it; spreadsheets may count days since the end of 1899 instead.
fn day(cell: &str) -> Cow<'_, str> {
    match cell.parse::<i32>() {
        Ok(days) if (20_000..80_000).contains(&days) => {
            let start = jiff::civil::date(1899, 12, 30);
            let date = start.checked_add(jiff::Span::new().days(days)).unwrap_or(start);
            format!("{:02}/{:02}/{}", date.month(), date.day(), date.year()).into()
        }
        _ => cell.into(),
    }
}

fn refused<T>(words: &str) -> Result<T> {
    Err(Problem::field("file", "layout", words))
}

/// A layout with its columns found.
enum Open {
    Nppes(Nppes),
    Lrmp(Lrmp),
    Rpps(Rpps),
    Soda(Soda),
}

impl Open {
    fn read(&self, fields: &Fields) -> std::result::Result<Row, String> {
        match self {
            Open::Nppes(layout) => layout.read(fields),
            Open::Lrmp(layout) => layout.read(fields),
            Open::Rpps(layout) => layout.read(fields),
            Open::Soda(layout) => layout.read(fields),
        }
    }

    fn number<'a>(&self, fields: &'a Fields) -> Cow<'a, str> {
        match self {
            Open::Nppes(layout) => layout.number(fields).into(),
            Open::Lrmp(layout) => layout.number(fields).into(),
            Open::Rpps(layout) => layout.number(fields).into(),
            Open::Soda(layout) => layout.number(fields),
        }
    }

    /// How many columns from the front hold all that is read.
    fn wanted(&self) -> usize {
        match self {
            Open::Nppes(layout) => layout.wanted(),
            Open::Lrmp(_) => usize::MAX,
            Open::Rpps(layout) => layout.wanted(),
            Open::Soda(layout) => layout.wanted(),
        }
    }
}

fn open(
    register: &'static Register,
    layout: Layout,
    style: Style,
    lines: &mut Lines<impl Read>,
    fields: &mut Fields,
) -> Result<Open> {
    let Some(first) = lines.next()? else { return refused("The file is empty. Nothing was read.") };
    if first.starts_with(b"PK\x03\x04") || first.starts_with(&[0x1f, 0x8b]) {
        return refused(
            "This is a compressed archive. Unpack it and give the data file inside (for NPPES: npidata_pfile_….csv).",
        );
    }
    if first.starts_with(&[0xff, 0xfe]) || first.starts_with(&[0xfe, 0xff]) {
        return refused("This file is written in UTF-16. Save it as UTF-8. Nothing was read.");
    }
    if fields.split(first, style, usize::MAX, usize::MAX).is_err() || fields.len() < 2 {
        return refused("The first line is no row of column names. Nothing was read.");
    }
    let header = Header::read(fields);
    Ok(match layout {
        Layout::Nppes => Open::Nppes(Nppes::open(register, &header)?),
        Layout::Lrmp => Open::Lrmp(Lrmp::open(register, &header)?),
        Layout::Rpps => Open::Rpps(Rpps::open(register, &header)?),
        Layout::SodaWashington => Open::Soda(Soda::washington(register, &header)?),
        Layout::SodaColorado => Open::Soda(Soda::colorado(register, &header)?),
    })
}
