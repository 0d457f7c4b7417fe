//! Markdown to plain text, for the index and for excerpts. What comes out is never shown as it is: `base::text::marked`
//! escapes it.

use pulldown_cmark::{Event, Options, Parser, TagEnd};

/// The words of a Markdown text, one line for each block.
pub fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                out.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak | Event::Rule => end(&mut out, '\n'),
            Event::End(TagEnd::TableCell) => end(&mut out, ' '),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::HtmlBlock
                | TagEnd::BlockQuote(_),
            ) => end(&mut out, '\n'),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn end(out: &mut String, mark: char) {
    if !out.is_empty() && !out.ends_with(['\n', ' ']) {
        out.push(mark);
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn only_the_words_remain() {
        let text = plain("# Title\n\n**K 6.2** see [NICE](https://x.example)\n\n- one\n- two <b>");
        assert_eq!(text, "Title\nK 6.2 see NICE\none\ntwo <b>");
        let table = plain("| a | b |\n|---|---|\n| 1 | 2 |");
        assert_eq!(table.split_whitespace().collect::<Vec<_>>(), ["a", "b", "1", "2"]);
    }
}
