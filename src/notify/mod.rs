//! Telling people by mail: a follower that turns events into letters, and a postman that sends them.
//!
//! A letter is a row of ids and codes until the moment it is sent; only then is it written, from what the tables say by
//! then. So a removed post cannot leave in a late mail, and no link's token lies in the database. No letter quotes a
//! post or names a thread: mail cannot be called back.

mod breach;
mod decided;
mod duty;
mod letter;
mod post;
mod standing;
mod store;
mod watch;

pub use post::{Captured, Postman, Transport, captured, send_due};
pub use watch::follow;
