//! Keeping the house: search, the log.

use super::{FOUND, Outcome};
use crate::app::{self, Ground};
use crate::base::problem::Problem;
use crate::config::Config;
use crate::log::chain::{self, Verdict};
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
    /// Checks the hash chain of the whole log. Exit status 1 when it does not hold.
    #[command(after_help = "Example: collegium audit verify --config /etc/collegium/collegium.toml")]
    Verify {
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
    let Audit::Verify { config } = command;
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
