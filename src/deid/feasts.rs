//! Days known by the form of their names, whatever the list holds: `the feast of St Roch`, `St Ronan's Day`, `on
//! Foundation Day`, `by Rowan Sunday`; and seasons of a year.

use super::cited::{citation, professional};
use super::contact::after_word;
use super::dates::push;
use super::lexicon::{COMMON, DAY_BIT, FEAST_BIT, MONTH, SEASON_BIT, VOCAB};
use super::occasions::LEADS;
use super::token::{Case, Kind, Token};
use super::{Hit, Scene, Severity};

/// Words that begin the name of a feast, that end the name of a day, and the seasons.
const FEASTS: &str = "feast fiesta fete festa pista pistang novena vigil urs moulid solemnity memorial octave";
const DAYS: &str = "day eve week weekend night sunday monday tuesday wednesday thursday friday saturday races regatta carnival \
    parade fair jayanti puja pujo pooja utsav mela purnima chaturthi ekadashi jatra yatra sankranti panchami \
    visarjan habba divas diwas stakes derby holiday";
const SEASONS: &str = "winter summer spring autumn fall monsoon monsoons harvest";

/// All of them, each with its bit.
pub(super) fn first_words() -> impl Iterator<Item = (&'static str, u64)> {
    [(FEASTS, FEAST_BIT), (DAYS, DAY_BIT), (SEASONS, SEASON_BIT)]
        .into_iter()
        .flat_map(|(words, bit)| words.split_whitespace().map(move |word| (word, bit)))
}

/// Looks at a word that may end or begin such a name.
pub fn find(scene: &Scene, at: usize, hits: &mut Vec<Hit>) {
    let token = &scene.tokens[at];
    if token.may_begin(FEAST_BIT) {
        feast(scene, at, hits);
    }
    if token.may_begin(DAY_BIT) {
        named(scene, at, hits);
    }
    if token.may_begin(SEASON_BIT) {
        season(scene, at, hits);
    }
}

fn capital(token: &Token) -> bool {
    token.word() && !token.shouted && token.case == Case::Capital
}

/// `feast of the Visitation`, `fiesta de San Isidro`.
fn feast(scene: &Scene, at: usize, hits: &mut Vec<Hit>) {
    let mut i = at + 1;
    let linked = matches!(scene.word(i), "of" | "ni" | "ng" | "de" | "del" | "di" | "da" | "des" | "du");
    while i <= at + 4
        && matches!(
            scene.word(i),
            "of" | "the" | "our" | "ni" | "ng" | "de" | "del" | "di" | "da" | "des" | "du" | "la" | "los" | "all"
        )
    {
        i += 1;
    }
    let first = i;
    while i < first + 4
        && scene.tokens.get(i).is_some_and(|t| {
            !t.line && (capital(t) || matches!(scene.word(i), "of" | "the" | "and" | "." | "st") && i > first)
        })
    {
        i += 1;
    }
    while i > first && !scene.tokens[i - 1].word() | matches!(scene.word(i - 1), "of" | "the" | "and") {
        i -= 1;
    }
    if linked && i > first && !citation(scene, scene.tokens[at].start, scene.tokens[i - 1].end) {
        push(hits, scene.tokens[at].start, scene.tokens[i - 1].end, Severity::Confirm, "occasion");
    }
}

