//! What may be handed to an employer, a professional regulator or an authority: who, when, of what kind, what was done, and
//! the evidence, sealed to the recipient whom the operator names (age, `age-encryption.org/v1`). It is made at the officer's
//! press, and goes nowhere by itself.
//!
//! The removed words are in it nowhere, no flagger is named, and only an authority is told who the readers were.

use super::report::Exposure;
use super::{record, report, sheet, store};
use crate::accounts::{self, Privacy};
use crate::auth::Present;
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use crate::log::{Entry, Event, Log, chain, follow};
use crate::moderation;
use crate::registers;
use serde_json::{Value, json};
use std::io::{Cursor, Write};

/// For whom: code and words.
pub const RECEIVERS: [(&str, &str); 3] = [
    ("employer", "The author's employer"),
    ("regulator", "The author's professional regulator"),
    ("authority", "The data-protection authority"),
];

/// What stands around a package.
pub struct Sender<'a> {
    pub host: &'a str,
    /// The data-protection contact.
    pub contact: &'a str,
    /// `age1…`
    pub recipient: &'a str,
}

/// Reads the recipient of the configuration; `None` for an empty one.
///
/// # Errors
/// A text that is no age recipient.
pub fn recipient(text: &str) -> Result<Option<age::x25519::Recipient>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| Problem::Malformed("breach.recipient: not an age recipient (age1…, from age-keygen)".to_owned()))
}

/// Makes a package and records that. It is an archive (zip) sealed with age.
///
/// # Errors
/// [`Problem::Conflict`] when the operator has named no recipient; [`Problem::Refused`] for an unknown receiver;
/// [`Problem::NotFound`].
pub async fn package(
    log: &Log,
    by: &Privacy,
    _present: &Present,
    post: &PostId,
    receiver: &str,
    sender: &Sender<'_>,
) -> Result<Vec<u8>> {
    if !RECEIVERS.iter().any(|(code, _)| *code == receiver) {
        return Err(Problem::field("for", "unknown", "Choose for whom it is."));
    }
    let Some(to) = recipient(sender.recipient)? else {
        return Err(Problem::conflict(
            "no-recipient",
            "The operator has named no recipient to seal it to (breach.recipient in the configuration).",
        ));
    };
    let report = report::take(log, by, post, &format!("package:{receiver}")).await?;
    let mut conn = log.reader().await?;
    let author = accounts::store::byline(&mut conn, &report.breach.author).await?;
    let mut actions = Vec::new();
    for entry in follow::of_subject(&mut conn, post.as_str()).await? {
        let name = match &entry.actor {
            Some(id) => store::name(&mut conn, id).await?,
            None => "the house".to_owned(),
        };
        actions.push(action(&entry, &name));
    }
    let proofs: Vec<Value> = moderation::proofs(&mut conn, post)
        .await?
        .iter()
        .map(|proof| json!({ "at": proof.at.iso(), "looked_at": proof.looked.lines().collect::<Vec<_>>(), "found": proof.found }))
        .collect();
    let (seq, hash) = chain::head(&mut conn).await?;
    drop(conn);
    let about = json!({
        "reference": post, "for": receiver, "from": sender.host, "contact": sender.contact, "made_at": report.made_at.iso(),
        "kind": "confidentiality: a post could identify a patient", "categories": report.categories,
        "place": report.place(), "published": report.breach.written_at.iso(),
        "flagged": report.breach.flagged_at.map(|at| at.iso()), "hidden": report.hidden_at.iso(),
        "removed": report.breach.confirmed_at.iso(), "removed_by": report.removed_by,
        "people_shown": report.readers.len(),
        "decision": report.breach.decision, "reason": report.breach.reason,
        "author": author.map(|author| json!({
            "name": author.name, "profession": author.profession,
            "register": registers::find(&author.register).map_or(author.register.clone(), |known| known.name.to_owned()),
            "number": author.warrant.number,
        })),
        "log": { "events": seq, "head": hash },
    });
    let archive = archive(&report, &about, &actions, &proofs, receiver == "authority", sender)?;
    age::encrypt(&to, &archive).map_err(|cause| Problem::fault(cause.to_string()))
}

/// One step of what was done. Who flagged it is told to nobody, and a flag is what hides a post.
fn action(entry: &Entry, name: &str) -> Value {
    let by = match &entry.event {
        Event::PostFlagged { .. } | Event::PostVeiled { .. } if entry.actor.is_some() => "a member",
        Event::ReaderAnswered { .. } => "a reader",
        _ => name,
    };
    json!({ "seq": entry.seq, "at": entry.at.iso(), "by": by, "event": entry.event })
}

fn archive(
    report: &Exposure,
    about: &Value,
    actions: &[Value],
    proofs: &[Value],
    with_readers: bool,
    sender: &Sender<'_>,
) -> Result<Vec<u8>> {
    let fault = |cause: zip::result::ZipError| Problem::Fault(Box::new(cause));
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| -> Result<()> {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).map_err(fault)?;
        Ok(archive.write_all(bytes)?)
    };
    add("about.json", &serde_json::to_vec_pretty(about)?)?;
    let lines: Vec<String> = actions.iter().map(Value::to_string).collect();
    add("actions.jsonl", lines.join("\n").as_bytes())?;
    add("evidence.json", &serde_json::to_vec_pretty(&json!({ "searches_after_removal": proofs }))?)?;
    let record: Vec<String> = record::draft(report, sender.host, sender.contact)
        .iter()
        .map(|section| format!("{} ({})\n{}\n", section.title, section.law, section.words))
        .collect();
    add("record.txt", record.join("\n").as_bytes())?;
    if with_readers {
        add("exposure.csv", &sheet::csv(report)?)?;
    }
    Ok(archive.finish().map_err(fault)?.into_inner())
}
