//! The rows of what registers publish.

use super::import::Tally;
use super::{Entry, Number, Profession, Status, names};
use crate::base::clock::Time;
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::Tx;
use sqlx::{AssertSqlSafe, Row as _};
use std::collections::HashMap;
use std::fmt::Write as _;

/// How many numbers one statement asks for.
const AT_ONCE: usize = 200;
/// How many rows one statement writes. SQLite looks `$n` up by walking a list, so a statement's cost grows with the square
/// of its places: 200 rows at once were four times slower than 12.
const ROWS_AT_ONCE: usize = 12;
const COLUMNS: usize = 16;

#[derive(sqlx::FromRow)]
struct Row {
    register: String,
    number: String,
    family: String,
    given: String,
    other_names: String,
    profession: String,
    specialty: String,
    status: String,
    status_raw: String,
    valid_from: String,
    source_version: String,
    seen_at: Time,
    absent_since: Option<Time>,
}

impl Row {
    fn entry(self) -> Entry {
        Entry {
            register: self.register,
            number: self.number,
            family: self.family,
            given: self.given,
            other_names: self
                .other_names
                .split(';')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
            profession: Profession::parse(&self.profession).unwrap_or(Profession::Other),
            specialty: self.specialty,
            status: Status::parse(&self.status),
            status_raw: self.status_raw,
            valid_from: self.valid_from,
            source_version: self.source_version,
            seen_at: self.seen_at,
            absent_since: self.absent_since,
        }
    }
}

/// The entry of a number, as the register was last read.
pub async fn entry(conn: &mut Conn, number: &Number) -> Result<Option<Entry>> {
    let row: Option<Row> = sqlx::query_as(
        "select register, number, family, given, other_names, profession, specialty, status, status_raw, valid_from,
                source_version, seen_at, absent_since
         from register_entries where register = $1 and number = $2",
    )
    .bind(number.register().code)
    .bind(number.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Row::entry))
}

/// How many *other* registrants could be meant by a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Namesakes {
    /// The same family name and first given name.
    pub same_name: i64,
    /// The same family name and first initial.
    pub same_initial: i64,
}

/// Counts the namesakes of an entry among those still registered.
pub async fn namesakes(conn: &mut Conn, entry: &Entry) -> Result<Namesakes> {
    let (family, given) = (names::family_key(&entry.family), names::given_key(&entry.given));
    let initial: String = given.chars().take(1).collect();
    let (same_name, same_initial): (i64, i64) = sqlx::query_as(
        "select cast(coalesce(sum(case when given_key = $3 then 1 else 0 end), 0) as bigint), count(*)
         from register_entries
         where register = $1 and family_key = $2 and substr(given_key, 1, 1) = $4 and number <> $5
           and absent_since is null",
    )
    .bind(&entry.register)
    .bind(family)
    .bind(given)
    .bind(initial)
    .bind(&entry.number)
    .fetch_one(conn)
    .await?;
    Ok(Namesakes { same_name, same_initial })
}

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

/// The newest finished reading; `None` for a register that was never read.
pub async fn last_reading(conn: &mut Conn, register: &str) -> Result<Option<Reading>> {
    Ok(sqlx::query_as(
        "select register, version, begun_at, finished_at, rows_read, added, changed, refused, absent
         from register_readings where register = $1 and finished_at is not null order by reading desc limit 1",
    )
    .bind(register)
    .fetch_optional(conn)
    .await?)
}

/// Begins a reading and gives it its number.
pub(super) async fn begin_reading(tx: &mut Tx, register: &str, version: &str, complete: bool) -> Result<i64> {
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
    Ok(last + 1)
}

pub(super) async fn finish_reading(tx: &mut Tx, register: &str, reading: i64, tally: &Tally) -> Result<()> {
    let now = tx.now();
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
    Ok(())
}

/// What is already there of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub digest: i64,
    pub reading: i64,
    pub absent: bool,
}

