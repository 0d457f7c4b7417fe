//! The law's clocks.
//!
//! Under the GDPR (Art. 33(1)) 72 hours run from when the controller became aware, that is, from the decision that it was a
//! breach; under HIPAA (45 CFR 164.404(b)) individuals are told within 60 days of discovery. Flagged and confirmed are
//! therefore kept apart, and each clock says from which it runs. Our own alarms run from the earlier of the two: early is
//! never wrong.

use crate::base::clock::{HOUR, Time};
use crate::base::problem::{Problem, Result};
use serde::Deserialize;

/// The section `breach` of the configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    pub clocks: Vec<Clock>,
    /// To whom packages for an employer or regulator are sealed: an age recipient, `age1…`. Empty: none can be made.
    pub recipient: String,
}

/// One clock.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// "GDPR".
    pub name: String,
    pub hours: i64,
    #[serde(default)]
    pub from: From,
}

/// From when a clock runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum From {
    /// The first flag; the removal, if there was none.
    Flagged,
    /// The decision that it was a breach: the removal.
    #[default]
    Confirmed,
}

impl Default for Settings {
    fn default() -> Settings {
        let clock = |name: &str, hours| Clock { name: name.to_owned(), hours, from: From::Confirmed };
        Settings { clocks: vec![clock("GDPR", 72), clock("HIPAA", 60 * 24)], recipient: String::new() }
    }
}

impl Settings {
    /// # Errors
    /// A sentence that names the key.
    pub fn check(&self) -> Result<()> {
        let refuse = |words: &str| Err(Problem::Malformed(words.to_owned()));
        for (at, clock) in self.clocks.iter().enumerate() {
            if clock.name.trim().is_empty() || clock.name.chars().count() > 40 {
                return refuse("breach.clocks: a clock needs a name of at most 40 characters");
            }
            if !(1..=24 * 366).contains(&clock.hours) {
                return refuse("breach.clocks: hours are 1 to 8784");
            }
            if self.clocks[..at].iter().any(|other| other.name == clock.name) {
                return refuse("breach.clocks: two clocks have the same name");
            }
        }
        super::recipient(&self.recipient).map(|_| ())
    }
}

/// A clock as it runs for one breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    pub name: String,
    pub hours: i64,
    pub from: Time,
    pub ends: Time,
}

/// An alarm that is due: it sounds this many hours after the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    pub clock: String,
    pub hours: i64,
}

/// The alarms of a clock of 72 hours come at 48, 60 and 71; those of others in proportion.
const ALARMS: [i64; 3] = [48, 60, 71];

impl Clock {
    pub fn running(&self, flagged: Option<Time>, confirmed: Time) -> Running {
        let from = match self.from {
            From::Flagged => flagged.unwrap_or(confirmed),
            From::Confirmed => confirmed,
        };
        Running { name: self.name.clone(), hours: self.hours, from, ends: from.plus(self.hours * HOUR) }
    }

    /// The alarms that have come due, earliest first.
    pub fn due(&self, flagged: Option<Time>, confirmed: Time, now: Time) -> Vec<Alarm> {
        let begins = flagged.map_or(confirmed, |flagged| flagged.min(confirmed));
        let mut due: Vec<i64> = ALARMS
            .iter()
            .map(|share| self.hours * share / 72)
            .filter(|hours| now >= begins.plus(hours * HOUR))
            .collect();
        due.dedup();
        due.into_iter().map(|hours| Alarm { clock: self.name.clone(), hours }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: Time = Time(1_795_251_600_000);

    #[test]
    fn a_clock_runs_from_where_it_says_and_alarms_from_the_earlier() {
        let [gdpr, hipaa] = &Settings::default().clocks[..] else { panic!("two clocks") };
        let confirmed = BEGAN.plus(5 * HOUR);
        assert_eq!(gdpr.running(Some(BEGAN), confirmed).ends, confirmed.plus(72 * HOUR));
        let flagged = Clock { from: From::Flagged, ..gdpr.clone() };
        assert_eq!(flagged.running(Some(BEGAN), confirmed).ends, BEGAN.plus(72 * HOUR));
        assert_eq!(flagged.running(None, confirmed).from, confirmed);
        let hours = |clock: &Clock, after: i64| -> Vec<i64> {
            clock.due(Some(BEGAN), confirmed, BEGAN.plus(after)).iter().map(|alarm| alarm.hours).collect()
        };
        assert_eq!(hours(gdpr, 48 * HOUR - 1), [0i64; 0]);
        assert_eq!(hours(gdpr, 48 * HOUR), [48]);
        assert_eq!(hours(gdpr, 60 * HOUR), [48, 60]);
        assert_eq!(hours(gdpr, 80 * HOUR), [48, 60, 71]);
        assert_eq!(hours(hipaa, 60 * 24 * HOUR), [960, 1200, 1420]);
    }

    #[test]
    fn settings_are_judged() {
        let wrong = |text: &str, named: &str| {
            let settings: Settings = toml::from_str(text).expect("read");
            let told = settings.check().expect_err(text).to_string();
            assert!(told.contains(named), "{told}");
        };
        wrong("clocks = [{ name = 'A', hours = 0 }]", "hours");
        wrong("clocks = [{ name = '', hours = 1 }]", "name");
        wrong("clocks = [{ name = 'A', hours = 1 }, { name = 'A', hours = 2 }]", "same name");
        wrong("recipient = 'age1notakey'", "recipient");
        assert!(Settings::default().check().is_ok());
    }
}
