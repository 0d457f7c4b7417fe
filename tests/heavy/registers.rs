//! Register files of any size, and what reading them costs.
//!
//! `cargo run --release --example registers -- write nppes 1000000 FILE [older|newer|windows]` writes a file of invented
//! people with numbers that nobody has; `.zip` behind its name packs it. `… changes nppes 1000000 10000 FILE` writes
//! every hundredth of them again with another name. `… measure FOLDER ENTRIES` imports such a file into a database in
//! the folder and prints times and memory. `… kill FOLDER 20` kills twenty imports half-way and counts mixed releases.

use collegium::base::chance::Chance;
use collegium::base::clock::{Clock, Time};
use collegium::db::Db;
use collegium::log::Log;
use collegium::registers::fiction::{self, Layout};
use collegium::registers::{self, Profession, Register, Status, Version, judge_number};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

type Done = Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Done {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", register, entries, file] => write(register, entries.parse()?, Path::new(file), Layout::Usual),
        ["write", register, entries, file, layout] => {
            let layout = match *layout {
                "older" => Layout::Older,
                "newer" => Layout::Newer,
                "windows" => Layout::Windows,
                _ => Layout::Usual,
            };
            write(register, entries.parse()?, Path::new(file), layout)
        }
        ["changes", register, of, entries, file] => changes(register, of.parse()?, entries.parse()?, Path::new(file)),
        ["measure", folder, entries] => measure(Path::new(folder), entries.parse()?).await,
        ["import", database, file, version] => {
            let log = house(Path::new(database)).await?;
            let version = Version { allow: true, ..Version::complete(version) };
            registers::import_file(&log, known("nppes")?, PathBuf::from(file), version, |_| ()).await?;
            Ok(())
        }
        ["kill", folder, times] => kill(Path::new(folder), times.parse()?).await,
        _ => {
            Err("write REGISTER ENTRIES FILE [LAYOUT] | changes REGISTER OF ENTRIES FILE | measure FOLDER ENTRIES | kill FOLDER TIMES"
                .into())
        }
    }
}

fn known(code: &str) -> Result<&'static Register, Box<dyn std::error::Error>> {
    registers::find(code).ok_or_else(|| format!("there is no register {code}").into())
}

fn write(register: &str, entries: usize, file: &Path, layout: Layout) -> Done {
    let register = known(register)?;
    if file.extension().is_some_and(|end| end == "zip") {
        let mut archive = zip::ZipWriter::new(File::create(file)?);
        let options = zip::write::SimpleFileOptions::default().compression_level(Some(1));
        archive.start_file("npidata_pfile_20050523-20260913.csv", options.large_file(true))?;
        fiction::write_as(register, layout, 1, entries, &[], &mut archive)?;
        archive.finish()?;
    } else {
        fiction::write_as(register, layout, 1, entries, &[], BufWriter::new(File::create(file)?))?;
    }
    Ok(())
}

fn changes(register: &str, of: u32, entries: u32, file: &Path) -> Done {
    let register = known(register)?;
    let numbers: Vec<String> = (0..entries).map(|at| fiction::npi(at * (of / entries.max(1)))).collect();
    let people: Vec<fiction::Wanted> = numbers
        .iter()
        .map(|number| fiction::Wanted {
            register: register.code,
            number,
            family: "Newname",
            given: "Ada",
            profession: Profession::Physician,
            specialty: "Cardiology",
            status: Status::Active,
        })
        .collect();
    let mut to = BufWriter::new(File::create(file)?);
    fiction::write_as(register, Layout::Usual, 1, 0, &people, &mut to)?;
    to.flush()?;
    Ok(())
}

async fn house(database: &Path) -> Result<Log, Box<dyn std::error::Error>> {
    let db = Db::open_file(database).await?;
    Ok(Log::open(db, Clock::standing(Time(1_780_000_000_000)), Chance::seeded(7)).await?)
}

