//! Starts the process that reads a document, and distrusts what comes out of it.

use super::worker::{MOST_PAGES, MOST_PIXELS};
use crate::base::problem::{Problem, Result};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::Semaphore;

/// The hidden command under which this program reads documents.
pub const COMMAND: &str = "read-document";
/// After this the process is ended, whatever it does.
const PATIENCE: Duration = Duration::from_secs(40);
/// Most bytes of an answer.
const MOST_ANSWER: u64 = 48 * 1024 * 1024;
/// Bytes of prints behind each page.
const PRINTS: usize = 96;

/// A page, written anew as JPEG, with its prints.
#[derive(Debug, Clone)]
pub struct Page {
    pub jpeg: Vec<u8>,
    pub pixels: [u8; 32],
    pub shape: [u8; 32],
    pub mirrored: [u8; 32],
}

/// Why a document could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    Empty,
    UnknownType,
    Heic,
    Locked,
    Broken,
    Blank,
    TooSmall,
    TooManyPixels,
    TooManyPages,
    TooHeavy,
}

const CODES: &[(&str, Unreadable)] = &[
    ("empty", Unreadable::Empty),
    ("unknown-type", Unreadable::UnknownType),
    ("heic", Unreadable::Heic),
    ("locked", Unreadable::Locked),
    ("blank", Unreadable::Blank),
    ("too-small", Unreadable::TooSmall),
    ("too-many-pixels", Unreadable::TooManyPixels),
    ("too-many-pages", Unreadable::TooManyPages),
    ("too-heavy", Unreadable::TooHeavy),
];

impl Unreadable {
    pub fn code(self) -> &'static str {
        CODES.iter().find(|(_, kind)| *kind == self).map_or("broken", |(code, _)| code)
    }

    /// What is wrong and what to do.
    pub fn words(self) -> String {
        match self {
            Unreadable::Empty => "Choose a file: a photo or scan as JPEG, PNG or WebP, or a PDF.".to_owned(),
            Unreadable::UnknownType => {
                "This is no photo or PDF that we can read. Send JPEG, PNG, WebP or PDF; a photo of the paper will do.".to_owned()
            }
            Unreadable::Heic => {
                "This is a HEIC photo. Save it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible, and \
                 take it again), or send a screenshot of it."
                    .to_owned()
            }
            Unreadable::Locked => "This PDF is locked with a password. Print it to a new PDF, or send a photo of the page.".to_owned(),
            Unreadable::Broken => "This file is damaged, or breaks off. Save it again, or send a photo of the page.".to_owned(),
            Unreadable::Blank => {
                "The pages of this PDF come out empty here. Open it, take a screenshot or photo of the page, and send that."
                    .to_owned()
            }
            Unreadable::TooSmall => "This picture is too small to read. Send one of at least 64 by 64 pixels.".to_owned(),
            Unreadable::TooManyPixels => {
                format!("This picture has more than {} million pixels. Send a smaller one.", MOST_PIXELS / 1_000_000)
            }
            Unreadable::TooManyPages => {
                format!("This PDF has more than {MOST_PAGES} pages. Send only the pages that matter.")
            }
            Unreadable::TooHeavy => {
                "This file takes too long to read. Send a photo or a screenshot of the page instead.".to_owned()
            }
        }
    }
}

/// Starts reading processes, a few at a time.
#[derive(Clone)]
pub struct Reader {
    program: PathBuf,
    places: Arc<Semaphore>,
}

impl Reader {
    /// # Errors
    /// When this program does not know where it lies.
    pub fn new(program: Option<PathBuf>) -> Result<Reader> {
        let program = match program {
            Some(program) => program,
            None => std::env::current_exe()?,
        };
        Ok(Reader { program, places: Arc::new(Semaphore::new(2)) })
    }

    /// The pages of a document.
    ///
    /// # Errors
    /// The inner result says why the document cannot be read; the outer one is our own fault.
    pub async fn read(&self, file: &[u8]) -> Result<std::result::Result<Vec<Page>, Unreadable>> {
        if file.is_empty() {
            return Ok(Err(Unreadable::Empty));
        }
        self.order(b'R', "", file).await
    }

