//! The embedded engine: tantivy in a folder.
//!
//! *Erasing.* Tantivy marks a deleted document and leaves its words in the segment until a merge. Here every change
//! that deletes is followed by a merge of every segment that holds deleted documents (also old revisions of the same
//! post) and by the removal of the files that are left over; the files are removed while no search is under way, because a
//! running one keeps them alive. A crash in between is made good when the index is opened. What the disk does with
//! the blocks of removed files is the disk's affair.
//!
//! *Place.* The cursor travels in the payload of the same commit as the changes.

use super::embedded_find as find;
use super::engine::{Change, Document, Engine, Hits};
use super::question::Question;
use super::words::{Word, words};
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};
use tantivy::collector::Count;
use tantivy::index::SegmentId;
use tantivy::indexer::{LogMergePolicy, MergePolicy, NoMergePolicy};
use tantivy::query::TermQuery;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};

/// Raise it when the schema or the analysis of words changes: older indexes are then filled anew.
const SHAPE: u32 = 1;
const WRITER_MEMORY: usize = 32 << 20;
/// About the largest a segment grows, so that erasing one post, which rewrites its segment, costs little.
const LARGEST_SEGMENT: usize = 20_000;
/// So many segments of about one size are merged into one.
const MERGED_AT_ONCE: usize = 8;

/// Clones share one index.
#[derive(Clone)]
pub(super) struct Embedded(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    index: tantivy::Index,
    fields: Fields,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
    /// Searches read; removing files writes.
    gate: RwLock<()>,
}

#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub post: Field,
    pub room: Field,
    pub at: Field,
    pub title: Field,
    pub text: Field,
    pub title_stem: Field,
    pub text_stem: Field,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Payload {
    shape: u32,
    seq: i64,
}

impl Embedded {
    /// Opens the index in this folder, or makes it.
    pub async fn open(folder: &Path) -> Result<Embedded> {
        let folder = folder.to_owned();
        slow(move || {
            std::fs::create_dir_all(&folder)?;
            match Inner::open(&folder) {
                Ok(inner) => Ok(inner),
                Err(Problem::Fault(cause)) if in_use(&*cause) => Err(Problem::Fault(cause)),
                Err(cause) => {
                    tracing::warn!(?cause, "the search index cannot be used; it is filled anew");
                    empty(&folder)?;
                    Inner::open(&folder)
                }
            }
        })
        .await
        .map(|inner| Embedded(Arc::new(inner)))
    }
}

