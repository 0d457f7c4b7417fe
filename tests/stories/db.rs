//! The contract of `sqlx::Any`: what the house relies on, proved on both engines.

use crate::each_db;
use crate::support::{Engine, House};
use collegium::db::{Db, is_taken};
use collegium::log::{Actor, Tx};
use futures_util::future::join_all;

each_db!(
    options_of_every_type_come_back,
    a_null_is_an_error_where_none_is_expected,
    returning_and_rows_affected_tell_the_truth,
    what_is_taken_is_known_by_its_kind,
    what_is_dropped_is_rolled_back,
    writers_wait_for_each_other,
    migrations_run_once,
    a_megabyte_of_text_comes_back,
    a_parameter_may_be_null_in_a_question,
    sums_are_cast,
    a_statement_lives_through_a_change_of_its_table,
    every_connection_is_set_up,
);

async fn write(house: &House) -> Tx {
    house.log().write(Actor::House).await.expect("a write begins")
}

/// A table with a column of every type.
async fn trial(house: &House) {
    let mut tx = write(house).await;
    sqlx::query(
        "create table trial (id bigint primary key, words text, number bigint, measure double precision, bytes blob,
                             kind text)",
    )
    .execute(tx.conn())
    .await
    .expect("made");
    sqlx::query("create unique index trial_by_kind on trial (kind)").execute(tx.conn()).await.expect("made");
    tx.commit_quietly("a story's own table").await.expect("committed");
}

type Row = (Option<String>, Option<i64>, Option<f64>, Option<Vec<u8>>);

