//! Registers: reading their files, listing them, comparing names.

use super::Outcome;
use super::keep::configuration;
use crate::app::{self, Ground};
use crate::base::problem::Problem;
use crate::membership;
use crate::registers::names::{Registered, compare_parts};
use crate::registers::{self, Version};
use clap::Subcommand;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Register {
    /// Imports a register's published file. Broken rows are listed with their line and left out.
    #[command(
        after_help = "Examples:\n  collegium register import --config collegium.toml nppes npidata_pfile.csv\n  collegium register import --config collegium.toml gmc LRMP.csv --version 2026-11-21"
    )]
    Import {
        #[arg(long)]
        config: PathBuf,
        /// The register's code: nppes, gmc.
        register: String,
        file: PathBuf,
        /// What this file is called in the records; left out, the file's name.
        #[arg(long)]
        version: Option<String>,
        /// The file holds changes only; entries it does not name are left as they are.
        #[arg(long)]
        partial: bool,
        /// Mark as absent however many entries are missing from a complete file.
        #[arg(long)]
        allow_absent: bool,
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
        Register::Import { config, register, file, version, partial, allow_absent } => {
            let config = configuration(&config)?;
            let known = registers::find(&register).ok_or_else(|| {
                Problem::fault(format!("there is no register {register:?}; see: collegium register list"))
            })?;
            let reader =
                std::fs::File::open(&file).map_err(|cause| Problem::fault(format!("{}: {cause}", file.display())))?;
            let name = version.unwrap_or_else(|| {
                file.file_name().map_or_else(|| register.clone(), |name| name.to_string_lossy().into_owned())
            });
            let log = app::open_log(&config, &Ground::real()).await?;
            let version = Version { name, complete: !partial, allow: allow_absent };
            let shown = std::io::stderr().is_terminal();
            let imported = registers::import(&log, known, reader, version, |rows| {
                if shown {
                    eprint!("\r{rows} rows");
                }
            })
            .await?;
            if shown {
                eprintln!();
            }
            let swept = membership::sweep(&log, &config.members, known).await?;
            println!(
                "{}: {} rows read, {} added, {} changed, {} refused.",
                known.name, imported.read, imported.added, imported.changed, imported.refused
            );
            if imported.absent > 0 {
                println!("{} entries are no longer in the file.", imported.absent);
            }
            if imported.held > 0 {
                println!(
                    "{} entries are missing from this file, too many to be true: none was marked absent. Look at the file; \
                     if it is right, import it again with --allow-absent.",
                    imported.held
                );
            }
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
            for bad in &imported.rows {
                println!("line {}: {}", bad.line, bad.why);
            }
            Ok(if imported.refused > 0 || imported.held > 0 { ExitCode::from(super::FOUND) } else { ExitCode::SUCCESS })
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
