//! The short lists of words by which rules decide whether to look closer.
//!
//! Each list is a bit of what is known about a word, so that a token is asked, and no list searched. The lists stand
//! with their rules.

use super::{context, frames, initialled, kinds, quasi, shield, sites};

/// See [`kinds::DAYS`].
pub const DAY: u32 = 1;
/// See [`quasi::TELLING`].
pub const TELLING: u32 = 1 << 1;
/// See [`context::ONE`].
pub const ONE: u32 = 1 << 2;
/// See [`frames::NOBODY`].
pub const NOBODY: u32 = 1 << 3;
/// See [`initialled::LOOK_ALIKES`].
pub const LOOK_ALIKE: u32 = 1 << 4;
/// See [`sites::ROOMS`].
pub const ROOM: u32 = 1 << 5;
/// See [`shield::JOINTS`].
pub const JOINT: u32 = 1 << 6;

const LISTS: [(&[&str], u32); 7] = [
    (kinds::DAYS, DAY),
    (quasi::TELLING, TELLING),
    (context::ONE, ONE),
    (frames::NOBODY, NOBODY),
    (initialled::LOOK_ALIKES, LOOK_ALIKE),
    (sites::ROOMS, ROOM),
    (shield::JOINTS, JOINT),
];

/// All their words, each with its bit.
pub(super) fn listed() -> impl Iterator<Item = (&'static str, u32)> {
    LISTS.into_iter().flat_map(|(words, bit)| words.iter().map(move |word| (*word, bit)))
}
