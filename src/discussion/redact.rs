//! Taking words out of a post while the rest stays: a new revision with a mark in their place, and no older one.

use super::draft::{Basis, Ground};
use super::publish::Ready;
use super::standing::standing_parts;
use super::store;
use crate::accounts::Moderator;
use crate::base::id::{PostId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::deid::gate::{self, Answered, Part};
use crate::deid::{Around, Band};
use crate::log::{Event, Tx};

/// What stands in place of what was taken out; everybody sees it.
pub const MARKER: &str = "[taken out by a moderator]";

/// Takes words out of everything a post says, wherever they stand as whole words. What is left passes the gate as any
/// text does; the answers its author gave go on counting.
///
/// # Errors
/// [`Problem::Refused`] `words` when they do not stand there, or when what is left does not pass; [`Problem::Conflict`]
/// for a removed post.
pub async fn redact(tx: &mut Tx, _by: &Moderator, thread: &ThreadId, post: &PostId, words: &str) -> Result<i64> {
    let refuse = |code, told: String| Err(Problem::field("words", code, told));
    let Some(standing) = store::hold_post(tx, post).await? else {
        return Err(Problem::conflict("removed", "This post was removed already."));
    };
    let (parts, consent) = standing_parts(tx.conn(), post, standing.revision).await?;
    let mut answers: Vec<Answered> =
        store::answers(tx.conn(), post, standing.revision).await?.into_iter().map(Answered::from).collect();
    let mut taken = 0;
    let mut left = Vec::with_capacity(parts.len());
    for part in parts {
        let places = places(&part.text, words);
        taken += places.len();
        for answer in answers.iter_mut().filter(|answer| answer.part == part.name) {
            shift(answer, &places, words.len());
        }
        left.push(Part { text: without(&part.text, &places, words.len()), name: part.name });
    }
    if taken == 0 {
        return refuse("not-there", "These words do not stand in the post. Copy them from it exactly.".to_owned());
    }
    let checked = match gate::pass_again(left, &answers, &Around::default()) {
        Ok(checked) => checked,
        Err(refusal) => {
            let more: Vec<String> = refusal.findings.iter().map(|found| format!("“{}”", found.words)).collect();
            let told =
                format!("The check still finds {}: take that out first, or ask the author to revise.", more.join(", "));
            return refuse("more", told);
        }
    };
    let basis = Basis::parse(&standing.basis).unwrap_or(Basis::Anonymised);
    if checked.band() == Band::Red && basis == Basis::Anonymised {
        return refuse(
            "recognisable",
            "What is left could still identify somebody: take out more, or remove it.".to_owned(),
        );
    }
    let ground = Ground::parse(&standing.ground).unwrap_or(Ground::Opinion);
    let mut ready = Ready::new(&standing.account_id, &checked, (basis, consent.as_ref()), (ground, String::new()));
    if standing.statement != "none" {
        ready.statement = "some";
        ready.interests = store::interest_ids(tx.conn(), post, standing.revision).await?;
    }
    let revision = standing.revision + 1;
    store::revise_post(tx, post, revision, &ready).await?;
    store::forget_revisions(tx, post, revision).await?;
    // A change that its author has sent may hold the words.
    if store::drop_held(tx, None, post).await?.is_some() {
        tx.record(Event::PostWithdrawn { thread: thread.clone(), post: post.clone() });
    }
    tx.record(Event::PostRevised { thread: thread.clone(), post: post.clone(), revision });
    Ok(revision)
}

/// Where words stand as whole words.
fn places(text: &str, words: &str) -> Vec<usize> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (first, last) = (is_letter(words.chars().next()), is_letter(words.chars().next_back()));
    text.match_indices(words)
        .map(|(at, _)| at)
        .filter(|at| {
            let (before, after) = (text[..*at].chars().next_back(), text[at + words.len()..].chars().next());
            let is_inside = (first && is_letter(before)) || (last && is_letter(after));
            !is_inside
        })
        .collect()
}

fn without(text: &str, places: &[usize], length: usize) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for at in places {
        out.push_str(&text[from..*at]);
        out.push_str(MARKER);
        from = at + length;
    }
    out.push_str(&text[from..]);
    out
}

/// Moves an answer to where its words stand now; one whose words went answers for nothing any more.
fn shift(answer: &mut Answered, places: &[usize], length: usize) {
    if places.iter().any(|at| answer.start < at + length && *at < answer.end) {
        (answer.start, answer.end) = (usize::MAX, usize::MAX);
        return;
    }
    let before = places.iter().filter(|at| **at < answer.start).count();
    let moved = |at: usize| at + before * MARKER.len() - before * length;
    (answer.start, answer.end) = (moved(answer.start), moved(answer.end));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_where_they_stand_whole() {
        let text = "Al saw all of Al's films; al did not.";
        let found = places(text, "Al");
        assert_eq!(without(text, &found, 2), format!("{MARKER} saw all of {MARKER}'s films; al did not."));
        assert!(places(text, "fil").is_empty());
        assert_eq!(places("ü x ü", "ü"), [0, 5]);
    }

    #[test]
    fn an_answer_goes_along_with_its_words() {
        let answer = |start, end| Answered {
            category: String::new(),
            rule: String::new(),
            part: "body".to_owned(),
            start,
            end,
            reason: String::new(),
        };
        let (text, words) = ("by the ferry kiosk in Leeds", "ferry kiosk");
        let places = places(text, words);
        let left = without(text, &places, words.len());
        let mut leeds = answer(22, 27);
        shift(&mut leeds, &places, words.len());
        assert_eq!(&left[leeds.start..leeds.end], "Leeds");
        let mut gone = answer(7, 12);
        shift(&mut gone, &places, words.len());
        assert_eq!(gone.start, usize::MAX);
    }
}
