//! Descriptions that single a person out without a name: "the mayor's mother", "the only harpist on the island".
//!
//! A description is a person's calling or kind with something only that one did, was or is known for. Three things tell
//! it from talk about patients in general: somebody is said to *be* it ("she's the nun who …"), it has something public
//! (a newspaper, a final, an office), and it is not about care. Who was on television needs little else; a man "who
//! lost 10 kg" needs much.

use super::callings::{
    CALLING, CLINIC, DEED, EVENT, KIN, MEDIA, OFFICE, PAST, PEOPLE, PICTURE, PLACE, PLAIN, UNIQUE, WEAK, head, kind,
};
use super::lexicon::{COMMON, PATIENT, RELATIVE, STAFF};
use super::token::{Case, Kind};
use super::{Category, Hit, Scene, Severity};

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let mut done = 0;
    for at in 0..scene.tokens.len() {
        if scene.tokens[at].start < done {
            continue;
        }
        let found = match scene.word(at) {
            "the" | "that" | "our" | "this" => article(scene, at, 1),
            "a" | "an" => vague(scene, at + 1).map(|end| (at, end)),
            "former" | "ex" | "retired" | "drummer" | "singer" | "captain" => {
                if matches!(at.checked_sub(1).map_or("", |i| scene.word(i)), "a" | "an" | "the") {
                    None
                } else {
                    vague(scene, at).map(|end| (at, end))
                }
            }
            "she" | "he" | "they" | "who" | "patient" | "pt" => told(scene, at).map(|end| (at, end)),
            // `Saskatchewan's first female grain-elevator agent`
            _ if scene.tokens[at].possessive && scene.tokens[at].case == Case::Capital && unique(scene.word(at + 1)) => {
                article(scene, at, 1)
            }
            _ => None,
        };
        if let Some((first, end)) = found {
            let start = scene.tokens[first].start;
            let end = trailing(scene, end);
            hits.push(Hit { start, end, category: Category::Quasi, severity: Severity::Confirm, rule: "singles-out" });
            done = end;
        }
    }
}

fn unique(word: &str) -> bool {
    kind(word) & UNIQUE != 0
}

/// What the rest of a clause tells.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    media: bool,
    picture: bool,
    event: bool,
    place: bool,
    capital: bool,
    year: bool,
    viral: bool,
    clinic: bool,
    words: usize,
}

impl Marks {
    /// Publicity that no clinic has.
    fn public(self) -> bool {
        self.media || self.picture && (self.viral || self.capital)
    }
    fn notable(self) -> bool {
        self.public() || self.event
    }
}

/// The token after the clause that goes on at a token: at most 26 tokens, up to a sign that ends it.
fn clause(scene: &Scene, from: usize) -> usize {
    let mut at = from;
    while at < scene.tokens.len() && at < from + 26 {
        let token = &scene.tokens[at];
        if token.line && at > from || at > from && stops(scene, at) {
            break;
        }
        at += 1;
    }
    at
}

fn stops(scene: &Scene, at: usize) -> bool {
    let token = &scene.tokens[at];
    token.kind == Kind::Sign && b".,;:!?()\"&".contains(&scene.text.as_bytes()[token.start])
        || at > 0 && matches!(scene.word(at), "so" | "but" | "and" | "because" | "hence") && ends_clause(scene, at)
}

/// `so the whole town`, `and she is`: a new clause with a subject of its own.
fn ends_clause(scene: &Scene, at: usize) -> bool {
    matches!(
        scene.word(at + 1),
        "i" | "i'd" | "i'm" | "he" | "she" | "they" | "we" | "it" | "his" | "her" | "the" | "my" | "our" | "no" | "everyone"
            | "everybody" | "people" | "dmd" | "now" | "palace" | "wants" | "has" | "who"
    ) && scene.word(at) != "and"
        || scene.word(at) == "and"
            && matches!(scene.word(at + 1), "i" | "i'd" | "i'm" | "he" | "she" | "they" | "we" | "it" | "his" | "her" | "wants")
}

