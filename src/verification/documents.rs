//! Documents that applicants send: given, looked at, judged, destroyed.

use super::given::{self, count, open_for, own_open, piece, set_aside, tell, weigh};
use super::policy::Policy;
use super::store::{self, documents as rows, evidence};
use super::worth::Kind;
use crate::accounts::{Member, Verifier};
use crate::base::clock::{DAY, HOUR, MINUTE, Time};
use crate::base::id::{AccountId, ApplicationId, EvidenceId};
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::evidence::{Page, Reader, Vault, prints};
use crate::log::{Event, Log};
use std::collections::BTreeMap;

/// Documents of one account in a day.
const MOST_A_DAY: i64 = 8;
/// How long an opened document can be seen before it is opened, and so noted, again.
const ONE_LOOK: i64 = 10 * MINUTE;
/// More looks in an hour than this, and somebody is told.
const MOST_LOOKS: i64 = 30;
/// A hold ends at the latest so long after the document was given.
const LONGEST_HOLD: i64 = 90 * DAY;

/// What is needed to read and keep documents.
#[derive(Clone)]
pub struct Strongroom {
    pub vault: Vault,
    pub reader: Reader,
}

/// Takes a document: reads it in a process of its own, seals its pages, and looks whether another account gave the same.
///
/// # Errors
/// [`Problem::Refused`] for `kind` or `file`, with what to do; [`Problem::Conflict`] without an open application;
/// [`Problem::TooMany`].
pub async fn give_document(
    log: &Log,
    policy: &Policy,
    room: &Strongroom,
    member: &Member,
    kind: &str,
    file: &[u8],
) -> Result<EvidenceId> {
    let kind = Kind::parse(kind)
        .filter(|kind| kind.is_document())
        .ok_or_else(|| Problem::field("kind", "unknown", "Say what the document is."))?;
    let now = log.clock().now();
    {
        let mut conn = log.reader().await?;
        let open = store::newest_of(&mut conn, member.id()).await?.filter(|application| application.state.is_open());
        if open.is_none() {
            return Err(Problem::conflict("no-application", "Send your application first; then show that it is you."));
        }
        if rows::count_since(&mut conn, member.id(), now.plus(-DAY)).await? >= MOST_A_DAY {
            return Err(Problem::TooMany { seconds: DAY / 1_000 });
        }
    }
    let pages = match room.reader.read(file).await? {
        Ok(pages) => pages,
        Err(why) => return Err(Problem::field("file", why.code(), why.words())),
    };
    let seen = is_seen_elsewhere(&mut *log.reader().await?, room, member.id(), &pages).await?;
    let jpegs: Vec<Vec<u8>> = pages.iter().map(|page| page.jpeg.clone()).collect();
    let mut tx = log.write(member.id()).await?;
    let application = own_open(&mut tx, member.id()).await?;
    let held = piece(&tx, &application, kind, "given", "");
    let sealed = room.vault.seal(tx.chance(), &held.id, member.id(), &jpegs);
    evidence::add(&mut tx, &held).await?;
    rows::add(&mut tx, &held.id, pages.len(), sealed.noise.len(), &sealed.wrapped, seen).await?;
    for (at, page) in pages.iter().enumerate() {
        rows::add_prints(&mut tx, &held.id, member.id(), at, &prints::of(&room.vault, page)).await?;
    }
    tell(&mut tx, &application, &held).await?;
    // A crash between file and row leaves a stray file, which the sweep takes away; never a row without its file.
    room.vault.put(&held.id, &sealed.noise)?;
    if let Err(problem) = tx.commit().await {
        room.vault.drop(&held.id)?;
        return Err(problem);
    }
    weigh(log, policy, &application.id).await?;
    Ok(held.id)
}

