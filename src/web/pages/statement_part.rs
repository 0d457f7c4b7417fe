//! "What do you stand to gain?": asked with every post.

use crate::web::form::Field;

#[derive(Clone)]
pub struct Statement {
    /// `none`, `some`, or empty while not answered.
    pub statement: Field,
    /// The member's own interests as declared.
    pub interests: Vec<InterestRow>,
    pub suggestion: Option<Suggestion>,
}

#[derive(Clone)]
pub struct InterestRow {
    pub id: String,
    /// "Tarnbeck Devices: advisory board, 2025".
    pub words: String,
    pub organisation: String,
    /// The words by which a text names it, for the page to look out for.
    pub telling: String,
    /// "£1,000 to £5,000".
    pub band: String,
    pub is_chosen: bool,
}

/// An interest of one's own that the text touches.
#[derive(Clone)]
pub struct Suggestion {
    /// As the text says it: "metal biliary stent".
    pub words: String,
    /// As one's list says it: "Tarnbeck Devices".
    pub organisation: String,
}

impl Statement {
    pub fn sample() -> Self {
        let row = |id: &str, words: &str, band: &str| InterestRow {
            id: id.to_owned(),
            words: words.to_owned(),
            organisation: words.split(':').next().unwrap_or_default().to_owned(),
            telling: String::new(),
            band: band.to_owned(),
            is_chosen: false,
        };
        Self {
            statement: Field::default(),
            interests: vec![
                row(
                    "019a5c2e-0000-7000-8000-0000000000b1",
                    "Tarnbeck Devices: advisory board, 2025",
                    "£1,000 to £5,000",
                ),
                row("019a5c2e-0000-7000-8000-0000000000b2", "Regional endoscopy network: unpaid chair, since 2023", ""),
            ],
            suggestion: None,
        }
    }

    pub fn sample_suggested() -> Self {
        let mut some = Self { statement: Field::typed("some"), ..Self::sample() };
        some.interests[0].is_chosen = true;
        some.suggestion =
            Some(Suggestion { words: "metal biliary stent".to_owned(), organisation: "Tarnbeck Devices".to_owned() });
        some
    }

    pub fn sample_refused() -> Self {
        Self { statement: Field::wrong("", "Choose one: nothing to declare, or what there is."), ..Self::sample() }
    }
}
