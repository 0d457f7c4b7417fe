//! `collegium deid …`: the check at the command line.

use super::keep::configuration;
use super::{FOUND, Outcome};
use crate::app::{self, Ground};
use crate::base::problem::Problem;
use crate::deid::{self, Severity};
use crate::moderation;
use clap::Subcommand;
use serde::Deserialize;
use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

#[derive(Subcommand)]
pub enum Deid {
    /// Checks a text for what could identify a patient. For plain text exit status 1 says that something must be changed.
    #[command(
        after_help = "Examples:\n  collegium deid check case.txt\n  collegium deid check --json case.txt\n  collegium deid check --jsonl posts.jsonl > findings.jsonl"
    )]
    Check {
        /// Each input line is {"id","text"}; each output line {"id","findings","risk"}, offsets in code points.
        #[arg(long)]
        jsonl: bool,
        /// One JSON object for the whole text: {"findings","risk"}, offsets in code points.
        #[arg(long, conflicts_with = "jsonl")]
        json: bool,
        /// A file, or - for standard input.
        #[arg(default_value = "-")]
        file: PathBuf,
    },
    /// Scores the engine on a marked corpus: lines of {"id","country","text","spans"}.
    #[command(after_help = "Example: collegium deid score corpus.jsonl")]
    Score {
        corpus: PathBuf,
        /// One JSON object instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Learns the weights of the hunch from marked posts and writes them to standard output, for lists/hunch.txt. What
    /// they do on posts kept out of the learning goes to standard error.
    #[command(after_help = "Example: tests/corpus/train")]
    Train {
        posts: Vec<PathBuf>,
        /// Sentences that are always learnt from, never measured on.
        #[arg(long)]
        lessons: Option<PathBuf>,
    },
    /// Explains a rule of the check, or lists all: what it looks for, whose yardstick it follows, an example.
    #[command(after_help = "Example: collegium deid explain nhs-number")]
    Explain { rule: Option<String> },
    /// Looks again at every post that other rules passed, now; what newly fails goes to the moderators' queue.
    #[command(after_help = "Example: collegium deid rescan --config /etc/collegium/collegium.toml")]
    Rescan {
        #[arg(long)]
        config: PathBuf,
    },
}

pub async fn run(command: Deid) -> Outcome {
    match command {
        Deid::Check { jsonl: true, file, .. } => check_lines(&file),
        Deid::Check { json, file, .. } => check_text(&file, json),
        Deid::Score { corpus, json } => score(&corpus, json),
        Deid::Train { posts, lessons } => train(&posts, lessons.as_ref()),
        Deid::Explain { rule } => explain(rule.as_deref()),
        Deid::Rescan { config } => rescan(&config).await,
    }
}

fn open(file: &PathBuf) -> Result<Box<dyn Read>, Problem> {
    if file.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin()));
    }
    let opened = std::fs::File::open(file).map_err(|cause| Problem::fault(format!("{}: {cause}", file.display())))?;
    Ok(Box::new(opened))
}

fn utf8(bytes: Vec<u8>, what: &str) -> Result<String, Problem> {
    String::from_utf8(bytes)
        .map_err(|cause| Problem::fault(format!("{what}: not UTF-8 at byte {}", cause.utf8_error().valid_up_to())))
}

fn check_text(file: &PathBuf, json: bool) -> Outcome {
    let mut bytes = Vec::new();
    open(file)?.read_to_end(&mut bytes)?;
    let text = utf8(bytes, &file.display().to_string())?;
    let report = deid::check(&text);
    let mut out = std::io::stdout().lock();
    let code = if report.blocked() { ExitCode::from(FOUND) } else { ExitCode::SUCCESS };
    if json {
        writeln!(out, "{}", serde_json::json!({ "findings": findings(&text, &report), "risk": report.risk }))?;
        return Ok(code);
    }
    for (finding, (start, _)) in report.findings.iter().zip(deid::to_code_points(&text, &report.findings)) {
        let line = text[..finding.start].matches('\n').count() + 1;
        let must = if finding.severity == Severity::Block { "must change" } else { "answer   " };
        let instead = match finding.suggestion.as_deref() {
            Some("") => " Leave it out.".to_owned(),
            Some(words) => format!(" Use “{words}”."),
            None => String::new(),
        };
        writeln!(
            out,
            "line {line}, character {start}: {must} “{}” ({}) {}{instead}",
            &text[finding.start..finding.end],
            finding.category.code(),
            finding.reason
        )?;
    }
    let blocks = report.findings.iter().filter(|finding| finding.severity == Severity::Block).count();
    writeln!(out, "{blocks} to fix, {} to answer.", report.findings.len() - blocks)?;
    write!(out, "Risk: {}.", report.risk.band.code())?;
    if !report.risk.details.is_empty() {
        write!(out, " Most telling: {}.", report.risk.details.join(", "))?;
    }
    writeln!(out, " {}", report.risk.change.as_deref().unwrap_or_default())?;
    Ok(code)
}

