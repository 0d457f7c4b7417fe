//! The part of the configuration that concerns this room.

use crate::base::problem::{Fault, Problem, Result};
use crate::base::secret::Secret;

/// `[search]` of the configuration file.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    pub engine: Kind,
    /// Meilisearch's address, such as `http://127.0.0.1:7700`.
    pub url: Option<String>,
    /// A key that may do everything with the indexes `collegium` and `collegium-cursor`.
    pub key: Option<Secret>,
}

/// Which engine searches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// In this process, in a folder.
    #[default]
    Embedded,
    /// A server of its own, for sites with several nodes.
    Meilisearch,
}

impl Settings {
    /// # Errors
    /// [`Problem::Refused`] naming the key that is missing or wrong.
    pub fn check(&self) -> Result<()> {
        if self.key.as_ref().is_some_and(|key| !key.reveal().bytes().all(|b| b.is_ascii_graphic())) {
            return Err(refused("search.key", "wrong", "A key has only letters, digits and signs, without spaces."));
        }
        let sound = |url: &str| url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        match (self.engine, &self.url) {
            (Kind::Embedded, None) => Ok(()),
            (Kind::Embedded, Some(_)) => Err(refused(
                "search.url",
                "unused",
                "The embedded engine has no address; set engine = \"meilisearch\".",
            )),
            (Kind::Meilisearch, Some(url)) if sound(url) => Ok(()),
            (Kind::Meilisearch, _) => {
                Err(refused("search.url", "wrong", "Write Meilisearch's address, such as http://127.0.0.1:7700."))
            }
        }
    }
}

fn refused(field: &str, code: &'static str, words: &str) -> Problem {
    Problem::Refused(vec![Fault::new(field, code, words)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_setting_is_named() {
        let read = |text: &str| toml::from_str::<Settings>(text);
        assert!(read("").expect("embedded").check().is_ok());
        assert!(
            read("engine = \"meilisearch\"\nurl = \"http://127.0.0.1:7700\"\nkey = \"k\"")
                .expect("read")
                .check()
                .is_ok()
        );
        assert!(read("engin = \"embedded\"").expect_err("refused").to_string().contains("engin"));
        for (text, field) in [
            ("engine = \"meilisearch\"", "search.url"),
            ("engine = \"meilisearch\"\nurl = \"ftp://x\"", "search.url"),
            ("url = \"http://127.0.0.1:7700\"", "search.url"),
            ("key = \"two\\nlines\"", "search.key"),
        ] {
            let Err(Problem::Refused(faults)) = read(text).expect("read").check() else { panic!("{text}") };
            assert_eq!(faults[0].field, field);
        }
    }
}
