//! Dates finer than a year, and ages of 90 and over.
//!
//! Fractions are the trap: `3/7` is three days, `6/12` six months, `14/15` a coma score. Two numbers are a date only
//! after "on", "since" and their like; three need a year.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::contact::{after_word, ascii, before_word};
use super::lexicon::MONTH;
use super::{Category, Hit, Scene, Severity};

const MONTHS: &str = "ramadan|ramzan|ramazan|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|muharram|safar|rabi[ -](?:ul|al)[ -][a-z]+|jumada[ -][a-z]+|rajab|shaban|shawwal|zil[ -]?qad[ah]*|zil[ -]?ha?j+|zilhaj|dhul[ -]?hijjah|chaitra|vaisakh|jyeshtha|ashadh|shravan|bhadra|kartik|margashirsha|hereturikoka|mahuru|whiringa-a-nuku|whiringa-a-rangi|hakihea|kohitatea|hui-tanguru|poutu-te-rangi|paenga-whawha|haratua|pipiri|hongongoi|here-turi-koka|kohi-tatea|hanuere|pepuere|maehe|aperira|oketopa|noema|tihema|hepetema";
const HOLIDAYS: &str = "christmas(?: eve| day)?|xmas(?: eve| day)?|boxing day|easter(?: sunday| monday| saturday| weekend)?|good friday|maundy thursday|ash wednesday|shrove tuesday|pancake day|palm sunday|whit (?:sunday|monday)|pentecost|corpus christi|all saints'? day|all souls'? day|eid(?:[ -](?:ul|al)[ -][a-z]+)?(?: day)?|bakr[a-]?[ -]?eid|bakrid|diwali|deepavali|holi|onam|vishu|pongal|ugadi|navratri|dussehra|dasara|ashtami|navami|dashami|durga puja|kali puja|saraswati puja|lakshmi puja|janmashtami|ganesh chaturthi|maha ?shivratri|raksha bandhan|rakhi|makar sankranti|lohri|baisakhi|vaisakhi|bihu|guru nanak jayanti|gandhi jayanti|karva chauth|thanksgiving(?: day| monday)?|black friday|labou?r day|memorial day|veterans day|presidents'? day|mlk day|martin luther king day|columbus day|juneteenth|independence day|republic day|halloween|hallowe'?en|new year'?s?(?: eve| day)|chinese new year|lunar new year|cny|hogmanay|burns night|bonfire night|guy fawkes(?: night)?|valentine'?s(?: day)?|mother'?s day|father'?s day|mothering sunday|st[.]? patrick'?s day|paddy'?s day|st[.]? (?:andrew|george|david|stephen|brigid)'?s day|anzac day|australia day|waitangi day|matariki|melbourne cup day|(?:queen|king)'?s birthday|canada day|victoria day|remembrance (?:day|sunday)|st-?jean-?baptiste|family day|groundhog day|super bowl sunday|(?:spring|summer|early may|late may|august)? ?bank holiday(?: monday)?|heritage day|freedom day|youth day|human rights day|day of reconciliation|workers'? day|may day|democracy day|madaraka day|mashujaa day|jamhuri day|national day|vesak(?: day)?|thaipusam|hari raya(?: [a-z]+)?|chand ra+t|shab[ -]e[ -][a-z]+|ashura|youm[ -]e[ -][a-z]+|pakistan day|defen[cs]e day|iqbal day|nowruz|navroz|yom kippur|rosh hashanah?|passover|hanukkah|chanukah|purim|sukkot|epiphany|nollaig na mban|undas|simbang gabi|araw ng [a-z]+|flores de mayo|(?:the )?(?:4th|fourth) of july|july (?:4th|fourth)|durga ashtami|maha ashtami|mid-?autumn festival|hungry ghost festival|qing ?ming|winter solstice|summer solstice|canadian thanksgiving|tabaski|sallah|mawlid|maulud|eid milad[a-z -]*|arbaeen|whitsun|michaelmas|candlemas|st[.]? swithin'?s day|grand final day|cup final day|derby day|election day|polling day|inauguration day|coronation day";

