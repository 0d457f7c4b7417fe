//! Stories of admission: who gets in, who does not, and what each is told.

use super::flags::Flag;
use super::policy::Gate;
use super::*;
use crate::accounts::{self, Member, Role};
use crate::base::problem::Problem;
use crate::deid::aside::{Setting, pass};
use crate::log::{Actor, follow};
use crate::membership;
use crate::registers::fiction::{Wanted, gmc_number};
use crate::registers::tests::{House, file};
use crate::registers::{Profession, Status, Version};

const ADA: u32 = 9_001;
const BENNO: u32 = 9_002;

fn doctor<'a>(number: &'a str, family: &'a str, given: &'a str, status: Status) -> Wanted<'a> {
    Wanted {
        register: "gmc",
        number,
        family,
        given,
        profession: Profession::Physician,
        specialty: "Cardiology",
        status,
    }
}

/// A house that has read a register in which Ada Lovelock is active.
async fn house(name: &str) -> House {
    let house = House::open(name).await;
    read_register(&house, Status::Active, "1").await;
    house
}

async fn read_register(house: &House, ada: Status, version: &str) {
    let (number, other) = (gmc_number(ADA), gmc_number(BENNO));
    let people = [doctor(&number, "Lovelock", "Ada Ruth", ada), doctor(&other, "Tarvale", "Benno", Status::Active)];
    house.import("gmc", file("gmc", 50, &people), Version::complete(version)).await.expect("read");
}

async fn member(house: &House, email: &str) -> Member {
    let mut tx = house.log.write(Actor::House).await.unwrap();
    let id = accounts::create(&mut tx, email, &pass(Setting::Profile, "name", "Somebody").unwrap()).await.unwrap();
    accounts::confirm_email(&mut tx, &id).await.unwrap();
    tx.commit().await.unwrap();
    again(house, &id).await
}

async fn again(house: &House, id: &AccountId) -> Member {
    Member::load(&mut house.log.reader().await.unwrap(), id).await.unwrap().unwrap()
}

async fn verifier(house: &House, email: &str) -> Verifier {
    let member = member(house, email).await;
    let mut tx = house.log.write(Actor::House).await.unwrap();
    accounts::grant(&mut tx, None, member.id(), Role::Verifier).await.unwrap();
    tx.commit().await.unwrap();
    again(house, member.id()).await.verifier().unwrap()
}

fn claim(number: &str, name: &str) -> Claim {
    Claim {
        country: "GB".to_owned(),
        register: "gmc".to_owned(),
        profession: "physician".to_owned(),
        number: number.to_owned(),
        registered_name: name.to_owned(),
        statement: String::new(),
        number_stands: false,
    }
}

fn ada() -> Claim {
    claim(&gmc_number(ADA), "Ada Ruth Lovelock")
}

async fn state(house: &House, id: &ApplicationId) -> State {
    store::by_id(&mut house.log.reader().await.unwrap(), id).await.unwrap().unwrap().state
}

async fn own_of(house: &House, member: &Member) -> OwnApplication {
    own(&mut house.log.reader().await.unwrap(), &Policy::default(), member, house.log.clock().now())
        .await
        .unwrap()
        .unwrap()
}

fn code(problem: Problem) -> &'static str {
    problem.code()
}

