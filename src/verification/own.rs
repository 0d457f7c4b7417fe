//! What applicants see of their own application: where it stands, what was found, what is asked, who has looked.

use super::given::{self, Given};
use super::policy::{Policy, Question, judge};
use super::store::Turn;
use super::{Application, State, dossier, facts, reason_words, store};
use crate::accounts::Member;
use crate::base::clock::Time;
use crate::base::problem::Result;
use crate::db::Conn;

/// One's own application. Nothing in it tells of other accounts.
#[derive(Debug, Clone)]
pub struct OwnApplication {
    pub application: Application,
    pub register_name: &'static str,
    /// Exists in good standing; a real person; that registrant.
    pub questions: [Question; 3],
    /// What was asked last: the reason's words, the verifier's own, and when.
    pub asked: Option<(&'static str, String, Time)>,
    /// The decision's reason in words, and the verifier's own.
    pub reason: &'static str,
    pub note: String,
    /// What one has written since: when, and the words.
    pub answers: Vec<(Time, String)>,
    /// When verifiers looked at it, and at what, newest first.
    pub looks: Vec<(Time, &'static str)>,
    /// What was given as evidence, oldest first.
    pub given: Vec<Given>,
    /// The scores for a real person and for that registrant: what is missing shows in them.
    pub scores: (u8, u8),
    /// A refused application can be put before a second person once.
    pub may_appeal: bool,
    pub may_apply_again: bool,
}

/// The member's newest application; `None` before the first.
pub async fn own(conn: &mut Conn, policy: &Policy, member: &Member, now: Time) -> Result<Option<OwnApplication>> {
    let Some(application) = store::newest_of(conn, member.id()).await? else { return Ok(None) };
    let facts = facts::gather(conn, &application, now).await?;
    let judgement = judge(policy, &facts);
    let turns = store::turns(conn, &application.id).await?;
    let mut looks: Vec<(Time, &'static str)> =
        dossier::openings(conn, &application.id).await?.into_iter().map(|(at, _, what)| (at, what)).collect();
    looks.reverse();
    let last = |act: &str| turns.iter().rev().find(|turn| turn.act == act);
    let asked = last("asked").filter(|_| application.state == State::MoreAsked);
    let decided = match application.state {
        State::Admitted => last("approved"),
        State::Refused => last("refused"),
        State::Sent | State::MoreAsked => None,
    };
    let is_refused = application.state == State::Refused;
    Ok(Some(OwnApplication {
        register_name: facts.register.name,
        questions: judgement.questions,
        asked: asked.map(|turn| (reason_words(&turn.reason), turn.words.clone(), turn.at)),
        reason: decided.map_or("", |turn| reason_words(&turn.reason)),
        note: decided.map(|turn| turn.words.clone()).unwrap_or_default(),
        answers: turns.iter().filter(|turn| is_answer(turn)).map(|turn| (turn.at, turn.words.clone())).collect(),
        looks,
        given: given::of(conn, &application.id).await?,
        scores: (judgement.i, judgement.b),
        may_appeal: is_refused && application.appealed_at.is_none(),
        may_apply_again: is_refused,
        application,
    }))
}

fn is_answer(turn: &Turn) -> bool {
    matches!(turn.act.as_str(), "answered" | "appealed")
}
