//! The rooms, and the threads of one.

use crate::accounts::Clinician;
use crate::base::page::Cursor;
use crate::base::problem::{Problem, Result};
use crate::discussion;
use crate::web::edge::page;
use crate::web::pages::room::RoomPage;
use crate::web::pages::rooms::{RoomRow, RoomsPage, Yours};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use std::collections::HashMap;

/// Threads on a page.
const A_PAGE: i64 = 30;

pub async fn all(State(site): State<Site>, viewer: Clinician) -> Result<Response> {
    let now = site.log.clock().now();
    let mut conn = site.log.reader().await?;
    let rooms = discussion::rooms(&mut conn, &viewer, now).await?;
    let threads = discussion::newest(&mut conn, &viewer, &Cursor::newest(), A_PAGE).await?;
    let yours = discussion::own_threads_with_news(&mut conn, &viewer, 5).await?;
    let held = discussion::own_held(&mut conn, &viewer).await?.len();
    drop(conn);
    let titles: Vec<_> = threads.iter().chain(&yours).map(|thread| thread.id.clone()).collect();
    site.deliveries.deliver_titles(&viewer, &titles).await?;
    Ok(page(RoomsPage {
        held,
        shell: site.shell(Some(viewer.member()), "Rooms", Place::Rooms).await?,
        rooms: rooms.into_iter().map(row).collect(),
        threads: threads.iter().map(|thread| view::thread_row(thread, true, now)).collect(),
        yours: yours
            .into_iter()
            .map(|thread| Yours {
                thread: thread.id.as_str().to_owned(),
                title: thread.title.unwrap_or_else(|| "Under privacy review".to_owned()),
                words: if thread.fresh == 1 {
                    "1 new reply".to_owned()
                } else {
                    format!("{} new replies", thread.fresh)
                },
            })
            .collect(),
    }))
}

pub async fn one(
    State(site): State<Site>,
    viewer: Clinician,
    Path(slug): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let now = site.log.clock().now();
    let mut conn = site.log.reader().await?;
    let rooms = discussion::rooms(&mut conn, &viewer, now).await?;
    let room = rooms.iter().find(|room| room.slug == slug).cloned().ok_or(Problem::NotFound)?;
    let before = asked.get("before").map_or_else(Cursor::newest, |text| Cursor::parse(text));
    let is_later_page = before != Cursor::newest();
    let mut threads = discussion::room_threads(&mut conn, &viewer, &room.id, &before, A_PAGE + 1).await?;
    drop(conn);
    let more = threads.len() as i64 > A_PAGE;
    threads.truncate(A_PAGE as usize);
    let titles: Vec<_> = threads.iter().map(|thread| thread.id.clone()).collect();
    site.deliveries.deliver_titles(&viewer, &titles).await?;
    Ok(page(RoomPage {
        shell: site.shell(Some(viewer.member()), &room.name, Place::Rooms).await?,
        older: threads.last().filter(|_| more).map(|last| last.cursor().to_string()),
        slug: room.slug,
        name: room.name,
        about: room.description,
        rooms: rooms.into_iter().map(row).collect(),
        threads: threads.iter().map(|thread| view::thread_row(thread, false, now)).collect(),
        is_later_page,
    }))
}

fn row(room: discussion::Room) -> RoomRow {
    RoomRow { slug: room.slug, name: room.name, about: room.description, new: room.fresh }
}
