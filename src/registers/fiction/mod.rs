//! Fictional register files in the publishers' own layouts, for the demo and for tests.
//!
//! The names are put together from syllables and the numbers lie in ranges that are not given out (NPIs that begin with
//! 2, GMC numbers that begin with 9), so nobody real is in them. The same seed writes the same file.

mod files;
mod open_data;
mod report;
mod scripts;

pub use files::nppes_header;
pub use report::write_report;

use super::number::luhn;
use super::{Profession, Register, Removal, Status};
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

/// The fictional RPPS number with this serial number: it lies in the range of test identities, and its check digit is
/// right.
pub fn rpps(serial: u32) -> String {
    let body = format!("997{:07}", serial % 10_000_000);
    (0..10).map(|check| format!("{body}{check}")).find(|number| luhn(number)).unwrap_or(body)
}

/// Writes a register's file with `entries` invented entries and those of `wanted` that are this register's.
///
/// # Errors
/// A register without a published layout, or a writer that fails.
pub fn write(register: &Register, seed: u64, entries: usize, wanted: &[Wanted<'_>], to: impl Write) -> Result<()> {
    write_as(register, Layout::Usual, seed, entries, wanted, to)
}

/// The layouts in which one register's file has been published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// As it is today.
    Usual,
    /// NPPES of 2015: 329 columns, one of them under another name.
    Older,
    /// NPPES as it was announced: 335 columns.
    Newer,
    /// RPPS in Windows-1252.
    Windows,
}

/// Writes a register's file in one of its layouts, one entry after the other, so that it may be of any size.
///
/// # Errors
/// As [`write`].
pub fn write_as(
    register: &Register,
    layout: Layout,
    seed: u64,
    entries: usize,
    wanted: &[Wanted<'_>],
    to: impl Write,
) -> Result<()> {
    let chance = Chance::seeded(seed);
    let wanted: Vec<Person> =
        wanted.iter().filter(|wanted| wanted.register == register.code).map(Person::wanted).collect();
    let taken: Vec<String> = wanted.iter().map(|person| person.number.clone()).collect();
    let invented = (0..u32::try_from(entries).unwrap_or(u32::MAX))
        .map(|serial| Person::invented(register, serial, &chance))
        .filter(|person| !taken.contains(&person.number));
    let people = wanted.iter().cloned().chain(invented);
    match register.code {
        "nppes" => files::write_nppes(layout, people, to),
        "gmc" => files::write_gmc(people, to),
        "rpps" => open_data::write_rpps(layout, people, to),
        "us-wa" => open_data::write_washington(people, to),
        "us-co" => open_data::write_colorado(people, to),
        _ => Err(Problem::field("register", "no-file", "This register publishes no file that is read here.")),
    }
}

#[derive(Clone)]
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
    "Tar", "Bren", "Os", "Mar", "Cal", "Fen", "Hol", "Ing", "Kes", "Lor", "Nor", "Pel", "Quen", "Ros", "Sel", "Thorn",
    "Ul", "Vas", "Wen", "Yar", "Zel", "Ad", "Dun", "Gar",
];
const MIDDLES: [&str; 10] = ["", "a", "e", "i", "o", "en", "er", "al", "an", "or"];
const ENDS: [&str; 20] = [
    "beck", "vale", "mere", "wick", "stead", "holm", "dara", "nova", "shaw", "ford", "lund", "moss", "ridge", "quist",
    "kar", "yemi", "ani", "escu", "ova", "ham",
];
const GIVEN: [&str; 32] = [
    "Ada", "Benno", "Cora", "Dario", "Elin", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Kavya", "Leon", "Mira",
    "Nadim", "Oyinade", "Pavel", "Quinn", "Rosa", "Samir", "Tessa", "Uma", "Viktor", "Wanda", "Xenia", "Yusuf", "Zora",
    "Anouk", "Bilal", "Chidi", "Dalia", "Emeka", "Freya",
];
const GMC_SPECIALTIES: [&str; 12] = [
    "Cardiology",
    "Renal medicine",
    "Acute internal medicine",
    "Anaesthetics",
    "Dermatology",
    "Emergency medicine",
    "Geriatric medicine",
    "Neurology",
    "Paediatrics",
    "Respiratory medicine",
    "General surgery",
    "",
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
        let family = format!(
            "{}{}{}",
            STARTS[pick(0, STARTS.len())],
            MIDDLES[pick(1, MIDDLES.len())],
            ENDS[pick(2, ENDS.len())]
        );
        let former = if pick(3, 12) == 0 {
            format!("{}{}", STARTS[pick(4, STARTS.len())], ENDS[pick(5, ENDS.len())])
        } else {
            String::new()
        };
        let middle = if pick(6, 3) == 0 { GIVEN[pick(7, GIVEN.len())].to_owned() } else { String::new() };
        let (family, given) = match pick(13, 8) {
            // Names in other scripts stand in registers too.
            0 if register.code != "gmc" => scripts::name(&draw[4..8]),
            _ => (family, GIVEN[pick(10, GIVEN.len())].to_owned()),
        };
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
            number: match register.code {
                "nppes" => npi(serial),
                "rpps" => rpps(serial),
                "us-wa" => format!("ZZ99{serial:06}"),
                "us-co" => format!("DR-99{serial:06}"),
                _ => gmc_number(serial),
            },
            family,
            given,
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
