//! Words that may be unprofessional: a list with contexts, each hit explained by its rule. It decides nothing: what it
//! finds is put before a moderator by a follower.
//!
//! A word alone is nearly never enough: an insult counts beside a person it can be meant for, a group beside contempt,
//! drink beside a duty of one's own. What is quoted does not count, nor what one says of oneself, nor clinical senses.

use std::ops::Range;

/// What a hit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    Derogatory,
    Discriminatory,
    Harassing,
    /// Intoxicated on duty.
    Intoxicated,
    Sexual,
}

impl Tone {
    pub fn code(self) -> &'static str {
        match self {
            Tone::Derogatory => "derogatory",
            Tone::Discriminatory => "discriminatory",
            Tone::Harassing => "harassing",
            Tone::Intoxicated => "intoxicated",
            Tone::Sexual => "sexual",
        }
    }

    /// Why it was found.
    pub fn words(self) -> &'static str {
        match self {
            Tone::Derogatory => "a word of contempt beside a patient or a colleague",
            Tone::Discriminatory => "contempt for a group of people",
            Tone::Harassing => "an attack on the reader or a threat",
            Tone::Intoxicated => "drink or drugs beside a duty",
            Tone::Sexual => "a patient or colleague seen sexually",
        }
    }
}

/// Something that was found: what, by which entry of the list, and where its sentence stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub tone: Tone,
    pub rule: &'static str,
    pub sentence: Range<usize>,
}