#[tokio::test]
async fn a_perfect_match_admits_nobody_but_a_verifier_does() {
    let house = house("match").await;
    let (applicant, vera) = (member(&house, "ada@mail.example").await, verifier(&house, "vera@mail.example").await);
    let id = apply(&house.log, &Policy::default(), &applicant, ada()).await.unwrap();
    assert_eq!(state(&house, &id).await, State::Sent);
    let waiting = queue(&mut house.log.reader().await.unwrap(), &vera).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].gist.as_str(), waiting[0].needs_a_look), (1, "All equal", false));

    let dossier = read(&house.log, &Policy::default(), &vera, &id).await.unwrap().unwrap();
    assert_eq!((dossier.points, dossier.points_needed, dossier.needs_two), (1, 3, false));
    assert_eq!(
        dossier.questions.each_ref().map(|question| question.answer),
        [Answer::Yes, Answer::Yes, Answer::NotYet]
    );
    assert_eq!(
        dossier.rows.iter().map(|row| (row.name, row.words.as_str())).take(4).collect::<Vec<_>>(),
        [("Number", "Equal"), ("Name", "Equal"), ("Profession", "Equal"), ("Status", "In good standing")]
    );
    assert_eq!(
        dossier.history.iter().map(|trace| trace.what).collect::<Vec<_>>(),
        ["sent the application", "opened it"]
    );
    assert_eq!(own_of(&house, &applicant).await.looks.len(), 1);

    let done = decide(&house.log, &Policy::default(), &vera, &id, Decision::Approve, "shown-by-call", "Welcome.")
        .await
        .unwrap();
    assert_eq!(done, Decided::Done);
    let admitted = again(&house, applicant.id()).await;
    assert!(admitted.is_clinician());
    assert_eq!(
        (admitted.account().profession.as_str(), admitted.account().specialty.as_str()),
        ("Physician", "Cardiology")
    );
    let own = own_of(&house, &applicant).await;
    assert_eq!((own.application.state, own.note.as_str()), (State::Admitted, "Welcome."));
    let again = apply(&house.log, &Policy::default(), &admitted, ada()).await;
    assert_eq!(code(again.unwrap_err()), "admitted");
    let second = decide(&house.log, &Policy::default(), &vera, &id, Decision::Refuse, "not-shown", "").await;
    assert_eq!(code(second.unwrap_err()), "decided");
    let kinds: Vec<String> = follow::of_subject(&mut house.log.reader().await.unwrap(), id.as_str())
        .await
        .unwrap()
        .iter()
        .map(|entry| format!("{:?}", entry.event).split(' ').next().unwrap_or("").to_owned())
        .collect();
    assert_eq!(kinds, ["ApplicationSent", "ApplicationOpened", "ApplicationDecided"]);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_field_by_field() {
    let house = house("fields").await;
    let applicant = member(&house, "ada@mail.example").await;
    let bad = Claim { country: "Britain".to_owned(), profession: "nurse".to_owned(), ..claim("12345", "A") };
    let Problem::Refused(faults) = apply(&house.log, &Policy::default(), &applicant, bad).await.unwrap_err() else {
        panic!("refused")
    };
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["country", "profession", "number", "registered_name"]);
    assert!(faults[2].words.contains("This has 5. If yours is written as you typed it"));
}

#[tokio::test]
async fn one_open_application_and_three_a_day() {
    let house = house("three").await;
    let (applicant, vera) = (member(&house, "m@mail.example").await, verifier(&house, "v@mail.example").await);
    for serial in 1..=3 {
        let id = apply(&house.log, &Policy::default(), &applicant, claim(&gmc_number(700 + serial), "Mallory Moss"))
            .await
            .unwrap();
        if serial < 3 {
            decide(&house.log, &Policy::default(), &vera, &id, Decision::Refuse, "not-in-register", "").await.unwrap();
        } else {
            let twice = apply(&house.log, &Policy::default(), &applicant, ada()).await;
            assert_eq!(code(twice.unwrap_err()), "too-many");
            decide(&house.log, &Policy::default(), &vera, &id, Decision::More, "number-not-found", "").await.unwrap();
        }
    }
    house.log.clock().advance(DAY + 1);
    let open = apply(&house.log, &Policy::default(), &applicant, ada()).await;
    assert_eq!(code(open.unwrap_err()), "open");
}

#[tokio::test]
async fn asking_answering_and_nobody_elses_application() {
    let house = house("asking").await;
    let (applicant, other) = (member(&house, "a@mail.example").await, member(&house, "b@mail.example").await);
    let vera = verifier(&house, "v@mail.example").await;
    let id = apply(&house.log, &Policy::default(), &applicant, ada()).await.unwrap();
    assert_eq!(code(answer(&house.log, &applicant, &id, "Hello").await.unwrap_err()), "not-asked");
    let note = decide(&house.log, &Policy::default(), &vera, &id, Decision::More, "say-more", "").await;
    assert_eq!(code(note.unwrap_err()), "refused");
    let reason = decide(&house.log, &Policy::default(), &vera, &id, Decision::More, "not-shown", "").await;
    assert_eq!(code(reason.unwrap_err()), "refused");
    decide(&house.log, &Policy::default(), &vera, &id, Decision::More, "say-more", "Where do you work?").await.unwrap();
    assert_eq!(own_of(&house, &applicant).await.asked.unwrap().1, "Where do you work?");
    assert!(queue(&mut house.log.reader().await.unwrap(), &vera).await.unwrap().is_empty());
    assert_eq!(asked(&mut house.log.reader().await.unwrap(), &vera).await.unwrap().len(), 1);
    assert_eq!(code(answer(&house.log, &other, &id, "Let me in").await.unwrap_err()), "not-found");
    assert_eq!(code(answer(&house.log, &applicant, &id, "  ").await.unwrap_err()), "refused");
    answer(&house.log, &applicant, &id, "At Fiction Springs.").await.unwrap();
    assert_eq!(state(&house, &id).await, State::Sent);
    assert_eq!(own_of(&house, &applicant).await.answers[0].1, "At Fiction Springs.");
    assert!(own(&mut house.log.reader().await.unwrap(), &Policy::default(), &other, Time(0)).await.unwrap().is_none());
}

