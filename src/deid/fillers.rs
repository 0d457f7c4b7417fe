//! What may stand between a label and its number: `MRN is: 0417`, `claim no. on file as …`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Scene;
use super::asked;
use super::contact::ascii;
use super::fixed::{Fixed, LARGE};
use super::labels::LABELS;
use super::lexicon::ODD;
use super::openings::words;
use super::token::{Case, Kind};

const FILLERS: &str = r"nos?\.?|numbers?|num|nr|id|ids|ref|reference|is|was|reads?|card|of|code|accession|reg|registration|claim|plate|vin|registered|on file|as|the|given|here|a/c|licen[cs]e|serial|sample|lab|record|file|entry|on|my|his|her|their|our|got|typed|written|printed|letter|form|bag|sticker|label|badge|wristband|says|down";

static FILLER: LazyLock<Fixed> = LazyLock::new(|| {
    let pattern = format!(
        r"(?i)(?:'s|\.)?(?:[ \n:#=,(\x22'-]*(?:(?:{FILLERS})(?:[ :#=,(\x22'-]|\n))){{0,6}}[ \n:#=,(\x22'-]{{0,4}}"
    );
    Fixed::new(&ascii(&pattern), LARGE)
});
/// No number is looked for behind so many tokens; as long as nothing speaks against it, it is tried.
const FAR: usize = 48;

/// Where the number begins, if there is one, after a label that ends at a place.
pub fn passed(text: &str, end: usize) -> usize {
    FILLER.end(text, end).unwrap_or(end)
}

/// The words of all labels and fillers.
pub(super) fn all_words() -> BTreeSet<String> {
    LABELS.iter().map(|label| label.0).chain([FILLERS]).flat_map(words).collect()
}

/// Whether a number may follow a label that begins with a token: nearly always another word comes first.
pub fn number_follows(scene: &Scene, label: usize) -> bool {
    // `registration of the scooter`: any word.
    let token = &scene.tokens[label];
    if token.kind != Kind::Word || token.may_begin(ODD) || token.lower == "registration" {
        return true;
    }
    for token in scene.tokens[label + 1..].iter().take(FAR) {
        match token.kind {
            Kind::Sign => {}
            Kind::Word if token.case == Case::Lower && token.asked(asked::FILLER) => {}
            Kind::Word => return token.case != Case::Lower || token.may_begin(ODD),
            Kind::Number | Kind::Mixed | Kind::Foreign => return true,
        }
    }
    scene.tokens.len() > label + FAR
}
