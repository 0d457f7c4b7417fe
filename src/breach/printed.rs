//! The exposure report and the notification record, on paper.

use super::paper::Paper;
use super::record::Section;
use super::report::{Exposure, category_words};
use crate::discussion::Way;

/// The report as a PDF: the figures first, then everybody, a row for each way.
pub fn exposure_pdf(report: &Exposure, host: &str) -> Vec<u8> {
    let mut paper = Paper::new("Who was shown a removed post", &foot(report, host), report.made_at);
    paper.text("For the data-protection officer. It names members; the removed words are in it nowhere.");
    let breach = &report.breach;
    paper.pair("Reference", breach.post.as_str());
    paper.pair("What", &report.place());
    paper.pair("Published", &breach.written_at.iso());
    paper.pair("First flagged", &breach.flagged_at.map_or("nobody flagged it".to_owned(), |at| at.iso()));
    paper.pair("Hidden from all", &report.hidden_at.iso());
    paper.pair("Confirmed and removed", &format!("{}, by {}", breach.confirmed_at.iso(), report.removed_by));
    paper.pair("People who were shown it", &report.readers.len().to_string());
    paper.pair("On screen when it went", &report.on_screen().to_string());
    let answers = format!(
        "{} kept nothing, {} deleted a copy, {} ask for help, {} silent",
        report.answered(Some("kept-nothing")),
        report.answered(Some("deleted")),
        report.answered(Some("help")),
        report.answered(None)
    );
    paper.pair("Their answers", &answers);
    let kinds: Vec<&str> = report.categories.iter().map(|code| category_words(code)).collect();
    paper.pair("Found in it", &if kinds.is_empty() { "nothing by the check".to_owned() } else { kinds.join(", ") });
    paper.heading("By which way");
    let ways: Vec<Vec<String>> =
        report.by_way().into_iter().map(|(words, count)| vec![words.to_owned(), count.to_string()]).collect();
    paper.table(&[("Way", 3.0), ("People", 1.0)], &ways);
    paper.heading("Readers by country of registration and profession");
    let classes: Vec<Vec<String>> =
        report.by_class().into_iter().map(|(country, kind, count)| vec![country, kind, count.to_string()]).collect();
    paper.table(&[("Country", 3.0), ("Profession", 3.0), ("People", 1.0)], &classes);
    paper.heading("Everybody who was shown it");
    let mut rows = Vec::new();
    for reader in &report.readers {
        for (at, sight) in reader.sights.iter().enumerate() {
            let name = if at == 0 { reader.name.clone() } else { String::new() };
            let answer = match (at, reader.on_screen) {
                (0, true) => format!("{}; on screen when it went", reader.answer_words()),
                (0, false) => reader.answer_words().to_owned(),
                _ => String::new(),
            };
            let way = format!("{}, version {}", Way::words(&sight.way), sight.revision);
            rows.push(vec![name, way, minutes(&sight.first.iso()), minutes(&sight.last.iso()), answer]);
        }
    }
    let columns = [("Name", 2.6), ("Way", 2.2), ("First (UTC)", 1.8), ("Last (UTC)", 1.8), ("Answer", 1.9)];
    paper.table(&columns, &rows);
    if !report.looks.is_empty() {
        paper.heading("Moderators who opened it");
        let looks: Vec<Vec<String>> =
            report.looks.iter().map(|(name, at)| vec![name.clone(), minutes(&at.iso())]).collect();
        paper.table(&[("Name", 3.0), ("When (UTC)", 2.0)], &looks);
    }
    paper.file()
}

/// The draft of the notification record as a PDF.
pub fn record_pdf(report: &Exposure, sections: &[Section], host: &str) -> Vec<u8> {
    let mut paper = Paper::new("Record of a personal data breach", &foot(report, host), report.made_at);
    paper.text(
        "A draft, filled from the log. It holds no detail of the patient. The officer completes, decides and signs.",
    );
    for section in sections {
        paper.heading(&format!("{} ({})", section.title, section.law));
        paper.text(&section.words);
    }
    paper.file()
}

fn foot(report: &Exposure, host: &str) -> String {
    format!("{host} · {}", report.breach.post)
}

/// "2026-11-21 09:12:00".
fn minutes(iso: &str) -> String {
    iso.replace('T', " ").trim_end_matches('Z').to_owned()
}
