//! Meilisearch behind the same trait, through its own SDK.
//!
//! *Place.* The cursor is a document of a second index, written after the tasks that hold the changes have succeeded: a
//! server that lost its data has lost the cursor with it, and is filled anew.
//!
//! *Erasing.* A deletion counts when its task has succeeded and the server, asked for the post, does not have it. Then
//! the index is compacted, because a freed page of its store keeps its bytes until it is written again.
//!
//! What travels back are ids; no text is ever taken from the server.

use super::Settings;
use super::engine::{Change, Document, Engine, Hits};
use super::question::{Question, Unit};
use super::synonyms;
use super::words::{stop_words, words};
use crate::base::id::{PostId, RoomId};
use crate::base::problem::{Problem, Result};
use crate::base::secret::Secret;
use meilisearch_sdk::client::Client;
use meilisearch_sdk::errors::{Error, ErrorCode};
use meilisearch_sdk::search::{MatchingStrategies, Selectors};
use meilisearch_sdk::task_info::TaskInfo;
use meilisearch_sdk::tasks::Task;
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;
use tokio::sync::OnceCell;

const SETTINGS: &str = include_str!("../../search/settings.json");
/// A person waits no longer than this.
const PATIENCE: Duration = Duration::from_secs(5);
/// A task may stand behind others; the follower has time.
const TASK_PATIENCE: Duration = Duration::from_secs(300);
const POLL: Duration = Duration::from_millis(20);
const PLACE: &str = "place";

pub(super) struct Meili {
    client: Client,
    name: String,
    ready: OnceCell<()>,
}

/// A post as the server keeps it.
#[derive(serde::Serialize)]
struct Kept {
    post: String,
    room: String,
    kind: String,
    at: i64,
    title: String,
    text: String,
    /// The stems of the words that are not their own stem: the server does not stem.
    stems: String,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Place {
    id: String,
    seq: i64,
}

#[derive(serde::Deserialize)]
struct Found {
    post: String,
}

impl Meili {
    /// Connects to nothing yet.
    pub fn open(settings: &Settings, name: &str) -> Result<Meili> {
        settings.check()?;
        let url = settings.url.as_deref().unwrap_or_default().trim_end_matches('/');
        let client = Client::new(url, settings.key.as_ref().map(Secret::reveal)).map_err(broken)?;
        Ok(Meili { client, name: name.to_owned(), ready: OnceCell::new() })
    }

    fn posts(&self) -> meilisearch_sdk::indexes::Index {
        self.client.index(&self.name)
    }

    fn places(&self) -> meilisearch_sdk::indexes::Index {
        self.client.index(format!("{}-cursor", self.name))
    }

    /// Makes both indexes and gives them their settings, once in the life of this process.
    async fn prepare(&self) -> Result<()> {
        let work = async || {
            for (index, key) in [(self.posts(), "post"), (self.places(), "id")] {
                if let Err(cause) = soon(index.get_stats()).await? {
                    if !is(&cause, ErrorCode::IndexNotFound) {
                        return Err(broken(cause));
                    }
                    let task = soon(self.client.create_index(&index.uid, Some(key))).await?.map_err(broken)?;
                    self.done(task).await?;
                }
            }
            let task = soon(self.posts().set_settings(&settings()?)).await?.map_err(broken)?;
            self.done(task).await
        };
        self.ready.get_or_try_init(work).await.copied()
    }

    /// Waits for a task's success.
    async fn done(&self, task: TaskInfo) -> Result<()> {
        match task.wait_for_completion(&self.client, Some(POLL), Some(TASK_PATIENCE)).await.map_err(broken)? {
            Task::Succeeded { .. } => Ok(()),
            Task::Failed { content } => {
                Err(Problem::fault(format!("a Meilisearch task failed: {}", content.error.error_code)))
            }
            _ => Err(Problem::fault("a Meilisearch task is still not done")),
        }
    }

    async fn remember(&self, seq: i64) -> Result<()> {
        let place = Place { id: PLACE.to_owned(), seq };
        self.done(soon(self.places().add_or_replace(&[place], Some("id"))).await?.map_err(broken)?).await
    }

    /// The server's answer to one question.
    async fn ask(
        &self,
        question: &Question,
        in_room: bool,
        most: usize,
    ) -> Result<(Vec<PostId>, u64, Vec<(RoomId, u64)>)> {
        let index = self.posts();
        let (words, filter) = (spoken(question), filter(question, in_room));
        let mut search = index.search();
        search
            .with_query(&words)
            .with_offset(question.offset)
            .with_limit(most)
            .with_facets(Selectors::Some(&["room"]))
            .with_attributes_to_retrieve(Selectors::Some(&["post"]))
            .with_matching_strategy(if question.exact {
                MatchingStrategies::ALL
            } else {
                MatchingStrategies::FREQUENCY
            });
        if !filter.is_empty() {
            search.with_filter(&filter);
        }
        let found = match soon(search.execute::<Found>()).await? {
            Ok(found) => found,
            Err(cause) if is(&cause, ErrorCode::IndexNotFound) => return Ok((Vec::new(), 0, Vec::new())),
            Err(cause) => return Err(broken(cause)),
        };
        let posts = found.hits.iter().filter_map(|hit| PostId::parse(&hit.result.post)).collect();
        let rooms = found.facet_distribution.unwrap_or_default().remove("room").unwrap_or_default();
        Ok((posts, found.estimated_total_hits.unwrap_or(0) as u64, by_room(rooms)))
    }
}

impl Engine for Meili {
    async fn apply(&self, changes: Vec<Change>, seq: i64) -> Result<()> {
        self.prepare().await?;
        let index = self.posts();
        let mut puts = Vec::new();
        let mut deletes = BTreeSet::new();
        for change in changes {
            match change {
                Change::Put(document) => puts.push(kept(&document)),
                Change::Delete(post) => drop(deletes.insert(post)),
            }
        }
        if !puts.is_empty() {
            self.done(soon(index.add_or_replace(&puts, Some("post"))).await?.map_err(broken)?).await?;
        }
        if !deletes.is_empty() {
            let ids: Vec<&str> = deletes.iter().map(PostId::as_str).collect();
            self.done(soon(index.delete_documents(&ids)).await?.map_err(broken)?).await?;
            for post in &deletes {
                if !self.confirm_gone(post).await? {
                    return Err(Problem::fault(format!("Meilisearch still has post {post} after its deletion")));
                }
            }
            self.done(soon(index.compact()).await?.map_err(broken)?).await?;
        }
        self.remember(seq).await
    }

