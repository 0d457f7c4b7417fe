//! What a person is told when a page cannot be shown.

use askama::Template;

use crate::base::problem::Problem;
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
    /// What a problem looks like as a page.
    pub fn of(mut shell: Shell, status: u16, problem: &Problem, reference: Option<String>) -> Self {
        let (title, sentence, what_to_do, way_out) = match problem {
            Problem::NotFound => (
                "Nothing is here for you",
                "There is no such page, or it is not for you to see.".to_owned(),
                "Check the address, or start from the front page.",
                ("/", "To the front page"),
            ),
            Problem::SignIn => ("Sign in first", "This page is for members.".to_owned(), "", ("/sign-in", "Sign in")),
            Problem::NotAllowed(why) => ("Not from here", (*why).to_owned(), "", ("/", "To the front page")),
            Problem::StepUp => ("Show that it is you", problem.to_string(), "", ("/step-up", "Confirm")),
            Problem::Refused(_) | Problem::Malformed(_) | Problem::WrongType(_) => (
                "This could not be read",
                problem.to_string(),
                "Go back; what you typed is still in the form.",
                ("/", "To the front page"),
            ),
            Problem::Conflict { words, .. } => (
                "Things have moved on",
                words.clone(),
                "Go back and look again; what you typed is still in the form.",
                ("/", "To the front page"),
            ),
            Problem::TooMany { .. } => {
                ("A pause", problem.to_string(), "A passkey works meanwhile.", ("/sign-in", "Sign in"))
            }
            Problem::TooLarge { .. } => (
                "This is too large",
                problem.to_string(),
                "Go back and shorten it; what you typed is still in the form.",
                ("/", "To the front page"),
            ),
            Problem::Busy => (
                "One moment",
                "Too much is happening at once.".to_owned(),
                "Go back and send it again; what you typed is still in the form.",
                ("/", "To the front page"),
            ),
            Problem::Fault(_) => (
                "This did not work, and it is our fault",
                "Something in the house broke while it answered you.".to_owned(),
                "Go back and send it again; what you typed is still in the form. If it happens twice, tell us the reference.",
                ("/", "To the front page"),
            ),
        };
        shell.title = title.to_owned();
        Self {
            shell,
            status,
            title: title.to_owned(),
            sentence,
            what_to_do: what_to_do.to_owned(),
            way_out: WayOut { href: way_out.0.to_owned(), words: way_out.1.to_owned() },
            reference,
        }
    }

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
