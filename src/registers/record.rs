//! An entry as bytes: how it lies in a layer's blocks and in the runs of an import.

use super::{Entry, Profession, Removal, Status};
use crate::base::clock::Time;

/// The entry carries its own version and time; others have their layer's.
const OWN: u8 = 1;
const ABSENT: u8 = 2;
/// The file says that the number was ended, and no more: what is known of its holder stays.
const ENDED: u8 = 4;

/// An entry in bytes, taken apart no further than an import needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packed<'a> {
    pub number: &'a str,
    pub is_ended: bool,
    pub absent_since: Option<Time>,
    own: Option<(&'a str, Time)>,
    /// Everything that can change from file to file.
    pub content: &'a [u8],
    pub whole: &'a [u8],
}

/// Whether the entry is as a file has it, or as an older one had it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen<'a> {
    pub own: Option<(&'a str, Time)>,
    pub absent_since: Option<Time>,
}

pub(super) fn pack(entry: &Entry, is_ended: bool, to: &mut Vec<u8>) {
    put(to, &entry.number);
    to.push(if is_ended { ENDED } else { 0 });
    put_content(entry, to);
}

/// The same entry with another seen and absent mark.
pub(super) fn repack(number: &str, content: &[u8], seen: Seen, to: &mut Vec<u8>) {
    put(to, number);
    to.push(u8::from(seen.own.is_some()) * OWN + u8::from(seen.absent_since.is_some()) * ABSENT);
    if let Some((version, at)) = seen.own {
        put(to, version);
        to.extend(at.0.to_le_bytes());
    }
    if let Some(at) = seen.absent_since {
        to.extend(at.0.to_le_bytes());
    }
    let len = u32::try_from(content.len()).unwrap_or(u32::MAX);
    to.extend(len.to_le_bytes());
    to.extend(content);
}

fn put_content(entry: &Entry, to: &mut Vec<u8>) {
    let at = to.len();
    to.extend([0; 4]);
    let status = Status::all().position(|status| status == entry.status).unwrap_or(usize::MAX);
    let profession = Profession::all().position(|profession| profession == entry.profession).unwrap_or(usize::MAX);
    to.extend([u8::try_from(status).unwrap_or(u8::MAX), u8::try_from(profession).unwrap_or(u8::MAX)]);
    for text in [&entry.family, &entry.given, &entry.specialty, &entry.status_raw, &entry.valid_from] {
        put(to, text);
    }
    put(to, &entry.other_names.join("; "));
    let len = u32::try_from(to.len() - at - 4).unwrap_or(u32::MAX);
    to[at..at + 4].copy_from_slice(&len.to_le_bytes());
}

/// A text with its length before it; what is longer than any name is cut.
fn put(to: &mut Vec<u8>, text: &str) {
    let mut end = text.len().min(usize::from(u16::MAX));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    to.extend(u16::try_from(end).unwrap_or(u16::MAX).to_le_bytes());
    to.extend(&text.as_bytes()[..end]);
}

/// The next entry of some, and the bytes behind it; `None` behind the last and for what is no entry.
pub(super) fn next(bytes: &[u8]) -> Option<(Packed<'_>, &[u8])> {
    let (number, rest) = text(bytes)?;
    let (flags, mut rest) = rest.split_first()?;
    let mut own = None;
    if flags & OWN > 0 {
        let (version, after) = text(rest)?;
        let (at, after) = time(after)?;
        own = Some((version, at));
        rest = after;
    }
    let mut absent_since = None;
    if flags & ABSENT > 0 {
        let (at, after) = time(rest)?;
        absent_since = Some(at);
        rest = after;
    }
    let (len, rest) = rest.split_at_checked(4)?;
    let len = usize::try_from(u32::from_le_bytes(len.try_into().ok()?)).ok()?;
    let (content, after) = rest.split_at_checked(len)?;
    let whole = &bytes[..bytes.len() - after.len()];
    Some((Packed { number, is_ended: flags & ENDED > 0, absent_since, own, content, whole }, after))
}

fn text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (len, rest) = bytes.split_at_checked(2)?;
    let (text, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(len.try_into().ok()?)))?;
    Some((std::str::from_utf8(text).ok()?, rest))
}

fn time(bytes: &[u8]) -> Option<(Time, &[u8])> {
    let (at, rest) = bytes.split_at_checked(8)?;
    Some((Time(i64::from_le_bytes(at.try_into().ok()?)), rest))
}

