//! From what was typed to what is published: reads the form, states the interests, passes the gate, and only then writes.
//! Pages and the API both come through here, so that they cannot judge differently.

use super::around::around;
use super::draft::{Basis, Draft, Kind, Reading, Start};
use super::publish::{self, Act, Leave, Placed, Ready};
use super::seal::Seal;
use super::{held, rooms, store};
use crate::accounts::{Clinician, Writer};
use crate::base::id::{PostId, ThreadId};
use crate::base::problem::{Fault, Problem, Result};
use crate::db::Conn;
use crate::deid::aside::Aside;
use crate::deid::gate::{self, Answer, Checked, PartFinding};
use crate::deid::{Around, Band, Risk, Severity};
use crate::disclosure::Statement;
use crate::log::Log;

/// Why nothing was published. Everything that is wrong is said at once; nothing typed is stored.
#[derive(Debug)]
pub enum Declined {
    /// Fields to be put right, and what the check found in the text.
    Form {
        faults: Vec<Fault>,
        findings: Vec<PartFinding>,
        risk: Option<Risk>,
    },
    Problem(Problem),
}

impl From<Problem> for Declined {
    fn from(problem: Problem) -> Declined {
        match problem {
            Problem::Refused(faults) => Declined::Form { faults, findings: Vec::new(), risk: None },
            other => Declined::Problem(other),
        }
    }
}

/// What comes with every text: the answers to the check's questions and the statement of interests.
#[derive(Debug, Clone, Default)]
pub struct Attached {
    pub answers: Vec<Answer>,
    /// `none` or `some`.
    pub interest_statement: String,
    pub interests: Vec<String>,
    /// One's own held text that this one stands in place of.
    pub instead_of: Option<PostId>,
}

/// Publishes a thread's first post, or holds it.
pub async fn submit_start(
    log: &Log,
    writer: &Writer,
    start: &Start,
    draft: &Draft,
    attached: &Attached,
) -> std::result::Result<Placed, Declined> {
    if start.kind == Kind::Case.code() {
        writer.of_cases()?;
    }
    let author = writer.clinician();
    let room = rooms::room(&mut *log.reader().await?, author, &start.room).await?;
    let mut read = draft.read_start(start);
    if room.is_none() {
        let fault = Fault::new("room", "unknown", "Choose a room.");
        read = Err(match read {
            Err(Problem::Refused(mut faults)) => {
                faults.insert(0, fault);
                Problem::Refused(faults)
            }
            _ => Problem::Refused(vec![fault]),
        });
    }
    let basis = if start.kind == Kind::Case.code() { Basis::parse(&start.basis) } else { None };
    let shared = Shared { basis, field: if start.kind == Kind::Case.code() { "basis" } else { "consent_note" } };
    let around = around(&mut *log.reader().await?, author.id(), None, None).await?;
    let (read, judged) = judge(log, author, draft, attached, read, shared, around).await?;
    let (kind, _, reading) = read;
    let room = room.ok_or(Problem::NotFound)?;
    Ok(send(log, author, &Act::Start { room: room.id, kind }, reading, &judged, attached).await?)
}

/// Publishes a reply, or holds it.
pub async fn submit_reply(
    log: &Log,
    writer: &Writer,
    thread: &ThreadId,
    draft: &Draft,
    attached: &Attached,
) -> std::result::Result<Placed, Declined> {
    let author = writer.clinician();
    let mut conn = log.reader().await?;
    let around = around(&mut conn, author.id(), Some(thread), None).await?;
    let shared = Shared::of_reply(&mut conn, author, thread).await?;
    drop(conn);
    let (reading, judged) = judge(log, author, draft, attached, draft.read_reply(), shared, around).await?;
    Ok(send(log, author, &Act::Reply { thread: thread.clone() }, reading, &judged, attached).await?)
}

/// Publishes a new text of one's own post, or holds it while the text before stays.
pub async fn submit_revision(
    log: &Log,
    writer: &Writer,
    post: &PostId,
    seen_revision: i64,
    draft: &Draft,
    attached: &Attached,
) -> std::result::Result<Placed, Declined> {
    let author = writer.clinician();
    let mut conn = log.reader().await?;
    let (thread, position, kind, basis) = store::place(&mut conn, post).await?.ok_or(Problem::NotFound)?;
    let (read, shared): (Result<Reading>, Shared) = if position == 1 {
        // The kind of a thread stays, and so does its basis unless consent comes with the change.
        let shared = Shared { basis: basis.as_deref().and_then(Basis::parse), field: "consent_note" };
        let start = Start { room: String::new(), kind, basis: basis.unwrap_or_default() };
        (draft.read_start(&start).map(|(_, _, reading)| reading), shared)
    } else {
        (draft.read_reply(), Shared::of_reply(&mut conn, author, &thread).await?)
    };
    let around = around(&mut conn, author.id(), Some(&thread), Some(post)).await?;
    drop(conn);
    let (reading, judged) = judge(log, author, draft, attached, read, shared, around).await?;
    let act = Act::Change { post: post.clone(), seen: seen_revision };
    Ok(send(log, author, &act, reading, &judged, attached).await?)
}

/// On what basis the text is said to be shared, and the field that asks.
struct Shared {
    basis: Option<Basis>,
    field: &'static str,
}

impl Shared {
    /// A reply is not asked: it is anonymised, unless a note on consent comes with it; what one adds to a case that one
    /// invented is invented too.
    async fn of_reply(conn: &mut Conn, author: &Clinician, thread: &ThreadId) -> Result<Shared> {
        let is_invented = store::invented(conn, thread, author.id()).await?;
        Ok(Shared { basis: is_invented.then_some(Basis::Invented), field: "consent_note" })
    }