fn marks(scene: &Scene, from: usize, to: usize) -> Marks {
    let mut marks = Marks::default();
    for at in from..to {
        let (token, word) = (&scene.tokens[at], scene.word(at));
        let known = kind(word) | word.strip_suffix('s').map_or(0, |w| kind(w) & (EVENT | MEDIA | PICTURE));
        marks.media |= known & MEDIA != 0;
        marks.picture |= known & PICTURE != 0;
        marks.event |= known & EVENT != 0;
        marks.place |= known & PLACE != 0;
        marks.clinic |= known & CLINIC != 0;
        marks.viral |= matches!(word, "viral" | "televised");
        marks.capital |= token.word() && token.case == Case::Capital && !token.shouted && !token.opens && token.len() > 2;
        marks.year |= token.kind == Kind::Number
            && (token.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
                || token.len() == 2 && at > 0 && scene.word(at - 1) == "'");
        marks.words += usize::from(token.kind != Kind::Sign);
    }
    marks
}

/// How sure it is that somebody is said to be what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    No,
    Hinted,
    Sure,
}

/// Whether what begins at a token is said of somebody: `she is the …`, `Rusty, the …`, `wife of the …`.
fn said(scene: &Scene, at: usize) -> Said {
    let tokens = scene.tokens;
    let Some(mut i) = at.checked_sub(1) else { return Said::No };
    while i > 0
        && (matches!(
            scene.word(i),
            "also" | "actually" | "apparently" | "now" | "still" | "indeed" | "basically" | "famously" | "once" | "in" | "fact"
                | "of" | "course" | "none" | "other" | "than" | "to" | "be" | "happens" | "happened" | "turns" | "turned" | "out"
                | "probably" | "literally" | "both" | "quite" | "only" | "just" | "not" | "\"" | "'" | "*"
        ) && at - i < 5)
        && !(scene.word(i) == "of" && tokens[i - 1].is(RELATIVE))
        && !(scene.word(i) == "to" && scene.word(i - 1) == "thanks")
    {
        i -= 1;
    }
    if tokens[(i + 1).min(at)].line && i + 1 < at {
        return Said::No;
    }
    let word = scene.word(i);
    let token = &tokens[i];
    if token.possessive || matches!(word, "hes" | "shes" | "whos") {
        let subject = word.trim_end_matches('s');
        return if matches!(subject, "he" | "she" | "who") || human(scene, i) {
            Said::Sure
        } else if matches!(word, "it" | "that") {
            Said::Hinted
        } else {
            Said::No
        };
    }
    if matches!(word, "is" | "was" | "are" | "were" | "being" | "became" | "become" | "wis" | "be") {
        let Some(mut s) = i.checked_sub(1) else { return Said::No };
        while s > 0 && matches!(scene.word(s), "also" | "who" | "," | ")" | "actually" | "himself" | "herself") && i - s < 4 {
            s -= 1;
        }
        // `Winifred Szalai, 88, was the …`
        if tokens[s].kind == Kind::Number && tokens[s].len() <= 3 && s > 0 {
            return Said::Sure;
        }
        return match scene.word(s) {
            "he" | "she" | "they" | "who" => Said::Sure,
            "it" | "this" | "that" | "there" => Said::Hinted,
            _ if human(scene, s) => Said::Sure,
            _ => Said::No,
        };
    }
    if token.kind == Kind::Sign && b",(:-".contains(&scene.text.as_bytes()[token.start]) && i > 0 {
        let before = &tokens[i - 1];
        let aged = before.kind == Kind::Number && (1..=3).contains(&before.len()) && token.end > token.start
            || before.kind == Kind::Mixed && before.len() <= 4;
        let sign = scene.text.as_bytes()[token.start];
        return if (human(scene, i - 1) || aged && sign != b':') && (sign != b'-' || token.spaced) {
            Said::Sure
        } else {
            Said::No
        };
    }
    if word == "of" && i > 0 && tokens[i - 1].word() && tokens[i - 1].is(RELATIVE) {
        return Said::Sure;
    }
    let hinted = matches!(
        word,
        "mean" | "after" | "treat" | "treated" | "treating" | "met" | "sees" | "saw" | "see" | "knew" | "know" | "under" | "thanks"
            | "to" | "for" | "with" | "by"
    );
    if hinted { Said::Hinted } else { Said::No }
}

/// Whether a word is somebody: a patient, a relative, a name.
fn human(scene: &Scene, at: usize) -> bool {
    let token = &scene.tokens[at];
    if !token.word() {
        return false;
    }
    let word = scene.word(at);
    token.is(RELATIVE | PATIENT)
        || kind(word) & (PEOPLE | CALLING | OFFICE) != 0 && kind(word) & WEAK == 0
        || matches!(word, "pt" | "patient" | "partner" | "hubby" | "missus")
        || token.case == Case::Capital && !token.is(COMMON) && !token.is(super::lexicon::EPONYM | super::lexicon::BRAND)
}

