//! One thread in a list of threads: on the page of all rooms, and on the page of one.

use crate::web::moment::Moment;

#[derive(Clone)]
pub struct ThreadRow {
    pub id: String,
    /// Nothing while the first post is hidden or removed.
    pub title: Option<String>,
    /// The question, or the first line. Empty while the first post is hidden or removed.
    pub excerpt: String,
    /// "Dr Strand-Obi · GMC · respiratory".
    pub by: String,
    /// Named on the page of all rooms; empty on a room's own page.
    pub room: String,
    /// "Question"; empty for a case, which is the rule.
    pub kind: &'static str,
    pub replies: i64,
    /// Posts that this reader has not been shown.
    pub new: i64,
    pub active: Moment,
    pub state: RowState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    Open,
    /// The first post is under review.
    Hidden,
    /// The first post was removed.
    Removed,
}

impl ThreadRow {
    pub fn heading(&self) -> &str {
        match (&self.title, self.state) {
            (Some(title), _) => title,
            (None, RowState::Removed) => "A removed post, and its replies",
            (None, _) => "Under privacy review",
        }
    }

    /// "5 replies, 2 new".
    pub fn replies_words(&self) -> String {
        let replies = match self.replies {
            0 => "no replies yet".to_owned(),
            1 => "1 reply".to_owned(),
            more => format!("{more} replies"),
        };
        match (self.new, self.replies) {
            (0, _) => replies,
            (new, all) if new > all => {
                if all == 0 {
                    "new, no replies yet".to_owned()
                } else {
                    format!("{replies}, all new")
                }
            }
            (new, _) => format!("{replies}, {new} new"),
        }
    }

    /// Rows of one room.
    pub fn samples() -> Vec<Self> {
        let row = |n: u8, title: &str, excerpt: &str, by: &str, replies, new, words: &str| Self {
            id: format!("019a5c2e-0000-7000-8000-0000000000a{n}"),
            title: Some(title.to_owned()),
            excerpt: excerpt.to_owned(),
            by: by.to_owned(),
            room: String::new(),
            kind: if n == 3 { "Question" } else { "" },
            replies,
            new,
            active: Moment { iso: "2026-03-13T14:48:00Z".to_owned(), words: words.to_owned() },
            state: RowState::Open,
        };
        vec![
            row(
                0,
                "Sodium stuck at 124 ten days after stopping a thiazide: what am I missing?",
                "Is this the SSRI? And would you switch, restrict fluid, or reach for urea first?",
                "Dr Oyelaran-Reid · GMC · acute medicine",
                5,
                2,
                "12 minutes ago",
            ),
            row(
                1,
                "Pleural fluid pH 7.18 but the patient looks well: drain or wait?",
                "Parapneumonic, septated on ultrasound, CRP falling on day 3 of antibiotics.",
                "Dr Strand-Obi · GMC · respiratory",
                4,
                1,
                "today, 13:52",
            ),
            row(
                2,
                "Lactate of 6 on metformin with normal kidneys",
                "Everyone says sepsis. Nothing grows, and he feels better than his numbers.",
                "Dr Vance-Mukherjee · MCNZ · emergency",
                0,
                0,
                "today, 11:40",
            ),
            Self {
                title: None,
                excerpt: String::new(),
                by: String::new(),
                state: RowState::Hidden,
                ..row(4, "", "", "", 3, 0, "today, 09:10")
            },
            row(
                3,
                "The gap that hides in a low albumin: do you still correct by hand?",
                "A worked anion gap, with the correction most of us forget.",
                "Castellow-Ito · GPhC · pharmacist",
                11,
                0,
                "yesterday, 17:02",
            ),
        ]
    }

    /// Rows across rooms.
    pub fn samples_across() -> Vec<Self> {
        let rooms = ["Acute medicine", "Respiratory", "Emergency", "Renal", "Pharmacy"];
        Self::samples().into_iter().zip(rooms).map(|(row, room)| Self { room: room.to_owned(), ..row }).collect()
    }
}
