//! Which event makes which letter.

use super::letter::Kind;
use super::store;
use crate::accounts::{self, Role};
use crate::base::clock::MINUTE;
use crate::base::id::{AccountId, MailId};
use crate::base::problem::Result;
use crate::breach;
use crate::discussion;
use crate::duty;
use crate::log::{Actor, Entry, Event, Log, follow as reading};
use crate::verification;
use std::future::Future;
use tokio::sync::Notify;

const NAME: &str = "notify";

/// Reads the log and enqueues letters until `stop`; `rung` wakes the postman.
pub async fn follow(log: Log, rung: &Notify, stop: impl Future<Output = ()>) -> Result<()> {
    let cursor = reading::cursor(&mut *log.reader().await?, NAME).await?;
    let mut entries = log.entries(cursor);
    tokio::pin!(stop);
    loop {
        let batch = tokio::select! {
            batch = entries.next() => batch?,
            () = &mut stop => return Ok(()),
        };
        enqueue(&log, &batch).await?;
        rung.notify_one();
    }
}

/// Enqueues the letters of a batch and moves the cursor, in one transaction: each letter is made once.
async fn enqueue(log: &Log, batch: &[Entry]) -> Result<()> {
    let mut letters = Vec::new();
    for entry in batch {
        letters.extend(letters_of(log, entry).await?);
    }
    let Some(last) = batch.last() else { return Ok(()) };
    let mut tx = log.write(Actor::House).await?;
    for letter in letters {
        let id = MailId::fresh(tx.now(), tx.chance());
        store::add(&mut tx, &id, letter.kind.code(), letter.to.as_ref(), &letter.about, &letter.code).await?;
    }
    reading::keep_cursor(tx.conn(), NAME, last.seq).await?;
    tx.commit_quietly("letters enqueued").await
}

struct Letter {
    kind: Kind,
    /// `None`: the data-protection contact.
    to: Option<AccountId>,
    about: String,
    code: String,
}

