//! What is said over the line.

use super::draft::Change;
use crate::base::id::{PostId, ThreadId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// From a page. Never shown by `Debug`: it may hold what somebody is writing.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum FromPage {
    /// Watch this thread; everything behind `since` was seen.
    Watch { thread: ThreadId, since: i64 },
    /// Watch what waits for moderators.
    WatchQueue {},
    /// The reader is writing a reply.
    Typing {},
    /// What was written changed; it is checked, and kept no longer than that takes.
    Draft(Change),
    /// The form was left or published: the draft is forgotten.
    DraftEnd {},
}

/// To a page.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ToPage<'a> {
    /// All that was missed has been sent; the log stands at `seq`.
    Ready { seq: i64 },
    /// How a post stands now. `act` is what happened: added, changed, veiled, removed, shown.
    Post { seq: i64, post: &'a PostId, position: i64, act: &'static str, html: &'a str },
    /// What waits for moderators has changed; the page asks for it anew.
    Queue { seq: i64 },
    /// A post went; for pages that show words of posts and watch no thread.
    Gone { seq: i64, post: &'a PostId, thread: &'a ThreadId },
    /// Who is here: how many read, and the names of those who write.
    Presence { reading: usize, writing: &'a [String] },
    /// What the check found in the draft of this revision.
    Draft { revision: u64, answer: &'a Value },
    /// The draft does not fit what the page sent: the whole is wanted.
    DraftWhole { revision: u64 },
    /// The draft is too large for the line; it is checked by request.
    DraftTooLarge { revision: u64 },
    /// The line is closed, and why: signed-out, lagging, closing.
    Bye { reason: &'static str },
}

impl ToPage<'_> {
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
