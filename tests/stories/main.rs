//! Stories told by actors through HTTP, on SQLite and, when `COLLEGIUM_TEST_POSTGRES` holds the address of a server's
//! maintenance database, on PostgreSQL too (`tests/run` sets it). After each story the followers' state must equal a
//! rebuild from the log.

mod support;

mod admission;
mod backup;
mod breach;
mod db;
mod duty;
mod entry;
mod evidence;
mod exposure;
mod heavy;
mod held;
mod house;
mod input;
mod live;
mod log;
mod measure_table;
mod measures;
mod membership;
mod moderation;
mod provider;
mod publish;
mod recovery;
mod rescan;
mod routes;
mod seal;
mod search;
mod texts;
mod writing;
