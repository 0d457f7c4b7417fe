//! Who watches what, and the follower that serves them.

mod seats;

pub(super) use seats::Seat;

use super::draft::Examine;
use super::message::ToPage;
use super::stir::stirs_queue;
use crate::accounts::Clinician;
use crate::base::clock::{SECOND, Time};
use crate::base::id::{AccountId, PostId, SessionId, ThreadId};
use crate::base::problem::Result;
use crate::discussion::{self, Deliveries, Post, Way};
use crate::log::{Entry, Event, Log, follow};
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::sync::{mpsc, watch};

/// Messages that may wait for one page; beyond that it lags, is closed, and comes back by its last `seq`.
const QUEUE: usize = 256;
/// Missed events that are still sent; beyond that the page reloads.
const MOST_MISSED: i64 = 2_000;
/// How long "is writing" lasts without a new sign.
const WRITING: i64 = 5 * SECOND;

/// Turns a post into the HTML of its place on a page; the flag says whether it is the reader's own.
pub type Render = Arc<dyn Fn(&Post, bool) -> String + Send + Sync>;

/// What a socket is handed.
pub(super) enum Handed {
    /// A message in the log's order.
    Post { seq: i64, text: Arc<str> },
    /// A message without a place in it.
    Aside(Arc<str>),
    /// The line must end.
    Bye(&'static str),
}

struct Watcher {
    id: u64,
    /// The line it sits at; for a moment a line has two seats.
    line: u64,
    account: AccountId,
    name: String,
    session: SessionId,
    out: mpsc::Sender<Handed>,
    writing_until: Time,
}

/// The hub of one node.
#[derive(Clone)]
pub struct Hub {
    deliveries: Deliveries,
    log: Log,
    render: Render,
    examine: Examine,
    next: Arc<AtomicU64>,
    /// Those who watch a thread, and under `None` those who only write.
    threads: Arc<Mutex<HashMap<Option<ThreadId>, Vec<Watcher>>>>,
    /// Threads whose presence has changed and was not told yet.
    stirred: Arc<Mutex<BTreeSet<ThreadId>>>,
    /// The newest event that was handed to every open page it concerns.
    served: Arc<AtomicI64>,
    /// The newest event that changed what waits for moderators.
    queue: watch::Sender<i64>,
}

impl Hub {
    pub fn new(deliveries: Deliveries, log: Log, render: Render, examine: Examine) -> Hub {
        Hub {
            deliveries,
            log,
            render,
            examine,
            next: Arc::default(),
            threads: Arc::default(),
            stirred: Arc::default(),
            served: Arc::default(),
            queue: watch::Sender::new(0),
        }
    }

    /// Hears of every change of what waits for moderators.
    pub(super) fn watch_queue(&self) -> watch::Receiver<i64> {
        self.queue.subscribe()
    }

    /// Something in the queue changed that is no event: somebody took it in hand.
    pub fn stir_queue(&self) {
        self.queue.send_modify(|_| {});
    }

    pub(super) fn log(&self) -> &Log {
        &self.log
    }

    pub(super) fn examine(&self) -> Examine {
        Arc::clone(&self.examine)
    }

    /// The newest event that was handed to every open page of this node; pages that could not take it were closed.
    pub fn served(&self) -> i64 {
        self.served.load(Ordering::SeqCst)
    }

    fn threads(&self) -> MutexGuard<'_, HashMap<Option<ThreadId>, Vec<Watcher>>> {
        self.threads.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn stir(&self, thread: Option<&ThreadId>) {
        let mut stirred = self.stirred.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        stirred.extend(thread.cloned());
    }

