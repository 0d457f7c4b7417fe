//! Evidence of the person: documents, links, live checks, vouching. Who sees what, what counts, what is left.

use crate::each_db;
use crate::support::papers::{cropped, jpeg, mirrored, pdf, png, resized, sheet, with_metadata};
use crate::support::traces::{contains, copy, everything, files};
use crate::support::{Answer, Engine, House, Person, Plan, photo};
use collegium::accounts::Role;
use collegium::base::clock::{DAY, HOUR, MINUTE};
use collegium::base::id::EvidenceId;
use collegium::verification;
use serde_json::{Value, json};

each_db!(
    a_document_is_given_seen_and_destroyed,
    what_cannot_be_read_says_what_to_do,
    a_document_of_another_is_known_again,
    nothing_can_be_read_without_the_key,
    one_document_at_a_time_and_somebody_is_told,
    documents_end_in_time_and_the_audit_proves_it,
    a_link_to_a_published_address_counts_once,
    a_link_can_be_denied_and_runs_out,
    seen_live_and_a_link_let_one_in,
    a_call_is_asked_for_and_noted,
);
each_db!(Plan { more: VOUCHING, ..Plan::default() } => two_members_vouch, a_false_vouch_sets_the_others_aside);

const VOUCHING: &str = "[admission.vouch]\ndays = 30\nper_year = 2\n";

pub async fn apply(person: &Person) -> String {
    let part = crate::support::part(&person.key);
    let claim = json!({ "country": "GB", "register": "gmc", "profession": "physician", "number": part.number(),
        "registered_name": part.name() });
    person.send("POST", "/api/v1/applications", &claim).await.is(201).of("application")
}

async fn given(person: &Person) -> Value {
    person.get("/api/v1/application/evidence").await.is(200).json()["given"].clone()
}

async fn judge(verifier: &Person, application: &str, evidence: &str, act: &str) -> Answer {
    verifier.form(&format!("/verify/{application}/documents/{evidence}"), &[("act", act)]).await
}

async fn sweep(house: &House) -> verification::Swept {
    verification::sweep(house.log(), &house.site().strongroom.vault).await.expect("swept")
}

async fn audit(house: &House) -> verification::Audited {
    verification::audit(house.log(), &house.site().strongroom.vault).await.expect("audited")
}

