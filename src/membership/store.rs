//! The rows of standings, doubts and sweeps.

mod doubts;

pub(super) use doubts::{DoubtRow, doubt, last_settler, open_doubts, raise, settled, settled_by};

use super::machine::Standing;
use crate::accounts::{Class, Place};
use crate::base::clock::Time;
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::Tx;
use std::collections::BTreeSet;

#[derive(sqlx::FromRow)]
struct Row {
    place: String,
    class: String,
    origin: String,
    source: String,
    since: Time,
    reminded: i64,
    reminded_at: Option<Time>,
    missing: Option<String>,
    answered: String,
    doubts: String,
    attested_at: Time,
    attest_reminded: i64,
    attest_reminded_at: Option<Time>,
    overdue: i64,
    turn: i64,
}

impl Row {
    fn standing(self) -> Result<Standing> {
        let unknown = || Problem::fault("a standing's row holds a code that is none");
        Ok(Standing {
            place: Place::parse(&self.place).ok_or_else(unknown)?,
            class: Class::parse(&self.class).ok_or_else(unknown)?,
            origin: self.origin,
            source: self.source,
            since: self.since,
            reminded: self.reminded,
            reminded_at: self.reminded_at,
            missing: self.missing,
            answered: split(&self.answered),
            attested_at: self.attested_at,
            attest_reminded: self.attest_reminded,
            attest_reminded_at: self.attest_reminded_at,
            overdue: self.overdue != 0,
            doubts: split(&self.doubts),
            turn: self.turn,
        })
    }
}

