//! From what was typed to what is published: reads the form, states the interests, passes the gate, and only then writes.
//! Pages and the API both come through here, so that they cannot judge differently.

use super::draft::{Draft, Reading, Start};
use super::publish::{self, Placed};
use super::revise as revising;
use super::{rooms, store};
use crate::accounts::Clinician;
use crate::base::id::{PostId, ThreadId};
use crate::base::problem::{Fault, Problem, Result};
use crate::deid::Risk;
use crate::deid::gate::{self, Answer, Checked, PartFinding};
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
}

/// Publishes a thread's first post.
pub async fn submit_start(
    log: &Log,
    author: &Clinician,
    start: &Start,
    draft: &Draft,
    attached: &Attached,
) -> std::result::Result<Placed, Declined> {
    let room = rooms::room(&mut *log.reader().await.map_err(Declined::Problem)?, author, &start.room).await?;
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
    let ((kind, basis, reading), checked, statement) = judge(log, author, draft, attached, read).await?;
    let room = room.ok_or(Problem::NotFound)?;
    Ok(publish::start(log, author, &room.id, (kind, basis, reading), &checked, &statement).await?)
}

/// Publishes a reply.
pub async fn submit_reply(
    log: &Log,
    author: &Clinician,
    thread: &ThreadId,
    draft: &Draft,
    attached: &Attached,
) -> std::result::Result<Placed, Declined> {
    let (reading, checked, statement) = judge(log, author, draft, attached, draft.read_reply()).await?;
    Ok(publish::reply(log, author, thread, reading, &checked, &statement).await?)
}

/// Publishes a new text of one's own post; its new revision's number.
pub async fn submit_revision(
    log: &Log,
    author: &Clinician,
    post: &PostId,
    seen_revision: i64,
    draft: &Draft,
    attached: &Attached,
) -> std::result::Result<i64, Declined> {
    let first = store::is_first(&mut *log.reader().await.map_err(Declined::Problem)?, post).await?;
    let read: Result<Reading> = match first {
        // The kind and basis of a thread stay; only its text is read again.
        Some((kind, basis)) => draft
            .read_start(&Start { room: String::new(), kind, basis: basis.unwrap_or_default() })
            .map(|(_, _, reading)| reading),
        None => draft.read_reply(),
    };
    let (reading, checked, statement) = judge(log, author, draft, attached, read).await?;
    Ok(revising::revise(log, author, post, seen_revision, reading, &checked, &statement).await?)
}

/// Brings together what the form, the statement and the check say, so that the author is told once.
async fn judge<T>(
    log: &Log,
    author: &Clinician,
    draft: &Draft,
    attached: &Attached,
    read: Result<T>,
) -> std::result::Result<(T, Checked, Statement), Declined> {
    let mut faults = Vec::new();
    let read = match read {
        Ok(read) => Some(read),
        Err(Problem::Refused(mut found)) => {
            faults.append(&mut found);
            None
        }
        Err(other) => return Err(Declined::Problem(other)),
    };
    let mut conn = log.reader().await.map_err(Declined::Problem)?;
    let statement = match Statement::read(&mut conn, author, &attached.interest_statement, &attached.interests).await {
        Ok(statement) => Some(statement),
        Err(Problem::Refused(mut found)) => {
            faults.append(&mut found);
            None
        }
        Err(other) => return Err(Declined::Problem(other)),
    };
    drop(conn);
    match (gate::pass(draft.parts(), &attached.answers), read, statement) {
        (Ok(checked), Some(read), Some(statement)) => Ok((read, checked, statement)),
        (Ok(_), ..) => Err(Declined::Form { faults, findings: Vec::new(), risk: None }),
        (Err(refusal), ..) => Err(Declined::Form { faults, findings: refusal.findings, risk: Some(refusal.risk) }),
    }
}