/// Kills imports half-way (SIGKILL) and looks each time whether every entry is still of one release.
async fn kill(folder: &Path, times: u32) -> Done {
    std::fs::create_dir_all(folder)?;
    let (database, first, second) = (folder.join("kill.db"), folder.join("first.csv"), folder.join("second.csv"));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("kill.db{end}")));
    }
    let nppes = known("nppes")?;
    for (seed, path) in [(1, &first), (2, &second)] {
        fiction::write_as(nppes, Layout::Usual, seed, 300_000, &[], BufWriter::new(File::create(path)?))?;
    }
    let log = house(&database).await?;
    registers::import_file(&log, nppes, first.clone(), Version::complete("first"), |_| ()).await?;
    let (mut mixed, mut done) = (0, 0);
    for time in 0..times {
        let mut child = std::process::Command::new(std::env::current_exe()?)
            .arg("import")
            .args([&database, if time % 2 == 0 { &second } else { &first }])
            .arg(format!("try-{time}"))
            .spawn()?;
        tokio::time::sleep(std::time::Duration::from_millis(u64::from(100 + time * 150 % 3_000))).await;
        let ended = child.try_wait()?.is_some();
        child.kill()?;
        child.wait()?;
        done += u32::from(ended);
        let mut conn = log.reader().await?;
        let mut versions = std::collections::BTreeSet::new();
        for at in (0..300_000).step_by(4_999) {
            let number = judge_number(nppes, &fiction::npi(at)).map_err(|fault| fault.words)?;
            versions.extend(registers::entry(&mut conn, &number).await?.map(|entry| entry.source_version));
        }
        mixed += u32::from(versions.len() != 1);
    }
    println!("{times} imports killed, {done} of them had ended before: {mixed} mixed releases");
    Ok(())
}

async fn measure(folder: &Path, entries: usize) -> Done {
    std::fs::create_dir_all(folder)?;
    let database = folder.join("house.db");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("house.db{end}")));
    }
    let paths: Vec<PathBuf> =
        ["npidata.csv", "npidata.zip", "weekly.csv"].iter().map(|name| folder.join(name)).collect();
    if !paths[0].exists() {
        write("nppes", entries, &paths[0], Layout::Usual)?;
        write("nppes", entries, &paths[1], Layout::Usual)?;
        let of = u32::try_from(entries)?;
        changes("nppes", of, of / 100, &paths[2])?;
    }
    let log = house(&database).await?;
    let nppes = known("nppes")?;
    println!("memory before: {}", peak());
    for (what, path, version) in [
        ("whole file, text", &paths[0], Version::complete("1")),
        ("whole file again, archive", &paths[1], Version::complete("2")),
        ("weekly changes, 1 %", &paths[2], Version::changes("3")),
    ] {
        let size = std::fs::metadata(path)?.len() / 1_000_000;
        let begun = Instant::now();
        let done = registers::import_file(&log, nppes, path.clone(), version, |_| ()).await?;
        println!(
            "{what} ({size} MB): {:.2} s, {} read, {} added, {} changed, {} refused, {:?}; peak memory {}",
            begun.elapsed().as_secs_f64(),
            done.read,
            done.added,
            done.changed,
            done.refused,
            done.stopped,
            peak()
        );
    }
    println!("database: {} MB", std::fs::metadata(&database)?.len() / 1_000_000);
    let mut conn = log.reader().await?;
    let mut took: Vec<f64> = Vec::new();
    let step = u32::try_from(entries / 10_000)?.max(1);
    for at in 0..10_000 {
        let number = judge_number(nppes, &fiction::npi(at * step)).map_err(|fault| fault.words)?;
        let begun = Instant::now();
        let entry = registers::entry(&mut conn, &number).await?;
        took.push(begun.elapsed().as_secs_f64() * 1e3);
        assert!(entry.is_some());
    }
    told("by number", &mut took);
    let mut sought: Vec<(String, String)> = Vec::new();
    for at in 0..500 {
        let number = judge_number(nppes, &fiction::npi(at * step * 20)).map_err(|fault| fault.words)?;
        sought.extend(registers::entry(&mut conn, &number).await?.map(|entry| (entry.family, entry.given)));
    }
    for (family, given) in &sought {
        let begun = Instant::now();
        let found = registers::by_name(&mut conn, "nppes", family, given).await?;
        took.push(begun.elapsed().as_secs_f64() * 1e3);
        assert!(!found.is_empty());
    }
    told("by name, up to 50 entries", &mut took);
    for at in 0..500 {
        let number = judge_number(nppes, &fiction::npi(at * step * 20)).map_err(|fault| fault.words)?;
        let Some(entry) = registers::entry(&mut conn, &number).await? else { continue };
        let begun = Instant::now();
        registers::namesakes(&mut conn, &entry).await?;
        took.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    told("namesakes counted", &mut took);
    let begun = Instant::now();
    registers::rollback(&log, nppes).await?;
    println!("rollback: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    Ok(())
}

fn told(what: &str, took: &mut Vec<f64>) {
    took.sort_by(f64::total_cmp);
    let at = |part: f64| took.get((took.len() as f64 * part) as usize).copied().unwrap_or(0.0);
    println!("{what}: p50 {:.3} ms, p99 {:.3} ms, worst {:.3} ms of {}", at(0.5), at(0.99), at(0.9999), took.len());
    took.clear();
}

/// The most memory this program has had so far.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown");
    line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
}
