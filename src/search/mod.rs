//! Searching past discussions: "MI" finds "myocardial infarction", a typing error is forgiven, a removed post is never
//! found.
//!
//! Two engines stand behind one door, [`Index`]: the embedded one (tantivy, in a folder) and Meilisearch, for sites
//! with several nodes. Both are fed by the same [follower](follow()) of the log and judged on the same questions
//! ([`score`]). The engine names posts; what a person is shown is read again from the tables with their permission
//! ([`search`]), so that the index is never the one to decide who sees what.
//!
//! The data lie in `search/`: clinical synonyms and abbreviations, stop words, Meilisearch's settings, and the corpus with
//! its judgements. The tests run against the embedded engine, and against Meilisearch as well when
//! `COLLEGIUM_TEST_MEILI` holds a server's address (and `COLLEGIUM_TEST_MEILI_KEY` its key).

mod embedded;
mod embedded_find;
mod engine;
mod excerpt;
mod follow;
mod meili;
mod plain;
mod question;
mod read;
pub mod score;
mod settings;
mod stem;
mod store;
mod synonyms;
#[cfg(test)]
mod tests;
mod words;

pub use engine::{Change, Document, Hits, Index};
pub use follow::{catch_up, follow, reindex};
pub use question::{Query, Question, Unit};
pub use read::{Found, Hit, RoomCount, search};
pub use settings::{Kind, Settings};