    /// What a page missed behind `since`: each post once, as it stands now, in the order of its last change. `None` when
    /// it is too much and the page should load anew.
    pub(super) async fn missed(
        &self,
        who: &Clinician,
        thread: &ThreadId,
        since: i64,
    ) -> Result<Option<(Vec<(i64, String)>, i64)>> {
        let mut conn = self.log.reader().await?;
        let entries = follow::of_thread(&mut conn, thread.as_str(), since, MOST_MISSED).await?;
        if entries.len() as i64 == MOST_MISSED {
            return Ok(None);
        }
        let head = entries.last().map_or(since, |entry| entry.seq);
        let mut latest: HashMap<PostId, (i64, &'static str)> = HashMap::new();
        for entry in &entries {
            if let Some((post, act)) = concerns(&entry.event) {
                let added = latest.get(post).is_some_and(|(_, before)| *before == "added");
                latest.insert(post.clone(), (entry.seq, if added { "added" } else { act }));
            }
        }
        let mut order: Vec<(i64, PostId, &'static str)> =
            latest.into_iter().map(|(post, (seq, act))| (seq, post, act)).collect();
        order.sort();
        let mut shown = Vec::new();
        let mut texts = Vec::new();
        for (seq, id, act) in order {
            let Some(post) = discussion::post(&mut conn, who, &id).await? else { continue };
            if post.is_open() {
                shown.push((thread.clone(), id.clone(), post.revision));
            }
            let html = (self.render)(&post, post.is_by(who.id()));
            texts.push((seq, ToPage::Post { seq, post: &id, position: post.position, act, html: &html }.text()));
        }
        drop(conn);
        self.deliveries.deliver(who, Way::Live, &shown).await?;
        Ok(Some((texts, head)))
    }

    /// Follows the log from its head on, until the task is dropped.
    ///
    /// # Errors
    /// Only when the log cannot be read at all at the start; later faults are logged and tried again.
    pub async fn follow(self) -> Result<()> {
        let head = self.log.head().await?;
        self.served.store(head, Ordering::SeqCst);
        let mut entries = self.log.entries(head);
        let mut tick = tokio::time::interval(std::time::Duration::from_millis(700));
        loop {
            tokio::select! {
                batch = entries.next() => match batch {
                    Ok(batch) => {
                        if let Err(problem) = self.serve(&batch).await {
                            // Nothing may be skipped silently: every page comes back and reads what it missed.
                            tracing::error!(%problem, "the hub could not serve a batch; all pages are asked to come back");
                            self.close_all("lagging");
                        }
                        self.served.store(entries.after(), Ordering::SeqCst);
                    }
                    Err(problem) => {
                        tracing::warn!(%problem, "the hub cannot read the log; it tries again");
                        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
                    }
                },
                _ = tick.tick() => self.tell_presence(),
            }
        }
    }

    async fn serve(&self, batch: &[Entry]) -> Result<()> {
        for entry in batch {
            if stirs_queue(&entry.event) {
                self.queue.send_replace(entry.seq);
            }
            match &entry.event {
                Event::SessionEnded { session, .. } => self.close(|watcher| watcher.session == *session),
                Event::AccountSuspended { account, .. } => self.close(|watcher| watcher.account == *account),
                event => {
                    if let (Some(thread), Some((post, act))) = (event.thread(), concerns(event)) {
                        if matches!(act, "veiled" | "removed") {
                            self.tell_gone(entry.seq, thread, post);
                        }
                        self.fan_out((entry.seq, entry.at), thread, post, act).await?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Tells the pages apart (lists, search) that a post went.
    fn tell_gone(&self, seq: i64, thread: &ThreadId, post: &PostId) {
        let text: Arc<str> = ToPage::Gone { seq, post, thread }.text().into();
        for watcher in self.threads().get(&None).into_iter().flatten() {
            let _ = watcher.out.try_send(Handed::Aside(Arc::clone(&text)));
        }
    }

    async fn fan_out(&self, (seq, at): (i64, Time), thread: &ThreadId, id: &PostId, act: &'static str) -> Result<()> {
        let readers: Vec<(u64, AccountId, mpsc::Sender<Handed>)> = self
            .threads()
            .get(&Some(thread.clone()))
            .map(|all| all.iter().map(|w| (w.id, w.account.clone(), w.out.clone())).collect())
            .unwrap_or_default();
        if readers.is_empty() {
            return Ok(());
        }
        let Some(post) = discussion::post_for_live(&mut *self.log.reader().await?, id).await? else { return Ok(()) };
        let others: Vec<AccountId> = {
            let distinct: BTreeSet<AccountId> = readers.iter().map(|(_, account, _)| account.clone()).collect();
            distinct.into_iter().filter(|account| !post.is_by(account)).collect()
        };
        if post.is_open() {
            self.deliveries.deliver_live(&others, thread, id, post.revision).await?;
        }
        let text = |mine: bool| -> Arc<str> {
            let html = (self.render)(&post, mine);
            ToPage::Post { seq, post: id, position: post.position, act, html: &html }.text().into()
        };
        let for_others = text(false);
        let mut for_author: Option<Arc<str>> = None;
        let mut lagging = Vec::new();
        for (watcher, account, out) in readers {
            let text = if post.is_by(&account) {
                Arc::clone(for_author.get_or_insert_with(|| text(true)))
            } else {
                Arc::clone(&for_others)
            };
            if out.try_send(Handed::Post { seq, text }).is_err() {
                lagging.push(watcher);
            }
        }
        if !lagging.is_empty() {
            // Dropping the sender ends the receiver: the socket says "lagging" and closes.
            self.forget(|watcher| lagging.contains(&watcher.id));
        }
        // First it goes, then it is written down on whose screens it was.
        if matches!(act, "veiled" | "removed") {
            discussion::went_from_screens(&self.log, id, &others, (seq, at)).await?;
        }
        Ok(())
    }

    fn close(&self, whose: impl Fn(&Watcher) -> bool) {
        for watcher in self.threads().values().flatten().filter(|watcher| whose(watcher)) {
            let _ = watcher.out.try_send(Handed::Bye("signed-out"));
        }
        self.forget(whose);
    }

    fn close_all(&self, reason: &'static str) {
        for watcher in self.threads().values().flatten() {
            let _ = watcher.out.try_send(Handed::Bye(reason));
        }
        self.forget(|_| true);
    }

    fn forget(&self, whose: impl Fn(&Watcher) -> bool) {
        self.threads().retain(|_, watchers| {
            watchers.retain(|watcher| !whose(watcher));
            !watchers.is_empty()
        });
    }

    /// Tells the pages of stirred threads who is here.
    fn tell_presence(&self) {
        let now = self.log.clock().now();
        let mut again = Vec::new();
        let stirred: Vec<ThreadId> = {
            let mut stirred = self.stirred.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            std::mem::take(&mut *stirred).into_iter().collect()
        };
        let threads = self.threads();
        for thread in stirred {
            let Some(watchers) = threads.get(&Some(thread.clone())) else { continue };
            let reading = watchers.iter().map(|watcher| &watcher.account).collect::<BTreeSet<_>>().len();
            let writers: BTreeSet<(&AccountId, &String)> = watchers
                .iter()
                .filter(|watcher| watcher.writing_until > now)
                .map(|watcher| (&watcher.account, &watcher.name))
                .collect();
            if !writers.is_empty() {
                again.push(thread.clone());
            }
            for watcher in watchers {
                let writing: Vec<String> = writers
                    .iter()
                    .filter(|(account, _)| **account != watcher.account)
                    .map(|(_, name)| (*name).clone())
                    .collect();
                let text: Arc<str> = ToPage::Presence { reading, writing: &writing }.text().into();
                let _ = watcher.out.try_send(Handed::Aside(text));
            }
        }
        drop(threads);
        for thread in again {
            self.stir(Some(&thread));
        }
    }
}

/// The post whose place on the page an event changes, and the act's name on the line.
fn concerns(event: &Event) -> Option<(&PostId, &'static str)> {
    match event {
        Event::PostAdded { post, .. } => Some((post, "added")),
        Event::PostRevised { post, .. } => Some((post, "changed")),
        Event::PostVeiled { post, .. } => Some((post, "veiled")),
        Event::PostShown { post, .. } => Some((post, "shown")),
        Event::PostRemoved { post, .. } => Some((post, "removed")),
        Event::PostNoticed { post, .. } => Some((post, "changed")),
        _ => None,
    }
}
