//! The handshake of an open line. A browser sends cookies with it from any site, so the origin is asked here.

use crate::accounts::Clinician;
use crate::base::problem::{Problem, Result};
use crate::live::{self, LARGEST_MESSAGE};
use crate::web::edge::same_origin;
use crate::web::guard::Visitor;
use crate::web::site::Site;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::{HeaderMap, header};
use axum::response::Response;

pub async fn open(
    State(site): State<Site>,
    visitor: Visitor,
    who: Clinician,
    headers: HeaderMap,
    upgrade: std::result::Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Result<Response> {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    if !origin.is_some_and(|origin| same_origin(&site, origin)) {
        return Err(Problem::NotAllowed("A line is opened from a page of this house only."));
    }
    let upgrade = upgrade.map_err(|_| Problem::Malformed("This address speaks WebSocket.".to_owned()))?;
    if site.hub.lines_of(who.id()) >= site.config.limits.lines_per_person {
        return Err(Problem::TooMany { seconds: 30 });
    }
    let hub = site.hub.clone();
    Ok(upgrade
        .read_buffer_size(4096)
        .write_buffer_size(0)
        .max_write_buffer_size(512 * 1024)
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(move |socket| live::serve(hub, who, visitor.session, socket)))
}