    async fn cursor(&self) -> Result<i64> {
        match soon(self.places().get_document::<Place>(PLACE)).await? {
            Ok(place) => Ok(place.seq),
            Err(cause) if is(&cause, ErrorCode::IndexNotFound) || is(&cause, ErrorCode::DocumentNotFound) => Ok(0),
            Err(cause) => Err(broken(cause)),
        }
    }

    async fn find(&self, question: &Question) -> Result<Hits> {
        let (posts, total, mut rooms) = self.ask(question, true, question.most).await?;
        if question.room.is_some() {
            rooms = self.ask(question, false, 0).await?.2;
        }
        Ok(Hits { posts, total, rooms })
    }

    async fn clear(&self) -> Result<()> {
        self.prepare().await?;
        for index in [self.places(), self.posts()] {
            self.done(soon(index.delete_all_documents()).await?.map_err(broken)?).await?;
            self.done(soon(index.compact()).await?.map_err(broken)?).await?;
        }
        Ok(())
    }

    async fn confirm_gone(&self, post: &PostId) -> Result<bool> {
        match soon(self.posts().get_document::<Found>(post.as_str())).await? {
            Ok(_) => Ok(false),
            Err(cause) if is(&cause, ErrorCode::DocumentNotFound) || is(&cause, ErrorCode::IndexNotFound) => Ok(true),
            Err(cause) => Err(broken(cause)),
        }
    }
}

/// `search/settings.json` with the synonyms and stop words that both engines share.
fn settings() -> Result<meilisearch_sdk::settings::Settings> {
    let settings: meilisearch_sdk::settings::Settings = serde_json::from_str(SETTINGS)?;
    let synonyms: HashMap<String, Vec<String>> = synonyms::house().both_ways().into_iter().collect();
    Ok(settings.with_synonyms(synonyms).with_stop_words(stop_words()))
}

fn kept(document: &Document) -> Kept {
    let mut stems = BTreeSet::new();
    for word in words(&document.title).into_iter().chain(words(&document.text)) {
        if word.stem != word.plain {
            stems.insert(word.stem);
        }
    }
    Kept {
        post: document.post.to_string(),
        room: document.room.to_string(),
        kind: document.kind.clone(),
        at: document.written_at.millis(),
        title: document.title.clone(),
        text: document.text.clone(),
        stems: stems.into_iter().collect::<Vec<_>>().join(" "),
    }
}

/// The question as it is put to the server: phrases in quotes; all in quotes when only the exact words count.
fn spoken(question: &Question) -> String {
    let say = |unit: &Unit| {
        let text = unit.text.replace('"', " ");
        if unit.quoted {
            format!("\"{text}\"")
        } else if question.exact {
            unit.words.iter().map(|word| format!("\"{}\"", word.plain)).collect::<Vec<_>>().join(" ")
        } else {
            text
        }
    };
    question.units.iter().map(say).collect::<Vec<_>>().join(" ")
}

fn filter(question: &Question, in_room: bool) -> String {
    let mut parts = Vec::new();
    if let (true, Some(room)) = (in_room, &question.room) {
        parts.push(format!("room = \"{room}\""));
    }
    if let Some(from) = question.from {
        parts.push(format!("at >= {}", from.millis()));
    }
    if let Some(to) = question.to {
        parts.push(format!("at < {}", to.millis()));
    }
    parts.join(" AND ")
}

fn by_room(counts: HashMap<String, usize>) -> Vec<(RoomId, u64)> {
    let mut out: Vec<(RoomId, u64)> =
        counts.into_iter().filter_map(|(room, count)| Some((RoomId::parse(&room)?, count as u64))).collect();
    out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out
}

fn is(cause: &Error, code: ErrorCode) -> bool {
    matches!(cause, Error::Meilisearch(told) if told.error_code == code)
}

/// The server's own words may quote a question; only its code is kept.
fn broken(cause: Error) -> Problem {
    match cause {
        Error::Meilisearch(told) => Problem::fault(format!("Meilisearch refused: {}", told.error_code)),
        other => Problem::Fault(Box::new(other)),
    }
}

/// The outer error is the clock's, the inner one the server's.
async fn soon<T>(call: impl Future<Output = std::result::Result<T, Error>>) -> Result<std::result::Result<T, Error>> {
    tokio::time::timeout(PATIENCE, call).await.map_err(|_| Problem::fault("Meilisearch does not answer"))
}
