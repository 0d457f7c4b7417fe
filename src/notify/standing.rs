//! Letters about where a member stands. They name no register's word: mail is read over shoulders.

use super::letter::{Facts, Kind};
use crate::membership;

pub(super) fn write(kind: Kind, facts: &Facts<'_>) -> (&'static str, Vec<String>) {
    let home = facts.home;
    let page = format!("Where you stand, and what you can do: {home}/membership");
    match kind {
        Kind::Paused => (
            "Reading and posting are paused",
            vec![
                match facts.code {
                    "register-suspended" | "register-removed" => {
                        "Your register shows a change, so reading and posting are paused for your account."
                    }
                    "grace-over" => {
                        "The days to put your registration right have passed, so reading and posting are paused."
                    }
                    _ => "Your registration could not be confirmed, so reading and posting are paused.",
                }
                .to_owned(),
                "Nobody is told but you. What you wrote stays.".to_owned(),
                "If it is a mistake, a person will look: sign in and ask on that page.".to_owned(),
                page,
            ],
        ),
        Kind::Reopened => (
            "Your membership is open again",
            vec![
                membership::rule_words(facts.code).to_owned(),
                "Reading and posting are open to you.".to_owned(),
                format!("{home}/"),
            ],
        ),
        Kind::Reminder => reminder(facts.code, page),
        Kind::AppealKept => (
            "What was decided on your question",
            vec![
                "A verifier looked at why your account is paused, and it stays so for now.".to_owned(),
                "When your register has put it right, ask again; somebody else will look.".to_owned(),
                page,
            ],
        ),
        Kind::Doubt => (
            "A member to look at",
            vec![
                format!("{}.", membership::doubt_words(facts.code).0),
                "Nothing is decided until one of you has looked.".to_owned(),
                format!("{home}/verify/members/{}", facts.about),
            ],
        ),
        _ => (
            "Somebody else claims your registration",
            vec![
                "An application for membership names the registration that is yours here. Two verifiers look at it."
                    .to_owned(),
                format!(
                    "Until {} nothing is decided. We tell neither of you who the other is.",
                    facts.about.replace('T', " at ").replace('Z', " UTC")
                ),
                "If you have something that shows the registration is yours, answer this mail; a person reads it."
                    .to_owned(),
                page,
            ],
        ),
    }
}

fn reminder(code: &str, page: String) -> (&'static str, Vec<String>) {
    let (subject, words) = match code {
        "grace:0" => (
            "You can read for 14 days",
            "Your registration could not be confirmed as before. For 14 days you can read, but not write. When your \
             register shows you again, everything opens by itself.",
        ),
        "grace:1" => {
            ("Seven days left", "In seven days your membership pauses, unless your register shows you again before.")
        }
        "grace:2" => ("One day left", "Tomorrow your membership pauses, unless your register shows you again before."),
        "attestation:0" => (
            "Once a year: do you still practise?",
            "It is a year since you said that you practise under your registration. Please say it again within 14 days; \
             it takes one press.",
        ),
        "attestation:1" => (
            "Seven days left to confirm",
            "Please confirm within seven days that you practise under your registration.",
        ),
        "attestation:2" => {
            ("One day left to confirm", "Please confirm by tomorrow that you practise under your registration.")
        }
        _ => (
            "You can read until you confirm",
            "You have not said that you still practise, so you can read, but not write. One press opens it again.",
        ),
    };
    (subject, vec![words.to_owned(), page])
}
