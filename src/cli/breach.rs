//! `collegium breach`.

use super::keep::configuration;
use super::{FOUND, Outcome};
use crate::app::{self, Ground};
use crate::base::id::PostId;
use crate::base::problem::Problem;
use crate::base::secret::HouseKey;
use crate::moderation::{self, Place};
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

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
}

pub async fn run(command: Breach) -> Outcome {
    let Breach::Prove { post, config, also } = command;
    let config = configuration(&config)?;
    let post = PostId::parse(&post).ok_or_else(|| Problem::fault("POST: not the id of a post"))?;
    let log = app::open_log(&config, &Ground::real()).await?;
    let index = match app::open_index(&config).await {
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
