//! The clause that tells more of somebody: where it ends, and whether it speaks of publicity, of events, of care.

use super::Scene;
use super::callings::{CALLING, CLINIC, EVENT, MEDIA, OFFICE, PICTURE, PLACE, SMALL, WIDE, counted};
use super::token::{Case, Kind};

/// What the rest of a clause tells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks {
    pub media: bool,
    pub picture: bool,
    pub event: bool,
    pub place: bool,
    pub capital: bool,
    pub year: bool,
    pub viral: bool,
    pub clinic: bool,
    /// Somebody else of note.
    pub calling: bool,
    /// A family, a class, a list.
    pub small: bool,
    /// A country's or a continent's.
    pub wide: bool,
    pub words: usize,
}

impl Marks {
    /// Publicity that no clinic has.
    pub fn public(self) -> bool {
        self.media || self.picture && (self.viral || self.capital)
    }
    /// Publicity, or a public event.
    pub fn notable(self) -> bool {
        self.public() || self.event
    }
}

/// The token after the clause that goes on at a token: at most 26 tokens, up to a sign that ends it.
pub fn clause(scene: &Scene, from: usize) -> usize {
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
        "i" | "i'd"
            | "i'm"
            | "he"
            | "she"
            | "they"
            | "we"
            | "it"
            | "his"
            | "her"
            | "the"
            | "my"
            | "our"
            | "no"
            | "everyone"
            | "everybody"
            | "people"
            | "dmd"
            | "now"
            | "palace"
            | "wants"
            | "has"
            | "who"
    ) && scene.word(at) != "and"
        || scene.word(at) == "and"
            && matches!(
                scene.word(at + 1),
                "i" | "i'd" | "i'm" | "he" | "she" | "they" | "we" | "it" | "his" | "her" | "wants"
            )
}

/// What the tokens between two places tell.
pub fn marks(scene: &Scene, from: usize, to: usize) -> Marks {
    let mut marks = Marks::default();
    for at in from..to {
        let (token, word) = (&scene.tokens[at], scene.word(at));
        let known = counted(token);
        marks.media |= known & MEDIA != 0;
        marks.picture |= known & PICTURE != 0;
        marks.event |= known & EVENT != 0;
        marks.place |= known & PLACE != 0;
        marks.clinic |= known & CLINIC != 0;
        marks.media |= word == "front" && matches!(scene.word(at + 1), "page" | "pages")
            || matches!((word, scene.word(at + 1)), ("got", "talent") | ("x", "factor") | ("bake", "off"));
        // `on the cover of the brochure`, `in front of the cameras`, `the council's own poster`
        marks.media |= matches!(word, "cover" | "front")
            && scene.word(at + 1) == "of"
            && at > from + 1
            && scene.word(at - 2) == "on"
            && matches!(scene.word(at + 2), "the" | "a" | "that" | "every")
            && (scene.calling(at + 3) | scene.calling(at + 4)) & (PICTURE | MEDIA) != 0
            || word == "cameras" && matches!(scene.word(at.saturating_sub(1)), "of" | "the" | "tv" | "news")
            || known & PICTURE != 0 && (2..=4).any(|n| at >= n + from && scene.word(at - n) == "own");
        // `that wedding video`, `forty million views`
        marks.media |= known & PICTURE != 0
            && (1..=3).any(|n| at >= n + from && matches!(scene.word(at - n), "that" | "those"))
            || word == "views" && at > from && matches!(scene.word(at - 1), "million" | "thousand" | "k");
        marks.calling |= at > from && known & (OFFICE | CALLING) != 0;
        marks.small |= known & SMALL != 0;
        marks.wide |= known & WIDE != 0;
        marks.viral |= matches!(word, "viral" | "televised");
        marks.capital |=
            token.word() && token.case == Case::Capital && !token.shouted && !token.opens && token.len() > 2;
        marks.year |= token.kind == Kind::Number
            && (token.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
                || token.len() == 2 && at > 0 && scene.word(at - 1) == "'");
        marks.words += usize::from(token.kind != Kind::Sign);
    }
    marks
}
