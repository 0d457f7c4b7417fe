//! Fictional register files in the publishers' own layouts, for the demo and for tests.
//!
//! The names are put together from syllables and the numbers lie in ranges that are not given out (NPIs that begin with
//! 2, GMC numbers that begin with 9), so nobody real is in them. The same seed writes the same file.

use super::number::luhn;
use super::{Profession, Register, Removal, Status, gmc, taxonomy};
use crate::base::chance::Chance;
use crate::base::problem::{Problem, Result};
use std::io::Write;

/// How many entries a file has beside those that are asked for.
pub const ENTRIES: usize = 400;

/// An entry that must be in the file.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    pub register: &'a str,
    pub number: &'a str,
    pub family: &'a str,
    pub given: &'a str,
    pub profession: Profession,
    pub specialty: &'a str,
    pub status: Status,
}

/// The fictional NPI with this serial number: it begins with 2 and its check digit is right.
pub fn npi(serial: u32) -> String {
    let body = format!("2{:08}", serial % 100_000_000);
    (0..10).map(|check| format!("{body}{check}")).find(|npi| luhn(&format!("80840{npi}"))).unwrap_or(body)
}

/// The fictional GMC number with this serial number: it begins with 9.
pub fn gmc_number(serial: u32) -> String {
    format!("9{:06}", serial % 1_000_000)
}

/// Writes a register's file with `entries` invented entries and those of `wanted` that are this register's.
///
/// # Errors
/// A register without a published layout, or a writer that fails.
pub fn write(register: &Register, seed: u64, entries: usize, wanted: &[Wanted<'_>], to: impl Write) -> Result<()> {
    let chance = Chance::seeded(seed);
    let mut people: Vec<Person> =
        wanted.iter().filter(|wanted| wanted.register == register.code).map(Person::wanted).collect();
    let taken: Vec<String> = people.iter().map(|person| person.number.clone()).collect();
    for serial in 0..u32::try_from(entries).unwrap_or(u32::MAX) {
        let person = Person::invented(register, serial, &chance);
        if !taken.contains(&person.number) {
            people.push(person);
        }
    }
    people.sort_by(|a, b| a.number.cmp(&b.number));
    match register.code {
        "nppes" => write_nppes(&people, to),
        "gmc" => write_gmc(&people, to),
        _ => Err(Problem::field("register", "no-file", "This register publishes no file that is read here.")),
    }
}

struct Person {
    number: String,
    family: String,
    given: String,
    middle: String,
    former: String,
    profession: Profession,
    specialty: String,
    status: Status,
    woman: bool,
    /// Year, month, day of the registration.
    since: (u32, u32, u32),
}

const STARTS: [&str; 24] = [
    "Tar", "Bren", "Os", "Mar", "Cal", "Fen", "Hol", "Ing", "Kes", "Lor", "Nor", "Pel", "Quen", "Ros", "Sel", "Thorn", "Ul", "Vas",
    "Wen", "Yar", "Zel", "Ad", "Dun", "Gar",
];
const MIDDLES: [&str; 10] = ["", "a", "e", "i", "o", "en", "er", "al", "an", "or"];
const ENDS: [&str; 20] = [
    "beck", "vale", "mere", "wick", "stead", "holm", "dara", "nova", "shaw", "ford", "lund", "moss", "ridge", "quist", "kar", "yemi",
    "ani", "escu", "ova", "ham",
];
const GIVEN: [&str; 32] = [
    "Ada", "Benno", "Cora", "Dario", "Elin", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Kavya", "Leon", "Mira", "Nadim", "Oyinade",
    "Pavel", "Quinn", "Rosa", "Samir", "Tessa", "Uma", "Viktor", "Wanda", "Xenia", "Yusuf", "Zora", "Anouk", "Bilal", "Chidi", "Dalia",
    "Emeka", "Freya",
];
const GMC_SPECIALTIES: [&str; 12] = [
    "Cardiology", "Renal medicine", "Acute internal medicine", "Anaesthetics", "Dermatology", "Emergency medicine",
    "Geriatric medicine", "Neurology", "Paediatrics", "Respiratory medicine", "General surgery", "",
];
const NPPES_KINDS: [(Profession, &str); 10] = [
    (Profession::Physician, "Family medicine"),
    (Profession::Physician, "Internal medicine"),
    (Profession::Physician, "Cardiology"),
    (Profession::Physician, "Nephrology"),
    (Profession::Physician, "Emergency medicine"),
    (Profession::Physician, "Psychiatry"),
    (Profession::AdvancedPractice, "Family nurse practitioner"),
    (Profession::Nurse, "Registered nurse"),
    (Profession::Nurse, "Critical care"),
    (Profession::Pharmacist, "Pharmacy"),
];

impl Person {
    fn wanted(wanted: &Wanted<'_>) -> Person {
        Person {
            number: wanted.number.to_owned(),
            family: wanted.family.to_owned(),
            given: wanted.given.to_owned(),
            middle: String::new(),
            former: String::new(),
            profession: wanted.profession,
            specialty: wanted.specialty.to_owned(),
            status: wanted.status,
            woman: true,
            since: (2014, 8, 6),
        }
    }

    fn invented(register: &Register, serial: u32, chance: &Chance) -> Person {
        let draw = chance.bytes::<16>();
        let pick = |at: usize, most: usize| usize::from(draw[at]) % most;
        let family =
            format!("{}{}{}", STARTS[pick(0, STARTS.len())], MIDDLES[pick(1, MIDDLES.len())], ENDS[pick(2, ENDS.len())]);
        let former = if pick(3, 12) == 0 { format!("{}{}", STARTS[pick(4, STARTS.len())], ENDS[pick(5, ENDS.len())]) } else { String::new() };
        let middle = if pick(6, 3) == 0 { GIVEN[pick(7, GIVEN.len())].to_owned() } else { String::new() };
        let is_nppes = register.code == "nppes";
        let (profession, specialty) = if is_nppes {
            NPPES_KINDS[pick(8, NPPES_KINDS.len())]
        } else {
            (Profession::Physician, GMC_SPECIALTIES[pick(8, GMC_SPECIALTIES.len())])
        };
        let status = match (pick(9, 40), is_nppes) {
            (0, true) => Status::Deceased,
            (0, false) => Status::Suspended { interim: false },
            (1, _) => Status::Lapsed,
            (2, false) => Status::NonPractising,
            (3, false) => Status::Provisional,
            (4, false) => Status::ActiveRestricted,
            (5, false) => Status::Removed(Removal::Voluntary),
            _ => Status::Active,
        };
        Person {
            number: if is_nppes { npi(serial) } else { gmc_number(serial) },
            family,
            given: GIVEN[pick(10, GIVEN.len())].to_owned(),
            middle,
            former,
            profession,
            specialty: specialty.to_owned(),
            status,
            woman: pick(11, 2) == 0,
            since: (1990 + u32::from(draw[12]) % 30, 1 + u32::from(draw[13]) % 12, 1 + u32::from(draw[14]) % 28),
        }
    }
}

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

fn write_nppes(people: &[Person], to: impl Write) -> Result<()> {
    let header = nppes_header();
    let at = |name: &str| header.iter().position(|known| known == name).unwrap_or(0);
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

fn write_gmc(people: &[Person], to: impl Write) -> Result<()> {
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

fn fault(cause: csv::Error) -> Problem {
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
