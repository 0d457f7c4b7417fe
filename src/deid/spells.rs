//! A date's whole phrase: `the eve of Whitsun`, `the fourth day of Sukkot`, `the first Monday in June`, `Holi
//! week`, `the night of 2/3 Jan`. What stands around a date narrows it down and goes with it.

use super::lexicon::MONTH;
use super::token::Kind;
use super::{Category, Hit, Scene};

/// Draws into each date the words that belong to it.
pub fn widen(scene: &Scene, hits: &mut [Hit]) {
    for hit in hits.iter_mut().filter(|h| h.category == Category::Date) {
        let from = scene.tokens.partition_point(|t| t.end <= hit.start);
        let to = scene.tokens.partition_point(|t| t.start < hit.end);
        if let Some(first) = left(scene, from) {
            hit.start = hit.start.min(scene.tokens[first].start);
        }
        if let Some(last) = right(scene, to, hit.rule) {
            hit.end = hit.end.max(scene.tokens[last].end);
        }
    }
}

fn day(word: &str) -> bool {
    matches!(
        word,
        "day"
            | "days"
            | "night"
            | "nights"
            | "morning"
            | "evening"
            | "afternoon"
            | "eve"
            | "week"
            | "weeks"
            | "weekend"
            | "wk"
            | "w/e"
            | "fortnight"
            | "end"
            | "start"
            | "beginning"
            | "middle"
            | "half"
            | "part"
            | "tail"
            | "close"
            | "turn"
            | "small"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "mon"
            | "tue"
            | "tues"
            | "wed"
            | "thu"
            | "thur"
            | "thurs"
            | "fri"
            | "sat"
            | "sun"
            | "shift"
            | "arvo"
            | "wkend"
            | "wknd"
            | "wks"
            | "dawn"
            | "dusk"
            | "noon"
            | "midnight"
    )
}

fn rank(word: &str, kind: Kind) -> bool {
    kind == Kind::Mixed
        && word.len() <= 4
        && word.ends_with(['t', 'd', 'h'])
        && word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            word,
            "first"
                | "second"
                | "third"
                | "fourth"
                | "fifth"
                | "sixth"
                | "seventh"
                | "eighth"
                | "ninth"
                | "tenth"
                | "last"
                | "final"
                | "early"
                | "mid"
                | "late"
                | "very"
                | "penultimate"
                | "opening"
                | "closing"
                | "previous"
                | "same"
        )
}

/// The first token of the words before a date that belong to it.
fn left(scene: &Scene, from: usize) -> Option<usize> {
    let mut first = from;
    let mut found = None;
    // `2/3 Jan`
    if let Some([a, sign, _]) = from.checked_sub(2).and_then(|n| scene.tokens.get(n..=from))
        && a.kind == Kind::Number
        && a.len() <= 2
        && sign.kind == Kind::Sign
        && b"/-&".contains(&scene.text.as_bytes()[sign.start])
        && scene.tokens[from].kind == Kind::Number
    {
        first = from - 2;
        found = Some(first);
    }
    for _ in 0..2 {
        let Some(i) = first.checked_sub(1) else { break };
        if scene.tokens[first].line {
            break;
        }
        let mut i = i;
        if scene.word(i) == "the" && i > 0 {
            i -= 1;
        }
        if !matches!(scene.word(i), "of" | "in" | "before" | "after" | "preceding" | "following" | "to" | "on" | "for")
            || i == 0
        {
            break;
        }
        let noun = i - 1;
        let linked = matches!(scene.word(i), "of" | "before" | "after" | "preceding" | "following");
        let word = scene.word(noun);
        // `Monday in June`, but no `day in June`, `week to 5 June`.
        if scene.tokens[i].line
            || !day(word)
            || !linked && !(scene.word(i) == "in" && !matches!(word, "day" | "days" | "end" | "part" | "start"))
        {
            break;
        }
        first = noun;
        while first > 0
            && !scene.tokens[first].line
            && (rank(scene.word(first - 1), scene.tokens[first - 1].kind)
                || matches!(scene.word(first - 1), "-")
                    && first > 1
                    && rank(scene.word(first - 2), scene.tokens[first - 2].kind))
        {
            first -= 1;
        }
        if first > 0 && scene.word(first - 1) == "the" && !scene.tokens[first].line {
            first -= 1;
        }
        found = Some(first);
    }
    found
}

/// The last token of the words after a date that belong to it.
fn right(scene: &Scene, to: usize, rule: &str) -> Option<usize> {
    // `in Oct/Nov`
    if rule == "month"
        && scene.tokens.get(to + 1).is_some_and(|t| t.is(MONTH) && t.len() > 2 && !t.spaced && !t.line)
        && matches!(scene.word(to), "/" | "-")
    {
        return Some(to + 1);
    }
    if !matches!(rule, "holiday" | "occasion") {
        return None;
    }
    let mut found = None;
    let mut at = to;
    for _ in 0..2 {
        let Some(token) = scene.tokens.get(at).filter(|t| t.spaced && !t.line) else { break };
        let word = scene.word(at);
        let next = scene.word(at + 1);
        if rank(word, token.kind) && matches!(next, "day" | "night" | "week" | "weekend") {
            at += 2;
        } else if matches!(word, "last" | "first") && matches!(next, "year") {
            break;
        } else if day(word)
            && !matches!(word, "end" | "start" | "part" | "half" | "shift" | "close" | "turn" | "small" | "tail")
            && !(token.is(MONTH) && word.len() <= 3)
        {
            at += 1;
        } else {
            break;
        }
        found = Some(at - 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    fn date(text: &str) -> Option<&str> {
        check(text).findings.iter().find(|f| f.category == Category::Date).and_then(|f| text.get(f.start..f.end))
    }

    #[test]
    fn a_date_is_taken_with_what_belongs_to_it() {
        for (text, whole) in [
            ("Collapsed the eve of Whitsun at home", "the eve of Whitsun"),
            ("Fever from the fourth day of Sukkot, no rash", "the fourth day of Sukkot"),
            ("Married the first Monday in June and fell", "the first Monday in June"),
            ("Pain all Holi week long", "Holi week"),
            ("Operated night of 2/3 Jan, bled", "night of 2/3 Jan"),
            ("Burnt since St Ronan's Eve, dressed", "St Ronan's Eve"),
            ("Broke it before the Laytown Races, splinted", "Laytown Races"),
            ("It began in the winter of 2009, he says", "winter of 2009"),
            ("A bone stuck, feast of the Visitation, removed", "feast of the Visitation"),
        ] {
            assert!(date(text).is_some_and(|found| found.contains(whole)), "{text}: {:?}", date(text));
        }
        for text in [
            "the second day of antibiotics",
            "The last week has been rough",
            "the feast of data in this paper",
            "Who swaps a bank holiday shift?",
            "day of surgery admission",
            "first night on call",
            "Labour ward was full",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
