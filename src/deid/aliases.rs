//! Names by which staff call or list a patient.

use super::lexicon::*;
use super::names::{Look, look};
use super::people::Finder;
use super::token::{Case, Kind};
use super::{Category, Hit, Scene, Severity};

impl<'a> Finder<'a> {
    /// Names by which staff call or list a patient.
    pub(super) fn codename(&self, at: usize, word: &str) -> Option<(Hit, usize)> {
        let next = self.lower(at + 1);
        // `Porch Light 2 is what's on the board`
        if word == "is"
            && next == "what"
            && (at + 2..at + 8)
                .any(|i| matches!(self.lower(i), "board" | "list" | "whiteboard" | "label" | "wristband"))
        {
            let mut from = at;
            while from > 0
                && at - from < 5
                && self.token(from - 1).is_some_and(|t| {
                    (t.capital() || t.kind == Kind::Number && t.len() < 4)
                        && (from == at || !self.token(from).is_some_and(|n| n.line))
                })
            {
                from -= 1;
            }
            return (from < at && self.shaped(from))
                .then(|| self.hit(from, at, Category::Codename, Severity::Block, "codename"));
        }
        let length = match word {
            "call" | "calls" | "called" | "calling" | "nickname" | "nicknamed" | "dub" | "dubbed" | "name"
            | "named"
                if matches!(next, "him" | "her" | "them" | "she" | "he") =>
            {
                2
            }
            "alias" | "codename" | "codenamed" | "nickname" | "nicknamed" | "dubbed" | "pseudonym" => 1,
            "code" if next == "name" => 2,
            "listed" | "registered" | "logged" | "entered" | "booked" | "recorded" | "filed" | "locked" | "stored"
            | "charted" | "saved" | "hidden" | "admitted" | "kept" | "labelled" | "labeled" | "down" | "anonymised"
            | "anonymized" | "tagged" => match (1..6).find(|n| {
                matches!(self.lower(at + n), "as" | "under") && (*n == 1 || matches!(next, "on" | "in" | "by" | "up"))
            }) {
                Some(n) => n + 1 + usize::from(self.lower(at + n + 1) == "alias"),
                None => 0,
            },
            "in" if next == "as"
                && matches!(self.before(at, 1), "brought" | "came" | "booked" | "checked" | "logged") =>
            {
                2
            }
            "her" | "him" | "them"
                if next == "as"
                    && matches!(
                        self.before(at, 1),
                        "knows"
                            | "know"
                            | "knew"
                            | "refer"
                            | "to"
                            | "list"
                            | "lists"
                            | "listed"
                            | "has"
                            | "have"
                            | "had"
                            | "got"
                            | "wrote"
                            | "puts"
                            | "put"
                            | "shows"
                            | "tracks"
                            | "logs"
                            | "logged"
                            | "book"
                            | "books"
                            | "booked"
                            | "tagged"
                            | "entered"
                            | "saved"
                    ) =>
            {
                2
            }
            "known" if matches!(next, "as" | "to" | "only" | "locally" | "on") => {
                (2..8).find(|n| self.lower(at + n) == "as").map_or(2, |n| n + 1)
            }
            "unit" | "ward" | "board" | "team" | "handover" | "list" | "shift" | "nurses" if self.he_is(at + 1) => {
                1 + self.he_is_length(at + 1)
            }
            "we'd" | "we've" | "we're" | "have" | "had" if self.shaped(at + 1) && self.board_follows(at + 1) => 1,
            // `chart still says Utah Sky`, `file name is "Rose-3"`, `bed 14 is "Blue Kite"`
            "says" | "say" | "reads" | "read" | "shows" | "is" | "writes" | "write" if self.displayed(at) => 1,
            // `We just say Heron,`
            "say" | "says"
                if matches!(self.before(at, 1), "just" | "only" | "all")
                    && self.token(at + 2).is_some_and(|t| t.kind == Kind::Sign)
                    && self.token(at + 1).is_some_and(|t| t.case == Case::Capital && !t.is(EPONYM | BRAND)) =>
            {
                1
            }
            "using" | "use" if self.used_for_one(at + 1) => 1,
            "was" | "is" if matches!(next, "trauma" | "unknown" | "unidentified") && self.shaped(at + 1) => 1,
            _ => 0,
        };
        if length == 0 {
            return None;
        }
        let mut i = at + length;
        let quoted = self.sign(i, b'"') || self.sign(i, b'\'');
        if quoted || self.sign(i, b':') || self.sign(i, b',') && word.starts_with("nick") {
            i += 1;
        }
        if self.lower(i) == "the" && matches!(self.lower(i + 1), "patient" | "pt") {
            return None;
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
        // `alias P. Lorikeet`
        let initial =
            first.case == Case::Initial && self.sign(i + 1, b'.') && self.token(i + 2).is_some_and(|t| t.capital());
        if !first.capital() && !(quoted && first.word()) && !initial
            || first.opens && !quoted && !self.sign(i - 1, b':')
            || first.line
        {
            return None;
        }
        let mut end = if initial { i + 3 } else { i + 1 };
        // `'Plover, Ann'`
        if quoted && self.sign(end, b',') && self.token(end + 1).is_some_and(|t| t.capital()) {
            end += 2;
        }
        while end < i + 5
            && self.token(end).is_some_and(|t| {
                !t.line
                    && (t.capital()
                        || t.case == Case::Upper && t.len() <= 3 && t.spaced && !t.is(COMMON | VOCAB)
                        || t.case == Case::Initial
                        || t.kind == Kind::Number && t.len() < 4
                        || quoted && t.word())
            })
            || self.sign(end, b'-') && self.token(end + 1).is_some_and(|t| !t.spaced)
            || end > i && self.sign(end - 1, b'-') && self.token(end).is_some_and(|t| !t.spaced && t.kind != Kind::Sign)
        {
            end += 1;
        }
        let person = look(first) > Look::Unknown && !first.is(COMMON);
        let among = word == "known"
            && (at + 1..at + length).any(|n| {
                matches!(
                    self.lower(n),
                    "only"
                        | "us"
                        | "all"
                        | "staff"
                        | "everyone"
                        | "everybody"
                        | "nurses"
                        | "ward"
                        | "porters"
                        | "unit"
                        | "floor"
                        | "team"
                        | "wing"
                        | "crew"
                        | "board"
                        | "list"
                        | "shift"
                        | "theatre"
                        | "triage"
                        | "here"
                        | "department"
                        | "dept"
                )
            });
        let term = first.is(EPONYM | BRAND | REGION)
            && (end == i + 1 || (i + 1..end).any(|n| self.role(n, HEAD | EPONYM | BRAND)) || !self.role(i, COMMON));
        let plain = word == "known" && !among
            || matches!(word, "called" | "named" | "name") && !matches!(next, "him" | "her" | "them");
        if plain && (person || !quoted) || term && !quoted {
            return None;
        }
        if plain && first.case == Case::Lower {
            return None;
        }
        Some(self.hit(i, end, if person { Category::Name } else { Category::Codename }, Severity::Block, "codename"))
    }

    pub(super) fn he_is(&self, i: usize) -> bool {
        matches!(self.lower(i), "he" | "she" | "they") && self.token(i).is_some_and(|t| t.possessive)
            || matches!(self.lower(i), "he" | "she") && self.lower(i + 1) == "is"
            || matches!(self.lower(i), "we" | "they") && matches!(self.lower(i + 1), "call" | "called")
    }

    pub(super) fn he_is_length(&self, i: usize) -> usize {
        if self.token(i).is_some_and(|t| t.possessive) { 1 } else { 2 }
    }

    pub(super) fn board_follows(&self, i: usize) -> bool {
        (i + 1..i + 6).any(|j| self.lower(j) == "board" && self.before(j, 2) == "on")
    }

    /// Whether a verb tells what a board, a file or a bed shows: only then is the word after it a name.
    fn displayed(&self, at: usize) -> bool {
        const SHOWN: &[&str] = &[
            "chart",
            "board",
            "whiteboard",
            "wristband",
            "armband",
            "label",
            "sticker",
            "list",
            "file",
            "screen",
            "census",
            "tracker",
            "handover",
            "folder",
            "door",
        ];
        let quoted = self.sign(at + 1, b'"') || self.sign(at + 1, b'\'');
        let shown = (1..4).any(|n| SHOWN.contains(&self.before(at, n)));
        let bed = matches!(self.before(at, 2), "bed" | "room" | "bay" | "cubicle" | "trolley" | "cot" | "resus")
            && self.token(at - 1).is_some_and(|t| t.kind == Kind::Number);
        let name = self.before(at, 1) == "name"
            && matches!(
                self.before(at, 2),
                "file" | "screen" | "code" | "board" | "login" | "folder" | "chart" | "display" | "cover" | "stage"
            );
        let two = self.shaped(at + 1)
            && self
                .token(at + 1)
                .is_some_and(|t| !t.opens && !t.is(BRAND | EPONYM | REGION | MONTH) && look(t) < Look::Family)
            && self.token(at + 2).is_some_and(|t| t.capital() && t.spaced && !t.opens && !t.is(EPONYM | BRAND | HEAD));
        let capital = self.shaped(at + if quoted { 2 } else { 1 });
        capital
            && (quoted && (shown || bed || name)
                || two
                    && matches!(self.lower(at), "says" | "reads")
                    && (1..4).any(|n| {
                        matches!(
                            self.before(at, n),
                            "board" | "whiteboard" | "wristband" | "armband" | "tracker" | "census" | "door"
                        )
                    }))
            || shown && self.lower(at + 2) == "doe"
            || quoted && (shown || bed || name) && matches!(self.lower(at + 3), "doe")
    }

    /// `using Silver Birch for him`: plain words with capitals are no drug.
    fn used_for_one(&self, i: usize) -> bool {
        let quoted = usize::from(self.sign(i, b'"') || self.sign(i, b'\''));
        let mut end = i + quoted;
        while end < i + 5
            && self.token(end).is_some_and(|t| {
                t.capital() && t.is(COMMON) && !t.is(EPONYM | BRAND | REGION | MONTH | GENERIC)
                    || t.kind == Kind::Number && end > i
            })
        {
            end += 1;
        }
        end > i + 1 + quoted && {
            let next = end + quoted;
            self.lower(next) == "for"
                && (matches!(self.lower(next + 1), "him" | "her" | "them" | "this")
                    || self.lower(next + 1) == "the" && self.role(next + 2, PATIENT))
                || self.lower(next) == "as" && matches!(self.lower(next + 2), "name" | "alias")
        }
    }
}

/// A code name once told is one everywhere: in small letters, turned round, or before it was told.
pub fn again(scene: &Scene, hits: &mut Vec<Hit>) {
    let mut names: Vec<Vec<&str>> = Vec::new();
    for hit in hits.iter().filter(|h| h.rule == "codename").take(8) {
        let from = scene.tokens.partition_point(|t| t.end <= hit.start);
        let words: Vec<&str> = (from..scene.tokens.len())
            .take_while(|i| scene.tokens[*i].start < hit.end)
            .filter(|i| scene.tokens[*i].kind != Kind::Sign)
            .map(|i| scene.word(i))
            .collect();
        let single = words.len() == 1 && words[0].len() < 4;
        if !words.is_empty() && words.len() < 6 && !single && !names.contains(&words) {
            names.push(words);
        }
    }
    for words in names {
        let turned: Vec<&str> = if words.len() == 2 { vec![words[1], words[0]] } else { words.clone() };
        for at in 0..scene.tokens.len() {
            let first = scene.word(at);
            if first != words[0] && first != turned[0] {
                continue;
            }
            for order in [&words, &turned] {
                let mut i = at;
                let mut fits = true;
                for (n, word) in order.iter().enumerate() {
                    if n > 0 && scene.tokens.get(i).is_some_and(|t| t.kind == Kind::Sign) {
                        i += 1;
                    }
                    fits &= scene.word(i) == *word && scene.tokens.get(i).is_some_and(|t| n == 0 || !t.line);
                    i += 1;
                }
                let plain = order.len() == 1
                    && (scene.tokens[at].case == Case::Lower && scene.tokens[at].is(COMMON | VOCAB)
                        || scene.tokens[at].opens && scene.tokens[at].is(COMMON) && !scene.tokens[at].possessive);
                let (start, end) = (scene.tokens[at].start, scene.tokens[(i - 1).min(scene.tokens.len() - 1)].end);
                let (small, plain) = (first == "the" && scene.tokens[at + 1].case == Case::Lower, plain);
                if fits
                    && !plain
                    && !small
                    && !hits.iter().any(|h| h.start < end && start < h.end && h.rule == "codename")
                {
                    hits.push(Hit {
                        start,
                        end,
                        category: Category::Codename,
                        severity: Severity::Block,
                        rule: "codename",
                    });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check_by_rules as check};

    #[test]
    fn code_names_are_found_where_they_are_told_and_again() {
        for (text, count) in [
            ("Pt known on our unit as Grey Kite. Later Grey Kite slept.", 2),
            ("The nurses' list has her as Lady Quartz.", 1),
            ("The notes are locked under 'Plover, Ann' and Ann Plover is well.", 2),
            ("We are using Silver Birch for him.", 1),
            ("She is under the alias P. Dunnock now.", 1),
            ("bed 14 is 'Utah Doe' and the chart still says utah doe", 2),
        ] {
            let found = check(text).findings.iter().filter(|f| f.category == Category::Codename).count();
            assert_eq!(found, count, "{text}");
        }
        for text in [
            "does your unit call it \"Rapid\" too?",
            "The letter calls him \"the patient\".",
            "We are using Boston Bowel Prep for him.",
            "known on the ward as difficult",
            "the chart shows Atrial Fibrillation",
        ] {
            assert!(check(text).findings.iter().all(|f| f.category != Category::Codename), "{text}");
        }
    }
}
