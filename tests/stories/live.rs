//! Open pages: at once, in order, exactly once, whatever happens to the line.

use crate::each_db;
use crate::support::{Heard, House, Person, case, reply};
use collegium::base::chance::Chance;
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

each_db!(
    a_reply_is_there_at_once,
    who_is_here_and_who_writes_is_told,
    a_line_that_dropped_misses_nothing,
    what_was_removed_meanwhile_comes_without_its_text,
    twenty_clients_end_with_the_same_fifty,
    nonsense_on_the_line_ends_it,
    a_person_has_a_bounded_number_of_lines,
    a_thread_is_watched_by_clinicians_only,
);

async fn a_reply_is_there_at_once(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let placed = ada.publish(case("A thread")).await.ok();
    let thread = placed.of("thread");
    let seq = placed.json()["seq"].as_i64().unwrap();
    let (mut hers, mut his) = (ada.watch(&thread, seq).await, bram.watch(&thread, seq).await);
    for at in 2..=6 {
        let author = if at % 2 == 0 { &bram } else { &ada };
        let answer = author.reply(&thread, reply(&format!("Reply *{at}*."))).await.is(201).json();
        for line in [&mut hers, &mut his] {
            let heard = line.hear_post().await;
            assert_eq!(
                (&heard["act"], &heard["position"], &heard["post"], &heard["seq"]),
                (&json!("added"), &json!(at), &answer["post"], &answer["seq"])
            );
            assert!(heard["html"].as_str().unwrap().contains(&format!("<em>{at}</em>")), "{heard}");
        }
    }
    // An edit comes too, and one's own post is known as one's own.
    let post = ada.read(&thread).await.ok().json()["posts"][2]["id"].as_str().unwrap().to_owned();
    let mut change = reply("Changed.");
    change["revision"] = json!(1);
    ada.revise(&post, change).await.is(200);
    let (to_her, to_him) = (hers.hear_post().await, his.hear_post().await);
    assert_eq!((&to_her["act"], &to_him["act"]), (&json!("changed"), &json!("changed")));
    assert!(to_her["html"].as_str().unwrap().contains(&format!("/posts/{post}/edit")), "{to_her}");
    assert!(!to_him["html"].as_str().unwrap().contains(&format!("/posts/{post}/edit")), "{to_him}");
}

async fn who_is_here_and_who_writes_is_told(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let mut hers = ada.watch(&thread, 0).await;
    let mut his = bram.watch(&thread, 0).await;
    his.say(json!({ "type": "typing" })).await;
    loop {
        let heard = hers.hear().await;
        if heard["type"] == "presence" && heard["writing"] == json!([bram.name]) {
            assert_eq!(heard["reading"], 2);
            break;
        }
    }
    drop(his);
    loop {
        let heard = hers.hear().await;
        if heard["type"] == "presence" && heard["reading"] == 1 {
            assert_eq!(heard["writing"], json!([]));
            break;
        }
    }
}

async fn a_line_that_dropped_misses_nothing(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let mut line = bram.watch(&thread, 0).await;
    ada.reply(&thread, reply("Two.")).await.ok();
    line.hear_post().await;
    let last = line.last;
    drop(line);
    let mut posts = Vec::new();
    for at in 3..=7 {
        posts.push(ada.reply(&thread, reply(&format!("Reply {at}."))).await.ok().of("post"));
    }
    let mut change = reply("Four, changed.");
    change["revision"] = json!(1);
    ada.revise(&posts[1], change).await.is(200);
    let missed = bram.line().await.unwrap().watch(&thread, last).await;
    let mut positions: Vec<i64> = missed.iter().map(|post| post["position"].as_i64().unwrap()).collect();
    assert!(missed.iter().map(|post| post["seq"].as_i64().unwrap()).is_sorted(), "{missed:?}");
    positions.sort_unstable();
    assert_eq!(positions, [3, 4, 5, 6, 7], "each once");
    let four = missed.iter().find(|post| post["position"] == 4).unwrap();
    assert!(four["act"] == "added" && four["html"].as_str().unwrap().contains("Four, changed."), "{four}");
    let nothing = bram.line().await.unwrap().watch(&thread, house.log().head().await.unwrap()).await;
    assert!(nothing.is_empty(), "{nothing:?}");
}

async fn what_was_removed_meanwhile_comes_without_its_text(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let since = house.log().head().await.unwrap();
    let first = ada.reply(&thread, reply("Marzipan, to be removed.")).await.ok().of("post");
    let second = ada.reply(&thread, reply("Marzipan, to be hidden.")).await.ok().of("post");
    ada.reply(&thread, reply("To stay.")).await.ok();
    ines.remove(&first, "other").await.is(201);
    bram.flag(&second, "confidentiality", "").await.is(201);
    let missed = bram.line().await.unwrap().watch(&thread, since).await;
    assert_eq!(missed.len(), 3, "{missed:?}");
    let text = json!(missed).to_string();
    assert!(!text.contains("Marzipan") && text.contains("To stay."), "{text}");
    let sight = house.count("select count(*) from deliveries where way = 'live'").await;
    assert_eq!(sight, 1, "only what was shown counts as shown");
}

