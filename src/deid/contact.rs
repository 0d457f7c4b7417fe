//! Ways to reach somebody: e-mail, web, account names, network addresses, telephones.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::forms::{Forms, unless_alone};
use super::lexicon::CONTACT_BITS;
use super::references::{near_reference, reference};
use super::token::{Kind, Token};
use super::{Category, Hit, Scene, Severity};

type Pattern = (&'static str, Category, &'static str);

/// Without a space inside.
const SOLID: [Pattern; 9] = [
    (r"(?i)[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+", Category::Email, "email"),
    (r"(?i)\b(?:https?://|www\.)[^\s<>\)\]]+", Category::Url, "url"),
    (
        r"(?i)\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|org|net|co|uk|us|in|au|nz|za|ie|ca|pk|ng|ke|sg|ae|ph|io|me|info|example|page|site|blog|health|care|online|app|dev|be|ly|gl|tv|fm|gg|xyz|link|social)(?:/[^\s<>\)\]]*)?",
        Category::Url,
        "url-bare",
    ),
    (r"(?i)(?:^|[^a-z0-9@._/-])(@[a-z0-9_][a-z0-9_.-]+)", Category::Handle, "handle"),
    (r"(?i)(?:^|[^a-z0-9/])(/?u/[a-z0-9_-]{3,})", Category::Handle, "handle-forum"),
    (r"\b\d{1,3}(?:\.\d{1,3}){3}\b", Category::Ip, "ip4"),
    (r"(?i)\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}\b", Category::Ip, "ip6"),
    (r"(?i)\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b", Category::Ip, "mac"),
    (r"(?i)\b[a-z0-9._]+@(?:abdm|sbx)\b", Category::NationalId, "abha-address"),
];
/// Those of them that have an at, a full stop before a letter, a colon before a slash, and so on.
const SIGNED: u32 = 1 | 1 << 3 | 1 << 8;
const HOST: u32 = LINK | 1 << 2;
const LINK: u32 = 1 << 1;
const FORUM: u32 = 1 << 4;
const IP4: u32 = 1 << 5;
const IP6: u32 = 1 << 6;
const MAC: u32 = 1 << 7;

/// Begun by a word or a digit.
const LED: [Pattern; 6] = [
    (
        r"(?i)\b(?:insta(?:gram)?|twitter|tiktok|snapchat|snap|facebook|fb|telegram|discord|skype|reddit|threads|bluesky|username|handle|user name|screen name)(?:\s(?:is|as|handle|account|name|id|under|user))*\s?[:=-]?\s([a-z][a-z]*[0-9_.][a-z0-9_.]*[a-z0-9])",
        Category::Handle,
        "handle-named",
    ),
    (r"(?:\+|\b00)\d{1,3}[ .-]?(?:\(0\))?(?:[ .-]?\(?\d{1,5}\)?){2,5}", Category::Phone, "phone-international"),
    (r"(?:\(0\d{1,4}\)|\b0\d{1,5})(?:[ .-]{0,2}\d{2,8}){1,4}\b", Category::Phone, "phone-national"),
    (
        r"(?:\(\d{3}\) ?|\b(?:1[-. ]?)?\d{3}[-. ])\d{3}[-. ]\d{4}(?:\s?(?:x|ext\.?)\s?\d{1,5})?\b",
        Category::Phone,
        "phone-american",
    ),
    (
        r"\b[6-9]\d{4}[ -]\d{5}\b|\b[6-9]\d{2}[ -]\d{3}[ -]\d{4}\b|\b[6-9]\d{9}\b|\b[689]\d{3}[ -]\d{4}\b",
        Category::Phone,
        "phone-asian",
    ),
    (
        r"(?i)\b(?:tel(?:ephone)?|phone|ph|mob(?:ile)?|cell|whatsapp|fax|bleep|pager|bleeped|dect|ext(?:ension)?|extn|contact no|contact number|switchboard|landline|hotline|ring me|call me|text me|bleep me|ring|call|text|dial)(?:no|number|num|on|at|is|me|him|her|them|us)?(?:\s(?:no|number|num|on|at|is|me|him|her|them|us))*[.:#]?\s?#?\s?(\+?\(?\d[\d ().-]{1,18}\d)",
        Category::Phone,
        "phone-labelled",
    ),
];
const SPELLED: Pattern = (
    r"(?i)\b[a-z0-9][a-z0-9._-]*(?:\sdot\s[a-z0-9]+){0,2}\s?(?:\(at\)|\[at\]|\{at\}|\sat\s)\s?[a-z0-9-]+(?:\s?(?:\(dot\)|\[dot\]|\sdot\s|\.)\s?[a-z]{2,12}){1,3}\b",
    Category::Email,
    "email-spelled",
);

static EACH: LazyLock<Vec<Regex>> =
    LazyLock::new(|| SOLID.iter().map(|p| Regex::new(&ascii(p.0)).expect("pattern")).collect());
static FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::new(&LED.map(|p| ascii(p.0)), Some(CONTACT_BITS)));
static SPELL: LazyLock<Regex> = LazyLock::new(|| Regex::new(&ascii(SPELLED.0)).expect("pattern"));

/// The words with which the patterns begin.
pub(super) fn first_words() -> &'static [(String, u64)] {
    FORMS.first_words()
}

/// ASCII classes are much cheaper, and the folded text is ASCII.
pub fn ascii(pattern: &str) -> String {
    pattern.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]").replace(r"\s", r"[ \n]")
}

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    let from = hits.len();
    for run in runs(scene) {
        let piece = &scene.text[run.clone()];
        let may = addresses(piece.as_bytes());
        for index in (0..SOLID.len()).filter(|index| may & 1 << index != 0) {
            for found in EACH[index].captures_iter(piece) {
                if let Some(whole) = found.get(1).or_else(|| found.get(0)) {
                    push(scene, SOLID[index], run.start + whole.start()..run.start + whole.end(), hits);
                }
            }
        }
    }
    hits[from..].sort_by_key(|hit| SOLID.iter().position(|p| p.2 == hit.rule));
    let bracket = |i: usize| scene.word(i).bytes().all(|b| b"([{".contains(&b));
    let spelled = |i: usize, t: &Token| t.lower == "dot" || t.lower == "at" && i > 0 && bracket(i - 1);
    if scene.tokens.iter().enumerate().any(|(i, t)| spelled(i, t)) {
        SPELL.find_iter(scene.text).for_each(|found| push(scene, SPELLED, found.range(), hits));
    }
    for found in FORMS.find(scene, |at, may| unless_alone(scene, at, may)) {
        let (pattern, whole) = (LED[found.form], found.start..found.end);
        match (pattern, found.part(1)) {
            ((.., "phone-labelled"), Some(number)) => hits.extend(told(scene.text, whole.start, number)),
            (_, inner) => push(scene, pattern, inner.unwrap_or(whole), hits),
        }
    }
}

/// The runs without a space whose signs could make an address of them.
fn runs<'a>(scene: &'a Scene) -> impl Iterator<Item = Range<usize>> + 'a {
    let bytes = scene.text.as_bytes();
    let blank = |byte: &u8| matches!(byte, b' ' | b'\n');
    let mut done = 0;
    scene.tokens.iter().filter(|t| t.kind == Kind::Sign).filter_map(move |token| {
        let at = token.start;
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let may = at >= done
            && match bytes[at] {
                b'@' | b':' => true,
                b'.' => next.is_ascii_alphanumeric(),
                b'-' => bytes.get(at + 3) == Some(&b'-'),
                b'/' => at > 0 && bytes[at - 1].eq_ignore_ascii_case(&b'u'),
                _ => false,
            };
        if !may {
            return None;
        }
        let from = bytes[done..at].iter().rposition(blank).map_or(done, |i| done + i + 1);
        done = bytes[at..].iter().position(blank).map_or(bytes.len(), |i| at + i);
        Some(from..done)
    })
}

/// Which of [`SOLID`], as bits, may be in a run, by the signs that they have.
fn addresses(run: &[u8]) -> u32 {
    let (mut may, mut dots, mut colons, mut dashes) = (0, 0, 0, 0);
    for (at, byte) in run.iter().enumerate() {
        let next = run.get(at + 1).copied().unwrap_or(b' ');
        match byte {
            b'@' => may |= SIGNED,
            b'.' if next.is_ascii_alphabetic() => may |= HOST,
            b'.' => dots += 1,
            b':' => {
                colons += 1;
                may |= if next == b'/' { LINK } else { 0 };
            }
            b'-' => dashes += 1,
            b'/' if at > 0 && run[at - 1].eq_ignore_ascii_case(&b'u') => may |= FORUM,
            _ => {}
        }
    }
    for (enough, which) in [(dots > 2, IP4), (colons > 1, IP6), (colons + dashes > 4, MAC)] {
        may |= if enough { which } else { 0 };
    }
    // `www.` by itself is no address.
    if may != 0 && dots > 0 { may | LINK } else { may }
}

fn push(scene: &Scene, (_, category, rule): Pattern, place: Range<usize>, hits: &mut Vec<Hit>) {
    let (start, mut end) = (place.start, place.end);
    while end > start && b".,;:!?'\"-*_ \n".contains(&scene.text.as_bytes()[end - 1]) {
        end -= 1;
    }
    if end > start && real(scene, rule, &scene.text[start..end], start, end) {
        hits.push(Hit { start, end, category, severity: Severity::Block, rule });
    }
}