/// The findings as JSON, with offsets in code points.
fn findings(text: &str, report: &deid::Report) -> Vec<serde_json::Value> {
    report
        .findings
        .iter()
        .zip(deid::to_code_points(text, &report.findings))
        .map(|(finding, (start, end))| {
            serde_json::json!({
                "start": start, "end": end, "category": finding.category, "severity": finding.severity,
                "rule": finding.rule, "suggestion": finding.suggestion,
            })
        })
        .collect()
}

#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    text: String,
}

fn check_lines(file: &PathBuf) -> Outcome {
    let mut input = std::io::BufReader::new(open(file)?);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut number = 0usize;
    loop {
        let mut bytes = Vec::new();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        number += 1;
        let line = utf8(bytes, &format!("line {number}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let Line { id, text } = serde_json::from_str(&line)
            .map_err(|_| Problem::fault(format!("line {number}: not JSON with \"id\" and \"text\"")))?;
        let report = deid::check(&text);
        let answer = serde_json::json!({ "id": id, "findings": findings(&text, &report), "risk": report.risk });
        writeln!(out, "{answer}")?;
    }
    out.flush()?;
    // A batch is read by a program, which finds the findings in the lines: it is done, and that is all.
    Ok(ExitCode::SUCCESS)
}

async fn rescan(config: &Path) -> Outcome {
    let log = app::open_log(&configuration(config)?, &Ground::real()).await?;
    let done = moderation::rescan(&log, Duration::ZERO, |done| {
        eprint!("\r{} looked at, {} to the queue", done.looked, done.flagged);
    })
    .await?;
    if done.looked > 0 {
        eprintln!();
    }
    println!("Rules {}: {} looked at again, {} now in the queue.", deid::RULESET, done.looked, done.flagged);
    log.db().close().await;
    Ok(ExitCode::SUCCESS)
}

fn explain(rule: Option<&str>) -> Outcome {
    let mut out = std::io::stdout().lock();
    match rule {
        None => {
            for rule in deid::rules::RULES {
                writeln!(out, "{:<22} {}", rule.id, rule.looks_for)?;
            }
        }
        Some(id) => {
            let found = deid::rules::RULES
                .iter()
                .find(|rule| rule.id == id)
                .ok_or_else(|| Problem::fault(format!("no rule “{id}”; collegium deid explain lists all")))?;
            writeln!(
                out,
                "{}\n  looks for: {}\n  yardstick: {}\n  example:   {}",
                found.id, found.looks_for, found.yardstick, found.example
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn corpus(file: &PathBuf) -> Result<Vec<deid::score::Post>, Problem> {
    let mut text = Vec::new();
    open(file)?.read_to_end(&mut text)?;
    let text = utf8(text, &file.display().to_string())?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line)
                .map_err(|cause| Problem::fault(format!("{}: line {}: {cause}", file.display(), at + 1)))
        })
        .collect()
}

fn train(files: &[PathBuf], lessons: Option<&PathBuf>) -> Outcome {
    let mut posts = Vec::new();
    for file in files {
        posts.extend(corpus(file)?);
    }
    let posts = deid::train::read(&posts);
    let lessons = deid::train::read(&lessons.map_or_else(|| Ok(Vec::new()), corpus)?);
    eprintln!("on posts kept out, the hunch {}", deid::train::try_out(&posts, &lessons));
    print!("{}", deid::train::learn(&posts, &lessons));
    Ok(ExitCode::SUCCESS)
}

fn score(file: &PathBuf, json: bool) -> Outcome {
    let posts = corpus(file)?;
    // The first check loads the lists; it is not what is measured.
    deid::check("");
    // The best of several rounds: other work on the machine can only slow a round down.
    let mut micros = f64::MAX;
    for _ in 0..7 {
        let began = std::time::Instant::now();
        for post in &posts {
            std::hint::black_box(deid::check(&post.text));
        }
        micros = micros.min(began.elapsed().as_secs_f64() * 1e6);
    }
    let mut score = deid::score::score(&posts);
    score.micros = Some(micros);
    if json {
        println!("{}", score.json());
    } else {
        println!("{}", score.table());
    }
    Ok(ExitCode::SUCCESS)
}
