//! Stories of searching, told on the embedded engine and, when `COLLEGIUM_TEST_MEILI` holds the address of a server
//! (and `COLLEGIUM_TEST_MEILI_KEY` its key), on Meilisearch too.

use super::*;
use crate::base::secret::Secret;
use std::path::PathBuf;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("collegium-search-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Each engine there is to be tested.
fn engines() -> Vec<Settings> {
    let mut out = vec![Settings::default()];
    if let Ok(url) = std::env::var("COLLEGIUM_TEST_MEILI") {
        let key = std::env::var("COLLEGIUM_TEST_MEILI_KEY").ok().map(Secret::new);
        out.push(Settings { engine: Kind::Meilisearch, url: Some(url), key });
    }
    out
}

#[tokio::test]
async fn both_engines_find_what_was_judged_to_answer() {
    for settings in engines() {
        let folder = Folder::new("score");
        let index = score::index(&settings, &folder.0).await.expect("opens");
        let score = score::score(&index).await.expect("scores");
        println!("{score}");
        assert!(score.ndcg >= 0.8 && score.recall >= 0.85, "{score}");
    }
}
