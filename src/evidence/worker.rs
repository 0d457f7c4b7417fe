//! What runs in the process that reads documents: `collegium read-document`, from standard input to standard output.
//!
//! It first gives up what it does not need: more memory than a large photo takes, more time, every new file and so every
//! connection, every new process. Then it reads an order, does it, and ends. It has no environment and knows no key.
//!
//! *The order:* one byte, `R` to read a document or `S` to stamp a page; the length of the stamp's words as one byte, and
//! the words; then the file to its end. *The answer:* `OK` and for each page its length (four bytes, big end first), its
//! JPEG, and its 96 bytes of prints; or `NO` and a code.

use super::page::{self, Seen};
use super::{pdf, stamp};
use rustix::process::{Resource, Rlimit, setrlimit};
use std::io::{Read, Write};

/// Most pages of a document, and most pixels of a picture.
pub const MOST_PAGES: usize = 10;
pub const MOST_PIXELS: u64 = 40_000_000;
/// Seconds of computing.
const SECONDS: u64 = 20;
/// Bytes of memory that are its own.
const MEMORY: u64 = 700 * 1024 * 1024;

/// Reads one order and answers it. Whether it could be done is in the answer; an error is a broken pipe.
///
/// # Errors
/// When a limit cannot be set, or standard input or output breaks.
pub fn run() -> std::io::Result<()> {
    give_up()?;
    let mut order = Vec::new();
    std::io::stdin().lock().read_to_end(&mut order)?;
    let mut out = std::io::stdout().lock();
    match obey(&order) {
        Ok(pages) => {
            out.write_all(b"OK")?;
            for page in pages {
                out.write_all(&u32::try_from(page.jpeg.len()).unwrap_or(0).to_be_bytes())?;
                out.write_all(&page.jpeg)?;
                out.write_all(&page.pixels)?;
                out.write_all(&page.shape)?;
                out.write_all(&page.mirrored)?;
            }
        }
        Err(code) => {
            out.write_all(b"NO")?;
            out.write_all(code.as_bytes())?;
        }
    }
    out.flush()
}

fn give_up() -> std::io::Result<()> {
    let most = |number: u64| Rlimit { current: Some(number), maximum: Some(number) };
    setrlimit(Resource::Core, most(0))?;
    setrlimit(Resource::Fsize, most(0))?;
    setrlimit(Resource::Nproc, most(0))?;
    setrlimit(Resource::Data, most(MEMORY))?;
    setrlimit(Resource::As, most(4 * MEMORY))?;
    setrlimit(Resource::Cpu, most(SECONDS))?;
    // Standard input, output and error are open; nothing else ever is.
    setrlimit(Resource::Nofile, most(3))?;
    Ok(())
}

fn obey(order: &[u8]) -> Result<Vec<Seen>, &'static str> {
    let (&act, rest) = order.split_first().ok_or("empty")?;
    let (&length, rest) = rest.split_first().ok_or("empty")?;
    let (words, file) = rest.split_at_checked(usize::from(length)).ok_or("empty")?;
    match act {
        b'R' if file.starts_with(b"%PDF-") => pdf::read(file),
        b'R' => Ok(vec![page::read(file)?]),
        b'S' => Ok(vec![stamp::stamp(file, &String::from_utf8_lossy(words))?]),
        _ => Err("broken"),
    }
}
