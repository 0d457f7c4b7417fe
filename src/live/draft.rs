//! A text that is being written on an open page: kept for as long as it is being checked, in this line's memory alone.
//!
//! The page sends the pieces that changed (a sentence or a line each); the line puts its parts together again and has
//! the whole checked, since a name found in one place is found in all. Nothing of it is stored or logged, and it is gone
//! with the line, or when the page says that the form was left.

use crate::base::id::{AccountId, ThreadId};
use crate::base::problem::Result;
use futures_util::future::BoxFuture;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// What is to be checked.
pub struct Asked {
    pub author: AccountId,
    /// The thread it is a reply in.
    pub thread: Option<ThreadId>,
    /// Each with its name.
    pub parts: Vec<(String, String)>,
    /// The day that is called day 0 in them already, if one is.
    pub zero: Option<i64>,
}

/// Checks a draft. The answer goes to the page as it is.
pub type Examine = Arc<dyn Fn(Asked) -> BoxFuture<'static, Result<Value>> + Send + Sync>;

/// Most parts of a draft.
const MOST_PARTS: usize = 20;
/// Most pieces of a part.
const MOST_PIECES: usize = 8_000;
/// Most bytes of a draft.
const MOST_BYTES: usize = 256 * 1024;

/// What changed on the page since `was`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The revision this makes.
    pub revision: u64,
    /// The revision it was made from; 0 begins anew.
    pub was: u64,
    pub splices: Vec<Splice>,
    /// The day, since 1970, that an earlier fix called day 0.
    pub zero: Option<i64>,
    /// More messages belong to this revision; it is checked with the last.
    #[serde(default)]
    pub more: bool,
}

/// Pieces of one part taken out and put in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Splice {
    pub part: String,
    pub at: usize,
    pub gone: usize,
    pub put: Vec<String>,
    /// How long the part is now, in UTF-16 units, so that a slip does not go unseen.
    pub long: usize,
}

/// Why a change was not taken.
#[derive(Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It does not fit what is here: the page is asked for the whole.
    Whole,
    /// It is larger than any post may be.
    TooLarge,
}

/// The draft of one open page.
#[derive(Default)]
pub struct Draft {
    revision: u64,
    parts: Vec<Part>,
    bytes: usize,
    pub zero: Option<i64>,
}

#[derive(Default)]
struct Part {
    name: String,
    pieces: Vec<String>,
}

impl Draft {
    /// The newest revision that was taken.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes a change, or forgets everything.
    ///
    /// # Errors
    /// When it does not fit or is too large; the draft is empty then.
    pub fn take(&mut self, change: Change) -> std::result::Result<(), Wrong> {
        let taken = self.apply(change);
        if taken.is_err() {
            *self = Draft::default();
        }
        taken
    }

    fn apply(&mut self, change: Change) -> std::result::Result<(), Wrong> {
        if change.was == 0 {
            *self = Draft::default();
        } else if change.was != self.revision {
            return Err(Wrong::Whole);
        }
        for splice in change.splices {
            self.splice(splice)?;
        }
        self.revision = change.revision;
        self.zero = change.zero;
        Ok(())
    }

    fn splice(&mut self, splice: Splice) -> std::result::Result<(), Wrong> {
        let at = match self.parts.iter().position(|part| part.name == splice.part) {
            Some(at) => at,
            None if self.parts.len() == MOST_PARTS || splice.part.len() > 40 => return Err(Wrong::TooLarge),
            None => {
                self.parts.push(Part { name: splice.part, pieces: Vec::new() });
                self.parts.len() - 1
            }
        };
        let pieces = &mut self.parts[at].pieces;
        let end = splice.at.checked_add(splice.gone).filter(|end| *end <= pieces.len()).ok_or(Wrong::Whole)?;
        let more: usize = splice.put.iter().map(String::len).sum();
        let gone: usize = pieces[splice.at..end].iter().map(String::len).sum();
        self.bytes = self.bytes + more - gone;
        if self.bytes > MOST_BYTES || pieces.len() + splice.put.len() - splice.gone > MOST_PIECES {
            return Err(Wrong::TooLarge);
        }
        pieces.splice(splice.at..end, splice.put);
        let long: usize = pieces.iter().map(|piece| piece.encode_utf16().count()).sum();
        if long == splice.long { Ok(()) } else { Err(Wrong::Whole) }
    }

    /// The parts as they stand, those without a word left out.
    pub fn parts(&self) -> Vec<(String, String)> {
        let whole = self.parts.iter().map(|part| (part.name.clone(), part.pieces.concat()));
        whole.filter(|(_, text)| !text.trim().is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(was: u64, revision: u64, part: &str, at: usize, gone: usize, put: &[&str], long: usize) -> Change {
        let put = put.iter().map(|piece| (*piece).to_owned()).collect();
        let splices = vec![Splice { part: part.to_owned(), at, gone, put, long }];
        Change { revision, was, splices, zero: None, more: false }
    }

    fn body(draft: &Draft) -> String {
        draft.parts().into_iter().find(|(name, _)| name == "body").map(|(_, text)| text).unwrap_or_default()
    }

    #[test]
    fn pieces_are_put_in_and_taken_out() {
        let mut draft = Draft::default();
        draft.take(change(0, 1, "body", 0, 0, &["One. ", "Two. ", "Three."], 16)).unwrap();
        assert_eq!(body(&draft), "One. Two. Three.");
        draft.take(change(1, 2, "body", 1, 1, &["2 😀. "], 17)).unwrap();
        assert_eq!(body(&draft), "One. 2 😀. Three.");
        draft.take(change(2, 3, "title", 0, 0, &["Fever"], 5)).unwrap();
        draft.take(change(3, 4, "body", 0, 3, &[], 0)).unwrap();
        assert_eq!((body(&draft).as_str(), draft.parts().len(), draft.revision()), ("", 1, 4));
    }

    #[test]
    fn what_does_not_fit_is_asked_for_again_and_nothing_is_kept() {
        for wrong in [
            change(7, 8, "body", 0, 0, &["x"], 1),
            change(1, 2, "body", 2, 0, &["x"], 5),
            change(1, 2, "body", 0, 2, &["x"], 1),
            change(1, 2, "body", 1, usize::MAX, &["x"], 1),
            change(1, 2, "body", 0, 1, &["x"], 3),
        ] {
            let mut draft = Draft::default();
            draft.take(change(0, 1, "body", 0, 0, &["Four"], 4)).unwrap();
            assert_eq!(draft.take(wrong), Err(Wrong::Whole));
            assert!(draft.parts().is_empty() && draft.revision() == 0);
        }
    }

    #[test]
    fn it_has_bounds() {
        let mut draft = Draft::default();
        let page = "x".repeat(60 * 1024);
        let mut taken = 0;
        for n in 0..6 {
            let part = format!("part{n}");
            match draft.take(change(draft.revision(), draft.revision() + 1, &part, 0, 0, &[&page], page.len())) {
                Ok(()) => taken += 1,
                Err(wrong) => {
                    assert_eq!(wrong, Wrong::TooLarge);
                    break;
                }
            }
        }
        assert_eq!(taken, 4);
        let mut draft = Draft::default();
        for n in 0..MOST_PARTS as u64 {
            draft.take(change(n, n + 1, &format!("p{n}"), 0, 0, &["x"], 1)).unwrap();
        }
        let one_more = change(MOST_PARTS as u64, 99, "one-more", 0, 0, &["x"], 1);
        assert_eq!(draft.take(one_more), Err(Wrong::TooLarge));
    }
}
