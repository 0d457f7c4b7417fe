//! Finding what was discussed, and never what was hidden.

use crate::each_db;
use crate::support::{House, Person, case, question, reply};
use collegium::base::clock::DAY;
use serde_json::{Value, json};

each_db!(
    what_was_written_is_found,
    another_word_for_it_finds_it,
    a_slip_of_the_fingers_is_forgiven,
    rooms_and_days_narrow_it,
    what_is_hidden_or_removed_is_never_found,
    an_edit_changes_what_is_found,
    odd_questions_are_answered_in_words,
    the_page_shows_the_same,
);

async fn ask(person: &Person, query: &[(&str, &str)]) -> Vec<String> {
    let found = person.search(query).await.is(200).json();
    found["hits"].as_array().unwrap().iter().map(|hit| hit["post"].as_str().unwrap().to_owned()).collect()
}

/// Three threads in two rooms, a day apart; their first posts.
async fn discussions(house: &House, ada: &Person) -> [String; 3] {
    let infarction = ada
        .publish_in("cardiology", question("Aspirin after myocardial infarction", "For how long after a stent?"))
        .await
        .is(201)
        .of("post");
    house.advance(DAY);
    ada.sign_in().await.is(201);
    let potassium = ada
        .publish_in("renal", question("Potassium before dialysis", "Which threshold for hyperkalaemia do you use?"))
        .await
        .is(201)
        .of("post");
    house.advance(DAY);
    ada.sign_in().await.is(201);
    let case = ada.publish_in("cardiology", case("Breathless at night")).await.is(201).of("post");
    house.caught_up().await;
    [infarction, potassium, case]
}

async fn what_was_written_is_found(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let [infarction, potassium, case] = discussions(house, &ada).await;
    bram.sign_in().await.is(201);
    assert_eq!(ask(&bram, &[("q", "stent")]).await, std::slice::from_ref(&infarction));
    assert_eq!(ask(&bram, &[("q", "dialysis")]).await, [potassium]);
    assert_eq!(ask(&bram, &[("q", "\"third heart sound\"")]).await, [case]);
    assert!(ask(&bram, &[("q", "\"heart third sound\"")]).await.is_empty());
    assert!(ask(&bram, &[("q", "giraffe")]).await.is_empty());
    let found = bram.search(&[("q", "stent")]).await.ok().json();
    assert_eq!(found["total"], 1);
    assert!(found["hits"][0]["excerpt"].as_str().unwrap().contains("<mark>stent</mark>"), "{found}");
    assert_eq!(house.count("select count(*) from deliveries where way = 'search'").await, 3);
}

async fn another_word_for_it_finds_it(house: &House) {
    let ada = house.clinician("ada").await;
    let [infarction, potassium, _] = discussions(house, &ada).await;
    assert_eq!(ask(&ada, &[("q", "MI")]).await, std::slice::from_ref(&infarction));
    assert_eq!(ask(&ada, &[("q", "heart attack")]).await.first(), Some(&infarction));
    assert_eq!(ask(&ada, &[("q", "hyperkalemia")]).await.first(), Some(&potassium));
    let found = ada.search(&[("q", "MI")]).await.ok().json();
    assert!(found["synonyms"].to_string().contains("myocardial infarction"), "{found}");
    assert!(ask(&ada, &[("q", "MI"), ("exact", "true")]).await.is_empty());
}

async fn a_slip_of_the_fingers_is_forgiven(house: &House) {
    let ada = house.clinician("ada").await;
    let [infarction, _, case] = discussions(house, &ada).await;
    assert_eq!(ask(&ada, &[("q", "spironolactne")]).await, [case]);
    assert_eq!(ask(&ada, &[("q", "myocradial")]).await, [infarction]);
    assert!(ask(&ada, &[("q", "spironolactne"), ("exact", "true")]).await.is_empty());
}

