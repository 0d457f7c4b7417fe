//! What can be published, and what cannot.

use crate::each_db;
use crate::support::{House, case, question, reply};
use collegium::deid;
use collegium::deid::gate::{self, Part};
use serde_json::{Value, json};

/// Texts that identify somebody; nobody may publish them.
const IDENTIFIES: &[&str] = &[
    "The record is MRN 4471920 and the film is in the usual place.",
    "Ring the daughter on 07700 900123 about it.",
    "She wrote from margaret.holloway@mailbox.example about it.",
    "Mrs Margaret Holloway was breathless again.",
    "Born on 12/03/1961, admitted on 4 March 2024.",
    "NHS number 943 476 5919 on the drug chart.",
];
const PARTS: &[&str] = &["title", "presentation", "history", "findings", "investigations", "question"];

each_db!(
    a_case_is_published_and_read,
    nothing_that_identifies_is_published_through_the_api,
    nothing_that_identifies_is_published_from_the_page,
    no_part_of_a_case_is_left_unchecked,
    an_edit_passes_the_same_check,
    an_answer_is_bound_to_its_text,
    disclosure_and_basis_are_asked_for,
    sending_twice_adds_one_post,
    a_refused_form_comes_back_filled,
    page_api_and_command_line_find_the_same,
    an_edit_keeps_the_text_before,
    only_one_of_two_edits_wins,
    interests_are_shown_with_the_post,
    twenty_read_one_thread_at_once,
);

async fn a_case_is_published_and_read(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let placed = ada.publish(case("Swollen ankles, what next?")).await.is(201);
    let read = bram.read(&placed.of("thread")).await.ok().json();
    assert_eq!(read["title"], "Swollen ankles, what next?");
    assert_eq!(read["basis"], "invented");
    assert_eq!(read["posts"][0]["author"]["name"], "Ada Marchetti-Wren");
    assert_eq!(read["posts"][0]["parts"].as_array().map(Vec::len), Some(6));
    bram.reply(&placed.of("thread"), reply("Start *low*, go slow.")).await.is(201);
    ada.get(&format!("/threads/{}", placed.of("thread"))).await.is(200).shows("Start <em>low</em>, go slow.");
    ada.get("/rooms/cardiology").await.is(200).shows("Swollen ankles, what next?");
}

async fn nothing_that_identifies_is_published_through_the_api(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    house.caught_up().await;
    let before = house.log().head().await.unwrap();
    for text in IDENTIFIES {
        let refused = ada.reply(&thread, reply(text)).await.problem(422, "identifies");
        let findings = refused.json()["findings"].clone();
        assert!(findings.as_array().is_some_and(|all| !all.is_empty()), "{text}: {refused}");
    }
    assert_eq!(house.log().head().await.unwrap(), before, "something was published");
    assert_eq!(house.count("select count(*) from posts").await, 1);
}

async fn nothing_that_identifies_is_published_from_the_page(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    for text in IDENTIFIES {
        let fields =
            [("body", *text), ("ground", "experience"), ("interest_statement", "none"), ("key", "0123456789ab")];
        ada.form(&format!("/threads/{thread}/posts"), &fields).await.is(422);
    }
    assert_eq!(house.count("select count(*) from posts").await, 1);
}

async fn no_part_of_a_case_is_left_unchecked(house: &House) {
    let ada = house.clinician("ada").await;
    for part in PARTS {
        let mut told = case("Breathless");
        told[part] =
            json!(format!("Her daughter's number is 07700 900123, she said. {}", told[part].as_str().unwrap()));
        let refused = ada.publish(told).await.problem(422, "identifies").json();
        let parts: Vec<&str> =
            refused["findings"].as_array().unwrap().iter().filter_map(|f| f["part"].as_str()).collect();
        assert!(parts.contains(part), "{part}: {refused}");
    }
    let thread = ada.publish(case("Breathless")).await.ok().of("thread");
    let mut told = reply("As the paper says.");
    told["ground"] = json!("evidence");
    told["source"] = json!("Letter of 12/03/2024 from Mrs Margaret Holloway, 07700 900123");
    ada.reply(&thread, told).await.problem(422, "identifies");
}

async fn an_edit_passes_the_same_check(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Start low.")).await.ok().of("post");
    for text in IDENTIFIES {
        let mut change = reply(text);
        change["revision"] = json!(1);
        ada.revise(&post, change).await.problem(422, "identifies");
        let fields = [
            ("body", *text),
            ("ground", "experience"),
            ("interest_statement", "none"),
            ("revision", "1"),
            ("key", "0123456789ab"),
        ];
        ada.form(&format!("/posts/{post}/edit"), &fields).await.is(422);
    }
    let read = ada.read(&thread).await.ok().json();
    assert_eq!(read["posts"][1]["revision"], 1);
    assert_eq!(read["posts"][1]["parts"][0]["markdown"], "Start low.");
}

