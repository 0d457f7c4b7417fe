//! `/threads/{id}`: a case or a question, and what colleagues say to it. `POST /threads/{id}/posts` adds a reply.
//!
//! The form sends `body`, `ground` (opinion, experience, evidence), `source`, `interest_statement` (none, some),
//! `interests` (repeated), `answer` (repeated, `key=reason`; empty ones mean nothing) and `key`, the sender's own key.
//! Sent by `web/js/post-reply.js` with `Accept: application/json`, it wants 201 `{"post"}`, 202 `{"held"}` (the address where it waits) or 422
//! `{"findings", "risk", "keep_reasons", "problems": {field: words}}`.

use askama::Template;

use crate::web::form::{Field, Summary};
use crate::web::pages::check_part::Check;
use crate::web::pages::post_part::{Body, Content, Post, Shown};
use crate::web::pages::statement_part::Statement;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/thread.html")]
pub struct ThreadPage {
    pub shell: Shell,
    pub id: String,
    pub room: String,
    pub room_slug: String,
    /// "Case" or "Question".
    pub kind: &'static str,
    /// Nothing while the first post is hidden or removed.
    pub title: Option<String>,
    /// "Fully anonymised", "Consent documented", "Invented for teaching"; empty for a question.
    pub basis: &'static str,
    pub replies: i64,
    /// The number of the last event this page has seen; the socket goes on from there.
    pub seq: i64,
    pub posts: Vec<Post>,
    /// What just happened, e.g. after a flag.
    pub notice: Option<String>,
    /// The reader's own texts for this thread that are not published yet.
    pub waiting: Vec<Waiting>,
    /// Nothing for those who may read but not write.
    pub reply: Option<Reply>,
    /// Nobody can reply.
    pub is_locked: bool,
    /// Why this reader may not write.
    pub why_no_reply: Option<String>,
}

#[derive(Clone)]
pub struct Waiting {
    pub post: String,
    /// "Your reply waits for a moderator."
    pub words: &'static str,
}

#[derive(Clone)]
pub struct Reply {
    pub body: Field,
    /// `opinion`, `experience`, `evidence`.
    pub ground: Field,
    pub source: Field,
    /// How and when consent was recorded.
    pub consent_note: Field,
    /// One's own held text that this one stands in place of; may be empty.
    pub instead_of: String,
    pub statement: Statement,
    pub check: Check,
    /// The sender's own key: sending twice adds one post.
    pub key: String,
    /// What is wrong with the whole.
    pub problem: Option<String>,
}

impl ThreadPage {
    pub fn heading(&self) -> &str {
        let state = self.posts.first().map(Post::state);
        match (&self.title, state) {
            (Some(title), _) => title,
            (None, Some("removed")) => "A removed post, and its replies",
            (None, _) => "Under privacy review",
        }
    }

    pub fn replies_words(&self) -> String {
        match self.replies {
            0 => "No replies yet".to_owned(),
            1 => "1 reply".to_owned(),
            more => format!("{more} replies"),
        }
    }

    /// The place of the first post that is new to this reader, if there are older ones before it.
    pub fn new_from(&self) -> i64 {
        self.posts.iter().find(|post| post.is_unread && post.position > 1).map_or(0, |post| post.position)
    }

