//! `/members/{id}`: one member's badge with everything behind it.

use askama::Template;

use crate::web::pages::post_part::{BadgeFact, Seal};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/member.html")]
pub struct MemberPage {
    pub shell: Shell,
    pub name: String,
    pub seal: Seal,
    pub line: Vec<String>,
    pub facts: Vec<BadgeFact>,
    /// Declared interests, one line each.
    pub interests: Vec<String>,
    pub is_own: bool,
}

impl MemberPage {
    pub fn sample() -> Self {
        let line = ["Registered · GMC", "Renal medicine", "checked 3 days ago"].map(str::to_owned).to_vec();
        Self {
            shell: Shell::sample("Dr Bronagh Silvestri-Lund", Place::Rooms),
            name: "Dr Bronagh Silvestri-Lund".to_owned(),
            seal: Seal::Confirmed,
            line,
            facts: BadgeFact::samples(),
            interests: vec!["Speaker fee, Invented Pharma, 2026, under £1,000".to_owned()],
            is_own: false,
        }
    }

    pub fn sample_review() -> Self {
        let line = ["Registered · GMC", "Renal medicine", "under review, checked today"].map(str::to_owned).to_vec();
        Self { seal: Seal::UnderReview, line, interests: vec![], is_own: true, ..Self::sample() }
    }

    pub fn sample_ended() -> Self {
        let line = ["Membership paused · GMC", "since 2026-11-02"].map(str::to_owned).to_vec();
        Self { seal: Seal::Ended, line, interests: vec![], ..Self::sample() }
    }
}
