//! Admission: an application, its evidence, the policy, the decision.
//!
//! Three questions are kept apart in types, rows and pages: does the registration **exist** in good standing (R), is this
//! one **real** person (I), **is** this person that registrant (B). A number and a name are public, so nothing a register
//! says ever raises B; see [`policy`]. An application comes from [`apply`], is looked at with [`read`], decided with
//! [`decide`]; the applicant sees [`own`] and says more with [`answer`]. Watching the register afterwards is
//! the membership room's.
//!
//! *Evidence of the person* is a row of kind, state and worth ([`worth`]): a document ([`give_document`], kept by
//! [`crate::evidence`], ended by [`sweep`]), a link to a published address ([`send_link`]), a provider's assertion
//! ([`provider`]), a colleague's word ([`mod@vouch`]), a live check ([`note_live_check`]). After each the policy judges anew.

mod apply;
mod claim;
mod decide;
mod dispute;
mod documents;
mod dossier;
mod facts;
pub mod flags;
mod gist;
mod given;
mod hand;
mod keeping;
mod mailbox;
mod mailed;
mod own;
pub mod policy;
#[cfg(test)]
mod policy_table;
#[cfg(test)]
mod policy_tests;
pub mod provider;
mod reasons;
mod store;
#[cfg(test)]
mod tests;
pub mod vouch;
pub mod worth;

pub use apply::{answer, apply, correct};
pub use claim::{Claim, STRANGE};
pub use decide::{Decided, decide};
pub use dispute::{NOTICE, notice_until};
pub use documents::{
    Opened, Strongroom, document_page, give_document, hold_document, judge_document, open_document, withdraw_document,
};
pub use dossier::{Dossier, Evidence, Row, RowClass, Trace, read};
pub use given::{Given, LIVE, ask_call, missing, note_live_check};
pub use hand::{IN_HAND, InHand, others_have, take_in_hand};
pub use keeping::{Audited, Swept, audit, audit_and_tell, keep, sweep};
pub use mailed::{PUBLISHERS, deny_link, follow_link, letter_of_link, link_account, link_token, send_link};
pub use own::{OwnApplication, own};
pub use policy::{Answer, Policy, Question};
pub use provider::{Begun, Provider, begin, finish};
pub use reasons::{Decision, REASONS, reason_words, reasons_for};
pub use vouch::{OwnVouch, Plea, RESPONSIBILITY, vouch};

use crate::accounts::Verifier;
use crate::base::clock::{DAY, Time};
use crate::base::id::{AccountId, ApplicationId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::registers;

/// Within this time an application is answered.
pub const ANSWER_WITHIN: i64 = DAY;

/// Where an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// With the verifiers.
    Sent,
    /// With the applicant, who was asked something.
    MoreAsked,
    Admitted,
    Refused,
}

impl State {
    pub fn code(self) -> &'static str {
        match self {
            State::Sent => "sent",
            State::MoreAsked => "more-asked",
            State::Admitted => "admitted",
            State::Refused => "refused",
        }
    }

    pub fn is_open(self) -> bool {
        matches!(self, State::Sent | State::MoreAsked)
    }
}

/// As its row says it; the table holds no other code.
impl From<String> for State {
    fn from(code: String) -> State {
        match code.as_str() {
            "more-asked" => State::MoreAsked,
            "admitted" => State::Admitted,
            "refused" => State::Refused,
            _ => State::Sent,
        }
    }
}

/// An application as it stands.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Application {
    #[sqlx(rename = "application_id")]
    pub id: ApplicationId,
    #[sqlx(rename = "account_id")]
    pub account: AccountId,
    #[sqlx(flatten)]
    pub claim: Claim,
    #[sqlx(try_from = "String")]
    pub state: State,
    pub sent_at: Time,
    /// Since when it waits for whom it waits for.
    pub waiting_since: Time,
    pub decided_at: Option<Time>,
    /// `None` also for what the policy decided.
    pub decided_by: Option<AccountId>,
    pub reason: String,
    pub appealed_at: Option<Time>,
    #[sqlx(try_from = "String")]
    mailbox: mailbox::Mailbox,
    approved_once: Option<AccountId>,
}

impl Application {
    /// By when it is answered.
    pub fn due_at(&self) -> Time {
        self.waiting_since.plus(ANSWER_WITHIN)
    }
}

/// An application in a verifier's list.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub id: ApplicationId,
    /// The name the applicant says stands in the register.
    pub name: String,
    pub profession: String,
    pub register: String,
    pub country: String,
    /// What to look at: "All equal", "Number not found".
    pub gist: String,
    pub needs_a_look: bool,
    pub sent_at: Time,
    pub due_at: Time,
    /// Two verifiers must agree, and one has.
    pub needs_second: bool,
}

/// The applications that wait for a verifier, the one due first on top; never one's own.
pub async fn queue(conn: &mut Conn, verifier: &Verifier) -> Result<Vec<Waiting>> {
    store::waiting(conn, State::Sent, verifier.id()).await
}

/// The applications sent back with a question.
pub async fn asked(conn: &mut Conn, verifier: &Verifier) -> Result<Vec<Waiting>> {
    store::waiting(conn, State::MoreAsked, verifier.id()).await
}

/// What an application said before its applicant corrected it: when, the number, the name.
pub async fn corrections(
    conn: &mut Conn,
    _verifier: &Verifier,
    id: &ApplicationId,
) -> Result<Vec<(Time, String, String)>> {
    store::in_hand::corrections(conn, id).await
}

/// How many applications this verifier has decided since a time.
pub async fn count_decided(conn: &mut Conn, verifier: &Verifier, since: Time) -> Result<i64> {
    store::count_decided(conn, verifier.id(), since).await
}

/// The country's name where a register of ours is there, else its code.
fn country_name(code: &str) -> String {
    let known = registers::registers().iter().find(|register| register.country == code);
    known.map_or_else(|| code.to_owned(), |register| register.country_name.to_owned())
}
