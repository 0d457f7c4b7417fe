//! What a moderator has before them.

use super::flag::Flag;
use super::language;
use super::store;
use crate::accounts::Moderator;
use crate::base::id::PostId;
use crate::base::problem::Result;
use crate::deid::gate::{self, Part, PartFinding};
use crate::deid::{Band, Severity};
use crate::discussion::{self, Answer, Post, Revision};
use crate::log::{Entry, Event, Log, follow};

/// What the check says of the text as it stands, under the rules of today.
#[derive(Debug, Clone)]
pub struct Finding {
    pub part: String,
    pub start: usize,
    pub end: usize,
    pub label: String,
    pub reason: String,
    pub blocks: bool,
    pub words: String,
}

/// A post under review with everything needed to decide.
pub struct Exhibit {
    pub post: Post,
    pub findings: Vec<Finding>,
    /// What may be unprofessional in it, explained.
    pub language: Vec<String>,
    /// How recognisable somebody is in it; `None` once it is removed.
    pub band: Option<Band>,
    /// How and when consent was recorded.
    pub consent: Option<String>,
    pub answers: Vec<Answer>,
    pub earlier: Vec<Revision>,
    pub flags: Vec<Flag>,
    /// How many people it reached.
    pub readers: i64,
    pub history: Vec<Entry>,
}

/// Opens a post for review, and records that it was opened.
pub async fn open(log: &Log, by: &Moderator, id: &PostId) -> Result<Option<Exhibit>> {
    let mut conn = log.reader().await?;
    let Some(post) = discussion::unveiled_post(&mut conn, by, id).await? else { return Ok(None) };
    let (findings, band) = findings(&post);
    let exhibit = Exhibit {
        findings,
        language: language_of(&post),
        band: (!post.texts.is_empty()).then_some(band),
        consent: discussion::consent_note(&mut conn, by, id, post.revision).await?,
        answers: Answer::of_post(&mut conn, by, id, post.revision).await?,
        earlier: discussion::previous_texts(&mut conn, by, id).await?,
        flags: store::flags_of(&mut conn, id).await?,
        readers: store::count_readers(&mut conn, id).await?,
        history: follow::of_subject(&mut conn, id.as_str()).await?,
        post,
    };
    drop(conn);
    if !exhibit.post.texts.is_empty() {
        let mut tx = log.write(by.id()).await?;
        tx.record(Event::PostOpened { thread: exhibit.post.thread.clone(), post: id.clone() });
        tx.commit().await?;
    }
    Ok(Some(exhibit))
}

/// "a word of contempt beside a patient or a colleague (“idiot”)"
fn language_of(post: &Post) -> Vec<String> {
    let mut told: Vec<String> = post
        .texts
        .iter()
        .flat_map(|text| language::look(&text.markdown))
        .map(|hit| format!("{} (“{}”)", hit.tone.words(), hit.rule))
        .collect();
    told.sort();
    told.dedup();
    told
}

fn findings(post: &Post) -> (Vec<Finding>, Band) {
    let parts: Vec<Part> =
        post.texts.iter().map(|text| Part { name: text.part.to_owned(), text: text.markdown.clone() }).collect();
    let (found, risk) = gate::examine(&parts);
    (found.into_iter().map(shown).collect(), risk.band)
}

/// The kinds of detail that the check finds in a post: codes. They outlive the text, for the record of a breach.
pub(super) fn categories(post: &Post) -> Vec<&'static str> {
    let parts: Vec<Part> =
        post.texts.iter().map(|text| Part { name: text.part.to_owned(), text: text.markdown.clone() }).collect();
    let mut found: Vec<&str> = gate::examine(&parts).0.iter().map(|found| found.finding.category.code()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

pub(super) fn shown(found: PartFinding) -> Finding {
    Finding {
        part: found.part,
        start: found.finding.start,
        end: found.finding.end,
        label: found.finding.category.label().to_owned(),
        reason: found.finding.reason,
        blocks: found.finding.severity == Severity::Block,
        words: found.words,
    }
}
