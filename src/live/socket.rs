//! One open line. Small buffers, bounded queues, every send with a time limit.

use super::draft::{Asked, Change, Draft, Wrong};
use super::hub::{Handed, Hub, Seat};
use super::message::{FromPage, ToPage};
use crate::accounts::Clinician;
use crate::auth::Session;
use crate::auth::session;
use crate::base::id::ThreadId;
use crate::base::problem::Result;
use crate::discussion;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::StreamExt;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

/// The largest message a page may send.
pub const LARGEST_MESSAGE: usize = 16 * 1024;
/// Messages a page may send in a second.
const MOST_A_SECOND: u32 = 20;
/// A page that does not take a message within this time is let go.
const SEND: Duration = Duration::from_secs(10);
/// How long a line that was ended is still read from: to close on bytes not yet read would reset the connection, and
/// the page might never hear why (RFC 9293, 3.10.4; RFC 6455, 7.1.1).
const LINGER: Duration = Duration::from_secs(2);
const PING: Duration = Duration::from_secs(25);
/// A line without any sign for this long is dead.
const SILENCE: Duration = Duration::from_secs(60);
/// How often it is asked whether the session has run out.
const ASK: Duration = Duration::from_secs(20);

/// The shortest time between two checks of a draft, and how many times as long as a check took one waits for the next.
const CHECK: Duration = Duration::from_millis(40);
const REST: u32 = 3;

const SIGNED_OUT: u16 = 4401;
const LAGGING: u16 = 4408;
const NOT_UNDERSTOOD: u16 = 4400;

struct Line {
    socket: WebSocket,
    hub: Hub,
    number: u64,
    who: Clinician,
    session: Session,
    /// The newest `seq` that was sent.
    last: i64,
    draft: Draft,
    /// When the draft is to be checked, if it changed.
    due: Option<Instant>,
    /// Before that no draft is checked again.
    rested: Instant,
}

type At = Option<(Seat, mpsc::Receiver<Handed>)>;

/// Serves a line until it ends.
pub async fn serve(hub: Hub, who: Clinician, session: Session, socket: WebSocket) {
    let number = hub.number();
    let mut line =
        Line { socket, hub, number, who, session, last: 0, draft: Draft::default(), due: None, rested: Instant::now() };
    if let Err((code, reason)) = line.run().await {
        let _ = line.say(&ToPage::Bye { reason }).await;
        let close = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
        let _ = tokio::time::timeout(SEND, line.socket.send(close)).await;
        let _ = tokio::time::timeout(LINGER, line.hear_out()).await;
    }
}

