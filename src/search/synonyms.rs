//! Clinical synonyms and abbreviations from `search/synonyms.tsv`: one group a line, tabs between terms that mean the
//! same. A term may stand in several groups (PE is pulmonary embolism and physical examination). A term written `=AS`
//! is a common word in small letters: it counts only when typed in exactly these letters, and is never searched for.

use super::words::{Word, distance, words};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

const FILE: &str = include_str!("../../search/synonyms.tsv");

/// One term of a group.
#[derive(Debug, Clone)]
pub struct Term {
    /// As it is written in the file.
    pub text: String,
    pub words: Vec<Word>,
    /// Counts only as written, and is never searched for.
    pub strict: bool,
}

/// All groups, and where each beginning of a term leads.
pub struct Synonyms {
    groups: Vec<Vec<Term>>,
    /// The stem of a term's first word to the places of the term: group and term.
    by_first: HashMap<String, Vec<(usize, usize)>>,
    vocabulary: HashSet<String>,
    longest: usize,
}

/// A run of typed words that is a term, and what else is said for it.
pub struct Match {
    /// How many of the typed words it takes.
    pub words: usize,
    pub others: Vec<Term>,
}

/// The house's synonyms.
pub fn house() -> &'static Synonyms {
    static HOUSE: LazyLock<Synonyms> = LazyLock::new(|| Synonyms::read(FILE));
    &HOUSE
}

impl Synonyms {
    /// Reads the file's text; empty lines and lines that begin with `#` say nothing.
    pub fn read(file: &str) -> Synonyms {
        let groups: Vec<Vec<Term>> = file
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|line| line.split('\t').filter(|text| !text.trim().is_empty()).map(read_term).collect())
            .collect();
        let mut by_first: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        let mut vocabulary = HashSet::new();
        let mut longest = 0;
        for (group, terms) in groups.iter().enumerate() {
            for (place, term) in terms.iter().enumerate() {
                if let Some(first) = term.words.first() {
                    by_first.entry(first.stem.clone()).or_default().push((group, place));
                }
                vocabulary.extend(term.words.iter().map(|word| word.plain.clone()));
                longest = longest.max(term.words.len());
            }
        }
        Synonyms { groups, by_first, vocabulary, longest }
    }

    #[cfg(test)]
    fn groups(&self) -> &[Vec<Term>] {
        &self.groups
    }

    /// The longest term that `typed` begins with, and its synonyms; `text` is what the words were read from. If there
    /// is none as typed, a term of several words with one of them mistyped.
    pub fn at(&self, text: &str, typed: &[Word]) -> Option<Match> {
        let most = typed.len().min(self.longest);
        for count in (1..=most).rev() {
            let same: Vec<(usize, usize)> = self
                .by_first
                .get(&typed[0].stem)
                .into_iter()
                .flatten()
                .copied()
                .filter(|&(group, place)| self.groups[group][place].is(text, &typed[..count]))
                .collect();
            if !same.is_empty() {
                return Some(Match { words: count, others: self.others(&same) });
            }
        }
        (2..=most).rev().find_map(|count| {
            let near = self.nearly(&typed[..count]);
            (!near.is_empty()).then(|| Match { words: count, others: self.with_themselves(&near) })
        })
    }

    fn nearly(&self, typed: &[Word]) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        for (group, terms) in self.groups.iter().enumerate() {
            for (place, term) in terms.iter().enumerate() {
                if term.words.len() != typed.len() || term.strict {
                    continue;
                }
                let wrong: Vec<_> = term.words.iter().zip(typed).filter(|(a, b)| a.stem != b.stem).collect();
                if let [(meant, typed)] = wrong.as_slice()
                    && !self.vocabulary.contains(&typed.plain)
                    && distance(&typed.plain, &meant.plain).is_some()
                {
                    out.push((group, place));
                }
            }
        }
        out
    }

    fn others(&self, same: &[(usize, usize)]) -> Vec<Term> {
        let mut out: Vec<Term> = Vec::new();
        for &(group, place) in same {
            for (other, term) in self.groups[group].iter().enumerate() {
                if other != place && !term.strict && !out.iter().any(|known| known.same_words(term)) {
                    out.push(term.clone());
                }
            }
        }
        out
    }

    fn with_themselves(&self, near: &[(usize, usize)]) -> Vec<Term> {
        let mut out: Vec<Term> = near.iter().map(|&(group, place)| self.groups[group][place].clone()).collect();
        for term in self.others(near) {
            if !out.iter().any(|known| known.same_words(&term)) {
                out.push(term);
            }
        }
        out
    }

    /// Each term in small letters with all it may also be called, as Meilisearch wants them.
    pub fn both_ways(&self) -> BTreeMap<String, Vec<String>> {
        let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for terms in &self.groups {
            for (place, term) in terms.iter().enumerate().filter(|(_, term)| !term.strict) {
                let others = out.entry(term.text.to_lowercase()).or_default();
                for other in terms.iter().enumerate().filter(|(at, other)| *at != place && !other.strict) {
                    let other = other.1.text.to_lowercase();
                    if !others.contains(&other) {
                        others.push(other);
                    }
                }
            }
        }
        out
    }
}

impl Term {
    fn is(&self, text: &str, typed: &[Word]) -> bool {
        self.words.len() == typed.len()
            && self.words.iter().zip(typed).all(|(a, b)| a.stem == b.stem)
            && (!self.strict
                || typed.iter().zip(&self.words).all(|(b, a)| text[b.at.clone()] == self.text[a.at.clone()]))
    }

    fn same_words(&self, other: &Term) -> bool {
        self.words.len() == other.words.len() && self.words.iter().zip(&other.words).all(|(a, b)| a.stem == b.stem)
    }
}

fn read_term(text: &str) -> Term {
    let text = text.trim();
    let (strict, text) = text.strip_prefix('=').map_or((false, text), |rest| (true, rest));
    Term { text: text.to_owned(), words: words(text), strict }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_enough_groups_and_each_says_something() {
        assert!(house().groups().len() >= 150, "{}", house().groups().len());
        for group in house().groups() {
            assert!(group.len() >= 2, "{group:?}");
            assert!(group.iter().all(|term| !term.words.is_empty()), "{group:?}");
        }
    }

    #[test]
    fn a_term_leads_to_its_others_both_ways() {
        let others = |text: &str| -> Vec<String> {
            house().at(text, &words(text)).map_or(vec![], |found| found.others.into_iter().map(|t| t.text).collect())
        };
        assert!(others("MI").contains(&"myocardial infarction".to_owned()));
        assert!(others("heart attacks").contains(&"MI".to_owned()));
        assert!(others("myocardial infraction").contains(&"heart attack".to_owned()));
        assert!(others("AS").contains(&"aortic stenosis".to_owned()));
        assert!(others("as").is_empty());
    }
}