async fn a_document_is_given_seen_and_destroyed(house: &House) {
    let oyin = house.member("oyin").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    oyin.give_document("photo-id", &photo(1)).await.problem(409, "no-application");
    let application = apply(&oyin).await;
    oyin.get("/application").await.is(200).shows("Show that it is you");
    oyin.get("/application/evidence").await.is(200).shows("a real person").shows("the registration is yours");
    oyin.give_document("passport", &photo(1)).await.problem(422, "refused").refuses("kind");
    let id = oyin.give_document("photo-id", &photo(1)).await.is(201).of("evidence");
    oyin.get("/application/evidence").await.is(200).shows("A document with a photo").shows("With the verifiers");

    // Nobody but a verifier, and not the applicant who is one.
    let page = format!("/verify/{application}/documents/{id}");
    oyin.get(&page).await.is(404);
    house.stranger().get(&page).await.is(303);
    // The sheet comes only after the page was opened: the look is recorded first.
    mo.get(&format!("{page}/pages/1")).await.is(409);
    judge(&mo, &application, &id, "counts").await.is(409);
    mo.get(&format!("/verify/{application}")).await.is(200).shows(&page).shows("<kbd>D</kbd>");
    mo.get(&page).await.is(200).shows(&format!("{page}/pages/1"));
    let sheet = mo.get(&format!("{page}/pages/1")).await.is(200);
    assert_eq!((sheet.header("content-type"), sheet.header("cache-control")), ("image/jpeg", "no-store"));
    assert!(sheet.body.starts_with(&[0xff, 0xd8, 0xff]));
    let plain = image::load_from_memory(&photo(1)).unwrap().into_rgb8();
    let stamped = image::load_from_memory(&sheet.body).unwrap().into_rgb8();
    let changed = plain.pixels().zip(stamped.pixels()).filter(|(one, two)| one.0[0].abs_diff(two.0[0]) > 40).count();
    assert!(changed > 2_000, "who looks stands across it: {changed} pixels");
    mo.get(&format!("{page}/pages/2")).await.is(404);
    mo.get(&format!("{page}/pages/0")).await.is(404);

    // What was looked at is told to the applicant.
    oyin.get("/application").await.is(200).shows("looked at the document with a photo");
    judge(&mo, &application, &id, "counts").await.is(303);
    judge(&mo, &application, &id, "refused").await.is(409);
    assert_eq!(given(&oyin).await[0]["counts"], json!(true));
    oyin.get("/application").await.is(200).shows("A verifier has seen a document with a photo.");
    oyin.form(&format!("/application/evidence/{id}/withdrawal"), &[]).await.is(409);

    // A second one is taken back, and is gone at once.
    let second = oyin.give_document("work-document", &pdf(&["Certificate of training"])).await.is(201).of("evidence");
    house.member("nils").await.form(&format!("/application/evidence/{second}/withdrawal"), &[]).await.is(404);
    oyin.form(&format!("/application/evidence/{second}/withdrawal"), &[]).await.is(303);
    mo.get(&format!("/verify/{application}/documents/{second}")).await.is(404);
    assert_eq!(audit(house).await.kept, 1);

    // Within 24 hours of the decision nothing is left but that it was seen.
    let decision = [("decision", "approve"), ("reason", "shown-by-document")];
    mo.form(&format!("/verify/{application}"), &decision).await.is(303);
    oyin.get("/api/v1/rooms").await.is(200);
    house.advance(24 * HOUR);
    assert_eq!(sweep(house).await.destroyed, 1);
    mo.sign_in().await.is(201);
    mo.get(&page).await.is(404);
    assert_eq!(audit(house).await, verification::Audited::default());
    assert_eq!(house.count("select count(*) from evidence_documents where sealed_key is not null").await, 0);
    assert_eq!(house.count("select count(*) from evidence where state = 'counted'").await, 1);
    mo.get(&format!("/verify/{application}")).await.is(200).shows("A document with a photo").hides("Open it");
}

async fn what_cannot_be_read_says_what_to_do(house: &House) {
    let oyin = house.member("oyin").await;
    apply(&oyin).await;
    let tiny = png(&resized(&sheet(1), 20));
    let mut broken = photo(1);
    broken.truncate(200);
    let heic = [&b"\0\0\0\x18ftypheic"[..], &[0; 40]].concat();
    let many: Vec<&str> = vec!["A page"; 11];
    // 40,000 by 40,000 pixels in a few hundred bytes.
    let mut huge = png(&resized(&sheet(1), 80));
    huge[16..24].copy_from_slice(&[0, 0, 0x9c, 0x40, 0, 0, 0x9c, 0x40]);
    let crc = crc32(&huge[12..29]);
    huge[29..33].copy_from_slice(&crc.to_be_bytes());
    let locked = {
        let text = String::from_utf8_lossy(&pdf(&["Locked"])).into_owned();
        text.replace("/Root 1 0 R", "/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) /U (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb) /P -4 >> /ID [(x) (x)]")
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("unknown-type", b"GIF89a and more of it".to_vec()),
        ("unknown-type", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec()),
        ("unknown-type", b"PK\x03\x04 a document of words".to_vec()),
        ("heic", heic),
        ("too-small", tiny),
        ("too-many-pixels", huge),
        ("broken", broken),
        ("broken", b"%PDF-1.7 and nothing else".to_vec()),
        ("too-many-pages", pdf(&many)),
        ("locked", locked.into_bytes()),
    ];
    for (code, file) in &cases {
        let told = oyin.give_document("photo-id", file).await.problem(422, "refused").refuses("file").json();
        assert_eq!(told["faults"][0]["code"], json!(code), "{told}");
        assert!(
            told["faults"][0]["words"]
                .as_str()
                .is_some_and(|words| words.contains("end ") || words.contains("hoose ") || words.contains("ave it")),
            "{told}"
        );
    }
    let large = vec![0u8; 10 * 1024 * 1024 + 1];
    oyin.give_document("photo-id", &large).await.problem(413, "too-large");
    let wrong = [("content-type", "text/plain")];
    oyin.ask("POST", "/api/v1/application/evidence/documents?kind=photo-id", &wrong, "x")
        .await
        .problem(415, "wrong-type");

    // The form comes back with the words beside the field; and takes what is right.
    let form = |file: &[u8]| {
        let mut body = b"--cut\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nphoto-id\r\n--cut\r\n".to_vec();
        body.extend(b"Content-Disposition: form-data; name=\"file\"; filename=\"../../x.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--cut--\r\n");
        body
    };
    let kind = ("content-type", "multipart/form-data; boundary=cut");
    let at = "/application/evidence/documents";
    let refused = oyin.ask("POST", at, &[kind, ("origin", oyin.origin())], form(b"GIF89a")).await;
    refused.is(422).shows("no photo or PDF that we can read").shows("selected");
    // Without an origin of ours a form with a file is a stranger's.
    oyin.ask("POST", at, &[kind], form(&photo(1))).await.is(403);
    oyin.ask("POST", at, &[kind, ("origin", "https://evil.example")], form(&photo(1))).await.is(403);
    oyin.ask("POST", at, &[kind, ("origin", oyin.origin())], form(&photo(1))).await.is(303);
    oyin.ask("POST", at, &[kind, ("origin", oyin.origin())], b"--cut\r\nbroken".to_vec()).await.is(400);
    assert_eq!(house.count("select count(*) from evidence_documents").await, 1);
}

