//! Paging by cursor: "what comes before this", never "page 7", so that nothing is skipped or shown twice while a list
//! grows.

use super::clock::Time;

/// The place after which a list goes on: a time and, for things of the same time, an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub at: Time,
    pub id: String,
}

impl Cursor {
    /// The end of everything: where a list begins.
    pub fn newest() -> Cursor {
        Cursor { at: Time(i64::MAX), id: "~".to_owned() }
    }

    /// Reads what [`Display`](std::fmt::Display) wrote. A text that is no cursor starts the list from its newest end.
    pub fn parse(text: &str) -> Cursor {
        text.split_once('-')
            .and_then(|(at, id)| {
                let at = i64::from_str_radix(at, 36).ok()?;
                super::id::well_formed(id).then(|| Cursor { at: Time(at), id: id.to_owned() })
            })
            .unwrap_or_else(Cursor::newest)
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut number = u64::try_from(self.at.millis()).unwrap_or(0);
        let mut digits = Vec::new();
        loop {
            digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
            number /= 36;
            if number == 0 {
                break;
            }
        }
        write!(f, "{}-{}", digits.iter().rev().collect::<String>(), self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_way_through_an_address() {
        let cursor = Cursor { at: Time(1_763_000_000_123), id: "0".repeat(25) };
        assert_eq!(Cursor::parse(&cursor.to_string()), cursor);
        assert_eq!(Cursor::parse("nonsense"), Cursor::newest());
    }
}
