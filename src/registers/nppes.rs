//! The monthly file of the US National Plan and Provider Enumeration System (`npidata_pfile_….csv`).
//!
//! 329 columns until 2015, 330 since (versions 1 and 2 differ in the width of the values only), more announced; so
//! columns are found by name and what stands behind them is not looked at. Every value is quoted; dates are
//! `MM/DD/YYYY`; numbers that people typed into the wrong field are masked as runs of `$`, `*` or `_`.
//!
//! NPPES is no licence register: what it says of profession and licence is self-asserted. It shows that a number was
//! given, to whom, and whether it was ended.

use super::Register;
use super::lines::{Fields, Header};
use super::number::judge_own;
use super::status::{Removal, Status};
use super::taxonomy;
use super::{Entry, Profession};
use crate::base::clock::Time;
use crate::base::problem::Result;

/// How many taxonomies a row has room for.
const TAXONOMIES: usize = 15;

/// What a row turned out to be.
pub(super) enum Row {
    Person(Entry),
    /// An ended number without a name: what was known of its holder stays.
    Ended(Entry),
    /// An organisation.
    PassedOver,
}

pub(super) struct Nppes {
    register: &'static Register,
    columns: usize,
    npi: usize,
    entity: usize,
    family: usize,
    given: usize,
    middle: usize,
    other_family: usize,
    other_given: usize,
    enumerated: usize,
    ended_for: usize,
    ended: usize,
    restored: usize,
    /// Code and primary switch.
    taxonomies: Vec<(usize, usize)>,
}

impl Nppes {
    pub fn open(register: &'static Register, header: &Header) -> Result<Nppes> {
        let [
            npi,
            entity,
            family,
            given,
            middle,
            other_family,
            other_given,
            enumerated,
            ended_for,
            ended,
            restored,
            code,
            switch,
        ] = header.need(
            "NPPES",
            [
                "NPI",
                "Entity Type Code",
                "Provider Last Name (Legal Name)",
                "Provider First Name",
                "Provider Middle Name",
                "Provider Other Last Name",
                "Provider Other First Name",
                "Provider Enumeration Date",
                "NPI Deactivation Reason Code",
                "NPI Deactivation Date",
                "NPI Reactivation Date",
                "Healthcare Provider Taxonomy Code_1",
                "Healthcare Provider Primary Taxonomy Switch_1",
            ],
        )?;
        let further = (2..=TAXONOMIES).filter_map(|n| {
            let code = header.find(&format!("Healthcare Provider Taxonomy Code_{n}"))?;
            let switch = header.find(&format!("Healthcare Provider Primary Taxonomy Switch_{n}"))?;
            Some((code, switch))
        });
        let taxonomies = std::iter::once((code, switch)).chain(further).collect();
        let columns = header.len();
        Ok(Nppes {
            register,
            columns,
            npi,
            entity,
            family,
            given,
            middle,
            other_family,
            other_given,
            enumerated,
            ended_for,
            ended,
            restored,
            taxonomies,
        })
    }

    /// How many columns from the front hold all that is wanted.
    pub fn wanted(&self) -> usize {
        let single = [self.npi, self.entity, self.family, self.given, self.middle, self.other_family, self.other_given];
        let dates = [self.enumerated, self.ended_for, self.ended, self.restored];
        let last = self.taxonomies.iter().map(|(code, switch)| *code.max(switch)).chain(single).chain(dates).max();
        last.map_or(0, |last| last + 1)
    }