/// The check sum of a PNG's chunk (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

async fn a_document_of_another_is_known_again(house: &House) {
    let [oyin, nils] = [house.member("oyin").await, house.member("nils").await];
    apply(&oyin).await;
    let application = apply(&nils).await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    oyin.give_document("photo-id", &photo(1)).await.is(201);
    // One's own again is nobody's business.
    oyin.give_document("photo-id", &photo(1)).await.is(201);
    assert_eq!(house.count("select count(*) from evidence_documents where seen_elsewhere = 1").await, 0);
    // Another document is another document.
    nils.give_document("photo-id", &photo(2)).await.is(201);
    assert_eq!(house.count("select count(*) from evidence_documents where seen_elsewhere = 1").await, 0);
    let one = sheet(1);
    let copies = [
        ("the same file", photo(1)),
        ("smaller", jpeg(&resized(&one, 500), 70)),
        ("larger", png(&resized(&one, 1_300))),
        ("cropped", jpeg(&cropped(&one, 8), 80)),
        ("mirrored", jpeg(&mirrored(&one), 80)),
        ("all of it", jpeg(&mirrored(&resized(&cropped(&one, 6), 640)), 60)),
    ];
    for (at, (what, copy)) in copies.iter().enumerate() {
        nils.give_document("photo-id", copy).await.is(201);
        let seen = house.count("select count(*) from evidence_documents where seen_elsewhere = 1").await;
        assert_eq!(seen, i64::try_from(at).unwrap() + 1, "{what}");
    }
    // The verifier is told; the applicant is not, nor whose it was.
    mo.get(&format!("/verify/{application}")).await.is(200).shows("looks like one that another account has given");
    nils.get("/application").await.is(200).hides("another account");
    nils.get("/application/evidence").await.is(200).hides("another account");
    // It is known again also when it is destroyed.
    house.advance(31 * DAY);
    sweep(house).await;
    assert_eq!(audit(house).await.kept, 0);
    let petra = house.member("petra").await;
    apply(&petra).await;
    petra.give_document("work-document", &jpeg(&resized(&one, 700), 75)).await.is(201);
    let seen = "select count(*) from evidence_documents d join evidence e on e.evidence_id = d.evidence_id \
                where d.seen_elsewhere = 1 and e.kind = 'work-document'";
    assert_eq!(house.count(seen).await, 1);
}

/// Words that stand in the documents' metadata and in their text.
const SENTINEL: &str = "Farrow-Adair 99Z4471E sentinel";