/// `on Foundation Day`, `before the Laytown Races`, `by Rowan Sunday`, `St Ronan's Eve`.
fn named(scene: &Scene, at: usize, hits: &mut Vec<Hit>) {
    // `the festival of Sant Joan`
    if scene.word(at) == "festival" {
        feast(scene, at, hits);
    }
    let tokens = scene.tokens;
    let token = &tokens[at];
    if !capital(token) || token.opens || at == 0 {
        return;
    }
    let mut first = at;
    while first > 0 && at - first < 4 && !tokens[first].opens && !tokens[first].line {
        let before = &tokens[first - 1];
        let inside = capital(before)
            || before.kind == Kind::Sign
                && !before.spaced
                && matches!(scene.word(first - 1), "." | "'" | "-")
                && first < at
            || scene.word(first - 1) == "'";
        if !inside {
            break;
        }
        first -= 1;
    }
    while first < at && !tokens[first].word() {
        first += 1;
    }
    if first == at {
        return;
    }
    let saint = matches!(scene.word(first), "st" | "saint" | "san" | "santo" | "santa" | "sao");
    let head = scene.word(first);
    // Of the ward's and the profession's days everybody has many.
    let common = (first..at).any(|i| {
        tokens[i].is(MONTH)
            || matches!(
                scene.word(i),
                "post"
                    | "op"
                    | "study"
                    | "induction"
                    | "match"
                    | "training"
                    | "audit"
                    | "ward"
                    | "night"
                    | "day"
                    | "rest"
                    | "zero"
                    | "off"
                    | "annual"
                    | "open"
                    | "clinic"
                    | "theatre"
                    | "grand"
                    | "last"
                    | "next"
                    | "this"
                    | "every"
                    | "each"
                    | "early"
                    | "late"
                    | "morning"
                    | "freedom"
                    | "working"
                    | "journal"
                    | "safety"
                    | "on"
                    | "in"
                    | "by"
                    | "seen"
                    | "since"
                    | "birth"
                    | "trial"
                    | "cycle"
                    | "dose"
                    | "week"
                    | "patient"
                    | "teaching"
                    | "call"
                    | "good"
                    | "bad"
                    | "big"
                    | "long"
                    | "awareness"
                    | "bank"
                    | "world"
                    | "job"
                    | "exam"
            )
    });
    let lead = first.checked_sub(1).map_or("", |i| scene.word(i));
    let lead = if lead == "the" { first.checked_sub(2).map_or("", |i| scene.word(i)) } else { lead };
    let event = matches!(
        scene.word(at),
        "festival" | "races" | "regatta" | "carnival" | "parade" | "fair" | "stakes" | "derby" | "yatra" | "mela"
    );
    let led = LEADS.contains(&lead)
        && !(event && matches!(lead, "at" | "for" | "of" | "by" | "around" | "on" | "past"))
        || event && lead == "on"
        || matches!(lead, "admitted" | "discharged" | "seen" | "born" | "planned" | "booked" | "due");
    let weekday = scene.word(at).ends_with("day") && scene.word(at) != "day" && scene.word(at) != "holiday";
    let known = matches!(
        scene.word(at),
        "jayanti" | "puja" | "pujo" | "pooja" | "utsav" | "purnima" | "chaturthi" | "ekadashi"
    );
    let named =
        saint && at > first + 1 || known || led && !common && (!weekday || !tokens[first].opens && head.len() > 2);
    let end = token.end;
    if named
        && !general(scene, end)
        && !citation(scene, tokens[first].start, end)
        && !professional(scene, tokens[first].start, end)
        && scene.tokens.get(at + 1).is_none_or(|t| t.line || !(t.kind == Kind::Number && scene.word(at) == "day"))
        && scene.tokens.get(at + 1).is_none_or(|t| t.line || !t.spaced || !capital(t) || t.is(MONTH | COMMON | VOCAB))
    {
        push(hits, tokens[first].start, end, Severity::Confirm, "occasion");
    }
}

/// `winter of '09`, `the monsoon of 2019`, `in summer 2022`.
fn season(scene: &Scene, at: usize, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    let mut i = at + 1;
    let mut linked = false;
    if scene.word(i) == "of" {
        (i, linked) = (i + 1, true);
    }
    let quoted = scene.word(i) == "'";
    i += usize::from(quoted);
    let Some(year) = tokens.get(i).filter(|t| t.kind == Kind::Number && !t.line) else { return };
    let word = scene.word(i);
    let valid = year.len() == 4 && (word.starts_with("19") || word.starts_with("20")) || year.len() == 2 && quoted;
    let before = at.checked_sub(1).map_or("", |n| scene.word(n));
    // A fall is also an accident.
    let sure = !matches!(scene.word(at), "fall" | "harvest" | "spring")
        || matches!(before, "in" | "since" | "of" | "the" | "last" | "by" | "until")
        || tokens[at].case == Case::Capital && !tokens[at].opens;
    let glued = tokens.get(i + 1).is_some_and(|t| !t.spaced && matches!(scene.word(i + 1), "-" | "/"));
    let _ = linked;
    if valid
        && sure
        && !glued
        && !citation(scene, tokens[at].start, year.end)
        && !professional(scene, tokens[at].start, year.end)
    {
        push(hits, tokens[at].start, year.end, Severity::Confirm, "season");
    }
}

/// What of a holiday is everybody's.
const EVERYBODYS: &str = "rota rotas rate rates pay shift shifts cover staffing hours service swap working closures opening \
    leave list lists pressures pressure levels lunch dinner card cards pudding cake appeal bonus carol \
    carols song songs jokes quiz disease tree factor island islands seal criteria egg eggs party lights \
    spirit tetra palsy present presents jumper cactus fasting sweets mithai candy candies costume costumes crown \
    crowns ration rations feasting feasts weekends nights mornings evenings eves days weeks clinics unit units ward \
    wards centre center case cases surgery crackers decorations recipe recipes baking buffet traffic crowd crowds";

/// Whether what follows a holiday makes it one of all years: `Christmas rota`, `Easter eggs`.
pub fn general(scene: &Scene, end: usize) -> bool {
    let next = after_word(scene.text, end).to_ascii_lowercase();
    !next.is_empty() && EVERYBODYS.split_whitespace().any(|word| word == next)
}
