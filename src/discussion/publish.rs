//! Publishing: a thread with its first post, a reply, or a new text of one's own post. There is one way, [`publish`], and
//! it takes what the gate passed.

use super::draft::{Basis, Ground, Kind};
use super::{held, store};
use crate::accounts::Moderator;
use crate::base::id::{AccountId, InterestId, PostId, RoomId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::base::text::{Html, render};
use crate::deid::Band;
use crate::deid::aside::Aside;
use crate::deid::gate::Checked;
use crate::disclosure::Statement;
use crate::log::{Event, Tx};

/// Where a post stands that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub thread: ThreadId,
    pub post: PostId,
    /// 0 while it is held.
    pub position: i64,
    pub revision: i64,
    /// Its place in the log; an open page that has read so far shows it.
    pub seq: i64,
    /// It waits for a moderator, and only its author and moderators see it.
    pub held: bool,
}

/// What is done to the discussion.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Start {
        room: RoomId,
        kind: Kind,
    },
    Reply {
        thread: ThreadId,
    },
    /// Of one's own post, in whose place the text is put; `seen` is the revision its author had before them.
    Change {
        post: PostId,
        seen: i64,
    },
}

impl Act {
    pub fn code(&self) -> &'static str {
        match self {
            Act::Start { .. } => "start",
            Act::Reply { .. } => "reply",
            Act::Change { .. } => "change",
        }
    }
}

/// By whose leave.
#[derive(Clone, Copy)]
pub(super) enum Leave<'a> {
    Author,
    /// A moderator looked and released it.
    Moderator(&'a Moderator),
}

/// Everything a post consists of, rendered and ready to be written.
pub(super) struct Ready<'a> {
    pub author: &'a AccountId,
    pub checked: &'a Checked,
    /// `none` or `some`, with the interests as they stand now.
    pub statement: &'static str,
    pub interests: Vec<(InterestId, String)>,
    pub basis: Basis,
    /// How and when consent was recorded.
    pub consent: Option<&'a Aside>,
    pub ground: Ground,
    /// The sender's own key.
    pub key: String,
    pub texts: Vec<(&'a str, &'a str, Html)>,
    pub source: String,
}

impl<'a> Ready<'a> {
    /// Renders the checked text; the title and the source stay plain.
    pub fn new(
        author: &'a AccountId,
        checked: &'a Checked,
        (basis, consent): (Basis, Option<&'a Aside>),
        (ground, key): (Ground, String),
    ) -> Ready<'a> {
        let mut source = String::new();
        let mut texts = Vec::new();
        for part in checked.parts() {
            match part.name.as_str() {
                "source" => source.clone_from(&part.text),
                "title" => texts.push(("title", part.text.as_str(), Html::default())),
                name => texts.push((name, part.text.as_str(), render(&part.text))),
            }
        }
        Ready { author, checked, statement: "none", interests: Vec::new(), basis, consent, ground, key, texts, source }
    }

    pub fn with_statement(mut self, statement: &Statement) -> Ready<'a> {
        self.statement = statement.code();
        if let Statement::Some(interests) = statement {
            self.interests = interests.iter().map(|one| (one.id.clone(), one.words())).collect();
        }
        self
    }

    /// What could identify goes out on documented consent alone, and only after a moderator has looked.
    pub fn must_be_held(&self) -> bool {
        self.checked.band() == Band::Red && self.basis == Basis::Consent
    }

    fn judge_leave(&self, leave: Leave<'_>) -> Result<()> {
        let may = match (self.checked.band(), self.basis, leave) {
            (Band::Red, Basis::Anonymised, _) | (Band::Red, Basis::Consent, Leave::Author) => false,
            // Nobody gives leave to themselves.
            (Band::Red, Basis::Consent, Leave::Moderator(by)) => self.consent.is_some() && by.id() != self.author,
            _ => true,
        };
        may.then_some(()).ok_or_else(|| Problem::fault("what could identify was to be published without leave"))
    }
}

/// Publishes. `ids` are those of a new thread and post; the post has its key already.
///
/// # Errors
/// [`Problem::NotFound`] for an unknown thread, for another's post or one that was removed; [`Problem::Conflict`] for a
/// post under review, or one that was changed meanwhile.
pub(super) async fn publish(
    tx: &mut Tx,
    act: &Act,
    ids: (ThreadId, PostId),
    ready: &Ready<'_>,
    leave: Leave<'_>,
) -> Result<Placed> {
    ready.judge_leave(leave)?;
    let (fresh_thread, fresh_post) = ids;
    let placed =
        |thread: ThreadId, post, position, revision| Placed { thread, post, position, revision, seq: 0, held: false };
    Ok(match act {
        Act::Start { room, kind } => {
            let basis = (*kind == Kind::Case).then_some(ready.basis);
            store::add_thread(tx, &fresh_thread, room, *kind, basis, ready.author).await?;
            store::add_post(tx, &fresh_thread, &fresh_post, 1, ready).await?;
            tx.record(Event::ThreadStarted {
                thread: fresh_thread.clone(),
                room: room.clone(),
                post: fresh_post.clone(),
            });
            placed(fresh_thread, fresh_post, 1, 1)
        }
        Act::Reply { thread } => {
            // The thread's own row hands out the place and is held until the commit: two writers cannot take one place.
            let Some(position) = store::next_position(tx, thread).await? else {
                let there = store::thread(tx.conn(), thread).await?.is_some();
                return Err(if there { locked() } else { Problem::NotFound });
            };
            store::add_post(tx, thread, &fresh_post, position, ready).await?;
            tx.record(Event::PostAdded { thread: thread.clone(), post: fresh_post.clone(), position });
            placed(thread.clone(), fresh_post, position, 1)
        }
        Act::Change { post, seen } => {
            let row = own_post(tx, ready.author, post, *seen).await?;
            if matches!(leave, Leave::Author) {
                held::drop_own(tx, ready.author, post).await?;
            }
            let revision = row.revision + 1;
            store::revise_post(tx, post, revision, ready).await?;
            if ready.basis == Basis::Consent && row.position == 1 {
                store::share_on_consent(tx, &row.thread_id).await?;
            }
            if row.veiled_for.as_deref() == Some(super::REVISE) {
                // It stays hidden until a moderator has looked at the new text; the one before is gone.
                store::note_revised(tx, post).await?;
                store::forget_revisions(tx, post, revision).await?;
            }
            tx.record(Event::PostRevised { thread: row.thread_id.clone(), post: post.clone(), revision });
            placed(row.thread_id, post.clone(), row.position, revision)
        }
    })
}

fn locked() -> Problem {
    Problem::conflict("locked", "A moderator has locked this thread. It can be read, but nobody can reply now.")
}

/// The author's own post as it stands, held until the commit, when its text may be changed now.
pub(super) async fn own_post(tx: &mut Tx, author: &AccountId, id: &PostId, seen: i64) -> Result<store::OwnPost> {
    let Some(row) = store::own_post(tx, author, id).await? else { return Err(Problem::NotFound) };
    if row.veiled_at.is_some() && row.veiled_for.as_deref() != Some(super::REVISE) {
        return Err(Problem::conflict("under-review", "This post is under review and cannot be changed now."));
    }
    if row.revision != seen {
        return Err(Problem::conflict(
            "moved-on",
            "This post was changed meanwhile. Your text is kept here; compare, then publish again.",
        ));
    }
    Ok(row)
}
