//! Registers: reading their files, listing them, comparing names.

use super::Outcome;
use super::keep::configuration;
use crate::app::{self, Ground};
use crate::base::problem::Problem;
use crate::config::Config;
use crate::log::Log;
use crate::membership;
use crate::registers::live::Live;
use crate::registers::names::{Registered, compare_parts};
use crate::registers::{self, Version};
use clap::Subcommand;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Register {
    /// Imports a register's published files, as text or in their archive. Broken rows are listed with their line and left
    /// out. A file that cannot be believed changes nothing.
    #[command(
        after_help = "Examples:\n  collegium register import --config collegium.toml nppes NPPES_Data_Dissemination_September_2026_V2.zip\n  collegium register import --config collegium.toml nppes NPPES_Data_Dissemination_092126_092726_Weekly_V2.zip\n  collegium register import --config collegium.toml nppes NPPES_Deactivated_NPI_Report_091426_V2.zip\n  collegium register import --config collegium.toml gmc LRMP.csv --version 2026-11-21"
    )]
    Import {
        #[arg(long)]
        config: PathBuf,
        /// The register's code: nppes, gmc, rpps, us-wa, us-co.
        register: String,
        /// One file or several, the oldest first.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// What this file is called in the records; left out, the file's name.
        #[arg(long)]
        version: Option<String>,
        /// The file holds changes only; entries it does not name are left as they are. So does a file with "Weekly" or
        /// "Deactivated" in its name.
        #[arg(long)]
        partial: bool,
        /// Believe the file, however much it changes at once: for an operator who has looked at it.
        #[arg(long)]
        allow_absent: bool,
    },
    /// Goes back to the release before the current one, at once.
    #[command(after_help = "Example: collegium register rollback --config collegium.toml nppes")]
    Rollback {
        #[arg(long)]
        config: PathBuf,
        /// The register's code.
        register: String,
    },
    /// Lists the registers known here.
    List,
    /// Compares names as claimed with names as registered, one pair a line, and says how they stand to each other.
    #[command(
        after_help = "Example: echo '{\"id\":\"1\",\"register\":{\"family\":\"Jones\",\"given\":\"Robert\",\"other\":[]},\"claim\":{\"family\":\"Jones\",\"given\":\"Bob\"}}' | collegium register match --jsonl"
    )]
    Match {
        /// One JSON object a line, from standard input to standard output.
        #[arg(long, required = true)]
        jsonl: bool,
    },
}

