//! Moderation: members' flags, the queue, the veil, the removal of a breach, and who had seen it.
//!
//! A member's confidentiality flag hides the post at once. A moderator then sees the text, what the check says of it
//! now, what the author answered then, and the flags; and either shows it again or removes it. Removal takes a
//! [`Present`] proof, erases every word in one transaction, and what follows (index, open pages, mail) the followers do
//! on reading [`PostRemoved`](crate::log::Event::PostRemoved). A moderator's look at hidden text is itself recorded.
//!
//! Before it is erased, a fingerprint is taken by which what quotes it is found and hidden, and by which [`prove`] later
//! looks for whatever is left of it.
//!
//! What could identify and has documented consent waits here before it is published ([`held`]). And when the rules of the
//! check change, what stands is looked at again; what newly fails is flagged by the house itself.

mod appeal;
mod claim;
mod decide;
mod exhibit;
mod fingerprint;
mod flag;
mod held;
mod measure;
mod person;
mod prove;
mod queue;
mod quotes;
mod remove;
mod rescan;
mod store;

pub use appeal::{appeal, can_appeal, decision, decisions_about, decisions_on, hear, own_decisions, past, undo};
pub use claim::{Bar, claim, give_back_claim};
pub use decide::{Asked, Done, second, take};
pub use exhibit::{Exhibit, Finding, open};
pub use flag::{FLAGS, Flag, flag, flag_words, seal_notes};
pub use held::{HeldExhibit, RETURNS, give_back, open_held, release};
pub use measure::{About, MEASURES, Measure, REASONS, Rules, State, Takes, measure_words, reason_words};
pub use prove::{Place, Proof, proofs, prove};
pub use queue::{Claimed, Filter, QueueRow, Waits, count, queue, trail};
pub use remove::{Removal, first_hidden, removal, remover};
pub use rescan::{Rescanned, keep_rescanning, rescan};
pub use store::Decision;
