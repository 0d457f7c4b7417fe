//! The two published layouts, written.

use super::{Layout, Person};
use crate::base::problem::{Problem, Result};
use crate::registers::{Removal, Status, gmc, taxonomy};
use std::collections::HashMap;
use std::io::Write;

/// The 330 columns of the NPPES file, in their order.
pub fn nppes_header() -> Vec<String> {
    let mut names: Vec<String> = NPPES_HEAD.lines().map(str::to_owned).collect();
    for n in 1..=15 {
        names.push(format!("Healthcare Provider Taxonomy Code_{n}"));
        names.push(format!("Provider License Number_{n}"));
        names.push(format!("Provider License Number State Code_{n}"));
        names.push(format!("Healthcare Provider Primary Taxonomy Switch_{n}"));
    }
    for n in 1..=50 {
        names.push(format!("Other Provider Identifier_{n}"));
        names.push(format!("Other Provider Identifier Type Code_{n}"));
        names.push(format!("Other Provider Identifier State_{n}"));
        names.push(format!("Other Provider Identifier Issuer_{n}"));
    }
    names.extend(NPPES_TAIL.lines().map(str::to_owned));
    names.extend((1..=15).map(|n| format!("Healthcare Provider Taxonomy Group_{n}")));
    names.push("Certification Date".to_owned());
    names
}

pub(super) fn write_nppes(layout: Layout, people: impl Iterator<Item = Person>, to: impl Write) -> Result<()> {
    let mut header = nppes_header();
    let places: HashMap<String, usize> = header.iter().cloned().zip(0..).collect();
    let at = |name: &str| places.get(name).copied().unwrap_or(0);
    match layout {
        Layout::Older => {
            header[at("Provider Sex Code")] = "Provider Gender Code".to_owned();
            header.pop();
        }
        Layout::Newer => header.extend(
            [
                "npi_managed_by",
                "npi_activation_status",
                "npi_activation_change_reason_list",
                "npi_activation_future_change_date",
                "npi_fhir_url",
            ]
            .map(str::to_owned),
        ),
        Layout::Usual | Layout::Windows => {}
    }
    let mut file = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(to);
    file.write_record(&header).map_err(fault)?;
    let mut row = vec![String::new(); header.len()];
    for person in people {
        row.iter_mut().for_each(String::clear);
        let (year, month, day) = person.since;
        row[at("NPI")] = person.number.clone();
        row[at("Entity Type Code")] = "1".to_owned();
        row[at("Provider Last Name (Legal Name)")] = person.family.to_uppercase();
        row[at("Provider First Name")] = person.given.to_uppercase();
        row[at("Provider Middle Name")] = person.middle.to_uppercase();
        row[at("Provider Enumeration Date")] = format!("{month:02}/{day:02}/{}", year.max(2005));
        row[at("Last Update Date")] = "03/02/2026".to_owned();
        row[at("Provider Sex Code")] = if person.woman { "F" } else { "M" }.to_owned();
        row[at("Provider Business Practice Location Address City Name")] = "FICTION SPRINGS".to_owned();
        row[at("Provider Business Practice Location Address State Name")] = "ZZ".to_owned();
        if !person.former.is_empty() {
            row[at("Provider Other Last Name")] = person.former.to_uppercase();
            row[at("Provider Other First Name")] = person.given.to_uppercase();
            row[at("Provider Other Last Name Type Code")] = "1".to_owned();
        }
        row[at("Healthcare Provider Taxonomy Code_1")] =
            taxonomy::code_for(person.profession, &person.specialty).to_owned();
        row[at("Healthcare Provider Primary Taxonomy Switch_1")] = "Y".to_owned();
        row[at("Is Sole Proprietor")] = "N".to_owned();
        let ended = match person.status {
            Status::Deceased => Some("DT"),
            Status::Removed(Removal::Disciplinary) | Status::Suspended { .. } => Some("FR"),
            Status::Removed(_) => Some("DB"),
            Status::Lapsed => Some("OT"),
            _ => None,
        };
        if let Some(reason) = ended {
            row[at("NPI Deactivation Reason Code")] = reason.to_owned();
            row[at("NPI Deactivation Date")] = "01/15/2026".to_owned();
        }
        file.write_record(&row).map_err(fault)?;
    }
    file.flush()?;
    Ok(())
}

