//! The professions a register can name, in our own few words.

/// What somebody is registered as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profession {
    Physician,
    AdvancedPractice,
    Nurse,
    Midwife,
    Dentist,
    Pharmacist,
    Podiatrist,
    Optometrist,
    Chiropractor,
    Psychologist,
    Therapist,
    Dietitian,
    Paramedic,
    Scientist,
    /// In training, without full registration yet.
    Trainee,
    /// Something the register lists that is no clinical profession here.
    Other,
}

use Profession::*;

const ALL: [(Profession, &str, &str); 16] = [
    (Physician, "physician", "Physician"),
    (AdvancedPractice, "advanced-practice", "Advanced practice provider"),
    (Nurse, "nurse", "Nurse"),
    (Midwife, "midwife", "Midwife"),
    (Dentist, "dentist", "Dentist"),
    (Pharmacist, "pharmacist", "Pharmacist"),
    (Podiatrist, "podiatrist", "Podiatrist"),
    (Optometrist, "optometrist", "Optometrist"),
    (Chiropractor, "chiropractor", "Chiropractor"),
    (Psychologist, "psychologist", "Psychologist"),
    (Therapist, "therapist", "Therapist"),
    (Dietitian, "dietitian", "Dietitian"),
    (Paramedic, "paramedic", "Paramedic"),
    (Scientist, "scientist", "Healthcare scientist"),
    (Trainee, "trainee", "Trainee"),
    (Other, "other", "Other"),
];

impl Profession {
    pub fn all() -> impl Iterator<Item = Profession> {
        ALL.into_iter().map(|(profession, _, _)| profession)
    }

    pub fn code(self) -> &'static str {
        ALL.iter().find(|(profession, _, _)| *profession == self).map_or("other", |(_, code, _)| code)
    }

    pub fn words(self) -> &'static str {
        ALL.iter().find(|(profession, _, _)| *profession == self).map_or("Other", |(_, _, words)| words)
    }

    pub fn parse(code: &str) -> Option<Profession> {
        ALL.iter().find(|(_, known, _)| *known == code).map(|(profession, _, _)| *profession)
    }
}
