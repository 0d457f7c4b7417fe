//! One application on a verifier's desk, and the decision. The list stands in `desk.rs`, evidence in `proof.rs`.

use super::verification::answer;
use super::{field, for_form, see};
use crate::accounts::Verifier;
use crate::base::clock::Time;
use crate::base::id::ApplicationId;
use crate::base::problem::{Fault, Problem, Result};
use crate::verification::{self, Decided, Decision, Dossier, RowClass, Trace};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::moment::Moment;
use crate::web::pages::application::{Answer, Question};
use crate::web::pages::verify_one::{
    Decision as ShownDecision, DecisionForm, Entry, Evidence, MatchClass, Reason, Row, VerifyOnePage,
};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, State};
use axum::response::Response;

pub async fn dossier(State(site): State<Site>, verifier: Verifier, Path(id): Path<String>) -> Result<Response> {
    let id = ApplicationId::parse(&id).ok_or(Problem::NotFound)?;
    let mut dossier =
        verification::read(&site.log, &site.config.admission, &verifier, &id).await?.ok_or(Problem::NotFound)?;
    // Whoever opens it has it in hand for a while, so that no two do the same work.
    if dossier.closed.is_none()
        && let Some(other) = verification::take_in_hand(&site.log, &verifier, &id).await?
    {
        let until = view::moment(other.until, site.log.clock().now()).words;
        dossier.closed = Some(format!("{} has this in hand until {until}. Take another one.", other.name));
    }
    Ok(page(desk(&site, &verifier, dossier, &Fields::default(), &[], None).await?))
}

/// Fields of the forms that add evidence.
const ADDING: [&str; 5] = ["how", "on", "address", "by", "published"];

/// The desk with a refused form on it.
pub async fn desk_again(
    site: &Site,
    verifier: &Verifier,
    id: &ApplicationId,
    fields: &Fields,
    problem: Problem,
) -> Result<Response> {
    let status = crate::web::edge::status(&problem);
    let (faults, whole) = for_form(problem)?;
    let dossier =
        verification::read(&site.log, &site.config.admission, verifier, id).await?.ok_or(Problem::NotFound)?;
    Ok(page_with(status, desk(site, verifier, dossier, fields, &faults, whole).await?))
}