/// A text with findings that its author may answer for, and none that block.
async fn text_to_answer_for(ada: &crate::support::Person) -> (String, Vec<Value>) {
    let texts = [
        "I would ask Holloway about it.",
        "We see this in Brightwater more than elsewhere.",
        "He works as a lighthouse keeper.",
        "This is known as Okafor sign in our place.",
        "Reported in the only hospital of Little Wexcombe.",
        "The patient is a 94-year-old bell ringer.",
        "She is the mayor of a small town and has twins.",
    ];
    for text in texts {
        let found = ada.check(&[("body", text)]).await.ok().json()["findings"].as_array().unwrap().clone();
        if !found.is_empty() && found.iter().all(|finding| finding["severity"] == "confirm") {
            return (text.to_owned(), found);
        }
    }
    panic!("no text with something to confirm")
}

async fn an_answer_is_bound_to_its_text(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let (text, findings) = text_to_answer_for(&ada).await;
    ada.reply(&thread, reply(&text)).await.problem(422, "identifies");
    let answers: Vec<Value> =
        findings.iter().map(|found| json!({ "finding": found["key"], "reason": "clinical" })).collect();
    let with = |text: &str, answers: &[Value]| {
        let mut told = reply(text);
        told["answers"] = json!(answers);
        told
    };
    // Another text, a reason that is none, and a key that is none do not count.
    ada.reply(&thread, with(&format!("Indeed. {text}"), &answers)).await.problem(422, "identifies");
    let no_reason: Vec<Value> = findings.iter().map(|f| json!({ "finding": f["key"], "reason": "because" })).collect();
    ada.reply(&thread, with(&text, &no_reason)).await.problem(422, "identifies");
    ada.reply(&thread, with(&text, &[json!({ "finding": "x", "reason": "clinical" })]))
        .await
        .problem(422, "identifies");
    ada.reply(&thread, with(&text, &answers)).await.is(201);
    assert_eq!(house.count("select count(*) from post_answers").await, findings.len() as i64);
}

async fn disclosure_and_basis_are_asked_for(house: &House) {
    let ada = house.clinician("ada").await;
    let mut told = case("A case");
    told.as_object_mut().unwrap().remove("disclosure");
    ada.publish(told).await.problem(400, "malformed").shows("disclosure");
    let mut told = case("A case");
    told["disclosure"] = json!({ "statement": "" });
    ada.publish(told).await.problem(422, "refused").refuses("interest_statement");
    let mut told = case("A case");
    told["disclosure"] = json!({ "statement": "some", "interests": [] });
    ada.publish(told).await.is(422);
    let mut told = case("A case");
    told["disclosure"] = json!({ "statement": "some", "interests": ["0000000000000000000000000"] });
    ada.publish(told).await.is(422);
    for basis in [json!(""), json!("because")] {
        let mut told = case("A case");
        told["basis"] = basis;
        ada.publish(told).await.problem(422, "refused").refuses("basis");
    }
    for (part, without) in [("title", ""), ("question", " "), ("presentation", "\n")] {
        let mut told = case("A case");
        told[part] = json!(without);
        ada.publish(told).await.problem(422, "refused").refuses(part);
    }
    assert_eq!(house.count("select count(*) from threads").await, 0);
    ada.publish(question("About thiazides", "How soon after starting do you check the sodium?")).await.is(201);
}

async fn sending_twice_adds_one_post(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let mut told = case("Sent twice");
    told["key"] = json!("a-key-of-adas-own");
    let first = ada.publish(told.clone()).await.is(201);
    let second = ada.publish(told.clone()).await.is(201);
    assert_eq!((first.of("thread"), first.of("post")), (second.of("thread"), second.of("post")));
    let thread = first.of("thread");
    let mut told = reply("Once is enough.");
    told["key"] = json!("another-key-0001");
    let posts: Vec<String> = futures_util::future::join_all((0..6).map(|_| ada.reply(&thread, told.clone())))
        .await
        .into_iter()
        .map(|answer| answer.is(201).of("post"))
        .collect();
    assert!(posts.iter().all(|post| *post == posts[0]), "{posts:?}");
    // Somebody else's key is their own.
    bram.reply(&thread, told).await.is(201);
    assert_eq!(house.count("select count(*) from posts").await, 3);
    let mut told = reply("A key that is none.");
    told["key"] = json!("no");
    ada.reply(&thread, told).await.problem(422, "refused").refuses("key");
}

