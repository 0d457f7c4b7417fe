//! Heavy proofs, told by `tests/heavy/*` and not by `tests/run`: they print figures.

mod attack;
mod erasure;
mod genuine;
mod queue;
mod reading;

use crate::live::watch_all;
use crate::support::each_db::tell;
use crate::support::{Engine, House, Person, Plan, case, reply};
use collegium::accounts;
use collegium::app::{self, Ground};
use collegium::base::chance::Chance;
use collegium::base::id::PostId;
use collegium::deid::aside::Setting;
use collegium::membership;
use collegium::registers::{self, Profession, Status, Version, fiction};
use collegium::search;
use futures_util::future::join_all;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const EVERYBODY: [&str; 20] = [
    "ada", "bram", "chioma", "dmitri", "eilis", "farah", "gabriel", "hana", "ines", "jonas", "kofi", "lena", "mo",
    "nils", "oyin", "petra", "quentin", "rhea", "samira", "tomas",
];

fn real() -> Plan {
    Plan { real_clock: true, ..Plan::default() }
}

#[test]
#[ignore = "heavy: tests/heavy/thousand"]
fn thousand_on_sqlite() {
    tell(Engine::Sqlite, real(), thousand);
}

#[test]
#[ignore = "heavy: tests/heavy/thousand"]
fn thousand_on_postgres() {
    tell(Engine::Postgres, real(), thousand);
}

/// 1,000 replies by 20 people in one thread, every page losing its line at random: all end with the same 1,000.
async fn thousand(house: &House) {
    let people: Vec<Arc<Person>> = house.clinicians(EVERYBODY).await.into_iter().map(Arc::new).collect();
    let placed = people[0].publish(case("A very long thread")).await.ok();
    let (thread, since) = (placed.of("thread"), placed.json()["seq"].as_i64().expect("a seq"));
    let began = Instant::now();
    let readers: Vec<_> = people
        .iter()
        .enumerate()
        .map(|(at, person)| tokio::spawn(watch_all(Arc::clone(person), thread.clone(), since, 1_000, at as u64)))
        .collect();
    let writers = people.iter().map(|author| {
        let thread = thread.clone();
        async move {
            let mut took = Vec::new();
            for at in 0..50 {
                let sent = Instant::now();
                author.reply(&thread, reply(&format!("Reply {at} of mine."))).await.is(201);
                took.push(sent.elapsed());
            }
            took
        }
    });
    let mut took: Vec<Duration> = join_all(writers).await.into_iter().flatten().collect();
    let written = began.elapsed();
    let mut all = Vec::new();
    let mut drops = 0;
    for reader in readers {
        let (seen, dropped) =
            tokio::time::timeout(Duration::from_secs(120), reader).await.expect("in time").expect("no panic");
        drops += dropped;
        all.push(seen);
    }
    let everywhere = began.elapsed();
    for seen in &all {
        assert!(seen.windows(2).all(|pair| pair[0].0 < pair[1].0), "in the log's order");
        assert_eq!(seen, &all[0], "everybody ends with the same");
    }
    let positions: Vec<i64> = all[0].iter().map(|(_, position)| *position).collect();
    assert_eq!(positions, (2..=1_001).collect::<Vec<_>>());
    took.sort_unstable();
    println!(
        "{:?}: 1,000 replies by 20 people in {:.1} s ({:.0} a second; a reply took {} ms at the median, {} ms at the 99th \
         of 100); all 20 pages had the same 1,000 in the same order after {:.1} s, over {drops} dropped lines",
        house.engine,
        written.as_secs_f64(),
        1_000.0 / written.as_secs_f64(),
        took[500].as_millis(),
        took[990].as_millis(),
        everywhere.as_secs_f64(),
    );
}

#[test]
#[ignore = "heavy: tests/heavy/kill"]
fn kill_on_sqlite() {
    tell(Engine::Sqlite, real(), kill);
}

#[test]
#[ignore = "heavy: tests/heavy/kill"]
fn kill_on_postgres() {
    tell(Engine::Postgres, real(), kill);
}

/// A started `collegium serve`.
struct Process {
    child: Child,
    /// From the start to the first answer.
    took: Duration,
}

