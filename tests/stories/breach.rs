//! After a removal: the officer's report, the notes to readers, the clocks, the decision, the package; and the audit trail
//! on its way out.

use crate::each_db;
use crate::support::{House, PASSWORD, Person, Plan, case, reply};
use collegium::accounts::Role;
use collegium::base::clock::{DAY, HOUR, MINUTE};
use collegium::breach;
use std::io::Read;
use std::process::{Command, Output};

each_db!(
    the_officer_sees_whom_it_reached_and_not_the_queue,
    readers_are_told_and_answer_with_one_press,
    the_clocks_sound_until_it_is_decided,
    a_title_in_a_list_is_a_sight,
    the_trail_leaves_signed,
);

const WORDS: &str = "The man who keeps the quillwort nursery read about himself.";

/// A removed reply that bram and chioma were shown; its id and its thread.
async fn removed(house: &House, ada: &Person, ines: &Person, readers: &[&Person]) -> (String, String) {
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply(WORDS)).await.ok().of("post");
    for reader in readers {
        house.advance(MINUTE);
        reader.get(&format!("/threads/{thread}")).await.is(200).shows("quillwort");
    }
    house.advance(MINUTE);
    ines.remove(&post, "confidentiality").await.is(201);
    house.caught_up().await;
    (thread, post)
}

async fn prove(person: &Person) {
    person.form("/step-up", &[("password", PASSWORD), ("next", "/")]).await.is(303);
}

async fn the_officer_sees_whom_it_reached_and_not_the_queue(house: &House) {
    let [ada, bram, chioma] = house.clinicians(["ada", "bram", "chioma"]).await;
    let ines = house.moderator("ines").await;
    let petra = house.staff("petra", &[Role::Privacy]).await;
    petra.get("/privacy").await.is(200).shows("No breach so far");
    let (thread, post) = removed(house, &ada, &ines, &[&bram, &chioma]).await;
    for hidden in ["/moderation", "/moderation/audit", "/admin", "/verify"] {
        petra.get(hidden).await.is(404);
    }
    petra.get(&format!("/moderation/{post}/removal")).await.is(404);
    petra.get("/privacy").await.is(200).shows("2 people were").shows("Reply 1 in Cardiology");
    let looks = "select count(*) from events where kind = 'exposure-seen'";
    let page = petra.get(&format!("/privacy/{post}")).await.is(200);
    assert_eq!(house.count(looks).await, 1, "a look is recorded");
    for words in ["Bram Achterberg-Sato", "Chioma Ferrant-Eze", "GDPR", "72 h 0 min", "Art. 33(3)(a)"] {
        assert!(page.has(words), "{words}: {page}");
    }
    assert!(!page.has("quillwort") && !page.has("Ada Marchetti-Wren</th>"), "{page}");
    // Another removal is none of the officer's.
    let other = ada.reply(&thread, reply("Buy this.")).await.ok().of("post");
    ines.remove(&other, "advertising").await.is(201);
    petra.get(&format!("/privacy/{other}")).await.is(404);
    // What is taken out asks for a proof, and is recorded.
    house.advance(15 * MINUTE);
    let downloads = format!("/privacy/{post}/downloads");
    let asked = petra.form(&downloads, &[("form", "csv")]).await.is(303);
    assert!(asked.location().starts_with("/step-up"), "{asked}");
    prove(&petra).await;
    let table = petra.form(&downloads, &[("form", "csv")]).await.is(200);
    assert!(table.header("content-disposition").contains("attachment") && table.has("Bram Achterberg-Sato"), "{table}");
    for form in ["pdf", "record"] {
        let paper = petra.form(&downloads, &[("form", form)]).await.is(200);
        assert!(paper.body.starts_with(b"%PDF-") && paper.header("content-type") == "application/pdf");
    }
    assert_eq!(house.count("select count(*) from events where kind = 'exposure-taken'").await, 3);
    petra.get(&format!("/privacy/{post}")).await.is(200).shows("took the report (PDF)");
}

