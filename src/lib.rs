//! Collegium: a private discussion network for verified, registered clinicians.
//!
//! The map of the house, from the ground up; a room may lean on those named before it, never the other way
//! (`tests/stories/house.rs` reads the `use crate::` lines and fails on a wrong one).
//!
//! | room | what lives there |
//! |---|---|
//! | [`base`] | time, ids, chance, secrets, text, problems |
//! | [`deid`] | the de-identification engine and the gate through which every text passes |
//! | [`db`] | opening the database, reading from it |
//! | [`log`] | the spine: events, the only way to write, followers, the hash chain |
//! | [`accounts`] | who somebody is; the proofs of what they may do |
//! | [`auth`] | passwords, passkeys, sessions, fresh proofs |
//! | [`registers`] | professional registers: numbers, files, names |
//! | [`membership`] | whether a member is still who was admitted: watching, grace, doubts, attestation, the badge |
//! | [`evidence`] | documents of applicants: read in a process of its own, sealed, destroyed |
//! | [`verification`] | applications, evidence, policy, decisions |
//! | [`disclosure`] | declared interests and the statement on a post |
//! | [`discussion`] | rooms, threads, posts; publishing, reading, erasing; who was shown what |
//! | [`moderation`] | flags, the queue, measures and appeals, removal |
//! | [`duty`] | who is awake: the rota, whom a case is passed on to, drills |
//! | [`breach`] | after a removal: who was shown it, the notes to them, the law's clocks, the record, the package |
//! | [`search`], [`live`], [`notify`] | the followers: the index, open pages, mail |
//! | [`web`] | pages and the JSON API |
//! | [`config`], [`app`], [`demo`], [`cli`] | settings, composing, the demonstration, the command line |
//!
//! Beside `src/`: `migrations/` (one text for both engines), `web/` (templates, styles, scripts, mail), `search/`
//! (synonyms, settings, corpus and judgements), `deploy/` (running it for real), `tests/`.
#![forbid(unsafe_code)]

pub mod accounts;
pub mod app;
pub mod auth;
pub mod base;
pub mod breach;
pub mod cli;
pub mod config;
pub mod db;
pub mod deid;
pub mod demo;
pub mod disclosure;
pub mod discussion;
pub mod duty;
pub mod evidence;
pub mod live;
pub mod log;
pub mod membership;
pub mod moderation;
pub mod notify;
pub mod registers;
pub mod search;
pub mod verification;
pub mod web;