static FULL: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    let make = |p: String| Regex::new(&ascii(&p)).expect("date");
    [
        // 12/03/24, 18-09-2023, 2.11.23, 2023-08-10
        make(r"\b(?:(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4}|\d{2})|(\d{4})([/.-])(\d{1,2})([/.-])(\d{1,2}))(?:T\d\d:\d\d[:\d.Z]*)?\b".into()),
        // 3rd of March 2024, 6 Sept, 03-Mar-24
        make(format!(r"(?i)\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?:the\s+)?(\d{{1,2}})(?:\s?(?:st|nd|rd|th))?[ -/]?(?:\s?of\s)?({MONTHS})\b\.?(?:[ ,/-]{{1,2}}(?:'?\d\d\b(?:\d\d\b)?|\d{{4}}\b))?")),
        // March 3rd, 2024; Aug 12
        make(format!(r"(?i)\b({MONTHS})\.?\s+(?:the\s)?(\d{{1,2}})(?:\s?(st|nd|rd|th))?\b(?:,?\s+\d{{4}}\b)?")),
        // March 2024, Mar '24
        make(format!(r"(?i)\b({MONTHS})\.?,?\s?(?:of\s|'|-|/)?((?:19|20)\d\d|'\d\d)\b")),
    ]
});
static LOOSE: LazyLock<[Regex; 7]> = LazyLock::new(|| {
    let make = |p: String| Regex::new(&ascii(&p)).expect("date");
    [
        make(r"(?i)\b(?:on|since|by|from|until|till|dated|due|seen|for|before|after|of|dob|admitted|discharged|born|was|review|clinic|appt|appointment|booked|set for)[ :]+(?:the )?(\d{1,2})([/.])(\d{1,2})\b".into()),
        make(r"(?i)\b(?:(?:last|this|next|on|the)\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:on\s|since\s|by\s|until\s|till\s|from\s|before\s|after\s)?the\s(\d{1,2})(?:st|nd|rd|th)\b".into()),
        make(r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:the\s)?(\d{1,2})(?:st|nd|rd|th)\b".into()),
        make(format!(r"\b(?:in|since|last|this|next|until|till|from|by|early|mid|late|during|around|through|back in|end of|start of|beginning of|before|after|to)[ -](?:early |mid |late |mid-|the end of )?((?i:{MONTHS}))\b")),
        make(format!(r"(?i)\b({HOLIDAYS})(?:\s(?:of\s)?(?:(?:19|20)\d\d))?\b")),
        make(format!(r"\b({M3})[a-z]*\s?\d{{4}}\b|\b\d{{1,2}}({M4})\d{{2,4}}\b", M3 = "JAN|FEB|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC", M4 = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")),
        make(r"(?:[a-z]|[A-Z][a-z]+|,)[ \n]([1-9]|1[0-2])/(1[679]|2[1-3]|2[679]|31)\b".into()),
    ]
});
static QUICK: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new([&FULL[0], &LOOSE[0], &LOOSE[1], &LOOSE[2], &LOOSE[5], &LOOSE[6]].map(Regex::as_str)).expect("dates")
});