async fn readers_are_told_and_answer_with_one_press(house: &House) {
    let [ada, bram, chioma, dmitri] = house.clinicians(["ada", "bram", "chioma", "dmitri"]).await;
    let ines = house.moderator("ines").await;
    let petra = house.staff("petra", &[Role::Privacy]).await;
    let (_, post) = removed(house, &ada, &ines, &[&bram, &chioma]).await;
    let told = "A post that you were shown was removed";
    for reader in [&bram, &chioma] {
        let letters = house.letters_to(&reader.email).await;
        assert!(letters.iter().any(|(subject, _)| subject == told), "{letters:?}");
        assert!(!format!("{letters:?}").contains("quillwort"));
        reader.get("/").await.is(200).shows("Answer with one press");
    }
    for other in [&ada, &dmitri] {
        assert!(!house.letters_to(&other.email).await.iter().any(|(subject, _)| subject == told));
        other.get("/").await.is(200).hides("Answer with one press");
        other.form(&format!("/notices/{post}"), &[("answer", "deleted")]).await.is(404);
    }
    bram.get("/notices").await.is(200).shows("A post in Cardiology was removed").hides("quillwort");
    bram.form(&format!("/notices/{post}"), &[("answer", "because")]).await.is(422);
    for _ in 0..2 {
        bram.form(&format!("/notices/{post}"), &[("answer", "kept-nothing")]).await.is(303);
    }
    assert_eq!(house.count("select count(*) from events where kind = 'reader-answered'").await, 1);
    bram.get("/").await.is(200).hides("Answer with one press");
    // One reminder, after a day, to the silent alone.
    let remind = async || {
        breach::tick(house.log(), &house.site().config.breach).await.unwrap();
        let mut counts = Vec::new();
        for reader in [&bram, &chioma] {
            let letters = house.letters_to(&reader.email).await;
            counts.push(letters.iter().filter(|(subject, _)| subject == "Your answer is still wanted").count());
        }
        counts
    };
    assert_eq!(remind().await, [0, 0]);
    house.advance(DAY);
    assert_eq!(remind().await, [0, 1]);
    house.advance(3 * DAY);
    assert_eq!(remind().await, [0, 1]);
    chioma.sign_in().await.is(201);
    petra.sign_in().await.is(201);
    chioma.form(&format!("/notices/{post}"), &[("answer", "help")]).await.is(303);
    petra.get(&format!("/privacy/{post}")).await.is(200).shows("I need help");
    chioma.get("/notices").await.is(200).shows("dpo@story.example");
}

async fn the_clocks_sound_until_it_is_decided(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let petra = house.staff("petra", &[Role::Privacy]).await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply(WORDS)).await.ok().of("post");
    bram.flag(&post, "confidentiality", "").await.is(201);
    house.advance(2 * HOUR);
    ines.sign_in().await.is(201);
    ines.remove(&post, "confidentiality").await.is(201);
    house.caught_up().await;
    let apart = "select confirmed_at - flagged_at from breaches";
    assert_eq!(house.count(apart).await, 2 * HOUR, "flagged and confirmed are kept apart");
    let alarms = async || {
        breach::tick(house.log(), &house.site().config.breach).await.unwrap();
        let letters = house.letters_to(&petra.email).await;
        let contact = house.letters_to("dpo@story.example").await;
        let count = |letters: &[(String, String)]| {
            letters.iter().filter(|(subject, _)| subject == "A breach waits for your decision").count()
        };
        assert_eq!(count(&letters), count(&contact));
        count(&letters)
    };
    assert_eq!(alarms().await, 0);
    // From the flag: 48 hours.
    house.advance(46 * HOUR);
    assert_eq!(alarms().await, 1);
    assert_eq!(alarms().await, 1, "each sounds once");
    house.advance(12 * HOUR);
    assert_eq!(alarms().await, 2);
    petra.sign_in().await.is(201);
    let decide = format!("/privacy/{post}/decision");
    petra.form(&decide, &[("decision", "no-notice"), ("reason", "")]).await.is(422).shows("Write why");
    petra
        .form(&decide, &[("decision", "no-notice"), ("reason", "Mrs Kowalczyk was told by telephone.")])
        .await
        .is(422)
        .shows("Kowalczyk");
    petra
        .form(&decide, &[("decision", "notify-authority"), ("reason", "Two could recognise the patient.")])
        .await
        .is(303);
    petra.form(&decide, &[("decision", "no-notice"), ("reason", "Another thought.")]).await.is(409);
    house.advance(20 * HOUR);
    assert_eq!(alarms().await, 2, "a decision ends them");
    petra.sign_in().await.is(201);
    petra.get(&format!("/privacy/{post}")).await.is(200).shows("Two could recognise the patient.");
}

