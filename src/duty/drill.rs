//! Drills: a synthetic breach in the queue of a running house, timed from the flag to the last answer.
//!
//! A drill is a case of its own and no post: no list, search, page or interface of members reads the table it lies in. So
//! it measures people and the paging (who was called, who came, how long the decision took) and that the running house's
//! followers answer; that words leave index, pages and files is measured elsewhere (`tests/run heavy erasure`).

use super::store;
use crate::accounts::Moderator;
use crate::auth::Present;
use crate::base::clock::{MINUTE, Time};
use crate::base::id::{AccountId, DrillId};
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::{Actor, Event, Log};

/// Everything in it is invented, and reads so.
const WORDS: &str = "DRILL. Nobody of this name was ever anybody's patient: Mx Exempla Gratia-Nemo, born on the thirtieth of \
                     February, in bed 0 of a ward that is not there, under the number 000 000 0000.";

/// One drill and its times.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Drill {
    #[sqlx(rename = "drill_id")]
    pub id: DrillId,
    /// Empty once it is decided.
    pub words: String,
    /// It is flagged, and hidden, as it begins.
    pub begun_at: Time,
    pub ends_at: Time,
    /// The running house read of it.
    pub heard_at: Option<Time>,
    /// The first letter about it left.
    pub called_at: Option<Time>,
    /// The first moderator opened it.
    pub opened_at: Option<Time>,
    /// A moderator decided, and its words were erased.
    pub removed_at: Option<Time>,
    /// The running house looked for what is left and found nothing.
    pub confirmed_at: Option<Time>,
    /// The last of those who opened it answered; none while somebody has not.
    pub answered_at: Option<Time>,
    pub ended_at: Option<Time>,
    /// How many opened it.
    pub seen: i64,
}

impl Drill {
    /// Nothing is left to wait for.
    pub fn is_complete(&self) -> bool {
        self.confirmed_at.is_some() && self.answered_at.is_some()
    }

    /// What is measured, in order: words and the milliseconds since it began.
    pub fn times(&self) -> Vec<(&'static str, Option<i64>)> {
        let since = |at: Option<Time>| at.map(|at| at.millis() - self.begun_at.millis());
        vec![
            ("the running house had heard of it", since(self.heard_at)),
            ("the first letter left", since(self.called_at)),
            ("a moderator opened it", since(self.opened_at)),
            ("it was removed", since(self.removed_at)),
            ("the running house confirmed that", since(self.confirmed_at)),
            ("everybody who opened it had answered", since(self.answered_at)),
        ]
    }
}

/// One moderator who opened a drill.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Sight {
    pub account_id: AccountId,
    pub name: String,
    pub opened_at: Time,
    pub answered_at: Option<Time>,
}

/// Plants a drill; for the operator's command line.
///
/// # Errors
/// [`Problem::Conflict`] while another one runs.
pub async fn begin(log: &Log, minutes: i64) -> Result<DrillId> {
    let mut tx = log.write(Actor::House).await?;
    if !store::drills(tx.conn(), true, 1).await?.is_empty() {
        return Err(Problem::conflict("running", "A drill is running already."));
    }
    let id = DrillId::fresh(tx.now(), tx.chance());
    let ends = tx.now().plus(minutes * MINUTE);
    store::add_drill(&mut tx, &id, WORDS, ends).await?;
    tx.record(Event::DrillStep { drill: id.clone(), step: "begun".to_owned() });
    tx.commit().await?;
    Ok(id)
}

/// The drills that run, for moderators' queue.
pub async fn open_drills(conn: &mut Conn, _by: &Moderator) -> Result<Vec<Drill>> {
    store::drills(conn, true, 10).await
}

/// The last drills that have ended and their times: what members may know.
pub async fn drills(conn: &mut Conn, most: i64) -> Result<Vec<Drill>> {
    let mut all = store::drills(conn, false, most).await?;
    all.retain(|drill| drill.ended_at.is_some());
    Ok(all)
}

