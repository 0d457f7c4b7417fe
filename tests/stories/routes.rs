//! Every route answered for every role, in one table. It is complete by construction: a route without a row fails, and
//! so does a row without a route.

use crate::each_db;
use crate::support::{Answer, House, Person, case, photo, recognisable, reply};
use collegium::accounts::Role;
use collegium::registers::Status;
use collegium::web::routes::routes;
use serde_json::json;
use std::collections::BTreeSet;

/// What a row sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sends {
    Nothing,
    /// An empty form.
    Form,
    /// An empty JSON object.
    Json,
    /// Nothing, from a device of its own: it ends the session.
    Farewell,
}
use Sends::*;

/// Method; the route; what it sends; and what it answers to
/// a stranger, an applicant, a clinician, a verifier, a moderator, an administrator, a suspended clinician.
/// Numbers are statuses; `in` sends on to the sign-in page, `home` to where the asker belongs. The requests are harmless
/// ones: whoever is let in reads, or is told what is missing (422, 400).
#[rustfmt::skip]
const TABLE: &[(&str, &str, Sends, [&str; 7])] = &[
    // The door.                                               stranger applic clinic verif  moder  admin  suspended
    ("GET",  "/sign-in",                              Nothing, ["200", "home","home","home","home","home","home"]),
    ("POST", "/sign-in",                              Form,    ["422", "422", "422", "422", "422", "422", "422"]),
    ("POST", "/sign-in/passkey/start",                Json,    ["200", "200", "200", "200", "200", "200", "200"]),
    ("POST", "/sign-in/passkey/finish",               Json,    ["400", "400", "400", "400", "400", "400", "400"]),
    ("POST", "/sign-out",                             Farewell,["in",  "in",  "in",  "in",  "in",  "in",  "in"]),
    ("GET",  "/join",                                 Nothing, ["200", "200", "200", "200", "200", "200", "200"]),
    ("POST", "/join",                                 Form,    ["422", "422", "422", "422", "422", "422", "422"]),
    ("GET",  "/join/confirm",                         Nothing, ["200", "200", "200", "200", "200", "200", "200"]),
    ("POST", "/join/confirm",                         Form,    ["409", "409", "409", "409", "409", "409", "409"]),
    ("GET",  "/first-administrator",                  Nothing, ["404", "404", "404", "404", "404", "404", "404"]),
    ("POST", "/first-administrator",                  Form,    ["404", "404", "404", "404", "404", "404", "404"]),
    ("GET",  "/set-password",                         Nothing, ["200", "200", "200", "200", "200", "200", "200"]),
    ("POST", "/set-password",                         Form,    ["409", "409", "409", "409", "409", "409", "409"]),
    ("GET",  "/help",                                 Nothing, ["200", "200", "200", "200", "200", "200", "200"]),
    ("GET",  "/demo/outbox",                          Nothing, ["404", "404", "404", "404", "404", "404", "404"]),
    ("GET",  "/assets/{*path}",                       Nothing, ["200", "200", "200", "200", "200", "200", "200"]),
    ("GET",  "/healthz",                              Nothing, ["200", "200", "200", "200", "200", "200", "200"]),
    ("GET",  "/readyz",                               Nothing, ["200", "200", "200", "200", "200", "200", "200"]),
    // One's own things.
    ("GET",  "/step-up",                              Nothing, ["in",  "200", "200", "200", "200", "200", "200"]),
    ("POST", "/step-up",                              Form,    ["in",  "422", "422", "422", "422", "422", "422"]),
    ("POST", "/step-up/passkey/start",                Json,    ["in",  "200", "200", "200", "200", "200", "200"]),
    ("POST", "/step-up/passkey/finish",               Json,    ["in",  "400", "400", "400", "400", "400", "400"]),
    ("GET",  "/settings",                             Nothing, ["in",  "200", "200", "200", "200", "200", "200"]),
    ("POST", "/settings/passkeys/start",              Json,    ["in",  "400", "400", "400", "400", "400", "400"]),
    ("POST", "/settings/passkeys/finish",             Json,    ["in",  "400", "400", "400", "400", "400", "400"]),
    ("POST", "/settings/passkeys/{id}/rename",        Form,    ["in",  "422", "422", "422", "422", "422", "422"]),
    ("POST", "/settings/passkeys/{id}/removal",       Form,    ["in",  "404", "404", "404", "404", "404", "404"]),
    ("POST", "/settings/sessions/end-others",         Form,    ["in",  "303", "303", "303", "303", "303", "303"]),
    ("POST", "/settings/sessions/{id}/end",           Form,    ["in",  "404", "404", "404", "404", "404", "404"]),
    ("POST", "/settings/interests",                   Form,    ["in",  "422", "422", "422", "422", "422", "422"]),
    ("POST", "/settings/interests/{id}/end",          Form,    ["in",  "404", "404", "404", "404", "404", "404"]),
    ("POST", "/settings/theme",                       Form,    ["in",  "422", "422", "422", "422", "422", "422"]),
    ("POST", "/settings/password",                    Form,    ["in",  "422", "422", "422", "422", "422", "422"]),
    ("GET",  "/membership",                           Nothing, ["in",  "home","200", "303", "303", "303", "200"]),
    ("POST", "/membership/attestation",               Form,    ["in",  "404", "303", "404", "404", "404", "409"]),
    ("POST", "/membership/appeal",                    Form,    ["in",  "404", "422", "404", "404", "404", "422"]),
    ("GET",  "/membership/decisions",                 Nothing, ["in",  "200", "200", "200", "200", "200", "200"]),
    ("POST", "/membership/decisions/{decision}/appeal", Form,  ["in",  "422", "422", "422", "422", "422", "422"]),
    ("GET",  "/membership/fhir",                      Nothing, ["in",  "home","200", "home","home","home","200"]),
    ("GET",  "/application",                          Nothing, ["in",  "200", "home","200", "200", "200", "home"]),
    ("POST", "/application",                          Form,    ["in",  "422", "422", "422", "422", "422", "422"]),
    ("POST", "/application/correction",               Form,    ["in",  "422", "422", "422", "422", "422", "422"]),
    ("POST", "/application/reply",                    Form,    ["in",  "422", "422", "404", "404", "404", "422"]),
    ("GET",  "/application/evidence",                 Nothing, ["in",  "200", "200", "409", "409", "409", "200"]),
    ("POST", "/application/evidence/documents",       Form,    ["in",  "415", "415", "415", "415", "415", "415"]),
    ("POST", "/application/evidence/{id}/withdrawal", Form,    ["in",  "404", "404", "404", "404", "404", "404"]),
    ("POST", "/application/evidence/call",            Form,    ["in",  "303", "409", "409", "409", "409", "409"]),
    ("POST", "/application/provider/{id}",            Form,    ["in",  "404", "404", "404", "404", "404", "404"]),
    ("GET",  "/application/provider/return",          Nothing, ["in",  "409", "409", "409", "409", "409", "409"]),
    ("GET",  "/link",                                 Nothing, ["200", "200", "200", "200", "200", "200", "200"]),
    ("POST", "/link",                                 Form,    ["422", "409", "409", "409", "409", "409", "409"]),
    ("POST", "/link/denial",                          Form,    ["409", "409", "409", "409", "409", "409", "409"]),
    ("GET",  "/vouch/{id}",                           Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("POST", "/vouch/{id}",                           Form,    ["in",  "home","422", "home","home","home","home"]),
    ("GET",  "/vouches",                              Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("POST", "/vouches/{id}/retraction",              Form,    ["in",  "home","404", "home","home","home","home"]),
    // The discussion.
    ("GET",  "/",                                     Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("GET",  "/rooms/{room}",                         Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("GET",  "/new",                                  Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("POST", "/new",                                  Form,    ["in",  "home","422", "home","home","home","home"]),
    ("GET",  "/threads/{id}",                         Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("POST", "/threads/{id}/posts",                   Form,    ["in",  "home","422", "home","home","home","home"]),
    ("GET",  "/posts/{id}/edit",                      Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("POST", "/posts/{id}/edit",                      Form,    ["in",  "home","422", "home","home","home","home"]),
    ("GET",  "/posts/{id}/revisions",                 Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("GET",  "/posts/{id}/flag",                      Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("POST", "/posts/{id}/flag",                      Form,    ["in",  "home","422", "home","home","home","home"]),
    ("GET",  "/held",                                 Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("GET",  "/held/{post}",                          Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("POST", "/held/{post}/withdrawal",               Form,    ["in",  "home","404", "home","home","home","home"]),
    ("GET",  "/members/{id}",                         Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("GET",  "/search",                               Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("GET",  "/live",                                 Nothing, ["401", "401", "403", "401", "401", "401", "403"]),
    // Staff.
    ("GET",  "/verify",                               Nothing, ["in",  "404", "404", "200", "404", "404", "404"]),
    ("GET",  "/verify/members/{id}",                  Nothing, ["in",  "404", "404", "404", "404", "404", "404"]),
    ("POST", "/verify/members/{id}",                  Form,    ["in",  "404", "404", "404", "404", "404", "404"]),
    ("GET",  "/verify/{id}",                          Nothing, ["in",  "404", "404", "200", "404", "404", "404"]),
    ("POST", "/verify/{id}",                          Form,    ["in",  "404", "404", "422", "404", "404", "404"]),
    ("GET",  "/verify/{id}/documents/{evidence}",     Nothing, ["in",  "404", "404", "200", "404", "404", "404"]),
    ("POST", "/verify/{id}/documents/{evidence}",     Form,    ["in",  "404", "404", "422", "404", "404", "404"]),
    ("GET",  "/verify/{id}/documents/{evidence}/pages/{sheet}",
                                                      Nothing, ["in",  "404", "404", "200", "404", "404", "404"]),
    ("POST", "/verify/{id}/live-checks",              Form,    ["in",  "404", "404", "422", "404", "404", "404"]),
    ("POST", "/verify/{id}/links",                    Form,    ["in",  "404", "404", "422", "404", "404", "404"]),
    ("POST", "/verify/{id}/vouches/{evidence}",       Form,    ["in",  "404", "404", "422", "404", "404", "404"]),
    ("GET",  "/moderation",                           Nothing, ["in",  "404", "404", "404", "200", "404", "404"]),
    ("GET",  "/moderation/audit",                     Nothing, ["in",  "404", "404", "404", "200", "404", "404"]),
    ("GET",  "/moderation/held/{post}",               Nothing, ["in",  "404", "404", "404", "200", "404", "404"]),
    ("POST", "/moderation/held/{post}/release",       Form,    ["in",  "404", "404", "404", "404", "404", "404"]),
    ("POST", "/moderation/held/{post}/return",        Form,    ["in",  "404", "404", "404", "422", "404", "404"]),
    ("GET",  "/moderation/rota",                      Nothing, ["in",  "404", "404", "404", "200", "200", "404"]),
    ("POST", "/moderation/rota",                      Form,    ["in",  "404", "404", "404", "422", "404", "404"]),
    ("POST", "/moderation/rota/end",                  Form,    ["in",  "404", "404", "404", "422", "404", "404"]),
    ("GET",  "/moderation/drills/{drill}",            Nothing, ["in",  "404", "404", "404", "200", "404", "404"]),
    ("POST", "/moderation/drills/{drill}",            Form,    ["in",  "404", "404", "404", "422", "404", "404"]),
    ("GET",  "/moderation/{post}",                    Nothing, ["in",  "404", "404", "404", "200", "404", "404"]),
    ("GET",  "/moderation/{post}/removal",            Nothing, ["in",  "404", "404", "404", "200", "404", "404"]),
    ("GET",  "/moderation/past",                      Nothing, ["in",  "404", "404", "404", "200", "404", "404"]),
    ("GET",  "/moderation/decisions/{decision}",      Nothing, ["in",  "404", "404", "404", "200", "404", "404"]),
    ("POST", "/moderation/decisions/{decision}",      Form,    ["in",  "404", "404", "404", "422", "404", "404"]),
    ("POST", "/moderation/{post}/measures/{measure}", Form,    ["in",  "404", "404", "404", "422", "404", "404"]),
    ("POST", "/moderation/{post}/claim",              Form,    ["in",  "404", "404", "404", "303", "404", "404"]),
    // After a breach.
    ("GET",  "/notices",                              Nothing, ["in",  "200", "200", "200", "200", "200", "200"]),
    ("POST", "/notices/{post}",                       Form,    ["in",  "422", "422", "422", "422", "422", "422"]),
    ("GET",  "/record",                               Nothing, ["in",  "home","200", "home","home","home","home"]),
    ("GET",  "/privacy",                              Nothing, ["in",  "404", "404", "404", "404", "404", "404"]),
    ("GET",  "/privacy/{post}",                       Nothing, ["in",  "404", "404", "404", "404", "404", "404"]),
    ("POST", "/privacy/{post}/decision",              Form,    ["in",  "404", "404", "404", "404", "404", "404"]),
    ("POST", "/privacy/{post}/downloads",             Form,    ["in",  "404", "404", "404", "404", "404", "404"]),
    ("POST", "/privacy/{post}/package",               Form,    ["in",  "404", "404", "404", "404", "404", "404"]),
    ("GET",  "/admin",                                Nothing, ["in",  "404", "404", "404", "404", "200", "404"]),
    ("POST", "/admin/accounts/{id}/roles",            Form,    ["in",  "404", "404", "404", "404", "422", "404"]),
    ("POST", "/admin/accounts/{id}/suspension",       Form,    ["in",  "404", "404", "404", "404", "422", "404"]),
    ("POST", "/admin/rooms",                          Form,    ["in",  "404", "404", "404", "404", "422", "404"]),
    // The API.
    ("GET",  "/api/v1/openapi.json",                  Nothing, ["200", "200", "200", "200", "200", "200", "200"]),
    ("POST", "/api/v1/session",                       Json,    ["400", "400", "400", "400", "400", "400", "400"]),
    ("DELETE", "/api/v1/session",                     Farewell,["401", "204", "204", "204", "204", "204", "204"]),
    ("GET",  "/api/v1/rooms",                         Nothing, ["401", "401", "200", "401", "401", "401", "403"]),
    ("GET",  "/api/v1/rooms/{room}/threads",          Nothing, ["401", "401", "200", "401", "401", "401", "403"]),
    ("POST", "/api/v1/rooms/{room}/threads",          Json,    ["401", "401", "400", "401", "401", "401", "403"]),
    ("GET",  "/api/v1/threads/{id}",                  Nothing, ["401", "401", "200", "401", "401", "401", "403"]),
    ("POST", "/api/v1/threads/{id}/posts",            Json,    ["401", "401", "400", "401", "401", "401", "403"]),
    ("PATCH", "/api/v1/posts/{id}",                   Json,    ["401", "401", "400", "401", "401", "401", "403"]),
    ("POST", "/api/v1/deid/check",                    Json,    ["401", "401", "400", "401", "401", "401", "403"]),
    ("GET",  "/api/v1/search",                        Nothing, ["401", "401", "200", "401", "401", "401", "403"]),
    ("POST", "/api/v1/posts/{id}/flags",              Json,    ["401", "401", "400", "401", "401", "401", "403"]),
    ("GET",  "/api/v1/moderation/queue",              Nothing, ["401", "404", "404", "404", "200", "404", "404"]),
    ("POST", "/api/v1/posts/{id}/removal",            Json,    ["401", "404", "404", "404", "400", "404", "404"]),
    ("POST", "/api/v1/posts/{id}/restoration",        Nothing, ["401", "404", "404", "404", "409", "404", "404"]),
    ("POST", "/api/v1/posts/{id}/measures/{measure}", Json,    ["401", "404", "404", "404", "400", "404", "404"]),
    ("POST", "/api/v1/moderation/decisions/{id}",     Json,    ["401", "404", "404", "404", "400", "404", "404"]),
    ("GET",  "/api/v1/decisions",                     Nothing, ["401", "200", "200", "200", "200", "200", "200"]),
    ("POST", "/api/v1/decisions/{id}/appeal",         Json,    ["401", "400", "400", "400", "400", "400", "400"]),
    ("GET",  "/api/v1/held",                          Nothing, ["401", "401", "200", "401", "401", "401", "403"]),
    ("DELETE", "/api/v1/held/{id}",                   Nothing, ["401", "401", "404", "401", "401", "401", "403"]),
    ("GET",  "/api/v1/moderation/held/{id}",          Nothing, ["401", "404", "404", "404", "200", "404", "404"]),
    ("POST", "/api/v1/posts/{id}/release",            Nothing, ["401", "404", "404", "404", "404", "404", "404"]),
    ("POST", "/api/v1/posts/{id}/return",             Json,    ["401", "404", "404", "404", "400", "404", "404"]),
    ("GET",  "/api/v1/fhir/me",                       Nothing, ["401", "401", "200", "401", "401", "401", "200"]),
    ("GET",  "/api/v1/fhir/{id}",                     Nothing, ["401", "404", "404", "404", "404", "200", "404"]),
    ("POST", "/api/v1/applications",                  Json,    ["401", "400", "400", "400", "400", "400", "400"]),
    ("GET",  "/api/v1/applications",                  Nothing, ["401", "404", "404", "200", "404", "404", "404"]),
    ("GET",  "/api/v1/application/evidence",          Nothing, ["401", "200", "200", "404", "404", "404", "200"]),
    ("POST", "/api/v1/application/evidence/documents",Json,    ["401", "415", "415", "415", "415", "415", "415"]),
    ("POST", "/api/v1/applications/{id}/links",       Json,    ["401", "404", "404", "400", "404", "404", "404"]),
    ("POST", "/api/v1/applications/{id}/live-checks", Json,    ["401", "404", "404", "400", "404", "404", "404"]),
    ("POST", "/api/v1/applications/{id}/vouches",     Json,    ["401", "401", "400", "401", "401", "401", "403"]),
];

/// What the data-protection officer is answered where it is not what an administrator is: the officer's own places. In an
/// administrator's they are a member like others.
const OFFICER: &[(&str, &str, &str)] = &[
    ("GET", "/privacy", "200"),
    ("GET", "/privacy/{post}", "200"),
    ("POST", "/privacy/{post}/decision", "422"),
    ("POST", "/privacy/{post}/downloads", "422"),
    ("POST", "/privacy/{post}/package", "422"),
    ("GET", "/api/v1/fhir/{id}", "404"),
];

/// The officer's column of the table.
fn officer(method: &str, path: &str, admin: &'static str) -> &'static str {
    match OFFICER.iter().find(|(a, b, _)| (*a, *b) == (method, path)) {
        Some((_, _, answer)) => answer,
        None if path == "/admin" || path.starts_with("/admin/") => "404",
        None => admin,
    }
}

/// GETs that write an event: a look at what is hidden or private is itself recorded.
const RECORDED: &[&str] = &[
    "/verify/{id}",
    "/verify/{id}/documents/{evidence}",
    "/moderation/{post}",
    "/moderation/drills/{drill}",
    "/moderation/held/{post}",
    "/api/v1/moderation/held/{id}",
    "/privacy/{post}",
];

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", "default-src 'none'"),
    ("content-security-policy", "frame-ancestors 'none'"),
    ("content-security-policy", "require-trusted-types-for 'script'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=()"),
];

each_db!(every_route_is_answered_for_every_role, what_is_no_route_is_nothing);

#[test]
fn the_table_and_the_routes_are_the_same() {
    let told: BTreeSet<(String, String)> =
        TABLE.iter().map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned())).collect();
    let there: BTreeSet<(String, String)> =
        routes().iter().map(|route| (route.method.to_owned(), route.path.clone())).collect();
    assert_eq!(told.len(), TABLE.len(), "a row stands twice");
    assert_eq!(routes().len(), there.len(), "a route stands twice");
    let without_row: Vec<_> = there.difference(&told).collect();
    let without_route: Vec<_> = told.difference(&there).collect();
    assert!(without_row.is_empty(), "routes without a row: {without_row:?}");
    assert!(without_route.is_empty(), "rows without a route: {without_route:?}");
}

/// Ids that are there, to fill the places in a path.
struct Things {
    thread: String,
    post: String,
    removed: String,
    /// Removed for confidentiality.
    breach: String,
    held: String,
    decision: String,
    drill: String,
    application: String,
    evidence: String,
    account: String,
    asset: String,
}

impl Things {
    fn path(&self, method: &str, pattern: &str) -> String {
        let post = match pattern {
            "/moderation/{post}/removal" if method == "GET" => &self.removed,
            _ if pattern.starts_with("/privacy/") => &self.breach,
            "/held/{post}" | "/moderation/held/{post}" => &self.held,
            "/moderation/held/{post}/return" => &self.held,
            _ => &self.post,
        };
        let id = match pattern {
            _ if pattern.contains("/threads/{id}") => &self.thread,
            _ if pattern.contains("/posts/{id}") => &self.post,
            "/api/v1/moderation/held/{id}" => &self.held,
            _ if pattern.starts_with("/verify/members/") => "0000000000000000000000000",
            _ if pattern.starts_with("/verify/") => &self.application,
            "/members/{id}" | "/api/v1/fhir/{id}" => &self.account,
            _ if pattern.starts_with("/vouch/") => &self.application,
            _ if pattern.starts_with("/admin/") => &self.account,
            _ => "0000000000000000000000000",
        };
        let path = pattern.replace("{id}", id).replace("{post}", post).replace("{room}", "cardiology");
        let path =
            path.replace("{decision}", &self.decision).replace("{measure}", "warn").replace("{drill}", &self.drill);
        let path = path.replace("{evidence}", &self.evidence).replace("{sheet}", "1");
        let path = path.replace("/assets/{*path}", &self.asset);
        if path == "/api/v1/search" { format!("{path}?q=ramipril") } else { path }
    }
}

async fn every_route_is_answered_for_every_role(house: &House) {
    let stranger = house.stranger();
    let ada = house.clinician("ada").await;
    let ines = house.staff("ines", &[Role::Moderator]).await;
    let oyin = house.member("oyin").await;
    let things = things(house, &stranger, &ada, &ines, &oyin).await;
    let people: [(&Person, &str); 8] = [
        (&stranger, "/sign-in"),
        (&oyin, "/application"),
        (&ada, "/"),
        (&house.staff("mo", &[Role::Verifier]).await, "/verify"),
        (&ines, "/moderation"),
        (&house.staff("rhea", &[Role::Admin]).await, "/admin"),
        (&suspended(house).await, "/membership"),
        (&house.staff("petra", &[Role::Privacy]).await, "/privacy"),
    ];
    let mut wrong = Vec::new();
    for (method, pattern, sends, expected) in TABLE {
        let path = things.path(method, pattern);
        let expected = expected.iter().copied().chain([officer(method, pattern, expected[5])]);
        for ((person, home), wanted) in people.iter().zip(expected) {
            house.caught_up().await;
            let before = house.count(UNMAILED).await;
            let answer = knock(person, method, &path, *sends).await;
            for (name, value) in HEADERS {
                assert!(answer.header(name).contains(value), "{name}: {answer}");
            }
            if !path.starts_with("/assets/") {
                assert_eq!(answer.header("cache-control"), "no-store", "{answer}");
            }
            let got = told(&answer, home);
            if got != wanted {
                wrong.push(format!("{}: {method} {pattern}: {wanted} was expected, {got} came", person.key));
            }
            let wrote = house.count(UNMAILED).await - before;
            let may_write = RECORDED.contains(pattern) && answer.status == 200;
            assert!(*method != "GET" || wrote == i64::from(may_write), "{answer}: a GET wrote {wrote} events");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const UNMAILED: &str = "select count(*) from events where kind not in ('mail-sent', 'mail-failed')";

async fn things(house: &House, stranger: &Person, ada: &Person, ines: &Person, oyin: &Person) -> Things {
    let thread = ada.publish(case("A case for all")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Start ramipril low.")).await.ok().of("post");
    let removed = ada.reply(&thread, reply("To be removed.")).await.ok().of("post");
    ines.remove(&removed, "other").await.is(201);
    let decision = ada.get("/api/v1/decisions").await.ok().json()[0]["id"].as_str().expect("an id").to_owned();
    let breach = ada.reply(&thread, reply("To be removed for privacy.")).await.ok().of("post");
    ines.remove(&breach, "confidentiality").await.is(201);
    let held = ada.publish(recognisable()).await.is(202).of("post");
    let claim = json!({ "country": "GB", "register": "gmc", "profession": "physician", "number": "9810115",
        "registered_name": "Oyin Farrow-Adair" });
    let application = oyin.send("POST", "/api/v1/applications", &claim).await.is(201).of("application");
    let evidence = oyin.give_document("photo-id", &photo(7)).await.is(201).of("evidence");
    let help = stranger.get("/help").await.ok().text();
    let asset = help.split("href=\"").find(|part| part.starts_with("/assets/")).expect("a style sheet");
    let asset = asset.split('"').next().expect("its address").to_owned();
    let drill = collegium::duty::begin(house.log(), 30).await.expect("a drill").to_string();
    house.caught_up().await;
    Things {
        thread,
        post,
        removed,
        breach,
        held,
        decision,
        drill,
        application,
        evidence,
        account: ada.id().to_string(),
        asset,
    }
}

/// A clinician whom the register suspended after they signed in, signed in again since.
async fn suspended(house: &House) -> Person {
    let yusuf = house.clinician("yusuf").await;
    house
        .read_register(|part| if part.key == "yusuf" { Status::Suspended { interim: false } } else { Status::Active })
        .await;
    yusuf.sign_in().await;
    yusuf
}

async fn knock(person: &Person, method: &str, path: &str, sends: Sends) -> Answer {
    match sends {
        Nothing => person.ask(method, path, &[], "").await,
        Form => person.form(path, &[]).await,
        Json => person.send(method, path, &json!({})).await,
        Farewell => {
            let device = person.at_another_device();
            if device.account.is_some() {
                device.sign_in().await.is(201);
            }
            device.ask(method, path, &[("origin", person.origin())], "").await
        }
    }
}

/// An answer in the table's words.
fn told(answer: &Answer, home: &str) -> String {
    match (answer.status, answer.location()) {
        (303, to) if to.starts_with("/sign-in") => "in".to_owned(),
        (303, to) if to == home => "home".to_owned(),
        (status, _) => status.to_string(),
    }
}

async fn what_is_no_route_is_nothing(house: &House) {
    let ada = house.clinician("ada").await;
    for path in
        ["/nothing", "/api/v1/nothing", "/metrics", "/threads", "/assets/none.css", "/assets/..%2f..%2fCargo.toml"]
    {
        for person in [&ada, &house.stranger()] {
            let answer = person.get(path).await.is(404);
            assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{answer}");
        }
    }
    ada.get("/api/v1/nothing").await.problem(404, "not-found");
    for (method, path) in [("DELETE", "/help"), ("PUT", "/api/v1/rooms"), ("POST", "/healthz")] {
        let answer = ada.ask(method, path, &[("origin", ada.origin())], "").await.is(405);
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{answer}");
    }
    let described = ada.get("/api/v1/openapi.json").await.is(200).json();
    assert!(
        described["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")),
        "{}",
        described["openapi"]
    );
    let described: BTreeSet<(String, String)> = described["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())))
        .collect();
    let rows: BTreeSet<(String, String)> = TABLE
        .iter()
        .filter(|(_, path, ..)| path.starts_with("/api/v1/") && *path != "/api/v1/openapi.json")
        .map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(described, rows, "the API's description and the table");
}
