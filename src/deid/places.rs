//! Named institutions and places smaller than a state.

use super::lexicon::{self, *};
use super::names::{HEADS, Look, look};
use super::token::{Case, Kind, Token};
use super::{Category, Hit, Scene, Severity};

/// Last words of institutions' names.
const SUFFIXES: &[&str] = &["hospital", "hospitals", "infirmary", "clinic", "clinics", "surgery", "hospice", "centre", "center", "ward", "unit", "school", "primary", "college", "academy", "university", "trust", "lodge", "grange", "manor", "house", "court", "pharmacy", "chemist", "opticians", "optometrists", "imaging", "radiology", "laboratory", "laboratories", "labs", "lab", "nursery", "creche", "provincial", "general", "memorial", "private", "ltd", "limited", "llc", "inc", "corp", "pty", "pvt", "plc", "gmbh", "llp", "consultants", "dairies", "logistics", "farms", "farm", "mercy", "sanatorium", "polyclinic", "dispensary", "maternity", "diagnostics", "healthcare", "practice", "prison", "hostel", "hotel", "stores", "industries", "motors", "garage", "bakery", "brewery", "quarry", "mine", "church", "mosque", "temple", "orphanage", "rehab", "rehabilitation", "gardens", "villa", "living", "medical", "convent", "institute"];
/// Suffixes sure enough to stand in small letters.
const LOWER_SUFFIXES: &[&str] = &["ward", "unit", "hospital", "clinic", "surgery", "nursery", "school", "hospice", "infirmary", "creche", "practice", "pharmacy", "lodge", "centre", "center", "college"];
/// Words that say what kind of institution, not which.
const GENERIC: &[&str] = &["general", "medical", "district", "community", "rural", "teaching", "university", "tertiary", "regional", "children", "childrens", "women", "womens", "maternity", "mental", "health", "primary", "care", "nursing", "emergency", "surgical", "intensive", "acute", "stroke", "renal", "burns", "burn", "day", "trauma", "cardiac", "coronary", "psychiatric", "psychiatry", "the", "my", "our", "a", "an", "this", "that", "your", "their", "his", "her", "local", "private", "public", "state", "national", "central", "royal", "cancer", "eye", "dental", "heart", "spinal", "special", "specialist", "treatment", "walk", "in", "urgent", "minor", "injuries", "outpatient", "high", "dependency", "neonatal", "paediatric", "pediatric", "adult", "general", "practice", "assessment", "admissions", "short", "stay", "same", "ambulatory", "critical", "delivery", "labour", "antenatal", "postnatal", "gp", "ed", "icu", "itu", "hdu", "nicu", "picu", "ccu", "amu", "mau", "sau", "another", "every", "each", "any", "no", "one", "two", "old", "new", "big", "small", "which", "what", "base", "referral", "referring", "receiving", "trust", "nhs", "foundation", "hospital", "clinic", "unit", "centre", "center", "ward", "home", "residential", "secondary", "grammar", "medicine", "surgery", "pain", "memory", "diabetes", "foot", "chest", "skin", "fracture", "anticoagulation", "warfarin", "sleep", "rheumatology", "cardiology", "neurology", "oncology", "haematology", "hematology", "dermatology", "gynae", "orthopaedic", "orthopedic", "ent", "urology", "vascular", "transplant", "dialysis", "isolation", "infectious", "diseases", "poisons", "transfusion", "blood", "genetics", "fertility", "sexual", "liver", "bowel", "breast", "lung", "bone", "hip", "knee", "and", "of", "for", "on", "at", "from", "with", "we", "they", "she", "he", "i", "mother", "baby", "but", "so", "mixed", "medium", "secure", "forensic", "recovery"];
/// Words before a place.
const AT: &[&str] = &["in", "at", "from", "near", "to", "past", "outside", "around", "of", "via", "off", "into", "towards", "beyond", "between"];
/// Words that make what follows "from" or "in" a home, a way, a workplace.
const ABODE: &[&str] = &["lives", "live", "living", "lived", "resident", "resides", "residing", "stays", "staying", "stay", "born", "based", "moved", "comes", "came", "come", "coming", "drove", "drive", "drives", "driving", "flown", "flew", "fly", "travelled", "traveled", "travels", "returned", "back", "referred", "transferred", "transfer", "retrieved", "retrieval", "village", "town", "suburb", "hails", "native", "originally", "home", "house", "out", "brought", "walked", "bus", "taxi", "carried", "evacuated", "medevac", "ambulance", "went", "visiting", "hometown", "camp", "farm", "camping", "hostel", "quarantine", "died", "km", "miles"];
/// Words before an employer or an institution.
const WORKS: &[&str] = &["works", "work", "worked", "working", "employed", "employee", "employer", "drives", "resident", "resides", "admitted", "transferred", "transfer", "shift", "shifted", "discharged", "presented", "attends", "attended", "goes", "seen", "registered", "enrolled", "studies", "student", "pupil", "labourer", "clerk", "driver", "foreman", "manager", "nurse", "chef", "cleaner", "guard", "owner", "welder", "fitter", "teaches", "reached"];

