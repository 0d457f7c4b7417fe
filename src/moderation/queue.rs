//! What waits for a moderator, one list, most urgent first; and the trail of what was done.

use super::flag::FLAGS;
use super::store::{self, Decision};
use crate::accounts::Moderator;
use crate::base::clock::{DAY, HOUR, MINUTE, Time};
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::discussion::{self, REVISED};
use crate::log::{Entry, follow};
use std::collections::HashMap;

/// What kind of thing waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// A post that was flagged, or changed on a moderator's word.
    Post,
    /// A text that is not published yet.
    Held,
    /// A measure that wants a second moderator.
    Proposal,
    /// An appeal against one.
    Appeal,
}

impl Waits {
    pub fn code(self) -> &'static str {
        match self {
            Waits::Post => "post",
            Waits::Held => "held",
            Waits::Proposal => "proposal",
            Waits::Appeal => "appeal",
        }
    }
}

/// One thing that waits.
#[derive(Debug, Clone)]
pub struct QueueRow {
    pub waits: Waits,
    /// The id under which it is opened: of the post, or of the decision.
    pub thing: String,
    pub post: PostId,
    pub thread: ThreadId,
    pub room: String,
    pub room_name: String,
    pub author: String,
    pub author_id: AccountId,
    /// The gravest open flag's code, or what else it is.
    pub reason: String,
    pub flags: i64,
    /// Since when it waits, and until when it should be decided.
    pub since: Time,
    pub due: Time,
    /// Hidden from everybody meanwhile.
    pub veiled: bool,
    /// Whose hand it is in.
    pub claimed: Option<Claimed>,
}

/// Who has something in hand.
#[derive(Debug, Clone)]
pub struct Claimed {
    pub name: String,
    pub is_own: bool,
}

/// What of the queue is asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A reason's code, or what waits: held, proposal, appeal.
    pub kind: String,
    /// A room's address.
    pub room: String,
    pub only_mine: bool,
    pub only_unclaimed: bool,
}

impl Filter {
    fn passes(&self, row: &QueueRow) -> bool {
        (self.kind.is_empty() || self.kind == row.reason)
            && (self.room.is_empty() || self.room == row.room)
            && (!self.only_mine || row.claimed.as_ref().is_some_and(|claimed| claimed.is_own))
            && (!self.only_unclaimed || row.claimed.is_none())
    }
}

/// Everything that waits and passes the filter: the gravest first, then the longest wait.
pub async fn queue(conn: &mut Conn, by: &Moderator, filter: &Filter, now: Time) -> Result<Vec<QueueRow>> {
    let mut rows: Vec<QueueRow> = Vec::new();
    let mut places: HashMap<PostId, usize> = HashMap::new();
    for open in store::open_flags(conn).await?.into_iter().chain(store::revised_posts(conn).await?) {
        if let Some(row) = places.get(&open.post_id).and_then(|at| rows.get_mut(*at)) {
            row.flags += 1;
            if grade(&open.reason) < grade(&row.reason) {
                row.reason = open.reason;
            }
            continue;
        }
        places.insert(open.post_id.clone(), rows.len());
        rows.push(QueueRow {
            waits: Waits::Post,
            thing: open.post_id.as_str().to_owned(),
            post: open.post_id,
            thread: open.thread_id,
            room: open.room,
            room_name: open.room_name,
            author: open.author,
            author_id: open.account_id,
            flags: i64::from(open.reason != REVISED),
            reason: open.reason,
            since: open.raised_at,
            due: now,
            veiled: open.veiled_at.is_some(),
            claimed: None,
        });
    }
    rows.extend(discussion::held(conn, by).await?.into_iter().map(|held| QueueRow {
        waits: Waits::Held,
        thing: held.post.as_str().to_owned(),
        post: held.post,
        thread: held.thread,
        room: held.room_slug,
        room_name: held.room_name,
        author: held.author_name,
        author_id: held.author,
        reason: "held".to_owned(),
        flags: 0,
        since: held.held_at,
        due: now,
        veiled: false,
        claimed: None,
    }));
    rows.extend(store::proposals(conn).await?.into_iter().map(|one| of_decision(Waits::Proposal, one.at, one)));
    for one in store::appeals(conn).await? {
        rows.push(of_decision(Waits::Appeal, one.appealed_at.unwrap_or(one.at), one));
    }
    let claims: HashMap<PostId, (AccountId, String)> =
        store::claims(conn, now).await?.into_iter().map(|(post, account, name)| (post, (account, name))).collect();
    for row in &mut rows {
        row.due = row.since.plus(target(&row.reason));
        if row.waits == Waits::Post
            && let Some((account, name)) = claims.get(&row.post)
        {
            row.claimed = Some(Claimed { name: name.clone(), is_own: account == by.id() });
        }
    }
    rows.retain(|row| filter.passes(row));
    rows.sort_by_key(|row| (grade(&row.reason), row.since));
    Ok(rows)
}

fn of_decision(waits: Waits, since: Time, one: Decision) -> QueueRow {
    QueueRow {
        waits,
        thing: one.id.as_str().to_owned(),
        post: one.post,
        thread: one.thread,
        room: one.room,
        room_name: one.room_name,
        author: one.author,
        author_id: one.account,
        reason: waits.code().to_owned(),
        flags: 0,
        since,
        due: since,
        veiled: false,
        claimed: None,
    }
}

/// How many things wait.
pub async fn count(conn: &mut Conn) -> Result<i64> {
    Ok(store::count_waiting(conn).await? + discussion::count_held(conn).await? + store::count_decisions(conn).await?)
}

/// How grave a reason is: 0 is the gravest. What the house itself puts here comes behind what a member thinks could
/// identify a patient.
fn grade(reason: &str) -> usize {
    match reason {
        "held" | "rescan" | "quote" | REVISED | "proposal" => 1,
        "language" => grade("unprofessional") + 1,
        "appeal" => grade("safety") + 1,
        _ => FLAGS.iter().position(|(code, _)| *code == reason).unwrap_or(FLAGS.len()) * 2,
    }
}

/// Within which time something is to be decided.
fn target(reason: &str) -> i64 {
    match reason {
        "confidentiality" | "quote" => 15 * MINUTE,
        "safety" => HOUR,
        "held" | "proposal" | "impersonation" | REVISED => 4 * HOUR,
        "rescan" | "unprofessional" | "language" | "accuracy" | "appeal" => DAY,
        _ => 3 * DAY,
    }
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
        // What moderators decide.
        "measure-proposed",
        "measure-declined",
        "measure-taken",
        "measure-undone",
        "appeal-sent",
        "appeal-heard",
        "breach-confirmed",
        "breach-decided",
        "exposure-seen",
        "exposure-taken",
        // Who is on duty, and drills.
        "duty-taken",
        "duty-left",
        "duty-gap",
        "case-passed-on",
        "drill-step",
    ];
    follow::newest(conn, &kinds, before, most).await
}
