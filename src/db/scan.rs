//! Reading every text of every table, for the proof that something is in none.

use super::open::{Db, Engine};
use crate::base::problem::Result;
use futures_util::TryStreamExt;
use sqlx::AssertSqlSafe;

impl Db {
    /// Hands over every text that stands in any column of any table, of the content and of the keys; how many tables
    /// there are.
    pub async fn every_text(&self, mut each: impl FnMut(&str)) -> Result<usize> {
        let mut conn = self.reader().await?;
        let columns: Vec<(String, String)> = match self.engine() {
            Engine::Sqlite => {
                sqlx::query_as(
                    "select 'main.' || m.name, c.name from sqlite_master m join pragma_table_info(m.name) c
                     where m.type = 'table' and lower(c.type) like '%text%'
                     union all
                     select 'keys.' || m.name, c.name from keys.sqlite_master m join pragma_table_info(m.name, 'keys') c
                     where m.type = 'table' and lower(c.type) like '%text%'",
                )
                .fetch_all(&mut *conn)
                .await?
            }
            Engine::Postgres => {
                sqlx::query_as(
                    "select cast(table_schema || '.' || table_name as text), cast(column_name as text)
                     from information_schema.columns
                     where table_schema in ('public', 'keys') and data_type in ('text', 'character varying')",
                )
                .fetch_all(&mut *conn)
                .await?
            }
        };
        let mut tables: Vec<&str> = columns.iter().map(|(table, _)| table.as_str()).collect();
        tables.sort_unstable();
        tables.dedup();
        for (table, column) in &columns {
            let sql = format!("select \"{column}\" from {table} where \"{column}\" is not null");
            let mut rows = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).fetch(&mut *conn);
            while let Some(text) = rows.try_next().await? {
                each(&text);
            }
        }
        Ok(tables.len())
    }
}
