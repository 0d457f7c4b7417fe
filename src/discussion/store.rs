//! The rows of the discussion, by table.

mod deliveries;
mod held;
mod keys;
mod posts;
mod standing;
mod tended;
mod texts;
mod threads;
mod unsealed;

pub use deliveries::*;
pub use held::*;
pub use keys::*;
pub use posts::*;
pub use standing::*;
pub use tended::{
    forget_revisions, hold_post, interest_ids, move_thread, note_revised, room_names, set_locked, set_notice,
    standing_posts, veil_to_revise,
};
pub use texts::*;
pub use threads::*;
pub use unsealed::*;
