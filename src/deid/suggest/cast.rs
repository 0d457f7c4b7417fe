//! Who is who: the people a text names, and the role by which each is told.

use super::super::lexicon::{self, DOCTOR, PATIENT, RELATIVE, STAFF, TITLE};
use super::super::names::short_forms;
use super::super::{Category, Hit, Scene};
use super::sentence::*;

/// So many people are told apart; a post with more of them is none.
const MOST: usize = 60;

/// What somebody is to the case.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Role {
    Patient,
    /// A lay person of whom nothing more is said.
    Other,
    /// A relative, and which.
    Kin(String),
    Colleague,
    /// A colleague whose post the text names.
    Post(String),
}

/// Somebody named in the text.
#[derive(Debug)]
struct Person {
    words: Vec<String>,
    role: Role,
    /// The place among those of the same role.
    turn: usize,
    mentions: usize,
    sure: bool,
}

/// Everybody named in a text.
#[derive(Debug)]
pub struct Cast {
    people: Vec<Person>,
    /// Who a hit names, by its start.
    who: Vec<(usize, usize)>,
}

fn names_somebody(hit: &Hit) -> bool {
    matches!(hit.category, Category::Name | Category::Clinician | Category::Codename)
}

impl Cast {
    /// Who is who: mentions of the same words are one person, and what stands beside any of them tells the role.
    pub fn of(scene: &Scene, hits: &[Hit]) -> Cast {
        let mut cast = Cast { people: Vec::new(), who: Vec::new() };
        for hit in hits.iter().filter(|hit| names_somebody(hit)) {
            let words = words_of(&scene.lower[hit.start..hit.end]);
            let colleague = hit.category == Category::Clinician;
            let role = told(scene, hit, colleague);
            let kin = matches!(role, Some(Role::Kin(_)));
            let at = cast.people.iter().position(|one| {
                (matches!(one.role, Role::Colleague | Role::Post(_)) == colleague || !colleague && !kin)
                    && same(&one.words, &words)
                    // `her husband Marsh` is not Mary Marsh.
                    && !(kin && shares_family_name(&one.words, &words))
                    && !(matches!(one.role, Role::Kin(_)) && !kin && shares_family_name(&words, &one.words))
            });
            if at.is_none() && cast.people.len() == MOST {
                continue;
            }
            let at = at.unwrap_or_else(|| {
                let role = if colleague { Role::Colleague } else { Role::Other };
                cast.people.push(Person { words: Vec::new(), role, turn: 0, mentions: 0, sure: false });
                cast.people.len() - 1
            });
            let person = &mut cast.people[at];
            for word in words {
                if !person.words.contains(&word) {
                    person.words.push(word);
                }
            }
            if let Some(role) = role {
                person.role = role;
            } else if hit.category == Category::Codename {
                person.role = Role::Patient;
            }
            person.sure |= is_presented(scene, hit);
            cast.who.push((hit.start, at));
        }
        cast.cast_patient();
        let mut turns: Vec<(Role, usize)> = Vec::new();
        for person in &mut cast.people {
            let same_role = turns.iter_mut().find(|(role, _)| *role == person.role);
            person.turn = match same_role {
                Some((_, turn)) => {
                    *turn += 1;
                    *turn
                }
                None => {
                    turns.push((person.role.clone(), 0));
                    0
                }
            };
        }
        cast
    }

    /// The first who is presented with an age, or else the first at all, is the patient; so is whoever has a code name.
    fn cast_patient(&mut self) {
        let sure = self.people.iter().position(|one| one.role == Role::Other && one.sure);
        let patient = sure.or_else(|| self.people.iter().position(|one| one.role == Role::Other));
        if let Some(at) = patient {
            self.people[at].role = Role::Patient;
        }
    }

    /// What to say instead of a name, and whether it was said before.
    pub fn phrase(&mut self, start: usize) -> (String, bool) {
        let Ok(found) = self.who.binary_search_by_key(&start, |(from, _)| *from) else {
            return ("that person".into(), true);
        };
        let at = self.who[found].1;
        let person = &mut self.people[at];
        person.mentions += 1;
        let again = person.mentions > 1;
        let words = match (&person.role, person.turn, again) {
            (Role::Patient, ..) => "the patient".into(),
            (Role::Kin(kin) | Role::Post(kin), 0, _) => format!("the {kin}"),
            (Role::Kin(kin) | Role::Post(kin), ..) => format!("the other {kin}"),
            (Role::Other, 0, false) => "another person".into(),
            (Role::Other, 1, false) => "a third person".into(),
            (Role::Other, _, false) => "one more person".into(),
            (Role::Other, 0, true) => "the other person".into(),
            (Role::Other, 1, true) => "the third person".into(),
            (Role::Other, _, true) => "that person".into(),
            (Role::Colleague, 0, false) => "a colleague".into(),
            (Role::Colleague, 1, false) => "another colleague".into(),
            (Role::Colleague, 2, false) => "a third colleague".into(),
            (Role::Colleague, _, false) => "one more colleague".into(),
            (Role::Colleague, 0, true) => "the colleague".into(),
            (Role::Colleague, 1, true) => "the other colleague".into(),
            (Role::Colleague, 2, true) => "the third colleague".into(),
            (Role::Colleague, _, true) => "that colleague".into(),
        };
        (words, again)
    }
}

