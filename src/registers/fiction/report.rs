//! The monthly report of ended NPIs, written: a spreadsheet in an archive, its header in the second row.

use crate::base::problem::{Problem, Result};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The report as it is published, of numbers and dates (`MM/DD/YYYY`).
///
/// # Errors
/// A writer that fails.
pub fn write_report(ended: &[(String, String)], to: &mut impl Write) -> Result<()> {
    let mut texts = String::new();
    let mut rows = String::new();
    let mut count = 0;
    let mut text = |words: &str| {
        texts.push_str(&format!("<si><t>{words}</t></si>"));
        count += 1;
        count - 1
    };
    let title = text("Deactivated NPI Report as of Jan 12 2026");
    rows.push_str(&format!("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>{title}</v></c></row>"));
    let (npi, date) = (text("NPI"), text("NPPES Deactivation Date"));
    rows.push_str(&format!(
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>{npi}</v></c><c r=\"B2\" t=\"s\"><v>{date}</v></c></row>"
    ));
    for (at, (number, day)) in ended.iter().enumerate() {
        let (row, number, day) = (at + 3, text(number), text(day));
        rows.push_str(&format!(
            "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>{number}</v></c><c r=\"B{row}\" t=\"s\"><v>{day}</v></c></row>"
        ));
    }
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let sheet = pack(&[
        ("xl/workbook.xml", &format!("{head}<workbook {space}/>")),
        ("xl/sharedStrings.xml", &format!("{head}<sst {space}>{texts}</sst>")),
        ("xl/worksheets/sheet1.xml", &format!("{head}<worksheet {space}><sheetData>{rows}</sheetData></worksheet>")),
    ])?;
    let mut outer = ZipWriter::new(Cursor::new(Vec::new()));
    outer.start_file("NPPES Deactivated NPI Report 20260112.xlsx", SimpleFileOptions::default()).map_err(fault)?;
    outer.write_all(&sheet)?;
    to.write_all(outer.finish().map_err(fault)?.get_ref())?;
    Ok(())
}

fn pack(parts: &[(&str, &str)]) -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).map_err(fault)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish().map_err(fault)?.into_inner())
}

fn fault(cause: zip::result::ZipError) -> Problem {
    Problem::Fault(Box::new(cause))
}
