//! Files that went wrong on their way. Nobody falls by them, and nothing of them is half applied.

use super::*;
use crate::base::clock::Time;

/// A register of a thousand in good standing, as most are.
async fn house(name: &str) -> (House, String) {
    let house = House::open(name).await;
    let text = file("gmc", 3_000, &[]);
    house.import("gmc", text.clone(), Version::complete("whole")).await.unwrap();
    (house, text)
}

/// What every entry says, but for when it was seen.
async fn picture(house: &House) -> Vec<(String, String, String, Option<Time>)> {
    let mut all = Vec::new();
    for serial in (0..3_000).step_by(7) {
        let entry = house.entry("gmc", &gmc_number(serial)).await.expect("there");
        all.push((entry.number, entry.family, entry.status.code().to_owned(), entry.absent_since));
    }
    all
}

/// Who would be locked out by an import, of those who were not before.
async fn locked(house: &House, before: &[(String, String, String, Option<Time>)]) -> usize {
    let after = picture(house).await;
    let locks = |code: &str| Status::parse(code).locks();
    before.iter().zip(&after).filter(|(old, new)| !locks(&old.2) && locks(&new.2)).count()
}

fn columns(text: &str, change: impl Fn(usize, &mut Vec<String>)) -> String {
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        change(at, &mut cells);
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

#[tokio::test]
async fn no_fault_of_a_file_locks_anybody_or_is_half_applied() {
    let (house, text) = house("faults").await;
    let before = picture(&house).await;
    let lines: Vec<&str> = text.lines().collect();
    let tenth_gone: Vec<&str> =
        lines.iter().enumerate().filter(|(at, _)| at % 10 != 3).map(|(_, line)| *line).collect();
    let status = lines[0].split(',').position(|name| name == "Registration Status").expect("a column");
    let mut faults: Vec<(String, Vec<u8>)> = vec![
        ("a tenth deleted".to_owned(), tenth_gone.join("\n").into_bytes()),
        (
            "names swapped".to_owned(),
            columns(&text, |at, cells| {
                if at > 0 {
                    cells.swap(1, 2)
                }
            })
            .into_bytes(),
        ),
        (
            "number and name swapped".to_owned(),
            columns(&text, |at, cells| {
                if at > 0 {
                    cells.swap(0, 1)
                }
            })
            .into_bytes(),
        ),
        (
            "status and gender swapped".to_owned(),
            columns(&text, |at, cells| {
                if at > 0 {
                    cells.swap(4, status)
                }
            })
            .into_bytes(),
        ),
        (
            "all suspended by a shifted column".to_owned(),
            columns(&text, |at, cells| {
                if at > 0 {
                    cells[status] = "Suspended".to_owned()
                }
            })
            .into_bytes(),
        ),
        ("a column renamed".to_owned(), text.replacen("Registration Status", "Reg Status", 1).into_bytes()),
        ("UTF-16".to_owned(), [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()),
        ("nothing".to_owned(), Vec::new()),
        ("another file".to_owned(), b"<html><body>Sign in</body></html>".to_vec()),
        ("quotes not closed".to_owned(), text.replace(",M,", ",\"M,").into_bytes()),
    ];
    for cut in [1, 500, text.len() / 3, text.len() / 2, text.len() - 2_000] {
        faults.push((format!("cut at {cut}"), text.as_bytes()[..cut].to_vec()));
    }
    for (what, bytes) in faults {
        let done = house.import("gmc", bytes, Version::complete("fault")).await;
        if let Ok(done) = &done {
            assert!(!done.stopped.is_empty() || done.absent * 1_000 <= 3_000 * 5, "{what}: {done:?}");
        }
        assert_eq!(locked(&house, &before).await, 0, "{what}");
        let applied = done.is_ok_and(|done| done.stopped.is_empty());
        if !applied {
            assert_eq!(picture(&house).await, before, "{what}: nothing is changed");
            let reading = last_reading(&mut house.log.reader().await.unwrap(), "gmc").await.unwrap().unwrap();
            assert_eq!(reading.version, "whole", "{what}");
        }
    }
}

#[tokio::test]
async fn a_few_who_are_suspended_are_suspended() {
    let (house, text) = house("few").await;
    let number = gmc_number(1_234);
    let changed: Vec<String> = text
        .lines()
        .map(|line| match line.starts_with(&number) {
            true => line.replace("Registered with Licence", "Suspended"),
            false => line.to_owned(),
        })
        .collect();
    let done = house.import("gmc", changed.join("\n"), Version::complete("2")).await.unwrap();
    assert!(done.stopped.is_empty() && done.changed <= 1, "{done:?}");
    assert!(house.entry("gmc", &number).await.unwrap().status_raw.contains("uspended"));
}

#[tokio::test]
async fn the_encoding_of_a_file_may_change() {
    let house = House::open("encoding").await;
    let number = gmc_number(9_001);
    let wanted = Wanted { family: "Müller", ..oyin("gmc", &number) };
    let text = file("gmc", 100, &[wanted]);
    house.import("gmc", text.clone(), Version::complete("1")).await.unwrap();
    let narrow: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let done = house.import("gmc", narrow, Version::complete("2")).await.unwrap();
    assert_eq!((done.changed, done.refused), (0, 0));
    assert_eq!(house.entry("gmc", &number).await.unwrap().family, "Müller");
}

/// A line that never ends, without a file of that size.
struct Endless(u64);

impl std::io::Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let len = into.len().min(usize::try_from(self.0).unwrap_or(usize::MAX));
        into[..len].fill(b'x');
        self.0 -= len as u64;
        Ok(len)
    }
}

