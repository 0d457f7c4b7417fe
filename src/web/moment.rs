//! A point in time as a page says it: words for the reader, ISO 8601 for the machine.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Rendered as `<time datetime="{iso}">{words}</time>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    pub iso: String,
    pub words: String,
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Moment {
    /// Both in milliseconds since 1970, said in UTC. Past: "3 minutes ago", "today, 09:41", "yesterday, 14:20",
    /// "12 March 2026". To come: "in 3 minutes", "today, 17:00", "tomorrow, 17:00", "12 March 2026, 17:00".
    pub fn at(unix_ms: i64, now_ms: i64) -> Self {
        let (at, now) = (utc(unix_ms), utc(now_ms));
        Self { iso: at.timestamp().to_string(), words: words(&at, &now, now_ms - unix_ms) }
    }
}

fn utc(unix_ms: i64) -> Zoned {
    Timestamp::from_millisecond(unix_ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::UTC)
}

fn words(at: &Zoned, now: &Zoned, ago: i64) -> String {
    let hour = format!("{:02}:{:02}", at.hour(), at.minute());
    let days = days_between(at.date(), now.date());
    match ago {
        0..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => count(ago / MINUTE, "minute", " ago"),
        _ if ago < 0 && -ago < HOUR => format!("in {}", count((-ago + MINUTE - 1) / MINUTE, "minute", "")),
        _ => match days {
            0 => format!("today, {hour}"),
            1 => format!("yesterday, {hour}"),
            -1 => format!("tomorrow, {hour}"),
            2..7 => count(days.into(), "day", " ago"),
            ..-1 => format!("{}, {hour}", day(at)),
            _ => day(at),
        },
    }
}

fn day(at: &Zoned) -> String {
    format!("{} {} {}", at.day(), MONTHS[at.month() as usize - 1], at.year())
}

fn count(many: i64, one: &str, after: &str) -> String {
    format!("{many} {one}{}{after}", if many == 1 { "" } else { "s" })
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map(|span| span.get_days()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 12 March 2026, 16:00 UTC.
    const NOW: i64 = 1_773_331_200_000;
    const DAY: i64 = 24 * HOUR;

    #[track_caller]
    fn says(from_now: i64, words: &str) {
        assert_eq!(Moment::at(NOW + from_now, NOW).words, words);
    }

    #[test]
    fn the_past_is_said_as_people_say_it() {
        says(0, "just now");
        says(-59_999, "just now");
        says(-MINUTE, "1 minute ago");
        says(-59 * MINUTE, "59 minutes ago");
        says(-HOUR, "today, 15:00");
        says(-16 * HOUR, "today, 00:00");
        says(-17 * HOUR, "yesterday, 23:00");
        says(-2 * DAY, "2 days ago");
        says(-6 * DAY, "6 days ago");
        says(-7 * DAY, "5 March 2026");
        says(-400 * DAY, "5 February 2025");
    }

    #[test]
    fn what_is_to_come_has_an_hour() {
        says(1, "in 1 minute");
        says(3 * MINUTE, "in 3 minutes");
        says(HOUR, "today, 17:00");
        says(25 * HOUR, "tomorrow, 17:00");
        says(2 * DAY, "14 March 2026, 16:00");
    }

    #[test]
    fn the_machine_reads_iso() {
        assert_eq!(Moment::at(NOW, NOW).iso, "2026-03-12T16:00:00Z");
        assert_eq!(Moment::at(i64::MAX, NOW).iso, "1970-01-01T00:00:00Z");
    }
}
