//! The open data of two US states, as their portals (SODA) export it: Washington's credentials of the Department of
//! Health, and Colorado's licences, whose numbers are unique only within their type.
//!
//! Both tell more than is read here (a birth year among it); what is not read is not kept.

use super::lines::{Fields, Header};
use super::nppes::Row;
use super::number::judge_own;
use super::{Entry, Profession, Register, Removal, Status};
use crate::base::clock::Time;
use crate::base::problem::Result;

pub(super) struct Soda {
    register: &'static Register,
    columns: usize,
    is_colorado: bool,
    number: usize,
    family: usize,
    given: usize,
    middle: usize,
    kind: usize,
    status: usize,
    issued: usize,
    action: usize,
}

impl Soda {
    pub fn washington(register: &'static Register, header: &Header) -> Result<Soda> {
        let columns = header.need(
            "Washington (credentials)",
            [
                "credentialnumber",
                "lastname",
                "firstname",
                "middlename",
                "credentialtype",
                "status",
                "firstissuedate",
                "actiontaken",
                "expirationdate",
            ],
        )?;
        Ok(Soda::open(register, header, columns, false))
    }

    pub fn colorado(register: &'static Register, header: &Header) -> Result<Soda> {
        let columns = header.need(
            "Colorado (licences)",
            [
                "licensenumber",
                "lastname",
                "firstname",
                "middlename",
                "licensetype",
                "licensestatusdescription",
                "licensefirstissuedate",
                "programaction",
                "licenseexpirationdate",
            ],
        )?;
        Ok(Soda::open(register, header, columns, true))
    }

    fn open(register: &'static Register, header: &Header, columns: [usize; 9], is_colorado: bool) -> Soda {
        let [number, family, given, middle, kind, status, issued, action, _] = columns;
        Soda {
            register,
            columns: header.len(),
            is_colorado,
            number,
            family,
            given,
            middle,
            kind,
            status,
            issued,
            action,
        }
    }

    pub fn wanted(&self) -> usize {
        self.columns
    }

    pub fn number<'a>(&self, fields: &'a Fields) -> std::borrow::Cow<'a, str> {
        let number = fields.get(self.number);
        if self.is_colorado { format!("{}-{number}", letters(fields.get(self.kind))).into() } else { number.into() }
    }

    pub fn read(&self, fields: &Fields) -> std::result::Result<Row, String> {
        if fields.len() != self.columns {
            return Err(format!("it has {} values where the header has {} columns", fields.len(), self.columns));
        }
        let kind = fields.get(self.kind);
        let Some((profession, is_limited)) = profession(kind) else { return Ok(Row::PassedOver) };
        let number = self.number(fields);
        judge_own(self.register, &number).map_err(|why| format!("the number “{number}”: {why}"))?;
        let family = fields.get(self.family);
        if family.is_empty() {
            return Err("the lastname is empty".to_owned());
        }
        let raw = fields.get(self.status);
        if raw.is_empty() {
            return Err("the status is empty".to_owned());
        }
        let issued = date(fields.get(self.issued))?;
        let acted = !matches!(fields.get(self.action).to_lowercase().as_str(), "" | "no" | "n" | "false");
        let status = match standing(raw) {
            Status::Active if acted => Status::ActiveRestricted,
            Status::Active if is_limited => Status::Provisional,
            status => status,
        };
        let given = [fields.get(self.given), fields.get(self.middle)].join(" ").trim().to_owned();
        Ok(Row::Person(Entry {
            register: self.register.code.to_owned(),
            number: number.into_owned(),
            family: family.to_owned(),
            given,
            other_names: Vec::new(),
            profession,
            specialty: String::new(),
            status,
            status_raw: raw.to_owned(),
            valid_from: issued,
            source_version: String::new(),
            seen_at: Time(0),
            absent_since: None,
        }))
    }
}

