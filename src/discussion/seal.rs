//! Each post has a key of its own, and every word of it lies in the tables under that key.
//!
//! The keys stand apart from the content: in a file of their own beside a SQLite database, in the schema `keys` of a
//! PostgreSQL one; so they are backed up apart, and kept for a short time. To destroy a key makes every copy of the text
//! unreadable, in backups that nobody can reach as well. Each text is sealed ([`cipher`]) for the place where it stands.

use super::store;
use crate::base::chance::Chance;
use crate::base::cipher;
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::{Actor, Log, Tx};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// What seals and opens the words of one post.
pub struct Seal {
    post: PostId,
    key: [u8; 32],
}

impl Seal {
    /// The seal of a post, as its row says it.
    pub(super) fn read(post: &PostId, key: &str) -> Result<Seal> {
        let key: [u8; 32] = STANDARD_NO_PAD
            .decode(key)
            .ok()
            .and_then(|key| key.try_into().ok())
            .ok_or_else(|| Problem::fault(format!("the key of the post {post} cannot be read")))?;
        Ok(Seal { post: post.clone(), key })
    }

    /// The seal of a post that has one; `None` once it was erased.
    pub async fn of(conn: &mut Conn, post: &PostId) -> Result<Option<Seal>> {
        store::key(conn, post).await?.map(|key| Seal::read(post, &key)).transpose()
    }

    /// Makes the key of a post that is about to be written. On SQLite keys are another file, and of one transaction over
    /// two files a reader may see the one before the other: so the key is there first.
    pub async fn prepare(log: &Log, post: &PostId) -> Result<()> {
        let mut tx = log.write(Actor::House).await?;
        Seal::make(&mut tx, post).await?;
        tx.commit_quietly("a key, before its post").await
    }

    /// The seal of a post that is there.
    ///
    /// # Errors
    /// When it has no key: it was erased.
    pub(super) async fn of_post(tx: &mut Tx, post: &PostId) -> Result<Seal> {
        Seal::of(tx.conn(), post).await?.ok_or_else(|| Problem::fault(format!("the post {post} has no key")))
    }

    /// The seal of a post, made if it has none; for what was written before there were seals.
    pub async fn of_or_new(tx: &mut Tx, post: &PostId) -> Result<Seal> {
        match Seal::of(tx.conn(), post).await? {
            Some(seal) => Ok(seal),
            None => Seal::make(tx, post).await,
        }
    }

    async fn make(tx: &mut Tx, post: &PostId) -> Result<Seal> {
        let key = STANDARD_NO_PAD.encode(tx.chance().bytes::<32>());
        store::add_key(tx, post, &key).await?;
        Seal::read(post, &key)
    }

    /// Seals a text that stands at `place` of this post.
    pub fn close(&self, chance: &Chance, place: &str, text: &str) -> String {
        STANDARD_NO_PAD.encode(cipher::close(chance, &self.key, self.about(place).as_bytes(), text.as_bytes()))
    }

    /// Opens what was sealed for `place`.
    ///
    /// # Errors
    /// When it was sealed under another key or for another place, or was changed since.
    pub fn open(&self, place: &str, sealed: &str) -> Result<String> {
        let bytes = STANDARD_NO_PAD.decode(sealed).ok();
        let text = bytes.and_then(|bytes| cipher::open(&self.key, self.about(place).as_bytes(), &bytes));
        text.and_then(|text| String::from_utf8(text).ok())
            .ok_or_else(|| Problem::fault(format!("the text {place} of the post {} does not open", self.post)))
    }

    fn about(&self, place: &str) -> String {
        format!("{}/{place}", self.post)
    }
}

/// Where a part of a revision stands: its Markdown, or the HTML made of it.
pub(super) fn place(revision: i64, part: &str, form: &str) -> String {
    format!("{revision}/{part}/{form}")
}

/// Where the source stands: it goes with the post and not with a revision.
pub(super) const SOURCE: &str = "source";

/// Where a moderator's notice stands.
pub(super) const NOTICE: &str = "notice";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::clock::Time;

    #[test]
    fn a_text_opens_in_its_own_place_alone() {
        let chance = Chance::seeded(7);
        let post = PostId::fresh(Time(1), &chance);
        let key = |fill: u8| STANDARD_NO_PAD.encode([fill; 32]);
        let seal = Seal::read(&post, &key(1)).unwrap();
        let sealed = seal.close(&chance, "1/body/markdown", "She came on the ferry.");
        assert!(!sealed.contains("ferry"));
        assert_eq!(seal.open("1/body/markdown", &sealed).unwrap(), "She came on the ferry.");
        assert!(seal.open("2/body/markdown", &sealed).is_err(), "another place");
        assert!(Seal::read(&post, &key(2)).unwrap().open("1/body/markdown", &sealed).is_err(), "another key");
        let other = PostId::fresh(Time(2), &chance);
        assert!(Seal::read(&other, &key(1)).unwrap().open("1/body/markdown", &sealed).is_err(), "another post");
        for broken in ["", "AAAA", &sealed[..sealed.len() - 2], "ü"] {
            assert!(seal.open("1/body/markdown", broken).is_err(), "{broken}");
        }
        assert_ne!(sealed, seal.close(&chance, "1/body/markdown", "She came on the ferry."));
    }
}
