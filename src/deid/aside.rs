//! A single text beside the posts: a name, a declared interest, a room's description, the note on a consent.
//!
//! These are about the one who writes, so their name, workplace and town may stand in them; what only a patient has may
//! not. An [`Aside`] is proof that a text passed; only [`pass`] makes one:
//!
//! ```compile_fail
//! use collegium::deid::aside::Aside;
//! let forged = Aside("NHS number 999 317 2048".to_owned());
//! ```
//!
//! ```
//! use collegium::deid::aside::{Setting, pass};
//! assert!(pass(Setting::Profile, "detail", "Dr Ada Byron, St Elsewhere Hospital, Leeds").is_ok());
//! assert!(pass(Setting::Profile, "detail", "NHS number 999 317 2048").is_err());
//! ```

use crate::base::problem::Fault;

use super::{Category, Finding, Severity, check};

/// Where a text stands, and so what may stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Shown to everybody with the name of the one who wrote it.
    Profile,
    /// On how and when consent was recorded; shown to moderators alone.
    Note,
}

impl Setting {
    /// Whether a finding stops the text. In a profile nearly everything is the author's own, unless the text speaks of a
    /// patient; a note on consent says when and where, never who.
    fn stops(self, finding: &Finding, is_case: bool) -> bool {
        let blocks = finding.severity == Severity::Block;
        let of_a_patient = matches!(
            finding.category,
            Category::NationalId | Category::Mrn | Category::Codename | Category::Room | Category::Account
        );
        let of_the_record =
            matches!(finding.category, Category::Date | Category::Facility | Category::Clinician | Category::Location);
        match self {
            Setting::Profile => blocks && (of_a_patient || is_case),
            Setting::Note => blocks && !of_the_record,
        }
    }
}

/// Proof that a single text passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside(String);

impl Aside {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Passes a text, or names the field, the words in the way and what to do.
pub fn pass(setting: Setting, field: &str, text: &str) -> Result<Aside, Fault> {
    let report = check(text);
    let is_case = report.told.is_case();
    match report.findings.iter().find(|finding| setting.stops(finding, is_case)) {
        None => Ok(Aside(text.to_owned())),
        Some(finding) => {
            let instead = match finding.suggestion.as_deref() {
                Some("") | None => " Leave it out.".to_owned(),
                Some(words) => format!(" Use “{words}”."),
            };
            let words = &text[finding.start..finding.end];
            Err(Fault::new(field, "identifies", format!("“{words}”: {}{instead}", finding.reason)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_names_its_owner_but_no_patient() {
        for own in [
            "Dr Ada Marchetti-Wren",
            "Consultant cardiologist at St Bartholomew's Hospital, London",
            "Norvane (makes mirtazapine)",
            "Speaker at the meeting in Leeds on 3 March 2026",
            "Mrs Grace Kowalczyk",
            "Rhythm, failure, ischaemia, and what the troponin meant.",
        ] {
            assert!(
                pass(Setting::Profile, "detail", own).is_ok(),
                "{own}: {:?}",
                pass(Setting::Profile, "detail", own)
            );
        }
        for (field, patient) in [
            ("name", "NHS number 999 317 2048"),
            ("detail", "Fee for my patient Mrs Kowalczyk, admitted on 3 March"),
            ("detail", "MRN 00482913"),
        ] {
            let fault = pass(Setting::Profile, field, patient).expect_err(patient);
            assert_eq!((fault.field.as_str(), fault.code), (field, "identifies"));
            assert!(fault.words.contains('“'), "{fault:?}");
        }
    }

    #[test]
    fn a_note_says_when_and_where_but_not_who() {
        assert!(pass(Setting::Note, "consent_note", "Signed on 12 March 2026, filed at St Mary's Hospital.").is_ok());
        for text in ["Signed by Mrs Kowalczyk.", "Form in the notes of 999 317 2048, NHS number."] {
            assert!(pass(Setting::Note, "consent_note", text).is_err(), "{text}");
        }
    }
}
