//! Stories of standing: what the register says, what it leaves out, what time and people do.

mod asked;

use super::sweep::ask;
use super::*;
use crate::accounts::{self, Member, Place, Role, Verifier};
use crate::base::chance::Chance;
use crate::base::clock::{DAY, HOUR};
use crate::deid::aside::{Setting, pass};
use crate::log::Actor;
use crate::registers::fiction::{Wanted, gmc_number};
use crate::registers::live::Live;
use crate::registers::tests::{House, file};
use crate::registers::{self, Profession, Register, Removal, Status, Version, judge_number};

const FIRST: u32 = 9_100;

fn gmc() -> &'static Register {
    registers::find("gmc").unwrap()
}

/// A register in which these members stand so; `None` is not listed.
async fn read_register(house: &House, version: &str, standing: &[Option<Status>]) {
    read(house, Version { allow: true, ..Version::complete(version) }, standing).await;
}

async fn read(house: &House, version: Version, standing: &[Option<Status>]) {
    let numbers: Vec<String> = (0..standing.len()).map(|at| gmc_number(FIRST + u32::try_from(at).unwrap())).collect();
    let families = ["Lovelock", "Tarvale", "Quillane", "Sandoval", "Ekwall", "Hartwell", "Okello", "Voss"];
    let people: Vec<Wanted<'_>> = standing
        .iter()
        .zip(&numbers)
        .zip(families.iter().cycle())
        .filter_map(|((status, number), family)| {
            status.map(|status| Wanted {
                register: "gmc",
                number,
                family,
                given: "Ada",
                profession: Profession::Physician,
                specialty: "Cardiology",
                status,
            })
        })
        .collect();
    house.import("gmc", file("gmc", 5, &people), version).await.expect("read");
}

