//! The short lists of words by which rules decide whether to look closer.
//!
//! Each list is a bit of what is known about a word, so that a token is asked, and no list searched. The lists stand
//! with their rules.

use super::{context, fillers, frames, initialled, kinds, moments, occasions, quasi, rooms, shield, sites};

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

/// See [`moments::RANKED`].
pub const RANKED: u32 = 1 << 7;
/// See [`moments::FOLLOWS`].
pub const FOLLOWS: u32 = 1 << 8;
/// See [`moments::AHEAD`].
pub const AHEAD: u32 = 1 << 9;
/// See [`moments::SLOTS`].
pub const SLOT: u32 = 1 << 10;
/// See [`occasions::second_words`].
pub const SECOND: u32 = 1 << 11;
/// See [`fillers::all_words`].
pub const FILLER: u32 = 1 << 12;
/// See [`rooms::head_words`].
pub const SPACE: u32 = 1 << 13;
/// See [`rooms::UNITS`].
pub const UNIT: u32 = 1 << 14;

const LISTS: [(&str, u32); 12] = [
    (kinds::DAYS, DAY),
    (quasi::TELLING, TELLING),
    (context::ONE, ONE),
    (frames::NOBODY, NOBODY),
    (initialled::LOOK_ALIKES, LOOK_ALIKE),
    (sites::ROOMS, ROOM),
    (shield::JOINTS, JOINT),
    (moments::RANKED, RANKED),
    (moments::FOLLOWS, FOLLOWS),
    (moments::AHEAD, AHEAD),
    (moments::SLOTS, SLOT),
    (rooms::UNITS, UNIT),
];

/// All their words, each with its bit.
pub(super) fn listed() -> impl Iterator<Item = (String, u32)> {
    let each = |(words, bit): (&'static str, u32)| words.split_whitespace().map(move |word| (word.to_owned(), bit));
    LISTS
        .into_iter()
        .flat_map(each)
        .chain(occasions::second_words().map(|word| (word.to_owned(), SECOND)))
        .chain(fillers::all_words().into_iter().map(|word| (word, FILLER)))
        .chain(rooms::head_words().into_iter().map(|word| (word, SPACE)))
}
