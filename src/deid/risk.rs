//! What the details that no rule forbids add up to: how many people could this be?
//!
//! Roughly: bits needed to pick one person out of the population and the years the post leaves open, less the bits the
//! details give. Of details that say the same thing (the place and the institution, the date and how recent it is) only
//! the one that tells more counts; a post is judged over all its parts, on top of what the same case's earlier posts and
//! the author's own interests tell already. The answer is a band, never a number, with the details that carry most and
//! the cheapest change that lowers the band.
//!
//! Bits are kept in tenths. The words are data: `lists/telling.txt`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lexicon::{ODD, TELLING_BIT};
use super::{Band, Category, Finding, Risk, Scene, Severity};

/// What a detail is about; only the most telling detail of each counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Factor {
    Name,
    Where,
    When,
    Age,
    Person,
    Event,
    Publicity,
    Rarity,
    Multiple,
    Occupation,
    Community,
    Belonging,
    Speech,
}

const FACTORS: usize = 13;

/// A kind of detail.
struct Kind {
    /// Its name in the list of words; empty for one that only findings tell.
    code: &'static str,
    factor: Factor,
    /// Tenths of a bit.
    bits: u16,
    /// What still tells once it is generalised.
    leaves: u16,
    /// What the change costs a reader, 1 the least.
    cost: u16,
    what: &'static str,
    /// What to do about it; empty when the words of this post cannot change it.
    change: &'static str,
}

const fn kind(
    code: &'static str,
    factor: Factor,
    (bits, leaves, cost): (u16, u16, u16),
    what: &'static str,
    change: &'static str,
) -> Kind {
    Kind { code, factor, bits, leaves, cost, what, change }
}

const NAME: usize = 0;
const PLACE: usize = 1;
const INSTITUTION: usize = 2;
const EMPLOYER: usize = 3;
const DATE: usize = 4;
const GREAT_AGE: usize = 5;
const AGE: usize = 6;
const PERSON: usize = 7;
const SPEECH: usize = 8;

#[rustfmt::skip]
static KINDS: &[Kind] = &[
    kind("",           Factor::Name,       (240,  0, 1), "the name or number",             "take out the name or number"),
    kind("",           Factor::Where,      (110, 20, 1), "the place",                      "name the country or region, not the place"),
    kind("",           Factor::Where,      ( 80, 10, 1), "the institution",                "name the kind of institution, not the institution"),
    kind("",           Factor::Where,      ( 80, 80, 9), "where you work, from your declared interests", ""),
    kind("",           Factor::When,       (100,  0, 1), "the date",                       "count the days from day 0 instead of giving the date"),
    kind("",           Factor::Age,        ( 90, 30, 1), "the great age",                  "give the age as “over 80”"),
    kind("",           Factor::Age,        ( 63, 30, 1), "the exact age",                  "give the age as"),
    kind("",           Factor::Person,     (200,  0, 2), "the description of one person",  "leave out the description of one person"),
    kind("",           Factor::Speech,     ( 30,  0, 1), "the patient's own words",        "report the patient's words without quoting them"),
    kind("recent",     Factor::When,       ( 70,  0, 1), "how recent it is",               "leave out how recent it is"),
    kind("event",      Factor::Event,      (130, 40, 4), "the unusual event",              "name the kind of injury, not the event"),
    kind("publicity",  Factor::Publicity,  (120,  0, 1), "the publicity",                  "leave out that it was in public"),
    kind("role",       Factor::Person,     (120,  0, 2), "the public role",                "leave out the public role"),
    kind("rarity",     Factor::Rarity,     (100,  0, 2), "how rare it is",                 "leave out how rare it is"),
    kind("multiple",   Factor::Multiple,   ( 60,  0, 4), "the multiple birth",             "leave out the multiple birth unless it matters clinically"),
    kind("occupation", Factor::Occupation, ( 50,  0, 3), "the occupation",                 "leave out the occupation, or name only the exposure"),
    kind("community",  Factor::Community,  ( 80, 10, 2), "the small community",            "say “a rural area” for the small community"),
    kind("belonging",  Factor::Belonging,  ( 40,  0, 3), "the origin or faith",            "leave out the origin or faith unless it matters clinically"),
];