impl Process {
    async fn start(config: &std::path::Path, asker: &Person) -> Process {
        let began = Instant::now();
        let child = Command::new(env!("CARGO_BIN_EXE_collegium"))
            .args(["serve", "--config"])
            .arg(config)
            .env("RUST_LOG", "error")
            .stdout(Stdio::null())
            .spawn();
        let mut process = Process { child: child.expect("started"), took: Duration::ZERO };
        loop {
            if let Ok(answer) = asker.try_ask("GET", "/readyz", &[], "").await
                && answer.status == 200
            {
                process.took = began.elapsed();
                return process;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "the house does not start again");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// SIGKILL.
    fn kill(self) {
        drop(self);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }
}

/// `kill -9` twenty times during a stream of posts: no acknowledged post is missing, the chain holds, the index catches
/// up.
async fn kill(outer: &House) {
    // A house of its own, prepared in this process and then left to the program.
    let prepared = House::open(outer.engine, real()).await;
    let people = prepared.clinicians(["ada", "bram", "chioma", "dmitri"]).await;
    let thread = people[0].publish(case("A thread that lives through it")).await.ok().of("thread");
    let left = prepared.leave().await;
    let people: Vec<Person> = people.iter().map(|person| person.at_address(left.address)).collect();
    let acknowledged: Mutex<Vec<String>> = Mutex::default();
    let chance = Chance::seeded(20);
    let mut restarts = Vec::new();
    for round in 0..20 {
        let process = Process::start(&left.config, &people[0]).await;
        restarts.push(process.took);
        let lasts = Duration::from_millis(u64::from(chance.bytes::<1>()[0]) * 4);
        let before = acknowledged.lock().expect("not poisoned").len();
        let writers = join_all(people.iter().map(|author| {
            let (thread, acknowledged) = (&thread, &acknowledged);
            async move {
                for at in 0.. {
                    let body = reply(&format!("Reply {at} of round {round}.")).to_string();
                    let path = format!("/api/v1/threads/{thread}/posts");
                    match author.try_ask("POST", &path, &[("content-type", "application/json")], body).await {
                        Ok(answer) => {
                            let post = answer.is(201).of("post");
                            acknowledged.lock().expect("not poisoned").push(post);
                        }
                        Err(_) => break,
                    }
                }
            }
        }));
        tokio::join!(writers, async {
            // From the first post of this round on, in the middle of others.
            while acknowledged.lock().expect("not poisoned").len() == before {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            tokio::time::sleep(lasts).await;
            process.kill();
        });
    }
    let acknowledged = acknowledged.into_inner().expect("not poisoned");
    let verified = Command::new(env!("CARGO_BIN_EXE_collegium"))
        .args(["audit", "verify", "--config"])
        .arg(&left.config)
        .output()
        .expect("run");
    assert!(verified.status.success(), "the chain does not hold: {}", String::from_utf8_lossy(&verified.stdout));
    // The index catches up by itself: what is written last is found.
    let process = Process::start(&left.config, &people[0]).await;
    let began = Instant::now();
    people[0].reply(&thread, reply("The last word is marzipan.")).await.is(201);
    while people[1].finds("marzipan").await.is_empty() {
        assert!(began.elapsed() < Duration::from_secs(30), "the index does not catch up");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let caught_up = began.elapsed();
    process.kill();
    let config = collegium::config::Config::load(&left.config, std::iter::empty()).expect("read");
    let log = app::open_log(&config, &Ground::real()).await.expect("opened");
    let index = app::open_index(&config).await.expect("opened");
    search::catch_up(&log, &index).await.expect("caught up");
    let mut conn = log.reader().await.expect("a reader");
    let mut missing = 0;
    for post in &acknowledged {
        let there: Option<i64> = sqlx::query_scalar(
            "select p.position from posts p join post_texts x on x.post_id = p.post_id and x.revision = p.revision
             join events e on e.subject = p.post_id and e.kind = 'post-added' where p.post_id = $1",
        )
        .bind(post)
        .fetch_optional(&mut *conn)
        .await
        .expect("read");
        let found = !index.confirm_gone(&PostId::parse(post).expect("an id")).await.expect("asked");
        if there.is_none() || !found {
            missing += 1;
        }
    }
    let posts: i64 = sqlx::query_scalar("select count(*) from posts").fetch_one(&mut *conn).await.expect("counted");
    let places: i64 = sqlx::query_scalar("select posts from threads").fetch_one(&mut *conn).await.expect("read");
    drop(conn);
    log.db().close().await;
    assert_eq!(missing, 0, "acknowledged posts are missing");
    assert_eq!(posts, places, "places in the thread without gaps");
    restarts.sort_unstable();
    println!(
        "{:?}: 20 times kill -9 during {} acknowledged posts ({posts} written): none missing, the chain holds ({}), \
         started again within {} ms at the median and {} ms at most, found {} ms after the last post",
        outer.engine,
        acknowledged.len(),
        String::from_utf8_lossy(&verified.stdout).trim(),
        restarts[10].as_millis(),
        restarts[19].as_millis(),
        caught_up.as_millis(),
    );
    left.clear().await;
}

#[test]
#[ignore = "heavy: tests/heavy/sweep"]
fn sweep_on_sqlite() {
    tell(Engine::Sqlite, Plan::default(), sweep);
}

#[test]
#[ignore = "heavy: tests/heavy/sweep"]
fn sweep_on_postgres() {
    tell(Engine::Postgres, Plan::default(), sweep);
}

/// 10,000 members compared with their register: when nothing has changed, when a new file says the same, and when it
/// says that one of them is suspended, whose line is open.
async fn sweep(house: &House) {
    const MEMBERS: u32 = 10_000;
    let bram = house.clinician("bram").await;
    let thread = bram.publish(case("A thread")).await.ok().of("thread");
    let register = registers::find("gmc").expect("known");
    let numbers: Vec<String> = (0..MEMBERS).map(|at| fiction::gmc_number(600_000 + at)).collect();
    let read = async |version: &str, bram: Status| {
        let his = crate::support::cast::find("bram").number();
        let wanted = |number, family, status| fiction::Wanted {
            register: "gmc",
            number,
            family,
            given: "Ada",
            profession: Profession::Physician,
            specialty: "Cardiology",
            status,
        };
        let mut people: Vec<_> =
            numbers.iter().map(|number| wanted(number.as_str(), "Lovelock", Status::Active)).collect();
        people.push(wanted(&his, "Achterberg-Sato", bram));
        let mut file = Vec::new();
        fiction::write(register, 7, 0, &people, &mut file).expect("written");
        let began = Instant::now();
        let version = Version { allow: true, ..Version::complete(version) };
        registers::import(house.log(), register, std::io::Cursor::new(file), version, |_| {}).await.expect("imported");
        (began, began.elapsed())
    };
    read("0", Status::Active).await;
    house.caught_up().await;
    let mut made = 0;
    for some in numbers.chunks(500) {
        let mut tx = house.log().write(collegium::log::Actor::House).await.expect("a change");
        for number in some {
            let name = collegium::deid::aside::pass(Setting::Profile, "name", "Ada Lovelock").expect("a name");
            let id = accounts::create(&mut tx, &format!("m{made}@story.example"), &name).await.expect("made");
            accounts::confirm_email(&mut tx, &id).await.expect("confirmed");
            accounts::store::admit(&mut tx, &id, "gmc", number, "Physician", "Cardiology").await.expect("admitted");
            let judged = registers::judge_number(register, number).expect("a number");
            let entry = registers::entry(tx.conn(), &judged).await.expect("read");
            membership::begin(&mut tx, &id, entry.as_ref(), "physician", "shown-by-call").await.expect("begun");
            made += 1;
        }
        tx.commit().await.expect("committed");
    }
    // Their letters are nobody's business here.
    let mut tx = house.log().write(collegium::log::Actor::House).await.expect("a change");
    sqlx::query("update mails set given_up_at = 1 where sent_at is null").execute(tx.conn()).await.expect("done");
    tx.commit_quietly("a story").await.expect("committed");
    house.caught_up().await;
    let choices = &house.site().config.members;
    let engine = house.log().db().engine().name();
    let began = Instant::now();
    let swept = membership::sweep(house.log(), choices, &house.site().live, register).await.expect("swept");
    println!("{engine}: {} members, nothing new: {:?}", swept.looked, began.elapsed());
    let (_, took) = read("1", Status::Active).await;
    let began = Instant::now();
    membership::sweep(house.log(), choices, &house.site().live, register).await.expect("swept");
    println!("{engine}: a new file that says the same: read in {took:?}, swept in {:?}", began.elapsed());
    house.caught_up().await;
    let mut line = bram.watch(&thread, 0).await;
    let (began, read_in) = read("2", Status::Suspended { interim: false }).await;
    assert_eq!(line.closes_within(Duration::from_secs(60)).await, Some(4401));
    println!("{engine}: suspended: the file read in {read_in:?}, his line dead after {:?}", began.elapsed());
    bram.get("/api/v1/rooms").await.problem(401, "sign-in");
}

#[test]
#[ignore = "heavy: tests/heavy/exposure"]
fn exposure_on_sqlite() {
    tell(Engine::Sqlite, Plan::default(), async |house: &House| crate::exposure::simulate(house, 200, 30, 2_000).await);
}

#[test]
#[ignore = "heavy: tests/heavy/exposure"]
fn exposure_on_postgres() {
    tell(Engine::Postgres, Plan::default(), async |house: &House| {
        crate::exposure::simulate(house, 200, 30, 2_000).await
    });
}
