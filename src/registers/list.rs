//! The registers known here. A register whose entries are not published as a file is known by its number's format
//! alone; then a verifier looks the entry up by hand.

use super::number::Check;
use super::profession::Profession;
use regex::Regex;
use std::sync::LazyLock;

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
    pub professions: Vec<Profession>,
    /// "An NPI", "A GMC number".
    pub number_called: &'static str,
    /// What a number looks like, for people.
    pub number_words: &'static str,
    /// An invented number of that form.
    pub example: &'static str,
    /// Where a person can look an entry up.
    pub lookup: &'static str,
    pub(super) shape: Regex,
    pub(super) check: Check,
    pub(super) layout: Option<Layout>,
    /// What is written before a number and is no part of it.
    pub(super) written_before: Option<&'static str>,
    /// The parts of a number are told apart by a hyphen.
    pub(super) has_parts: bool,
    /// Council, year and number.
    pub(super) is_triple: bool,
}

/// A published layout that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Nppes,
    Lrmp,
    Rpps,
    SodaWashington,
    SodaColorado,
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
    &REGISTERS
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

static REGISTERS: LazyLock<Vec<Register>> = LazyLock::new(|| {
    let lines = include_str!("data/registers.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(read).collect()
});

/// A line of the list. One that cannot be read is left out; a test counts them.
fn read(line: &'static str) -> Option<Register> {
    let fields: Vec<&str> = line.split(" |").map(str::trim).collect();
    let [code, name, short, country, country_name, professions, called, words, example, shape, check, more, lookup] =
        fields.as_slice()
    else {
        return None;
    };
    let more: Vec<&'static str> = more.split_whitespace().collect();
    let given = |key: &str| more.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='));
    Some(Register {
        code,
        name,
        short,
        country,
        country_name,
        professions: professions.split_whitespace().filter_map(Profession::parse).collect(),
        number_called: called,
        number_words: words,
        example,
        lookup,
        shape: Regex::new(&format!("^(?-u:{shape})$")).ok()?,
        check: Check::parse(check)?,
        layout: match given("file") {
            Some("nppes") => Some(Layout::Nppes),
            Some("lrmp") => Some(Layout::Lrmp),
            Some("rpps") => Some(Layout::Rpps),
            Some("soda-wa") => Some(Layout::SodaWashington),
            Some("soda-co") => Some(Layout::SodaColorado),
            _ => None,
        },
        written_before: given("before"),
        has_parts: more.contains(&"parts") || more.contains(&"triple"),
        is_triple: more.contains(&"triple"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_register() {
        let mut lines = include_str!("data/registers.txt").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.clone().count(), registers().len(), "{:?}", lines.find(|line| read(line).is_none()));
        let mut codes: Vec<&str> = registers().iter().map(|register| register.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), registers().len());
        assert!(registers().iter().all(|register| !register.professions.is_empty()));
    }
}
