//! Who was shown what: written before it counts as delivered, at most one write for a person, a thread and its new
//! content, and one more for every ten minutes in which it is shown to them again.
//!
//! Every place that hands out words of a post passes here: a thread's page and its revisions ([`Way::Page`]), an open page
//! ([`Way::Live`]), the lists of threads, which show a case's title and question ([`Way::List`]), an excerpt of a search
//! ([`Way::Search`]), a program ([`Way::Api`]). No letter holds words of a post, there are no images, and nothing is
//! exported.

use super::{Post, store};
use crate::accounts::{Clinician, Moderator};
use crate::base::clock::{MINUTE, Time};
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::{Actor, Log};
use std::collections::{HashMap, HashSet};
use tokio::sync::{mpsc, oneshot};

/// Who is shown something again within this time is not written down again.
const AGAIN: i64 = 10 * MINUTE;

/// By which way a text reached a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Page,
    Live,
    /// A list of threads: the title and the question of what starts one.
    List,
    Search,
    Api,
}

/// Every way there is or may be, with the words shown.
pub const WAYS: [(&str, &str); 8] = [
    ("page", "page"),
    ("live", "live"),
    ("list", "title in a list"),
    ("search", "search excerpt"),
    ("api", "API"),
    ("mail", "mail"),
    ("image", "image"),
    ("export", "export"),
];

impl Way {
    pub fn code(self) -> &'static str {
        match self {
            Way::Page => "page",
            Way::Live => "live",
            Way::List => "list",
            Way::Search => "search",
            Way::Api => "api",
        }
    }

    /// The words for a code.
    pub fn words(code: &str) -> &'static str {
        WAYS.iter().find(|(known, _)| *known == code).map_or("another way", |(_, words)| words)
    }
}

/// One line of the record: a revision that is about to reach somebody.
#[derive(Debug, Clone)]
pub(super) struct Delivery {
    pub reader: AccountId,
    pub thread: ThreadId,
    pub post: PostId,
    pub revision: i64,
    pub way: Way,
}

/// Lines that wait to be written, and who waits for that.
struct Waiting {
    lines: Vec<Delivery>,
    written: oneshot::Sender<bool>,
}

/// Most readers whose lines are written at once.
const TOGETHER: usize = 256;

/// Keeps the record. What many readers are about to be shown at the same moment is written in one transaction; each of
/// them waits until it is there.
#[derive(Clone)]
pub struct Deliveries {
    log: Log,
    out: mpsc::Sender<Waiting>,
}

impl Deliveries {
    /// Ends by itself with the last copy of what it gives.
    pub fn new(log: Log) -> Deliveries {
        let (out, waiting) = mpsc::channel(TOGETHER);
        tokio::spawn(write_down(log.clone(), waiting));
        Deliveries { log, out }
    }

    /// Writes down that `viewer` is about to be shown these revisions.
    ///
    /// # Errors
    /// [`Problem::Busy`] when it could not be written: then it must not be shown.
    pub async fn deliver(&self, viewer: &Clinician, way: Way, shown: &[(ThreadId, PostId, i64)]) -> Result<()> {
        self.show(viewer.id(), way, shown).await
    }

    /// Writes down that `viewer` is about to be shown the titles of these threads.
    ///
    /// # Errors
    /// As [`Deliveries::deliver`].
    pub async fn deliver_titles(&self, viewer: &Clinician, threads: &[ThreadId]) -> Result<()> {
        if threads.is_empty() {
            return Ok(());
        }
        let shown = store::open_beginnings(&mut *self.log.reader().await?, viewer.id(), threads).await?;
        self.show(viewer.id(), Way::List, &shown).await
    }

    /// Writes down that a moderator is about to be shown posts beside the one they judge.
    ///
    /// # Errors
    /// As [`Deliveries::deliver`].
    pub async fn deliver_to_moderator(&self, by: &Moderator, shown: &[Post]) -> Result<()> {
        let open = shown.iter().filter(|post| post.is_open() && !post.is_by(by.id()));
        let shown: Vec<_> = open.map(|post| (post.thread.clone(), post.id.clone(), post.revision)).collect();
        self.show(by.id(), Way::Page, &shown).await
    }

