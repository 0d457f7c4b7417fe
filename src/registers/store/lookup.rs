//! Looking up: by number, by name, and who shares a name.

use super::{Kind, Release, block_after, block_at, current};
use crate::base::clock::Time;
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::Tx;
use crate::registers::{Entry, Number, Register, layer, live, names, record};
use std::collections::HashMap;

/// Entries of one name that are told.
const MOST_NAMED: usize = 50;

/// What is read of one register now, for many look-ups in a row.
pub struct Shelf {
    register: &'static Register,
    release: Option<Release>,
}

impl Shelf {
    pub async fn open(conn: &mut Conn, register: &'static Register) -> Result<Shelf> {
        Ok(Shelf { register, release: current(conn, register.code).await? })
    }

    /// Whether a file of this register was ever read.
    pub fn is_filled(&self) -> bool {
        self.release.is_some()
    }

    /// The file's entry of a number.
    pub async fn entry(&self, conn: &mut Conn, number: &Number) -> Result<Option<Entry>> {
        match &self.release {
            Some(release) => of_number(conn, self.register.code, release, number.as_str()).await,
            None => Ok(None),
        }
    }
}

/// The entry of a number, as the register was last read; else what the register itself answered.
pub async fn entry(conn: &mut Conn, number: &Number) -> Result<Option<Entry>> {
    let shelf = Shelf::open(conn, number.register()).await?;
    match shelf.entry(conn, number).await? {
        Some(entry) => Ok(Some(entry)),
        None => Ok(answered(conn, number).await?.flatten()),
    }
}

/// What the register itself answered of a number when it was last asked: its entry, or that it lists none. `None` when
/// it was never asked.
pub async fn answered(conn: &mut Conn, number: &Number) -> Result<Option<Option<Entry>>> {
    let register = number.register().code;
    let row: Option<(Time, Option<Vec<u8>>)> =
        sqlx::query_as("select asked_at, entry from register_answers where register = $1 and number = $2")
            .bind(register)
            .bind(number.as_str())
            .fetch_optional(conn)
            .await?;
    let Some((asked_at, bytes)) = row else { return Ok(None) };
    let packed = bytes.as_deref().and_then(record::next);
    Ok(Some(packed.and_then(|(packed, _)| packed.entry(register, live::VERSION, asked_at))))
}

/// Whether a register was asked for a number since then.
pub(in crate::registers) async fn asked_since(
    conn: &mut Conn,
    register: &str,
    number: &str,
    since: Time,
) -> Result<bool> {
    let asked: Option<Time> = sqlx::query_scalar(
        "select asked_at from register_answers where register = $1 and number = $2 and asked_at > $3",
    )
    .bind(register)
    .bind(number)
    .bind(since)
    .fetch_optional(conn)
    .await?;
    Ok(asked.is_some())
}

/// Keeps what a register answered; nothing for a number it does not list.
pub(in crate::registers) async fn keep_answer(
    tx: &mut Tx,
    register: &str,
    number: &str,
    entry: Option<Vec<u8>>,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into register_answers (register, number, asked_at, entry) values ($1, $2, $3, $4)
         on conflict (register, number) do update set asked_at = excluded.asked_at, entry = excluded.entry",
    )
    .bind(register)
    .bind(number)
    .bind(now)
    .bind(entry)
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn of_number(conn: &mut Conn, register: &str, release: &Release, number: &str) -> Result<Option<Entry>> {
    for layer in release.layers.iter().rev() {
        let found = block_at(conn, register, layer.layer, Kind::Number, number.as_bytes()).await?;
        let Some((_, body)) = found else { continue };
        let block = layer::unpack(&body)?;
        if let Some(packed) = layer::find(&block, number) {
            return Ok(packed.entry(register, &layer.version, layer.begun_at));
        }
    }
    Ok(None)
}

/// How many *other* registrants could be meant by a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Namesakes {
    /// The same family name and first given name.
    pub same_name: i64,
    /// The same family name and first initial.
    pub same_initial: i64,
}

/// Counts the namesakes of an entry among those still registered.
pub async fn namesakes(conn: &mut Conn, entry: &Entry) -> Result<Namesakes> {
    let (family, given) = (names::family_key(&entry.family), names::given_key(&entry.given));
    let initial: String = given.chars().take(1).collect();
    let Some(release) = current(conn, &entry.register).await? else { return Ok(Namesakes::default()) };
    let mut found = Namesakes::default();
    for (key, number) in named(conn, &entry.register, &release, &family, &initial).await? {
        if number != entry.number {
            found.same_initial += 1;
            found.same_name += i64::from(key == given);
        }
    }
    Ok(found)
}

/// The entries of a name: the same family name, and the given name or its beginning. At most fifty.
pub async fn by_name(conn: &mut Conn, register: &str, family: &str, given: &str) -> Result<Vec<Entry>> {
    let Some(release) = current(conn, register).await? else { return Ok(Vec::new()) };
    let (family, given) = (names::family_key(family), names::given_key(given));
    let mut entries = Vec::new();
    for (_, number) in named(conn, register, &release, &family, &given).await?.into_iter().take(MOST_NAMED) {
        entries.extend(of_number(conn, register, &release, &number).await?);
    }
    Ok(entries)
}

/// The given names and numbers under a family name whose given name begins so.
async fn named(
    conn: &mut Conn,
    register: &str,
    release: &Release,
    family: &str,
    given: &str,
) -> Result<Vec<(String, String)>> {
    let wanted = [family.as_bytes(), b"\0", given.as_bytes()].concat();
    // A newer layer says what became of a number's name in an older one.
    let mut decided: HashMap<Vec<u8>, bool> = HashMap::new();
    let mut found = Vec::new();
    for layer in release.layers.iter().rev() {
        let mut block = block_at(conn, register, layer.layer, Kind::Name, &wanted).await?;
        if block.is_none() {
            block = block_after(conn, register, layer.layer, Kind::Name, None).await?;
        }
        while let Some((first_key, body)) = block {
            let names = layer::unpack(&body)?;
            let mut rest = names.as_slice();
            let mut is_past = false;
            while let Some((key, is_there, after)) = layer::next_name(rest) {
                rest = after;
                if key.starts_with(&wanted) {
                    if decided.insert(key.to_vec(), is_there).is_none() && is_there {
                        found.extend(parted(key));
                    } else if let Some(before) = decided.get_mut(key) {
                        *before = is_there;
                    }
                } else if key > wanted.as_slice() {
                    is_past = true;
                    break;
                }
            }
            if is_past {
                break;
            }
            block = block_after(conn, register, layer.layer, Kind::Name, Some(&first_key)).await?;
        }
    }
    Ok(found)
}

/// The given name and the number of a key.
fn parted(key: &[u8]) -> Option<(String, String)> {
    let mut parts = key.split(|b| *b == 0).skip(1).map(|part| String::from_utf8_lossy(part).into_owned());
    Some((parts.next()?, parts.next()?))
}
