//! The moderators' desk: what waits, and what was decided.

use crate::accounts::Moderator;
use crate::base::clock::{HOUR, MINUTE, Time};
use crate::base::id::PostId;
use crate::base::problem::Result;
use crate::discussion;
use crate::moderation::{self, Filter, Waits};
use crate::web::edge::page;
use crate::web::handlers::{decisions, duty};
use crate::web::pages::decisions::PastPage;
use crate::web::pages::moderation::{Filters, Harm, ModerationPage, QueueRow};
use crate::web::shell::Place;
use crate::web::site::Site;
use axum::extract::{Query, State};
use axum::response::Response;
use std::collections::HashMap;

/// Past decisions on a page.
const A_PAGE: i64 = 50;

const DONE: &[(&str, &str)] = &[
    ("released", "It is published, and its author is told."),
    ("returned", "It is given back, and its author is told."),
    ("dismiss", "The flags are settled, and the post is shown."),
    ("revise", "Its author is asked to change it. It comes back here when they have."),
    ("edit", "The words are gone, and a mark stands in their place."),
    ("correct", "Your notice stands above the post."),
    ("remove-thread", "Every post of the thread is removed."),
    ("proposed", "It is proposed. Another moderator carries it out or declines."),
    ("carry-out", "It is done, and whom it concerns is told."),
    ("decline", "It is declined, and nothing was changed."),
    ("undo", "It is undone, and whom it concerns is told."),
    ("uphold", "The decision stands, and who appealed is told."),
    ("reverse", "The appeal is upheld, and who appealed is told."),
    ("given-back", "It is out of your hand. Another moderator can take it."),
];

pub async fn queue(
    State(site): State<Site>,
    moderator: Moderator,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let mut shown = desk(&site, &moderator, None, &asked).await?;
    let done = asked.get("done").map_or("", String::as_str);
    shown.notice = DONE.iter().find(|(code, _)| *code == done).map(|(_, words)| (*words).to_owned());
    Ok(page(shown))
}

/// The queue, beside an exhibit or alone.
pub async fn desk(
    site: &Site,
    moderator: &Moderator,
    here: Option<&PostId>,
    asked: &HashMap<String, String>,
) -> Result<ModerationPage> {
    let now = site.log.clock().now();
    let get = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let filter = Filter {
        kind: get("kind"),
        room: get("room"),
        only_mine: get("whose") == "mine",
        only_unclaimed: get("whose") == "nobody",
    };
    let mut conn = site.log.reader().await?;
    let queue = moderation::queue(&mut conn, moderator, &filter, now).await?;
    let rooms = discussion::room_names(&mut conn, moderator).await?;
    drop(conn);
    let mut rows: Vec<QueueRow> = queue.into_iter().map(|row| shown(row, here, moderator, now)).collect();
    // A drill stands first, as a breach would.
    if filter.kind.is_empty() && filter.room.is_empty() && get("whose").is_empty() {
        rows.splice(0..0, duty::rows(site, moderator).await?);
    }
    Ok(ModerationPage {
        shell: site.shell(Some(moderator.member()), "Moderation", Place::Moderation).await?,
        queue: rows,
        filters: Filters {
            kind: filter.kind,
            room: filter.room,
            whose: get("whose"),
            rooms: rooms.into_iter().map(|(_, slug, name)| (slug, name)).collect(),
        },
        is_live: moderator.member().is_clinician(),
        exhibit: None,
        unstaffed: duty::told_beside_queue(site, now).await?,
        notice: None,
    })
}

fn shown(row: moderation::QueueRow, here: Option<&PostId>, moderator: &Moderator, now: Time) -> QueueRow {
    let left = row.due.millis() - now.millis();
    let mut so_far = match (row.waits, row.veiled, row.flags) {
        (Waits::Held, ..) => "Not published yet".to_owned(),
        (Waits::Proposal, ..) => "Proposed by a colleague".to_owned(),
        (Waits::Appeal, ..) => "The first decision stands meanwhile".to_owned(),
        (_, true, 0) => "Hidden until you have looked".to_owned(),
        (_, true, 1) => "Hidden since the flag".to_owned(),
        (_, true, many) => format!("Hidden, {many} flags"),
        (_, false, 1) => "1 flag".to_owned(),
        (_, false, many) => format!("{many} flags"),
    };
    if row.author_id == *moderator.id() {
        so_far.push_str(", your own: another moderator decides");
    }
    QueueRow {
        harm: match row.reason.as_str() {
            "confidentiality" | "held" | "rescan" | "quote" | "revised" => Harm::Privacy,
            "accuracy" | "safety" => Harm::Safety,
            _ => Harm::Other,
        },
        words: moderation::flag_words(&row.reason).to_owned(),
        place: format!("{}, by {}", row.room_name, row.author),
        so_far,
        left: if left <= 0 {
            "late".to_owned()
        } else if left < HOUR {
            format!("{} min", (left + MINUTE - 1) / MINUTE)
        } else if left < 48 * HOUR {
            format!("{} h", left / HOUR)
        } else {
            format!("{} days", left / (24 * HOUR))
        },
        is_soon: left < 5 * MINUTE,
        is_here: row.waits == Waits::Post && here == Some(&row.post),
        claimed: row.claimed.map(|claimed| {
            if claimed.is_own { "In your hand".to_owned() } else { format!("In {}'s hand", claimed.name) }
        }),
        href: match row.waits {
            Waits::Held => format!("/moderation/held/{}", row.thing),
            Waits::Post => format!("/moderation/{}", row.thing),
            Waits::Proposal | Waits::Appeal => format!("/moderation/decisions/{}", row.thing),
        },
    }
}

/// Past decisions, newest first, a page at a time.
pub async fn past(
    State(site): State<Site>,
    moderator: Moderator,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let now = site.log.clock().now();
    let before = asked.get("before").and_then(|text| text.split_once('.'));
    let (at, id) = before.and_then(|(at, id)| Some((at.parse().ok()?, id))).unwrap_or((i64::MAX, ""));
    let all = moderation::past(&mut *site.log.reader().await?, &moderator, (Time(at), id), A_PAGE).await?;
    Ok(page(PastPage {
        shell: site.shell(Some(moderator.member()), "Past decisions", Place::Moderation).await?,
        older: all
            .last()
            .filter(|_| all.len() as i64 == A_PAGE)
            .map(|last| format!("{}.{}", last.at.millis(), last.id)),
        rows: all.iter().map(|one| decisions::line(one, now)).collect(),
    }))
}

/// Where a moderator's form sends them on to.
pub fn done(code: &str) -> String {
    let known = DONE.iter().any(|(known, _)| *known == code);
    if known { format!("/moderation?done={code}") } else { "/moderation".to_owned() }
}
