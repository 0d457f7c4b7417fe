//! Who is awake: the moderators' rota by hour of the week, whom a case goes to while nobody opens it, and drills.
//!
//! The [`rota`] is the moderators' own and in UTC; while it is empty, everything is as if it were not there. A letter tells
//! the administrators a day before an hour in which nobody is on duty. A confidentiality flag calls whoever is on duty at
//! once, and by and by everybody else ([`keep`](mod@keep)). A [`drill`] measures how long all that takes.

mod drill;
mod keep;
mod rota;
mod store;

pub use drill::{Drill, Sight, answer, begin, drills, end, find, open, open_drills, remove};
pub use keep::{OTHERS, STEPS, keep, tick};
pub use rota::{DAYS, Rota, Stretch, WEEK, hour_of, leave, others, rota, take, whom};
