//! Everywhere text enters: every route that takes something is walked, and refuses what names a patient, or stands here
//! with the reason why it takes no text that anybody else reads. Complete by construction: a route without a row fails.

use crate::each_db;
use crate::support::{Answer, House, PASSWORD, Person, case, recognisable, reply};
use collegium::accounts::Role;
use collegium::registers::Status;
use collegium::web::routes::routes;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a route does with what is written.
enum Takes {
    /// It keeps these for others to read, and refuses what names a patient.
    Checked(&'static [&'static str]),
    /// For moderators alone, who must be able to be told what is wrong.
    ToModerators(&'static str),
    /// It keeps no text that anybody else reads: codes, secrets, one's own labels.
    Nothing(&'static str),
}
use Takes::*;

const PARTS: &[&str] = &["title", "presentation", "history", "findings", "investigations", "question", "consent_note"];
const REPLY: &[&str] = &["body", "source", "consent_note"];

#[rustfmt::skip]
const TABLE: &[(&str, &str, Takes)] = &[
    ("POST", "/sign-in",                              Nothing("address and password")),
    ("POST", "/sign-in/passkey/start",                Nothing("a ceremony")),
    ("POST", "/sign-in/passkey/finish",               Nothing("a ceremony")),
    ("POST", "/sign-out",                             Nothing("no field")),
    ("POST", "/join",                                 Checked(&["name"])),
    ("POST", "/join/confirm",                         Nothing("a token")),
    ("POST", "/first-administrator",                  Checked(&["name"])),
    ("POST", "/set-password",                         Nothing("a token and a password")),
    ("POST", "/step-up",                              Nothing("a password")),
    ("POST", "/step-up/passkey/start",                Nothing("a ceremony")),
    ("POST", "/step-up/passkey/finish",               Nothing("a ceremony")),
    ("POST", "/settings/passkeys/start",              Nothing("a ceremony; the label is one's own")),
    ("POST", "/settings/passkeys/finish",             Nothing("a ceremony; the label is one's own")),
    ("POST", "/settings/passkeys/{id}/rename",        Nothing("the label is one's own, in one's own settings")),
    ("POST", "/settings/passkeys/{id}/removal",       Nothing("no field")),
    ("POST", "/settings/sessions/end-others",         Nothing("no field")),
    ("POST", "/settings/sessions/{id}/end",           Nothing("no field")),
    ("POST", "/settings/interests",                   Checked(&["organisation", "detail"])),
    ("POST", "/settings/interests/{id}/end",          Nothing("no field")),
    ("POST", "/settings/theme",                       Nothing("a code")),
    ("POST", "/settings/password",                    Nothing("passwords")),
    ("POST", "/membership/attestation",               Nothing("no field")),
    ("POST", "/membership/appeal",                    Checked(&["words"])),
    ("POST", "/application",                          Checked(&["statement"])),
    ("POST", "/application/correction",               Nothing("a number and a name as the register has them; no note")),
    ("POST", "/application/reply",                    Checked(&["answer"])),
    ("POST", "/application/evidence/documents",       Nothing("a code and a picture, seen by verifiers alone")),
    ("POST", "/application/evidence/{id}/withdrawal", Nothing("no field")),
    ("POST", "/application/evidence/call",            Nothing("no field")),
    ("POST", "/application/provider/{id}",            Nothing("no field")),
    ("POST", "/link",                                 Nothing("a token")),
    ("POST", "/link/denial",                          Nothing("a token")),
    ("POST", "/vouch/{id}",                           Nothing("a tick")),
    ("POST", "/vouches/{id}/retraction",              Nothing("no field")),
    ("POST", "/new",                                  Checked(PARTS)),
    ("POST", "/threads/{id}/posts",                   Checked(REPLY)),
    ("POST", "/posts/{id}/edit",                      Checked(REPLY)),
    ("POST", "/posts/{id}/flag",                      ToModerators("note")),
    ("POST", "/held/{post}/withdrawal",               Nothing("no field")),
    ("POST", "/verify/members/{id}",                  Nothing("a code")),
    ("POST", "/verify/{id}",                          Checked(&["note"])),
    ("POST", "/verify/{id}/documents/{evidence}",     Nothing("a code and a number")),
    ("POST", "/verify/{id}/live-checks",              Nothing("a code and a day")),
    ("POST", "/verify/{id}/links",                    Checked(&["published"])),
    ("POST", "/verify/{id}/vouches/{evidence}",       Nothing("a code")),
    ("POST", "/membership/decisions/{decision}/appeal", Checked(&["words"])),
    ("POST", "/moderation/decisions/{decision}",      Nothing("a code")),
    ("POST", "/moderation/{post}/measures/{measure}", Checked(&["note", "words"])),
    ("POST", "/moderation/rota",                      Nothing("a day and hours")),
    ("POST", "/moderation/rota/end",                  Nothing("hours of the week")),
    ("POST", "/moderation/drills/{drill}",            Nothing("a code")),
    ("POST", "/moderation/{post}/claim",              Nothing("no field")),
    ("POST", "/moderation/held/{post}/release",       Nothing("no field")),
    ("POST", "/moderation/held/{post}/return",        Checked(&["note"])),
    // After a breach.
    ("POST", "/notices/{post}",                       Nothing("a code")),
    ("POST", "/privacy/{post}/decision",              Checked(&["reason"])),
    ("POST", "/privacy/{post}/downloads",             Nothing("a code")),
    ("POST", "/privacy/{post}/package",               Nothing("a code")),
    ("POST", "/admin/accounts/{id}/roles",            Nothing("codes")),
    ("POST", "/admin/accounts/{id}/suspension",       Nothing("a code")),
    ("POST", "/admin/rooms",                          Checked(&["name", "description"])),
    ("POST", "/api/v1/session",                       Nothing("address and password")),
    ("DELETE", "/api/v1/session",                     Nothing("no field")),
    ("POST", "/api/v1/rooms/{room}/threads",          Checked(PARTS)),
    ("POST", "/api/v1/threads/{id}/posts",            Checked(REPLY)),
    ("PATCH", "/api/v1/posts/{id}",                   Checked(REPLY)),
    ("POST", "/api/v1/deid/check",                    Nothing("answers the asker and keeps nothing")),
    ("POST", "/api/v1/posts/{id}/flags",              ToModerators("note")),
    ("POST", "/api/v1/posts/{id}/removal",            Nothing("a code")),
    ("POST", "/api/v1/posts/{id}/restoration",        Nothing("no field")),
    ("POST", "/api/v1/posts/{id}/measures/{measure}", Checked(&["note", "words"])),
    ("POST", "/api/v1/moderation/decisions/{id}",     Nothing("a code")),
    ("POST", "/api/v1/decisions/{id}/appeal",         Checked(&["words"])),
    ("POST", "/api/v1/posts/{id}/release",            Nothing("no field")),
    ("POST", "/api/v1/posts/{id}/return",             Checked(&["note"])),
    ("DELETE", "/api/v1/held/{id}",                   Nothing("no field")),
    ("POST", "/api/v1/applications",                  Checked(&["statement"])),
    ("POST", "/api/v1/application/evidence/documents", Nothing("a code and a picture, seen by verifiers alone")),
    ("POST", "/api/v1/applications/{id}/links",       Checked(&["published"])),
    ("POST", "/api/v1/applications/{id}/live-checks", Nothing("a code and a day")),
    ("POST", "/api/v1/applications/{id}/vouches",     Nothing("a tick")),
];

/// What no text of this house may say.
const PATIENTS: &[&str] = &["NHS number 999 317 2048", "My patient Mrs Kowalczyk was admitted on 3 March"];

each_db!(no_route_takes_what_names_a_patient);

#[test]
fn every_route_that_takes_something_has_a_row() {
    let told: BTreeSet<(String, String)> =
        TABLE.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    let there: BTreeSet<(String, String)> = routes()
        .iter()
        .filter(|route| route.method != "GET")
        .map(|route| (route.method.to_owned(), route.path.clone()))
        .collect();
    assert_eq!(told.len(), TABLE.len(), "a row stands twice");
    assert_eq!(told, there, "routes and rows");
    for (method, path, takes) in TABLE {
        if let Nothing(why) = takes {
            assert!(why.contains(' ') || *why == "passwords" || *why == "codes", "{method} {path} says why");
        }
    }
}

/// Who is there to write, and what about.
struct Stage<'a> {
    house: &'a House,
    ada: Person,
    ines: Person,
    /// A moderator who has flagged nothing.
    jonas: Person,
    mo: Person,
    rhea: Person,
    /// The data-protection officer.
    officer: Person,
    /// They have not applied yet.
    oyin: Person,
    petra: Person,
    /// A verifier asked them something.
    hana: Person,
    /// The register suspended them.
    yusuf: Person,
    /// An application that nobody has looked at.
    waiting: String,
    thread: String,
    post: String,
    sent: AtomicUsize,
}

