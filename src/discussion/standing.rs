//! What stands published, for a check under new rules.

use super::draft::PARTS;
use super::store;
use crate::base::id::{PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::deid::aside::Aside;
use crate::deid::gate::{Answered, Part};
use crate::log::Tx;

/// A revision that can be read, as it passed the check.
#[derive(Debug, Clone)]
pub struct Standing {
    pub post: PostId,
    pub thread: ThreadId,
    pub revision: i64,
    /// The version of the rules that looked at it last.
    pub ruleset: String,
    pub parts: Vec<Part>,
    pub answers: Vec<Answered>,
}

/// Revisions behind a place, of posts that are not removed, that other rules than these looked at last.
pub async fn standing(
    conn: &mut Conn,
    ruleset: &str,
    after: Option<&(PostId, i64)>,
    most: i64,
) -> Result<Vec<Standing>> {
    let mut all = Vec::new();
    for row in store::stale_revisions(conn, ruleset, after, most).await? {
        let mut parts: Vec<Part> = store::texts(conn, &row.post_id, row.revision)
            .await?
            .into_iter()
            .filter(|text| text.part != super::held::CONSENT)
            .map(|text| Part { name: text.part, text: text.markdown })
            .collect();
        if row.is_current > 0 && !row.source.is_empty() {
            parts.push(Part { name: "source".to_owned(), text: row.source });
        }
        let answers = store::answers(conn, &row.post_id, row.revision).await?.into_iter().map(Answered::from).collect();
        all.push(Standing {
            post: row.post_id,
            thread: row.thread_id,
            revision: row.revision,
            ruleset: row.ruleset,
            parts,
            answers,
        });
    }
    Ok(all)
}

/// Every part of a post's revision as it passed the check, its source among them, and the note on consent.
pub(super) async fn standing_parts(
    conn: &mut Conn,
    post: &PostId,
    revision: i64,
) -> Result<(Vec<Part>, Option<Aside>)> {
    let source = store::post(conn, post).await?.map(|row| row.source).unwrap_or_default();
    let mut texts = store::texts(conn, post, revision).await?;
    let consent = texts.iter().position(|text| text.part == super::held::CONSENT).map(|at| texts.remove(at).markdown);
    texts.sort_by_key(|text| PARTS.iter().position(|(name, _)| *name == text.part));
    let mut parts: Vec<Part> = texts.into_iter().map(|text| Part { name: text.part, text: text.markdown }).collect();
    if !source.is_empty() {
        parts.push(Part { name: "source".to_owned(), text: source });
    }
    // A note that passes no more today is not carried on.
    let consent = consent.and_then(|note| super::held::note(&note).ok().flatten());
    Ok((parts, consent))
}

impl From<super::Answer> for Answered {
    fn from(answer: super::Answer) -> Answered {
        Answered {
            category: answer.category,
            rule: answer.rule,
            part: answer.part,
            start: usize::try_from(answer.span_start).unwrap_or(usize::MAX),
            end: usize::try_from(answer.span_end).unwrap_or(usize::MAX),
            reason: answer.reason,
        }
    }
}

/// Writes down that these rules have looked at a revision; `false` when another node was faster, or it is gone.
pub async fn note_rules(tx: &mut Tx, one: &Standing, ruleset: &str) -> Result<bool> {
    store::note_ruleset(tx, &one.post, one.revision, &one.ruleset, ruleset).await
}
