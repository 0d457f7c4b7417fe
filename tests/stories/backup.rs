//! Backups in two halves, and what a restored one may not bring back.

use crate::each_db;
use crate::support::{Database, Engine, House, case, reply};
use collegium::app::{self, Ground};
use collegium::base::id::PostId;
use collegium::config::Config;
use collegium::discussion::Seal;
use std::path::Path;
use std::process::{Command, Output};

each_db!(a_backup_brings_nothing_removed_back, a_torn_or_strange_backup_is_refused);

fn collegium(arguments: &[&str], paths: &[(&str, &Path)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_collegium"));
    command.args(arguments);
    for (flag, path) in paths {
        command.arg(flag).arg(path);
    }
    command.output().expect("it runs")
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

async fn a_backup_brings_nothing_removed_back(house: &House) {
    let ada = house.clinician("ada").await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let [kept, gone] =
        [ada.reply(&thread, reply("Start ramipril.")).await, ada.reply(&thread, reply("Of marzipan.")).await]
            .map(|sent| sent.ok().of("post"));
    let config = house.config_file("here.toml", None);
    let (content, keys) = (house.folder.join("backup-content"), house.folder.join("backup-keys"));
    let halves = [("--config", config.as_path()), ("--content", &content), ("--keys", &keys)];
    let done = collegium(&["backup"], &halves);
    assert!(done.status.success(), "{}", told(&done));
    let again = collegium(&["backup"], &halves);
    assert!(!again.status.success() && told(&again).contains("is there already"), "{}", told(&again));
    ines.remove(&gone, "confidentiality").await.is(201);
    // The machine still knows what was erased: its list stands where the backup is put back.
    let data = house.folder.join("second");
    std::fs::create_dir_all(&data).unwrap();
    let second = Database::fresh(house.engine, &data).await;
    match house.engine {
        Engine::Sqlite => {
            let from = collegium::db::keys_beside(&house.database.url);
            house.log().db().forget_freed_pages().await.unwrap();
            std::fs::copy(from, collegium::db::keys_beside(&second.url)).unwrap();
        }
        Engine::Postgres => {
            second.run("create schema keys").await;
            second.run("create table keys.erasures (post_id text primary key, at bigint, reason text)").await;
            second.run(&format!("insert into keys.erasures values ('{gone}', 1, 'confidentiality')")).await;
        }
    }
    let there = house.config_file("there.toml", Some((&data, &second.url)));
    let halves = [("--config", there.as_path()), ("--content", &content), ("--keys", &keys)];
    let done = collegium(&["restore"], &halves);
    assert!(done.status.success() && told(&done).contains("1 posts were erased again"), "{}", told(&done));
    let parsed = Config::load(&there, std::iter::empty()).unwrap();
    let log = app::open_log(&parsed, &Ground::real()).await.unwrap();
    let mut conn = log.reader().await.unwrap();
    let seal = |post: &str| PostId::parse(post).expect("an id");
    assert!(Seal::of(&mut conn, &seal(&gone)).await.unwrap().is_none(), "its key is destroyed again");
    let (state, words): (i64, i64) = sqlx::query_as(
        "select (select count(*) from posts where post_id = $1 and removed_at is not null),
                (select count(*) from post_texts where post_id = $1)",
    )
    .bind(&gone)
    .fetch_one(&mut *conn)
    .await
    .unwrap();
    assert_eq!((state, words), (1, 0));
    let text: String = sqlx::query_scalar("select markdown from post_texts where post_id = $1")
        .bind(&kept)
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    let opened =
        Seal::of(&mut conn, &seal(&kept)).await.unwrap().expect("a key").open("1/body/markdown", &text).unwrap();
    assert_eq!(opened, "Start ramipril.");
    drop(conn);
    log.db().close().await;
    let again = collegium(&["restore"], &halves);
    assert!(!again.status.success() && told(&again).contains("nothing was changed"), "{}", told(&again));
    second.end().await;
}

async fn a_torn_or_strange_backup_is_refused(house: &House) {
    let config = house.config_file("here.toml", None);
    let (content, keys) = (house.folder.join("content"), house.folder.join("keys"));
    let same = collegium(&["backup"], &[("--config", &config), ("--content", &content), ("--keys", &content)]);
    assert!(told(&same).contains("--keys: name another folder"), "{}", told(&same));
    let done = collegium(&["backup"], &[("--config", &config), ("--content", &content), ("--keys", &keys)]);
    assert!(done.status.success(), "{}", told(&done));
    let data = house.folder.join("second");
    std::fs::create_dir_all(&data).unwrap();
    let second = Database::fresh(house.engine, &data).await;
    let there = house.config_file("there.toml", Some((&data, &second.url)));
    let restore = |content: &Path, keys: &Path| {
        told(&collegium(&["restore"], &[("--config", &there), ("--content", content), ("--keys", keys)]))
    };
    assert!(restore(&house.folder.join("nowhere"), &keys).contains("backup.json"));
    assert!(restore(&keys, &content).contains("“content” was wanted"));
    let file =
        std::fs::read_dir(&content).unwrap().flatten().find(|one| one.file_name() != "backup.json").unwrap().path();
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.truncate(bytes.len() / 2);
    std::fs::write(&file, bytes).unwrap();
    assert!(restore(&content, &keys).contains("torn or was changed"));
    second.end().await;
}
