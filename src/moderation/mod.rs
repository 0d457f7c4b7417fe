//! Moderation: members' flags, the queue, the veil, measures and appeals, the removal of a breach, and who had seen it.
//!
//! A member's confidentiality flag hides the post at once, unless most of their last ones were wrong. A moderator then
//! sees the text, what the check says of it now, what the author answered then, the flags, and what was decided before;
//! and takes a measure. All measures stand in one table ([`MEASURES`]): what each does, on which state of a post, whether
//! it can be undone, what it takes. [`take`] judges and carries out, or proposes where the operator wants two. Nobody
//! decides on their own post or on one they flagged, and one moderator has a post in hand at a time ([`claim()`]). Whoever
//! it concerns sees it and may appeal once; another moderator decides.
//!
//! Removal takes a [`Present`](crate::auth::Present) proof, erases every word in one transaction, and what follows (index, open pages, mail) the followers do
//! on reading [`PostRemoved`](crate::log::Event::PostRemoved). A moderator's look at hidden text is itself recorded.
//!
//! Before it is erased, a fingerprint is taken by which what quotes it is found and hidden, and by which [`prove`] later
//! looks for whatever is left of it.
//!
//! What could identify and has documented consent waits here before it is published ([`held`]). And when the rules of the
//! check change, what stands is looked at again; what newly fails is flagged by the house itself, as is what may be
//! unprofessional ([`language`]).

mod appeal;
mod asked;
mod claim;
mod decide;
mod exhibit;
mod fingerprint;
mod flag;
mod held;
pub mod language;
mod listen;
mod measure;
mod person;
mod prove;
mod queue;
mod quotes;
mod remove;
mod rescan;
mod store;

pub use appeal::{appeal, can_appeal, decision, decisions_about, decisions_on, hear, own_decisions, past, undo};
pub use asked::Asked;
pub use claim::{Bar, claim, give_back_claim};
pub use decide::{Done, second, take};
pub use exhibit::{Exhibit, Finding, open};
pub use flag::{FLAGS, Flag, flag, flag_words, seal_notes};
pub use held::{HeldExhibit, RETURNS, give_back, open_held, release};
pub use listen::keep_listening;
pub use measure::{About, MEASURES, Measure, REASONS, Rules, State, Takes, measure_words, reason_words};
pub use prove::{Place, Proof, proofs, prove};
pub use queue::{Claimed, Filter, QueueRow, Waits, count, queue, trail};
pub use remove::{Removal, first_hidden, removal, remover};
pub use rescan::{Rescanned, keep_rescanning, rescan};
pub use store::Decision;
