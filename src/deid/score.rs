//! How well the engine does on a corpus: recall by category, leaks per post, false findings on clean posts.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::{Band, Category, Finding, Severity, check, to_code_points};

/// An identifier as a reader marked it, in Unicode code points.
#[derive(Clone, Debug, Deserialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    pub category: String,
}

/// A post of a corpus.
#[derive(Clone, Debug, Deserialize)]
pub struct Post {
    pub id: String,
    #[serde(default)]
    pub country: String,
    pub text: String,
    #[serde(default)]
    pub spans: Vec<Span>,
}

/// What was found of one category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub marked: usize,
    /// Spans that a finding touches.
    pub touched: usize,
    /// Spans whose letters and digits are all covered.
    pub covered: usize,
}

/// The result.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Score {
    pub by_category: BTreeMap<String, Tally>,
    pub by_country: BTreeMap<String, Tally>,
    /// Posts of fewer than 100 words, of 100 to 150, of more.
    pub by_length: BTreeMap<String, Tally>,
    /// Findings of each category: all, and those that touch a marked span of any category.
    pub precision: BTreeMap<String, (usize, usize)>,
    /// Described people who raise a finding or the band.
    pub quasi: (usize, usize),
    /// Texts with findings, and those of them that check clean once every suggestion is applied.
    pub fixed: (usize, usize),
    pub posts: usize,
    /// Posts with identifiers.
    pub marked_posts: usize,
    /// Posts with identifiers of which one is not fully covered, descriptions aside.
    pub leaking_posts: usize,
    pub clean_posts: usize,
    pub clean_words: usize,
    pub clean_blocks: usize,
    pub clean_confirms: usize,
    pub blocks: usize,
    pub blocks_with_suggestion: usize,
    /// Findings that touch no marked span, in posts with identifiers.
    pub extra: usize,
    pub marked_words: usize,
    pub bytes: usize,
    /// Microseconds for the whole corpus, measured by the caller.
    pub micros: Option<f64>,
    #[serde(skip)]
    pub misses: Vec<String>,
    #[serde(skip)]
    pub alarms: Vec<String>,
}

/// Scores the engine on a corpus.
pub fn score(posts: &[Post]) -> Score {
    let mut score = Score { posts: posts.len(), ..Score::default() };
    for post in posts {
        let report = check(&post.text);
        let places = to_code_points(&post.text, &report.findings);
        let characters: Vec<char> = post.text.chars().collect();
        let mut covered = vec![false; characters.len()];
        for (from, to) in &places {
            covered[*from..(*to).min(characters.len())].fill(true);
        }
        for (finding, (from, to)) in report.findings.iter().zip(&places) {
            let entry = score.precision.entry(finding.category.code().to_string()).or_default();
            entry.0 += 1;
            entry.1 += usize::from(post.spans.iter().any(|s| s.start < *to && *from < s.end));
        }
        if !report.findings.is_empty() {
            score.fixed.0 += 1;
            score.fixed.1 += usize::from(check(&apply(&post.text, &report.findings)).findings.is_empty());
        }
        let words = post.text.split_whitespace().count();
        let length = match words {
            0..100 => "under 100",
            100..=150 => "100 to 150",
            _ => "over 150",
        };
        score.bytes += post.text.len();
        for finding in report.findings.iter().filter(|f| f.severity == Severity::Block) {
            score.blocks += 1;
            score.blocks_with_suggestion += usize::from(finding.suggestion.is_some());
        }
        let around = |from: usize, to: usize| {
            characters[from.saturating_sub(30)..(to + 25).min(characters.len())]
                .iter()
                .collect::<String>()
                .replace('\n', " ")
        };
        let false_alarms = report
            .findings
            .iter()
            .zip(&places)
            .filter(|(_, (from, to))| !post.spans.iter().any(|s| s.start < *to && *from < s.end));
        for (finding, (from, to)) in false_alarms {
            let words: String = characters[*from..*to].iter().collect();
            score.alarms.push(format!(
                "{} {} {} [{}] in: {}",
                post.id,
                finding.category.code(),
                finding.rule,
                words,
                around(*from, *to)
            ));
            match (post.spans.is_empty(), finding.severity) {
                (true, Severity::Block) => score.clean_blocks += 1,
                (true, Severity::Confirm) => score.clean_confirms += 1,
                _ => score.extra += 1,
            }
        }
        if post.spans.is_empty() {
            score.clean_posts += 1;
            score.clean_words += words;
            continue;
        }
        score.marked_posts += 1;
        score.marked_words += words;
        let mut leak = false;
        for span in &post.spans {
            let range = span.start..span.end.min(characters.len());
            let touched = covered[range.clone()].iter().any(|c| *c);
            let full = range.clone().all(|i| covered[i] || !characters[i].is_alphanumeric());
            for tally in [
                score.by_category.entry(span.category.clone()).or_default(),
                score.by_country.entry(post.country.clone()).or_default(),
                score.by_length.entry(length.to_string()).or_default(),
            ] {
                tally.marked += 1;
                tally.touched += usize::from(touched);
                tally.covered += usize::from(full);
            }
            if span.category == Category::Quasi.code() {
                score.quasi.0 += 1;
                score.quasi.1 += usize::from(touched || report.risk.band != Band::Green);
            }
            leak |= !full && span.category != Category::Quasi.code();
            if !touched || !full {
                let words: String = characters[range.clone()].iter().collect();
                score.misses.push(format!(
                    "{} {} {} [{}] in: {}",
                    post.id,
                    if touched { "part" } else { "MISS" },
                    span.category,
                    words,
                    around(span.start, span.end)
                ));
            }
        }
        score.leaking_posts += usize::from(leak);
    }
    score
}

