//! Finding what quotes a removed text.
//!
//! Colleagues quote what they answer. When a text is removed because it could identify somebody, every other text of its
//! thread that repeats a good part of it is hidden in the same transaction and put before a moderator: to be removed as
//! well, or shown again.

use super::fingerprint::{Finder, Marks};
use super::store;
use crate::accounts::Moderator;
use crate::base::id::{FlagId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::discussion;
use crate::log::{Event, Tx};

/// A quotation shares at least so many marks: some sixty bytes. Fewer are a turn of phrase.
const LEAST: usize = 4;

/// The words alone, in small letters, one blank between: what quoting does to a text (marks at the lines, breaks, a
/// capital) does not hide it.
pub(super) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

/// Hides what quotes a text that is being removed; which posts.
pub(super) async fn hide(
    tx: &mut Tx,
    by: &Moderator,
    (thread, removed): (&ThreadId, &PostId),
    finder: &Finder,
    marks: &Marks,
) -> Result<Vec<PostId>> {
    let mut hidden = Vec::new();
    for (post, text) in discussion::texts_beside(tx.conn(), by, thread, removed).await? {
        if hidden.contains(&post) || finder.shared(marks, &words(&text)) < LEAST {
            continue;
        }
        let id = FlagId::fresh(tx.now(), tx.chance());
        if store::add_own_flag(tx, &id, &post, thread, "quote", removed.as_str()).await? {
            tx.record(Event::PostFlagged {
                thread: thread.clone(),
                post: post.clone(),
                flag: id,
                reason: "quote".to_owned(),
            });
        }
        discussion::veil(tx, thread, &post, "quote").await?;
        hidden.push(post);
    }
    Ok(hidden)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::secret::{HouseKey, Secret};

    #[test]
    fn a_quotation_is_told_from_a_turn_of_phrase() {
        let finder = Finder::new(&HouseKey::new(Secret::new("k".repeat(32))), "p1");
        let text = "She was brought in by the lifeboat crew after the regatta, hypothermic and talking of marzipan. \
                    Has anybody seen this before in somebody of her age?";
        let marks = finder.take([words(text).as_str()]);
        let shared = |other: &str| finder.shared(&marks, &words(other));
        assert!(
            shared("> She was brought in by the *lifeboat crew*\n> after the regatta, hypothermic\n\nWarm slowly.")
                >= LEAST
        );
        assert!(shared("SHE WAS BROUGHT IN BY THE LIFEBOAT CREW AFTER THE REGATTA, HYPOTHERMIC?!") >= LEAST);
        assert!(shared("Has anybody seen this before in somebody older?") < LEAST);
        assert_eq!(shared("Warm slowly, and look for what else she took."), 0);
    }
}
