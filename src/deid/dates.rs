//! Dates finer than a year.
//!
//! Fractions are the trap: `3/7` is three days, `6/12` six months, `14/15` a coma score. Two numbers are a date only
//! after "on", "since" and their like; three need a year.

use std::sync::LazyLock;

use super::contact::ascii;
use super::days::{free, full, loose};
use super::fixed::{Fixed, LARGE, Sought, ways};
use super::forms::ALL;
use super::lexicon::{CALENDAR, CODE, HOLIDAY, MONTH, NUMBER, ODD};
use super::sieve::{Sieve, word_starts};
use super::token::Kind;
use super::{Category, Hit, Scene, Severity};

const MONTHS: &str = "ramadan|ramzan|ramazan|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|muharram|safar|rabi[ -](?:ul|al)[ -][a-z]+|jumada[ -][a-z]+|rajab|shaban|shawwal|zil[ -]?qad[ah]*|zil[ -]?ha?j+|zilhaj|[dz]h?ul[ -]?(?:hijj?ah?|ha?jj|qi?a?dah?)|chaitra|vaisakh|jyeshtha|ashadh|shravan|bhadra|kartik|margashirsha|hereturikoka|mahuru|whiringa-a-nuku|whiringa-a-rangi|hakihea|kohitatea|hui-tanguru|poutu-te-rangi|paenga-whawha|haratua|pipiri|hongongoi|here-turi-koka|kohi-tatea|hanuere|pepuere|maehe|aperira|oketopa|noema|tihema|hepetema";
const HOLIDAYS: &str = "christmas(?: eve| day)?|xmas(?: eve| day)?|boxing day|easter(?: sunday| monday| saturday| weekend)?|good friday|maundy thursday|ash wednesday|shrove tuesday|pancake day|palm sunday|whit (?:sunday|monday)|pentecost|corpus christi|all saints'? day|all souls'? day|eid(?:[ -](?:ul|al)[ -][a-z]+)?(?: day)?|bakr[a-]?[ -]?eid|bakrid|diwali|deepavali|holi|onam|vishu|pongal|ugadi|navratri|dussehra|dasara|ashtami|navami|dashami|durga puja|kali puja|saraswati puja|lakshmi puja|janmashtami|ganesh chaturthi|maha ?shivratri|raksha bandhan|rakhi|makar sankranti|lohri|baisakhi|vaisakhi|bihu|guru nanak jayanti|gandhi jayanti|karva chauth|thanksgiving(?: day| monday)?|black friday|labou?r day|memorial day|veterans day|presidents'? day|mlk day|martin luther king day|columbus day|juneteenth|independence day|republic day|halloween|hallowe'?en|new year'?s?(?: eve| day| morning| night| arvo| afternoon| evening| weekend| lunch| party)|chinese new year|lunar new year|cny|hogmanay|burns night|bonfire night|guy fawkes(?: night)?|valentine'?s(?: day)?|mother'?s day|father'?s day|mothering sunday|st[.]? patrick'?s day|paddy'?s day|st[.]? (?:andrew|george|david|stephen|brigid)'?s day|anzac day|australia day|waitangi day|matariki|melbourne cup day|(?:queen|king)'?s birthday|canada day|victoria day|remembrance (?:day|sunday)|st-?jean-?baptiste|family day|groundhog day|super bowl sunday|(?:spring|summer|early may|late may|august)? ?bank hol(?:iday)?(?: monday)?|heritage day|freedom day|youth day|human rights day|day of reconciliation|workers'? day|may day|democracy day|madaraka day|mashujaa day|jamhuri day|national day|vesak(?: day)?|thaipusam|hari raya(?: [a-z]+)?|chand ra+t|shab[ -]e[ -][a-z]+|ashura|youm[ -]e[ -][a-z]+|pakistan day|defen[cs]e day|iqbal day|nowruz|navroz|yom kippur|rosh hashanah?|passover|hanukkah|chanukah|purim|sukkot|epiphany|nollaig na mban|undas|simbang gabi|araw ng [a-z]+|flores de mayo|(?:the )?(?:4th|fourth) of july|july (?:4th|fourth)|durga ashtami|maha ashtami|mid-?autumn festival|hungry ghost festival|qing ?ming|winter solstice|summer solstice|canadian thanksgiving|tabaski|sallah|mawlid|maulud|eid milad[a-z -]*|arbaeen|whitsun|michaelmas|candlemas|st[.]? swithin'?s day|grand final day|cup final day|derby day|election day|polling day|inauguration day|coronation day";

