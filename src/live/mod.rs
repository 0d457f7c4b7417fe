//! Open pages: who watches which thread, and what reaches them.
//!
//! The hub is a follower. An event wakes the sockets of its thread; what they are sent is read again from the tables at
//! that moment, rendered once, and never carried by the log: a removed post cannot arrive late. Because the hub reads
//! the log in order, a session that was ended before an event is gone from the hub before the event is delivered. A
//! client that comes back names the last `seq` it saw and is sent what it missed; a dropped line loses nothing.
//!
//! Presence and "is writing" live in memory only, and so does a [`draft`] while it is being checked.

mod draft;
mod hub;
mod message;
mod socket;
mod stir;

pub use draft::{Asked, Examine};
pub use hub::{Hub, Render};
pub use socket::{LARGEST_MESSAGE, serve};