async fn nothing_can_be_read_without_the_key(house: &House) {
    let oyin = house.member("oyin").await;
    apply(&oyin).await;
    let photo = with_metadata(&photo(5), SENTINEL);
    assert!(contains(&photo, SENTINEL.as_bytes()));
    let id = oyin.give_document("photo-id", &photo).await.is(201).of("evidence");
    oyin.give_document("work-document", &pdf(&[SENTINEL, "second page"])).await.is(201);
    let page = house.site().strongroom.vault.clone();
    let key: String = {
        let mut conn = house.log().reader().await.unwrap();
        sqlx::query_scalar("select sealed_key from evidence_documents where evidence_id = $1")
            .bind(&id)
            .fetch_one(&mut *conn)
            .await
            .unwrap()
    };
    let plain = page.unseal(&EvidenceId::parse(&id).unwrap(), oyin.id(), &key, 0).unwrap();
    assert!(plain.starts_with(&[0xff, 0xd8, 0xff]) && !contains(&plain, b"sentinel"), "the metadata are gone");

    // Every byte of the folder, the database in it, and a backup that leaves nothing out.
    let backup = house.folder.with_extension("backup");
    copy(&house.folder, &backup);
    // And both halves of the house's own backup.
    house.log().db().copy_to(&backup.join("content.copy"), &backup.join("keys.copy")).await.expect("copied");
    let mut scanned = 0;
    for root in [&house.folder, &backup] {
        for file in files(root) {
            let bytes = std::fs::read(&file).unwrap();
            scanned += bytes.len();
            assert!(!contains(&bytes, SENTINEL.as_bytes()), "{}", file.display());
            for at in (0..plain.len() - 24).step_by(997).chain([0, 20]) {
                assert!(!contains(&bytes, &plain[at..at + 24]), "{} holds a piece of the page", file.display());
            }
            assert!(!contains(&bytes, &photo[600..624]), "{}", file.display());
        }
    }
    assert!(scanned > 100_000, "something was scanned: {scanned}");
    if house.engine == Engine::Postgres {
        let rows = everything(house).await;
        assert!(rows.contains(&key) && !rows.contains("sentinel"), "the tables hold the wrapped key and no word");
    }
    // A backup as the guide makes it does not even hold the noise.
    let kept = std::process::Command::new("tar")
        .args(["--exclude-caches-all", "-cf", "-", "-C"])
        .arg(&house.folder)
        .arg(".")
        .output()
        .expect("tar");
    assert!(kept.status.success() && !contains(&kept.stdout, b".sealed") && !contains(&kept.stdout, b"JFIF"));
    std::fs::remove_dir_all(backup).unwrap();
}

async fn one_document_at_a_time_and_somebody_is_told(house: &House) {
    let [oyin, nils] = [house.member("oyin").await, house.member("nils").await];
    let mo = house.staff("mo", &[Role::Verifier]).await;
    house.staff("rhea", &[Role::Admin]).await;
    let mut pages = Vec::new();
    for (person, seed) in [(&oyin, 1), (&nils, 2)] {
        let application = apply(person).await;
        let id = person.give_document("photo-id", &photo(seed)).await.is(201).of("evidence");
        pages.push(format!("/verify/{application}/documents/{id}"));
    }
    mo.get(&pages[0]).await.is(200);
    mo.get(&format!("{}/pages/1", pages[0])).await.is(200);
    mo.get(&pages[1]).await.is(200);
    mo.get(&format!("{}/pages/1", pages[0])).await.is(409);
    mo.get(&format!("{}/pages/1", pages[1])).await.is(200);
    // And not for ever.
    house.advance(11 * MINUTE);
    mo.get(&format!("{}/pages/1", pages[1])).await.is(409);
    // Another application's address does not open it.
    let crossed = format!("{}/documents/{}", &pages[0][..33], &pages[1][pages[1].len() - 25..]);
    mo.get(&crossed).await.is(404);
    house.advance(HOUR);
    mo.sign_in().await.is(201);
    for _ in 0..30 {
        house.advance(MINUTE);
        mo.get(&pages[0]).await.is(200);
    }
    let alerts = "select count(*) from events where kind = 'evidence-alert'";
    assert_eq!(house.count(alerts).await, 0);
    house.advance(MINUTE);
    mo.get(&pages[0]).await.is(200);
    assert_eq!(house.count(alerts).await, 1);
    for email in ["rhea@story.example", "dpo@story.example"] {
        let letters = house.letters_to(email).await;
        assert!(letters.iter().any(|(subject, _)| subject == "Many documents were looked at"), "{email}: {letters:?}");
    }
}

