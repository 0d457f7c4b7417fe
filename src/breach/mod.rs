//! After a breach: everybody who was shown the text is known, told, and asked; the law's clocks run; and what is to be
//! handed to an authority lies ready and goes nowhere by itself.
//!
//! A removal for confidentiality is a breach. The room follows the log ([`keep`](mod@keep)): on reading
//! [`PostRemoved`](crate::log::Event::PostRemoved) it opens the record and a notice for every reader ([`told`]). The
//! data-protection officer ([`Privacy`](crate::accounts::Privacy)) reads the [`Exposure`] on a page, as CSV ([`sheet`]) or
//! PDF ([`printed`] on [`paper`]), each look and each download being an event itself; sees the [`clock`]s; and decides, with
//! a reason that passes the gate. The [`record`] is a filled draft of what a notification says. The [`package`] is sealed
//! to a recipient whom the operator names.
//!
//! What members may know of all this is the [`ledger`]: counts by kind and month, told anew from the hash chain.

mod clock;
mod keep;
mod ledger;
mod package;
mod paper;
mod printed;
mod record;
mod report;
mod sheet;
mod store;
mod told;

pub use clock::{Alarm, Clock, From, Running, Settings};
pub use keep::{keep, tick};
pub use ledger::{Ledger, Month, Told, find_head, median};
pub use package::{RECEIVERS, Sender, package, recipient};
pub use printed::{exposure_pdf, record_pdf};
pub use record::{DECISIONS, Section, decide, draft};
pub use report::{BreachRow, Exposure, Reader, Sight, breaches, category_words, count_undecided, exposure, open, take};
pub use sheet::csv;
pub use told::{ANSWERS, Answered, Notice, answer, count_open, notices, readers_told, reminded, silent};