/// A page that watches a thread, loses its line now and then, and comes back by the last `seq` it saw: seq and position of
/// what it was told, and how often the line dropped.
pub async fn watch_all(
    person: Arc<Person>,
    thread: String,
    since: i64,
    wanted: usize,
    seed: u64,
) -> (Vec<(i64, i64)>, usize) {
    let chance = Chance::seeded(seed);
    let mut seen: Vec<(i64, i64)> = Vec::new();
    let mut last = since;
    let take = |seen: &mut Vec<(i64, i64)>, post: &Value| {
        assert_eq!(post["act"], "added", "{post}");
        seen.push((post["seq"].as_i64().unwrap(), post["position"].as_i64().unwrap()));
    };
    let mut lines = 0;
    while seen.len() < wanted {
        let mut line = person.line().await.expect("a line");
        lines += 1;
        for post in line.watch(&thread, last).await {
            take(&mut seen, &post);
        }
        last = last.max(line.last);
        let patience = u64::from(chance.bytes::<1>()[0]) * 4;
        let drops_at = tokio::time::Instant::now() + Duration::from_millis(20 + patience);
        while seen.len() < wanted {
            match line.next(drops_at.saturating_duration_since(tokio::time::Instant::now())).await {
                Some(Heard::Message(message)) if message["type"] == "post" => take(&mut seen, &message),
                Some(Heard::Message(_)) => {}
                Some(Heard::Closed(_)) | None => break,
            }
            last = line.last;
        }
        last = last.max(line.last);
    }
    (seen, lines - 1)
}

async fn twenty_clients_end_with_the_same_fifty(house: &House) {
    const KEYS: [&str; 20] = [
        "ada", "bram", "chioma", "dmitri", "eilis", "farah", "gabriel", "hana", "ines", "jonas", "kofi", "lena", "mo",
        "nils", "oyin", "petra", "quentin", "rhea", "samira", "tomas",
    ];
    let people: Vec<Arc<Person>> = house.clinicians(KEYS).await.into_iter().map(Arc::new).collect();
    let placed = people[0].publish(case("A long thread")).await.ok();
    let (thread, since) = (placed.of("thread"), placed.json()["seq"].as_i64().unwrap());
    let readers: Vec<_> = people
        .iter()
        .enumerate()
        .map(|(at, person)| tokio::spawn(watch_all(Arc::clone(person), thread.clone(), since, 50, at as u64)))
        .collect();
    let writers = people.iter().take(5).map(|author| {
        let thread = thread.clone();
        async move {
            for at in 0..10 {
                author.reply(&thread, reply(&format!("Reply {at} of mine."))).await.is(201);
            }
        }
    });
    join_all(writers).await;
    let mut all = Vec::new();
    for reader in readers {
        all.push(tokio::time::timeout(Duration::from_secs(60), reader).await.expect("in time").expect("no panic").0);
    }
    for seen in &all {
        assert!(seen.windows(2).all(|pair| pair[0].0 < pair[1].0), "in the log's order: {seen:?}");
        assert_eq!(seen, &all[0], "everybody ends with the same");
    }
    let positions: Vec<i64> = all[0].iter().map(|(_, position)| *position).collect();
    assert_eq!(positions, (2..=51).collect::<Vec<_>>());
}

async fn nonsense_on_the_line_ends_it(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let unknown = json!({ "type": "watch", "thread": "0000000000000000000000000", "since": 0 }).to_string();
    let extra = json!({ "type": "watch", "thread": thread, "since": 0, "more": 1 }).to_string();
    let odd = json!({ "type": "watch", "thread": "' or 1=1 --\u{0}", "since": 0 }).to_string();
    for nonsense in ["", "{", "[]", "{\"type\":\"shout\"}", "{\"type\":\"watch\"}", &unknown, &extra, &odd] {
        let mut line = ada.line().await.unwrap();
        line.shout(nonsense).await;
        assert_eq!(line.closes_within(Duration::from_secs(2)).await, Some(4400), "{nonsense}");
    }
    let mut line = ada.watch(&thread, i64::MAX).await;
    line.shout(&"x".repeat(20_000)).await;
    assert!(line.closes_within(Duration::from_secs(2)).await.is_some(), "too large a message");
    let mut line = ada.watch(&thread, -5).await;
    for _ in 0..40 {
        line.shout("{\"type\":\"typing\"}").await;
    }
    assert_eq!(line.closes_within(Duration::from_secs(2)).await, Some(4408), "too many messages");
    ada.reply(&thread, reply("The house stands.")).await.is(201);
}

async fn a_person_has_a_bounded_number_of_lines(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let mut lines = Vec::new();
    for _ in 0..10 {
        lines.push(ada.watch(&thread, 0).await);
    }
    assert_eq!(ada.line().await.err(), Some(429));
    assert!(house.clinician("bram").await.line().await.is_ok(), "nobody else is held up");
    lines.pop();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(ada.line().await.is_ok());
}

async fn a_thread_is_watched_by_clinicians_only(house: &House) {
    let ada = house.clinician("ada").await;
    let oyin = house.member("oyin").await;
    ada.publish(case("A thread")).await.ok();
    assert_eq!(oyin.line().await.err(), Some(401));
    assert_eq!(house.stranger().line().await.err(), Some(401));
}
