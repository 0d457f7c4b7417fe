//! Letters after a breach. They say that, where and when; never what.

use super::letter::{Facts, Kind};

pub(super) fn write(kind: Kind, facts: &Facts<'_>) -> (&'static str, Vec<String>) {
    let home = facts.home;
    match kind {
        Kind::Undelivery => (
            "A post that you were shown was removed",
            vec![
                "A post that you were shown was removed because it could identify a patient. What it said is not repeated here.".to_owned(),
                "If you kept any copy, a picture of the screen, a print or notes, delete it. Then answer with one press:".to_owned(),
                format!("{home}/notices"),
            ],
        ),
        Kind::UndeliveryAgain => (
            "Your answer is still wanted",
            vec![
                "Yesterday we wrote that a post which you were shown was removed for privacy. You have not answered yet.".to_owned(),
                "It takes one press: you kept nothing, you deleted your copy, or you need help.".to_owned(),
                format!("{home}/notices"),
                "This is the only reminder.".to_owned(),
            ],
        ),
        Kind::BreachAlarm => {
            let (clock, hours) = facts.code.split_once('|').unwrap_or((facts.code, ""));
            (
                "A breach waits for your decision",
                vec![
                    format!("{hours} hours have passed since a breach was first known, and no decision is recorded. The clock is that of {clock}."),
                    "Notification may be given in phases (GDPR Art. 33(4)). Not to notify is a decision too, and its reason is recorded.".to_owned(),
                    format!("{home}/privacy/{}", facts.about),
                ],
            )
        }
        _ => (
            "A post was removed for confidentiality",
            vec![
                format!("On {} a moderator removed a post because it could identify a patient.", facts.when),
                format!(
                    "Before that it had been shown to {} {}.",
                    facts.readers,
                    if facts.readers == 1 { "person" } else { "people" }
                ),
                format!("Reference: {}", facts.about),
                "Who they are, when and by which way stands in the report, with the clocks and a draft of the record. This mail holds nothing of the text.".to_owned(),
                format!("{home}/privacy/{}", facts.about),
            ],
        ),
    }
}
