//! From what the rooms know to what a page shows.

use super::form::{Choice, Field, choices};
use super::moment::Moment;
use super::pages::check_part::{Band as ShownBand, Check, Found};
use super::pages::post_part::{self, BadgeFact, Body, Byline as ShownByline, Content, Fold, PostPart, Seal, Shown};
use super::pages::statement_part::{InterestRow, Statement, Suggestion};
use super::pages::thread_row::{RowState, ThreadRow as ShownRow};
use crate::accounts::{Byline, Choices};
use crate::base::clock::Time;
use crate::base::id::AccountId;
use crate::base::text;
use crate::deid::gate::{Answer, KEEP_REASONS, PartFinding};
use crate::deid::{Band, Risk, Severity};
use crate::disclosure::{self, Interest};
use crate::discussion::{self, Ground, Kind, PARTS, Post, PostState, REVISED, Text, ThreadRow};
use crate::membership::{self, Freshness, Whose};
use crate::moderation;
use crate::registers;
use crate::web::body::Fields;
use askama::Template;

pub fn moment(at: Time, now: Time) -> Moment {
    Moment::at(at.millis(), now.millis())
}

/// The name by which people call a register.
pub fn register_name(code: &str) -> String {
    registers::find(code).map_or_else(|| code.to_uppercase(), |register| register.short.to_owned())
}

/// The badge behind a byline, as pages show it.
pub fn badge(byline: &Byline, choices: &Choices, is_own: bool, now: Time) -> (Seal, Vec<String>, Vec<BadgeFact>) {
    let badge = membership::badge(byline, choices, is_own, now);
    let seal = match badge.freshness {
        Freshness::Fresh => Seal::Confirmed,
        Freshness::Stale => Seal::Due,
        Freshness::UnderReview => Seal::UnderReview,
        Freshness::Ended => Seal::Ended,
        Freshness::SelfSaid => Seal::SelfSaid,
    };
    let facts = badge.facts.into_iter().map(|fact| {
        let (glyph, class) = match fact.whose {
            Whose::Register => ("seal", "is-ok"),
            Whose::Stale => ("sealold", "is-confirm"),
            Whose::House => ("ok", "is-ok"),
            Whose::UnderReview => ("veil", "is-veil"),
            Whose::Member => ("self", ""),
        };
        BadgeFact { title: fact.title, words: fact.words, whose: fact.whose.words(), glyph, class }
    });
    (seal, badge.line, facts.collect())
}

/// One post as this reader sees it.
pub fn post(post: &Post, viewer: Option<&AccountId>, is_unread: bool, choices: &Choices, now: Time) -> post_part::Post {
    let mine = viewer.is_some_and(|viewer| post.is_by(viewer));
    post_part::Post {
        id: post.id.as_str().to_owned(),
        thread: post.thread.as_str().to_owned(),
        position: post.position,
        title: title(post),
        is_unread,
        content: content(post, mine, choices, now),
    }
}

/// A post for open pages: the same part, rendered alone.
pub fn live_post(given: &Post, mine: bool, choices: &Choices, now: Time) -> String {
    let post = post_part::Post {
        id: given.id.as_str().to_owned(),
        thread: given.thread.as_str().to_owned(),
        position: given.position,
        title: title(given),
        is_unread: !mine,
        content: content(given, mine, choices, now),
    };
    PostPart { post }.render().unwrap_or_default()
}

/// The thread's title as its first post says it; empty for a reply, and while that post cannot be read.
fn title(post: &Post) -> String {
    post.text("title").map(|text| text.markdown.clone()).unwrap_or_default()
}

fn content(post: &Post, mine: bool, choices: &Choices, now: Time) -> Content {
    match &post.state {
        PostState::Veiled { reason, .. } => {
            Content::Veiled { is_own: mine, is_asked: reason == discussion::REVISE, is_revised: reason == REVISED }
        }
        PostState::Removed { at, reason } => {
            Content::Removed { at: moment(*at, now), rule: rule(reason), is_own: mine }
        }
        PostState::Open => {
            let (seal, facts, details) = badge(&post.author, choices, mine, now);
            Content::Shown(Box::new(Shown {
                byline: ShownByline {
                    name: post.author.name.clone(),
                    role: post.author.profession.clone(),
                    seal,
                    facts,
                    details,
                    account: post.author.account_id.as_str().to_owned(),
                    interests: post.interests.clone(),
                    is_changed_since: false,
                },
                ground: match post.ground {
                    Ground::Case => post_part::Ground::Case,
                    Ground::Question => post_part::Ground::Question,
                    Ground::Opinion => post_part::Ground::Opinion,
                    Ground::Experience => post_part::Ground::Experience,
                    Ground::Evidence => post_part::Ground::Evidence,
                },
                source: post.source.clone(),
                notice: post.notice.as_ref().map(|(words, at)| (words.clone(), moment(*at, now))),
                written: moment(post.written_at, now),
                edits: post.revision - 1,
                body: body(post),
                may_reply: true,
                may_edit: mine,
                may_flag: !mine,
            }))
        }
    }
}

/// "rule 2 (confidentiality)"
pub fn rule(reason: &str) -> String {
    let known = moderation::REASONS.iter().find(|(code, ..)| *code == reason);
    known.map_or_else(|| "rule 7".to_owned(), |(code, rule, _)| format!("rule {rule} ({code})"))
}