async fn no_route_takes_what_names_a_patient(house: &House) {
    // While there is no administrator yet, the first one's link opens.
    let token = house.running().first_admin_link().await.unwrap().expect("no administrator yet");
    let token = token.split("token=").nth(1).expect("a token").to_owned();
    for words in PATIENTS {
        let fields =
            [("token", token.as_str()), ("name", words), ("email", "first@story.example"), ("password", PASSWORD)];
        refuses(house.stranger().form("/first-administrator", &fields).await, "/first-administrator", "name");
    }
    let stage = stage(house).await;
    for (method, path, takes) in TABLE {
        match takes {
            Nothing(_) => {}
            Checked(_) if *path == "/first-administrator" => {}
            Checked(fields) => {
                for field in *fields {
                    for words in PATIENTS {
                        refuses(stage.send(method, path, field, words).await, path, field);
                    }
                    let (clean, wanted) = (stage.send(method, path, field, "Written as it should be.").await, path);
                    assert!((200..400).contains(&clean.status), "{wanted} {field} takes nothing at all: {clean}");
                }
            }
            ToModerators(field) => {
                let sent = stage.send(method, path, field, PATIENTS[0]).await;
                assert!((200..400).contains(&sent.status), "{path}: {sent}");
            }
        }
    }
    nothing_is_kept(stage.house).await;
}

