//! `/demo/outbox`: the mail the demo would have sent.

use askama::Template;

use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/outbox.html")]
pub struct OutboxPage {
    pub shell: Shell,
    /// Newest first.
    pub mails: Vec<Mail>,
}

pub struct Mail {
    pub to: String,
    pub subject: String,
    pub when: Moment,
    pub body: Vec<Piece>,
}

/// A stretch of a mail: words as they are (line ends kept), or an address to press.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    Words(String),
    Link(String),
}

impl Mail {
    pub fn new(to: impl Into<String>, subject: impl Into<String>, when: Moment, body: &str) -> Self {
        Self { to: to.into(), subject: subject.into(), when, body: pieces(body) }
    }
}

/// Cuts a text at its `http` addresses.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("http://").into_iter().chain(rest.find("https://")).min() {
        let address = &rest[start..];
        let end =
            address.find(|letter: char| letter.is_whitespace() || "<>\"".contains(letter)).unwrap_or(address.len());
        let address = address[..end].trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
        if start > 0 {
            pieces.push(Piece::Words(rest[..start].to_owned()));
        }
        pieces.push(Piece::Link(address.to_owned()));
        rest = &rest[start + address.len()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    pieces
}

impl OutboxPage {
    pub fn sample() -> Self {
        let at = |words: &str| Moment { iso: "2026-03-12T16:00:00Z".to_owned(), words: words.to_owned() };
        Self {
            shell: Shell::sample_outside("Mail it would have sent", Place::Elsewhere),
            mails: vec![
                Mail::new(
                    "oyin@demo.example",
                    "Confirm your address",
                    at("2 minutes ago"),
                    "Good evening,\n\nopen this link to confirm your address at Collegium:\n\nhttp://127.0.0.1:8080/join/confirm?token=c2FtcGxlLXRva2VuLXRoYXQtaXMtcXVpdGUtbG9uZw\n\nIt works for 24 hours. You did not ask for it? Do nothing.",
                ),
                Mail::new(
                    "ada@demo.example",
                    "Something new in a discussion you follow",
                    at("today, 07:10"),
                    "There is a reply for you. Sign in to read it:\nhttp://127.0.0.1:8080/threads/t1.",
                ),
            ],
        }
    }

    pub fn sample_empty() -> Self {
        Self { mails: vec![], ..Self::sample() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_without_the_full_stop() {
        assert_eq!(
            pieces("Read (https://a.example/x?y=1&z). Or http://b.example"),
            [
                Piece::Words("Read (".to_owned()),
                Piece::Link("https://a.example/x?y=1&z".to_owned()),
                Piece::Words("). Or ".to_owned()),
                Piece::Link("http://b.example".to_owned()),
            ]
        );
        assert_eq!(pieces(""), []);
    }
}
