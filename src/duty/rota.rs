//! The rota: 168 hours of the week, and who has put themselves down for each.

use super::store;
use crate::accounts::{self, Moderator, Role};
use crate::base::clock::{DAY, HOUR, Time};
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::log::{Event, Log};

/// Hours of a week.
pub const WEEK: i64 = 168;

/// The days, as a form names them, with the words shown. The last three stand for several.
pub const DAYS: [(&str, &str); 10] = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
    ("weekdays", "Monday to Friday"),
    ("weekend", "Saturday and Sunday"),
    ("every", "Every day"),
];

/// Which hour of the week it is, in UTC; 0 begins on Monday at 00:00.
pub fn hour_of(at: Time) -> i64 {
    // The first of January 1970 was a Thursday.
    (at.millis().div_euclid(HOUR) + 3 * 24).rem_euclid(WEEK)
}

/// Whole hours in which the same people are on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Of the week.
    pub from: i64,
    pub hours: i64,
    pub names: Vec<String>,
}

/// Who is on duty in each hour of the week.
#[derive(Debug, Clone)]
pub struct Rota(Vec<Vec<(AccountId, String)>>);

impl Rota {
    fn at(&self, hour: i64) -> &[(AccountId, String)] {
        usize::try_from(hour.rem_euclid(WEEK)).ok().and_then(|hour| self.0.get(hour)).map_or(&[], Vec::as_slice)
    }

    /// Nobody has put themselves down for any hour.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// Hours of the week in which nobody is on duty.
    pub fn unstaffed(&self) -> i64 {
        (0..WEEK).filter(|hour| self.at(*hour).is_empty()).count() as i64
    }

    /// Day by day, what changes in it.
    pub fn days(&self) -> Vec<Vec<Stretch>> {
        let day = |day: i64| {
            let mut stretches: Vec<Stretch> = Vec::new();
            for hour in day * 24..day * 24 + 24 {
                let names: Vec<String> = self.at(hour).iter().map(|(_, name)| name.clone()).collect();
                match stretches.last_mut().filter(|last| last.names == names) {
                    Some(last) => last.hours += 1,
                    None => stretches.push(Stretch { from: hour, hours: 1, names }),
                }
            }
            stretches
        };
        (0..7).map(day).collect()
    }

    /// Somebody's own stretches: the hour of the week each begins with, and how many hours it has.
    pub fn own(&self, who: &AccountId) -> Vec<(i64, i64)> {
        self.runs(|hour| self.at(hour).iter().any(|(account, _)| account == who))
    }

    /// Runs of hours for which something holds, round the end of the week.
    fn runs(&self, holds: impl Fn(i64) -> bool) -> Vec<(i64, i64)> {
        if (0..WEEK).all(&holds) {
            return vec![(0, WEEK)];
        }
        (0..WEEK)
            .filter(|hour| holds(*hour) && !holds((*hour - 1).rem_euclid(WEEK)))
            .map(|from| (from, (0..WEEK).take_while(|more| holds((from + more).rem_euclid(WEEK))).count() as i64))
            .collect()
    }

    /// Stretches without anybody that begin between two times, each with its hours. None while the rota is empty.
    pub fn gaps(&self, from: Time, to: Time) -> Vec<(Time, i64)> {
        if self.is_empty() {
            return Vec::new();
        }
        let runs = self.runs(|hour| self.at(hour).is_empty());
        let first = Time(from.millis().div_euclid(HOUR) * HOUR);
        (0..WEEK)
            .map(|more| first.plus(more * HOUR))
            .take_while(|at| *at <= to)
            .filter_map(|at| runs.iter().find(|(begins, _)| *begins == hour_of(at)).map(|(_, hours)| (at, *hours)))
            .collect()
    }

    /// Whether nobody is on duty now although somebody is at other times; until when.
    pub fn gap_now(&self, now: Time) -> Option<Time> {
        if self.is_empty() {
            return None;
        }
        let begins = Time(now.millis().div_euclid(HOUR) * HOUR);
        let hours = (0..WEEK).take_while(|more| self.at(hour_of(now) + more).is_empty()).count() as i64;
        (hours > 0).then(|| begins.plus(hours * HOUR))
    }

    /// Who is on duty at a time.
    pub fn on_duty(&self, at: Time) -> Vec<AccountId> {
        self.at(hour_of(at)).iter().map(|(account, _)| account.clone()).collect()
    }
}

/// The rota as it stands; of people who moderate and are not suspended.
pub async fn rota(conn: &mut Conn) -> Result<Rota> {
    let mut hours = vec![Vec::new(); 168];
    for (account, name, hour) in store::hours(conn).await? {
        if let Some(place) = usize::try_from(hour).ok().and_then(|hour| hours.get_mut(hour)) {
            place.push((account, name));
        }
    }
    Ok(Rota(hours))
}

/// Whom something calls at once: the moderators on duty then, or all when there is none. `but` is not called: their own
/// text is looked at by another.
pub async fn whom(conn: &mut Conn, at: Time, but: Option<&AccountId>) -> Result<Vec<AccountId>> {
    let mut called = rota(conn).await?.on_duty(at);
    called.retain(|one| Some(one) != but);
    if called.is_empty() {
        called = accounts::store::with_role(conn, Role::Moderator).await?;
    }
    Ok(called)
}

/// Every moderator whom [`whom`] has not called, but for `but`.
pub async fn others(conn: &mut Conn, at: Time, but: Option<&AccountId>) -> Result<Vec<AccountId>> {
    let called = whom(conn, at, but).await?;
    let mut others = accounts::store::with_role(conn, Role::Moderator).await?;
    others.retain(|one| Some(one) != but && !called.contains(one));
    Ok(others)
}