/// A description from its article on; where it begins and ends.
fn article(scene: &Scene, at: usize, skip: usize) -> Option<(usize, usize)> {
    let tokens = scene.tokens;
    let from = at + skip;
    let mut i = from;
    let (mut rare, mut office, mut quoted, mut medial) = (false, false, false, false);
    // The noun phrase: at most eight words up to what qualifies it.
    while i < from + 11 {
        let token = tokens.get(i)?;
        if token.line && i > from {
            break;
        }
        let word = scene.word(i);
        if token.kind == Kind::Sign {
            match scene.text.as_bytes()[token.start] {
                b'-' | b'\'' => {}
                b'"' => quoted = true,
                _ => break,
            }
        } else if i > from && qualifier(scene, i) {
            break;
        } else {
            rare |= unique(word) && i < from + 4;
            medial |= kind(word) & MEDIA != 0;
            if kind(word) & OFFICE != 0 && token.possessive && i > at {
                office = true;
            }
        }
        i += 1;
    }
    let last = (from..i).rev().find(|n| tokens[*n].word() || tokens[*n].kind == Kind::Mixed)?;
    // `the last man living who`
    let before = |n: usize| (from..n).rev().find(|n| tokens[*n].word()).unwrap_or(n);
    let core = if matches!(scene.word(last), "living" | "alive" | "left" | "ever" | "here" | "locally") { before(last) } else { last };
    let mut who = head(scene.word(core));
    if who == 0 && tokens[core].is(STAFF) {
        who = PLAIN;
    }
    let joined = core > from + 1 && scene.word(core - 1) == "-";
    let compound = if joined { head(&format!("{}-{}", scene.word(core - 2), scene.word(core))) } else { 0 };
    who |= compound;
    let said = said(scene, at);
    if office && who & KIN != 0 {
        return Some((at, clause_end(scene, core + 1)));
    }
    let end = clause(scene, i);
    let clause_marks = marks(scene, i, end);
    let inner = marks(scene, from, i);
    let word = scene.word(i);
    let plain = who & PLAIN != 0 && who & (OFFICE | CALLING) == 0;
    let person = who & (OFFICE | CALLING | PEOPLE) != 0;
    let after = if quoted { skip_quote(scene, i) } else { i };
    let link = scene.word(after);
    let fits = |fit: bool| fit.then(|| (at, tokens[end - 1].end.max(tokens[i.saturating_sub(1)].end)));
    let relative = matches!(word, "who" | "whose" | "whom") || word == "that" && person;
    if relative {
        let eventful = eventful(scene, i, end);
        let all = clause_marks;
        if all.public() && (said >= Said::Hinted && !plain || person || rare || said == Said::Sure) {
            return fits(!teaching(scene, i, end));
        }
        let notable = all.event || inner.event || inner.capital && said == Said::Sure;
        let care = all.clinic && !all.event;
        let fit = match said {
            _ if plain => said == Said::Sure && all.event && eventful && rare,
            Said::Sure if word == "whose" => {
                who & (OFFICE | CALLING) != 0 && !care
                    || person && (all.event || all.capital) && !care
                    || who == 0 && inner.capital && !care
            }
            Said::Sure => {
                !care && (eventful || all.event && all.words > 4 || rare && (all.capital || all.place) || all.capital && person && all.words > 4)
                    || rare && !care && person && all.words > 4
            }
            _ => {
                eventful && !care
                    && (who & OFFICE != 0 && all.words > 3
                        || person && notable && all.words > 4
                        || who & CALLING != 0 && said == Said::Hinted && all.words > 5
                        || who & CALLING != 0 && all.capital)
            }
        };
        return fits(fit && word != "that" || fit && said == Said::Sure && all.notable());
    }
    if rare {
        let scope = matches!(link, "in" | "on" | "at" | "of" | "for" | "to" | "from" | "ever" | "out" | "left" | "still")
            || core != last
            || matches!(link, "here");
        let sitting = (from..core).any(|n| {
            matches!(
                scene.word(n),
                "sitting" | "current" | "former" | "reigning" | "incumbent" | "retired" | "late" | "outgoing" | "ex" | "onetime"
            )
        });
        let all = marks(scene, from, end);
        let wide = all.place || all.event || all.public() || all.capital || link == "ever" || scene.word(i + 1) == "here";
        let kinship = who & KIN != 0 && who & PEOPLE != 0 && !(all.event || all.public() || office);
        let fit = if plain {
            said == Said::Sure && all.place && scope && !all.clinic
        } else if sitting {
            who & OFFICE != 0 && (scope || said == Said::Sure) && !all.clinic
                || who & CALLING != 0 && said == Said::Sure && scope && (wide || all.media)
        } else if who & (OFFICE | CALLING) != 0 || person && !kinship {
            scope && wide && !all.clinic && (said == Said::Sure || said == Said::Hinted || all.place && who & (OFFICE | CALLING) != 0)
                && !general(scene, from, i)
        } else {
            said == Said::Sure && scope && wide && !all.clinic && !kinship && (core - from) >= 2 && !thing(scene, core)
                && sure_subject(scene, at)
        };
        // The whole phrase: the head's own clause.
        if fit {
            return fits(true);
        }
        return None;
    }
    // `the weather presenter on our regional news`, `the baby from the Panorama programme`
    if matches!(link, "from" | "in" | "on" | "off" | "behind" | "at" | "of" | "with") && (said == Said::Sure || person) && !plain {
        let end = clause(scene, after);
        let all = marks(scene, after, end);
        let shown = all.public() || all.picture && said == Said::Sure && all.words > 4 && person;
        let local = who & OFFICE != 0 && matches!(link, "of" | "in" | "for" | "at") && said == Said::Sure && (all.place || all.capital);
        let famed = said == Said::Sure && who & CALLING != 0 && all.event && (all.capital || all.year);
        let known = said == Said::Sure || all.capital || all.viral || matches!(scene.word(after + 1), "that" | "the");
        if (shown && known && (person || said == Said::Sure && sure_subject(scene, at)) || local || famed)
            && !teaching(scene, after, end)
            && !(all.clinic && !all.viral)
        {
            return Some((at, tokens[end - 1].end));
        }
        return None;
    }
    // `the bridegroom shown on Geo`, `the goalkeeper dropped after the final`
    if shown(word) && (who & (OFFICE | CALLING) != 0 || person && said == Said::Sure) && !plain {
        let all = clause_marks;
        let fit = all.public() && !teaching(scene, i, end) || !all.clinic && said == Said::Sure && (all.event || all.capital && all.words > 3);
        return fits(fit);
    }
    // `the fella the mayor put on the float`
    if matches!(word, "the" | "we" | "everyone" | "everybody" | "you" | "they") && person && said == Said::Sure && !plain {
        return fits(clause_marks.notable() && !clause_marks.clinic);
    }
    let _ = medial;
    // `the town mayor's brother`, and offices by themselves: `he is the mayor`
    if who & OFFICE != 0 && said == Said::Sure && (from..core).any(|n| kind(scene.word(n)) & PLACE != 0) {
        return Some((at, tokens[core].end));
    }
    None
}

