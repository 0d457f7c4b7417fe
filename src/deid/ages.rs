//! Ages of 90 and over.

use std::sync::LazyLock;

use regex::Regex;

use super::contact::{after_word, ascii, before_word};
use super::lexicon::{BRAND, COMMON, DEED, EPONYM, FIRST, HEAD, HUMAN, LAST, PATIENT, RELATIVE, VOCAB};
use super::token::Kind;
use super::{Category, Hit, Scene, Severity};

static AGES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&ascii(r"(?i)\b(9\d|1[01]\d|ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a |one )?hundred(?: and (?:one|two|three|four|five|six|seven|eight|nine|ten))?)(?:(?:\s?-?\s?(?:years?|yrs?|y)(?:\s?-?\s?(?:olds?|o\b|of age)|/o\b|\.o\.?)?|\s?yo\b|\s?y/o\b|\s?[fm]\b|/[fm]\b|\s?(?:female|male|lady|woman|man|gentleman)\b|-?\s?ish\b))|\b(?:aged|age|age:|ages|turned|turning|turns|birthday|woman of|man of|lady of|gentleman of|gent of|patient of|elder of|granny of|farmer of|widow of|widower of|great age of)\s?:?\s?(?:of\s)?(?:nearly |almost |now |about |around )?(9\d|1[01]\d|ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a |one )?hundred(?: and (?:one|two|three|four|five|six|seven|eight|nine|ten))?)\b|\b[fm]\s?/?\s?(9\d|1[01]\d)\b|\b(nonagenarian|centenarian|supercentenarian)\b|\b(9\d|1[01]\d)(?:st|nd|rd|th) birthday|\b(?:she|he|patient|pt|mum|mother|dad|father|gran|nan|grandma|grandad|grandfather|grandmother|aunt|wife|husband|[a-z]+)(?:'s|\sis|\swas)\s(?:now |only |nearly |almost |about )?(9\d|1[01]\d|ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)\b")).expect("ages")
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
            _ => matches!(word, "ninety" | "hundred" | "nonagenarian" | "centenarian" | "supercentenarian"),
        };
        if !start {
            continue;
        }
        let from = scene.tokens[i.saturating_sub(6)].start.max(token.start.saturating_sub(48)).max(at);
        let to = scene.tokens[(i + 6).min(scene.tokens.len() - 1)].end.min(token.end + 48);
        if from < to
            && let Some(found) = AGES.captures_at(&text[..to], from)
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
        if found.get(6).is_some() && measured(scene, index) {
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

/// An age once given is the same number again: `Gordon, 94, … valve at 94`.
fn again(scene: &Scene, hits: &mut Vec<Hit>) {
    let told = scene.tokens.windows(4).filter(|w| {
        w[0].capital()
            && (w[0].is(FIRST | LAST) || !w[0].is(COMMON | VOCAB | BRAND | EPONYM))
            && w[2].kind == Kind::Number
            && scene.text[w[1].start..w[1].end].starts_with([',', '('])
            && scene.text[w[3].start..w[3].end].starts_with([',', ')', '.'])
            && scene.text[w[2].start..w[2].end].parse().is_ok_and(|n: u32| (90..=117).contains(&n))
    });
    let told = told.filter_map(|w| scene.text.get(w[2].start..w[2].end));
    let ages: Vec<&str> = hits
        .iter()
        .filter(|h| h.category == Category::Age)
        .filter_map(|h| scene.text.get(h.start..h.end))
        .filter(|age| age.bytes().all(|b| b.is_ascii_digit()))
        .chain(told)
        .collect();
    if ages.is_empty() {
        return;
    }
    let mut more = Vec::new();
    for (at, token) in scene.tokens.iter().enumerate().skip(1) {
        let word = scene.word(at);
        if token.kind == Kind::Number
            && token.spaced
            && ages.contains(&word)
            && matches!(
                scene.word(at - 1),
                "at" | "aged" | "age" | "being" | "turning" | "turned" | "nearly" | "only" | "is"
            )
            && !measured(scene, at)
            && !hits.iter().any(|h| h.start <= token.start && token.start < h.end)
        {
            more.push(Hit {
                start: token.start,
                end: token.end,
                category: Category::Age,
                severity: Severity::Block,
                rule: "age-over-89",
            });
        }
    }
    hits.extend(more);
}

/// Whether what follows or precedes makes a number a measurement.
fn measured(scene: &Scene, at: usize) -> bool {
    let after = scene.tokens.get(at + 1);
    let glued = after.is_some_and(|t| {
        !t.spaced
            && !t.line
            && (t.kind != Kind::Sign
                || b"%/+-:*<>=".contains(&scene.text.as_bytes()[t.start])
                || b".,".contains(&scene.text.as_bytes()[t.start])
                    && scene.tokens.get(at + 2).is_some_and(|n| !n.spaced && !n.line && n.kind == Kind::Number))
    });
    let unit = after.is_some_and(|t| !t.line)
        && matches!(
            scene.word(at + 1),
            "%" | "/"
                | "mg"
                | "mcg"
                | "ug"
                | "g"
                | "kg"
                | "ml"
                | "l"
                | "mm"
                | "cm"
                | "m"
                | "mmhg"
                | "bpm"
                | "percent"
                | "min"
                | "mins"
                | "minutes"
                | "h"
                | "hrs"
                | "hours"
                | "days"
                | "weeks"
                | "months"
                | "degrees"
                | "units"
                | "iu"
                | "u"
                | "mmol"
                | "umol"
                | "patients"
                | "people"
                | "cases"
                | "beds"
                | "on"
                | "ra"
                | "x"
                | "sats"
                | "to"
                | "-"
                | "joules"
                | "j"
                | "watts"
                | "ms"
                | "cmh2o"
                | "mosm"
                | "pg"
                | "ng"
                | "nmol"
                | "pmol"
                | "over"
                | "metres"
                | "f"
                | "per"
                | "tablets"
                | "tabs"
                | "od"
                | "bd"
                | "tds"
                | "qds"
                | "daily"
                | "systolic"
                | "diastolic"
                | "range"
        );
    let level = (1..=3).take_while(|n| at >= *n).any(|n| {
        matches!(
            scene.word(at - n),
            "sats"
                | "spo2"
                | "sao2"
                | "hr"
                | "pulse"
                | "rate"
                | "bp"
                | "map"
                | "hb"
                | "temp"
                | "fever"
                | "glucose"
                | "bm"
                | "bsl"
                | "creatinine"
                | "creat"
                | "cr"
                | "platelets"
                | "plt"
                | "plts"
                | "crp"
                | "esr"
                | "weight"
                | "wt"
                | "sodium"
                | "na"
                | "egfr"
                | "gfr"
                | "fev1"
                | "score"
                | "scored"
                | "saturation"
                | "saturations"
                | "saturating"
                | "qrs"
                | "pr"
                | "chloride"
                | "mcv"
                | "ferritin"
                | "iq"
                | "systolic"
                | "diastolic"
                | "moca"
                | "ace"
                | "room"
                | "bed"
                | "ward"
                | "ca125"
                | "bpm"
                | "tryptase"
                | "lactate"
                | "height"
                | "ast"
                | "alt"
                | "alp"
                | "bili"
                | "bilirubin"
                | "ck"
                | "ph"
        )
    });
    glued || unit || level
}

/// `so 93,`, `a nun, 91,`, `Grandfather (93,`, `, ninety-four,`: ages by the words around them.
fn bare(scene: &Scene, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    let sign = |i: usize, c: u8| tokens.get(i).is_some_and(|t| scene.text.as_bytes()[t.start] == c);
    for (at, token) in tokens.iter().enumerate() {
        let word = scene.word(at);
        let mut end = at;
        let spelled = word == "ninety";
        if spelled {
            if sign(at + 1, b'-')
                && matches!(
                    scene.word(at + 2),
                    "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine"
                )
            {
                end = at + 2;
            } else if matches!(
                scene.word(at + 1),
                "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine"
            ) {
                end = at + 1;
            } else if sign(at + 1, b'-') && matches!(scene.word(at + 2), "odd" | "something" | "ish") {
                end = at + 2;
            }
        } else if !(token.kind == Kind::Number && word.parse().is_ok_and(|n: u32| (90..=117).contains(&n))) {
            continue;
        }
        let after = end + 1;
        let closes = tokens.get(after).is_none_or(|t| {
            t.line
                || !t.spaced
                    && b",.;)".contains(&scene.text.as_bytes()[t.start])
                    && tokens.get(after + 1).is_none_or(|n| n.spaced || n.line)
        });
        let before = at.checked_sub(1).map_or("", |i| scene.word(i));
        let earlier = at.checked_sub(2).map_or(0, |i| if tokens[i].word() { tokens[i].flags } else { 0 });
        let human = earlier & (RELATIVE | PATIENT) != 0
            || at >= 2
                && matches!(
                    scene.word(at - 2),
                    "nun"
                        | "priest"
                        | "widow"
                        | "widower"
                        | "farmer"
                        | "teacher"
                        | "veteran"
                        | "spinster"
                        | "bachelor"
                        | "frail"
                        | "retired"
                );
        let set_off = matches!(before, "," | "(") && human;
        let told = before == "so" && at >= 2 && sign(at - 2, b',')
            || spelled
                && (before == ","
                    || before == "("
                    || matches!(before, "is" | "was" | "aged" | "so" | "at" | "turned" | "now"));
        // `edna 96 ?shingles`, `Arthur 93 from the lodge`
        let name = at.checked_sub(1).map(|i| &tokens[i]).is_some_and(|t| {
            t.word()
                && (t.is(FIRST)
                    || t.capital()
                        && !t.opens
                        && tokens
                            .get(at + 1)
                            .is_some_and(|n| n.spaced && (n.is(DEED | HUMAN) || scene.word(at + 1).ends_with("ed"))))
                && !t.is(COMMON | VOCAB | EPONYM | BRAND | HEAD)
                && t.len() > 3
                && (t.capital() || scene.lowercase)
        });
        let named = name && token.spaced && !spelled && !measured(scene, at);
        // `(gene, i mean) is 93??`
        let asked =
            matches!(before, "is" | "was" | "she's" | "he's" | "turns" | "turned" | "rising" | "pushing" | "nearly")
                && !measured(scene, at)
                && tokens.get(after).is_some_and(|t| !t.spaced && b"?!,.;)".contains(&scene.text.as_bytes()[t.start]))
                && (2..=8).take_while(|n| at >= *n && !tokens[at - n + 1].line).any(|n| {
                    let token = &tokens[at - n];
                    matches!(scene.word(at - n), "she" | "he" | "who" | "patient" | "pt")
                        || token.word() && token.is(RELATIVE | PATIENT)
                });
        let next = spelled
            && matches!(scene.word(after), "next" | "and" | "who" | "this" | "last" | "in" | "odd")
            && matches!(before, "is" | "was" | "turned" | "turns" | "aged");
        if next || named || asked || closes && (set_off || told) {
            hits.push(Hit {
                start: token.start,
                end: tokens[end].end,
                category: Category::Age,
                severity: Severity::Block,
                rule: "age-over-89",
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check};

    #[test]
    fn ages_from_ninety() {
        let ages = |t: &str| check(t).findings.iter().filter(|f| f.category == Category::Age).count();
        for text in [
            "a 94-year-old lady",
            "97F with",
            "aged 91",
            "woman of 103",
            "lady of ninety-eight",
            "93 yo",
            "She is 92 and",
            "visit: winifred 97 ?shingles, her lodge rang",
            "her gran (the elder one) is 95?? surely not",
        ] {
            assert_eq!(ages(text), 1, "{text}");
        }
        for text in [
            "88-year-old",
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
