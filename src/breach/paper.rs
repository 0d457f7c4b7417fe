//! Text on paper: a plain PDF of A4 pages with headings, paragraphs, pairs and tables, numbered at the foot.
//!
//! The fonts are those that every reader of PDF has (Helvetica, in the encoding of ISO 32000-1, annex D.2: "WinAnsi"), so
//! nothing is embedded. A letter outside that encoding is printed without its marks; of another script, as "?", and then
//! the paper says so.

use crate::base::clock::Time;
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use unicode_normalization::UnicodeNormalization;

const WIDE: f32 = 595.0;
const HIGH: f32 = 842.0;
const MARGIN: f32 = 56.0;
const FOOT: f32 = 40.0;
const INSIDE: f32 = WIDE - 2.0 * MARGIN;

/// The widths of Helvetica from the space to the tilde, in thousandths of its size (Adobe's font metrics, core 14).
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// What Helvetica-Bold is wider, at most; a line measured with it never runs over.
const BOLD: f32 = 1.1;

/// A paper in the making.
pub struct Paper {
    title: String,
    foot: String,
    pages: Vec<Content>,
    /// Where the next line goes.
    y: f32,
    lost: bool,
    made_at: Time,
}

#[derive(Clone, Copy)]
struct Style {
    bold: bool,
    size: f32,
}

const TITLE: Style = Style { bold: true, size: 17.0 };
const HEAD: Style = Style { bold: true, size: 11.5 };
const TEXT: Style = Style { bold: false, size: 9.5 };
const STRONG: Style = Style { bold: true, size: 9.0 };
const CELL: Style = Style { bold: false, size: 8.5 };
const SMALL: Style = Style { bold: false, size: 8.0 };

impl Paper {
    /// Begins a paper; `foot` stands at the foot of every page.
    pub fn new(title: &str, foot: &str, made_at: Time) -> Paper {
        let mut paper =
            Paper { title: title.to_owned(), foot: foot.to_owned(), pages: Vec::new(), y: 0.0, lost: false, made_at };
        paper.turn();
        paper.lines(title, TITLE, MARGIN, INSIDE);
        paper.y -= 6.0;
        paper
    }

    pub fn heading(&mut self, text: &str) {
        // A heading does not stand alone at the end of a page.
        self.room(64.0);
        self.y -= 10.0;
        self.lines(text, HEAD, MARGIN, INSIDE);
        self.y -= 3.0;
    }

    pub fn text(&mut self, text: &str) {
        for paragraph in text.split('\n').filter(|paragraph| !paragraph.trim().is_empty()) {
            self.lines(paragraph, TEXT, MARGIN, INSIDE);
            self.y -= 4.0;
        }
    }

    /// A name and what is said of it.
    pub fn pair(&mut self, name: &str, value: &str) {
        const NAME: f32 = 150.0;
        self.row(&[(name, STRONG, 0.0, NAME - 8.0), (value, TEXT, NAME, INSIDE - NAME)], 2.0);
    }

    /// A table: columns with their share of the width, and rows. Its head comes again on every page.
    pub fn table(&mut self, columns: &[(&str, f32)], rows: &[Vec<String>]) {
        let shares: f32 = columns.iter().map(|(_, share)| share).sum();
        let mut places = Vec::new();
        let mut x = 0.0;
        for (_, share) in columns {
            let wide = INSIDE * share / shares;
            places.push((x, wide - 6.0));
            x += wide;
        }
        self.room(48.0);
        self.head(columns, &places);
        for row in rows {
            let cells: Vec<_> =
                row.iter().zip(&places).map(|(cell, (x, wide))| (cell.as_str(), CELL, *x, *wide)).collect();
            if self.y - high(&cells) < MARGIN + 12.0 {
                self.turn();
                self.head(columns, &places);
            }
            self.row(&cells, 3.0);
        }
    }

    fn head(&mut self, columns: &[(&str, f32)], places: &[(f32, f32)]) {
        let cells: Vec<_> =
            columns.iter().zip(places).map(|((words, _), (x, wide))| (*words, STRONG, *x, *wide)).collect();
        self.row(&cells, 2.0);
        let y = self.y + 1.0;
        if let Some(page) = self.pages.last_mut() {
            page.set_line_width(0.6).move_to(MARGIN, y).line_to(WIDE - MARGIN, y).stroke();
        }
        self.y -= 4.0;
    }

