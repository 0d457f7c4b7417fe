//! Stories of releases: changes laid over a whole file, going back, looking up.

use super::*;

fn person(number: &str, family: &str, given: &str, status: Status) -> String {
    let wanted = Wanted {
        register: "gmc",
        number,
        family,
        given,
        profession: Profession::Physician,
        specialty: "Cardiology",
        status,
    };
    file("gmc", 0, &[wanted])
}

#[tokio::test]
async fn changes_lie_over_the_whole_and_are_made_one_with_it() {
    let house = House::open("over").await;
    house.import("gmc", file("gmc", 2_000, &[]), Version::complete("whole")).await.unwrap();
    let ada = gmc_number(777);
    for week in 0..12 {
        let family = format!("Weekly{}", char::from(b'a' + week));
        let done = house
            .import("gmc", person(&ada, &family, "Ada", Status::Active), Version::changes(&format!("week-{week}")))
            .await
            .unwrap();
        assert_eq!((done.added, done.changed, done.absent), (0, 1, 0), "{done:?}");
        let entry = house.entry("gmc", &ada).await.unwrap();
        assert_eq!((entry.family, entry.source_version), (family.clone(), format!("week-{week}")));
        assert_eq!(house.entry("gmc", &gmc_number(778)).await.unwrap().source_version, "whole");
        let mut conn = house.log.reader().await.unwrap();
        assert_eq!(by_name(&mut conn, "gmc", &family, "Ada").await.unwrap().len(), 1);
        let before = if week == 0 { "Nobody".to_owned() } else { format!("Weekly{}", char::from(b'a' + week - 1)) };
        assert_eq!(
            by_name(&mut conn, "gmc", &before, "Ada").await.unwrap(),
            [],
            "the name before is not found any more"
        );
    }
    let last = last_reading(&mut house.log.reader().await.unwrap(), "gmc").await.unwrap().unwrap();
    assert_eq!((last.version.as_str(), last.changed), ("week-11", 1));
}

#[tokio::test]
async fn a_release_is_taken_back_at_once() {
    let house = House::open("back").await;
    let gmc = find("gmc").unwrap();
    let ada = gmc_number(9_001);
    assert_eq!(rollback(&house.log, gmc).await.unwrap_err().code(), "not-found");
    for (version, family) in [("1", "Lovelock"), ("2", "Reed"), ("3", "Mistake")] {
        house.import("gmc", person(&ada, family, "Ada", Status::Active), Version::changes(version)).await.unwrap();
    }
    assert_eq!(rollback(&house.log, gmc).await.unwrap(), "2");
    assert_eq!(house.entry("gmc", &ada).await.unwrap().family, "Reed");
    let reading = last_reading(&mut house.log.reader().await.unwrap(), "gmc").await.unwrap().unwrap();
    assert_eq!(reading.version, "2");
    house.import("gmc", person(&ada, "Stone", "Ada", Status::Active), Version::changes("4")).await.unwrap();
    assert_eq!(rollback(&house.log, gmc).await.unwrap(), "2", "what was taken back is not gone back to");
    assert_eq!(rollback(&house.log, gmc).await.unwrap(), "1");
    assert_eq!(house.entry("gmc", &ada).await.unwrap().family, "Lovelock");
}

#[tokio::test]
async fn what_no_release_needs_is_deleted() {
    let house = House::open("sweep").await;
    for version in 0..6 {
        house.import("gmc", file("gmc", 500, &[]), Version::complete(&version.to_string())).await.unwrap();
    }
    let layers: i64 = super::super::store::tests::layers(&mut house.log.reader().await.unwrap()).await;
    assert_eq!(layers, 3);
}

#[tokio::test]
async fn the_three_layouts_of_nppes_say_the_same() {
    let house = House::open("three-layouts").await;
    let nppes = find("nppes").unwrap();
    for (at, layout) in [fiction::Layout::Usual, fiction::Layout::Older, fiction::Layout::Newer].into_iter().enumerate()
    {
        let mut text = Vec::new();
        fiction::write_as(nppes, layout, 1, 300, &[], &mut text).unwrap();
        let done = house.import("nppes", text, Version::complete(&at.to_string())).await.unwrap();
        let added = if at == 0 { 300 } else { 0 };
        assert_eq!((done.read, done.added, done.changed, done.refused), (300, added, 0, 0), "{layout:?}");
    }
}