#[track_caller]
fn refuses(answer: Answer, path: &str, field: &str) {
    assert_eq!(answer.status, 422, "{path} {field}: {answer}");
    // The words in the way, or the finding, and never silence.
    assert!(answer.has("“") || answer.has("findings") || answer.has("Must change"), "{path} {field}: {answer}");
}

/// No table holds the words, but the notes on flags.
async fn nothing_is_kept(house: &House) {
    let sealed = house.sealed_words().await;
    assert!(sealed.iter().any(|words| words.contains("Start ramipril low.")), "what is sealed can be searched");
    for word in ["999 317 2048", "Kowalczyk"] {
        assert!(!sealed.iter().any(|words| words.contains(word)), "{word}");
    }
    let mut conn = house.log().reader().await.unwrap();
    for sql in [
        "select count(*) from held where returned_note like $1",
        "select count(*) from accounts where name like $1",
        "select count(*) from interests where organisation like $1 or detail like $1",
        "select count(*) from rooms where name like $1 or description like $1",
        "select count(*) from applications where statement like $1",
        "select count(*) from application_turns where words like $1",
        "select count(*) from doubts where words like $1",
        "select count(*) from decisions where note like $1 or appeal like $1 or words like $1",
        "select count(*) from evidence_links where published like $1",
        "select count(*) from breaches where reason like $1",
    ] {
        for word in ["%999 317 2048%", "%Kowalczyk%"] {
            let rows: i64 = sqlx::query_scalar(sql).bind(word).fetch_one(&mut *conn).await.expect(sql);
            assert_eq!(rows, 0, "{sql}: {word}");
        }
    }
}

async fn stage(house: &House) -> Stage<'_> {
    let ada = house.clinician("ada").await;
    let ines = house.moderator("ines").await;
    let jonas = house.moderator("jonas").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let rhea = house.staff("rhea", &[Role::Admin]).await;
    let officer = house.staff("samira", &[Role::Privacy]).await;
    let thread = ada.publish(case("A case for all")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Start ramipril low.")).await.ok().of("post");
    let hana = house.member("hana").await;
    let asked = apply(&hana, "9810108", "Hana Silvestri-Lund").await;
    let ask = [("decision", "more"), ("reason", "say-more"), ("note", "Where do you work?")];
    mo.form(&format!("/verify/{asked}"), &ask).await.is(303);
    let nils = house.member("nils").await;
    let waiting = apply(&nils, "9810114", "Nils Okafor-Reyes").await;
    let (oyin, petra) = (house.member("oyin").await, house.member("petra").await);
    let yusuf = house.clinician("yusuf").await;
    let out = Status::Suspended { interim: false };
    house.read_register(|part| if part.key == "yusuf" { out } else { Status::Active }).await;
    yusuf.sign_in().await.is(201);
    Stage {
        house,
        ada,
        ines,
        jonas,
        mo,
        rhea,
        officer,
        oyin,
        petra,
        hana,
        yusuf,
        waiting,
        thread,
        post,
        sent: AtomicUsize::new(0),
    }
}

