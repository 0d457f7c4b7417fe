//! A sentinel goes every way a text can go, 500 pages are open on it, it is removed: how soon is it gone from them and
//! from the index, and is it anywhere in any file? And the same when the process is killed in the middle. Told by
//! `tests/heavy/erasure`.

use super::{EVERYBODY, Process, real};
use crate::support::each_db::tell;
use crate::support::traces::{contains, files, tables_hold};
use crate::support::{Database, Engine, House, Person, Plan, Socket, case, reply};
use collegium::app::{self, Ground};
use futures_util::future::join_all;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const WORD: &str = "quokkalike";
const LINES: usize = 25;

#[test]
#[ignore = "heavy: tests/heavy/erasure"]
fn open_pages_on_sqlite() {
    tell(Engine::Sqlite, crowded(), open_pages);
}

#[test]
#[ignore = "heavy: tests/heavy/erasure"]
fn open_pages_on_postgres() {
    tell(Engine::Postgres, crowded(), open_pages);
}

#[test]
#[ignore = "heavy: tests/heavy/erasure"]
fn killed_on_sqlite() {
    tell(Engine::Sqlite, real(), killed);
}

#[test]
#[ignore = "heavy: tests/heavy/erasure"]
fn killed_on_postgres() {
    tell(Engine::Postgres, real(), killed);
}

fn crowded() -> Plan {
    Plan { more: "[limits]\nlines_per_person = 30\n", ..real() }
}

/// Where PostgreSQL keeps its files; on SQLite everything lies in the house's own folder.
async fn server_folder(house: &House) -> Option<PathBuf> {
    (house.engine == Engine::Postgres).then_some(())?;
    let at: String = sqlx::query_scalar("select current_setting('data_directory')")
        .fetch_one(&mut *house.log().reader().await.expect("a reader"))
        .await
        .expect("told");
    Some(PathBuf::from(at))
}

/// Every file below these folders that holds the word, and how much was read.
fn search(folders: &[&Path]) -> (Vec<String>, usize, u64) {
    let (mut found, mut count, mut bytes) = (Vec::new(), 0, 0);
    for path in folders.iter().flat_map(|folder| files(folder)) {
        let Ok(text) = std::fs::read(&path) else { continue };
        count += 1;
        bytes += text.len() as u64;
        let utf16: Vec<u8> = WORD.encode_utf16().flat_map(u16::to_le_bytes).collect();
        if contains(&text.to_ascii_lowercase(), WORD.as_bytes()) || contains(&text, &utf16) {
            found.push(path.display().to_string());
        }
    }
    (found, count, bytes)
}

