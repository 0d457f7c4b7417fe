//! The US provider taxonomy (NUCC): which codes are clinicians, and what they work in.
//!
//! A code's first three or four characters name the classification; what is not in the table is no clinical profession
//! here and goes to a person.

use super::profession::Profession::{self, *};

/// The profession and the specialty of a code.
pub(super) fn judge(code: &str) -> (Profession, String) {
    let best = TABLE.iter().filter(|(prefix, _, _)| code.starts_with(prefix)).max_by_key(|(prefix, _, _)| prefix.len());
    best.map_or((Other, String::new()), |(_, profession, specialty)| (*profession, (*specialty).to_owned()))
}

/// A code of this profession and specialty; for writing fictional files.
pub(super) fn code_for(profession: Profession, specialty: &str) -> &'static str {
    let full = |prefix: &str| prefix.len() == 10;
    let of_profession = || TABLE.iter().filter(|(prefix, known, _)| *known == profession && full(prefix));
    of_profession()
        .find(|(_, _, known)| known.eq_ignore_ascii_case(specialty))
        .or_else(|| of_profession().next())
        .map_or("208D00000X", |(code, _, _)| code)
}

const TABLE: &[(&str, Profession, &str)] = &[
    ("202", Physician, ""),
    ("204", Physician, ""),
    ("207", Physician, ""),
    ("208", Physician, ""),
    ("209", Physician, ""),
    ("207K", Physician, "Allergy and immunology"),
    ("207L", Physician, "Anaesthetics"),
    ("207N", Physician, "Dermatology"),
    ("207P", Physician, "Emergency medicine"),
    ("207Q", Physician, "Family medicine"),
    ("207R", Physician, "Internal medicine"),
    ("207T", Physician, "Neurosurgery"),
    ("207V", Physician, "Obstetrics and gynaecology"),
    ("207W", Physician, "Ophthalmology"),
    ("207X", Physician, "Orthopaedic surgery"),
    ("207Y", Physician, "Otolaryngology"),
    ("207Z", Physician, "Pathology"),
    ("2080", Physician, "Paediatrics"),
    ("2081", Physician, "Rehabilitation medicine"),
    ("2082", Physician, "Plastic surgery"),
    ("2083", Physician, "Preventive medicine"),
    ("2084", Physician, "Psychiatry and neurology"),
    ("2085", Physician, "Radiology"),
    ("2086", Physician, "Surgery"),
    ("2088", Physician, "Urology"),
    ("208G", Physician, "Thoracic surgery"),
    ("207L00000X", Physician, "Anaesthetics"),
    ("207N00000X", Physician, "Dermatology"),
    ("207P00000X", Physician, "Emergency medicine"),
    ("207Q00000X", Physician, "Family medicine"),
    ("207R00000X", Physician, "Internal medicine"),
    ("207RC0000X", Physician, "Cardiology"),
    ("207RE0101X", Physician, "Endocrinology"),
    ("207RG0100X", Physician, "Gastroenterology"),
    ("207RG0300X", Physician, "Geriatric medicine"),
    ("207RH0000X", Physician, "Haematology"),
    ("207RI0200X", Physician, "Infectious disease"),
    ("207RN0300X", Physician, "Nephrology"),
    ("207RP1001X", Physician, "Respiratory medicine"),
    ("207RR0500X", Physician, "Rheumatology"),
    ("207RX0202X", Physician, "Medical oncology"),
    ("207V00000X", Physician, "Obstetrics and gynaecology"),
    ("207W00000X", Physician, "Ophthalmology"),
    ("207X00000X", Physician, "Orthopaedic surgery"),
    ("207Y00000X", Physician, "Otolaryngology"),
    ("208000000X", Physician, "Paediatrics"),
    ("2084N0400X", Physician, "Neurology"),
    ("2084P0800X", Physician, "Psychiatry"),
    ("2085R0202X", Physician, "Radiology"),
    ("208600000X", Physician, "Surgery"),
    ("208800000X", Physician, "Urology"),
    ("208D00000X", Physician, "General practice"),
    ("208M00000X", Physician, "Hospital medicine"),
    ("363A", AdvancedPractice, "Physician assistant"),
    ("363A00000X", AdvancedPractice, "Physician assistant"),
    ("363L", AdvancedPractice, "Nurse practitioner"),
    ("363L00000X", AdvancedPractice, "Nurse practitioner"),
    ("363LF0000X", AdvancedPractice, "Family nurse practitioner"),
    ("364S", AdvancedPractice, "Clinical nurse specialist"),
    ("367500000X", AdvancedPractice, "Nurse anaesthetist"),
    ("367A00000X", AdvancedPractice, "Nurse midwife"),
    ("163W", Nurse, ""),
    ("163W00000X", Nurse, "Registered nurse"),
    ("163WC0200X", Nurse, "Critical care"),
    ("163WE0003X", Nurse, "Emergency"),
    ("163WP0200X", Nurse, "Paediatrics"),
    ("164W00000X", Nurse, "Licensed practical nurse"),
    ("164X00000X", Nurse, "Licensed vocational nurse"),
    ("176B00000X", Midwife, ""),
    ("1223", Dentist, ""),
    ("122300000X", Dentist, "General dentistry"),
    ("1835", Pharmacist, ""),
    ("183500000X", Pharmacist, "Pharmacy"),
    ("213E", Podiatrist, ""),
    ("213E00000X", Podiatrist, ""),
    ("152W", Optometrist, ""),
    ("152W00000X", Optometrist, ""),
    ("111N", Chiropractor, ""),
    ("111N00000X", Chiropractor, ""),
    ("103T", Psychologist, ""),
    ("103T00000X", Psychologist, ""),
    ("2251", Therapist, "Physiotherapy"),
    ("225100000X", Therapist, "Physiotherapy"),
    ("225X", Therapist, "Occupational therapy"),
    ("235Z00000X", Therapist, "Speech and language therapy"),
    ("133V", Dietitian, ""),
    ("133V00000X", Dietitian, ""),
    ("390200000X", Trainee, ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_name_profession_and_specialty() {
        assert_eq!(judge("207RC0000X"), (Physician, "Cardiology".to_owned()));
        assert_eq!(judge("207RS0012X"), (Physician, "Internal medicine".to_owned()));
        assert_eq!(judge("363LA2200X"), (AdvancedPractice, "Nurse practitioner".to_owned()));
        assert_eq!(judge("374U00000X"), (Other, String::new()));
        assert_eq!(code_for(Physician, "cardiology"), "207RC0000X");
        assert_eq!(code_for(Nurse, "unheard of"), "163W00000X");
    }
}
