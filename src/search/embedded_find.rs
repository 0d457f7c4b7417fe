//! How the embedded engine finds: each thing asked for is the best of its spellings, and exact stands above stem,
//! synonym, beginning and typing error, in this order.

use super::embedded::Fields;
use super::engine::Hits;
use super::question::{Question, Unit};
use super::words::{Word, distance, forgiven};
use crate::base::id::{PostId, RoomId};
use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery, Query};
use tantivy::query::{RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyDocument, Term};

type Part = Box<dyn Query>;

const TITLE: Score = 1.6;
const STEM: Score = 0.9;
const SYNONYM: Score = 0.7;
const LOOSE: Score = 0.3;
const BEGINNING: Score = 0.3;
/// A typing error when the word as typed is known, and when it is not.
const TYPO_OF_KNOWN: Score = 0.08;
const TYPO: [Score; 3] = [0.0, 0.6, 0.4];
/// How much a second spelling in the same post adds.
const TIE: Score = 0.15;
/// Most words that a misspelt or unfinished word stands for.
const MOST_SPELLINGS: usize = 16;

pub(super) fn find(searcher: &Searcher, fields: &Fields, question: &Question) -> tantivy::Result<Hits> {
    let plan = Plan { searcher, fields, exact: question.exact };
    let strict = plan.words(question, false)?;
    let hits = plan.run(question, strict)?;
    if hits.rooms.is_empty() && !question.exact && question.units.iter().filter(|unit| !unit.quoted).count() > 1 {
        let any = plan.words(question, true)?;
        return plan.run(question, any);
    }
    Ok(hits)
}

struct Plan<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    exact: bool,
}

