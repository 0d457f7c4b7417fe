//! What the details that no rule forbids add up to: how many people could this be?
//!
//! Roughly: bits needed to pick one person out of the population and the years the post leaves open, less the bits the
//! details give. A post is judged over all its parts, on top of what the same case's earlier posts and the author's own
//! interests tell already. The answer is a band, never a number, with the details that carry most and the cheapest
//! change that lowers the band.

use super::told::{AGE, EMPLOYER, FACTORS, Factor, KINDS, Told};
use super::{Band, Risk};

/// What is known beside the text itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// What the same case's earlier posts tell.
    pub earlier: Told,
    /// Readers can see who employs the author.
    pub employer: bool,
}

/// A country's people of one sex over ten years: about 28 bits; a text about no one patient leaves far more open.
const PEOPLE_OF_A_CASE: i32 = 280;
const PEOPLE: i32 = 400;

/// Judges what a post tells. What was told before counts on top as soon as the post adds to it.
pub fn judge(own: &Told, around: &Around) -> Risk {
    let nothing = Told::default();
    let earlier = if own.adds_to(&around.earlier) { &around.earlier } else { &nothing };
    let mut sum = Sum { own, earlier, employer: around.employer && !own.is_elsewhere, told: 0 };
    sum.told = (0..FACTORS).map(|factor| i32::from(sum.most(factor, false).0)).sum();
    let band = sum.band(0);
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
    /// All bits together.
    told: i32,
}

impl Sum<'_> {
    /// The kind that tells most of a factor, if the post's own detail is `changed` once that is generalised; and its
    /// bits.
    fn most(&self, factor: usize, changed: bool) -> (u16, Option<usize>) {
        let own = self.own.by_factor[factor]
            .map(|kind| (if changed { KINDS[kind].leaves } else { KINDS[kind].bits }, Some(kind)));
        let earlier = self.earlier.by_factor[factor].map(|kind| (KINDS[kind].bits, Some(kind)));
        let employer = self.employer && factor == Factor::Where as usize;
        let employer = employer.then_some((KINDS[EMPLOYER].bits, Some(EMPLOYER)));
        [own, earlier, employer]
            .into_iter()
            .flatten()
            .fold((0, None), |most, one| if one.0 > most.0 { one } else { most })
    }

    /// The band of all that tells; `saved` is by how many bits it is lowered.
    fn band(&self, saved: u16) -> Band {
        let is_case = self.own.is_case || self.earlier.is_case;
        let people = if is_case { PEOPLE_OF_A_CASE } else { PEOPLE };
        match people - self.told + i32::from(saved) {
            ..45 => Band::Red,
            45..100 => Band::Amber,
            _ => Band::Green,
        }
    }

    /// The three details that tell most.
    fn details(&self) -> Vec<String> {
        let mut told: Vec<(u16, usize, usize)> = (0..FACTORS)
            .filter_map(|factor| {
                let (bits, kind) = self.most(factor, false);
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
        // What may be changed, and how many bits that saves.
        let may: Vec<(u16, usize)> = (0..FACTORS)
            .filter_map(|factor| Some((factor, self.own.by_factor[factor]?)))
            .filter(|(_, kind)| !KINDS[*kind].change.is_empty())
            .map(|(factor, kind)| (self.most(factor, false).0.saturating_sub(self.most(factor, true).0), kind))
            .filter(|(saved, _)| *saved > 0)
            .collect();
        let mut best: Option<(u16, Vec<usize>)> = None;
        let mut weigh = |set: &[(u16, usize)]| {
            let cost: u16 = set.iter().map(|(_, kind)| KINDS[*kind].cost + 2).sum();
            if best.as_ref().is_some_and(|(least, _)| cost >= *least) {
                return;
            }
            if level(self.band(set.iter().map(|(saved, _)| saved).sum())) < level(band) {
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
    fn the_published_examples_fall_where_the_reference_puts_them() {
        for (text, band) in [
            ("45M with a STEMI, PCI to the LAD.", Band::Green),
            ("A 72-year-old woman with polymyalgia rheumatica.", Band::Green),
            ("An 8-year-old with Dravet syndrome, admitted yesterday.", Band::Red),
            ("A 93-year-old farmer from a village of six hundred, seen last Tuesday.", Band::Red),
            ("A 24-year-old after a shark bite this week, in a small town.", Band::Red),
            ("The mayor's mother, with a case report of her own: Erdheim-Chester, in a small town.", Band::Red),
        ] {
            assert_eq!(alone(text).band, band, "{text}: {:?}", alone(text));
        }
    }

    #[test]
    fn a_great_number_of_marks_costs_no_more() {
        let text = "village farmer \" 45M ".repeat(20_000);
        assert_eq!(alone(&text).band, Band::Amber);
    }
}
