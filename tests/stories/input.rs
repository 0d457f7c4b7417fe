//! Bad input gets a clear error that names what is wrong, and never a 500.

use crate::each_db;
use crate::support::{Answer, House, Person, Plan, case, reply};
use collegium::accounts::Role;
use collegium::web::routes::routes;
use serde_json::{Value, json};

each_db!(
    what_is_no_json_is_told_so,
    wrong_types_and_unknown_fields_are_named,
    unknown_ids_and_other_peoples_are_alike,
    no_field_breaks_the_house,
    no_form_breaks_the_house,
    no_address_breaks_the_house,
);
each_db!(Plan { more: "[limits]\nbody_bytes = 65536", ..Plan::default() } => what_is_too_large_is_refused_at_its_limit);

/// Somebody for whom every door opens.
async fn everybody(house: &House) -> Person {
    house.clinician_who("ines", &[Role::Moderator, Role::Verifier, Role::Admin]).await
}

/// The API's addresses that take a JSON body; that of documents takes a file.
fn bodies() -> Vec<(&'static str, String)> {
    routes()
        .into_iter()
        .filter(|route| route.path.starts_with("/api/") && matches!(route.method, "POST" | "PATCH"))
        .filter(|route| {
            !["/restoration", "/release", "/evidence/documents"].iter().any(|end| route.path.ends_with(end))
        })
        .map(|route| (route.method, route.path))
        .collect()
}

fn filled(path: &str, thread: &str, post: &str) -> String {
    let path =
        path.replace("threads/{id}", &format!("threads/{thread}")).replace("posts/{id}", &format!("posts/{post}"));
    path.replace("{room}", "cardiology")
        .replace("{post}", post)
        .replace("{measure}", "warn")
        .replace("{id}", "0000000000000000000000000")
}

async fn placed(person: &Person) -> (String, String) {
    let thread = person.publish(case("A thread")).await.ok().of("thread");
    let post = person.reply(&thread, reply("Something.")).await.ok().of("post");
    (thread, post)
}

/// A problem document with a code and a sentence.
#[track_caller]
fn sound(answer: &Answer, among: &[u16]) {
    assert!(among.contains(&answer.status), "{answer}");
    assert_eq!(answer.header("content-type"), "application/problem+json", "{answer}");
    let told = answer.json();
    assert!(told["code"].as_str().is_some_and(|code| !code.is_empty()), "{answer}");
    assert!(told["detail"].as_str().is_some_and(|words| words.contains(' ') && words.ends_with('.')), "{answer}");
}

async fn what_is_no_json_is_told_so(house: &House) {
    let ines = everybody(house).await;
    let (thread, post) = placed(&ines).await;
    let json = [("content-type", "application/json")];
    for (method, path) in bodies() {
        let path = filled(&path, &thread, &post);
        for body in [
            "",
            "{",
            "nonsense",
            "{\"a\":}",
            "[1,2",
            "\u{0}",
            "{\"email\":\"\\ud800\"}",
            "null",
            "[]",
            "3",
            "\"text\"",
            "true",
        ] {
            sound(&ines.ask(method, &path, &json, body.to_owned()).await, &[400]);
        }
        sound(&ines.ask(method, &path, &json, vec![0xff, 0xfe, 0x00]).await, &[400]);
        sound(&ines.ask(method, &path, &json, "[".repeat(50_000)).await, &[400]);
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonx",
            "",
        ] {
            let headers = [("content-type", kind), ("origin", ines.origin())];
            ines.ask(method, &path, &headers, "{}").await.problem(415, "wrong-type");
        }
        ines.ask(method, &path, &[], "{}").await.problem(415, "wrong-type");
    }
    // Forms, too, say what they read.
    let headers = [("content-type", "application/json"), ("origin", ines.origin())];
    ines.ask("POST", &format!("/threads/{thread}/posts"), &headers, "{}").await.is(415);
}

