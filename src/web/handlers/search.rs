//! Finding what was discussed.

use crate::accounts::Clinician;
use crate::base::clock::{DAY, Time};
use crate::base::problem::{Fault, Problem, Result};
use crate::discussion::Way;
use crate::search::{self, Found, Query as Asked};
use crate::web::edge::{page, page_with};
use crate::web::form::Field;
use crate::web::pages::search::{Chip, Facet, Found as ShownFound, Hit, Nearest, Outcome, SearchPage, Searched};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::HashMap;

/// Hits on a page.
const A_PAGE: usize = 20;

/// The question as the address holds it.
#[derive(Default, Clone)]
struct Address {
    q: String,
    room: String,
    from: String,
    to: String,
    exact: bool,
    offset: usize,
}

impl Address {
    fn of(asked: &HashMap<String, String>) -> Address {
        let text = |name: &str| asked.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        Address {
            q: text("q"),
            room: text("room"),
            from: text("from"),
            to: text("to"),
            exact: !text("exact").is_empty(),
            offset: text("offset").parse().unwrap_or(0),
        }
    }

    fn href(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &self.q);
        for (name, value) in [("room", &self.room), ("from", &self.from), ("to", &self.to)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if self.exact {
            query.append_pair("exact", "yes");
        }
        if self.offset > 0 {
            query.append_pair("offset", &self.offset.to_string());
        }
        format!("/search?{}", query.finish())
    }

    fn with(&self, change: impl FnOnce(&mut Address)) -> String {
        let mut other = Address { offset: 0, ..self.clone() };
        change(&mut other);
        other.href()
    }
}

/// Reads a day; the end of a range means the whole of its last day.
pub fn day(field: &str, text: &str, whole: bool) -> Result<Option<Time>> {
    if text.is_empty() {
        return Ok(None);
    }
    let date: jiff::civil::Date =
        text.parse().map_err(|_| Problem::field(field, "not-a-day", "Write the day as 2026-03-12."))?;
    let start = date
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_err(|_| Problem::field(field, "not-a-day", "Write the day as 2026-03-12."))?;
    let start = Time(start.timestamp().as_millisecond());
    Ok(Some(if whole { start.plus(DAY - 1) } else { start }))
}

/// Asks, and writes down what this reader is about to be shown.
pub async fn ask(site: &Site, viewer: &Clinician, query: &Asked) -> Result<Found> {
    let found = search::search(&site.log, &site.index, viewer, query).await?;
    let shown: Vec<_> = found
        .hits
        .iter()
        .filter(|hit| hit.author.account_id != *viewer.id())
        .map(|hit| (hit.thread.clone(), hit.post.clone(), hit.revision))
        .collect();
    site.deliveries.deliver(viewer, Way::Search, &shown).await?;
    // A reply is found under the title of its thread.
    let titles: Vec<_> = found.hits.iter().filter(|hit| hit.position > 1).map(|hit| hit.thread.clone()).collect();
    site.deliveries.deliver_titles(viewer, &titles).await?;
    Ok(found)
}