/// Marks that say what kind of text it is, beside the details.
const CASE: usize = usize::MAX;
const ELSEWHERE: usize = usize::MAX - 1;

/// Words that tell, each with its kind.
struct Words {
    /// Found whole, by their first words.
    whole: BTreeMap<&'static str, Vec<(&'static str, usize)>>,
    /// Found where they begin a word.
    begun: Vec<(&'static str, usize)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { whole: BTreeMap::new(), begun: Vec::new() };
    for line in include_str!("lists/telling.txt").lines().filter(|line| !line.starts_with('#')) {
        let (code, list) = line.split_once(": ").expect("a kind and its words");
        let at = match code {
            "case" => CASE,
            "elsewhere" => ELSEWHERE,
            _ => KINDS.iter().position(|kind| kind.code == code).expect("a kind"),
        };
        for word in list.split(", ") {
            match word.strip_suffix('*') {
                Some(word) => words.begun.push((word, at)),
                None => words.whole.entry(&word[..letters(word)]).or_default().push((word, at)),
            }
        }
    }
    words
});

/// The first word of each that is found whole, with s behind it too.
pub(super) fn first_words() -> impl Iterator<Item = String> {
    WORDS.whole.keys().flat_map(|word| [(*word).to_owned(), format!("{word}s")])
}

fn letters(word: &str) -> usize {
    word.bytes().take_while(u8::is_ascii_alphabetic).count()
}

/// What a text tells of the person it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// By factor, the kind of detail that tells most.
    by_factor: [Option<usize>; FACTORS],
    /// The exact age, where one is told.
    age: Option<u16>,
    /// It is about a patient.
    is_case: bool,
    /// It says that this happened where the author does not work.
    is_elsewhere: bool,
    /// Something in it must be changed.
    is_blocked: bool,
}

/// What is known beside the text itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// What the same case's earlier posts tell.
    pub earlier: Told,
    /// Readers can see who employs the author.
    pub employer: bool,
}

/// Reads what a text tells: one pass over its words, one over the findings.
pub(super) fn read(scene: &Scene, findings: &[Finding]) -> Told {
    let mut told = Told::default();
    for token in scene.tokens.iter().filter(|t| t.may_begin(TELLING_BIT | ODD)) {
        for (at, _) in scene.openings(token).filter(|(_, begins)| begins & TELLING_BIT != 0) {
            let text = &scene.lower[at..];
            let first = &text[..letters(text)];
            for words in [Some(first), first.strip_suffix('s')].into_iter().flatten().filter_map(|w| WORDS.whole.get(w))
            {
                words.iter().filter(|(word, _)| stands(text, word)).for_each(|(_, kind)| told.tell(*kind));
            }
        }
    }
    for (word, kind) in &WORDS.begun {
        let mut places = scene.lower.match_indices(word);
        if places.any(|(at, _)| at == 0 || !scene.lower.as_bytes()[at - 1].is_ascii_alphanumeric()) {
            told.tell(*kind);
        }
    }
    if let Some(years) = age(scene.lower) {
        told.is_case = true;
        told.age = Some(years);
        told.add(AGE);
    }
    if scene.text.matches('"').nth(1).is_some() {
        told.add(SPEECH);
    }
    for finding in findings {
        told.is_blocked |= finding.severity == Severity::Block;
        match finding.category {
            Category::Name
            | Category::NationalId
            | Category::Mrn
            | Category::Phone
            | Category::Handle
            | Category::Url => told.add(NAME),
            Category::Location | Category::Address | Category::Postcode => told.add(PLACE),
            Category::Facility => told.add(INSTITUTION),
            Category::Date => told.add(DATE),
            Category::Age => told.add(GREAT_AGE),
            Category::Quasi => told.add(PERSON),
            _ => {}
        }
    }
    told
}

/// Whether a text begins with a word, found whole or with s behind it.
fn stands(text: &str, word: &str) -> bool {
    let joins = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    text.strip_prefix(word).is_some_and(|rest| !joins(rest) || rest.strip_prefix('s').is_some_and(|rest| !joins(rest)))
}

