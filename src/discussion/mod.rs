//! The discussion itself: rooms, threads, posts, revisions; publishing, reading, revising, erasing.
//!
//! *Publishing.* A post exists only with a verified author ([`Clinician`](crate::accounts::Clinician)), a passed check
//! of exactly its text ([`Checked`](crate::deid::gate::Checked), which nothing but the gate can make and from which the
//! text is taken), a disclosure [`Statement`](crate::disclosure::Statement), and for a case the [`Basis`] on which it
//! may be shared. The tables' constraints say so too. There is one verb, `publish`; what could identify goes through it on
//! documented consent alone, and is [`held`] in tables of its own until a moderator has looked.
//!
//! *Sealed.* Every word of a post lies under a key of its own, apart from the content ([`Seal`]); to erase is to take the
//! words out and destroy the key, and [`reconcile`] finishes at the next start what a stopped machine left half done.
//!
//! *Reading is asking.* Every read takes the viewer and finds only what they may see; what is veiled or removed keeps
//! its place and loses its text, here and not in the pages. [`deliver`] writes down who was shown what before it is
//! shown.

mod around;
mod deliver;
mod draft;
mod erase;
mod held;
mod publish;
mod read;
mod reconcile;
mod redact;
mod rooms;
mod seal;
mod standing;
mod store;
mod submit;
mod tend;

pub use around::around;
pub use deliver::{Deliveries, Reached, WAYS, Way, on_screen, reached, seen_before, went_from_screens};
pub use draft::{Basis, Draft, Ground, Kind, PARTS, Start, clean};
pub use erase::{erase, show, veil};
pub use held::{
    Held, HeldRow, Returned, consent_note, give_back, held, held_text, own_consent_note, own_held, own_held_text,
    release, withdraw,
};
pub use publish::Placed;
pub use read::{
    Answer, Post, PostState, Revision, Text, Thread, ThreadRow, beside, every_text_of, left_of, newest,
    own_threads_with_news, own_to_revise, parts_for_search, post, post_for_live, posts, previous_texts, revisions,
    room_threads, texts_beside, thread, thread_for_moderator, title_for_search, unveiled_post,
};
pub use reconcile::{Reconciled, reconcile, remember_erasures};
pub use redact::{MARKER, redact};
pub use rooms::{Room, all_rooms, open_room, room, rooms};
pub use seal::Seal;
pub use standing::{Standing, note_rules, standing};
pub use store::count_held;
pub use submit::{Attached, Declined, submit_reply, submit_revision, submit_start};
pub use tend::{REVISE, REVISED, ask_to_revise, lock, move_thread, notice, room_names, standing_posts, unlock};
