//! An age of 90 or over becomes "90+", with the words round it.

use super::super::lexicon::{self, HUMAN, PATIENT, RELATIVE};
use super::super::{Hit, Scene};
use super::Offer;
use super::sentence::{is_determiner, word_before};

/// What follows the number where it makes an adjective.
const YEARS: &[&str] =
    &["-year-old", "-yr-old", " year-old", " year old", " years old", " yr old", "-year old", " y/o", " yo", "yo"];

pub fn offer(scene: &Scene, hit: &Hit) -> Offer {
    let (lower, start, end) = (scene.lower, hit.start, hit.end);
    if lower[start..end].ends_with("arian") {
        return Offer::say(start, end, "person aged 90+");
    }
    let Some(years) = YEARS.iter().find(|years| lower[end..].starts_with(**years)) else {
        return Offer::say(start, end, "90+");
    };
    let mut to = end + years.len();
    let article = is_determiner(word_before(lower, start));
    let noun = lower[to..].strip_prefix(' ').map_or("", |tail| {
        let long = tail.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(tail.len());
        let great = tail.strip_prefix("great ").map_or(0, |_| 6);
        let long = if great > 0 {
            great + tail[great..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len() - great)
        } else {
            long
        };
        &tail[..long]
    });
    let last = noun.rsplit(' ').next().unwrap_or(noun);
    let person =
        matches!(last, "woman" | "man" | "female" | "male" | "granny" | "nun" | "farmer" | "widow" | "widower")
            || lexicon::word(last) & (PATIENT | RELATIVE) != 0 && lexicon::word(last) & HUMAN == 0;
    if person {
        to += noun.len() + 1;
        return Offer::say(start, to, format!("{noun} aged 90+"));
    }
    let followed = lower[to..].starts_with(' ')
        && !matches!(
            noun,
            "" | "with" | "who" | "in" | "on" | "from" | "and" | "has" | "was" | "is" | "presenting" | "admitted"
        );
    if article && !followed {
        return Offer::say(start, to, "patient aged 90+");
    }
    Offer::say(start, if article { end } else { to }, "90+")
}