impl Told {
    fn tell(&mut self, kind: usize) {
        match kind {
            CASE => self.is_case = true,
            ELSEWHERE => self.is_elsewhere = true,
            kind => self.add(kind),
        }
    }

    fn add(&mut self, kind: usize) {
        let place = &mut self.by_factor[KINDS[kind].factor as usize];
        if place.is_none_or(|there| KINDS[there].bits < KINDS[kind].bits) {
            *place = Some(kind);
        }
    }

    fn bits(&self, factor: usize) -> u16 {
        self.by_factor[factor].map_or(0, |kind| KINDS[kind].bits)
    }

    /// Takes in what another part of the same post tells, or another post of the same case.
    pub fn absorb(&mut self, other: &Told) {
        for kind in other.by_factor.iter().flatten() {
            self.add(*kind);
        }
        self.age = self.age.or(other.age);
        self.is_case |= other.is_case;
        self.is_elsewhere |= other.is_elsewhere;
        self.is_blocked |= other.is_blocked;
    }

    /// Whether the text is about a patient.
    pub fn is_case(&self) -> bool {
        self.is_case
    }

    /// Whether it tells anything that `earlier` does not.
    fn adds_to(&self, earlier: &Told) -> bool {
        (0..FACTORS).any(|factor| self.bits(factor) > earlier.bits(factor))
    }
}

/// A country's people of one sex over ten years: about 28 bits; a text about no one patient leaves far more open.
const PEOPLE_OF_A_CASE: i32 = 280;
const PEOPLE: i32 = 400;

/// Judges what a post tells. What was told before counts on top as soon as the post adds to it.
pub fn judge(own: &Told, around: &Around) -> Risk {
    let nothing = Told::default();
    let earlier = if own.adds_to(&around.earlier) { &around.earlier } else { &nothing };
    let sum = Sum { own, earlier, employer: around.employer && !own.is_elsewhere };
    let band = sum.band(&[]);
    let floored = if own.is_blocked && band == Band::Green { Band::Amber } else { band };
    if floored == Band::Green {
        return Risk { band: Band::Green, details: Vec::new(), change: None };
    }
    let change = if band == Band::Green {
        Some("Change what the check says must be changed.".to_owned())
    } else {
        sum.cheapest_change(band)
    };
    Risk { band: floored, details: sum.details(), change }
}

/// Everything that tells, added up.
struct Sum<'a> {
    own: &'a Told,
    earlier: &'a Told,
    employer: bool,
}

