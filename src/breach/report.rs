//! The exposure report: who was shown a removed text, when, by which way.

use super::store::{self, ReaderRow};
use super::told::ANSWERS;
use crate::accounts::Privacy;
use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::deid::Category;
use crate::discussion::{self, WAYS};
use crate::log::{Event, Log, follow};
use crate::moderation;
use crate::registers::{self, Profession};
use std::collections::{BTreeMap, HashMap};

/// A removal for confidentiality, as the officer's list shows it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct BreachRow {
    #[sqlx(rename = "post_id")]
    pub post: PostId,
    #[sqlx(rename = "thread_id")]
    pub thread: ThreadId,
    pub room: String,
    /// 1 starts the thread.
    pub position: i64,
    pub author: AccountId,
    pub author_name: String,
    pub author_profession: String,
    pub written_at: Time,
    pub flagged_at: Option<Time>,
    pub confirmed_at: Time,
    pub decision: Option<String>,
    pub reason: String,
    pub decided_at: Option<Time>,
    pub decided_by: String,
    pub readers: i64,
}

/// Everything that is known of whom a removed text reached.
#[derive(Debug, Clone)]
pub struct Exposure {
    pub breach: BreachRow,
    /// When nobody was shown it any more.
    pub hidden_at: Time,
    pub removed_by: String,
    pub made_at: Time,
    /// Codes of what the check found in it when it was removed.
    pub categories: Vec<String>,
    /// By the first sight.
    pub readers: Vec<Reader>,
    /// Moderators who opened it: name and when.
    pub looks: Vec<(String, Time)>,
}

/// One person who was shown it.
#[derive(Debug, Clone)]
pub struct Reader {
    pub account: AccountId,
    pub name: String,
    pub country: String,
    pub profession: String,
    pub sights: Vec<Sight>,
    /// It stood on an open page of theirs at the moment it was hidden.
    pub on_screen: bool,
    pub told_at: Option<Time>,
    pub answer: Option<String>,
    pub answered_at: Option<Time>,
}

/// One way by which it reached somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    pub way: String,
    pub revision: i64,
    pub first: Time,
    pub last: Time,
}

impl Reader {
    pub fn first(&self) -> Time {
        self.sights.iter().map(|sight| sight.first).min().unwrap_or(Time(0))
    }

    pub fn last(&self) -> Time {
        self.sights.iter().map(|sight| sight.last).max().unwrap_or(Time(0))
    }

    /// "I kept nothing", "silent".
    pub fn answer_words(&self) -> &'static str {
        match &self.answer {
            None => "silent",
            Some(code) => ANSWERS.iter().find(|(known, _)| known == code).map_or("", |(_, words)| words),
        }
    }
}

impl Exposure {
    /// How many people each way reached, in the order of the ways; those by which nobody was reached too.
    pub fn by_way(&self) -> Vec<(&'static str, usize)> {
        let reached = |code: &str| {
            self.readers.iter().filter(|reader| reader.sights.iter().any(|sight| sight.way == code)).count()
        };
        WAYS.iter().map(|(code, words)| (*words, reached(code))).collect()
    }

    /// Readers by country of registration and profession, the most first. The class, not the person.
    pub fn by_class(&self) -> Vec<(String, String, usize)> {
        let mut classes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for reader in &self.readers {
            *classes.entry((&reader.country, &reader.profession)).or_default() += 1;
        }
        let mut rows: Vec<_> = classes.into_iter().map(|((a, b), n)| (a.to_owned(), b.to_owned(), n)).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.2));
        rows
    }

    pub fn on_screen(&self) -> usize {
        self.readers.iter().filter(|reader| reader.on_screen).count()
    }

    /// How many gave this answer; `None`: the silent.
    pub fn answered(&self, code: Option<&str>) -> usize {
        self.readers.iter().filter(|reader| reader.answer.as_deref() == code).count()
    }

    pub fn first(&self) -> Option<Time> {
        self.readers.iter().map(Reader::first).min()
    }

    pub fn last(&self) -> Option<Time> {
        self.readers.iter().map(Reader::last).max()
    }

    /// "Reply 3 in Renal".
    pub fn place(&self) -> String {
        self.breach.place()
    }
}

impl BreachRow {
    pub fn place(&self) -> String {
        match self.position {
            1 => format!("What started a thread in {}", self.room),
            at => format!("Reply {} in {}", at - 1, self.room),
        }
    }
}

/// Breaches listed.
const MOST: i64 = 500;