    /// The number as it stands, for telling a broken row's entry from an absent one.
    pub fn number<'a>(&self, fields: &'a Fields) -> &'a str {
        fields.get(self.npi)
    }

    pub fn read(&self, fields: &Fields) -> std::result::Result<Row, String> {
        if fields.len() != self.columns {
            return Err(format!("it has {} values where the header has {} columns", fields.len(), self.columns));
        }
        let npi = fields.get(self.npi);
        judge_own(self.register, npi).map_err(|why| format!("NPI “{npi}”: {why}"))?;
        let ended = date("NPI Deactivation Date", fields.get(self.ended))?;
        let restored = date("NPI Reactivation Date", fields.get(self.restored))?;
        let enumerated = date("Provider Enumeration Date", fields.get(self.enumerated))?;
        let entity = fields.get(self.entity);
        match entity {
            "1" => {}
            "2" => return Ok(Row::PassedOver),
            "" if !ended.is_empty() => {}
            "" => return Err("it has neither an Entity Type Code nor an NPI Deactivation Date".to_owned()),
            other => return Err(format!("the Entity Type Code is “{other}”; 1 and 2 are known")),
        }
        let (status, status_raw) = standing(&ended, &restored, fields.get(self.ended_for));
        let family = unmasked(fields.get(self.family));
        if entity == "1" && family.is_empty() {
            return Err("the Provider Last Name (Legal Name) is empty".to_owned());
        }
        let (profession, specialty) = self.taxonomy(fields);
        let given = joined([fields.get(self.given), fields.get(self.middle)]);
        let other = joined([fields.get(self.other_given), fields.get(self.other_family)]);
        let other_names = if unmasked(fields.get(self.other_family)).is_empty() { Vec::new() } else { vec![other] };
        let person = Entry {
            register: "nppes".to_owned(),
            number: npi.to_owned(),
            family: family.to_owned(),
            given,
            other_names,
            profession,
            specialty,
            status,
            status_raw,
            valid_from: enumerated,
            source_version: String::new(),
            seen_at: Time(0),
            absent_since: None,
        };
        Ok(if entity == "1" { Row::Person(person) } else { Row::Ended(person) })
    }

    /// The primary taxonomy, or else the first.
    fn taxonomy(&self, fields: &Fields) -> (Profession, String) {
        let codes = || self.taxonomies.iter().map(|&(code, switch)| (fields.get(code), fields.get(switch)));
        let primary = codes().find(|(code, switch)| *switch == "Y" && !code.is_empty());
        let chosen = primary.or_else(|| codes().find(|(code, _)| !code.is_empty()));
        chosen.map_or((Profession::Other, String::new()), |(code, _)| taxonomy::judge(code))
    }
}

/// A row of the report of ended numbers, which names nobody.
pub(super) fn reported(register: &'static Register, npi: &str, ended: &str) -> std::result::Result<Row, String> {
    judge_own(register, npi).map_err(|why| format!("NPI “{npi}”: {why}"))?;
    let ended = date("NPPES Deactivation Date", ended)?;
    if ended.is_empty() {
        return Err("the NPPES Deactivation Date is empty".to_owned());
    }
    let (status, status_raw) = standing(&ended, "", "");
    Ok(Row::Ended(Entry {
        register: register.code.to_owned(),
        number: npi.to_owned(),
        family: String::new(),
        given: String::new(),
        other_names: Vec::new(),
        profession: Profession::Other,
        specialty: String::new(),
        status,
        status_raw,
        valid_from: String::new(),
        source_version: String::new(),
        seen_at: Time(0),
        absent_since: None,
    }))
}

/// A number is in force unless it was ended and not restored since.
fn standing(ended: &str, restored: &str, reason: &str) -> (Status, String) {
    if ended.is_empty() {
        return (Status::Active, "Active".to_owned());
    }
    if !restored.is_empty() && restored >= ended {
        return (Status::Active, format!("Active, restored {restored}"));
    }
    let status = match reason {
        "DT" => Status::Deceased,
        "FR" => Status::Removed(Removal::Disciplinary),
        "DB" => Status::Removed(Removal::Administrative),
        _ => Status::Lapsed,
    };
    let why = if reason.is_empty() { String::new() } else { format!(", reason {reason}") };
    (status, format!("Deactivated {ended}{why}"))
}

/// A date as `YYYY-MM-DD`, which also sorts.
pub(super) fn date(column: &str, text: &str) -> std::result::Result<String, String> {
    if text.is_empty() || text == "0000-00-00" {
        return Ok(String::new());
    }
    let parts: Vec<&str> = text.split('/').collect();
    let read = || -> Option<jiff::civil::Date> {
        let [month, day, year] = parts.as_slice() else { return None };
        jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    };
    read().map(|date| date.to_string()).ok_or_else(|| format!("the {column} “{text}” is no date (MM/DD/YYYY)"))
}

/// A value, unless it is a mask.
fn unmasked(text: &str) -> &str {
    let masked = text.len() >= 2 && text.bytes().all(|b| matches!(b, b'$' | b'*' | b'_' | b'='));
    if masked || text.eq_ignore_ascii_case("<UNAVAIL>") { "" } else { text }
}

fn joined<const N: usize>(parts: [&str; N]) -> String {
    let parts: Vec<&str> = parts.into_iter().map(unmasked).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