/// Whether a word ends institutions' names.
pub fn suffix(lower: &str) -> bool {
    SUFFIXES.contains(&lower)
}

/// Whether the tokens are a listed place of several words.
pub fn known(scene: &Scene, from: usize, to: usize) -> bool {
    let mut joined = String::with_capacity(40);
    for token in scene.tokens[from..to].iter().filter(|t| t.word()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.extend(scene.text[token.start..token.end].chars().map(|c| c.to_ascii_lowercase()));
    }
    lexicon::phrase(&joined) & PLACE != 0
}

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let from = hits.len();
    institutions(scene, hits);
    let finder = Finder { scene };
    let mut at = 0;
    while at < scene.tokens.len() {
        match finder.place(at) {
            Some((hit, next)) => {
                hits.push(hit);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    let _ = from;
}

fn lower(scene: &Scene, i: usize) -> String {
    scene.tokens.get(i).map(|t| scene.text[t.start..t.end].to_ascii_lowercase()).unwrap_or_default()
}

fn capital(token: &Token) -> bool {
    token.word() && matches!(token.case, Case::Capital) || token.word() && token.case == Case::Upper && token.len() > 1
}

/// Names that end in a word for an institution: `St. Osyth's Urgent Care`, `Rowan Ward`, `Al Bahri Scaffolding LLC`.
fn institutions(scene: &Scene, hits: &mut Vec<Hit>) {
    let tokens = scene.tokens;
    for at in 1..tokens.len() {
        let token = &tokens[at];
        if !token.word() || token.line || !token.spaced {
            continue;
        }
        let word = lower(scene, at);
        let two = at + 1 < tokens.len() && !tokens[at + 1].line && matches!((word.as_str(), lower(scene, at + 1).as_str()), ("nursing", "home") | ("care", "home") | ("assisted", "living") | ("urgent", "care") | ("aged", "care") | ("health", "post") | ("health", "centre") | ("rest", "home") | ("retirement", "village") | ("day", "nursery") | ("health", "campus") | ("medical", "city") | ("aged-care", "home") | ("residential", "care") | ("district", "hospital") | ("county", "jail") | ("sheltered", "housing") | ("petrol", "station") | ("high", "school") | ("primary", "school"));
        let suffixed = suffix(&word) && (token.case == Case::Capital || token.case == Case::Upper && token.len() > 2 || token.case == Case::Lower && LOWER_SUFFIXES.contains(&word.as_str())) || two;
        let possessive = word.ends_with("childrens") || (word == "children" || word == "women") && token.possessive && token.capital();
        if !suffixed && !possessive {
            continue;
        }
        // Back over capitals and the small words inside a name.
        let mut from = at;
        let mut back = at;
        while back > 0 && at - back < 9 {
            let previous = &tokens[back - 1];
            if tokens[back].line {
                break;
            }
            let small = matches!(lower(scene, back - 1).as_str(), "of" | "the" | "and" | "for" | "de" | "la" | "e") && back >= 2 && (capital(&tokens[back - 2]) || matches!(lower(scene, back - 2).as_str(), "of")) && !(lower(scene, back - 1) == "the" && lower(scene, back.wrapping_sub(2)) != "of") && !(lower(scene, back - 1) == "and" && token.case == Case::Lower);
            let joint = previous.kind == Kind::Sign && (b"&-".contains(&scene.text.as_bytes()[previous.start]) || scene.text.as_bytes()[previous.start] == b'.' && lower(scene, back.wrapping_sub(2)) == "st");
            let initial = previous.case == Case::Initial && !previous.opens;
            if capital(previous) && !matches!(lower(scene, back - 1).as_str(), "dr" | "mr" | "mrs" | "prof") {
                back -= 1;
                from = back;
            } else if small || joint || initial {
                back -= 1;
            } else {
                break;
            }
        }
        if from == at {
            continue;
        }
        let proper = (from..at).any(|i| {
            let t = &tokens[i];
            let w = lower(scene, i);
            t.word() && t.case != Case::Upper && !GENERIC.contains(&w.as_str()) && (t.case == Case::Capital) && !(t.opens && t.is(COMMON) && i == from && at - from == 1 && token.case == Case::Lower) && !(t.is(REGION) && !t.is(PLACE)) && !(token.case == Case::Lower && t.is(COMMON | BRAND | MONTH | VOCAB) && t.opens) || t.case == Case::Upper && t.len() <= 4 && matches!(word.as_str(), "hospital" | "ltd" | "llc")
        });
        let listed = (from..at).all(|i| GENERIC.contains(&lower(scene, i).as_str())) && token.case == Case::Capital && at - from >= 2 && tokens[from].spaced && !tokens[from].opens && matches!(word.as_str(), "ward" | "hospital" | "unit");
        // `Broca part`, `Stroke Unit`, `Wood unit`: a clinical word before a weak suffix is no name.
        let weak = matches!(word.as_str(), "unit" | "house" | "court" | "general" | "private" | "mercy" | "centre" | "center" | "primary" | "practice" | "imaging" | "medical" | "institute" | "trust" | "radiology" | "living" | "surgery" | "clinic" | "garage" | "gardens" | "school" | "farm" | "lab" | "mine" | "temple" | "church" | "villa" | "rehab" | "healthcare" | "limited" | "manor" | "rehabilitation");
        let clinical = weak && tokens[from].opens && tokens[from..at].iter().all(|t| t.is(COMMON | VOCAB | EPONYM | BRAND)) && at - from == 1;
        let eponym = token.case == Case::Lower && tokens[from..at].iter().any(|t| t.is(EPONYM | BRAND)) && matches!(word.as_str(), "unit" | "clinic" | "school" | "surgery" | "centre" | "center" | "practice");
        if !proper && !listed || clinical || eponym {
            continue;
        }
        let mut start = from;
        while start < at && (matches!(lower(scene, start).as_str(), "the" | "my" | "our" | "a" | "an" | "this" | "that" | "your" | "their" | "his" | "her") || tokens[start].opens && tokens[start].is(COMMON) && !tokens[start].is(FIRST | LAST | PLACE) && at - start > 1 && matches!(lower(scene, start).as_str(), "our" | "my" | "at" | "in" | "the" | "from" | "seen" | "admitted" | "transferred" | "works")) {
            start += 1;
        }
        let mut end = at + 1 + usize::from(two);
        while end < tokens.len() && !tokens[end].line && end < at + 5 && tokens[end].spaced | (tokens[end].kind == Kind::Sign) {
            let w = lower(scene, end);
            if suffix(&w) && tokens[end].capital() || tokens[end].case == Case::Initial && word == "ward" || w == "ltd" || w == "llc" || w == "clinic" || w == "centre" && tokens[end].capital() {
                end += 1;
            } else if (w == "&" || w == "and") && tokens.get(end + 1).is_some_and(capital) && tokens.get(end + 1).is_some_and(|t| t.possessive || suffix(&lower(scene, end + 1))) {
                end += 2;
            } else {
                break;
            }
        }
        hits.push(Hit { start: tokens[start].start, end: tokens[end - 1].end, category: Category::Facility, severity: Severity::Confirm, rule: "institution" });
    }
}

struct Finder<'a> {
    scene: &'a Scene<'a>,
}

impl Finder<'_> {
    fn lower(&self, i: usize) -> String {
        lower(self.scene, i)
    }

    fn sign(&self, i: usize, c: u8) -> bool {
        self.scene.tokens.get(i).is_some_and(|t| t.kind == Kind::Sign && self.scene.text.as_bytes()[t.start] == c)
    }

    /// The end of a run of capitals that may name a place.
    fn run(&self, at: usize) -> usize {
        let tokens = self.scene.tokens;
        let mut end = at;
        let mut i = at;
        while i < tokens.len() && i < at + 7 {
            let token = &tokens[i];
            if token.line && i > at {
                break;
            }
            let word = self.lower(i);
            if token.word() && token.capital() && (i == at || token.spaced || self.sign(i - 1, b'-') || self.sign(i - 1, b'.')) {
                i += 1;
                end = i;
                if token.possessive && !matches!(word.as_str(), "st" | "king" | "queen" | "bishop") && !tokens.get(i).is_some_and(Token::capital) {
                    break;
                }
            } else if i > at && (self.sign(i, b'-') && !token.spaced || self.sign(i, b'.') && self.lower(i - 1) == "st" || self.sign(i, b'&') || matches!(word.as_str(), "on" | "upon" | "le" | "la" | "de" | "of" | "the" | "el" | "al" | "y" | "na" | "under") && tokens.get(i + 1).is_some_and(Token::capital) && !matches!(word.as_str(), "of" | "the" | "de") | tokens.get(i + 1).is_some_and(|t| t.is(PLACE)) && tokens.get(i + 1).is_some_and(Token::capital)) {
                i += 1;
            } else {
                break;
            }
        }
        end
    }

    /// A place, by what stands before it or by its form.
    fn place(&self, at: usize) -> Option<(Hit, usize)> {
        let tokens = self.scene.tokens;
        let token = &tokens[at];
        if !token.word() {
            return None;
        }
        let word = self.lower(at);
        // Co. Mayo, County Kerry
        if matches!(word.as_str(), "co" | "county") && token.capital() {
            let next = at + 1 + usize::from(self.sign(at + 1, b'.'));
            if tokens.get(next).is_some_and(|t| t.capital() && t.spaced && (t.is(PLACE | LAST) || look(t) >= Look::Double)) && !suffix(&self.lower(next + 1)) {
                return Some(self.hit(at, next + 1, "county"));
            }
        }
        let previous = at.checked_sub(1).map(|i| self.lower(i)).unwrap_or_default();
        let preposition = AT.contains(&previous.as_str()) && !token.line;
        let earlier: Vec<String> = (2..=5).filter_map(|n| at.checked_sub(n)).map(|i| self.lower(i)).collect();
        let abode = preposition && earlier.iter().any(|w| ABODE.contains(&w.as_str())) || matches!(previous.as_str(), "village" | "town" | "suburb" | "hometown" | "camping" | "lives" | "stays" | "visiting") || matches!(previous.as_str(), "is" | "at" | ":") && earlier.iter().take(2).any(|w| matches!(w.as_str(), "village" | "hometown" | "town" | "suburb" | "address"));
        if token.capital() {
            let end = self.run(at);
            if end == at {
                return None;
            }
            return self.capital_place(at, end, preposition, abode, &previous, &earlier);
        }
        // `lives mangere`, `, killarney.`
        if self.scene.lowercase && token.case == Case::Lower && token.is(PLACE) && !token.is(COMMON | VOCAB | REGION | EPONYM) && token.len() > 3 && (abode || preposition && !token.is(FIRST | LAST) || preposition && matches!(previous.as_str(), "in" | "from" | "near") && !token.is(FIRST) || previous == "," && !token.is(FIRST | LAST | BRAND)) {
            return Some(self.hit(at, at + 1, "place-lower"));
        }
        None
    }

    fn capital_place(&self, at: usize, end: usize, preposition: bool, abode: bool, previous: &str, earlier: &[String]) -> Option<(Hit, usize)> {
        let tokens = self.scene.tokens;
        let words: Vec<&Token> = tokens[at..end].iter().filter(|t| t.word()).collect();
        let next = self.lower(end);
        let listed = if words.len() == 1 { words[0].is(PLACE) } else { known(self.scene, at, end) };
        if words.iter().all(|t| t.is(REGION)) && !(listed && words.len() > 1) || words.len() > 1 && lexicon::phrase(&words.iter().map(|t| self.scene.text[t.start..t.end].to_ascii_lowercase()).collect::<Vec<_>>().join(" ")) & REGION != 0 {
            return None;
        }
        // A guideline, a group, a score of that place.
        let study = HEADS.contains(&next.as_str()) && tokens.get(end).is_some_and(|t| t.spaced && !t.line) && !matches!(next.as_str(), "system" | "line" | "area" | "group" | "view" | "approach") || matches!(next.as_str(), "group" | "style" | "approach") || tokens.get(end).is_some_and(|t| t.kind == Kind::Number && t.len() == 4) || matches!(next.as_str(), "et");
        if study {
            return None;
        }
        let first = words[0];
        let plain = words.iter().all(|t| t.is(COMMON | VOCAB | BRAND | MONTH)) && !(listed && abode);
        // Town, STATE
        let state = self.sign(end, b',') && tokens.get(end + 1).is_some_and(|t| t.case == Case::Upper && t.len() == 2 && STATES.contains(&self.scene.text[t.start..t.end].as_ref()) || t.is(REGION) && t.capital());
        let title = matches!(previous, "dr" | "mr" | "mrs" | "ms" | "prof");
        if title {
            return None;
        }
        if state && !plain && (preposition || listed) {
            return Some(self.hit(at, end, "town-and-state"));
        }
        if let Some(length) = works(self.scene, at, previous, earlier)
            && length
            && !plain
            && !first.is(REGION | MONTH)
            && !(first.is(EPONYM) && words.len() == 1)
            && !listed
            && !(words.len() == 1 && look(first) == Look::Given && !matches!(previous, "for" | "at"))
        {
            return Some((Hit { start: tokens[at].start, end: tokens[end - 1].end, category: Category::Facility, severity: Severity::Confirm, rule: "employer" }, end));
        }
        if matches!(self.lower(end).as_str(), "pada" | "village" | "township" | "suburb" | "side" | "district" | "island" | "estate" | "camp" | "reserve" | "marae" | "taluk" | "tehsil" | "mandal" | "parish" | "lga" | "tp") && tokens.get(end).is_some_and(|t| t.spaced && !t.line) && !plain && (preposition || listed) {
            return Some(self.hit(at, end + usize::from(matches!(self.lower(end).as_str(), "pada" | "village" | "township")), "village"));
        }
        if preposition && listed && !plain && !matches!(previous, "of") {
            // `in Karachi data`: the place of a study.
            if words.len() == 1 && first.is(EPONYM) && !abode {
                return None;
            }
            return Some(self.hit(at, end, "place"));
        }
        if previous == "of" && listed && abode && !plain {
            return Some(self.hit(at, end, "place"));
        }
        if abode && !plain && !words.iter().any(|t| t.is(REGION | MONTH | BRAND)) && !suffix(&next) && !(words.len() == 1 && first.is(EPONYM) && !listed) && words.iter().any(|t| look(t) != Look::No || t.is(PLACE)) && !matches!(previous, "of") {
            let person = look(first) == Look::Given && !listed && matches!(previous, "to" | "from");
            return (!person).then(|| self.hit(at, end, "abode"));
        }
        // `, Moga`, `| Hayatabad`: listed places beside an address or an institution are joined later; alone only a clear one.
        let alone = listed && !plain && !words.iter().any(|t| t.is(COMMON | VOCAB | EPONYM | FIRST | LAST)) && (previous == "," || previous == "(") && !first.opens && words.iter().all(|t| t.len() > 3);
        if alone {
            return Some(self.hit(at, end, "place-listed"));
        }
        None
    }

    fn hit(&self, from: usize, to: usize, rule: &'static str) -> (Hit, usize) {
        let tokens = self.scene.tokens;
        (Hit { start: tokens[from].start, end: tokens[to - 1].end, category: Category::Location, severity: Severity::Confirm, rule }, to)
    }
}

const STATES: &[&str] = &["AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "ON", "QC", "BC", "AB", "SK", "MB", "NS", "NB", "NL", "PE", "YT", "NT", "NU", "SA", "QLD", "NSW", "VIC", "TAS", "KZN", "EC", "WC", "NZ", "UK"];

/// Whether what stands before makes the words an employer or an institution; `None` if nothing does.
fn works(scene: &Scene, at: usize, previous: &str, earlier: &[String]) -> Option<bool> {
    if scene.tokens[at].line {
        return None;
    }
    let verb = |list: &[&str]| earlier.iter().take(3).any(|w| list.contains(&w.as_str()));
    if matches!(previous, "employer" | "employers") || previous == ":" && verb(&["employer", "workplace"]) {
        return Some(true);
    }
    if matches!(previous, "at" | "for" | "with" | "by" | "in") && verb(WORKS) {
        return Some(true);
    }
    if matches!(previous, "of") && verb(&["owner", "director", "boss", "foreman", "manager"]) {
        return Some(true);
    }
    None
}
