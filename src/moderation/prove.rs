//! Looking for what is left of a removed text, and filing what was found.

use super::fingerprint::{Finder, Marks};
use super::{quotes, store};
use crate::base::clock::Time;
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use crate::base::secret::HouseKey;
use crate::discussion;
use crate::log::{Actor, Event, Log};
use std::path::{Path, PathBuf};

/// One search for the rest of a removed text.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Proof {
    pub at: Time,
    /// What was looked at, a line for each place.
    pub looked: String,
    /// Stretches of the text that were found.
    pub found: i64,
}

/// One place that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub words: String,
    pub found: u64,
}

/// Looks everywhere for what is left of a removed text: its key, its rows, every text of every table, every file below
/// these folders. `further` are places that the caller has looked at (the search index answers for itself). The result
/// is filed with the removal.
///
/// # Errors
/// [`Problem::NotFound`] for a post that was not removed; [`Problem::Conflict`] when its text was too short for a
/// fingerprint, or was removed before there were any.
pub async fn prove(
    log: &Log,
    key: &HouseKey,
    post: &PostId,
    folders: &[PathBuf],
    further: Vec<Place>,
) -> Result<Vec<Place>> {
    let mut conn = log.reader().await?;
    let thread = store::removed_in(&mut conn, post).await?.ok_or(Problem::NotFound)?;
    let marks = store::marks(&mut conn, post).await?;
    if marks.is_empty() {
        return Err(Problem::conflict(
            "no-fingerprint",
            "There is no fingerprint of this text: it was shorter than 32 bytes, or was removed before they were taken.",
        ));
    }
    let finder = Finder::new(key, post.as_str());
    let (keys, rows) = discussion::left_of(&mut conn, post).await?;
    drop(conn);
    let mut places =
        vec![Place { words: "its key".to_owned(), found: keys }, Place { words: "its rows".to_owned(), found: rows }];
    places.push(tables(log, &finder, &marks).await?);
    for folder in folders {
        let (marks, folder) = (marks.clone(), folder.clone());
        let looked = tokio::task::spawn_blocking(move || files(&finder, &marks, &folder)).await;
        places.push(looked.map_err(|cause| Problem::Fault(Box::new(cause)))??);
    }
    places.extend(further);
    let found = places.iter().map(|place| place.found).sum::<u64>();
    let lines: Vec<String> = places.iter().map(|place| format!("{}: {}", place.words, place.found)).collect();
    let mut tx = log.write(Actor::House).await?;
    let found = i64::try_from(found).unwrap_or(i64::MAX);
    store::add_proof(&mut tx, post, &lines.join("\n"), found).await?;
    tx.record(Event::RemovalProved { thread, post: post.clone(), found });
    tx.commit().await?;
    Ok(places)
}

async fn tables(log: &Log, finder: &Finder, marks: &Marks) -> Result<Place> {
    let (mut texts, mut found) = (0u64, 0u64);
    let tables = log
        .db()
        .every_text(|text| {
            texts += 1;
            found += (finder.shared(marks, text) + finder.shared(marks, &quotes::words(text))) as u64;
        })
        .await?;
    Ok(Place { words: format!("{texts} texts of {tables} tables"), found })
}

/// Every file below a folder, whatever it is called.
fn files(finder: &Finder, marks: &Marks, folder: &Path) -> Result<Place> {
    let (mut seen, mut bytes, mut found) = (0u64, 0u64, 0u64);
    let mut waiting = vec![folder.to_owned()];
    let named = |path: &Path, cause: std::io::Error| Problem::fault(format!("{}: {cause}", path.display()));
    while let Some(path) = waiting.pop() {
        let about = std::fs::symlink_metadata(&path).map_err(|cause| named(&path, cause))?;
        if about.is_dir() {
            for entry in std::fs::read_dir(&path).map_err(|cause| named(&path, cause))? {
                waiting.push(entry?.path());
            }
        } else if about.is_file() {
            let file = match std::fs::File::open(&path) {
                Ok(file) => file,
                // A file that went meanwhile holds nothing.
                Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => continue,
                Err(cause) => return Err(named(&path, cause)),
            };
            seen += 1;
            bytes += about.len();
            found += finder.count_in(marks, file).map_err(|cause| named(&path, cause))?;
        }
    }
    Ok(Place { words: format!("{seen} files, {} KiB, below {}", bytes / 1024, folder.display()), found })
}

/// The searches that were made for the rest of a removed text, the newest first.
pub async fn proofs(conn: &mut crate::db::Conn, post: &PostId) -> Result<Vec<Proof>> {
    store::proofs(conn, post).await
}