async fn documents_end_in_time_and_the_audit_proves_it(house: &House) {
    let [oyin, nils, petra] = [house.member("oyin").await, house.member("nils").await, house.member("petra").await];
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let mut ids = Vec::new();
    let mut applications = Vec::new();
    for (person, seed) in [(&oyin, 1), (&nils, 2), (&petra, 3)] {
        applications.push(apply(person).await);
        ids.push(person.give_document("photo-id", &photo(seed)).await.is(201).of("evidence"));
    }
    // The first is decided, the second waits, the third is held.
    let refuse = [("decision", "refuse"), ("reason", "not-shown")];
    mo.form(&format!("/verify/{}", applications[0]), &refuse).await.is(303);
    let hold = |days: &'static str| [("act", "hold"), ("days", days)];
    let held = format!("/verify/{}/documents/{}", applications[2], ids[2]);
    for wrong in ["", "0", "-3", "91", "forever"] {
        mo.form(&held, &hold(wrong)).await.is(422);
    }
    mo.form(&held, &hold("60")).await.is(303);
    mo.get(&held).await.is(200).shows("held until");
    house.advance(22 * HOUR);
    assert_eq!(sweep(house).await.destroyed, 0);
    house.advance(HOUR);
    assert_eq!(sweep(house).await.destroyed, 1);
    assert!(audit(house).await.is_clean());
    house.advance(29 * DAY + 2 * HOUR);
    // Nobody swept: the audit says so.
    let found = audit(house).await;
    assert_eq!((found.kept, found.overdue.as_slice()), (1, &ids[1..2]), "{found:?}");
    assert_eq!(sweep(house).await.destroyed, 1);
    nils.sign_in().await.is(201);
    assert_eq!(given(&nils).await[0]["state"], json!("Ran out"));
    house.advance(31 * DAY);
    assert_eq!(sweep(house).await.destroyed, 1);
    assert_eq!(audit(house).await, verification::Audited::default());
    let vault = &house.site().strongroom.vault;
    assert_eq!(files(vault.folder()).len(), 1, "the mark for backups alone is left");
    // What a crash leaves between file and row is found, and what lost its file too.
    let stray = vault.folder().join(format!("{}.sealed", "0".repeat(25)));
    std::fs::write(&stray, "noise").unwrap();
    assert_eq!(audit(house).await.strays.len(), 1);
    assert_eq!(sweep(house).await.strays, 0, "one that is being written is left alone");
    std::fs::remove_file(stray).unwrap();
    let hana = house.member("hana").await;
    apply(&hana).await;
    let lost = hana.give_document("photo-id", &photo(4)).await.is(201).of("evidence");
    std::fs::remove_file(vault.folder().join(format!("{lost}.sealed"))).unwrap();
    assert_eq!(audit(house).await.missing, [lost]);
    let events = "select count(*) from events where kind = 'evidence-deleted'";
    assert_eq!(house.count(events).await, 3);
    verification::audit_and_tell(house.log(), vault).await.unwrap();
    assert_eq!(house.count("select count(*) from events where kind = 'evidence-audited'").await, 1);
}

/// Sends a link for an application; the token in the letter.
pub async fn link(house: &House, verifier: &Person, application: &str, address: &str) -> String {
    let new = json!({ "address": address, "by": "employer", "published": "hospital.example/renal/staff" });
    verifier.send("POST", &format!("/api/v1/applications/{application}/links"), &new).await.is(201);
    let letters = house.letters_to(address).await;
    let (_, body) = letters.iter().rfind(|(subject, _)| subject == "Did you apply to join us?").expect("a letter");
    let token = body.split("/link?token=").nth(1).expect("a link").split_whitespace().next().expect("a token");
    token.to_owned()
}

