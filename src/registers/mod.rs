//! Professional registers: which there are, what their numbers look like, and what they publish.
//!
//! A number is judged at once ([`judge_number`]): shape and check digit, with words that say what to do; one of an unknown
//! shape is *strange* and goes to a person. Some registers publish their entries as files; those are read in the
//! publisher's own layout into a release ([`import()`], [`import_file`], [`rollback`]) and looked up by number ([`entry`])
//! and name ([`by_name`]). For a number that no file holds, the register itself can be asked ([`live`]).
//!
//! The way of a file: `archive` opens it, `lines` or `sheet` give its rows, `nppes`, `gmc`, `rpps`, `soda` read them, `sort`
//! orders them, `build` lays them beside the release before, `layer` and `store` keep what comes of it. Names are compared by *class*, never by a score ([`names`]): measured similarity does not
//! separate friends from impostors at any threshold.
//!
//! What a register says never shows that an applicant *is* the registrant: numbers and names are public. That question
//! belongs to the verification room.

mod archive;
mod build;
pub mod fiction;
mod gmc;
mod import;
mod layer;
mod lines;
mod list;
pub mod live;
pub mod names;
mod nppes;
mod number;
mod parse;
mod profession;
mod record;
mod rpps;
mod sheet;
mod soda;
mod sort;
mod status;
mod store;
mod taxonomy;
#[cfg(test)]
pub(crate) mod tests;

pub use import::{BadRow, Imported, Version, import, import_file, rollback};
pub use list::{Register, countries, find, registers};
pub use number::{Number, judge_number};
pub use profession::Profession;
pub use status::{Removal, Status};
pub use store::{Namesakes, Reading, Shelf, answered, by_name, entry, last_reading, namesakes};

use crate::base::clock::Time;

/// What a register says of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub register: String,
    pub number: String,
    pub family: String,
    /// First and further given names, as printed.
    pub given: String,
    /// Former and other full names.
    pub other_names: Vec<String>,
    pub profession: Profession,
    pub specialty: String,
    pub status: Status,
    /// The register's own word for the status.
    pub status_raw: String,
    /// `YYYY-MM-DD`, or empty where the register does not say.
    pub valid_from: String,
    /// The file it was last seen in, and when.
    pub source_version: String,
    pub seen_at: Time,
    /// Since when complete files no longer hold it.
    pub absent_since: Option<Time>,
}

impl Entry {
    /// The name in reading order.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}
