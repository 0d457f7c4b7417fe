//! What a verifier sees: the claim beside the register row by row, the evidence, who else came with this number, and
//! what has happened. Reading it is recorded, and the applicant can see that it was read.

use super::flags::Flag;
use super::given::{self, Given};
use super::mailbox::Mailbox;
use super::policy::{Answer, Facts, Judgement, Outcome, Policy, Question, judge};
use super::{Application, Claim, country_name, facts, reason_words, store, vouch};
use crate::accounts::Verifier;
use crate::base::clock::Time;
use crate::base::id::{AccountId, ApplicationId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::log::{Event, Log, follow};
use crate::registers::names::{Class, differing};
use crate::registers::{Number, Status};
use std::ops::Range;

/// How a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowClass {
    Same,
    Look,
    Other,
    /// Nothing to compare.
    None,
}

/// One line of claim and register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: &'static str,
    pub claimed: String,
    pub register: String,
    pub class: RowClass,
    /// "Equal", "Known variant", "One letter differs", "Other", "In good standing".
    pub words: String,
    /// The bytes of `register` that differ from `claimed`.
    pub differs: Option<Range<usize>>,
    /// To be compared letter by letter.
    pub is_code: bool,
}

/// One piece of evidence, for or against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub title: &'static str,
    pub words: String,
    /// Of the score it counts for.
    pub points: u8,
    pub answer: Answer,
}

/// Something that was done with the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    pub at: Time,
    /// Nobody: the policy.
    pub account: Option<AccountId>,
    /// The account's name, or empty.
    pub name: String,
    pub is_applicant: bool,
    /// In words: "sent the application", "opened it", "asked for more".
    pub what: &'static str,
    /// The reason's words, or empty.
    pub reason: &'static str,
    /// What was written with it, or empty.
    pub words: String,
}

/// Everything a verifier needs to decide.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub application: Application,
    /// The applicant's display name and address.
    pub name: String,
    pub email: String,
    pub register_name: &'static str,
    /// Where to look the entry up by hand.
    pub lookup: &'static str,
    pub country_name: String,
    pub questions: [Question; 3],
    pub rows: Vec<Row>,
    /// Why the name counts as the same or not, and how many others have it.
    pub remark: Option<String>,
    /// The file the entry is from, and when it was read.
    pub source: Option<(String, Time)>,
    /// The score B, and what the gates ask for.
    pub points: u8,
    pub points_needed: u8,
    pub evidence: Vec<Evidence>,
    /// What was given, oldest first.
    pub given: Vec<Given>,
    pub flags: Vec<Flag>,
    /// Other accounts that are admitted or applied with this number, and how many of those were refused.
    pub others: i64,
    pub others_refused: i64,
    /// Two verifiers must agree.
    pub needs_two: bool,
    /// The first of two has approved.
    pub approved_once: Option<AccountId>,
    /// Whether this verifier may decide it, and if not, why.
    pub closed: Option<String>,
    /// Oldest first.
    pub history: Vec<Trace>,
}

/// Opens an application for a verifier; that they did is recorded before they see anything. `None` for one that is not
/// there or is their own.
pub async fn read(log: &Log, policy: &Policy, verifier: &Verifier, id: &ApplicationId) -> Result<Option<Dossier>> {
    let mut tx = log.write(verifier.id()).await?;
    let Some(application) =
        store::by_id(tx.conn(), id).await?.filter(|application| application.account != *verifier.id())
    else {
        return Ok(None);
    };
    tx.record(Event::ApplicationOpened { application: id.clone() });
    tx.commit().await?;
    let mut conn = log.reader().await?;
    Ok(Some(dossier(&mut conn, policy, verifier, application, log.clock().now()).await?))
}

async fn dossier(
    conn: &mut Conn,
    policy: &Policy,
    verifier: &Verifier,
    application: Application,
    now: Time,
) -> Result<Dossier> {
    let facts = facts::gather(conn, &application, now).await?;
    let judgement = judge(policy, &facts);
    let account = crate::accounts::store::by_id(conn, &application.account).await?;
    let others = store::others(conn, &application).await?;
    let history = history(conn, &application).await?;
    let source = match (&facts.entry, &facts.reading) {
        (Some(entry), _) => Some((entry.source_version.clone(), entry.seen_at)),
        (None, Some(reading)) => reading.finished_at.map(|at| (reading.version.clone(), at)),
        (None, None) => None,
    };
    Ok(Dossier {
        name: account.as_ref().map(|account| account.name.clone()).unwrap_or_default(),
        email: account.map(|account| account.email).unwrap_or_default(),
        register_name: facts.register.name,
        lookup: facts.register.lookup,
        country_name: country_name(&application.claim.country),
        rows: rows(&application, &facts),
        remark: remark(&facts),
        source,
        points: judgement.b,
        points_needed: 3,
        evidence: evidence(&application, &facts, &judgement),
        given: with_vouchers(conn, &application).await?,
        others: others.tried_elsewhere.max(i64::from(facts.bound_elsewhere)),
        others_refused: others.refused_elsewhere,
        needs_two: judgement.outcome == Outcome::TwoVerifiers,
        approved_once: application.approved_once.clone(),
        closed: closed(&application, verifier, &history),
        flags: judgement.flags,
        questions: judgement.questions,
        history,
        application,
    })
}

