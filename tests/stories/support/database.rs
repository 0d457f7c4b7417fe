//! A database of its own for each story.

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The address of a server's maintenance database, when there is a server.
pub fn postgres_server() -> Option<String> {
    std::env::var("COLLEGIUM_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

static MADE: AtomicU32 = AtomicU32::new(0);

/// A number that no other story of this process has.
pub fn number() -> u32 {
    MADE.fetch_add(1, Ordering::Relaxed)
}

/// A database that is made for one story and thrown away after it.
pub struct Database {
    pub url: String,
    drop_name: Option<String>,
}

impl Database {
    pub async fn fresh(engine: Engine, folder: &Path) -> Database {
        match engine {
            Engine::Sqlite => {
                Database { url: format!("sqlite:{}", folder.join("collegium.db").display()), drop_name: None }
            }
            Engine::Postgres => {
                let server = postgres_server().expect("asked before");
                let name = format!("story_{}_{}", std::process::id(), number());
                serve(&server, &format!("create database {name}")).await;
                let mut url = url::Url::parse(&server).expect("COLLEGIUM_TEST_POSTGRES is a url");
                url.set_path(&name);
                Database { url: url.to_string(), drop_name: Some(name) }
            }
        }
    }

    /// Runs a statement on it.
    pub async fn run(&self, statement: &str) {
        serve(&self.url, statement).await;
    }

    pub async fn end(self) {
        if let Some(name) = self.drop_name {
            serve(&postgres_server().expect("asked before"), &format!("drop database {name} with (force)")).await;
        }
    }
}

async fn serve(server: &str, statement: &str) {
    let options: sqlx::postgres::PgConnectOptions = server.parse().expect("a PostgreSQL url");
    let mut conn = options.connect().await.expect("the PostgreSQL server answers");
    conn.execute(AssertSqlSafe(statement.to_owned())).await.expect(statement);
    conn.close().await.expect("closed");
}
