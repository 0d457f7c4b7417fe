//! Learning the hunch's weights from invented text: multinomial logistic regression, the same result every time.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use super::hunch::{DOUBT, DOUBT_ALONE, KINDS, MARGIN, Told, Weights, begins, describe, region, run};
use super::score::Post;
use super::{Category, Scene, Severity};

const ROUNDS: usize = 12;
/// A feature must have been seen this often to be given a weight.
const SEEN: usize = 2;
/// Pulls weights that little evidence supports towards nothing.
const DECAY: f32 = 5e-4;
const STEP: f32 = 0.25;
/// Parts of a cross-validation.
const FOLDS: usize = 5;

/// The capitals of the posts of a corpus.
pub struct Lessons {
    posts: Vec<Vec<Example>>,
    words: usize,
}

type Model = HashMap<String, [f32; KINDS.len()]>;

/// What the weights do on posts that were kept out of their learning.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trial {
    pub words: usize,
    /// Names and places that no rule found, and those of them that the hunch asks about.
    pub missed: usize,
    pub gained: usize,
    /// Other capitals that no rule took and that the hunch asks about.
    pub alarms: usize,
    /// Questions that rest on the look of a word: right ones and those withdrawn, wrong ones and those withdrawn.
    pub right: (usize, usize),
    pub wrong: (usize, usize),
}

impl std::fmt::Display for Trial {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(
            f,
            "asks about {} of {} that no rule found, and wrongly {:.2} times per 1,000 words; withdraws {} of {} wrong \
             questions and {} of {} right ones",
            self.gained,
            self.missed,
            self.alarms as f64 * 1000.0 / self.words.max(1) as f64,
            self.wrong.1,
            self.wrong.0,
            self.right.1,
            self.right.0
        )
    }
}

/// Reads the capitals of a corpus.
pub fn read(posts: &[Post]) -> Lessons {
    let words = posts.iter().map(|post| post.text.split_whitespace().count()).sum();
    let posts = posts
        .iter()
        .map(|post| {
            let mut offsets: Vec<usize> = post.text.char_indices().map(|(at, _)| at).collect();
            offsets.push(post.text.len());
            let spans: Vec<(usize, usize, usize)> = post
                .spans
                .iter()
                .filter_map(|s| {
                    let kind = KINDS.iter().position(|k| k.map(Category::code) == Some(s.category.as_str()));
                    let kind =
                        kind.or((s.category == "ADDRESS").then_some(3)).or((s.category == "CODENAME").then_some(1))?;
                    Some((*offsets.get(s.start)?, *offsets.get(s.end)?, kind))
                })
                .collect();
            examples(&post.text, &|start, end| {
                spans.iter().find(|(from, to, _)| *from < end && start < *to).map_or(0, |(_, _, kind)| *kind)
            })
        })
        .collect();
    Lessons { posts, words }
}

/// Learns weights from all posts and lessons,
/// and writes them as the list that the engine reads.
pub fn learn(posts: &Lessons, lessons: &Lessons) -> String {
    list(&quantised(&fit(&posts.posts.iter().chain(&lessons.posts).collect::<Vec<_>>())))
}

/// Learns from the lessons and four parts of the posts and tries the fifth, five times.
pub fn try_out(posts: &Lessons, lessons: &Lessons) -> Trial {
    let mut trial = Trial { words: posts.words, ..Trial::default() };
    let (posts, lessons) = (&posts.posts, &lessons.posts);
    for fold in 0..FOLDS {
        let (kept, taught): (Vec<_>, Vec<_>) = posts.iter().enumerate().partition(|(i, _)| i % FOLDS == fold);
        let model = quantised(&fit(&taught.iter().map(|(_, p)| *p).chain(lessons).collect::<Vec<_>>()));
        for example in kept.iter().flat_map(|(_, p)| p.iter()) {
            let mut sums = [0_i32; KINDS.len()];
            for weights in example.features.iter().filter_map(|f| model.get(f)) {
                sums.iter_mut().zip(weights).for_each(|(s, w)| *s += i32::from(*w));
            }
            let over = sums.iter().skip(1).max().unwrap_or(&0) - sums[0];
            let named = example.kind > 0;
            if example.weak {
                let tally = if named { &mut trial.right } else { &mut trial.wrong };
                tally.0 += 1;
                tally.1 += usize::from(over < -if example.alone { DOUBT_ALONE } else { DOUBT });
            } else if !example.found {
                trial.missed += usize::from(named);
                trial.gained += usize::from(named && over > MARGIN);
                trial.alarms += usize::from(!named && over > MARGIN);
            }
        }
    }
    trial
}

