//! The daily file of the UK General Medical Council: the List of Registered Medical Practitioners as CSV.
//!
//! Dates are `DDMMYYYY` with the leading zero lost (`5071978`). Columns behind the status have come and gone; those we
//! read there (specialties, the marks for conditions and undertakings) are taken where they are and missed where they
//! are not. Warnings are not read: a warned doctor is in good standing.

use super::Register;
use super::lines::{Fields, Header};
use super::nppes::Row;
use super::number::judge_own;
use super::status::{Removal, Status};
use super::{Entry, Profession};
use crate::base::clock::Time;
use crate::base::problem::Result;

pub(super) struct Lrmp {
    register: &'static Register,
    columns: usize,
    number: usize,
    family: usize,
    given: usize,
    others: usize,
    provisional: usize,
    full: usize,
    specialist: usize,
    general: usize,
    status: usize,
    specialty: Option<usize>,
    /// Marks that something restricts the registration.
    restrictions: Vec<usize>,
}

impl Lrmp {
    pub fn open(register: &'static Register, header: &Header) -> Result<Lrmp> {
        let [number, family, given, others, provisional, full, specialist, general, status, ..] = header.need(
            "GMC (LRMP)",
            [
                "GMC Ref No",
                "Surname",
                "Given Name",
                "Other Names",
                "PR Date",
                "FR Date",
                "Specialist Register Date",
                "GP Register Date",
                "Registration Status",
                "Qualification",
                "Year Of Qualification",
                "Place of Qualification",
            ],
        )?;
        let specialty = header.find("Specialty1");
        let restrictions = ["FtP Conditions Exist", "FtP Undertakings Exist"]
            .into_iter()
            .filter_map(|name| header.find(name))
            .collect();
        let columns = header.len();
        Ok(Lrmp {
            register,
            columns,
            number,
            family,
            given,
            others,
            provisional,
            full,
            specialist,
            general,
            status,
            specialty,
            restrictions,
        })
    }

    pub fn number<'a>(&self, fields: &'a Fields) -> &'a str {
        fields.get(self.number)
    }

    pub fn read(&self, fields: &Fields) -> std::result::Result<Row, String> {
        if fields.len() != self.columns {
            return Err(format!("it has {} values where the header has {} columns", fields.len(), self.columns));
        }
        let number = fields.get(self.number);
        judge_own(self.register, number).map_err(|why| format!("GMC Ref No “{number}”: {why}"))?;
        let family = fields.get(self.family);
        if family.is_empty() {
            return Err("the Surname is empty".to_owned());
        }
        let raw = fields.get(self.status);
        if raw.is_empty() {
            return Err("the Registration Status is empty".to_owned());
        }
        let provisional = date("PR Date", fields.get(self.provisional))?;
        let full = date("FR Date", fields.get(self.full))?;
        let specialist = date("Specialist Register Date", fields.get(self.specialist))?;
        let general = date("GP Register Date", fields.get(self.general))?;
        let restricted = self.restrictions.iter().any(|&at| fields.get(at).eq_ignore_ascii_case("Y"));
        let status = match standing(raw) {
            Status::Active if restricted => Status::ActiveRestricted,
            status => status,
        };
        let named = self.specialty.map_or("", |at| fields.get(at));
        let specialty = match (named, specialist.is_empty(), general.is_empty()) {
            ("", _, false) => "General practice",
            ("", _, true) => "",
            (named, _, _) => named,
        };
        let given = [fields.get(self.given), fields.get(self.others)].map(str::to_owned).join(" ").trim().to_owned();
        Ok(Row::Person(Entry {
            register: "gmc".to_owned(),
            number: number.to_owned(),
            family: family.to_owned(),
            given,
            other_names: Vec::new(),
            profession: Profession::Physician,
            specialty: specialty.to_owned(),
            status,
            status_raw: raw.to_owned(),
            valid_from: if full.is_empty() { provisional } else { full },
            source_version: String::new(),
            seen_at: Time(0),
            absent_since: None,
        }))
    }
}

