//! Comparing a register's members with what the register says now. After each import and once a day; doing it twice
//! changes nothing, and two that run at once do each move once.

use super::machine::{Happening, Live, Standing};
use super::store::{self, Watched};
use super::{happen, machine};
use crate::accounts::store::{Listed, note_checked, refresh_registration};
use crate::accounts::{Choices, Class, Place};
use crate::base::clock::Time;
use crate::base::id::AccountId;
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::{Actor, Log, Tx};
use crate::registers::{self, Entry, Register, Status, judge_number};
use std::collections::BTreeMap;

/// Members read at once, and changed in one transaction.
const BATCH: i64 = 500;

/// What a sweep did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    pub looked: i64,
    /// Suspended or struck off: out at once.
    pub barred: Vec<AccountId>,
    /// Lapsed: reading only, for a while.
    pub lapsed: Vec<AccountId>,
    pub restored: Vec<AccountId>,
    /// No longer in the register's file.
    pub missing: i64,
    /// Doubts put to verifiers.
    pub doubts: i64,
}

impl Swept {
    fn note(&mut self, account: &AccountId, before: &Standing, after: &Standing) {
        self.doubts += i64::try_from(after.doubts.difference(&before.doubts).count()).unwrap_or(0);
        if before.place == after.place {
            return;
        }
        match after.place {
            Place::Barred => self.barred.push(account.clone()),
            Place::Grace => self.lapsed.push(account.clone()),
            Place::Good => self.restored.push(account.clone()),
            Place::Paused | Place::Memorial => {}
        }
    }
}

/// Looks at every member of a register again.
pub async fn sweep(log: &Log, choices: &Choices, register: &'static Register) -> Result<Swept> {
    let mut done = Swept::default();
    let mut after = String::new();
    let mut conn = log.reader().await?;
    let reading = registers::last_reading(&mut conn, register.code).await?;
    let is_complete = store::is_complete(&mut conn, register.code).await?;
    let source = reading.map(|reading| reading.version);
    loop {
        let page = store::watched(&mut conn, register.code, &after, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = last.account.as_str().to_owned();
        done.looked += i64::try_from(page.len()).unwrap_or(0);
        let mut news = Vec::new();
        for member in &page {
            let entry = entry_of(&mut conn, register, member).await?;
            done.missing += i64::from(entry.is_none() && !member.status.is_empty());
            if let Some(found) = look(member, entry, source.as_deref(), is_complete) {
                news.push((member, found));
            }
        }
        // Readers are few: none is held while the writer is waited for.
        drop(conn);
        write(log, choices, &news, &mut done).await?;
        conn = log.reader().await?;
    }
    drop(conn);
    let mut tx = log.write(Actor::House).await?;
    store::note_sweep(&mut tx, register.code, done.looked).await?;
    tx.commit_quietly("the members of a register were compared with it").await?;
    Ok(done)
}

/// The register's entry of a member, unless its newest file no longer holds it.
async fn entry_of(conn: &mut Conn, register: &'static Register, member: &Watched) -> Result<Option<Entry>> {
    let Ok(number) = judge_number(register, &member.number) else { return Ok(None) };
    Ok(registers::entry(conn, &number).await?.filter(|entry| entry.absent_since.is_none()))
}

/// What a look at one member found: what to write down, and what happens to their standing.
struct Found {
    entry: Option<Entry>,
    is_new: bool,
    happenings: Vec<Happening>,
}

fn look(member: &Watched, entry: Option<Entry>, source: Option<&str>, is_complete: bool) -> Option<Found> {
    let Some(entry) = entry else {
        // Who was never seen in a file is not missed in one; and without a reading nobody is missing.
        let source = source.filter(|_| !member.status.is_empty())?;
        let absent = Happening::Absent { source: source.to_owned(), is_complete, live: Live::None };
        let happenings = worth(member, vec![absent]);
        return (!happenings.is_empty()).then_some(Found { entry: None, is_new: false, happenings });
    };
    let class = Class::of(entry.profession.code(), entry.status.code());
    let status = entry.status;
    let mut happenings = vec![Happening::Listed { status, class, source: entry.source_version.clone() }];
    let was_seen = !member.status.is_empty();
    let differs = [
        ("name", member.listed_name != entry.full_name()),
        ("specialty", member.specialty != entry.specialty),
        ("profession", member.profession != entry.profession.words()),
        ("conditions", restricted(&member.status) != restricted(status.code())),
    ];
    let kinds = differs.iter().filter(|(_, differs)| was_seen && *differs);
    happenings.extend(kinds.map(|(what, _)| Happening::Differs { what, source: entry.source_version.clone() }));
    let happenings = worth(member, happenings);
    let is_new = !was_seen
        || differs.iter().any(|(_, differs)| *differs)
        || member.status != status.code()
        || member.status_raw != entry.status_raw;
    let is_checked = member.checked_at == entry.seen_at && member.source == entry.source_version;
    (is_new || !is_checked || !happenings.is_empty()).then_some(Found { entry: Some(entry), is_new, happenings })
}

/// Only what moves something: most members, most days, stay as they are.
fn worth(member: &Watched, happenings: Vec<Happening>) -> Vec<Happening> {
    // What a choice changes is asked again with the real choices; here either answer counts.
    let moves = |happening: &Happening| {
        [true, false].into_iter().any(|retired_stay| {
            let choices = Choices { retired_stay, ..Choices::default() };
            !machine::step(&member.standing, happening, &choices, member.standing.since).is_empty()
        })
    };
    happenings.into_iter().filter(moves).collect()
}

fn restricted(status: &str) -> bool {
    status == Status::ActiveRestricted.code()
}

/// What an entry says, as a registration keeps it.
pub(super) fn listed(entry: &Entry) -> Names<'_> {
    Names { entry, name: entry.full_name() }
}

