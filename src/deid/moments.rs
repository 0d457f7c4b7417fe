//! Days as they are typed in haste: `on 12th`, `today 17th`, `11th/10`, `17.xi.24`, `12 dec`, `queue is Jan`.

use super::cited::{citation, professional};
use super::dates::push;
use super::lexicon::{COMMON, HOLIDAY, MONTH, OCCASION};
use super::token::{Case, Kind};
use super::{Hit, Scene, Severity, asked};

/// What ranks rather than dates: `the 5th rib`, `on 2nd line`.
pub(super) const RANKED: &str = "rib ribs nerve nerves centile centiles percentile percentiles cycle cycles time times floor century edition \
    line lines dose doses day days week weeks month months year years toe toes finger fingers digit digits metatarsal metacarpal \
    ventricle space ics intercostal trimester stage degree attempt admission episode session visit visits round rounds seizure \
    attack course patient case child baby pregnancy opinion person look generation grade part half quarter wave failure relapse \
    post pod birthday stent scan film agent drug antibiotic ring ray webspace molar ward level class form";
/// What may follow a date in a sentence that goes on.
pub(super) const FOLLOWS: &str = "and at by with where when but after again because so then for via in he she they repeat under as w only still \
    please if unless since no not till until is was will i we his her latest earliest onwards morning evening afternoon night am pm \
    before or around same after who which from it cos bc instead now were has had did or";
/// What a time is named after.
pub(super) const AHEAD: &str =
    "on till til until since by from dated due today tomorrow yesterday tonight tmrw tmr born dob edd lmp exp expires";

/// What has a day to come.
pub(super) const SLOTS: &str = "queue list wait slot appt appointment clinic review scan opening booking surgery theatre expiry next \
    earliest follow-up followup date availability op mri ct echo";

/// Whether the clause ends at a token or goes on with a word that is no noun.
fn closes(scene: &Scene, at: usize) -> bool {
    scene.tokens.get(at).is_none_or(|t| {
        t.line || t.kind == Kind::Sign && !b"-/%+".contains(&scene.text.as_bytes()[t.start]) || t.asked(asked::FOLLOWS)
    })
}

/// Whether what begins at a byte stands after a preposition of time.
pub fn led(scene: &Scene, start: usize) -> bool {
    let at = scene.tokens.partition_point(|t| t.end <= start);
    at > 0
        && !scene.tokens[at].line
        && (scene.tokens[at - 1].asked(asked::AHEAD) || matches!(scene.word(at - 1), "before" | "after" | "of" | "for"))
}

/// `12 dec`, `14 march 87`, `26 may he …`: whether a day with a month in small letters that is also a word is a date.
pub fn told(scene: &Scene, start: usize, end: usize, month: &str) -> bool {
    let at = scene.tokens.partition_point(|t| t.end <= start);
    let after = scene.tokens.partition_point(|t| t.start < end);
    let piece = &scene.lower[start..end];
    let dated = piece.ends_with(|c: char| c.is_ascii_digit())
        || piece.starts_with(|c: char| c.is_ascii_alphabetic()) && !piece.starts_with("the");
    if dated || led(scene, start) && month != "may" {
        return true;
    }
    if month == "may" {
        let ended = scene.tokens.get(after).is_none_or(|t| t.line || t.kind == Kind::Sign);
        let ahead = at > 0 && scene.tokens[at - 1].asked(asked::AHEAD);
        return ended
            || ahead && closes(scene, after)
            || matches!(scene.word(after), "at" | "she" | "he" | "with" | "when" | "after");
    }
    let counted = scene.tokens.get(after).is_some_and(|t| !t.line && t.kind == Kind::Number);
    (scene.lowercase || closes(scene, after))
        && !counted
        && !super::years::measured(scene, at)
        && !matches!(scene.word(after), "to" | "by" | "from" | "further")
}