async fn a_refused_form_comes_back_filled(house: &House) {
    let ada = house.clinician("ada").await;
    let fields = [
        ("room", "renal"),
        ("kind", "case"),
        ("title", "A title to be kept & shown"),
        ("presentation", "Typed with care; ring her on 07700 900123."),
        ("history", "Also typed."),
        ("question", "And this?"),
        ("basis", "consent"),
        ("interest_statement", "none"),
        ("key", "0123456789abcdef"),
    ];
    let back = ada.form("/new", &fields).await.is(422);
    for words in
        ["A title to be kept &#38; shown", "Typed with care; ring her on 07700 900123.", "Also typed.", "And this?"]
    {
        assert!(back.has(words) || back.has(&words.replace("&#38;", "&amp;")), "{words} is lost: {back}");
    }
    assert!(back.has("0123456789abcdef"), "the key is lost");
    assert_eq!(house.count("select count(*) from threads").await, 0);
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let fields = [("body", "Typed, without a ground."), ("interest_statement", ""), ("key", "0123456789abcdef")];
    ada.form(&format!("/threads/{thread}/posts"), &fields).await.is(422).shows("Typed, without a ground.");
    let fields = [("kind", "nonsense"), ("note", "What I wanted to say.")];
    let post = ada.reply(&thread, reply("Something.")).await.ok().of("post");
    ada.form(&format!("/posts/{post}/flag"), &fields).await.is(422).shows("What I wanted to say.");
}

async fn page_api_and_command_line_find_the_same(house: &House) {
    let ada = house.clinician("ada").await;
    let ordinary = [
        "Start low, go slow.",
        "GCS 14, sodium 120 after 8 hours.",
        "Zürich score ≥ 3 — näher besehen 🩺, ring 07700 900123.",
    ];
    for text in IDENTIFIES.iter().chain(&ordinary) {
        let told = ada.check(&[("body", text)]).await.ok().json();
        let api: Vec<(i64, i64, String, String)> = told["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| {
                let text = |name: &str| f[name].as_str().unwrap().to_owned();
                (f["start"].as_i64().unwrap(), f["end"].as_i64().unwrap(), text("category"), text("rule"))
            })
            .collect();
        let report = deid::check(text);
        let library: Vec<(i64, i64, String, String)> = report
            .findings
            .iter()
            .zip(deid::to_code_points(text, &report.findings))
            .map(|(f, (start, end))| (start as i64, end as i64, f.category.code().to_owned(), f.rule.to_owned()))
            .collect();
        assert_eq!(api, library, "{text}");
        let passes =
            gate::pass(vec![Part { name: "body".to_owned(), text: (*text).to_owned() }], &[], &deid::Around::default())
                .is_ok();
        assert_eq!(api.is_empty(), passes, "{text}");
    }
    assert_eq!(house.count("select count(*) from posts").await, 0);
}

async fn an_edit_keeps_the_text_before(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Give the whole dose.")).await.ok().of("post");
    let mut change = reply("Give half of it.");
    change["revision"] = json!(1);
    bram.revise(&post, change.clone()).await.problem(404, "not-found");
    ada.revise(&post, change).await.is(200);
    bram.get(&format!("/posts/{post}/revisions")).await.is(200).shows("whole").shows("half");
    bram.get(&format!("/posts/{post}/edit")).await.is(404);
    bram.read(&thread).await.ok().shows("Give half").hides("whole dose");
}

async fn only_one_of_two_edits_wins(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("First.")).await.ok().of("post");
    let change = |words: &str| {
        let mut change = reply(words);
        change["revision"] = json!(1);
        change
    };
    let (one, other) = tokio::join!(ada.revise(&post, change("Second.")), ada.revise(&post, change("Also second.")));
    let mut both = [one.status, other.status];
    both.sort_unstable();
    assert_eq!(both, [200, 409]);
    ada.revise(&post, change("Late.")).await.problem(409, "moved-on");
    let fields = [
        ("body", "Late, typed."),
        ("ground", "opinion"),
        ("interest_statement", "none"),
        ("revision", "1"),
        ("key", "0123456789ab"),
    ];
    ada.form(&format!("/posts/{post}/edit"), &fields).await.is(422).shows("Late, typed.");
}

async fn interests_are_shown_with_the_post(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let fields = [
        ("kind", "fee"),
        ("organisation", "Norvane"),
        ("detail", "makes ramipril"),
        ("band", "under-1000"),
        ("year", "2026"),
    ];
    ada.form("/settings/interests", &fields).await.is(303);
    let interest: String = sqlx::query_scalar("select interest_id from interests")
        .fetch_one(&mut *house.log().reader().await.unwrap())
        .await
        .unwrap();
    let with = |interest: &str| {
        let mut told = case("With an interest");
        told["disclosure"] = json!({ "statement": "some", "interests": [interest] });
        told
    };
    // Somebody else's interest is nobody's.
    bram.publish(with(&interest)).await.is(422);
    let thread = ada.publish(with(&interest)).await.is(201).of("thread");
    bram.read(&thread).await.ok().shows("Norvane");
    // What was declared then stays with the post.
    ada.form(&format!("/settings/interests/{interest}/end"), &[]).await.is(303);
    bram.read(&thread).await.ok().shows("Norvane");
}

/// More than there are connections to read with: nobody holds one while waiting for another.
async fn twenty_read_one_thread_at_once(house: &House) {
    let ada = house.clinician("ada").await;
    let bram = house.clinician("bram").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    ada.reply(&thread, reply("Start ramipril.")).await.is(201);
    let page = format!("/threads/{thread}");
    for read in futures_util::future::join_all((0..20).map(|_| bram.get(&page))).await {
        read.is(200).shows("ramipril");
    }
}