#[tokio::test]
async fn nobody_decides_for_themselves() {
    let house = house("themselves").await;
    let vera = verifier(&house, "v@mail.example").await;
    let id = apply(&house.log, &Policy::default(), vera.member(), ada()).await.unwrap();
    assert!(queue(&mut house.log.reader().await.unwrap(), &vera).await.unwrap().is_empty());
    assert!(read(&house.log, &Policy::default(), &vera, &id).await.unwrap().is_none());
    let own = decide(&house.log, &Policy::default(), &vera, &id, Decision::Approve, "known-to-verifier", "").await;
    assert_eq!(code(own.unwrap_err()), "not-allowed");
}

#[tokio::test]
async fn a_suspended_registration_is_refused_and_a_second_person_can_be_asked() {
    let house = house("suspended").await;
    read_register(&house, Status::Suspended { interim: true }, "2").await;
    let (applicant, vera) = (member(&house, "a@mail.example").await, verifier(&house, "v@mail.example").await);
    let id = apply(&house.log, &Policy::default(), &applicant, ada()).await.unwrap();
    assert_eq!(state(&house, &id).await, State::Refused);
    let own = own_of(&house, &applicant).await;
    assert!(own.may_appeal && own.reason.contains("suspended"));
    answer(&house.log, &applicant, &id, "That is a mistake.").await.unwrap();
    let dossier = read(&house.log, &Policy::default(), &vera, &id).await.unwrap().unwrap();
    assert_eq!(dossier.rows[3].class, RowClass::Other);
    let approve = decide(&house.log, &Policy::default(), &vera, &id, Decision::Approve, "shown-by-call", "").await;
    assert_eq!(code(approve.unwrap_err()), "standing");
    // The register corrects itself: then a verifier may.
    read_register(&house, Status::Active, "3").await;
    decide(&house.log, &Policy::default(), &vera, &id, Decision::Approve, "shown-by-call", "").await.unwrap();
    assert!(again(&house, applicant.id()).await.is_clinician());
}

#[tokio::test]
async fn an_appeal_is_decided_by_a_colleague_and_only_once() {
    let house = house("appeal").await;
    let applicant = member(&house, "a@mail.example").await;
    let (vera, walt) = (verifier(&house, "v@mail.example").await, verifier(&house, "w@mail.example").await);
    let id = apply(&house.log, &Policy::default(), &applicant, ada()).await.unwrap();
    decide(&house.log, &Policy::default(), &vera, &id, Decision::Refuse, "not-shown", "").await.unwrap();
    answer(&house.log, &applicant, &id, "Please look again.").await.unwrap();
    let same = decide(&house.log, &Policy::default(), &vera, &id, Decision::Refuse, "not-shown", "").await;
    assert_eq!(code(same.unwrap_err()), "not-allowed");
    decide(&house.log, &Policy::default(), &walt, &id, Decision::Refuse, "not-shown", "").await.unwrap();
    assert_eq!(code(answer(&house.log, &applicant, &id, "And again.").await.unwrap_err()), "appealed");
}

#[tokio::test]
async fn a_number_of_another_account_is_told_to_verifiers_alone() {
    let house = house("bound").await;
    let (applicant, thief) = (member(&house, "a@mail.example").await, member(&house, "t@mail.example").await);
    let (vera, walt) = (verifier(&house, "v@mail.example").await, verifier(&house, "w@mail.example").await);
    let first = apply(&house.log, &Policy::default(), &applicant, ada()).await.unwrap();
    decide(&house.log, &Policy::default(), &vera, &first, Decision::Approve, "shown-by-call", "").await.unwrap();
    let second = apply(&house.log, &Policy::default(), &thief, ada()).await.unwrap();
    let shown = format!("{:?}", own_of(&house, &thief).await);
    assert!(!shown.contains("another account"), "{shown}");
    let dossier = read(&house.log, &Policy::default(), &vera, &second).await.unwrap().unwrap();
    assert!(dossier.needs_two && dossier.flags.contains(&Flag::BoundElsewhere));
    let once =
        decide(&house.log, &Policy::default(), &vera, &second, Decision::Approve, "shown-by-call", "").await.unwrap();
    assert_eq!(once, Decided::NeedsSecond);
    let twice = decide(&house.log, &Policy::default(), &vera, &second, Decision::Approve, "shown-by-call", "").await;
    assert_eq!(code(twice.unwrap_err()), "needs-second");
    let other = decide(&house.log, &Policy::default(), &walt, &second, Decision::Approve, "shown-by-call", "").await;
    assert_eq!(code(other.unwrap_err()), "notice");
    assert_eq!(state(&house, &second).await, State::Sent);
}

