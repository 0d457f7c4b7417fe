//! The attack set: more than 20,000 attempts to get in, through HTTP, by people who have what is public (every number,
//! every name) and mailboxes of every kind. Told by `tests/heavy/attack`; it prints what was tried and who got in.
//!
//! A verifier who believes the desk decides: they approve exactly when the desk answers all three questions with yes.
//! Whoever is let in by the policy alone, or by that verifier, counts as admitted.

use crate::support::each_db::tell;
use crate::support::papers::{cropped, jpeg, mirrored, sheet};
use crate::support::{Answer, Engine, House, Person, Plan, photo};
use collegium::accounts::Role;
use collegium::auth::join;
use collegium::base::clock::{DAY, MINUTE};
use collegium::base::secret::Secret;
use collegium::registers::{self, Profession, Removal, Status, Version, fiction};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Instant;

const DOMAINS: &str =
    "[admission]\ninstitutional_domains = [\"hospital.example\"]\ndisposable_domains = [\"mailinator.example\"]\n";
/// So many applications a day are taken from one account, on so many days.
const A_DAY: usize = 3;
const DAYS: usize = 57;

#[test]
#[ignore = "heavy: tests/heavy/attack"]
fn on_sqlite() {
    tell(Engine::Sqlite, Plan { more: DOMAINS, ..Plan::default() }, attack);
}

/// Somebody in the register; what an attacker knows of them.
struct Registrant {
    number: String,
    given: String,
    family: String,
    standing: Status,
}

const GIVEN: [&str; 16] = [
    "Aveline",
    "Bramwell",
    "Chiamaka",
    "Dagny",
    "Emeka",
    "Farrokh",
    "Gwyneira",
    "Hemi",
    "Ilse",
    "Jaswant",
    "Keziah",
    "Ludmila",
    "Mateus",
    "Nguyet",
    "Oluwaseun",
    "Preethi",
];
const FAMILY: [&str; 16] = [
    "Abernethy-Rao",
    "Brzezicki",
    "Castellanos",
    "Dlaminithi",
    "Eriksdotter",
    "Fonoti",
    "Gunawardane",
    "Haverkamp",
    "Iwuchukwu",
    "Jankelevich",
    "Kahananui",
    "Lindqvister",
    "Mutasembwa",
    "Nakagawara",
    "Okonkwolie",
    "Papadimitrakis",
];

fn registrants() -> Vec<Registrant> {
    (0..512)
        .map(|at| Registrant {
            number: fiction::gmc_number(820_000 + at as u32),
            given: GIVEN[at % 16].to_owned(),
            family: FAMILY[at / 16 % 16].to_owned(),
            standing: match at % 16 {
                3 => Status::Suspended { interim: false },
                7 => Status::Removed(Removal::Disciplinary),
                11 => Status::Deceased,
                13 => Status::Lapsed,
                _ => Status::Active,
            },
        })
        .collect()
}

fn file(people: &[Registrant]) -> Vec<u8> {
    let wanted: Vec<fiction::Wanted<'_>> = people
        .iter()
        .map(|one| fiction::Wanted {
            register: "gmc",
            number: &one.number,
            family: &one.family,
            given: &one.given,
            profession: Profession::Physician,
            specialty: "",
            status: one.standing,
        })
        .collect();
    let mut out = Vec::new();
    fiction::write(registers::find("gmc").expect("known"), 7, 0, &wanted, &mut out).expect("written");
    out
}

/// The addresses an attacker can have: anything but a personal mailbox that carries the registrant's name.
const MAILBOXES: [&str; 8] = [
    "{}@mail.example",
    "{}@hospita1.example",
    "{}@hospital.example.evil.example",
    "{}@alumni.hospital.example",
    "ward{}@hospital.example",
    "{}@mailinator.example",
    "{}@hospital-example.example",
    "{}@hosp\u{456}tal.example",
];

const KINDS: [&str; 12] = [
    "stolen number, true name",
    "stolen number, own name",
    "name one letter off",
    "look-alike letters",
    "invisible letter in the name",
    "family and given swapped",
    "initial for the given name",
    "number of a bound member",
    "suspended, removed or deceased",
    "number that nobody has",
    "number of another shape",
    "two at the same moment",
];