async fn a_link_to_a_published_address_counts_once(house: &House) {
    let [oyin, nils] = [house.member("oyin").await, house.member("nils").await];
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let application = apply(&oyin).await;
    let at = format!("/api/v1/applications/{application}/links");
    for (field, wrong) in [("address", "nowhere"), ("address", "OYIN@story.example"), ("by", "me"), ("published", "")] {
        let mut new =
            json!({ "address": "oyin.farrow@hospital.example", "by": "register", "published": "its own page" });
        new[field] = json!(wrong);
        mo.send("POST", &at, &new).await.problem(422, "refused").refuses(field);
    }
    let form = [("address", "nowhere"), ("by", "register"), ("published", "its own page")];
    mo.form(&format!("/verify/{application}/links"), &form).await.is(422).shows("as it is published");
    let token = link(house, &mo, &application, "oyin.farrow@hospital.example").await;
    // No token lies in the tables.
    assert!(!everything(house).await.contains(token.split('.').nth(1).unwrap()));
    let page = format!("/link?token={token}");
    house.stranger().get(&page).await.is(200).shows("Did you apply here?").shows("I did not apply");
    oyin.get(&page).await.is(200).shows("This address is yours");
    // Following it by a scanner's look counts nothing; another account cannot use it, nor a changed token.
    assert_eq!(given(&oyin).await[0]["counts"], json!(false));
    nils.form("/link", &[("token", &token)]).await.is(409).shows("another account");
    house.stranger().form("/link", &[("token", &token)]).await.is(422);
    oyin.form("/link", &[("token", &format!("{token}x"))]).await.is(409);
    oyin.form("/link", &[("token", &token.replace(&token[..25], &"0".repeat(25)))]).await.is(409);
    oyin.form("/link", &[("token", &token)]).await.is(303);
    assert_eq!(given(&oyin).await[0]["counts"], json!(true));
    oyin.get("/application").await.is(200).shows("that the register or the employer publishes was followed");
    // Once.
    oyin.form("/link", &[("token", &token)]).await.is(409);
    house.stranger().form("/link/denial", &[("token", &token)]).await.is(409);
    oyin.get(&page).await.is(200).shows("This link is used up");
    assert_eq!(house.count("select count(*) from evidence_links where address <> ''").await, 0);
    // It is no sign of a person: nobody is in by it.
    oyin.get("/api/v1/rooms").await.problem(401, "sign-in");
    let own = mo
        .send(
            "POST",
            "/api/v1/applications",
            &json!({ "country": "GB", "register": "gmc", "profession": "physician",
        "number": "9810113", "registered_name": "Mo Adeyemi-Voss" }),
        )
        .await
        .is(201)
        .of("application");
    let new = json!({ "address": "a@hospital.example", "by": "employer", "published": "hospital.example" });
    mo.send("POST", &format!("/api/v1/applications/{own}/links"), &new).await.problem(403, "not-allowed");
}

async fn a_link_can_be_denied_and_runs_out(house: &House) {
    let [oyin, nils] = [house.member("oyin").await, house.member("nils").await];
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let petra = house.staff("petra", &[Role::Verifier]).await;
    let application = apply(&oyin).await;
    let token = link(house, &mo, &application, "o.farrow@hospital.example").await;
    house.stranger().form("/link/denial", &[("token", &token)]).await.is(200).shows("Thank you for telling us");
    oyin.form("/link", &[("token", &token)]).await.is(409);
    let desk = mo.get(&format!("/verify/{application}")).await.is(200);
    desk.shows("said that they did not apply");
    // A sign of fraud: with one more, two verifiers.
    let other = apply(&nils).await;
    let late = link(house, &petra, &other, "n.okafor@hospital.example").await;
    house.advance(14 * DAY + MINUTE);
    nils.sign_in().await.is(201);
    nils.form("/link", &[("token", &late)]).await.is(409);
    sweep(house).await;
    assert_eq!(given(&nils).await[0]["state"], json!("Ran out"));
    assert_eq!(house.count("select count(*) from evidence_links where address <> ''").await, 0);
}

