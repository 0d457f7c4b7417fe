//! Admission: the applicant's own page, and the verifiers' desk.

use super::{field, for_form, see};
use crate::accounts::{Member, Verifier};
use crate::base::clock::Time;
use crate::base::id::ApplicationId;
use crate::base::problem::{Fault, Problem, Result};
use crate::registers::{self, Profession};
use crate::verification::{
    self, Claim, Decided, Decision, Dossier, OwnApplication, RowClass, State as Stands, Trace, policy,
};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::form::{Choice, Field};
use crate::web::guard;
use crate::web::moment::Moment;
use crate::web::pages::application::{Answer, ApplicationPage, ClaimForm, Look, Question, Standing, Step, StepState};
use crate::web::pages::verify_one::{
    Decision as ShownDecision, DecisionForm, Entry, Evidence, MatchClass, Reason, Row, VerifyOnePage,
};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::{BTreeMap, HashMap};

/// The three questions, as the page asks them.
const QUESTIONS: [&str; 3] = ["The registration exists", "You are a real person", "You are that registrant"];

pub async fn own(
    State(site): State<Site>,
    member: Member,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    if member.account().suspended_at.is_some() && member.class().is_none() {
        return Err(Problem::NotAllowed(
            "Applying is paused for this account. The mail we sent says why; if it is a mistake, write to the address \
             under Help, and a person will look.",
        ));
    }
    if member.class().is_some() && !asked.contains_key("look") {
        return Ok(see(guard::home_of(&member)));
    }
    let again = asked.contains_key("again").then(Claim::default);
    Ok(page(own_page(&site, &member, again.as_ref(), &[], None).await?))
}

/// The applicant's page; with a claim, its form as typed.
pub(super) async fn own_page(
    site: &Site,
    member: &Member,
    typed: Option<&Claim>,
    faults: &[Fault],
    whole: Option<String>,
) -> Result<ApplicationPage> {
    let now = site.log.clock().now();
    let own = verification::own(&mut *site.log.reader().await?, member, now).await?;
    let shell = site.shell(Some(member), "Your application", Place::Application).await?;
    let confirmed = member.account().confirmed_at.map(|at| view::moment(at, now).words).unwrap_or_default();
    let mut page = ApplicationPage {
        shell,
        standing: Standing::NotSent(Box::new(claim_form(typed.unwrap_or(&Claim::default()), faults, whole))),
        questions: QUESTIONS
            .iter()
            .enumerate()
            .map(|(at, title)| Question {
                title: (*title).to_owned(),
                answer: Answer::NotYet,
                words: if at == 1 { "Your address is confirmed." } else { "Waits for your application." }.to_owned(),
            })
            .collect(),
        steps: vec![
            step("Address confirmed", StepState::Done, confirmed),
            step("Application sent", StepState::Now, "About two minutes".to_owned()),
            step("A verifier decides", StepState::Todo, "Within a day, most often sooner".to_owned()),
            step("Welcome in", StepState::Todo, String::new()),
        ],
        looks: Vec::new(),
        claim: Vec::new(),
        correct: None,
    };
    if let Some(own) = own {
        fill(&mut page, own, typed.is_some(), now);
    }
    Ok(page)
}

