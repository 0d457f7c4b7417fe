//! The spine: an append-only log of everything that changed, in commit order, hash-chained.
//!
//! Every change writes its rows **and** its events in one transaction ([`Tx`]); what follows from a change (search
//! index, open pages, mail) is done by [followers](follow) that read the log with a cursor. So nothing is lost in a
//! crash, nothing is enqueued by hand, and any follower can be rebuilt from 0.
//!
//! *Order.* A one-row counter, updated at the end of the transaction, hands out `seq`: commit order is seq order and
//! there are no gaps. (A sequence is handed out before commit, so a reader could pass a slower writer for good.)
//!
//! *No prose.* Events hold ids and codes, never text, names or addresses; so the log can be kept for ever and the
//! removal of a breach never has to touch it.

pub mod chain;
pub mod event;
pub mod export;
pub mod follow;
mod tx;
mod wake;

pub use event::{Actor, Entry, Event};
pub use tx::{Log, Tx};
