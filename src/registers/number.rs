//! Registration numbers: read as people write them, judged at once.

use super::Register;
use crate::base::problem::Fault;
use unicode_normalization::UnicodeNormalization;

/// A number that its register could have given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    register: &'static Register,
    text: String,
}

impl Number {
    pub fn register(&self) -> &'static Register {
        self.register
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Reads a registration number as typed: spaces, hyphens and a leading "GMC" or "No." do not matter. Format and check
/// digit are judged; whether it was ever given to anybody is another question.
///
/// # Errors
/// A fault of the field `number` that says what such a number looks like, or that one digit is wrong.
pub fn judge_number(register: &'static Register, text: &str) -> Result<Number, Fault> {
    let text = normalised(register, text);
    if text.is_empty() {
        return Err(Fault::new(
            "number",
            "missing",
            format!("Write your {} number: {}.", register.short, register.number_words),
        ));
    }
    match (register.shape)(&text) {
        Ok(()) => Ok(Number { register, text }),
        Err(words) => Err(Fault::new("number", "not-a-number", words)),
    }
}

/// The number without what people put round it: full-width digits narrowed, letters raised, the register's own name in
/// front dropped.
fn normalised(register: &Register, text: &str) -> String {
    let text: String = text.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let mut rest = text.as_str();
    let short = register.short.to_uppercase();
    for prefix in [short.as_str(), "REF", "REG", "PIN", "NUMBER", "NO"] {
        if let Some(after) = rest.strip_prefix(prefix)
            && after.len() >= 4
        {
            rest = after;
        }
    }
    rest.to_owned()
}

/// What the numbers of each register look like. Each function gets a normalised text.
pub(super) mod shapes {
    use super::{digits, luhn};

    pub fn npi(text: &str) -> Result<(), String> {
        digits("An NPI", text, 10)?;
        if !text.starts_with(['1', '2']) {
            return Err("An NPI starts with 1 or 2. Check the first digit.".to_owned());
        }
        if !luhn(&format!("80840{text}")) {
            return Err("One digit of this NPI is wrong or two are swapped. Compare it with your record.".to_owned());
        }
        Ok(())
    }

    pub fn gmc(text: &str) -> Result<(), String> {
        if text.len() == 8 && text.starts_with('C') && text[1..].bytes().all(|b| b.is_ascii_digit()) {
            return Err(
                "This is a consultant code. Write the GMC reference number: the 7 digits without the C.".to_owned()
            );
        }
        digits("A GMC number", text, 7)
    }

    pub fn nmc(text: &str) -> Result<(), String> {
        pattern("An NMC PIN", text, "00A0000A", "2 digits, a letter, 4 digits and a letter, such as 99Z4471E")
    }

    pub fn hcpc(text: &str) -> Result<(), String> {
        let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
        let rest = &text.as_bytes()[letters..];
        let sound = (2..=3).contains(&letters) && (1..=6).contains(&rest.len()) && rest.iter().all(u8::is_ascii_digit);
        sound.then_some(()).ok_or_else(|| {
            "An HCPC number has 2 or 3 letters for the profession and up to 6 digits, such as ZZ000001.".to_owned()
        })
    }

    pub fn gphc(text: &str) -> Result<(), String> {
        digits("A GPhC number", text, 7)?;
        text.starts_with('2').then_some(()).ok_or_else(|| "A pharmacist's GPhC number starts with 2.".to_owned())
    }

    pub fn imc(text: &str) -> Result<(), String> {
        digits("A Medical Council number", text, 6)
    }

    pub fn ahpra(text: &str) -> Result<(), String> {
        pattern("An Ahpra number", text, "AAA0000000000", "3 letters and 10 digits, such as MED0000000001")
    }

    pub fn mcnz(text: &str) -> Result<(), String> {
        ((4..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
            .then_some(())
            .ok_or_else(|| "An MCNZ number has 4 to 6 digits.".to_owned())
    }

    pub fn hpcsa(text: &str) -> Result<(), String> {
        let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
        let rest = &text.as_bytes()[letters..];
        ((2..=3).contains(&letters) && rest.len() == 7 && rest.iter().all(u8::is_ascii_digit))
            .then_some(())
            .ok_or_else(|| "An HPCSA number has 2 or 3 letters and 7 digits, such as MP0123456.".to_owned())
    }

    pub fn rpps(text: &str) -> Result<(), String> {
        // The national identifier is an 8 before the RPPS number.
        if text.len() == 12 && text.starts_with('8') {
            return Err("Leave out the 8 in front: the RPPS number is the 11 digits after it.".to_owned());
        }
        digits("An RPPS number", text, 11)?;
        luhn(text).then_some(()).ok_or_else(|| {
            "One digit of this RPPS number is wrong or two are swapped. Compare it with your card.".to_owned()
        })
    }

    pub fn big(text: &str) -> Result<(), String> {
        digits("A BIG number", text, 11)
    }

    fn pattern(what: &str, text: &str, shape: &str, words: &str) -> Result<(), String> {
        let fits = text.len() == shape.len()
            && text
                .bytes()
                .zip(shape.bytes())
                .all(|(c, s)| if s == b'0' { c.is_ascii_digit() } else { c.is_ascii_uppercase() });
        fits.then_some(()).ok_or_else(|| format!("{what} has {words}."))
    }
}

fn digits(what: &str, text: &str, wanted: usize) -> Result<(), String> {
    if let Some(strange) = text.chars().find(|c| !c.is_ascii_digit()) {
        return Err(format!("{what} has digits only; “{strange}” does not belong in it."));
    }
    match text.len() {
        got if got == wanted => Ok(()),
        1 => Err(format!("{what} has {wanted} digits; this has 1.")),
        got => Err(format!("{what} has {wanted} digits; this has {got}.")),
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
        judge_number(find(code).expect("known"), text).map(|n| n.as_str().to_owned()).map_err(|fault| fault.words)
    }

    #[test]
    fn every_example_is_a_number_of_its_register() {
        for register in registers() {
            assert_eq!(judge(register.code, register.example), Ok(register.example.to_owned()));
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
            ("hpcsa", "mp 0123456", "MP0123456"),
            ("rpps", "99700366240", "99700366240"),
        ] {
            assert_eq!(judge(code, typed), Ok(number.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_what_to_do() {
        for (code, typed, words) in [
            ("nppes", "", "Write your NPI number: 10 digits, the last a check digit."),
            ("nppes", "123456789", "An NPI has 10 digits; this has 9."),
            ("nppes", "12345678O3", "An NPI has digits only; “O” does not belong in it."),
            ("nppes", "3000000018", "An NPI starts with 1 or 2. Check the first digit."),
            ("nppes", "1234567894", "One digit of this NPI is wrong or two are swapped. Compare it with your record."),
            (
                "gmc",
                "C9000001",
                "This is a consultant code. Write the GMC reference number: the 7 digits without the C.",
            ),
            ("nmc", "99Z44711", "An NMC PIN has 2 digits, a letter, 4 digits and a letter, such as 99Z4471E."),
            ("rpps", "899700366240", "Leave out the 8 in front: the RPPS number is the 11 digits after it."),
        ] {
            assert_eq!(judge(code, typed), Err(words.to_owned()), "{typed}");
        }
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
