//! Letters about what moderators decide. They quote nothing.

use super::letter::{Facts, Kind};
use crate::moderation::{Measure, reason_words};

pub(super) fn write(kind: Kind, facts: &Facts<'_>) -> (&'static str, Vec<String>) {
    let home = facts.home;
    let page = format!("What was decided, and how to appeal: {home}/membership/decisions");
    let look = format!("{home}/moderation/decisions/{}", facts.about);
    match kind {
        Kind::Measure => {
            let (measure, reason) = facts.code.split_once(':').unwrap_or((facts.code, ""));
            let (rule, words) = reason_words(reason);
            let done = Measure::find(measure).map_or("A moderator decided about a post of yours.", |one| one.done);
            (
                "A moderator decided about a post of yours",
                vec![done.to_owned(), format!("Under rule {rule}: {words}."), page],
            )
        }
        Kind::Undone => (
            "A decision was undone",
            vec!["What a moderator decided about you or a post of yours was undone.".to_owned(), page],
        ),
        Kind::Proposed => (
            "A second moderator is asked",
            vec!["A colleague proposes a measure that two of you must agree to.".to_owned(), look],
        ),
        Kind::AppealSent => (
            "An appeal waits",
            vec!["Somebody appeals against a decision. Who decided first does not hear it.".to_owned(), look],
        ),
        _ => (
            "What was decided on your appeal",
            vec![
                match facts.code {
                    "reversed" => {
                        "Another moderator looked and decided for you. What could be undone is undone; what was erased \
                         cannot come back, and you may write it again."
                    }
                    _ => "Another moderator looked, and the decision stands.",
                }
                .to_owned(),
                page,
            ],
        ),
    }
}
