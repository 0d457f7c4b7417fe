//! Stories of the importer, on a database in a temporary folder.

use super::fiction::{self, Wanted, gmc_number, npi};
use super::*;
use crate::base::chance::Chance;
use crate::base::clock::Clock;
use crate::base::problem::{Problem, Result};
use crate::db::Db;
use crate::log::Log;
use std::path::PathBuf;

mod faults;
mod layers;

/// A house of its own, gone when the story ends.
pub(crate) struct House {
    pub log: Log,
    pub folder: PathBuf,
}

impl House {
    pub async fn open(name: &str) -> House {
        let folder = std::env::temp_dir().join(format!("collegium-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let db = Db::open_file(&folder.join("house.db")).await.expect("a database");
        let clock = Clock::standing(Time(1_780_000_000_000));
        let log = Log::open(db, clock, Chance::seeded(7)).await.expect("a log");
        House { log, folder }
    }

    pub async fn import(&self, register: &str, file: impl Into<Vec<u8>>, version: Version) -> Result<Imported> {
        let file = std::io::Cursor::new(file.into());
        import(&self.log, find(register).expect("known"), file, version, |_| ()).await
    }

    pub async fn entry(&self, register: &str, number: &str) -> Option<Entry> {
        let number = judge_number(find(register).expect("known"), number).expect("a number");
        entry(&mut self.log.reader().await.expect("a reader"), &number).await.expect("a row or none")
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub(crate) fn file(register: &str, entries: usize, wanted: &[Wanted<'_>]) -> String {
    let mut out = Vec::new();
    fiction::write(find(register).expect("known"), 1, entries, wanted, &mut out).expect("written");
    String::from_utf8(out).expect("text")
}

fn words(problem: Problem) -> String {
    assert!(matches!(problem, Problem::Refused(_)), "{problem:?}");
    problem.to_string()
}

fn oyin<'a>(register: &'a str, number: &'a str) -> Wanted<'a> {
    Wanted {
        register,
        number,
        family: "Farrow-Adair",
        given: "Oyinade",
        profession: Profession::Physician,
        specialty: "Cardiology",
        status: Status::Active,
    }
}

#[test]
fn the_header_is_the_published_one() {
    let header = fiction::nppes_header();
    assert_eq!(header.len(), 330);
    for (place, name) in [
        (1, "NPI"),
        (6, "Provider Last Name (Legal Name)"),
        (37, "Provider Enumeration Date"),
        (40, "NPI Deactivation Date"),
        (48, "Healthcare Provider Taxonomy Code_1"),
        (107, "Healthcare Provider Primary Taxonomy Switch_15"),
        (308, "Is Sole Proprietor"),
        (329, "Healthcare Provider Taxonomy Group_15"),
        (330, "Certification Date"),
    ] {
        assert_eq!(header[place - 1], name);
    }
}

#[tokio::test]
async fn all_layouts_are_read() {
    let house = House::open("layouts").await;
    for (register, number) in [
        ("nppes", npi(9_001)),
        ("gmc", gmc_number(9_001)),
        ("rpps", fiction::rpps(9_001)),
        ("us-wa", "ZZ99009001".to_owned()),
        ("us-co", "DR-99009001".to_owned()),
    ] {
        let text = file(register, 400, &[oyin(register, &number)]);
        let done = house.import(register, text, Version::complete("1")).await.unwrap();
        // In France a person has a row for each activity.
        let read = if register == "rpps" { done.read } else { 401 };
        assert_eq!(
            (done.read, done.added, done.refused, done.absent),
            (read, 401, 0, 0),
            "{register}: {:?}",
            done.rows
        );
        let entry = house.entry(register, &number).await.expect("she is there");
        assert!(entry.family.eq_ignore_ascii_case("Farrow-Adair"));
        let specialty = if register.starts_with("us-") { "" } else { "Cardiology" };
        assert_eq!(
            (entry.profession, entry.specialty.as_str(), entry.status),
            (Profession::Physician, specialty, Status::Active)
        );
    }
}

#[tokio::test]
async fn reading_a_file_twice_changes_nothing() {
    let house = House::open("twice").await;
    let text = file("gmc", 2_500, &[]);
    house.import("gmc", text.clone(), Version::complete("1")).await.unwrap();
    let again = house.import("gmc", text, Version::complete("2")).await.unwrap();
    assert_eq!((again.read, again.added, again.changed, again.absent), (2_500, 0, 0, 0));
    let reading = last_reading(&mut house.log.reader().await.unwrap(), "gmc").await.unwrap().unwrap();
    assert_eq!((reading.version.as_str(), reading.rows_read), ("2", 2_500));
}

#[tokio::test]
async fn broken_rows_are_listed_and_the_others_read() {
    let house = House::open("broken").await;
    let mut lines: Vec<String> = file("gmc", 10, &[]).lines().map(str::to_owned).collect();
    lines[2] = "9000001,Tarvale".to_owned();
    lines[4] = lines[4].replace("9000003", "90000O3");
    lines[5].push_str(",\"open");
    lines[6] = lines[7].clone();
    let done = house.import("gmc", lines.join("\r\n"), Version::changes("1")).await.unwrap();
    assert_eq!(
        done.rows.iter().map(|row| (row.line, row.why.as_str())).collect::<Vec<_>>(),
        [
            (3, "it has 2 values where the header has 22 columns"),
            (5, "GMC Ref No “90000O3”: A GMC number has 7 digits, such as 9000001. “O” does not belong in it."),
            (6, "a quotation mark is not closed"),
            (8, "the number 9000006 stands in this file already"),
        ]
    );
    assert_eq!((done.read, done.added, done.refused), (10, 6, 4));
}

#[tokio::test]
async fn another_file_is_refused_whole() {
    let house = House::open("another").await;
    for (register, text, wanted) in [
        ("nppes", file("gmc", 3, &[]), "This is not the NPPES file"),
        ("gmc", file("nppes", 3, &[]), "This is not the GMC (LRMP) file"),
        (
            "nppes",
            file("nppes", 3, &[]).replacen("NPI Deactivation Date", "Ended On", 1),
            "the column “NPI Deactivation Date” is missing",
        ),
        ("gmc", String::new(), "The file is empty"),
        ("gmc", "PK\u{3}\u{4}zip".to_owned(), "Unpack it"),
        ("gmc", "<html><body>Sign in</body></html>".to_owned(), "no row of column names"),
        ("nmc", String::new(), "publishes no file"),
    ] {
        let words = words(house.import(register, text, Version::complete("1")).await.unwrap_err());
        assert!(words.contains(wanted), "{words}");
    }
    let strange = Version::complete("the one from Ada, see her mail");
    assert!(words(house.import("gmc", file("gmc", 3, &[]), strange).await.unwrap_err()).contains("letters, digits"));
    assert_eq!(last_reading(&mut house.log.reader().await.unwrap(), "gmc").await.unwrap(), None);
    assert_eq!(house.log.head().await.unwrap(), 0);
}

#[tokio::test]
async fn the_layout_may_grow_and_move() {
    let house = House::open("grow").await;
    // Older: without the last column. Newer: with more behind it, and another order.
    let text = file("nppes", 5, &[]);
    let older: Vec<String> = text.lines().map(|line| line.rsplit_once(',').unwrap().0.to_owned()).collect();
    assert_eq!(house.import("nppes", older.join("\n"), Version::changes("2015")).await.unwrap().added, 5);
    let newer: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| {
            if at == 0 {
                format!("\"npi_managed_by\",{line},\"npi_fhir_url\"")
            } else {
                format!("\"npd\",{line},\"x\"")
            }
        })
        .collect();
    let done = house.import("nppes", newer.join("\n"), Version::changes("2027")).await.unwrap();
    assert_eq!((done.added, done.changed, done.refused), (0, 0, 0));
}

#[tokio::test]
async fn absence_is_marked_only_from_a_complete_file_and_behind_a_brake() {
    let house = House::open("absence").await;
    let all = file("gmc", 1_000, &[]);
    let without = |gone: usize| {
        let lines: Vec<&str> = all.lines().collect();
        lines[..lines.len() - gone].join("\n")
    };
    house.import("gmc", all.clone(), Version::complete("1")).await.unwrap();
    let changes = house.import("gmc", without(900), Version::changes("2")).await.unwrap();
    assert_eq!((changes.absent, changes.held), (0, 0));
    let torn = house.import("gmc", without(100), Version::complete("3")).await.unwrap();
    assert_eq!((torn.absent, torn.held), (0, 100));
    assert_eq!(torn.stopped, ["100 of 1000 entries are missing from this file."]);
    let reading = last_reading(&mut house.log.reader().await.unwrap(), "gmc").await.unwrap().unwrap();
    assert_eq!(reading.version, "2", "a file that is not believed changes nothing");
    let usual = house.import("gmc", without(4), Version::complete("4")).await.unwrap();
    assert_eq!((usual.absent, usual.held), (4, 0));
    assert!(house.entry("gmc", &gmc_number(999)).await.unwrap().absent_since.is_some());
    let back = house.import("gmc", all.clone(), Version::complete("5")).await.unwrap();
    assert_eq!((back.changed, back.added), (4, 0));
    assert_eq!(house.entry("gmc", &gmc_number(999)).await.unwrap().absent_since, None);
    let looked = Version { allow: true, ..Version::complete("6") };
    assert_eq!(house.import("gmc", without(100), looked).await.unwrap().absent, 100);
}

#[tokio::test]
async fn a_broken_row_does_not_make_its_entry_absent() {
    let house = House::open("touched").await;
    let all = file("gmc", 1_000, &[]);
    house.import("gmc", all.clone(), Version::complete("1")).await.unwrap();
    let broken = all.replacen("9000500,", "9000500,too many,", 1);
    let done = house.import("gmc", broken, Version::complete("2")).await.unwrap();
    assert_eq!((done.refused, done.absent), (1, 0));
}

#[tokio::test]
async fn an_ended_number_keeps_its_name() {
    let house = House::open("ended").await;
    let number = npi(9_001);
    house.import("nppes", file("nppes", 0, &[oyin("nppes", &number)]), Version::changes("1")).await.unwrap();
    let header = fiction::nppes_header();
    let at = |name: &str| header.iter().position(|known| known == name).unwrap();
    let mut row = vec![String::new(); header.len()];
    row[at("NPI")] = number.clone();
    row[at("NPI Deactivation Date")] = "01/15/2026".to_owned();
    let mut text = header.join(",");
    text.push('\n');
    text.push_str(&row.join(","));
    let done = house.import("nppes", text, Version::changes("2")).await.unwrap();
    assert_eq!((done.changed, done.refused), (1, 0), "{:?}", done.rows);
    let entry = house.entry("nppes", &number).await.unwrap();
    assert_eq!((entry.family.as_str(), entry.status), ("FARROW-ADAIR", Status::Lapsed));
    assert_eq!(entry.status_raw, "Deactivated 2026-01-15");
}

#[tokio::test]
async fn namesakes_are_counted_without_oneself() {
    let house = House::open("namesakes").await;
    let numbers = [gmc_number(9_001), gmc_number(9_002), gmc_number(9_003)];
    let [a, b, c] = [0, 1, 2].map(|n| oyin("gmc", &numbers[n]));
    let people = [a, Wanted { given: "Olu", ..b }, Wanted { family: "farrow adair", ..c }];
    house.import("gmc", file("gmc", 0, &people), Version::changes("1")).await.unwrap();
    let entry = house.entry("gmc", &numbers[0]).await.unwrap();
    let found = namesakes(&mut house.log.reader().await.unwrap(), &entry).await.unwrap();
    assert_eq!(found, Namesakes { same_name: 1, same_initial: 2 });
}

/// A reader whose line is lost.
struct Torn(std::io::Cursor<Vec<u8>>, u64);

impl std::io::Read for Torn {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.0.position() >= self.1 {
            return Err(std::io::Error::other("the line was lost"));
        }
        self.0.read(into)
    }
}

#[tokio::test]
async fn a_torn_reading_changes_nothing() {
    let house = House::open("torn").await;
    let gmc = find("gmc").unwrap();
    let all = file("gmc", 20_000, &[]);
    let half = all.len() as u64 / 2;
    let torn = Torn(std::io::Cursor::new(all.clone().into_bytes()), half);
    let failed = import(&house.log, gmc, torn, Version::complete("1"), |_| ()).await.unwrap_err();
    assert_eq!(failed.code(), "fault");
    assert_eq!(last_reading(&mut house.log.reader().await.unwrap(), "gmc").await.unwrap(), None);
    let whole = house.import("gmc", all, Version::complete("1")).await.unwrap();
    assert_eq!((whole.read, whole.added, whole.changed, whole.absent), (20_000, 20_000, 0, 0));
}

#[tokio::test]
async fn progress_is_told() {
    let house = House::open("progress").await;
    let text = std::io::Cursor::new(file("gmc", 9_000, &[]).into_bytes());
    let mut told = Vec::new();
    import(&house.log, find("gmc").unwrap(), text, Version::changes("1"), |rows| told.push(rows)).await.unwrap();
    assert_eq!(told, [4_000, 8_000, 9_000]);
}
