//! Publishing: a thread with its first post, or a reply.

use super::draft::{Basis, Kind, Reading};
use super::store;
use crate::accounts::Clinician;
use crate::base::id::{PostId, RoomId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::base::text::{Html, render};
use crate::deid::gate::Checked;
use crate::disclosure::Statement;
use crate::log::{Event, Log};

/// Where a published post stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub thread: ThreadId,
    pub post: PostId,
    pub position: i64,
    /// Its place in the log; an open page that has read so far shows it.
    pub seq: i64,
}

/// Everything a post consists of, rendered and ready to be written.
pub(super) struct Ready<'a> {
    pub author: &'a Clinician,
    pub checked: &'a Checked,
    pub statement: &'a Statement,
    pub texts: Vec<(&'a str, &'a str, Html)>,
    pub source: String,
}

impl<'a> Ready<'a> {
    /// Renders the checked text; the title and the source stay plain.
    pub fn new(author: &'a Clinician, checked: &'a Checked, statement: &'a Statement) -> Ready<'a> {
        let mut source = String::new();
        let mut texts = Vec::new();
        for part in checked.parts() {
            match part.name.as_str() {
                "source" => source.clone_from(&part.text),
                "title" => texts.push(("title", part.text.as_str(), Html::default())),
                name => texts.push((name, part.text.as_str(), render(&part.text))),
            }
        }
        Ready { author, checked, statement, texts, source }
    }
}

/// Opens a thread with its first post.
///
/// # Errors
/// [`Problem::NotFound`] for an unknown room.
pub async fn start(
    log: &Log,
    author: &Clinician,
    room: &RoomId,
    (kind, basis, reading): (Kind, Option<Basis>, Reading),
    checked: &Checked,
    statement: &Statement,
) -> Result<Placed> {
    let ready = Ready::new(author, checked, statement);
    let mut tx = log.write(author.id()).await?;
    if let Some(placed) = store::sent_before(&mut tx, author.id(), &reading.key).await? {
        return Ok(placed);
    }
    let (thread, post) = (ThreadId::fresh(tx.now(), tx.chance()), PostId::fresh(tx.now(), tx.chance()));
    store::add_thread(&mut tx, &thread, room, kind, basis, author.id()).await?;
    store::add_post(&mut tx, &thread, &post, 1, &reading, &ready).await?;
    tx.record(Event::ThreadStarted { thread: thread.clone(), room: room.clone(), post: post.clone() });
    let seq = tx.commit().await?;
    Ok(Placed { thread, post, position: 1, seq })
}

/// Adds a reply at the end of a thread.
///
/// # Errors
/// [`Problem::NotFound`] for an unknown thread.
pub async fn reply(
    log: &Log,
    author: &Clinician,
    thread: &ThreadId,
    reading: Reading,
    checked: &Checked,
    statement: &Statement,
) -> Result<Placed> {
    let ready = Ready::new(author, checked, statement);
    let mut tx = log.write(author.id()).await?;
    if let Some(placed) = store::sent_before(&mut tx, author.id(), &reading.key).await? {
        return Ok(placed);
    }
    // The thread's own row hands out the place and is held until the commit: two writers cannot take one place.
    let position = store::next_position(&mut tx, thread).await?.ok_or(Problem::NotFound)?;
    let post = PostId::fresh(tx.now(), tx.chance());
    store::add_post(&mut tx, thread, &post, position, &reading, &ready).await?;
    tx.record(Event::PostAdded { thread: thread.clone(), post: post.clone(), position });
    let seq = tx.commit().await?;
    Ok(Placed { thread: thread.clone(), post, position, seq })
}
