//! What recording who was shown what costs those who read. Told by `tests/heavy/reading`.

use super::{EVERYBODY, real};
use crate::support::each_db::tell;
use crate::support::{Engine, House, Person, case, reply};
use collegium::base::id::{PostId, ThreadId};
use collegium::discussion::Way;
use futures_util::future::join_all;
use std::time::{Duration, Instant};

const THREADS: usize = 60;
const POSTS: usize = 12;

#[test]
#[ignore = "heavy: tests/heavy/reading"]
fn on_sqlite() {
    tell(Engine::Sqlite, real(), reading);
}

#[test]
#[ignore = "heavy: tests/heavy/reading"]
fn on_postgres() {
    tell(Engine::Postgres, real(), reading);
}

/// Everybody reads every thread, all at once; how long it took.
async fn all_read(people: &[Person], threads: &[String]) -> Duration {
    let began = Instant::now();
    join_all(people.iter().enumerate().map(|(at, person)| async move {
        for nth in 0..threads.len() {
            // Each begins somewhere else.
            let thread = &threads[(nth + at * 7) % threads.len()];
            person.get(&format!("/threads/{thread}")).await.is(200);
        }
    }))
    .await;
    began.elapsed()
}

async fn reading(house: &House) {
    let people = house.clinicians(EVERYBODY).await;
    let mut threads = Vec::new();
    let mut shown: Vec<Vec<(ThreadId, PostId, i64)>> = Vec::new();
    for at in 0..THREADS {
        let placed = people[at % people.len()].publish(case(&format!("Case {at}"))).await.ok();
        let thread = placed.of("thread");
        let mut posts = vec![placed.of("post")];
        for nth in 1..POSTS {
            let words = format!("Reply {nth}: start ramipril, check potassium after a week, and see them again.");
            posts.push(people[(at + nth) % people.len()].reply(&thread, reply(&words)).await.ok().of("post"));
        }
        let id = ThreadId::parse(&thread).expect("an id");
        shown.push(posts.iter().map(|post| (id.clone(), PostId::parse(post).expect("an id"), 1)).collect());
        threads.push(thread);
    }
    house.caught_up().await;
    let reads = people.len() * threads.len();
    let first = all_read(&people, &threads).await;
    // Nothing new is written any more; what was written is still asked for, at each read.
    let again = all_read(&people, &threads).await;
    let mut readers = Vec::new();
    for person in &people {
        let member = person.member(house.log()).await;
        readers.push(member.clinician().expect("a clinician"));
    }
    let began = Instant::now();
    join_all(readers.iter().map(|reader| {
        let shown = &shown;
        async move {
            for posts in shown {
                house.site().deliveries.deliver(reader, Way::Page, posts).await.expect("known");
            }
        }
    }))
    .await;
    let asking = began.elapsed();
    let without = again.saturating_sub(asking);
    let per_second = |took: Duration| reads as f64 / took.as_secs_f64();
    println!(
        "{:?}: {reads} pages of {POSTS} posts by {} readers at once: {:.0} a second when each is recorded, {:.0} when \
         nothing on it is new, {:.0} without asking; {:.0} % of the throughput is kept at a first reading, {:.0} % later",
        house.engine,
        people.len(),
        per_second(first),
        per_second(again),
        per_second(without),
        100.0 * per_second(first) / per_second(without),
        100.0 * per_second(again) / per_second(without),
    );
}