/// The end of a noun phrase with its `of`, `in`, `after`.
fn clause_end(scene: &Scene, from: usize) -> usize {
    let goes_on = matches!(scene.word(from), "of" | "in" | "for" | "here" | "after" | "who" | "whose" | "at" | "from");
    let end = if goes_on { clause(scene, from) } else { from };
    scene.tokens.get(end - 1).map_or(scene.text.len(), |t| t.end)
}

fn skip_quote(scene: &Scene, at: usize) -> usize {
    if scene.tokens.get(at).is_some_and(|t| t.kind == Kind::Sign) { at + 1 } else { at }
}

/// What ends a noun phrase and begins what is said of it.
fn qualifier(scene: &Scene, at: usize) -> bool {
    matches!(
        scene.word(at),
        "who" | "whose" | "whom" | "that" | "which" | "from" | "in" | "on" | "off" | "behind" | "at" | "of" | "with" | "for" | "to"
            | "ever" | "out" | "still" | "after" | "the" | "we" | "everyone" | "everybody" | "you" | "they" | "and" | "or" | "is"
            | "was" | "has" | "had" | "are" | "were" | "left" | "here" | "by" | "as" | "since" | "until" | "so" | "but" | "then" | "if"
    ) || shown(scene.word(at))
}

/// What is done to somebody in public.
fn shown(word: &str) -> bool {
    matches!(
        word,
        "shown" | "seen" | "filmed" | "dropped" | "sacked" | "jailed" | "rescued" | "pictured" | "photographed" | "featured"
            | "elected" | "caught" | "arrested" | "accused" | "acquitted" | "banned" | "suspended" | "interviewed" | "crowned"
            | "voted" | "honoured" | "honored" | "pulled" | "swept" | "struck" | "shot" | "evicted" | "deported" | "knighted"
            | "ordained" | "appointed" | "convicted" | "pardoned" | "kidnapped" | "trapped" | "portrayed" | "painted" | "named"
            | "chosen" | "booed" | "cheered" | "impeached" | "ousted" | "unseated" | "defrocked" | "captured" | "tossed" | "thrown"
            | "playing" | "running" | "leading" | "hosting" | "presenting" | "blessing" | "carrying" | "singing"
    )
}

