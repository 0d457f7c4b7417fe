//! Comparing a register's members with what the register says now. After each import and once a day; doing it twice
//! changes nothing, and two that run at once do each move once.

use super::machine::{Happening, SecondLook, Standing};
use super::store::{self, Watched};
use super::{happen, machine};
use crate::accounts::store::{Listed, note_checked, refresh_registration};
use crate::accounts::{Choices, Class, Place};
use crate::base::clock::{DAY, Time};
use crate::base::id::AccountId;
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::{Actor, Log, Tx};
use crate::registers::live::Live;
use crate::registers::{self, Entry, Number, Register, Shelf, Status, judge_number};
use std::collections::BTreeMap;

/// Members read at once, and changed in one transaction.
const BATCH: i64 = 500;

/// Members for whom a register is asked in one turn.
const ASKED: i64 = 60;

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
pub async fn sweep(log: &Log, choices: &Choices, live: &Live, register: &'static Register) -> Result<Swept> {
    let mut done = Swept::default();
    let mut after = String::new();
    loop {
        let page = store::watched(&mut *log.reader().await?, register.code, &after, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = last.account.as_str().to_owned();
        compare(log, choices, live, register, &page, &mut done).await?;
    }
    let mut tx = log.write(Actor::House).await?;
    store::note_sweep(&mut tx, register.code, done.looked).await?;
    tx.commit_quietly("the members of a register were compared with it").await?;
    Ok(done)
}

/// Asks a register without a file, by its own look-up, for those members for whom it was not asked for a day; at most
/// [`ASKED`] of them. What it says moves them as a file would, but for an absence: that goes to a verifier.
pub(super) async fn ask(log: &Log, choices: &Choices, live: &Live, register: &'static Register) -> Result<Swept> {
    let mut done = Swept::default();
    let since = log.clock().now().plus(-DAY);
    let mut conn = log.reader().await?;
    if Shelf::open(&mut conn, register).await?.is_filled() {
        return Ok(done);
    }
    let page = store::unasked(&mut conn, register.code, since, ASKED).await?;
    drop(conn);
    for number in page.iter().filter_map(|member| judge_number(register, &member.number).ok()) {
        if !live.refresh(log, &number).await? {
            // It is away; the others would wait for nothing.
            return Ok(done);
        }
    }
    compare(log, choices, live, register, &page, &mut done).await?;
    Ok(done)
}

/// Compares some members of a register with it, and writes down what is new.
async fn compare(
    log: &Log,
    choices: &Choices,
    live: &Live,
    register: &'static Register,
    page: &[Watched],
    done: &mut Swept,
) -> Result<()> {
    done.looked += i64::try_from(page.len()).unwrap_or(0);
    let mut conn = log.reader().await?;
    let said = Said {
        shelf: Shelf::open(&mut conn, register).await?,
        source: registers::last_reading(&mut conn, register.code).await?.map(|reading| reading.version),
        is_complete: store::is_complete(&mut conn, register.code).await?,
        can_ask: live.registers().any(|known| known.code == register.code),
    };
    let mut news = Vec::new();
    let mut absent = Vec::new();
    for member in page {
        // A number that cannot be read any more is looked up by hand.
        let number = judge_number(register, &member.number).ok();
        match said.entry(&mut conn, number.as_ref()).await? {
            Some(entry) => news.extend(listed_so(member, entry).map(|found| (member, found))),
            // Who was never seen in a register is not missed in it.
            None if !member.status.is_empty() => absent.push((member, number)),
            None => {}
        }
    }
    // Readers are few: none is held while a register is asked, or the writer is waited for.
    drop(conn);
    write(log, choices, &news, done).await?;
    news.clear();
    for (member, number) in absent {
        done.missing += 1;
        let Some(absence) = said.absence(log, live, member, number.as_ref()).await? else { continue };
        let happenings = worth(member, vec![absence]);
        if !happenings.is_empty() {
            news.push((member, Found { entry: None, is_new: false, happenings }));
        }
    }
    write(log, choices, &news, done).await
}

/// What a register says now, and how.
struct Said {
    shelf: Shelf,
    source: Option<String>,
    is_complete: bool,
    can_ask: bool,
}

impl Said {
    /// The entry of a member: of the newest file, unless that no longer holds it; of a register without a file, what it
    /// answered.
    async fn entry(&self, conn: &mut Conn, number: Option<&Number>) -> Result<Option<Entry>> {
        let Some(number) = number else { return Ok(None) };
        if self.shelf.is_filled() {
            return Ok(self.shelf.entry(conn, number).await?.filter(|entry| entry.absent_since.is_none()));
        }
        Ok(registers::answered(conn, number).await?.flatten())
    }

    /// What it means that a member is not listed. Only where the file has missed them before, the register itself is
    /// asked: it is the second source.
    async fn absence(
        &self,
        log: &Log,
        live: &Live,
        member: &Watched,
        number: Option<&Number>,
    ) -> Result<Option<Happening>> {
        let Some(source) = &self.source else {
            let answer = match number {
                Some(number) if self.can_ask => registers::answered(&mut *log.reader().await?, number).await?,
                _ => None,
            };
            let by_itself =
                Happening::Absent { source: "live".to_owned(), is_complete: true, second: SecondLook::Silent };
            return Ok(answer.is_some().then_some(by_itself));
        };
        let before = member.standing.missing.as_ref();
        let second = match number.filter(|_| self.can_ask) {
            None => SecondLook::None,
            Some(number) if before.is_some_and(|first| first != source) => {
                let answers = live.refresh(log, number).await?;
                match registers::answered(&mut *log.reader().await?, number).await? {
                    Some(Some(_)) if answers => SecondLook::Contradicts,
                    Some(None) if answers => SecondLook::Confirms,
                    _ => SecondLook::Silent,
                }
            }
            Some(_) => SecondLook::Silent,
        };
        Ok(Some(Happening::Absent { source: source.clone(), is_complete: self.is_complete, second }))
    }
}

/// What a look at one member found: what to write down, and what happens to their standing.
struct Found {
    entry: Option<Entry>,
    is_new: bool,
    happenings: Vec<Happening>,
}

/// The register lists a member: what of that is new.
fn listed_so(member: &Watched, entry: Entry) -> Option<Found> {
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
