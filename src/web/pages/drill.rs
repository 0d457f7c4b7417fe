//! `/moderation/drills/{drill}`: a drill before a moderator: marked as one, decided and answered as a breach is.

use askama::Template;

use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/drill.html")]
pub struct DrillPage {
    pub shell: Shell,
    pub id: String,
    pub begun: Moment,
    /// Invented; empty once it is decided.
    pub words: String,
    pub is_removed: bool,
    pub is_ended: bool,
    pub asks_step_up: bool,
    /// They opened it and have not answered.
    pub must_answer: bool,
    /// What was measured: words, "1.2 s"; empty while it has not happened.
    pub times: Vec<(&'static str, String)>,
    pub problem: Option<String>,
}

impl DrillPage {
    pub fn sample() -> Self {
        Self {
            shell: Shell::sample_staff("Drill", Place::Moderation),
            id: "d1".to_owned(),
            begun: Moment { iso: "2026-03-13T15:02:00Z".to_owned(), words: "2 minutes ago".to_owned() },
            words: "DRILL. Nobody of this name was ever anybody's patient.".to_owned(),
            is_removed: false,
            is_ended: false,
            asks_step_up: true,
            must_answer: false,
            times: vec![
                ("the running house had heard of it", "0.1 s".to_owned()),
                ("a moderator opened it", "110 s".to_owned()),
                ("it was removed", String::new()),
            ],
            problem: None,
        }
    }

    pub fn sample_removed() -> Self {
        Self {
            words: String::new(),
            is_removed: true,
            must_answer: true,
            problem: Some("This drill is decided already, or has ended.".to_owned()),
            ..Self::sample()
        }
    }
}
