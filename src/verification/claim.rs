//! What an applicant claims, and whether it can be read.

use crate::base::problem::{Fault, Problem, Result};
use crate::deid::aside::{self, Setting};
use crate::registers::{self, Number, Profession, Register, judge_number};

/// The code of the fault of a number that is not written as its register's are known to be.
pub const STRANGE: &str = "strange";

/// Longest texts, in code points.
const LONGEST_NAME: usize = 120;
const LONGEST_STATEMENT: usize = 2_000;

/// Profession, country, number and name as registered, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Claim {
    /// Where they work: ISO 3166-1 alpha-2.
    pub country: String,
    /// A register's code.
    pub register: String,
    /// A profession's code.
    pub profession: String,
    pub number: String,
    pub registered_name: String,
    /// Anything a verifier should know; may be empty.
    pub statement: String,
    /// The applicant was told what the register's numbers look like, and says that this one is written so all the same.
    #[sqlx(skip)]
    pub number_stands: bool,
}

impl Claim {
    pub fn register(&self) -> Option<&'static Register> {
        registers::find(&self.register)
    }

    pub fn profession(&self) -> Profession {
        Profession::parse(&self.profession).unwrap_or(Profession::Other)
    }

    /// The number again, for what was judged before it was stored.
    pub(super) fn number(&self) -> Result<Number> {
        let register = self.register().ok_or_else(|| Problem::fault("an application names a register that is gone"))?;
        judge_number(register, &self.number).map_err(|fault| Problem::Refused(vec![fault]))
    }

    /// Judges every field, and gives the claim as it is stored: with codes, and the number normalised.
    ///
    /// # Errors
    /// [`Problem::Refused`] with one fault for each field that must be put right.
    pub(super) fn judge(&self) -> Result<Claim> {
        let mut faults = Vec::new();
        let country = self.country.trim().to_uppercase();
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            faults.push(Fault::new("country", "missing", "Choose the country where you practise."));
        }
        let register = registers::find(self.register.trim());
        if register.is_none() {
            faults.push(Fault::new("register", "unknown", "Choose the register in which you stand."));
        }
        let profession = Profession::parse(self.profession.trim());
        match (profession, register) {
            (None, _) => faults.push(Fault::new(
                "profession",
                "unknown",
                "Choose the profession under which you are registered.",
            )),
            (Some(profession), Some(register)) if !register.has(profession) => faults.push(Fault::new(
                "profession",
                "not-in-register",
                format!(
                    "The {} does not register this profession. Choose another profession or register.",
                    register.name
                ),
            )),
            _ => {}
        }
        let number =
            register.and_then(|register| judge_number(register, &self.number).map_err(|fault| faults.push(fault)).ok());
        if let Some(strange) = number.as_ref().and_then(Number::strange)
            && !self.number_stands
        {
            let words =
                format!("{strange} If yours is written as you typed it, say so below, and a verifier looks at it.");
            faults.push(Fault::new("number", STRANGE, words));
        }
        let name = self.registered_name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
            faults.push(Fault::new("registered_name", "missing", "Write your full name as it stands in the register."));
        } else if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            faults.push(Fault::new("registered_name", "too-long", "Use at most 120 characters for the name."));
        }
        let statement = words("statement", &self.statement, &mut faults);
        match (number, profession) {
            (Some(number), Some(profession)) if faults.is_empty() => Ok(Claim {
                country,
                register: number.register().code.to_owned(),
                profession: profession.code().to_owned(),
                number: number.as_str().to_owned(),
                registered_name: name,
                statement,
                number_stands: true,
            }),
            _ => Err(Problem::Refused(faults)),
        }
    }
}

/// A text that somebody wrote: trimmed, not too long, and not about a patient.
pub(super) fn words(field: &str, text: &str, faults: &mut Vec<Fault>) -> String {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > LONGEST_STATEMENT {
        faults.push(Fault::new(field, "too-long", "Use at most 2,000 characters."));
    }
    faults.extend(aside::pass(Setting::Profile, field, &text).err());
    text
}