fn fill(page: &mut ApplicationPage, own: OwnApplication, keep_form: bool, now: Time) {
    let application = &own.application;
    if application.state.is_open() {
        page.correct = Some(Box::new(claim_form(&application.claim, &[], None)));
    }
    let sent = view::moment(application.sent_at, now);
    let due = view::moment(application.due_at(), now);
    page.questions = own
        .questions
        .iter()
        .zip(QUESTIONS)
        .map(|(question, title)| Question {
            title: title.to_owned(),
            answer: answer(question.answer),
            words: question.words.clone(),
        })
        .collect();
    page.looks = own
        .looks
        .iter()
        .map(|at| Look { who: "A verifier".to_owned(), what: "opened it".to_owned(), when: view::moment(*at, now) })
        .collect();
    page.claim = [
        ("Register", own.register_name.to_owned()),
        ("Number", application.claim.number.clone()),
        ("Name in the register", application.claim.registered_name.clone()),
        ("Profession", application.claim.profession().words().to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec();
    page.steps[1] = step("Application sent", StepState::Done, sent.words.clone());
    page.steps[2] = step("A verifier decides", StepState::Now, format!("By {}", due.words));
    let decided = application.decided_at.map(|at| view::moment(at, now));
    let standing = match application.state {
        Stands::Sent => Standing::Waiting { sent, due },
        Stands::MoreAsked => {
            page.steps[2] = step("Your answer", StepState::Now, "Waiting for you".to_owned());
            let (reason, words, at) = own.asked.unwrap_or(("", String::new(), application.waiting_since));
            let question = [reason, &words].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            Standing::MoreAsked { question, asked: view::moment(at, now), answer: Field::default() }
        }
        Stands::Refused => {
            page.steps[2] = step("A verifier decided", StepState::Done, decided.clone().unwrap_or_default().words);
            Standing::Refused {
                reason: own.reason.to_owned(),
                note: (!own.note.is_empty()).then_some(own.note),
                refused: decided.unwrap_or_default(),
                may_apply_again: own.may_apply_again,
                appeal: own.may_appeal.then(Field::default),
            }
        }
        Stands::Admitted => {
            page.steps[2] = step("A verifier decided", StepState::Done, decided.clone().unwrap_or_default().words);
            page.steps[3] = step("Welcome in", StepState::Done, String::new());
            Standing::Admitted { admitted: decided.unwrap_or_default(), register: own.register_name.to_owned() }
        }
    };
    if !(keep_form && matches!(application.state, Stands::Refused)) {
        page.standing = standing;
    }
}

fn step(title: &str, state: StepState, words: String) -> Step {
    Step { title: title.to_owned(), state, words }
}

fn answer(given: policy::Answer) -> Answer {
    match given {
        policy::Answer::Yes => Answer::Yes,
        policy::Answer::Look => Answer::Look,
        policy::Answer::NotYet => Answer::NotYet,
        policy::Answer::No => Answer::No,
    }
}

pub(super) fn claim_form(typed: &Claim, faults: &[Fault], problem: Option<String>) -> ClaimForm {
    let countries: BTreeMap<&str, &str> =
        registers::registers().iter().map(|register| (register.country_name, register.country)).collect();
    ClaimForm {
        country: field(typed.country.clone(), "country", faults),
        register: field(typed.register.clone(), "register", faults),
        profession: field(typed.profession.clone(), "profession", faults),
        number: field(typed.number.clone(), "number", faults),
        registered_name: field(typed.registered_name.clone(), "registered_name", faults),
        statement: field(typed.statement.clone(), "statement", faults),
        problem,
        countries: countries.into_iter().map(|(name, code)| Choice::new(code, name)).collect(),
        registers: registers::registers()
            .iter()
            .map(|register| Choice::new(register.code, format!("{} ({})", register.name, register.country_name)))
            .collect(),
        professions: Profession::all()
            .filter(|profession| *profession != Profession::Other)
            .map(|profession| Choice::new(profession.code(), profession.words()))
            .collect(),
    }
}

pub async fn apply(State(site): State<Site>, member: Member, fields: Fields) -> Result<Response> {
    let claim = Claim {
        country: fields.take("country"),
        register: fields.take("register"),
        profession: fields.take("profession"),
        number: fields.take("number"),
        registered_name: fields.take("registered_name"),
        statement: fields.take("statement"),
    };
    match verification::apply(&site.log, &site.config.admission, &member, claim.clone()).await {
        Ok(_) => Ok(see("/application")),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let shown = own_page(&site, &member, Some(&claim), &faults, whole).await?;
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
    }
}

pub async fn answer_question(State(site): State<Site>, member: Member, fields: Fields) -> Result<Response> {
    let now = site.log.clock().now();
    let own = verification::own(&mut *site.log.reader().await?, &member, now).await?.ok_or(Problem::NotFound)?;
    match verification::answer(&site.log, &member, &own.application.id, fields.get("answer")).await {
        Ok(()) => Ok(see("/application")),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let mut shown = own_page(&site, &member, None, &[], None).await?;
            if let Standing::MoreAsked { answer, .. } | Standing::Refused { appeal: Some(answer), .. } =
                &mut shown.standing
            {
                *answer = field(fields.take("answer"), "answer", &faults);
                answer.problem = answer.problem.take().or(whole);
            }
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
    }
}

pub async fn dossier(State(site): State<Site>, verifier: Verifier, Path(id): Path<String>) -> Result<Response> {
    let id = ApplicationId::parse(&id).ok_or(Problem::NotFound)?;
    let mut dossier = verification::read(&site.log, &verifier, &id).await?.ok_or(Problem::NotFound)?;
    // Whoever opens it has it in hand for a while, so that no two do the same work.
    if dossier.closed.is_none()
        && let Some(other) = verification::take_in_hand(&site.log, &verifier, &id).await?
    {
        let until = view::moment(other.until, site.log.clock().now()).words;
        dossier.closed = Some(format!("{} has this in hand until {until}. Take another one.", other.name));
    }
    Ok(page(desk(&site, &verifier, dossier, &Fields::default(), &[], None).await?))
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
        Some(decision) => {
            verification::decide(&site.log, &verifier, &id, decision, fields.get("reason"), fields.get("note"))
                .await
                .map(|decided| if decided == Decided::NeedsSecond { "second" } else { decision.code() })
        }
        None => Err(Problem::field("decision", "unknown", "Approve, ask for more, or refuse.")),
    };
    match done {
        Ok(code) => Ok(see(&format!("/verify?done={code}"))),
        Err(problem) => {
            let status = crate::web::edge::status(&problem);
            let (faults, whole) = for_form(problem)?;
            let dossier = verification::read(&site.log, &verifier, &id).await?.ok_or(Problem::NotFound)?;
            Ok(page_with(status, desk(&site, &verifier, dossier, &fields, &faults, whole).await?))
        }
    }
}