/// The claim of an attempt: number and name.
fn claim(kind: usize, round: usize, people: &[Registrant]) -> (String, String) {
    let one = &people[(round * 37 + kind * 11) % people.len()];
    let name = format!("{} {}", one.given, one.family);
    let number = one.number.clone();
    match kind {
        1 => (number, format!("Mallory Thornquist-{}", round % 7)),
        2 => {
            let mut letters: Vec<char> = name.chars().collect();
            let at = 1 + round % (letters.len() - 2);
            if letters[at].is_alphabetic() {
                letters[at] = if letters[at] == 'e' { 'a' } else { 'e' };
            } else {
                letters.remove(at);
            }
            (number, letters.into_iter().collect())
        }
        3 => (number, name.replacen('a', "\u{430}", 1 + round % 3).replace('e', "\u{435}")),
        4 => {
            let at = name.char_indices().nth(2 + round % 4).map_or(1, |(at, _)| at);
            (number, format!("{}\u{200b}{}", &name[..at], &name[at..]))
        }
        5 => (number, format!("{} {}", one.family, one.given)),
        6 => (number, format!("{}. {}", &one.given[..1], one.family)),
        7 => ("9810101".to_owned(), "Ada Marchetti-Wren".to_owned()),
        8 => {
            let ended: Vec<&Registrant> =
                people.iter().filter(|one| !matches!(one.standing, Status::Active | Status::Lapsed)).collect();
            let one = ended[round % ended.len()];
            (one.number.clone(), format!("{} {}", one.given, one.family))
        }
        9 => (fiction::gmc_number(890_000 + round as u32), name),
        10 => (["12", "C9000001", "98101155", "ABCDEFG", "９８１０１", "' or 1=1 --"][round % 6].to_owned(), name),
        _ => (number, name),
    }
}

async fn apply(attacker: &Person, number: &str, name: &str) -> Answer {
    // Asked whether a strange number stands, they say yes.
    let claim = json!({ "country": "GB", "register": "gmc", "profession": "physician", "number": number,
        "registered_name": name, "number_stands": true });
    attacker.send("POST", "/api/v1/applications", &claim).await
}

/// What the desk answers to the three questions.
fn all_yes(desk: &Answer) -> bool {
    let text = desk.text();
    let questions = text.split("section three").nth(1).expect("asked");
    let answers: Vec<&str> = questions.split("<div><span class=\"").skip(1).take(3).collect();
    assert_eq!(answers.len(), 3, "{text}");
    answers.iter().all(|answer| answer.starts_with("is-ok\""))
}

/// The verifier decides by what the desk says; whether it was an approval that held.
async fn decide(verifier: &Person, application: &str) -> bool {
    let desk = verifier.get(&format!("/verify/{application}")).await.is(200);
    let (decision, reason) =
        if all_yes(&desk) { ("approve", "shown-by-work-contact") } else { ("refuse", "not-shown") };
    let sent = verifier.form(&format!("/verify/{application}"), &[("decision", decision), ("reason", reason)]).await;
    decision == "approve" && sent.status == 303
}

#[derive(Default)]
struct Count {
    tried: usize,
    /// Applications that were taken and decided.
    judged: usize,
    admitted: usize,
}