static AGES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&ascii(r"(?i)\b(9\d|1[01]\d|ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a |one )?hundred(?: and (?:one|two|three|four|five|six|seven|eight|nine|ten))?)(?:(?:\s?-?\s?(?:years?|yrs?|y)(?:\s?-?\s?(?:olds?|o\b|of age)|/o\b|\.o\.?)?|\s?yo\b|\s?y/o\b|\s?[fm]\b|/[fm]\b|\s?(?:female|male|lady|woman|man|gentleman)\b|-?\s?ish\b))|\b(?:aged|age|age:|ages|turned|turning|turns|birthday|woman of|man of|lady of|gentleman of|gent of|patient of|elder of|granny of|farmer of|widow of|widower of|great age of)\s?:?\s?(?:of\s)?(?:nearly |almost |now |about |around )?(9\d|1[01]\d|ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a |one )?hundred(?: and (?:one|two|three|four|five|six|seven|eight|nine|ten))?)\b|\b[fm]\s?/?\s?(9\d|1[01]\d)\b|\b(nonagenarian|centenarian|supercentenarian)\b|\b(9\d|1[01]\d)(?:st|nd|rd|th) birthday|\b(?:she|he|patient|pt|mum|mother|dad|father|gran|nan|grandma|grandad|grandfather|grandmother|aunt|wife|husband|[a-z]+)(?:'s|\sis|\swas)\s(?:now |only |nearly |almost |about )?(9\d|1[01]\d|ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)\b")).expect("ages")
});

/// Finds dates and ages.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let text = scene.text;
    let tokens = scene.tokens;
    // Numbers alone: the whole text, with cheap patterns.
    for index in QUICK.matches(text) {
        match index {
            0 => FULL[0].captures_iter(text).for_each(|found| full(text, 0, &found, hits)),
            n => LOOSE[[0, 0, 1, 2, 5, 6][n]]
                .captures_iter(text)
                .for_each(|found| loose(text, [0, 0, 1, 2, 5, 6][n], &found, hits)),
        }
    }
    // Months and holidays: only around a word that begins one.
    let mut done = 0;
    for (i, token) in tokens.iter().enumerate() {
        let month = token.is(MONTH) || token.word() && CALENDAR.contains(scene.word(i));
        let holiday = token.word() && HEADS.contains(scene.word(i));
        if !month && !holiday {
            continue;
        }
        let from = tokens[i.saturating_sub(5)].start.max(token.start.saturating_sub(48)).max(done);
        let to = tokens[(i + 8).min(tokens.len() - 1)].end.min(token.end + 64);
        if from >= to {
            continue;
        }
        let window = &text[..to];
        if month {
            for index in 1..4 {
                let mut at = from;
                while let Some(found) = FULL[index].captures_at(window, at) {
                    at = found.get(0).map_or(to, |m| m.end());
                    full(text, index, &found, hits);
                }
            }
            let mut at = from;
            while let Some(found) = LOOSE[3].captures_at(window, at) {
                at = found.get(0).map_or(to, |m| m.end());
                loose(text, 3, &found, hits);
            }
        }
        if holiday
            && let Some(found) = LOOSE[4].captures_at(window, token.start)
            && found.get(0).is_some_and(|m| m.start() <= token.start + 8)
        {
            loose(text, 4, &found, hits);
        }
        done = done.max(token.start.saturating_sub(48));
    }
    ages(scene, hits);
}

static CALENDAR: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("lists/calendar.txt").lines().collect());
static HEADS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let plain = HOLIDAYS
        .replace("(?:the )?", "")
        .replace("(?:4th|fourth) of july", "4th|fourth")
        .replace("(?:spring|summer|early may|late may|august)? ?", "spring|summer|august|")
        .replace("(?:queen|king)", "queen|king|")
        .replace("st[.]?", "st");
    let mut heads: HashSet<String> = plain
        .split('|')
        .map(|h| h.trim_start_matches("(?:").chars().take_while(char::is_ascii_alphabetic).collect::<String>())
        .filter(|h| h.len() > 1)
        .collect();
    for head in [
        "labour",
        "labor",
        "halloween",
        "hallowe",
        "rosh",
        "new",
        "defence",
        "defense",
        "workers",
        "mid",
        "chand",
        "holi",
        "bakra",
        "bakr",
        "rakhi",
        "july",
        "4th",
        "fourth",
        "the",
        "durga",
        "maha",
        "shab",
        "youm",
        "presidents",
        "bank",
        "all",
        "king",
        "queen",
        "melbourne",
        "mother",
        "father",
        "valentine",
    ] {
        heads.insert(head.to_string());
    }
    heads.remove("the");
    heads
});