#[tokio::test]
async fn both_encodings_of_rpps_say_the_same_and_a_person_has_several_rows() {
    let house = House::open("rpps").await;
    let rpps = find("rpps").unwrap();
    let number = fiction::rpps(900_001);
    let wanted = Wanted {
        register: "rpps",
        number: &number,
        family: "Lefèvre",
        given: "Éloïse",
        profession: Profession::Midwife,
        specialty: "",
        status: Status::Active,
    };
    for (at, layout) in [fiction::Layout::Usual, fiction::Layout::Windows].into_iter().enumerate() {
        let mut text = Vec::new();
        fiction::write_as(rpps, layout, 1, 0, std::slice::from_ref(&wanted), &mut text).unwrap();
        let done = house.import("rpps", text, Version::changes(&at.to_string())).await.unwrap();
        assert_eq!((done.refused, done.changed), (0, 0), "{:?}", done.rows);
        let entry = house.entry("rpps", &number).await.unwrap();
        assert_eq!((entry.family.as_str(), entry.given.as_str()), ("LEFÈVRE", "Éloïse"));
        assert_eq!(entry.profession, Profession::Midwife);
    }
    let done = house.import("rpps", file("rpps", 200, &[]), Version::changes("many")).await.unwrap();
    assert!(done.read > 250 && done.added == 200 && done.refused == 0, "{done:?}");
}

#[tokio::test]
async fn the_report_of_ended_numbers_is_a_spreadsheet_in_an_archive() {
    let house = House::open("report").await;
    let nppes = find("nppes").unwrap();
    house.import("nppes", file("nppes", 0, &[oyin("nppes", &npi(1))]), Version::complete("1")).await.unwrap();
    let path = house.folder.join("NPPES_Deactivated_NPI_Report.zip");
    let ended =
        [(npi(1), "03/05/2026".to_owned()), (npi(2), "03/06/2026".to_owned()), ("12".to_owned(), String::new())];
    fiction::write_report(&ended, &mut std::fs::File::create(&path).unwrap()).unwrap();
    let done = import_file(&house.log, nppes, path, Version::complete("report"), |_| ()).await.unwrap();
    assert_eq!((done.read, done.changed, done.added, done.refused, done.absent), (3, 1, 1, 1, 0));
    assert_eq!(done.rows[0].line, 5);
    let entry = house.entry("nppes", &npi(1)).await.unwrap();
    assert_eq!((entry.family.as_str(), entry.status), ("FARROW-ADAIR", Status::Lapsed));
    assert_eq!(entry.status_raw, "Deactivated 2026-03-05");
}

#[tokio::test]
async fn an_archive_is_read_as_it_was_published() {
    let house = House::open("zip").await;
    let nppes = find("nppes").unwrap();
    let path = house.folder.join("NPPES_Data_Dissemination_Weekly_V2.zip");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let text = file("nppes", 3_000, &[]);
    for (name, text) in [
        ("npidata_pfile_20260101-20260107_FileHeader.csv", "\"NPI\""),
        ("npidata_pfile_20260101-20260107.csv", text.as_str()),
        ("othername_pfile_20260101-20260107.csv", "\"NPI\",\"Name\""),
        ("NPPES_Data_Dissemination_Readme.pdf", "pdf"),
    ] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    let done = import_file(&house.log, nppes, path, Version::changes("weekly"), |_| ()).await.unwrap();
    assert_eq!((done.read, done.added, done.refused), (3_000, 3_000, 0));
}

#[tokio::test]
async fn readers_see_one_release_or_the_other() {
    let house = House::open("swap").await;
    let ada = gmc_number(9_001);
    let bob = gmc_number(9_002);
    let both = |family: &str| {
        let text = person(&ada, family, "Ada", Status::Active);
        let other = person(&bob, family, "Bob", Status::Active);
        format!("{text}{}\n", other.lines().nth(1).unwrap())
    };
    house.import("gmc", both("First"), Version::complete("1")).await.unwrap();
    let log = house.log.clone();
    let (one, two) = (both("Second"), both("Third"));
    let writing = tokio::spawn(async move {
        for at in 0..6 {
            let text = if at % 2 == 0 { one.clone() } else { two.clone() };
            let reader = std::io::Cursor::new(text.into_bytes());
            let version = Version { allow: true, ..Version::complete(&at.to_string()) };
            import(&log, find("gmc").unwrap(), reader, version, |_| ()).await.unwrap();
        }
    });
    while !writing.is_finished() {
        // Both entries of one release have one version.
        let mut conn = house.log.reader().await.unwrap();
        let before = last_reading(&mut conn, "gmc").await.unwrap().unwrap().version;
        let first = entry(&mut conn, &judge_number(find("gmc").unwrap(), &ada).unwrap()).await.unwrap().unwrap();
        let second = entry(&mut conn, &judge_number(find("gmc").unwrap(), &bob).unwrap()).await.unwrap().unwrap();
        let after = last_reading(&mut conn, "gmc").await.unwrap().unwrap().version;
        if before == after {
            assert_eq!(first.source_version, second.source_version);
            assert_eq!(first.family, second.family);
        }
    }
    writing.await.unwrap();
}
