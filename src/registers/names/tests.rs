//! Every class and relation, as claims against entries.

use super::*;

fn class(claimed: &str, given: &str, family: &str) -> Class {
    compare(claimed, &Registered { family, given, others: &[], same_initial: 0 }).class
}

#[test]
fn names_that_are_one() {
    use Class::{E, N, V};
    for (claimed, given, family, wanted) in [
        ("Ada Lovelock", "Ada", "Lovelock", E),
        ("ada  lovelock", "ADA", "LOVELOCK", E),
        ("Øystein Ødegård", "Øystein", "Ødegård", E),
        ("Dr Ada Lovelock", "Ada", "Lovelock", N),
        ("Prof. Ada Lovelock, MBBS FRCP", "Ada", "Lovelock", N),
        ("Lovelock, Ada", "Ada", "Lovelock", E),
        ("Oystein Odegard", "Øystein", "Ødegård", N),
        ("Lukasz Zolc", "Łukasz", "Żółć", N),
        ("Anna Müller", "Anna", "Mueller", V),
        ("Anna Mueller", "Anna", "Müller", V),
        ("Anna Muller", "Anna", "Müller", N),
        ("Sinéad O’Brien", "Sinead", "OBrien", N),
        ("Sinead O'Brien", "SINEAD", "O BRIEN", N),
        ("Oyinade Farrow Adair", "Oyinade", "Farrow-Adair", N),
        ("Wang Xiaoming", "Xiao Ming", "Wang", N),
        ("Xiaoming Wang", "Xiao Ming", "Wang", N),
        ("Mary-Anne Stone", "Mary Anne", "Stone", N),
        ("Krishna Jayanth Rao", "Jayanth Krishna", "Rao", N),
        ("Oyin Farrow-Adair", "Oyinade", "Farrow-Adair", V),
        ("Bob Jones", "Robert", "Jones", V),
        ("Robert Jones", "Bob", "Jones", V),
        ("Mohammed Ashraf", "Muhammad", "Ashraf", V),
        ("Md Ashraf", "Mohammed", "Ashraf", V),
        ("Tai Man Chan", "Tai Man", "Chen", V),
        ("J. K. Rao", "Jayanth Krishna", "Rao", V),
        ("JK Rao", "Jayanth Krishna", "Rao", V),
        ("Jayanth Rao", "Jayanth Krishna", "Rao", V),
        ("Jayanth K Rao", "Jayanth Krishna", "Rao", V),
        ("Krishna Rao", "Jayanth Krishna", "Rao", V),
        ("Hassan Ali", "Ali", "Hassan", V),
        ("Maria Cruz", "Maria", "de la Cruz", V),
        ("Omar Sharif", "Omar", "Al-Sharif", V),
        ("Ruth Farrow", "Ruth", "Farrow-Adair", V),
        ("Ruth Farrow-Adair", "Ruth", "Farrow", V),
        ("V. Priya", "Priya", "Venkataraman", V),
        ("Suharto", "", "Suharto", E),
    ] {
        assert_eq!(class(claimed, given, family), wanted, "{claimed} / {given} {family}");
    }
}

#[test]
fn names_that_are_near_are_for_a_person() {
    for (claimed, given, family) in [
        ("James Browne", "James", "Brown"),
        ("Maria Garcai", "Maria", "Garcia"),
        ("Amita Patel", "Anita", "Patel"),
        ("Ana Silvaa", "Ana", "Silva"),
        ("Ross MacDonald", "Ross", "McDonald"),
        ("Katherine Walsh", "Catherine", "Walsh"),
        ("Marina Costa", "Maria", "Costa"),
    ] {
        assert_eq!(class(claimed, given, family), Class::F, "{claimed} / {given} {family}");
    }
}

#[test]
fn names_that_are_others() {
    for (claimed, given, family) in [
        ("Sarah Thompson", "Sarah", "Reed"),
        ("Ana Silveira", "Ana", "Silva"),
        ("Jane Li", "Jane", "Oliveira"),
        ("John Brown", "Jane", "Brown"),
        ("James Smith", "Jane", "Smith"),
        ("J. Browne", "James", "Brown"),
        ("Bob Jone", "Robert", "Jones"),
        ("Marie Garcia Lopez", "Carmen", "Garcia"),
        ("Chen Wei", "Li", "Cheng"),
        ("", "Ada", "Lovelock"),
        ("Ada", "Ada", "Lovelock"),
        ("Lovelock", "Ada", "Lovelock"),
    ] {
        assert_eq!(class(claimed, given, family), Class::X, "{claimed} / {given} {family}");
    }
}

#[test]
fn look_alike_letters_are_seen() {
    // The о in Lоvelock is Cyrillic.
    let found =
        compare("Ada L\u{43e}velock", &Registered { family: "Lovelock", given: "Ada", ..Registered::default() });
    assert_eq!(found.class, Class::X);
    assert!(found.words().contains("several alphabets"));
    // A zero-width space shows nothing and changes nothing.
    assert!(class("Ada Love\u{200b}lock", "Ada", "Lovelock") <= Class::N);
}

