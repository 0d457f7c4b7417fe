//! Ages of 90 and over.

use std::sync::LazyLock;

use super::contact::{after_word, ascii, before_word};
use super::fixed::{Sought, ways};
use super::lexicon::{PATIENT, RELATIVE};
use super::token::Case;
use super::token::Kind;
use super::years::{again, bare, measured};
use super::{Category, Hit, Scene, Severity};

const AGES: &str = r"\b(9\d|1[01]\d|ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a |one )?hundred(?: and (?:one|two|three|four|five|six|seven|eight|nine|ten))?)(?:(?:\s?-?\s?(?:years?|yrs?|y)(?:\s?-?\s?(?:olds?|o\b|of age)|/o\b|\.o\.?)?|\s?yo\b|\s?y/o\b|\s?[fm]\b|/[fm]\b|\s?(?:female|male|lady|woman|man|gentleman)\b|-?\s?ish\b))|\b(?:aged|age|age:|ages|turned|turning|turns|birthday|woman of|man of|lady of|gentleman of|gent of|patient of|elder of|granny of|farmer of|widow of|widower of|great age of)\s?:?\s?(?:of\s)?(?:nearly |almost |now |about |around )?(9\d|1[01]\d|ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a |one )?hundred(?: and (?:one|two|three|four|five|six|seven|eight|nine|ten))?)\b|\b[fm]\s?/?\s?(9\d|1[01]\d)\b|\b(nonagenarian|centenarian|supercentenarian)\b|\b(9\d|1[01]\d)(?:st|nd|rd|th) (?:birthday|year of|year,|year\.|year and)|\b(?:she|he|patient|pt|mum|mother|dad|father|gran|nan|grandma|grandad|grandfather|grandmother|aunt|wife|husband|[a-z]+)(?:'s|\sis|\swas)\s(?:now |only |nearly |almost |about )?(9\d|1[01]\d|ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)\b";

