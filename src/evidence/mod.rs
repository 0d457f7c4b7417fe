//! Documents of people who apply: read, sealed, shown to a verifier, destroyed.
//!
//! What somebody sends is hostile until shown otherwise. It is read in a **process of its own** ([`reader`] starts it,
//! [`worker`] is what runs in it) that has given up files, network, memory and time before it looks at the first byte; a
//! photo or a page of a PDF comes out as pixels written anew, so that nothing of the file itself is kept: no metadata, no
//! script, no second file behind the first. The pages are sealed ([`vault`]) under a key made for that document alone,
//! which is wrapped by a key that is kept outside the database. What stays after the document is destroyed is its keyed
//! [`prints`], by which it is known again.
//!
//! This room knows nothing of applications: [`crate::verification`] says who gave what, who may look, and when it ends.

mod page;
mod pdf;
pub mod prints;
pub mod reader;
mod stamp;
pub mod vault;
pub mod worker;

pub use reader::{Page, Reader, Unreadable};
pub use vault::Vault;

use crate::base::problem::{Problem, Result};
use serde::Deserialize;
use std::path::PathBuf;

/// The section `evidence` of the configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where the sealed documents lie; left out: `evidence` in the data folder. Keep it out of backups.
    pub folder: Option<PathBuf>,
    /// The file that holds the key of the documents, at least 32 characters; left out: one is made from the house's key.
    pub key_file: Option<PathBuf>,
    /// The program that reads documents; left out: this program itself.
    pub program: Option<PathBuf>,
    /// Largest file, in bytes.
    pub most_bytes: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { folder: None, key_file: None, program: None, most_bytes: 10 * 1024 * 1024 }
    }
}

impl Settings {
    /// # Errors
    /// Names the key that is out of bounds.
    pub fn check(&self) -> Result<()> {
        if (64 * 1024..=32 * 1024 * 1024).contains(&self.most_bytes) {
            Ok(())
        } else {
            Err(Problem::Malformed("evidence.most_bytes: between 65536 (64 KiB) and 33554432 (32 MiB)".to_owned()))
        }
    }
}