#[test]
fn scripts_are_read_into_one_another() {
    for (claimed, given, family) in [
        ("Мария Щербакова", "Maria", "Shcherbakova"),
        ("Katya Petrova", "Екатерина", "Петрова"),
        ("Γεώργιος Παπαδόπουλος", "Georgios", "Papadopoulos"),
        ("Mohammed Hassan", "محمد", "حسن"),
        ("Abdurrahman Al-Sayed", "عبد الرحمن", "السيد"),
        ("Sarah Cohen", "שרה", "כהן"),
        ("अनिल शर्मा", "Anil", "Sharma"),
        ("Mita Sarkar", "মিতা", "সরকার"),
        ("Murugan Subramanian", "முருகன்", "சுப்ரமணியன்"),
        ("Tai Man Chan", "大文", "陳"),
        ("Xiaoming Wang", "小明", "王"),
        ("國華 張", "国华", "张"),
        ("Yumi Tanaka", "由美", "田中"),
        ("サブロウ スズキ", "三郎", "鈴木"),
        ("Minji Kim", "민지", "김"),
        ("Somchai Jaidee", "สมชาย", "ใจดี"),
        ("Sulkhan Beridze", "სულხან", "ბერიძე"),
        ("Hakob Hakobyan", "Հակոբ", "Հակոբյան"),
        ("Tsehay Tesfaye", "ፀሐይ", "ተስፋዬ"),
        ("Jana Novák", "Jana", "Nováková"),
        ("Yiorgos Antoniou", "Giorgos", "Antoniou"),
        ("Sergey Tchaikovsky", "Sergei", "Chaykovskiy"),
    ] {
        assert_eq!(class(claimed, given, family), Class::V, "{claimed} / {given} {family}");
    }
    for (claimed, given, family) in [
        ("Pavel Ivanov", "Пётр", "Иванов"),
        ("Xiaoming Huang", "小明", "王"),
        ("Naoko Tanaka", "由美", "田中"),
        ("James Patrick Anderson", "James Edward", "Anderson"),
        ("Joseph Haddad", "Yusuf", "Haddad"),
        ("Bill Harris", "Robert", "Harris"),
    ] {
        assert_eq!(class(claimed, given, family), Class::X, "{claimed} / {given} {family}");
    }
}

#[test]
fn the_two_parts_of_a_claim_keep_their_places() {
    let parts = |family: &str, given: &str, listed: (&str, &str)| {
        let registered = Registered { family: listed.0, given: listed.1, ..Registered::default() };
        compare_parts(family, given, &registered).class
    };
    assert_eq!(parts("SMITH", "JOHN", ("Smith", "John")), Class::E);
    assert_eq!(parts("Taylor MD PhD", "Rachel", ("Taylor", "Rachel")), Class::N);
    assert_eq!(parts("Schneider", "Dr. med. Anna", ("Schneider", "Anna")), Class::N);
    assert_eq!(parts("István", "Nagy", ("Nagy", "István")), Class::N);
    assert_eq!(parts("Thomas", "Martin", ("Martin", "Thomas")), Class::V);
    assert_eq!(parts("Voegele", "Max", ("Vögele", "Maximilian Karl")), Class::V);
    assert_eq!(parts("", "", ("Smith", "John")), Class::X);
}

#[test]
fn an_initial_decides_only_where_nobody_else_can_be_meant() {
    let alone = Registered { family: "Rao", given: "Jayanth Krishna", same_initial: 0, others: &[] };
    assert_eq!(compare("J Rao", &alone).class, Class::V);
    let shared = Registered { same_initial: 3, ..alone };
    assert_eq!(compare("J Rao", &shared).class, Class::X);
}

#[test]
fn a_former_name_is_a_relation_of_the_register() {
    let others = ["Sarah Thompson".to_owned()];
    let found =
        compare("Sarah Thompson", &Registered { family: "Reed", given: "Sarah", others: &others, same_initial: 0 });
    assert_eq!(found.class, Class::V);
    assert_eq!(found.words(), "The register lists “Sarah Thompson” as a former or other name.");
}

#[test]
fn the_relation_is_told() {
    let found =
        compare("Oyin Farrow-Adair", &Registered { family: "Farrow-Adair", given: "Oyinade", ..Registered::default() });
    assert_eq!(found.words(), "“Oyin” is a known short form, or the long form, of “Oyinade”.");
    assert_eq!((found.family, found.given), (Class::E, Class::V));
}

#[test]
fn what_differs_is_found_for_underlining() {
    assert_eq!(differing("Oyin", "Oyinade"), Some(4..7));
    assert_eq!(differing("Brown", "Browne"), Some(5..6));
    assert_eq!(differing("Anita", "Anitha"), Some(4..5));
    assert_eq!(differing("ADA", "Ada"), None);
}

#[test]
fn namesakes_share_a_key() {
    assert_eq!(family_key("Farrow-Adair"), family_key("FARROW ADAIR"));
    assert_eq!(given_key("Oyinade Ruth"), "oyinade");
}

proptest::proptest! {
    #[test]
    fn any_text_is_compared_without_harm(claimed in "\\PC{0,40}", given in "\\PC{0,20}", family in "\\PC{0,20}") {
        let found = compare(&claimed, &Registered { family: &family, given: &given, ..Registered::default() });
        if let Some(range) = differing(&claimed, &family) {
            proptest::prop_assert!(family.get(range).is_some());
        }
        proptest::prop_assert!(!found.words().is_empty());
    }

    #[test]
    fn a_name_is_its_own_equal(given in "[A-Z][a-zé]{2,8}( [A-Z][a-z]{2,8})?", family in "[A-Z][a-zö]{2,8}(-[A-Z][a-z]{2,8})?") {
        let registered = Registered { family: &family, given: &given, ..Registered::default() };
        proptest::prop_assert_eq!(compare(&format!("{given} {family}"), &registered).class, Class::E);
        let turned = format!("{family}, {given}");
        proptest::prop_assert!(compare(&turned, &registered).class <= Class::V);
    }
}
