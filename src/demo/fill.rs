//! Filling: two months of a society's life, told in order with a clock that is moved by hand.

use super::people::{PASSWORD, PEOPLE, Person, Standing};
use crate::accounts::{Choices, Clinician, Member, Writer};
use crate::app::{self, Ground};
use crate::auth::{Passwords, join};
use crate::base::chance::Chance;
use crate::base::clock::{Clock, DAY, HOUR, Time};
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::page::Cursor;
use crate::base::problem::{Problem, Result};
use crate::base::secret::{Secret, sha256_hex};
use crate::config::Config;
use crate::disclosure::{self, NewInterest};
use crate::discussion::{self, Attached, Declined, Deliveries, Draft, Start, Way};
use crate::log::{Actor, Log, follow};
use crate::membership;
use crate::moderation;
use crate::registers::live::Live;
use crate::registers::{self, Profession, Status, Version, fiction};
use crate::verification::{self, Claim, Decision, Policy};
use serde::Deserialize;
use std::collections::HashMap;

const THREADS: &str = include_str!("threads.json");

/// How far back it begins.
const BEGINS: i64 = 90 * DAY;
/// Posts older than this have been read by everybody.
const READ_BY_ALL: i64 = 2 * DAY;

const ROOMS: &[(&str, &str, &str)] = &[
    ("acute-medicine", "Acute medicine", "The take, the first day, the undifferentiated patient."),
    ("cardiology", "Cardiology", "Rhythm, failure, ischaemia, and what the troponin meant."),
    ("dermatology", "Dermatology", "Rashes, drugs, and skin that tells of the inside."),
    ("general-practice", "General practice", "First contact, long acquaintance, little time."),
    ("infectious-diseases", "Infectious diseases", "Fever, travel, resistance, stewardship."),
    ("paediatrics", "Paediatrics", "From the newborn to the reluctant adolescent."),
    ("psychiatry", "Psychiatry", "Mind, drugs for it, and their company with the rest of medicine."),
    ("renal", "Renal", "Electrolytes, kidneys, and what to do before calling us."),
    ("surgery", "Surgery", "Whether, when, and what went on afterwards."),
];

/// What a colleague has flagged: a word of the thread's title, whose reply (the last), as what, and the note.
const FLAGGED: [(&str, &str, &str, &str); 2] = [
    (
        "DRESS",
        "ada",
        "confidentiality",
        "With the drug, the doses and two weeks of follow-up together, the family could recognise this.",
    ),
    (
        "catatonia",
        "jonas",
        "accuracy",
        "These are intensive-care doses of lorazepam. It should say so before somebody copies them on a ward.",
    ),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    room: String,
    kind: String,
    #[serde(default)]
    basis: String,
    by: String,
    days_ago: f64,
    title: String,
    #[serde(default)]
    presentation: String,
    #[serde(default)]
    history: String,
    #[serde(default)]
    findings: String,
    #[serde(default)]
    investigations: String,
    question: String,
    #[serde(default)]
    interest: bool,
    #[serde(default)]
    replies: Vec<Reply>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    by: String,
    hours_after: f64,
    ground: String,
    #[serde(default)]
    source: String,
    body: String,
    #[serde(default)]
    interest: bool,
}

/// Changes whenever the content does.
pub fn content_mark() -> String {
    sha256_hex(THREADS.as_bytes())
}

/// Fills a new folder.
pub async fn fill(config: &Config) -> Result<()> {
    let now = Clock::real().now();
    let clock = Clock::standing(now.plus(-BEGINS));
    let ground = Ground { clock: clock.clone(), chance: Chance::real() };
    let log = app::open_log(config, &ground).await?;
    for (slug, name, about) in ROOMS {
        discussion::open_room(&log, None, slug, name, about).await?;
    }
    import_registers(config, &log).await?;
    let people = admit(&log, &clock).await?;
    let mut clinicians = HashMap::new();
    for person in PEOPLE.iter().filter(|person| person.standing == Standing::Admitted) {
        clinicians.insert(person.key, member(&log, &people[person.key]).await?.clinician()?);
    }
    declare(&log, &clinicians["hana"]).await?;
    talk(&log, &clock, now, &clinicians).await?;
    // The register is read every morning; the last time today.
    clock.advance(now.millis() - clock.now().millis() - 5 * HOUR);
    import_registers(config, &log).await?;
    // Letters about all this were read long ago.
    let head = log.head().await?;
    let mut tx = log.write(Actor::House).await?;
    follow::keep_cursor(tx.conn(), "notify", head).await?;
    tx.commit_quietly("the demo's past letters").await?;
    wait_for_somebody(&log, &clock, now, &people, &clinicians).await?;
    log.db().close().await;
    Ok(())
}

