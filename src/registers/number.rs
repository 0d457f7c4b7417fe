//! Registration numbers: read as people write them, judged at once.
//!
//! Three verdicts. A number that fits is taken. One of an unknown shape is taken too, as *strange*: lists of shapes and
//! prefixes have refused whole professions before, so a person looks, and the applicant is told what was expected. Only
//! a number whose published check digit is wrong is refused, because then a slip is certain.

use super::Register;
use crate::base::problem::Fault;
use unicode_normalization::UnicodeNormalization;

/// A number that its register could have given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    register: &'static Register,
    text: String,
    strange: Option<String>,
}

impl Number {
    pub fn register(&self) -> &'static Register {
        self.register
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Why a person must look at the number: it is not written as this register's numbers are known to be.
    pub fn strange(&self) -> Option<&str> {
        self.strange.as_deref()
    }
}

/// The longest that is kept.
const LONGEST: usize = 40;

/// Reads a registration number as typed: spaces, hyphens and a leading "GMC" or "No." do not matter. Shape and check
/// digit are judged; whether it was ever given to anybody is another question.
///
/// # Errors
/// A fault of the field `number`: it is missing, or its check digit says that one digit is wrong.
pub fn judge_number(register: &'static Register, text: &str) -> Result<Number, Fault> {
    let text = normalised(register, text);
    if text.is_empty() {
        let words =
            format!("Write your {} number: {}, such as {}.", register.short, register.number_words, register.example);
        return Err(Fault::new("number", "missing", words));
    }
    if text.len() > LONGEST {
        return Err(Fault::new("number", "too-long", expected(register)));
    }
    if !register.shape.is_match(&text) {
        return Ok(Number { register, strange: Some(unexpected(register, &text)), text });
    }
    match register.check.judge(&text) {
        Checked::Holds => Ok(Number { register, text, strange: None }),
        Checked::Doubted => Ok(Number { register, strange: Some(expected(register)), text }),
        Checked::Fails => {
            let words = format!(
                "One digit of this {} number is wrong or two are swapped. Compare it with your record.",
                register.short
            );
            Err(Fault::new("number", "check-digit", words))
        }
    }
}

/// Whether a register's own file can mean this; the words go into the report of refused rows.
pub(super) fn judge_own(register: &Register, text: &str) -> Result<(), String> {
    if !register.shape.is_match(text) {
        return Err(unexpected(register, text));
    }
    match register.check.judge(text) {
        Checked::Fails => Err("its check digit is wrong".to_owned()),
        Checked::Holds | Checked::Doubted => Ok(()),
    }
}

fn expected(register: &Register) -> String {
    format!("{} has {}, such as {}.", register.number_called, register.number_words, register.example)
}

/// What is expected, and where it can be said what is not so.
fn unexpected(register: &Register, text: &str) -> String {
    if register.code == "gmc" && text.len() == 8 && text.starts_with('C') {
        return "This is a consultant code. Write the GMC reference number: the 7 digits without the C.".to_owned();
    }
    let digits_only = register.example.bytes().all(|b| b.is_ascii_digit());
    match text.chars().find(|c| !c.is_ascii_digit()) {
        Some(strange) if digits_only => format!("{} “{strange}” does not belong in it.", expected(register)),
        None if digits_only && text.len() != register.example.len() => {
            format!("{} This has {}.", expected(register), text.len())
        }
        _ => expected(register),
    }
}

