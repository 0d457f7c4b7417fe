//! `/vouch/{id}`: a member is asked to answer for somebody. `/vouches`: for whom one has.

use askama::Template;

use crate::web::form::Field;
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/vouch.html")]
pub struct VouchPage {
    pub shell: Shell,
    pub application: String,
    pub name: String,
    pub profession: String,
    pub register: String,
    pub responsibility: &'static str,
    pub sure: Field,
    /// Why one cannot.
    pub closed: Option<String>,
}

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/vouches.html")]
pub struct VouchesPage {
    pub shell: Shell,
    pub rows: Vec<VouchLine>,
    pub notice: Option<String>,
}

pub struct VouchLine {
    pub id: String,
    pub name: String,
    pub when: Moment,
    pub stands: bool,
    /// Until when it can be taken back.
    pub until: Option<Moment>,
}

impl VouchPage {
    pub fn sample() -> Self {
        Self {
            shell: Shell::sample("Vouch for a colleague", Place::Elsewhere),
            application: "v1".to_owned(),
            name: "Oyin Farrow-Adair".to_owned(),
            profession: "Nurse".to_owned(),
            register: "Nursing and Midwifery Council".to_owned(),
            responsibility: crate::verification::RESPONSIBILITY,
            sure: Field::default(),
            closed: None,
        }
    }

    pub fn sample_refused() -> Self {
        Self { sure: Field::wrong("", "Tick that you know them and answer for it; or do not vouch."), ..Self::sample() }
    }

    pub fn sample_closed() -> Self {
        Self { closed: Some("Only who has been a member for 180 days can vouch.".to_owned()), ..Self::sample() }
    }
}

impl VouchesPage {
    pub fn sample() -> Self {
        let moment = |words: &str| Moment { iso: "2026-03-12T16:00:00Z".to_owned(), words: words.to_owned() };
        let line = |name: &str, stands: bool, until: Option<&str>| VouchLine {
            id: "e1".to_owned(),
            name: name.to_owned(),
            when: moment("yesterday, 09:10"),
            stands,
            until: until.map(moment),
        };
        Self {
            shell: Shell { to_recall: 1, ..Shell::sample("For whom you vouch", Place::Elsewhere) },
            rows: vec![
                line("Oyin Farrow-Adair", true, Some("15 March 2026, 09:10")),
                line("Nils Okafor-Reyes", true, None),
                line("Petra Lindgaard-Asante", false, None),
            ],
            notice: Some("You have vouched. You can take it back here.".to_owned()),
        }
    }

    pub fn sample_empty() -> Self {
        Self { shell: Shell::sample("For whom you vouch", Place::Elsewhere), rows: Vec::new(), notice: None }
    }
}