async fn wrong_types_and_unknown_fields_are_named(house: &House) {
    let ines = everybody(house).await;
    let (thread, _) = placed(&ines).await;
    let path = format!("/api/v1/threads/{thread}/posts");
    let mut told = reply("Something.");
    told["surprise"] = json!(1);
    ines.send("POST", &path, &told).await.problem(400, "malformed").shows("surprise");
    for field in ["body", "ground", "disclosure"] {
        let mut told = reply("Something.");
        told.as_object_mut().unwrap().remove(field);
        ines.send("POST", &path, &told).await.problem(400, "malformed").shows(field);
        for wrong in [json!(1), json!(null), json!([]), json!(true)] {
            let mut told = reply("Something.");
            told[field] = wrong;
            ines.send("POST", &path, &told).await.problem(400, "malformed");
        }
    }
    // What was typed is not in the answer: it may be clinical.
    let mut told = reply("Something.");
    told["ground"] = json!({ "secret": "marzipan" });
    ines.send("POST", &path, &told).await.problem(400, "malformed").hides("marzipan");
    ines.ask("POST", &path, &[("content-type", "application/json")], "{\"body\": \"marzipan").await.hides("marzipan");
}

async fn unknown_ids_and_other_peoples_are_alike(house: &House) {
    let ada = house.clinician("ada").await;
    let bram = house.clinician("bram").await;
    let (_, post) = placed(&ada).await;
    let unknown = "0000000000000000000000000";
    let mut change = reply("Mine now.");
    change["revision"] = json!(1);
    let others = bram.revise(&post, change.clone()).await.problem(404, "not-found");
    let nobodys = bram.revise(unknown, change.clone()).await.problem(404, "not-found");
    assert_eq!(others.body, nobodys.body);
    for id in [
        unknown,
        "x",
        "ÿ",
        "%00",
        "%ff",
        "0",
        "-1",
        "' or 1=1 --",
        &"0".repeat(500),
        "0000000000000000000000000%0a",
        "03H9YH21X6",
    ] {
        let id = id.replace(' ', "%20").replace('\'', "%27").replace('ÿ', "%C3%BF");
        sound(&bram.read(&id).await, &[400, 404]);
        sound(&bram.reply(&id, reply("Something.")).await, &[400, 404]);
        sound(&bram.revise(&id, change.clone()).await, &[400, 404]);
        sound(&bram.flag(&id, "other", "").await, &[400, 404]);
        sound(&bram.publish_in(&id, case("A case")).await, &[400, 404]);
        sound(&bram.get(&format!("/api/v1/rooms/{id}/threads")).await, &[400, 404]);
        for page in ["threads/{}", "rooms/{}", "posts/{}/edit", "posts/{}/flag", "posts/{}/revisions"] {
            let answer = bram.get(&format!("/{}", page.replace("{}", &id))).await;
            assert!(matches!(answer.status, 400 | 404), "{answer}");
        }
    }
    // Other people's things in the settings.
    let fields = [
        ("kind", "fee"),
        ("organisation", "Norvane"),
        ("detail", "ramipril"),
        ("band", "under-1000"),
        ("year", "2026"),
    ];
    ada.form("/settings/interests", &fields).await.is(303);
    let interest: String = sqlx::query_scalar("select interest_id from interests")
        .fetch_one(&mut *house.log().reader().await.unwrap())
        .await
        .unwrap();
    bram.form(&format!("/settings/interests/{interest}/end"), &[]).await.is(404);
    for path in ["settings/interests/x/end", "settings/sessions/x/end", "settings/passkeys/x/removal"] {
        bram.form(&format!("/{path}"), &[]).await.is(404);
    }
}

/// Values that no field expects.
fn odd_texts() -> Vec<String> {
    vec![
        String::new(),
        " ".to_owned(),
        "\u{0}".to_owned(),
        "a\u{0}b".to_owned(),
        "\u{feff}\u{202e}\u{200b}".to_owned(),
        "é\u{301}\u{301}\u{301}".to_owned(),
        "🩺".repeat(300),
        "x".repeat(40_000),
        "' or 1=1; drop table posts; --".to_owned(),
        "<script>alert(1)</script>".to_owned(),
        "{{7*7}}".to_owned(),
        "> ".repeat(3_000),
        "[".repeat(5_000),
        "**".repeat(5_000),
        "-9223372036854775808".to_owned(),
        "\r\n\r\n".to_owned(),
    ]
}