async fn a_title_in_a_list_is_a_sight(house: &House) {
    let [ada, bram, chioma, dmitri] = house.clinicians(["ada", "bram", "chioma", "dmitri"]).await;
    let ines = house.moderator("ines").await;
    let petra = house.staff("petra", &[Role::Privacy]).await;
    let placed = ada.publish(case("The quillwort nursery")).await.ok();
    let (thread, first) = (placed.of("thread"), placed.of("post"));
    let answer = ada.reply(&thread, reply("Warm slowly, says the lobelia review.")).await.ok().of("post");
    house.caught_up().await;
    bram.get("/").await.is(200).shows("quillwort");
    chioma.search(&[("q", "lobelia")]).await.ok().shows("quillwort");
    dmitri.get("/settings").await.is(200);
    for id in [&first, &answer] {
        ines.remove(id, "confidentiality").await.is(201);
    }
    house.caught_up().await;
    prove(&petra).await;
    let table =
        async |id: &str| petra.form(&format!("/privacy/{id}/downloads"), &[("form", "csv")]).await.is(200).text();
    let rows = table(&first).await;
    assert_eq!(rows.matches("title in a list").count(), 2, "{rows}");
    assert!(rows.contains("Bram") && rows.contains("Chioma") && !rows.contains("Dmitri"), "{rows}");
    let rows = table(&answer).await;
    assert!(rows.contains("search excerpt") && !rows.contains("Bram"), "{rows}");
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_collegium")).args(arguments).output().expect("it runs")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

async fn the_trail_leaves_signed(house: &House) {
    let ada = house.clinician("ada").await;
    ada.publish(case("A thread")).await.ok();
    house.caught_up().await;
    let config = house.config_file("here.toml", None);
    let config = config.to_str().unwrap();
    let file = house.folder.join("audit.jsonl");
    let path = file.to_str().unwrap();
    let out = run(&["audit", "export", path, "--config", config]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    let key = said(&out).split("Public key ").nth(1).expect("a key").trim().to_owned();
    assert_eq!(run(&["audit", "export", path, "--config", config]).status.code(), Some(2), "nothing is written over");
    for more in [&["--key", &key][..], &["--config", config], &[]] {
        let out = run(&[&["audit", "verify", "--file", path], more].concat());
        assert_eq!(out.status.code(), Some(0), "{more:?}: {}", said(&out));
    }
    // Any byte changed, any line gone, another key: it tells.
    let whole = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    assert!(lines.len() > 5);
    let mut dropped = lines.clone();
    dropped.remove(2);
    let mut cut = lines.clone();
    cut.remove(lines.len() - 2);
    let wrongs = [
        whole.replacen("post-added", "post-shown", 1).replacen("account-created", "account-creatad", 1),
        dropped.join("\n"),
        cut.join("\n"),
        lines[..lines.len() - 1].join("\n"),
        whole.replacen("the Society of Stories", "the Society of Thieves", 1),
    ];
    for wrong in wrongs {
        std::fs::write(&file, wrong).unwrap();
        let out = run(&["audit", "verify", "--file", path, "--key", &key]);
        assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    }
    std::fs::write(&file, &whole).unwrap();
    let other = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    assert_eq!(run(&["audit", "verify", "--file", path, "--key", other]).status.code(), Some(1));
}

/// An identity of nobody, and its recipient.
const IDENTITY: &str = "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33";
const RECIPIENT: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";

fn sealing() -> Plan {
    Plan {
        more: "[breach]\nrecipient = \"age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa\"",
        ..Plan::default()
    }
}

each_db!(sealing() => a_package_opens_for_its_recipient_alone);

async fn a_package_opens_for_its_recipient_alone(house: &House) {
    let identity: age::x25519::Identity = IDENTITY.parse().expect("an identity");
    assert_eq!(identity.to_public().to_string(), RECIPIENT);
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let petra = house.staff("petra", &[Role::Privacy]).await;
    let (_, post) = removed(house, &ada, &ines, &[&bram]).await;
    prove(&petra).await;
    let at = format!("/privacy/{post}/package");
    petra.form(&at, &[("for", "a newspaper")]).await.is(422);
    let letters = house.count("select count(*) from mails").await;
    for (receiver, names_readers) in [("employer", false), ("regulator", false), ("authority", true)] {
        let sealed = petra.form(&at, &[("for", receiver)]).await.is(200).body;
        assert!(sealed.starts_with(b"age-encryption.org/v1"));
        assert!(!sealed.windows(4).any(|bytes| bytes == b"Ada "), "sealed");
        let stranger = age::x25519::Identity::generate();
        assert!(age::decrypt(&stranger, &sealed).is_err(), "another key opens nothing");
        let archive = age::decrypt(&identity, &sealed).expect("opens");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("an archive");
        let mut all = String::new();
        let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
        for name in &names {
            archive.by_name(name).expect(name).read_to_string(&mut all).expect("text");
        }
        assert_eq!(names.contains(&"exposure.csv".to_owned()), names_readers);
        assert!(all.contains("Ada Marchetti-Wren") && all.contains("post-removed") && all.contains("Ines"), "{all}");
        assert_eq!(all.contains("Bram"), names_readers, "{all}");
        assert!(!all.contains("quillwort"));
    }
    house.caught_up().await;
    assert_eq!(house.count("select count(*) from mails").await, letters, "nothing is sent by itself");
    assert_eq!(
        house.count("select count(*) from events where kind = 'exposure-taken' and detail like '%package:%'").await,
        3
    );
}
