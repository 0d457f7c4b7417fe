//! How well an engine finds: it is given the posts of `search/corpus.jsonl` and asked the questions of
//! `search/judgements.tsv`, and what it answers is compared with what a reader judged to answer.
//!
//! The corpus is small and was written by one hand together with the questions: the figures tell a change for the better
//! from a change for the worse and one engine from another. They do not tell how good a search is in real use.

use super::Settings;
use super::engine::{Change, Document, Index};
use super::question::{Query, Question};
use crate::base::clock::{DAY, Time};
use crate::base::id::{PostId, RoomId, ThreadId};
use crate::base::problem::{Problem, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

const CORPUS: &str = include_str!("../../search/corpus.jsonl");
const JUDGEMENTS: &str = include_str!("../../search/judgements.tsv");
/// Hits that are looked at.
const MOST: usize = 10;

/// What an engine reached, each between 0 and 1.
#[derive(Debug, Clone)]
pub struct Score {
    pub engine: &'static str,
    pub posts: usize,
    /// Normalised discounted cumulative gain of the first ten.
    pub ndcg: f64,
    /// The part of the wanted posts among the first ten.
    pub recall: f64,
    /// One over the place of the first wanted post.
    pub mrr: f64,
    /// Mean time of a question.
    pub millis: f64,
    pub questions: Vec<Judged>,
}

/// One question's result.
#[derive(Debug, Clone)]
pub struct Judged {
    pub kind: String,
    pub words: String,
    pub ndcg: f64,
    pub recall: f64,
    pub mrr: f64,
    /// What came, best first, as the corpus names it.
    pub found: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    room: String,
    title: String,
    text: String,
    kind: String,
}

/// An empty index for [`score`], apart from the house's own.
pub async fn index(settings: &Settings, folder: &Path) -> Result<Index> {
    Index::named(settings, folder, "collegium-score").await
}

/// Fills the index with the corpus, asks all questions, and empties it again.
///
/// # Errors
/// [`Problem::Conflict`] for an index that has followed a log: this is for an index of its own.
pub async fn score(index: &Index) -> Result<Score> {
    if index.cursor().await? != 0 {
        return Err(Problem::conflict("in-use", "This index holds posts; the score needs an index of its own."));
    }
    index.clear().await?;
    let posts = corpus()?;
    let count = posts.len();
    index.apply(posts.into_iter().map(Change::Put).collect(), 0).await?;
    let mut questions = Vec::new();
    let mut millis = 0.0;
    for (kind, words, wanted) in judgements() {
        let question = Question::read(&Query { words: words.clone(), most: MOST, ..Query::default() }, None)?;
        let began = Instant::now();
        let hits = index.find(&question).await?;
        millis += began.elapsed().as_secs_f64() * 1_000.0;
        let found: Vec<String> =
            hits.posts.iter().map(|post| post.as_str().trim_start_matches('0').to_owned()).collect();
        questions.push(judge(kind, words, &wanted, found));
    }
    index.clear().await?;
    let mean = |of: fn(&Judged) -> f64| questions.iter().map(of).sum::<f64>() / questions.len() as f64;
    Ok(Score {
        engine: index.name(),
        posts: count,
        ndcg: mean(|q| q.ndcg),
        recall: mean(|q| q.recall),
        mrr: mean(|q| q.mrr),
        millis: millis / questions.len() as f64,
        questions,
    })
}

/// The posts of the corpus. Their ids are its own names behind zeros.
pub(super) fn corpus() -> Result<Vec<Document>> {
    let named = |name: &str| format!("{name:0>25}");
    let rooms: BTreeSet<String> = CORPUS
        .lines()
        .map(serde_json::from_str::<Line>)
        .map(|line| line.map(|line| line.room))
        .collect::<std::result::Result<_, _>>()?;
    let mut out = Vec::new();
    for (at, line) in CORPUS.lines().enumerate() {
        let line: Line = serde_json::from_str(line)?;
        let room = rooms.iter().position(|room| *room == line.room).unwrap_or(0);
        let unread = || Problem::fault(format!("search/corpus.jsonl: {} is no id", line.id));
        out.push(Document {
            post: PostId::parse(&named(&line.id)).ok_or_else(unread)?,
            thread: ThreadId::parse(&named(&line.id)).ok_or_else(unread)?,
            room: RoomId::parse(&named(&format!("r{room}"))).ok_or_else(unread)?,
            position: if line.title.is_empty() { 2 } else { 1 },
            title: line.title,
            text: line.text,
            kind: line.kind,
            written_at: Time(1_760_000_000_000 + at as i64 * DAY),
        });
    }
    Ok(out)
}

fn judgements() -> impl Iterator<Item = (String, String, BTreeSet<String>)> {
    JUDGEMENTS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('\t');
        let (kind, words, wanted) = (fields.next()?, fields.next()?, fields.next()?);
        Some((kind.to_owned(), words.to_owned(), wanted.split(' ').map(str::to_owned).collect()))
    })
}

fn judge(kind: String, words: String, wanted: &BTreeSet<String>, found: Vec<String>) -> Judged {
    let gain = |place: usize| 1.0 / (place as f64 + 2.0).log2();
    let right: Vec<usize> =
        found.iter().enumerate().take(MOST).filter(|(_, id)| wanted.contains(*id)).map(|(place, _)| place).collect();
    let ideal: f64 = (0..wanted.len().min(MOST)).map(gain).sum();
    Judged {
        kind,
        words,
        ndcg: right.iter().fold(0.0, |sum, place| sum + gain(*place)) / ideal,
        recall: right.len() as f64 / wanted.len().min(MOST) as f64,
        mrr: right.first().map_or(0.0, |place| 1.0 / (*place as f64 + 1.0)),
        found,
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Score { engine, posts, ndcg, recall, mrr, millis, questions } = self;
        writeln!(f, "{engine}: {} questions on {posts} posts", questions.len())?;
        writeln!(f, "  nDCG@10 {ndcg:.3}   recall@10 {recall:.3}   MRR {mrr:.3}   {millis:.1} ms a question")?;
        let mut kinds: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
        for question in questions {
            kinds.entry(&question.kind).or_default().push(question);
        }
        for (kind, of) in kinds {
            let mean = |part: fn(&Judged) -> f64| of.iter().map(|q| part(q)).sum::<f64>() / of.len() as f64;
            let (ndcg, recall) = (mean(|q| q.ndcg), mean(|q| q.recall));
            writeln!(f, "  {kind:<14} {:>3} questions   nDCG@10 {ndcg:.3}   recall@10 {recall:.3}", of.len())?;
        }
        let mut weak: Vec<&Judged> = questions.iter().filter(|question| question.ndcg < 0.7).collect();
        weak.sort_by(|a, b| a.ndcg.total_cmp(&b.ndcg));
        for question in weak.iter().take(10) {
            let first: Vec<&str> = question.found.iter().take(4).map(String::as_str).collect();
            writeln!(f, "  weak: {:.2}  {}   gave {}", question.ndcg, question.words, first.join(" "))?;
        }
        Ok(())
    }
}
