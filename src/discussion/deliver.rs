//! Who was shown what: written before it counts as delivered, at most one write for a person, a thread and its new
//! content, and one more for every ten minutes in which it is shown to them again.
//!
//! Every place that hands out words of a post passes here: a thread's page and its revisions ([`Way::Page`]), an open page
//! ([`Way::Live`]), the lists of threads, which show a case's title and question ([`Way::List`]), an excerpt of a search
//! ([`Way::Search`]), a program ([`Way::Api`]). No letter holds words of a post, there are no images, and nothing is
//! exported.

use super::store;
use crate::accounts::Clinician;
use crate::base::clock::{MINUTE, Time};
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::{Actor, Log};
use std::collections::{HashMap, HashSet};

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

/// Writes down that `viewer` is about to be shown these revisions.
pub async fn deliver(log: &Log, viewer: &Clinician, way: Way, shown: &[(ThreadId, PostId, i64)]) -> Result<()> {
    if shown.is_empty() {
        return Ok(());
    }
    let mut threads: Vec<&ThreadId> = shown.iter().map(|(thread, ..)| thread).collect();
    threads.sort();
    threads.dedup();
    let known: HashMap<(PostId, i64), Time> =
        store::delivered(&mut *log.reader().await?, viewer.id(), &threads, way.code())
            .await?
            .into_iter()
            .map(|(post, revision, last)| ((post, revision), last))
            .collect();
    let since = log.clock().now().plus(-AGAIN);
    let news: Vec<_> = shown
        .iter()
        .filter(|(_, post, revision)| known.get(&(post.clone(), *revision)).is_none_or(|last| *last <= since))
        .collect();
    if news.is_empty() {
        return Ok(());
    }
    let mut tx = log.write(Actor::House).await?;
    for (thread, post, revision) in news {
        store::add_delivery(&mut tx, viewer.id(), thread, post, *revision, way.code()).await?;
    }
    tx.commit_quietly("who was shown what").await
}

/// Writes down that `viewer` is about to be shown the titles of these threads.
pub async fn deliver_titles(log: &Log, viewer: &Clinician, threads: &[ThreadId]) -> Result<()> {
    if threads.is_empty() {
        return Ok(());
    }
    let shown = store::open_beginnings(&mut *log.reader().await?, viewer.id(), threads).await?;
    deliver(log, viewer, Way::List, &shown).await
}

/// The posts of a thread that this reader was shown before, in whatever revision.
pub async fn seen_before(conn: &mut Conn, viewer: &Clinician, thread: &ThreadId) -> Result<HashSet<PostId>> {
    store::seen_before(conn, viewer.id(), thread).await
}

/// Writes down that one new revision is about to reach all these readers' open pages.
pub async fn deliver_live(
    log: &Log,
    readers: &[AccountId],
    thread: &ThreadId,
    post: &PostId,
    revision: i64,
) -> Result<()> {
    if readers.is_empty() {
        return Ok(());
    }
    let mut tx = log.write(Actor::House).await?;
    for reader in readers {
        store::add_delivery(&mut tx, reader, thread, post, revision, Way::Live.code()).await?;
    }
    tx.commit_quietly("who was shown what, live").await
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
