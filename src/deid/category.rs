//! What a finding can be about.

use serde::Serialize;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Category {
    Name,
    Clinician,
    Date,
    Age,
    Address,
    Location,
    Postcode,
    Facility,
    Room,
    Phone,
    Email,
    Url,
    Handle,
    Mrn,
    NationalId,
    Account,
    Licence,
    Vehicle,
    Device,
    Ip,
    Codename,
    Quasi,
}

impl Category {
    /// Every category, in the order in which tables show them.
    pub const ALL: [Category; 22] = [
        Category::Name,
        Category::Clinician,
        Category::Date,
        Category::Age,
        Category::Address,
        Category::Location,
        Category::Postcode,
        Category::Facility,
        Category::Room,
        Category::Phone,
        Category::Email,
        Category::Url,
        Category::Handle,
        Category::Mrn,
        Category::NationalId,
        Category::Account,
        Category::Licence,
        Category::Vehicle,
        Category::Device,
        Category::Ip,
        Category::Codename,
        Category::Quasi,
    ];

    /// The code used in JSON and in stored rows.
    pub fn code(self) -> &'static str {
        match self {
            Category::Name => "NAME",
            Category::Clinician => "CLINICIAN",
            Category::Date => "DATE",
            Category::Age => "AGE",
            Category::Address => "ADDRESS",
            Category::Location => "LOCATION",
            Category::Postcode => "POSTCODE",
            Category::Facility => "FACILITY",
            Category::Room => "ROOM",
            Category::Phone => "PHONE",
            Category::Email => "EMAIL",
            Category::Url => "URL",
            Category::Handle => "HANDLE",
            Category::Mrn => "MRN",
            Category::NationalId => "NATIONAL_ID",
            Category::Account => "ACCOUNT",
            Category::Licence => "LICENCE",
            Category::Vehicle => "VEHICLE",
            Category::Device => "DEVICE",
            Category::Ip => "IP",
            Category::Codename => "CODENAME",
            Category::Quasi => "QUASI",
        }
    }

    /// What it is, in plain words.
    pub fn label(self) -> &'static str {
        match self {
            Category::Name => "a patient's name",
            Category::Clinician => "a colleague's name",
            Category::Date => "a date",
            Category::Age => "an age of 90 or over",
            Category::Address => "a street address",
            Category::Location => "a place",
            Category::Postcode => "a postcode",
            Category::Facility => "a named institution",
            Category::Room => "a room or bed",
            Category::Phone => "a telephone number",
            Category::Email => "an e-mail address",
            Category::Url => "a web address",
            Category::Handle => "an account name",
            Category::Mrn => "a record number",
            Category::NationalId => "a national number",
            Category::Account => "a claim or account number",
            Category::Licence => "a licence number",
            Category::Vehicle => "a number plate",
            Category::Device => "a device's serial number",
            Category::Ip => "a network address",
            Category::Codename => "a code name for a patient",
            Category::Quasi => "a description of one person",
        }
    }
}