fn split(list: &str) -> BTreeSet<String> {
    list.split(',').filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

fn joined(list: &BTreeSet<String>) -> String {
    list.iter().map(String::as_str).collect::<Vec<_>>().join(",")
}

pub(super) async fn add(tx: &mut Tx, account: &AccountId, standing: &Standing) -> Result<()> {
    sqlx::query(
        "insert into standings (account_id, place, class, origin, source, since, reminded, answered, doubts,
                                attested_at, attest_reminded, overdue, turn)
         values ($1, $2, $3, $4, $5, $6, 0, '', '', $6, 0, 0, $7)",
    )
    .bind(account)
    .bind(standing.place.code())
    .bind(standing.class.code())
    .bind(&standing.origin)
    .bind(&standing.source)
    .bind(standing.since)
    .bind(standing.turn)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes a standing. False when it is no longer as it was read.
pub(super) async fn keep(tx: &mut Tx, account: &AccountId, turn: i64, standing: &Standing) -> Result<bool> {
    let done = sqlx::query(
        "update standings set place = $1, class = $2, origin = $3, source = $4, since = $5, reminded = $6,
             reminded_at = $7, missing = $8, answered = $9, attested_at = $10, attest_reminded = $11,
             attest_reminded_at = $12, overdue = $13, doubts = $14, turn = $15
         where account_id = $16 and turn = $17",
    )
    .bind(standing.place.code())
    .bind(standing.class.code())
    .bind(&standing.origin)
    .bind(&standing.source)
    .bind(standing.since)
    .bind(standing.reminded)
    .bind(standing.reminded_at)
    .bind(standing.missing.clone())
    .bind(joined(&standing.answered))
    .bind(standing.attested_at)
    .bind(standing.attest_reminded)
    .bind(standing.attest_reminded_at)
    .bind(i64::from(standing.overdue))
    .bind(joined(&standing.doubts))
    .bind(standing.turn)
    .bind(account)
    .bind(turn)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A member's standing; `None` for who was never admitted.
pub(super) async fn standing(conn: &mut Conn, account: &AccountId) -> Result<Option<Standing>> {
    let row: Option<Row> = sqlx::query_as(
        "select place, class, origin, source, since, reminded, reminded_at, missing, answered, doubts, attested_at,
                attest_reminded, attest_reminded_at, overdue, turn
         from standings where account_id = $1",
    )
    .bind(account)
    .fetch_optional(conn)
    .await?;
    row.map(Row::standing).transpose()
}

/// A member beside what the register said of them last.
#[derive(sqlx::FromRow)]
struct WatchedRow {
    account_id: AccountId,
    number: String,
    reg_profession: String,
    reg_specialty: String,
    reg_status: String,
    status_raw: String,
    listed_name: String,
    reg_source: String,
    checked_at: Time,
    #[sqlx(flatten)]
    standing: Row,
}

impl WatchedRow {
    fn watched(self) -> Result<Watched> {
        Ok(Watched {
            account: self.account_id,
            number: self.number,
            profession: self.reg_profession,
            specialty: self.reg_specialty,
            status: self.reg_status,
            status_raw: self.status_raw,
            listed_name: self.listed_name,
            source: self.reg_source,
            checked_at: self.checked_at,
            standing: self.standing.standing()?,
        })
    }
}

pub(super) struct Watched {
    pub account: AccountId,
    pub number: String,
    pub profession: String,
    pub specialty: String,
    pub status: String,
    pub status_raw: String,
    pub listed_name: String,
    pub source: String,
    pub checked_at: Time,
    pub standing: Standing,
}

/// A page of a register's members, by account.
pub(super) async fn watched(conn: &mut Conn, register: &str, after: &str, most: i64) -> Result<Vec<Watched>> {
    let rows: Vec<WatchedRow> = sqlx::query_as(
        "select r.account_id, r.number, r.profession as reg_profession, r.specialty as reg_specialty,
                r.status as reg_status, r.status_raw, r.listed_name, r.source as reg_source, r.checked_at, s.place,
                s.class, s.origin, s.source, s.since, s.reminded, s.reminded_at, s.missing, s.answered, s.doubts,
                s.attested_at, s.attest_reminded, s.attest_reminded_at, s.overdue, s.turn
         from registrations r
              join accounts a on a.account_id = r.account_id
              join standings s on s.account_id = r.account_id
         where r.register = $1 and r.account_id > $2 and a.ended_at is null
         order by r.account_id limit $3",
    )
    .bind(register)
    .bind(after)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(WatchedRow::watched).collect()
}

/// Members of a register that was not asked for them since then, the longest unasked first.
pub(super) async fn unasked(conn: &mut Conn, register: &str, since: Time, most: i64) -> Result<Vec<Watched>> {
    let rows: Vec<WatchedRow> = sqlx::query_as(
        "select r.account_id, r.number, r.profession as reg_profession, r.specialty as reg_specialty,
                r.status as reg_status, r.status_raw, r.listed_name, r.source as reg_source, r.checked_at, s.place,
                s.class, s.origin, s.source, s.since, s.reminded, s.reminded_at, s.missing, s.answered, s.doubts,
                s.attested_at, s.attest_reminded, s.attest_reminded_at, s.overdue, s.turn
         from registrations r
              join accounts a on a.account_id = r.account_id
              join standings s on s.account_id = r.account_id
              left join register_answers q on q.register = r.register and q.number = r.number
         where r.register = $1 and a.ended_at is null and (q.asked_at is null or q.asked_at <= $2)
         order by coalesce(q.asked_at, 0), r.account_id limit $3",
    )
    .bind(register)
    .bind(since)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(WatchedRow::watched).collect()
}

/// Whether the newest finished reading of a register was of its whole file.
pub(super) async fn is_complete(conn: &mut Conn, register: &str) -> Result<bool> {
    let complete: Option<i64> = sqlx::query_scalar(
        "select complete from register_readings where register = $1 and finished_at is not null
         order by reading desc limit 1",
    )
    .bind(register)
    .fetch_optional(conn)
    .await?;
    Ok(complete == Some(1))
}

/// Accounts for which time may have something to do: in grace, or with an attestation due.
pub(super) async fn waiting_for_time(conn: &mut Conn, due: Time, after: &str, most: i64) -> Result<Vec<AccountId>> {
    Ok(sqlx::query_scalar(
        "select s.account_id from standings s join accounts a on a.account_id = s.account_id
         where (s.place = 'grace' or (s.place = 'good' and s.overdue = 0 and s.attested_at <= $1))
           and a.ended_at is null and s.account_id > $2
         order by s.account_id limit $3",
    )
    .bind(due)
    .bind(after)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

/// Accounts whose standing stood before it was told in the log.
pub(super) async fn untold(conn: &mut Conn) -> Result<Vec<AccountId>> {
    Ok(sqlx::query_scalar("select account_id from standings where turn = 0 order by account_id limit 500")
        .fetch_all(conn)
        .await?)
}

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<AccountId>> {
    Ok(sqlx::query_scalar("select account_id from standings order by account_id").fetch_all(conn).await?)
}

/// When a register's members were last compared.
pub(super) async fn swept_at(conn: &mut Conn, register: &str) -> Result<Option<Time>> {
    Ok(sqlx::query_scalar("select swept_at from sweeps where register = $1")
        .bind(register)
        .fetch_optional(conn)
        .await?)
}

pub(super) async fn note_sweep(tx: &mut Tx, register: &str, looked: i64) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into sweeps (register, swept_at, looked) values ($1, $2, $3)
         on conflict (register) do update set swept_at = excluded.swept_at, looked = excluded.looked",
    )
    .bind(register)
    .bind(now)
    .bind(looked)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The registers in which members stand, and how many in each.
pub(super) async fn registers_in_use(conn: &mut Conn) -> Result<Vec<(String, i64)>> {
    Ok(sqlx::query_as(
        "select r.register, count(*) from registrations r join accounts a on a.account_id = r.account_id
         where a.ended_at is null group by r.register order by r.register",
    )
    .fetch_all(conn)
    .await?)
}

/// Everything an export tells of a member.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Registered {
    pub account_id: AccountId,
    pub name: String,
    pub register: String,
    pub number: String,
    pub profession: String,
    pub specialty: String,
    pub status: String,
    pub listed_name: String,
    pub valid_from: String,
    pub source: String,
    pub path: String,
    pub bound_at: Time,
    pub checked_at: Time,
    pub attested_at: Time,
    pub place: String,
    pub since: Time,
    pub doubts: String,
}

pub(super) async fn registered(conn: &mut Conn, account: &AccountId) -> Result<Option<Registered>> {
    Ok(sqlx::query_as(
        "select a.account_id, a.name, r.register, r.number, r.profession, r.specialty, r.status, r.listed_name,
                r.valid_from, r.source, r.path, r.bound_at, r.checked_at, s.attested_at, s.place, s.since, s.doubts
         from accounts a join registrations r on r.account_id = a.account_id
              join standings s on s.account_id = a.account_id
         where a.account_id = $1 and a.ended_at is null",
    )
    .bind(account)
    .fetch_optional(conn)
    .await?)
}
