//! Opening the database and bringing its tables up to date.

use super::{Backend, Reader};
use crate::base::problem::{Problem, Result};
use sqlx::pool::PoolOptions;
use sqlx::{AssertSqlSafe, Executor, Pool, Transaction};
use std::path::Path;
use std::time::Duration;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// The oldest SQLite without the WAL-reset fault that can lose a committed transaction (sqlite.org/wal.html).
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// Which engine lies beneath.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }
}

/// The open database: many readers and, on SQLite, one writer in a fair queue.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    url: String,
    readers: Pool<Backend>,
    writers: Pool<Backend>,
}

impl Db {
    /// Opens `sqlite:PATH` (made if missing) or `postgres://…` and migrates it.
    ///
    /// # Errors
    /// A url of another kind, an unreachable server, a SQLite that is too old, a migration that fails.
    pub async fn open(url: &str) -> Result<Db> {
        sqlx::any::install_default_drivers();
        let engine = if url.starts_with("sqlite:") {
            Engine::Sqlite
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Engine::Postgres
        } else {
            return Err(Problem::fault("database.url: write sqlite:PATH or postgres://USER@HOST/NAME"));
        };
        let (writers, readers) = match engine {
            Engine::Sqlite => {
                let keys = keys_beside(url);
                let url = format!("{url}{}mode=rwc", if url.contains('?') { '&' } else { '?' });
                (sqlite(1, &keys).connect(&url).await?, sqlite(8, &keys).connect(&url).await?)
            }
            Engine::Postgres => (postgres(8).connect(url).await?, postgres(16).connect(url).await?),
        };
        let db = Db { engine, url: url.to_owned(), readers, writers };
        db.prepare().await?;
        Ok(db)
    }

    /// A SQLite database in this file.
    pub async fn open_file(path: &Path) -> Result<Db> {
        Db::open(&format!("sqlite:{}", path.display())).await
    }

    async fn prepare(&self) -> Result<()> {
        match self.engine {
            Engine::Sqlite => {
                let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(&self.writers).await?;
                let parts: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
                if parts.as_slice() < OLDEST_SQLITE.as_slice() {
                    return Err(Problem::fault(format!("SQLite {version} can lose committed work; 3.51.3 is needed")));
                }
            }
            Engine::Postgres => {
                // A race between two starting nodes ends with the type there: that is all that is wanted.
                let made = self.writers.execute("create domain blob as bytea").await;
                if let Err(cause) = made
                    && !cause
                        .as_database_error()
                        .is_some_and(|e| matches!(e.code().as_deref(), Some("42710" | "23505")))
                {
                    return Err(cause.into());
                }
            }
        }
        MIGRATIONS.run(&self.writers).await.map_err(|cause| Problem::Fault(Box::new(cause)))?;
        self.prepare_keys().await
    }

    /// What stands apart from the content has tables of its own, which no migration of the content touches.
    async fn prepare_keys(&self) -> Result<()> {
        if self.engine == Engine::Postgres {
            self.writers.execute("create schema if not exists keys").await?;
        }
        for table in [
            "create table if not exists keys.post_keys (
                 post_id text primary key, key text not null, made_at bigint not null)",
            "create table if not exists keys.erasures (
                 post_id text primary key, at bigint not null, reason text not null)",
        ] {
            self.writers.execute(table).await?;
        }
        Ok(())
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The address it was opened with; for the listener of `log/wake.rs` alone.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A connection to read with. On SQLite it refuses to write.
    pub async fn reader(&self) -> Result<Reader> {
        Ok(self.readers.acquire().await?)
    }

    /// Begins a write. Only [`crate::log::Tx`] calls this.
    ///
    /// On SQLite `immediate`: a deferred transaction that reads and then writes can fail with BUSY whatever the
    /// timeout is.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Backend>> {
        Ok(match self.engine {
            Engine::Sqlite => self.writers.begin_with("begin immediate").await?,
            Engine::Postgres => self.writers.begin().await?,
        })
    }

    /// Moves SQLite's write-ahead log into the file (where freed pages are overwritten) and empties it, so that removed
    /// text is nowhere. On PostgreSQL the freed rows are vacuumed instead.
    ///
    /// # Errors
    /// [`Problem::Busy`] when readers held the log for two seconds: it is not empty yet.
    pub async fn forget_freed_pages(&self) -> Result<()> {
        if self.engine == Engine::Postgres {
            for vacuum in
                ["vacuum post_texts", "vacuum posts", "vacuum held_texts", "vacuum flags", "vacuum keys.post_keys"]
            {
                self.writers.execute(vacuum).await?;
            }
            return Ok(());
        }
        for _ in 0..20 {
            // One reader on an old page is enough for SQLite to answer "busy" and leave the log as it is.
            let (busy, _, _): (i64, i64, i64) =
                sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(&self.writers).await?;
            if busy == 0 {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(Problem::Busy)
    }

    /// Closes every connection; what was begun and not committed is rolled back.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// The file of a SQLite database.
pub(super) fn file_of(url: &str) -> &str {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    path.split('?').next().unwrap_or(path)
}

/// The file that holds the keys of a SQLite database: beside it, so that it can be backed up apart.
pub fn keys_beside(url: &str) -> String {
    let path = file_of(url);
    format!("{}-keys.db", path.strip_suffix(".db").unwrap_or(path))
}

fn sqlite(most: u32, keys: &str) -> PoolOptions<Backend> {
    let writes = most == 1;
    let attach = format!("attach database '{}' as keys", keys.replace('\'', "''"));
    PoolOptions::new()
        .max_connections(most)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(20))
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |conn: &mut super::Conn, _| {
            let attach = attach.clone();
            Box::pin(async move {
                conn.execute(AssertSqlSafe(attach)).await?;
                conn.execute(
                    "pragma journal_mode = wal;
                     pragma keys.journal_mode = wal;
                     pragma synchronous = full;
                     pragma keys.synchronous = full;
                     pragma foreign_keys = on;
                     pragma secure_delete = on;
                     pragma keys.secure_delete = on;
                     pragma trusted_schema = off;
                     pragma busy_timeout = 10000;",
                )
                .await?;
                if !writes {
                    conn.execute("pragma query_only = on").await?;
                }
                Ok(())
            })
        })
}

fn postgres(most: u32) -> PoolOptions<Backend> {
    PoolOptions::new().max_connections(most).acquire_timeout(Duration::from_secs(20))
}