/// The council's status words. They have been written with hyphens and dashes, with and without "a".
fn standing(raw: &str) -> Status {
    let words: String =
        raw.chars().map(|c| if c.is_alphabetic() { c.to_ascii_lowercase() } else { ' ' }).collect::<String>();
    let words: Vec<&str> = words.split_whitespace().filter(|word| !matches!(*word, "a" | "to" | "practise")).collect();
    match words.join(" ").as_str() {
        "registered with licence" => Status::Active,
        "registered without licence" => Status::NonPractising,
        "provisionally registered with licence"
        | "provisionally registered without licence"
        | "temporary registration with licence"
        | "temporary registration without licence" => Status::Provisional,
        "suspended" | "registered suspended" | "not registered suspended" => Status::Suspended { interim: false },
        "interim suspension" | "suspended interim" | "interim suspended" => Status::Suspended { interim: true },
        "not registered deceased" | "deceased" => Status::Deceased,
        "not registered having relinquished registration" | "not registered voluntary erasure" => {
            Status::Removed(Removal::Voluntary)
        }
        "not registered erased after fitness panel hearing"
        | "not registered erased after fitness tribunal hearing"
        | "not registered erased for false declaration"
        | "not registered erased for fraudulent application" => Status::Removed(Removal::Disciplinary),
        "not registered administrative erasure" | "not registered administrative reason" => {
            Status::Removed(Removal::Administrative)
        }
        "not registered provisional registration expired" => Status::Lapsed,
        _ => Status::Unknown,
    }
}

/// The word the council writes for a status; for writing fictional files.
pub(super) fn word(status: Status) -> &'static str {
    match status {
        Status::Active | Status::ActiveRestricted => "Registered with Licence",
        Status::NonPractising => "Registered without a Licence",
        Status::Provisional => "Provisionally registered with Licence",
        Status::Lapsed => "Not Registered – Provisional registration expired",
        Status::Suspended { interim: false } => "Suspended",
        Status::Suspended { interim: true } => "Interim suspension",
        Status::Removed(Removal::Disciplinary) => "Not Registered - Erased after Fitness to Practise panel hearing",
        Status::Removed(Removal::Administrative) => "Not Registered - Administrative erasure",
        Status::Removed(Removal::Voluntary) => "Not Registered - Having relinquished registration",
        Status::Deceased => "Not Registered - Deceased",
        Status::Unknown => "Under transition",
    }
}

/// A date as `YYYY-MM-DD`.
fn date(column: &str, text: &str) -> std::result::Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let read = || -> Option<jiff::civil::Date> {
        if !(7..=8).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let (day_month, year) = text.split_at(text.len() - 4);
        let (day, month) = day_month.split_at(day_month.len() - 2);
        jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    };
    read().map(|date| date.to_string()).ok_or_else(|| format!("the {column} “{text}” is no date (DDMMYYYY)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_word_we_write_is_read_as_what_it_means() {
        for status in Status::all() {
            let read = standing(word(status));
            let wanted = if status == Status::ActiveRestricted { Status::Active } else { status };
            assert_eq!(read, wanted, "{}", word(status));
        }
        assert_eq!(standing("REGISTERED WITHOUT A LICENCE"), Status::NonPractising);
        assert_eq!(standing("Not Registered – Erased for false declaration"), Status::Removed(Removal::Disciplinary));
    }

    #[test]
    fn dates_have_lost_their_leading_zero() {
        assert_eq!(date("PR Date", "5071978").unwrap(), "1978-07-05");
        assert_eq!(date("PR Date", "25022003").unwrap(), "2003-02-25");
        assert_eq!(date("PR Date", "45071978").unwrap_err(), "the PR Date “45071978” is no date (DDMMYYYY)");
        assert_eq!(date("PR Date", "").unwrap(), "");
    }
}
