//! The house that the stories of searching happen in.

use super::super::*;
use super::store;
use crate::accounts::{Clinician, Member};
use crate::base::chance::Chance;
use crate::base::clock::{Clock, Time};
use crate::base::id::{AccountId, PostId, RoomId};
use crate::base::secret::Secret;
use crate::db::Db;
use crate::log::Log;
use std::path::PathBuf;
use std::sync::Arc;

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("collegium-search-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Each engine there is to be tested.
pub fn engines() -> Vec<Settings> {
    let mut out = vec![Settings::default()];
    if let Ok(url) = std::env::var("COLLEGIUM_TEST_MEILI") {
        let key = std::env::var("COLLEGIUM_TEST_MEILI_KEY").ok().map(Secret::new);
        out.push(Settings { engine: Kind::Meilisearch, url: Some(url), key });
    }
    out
}

/// A house with one clinician, two rooms and a search index that somebody has to bring up to date.
pub struct House {
    pub log: Log,
    pub clock: Clock,
    pub index: Arc<Index>,
    pub ada: AccountId,
    pub reader: Clinician,
    pub hearts: RoomId,
    pub lungs: RoomId,
    pub folder: Folder,
}

impl House {
    pub async fn open(settings: &Settings, name: &str) -> House {
        let folder = Folder::new(name);
        let db = Db::open_file(&folder.0.join("house.db")).await.expect("a database");
        let clock = Clock::standing(Time(1_760_000_000_000));
        let log = Log::open(db, clock.clone(), Chance::seeded(7)).await.expect("a log");
        let index = Index::named(settings, &folder.index(), &format!("test-{name}")).await.expect("an index");
        index.clear().await.expect("cleared");
        let ada = store::clinician(&log, "Ada Osei").await.expect("ada");
        let member = Member::load(&mut log.reader().await.expect("reader"), &ada).await.expect("read").expect("there");
        let (hearts, lungs) =
            (store::room(&log, "hearts").await.expect("room"), store::room(&log, "lungs").await.expect("room"));
        let reader = member.clinician().expect("a clinician");
        House { log, clock, index: Arc::new(index), ada, reader, hearts, lungs, folder }
    }

    pub async fn ask(&self, query: Query) -> Found {
        search(&self.log, &self.index, &self.reader, &query).await.expect("an answer")
    }

    /// The posts that answer these words.
    pub async fn posts(&self, words: &str) -> Vec<PostId> {
        self.ask(asking(words)).await.hits.into_iter().map(|hit| hit.post).collect()
    }

    pub async fn catch_up(&self) {
        catch_up(&self.log, &self.index).await.expect("caught up");
    }
}

impl Folder {
    pub fn index(&self) -> PathBuf {
        self.0.join("index")
    }
}

pub fn asking(words: &str) -> Query {
    Query { words: words.into(), ..Query::default() }
}