fn in_use(cause: &(dyn std::error::Error + 'static)) -> bool {
    matches!(cause.downcast_ref(), Some(TantivyError::LockFailure(..)))
}

/// Removes what tantivy wrote; nothing else that may lie in the folder.
fn empty(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let ours = segment_of(&name).is_some()
            || matches!(&*name, "meta.json" | ".managed.json" | ".tantivy-meta.lock" | ".tantivy-writer.lock");
        if ours && path.is_file() {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// The segment a file belongs to: its name begins with 32 hexadecimal digits.
fn segment_of(name: &str) -> Option<&str> {
    name.get(..32).filter(|stem| stem.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl Inner {
    fn open(folder: &Path) -> Result<Inner> {
        let (schema, fields) = schema();
        let there = folder.join("meta.json").exists();
        let index = if there {
            tantivy::Index::open_in_dir(folder).map_err(broken)?
        } else {
            tantivy::Index::create_in_dir(folder, schema.clone()).map_err(broken)?
        };
        if there {
            let payload = payload(&index)?;
            if index.schema() != schema || payload.is_some_and(|payload| payload.shape != SHAPE) {
                return Err(Problem::fault("the search index has an older shape"));
            }
        }
        let writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY).map_err(broken)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(broken)?;
        let folder = folder.to_owned();
        let inner = Inner { folder, index, fields, reader, writer: Mutex::new(writer), gate: RwLock::new(()) };
        inner.erase(&mut inner.lock())?;
        Ok(inner)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, IndexWriter> {
        self.writer.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn apply(&self, changes: &[Change], seq: i64) -> Result<()> {
        let mut writer = self.lock();
        let deletes = changes.iter().any(|change| matches!(change, Change::Delete(_)));
        if let Err(cause) = self.write(&mut writer, changes, seq) {
            writer.rollback().map_err(broken)?;
            return Err(cause);
        }
        self.reader.reload().map_err(broken)?;
        if deletes { self.erase(&mut writer) } else { self.tidy(&mut writer) }
    }

    fn write(&self, writer: &mut IndexWriter, changes: &[Change], seq: i64) -> Result<()> {
        for change in changes {
            let post = match change {
                Change::Put(document) => &document.post,
                Change::Delete(post) => post,
            };
            writer.delete_term(Term::from_field_text(self.fields.post, post.as_str()));
            if let Change::Put(document) = change {
                writer.add_document(self.document(document)).map_err(broken)?;
            }
        }
        let mut commit = writer.prepare_commit().map_err(broken)?;
        commit.set_payload(&serde_json::to_string(&Payload { shape: SHAPE, seq })?);
        commit.commit().map_err(broken)?;
        Ok(())
    }

    fn document(&self, document: &Document) -> TantivyDocument {
        let fields = &self.fields;
        let mut out = TantivyDocument::default();
        out.add_text(fields.post, document.post.as_str());
        out.add_text(fields.room, document.room.as_str());
        out.add_i64(fields.at, document.written_at.millis());
        let (title, text) = (words(&document.title), words(&document.text));
        out.add_pre_tokenized_text(fields.title, tokens(&title, |word| &word.plain));
        out.add_pre_tokenized_text(fields.text, tokens(&text, |word| &word.plain));
        out.add_pre_tokenized_text(fields.title_stem, tokens(&title, |word| &word.stem));
        out.add_pre_tokenized_text(fields.text_stem, tokens(&text, |word| &word.stem));
        out
    }

    /// Merges every segment that holds deleted documents, and removes the files left over.
    fn erase(&self, writer: &mut IndexWriter) -> Result<()> {
        let mut group: Vec<SegmentId> = Vec::new();
        let mut docs = 0;
        for segment in self.index.searchable_segment_metas().map_err(broken)? {
            if !segment.has_deletes() {
                continue;
            }
            if docs + segment.num_docs() as usize > LARGEST_SEGMENT && !group.is_empty() {
                writer.merge(&std::mem::take(&mut group)).wait().map_err(broken)?;
                docs = 0;
            }
            docs += segment.num_docs() as usize;
            group.push(segment.id());
        }
        if !group.is_empty() {
            writer.merge(&group).wait().map_err(broken)?;
        }
        let _nobody_searches = self.gate.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        self.reader.reload().map_err(broken)?;
        writer.garbage_collect_files().wait().map_err(broken)?;
        self.nothing_left_over()
    }

    /// Looks into the folder itself: every file belongs to a segment in use.
    fn nothing_left_over(&self) -> Result<()> {
        let metas = self.index.searchable_segment_metas().map_err(broken)?;
        if metas.iter().any(|segment| segment.has_deletes()) {
            return Err(Problem::fault("a segment of the search index still holds deleted posts"));
        }
        let used: Vec<String> = metas.iter().map(|segment| segment.id().uuid_string()).collect();
        for entry in std::fs::read_dir(&self.folder)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if let Some(segment) = segment_of(&name)
                && !used.iter().any(|id| id == segment)
            {
                return Err(Problem::fault(format!("{name} of the search index is left over")));
            }
        }
        Ok(())
    }

    /// Merges small segments, so that many small batches do not become many small files.
    fn tidy(&self, writer: &mut IndexWriter) -> Result<()> {
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(MERGED_AT_ONCE);
        policy.set_max_docs_before_merge(LARGEST_SEGMENT / MERGED_AT_ONCE);
        let metas = self.index.searchable_segment_metas().map_err(broken)?;
        let merges = policy.compute_merge_candidates(&metas);
        for merge in &merges {
            writer.merge(&merge.0).wait().map_err(broken)?;
        }
        if !merges.is_empty() {
            self.reader.reload().map_err(broken)?;
            writer.garbage_collect_files().wait().map_err(broken)?;
        }
        Ok(())
    }

    fn clear(&self) -> Result<()> {
        let mut writer = self.lock();
        writer.delete_all_documents().map_err(broken)?;
        self.write(&mut writer, &[], 0)?;
        self.erase(&mut writer)
    }

    fn has(&self, post: &PostId) -> Result<bool> {
        let _searching = self.gate.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        let term = Term::from_field_text(self.fields.post, post.as_str());
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        Ok(self.reader.searcher().search(&query, &Count).map_err(broken)? > 0)
    }

    fn find(&self, question: &Question) -> Result<Hits> {
        let _searching = self.gate.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        find::find(&self.reader.searcher(), &self.fields, question).map_err(broken)
    }
}

impl Engine for Embedded {
    async fn apply(&self, changes: Vec<Change>, seq: i64) -> Result<()> {
        let inner = Arc::clone(&self.0);
        slow(move || inner.apply(&changes, seq)).await
    }

    async fn cursor(&self) -> Result<i64> {
        Ok(payload(&self.0.index)?.map_or(0, |payload| payload.seq))
    }

    async fn find(&self, question: &Question) -> Result<Hits> {
        let (inner, question) = (Arc::clone(&self.0), question.clone());
        slow(move || inner.find(&question)).await
    }

    async fn clear(&self) -> Result<()> {
        let inner = Arc::clone(&self.0);
        slow(move || inner.clear()).await
    }

    async fn confirm_gone(&self, post: &PostId) -> Result<bool> {
        let (inner, post) = (Arc::clone(&self.0), post.clone());
        slow(move || Ok(!inner.has(&post)?)).await
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let prose = TextOptions::default()
        .set_indexing_options(TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqsAndPositions));
    let fields = Fields {
        post: schema.add_text_field("post", STRING | STORED),
        room: schema.add_text_field("room", STRING | FAST),
        at: schema.add_i64_field("at", INDEXED | FAST),
        title: schema.add_text_field("title", prose.clone()),
        text: schema.add_text_field("text", prose.clone()),
        title_stem: schema.add_text_field("title_stem", prose.clone()),
        text_stem: schema.add_text_field("text_stem", prose),
    };
    (schema.build(), fields)
}

/// Words as tantivy takes them. The text itself is not handed over: nothing of it is stored.
fn tokens(words: &[Word], form: fn(&Word) -> &str) -> PreTokenizedString {
    let tokens = words
        .iter()
        .enumerate()
        .map(|(position, word)| Token {
            offset_from: word.at.start,
            offset_to: word.at.end,
            position,
            text: form(word).to_owned(),
            position_length: 1,
        })
        .collect();
    PreTokenizedString { text: String::new(), tokens }
}

fn payload(index: &tantivy::Index) -> Result<Option<Payload>> {
    let payload = index.load_metas().map_err(broken)?.payload;
    Ok(payload.map(|text| serde_json::from_str(&text)).transpose()?)
}

fn broken(cause: TantivyError) -> Problem {
    Problem::Fault(Box::new(cause))
}

/// Runs what reads and writes files where it may block.
async fn slow<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|cause| Problem::Fault(Box::new(cause)))?
}