impl Plan<'_> {
    fn run(&self, question: &Question, words: Part) -> tantivy::Result<Hits> {
        let anywhere = self.within(question, words.box_clone(), false);
        let here = self.within(question, words, true);
        let top = TopDocs::with_limit(question.most).and_offset(question.offset).order_by_score();
        let (top, total) = self.searcher.search(&here, &(top, Count))?;
        let mut posts = Vec::with_capacity(top.len());
        for (_, at) in top {
            let document: TantivyDocument = self.searcher.doc(at)?;
            let id = document.get_first(self.fields.post).and_then(|value| value.as_str().and_then(PostId::parse));
            posts.extend(id);
        }
        let mut rooms: Vec<(RoomId, u64)> = self.searcher.search(&anywhere, &ByRoom)?.into_iter().collect();
        rooms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(Hits { posts, total: total as u64, rooms })
    }

    /// The words within the time and, if wanted, the room that was asked for.
    fn within(&self, question: &Question, words: Part, in_room: bool) -> BooleanQuery {
        let mut parts = vec![(Occur::Must, words)];
        if let (true, Some(room)) = (in_room, &question.room) {
            parts.push((Occur::Must, silent(term(self.fields.room, room.as_str()))));
        }
        if question.from.is_some() || question.to.is_some() {
            let bound = |millis| Term::from_field_i64(self.fields.at, millis);
            let from = question.from.map_or(Bound::Unbounded, |at| Bound::Included(bound(at.millis())));
            let to = question.to.map_or(Bound::Unbounded, |at| Bound::Excluded(bound(at.millis())));
            parts.push((Occur::Must, silent(Box::new(RangeQuery::new(from, to)))));
        }
        BooleanQuery::new(parts)
    }

    /// All that was asked for. Phrases must be there; of the rest most must, or `any` of it.
    fn words(&self, question: &Question, any: bool) -> tantivy::Result<Part> {
        let mut parts = Vec::new();
        let mut loose = Vec::new();
        for unit in &question.units {
            if unit.quoted {
                parts.push((Occur::Must, self.phrase(&unit.words, |word| &word.plain, false)));
            } else {
                loose.push(self.unit(unit)?);
            }
        }
        if !loose.is_empty() {
            let least = match loose.len() {
                _ if any => 1,
                count if count <= 2 || self.exact => count,
                count @ 3..=4 => count - 1,
                count => (count * 3).div_ceil(5),
            };
            let near = self.near(question);
            parts.push((Occur::Must, Box::new(BooleanQuery::union_with_minimum_required_clauses(loose, least))));
            parts.extend(near.map(|near| (Occur::Should, near)));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    /// A little more for words that stand together as they were typed.
    fn near(&self, question: &Question) -> Option<Part> {
        let words: Vec<&Word> =
            question.units.iter().filter(|unit| !unit.quoted).flat_map(|unit| &unit.words).collect();
        let pairs: Vec<Part> = words
            .windows(2)
            .map(|pair| {
                let terms = pair.iter().map(|word| Term::from_field_text(self.fields.text_stem, &word.stem)).collect();
                let mut phrase = PhraseQuery::new(terms);
                phrase.set_slop(2);
                boosted(Box::new(phrase), 0.2)
            })
            .collect();
        (!pairs.is_empty() && !self.exact).then(|| Box::new(BooleanQuery::union(pairs)) as Part)
    }

    fn unit(&self, unit: &Unit) -> tantivy::Result<Part> {
        let mut spellings = Vec::new();
        if let [word] = unit.words.as_slice() {
            self.word(word, unit.last, &mut spellings)?;
        } else {
            spellings.push(self.phrase(&unit.words, |word| &word.stem, true));
            let mut apart = Vec::new();
            for word in &unit.words {
                let mut spellings = Vec::new();
                self.word(word, false, &mut spellings)?;
                apart.push((Occur::Must, best(spellings)));
            }
            spellings.push(boosted(Box::new(BooleanQuery::new(apart)), LOOSE));
        }
        for term in &unit.synonyms {
            spellings.push(boosted(self.phrase(&term.words, |word| &word.stem, true), SYNONYM));
        }
        Ok(best(spellings))
    }

    /// A word: as typed, its stem, its typing errors, what it may be the beginning of.
    fn word(&self, word: &Word, last: bool, spellings: &mut Vec<Part>) -> tantivy::Result<()> {
        let Fields { title, text, title_stem, text_stem, .. } = *self.fields;
        spellings.push(boosted(term(title, &word.plain), TITLE));
        spellings.push(term(text, &word.plain));
        if self.exact {
            return Ok(());
        }
        spellings.push(boosted(term(title_stem, &word.stem), TITLE * STEM));
        spellings.push(boosted(term(text_stem, &word.stem), STEM));
        let frequency = |field, text: &str| self.searcher.doc_freq(&Term::from_field_text(field, text));
        let known = frequency(text_stem, &word.stem)? + frequency(title_stem, &word.stem)? > 0;
        for (spelling, errors) in self.misspelt(&word.plain, known)? {
            let boost = if known { TYPO_OF_KNOWN } else { TYPO[usize::from(errors)] };
            spellings.push(boosted(term(title, &spelling), TITLE * boost));
            spellings.push(boosted(term(text, &spelling), boost));
        }
        let length = word.plain.chars().count();
        if last && (length >= 4 || length >= 2 && !known) {
            for whole in self.beginning(&word.plain)? {
                spellings.push(boosted(term(title, &whole), TITLE * BEGINNING));
                spellings.push(boosted(term(text, &whole), BEGINNING));
            }
        }
        Ok(())
    }

    /// The words of the index that may be meant by a misspelt one, nearest and most frequent first. A known word is
    /// forgiven one error at most.
    fn misspelt(&self, typed: &str, known: bool) -> tantivy::Result<Vec<(String, u8)>> {
        let most = forgiven(typed).min(if known { 1 } else { 2 });
        if most == 0 {
            return Ok(Vec::new());
        }
        let wanted = Term::from_field_text(self.fields.text, typed);
        let automaton = || FuzzyTermQuery::new(wanted.clone(), most, true).automaton();
        let mut found: HashMap<String, u64> = HashMap::new();
        for segment in self.searcher.segment_readers() {
            for field in [self.fields.title, self.fields.text] {
                let index = segment.inverted_index(field)?;
                let mut stream = index.terms().search(automaton()?).into_stream()?;
                while stream.advance() {
                    if let Ok(text) = std::str::from_utf8(stream.key()) {
                        *found.entry(text.to_owned()).or_default() += u64::from(stream.value().doc_freq);
                    }
                }
            }
        }
        let mut out: Vec<(String, u8, u64)> = found
            .into_iter()
            .filter(|(text, _)| text != typed)
            .filter_map(|(text, count)| distance(typed, &text).map(|errors| (text, errors, count)))
            .filter(|(_, errors, _)| *errors <= most)
            .collect();
        out.sort_by(|a, b| a.1.cmp(&b.1).then(b.2.cmp(&a.2)).then_with(|| a.0.cmp(&b.0)));
        out.truncate(MOST_SPELLINGS);
        Ok(out.into_iter().map(|(text, errors, _)| (text, errors)).collect())
    }

    /// The words of the index that begin so.
    fn beginning(&self, typed: &str) -> tantivy::Result<Vec<String>> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            for field in [self.fields.title, self.fields.text] {
                let index = segment.inverted_index(field)?;
                let mut stream = index.terms().range().ge(typed.as_bytes()).into_stream()?;
                let mut taken = 0;
                while taken < MOST_SPELLINGS && stream.advance() && stream.key().starts_with(typed.as_bytes()) {
                    taken += 1;
                    if let Ok(text) = std::str::from_utf8(stream.key())
                        && text != typed
                    {
                        found.insert(text.to_owned());
                    }
                }
            }
        }
        Ok(found.into_iter().take(MOST_SPELLINGS).collect())
    }

    /// Words in this order, in the title or in the text.
    fn phrase(&self, words: &[Word], form: fn(&Word) -> &str, stemmed: bool) -> Part {
        let Fields { title, text, title_stem, text_stem, .. } = *self.fields;
        let (title, text) = if stemmed { (title_stem, text_stem) } else { (title, text) };
        let within = |field| -> Part {
            match words {
                [word] => term(field, form(word)),
                words => {
                    let terms = words.iter().map(|word| Term::from_field_text(field, form(word))).collect();
                    Box::new(PhraseQuery::new(terms))
                }
            }
        };
        best(vec![boosted(within(title), TITLE), within(text)])
    }
}

