//! What changed between two texts, word by word (by the `similar` crate's Myers diff).

use super::pages::revisions::{Diff, DiffKind};
use similar::{ChangeTag, TextDiff};
use std::mem::take;

/// The words that stayed, went and came; neighbours of one kind are one run. A space alone that stayed between changed
/// words counts with them: "five per cent" for "5 %" reads as one change, not as three.
pub fn by_words(old: &str, new: &str) -> Vec<Diff> {
    let mut runs = Runs::default();
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let words = change.value();
        match change.tag() {
            ChangeTag::Equal if words.trim().is_empty() && runs.is_changing() => runs.gap.push_str(words),
            ChangeTag::Equal => {
                runs.settle();
                runs.push(DiffKind::Same, words);
            }
            ChangeTag::Insert => {
                runs.close_gap();
                runs.added.push_str(words);
            }
            ChangeTag::Delete => {
                runs.close_gap();
                runs.gone.push_str(words);
            }
        }
    }
    runs.settle();
    runs.done
}

#[derive(Default)]
struct Runs {
    done: Vec<Diff>,
    gone: String,
    added: String,
    /// The space since the last changed word.
    gap: String,
}

impl Runs {
    fn is_changing(&self) -> bool {
        !(self.gone.is_empty() && self.added.is_empty())
    }

    fn close_gap(&mut self) {
        let gap = take(&mut self.gap);
        self.gone.push_str(&gap);
        self.added.push_str(&gap);
    }

    fn settle(&mut self) {
        let (gone, added, gap) = (take(&mut self.gone), take(&mut self.added), take(&mut self.gap));
        self.push(DiffKind::Gone, &gone);
        self.push(DiffKind::Added, &added);
        self.push(DiffKind::Same, &gap);
    }

    fn push(&mut self, kind: DiffKind, words: &str) {
        match self.done.last_mut() {
            _ if words.is_empty() => {}
            Some(run) if run.kind == kind => run.words.push_str(words),
            _ => self.done.push(Diff { kind, words: words.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_changes_are_one() {
        let said = |old, new| by_words(old, new).into_iter().map(|run| (run.kind, run.words)).collect::<Vec<_>>();
        assert_eq!(
            said("with five per cent, gladly", "with 5 % glucose, gladly"),
            [
                (DiffKind::Same, "with ".to_owned()),
                (DiffKind::Gone, "five per cent,".to_owned()),
                (DiffKind::Added, "5 % glucose,".to_owned()),
                (DiffKind::Same, " gladly".to_owned()),
            ]
        );
        assert_eq!(said("same", "same"), [(DiffKind::Same, "same".to_owned())]);
        assert_eq!(said("", "new"), [(DiffKind::Added, "new".to_owned())]);
    }
}
