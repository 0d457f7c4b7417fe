//! The first sheet of an xlsx file, row by row: as much of the format (ECMA-376) as a list of two columns needs.

use super::archive::LARGEST_SHEET;
use crate::base::problem::{Problem, Result};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::io::{BufReader, Cursor, Read};

/// Calls `each` with the number and the cells of every row of the first sheet. Cells that are not written are empty.
///
/// # Errors
/// What is no spreadsheet; what `each` says.
pub(super) fn rows(bytes: &[u8], mut each: impl FnMut(u64, &[String]) -> Result<()>) -> Result<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|cause| no_sheet(&cause))?;
    let shared = match archive.by_name("xl/sharedStrings.xml") {
        Ok(member) => shared(BufReader::new(member.take(LARGEST_SHEET)))?,
        Err(_) => Vec::new(),
    };
    let name = first_sheet(&archive).ok_or_else(|| no_sheet(&"it has no sheet"))?;
    let member = archive.by_name(&name).map_err(|cause| no_sheet(&cause))?;
    let mut reader = Reader::from_reader(BufReader::new(member.take(LARGEST_SHEET)));
    let mut buffer = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell = Cell::default();
    let (mut number, mut in_value) = (0_u64, false);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|cause| no_sheet(&cause))? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "row" => {
                number = attribute(&tag, "r").and_then(|text| text.parse().ok()).unwrap_or(number + 1);
                row.clear();
            }
            Event::Start(tag) if tag.local_name().as_ref() == "c" => {
                cell = Cell {
                    column: attribute(&tag, "r").map_or(row.len(), |place| column(&place)),
                    is_shared: attribute(&tag, "t").as_deref() == Some("s"),
                    text: String::new(),
                };
            }
            Event::Start(tag) => in_value = matches!(tag.local_name().as_ref(), "v" | "t"),
            Event::Text(text) if in_value => cell.text.push_str(&text),
            Event::GeneralRef(entity) if in_value => push_entity(&entity, &mut cell.text),
            Event::End(tag) if matches!(tag.local_name().as_ref(), "v" | "t") => in_value = false,
            Event::End(tag) if tag.local_name().as_ref() == "c" && cell.column < 64 => {
                row.resize(row.len().max(cell.column + 1), String::new());
                row[cell.column] = cell.value(&shared);
            }
            Event::End(tag) if tag.local_name().as_ref() == "row" => each(number, &row)?,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Cell {
    column: usize,
    is_shared: bool,
    text: String,
}

impl Cell {
    fn value(&self, shared: &[String]) -> String {
        let text = self.text.trim();
        if !self.is_shared {
            return text.to_owned();
        }
        text.parse::<usize>().ok().and_then(|at| shared.get(at)).cloned().unwrap_or_default()
    }
}

/// The texts that cells name by number.
fn shared(from: impl std::io::BufRead) -> Result<Vec<String>> {
    let mut reader = Reader::from_reader(from);
    let (mut buffer, mut all, mut text, mut in_text) = (Vec::new(), Vec::new(), String::new(), false);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|cause| no_sheet(&cause))? {
            Event::Start(tag) => in_text = tag.local_name().as_ref() == "t",
            Event::Text(some) if in_text => text.push_str(&some),
            Event::GeneralRef(entity) if in_text => push_entity(&entity, &mut text),
            Event::End(tag) => {
                in_text = false;
                if tag.local_name().as_ref() == "si" {
                    all.push(std::mem::take(&mut text).trim().to_owned());
                }
            }
            Event::Eof => return Ok(all),
            _ => {}
        }
    }
}

fn push_entity(entity: &BytesRef, to: &mut String) {
    match entity.as_ref() {
        "amp" => to.push('&'),
        "lt" => to.push('<'),
        "gt" => to.push('>'),
        "quot" => to.push('"'),
        "apos" => to.push('\''),
        _ => {}
    }
}

fn first_sheet<R: Read + std::io::Seek>(archive: &zip::ZipArchive<R>) -> Option<String> {
    let names = archive.file_names().filter_map(|name| name.ok());
    names
        .filter(|name| name.starts_with("xl/worksheets/sheet"))
        .min_by_key(|name| (name.len(), name.to_string()))
        .map(|name| name.into_owned())
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    Some(found.value.into_owned())
}

/// The place of a cell's column: "B12" is 1.
fn column(place: &str) -> usize {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(3);
    letters.fold(0, |at, letter| at * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1).saturating_sub(1)
}

fn no_sheet(cause: &dyn std::fmt::Display) -> Problem {
    Problem::field("file", "sheet", format!("The spreadsheet cannot be read: {cause}. Nothing was changed."))
}