/// What was given; a verifier also sees who vouched.
async fn with_vouchers(conn: &mut Conn, application: &Application) -> Result<Vec<Given>> {
    let mut given = given::of(conn, &application.id).await?;
    for (id, name) in vouch::vouchers(conn, &application.id).await? {
        if let Some(one) = given.iter_mut().find(|one| one.id == id) {
            one.detail = name;
        }
    }
    Ok(given)
}

fn rows(application: &Application, facts: &Facts) -> Vec<Row> {
    let claim = &application.claim;
    let Some((entry, found)) = facts.entry.as_ref().zip(facts.found.as_ref()) else {
        let words = if facts.is_absent { "No longer listed" } else { "Not found" };
        return vec![
            row("Number", claim.number.clone(), String::new(), RowClass::Other, &not_found(claim, words)),
            row("Name", claim.registered_name.clone(), String::new(), RowClass::None, ""),
            row("Profession", claim.profession().words().to_owned(), String::new(), RowClass::None, ""),
        ];
    };
    let status = match entry.status {
        Status::Active => RowClass::Same,
        status if status.locks() => RowClass::Other,
        _ => RowClass::Look,
    };
    let profession =
        if facts.profession_fits { (RowClass::Same, "Equal") } else { (RowClass::Look, "Another profession") };
    let listed = match entry.specialty.as_str() {
        "" => entry.profession.words().to_owned(),
        specialty => format!("{}, {}", entry.profession.words(), specialty.to_lowercase()),
    };
    let full_name = entry.full_name();
    let mut name = row("Name", claim.registered_name.clone(), full_name, of_class(found.class), found.class.words());
    if name.class != RowClass::Same {
        name.differs = differing(&name.claimed, &name.register);
    }
    let mut rows = vec![
        row("Number", claim.number.clone(), entry.number.clone(), RowClass::Same, "Equal"),
        name,
        row("Profession", claim.profession().words().to_owned(), listed, profession.0, profession.1),
        row("Status", String::new(), entry.status_raw.clone(), status, entry.status.words()),
    ];
    if !entry.valid_from.is_empty() {
        rows.push(row("Registered since", String::new(), entry.valid_from.clone(), RowClass::None, ""));
    }
    if !entry.other_names.is_empty() {
        rows.push(row("Other names", String::new(), entry.other_names.join("; "), RowClass::None, ""));
    }
    rows
}

/// A number that is written as the register's are not known to be is looked up by hand before it is called wrong.
fn not_found(claim: &Claim, words: &str) -> String {
    match claim.number().as_ref().ok().and_then(Number::strange) {
        Some(strange) => format!("{words}. {strange} The applicant says that it is written so: look it up by hand."),
        None => words.to_owned(),
    }
}

fn row(name: &'static str, claimed: String, register: String, class: RowClass, words: &str) -> Row {
    Row { name, claimed, register, class, words: words.to_owned(), differs: None, is_code: name == "Number" }
}

fn of_class(class: Class) -> RowClass {
    match class {
        Class::E | Class::N => RowClass::Same,
        Class::V | Class::F => RowClass::Look,
        Class::X => RowClass::Other,
    }
}

fn remark(facts: &Facts) -> Option<String> {
    let found = facts.found.as_ref()?;
    let shared = match facts.namesakes.same_name {
        0 => "Nobody else in the register has this family name and first name.".to_owned(),
        1 => "One other registrant has this family name and first name.".to_owned(),
        many => format!("{many} other registrants have this family name and first name."),
    };
    Some(if found.relations.is_empty() { shared } else { format!("{} {shared}", found.words()) })
}

