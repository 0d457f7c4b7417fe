//! The French register's open file (`ps-libreacces-personne-activite.txt`): values parted by `|`, a row for each
//! activity of a person, written in UTF-8 or in Windows-1252.
//!
//! It has no column of standing: whoever is listed may practise. Columns are found by name; 55 and 56 of them are known.

use super::lines::{Fields, Header};
use super::nppes::Row;
use super::number::judge_own;
use super::{Entry, Profession, Register, Status};
use crate::base::clock::Time;
use crate::base::problem::Result;

pub(super) struct Rpps {
    register: &'static Register,
    columns: usize,
    kind: usize,
    number: usize,
    family: usize,
    given: usize,
    profession: usize,
    category: usize,
    skill: usize,
}

impl Rpps {
    pub fn open(register: &'static Register, header: &Header) -> Result<Rpps> {
        let [kind, number, family, given, profession, category, skill] = header.need(
            "RPPS",
            [
                "Type d'identifiant PP",
                "Identifiant PP",
                "Nom d'exercice",
                "Prénom d'exercice",
                "Code profession",
                "Code catégorie professionnelle",
                "Libellé savoir-faire",
            ],
        )?;
        Ok(Rpps { register, columns: header.len(), kind, number, family, given, profession, category, skill })
    }

    pub fn wanted(&self) -> usize {
        self.columns
    }

    pub fn number<'a>(&self, fields: &'a Fields) -> &'a str {
        fields.get(self.number)
    }

    pub fn read(&self, fields: &Fields) -> std::result::Result<Row, String> {
        // Some files end each row with one more separator.
        let extra = fields.len() == self.columns + 1 && fields.get(self.columns).is_empty();
        if fields.len() != self.columns && !extra {
            return Err(format!("it has {} values where the header has {} columns", fields.len(), self.columns));
        }
        match fields.get(self.kind) {
            "8" => {}
            // ADELI, the older list, and numbers of students.
            "0" | "1" | "3" | "4" | "5" | "6" => return Ok(Row::PassedOver),
            other => return Err(format!("the Type d'identifiant PP is “{other}”; 8 and 0 are known")),
        }
        let number = fields.get(self.number);
        judge_own(self.register, number).map_err(|why| format!("Identifiant PP “{number}”: {why}"))?;
        let family = fields.get(self.family);
        if family.is_empty() {
            return Err("the Nom d'exercice is empty".to_owned());
        }
        let is_student = fields.get(self.category) == "E";
        let (profession, word) = profession(fields.get(self.profession));
        let skill = fields.get(self.skill);
        Ok(Row::Person(Entry {
            register: self.register.code.to_owned(),
            number: number.to_owned(),
            family: family.to_owned(),
            given: fields.get(self.given).to_owned(),
            other_names: Vec::new(),
            profession: if is_student { Profession::Trainee } else { profession },
            specialty: if skill.is_empty() { word } else { skill }.to_owned(),
            status: if is_student { Status::Provisional } else { Status::Active },
            status_raw: if is_student { "Listed, in training" } else { "Listed" }.to_owned(),
            valid_from: String::new(),
            source_version: String::new(),
            seen_at: Time(0),
            absent_since: None,
        }))
    }
}

/// The codes of professions, from the register's own table.
pub(super) fn profession(code: &str) -> (Profession, &'static str) {
    match code {
        "10" => (Profession::Physician, ""),
        "21" => (Profession::Pharmacist, ""),
        "28" => (Profession::Optometrist, "Optics"),
        "40" => (Profession::Dentist, ""),
        "50" => (Profession::Midwife, ""),
        "60" => (Profession::Nurse, ""),
        "70" => (Profession::Therapist, "Physiotherapy"),
        "80" => (Profession::Podiatrist, ""),
        "91" => (Profession::Therapist, "Speech and language therapy"),
        "92" => (Profession::Therapist, "Orthoptics"),
        "93" => (Profession::Psychologist, ""),
        "94" => (Profession::Therapist, "Occupational therapy"),
        "95" => (Profession::Dietitian, ""),
        "96" => (Profession::Therapist, "Psychomotor therapy"),
        "98" => (Profession::Scientist, ""),
        _ => (Profession::Other, ""),
    }
}

/// The code the register writes; for writing fictional files.
pub(super) fn code(profession: Profession) -> &'static str {
    match profession {
        Profession::Pharmacist => "21",
        Profession::Dentist => "40",
        Profession::Midwife => "50",
        Profession::Nurse => "60",
        Profession::Therapist => "70",
        Profession::Podiatrist => "80",
        Profession::Psychologist => "93",
        Profession::Dietitian => "95",
        _ => "10",
    }
}
