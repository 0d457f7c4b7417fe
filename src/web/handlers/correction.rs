//! Putting right what was mistyped in an application that waits.

use super::verification::{claim_form, claim_of, own_page};
use super::{for_form, see};
use crate::accounts::Member;
use crate::base::problem::Result;
use crate::verification;
use crate::web::body::Fields;
use crate::web::edge::page_with;
use crate::web::site::Site;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

pub async fn correct(State(site): State<Site>, member: Member, fields: Fields) -> Result<Response> {
    let claim = claim_of(&fields);
    site.look_up(&claim).await?;
    match verification::correct(&site.log, &site.config.admission, &member, claim.clone()).await {
        Ok(()) => Ok(see("/application")),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let mut shown = own_page(&site, &member, None, &[], None).await?;
            if shown.correct.is_some() {
                shown.correct = Some(Box::new(claim_form(&claim, &faults, whole)));
            }
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
    }
}
