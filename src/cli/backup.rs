//! `collegium backup` and `collegium restore`.
//!
//! A backup has two halves in two folders: the content, and the keys without which nobody can read it. Kept apart, and
//! the keys for a short time only, a removed post is gone from old backups of the content too. The search index is never
//! copied: it is made anew. Documents of applicants are not copied either.

use super::Outcome;
use super::keep::configuration;
use crate::app::{self, Ground};
use crate::base::problem::{Problem, Result};
use crate::base::secret::hex;
use crate::db::{self, Engine};
use crate::discussion;
use crate::log::chain::{self, Verdict};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What lies beside a copy, so that another's or a torn one is refused.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// `content` or `keys`.
    half: String,
    engine: String,
    /// RFC 3339.
    made_at: String,
    /// The newest event of the log when the copy began.
    head: i64,
    sha256: String,
}

const MANIFEST: &str = "backup.json";

/// Writes both halves.
pub async fn backup(config: &Path, content: &Path, keys: &Path) -> Outcome {
    if content == keys {
        return Err(Problem::fault(
            "--keys: name another folder than --content. Together they are worth as much as no keys.",
        ));
    }
    let config = configuration(config)?;
    let log = app::open_log(&config, &Ground::real()).await?;
    let engine = log.db().engine();
    let [content_file, keys_file] = files(engine, content, keys);
    for folder in [content, keys] {
        std::fs::create_dir_all(folder).map_err(|cause| Problem::fault(format!("{}: {cause}", folder.display())))?;
    }
    let head = log.head().await?;
    log.db().copy_to(&content_file, &keys_file).await?;
    for (half, folder, file) in [("content", content, &content_file), ("keys", keys, &keys_file)] {
        let manifest = Manifest {
            half: half.to_owned(),
            engine: engine.name().to_owned(),
            made_at: log.clock().now().iso(),
            head,
            sha256: sha256(file)?,
        };
        std::fs::write(folder.join(MANIFEST), serde_json::to_string_pretty(&manifest)?)?;
        println!("{:<8} {} ({} KiB)", half, file.display(), std::fs::metadata(file)?.len() / 1024);
    }
    println!("The log stands at event {head}. Keep the two folders apart, and the keys for a short time only.");
    Ok(ExitCode::SUCCESS)
}

/// Puts both halves back, erases again what was erased since, and checks the log.
pub async fn restore(config: &Path, content: &Path, keys: &Path) -> Outcome {
    let config = configuration(config)?;
    let url = config.database_url();
    let engine = if url.reveal().starts_with("sqlite:") { Engine::Sqlite } else { Engine::Postgres };
    let [content_file, keys_file] = files(engine, content, keys);
    for (half, folder, file) in [("content", content, &content_file), ("keys", keys, &keys_file)] {
        judge(half, engine, folder, file)?;
    }
    // What this machine knows was erased outlives what the backup knows.
    let erased = db::erasures_of(url.reveal()).await?;
    db::put_back(url.reveal(), &content_file, &keys_file).await?;
    let _ = std::fs::remove_dir_all(config.data.join("search"));
    let log = app::open_log(&config, &Ground::real()).await?;
    let named = discussion::remember_erasures(&log, &erased).await?;
    let done = discussion::reconcile(&log).await?;
    log.db().forget_freed_pages().await?;
    println!(
        "Put back. {named} erasures were known here and not to the backup; {} posts were erased again.",
        done.erased
    );
    match chain::verify(&mut *log.reader().await?).await? {
        Verdict::Whole { events, .. } => {
            println!("The log holds: {events} events. The search index is made anew at the start.")
        }
        Verdict::Broken { seq, why } => {
            println!("The log breaks at event {seq}: {why}.");
            return Ok(ExitCode::from(super::FOUND));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn files(engine: Engine, content: &Path, keys: &Path) -> [PathBuf; 2] {
    let [content_name, keys_name] = engine.copies();
    [content.join(content_name), keys.join(keys_name)]
}

fn judge(half: &str, engine: Engine, folder: &Path, file: &Path) -> Result<()> {
    let path = folder.join(MANIFEST);
    let text =
        std::fs::read_to_string(&path).map_err(|cause| Problem::fault(format!("{}: {cause}", path.display())))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|cause| Problem::fault(format!("{}: {cause}", path.display())))?;
    if manifest.half != half {
        return Err(Problem::fault(format!(
            "{}: this is the half “{}”; “{half}” was wanted",
            path.display(),
            manifest.half
        )));
    }
    if manifest.engine != engine.name() {
        return Err(Problem::fault(format!(
            "{}: a backup of {}; database.url names {}",
            path.display(),
            manifest.engine,
            engine.name()
        )));
    }
    if sha256(file)? != manifest.sha256 {
        return Err(Problem::fault(format!(
            "{}: not the file that was written; it is torn or was changed",
            file.display()
        )));
    }
    Ok(())
}

fn sha256(file: &Path) -> Result<String> {
    let named = |cause: std::io::Error| Problem::fault(format!("{}: {cause}", file.display()));
    let mut reader = std::fs::File::open(file).map_err(named)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0u8; 1 << 16]);
    loop {
        match reader.read(&mut buffer).map_err(named)? {
            0 => return Ok(hex(&hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}