/// The removals for confidentiality, newest first.
pub async fn breaches(conn: &mut Conn, _by: &Privacy) -> Result<Vec<BreachRow>> {
    store::breaches(conn, None, MOST).await
}

/// On how many the officer has still to decide.
pub async fn count_undecided(conn: &mut Conn) -> Result<usize> {
    Ok(usize::try_from(store::count_undecided(conn).await?).unwrap_or(0))
}

/// The report of one removal. It holds names: whoever shows it records that, with [`open`] or [`take`].
///
/// # Errors
/// [`Problem::NotFound`] for what was not removed for confidentiality.
pub async fn exposure(log: &Log, _by: &Privacy, post: &PostId) -> Result<Exposure> {
    gather(log, post).await
}

/// The report, looked at: that is recorded.
///
/// # Errors
/// As [`exposure`].
pub async fn open(log: &Log, by: &Privacy, post: &PostId) -> Result<Exposure> {
    let report = gather(log, post).await?;
    let mut tx = log.write(by.id()).await?;
    tx.record(Event::ExposureSeen { post: post.clone() });
    tx.commit().await?;
    Ok(report)
}

/// The report, taken out of the house: that is recorded, with the form (`csv`, `pdf`, `record`, `package`).
///
/// # Errors
/// As [`exposure`].
pub async fn take(log: &Log, by: &Privacy, post: &PostId, form: &str) -> Result<Exposure> {
    let report = gather(log, post).await?;
    let mut tx = log.write(by.id()).await?;
    tx.record(Event::ExposureTaken { post: post.clone(), form: form.to_owned() });
    tx.commit().await?;
    Ok(report)
}

async fn gather(log: &Log, post: &PostId) -> Result<Exposure> {
    let mut conn = log.reader().await?;
    let breach = store::breaches(&mut conn, Some(post), 1).await?.into_iter().next().ok_or(Problem::NotFound)?;
    let about: HashMap<AccountId, ReaderRow> =
        store::readers(&mut conn, post).await?.into_iter().map(|row| (row.account_id.clone(), row)).collect();
    let on_screen = discussion::on_screen(&mut conn, post).await?;
    let mut readers: Vec<Reader> = Vec::new();
    let mut known: HashMap<AccountId, usize> = HashMap::new();
    for reached in discussion::reached(&mut conn, post).await? {
        let sight = Sight { way: reached.way, revision: reached.revision, first: reached.at, last: reached.last_at };
        if let Some(at) = known.get(&reached.account_id) {
            readers[*at].sights.push(sight);
            continue;
        }
        known.insert(reached.account_id.clone(), readers.len());
        let row = about.get(&reached.account_id);
        readers.push(Reader {
            name: reached.name,
            country: row.map_or_else(String::new, |row| country(&row.register)),
            profession: row.map_or_else(String::new, |row| profession(&row.profession)),
            sights: vec![sight],
            on_screen: on_screen.iter().any(|(account, _)| *account == reached.account_id),
            told_at: row.and_then(|row| row.told_at),
            answer: row.and_then(|row| row.answer.clone()),
            answered_at: row.and_then(|row| row.answered_at),
            account: reached.account_id,
        });
    }
    let (mut looks, mut hidden_at) = (Vec::new(), None);
    for entry in follow::of_subject(&mut conn, post.as_str()).await? {
        match (&entry.event, &entry.actor) {
            (Event::PostOpened { .. }, Some(by)) => looks.push((store::name(&mut conn, by).await?, entry.at)),
            (Event::PostVeiled { .. } | Event::PostRemoved { .. }, _) => {
                hidden_at.get_or_insert(entry.at);
            }
            (Event::PostShown { .. }, _) => hidden_at = None,
            _ => {}
        }
    }
    Ok(Exposure {
        hidden_at: hidden_at.unwrap_or(breach.confirmed_at),
        removed_by: moderation::remover(&mut conn, post).await?.unwrap_or_default(),
        made_at: log.clock().now(),
        categories: store::categories(&mut conn, post).await?,
        breach,
        readers,
        looks,
    })
}

fn country(register: &str) -> String {
    registers::find(register).map_or("not registered", |register| register.country_name).to_owned()
}

/// The account keeps a profession as the register's own file or as our code.
fn profession(kept: &str) -> String {
    match Profession::parse(kept) {
        Some(profession) => profession.words().to_owned(),
        None if kept.is_empty() => "profession not given".to_owned(),
        None => kept.to_owned(),
    }
}

/// The words for a kind of detail, as the check calls it.
pub fn category_words(code: &str) -> &'static str {
    Category::ALL.iter().find(|known| known.code() == code).map_or("something else", |known| known.label())
}
