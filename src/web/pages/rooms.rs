//! `/`: the rooms, and what is new across them.

use askama::Template;

use crate::web::pages::thread_row::{RowState, ThreadRow};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/rooms.html")]
pub struct RoomsPage {
    pub shell: Shell,
    pub rooms: Vec<RoomRow>,
    /// Newest activity first, across rooms.
    pub threads: Vec<ThreadRow>,
    /// The reader's own threads with replies they have not been shown.
    pub yours: Vec<Yours>,
    /// The reader's own texts that are not published yet.
    pub held: usize,
}

#[derive(Clone)]
pub struct RoomRow {
    pub slug: String,
    pub name: String,
    pub about: String,
    /// Threads with something new.
    pub new: i64,
}

#[derive(Clone)]
pub struct Yours {
    pub thread: String,
    pub title: String,
    /// "2 new replies".
    pub words: String,
}

impl RoomsPage {
    pub fn unread(&self) -> i64 {
        self.rooms.iter().map(|room| room.new).sum()
    }

    pub fn sample() -> Self {
        Self {
            shell: Shell::sample("Rooms", Place::Rooms),
            rooms: RoomRow::samples(),
            threads: ThreadRow::samples_across(),
            yours: vec![Yours {
                thread: "019a5c2e-0000-7000-8000-0000000000a0".to_owned(),
                title: "Sodium stuck at 124 ten days after stopping a thiazide".to_owned(),
                words: "2 new replies".to_owned(),
            }],
            held: 1,
        }
    }

    pub fn sample_all_read() -> Self {
        let mut page = Self { yours: vec![], held: 0, ..Self::sample() };
        page.rooms.iter_mut().for_each(|room| room.new = 0);
        page.threads.iter_mut().for_each(|row| row.new = 0);
        page
    }

    pub fn sample_empty() -> Self {
        Self { threads: vec![], ..Self::sample_all_read() }
    }
}

impl RoomRow {
    pub fn samples() -> Vec<Self> {
        [
            ("acute-medicine", "Acute medicine", "Cases, questions and teaching points of the first 72 hours.", 3),
            ("cardiology", "Cardiology", "Hearts, rhythms and what to do about them.", 1),
            ("dermatology", "Dermatology", "What skin says.", 0),
            ("general-practice", "General practice", "Everything, early.", 2),
            ("renal", "Renal", "Kidneys, electrolytes, dialysis.", 0),
        ]
        .map(|(slug, name, about, new)| Self {
            slug: slug.to_owned(),
            name: name.to_owned(),
            about: about.to_owned(),
            new,
        })
        .to_vec()
    }
}
