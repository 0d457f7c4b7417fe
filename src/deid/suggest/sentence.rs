//! The sentence round a find: what stands before and after it, and what that asks of the words that take its place.

/// The word that ends right before a place, one space between; empty if anything else stands there.
pub fn word_before(lower: &str, start: usize) -> &str {
    let Some(head) = lower[..start].strip_suffix([' ', '\n']) else { return "" };
    head[word_start(head)..].trim_start_matches(['\'', '-', '/'])
}

/// Where the last word of a text begins, at most 40 letters back; hyphens and apostrophes belong to it.
pub fn word_start(head: &str) -> usize {
    let of_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'\'' | b'/');
    head.len() - head.bytes().rev().take(40).take_while(of_word).count()
}

/// The word that begins right after a place, one space between; empty if anything else stands there.
pub fn word_after(lower: &str, end: usize) -> &str {
    let Some(tail) = lower[end..].strip_prefix(' ') else { return "" };
    let to = tail.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(tail.len());
    &tail[..to]
}

/// The clause before a place: back to the last stop, at most 60 bytes.
pub fn clause_before(lower: &str, start: usize) -> &str {
    let head = &lower[start.saturating_sub(60)..start];
    let from = head.rfind(['.', '\n', ';', '!', '?']).map_or(0, |i| i + 1);
    &head[from..]
}

/// Whether a place opens a sentence, a line or an item of a list.
pub fn opens(text: &str, start: usize) -> bool {
    let head = text[..start].trim_end_matches([' ', '"', '\'', '(', '*', '\u{1}', '•', '·', '“', '‘']);
    if head.is_empty() || head.ends_with('\n') {
        return true;
    }
    let gap = head.len() < start;
    if let Some(item) = head.strip_suffix(['-', ')', '/']) {
        let line = item.bytes().rev().take(6).take_while(|byte| *byte != b'\n');
        return gap && line.clone().count() < 6 && line.filter(|byte| *byte != b' ').all(|byte| byte.is_ascii_digit());
    }
    if !gap || !head.ends_with(['.', '!', '?']) {
        return false;
    }
    let word = &head[..head.len() - 1];
    let word = word.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or(word);
    !matches!(
        word.to_ascii_lowercase().as_str(),
        "dr" | "mr"
            | "mrs"
            | "ms"
            | "prof"
            | "st"
            | "vs"
            | "e"
            | "g"
            | "i"
            | "pt"
            | "approx"
            | "no"
            | "co"
            | "mst"
            | "brgy"
            | "vill"
            | "ref"
            | "tel"
            | "ext"
    )
}

/// A word after which no article may follow.
pub fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "our"
            | "my"
            | "your"
            | "his"
            | "her"
            | "their"
            | "its"
            | "another"
            | "other"
            | "same"
            | "each"
            | "every"
            | "one"
            | "no"
            | "which"
            | "whose"
    ) || word.ends_with("'s")
}

/// A word that takes a place or a person after it.
pub fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "at"
            | "from"
            | "near"
            | "to"
            | "of"
            | "outside"
            | "past"
            | "around"
            | "via"
            | "off"
            | "for"
            | "with"
            | "by"
            | "into"
            | "through"
            | "towards"
            | "under"
            | "behind"
            | "across"
            | "and"
            | "or"
            | "between"
            | "over"
            | "on"
    )
}

/// A noun phrase without its article.
pub fn bare(phrase: &str) -> &str {
    ["a ", "an ", "the "].iter().find_map(|article| phrase.strip_prefix(article)).unwrap_or(phrase)
}

/// With "a" or "an", as the sound asks.
pub fn with_article(noun: &str) -> String {
    let vowel =
        noun.starts_with(['a', 'e', 'i', 'o', 'u', '8']) && !noun.starts_with("uni") && !noun.starts_with("one");
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// With a capital letter.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Small numbers in words, as one writes them.
pub fn number(n: i64) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    usize::try_from(n).ok().and_then(|n| WORDS.get(n)).map_or_else(|| n.to_string(), |word| (*word).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_a_sentence() {
        for text in ["", "Fell. ", "Fell?\n", "1. ", "- ", "line\n", "2/ ", "(", "\u{1} "] {
            assert!(opens(text, text.len()), "{text:?}");
        }
        for text in ["Seen by Dr. ", "so ", "pH 7.", "e.g. ", "well - "] {
            assert!(!opens(text, text.len()), "{text:?}");
        }
    }

    #[test]
    fn articles() {
        assert_eq!(with_article("institution"), "an institution");
        assert_eq!(with_article("university"), "a university");
        assert_eq!(bare("an optician"), "optician");
        assert_eq!(number(3), "three");
        assert_eq!(number(14), "14");
    }
}