async fn rooms_and_days_narrow_it(house: &House) {
    let ada = house.clinician("ada").await;
    let [infarction, potassium, case] = discussions(house, &ada).await;
    // "Potassium normal" stands in the case, too.
    let both = ask(&ada, &[("q", "potassium")]).await;
    assert!(both.len() == 2 && both.contains(&potassium) && both.contains(&case), "{both:?}");
    assert_eq!(ask(&ada, &[("q", "potassium"), ("room", "renal")]).await, std::slice::from_ref(&potassium));
    assert_eq!(ask(&ada, &[("q", "potassium"), ("to", "2026-11-22")]).await, std::slice::from_ref(&potassium));
    assert_eq!(ask(&ada, &[("q", "potassium"), ("from", "2026-11-23")]).await, [case]);
    assert_eq!(ask(&ada, &[("q", "aspirin"), ("from", "2026-11-21"), ("to", "2026-11-21")]).await, [infarction]);
    assert!(ask(&ada, &[("q", "aspirin"), ("room", "renal")]).await.is_empty());
}

async fn what_is_hidden_or_removed_is_never_found(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("Breathless at night")).await.ok().of("thread");
    let hidden = ada.reply(&thread, reply("Think of amyloid deposits here.")).await.ok().of("post");
    let removed = ada.reply(&thread, reply("Think of sarcoid deposits here.")).await.ok().of("post");
    house.caught_up().await;
    assert_eq!(ask(&bram, &[("q", "deposits")]).await.len(), 2);
    // At once, before any follower has read: the tables say what is shown.
    bram.flag(&hidden, "confidentiality", "").await.is(201);
    ines.remove(&removed, "other").await.is(201);
    for reader in [&ada, &bram, &ines] {
        for words in ["deposits", "amyloid", "sarcoid", "\"deposits here\"", "depostis"] {
            assert!(ask(reader, &[("q", words)]).await.is_empty(), "{} finds {words}", reader.key);
        }
    }
    house.caught_up().await;
    let found = bram.search(&[("q", "deposits")]).await.ok().json();
    assert_eq!(found["total"], 0, "nor are they counted: {found}");
    ines.restore(&hidden).await.is(204);
    house.caught_up().await;
    assert_eq!(ask(&bram, &[("q", "deposits")]).await, [hidden]);
}

async fn an_edit_changes_what_is_found(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("Breathless at night")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Think of amyloid deposits.")).await.ok().of("post");
    let mut change = reply("Think of sarcoid deposits.");
    change["revision"] = json!(1);
    ada.revise(&post, change).await.is(200);
    house.caught_up().await;
    assert_eq!(ask(&ada, &[("q", "sarcoid")]).await, [post]);
    assert!(ask(&ada, &[("q", "amyloid")]).await.is_empty());
}

async fn odd_questions_are_answered_in_words(house: &House) {
    let ada = house.clinician("ada").await;
    discussions(house, &ada).await;
    let long = "word ".repeat(60);
    for (query, field) in [
        (vec![("q", "")], "q"),
        (vec![("q", "   ")], "q"),
        (vec![("q", "!!!")], "q"),
        (vec![("q", long.as_str())], "q"),
        (vec![("q", "stent"), ("from", "yesterday")], "from"),
        (vec![("q", "stent"), ("to", "2026-13-01")], "to"),
        (vec![("q", "stent"), ("from", "2026-11-22"), ("to", "2026-11-20")], "to"),
        (vec![("q", "stent"), ("offset", "100000")], "offset"),
    ] {
        ada.search(&query).await.problem(422, "refused").refuses(field);
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&query).finish();
        let page = ada.get(&format!("/search?{query}")).await;
        assert!(matches!(page.status, 200 | 422), "{page}");
    }
    ada.get("/api/v1/search").await.problem(400, "malformed");
    ada.get("/api/v1/search?q=stent&offset=minus").await.problem(400, "malformed");
    let unknown: Value = ada.search(&[("q", "stent"), ("room", "nowhere")]).await.json();
    assert!(unknown["code"].is_string() || unknown["hits"] == json!([]), "{unknown}");
    for odd in [
        "\"",
        "\"\"\"",
        "AND OR NOT",
        "*",
        "stent*",
        "title:stent",
        "(stent",
        "a\u{0}b",
        "🩺",
        "' or 1=1 --",
        "<b>stent",
    ] {
        let answer = ada.search(&[("q", odd)]).await;
        assert!(matches!(answer.status, 200 | 400 | 422), "{answer}");
    }
}

async fn the_page_shows_the_same(house: &House) {
    let ada = house.clinician("ada").await;
    discussions(house, &ada).await;
    ada.get("/search?q=MI").await.is(200).shows("infarction</mark>");
    ada.get("/search?q=giraffe").await.is(200).hides("<mark>");
    ada.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E").await.hides("<script>alert");
}