fn push(hits: &mut Vec<Hit>, start: usize, end: usize, severity: Severity, rule: &'static str) {
    hits.push(Hit { start, end, category: Category::Date, severity, rule });
}

fn number(found: &regex::Captures, group: usize) -> u32 {
    found.get(group).and_then(|m| m.as_str().parse().ok()).unwrap_or(0)
}

fn full(text: &str, index: usize, found: &regex::Captures, hits: &mut Vec<Hit>) {
    let Some(whole) = found.get(0) else { return };
    let (start, mut end) = (whole.start(), whole.end());
    while text.as_bytes()[end - 1].is_ascii_whitespace() || b".,".contains(&text.as_bytes()[end - 1]) {
        end -= 1;
    }
    match index {
        0 => {
            let same = |a: usize, b: usize| found.get(a).map(|m| m.as_str()) == found.get(b).map(|m| m.as_str());
            let (a, b, year, text_year) = if found.get(1).is_some() {
                (number(found, 1), number(found, 3), number(found, 5), found.get(5).map_or("", |m| m.as_str()))
            } else {
                (number(found, 10), number(found, 8), number(found, 6), found.get(6).map_or("", |m| m.as_str()))
            };
            let day_month =
                (1..=31).contains(&a) && (1..=12).contains(&b) || (1..=12).contains(&a) && (1..=31).contains(&b);
            let long = text_year.len() == 4;
            let dotted = found.get(2).is_some_and(|m| m.as_str() == ".");
            let before = before_word(text, start);
            let clean = !text[..start].ends_with(['/', '.', '-', ',', '+']) && !text[end..].starts_with(['/', '%']);
            if same(2, 4)
                && same(7, 9)
                && day_month
                && clean
                && (if long { (1900..2100).contains(&year) } else { true })
                && !(dotted && !long && (matches!(before, "v" | "version" | "section" | "release" | "IP") || a == 0))
                && !citation(text, start)
            {
                push(hits, start, end, Severity::Block, "date");
            }
        }
        1 => {
            let day = number(found, 1);
            let month = found.get(2).map_or("", |m| m.as_str());
            let gap = &text[found.get(1).map_or(start, |m| m.end())..found.get(2).map_or(end, |m| m.start())];
            let word = matches!(
                month,
                "may" | "mar" | "dec" | "sat" | "sun" | "safar" | "rajab" | "march" | "kartik" | "ramadan" | "ramzan"
            ) && false | matches!(month, "may" | "mar" | "dec" | "sat" | "sun" | "march")
                && gap == " ";
            if (1..=31).contains(&day)
                && !word
                && !(month == "MAR" || month == "DEC") | gap.contains('-')
                && !text[..start].ends_with(['.', '/', '-', '+'])
                && !citation(text, start)
            {
                push(hits, start, end, Severity::Block, "day-month");
            }
        }
        2 => {
            let month = found.get(1).map_or("", |m| m.as_str());
            let day = number(found, 2);
            let ordinal = found.get(3).is_some();
            let next = text[end..].bytes().next().unwrap_or(b' ');
            let unit = after_word(text, end).to_ascii_lowercase();
            let quantity = next == b'%'
                || next == b'/'
                || next == b'.' && text[end + 1..].starts_with(|c: char| c.is_ascii_digit())
                || matches!(
                    unit.as_str(),
                    "mg" | "ml" | "kg" | "mcg" | "patients" | "cases" | "g" | "weeks" | "days" | "hours" | "mm" | "cm"
                );
            let capital = month.starts_with(|c: char| c.is_ascii_uppercase());
            if (1..=31).contains(&day)
                && !quantity
                && (capital || ordinal || !matches!(month, "may" | "mar" | "march" | "dec" | "oct" | "sep" | "jan"))
                && !(month == "MAR" || month == "OCT" || month == "DEC")
                && !citation(text, start)
            {
                push(hits, start, end, Severity::Block, "month-day");
            }
        }
        _ => {
            let month = found.get(1).map_or("", |m| m.as_str());
            if !matches!(month, "may" | "mar" | "MAR" | "OCT" | "DEC") && !citation(text, start) {
                push(hits, start, end, Severity::Block, "month-year");
            }
        }
    }
}