/// `oct 1`, `jan 12 earliest`: the same with the month first.
pub fn told_after(scene: &Scene, start: usize, end: usize, month: &str) -> bool {
    let at = scene.tokens.partition_point(|t| t.end <= start);
    let after = scene.tokens.partition_point(|t| t.start < end);
    let piece = &scene.lower[start..end];
    let year = piece.len() > 4 && piece.bytes().rev().take(4).all(|b| b.is_ascii_digit());
    let ahead = at > 0 && (scene.tokens[at - 1].asked(asked::AHEAD) || scene.word(at - 1) == "of");
    // `jan 12 yo` is a person.
    let aged = matches!(
        scene.word(after),
        "yo" | "y" | "yr" | "yrs" | "years" | "f" | "m" | "to" | "or" | "by" | "times" | "x" | "-" | "%"
    );
    if aged {
        return false;
    }
    year || ahead || month != "may" && (closes(scene, after) || scene.lowercase)
}

/// `in jan`, `last may`: a month in small letters by itself, after a word that only a time follows.
pub fn told_alone(scene: &Scene, lead: usize, start: usize, end: usize) -> bool {
    let lead = scene.lower[lead..start].trim_end_matches([' ', '-']);
    let month = &scene.lower[start..end];
    let after = scene.tokens.partition_point(|t| t.start < end);
    let sure =
        matches!(lead, "since" | "last" | "until" | "till" | "til" | "early" | "mid" | "late") || lead.ends_with("of");
    let fit = match month {
        "jan" | "apr" | "march" | "mar" | "dec" => {
            sure || matches!(lead, "in" | "by" | "from" | "end" | "next" | "back in")
        }
        "may" => sure || matches!(lead, "in" | "back in"),
        "oct" | "sep" => sure && lead != "until",
        _ => false,
    };
    fit && closes(scene, after)
}

/// `every year`, `as a rule`, `by default` after a date: it is everybody's.
pub fn everybodys(scene: &Scene, end: usize) -> bool {
    let after = scene.tokens.partition_point(|t| t.start < end);
    (after..after + 4).take_while(|i| scene.tokens.get(*i).is_some_and(|t| !t.line && !t.opens)).any(|i| {
        matches!(
            (scene.word(i), scene.word(i + 1)),
            ("every" | "each", "year" | "time" | "season")
                | ("a", "rule")
                | ("by", "default")
                | ("come", "and")
                | ("rule", "of")
        )
    })
}

/// `move to the 5th`: something is put off to the day.
pub fn moved(scene: &Scene, start: usize) -> bool {
    let at = scene.tokens.partition_point(|t| t.end <= start);
    (2..=5).take_while(|n| at >= *n).any(|n| {
        matches!(
            scene.word(at - n),
            "move"
                | "moved"
                | "moving"
                | "postpone"
                | "postponed"
                | "pushed"
                | "push"
                | "shift"
                | "shifted"
                | "brought"
                | "rescheduled"
                | "changed"
                | "change"
                | "deferred"
                | "booked"
                | "delayed"
                | "put"
        )
    })
}

