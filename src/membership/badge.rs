//! The badge: what is confirmed, by which register, how sure that is, how fresh; and apart from it what a member only
//! says. Pure: from a byline to words. What is somebody else's not to know (conditions, a death not looked at) never
//! shows.

use crate::accounts::{Byline, Choices, Class, Place};
use crate::base::clock::{DAY, Time};
use crate::registers::{self, Status};

/// A badge older than this is due to be looked up again.
const FRESH: i64 = 10 * DAY;

/// How the whole badge stands. Each has its own words and its own sign, never a colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    Fresh,
    /// Confirmed, and the register was not read for a while.
    Stale,
    /// A verifier is looking at something.
    UnderReview,
    /// Not in good standing now, or in memory.
    Ended,
    /// Nothing is confirmed.
    SelfSaid,
}

/// How sure it is that the person is the registrant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// A person of the house vouches, without more.
    Person,
    /// A document, or a call.
    Shown,
    /// Control of an address that an employer or register publishes.
    Address,
    /// A professional identity provider asserts the number.
    Asserted,
}

/// Whose word a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Register,
    /// The register's, and not read for a while.
    Stale,
    House,
    UnderReview,
    Member,
}

/// One line of a badge's details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub title: &'static str,
    pub words: String,
    pub whose: Whose,
}

/// A badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    pub freshness: Freshness,
    /// What stands on every post, one fact each.
    pub line: Vec<String>,
    /// What opens behind it.
    pub facts: Vec<Fact>,
}

/// The badge of a byline. The number shows where the house says so, and always to `is_own`.
pub fn badge(byline: &Byline, choices: &Choices, is_own: bool, now: Time) -> Badge {
    let warrant = &byline.warrant;
    let name = Fact { title: "Name shown", words: byline.name.clone(), whose: Whose::Member };
    let Some(checked) = byline.checked_at else {
        return Badge {
            freshness: Freshness::SelfSaid,
            line: vec!["Not a registered clinician here".to_owned()],
            facts: vec![name],
        };
    };
    let place = Place::parse(&warrant.place).unwrap_or(Place::Paused);
    let stale = now > checked.plus(FRESH);
    let review = ["missing", "name", "profession", "specialty"].into_iter().any(|kind| is_open(&warrant.doubts, kind));
    let freshness = match place {
        Place::Paused | Place::Barred | Place::Memorial => Freshness::Ended,
        Place::Grace => Freshness::UnderReview,
        Place::Good if review => Freshness::UnderReview,
        Place::Good if stale => Freshness::Stale,
        Place::Good => Freshness::Fresh,
    };
    let register = registers::find(&byline.register);
    let short = register.map_or_else(|| byline.register.to_uppercase(), |register| register.short.to_owned());
    let age = age(checked, now);
    let class = Class::parse(&warrant.class).unwrap_or(Class::Allied);
    let mut line = match freshness {
        Freshness::Ended if place == Place::Memorial => vec![format!("In memory · {short}")],
        Freshness::Ended => {
            let since = warrant.since.map(|at| at.iso().chars().take(10).collect::<String>()).unwrap_or_default();
            vec![format!("Membership paused · {short}"), format!("since {since}")]
        }
        _ => vec![format!("{} · {short}", if class == Class::Retired { "Was registered" } else { "Registered" })],
    };
    if freshness != Freshness::Ended {
        if matches!(class, Class::Student | Class::Trainee | Class::Retired) {
            line.push(class.words().to_lowercase());
        }
        line.extend((!byline.specialty.is_empty()).then(|| byline.specialty.clone()));
        line.push(match freshness {
            Freshness::UnderReview => format!("under review, checked {age}"),
            Freshness::Stale => format!("checked {age}, due"),
            _ => format!("checked {age}"),
        });
    }
    let whose = |kind: &str| {
        if is_open(&warrant.doubts, kind) {
            Whose::UnderReview
        } else if stale {
            Whose::Stale
        } else {
            Whose::Register
        }
    };
    let fact = |title, words: String, whose| Fact { title, words, whose };
    let shown = is_own || choices.numbers_shown.contains(&byline.register);
    let mut facts =
        vec![fact("Register", register.map_or(short, |register| register.name.to_owned()), whose("missing"))];
    facts.push(match shown {
        true => fact("Number", warrant.number.clone(), whose("missing")),
        false => fact(
            "Number",
            "Known here, and not shown: a number beside a name is what impostors look for".to_owned(),
            whose("missing"),
        ),
    });
    // Conditions are the register's to tell, not ours.
    let status = match Status::parse(&warrant.status) {
        Status::ActiveRestricted => Status::Active,
        other => other,
    };
    if place == Place::Good && !warrant.status.is_empty() {
        facts.push(fact("Status", status.words().to_owned(), whose("missing")));
    }
    facts.push(fact("Profession", byline.profession.clone(), whose("profession")));
    if !byline.specialty.is_empty() {
        facts.push(fact("Specialty", byline.specialty.clone(), whose("specialty")));
    }
    facts.push(fact("Last checked", age.clone(), whose("missing")));
    let (sure, how) = path(&warrant.path);
    facts.push(fact("How we know", format!("{how} ({})", sure.words()), Whose::House));
    facts.push(Fact {
        whose: if is_open(&warrant.doubts, "name") { Whose::UnderReview } else { Whose::Member },
        ..name
    });
    Badge { freshness, line, facts }
}