async fn desk(
    site: &Site,
    verifier: &Verifier,
    dossier: Dossier,
    typed: &Fields,
    faults: &[Fault],
    whole: Option<String>,
) -> Result<VerifyOnePage> {
    let now = site.log.clock().now();
    let application = &dossier.application;
    let mut conn = site.log.reader().await?;
    let corrections = verification::corrections(&mut conn, verifier, &application.id).await?;
    let notice = verification::notice_until(&mut conn, &application.id).await?;
    drop(conn);
    let mut evidence: Vec<Evidence> = dossier
        .evidence
        .iter()
        .map(|one| Evidence {
            title: one.title.to_owned(),
            words: one.words.clone(),
            points: one.points,
            answer: answer(one.answer),
        })
        .collect();
    evidence.extend(dossier.flags.iter().map(|flag| Evidence {
        title: "To look at".to_owned(),
        words: flag.words().to_owned(),
        points: 0,
        answer: Answer::Look,
    }));
    let reasons = [Decision::Approve, Decision::More, Decision::Refuse]
        .into_iter()
        .flat_map(|of| verification::reasons_for(of).map(move |(value, words)| Reason { of: of.code(), value, words }))
        .collect();
    let decision = match &dossier.closed {
        Some(why) => ShownDecision::Closed(why.clone()),
        None => ShownDecision::Open(DecisionForm {
            decision: field(typed.take("decision"), "decision", faults),
            reason: field(typed.take("reason"), "reason", faults),
            note: field(typed.take("note"), "note", faults),
            problem: whole,
            reasons,
        }),
    };
    Ok(VerifyOnePage {
        shell: site.shell(Some(verifier.member()), &application.claim.registered_name, Place::Verify).await?,
        id: application.id.as_str().to_owned(),
        name: application.claim.registered_name.clone(),
        facts: vec![
            application.claim.profession().words().to_owned(),
            dossier.country_name.clone(),
            dossier.register_name.to_owned(),
            format!("signs in as {}, {}", dossier.name, dossier.email),
        ],
        sent: view::moment(application.sent_at, now),
        due: view::moment(application.due_at(), now),
        questions: dossier
            .questions
            .iter()
            .zip(["The registration exists", "A real person", "That registrant"])
            .map(|(question, title)| Question {
                title: title.to_owned(),
                answer: answer(question.answer),
                words: question.words.clone(),
            })
            .collect(),
        rows: dossier.rows.iter().map(row).collect(),
        remark: dossier.remark.clone(),
        source: match &dossier.source {
            Some((name, at)) => {
                format!("From {}, file {name}, read {}", dossier.register_name, view::moment(*at, now).words)
            }
            None => format!("Look it up by hand at {}", dossier.lookup),
        },
        statement: (!application.claim.statement.is_empty()).then(|| application.claim.statement.clone()),
        points: dossier.points,
        points_needed: dossier.points_needed,
        evidence,
        given: super::proof::given(&dossier, now),
        add: super::proof::forms(&dossier, now),
        add_faults: faults
            .iter()
            .filter(|fault| ADDING.contains(&fault.field.as_str()))
            .map(|fault| fault.words.clone())
            .collect(),
        decision,
        disputed: notice.map(|until| view::moment(until, now)),
        history: dossier.history.iter().map(|trace| entry(trace, now)).chain(corrected(&corrections, now)).collect(),
    })
}

/// What the application said before it was corrected.
fn corrected(corrections: &[(Time, String, String)], now: Time) -> impl Iterator<Item = Entry> {
    corrections.iter().map(move |(at, number, name)| Entry {
        who: "The applicant".to_owned(),
        what: "corrected the application".to_owned(),
        when: view::moment(*at, now),
        note: Some(format!("before: {number}, {name}")),
    })
}

fn row(row: &verification::Row) -> Row {
    Row {
        name: row.name.to_owned(),
        claimed: row.claimed.clone(),
        register: row.register.clone(),
        class: match row.class {
            RowClass::Same => MatchClass::Same,
            RowClass::Look => MatchClass::Look,
            RowClass::Other => MatchClass::Other,
            RowClass::None => MatchClass::None,
        },
        words: row.words.clone(),
        is_code: row.is_code,
    }
}

fn entry(trace: &Trace, now: Time) -> Entry {
    let when: Moment = view::moment(trace.at, now);
    let note = [trace.reason, &trace.words].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    Entry {
        who: match (&trace.account, trace.is_applicant) {
            (None, _) => "The policy".to_owned(),
            (Some(_), true) => "The applicant".to_owned(),
            (Some(_), false) => trace.name.clone(),
        },
        what: trace.what.to_owned(),
        when,
        note: (!note.is_empty()).then_some(note),
    }
}

pub async fn decide(
    State(site): State<Site>,
    verifier: Verifier,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let id = ApplicationId::parse(&id).ok_or(Problem::NotFound)?;
    let done = match Decision::parse(fields.get("decision")) {
        Some(decision) => verification::decide(
            &site.log,
            &site.config.admission,
            &verifier,
            &id,
            decision,
            fields.get("reason"),
            fields.get("note"),
        )
        .await
        .map(|decided| if decided == Decided::NeedsSecond { "second" } else { decision.code() }),
        None => Err(Problem::field("decision", "unknown", "Approve, ask for more, or refuse.")),
    };
    match done {
        Ok(code) => Ok(see(&format!("/verify?done={code}"))),
        Err(problem) => desk_again(&site, &verifier, &id, &fields, problem).await,
    }
}
