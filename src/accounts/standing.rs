//! Where an admitted member stands, as their account carries it. What moves somebody from place to place is the
//! membership room's; here it is only looked at.

use super::class::Class;
use crate::base::clock::Time;

/// Where a member stands with the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    Good,
    /// May read for some days while something is put right.
    Grace,
    /// Not in good standing, for a reason that ends with its cause.
    Paused,
    /// Suspended or struck off: only a person lifts it.
    Barred,
    Memorial,
}

const ALL: [(Place, &str); 5] = [
    (Place::Good, "good"),
    (Place::Grace, "grace"),
    (Place::Paused, "paused"),
    (Place::Barred, "barred"),
    (Place::Memorial, "memorial"),
];

impl Place {
    pub fn code(self) -> &'static str {
        ALL.iter().find(|(place, _)| *place == self).map_or("paused", |(_, code)| code)
    }

    pub fn parse(code: &str) -> Option<Place> {
        ALL.iter().find(|(_, known)| *known == code).map(|(place, _)| *place)
    }

    /// Whether sessions, lines and tokens end on the way here.
    pub fn is_shut(self) -> bool {
        matches!(self, Place::Paused | Place::Barred | Place::Memorial)
    }
}

/// The columns of a standing beside an account; empty for who was never admitted.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Stands {
    place: Option<String>,
    class: Option<String>,
    /// The rule that brought them here.
    pub origin: Option<String>,
    pub since: Option<Time>,
    overdue: Option<i64>,
}

impl Stands {
    /// `None` for who was never admitted.
    pub fn place(&self) -> Option<Place> {
        self.place.as_deref().and_then(Place::parse)
    }

    pub fn is_overdue(&self) -> bool {
        self.overdue == Some(1)
    }

    /// What the register and the admission make of them, wherever they stand now.
    pub fn by_register(&self) -> Option<Class> {
        self.class.as_deref().and_then(Class::parse)
    }

    /// What they are for the table of what one may do.
    pub fn class(&self) -> Option<Class> {
        Some(self.by_register()?.at(self.place()?, self.is_overdue()))
    }
}
