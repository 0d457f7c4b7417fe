//! Copies for backups: the content, and apart from it the keys with the list of what was erased.
//!
//! SQLite copies itself (`vacuum into`), free of what was deleted. PostgreSQL is copied and put back by its own tools,
//! `pg_dump` and `pg_restore` (package `postgresql-client`), which must be of the server's version or newer.

use super::Backend;
use super::open::{Db, Engine, file_of, keys_beside};
use crate::base::problem::{Problem, Result};
use sqlx::{AssertSqlSafe, Connection, Executor};
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// A connection of its own, outside the pool.
type Connected = <Backend as sqlx::Database>::Connection;

/// One erasure of the list: post, time, reason.
pub type Erasure = (String, i64, String);

impl Engine {
    /// The names of the two files of a backup.
    pub fn copies(self) -> [&'static str; 2] {
        match self {
            Engine::Sqlite => ["content.db", "keys.db"],
            Engine::Postgres => ["content.dump", "keys.dump"],
        }
    }
}

impl Db {
    /// Copies content and keys into two files that are not there yet. The content first: a key is made before its post,
    /// and what is erased meanwhile stands on the list that goes with the keys.
    ///
    /// # Errors
    /// A file that is there; no room; on PostgreSQL, `pg_dump` missing or refused.
    pub async fn copy_to(&self, content: &Path, keys: &Path) -> Result<()> {
        for file in [content, keys] {
            if file.exists() {
                return Err(Problem::fault(format!("{}: is there already", file.display())));
            }
        }
        match self.engine() {
            Engine::Sqlite => {
                let mut conn = Connected::connect(self.url()).await?;
                let attach = format!("attach database '{}' as keys", quoted(&keys_beside(self.url())));
                conn.execute(AssertSqlSafe(attach)).await?;
                for (schema, file) in [("main", content), ("keys", keys)] {
                    let copy = format!("vacuum {schema} into '{}'", quoted(&file.display().to_string()));
                    conn.execute(AssertSqlSafe(copy)).await?;
                }
                conn.close().await?;
            }
            Engine::Postgres => {
                for (which, file) in [("--exclude-schema=keys", content), ("--schema=keys", keys)] {
                    let mut dump = Command::new("pg_dump");
                    dump.args(["--format=custom", "--no-owner", which, "--file"]).arg(file).arg(self.url());
                    run(dump, "pg_dump").await?;
                }
            }
        }
        Ok(())
    }
}

/// The list of erasures of the database that stands there now, if one does.
pub async fn erasures_of(url: &str) -> Result<Vec<Erasure>> {
    sqlx::any::install_default_drivers();
    let url = if url.starts_with("sqlite:") {
        let keys = keys_beside(url);
        if !Path::new(&keys).exists() {
            return Ok(Vec::new());
        }
        format!("sqlite:{keys}")
    } else {
        url.to_owned()
    };
    let mut conn = Connected::connect(&url).await?;
    let table = if url.starts_with("sqlite:") { "erasures" } else { "keys.erasures" };
    let read =
        sqlx::query_as(AssertSqlSafe(format!("select post_id, at, reason from {table}"))).fetch_all(&mut conn).await;
    conn.close().await?;
    // No such table: nothing stands there yet.
    Ok(read.unwrap_or_default())
}

/// Puts a backup in the place of a database that is not there, or empty.
///
/// # Errors
/// When something stands there; a file that cannot be read; on PostgreSQL, `pg_restore` missing or refused.
pub async fn put_back(url: &str, content: &Path, keys: &Path) -> Result<()> {
    if url.starts_with("sqlite:") {
        let place = Path::new(file_of(url));
        if place.exists() {
            return Err(Problem::fault(format!(
                "{}: a database stands there. Move it away first; nothing was changed.",
                place.display()
            )));
        }
        for (from, to) in [(content, place.to_path_buf()), (keys, PathBuf::from(keys_beside(url)))] {
            for rest in ["-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{rest}", to.display()));
            }
            std::fs::copy(from, &to).map_err(|cause| Problem::fault(format!("{}: {cause}", from.display())))?;
        }
        return Ok(());
    }
    sqlx::any::install_default_drivers();
    let mut conn = Connected::connect(url).await?;
    let tables: i64 = sqlx::query_scalar(
        "select count(*) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    )
    .fetch_one(&mut conn)
    .await?;
    if tables > 0 {
        return Err(Problem::fault("database.url: the database is not empty. Make an empty one; nothing was changed."));
    }
    conn.execute("drop schema if exists keys cascade").await?;
    conn.close().await?;
    for file in [content, keys] {
        let mut restore = Command::new("pg_restore");
        restore.args(["--no-owner", "--exit-on-error", "--dbname", url]).arg(file);
        run(restore, "pg_restore").await?;
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    text.replace('\'', "''")
}

async fn run(mut command: Command, name: &str) -> Result<()> {
    let done = command.output().await.map_err(|cause| {
        Problem::fault(format!("{name}: {cause}. Install PostgreSQL's client tools (package postgresql-client)."))
    })?;
    if done.status.success() {
        return Ok(());
    }
    // What it says names tables and servers, and never a row.
    Err(Problem::fault(format!("{name}: {}", String::from_utf8_lossy(&done.stderr).trim())))
}
