//! What came back, and what a story expects of it.

use http::HeaderMap;
use serde_json::Value;

#[derive(Debug, Clone)]
pub struct Answer {
    /// What was asked, for the words of a failed expectation.
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// # Panics
    /// When it was not done.
    #[track_caller]
    pub fn ok(self) -> Answer {
        assert!((200..400).contains(&self.status), "{self}");
        self
    }

    /// # Panics
    /// When the status is another.
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{self}");
        self
    }

    /// A problem document with this status and code.
    ///
    /// # Panics
    /// When it is something else, or says nothing to a person.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Answer {
        assert_eq!(self.status, status, "{self}");
        assert_eq!(self.header("content-type"), "application/problem+json", "{self}");
        let body = self.json();
        assert_eq!(body["code"], code, "{self}");
        assert_eq!(body["status"], status, "{self}");
        assert!(body["detail"].as_str().is_some_and(|words| words.contains(' ')), "{self}");
        self
    }

    /// Fields to put right.
    #[track_caller]
    pub fn refuses(self, field: &str) -> Answer {
        assert_eq!(self.status, 422, "{self}");
        let named = self.json()["faults"].as_array().is_some_and(|all| all.iter().any(|fault| fault["field"] == field));
        assert!(named, "{field} is not named: {self}");
        self
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// # Panics
    /// When the body is no JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|cause| panic!("{cause}: {self}"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// A text field of a JSON answer: `answer.of("post")`.
    #[track_caller]
    pub fn of(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_else(|| panic!("no {name}: {self}")).to_owned()
    }

    /// The first link on the page that begins so.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn link(&self, begins: &str) -> String {
        let text = self.text();
        let found =
            text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).find(|to| to.starts_with(begins));
        found.unwrap_or_else(|| panic!("no link begins with {begins}: {self}")).to_owned()
    }

    pub fn has(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    #[track_caller]
    pub fn shows(self, words: &str) -> Answer {
        assert!(self.has(words), "“{words}” is not shown: {self}");
        self
    }

    #[track_caller]
    pub fn hides(self, words: &str) -> Answer {
        assert!(!self.has(words), "“{words}” is shown: {self}");
        self
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let body: String = self.text().chars().take(1_500).collect();
        write!(f, "{} answered {} {}\n{body}", self.asked, self.status, self.location())
    }
}
