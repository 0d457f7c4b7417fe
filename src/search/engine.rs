//! The two engines behind one trait, and what goes in and comes out of them.

use super::Settings;
use super::embedded::Embedded;
use super::meili::Meili;
use super::question::Question;
use super::settings::Kind;
use crate::base::clock::Time;
use crate::base::id::{PostId, RoomId, ThreadId};
use crate::base::problem::Result;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

/// A post as the index knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub post: PostId,
    pub thread: ThreadId,
    pub room: RoomId,
    pub position: i64,
    /// Empty for a reply.
    pub title: String,
    /// All other parts as plain text, a line for each.
    pub text: String,
    /// What the post rests on: `case`, `question`, `opinion`, `experience`, `evidence`.
    pub kind: String,
    pub written_at: Time,
}

/// One change to the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Put(Document),
    Delete(PostId),
}

/// What an engine found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// Best first.
    pub posts: Vec<PostId>,
    /// How many there are on all pages.
    pub total: u64,
    /// How many there are in each room, whichever room was asked for; most first.
    pub rooms: Vec<(RoomId, u64)>,
}

/// What a search engine has to do here.
pub(super) trait Engine {
    /// Makes the changes and remembers `seq`, durably and such that a remembered `seq` implies the changes.
    async fn apply(&self, changes: Vec<Change>, seq: i64) -> Result<()>;
    /// The `seq` that was remembered; 0 if none.
    async fn cursor(&self) -> Result<i64>;
    async fn find(&self, question: &Question) -> Result<Hits>;
    /// Forgets everything, the cursor too.
    async fn clear(&self) -> Result<()>;
    /// Whether the engine, asked now, does not have this post.
    async fn confirm_gone(&self, post: &PostId) -> Result<bool>;
}

/// The search index of this house.
pub struct Index {
    engine: Which,
    /// How far this process has read; 0 before its first change. Ahead of the engine's own memory by events that concern
    /// no post; behind it while a change is under way.
    read: AtomicI64,
}

enum Which {
    Embedded(Embedded),
    Meili(Box<Meili>),
}

/// Events without posts are remembered durably only now and then; reading them again does nothing.
const IDLE: i64 = 1_000;

macro_rules! either {
    ($self:ident, $engine:ident => $call:expr) => {
        match &$self.engine {
            Which::Embedded($engine) => $call,
            Which::Meili($engine) => $call,
        }
    };
}

impl Index {
    /// Opens the index that the configuration names; the embedded one in `folder`, which is made if missing. An
    /// embedded index of another version, or one that cannot be read, is emptied: the follower fills it again.
    ///
    /// # Errors
    /// A folder that cannot be written or is in use by another process; a url that is none. An unreachable server is
    /// no error here: the follower waits for it.
    pub async fn open(settings: &Settings, folder: &Path) -> Result<Index> {
        Index::named(settings, folder, "collegium").await
    }

    /// An index of its own name on the same server: for the score and for tests, beside the house's own.
    pub async fn named(settings: &Settings, folder: &Path, name: &str) -> Result<Index> {
        let engine = match settings.engine {
            Kind::Embedded => Which::Embedded(Embedded::open(folder).await?),
            Kind::Meilisearch => Which::Meili(Box::new(Meili::open(settings, name)?)),
        };
        Ok(Index { engine, read: AtomicI64::new(0) })
    }

    /// The engine's name, for people.
    pub fn name(&self) -> &'static str {
        match self.engine {
            Which::Embedded(_) => "embedded",
            Which::Meili(_) => "Meilisearch",
        }
    }

    /// Makes the changes and remembers that the log was read up to `seq`, both durably. When it answers, deleted posts
    /// cannot be found any more, and the embedded engine's folder holds no byte of them.
    ///
    /// # Errors
    /// When the engine cannot be reached or fails; then nothing is remembered, and doing it again does no harm.
    pub async fn apply(&self, changes: Vec<Change>, seq: i64) -> Result<()> {
        if !changes.is_empty() || seq - self.durable_cursor().await? >= IDLE {
            either!(self, engine => engine.apply(changes, seq).await)?;
        }
        self.read.store(seq, Ordering::SeqCst);
        Ok(())
    }

    /// How far the log has been read into this index: what came before is found, and what was deleted is gone.
    pub async fn cursor(&self) -> Result<i64> {
        match self.read.load(Ordering::SeqCst) {
            0 => self.durable_cursor().await,
            read => Ok(read),
        }
    }

    async fn durable_cursor(&self) -> Result<i64> {
        either!(self, engine => engine.cursor().await)
    }

    /// The posts that answer a question. Ids only: whoever shows something reads it again from the tables.
    pub async fn find(&self, question: &Question) -> Result<Hits> {
        either!(self, engine => engine.find(question).await)
    }

    /// Forgets everything, the cursor too.
    pub async fn clear(&self) -> Result<()> {
        either!(self, engine => engine.clear().await)?;
        self.read.store(0, Ordering::SeqCst);
        Ok(())
    }

    /// Whether the engine itself, asked now, does not have this post.
    pub async fn confirm_gone(&self, post: &PostId) -> Result<bool> {
        either!(self, engine => engine.confirm_gone(post).await)
    }
}
