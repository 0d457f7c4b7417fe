//! Who is on duty, to whom a case is passed on, and drills.

use crate::each_db;
use crate::support::{House, PASSWORD, Person, Plan, case, reply};
use collegium::accounts::Role;
use collegium::base::clock::{HOUR, MINUTE};
use collegium::duty;
use std::process::Stdio;
use std::time::Duration;

each_db!(
    moderators_put_themselves_down,
    empty_hours_are_told_a_day_before,
    a_case_is_passed_on_until_somebody_opens_it,
    a_drill_runs_its_course_and_members_see_its_times_alone,
);
each_db!(Plan { real_clock: true, ..Plan::default() } => a_drill_from_the_command_line_is_timed);

const WORDS: &str = "The man who keeps the quillwort nursery read about himself.";

async fn tick(house: &House) {
    duty::tick(house.log()).await.expect("a tick");
}

/// Letters to somebody with this subject.
async fn letters(house: &House, to: &Person, subject: &str) -> usize {
    let all = house.letters_to(&to.email).await;
    assert!(!format!("{all:?}").contains("quillwort"), "a letter quotes");
    all.iter().filter(|(one, _)| one == subject).count()
}

/// Stories begin on a Saturday at 09:00 UTC.
async fn down(person: &Person, day: &str, from: &str, to: &str) {
    person.form("/moderation/rota", &[("day", day), ("from", from), ("to", to)]).await.is(303);
}

async fn moderators_put_themselves_down(house: &House) {
    let ines = house.moderator("ines").await;
    let jonas = house.moderator("jonas").await;
    let rhea = house.staff("rhea", &[Role::Admin]).await;
    let petra = house.staff("petra", &[Role::Privacy]).await;
    let ada = house.clinician("ada").await;
    ines.get("/moderation/rota").await.is(200).shows("Nobody has put themselves down");
    ines.get("/moderation").await.is(200).hides("Nobody is on duty");
    down(&ines, "5", "8", "17").await;
    down(&jonas, "6", "22", "2").await;
    for reader in [&ines, &jonas, &rhea, &petra] {
        let page = reader.get("/moderation/rota").await.is(200).shows("08:00 to 17:00").shows("00:00 to 02:00");
        assert!(page.has(&ines.name) && page.has(&jonas.name), "{page}");
    }
    petra.get("/moderation/rota").await.hides("Take these hours");
    ada.get("/moderation/rota").await.is(404);
    for other in [&rhea, &petra, &ada] {
        other.form("/moderation/rota", &[("day", "5"), ("from", "8"), ("to", "17")]).await.is(404);
    }
    ines.form("/moderation/rota", &[("day", "7"), ("from", "8"), ("to", "17")]).await.is(422).shows("Choose a day");
    ines.form("/moderation/rota", &[("day", "1"), ("from", "8"), ("to", "25")]).await.is(422).shows("full hour");
    // Over the end of the week, as one stretch; and out of it again, whole or in part. Nobody takes another out.
    jonas.get("/moderation/rota").await.shows("Sunday 22:00 to Monday 02:00");
    ines.form("/moderation/rota/end", &[("hour", "166"), ("hours", "4")]).await.is(409);
    jonas.form("/moderation/rota/end", &[("hour", "166"), ("hours", "3")]).await.is(303);
    jonas.get("/moderation/rota").await.shows("Monday 01:00 to 02:00");
    down(&ines, "every", "0", "24").await;
    ines.get("/moderation/rota").await.shows("All week").shows("Every hour of the week has somebody");
}

