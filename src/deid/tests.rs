//! Stories about whole texts.
use super::*;

fn found(text: &str) -> Vec<String> {
    check(text).findings.iter().map(|f| format!("{} {}", f.category.code(), &text[f.start..f.end])).collect()
}

#[test]
fn offsets_are_right_after_emoji() {
    let text = "😂 Mrs Kowalczyk fell";
    let report = check(text);
    assert_eq!(&text[report.findings[0].start..report.findings[0].end], "Mrs Kowalczyk");
    assert_eq!(to_code_points(text, &report.findings), vec![(2, 15)]);
}
