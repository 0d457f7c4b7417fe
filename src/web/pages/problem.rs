//! What a person is told when a page cannot be shown.

use askama::Template;

use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/problem.html")]
pub struct ProblemPage {
    pub shell: Shell,
    pub status: u16,
    /// What happened.
    pub title: String,
    /// What it means.
    pub sentence: String,
    /// What to do.
    pub what_to_do: String,
    /// Where to go next.
    pub way_out: WayOut,
    /// By which the person who keeps the house finds it in the log.
    pub reference: Option<String>,
}

pub struct WayOut {
    pub href: String,
    pub words: String,
}

impl ProblemPage {
    pub fn sample() -> Self {
        Self {
            shell: Shell::sample("This did not work", Place::Elsewhere),
            status: 500,
            title: "This did not work, and it is our fault".to_owned(),
            sentence: "Something in the house broke while it answered you. Your text is kept.".to_owned(),
            what_to_do: "Go back and send it again. If it happens twice, tell us the reference.".to_owned(),
            way_out: WayOut { href: "/".to_owned(), words: "To the rooms".to_owned() },
            reference: Some("7F2K".to_owned()),
        }
    }

    pub fn sample_not_found() -> Self {
        Self {
            shell: Shell::sample("Nothing is here for you", Place::Elsewhere),
            status: 404,
            title: "Nothing is here for you".to_owned(),
            sentence: "There is no such page, or it is in a room you are not in.".to_owned(),
            what_to_do: "Check the address, or search for the words you remember.".to_owned(),
            way_out: WayOut { href: "/search".to_owned(), words: "Search".to_owned() },
            reference: None,
        }
    }
}