impl Stage<'_> {
    /// Sends a right form or document with these words in one field.
    async fn send(&self, method: &str, path: &str, field: &str, words: &str) -> Answer {
        let number = self.sent.fetch_add(1, Ordering::Relaxed);
        let key = format!("walk-{number:08}");
        let (who, at, mut told) = self.right(path, &key).await;
        told[field] = json!(words);
        if path.starts_with("/api/") {
            return who.send(method, &at, &told).await;
        }
        if let Some(told) = told.as_object_mut() {
            told.remove("disclosure");
        }
        let fields: Vec<(&str, &str)> =
            told.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
        who.form(&at, &fields).await
    }

    /// Who may send to a route, where, and what it takes.
    async fn right(&self, path: &str, key: &str) -> (&Person, String, Value) {
        let at = path.replace("{room}", "cardiology");
        let at = at.replace("/threads/{id}", &format!("/threads/{}", self.thread));
        let at = at.replace("/verify/{id}", &format!("/verify/{}", self.waiting));
        let posts = |at: String| at.replace("/posts/{id}", &format!("/posts/{}", self.post));
        match path {
            "/join" => {
                let email = format!("{key}@story.example");
                (&self.mo, at, json!({ "name": "", "email": email, "password": PASSWORD }))
            }
            "/settings/interests" => (
                &self.ada,
                at,
                json!({ "kind": "fee", "organisation": "Norvane", "detail": "", "band": "none", "year": "2026" }),
            ),
            "/application" => (&self.oyin, at, claim("9810115", "Oyin Farrow-Adair", "")),
            "/api/v1/applications" => (&self.petra, at, claim("9810116", "Petra Lindgaard-Asante", "")),
            "/membership/appeal" => (&self.yusuf, at, json!({})),
            "/application/reply" => (&self.hana, at, json!({})),
            "/verify/{id}" => (&self.mo, at, json!({ "decision": "more", "reason": "say-more" })),
            "/verify/{id}/links" | "/api/v1/applications/{id}/links" => {
                let at = at.replace("{id}", &self.waiting);
                (&self.mo, at, json!({ "address": "renal@hospital.example", "by": "employer" }))
            }
            "/admin/rooms" => {
                (&self.rhea, at, json!({ "slug": key, "name": format!("Room {key}"), "description": "A room." }))
            }
            "/moderation/held/{post}/return" | "/api/v1/posts/{id}/return" => {
                let held = self.ada.publish(recognisable()).await.is(202).of("post");
                let at = at.replace("{post}", &held).replace("{id}", &held);
                (&self.ines, at, json!({ "reason": "other" }))
            }
            // A notice takes both; it is put up anew each time.
            "/moderation/{post}/measures/{measure}" | "/api/v1/posts/{id}/measures/{measure}" => {
                let at = posts(at).replace("{post}", &self.post).replace("{measure}", "correct");
                (&self.jonas, at, json!({ "reason": "accuracy", "words": "See the reply." }))
            }
            "/membership/decisions/{decision}/appeal" | "/api/v1/decisions/{id}/appeal" => {
                let warn = format!("/api/v1/posts/{}/measures/warn", self.post);
                let decision =
                    self.jonas.send("POST", &warn, &json!({ "reason": "other" })).await.is(201).of("decision");
                (&self.ada, at.replace("{decision}", &decision).replace("{id}", &decision), json!({}))
            }
            "/privacy/{post}/decision" => {
                let thread = self.ada.publish(case("A case to go")).await.ok().of("thread");
                let post = self.ada.reply(&thread, reply("To be removed.")).await.ok().of("post");
                self.ines.remove(&post, "confidentiality").await.is(201);
                self.house.caught_up().await;
                (&self.officer, at.replace("{post}", &post), json!({ "decision": "no-notice" }))
            }
            "/posts/{id}/flag" | "/api/v1/posts/{id}/flags" => {
                // Another reason each time: the same one is raised once.
                let kind = if path.starts_with("/api/") { "other" } else { "accuracy" };
                (&self.ines, posts(at), json!({ "kind": kind }))
            }
            _ => (&self.ada, posts(at), self.text(path, key).await),
        }
    }

    /// A right text, for the page's form or for the API.
    async fn text(&self, path: &str, key: &str) -> Value {
        let is_start = path == "/new" || path.ends_with("/threads");
        let mut told = if is_start { case("A case") } else { reply("As the review says.") };
        let is_change = path.ends_with("/edit") || path == "/api/v1/posts/{id}";
        if !is_start {
            told["ground"] = json!("evidence");
            told["source"] = json!("A review of heart failure");
        }
        if !path.starts_with("/api/") {
            told["interest_statement"] = json!("none");
        }
        if !(is_change && path.starts_with("/api/")) {
            told["key"] = json!(key);
        }
        if path == "/new" {
            told["room"] = json!("cardiology");
        }
        if is_change {
            let read = self.ada.read(&self.thread).await.ok().json();
            let post = read["posts"].as_array().unwrap().iter().find(|post| post["id"] == json!(self.post));
            let revision = post.expect("it stands")["revision"].as_i64().unwrap();
            told["revision"] = if path.starts_with("/api/") { json!(revision) } else { json!(revision.to_string()) };
        }
        told
    }
}

fn claim(number: &str, name: &str, statement: &str) -> Value {
    json!({ "country": "GB", "register": "gmc", "profession": "physician", "number": number,
            "registered_name": name, "statement": statement })
}

async fn apply(person: &Person, number: &str, name: &str) -> String {
    person.send("POST", "/api/v1/applications", &claim(number, name, "")).await.is(201).of("application")
}