fn body(post: &Post) -> Body {
    let html = |part: &str| post.text(part).map(|text| text.html.clone()).unwrap_or_default();
    match post.ground {
        Ground::Case => Body::Case {
            question: html("question"),
            folds: post
                .texts
                .iter()
                .filter(|text| ["presentation", "history", "findings", "investigations"].contains(&text.part))
                .enumerate()
                .map(|(at, text)| Fold {
                    name: text.label,
                    gist: gist(text),
                    html: text.html.clone(),
                    is_open: at == 0 || text.html.as_str().contains("<table"),
                })
                .collect(),
        },
        Ground::Question => Body::Question { question: html("question"), behind: html("presentation") },
        _ => Body::Reply(html("body")),
    }
}

/// The first words of a section, shown while it is closed.
fn gist(text: &Text) -> String {
    let plain = text::plain(&text.markdown);
    let end =
        plain.find(". ").unwrap_or(plain.len()).min(plain.char_indices().nth(90).map_or(plain.len(), |(at, _)| at));
    let mut gist = plain[..end].trim_end_matches('.').to_owned();
    if end < plain.len() && !plain[end..].starts_with(". ") {
        gist.push('…');
    }
    gist
}

/// A line of a list of threads. `room` is left out on the room's own page.
pub fn thread_row(row: &ThreadRow, with_room: bool, now: Time) -> ShownRow {
    ShownRow {
        id: row.id.as_str().to_owned(),
        excerpt: if row.title.is_some() {
            row.question.as_deref().map(text::plain).unwrap_or_default()
        } else {
            String::new()
        },
        state: if row.title.is_some() {
            RowState::Open
        } else if row.is_removed {
            RowState::Removed
        } else {
            RowState::Hidden
        },
        title: row.title.clone(),
        by: if row.author_specialty.is_empty() {
            row.author.clone()
        } else {
            format!("{} · {}", row.author, row.author_specialty)
        },
        room: if with_room { row.room_name.clone() } else { String::new() },
        kind: if row.kind == Kind::Case { "" } else { kind_words(row.kind) },
        replies: row.replies,
        new: row.fresh,
        active: moment(row.active_at, now),
    }
}

pub fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Case => "Case",
        Kind::Question => "Question",
    }
}

/// A band in words.
pub fn band_words(band: Band) -> &'static str {
    shown_band(band).words()
}

fn shown_band(band: Band) -> ShownBand {
    match band {
        Band::Green => ShownBand::Green,
        Band::Amber => ShownBand::Amber,
        Band::Red => ShownBand::Red,
    }
}

/// The reasons for which a detail may stay.
pub fn keep_reasons() -> Vec<Choice> {
    choices(KEEP_REASONS)
}

/// The answers that came with a form: `answer` fields as `key=reason`, empty ones left out.
pub fn answers(fields: &Fields) -> Vec<Answer> {
    fields
        .all("answer")
        .iter()
        .filter_map(|pair| pair.split_once('='))
        .filter(|(_, reason)| !reason.is_empty())
        .map(|(key, reason)| Answer { finding: key.to_owned(), reason: reason.to_owned() })
        .collect()
}

/// What the check found, beside the form. `typed` are the answers given so far.
pub fn check(findings: &[PartFinding], risk: Option<&Risk>, typed: &[Answer]) -> Check {
    Check {
        findings: findings
            .iter()
            .map(|found| {
                let (part, part_words) =
                    PARTS.iter().find(|(name, _)| *name == found.part).copied().unwrap_or(("body", "Text"));
                Found {
                    key: found.key.clone(),
                    part,
                    part_words,
                    must_change: found.finding.severity == Severity::Block,
                    words: found.words.clone(),
                    why: found.finding.reason.clone(),
                    suggestion: found.finding.suggestion.clone().unwrap_or_default(),
                    answer: typed
                        .iter()
                        .find(|answer| answer.finding == found.key)
                        .map(|answer| answer.reason.clone())
                        .unwrap_or_default(),
                }
            })
            .collect(),
        band: risk.map_or(ShownBand::Unknown, |risk| shown_band(risk.band)),
        details: risk.map(|risk| risk.details.clone()).unwrap_or_default(),
        change: risk.and_then(|risk| risk.change.clone()),
        keep_reasons: keep_reasons(),
    }
}

/// The question of interests, filled with what was chosen; one's own interest that the text names is suggested.
pub fn statement(own: &[Interest], choice: Field, chosen: &[String], text: &str) -> Statement {
    let folded = text.to_lowercase();
    let named = own.iter().find(|interest| interest.is_named_in(&folded));
    Statement {
        interests: own
            .iter()
            .map(|interest| InterestRow {
                id: interest.id.as_str().to_owned(),
                words: interest.words(),
                organisation: interest.organisation.clone(),
                telling: interest.telling_words().collect::<Vec<_>>().join(" "),
                band: disclosure::BANDS
                    .iter()
                    .find(|(code, _)| *code == interest.band)
                    .map_or(String::new(), |(_, words)| (*words).to_owned()),
                is_chosen: chosen.iter().any(|id| id == interest.id.as_str()),
            })
            .collect(),
        suggestion: named.filter(|interest| !chosen.iter().any(|id| id == interest.id.as_str())).map(|interest| {
            Suggestion { words: interest.organisation.clone(), organisation: interest.organisation.clone() }
        }),
        statement: choice,
    }
}