    /// A page with words across it.
    pub async fn stamp(&self, page: &[u8], words: &str) -> Result<Vec<u8>> {
        match self.order(b'S', words, page).await? {
            Ok(mut pages) if pages.len() == 1 => Ok(pages.remove(0).jpeg),
            _ => Err(Problem::fault("a page could not be stamped")),
        }
    }

    async fn order(&self, act: u8, words: &str, file: &[u8]) -> Result<std::result::Result<Vec<Page>, Unreadable>> {
        let _place = self.places.acquire().await.map_err(|_| Problem::Busy)?;
        let mut process = Command::new(&self.program)
            .arg(COMMAND)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(mut stdin), Some(stdout)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(Problem::fault("the reading process has no pipes"));
        };
        let talk = async {
            let length = u8::try_from(words.len()).map_err(|_| Problem::fault("too long a stamp"))?;
            // It may end before it has read everything; the answer tells.
            let _ = stdin.write_all(&[act, length]).await;
            let _ = stdin.write_all(words.as_bytes()).await;
            let _ = stdin.write_all(file).await;
            drop(stdin);
            let mut answer = Vec::new();
            stdout.take(MOST_ANSWER).read_to_end(&mut answer).await?;
            Ok::<_, Problem>((answer, process.wait().await?))
        };
        match tokio::time::timeout(PATIENCE, talk).await {
            // Dropping the process ends it.
            Err(_) => Ok(Err(Unreadable::TooHeavy)),
            Ok(Err(problem)) => Err(problem),
            Ok(Ok((answer, ended))) if ended.success() => Ok(parse(&answer)),
            // Out of memory or time, or worse: all the same to who sent it.
            Ok(Ok(_)) => Ok(Err(Unreadable::TooHeavy)),
        }
    }
}

fn parse(answer: &[u8]) -> std::result::Result<Vec<Page>, Unreadable> {
    if let Some(code) = answer.strip_prefix(b"NO") {
        return Err(CODES
            .iter()
            .find(|(known, _)| known.as_bytes() == code)
            .map_or(Unreadable::Broken, |(_, kind)| *kind));
    }
    let mut rest = answer.strip_prefix(b"OK").ok_or(Unreadable::Broken)?;
    let mut pages = Vec::new();
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk::<4>().ok_or(Unreadable::Broken)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Unreadable::Broken)?;
        let (jpeg, after) = after.split_at_checked(length).ok_or(Unreadable::Broken)?;
        let (prints, after) = after.split_first_chunk::<PRINTS>().ok_or(Unreadable::Broken)?;
        if !jpeg.starts_with(&[0xff, 0xd8, 0xff]) || pages.len() >= MOST_PAGES {
            return Err(Unreadable::Broken);
        }
        let part = |at: usize| {
            let mut part = [0u8; 32];
            part.copy_from_slice(&prints[at * 32..(at + 1) * 32]);
            part
        };
        pages.push(Page { jpeg: jpeg.to_vec(), pixels: part(0), shape: part(1), mirrored: part(2) });
        rest = after;
    }
    if pages.is_empty() { Err(Unreadable::Broken) } else { Ok(pages) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_out_is_distrusted() {
        assert_eq!(parse(b"NOlocked").unwrap_err(), Unreadable::Locked);
        for answer in [&b""[..], b"OK", b"OK\0\0", b"OK\xff\xff\xff\xff", b"NOthing", b"<html>", b"OK\0\0\0\x01x"] {
            assert_eq!(parse(answer).unwrap_err(), Unreadable::Broken, "{answer:?}");
        }
        let mut good = b"OK\0\0\0\x04\xff\xd8\xff\xe0".to_vec();
        good.extend([7u8; PRINTS]);
        assert_eq!(parse(&good).unwrap()[0].pixels, [7; 32]);
        // No page but a JPEG gets through, whatever the process has become.
        let swapped = [&b"OK\0\0\0\x04<svg"[..], &[0u8; PRINTS]].concat();
        assert_eq!(parse(&swapped).unwrap_err(), Unreadable::Broken);
    }

    #[test]
    fn every_reason_says_what_to_do() {
        for (code, kind) in CODES {
            assert_eq!(kind.code(), *code);
            assert!(kind.words().contains(". ") || kind.words().contains(": "), "{code}");
        }
    }
}