/// The words of a name, without titles and signs.
fn words_of(name: &str) -> Vec<String> {
    let all: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'' && c != '-')
        .map(|word| word.trim_matches(['\'', '-']))
        .map(|word| word.strip_suffix("'s").unwrap_or(word).to_string())
        .filter(|word| word.len() > 1 && lexicon::word(word) & (TITLE | DOCTOR) == 0)
        .collect();
    if all.is_empty() { vec![name.to_string()] } else { all }
}

/// Whether one name is the other, or a short form of it.
fn same(a: &[String], b: &[String]) -> bool {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    few.iter().all(|word| {
        many.iter().any(|other| {
            word == other
                || word.len() > 4 && other.starts_with(&word[..word.len() - 1])
                || other.len() > 4 && word.starts_with(&other[..other.len() - 1])
                || short_forms(word).contains(&other.as_str())
                || short_forms(other).contains(&word.as_str())
        })
    })
}

/// Whether the one word of a name is no more than the family name of another.
fn shares_family_name(whole: &[String], one: &[String]) -> bool {
    whole.len() > 1 && one.len() == 1 && whole.last() == one.last()
}

/// The role that the words beside a name tell.
fn told(scene: &Scene, hit: &Hit, colleague: bool) -> Option<Role> {
    let (start, _) = titles(scene, hit.start, 0);
    let word = word_before(scene.lower, start);
    let word = if word.is_empty() && scene.lower[..start].ends_with(", ") {
        word_before(scene.lower, start - 1).trim_end_matches(',')
    } else {
        word
    };
    let before = if word.is_empty() { last_word(&scene.lower[..start], ", ") } else { word };
    if colleague {
        return post(before).map(|post| Role::Post(post.to_string()));
    }
    if let Some(kin) = kin(before) {
        return Some(Role::Kin(kin.to_string()));
    }
    let tail = scene.lower[hit.end..].strip_prefix(", ").or_else(|| scene.lower[hit.end..].strip_prefix(" ("))?;
    let tail = tail.split_once(' ').filter(|(first, _)| is_determiner(first)).map_or(tail, |(_, rest)| rest);
    let word = &tail[..tail.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(tail.len())];
    let ends = tail[word.len()..].is_empty() || tail[word.len()..].starts_with([',', '.', ')', ';', '\n']);
    kin(word).filter(|_| ends).map(|kin| Role::Kin(kin.to_string()))
}

/// The noun of a phrase that this file makes.
pub fn noun(phrase: &str) -> &str {
    ["the other ", "the third ", "a third ", "another ", "one more ", "that "]
        .iter()
        .find_map(|lead| phrase.strip_prefix(lead))
        .unwrap_or_else(|| bare(phrase))
}

/// The word before a place when exactly `gap` stands between.
pub fn last_word<'a>(head: &'a str, gap: &str) -> &'a str {
    head.strip_suffix(gap).map_or("", |head| &head[word_start(head)..])
}

/// A relative, from the word that stands before a name.
pub fn kin(word: &str) -> Option<&str> {
    let last = word.rsplit(['-', '/']).next().unwrap_or(word);
    let fits = lexicon::word(last) & RELATIVE != 0
        && !matches!(last, "boss" | "coach" | "teacher" | "employer" | "twins" | "nok" | "kin" | "law" if last == word);
    fits.then_some(match word {
        "daughters" => "daughter",
        "sons" => "son",
        "nephews" => "nephew",
        "hubby" | "husb" | "hb" => "husband",
        "bro" => "brother",
        "sis" => "sister",
        "dau" => "daughter",
        _ => word,
    })
}

/// A colleague's post, from the word that stands before a name.
pub fn post(word: &str) -> Option<&str> {
    let fits = lexicon::word(word) & STAFF != 0 && !matches!(word, "np" | "pa" | "slt" | "ot" | "charge" | "attending");
    fits.then_some(match word {
        "reg" => "registrar",
        "physio" => "physiotherapist",
        "mo" | "jmo" | "sho" | "fy1" | "fy2" | "f1" | "f2" | "st3" | "houseman" => "junior doctor",
        "rn" | "cns" => "nurse",
        _ => word,
    })
}

/// Whether a name is followed by an age or follows "pt", as the patient's does.
fn is_presented(scene: &Scene, hit: &Hit) -> bool {
    let tail = scene.lower[hit.end..].trim_start_matches([' ', ',', '(', ':', ';']);
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    let (start, _) = titles(scene, hit.start, 0);
    (1..=3).contains(&digits)
        || tail.starts_with("is a ")
        || lexicon::word(word_before(scene.lower, start)) & PATIENT != 0
}

/// Where the titles before a name begin, and whether they are those of a couple.
pub fn titles(scene: &Scene, start: usize, floor: usize) -> (usize, bool) {
    let (mut start, mut couple) = (start, false);
    for _ in 0..3 {
        let title = super::title_before(scene.text, start, TITLE | DOCTOR).filter(|from| *from >= floor);
        let Some(from) = title else { break };
        start = from;
        let head = &scene.lower[..start];
        let joined = head.strip_suffix(" and ").or_else(|| head.strip_suffix(" & "));
        if let Some(first) = joined {
            let from = word_start(first);
            if from >= floor && lexicon::word(&first[from..]) & (TITLE | DOCTOR) != 0 {
                (start, couple) = (from, true);
            }
        }
    }
    (start, couple)
}
