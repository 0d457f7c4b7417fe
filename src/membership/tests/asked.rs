//! Members of registers that can be asked themselves.

use super::*;
use crate::registers::live::tests::{Server, server, settings};
use crate::registers::live::{Kind, Live, Settings};

fn nobody() -> String {
    r#"{"resourceType":"Bundle","type":"searchset","total":0}"#.to_owned()
}

fn somebody(number: &str, status: &str) -> String {
    format!(
        r#"{{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Practitioner","id":"{number}",
        "name":[{{"use":"official","family":"Reed","given":["Ada"]}}],
        "qualification":[{{"code":{{"coding":[{{"code":"nurse","display":"Registered Nurse"}}]}},
        "period":{{"start":"2020-04-01","end":"2999-03-31"}},"extension":[{{"url":"https://example.org/registration",
        "extension":[{{"url":"status","valueCodeableConcept":{{"coding":[{{
        "system":"https://example.org/ns/practitioner-registration-status-code","code":"{status}"}}]}}}}]}}]}}]}}}}]}}"#
    )
}

fn asking(register: &str, server: &Server) -> Live {
    Live::new(&[Settings { keep_hours: 0, ..settings(register, Kind::Fhir, server) }]).unwrap()
}

#[tokio::test]
async fn the_register_itself_is_the_second_source() {
    for (name, answer, then) in [
        ("confirms", (200, nobody()), Place::Grace),
        ("contradicts", (200, somebody(&gmc_number(FIRST), "current")), Place::Good),
        ("is-silent", (503, String::new()), Place::Good),
    ] {
        let house = House::open(&format!("member-second-{name}")).await;
        read_register(&house, "1", &[ACTIVE, ACTIVE]).await;
        let ada = admitted(&house, 0).await;
        let asked = server(vec![answer]).await;
        let live = asking("gmc", &asked);
        read_register(&house, "2", &[None, ACTIVE]).await;
        sweep(&house.log, &Choices::default(), &live, gmc()).await.unwrap();
        assert_eq!(asked.count(), 0, "{name}: nobody is asked before a second file misses them");
        read_register(&house, "3", &[None, ACTIVE]).await;
        sweep(&house.log, &Choices::default(), &live, gmc()).await.unwrap();
        assert!(asked.count() > 0, "{name}");
        assert_eq!(place(&house, &ada).await, then, "{name}");
        is_whole(&house).await;
    }
}

#[tokio::test]
async fn who_stands_in_a_register_without_a_file_is_asked_for_every_day() {
    let house = House::open("member-asked").await;
    let hpi = registers::find("nz-hpi").unwrap();
    let number = judge_number(hpi, "99ZZAA").unwrap();
    let answers = [somebody("99ZZAA", "current"), nobody(), somebody("99ZZAA", "suspended")];
    let asked = server(answers.map(|answer| (200, answer)).to_vec()).await;
    let live = asking("nz-hpi", &asked);
    assert!(live.refresh(&house.log, &number).await.unwrap());
    let (id, vera) = (account(&house, "ada@mail.example").await, verifier(&house).await);
    let entry = registers::entry(&mut house.log.reader().await.unwrap(), &number).await.unwrap();
    let mut tx = house.log.write(Actor::House).await.unwrap();
    rows::admit(&mut tx, &id, hpi.code, number.as_str(), "Nurse", "").await.unwrap();
    begin(&mut tx, &id, entry.as_ref(), "nurse", "shown-by-call").await.unwrap();
    tx.commit().await.unwrap();

    // Asked today already.
    assert_eq!(ask(&house.log, &Choices::default(), &live, hpi).await.unwrap().looked, 0);
    assert_eq!(place(&house, &id).await, Place::Good);
    // Not listed tomorrow: a person looks, nothing else happens.
    house.log.clock().advance(DAY + HOUR);
    assert_eq!(ask(&house.log, &Choices::default(), &live, hpi).await.unwrap().missing, 1);
    assert_eq!(place(&house, &id).await, Place::Good);
    assert_eq!(the_doubt(&house, &vera).await.what, "missing");
    // Suspended the day after.
    house.log.clock().advance(DAY + HOUR);
    assert_eq!(ask(&house.log, &Choices::default(), &live, hpi).await.unwrap().barred, std::slice::from_ref(&id));
    assert_eq!(place(&house, &id).await, Place::Barred);
    is_whole(&house).await;
}