async fn no_field_breaks_the_house(house: &House) {
    let ines = everybody(house).await;
    let (thread, post) = placed(&ines).await;
    let mut change = reply("Something.");
    change["revision"] = json!(1);
    let samples: [(&str, String, Value); 7] = [
        ("POST", "/api/v1/rooms/cardiology/threads".to_owned(), case("A case")),
        ("POST", format!("/api/v1/threads/{thread}/posts"), reply("Something.")),
        ("PATCH", format!("/api/v1/posts/{post}"), change),
        ("POST", "/api/v1/deid/check".to_owned(), json!({ "parts": [{ "name": "body", "text": "Something." }] })),
        ("POST", format!("/api/v1/posts/{post}/flags"), json!({ "kind": "other", "note": "Something." })),
        ("POST", format!("/api/v1/posts/{post}/removal"), json!({ "code": "nonsense" })),
        (
            "POST",
            "/api/v1/applications".to_owned(),
            json!({ "country": "GB", "register": "gmc", "profession": "physician", "number": "9810109",
                "registered_name": "Ines Calder-Moss", "statement": "Something." }),
        ),
    ];
    for (method, path, sample) in &samples {
        let fields: Vec<String> = sample.as_object().unwrap().keys().cloned().collect();
        for field in fields.iter().map(String::as_str).chain(["key", "source", "answers", "basis"]) {
            for odd in odd_texts() {
                let mut told = sample.clone();
                told[field] = json!(odd);
                let answer = ines.send(method, path, &told).await;
                assert!(answer.status < 500, "{field} = {:?}: {answer}", odd.chars().take(40).collect::<String>());
                if answer.status >= 400 {
                    sound(&answer, &[400, 404, 409, 413, 422, 429]);
                }
            }
            for odd in [
                json!(-1),
                json!(1e300),
                json!(9_223_372_036_854_775_807_i64),
                json!({ "a": { "b": [] } }),
                json!([[[]]]),
            ] {
                let mut told = sample.clone();
                told[field] = odd.clone();
                let answer = ines.send(method, path, &told).await;
                assert!(answer.status < 500, "{field} = {odd}: {answer}");
            }
        }
    }
    let session = |email: &str, password: &str| json!({ "email": email, "password": password });
    for odd in odd_texts() {
        for told in [session(&odd, "a password of some length"), session("nobody@story.example", &odd)] {
            let answer = ines.at_another_device().send("POST", "/api/v1/session", &told).await;
            sound(&answer, &[400, 422, 429]);
        }
    }
}