/// Dates to be searched for; the first [`FULL`] of them are whole, the others loose.
static DATES: LazyLock<Sought> = LazyLock::new(|| {
    let patterns = [
        // 12/03/24, 18-09-2023, 2.11.23, 2023-08-10
        r"\b(?:(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4}|\d{2})|(\d{4})([/.-])(\d{1,2})([/.-])(\d{1,2}))(?:T\d\d:\d\d[:\d.Z]*)?\b".into(),
        // 3rd of March 2024, 6 Sept, 03-Mar-24
        format!(r"(?i)\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?:the\s+)?(\d{{1,2}})(?:\s?(?:st|nd|rd|th))?[ -/]?(?:\s?of\s)?({MONTHS})\b\.?(?:[ ,/-]{{1,2}}(?:'?\d\d\b(?:\d\d\b)?|\d{{4}}\b))?"),
        // March 3rd, 2024; Aug 12
        format!(r"(?i)\b({MONTHS})\.?\s+(?:the\s)?(\d{{1,2}})(?:\s?(st|nd|rd|th))?\b(?:,?\s+\d{{4}}\b)?"),
        // March 2024, Mar '24
        format!(r"(?i)\b({MONTHS})\.?,?\s?(?:of\s|'|-|/)?((?:19|20)\d\d|'\d\d)\b"),
        r"(?i)\b(?:(?:last|this|next|on|the)\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:on\s|since\s|by\s|until\s|till\s|from\s|before\s|after\s)?the\s(\d{1,2})(?:st|nd|rd|th)\b".into(),
        r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:the\s)?(\d{1,2})(?:st|nd|rd|th)\b".into(),
        format!(r"\b(?:in|since|Since|last|Last|this|next|until|till|til|from|by|end|early|mid|late|during|around|through|back in|end of|start of|beginning of|(?:week|weekend|wk|wkend|wknd|day|middle|half|part|night|nights|days|monday|tuesday|wednesday|thursday|friday|saturday|sunday) (?:of|in)|before|after|to)[ -](?:early |mid |late |mid-|the end of )?((?i:{MONTHS}))\b"),
        format!(r"\b({M3})[a-z]*\s?\d{{4}}\b|\b\d{{1,2}}({M4})\d{{2,4}}\b", M3 = "JAN|FEB|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC", M4 = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"),
    ];
    // Of months the few of several words let much pass, so that they are kept apart.
    let (long, short): (Vec<&str>, Vec<&str>) = ways(MONTHS).into_iter().partition(|month| month.contains([' ', '-']));
    let kinds = [long.join("|"), short.join("|")];
    Sought::new(&patterns.map(|pattern: String| {
        let ways = kinds.iter().map(|months| ascii(&pattern.replace(MONTHS, months)));
        (ascii(&pattern), ways.collect())
    }))
});
/// How many of them are whole dates; of these the first has no month's name.
const FULL: usize = 4;

/// A holiday, at a given place.
static FREE: LazyLock<(Sieve, Fixed)> = LazyLock::new(|| {
    let pattern = ascii(&format!(r"(?i)\b({HOLIDAYS})(?:\s(?:of\s)?(?:(?:19|20)\d\d))?\b"));
    let ways: Vec<String> =
        ways(HOLIDAYS).chunks(WAYS).map(|some| ascii(&format!(r"(?i)\b(?:{})", some.join("|")))).collect();
    (Sieve::new(&ways), Fixed::new(&pattern, LARGE))
});
/// How many of them are one for the sieve.
const WAYS: usize = 3;
/// Within so many bytes of its first word a holiday's name begins: `the Fourth of July`.
const LED: usize = 8;

/// The matches of some of the dates in a stretch, one pattern after another; where the last ends.
fn search(scene: &Scene, indexes: &[usize], from: usize, to: usize, hits: &mut Vec<Hit>) -> usize {
    let text = &scene.text[..to];
    let mut at = from;
    let may = DATES.may(text, from, indexes);
    for index in indexes.iter().copied().filter(|index| may(*index)) {
        at = from;
        while let Some(found) = DATES.captures_at(index, text, at) {
            at = found.get(0).map_or(to, |whole| whole.end());
            if index < FULL { full(scene, index, &found, hits) } else { loose(scene, index - FULL, &found, hits) }
        }
    }
    at
}

