//! What is left of a text: in tables, in files.

use super::{Engine, House};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use std::path::{Path, PathBuf};

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

pub fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|piece| piece == wanted)
}

/// Every file below a folder that holds a word, in whatever case.
pub fn files_hold(folder: &Path, word: &str) -> Vec<String> {
    let holds = |path: &PathBuf| {
        // What was there a moment ago may be gone.
        std::fs::read(path).is_ok_and(|bytes| contains(&bytes.to_ascii_lowercase(), word.as_bytes()))
    };
    files(folder).iter().filter(|path| holds(path)).map(|path| path.display().to_string()).collect()
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for path in files(from) {
        let target = to.join(path.strip_prefix(from).expect("below it"));
        std::fs::create_dir_all(target.parent().expect("below it")).expect("a folder");
        std::fs::copy(&path, target).expect("copied");
    }
}

/// Every text column of every table, searched for a word.
pub async fn tables_hold(house: &House, word: &str) -> Vec<String> {
    let mut conn = AnyConnection::connect(&house.database.url).await.expect("connected");
    let columns: Vec<(String, String)> = match house.engine {
        Engine::Sqlite => {
            sqlx::query_as(
                "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c
                 where m.type = 'table' and c.type like '%text%'",
            )
            .fetch_all(&mut conn)
            .await
        }
        Engine::Postgres => {
            sqlx::query_as(
                "select cast(table_name as text), cast(column_name as text) from information_schema.columns
                 where table_schema = 'public' and data_type = 'text'",
            )
            .fetch_all(&mut conn)
            .await
        }
    }
    .expect("the columns");
    assert!(columns.len() > 50, "{columns:?}");
    let mut found = Vec::new();
    for (table, column) in columns {
        let sql = format!("select count(*) from {table} where lower({column}) like $1");
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(format!("%{word}%"))
            .fetch_one(&mut conn)
            .await
            .expect("counted");
        if rows > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    conn.close().await.expect("closed");
    found
}

/// Every row of every table as one text, but for what was mailed.
pub async fn everything(house: &House) -> String {
    let mut conn = house.log().reader().await.expect("a reader");
    let tables = match house.engine {
        Engine::Sqlite => "select name from sqlite_master where type = 'table' and name <> 'captured_mails'",
        Engine::Postgres => {
            "select cast(table_name as text) from information_schema.tables
             where table_schema = 'public' and table_name <> 'captured_mails'"
        }
    };
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut *conn).await.expect("the tables");
    let mut all = String::new();
    for table in tables {
        let sql = match house.engine {
            Engine::Sqlite => {
                let columns = format!("select name from pragma_table_info('{table}')");
                let columns: Vec<String> =
                    sqlx::query_scalar(sqlx::AssertSqlSafe(columns)).fetch_all(&mut *conn).await.expect("columns");
                let row: Vec<String> = columns.iter().map(|name| format!("quote({name})")).collect();
                format!("select coalesce(group_concat({}, ' '), '') from {table}", row.join(" || ' ' || "))
            }
            Engine::Postgres => format!("select coalesce(string_agg(cast(t as text), ' '), '') from {table} t"),
        };
        let rows: String = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&mut *conn).await.expect("rows");
        all.push_str(&rows);
    }
    all
}
