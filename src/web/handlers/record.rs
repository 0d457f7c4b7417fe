//! What members may see of moderation.

use super::{duty as on_duty, field};
use crate::accounts::Clinician;
use crate::base::clock::{DAY, HOUR, MINUTE, SECOND};
use crate::base::problem::{Problem, Result};
use crate::breach::{self, Month, median};
use crate::duty;
use crate::web::edge::{page, page_with};
use crate::web::pages::record::{self as shown, Bar, Found, Plot, RecordPage};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::{BTreeMap, HashMap};

/// Months drawn.
const DRAWN: usize = 12;
/// Drills shown, the last ones.
const DRILLS: i64 = 12;

pub async fn show(
    State(site): State<Site>,
    viewer: Clinician,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let now = site.log.clock().now();
    let told = site.ledger.tell(&site.log, &viewer).await?;
    let head = asked.get("head").map(|head| head.trim()).unwrap_or_default();
    let (mut faults, mut found) = (Vec::new(), None);
    if !head.is_empty() {
        match breach::find_head(&site.log, &viewer, head).await {
            Ok(Some((seq, at))) => found = Some(Found::At(seq, view::moment(at, now))),
            Ok(None) => found = Some(Found::Nowhere),
            Err(Problem::Refused(wrong)) => faults = wrong,
            Err(other) => return Err(other),
        }
    }
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = RecordPage {
        shell: site.shell(Some(viewer.member()), "What was done here", Place::Elsewhere).await?,
        plots: plots(&told.months),
        months: told
            .months
            .iter()
            .rev()
            .map(|(month, what)| shown::Month {
                words: month_words(month),
                rows: what
                    .counts
                    .iter()
                    .map(|((words, code), count)| {
                        let words = if code.is_empty() { (*words).to_owned() } else { format!("{words}: {code}") };
                        (words, *count)
                    })
                    .collect(),
            })
            .collect(),
        drills: duty::drills(&mut *site.log.reader().await?, DRILLS)
            .await?
            .iter()
            .map(|drill| (view::moment(drill.begun_at, now), on_duty::times(drill)))
            .collect(),
        events: told.events,
        head: told.head,
        asked: field(head.to_owned(), "head", &faults),
        found,
    };
    Ok(if status == StatusCode::OK { page(shown) } else { page_with(status, shown) })
}

fn plots(months: &BTreeMap<String, Month>) -> Vec<Plot> {
    let last: Vec<(&String, &Month)> = months.iter().rev().take(DRAWN).collect();
    let timed = |of: fn(&Month) -> &[i64]| -> Vec<Bar> {
        let medians: Vec<_> = last.iter().rev().map(|(month, what)| (month, median(of(what)))).collect();
        let most = medians.iter().filter_map(|(_, time)| *time).max().unwrap_or(0).max(1);
        let bar = |(month, time): (&&String, Option<i64>)| Bar {
            month: month_words(month),
            words: time.map_or(String::new(), span),
            // What took no time at all is still a bar.
            high: time.map_or(0, |time| (time * 100 / most).max(1)),
        };
        medians.into_iter().map(bar).collect()
    };
    let reversed = last.iter().rev().map(|(month, what)| Bar {
        month: month_words(month),
        words: if what.appeals == 0 { String::new() } else { format!("{} of {}", what.reversed, what.appeals) },
        high: i64::try_from(what.reversed * 100 / what.appeals.max(1)).unwrap_or(0),
    });
    let reversed: Vec<Bar> = reversed.collect();
    let plot = |id, title, note, bars| Plot { id, title, note, bars };
    vec![
        plot("hide", "From a flag to hidden", "The median, for confidentiality", timed(|month| &month.to_hide)),
        plot("decide", "From a flag to the decision", "The median", timed(|month| &month.to_decide)),
        plot("reverse", "Reversed on appeal", "Of the appeals that were decided", reversed),
    ]
}

/// "0.2 s", "14 min", "3 h", "2 days".
pub(super) fn span(millis: i64) -> String {
    match millis / SECOND {
        ..10 => format!("{}.{} s", millis / SECOND, millis % SECOND / 100),
        10..120 => format!("{} s", millis / SECOND),
        120..7_200 => format!("{} min", millis / MINUTE),
        7_200..172_800 => format!("{} h", millis / HOUR),
        _ => format!("{} days", millis / DAY),
    }
}

/// "November 2026".
fn month_words(month: &str) -> String {
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
    let (year, number) = month.split_once('-').unwrap_or((month, ""));
    let at = number.parse::<usize>().unwrap_or(0);
    format!("{} {year}", at.checked_sub(1).and_then(|at| MONTHS.get(at)).unwrap_or(&""))
}
