//! Every story on every engine.

use super::{Engine, House, Plan};

/// `each_db!(a_story, another)` makes a test of each `async fn a_story(house: &House)` on SQLite and on PostgreSQL;
/// `each_db!(Plan::strict() => a_story)` in a house that is set up otherwise.
#[macro_export]
macro_rules! each_db {
    ($plan:expr => $($story:ident),+ $(,)?) => {$(
        mod $story {
            #[allow(unused_imports, reason = "the plan's own words")]
            use super::*;

            #[test]
            fn sqlite() {
                $crate::support::each_db::tell($crate::support::Engine::Sqlite, $plan, super::$story);
            }

            #[test]
            fn postgres() {
                $crate::support::each_db::tell($crate::support::Engine::Postgres, $plan, super::$story);
            }
        }
    )+};
    ($($story:ident),+ $(,)?) => { $crate::each_db!($crate::support::Plan::default() => $($story),+); };
}

/// Opens a house, tells the story, checks the spine, and clears away. Without a PostgreSQL server its half is left out.
pub fn tell(engine: Engine, plan: Plan, story: impl AsyncFn(&House)) {
    if engine == Engine::Postgres && super::postgres_server().is_none() {
        eprintln!("COLLEGIUM_TEST_POSTGRES is not set: not told on PostgreSQL");
        return;
    }
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime").block_on(
        async {
            let house = House::open(engine, plan).await;
            story(&house).await;
            house.check_spine().await;
            house.end().await;
        },
    );
}