async fn empty_hours_are_told_a_day_before(house: &House) {
    let ines = house.moderator("ines").await;
    let rhea = house.staff("rhea", &[Role::Admin]).await;
    let told = "Nobody will be on duty";
    tick(house).await;
    assert_eq!(letters(house, &rhea, told).await, 0, "off until somebody is down");
    // All week but Sunday from 12:00 to 14:00; it is Saturday, 09:00.
    down(&ines, "weekdays", "0", "24").await;
    down(&ines, "5", "0", "24").await;
    down(&ines, "6", "0", "12").await;
    down(&ines, "6", "14", "24").await;
    tick(house).await;
    // The followers of the running house may have looked while it was being filled: that is counted off.
    let before = letters(house, &rhea, told).await;
    let gap = "select count(*) from duty_gaps where begins = 1795348800000";
    assert_eq!(house.count(gap).await, 0, "more than a day before");
    ines.get("/moderation").await.hides("Nobody is on duty");
    house.advance(3 * HOUR);
    for _ in 0..2 {
        tick(house).await;
        assert_eq!(letters(house, &rhea, told).await, before + 1, "once");
    }
    assert_eq!(house.count(gap).await, 1);
    let all = house.letters_to(&rhea.email).await;
    assert!(
        all.iter().any(|(_, body)| body.contains("2026-11-22 at 12:00 UTC") && body.contains("2 hours")),
        "{all:?}"
    );
    assert_eq!(letters(house, &ines, told).await, 0);
    ines.sign_in().await.is(201);
    ines.get("/moderation").await.shows("Nobody is on duty from Sunday 12:00 to Sunday 14:00 UTC");
    house.advance(25 * HOUR);
    ines.sign_in().await.is(201);
    ines.get("/moderation").await.shows("Nobody is on duty now, until Sunday 14:00 UTC");
    ines.get("/moderation/rota").await.shows("Nobody is on duty now, until Sunday 14:00 UTC");
}

async fn a_case_is_passed_on_until_somebody_opens_it(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let jonas = house.moderator("jonas").await;
    let rhea = house.staff("rhea", &[Role::Admin]).await;
    let petra = house.staff("petra", &[Role::Privacy]).await;
    let people = [&ines, &jonas, &petra, &rhea];
    let counts = async |subject: &str| {
        tick(house).await;
        let mut counts = Vec::new();
        for person in people {
            counts.push(letters(house, person, subject).await);
        }
        counts
    };
    let (called, passed) = ("A post waits for a moderator", "A breach waits, and nobody has looked");
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    down(&ines, "5", "8", "17").await;
    let flagged = async |words: &str| {
        // Sessions have ended meanwhile.
        ada.sign_in().await.is(201);
        bram.sign_in().await.is(201);
        let post = ada.reply(&thread, reply(words)).await.ok().of("post");
        bram.flag(&post, "confidentiality", "").await.is(201);
        post
    };
    // Nobody comes.
    let first = flagged(WORDS).await;
    assert_eq!(counts(called).await, [1, 0, 0, 0], "who is on duty");
    house.advance(5 * MINUTE - 1);
    assert_eq!(counts(passed).await, [0, 0, 0, 0]);
    house.advance(1);
    assert_eq!(counts(passed).await, [0, 1, 0, 0], "the other moderators");
    house.advance(5 * MINUTE);
    assert_eq!(counts(passed).await, [0, 1, 1, 0], "the officer");
    house.advance(5 * MINUTE);
    assert_eq!(counts(passed).await, [0, 1, 1, 1], "the administrator");
    house.advance(HOUR);
    assert_eq!(counts(passed).await, [0, 1, 1, 1], "each once");
    assert_eq!(house.count("select count(*) from events where kind = 'case-passed-on'").await, 3);
    ines.sign_in().await.is(201);
    ines.remove(&first, "confidentiality").await.is(201);
    // Somebody opens it after six minutes; another is decided at once.
    let second = flagged("Warm slowly, says the lobelia review.").await;
    house.advance(6 * MINUTE);
    assert_eq!(counts(passed).await, [0, 2, 1, 1]);
    jonas.sign_in().await.is(201);
    jonas.get(&format!("/moderation/{second}")).await.is(200);
    let third = flagged("A rash after the third dose of ramipril.").await;
    ines.sign_in().await.is(201);
    ines.remove(&third, "confidentiality").await.is(201);
    house.advance(HOUR);
    assert_eq!(counts(passed).await, [0, 2, 1, 1], "it ends with a look or a decision");
    // Nobody is on duty: all are called at once, and there are no others.
    house.advance(9 * HOUR);
    let before = counts(called).await;
    flagged("Check the potassium again before you begin.").await;
    let after = counts(called).await;
    assert_eq!([after[0] - before[0], after[1] - before[1]], [1, 1]);
    house.advance(15 * MINUTE);
    assert_eq!(counts(passed).await, [0, 2, 2, 2]);
}

async fn prove(person: &Person) {
    person.form("/step-up", &[("password", PASSWORD), ("next", "/")]).await.is(303);
}