async fn no_form_breaks_the_house(house: &House) {
    let ines = everybody(house).await;
    let (thread, post) = placed(&ines).await;
    let forms: Vec<(String, Vec<(&str, &str)>)> = vec![
        (
            "/join".to_owned(),
            vec![("name", "Una Holt"), ("email", "una@story.example"), ("password", "quiet lamp olive ford")],
        ),
        ("/join/confirm".to_owned(), vec![("token", "x")]),
        ("/sign-in".to_owned(), vec![("email", "una@story.example"), ("password", "wrong"), ("next", "/")]),
        ("/step-up".to_owned(), vec![("password", "wrong"), ("next", "/")]),
        ("/first-administrator".to_owned(), vec![("token", "x"), ("name", "x"), ("email", "x"), ("password", "x")]),
        (
            "/settings/interests".to_owned(),
            vec![
                ("kind", "fee"),
                ("organisation", "Norvane"),
                ("detail", "d"),
                ("band", "under-1000"),
                ("year", "2026"),
            ],
        ),
        ("/settings/theme".to_owned(), vec![("theme", "dark")]),
        ("/settings/password".to_owned(), vec![("current", "wrong"), ("new", "quiet lamp olive ford")]),
        (
            "/application".to_owned(),
            vec![
                ("country", "GB"),
                ("register", "gmc"),
                ("profession", "physician"),
                ("number", "9810109"),
                ("registered_name", "Ines"),
                ("statement", ""),
            ],
        ),
        ("/application/reply".to_owned(), vec![("answer", "x")]),
        (
            "/new".to_owned(),
            vec![
                ("room", "renal"),
                ("kind", "question"),
                ("title", "T"),
                ("question", "Q?"),
                ("interest_statement", "none"),
                ("interests", ""),
                ("key", "0123456789"),
            ],
        ),
        (
            format!("/threads/{thread}/posts"),
            vec![
                ("body", "b"),
                ("ground", "opinion"),
                ("source", ""),
                ("interest_statement", "none"),
                ("key", "0123456789"),
            ],
        ),
        (
            format!("/posts/{post}/edit"),
            vec![
                ("body", "b"),
                ("ground", "opinion"),
                ("source", ""),
                ("interest_statement", "none"),
                ("revision", "1"),
                ("key", "0123456789"),
            ],
        ),
        (format!("/posts/{post}/flag"), vec![("kind", "other"), ("note", "n")]),
        (format!("/moderation/{post}/measures/correct"), vec![("reason", "nonsense"), ("note", "n"), ("words", "w")]),
        ("/admin/rooms".to_owned(), vec![("slug", "a-room"), ("name", "A room"), ("description", "d")]),
        (format!("/admin/accounts/{}/roles", ines.id()), vec![("role", "moderator"), ("action", "grant")]),
        (format!("/admin/accounts/{}/suspension", ines.id()), vec![("action", "suspend")]),
    ];
    for (path, fields) in &forms {
        for at in 0..fields.len() {
            for odd in odd_texts() {
                let mut told = fields.clone();
                told[at].1 = &odd;
                let answer = ines.form(path, &told).await;
                assert!(
                    answer.status < 500,
                    "{} = {:?}: {answer}",
                    fields[at].0,
                    odd.chars().take(40).collect::<String>()
                );
            }
        }
    }
    // Bytes that are no text.
    for body in [&b"body=%ff%fe&ground=%00"[..], &b"\xff\xfe\x00"[..], &b"&&&===&%"[..]] {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", ines.origin())];
        let answer = ines.ask("POST", &format!("/threads/{thread}/posts"), &headers, body.to_vec()).await;
        assert!(answer.status < 500, "{answer}");
    }
}

async fn no_address_breaks_the_house(house: &House) {
    let ines = everybody(house).await;
    placed(&ines).await;
    let odd = [
        "%00",
        "%ff",
        "a%00b",
        "%27%20or%201=1",
        "-1",
        "99999999999999999999",
        "%F0%9F%A9%BA",
        "%3Cscript%3E",
        "..%2f..",
        &"x".repeat(4_000),
    ];
    let asked = [
        "next",
        "token",
        "room",
        "kind",
        "q",
        "from",
        "to",
        "offset",
        "exact",
        "before",
        "done",
        "again",
        "look",
        "signed-out",
    ];
    for route in routes().iter().filter(|route| route.method == "GET" && route.path != "/live") {
        for odd in odd {
            let path =
                route.path.replace("{id}", odd).replace("{post}", odd).replace("{room}", odd).replace("{*path}", odd);
            let answer = ines.get(&path).await;
            assert!(answer.status < 500, "{answer}");
        }
        let path =
            filled(&route.path, "0000000000000000000000000", "0000000000000000000000000").replace("{*path}", "x");
        for name in asked {
            for odd in odd {
                let mut query = format!("{path}?{name}={odd}");
                if path.ends_with("/search") && name != "q" {
                    query.push_str("&q=heart");
                }
                let answer = ines.get(&query).await;
                assert!(answer.status < 500, "{answer}");
            }
        }
    }
}

async fn what_is_too_large_is_refused_at_its_limit(house: &House) {
    let ines = everybody(house).await;
    let (thread, post) = placed(&ines).await;
    for (method, path) in bodies() {
        let path = filled(&path, &thread, &post);
        let body = format!("{{\"body\":\"{}\"}}", "x".repeat(70_000));
        let answer = ines.ask(method, &path, &[("content-type", "application/json")], body).await;
        answer.problem(413, "too-large").shows("65536");
    }
    let large = "x".repeat(70_000);
    ines.form(&format!("/threads/{thread}/posts"), &[("body", &large)]).await.is(413);
    ines.form("/sign-in", &[("email", &large)]).await.is(413);
    let just_fits = "word ".repeat(3_000);
    ines.reply(&thread, reply(&just_fits)).await.is(201);
}
