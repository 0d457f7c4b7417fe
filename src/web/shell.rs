//! What stands round every page: title, places, who is signed in, theme, things to do.

use std::borrow::Borrow;

use crate::web::assets;

/// Carried by every page struct as `shell`; read by `web/layout.html`.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    pub title: String,
    pub place: Place,
    pub viewer: Option<Viewer>,
    pub theme: Theme,
    /// Signed in on a shared computer: the page goes blank after five quiet minutes.
    pub is_shared: bool,
    /// Fictional people and cases: said on every page.
    pub demo: bool,
    /// Who keeps the house, as in "Hosted by the Society of Invented Medicine". May be empty.
    pub host: String,
    /// Applications that wait for a verifier. Only for those who may see them.
    pub to_verify: usize,
    /// Flags that wait for a moderator. Only for those who may see them.
    pub to_moderate: usize,
    /// Removals on which the data-protection officer has still to decide. Only for the officer.
    pub to_decide: usize,
    /// Notes on removed posts that this member has not answered.
    pub to_answer: usize,
    /// Vouches of one's own that can still be taken back, once two have vouched.
    pub to_recall: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Viewer {
    pub account: String,
    pub name: String,
    pub is_clinician: bool,
    pub is_verifier: bool,
    pub is_moderator: bool,
    pub is_admin: bool,
    /// The data-protection officer.
    pub is_privacy: bool,
}

/// Where the reader is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    Rooms,
    Search,
    New,
    Verify,
    Moderation,
    Admin,
    Privacy,
    Application,
    Settings,
    Help,
    #[default]
    Elsewhere,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

/// A way to a place, in the masthead or the tab bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    pub place: Place,
    pub href: &'static str,
    pub words: &'static str,
    /// The name of the symbol, without `#i-`.
    pub icon: &'static str,
    /// Things to do there.
    pub count: usize,
    pub is_here: bool,
}

impl Shell {
    pub fn new(title: impl Into<String>, place: Place) -> Self {
        Self { title: title.into(), place, ..Self::default() }
    }

    /// As a page's `sample()` shows it.
    pub fn sample(title: &str, place: Place) -> Self {
        Self {
            viewer: Some(Viewer::sample()),
            demo: true,
            host: "the Society of Invented Medicine".to_owned(),
            ..Self::new(title, place)
        }
    }

    pub fn sample_staff(title: &str, place: Place) -> Self {
        Self { viewer: Some(Viewer::sample_staff()), to_verify: 6, to_moderate: 5, ..Self::sample(title, place) }
    }

    /// With every key there is: the masthead at its fullest.
    pub fn sample_keeper(title: &str, place: Place) -> Self {
        let viewer = Viewer {
            account: "a9".to_owned(),
            name: "Rhea Lindqvist-Obi".to_owned(),
            is_admin: true,
            ..Viewer::sample_staff()
        };
        Self { viewer: Some(viewer), ..Self::sample_staff(title, place) }
    }

    /// The data-protection officer, who is no clinician.
    pub fn sample_officer(title: &str, place: Place) -> Self {
        let viewer = Viewer {
            account: "a7".to_owned(),
            name: "P. Lindgaard-Asante".to_owned(),
            is_privacy: true,
            ..Viewer::default()
        };
        Self { viewer: Some(viewer), ..Self::sample(title, place) }
    }

    /// Signed out.
    pub fn sample_outside(title: &str, place: Place) -> Self {
        Self { viewer: None, ..Self::sample(title, place) }
    }

    pub fn asset(&self, name: &str) -> String {
        assets::asset(name)
    }

