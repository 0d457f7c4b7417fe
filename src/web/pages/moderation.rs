//! `/moderation`: what waits, most urgent first; `?kind=`, `?room=` and `?whose=` (mine, nobody) choose from it.
//! `/moderation/{post}` shows one exhibit beside it.

use askama::Template;

use crate::moderation::{FLAGS, flag_words};
use crate::web::form::Choice;
use crate::web::pages::exhibit::Exhibit;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/moderation.html")]
pub struct ModerationPage {
    pub shell: Shell,
    /// Most urgent first.
    pub queue: Vec<QueueRow>,
    pub filters: Filters,
    /// The page keeps itself up to date over the line.
    pub is_live: bool,
    pub exhibit: Option<Exhibit>,
    /// That nobody is on duty now, or soon; empty when somebody is, or nobody uses the rota.
    pub unstaffed: String,
    /// What was just done.
    pub notice: Option<String>,
}

#[derive(Clone)]
pub struct QueueRow {
    /// Where it is looked at.
    pub href: String,
    pub harm: Harm,
    /// "Could identify a patient".
    pub words: String,
    /// "Reply in Acute medicine".
    pub place: String,
    /// "Hidden since the flag", "2 flags".
    pub so_far: String,
    /// "4 min", "7 h", "2 days" until it should be decided; "late" when that is over.
    pub left: String,
    /// Under 5 minutes.
    pub is_soon: bool,
    /// "In your hand", "In Dr Calder-Moss's hand".
    pub claimed: Option<String>,
    /// The exhibit shown beside the queue.
    pub is_here: bool,
}

/// What of the queue is shown.
#[derive(Clone, Default)]
pub struct Filters {
    pub kind: String,
    pub room: String,
    /// `mine`, `nobody`, or empty for all.
    pub whose: String,
    /// Address and name.
    pub rooms: Vec<(String, String)>,
}

impl Filters {
    pub fn is_set(&self) -> bool {
        !(self.kind.is_empty() && self.room.is_empty() && self.whose.is_empty())
    }

    pub fn kinds(&self) -> Vec<Choice> {
        let own = ["held", "revised", "proposal", "appeal", "quote", "rescan", "language"];
        let codes = FLAGS.iter().map(|(code, _)| *code).chain(own);
        codes.map(|code| Choice::new(code, flag_words(code))).collect()
    }
}

/// How grave it may be: its glyph.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// Could identify a patient.
    Privacy,
    /// Could hurt one.
    Safety,
    Other,
}

impl ModerationPage {
    pub fn soon(&self) -> usize {
        self.queue.iter().filter(|row| row.is_soon).count()
    }

    pub fn sample() -> Self {
        let mut page = Self::sample_queue();
        page.queue[0].is_here = true;
        page.exhibit = Some(Exhibit::sample());
        page
    }

    pub fn sample_queue() -> Self {
        let row = |n: u8, harm, words: &str, place: &str, so_far: &str, left: &str| QueueRow {
            href: format!("/moderation/019a5c2e-0000-7000-8000-00000000000{n}"),
            harm,
            words: words.to_owned(),
            place: place.to_owned(),
            so_far: so_far.to_owned(),
            left: left.to_owned(),
            claimed: (n == 5).then(|| "In Dr Jonas Petterson-Ruiz's hand".to_owned()),
            is_soon: n == 4,
            is_here: false,
        };
        Self {
            shell: Shell::sample_staff("Moderation", Place::Moderation),
            queue: vec![
                row(
                    4,
                    Harm::Privacy,
                    "Could identify a patient",
                    "Reply in Acute medicine",
                    "Hidden since the flag",
                    "4 min",
                ),
                row(5, Harm::Safety, "Could harm if followed", "Reply in Paediatrics", "2 flags", "48 min"),
                row(7, Harm::Privacy, "Waits before it is published", "Case in Renal", "Not published yet", "3 h"),
                row(6, Harm::Other, "An interest not declared", "Case in Cardiology", "1 flag", "2 days"),
            ],
            filters: Filters {
                rooms: vec![
                    ("cardiology".to_owned(), "Cardiology".to_owned()),
                    ("renal".to_owned(), "Renal".to_owned()),
                ],
                ..Filters::default()
            },
            is_live: true,
            exhibit: None,
            unstaffed: "Nobody is on duty from Tuesday 22:00 to Wednesday 06:00 UTC.".to_owned(),
            notice: None,
        }
    }

    pub fn sample_barred() -> Self {
        let mut page = Self::sample();
        page.exhibit = Some(Exhibit {
            bar: Some("You flagged this post yourself. Another moderator decides.".to_owned()),
            ..Exhibit::sample()
        });
        page
    }

    pub fn sample_filtered() -> Self {
        let mut page = Self::sample_queue();
        page.filters.whose = "mine".to_owned();
        page.queue.clear();
        page
    }

    pub fn sample_empty() -> Self {
        Self {
            queue: vec![],
            notice: Some("Shown again. The author and the member who flagged it are told.".to_owned()),
            ..Self::sample_queue()
        }
    }
}