/// Insults that need a person beside them.
const INSULTS: &[&str] = &[
    "idiot",
    "idiots",
    "moron",
    "morons",
    "imbecile",
    "imbeciles",
    "cretin",
    "cretins",
    "halfwit",
    "halfwits",
    "scum",
    "scumbag",
    "scumbags",
    "lowlife",
    "lowlifes",
    "parasite",
    "parasites",
    "degenerate",
    "degenerates",
    "gomer",
    "gomers",
    "crock",
    "crocks",
    "nutter",
    "nutters",
    "nutcase",
    "nutcases",
    "loony",
    "loonies",
    "psycho",
    "psychos",
    "weirdo",
    "weirdos",
    "whinger",
    "whingers",
    "timewaster",
    "timewasters",
    "malingerer",
    "malingerers",
    "junkie",
    "junkies",
    "crackhead",
    "crackheads",
    "clown",
    "clowns",
    "buffoon",
    "buffoons",
    "incompetent",
    "incompetents",
    "useless",
    "stupid",
    "thick",
    "dumb",
    "dimwit",
    "dimwits",
    "lazy",
    "pathetic",
    "worthless",
    "disgusting",
    "filthy",
    "hysterical",
    "fatso",
    "fatty",
    "lardarse",
    "cow",
    "pig",
    "pigs",
    "bitch",
    "bitches",
    "bastard",
    "bastards",
    "wanker",
    "wankers",
    "arsehole",
    "arseholes",
    "asshole",
    "assholes",
    "dickhead",
    "dickheads",
    "twat",
    "twats",
    "prick",
    "pricks",
];
/// Those that are said of nothing but people, and so need none beside them.
const SURE: &[&str] = &[
    "gomer",
    "gomers",
    "fatso",
    "lardarse",
    "timewaster",
    "timewasters",
    "scumbag",
    "scumbags",
    "crackhead",
    "crackheads",
    "halfwit",
    "halfwits",
    "dimwit",
    "dimwits",
    "wanker",
    "wankers",
    "dickhead",
    "dickheads",
    "arsehole",
    "arseholes",
    "asshole",
    "assholes",
    "twat",
    "twats",
];
/// Those that are said of many things: they count only right before a person, or where one is said to be it.
const DIRECT: &[&str] = &[
    "incompetent",
    "filthy",
    "disgusting",
    "fatty",
    "degenerate",
    "degenerates",
    "pig",
    "pigs",
    "thick",
    "parasite",
    "parasites",
    "cow",
    "prick",
    "pricks",
    "dumb",
    "clown",
    "clowns",
];
/// What may stand between "is" and an insult.
const BETWEEN: &[&str] = &[
    "a",
    "an",
    "the",
    "such",
    "so",
    "complete",
    "total",
    "utter",
    "very",
    "really",
    "just",
    "hysterical",
    "stupid",
    "fat",
    "lazy",
    "pretty",
    "plain",
    "absolute",
];
/// Contempt in more than one word.
const CONTEMPT: &[&str] = &[
    "waste of space",
    "waste of oxygen",
    "waste of a bed",
    "waste of skin",
    "oxygen thief",
    "oxygen thieves",
    "bed blocker",
    "bed blockers",
    "frequent flyer",
    "frequent flyers",
    "time waster",
    "time wasters",
    "brain dead idiot",
    "train wreck of a human",
    "too dumb to",
    "too stupid to",
    "too thick to",
    "too lazy to",
    "deserves to die",
    "deserve to die",
    "should not be allowed to breed",
    "not worth saving",
    "not worth treating",
    "drain on society",
];
/// Those for whom an insult can be meant.
const PEOPLE: &[&str] = &[
    "patient",
    "patients",
    "man",
    "woman",
    "men",
    "women",
    "lady",
    "guy",
    "bloke",
    "boy",
    "girl",
    "mother",
    "father",
    "mum",
    "dad",
    "relative",
    "relatives",
    "family",
    "families",
    "husband",
    "wife",
    "daughter",
    "son",
    "nurse",
    "nurses",
    "doctor",
    "doctors",
    "consultant",
    "consultants",
    "registrar",
    "registrars",
    "colleague",
    "colleagues",
    "gp",
    "gps",
    "surgeon",
    "surgeons",
    "physician",
    "physicians",
    "anaesthetist",
    "anaesthetists",
    "junior",
    "juniors",
    "student",
    "students",
    "midwife",
    "midwives",
    "physio",
    "pharmacist",
    "pharmacists",
    "radiologist",
    "radiologists",
    "receptionist",
    "porter",
    "he",
    "she",
    "they",
    "him",
    "her",
    "them",
    "who",
    "people",
    "someone",
    "somebody",
    "caller",
    "callers",
    "manager",
    "managers",
    "paramedic",
    "paramedics",
    "intern",
    "interns",
    "resident",
    "residents",
];
/// Words that take the sting out of an insult right behind or before it: clinical senses and things.
const CLINICAL: &[(&str, &str)] = &[
    ("lazy", "eye"),
    ("thick", "section"),
    ("thick", "sections"),
    ("thick", "secretions"),
    ("thick", "sputum"),
    ("thick", "walled"),
    ("thick", "wall"),
    ("thick", "layer"),
    ("thick", "bandage"),
    ("thick", "film"),
    ("thick", "films"),
    ("thick", "smear"),
    ("thick", "slices"),
    ("mm", "thick"),
    ("cm", "thick"),
    ("thick", "mucus"),
    ("thick", "skin"),
    ("thick", "fluids"),
    ("thick", "pus"),
    ("thick", "discharge"),
    ("thick", "blood"),
    ("thick", "white"),
    ("useless", "test"),
    ("useless", "scan"),
    ("useless", "arm"),
    ("useless", "hand"),
    ("useless", "limb"),
    ("useless", "here"),
    ("pretty", "useless"),
    ("stupid", "question"),
    ("stupid", "questions"),
    ("stupid", "mistake"),
    ("stupid", "idea"),
    ("stupid", "alarm"),
    ("stupid", "form"),
    ("stupid", "of"),
    ("feel", "stupid"),
    ("feels", "stupid"),
    ("felt", "stupid"),
    ("feel", "useless"),
    ("feels", "useless"),
    ("felt", "useless"),
    ("feel", "worthless"),
    ("feels", "worthless"),
    ("felt", "worthless"),
    ("feeling", "worthless"),
    ("feeling", "useless"),
    ("being", "worthless"),
    ("dumb", "phone"),
    ("deaf", "dumb"),
    ("and", "dumb"),
    ("disgusting", "taste"),
    ("disgusting", "smell"),
    ("tastes", "disgusting"),
    ("cow", "milk"),
    ("cow", "s"),
    ("pig", "valve"),
    ("pig", "farm"),
    ("pig", "farmer"),
    ("guinea", "pig"),
    ("guinea", "pigs"),
    ("incompetent", "cervix"),
    ("incompetent", "valve"),
    ("incompetent", "valves"),
    ("incompetent", "vein"),
    ("incompetent", "veins"),
    ("cervical", "incompetent"),
    ("venous", "incompetent"),
    ("valve", "incompetent"),
    ("parasite", "load"),
    ("parasite", "count"),
    ("parasites", "in"),
    ("stool", "parasites"),
    ("for", "parasites"),
    ("for", "parasite"),
    ("the", "parasite"),
    ("of", "parasites"),
    ("and", "parasites"),
    ("malaria", "parasites"),
    ("no", "parasites"),
    ("a", "parasite"),
    ("filthy", "wound"),
    ("filthy", "conditions"),
    ("clown", "doctors"),
    ("clown", "therapy"),
    ("clown", "care"),
    ("hysterical", "blindness"),
    ("needle", "prick"),
    ("pin", "prick"),
    ("skin", "prick"),
    ("finger", "prick"),
    ("heel", "prick"),
    ("prick", "test"),
    ("prick", "tests"),
    ("prick", "testing"),
    ("prick", "tested"),
    ("prick", "sensation"),
    ("fatty", "liver"),
    ("fatty", "acid"),
    ("fatty", "acids"),
    ("fatty", "food"),
    ("fatty", "meal"),
    ("fatty", "meals"),
    ("fatty", "infiltration"),
    ("fatty", "stool"),
    ("fatty", "stools"),
    ("fatty", "tissue"),
    ("fatty", "change"),
    ("fatty", "streak"),
    ("fatty", "marrow"),
    ("fatty", "plaque"),
    ("fatty", "lump"),
    ("fatty", "lesion"),
    ("mentally", "incompetent"),
    ("legally", "incompetent"),
    ("lazy", "bowel"),
    ("lazy", "leucocyte"),
    ("pathetic", "pulse"),
    ("degenerate", "disc"),
    ("degenerate", "discs"),
    ("degenerate", "meniscus"),
    ("degenerate", "primers"),
];
/// What one may say of oneself, and what others are said to say.
const OWN: &[&str] = &["i", "me", "my", "myself", "mine", "we", "us", "our"];
const REPORTED: &[&str] = &[
    "called",
    "calls",
    "calling",
    "says",
    "said",
    "saying",
    "wrote",
    "shouted",
    "shouts",
    "complains",
    "voices",
    "heard",
    "labelled",
    "labelling",
    "label",
    "term",
    "word",
    "words",
    "phrase",
    "abused",
    "stigma",
    "stigmatising",
];
const GROUPS: &[&str] = &[
    "foreigners",
    "immigrants",
    "migrants",
    "refugees",
    "gypsies",
    "gypsy",
    "travellers",
    "arabs",
    "africans",
    "asians",
    "indians",
    "pakistanis",
    "poles",
    "romanians",
    "blacks",
    "muslims",
    "jews",
    "christians",
    "hindus",
    "gays",
    "lesbians",
    "transsexuals",
    "homosexuals",
    "women",
    "men",
    "cripples",
    "chavs",
    "peasants",
    "boomers",
    "catholics",
];
const SCORN: &[&str] = &[
    "lie",
    "lying",
    "liars",
    "lazy",
    "dirty",
    "filthy",
    "smell",
    "stink",
    "steal",
    "cheat",
    "stupid",
    "animals",
    "savages",
    "primitive",
    "scrounge",
    "scroungers",
    "breed",
    "breeding",
    "hysterical",
    "inferior",
    "vermin",
    "disgusting",
    "thick",
    "dishonest",
    "ungrateful",
    "parasites",
    "untrustworthy",
    "uncivilised",
];
const DISCRIMINATION: &[&str] = &[
    "go back to your country",
    "go back to their country",
    "go back where they came",
    "back to where they came",
    "their kind",
    "your kind",
    "those people breed",
    "bloody foreigners",
    "bloody foreigner",
    "bloody immigrants",
    "typical gypsy",
    "typical gypsies",
    "typical woman",
    "typical women",
    "typical arab",
    "typical jew",
    "typical muslim",
    "too old to be a doctor",
    "women should not be surgeons",
    "women cannot operate",
    "women can t operate",
    "no place for women",
    "not a job for a woman",
    "third world doctors",
    "third world doctor",
    "third world trash",
    "because he is black so",
    "because she is black so",
    "speak proper english or leave",
    "men cannot be midwives",
    "diversity hire",
    "diversity hires",
    "quota hire",
    "play the race card",
    "playing the race card",
];
const HARASSMENT: &[&str] = &[
    "shut up",
    "go to hell",
    "drop dead",
    "kill yourself",
    "piss off",
    "fuck off",
    "fuck you",
    "screw you",
    "watch your back",
    "i know where you work",
    "i know where you live",
    "you will regret",
    "you ll regret",
    "i will make sure you never work",
    "i ll make sure you never work",
    "you should lose your licence",
    "you should be struck off",
    "hope you get struck off",
    "i will ruin you",
    "i ll ruin you",
    "nobody likes you",
    "everybody laughs at you",
    "you make me sick",
    "get lost",
    "i will find you",
    "i ll find you",
    "crawl back",
    "a disgrace like you",
    "you are a disgrace",
    "you re a disgrace",
    "you are a joke",
    "you re a joke",
    "people like you should",
];
const INTOXICATION: &[&str] = &[
    "drunk",
    "hungover",
    "hung over",
    "stoned",
    "tipsy",
    "high on",
    "a few beers",
    "a few pints",
    "a few drinks",
    "a bottle of wine",
    "still over the limit",
    "a line of coke",
    "some weed",
    "a joint before",
    "pissed",
    "wasted",
    "smashed",
    "off my face",
    "had been drinking",
];
const DUTY: &[&str] = &[
    "on call",
    "on shift",
    "on duty",
    "at work",
    "in theatre",
    "in clinic",
    "the night shift",
    "my shift",
    "a shift",
    "ward round",
    "my list",
    "his list",
    "her list",
    "the list",
    "operating",
    "operated",
    "operate",
    "in resus",
    "scrubbed in",
    "saw patients",
    "seeing patients",
    "ran the arrest",
];
const STAFF: &[&str] = &[
    "i",
    "we",
    "my",
    "our",
    "consultant",
    "registrar",
    "surgeon",
    "anaesthetist",
    "colleague",
    "doctor",
    "nurse",
    "houseman",
    "intern",
    "resident",
    "locum",
    "gp",
    "boss",
];
const SEXUAL: &[&str] = &[
    "hot nurse",
    "hot nurses",
    "hot patient",
    "hot patients",
    "hot student",
    "hot students",
    "hot rep",
    "hot mum",
    "hot mums",
    "hot daughter",
    "sexy nurse",
    "sexy nurses",
    "sexy patient",
    "sexy student",
    "sexy registrar",
    "great tits",
    "nice tits",
    "nice arse",
    "nice ass",
    "great arse",
    "big boobs",
    "great boobs",
    "nice legs on",
    "i would do her",
    "i d do her",
    "i would do him",
    "would shag",
    "shagging a patient",
    "shagged a patient",
    "sleep with that patient",
    "get her into bed",
    "get him into bed",
    "get her number",
    "undress her slowly",
    "enjoyed examining her",
    "enjoyed examining him",
    "fun to examine",
    "eye candy",
    "bit of skirt",
    "worth a look naked",
    "perky breasts on",
    "ogle",
    "ogling",
    "milf",
    "fuckable",
    "bangable",
    "up for it that patient",
    "asked the patient out for a drink",
    "wouldn t kick her out of bed",
];

