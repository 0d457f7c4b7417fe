//! Collegium: a private discussion network for verified, registered clinicians.
#![forbid(unsafe_code)]

pub mod accounts;
pub mod audit;
pub mod auth;
pub mod base;
pub mod db;
pub mod deid;
pub mod disclosure;
pub mod discussion;
pub mod live;
pub mod log;
pub mod moderation;
pub mod notify;
pub mod registers;
pub mod search;
pub mod verification;
pub mod web;
