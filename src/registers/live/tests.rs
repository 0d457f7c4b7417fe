//! Stories against servers that answer in the registers' own shapes.

use super::*;
use crate::registers::fiction::npi;
use crate::registers::tests::House;
use crate::registers::{Profession, Status, entry, find, judge_number};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A server that gives these answers one after the other, the last one for ever.
pub(crate) struct Server {
    url: url::Url,
    asked: Arc<AtomicUsize>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// How often it was asked.
    pub(crate) fn count(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

pub(crate) async fn server(answers: Vec<(u16, String)>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/", listener.local_addr().unwrap()).parse().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let heads = Arc::new(Mutex::new(Vec::new()));
    let (count, seen) = (asked.clone(), heads.clone());
    tokio::spawn(async move {
        loop {
            let Ok((mut line, _)) = listener.accept().await else { return };
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0; 1];
                if line.read(&mut byte).await.unwrap_or(0) == 0 {
                    break;
                }
                head.push(byte[0]);
            }
            let at = count.fetch_add(1, Ordering::SeqCst);
            seen.lock().await.push(String::from_utf8_lossy(&head).into_owned());
            let (status, body) = answers[at.min(answers.len() - 1)].clone();
            if status == 0 {
                // It never answers.
                tokio::time::sleep(Duration::from_secs(30)).await;
            }
            let answer = format!(
                "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = line.write_all(answer.as_bytes()).await;
        }
    });
    Server { url, asked, heads }
}

pub(crate) fn settings(register: &str, kind: Kind, server: &Server) -> Settings {
    Settings {
        register: register.to_owned(),
        kind,
        url: server.url.clone(),
        system: "https://example.org/ids".to_owned(),
        key_header: "x-api-key".to_owned(),
        key: Some(Secret::new("only for us")),
        per_second: 100,
        timeout_seconds: 1,
        keep_hours: 24,
    }
}

fn number(register: &str, text: &str) -> Number {
    judge_number(find(register).unwrap(), text).unwrap()
}

async fn found(house: &House, of: &Number) -> Option<Entry> {
    entry(&mut house.log.reader().await.unwrap(), of).await.unwrap()
}

fn registry(number: &str) -> String {
    format!(
        r#"{{"result_count":1,"results":[{{"number":"{number}","enumeration_type":"NPI-1","basic":{{"first_name":"OYINADE",
        "last_name":"FARROW-ADAIR","middle_name":"RUTH","credential":"MD","sole_proprietor":"NO","status":"A",
        "enumeration_date":"2013-06-25"}},"taxonomies":[{{"code":"207R00000X","primary":false}},
        {{"code":"207RC0000X","desc":"Cardiology","primary":true}}],"addresses":[{{"address_purpose":"MAILING",
        "address_1":"1 HOME LANE"}}],"other_names":[{{"type":"Former Name","first_name":"OYINADE","last_name":"STONE"}}]}}]}}"#
    )
}

#[tokio::test]
async fn a_number_that_no_file_holds_is_asked_for_once_a_day() {
    let house = House::open("live-npi").await;
    let of = number("nppes", &npi(9_001));
    let server = server(vec![(200, registry(of.as_str()))]).await;
    let live = Live::new(&[settings("nppes", Kind::Npi, &server)]).unwrap();
    assert!(live.refresh(&house.log, &of).await.unwrap());
    let entry = found(&house, &of).await.unwrap();
    assert_eq!((entry.family.as_str(), entry.given.as_str()), ("FARROW-ADAIR", "OYINADE RUTH"));
    assert_eq!((entry.profession, entry.specialty.as_str()), (Profession::Physician, "Cardiology"));
    assert_eq!((entry.status, entry.source_version.as_str()), (Status::Active, "live"));
    assert_eq!(entry.other_names, ["OYINADE STONE"]);
    assert!(live.refresh(&house.log, &of).await.unwrap());
    assert_eq!(server.asked.load(Ordering::SeqCst), 1, "the answer is kept");
    let heads = server.heads.lock().await;
    assert!(heads[0].starts_with(&format!("GET /api/?version=2.1&number={}", of.as_str())), "{}", heads[0]);
    assert!(heads[0].contains("x-api-key: only for us"));
}

