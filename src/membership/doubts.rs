//! What a verifier must settle about a member: the list, one of them beside the register, the decision.

use super::machine::Happening;
use super::store::{self, DoubtRow};
use super::words::{decisions, doubt_words};
use super::{happen, rule_words};
use crate::accounts::{Choices, Verifier};
use crate::base::clock::{DAY, Time};
use crate::base::id::{AccountId, DoubtId};
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::{Event, Log, follow};
use crate::registers::{self, Entry, Status, judge_number};

/// Within this time a doubt is settled; a death at once.
const SETTLE_WITHIN: i64 = DAY;
/// Doubts listed at once.
const MOST: i64 = 200;

/// A doubt in the verifiers' list.
#[derive(Debug, Clone)]
pub struct Doubt {
    pub id: DoubtId,
    pub account: AccountId,
    pub name: String,
    pub what: String,
    pub register: String,
    pub raised_at: Time,
    pub due_at: Time,
}

/// The doubts that wait, the oldest first; none about oneself.
pub async fn doubts(conn: &mut Conn, verifier: &Verifier) -> Result<Vec<Doubt>> {
    Ok(store::open_doubts(conn, verifier.id(), MOST).await?.into_iter().map(listed).collect())
}

fn listed(row: DoubtRow) -> Doubt {
    Doubt {
        due_at: row.raised_at.plus(SETTLE_WITHIN),
        id: row.doubt_id,
        account: row.account_id,
        name: row.name,
        what: row.what,
        register: registers::find(&row.register).map_or(row.register, |register| register.short.to_owned()),
        raised_at: row.raised_at,
    }
}

/// One doubt with everything needed to settle it.
#[derive(Debug, Clone)]
pub struct Look {
    pub doubt: Doubt,
    pub number: String,
    pub register_name: String,
    /// Where the entry can be looked up by hand.
    pub lookup: &'static str,
    /// What the register said when the member was last compared: name, status, profession, specialty.
    pub before: [String; 4],
    /// What it says now; `None` when it no longer lists them.
    pub now: Option<[String; 4]>,
    pub source: String,
    /// The member's own words, for an appeal.
    pub words: String,
    /// What happened to their standing so far, oldest first.
    pub history: Vec<(Time, String)>,
    /// Why this verifier cannot settle it.
    pub closed: Option<String>,
}

/// Opens a doubt for a verifier. `None` for one that is not there or about themselves.
pub async fn look(conn: &mut Conn, verifier: &Verifier, id: &DoubtId) -> Result<Option<Look>> {
    let Some(row) = store::doubt(conn, id).await?.filter(|row| row.account_id != *verifier.id()) else {
        return Ok(None);
    };
    let entry = entry_of(conn, &row).await?;
    let register = registers::find(&row.register);
    let history = history(conn, &row.account_id).await?;
    let closed = closed(conn, verifier, &row).await?;
    Ok(Some(Look {
        number: row.number.clone(),
        register_name: register.map_or_else(String::new, |register| register.name.to_owned()),
        lookup: register.map_or("", |register| register.lookup),
        before: [row.listed_name.clone(), row.status_raw.clone(), row.profession.clone(), row.specialty.clone()],
        now: entry
            .map(|entry| [entry.full_name(), entry.status_raw, entry.profession.words().to_owned(), entry.specialty]),
        source: row.source.clone(),
        words: row.words.clone(),
        history,
        closed,
        doubt: listed(row),
    }))
}

async fn entry_of(conn: &mut Conn, row: &DoubtRow) -> Result<Option<Entry>> {
    let Some(register) = registers::find(&row.register) else { return Ok(None) };
    let Ok(number) = judge_number(register, &row.number) else { return Ok(None) };
    Ok(registers::entry(conn, &number).await?.filter(|entry| entry.absent_since.is_none()))
}

async fn closed(conn: &mut Conn, verifier: &Verifier, row: &DoubtRow) -> Result<Option<String>> {
    if row.settled_at.is_some() {
        return Ok(Some("This is settled.".to_owned()));
    }
    let again =
        row.what == "appeal" && store::last_settler(conn, &row.account_id).await?.as_ref() == Some(verifier.id());
    Ok(again.then(|| "You settled what they appeal against: a colleague decides this one.".to_owned()))
}

/// Standing by standing, in words.
async fn history(conn: &mut Conn, account: &AccountId) -> Result<Vec<(Time, String)>> {
    let entries = follow::of_subject(conn, account.as_str()).await?;
    Ok(entries
        .into_iter()
        .filter_map(|entry| {
            let words = match &entry.event {
                Event::StandingChanged { rule, .. } => of_them(rule),
                Event::DoubtRaised { what, .. } => format!("{}.", doubt_words(what).0),
                Event::DoubtSettled { what, decision, .. } => {
                    let said = decisions(what).iter().find(|(code, _)| code == decision);
                    said.map_or("The register settled it.", |(_, words)| words).to_owned()
                }
                Event::MemberAttested { .. } => "Attested that they practise.".to_owned(),
                _ => return None,
            };
            Some((entry.at, words))
        })
        .collect())
}

/// A rule's words, told of the member and not to them.
fn of_them(rule: &str) -> String {
    let words = rule_words(rule).replace("Your ", "Their ").replace("your ", "their ");
    words.replace("You ", "They ").replace("you ", "they ")
}

/// Settles a doubt.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Refused`] for a decision that is none of this doubt's; [`Problem::NotAllowed`] for
/// an appeal against one's own; [`Problem::Conflict`] `settled` when somebody was faster, `standing` when the register
/// still says what barred them.
pub async fn settle(log: &Log, verifier: &Verifier, choices: &Choices, id: &DoubtId, decision: &str) -> Result<()> {
    let mut tx = log.write(verifier.id()).await?;
    let row = store::doubt(tx.conn(), id).await?.filter(|row| row.account_id != *verifier.id());
    let row = row.ok_or(Problem::NotFound)?;
    if !decisions(&row.what).iter().any(|(code, _)| *code == decision) {
        return Err(Problem::field("decision", "unknown", "Choose one of the decisions."));
    }
    let moved_on = || Problem::conflict("settled", "Somebody was faster, or the register has settled it.");
    if row.settled_at.is_some() {
        return Err(moved_on());
    }
    if closed(tx.conn(), verifier, &row).await?.is_some() {
        return Err(Problem::NotAllowed("You settled what they appeal against: a colleague decides this one."));
    }
    let still = entry_of(tx.conn(), &row).await?.filter(|entry| bars(entry.status));
    if let Some(entry) = still.filter(|_| decision == "lift") {
        return Err(Problem::conflict(
            "standing",
            format!("The register still says “{}”. It must be corrected there first.", entry.status_raw),
        ));
    }
    let standing = store::standing(tx.conn(), &row.account_id).await?.ok_or(Problem::NotFound)?;
    let decided = Happening::Decided { what: row.what.clone(), decision: decision.to_owned() };
    let after = happen(&mut tx, &row.account_id, &standing, &decided, choices, "").await?;
    after.ok_or_else(moved_on)?;
    store::settled_by(&mut tx, id, verifier.id()).await?;
    tx.commit().await?;
    Ok(())
}

fn bars(status: Status) -> bool {
    status.locks() && status != Status::Deceased
}
