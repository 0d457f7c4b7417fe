//! Invented names in twelve scripts, put together from syllables that are nobody's.

/// Syllables of a script, and what ends a family name in it.
const SCRIPTS: [(&[&str], &str); 12] = [
    (&["Тар", "Бре", "Кал", "Фен", "Лор"], "ов"),
    (&["Ταρ", "Μπρε", "Καλ", "Φεν", "Λορ"], "ιδης"),
    (&["طار", "برن", "كال", "فين", "لور"], "ي"),
    (&["טאר", "ברן", "קאל", "פן", "לור"], "י"),
    (&["तार", "ब्रेन", "काल", "फेन", "लोर"], "कर"),
    (&["তার", "ব্রেন", "কাল", "ফেন", "লোর"], "দার"),
    (&["தார", "பிரன", "கால", "பென", "லோர"], "ன்"),
    (&["塔", "布", "卡", "芬", "洛"], ""),
    (&["타", "브", "카", "페", "로"], "은"),
    (&["ทาร", "เบรน", "กาล", "เฟน", "ลอร"], "ดี"),
    (&["ტარ", "ბრე", "კალ", "ფენ", "ლორ"], "იძე"),
    (&["ታር", "ብሬ", "ካል", "ፈን", "ሎር"], "ዬ"),
];

/// A family and a given name, by four random bytes.
pub(super) fn name(draw: &[u8]) -> (String, String) {
    let at = |place: usize, most: usize| draw.get(place).map_or(0, |byte| usize::from(*byte) % most);
    let (syllables, end) = SCRIPTS[at(0, SCRIPTS.len())];
    let syllable = |place: usize| syllables[at(place, syllables.len())];
    (format!("{}{}{end}", syllable(1), syllable(2)), format!("{}{}", syllable(3), syllable(1)))
}