    /// Who wrote what is shown, for the list beside the thread.
    pub fn authors<'a>(&'a self) -> Vec<(&'a Post, &'a Shown)> {
        let shown = |post: &'a Post| match &post.content {
            Content::Shown(shown) => Some((post, shown.as_ref())),
            _ => None,
        };
        self.posts.iter().filter_map(shown).collect()
    }

    pub fn unread(&self) -> usize {
        self.posts.iter().filter(|post| post.is_unread).count()
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample("Sodium stuck at 124", Place::Rooms),
            id: "019a5c2e-0000-7000-8000-0000000000aa".to_owned(),
            room: "Acute medicine".to_owned(),
            room_slug: "acute-medicine".to_owned(),
            kind: "Case",
            title: Some("Sodium stuck at 124 ten days after stopping a thiazide: what am I missing?".to_owned()),
            basis: "Fully anonymised",
            replies: 5,
            seq: 4211,
            posts: Post::samples(),
            notice: None,
            waiting: vec![],
            reply: Some(Reply::sample()),
            is_locked: false,
            why_no_reply: None,
        }
    }

    /// After a flag; the case is new and nobody has answered.
    pub fn sample_first() -> Self {
        let mut page = Self {
            replies: 0,
            notice: Some("Thank you. It is hidden. You will hear what was decided.".to_owned()),
            ..Self::sample()
        };
        page.posts.truncate(1);
        page
    }

    /// For somebody who may read and not write.
    pub fn sample_reading() -> Self {
        let why = "You can read, but not write, until your registration is confirmed again. Your membership page says \
                   how, and by when.";
        Self { reply: None, why_no_reply: Some(why.to_owned()), ..Self::sample() }
    }

    pub fn sample_refused() -> Self {
        Self { reply: Some(Reply::sample_refused()), ..Self::sample() }
    }

    /// The reader's own reply waits, another was given back.
    pub fn sample_waiting() -> Self {
        let waiting = |words| Waiting { post: "019a5c2e-0000-7000-8000-000000000009".to_owned(), words };
        let words = ["Your reply waits for a moderator.", "A moderator gave your reply back to you."];
        Self { waiting: words.map(waiting).to_vec(), ..Self::sample() }
    }

    pub fn sample_removed() -> Self {
        let mut page = Self { title: None, ..Self::sample() };
        if let Content::Removed { .. } = &page.posts[4].content {
            page.posts[0].content = page.posts[4].content.clone();
            page.posts[0].title.clear();
        }
        page
    }

    pub fn sample_question() -> Self {
        use crate::base::text::render;
        let mut page = Self { kind: "Question", basis: "", reply: None, ..Self::sample() };
        if let Content::Shown(shown) = &mut page.posts[0].content {
            shown.ground = crate::web::pages::post_part::Ground::Question;
            shown.body = Body::Question {
                question: render("Do you still correct the anion gap for albumin by hand, or trust the analyser?"),
                behind: render("Our new analyser prints a corrected gap, and nobody can tell me by which formula."),
            };
        }
        for post in &mut page.posts {
            if let Content::Shown(shown) = &mut post.content {
                shown.may_reply = false;
            }
        }
        page.title = Some("The gap that hides in a low albumin".to_owned());
        page
    }
}

impl Reply {
    pub fn summary(&self) -> Summary {
        self.check.tell(Summary::new(
            &self.problem,
            &[
                ("body", "Your reply", &self.body),
                ("ground", "What it rests on", &self.ground),
                ("source", "Source", &self.source),
                ("consent_note", "Documented consent", &self.consent_note),
                ("interest_statement", "What you stand to gain", &self.statement.statement),
            ],
        ))
    }

    pub fn sample() -> Self {
        Self {
            body: Field::default(),
            ground: Field::typed("opinion"),
            source: Field::default(),
            consent_note: Field::default(),
            instead_of: String::new(),
            statement: Statement { statement: Field::typed("none"), ..Statement::sample() },
            check: Check::sample(),
            key: "019a5c2e-0000-7000-8000-0000000000cc".to_owned(),
            problem: None,
        }
    }

    pub fn sample_refused() -> Self {
        Self {
            body: Field::wrong(
                "I looked after Mrs Halloway last winter with exactly this picture, and it was the proton pump inhibitor.",
                "Change what must be changed, then publish.",
            ),
            ground: Field::typed("evidence"),
            source: Field::wrong("", "Add the source, or choose experience."),
            check: Check::sample_found_in_reply(),
            ..Self::sample()
        }
    }
}