/// What a text holds, in the order of its sentences; the same entry once a sentence.
pub fn look(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for sentence in sentences(text) {
        let tokens = tokens(&text[sentence.clone()]);
        let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let line = format!(" {} ", words.join(" "));
        for (tone, rule) in of_sentence(&words, &line) {
            hits.push(Hit { tone, rule, sentence: sentence.clone() });
        }
    }
    hits
}

fn of_sentence(words: &[&str], line: &str) -> Vec<(Tone, &'static str)> {
    let has = |phrase: &str| line.contains(&format!(" {phrase} "));
    let any = |list: &[&'static str]| list.iter().copied().find(|phrase| has(phrase));
    let is_reported = words.iter().any(|word| REPORTED.contains(word));
    let mut hits = Vec::new();
    let mut add = |tone, rule: Option<&'static str>| {
        if let Some(rule) = rule {
            hits.push((tone, rule));
        }
    };
    if !is_reported {
        add(Tone::Harassing, any(HARASSMENT).or_else(|| attack(words)));
        add(Tone::Discriminatory, any(DISCRIMINATION).or_else(|| scorned(words)));
        add(Tone::Derogatory, any(CONTEMPT).filter(|_| !is_about_oneself(words)).or_else(|| insult(words)));
    }
    add(Tone::Sexual, any(SEXUAL).filter(|_| !is_reported));
    let on_duty = any(DUTY).is_some() && words.iter().any(|word| STAFF.contains(word));
    let is_patients =
        words.iter().any(|word| matches!(*word, "patient" | "patients" | "brought" | "presented" | "driver"));
    add(
        Tone::Intoxicated,
        any(INTOXICATION).filter(|_| on_duty && (!is_patients || has("saw patients") || has("seeing patients"))),
    );
    hits
}