/// The text with every suggestion in place.
pub fn apply(text: &str, findings: &[Finding]) -> String {
    let mut fixed = text.to_string();
    for finding in findings.iter().rev() {
        if let Some(words) = &finding.suggestion {
            fixed.replace_range(finding.start..finding.end, words);
        }
    }
    fixed
}

impl Score {
    /// Findings on clean posts per 1,000 words: those that block, and all.
    pub fn false_per_thousand(&self) -> (f64, f64) {
        let thousands = (self.clean_words as f64 / 1000.0).max(f64::MIN_POSITIVE);
        if self.clean_words == 0 {
            return (0.0, 0.0);
        }
        (self.clean_blocks as f64 / thousands, (self.clean_blocks + self.clean_confirms) as f64 / thousands)
    }

    /// All categories but the descriptions.
    pub fn direct(&self) -> Tally {
        let quasi = Category::Quasi.code();
        self.by_category.iter().filter(|(name, _)| *name != quasi).fold(Tally::default(), |all, (_, one)| Tally {
            marked: all.marked + one.marked,
            touched: all.touched + one.touched,
            covered: all.covered + one.covered,
        })
    }

    /// Microseconds for a kilobyte of text.
    pub fn micros_per_kb(&self) -> Option<f64> {
        self.micros.map(|micros| micros / (self.bytes as f64 / 1024.0).max(f64::MIN_POSITIVE))
    }

    /// For machines.
    pub fn json(&self) -> serde_json::Value {
        let (blocks, findings) = self.false_per_thousand();
        let mut value = serde_json::to_value(self).unwrap_or_default();
        value["direct"] = serde_json::to_value(self.direct()).unwrap_or_default();
        value["leak_rate"] = (self.leaking_posts as f64 / self.marked_posts.max(1) as f64).into();
        value["false_blocks_per_1000_words"] = blocks.into();
        value["false_findings_per_1000_words"] = findings.into();
        value["micros_per_kb"] = self.micros_per_kb().into();
        value
    }

    /// A table to read.
    pub fn table(&self) -> String {
        let mut out = String::new();
        let percent = |part: usize, whole: usize| if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 };
        let line = |out: &mut String, name: &str, tally: Tally, right: Option<(usize, usize)>| {
            let precision = match right {
                Some((all, hits)) if all > 0 => format!("{:>9.1}%", percent(hits, all)),
                _ => String::new(),
            };
            let (touched, covered) = (percent(tally.touched, tally.marked), percent(tally.covered, tally.marked));
            let _ = writeln!(out, "{name:<12} {:>6} {touched:>8.1}% {covered:>8.1}% {precision}", tally.marked);
        };
        let _ =
            writeln!(out, "{:<12} {:>6} {:>9} {:>9} {:>10}", "category", "marked", "touched", "covered", "precision");
        for (name, tally) in &self.by_category {
            line(&mut out, name, *tally, self.precision.get(name).copied());
        }
        let all = self.precision.values().fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        line(&mut out, "all direct", self.direct(), Some(all));
        for (name, tally) in self.by_country.iter().filter(|(name, _)| !name.is_empty()) {
            line(&mut out, &format!("  {name}"), *tally, None);
        }
        for name in ["under 100", "100 to 150", "over 150"] {
            if let Some(tally) = self.by_length.get(name) {
                line(&mut out, &format!("  {name}"), *tally, None);
            }
        }
        let (leaking, marked) = (self.leaking_posts, self.marked_posts);
        let leaks = percent(leaking, marked.max(1));
        let _ = writeln!(out, "posts with a direct identifier not fully covered: {leaking} of {marked} ({leaks:.1}%)");
        let (blocks, findings) = self.false_per_thousand();
        let _ = writeln!(
            out,
            "clean posts: {} with {} words; false per 1,000 words: {blocks:.2} block, {findings:.2} block or confirm",
            self.clean_posts, self.clean_words
        );
        let _ = writeln!(
            out,
            "findings outside marked spans in the other posts: {} in {} words",
            self.extra, self.marked_words
        );
        let _ = writeln!(out, "descriptions that raise a finding or the band: {} of {}", self.quasi.1, self.quasi.0);
        let _ = writeln!(out, "blocks with a suggestion: {:.1}%", percent(self.blocks_with_suggestion, self.blocks));
        let _ = writeln!(out, "texts that check clean once fixed: {} of {}", self.fixed.1, self.fixed.0);
        if let Some(micros) = self.micros_per_kb() {
            let _ = writeln!(out, "{micros:.1} us per KB");
        }
        out
    }
}
