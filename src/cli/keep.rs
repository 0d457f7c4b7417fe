//! Keeping the house: search, the log.

use super::{FOUND, Outcome};
use crate::app::{self, Ground};
use crate::base::problem::Problem;
use crate::base::secret::HouseKey;
use crate::config::Config;
use crate::log::chain::{self, Verdict};
use crate::log::{Actor, Event, export};
use crate::search::{self, Settings};
use crate::verification;
use clap::Subcommand;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Search {
    /// Judges an engine on the corpus and questions in `search/`: nDCG, recall, mean reciprocal rank, time.
    #[command(
        after_help = "Examples:\n  collegium search score\n  collegium search score --meilisearch http://127.0.0.1:7700 --key …"
    )]
    Score {
        /// A running Meilisearch; left out, the embedded engine in a temporary folder.
        #[arg(long)]
        meilisearch: Option<String>,
        #[arg(long)]
        key: Option<String>,
    },
}

#[derive(Subcommand)]
pub enum Audit {
    /// Checks the hash chain of the whole log, or of an exported file. Exit status 1 when it does not hold.
    #[command(
        after_help = "Examples:\n  collegium audit verify --config /etc/collegium/collegium.toml\n  collegium audit verify --file audit.jsonl --key 3q2+…"
    )]
    Verify {
        #[arg(long, required_unless_present = "file")]
        config: Option<PathBuf>,
        /// An exported file; no house is needed for it.
        #[arg(long)]
        file: Option<PathBuf>,
        /// The public key that the export printed, from another hand than the file.
        #[arg(long, requires = "file")]
        key: Option<String>,
    },
    /// Writes the whole log as JSON Lines, signed with the house's key, and prints the public key.
    #[command(after_help = "Example: collegium audit export audit.jsonl --config /etc/collegium/collegium.toml")]
    Export {
        /// A file that is not there yet.
        file: PathBuf,
        #[arg(long)]
        config: PathBuf,
    },
}

#[derive(Subcommand)]
pub enum Evidence {
    /// Looks at every document's row and file: what is kept, and what should be gone. Exit status 1 for a finding.
    #[command(after_help = "Example: collegium evidence audit --config /etc/collegium/collegium.toml")]
    Audit {
        #[arg(long)]
        config: PathBuf,
    },
}

/// Reads a configuration with this process's environment.
pub fn configuration(path: &Path) -> Result<Config, Problem> {
    Config::load(path, std::env::vars())
}

pub async fn search(command: Search) -> Outcome {
    let Search::Score { meilisearch, key } = command;
    let folder = std::env::temp_dir().join(format!("collegium-score-{}", std::process::id()));
    let settings = match meilisearch {
        Some(url) => Settings {
            engine: search::Kind::Meilisearch,
            url: Some(url),
            key: key.map(crate::base::secret::Secret::new),
        },
        None => Settings::default(),
    };
    let index = search::score::index(&settings, &folder).await?;
    let judged = search::score::score(&index).await;
    drop(index);
    let _ = std::fs::remove_dir_all(&folder);
    println!("{}", judged?);
    Ok(ExitCode::SUCCESS)
}

pub async fn reindex(config: &Path) -> Outcome {
    let config = configuration(config)?;
    let log = app::open_log(&config, &Ground::real()).await?;
    let index = app::open_index(&config).await?;
    eprintln!("reading the log from its beginning …");
    let seq = search::reindex(&log, &index).await?;
    println!("The {} index stands at event {seq}.", index.name());
    Ok(ExitCode::SUCCESS)
}

pub async fn audit(command: Audit) -> Outcome {
    let config = match command {
        Audit::Export { file, config } => return export(&file, &config).await,
        Audit::Verify { file: Some(file), key, config } => return check(&file, key.as_deref(), config.as_deref()),
        Audit::Verify { config, .. } => config.ok_or_else(|| Problem::fault("--config is missing"))?,
    };
    let config = configuration(&config)?;
    let log = app::open_log(&config, &Ground::real()).await?;
    match chain::verify(&mut *log.reader().await?).await? {
        Verdict::Whole { events, head } => {
            println!("The chain holds: {events} events, head {head}.");
            Ok(ExitCode::SUCCESS)
        }
        Verdict::Broken { seq, why } => {
            println!("The chain breaks at event {seq}: {why}.");
            Ok(ExitCode::from(FOUND))
        }
    }
}

async fn export(file: &Path, config: &Path) -> Outcome {
    let config = configuration(config)?;
    let named = |cause: std::io::Error| Problem::fault(format!("{}: {cause}", file.display()));
    let out = std::fs::OpenOptions::new().write(true).create_new(true).open(file).map_err(named)?;
    let log = app::open_log(&config, &Ground::real()).await?;
    let key = export::signing_key(&HouseKey::new(config.house_key()?));
    let mut conn = log.reader().await?;
    let out = std::io::BufWriter::new(out);
    let done = export::export(&mut conn, &key, &config.host, log.clock().now(), out).await?;
    drop(conn);
    let mut tx = log.write(Actor::House).await?;
    tx.record(Event::AuditExported { events: done.events });
    tx.commit().await?;
    println!("{} events, head {}.\nPublic key {}", done.events, done.head, done.key);
    Ok(ExitCode::SUCCESS)
}

/// By the key that was given, else by this house's, else by the file's own, which says less.
fn check(file: &Path, key: Option<&str>, config: Option<&Path>) -> Outcome {
    let named = |cause: std::io::Error| Problem::fault(format!("{}: {cause}", file.display()));
    let key = match (key, config) {
        (Some(key), _) => Some(export::read_key(key)?),
        (None, Some(config)) => {
            Some(export::signing_key(&HouseKey::new(configuration(config)?.house_key()?)).verifying_key())
        }
        (None, None) => None,
    };
    let lines = std::io::BufReader::new(std::fs::File::open(file).map_err(named)?);
    let (told, wrong) = export::check(lines, key.as_ref())?;
    match wrong {
        None => {
            let (events, head) = (told.events, told.head);
            println!("The file holds: {events} events of {}, taken {}, head {head}.", told.host, told.made_at.iso());
            if key.is_none() {
                println!(
                    "It was checked by the key that stands in it. Compare that with the house's own: {}",
                    told.key
                );
            }
            Ok(ExitCode::SUCCESS)
        }
        Some(Verdict::Broken { seq, why }) => {
            println!("The file does not hold at event {seq}: {why}.");
            Ok(ExitCode::from(FOUND))
        }
        Some(Verdict::Whole { .. }) => Err(Problem::fault("a file is broken or holds")),
    }
}

pub async fn evidence(command: Evidence) -> Outcome {
    let Evidence::Audit { config } = command;
    let config = configuration(&config)?;
    let log = app::open_log(&config, &Ground::real()).await?;
    let room = app::open_strongroom(&config)?;
    let audited = verification::audit(&log, &room.vault).await?;
    match audited.oldest {
        Some(at) => println!("{} documents are kept, the oldest since {}.", audited.kept, at.iso()),
        None => println!("No document is kept."),
    }
    for (what, found) in [
        ("should be gone", &audited.overdue),
        ("is a file of no document", &audited.strays),
        ("has lost its file", &audited.missing),
    ] {
        for one in found {
            println!("{one} {what}.");
        }
    }
    Ok(if audited.is_clean() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}