/// "you are an idiot"
fn attack(words: &[&str]) -> Option<&'static str> {
    words.iter().enumerate().find_map(|(at, word)| {
        let rule = insult_at(words, at)?;
        let before = &words[at.saturating_sub(4)..at];
        let meant =
            before.contains(&"you") || before.contains(&"your") && words.get(at.wrapping_sub(1)) == Some(&"your");
        (meant && !["cow", "thick", "lazy", "pathetic"].contains(word)
            || meant && before.iter().any(|one| matches!(*one, "are" | "re")))
        .then_some(rule)
    })
}

/// A group and scorn within a few words of one another.
fn scorned(words: &[&str]) -> Option<&'static str> {
    words.iter().enumerate().find_map(|(at, word)| {
        let group = GROUPS.iter().find(|group| *group == word)?;
        let from = words.get(at.wrapping_sub(1)).copied().unwrap_or("");
        let general = matches!(from, "these" | "those" | "all" | "bloody" | "you" | "typical" | "most" | "");
        let near = &words[at + 1..(at + 6).min(words.len())];
        let scorn = near.iter().enumerate().any(|(next, one)| {
            SCORN.contains(one) && !is_clinical(words, at + 1 + next) && !near[..next].contains(&"not")
        });
        (general && scorn).then_some(*group)
    })
}