/// Whether a relative clause tells of a deed that only one did.
fn eventful(scene: &Scene, at: usize, end: usize) -> bool {
    let mut passive = false;
    let mut from = at + 1;
    if scene.word(at) == "whose" {
        // `whose convoy hit the gate`: the deed is one or two words on.
        from = (at + 2..end.min(at + 5)).find(|i| deed(scene.word(*i))).unwrap_or(end);
    }
    for i in from..end.min(from + 5) {
        let word = scene.word(i);
        match word {
            "once" | "also" | "famously" | "then" | "always" | "never" | "first" | "actually" | "has" | "had" | "have" | "single" | "-"
            | "handedly" | "just" | "recently" | "personally" | "nearly" | "almost" => {}
            "was" | "were" | "got" | "is" | "been" | "being" => passive = true,
            _ => {
                let weak = kind(word) & WEAK != 0;
                return !weak && deed(word) && !(passive && end - i < 4);
            }
        }
    }
    false
}

/// A past form of a verb that is not one of everyday or of illness.
fn deed(word: &str) -> bool {
    (kind(word) & (PAST | DEED) != 0 || word.len() > 4 && word.ends_with("ed")) && kind(word) & WEAK == 0
}

/// Pictures as a teacher shows them: `the man in the video demonstrates`.
fn teaching(scene: &Scene, from: usize, to: usize) -> bool {
    (from..to).any(|i| matches!(scene.word(i), "attached" | "teaching" | "training" | "slide" | "slides" | "figure" | "lecture" | "below"))
}

/// Sentences about a kind of person rather than about one: `the only member of staff`.
fn general(scene: &Scene, from: usize, to: usize) -> bool {
    (from..to + 2).any(|i| matches!(scene.word(i), "staff" | "household" | "group" | "trial" | "cohort" | "list" | "study" | "series"))
}

/// A head that is a thing rather than a person: it has a clinical or an abstract word's ending.
fn thing(scene: &Scene, at: usize) -> bool {
    let word = scene.word(at);
    ["tion", "ment", "ness", "ity", "ance", "ence", "ism", "ing", "age", "ure", "osis", "itis", "emia", "oma"]
        .iter()
        .any(|ending| word.ends_with(ending))
        || scene.tokens[at].case == Case::Upper
        || kind(word) & (CLINIC | PLACE | EVENT | MEDIA | PICTURE) != 0 && kind(word) & (CALLING | OFFICE | PEOPLE) == 0
        || matches!(
            word,
            "thing" | "way" | "time" | "day" | "week" | "reason" | "problem" | "case" | "drug" | "option" | "sign" | "choice" | "test"
                | "result" | "cause" | "clue" | "line" | "step" | "dose" | "question" | "issue" | "source" | "site" | "place" | "part"
                | "point" | "role" | "job" | "hope" | "picture" | "same" | "worst" | "house" | "home" | "school" | "hospital" | "clinic"
        )
}

/// Whether the subject before is a person without doubt, so that the head need not be listed.
fn sure_subject(scene: &Scene, at: usize) -> bool {
    (1..=5).take_while(|n| at >= *n && !scene.tokens[at - n + 1].line).any(|n| {
        let word = scene.word(at - n);
        matches!(word, "he" | "she" | "who" | "hes" | "shes" | "pt" | "patient") || scene.tokens[at - n].is(RELATIVE | PATIENT)
    })
}