#[tokio::test]
async fn evidence_admits_where_a_society_says_so_and_never_less() {
    let house = house("evidence").await;
    let gate = |r, b| Gate { name: "mailbox".to_owned(), r, i: 1, b, names: vec!["E".to_owned(), "N".to_owned()] };
    let listed =
        |auto| Policy { institutional_domains: vec!["hospital.example".to_owned()], auto, ..Policy::default() };
    let personal = member(&house, "ada.lovelock@hospital.example").await;
    // As it comes, a person looks.
    let as_it_comes = listed(Policy::default().auto);
    let id = apply(&house.log, &as_it_comes, &personal, ada()).await.unwrap();
    assert_eq!(state(&house, &id).await, State::Sent);
    // A gate on less than control of a published address does not open.
    let stranger = member(&house, "benno@mail.example").await;
    let careless =
        apply(&house.log, &listed(vec![gate(1, 1), gate(2, 1)]), &stranger, claim(&gmc_number(BENNO), "Benno Tarvale"))
            .await;
    assert_eq!(state(&house, &careless.unwrap()).await, State::Sent);
    // A society's own gate admits with the mailbox, and only with it.
    let vera = verifier(&house, "v@mail.example").await;
    decide(&house.log, &Policy::default(), &vera, &id, Decision::Refuse, "not-shown", "").await.unwrap();
    house.log.clock().advance(1);
    let own_gate = listed(vec![gate(2, 3)]);
    let again_refused = apply(&house.log, &own_gate, &personal, ada()).await.unwrap();
    assert_eq!(state(&house, &again_refused).await, State::Sent, "a person has refused: a person looks");
    let benno = member(&house, "b.tarvale@hospital.example").await;
    house.log.clock().advance(1);
    let number = gmc_number(BENNO + 1);
    let benno_two = [doctor(&number, "Tarvale", "Benno", Status::Active)];
    house.import("gmc", file("gmc", 0, &benno_two), Version::changes("2")).await.unwrap();
    let admitted = apply(&house.log, &own_gate, &benno, claim(&number, "Benno Tarvale")).await.unwrap();
    assert_eq!(state(&house, &admitted).await, State::Admitted);
    assert!(again(&house, benno.id()).await.is_clinician());
    assert_eq!(own_of(&house, &benno).await.application.decided_by, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_race_has_one_winner() {
    let house = house("race").await;
    let (one, two) = (member(&house, "a@mail.example").await, member(&house, "b@mail.example").await);
    let (vera, walt) = (verifier(&house, "v@mail.example").await, verifier(&house, "w@mail.example").await);
    // Twice at once from one account: one application.
    let policy = Policy::default();
    let (first, second) =
        tokio::join!(apply(&house.log, &policy, &one, ada()), apply(&house.log, &policy, &one, ada()));
    assert!(first.is_ok() != second.is_ok());
    let id = first.or(second).unwrap();
    // Two verifiers at once: one decision.
    let policy = Policy::default();
    let (yes, no) = tokio::join!(
        decide(&house.log, &policy, &vera, &id, Decision::Approve, "shown-by-call", ""),
        decide(&house.log, &policy, &walt, &id, Decision::Refuse, "not-shown", "")
    );
    assert!(yes.is_ok() != no.is_ok());
    assert!(!state(&house, &id).await.is_open());
    assert_eq!(again(&house, one.id()).await.is_clinician(), yes.is_ok());
    let other = apply(&house.log, &policy, &two, ada()).await.unwrap();
    assert_eq!(state(&house, &other).await, State::Sent);
}

#[test]
fn every_reason_has_words_and_belongs_to_one_decision() {
    for (code, words, decision) in REASONS {
        assert_eq!(reason_words(code), *words);
        assert!(words.ends_with('.') && reasons_for(*decision).any(|(known, _)| known == *code));
        // What admitted somebody stands on their badge in words of its own.
        let on_badge = membership::path(code) != membership::path("");
        assert_eq!(on_badge, *decision == Decision::Approve, "{code}");
    }
    assert_eq!(reason_words("because"), "");
}
