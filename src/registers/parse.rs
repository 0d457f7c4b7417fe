//! The parser's side of an import: a thread that reads the file and sends batches of rows. See `import.rs` for the rest.

use super::gmc::Lrmp;
use super::import::BadRow;
use super::lines::{Fields, Header, Lines};
use super::list::Layout;
use super::nppes::{Nppes, Row};
use crate::base::problem::{Problem, Result};
use std::io::Read;
use tokio::sync::mpsc;

/// Rows in one batch, which becomes one transaction: it holds SQLite's one writer for a tenth of a second, and a smaller one
/// rewrites more of the index by name (1,000 took twice as long).
const BATCH: usize = 4_000;
/// Lines without rows of ours after which there is a batch all the same, so that progress is seen.
const QUIET: i64 = 20_000;

/// What the parser's thread sends.
pub(super) enum Message {
    Opened,
    Rows(Batch),
}

#[derive(Default)]
pub(super) struct Batch {
    pub read: i64,
    pub passed_over: i64,
    pub rows: Vec<(u64, Row)>,
    pub bad: Vec<BadRow>,
    /// Numbers of broken rows that can be read: their entries are not absent.
    pub touched: Vec<String>,
}

type Sender = mpsc::Sender<Result<Message>>;

/// The parser's thread. A receiver that is gone ends it.
pub(super) fn parse(layout: Layout, reader: impl Read, send: &Sender) {
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
        let is_full = batch.rows.len() + batch.bad.len() >= BATCH || batch.read >= QUIET;
        if is_full && send.blocking_send(Ok(Message::Rows(std::mem::take(&mut batch)))).is_err() {
            return Ok(());
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
        return refused(
            "This is a compressed archive. Unpack it and give the data file inside (for NPPES: npidata_pfile_….csv).",
        );
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