async fn seen_live_and_a_link_let_one_in(house: &House) {
    let oyin = house.member("oyin").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    let application = apply(&oyin).await;
    let at = format!("/api/v1/applications/{application}/live-checks");
    for (field, wrong) in
        [("how", "phone"), ("on", "yesterday"), ("on", "2026-11-22"), ("on", "2026-10-01"), ("on", "2026-02-30")]
    {
        let mut told = json!({ "how": "video", "on": "2026-11-21" });
        told[field] = json!(wrong);
        mo.send("POST", &at, &told).await.problem(422, "refused").refuses(field);
    }
    mo.send("POST", &at, &json!({ "how": "video", "on": "2026-11-21" })).await.is(204);
    oyin.get("/application/evidence").await.is(200).shows("By video, on 2026-11-21").hides("a real person:");
    oyin.get("/api/v1/rooms").await.problem(401, "sign-in");
    let token = link(house, &mo, &application, "oyin.farrow@hospital.example").await;
    oyin.form("/link", &[("token", &token)]).await.is(303);
    // By gate A2, without another word.
    oyin.get("/api/v1/rooms").await.is(200);
    let letters = house.letters_to("oyin@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "You are admitted"), "{letters:?}");
    mo.send("POST", &at, &json!({ "how": "video", "on": "2026-11-21" })).await.problem(409, "decided");
}

async fn a_call_is_asked_for_and_noted(house: &House) {
    let oyin = house.member("oyin").await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    oyin.form("/application/evidence/call", &[]).await.is(409);
    let application = apply(&oyin).await;
    oyin.form("/application/evidence/call", &[]).await.is(303);
    oyin.form("/application/evidence/call", &[]).await.is(303);
    oyin.get("/application/evidence").await.is(200).shows("You have asked for one");
    mo.get(&format!("/verify/{application}")).await.is(200).shows("Waits for an answer");
    let note = [("how", "in-person"), ("on", "2026-11-20")];
    mo.form(&format!("/verify/{application}/live-checks"), &note).await.is(303);
    let all = given(&oyin).await;
    assert_eq!(all.as_array().unwrap().iter().filter(|one| one["counts"] == json!(true)).count(), 1, "{all}");
    oyin.get("/application/evidence").await.is(200).shows("Ask for a call").shows("In the same room, on 2026-11-20");
}

/// Gives a member the address of another institution.
async fn at_institution(house: &House, person: &Person, domain: &str) {
    let mut tx = house.log().write(collegium::log::Actor::House).await.unwrap();
    sqlx::query("update accounts set email = $1 where account_id = $2")
        .bind(format!("{}@{domain}", person.key))
        .bind(person.id())
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit_quietly("a story moves somebody").await.unwrap();
}

async fn vouch(person: &Person, application: &str) -> Answer {
    person.send("POST", &format!("/api/v1/applications/{application}/vouches"), &json!({ "sure": true })).await
}

async fn two_members_vouch(house: &House) {
    let [ada, bram, farah] = house.clinicians(["ada", "bram", "farah"]).await;
    let oyin = house.member("oyin").await;
    let mo = house.clinician_who("mo", &[Role::Verifier]).await;
    let application = apply(&oyin).await;
    oyin.get("/application/evidence").await.is(200).shows(&format!("/vouch/{application}"));
    // Too young.
    vouch(&ada, &application).await.problem(409, "may-not-vouch");
    ada.get(&format!("/vouch/{application}")).await.is(200).shows("a member for 30 days");
    house.advance(31 * DAY);
    for person in [&ada, &bram, &farah, &oyin, &mo] {
        person.sign_in().await.is(201);
    }
    let page = format!("/vouch/{application}");
    ada.get(&page).await.is(200).shows("Do you know Oyin Farrow-Adair?").shows("I know this person");
    ada.form(&page, &[]).await.is(422).shows("Tick that you know them");
    ada.form(&page, &[("sure", "yes")]).await.is(303);
    ada.form(&page, &[("sure", "yes")]).await.is(422).shows("vouched for them already");
    // One alone is nothing; the second comes from another institution.
    vouch(&bram, &application).await.problem(409, "may-not-vouch");
    at_institution(house, &bram, "other.example").await;
    ada.get("/").await.is(200).hides("You can still take it back");
    vouch(&bram, &application).await.is(204);
    vouch(&farah, &application).await.problem(409, "may-not-vouch");
    // Both are told, here and by mail.
    for person in [&ada, &bram] {
        person.get("/").await.is(200).shows("You can still take it back");
        person.get("/vouches").await.is(200).shows("Oyin Farrow-Adair").shows("Take it back");
    }
    let letters = house.letters_to("ada@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "You and a colleague have vouched"), "{letters:?}");
    // Nobody is in by it; a verifier sees both names; one who vouched does not decide.
    oyin.get("/api/v1/rooms").await.problem(401, "sign-in");
    mo.get(&format!("/verify/{application}")).await.is(200).shows("Ada Marchetti-Wren").shows("Colleagues vouch");
    // Taken back within 72 hours; then it is too late for the other.
    let id = house.text("select evidence_id from evidence_vouches where domain = 'story.example'").await;
    bram.form(&format!("/vouches/{id}/retraction"), &[]).await.is(404);
    house.advance(71 * HOUR);
    for person in [&ada, &bram, &mo, &oyin] {
        person.sign_in().await.is(201);
    }
    ada.form(&format!("/vouches/{id}/retraction"), &[]).await.is(303);
    ada.form(&format!("/vouches/{id}/retraction"), &[]).await.is(409);
    mo.get(&format!("/verify/{application}")).await.is(200).shows("Taken back");
    house.advance(2 * HOUR);
    bram.sign_in().await.is(201);
    let his = house.text("select evidence_id from evidence_vouches where domain = 'other.example'").await;
    bram.form(&format!("/vouches/{his}/retraction"), &[]).await.is(409);
    // Two in a year are enough here.
    let nils = house.member("nils").await;
    let second = apply(&nils).await;
    vouch(&bram, &second).await.is(204);
    let petra = house.member("petra").await;
    let third = apply(&petra).await;
    vouch(&bram, &third).await.problem(409, "may-not-vouch");
    vouch(&oyin, &third).await.problem(401, "sign-in");
}

async fn a_false_vouch_sets_the_others_aside(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let mo = house.staff("mo", &[Role::Verifier]).await;
    at_institution(house, &bram, "other.example").await;
    let [oyin, nils] = [house.member("oyin").await, house.member("nils").await];
    house.advance(31 * DAY);
    for person in [&ada, &bram, &oyin, &nils, &mo] {
        let at = if person.key == "bram" { "bram@other.example" } else { &person.email };
        person.send("POST", "/api/v1/session", &json!({ "email": at, "password": crate::support::PASSWORD })).await;
        if person.key != "bram" {
            person.sign_in().await.is(201);
        }
    }
    house.read_register(|_| collegium::registers::Status::Active).await;
    let (first, second) = (apply(&oyin).await, apply(&nils).await);
    for application in [&first, &second] {
        vouch(&ada, application).await.is(204);
    }
    bram.sign_in().await;
    vouch(&bram, &first).await.is(204);
    let approve = [("decision", "approve"), ("reason", "known-to-verifier")];
    mo.form(&format!("/verify/{first}"), &approve).await.is(303);
    // Who was vouched for does not vouch.
    house.advance(31 * DAY);
    oyin.sign_in().await.is(201);
    vouch(&oyin, &second).await.problem(409, "may-not-vouch");
    mo.sign_in().await.is(201);
    let lie = house
        .text(
            "select v.evidence_id from evidence_vouches v join evidence e on e.evidence_id = v.evidence_id \
               join applications a on a.application_id = e.application_id \
               where a.state = 'sent' and v.domain = 'story.example'",
        )
        .await;
    mo.form(&format!("/verify/{second}/vouches/{lie}"), &[("act", "false")]).await.is(303);
    // Their other one is set aside, though that applicant is in: somebody looks again, and nobody is locked out unseen.
    mo.get(&format!("/verify/{first}")).await.is(200).shows("Set aside until somebody has looked");
    mo.get("/verify").await.is(200).shows("To look at again").shows("Oyin Farrow-Adair");
    oyin.get("/api/v1/rooms").await.is(200);
    ada.sign_in().await.is(201);
    vouch(&ada, &second).await.problem(409, "may-not-vouch");
    let frozen = house.text("select evidence_id from evidence where state = 'frozen'").await;
    mo.form(&format!("/verify/{first}/vouches/{frozen}"), &[("act", "stands")]).await.is(303);
    mo.get("/verify").await.is(200).hides("To look at again");
}
