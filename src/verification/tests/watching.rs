//! The register is read again, and what that does to its members.

use super::*;

#[tokio::test]
async fn the_register_pauses_and_restores_its_members() {
    let house = house("recheck").await;
    let (applicant, vera) = (member(&house, "a@mail.example").await, verifier(&house, "v@mail.example").await);
    let id = apply(&house.log, &Policy::default(), &applicant, ada()).await.unwrap();
    decide(&house.log, &vera, &id, Decision::Approve, "shown-by-call", "").await.unwrap();
    let gmc = registers::find("gmc").unwrap();
    assert_eq!(recheck(&house.log, gmc).await.unwrap(), Rechecked { looked: 1, ..Rechecked::default() });
    house.log.clock().advance(DAY);
    read_register(&house, Status::Removed(Removal::Disciplinary), "2").await;
    assert_eq!(recheck(&house.log, gmc).await.unwrap().suspended, [applicant.id().clone()]);
    let paused = again(&house, applicant.id()).await;
    assert!(!paused.is_clinician());
    assert_eq!(paused.account().suspended_for.as_deref(), Some("register"));
    assert_eq!(recheck(&house.log, gmc).await.unwrap().suspended, []);
    house.log.clock().advance(DAY);
    read_register(&house, Status::Active, "3").await;
    assert_eq!(recheck(&house.log, gmc).await.unwrap().restored, [applicant.id().clone()]);
    assert!(again(&house, applicant.id()).await.is_clinician());
    let byline =
        accounts::store::byline(&mut house.log.reader().await.unwrap(), applicant.id()).await.unwrap().unwrap();
    assert_eq!(byline.checked_at, Some(house.log.clock().now()));
}

#[tokio::test]
async fn an_absent_entry_pauses_nobody_by_itself() {
    let house = house("gone").await;
    let (applicant, vera) = (member(&house, "a@mail.example").await, verifier(&house, "v@mail.example").await);
    let id = apply(&house.log, &Policy::default(), &applicant, ada()).await.unwrap();
    decide(&house.log, &vera, &id, Decision::Approve, "shown-by-call", "").await.unwrap();
    let gone = Version { allow: true, ..Version::complete("2") };
    house.import("gmc", file("gmc", 50, &[]), gone).await.unwrap();
    let done = recheck(&house.log, registers::find("gmc").unwrap()).await.unwrap();
    assert_eq!((done.suspended, done.absent), (vec![], vec![applicant.id().clone()]));
    assert!(again(&house, applicant.id()).await.is_clinician());
}