async fn import_registers(config: &Config, log: &Log) -> Result<()> {
    let folder = config.data.join("registers");
    std::fs::create_dir_all(&folder)?;
    let numbers: Vec<(String, &Person)> =
        PEOPLE.iter().filter(|person| !person.register.is_empty()).map(|person| (number(person), person)).collect();
    let wanted: Vec<fiction::Wanted<'_>> = numbers
        .iter()
        .map(|(number, person)| fiction::Wanted {
            register: person.register,
            number,
            family: person.family,
            given: person.given,
            profession: Profession::Physician,
            specialty: person.specialty,
            status: Status::Active,
        })
        .collect();
    for (code, file) in [("gmc", "LRMP.csv"), ("nppes", "npidata_pfile_20050523-20261108.csv")] {
        let register = registers::find(code).ok_or(Problem::NotFound)?;
        let path = folder.join(file);
        fiction::write(register, 7, fiction::ENTRIES, &wanted, std::fs::File::create(&path)?)?;
        registers::import(log, register, std::fs::File::open(&path)?, Version::complete(file), |_| {}).await?;
        membership::sweep(log, &Choices::default(), &Live::default(), register).await?;
    }
    Ok(())
}

fn number(person: &Person) -> String {
    match person.register {
        "nppes" => fiction::npi(person.serial),
        _ => fiction::gmc_number(person.serial),
    }
}

/// Makes everybody's account; those who are clinicians apply and are admitted by the verifier.
async fn admit(log: &Log, clock: &Clock) -> Result<HashMap<&'static str, AccountId>> {
    let passwords = Passwords::new(log.chance().clone());
    let password = Secret::new(PASSWORD);
    let mut people = HashMap::new();
    for person in PEOPLE.iter().filter(|person| person.standing != Standing::Applied) {
        clock.advance(3 * HOUR);
        let id = join::create(log, &passwords, person.name, &person.email(), &password, person.roles).await?;
        people.insert(person.key, id.clone());
        if person.standing == Standing::Admitted {
            let verifier = member(log, &people["mo"]).await?.verifier()?;
            let application =
                verification::apply(log, &Policy::default(), &member(log, &id).await?, claim(person)).await?;
            clock.advance(HOUR);
            verification::decide(
                log,
                &Policy::default(),
                &verifier,
                &application,
                Decision::Approve,
                "shown-by-work-contact",
                "",
            )
            .await?;
        }
    }
    Ok(people)
}

async fn member(log: &Log, id: &AccountId) -> Result<Member> {
    Member::load(&mut *log.reader().await?, id).await?.ok_or(Problem::NotFound)
}

fn claim(person: &Person) -> Claim {
    Claim {
        country: if person.register == "nppes" { "US" } else { "GB" }.to_owned(),
        register: person.register.to_owned(),
        profession: "physician".to_owned(),
        number: number(person),
        registered_name: format!("{} {}", person.given, person.family),
        statement: String::new(),
        number_stands: false,
    }
}

async fn declare(log: &Log, hana: &Clinician) -> Result<()> {
    let interest = NewInterest {
        kind: "fee".to_owned(),
        organisation: "Norvane".to_owned(),
        detail: "makes mirtazapine".to_owned(),
        band: "under-1000".to_owned(),
        year: "2026".to_owned(),
    };
    disclosure::declare(log, hana.member(), &interest).await.map(|_| ())
}

/// One thing somebody writes, in its place in time.
struct Turn<'a> {
    at: Time,
    thread: usize,
    told: &'a Told,
    reply: Option<&'a Reply>,
}

/// Publishes everything in the order of time.
async fn talk(log: &Log, clock: &Clock, now: Time, clinicians: &HashMap<&str, Clinician>) -> Result<()> {
    let told: Vec<Told> = serde_json::from_str(THREADS)?;
    let mut turns = Vec::new();
    for (thread, told) in told.iter().enumerate() {
        let began = now.plus(-((told.days_ago * DAY as f64) as i64));
        turns.push(Turn { at: began, thread, told, reply: None });
        for reply in &told.replies {
            let at = began.plus((reply.hours_after * HOUR as f64) as i64);
            turns.push(Turn { at: Time(at.millis().min(now.millis() - 5 * HOUR)), thread, told, reply: Some(reply) });
        }
    }
    turns.sort_by_key(|turn| (turn.at, turn.thread, turn.reply.is_some()));
    let mut threads: HashMap<usize, ThreadId> = HashMap::new();
    let deliveries = Deliveries::new(log.clone());
    for turn in turns {
        clock.advance((turn.at.millis() - clock.now().millis()).max(0));
        let by = turn.reply.map_or(turn.told.by.as_str(), |reply| reply.by.as_str());
        let author = clinicians.get(by).ok_or_else(|| Problem::fault(format!("threads.json: there is no {by}")))?;
        let writer = author.member().writer(&Choices::default())?;
        let (thread, post) = publish(log, &writer, &turn, &threads).await?;
        threads.insert(turn.thread, thread.clone());
        if now.millis() - turn.at.millis() > READ_BY_ALL {
            for reader in clinicians.values().filter(|reader| reader.id() != author.id()) {
                deliveries.deliver(reader, Way::Page, &[(thread.clone(), post.clone(), 1)]).await?;
            }
        }
    }
    Ok(())
}

