//! How well the engine does on a corpus: recall by category, leaks per post, false findings on clean posts.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use super::{Category, Severity, check, to_code_points};

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub marked: usize,
    /// Spans that a finding touches.
    pub touched: usize,
    /// Spans whose letters and digits are all covered.
    pub covered: usize,
}

/// The result.
#[derive(Clone, Debug, Default)]
pub struct Score {
    pub by_category: BTreeMap<String, Tally>,
    pub by_country: BTreeMap<String, Tally>,
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
    pub misses: Vec<String>,
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
        let words = post.text.split_whitespace().count();
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
            ] {
                tally.marked += 1;
                tally.touched += usize::from(touched);
                tally.covered += usize::from(full);
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

impl Score {
    /// Findings on clean posts per 1,000 words: those that block, and all.
    pub fn false_per_thousand(&self) -> (f64, f64) {
        let thousands = (self.clean_words as f64 / 1000.0).max(f64::MIN_POSITIVE);
        if self.clean_words == 0 {
            return (0.0, 0.0);
        }
        (self.clean_blocks as f64 / thousands, (self.clean_blocks + self.clean_confirms) as f64 / thousands)
    }

    /// A table to read.
    pub fn table(&self) -> String {
        let mut out = String::new();
        let percent = |part: usize, whole: usize| if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 };
        let _ = writeln!(out, "{:<12} {:>6} {:>9} {:>9}", "category", "marked", "touched", "covered");
        let mut all = Tally::default();
        for (name, tally) in &self.by_category {
            let _ = writeln!(
                out,
                "{:<12} {:>6} {:>8.1}% {:>8.1}%",
                name,
                tally.marked,
                percent(tally.touched, tally.marked),
                percent(tally.covered, tally.marked)
            );
            all.marked += tally.marked;
            all.touched += tally.touched;
            all.covered += tally.covered;
        }
        let _ = writeln!(
            out,
            "{:<12} {:>6} {:>8.1}% {:>8.1}%",
            "all",
            all.marked,
            percent(all.touched, all.marked),
            percent(all.covered, all.marked)
        );
        for (name, tally) in self.by_country.iter().filter(|(name, _)| !name.is_empty()) {
            let _ = writeln!(
                out,
                "  {:<10} {:>6} {:>8.1}% {:>8.1}%",
                name,
                tally.marked,
                percent(tally.touched, tally.marked),
                percent(tally.covered, tally.marked)
            );
        }
        let _ = writeln!(
            out,
            "posts with an identifier not fully covered: {} of {} ({:.1}%)",
            self.leaking_posts,
            self.marked_posts,
            percent(self.leaking_posts, self.marked_posts.max(1))
        );
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
        let _ = writeln!(out, "blocks with a suggestion: {:.1}%", percent(self.blocks_with_suggestion, self.blocks));
        if let Some(micros) = self.micros {
            let _ = writeln!(out, "{:.1} us per KB", micros / (self.bytes as f64 / 1024.0).max(f64::MIN_POSITIVE));
        }
        out
    }
}
