//! The registers known here. A register whose entries are not published as a file is known by its number's format
//! alone; then a verifier looks the entry up by hand.

use super::number::shapes;
use super::profession::Profession::{self, *};

/// A professional register.
#[derive(Debug)]
pub struct Register {
    /// A short stable name: in addresses, rows and the command line.
    pub code: &'static str,
    pub name: &'static str,
    /// The name as colleagues say it.
    pub short: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    pub country_name: &'static str,
    pub professions: &'static [Profession],
    /// What a number looks like, for people.
    pub number_words: &'static str,
    /// An invented number of that form.
    pub example: &'static str,
    /// Where a person can look an entry up.
    pub lookup: &'static str,
    pub(super) shape: fn(&str) -> Result<(), String>,
    pub(super) layout: Option<Layout>,
}

/// A published layout that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Nppes,
    Lrmp,
}

impl Register {
    /// Whether its entries can be imported from a published file.
    pub fn is_published(&self) -> bool {
        self.layout.is_some()
    }

    pub fn has(&self, profession: Profession) -> bool {
        self.professions.contains(&profession)
    }
}

impl PartialEq for Register {
    fn eq(&self, other: &Register) -> bool {
        self.code == other.code
    }
}

impl Eq for Register {}

/// Every register known here, in the order of a menu.
pub fn registers() -> &'static [Register] {
    REGISTERS
}

/// The register of this code.
pub fn find(code: &str) -> Option<&'static Register> {
    REGISTERS.iter().find(|register| register.code == code)
}

/// The countries that have a register here, as codes and names, in the order of a menu.
pub fn countries() -> Vec<(&'static str, &'static str)> {
    let mut countries: Vec<_> = REGISTERS.iter().map(|register| (register.country, register.country_name)).collect();
    countries.sort_by_key(|(_, name)| *name);
    countries.dedup();
    countries
}

static REGISTERS: &[Register] = &[
    Register {
        code: "gmc",
        name: "General Medical Council",
        short: "GMC",
        country: "GB",
        country_name: "United Kingdom",
        professions: &[Physician],
        number_words: "7 digits",
        example: "9000001",
        lookup: "https://www.gmc-uk.org/registrants",
        shape: shapes::gmc,
        layout: Some(Layout::Lrmp),
    },
    Register {
        code: "nmc",
        name: "Nursing and Midwifery Council",
        short: "NMC",
        country: "GB",
        country_name: "United Kingdom",
        professions: &[Nurse, Midwife, Trainee],
        number_words: "8 characters: 2 digits, a letter, 4 digits, a letter",
        example: "99Z4471E",
        lookup: "https://www.nmc.org.uk/registration/search-the-register/",
        shape: shapes::nmc,
        layout: None,
    },
    Register {
        code: "hcpc",
        name: "Health and Care Professions Council",
        short: "HCPC",
        country: "GB",
        country_name: "United Kingdom",
        professions: &[Therapist, Dietitian, Paramedic, Psychologist, Podiatrist, Scientist],
        number_words: "2 or 3 letters and up to 6 digits",
        example: "ZZ000001",
        lookup: "https://www.hcpc-uk.org/check-the-register/",
        shape: shapes::hcpc,
        layout: None,
    },
    Register {
        code: "gphc",
        name: "General Pharmaceutical Council",
        short: "GPhC",
        country: "GB",
        country_name: "United Kingdom",
        professions: &[Pharmacist],
        number_words: "7 digits, the first a 2",
        example: "2999999",
        lookup: "https://www.pharmacyregulation.org/registers",
        shape: shapes::gphc,
        layout: None,
    },
    Register {
        code: "imc",
        name: "Medical Council of Ireland",
        short: "IMC",
        country: "IE",
        country_name: "Ireland",
        professions: &[Physician, Trainee],
        number_words: "6 digits",
        example: "900001",
        lookup: "https://www.medicalcouncil.ie/public-information/check-the-register/",
        shape: shapes::imc,
        layout: None,
    },
    Register {
        code: "nppes",
        name: "National Plan and Provider Enumeration System",
        short: "NPI",
        country: "US",
        country_name: "United States",
        professions: &[
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
            Trainee,
        ],
        number_words: "10 digits, the last a check digit",
        example: "2000000010",
        lookup: "https://npiregistry.cms.hhs.gov/",
        shape: shapes::npi,
        layout: Some(Layout::Nppes),
    },
    Register {
        code: "ahpra",
        name: "Australian Health Practitioner Regulation Agency",
        short: "Ahpra",
        country: "AU",
        country_name: "Australia",
        professions: &[
            Physician,
            Nurse,
            Midwife,
            Dentist,
            Pharmacist,
            Podiatrist,
            Optometrist,
            Chiropractor,
            Psychologist,
            Therapist,
            Paramedic,
            Trainee,
        ],
        number_words: "3 letters and 10 digits",
        example: "MED0000000001",
        lookup: "https://www.ahpra.gov.au/Registration/Registers-of-Practitioners.aspx",
        shape: shapes::ahpra,
        layout: None,
    },
    Register {
        code: "mcnz",
        name: "Medical Council of New Zealand",
        short: "MCNZ",
        country: "NZ",
        country_name: "New Zealand",
        professions: &[Physician],
        number_words: "4 to 6 digits",
        example: "99999",
        lookup: "https://www.mcnz.org.nz/registration/register-of-doctors/",
        shape: shapes::mcnz,
        layout: None,
    },
    Register {
        code: "hpcsa",
        name: "Health Professions Council of South Africa",
        short: "HPCSA",
        country: "ZA",
        country_name: "South Africa",
        professions: &[Physician, Dentist, Psychologist, Therapist, Dietitian, Optometrist, Paramedic, Trainee],
        number_words: "2 or 3 letters and 7 digits",
        example: "MP0123456",
        lookup: "https://hpcsaonline.custhelp.com/app/iregister_home",
        shape: shapes::hpcsa,
        layout: None,
    },
    Register {
        code: "rpps",
        name: "Répertoire partagé des professionnels de santé",
        short: "RPPS",
        country: "FR",
        country_name: "France",
        professions: &[Physician, Midwife, Dentist, Pharmacist, Nurse, Podiatrist, Therapist],
        number_words: "11 digits, the last a check digit",
        example: "99700000005",
        lookup: "https://annuaire.sante.fr/",
        shape: shapes::rpps,
        layout: None,
    },
    Register {
        code: "big",
        name: "BIG-register",
        short: "BIG",
        country: "NL",
        country_name: "Netherlands",
        professions: &[Physician, Dentist, Pharmacist, Nurse, Midwife, AdvancedPractice, Psychologist, Therapist],
        number_words: "11 digits",
        example: "99000000001",
        lookup: "https://www.bigregister.nl/",
        shape: shapes::big,
        layout: None,
    },
];