/// An insult beside somebody it can be meant for.
fn insult(words: &[&str]) -> Option<&'static str> {
    if is_about_oneself(words) {
        return None;
    }
    words.iter().enumerate().find_map(|(at, _)| {
        let rule = insult_at(words, at)?;
        let near = &words[at.saturating_sub(5)..(at + 5).min(words.len())];
        let meant = if DIRECT.contains(&rule) {
            is_direct(words, at)
        } else {
            SURE.contains(&rule) || near.iter().any(|word| PEOPLE.contains(word))
        };
        meant.then_some(rule)
    })
}

/// "That consultant is a clown", "an incompetent surgeon".
fn is_direct(words: &[&str], at: usize) -> bool {
    if words.get(at + 1).is_some_and(|word| PEOPLE.contains(word)) {
        return true;
    }
    let mut before = words[..at].iter().rev().skip_while(|word| BETWEEN.contains(word));
    let is = before.next().is_some_and(|word| matches!(*word, "is" | "are" | "was" | "were" | "re" | "s"));
    is && before.next().is_some_and(|word| PEOPLE.contains(word))
}

fn insult_at(words: &[&str], at: usize) -> Option<&'static str> {
    let rule = INSULTS.iter().copied().find(|insult| *insult == words[at])?;
    let denied =
        words[at.saturating_sub(3)..at].iter().any(|word| matches!(*word, "not" | "never" | "no" | "isn" | "nobody"));
    (!denied && !is_clinical(words, at)).then_some(rule)
}

