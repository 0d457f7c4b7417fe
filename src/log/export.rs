//! The log on its way out: JSON Lines, signed with the house's own key (Ed25519), to be checked anywhere.
//!
//! The first line says whose log it is, when it was taken, the public key and the head of the chain; then one line for each
//! event, with its hash; the last holds the signature over every byte before it. Whoever has the public key from another
//! hand can check file and chain without the house.

use super::chain::{self, GENESIS, Verdict};
use super::event::Row;
use crate::base::clock::Time;
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::base::secret::HouseKey;
use crate::db::Conn;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{BufRead, Write};

/// What the signature is made for; no other text of ours begins so.
const PURPOSE: &[u8] = b"collegium audit export v1\n";

#[derive(Serialize, Deserialize)]
struct Head {
    audit: String,
    host: String,
    made_at: Time,
    /// The public key, base64.
    key: String,
    events: i64,
    head: String,
}

#[derive(Serialize, Deserialize)]
struct Line {
    seq: i64,
    at: Time,
    kind: String,
    actor: Option<AccountId>,
    subject: String,
    thread: Option<String>,
    detail: String,
    hash: String,
}

#[derive(Serialize, Deserialize)]
struct Seal {
    signature: String,
}

/// What was written, or found.
#[derive(Debug, PartialEq, Eq)]
pub struct Exported {
    pub host: String,
    pub made_at: Time,
    pub events: i64,
    pub head: String,
    /// The public key by which it is checked, base64.
    pub key: String,
}

/// The key that signs exports, made from the house's own.
pub fn signing_key(house: &HouseKey) -> SigningKey {
    SigningKey::from_bytes(&Sha256::digest(house.token("audit", "export").reveal()).into())
}

/// The public half, as operators note it down.
pub fn public_key(key: &SigningKey) -> String {
    STANDARD.encode(key.verifying_key().as_bytes())
}

/// Reads a public key.
///
/// # Errors
/// A text that is none.
pub fn read_key(text: &str) -> Result<VerifyingKey> {
    let bytes: Option<[u8; 32]> = STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes
        .and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok())
        .ok_or_else(|| Problem::fault("key: not a public key (44 characters, as the export printed it)"))
}

/// Writes the whole log as it stands now.
///
/// # Errors
/// A log that does not hold is not signed.
pub async fn export(
    conn: &mut Conn,
    key: &SigningKey,
    host: &str,
    made_at: Time,
    mut out: impl Write,
) -> Result<Exported> {
    let (events, head) = chain::head(conn).await?;
    let first = Head {
        audit: "collegium".to_owned(),
        host: host.to_owned(),
        made_at,
        key: public_key(key),
        events,
        head: head.clone(),
    };
    let mut hash = Sha256::new();
    let mut line = |text: String| -> Result<()> {
        hash.update(text.as_bytes());
        hash.update(b"\n");
        Ok(writeln!(out, "{text}")?)
    };
    line(serde_json::to_string(&first)?)?;
    let (mut seq, mut before) = (0, GENESIS.to_owned());
    while seq < events {
        for row in chain::rows(conn, seq, events).await? {
            if let Some(why) = chain::wrong(&before, seq, &row) {
                return Err(Problem::fault(format!("the chain breaks at event {}: {why}; nothing is signed", seq + 1)));
            }
            (seq, before) = (row.seq, row.hash.clone());
            let Row { seq, at, kind, actor, subject, thread, detail, hash } = row;
            line(serde_json::to_string(&Line { seq, at, kind, actor, subject, thread, detail, hash })?)?;
        }
    }
    let signature = key.sign(&[PURPOSE, &hash.finalize()[..]].concat());
    writeln!(out, "{}", serde_json::to_string(&Seal { signature: STANDARD.encode(signature.to_bytes()) })?)?;
    out.flush()?;
    Ok(Exported { host: first.host, made_at, events, head, key: first.key })
}

/// Checks a file: every link of the chain, the head, and the signature; by `key`, or by the one that stands in the file.
///
/// # Errors
/// A file that is no export.
pub fn check(file: impl BufRead, key: Option<&VerifyingKey>) -> Result<(Exported, Option<Verdict>)> {
    let no_export = || Problem::fault("FILE: not an export of the audit trail");
    let mut lines = file.lines();
    let first = lines.next().ok_or_else(no_export)??;
    let head: Head = serde_json::from_str(&first).map_err(|_| no_export())?;
    let told = Exported {
        host: head.host.clone(),
        made_at: head.made_at,
        events: head.events,
        head: head.head.clone(),
        key: head.key.clone(),
    };
    let mut hash = Sha256::new();
    hash.update(first.as_bytes());
    hash.update(b"\n");
    let (mut seq, mut before) = (0, GENESIS.to_owned());
    let broken = |seq, why| Ok((told_again(&told), Some(Verdict::Broken { seq, why })));
    for line in lines {
        let line = line?;
        if let Ok(seal) = serde_json::from_str::<Seal>(&line) {
            if seq != head.events || before != head.head {
                return broken(seq + 1, "events are missing at the end");
            }
            let own;
            let key = match key {
                Some(key) => key,
                None => {
                    own = read_key(&head.key)?;
                    &own
                }
            };
            let signature = STANDARD.decode(&seal.signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
            let signed = [PURPOSE, &hash.finalize()[..]].concat();
            if signature.is_none_or(|signature| key.verify(&signed, &signature).is_err()) {
                return broken(seq, "the signature is not of this file and key");
            }
            return Ok((told, None));
        }
        hash.update(line.as_bytes());
        hash.update(b"\n");
        let Ok(Line { seq: number, at, kind, actor, subject, thread, detail, hash: link }) =
            serde_json::from_str(&line)
        else {
            return broken(seq + 1, "a line that is no event");
        };
        let row = Row { seq: number, at, kind, actor, subject, thread, detail, hash: link };
        if let Some(why) = chain::wrong(&before, seq, &row) {
            return broken(seq + 1, why);
        }
        (seq, before) = (row.seq, row.hash);
    }
    broken(seq + 1, "the signature is missing")
}

fn told_again(told: &Exported) -> Exported {
    Exported {
        host: told.host.clone(),
        made_at: told.made_at,
        events: told.events,
        head: told.head.clone(),
        key: told.key.clone(),
    }
}