/// The number without what people put round it: full-width digits narrowed, letters raised, the register's own name in
/// front dropped. Where the parts of a number matter, one hyphen stands between them.
fn normalised(register: &Register, text: &str) -> String {
    let mut out = String::new();
    let mut parted = false;
    for c in text.nfkc() {
        if c.is_alphanumeric() {
            if parted && register.has_parts && !out.is_empty() {
                out.push('-');
            }
            parted = false;
            out.extend(c.to_uppercase());
        } else {
            parted = true;
        }
    }
    let mut rest = out.as_str();
    let short = register.short.to_uppercase();
    for prefix in [short.as_str(), "REGISTRATION", "REF", "REG", "PIN", "NUMBER", "NO"] {
        let after = rest.strip_prefix(prefix).map(|after| after.trim_start_matches('-'));
        if let Some(after) = after
            && after.len() >= 4
            && after.contains(|c: char| c.is_ascii_digit())
            && !register.shape.is_match(rest)
        {
            rest = after;
        }
    }
    // France writes the kind of identifier before it: 8 is the RPPS.
    if let Some(before) = register.written_before
        && let Some(after) = rest.strip_prefix(before)
        && !register.shape.is_match(rest)
        && register.shape.is_match(after)
    {
        rest = after;
    }
    if register.is_triple { as_triple(rest) } else { rest.to_owned() }
}

/// Council, year and number, in whatever order they were written.
fn as_triple(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    let council = parts.iter().find(|part| part.bytes().all(|b| b.is_ascii_alphabetic()));
    let is_year = |part: &&&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let year = parts.iter().filter(|part| part.bytes().all(|b| b.is_ascii_digit())).find(is_year);
    let number = parts.iter().find(|part| part.bytes().all(|b| b.is_ascii_digit()) && Some(*part) != year);
    match (parts.len(), council, year, number) {
        (3, Some(council), Some(year), Some(number)) => format!("{council}-{year}-{number}"),
        _ => text.to_owned(),
    }
}

/// Which check digit a register's numbers carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    None,
    /// ISO/IEC 7812 over 80840 and the number.
    Npi,
    Luhn,
    /// The seventh of nine digits, weights 4 and 9 (KBV, Arztnummern).
    Lanr,
    /// Weights 1 and 3 from the left (GS1).
    Gs1,
    /// Modulus 11, from hearsay: it makes a number strange, never wrong.
    Hpr,
}

enum Checked {
    Holds,
    Fails,
    Doubted,
}

impl Check {
    pub fn parse(name: &str) -> Option<Check> {
        Some(match name {
            "" => Check::None,
            "luhn-80840" => Check::Npi,
            "luhn" => Check::Luhn,
            "lanr" => Check::Lanr,
            "gs1" => Check::Gs1,
            "hpr" => Check::Hpr,
            _ => return None,
        })
    }

    fn judge(self, text: &str) -> Checked {
        let digits: Vec<u32> = text.bytes().map(|b| u32::from(b.wrapping_sub(b'0'))).collect();
        let weighed = |weights: &[u32], of: &[u32]| -> u32 {
            of.iter().zip(weights.iter().cycle()).map(|(digit, weight)| digit * weight).sum()
        };
        let holds = match self {
            Check::None => true,
            Check::Npi => luhn(&format!("80840{text}")),
            Check::Luhn => luhn(text),
            Check::Lanr => digits.len() == 9 && (10 - weighed(&[4, 9], &digits[..6]) % 10) % 10 == digits[6],
            Check::Gs1 => weighed(&[1, 3], &digits).is_multiple_of(10),
            Check::Hpr => {
                let from_right: Vec<u32> = digits.iter().rev().copied().collect();
                weighed(&[1, 2, 3, 4, 5, 6, 7, 2, 3], &from_right).is_multiple_of(11)
            }
        };
        match (holds, self) {
            (true, _) => Checked::Holds,
            (false, Check::Hpr) => Checked::Doubted,
            (false, _) => Checked::Fails,
        }
    }
}