fn is_clinical(words: &[&str], at: usize) -> bool {
    let (before, after) = (at.checked_sub(1).map(|at| words[at]), words.get(at + 1).copied());
    CLINICAL.iter().any(|(first, second)| {
        (*first == words[at] && after == Some(second)) || (*second == words[at] && before == Some(first))
    })
}

/// Who speaks of themselves may.
fn is_about_oneself(words: &[&str]) -> bool {
    let people = words.iter().filter(|word| PEOPLE.contains(word)).count();
    words.iter().any(|word| OWN.contains(word)) && people == 0
}

/// The sentences that are not quoted.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let end = from + line.len();
        if !line.trim_start().starts_with('>') {
            let mut start = from;
            for (at, mark) in line.char_indices() {
                if matches!(mark, '.' | '!' | '?' | ';') {
                    found.push(start..from + at);
                    start = from + at + 1;
                }
            }
            found.push(start..end);
        }
        from = end;
    }
    found.retain(|range| !text[range.clone()].trim().is_empty());
    found
}

/// The words in small letters, without what stands in quotation marks.
fn tokens(sentence: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut is_quoted = false;
    for c in sentence.chars() {
        match c {
            '“' | '«' | '„' => is_quoted = true,
            '”' | '»' => is_quoted = false,
            '"' => is_quoted = !is_quoted,
            _ if c.is_alphanumeric() && !is_quoted => {
                word.extend(c.to_lowercase());
                continue;
            }
            _ => {}
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented sentences: what must be found, by its tone, and what must not (`clean`).
    const CORPUS: &str = include_str!("language_corpus.tsv");

    fn corpus() -> impl Iterator<Item = (&'static str, &'static str)> {
        CORPUS.lines().filter_map(|line| line.split_once('\t'))
    }

    #[test]
    fn what_must_be_found_is_and_clinical_talk_is_not() {
        let (mut clean, mut found, mut wrong) = (0, 0, Vec::new());
        for (wanted, text) in corpus() {
            let hits = look(text);
            if wanted == "clean" {
                clean += 1;
                if let Some(hit) = hits.first() {
                    wrong.push(format!("clean, but {} by “{}”: {text}", hit.tone.code(), hit.rule));
                }
            } else {
                found += 1;
                if !hits.iter().any(|hit| hit.tone.code() == wanted) {
                    wrong.push(format!("{wanted} was not found: {text} ({hits:?})"));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), clean + found, wrong.join("\n"));
        assert!(clean >= 60 && found >= 60, "{clean} {found}");
    }

    #[test]
    fn what_is_quoted_does_not_count() {
        assert!(look("> You are an idiot.\n\nPlease do not write so to a colleague.").is_empty());
        assert!(look("The relatives called the nurse a stupid cow.").is_empty());
        assert!(look("He told the nurse “you are an idiot” and left.").is_empty());
        let text = "Fine so far. You are an idiot.";
        let hit = &look(text)[0];
        assert_eq!(text[hit.sentence.clone()].trim(), "You are an idiot");
        assert!(hit.tone.words().contains("reader"));
    }
}
