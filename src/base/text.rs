//! Markdown to HTML, and the only place where HTML is made of text.
//!
//! The sanitiser's cost grows with the square of the nesting depth (16 KiB of `>` took 1.2 s), so depth, length and
//! links are capped on the parser's events, before any HTML exists. Then ammonia lets through an allow-list and
//! nothing else: no images, no classes, no ids, `https:` and `mailto:` links only.

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Longest text of one field, in Unicode code points.
pub const LONGEST: usize = 20_000;
/// Deepest nesting of quotes and lists that is kept; what lies deeper is shown flat.
const DEEPEST: usize = 12;
/// Links kept in one text; later ones are shown as plain words.
const MOST_LINKS: usize = 50;

/// HTML that is safe to put into a page. Only this file makes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// What this file made once and the tables kept under a seal, which nobody else could write.
    pub fn from_seal(html: String) -> Html {
        Html(html)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Html {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::FastWritable for Html {
    fn write_into(&self, dest: &mut dyn std::fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// Renders Markdown: paragraphs, emphasis, lists, quotes, tables, code, links. Raw HTML in the text is shown as typed.
pub fn render(markdown: &str) -> Html {
    let mut gate = Gate::default();
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
        .filter_map(|event| gate.pass(event))
        .flat_map(boxed);
    let mut raw = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut raw, events);
    Html(CLEANER.clean(&raw).to_string())
}

/// A table wider than the page scrolls in a box of its own, which the keyboard reaches.
fn boxed(event: Event<'_>) -> impl Iterator<Item = Event<'_>> {
    const OPEN: &str = r#"<div class="table-wrap" role="group" aria-label="Table" tabindex="0">"#;
    let (before, after) = match event {
        Event::Start(Tag::Table(_)) => (Some(OPEN), None),
        Event::End(TagEnd::Table) => (None, Some("</div>")),
        _ => (None, None),
    };
    let raw = |html: &'static str| Event::Html(html.into());
    before.map(raw).into_iter().chain([event]).chain(after.map(raw))
}

/// The words of a Markdown text on one line, for lists.
pub fn plain(markdown: &str) -> String {
    let mut words = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                words.push_str(&text)
            }
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::Heading(_)) => {
                words.push(' ');
            }
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Plain text as HTML with the ranges (byte offsets, sorted, apart) marked.
pub fn marked(text: &str, ranges: &[std::ops::Range<usize>]) -> Html {
    let mut out = String::with_capacity(text.len() + ranges.len() * 13);
    let mut at = 0;
    for range in ranges {
        if range.start < at || range.end > text.len() {
            continue;
        }
        out.push_str(&escaped(&text[at..range.start]));
        out.push_str("<mark>");
        out.push_str(&escaped(&text[range.clone()]));
        out.push_str("</mark>");
        at = range.end;
    }
    out.push_str(&escaped(&text[at..]));
    Html(out)
}

fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// What lets the parser's events through: counts depth and links, turns raw HTML into text, headings into bold lines
/// (the page owns the headings), images into their descriptions.
#[derive(Default)]
struct Gate {
    depth: usize,
    links: usize,
    /// For each open container, whether its start was let through.
    open: Vec<bool>,
}

impl Gate {
    fn pass<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
            Event::Start(tag) => self.enter(tag),
            Event::End(end) => self.leave(end),
            other => Some(other),
        }
    }

    fn enter<'a>(&mut self, tag: Tag<'a>) -> Option<Event<'a>> {
        let (kept, event) = match tag {
            Tag::Heading { .. } => (true, Some(Event::Start(Tag::Paragraph))),
            Tag::HtmlBlock => (true, Some(Event::Start(Tag::Paragraph))),
            Tag::Image { .. } => (false, None),
            Tag::Link { .. } => {
                self.links += 1;
                let kept = self.links <= MOST_LINKS;
                (kept, kept.then_some(Event::Start(tag)))
            }
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Item => {
                let kept = self.depth < DEEPEST;
                (kept, kept.then_some(Event::Start(tag)))
            }
            other => (true, Some(Event::Start(other))),
        };
        self.depth += 1;
        self.open.push(kept);
        event
    }

    fn leave<'a>(&mut self, end: TagEnd) -> Option<Event<'a>> {
        self.depth = self.depth.saturating_sub(1);
        let kept = self.open.pop().unwrap_or(false);
        let end = match end {
            TagEnd::Heading(_) | TagEnd::HtmlBlock => TagEnd::Paragraph,
            other => other,
        };
        kept.then_some(Event::End(end))
    }
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from([
            "p",
            "br",
            "hr",
            "strong",
            "em",
            "del",
            "sup",
            "sub",
            "ul",
            "ol",
            "li",
            "blockquote",
            "code",
            "pre",
            "a",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "div",
        ]))
        .tag_attributes([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))].into())
        // The box round a table, exactly as [`boxed`] writes it.
        .tag_attribute_values(
            [(
                "div",
                [("class", "table-wrap"), ("role", "group"), ("aria-label", "Table"), ("tabindex", "0")]
                    .map(|(name, value)| (name, HashSet::from([value])))
                    .into(),
            )]
            .into(),
        )
        .url_schemes(HashSet::from(["https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow ugc"));
    cleaner
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_plain_safe_html() {
        let html = render("**K 6.2**, see [NICE](https://www.nice.org.uk/x) <script>alert(1)</script>\n\n# Title");
        assert!(html.as_str().contains("<strong>K 6.2</strong>"));
        assert!(html.as_str().contains("rel=\"noopener noreferrer nofollow ugc\""));
        assert!(!html.as_str().contains("<script"));
        assert!(!html.as_str().contains("<h1"));
    }

    #[test]
    fn nothing_dangerous_comes_through() {
        for attack in [
            "[x](javascript:alert(1))",
            "![t](https://evil.example/pixel.png)",
            "<img src=x onerror=alert(1)>",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "<a href='https://a.example' style='x' id=main class=btn>k</a>",
            "[x](//evil.example)",
            "<math><mtext></p><style><!--</style><img src onerror=alert(1)>",
        ] {
            let html = render(attack);
            for bad in ["<img", "javascript:", "<svg", "<style", "style=", "id=", "class=", "href=\"//", "<math"] {
                let shown = html.as_str().replace("&lt;", "").replace("&gt;", "");
                assert!(
                    !html.as_str().contains(&format!("<a {bad}")) && !html.as_str().contains(bad)
                        || shown != html.as_str(),
                    "{attack} gave {html}"
                );
            }
            assert!(
                !html.as_str().contains("<img") && !html.as_str().contains("<svg") && !html.as_str().contains("<math")
            );
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for text in ["a > b & c", "> quote\n> > deeper", "| a | b |\n|---|---|\n| 1 | 2 |", "`<x>` *y*"] {
            let once = render(text);
            assert_eq!(CLEANER.clean(once.as_str()).to_string(), once.as_str());
        }
    }

    #[test]
    fn deep_nesting_is_flattened_before_html_exists() {
        for hostile in [">".repeat(LONGEST), "- ".repeat(LONGEST / 2), "> ".repeat(LONGEST / 2)] {
            let html = render(&hostile);
            assert!(html.as_str().matches("<blockquote").count() + html.as_str().matches("<ul").count() <= DEEPEST);
        }
    }

    #[test]
    fn marks_are_put_round_escaped_words() {
        assert_eq!(marked("a <b> c", &[0..1, 2..5]).as_str(), "<mark>a</mark> <mark>&lt;b&gt;</mark> c");
    }
}
