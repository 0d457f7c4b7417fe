//! What somebody may do here: one table, class by class. Guards, proofs, pages and the API all ask it; nothing else
//! decides.

use super::standing::Place;
use serde::Deserialize;

/// What a society decides for itself about its members; the section `members` of the configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Choices {
    /// Whether students with provisional registration may post cases.
    pub students_post_cases: bool,
    /// Whether who gives a registration up of their own accord stays as a retired clinician; if not, that is a lapse.
    pub retired_stay: bool,
    /// Registers whose numbers stand in the open on a member's badge, because they are public and used in daily work.
    /// Elsewhere a number beside a name is what impostors look for.
    pub numbers_shown: Vec<String>,
}

impl Default for Choices {
    fn default() -> Choices {
        let numbers_shown = ["gmc", "nppes", "rpps"].map(str::to_owned).to_vec();
        Choices { students_post_cases: false, retired_stay: true, numbers_shown }
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    Read,
    Search,
    /// Keep a live line open.
    Watch,
    /// Reply, ask, and change one's own posts.
    Post,
    /// Start a case.
    PostCase,
    Flag,
    /// Vouch for an applicant.
    Vouch,
    /// Take out what is known of one's own registration.
    Export,
}

impl Action {
    pub const ALL: [Action; 8] = [
        Action::Read,
        Action::Search,
        Action::Watch,
        Action::Post,
        Action::PostCase,
        Action::Flag,
        Action::Vouch,
        Action::Export,
    ];
}

/// Who somebody is for the table. The first six come from register and admission, the others from where one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    Doctor,
    Nurse,
    /// Any other registered clinical profession.
    Allied,
    /// In training, registered.
    Trainee,
    /// With provisional registration only.
    Student,
    /// Registered and not practising, or given up after practice.
    Retired,
    /// In a grace period, or not attested in time.
    ReadOnly,
    /// A moderator lets them only read, for a time.
    Restricted,
    /// Not in good standing.
    Paused,
    Memorial,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum May {
    Yes,
    No,
    /// If the operator says so.
    Asked,
}

use May::{Asked, No, Yes};

/// Read, search, watch, post, post cases, flag, vouch, export: in the order of [`Action::ALL`].
#[rustfmt::skip]
const TABLE: [(Class, &str, &str, [May; 8]); 10] = [
    //                                                 read search watch post case   flag vouch export
    (Class::Doctor,   "doctor",    "Doctor",          [Yes, Yes,   Yes,  Yes, Yes,   Yes, Yes,  Yes]),
    (Class::Nurse,    "nurse",     "Nurse or midwife",[Yes, Yes,   Yes,  Yes, Yes,   Yes, Yes,  Yes]),
    (Class::Allied,   "allied",    "Clinician",       [Yes, Yes,   Yes,  Yes, Yes,   Yes, Yes,  Yes]),
    (Class::Trainee,  "trainee",   "Trainee",         [Yes, Yes,   Yes,  Yes, Yes,   Yes, No,   Yes]),
    (Class::Student,  "student",   "Student",         [Yes, Yes,   Yes,  Yes, Asked, Yes, No,   Yes]),
    (Class::Retired,  "retired",   "Retired",         [Yes, Yes,   Yes,  Yes, No,    Yes, No,   Yes]),
    (Class::ReadOnly, "read-only", "Reading only",    [Yes, Yes,   Yes,  No,  No,    Yes, No,   Yes]),
    (Class::Restricted, "restricted", "Reading only for a time",
                                                      [Yes, Yes,   Yes,  No,  No,    Yes, No,   Yes]),
    (Class::Paused,   "paused",    "Paused",          [No,  No,    No,   No,  No,    No,  No,   Yes]),
    (Class::Memorial, "memorial",  "In memory",       [No,  No,    No,   No,  No,    No,  No,   No]),
];

impl Class {
    pub fn all() -> impl Iterator<Item = Class> {
        TABLE.into_iter().map(|(class, ..)| class)
    }

    pub fn code(self) -> &'static str {
        TABLE.iter().find(|(class, ..)| *class == self).map_or("paused", |(_, code, ..)| code)
    }

