//! Names, institutions and places that no list knows, by the sentence around them.
//!
//! Runs after the other rules and looks only at capitals that none of them took and that no list explains.

use super::lexicon::{
    ABODE, BRAND, CARE, COMMON, DEED, DEPT, DOCTOR, EPONYM, FIRST, GENERIC, HEAD, LAST, MONTH, PATIENT, PLACE, RARE,
    REGION, RELATIVE, STAFF, SUFFIX, TITLE, VOCAB, WORK,
};
use super::names::{Look, PARTICLES, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

const MOVE: &[&str] = &[
    "sent",
    "referred",
    "transferred",
    "admitted",
    "shifted",
    "brought",
    "came",
    "flown",
    "discharged",
    "taken",
    "him",
    "her",
    "them",
];
/// Departments and things that writers give a capital though they name nobody.
const ROOMS: &[&str] = &[
    "resus",
    "theatre",
    "theatres",
    "casualty",
    "recovery",
    "endoscopy",
    "dialysis",
    "paeds",
    "physio",
    "pharmacy",
    "outpatients",
    "clinic",
    "majors",
    "minors",
    "triage",
    "hospital",
    "home",
    "school",
    "court",
    "police",
    "social",
    "haem",
    "gynae",
    "onc",
    "rheum",
    "neuro",
    "derm",
    "ortho",
    "gastro",
    "resp",
    "cards",
    "god",
    "table",
    "figure",
    "day",
    "week",
    "gas",
    "google",
    "whatsapp",
    "twitter",
    "facebook",
    "youtube",
    "teams",
    "zoom",
];

pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let mut taken = vec![false; scene.tokens.len()];
    for hit in hits.iter() {
        let from = scene.tokens.partition_point(|t| t.end <= hit.start);
        for (token, slot) in scene.tokens[from..].iter().zip(&mut taken[from..]).take_while(|(t, _)| t.start < hit.end)
        {
            *slot = token.start < hit.end;
        }
    }
    let reader = Reader { scene, taken: &taken };
    let mut at = 0;
    while at < scene.tokens.len() {
        if taken[at] {
            at += 1;
            continue;
        }
        match reader.look_at(at) {
            Some((hit, next)) => {
                hits.push(hit);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
}

struct Reader<'a> {
    scene: &'a Scene<'a>,
    taken: &'a [bool],
}

impl<'a> Reader<'a> {
    fn token(&self, i: usize) -> Option<&Token> {
        self.scene.tokens.get(i)
    }

    fn word(&self, i: usize) -> &'a str {
        self.scene.word(i)
    }

    fn back(&self, i: usize, n: usize) -> &'a str {
        i.checked_sub(n).map_or("", |j| self.scene.word(j))
    }

    fn sign(&self, i: usize, c: u8) -> bool {
        self.token(i).is_some_and(|t| t.kind == Kind::Sign && self.scene.text.as_bytes()[t.start] == c)
    }

    fn role(&self, i: usize, role: u32) -> bool {
        self.token(i).is_some_and(|t| t.word() && t.is(role))
    }

    fn capital(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| {
            t.word()
                && !self.taken.get(i).copied().unwrap_or(true)
                && (t.capital() || t.case == Case::Upper && t.len() > 2 && !t.is(COMMON | VOCAB | BRAND | EPONYM))
        })
    }

    /// The end of the run of capitals that begins here.
    fn run(&self, at: usize) -> usize {
        let mut end = at;
        let mut i = at;
        while i < at + 7 {
            let Some(token) = self.token(i) else { break };
            if i > at && token.line {
                break;
            }
            let joined =
                self.sign(i, b'-') && !token.spaced && self.token(i + 1).is_some_and(|t| !t.spaced && t.word());
            if joined && i > at {
                i += 2;
                end = i;
                continue;
            }
            let particle = i > at
                && (PARTICLES.contains(&self.word(i)) || matches!(self.word(i), "of" | "the" | "an" | "na" | "&"))
                && self.capital(i + 1)
                && self.token(i + 1).is_some_and(|t| t.spaced);
            if !(self.capital(i) && (i == at || token.spaced && !token.is(MONTH)) || particle) {
                break;
            }
            i += 1;
            if !particle {
                end = i;
            }
            if token.possessive {
                break;
            }
        }
        end
    }

    fn hit(&self, from: usize, to: usize, category: Category, rule: &'static str) -> Option<(Hit, usize)> {
        let tokens = self.scene.tokens;
        Some((
            Hit { start: tokens[from].start, end: tokens[to - 1].end, category, severity: Severity::Confirm, rule },
            to,
        ))
    }

    fn look_at(&self, at: usize) -> Option<(Hit, usize)> {
        let token = self.token(at)?;
        if token.case == Case::Lower && token.word() && self.scene.lowercase {
            return self.small(at);
        }
        // `Mother Rosily`, `Sister Immaculate`, `Mzee Loitakori`
        if token.case == Case::Capital
            && matches!(
                self.word(at),
                "sister"
                    | "mother"
                    | "brother"
                    | "father"
                    | "aling"
                    | "mang"
                    | "ate"
                    | "ka"
                    | "guka"
                    | "mzee"
                    | "matron"
                    | "nana"
                    | "uncle"
                    | "aunty"
                    | "auntie"
                    | "cucu"
                    | "shosho"
                    | "makcik"
                    | "pakcik"
                    | "boeta"
                    | "tant"
                    | "brgy"
                    | "barangay"
            )
        {
            let next = at + 1 + usize::from(self.sign(at + 1, b'.'));
            let end = self.run(next);
            let place = matches!(self.word(at), "brgy" | "barangay");
            let deed = self.role(end, DEED) || self.token(end).is_some_and(|t| t.kind != Kind::Word) || !token.opens;
            if end > next
                && self.token(next)?.case == Case::Capital
                && deed
                && !self.role(end, HEAD | SUFFIX)
                && !self.role(next, EPONYM | BRAND | REGION | HEAD)
            {
                return self.hit(
                    next,
                    end,
                    if place { Category::Location } else { Category::Name },
                    if place { "abode" } else { "title" },
                );
            }
        }
        if !token.word() || !self.capital(at) || token.len() < 2 {
            return self.initials(at);
        }
        if !token.spaced && at > 0 && !self.sign(at - 1, b'(') && !self.sign(at - 1, b'"') && !self.sign(at - 1, b'\'')
        {
            return None;
        }
        let end = self.run(at);
        if end == at {
            return None;
        }
        let words: Vec<&Token> = self.scene.tokens[at..end].iter().filter(|t| t.word()).collect();
        // A name, by what is said of its bearer.
        if let Some(found) = self.person(at, end, &words) {
            return Some(found);
        }
        self.institution(at, end, &words)
    }

    /// In a text without capitals: `kyle 16,`, `dougie wants`, `his station is accrington`.
    fn small(&self, at: usize) -> Option<(Hit, usize)> {
        let token = self.token(at)?;
        if token.len() < 4 || !token.spaced || token.is(COMMON | BRAND | REGION | MONTH | EPONYM | HEAD) {
            return None;
        }
        let aged = self.token(at + 1).is_some_and(|t| t.kind == Kind::Number && t.len() <= 2 && t.spaced)
            && (self.sign(at + 2, b',') || matches!(self.word(at + 2), "yr" | "yo" | "y" | "m" | "f"));
        if aged && token.is(FIRST) {
            return self.hit(at, at + 1, Category::Name, "given-name-lower");
        }
        let verb = self.word(at + 1);
        let human = matches!(
            verb,
            "says"
                | "said"
                | "told"
                | "wants"
                | "wanted"
                | "asked"
                | "asks"
                | "rang"
                | "lives"
                | "thinks"
                | "drinks"
                | "smokes"
                | "refuses"
                | "refused"
        );
        let mates = verb == "to"
            && matches!(self.word(at + 2), "his" | "her" | "their")
            && matches!(self.word(at + 3), "mates" | "friends" | "family");
        if (human && look(token) >= Look::Unknown || mates)
            && !token.is(VOCAB) | mates
            && !token.is(RELATIVE | PATIENT | STAFF)
        {
            return self.hit(at, at + 1, Category::Name, "given-name-lower");
        }
        if token.is(PLACE) && !token.is(VOCAB | FIRST) && token.len() > 5 && !self.role(at + 1, HEAD) {
            return self.hit(at, at + 1, Category::Location, "place-lower");
        }
        None
    }

    /// `R.T., 54M`
    fn initials(&self, at: usize) -> Option<(Hit, usize)> {
        let initial = |i: usize| self.token(i).is_some_and(|t| t.case == Case::Initial);
        if !initial(at) || !self.sign(at + 1, b'.') || !initial(at + 2) || self.token(at + 2)?.spaced {
            return None;
        }
        let mut end = at + 3;
        while self.sign(end, b'.') && !self.token(end)?.spaced || initial(end) && !self.token(end)?.spaced {
            end += 1;
        }
        let next = if self.sign(end, b',') || self.sign(end, b'(') { end + 1 } else { end };
        self.age(next).then(|| self.hit(at, end, Category::Name, "initials")).flatten()
    }

    /// `54M`, `9,`, `61 yo`.
    fn age(&self, i: usize) -> bool {
        let word = self.word(i);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 3 || word[..digits].parse::<u32>().is_ok_and(|n| n > 117 || n == 0) {
            return false;
        }
        match &word[digits..] {
            "m" | "f" | "yo" | "y" | "yr" | "yrs" => true,
            "" => {
                matches!(self.word(i + 1), "yr" | "yrs" | "yo" | "y" | "year" | "years" | "m" | "f" | "wks" | "months")
                    || (self.sign(i + 1, b',') || self.sign(i + 1, b')') || self.sign(i + 1, b';')) && digits < 3
            }
            _ => false,
        }
    }

    fn person(&self, at: usize, end: usize, words: &[&Token]) -> Option<(Hit, usize)> {
        let first = words[0];
        let looks = look(first);
        let known = first.is(FIRST) && !first.is(EPONYM);
        let strange = !words.iter().any(|t| t.is(BRAND | REGION | HEAD | MONTH))
            && (looks >= Look::Unknown || known || end > at + 1 && look(words[words.len() - 1]) >= Look::Family)
            && first.case == Case::Capital
            && first.len() > 2;
        if !strange {
            return None;
        }
        let eponym = words.iter().any(|t| t.is(EPONYM));
        let before = self.back(at, 1);
        let owner = self.token(end - 1).is_some_and(|t| t.possessive);
        let next = self.word(end);
        // `neurointerventionist (Bouchard-Lacroix)`, `by ST5 Marchetti`.
        let post = if self.sign(at.wrapping_sub(1), b'(') || self.sign(at.wrapping_sub(1), b',') {
            self.back(at, 2)
        } else {
            before
        };
        let graded = ["st", "ct", "fy", "f", "pgy", "r", "sho", "smo", "pg"]
            .iter()
            .any(|g| post.strip_prefix(g).is_some_and(|d| matches!(d, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8")));
        let staff = graded
            || ["ologist", "interventionist", "therapist", "ician", "aesthetist", "nurse", "surgeon", "practitioner"]
                .iter()
                .any(|e| post.ends_with(e))
            || matches!(
                post,
                "smo"
                    | "lmc"
                    | "phn"
                    | "hmo"
                    | "jho"
                    | "hcp"
                    | "don"
                    | "ripn"
                    | "riprn"
                    | "dsn"
                    | "cpn"
                    | "lpn"
                    | "cna"
                    | "psw"
                    | "scp"
                    | "acp"
                    | "anp"
                    | "ena"
                    | "co"
                    | "mowers"
            );
        if staff && !first.opens && (looks >= Look::Unknown || end > at + 1) && !self.role(end, HEAD) {
            return self.hit(at, end, Category::Clinician, "colleague");
        }
        // `Grandfather (93, Bapusaheb)`
        if at >= 4
            && (self.sign(at - 1, b',') && self.sign(at - 3, b'(') && self.role(at - 4, RELATIVE | PATIENT))
            && self.token(at - 2).is_some_and(|t| matches!(t.kind, Kind::Number | Kind::Mixed))
        {
            return self.hit(at, end, Category::Name, "relative");
        }
        if eponym && looks < Look::Given {
            return None;
        }
        // `Shannon (mum, 19)`, `Rhodri (our upper GI nurse)`, `Mossie, her husband`.
        let opened = self.sign(end, b'(') || self.sign(end, b',');
        if opened && !owner {
            let mut i = end + 1;
            let possessed = matches!(self.word(i), "the" | "our" | "my" | "his" | "her" | "their" | "a" | "an");
            let parenthesis = self.sign(end, b'(');
            if possessed {
                i += 1;
            }
            if possessed || parenthesis {
                for j in i..i + 4 {
                    let Some(t) = self.token(j) else { break };
                    if t.kind == Kind::Sign || t.line {
                        break;
                    }
                    if self.role(j, RELATIVE) {
                        return self.hit(at, end, Category::Name, "name-set-off");
                    }
                    if self.role(j, STAFF | DOCTOR) {
                        return self.hit(at, end, Category::Clinician, "colleague");
                    }
                }
                if parenthesis && (i..i + 4).any(|j| matches!(self.word(j), "name" | "yes")) {
                    return self.hit(at, end, Category::Name, "name-set-off");
                }
            }
            // `Abu Hamdan, Emirati gentleman 77`
            if (i..i + 3).any(|j| {
                matches!(
                    self.word(j),
                    "gentleman"
                        | "lady"
                        | "woman"
                        | "man"
                        | "boy"
                        | "girl"
                        | "male"
                        | "female"
                        | "primip"
                        | "labourer"
                        | "housewife"
                        | "retired"
                )
            }) && !(i..i + 2).any(|j| self.sign(j, b'.'))
            {
                return self.hit(at, end, Category::Name, "name-set-off");
            }
            // `Zebulon (yes really), 9,`
            if parenthesis
                && let Some(close) = (i..i + 6).find(|j| self.sign(*j, b')'))
                && self.sign(close + 1, b',')
                && self.age(close + 2)
            {
                return self.hit(at, end, Category::Name, "name-set-off");
            }
        }
        // `Ipeelee is 61M`, `Hope was a dancer`
        if matches!(next, "is" | "was") && !owner {
            let quantity = matches!(self.word(end + 2), "mg" | "ml" | "%" | "mcg" | "units");
            if self.age(end + 1) && !quantity {
                return self.hit(at, end, Category::Name, "name-set-off");
            }
            let job = matches!(self.word(end + 1), "a" | "an")
                && (end + 2..end + 5)
                    .any(|j| self.role(j, PATIENT | STAFF) && !self.sign(j + 1, b'-') || person_noun(self.word(j)));
            if job && (looks >= Look::Unknown || first.opens) {
                return self.hit(at, end, Category::Name, "name-set-off");
            }
        }
        // `Jaxxon's mom`, `Zeb's fever`
        if owner && end == at + 1 {
            let relative = self.role(end, RELATIVE) && !self.role(end, HEAD);
            let mine = matches!(
                next,
                "bloods"
                    | "notes"
                    | "meds"
                    | "chart"
                    | "bed"
                    | "room"
                    | "house"
                    | "family"
                    | "phone"
                    | "number"
                    | "file"
                    | "scan"
                    | "appetite"
                    | "parents"
                    | "school"
                    | "job"
                    | "old"
                    | "old-time"
                    | "own"
                    | "main"
                    | "birthday"
                    | "weight"
                    | "death"
                    | "funeral"
                    | "drug"
                    | "insulin"
                    | "labs"
                    | "ecg"
                    | "echo"
                    | "care"
                    | "case"
                    | "team"
                    | "contact"
                    | "core"
                    | "ute"
                    | "car"
            );
            if relative
                || (mine
                    || known
                        && self.token(end).is_some_and(|t| !t.is(HEAD) && t.word())
                        && looks == Look::Given
                        && self.told_of_one())
            {
                return self.hit(at, end, Category::Name, "name-owner");
            }
        }
        // `asks for "Mossie"`
        let quoted = at > 0
            && (self.sign(at - 1, b'"') && self.sign(end, b'"') || self.sign(at - 1, b'\'') && self.sign(end, b'\''))
            && end <= at + 2;
        if quoted && !first.is(COMMON | BRAND) | known && !words.iter().any(|t| t.is(COMMON | VOCAB) && !t.is(FIRST)) {
            return self.hit(at, end, Category::Name, "name-quoted");
        }
        // `kids Indi and Koa`: beside a name, joined by "and".
        let joined = matches!(before, "and" | "&" | "or")
            && at >= 2
            && self.taken[at - 2]
            && self.token(at - 2).is_some_and(|t| t.is(FIRST) && !t.is(COMMON | EPONYM | PLACE));
        let kids = matches!(
            before,
            "kids"
                | "children"
                | "boys"
                | "girls"
                | "twins"
                | "siblings"
                | "parents"
                | "brothers"
                | "sisters"
                | "expat"
                | "nanny"
                | "rep"
                | "buddy"
                | "mate"
        );
        if (joined || kids) && !first.opens && !self.role(end, HEAD | SUFFIX) {
            return self.hit(at, end, Category::Name, "relative");
        }
        // `Logging accident, Manaia 27,`; `Superior Mother Rosily`; `Sister Immaculate`
        if matches!(looks, Look::Given | Look::Unknown)
            && self.token(end).is_some_and(|t| t.kind == Kind::Number && t.len() == 2 && t.spaced)
            && (self.sign(end + 1, b',') || self.sign(end + 1, b'.') && self.token(end + 2).is_none_or(|t| t.spaced))
            && !first.is(PLACE)
            && end == at + 1
            && self.told_of_one()
        {
            return self.hit(at, end, Category::Name, "name-set-off");
        }
        // `Jordan P.`
        let initial = self.token(end).is_some_and(|t| t.case == Case::Initial && t.spaced && !t.line)
            && !matches!(self.word(end), "a" | "i")
            && self.token(end + 1).is_none_or(|t| t.kind == Kind::Sign || t.line);
        if known && initial && end == at + 1 && first.len() > 3 && !first.is(COMMON) {
            return self.hit(at, end + 1, Category::Name, "name-initial");
        }
        // `Rabail, DSD,`: a sentence that opens with a word nobody knows, in a text about one person.
        if first.opens
            && opened
            && end == at + 1
            && matches!(looks, Look::Unknown | Look::Given | Look::Family)
            && self.told_of_one()
            && !first.is(PLACE)
        {
            return self.hit(at, end, Category::Name, "name-set-off");
        }
        // `49, Bonteheuwel, CD4 34`
        if at >= 2
            && self.sign(at - 1, b',')
            && (self.sign(end, b',') || self.sign(end, b'.') || self.sign(end, b';'))
            && looks == Look::Unknown
            && first.len() > 4
            && !first.opens
            && (self.age(at - 2) || self.word(at - 2).ends_with('f') && self.age(at - 2))
        {
            return self.hit(at, end, Category::Location, "place-set-off");
        }
        // Beside another person: `Wythenshawe with Shannon`, `told Anahera`.
        let told = matches!(
            before,
            "told" | "asked" | "met" | "examined" | "reassured" | "consented" | "thank" | "tell" | "ask" | "convince"
        ) || before == "with"
            && [
                "discussed",
                "spoke",
                "lives",
                "living",
                "live",
                "attended",
                "came",
                "chatted",
                "talked",
                "agreed",
                "stays",
                "done",
            ]
            .iter()
            .any(|w| (2..5).any(|n| self.back(at, n) == *w))
            || before == "to"
                && ["spoke", "talked", "handed", "wrote", "listened", "according", "explained"]
                    .iter()
                    .any(|w| (2..4).any(|n| self.back(at, n) == *w));
        if told
            && !first.opens
            && (looks >= Look::Family || looks == Look::Unknown || known)
            && !self.role(end, HEAD | SUFFIX)
        {
            return self.hit(at, end, Category::Name, "name-beside-verb");
        }
        None
    }

    /// Whether the text speaks of one person.
    fn told_of_one(&self) -> bool {
        (0..self.scene.tokens.len().min(400))
            .filter(|i| {
                matches!(self.word(*i), "he" | "she" | "his" | "her" | "him" | "yo" | "y" | "yrs" | "mum" | "mother")
            })
            .count()
            >= 1
    }

    fn institution(&self, at: usize, end: usize, words: &[&Token]) -> Option<(Hit, usize)> {
        let first = words[0];
        let before = self.back(at, 1);
        let upper = first.case == Case::Upper;
        if words.iter().all(|t| t.is(REGION | MONTH))
            || self.role(end, HEAD) && !upper
            || ROOMS.contains(&self.word(at))
        {
            return None;
        }
        if words.iter().all(|t| t.is(EPONYM) && !t.is(PLACE) || t.is(BRAND | MONTH)) || first.is(DOCTOR | TITLE) {
            return None;
        }
        let single_eponym = words.len() == 1 && first.is(EPONYM);
        let clinical = words.iter().all(|t| t.is(COMMON | VOCAB | GENERIC) && !t.is(FIRST | LAST | PLACE | RARE));
        let generic = words.iter().all(|t| t.is(GENERIC | MONTH | REGION));
        if generic || self.word(at).ends_with("ology") || self.word(at).ends_with("ics") {
            return None;
        }
        let year = self.word(end);
        let citation = year.len() == 4
            && (year.starts_with("19") || year.starts_with("20"))
            && self.token(end)?.kind == Kind::Number
            || matches!(
                self.word(end),
                "et" | "trial" | "study" | "score" | "criteria" | "guideline" | "guidelines" | "data"
            )
            || matches!(self.word(at), "journal" | "annals" | "archives" | "lancet");
        if citation {
            return None;
        }
        let care = (2..9)
            .take_while(|n| {
                at >= *n && !(self.sign(at - n, b'.') || self.sign(at - n, b'?') || self.sign(at - n, b';'))
            })
            .any(|n| at.checked_sub(n).is_some_and(|i| self.role(i, CARE | ABODE | WORK)));
        let led =
            matches!(before, "at" | "to" | "from" | "in" | "by" | "via" | "for" | "into" | "with" | "under" | "of")
                && !first.line;
        let home = matches!(before, "at" | "in" | "near" | "outside" | "of" | "from")
            && (2..5).any(|n| {
                matches!(
                    self.back(at, n),
                    "lives"
                        | "live"
                        | "living"
                        | "resident"
                        | "outstation"
                        | "hails"
                        | "stays"
                        | "farm"
                        | "house"
                        | "home"
                        | "village"
                        | "native"
                        | "place"
                )
            });
        if home && !clinical && !first.opens {
            return self.hit(at, end, Category::Location, "abode");
        }
        let strange = words.iter().any(|t| look(t) >= Look::Unknown || t.is(PLACE | RARE | LAST));
        let sentence = words.len() == 1 && first.opens;
        if led && !sentence && !first.opens {
            let fits = match before {
                "at" | "via" | "@" => strange && (!upper || care) || care && (!upper || !clinical),
                "to" | "from" | "into" => {
                    care && (strange || !upper && (2..5).any(|n| MOVE.contains(&self.back(at, n))))
                        && !(upper && self.token(end).is_some_and(|t| t.kind == Kind::Number))
                }
                "in" => care && strange,
                "by" | "for" => care && strange && (words.len() > 1 || look(first) >= Look::Unknown),
                _ => false,
            };
            if fits && !single_eponym {
                return self.hit(at, end, Category::Facility, "institution-at");
            }
        }
        // `School New Era English Medium`, `Attended Wythenshawe`, `Hosp NSPH`
        if !first.line
            && matches!(
                before,
                "school"
                    | "hosp"
                    | "hospital"
                    | "attended"
                    | "attends"
                    | "attending"
                    | "college"
                    | "picu"
                    | "nicu"
                    | "everybody"
                    | "employer"
            )
            && !clinical
            && !first.opens
        {
            return self.hit(at, end, Category::Facility, "institution-at");
        }
        // `Caritas cardiology`, `Beacon Hill surgery`
        if self.role(end, DEPT)
            && self.token(end).is_some_and(|t| t.case == Case::Lower && t.spaced && !t.line)
            && !clinical
            && !single_eponym
            && !words.iter().any(|t| t.is(HEAD | BRAND | REGION))
            && (strange || words.len() > 1)
            && !(self.word(end) == "list" && first.opens && clinical)
        {
            return self.hit(at, end, Category::Facility, "institution-acts");
        }
        // `crush at Olympic Dam`
        if before == "at"
            && words.len() > 1
            && !first.opens
            && !upper
            && !words.iter().any(|t| t.is(EPONYM | BRAND | REGION | HEAD))
        {
            return self.hit(at, end, Category::Facility, "institution-at");
        }
        // A word that is a town and nothing else, in a text about one person.
        let town = words.len() == 1
            && first.is(PLACE)
            && !first.is(COMMON | VOCAB | FIRST | EPONYM | BRAND | REGION)
            && first.len() > 4
            && first.case == Case::Capital;
        let town = town
            || words.len() > 1
                && words.len() < 4
                && super::places::known(self.scene, at, end)
                && !words.iter().any(|t| t.is(EPONYM | REGION));
        if town
            && !first.possessive
            && self.told_of_one()
            && (!first.opens || matches!(self.word(end), "has" | "had" | "is" | "full" | "won't" | "can't"))
        {
            return self.hit(at, end, Category::Location, "place-bare");
        }
        // `JOOTRH has no beds`, `Jindal Fortis refused`
        let acts = match self.word(end) {
            "refused" | "refuses" | "declined" | "declines" | "bounced" => true,
            "has" | "have" => {
                matches!(self.word(end + 1), "no" | "none" | "beds") && upper | (words.len() > 1)
                    || matches!(self.word(end + 2), "bed" | "beds" | "list")
            }
            "won't" | "wont" => matches!(self.word(end + 1), "take" | "accept" | "admit" | "have"),
            "can't" | "cannot" => matches!(self.word(end + 1), "take" | "accept" | "admit"),
            "full" => upper,
            "is" => self.word(end + 1) == "full",
            _ => false,
        };
        if acts
            && strange
            && !first.is(BRAND)
            && (upper && first.len() > 2 || words.len() > 1 || look(first) >= Look::Unknown)
        {
            return self.hit(at, end, Category::Facility, "institution-acts");
        }
        None
    }
}

/// Nouns for people, by their endings.
fn person_noun(word: &str) -> bool {
    word.len() > 4
        && (word.ends_with("er")
            || word.ends_with("or")
            || word.ends_with("ist")
            || word.ends_with("ress")
            || word.ends_with("man")
            || word.ends_with("woman"))
        && !matches!(
            word,
            "cancer"
                | "tumour"
                | "tumor"
                | "blocker"
                | "factor"
                | "fever"
                | "ulcer"
                | "inhibitor"
                | "receptor"
                | "disorder"
                | "other"
                | "never"
                | "after"
                | "better"
                | "killer"
                | "marker"
                | "number"
                | "filter"
                | "catheter"
                | "trigger"
                | "starter"
                | "winner"
                | "newer"
                | "older"
                | "rather"
                | "either"
                | "under"
                | "over"
                | "whether"
                | "further"
                | "later"
                | "sister"
                | "brother"
                | "mother"
                | "father"
                | "human"
                | "cheaper"
                | "safer"
                | "stronger"
                | "monitor"
                | "ventilator"
                | "paper"
                | "order"
                | "matter"
                | "answer"
                | "stopper"
                | "counter"
                | "linker"
                | "primer"
                | "remainder"
                | "reminder"
                | "stressor"
                | "tracer"
        )
}
