//! Stylesheets, modules and icons, embedded in the binary under an address that changes when they do.
//!
//! One hash names the whole set (`/assets/3f9a1c20/js/main.js`), so that modules import each other by plain relative
//! names and every answer may be kept for ever by the browser.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::LazyLock;

use rust_embed::Embed;
use sha2::{Digest, Sha256};

#[derive(Embed)]
#[folder = "web/style"]
struct Style;

#[derive(Embed)]
#[folder = "web/js"]
struct Js;

#[derive(Embed)]
#[folder = "web/icons"]
struct Icons;

/// The order in which the stylesheets stand in the one that is served, [`STYLESHEET`].
const STYLES: &[&str] = &[
    "tokens",
    "base",
    "page",
    "frame",
    "parts",
    "forms",
    "byline",
    "post",
    "composer",
    "rooms",
    "search",
    "admission",
    "moderation",
    "talk",
    "settings",
    "door",
    "last",
];

pub const STYLESHEET: &str = "style/collegium.css";

/// The folder under which everything is served, with its slash at the end.
pub static FOLDER: LazyLock<String> = LazyLock::new(|| format!("/assets/{}/", hash()));

static SHEET: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut sheet = Vec::new();
    for name in STYLES {
        let file = Style::get(&format!("{name}.css")).unwrap_or_else(|| panic!("web/style/{name}.css is missing"));
        sheet.extend_from_slice(&file.data);
    }
    sheet
});

/// The address of an asset: `asset("js/main.js")` is `/assets/3f9a1c20/js/main.js`.
pub fn asset(name: &str) -> String {
    debug_assert!(named(name).is_some(), "no asset is named {name}");
    format!("{}{name}", *FOLDER)
}

/// What stands at this address, and as what to send it. `None` for any other set than the one in this binary: an old
/// page must not fill a cache with new content under an old name.
pub fn find(path: &str) -> Option<(Cow<'static, [u8]>, &'static str)> {
    let name = path.strip_prefix(FOLDER.as_str())?;
    Some((named(name)?, content_type(name)?))
}

fn named(name: &str) -> Option<Cow<'static, [u8]>> {
    if name == STYLESHEET {
        return Some(Cow::Borrowed(&SHEET));
    }
    let (folder, file) = name.split_once('/')?;
    match folder {
        "js" => Js::get(file),
        "icons" => Icons::get(file),
        _ => None,
    }
    .map(|found| found.data)
}

fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "webmanifest" => Some("application/manifest+json"),
        _ => None,
    }
}

/// Everything that is served, in order.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = Js::iter().map(|name| format!("js/{name}")).collect();
    names.extend(Icons::iter().map(|name| format!("icons/{name}")));
    names.push(STYLESHEET.to_owned());
    names.sort();
    names
}

fn hash() -> String {
    let mut sum = Sha256::new();
    for name in names() {
        sum.update(name.as_bytes());
        sum.update(named(&name).unwrap_or_default());
    }
    sum.finalize().iter().take(6).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_is_found_at_its_address() {
        for name in names() {
            let (bytes, _) = find(&asset(&name)).unwrap_or_else(|| panic!("{name} is not served"));
            assert!(!bytes.is_empty(), "{name} is empty");
        }
    }

    #[test]
    fn every_stylesheet_is_served() {
        let mut kept: Vec<String> = Style::iter().map(|name| name.trim_end_matches(".css").to_owned()).collect();
        let mut listed: Vec<String> = STYLES.iter().map(|name| (*name).to_owned()).collect();
        kept.sort();
        listed.sort();
        assert_eq!(kept, listed);
    }

    #[test]
    fn another_set_is_not_served() {
        assert!(find("/assets/000000000000/js/main.js").is_none());
        assert!(find(&format!("{}../Cargo.toml", *FOLDER)).is_none());
    }
}
