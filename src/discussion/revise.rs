//! Revising one's own post: the same check, the same disclosure; the old text is kept as a revision.

use super::draft::Reading;
use super::publish::Ready;
use super::store;
use crate::accounts::Clinician;
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use crate::deid::gate::Checked;
use crate::disclosure::Statement;
use crate::log::{Event, Log};

/// Puts a new text in the place of the author's own post.
///
/// # Errors
/// [`Problem::NotFound`] for another's post or one that was removed; [`Problem::Conflict`] for one under review, or
/// when it was revised meanwhile.
pub async fn revise(
    log: &Log,
    author: &Clinician,
    id: &PostId,
    seen_revision: i64,
    reading: Reading,
    checked: &Checked,
    statement: &Statement,
) -> Result<i64> {
    let ready = Ready::new(author, checked, statement);
    let mut tx = log.write(author.id()).await?;
    let Some(row) = store::own_post(&mut tx, author.id(), id).await? else { return Err(Problem::NotFound) };
    if row.veiled_at.is_some() {
        return Err(Problem::conflict("under-review", "This post is under review and cannot be changed now."));
    }
    if row.revision != seen_revision {
        return Err(Problem::conflict(
            "moved-on",
            "This post was changed meanwhile. Your text is kept here; compare, then publish again.",
        ));
    }
    let revision = row.revision + 1;
    store::revise_post(&mut tx, id, revision, &reading, &ready).await?;
    tx.record(Event::PostRevised { thread: row.thread_id, post: id.clone(), revision });
    tx.commit().await?;
    Ok(revision)
}