/// Puts a moderator on duty: on these days from one full hour to another. A `to` that is not later than `from` is of the
/// next day. Hours they are down for already stay.
///
/// # Errors
/// [`Problem::Refused`] for a day or an hour that is none.
pub async fn take(log: &Log, by: &Moderator, day: &str, from: &str, to: &str) -> Result<()> {
    let days: Vec<i64> = match day {
        "every" => (0..7).collect(),
        "weekdays" => (0..5).collect(),
        "weekend" => vec![5, 6],
        one => match one.parse().ok().filter(|day| (0..7).contains(day)) {
            Some(day) => vec![day],
            None => return Err(Problem::field("day", "unknown", "Choose a day.")),
        },
    };
    let hour = |name: &str, text: &str, most: i64| {
        let hour = text.parse::<i64>().ok().filter(|hour| (0..=most).contains(hour));
        hour.ok_or_else(|| Problem::field(name, "unknown", "Choose a full hour."))
    };
    let (from, to) = (hour("from", from, 23)?, hour("to", to, 24)?);
    let hours = match (to - from).rem_euclid(24) {
        0 => 24,
        some => some,
    };
    let mut tx = log.write(by.id()).await?;
    let mut changed = false;
    for day in days {
        let begins = day * 24 + from;
        if store::add_hours(&mut tx, by.id(), &of_week(begins, hours)).await? > 0 {
            tx.record(Event::DutyTaken { account: by.id().clone(), hour: begins, hours });
            changed = true;
        }
    }
    if changed { tx.commit().await.map(|_| ()) } else { Ok(()) }
}

/// Takes a moderator off duty for so many hours from an hour of the week on.
///
/// # Errors
/// [`Problem::Refused`] for hours that are none; [`Problem::Conflict`] when they were not down for any of them.
pub async fn leave(log: &Log, by: &Moderator, hour: &str, hours: &str) -> Result<()> {
    let number = |name: &str, text: &str, least: i64, most: i64| {
        let number = text.parse::<i64>().ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| Problem::field(name, "unknown", "Choose a full hour."))
    };
    let (hour, hours) = (number("hour", hour, 0, WEEK - 1)?, number("hours", hours, 1, WEEK)?);
    let mut tx = log.write(by.id()).await?;
    if store::drop_hours(&mut tx, by.id(), &of_week(hour, hours)).await? == 0 {
        return Err(Problem::conflict("not-down", "You are not down for these hours."));
    }
    tx.record(Event::DutyLeft { account: by.id().clone(), hour, hours });
    tx.commit().await.map(|_| ())
}

fn of_week(from: i64, hours: i64) -> Vec<i64> {
    (0..hours.min(WEEK)).map(|more| (from + more).rem_euclid(WEEK)).collect()
}

/// How long before it begins a stretch without anybody is told.
pub(super) const BEFORE: i64 = DAY;

#[cfg(test)]
mod tests {
    use super::*;

    /// A Monday at 00:00 UTC.
    const MONDAY: Time = Time(1_795_392_000_000);

    fn rota_of(down: &[(i64, i64)]) -> Rota {
        let ada = AccountId::parse("0000000000000000000000000").expect("an id");
        let mut hours = vec![Vec::new(); 168];
        for (from, many) in down {
            for hour in of_week(*from, *many) {
                hours[usize::try_from(hour).expect("small")] = vec![(ada.clone(), "Ada".to_owned())];
            }
        }
        Rota(hours)
    }

    #[test]
    fn the_week_begins_on_monday() {
        assert_eq!(MONDAY.iso(), "2026-11-23T00:00:00Z");
        assert_eq!(hour_of(MONDAY), 0);
        assert_eq!(hour_of(MONDAY.plus(-1)), 167);
        assert_eq!(hour_of(MONDAY.plus(25 * HOUR)), 25);
    }

    #[test]
    fn gaps_are_found_round_the_end_of_the_week() {
        let empty = rota_of(&[]);
        assert!(empty.is_empty() && empty.gaps(MONDAY, MONDAY.plus(DAY)).is_empty() && empty.gap_now(MONDAY).is_none());
        // Monday 08:00 to Sunday 20:00: the night over the week's end is a gap of twelve hours.
        let rota = rota_of(&[(8, 6 * 24 + 12)]);
        assert_eq!(rota.unstaffed(), 12);
        assert_eq!(rota.gap_now(MONDAY), Some(MONDAY.plus(8 * HOUR)));
        assert_eq!(rota.gap_now(MONDAY.plus(8 * HOUR)), None);
        let sunday = MONDAY.plus(6 * DAY + 20 * HOUR);
        assert_eq!(rota.gaps(MONDAY, MONDAY.plus(5 * DAY)), []);
        assert_eq!(rota.gaps(sunday.plus(-DAY), sunday), [(sunday, 12)]);
        assert!(rota_of(&[(0, WEEK)]).gaps(MONDAY, sunday).is_empty());
    }

    #[test]
    fn a_day_is_told_by_what_changes() {
        let days = rota_of(&[(22, 4)]).days();
        let told: Vec<(i64, i64, bool)> =
            days[0].iter().map(|one| (one.from, one.hours, one.names.is_empty())).collect();
        assert_eq!(told, [(0, 22, true), (22, 2, false)]);
        assert_eq!(days[1].len(), 2);
        let ada = AccountId::parse("0000000000000000000000000").expect("an id");
        assert_eq!(rota_of(&[(166, 4)]).own(&ada), [(166, 4)]);
        assert_eq!(rota_of(&[(0, WEEK)]).own(&ada), [(0, WEEK)]);
    }
}