/// `on 12th`, `till 22nd`, `30th at 2`, `11th/10`, `1st of the 10th`.
pub fn ordinal(scene: &Scene, at: usize, hits: &mut Vec<Hit>) {
    let Some(day) = nth(scene, at, 31) else { return };
    let tokens = scene.tokens;
    let (start, mut end) = (tokens[at].start, tokens[at].end);
    let glued = |i: usize| tokens.get(i).is_some_and(|t| !t.spaced && !t.line);
    let before = at.checked_sub(1).filter(|_| !tokens[at].line).map_or("", |i| scene.word(i));
    if matches!(before, "-" | "/" | "and" | "or" | "&") {
        return;
    }
    let month = scene.word(at + 2).parse().is_ok_and(|n: u32| (1..=12).contains(&n));
    let paired = matches!(scene.word(at + 1), "/" | "-" | ".")
        && glued(at + 1)
        && glued(at + 2)
        && month
        && tokens.get(at + 3).is_none_or(|t| t.spaced || t.line || t.kind == Kind::Sign);
    let of_month = scene.word(at + 1) == "of"
        && (nth(scene, at + 2, 12)
            .map(|_| at + 2)
            .or((scene.word(at + 2) == "the").then(|| nth(scene, at + 3, 12).map(|_| at + 3)).flatten()))
        .is_some();
    if paired {
        end = tokens[at + 2].end;
    } else if of_month {
        let last = if scene.word(at + 2) == "the" { at + 3 } else { at + 2 };
        if !closes(scene, last + 1) {
            return;
        }
        end = tokens[last].end;
    } else {
        let hour = scene.word(at + 1) == "at"
            && (tokens.get(at + 2).is_some_and(|t| t.kind == Kind::Number && t.len() <= 2)
                && closes(scene, at + 3)
                && !matches!(scene.word(at + 3), "." if glued(at + 4))
                || scene.word(at + 2) == "noon")
            && !measured(scene, at);
        let ahead = at > 0 && !tokens[at].line && tokens[at - 1].asked(asked::AHEAD) || before == "for" && day > 12;
        // What follows joins another rank to it: `on 3rd and 4th toes`.
        let joined = matches!(scene.word(at + 1), "and" | "or" | "to" | "," | "&") && nth(scene, at + 2, 99).is_some();
        let followed = if joined { at + 3 } else { at + 1 };
        let ranked = tokens.get(followed).is_some_and(|t| t.asked(asked::RANKED) && !t.line);
        let now = matches!(before, "today" | "tomorrow" | "yesterday" | "tonight");
        let ended = closes(scene, followed) && (day > 4 || scene.word(followed) != "in");
        let few = day <= 3 && !matches!(before, "till" | "until" | "til" | "dated" | "due" | "since") && !now;
        let stop = tokens.get(followed).is_none_or(|t| t.line || t.kind == Kind::Sign);
        if !(hour || ahead && !ranked && (now || ended) && !(few && !stop && !scene.lowercase)) {
            return;
        }
    }
    if !citation(scene, start, end) && !professional(scene, start, end) {
        push(hits, start, end, Severity::Block, "day-of-month");
    }
}

/// Whether a centile or a score is spoken of.
fn measured(scene: &Scene, at: usize) -> bool {
    (1..=5).take_while(|n| at >= *n).any(|n| {
        matches!(
            scene.word(at - n),
            "centile" | "percentile" | "weight" | "height" | "hc" | "ofc" | "length" | "bmi" | "growth" | "plots"
        )
    })
}

/// The number of `5th`, `22nd`, up to a limit.
fn nth(scene: &Scene, at: usize, limit: u32) -> Option<u32> {
    let token = scene.tokens.get(at)?;
    let word = scene.word(at);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if token.kind != Kind::Mixed || !matches!(digits, 1 | 2) || !matches!(&word[digits..], "st" | "nd" | "rd" | "th") {
        return None;
    }
    word[..digits].parse().ok().filter(|n| (1..=limit).contains(n))
}

/// `17.xi.24`, `3/iv/2019`: the month in Roman numerals.
pub fn roman(scene: &Scene, at: usize, hits: &mut Vec<Hit>) {
    let Some([day, a, month, b, year]) = scene.tokens.get(at..at + 5) else {
        return;
    };
    if a.kind != Kind::Sign || a.spaced {
        return;
    }
    let signs = [a, b].iter().all(|t| t.kind == Kind::Sign && b"./-".contains(&scene.text.as_bytes()[t.start]));
    let glued = [a, month, b, year].iter().all(|t| !t.spaced && !t.line);
    let fit = day.len() <= 2 && scene.word(at).parse().is_ok_and(|n: u32| (1..=31).contains(&n));
    let roman =
        matches!(month.lower, "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix" | "x" | "xi" | "xii");
    let whole = year.kind == Kind::Number && matches!(year.len(), 2 | 4);
    if signs && glued && fit && whole && roman && !citation(scene, day.start, year.end) {
        push(hits, day.start, year.end, Severity::Block, "date");
    }
}

