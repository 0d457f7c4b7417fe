//! Readings and the releases that came of them: which one is read, going back, sweeping.

use super::{Release, numbers};
use crate::base::clock::Time;
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::Tx;
use crate::registers::import::Tally;

/// Releases that are kept: the one that is read, and two to go back to.
const KEPT: i64 = 3;
/// How long an import may take; what lies about for longer was left by one that ended half-way.
const LONGEST_IMPORT: i64 = 6 * 60 * 60 * 1_000;

/// A finished reading of a register's file.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Reading {
    pub register: String,
    pub version: String,
    pub begun_at: Time,
    pub finished_at: Option<Time>,
    pub rows_read: i64,
    pub added: i64,
    pub changed: i64,
    pub refused: i64,
    pub absent: i64,
}

/// The reading whose result is read now; `None` for a register that was never read.
pub async fn last_reading(conn: &mut Conn, register: &str) -> Result<Option<Reading>> {
    Ok(sqlx::query_as(
        "select d.register, d.version, d.begun_at, d.finished_at, d.rows_read, d.added, d.changed, d.refused, d.absent
         from register_current c
              join register_releases r on r.register = c.register and r.release = c.release
              join register_readings d on d.register = r.register and d.reading = r.reading
         where c.register = $1",
    )
    .bind(register)
    .fetch_optional(conn)
    .await?)
}

/// Begins a reading and its layer, and gives them their number.
pub(in crate::registers) async fn begin_reading(
    tx: &mut Tx,
    register: &str,
    version: &str,
    complete: bool,
) -> Result<i64> {
    let now = tx.now();
    let last: i64 = sqlx::query_scalar(
        "select cast(coalesce(max(reading), 0) as bigint) from register_readings where register = $1",
    )
    .bind(register)
    .fetch_one(tx.conn())
    .await?;
    sqlx::query(
        "insert into register_readings
             (register, reading, version, complete, begun_at, rows_read, added, changed, refused, absent)
         values ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0)",
    )
    .bind(register)
    .bind(last + 1)
    .bind(version)
    .bind(i64::from(complete))
    .bind(now)
    .execute(tx.conn())
    .await
    .map_err(|cause| {
        if crate::db::is_taken(&cause) {
            Problem::conflict("reading", "This register is being read already. Wait until that is done.")
        } else {
            cause.into()
        }
    })?;
    sqlx::query("insert into register_layers (register, layer, version, begun_at) values ($1, $2, $3, $4)")
        .bind(register)
        .bind(last + 1)
        .bind(version)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(last + 1)
}

/// Makes a release the one that is read, unless another came between.
pub(in crate::registers) async fn publish(
    tx: &mut Tx,
    register: &str,
    before: Option<&Release>,
    layers: &[i64],
    reading: i64,
    tally: &Tally,
    entries: i64,
) -> Result<()> {
    let now = tx.now();
    // The row of the pointer is taken first: two imports that end together wait for each other here.
    let moved = match before {
        Some(before) => sqlx::query("update register_current set release = $1 where register = $2 and release = $3")
            .bind(reading)
            .bind(register)
            .bind(before.release)
            .execute(tx.conn())
            .await?
            .rows_affected(),
        None => sqlx::query(
            "insert into register_current (register, release) values ($1, $2) on conflict (register) do nothing",
        )
        .bind(register)
        .bind(reading)
        .execute(tx.conn())
        .await?
        .rows_affected(),
    };
    if moved == 0 {
        return Err(Problem::conflict(
            "reading",
            "Another import of this register was done in the meantime; nothing was changed. Import the file again.",
        ));
    }
    // What was taken back before is not gone back to.
    sqlx::query("delete from register_releases where register = $1 and release > $2")
        .bind(register)
        .bind(before.map_or(0, |before| before.release))
        .execute(tx.conn())
        .await?;
    sqlx::query(
        "update register_readings
         set finished_at = $1, rows_read = $2, added = $3, changed = $4, refused = $5, absent = $6
         where register = $7 and reading = $8",
    )
    .bind(now)
    .bind(tally.read)
    .bind(tally.added)
    .bind(tally.changed)
    .bind(tally.refused)
    .bind(tally.absent)
    .bind(register)
    .bind(reading)
    .execute(tx.conn())
    .await?;
    let layers: Vec<String> = layers.iter().map(i64::to_string).collect();
    sqlx::query(
        "insert into register_releases (register, release, layers, reading, entries, made_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(register)
    .bind(reading)
    .bind(layers.join(","))
    .bind(reading)
    .bind(entries)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Makes the release before this one the one that is read, and tells its version; `None` where there is none.
pub(in crate::registers) async fn go_back(tx: &mut Tx, register: &str) -> Result<Option<String>> {
    let before: Option<(i64, String)> = sqlx::query_as(
        "select r.release, d.version
         from register_releases r
              join register_current c on c.register = r.register and r.release < c.release
              join register_readings d on d.register = r.register and d.reading = r.reading
         where r.register = $1 order by r.release desc limit 1",
    )
    .bind(register)
    .fetch_optional(tx.conn())
    .await?;
    let Some((release, version)) = before else { return Ok(None) };
    sqlx::query("update register_current set release = $1 where register = $2")
        .bind(release)
        .bind(register)
        .execute(tx.conn())
        .await?;
    Ok(Some(version))
}

/// The layers that no release needs any more: of older releases, of such as were taken back, of imports that ended
/// half-way.
pub(in crate::registers) async fn unneeded(tx: &mut Tx, register: &str) -> Result<Vec<i64>> {
    let now = tx.now();
    sqlx::query(
        "delete from register_releases
         where register = $1
           and release not in
               (select release from register_releases where register = $1 order by release desc limit $2)",
    )
    .bind(register)
    .bind(KEPT)
    .execute(tx.conn())
    .await?;
    let kept: Vec<String> = sqlx::query_scalar("select layers from register_releases where register = $1")
        .bind(register)
        .fetch_all(tx.conn())
        .await?;
    let kept: Vec<i64> = kept.iter().flat_map(|layers| numbers(layers)).collect();
    let all: Vec<(i64, Time, i64)> = sqlx::query_as(
        "select l.layer, l.begun_at, case when d.finished_at is null then 0 else 1 end
         from register_layers l left join register_readings d on d.register = l.register and d.reading = l.layer
         where l.register = $1",
    )
    .bind(register)
    .fetch_all(tx.conn())
    .await?;
    let old = |begun: Time, done: i64| done > 0 || now.0 - begun.0 > LONGEST_IMPORT;
    Ok(all
        .into_iter()
        .filter(|(layer, begun, done)| !kept.contains(layer) && old(*begun, *done))
        .map(|(layer, _, _)| layer)
        .collect())
}

/// Deletes some of a layer's blocks, and the layer with the last of them. Whether there may be more.
pub(in crate::registers) async fn delete_some(tx: &mut Tx, register: &str, layer: i64) -> Result<bool> {
    let deleted = sqlx::query(
        "delete from register_blocks
         where register = $1 and layer = $2
           and first_key in (select first_key from register_blocks where register = $1 and layer = $2 limit 200)",
    )
    .bind(register)
    .bind(layer)
    .execute(tx.conn())
    .await?
    .rows_affected();
    if deleted > 0 {
        return Ok(true);
    }
    sqlx::query("delete from register_layers where register = $1 and layer = $2")
        .bind(register)
        .bind(layer)
        .execute(tx.conn())
        .await?;
    Ok(false)
}
