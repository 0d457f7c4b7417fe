//! Meilisearch behind the same trait, through its own SDK.
//!
//! *Place.* The cursor is a document of a second index, written after the tasks that hold the changes have succeeded: a
//! server that lost its data has lost the cursor with it, and is filled anew.
//!
//! *Erasing.* A deletion counts when its task has succeeded and the server, asked for the post, does not have it. Then
//! the index is compacted, because a freed page of its store keeps its bytes until it is written again.
//!
//! What travels back are ids; no text is ever taken from the server.
//!
//! *For the operator.* The server prepares memory for each task in proportion to what it may use: without
//! `--max-indexing-memory` (or `MEILI_MAX_INDEXING_MEMORY`) a change of one post took 1.3 s on a machine of 24 GB, with
//! 512 MB it took 0.1 s. Set it.

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
use meilisearch_sdk::search::{FederationOptions, MatchingStrategies, MergeFacets, MultiSearchQuery, Selectors};
use meilisearch_sdk::task_info::TaskInfo;
use meilisearch_sdk::tasks::Task;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;
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
    /// The stems of all words: the server does not stem.
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

    /// The server's answer to one question, put in each of its [wordings] at once: a post is listed once, at the best
    /// place that any wording gives it.
    async fn ask(&self, question: &Question, in_room: bool, most: usize) -> Result<Hits> {
        let (index, filter) = (self.posts(), filter(question, in_room));
        let wordings = wordings(question);
        let mut queries = MultiSearchQuery::new(&self.client);
        for wording in &wordings {
            let mut query = index.search();
            query
                .with_query(&wording.words)
                .with_attributes_to_retrieve(Selectors::Some(&["post"]))
                .with_matching_strategy(wording.strategy.clone());
            if let Some(field) = &wording.field {
                query.with_attributes_to_search_on(std::slice::from_ref(field));
            }
            if !filter.is_empty() {
                query.with_filter(&filter);
            }
            queries.with_search_query_and_weight(query, wording.weight);
        }
        let federation = FederationOptions {
            offset: Some(question.offset),
            limit: Some(most),
            facets_by_index: Some([(self.name.clone(), vec!["room".to_owned()])].into()),
            merge_facets: Some(MergeFacets::default()),
            ..FederationOptions::default()
        };
        let found = match soon(queries.with_federation(federation).execute::<Found>()).await? {
            Ok(found) => found,
            Err(cause) if is(&cause, ErrorCode::IndexNotFound) => return Ok(Hits::default()),
            Err(cause) => return Err(broken(cause)),
        };
        Ok(Hits {
            posts: found.hits.iter().filter_map(|hit| PostId::parse(&hit.result.post)).collect(),
            total: found.estimated_total_hits as u64,
            rooms: by_room(found.facet_distribution.unwrap_or_default().remove("room").unwrap_or_default()),
        })
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
        let mut hits = self.ask(question, true, question.most).await?;
        if question.room.is_some() {
            hits.rooms = self.ask(question, false, 0).await?.rooms;
        }
        Ok(hits)
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
    let synonyms: HashMap<String, Vec<String>> = KNOWN.clone().into_iter().collect();
    Ok(settings.with_synonyms(synonyms).with_stop_words(stop_words()))
}

fn kept(document: &Document) -> Kept {
    let stems: Vec<String> =
        words(&document.title).into_iter().chain(words(&document.text)).map(|word| word.stem).collect();
    Kept {
        post: document.post.to_string(),
        room: document.room.to_string(),
        kind: document.kind.clone(),
        at: document.written_at.millis(),
        title: document.title.clone(),
        text: document.text.clone(),
        stems: stems.join(" "),
    }
}

/// One way to put a question to the server.
struct Wording {
    words: String,
    strategy: MatchingStrategies,
    field: Option<&'static str>,
    weight: f32,
}

/// The question as typed; with the most frequent words given up first when not all can be found; by its stems; and with
/// a term in place of what the server's own synonyms cannot know (capitals that count, a misspelt term).
fn wordings(question: &Question) -> Vec<Wording> {
    let say = |field, weight, strategy, unit: &dyn Fn(&Unit) -> String| {
        let words = question.units.iter().map(unit).collect::<Vec<_>>().join(" ");
        Wording { words, strategy, field, weight }
    };
    let typed = |unit: &Unit| if unit.quoted { quoted(&unit.text) } else { unit.text.replace('"', " ") };
    if question.exact {
        let each = |unit: &Unit| unit.words.iter().map(|word| quoted(&word.plain)).collect::<Vec<_>>().join(" ");
        let exactly = |unit: &Unit| if unit.quoted { typed(unit) } else { each(unit) };
        return vec![say(None, 1.0, MatchingStrategies::ALL, &exactly)];
    }
    let mut out = vec![say(None, 1.0, MatchingStrategies::LAST, &typed)];
    if question.units.len() > 1 {
        out.push(say(None, 0.95, MatchingStrategies::FREQUENCY, &typed));
    }
    if !question.units.iter().any(|unit| unit.quoted) {
        let stems = |unit: &Unit| unit.words.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>().join(" ");
        out.push(say(Some("stems"), 0.9, MatchingStrategies::LAST, &stems));
    }
    let unknown = |unit: &Unit| !unit.synonyms.is_empty() && !KNOWN.contains_key(&unit.text.to_lowercase());
    if question.units.iter().any(unknown) {
        let meant = |unit: &Unit| if unknown(unit) { unit.synonyms[0].text.clone() } else { typed(unit) };
        out.push(say(None, 0.9, MatchingStrategies::LAST, &meant));
    }
    out
}

static KNOWN: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| synonyms::house().both_ways());

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', " "))
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