async fn publish(
    log: &Log,
    author: &Writer,
    turn: &Turn<'_>,
    threads: &HashMap<usize, ThreadId>,
) -> Result<(ThreadId, PostId)> {
    let told = turn.told;
    let declares = turn.reply.map_or(told.interest, |reply| reply.interest);
    let own = disclosure::of_member(&mut *log.reader().await?, author.id()).await?;
    let attached = Attached {
        instead_of: None,
        answers: Vec::new(),
        interest_statement: if declares { "some" } else { "none" }.to_owned(),
        interests: if declares {
            own.iter().map(|interest| interest.id.as_str().to_owned()).collect()
        } else {
            Vec::new()
        },
    };
    let key = Secret::fresh(log.chance()).hash()[..32].to_owned();
    let part = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let placed = match turn.reply {
        None => {
            let start = Start { room: told.room.clone(), kind: told.kind.clone(), basis: told.basis.clone() };
            let texts = vec![
                part("title", &told.title),
                part("presentation", &told.presentation),
                part("history", &told.history),
                part("findings", &told.findings),
                part("investigations", &told.investigations),
                part("question", &told.question),
            ];
            let draft = Draft { key, texts, ..Draft::default() };
            discussion::submit_start(log, author, &start, &draft, &attached).await
        }
        Some(reply) => {
            let draft = Draft {
                ground: reply.ground.clone(),
                source: reply.source.clone(),
                key,
                texts: vec![part("body", &reply.body)],
                ..Draft::default()
            };
            let thread = threads.get(&turn.thread).ok_or(Problem::NotFound)?;
            discussion::submit_reply(log, author, thread, &draft, &attached).await
        }
    };
    placed.map(|placed| (placed.thread, placed.post)).map_err(|declined| match declined {
        Declined::Problem(problem) => problem,
        Declined::Form { faults, findings, .. } => Problem::fault(format!(
            "threads.json: {:?}: {:?} {:?}",
            told.title,
            faults.iter().map(|fault| &fault.words).collect::<Vec<_>>(),
            findings.iter().map(|found| &found.words).collect::<Vec<_>>()
        )),
    })
}

/// What waits when the visitor comes: an application, and two flags.
async fn wait_for_somebody(
    log: &Log,
    clock: &Clock,
    now: Time,
    people: &HashMap<&str, AccountId>,
    clinicians: &HashMap<&str, Clinician>,
) -> Result<()> {
    clock.advance((now.millis() - HOUR - clock.now().millis()).max(0));
    let passwords = Passwords::new(log.chance().clone());
    for person in PEOPLE.iter().filter(|person| person.standing == Standing::Applied) {
        let id = join::create(log, &passwords, person.name, &person.email(), &Secret::new(PASSWORD), &[]).await?;
        let mut claim = claim(person);
        // As people do: the short form of a name.
        claim.registered_name = "Oyin Farrow-Adair".to_owned();
        claim.statement = "I use the short form of my first name at work.".to_owned();
        verification::apply(log, &Policy::default(), &member(log, &id).await?, claim).await?;
    }
    clock.advance((now.millis() - HOUR / 6 - clock.now().millis()).max(0));
    let mut conn = log.reader().await?;
    let eilis = &clinicians["eilis"];
    let rows = discussion::newest(&mut conn, eilis, &Cursor::newest(), 100).await?;
    for (title, author, kind, note) in FLAGGED {
        let row = rows.iter().find(|row| row.title.as_ref().is_some_and(|words| words.contains(title)));
        let row = row.ok_or_else(|| Problem::fault(format!("threads.json: no title holds {title:?}")))?;
        let posts = discussion::posts(&mut conn, eilis, &row.id, 1, 100).await?;
        let post = posts.iter().rfind(|post| post.is_by(&people[author]));
        let post = post.ok_or_else(|| Problem::fault(format!("threads.json: {author} says nothing on {title:?}")))?;
        moderation::flag(log, eilis, &post.id, kind, note).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The invented cases are clean clinical talk: whatever the check finds in them is a false alarm.
    #[test]
    fn the_check_finds_nothing_in_the_invented_cases() {
        let told: Vec<Told> = serde_json::from_str(THREADS).unwrap();
        let texts = told.iter().flat_map(|told| {
            let own =
                [&told.title, &told.presentation, &told.history, &told.findings, &told.investigations, &told.question];
            own.into_iter().chain(told.replies.iter().flat_map(|reply| [&reply.body, &reply.source]))
        });
        let found: Vec<String> = texts
            .flat_map(|text| {
                crate::deid::check(text).findings.into_iter().map(|found| {
                    format!("{:?} ({}) in {:?}", &text[found.start..found.end], found.rule, &text[..text.len().min(80)])
                })
            })
            .collect();
        assert!(found.is_empty(), "{found:#?}");
    }
}
