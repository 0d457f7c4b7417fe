//! `/moderation/rota`: who is on duty in which hours of the week; moderators put themselves down here.

use askama::Template;

use crate::duty::DAYS;
use crate::web::form::{Choice, Field, Summary, choices};
use crate::web::shell::{Place, Shell};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/rota.html")]
pub struct RotaPage {
    pub shell: Shell,
    /// What was just done.
    pub notice: Option<String>,
    /// The present hour: "Nobody is on duty now, until Tuesday 08:00 UTC."; empty when somebody is.
    pub now: String,
    /// Hours of the week without anybody.
    pub unstaffed: i64,
    /// Nobody has put themselves down at all.
    pub is_empty: bool,
    /// Monday first.
    pub days: Vec<Day>,
    /// For a moderator: what they are down for, and the form. Others read.
    pub own: Option<Vec<Own>>,
    pub form: Form,
}

pub struct Day {
    pub name: &'static str,
    pub stretches: Vec<Stretch>,
}

pub struct Stretch {
    /// "08:00 to 17:00".
    pub hours: String,
    /// "Ines Calder-Moss, Jonas Petterson-Ruiz"; empty for nobody.
    pub names: String,
}

pub struct Own {
    /// "Monday 08:00 to 17:00".
    pub words: String,
    pub hour: i64,
    pub hours: i64,
}

/// What was typed.
#[derive(Default)]
pub struct Form {
    pub day: Field,
    pub from: Field,
    pub to: Field,
    pub problem: Option<String>,
}

impl RotaPage {
    pub fn day_choices(&self) -> Vec<Choice> {
        choices(&DAYS)
    }

    pub fn from_choices(&self) -> Vec<Choice> {
        (0..24).map(|hour| Choice::new(hour.to_string(), format!("{hour:02}:00"))).collect()
    }

    pub fn to_choices(&self) -> Vec<Choice> {
        (1..=24).map(|hour| Choice::new(hour.to_string(), format!("{hour:02}:00"))).collect()
    }

    pub fn summary(&self) -> Summary {
        let form = &self.form;
        Summary::new(&form.problem, &[("day", "Day", &form.day), ("from", "From", &form.from), ("to", "To", &form.to)])
    }

    pub fn sample() -> Self {
        let stretch = |hours: &str, names: &str| Stretch { hours: hours.to_owned(), names: names.to_owned() };
        let day = |(_, name): &(&'static str, &'static str)| Day {
            name,
            stretches: vec![
                stretch("00:00 to 07:00", ""),
                stretch("07:00 to 12:00", "I. Calder-Moss"),
                stretch("12:00 to 22:00", "I. Calder-Moss, Jonas Petterson-Ruiz"),
                stretch("22:00 to 24:00", "Jonas Petterson-Ruiz"),
            ],
        };
        let own = |words: &str, hour, hours| Own { words: words.to_owned(), hour, hours };
        Self {
            shell: Shell::sample_staff("Who is on duty", Place::Moderation),
            notice: None,
            now: "Nobody is on duty now, until 07:00 UTC.".to_owned(),
            unstaffed: 49,
            is_empty: false,
            days: DAYS.iter().take(7).map(day).collect(),
            own: Some(vec![own("Monday 07:00 to 22:00", 7, 15), own("Sunday 22:00 to Monday 02:00", 166, 4)]),
            form: Form { day: Field::typed("weekdays"), ..Form::default() },
        }
    }

    pub fn sample_reading() -> Self {
        Self { shell: Shell::sample_officer("Who is on duty", Place::Privacy), own: None, ..Self::sample() }
    }

    pub fn sample_empty() -> Self {
        Self {
            now: String::new(),
            unstaffed: 168,
            is_empty: true,
            days: vec![],
            own: Some(vec![]),
            form: Form {
                day: Field::wrong("", "Choose a day."),
                to: Field::wrong("", "Choose a full hour."),
                ..Form::default()
            },
            ..Self::sample()
        }
    }
}
