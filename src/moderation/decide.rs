//! Taking a measure: judged against the table, proposed where two are wanted, carried out in one transaction.

use super::asked::{Asked, Told, read};
use super::claim::may_decide;
use super::fingerprint::Finder;
use super::measure::{About, Measure, Rules, State};
use super::store::{self, Decision, New};
use super::{person, remove};
use crate::accounts::Moderator;
use crate::auth::Present;
use crate::base::clock::Time;
use crate::base::id::{AccountId, DecisionId, PostId, RoomId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::base::secret::HouseKey;
use crate::deid::aside::Aside;
use crate::discussion::{self, Post};
use crate::log::{Event, Log, Tx};

/// What came of it.
#[derive(Debug, Clone)]
pub struct Done {
    pub decision: DecisionId,
    /// It waits for a second moderator.
    pub is_proposed: bool,
    /// Its place in the log.
    pub seq: i64,
    pub at: Time,
}

/// Takes a measure on a post, its thread or its author, or proposes it where the operator wants two.
///
/// # Errors
/// [`Problem::NotFound`] for no such measure or post; [`Problem::StepUp`] without the proof that it needs;
/// [`Problem::Refused`] by fields; [`Problem::Conflict`] `own`, `own-flag`, `in-hand`, `state` when it does not fit how the
/// post stands, `settled` or `already` when there is nothing left to do.
pub async fn take(
    log: &Log,
    key: &HouseKey,
    rules: &Rules,
    (by, present): (&Moderator, Option<&Present>),
    id: &PostId,
    (code, asked): (&str, &Asked),
) -> Result<Done> {
    let measure = Measure::find(code)?;
    if measure.needs_proof && present.is_none() {
        return Err(Problem::StepUp);
    }
    let mut conn = log.reader().await?;
    let post = discussion::unveiled_post(&mut conn, by, id).await?.ok_or(Problem::NotFound)?;
    let thread = discussion::thread_for_moderator(&mut conn, by, &post.thread).await?.ok_or(Problem::NotFound)?;
    let now = log.clock().now();
    may_decide(&mut conn, by, (id, &post.author.account_id), measure, now).await?;
    drop(conn);
    let told = read(measure, asked, now)?;
    fits(measure, &post, thread.locked_at.is_some())?;
    let mut tx = log.write(by.id()).await?;
    let decision = DecisionId::fresh(tx.now(), tx.chance());
    let is_proposed = rules.wants_two(measure);
    let detail = told.room.as_ref().map(|room| room.as_str().to_owned());
    let detail = detail.or(told.until.map(|until| until.millis().to_string())).unwrap_or_default();
    store::add_decision(
        &mut tx,
        &New {
            id: &decision,
            measure: measure.code,
            post: id,
            thread: &post.thread,
            account: &post.author.account_id,
            reason: &told.reason,
            note: told.note.as_ref().map_or("", Aside::as_str),
            detail: &detail,
            words: &told.words,
            is_proposal: is_proposed,
            by: by.id(),
        },
    )
    .await?;
    let at = tx.now();
    if is_proposed {
        tx.record(Event::MeasureProposed {
            decision: decision.clone(),
            thread: post.thread.clone(),
            post: id.clone(),
            account: post.author.account_id.clone(),
            measure: measure.code.to_owned(),
        });
        store::drop_claim(&mut tx, id, None).await?;
    } else {
        carry_out(&mut tx, key, by, &decision, measure, &post, &told).await?;
    }
    let seq = tx.commit().await?;
    forget(log, measure, is_proposed, id).await;
    Ok(Done { decision, is_proposed, seq, at })
}

/// A second moderator carries out what was proposed, or declines it.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::StepUp`]; [`Problem::Conflict`] `own` for one's own proposal, `answered` when somebody
/// was faster; else as [`take`].
pub async fn second(
    log: &Log,
    key: &HouseKey,
    (by, present): (&Moderator, Option<&Present>),
    id: &DecisionId,
    carry: bool,
) -> Result<Done> {
    let mut tx = log.write(by.id()).await?;
    let proposal = store::hold_decision(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    if proposal.state != "proposed" {
        return Err(Problem::conflict("answered", "Somebody has answered this already."));
    }
    if proposal.by == *by.id() {
        return Err(Problem::conflict("own", "You proposed this yourself. Another moderator carries it out."));
    }
    let now = tx.now();
    let measure = Measure::find(&proposal.measure)?;
    may_decide(tx.conn(), by, (&proposal.post, &proposal.account), measure, now).await?;
    if carry && measure.needs_proof && present.is_none() {
        return Err(Problem::StepUp);
    }
    if carry {
        let post = discussion::unveiled_post(tx.conn(), by, &proposal.post).await?.ok_or(Problem::NotFound)?;
        let thread = discussion::thread_for_moderator(tx.conn(), by, &post.thread).await?.ok_or(Problem::NotFound)?;
        fits(measure, &post, thread.locked_at.is_some())?;
        let words = store::words_of(tx.conn(), &proposal).await?;
        let asked = Asked {
            reason: proposal.reason.clone(),
            note: String::new(),
            words,
            room: proposal.detail.clone(),
            until: proposal.detail.parse().ok().map(Time),
        };
        let told = read(measure, &asked, now)?;
        store::answer_proposal(&mut tx, id, by.id(), true).await?;
        carry_out(&mut tx, key, by, id, measure, &post, &told).await?;
    } else {
        store::answer_proposal(&mut tx, id, by.id(), false).await?;
        tx.record(Event::MeasureDeclined {
            decision: id.clone(),
            thread: proposal.thread.clone(),
            post: proposal.post.clone(),
            account: proposal.account.clone(),
            measure: proposal.measure.clone(),
        });
    }
    let seq = tx.commit().await?;
    forget(log, measure, !carry, &proposal.post).await;
    Ok(Done { decision: id.clone(), is_proposed: false, seq, at: now })
}

fn fits(measure: &Measure, post: &Post, is_locked: bool) -> Result<()> {
    let state = State::of(post);
    if measure.fits(state, is_locked) {
        return Ok(());
    }
    Err(match (state, measure.code) {
        (State::Removed, _) => Problem::conflict("removed", "This post was removed already."),
        (_, "lock") => Problem::conflict("locked", "This thread is locked already."),
        (_, "unlock") => Problem::conflict("unlocked", "This thread is not locked."),
        _ => Problem::conflict("state", "As this post stands now, that cannot be done. Look at it again."),
    })
}

/// Does what the measure says, and records it.
async fn carry_out(
    tx: &mut Tx,
    key: &HouseKey,
    by: &Moderator,
    decision: &DecisionId,
    measure: &Measure,
    post: &Post,
    told: &Told,
) -> Result<()> {
    let (thread, id, author) = (&post.thread, &post.id, &post.author.account_id);
    match measure.code {
        "dismiss" => {
            let settled = store::settle(tx, id, false).await?;
            let shown = discussion::show(tx, thread, id, "not-upheld").await?;
            if settled == 0 && !shown {
                return Err(Problem::conflict("settled", "Somebody has decided this already."));
            }
            tx.record(Event::FlagsSettled { thread: thread.clone(), post: id.clone(), upheld: false });
        }
        "revise" => discussion::ask_to_revise(tx, by, thread, id).await?,
        "edit" => {
            let finder = Finder::new(key, id.as_str());
            let plain = super::quotes::words(&told.words);
            let marks = finder.take([told.words.as_str(), plain.as_str()]);
            discussion::redact(tx, by, thread, id, &told.words).await?;
            store::keep_marks(tx, id, &marks).await?;
            discussion::show(tx, thread, id, "edited").await?;
        }
        "remove" => remove::take_out(tx, key, by, (thread, id), &told.reason).await?,
        "remove-thread" => {
            let posts = discussion::standing_posts(tx.conn(), by, thread).await?;
            if posts.is_empty() {
                return Err(Problem::conflict("removed", "Every post of this thread was removed already."));
            }
            for (one, whose) in &posts {
                remove::take_out(tx, key, by, (thread, one), &told.reason).await?;
                settle(tx, thread, one).await?;
                if one != id {
                    // Each author sees what was done to theirs, and may appeal.
                    removed_along(tx, by, (thread, one, whose), &told.reason).await?;
                }
            }
            if discussion::lock(tx, by, thread).await.is_err() {
                tracing::debug!(%thread, "the thread was locked before");
            }
        }
        "correct" => discussion::notice(tx, by, thread, id, told.notice.as_ref()).await?,
        "lock" => discussion::lock(tx, by, thread).await?,
        "unlock" => discussion::unlock(tx, by, thread).await?,
        "move" => {
            let to = told.room.as_ref().ok_or(Problem::NotFound)?;
            let before = discussion::thread_for_moderator(tx.conn(), by, thread).await?.ok_or(Problem::NotFound)?;
            discussion::move_thread(tx, by, thread, to).await?;
            // Where it came from: there it goes back to.
            store::keep_detail(tx, decision, before.room.as_str()).await?;
        }
        "restrict" => person::restrict(tx, author, told.until.ok_or(Problem::NotFound)?).await?,
        "suspend" => person::suspend(tx, author, "conduct").await?,
        "end" => person::suspend(tx, author, person::ENDED).await?,
        _ => {}
    }
    if measure.settles && !(measure.about == About::Person && State::of(post) != State::Open) {
        settle(tx, thread, id).await?;
        store::drop_claim(tx, id, None).await?;
    }
    if measure.code == "dismiss" {
        store::drop_claim(tx, id, None).await?;
    }
    tx.record(Event::MeasureTaken {
        decision: decision.clone(),
        thread: thread.clone(),
        post: id.clone(),
        measure: measure.code.to_owned(),
        reason: told.reason.clone(),
    });
    Ok(())
}

async fn removed_along(
    tx: &mut Tx,
    by: &Moderator,
    (thread, post, account): (&ThreadId, &PostId, &AccountId),
    reason: &str,
) -> Result<()> {
    let id = DecisionId::fresh(tx.now(), tx.chance());
    let new = New {
        id: &id,
        measure: "remove",
        post,
        thread,
        account,
        reason,
        note: "",
        detail: "",
        words: "",
        is_proposal: false,
        by: by.id(),
    };
    store::add_decision(tx, &new).await?;
    tx.record(Event::MeasureTaken {
        decision: id,
        thread: thread.clone(),
        post: post.clone(),
        measure: "remove".to_owned(),
        reason: reason.to_owned(),
    });
    Ok(())
}

/// The open flags were right.
async fn settle(tx: &mut Tx, thread: &ThreadId, post: &PostId) -> Result<()> {
    if store::settle(tx, post, true).await? > 0 {
        tx.record(Event::FlagsSettled { thread: thread.clone(), post: post.clone(), upheld: true });
    }
    Ok(())
}

/// After words went: nothing of them stays in freed pages.
async fn forget(log: &Log, measure: &Measure, only_proposed: bool, post: &PostId) {
    if only_proposed || !matches!(measure.code, "edit" | "remove" | "remove-thread") {
        return;
    }
    if let Err(problem) = log.db().forget_freed_pages().await {
        tracing::warn!(%post, %problem, "freed pages are not overwritten yet; the next removal tries again");
    }
}

/// Undoes what can be undone; the decision's own rows are the caller's.
///
/// # Errors
/// [`Problem::Conflict`] when it was undone or overtaken meanwhile.
pub(super) async fn reverse(tx: &mut Tx, by: &Moderator, decision: &Decision) -> Result<()> {
    let (thread, post) = (&decision.thread, &decision.post);
    match decision.measure.as_str() {
        "revise" => {
            let standing = discussion::unveiled_post(tx.conn(), by, post).await?.ok_or(Problem::NotFound)?;
            if State::of(&standing) != State::Asked || !discussion::show(tx, thread, post, "undone").await? {
                return Err(Problem::conflict("overtaken", "The post has moved on since. Look at it again."));
            }
        }
        "correct" => discussion::notice(tx, by, thread, post, None).await?,
        "lock" => discussion::unlock(tx, by, thread).await?,
        "unlock" => discussion::lock(tx, by, thread).await?,
        "move" => {
            let back = RoomId::parse(&decision.detail).ok_or(Problem::NotFound)?;
            discussion::move_thread(tx, by, thread, &back).await?;
        }
        "restrict" => person::lift(tx, &decision.account).await?,
        "suspend" | "end" => person::restore(tx, &decision.account).await?,
        _ => {}
    }
    Ok(())
}