type End = (u16, &'static str);

impl Line {
    async fn run(&mut self) -> std::result::Result<(), End> {
        // Apart at first: who is signed out or suspended is told from here on, whatever the page is for.
        let mut at: At = Some(self.sit(None).await?);
        let mut queue: Option<watch::Receiver<i64>> = None;
        let mut ping = tokio::time::interval(PING);
        let mut ask = tokio::time::interval(ASK);
        let mut heard = Instant::now();
        let mut window = (Instant::now(), 0u32);
        loop {
            tokio::select! {
                said = self.socket.next() => {
                    let Some(Ok(said)) = said else { return Ok(()) };
                    heard = Instant::now();
                    if window.0.elapsed() > Duration::from_secs(1) {
                        window = (heard, 0);
                    }
                    window.1 += 1;
                    if window.1 > MOST_A_SECOND {
                        return Err((LAGGING, "lagging"));
                    }
                    match said {
                        Message::Text(text) => match serde_json::from_str(text.as_str()) {
                            Ok(FromPage::Watch { thread, since }) => at = self.watch(thread, since).await?,
                            Ok(FromPage::Draft(change)) => self.write(change).await?,
                            Ok(FromPage::DraftEnd {}) => (self.draft, self.due) = (Draft::default(), None),
                            Ok(FromPage::WatchQueue {}) => queue = Some(self.watch_queue().await?),
                            Ok(FromPage::Typing {}) => if let Some((seat, _)) = &at { self.hub.typing(seat) },
                            Err(_) => return Err((NOT_UNDERSTOOD, "closing")),
                        },
                        Message::Close(_) => return Ok(()),
                        Message::Binary(_) => return Err((NOT_UNDERSTOOD, "closing")),
                        Message::Ping(_) | Message::Pong(_) => {}
                    }
                }
                handed = next(&mut at) => match handed {
                    Some(Handed::Post { seq, text }) => if seq > self.last {
                        self.send(Message::Text(text.as_ref().into())).await?;
                        self.last = seq;
                    },
                    Some(Handed::Aside(text)) => self.send(Message::Text(text.as_ref().into())).await?,
                    Some(Handed::Bye(reason)) => return Err((if reason == "signed-out" { SIGNED_OUT } else { LAGGING }, reason)),
                    None => return Err((LAGGING, "lagging")),
                },
                seq = changed(&mut queue) => self.say(&ToPage::Queue { seq }).await?,
                () = until(self.due) => self.check(at.as_ref().and_then(|(seat, _)| seat.thread())).await?,
                _ = ping.tick() => {
                    if heard.elapsed() > SILENCE {
                        return Ok(());
                    }
                    self.send(Message::Ping(Default::default())).await?;
                }
                _ = ask.tick() => if !session::stands(self.hub.log(), &self.session.id).await.unwrap_or(true) {
                    return Err((SIGNED_OUT, "signed-out"));
                },
            }
        }
    }

    /// Sits down at a thread, then sends what was missed. In this order nothing can fall between the two.
    async fn watch(&mut self, thread: ThreadId, since: i64) -> std::result::Result<At, End> {
        // What came over the line is any text; one that no id can have names nothing.
        let thread = ThreadId::parse(thread.as_str()).ok_or((NOT_UNDERSTOOD, "closing"))?;
        let seat = self.sit(Some(&thread)).await?;
        if is_there(&self.hub, &self.who, &thread).await.map_err(fault)? {
            self.last = since;
            let Some((missed, head)) = self.hub.missed(&self.who, &thread, since).await.map_err(fault)? else {
                return Err((LAGGING, "lagging"));
            };
            for (_, text) in missed {
                self.send(Message::Text(text.into())).await?;
            }
            self.last = self.last.max(head);
            self.say(&ToPage::Ready { seq: self.last }).await?;
            Ok(Some(seat))
        } else {
            Err((NOT_UNDERSTOOD, "closing"))
        }
    }

    async fn sit(&mut self, thread: Option<&ThreadId>) -> std::result::Result<(Seat, mpsc::Receiver<Handed>), End> {
        let seat = self.hub.sit(self.number, thread, &self.who, &self.session.id);
        // The session may have ended between the handshake and the seat; from here on the hub would tell.
        if !session::stands(self.hub.log(), &self.session.id).await.map_err(fault)? {
            return Err((SIGNED_OUT, "signed-out"));
        }
        Ok(seat)
    }

    /// For moderators alone; that something changed is told, and never what.
    async fn watch_queue(&mut self) -> std::result::Result<watch::Receiver<i64>, End> {
        if self.who.member().moderator().is_err() {
            return Err((NOT_UNDERSTOOD, "closing"));
        }
        let queue = self.hub.watch_queue();
        self.say(&ToPage::Ready { seq: 0 }).await?;
        Ok(queue)
    }

    /// Takes a change of the draft; the check follows once nothing more is on its way.
    async fn write(&mut self, change: Change) -> std::result::Result<(), End> {
        let (revision, more) = (change.revision, change.more);
        match self.draft.take(change) {
            Ok(()) if more => Ok(()),
            Ok(()) => {
                self.due = Some(self.rested.max(Instant::now()));
                Ok(())
            }
            Err(wrong) => {
                self.due = None;
                match wrong {
                    Wrong::Whole => self.say(&ToPage::DraftWhole { revision }).await,
                    Wrong::TooLarge => self.say(&ToPage::DraftTooLarge { revision }).await,
                }
            }
        }
    }

    /// Checks the draft as it stands.
    async fn check(&mut self, thread: Option<ThreadId>) -> std::result::Result<(), End> {
        self.due = None;
        let (revision, began, examine) = (self.draft.revision(), Instant::now(), self.hub.examine());
        let asked = Asked { author: self.who.id().clone(), thread, parts: self.draft.parts(), zero: self.draft.zero };
        let answer = examine(asked).await.map_err(fault)?;
        self.rested = Instant::now() + CHECK.max(began.elapsed() * REST);
        self.say(&ToPage::Draft { revision, answer: &answer }).await
    }

    /// Reads on, heeding nothing, until the page has closed its side.
    async fn hear_out(&mut self) {
        while let Some(Ok(_)) = self.socket.next().await {}
    }

    async fn say(&mut self, message: &ToPage<'_>) -> std::result::Result<(), End> {
        self.send(Message::Text(message.text().into())).await
    }

    async fn send(&mut self, message: Message) -> std::result::Result<(), End> {
        match tokio::time::timeout(SEND, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err((LAGGING, "lagging")),
        }
    }
}

async fn is_there(hub: &Hub, who: &Clinician, thread: &ThreadId) -> Result<bool> {
    let mut conn = hub.log().reader().await?;
    Ok(discussion::thread(&mut conn, who, thread).await?.is_some())
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}

async fn changed(queue: &mut Option<watch::Receiver<i64>>) -> i64 {
    if let Some(queue) = queue
        && queue.changed().await.is_ok()
    {
        return *queue.borrow_and_update();
    }
    std::future::pending().await
}

async fn next(at: &mut At) -> Option<Handed> {
    match at {
        Some((_, handed)) => handed.recv().await,
        None => std::future::pending().await,
    }
}

fn fault(problem: crate::base::problem::Problem) -> End {
    tracing::warn!(%problem, "a line could not be served");
    (LAGGING, "lagging")
}