    /// The basis, once the note is read. An author who says that it is anonymised, in a field that asks, is believed to
    /// mean it.
    fn with(&self, has_note: bool) -> Basis {
        match self.basis {
            Some(Basis::Anonymised) if has_note && self.field == "consent_note" => Basis::Consent,
            Some(basis) => basis,
            None if has_note => Basis::Consent,
            None => Basis::Anonymised,
        }
    }
}

/// A text that may be sent.
struct Judged {
    checked: Checked,
    statement: Statement,
    basis: Basis,
    consent: Option<Aside>,
}

/// Brings together what the form, the statement and the check say, so that the author is told once.
async fn judge<T>(
    log: &Log,
    author: &Clinician,
    draft: &Draft,
    attached: &Attached,
    read: Result<T>,
    shared: Shared,
    mut around: Around,
) -> std::result::Result<(T, Judged), Declined> {
    let mut faults = Vec::new();
    let read = kept(read, &mut faults)?;
    let mut conn = log.reader().await?;
    let statement = Statement::read(&mut conn, author, &attached.interest_statement, &attached.interests).await;
    let statement = kept(statement, &mut faults)?;
    drop(conn);
    let consent = held::note(&draft.consent_note).map_err(|fault| Problem::Refused(vec![fault]));
    let consent = kept(consent, &mut faults)?;
    around.employer |= statement.as_ref().is_some_and(Statement::names_employer);
    let basis = shared.with(!draft.consent_note.trim().is_empty());
    match gate::pass(draft.parts(), &attached.answers, &around) {
        Ok(checked) => {
            faults.extend(judge_risk(checked.risk(), basis, &draft.consent_note, shared.field));
            match (read, statement, consent) {
                (Some(read), Some(statement), Some(consent)) if faults.is_empty() => {
                    Ok((read, Judged { checked, statement, basis, consent }))
                }
                _ => Err(Declined::Form { faults, findings: Vec::new(), risk: Some(checked.risk().clone()) }),
            }
        }
        Err(refusal) => {
            // What must be changed anyway may be what makes it red: the basis is asked about once that is gone.
            if refusal.findings.iter().all(|found| found.finding.severity == Severity::Confirm) {
                faults.extend(judge_risk(&refusal.risk, basis, &draft.consent_note, shared.field));
            }
            Err(Declined::Form { faults, findings: refusal.findings, risk: Some(refusal.risk) })
        }
    }
}

/// A value, or the faults instead of it; any other problem ends the matter.
fn kept<T>(value: Result<T>, faults: &mut Vec<Fault>) -> std::result::Result<Option<T>, Declined> {
    match value {
        Ok(value) => Ok(Some(value)),
        Err(Problem::Refused(mut found)) => {
            faults.append(&mut found);
            Ok(None)
        }
        Err(other) => Err(Declined::Problem(other)),
    }
}

/// What could identify is not anonymised, and consent that nobody recorded is none.
fn judge_risk(risk: &Risk, basis: Basis, note: &str, field: &'static str) -> Option<Fault> {
    if risk.band != Band::Red {
        return None;
    }
    let told = risk.details.join(", ");
    let change = risk.change.as_deref().map(|change| format!("{change} ")).unwrap_or_default();
    match basis {
        Basis::Anonymised => Some(Fault::new(
            field,
            "not-anonymised",
            format!(
                "Together these details could identify the patient: {told}. {change}Or share it on documented consent, \
                 saying how and when it was recorded: a moderator then looks at it first."
            ),
        )),
        Basis::Consent if note.trim().is_empty() => Some(Fault::new(
            "consent_note",
            "missing",
            format!(
                "Together these details could identify the patient: {told}. Say how and when consent was recorded; a \
                 moderator then looks at it first."
            ),
        )),
        _ => None,
    }
}

/// Writes what was judged: publishes it, or holds it. What it stands in place of, held and given back, goes.
async fn send(
    log: &Log,
    author: &Clinician,
    act: &Act,
    reading: Reading,
    judged: &Judged,
    attached: &Attached,
) -> Result<Placed> {
    let sharing = (judged.basis, judged.consent.as_ref());
    let ready = Ready::new(author.id(), &judged.checked, sharing, (reading.ground, reading.key))
        .with_statement(&judged.statement);
    let ids = (ThreadId::fresh(log.clock().now(), log.chance()), PostId::fresh(log.clock().now(), log.chance()));
    if !matches!(act, Act::Change { .. }) {
        // Before the post itself: whoever finds the post finds its key.
        Seal::prepare(log, &ids.1).await?;
    }
    let mut tx = log.write(author.id()).await?;
    if !matches!(act, Act::Change { .. }) {
        if let Some(placed) = store::sent_before(&mut tx, author.id(), &ready.key).await? {
            return Ok(placed);
        }
        if let Some(placed) = store::held_before(&mut tx, author.id(), &ready.key).await? {
            return Ok(placed);
        }
    }
    if let Some(before) = &attached.instead_of {
        held::drop_own(&mut tx, author.id(), before).await?;
    }
    let mut placed = if ready.must_be_held() {
        held::hold(&mut tx, act, ids, &ready).await?
    } else {
        publish::publish(&mut tx, act, ids, &ready, Leave::Author).await?
    };
    placed.seq = tx.commit().await?;
    Ok(placed)
}