pub async fn find(conn: &mut Conn, id: &DrillId) -> Result<Option<Drill>> {
    store::drill(conn, id).await
}

/// Opens a drill, and records it: the drill, and everybody who opened it.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn open(log: &Log, by: &Moderator, id: &DrillId) -> Result<(Drill, Vec<Sight>)> {
    let mut conn = log.reader().await?;
    let drill = store::drill(&mut conn, id).await?.ok_or(Problem::NotFound)?;
    let seen = store::sights(&mut conn, id).await?;
    if drill.removed_at.is_some() || drill.ended_at.is_some() || seen.iter().any(|one| one.account_id == *by.id()) {
        return Ok((drill, seen));
    }
    drop(conn);
    let mut tx = log.write(by.id()).await?;
    if store::add_sight(&mut tx, id, by.id()).await? {
        tx.record(Event::DrillStep { drill: id.clone(), step: "opened".to_owned() });
        tx.commit().await?;
    }
    let mut conn = log.reader().await?;
    let drill = store::drill(&mut conn, id).await?.ok_or(Problem::NotFound)?;
    Ok((drill, store::sights(&mut conn, id).await?))
}

/// Decides a drill as a breach is decided: its words go. As a real removal it takes a fresh proof.
///
/// # Errors
/// [`Problem::Conflict`] when somebody was faster, or it has ended.
pub async fn remove(log: &Log, by: &Moderator, _present: &Present, id: &DrillId) -> Result<()> {
    let mut tx = log.write(by.id()).await?;
    if !store::remove_drill(&mut tx, id, by.id()).await? {
        return Err(Problem::conflict("decided", "This drill is decided already, or has ended."));
    }
    // Who decides has seen it.
    store::add_sight(&mut tx, id, by.id()).await?;
    tx.record(Event::DrillStep { drill: id.clone(), step: "removed".to_owned() });
    tx.commit().await.map(|_| ())
}

/// Answers, as a reader of a removed text does, that one kept nothing.
///
/// # Errors
/// [`Problem::Conflict`] before it is removed, and for who never opened it.
pub async fn answer(log: &Log, by: &Moderator, id: &DrillId) -> Result<()> {
    let mut tx = log.write(by.id()).await?;
    if !store::answer_drill(&mut tx, id, by.id()).await? {
        return Err(Problem::conflict("nothing", "There is nothing for you to answer here."));
    }
    tx.record(Event::DrillStep { drill: id.clone(), step: "answered".to_owned() });
    tx.commit().await.map(|_| ())
}

/// Ends a drill; twice is once.
pub async fn end(log: &Log, id: &DrillId) -> Result<()> {
    let mut tx = log.write(Actor::House).await?;
    if store::end_drill(&mut tx, id).await? {
        tx.record(Event::DrillStep { drill: id.clone(), step: "ended".to_owned() });
        tx.commit().await?;
    }
    Ok(())
}

/// The running house's part: it has heard, and later it confirms.
pub(super) async fn follow(log: &Log, id: &DrillId, step: &str) -> Result<()> {
    let told = match step {
        "begun" => "heard",
        "removed" => "confirmed",
        _ => return Ok(()),
    };
    if told == "confirmed" {
        log.db().forget_freed_pages().await?;
    }
    let mut tx = log.write(Actor::House).await?;
    let done = match told {
        "heard" => store::hear_drill(&mut tx, id).await?,
        _ => store::confirm_drill(&mut tx, id).await?,
    };
    if done {
        tx.record(Event::DrillStep { drill: id.clone(), step: told.to_owned() });
        tx.commit().await?;
    }
    Ok(())
}

/// Ends those whose time is over, should nobody wait for them.
pub(super) async fn end_old(log: &Log, now: Time) -> Result<()> {
    let running = store::drills(&mut *log.reader().await?, true, 10).await?;
    for drill in running.iter().filter(|drill| drill.ends_at <= now || drill.is_complete()) {
        end(log, &drill.id).await?;
    }
    Ok(())
}