fn loose(text: &str, index: usize, found: &regex::Captures, hits: &mut Vec<Hit>) {
    let Some(whole) = found.get(0) else { return };
    match index {
        0 => {
            let (a, b) = (number(found, 1), number(found, 3));
            let lead = text[whole.start()..].to_ascii_lowercase();
            let strict = lead.starts_with("on ")
                || lead.starts_with("since")
                || lead.starts_with("dated")
                || lead.starts_with("dob")
                || lead.starts_with("born")
                || lead.starts_with("by ")
                || lead.starts_with("admitted")
                || lead.starts_with("discharged")
                || lead.starts_with("set")
                || lead.starts_with("due")
                || lead.starts_with("appt")
                || lead.starts_with("appoint")
                || lead.starts_with("until");
            let start = found.get(1).map_or(0, |m| m.start());
            let next = text[whole.end()..].bytes().next().unwrap_or(b' ');
            let slash = found.get(2).is_some_and(|m| m.as_str() == "/");
            let unit = after_word(text, whole.end());
            let month_day = (1..=12).contains(&a) && (13..=31).contains(&b)
                || (13..=31).contains(&a) && (1..=6).contains(&b)
                || (13..=31).contains(&a) && (8..=11).contains(&b);
            let both = (1..=12).contains(&a) && (1..=12).contains(&b) && !matches!(b, 5 | 6 | 7 | 10 | 12) && a != b;
            let score = matches!(b, 15 | 20 | 24 | 28 | 30) && a > 12
                || matches!(
                    unit,
                    "ago"
                        | "history"
                        | "mg"
                        | "ml"
                        | "lines"
                        | "therapy"
                        | "hours"
                        | "score"
                        | "then"
                        | "power"
                        | "murmur"
                );
            if slash
                && !matches!(next, b'/' | b'.' | b'%' | b'-')
                && !score
                && (strict && (month_day || both)
                    || month_day
                        && !matches!(b, 15 | 20 | 28 | 30 | 24 | 25 | 18)
                        && !lead.starts_with("was")
                        && !lead.starts_with("of")
                        && !lead.starts_with("from"))
                && !matches!(b, 52 | 40)
            {
                push(hits, start, whole.end(), Severity::Confirm, "day-slash-month");
            }
        }
        1 | 2 => {
            let start = whole.start();
            let lead = whole.as_str().to_ascii_lowercase();
            let day = number(found, 1);
            let weekday = lead.contains("day");
            let preposition = ["on ", "since ", "by ", "until ", "till ", "from ", "before ", "after "]
                .iter()
                .any(|p| lead.starts_with(p))
                || matches!(
                    before_word(text, start),
                    "on" | "since"
                        | "by"
                        | "until"
                        | "till"
                        | "from"
                        | "before"
                        | "admitted"
                        | "discharged"
                        | "seen"
                        | "for"
                        | "dated"
                        | "due"
                        | "of"
                );
            let next = after_word(text, whole.end()).to_ascii_lowercase();
            let sign = text[whole.end()..].trim_start_matches(' ').bytes().next().unwrap_or(b'.');
            let noun = next.len() > 2
                && !b".,;:)!?\n-/".contains(&sign)
                && !matches!(
                    next.as_str(),
                    "and"
                        | "with"
                        | "when"
                        | "for"
                        | "but"
                        | "after"
                        | "before"
                        | "the"
                        | "she"
                        | "they"
                        | "his"
                        | "her"
                        | "was"
                        | "because"
                        | "then"
                        | "where"
                        | "who"
                        | "via"
                        | "from"
                        | "following"
                        | "during"
                );
            if (1..=31).contains(&day)
                && (weekday || preposition && !noun)
                && !matches!(
                    next.as_str(),
                    "week"
                        | "day"
                        | "dose"
                        | "rib"
                        | "nerve"
                        | "centile"
                        | "percentile"
                        | "cycle"
                        | "time"
                        | "floor"
                        | "century"
                        | "edition"
                        | "line"
                )
            {
                let trimmed = whole.as_str().len() - whole.as_str().trim_start_matches("on ").len();
                push(hits, start + trimmed, whole.end(), Severity::Block, "day-of-month");
            }
        }
        3 => {
            let Some(month) = found.get(1) else { return };
            let word = month.as_str();
            let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
            let next = after_word(text, month.end());
            let upper = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
            let possessive = text[month.end()..].starts_with("'s");
            let continued = text[month.end()..].starts_with('-')
                || next.starts_with(|c: char| c.is_ascii_uppercase()) && text[month.end()..].starts_with(' ');
            if !upper
                && !possessive
                && !continued
                && (capital
                    || !matches!(
                        word,
                        "may"
                            | "march"
                            | "mar"
                            | "dec"
                            | "jan"
                            | "oct"
                            | "sep"
                            | "safar"
                            | "rajab"
                            | "kartik"
                            | "apr"
                            | "sat"
                            | "sun"
                    ))
                && !matches!(next, "guideline" | "guidance" | "update" | "issue" | "edition" | "intake")
                && !citation(text, month.start())
                && !whole.as_str().starts_with("to ") | capital
                && !(next.is_empty()
                    && matches!(word, "May" | "April" | "June" | "August")
                    && whole.as_str().starts_with("to"))
            {
                let lead = text[whole.start()..month.start()].to_ascii_lowercase();
                let start = ["early", "mid", "late"]
                    .iter()
                    .find_map(|w| lead.find(w))
                    .map_or(month.start(), |i| whole.start() + i);
                push(hits, start, month.end(), Severity::Confirm, "month");
            }
        }
        4 => {
            let lower = whole.as_str().to_ascii_lowercase();
            let next = after_word(text, whole.end()).to_ascii_lowercase();
            let before = before_word(text, whole.start()).to_ascii_lowercase();
            let seasonal = matches!(
                next.as_str(),
                "disease"
                    | "tree"
                    | "factor"
                    | "island"
                    | "islands"
                    | "seal"
                    | "criteria"
                    | "egg"
                    | "eggs"
                    | "party"
                    | "lights"
                    | "spirit"
                    | "tetra"
                    | "palsy"
                    | "present"
                    | "jumper"
                    | "cactus"
            );
            let bare = whole.as_str() == "EID"
                || matches!(
                    lower.as_str(),
                    "rakhi"
                        | "holi"
                        | "national day"
                        | "epiphany"
                        | "cny"
                        | "pentecost"
                        | "purim"
                        | "navami"
                        | "undas"
                        | "onam"
                        | "vishu"
                );
            let capital = whole.as_str().starts_with(|c: char| c.is_ascii_uppercase());
            if !seasonal
                && whole.as_str() != "EID"
                && !(bare && !capital)
                && !matches!(before.as_str(), "every" | "each" | "any" | "father")
                && !citation(text, whole.start())
            {
                let severity = if lower.contains("day") || lower.contains("eve") || lower.len() > 9 {
                    Severity::Block
                } else {
                    Severity::Confirm
                };
                push(hits, whole.start(), whole.end(), severity, "holiday");
            }
        }
        6 => {
            // `returned 8/19,`: no score is out of such a number.
            let start = found.get(1).map_or(whole.start(), |m| m.start());
            let before = before_word(text, start).to_ascii_lowercase();
            let next = text[whole.end()..].bytes().next().unwrap_or(b' ');
            if !matches!(next, b'/' | b'%' | b'-' | b'.') | text[whole.end()..].starts_with(". ")
                && !matches!(
                    before.as_str(),
                    "score"
                        | "scored"
                        | "scale"
                        | "of"
                        | "or"
                        | "stage"
                        | "grade"
                        | "ratio"
                        | "were"
                        | "nodes"
                        | "positive"
                )
                && after_word(text, whole.end()) != "nodes"
            {
                push(hits, start, whole.end(), Severity::Confirm, "day-slash-month");
            }
        }
        _ => {
            if !citation(text, whole.start()) {
                push(hits, whole.start(), whole.end(), Severity::Block, "date-compact");
            }
        }
    }
}

