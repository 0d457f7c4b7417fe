//! What waits for a moderator, most urgent first, and the trail of what was done.

use super::{FLAGS, store};
use crate::accounts::Moderator;
use crate::base::clock::Time;
use crate::base::id::{PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::discussion;
use crate::log::{Entry, follow};

/// One post with open flags.
#[derive(Debug, Clone)]
pub struct QueueRow {
    pub post: PostId,
    pub thread: ThreadId,
    pub room_name: String,
    pub author: String,
    /// The gravest open flag's code.
    pub reason: String,
    pub flags: i64,
    /// Since when it waits.
    pub since: Time,
    /// Hidden from everybody meanwhile.
    pub veiled: bool,
    /// Not published yet.
    pub held: bool,
}

/// Everything that waits: the gravest reason first, then the longest wait.
pub async fn queue(conn: &mut Conn, by: &Moderator) -> Result<Vec<QueueRow>> {
    let mut rows: Vec<QueueRow> = Vec::new();
    for open in store::open_flags(conn).await? {
        match rows.iter_mut().find(|row| row.post == open.post_id) {
            Some(row) => {
                row.flags += 1;
                if grade(&open.reason) < grade(&row.reason) {
                    row.reason = open.reason;
                }
            }
            None => rows.push(QueueRow {
                post: open.post_id,
                thread: open.thread_id,
                room_name: open.room_name,
                author: open.author,
                reason: open.reason,
                flags: 1,
                since: open.raised_at,
                veiled: open.veiled_at.is_some(),
                held: false,
            }),
        }
    }
    rows.extend(discussion::held(conn, by).await?.into_iter().map(|held| QueueRow {
        post: held.post,
        thread: held.thread,
        room_name: held.room_name,
        author: held.author_name,
        reason: "held".to_owned(),
        flags: 0,
        since: held.held_at,
        veiled: false,
        held: true,
    }));
    rows.sort_by_key(|row| (grade(&row.reason), row.since));
    Ok(rows)
}

/// How many posts wait.
pub async fn count(conn: &mut Conn) -> Result<i64> {
    Ok(store::count_waiting(conn).await? + discussion::count_held(conn).await?)
}

/// How grave a reason is: 0 is the gravest. What the house itself puts here comes behind what a member thinks could
/// identify a patient.
fn grade(reason: &str) -> usize {
    if matches!(reason, "held" | "rescan" | "quote") {
        return 1;
    }
    FLAGS.iter().position(|(code, _)| *code == reason).unwrap_or(FLAGS.len()) * 2
}

/// What moderators did and looked at, newest first.
pub async fn trail(conn: &mut Conn, _by: &Moderator, before: i64, most: i64) -> Result<Vec<Entry>> {
    let kinds = [
        "post-flagged",
        "post-veiled",
        "post-shown",
        "post-removed",
        "post-opened",
        "flags-settled",
        "removal-proved",
        "post-held",
        "post-released",
        "post-returned",
        "post-withdrawn",
        "rescan-done",
        "breach-confirmed",
        "breach-decided",
        "exposure-seen",
        "exposure-taken",
    ];
    follow::newest(conn, &kinds, before, most).await
}
