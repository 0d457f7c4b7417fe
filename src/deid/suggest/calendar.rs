//! Reading dates: what day, month or year a piece of text names, and how many days lie between.

/// A date as far as the text tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Day and month, perhaps the year.
    Day {
        year: Option<i64>,
        month: i64,
        day: i64,
    },
    /// Two numbers that may stand in either order, perhaps with the year.
    Either {
        year: Option<i64>,
        first: i64,
        second: i64,
    },
    /// "The 14th".
    OfMonth(i64),
    Month {
        year: Option<i64>,
        month: i64,
    },
    /// Nothing but a year can be told, or nothing at all.
    Vague {
        year: Option<i64>,
    },
}

impl Reading {
    pub fn year(self) -> Option<i64> {
        match self {
            Reading::Day { year, .. }
            | Reading::Either { year, .. }
            | Reading::Month { year, .. }
            | Reading::Vague { year } => year,
            Reading::OfMonth(_) => None,
        }
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Holidays of one day of the year.
const FIXED: &[(&str, i64, i64)] = &[
    ("christmas eve", 12, 24),
    ("xmas eve", 12, 24),
    ("christmas", 12, 25),
    ("xmas", 12, 25),
    ("boxing day", 12, 26),
    ("new year's eve", 12, 31),
    ("new years eve", 12, 31),
    ("hogmanay", 12, 31),
    ("new year", 1, 1),
    ("burns night", 1, 25),
    ("republic day", 1, 26),
    ("waitangi", 2, 6),
    ("valentine", 2, 14),
    ("st david", 3, 1),
    ("st patrick", 3, 17),
    ("st. patrick", 3, 17),
    ("paddy's day", 3, 17),
    ("anzac", 4, 25),
    ("canada day", 7, 1),
    ("of july", 7, 4),
    ("july 4", 7, 4),
    ("juneteenth", 6, 19),
    ("hallowe", 10, 31),
    ("bonfire night", 11, 5),
    ("guy fawkes", 11, 5),
    ("veterans day", 11, 11),
];

/// Reads a date in small letters. Two numbers that fit both ways stay in doubt.
pub fn read(piece: &str) -> Reading {
    let mut numbers: Vec<(i64, usize)> = Vec::new();
    let mut month = None;
    let mut month_at = 0;
    let bytes = piece.as_bytes();
    let mut at = 0;
    let mut signs = String::new();
    while at < bytes.len() {
        let from = at;
        if bytes[at].is_ascii_digit() {
            while at < bytes.len() && bytes[at].is_ascii_digit() {
                at += 1;
            }
            let number: i64 = piece[from..at].parse().unwrap_or(0);
            if at - from == 2 && piece[..from].ends_with('\'') {
                numbers.push((century(number, 2), 4));
            } else if numbers.len() < 4 && at - from <= 4 {
                numbers.push((number, at - from));
            }
        } else if bytes[at].is_ascii_alphabetic() {
            while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
                at += 1;
            }
            let word = &piece[from..at];
            if month.is_none() && word.len() >= 3 {
                month = MONTHS.iter().position(|m| word.starts_with(m) && is_month(word)).map(|m| m as i64 + 1);
                month_at = numbers.len();
            }
        } else {
            if matches!(bytes[at], b'/' | b'.' | b'-') {
                signs.push(bytes[at] as char);
            }
            at += 1;
        }
        if piece[from..].starts_with('t') && numbers.len() == 3 {
            break; // `2023-08-10T09:30`
        }
    }
    if let Some((_, month, day)) = FIXED.iter().find(|(name, ..)| piece.contains(name)) {
        let year = numbers.iter().find(|(_, digits)| *digits == 4).map(|(n, _)| *n);
        return Reading::Day { year, month: *month, day: *day };
    }
    if let Some(month) = month {
        return with_month(&numbers, month, month_at);
    }
    match numbers[..] {
        [(year, 4), (month, _), (day, _), ..] => valid(Some(year), month, day),
        [(first, 1..=2), (second, 1..=2), (year, digits), ..] if digits == 4 || digits == 2 => {
            either(Some(century(year, digits)), first, second)
        }
        [(first, 1..=2), (second, 1..=2)] if !signs.is_empty() => either(None, first, second),
        [(day, 1..=2)] if (1..=31).contains(&day) && piece.contains(|c: char| c.is_ascii_alphabetic()) => {
            if ["st", "nd", "rd", "th"].iter().any(|end| piece.contains(&format!("{day}{end}"))) {
                Reading::OfMonth(day)
            } else {
                Reading::Vague { year: None }
            }
        }
        _ => Reading::Vague { year: numbers.iter().find(|(_, digits)| *digits == 4).map(|(n, _)| *n) },
    }
}

fn is_month(word: &str) -> bool {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    word == "sept" || NAMES.iter().any(|name| name.starts_with(word))
}

fn with_month(numbers: &[(i64, usize)], month: i64, month_at: usize) -> Reading {
    match *numbers {
        [] => Reading::Month { year: None, month },
        [(year, 4)] => Reading::Month { year: Some(year), month },
        [(n, digits)] if (1..=31).contains(&n) && (month_at == 1 || digits <= 2) => valid(None, month, n),
        [(year, 2)] => Reading::Month { year: Some(century(year, 2)), month },
        [(day, 1..=2), (year, digits), ..] if digits == 4 || digits == 2 => {
            valid(Some(century(year, digits)), month, day)
        }
        [(year, 4), (day, 1..=2), ..] => valid(Some(year), month, day),
        _ => Reading::Month { year: None, month },
    }
}

fn valid(year: Option<i64>, month: i64, day: i64) -> Reading {
    if (1..=12).contains(&month) && (1..=31).contains(&day) {
        Reading::Day { year, month, day }
    } else {
        Reading::Vague { year }
    }
}

fn either(year: Option<i64>, first: i64, second: i64) -> Reading {
    match (first > 12, second > 12) {
        (true, false) => valid(year, second, first),
        (false, true) => valid(year, first, second),
        _ if first == second => valid(year, first, second),
        (false, false) if first > 0 && second > 0 => Reading::Either { year, first, second },
        _ => Reading::Vague { year },
    }
}

/// `24` is 2024, `88` is 1988.
fn century(year: i64, digits: usize) -> i64 {
    match digits {
        4 => year,
        _ if year <= 35 => 2000 + year,
        _ => 1900 + year,
    }
}

/// Days since 1970-01-01.
pub fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Which of two numbers is the day, where a post tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    DayFirst,
    MonthFirst,
}