/// A number that a word announces: `call 07700 900482`, `bleep 2207`.
fn told(text: &str, start: usize, number: Range<usize>) -> Option<Hit> {
    let digits = text[number.clone()].bytes().filter(u8::is_ascii_digit).count();
    let label = text[start..number.start].to_ascii_lowercase();
    let internal = ["bleep", "pager", "ext", "dect", "fax"].iter().any(|word| label.contains(word));
    let unit = after_word(text, number.end);
    let fits = (digits >= 6 || internal && digits >= 3 || digits == 5 && label.contains("on "))
        && !matches!(unit, "mg" | "ml" | "times" | "days" | "weeks" | "h" | "hours" | "min")
        && digits <= 15;
    fits.then_some(Hit {
        start: number.start,
        end: number.end,
        category: Category::Phone,
        severity: Severity::Block,
        rule: "phone-labelled",
    })
}

fn real(scene: &Scene, rule: &str, piece: &str, start: usize, end: usize) -> bool {
    let text = scene.text;
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    match rule {
        "email-spelled" => {
            let lower = piece.to_ascii_lowercase();
            lower.contains("(at)")
                || lower.contains("[at]")
                || lower.contains("{at}")
                || lower.contains(" dot ")
                || lower.contains("(dot)")
                || lower.contains("[dot]")
        }
        "url" => !reference(piece),
        "url-bare" => {
            let before = text[..start].bytes().next_back();
            let host = piece.split('/').next().unwrap_or(piece);
            let last = host.rsplit('.').next().unwrap_or("");
            let path = piece.contains('/');
            // `Grp.in`, `e.g.me`: a missing space after a full stop is not a host.
            let missing_space = !path
                && host.matches('.').count() == 1
                && matches!(
                    last.to_ascii_lowercase().as_str(),
                    "in" | "me"
                        | "us"
                        | "be"
                        | "co"
                        | "care"
                        | "health"
                        | "io"
                        | "dev"
                        | "page"
                        | "online"
                        | "site"
                        | "link"
                        | "social"
                        | "app"
                        | "ca"
                        | "tv"
                        | "fm"
                );
            !matches!(before, Some(b'@' | b'/' | b'.' | b'-' | b'_'))
                && !missing_space
                && !reference(piece)
                && host.bytes().any(|b| b.is_ascii_alphabetic())
                && !last.starts_with(|c: char| c.is_ascii_uppercase())
                && !text[end..].starts_with('@')
        }
        "handle" => {
            let name = piece[1..].to_ascii_lowercase();
            name.bytes().filter(u8::is_ascii_alphabetic).count() >= 2
                && !matches!(
                    name.as_str(),
                    "all"
                        | "everyone"
                        | "everybody"
                        | "here"
                        | "channel"
                        | "mods"
                        | "mod"
                        | "admin"
                        | "admins"
                        | "team"
                        | "moderators"
                        | "op"
                )
                && !(name.as_bytes()[0].is_ascii_digit() && name.bytes().filter(u8::is_ascii_alphabetic).count() < 4)
        }
        "ip4" => {
            let before = before_word(text, start);
            piece.split('.').all(|part| part.parse::<u32>().is_ok_and(|n| n < 256))
                && !before.starts_with('v')
                && before != "version"
                && !text[end..].strip_prefix('.').is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()))
        }
        "ip6" => piece.matches(':').count() >= 4 && digits >= 2 || piece.contains("::") && piece.len() >= 7,
        "phone-international" => (8..=15).contains(&digits) && (piece.starts_with('+') || digits >= 11),
        "phone-national" => {
            (9..=12).contains(&digits)
                && !near_reference(text, start)
                && !text[end..].starts_with(['.', '%', ','])
                    | text[end..].starts_with(". ")
                    | text[end..].starts_with(", ")
                    | text[end..].starts_with(".\n")
                    | (text.len() == end + 1)
        }
        "phone-american" => !near_reference(text, start),
        "phone-asian" => {
            (digits == 10 || digits == 8 && labelled(text, start))
                && !near_reference(text, start)
                && !text[..start].ends_with(['+', '/', '.', '-', '#'])
        }
        _ => true,
    }
}

fn labelled(text: &str, start: usize) -> bool {
    matches!(
        before_word(text, start),
        "tel"
            | "phone"
            | "ph"
            | "mobile"
            | "mob"
            | "cell"
            | "call"
            | "ring"
            | "text"
            | "whatsapp"
            | "hp"
            | "contact"
            | "on"
            | "at"
    )
}

/// The word before a place, in its own case.
pub fn before_word(text: &str, start: usize) -> &str {
    let head = text[start.saturating_sub(40)..start].trim_end_matches([' ', ':', '.', '#', '(', '-', ',', '"', '\'']);
    let from = head.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |i| i + 1);
    &head[from..]
}

/// The word after a place.
pub fn after_word(text: &str, end: usize) -> &str {
    let tail = text[end..(end + 40).min(text.len())].trim_start_matches([' ', ')', '"']);
    let to = tail.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tail.len());
    &tail[..to]
}
