//! Letters that call somebody. They hold nothing of what was written.

use super::letter::{Facts, Kind};

pub(super) fn write(kind: Kind, facts: &Facts<'_>) -> (&'static str, Vec<String>) {
    let home = facts.home;
    let (code, rest) = facts.code.split_once('|').unwrap_or((facts.code, ""));
    match kind {
        Kind::PassedOn => (
            "A breach waits, and nobody has looked",
            vec![
                format!(
                    "A member flagged a post for confidentiality {rest} minutes ago, and no moderator has opened it yet."
                ),
                match code {
                    "moderators" => format!("{home}/moderation/{}", facts.about),
                    _ => format!(
                        "You cannot open it yourself. Call a moderator; who is on duty stands here: {home}/moderation/rota"
                    ),
                },
            ],
        ),
        Kind::DutyGap => (
            "Nobody will be on duty",
            vec![
                format!(
                    "From {} UTC no moderator is on duty, for {code} {}.",
                    facts.about,
                    if code == "1" { "hour" } else { "hours" }
                ),
                format!("{home}/moderation/rota"),
            ],
        ),
        // A drill, at once or passed on.
        _ => (
            "Drill: a breach waits",
            vec![
                match rest {
                    "" => "This is a drill. Nobody's text is concerned. Do what you would do at a real breach, now."
                        .to_owned(),
                    minutes => {
                        format!("This is a drill. It began {minutes} minutes ago, and no moderator has opened it yet.")
                    }
                },
                match code {
                    "moderators" => format!("{home}/moderation/drills/{}", facts.about),
                    _ => format!(
                        "You cannot open it yourself. Call a moderator; who is on duty stands here: {home}/moderation/rota"
                    ),
                },
            ],
        ),
    }
}