impl Sum<'_> {
    /// The kind that tells most of a factor once these of the post's own details are generalised, and its bits.
    fn most(&self, factor: usize, changed: &[usize]) -> (u16, Option<usize>) {
        let own = self.own.by_factor[factor]
            .map(|kind| (if changed.contains(&factor) { KINDS[kind].leaves } else { KINDS[kind].bits }, Some(kind)));
        let earlier = self.earlier.by_factor[factor].map(|kind| (KINDS[kind].bits, Some(kind)));
        let employer = self.employer && factor == Factor::Where as usize;
        let employer = employer.then_some((KINDS[EMPLOYER].bits, Some(EMPLOYER)));
        [own, earlier, employer]
            .into_iter()
            .flatten()
            .fold((0, None), |most, one| if one.0 > most.0 { one } else { most })
    }

    fn band(&self, changed: &[usize]) -> Band {
        let is_case = self.own.is_case || self.earlier.is_case;
        let people = if is_case { PEOPLE_OF_A_CASE } else { PEOPLE };
        let told: i32 = (0..FACTORS).map(|factor| i32::from(self.most(factor, changed).0)).sum();
        match people - told {
            ..45 => Band::Red,
            45..100 => Band::Amber,
            _ => Band::Green,
        }
    }

    /// The three details that tell most.
    fn details(&self) -> Vec<String> {
        let mut told: Vec<(u16, usize, usize)> = (0..FACTORS)
            .filter_map(|factor| {
                let (bits, kind) = self.most(factor, &[]);
                kind.map(|kind| (bits, factor, kind))
            })
            .collect();
        told.sort_by_key(|(bits, ..)| std::cmp::Reverse(*bits));
        told.into_iter()
            .take(3)
            .map(|(_, factor, kind)| {
                let is_earlier = self.own.by_factor[factor] != Some(kind) && kind != EMPLOYER;
                format!("{}{}", KINDS[kind].what, if is_earlier { " (told earlier)" } else { "" })
            })
            .collect()
    }

    /// The one, two or three changes that lower the band at the least cost, as one sentence.
    fn cheapest_change(&self, band: Band) -> Option<String> {
        let may: Vec<(usize, usize)> = (0..FACTORS)
            .filter_map(|factor| Some((factor, self.own.by_factor[factor]?)))
            .filter(|(factor, kind)| {
                !KINDS[*kind].change.is_empty() && self.most(*factor, &[*factor]).0 < self.most(*factor, &[]).0
            })
            .collect();
        let mut best: Option<(u16, Vec<usize>)> = None;
        let mut weigh = |set: &[(usize, usize)]| {
            let factors: Vec<usize> = set.iter().map(|(factor, _)| *factor).collect();
            let cost: u16 = set.iter().map(|(_, kind)| KINDS[*kind].cost + 2).sum();
            if best.as_ref().is_none_or(|(least, _)| cost < *least) && level(self.band(&factors)) < level(band) {
                best = Some((cost, set.iter().map(|(_, kind)| *kind).collect()));
            }
        };
        for (at, one) in may.iter().enumerate() {
            weigh(&[*one]);
            for (next, two) in may.iter().enumerate().skip(at + 1) {
                weigh(&[*one, *two]);
                for three in &may[next + 1..] {
                    weigh(&[*one, *two, *three]);
                }
            }
        }
        best.map(|(_, kinds)| self.sentence(&kinds))
    }

    fn sentence(&self, kinds: &[usize]) -> String {
        let words: Vec<String> = kinds
            .iter()
            .map(|kind| match *kind {
                AGE => format!("{} {}", KINDS[AGE].change, self.own.age.map_or("a decade", age_words)),
                kind => KINDS[kind].change.to_owned(),
            })
            .collect();
        let mut sentence = match words.as_slice() {
            [all @ .., last] if !all.is_empty() => format!("{}, and {last}.", all.join(", ")),
            _ => format!("{}.", words.concat()),
        };
        if let Some(first) = sentence.get(..1) {
            let first = first.to_uppercase();
            sentence.replace_range(..1, &first);
        }
        sentence
    }
}

/// The wider words for an age.
fn age_words(years: u16) -> &'static str {
    const DECADES: [&str; 7] = [
        "“in their 20s”",
        "“in their 30s”",
        "“in their 40s”",
        "“in their 50s”",
        "“in their 60s”",
        "“in their 70s”",
        "“in their 80s”",
    ];
    match years {
        ..2 => "“an infant”",
        2..6 => "“of preschool age”",
        6..13 => "“of school age”",
        13..20 => "“in their teens”",
        20..90 => DECADES[usize::from(years / 10 - 2)],
        _ => "“over 80”",
    }
}

/// Bands from the least to the most telling.
fn level(band: Band) -> u8 {
    match band {
        Band::Green => 0,
        Band::Amber => 1,
        Band::Red => 2,
    }
}

