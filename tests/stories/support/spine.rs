//! What must hold after every story: the chain, the cursors, and the index as a rebuild would make it.

use super::House;
use super::database::number;
use collegium::base::id::PostId;
use collegium::log::chain::{self, Verdict};
use collegium::membership;
use collegium::search::{self, Index, Query, Question};

/// Words that stories write; both indexes must answer them alike.
const WORDS: &[&str] =
    &["spironolactone", "ramipril", "reply", "question", "heart", "kidney", "MI", "potassium raised"];

impl House {
    /// # Panics
    /// When the log does not hold, a follower does not catch up, or the index is not what the log makes of it.
    pub async fn check_spine(&self) {
        self.caught_up().await;
        let mut conn = self.log().reader().await.expect("a reader");
        let verdict = chain::verify(&mut conn).await.expect("the chain is read");
        let counted: i64 =
            sqlx::query_scalar("select count(*) from events").fetch_one(&mut *conn).await.expect("counted");
        match verdict {
            Verdict::Whole { events, .. } => assert_eq!(events, counted, "the log has gaps"),
            Verdict::Broken { seq, why } => panic!("the chain breaks at {seq}: {why}"),
        }
        let posts: Vec<String> =
            sqlx::query_scalar("select post_id from posts order by post_id").fetch_all(&mut *conn).await.expect("read");
        let differ = membership::differences(&mut conn).await.expect("compared");
        assert!(differ.is_empty(), "standings by rows and by the log differ: {differ:#?}");
        drop(conn);
        let folder = self.folder.join(format!("rebuilt-{}", number()));
        let rebuilt = Index::open(&search::Settings::default(), &folder).await.expect("an index");
        search::catch_up(self.log(), &rebuilt).await.expect("rebuilt");
        let index = &self.site().index;
        for post in posts {
            let id = PostId::parse(&post).expect("an id");
            let (here, there) =
                (index.confirm_gone(&id).await.expect("asked"), rebuilt.confirm_gone(&id).await.expect("asked"));
            assert_eq!(here, there, "the index and its rebuild differ about {post}");
        }
        for words in WORDS {
            // Quoted: what else a word may mean is guessed from how often words stand in the segments, where those of
            // texts that were replaced count until a merge.
            let query = Query { words: format!("\"{words}\""), most: 50, ..Query::default() };
            let question = Question::read(&query, None).expect("a question");
            let (here, there) =
                (index.find(&question).await.expect("found"), rebuilt.find(&question).await.expect("found"));
            assert_eq!(here.total, there.total, "the index and its rebuild differ about “{words}”");
            // Of more than a page, equally good ones may come in another order.
            if here.total <= 50 {
                let sorted = |mut posts: Vec<PostId>| {
                    posts.sort();
                    posts
                };
                assert_eq!(sorted(here.posts), sorted(there.posts), "the index and its rebuild differ about “{words}”");
            }
        }
        drop(rebuilt);
        let _ = std::fs::remove_dir_all(folder);
    }
}
