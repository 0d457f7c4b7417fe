//! `collegium breach`.

use super::keep::configuration;
use super::{FOUND, Outcome};
use crate::app::{self, Ground};
use crate::base::clock::{MINUTE, SECOND};
use crate::base::id::PostId;
use crate::base::problem::Problem;
use crate::base::secret::HouseKey;
use crate::config::Config;
use crate::duty;
use crate::moderation::{self, Place};
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

#[derive(Subcommand)]
pub enum Breach {
    /// Looks for what is left of a removed post: key, rows, tables, files, search index. Exit status 1 when something is.
    #[command(
        after_help = "Example: collegium breach prove 01j9… --config /etc/collegium/collegium.toml --also /var/lib/postgresql --also /backup/content"
    )]
    Prove {
        /// The removed post; its id stands in the mail to the data-protection contact.
        post: String,
        #[arg(long)]
        config: PathBuf,
        /// Further folders to search: of the PostgreSQL server, of backups, of a mail spool. May be given several times.
        #[arg(long)]
        also: Vec<PathBuf>,
    },
    /// Puts a synthetic breach before the moderators of the running house, and reports how long everything took. No member
    /// sees it. Exit status 1 when not all of it happened.
    #[command(after_help = "Example: collegium breach drill --config /etc/collegium/collegium.toml --minutes 30")]
    Drill {
        #[arg(long)]
        config: PathBuf,
        /// How long it is waited for, 1 to 1440.
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=1440))]
        minutes: i64,
    },
}

pub async fn run(command: Breach) -> Outcome {
    match command {
        Breach::Prove { post, config, also } => prove(&post, &configuration(&config)?, also).await,
        Breach::Drill { config, minutes } => drill(&configuration(&config)?, minutes).await,
    }
}

async fn prove(post: &str, config: &Config, also: Vec<PathBuf>) -> Outcome {
    let post = PostId::parse(post).ok_or_else(|| Problem::fault("POST: not the id of a post"))?;
    let log = app::open_log(config, &Ground::real()).await?;
    let index = match app::open_index(config).await {
        Ok(index) => Place {
            words: format!("the {} index, asked itself", index.name()),
            found: u64::from(!index.confirm_gone(&post).await?),
        },
        // A running house holds its embedded index; its files are searched like all below the data folder.
        Err(_) => Place {
            words: "the search index (held by the running house: its files were searched)".to_owned(),
            found: 0,
        },
    };
    let mut folders = vec![config.data.clone()];
    folders.extend(also);
    let key = HouseKey::new(config.house_key()?);
    let places = moderation::prove(&log, &key, &post, &folders, vec![index]).await?;
    for place in &places {
        let mark = if place.found == 0 { "nothing" } else { "FOUND  " };
        println!(
            "{mark}  {}{}",
            place.words,
            if place.found == 0 { String::new() } else { format!(": {}", place.found) }
        );
    }
    let found = places.iter().any(|place| place.found > 0);
    println!(
        "{}",
        if found {
            "Something of it is left."
        } else {
            "Nothing of it was found. The result is filed with the removal."
        }
    );
    Ok(if found { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

/// How often it is looked how far a drill is.
const LOOK: Duration = Duration::from_millis(500);
/// A running house hears of a drill within moments; after so long none is running.
const DEAF: i64 = 30 * SECOND;

async fn drill(config: &Config, minutes: i64) -> Outcome {
    let log = app::open_log(config, &Ground::real()).await?;
    let id = duty::begin(&log, minutes).await?;
    println!("Drill {id} stands in the moderators' queue. Waiting at most {minutes} minutes.");
    let ends = log.clock().now().plus(minutes * MINUTE);
    let drill = loop {
        tokio::time::sleep(LOOK).await;
        let drill = duty::find(&mut *log.reader().await?, &id).await?.ok_or(Problem::NotFound)?;
        let now = log.clock().now();
        if drill.heard_at.is_none() && now > drill.begun_at.plus(DEAF) {
            duty::end(&log, &id).await?;
            return Err(Problem::fault("no running house has heard of the drill; is it serving this database?"));
        }
        if drill.is_complete() || drill.ended_at.is_some() || now >= ends {
            duty::end(&log, &id).await?;
            break drill;
        }
    };
    println!("From the flag (and with it the veil: a drill is hidden from the first moment) until");
    for (what, time) in drill.times() {
        let time = time.map_or("did not happen".to_owned(), |time| format!("{}.{:03} s", time / SECOND, time % SECOND));
        println!("{time:>16}  {what}");
    }
    println!("{} opened it. It is on record; members see these times on their page of what was done.", drill.seen);
    Ok(if drill.is_complete() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}
