//! The exposure as CSV: a row for each reader and way.

use super::report::Exposure;
use crate::base::problem::{Problem, Result};
use crate::discussion::Way;

/// The report as a table. A name that a spreadsheet would take for a formula is not one in it.
///
/// # Errors
/// Never for what the report can hold; the writer's own fault is passed on.
pub fn csv(report: &Exposure) -> Result<Vec<u8>> {
    let mut out = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::NonNumeric).from_writer(Vec::new());
    let fault = |cause: csv::Error| Problem::Fault(Box::new(cause));
    out.write_record([
        "name",
        "account",
        "country of registration",
        "profession",
        "way",
        "version",
        "first shown (UTC)",
        "last shown (UTC, to within 10 minutes)",
        "on screen when it went",
        "told (UTC)",
        "answer",
        "answered (UTC)",
    ])
    .map_err(fault)?;
    for reader in &report.readers {
        for sight in &reader.sights {
            out.write_record([
                safe(&reader.name),
                reader.account.to_string(),
                safe(&reader.country),
                safe(&reader.profession),
                Way::words(&sight.way).to_owned(),
                sight.revision.to_string(),
                sight.first.iso(),
                sight.last.iso(),
                if reader.on_screen { "yes" } else { "no" }.to_owned(),
                reader.told_at.map(|at| at.iso()).unwrap_or_default(),
                reader.answer_words().to_owned(),
                reader.answered_at.map(|at| at.iso()).unwrap_or_default(),
            ])
            .map_err(fault)?;
        }
    }
    out.into_inner().map_err(|cause| Problem::fault(cause.to_string()))
}

/// A cell that no spreadsheet computes: what begins like a formula gets an apostrophe in front (OWASP, CSV injection).
fn safe(text: &str) -> String {
    let first = text.trim_start().chars().next().unwrap_or(' ');
    let begins = text.chars().next().unwrap_or(' ');
    if "=+-@＝＋－＠".contains(first) || matches!(begins, '\t' | '\r' | '\n') {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\u{ff1d}1", "=HYPERLINK(\"x\")"] {
            assert!(safe(formula).starts_with('\''), "{formula}");
        }
        for name in ["Ada Marchetti-Wren", "O'Neill", "Ñandú", ""] {
            assert_eq!(safe(name), name);
        }
    }
}