/// The publication date of a guideline or a paper is nobody's.
fn citation(text: &str, start: usize) -> bool {
    let before = text[start.saturating_sub(44)..start].to_ascii_lowercase();
    let sentence = before.rsplit(['.', '\n', '!', '?']).next().unwrap_or(&before);
    [
        "publish",
        "updated",
        "guideline",
        "guidance",
        "nice ",
        "version",
        "issued by",
        "last reviewed",
        "nejm",
        "lancet",
        "bmj",
        "jama",
        "accessed",
        "licensed in",
        "approved in",
        "consensus",
        "statement",
        "since the mhra",
        "recall of",
        "edition",
        "cochrane",
        "retracted",
        "launched",
    ]
    .iter()
    .any(|word| sentence.contains(word))
}

fn ages(scene: &Scene, hits: &mut Vec<Hit>) {
    let text = scene.text;
    let mut at = 0;
    let mut found_all = Vec::new();
    for (i, token) in scene.tokens.iter().enumerate() {
        let word = scene.word(i);
        let start = word.starts_with('9') && word.len() >= 2
            || word.starts_with("10")
            || word.starts_with("11")
            || matches!(word, "ninety" | "hundred" | "nonagenarian" | "centenarian" | "supercentenarian");
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
    for found in found_all {
        let Some(number) = (1..=6).find_map(|i| found.get(i)) else { continue };
        let whole = found.get(0).unwrap_or(number);
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
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check};

    fn dates(text: &str) -> usize {
        check(text).findings.iter().filter(|f| f.category == Category::Date).count()
    }

    #[test]
    fn dates_in_many_forms() {
        for text in [
            "Admitted 12/03/24 with pain",
            "seen on 2023-08-10",
            "on 2.11.23 walking",
            "by 18-09-2023.",
            "the 3rd of March",
            "since 6 Sept",
            "on Aug 12,",
            "RCA set for 5/30/24",
            "on 11/26, deferred",
            "last Tuesday the 14th",
            "on the 14th.",
            "in June, wasted",
            "on Christmas Day 2023",
            "Mar '24",
            "came post Eid, day 4",
            "on 26th Jan",
            "DOB 9/11/1932",
            "12MAR2024",
        ] {
            assert!(dates(text) > 0, "{text}");
        }
    }

    #[test]
    fn fractions_and_citations_are_not_dates() {
        for text in [
            "3/7 of fever",
            "review in 6/12",
            "GCS 14/15",
            "power 4/5",
            "12/40 pregnant",
            "BP 120/80",
            "6/6 vision",
            "2/52 of headache",
            "NG95 (published April 2018, updated October 2018)",
            "G3P2+1",
            "24/7",
            "murmur 3/6",
            "pain 7/10",
            "you may 2 or 3",
            "38+2",
            "1-2-3 rule",
        ] {
            assert_eq!(dates(text), 0, "{text}");
        }
    }

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
        ] {
            assert_eq!(ages(text), 1, "{text}");
        }
        for text in
            ["88-year-old", "sats 94%", "HR 96", "over 90 years", "eGFR >90", "temp 99F", "90+ year old", "Hb 101"]
        {
            assert_eq!(ages(text), 0, "{text}");
        }
    }
}