    /// Cells beside one another, each in its column.
    fn row(&mut self, cells: &[(&str, Style, f32, f32)], after: f32) {
        self.room(high(cells));
        let (top, mut lowest) = (self.y, self.y);
        for (text, style, x, wide) in cells {
            self.y = top;
            for line in wrapped(text, *style, *wide) {
                self.line(&line, *style, MARGIN + x);
            }
            lowest = lowest.min(self.y);
        }
        self.y = lowest - after;
    }

    fn lines(&mut self, text: &str, style: Style, x: f32, wide: f32) {
        for line in wrapped(text, style, wide) {
            self.room(style.size * 1.35);
            self.line(&line, style, x);
        }
    }

    fn line(&mut self, text: &str, style: Style, x: f32) {
        self.y -= style.size * 1.35;
        let (bytes, lost) = encoded(text);
        self.lost |= lost;
        if let Some(page) = self.pages.last_mut() {
            write(page, &bytes, style, x, self.y);
        }
    }

    /// Turns the page unless there is so much room.
    fn room(&mut self, high: f32) {
        if self.y - high < MARGIN + 12.0 {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.pages.push(Content::new());
        self.y = HIGH - MARGIN;
    }

    /// The file.
    pub fn file(mut self) -> Vec<u8> {
        if self.lost {
            self.y -= 8.0;
            self.text("A question mark stands for a letter that this sheet cannot print. The table (CSV) has every name in full.");
        }
        let mut next = 0;
        let mut fresh = || {
            next += 1;
            Ref::new(next)
        };
        let (catalog, tree, info, plain, bold) = (fresh(), fresh(), fresh(), fresh(), fresh());
        let many = self.pages.len();
        let ids: Vec<(Ref, Ref)> = (0..many).map(|_| (fresh(), fresh())).collect();
        let mut pdf = Pdf::new();
        pdf.catalog(catalog).pages(tree).lang(TextStr("en"));
        pdf.pages(tree).kids(ids.iter().map(|(page, _)| *page)).count(i32::try_from(many).unwrap_or(i32::MAX));
        pdf.document_info(info).title(TextStr(&self.title)).producer(TextStr("Collegium"));
        for (id, name) in [(plain, &b"Helvetica"[..]), (bold, &b"Helvetica-Bold"[..])] {
            pdf.type1_font(id).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        for (at, ((page, content), mut text)) in ids.into_iter().zip(std::mem::take(&mut self.pages)).enumerate() {
            let foot = format!("{} · made {}", self.foot, self.made_at.iso());
            write(&mut text, &encoded(&foot).0, SMALL, MARGIN, FOOT);
            let number = format!("Page {} of {many}", at + 1);
            let x = WIDE - MARGIN - wide(&encoded(&number).0, SMALL);
            write(&mut text, &encoded(&number).0, SMALL, x, FOOT);
            let mut one = pdf.page(page);
            one.media_box(Rect::new(0.0, 0.0, WIDE, HIGH)).parent(tree).contents(content);
            one.resources().fonts().pair(Name(b"F1"), plain).pair(Name(b"F2"), bold);
            one.finish();
            pdf.stream(content, &text.finish());
        }
        pdf.finish()
    }
}

fn write(page: &mut Content, bytes: &[u8], style: Style, x: f32, y: f32) {
    let font = if style.bold { Name(b"F2") } else { Name(b"F1") };
    page.begin_text().set_font(font, style.size).next_line(x, y).show(Str(bytes)).end_text();
}

fn high(cells: &[(&str, Style, f32, f32)]) -> f32 {
    let lines = |(text, style, _, wide): &(&str, Style, f32, f32)| {
        wrapped(text, *style, *wide).len() as f32 * style.size * 1.35
    };
    cells.iter().map(lines).fold(0.0, f32::max)
}

/// How wide a text is, in points.
fn wide(bytes: &[u8], style: Style) -> f32 {
    let thousandths: u32 =
        bytes.iter().map(|byte| u32::from(*WIDTHS.get(usize::from(byte.saturating_sub(32))).unwrap_or(&667))).sum();
    thousandths as f32 * style.size / 1000.0 * if style.bold { BOLD } else { 1.0 }
}

/// A text in lines of at most this width; a word that is wider alone is cut.
fn wrapped(text: &str, style: Style, most: f32) -> Vec<String> {
    let fits = |line: &str| wide(&encoded(line).0, style) <= most;
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        loop {
            let line = lines.last().cloned().unwrap_or_default();
            let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
            if fits(&longer) {
                lines.pop();
                lines.push(longer);
                break;
            }
            if !line.is_empty() {
                lines.push(String::new());
                continue;
            }
            let mut begin = String::new();
            let mut rest = word.chars().peekable();
            while let Some(letter) = rest.peek() {
                begin.push(*letter);
                if begin.chars().count() > 1 && !fits(&begin) {
                    begin.pop();
                    break;
                }
                rest.next();
            }
            lines.pop();
            lines.extend([begin, String::new()]);
            word = rest.collect();
            if word.is_empty() {
                break;
            }
        }
    }
    lines
}

/// The part of WinAnsi that is not Latin-1 (ISO 32000-1, D.2).
const OTHER: [(char, u8); 27] = [
    ('€', 128),
    ('‚', 130),
    ('ƒ', 131),
    ('„', 132),
    ('…', 133),
    ('†', 134),
    ('‡', 135),
    ('ˆ', 136),
    ('‰', 137),
    ('Š', 138),
    ('‹', 139),
    ('Œ', 140),
    ('Ž', 142),
    ('‘', 145),
    ('’', 146),
    ('“', 147),
    ('”', 148),
    ('•', 149),
    ('–', 150),
    ('—', 151),
    ('˜', 152),
    ('™', 153),
    ('š', 154),
    ('›', 155),
    ('œ', 156),
    ('ž', 158),
    ('Ÿ', 159),
];

/// A text in the font's encoding, and whether a letter was lost.
fn encoded(text: &str) -> (Vec<u8>, bool) {
    let (mut bytes, mut lost) = (Vec::with_capacity(text.len()), false);
    for letter in text.nfc() {
        if let Some(byte) = byte(letter) {
            bytes.push(byte);
            continue;
        }
        let bare: Vec<u8> = match letter {
            'ł' => vec![b'l'],
            'Ł' => vec![b'L'],
            'đ' => vec![b'd'],
            'Đ' => vec![b'D'],
            'ı' => vec![b'i'],
            _ => std::iter::once(letter).nfkd().filter_map(byte).collect(),
        };
        lost |= bare.is_empty();
        bytes.extend(if bare.is_empty() { vec![b'?'] } else { bare });
    }
    (bytes, lost)
}

fn byte(letter: char) -> Option<u8> {
    match u32::from(letter) {
        code @ (32..=126 | 160..=255) => u8::try_from(code).ok(),
        _ => OTHER.iter().find(|(known, _)| *known == letter).map(|(_, byte)| *byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_wrapped_within_its_width_and_loses_no_word() {
        let text = "It was shown to one hundred and seventeen people between the posting and the moment it was hidden.";
        let lines = wrapped(text, TEXT, 120.0);
        assert!(lines.len() > 3);
        assert!(lines.iter().all(|line| wide(&encoded(line).0, TEXT) <= 120.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        let long = "x".repeat(300);
        assert_eq!(wrapped(&long, TEXT, 120.0).concat(), long);
    }

    #[test]
    fn letters_of_other_scripts_are_told() {
        assert_eq!(encoded("Łukasz Wójcik – Šárka"), ([&b"Lukasz W\xf3jcik \x96 \x8a\xe1rka"[..]].concat(), false));
        assert_eq!(encoded("Ольга"), (b"?????".to_vec(), true));
    }

    #[test]
    fn pages_are_numbered_and_the_head_of_a_table_comes_again() {
        let mut paper = Paper::new("Exposure", "reference", Time(1_795_251_600_000));
        let rows: Vec<Vec<String>> = (0..200).map(|at| vec![format!("Reader {at}"), "page".to_owned()]).collect();
        paper.table(&[("Name", 2.0), ("Way", 1.0)], &rows);
        let file = paper.file();
        let text = String::from_utf8_lossy(&file);
        let pages = text.matches("/Type /Page\n").count();
        assert!(pages >= 4, "{pages}");
        assert_eq!(text.matches("(Name) Tj").count(), pages);
        assert_eq!(text.matches("(Reader ").count(), 200, "every row is printed");
        assert!(text.contains(&format!("(Page {pages} of {pages}) Tj")));
    }
}