async fn account(house: &House, email: &str) -> AccountId {
    let mut tx = house.log.write(Actor::House).await.unwrap();
    let id = accounts::create(&mut tx, email, &pass(Setting::Profile, "name", "Somebody").unwrap()).await.unwrap();
    accounts::confirm_email(&mut tx, &id).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// An admitted member with the number at this place.
async fn admitted(house: &House, at: u32) -> AccountId {
    let id = account(house, &format!("m{at}@mail.example")).await;
    let number = gmc_number(FIRST + at);
    let entry = {
        let mut conn = house.log.reader().await.unwrap();
        registers::entry(&mut conn, &judge_number(gmc(), &number).unwrap()).await.unwrap()
    };
    let mut tx = house.log.write(Actor::House).await.unwrap();
    rows::admit(&mut tx, &id, "gmc", &number, "Physician", "Cardiology").await.unwrap();
    begin(&mut tx, &id, entry.as_ref(), "physician", "shown-by-call").await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn verifier(house: &House) -> Verifier {
    let id = account(house, "vera@mail.example").await;
    let mut tx = house.log.write(Actor::House).await.unwrap();
    accounts::grant(&mut tx, None, &id, Role::Verifier).await.unwrap();
    tx.commit().await.unwrap();
    member(house, &id).await.verifier().unwrap()
}

async fn member(house: &House, id: &AccountId) -> Member {
    Member::load(&mut house.log.reader().await.unwrap(), id).await.unwrap().unwrap()
}

async fn place(house: &House, id: &AccountId) -> Place {
    stands(house, id).await.place
}

async fn stands(house: &House, id: &AccountId) -> Standing {
    store::standing(&mut house.log.reader().await.unwrap(), id).await.unwrap().unwrap()
}

async fn swept(house: &House) -> Swept {
    sweep(&house.log, &Choices::default(), &Live::default(), gmc()).await.unwrap()
}

async fn the_doubt(house: &House, vera: &Verifier) -> Doubt {
    let mut all = doubts(&mut house.log.reader().await.unwrap(), vera).await.unwrap();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

async fn decide(house: &House, vera: &Verifier, decision: &str) -> Result<()> {
    let doubt = the_doubt(house, vera).await;
    settle(&house.log, vera, &Choices::default(), &doubt.id, decision).await
}

async fn is_whole(house: &House) {
    let found = differences(&mut house.log.reader().await.unwrap()).await.unwrap();
    assert!(found.is_empty(), "{found:#?}");
}

const ACTIVE: Option<Status> = Some(Status::Active);

#[tokio::test]
async fn what_discipline_took_only_a_person_gives_back() {
    let house = House::open("member-barred").await;
    read_register(&house, "1", &[ACTIVE]).await;
    let (ada, vera) = (admitted(&house, 0).await, verifier(&house).await);
    assert_eq!(swept(&house).await, Swept { looked: 1, ..Swept::default() });
    read_register(&house, "2", &[Some(Status::Removed(Removal::Disciplinary))]).await;
    assert_eq!(swept(&house).await.barred, std::slice::from_ref(&ada));
    assert!(!member(&house, &ada).await.is_clinician());
    assert_eq!(swept(&house).await.barred, [], "once");
    read_register(&house, "3", &[ACTIVE]).await;
    let again = swept(&house).await;
    assert_eq!((again.restored, again.doubts), (vec![], 1));
    assert_eq!(the_doubt(&house, &vera).await.what, "restored");
    decide(&house, &vera, "lift").await.unwrap();
    assert!(member(&house, &ada).await.is_clinician());
    is_whole(&house).await;
}

#[tokio::test]
async fn nobody_lifts_what_the_register_still_says() {
    let house = House::open("member-lift").await;
    read_register(&house, "1", &[ACTIVE]).await;
    let (ada, vera) = (admitted(&house, 0).await, verifier(&house).await);
    read_register(&house, "2", &[Some(Status::Suspended { interim: false })]).await;
    swept(&house).await;
    appeal(&house.log, &member(&house, &ada).await, &Choices::default(), "Please look again.").await.unwrap();
    let twice = appeal(&house.log, &member(&house, &ada).await, &Choices::default(), "And again.").await;
    assert_eq!(twice.unwrap_err().code(), "open");
    assert_eq!(decide(&house, &vera, "lift").await.unwrap_err().code(), "standing");
    decide(&house, &vera, "keep").await.unwrap();
    // The next appeal goes to somebody else.
    appeal(&house.log, &member(&house, &ada).await, &Choices::default(), "A colleague, please.").await.unwrap();
    assert_eq!(decide(&house, &vera, "keep").await.unwrap_err().code(), "not-allowed");
    is_whole(&house).await;
}

#[tokio::test]
async fn a_lapse_gives_days_of_grace_and_comes_back_by_itself() {
    let house = House::open("member-lapse").await;
    read_register(&house, "1", &[ACTIVE]).await;
    let ada = admitted(&house, 0).await;
    read_register(&house, "2", &[Some(Status::Lapsed)]).await;
    assert_eq!(swept(&house).await.lapsed, std::slice::from_ref(&ada));
    let choices = Choices::default();
    let sent = async || stands(&house, &ada).await.reminded;
    let mut by_day = Vec::new();
    for _ in 0..14 {
        tick(&house.log, &choices).await.unwrap();
        by_day.push(sent().await);
        assert_eq!(member(&house, &ada).await.class(), Some(Class::ReadOnly));
        house.log.clock().advance(DAY);
    }
    assert_eq!(by_day, [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3]);
    tick(&house.log, &choices).await.unwrap();
    assert_eq!(place(&house, &ada).await, Place::Paused);
    assert!(!member(&house, &ada).await.is_clinician());
    read_register(&house, "3", &[ACTIVE]).await;
    assert_eq!(swept(&house).await.restored, std::slice::from_ref(&ada));
    is_whole(&house).await;
}

#[tokio::test]
async fn a_house_that_slept_pauses_nobody_without_a_letter_the_day_before() {
    let house = House::open("member-slept").await;
    read_register(&house, "1", &[ACTIVE]).await;
    let ada = admitted(&house, 0).await;
    read_register(&house, "2", &[Some(Status::Removed(Removal::Administrative))]).await;
    swept(&house).await;
    house.log.clock().advance(40 * DAY);
    tick(&house.log, &Choices::default()).await.unwrap();
    tick(&house.log, &Choices::default()).await.unwrap();
    assert_eq!((place(&house, &ada).await, stands(&house, &ada).await.reminded), (Place::Grace, 3));
    house.log.clock().advance(DAY);
    tick(&house.log, &Choices::default()).await.unwrap();
    assert_eq!(place(&house, &ada).await, Place::Paused);
    is_whole(&house).await;
}

#[tokio::test]
async fn who_is_merely_missing_is_asked_after_first() {
    let house = House::open("member-missing").await;
    read_register(&house, "1", &[ACTIVE, ACTIVE]).await;
    let (ada, vera) = (admitted(&house, 0).await, verifier(&house).await);
    read_register(&house, "2", &[None, ACTIVE]).await;
    for _ in 0..3 {
        swept(&house).await;
    }
    assert_eq!(place(&house, &ada).await, Place::Good);
    assert_eq!(the_doubt(&house, &vera).await.what, "missing");
    // A file of changes says nothing of who is not in it.
    read(&house, Version::changes("2b"), &[None, ACTIVE]).await;
    swept(&house).await;
    assert_eq!(place(&house, &ada).await, Place::Good);
    // A verifier found them by hand: later files change nothing.
    decide(&house, &vera, "keep").await.unwrap();
    read_register(&house, "3", &[None, ACTIVE]).await;
    swept(&house).await;
    assert_eq!(place(&house, &ada).await, Place::Good);
    assert!(doubts(&mut house.log.reader().await.unwrap(), &vera).await.unwrap().is_empty());
    // Listed again, and missing again: asked again, and the second complete file begins the grace.
    for (version, standing) in [("4", ACTIVE), ("5", None), ("6", None)] {
        read_register(&house, version, &[standing, ACTIVE]).await;
        swept(&house).await;
    }
    assert_eq!(place(&house, &ada).await, Place::Grace);
    read_register(&house, "7", &[ACTIVE, ACTIVE]).await;
    swept(&house).await;
    assert_eq!(place(&house, &ada).await, Place::Good);
    assert!(doubts(&mut house.log.reader().await.unwrap(), &vera).await.unwrap().is_empty(), "the register settled it");
    is_whole(&house).await;
}

#[tokio::test]
async fn a_death_is_looked_at_by_a_person_first() {
    let house = House::open("member-memorial").await;
    read_register(&house, "1", &[ACTIVE]).await;
    let (ada, vera) = (admitted(&house, 0).await, verifier(&house).await);
    read_register(&house, "2", &[Some(Status::Deceased)]).await;
    swept(&house).await;
    assert!(member(&house, &ada).await.is_clinician());
    decide(&house, &vera, "memorial").await.unwrap();
    assert_eq!(place(&house, &ada).await, Place::Memorial);
    assert!(Member::load(&mut house.log.reader().await.unwrap(), &ada).await.unwrap().is_none());
    // Whatever the register says later, nobody comes in with this account.
    read_register(&house, "3", &[ACTIVE]).await;
    swept(&house).await;
    assert_eq!(place(&house, &ada).await, Place::Memorial);
    is_whole(&house).await;
}

#[tokio::test]
async fn a_changed_name_is_a_note_and_changes_no_access() {
    let house = House::open("member-name").await;
    read_register(&house, "1", &[ACTIVE]).await;
    let (ada, vera) = (admitted(&house, 0).await, verifier(&house).await);
    let number = gmc_number(FIRST);
    let married = Wanted {
        register: "gmc",
        number: &number,
        family: "Marchetti",
        given: "Ada",
        profession: Profession::Physician,
        specialty: "Cardiology",
        status: Status::Active,
    };
    house.import("gmc", file("gmc", 5, &[married]), Version::complete("2")).await.unwrap();
    swept(&house).await;
    let doubt = the_doubt(&house, &vera).await;
    assert_eq!(doubt.what, "name");
    let look = look(&mut house.log.reader().await.unwrap(), &vera, &doubt.id).await.unwrap().unwrap();
    assert_eq!(look.now.unwrap()[0], "Ada Marchetti");
    assert!(member(&house, &ada).await.is_clinician());
    decide(&house, &vera, "keep").await.unwrap();
    swept(&house).await;
    assert!(doubts(&mut house.log.reader().await.unwrap(), &vera).await.unwrap().is_empty(), "looked at once");
    is_whole(&house).await;
}

#[tokio::test]
async fn once_a_year_one_says_so_again() {
    let house = House::open("member-attest").await;
    read_register(&house, "1", &[ACTIVE]).await;
    let ada = admitted(&house, 0).await;
    let choices = Choices::default();
    house.log.clock().advance(ATTEST_EVERY - HOUR);
    assert_eq!(tick(&house.log, &choices).await.unwrap(), 0);
    let mut last = None;
    for _ in 0..17 {
        house.log.clock().advance(DAY);
        tick(&house.log, &choices).await.unwrap();
        last = member(&house, &ada).await.class();
    }
    assert_eq!(last, Some(Class::ReadOnly));
    let standing = stands(&house, &ada).await;
    assert_eq!((standing.place, standing.attest_reminded, standing.overdue), (Place::Good, 3, true));
    let mut tx = house.log.write(&ada).await.unwrap();
    happen(&mut tx, &ada, &standing, &Happening::Attests, &choices, "").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(member(&house, &ada).await.class(), Some(Class::Doctor));
    is_whole(&house).await;
}

/// A random house: registers, people and time do anything in any order; after every step the log alone gives the rows,
/// nobody is shut out by absence alone, and nobody lifts discipline but a person.
async fn wander(seed: u64) {
    const MEMBERS: usize = 5;
    let house = House::open(&format!("member-wander-{seed}")).await;
    let chance = Chance::seeded(seed);
    let pick = |most: usize| usize::from(chance.bytes::<1>()[0]) % most;
    let mut register = vec![ACTIVE; MEMBERS];
    read_register(&house, "0", &register).await;
    let mut ids = Vec::new();
    for at in 0..MEMBERS {
        ids.push(admitted(&house, u32::try_from(at).unwrap()).await);
    }
    let vera = verifier(&house).await;
    let statuses: Vec<Status> = Status::all().collect();
    for step in 0..40 {
        let mut before = Vec::new();
        for id in &ids {
            before.push(stands(&house, id).await);
        }
        let mut lifted = false;
        match pick(6) {
            0 | 1 => {
                let who = pick(MEMBERS);
                register[who] = match pick(4) {
                    0 => None,
                    1 => ACTIVE,
                    _ => Some(statuses[pick(statuses.len())]),
                };
                let version = format!("v{step}");
                let version = if pick(4) == 0 {
                    Version::changes(&version)
                } else {
                    Version { allow: true, ..Version::complete(&version) }
                };
                read(&house, version, &register).await;
                swept(&house).await;
            }
            2 => {
                swept(&house).await;
            }
            3 => {
                let days = i64::try_from(pick(9)).unwrap();
                house.log.clock().advance(days * DAY * if pick(8) == 0 { 40 } else { 1 });
                tick(&house.log, &Choices::default()).await.unwrap();
            }
            4 => {
                let all = doubts(&mut house.log.reader().await.unwrap(), &vera).await.unwrap();
                if let Some(doubt) = all.get(pick(all.len().max(1))) {
                    let ways = decisions(&doubt.what);
                    let way = ways[pick(ways.len())].0;
                    lifted = way == "lift";
                    let _ = settle(&house.log, &vera, &Choices::default(), &doubt.id, way).await;
                }
            }
            _ => {
                let who = &ids[pick(MEMBERS)];
                if place(&house, who).await != Place::Memorial {
                    let _ = appeal(&house.log, &member(&house, who).await, &Choices::default(), "Please look.").await;
                }
            }
        }
        for ((id, was), listed) in ids.iter().zip(&before).zip(&register) {
            let now = stands(&house, id).await;
            if was.place == Place::Barred && ![Place::Barred, Place::Memorial].contains(&now.place) {
                assert!(lifted, "seed {seed}, step {step}: discipline went by itself: {was:?} {now:?}");
            }
            if was.place == Place::Good && now.place.is_shut() {
                let by_word = listed.is_some_and(|status| status.locks())
                    || ["verifier-end", "verifier-memorial"].contains(&now.origin.as_str());
                assert!(by_word, "seed {seed}, step {step}: shut without a word: {listed:?} {now:?}");
            }
        }
        is_whole(&house).await;
    }
}

#[tokio::test]
async fn the_log_alone_gives_the_rows_whatever_happens() {
    for seed in 1..=6 {
        wander(seed).await;
    }
}
