//! `/rooms/{room}`: the threads of one room, newest activity first.

use askama::Template;

use crate::web::pages::rooms::RoomRow;
use crate::web::pages::thread_row::{RowState, ThreadRow};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/room.html")]
pub struct RoomPage {
    pub shell: Shell,
    pub slug: String,
    pub name: String,
    pub about: String,
    /// All rooms, this one among them.
    pub rooms: Vec<RoomRow>,
    pub threads: Vec<ThreadRow>,
    /// The value for `?before=` of the page with older threads.
    pub older: Option<String>,
    /// This page is reached by "Older".
    pub is_later_page: bool,
}

impl RoomPage {
    pub fn unread(&self) -> usize {
        self.threads.iter().filter(|row| row.new > 0).count()
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample("Acute medicine", Place::Rooms),
            slug: "acute-medicine".to_owned(),
            name: "Acute medicine".to_owned(),
            about: "Cases, questions and teaching points of the first 72 hours.".to_owned(),
            rooms: RoomRow::samples(),
            threads: ThreadRow::samples(),
            older: Some("1773331200000-019a5c2e".to_owned()),
            is_later_page: false,
        }
    }

    pub fn sample_last_page() -> Self {
        let mut page = Self { older: None, is_later_page: true, ..Self::sample() };
        page.threads.iter_mut().for_each(|row| row.new = 0);
        page
    }

    pub fn sample_empty() -> Self {
        Self { threads: vec![], older: None, ..Self::sample() }
    }
}