#[tokio::test]
async fn nothing_is_asked_unless_it_is_configured() {
    let house = House::open("live-off").await;
    let of = number("nppes", &npi(9_001));
    assert!(!Live::default().refresh(&house.log, &of).await.unwrap());
    assert_eq!(found(&house, &of).await, None);
}

#[tokio::test]
async fn errors_come_as_success_and_ended_numbers_look_unknown() {
    let house = House::open("live-errors").await;
    let of = number("nppes", &npi(9_001));
    let errors = r#"{"Errors":[{"description":"Field number requires a number","field":"number","number":"04"}]}"#;
    let refused = server(vec![(200, errors.to_owned())]).await;
    let live = Live::new(&[settings("nppes", Kind::Npi, &refused)]).unwrap();
    assert!(!live.refresh(&house.log, &of).await.unwrap());
    assert_eq!(refused.asked.load(Ordering::SeqCst), 1, "a refused question is not repeated");
    let unknown = server(vec![(200, r#"{"result_count":0,"results":[]}"#.to_owned())]).await;
    let live = Live::new(&[settings("nppes", Kind::Npi, &unknown)]).unwrap();
    assert!(live.refresh(&house.log, &of).await.unwrap());
    assert_eq!(found(&house, &of).await, None);
    // Another's number, or an organisation's, is not this one.
    let other = server(vec![(200, registry(&npi(9_002)))]).await;
    let live = Live::new(&[Settings { keep_hours: 0, ..settings("nppes", Kind::Npi, &other) }]).unwrap();
    live.refresh(&house.log, &of).await.unwrap();
    assert_eq!(found(&house, &of).await, None);
}

#[tokio::test]
async fn a_source_in_trouble_is_asked_again_and_then_left_alone() {
    let house = House::open("live-trouble").await;
    let of = number("nppes", &npi(9_001));
    let shaky = server(vec![(503, String::new()), (429, String::new()), (200, registry(of.as_str()))]).await;
    let live = Live::new(&[settings("nppes", Kind::Npi, &shaky)]).unwrap();
    assert!(live.refresh(&house.log, &of).await.unwrap());
    assert_eq!(shaky.asked.load(Ordering::SeqCst), 3);

    let of = number("nppes", &npi(9_003));
    let silent = server(vec![(0, String::new())]).await;
    let live = Live::new(&[settings("nppes", Kind::Npi, &silent)]).unwrap();
    let begun = std::time::Instant::now();
    assert!(!live.refresh(&house.log, &of).await.unwrap());
    assert!(begun.elapsed() < Duration::from_secs(12), "{:?}", begun.elapsed());
    let garbled = server(vec![(200, "<html>".to_owned())]).await;
    let live = Live::new(&[settings("nppes", Kind::Npi, &garbled)]).unwrap();
    assert!(!live.refresh(&house.log, &of).await.unwrap());
    assert_eq!(found(&house, &of).await, None);
}

#[tokio::test]
async fn questions_keep_their_distance() {
    let house = House::open("live-rate").await;
    let empty = server(vec![(200, r#"{"result_count":0,"results":[]}"#.to_owned())]).await;
    let live = Live::new(&[Settings { per_second: 10, ..settings("nppes", Kind::Npi, &empty) }]).unwrap();
    let begun = std::time::Instant::now();
    for serial in 0..4 {
        live.refresh(&house.log, &number("nppes", &npi(serial))).await.unwrap();
    }
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn the_french_directory_is_read() {
    let house = House::open("live-rpps").await;
    let of = number("rpps", "99700000005");
    let bundle = r#"{"resourceType":"Bundle","type":"searchset","total":1,"entry":[{"resource":{"resourceType":"Practitioner",
        "id":"003-1","active":true,"identifier":[{"system":"https://example.org/idnps","value":"899700000005"},
        {"system":"https://example.org/ids","value":"99700000005"}],"name":[{"use":"usual","family":"LEFEVRE",
        "given":["Éloïse"]}],"qualification":[{"code":{"coding":[{"system":"https://example.org/TRE_R14-TypeDiplome",
        "code":"DE"}]}},{"code":{"coding":[{"system":"https://example.org/TRE_G15-ProfessionSante","code":"50"}]}}]}}]}"#;
    let server = server(vec![(200, bundle.to_owned())]).await;
    let live = Live::new(&[settings("rpps", Kind::Fhir, &server)]).unwrap();
    assert!(live.refresh(&house.log, &of).await.unwrap());
    let entry = found(&house, &of).await.unwrap();
    assert_eq!((entry.family.as_str(), entry.given.as_str()), ("LEFEVRE", "Éloïse"));
    assert_eq!((entry.profession, entry.status), (Profession::Midwife, Status::Active));
    let heads = server.heads.lock().await;
    assert!(heads[0].starts_with("GET /api/Practitioner?identifier=https%3A%2F%2Fexample.org%2Fids%7C99700000005"));
}

#[tokio::test]
async fn the_status_of_a_new_zealand_qualification_counts() {
    let house = House::open("live-hpi").await;
    for (code, end, serial, status) in [
        ("current", "2999-03-31", "99ZZAA", Status::Active),
        ("current", "2001-03-31", "99ZZAB", Status::Lapsed),
        ("suspended", "2999-03-31", "99ZZAC", Status::Suspended { interim: false }),
        ("odd", "2999-03-31", "99ZZAD", Status::Unknown),
    ] {
        let of = number("nz-hpi", serial);
        let bundle = format!(
            r#"{{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Practitioner","id":"{serial}",
            "name":[{{"use":"old","family":"Stone","given":["Ada"]}},{{"use":"official","family":"Reed","given":["Ada","May"]}}],
            "qualification":[{{"code":{{"coding":[{{"code":"nurse","display":"Registered Nurse"}}]}},
            "period":{{"start":"2020-04-01","end":"{end}"}},"extension":[{{"url":"https://example.org/registration",
            "extension":[{{"url":"status","valueCodeableConcept":{{"coding":[{{
            "system":"https://example.org/ns/practitioner-registration-status-code","code":"{code}"}}]}}}}]}}]}}]}}}}]}}"#
        );
        let server = server(vec![(200, bundle)]).await;
        let live = Live::new(&[settings("nz-hpi", Kind::Fhir, &server)]).unwrap();
        assert!(live.refresh(&house.log, &of).await.unwrap());
        let entry = found(&house, &of).await.unwrap();
        assert_eq!((entry.full_name().as_str(), entry.status), ("Ada May Reed", status), "{code}");
        assert_eq!((entry.profession, entry.other_names), (Profession::Nurse, vec!["Ada Stone".to_owned()]));
    }
}

#[test]
fn what_cannot_be_meant_is_told_at_the_start() {
    let server = Server {
        url: "https://example.org/".parse().unwrap(),
        asked: Arc::default(),
        heads: Arc::new(Mutex::new(Vec::new())),
    };
    let told = |settings: Settings| Live::new(&[settings]).err().map(|problem| problem.to_string()).unwrap_or_default();
    assert!(told(settings("nowhere", Kind::Npi, &server)).contains("there is no such register"));
    assert!(told(Settings { system: String::new(), ..settings("rpps", Kind::Fhir, &server) }).contains("system"));
    assert!(told(Settings { key_header: "a b".to_owned(), ..settings("rpps", Kind::Fhir, &server) }).contains("key"));
}