#[tokio::test]
async fn a_line_of_two_gigabytes_is_given_up_at_once() {
    let (house, text) = house("endless").await;
    let head = std::io::Cursor::new(text.lines().take(5).collect::<Vec<_>>().join("\n") + "\n");
    let reader = std::io::Read::chain(head, Endless(2 << 30));
    let begun = std::time::Instant::now();
    let failed = import(&house.log, find("gmc").unwrap(), reader, Version::complete("2"), |_| ()).await.unwrap_err();
    assert!(words(failed).contains("Line 6 does not end"));
    assert!(begun.elapsed().as_secs() < 20);
}

#[tokio::test]
async fn a_bomb_is_given_up() {
    let (house, text) = house("bomb").await;
    let path = house.folder.join("bomb.zip");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    archive.start_file("LRMP.csv", zip::write::SimpleFileOptions::default()).unwrap();
    let head: String = text.lines().take(2).map(|line| format!("{line}\n")).collect();
    std::io::Write::write_all(&mut archive, head.as_bytes()).unwrap();
    let empty_lines = vec![b'\n'; 1 << 20];
    for _ in 0..128 {
        std::io::Write::write_all(&mut archive, &empty_lines).unwrap();
    }
    archive.finish().unwrap();
    let gmc = find("gmc").unwrap();
    let failed = import_file(&house.log, gmc, path.clone(), Version::complete("2"), |_| ()).await.unwrap_err();
    assert!(words(failed).contains("unpacks to more than 150 times its size"));
    // Half of an archive is no archive.
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let failed = import_file(&house.log, gmc, path, Version::complete("2"), |_| ()).await.unwrap_err();
    assert!(words(failed).contains("The archive is broken"));
}

#[tokio::test]
async fn duplicate_numbers_are_listed_with_their_lines() {
    let (house, text) = house("duplicates").await;
    let lines: Vec<&str> = text.lines().collect();
    let again = format!("{}\n{}\n{}\n", text.trim_end(), lines[10], lines[20].replace("Registered", "Not Registered"));
    let done = house.import("gmc", again, Version::complete("2")).await.unwrap();
    assert_eq!(done.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3_002, 3_003]);
    assert_eq!((done.refused, done.changed), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_dropped_half_way_has_changed_nothing() {
    let (house, text) = house("dropped").await;
    let before = picture(&house).await;
    let gmc = find("gmc").unwrap();
    let more = text.replace("Tar", "Zar");
    let mut ended = 0;
    for wait in [0, 2, 5, 10, 20, 40, 80, 160] {
        let reader = std::io::Cursor::new(more.clone().into_bytes());
        let version = Version { allow: true, ..Version::complete("half") };
        let importing = import(&house.log, gmc, reader, version, |_| ());
        if tokio::time::timeout(std::time::Duration::from_millis(wait), importing).await.is_ok() {
            ended += 1;
            break;
        }
        assert_eq!(picture(&house).await, before, "dropped after {wait} ms");
    }
    let whole = house.import("gmc", text, Version { allow: true, ..Version::complete("again") }).await.unwrap();
    assert!(whole.read == 3_000 && ended <= 1);
    assert_eq!(picture(&house).await, before);
}

#[tokio::test]
async fn two_imports_at_once_do_not_mix() {
    let (house, text) = house("at-once").await;
    let one = house.import("gmc", text.clone(), Version::complete("one"));
    let two = house.import("gmc", text.clone(), Version::complete("two"));
    let (one, two) = tokio::join!(one, two);
    assert!(one.is_ok() || two.is_ok());
    for failed in [one, two].into_iter().filter_map(Result::err) {
        assert_eq!(failed.code(), "reading");
    }
    assert_eq!(picture(&house).await.len(), 429);
}
