//! The French open file and those of two US states, written.

use super::files::fault;
use super::{Layout, Person};
use crate::base::problem::Result;
use crate::registers::{Profession, Removal, Status, rpps};
use std::io::{BufWriter, Write};

/// The 56 columns of the French file; those between that nobody reads have invented names of the same kind.
const RPPS_HEAD: &str = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|\
Libellé civilité d'exercice|Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|Code profession|\
Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|\
Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|Code mode exercice|Libellé mode exercice|\
Numéro SIRET site";
const RPPS_COLUMNS: usize = 56;

pub(super) fn write_rpps(layout: Layout, people: impl Iterator<Item = Person>, to: impl Write) -> Result<()> {
    let mut to = BufWriter::new(to);
    let mut line = |text: &str| -> Result<()> {
        if layout == Layout::Windows {
            let narrow = |c: char| u8::try_from(u32::from(c)).unwrap_or(b'?');
            to.write_all(&text.chars().map(narrow).collect::<Vec<u8>>())?;
        } else {
            to.write_all(text.as_bytes())?;
        }
        to.write_all(b"\n")?;
        Ok(())
    };
    let mut header = RPPS_HEAD.to_owned();
    for more in header.split('|').count()..RPPS_COLUMNS {
        header.push_str(&format!("|Colonne {more}"));
    }
    line(&header)?;
    for person in people {
        let mut row = vec![String::new(); RPPS_COLUMNS];
        row[0] = "8".to_owned();
        row[1].clone_from(&person.number);
        row[2] = format!("8{}", person.number);
        row[7] = person.family.to_uppercase();
        row[8] = person.given;
        row[9] = rpps::code(person.profession).to_owned();
        row[11] = "C".to_owned();
        row[16].clone_from(&person.specialty);
        let activities = if person.woman { 1 } else { 2 };
        for activity in 0..activities {
            row[19] = format!("9900000000{activity}");
            line(&row.join("|"))?;
        }
    }
    to.flush()?;
    Ok(())
}

pub(super) fn write_washington(people: impl Iterator<Item = Person>, to: impl Write) -> Result<()> {
    let mut file = csv::Writer::from_writer(to);
    file.write_record([
        "credentialnumber",
        "lastname",
        "firstname",
        "middlename",
        "credentialtype",
        "status",
        "birthyear",
        "ceduedate",
        "firstissuedate",
        "lastissuedate",
        "expirationdate",
        "actiontaken",
    ])
    .map_err(fault)?;
    for person in people {
        let kind = match person.profession {
            Profession::Nurse => "Registered Nurse License",
            Profession::Pharmacist => "Pharmacist License",
            Profession::AdvancedPractice => "Advanced Registered Nurse Practitioner License",
            _ => "Physician And Surgeon License",
        };
        let (year, month, day) = person.since;
        let action = if person.status == Status::ActiveRestricted { "Yes" } else { "No" };
        file.write_record([
            person.number.as_str(),
            &person.family,
            &person.given,
            &person.middle,
            kind,
            word(person.status),
            "1901",
            "",
            &format!("{year}{month:02}{day:02}"),
            "20260101",
            "20271231",
            action,
        ])
        .map_err(fault)?;
    }
    file.flush()?;
    Ok(())
}

pub(super) fn write_colorado(people: impl Iterator<Item = Person>, to: impl Write) -> Result<()> {
    let mut file = csv::Writer::from_writer(to);
    file.write_record([
        "lastname",
        "firstname",
        "middlename",
        "licensetype",
        "licensenumber",
        "licensefirstissuedate",
        "licenseexpirationdate",
        "licensestatusdescription",
        "programaction",
        "disciplineeffectivedate",
        "linktoverifylicense",
    ])
    .map_err(fault)?;
    for person in people {
        let (kind, number) = person.number.split_once('-').unwrap_or(("DR", &person.number));
        let (year, month, day) = person.since;
        file.write_record([
            person.family.as_str(),
            &person.given,
            &person.middle,
            kind,
            number,
            &format!("{month:02}/{day:02}/{year}"),
            "04/30/2027",
            word(person.status),
            "",
            "",
            "",
        ])
        .map_err(fault)?;
    }
    file.flush()?;
    Ok(())
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Active | Status::ActiveRestricted | Status::Provisional => "Active",
        Status::NonPractising => "Inactive",
        Status::Lapsed => "Expired",
        Status::Suspended { interim: false } => "Suspended",
        Status::Suspended { interim: true } => "Summary Suspension",
        Status::Removed(Removal::Disciplinary) => "Revoked",
        Status::Removed(_) => "Surrendered",
        Status::Deceased => "Deceased",
        Status::Unknown => "Pending",
    }
}
