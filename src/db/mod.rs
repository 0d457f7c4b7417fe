//! The database: opening it, reading from it, and the kinds of error a room may ask about.
//!
//! One SQL text serves SQLite and PostgreSQL through `sqlx::Any`; only this room (opening, pragmas, how a write
//! transaction begins) and `log/wake.rs` (NOTIFY) know which engine it is. Rooms read through [`Db::reader`]; the only
//! way to write is [`crate::log::Tx`]. `tests/stories/db.rs` proves on both engines what we rely on here: options of all types,
//! `returning`, rows affected, a unique violation by kind, rollback on drop, `begin immediate`, migrations, two
//! writers, a text of 1 MB.
//!
//! House rules for SQL: lower case; columns are `text`, `bigint`, `double precision` (and `blob`, a domain over
//! `bytea` on PostgreSQL); `$n` placeholders, because `Any` does not rewrite them; never a bool column (it does not
//! decode on SQLite) but a time; `cast(coalesce(sum(x), 0) as bigint)`; ids and times are bound from Rust.

mod copy;
mod open;
mod scan;

pub use copy::{Erasure, erasures_of, put_back};
pub use open::{Db, Engine, keys_beside};

/// If `Any` ever fails us, this alias is what changes; no query does.
pub type Backend = sqlx::Any;
pub type Conn = <Backend as sqlx::Database>::Connection;
pub type Reader = sqlx::pool::PoolConnection<Backend>;

/// Whether a statement failed because the value is already there. SQLite names no constraint, so each statement has at
/// most one that can break.
pub fn is_taken(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|e| e.kind() == sqlx::error::ErrorKind::UniqueViolation)
}