    pub fn words(self) -> &'static str {
        TABLE.iter().find(|(class, ..)| *class == self).map_or("Paused", |(_, _, words, _)| words)
    }

    pub fn parse(code: &str) -> Option<Class> {
        TABLE.iter().find(|(_, known, ..)| *known == code).map(|(class, ..)| *class)
    }

    /// The class of somebody in good standing, by the codes of their profession and the register's status.
    pub fn of(profession: &str, status: &str) -> Class {
        match (status, profession) {
            ("provisional", _) => Class::Student,
            ("non-practising" | "removed-voluntary", _) => Class::Retired,
            (_, "physician") => Class::Doctor,
            (_, "nurse" | "midwife" | "advanced-practice") => Class::Nurse,
            (_, "trainee") => Class::Trainee,
            _ => Class::Allied,
        }
    }

    /// What stands in for it while somebody is not in good standing.
    pub fn at(self, place: Place, overdue: bool) -> Class {
        match place {
            Place::Good if overdue => Class::ReadOnly,
            Place::Good => self,
            Place::Grace => Class::ReadOnly,
            Place::Paused | Place::Barred => Class::Paused,
            Place::Memorial => Class::Memorial,
        }
    }

    /// The class of somebody whom a moderator lets only read: never more than theirs.
    pub fn restricted(self) -> Class {
        if matches!(self, Class::Paused | Class::Memorial | Class::ReadOnly) { self } else { Class::Restricted }
    }

    pub fn may(self, action: Action, choices: &Choices) -> bool {
        match self.says(action) {
            Yes => true,
            No => false,
            Asked => choices.students_post_cases,
        }
    }

    fn says(self, action: Action) -> May {
        let column = Action::ALL.iter().position(|one| *one == action);
        let row = TABLE.iter().find(|(class, ..)| *class == self);
        row.zip(column).and_then(|((.., may), at)| may.get(at).copied()).unwrap_or(No)
    }

    /// Why not, and what to do about it.
    pub fn refusal(self, action: Action) -> &'static str {
        match (self, action) {
            (Class::Paused, _) => {
                "Reading and posting are paused for this account. Your membership page says why, and how to ask a person \
                 to look."
            }
            (Class::ReadOnly, Action::Vouch) => {
                "You can read, but not vouch, until your registration is confirmed again. Your membership page says how."
            }
            (Class::ReadOnly, _) => {
                "You can read, but not write, until your registration is confirmed again. Your membership page says how, \
                 and by when."
            }
            (Class::Restricted, _) => {
                "A moderator lets you only read for a time. Under “What moderators did” you see until when and why, and can \
                 appeal."
            }
            (Class::Student, Action::PostCase) => {
                "With provisional registration you can ask and reply, but not post cases. Full registration opens them; \
                 until then ask it as a question."
            }
            (Class::Retired, Action::PostCase) => {
                "Cases come from clinicians who see patients now. You can ask and reply; if you practise again, your \
                 register says so and cases open."
            }
            (_, Action::Vouch) => "Vouching is for fully registered clinicians. A colleague who is can do it.",
            _ => "This is not open to your account. Your membership page says what is.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_reads_back_and_refuses_in_words() {
        for class in Class::all() {
            assert_eq!(Class::parse(class.code()), Some(class));
            for action in Action::ALL {
                assert!(class.may(action, &Choices::default()) || class.refusal(action).contains('.'));
            }
        }
        assert_eq!(TABLE.len(), Class::all().count());
    }

    #[test]
    fn the_operator_decides_on_students_alone() {
        let open = Choices { students_post_cases: true, ..Choices::default() };
        for class in Class::all() {
            for action in Action::ALL {
                let differs = class.may(action, &open) != class.may(action, &Choices::default());
                assert_eq!(differs, (class, action) == (Class::Student, Action::PostCase));
            }
        }
    }

    #[test]
    fn nobody_outside_good_standing_writes() {
        for class in Class::all() {
            for (place, overdue) in [
                (Place::Good, true),
                (Place::Grace, false),
                (Place::Paused, false),
                (Place::Barred, false),
                (Place::Memorial, false),
            ] {
                let there = class.at(place, overdue);
                for action in [Action::Post, Action::PostCase, Action::Vouch] {
                    assert!(!there.may(action, &Choices { students_post_cases: true, ..Choices::default() }));
                }
            }
        }
    }
}