async fn put(tx: &mut Tx, id: i64, row: Row) {
    sqlx::query("insert into trial (id, words, number, measure, bytes) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(row.0)
        .bind(row.1)
        .bind(row.2)
        .bind(row.3)
        .execute(tx.conn())
        .await
        .expect("put");
}

async fn get(house: &House, id: i64) -> Row {
    sqlx::query_as("select words, number, measure, bytes from trial where id = $1")
        .bind(id)
        .fetch_one(&mut *house.log().reader().await.expect("a reader"))
        .await
        .expect("there")
}

async fn options_of_every_type_come_back(house: &House) {
    trial(house).await;
    let full: Row = (Some("Zoë 🩺 'quoted'".to_owned()), Some(i64::MIN), Some(-0.1), Some(vec![0, 255, 10, 0]));
    let empty: Row = (Some(String::new()), Some(0), Some(0.0), Some(Vec::new()));
    let mut tx = write(house).await;
    put(&mut tx, 1, full.clone()).await;
    put(&mut tx, 2, (None, None, None, None)).await;
    put(&mut tx, 3, empty.clone()).await;
    tx.commit_quietly("a story").await.unwrap();
    assert_eq!(get(house, 1).await, full);
    assert_eq!(get(house, 2).await, (None, None, None, None));
    assert_eq!(get(house, 3).await, empty);
}

async fn a_null_is_an_error_where_none_is_expected(house: &House) {
    trial(house).await;
    let mut tx = write(house).await;
    put(&mut tx, 1, (None, None, None, None)).await;
    tx.commit_quietly("a story").await.unwrap();
    let mut conn = house.log().reader().await.unwrap();
    let words: Result<String, _> = sqlx::query_scalar("select words from trial").fetch_one(&mut *conn).await;
    assert!(words.is_err(), "{words:?}");
    let number: Result<i64, _> = sqlx::query_scalar("select number from trial").fetch_one(&mut *conn).await;
    assert!(number.is_err(), "{number:?}");
    let none: Option<i64> =
        sqlx::query_scalar("select number from trial where id = 9").fetch_optional(&mut *conn).await.unwrap();
    assert_eq!(none, None);
}

async fn returning_and_rows_affected_tell_the_truth(house: &House) {
    trial(house).await;
    let mut tx = write(house).await;
    for id in 1..=3 {
        put(&mut tx, id, (None, Some(id), None, None)).await;
    }
    let changed =
        sqlx::query("update trial set number = number + 10 where id > $1").bind(1).execute(tx.conn()).await.unwrap();
    assert_eq!(changed.rows_affected(), 2);
    let missed = sqlx::query("delete from trial where id = 9").execute(tx.conn()).await.unwrap();
    assert_eq!(missed.rows_affected(), 0);
    let (id, number): (i64, i64) = sqlx::query_as("update trial set number = 7 where id = 2 returning id, number")
        .fetch_one(tx.conn())
        .await
        .unwrap();
    assert_eq!((id, number), (2, 7));
    let upserted: i64 = sqlx::query_scalar(
        "insert into trial (id, number) values (1, 0) on conflict (id) do update set number = trial.number + 1
         returning number",
    )
    .fetch_one(tx.conn())
    .await
    .unwrap();
    assert_eq!(upserted, 2);
}

async fn what_is_taken_is_known_by_its_kind(house: &House) {
    trial(house).await;
    for (id, kind, taken) in [(1, "a", false), (1, "b", true), (2, "a", true), (2, "b", false)] {
        let mut tx = write(house).await;
        let put =
            sqlx::query("insert into trial (id, kind) values ($1, $2)").bind(id).bind(kind).execute(tx.conn()).await;
        assert_eq!(put.as_ref().err().is_some_and(is_taken), taken, "{id} {kind}");
        assert_eq!(put.is_err(), taken, "{id} {kind}");
        if !taken {
            tx.commit_quietly("a story").await.unwrap();
        }
    }
    let mut tx = write(house).await;
    let other = sqlx::query("insert into roles (account_id, role, granted_at) values ('nobody', 'moderator', 1)")
        .execute(tx.conn())
        .await
        .unwrap_err();
    assert!(!is_taken(&other), "a foreign key is no taken name: {other}");
}

async fn what_is_dropped_is_rolled_back(house: &House) {
    trial(house).await;
    let mut tx = write(house).await;
    put(&mut tx, 1, (None, None, None, None)).await;
    drop(tx);
    // The next writer finds the connection clean.
    let mut tx = write(house).await;
    put(&mut tx, 2, (None, None, None, None)).await;
    tx.commit_quietly("a story").await.unwrap();
    assert_eq!(house.count("select count(*) from trial").await, 1);
}

async fn writers_wait_for_each_other(house: &House) {
    trial(house).await;
    let mut tx = write(house).await;
    put(&mut tx, 1, (None, Some(0), None, None)).await;
    tx.commit_quietly("a story").await.unwrap();
    let second = Db::open(&house.database.url).await.expect("a second process");
    let other = collegium::log::Log::open(second, house.clock.clone(), house.log().chance().clone()).await.unwrap();
    let tries = (0..40).map(|at| {
        let log = if at % 2 == 0 { house.log().clone() } else { other.clone() };
        async move {
            let mut tx = log.write(Actor::House).await.expect("a write begins");
            let before: i64 = sqlx::query_scalar("update trial set words = 'held' where id = 1 returning number")
                .fetch_one(tx.conn())
                .await
                .expect("held");
            tokio::task::yield_now().await;
            sqlx::query("update trial set number = $1 where id = 1")
                .bind(before + 1)
                .execute(tx.conn())
                .await
                .expect("written");
            tx.commit_quietly("a story").await.expect("committed");
        }
    });
    join_all(tries).await;
    assert_eq!(house.count("select number from trial").await, 40);
    other.db().close().await;
}

async fn migrations_run_once(house: &House) {
    let before = house.count("select count(*) from _sqlx_migrations").await;
    assert!(before > 0);
    let again = Db::open(&house.database.url).await.expect("an existing database opens");
    assert_eq!(house.count("select count(*) from _sqlx_migrations").await, before);
    again.close().await;
    let refused = Db::open("mysql://localhost/x").await.err().expect("another engine is refused");
    assert!(std::error::Error::source(&refused).is_some_and(|cause| cause.to_string().contains("database.url")));
}

async fn a_megabyte_of_text_comes_back(house: &House) {
    trial(house).await;
    let text = "Zürich ≥ 3; ".repeat(1_000_000 / 14 + 1);
    assert!(text.len() > 1_000_000);
    let mut tx = write(house).await;
    put(&mut tx, 1, (Some(text.clone()), None, None, Some(text.clone().into_bytes()))).await;
    tx.commit_quietly("a story").await.unwrap();
    let (words, _, _, bytes) = get(house, 1).await;
    assert_eq!(words.as_deref(), Some(text.as_str()));
    assert_eq!(bytes, Some(text.into_bytes()));
}

async fn a_parameter_may_be_null_in_a_question(house: &House) {
    trial(house).await;
    let mut tx = write(house).await;
    for (id, kind) in [(1, "a"), (2, "b"), (3, "c")] {
        sqlx::query("insert into trial (id, kind) values ($1, $2)")
            .bind(id)
            .bind(kind)
            .execute(tx.conn())
            .await
            .unwrap();
    }
    tx.commit_quietly("a story").await.unwrap();
    let mut conn = house.log().reader().await.unwrap();
    for (kind, most, wanted) in [(None, 2, vec![1, 2]), (Some("c"), 9, vec![3]), (Some("z"), 9, vec![])] {
        let ids: Vec<i64> =
            sqlx::query_scalar("select id from trial where id > $1 and ($2 is null or kind = $2) order by id limit $3")
                .bind(0_i64)
                .bind(kind)
                .bind(most)
                .fetch_all(&mut *conn)
                .await
                .unwrap();
        assert_eq!(ids, wanted, "{kind:?}");
    }
}

async fn sums_are_cast(house: &House) {
    trial(house).await;
    assert_eq!(house.count("select cast(coalesce(sum(number), 0) as bigint) from trial").await, 0);
    let mut tx = write(house).await;
    put(&mut tx, 1, (None, Some(40), None, None)).await;
    put(&mut tx, 2, (None, Some(2), None, None)).await;
    put(&mut tx, 3, (None, None, None, None)).await;
    tx.commit_quietly("a story").await.unwrap();
    assert_eq!(house.count("select cast(coalesce(sum(number), 0) as bigint) from trial").await, 42);
}

async fn a_statement_lives_through_a_change_of_its_table(house: &House) {
    trial(house).await;
    let mut tx = write(house).await;
    put(&mut tx, 1, (Some("before".to_owned()), None, None, None)).await;
    tx.commit_quietly("a story").await.unwrap();
    assert_eq!(get(house, 1).await.0.as_deref(), Some("before"));
    let mut tx = write(house).await;
    sqlx::query("alter table trial add column more text").execute(tx.conn()).await.unwrap();
    tx.commit_quietly("a story").await.unwrap();
    for _ in 0..20 {
        assert_eq!(get(house, 1).await.0.as_deref(), Some("before"));
    }
}

async fn every_connection_is_set_up(house: &House) {
    if house.engine == Engine::Postgres {
        return;
    }
    let mut readers = Vec::new();
    for _ in 0..8 {
        readers.push(house.log().reader().await.unwrap());
    }
    for conn in &mut readers {
        let mode: String = sqlx::query_scalar("pragma journal_mode").fetch_one(&mut **conn).await.unwrap();
        assert_eq!(mode, "wal");
        for (pragma, wanted) in [
            ("pragma foreign_keys", 1),
            ("pragma synchronous", 2),
            ("pragma secure_delete", 1),
            ("pragma query_only", 1),
        ] {
            let value: i64 = sqlx::query_scalar(pragma).fetch_one(&mut **conn).await.unwrap();
            assert_eq!(value, wanted, "{pragma}");
        }
        let refused = sqlx::query("delete from cursors").execute(&mut **conn).await;
        assert!(refused.is_err(), "a reader writes");
    }
    drop(readers);
    let mut tx = write(house).await;
    let value: i64 = sqlx::query_scalar("pragma synchronous").fetch_one(tx.conn()).await.unwrap();
    assert_eq!(value, 2);
}