/// A word before a number or a month, or one that ends the name of a day: `queue is Jan`, `eve of independence`, `tarehe 8`, `birthday 0704`.
pub fn word(scene: &Scene, at: usize, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    let token = &tokens[at];
    let next = tokens.get(at + 1).filter(|t| !t.line);
    match scene.word(at) {
        "tarehe" | "tarikh" | "tareekh" | "tanggal" | "petsa" | "tgl" => {
            let day = next.is_some_and(|t| t.kind == Kind::Number && t.len() <= 2);
            if day && scene.word(at + 1).parse().is_ok_and(|n: u32| (1..=31).contains(&n)) {
                push(hits, token.start, tokens[at + 1].end, Severity::Block, "day-of-month");
            }
        }
        "birthday" | "bday" | "dob" => {
            // `birthday 0704`: a day and a month written together.
            let Some(number) = next.filter(|t| t.kind == Kind::Number && t.len() == 4) else {
                return;
            };
            let part = |range: std::ops::Range<usize>| scene.word(at + 1)[range].parse().unwrap_or(0_u32);
            let (x, y) = (part(0..2), part(2..4));
            let fit = (1..=31).contains(&x) && (1..=12).contains(&y) || (1..=12).contains(&x) && (1..=31).contains(&y);
            if fit {
                push(hits, number.start, number.end, Severity::Block, "date-compact");
            }
        }
        "eve" if scene.word(at + 1) == "of" => {
            let day = at + 2 + usize::from(scene.word(at + 2) == "the");
            let known =
                matches!(scene.word(day), "independence" | "republic" | "election" | "elections" | "eid" | "polling");
            if let Some(day) = tokens.get(day).filter(|t| !t.line)
                && (known || day.case == Case::Capital && !day.opens && day.is(OCCASION) | day.may_begin(HOLIDAY))
            {
                push(hits, token.start, day.end, Severity::Confirm, "occasion");
            }
        }
        "is" | "are" | "was" if next.is_some_and(|t| t.is(MONTH) && t.case == Case::Capital) => {
            let month = tokens[at + 1];
            let weekday = scene.word(at + 1).ends_with("day");
            let ended = tokens
                .get(at + 2)
                .is_none_or(|t| t.line || t.kind == Kind::Sign || t.is(COMMON) && closes(scene, at + 2));
            if !weekday
                && month.len() >= 3
                && ended
                && at > 0
                && tokens[at - 1].asked(asked::SLOT)
                && !professional(scene, month.start, month.end)
            {
                push(hits, month.start, month.end, Severity::Confirm, "month");
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn days_typed_in_haste_and_what_only_looks_like_them() {
        let found = |t: &str| check(t).findings.iter().any(|f| f.category == Category::Date);
        for text in [
            "the plaster came off on 9th and she walks",
            "no slot till 23rd.",
            "fever again today 18th still no rash",
            "fell 4th/11 at the mill",
            "family conference 29th at 3 in the day room",
            "Moved to the 6th?",
            "Disc removed 14.ix.21 elsewhere",
            "stent went in 11 dec and clotted",
            "born 9 march 91 in a taxi",
            "he is off feeds since oct 3, vomiting",
            "clinic slot is Feb, else private",
            "burnt on the eve of independence",
            "anakuja tarehe 14",
            "rifampicin since end Feb",
            "On iron from 3/v/2021.",
        ] {
            assert!(found(text), "{text}");
        }
        for text in [
            "fracture of the 5th rib",
            "she is on 2nd line drugs",
            "wires on 3rd and 4th toes",
            "weight 25th at 4 months",
            "from 5th metatarsal to heel",
            "of these 12 may need surgery",
            "you may 2 or 3 times",
            "GCS 12 dec to 8",
            "platelets 40 now 12 dec again",
            "stocks run out in november every year",
            "half the dose in August as a rule",
            "the children's day unit",
            "Halloween candy counts as carbs",
            "the oct showed fluid",
        ] {
            assert!(!found(text), "{text}");
        }
    }
}