static SOUGHT: LazyLock<Sought> = LazyLock::new(|| {
    let ways = ways(AGES).into_iter().map(|way| ascii(&format!("(?i){way}"))).collect();
    Sought::new(&[(ascii(&format!("(?i){AGES}")), ways)])
});

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let text = scene.text;
    let mut at = 0;
    let mut found_all = Vec::new();
    for (i, token) in scene.tokens.iter().enumerate() {
        let word = scene.word(i);
        let great = |digits: &[u8]| matches!(digits, [b'9', _] | [b'1', b'0' | b'1', _]);
        let start = match token.kind {
            Kind::Number => great(word.as_bytes()),
            Kind::Mixed | Kind::Foreign => {
                // `93F`, `F93`
                let word = word.strip_prefix(['f', 'm']).unwrap_or(word);
                great(&word.as_bytes()[..word.bytes().take_while(u8::is_ascii_digit).count()])
            }
            _ => {
                token.len() > 5
                    && matches!(word, "ninety" | "hundred" | "nonagenarian" | "centenarian" | "supercentenarian")
            }
        };
        if !start {
            continue;
        }
        let from = scene.tokens[i.saturating_sub(6)].start.max(token.start.saturating_sub(48)).max(at);
        let to = scene.tokens[(i + 6).min(scene.tokens.len() - 1)].end.min(token.end + 48);
        if from < to
            && SOUGHT.may(&text[..to], from, &[0])(0)
            && let Some(found) = SOUGHT.captures_at(0, &text[..to], from)
        {
            at = found.get(0).map_or(at, |m| m.end());
            found_all.push(found);
        }
    }
    bare(scene, hits);
    for found in found_all {
        let Some(number) = (1..=6).find_map(|i| found.get(i)) else { continue };
        let whole = found.get(0).unwrap_or(number);
        // `weight was 97`
        let index = scene.tokens.partition_point(|t| t.end <= number.start());
        let acronym = index > 1 && scene.tokens[index - 2].case == Case::Upper && !scene.tokens[index - 2].shouted;
        if found.get(6).is_some()
            && (acronym && !scene.tokens[index - 2].is(PATIENT | RELATIVE) || measured(scene, index))
        {
            continue;
        }
        let lower = whole.as_str().to_ascii_lowercase();
        let value: u32 = number.as_str().parse().unwrap_or(95);
        let before = before_word(text, whole.start()).to_ascii_lowercase();
        let lead = text[whole.start().saturating_sub(14)..whole.start()].to_ascii_lowercase();
        let threshold = [
            "over",
            "above",
            ">",
            "under",
            "<",
            "below",
            "than",
            "to",
            "temp",
            "t",
            "fever",
            "febrile",
            "pyrexia",
            "temperature",
            "sats",
            "spo2",
            "hr",
            "bp",
            "weight",
            "at least",
            "until",
            "approximately",
        ]
        .contains(&before.as_str())
            || lead.ends_with('>')
            || lead.ends_with('<')
            || lead.ends_with("> ")
            || lead.ends_with("= ")
            || lead.trim_end().ends_with('-')
            || lead.ends_with(['.', '/', '$'])
            || lead.ends_with("over the age of ");
        let after = text[number.end()..].bytes().next().unwrap_or(b' ');
        let unit = after_word(text, number.end());
        // `90-ish vs usual`: only of somebody.
        let ish = lower.ends_with("ish")
            && number.as_str().starts_with(|c: char| c.is_ascii_digit())
            && !(1..=6).take_while(|n| index >= *n).any(|n| {
                let (token, word) = (&scene.tokens[index - n], scene.word(index - n));
                token.word() && token.is(PATIENT | RELATIVE)
                    || matches!(word, "he" | "she" | "she's" | "he's" | "who" | "aged" | "pt")
            });
        if ish {
            continue;
        }
        let medal = matches!(unit, "medal" | "card" | "letter" | "telegram" | "study" | "cohort");
        let number_like = number.as_str().starts_with(|c: char| c.is_ascii_digit());
        let hundred =
            lower.starts_with("a hundred") || lower.starts_with("hundred") || lower.starts_with("one hundred");
        let span = (lower.contains("years") || lower.contains("yrs"))
            && !lower.contains("old")
            && !lower.contains("of age")
            && !number_like;
        if medal
            || value > 117
            || threshold
            || matches!(after, b'%' | b'.' | b'/')
                && number_like
                && !lower.contains("/f")
                && !lower.contains("/m")
                && !lower.contains("y/")
                && !text[number.end()..].starts_with(". ")
                && !text[number.end()..].starts_with(".\n")
            || after == b'+'
            || matches!(
                unit,
                "mg" | "kg"
                    | "ml"
                    | "mmHg"
                    | "bpm"
                    | "percent"
                    | "minutes"
                    | "min"
                    | "mins"
                    | "days"
                    | "cm"
                    | "hours"
                    | "people"
                    | "patients"
                    | "degrees"
                    | "on"
            ) && number_like
            || span
            || hundred
                && !lower.contains("old")
                && !lower.contains("turn")
                && !lower.contains(" of ")
                && !lower.contains("age")
        {
            continue;
        }
        // `m 92`, `F 101`: only as a heading of sex and age.
        if found.get(3).is_some() && !text[..whole.start()].ends_with(['\n', '(', ',', ' ']) {
            continue;
        }
        if found.get(3).is_some()
            && (lower.starts_with('m') || lower.starts_with('f'))
            && whole.as_str().starts_with(|c: char| c.is_ascii_lowercase())
        {
            continue;
        }
        hits.push(Hit {
            start: number.start(),
            end: number.end(),
            category: Category::Age,
            severity: Severity::Block,
            rule: "age-over-89",
        });
    }
    again(scene, hits);
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn ages_from_ninety() {
        let ages = |t: &str| check(t).findings.iter().filter(|f| f.category == Category::Age).count();
        for text in [
            "a 94-year-old lady",
            "97F with",
            "she's ninety-two and sharp",
            "Old Mrs Anders, is 102 and walks",
            "would you operate at 95 in a small place",
            "aged 91",
            "woman of 103",
            "lady of ninety-eight",
            "93 yo",
            "She is 92 and",
            "call: mabel 97 ?cellulitis, legs up",
            "her gran (the elder one) is 95?? surely not",
        ] {
            assert_eq!(ages(text), 1, "{text}");
        }
        for text in [
            "88-year-old",
            "OXY-3, 92-ish vs usual",
            "no difference at 90 d",
            "settled at 94 in theatre",
            "sats 94%",
            "HR 96",
            "over 90 years",
            "eGFR >90",
            "temp 99F",
            "90+ year old",
            "Hb 101",
            "the boy's rate is 95.",
            "his sats: 94, falling",
            "Her weight was 97, now 101",
        ] {
            assert_eq!(ages(text), 0, "{text}");
        }
    }
}
