//! Documents: given, read by a process of its own, sealed, seen, destroyed.

use super::{apply, audit, given, judge, sweep};
use crate::each_db;
use crate::support::papers::{cropped, jpeg, mirrored, pdf, png, resized, sheet, with_metadata};
use crate::support::traces::{contains, copy, everything, files};
use crate::support::{Engine, House, photo};
use collegium::accounts::Role;
use collegium::base::clock::{DAY, HOUR, MINUTE};
use collegium::base::id::EvidenceId;
use collegium::verification;
use serde_json::json;

each_db!(
    a_document_is_given_seen_and_destroyed,
    what_cannot_be_read_says_what_to_do,
    a_document_of_another_is_known_again,
    nothing_can_be_read_without_the_key,
    one_document_at_a_time_and_somebody_is_told,
    documents_end_in_time_and_the_audit_proves_it,
);

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
