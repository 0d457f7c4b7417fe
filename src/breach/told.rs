//! Un-delivery: everybody who was shown a removed text gets a note without content, and answers with one press.

use super::store;
use crate::accounts::{Member, Privacy};
use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::{Event, Log};

/// What a reader may answer: code and the words of the button.
pub const ANSWERS: [(&str, &str); 3] =
    [("kept-nothing", "I kept nothing"), ("deleted", "I deleted my copy"), ("help", "I need help")];

/// Notices shown on a member's page.
const MOST: i64 = 50;

/// A note to one reader. It says where and when, never what.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Notice {
    #[sqlx(rename = "post_id")]
    pub post: PostId,
    #[sqlx(rename = "thread_id")]
    pub thread: ThreadId,
    pub room: String,
    /// When it was removed.
    pub confirmed_at: Time,
    /// When it was shown to this reader for the first time.
    pub shown_at: Option<Time>,
    pub made_at: Time,
    pub answer: Option<String>,
}

/// One reader and what they answered.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Answered {
    #[sqlx(rename = "account_id")]
    pub account: AccountId,
    pub name: String,
    pub made_at: Time,
    pub reminded_at: Option<Time>,
    pub answer: Option<String>,
    pub answered_at: Option<Time>,
}

/// The notices to a member: the open ones first.
pub async fn notices(conn: &mut Conn, to: &Member) -> Result<Vec<Notice>> {
    store::notices_to(conn, to.id(), MOST).await
}

/// How many notices a member has not answered.
pub async fn count_open(conn: &mut Conn, to: &Member) -> Result<usize> {
    Ok(usize::try_from(store::count_open(conn, to.id()).await?).unwrap_or(0))
}

/// Keeps a reader's answer. The same again changes nothing; another takes its place.
///
/// # Errors
/// [`Problem::Refused`] for an unknown answer; [`Problem::NotFound`] for who was told nothing of this post.
pub async fn answer(log: &Log, by: &Member, post: &PostId, answer: &str) -> Result<()> {
    if !ANSWERS.iter().any(|(code, _)| *code == answer) {
        return Err(Problem::field("answer", "unknown", "Choose one of the three answers."));
    }
    let mut tx = log.write(by.id()).await?;
    if store::keep_answer(&mut tx, post, by.id(), answer).await? {
        tx.record(Event::ReaderAnswered { post: post.clone(), answer: answer.to_owned() });
        return tx.commit().await.map(|_| ());
    }
    let told = store::told(tx.conn(), post).await?;
    if told.iter().any(|one| one.account == *by.id()) { Ok(()) } else { Err(Problem::NotFound) }
}

/// Who was told of a removal: who asks for help first, then the silent, then the others.
pub async fn readers_told(conn: &mut Conn, _by: &Privacy, post: &PostId) -> Result<Vec<Answered>> {
    store::told(conn, post).await
}

/// Who was told and has not answered; for the letters.
pub async fn silent(conn: &mut Conn, post: &PostId) -> Result<Vec<AccountId>> {
    store::silent(conn, post).await
}

/// Whom the reminder of this moment goes to.
pub async fn reminded(conn: &mut Conn, post: &PostId, at: Time) -> Result<Vec<AccountId>> {
    let told = store::told(conn, post).await?;
    Ok(told
        .into_iter()
        .filter(|one| one.answer.is_none() && one.reminded_at == Some(at))
        .map(|one| one.account)
        .collect())
}
