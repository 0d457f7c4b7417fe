//! People: what takes the place of a name, fitted to its sentence.

use super::super::lexicon::{self, DOCTOR, HUMAN, PATIENT, RELATIVE, STAFF, TITLE};
use super::super::{Category, Hit, Scene};
use super::cast::{Cast, kin, last_word, noun, post, titles};
use super::sentence::*;
use super::{Before, Offer};

/// What takes the place of a name.
pub fn offer(scene: &Scene, cast: &mut Cast, hit: &Hit, last: &Before) -> Offer {
    let (text, lower) = (scene.text, scene.lower);
    let (mut start, couple) = titles(scene, hit.start, last.end);
    let end = hit.end;
    let (phrase, again) = cast.phrase(hit.start);
    let own = lower[end..].starts_with('\'') && !lower[end + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    // `Sister Prema` in the midst of a sentence: a title, no sister.
    let word = word_before(lower, start);
    if matches!(word, "sister" | "nurse" | "matron" | "brother") && start - word.len() > last.end + 1 {
        let from = start - word.len() - 1;
        if hit.category == Category::Clinician
            && text[from..].starts_with(|c: char| c.is_ascii_uppercase())
            && !opens(text, from)
        {
            start = from;
        }
    }
    if couple {
        return Offer::say(start, end, "the couple");
    }
    // `wills wife`, `James' pulse`: the sign is put right.
    let owner = hit.rule == "possessive-lower" && lower[end..].starts_with('s');
    if owner || own && text[..end].ends_with('s') {
        return Offer::say(start, end + 1, format!("{phrase}'s"));
    }
    if lower[end..].starts_with("s ") {
        return Offer::say(start, end, noun(&phrase));
    }
    let gap = &lower[last.end.min(start)..start];
    if last.person && matches!(gap, " or " | " aka " | " a.k.a. " | ", aka ") {
        return Offer::leave_out(last.end, end);
    }
    // `the father, a Mr Brown,`
    if let Some(head) = lower[..start].strip_suffix(" a").or_else(|| lower[..start].strip_suffix(" a "))
        && start < hit.start
        && head.len() > last.end
        && (head.ends_with(',') || head.ends_with(" as"))
    {
        start = head.len() + 1;
    }
    // Joined to a name that was left out: left out too.
    if last.left_out && last.person && matches!(gap, " and " | ", " | " & " | ", and ") {
        return Offer::leave_out(last.end, end);
    }
    if let Some(offer) = set_apart(scene, start, end, last) {
        return offer;
    }
    if let Some(offer) = after_role(scene, start, end, last) {
        return offer;
    }
    let word = word_before(lower, start);
    if matches!(word, "called" | "named" | "nicknamed" | "aka" | "s/o" | "w/o" | "d/o" | "h/o") {
        let from = start - word.len() - 1;
        let before = word_before(lower, from);
        let verb = matches!(before, "i" | "we" | "he" | "she" | "they" | "who" | "then" | "and" | "just");
        if !before.is_empty() && !verb && !matches!(before, "is" | "was" | "be" | "been" | "as") && from > last.end {
            return Offer::leave_out(from - 1, end);
        }
        if !verb {
            return Offer::say(start, end, "[name removed]");
        }
    }
    if word == "name" {
        return Offer::say(start, end, "withheld");
    }
    if is_label(scene, hit, start, end, word) {
        let what = if hit.category == Category::Codename { "[nickname removed]" } else { "[name removed]" };
        return Offer::say(start, end, what);
    }
    // A greeting needs no name.
    let thanks = matches!(word, "hi" | "hello" | "thanks" | "dear" | "cheers" | "morning" | "evening" | "sorry");
    if thanks && (opens(text, start - word.len() - 1) || word == "thanks") && start > last.end {
        return Offer::leave_out(start - 1, end);
    }
    if lower[end..].starts_with(" family") {
        let lead = if is_determiner(word) { start - 1 } else { start };
        return if lead < start { Offer::leave_out(lead, end) } else { Offer::say(start, end, "the") };
    }
    if matches!(word, "a" | "an") && start - word.len() > last.end {
        start -= word.len() + 1;
        return Offer::say(start, end, with_article(noun(&phrase)));
    }
    let adjective = matches!(word, "poor" | "late" | "young" | "old" | "dear" | "little" | "elderly" | "big");
    if adjective || is_determiner(word) || word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty() {
        return Offer::say(start, end, noun(&phrase));
    }
    let place = [" hall", " house", " club", " court", " park", " road", " mine"];
    // `the 3rd week of Julie`: a month in another tongue.
    let of = clause_before(lower, start).trim_end();
    if word == "of" && ["week of", "month of", "end of", "start of"].iter().any(|lead| of.ends_with(lead)) {
        return Offer::say(start, end, "that month");
    }
    if word == "goth" && start - 5 > last.end {
        return Offer::say(start - 5, end, "a village");
    }
    if matches!(word, "at" | "in" | "near") || place.iter().any(|mark| lower[hit.start..end].ends_with(mark)) {
        return Offer::say(start, end, "a place nearby");
    }
    if phrase == "the patient" && !again && is_news(scene, start) {
        return Offer::say(start, end, "a patient");
    }
    Offer::say(start, end, phrase)
}

/// A name between brackets, or between a role's comma and the next: left out with its signs.
fn set_apart(scene: &Scene, start: usize, end: usize, last: &Before) -> Option<Offer> {
    let lower = scene.lower;
    let (head, tail) = (&lower[..start], &lower[end..]);
    if head.ends_with(" (") && tail.starts_with(')') && start - 2 >= last.end {
        return Some(Offer::leave_out(start - 2, end + 1));
    }
    if (head.ends_with('"') && tail.starts_with('"')) || (head.ends_with('\'') && tail.starts_with('\'')) {
        return Some(Offer::say(start, end, "[name removed]"));
    }
    let role = last_word(head, ", ");
    let is_role = last.presented && last.end + 2 == start
        || matches!(role, "nickname" | "alias")
        || ROLES.contains(&role)
        || kin(role).is_some()
        || post(role).is_some()
        || lexicon::word(role) & PATIENT != 0;
    // `46F, Thuy Nguyen,`: the age presents the patient already.
    let aged = role.len() <= 4 && role.starts_with(|c: char| c.is_ascii_digit())
        || matches!(role, "yrs" | "yr" | "yo" | "old");
    if aged && tail.starts_with([',', ';', '.']) && start - 2 >= last.end {
        return Some(Offer::leave_out(start - 2, end));
    }
    if !is_role || start - 2 < last.end {
        return None;
    }
    let next = tail.strip_prefix(", ").unwrap_or("");
    let lower_next = next.starts_with(|c: char| c.is_ascii_alphabetic())
        && scene.text[end + 2..].starts_with(|c: char| c.is_ascii_lowercase());
    if lower_next {
        return Some(Offer::leave_out(start - 2, end + 1));
    }
    tail.starts_with([',', '.', ';', ')', '\n', ':']).then(|| Offer::leave_out(start - 2, end))
}

/// Further words that say what somebody is, so that the name after them is not missed.
const ROLES: &[&str] = &[
    "patient",
    "pt",
    "px",
    "pharmacist",
    "doctor",
    "colleague",
    "owner",
    "foreman",
    "groom",
    "headmaster",
    "headteacher",
    "principal",
    "secretary",
    "bursar",
    "solicitor",
    "lawyer",
    "constable",
    "sergeant",
    "priest",
    "curate",
    "vicar",
    "imam",
    "pastor",
    "driver",
    "rt",
    "mw",
    "hv",
    "worker",
    "therapist",
    "chachi",
    "chacha",
    "moko",
    "index",
    "checker",
    "lead",
    "husb",
    "stepdad",
    "client",
];

/// A name straight after the role of its bearer: the role says enough.
fn after_role(scene: &Scene, start: usize, end: usize, last: &Before) -> Option<Offer> {
    let lower = scene.lower;
    let word = word_before(lower, start);
    let flags = lexicon::word(word.rsplit(['-', '/']).next().unwrap_or(word));
    let role = flags & (RELATIVE | STAFF) != 0 || ROLES.contains(&word);
    // `CMO Dr Pal`: an office in capitals before a title.
    let from = start - word.len() - usize::from(!word.is_empty());
    let office = (2..=4).contains(&word.len())
        && scene.text[from..start].trim_end().bytes().all(|byte| byte.is_ascii_uppercase())
        && lexicon::word(scene.lower[start..end].split([' ', '.']).next().unwrap_or("")) & (TITLE | DOCTOR) != 0;
    ((role || office) && start > last.end && !word.ends_with("'s")).then(|| Offer::leave_out(start - 1, end))
}

/// A name where a name is asked for: after a label, after "his name is", "known as".
fn is_label(scene: &Scene, hit: &Hit, start: usize, end: usize, word: &str) -> bool {
    let lower = scene.lower;
    let head = lower[..start].trim_end_matches([' ', '"', '\'']);
    let stands_alone = lower[end..].trim_start_matches(['"', '\'']).starts_with([',', ';', '\n', '(', ')', '.'])
        || lower[end..].is_empty()
        || lower[end..].starts_with(" (");
    if head.ends_with(':') {
        return stands_alone || lower[end..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    }
    let clause = clause_before(lower, start);
    let of_papers = [
        "on the notes",
        "on the card",
        "on the form",
        "on paper",
        "on the label",
        "on the chart",
        "to her friends",
        "to his friends",
    ];
    if of_papers.iter().any(|papers| lower[end..].trim_start().starts_with(papers)) || word == "name" {
        return true;
    }
    // `Name: Sunday Obi`, half of it found.
    if clause
        .rsplit_once(':')
        .is_some_and(|(label, rest)| label.ends_with("name") && rest.split_whitespace().count() < 2)
    {
        return true;
    }
    let named = clause.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| matches!(w, "name" | "named" | "names"));
    if named && matches!(word, "is" | "was" | "as" | "reads" | "for" | "a" | "be" | "file" | "record") {
        return true;
    }
    if hit.category == Category::Codename {
        return matches!(
            word,
            "as" | "is"
                | "him"
                | "her"
                | "them"
                | "alias"
                | "under"
                | "called"
                | "he's"
                | "she's"
                | "the"
                | "it"
                | "'d"
        ) || word.ends_with("'d");
    }
    matches!(word, "as" | "is" | "was" | "he's" | "she's" | "it's" | "aka" | "alias")
        && stands_alone
        && !matches!(word_before(lower, start.saturating_sub(word.len() + 1)), "such" | "well" | "same")
}

/// Whether nobody was spoken of before: then it is "a patient".
fn is_news(scene: &Scene, start: usize) -> bool {
    let word = word_before(scene.lower, start);
    if word.is_empty() || opens(scene.text, start) {
        return false;
    }
    scene.tokens.iter().take_while(|token| token.start < start).all(|token| {
        let word = token.lower;
        lexicon::word(word) & (PATIENT | RELATIVE | HUMAN) == 0
            && !matches!(
                word,
                "he" | "she" | "him" | "her" | "his" | "they" | "man" | "woman" | "male" | "female" | "yo" | "old"
            )
    })
}
