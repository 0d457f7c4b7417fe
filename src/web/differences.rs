//! What changed between two texts, word by word (by the `similar` crate's Myers diff).

use super::pages::revisions::{Diff, DiffKind};
use similar::{ChangeTag, TextDiff};

/// The words that stayed, went and came; neighbours of one kind are one run.
pub fn by_words(old: &str, new: &str) -> Vec<Diff> {
    let mut runs: Vec<Diff> = Vec::new();
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => DiffKind::Same,
            ChangeTag::Insert => DiffKind::Added,
            ChangeTag::Delete => DiffKind::Gone,
        };
        match runs.last_mut() {
            Some(run) if run.kind == kind => run.words.push_str(change.value()),
            _ => runs.push(Diff { kind, words: change.value().to_owned() }),
        }
    }
    runs
}