/// Finds dates.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let text = scene.text;
    let tokens = scene.tokens;
    // Numbers alone: where a number is tied to another, is written as one of a row, or holds a month.
    let (mut run, mut row, mut done) = (0, [0; 2], 0);
    let mut named = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if token.is(MONTH) || token.may_begin(CALENDAR | HOLIDAY) {
            named.push(i);
        }
        if !token.may_begin(NUMBER | CODE | ODD) {
            continue;
        }
        let after = &text.as_bytes()[token.end..];
        if token.start >= run && matches!(after, [b'/' | b'-' | b'.', b'0'..=b'9', ..]) {
            run = token.end + after.iter().position(|b| matches!(b, b' ' | b'\n')).unwrap_or(after.len());
            search(scene, &[0], token.start, run, hits);
        }
        if token.kind == Kind::Number && token.len() != 4 {
            continue;
        }
        let back = |n: usize| tokens[i.saturating_sub(n)].start;
        if token.kind != Kind::Word && matches!(token.lower.as_bytes(), [.., b't' | b'd' | b'h']) {
            for (index, done) in row.iter_mut().enumerate() {
                *done = search(scene, &[FULL + index], back(8).max(*done), token.end, hits);
            }
        }
        done = search(scene, &[FULL + 3], back(1).max(done), token.end, hits);
    }
    // Months and holidays: only around a word that begins one.
    let mut done = 0;
    for i in named {
        let token = &tokens[i];
        let month = token.is(MONTH) || token.may_begin(CALENDAR);
        let holiday = token.may_begin(HOLIDAY);
        let from = tokens[i.saturating_sub(5)].start.max(token.start.saturating_sub(48)).max(done);
        let to = tokens[(i + 8).min(tokens.len() - 1)].end.min(token.end + 64);
        if from >= to {
            continue;
        }
        if month {
            search(scene, &[1, 2, 3, FULL + 2], from, to, hits);
        }
        if holiday && let Some((start, end)) = holiday_in(&text[..to], token.start) {
            free(scene, start, end, hits);
        }
        done = done.max(token.start.saturating_sub(48));
    }
}

/// A holiday that begins with a word at a place or shortly after.
fn holiday_in(text: &str, from: usize) -> Option<(usize, usize)> {
    let (sieve, holiday) = &*FREE;
    let bytes = text.as_bytes();
    // The space before `bank holiday` is one of its ways to begin.
    let near = |more: usize| &bytes[..bytes.len().min(from + LED + more)];
    let spaces = word_starts(near(2), from + 1).map(|at| at - 1).filter(|at| bytes[*at] == b' ');
    let starts = word_starts(near(1), from).chain(spaces);
    starts.filter(|at| sieve.pass(bytes, *at, ALL) != 0).filter_map(|at| Some((at, holiday.end(text, at)?))).min()
}

/// The first words of the holidays' names.
pub(super) fn holiday_heads() -> Vec<String> {
    let plain = HOLIDAYS
        .replace("(?:the )?", "")
        .replace("(?:4th|fourth) of july", "4th|fourth")
        .replace("(?:spring|summer|early may|late may|august)? ?", "spring|summer|august|")
        .replace("(?:queen|king)", "queen|king|")
        .replace("st[.]?", "st");
    let mut heads: Vec<String> = plain
        .split('|')
        .map(|h| h.trim_start_matches("(?:").chars().take_while(char::is_ascii_alphabetic).collect::<String>())
        .filter(|h| h.len() > 1)
        .collect();
    heads.extend(
        [
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
        ]
        .map(str::to_string),
    );
    heads.retain(|head| head != "the");
    heads
}

pub(super) fn push(hits: &mut Vec<Hit>, start: usize, end: usize, severity: Severity, rule: &'static str) {
    hits.push(Hit { start, end, category: Category::Date, severity, rule });
}

pub(super) fn number(found: &regex::Captures, group: usize) -> u32 {
    found.get(group).and_then(|m| m.as_str().parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

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
}
