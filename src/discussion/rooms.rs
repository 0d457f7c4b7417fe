//! Rooms: where threads belong.

use super::store;
use crate::accounts::{Admin, Clinician};
use crate::base::clock::{DAY, Time};
use crate::base::id::RoomId;
use crate::base::problem::{Fault, Problem, Result};
use crate::db::Conn;
use crate::deid::aside::{self, Setting};
use crate::log::{Actor, Event, Log};

/// Unread threads are counted when they were active within this time; older ones are history, and counting them would
/// read every post there is.
const NEWS: i64 = 60 * DAY;

/// A room, with how much is in it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Room {
    #[sqlx(rename = "room_id")]
    pub id: RoomId,
    pub slug: String,
    pub name: String,
    pub description: String,
    pub threads: i64,
    /// Threads of the last weeks with something the viewer has not been shown.
    pub fresh: i64,
}

/// All rooms, by name.
pub async fn rooms(conn: &mut Conn, viewer: &Clinician, now: Time) -> Result<Vec<Room>> {
    store::rooms(conn, viewer.id(), now.plus(-NEWS)).await
}

/// All rooms, for the administrator.
pub async fn all_rooms(conn: &mut Conn, by: &Admin, now: Time) -> Result<Vec<Room>> {
    store::rooms(conn, by.id(), now).await
}

/// One room by its address.
pub async fn room(conn: &mut Conn, _viewer: &Clinician, slug: &str) -> Result<Option<Room>> {
    store::room(conn, slug).await
}

/// Opens a room. `by` is an administrator, or `None` for the operator's own command line.
///
/// # Errors
/// [`Problem::Refused`] with the fields; [`Problem::Conflict`] when the address is taken.
pub async fn open_room(log: &Log, by: Option<&Admin>, slug: &str, name: &str, description: &str) -> Result<RoomId> {
    let mut faults = Vec::new();
    let sound = (2..=40).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !slug.starts_with('-');
    if !sound {
        faults.push(Fault::new(
            "slug",
            "shape",
            "Use 2 to 40 small letters, figures and hyphens, such as acute-medicine.",
        ));
    }
    if name.trim().is_empty() || name.chars().count() > 60 {
        faults.push(Fault::new("name", "missing", "Name the room, in at most 60 characters."));
    }
    if description.chars().count() > 200 {
        faults.push(Fault::new("description", "too-long", "Use at most 200 characters."));
    }
    let mut passed =
        |field, text: &str| aside::pass(Setting::Profile, field, text.trim()).map_err(|fault| faults.push(fault)).ok();
    passed("slug", &slug.replace('-', " "));
    let (name, description) = (passed("name", name), passed("description", description));
    let (Some(name), Some(description), true) = (name, description, faults.is_empty()) else {
        return Err(Problem::Refused(faults));
    };
    let actor = by.map_or(Actor::House, |admin| admin.id().into());
    let mut tx = log.write(actor).await?;
    let id = RoomId::fresh(tx.now(), tx.chance());
    store::add_room(&mut tx, &id, slug, &name, &description).await?;
    tx.record(Event::RoomOpened { room: id.clone() });
    tx.commit().await?;
    Ok(id)
}