async fn write(log: &Log, choices: &Choices, news: &[(&Watched, Found)], done: &mut Swept) -> Result<()> {
    if news.is_empty() {
        return Ok(());
    }
    let mut tx = log.write(Actor::House).await?;
    let mut moved = false;
    let mut same: BTreeMap<(&str, Time), Vec<&AccountId>> = BTreeMap::new();
    for (member, found) in news {
        moved |= one(&mut tx, choices, member, found, done).await?;
        if let Some(entry) = found.entry.as_ref().filter(|_| !found.is_new) {
            same.entry((&entry.source_version, entry.seen_at)).or_default().push(&member.account);
        }
    }
    for ((source, seen_at), members) in same {
        note_checked(&mut tx, &members, source, seen_at).await?;
    }
    if moved {
        tx.commit().await?;
    } else {
        tx.commit_quietly("the register was read and still says so").await?;
    }
    Ok(())
}

async fn one(tx: &mut Tx, choices: &Choices, member: &Watched, found: &Found, done: &mut Swept) -> Result<bool> {
    let mut standing = member.standing.clone();
    let mut moved = false;
    for happening in &found.happenings {
        let Some(after) = happen(tx, &member.account, &standing, happening, choices, "").await? else { continue };
        done.note(&member.account, &standing, &after);
        standing = after;
        moved = true;
    }
    if let Some(entry) = found.entry.as_ref().filter(|_| found.is_new) {
        refresh_registration(tx, &member.account, &listed(entry).rows()).await?;
    }
    Ok(moved)
}

/// An entry with its name put together.
pub(super) struct Names<'a> {
    entry: &'a Entry,
    name: String,
}

impl Names<'_> {
    pub(super) fn rows(&self) -> Listed<'_> {
        Listed {
            profession: self.entry.profession.words(),
            specialty: &self.entry.specialty,
            status: self.entry.status.code(),
            status_raw: &self.entry.status_raw,
            name: &self.name,
            valid_from: &self.entry.valid_from,
            source: &self.entry.source_version,
            seen_at: self.entry.seen_at,
        }
    }
}
