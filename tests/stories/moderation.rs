//! Flags, the queue, removal: what is gone, and who had seen it.

use crate::each_db;
use crate::support::traces::{files_hold, tables_hold};
use crate::support::{House, PASSWORD, case, reply};
use collegium::base::clock::MINUTE;
use serde_json::{Value, json};
use std::collections::BTreeSet;

each_db!(
    a_confidentiality_flag_hides_at_once,
    the_gravest_waits_on_top,
    a_flag_is_raised_once,
    a_removal_needs_a_fresh_proof,
    a_removed_text_is_nowhere,
    who_had_seen_it_is_the_truth,
    a_restored_post_is_shown_again,
    what_is_decided_stays_decided,
    a_hidden_beginning_takes_its_title_along,
    an_undisclosed_removal_keeps_the_thread,
    what_quotes_a_removed_text_is_hidden,
    what_is_left_is_looked_for,
);

async fn a_confidentiality_flag_hides_at_once(house: &House) {
    let [ada, bram, chioma] = house.clinicians(["ada", "bram", "chioma"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("The words to be hidden: marzipan.")).await.ok().of("post");
    let mut open = chioma.watch(&thread, 0).await;
    bram.flag(&post, "accuracy", "").await.is(201).shows("false");
    chioma.read(&thread).await.ok().shows("marzipan");
    bram.flag(&post, "confidentiality", "Somebody from the town would know.").await.is(201).shows("true");
    let heard = open.hear_post().await;
    assert_eq!((&heard["act"], heard["html"].as_str().unwrap().contains("marzipan")), (&json!("veiled"), false));
    house.caught_up().await;
    for reader in [&ada, &bram, &chioma, &ines] {
        reader.read(&thread).await.ok().hides("marzipan").shows("veiled");
        reader.get(&format!("/threads/{thread}")).await.is(200).hides("marzipan");
        assert!(reader.finds("marzipan").await.is_empty());
        let mut late = reader.line().await.unwrap();
        let missed = late.watch(&thread, 0).await;
        assert!(!json!(missed).to_string().contains("marzipan"), "{missed:?}");
        for page in [format!("/posts/{post}/edit"), format!("/posts/{post}/revisions"), format!("/posts/{post}/flag")] {
            reader.get(&page).await.is(404);
        }
    }
    let mut change = reply("Changed while nobody looks.");
    change["revision"] = json!(1);
    ada.revise(&post, change).await.problem(409, "under-review");
    ines.get(&format!("/moderation/{post}"))
        .await
        .is(200)
        .shows("marzipan")
        .shows("Somebody from the town would know.");
    let letters = house.letters_to("ada@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject.contains("hidden while a moderator looks")), "{letters:?}");
    assert!(!format!("{letters:?}").contains("marzipan"));
}

async fn the_gravest_waits_on_top(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let mut posts = Vec::new();
    for kind in ["other", "accuracy", "confidentiality", "unprofessional", "confidentiality", "interest"] {
        let post = ada.reply(&thread, reply("Something to look at.")).await.ok().of("post");
        house.advance(MINUTE);
        bram.flag(&post, kind, "").await.is(201);
        posts.push(post);
    }
    let queue = ines.get("/api/v1/moderation/queue").await.is(200).json();
    let order: Vec<&str> = queue.as_array().unwrap().iter().map(|row| row["post"].as_str().unwrap()).collect();
    assert_eq!(order, [2, 4, 3, 5, 1, 0].map(|at: usize| posts[at].as_str()), "{queue}");
    assert_eq!(queue[0]["hidden"], true);
    // A grave flag lifts what waited below, and it has waited longest.
    bram.flag(&posts[0], "confidentiality", "").await.is(201);
    let queue = ines.get("/api/v1/moderation/queue").await.is(200).json();
    assert_eq!((&queue[0]["post"], &queue[0]["flags"]), (&json!(posts[0]), &json!(2)), "{queue}");
    ines.get("/moderation").await.is(200);
}

async fn a_flag_is_raised_once(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Something.")).await.ok().of("post");
    for _ in 0..3 {
        bram.flag(&post, "accuracy", "Ten times too high.").await.is(201);
    }
    let (one, other) =
        tokio::join!(ada.flag(&post, "other", "at the same moment"), ada.flag(&post, "other", "at the same moment"));
    assert_eq!((one.status, other.status), (201, 201));
    assert_eq!(house.count("select count(*) from flags").await, 2);
    assert_eq!(ines.get("/api/v1/moderation/queue").await.ok().json()[0]["flags"], 2);
    bram.flag(&post, "rudeness", "").await.problem(422, "refused").refuses("kind");
    bram.flag(&post, "other", &"x".repeat(1_001)).await.problem(422, "refused").refuses("note");
    bram.flag("0000000000000000000000000", "other", "").await.problem(404, "not-found");
}

async fn a_removal_needs_a_fresh_proof(house: &House) {
    let ada = house.clinician("ada").await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Something.")).await.ok().of("post");
    house.advance(10 * MINUTE);
    ines.remove(&post, "confidentiality").await.problem(403, "step-up");
    let sent =
        ines.form(&format!("/moderation/{post}/measures/remove"), &[("reason", "confidentiality")]).await.is(303);
    assert_eq!(sent.location(), format!("/step-up?next=%2Fmoderation%2F{post}"), "{sent}");
    ada.read(&thread).await.ok().shows("Something.");
    ines.form("/step-up", &[("password", PASSWORD), ("next", "/moderation")]).await.is(303);
    ines.remove(&post, "because").await.problem(422, "refused").refuses("code");
    ines.remove(&post, "confidentiality").await.is(201);
    ada.read(&thread).await.ok().hides("Something.");
}

const CASE: &str =
    "She was brought in by the lifeboat crew after the regatta at dusk, hypothermic, asking for marzipan.";

async fn what_quotes_a_removed_text_is_hidden(house: &House) {
    let [ada, bram, chioma] = house.clinicians(["ada", "bram", "chioma"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply(CASE)).await.ok().of("post");
    let quote =
        "> she was brought in by the **lifeboat crew**\n> after the regatta at dusk, hypothermic\n\nWarm slowly.";
    let quoting = bram.reply(&thread, reply(quote)).await.ok().of("post");
    let near = chioma.reply(&thread, reply("The lifeboat crew do well to warm slowly.")).await.ok().of("post");
    let mut open = chioma.watch(&thread, house.log().head().await.unwrap()).await;
    ines.remove(&post, "confidentiality").await.is(201);
    let mut acts = Vec::new();
    while acts.len() < 2 {
        let heard = open.hear_post().await;
        assert!(!heard.to_string().contains("regatta"), "{heard}");
        acts.push(heard["act"].as_str().unwrap().to_owned());
    }
    acts.sort();
    assert_eq!(acts, ["removed", "veiled"]);
    let states = ada.read(&thread).await.ok();
    let states: Vec<String> = states.json()["posts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|post| post["state"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(states, ["open", "removed", "veiled", "open"]);
    house.caught_up().await;
    assert!(ada.finds("regatta").await.is_empty());
    let queue = ines.get("/api/v1/moderation/queue").await.is(200).json();
    assert_eq!((&queue[0]["post"], &queue[0]["kind"]), (&json!(quoting), &json!("quote")), "{queue}");
    ines.get(&format!("/moderation/{quoting}")).await.is(200).shows("repeats a text that was removed");
    assert_eq!(queue.as_array().unwrap().len(), 1, "{near} is no quotation: {queue}");
    // Whoever may be recognised is gone only with the quotation.
    ines.remove(&quoting, "confidentiality").await.is(201);
    assert_eq!(ines.get("/api/v1/moderation/queue").await.ok().json(), json!([]));
}

async fn what_is_left_is_looked_for(house: &House) {
    let ada = house.clinician("ada").await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply(CASE)).await.ok().of("post");
    let config = house.config_file("here.toml", None);
    let also = house.folder.parent().unwrap().join(format!("spool-{post}"));
    std::fs::create_dir_all(&also).unwrap();
    let prove = || {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_collegium"))
            .args(["breach", "prove", &post, "--config"])
            .arg(&config)
            .arg("--also")
            .arg(&also)
            .output()
            .expect("it runs");
        (
            done.status.code(),
            format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)),
        )
    };
    let (code, told) = prove();
    assert_eq!(code, Some(2), "not removed yet: {told}");
    ines.remove(&post, "confidentiality").await.is(201);
    let (code, told) = prove();
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("nothing  its key") && told.contains("tables") && !told.contains("FOUND"), "{told}");
    // Three copies that somebody left: in a file, in a table, and the key.
    std::fs::write(also.join("letter.eml"), format!("Dear colleague,\n{CASE}\n")).unwrap();
    let (code, told) = prove();
    assert_eq!(code, Some(1), "{told}");
    assert!(told.lines().any(|line| line.starts_with("FOUND") && line.contains("spool-")), "{told}");
    std::fs::remove_dir_all(&also).unwrap();
    std::fs::create_dir_all(&also).unwrap();
    let mut tx = house.log().write(collegium::log::Actor::House).await.unwrap();
    sqlx::query("update rooms set description = $1 where slug = 'renal'").bind(CASE).execute(tx.conn()).await.unwrap();
    tx.commit_quietly("a story's own fault").await.unwrap();
    let (code, told) = prove();
    assert_eq!(code, Some(1), "{told}");
    assert!(told.lines().any(|line| line.starts_with("FOUND") && line.contains("tables")), "{told}");
    let filed = house.count("select count(*) from proofs").await;
    assert_eq!(filed, 3, "each search is filed");
    assert_eq!(house.count("select count(*) from events where kind = 'removal-proved'").await, 3);
    let page = ines.get(&format!("/moderation/{post}/removal")).await.is(200);
    assert!(page.has("Looked for it"), "{page}");
    std::fs::remove_dir_all(&also).unwrap();
}

