//! The demo's own door: the mail it would have sent. In a real house this route does not exist.

use crate::base::problem::{Problem, Result};
use crate::notify;
use crate::web::edge::page;
use crate::web::guard::Perhaps;
use crate::web::pages::outbox::{Mail, OutboxPage};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::State;
use axum::response::Response;

pub async fn outbox(State(site): State<Site>, visitor: Perhaps) -> Result<Response> {
    if site.demo.is_none() {
        return Err(Problem::NotFound);
    }
    let now = site.log.clock().now();
    let mails = notify::captured(&site.log, 100).await?;
    Ok(page(OutboxPage {
        shell: site.shell(visitor.member(), "Outbox", Place::Elsewhere).await?,
        mails: mails
            .into_iter()
            .map(|mail| Mail::new(&mail.to_address, &mail.subject, view::moment(mail.sent_at, now), &mail.body))
            .collect(),
    }))
}
