//! Opening a register's file as it was published: text, or a zip archive with one data file in it, or a spreadsheet.
//!
//! What an archive unpacks to is not known before: it may be 10 GB of a register, or a bomb. So it is unpacked while it
//! is read, on a thread of its own, and given up when it grows past any register's measure.

use crate::base::problem::{Problem, Result};
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;
use std::sync::mpsc;

/// Texts of registers pack to a tenth; nothing honest to less than this part.
const DENSEST: u64 = 150;
/// Below this, how dense it is does not matter.
const SMALL: u64 = 64 * 1024 * 1024;
/// Parts of a spreadsheet, unpacked.
pub(super) const LARGEST_SHEET: u64 = 256 * 1024 * 1024;
/// Members of an archive that are looked at.
const MOST_MEMBERS: usize = 1_000;

pub(super) enum Opened {
    Text(Box<dyn Read + Send>),
    /// The bytes of an xlsx file.
    Sheet(Vec<u8>),
}

/// Opens a file. `prefer` is the beginning of the member's name that holds the entries, where an archive has several.
///
/// # Errors
/// A file that cannot be read, an archive that is broken or holds no single data file.
pub(super) fn open(path: &Path, prefer: &str) -> Result<Opened> {
    let mut file = File::open(path).map_err(|cause| Problem::fault(format!("{}: {cause}", path.display())))?;
    let mut head = [0; 4];
    let read = file.read(&mut head)?;
    file.rewind()?;
    if read < 4 || &head != b"PK\x03\x04" {
        return Ok(Opened::Text(Box::new(file)));
    }
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    if archive.by_name("xl/workbook.xml").is_ok() {
        let mut bytes = Vec::new();
        File::open(path)?.take(LARGEST_SHEET).read_to_end(&mut bytes)?;
        return Ok(Opened::Sheet(bytes));
    }
    let member = choose(&mut archive, prefer)?;
    let mut at = archive.by_index(member).map_err(broken)?;
    if at.name().map_err(broken)?.to_lowercase().ends_with(".xlsx") {
        let mut bytes = Vec::new();
        at.by_ref().take(LARGEST_SHEET).read_to_end(&mut bytes).map_err(|cause| broken(cause.into()))?;
        return Ok(Opened::Sheet(bytes));
    }
    drop(at);
    Ok(Opened::Text(Box::new(unpacking(archive, member))))
}

fn broken(cause: zip::result::ZipError) -> Problem {
    Problem::field("file", "archive", format!("The archive is broken ({cause}). Fetch it again. Nothing was changed."))
}

/// The one member that is data: no header alone, no description.
fn choose(archive: &mut zip::ZipArchive<BufReader<File>>, prefer: &str) -> Result<usize> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for at in 0..archive.len().min(MOST_MEMBERS) {
        let member = archive.by_index_raw(at).map_err(broken)?;
        let name = member.name().map_err(broken)?.rsplit(['/', '\\']).next().unwrap_or("").to_lowercase();
        let is_data = [".csv", ".txt", ".xlsx"].iter().any(|end| name.ends_with(end));
        if member.is_file() && is_data && !name.contains("header") && !name.contains("readme") {
            found.push((at, name));
        }
    }
    let preferred: Vec<&(usize, String)> = found.iter().filter(|(_, name)| name.starts_with(prefer)).collect();
    match (preferred.as_slice(), found.as_slice()) {
        ([one], _) => Ok(one.0),
        ([], [one]) => Ok(one.0),
        _ => {
            let names: Vec<&str> = found.iter().take(8).map(|(_, name)| name.as_str()).collect();
            let words = if names.is_empty() {
                "The archive holds no data file (.csv, .txt or .xlsx). Nothing was changed.".to_owned()
            } else {
                format!(
                    "The archive holds several data files ({}). Unpack it and name the right one. Nothing was changed.",
                    names.join(", ")
                )
            };
            Err(Problem::field("file", "archive", words))
        }
    }
}

/// The text of a member, unpacked on a thread that ends when nobody reads any more.
fn unpacking(mut archive: zip::ZipArchive<BufReader<File>>, member: usize) -> impl Read + Send + use<> {
    let (send, receive) = mpsc::sync_channel(4);
    std::thread::spawn(move || {
        let told = unpack(&mut archive, member, &send);
        if let Err(cause) = told {
            let _ = send.send(Err(cause));
        }
    });
    Unpacked { receive, piece: Cursor::new(Vec::new()) }
}

type Piece = std::io::Result<Vec<u8>>;

fn unpack(
    archive: &mut zip::ZipArchive<BufReader<File>>,
    member: usize,
    send: &mpsc::SyncSender<Piece>,
) -> std::io::Result<()> {
    let mut at = archive.by_index(member).map_err(std::io::Error::other)?;
    let packed = at.compressed_size().max(1);
    let mut whole: u64 = 0;
    loop {
        let mut piece = Vec::with_capacity(256 * 1024);
        at.by_ref().take(256 * 1024).read_to_end(&mut piece)?;
        if piece.is_empty() {
            return Ok(());
        }
        whole += piece.len() as u64;
        if whole > SMALL && whole / packed > DENSEST {
            return Err(std::io::Error::other(BOMB));
        }
        if send.send(Ok(piece)).is_err() {
            return Ok(());
        }
    }
}

/// What is said of an archive that unpacks to more than a register could.
pub(super) const BOMB: &str = "the archive unpacks to more than 150 times its size";

struct Unpacked {
    receive: mpsc::Receiver<Piece>,
    piece: Cursor<Vec<u8>>,
}

impl Read for Unpacked {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let read = self.piece.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            match self.receive.recv() {
                Ok(piece) => self.piece = Cursor::new(piece?),
                Err(_) => return Ok(0),
            }
        }
    }
}
