//! The rows of what registers publish: layers, their blocks, and which release is read.

mod lookup;
mod releases;

pub use lookup::{Namesakes, Shelf, answered, by_name, entry, namesakes};
pub(super) use lookup::{asked_since, keep_answer};
pub use releases::{Reading, last_reading};
pub(super) use releases::{begin_reading, delete_some, go_back, publish, unneeded};

use super::layer::Block;
use crate::base::clock::Time;
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::Tx;

/// What a layer's blocks are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::registers) enum Kind {
    Number,
    Name,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Name => "name",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(in crate::registers) struct Layer {
    pub layer: i64,
    pub version: String,
    pub begun_at: Time,
}

/// What is read of a register: its layers, the oldest first.
#[derive(Debug, Clone)]
pub(in crate::registers) struct Release {
    pub release: i64,
    pub layers: Vec<Layer>,
    pub entries: i64,
}

/// The release that is read now; `None` for a register that was never read.
pub(in crate::registers) async fn current(conn: &mut Conn, register: &str) -> Result<Option<Release>> {
    let row: Option<(i64, String, i64)> = sqlx::query_as(
        "select r.release, r.layers, r.entries
         from register_current c join register_releases r on r.register = c.register and r.release = c.release
         where c.register = $1",
    )
    .bind(register)
    .fetch_optional(&mut *conn)
    .await?;
    let Some((release, layers, entries)) = row else { return Ok(None) };
    let all: Vec<Layer> =
        sqlx::query_as("select layer, version, begun_at from register_layers where register = $1 order by layer")
            .bind(register)
            .fetch_all(conn)
            .await?;
    let named = numbers(&layers);
    let layers = all.into_iter().filter(|layer| named.contains(&layer.layer)).collect();
    Ok(Some(Release { release, layers, entries }))
}

fn numbers(list: &str) -> Vec<i64> {
    list.split(',').filter_map(|number| number.parse().ok()).collect()
}

/// The block in which a key would stand, with its first key.
pub(in crate::registers) async fn block_at(
    conn: &mut Conn,
    register: &str,
    layer: i64,
    kind: Kind,
    key: &[u8],
) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
    Ok(sqlx::query_as(
        "select first_key, body from register_blocks
         where register = $1 and layer = $2 and kind = $3 and first_key <= $4 order by first_key desc limit 1",
    )
    .bind(register.to_owned())
    .bind(layer)
    .bind(kind.code())
    .bind(key.to_vec())
    .fetch_optional(conn)
    .await?)
}

/// The block behind one, or the first.
pub(in crate::registers) async fn block_after(
    conn: &mut Conn,
    register: &str,
    layer: i64,
    kind: Kind,
    after: Option<&[u8]>,
) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
    let after = after.unwrap_or_default().to_vec();
    Ok(sqlx::query_as(
        "select first_key, body from register_blocks
         where register = $1 and layer = $2 and kind = $3 and first_key > $4 order by first_key limit 1",
    )
    .bind(register.to_owned())
    .bind(layer)
    .bind(kind.code())
    .bind(after)
    .fetch_optional(conn)
    .await?)
}

/// Writes blocks of a layer that nobody reads yet.
pub(in crate::registers) async fn write(tx: &mut Tx, register: &str, layer: i64, blocks: Vec<Block>) -> Result<()> {
    for block in blocks {
        sqlx::query("insert into register_blocks (register, layer, kind, first_key, body) values ($1, $2, $3, $4, $5)")
            .bind(register.to_owned())
            .bind(layer)
            .bind(block.kind.code())
            .bind(block.first_key)
            .bind(block.body)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

#[cfg(test)]
pub(in crate::registers) mod tests {
    /// How many layers lie in the database.
    pub async fn layers(conn: &mut crate::db::Conn) -> i64 {
        sqlx::query_scalar("select count(distinct layer) from register_blocks").fetch_one(conn).await.expect("a count")
    }
}
