//! Any text at all: no panic, places inside the text and between characters, the same answer twice, fixes that apply.
//!
//! Posts are cut, joined, doubled and sown with what has broken checkers before. A short run with a fixed seed belongs to
//! the unit tests; `tests/fuzz/run SECONDS` goes on as long as it is told, with a new seed.

use std::time::{Duration, Instant};

use super::score::apply;
use super::{check, to_code_points};

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

/// What is sown into texts.
const SEEDS: &[&str] = &[
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{ad}",
    "\u{202e}",
    "\u{301}",
    "\u{1f600}",
    "\u{1f468}\u{200d}\u{2695}\u{fe0f}",
    "\u{408}",
    "\u{430}",
    "\u{645}\u{62d}\u{645}\u{62f}",
    "\u{5c5}",
    "\u{fb03}",
    "\u{1d5d4}",
    "\u{2028}",
    "\r\n",
    "\t",
    "\0",
    "&amp;",
    "&#x4a;",
    "&zwj;",
    "**",
    "`",
    "](",
    "<b>",
    "%20",
    "\u{2019}",
    "\u{2014}",
    "\u{bd}",
    "\u{660}",
    "12/03",
    "31.12.2024",
    "999 317 2048",
    "Mr ",
    "Dr. ",
    "@",
    "u/",
    "https://",
    "A.",
    "'s",
    "-",
    "--",
    "//",
    "#",
    "+44",
    "\u{1e9e}",
    "\u{130}",
    "\u{1c4}",
    "O'",
    "Mc",
];

fn spot(dice: &mut Dice, text: &str) -> usize {
    let mut at = dice.roll(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn mutated(dice: &mut Dice, posts: &[String]) -> String {
    let mut text = posts[dice.roll(posts.len())].clone();
    for _ in 0..1 + dice.roll(6) {
        match dice.roll(7) {
            0 => {
                let other = &posts[dice.roll(posts.len())];
                let (from, at) = (spot(dice, other), spot(dice, &text));
                text.insert_str(at, &other[from..]);
            }
            1 => {
                let (a, b) = (spot(dice, &text), spot(dice, &text));
                text.replace_range(a.min(b)..a.max(b), "");
            }
            2 => {
                let (a, b) = (spot(dice, &text), spot(dice, &text));
                let piece = text[a.min(b)..a.max(b)].to_string();
                if piece.len() < 2000 {
                    text.insert_str(a.min(b), &piece);
                }
            }
            3 => text = if dice.roll(2) == 0 { text.to_lowercase() } else { text.to_uppercase() },
            4 => text = text.replace(' ', SEEDS[dice.roll(SEEDS.len())]),
            _ => {
                for _ in 0..1 + dice.roll(12) {
                    let at = spot(dice, &text);
                    text.insert_str(at, SEEDS[dice.roll(SEEDS.len())]);
                }
            }
        }
    }
    if text.len() > 20_000 {
        let mut end = 20_000;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}

/// Panics where an answer is wrong; tells how long the check took.
fn examine(text: &str) -> Duration {
    let began = Instant::now();
    let report = check(text);
    let took = began.elapsed();
    let mut last = 0;
    for finding in &report.findings {
        assert!(finding.start < finding.end && finding.end <= text.len(), "{finding:?} in {text:?}");
        assert!(finding.start >= last, "{finding:?} overlaps in {text:?}");
        assert!(text.is_char_boundary(finding.start) && text.is_char_boundary(finding.end), "{finding:?} in {text:?}");
        last = finding.end;
    }
    let points = to_code_points(text, &report.findings);
    let all = text.chars().count();
    assert!(points.iter().all(|(from, to)| from < to && *to <= all), "{points:?} in {text:?}");
    assert_eq!(check(text), report, "another answer the second time: {text:?}");
    check(&apply(text, &report.findings));
    took
}

#[test]
fn any_text_is_checked() {
    let told = |name: &str| std::env::var(name).ok().and_then(|number| number.trim().parse::<u64>().ok());
    let (asked, seed) =
        (told("COLLEGIUM_FUZZ_SECONDS"), told("COLLEGIUM_FUZZ_SEED").unwrap_or(0x9e37_79b9_7f4a_7c15) | 1);
    let posts: Vec<String> = include_str!("../../tests/corpus/posts.jsonl")
        .lines()
        .filter_map(|line| serde_json::from_str::<super::score::Post>(line).ok())
        .map(|post| post.text)
        .collect();
    assert!(posts.len() > 100);
    let mut dice = Dice(seed);
    // The first check loads the lists.
    check("");
    let began = Instant::now();
    let (mut runs, mut slowest) = (0_usize, (0.0_f64, String::new()));
    while asked.map_or(runs < 150, |seconds: u64| began.elapsed().as_secs() < seconds) {
        let text = mutated(&mut dice, &posts);
        let per_kb = examine(&text).as_secs_f64() * 1e6 / (text.len().max(1024) as f64 / 1024.0);
        if per_kb > slowest.0 {
            slowest = (per_kb, text);
        }
        runs += 1;
    }
    if asked.is_some() {
        println!(
            "seed {seed}: {runs} texts; the dearest cost {:.0} µs per KB: {:?}",
            slowest.0,
            slowest.1.chars().take(300).collect::<String>()
        );
    }
}