/// Words of places where the month stands first, and where the day does.
const MONTH_FIRST: &[&str] = &[
    "medicaid",
    "hgb",
    " ekg",
    "anemia",
    "edema",
    "hemo",
    "pediatric",
    "diarrhea",
    "leukemia",
    " mg/dl",
    " attending",
    "y.o.",
    " pcp",
    "esophag",
    " labs:",
    "color",
    " mom ",
    "insurance denied",
    " er ",
];
const DAY_FIRST: &[&str] = &[
    "haem",
    "anaemi",
    "oedema",
    "paediatr",
    "leukaem",
    "oesoph",
    "diarrhoea",
    "a&e",
    "registrar",
    " gp ",
    "gp ",
    "nhs",
    "theatre",
    "nhi ",
    "mbbs",
    "lakh",
    "aadhaar",
    "cnic",
    "paracetamol",
    "consultant",
    " mum",
    "centre",
    "on call",
];

/// The order of a post: what its other dates show, else what its words show.
pub fn order(texts: &[&str], readings: &[(Reading, &str)]) -> Option<Order> {
    let mut votes = (0, 0);
    for (reading, piece) in readings {
        let numbers: Vec<i64> = piece.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let worded = piece.contains(|c: char| c.is_ascii_alphabetic());
        if let (Reading::Day { .. }, false, [first, second, ..]) = (reading, worded, &numbers[..]) {
            votes.0 += i32::from((13..=31).contains(first));
            votes.1 += i32::from((13..=31).contains(second) && *first <= 12);
        }
    }
    if votes == (0, 0) {
        for text in texts {
            let lower = text.to_ascii_lowercase();
            votes.0 += i32::from(DAY_FIRST.iter().any(|word| lower.contains(word)));
            votes.1 += i32::from(MONTH_FIRST.iter().any(|word| lower.contains(word)));
        }
    }
    match votes {
        (1.., 0) => Some(Order::DayFirst),
        (0, 1..) => Some(Order::MonthFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read() {
        let day = |year, month, day| Reading::Day { year, month, day };
        for (piece, reading) in [
            ("2024-03-12", day(Some(2024), 3, 12)),
            ("2023-08-10t09:30", day(Some(2023), 8, 10)),
            ("13/03/24", day(Some(2024), 3, 13)),
            ("03/13/2024", day(Some(2024), 3, 13)),
            ("the 9th of feb", day(None, 2, 9)),
            ("9th feb", day(None, 2, 9)),
            ("tuesday 9 february", day(None, 2, 9)),
            ("march 3", day(None, 3, 3)),
            ("march 3rd, 2024", day(Some(2024), 3, 3)),
            ("03-mar-24", day(Some(2024), 3, 3)),
            ("12mar2024", day(Some(2024), 3, 12)),
            ("11/26", day(None, 11, 26)),
            ("christmas day 2023", day(Some(2023), 12, 25)),
            ("12/03/2024", Reading::Either { year: Some(2024), first: 12, second: 3 }),
            ("4/2", Reading::Either { year: None, first: 4, second: 2 }),
            ("the 14th", Reading::OfMonth(14)),
            ("march 2024", Reading::Month { year: Some(2024), month: 3 }),
            ("mar '24", Reading::Month { year: Some(2024), month: 3 }),
            ("june", Reading::Month { year: None, month: 6 }),
            ("eid", Reading::Vague { year: None }),
            ("14 hereturikoka", Reading::Vague { year: None }),
        ] {
            assert_eq!(read(piece), reading, "{piece}");
        }
    }

    #[test]
    fn days_are_counted() {
        assert_eq!(days(1970, 1, 1), 0);
        assert_eq!(days(2024, 3, 1) - days(2024, 2, 28), 2);
        assert_eq!(days(2023, 3, 1) - days(2023, 2, 28), 1);
        assert_eq!(days(2024, 1, 1) - days(2023, 1, 1), 365);
        assert_eq!(days(2000, 1, 1), 10_957);
    }
}