pub async fn show(
    State(site): State<Site>,
    viewer: Clinician,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let address = Address::of(&asked);
    let mut shown = SearchPage {
        shell: site.shell(Some(viewer.member()), "Search", Place::Search).await?,
        q: address.q.clone(),
        room: address.room.clone(),
        from: Field::typed(&address.from),
        to: Field::typed(&address.to),
        is_exact: address.exact,
        outcome: Outcome::Blank,
    };
    if address.q.is_empty() {
        return Ok(page(shown));
    }
    let mut faults: Vec<Fault> = Vec::new();
    let mut read = |name: &str, text: &str, whole| match day(name, text, whole) {
        Ok(time) => time,
        Err(Problem::Refused(mut found)) => {
            faults.append(&mut found);
            None
        }
        Err(_) => None,
    };
    let query = Asked {
        words: address.q.clone(),
        room: (!address.room.is_empty()).then(|| address.room.clone()),
        from: read("from", &address.from, false),
        to: read("to", &address.to, true),
        exact: address.exact,
        offset: address.offset,
        most: A_PAGE,
    };
    let outcome = if faults.is_empty() { ask(&site, &viewer, &query).await } else { Err(Problem::Refused(faults)) };
    match outcome {
        Ok(found) if found.hits.is_empty() => {
            shown.outcome = nothing(&site, &viewer, &address, &query).await?;
            Ok(page(shown))
        }
        Ok(found) => {
            shown.outcome = Outcome::Found(Box::new(view_of(&site, &address, found)));
            Ok(page(shown))
        }
        Err(Problem::Refused(faults)) => {
            let of = |name: &str| faults.iter().find(|fault| fault.field == name).map(|fault| fault.words.clone());
            shown.from.problem = of("from");
            shown.to.problem = of("to").or_else(|| of("q")).or_else(|| of("room"));
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
        Err(other) => Err(other),
    }
}

/// Nothing was found: the ways that find something.
async fn nothing(site: &Site, viewer: &Clinician, address: &Address, query: &Asked) -> Result<Outcome> {
    let narrowed = query.room.is_some() || query.from.is_some() || query.to.is_some();
    let mut nearest = None;
    if let Some((shorter, _)) = address.q.rsplit_once(' ') {
        let wide =
            Asked { words: shorter.to_owned(), room: None, from: None, to: None, exact: false, offset: 0, most: 1 };
        let found = search::search(&site.log, &site.index, viewer, &wide).await?;
        if found.total > 0 {
            nearest = Some(Nearest {
                words: shorter.to_owned(),
                count: i64::try_from(found.total).unwrap_or(0),
                href: Address { q: shorter.to_owned(), ..Address::default() }.href(),
            });
        }
    }
    Ok(Outcome::Nothing {
        nearest,
        wider: narrowed.then(|| Address { q: address.q.clone(), exact: address.exact, ..Address::default() }.href()),
        loose: address.exact.then(|| address.with(|other| other.exact = false)),
    })
}

fn view_of(site: &Site, address: &Address, found: Found) -> ShownFound {
    let now = site.log.clock().now();
    let mut chips = Vec::new();
    if let Some(room) = found.rooms.iter().find(|room| room.slug == address.room) {
        chips.push(Chip { words: room.name.clone(), without: address.with(|other| other.room.clear()) });
    }
    if !address.from.is_empty() {
        chips.push(Chip { words: format!("from {}", address.from), without: address.with(|other| other.from.clear()) });
    }
    if !address.to.is_empty() {
        chips.push(Chip { words: format!("to {}", address.to), without: address.with(|other| other.to.clear()) });
    }
    ShownFound {
        total: i64::try_from(found.total).unwrap_or(0),
        searched: Searched {
            words: found.corrected.clone().unwrap_or_else(|| address.q.clone()),
            was_mended: found.corrected.is_some(),
            also: found.synonyms_used.into_iter().flat_map(|(_, also)| also).collect(),
            other: address.with(|other| other.exact = !address.exact),
        },
        hits: found
            .hits
            .into_iter()
            .map(|hit| Hit {
                thread: hit.thread.as_str().to_owned(),
                post: hit.post.as_str().to_owned(),
                room: hit.room_name,
                kind: if hit.position == 1 { "Case" } else { "Reply" },
                replies: hit.replies,
                written: view::moment(hit.written_at, now),
                title: hit.title.unwrap_or_else(|| {
                    crate::base::text::marked(hit.thread_title.as_deref().unwrap_or("A thread under review"), &[])
                }),
                excerpt: hit.excerpt,
                is_reply: hit.position > 1,
                facts: view::badge(&hit.author, &site.config.members, false, now).1,
                author: hit.author.name,
                interests: Vec::new(),
            })
            .collect(),
        rooms: found
            .rooms
            .into_iter()
            .map(|room| Facet {
                count: i64::try_from(room.hits).unwrap_or(0),
                href: address.with(|other| other.room.clone_from(&room.slug)),
                is_chosen: room.slug == address.room,
                words: room.name,
            })
            .collect(),
        chips,
        next: found.next.map(|offset| Address { offset, ..address.clone() }.href()),
    }
}
