//! The moderators' queue and its past, with 50,000 past cases.

use crate::support::each_db::tell;
use crate::support::{Engine, House, Plan, case, reply};
use collegium::log::Actor;
use std::time::{Duration, Instant};

#[test]
#[ignore = "heavy: tests/heavy/queue"]
fn queue_on_sqlite() {
    tell(Engine::Sqlite, Plan::default(), queue);
}

#[test]
#[ignore = "heavy: tests/heavy/queue"]
fn queue_on_postgres() {
    tell(Engine::Postgres, Plan::default(), queue);
}

/// So many posts, each flagged, decided on and removed.
const PAST: i64 = 50_000;

const FILL: [&str; 3] = [
    "insert into posts (post_id, thread_id, position, account_id, revision, ground, source, written_at, removed_at,
                        removed_for, removed_by, send_key, sealed)
     with recursive n(i) as (select 1 union all select i + 1 from n where i < $1)
     select 'past' || cast(100000000000000000 + i as text) || 'post', $2, 1000 + i, $3, 1, 'opinion', '', $4 + i, $4 + i,
            'other', $3, 'past-' || cast(i as text), 1 from n",
    "insert into flags (flag_id, post_id, thread_id, account_id, reason, note, raised_at, settled_at, upheld, sealed)
     with recursive n(i) as (select 1 union all select i + 1 from n where i < $1)
     select 'past' || cast(100000000000000000 + i as text) || 'flag', 'past' || cast(100000000000000000 + i as text) || 'post',
            $2, $3, 'other', '', $4 + i, $4 + i, 1, 1 from n",
    "insert into decisions (decision_id, measure, post_id, thread_id, account_id, reason, note, detail, words, state, by_id, at)
     with recursive n(i) as (select 1 union all select i + 1 from n where i < $1)
     select 'past' || cast(100000000000000000 + i as text) || 'done', 'remove',
            'past' || cast(100000000000000000 + i as text) || 'post', $2, $3, 'other', '', '', '', 'taken', $3, $4 + i from n",
];

async fn queue(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let now = house.clock.now().millis();
    let filling = Instant::now();
    let mut tx = house.log().write(Actor::House).await.expect("a write");
    for sql in FILL {
        let done = sqlx::query(sql).bind(PAST).bind(&thread).bind(ada.id()).bind(now - 10_000_000_000);
        assert_eq!(done.execute(tx.conn()).await.expect(sql).rows_affected(), PAST.cast_unsigned(), "{sql}");
    }
    tx.commit_quietly("a story's own past").await.expect("committed");
    println!("    {:?}: {PAST} past cases filled in {:.1} s", house.engine, filling.elapsed().as_secs_f64());
    let mut posts = Vec::new();
    for _ in 0..20 {
        let post = bram.reply(&thread, reply("Something to look at.")).await.ok().of("post");
        ada.flag(&post, "accuracy", "").await.is(201);
        posts.push(post);
    }
    let case_page = format!("/moderation/{}", posts[0]);
    for (what, page) in [
        ("the queue, with 20 that wait", "/moderation"),
        ("the first page of the past", "/moderation/past"),
        ("a case, by an author with a past", case_page.as_str()),
        ("a page from the middle of the past", "/moderation/past?before=1785251600000.x"),
    ] {
        let mut took = Vec::new();
        for _ in 0..20 {
            let asked = Instant::now();
            ines.get(page).await.is(200);
            took.push(asked.elapsed());
        }
        took.sort_unstable();
        println!("    {:?}: {what}: p50 {:.1} ms, worst of 20 {:.1} ms", house.engine, ms(took[10]), ms(took[19]));
        let limit = if cfg!(debug_assertions) { 1_000.0 } else { 100.0 };
        assert!(ms(took[10]) <= limit, "{what} takes too long");
    }
    // What a story checks afterwards is not about so long a past.
    let mut tx = house.log().write(Actor::House).await.expect("a write");
    for sql in [
        "delete from decisions where decision_id like 'past%'",
        "delete from flags where flag_id like 'past%'",
        "delete from posts where post_id like 'past%'",
    ] {
        sqlx::query(sql).execute(tx.conn()).await.expect(sql);
    }
    tx.commit_quietly("a story's own past").await.expect("committed");
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}