async fn a_removed_text_is_nowhere(house: &House) {
    const WORD: &str = "quokkalike";
    let [ada, bram, chioma] = house.clinicians(["ada", "bram", "chioma"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("A quokkalike gait, first told.")).await.ok().of("post");
    let mut change = reply("A quokkalike gait, told again.");
    change["revision"] = json!(1);
    change["ground"] = json!("evidence");
    change["source"] = json!("A quokkalike review of gaits");
    ada.revise(&post, change).await.is(200);
    let mut open = bram.watch(&thread, 0).await;
    bram.read(&thread).await.ok().shows(WORD);
    house.caught_up().await;
    assert_eq!(chioma.finds(WORD).await, std::slice::from_ref(&post));
    bram.flag(&post, "confidentiality", "That quokkalike gait is known here.").await.is(201);
    ines.get(&format!("/moderation/{post}")).await.is(200).shows(WORD);
    house.caught_up().await;
    assert_eq!(tables_hold(house, WORD).await, Vec::<String>::new(), "what is said of a patient lies sealed");
    assert!(!tables_hold(house, "calder-moss").await.is_empty(), "the search for a word works");
    std::fs::write(house.folder.join("planted"), "a QUOKKAlike word").unwrap();
    assert_eq!(files_hold(&house.folder, WORD).len(), 1, "the search of the files works");
    std::fs::remove_file(house.folder.join("planted")).unwrap();
    let erased = "select count(*) from keys.erasures";
    assert_eq!((house.count("select count(*) from keys.post_keys").await, house.count(erased).await), (2, 0));
    let removed = ines.remove(&post, "confidentiality").await.is(201).json();
    assert_eq!(removed["index_confirmed"], true, "{removed}");
    loop {
        let heard = open.hear_post().await;
        assert!(!heard.to_string().contains(WORD), "{heard}");
        if heard["act"] == "removed" {
            break;
        }
    }
    assert_eq!(tables_hold(house, WORD).await, Vec::<String>::new(), "the tables hold it");
    assert_eq!((house.count("select count(*) from keys.post_keys").await, house.count(erased).await), (1, 1));
    house.caught_up().await;
    assert_eq!(files_hold(&house.folder, WORD), Vec::<String>::new(), "files (tables, write-ahead log, index) hold it");
    for reader in [&ada, &bram, &chioma, &ines] {
        for page in ["/", "/rooms/cardiology", "/search?q=quokkalike+gait", "/settings", &format!("/threads/{thread}")]
        {
            let shown = reader.get(page).await.is(200);
            assert!(!shown.text().replace("value=\"quokkalike gait\"", "").contains("quokkalike gait,"), "{shown}");
        }
        reader.read(&thread).await.ok().hides(WORD).shows("removed");
        assert!(reader.finds(WORD).await.is_empty());
        reader.get(&format!("/posts/{post}/revisions")).await.is(404);
        reader.get(&format!("/posts/{post}/edit")).await.is(404);
        let missed = reader.line().await.unwrap().watch(&thread, 0).await;
        assert!(!json!(missed).to_string().contains(WORD), "{missed:?}");
    }
    ines.get(&format!("/moderation/{post}/removal")).await.is(200).hides(WORD);
    ines.get("/moderation").await.is(200).hides(WORD);
    ines.get("/moderation/audit").await.is(200).hides(WORD);
    for address in ["ada@story.example", "bram@story.example", "ines@story.example", "dpo@story.example"] {
        let letters = house.letters_to(address).await;
        assert!(!letters.is_empty() && !format!("{letters:?}").contains(WORD), "{address}: {letters:?}");
    }
    let told = house.letters_to("dpo@story.example").await;
    assert!(
        told.iter().any(|(subject, body)| subject.contains("removed for confidentiality") && body.contains(&post)),
        "{told:?}"
    );
    let told = house.letters_to("ada@story.example").await;
    assert!(told.iter().any(|(subject, _)| subject == "A post of yours was removed"), "{told:?}");
}

async fn who_had_seen_it_is_the_truth(house: &House) {
    let [ada, bram, chioma, dmitri, eilis, farah] =
        house.clinicians(["ada", "bram", "chioma", "dmitri", "eilis", "farah"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let mut open = dmitri.watch(&thread, house.log().head().await.unwrap()).await;
    // On the thread before the post is there: this is no sight of it.
    farah.read(&thread).await.ok();
    let post = ada.reply(&thread, reply("Seen by some: marzipan.")).await.ok().of("post");
    open.hear_post().await;
    bram.get(&format!("/threads/{thread}")).await.is(200);
    bram.get(&format!("/threads/{thread}")).await.is(200);
    chioma.read(&thread).await.ok();
    house.caught_up().await;
    assert_eq!(eilis.finds("marzipan").await, std::slice::from_ref(&post));
    let writes = house.count("select count(*) from deliveries").await;
    bram.get(&format!("/threads/{thread}")).await.is(200);
    assert_eq!(house.count("select count(*) from deliveries").await, writes, "nothing new, nothing written");
    bram.flag(&post, "confidentiality", "").await.is(201);
    // Veiled: nobody is shown it any more.
    farah.read(&thread).await.ok();
    farah.get(&format!("/threads/{thread}")).await.is(200);
    ines.remove(&post, "confidentiality").await.is(201);
    farah.line().await.unwrap().watch(&thread, 0).await;
    let seen: Vec<(String, String)> = sqlx::query_as(
        "select a.name, d.way from deliveries d join accounts a on a.account_id = d.account_id where d.post_id = $1",
    )
    .bind(&post)
    .fetch_all(&mut *house.log().reader().await.unwrap())
    .await
    .unwrap();
    let seen: BTreeSet<(&str, &str)> = seen.iter().map(|(name, way)| (name.as_str(), way.as_str())).collect();
    let truth: BTreeSet<(&str, &str)> = [
        (bram.name.as_str(), "page"),
        (chioma.name.as_str(), "api"),
        (dmitri.name.as_str(), "live"),
        (eilis.name.as_str(), "search"),
    ]
    .into();
    assert_eq!(seen, truth);
    let page = ines.get(&format!("/moderation/{post}/removal")).await.is(200);
    for (name, _) in &truth {
        assert!(page.has(name), "{name} is not named: {page}");
    }
    assert!(!page.has(&farah.name), "{page}");
    let told = house.letters_to("dpo@story.example").await;
    assert!(told[0].1.contains("shown to 4 people"), "{told:?}");
}

async fn a_restored_post_is_shown_again(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Innocent marzipan.")).await.ok().of("post");
    bram.flag(&post, "confidentiality", "").await.is(201);
    let mut open = bram.watch(&thread, house.log().head().await.unwrap()).await;
    ines.restore(&post).await.is(204);
    let heard = open.hear_post().await;
    assert_eq!((&heard["act"], heard["html"].as_str().unwrap().contains("marzipan")), (&json!("shown"), true));
    house.caught_up().await;
    bram.read(&thread).await.ok().shows("Innocent marzipan.");
    assert_eq!(bram.finds("marzipan").await, std::slice::from_ref(&post));
    assert_eq!(ines.get("/api/v1/moderation/queue").await.ok().json(), json!([]));
    ines.restore(&post).await.problem(409, "settled");
    let letters = house.letters_to("bram@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "What was decided on your flag"), "{letters:?}");
    let letters = house.letters_to("ada@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "Your post is shown again"), "{letters:?}");
}

async fn what_is_decided_stays_decided(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let jonas = house.moderator("jonas").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Something.")).await.ok().of("post");
    let (one, other) = tokio::join!(ines.remove(&post, "confidentiality"), jonas.remove(&post, "unprofessional"));
    let mut both = [one.status, other.status];
    both.sort_unstable();
    assert_eq!(both, [201, 409], "one of two removes it: {one} {other}");
    ines.remove(&post, "confidentiality").await.problem(409, "removed");
    ines.restore(&post).await.problem(409, "removed");
    bram.flag(&post, "other", "").await.problem(409, "removed");
    let mut change = reply("It comes back.");
    change["revision"] = json!(1);
    ada.revise(&post, change).await.problem(404, "not-found");
    for nothing in ["0000000000000000000000000", "x", "..", "%20", &thread] {
        ines.remove(nothing, "confidentiality").await.problem(404, "not-found");
        ines.restore(nothing).await.problem(404, "not-found");
        ines.get(&format!("/moderation/{nothing}/removal")).await.is(404);
    }
    for nobody in [&ada, &bram] {
        nobody.remove(&post, "confidentiality").await.problem(404, "not-found");
    }
    assert_eq!(house.count("select count(*) from events where kind = 'post-removed'").await, 1);
}

async fn a_hidden_beginning_takes_its_title_along(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let placed = ada.publish(case("A title of marzipan")).await.ok();
    let (thread, post) = (placed.of("thread"), placed.of("post"));
    let answer = bram.reply(&thread, reply("An answer that stays.")).await.ok().of("post");
    bram.flag(&post, "confidentiality", "").await.is(201);
    house.caught_up().await;
    for step in ["hidden", "removed"] {
        for page in ["/", "/rooms/cardiology", &format!("/threads/{thread}"), &format!("/posts/{answer}/flag")] {
            let shown = ada.get(page).await.is(200);
            assert!(!shown.has("marzipan"), "{step}: {shown}");
        }
        for page in ["/api/v1/rooms/cardiology/threads".to_owned(), format!("/api/v1/threads/{thread}")] {
            ada.get(&page).await.is(200).hides("marzipan");
        }
        ada.search(&[("q", "answer stays")]).await.ok().hides("marzipan").shows(&answer);
        assert!(ada.finds("marzipan").await.is_empty());
        if step == "hidden" {
            ines.remove(&post, "confidentiality").await.is(201);
            house.caught_up().await;
        }
    }
    bram.reply(&thread, reply("One can go on.")).await.is(201);
}

async fn an_undisclosed_removal_keeps_the_thread(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let mut posts = Vec::new();
    for words in ["First.", "Second.", "Third."] {
        posts.push(bram.reply(&thread, reply(words)).await.ok().of("post"));
    }
    ines.remove(&posts[1], "advertising").await.is(201);
    let read = ada.read(&thread).await.ok().json();
    let shape: Vec<(i64, &str)> = read["posts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|post: &Value| (post["position"].as_i64().unwrap(), post["state"].as_str().unwrap()))
        .collect();
    assert_eq!(shape, [(1, "open"), (2, "open"), (3, "removed"), (4, "open")]);
    // Nothing that concerns the data-protection contact.
    assert!(house.letters_to("dpo@story.example").await.is_empty());
    let trail = ines.get("/moderation/audit").await.is(200);
    assert!(trail.has("Ines Calder-Moss"), "{trail}");
}
