//! Ten thousand generated numbers with valid check digits, from all countries: nearly all must be found without a label.

use super::{Category, check, checks};

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    /// `9` a digit, `1` a digit but 0, `A` a letter, `*` a letter of the Medicare set; anything else itself.
    fn fill(&mut self, shape: &str) -> String {
        const PLAIN: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
        const MEDICARE: &[u8] = b"ACDEFGHJKMNPQRTUVWXY";
        shape
            .chars()
            .map(|c| match c {
                '9' => char::from(b'0' + self.roll(10) as u8),
                '1' => char::from(b'1' + self.roll(9) as u8),
                'A' => char::from(PLAIN[self.roll(24) as usize]),
                '*' => char::from(MEDICARE[self.roll(20) as usize]),
                other => other,
            })
            .collect()
    }
}

#[test]
fn generated_numbers_are_found() {
    let any: fn(&str) -> bool = |_| true;
    let born: fn(&str) -> bool = |id| {
        let part = |from: usize| id[from..from + 2].parse::<u32>().unwrap_or(0);
        (1..=12).contains(&part(2)) && (1..=28).contains(&part(4)) && checks::id_za(id)
    };
    let issued: fn(&str) -> bool = checks::ssn;
    type Kind = (&'static str, &'static str, fn(&str) -> bool);
    let kinds: [Kind; 14] = [
        ("UK", "199 999 9999", checks::nhs),
        ("IN", "@999 9999 9999", checks::verhoeff),
        ("IN", "91-9999-9999-9999", any),
        ("PK", "42999-9999999-9", any),
        ("CA", "9999 999 999", checks::phn_bc),
        ("AU", "@999 99999 9", checks::medicare_au),
        ("AU", "8003 6099 9999 9999", any),
        ("NZ", "AAA9999", checks::nhi),
        ("IE", "9999999A", checks::ppsn),
        ("ZA", "9999999999089", born),
        ("SG", "S9999999A", checks::nric),
        ("AE", "784-1999-9999999-9", any),
        ("US", "999-99-9999", issued),
        ("US", "1**9-**9-**99", any),
    ];
    let frames = [
        ("Pt came again, number ", " is on the card."),
        ("Seen twice, ", " on the form; bloods fine."),
        ("", " was read out on the phone"),
    ];
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut made, mut missed) = (0, Vec::new());
    while made < 10_000 {
        let (country, shape, valid) = kinds[dice.roll(kinds.len() as u64) as usize];
        let first = char::from(b'2' + dice.roll(4) as u8).to_string();
        let id = dice.fill(&shape.replace('@', &first));
        let plain: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
        if !valid(&id) && !valid(&plain) {
            continue;
        }
        made += 1;
        let (before, after) = frames[dice.roll(3) as usize];
        let text = format!("{before}{id}{after}");
        let (start, end) = (before.len(), before.len() + id.len());
        let found = check(&text)
            .findings
            .iter()
            .any(|f| f.start <= start && f.end >= end && !matches!(f.category, Category::Name | Category::Location));
        if !found {
            missed.push(format!("{country} {id}"));
        }
    }
    assert!(missed.len() <= 10, "{} missed: {:?}", missed.len(), &missed[..missed.len().min(20)]);
}

#[test]
fn check_digits_agree_with_python_stdnum() {
    let mut compared = 0;
    for line in include_str!("../../tests/corpus/numbers.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (name, number) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
        let check: fn(&str) -> bool = match name {
            "nhs" => checks::nhs,
            "luhn" => checks::luhn,
            "verhoeff" => checks::verhoeff,
            "phn_bc" => checks::phn_bc,
            "ppsn" => checks::ppsn,
            "id_za" => checks::id_za,
            "ssn" => checks::ssn,
            "iban" => checks::iban,
            other => panic!("no check is called {other}"),
        };
        assert_eq!(check(number), columns.next() == Some("yes"), "{line}");
        compared += 1;
    }
    assert_eq!(compared, 1320);
}