fn run(arguments: &[&str], paths: &[(&str, &Path)]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_collegium"));
    command.args(arguments);
    for (flag, path) in paths {
        command.arg(flag).arg(path);
    }
    let done = command.output().expect("it runs");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A case that goes every way: published, revised, quoted, flagged, read, searched; gives thread, post, and the post that
/// quotes it.
async fn goes_about(house: &House, [ada, bram, chioma]: [&Person; 3]) -> [String; 3] {
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let told = "A quokkalike gait with a slow turn to the left and small steps that no drug has changed so far.";
    let post = ada.reply(&thread, reply(told)).await.ok().of("post");
    let mut change = reply(&format!("{told} It is the same today."));
    change["revision"] = json!(1);
    change["ground"] = json!("evidence");
    change["source"] = json!("A quokkalike review of gaits");
    ada.revise(&post, change).await.is(200);
    let quoting = bram.reply(&thread, reply(&format!("> {told}\n\nHave you tried cueing?"))).await.ok().of("post");
    chioma.get(&format!("/threads/{thread}")).await.is(200).shows(WORD);
    chioma.get("/rooms/cardiology").await.is(200);
    house.caught_up().await;
    assert!(!chioma.finds(WORD).await.is_empty());
    chioma.flag(&post, "accuracy", "Is that quokkalike gait a sign of its own?").await.is(201);
    [thread, post, quoting]
}

async fn open_pages(house: &House) {
    let people = house.clinicians(EVERYBODY).await;
    let ines = house.moderator("una").await;
    let [thread, post, quoting] = goes_about(house, [&people[0], &people[1], &people[2]]).await;
    let config = house.config_file("here.toml", None);
    let backup = [house.folder.join("backup-content"), house.folder.join("backup-keys")];
    run(&["backup"], &[("--config", &config), ("--content", &backup[0]), ("--keys", &backup[1])]);
    let mut lines: Vec<Socket> = Vec::new();
    let since = house.log().head().await.expect("the head");
    for person in &people {
        lines.extend(join_all((0..LINES).map(|_| person.watch(&thread, since))).await);
    }
    let open = lines.len();
    let began = Instant::now();
    let hears = lines.into_iter().map(|mut line| {
        let (post, quoting) = (post.clone(), quoting.clone());
        tokio::spawn(async move {
            let mut left = vec![post, quoting];
            while !left.is_empty() {
                let heard = line.hear_post().await;
                assert!(!heard.to_string().contains(WORD), "{heard}");
                left.retain(|post| heard["post"] != json!(post));
            }
            (began.elapsed(), line)
        })
    });
    let hears: Vec<_> = hears.collect();
    let removed = ines.remove(&post, "confidentiality").await.is(201).json();
    let answered = began.elapsed();
    assert_eq!(removed["index_confirmed"], true, "{removed}");
    let mut took = Vec::new();
    let mut lines = Vec::new();
    for heard in join_all(hears).await {
        let (after, line) = heard.expect("no panic");
        took.push(after);
        lines.push(line);
    }
    took.sort_unstable();
    assert!(people[2].finds(WORD).await.is_empty(), "the index finds it");
    assert_eq!(tables_hold(house, WORD).await, Vec::<String>::new());
    house.caught_up().await;
    let server = server_folder(house).await;
    let mut folders = vec![house.folder.as_path()];
    folders.extend(server.as_deref());
    if server.is_some() {
        // What is in memory only must be on the disk to be found there.
        house.database.run("checkpoint").await;
    }
    let (found, count, bytes) = search(&folders);
    println!(
        "{:?}: {open} open pages; gone from the first after {} ms, from all after {} ms; answered, with the index's \
         word, after {} ms; {count} files of {:.1} MB searched, with the backup of before: it stands in {}",
        house.engine,
        took[0].as_millis(),
        took[open - 1].as_millis(),
        answered.as_millis(),
        bytes as f64 / 1e6,
        found.len(),
    );
    assert_eq!(found, Vec::<String>::new());
    drop(lines);
    restored(house, &backup, &post, server.as_deref()).await;
}

/// A backup of before, put back on a machine that knows what was erased.
async fn restored(house: &House, backup: &[PathBuf; 2], post: &str, server: Option<&Path>) {
    let data = house.folder.join("second");
    std::fs::create_dir_all(&data).expect("a folder");
    let second = Database::fresh(house.engine, &data).await;
    match house.engine {
        Engine::Sqlite => {
            let from = collegium::db::keys_beside(&house.database.url);
            std::fs::copy(from, collegium::db::keys_beside(&second.url)).expect("copied");
        }
        Engine::Postgres => {
            second.run("create schema keys").await;
            second.run("create table keys.erasures (post_id text primary key, at bigint, reason text)").await;
            second.run(&format!("insert into keys.erasures values ('{post}', 1, 'confidentiality')")).await;
        }
    }
    let there = house.config_file("there.toml", Some((&data, &second.url)));
    run(&["restore"], &[("--config", &there), ("--content", &backup[0]), ("--keys", &backup[1])]);
    let config = collegium::config::Config::load(&there, std::iter::empty()).expect("read");
    let log = app::open_log(&config, &Ground::real()).await.expect("opened");
    let index = app::open_index(&config).await.expect("opened");
    collegium::search::catch_up(&log, &index).await.expect("caught up");
    log.db().close().await;
    if server.is_some() {
        second.run("checkpoint").await;
    }
    let mut folders = vec![data.as_path()];
    folders.extend(server);
    let (found, count, _) = search(&folders);
    // The quoting post waits for its moderator, sealed; nothing of it is in the index.
    println!("{:?}: the backup put back, {count} files searched: it stands in {}", house.engine, found.len());
    assert_eq!(found, Vec::<String>::new());
    second.end().await;
}

/// How far a removal had come when the process died.
#[derive(Debug, Default)]
struct Reached {
    nothing: usize,
    /// The tables say so, and its key is still there.
    removed: usize,
    key_gone: usize,
    answered: usize,
}

async fn killed(outer: &House) {
    const ROUNDS: u32 = 40;
    let prepared = House::open(outer.engine, real()).await;
    let people = prepared.clinicians(["ada", "bram", "chioma"]).await;
    let ines = prepared.moderator("una").await;
    let server = server_folder(&prepared).await;
    let folder = prepared.folder.clone();
    let mut posts = Vec::new();
    for _ in 0..ROUNDS {
        posts.push(goes_about(&prepared, [&people[0], &people[1], &people[2]]).await);
    }
    // Measured once, unhurried: what a removal lasts here.
    let began = Instant::now();
    let [_, first, _] = posts.pop().expect("one");
    ines.remove(&first, "confidentiality").await.is(201);
    let lasts = began.elapsed();
    let left = prepared.leave().await;
    let [bram, ines] = [&people[1], &ines].map(|person| person.at_address(left.address));
    let config = collegium::config::Config::load(&left.config, std::iter::empty()).expect("read");
    let mut reached = Reached::default();
    let mut restarts = Vec::new();
    for (round, [thread, post, _]) in posts.iter().enumerate() {
        let process = Process::start(&left.config, &bram).await;
        let after = lasts.mul_f64(1.3) * u32::try_from(round).expect("few") / ROUNDS;
        let path = format!("/api/v1/posts/{post}/removal");
        let sent = tokio::join!(
            ines.try_ask(
                "POST",
                &path,
                &[("content-type", "application/json")],
                json!({ "code": "confidentiality" }).to_string()
            ),
            async {
                tokio::time::sleep(after).await;
                process.kill();
            }
        )
        .0;
        let log = app::open_log(&config, &Ground::real()).await.expect("opened");
        let (gone, keys): (i64, i64) = sqlx::query_as(
            "select (select count(*) from posts where post_id = $1 and removed_at is not null),
                    (select count(*) from keys.post_keys where post_id = $1)",
        )
        .bind(post)
        .fetch_one(&mut *log.reader().await.expect("a reader"))
        .await
        .expect("read");
        log.db().close().await;
        match (sent, gone, keys) {
            (Ok(answer), ..) => {
                answer.is(201);
                reached.answered += 1;
            }
            (Err(_), 0, _) => reached.nothing += 1,
            (Err(_), _, 1) => reached.removed += 1,
            (Err(_), ..) => reached.key_gone += 1,
        }
        let process = Process::start(&left.config, &bram).await;
        restarts.push(process.took);
        let read = bram.read(thread).await.ok();
        if gone == 1 {
            read.hides("quokkalike gait with").shows("removed");
        } else {
            // The deed never happened; it is done again, as the moderator would.
            ines.remove(post, "confidentiality").await.is(201);
        }
        let began = Instant::now();
        while !bram.finds(WORD).await.iter().all(|found| posts[round + 1..].iter().any(|later| later.contains(found))) {
            assert!(began.elapsed() < Duration::from_secs(10), "the index still finds it");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        process.kill();
    }
    if let Some(server) = &server {
        assert!(server.is_dir());
        let log = app::open_log(&config, &Ground::real()).await.expect("opened");
        sqlx::query("checkpoint").execute(&mut *log.reader().await.expect("a reader")).await.expect("done");
        log.db().close().await;
    }
    let mut folders = vec![folder.as_path()];
    folders.extend(server.as_deref());
    let (found, count, bytes) = search(&folders);
    restarts.sort_unstable();
    println!(
        "{:?}: {} removals of about {} ms, killed at evenly spread moments: {reached:?}; up again after {} ms at most; \
         then {count} files of {:.1} MB searched: it stands in {}",
        outer.engine,
        posts.len(),
        lasts.as_millis(),
        restarts.last().expect("some").as_millis(),
        bytes as f64 / 1e6,
        found.len(),
    );
    assert_eq!(found, Vec::<String>::new());
    left.clear().await;
}