/// The first exact age that is told.
fn age(lower: &str) -> Option<u16> {
    let bytes = lower.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let fresh = start == 0 || !bytes[start - 1].is_ascii_alphanumeric() && bytes[start - 1] != b'.';
        if fresh && at - start <= 2 {
            let tail = &lower[at..(at + 9).min(lower.len())];
            let sex = (tail.starts_with('f') || tail.starts_with('m'))
                && !tail[1..].starts_with(|c: char| c.is_ascii_alphanumeric());
            let marks = ["-year-ol", " year ol", "yo", " yo", " yr", "/m", "/f"];
            let counts = !tail.starts_with(" you") && !tail.starts_with(" yr ago") && !tail.starts_with(" yrs ago");
            if sex || counts && marks.iter().any(|mark| tail.starts_with(mark)) {
                return lower[start..at].parse().ok();
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::check;

    fn told(text: &str) -> Told {
        check(text).told
    }

    fn alone(text: &str) -> Risk {
        judge(&told(text), &Around::default())
    }

    #[test]
    fn every_kind_of_the_list_is_known() {
        let (_, kinds) = &*WORDS;
        assert!(kinds.len() > 150);
        let named = KINDS.iter().filter(|kind| !kind.code.is_empty());
        for kind in named {
            assert!(kinds.iter().any(|(at, _)| *at < KINDS.len() && KINDS[*at].code == kind.code), "{}", kind.code);
        }
        assert!(KINDS[NAME].bits == 240 && KINDS[SPEECH].factor == Factor::Speech && KINDS[EMPLOYER].change.is_empty());
        assert!(KINDS.iter().all(|kind| kind.leaves <= kind.bits && (kind.factor as usize) < FACTORS));
    }

    #[test]
    fn what_people_who_know_them_would_recognise_is_amber_and_more_is_red() {
        assert_eq!(alone("45M with a STEMI, PCI to the LAD. Which P2Y12 inhibitor?").band, Band::Green);
        let amber = alone("A 45-year-old farmer, admitted yesterday with fever and a rash.");
        assert_eq!(amber.band, Band::Amber);
        assert_eq!(amber.change.as_deref(), Some("Leave out how recent it is."));
        let red = alone("A 45-year-old farmer from a small island, admitted yesterday with fever. It was in the news.");
        assert_eq!(red.band, Band::Red);
        assert_eq!(red.details[0], "the publicity");
        assert_eq!(red.details.len(), 3);
    }

    #[test]
    fn a_word_counts_whole() {
        for text in [
            "A pilot study of mineral oil in patients with a zoonosis.",
            "The patient's vitamins were famously insular; villagers' mayoral matters do not count.",
        ] {
            assert_eq!(told(text).by_factor, [None; FACTORS], "{text}");
        }
        assert!(told("Two farmers and a mayor.").by_factor[Factor::Occupation as usize].is_some());
    }

    #[test]
    fn of_details_that_say_the_same_only_the_larger_counts() {
        let both = told("The mayor, the only harpist on the island, a patient of ours.");
        assert_eq!(both.bits(Factor::Person as usize), 200);
    }

    #[test]
    fn the_cheapest_change_lowers_the_band() {
        let text = "A 24-year-old admitted with a bite. It was on the telly. He works as a diver on a small island.";
        let risk = alone(text);
        assert_eq!(risk.band, Band::Red);
        assert_eq!(risk.change.as_deref(), Some("Leave out that it was in public."));
        let better = alone(&text.replace(" It was on the telly.", ""));
        assert_eq!(better.band, Band::Amber);
        let exact = alone("A 24-year-old patient, a diver from a small village.");
        assert_eq!((exact.band, exact.change.as_deref()), (Band::Amber, Some("Give the age as “in their 20s”.")));
    }

    #[test]
    fn an_earlier_post_counts_once_something_is_added() {
        let case = told("A 45-year-old admitted with a rash after a shark bite.");
        let around = Around { earlier: case, employer: false };
        let adds = judge(&told("He is the only one in the village, it was last week."), &around);
        assert_eq!(adds.band, Band::Red);
        assert!(adds.details.iter().any(|what| what == "the unusual event (told earlier)"), "{adds:?}");
        assert!(adds.change.is_some());
        assert_eq!(judge(&told("I would give doxycycline."), &around).band, Band::Green);
        assert_eq!(judge(&told("A 45-year-old after a shark bite: doxycycline."), &around).band, Band::Amber);
    }

    #[test]
    fn a_known_employer_tells_where_unless_the_post_says_otherwise() {
        let around = Around { earlier: Told::default(), employer: true };
        let text = "A 45-year-old farmer, admitted yesterday with a rash.";
        let risk = judge(&told(text), &around);
        assert_eq!(risk.band, Band::Red);
        assert_eq!(risk.details[0], "where you work, from your declared interests");
        assert_eq!(risk.change.as_deref(), Some("Leave out how recent it is."));
        assert_eq!(judge(&told(&format!("{text} Not my patient.")), &around).band, Band::Amber);
    }

    #[test]
    fn a_great_number_of_marks_costs_no_more() {
        let text = "village farmer \" 45M ".repeat(20_000);
        assert_eq!(alone(&text).band, Band::Amber);
    }
}
