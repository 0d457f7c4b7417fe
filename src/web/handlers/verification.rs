//! Admission: the applicant's own page.

use super::{field, for_form, see};
use crate::accounts::Member;
use crate::base::clock::Time;
use crate::base::problem::{Fault, Problem, Result};
use crate::registers::{self, Profession};
use crate::verification::{self, Claim, OwnApplication, State as Stands, policy};
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::form::{Choice, Field};
use crate::web::guard;
use crate::web::pages::application::{Answer, ApplicationPage, ClaimForm, Look, Question, Standing, Step, StepState};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Query, State};
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
    let own = verification::own(&mut *site.log.reader().await?, &site.config.admission, member, now).await?;
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
        may_give: false,
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
    page.may_give = application.state.is_open();
    page.looks = own
        .looks
        .iter()
        .map(|(at, what)| Look { who: "A verifier".to_owned(), what: (*what).to_owned(), when: view::moment(*at, now) })
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

pub(super) fn answer(given: policy::Answer) -> Answer {
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
        number_is_strange: faults.iter().any(|fault| fault.code == verification::STRANGE),
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

/// What a form claims, as typed.
pub(super) fn claim_of(fields: &Fields) -> Claim {
    Claim {
        country: fields.take("country"),
        register: fields.take("register"),
        profession: fields.take("profession"),
        number: fields.take("number"),
        registered_name: fields.take("registered_name"),
        statement: fields.take("statement"),
        number_stands: !fields.take("number_stands").is_empty(),
    }
}

pub async fn apply(State(site): State<Site>, member: Member, fields: Fields) -> Result<Response> {
    let claim = claim_of(&fields);
    site.look_up(&claim).await?;
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
    let own = verification::own(&mut *site.log.reader().await?, &site.config.admission, &member, now)
        .await?
        .ok_or(Problem::NotFound)?;
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