    /// The value of `data-theme`, or nothing when the device decides.
    pub fn theme_name(&self) -> &'static str {
        self.theme.name()
    }

    /// A count with its thousands apart: "2,140".
    pub fn figure(&self, count: impl Borrow<usize>) -> String {
        let digits = count.borrow().to_string();
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).unwrap_or_default()).collect();
        groups.join(",")
    }

    /// Where the mark leads.
    pub fn home(&self) -> &'static str {
        match &self.viewer {
            Some(viewer) if viewer.is_clinician || viewer.is_staff() => "/",
            Some(_) => "/application",
            None => "/sign-in",
        }
    }

    pub fn is_searchable(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.is_clinician)
    }

    /// The places named in the masthead.
    pub fn places(&self) -> Vec<Way> {
        let Some(viewer) = &self.viewer else { return vec![] };
        let mut ways = Vec::new();
        if viewer.is_clinician {
            ways.push(Place::Rooms);
        }
        if viewer.is_clinician && !viewer.is_staff() {
            ways.push(Place::Search);
        }
        self.push_staff(viewer, &mut ways);
        if !viewer.is_clinician && !viewer.is_staff() {
            ways.push(Place::Application);
        }
        // Staff find help at the foot: their masthead is full.
        if !viewer.is_staff() {
            ways.push(Place::Help);
        }
        ways.into_iter().map(|place| self.way(place)).collect()
    }

    /// The five places at the thumb on a phone.
    pub fn tabs(&self) -> Vec<Way> {
        let Some(viewer) = &self.viewer else { return vec![] };
        let mut ways = Vec::new();
        if viewer.is_clinician {
            ways.extend([Place::Rooms, Place::Search]);
        }
        self.push_staff(viewer, &mut ways);
        if viewer.is_clinician && ways.len() < 4 {
            ways.push(Place::New);
        }
        if !viewer.is_clinician && !viewer.is_staff() {
            ways.push(Place::Application);
        }
        if ways.len() < 4 {
            ways.push(Place::Help);
        }
        // With every role at once there is no room for search: it stands on the rooms page too.
        if ways.len() > 4 {
            ways.retain(|place| *place != Place::Search);
        }
        ways.truncate(4);
        ways.push(Place::Settings);
        ways.into_iter().map(|place| self.way(place)).collect()
    }

    fn push_staff(&self, viewer: &Viewer, ways: &mut Vec<Place>) {
        let staff = [
            (viewer.is_verifier, Place::Verify),
            (viewer.is_moderator, Place::Moderation),
            (viewer.is_admin, Place::Admin),
            (viewer.is_privacy, Place::Privacy),
        ];
        ways.extend(staff.into_iter().filter(|(may, _)| *may).map(|(_, place)| place));
    }

    fn way(&self, place: Place) -> Way {
        let (href, words, icon, count) = match place {
            Place::Rooms => ("/", "Rooms", "rooms", 0),
            Place::Search => ("/search", "Search", "search", 0),
            Place::New => ("/new", "New", "new", 0),
            Place::Verify => ("/verify", "Verify", "check", self.to_verify),
            Place::Moderation => ("/moderation", "Moderation", "flag", self.to_moderate),
            Place::Admin => ("/admin", "House", "house", 0),
            Place::Privacy => ("/privacy", "Breaches", "shield", self.to_decide),
            Place::Application => ("/application", "Application", "check", 0),
            Place::Settings => ("/settings", "You", "you", 0),
            Place::Help | Place::Elsewhere => ("/help", "Help", "help", 0),
        };
        Way { place, href, words, icon, count, is_here: place == self.place }
    }
}

impl Viewer {
    pub fn is_staff(&self) -> bool {
        self.is_verifier || self.is_moderator || self.is_admin || self.is_privacy
    }

    fn sample() -> Self {
        Self { account: "a1".to_owned(), name: "T. Oyelaran-Reid".to_owned(), is_clinician: true, ..Self::default() }
    }

    fn sample_staff() -> Self {
        Self {
            account: "a2".to_owned(),
            name: "I. Calder-Moss".to_owned(),
            is_clinician: true,
            is_verifier: true,
            is_moderator: true,
            ..Self::default()
        }
    }
}

impl Theme {
    /// Anything unknown is left to the device.
    pub fn named(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }

    /// The value of the cookie and of `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_their_thousands_apart() {
        let shell = Shell::default();
        let said: Vec<String> = [0, 12, 999, 1000, 48_211, 1_000_000].iter().map(|count| shell.figure(count)).collect();
        assert_eq!(said, ["0", "12", "999", "1,000", "48,211", "1,000,000"]);
    }

    #[test]
    fn a_phone_has_five_places_at_most_and_oneself_last() {
        for bits in 0..32 {
            let viewer = Viewer {
                is_clinician: bits & 1 > 0,
                is_verifier: bits & 2 > 0,
                is_moderator: bits & 4 > 0,
                is_admin: bits & 8 > 0,
                is_privacy: bits & 16 > 0,
                ..Viewer::default()
            };
            let shell = Shell { viewer: Some(viewer), ..Shell::default() };
            let tabs: Vec<Place> = shell.tabs().iter().map(|way| way.place).collect();
            assert!((3..=5).contains(&tabs.len()), "{tabs:?}");
            assert_eq!(tabs.last(), Some(&Place::Settings));
        }
    }
}
