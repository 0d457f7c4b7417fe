//! The seats at a hub: who sits at which thread, and who is counted.

use super::{Handed, Hub, QUEUE, WRITING, Watcher};
use crate::accounts::Clinician;
use crate::base::clock::Time;
use crate::base::id::{AccountId, SessionId, ThreadId};
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc;

/// A place at a thread, or apart from all; given up when dropped.
pub(in crate::live) struct Seat {
    hub: Hub,
    thread: Option<ThreadId>,
    id: u64,
}

impl Seat {
    /// The thread it is at.
    pub(in crate::live) fn thread(&self) -> Option<ThreadId> {
        self.thread.clone()
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut threads = self.hub.threads();
        if let Some(watchers) = threads.get_mut(&self.thread) {
            watchers.retain(|watcher| watcher.id != self.id);
            if watchers.is_empty() {
                threads.remove(&self.thread);
            }
        }
        drop(threads);
        self.hub.stir(self.thread.as_ref());
    }
}

impl Hub {
    /// How many lines are open.
    pub fn count(&self) -> usize {
        self.threads().values().flatten().map(|watcher| watcher.line).collect::<BTreeSet<_>>().len()
    }

    /// How many lines one person has open on this node.
    pub fn lines_of(&self, account: &AccountId) -> usize {
        let threads = self.threads();
        let own = threads.values().flatten().filter(|watcher| watcher.account == *account);
        own.map(|watcher| watcher.line).collect::<BTreeSet<_>>().len()
    }

    /// How many people have a thread open on this node.
    pub fn watching(&self, thread: &ThreadId) -> usize {
        let threads = self.threads();
        threads
            .get(&Some(thread.clone()))
            .map_or(0, |all| all.iter().map(|watcher| &watcher.account).collect::<BTreeSet<_>>().len())
    }

    /// A number for a new line.
    pub(in crate::live) fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Takes a seat at a thread, or apart. What is committed from now on is handed over; what came before, [`Hub::missed`] reads.
    pub(in crate::live) fn sit(
        &self,
        line: u64,
        thread: Option<&ThreadId>,
        who: &Clinician,
        session: &SessionId,
    ) -> (Seat, mpsc::Receiver<Handed>) {
        let (out, handed) = mpsc::channel(QUEUE);
        let id = self.number();
        let watcher = Watcher {
            id,
            line,
            account: who.id().clone(),
            name: who.member().account().name.clone(),
            session: session.clone(),
            out,
            writing_until: Time(0),
        };
        self.threads().entry(thread.cloned()).or_default().push(watcher);
        self.stir(thread);
        (Seat { hub: self.clone(), thread: thread.cloned(), id }, handed)
    }

    /// Somebody at this seat is writing.
    pub(in crate::live) fn typing(&self, seat: &Seat) {
        let until = self.log.clock().now().plus(WRITING);
        if let Some(watcher) =
            self.threads().get_mut(&seat.thread).and_then(|all| all.iter_mut().find(|watcher| watcher.id == seat.id))
        {
            watcher.writing_until = until;
        }
        self.stir(seat.thread.as_ref());
    }
}