#[derive(Default)]
struct Tally(BTreeMap<&'static str, Count>);

impl Tally {
    /// Notes an attempt; whoever is in is in.
    async fn note(&mut self, kind: &'static str, attacker: &Person, judged: bool, approved: bool) {
        let inside = attacker.get("/api/v1/rooms").await.status == 200;
        let count = self.0.entry(kind).or_default();
        count.tried += 1;
        count.judged += usize::from(judged);
        count.admitted += usize::from(inside || approved);
    }

    fn all(&self) -> (usize, usize, usize) {
        self.0.values().fold((0, 0, 0), |(t, j, a), one| (t + one.tried, j + one.judged, a + one.admitted))
    }
}

async fn read(house: &House, people: &[Registrant]) {
    let gmc = registers::find("gmc").expect("known");
    let file = std::io::Cursor::new(file(people));
    registers::import(house.log(), gmc, file, Version::changes("attack.csv"), |_| {}).await.expect("imported");
}

async fn attack(house: &House) {
    let began = Instant::now();
    let people = registrants();
    read(house, &people).await;
    house.clinician("ada").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let mut attackers = Vec::new();
    for at in 0..120 {
        let email = MAILBOXES[at % MAILBOXES.len()].replace("{}", &format!("m{at}"));
        let name = format!("Mallory Thornquist-{at}");
        let password = Secret::new(crate::support::PASSWORD);
        let made = join::create(house.log(), &house.site().passwords, &name, &email, &password, &[]).await;
        // An address in letters of another script may be refused at the door; that is an attempt, too.
        let Ok(id) = made else { continue };
        let person = house.somebody(&name, &email, id);
        person.sign_in().await.is(201);
        attackers.push(person);
    }
    let mut tally = Tally::default();
    // As many applications as a day allows, for as many days as it takes.
    for day in 0..DAYS {
        if day % 20 == 19 {
            read(house, &people).await;
        }
        mo.sign_in().await.is(201);
        for (at, attacker) in attackers.iter().enumerate() {
            attacker.sign_in().await.is(201);
            for nth in 0..A_DAY {
                let round = (at * DAYS + day) * A_DAY + nth;
                let kind = (at + day * A_DAY + nth) % KINDS.len();
                attempt(KINDS[kind], attacker, &mo, &claim(kind, round, &people), &mut tally).await;
            }
            house.advance(MINUTE);
            if at % 40 == 39 {
                mo.sign_in().await.is(201);
            }
        }
        house.advance(DAY);
        let (tried, judged, admitted) = tally.all();
        let took = began.elapsed().as_secs_f64();
        eprintln!("day {day}: {tried} attempts, {judged} applications judged, {admitted} admitted, {took:.0} s");
    }
    for attacker in attackers.iter().chain([&mo]) {
        attacker.sign_in().await.is(201);
    }
    evidence(house, &mo, &attackers, &people, &mut tally).await;
    for (kind, Count { tried, judged, admitted }) in &tally.0 {
        println!("{tried:>7} attempts, {judged:>6} judged, {admitted} admitted: {kind}");
    }
    let (tried, judged, admitted) = tally.all();
    println!(
        "{tried:>7} attempts by {} accounts, {judged} applications judged, {admitted} admitted, in {:.0} s",
        attackers.len(),
        began.elapsed().as_secs_f64()
    );
    assert_eq!(admitted, 0);
}

/// One attempt: an application, or two at the same moment, and what the verifier makes of it.
async fn attempt(
    kind: &'static str,
    attacker: &Person,
    mo: &Person,
    (number, name): &(String, String),
    tally: &mut Tally,
) {
    let mut sent = apply(attacker, number, name).await;
    if kind == "two at the same moment" {
        let (one, other) = tokio::join!(apply(attacker, number, name), apply(attacker, number, name));
        assert!(one.status != 201 || other.status != 201, "two open applications of one person");
        sent = [sent, one, other].into_iter().min_by_key(|sent| sent.status != 201).expect("three");
    }
    let judged = sent.status == 201;
    let mut approved = false;
    if judged {
        approved = decide(mo, &sent.of("application")).await;
    } else {
        assert!([409, 422, 429].contains(&sent.status), "{sent}");
    }
    tally.note(kind, attacker, judged, approved).await;
}

/// Stolen and made-up evidence: documents of others, links that were not mailed, sign-ins that never were, vouching for
/// oneself.
async fn evidence(house: &House, mo: &Person, attackers: &[Person], people: &[Registrant], tally: &mut Tally) {
    let victim = house.member("oyin").await;
    let theirs = apply(&victim, "9810115", "Oyin Farrow-Adair").await.is(201).of("application");
    victim.give_document("photo-id", &photo(1)).await.is(201);
    let used = crate::evidence::link(house, mo, &theirs, "oyin.farrow@hospital.example").await;
    victim.form("/link", &[("token", &used)]).await.is(303);
    for (at, attacker) in attackers.iter().enumerate() {
        let one = &people[(at * 16) % people.len()];
        let sent = apply(attacker, &one.number, &format!("{} {}", one.given, one.family)).await;
        if sent.status != 201 {
            continue;
        }
        let application = sent.of("application");
        let stolen = match at % 3 {
            0 => photo(1),
            1 => jpeg(&mirrored(&sheet(1)), 80),
            _ => jpeg(&cropped(&sheet(1), 8), 75),
        };
        attacker.give_document("photo-id", &stolen).await;
        let desk = mo.get(&format!("/verify/{application}")).await.is(200);
        assert!(desk.has("looks like one that another account has given"), "a stolen document is not known again");
        tally.note("a stolen document", attacker, true, all_yes(&desk)).await;
        assert!(attacker.form("/link", &[("token", &used)]).await.status != 303);
        tally.note("a link that was used", attacker, false, false).await;
        for round in 0..12 {
            let made_up = format!("{:0>25}.{}", at * 12 + round, "A".repeat(43));
            assert!(attacker.form("/link", &[("token", &made_up)]).await.status != 303);
            tally.note("a link that was never mailed", attacker, false, false).await;
            let back = format!("/application/provider/return?code=c{round}&state={}", "B".repeat(43));
            assert!(attacker.get(&back).await.status != 303);
            tally.note("a sign-in that never was", attacker, false, false).await;
            let vouched = attacker
                .send("POST", &format!("/api/v1/applications/{application}/vouches"), &json!({ "sure": true }))
                .await;
            assert_eq!(vouched.status, 401);
            tally.note("vouching from outside", attacker, false, false).await;
        }
        let approved = decide(mo, &application).await;
        tally.note("all of it together", attacker, true, approved).await;
    }
}