pub async fn run(command: Register) -> Outcome {
    match command {
        Register::List => {
            for register in registers::registers() {
                let how =
                    if register.is_published() { "imported from its published file" } else { "looked up by hand" };
                println!("{:<10} {:<50} {} ({how})", register.code, register.name, register.number_words);
            }
            Ok(ExitCode::SUCCESS)
        }
        Register::Match { jsonl: _ } => match_names(std::io::stdin().lock(), std::io::stdout().lock()),
        Register::Import { config, register, files, version, partial, allow_absent } => {
            let config = configuration(&config)?;
            let known = known(&register)?;
            if version.is_some() && files.len() > 1 {
                return Err(Problem::fault("--version names one file; there are several"));
            }
            let log = app::open_log(&config, &Ground::real()).await?;
            let mut found = false;
            for file in files {
                let called =
                    file.file_name().map_or_else(|| register.clone(), |name| name.to_string_lossy().into_owned());
                let is_part = ["weekly", "deactivated"].iter().any(|word| called.to_lowercase().contains(word));
                let name = version.clone().unwrap_or_else(|| called.replace(' ', "_"));
                let version = Version { name, complete: !partial && !is_part, allow: allow_absent };
                found |= import(&log, &config, known, file, version).await?;
            }
            Ok(if found { ExitCode::from(super::FOUND) } else { ExitCode::SUCCESS })
        }
        Register::Rollback { config, register } => {
            let config = configuration(&config)?;
            let known = known(&register)?;
            let log = app::open_log(&config, &Ground::real()).await?;
            let version = registers::rollback(&log, known).await.map_err(|problem| match problem {
                Problem::NotFound => Problem::fault(format!("{}: there is no release to go back to", known.name)),
                other => other,
            })?;
            println!("{}: as of {version} again.", known.name);
            tell(&membership::sweep(&log, &config.members, &Live::new(&config.live)?, known).await?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn known(code: &str) -> Result<&'static registers::Register, Problem> {
    registers::find(&code.to_lowercase())
        .ok_or_else(|| Problem::fault(format!("there is no register {code:?}; see: collegium register list")))
}

/// Imports one file and says what it did. Whether there is something to look at.
async fn import(
    log: &Log,
    config: &Config,
    known: &'static registers::Register,
    file: PathBuf,
    version: Version,
) -> Result<bool, Problem> {
    let shown = std::io::stderr().is_terminal();
    let name = version.name.clone();
    let imported = registers::import_file(log, known, file, version, |rows| {
        if shown && rows % 20_000 == 0 {
            eprint!("\r{rows} rows");
        }
    })
    .await?;
    if shown {
        eprintln!();
    }
    if imported.stopped.is_empty() {
        println!(
            "{}, {name}: {} rows read, {} added, {} changed, {} refused.",
            known.name, imported.read, imported.added, imported.changed, imported.refused
        );
        if imported.absent > 0 {
            println!("{} entries are no longer in the file.", imported.absent);
        }
        tell(&membership::sweep(log, &config.members, &Live::new(&config.live)?, known).await?);
    } else {
        println!("{}, {name}: {} rows read, and nothing was changed.", known.name, imported.read);
        for why in &imported.stopped {
            println!("{why}");
        }
        println!("That is too much to be true. Look at the file; if it is right, import it again with --allow-absent.");
    }
    for bad in &imported.rows {
        println!("line {}: {}", bad.line, bad.why);
    }
    Ok(imported.refused > 0 || !imported.stopped.is_empty())
}

fn tell(swept: &membership::Swept) {
    println!("{} members were compared with it.", swept.looked);
    for (count, words) in [
        (swept.barred.len(), "suspended or struck off: their sessions have ended"),
        (swept.lapsed.len(), "lapsed: they may read for 14 days"),
        (swept.restored.len(), "in good standing again"),
        (usize::try_from(swept.missing).unwrap_or(0), "no longer listed: nobody is locked by that"),
        (usize::try_from(swept.doubts).unwrap_or(0), "put before a verifier"),
    ] {
        if count > 0 {
            println!("  {count} {words}.");
        }
    }
}

#[derive(Deserialize)]
struct Pair {
    id: serde_json::Value,
    register: Listed,
    claim: Claimed,
}

#[derive(Deserialize)]
struct Listed {
    family: String,
    given: String,
    #[serde(default)]
    other: Vec<String>,
}

#[derive(Deserialize)]
struct Claimed {
    family: String,
    given: String,
}

#[derive(Serialize)]
struct Compared<'a> {
    id: &'a serde_json::Value,
    class: &'static str,
    /// What the class rests on; nothing for equal names.
    relation: Option<String>,
}

/// One answer for each line; a line that is no pair is told with its number, and the others are answered all the same.
fn match_names(from: impl BufRead, mut to: impl Write) -> Outcome {
    let mut wrong = 0;
    for (at, line) in from.split(b'\n').enumerate() {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Pair>(&line) {
            Err(cause) => {
                wrong += 1;
                eprintln!("line {}: {cause}", at + 1);
            }
            Ok(pair) => {
                let registered = Registered {
                    family: &pair.register.family,
                    given: &pair.register.given,
                    others: &pair.register.other,
                    same_initial: 0,
                };
                let found = compare_parts(&pair.claim.family, &pair.claim.given, &registered);
                let relation = (!found.relations.is_empty()).then(|| found.relations.join(" "));
                let answer = Compared { id: &pair.id, class: found.class.word(), relation };
                serde_json::to_writer(&mut to, &answer).map_err(|cause| Problem::Fault(Box::new(cause)))?;
                to.write_all(b"\n")?;
            }
        }
    }
    to.flush()?;
    Ok(if wrong > 0 { ExitCode::from(super::MISUSED) } else { ExitCode::SUCCESS })
}
