//! Asking a register itself, one number at a time: for numbers that its file does not hold, or registers without one.
//!
//! Off until the operator configures a source. A look-up is made before anything is decided and outside of every
//! transaction; what it found is kept for a day, and read by [`super::entry`] like a file's entry. An outage can delay;
//! it admits nobody and locks nobody. An answer "not listed" is no sign against anybody either: ended numbers look
//! unknown to the NPI Registry.

mod fhir;
mod http;
mod npi;
#[cfg(test)]
pub(crate) mod tests;

use super::{Entry, Number, Register, Shelf, record, store};
use crate::base::clock::{Clock, HOUR};
use crate::base::problem::{Problem, Result};
use crate::base::secret::Secret;
use crate::log::{Actor, Log};
use serde::Deserialize;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How often an unreachable or busy source is asked again.
const TRIES: u32 = 3;
/// The wait before the second try; each further one waits twice as long.
const PAUSE: Duration = Duration::from_millis(300);

/// A register's own service; a section `[[live]]` of the configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The register's code.
    pub register: String,
    /// `npi` (NPI Registry API 2.1) or `fhir` (FHIR R4 Practitioner).
    pub kind: Kind,
    /// Where it is asked.
    pub url: url::Url,
    /// For `fhir`: the system of the identifier, as the register's profile names it.
    #[serde(default)]
    pub system: String,
    /// The header that carries the key, and the key.
    #[serde(default)]
    pub key_header: String,
    #[serde(default)]
    pub key: Option<Secret>,
    /// Questions in a second, at most.
    #[serde(default = "two")]
    pub per_second: u32,
    #[serde(default = "five")]
    pub timeout_seconds: u64,
    /// How long an answer is kept.
    #[serde(default = "day")]
    pub keep_hours: i64,
}

fn two() -> u32 {
    2
}

fn five() -> u64 {
    5
}

fn day() -> i64 {
    24
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Npi,
    Fhir,
}

/// What a register answers of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Listed(Box<Entry>),
    /// Unknown to it, or ended: it does not say which.
    NotListed,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No line, no answer in time, a fault of theirs: worth another try.
    Unreachable(String),
    /// They ask to wait.
    Busy,
    /// They answered what is not understood, or refused the question.
    Strange(String),
}

type Asking<'a> = Pin<Box<dyn Future<Output = std::result::Result<Answer, Trouble>> + Send + 'a>>;

/// One register's service.
trait Source: Send + Sync {
    /// Asks once.
    fn ask<'a>(&'a self, number: &'a Number) -> Asking<'a>;
}

struct Configured {
    register: String,
    source: Box<dyn Source>,
    between: Duration,
    keep: i64,
    /// When it may be asked next.
    free: Mutex<Option<Instant>>,
}

/// The sources that are configured; none as a rule.
#[derive(Clone, Default)]
pub struct Live {
    sources: Arc<Vec<Configured>>,
}

impl Live {
    /// # Errors
    /// A register that is not known, a source of a kind that needs more, an address that is none.
    pub fn new(settings: &[Settings]) -> Result<Live> {
        let sources: Result<Vec<Configured>> = settings.iter().map(configured).collect();
        Ok(Live { sources: Arc::new(sources?) })
    }

    /// The registers that can be asked.
    pub fn registers(&self) -> impl Iterator<Item = &'static Register> {
        self.sources.iter().filter_map(|source| super::find(&source.register))
    }

    /// Asks for a number that the register's file does not hold, if a source is configured and it was not asked lately.
    /// What is found is kept for [`super::entry`]. Whether there was an answer.
    ///
    /// # Errors
    /// Only our own database; a source in trouble is told in the trace and gives `false`.
    pub async fn refresh(&self, log: &Log, number: &Number) -> Result<bool> {
        let code = number.register().code;
        let Some(at) = self.sources.iter().find(|source| source.register == code) else { return Ok(false) };
        let mut conn = log.reader().await?;
        let listed = Shelf::open(&mut conn, number.register()).await?.entry(&mut conn, number).await?;
        if listed.is_some_and(|entry| entry.absent_since.is_none()) {
            return Ok(false);
        }
        let since = log.clock().now().plus(-at.keep);
        if store::asked_since(&mut conn, code, number.as_str(), since).await? {
            return Ok(true);
        }
        drop(conn);
        let answer = match at.ask(number).await {
            Ok(answer) => answer,
            Err(trouble) => {
                // Neither number nor name stands in the trace.
                tracing::warn!(register = code, ?trouble, "a live look-up gave no answer");
                return Ok(false);
            }
        };
        let mut packed = None;
        if let Answer::Listed(entry) = &answer {
            let mut bytes = Vec::new();
            record::pack(entry, false, &mut bytes);
            packed = Some(bytes);
        }
        let mut tx = log.write(Actor::House).await?;
        store::keep_answer(&mut tx, code, number.as_str(), packed).await?;
        tx.commit_quietly("what a register answered of a number").await?;
        Ok(true)
    }
}

/// What stands in place of a file's version.
pub(super) const VERSION: &str = "live";

fn configured(settings: &Settings) -> Result<Configured> {
    let wrong = |words: &str| Err(Problem::Malformed(format!("live: {}: {words}", settings.register)));
    if super::find(&settings.register).is_none() {
        return wrong("there is no such register; see: collegium register list");
    }
    if settings.kind == Kind::Fhir && settings.system.is_empty() {
        return wrong("a FHIR source needs the system of its identifiers");
    }
    let client = http::Client::new(settings)?;
    let source: Box<dyn Source> = match settings.kind {
        Kind::Npi => Box::new(npi::Registry::new(client)),
        Kind::Fhir => Box::new(fhir::Directory::new(client, settings.system.clone(), Clock::real())),
    };
    Ok(Configured {
        register: settings.register.clone(),
        source,
        between: Duration::from_secs(1) / settings.per_second.max(1),
        keep: settings.keep_hours.max(0) * HOUR,
        free: Mutex::new(None),
    })
}

impl Configured {
    /// Asks, in turn, and again where that may help.
    async fn ask(&self, number: &Number) -> std::result::Result<Answer, Trouble> {
        let mut pause = PAUSE;
        let mut tries = 1;
        loop {
            self.turn().await;
            match self.source.ask(number).await {
                Err(Trouble::Unreachable(_) | Trouble::Busy) if tries < TRIES => {
                    tokio::time::sleep(pause).await;
                    pause *= 2;
                    tries += 1;
                }
                done => return done,
            }
        }
    }

    /// Waits until this source may be asked; those who wait are let through one after the other.
    async fn turn(&self) {
        let at = {
            let mut free = self.free.lock().await;
            let at = free.map_or_else(Instant::now, |free| free.max(Instant::now()));
            *free = Some(at + self.between);
            at
        };
        tokio::time::sleep_until(at).await;
    }
}
