//! What members may see of moderation: counts by kind and month, and how long things took. No text, no name, no id.
//!
//! It is told from the hash chain alone, and every link is checked on the way: what is shown cannot be rewritten without the
//! chain telling. The head that stands beside the counts can be noted down; whoever comes back with it learns whether it is
//! still a link of the same chain.

use crate::accounts::Clinician;
use crate::base::clock::Time;
use crate::base::problem::{Problem, Result};
use crate::log::{Log, chain};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tokio::sync::Mutex;

/// What is counted: the event's kind, the field that tells kinds of it apart, and the words.
const COUNTED: &[(&str, &str, &str)] = &[
    ("post-flagged", "reason", "Flagged"),
    ("post-veiled", "reason", "Hidden at once"),
    ("post-shown", "", "Shown again"),
    ("post-removed", "reason", "Removed"),
    ("post-held", "", "Held before publishing"),
    ("post-released", "", "Released after a look"),
    ("post-returned", "", "Given back to the author"),
    ("measure-taken", "measure", "Measure taken"),
    ("measure-undone", "measure", "Measure undone"),
    ("appeal-sent", "", "Appealed"),
    ("appeal-heard", "outcome", "Appeal decided"),
    ("account-suspended", "why", "Membership paused"),
    ("account-restored", "", "Membership restored"),
    ("breach-confirmed", "", "Breach confirmed"),
    ("breach-decided", "decision", "Breach: decided whom to notify"),
    ("exposure-seen", "", "Exposure report looked at"),
    ("exposure-taken", "", "Exposure report taken out"),
    ("removal-proved", "", "Searched for the rest of a removed text"),
];

/// One month.
#[derive(Debug, Clone, Default)]
pub struct Month {
    /// By words and code.
    pub counts: BTreeMap<(&'static str, String), u64>,
    /// From a confidentiality flag to the veil, milliseconds.
    pub to_hide: Vec<i64>,
    /// From the first open flag to the decision, milliseconds.
    pub to_decide: Vec<i64>,
    /// Appeals decided, and of these those that went for the author.
    pub appeals: u64,
    pub reversed: u64,
}

/// The state of the telling.
#[derive(Debug, Clone)]
pub struct Told {
    /// "2026-11" and what happened in it, in order.
    pub months: BTreeMap<String, Month>,
    pub events: i64,
    pub head: String,
}

struct Tally {
    told: Told,
    /// Posts with open flags: the first flag, and the first for confidentiality that hid nothing yet.
    open: HashMap<String, (i64, Option<i64>)>,
}

/// The telling, kept from one look to the next: only what is new is read.
#[derive(Clone)]
pub struct Ledger(Arc<Mutex<Tally>>);

impl Default for Ledger {
    fn default() -> Ledger {
        let told = Told { months: BTreeMap::new(), events: 0, head: chain::GENESIS.to_owned() };
        Ledger(Arc::new(Mutex::new(Tally { told, open: HashMap::new() })))
    }
}

impl Ledger {
    /// Reads on to the head and tells.
    ///
    /// # Errors
    /// A chain that does not hold is told to nobody as if it did.
    pub async fn tell(&self, log: &Log, _by: &Clinician) -> Result<Told> {
        let mut tally = self.0.lock().await;
        let mut conn = log.reader().await?;
        loop {
            let links = chain::links(&mut conn, tally.told.events, &tally.told.head).await?;
            let links =
                links.map_err(|(seq, why)| Problem::fault(format!("the chain breaks at event {seq}: {why}")))?;
            let Some(last) = links.last() else { break };
            let (seq, head) = (last.seq, last.hash.clone());
            for link in &links {
                tally.take(link);
            }
            (tally.told.events, tally.told.head) = (seq, head);
        }
        Ok(tally.told.clone())
    }
}

impl Tally {
    fn take(&mut self, link: &chain::Link) {
        let Some((_, field, words)) = COUNTED.iter().find(|(kind, ..)| *kind == link.kind) else {
            if link.kind == "flags-settled" {
                self.decided(link);
            }
            return;
        };
        let detail: Value = serde_json::from_str(&link.detail).unwrap_or_default();
        let code = detail[*field].as_str().unwrap_or_default().to_owned();
        let month = self.told.months.entry(month_of(link.at)).or_default();
        *month.counts.entry((words, code.clone())).or_default() += 1;
        let at = link.at.millis();
        match link.kind.as_str() {
            "post-flagged" => {
                let open = self.open.entry(link.subject.clone()).or_insert((at, None));
                if code == "confidentiality" {
                    open.1.get_or_insert(at);
                }
            }
            "post-veiled" => {
                if let Some(flagged) = self.open.get_mut(&link.subject).and_then(|open| open.1.take()) {
                    month.to_hide.push(at - flagged);
                }
            }
            "post-removed" => self.decided(link),
            "appeal-heard" => {
                month.appeals += 1;
                month.reversed += u64::from(matches!(code.as_str(), "reversed" | "granted" | "overturned"));
            }
            _ => {}
        }
    }

    fn decided(&mut self, link: &chain::Link) {
        if let Some((flagged, _)) = self.open.remove(&link.subject) {
            let month = self.told.months.entry(month_of(link.at)).or_default();
            month.to_decide.push(link.at.millis() - flagged);
        }
    }
}

fn month_of(at: Time) -> String {
    at.iso().get(..7).unwrap_or_default().to_owned()
}

/// The one in the middle.
pub fn median(times: &[i64]) -> Option<i64> {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}

/// Where a head that somebody noted down stands in the chain; `None` when it is no link of it.
pub async fn find_head(log: &Log, _by: &Clinician, head: &str) -> Result<Option<(i64, Time)>> {
    let head = head.trim().to_lowercase();
    if head.len() != 64 || !head.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Problem::field(
            "head",
            "not-a-head",
            "A head has 64 letters and figures, as it stood on this page.",
        ));
    }
    chain::find(&mut *log.reader().await?, &head).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[5]), Some(5));
        assert_eq!(median(&[9, 1, 5]), Some(5));
    }
}
