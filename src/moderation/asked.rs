//! What a moderator asks for with a measure, read and judged.

use super::measure::{Measure, REASONS, Takes};
use crate::base::clock::{DAY, Time};
use crate::base::id::RoomId;
use crate::base::problem::{Fault, Problem, Result};
use crate::deid::aside::{self, Aside, Setting};

/// Longest private note and longest notice, in code points.
const LONGEST: usize = 500;
/// The longest restriction, in days.
const LONGEST_RESTRICTION: i64 = 366;

/// What a moderator asks for; what the measure does not take is ignored.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub reason: String,
    /// For moderators alone.
    pub note: String,
    /// The words to take out, or the notice.
    pub words: String,
    /// A room's id.
    pub room: String,
    /// The last day of a restriction.
    pub until: Option<Time>,
}

/// What a measure needs besides its post, read and judged.
pub(super) struct Told {
    pub reason: String,
    pub note: Option<Aside>,
    pub words: String,
    pub notice: Option<Aside>,
    pub room: Option<RoomId>,
    pub until: Option<Time>,
}

/// Reads what the measure takes; says everything that is wrong at once.
pub(super) fn read(measure: &Measure, asked: &Asked, now: Time) -> Result<Told> {
    let mut faults = Vec::new();
    let known = REASONS.iter().any(|(code, ..)| *code == asked.reason);
    if !known && measure.code != "dismiss" {
        faults.push(Fault::new("reason", "unknown", "Choose under which rule."));
    }
    let note = passed("note", &asked.note, &mut faults);
    let words = asked.words.trim().replace("\r\n", "\n");
    let mut notice = None;
    match measure.takes {
        Takes::Nothing => {}
        Takes::Span if words.chars().count() < 2 => {
            faults.push(Fault::new("words", "missing", "Copy the words to take out, at least two letters."));
        }
        Takes::Span => {}
        Takes::Notice if words.is_empty() => {
            faults.push(Fault::new("words", "missing", "Write what readers should know."));
        }
        Takes::Notice => notice = passed("words", &words, &mut faults),
        Takes::Room if RoomId::parse(&asked.room).is_none() => {
            faults.push(Fault::new("room", "unknown", "Choose a room."));
        }
        Takes::Room => {}
        Takes::Until => {
            let most = now.plus(LONGEST_RESTRICTION * DAY);
            if asked.until.is_none_or(|until| until <= now || until > most) {
                faults.push(Fault::new("until", "out-of-bounds", "Choose a day ahead, within a year."));
            }
        }
    }
    if !faults.is_empty() {
        return Err(Problem::Refused(faults));
    }
    let takes_words = matches!(measure.takes, Takes::Span | Takes::Notice);
    Ok(Told {
        reason: if known { asked.reason.clone() } else { String::new() },
        note,
        words: if takes_words { words } else { String::new() },
        notice,
        room: RoomId::parse(&asked.room).filter(|_| measure.takes == Takes::Room),
        until: asked.until.filter(|_| measure.takes == Takes::Until),
    })
}

fn passed(field: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Aside> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if text.chars().count() > LONGEST {
        faults.push(Fault::new(field, "too-long", format!("Use at most {LONGEST} characters.")));
        return None;
    }
    aside::pass(Setting::Note, field, text).map_err(|fault| faults.push(fault)).ok()
}
