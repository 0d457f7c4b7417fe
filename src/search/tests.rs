//! Stories of searching, told on the embedded engine and, when `COLLEGIUM_TEST_MEILI` holds the address of a server
//! (and `COLLEGIUM_TEST_MEILI_KEY` its key), on Meilisearch too.

mod house;
mod store;

use super::*;
use crate::base::clock::{DAY, Time};
use crate::base::id::PostId;
use crate::base::problem::Problem;
use house::{Folder, House, asking, engines};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Every word that the files of an embedded index hold, also of documents that are only marked as deleted. (A search for
/// bytes would prove nothing: the dictionaries are packed.)
fn words_in(folder: &Path) -> BTreeSet<String> {
    let reader = tantivy::Index::open_in_dir(folder).and_then(|index| index.reader()).expect("a readable index");
    let mut out = BTreeSet::new();
    for segment in reader.searcher().segment_readers() {
        for field in ["title", "text", "title_stem", "text_stem"] {
            let field = segment.schema().get_field(field).expect("a field");
            let index = segment.inverted_index(field).expect("an inverted index");
            let mut terms = index.terms().stream().expect("terms");
            while terms.advance() {
                out.insert(String::from_utf8_lossy(terms.key()).into_owned());
            }
        }
    }
    out
}

/// Whether these bytes stand anywhere in the files of a folder.
fn holds(folder: &Path, wanted: &str) -> bool {
    std::fs::read_dir(folder).expect("a folder").any(|entry| {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("a file");
        bytes.windows(wanted.len()).any(|window| window == wanted.as_bytes())
    })
}

/// Whether every file of an embedded index belongs to a segment that is in use.
fn nothing_left_over(folder: &Path) -> bool {
    let used = tantivy::Index::open_in_dir(folder).and_then(|index| index.searchable_segment_ids()).expect("segments");
    let used: BTreeSet<String> = used.iter().map(|id| id.uuid_string()).collect();
    let names = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    names
        .filter_map(|name| Some(name.to_str()?.split_once('.')?.0.to_owned()))
        .all(|stem| stem.len() != 32 || used.contains(&stem))
}

#[tokio::test]
async fn both_engines_find_what_was_judged_to_answer() {
    for settings in engines() {
        let folder = Folder::new("score");
        let index = score::index(&settings, &folder.0).await.expect("opens");
        let score = score::score(&index).await.expect("scores");
        println!("{score}");
        assert!(score.ndcg >= 0.85 && score.recall >= 0.85, "{score}");
    }
}

#[tokio::test]
async fn a_case_is_found_by_its_other_name_with_marks_filters_and_a_typing_error() {
    for settings in engines() {
        let house = House::open(&settings, "found").await;
        let (thread, case) = store::thread(
            &house.log,
            &house.ada,
            &house.hearts,
            "Inferior MI, <b>clean</b> coronaries",
            "A man with **crushing** chest pain & ST elevation.",
        )
        .await
        .expect("case");
        house.clock.advance(10 * DAY);
        let reply =
            store::reply(&house.log, &house.ada, &thread, 2, "A heart attack without obstruction: think of spasm.")
                .await
                .expect("reply");
        let (_, lung) =
            store::thread(&house.log, &house.ada, &house.lungs, "Pneumonia in a swimmer", "Aeromonas grew.")
                .await
                .expect("case");
        house.catch_up().await;

        let found = house.ask(asking("myocardial infarction")).await;
        assert_eq!(found.hits.len(), 2, "{}: {found:?}", house.index.name());
        assert!(found.synonyms_used[0].1.contains(&"MI".to_owned()));
        let first = found.hits.iter().find(|hit| hit.post == case).expect("the case");
        assert!(first.title.as_ref().expect("title").as_str().contains("<mark>MI</mark>"), "{first:?}");
        assert!(first.title.as_ref().expect("title").as_str().contains("&lt;b&gt;"), "{first:?}");
        let second = found.hits.iter().find(|hit| hit.post == reply).expect("the reply");
        assert!(second.title.is_none() && second.replies == 1 && second.position == 2);
        assert_eq!(second.thread_title.as_deref(), Some("Inferior MI, <b>clean</b> coronaries"));
        assert!(second.excerpt.as_str().contains("<mark>heart attack</mark>"), "{second:?}");
        assert_eq!(second.author.name, "Ada Osei");

        let typo = house.ask(asking("pnuemonia")).await;
        assert_eq!(typo.hits[0].post, lung);
        assert_eq!(typo.corrected.as_deref(), Some("pneumonia"));
        assert!(typo.hits[0].title.as_ref().expect("title").as_str().contains("<mark>Pneumonia</mark>"));
        for words in ["pnuemonia", "myocardial infarction"] {
            assert!(house.ask(Query { exact: true, ..asking(words) }).await.hits.is_empty(), "{words} exactly");
        }
        assert_eq!(house.posts("\"chest pain\"").await, std::slice::from_ref(&case));
        assert!(house.posts("\"pain chest\"").await.is_empty());

        let late = Query { from: Some(Time(1_760_000_000_000 + DAY)), ..asking("heart attack") };
        assert_eq!(house.ask(late).await.hits[0].post, reply);
        let elsewhere = house.ask(Query { room: Some("lungs".into()), ..asking("heart attack") }).await;
        assert!(elsewhere.hits.is_empty() && elsewhere.total == 0);
        assert_eq!(elsewhere.rooms, [RoomCount { slug: "hearts".into(), name: "HEARTS".into(), hits: 2 }]);
        let Err(Problem::Refused(faults)) =
            search(&house.log, &house.index, &house.reader, &Query { room: Some("none".into()), ..asking("x") }).await
        else {
            panic!("an unknown room is refused")
        };
        assert_eq!(faults[0].field, "room");
        house.index.clear().await.expect("cleared");
    }
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repetition() {
    for settings in engines() {
        let house = House::open(&settings, "pages").await;
        let (thread, first) =
            store::thread(&house.log, &house.ada, &house.hearts, "Sarcoidosis", "x").await.expect("case");
        let mut all = vec![first];
        for at in 2..=12 {
            all.push(
                store::reply(&house.log, &house.ada, &thread, at, &format!("Sarcoidosis, view {at}"))
                    .await
                    .expect("reply"),
            );
        }
        house.catch_up().await;
        store::remove(&house.log, &thread, &all[4]).await.expect("removed, and the index does not know yet");
        let mut seen = Vec::new();
        let mut query = Query { most: 5, ..asking("sarcoidosis") };
        loop {
            let found = house.ask(query.clone()).await;
            seen.extend(found.hits.into_iter().map(|hit| hit.post));
            let Some(next) = found.next else { break };
            query.offset = next;
        }
        seen.sort();
        all.remove(4);
        all.sort();
        assert_eq!(seen, all, "{}", house.index.name());
        house.index.clear().await.expect("cleared");
    }
}

#[tokio::test]
async fn a_removed_post_is_gone_within_a_second_and_no_byte_of_it_stays() {
    for settings in engines() {
        let house = House::open(&settings, "gone").await;
        let (stop, stopped) = watch::channel(false);
        let follower = tokio::spawn(follow(house.log.clone(), Arc::clone(&house.index), stopped));
        let (thread, other) =
            store::thread(&house.log, &house.ada, &house.hearts, "Quiet case", "nothing here").await.expect("case");
        let post = store::reply(&house.log, &house.ada, &thread, 2, "zzsentinelone was his name").await.expect("reply");
        reached(&house).await;
        store::revise(&house.log, &house.ada, &thread, &post, "zzsentineltwo was his name").await.expect("revised");
        reached(&house).await;
        assert!(
            house.posts("zzsentinelone").await.is_empty() || settings.engine == Kind::Meilisearch,
            "the old text is not found"
        );
        assert_eq!(house.posts("\"zzsentineltwo\"").await, std::slice::from_ref(&post));

        store::veil(&house.log, &thread, &post, true).await.expect("hidden");
        assert!(house.posts("zzsentineltwo").await.is_empty(), "the tables say so before the index does");
        reached(&house).await;
        assert!(house.index.confirm_gone(&post).await.expect("asked"));
        store::veil(&house.log, &thread, &post, false).await.expect("shown");
        reached(&house).await;
        assert_eq!(house.posts("zzsentineltwo").await, std::slice::from_ref(&post));

        if settings.engine == Kind::Embedded {
            assert!(words_in(&house.folder.index()).contains("zzsentineltwo"), "the folder held it");
        }
        let began = std::time::Instant::now();
        store::remove(&house.log, &thread, &post).await.expect("removed");
        reached(&house).await;
        let took = began.elapsed();
        println!("{}: removed from the index in {took:?}", house.index.name());
        assert!(took < Duration::from_secs(1), "{took:?}");
        assert!(house.index.confirm_gone(&post).await.expect("asked"));
        assert!(!house.index.confirm_gone(&other).await.expect("asked"));
        if settings.engine == Kind::Embedded {
            let folder = house.folder.index();
            let words = words_in(&folder);
            assert!(words.contains("quiet") && !words.iter().any(|word| word.contains("zzsentinel")), "{words:?}");
            assert!(!holds(&folder, "zzsentinel") && nothing_left_over(&folder));
        }
        stop.send(true).expect("stops");
        follower.await.expect("the follower ends");
        house.index.clear().await.expect("cleared");
    }
}

async fn reached(house: &House) {
    let head = house.log.head().await.expect("head");
    for _ in 0..500 {
        if house.index.cursor().await.expect("cursor") >= head {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the follower does not reach {head}");
}

#[tokio::test]
async fn an_index_that_is_opened_again_goes_on_and_one_filled_anew_is_the_same() {
    for settings in engines() {
        let house = House::open(&settings, "again").await;
        let (thread, case) =
            store::thread(&house.log, &house.ada, &house.hearts, "Takotsubo", "after a quarrel").await.expect("case");
        house.catch_up().await;
        let before = house.index.cursor().await.expect("cursor");
        let House { log, ada, reader, index, folder, .. } = house;
        drop(index);
        let index = Index::named(&settings, &folder.index(), "test-again").await.expect("opens again");
        assert!(index.cursor().await.expect("cursor") <= before);
        let reply = store::reply(&log, &ada, &thread, 2, "Takotsubo again").await.expect("reply");
        let head = catch_up(&log, &index).await.expect("caught up");
        assert_eq!(head, log.head().await.expect("head"));
        let found = async |index: &Index| {
            let mut posts: Vec<PostId> = search(&log, index, &reader, &asking("takotsubo"))
                .await
                .expect("found")
                .hits
                .into_iter()
                .map(|hit| hit.post)
                .collect();
            posts.sort();
            posts
        };
        let kept = found(&index).await;
        assert_eq!(kept.len(), 2);
        assert!(kept.contains(&case) && kept.contains(&reply));
        assert_eq!(reindex(&log, &index).await.expect("filled anew"), head);
        assert_eq!(found(&index).await, kept);
        // A backup was restored: the log is shorter than what the index has read.
        index.apply(vec![], head + 5_000).await.expect("ahead");
        assert_eq!(catch_up(&log, &index).await.expect("caught up"), head);
        assert_eq!(found(&index).await, kept);
        index.clear().await.expect("cleared");
    }
}

#[tokio::test]
async fn a_spoilt_index_is_filled_anew_and_one_in_use_is_left_alone() {
    let folder = Folder::new("spoilt");
    let index = Index::open(&Settings::default(), &folder.0).await.expect("opens");
    index.apply(score::corpus().expect("corpus").into_iter().map(Change::Put).collect(), 7).await.expect("filled");
    assert!(Index::open(&Settings::default(), &folder.0).await.is_err(), "two writers in one folder");
    assert_eq!(index.cursor().await.expect("cursor"), 7);
    drop(index);
    std::fs::write(folder.0.join("meta.json"), "{").expect("spoilt");
    let index = Index::open(&Settings::default(), &folder.0).await.expect("opens");
    assert_eq!(index.cursor().await.expect("cursor"), 0);
}

#[tokio::test]
async fn a_server_that_is_down_loses_nothing() {
    let settings = Settings { engine: Kind::Meilisearch, url: Some("http://127.0.0.1:9".into()), key: None };
    let folder = Folder::new("down");
    let index = Index::open(&settings, &folder.0).await.expect("opening waits for nobody");
    assert!(index.cursor().await.is_err() && index.apply(vec![], 1).await.is_err());
    assert!(Index::open(&Settings { url: Some("nonsense".into()), ..settings }, &folder.0).await.is_err());
}

/// Run by hand: `cargo test --lib search -- --ignored --nocapture`.
#[tokio::test]
#[ignore = "takes half a minute; measures"]
async fn a_large_index_answers_and_erases_quickly() {
    let folder = Folder::new("large");
    let index = Index::open(&Settings::default(), &folder.0).await.expect("opens");
    let corpus = score::corpus().expect("corpus");
    let named = |round: usize, at: usize| PostId::parse(&format!("{:0>25}", round * 1_000 + at)).expect("an id");
    for round in 0..300 {
        let copies = corpus.iter().enumerate().map(|(at, document)| {
            let text = format!("{} w{}x{at} {}", document.text, round % 97, corpus[(at + round) % corpus.len()].text);
            Change::Put(Document { post: named(round, at), text, ..document.clone() })
        });
        index.apply(copies.collect(), round as i64 + 1).await.expect("filled");
    }
    for words in
        ["MI", "heart attack in women", "pnuemonia not improvng", "\"pain out of proportion\"", "seizures driv"]
    {
        let question = Question::read(&asking(words), None).expect("sound");
        let began = std::time::Instant::now();
        let hits = index.find(&question).await.expect("found");
        println!("{words}: {} of {} in {:?}", hits.total, 300 * corpus.len(), began.elapsed());
    }
    for round in [1, 150, 299] {
        let began = std::time::Instant::now();
        index.apply(vec![Change::Delete(named(round, 3))], 1_000).await.expect("deleted");
        println!("erased in {:?}", began.elapsed());
    }
}