fn is_open(doubts: &str, kind: &str) -> bool {
    doubts.split(',').any(|one| one == kind)
}

fn age(at: Time, now: Time) -> String {
    match (now.millis() - at.millis()) / DAY {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    }
}

impl Sure {
    pub fn words(self) -> &'static str {
        match self {
            Sure::Person => "a verifier's knowledge",
            Sure::Shown => "good evidence",
            Sure::Address => "strong evidence",
            Sure::Asserted => "the strongest evidence there is",
        }
    }
}

impl Whose {
    pub fn words(self) -> &'static str {
        match self {
            Whose::Register => "Confirmed by the register",
            Whose::Stale => "Confirmed, and due to be checked again",
            Whose::House => "Decided by this house",
            Whose::UnderReview => "Under review",
            Whose::Member => "Said by the member",
        }
    }
}

/// How sure a reason of admission is, and what it says to colleagues.
pub fn path(reason: &str) -> (Sure, &'static str) {
    match reason {
        "shown-by-provider" => (Sure::Asserted, "A professional identity provider asserted the number"),
        "shown-by-institution" => (Sure::Address, "They hold a personal address at a listed institution"),
        "shown-by-work-contact" => (Sure::Address, "Somebody at their work, found independently, confirmed it"),
        "shown-by-link" => (Sure::Address, "They answered at an address that the register or employer publishes"),
        "shown-by-call" => (Sure::Shown, "They showed it to a verifier in a call"),
        "shown-by-document" => (Sure::Shown, "They showed a document to a verifier"),
        "shown-by-vouching" => (Sure::Shown, "Two verified members vouched, and a verifier looked"),
        "known-to-verifier" => (Sure::Person, "A verifier knows them and their registration"),
        _ => (Sure::Person, "A verifier looked and decided"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Warrant;
    use crate::base::id::AccountId;

    fn byline() -> Byline {
        Byline {
            account_id: AccountId::parse("0000000000000000000000000").unwrap(),
            name: "Ada Lovelock".to_owned(),
            profession: "Physician".to_owned(),
            specialty: "Cardiology".to_owned(),
            register: "gmc".to_owned(),
            checked_at: Some(Time(100 * DAY)),
            warrant: Warrant {
                number: "9810101".to_owned(),
                status: "active-restricted".to_owned(),
                status_raw: "Registered with conditions".to_owned(),
                path: "shown-by-call".to_owned(),
                place: "good".to_owned(),
                class: "doctor".to_owned(),
                since: Some(Time(0)),
                doubts: "conditions,deceased".to_owned(),
            },
        }
    }

    fn at(byline: &Byline, days: i64) -> Badge {
        badge(byline, &Choices::default(), false, Time((100 + days) * DAY))
    }

    #[test]
    fn a_badge_says_what_by_whom_how_sure_how_fresh() {
        let shown = at(&byline(), 3);
        assert_eq!(shown.freshness, Freshness::Fresh);
        assert_eq!(shown.line, ["Registered · GMC", "Cardiology", "checked 3 days ago"]);
        let told: Vec<(&str, &str)> = shown.facts.iter().map(|fact| (fact.title, fact.words.as_str())).collect();
        assert!(told.contains(&("Number", "9810101")), "{told:?}");
        assert!(told.contains(&("How we know", "They showed it to a verifier in a call (good evidence)")), "{told:?}");
        let whose = |title| shown.facts.iter().find(|fact| fact.title == title).map(|fact| fact.whose);
        assert_eq!((whose("Specialty"), whose("Name shown")), (Some(Whose::Register), Some(Whose::Member)));
    }

    #[test]
    fn what_is_nobody_elses_to_know_never_shows() {
        let shown = at(&byline(), 0);
        let all = format!("{shown:?}").to_lowercase();
        assert!(!all.contains("condition") && !all.contains("restricted") && !all.contains("decease"), "{all}");
        for place in ["paused", "barred"] {
            let barred = Byline { warrant: Warrant { place: place.to_owned(), ..byline().warrant }, ..byline() };
            let shown = at(&barred, 0);
            assert_eq!(shown.freshness, Freshness::Ended);
            assert_eq!(shown.line[0], "Membership paused · GMC");
            assert!(!format!("{shown:?}").to_lowercase().contains("suspended"), "the same words whatever the cause");
        }
    }

    #[test]
    fn stale_and_under_review_have_words_of_their_own() {
        let stale = at(&byline(), 11);
        assert_eq!((stale.freshness, stale.line[2].as_str()), (Freshness::Stale, "checked 11 days ago, due"));
        let renamed = Byline { warrant: Warrant { doubts: "name".to_owned(), ..byline().warrant }, ..byline() };
        let review = at(&renamed, 0);
        assert_eq!(
            (review.freshness, review.line[2].as_str()),
            (Freshness::UnderReview, "under review, checked today")
        );
    }

    #[test]
    fn numbers_are_hidden_where_they_serve_impostors() {
        let elsewhere = Byline { register: "pmdc".to_owned(), ..byline() };
        assert!(!format!("{:?}", at(&elsewhere, 0)).contains("9810101"));
        let own = badge(&elsewhere, &Choices::default(), true, Time(100 * DAY));
        assert!(format!("{own:?}").contains("9810101"));
    }
}