/// What is already there of these numbers.
pub(super) async fn known(conn: &mut Conn, register: &str, numbers: &[&str]) -> Result<HashMap<String, Known>> {
    let mut found = HashMap::with_capacity(numbers.len());
    for some in numbers.chunks(AT_ONCE) {
        let sql = format!(
            "select number, digest, reading, absent_since from register_entries where register = $1 and number in {}",
            places(2, some.len())
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(register.to_owned());
        for number in some {
            query = query.bind((*number).to_owned());
        }
        for row in query.fetch_all(&mut *conn).await? {
            let absent: Option<i64> = row.try_get(3)?;
            let known = Known { digest: row.try_get(1)?, reading: row.try_get(2)?, absent: absent.is_some() };
            found.insert(row.try_get(0)?, known);
        }
    }
    Ok(found)
}

/// `($3, $4, $5)`: the one kind of statement that is put together, from numbers alone.
fn places(first: usize, count: usize) -> String {
    let mut out = String::with_capacity(count * 6 + 2);
    for place in 0..count {
        out.push(if place == 0 { '(' } else { ',' });
        let _ = write!(out, "${}", first + place);
    }
    out.push(')');
    out
}

/// Writes entries that are new or have changed.
pub(super) async fn write(tx: &mut Tx, reading: i64, version: &str, entries: &[(&Entry, i64)]) -> Result<()> {
    let now = tx.now();
    for some in entries.chunks(ROWS_AT_ONCE) {
        let rows: Vec<String> = (0..some.len()).map(|row| places(row * COLUMNS + 1, COLUMNS)).collect();
        let sql = format!(
            "insert into register_entries
                 (register, number, family, given, other_names, family_key, given_key, profession, specialty, status,
                  status_raw, valid_from, digest, source_version, reading, seen_at)
             values {}
             on conflict (register, number) do update set
                 family = excluded.family, given = excluded.given, other_names = excluded.other_names,
                 family_key = excluded.family_key, given_key = excluded.given_key, profession = excluded.profession,
                 specialty = excluded.specialty, status = excluded.status, status_raw = excluded.status_raw,
                 valid_from = excluded.valid_from, digest = excluded.digest, source_version = excluded.source_version,
                 reading = excluded.reading, seen_at = excluded.seen_at, absent_since = null",
            rows.join(",")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (entry, digest) in some {
            query = query
                .bind(entry.register.clone())
                .bind(entry.number.clone())
                .bind(entry.family.clone())
                .bind(entry.given.clone())
                .bind(entry.other_names.join("; "))
                .bind(names::family_key(&entry.family))
                .bind(names::given_key(&entry.given))
                .bind(entry.profession.code())
                .bind(entry.specialty.clone())
                .bind(entry.status.code())
                .bind(entry.status_raw.clone())
                .bind(entry.valid_from.clone())
                .bind(*digest)
                .bind(version.to_owned())
                .bind(reading)
                .bind(now);
        }
        query.execute(tx.conn()).await?;
    }
    Ok(())
}

/// A number was ended and the file says no more: what is known of its holder stays.
pub(super) async fn end(tx: &mut Tx, reading: i64, version: &str, entry: &Entry, digest: i64) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "update register_entries
         set status = $1, status_raw = $2, digest = $3, source_version = $4, reading = $5, seen_at = $6, absent_since = null
         where register = $7 and number = $8",
    )
    .bind(entry.status.code())
    .bind(&entry.status_raw)
    .bind(digest)
    .bind(version)
    .bind(reading)
    .bind(now)
    .bind(&entry.register)
    .bind(&entry.number)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes that these were seen again and are as they were.
pub(super) async fn seen(tx: &mut Tx, reading: i64, version: &str, register: &str, numbers: &[&str]) -> Result<()> {
    let now = tx.now();
    for some in numbers.chunks(AT_ONCE) {
        let sql = format!(
            "update register_entries set reading = $1, source_version = $2, seen_at = $3
             where register = $4 and number in {}",
            places(5, some.len())
        );
        let mut query =
            sqlx::query(AssertSqlSafe(sql)).bind(reading).bind(version.to_owned()).bind(now).bind(register.to_owned());
        for number in some {
            query = query.bind((*number).to_owned());
        }
        query.execute(tx.conn()).await?;
    }
    Ok(())
}

/// How many entries there are, and how many of them this reading has not seen.
pub(super) async fn count_unseen(tx: &mut Tx, register: &str, reading: i64) -> Result<(i64, i64)> {
    Ok(sqlx::query_as(
        "select count(*), cast(coalesce(sum(case when reading < $1 then 1 else 0 end), 0) as bigint)
         from register_entries where register = $2 and absent_since is null",
    )
    .bind(reading)
    .bind(register)
    .fetch_one(tx.conn())
    .await?)
}

/// Marks what this reading has not seen as absent.
pub(super) async fn mark_absent(tx: &mut Tx, register: &str, reading: i64) -> Result<i64> {
    let now = tx.now();
    let done = sqlx::query(
        "update register_entries set absent_since = $1 where register = $2 and reading < $3 and absent_since is null",
    )
    .bind(now)
    .bind(register)
    .bind(reading)
    .execute(tx.conn())
    .await?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX))
}