/// What was gathered, for and against, in sentences.
fn evidence(application: &Application, facts: &Facts, judgement: &Judgement) -> Vec<Evidence> {
    let register = Evidence {
        title: "The register",
        words: format!("{} It is public, so it shows nothing about who applied.", judgement.questions[0].words),
        points: 0,
        answer: judgement.questions[0].answer,
    };
    let (points, answer, words) = match application.mailbox {
        Mailbox::Institutional => {
            (3, Answer::Yes, "Confirmed: a personal mailbox at a listed institution, carrying the name.")
        }
        Mailbox::Unnamed => (2, Answer::Look, "Confirmed, at a listed institution; whose mailbox it is does not show."),
        Mailbox::Shared => (0, Answer::Look, "Confirmed, at a listed institution, but a shared mailbox."),
        Mailbox::Private => (0, Answer::NotYet, "Confirmed, but not at a listed institution."),
        Mailbox::LookAlike => {
            (0, Answer::No, "Confirmed, at a domain that looks like a listed institution's and is not.")
        }
        Mailbox::Disposable => (0, Answer::No, "Confirmed, but of the kind that is thrown away."),
    };
    let mailbox = Evidence { title: "The address", words: words.to_owned(), points, answer };
    let name = facts.found.as_ref().map(|found| Evidence {
        title: "The name",
        words: format!("{} A name alone decides nothing.", found.words()),
        points: u8::from(found.class <= Class::N),
        answer: match found.class {
            Class::E | Class::N => Answer::Yes,
            Class::V | Class::F => Answer::Look,
            Class::X => Answer::No,
        },
    });
    let against = judgement.flags.iter().map(|flag| Evidence {
        title: "Speaks against",
        words: flag.words().to_owned(),
        points: 0,
        answer: Answer::Look,
    });
    std::iter::once(mailbox).chain(name).chain([register]).chain(against).collect()
}

/// Why this verifier cannot decide it now.
fn closed(application: &Application, verifier: &Verifier, history: &[Trace]) -> Option<String> {
    if !application.state.is_open() {
        let by = history.iter().rev().find(|trace| matches!(trace.what, "approved it" | "refused it"));
        let who = by.map_or("The policy", |trace| if trace.name.is_empty() { "The policy" } else { &trace.name });
        let what = by.map_or("decided it", |trace| trace.what);
        return Some(format!("{who} {what}."));
    }
    if application.approved_once.as_ref() == Some(verifier.id()) {
        return Some("You have approved it. A second verifier must agree.".to_owned());
    }
    let refused_by =
        history.iter().rev().find(|trace| trace.what == "refused it").and_then(|trace| trace.account.as_ref());
    (application.appealed_at.is_some() && refused_by == Some(verifier.id()))
        .then(|| "They asked for a second person: a colleague decides this one.".to_owned())
}

/// Turns and openings together, oldest first.
async fn history(conn: &mut Conn, application: &Application) -> Result<Vec<Trace>> {
    let mut history: Vec<Trace> = store::turns(conn, &application.id)
        .await?
        .into_iter()
        .map(|turn| Trace {
            at: turn.at,
            is_applicant: turn.account_id.as_ref() == Some(&application.account),
            account: turn.account_id,
            name: turn.name,
            what: act_words(&turn.act),
            reason: reason_words(&turn.reason),
            words: turn.words,
        })
        .collect();
    for (at, account, what) in openings(conn, &application.id).await? {
        let name = match crate::accounts::store::by_id(conn, &account).await? {
            Some(account) => account.name,
            None => String::new(),
        };
        history.push(Trace {
            at,
            account: Some(account),
            name,
            is_applicant: false,
            what,
            reason: "",
            words: String::new(),
        });
    }
    history.sort_by_key(|trace| trace.at);
    Ok(history)
}

/// Who opened it or looked at a document of it, when, and which; a reload within ten minutes is no second look.
pub(super) async fn openings(conn: &mut Conn, id: &ApplicationId) -> Result<Vec<(Time, AccountId, &'static str)>> {
    const ONE_LOOK: i64 = 10 * crate::base::clock::MINUTE;
    let mut looks: Vec<(Time, AccountId, &'static str)> = Vec::new();
    for entry in follow::of_subject(conn, id.as_str()).await? {
        let Some(actor) = entry.actor else { continue };
        let what = match &entry.event {
            Event::ApplicationOpened { .. } => "opened it",
            Event::EvidenceSeen { what, .. } => seen_words(what),
            _ => continue,
        };
        let again = looks
            .iter()
            .rev()
            .find(|(_, who, same)| *who == actor && *same == what)
            .is_some_and(|(at, ..)| entry.at < at.plus(ONE_LOOK));
        if !again {
            looks.push((entry.at, actor, what));
        }
    }
    Ok(looks)
}

fn seen_words(kind: &str) -> &'static str {
    match kind {
        "photo-id" => "looked at the document with a photo",
        "work-document" => "looked at the professional document",
        _ => "looked at the document on a change of name",
    }
}

fn act_words(act: &str) -> &'static str {
    match act {
        "sent" => "sent the application",
        "asked" => "asked for more",
        "answered" => "answered",
        "appealed" => "asked for a second person to decide",
        "approved-once" => "approved it as the first of two",
        "approved" => "approved it",
        "refused" => "refused it",
        _ => "",
    }
}