/// The check of ISO/IEC 7812: doubled from the right, the sum of digits divisible by 10.
pub(super) fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, b)| {
            let digit = u32::from(b.wrapping_sub(b'0'));
            if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::super::{find, registers};
    use super::*;

    fn judge(code: &str, text: &str) -> Result<String, String> {
        match judge_number(find(code).expect("known"), text) {
            Ok(Number { strange: Some(words), .. }) => Err(format!("strange: {words}")),
            Ok(number) => Ok(number.text),
            Err(fault) => Err(fault.words),
        }
    }

    #[test]
    fn every_example_is_a_number_of_its_register() {
        for register in registers() {
            assert_eq!(judge(register.code, register.example), Ok(register.example.to_owned()), "{}", register.code);
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (code, typed, number) in [
            ("nppes", " 1234 567-893 ", "1234567893"),
            ("nppes", "NPI: 1234567893", "1234567893"),
            ("nppes", "１２３４５６７８９３", "1234567893"),
            ("gmc", "GMC no. 900 0001", "9000001"),
            ("nmc", "pin 99z4471e", "99Z4471E"),
            ("ahpra", "med 0000 9328 46", "MED0000932846"),
            ("ahpra", "NMW0000000001", "NMW0000000001"),
            ("hpcsa", "mp 0123456", "MP0123456"),
            ("rpps", "99700366240", "99700366240"),
            ("rpps", "899700366240", "99700366240"),
            ("in-imr", "12345/2010/DMC", "DMC-2010-12345"),
            ("in-imr", "KMC 1998 771", "KMC-1998-771"),
            ("pmdc", "12345 P", "12345-P"),
            ("mdcn", "MDCN/R/12345", "R-12345"),
            ("goc", "01-99991", "01-99991"),
            ("ca-minc", "camd 1234 5679", "CAMD-1234-5679"),
            ("lanr", "1234566 01", "123456601"),
            ("efn", "80 276 999 000001 0", "802769990000010"),
        ] {
            assert_eq!(judge(code, typed), Ok(number.to_owned()), "{typed}");
        }
    }

    #[test]
    fn an_unknown_shape_is_for_a_person_and_is_told_what_was_expected() {
        for (code, typed, words) in [
            (
                "nppes",
                "123456789",
                "strange: An NPI has 10 digits that start with 1 or 2, the last a check digit, such as 2000000010. This has 9.",
            ),
            ("gphc", "5999999", "strange: A pharmacist's GPhC number has 7 digits, the first a 2, such as 2999999."),
            (
                "gmc",
                "C9000001",
                "strange: This is a consultant code. Write the GMC reference number: the 7 digits without the C.",
            ),
            ("nmc", "99Z44711", "strange: An NMC PIN has 2 digits, a letter, 4 digits and a letter, such as 99Z4471E."),
            (
                "ahpra",
                "QQQ0000000001",
                "strange: An Ahpra number has 3 letters for the profession and 10 digits, such as MED0000000001.",
            ),
            (
                "big",
                "9900000000O",
                "strange: A BIG number has 11 digits, such as 99000000001. “O” does not belong in it.",
            ),
        ] {
            assert_eq!(judge(code, typed), Err(words.to_owned()), "{typed}");
        }
    }

    #[test]
    fn only_a_wrong_check_digit_is_refused() {
        for (code, typed) in [
            ("nppes", "1234567894"),
            ("rpps", "99700366241"),
            ("efn", "802769990000011"),
            ("lanr", "123456501"),
            ("ch-medreg", "7601999999911"),
        ] {
            let words = judge(code, typed).unwrap_err();
            assert!(words.starts_with("One digit of this"), "{typed}: {words}");
        }
        assert_eq!(
            judge("nppes", ""),
            Err("Write your NPI number: 10 digits that start with 1 or 2, the last a check digit, such as 2000000010."
                .to_owned())
        );
        assert!(judge("hpr", "9999998").unwrap_err().starts_with("strange"), "the check is from hearsay");
    }

    #[test]
    fn the_check_digit_finds_every_single_slip_and_all_swaps_but_one() {
        let sound = "1234567893";
        for place in 1..10 {
            for digit in b'0'..=b'9' {
                let mut slip = sound.as_bytes().to_vec();
                if slip[place] == digit {
                    continue;
                }
                slip[place] = digit;
                assert!(!luhn(&format!("80840{}", String::from_utf8_lossy(&slip))));
            }
        }
        // 09 and 90 cannot be told apart; that is known of Luhn.
        assert!(luhn("80840") == luhn("80840") && luhn("0918") == luhn("9018"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_judged_without_harm(text in "\\PC{0,30}") {
            for register in registers() {
                let _ = judge_number(register, &text);
            }
        }
    }
}