pub(super) fn write_gmc(people: impl Iterator<Item = Person>, to: impl Write) -> Result<()> {
    let mut file = csv::Writer::from_writer(to);
    file.write_record(GMC_HEADER).map_err(fault)?;
    for person in people {
        let (year, month, day) = person.since;
        // The council's export drops the leading zero.
        let date = |year: u32| format!("{day}{month:02}{year}");
        let restricted = if person.status == Status::ActiveRestricted { "Y" } else { "N" };
        let specialist = if person.specialty.is_empty() { String::new() } else { date(year + 9) };
        file.write_record([
            person.number.as_str(),
            &person.family,
            &person.given,
            &person.middle,
            if person.woman { "W" } else { "M" },
            "MB BS",
            &(year - 1).to_string(),
            "University of Tarvale",
            &date(year - 1),
            &date(year),
            &specialist,
            "",
            gmc::word(person.status),
            &date(2026),
            &person.specialty,
            "",
            restricted,
            "N",
            "N",
            "United Kingdom",
            "This doctor is subject to revalidation",
            "Fiction Springs University Hospitals",
        ])
        .map_err(fault)?;
    }
    file.flush()?;
    Ok(())
}

pub(super) fn fault(cause: csv::Error) -> Problem {
    Problem::Fault(Box::new(cause))
}

const GMC_HEADER: [&str; 22] = [
    "GMC Ref No",
    "Surname",
    "Given Name",
    "Other Names",
    "Gender",
    "Qualification",
    "Year Of Qualification",
    "Place of Qualification",
    "PR Date",
    "FR Date",
    "Specialist Register Date",
    "GP Register Date",
    "Registration Status",
    "ARF Due Date",
    "Specialty1",
    "Sub-Specialty1",
    "FtP Conditions Exist",
    "FtP Undertakings Exist",
    "FtP Warnings Exist",
    "Place of Qualification Country",
    "Revalidation Status",
    "Designated Body",
];

const NPPES_HEAD: &str = "\
NPI
Entity Type Code
Replacement NPI
Employer Identification Number (EIN)
Provider Organization Name (Legal Business Name)
Provider Last Name (Legal Name)
Provider First Name
Provider Middle Name
Provider Name Prefix Text
Provider Name Suffix Text
Provider Credential Text
Provider Other Organization Name
Provider Other Organization Name Type Code
Provider Other Last Name
Provider Other First Name
Provider Other Middle Name
Provider Other Name Prefix Text
Provider Other Name Suffix Text
Provider Other Credential Text
Provider Other Last Name Type Code
Provider First Line Business Mailing Address
Provider Second Line Business Mailing Address
Provider Business Mailing Address City Name
Provider Business Mailing Address State Name
Provider Business Mailing Address Postal Code
Provider Business Mailing Address Country Code (If outside U.S.)
Provider Business Mailing Address Telephone Number
Provider Business Mailing Address Fax Number
Provider First Line Business Practice Location Address
Provider Second Line Business Practice Location Address
Provider Business Practice Location Address City Name
Provider Business Practice Location Address State Name
Provider Business Practice Location Address Postal Code
Provider Business Practice Location Address Country Code (If outside U.S.)
Provider Business Practice Location Address Telephone Number
Provider Business Practice Location Address Fax Number
Provider Enumeration Date
Last Update Date
NPI Deactivation Reason Code
NPI Deactivation Date
NPI Reactivation Date
Provider Sex Code
Authorized Official Last Name
Authorized Official First Name
Authorized Official Middle Name
Authorized Official Title or Position
Authorized Official Telephone Number
";

const NPPES_TAIL: &str = "\
Is Sole Proprietor
Is Organization Subpart
Parent Organization LBN
Parent Organization TIN
Authorized Official Name Prefix Text
Authorized Official Name Suffix Text
Authorized Official Credential Text
";