async fn a_drill_runs_its_course_and_members_see_its_times_alone(house: &House) {
    let ada = house.clinician("ada").await;
    let ines = house.moderator("ines").await;
    let jonas = house.moderator("jonas").await;
    let rhea = house.staff("rhea", &[Role::Admin]).await;
    let id = duty::begin(house.log(), 30).await.expect("it begins");
    assert!(duty::begin(house.log(), 30).await.is_err(), "one at a time");
    house.caught_up().await;
    for moderator in [&ines, &jonas] {
        assert_eq!(letters(house, moderator, "Drill: a breach waits").await, 1);
    }
    // Members see nothing of it anywhere.
    for path in
        ["/", "/rooms/cardiology", "/search?q=Exempla", "/record", "/notices", "/api/v1/rooms/cardiology/threads"]
    {
        ada.get(path).await.is(200).hides("Gratia").hides("Drill");
    }
    ada.get(&format!("/threads/{id}")).await.is(404);
    let at = format!("/moderation/drills/{id}");
    for other in [&ada, &rhea] {
        other.get(&at).await.is(404);
    }
    ines.get("/moderation").await.shows("Drill: a synthetic breach");
    house.advance(5 * MINUTE);
    tick(house).await;
    house.advance(5 * MINUTE);
    tick(house).await;
    house.advance(5 * MINUTE);
    tick(house).await;
    assert_eq!(letters(house, &rhea, "Drill: a breach waits").await, 1, "a drill is passed on too");
    assert_eq!(letters(house, &ines, "Drill: a breach waits").await, 1);
    house.advance(MINUTE);
    ines.get(&at).await.is(200).shows("Drill").shows("Exempla");
    jonas.get(&at).await.is(200);
    ines.form(&at, &[("answer", "kept-nothing")]).await.is(409);
    let asked = ines.form(&at, &[("answer", "remove")]).await.is(303);
    assert!(asked.location().starts_with("/step-up"), "{asked}");
    prove(&ines).await;
    house.advance(MINUTE);
    ines.form(&at, &[("answer", "remove")]).await.is(303);
    ines.form(&at, &[("answer", "remove")]).await.is(409);
    ines.get(&at).await.is(200).hides("Exempla").shows("I kept nothing");
    house.caught_up().await;
    assert_eq!(house.count("select count(*) from drills where words <> ''").await, 0);
    house.advance(MINUTE);
    for moderator in [&ines, &jonas] {
        moderator.form(&at, &[("answer", "kept-nothing")]).await.is(303);
    }
    tick(house).await;
    house.caught_up().await;
    let drills = duty::drills(&mut house.log().reader().await.expect("a reader"), 5).await.expect("drills");
    let times: Vec<Option<i64>> = drills[0].times().into_iter().map(|(_, time)| time).collect();
    let minutes = |many| Some(many * MINUTE);
    assert_eq!(times, [Some(0), Some(0), minutes(16), minutes(17), minutes(17), minutes(18)], "each at its time");
    ada.get("/record").await.is(200).shows("Drills").shows("16 min").hides("Exempla").hides(&ines.name);
    ines.get("/moderation").await.hides("Drill: a synthetic breach");
    assert_eq!(house.count("select count(*) from breaches").await, 0, "no breach");
}

async fn a_drill_from_the_command_line_is_timed(house: &House) {
    let ines = house.moderator("ines").await;
    let config = house.config_file("here.toml", None);
    let child = tokio::process::Command::new(env!("CARGO_BIN_EXE_collegium"))
        .args(["breach", "drill", "--minutes", "2", "--config"])
        .arg(config)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let at = {
        let mut tries = 0;
        loop {
            let page = ines.get("/moderation").await.is(200).text();
            if let Some(rest) = page.split("/moderation/drills/").nth(1) {
                break format!("/moderation/drills/{}", rest.split('"').next().expect("an id"));
            }
            tries += 1;
            assert!(tries < 100, "no drill comes");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    ines.get(&at).await.is(200).shows("Drill");
    prove(&ines).await;
    ines.form(&at, &[("answer", "remove")]).await.is(303);
    ines.form(&at, &[("answer", "kept-nothing")]).await.is(303);
    let done = child.wait_with_output().await.expect("it ends");
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    eprintln!("{said}");
    assert_eq!(done.status.code(), Some(0), "{said}");
    assert!(said.contains("a moderator opened it") && !said.contains("did not happen"), "{said}");
    house.caught_up().await;
    assert_eq!(house.count("select count(*) from drills where ended_at is not null").await, 1);
}