/// The letters in front of Colorado's numbers.
fn letters(kind: &str) -> String {
    kind.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

/// The profession of a kind of licence, and whether it is a limited one for training; `None` for what is no profession
/// here.
fn profession(kind: &str) -> Option<(Profession, bool)> {
    use Profession::*;
    let code = match kind.trim() {
        "DR" => Some(Physician),
        "PA" | "APN" | "NP" | "CNS" | "CRNA" | "RXN" => Some(AdvancedPractice),
        "RN" | "PN" | "LPN" => Some(Nurse),
        "CNM" | "DM" | "MW" => Some(Midwife),
        "DEN" => Some(Dentist),
        "PHA" => Some(Pharmacist),
        "POD" => Some(Podiatrist),
        "OPT" => Some(Optometrist),
        "CHR" => Some(Chiropractor),
        "PSY" => Some(Psychologist),
        "PTL" | "OT" | "SLP" => Some(Therapist),
        "TL" => return Some((Trainee, true)),
        _ => None,
    };
    if let Some(profession) = code {
        return Some((profession, false));
    }
    let words = kind.to_lowercase();
    let has = |word: &str| words.contains(word);
    let found =
        if ["assistant registration", "nursing assistant", "technician", "hygienist", "dental assistant", "aide"]
            .iter()
            .any(|word| has(word))
            || (has("therapist") && has("assistant"))
        {
            return None;
        } else if has("physician assistant") || has("advanced registered nurse") || has("nurse practitioner") {
            AdvancedPractice
        } else if has("physician") || has("osteopath") {
            Physician
        } else if has("midwife") {
            Midwife
        } else if has("nurse") {
            Nurse
        } else if has("dentist") {
            Dentist
        } else if has("pharmacist") {
            Pharmacist
        } else if has("podiatr") {
            Podiatrist
        } else if has("optometr") {
            Optometrist
        } else if has("chiropract") {
            Chiropractor
        } else if has("psycholog") {
            Psychologist
        } else if has("physical therap") || has("occupational therap") || has("speech") {
            Therapist
        } else if has("dietit") || has("nutrition") {
            Dietitian
        } else if has("paramedic") {
            Paramedic
        } else {
            return None;
        };
    let is_limited = has("limited") || has("residen") || has("intern") || has("temporary") || has("training");
    Some((if is_limited && found == Physician { Trainee } else { found }, is_limited))
}

/// The states' words. They are put together from a few; the worst of them counts.
fn standing(raw: &str) -> Status {
    let words = raw.to_lowercase();
    let has = |word: &str| words.contains(word);
    if has("deceased") {
        Status::Deceased
    } else if has("revoked") || has("stipulated surrender") || has("denied") {
        Status::Removed(Removal::Disciplinary)
    } else if has("suspen") {
        Status::Suspended { interim: has("summar") || has("interim") || has("emergency") }
    } else if has("surrender") || has("relinquish") || has("retired") || has("withdrawn") {
        Status::Removed(Removal::Voluntary)
    } else if has("probation") || has("condition") || has("restrict") || has("stipulat") {
        Status::ActiveRestricted
    } else if has("expired") || has("lapsed") || has("closed") {
        Status::Lapsed
    } else if has("inactive") {
        Status::NonPractising
    } else if has("active") || has("military") {
        Status::Active
    } else {
        Status::Unknown
    }
}

/// The ways in which the portals write a date: `20150630`, `2015-06-30T00:00:00.000`, `06/30/2015`.
fn date(text: &str) -> std::result::Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let day = text.split(['T', ' ']).next().unwrap_or("");
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    let [year, month, day] = match parts.as_slice() {
        [whole] if whole.len() == 8 && whole.is_ascii() => [&whole[..4], &whole[4..6], &whole[6..]],
        [year, month, day] if year.len() == 4 => [*year, *month, *day],
        [month, day, year] if year.len() == 4 => [*year, *month, *day],
        _ => ["", "", ""],
    };
    let read = || jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    read().map(|date| date.to_string()).ok_or_else(|| format!("“{text}” is no date (YYYYMMDD or MM/DD/YYYY)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_dates_are_read() {
        for (raw, wanted) in [
            ("ACTIVE", Status::Active),
            ("Active - With Conditions", Status::ActiveRestricted),
            ("SUMMARY SUSPENSION", Status::Suspended { interim: true }),
            ("Suspended", Status::Suspended { interim: false }),
            ("REVOKED", Status::Removed(Removal::Disciplinary)),
            ("Retired Active", Status::Removed(Removal::Voluntary)),
            ("EXPIRED", Status::Lapsed),
            ("Inactive", Status::NonPractising),
            ("UNLICENSED", Status::Unknown),
        ] {
            assert_eq!(standing(raw), wanted, "{raw}");
        }
        assert_eq!(date("20150630").unwrap(), "2015-06-30");
        assert_eq!(date("2015-06-30T00:00:00.000").unwrap(), "2015-06-30");
        assert_eq!(date("06/30/2015").unwrap(), "2015-06-30");
        assert!(date("6302015").is_err());
        assert_eq!(profession("Physician And Surgeon License"), Some((Profession::Physician, false)));
        assert_eq!(profession("Physician And Surgeon Residency License"), Some((Profession::Trainee, true)));
        assert_eq!(profession("Nursing Assistant Registration"), None);
        assert_eq!(profession("RN"), Some((Profession::Nurse, false)));
    }
}