fn term(field: Field, text: &str) -> Part {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn best(spellings: Vec<Part>) -> Part {
    Box::new(DisjunctionMaxQuery::with_tie_breaker(spellings, TIE))
}

fn boosted(part: Part, boost: Score) -> Part {
    Box::new(BoostQuery::new(part, boost))
}

/// A condition that says nothing about how good a hit is.
fn silent(part: Part) -> Part {
    boosted(part, 0.0)
}

/// Counts hits by room.
struct ByRoom;

struct ByRoomHere {
    rooms: Option<tantivy::columnar::StrColumn>,
    counts: HashMap<u64, u64>,
}

impl Collector for ByRoom {
    type Fruit = HashMap<RoomId, u64>;
    type Child = ByRoomHere;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<ByRoomHere> {
        Ok(ByRoomHere { rooms: segment.fast_fields().str("room")?, counts: HashMap::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<HashMap<RoomId, u64>>) -> tantivy::Result<HashMap<RoomId, u64>> {
        let mut out = HashMap::new();
        for (room, count) in fruits.into_iter().flatten() {
            *out.entry(room).or_default() += count;
        }
        Ok(out)
    }
}

impl SegmentCollector for ByRoomHere {
    type Fruit = HashMap<RoomId, u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        if let Some(rooms) = &self.rooms
            && let Some(room) = rooms.term_ords(doc).next()
        {
            *self.counts.entry(room).or_default() += 1;
        }
    }

    fn harvest(self) -> HashMap<RoomId, u64> {
        let mut out = HashMap::new();
        for (room, count) in self.counts {
            let mut text = String::new();
            let named = self.rooms.as_ref().is_some_and(|rooms| rooms.ord_to_str(room, &mut text).unwrap_or(false));
            if let (true, Some(room)) = (named, RoomId::parse(&text)) {
                out.insert(room, count);
            }
        }
        out
    }
}