impl<'a> Packed<'a> {
    /// Where and when it was last seen: of its own, or its layer's.
    pub fn seen(&self, version: &'a str, at: Time) -> (&'a str, Time) {
        self.own.unwrap_or((version, at))
    }

    pub fn status(&self) -> Status {
        let at = self.content.first().map(|at| usize::from(*at));
        at.and_then(|at| Status::all().nth(at)).unwrap_or(Status::Unknown)
    }

    /// Family and given name.
    pub fn names(&self) -> (&'a str, &'a str) {
        let read = || {
            let (family, rest) = text(self.content.get(2..)?)?;
            Some((family, text(rest)?.0))
        };
        read().unwrap_or_default()
    }

    /// The whole entry, of a layer that is from this version and time.
    pub fn entry(&self, register: &str, version: &str, at: Time) -> Option<Entry> {
        let (head, rest) = self.content.split_at_checked(2)?;
        let (family, rest) = text(rest)?;
        let (given, rest) = text(rest)?;
        let (specialty, rest) = text(rest)?;
        let (status_raw, rest) = text(rest)?;
        let (valid_from, rest) = text(rest)?;
        let (others, _) = text(rest)?;
        let (version, at) = self.own.unwrap_or((version, at));
        Some(Entry {
            register: register.to_owned(),
            number: self.number.to_owned(),
            family: family.to_owned(),
            given: given.to_owned(),
            other_names: others.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            profession: Profession::all().nth(usize::from(head[1])).unwrap_or(Profession::Other),
            specialty: specialty.to_owned(),
            status: self.status(),
            status_raw: status_raw.to_owned(),
            valid_from: valid_from.to_owned(),
            source_version: version.to_owned(),
            seen_at: at,
            absent_since: self.absent_since,
        })
    }
}

/// What is known of a holder, with the ended number's status.
pub(super) fn ended(known: &Packed, now: &Packed) -> Option<Vec<u8>> {
    let mut entry = known.entry("", "", Time(0))?;
    let told = now.entry("", "", Time(0))?;
    // A restoration that is newer than the end stands: reports of ended numbers are older than they look.
    let restored = entry.status_raw.rsplit_once("restored ").map(|(_, date)| date);
    let ended = told.status_raw.split_whitespace().nth(1);
    let stands = restored.zip(ended).is_some_and(|(restored, ended)| restored >= ended.trim_end_matches(','));
    // An end for a harder reason, told before, stays.
    let is_harder = matches!(entry.status, Status::Deceased | Status::Removed(Removal::Disciplinary));
    if !(stands || is_harder && told.status == Status::Lapsed) {
        entry.status = told.status;
        entry.status_raw = told.status_raw;
    }
    let mut content = Vec::new();
    put_content(&entry, &mut content);
    Some(content.split_off(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_comes_back_as_it_was() {
        let entry = Entry {
            register: "gmc".to_owned(),
            number: "9000001".to_owned(),
            family: "Łovelock".to_owned(),
            given: "Ada".to_owned(),
            other_names: vec!["Ada Stone".to_owned(), "A. Reed".to_owned()],
            profession: Profession::Midwife,
            specialty: "Cardiology".to_owned(),
            status: Status::Suspended { interim: true },
            status_raw: "Interim suspension".to_owned(),
            valid_from: "1999-01-02".to_owned(),
            source_version: "7".to_owned(),
            seen_at: Time(5),
            absent_since: None,
        };
        let mut bytes = Vec::new();
        pack(&entry, false, &mut bytes);
        let (packed, rest) = next(&bytes).expect("an entry");
        assert!(rest.is_empty());
        assert_eq!(packed.entry("gmc", "7", Time(5)), Some(entry.clone()));
        let mut again = Vec::new();
        let seen = Seen { own: Some(("8", Time(9))), absent_since: Some(Time(11)) };
        repack(packed.number, packed.content, seen, &mut again);
        let wanted = Entry { source_version: "8".to_owned(), seen_at: Time(9), absent_since: Some(Time(11)), ..entry };
        assert_eq!(next(&again).and_then(|(packed, _)| packed.entry("gmc", "7", Time(5))), Some(wanted));
        for cut in 0..again.len() {
            assert!(next(&again[..cut]).is_none());
        }
    }
}