async fn letters_of(log: &Log, entry: &Entry) -> Result<Vec<Letter>> {
    let letter = |kind, to: &AccountId, code: &str| Letter {
        kind,
        to: Some(to.clone()),
        about: entry.event.subject().to_owned(),
        code: code.to_owned(),
    };
    Ok(match &entry.event {
        Event::AccountCreated { account } => vec![letter(Kind::Confirm, account, "")],
        Event::SignUpRepeated { account } => vec![letter(Kind::Known, account, "")],
        Event::ApplicationSent { .. } | Event::ApplicationAnswered { .. } => {
            staff(log, Role::Verifier).await?.iter().map(|to| letter(Kind::ApplicationWaits, to, "")).collect()
        }
        Event::ApplicationDecided { account, decision, reason, .. } => {
            vec![letter(Kind::ApplicationDecided, account, &format!("{decision}:{reason}"))]
        }
        Event::EvidenceGiven { evidence, what, .. } if what == "mailed-link" => vec![Letter {
            kind: Kind::EvidenceLink,
            to: None,
            about: evidence.as_str().to_owned(),
            code: String::new(),
        }],
        Event::EvidenceSettled { application, what, to, .. } if what == "vouch" && to == "counted" => {
            let both = verification::vouch::both(&mut *log.reader().await?, application).await?;
            both.iter().map(|to| letter(Kind::Vouched, to, "")).collect()
        }
        Event::EvidenceAlert { .. } => {
            let mut letters: Vec<Letter> =
                staff(log, Role::Admin).await?.iter().map(|to| letter(Kind::EvidenceAlert, to, "")).collect();
            letters.push(Letter {
                kind: Kind::EvidenceAlert,
                to: None,
                about: entry.event.subject().to_owned(),
                code: String::new(),
            });
            letters
        }
        Event::AccountSuspended { account, why } => vec![letter(Kind::Suspended, account, why)],
        Event::StandingChanged { account, from, to, rule, .. } => match (from.as_str(), to.as_str()) {
            ("", _) | (_, "memorial" | "grace") => Vec::new(),
            ("good", "good") => Vec::new(),
            (_, "good") => vec![letter(Kind::Reopened, account, rule)],
            _ => vec![letter(Kind::Paused, account, rule)],
        },
        Event::MemberReminded { account, of, nth } => vec![letter(Kind::Reminder, account, &format!("{of}:{nth}"))],
        Event::AttestationOverdue { account } => vec![letter(Kind::Reminder, account, "attestation:over")],
        Event::DoubtSettled { account, what, decision, .. } if what == "appeal" && decision == "keep" => {
            vec![letter(Kind::AppealKept, account, "")]
        }
        Event::DoubtRaised { doubt, what, .. } => staff(log, Role::Verifier)
            .await?
            .iter()
            .map(|to| Letter { about: doubt.as_str().to_owned(), ..letter(Kind::Doubt, to, what) })
            .collect(),
        Event::DisputeNotice { account, until, .. } => {
            vec![Letter { about: until.iso(), ..letter(Kind::Dispute, account, "") }]
        }
        // The house's own flags are told of once, when all is looked at.
        Event::PostFlagged { reason, .. } if matches!(reason.as_str(), "rescan" | "quote" | "language") => Vec::new(),
        Event::RescanDone { flagged, .. } if *flagged > 0 => {
            let code = flagged.to_string();
            staff(log, Role::Moderator).await?.iter().map(|to| letter(Kind::Rescan, to, &code)).collect()
        }
        Event::PostHeld { .. } => {
            staff(log, Role::Moderator).await?.iter().map(|to| letter(Kind::Held, to, "")).collect()
        }
        Event::PostReleased { post, .. } => {
            author(log, post.as_str()).await?.iter().map(|to| letter(Kind::Released, to, "")).collect()
        }
        Event::PostReturned { post, reason, .. } => {
            let author = store::held_author(&mut *log.reader().await?, post).await?;
            author.iter().map(|to| letter(Kind::Returned, to, reason)).collect()
        }
        // What could identify a patient calls whoever is on duty; see duty/keep.rs for what follows.
        Event::PostFlagged { post, reason, .. } if reason == "confidentiality" => {
            let author = author(log, post.as_str()).await?;
            let called = duty::whom(&mut *log.reader().await?, entry.at, author.as_ref()).await?;
            called.iter().map(|to| letter(Kind::Flagged, to, reason)).collect()
        }
        Event::PostFlagged { reason, .. } => {
            staff(log, Role::Moderator).await?.iter().map(|to| letter(Kind::Flagged, to, reason)).collect()
        }
        // Whose post it is hears of the measure.
        Event::PostVeiled { reason, .. } if reason == discussion::REVISE => Vec::new(),
        Event::PostShown { reason, .. } if reason != "not-upheld" => Vec::new(),
        Event::MeasureTaken { post, measure, reason, .. } if is_told(measure) => {
            let code = format!("{measure}:{reason}");
            author(log, post.as_str()).await?.iter().map(|to| letter(Kind::Measure, to, &code)).collect()
        }
        Event::MeasureUndone { account, measure, .. } => vec![letter(Kind::Undone, account, measure)],
        Event::MeasureProposed { decision, .. } => to_moderators(log, entry, Kind::Proposed, decision.as_str()).await?,
        Event::AppealSent { decision, .. } => to_moderators(log, entry, Kind::AppealSent, decision.as_str()).await?,
        Event::AppealHeard { account, outcome, .. } => vec![letter(Kind::AppealHeard, account, outcome)],
        Event::PostVeiled { post, .. } => {
            author(log, post.as_str()).await?.iter().map(|to| letter(Kind::Veiled, to, "")).collect()
        }
        Event::PostShown { post, .. } => {
            author(log, post.as_str()).await?.iter().map(|to| letter(Kind::Shown, to, "")).collect()
        }
        Event::FlagsSettled { post, upheld, .. } => {
            let code = if *upheld { "upheld" } else { "not-upheld" };
            let mut conn = log.reader().await?;
            store::flaggers(&mut conn, post).await?.iter().map(|to| letter(Kind::FlagSettled, to, code)).collect()
        }
        Event::PostRemoved { post, reason, .. } => {
            let mut letters: Vec<Letter> =
                author(log, post.as_str()).await?.iter().map(|to| letter(Kind::Removed, to, reason)).collect();
            if reason == "confidentiality" {
                letters.push(Letter {
                    kind: Kind::Breach,
                    to: None,
                    about: post.as_str().to_owned(),
                    code: reason.clone(),
                });
                letters.extend(staff(log, Role::Privacy).await?.iter().map(|to| letter(Kind::Breach, to, reason)));
            }
            letters
        }
        Event::BreachConfirmed { post, .. } => {
            let readers = breach::silent(&mut *log.reader().await?, post).await?;
            readers.iter().map(|to| letter(Kind::Undelivery, to, "")).collect()
        }
        Event::ReadersReminded { post, .. } => {
            let readers = breach::reminded(&mut *log.reader().await?, post, entry.at).await?;
            readers.iter().map(|to| letter(Kind::UndeliveryAgain, to, "")).collect()
        }
        Event::BreachAlarm { clock, hours, .. } => {
            let code = format!("{clock}|{hours}");
            let mut letters: Vec<Letter> =
                staff(log, Role::Privacy).await?.iter().map(|to| letter(Kind::BreachAlarm, to, &code)).collect();
            letters.push(Letter { kind: Kind::BreachAlarm, to: None, about: entry.event.subject().to_owned(), code });
            letters
        }
        Event::DutyGap { begins, hours } => {
            let about = begins.iso().replace('T', " at ").replace(":00Z", "");
            let of = |to| Letter { about: about.clone(), ..letter(Kind::DutyGap, to, &hours.to_string()) };
            staff(log, Role::Admin).await?.iter().map(of).collect()
        }
        Event::DrillStep { step, .. } if step == "begun" => {
            let called = duty::whom(&mut *log.reader().await?, entry.at, None).await?;
            called.iter().map(|to| letter(Kind::Drill, to, duty::OTHERS)).collect()
        }
        Event::CasePassedOn { case, is_drill, since, to } => {
            let code = format!("{to}|{}", (entry.at.millis() - since.millis()) / MINUTE);
            let kind = if *is_drill { Kind::Drill } else { Kind::PassedOn };
            let called = match Role::parse(to) {
                Some(role) => staff(log, role).await?,
                None => {
                    let author = author(log, case).await?;
                    duty::others(&mut *log.reader().await?, *since, author.as_ref()).await?
                }
            };
            called.iter().map(|to| letter(kind, to, &code)).collect()
        }
        _ => Vec::new(),
    })
}

/// Whether a measure has a letter of its own: a removal and a suspension have theirs, what is dismissed changes nothing.
fn is_told(measure: &str) -> bool {
    !matches!(measure, "dismiss" | "remove" | "remove-thread" | "suspend" | "end")
}

/// To every moderator but the one who did it.
async fn to_moderators(log: &Log, entry: &Entry, kind: Kind, about: &str) -> Result<Vec<Letter>> {
    let mut to = staff(log, Role::Moderator).await?;
    to.retain(|one| Some(one) != entry.actor.as_ref());
    let letter = |to| Letter { kind, to: Some(to), about: about.to_owned(), code: String::new() };
    Ok(to.into_iter().map(letter).collect())
}

async fn staff(log: &Log, role: Role) -> Result<Vec<AccountId>> {
    accounts::store::with_role(&mut *log.reader().await?, role).await
}

async fn author(log: &Log, post: &str) -> Result<Option<AccountId>> {
    store::author(&mut *log.reader().await?, post).await
}
