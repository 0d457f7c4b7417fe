//! The spine: what is committed, in which order, and that nobody can change it unseen.

use crate::each_db;
use crate::support::{House, case, reply};
use collegium::base::id::RoomId;
use collegium::log::chain::{self, Verdict};
use collegium::log::{Actor, Event};
use futures_util::future::join_all;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

each_db!(
    a_change_without_an_event_is_refused,
    writers_at_once_leave_one_order,
    what_was_tampered_with_is_named,
    a_cursor_goes_on_where_it_stood,
    no_prose_stands_in_the_log,
);

fn opened(house: &House) -> Event {
    Event::RoomOpened { room: RoomId::fresh(house.clock.now(), house.log().chance()) }
}

async fn a_change_without_an_event_is_refused(house: &House) {
    let head = house.log().head().await.unwrap();
    let mut tx = house.log().write(Actor::House).await.unwrap();
    sqlx::query("update rooms set description = 'changed'").execute(tx.conn()).await.unwrap();
    assert!(tx.commit().await.is_err());
    let mut tx = house.log().write(Actor::House).await.unwrap();
    sqlx::query("update rooms set description = 'changed'").execute(tx.conn()).await.unwrap();
    tx.record(opened(house));
    assert!(tx.commit_quietly("quietly, with an event").await.is_err());
    assert_eq!(house.log().head().await.unwrap(), head);
    assert_eq!(house.count("select count(*) from rooms where description = 'changed'").await, 0);
}

async fn writers_at_once_leave_one_order(house: &House) {
    let start = house.log().head().await.unwrap();
    let follower = tokio::spawn({
        let mut entries = house.log().entries(start);
        async move {
            let mut seen = Vec::new();
            while seen.len() < 8 * 25 * 2 {
                seen.extend(entries.next().await.expect("read").into_iter().map(|entry| entry.seq));
            }
            seen
        }
    });
    let writers = (0..8).map(|_| async {
        let mut mine = Vec::new();
        for _ in 0..25 {
            let mut tx = house.log().write(Actor::House).await.expect("begun");
            tx.record(opened(house));
            tx.record(opened(house));
            tokio::task::yield_now().await;
            mine.push(tx.commit().await.expect("committed"));
        }
        mine
    });
    let all: Vec<Vec<i64>> = join_all(writers).await;
    for mine in &all {
        assert!(mine.is_sorted(), "a writer's own commits are in order");
    }
    let seen = tokio::time::timeout(std::time::Duration::from_secs(30), follower).await.expect("in time").unwrap();
    let wanted: Vec<i64> = (start + 1..=start + 400).collect();
    assert_eq!(seen, wanted, "the follower saw every event once, in order, without gaps");
    let mut last: Vec<i64> = all.into_iter().flatten().collect();
    last.sort_unstable();
    assert_eq!(last, (1..=200).map(|n| start + 2 * n).collect::<Vec<_>>());
}

/// A change behind the house's back, and how it is taken back.
const TAMPERING: &[(&str, &str)] = &[
    ("update events set at = at + 1 where seq = 5", "update events set at = at - 1 where seq = 5"),
    ("update events set detail = detail || ' ' where seq = 5", "update events set detail = trim(detail) where seq = 5"),
    ("update events set actor = 'x' where seq = 5", "update events set actor = null where seq = 5"),
    (
        "update events set subject = subject || 'x' where seq = 5",
        "update events set subject = substr(subject, 1, length(subject) - 1) where seq = 5",
    ),
    (
        "update events set kind = kind || 'x' where seq = 5",
        "update events set kind = substr(kind, 1, length(kind) - 1) where seq = 5",
    ),
    ("update events set thread = 'x' where seq = 5", "update events set thread = null where seq = 5"),
    ("update events set hash = 'x' || hash where seq = 5", "update events set hash = substr(hash, 2) where seq = 5"),
];

async fn what_was_tampered_with_is_named(house: &House) {
    house.member("ada").await;
    house.member("bram").await;
    house.caught_up().await;
    let mut hand = AnyConnection::connect(&house.database.url).await.expect("a hand in the tables");
    // An event of the house itself, without a thread.
    sqlx::query("select seq from events where seq = 5 and actor is null and thread is null")
        .fetch_one(&mut hand)
        .await
        .unwrap();
    for (change, back) in TAMPERING {
        sqlx::query(*change).execute(&mut hand).await.unwrap();
        let told = chain::verify(&mut house.log().reader().await.unwrap()).await.unwrap();
        assert!(matches!(told, Verdict::Broken { seq: 5, .. }), "{change}: {told:?}");
        sqlx::query(*back).execute(&mut hand).await.unwrap();
        assert!(matches!(
            chain::verify(&mut house.log().reader().await.unwrap()).await.unwrap(),
            Verdict::Whole { .. }
        ));
    }
    // A row that is gone, from the middle and from the end.
    let head = house.log().head().await.unwrap();
    for (gone, named) in [(5, 5), (head, head)] {
        let aside = AssertSqlSafe(format!("create table aside as select * from events where seq = {gone}"));
        sqlx::query(aside).execute(&mut hand).await.unwrap();
        sqlx::query("delete from events where seq = $1").bind(gone).execute(&mut hand).await.unwrap();
        let told = chain::verify(&mut house.log().reader().await.unwrap()).await.unwrap();
        assert!(matches!(told, Verdict::Broken { seq, .. } if seq == named), "{gone}: {told:?}");
        sqlx::query("insert into events select * from aside").execute(&mut hand).await.unwrap();
        sqlx::query("drop table aside").execute(&mut hand).await.unwrap();
    }
    hand.close().await.unwrap();
}

async fn a_cursor_goes_on_where_it_stood(house: &House) {
    house.member("ada").await;
    house.caught_up().await;
    let head = house.log().head().await.unwrap();
    let mut from_start = house.log().entries(0);
    let mut all = Vec::new();
    loop {
        let batch = from_start.ready().await.unwrap();
        if batch.is_empty() {
            break;
        }
        all.extend(batch.into_iter().map(|entry| entry.seq));
    }
    assert_eq!(all, (1..=head).collect::<Vec<_>>());
    assert_eq!(from_start.after(), head);
    let mut rest = house.log().entries(head - 2);
    assert_eq!(rest.ready().await.unwrap().iter().map(|entry| entry.seq).collect::<Vec<_>>(), [head - 1, head]);
    assert!(rest.ready().await.unwrap().is_empty());
}

async fn no_prose_stands_in_the_log(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A title with the word quokkas")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("A body with the word quokkas.")).await.ok().of("post");
    house.clinician("bram").await.flag(&post, "accuracy", "A note with the word quokkas.").await.ok();
    house.caught_up().await;
    for (words, sql) in [
        ("quokkas", "select count(*) from events where lower(detail) like '%quokka%'"),
        ("a name", "select count(*) from events where detail like '%Marchetti%'"),
        ("an address", "select count(*) from events where detail like '%@%'"),
    ] {
        assert_eq!(house.count(sql).await, 0, "{words}");
    }
}
