//! Names: of patients and their families, of colleagues, and the names by which staff call a patient.

use super::contact::before_word;
use super::lexicon::*;
use super::names::*;
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    let shouting = shouted_lines(scene);
    let mut at = 0;
    while at < tokens.len() {
        let finder = Finder { scene, at, shouted: shouting[at] };
        match finder.triggered().or_else(|| finder.bare()) {
            Some((hit, next)) => {
                hits.push(hit);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
}

/// For each token, whether its line is written in capitals, so that they tell nothing.
fn shouted_lines(scene: &Scene) -> Vec<bool> {
    let mut out = Vec::with_capacity(scene.tokens.len());
    let mut from = 0;
    while from < scene.tokens.len() {
        let to = scene.tokens[from + 1..].iter().position(|t| t.line).map_or(scene.tokens.len(), |i| from + 1 + i);
        let words = scene.tokens[from..to].iter().filter(|t| t.word() && t.len() > 2);
        let (upper, all) = words.fold((0, 0), |(u, a), t| (u + usize::from(t.case == Case::Upper), a + 1));
        let shouted = all >= 4 && upper * 10 >= all * 7;
        out.resize(to, shouted);
        from = to;
    }
    out
}

struct Finder<'a> {
    scene: &'a Scene<'a>,
    at: usize,
    shouted: bool,
}

impl Finder<'_> {
    fn token(&self, i: usize) -> Option<&Token> {
        self.scene.tokens.get(i)
    }

    fn lower(&self, i: usize) -> String {
        self.token(i).map(|t| self.scene.text[t.start..t.end].to_ascii_lowercase()).unwrap_or_default()
    }

    fn sign(&self, i: usize, c: u8) -> bool {
        self.token(i).is_some_and(|t| t.kind == Kind::Sign && self.scene.text.as_bytes()[t.start] == c)
    }

    /// Whether a token could be written as a name here.
    fn shaped(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.word() && (t.case == Case::Capital || self.shouted && t.case == Case::Upper) || t.kind == Kind::Foreign)
    }

    fn hit(&self, from: usize, to: usize, category: Category, severity: Severity, rule: &'static str) -> (Hit, usize) {
        let tokens = self.scene.tokens;
        (Hit { start: tokens[from].start, end: tokens[to - 1].end, category, severity, rule }, to)
    }

    /// The end of a run of name words that begins at `i`: capitals, initials, particles, hyphens, a nickname in quotes.
    fn run(&self, i: usize, sure: bool) -> usize {
        let mut end = i;
        let mut at = i;
        let mut words = 0;
        while words < 5 {
            let Some(token) = self.token(at) else { break };
            if at > i && token.line {
                break;
            }
            let joined = at > i && !token.spaced;
            if token.kind == Kind::Sign {
                let byte = self.scene.text.as_bytes()[token.start];
                // A hyphen inside, a full stop after an initial, a nickname in quotes.
                if byte == b'-' && !token.spaced && self.token(at + 1).is_some_and(|n| !n.spaced && n.word()) && end == at {
                    at += 1;
                    continue;
                }
                if byte == b'.' && end == at && at > i && (tokens_initial(self.token(at - 1)) || self.lower(at - 1) == "st") && !token.spaced {
                    at += 1;
                    end = at;
                    if !(self.shaped(at) || tokens_initial(self.token(at))) {
                        break;
                    }
                    continue;
                }
                if byte == b'"' && end == at && self.shaped(at + 1) && self.sign(at + 2, b'"') && self.shaped(at + 3) {
                    at += 3;
                    continue;
                }
                break;
            }
            if !token.word() && token.kind != Kind::Foreign {
                break;
            }
            let hyphened = joined && self.sign(at.wrapping_sub(1), b'-');
            let name = if self.shaped(at) {
                let looks = look(token);
                words == 0 && sure || hyphened || looks > Look::Double || looks == Look::Double && (words > 0 || token.is(FIRST)) || sure && words > 0 && !token.is(COMMON | MONTH | BRAND) && !heads(&self.lower(at))
            } else if token.case == Case::Initial {
                // "Harleen K.", "P. Labuschagne"; not "Vitamin K" and not "A" or "I" as words.
                let text = self.lower(at);
                (self.sign(at + 1, b'.') || words > 0 && text != "i" && text != "a") && !(words == 0 && !self.sign(at + 1, b'.'))
            } else if token.case == Case::Lower && words > 0 && PARTICLES.contains(&self.lower(at).as_str()) && (self.shaped(at + 1) || self.sign(at + 1, b'-')) {
                true
            } else {
                hyphened && token.case == Case::Lower && token.len() > 2 && !token.is(COMMON | VOCAB)
            };
            if !name {
                break;
            }
            if at > i && self.token(at - 1).is_some_and(|p| p.possessive) {
                break;
            }
            words += 1;
            at += 1;
            end = at;
        }
        end
    }

    /// A run of lower-case names, after a strong trigger.
    fn lower_run(&self, i: usize) -> usize {
        let mut end = i;
        while end < i + 3 {
            let Some(token) = self.token(end) else { break };
            let name = token.word() && token.case == Case::Lower && token.len() > 2 && (!token.is(COMMON | VOCAB | BRAND | MONTH) && (token.is(FIRST | LAST | RARE) || end == i && !token.is(EPONYM | REGION | PLACE)) || token.is(FIRST) && !token.is(COMMON));
            if !name || token.line && end > i || end > i && !token.is(FIRST | LAST | RARE) && token.is(COMMON | VOCAB) {
                break;
            }
            end += 1;
            if token.possessive {
                break;
            }
        }
        end
    }

    fn before(&self, i: usize, back: usize) -> String {
        i.checked_sub(back).map(|j| self.lower(j)).unwrap_or_default()
    }

    /// Names that a word before them announces.
    fn triggered(&self) -> Option<(Hit, usize)> {
        let at = self.at;
        let token = self.token(at)?;
        if !token.word() {
            return None;
        }
        let word = self.lower(at);
        let capital = matches!(token.case, Case::Capital | Case::Initial);
        let mut next = at + 1;
        while self.sign(next, b'.') && !self.token(next)?.spaced {
            next += 1;
        }
        let after = self.token(next)?;
        if after.line && !matches!(word.as_str(), "name" | "patient") {
            return None;
        }
        if TITLES.contains(&word.as_str()) && (word != "ms" || capital) && (word != "mr" || capital || self.scene.lowercase) && (word != "fr" || capital) && !(matches!(word.as_str(), "mama" | "baba" | "tata" | "seth" | "lord" | "dame" | "bibi" | "rev" | "imam" | "rabbi" | "pastor") && !capital) || self.shouted && matches!(word.as_str(), "mr" | "mrs") {
            if let Some(found) = self.named(next, Category::Name, "title") {
                return Some(found);
            }
        }
        if (DOCTORS.contains(&word.as_str()) && token.case != Case::Upper) || word == "sister" && capital && !token.opens || matches!(word.as_str(), "sister" | "nurse") && capital && self.token(next).is_some_and(|t| look(t) > Look::Double && t.capital()) {
            // "Dr B. Rao and Dr. Hetal"; not "Dr said".
            if word == "sr" && !capital {
                return None;
            }
            if let Some(found) = self.named(next, Category::Clinician, "colleague-title") {
                return Some(found);
            }
        }
        let phrase = self.naming(at, &word);
        if phrase > 0 {
            let mut i = at + phrase;
            while i < at + phrase + 3 && (self.sign(i, b':') || self.sign(i, b'"') || self.sign(i, b'\'') || self.sign(i, b'(') || self.sign(i, b',') || self.sign(i, b'-') || self.sign(i, b'*')) {
                i += 1;
            }
            let i = if matches!(self.lower(i).as_str(), "mr" | "mrs" | "ms" | "miss" | "dr") { i + 1 + usize::from(self.sign(i + 1, b'.')) } else { i };
            let first = self.token(i)?;
            let fits = self.shaped(i) && look(first) > Look::Double || self.shaped(i) && first.is(FIRST) || self.shaped(i) && word.starts_with("nam") && look(first) != Look::No;
            if fits && !self.cited(i, self.run(i, true)) {
                let end = self.run(i, true);
                return Some(self.hit(i, end, Category::Name, Severity::Block, "named"));
            }
            if self.token(i).is_some_and(|t| t.case == Case::Lower) && (self.scene.lowercase || word == "named" || word == "name") {
                let end = self.lower_run(i);
                if end > i && self.token(i).is_some_and(|t| t.is(FIRST | RARE)) {
                    return Some(self.hit(i, end, Category::Name, Severity::Block, "named"));
                }
            }
        }
        if let Some(found) = self.codename(at, &word) {
            return Some(found);
        }
        let relative = RELATIVES.contains(&word.as_str());
        let patient = PATIENTS.contains(&word.as_str());
        let staff = STAFF.contains(&word.as_str());
        if relative || patient || staff {
            let mut i = next;
            if relative && matches!(self.lower(i).as_str(), "in") && self.sign(i.wrapping_sub(1), b'-') {
                return None;
            }
            let mut gap = false;
            while (self.sign(i, b'(') || self.sign(i, b',') || self.sign(i, b'-') || self.sign(i, b'\'') || self.sign(i, b'"') || self.sign(i, b':')) && i < next + 2 {
                gap |= !self.sign(i, b'\'') && !self.sign(i, b'"');
                i += 1;
            }
            let first = self.token(i)?;
            if first.line && i > next {
                return None;
            }
            let looks = look(first);
            // `mum (Xiomara)`, `brother Farhad`, `GP Bill Thackray`, `Husband, Kumaran,`.
            let enough = match (gap, relative) {
                (false, true) => looks > Look::Double || first.is(FIRST),
                (false, false) => looks > Look::Unknown && !first.is(PLACE) || first.is(FIRST) && self.shaped(i + 1) && self.token(i + 1).is_some_and(|t| look(t) >= Look::Double) || looks == Look::Unknown && (staff || patient) || looks == Look::Given,
                (true, true) => looks == Look::Given || looks > Look::Double && (self.sign(i + 1, b',') || self.sign(i + 1, b')')) || first.is(FIRST) && (self.sign(i + 1, b')') || self.sign(i + 1, b',')),
                (true, false) => looks == Look::Given,
            };
            if self.shaped(i) && enough && !first.opens {
                let end = self.run(i, true);
                if !self.cited(i, end) && !self.institution(end) {
                    let category = if staff && !relative { Category::Clinician } else { Category::Name };
                    let severity = if staff { Severity::Confirm } else { Severity::Block };
                    return Some(self.hit(i, end, category, severity, if staff { "colleague" } else { "relative" }));
                }
            }
            if !gap && first.case == Case::Lower && first.spaced && !token.possessive {
                let strong = first.is(FIRST) && !first.is(COMMON) && (!first.is(VOCAB) || first.len() > 4) || !first.is(ORDINARY) && first.is(RARE | LAST) || relative && first.is(FIRST) && self.scene.lowercase && HUMAN.contains(&self.lower(i + 1).as_str());
                if strong && !first.is(PLACE) | first.is(FIRST) && (relative || self.scene.lowercase) {
                    let end = self.lower_run(i).max(i + 1);
                    let category = if staff && !relative { Category::Clinician } else { Category::Name };
                    return Some(self.hit(i, end, category, if staff { Severity::Confirm } else { Severity::Block }, "relative-lower"));
                }
            }
        }
        None
    }

    /// A name after a title.
    fn named(&self, i: usize, category: Category, rule: &'static str) -> Option<(Hit, usize)> {
        let token = self.token(i)?;
        let severity = if category == Category::Clinician { Severity::Confirm } else { Severity::Block };
        if self.shaped(i) || token.case == Case::Upper && token.len() > 2 || token.case == Case::Initial {
            if token.is(COMMON) && !token.is(FIRST | LAST) && token.opens {
                return None;
            }
            let mut end = self.run(i, true);
            if end == i {
                end = i + 1;
                while self.token(end).is_some_and(|t| t.case == Case::Upper && t.len() > 1 && t.word() && !t.line) && end < i + 3 || self.sign(end, b'.') && self.token(end + 1).is_some_and(|t| t.case == Case::Initial || t.case == Case::Capital) && !self.token(end + 1).is_some_and(|t| t.spaced && look(t) == Look::No) {
                    end += 1;
                }
                if token.case == Case::Initial && end == i + 1 && !self.sign(end, b'.') && self.lower(i) == "i" {
                    return None;
                }
                if token.case == Case::Initial && self.sign(end, b'.') {
                    end += 1;
                }
            }
            return Some(self.hit(i, end, category, severity, rule));
        }
        let end = self.lower_run(i);
        if end > i {
            return Some(self.hit(i, end, category, severity, rule));
        }
        (token.case == Case::Lower && token.is(FIRST | LAST) && !DEEDS.contains(&self.lower(i).as_str()) && self.scene.lowercase).then(|| self.hit(i, i + 1, category, severity, rule))
    }

    /// The length in tokens of a phrase that announces a name, 0 if none.
    fn naming(&self, at: usize, word: &str) -> usize {
        let next = self.lower(at + 1);
        match word {
            "named" | "nee" | "aka" | "alias" => 1,
            "called" if !matches!(self.before(at, 1).as_str(), "we" | "i" | "they" | "team" | "nurse" | "ward" | "was") => 1,
            "name" if next == "is" || next == "was" || next == ":" || next == "in" || next == "given" || next == "reads" || next == "on" || next == "-" => {
                (2..9).find(|n| self.shaped(at + n) && look(&self.scene.tokens[at + n]) > Look::No && !self.scene.tokens[at + n].opens || self.sign(at + n, b'.')).unwrap_or(2)
            }
            "name" => 1,
            "goes" if next == "by" => 2,
            "known" if next == "as" => 2,
            "signed" if next == "as" => 2,
            "id" | "pt" | "patient" | "re" | "dear" | "hi" | "client" | "baby" | "attn" if next == ":" || matches!(word, "dear") => 1,
            "s" if next == "/" && self.lower(at + 2) == "o" => 3,
            "d" | "w" if next == "/" && self.lower(at + 2) == "o" => 3,
            _ => 0,
        }
    }

    /// Names by which staff call or list a patient.
    fn codename(&self, at: usize, word: &str) -> Option<(Hit, usize)> {
        let next = self.lower(at + 1);
        let third = self.lower(at + 2);
        let length = match word {
            "call" | "calls" | "called" | "calling" | "nickname" | "nicknamed" | "dub" | "dubbed" | "name" | "named" if matches!(next.as_str(), "him" | "her" | "them" | "it" | "she" | "he") => 2,
            "alias" | "codename" | "codenamed" | "nickname" | "nicknamed" | "dubbed" | "pseudonym" => 1,
            "code" if next == "name" => 2,
            "listed" | "registered" | "logged" | "entered" | "booked" | "recorded" | "filed" if matches!(next.as_str(), "as" | "under") => 2 + usize::from(third == "alias"),
            "in" if next == "as" && matches!(self.before(at, 1).as_str(), "brought" | "came" | "booked" | "checked" | "logged") => 2,
            "her" | "him" | "them" if next == "as" && matches!(self.before(at, 1).as_str(), "knows" | "know" | "knew" | "refer" | "to" | "list" | "lists" | "listed") => 2,
            "known" if next == "as" || next == "to" => (2..8).find(|n| self.lower(at + n) == "as").map_or(2, |n| n + 1),
            "unit" | "ward" | "board" | "team" | "handover" | "list" | "shift" | "nurses" if self.he_is(at + 1) => 1 + self.he_is_length(at + 1),
            "d" | "have" | "had" if self.shaped(at + 1) && self.board_follows(at + 1) => 1,
            "was" | "is" if matches!(next.as_str(), "trauma" | "unknown" | "unidentified") && self.shaped(at + 1) => 1,
            _ => 0,
        };
        if length == 0 {
            return None;
        }
        let mut i = at + length;
        let quoted = self.sign(i, b'"') || self.sign(i, b'\'');
        if quoted || self.sign(i, b':') {
            i += 1;
        }
        if self.lower(i) == "the" || self.lower(i) == "our" {
            let start = i;
            if self.token(i + 1).is_some_and(|t| t.capital()) {
                let mut end = i + 2;
                while self.token(end).is_some_and(|t| t.capital() && !t.line) && end < i + 5 {
                    end += 1;
                }
                return Some(self.hit(start, end, Category::Codename, Severity::Block, "codename"));
            }
        }
        let first = self.token(i)?;
        if !first.capital() && !(quoted && first.word()) || first.opens && !quoted {
            return None;
        }
        let mut end = i + 1;
        while end < i + 5 && self.token(end).is_some_and(|t| !t.line && (t.capital() || t.case == Case::Upper && t.len() == 1 || t.kind == Kind::Number && t.len() < 4 || quoted && t.word())) || self.sign(end, b'-') && self.token(end + 1).is_some_and(|t| !t.spaced) {
            end += 1;
        }
        let person = look(first) > Look::Unknown && !first.is(COMMON);
        let plain = word == "known" || matches!(word, "called" | "named" | "name") && !matches!(next.as_str(), "him" | "her" | "them");
        if plain && (person || !quoted) || first.is(EPONYM | BRAND | REGION) && !quoted {
            return None;
        }
        if plain && first.case == Case::Lower {
            return None;
        }
        Some(self.hit(i, end, if person { Category::Name } else { Category::Codename }, Severity::Block, "codename"))
    }

    fn he_is(&self, i: usize) -> bool {
        matches!(self.lower(i).as_str(), "he" | "she" | "they") && self.token(i).is_some_and(|t| t.possessive) || matches!(self.lower(i).as_str(), "he" | "she") && self.lower(i + 1) == "is" || matches!(self.lower(i).as_str(), "we" | "they") && matches!(self.lower(i + 1).as_str(), "call" | "called")
    }

    fn he_is_length(&self, i: usize) -> usize {
        if self.token(i).is_some_and(|t| t.possessive) { 1 } else { 2 }
    }

    fn board_follows(&self, i: usize) -> bool {
        (i + 1..i + 6).any(|j| self.lower(j) == "board" && self.before(j, 2) == "on")
    }

    /// Whether what follows makes the words an author or an eponym.
    fn cited(&self, from: usize, end: usize) -> bool {
        let tokens = self.scene.tokens;
        let single = end - from == 1;
        for i in end..(end + 4).min(tokens.len()) {
            let token = &tokens[i];
            let word = self.lower(i);
            if token.kind == Kind::Number && token.len() == 4 && (word.starts_with("19") || word.starts_with("20")) {
                return true;
            }
            if i <= end + 1 && CITED.contains(&word.as_str()) && (token.case != Case::Lower || matches!(word.as_str(), "et" | "trial" | "study" | "series" | "paper" | "criteria" | "score" | "group" | "review" | "cohort" | "data" | "consensus" | "guideline" | "guidelines")) {
                return true;
            }
            if single && i == end && token.spaced && heads(&word) {
                return true;
            }
            if token.kind == Kind::Sign && !self.sign(i, b',') && !self.sign(i, b'(') && !self.sign(i, b'\'') && !self.sign(i, b'-') || token.line {
                break;
            }
            if token.word() && token.case == Case::Lower && i > end {
                break;
            }
        }
        false
    }

    /// Whether a hospital, a road or the like follows: then it is not a person.
    fn institution(&self, i: usize) -> bool {
        super::places::suffix(&self.lower(i)) && self.token(i).is_some_and(|t| t.capital() && t.spaced)
    }

    /// Names that stand without any announcement.
    fn bare(&self) -> Option<(Hit, usize)> {
        let at = self.at;
        let tokens = self.scene.tokens;
        let token = self.token(at)?;
        if token.kind == Kind::Foreign {
            let mut end = at + 1;
            while self.token(end).is_some_and(|t| t.kind == Kind::Foreign && !t.line) && end < at + 6 {
                end += 1;
            }
            let length = tokens[end - 1].end - token.start;
            return (length >= 2).then(|| self.hit(at, end, Category::Name, Severity::Confirm, "other-script"));
        }
        if !token.word() {
            return None;
        }
        let looks = look(token);
        if token.case == Case::Upper && !self.shouted {
            // SMITH, John; MARGARET OYELARAN.
            let next = self.token(at + 1)?;
            let pair = looks >= Look::Family && token.len() > 3 && next.case == Case::Upper && next.len() > 2 && look(next) >= Look::Family && !token.line | token.is(FIRST);
            if pair && (token.is(FIRST) || next.is(FIRST)) {
                return Some(self.hit(at, at + 2, Category::Name, Severity::Block, "name-capitals"));
            }
            if looks >= Look::Unknown && token.len() > 3 && self.sign(at + 1, b',') && self.token(at + 2).is_some_and(|t| t.capital() && look(t) >= Look::Family && t.is(FIRST)) {
                return Some(self.hit(at, at + 3, Category::Name, Severity::Block, "name-capitals"));
            }
            return None;
        }
        // P. Labuschagne, H. Castellanos
        if token.case == Case::Initial && self.sign(at + 1, b'.') && !tokens[at + 1].spaced && self.shaped(at + 2) && look(&tokens[at + 2]) >= Look::Unknown && !token.opens {
            let end = self.run(at, false);
            if end > at + 2 && !self.cited(at, end) && !tokens[at + 2].is(EPONYM) && tokens[at + 2].is(LAST | FIRST) {
                return Some(self.hit(at, end, Category::Name, Severity::Confirm, "initial-surname"));
            }
        }
        if token.case == Case::Lower {
            return self.bare_lower(token, looks);
        }
        if !self.shaped(at) || looks == Look::No {
            return None;
        }
        // A hyphen before it makes it the tail of a compound, a slash one of a list of terms.
        if !token.spaced && at > 0 && (self.sign(at - 1, b'-') || self.sign(at - 1, b'/') || self.sign(at - 1, b'.')) && !self.sign(at.wrapping_sub(2), b'.') {
            return None;
        }
        let end = self.run(at, false);
        if end == at {
            return None;
        }
        if self.cited(at, end) || self.institution(end) {
            return None;
        }
        let words: Vec<&Token> = tokens[at..end].iter().filter(|t| t.word() && t.len() > 1).collect();
        let given = words.iter().filter(|t| look(t) == Look::Given).count();
        let strong = words.iter().filter(|t| look(t) >= Look::Family).count();
        let unknown = words.iter().filter(|t| look(t) == Look::Unknown).count();
        let firsts = words.iter().filter(|t| t.is(FIRST)).count();
        let place = words.len() > 1 && super::places::known(self.scene, at, end);
        let verb = self.lower(end);
        let deed = DEEDS.contains(&verb.as_str()) && !tokens[end - 1].possessive;
        let human = HUMAN.contains(&verb.as_str()) && !tokens[end - 1].possessive;
        let age = self.aged(end);
        let locative = matches!(self.before(at, 1).as_str(), "in" | "near" | "from" | "at") && words.iter().any(|t| t.is(PLACE));
        if words.len() >= 2 {
            let eponyms = words.iter().filter(|t| t.is(EPONYM) && !t.is(FIRST)).count();
            let hyphens = tokens[at..end].iter().any(|t| t.kind == Kind::Sign);
            if place && !age && !deed || locative && given == 0 {
                return None;
            }
            if eponyms > 0 && given == 0 {
                return None;
            }
            if hyphens && words.len() == 2 && given == 0 && strong < 2 && !age && !human {
                // Cormack-Lehane, Weil-Felix: two scientists.
                return None;
            }
            if given > 0 && (strong >= 2 || unknown > 0 || firsts >= 2) || given > 0 && words.iter().all(|t| t.is(FIRST | LAST)) || firsts > 0 && strong + unknown > 0 {
                let severity = if given > 0 { Severity::Block } else { Severity::Confirm };
                let clinician = self.professional(at, end);
                return Some(self.hit(at, end, if clinician { Category::Clinician } else { Category::Name }, if clinician { Severity::Confirm } else { severity }, "full-name"));
            }
            if strong >= 2 || strong + unknown >= 2 && (age || deed || unknown >= 1 && strong >= 1) || unknown >= 2 && !token.opens {
                let clinician = self.professional(at, end);
                return Some(self.hit(at, end, if clinician { Category::Clinician } else { Category::Name }, Severity::Confirm, "name-likely"));
            }
            return None;
        }
        if locative && !age && !human {
            return None;
        }
        if self.institution(end) {
            return None;
        }
        let clinician = self.professional(at, end);
        let category = if clinician { Category::Clinician } else { Category::Name };
        match looks {
            Look::Given => {
                let capital_after = self.token(end).is_some_and(|t| t.capital() && t.spaced && !t.opens);
                if token.is(PLACE) && !deed && !age && !token.possessive && !self.quoted(at, end) {
                    return None;
                }
                if capital_after && !deed && !age && look(self.token(end)?) == Look::No && !self.token(end)?.is(COMMON) {
                    return None;
                }
                let severity = if clinician || !(deed || age) { Severity::Confirm } else { Severity::Block };
                Some(self.hit(at, end, category, severity, "given-name"))
            }
            Look::Double if token.is(FIRST) && !token.is(MONTH) => {
                // May, Grant, Hope: with an age or as the doer of something only a person does, not first in a sentence.
                let named = age || human && !token.opens && !token.is(EPONYM) || deed && token.is(EPONYM) && !token.opens && !token.is(PLACE) && human || self.patient_words(end) && !token.opens;
                (named && !token.is(REGION)).then(|| self.hit(at, end, category, Severity::Confirm, "double-name"))
            }
            Look::Unknown | Look::Family => {
                let subject = human || age && !token.is(PLACE) || deed && looks == Look::Family && !token.opens && !token.is(PLACE) || clinician && !token.opens || self.morphology(at);
                (subject && token.len() > 2 && !(token.is(PLACE) && !human)).then(|| self.hit(at, end, category, if clinician { Severity::Confirm } else if age { Severity::Block } else { Severity::Confirm }, "name-by-deed"))
            }
            _ => None,
        }
    }

    /// Lower-case names: only those that are nothing else, or that the grammar gives away.
    fn bare_lower(&self, token: &Token, looks: Look) -> Option<(Hit, usize)> {
        let at = self.at;
        let text = self.lower(at);
        // `wills wife rose`: a possessive without its sign before a relative.
        let relative_next = RELATIVES.contains(&self.lower(at + 1).as_str()) || matches!(self.lower(at + 1).as_str(), "number" | "house" | "meds" | "bloods" | "scan" | "notes");
        if let Some(stem) = text.strip_suffix('s')
            && relative_next
            && stem.len() > 2
            && word(stem) & FIRST != 0
            && (word(&text) & (COMMON | VOCAB) == 0 || RELATIVES.contains(&self.lower(at + 1).as_str()) && self.scene.lowercase)
            && !RELATIVES.contains(&stem)
        {
            return Some((Hit { start: token.start, end: token.end - 1, category: Category::Name, severity: Severity::Block, rule: "possessive-lower" }, at + 1));
        }
        if token.possessive && token.is(FIRST) && !token.is(EPONYM | BRAND | MONTH) && RELATIVES.contains(&self.lower(at + 1).as_str()) && !RELATIVES.contains(&text.as_str()) {
            return Some(self.hit(at, at + 1, Category::Name, Severity::Block, "possessive-lower"));
        }
        if !self.scene.lowercase {
            return None;
        }
        let verb = self.lower(at + 1);
        let deed = DEEDS.contains(&verb.as_str()) && !matches!(verb.as_str(), "called" | "found" | "used" | "reports" | "started" | "stopped" | "noted");
        let age = self.aged(at + 1);
        match looks {
            Look::Given if token.len() > 2 => {
                let next = self.token(at + 1);
                let pair = next.is_some_and(|t| t.case == Case::Lower && !t.line && t.is(FIRST | LAST) && look(t) > Look::No && t.spaced);
                if token.is(VOCAB | PLACE) && !deed && !age && !pair {
                    return None;
                }
                let mut end = at + 1;
                if pair {
                    end += 1;
                }
                let surname = next.is_some_and(|t| t.case == Case::Lower && !t.line && look(t) == Look::Unknown && t.spaced);
                if surname {
                    end += 1;
                }
                Some(self.hit(at, end, Category::Name, if deed || age || pair { Severity::Block } else { Severity::Confirm }, "given-name-lower"))
            }
            Look::Double if token.is(FIRST) && token.len() > 2 && !token.is(EPONYM) => {
                let opens = token.opens || matches!(self.before(at, 1).as_str(), "so" | "and" | "but" | "when" | "because" | "anyway" | "that");
                let pair = self.token(at + 1).is_some_and(|t| t.case == Case::Lower && !t.line && look(t) >= Look::Family && t.is(FIRST | LAST));
                let modal = matches!(text.as_str(), "will" | "may" | "can" | "mark");
                let says = matches!(verb.as_str(), "is" | "was" | "has" | "says" | "said" | "had" | "came" | "told" | "wants" | "went" | "rang") && (modal || human_only(&verb));
                let both = verb == "and" && matches!(self.lower(at + 2).as_str(), "i" | "his" | "her") && opens;
                if pair {
                    return Some(self.hit(at, at + 2, Category::Name, Severity::Block, "given-name-lower"));
                }
                (opens && says && !matches!(verb.as_str(), "had" | "was") || both || age && opens && !modal).then(|| self.hit(at, at + 1, Category::Name, Severity::Confirm, "double-name-lower"))
            }
            _ => {
                (age && looks >= Look::Family && !token.is(PLACE)).then(|| self.hit(at, at + 1, Category::Name, Severity::Confirm, "given-name-lower"))
            }
        }
    }

    /// An age in apposition: `, 45`, `(62M)`, `29 yr`, `41F`.
    fn aged(&self, i: usize) -> bool {
        let mut at = i;
        let mut sign = false;
        while at < i + 1 && (self.sign(at, b',') || self.sign(at, b'(') || self.sign(at, b'-')) {
            sign = true;
            at += 1;
        }
        let Some(token) = self.token(at) else { return false };
        if token.line {
            return false;
        }
        let text = self.lower(at);
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let value: u32 = digits.parse().unwrap_or(0);
        if digits.len() > 3 || !(1..=117).contains(&value) {
            return false;
        }
        match &text[digits.len()..] {
            "f" | "m" | "yo" | "y" | "yr" | "yrs" => true,
            "" => {
                let next = self.lower(at + 1);
                let unit = matches!(next.as_str(), "mg" | "ml" | "mcg" | "%" | "/" | "days" | "weeks" | "hours" | "." | "x" | "patients" | "mm" | "cm" | "units" | "-" | "to" | "of" | "and" | "for");
                let years = matches!(next.as_str(), "yr" | "yrs" | "y" | "yo" | "year" | "years" | "f" | "m");
                years || sign && !unit && (self.sign(at + 1, b',') || self.sign(at + 1, b')') || self.sign(at + 1, b';') || self.token(at + 1).is_some_and(|t| t.word() && t.case == Case::Lower && !t.is(BRAND)))
            }
            _ => false,
        }
    }

    fn quoted(&self, at: usize, end: usize) -> bool {
        at > 0 && (self.sign(at - 1, b'\'') && self.sign(end, b'\'') || self.sign(at - 1, b'"') && self.sign(end, b'"'))
    }

    /// `Hope is 9`, `May to her friends`.
    fn patient_words(&self, i: usize) -> bool {
        let first = self.lower(i);
        let second = self.lower(i + 1);
        matches!(first.as_str(), "is" | "was") && self.token(i + 1).is_some_and(|t| t.kind == Kind::Number && t.len() <= 2) && !matches!(self.lower(i + 2).as_str(), "%" | "mg" | "/" | ".")
            || first == "to" && matches!(second.as_str(), "her" | "his") && matches!(self.lower(i + 2).as_str(), "friends" | "family" | "mates")
            || first == "on" && second == "the" && self.lower(i + 2) == "notes"
    }

    /// Whether the words around make it a colleague.
    fn professional(&self, at: usize, end: usize) -> bool {
        let tokens = self.scene.tokens;
        for back in 1..=3 {
            let Some(j) = at.checked_sub(back) else { break };
            if tokens[j].kind == Kind::Sign && !self.sign(j, b'(') && !self.sign(j, b',') {
                break;
            }
            let word = self.lower(j);
            if STAFF.contains(&word.as_str()) || DOCTORS.contains(&word.as_str()) {
                return true;
            }
            if tokens[j + 1].line {
                break;
            }
        }
        let mut i = end;
        if self.sign(i, b',') || self.sign(i, b'(') {
            i += 1;
        }
        let after = self.lower(i);
        if matches!(after.as_str(), "rn" | "md" | "np" | "frcp" | "mrcp" | "do" | "pharmd" | "facp" | "rm" | "mbbs" | "frcs") && self.token(i).is_some_and(|t| t.case == Case::Upper) {
            return true;
        }
        if matches!(after.as_str(), "our" | "my" | "the") && self.sign(i.wrapping_sub(1), b',') && (i + 1..i + 4).any(|j| STAFF.contains(&self.lower(j).as_str())) {
            return true;
        }
        matches!(after.as_str(), "in" | "from" | "at") && matches!(self.lower(i + 1).as_str(), "pharmacy" | "radiology" | "micro" | "theatre" | "theatres" | "anaesthetics" | "physio" | "ed" | "icu" | "haematology" | "cardiology" | "pathology")
            || matches!(self.before(at, 1).as_str(), "for" | "to" | "with" | "by" | "thanks") && (self.lower(end) == "and" && matches!(self.lower(end + 1).as_str(), "others" | "all" | "everyone") || self.sign(end, b',') && self.lower(end + 1) == "who")
    }

    /// Endings and beginnings seen in names of languages whose names no list covers.
    fn morphology(&self, at: usize) -> bool {
        let word = self.lower(at);
        if self.scene.tokens[at].opens && word.len() < 6 || word.len() < 5 || !matches!(before_word(self.scene.text, self.scene.tokens[at].start).to_ascii_lowercase().as_str(), "" | "and" | "with" | "to" | "for" | "but" | "so" | "by" | "that" | "about" | "met" | "saw" | "is" | "as" | "because" | "when" | "says" | "of" | "if" | "or" | "who" | "then" | "thank" | "thanks") && !self.scene.tokens[at].opens {
            return false;
        }
        const ENDS: &[&str] = &["eshwar", "eswari", "lakshmi", "laxmi", "preet", "jeet", "inder", "deep", "bhai", "behn", "kumari", "ullah", "uddin", "begum", "puii", "puia", "mawia", "liana", "thanga", "wale", "tunde", "chukwu", "chi", "oluwa", "sizwe", "thando", "nkosi", "mbali", "ovich", "enko", "escu", "dottir", "shvili", "nathan"];
        const STARTS: &[&str] = &["oluwa", "chukwu", "nkosi", "thando", "ntombi", "nomv", "nompu", "lalr", "zodin", "abdul", "adebay", "adewo", "ifeany", "siyab", "sibong", "mkhi"];
        ENDS.iter().any(|e| word.ends_with(e) && word.len() > e.len() + 1) && word.len() > 6 || STARTS.iter().any(|s| word.starts_with(s))
    }
}

fn human_only(verb: &str) -> bool {
    matches!(verb, "says" | "said" | "told" | "wants" | "rang" | "came" | "is" | "has" | "went")
}

fn heads(word: &str) -> bool {
    HEADS.contains(&word)
}

fn tokens_initial(token: Option<&Token>) -> bool {
    token.is_some_and(|t| t.case == Case::Initial)
}