/// `a drummer in the band that played at the flag raising in '63`, `former footballer, captain in the walk-out`.
fn vague(scene: &Scene, from: usize) -> Option<usize> {
    let tokens = scene.tokens;
    let mut core = from;
    while core < from + 4 && kind(scene.word(core)) & (CALLING | OFFICE) == 0 {
        if tokens.get(core)?.kind != Kind::Word && scene.word(core) != "-" {
            return None;
        }
        core += 1;
    }
    if kind(scene.word(core)) & (CALLING | OFFICE) == 0 || kind(scene.word(core)) & PLAIN != 0 {
        return None;
    }
    let mut i = core + 1;
    // `former footballer, captain in the …`
    if scene.word(i) == "," && kind(scene.word(i + 1)) & (CALLING | OFFICE) != 0 {
        i += 2;
    }
    if !matches!(scene.word(i), "in" | "of" | "for" | "with" | "on" | "who" | "whose") || i > from + 6 {
        return None;
    }
    let end = clause(scene, i);
    let all = marks(scene, i, end);
    let who = matches!(scene.word(i), "who" | "whose");
    let definite = matches!(scene.word(i + 1), "the" | "that");
    let fit = !all.clinic
        && if who {
            all.public() && all.words > 3 || all.event && eventful(scene, i, end) && (all.capital || all.year)
        } else {
            definite && (all.event && (all.capital || all.year) && all.words > 4 || all.media && all.capital)
        };
    fit.then(|| tokens[end - 1].end)
}

/// `she has conducted the combined choirs every year since 1983`, `he was on breakfast television`.
fn told(scene: &Scene, at: usize) -> Option<usize> {
    let mut i = at + 1;
    while i < at + 4 && matches!(scene.word(i), "has" | "had" | "once" | "also" | "famously" | "even" | "who" | "actually") {
        i += 1;
    }
    let verb = scene.word(i);
    if kind(verb) & DEED == 0 || scene.tokens[i].line {
        return None;
    }
    let end = clause(scene, i);
    let all = marks(scene, i + 1, end);
    let famed = all.notable() && (all.capital || all.year || all.viral) && all.words >= 4;
    let tv = matches!(verb, "presented" | "appeared" | "played" | "acted" | "modelled" | "wrote" | "scored") && !all.media && !all.event;
    (famed && !tv && !all.clinic).then(|| scene.tokens[end - 1].end)
}

/// Draws in what still belongs: `, from the news`, `, the one who …`, `, as in every newspaper`.
fn trailing(scene: &Scene, end: usize) -> usize {
    let at = scene.tokens.partition_point(|t| t.start < end);
    let comma = scene.tokens.get(at).is_some_and(|t| t.kind == Kind::Sign && scene.text.as_bytes()[t.start] == b',' && !t.line);
    if !comma {
        return end;
    }
    let to = clause(scene, at + 1);
    let all = marks(scene, at + 1, to);
    let starts = matches!(scene.word(at + 1), "from" | "as" | "the" | "it" | "captain" | "then" | "now" | "back" | "in" | "on" | "that");
    if starts && (all.public() || scene.word(at + 1) == "the" && scene.word(at + 2) == "one") && all.words <= 14 {
        return scene.tokens[to - 1].end.max(end);
    }
    end
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check};

    #[test]
    fn singled_out_or_not() {
        let has = |t: &str| check(t).findings.iter().any(|f| f.category == Category::Quasi);
        for text in [
            "she is the only professional harpist on the island.",
            "He is the man whose rooftop protest was on the front page of the local paper, so",
            "she's the girl who sang the anthem at the Cup final, fans",
            "He is the town mayor's brother, so",
            "He's the verger who rang the bells through the air raid, 83.",
            "Pt is the trawlerman who towed the royal yacht home.",
            "Husband of the magistrate who jailed the fish minister.",
            "She was the last living survivor of the pier fire, says her son.",
            "he is the tall fiddler from that whisky advert and worries about",
            "Her dad is the sitting governor of a small island.",
            "We look after the speaker's nephew.",
            "She is the bagpiper filmed for the breakfast news.",
        ] {
            assert!(has(text), "{text}");
        }
        for text in [
            "the only drug that works",
            "the man who lost 10 kg",
            "the first visit",
            "the patient who fell",
            "the only option in children",
            "the first trial which showed benefit",
            "the registrar who called me was kind",
            "She is the patient who needs a second scan",
            "he's the chap who came in with a potassium of 8",
            "the only member of staff on the ward",
            "She is a retired teacher and lives alone.",
            "He is the youngest in the trial.",
            "she's the carer for her husband",
            "the nurse on the radio said bed 4",
            "It is the surgeon who decides.",
            "the first author of the paper",
        ] {
            assert!(!has(text), "{text}");
        }
    }
}