/// Whether another account has given one of these pages.
async fn is_seen_elsewhere(conn: &mut Conn, room: &Strongroom, account: &AccountId, pages: &[Page]) -> Result<bool> {
    for page in pages {
        for asked in prints::asked(&room.vault, page) {
            let shape = asked.iter().filter(|print| print.band > 0).count();
            let mut agree: BTreeMap<(String, i64), usize> = BTreeMap::new();
            for print in &asked {
                for place in rows::with_print(conn, account, print).await? {
                    if print.band == 0 {
                        return Ok(true);
                    }
                    *agree.entry(place).or_default() += 1;
                }
            }
            if agree.values().any(|agree| prints::is_same(*agree, shape)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Takes one's own document back; it is destroyed at once.
///
/// # Errors
/// [`Problem::NotFound`] for what is not theirs; [`Problem::Conflict`] once a verifier has said what it is.
pub async fn withdraw_document(log: &Log, room: &Strongroom, member: &Member, id: &EvidenceId) -> Result<()> {
    let mut tx = log.write(member.id()).await?;
    let held = evidence::by_id(tx.conn(), id).await?.ok_or(Problem::NotFound)?;
    if held.account != *member.id() || !held.kind.is_document() {
        return Err(Problem::NotFound);
    }
    if held.state != "given" {
        return Err(Problem::conflict("moved-on", "A verifier has looked at it already. It is destroyed by itself."));
    }
    set_aside(&mut tx, &held, "withdrawn", None).await?;
    rows::destroy(&mut tx, id, "withdrawn").await?;
    tx.record(Event::EvidenceDeleted {
        application: held.application.clone(),
        evidence: id.clone(),
        why: "withdrawn".to_owned(),
    });
    tx.commit().await?;
    room.vault.drop(id)
}

/// A document as a verifier has opened it.
#[derive(Debug, Clone)]
pub struct Opened {
    pub application: ApplicationId,
    pub given: given::Given,
    pub pages: i64,
    pub seen_elsewhere: bool,
    /// Until when it is kept.
    pub kept_until: Time,
    pub held_until: Option<Time>,
}

/// Opens a document for a verifier: from now on they have it in hand and no other; that they looked is recorded, and the
/// applicant sees it.
///
/// # Errors
/// [`Problem::NotFound`] for one's own, or one that is destroyed.
pub async fn open_document(
    log: &Log,
    verifier: &Verifier,
    application: &ApplicationId,
    id: &EvidenceId,
) -> Result<Opened> {
    let mut tx = log.write(verifier.id()).await?;
    let document = seen_by(tx.conn(), verifier, id).await?;
    let held = evidence::by_id(tx.conn(), id)
        .await?
        .filter(|held| held.application == *application)
        .ok_or(Problem::NotFound)?;
    let since = tx.now().plus(-HOUR);
    let looks = rows::take(&mut tx, verifier.id(), id, since).await?;
    tx.record(Event::EvidenceSeen {
        application: held.application.clone(),
        evidence: id.clone(),
        what: held.kind.code().to_owned(),
    });
    if looks == MOST_LOOKS + 1 {
        tx.record(Event::EvidenceAlert { account: verifier.id().clone(), looks });
    }
    tx.commit().await?;
    Ok(Opened {
        application: document.application.clone(),
        pages: document.pages,
        seen_elsewhere: document.seen_elsewhere == 1,
        kept_until: super::keeping::ends(&document),
        held_until: document.hold_until,
        given: given::words_of(held),
    })
}

async fn seen_by(conn: &mut Conn, verifier: &Verifier, id: &EvidenceId) -> Result<rows::Document> {
    rows::by_id(conn, id)
        .await?
        .filter(|document| document.account != *verifier.id() && document.sealed_key.is_some())
        .ok_or(Problem::NotFound)
}

/// One page of the document in hand, with the verifier's id and the time across it.
///
/// # Errors
/// [`Problem::Conflict`] `not-in-hand` when another document was opened since, or this one long ago.
pub async fn document_page(
    log: &Log,
    room: &Strongroom,
    verifier: &Verifier,
    id: &EvidenceId,
    page: usize,
) -> Result<Vec<u8>> {
    let now = log.clock().now();
    let document = {
        let mut conn = log.reader().await?;
        let document = seen_by(&mut conn, verifier, id).await?;
        match rows::in_hand(&mut conn, verifier.id()).await? {
            Some((held, at)) if held == *id && now < at.plus(ONE_LOOK) => document,
            _ => {
                return Err(Problem::conflict(
                    "not-in-hand",
                    "One document at a time, for ten minutes. Open it again to see it.",
                ));
            }
        }
    };
    let key = document.sealed_key.as_deref().ok_or(Problem::NotFound)?;
    let plain = room.vault.unseal(id, &document.account, key, page)?;
    let words = format!("{} {}", verifier.id(), now.iso().get(..16).unwrap_or_default().replace('T', " "));
    room.reader.stamp(&plain, &words).await
}

/// A verifier who has looked says whether the document is what it is said to be.
///
/// # Errors
/// [`Problem::Conflict`] `look-first` without a look, `moved-on` when somebody was faster.
pub async fn judge_document(
    log: &Log,
    policy: &Policy,
    verifier: &Verifier,
    id: &EvidenceId,
    counts: bool,
) -> Result<ApplicationId> {
    let mut tx = log.write(verifier.id()).await?;
    let held = evidence::by_id(tx.conn(), id).await?.filter(|held| held.kind.is_document()).ok_or(Problem::NotFound)?;
    let application = open_for(&mut tx, verifier, &held.application).await?;
    if !rows::has_looked(tx.conn(), verifier.id(), id).await? {
        return Err(Problem::conflict("look-first", "Open the document and look at it first."));
    }
    if held.state != "given" {
        return Err(Problem::conflict("moved-on", "A colleague has said already what it is."));
    }
    if counts {
        count(&mut tx, policy, &held, Some(verifier.id())).await?;
    } else {
        set_aside(&mut tx, &held, "refused", Some(verifier.id())).await?;
    }
    tx.commit().await?;
    weigh(log, policy, &application.id).await?;
    Ok(application.id)
}

/// Keeps a document longer, for a dispute: the verifier owns the hold, and it ends. At most 90 days from when the
/// document was given.
///
/// # Errors
/// [`Problem::Refused`] `days` when it is out of bounds.
pub async fn hold_document(log: &Log, verifier: &Verifier, id: &EvidenceId, days: i64) -> Result<()> {
    let mut tx = log.write(verifier.id()).await?;
    let document = seen_by(tx.conn(), verifier, id).await?;
    let until = tx.now().plus(days.clamp(0, 1_000) * DAY);
    if days < 1 || until > document.given_at.plus(LONGEST_HOLD) {
        let words = "Write for how many days: at most until 90 days after the document was given.";
        return Err(Problem::field("days", "out-of-bounds", words));
    }
    if !rows::hold(&mut tx, id, verifier.id(), until).await? {
        return Err(Problem::NotFound);
    }
    tx.record(Event::EvidenceHeld { application: document.application, evidence: id.clone(), until });
    tx.commit().await?;
    Ok(())
}