fn fit(posts: &[&Vec<Example>]) -> Model {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for feature in posts.iter().flat_map(|p| p.iter()).flat_map(|e| &e.features) {
        *counts.entry(feature).or_default() += 1;
    }
    let mut names: Vec<&str> = counts.iter().filter(|(_, n)| **n >= SEEN).map(|(f, _)| *f).collect();
    names.sort_unstable();
    let index: HashMap<&str, usize> = names.iter().enumerate().map(|(i, f)| (*f, i)).collect();
    let data: Vec<(usize, Vec<usize>)> = posts
        .iter()
        .flat_map(|p| p.iter())
        .map(|e| (e.kind, e.features.iter().filter_map(|f| index.get(f.as_str()).copied()).collect()))
        .collect();
    let mut weights = vec![[0_f32; KINDS.len()]; names.len()];
    let mut squares = vec![[1e-6_f32; KINDS.len()]; names.len()];
    // A fixed walk through the examples that visits each once a round.
    let stride = (data.len() / 2 + 1..).find(|s| gcd(*s, data.len()) == 1).unwrap_or(1);
    for _ in 0..ROUNDS {
        let mut at = 0;
        for _ in 0..data.len() {
            at = (at + stride) % data.len();
            let (kind, features) = &data[at];
            let mut sums = [0_f32; KINDS.len()];
            for f in features {
                sums.iter_mut().zip(weights[*f]).for_each(|(s, w)| *s += w);
            }
            let top = sums.iter().copied().fold(f32::MIN, f32::max);
            let mut chance = sums.map(|s| (s - top).exp());
            let total: f32 = chance.iter().sum();
            chance.iter_mut().for_each(|c| *c /= total);
            for f in features {
                for k in 0..KINDS.len() {
                    let slope = chance[k] - if k == *kind { 1.0 } else { 0.0 } + DECAY * weights[*f][k];
                    squares[*f][k] += slope * slope;
                    weights[*f][k] -= STEP * slope / squares[*f][k].sqrt();
                }
            }
        }
    }
    names.iter().map(|f| f.to_string()).zip(weights).collect()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn quantised(model: &Model) -> BTreeMap<String, Weights> {
    let mut out = BTreeMap::new();
    for (feature, weights) in model {
        // Only differences matter: "nothing" is made the zero.
        let hundredths = weights.map(|w| ((w - weights[0]) * 100.0).round().clamp(-30_000.0, 30_000.0) as i16);
        if hundredths.iter().any(|w| w.abs() >= 4) {
            out.insert(feature.clone(), hundredths);
        }
    }
    out
}

fn list(weights: &BTreeMap<String, Weights>) -> String {
    let mut out = String::new();
    let kinds: Vec<&str> = KINDS.iter().map(|k| k.map_or("nothing", Category::code)).collect();
    let _ = writeln!(out, "# feature\t{}; hundredths; asked at {MARGIN} over nothing", kinds.join("\t"));
    for (feature, row) in weights {
        let row: Vec<String> = row.iter().map(i16::to_string).collect();
        let _ = writeln!(out, "{feature}\t{}", row.join("\t"));
    }
    out
}

/// A capital of a training text: what it is, by its place in [`KINDS`], and its features.
struct Example {
    kind: usize,
    features: Vec<String>,
    /// Whether a rule found it already; such examples teach, but say nothing about what the hunch adds.
    found: bool,
    /// Whether only a rule that goes by the look of the word found it, so that the author is asked.
    weak: bool,
    /// Whether nothing in the text must be changed.
    alone: bool,
}

/// The capitals of a text as examples; `kind` says what stands at a byte range of the text.
fn examples(text: &str, kind: &dyn Fn(usize, usize) -> usize) -> Vec<Example> {
    let folded = super::fold::fold(text);
    let lower = folded.text.to_ascii_lowercase();
    let tokens = super::token::cut(&folded.text, &lower);
    let scene = Scene::new(&folded.text, &lower, &tokens);
    let findings = super::check_by_rules(text).findings;
    let sure = findings.iter().filter(|f| f.severity == Severity::Block).count();
    let told = Told::of(&scene, sure, findings.len() - sure);
    let free = vec![false; tokens.len()];
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !begins(&scene, at) {
            at += 1;
            continue;
        }
        let end = run(&scene, &free, at);
        if region(&scene, at, end) {
            at = end;
            continue;
        }
        let (start, stop) = folded.original(tokens[at].start, tokens[end - 1].end);
        let mut features = Vec::new();
        describe(&scene, &told, at, end, &mut |pieces| features.push(pieces.iter().map(|piece| piece.text).collect()));
        features.sort_unstable();
        features.dedup();
        out.push(Example {
            kind: kind(start, stop),
            features,
            alone: sure == 0,
            found: findings.iter().any(|f| f.start < stop && f.end > start),
            weak: findings.iter().any(|f| f.start < stop && f.end > start)
                && findings
                    .iter()
                    .filter(|f| f.start < stop && f.end > start)
                    .all(|f| f.severity == Severity::Confirm && super::shield::by_look(f.rule)),
        });
        at = end;
    }
    out
}