    /// Writes down that one new revision is about to reach all these readers' open pages.
    ///
    /// # Errors
    /// As [`Deliveries::deliver`].
    pub async fn deliver_live(
        &self,
        readers: &[AccountId],
        thread: &ThreadId,
        post: &PostId,
        revision: i64,
    ) -> Result<()> {
        let line = |reader: &AccountId| Delivery {
            reader: reader.clone(),
            thread: thread.clone(),
            post: post.clone(),
            revision,
            way: Way::Live,
        };
        self.write(readers.iter().map(line).collect()).await
    }

    async fn show(&self, reader: &AccountId, way: Way, shown: &[(ThreadId, PostId, i64)]) -> Result<()> {
        if shown.is_empty() {
            return Ok(());
        }
        let mut threads: Vec<&ThreadId> = shown.iter().map(|(thread, ..)| thread).collect();
        threads.sort();
        threads.dedup();
        let known: HashMap<(PostId, i64), Time> =
            store::delivered(&mut *self.log.reader().await?, reader, &threads, way.code())
                .await?
                .into_iter()
                .map(|(post, revision, last)| ((post, revision), last))
                .collect();
        let since = self.log.clock().now().plus(-AGAIN);
        let news = shown
            .iter()
            .filter(|(_, post, revision)| known.get(&(post.clone(), *revision)).is_none_or(|last| *last <= since));
        let line = |(thread, post, revision): &(ThreadId, PostId, i64)| Delivery {
            reader: reader.clone(),
            thread: thread.clone(),
            post: post.clone(),
            revision: *revision,
            way,
        };
        self.write(news.map(line).collect()).await
    }

    async fn write(&self, lines: Vec<Delivery>) -> Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let (written, heard) = oneshot::channel();
        let sent = self.out.send(Waiting { lines, written }).await;
        match (sent, heard.await) {
            (Ok(()), Ok(true)) => Ok(()),
            _ => Err(Problem::Busy),
        }
    }
}

async fn write_down(log: Log, mut waiting: mpsc::Receiver<Waiting>) {
    let mut some = Vec::new();
    while waiting.recv_many(&mut some, TOGETHER).await > 0 {
        let lines: Vec<Delivery> = some.iter_mut().flat_map(|one| std::mem::take(&mut one.lines)).collect();
        let done = add(&log, lines).await;
        if let Err(problem) = &done {
            tracing::warn!(%problem, "who is shown what could not be written down, so it is not shown");
        }
        for one in some.drain(..) {
            // Who has gone away meanwhile is shown nothing.
            let _ = one.written.send(done.is_ok());
        }
    }
}

async fn add(log: &Log, mut lines: Vec<Delivery>) -> Result<()> {
    // One statement may not touch a row twice.
    let key = |line: &Delivery| (line.post.clone(), line.revision, line.reader.clone(), line.way.code());
    lines.sort_by_cached_key(key);
    lines.dedup_by_key(|line| key(line));
    let mut tx = log.write(Actor::House).await?;
    store::add_deliveries(&mut tx, &lines).await?;
    tx.commit_quietly("who was shown what").await
}

/// The posts of a thread that this reader was shown before, in whatever revision.
pub async fn seen_before(conn: &mut Conn, viewer: &Clinician, thread: &ThreadId) -> Result<HashSet<PostId>> {
    store::seen_before(conn, viewer.id(), thread).await
}

/// Writes down on whose open pages a post stood when it went. Who was never shown it had it on no screen; and of two
/// events that take it away, only the first found it there.
/// `went`: the number and the time of the event.
pub async fn went_from_screens(log: &Log, post: &PostId, watching: &[AccountId], went: (i64, Time)) -> Result<()> {
    if watching.is_empty() {
        return Ok(());
    }
    let mut tx = log.write(Actor::House).await?;
    store::add_on_screen(&mut tx, post, watching, went).await?;
    tx.commit_quietly("who had it on screen").await
}

/// One person whom a post reached, by one way.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Reached {
    pub account_id: AccountId,
    pub name: String,
    pub way: String,
    pub revision: i64,
    /// For the first time.
    pub at: Time,
    /// For the last time, to within ten minutes.
    pub last_at: Time,
}

/// Everybody who was shown a post, first sight first. Outlives the text.
pub async fn reached(conn: &mut Conn, post: &PostId) -> Result<Vec<Reached>> {
    store::reached(conn, post).await
}

/// Who had it on screen when it went, and when that was.
pub async fn on_screen(conn: &mut Conn, post: &PostId) -> Result<Vec<(AccountId, Time)>> {
    store::on_screen(conn, post).await
}
