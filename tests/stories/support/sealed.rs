//! What lies under seals, opened: a search through the tables would find nothing in it, said or not.

use super::House;
use collegium::base::chance::Chance;
use collegium::base::id::PostId;
use collegium::discussion::Seal;
use collegium::log::Actor;

impl House {
    /// Every word that is kept of posts and of held texts, whatever revision.
    pub async fn sealed_words(&self) -> Vec<String> {
        let mut conn = self.log().reader().await.expect("a reader");
        let mut all = Vec::new();
        for (sql, form) in [
            ("select post_id, cast(revision as text) || '/' || part || '/markdown', markdown from post_texts", ""),
            ("select post_id, cast(revision as text) || '/' || part || '/html', html from post_texts", ""),
            ("select post_id, 'source', source from posts where removed_at is null", ""),
            ("select post_id, part, markdown from held_texts", "held/"),
        ] {
            let rows: Vec<(PostId, String, String)> = sqlx::query_as(sql).fetch_all(&mut *conn).await.expect(sql);
            for (post, place, sealed) in rows {
                let seal = Seal::of(&mut conn, &post).await.expect("read").expect("a seal");
                all.push(seal.open(&format!("{form}{place}"), &sealed).expect("opens"));
            }
        }
        all
    }

    /// Puts other words into a part of a post, as if they had been published so.
    pub async fn rewrite(&self, post: &str, revision: i64, part: &str, words: &str) {
        let id = PostId::parse(post).expect("an id");
        let mut tx = self.log().write(Actor::House).await.expect("a write");
        let seal = Seal::of(tx.conn(), &id).await.expect("read").expect("a seal");
        let sealed = seal.close(&Chance::real(), &format!("{revision}/{part}/markdown"), words);
        let done =
            sqlx::query("update post_texts set markdown = $1 where post_id = $2 and revision = $3 and part = $4")
                .bind(sealed)
                .bind(post)
                .bind(revision)
                .bind(part)
                .execute(tx.conn())
                .await
                .expect("written");
        assert_eq!(done.rows_affected(), 1, "there is no such part");
        tx.commit_quietly("a story's own past").await.expect("committed");
    }
}
